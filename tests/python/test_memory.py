"""No call keeps memory: the resident size of a process does not rise with their number.

A leak of 1 KB a call is seen, whatever the allocator does. After a warm-up the size is read many times, what was freed is
given back first, and the rise is the median slope between any two readings (Theil and Sen): a few large steps and what
goes up and down leave it near 0. Each kind of call has a process of its own.
"""

import itertools
import multiprocessing
import os
import statistics

import pytest

TOY = "scenarios/toy"
WHOLE = os.environ.get("WHOLE") == "1"
WARM_UP, CALLS, READINGS = (2_000, 10_000, 40) if WHOLE else (200, 1_000, 20)
# Bytes a call.
LEAK, MOST = 1_024, 512


def simulate_one(toy, number):
    toy.simulate_one("hub", number).to_dict()


def evaluate(toy, number):
    toy.evaluate("hub", number, parameters={"wage": 50 + number % 7})


def run(toy, number):
    import pyarrow

    changed = toy.with_parameters(wage=50 + number % 7, until=2025)
    pyarrow.table(changed.run(replications=1, threads=1).outcomes)


def leaks(toy, number, kept=[]):
    kept.append(os.urandom(LEAK))


def resident():
    """Bytes in memory, without those that were freed."""
    import ctypes
    import gc

    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def rise(call):
    """Bytes a call by which the process grows, and by how much it grew in all."""
    import yangjae

    toy = yangjae.Scenario.load(TOY)
    for number in range(WARM_UP):
        call(toy, number)
    sizes = [resident()]
    each = CALLS // READINGS
    for reading in range(READINGS):
        for number in range(each):
            call(toy, WARM_UP + reading * each + number)
        sizes.append(resident())
    readings = list(enumerate(sizes))
    slopes = [(two - one) / (later - first) for (first, one), (later, two) in itertools.combinations(readings, 2)]
    return statistics.median(slopes) / each, sizes[-1] - sizes[0]


def measured(call):
    # One heap for all threads, which can be given back as a whole.
    os.environ["MALLOC_ARENA_MAX"] = "1"
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(rise, (call,))


KINDS = [simulate_one, evaluate, run] if WHOLE else [simulate_one, evaluate]


@pytest.mark.parametrize("call", KINDS, ids=lambda call: call.__name__)
def test_memory_does_not_grow_with_calls(call):
    by_call, grown = measured(call)
    print(f"{call.__name__}: {by_call:.0f} bytes a call, {grown / 2**20:.1f} MiB in {CALLS} calls")
    assert by_call < MOST, f"{by_call:.0f} bytes a call"


def test_a_leak_of_a_kilobyte_is_seen():
    by_call, _ = measured(leaks)
    assert by_call > MOST

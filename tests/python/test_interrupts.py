"""Ctrl-C stops what takes long, soon, and the next call is as if nothing had been; a callback is told how far it is."""

import os
import signal
import threading
import time

import pytest
import yangjae

TOY = "scenarios/toy"
# Seconds from the signal to the exception; a busy machine is slow.
SOON = 3.0


@pytest.fixture(scope="module")
def toy():
    return yangjae.Scenario.load(TOY)


def interrupted_after(seconds, work):
    """Sends SIGINT so long after the work has begun; gives the seconds from the signal to the exception."""
    sent = []

    def interrupt():
        time.sleep(seconds)
        sent.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        work()
    return time.monotonic() - sent[0]


def test_a_run_is_interrupted(toy):
    # An hour's work, or the machine's memory.
    assert interrupted_after(0.3, lambda: toy.run(replications=10_000_000)) < SOON
    assert toy.run(replications=2).replications == 2


def test_rows_of_an_experiment_are_interrupted(toy):
    rows = [(replication, {}) for replication in range(200_000)]
    assert interrupted_after(2.0, lambda: toy.evaluate_many("hub", rows)) < SOON


def test_a_search_is_interrupted_and_may_go_on(toy, tmp_path):
    folder = tmp_path / "search"
    work = lambda: toy.search(budget="20bn/year", effort=100_000_000, folder=folder)
    assert interrupted_after(1.0, work) < SOON
    # What the command's `--resume` goes on from.
    assert (folder / "state.json").exists() and not (folder / "search.json").exists()
    assert toy.search(budget="20bn/year", effort=200, replications=20).archive.columns


def test_a_decision_is_interrupted():
    toy = yangjae.Scenario.load(TOY)
    sizes = [0.25, 0.5, 0.75, 1.25, 1.5, 2.0]
    run = toy.with_policy(of="hub", scale={"hub": sizes}).run(replications=REPLICATIONS_OF_A_LONG_DECISION)
    assert interrupted_after(0.2, run.decide) < SOON
    assert run.policies[0] == "baseline"


# Of which a decision takes more than a second.
REPLICATIONS_OF_A_LONG_DECISION = 2_000


def test_a_search_tells_how_far_it_is(toy):
    told = []
    asked = {"budget": "20bn/year", "effort": 300, "replications": 20}
    found = toy.search(**asked, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (320, 320) and told == sorted(told)
    assert toy.search(**asked).archive.to_dict() == found.archive.to_dict()

    def enough(done, of):
        raise LookupError(done)

    with pytest.raises(LookupError):
        toy.search(budget="20bn/year", effort=100_000_000, progress=enough)

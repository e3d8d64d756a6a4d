"""1,000 variants of a scenario with 20 replications each: by Python, and by a process for each variant.

    python benches/python/sweep.py PROGRAM [--variants N] [--sample N] [--processes N] [SCENARIO POLICY]

Two parameters vary over their ranges; what is wanted of each variant is every outcome of the policy in every replication.
Four ways: `evaluate_many`, which reads the scenario once; a run of a changed scenario each; a process each that writes the
one table that is wanted (`--only outcomes`); a process each that writes a whole folder. Of processes only some are
started, and of Python's variants as many as `--sample` says; the rest is reckoned. All give the same values, which is
checked. Processor time is that of all threads.
"""

import argparse
import resource
import subprocess
import tempfile
import time

import yangjae

REPLICATIONS = 20

arguments = argparse.ArgumentParser()
arguments.add_argument("program")
arguments.add_argument("--variants", type=int, default=1_000)
arguments.add_argument("--sample", type=int)
arguments.add_argument("--processes", type=int, default=20)
arguments.add_argument("scenario", nargs="?", default="scenarios/yangjae")
arguments.add_argument("policy", nargs="?", default="campus")
asked = arguments.parse_args()
sample = asked.sample or asked.variants

scenario = yangjae.Scenario.load(asked.scenario)
rows = {row["parameter"]: row for row in scenario.parameters}


def variant(number):
    """The values of a variant, spread over the ranges of two parameters."""
    share, other = (number * 0.618034) % 1.0, (number * 0.754878) % 1.0
    value = lambda name, at: rows[name]["low"] + at * (rows[name]["high"] - rows[name]["low"])
    return {"founder_rate": value("founder_rate", share), "wage": value("wage", other)}


def clocks():
    """Wall and processor time, that of ended children included."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return time.perf_counter(), sum(one.ru_utime + one.ru_stime for one in used)


def timed(work, of):
    """What some work gives, and its wall and processor seconds for all variants."""
    before = clocks()
    found = work()
    scale = asked.variants / of
    return found, [(now - then) * scale for now, then in zip(clocks(), before)]


def many():
    histories = [
        (replication, variant(number)) for number in range(sample) for replication in range(REPLICATIONS)
    ]
    found = scenario.evaluate_many(asked.policy, histories)
    return [
        {name: values[number * REPLICATIONS : (number + 1) * REPLICATIONS] for name, values in found.items()}
        for number in range(sample)
    ]


def outcomes(table):
    found = {}
    for policy, outcome, value in zip(table["policy"], table["outcome"], table["value"]):
        if policy == asked.policy:
            found.setdefault(outcome, []).append(value)
    return found


def runs():
    changed = (scenario.with_parameters(variant(number)) for number in range(sample))
    return [outcomes(one.run(policies=asked.policy, replications=REPLICATIONS).outcomes) for one in changed]


def process(number, folder, lean):
    options = [f"--set={name}={value}" for name, value in variant(number).items()]
    output = f"{folder}/{number}"
    command = [asked.program, "run", asked.scenario, "--policy", asked.policy, *options]
    command += ["--replications", str(REPLICATIONS), "--quiet", "--force", "--output", output, *lean]
    subprocess.run(command, check=True)
    return outcomes(yangjae.read_tables(output)["outcomes"])


def processes(folder, *lean):
    return [process(number, folder, lean) for number in range(asked.processes)]


by_many, of_many = timed(many, sample)
by_runs, of_runs = timed(runs, sample)
with tempfile.TemporaryDirectory() as folder:
    by_lean, of_lean = timed(lambda: processes(folder, "--only", "outcomes"), asked.processes)
    by_whole, of_whole = timed(lambda: processes(folder), asked.processes)
both = min(sample, asked.processes)
assert by_many == by_runs and by_many[:both] == by_lean[:both] == by_whole[:both]
print(f"{asked.variants} variants of {asked.scenario} x {REPLICATIONS} replications of {asked.policy} and the baseline")
if sample < asked.variants or asked.processes < asked.variants:
    print(f"reckoned from {sample} variants in Python and {asked.processes} processes of each kind")
print(f"{'':28}{'wall':>9}{'processor':>11}   times as fast as a process with --only, and with a whole folder")
for name, (wall, processor) in {
    "evaluate_many": of_many,
    "a run each": of_runs,
    "a process each, --only": of_lean,
    "a process each, whole folder": of_whole,
}.items():
    times = " and ".join(f"{other[0] / wall:.1f} (processor {other[1] / processor:.1f})" for other in (of_lean, of_whole))
    print(f"{name:28}{wall:8.0f} s{processor:9.0f} s   {times}")

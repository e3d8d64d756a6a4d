"""The adapters give what the program gives."""

import os
import subprocess

import numpy
import pytest
import yangjae
import yangjae.ema
import yangjae.salib
import yangjae.xarray
from ema_workbench import perform_experiments

PROGRAM = os.environ["PROGRAM"]
TOY = "scenarios/toy"
WHOLE = os.environ.get("WHOLE") == "1"


def test_experiments_of_the_workbench_equal_the_program(tmp_path):
    toy = yangjae.Scenario.load(TOY)
    toy = toy.with_policy(of="hub", scale={"hub": [0.5, 0.75, 1.5, 2.0]}).with_parameters(until=2026)
    policies = ["hub", *toy.added]
    model = yangjae.ema.Model(toy, outcomes=["net_jobs", "economic_npv", "jobs@city@2025"])
    scenarios = 100 if WHOLE else 6
    experiments, outcomes = perform_experiments(model, scenarios, policies=yangjae.ema.policies(toy, policies))
    assert len(experiments) == scenarios * len(policies)
    names = [uncertainty.name for uncertainty in model.uncertainties]
    scales = "--scale=hub=0.5,0.75,1.5,2.0"
    compared = 0
    for number, world in experiments.drop_duplicates("scenario").iterrows():
        values = [f"--set={name}={world[name]!r}" for name in names]
        command = [PROGRAM, "run", TOY, "--policy=hub", scales, *values, "--until=2026", "--replications=1"]
        output = tmp_path / str(number)
        command += ["--outcome=jobs@city@2025", "--only=outcomes", "--quiet", f"--output={output}"]
        subprocess.run(command, check=True)
        found = yangjae.read_tables(output)["outcomes"]
        found = {(row["policy"], row["outcome"]): row["value"] for row in found}
        for place, row in experiments[experiments["scenario"] == world["scenario"]].iterrows():
            for outcome in ("net_jobs", "economic_npv", "jobs@city@2025"):
                assert found[row["policy"], outcome] == outcomes[outcome.replace("@", "_")][place]
                compared += 1
    assert compared == scenarios * len(policies) * 3


def test_sizes_and_switches_are_changes_of_a_policy():
    toy = yangjae.Scenario.load(TOY)
    model = yangjae.ema.Model(toy, of="hub", sizes={"hub": (0.5, 1.5)}, uncertainties="growth_young", outcomes="net_jobs")
    found = model.run_experiment({"hub": 0.5, "growth_young": 0.5})
    half = toy.with_policy(of="hub", scale={"hub": 0.5}, name="half").with_parameters(growth_young=0.5)
    rows = half.run(replications=1).outcomes.where(policy="half", outcome="net_jobs")
    assert found == {"net_jobs": rows[0]["value"]}
    with pytest.raises(yangjae.RequestError):
        yangjae.ema.Model(toy, sizes={"hub": (0.5, 1.5)})


def test_rows_of_a_sample_are_evaluated_in_their_order():
    toy = yangjae.Scenario.load(TOY)
    problem = yangjae.salib.problem(toy, ["growth_young", "founder_rate"])
    low, high = problem["bounds"][0]
    sample = numpy.array([[low, 20.0], [high, 20.0], [low, 25.0]])
    found = yangjae.salib.evaluate(toy, problem, sample, "hub", ["economic_npv"], replications=3)
    rows = yangjae.salib.rows(problem, sample, found)
    assert list(rows["row"]) == [0, 1, 2] and list(rows.columns) == ["row", "growth_young", "founder_rate", "economic_npv"]
    for row in rows.itertuples():
        run = toy.with_parameters(growth_young=row.growth_young, founder_rate=row.founder_rate).run(replications=3)
        values = [one["value"] for one in run.outcomes.where(policy="hub", outcome="economic_npv")]
        assert row.economic_npv == numpy.mean(values)
    assert len(set(yangjae.salib.problem(toy, by_phase=True)["groups"])) > 1
    with pytest.raises(yangjae.RequestError, match="there is no parameter"):
        yangjae.salib.problem(toy, "wag")


def test_an_array_holds_the_values_of_replications():
    run = yangjae.Scenario.load(TOY).run(replications=5)
    array = yangjae.xarray.values(run)
    assert array.dims == ("policy", "replication", "year", "metric", "place")
    seen = 0
    for row in run.replication_values().rows():
        where = {name: row[name] for name in array.dims}
        assert float(array.sel(where)) == row["value"]
        seen += 1
        if seen == 2_000:
            break
    assert int(array.notnull().sum()) == len(run.replication_values())
    with pytest.raises(yangjae.RequestError, match="there is no place"):
        yangjae.xarray.values(run, "jobs", "nowhere")

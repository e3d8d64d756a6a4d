"""What a user writes has types: checked by mypy --strict and pyright, and not run."""

from __future__ import annotations

import datetime
from pathlib import Path

import yangjae


def told(done: int, of: int) -> None:
    print(done, of)


def main() -> None:
    scenario: yangjae.Scenario = yangjae.Scenario.load(Path("scenarios/toy"))
    changed = scenario.with_policy(
        of="hub", set={"hub.opening": datetime.date(2026, 1, 1)}, scale={"hub": 0.5}, delay={"hub": ["1y", "2y"]}
    )
    names: list[str] = changed.added
    run: yangjae.Run = changed.with_parameters(wage=55).run(
        policies=names, replications=8, outcomes="jobs@city", progress=told
    )
    table: yangjae.Table = run.yearly
    units: str = table.about("mean").unit
    means: list[float] = table["mean"]
    decision: yangjae.Decision = run.decide(["net_jobs"], {"net_jobs": 10.0})
    one: float = scenario.simulate_one("hub", 3, {"wage": 55.0}).value("jobs", "city", 2028)
    outcomes: dict[str, float] = scenario.evaluate("hub", 3)
    folder: Path = run.save("results", replace=True)
    problems: list[yangjae.Problem] = []
    try:
        yangjae.Scenario.from_strings({"scenario.toml": ""})
    except yangjae.ScenarioError as error:
        problems = error.problems
    print(units, means, decision.words, one, outcomes, folder, problems, table.to_pandas().shape)

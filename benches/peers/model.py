"""The reduced model's numbers, out of the scenario that the engine runs, and the moments of a peer."""

import csv
import sys
import tomllib
from pathlib import Path

import numpy as np

SCENARIO = Path(__file__).resolve().parent.parent / "reduced"
METRICS = ["firms", "jobs", "founders", "failures", "rounds", "investment"]
STAGES = ["seed", "a", "b", "c"]


def read():
    """The parameters by name, the first year and the number of years."""
    table = tomllib.loads((SCENARIO / "parameters.toml").read_text(encoding="utf-8"))
    top = tomllib.loads((SCENARIO / "scenario.toml").read_text(encoding="utf-8"))
    theta = {name: entry["value"] for name, entry in table.items()}
    return theta, top["first_year"], top["last_year"] - top["first_year"] + 1


THETA, FIRST_YEAR, YEARS = read()
ARRIVALS = THETA["founder_rate"]
TEAM_MINIMUM = THETA["team_minimum"]
TEAM_EXTRA = THETA["team_extra"]
HAZARD = np.array([THETA[f"exit_age_{age}"] for age in range(1, 9)])
EXIT_QUALITY = THETA["exit_quality"]
SPREAD = THETA["growth_spread"]
GROWTH = THETA["growth_base"] + float(np.log(1 - SPREAD**2))
# At the last stage no round closes.
BASE = np.array([THETA[f"round_base_{stage}"] for stage in STAGES] + [-np.inf])
MEDIAN = np.array([THETA[f"round_median_{stage}"] for stage in STAGES] + [1.0])
ROUND_QUALITY = THETA["round_quality"]
ROUND_SPREAD = THETA["round_spread"]


def report(values, output):
    """Writes the moments of `values[replication, year, metric]` as CSV."""
    with open(output, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["metric", "year", "mean", "sd", "p05", "p50", "p95"])
        sd = values.std(axis=0, ddof=1) if len(values) > 1 else np.zeros(values.shape[1:])
        mean = values.mean(axis=0)
        quantiles = np.quantile(values, [0.05, 0.5, 0.95], axis=0)
        for place, metric in enumerate(METRICS):
            for year in range(YEARS):
                row = [mean[year, place], sd[year, place], *quantiles[:, year, place]]
                writer.writerow([metric, FIRST_YEAR + year, *row])


def main(simulate):
    """`PEER.py REPLICATIONS OUTPUT.csv`: `simulate(replications)` gives the values."""
    replications, output = int(sys.argv[1]), sys.argv[2]
    values = simulate(replications)
    report(values, output)
    # Firm-years, for the price of one.
    print(int(values[:, :, 0].sum()))

#!/usr/bin/env python3
"""By how much control variates by parameters would cut the error of what policies add.

Usage: control_variates.py RUN        needs numpy and pandas

For each policy and outcome of a finished run: the variance of the mean by blocks of the Latin hypercube over that of
independent draws, and what is left of it when the outcome less a regression on its most correlated parameters takes its
place. Parameters and coefficients come from the other half of the blocks, so that nothing is fitted to itself.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

BLOCK = 5
COUNTS = (1, 3, 5, 10)


def variance(values):
    means = values.reshape(-1, BLOCK).mean(axis=1)
    return means.var(ddof=1) / len(means)


def rest(values, draws, count):
    """What regressions on so many parameters leave, each half by the other."""
    even = np.arange(len(values)) // BLOCK % 2 == 0
    left = np.empty(len(values))
    for half in (even, ~even):
        own, other = draws[half], draws[~half]
        strength = [abs(np.corrcoef(column, values[~half])[0, 1]) for column in other.T]
        chosen = np.argsort(strength)[::-1][:count]
        design = np.c_[np.ones(len(other)), other[:, chosen]]
        slopes = np.linalg.lstsq(design, values[~half], rcond=None)[0]
        found = values[half] - np.c_[np.ones(len(own)), own[:, chosen]] @ slopes
        left[half] = found - found.mean()
    return left


def main(run):
    draws = pd.read_csv(run / "draws.csv").pivot(index="replication", columns="parameter", values="value")
    draws = draws.loc[:, draws.std() > 0]
    whole = len(draws) // (2 * BLOCK) * 2 * BLOCK
    draws = draws.to_numpy()[:whole]
    outcomes = pd.read_csv(run / "outcomes.csv")
    for (policy, outcome), rows in outcomes.groupby(["policy", "outcome"], sort=False):
        values = rows.sort_values("replication").value.to_numpy()[:whole]
        if values.std() == 0:
            continue
        by_blocks = variance(values)
        left = " ".join(f"{count}: {variance(rest(values, draws, count)) / by_blocks:.2f}" for count in COUNTS)
        print(f"{policy:36} {outcome:16} blocks over independent {by_blocks / (values.var(ddof=1) / whole):.2f}; left by parameters {left}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))

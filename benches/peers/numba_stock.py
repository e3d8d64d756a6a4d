"""The reduced model in Numba with NumPy's generator inside: one firm at a time, compiled."""

import math

import numba
import numpy as np

import model

ARRIVALS, TEAM_MINIMUM, TEAM_EXTRA = model.ARRIVALS, model.TEAM_MINIMUM, model.TEAM_EXTRA
HAZARD, EXIT_QUALITY = model.HAZARD, model.EXIT_QUALITY
GROWTH, SPREAD = model.GROWTH, model.SPREAD
ODDS, MEDIAN = np.exp(model.BASE), model.MEDIAN
ROUND_QUALITY, ROUND_SPREAD = model.ROUND_QUALITY, model.ROUND_SPREAD
YEARS, METRICS = model.YEARS, len(model.METRICS)


@numba.njit(cache=True)
def replicate(rng, values):
    room = 8192
    frailty, appeal = np.empty(room), np.empty(room)
    headcount, exposed = np.empty(room), np.empty(room)
    stage, born = np.empty(room, np.int64), np.empty(room, np.int64)
    n = 0
    for year in range(YEARS):
        failures = 0
        row = 0
        while row < n:
            age = min(year - born[row], 7)
            if rng.standard_exponential() < HAZARD[age] * frailty[row]:
                n -= 1
                frailty[row], appeal[row] = frailty[n], appeal[n]
                headcount[row] = headcount[n]
                stage[row], born[row] = stage[n], born[n]
                failures += 1
                continue
            u = rng.random()
            # Laplace by inversion; NumPy's own is not there for a generator in Numba's loops.
            shock = math.log(2 * u) if u < 0.5 else -math.log(2 * (1 - u))
            wanted = headcount[row] * math.exp(GROWTH + SPREAD * shock)
            headcount[row] = math.floor(max(wanted, 1.0) + rng.random())
            row += 1
        founders = rng.poisson(ARRIVALS)
        for _ in range(founders):
            quality = rng.standard_normal()
            day = math.floor(rng.random() * 365)
            team = TEAM_MINIMUM + rng.poisson(TEAM_EXTRA)
            frail = math.exp(-EXIT_QUALITY * quality)
            if rng.standard_exponential() < HAZARD[0] * frail * (1 - day / 365):
                failures += 1
                continue
            frailty[n], appeal[n] = frail, math.exp(ROUND_QUALITY * quality)
            headcount[n] = team
            stage[n], born[n], exposed[n] = 0, year, 1 - day / 365
            n += 1
        rounds = 0
        investment = 0.0
        jobs = 0.0
        for row in range(n):
            jobs += headcount[row]
            odds = ODDS[stage[row]] * appeal[row]
            # A firm of this year closes no round that is dated before its founding.
            part = exposed[row] if born[row] == year else 1.0
            if rng.random() < odds / (1 + odds) * part:
                shock = math.exp(ROUND_SPREAD * rng.standard_normal())
                investment += np.rint(MEDIAN[stage[row]] * shock)
                stage[row] += 1
                rounds += 1
        values[year, 0], values[year, 1] = n, jobs
        values[year, 2], values[year, 3] = founders, failures
        values[year, 4], values[year, 5] = rounds, investment


@numba.njit(cache=True)
def fill(rng, values):
    for replication in range(values.shape[0]):
        replicate(rng, values[replication])


def simulate(replications):
    values = np.empty((replications, YEARS, METRICS))
    fill(np.random.default_rng(1), values)
    return values


if __name__ == "__main__":
    model.main(simulate)

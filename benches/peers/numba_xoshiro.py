"""The reduced model in Numba with a generator of its own: the best that Numba was made to do.

xoshiro256++ kept in local variables' place (an array of four words), counts by a guide table,
normal variates by the polar method, two at a time.
"""

import math

import numba
import numpy as np

import model

TEAM_MINIMUM = model.TEAM_MINIMUM
HAZARD, EXIT_QUALITY = model.HAZARD, model.EXIT_QUALITY
GROWTH, SPREAD = model.GROWTH, model.SPREAD
ODDS, MEDIAN = np.exp(model.BASE), model.MEDIAN
ROUND_QUALITY, ROUND_SPREAD = model.ROUND_QUALITY, model.ROUND_SPREAD
YEARS, METRICS = model.YEARS, len(model.METRICS)


def poisson_table(mean):
    """Limits of the distribution function, and where to start for each of 1024 parts."""
    count = int(mean + 12 * math.sqrt(mean) + 20)
    log = [k * math.log(mean) - mean - math.lgamma(k + 1) for k in range(count)]
    limits = np.minimum(np.cumsum(np.exp(log)), 1.0)
    limits[-1] = 2.0
    return limits, np.searchsorted(limits, np.arange(1024) / 1024, side="right")


ARRIVALS, ARRIVALS_GUIDE = poisson_table(model.ARRIVALS)
TEAM, TEAM_GUIDE = poisson_table(model.TEAM_EXTRA)


@numba.njit(inline="always")
def rotated(word, by):
    return (word << np.uint64(by)) | (word >> np.uint64(64 - by))


@numba.njit(inline="always")
def uniform(s):
    """xoshiro256++ (Blackman and Vigna): a number of the open interval (0, 1)."""
    word = rotated(s[0] + s[3], 23) + s[0]
    shifted = s[1] << np.uint64(17)
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= shifted
    s[3] = rotated(s[3], 45)
    return (np.float64(word >> np.uint64(12)) + 0.5) * 2.0**-52


@numba.njit(inline="always")
def exponential(s):
    return -math.log(uniform(s))


@numba.njit
def normal(s, spare):
    """Marsaglia's polar method; the second variate waits in `spare`."""
    if spare[1] > 0.0:
        spare[1] = 0.0
        return spare[0]
    while True:
        x, y = 2 * uniform(s) - 1, 2 * uniform(s) - 1
        r = x * x + y * y
        if 0.0 < r < 1.0:
            factor = math.sqrt(-2 * math.log(r) / r)
            spare[0], spare[1] = y * factor, 1.0
            return x * factor


@numba.njit(inline="always")
def count(s, limits, guide):
    u = uniform(s)
    k = guide[int(u * 1024)]
    while u > limits[k]:
        k += 1
    return k


@numba.njit(cache=True)
def replicate(s, spare, values, frailty, appeal, headcount, exposed, stage, born):
    n = 0
    for year in range(YEARS):
        failures = 0
        row = 0
        while row < n:
            age = min(year - born[row], 7)
            if exponential(s) < HAZARD[age] * frailty[row]:
                n -= 1
                frailty[row], appeal[row] = frailty[n], appeal[n]
                headcount[row] = headcount[n]
                stage[row], born[row] = stage[n], born[n]
                failures += 1
                continue
            u = uniform(s)
            shock = math.log(2 * u) if u < 0.5 else -math.log(2 * (1 - u))
            wanted = headcount[row] * math.exp(GROWTH + SPREAD * shock)
            headcount[row] = math.floor(max(wanted, 1.0) + uniform(s))
            row += 1
        founders = count(s, ARRIVALS, ARRIVALS_GUIDE)
        for _ in range(founders):
            quality = normal(s, spare)
            day = math.floor(uniform(s) * 365)
            team = TEAM_MINIMUM + count(s, TEAM, TEAM_GUIDE)
            frail = math.exp(-EXIT_QUALITY * quality)
            if exponential(s) < HAZARD[0] * frail * (1 - day / 365):
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
            if uniform(s) * (1 + odds) < odds * part:
                shock = math.exp(ROUND_SPREAD * normal(s, spare))
                investment += np.rint(MEDIAN[stage[row]] * shock)
                stage[row] += 1
                rounds += 1
        values[year, 0], values[year, 1] = n, jobs
        values[year, 2], values[year, 3] = founders, failures
        values[year, 4], values[year, 5] = rounds, investment


@numba.njit(cache=True)
def fill(s, values):
    room = 8192
    frailty, appeal = np.empty(room), np.empty(room)
    headcount, exposed = np.empty(room), np.empty(room)
    stage, born = np.empty(room, np.int64), np.empty(room, np.int64)
    spare = np.zeros(2)
    for replication in range(values.shape[0]):
        replicate(s, spare, values[replication], frailty, appeal, headcount, exposed, stage, born)


def simulate(replications):
    values = np.empty((replications, YEARS, METRICS))
    state = np.random.SeedSequence(1).generate_state(4, np.uint64)
    fill(state, values)
    return values


if __name__ == "__main__":
    model.main(simulate)

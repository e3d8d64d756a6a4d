"""The reduced model in NumPy, one replication at a time: arrays over firms, a loop over years."""

import numpy as np

import model


def replicate(rng):
    values = np.empty((model.YEARS, len(model.METRICS)))
    quality = np.empty(0)
    headcount = np.empty(0)
    stage = np.empty(0, dtype=np.int64)
    age = np.empty(0, dtype=np.int64)
    for year in range(model.YEARS):
        # Firms are founded on a day of the year and are exposed for the rest of it.
        founders = rng.poisson(model.ARRIVALS)
        exposed = np.concatenate((np.ones(len(age)), 1 - rng.integers(0, 365, founders) / 365))
        quality = np.concatenate((quality, rng.standard_normal(founders)))
        team = model.TEAM_MINIMUM + rng.poisson(model.TEAM_EXTRA, founders)
        headcount = np.concatenate((headcount, team))
        stage = np.concatenate((stage, np.zeros(founders, dtype=np.int64)))
        age = np.concatenate((age, np.zeros(founders, dtype=np.int64)))

        hazard = model.HAZARD[np.minimum(age, 7)] * np.exp(-model.EXIT_QUALITY * quality)
        lives = rng.standard_exponential(len(age)) >= hazard * exposed
        failures = len(age) - np.count_nonzero(lives)
        quality, headcount, stage, age = quality[lives], headcount[lives], stage[lives], age[lives]
        exposed = exposed[lives]

        grows = age > 0
        old = headcount[grows]
        wanted = old * np.exp(model.GROWTH + rng.laplace(0, model.SPREAD, len(old)))
        headcount[grows] = np.floor(np.maximum(wanted, 1) + rng.random(len(old)))

        odds = np.exp(model.BASE[stage] + model.ROUND_QUALITY * quality)
        closes = np.flatnonzero(rng.random(len(age)) < odds / (1 + odds) * exposed)
        shock = np.exp(model.ROUND_SPREAD * rng.standard_normal(len(closes)))
        investment = np.rint(model.MEDIAN[stage[closes]] * shock).sum()
        stage[closes] += 1
        age += 1
        values[year] = (
            len(age), headcount.sum(), founders, failures, len(closes), investment,
        )
    return values


def simulate(replications):
    rng = np.random.default_rng(1)
    return np.array([replicate(rng) for _ in range(replications)])


if __name__ == "__main__":
    model.main(simulate)

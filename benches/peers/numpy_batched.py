"""The reduced model in NumPy, 64 replications at once: firms of all of them in one set of arrays."""

import numpy as np

import model

AT_ONCE = 64


def replicate(rng, many):
    values = np.empty((many, model.YEARS, len(model.METRICS)))
    world = np.empty(0, dtype=np.int64)
    quality = np.empty(0)
    headcount = np.empty(0)
    stage = np.empty(0, dtype=np.int64)
    age = np.empty(0, dtype=np.int64)

    def count(firms, weights=None):
        return np.bincount(firms, weights, minlength=many)

    for year in range(model.YEARS):
        founders = rng.poisson(model.ARRIVALS, many)
        new = founders.sum()
        exposed = np.concatenate((np.ones(len(age)), 1 - rng.integers(0, 365, new) / 365))
        world = np.concatenate((world, np.repeat(np.arange(many), founders)))
        quality = np.concatenate((quality, rng.standard_normal(new)))
        team = model.TEAM_MINIMUM + rng.poisson(model.TEAM_EXTRA, new)
        headcount = np.concatenate((headcount, team))
        stage = np.concatenate((stage, np.zeros(new, dtype=np.int64)))
        age = np.concatenate((age, np.zeros(new, dtype=np.int64)))

        hazard = model.HAZARD[np.minimum(age, 7)] * np.exp(-model.EXIT_QUALITY * quality)
        lives = rng.standard_exponential(len(age)) >= hazard * exposed
        failures = count(world[~lives])
        world, quality, headcount = world[lives], quality[lives], headcount[lives]
        stage, age, exposed = stage[lives], age[lives], exposed[lives]

        grows = age > 0
        old = headcount[grows]
        wanted = old * np.exp(model.GROWTH + rng.laplace(0, model.SPREAD, len(old)))
        headcount[grows] = np.floor(np.maximum(wanted, 1) + rng.random(len(old)))

        odds = np.exp(model.BASE[stage] + model.ROUND_QUALITY * quality)
        closes = np.flatnonzero(rng.random(len(age)) < odds / (1 + odds) * exposed)
        shock = np.exp(model.ROUND_SPREAD * rng.standard_normal(len(closes)))
        amounts = np.rint(model.MEDIAN[stage[closes]] * shock)
        stage[closes] += 1
        age += 1
        values[:, year, 0] = count(world)
        values[:, year, 1] = count(world, headcount)
        values[:, year, 2] = founders
        values[:, year, 3] = failures
        values[:, year, 4] = count(world[closes])
        values[:, year, 5] = count(world[closes], amounts)
    return values


def simulate(replications):
    rng = np.random.default_rng(1)
    parts = [
        replicate(rng, min(AT_ONCE, replications - done))
        for done in range(0, replications, AT_ONCE)
    ]
    return np.concatenate(parts)


if __name__ == "__main__":
    model.main(simulate)

"""The reduced model in Mesa: a firm is an agent, a year is a step."""

import math

import mesa
import numpy as np

import model

HAZARD = model.HAZARD.tolist()
BASE, MEDIAN = model.BASE.tolist(), model.MEDIAN.tolist()


class Firm(mesa.Agent):
    def __init__(self, world):
        super().__init__(world)
        self.quality = world.rng.standard_normal()
        self.headcount = model.TEAM_MINIMUM + world.rng.poisson(model.TEAM_EXTRA)
        self.exposed = 1 - world.rng.integers(0, 365) / 365
        self.age = 0
        self.stage = 0

    def survive(self):
        hazard = HAZARD[min(self.age, 7)] * math.exp(-model.EXIT_QUALITY * self.quality)
        if self.model.rng.standard_exponential() < hazard * self.exposed:
            self.model.failures += 1
            self.remove()

    def grow(self):
        if self.age > 0:
            shock = self.model.rng.laplace(0, model.SPREAD)
            wanted = max(self.headcount * math.exp(model.GROWTH + shock), 1)
            self.headcount = math.floor(wanted + self.model.rng.random())

    def raise_capital(self):
        if self.stage == len(BASE) - 1:
            return
        odds = math.exp(BASE[self.stage] + model.ROUND_QUALITY * self.quality)
        if self.model.rng.random() < odds / (1 + odds) * self.exposed:
            shock = math.exp(model.ROUND_SPREAD * self.model.rng.standard_normal())
            self.model.rounds += 1
            self.model.investment += round(MEDIAN[self.stage] * shock)
            self.stage += 1

    def age_a_year(self):
        self.age += 1
        self.exposed = 1


class District(mesa.Model):
    def __init__(self, seed):
        super().__init__(seed=seed)
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "firms": lambda m: len(m.agents),
                "jobs": lambda m: m.agents.agg("headcount", sum) if len(m.agents) else 0,
                "founders": "founders",
                "failures": "failures",
                "rounds": "rounds",
                "investment": "investment",
            }
        )

    def step(self):
        self.failures = self.rounds = self.investment = 0
        self.founders = int(self.rng.poisson(model.ARRIVALS))
        for _ in range(self.founders):
            Firm(self)
        self.agents.do("survive")
        self.agents.do("grow")
        self.agents.do("raise_capital")
        self.datacollector.collect(self)
        self.agents.do("age_a_year")


def simulate(replications):
    values = np.empty((replications, model.YEARS, len(model.METRICS)))
    for replication in range(replications):
        district = District(replication)
        for _ in range(model.YEARS):
            district.step()
        frame = district.datacollector.get_model_vars_dataframe()
        values[replication] = frame[model.METRICS].to_numpy()
    return values


if __name__ == "__main__":
    model.main(simulate)

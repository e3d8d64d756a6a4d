"""EMA Workbench: many worlds, and by PRIM those in which the hub loses money.

    python tests/examples/ema_prim.py
"""

import numpy
import yangjae
import yangjae.ema
from ema_workbench import perform_experiments
from ema_workbench.analysis import prim

scenario = yangjae.Scenario.load("scenarios/toy")
model = yangjae.ema.Model(scenario, replications=8)
numpy.random.seed(1)
experiments, outcomes = perform_experiments(model, scenarios=200, policies=yangjae.ema.policies(scenario))

worlds = experiments[[uncertainty.name for uncertainty in model.uncertainties]]
worst = outcomes["economic_npv"] < sorted(outcomes["economic_npv"])[len(worlds) // 4]
box = prim.Prim(worlds, worst, threshold=0.5).find_box()
box.inspect()
limits = box.box_lims[-1]
print(f"{len(limits.columns)} parameters; coverage {box.coverage:.2f}, density {box.density:.2f}")

assert len(experiments) == 200 and worst.sum() > 10 and box.density > worst.mean()

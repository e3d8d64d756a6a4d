"""SALib: which phases of the year move the value of the hub, by Sobol indices of groups of parameters.

    python tests/examples/salib_sobol.py
"""

import yangjae
import yangjae.salib
from SALib.analyze import sobol as analysis
from SALib.sample import sobol as sample

scenario = yangjae.Scenario.load("scenarios/toy")
problem = yangjae.salib.problem(scenario, by_phase=True)
rows = sample.sample(problem, 64, calc_second_order=False, seed=1)
found = yangjae.salib.evaluate(scenario, problem, rows, "hub", "economic_npv", replications=2)
indices = analysis.analyze(problem, found["economic_npv"], calc_second_order=False, seed=1)
print(indices.to_df()[0].round(2).to_string() if isinstance(indices.to_df(), list) else indices.to_df().round(2))
print(yangjae.salib.rows(problem, rows, found).iloc[:3, :4].to_string(index=False))

assert len(found["economic_npv"]) == len(rows) == 64 * (len(set(problem["groups"])) + 2)
assert max(indices["ST"]) > 0.1

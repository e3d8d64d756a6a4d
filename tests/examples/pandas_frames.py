"""pandas: three questions about the shipped scenario.

    python tests/examples/pandas_frames.py
"""

import yangjae

scenario = yangjae.Scenario.load("scenarios/yangjae")
money = scenario.money
choices = ["campus", "talent-first", "support-center", "wage-subsidy"]
run = scenario.run(policies=choices, replications=24)

# Which policy adds most jobs for at most 400 bn in present value?
outcomes = run.outcomes.to_pandas().pivot(index=["policy", "replication"], columns="outcome", values="value")
means = outcomes.groupby("policy").mean().round(0)
print(means[["public_cost_pv", "net_jobs", "economic_npv"]].to_string(), "\n")
best = means[means["public_cost_pv"] <= 400_000]["net_jobs"].idxmax()
print(f"most jobs for at most 400,000 {money}: {best}\n")

# What is the chance of a loss?
losses = (outcomes["economic_npv"] < 0).groupby("policy").mean()
print(losses.round(2).to_string(), "\n")

# What does a year's delay of the campus cost?
late = scenario.with_policy(of="campus", delay={"campus": "1y"})
pairs = late.run(policies=["campus", *late.added], replications=24).pairs.to_pandas()
pairs = pairs[pairs["policy"].eq(late.added[0]) & pairs["other"].eq("campus") & pairs["place"].ne("district")]
print(pairs[["metric", "unit", "difference", "p05", "p95"]].round(1).to_string(index=False))

assert best in choices and losses.between(0, 1).all() and not pairs.empty

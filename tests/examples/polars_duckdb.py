"""Polars and DuckDB: tables pass from one to the other without a copy through text.

    python tests/examples/polars_duckdb.py
"""

import duckdb
import polars
import yangjae

run = yangjae.Scenario.load("scenarios/toy").run(replications=50)

# Polars takes a table as it is.
comparison = polars.DataFrame(run.comparison)
jobs = comparison.filter(polars.col("metric") == "jobs", polars.col("place") == "city")
print(jobs.select("policy", "year", "difference", "p05", "p95"))

# DuckDB reads frames of Polars by their names: outcomes beside the parameters of their replications.
outcomes, draws = run.outcomes.to_polars(), run.draws.to_polars()
correlated = duckdb.sql(
    """
    select parameter, corr(outcomes.value, draws.value) as correlation
    from outcomes join draws using (replication)
    where policy = 'hub' and outcome = 'net_jobs'
    group by parameter having correlation is not null and not isnan(correlation)
    order by abs(correlation) desc limit 5
    """
).pl()
print(correlated)

assert jobs.height == len(run.years) and correlated.height == 3

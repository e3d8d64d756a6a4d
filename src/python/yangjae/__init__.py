"""yangjae: what policies for an innovation district add, and how sure one can be.

A scenario is a folder of TOML files: a district, assumptions about it, and policies to compare. It is run
hundreds of times with the same random draws for every policy; what a policy adds is its difference from the
baseline.

>>> import yangjae
>>> scenario = yangjae.Scenario.load("scenarios/toy")
>>> scenario.policies.column("policy")
['baseline', 'hub']
>>> run = scenario.run(replications=20, seed=1)
>>> run.comparison.columns[:4]
['policy', 'baseline', 'place', 'metric']

Every table is a :class:`Table`: ``.to_pandas()``, ``.to_polars()``, ``pyarrow.table(table)``, ``.to_dict()``. The
same numbers, to the digit, stand in the CSV files that the program ``yangjae run`` writes.

Questions and where their answers are:

========================================================  =====================================================
what a policy adds, by metric, place and year             ``run.comparison``
what it costs and what comes back                         ``run.cost_benefit``
the chance of a loss                                      ``run.decide().ranking``, or ``run.outcomes`` by replication
which policy, how sure, what would change the choice      ``run.decide()``
a delay, a change of size, a lever less                   :meth:`Scenario.with_policy`
other assumptions                                         :meth:`Scenario.with_parameters`, :meth:`Scenario.in_future`
the best mix within a budget                              :meth:`Scenario.search`
one simulation, event by event                            :meth:`Scenario.simulate_one`, :meth:`Scenario.replay`
========================================================  =====================================================

Modules for other tools, which need that tool installed: :mod:`yangjae.ema` (EMA Workbench), :mod:`yangjae.salib`
(SALib), :mod:`yangjae.xarray`.
"""

from yangjae._native import __version__
from yangjae.errors import (
    MissingPackageError,
    Problem,
    RequestError,
    RunError,
    ScenarioError,
    YangjaeError,
)
from yangjae.results import Decision, Run, Search, Tables, read_tables
from yangjae.scenario import Scenario, new
from yangjae.table import Column, Table

__all__ = [
    "Column",
    "Decision",
    "MissingPackageError",
    "Problem",
    "RequestError",
    "Run",
    "RunError",
    "Scenario",
    "ScenarioError",
    "Search",
    "Table",
    "Tables",
    "YangjaeError",
    "__version__",
    "new",
    "read_tables",
]

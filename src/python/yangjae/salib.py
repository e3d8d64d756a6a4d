"""A scenario as a problem of SALib, and rows of its samples evaluated: ``pip install 'yangjae[salib]'``.

A sample is of SALib (``SALib.sample.sobol.sample(problem, 64)``); its rows are evaluated here, each with the chance of
the same replications, and the outcomes go back to SALib (``SALib.analyze.sobol.analyze(problem, found["net_jobs"])``).

>>> import yangjae, yangjae.salib
>>> scenario = yangjae.Scenario.load("scenarios/toy")
>>> problem = yangjae.salib.problem(scenario, ["growth_young", "founder_rate"])
>>> problem["num_vars"], problem["names"]
(2, ['growth_young', 'founder_rate'])
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from yangjae.errors import MissingPackageError, RequestError
from yangjae.results import _names
from yangjae.scenario import Progress, Scenario, _varied

if TYPE_CHECKING:
    import pandas

try:
    import numpy
    from numpy.typing import NDArray
except ImportError as error:
    raise MissingPackageError("numpy", "yangjae.salib", "salib") from error


def problem(
    scenario: Scenario, parameters: str | Sequence[str] = (), *, by_phase: bool = False
) -> dict[str, Any]:
    """The problem: ``num_vars``, ``names``, ``bounds`` (low and high of each parameter's range, in its unit).

    ``parameters``: those to vary, all that vary in the scenario where none is named. ``by_phase``: put them into
    ``groups`` by the phase of the year in which they act, which needs far fewer rows.

    Bounds are those of the scenario's ranges also for parameters whose draws are those of the posterior.
    """
    varied = _varied(scenario, _names(parameters))
    found: dict[str, Any] = {
        "num_vars": len(varied),
        "names": list(varied),
        "bounds": [[row["low"], row["high"]] for row in varied.values()],
    }
    if by_phase:
        found["groups"] = [row["phase"] for row in varied.values()]
    return found


def evaluate(
    scenario: Scenario,
    problem: dict[str, Any],
    sample: Iterable[Iterable[float]],
    policy: str,
    outcomes: str | Sequence[str] = (),
    *,
    replications: int = 1,
    threads: int | None = None,
    progress: Progress | None = None,
) -> dict[str, NDArray[numpy.float64]]:
    """Outcomes of a policy for each row of a sample, in the rows' order, as SALib's analyses take them.

    ``sample``: rows by parameters, in the order of ``problem["names"]``, as SALib's samplers give it.
    ``outcomes``: as in :meth:`Scenario.evaluate`.
    ``replications``: each row is the mean over these, the same for all rows, so that a difference between rows comes from
    the parameters; other parameters keep the draw of the replication.

    Gives an array of shape (rows,) by outcome. Row ``i`` of the sample has the id ``i``; :func:`rows` lists ids, values
    and outcomes together.
    """
    names = problem["names"]
    values = [[float(value) for value in row] for row in sample]
    if any(len(row) != len(names) for row in values):
        raise RequestError(f"a row of the sample has not {len(names)} values, one for each of `names`")
    histories = [
        (replication, dict(zip(names, row, strict=True)))
        for row in values
        for replication in range(replications)
    ]
    found = scenario.evaluate_many(policy, histories, outcomes, threads=threads, progress=progress)
    return {
        name: numpy.asarray(all_values, dtype=float).reshape(len(values), replications).mean(axis=1)
        for name, all_values in found.items()
    }


def rows(
    problem: dict[str, Any],
    sample: Iterable[Iterable[float]],
    found: dict[str, NDArray[numpy.float64]],
) -> pandas.DataFrame:
    """The experiment as a data frame: ``row`` (the id, from 0), a column a parameter, a column an outcome."""
    try:
        import pandas
    except ImportError as error:
        raise MissingPackageError("pandas", "yangjae.salib.rows()", "pandas") from error
    frame = pandas.DataFrame(numpy.asarray(sample), columns=problem["names"])
    frame.insert(0, "row", numpy.arange(len(frame)))
    for name, values in found.items():
        frame[name] = values
    return frame

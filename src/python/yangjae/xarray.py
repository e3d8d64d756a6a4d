"""A run as an xarray: ``pip install 'yangjae[xarray]'``.

>>> import yangjae, yangjae.xarray
>>> run = yangjae.Scenario.load("scenarios/toy").run(replications=4)
>>> data = yangjae.xarray.values(run, metrics=["jobs", "firms"], places=["city", "district"])
>>> data.dims
('policy', 'replication', 'year', 'metric', 'place')
>>> added = data.sel(metric="jobs", place="city", year=2028) - data.sel(
...     metric="jobs", place="city", year=2028, policy="baseline")
>>> added.sel(policy="hub").shape
(4,)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from yangjae.errors import MissingPackageError, RequestError
from yangjae.results import Run, _names

try:
    import numpy
except ImportError as error:
    raise MissingPackageError("numpy", "yangjae.xarray", "xarray") from error
try:
    import xarray
except ImportError as error:
    raise MissingPackageError("xarray", "yangjae.xarray", "xarray") from error

if TYPE_CHECKING:
    from numpy.typing import NDArray


def values(
    run: Run, metrics: str | Sequence[str] = (), places: str | Sequence[str] = ()
) -> xarray.DataArray:
    """The values of metrics by replication, with the dimensions (policy, replication, year, metric, place).

    Of all metrics and places where none is named: 8 bytes for each policy, replication, year, metric and place. What a
    policy does not have at a place is NaN. The unit of each metric is the coordinate ``unit``.
    """
    series = run._native.series()
    known_metrics = list(dict.fromkeys(metric for metric, _, _ in series))
    known_places = list(dict.fromkeys(place for _, place, _ in series))
    wanted_metrics = _names(metrics) or known_metrics
    wanted_places = _names(places) or known_places
    for what, wanted, known in (
        ("metric", wanted_metrics, known_metrics),
        ("place", wanted_places, known_places),
    ):
        for name in wanted:
            if name not in known:
                raise RequestError(f"there is no {what} `{name}` in the run")
    units = {metric: unit for metric, _, unit in series}
    years, replications = list(run.years), run.replications
    shape = (len(run.policies), replications, len(years), len(wanted_metrics), len(wanted_places))
    found: NDArray[numpy.float64] = numpy.full(shape, numpy.nan)
    for policy in range(len(run.policies)):
        for at_metric, metric in enumerate(wanted_metrics):
            for at_place, place in enumerate(wanted_places):
                held = run._native.values(policy, metric, place)
                if held is not None:
                    table = numpy.frombuffer(held, dtype=float).reshape(replications, len(years))
                    found[policy, :, :, at_metric, at_place] = table
    return xarray.DataArray(
        found,
        dims=("policy", "replication", "year", "metric", "place"),
        coords={
            "policy": run.policies,
            "replication": numpy.arange(replications),
            "year": years,
            "metric": wanted_metrics,
            "place": wanted_places,
            "unit": ("metric", [units[metric] for metric in wanted_metrics]),
        },
        name=run.scenario,
        attrs={"baseline": run.baseline, "seed": run.seed, "money": run.money},
    )

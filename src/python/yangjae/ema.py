"""A scenario as a model of the EMA Workbench: ``pip install 'yangjae[ema]'``.

Uncertainties are the scenario's parameters that vary, with their ranges; levers are its policies, and on request sizes
and switches of the levers of one of them; outcomes are those of its runs. Every experiment has the chance of the same
replications, so that a difference between experiments comes from parameters and policies alone.

>>> import yangjae, yangjae.ema
>>> model = yangjae.ema.Model(yangjae.Scenario.load("scenarios/toy"), uncertainties=["growth_young", "founder_rate"])
>>> sorted(uncertainty.name for uncertainty in model.uncertainties)
['founder_rate', 'growth_young']
>>> from ema_workbench import Policy, Scenario as World
>>> model.run_model(World("mine", growth_young=0.5, founder_rate=20.0), Policy("hub", plan="hub"))
>>> sorted(model.outcomes_output)
['economic_npv', 'fiscal_npv', 'job_years', 'net_jobs', 'public_cost_pv']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from yangjae.errors import MissingPackageError, RequestError
from yangjae.results import _names
from yangjae.scenario import Scenario, _varied

try:
    from ema_workbench import (
        BooleanParameter,
        CategoricalParameter,
        Policy,
        RealParameter,
        ScalarOutcome,
    )
    from ema_workbench.em_framework.model import SingleReplication
except ImportError as error:
    raise MissingPackageError("ema_workbench", "yangjae.ema", "ema") from error

PLAN = "plan"
"""The lever that says which policy of the scenario is simulated."""

_MINIMISED = ("public_cost_pv",)


class Model(SingleReplication):  # type: ignore[misc]  # the workbench has no types
    """The model of a scenario.

    ``policies``: those that the lever ``plan`` chooses from, all where none is named.
    ``of``, ``sizes``, ``switches``: experiments on the levers of one policy instead: ``of`` is that policy, ``sizes`` gives
    levers a range of factors by which their size and cost are multiplied, ``{"campus": (0.5, 1.5)}``, and ``switches``
    are levers that are there or not. The workbench's levers then have the names of the scenario's.
    ``uncertainties``: the parameters to vary, all that vary in the scenario where none is named.
    ``outcomes``: as in :meth:`Scenario.evaluate`. In the workbench ``jobs@city@2035`` is called ``jobs_city_2035``.
    ``replications``: outcomes are means over these, from number 0 on.
    """

    def __init__(
        self,
        scenario: Scenario,
        name: str = "",
        *,
        policies: str | Sequence[str] = (),
        of: str | None = None,
        sizes: Mapping[str, tuple[float, float]] | None = None,
        switches: str | Sequence[str] = (),
        uncertainties: str | Sequence[str] = (),
        outcomes: str | Sequence[str] = (),
        replications: int = 1,
    ) -> None:
        super().__init__(name or "".join(letter for letter in scenario.name if letter.isalnum()))
        self._scenario = scenario
        self._replications = range(replications)
        self._of = of
        self._sizes = dict(sizes or {})
        self._switches = _names(switches)
        self._designed: dict[tuple[Any, ...], tuple[Scenario, str]] = {}
        if (self._sizes or self._switches) and of is None:
            raise RequestError("`sizes` and `switches` are of one policy: name it by `of`")
        if of is not None and not self._sizes and not self._switches:
            raise RequestError("`of` without `sizes` or `switches` leaves nothing to vary")
        self._wanted = _names(outcomes) or scenario.outcomes["outcome"]
        self.uncertainties = [
            RealParameter(name, row["low"], row["high"])
            for name, row in _varied(scenario, _names(uncertainties)).items()
        ]
        if of is None:
            self.levers = [CategoricalParameter(PLAN, _names(policies) or scenario.policies["policy"])]
        else:
            self.levers = [RealParameter(lever, low, high) for lever, (low, high) in self._sizes.items()]
            self.levers.extend(BooleanParameter(lever) for lever in self._switches)
        self.outcomes = [
            ScalarOutcome(outcome.replace("@", "_").replace("-", "_"), kind=_kind(outcome), variable_name=outcome)
            for outcome in self._wanted
        ]

    def model_init(self, policy: Any) -> None:
        """Takes a policy as it is: no lever of it is an attribute of the model."""
        self.policy = policy

    def run_experiment(self, experiment: Mapping[str, Any]) -> dict[str, float]:
        """The outcomes of one experiment: a value of every uncertainty and lever."""
        scenario, policy = self._policy(experiment)
        parameters = {one.name: float(experiment[one.name]) for one in self.uncertainties if one.name in experiment}
        rows = [(replication, parameters) for replication in self._replications]
        found = scenario.evaluate_many(policy, rows, self._wanted, threads=1)
        return {outcome: sum(values) / len(values) for outcome, values in found.items()}

    def _policy(self, experiment: Mapping[str, Any]) -> tuple[Scenario, str]:
        if self._of is None:
            return self._scenario, str(experiment[PLAN])
        sizes = {lever: float(experiment[lever]) for lever in self._sizes}
        dropped = [lever for lever in self._switches if not experiment[lever]]
        key = (tuple(sizes.items()), tuple(dropped))
        if key not in self._designed:
            scale = {lever: size for lever, size in sizes.items() if size != 1.0 and lever not in dropped}
            if not scale and not dropped:
                self._designed[key] = self._scenario, self._of
            else:
                changed = self._scenario.with_policy(of=self._of, scale=scale, drop=dropped, name="designed")
                # One at a time: a scenario is large, and the workbench goes through the policies one by one.
                self._designed = {key: (changed, "designed")}
        return self._designed[key]


def policies(scenario: Scenario, names: str | Iterable[str] = ()) -> list[Policy]:
    """The scenario's policies as those of the workbench, for ``perform_experiments(model, policies=...)``: all but the
    baseline where none is named."""
    wanted = [names] if isinstance(names, str) else list(names)
    known = [name for name in scenario.policies["policy"] if name != scenario.baseline]
    return [Policy(name, **{PLAN: name}) for name in wanted or known]


def _kind(outcome: str) -> Any:
    if outcome in _MINIMISED:
        return ScalarOutcome.MINIMIZE
    return ScalarOutcome.INFO if "@" in outcome else ScalarOutcome.MAXIMIZE

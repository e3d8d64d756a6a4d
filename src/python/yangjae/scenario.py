"""Scenarios: read, looked at, changed, run."""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from yangjae import _native
from yangjae.errors import RequestError
from yangjae.results import Run, Search, _names
from yangjae.table import Simulation, Table

_Path = str | os.PathLike[str]

_MOST_REPLICATIONS = 10_000_000

Progress = Callable[[int, int], object]
"""Is told how many replications of how many are done; what it raises stops the work."""

Setting = str | float | bool | datetime.date
"""What a setting of a lever may be set to."""


def new(folder: _Path, *, areas: int = 3, sectors: int = 3, currency: str = "KRW") -> Path:
    """Writes a small scenario of your own to start from, as ``yangjae new`` does, into a folder that does not exist yet
    or is empty; gives the folder.

    >>> import tempfile, yangjae
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     yangjae.Scenario.load(yangjae.new(f"{folder}/mine")).policies["policy"]
    ['baseline', 'hub', 'hub-and-zone']
    """
    options = ["--areas", str(areas), "--sectors", str(sectors), "--currency", currency]
    _native.write_new([os.fspath(folder), *options])
    return Path(folder)


class Scenario:
    """A district, assumptions about it, and policies to compare: what may be looked at, changed and run.

    A scenario does not change: ``with_...`` and ``in_future`` give another one. It can be pickled.

    >>> import yangjae
    >>> scenario = yangjae.Scenario.load("scenarios/toy")
    >>> scenario.name, scenario.baseline, scenario.years
    ('toy', 'baseline', range(2024, 2029))
    >>> scenario.policies.to_dict()["title"]
    ['Nothing is done', 'Ten places']
    """

    def __init__(self, native: _native.Scenario, added: Sequence[str] = ()) -> None:
        self._native = native
        self.added: list[str] = list(added)
        """The names of the policies that the last :meth:`with_policy` added."""

    @classmethod
    def load(cls, folder: _Path) -> Scenario:
        """Reads and checks the scenario in a folder, such as ``scenarios/yangjae``.

        Raises :class:`ScenarioError` with every problem of every file. What is derived from it later reads the folder
        again.
        """
        return cls(_native.Scenario.load(folder))

    @classmethod
    def from_strings(cls, files: Mapping[str, str], *, name: str = "scenario") -> Scenario:
        """Reads and checks a scenario from the texts of its files by their paths within a folder of this name:
        ``scenario.toml``, ``district.toml``, ``parameters.toml``, ``policies/NAME.toml`` and so on.

        >>> import pathlib, yangjae
        >>> folder = pathlib.Path("scenarios/toy")
        >>> texts = {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.*")}
        >>> yangjae.Scenario.from_strings(texts, name="toy").policies["policy"]
        ['baseline', 'hub']
        """
        texts = [(path.replace(os.sep, "/"), text) for path, text in files.items()]
        return cls(_native.Scenario.of_texts(name, texts))

    @property
    def name(self) -> str:
        """The name: that of its folder."""
        return self._native.name

    @property
    def title(self) -> str:
        """The title for people."""
        return self._native.title

    @property
    def question(self) -> str:
        """The question that it answers."""
        return self._native.question

    @property
    def money(self) -> str:
        """The unit of money in its tables, such as ``KRW m``: millions of won."""
        return self._native.money

    @property
    def years(self) -> range:
        """The years simulated."""
        first, last = self._native.years
        return range(first, last + 1)

    @property
    def seed(self) -> int:
        """The seed of all chance, where :meth:`run` is given no other."""
        return self._native.seed

    @property
    def replications(self) -> int:
        """The replications of a run, where :meth:`run` is given no other number."""
        return self._native.replications

    @property
    def baseline(self) -> str:
        """The policy that the others are compared with."""
        return self._native.baseline

    @property
    def future(self) -> str | None:
        """The future that it is in; ``None`` for the world as it is."""
        return self._native.future

    @property
    def futures(self) -> list[str]:
        """The futures that it may be put in by :meth:`in_future`: a funding winter, a boom."""
        return self._native.futures

    @property
    def policies(self) -> Table:
        """A row a policy: policy (its name), title, is_baseline, extends, levers, description."""
        return Table(self._native.policies(), "policies")

    @property
    def levers(self) -> Table:
        """A row a setting of a lever of a policy: policy, lever, setting, unit, value (text), from, to, source. A setting
        that changes by date has a row for each step. The setting ``package`` names the package that a lever is in.

        >>> import yangjae
        >>> levers = yangjae.Scenario.load("scenarios/toy").levers
        >>> [(row["lever"], row["setting"], row["value"], row["unit"]) for row in levers if row["setting"] == "places"]
        [('hub', 'places', '10', 'firms')]
        """
        return Table(self._native.levers(), "levers")

    @property
    def lever_settings(self) -> Table:
        """A row a setting that a kind of lever may have: kind, title, setting, takes, unit, min, max, choices, required,
        is_size, evidence_limit, effect, meaning."""
        return Table(self._native.settings(), "lever_settings")

    @property
    def parameters(self) -> Table:
        """A row a parameter: parameter (its name), value, unit, low, high, distribution, varies, from_posterior, min, max,
        phase, meaning, evidence, source, note. ``low`` to ``high`` is the range in which it varies over replications,
        ``min`` to ``max`` what it may be given at all, all in its unit.

        >>> import yangjae
        >>> scenario = yangjae.Scenario.load("scenarios/toy")
        >>> wage = scenario.parameters.where(parameter="wage")[0]
        >>> wage["low"] <= wage["value"] <= wage["high"]
        True
        """
        return Table(self._native.parameters(), "parameters")

    @property
    def metrics(self) -> Table:
        """A row a metric: metric, unit, kind (stock, flow, cumulative or level), meaning."""
        return Table(self._native.metrics(), "metrics")

    @property
    def outcomes(self) -> Table:
        """A row an outcome that every run has: outcome, unit, meaning. Further ones are written ``METRIC@PLACE@YEAR``,
        such as ``jobs@city@2035``; without a year it is the last."""
        return Table(self._native.outcomes(), "outcomes")

    @property
    def observed(self) -> Table:
        """A row an observed figure: metric, place, period, value, tolerance, source."""
        return Table(self._native.observed(), "observed")

    @property
    def remarks(self) -> list[str]:
        """What it says that no simulation reads, and what is hardly meant: a sentence each."""
        return self._native.remarks()

    def with_policy(
        self,
        text: str | None = None,
        *,
        name: str | None = None,
        of: str | Sequence[str] = (),
        set: Mapping[str, Setting | Sequence[Setting]] | None = None,
        delay: Mapping[str, str | Sequence[str]] | None = None,
        scale: Mapping[str, float | Sequence[float]] | None = None,
        add: str | Iterable[str] = (),
        drop: str | Iterable[str] = (),
    ) -> Scenario:
        """The same scenario with a policy more.

        Either ``text``, which is what would stand in ``policies/NAME.toml``, with ``name`` (a policy of that name is
        replaced). Or changes to the policies ``of`` (absent: to each but the baseline that they fit), which stay beside
        the changed ones:

        ``set``
            settings of levers, ``{"campus.opening": "2030-07-01"}``; a list makes a policy of each value
        ``delay``
            all dates of a lever, or of a package of levers, later: ``{"campus": "1y"}``, ``"18m"``, ``"90d"``, ``"-1y"``
        ``scale``
            sizes of a lever or package and what they cost, multiplied: ``{"campus": 0.5}``
        ``add``, ``drop``
            levers or packages, by name; ``"campus@full-plan"`` adds it as that policy has it

        The names of the policies that were made say the change and stand in :attr:`added`; ``name`` gives a single one
        another name. Which levers a policy has, and their settings: :attr:`policies`, :attr:`levers`. Packages are
        the values of the setting ``package`` there: ``scenario.levers.where(setting="package")``.

        What does a year's delay of the hub cost?

        >>> import yangjae
        >>> later = yangjae.Scenario.load("scenarios/toy").with_policy(of="hub", delay={"hub": "1y"})
        >>> later.added
        ['hub--hub-delay-1y']
        >>> run = later.run(policies=["hub", *later.added], replications=20, seed=1)
        >>> rows = run.pairs.where(policy=later.added[0], other="hub", metric="jobs", place="city")
        >>> [row["difference"] for row in rows]
        [-6.15]
        """
        if text is not None:
            if name is None:
                raise RequestError("a policy as a text needs `name`")
            if of or set or delay or scale or add or drop:
                raise RequestError("either the text of a policy, or changes to others, not both")
            return Scenario(self._native.with_policies([(name, text)]), [name])
        options = [f"--add {_joined(add)}"] if add else []
        options += [f"--drop {_joined(drop)}"] if drop else []
        options += [f"--set {key}={_written(value)}" for key, value in (set or {}).items()]
        options += [f"--delay {key}={_written(value)}" for key, value in (delay or {}).items()]
        options += [f"--scale {key}={_written(value)}" for key, value in (scale or {}).items()]
        if not options:
            raise RequestError("no change is asked for: give `text`, `set`, `delay`, `scale`, `add` or `drop`")
        made, _ = self._native.edited(options, _names(of))
        policies = [(made_name, text) for made_name, _, text in made]
        if name is not None:
            if len(policies) != 1:
                raise RequestError(f"this makes {len(policies)} policies, and `name` is for one")
            policies = [(name, _native.Scenario.retitled(policies[0][1], name))]
        return Scenario(self._native.with_policies(policies), [made_name for made_name, _ in policies])

    def with_parameters(
        self, values: Mapping[str, float] | None = None, /, *, until: int | None = None, **named: float
    ) -> Scenario:
        """The same scenario with parameters of other values, in their units, which then do not vary; ``until``: cut short
        after that year. Names, units and ranges stand in :attr:`parameters`.

        >>> import yangjae
        >>> scenario = yangjae.Scenario.load("scenarios/toy").with_parameters(wage=55, until=2026)
        >>> scenario.parameters.where(parameter="wage")[0]["value"], scenario.years[-1]
        (55.0, 2026)
        """
        return Scenario(self._native.with_parameters(list({**(values or {}), **named}.items()), until), self.added)

    def in_future(self, future: str | None) -> Scenario:
        """The same scenario in one of its :attr:`futures`, or with ``None`` in the world as it is. A replication has the
        same draws in every future, so that differences between two are those of the futures.

        What does a funding winter take from the campus?

        >>> import yangjae
        >>> present = yangjae.Scenario.load("scenarios/yangjae").with_parameters(until=2030)
        >>> jobs = []
        >>> for scenario in (present, present.in_future("funding-winter")):
        ...     rows = scenario.run(policies="campus", replications=4).outcomes.where(policy="campus", outcome="net_jobs")
        ...     jobs.append([row["value"] for row in rows])
        >>> [winter - usual for usual, winter in zip(*jobs)] != [0, 0, 0, 0]
        True
        """
        return Scenario(self._native.in_future(future), self.added)

    def run(
        self,
        *,
        policies: str | Sequence[str] = (),
        replications: int | None = None,
        seed: int | None = None,
        threads: int | None = None,
        outcomes: str | Sequence[str] = (),
        groups: bool = False,
        progress: Progress | None = None,
    ) -> Run:
        """Simulates policies with the same draws in each replication.

        ``policies``: names, all where none is given; the baseline is added.
        ``replications``, ``seed``: those of the scenario where absent.
        ``threads``: as many as there are processors where absent; results are the same on any number.
        ``outcomes``: metrics to add to the table ``outcomes``, ``"jobs@city@2035"``.
        ``groups``: make the table ``groups``, startups by sector, age, size and origin.
        ``progress``: is called with the replications done and their number, ten or more times a second.

        Other threads of Python go on meanwhile, and Ctrl-C stops it. Nothing is written; tables are made when they are
        asked for, and :meth:`Run.save` writes the folder that ``yangjae run`` leaves.

        >>> import yangjae
        >>> run = yangjae.Scenario.load("scenarios/toy").run(replications=8, outcomes="jobs@city@2026")
        >>> run
        <yangjae.Run of toy: 2 policies, 8 replications, 2024 to 2028>
        >>> sorted(set(run.outcomes["outcome"]))
        ['economic_npv', 'fiscal_npv', 'job_years', 'jobs@city@2026', 'net_jobs', 'public_cost_pv']
        """
        if replications is not None and not 1 <= replications <= _MOST_REPLICATIONS:
            raise RequestError(f"`replications` is {replications}; it takes 1 to {_MOST_REPLICATIONS}")
        native = self._native.run(
            _names(policies), replications, seed, threads, _names(outcomes), groups, progress
        )
        return Run(native)

    def simulate_one(
        self, policy: str, replication: int = 0, parameters: Mapping[str, float] | None = None
    ) -> Simulation:
        """One simulation of a policy, without its twin under the baseline: in milliseconds, for experiments of your own.

        ``replication`` fixes all draws, of chance and parameters; ``parameters`` replaces values of that draw. Gives a
        table with a row a metric, place and year: metric, place, unit, year, value.

        >>> import yangjae
        >>> scenario = yangjae.Scenario.load("scenarios/toy")
        >>> hub, baseline = (scenario.simulate_one(policy, 3) for policy in ("hub", "baseline"))
        >>> hub.value("jobs", "city") - baseline.value("jobs", "city") == scenario.evaluate("hub", 3, ["jobs@city"])[
        ...     "jobs@city"] - scenario.evaluate("baseline", 3, ["jobs@city"])["jobs@city"]
        True
        """
        native = self._native.simulate_one(policy, replication, list((parameters or {}).items()))
        return Simulation(native, "simulation")

    def evaluate(
        self,
        policy: str,
        replication: int = 0,
        outcomes: str | Sequence[str] = (),
        parameters: Mapping[str, float] | None = None,
    ) -> dict[str, float]:
        """Outcomes of a policy beside the baseline in one replication, as a run has them: in milliseconds.

        ``outcomes``: those of :attr:`outcomes` where none is given, which are differences from the baseline, and
        ``METRIC@PLACE@YEAR``, which are values. ``parameters`` replaces values of the replication's draw.

        >>> import yangjae
        >>> scenario = yangjae.Scenario.load("scenarios/toy")
        >>> one = scenario.evaluate("hub", 3)
        >>> run = scenario.run(replications=4)
        >>> [one["net_jobs"]] == [row["value"] for row in run.outcomes.where(
        ...     policy="hub", outcome="net_jobs", replication=3)]
        True
        """
        found = self.evaluate_many(policy, [(replication, parameters or {})], outcomes, threads=1)
        return {outcome: values[0] for outcome, values in found.items()}

    def evaluate_many(
        self,
        policy: str,
        rows: Iterable[tuple[int, Mapping[str, float]]],
        outcomes: str | Sequence[str] = (),
        *,
        threads: int | None = None,
        progress: Progress | None = None,
    ) -> dict[str, list[float]]:
        """The same for many rows of an experiment, each a replication and parameter values: a list by outcome, with a
        value a row, on all processors.

        >>> import yangjae
        >>> scenario = yangjae.Scenario.load("scenarios/toy")
        >>> found = scenario.evaluate_many("hub", [(0, {"wage": wage}) for wage in (45, 55)], "economic_npv")
        >>> len(found["economic_npv"])
        2
        """
        names = _names(outcomes) or self._native.outcomes().column("outcome")
        wanted = [str(name) for name in names]
        histories = [(replication, list(values.items())) for replication, values in rows]
        found = self._native.evaluate(policy, histories, wanted, threads, progress)
        return dict(zip(wanted, found, strict=True))

    def replay(self, policy: str, replication: int = 0) -> Table:
        """Every event of one replication under the baseline and under a policy, with the columns of events.csv: policy,
        replication, year, day, phase, event, entity, population, sector, place, amount, cause.

        >>> import yangjae
        >>> events = yangjae.Scenario.load("scenarios/toy").replay("hub", 3)
        >>> sorted(set(events["policy"]))
        ['baseline', 'hub']
        """
        return Table(self._native.replay(policy, replication), "events")

    def search(
        self,
        *,
        budget: str | Sequence[str] = (),
        budget_total: str | Sequence[str] = (),
        aims: str | Sequence[str] = (),
        futures: str | Sequence[str] = (),
        confidence: float | None = None,
        beyond_evidence: bool = False,
        effort: int | None = None,
        replications: int | None = None,
        seed: int | None = None,
        threads: int | None = None,
        folder: _Path | None = None,
        progress: Progress | None = None,
    ) -> Search:
        """Searches for mixes, sizes and dates of levers within a budget, as ``yangjae search`` does: minutes.

        ``budget``: money in a year, ``"20bn/year"``, ``"city=10bn/year"``, or as much as a policy, ``"campus/year"``.
        ``budget_total``: present value of all years, ``"600bn"``.
        ``aims``: outcomes to judge by, instead of ``economic_npv`` and ``net_jobs``.
        ``futures``: worlds beside the present in which packages are judged, ``"all"`` for every one.
        ``confidence``: judge by what is reached with this probability, instead of by the mean.
        ``effort``: replications of packages to spend; ``replications``: fresh ones, by which what was found is told.
        ``folder``: keep what the command writes there; ``yangjae search --resume`` goes on with one that was interrupted.
        ``progress``: is called with how much is done and the sum of ``effort`` and ``replications``, many times a second;
        the search spends the effort in generations, and not all of it where nothing is left to search. Other threads of Python go on meanwhile, and Ctrl-C stops it.

        >>> import yangjae
        >>> toy = yangjae.Scenario.load("scenarios/toy")
        >>> found = toy.search(budget="20bn/year", effort=400, replications=20)
        >>> found.archive.columns[:3]
        ['package', 'on_frontier', 'dominated_by']
        """
        if self.future is not None:
            raise RequestError("a search begins in the world as it is; name its futures by `futures`")
        options = [("--budget", item) for item in _names(budget)]
        options += [("--budget-total", item) for item in _names(budget_total)]
        options += [("--aim", item) for item in _names(aims)]
        options += [("--future", item) for item in _names(futures)]
        numbers: list[tuple[str, Any]] = [
            ("--confidence", confidence),
            ("--effort", effort),
            ("--replications", replications),
            ("--seed", seed),
            ("--threads", threads),
        ]
        options += [(option, str(value)) for option, value in numbers if value is not None]
        _, _, _, values, until, _ = self._native.state()
        options += [("--set", f"{parameter}={value}") for parameter, value in values]
        options += [("--until", str(until))] if until is not None else []
        arguments = [f"{option}={value}" for option, value in options]
        arguments += ["--quiet", *(["--beyond-evidence"] if beyond_evidence else [])]
        source = self._native.folder()
        if source is not None:
            return Search._run(["--scenario", os.fspath(source), *arguments], folder, progress)
        with tempfile.TemporaryDirectory() as scratch:
            copy = Path(scratch) / self.name
            self._native.write(copy)
            return Search._run(["--scenario", os.fspath(copy), *arguments], folder, progress)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self._native.state(), self.added)

    def __repr__(self) -> str:
        first, last = self._native.years
        within = f" in {self.future}" if self.future else ""
        return f"<yangjae.Scenario {self.name}{within}: {len(self.policies)} policies, {first} to {last}>"

    def _repr_html_(self) -> str:
        """Title, question and policies, for a notebook."""
        return f"<p><b>{self.title}</b>: {self.question}</p>{self.policies._repr_html_()}"


def _varied(scenario: Scenario, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The rows of these parameters by name, or of all that vary: for experiments over their ranges."""
    rows = {row["parameter"]: row for row in scenario.parameters}
    for name in names:
        if name not in rows:
            raise RequestError(f"there is no parameter `{name}`")
        if not rows[name]["low"] < rows[name]["high"]:
            raise RequestError(f"`{name}` has no range: it is {rows[name]['value']}")
    wanted = names or [name for name, row in rows.items() if row["varies"]]
    return {name: rows[name] for name in wanted}


def _restored(state: Any, added: list[str]) -> Scenario:
    return Scenario(_native.Scenario.restore(state), added)


def _joined(names: str | Iterable[str]) -> str:
    return names if isinstance(names, str) else ",".join(names)


def _written(value: Any) -> str:
    """A value as the command line has it; several are alternatives."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return ",".join(_written(one) for one in value)
    return str(value)

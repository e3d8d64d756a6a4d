"""Runs, decisions and searches, and the tables in them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from yangjae import _native
from yangjae.errors import RequestError
from yangjae.table import Table

_Path = str | os.PathLike[str]


class Tables(Mapping[str, Table]):
    """Tables by name; a name with a folder, such as ``appraisal/flows``, may be written ``appraisal_flows``."""

    def __init__(self, names: list[str], make: Any) -> None:
        self._names = {name.replace("-", "_"): name for name in names}
        self._make = make
        self._made: dict[str, Table] = {}

    def __getitem__(self, name: str) -> Table:
        found = self._find(name)
        if found is None:
            raise KeyError(f"no table `{name}`; there are {', '.join(self._names.values())}")
        if found not in self._made:
            self._made[found] = Table(self._make(found), found)
        return self._made[found]

    def _find(self, name: str) -> str | None:
        for known in self._names.values():
            if name in (known, known.replace("/", "_").replace("-", "_"), f"{known}.csv"):
                return known
        return None

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._find(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._names.values())

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"<yangjae.Tables: {', '.join(self._names.values())}>"


def read_tables(folder: _Path) -> Tables:
    """The tables of results in a folder, whichever command wrote them: ``run``, ``decide``, ``search``, ``sensitivity``,
    ``attribute``, ``calibrate``, ``compare``. Units of money are those that the files name.

    >>> import tempfile, yangjae
    >>> run = yangjae.Scenario.load("scenarios/toy").run(replications=4)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     tables = yangjae.read_tables(run.save(f"{folder}/results"))
    >>> tables["yearly"].to_dict() == run.yearly.to_dict()
    True
    """
    read = dict(_native.read_tables(folder))
    return Tables(list(read), read.__getitem__)


class _WithTables:
    """Tables as attributes."""

    tables: Tables

    def __getattr__(self, name: str) -> Table:
        if name.startswith("_") or name == "tables":
            raise AttributeError(name)
        if name in self.tables:
            return self.tables[name]
        raise AttributeError(f"{type(self).__name__} has no attribute or table `{name}`")

    def __dir__(self) -> list[str]:
        names = [name.replace("/", "_").replace("-", "_") for name in self.tables]
        return [*super().__dir__(), *names]


class Run(_WithTables):
    """Policies of a scenario, simulated with the same draws in each replication.

    Its tables are attributes, and items of :attr:`tables`; each is made when it is first asked for. The main ones, by
    what one row is:

    ``comparison``
        the difference of one policy from the baseline, in one metric at one place in one year: ``difference``, its
        mean, ``se``, ``ci_low`` and ``ci_high`` (Monte Carlo error, 95 %), ``p05``, ``p50``, ``p95`` (middle 90 % of replications),
        ``probability_higher``
    ``yearly``
        one metric at one place in one year under one policy
    ``outcomes``
        one outcome of one policy in one replication: ``economic_npv``, ``fiscal_npv``, ``public_cost_pv`` (present
        values over the baseline, in the scenario's money), ``net_jobs`` (persons, last year), ``job_years``, and those
        asked for
    ``draws``
        one parameter in one replication
    ``pairs``
        ``difference`` of ``policy`` less ``other`` in the last year, by metric, and whether they are ranked; also of public
        cost and present values, at the place ``all``; of a changed policy ``other`` is the one that it changes
    ``additionality``
        one term of the account from gross to net jobs or investment
    ``cost_benefit``, ``cash``
        costs, returns, totals and ratios over the baseline, by payer; the same by year
    ``sensitivity``, ``assumptions``
        how strongly differences vary with parameters
    ``appraisal_summary``, ``appraisal_results``, ...
        a ministry's form
    ``levers``, ``dictionary``
        what policies set; what every name means

    ``table.about(column)`` says what a column means. All are those of the program: the same values to the digit.

    Which policy adds most jobs within a budget, and with which chance it loses money:

    >>> import yangjae
    >>> run = yangjae.Scenario.load("scenarios/toy").run(replications=20, seed=1)
    >>> by_policy = {}
    >>> for row in run.outcomes:
    ...     by_policy.setdefault((row["policy"], row["outcome"]), []).append(row["value"])
    >>> def mean(policy, outcome):
    ...     return sum(by_policy[policy, outcome]) / run.replications
    >>> affordable = [policy for policy in run.policies if mean(policy, "public_cost_pv") <= 50_000]
    >>> max(affordable, key=lambda policy: mean(policy, "net_jobs"))
    'hub'
    >>> losses = [value < 0 for value in by_policy["hub", "economic_npv"]]
    >>> 0 <= sum(losses) / len(losses) <= 1
    True

    The same with pandas: ``run.outcomes.to_pandas().pivot(index=["policy", "replication"], columns="outcome",
    values="value")``.
    """

    def __init__(self, native: _native.Run) -> None:
        self._native = native
        self.tables = Tables(native.tables(), self._table)

    def _table(self, name: str) -> _native.Table:
        found = self._native.table(name)
        if found is None:
            raise KeyError(name)
        return found

    @classmethod
    def open(cls, folder: _Path, *, threads: int | None = None) -> Run:
        """Opens the folder of a finished run, whether ``yangjae run`` or :meth:`save` wrote it. Its tables are read
        from its files.

        >>> import tempfile, yangjae
        >>> run = yangjae.Scenario.load("scenarios/toy").run(replications=4)
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     opened = yangjae.Run.open(run.save(f"{folder}/results"))
        ...     opened.outcomes.to_dict() == run.outcomes.to_dict()
        True
        """
        return cls(_native.Run.open(folder, threads))

    @property
    def scenario(self) -> str:
        """The name of the scenario."""
        return self._native.scenario

    @property
    def policies(self) -> list[str]:
        """The policies, in the scenario's order."""
        return self._native.policies

    @property
    def baseline(self) -> str:
        """The policy that the others are compared with."""
        return self._native.baseline

    @property
    def years(self) -> range:
        """The years simulated."""
        first, last = self._native.years
        return range(first, last + 1)

    @property
    def replications(self) -> int:
        """How many replications there are, numbered from 0."""
        return self._native.replications

    @property
    def seed(self) -> int:
        """The seed of all chance."""
        return self._native.seed

    @property
    def money(self) -> str:
        """The unit of money, such as ``KRW m``."""
        return self._native.money

    @property
    def folder(self) -> Path | None:
        """The folder that it was opened from; ``None`` for one that was just simulated."""
        folder = self._native.folder
        return None if folder is None else Path(folder)

    def replication_values(
        self,
        metrics: str | Sequence[str] = (),
        places: str | Sequence[str] = (),
        years: int | Sequence[int] = (),
    ) -> Table:
        """Every value of every replication, with the columns of replications.csv: policy, replication, place, metric,
        year, value. Of all metrics, places and years where none is named, which is much.

        >>> import yangjae
        >>> run = yangjae.Scenario.load("scenarios/toy").run(replications=4)
        >>> len(run.replication_values("jobs", "city", 2028)) == 2 * 4
        True
        """
        wanted = [years] if isinstance(years, int) else list(years)
        return Table(self._native.replication_values(_names(metrics), _names(places), wanted), "replications")

    def decide(
        self,
        criteria: str | Sequence[str] = (),
        targets: Mapping[str, float] | None = None,
    ) -> Decision:
        """Judges the policies: which is best, how sure, what would change the choice, what it is worth to learn first,
        and where it fails. Nothing is simulated; the same as ``yangjae decide``.

        ``criteria``: outcomes to judge by, or weighted sums of them, such as ``"net_jobs"`` or
        ``"economic_npv + 20*net_jobs"``; more is better, with ``min:`` before it less. Absent: ``economic_npv``,
        ``fiscal_npv``, ``net_jobs``.
        ``targets``: the value that a criterion is to reach; where it fails to is what ``boxes`` tell.

        Other threads of Python go on meanwhile, and Ctrl-C stops it.

        >>> import yangjae
        >>> run = yangjae.Scenario.load("scenarios/toy").run(replications=40, seed=1)
        >>> decision = run.decide("net_jobs")
        >>> decision.ranking.where(criterion="net_jobs", rank=1)[0]["policy"]
        'hub'
        """
        if isinstance(criteria, Mapping):
            weighted = " + ".join(f"{weight}*{name}" for name, weight in criteria.items())
            raise RequestError(
                "weights in a dict would not act; write them into one criterion, "
                f'decide("{weighted}"), or give values to be reached as `targets`'
            )
        made, words = self._native.decide(_names(criteria), list((targets or {}).items()))
        return Decision(made, words)

    def save(self, folder: _Path, *, replace: bool = False) -> Path:
        """Writes the folder that ``yangjae run`` leaves, with report, workbook, pictures, blocks and manifest: the same
        bytes as the program writes from the same inputs. ``replace``: take the place of an earlier run there.

        Gives the folder, which :meth:`open`, ``yangjae decide``, ``yangjae verify`` and the others take.
        """
        self._native.save(folder, replace)
        return Path(folder)

    def __repr__(self) -> str:
        return (
            f"<yangjae.Run of {self.scenario}: {len(self.policies)} policies, {self.replications} replications, "
            f"{self.years[0]} to {self.years[-1]}>"
        )

    def _repr_html_(self) -> str:
        """What each policy adds in the last year, for a notebook."""
        last = self.years[-1]
        rows = "".join(
            f"<tr><td>{row['policy']}</td><td>{row['difference']:+,.0f}</td>"
            f"<td>{row['p05']:+,.0f} to {row['p95']:+,.0f}</td></tr>"
            for row in self.tables["comparison"].where(metric="jobs", place="city", year=last)
            if row["p05"] is not None and row["p95"] is not None
        )
        head = f"<tr><th>policy</th><th>jobs in the city in {last} over {self.baseline}</th><th>middle 90 %</th></tr>"
        return f"<p>{self.scenario}: {self.replications} replications</p><table>{head}{rows}</table>"


class Decision(_WithTables):
    """A decision among the policies of a run. Its tables are attributes, and items of :attr:`tables`:

    ``ranking`` (a policy by a criterion: mean, probability of being best, of a loss, expected loss of opportunity),
    ``dominance``, ``acceptability``, ``budgets``, ``frontier`` (worth their cost), ``regret`` (robust choices),
    ``switching`` and ``switching_pairs`` (values of parameters at which two policies change places),
    ``value_of_information`` (what it is worth to learn a parameter), ``boxes`` (where a policy fails),
    ``given_parameters``, and ``futures`` where the run has some. ``decision.ranking.about()`` says what the columns mean.
    ``switching`` is of the leading policies: two of them without a row there do not change places by one parameter alone.
    ``print(decision)`` says the most important in words.
    """

    def __init__(self, made: list[tuple[str, _native.Table]], words: str) -> None:
        read = {name.split("/")[-1]: table for name, table in made}
        self.tables = Tables(list(read), read.__getitem__)
        self.words = words
        """What was found, as the program prints it."""

    def __str__(self) -> str:
        return self.words

    def __repr__(self) -> str:
        return f"<yangjae.Decision: {', '.join(self.tables)}>"


class Search(_WithTables):
    """What a search has found: packages of levers within a budget, told from fresh replications.

    ``archive`` lists them with what they add, ``package_levers`` their levers; :attr:`policies` are those on the frontier as texts of
    policy files, which :meth:`Scenario.with_policy` takes.
    """

    def __init__(self, folder: Path) -> None:
        read = dict(_native.read_tables(folder))
        self.tables = Tables(list(read), read.__getitem__)
        found = sorted(folder.glob("policies/*.toml"))
        self.policies: dict[str, str] = {path.stem: path.read_text(encoding="utf-8") for path in found}
        """Texts of policy files by the packages' names."""

    @classmethod
    def _run(
        cls, arguments: list[str], folder: _Path | None, progress: Callable[[int, int], object] | None
    ) -> Search:
        if folder is not None:
            _native.run_search([*arguments, "--output", os.fspath(folder)], progress)
            return cls(Path(folder))
        with tempfile.TemporaryDirectory() as scratch:
            output = Path(scratch) / "search"
            _native.run_search([*arguments, "--output", os.fspath(output)], progress)
            return cls(output)

    def __repr__(self) -> str:
        return f"<yangjae.Search: {len(self.policies)} packages on the frontier>"


def _names(names: str | Sequence[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)

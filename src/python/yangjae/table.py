"""Tables: columns of equal length, each with a unit and a meaning."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from yangjae import _native
from yangjae.errors import MissingPackageError

if TYPE_CHECKING:
    import pandas
    import polars

Value = str | float | int | bool | None
"""What stands in a cell; ``None`` where it is not known or has no meaning."""

_SHOWN_ROWS = 20


@dataclass(frozen=True)
class Column:
    """What is said of a column."""

    name: str
    """Its name."""
    kind: str
    """``text``, ``number`` (a double), ``whole`` (a whole number) or ``yesno`` (a boolean)."""
    unit: str
    """Its unit; ``metric``, ``unit`` or ``setting`` where the row says it, empty where it has none."""
    meaning: str
    """What it means."""


class Table:
    """A table of results or assumptions: rows by columns, the same values as in the program's CSV files.

    Data frames take it as it is, by Arrow's interface for streams: ``polars.DataFrame(table)``,
    ``pyarrow.table(table)``, ``pandas.DataFrame.from_arrow(table)`` (pandas 3), DuckDB through either. Unknown is null.

    >>> import yangjae
    >>> run = yangjae.Scenario.load("scenarios/toy").run(replications=4)
    >>> run.yearly
    <yangjae.Table yearly: 1930 rows, 16 columns>
    >>> run.yearly.about("mean").unit
    'metric'
    >>> run.yearly.column("year")[:3]
    [2024, 2025, 2026]
    """

    def __init__(self, native: _native.Table, name: str = "") -> None:
        self._native = native
        self.name = name
        """Its name, such as ``yearly``; that of the CSV file without its ending."""
        self._columns = {about[0]: Column(*about) for about in native.about()}

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return list(self._columns)

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns there are."""
        return len(self), len(self._columns)

    @overload
    def about(self) -> Table: ...
    @overload
    def about(self, column: str) -> Column: ...
    def about(self, column: str | None = None) -> Table | Column:
        """What is said of a column: kind, unit, meaning; without a name a table with a row a column of this table:
        column, kind, unit, meaning.

        >>> import yangjae
        >>> run = yangjae.Scenario.load("scenarios/toy").run(replications=4)
        >>> run.outcomes.about().where(column="value")[0]["meaning"]
        'The outcome in this replication'
        """
        if column is None:
            return Table(self._native.about_columns(), f"about {self.name}")
        if column not in self._columns:
            # The native error names those that there are.
            self._native.column(column)
        return self._columns[column]

    def column(self, name: str) -> list[Any]:
        """The values of a column, one a row; ``None`` where one is unknown."""
        return self._native.column(name)

    def to_dict(self) -> dict[str, list[Any]]:
        """All columns by name, as lists; needs no other package."""
        return {name: self._native.column(name) for name in self._columns}

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows one by one, each by column.

        >>> import yangjae
        >>> scenario = yangjae.Scenario.load("scenarios/toy")
        >>> [row["policy"] for row in scenario.policies.rows() if row["is_baseline"]]
        ['baseline']
        """
        names, lists = self.columns, list(self.to_dict().values())
        for values in zip(*lists, strict=True):
            yield dict(zip(names, values, strict=True))

    def where(self, **equal: Value) -> list[dict[str, Any]]:
        """The rows whose columns have these values, each by column: for a look without a data frame.

        >>> import yangjae
        >>> scenario = yangjae.Scenario.load("scenarios/toy")
        >>> scenario.parameters.where(parameter="wage")[0]["unit"]
        'KRW m/year'
        """
        unknown = [name for name in equal if name not in self._columns]
        if unknown:
            self.about(unknown[0])
        return [row for row in self.rows() if all(row[name] == value for name, value in equal.items())]

    def to_pandas(self) -> pandas.DataFrame:
        """As a pandas data frame: numbers as float64, whole numbers as int64 (float64 with NaN where one is unknown),
        yes and no as bool, texts as pandas reads lists of them. Column units stand in ``frame.attrs["units"]``."""
        try:
            import numpy
            import pandas
        except ImportError as error:
            raise MissingPackageError("pandas", "to_pandas()", "pandas") from error
        data: dict[str, Any] = {}
        for name, column in self._columns.items():
            buffer = self._native.buffer(name)
            if buffer is not None:
                kind = numpy.float64 if column.kind == "number" else numpy.int64
                # A copy: what lies in `bytes` cannot be written to.
                data[name] = numpy.frombuffer(buffer, dtype=kind).copy()
            elif column.kind == "whole":
                values = self._native.column(name)
                data[name] = numpy.array([numpy.nan if it is None else it for it in values], dtype=float)
            else:
                data[name] = self._native.column(name)
        frame = pandas.DataFrame(data, columns=self.columns)
        frame.attrs["units"] = {name: column.unit for name, column in self._columns.items()}
        return frame

    def to_polars(self) -> polars.DataFrame:
        """As a Polars data frame (1.3 or later): Float64, Int64, Boolean, String; unknown is null."""
        try:
            import polars
        except ImportError as error:
            raise MissingPackageError("polars", "to_polars()", "polars") from error
        return polars.DataFrame(self)

    def __arrow_c_schema__(self) -> object:
        return self._native.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._native.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return len(self._native)

    @overload
    def __getitem__(self, which: str) -> list[Any]: ...
    @overload
    def __getitem__(self, which: int) -> dict[str, Any]: ...
    def __getitem__(self, which: str | int) -> list[Any] | dict[str, Any]:
        if isinstance(which, str):
            return self.column(which)
        size = len(self)
        if not -size <= which < size:
            raise IndexError(f"row {which} of {size}")
        return {name: self._native.column(name)[which] for name in self._columns}

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self.rows()

    def __repr__(self) -> str:
        named = f" {self.name}" if self.name else ""
        return f"<yangjae.Table{named}: {len(self)} rows, {len(self._columns)} columns>"

    def _repr_html_(self) -> str:
        """The first rows, for a notebook; the meaning of a column shows where one points at its name."""
        heads = "".join(
            f'<th title="{html.escape(column.meaning)}">{html.escape(column.name)}</th>'
            for column in self._columns.values()
        )
        lists = [self._native.column(name)[:_SHOWN_ROWS] for name in self._columns]
        body = "".join(
            "<tr>" + "".join(f"<td>{_shown(value)}</td>" for value in row) + "</tr>"
            for row in zip(*lists, strict=True)
        )
        rest = len(self) - _SHOWN_ROWS
        note = f"<p>and {rest} rows more</p>" if rest > 0 else ""
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{note}"


def _shown(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.6g}"
    return html.escape(str(value))


class Simulation(Table):
    """What one simulation gives: a row a metric, place and year (columns metric, place, unit, year, value).

    >>> import yangjae
    >>> one = yangjae.Scenario.load("scenarios/toy").simulate_one("hub", replication=3)
    >>> one.value("jobs", "city", 2028) == one.series("jobs", "city")[2028]
    True
    """

    _index: dict[tuple[str, str], dict[int, float]] | None = None

    def series(self, metric: str, place: str = "city") -> dict[int, float]:
        """The values of a metric at a place by year, in the metric's unit."""
        if self._index is None:
            index: dict[tuple[str, str], dict[int, float]] = {}
            columns = (self.column(name) for name in ("metric", "place", "year", "value"))
            for name, at, year, value in zip(*columns, strict=True):
                index.setdefault((name, at), {})[year] = value
            self._index = index
        found = self._index.get((metric, place))
        if found is None:
            places = sorted({at for name, at in self._index if name == metric})
            known = f"it is known at {', '.join(places)}" if places else "no metric has this name"
            raise KeyError(f"{metric}@{place}: {known}")
        return found

    def value(self, metric: str, place: str = "city", year: int | None = None) -> float:
        """The value of a metric at a place in a year, the last where none is given, in the metric's unit."""
        series = self.series(metric, place)
        return series[max(series) if year is None else year]

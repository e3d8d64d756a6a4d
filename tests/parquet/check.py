#!/usr/bin/env python3
"""Every table as Parquet, as pyarrow, Polars and DuckDB read it, against its CSV.

    check.py RUN
"""

import csv
import sys
from pathlib import Path

import duckdb
import polars
import pyarrow.parquet as pq

TYPES = {"string": str, "double": float, "int64": int, "bool": bool}


def cell(text: str, kind: str, optional: bool):
    """A cell of the CSV as its column has it."""
    if text == "" and optional:
        return None
    if kind == "bool":
        return {"yes": True, "no": False}[text]
    return TYPES[kind](text)


def check(parquet: Path) -> int:
    """Compares a table, and gives its number of rows."""
    with open(parquet.with_suffix(".csv"), encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    table = pq.read_table(parquet)
    assert table.column_names == header, parquet
    kinds = [(str(field.type), field.nullable) for field in table.schema]
    expected = {
        name: [cell(row[place], *kinds[place]) for row in rows] for place, name in enumerate(header)
    }
    # Exactly: the text of a number reads back to the same double.
    assert table.to_pydict() == expected, parquet
    assert polars.read_parquet(parquet).to_dict(as_series=False) == expected, parquet
    found = duckdb.sql(f"select * from read_parquet('{parquet}')")
    assert found.columns == header, parquet
    assert found.fetchall() == list(zip(*expected.values())), parquet
    # Every column says what it is.
    said = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    for name in header:
        assert f"unit:{name}" in said and said[f"meaning:{name}"] and said[f"meaning_ko:{name}"]
    assert "{" not in "".join(value for key, value in said.items() if key.startswith("unit:"))
    return len(rows)


def main() -> None:
    run = Path(sys.argv[1])
    tables = sorted(run.glob("**/*.parquet"))
    rows = sum(check(table) for table in tables)
    written = [csv for csv in run.glob("**/*.csv") if "inputs" not in csv.parts]
    assert len(tables) == len(written) > 30, (len(tables), len(written))
    # As a user asks for the unit of a column.
    unit = duckdb.sql(
        f"select decode(value) from parquet_kv_metadata('{run / 'cash.parquet'}') where decode(key) = 'unit:mean'"
    ).fetchall()
    assert unit == [("KRW m/year",)], unit
    print(f"{len(tables)} tables with {rows} rows: pyarrow, Polars and DuckDB read what the CSVs hold")


main()

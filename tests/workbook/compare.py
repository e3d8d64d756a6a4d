"""Compares the sheets of a workbook with the tables of its run.

compare.py RUN CONVERTED: RUN has tables and workbook.xlsx, CONVERTED what LibreOffice made of it,
a CSV for each sheet. Numbers in the workbook itself are the same to the last bit; LibreOffice
writes 15 digits, at most 20 of them decimals, so its numbers are the same to 1e-12 of their size or 1e-20.
"""

import csv
import json
import pathlib
import re
import sys
import xml.etree.ElementTree
import zipfile

SHEETS = {
    "yearly.csv": ("yearly", "연도별"),
    "comparison.csv": ("comparison", "비교"),
    "additionality.csv": ("additionality", "추가성"),
    "cost_benefit.csv": ("cost and benefit", "비용과 편익"),
    "cash.csv": ("cash", "연도별 수지"),
    "pairs.csv": ("pairs", "정책 간 비교"),
    "sensitivity.csv": ("sensitivity", "민감도"),
    "assumptions.csv": ("assumptions", "핵심 가정"),
    "appraisal/flows.csv": ("appraisal flows", "연도별 비용·편익"),
    "appraisal/results.csv": ("appraisal results", "경제성 분석 결과"),
    "appraisal/sensitivity.csv": ("appraisal sensitivity", "평가 민감도"),
    "appraisal/funding.csv": ("funding", "재원 조달"),
    "appraisal/gross_to_net.csv": ("gross to net jobs", "순일자리 산출"),
    "appraisal/induced.csv": ("induced effects", "유발효과"),
    "appraisal/optimism_bias.csv": ("optimism bias", "낙관 편향"),
    "appraisal/summary.csv": ("appraisal summary", "평가 요약표"),
}
NAME = {"{http://schemas.openxmlformats.org/spreadsheetml/2006/main}" + tag: tag for tag in ("c", "v", "row", "t", "si", "sheet")}


def table(path, dialect):
    """The rows of a table with decimal points, header first."""
    comma = dialect == "excel-eu"
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";" if comma else ","))
    if comma:
        number = re.compile(r"-?\d+,\d+(e-?\d+)?")
        rows = [[c.replace(",", ".") if number.fullmatch(c) else c for c in row] for row in rows]
    return rows


def stored(book):
    """Sheets of the workbook as they are stored: name, then rows of cells by column."""
    read = lambda path: xml.etree.ElementTree.fromstring(book.read(path)).iter()
    tag = lambda node: NAME.get(node.tag)
    words = ["".join(t.text or "" for t in si.iter() if tag(t) == "t")
             for si in read("xl/sharedStrings.xml") if tag(si) == "si"]
    names = [node.get("name") for node in read("xl/workbook.xml") if tag(node) == "sheet"]
    for place, name in enumerate(names, 1):
        rows = []
        for row in read(f"xl/worksheets/sheet{place}.xml"):
            if tag(row) != "row":
                continue
            cells = {}
            for cell in row:
                value = next((v.text for v in cell if tag(v) == "v"), None)
                if value is not None:
                    letters = re.match("[A-Z]+", cell.get("r")).group()
                    cells[letters] = words[int(value)] if cell.get("t") == "s" else value
            rows.append(cells)
        yield name, rows


def letter(column):
    return chr(ord("A") + column) if column < 26 else letter(column // 26 - 1) + letter(column % 26)


def same(ours, theirs, tolerance):
    if ours == theirs or ours.lstrip("'") == theirs.lstrip("'"):
        return True
    try:
        one, two = float(ours), float(theirs)
    except ValueError:
        return False
    # LibreOffice writes no more than twenty decimals.
    least = 1e-20 if tolerance else 0.0
    return abs(one - two) <= tolerance * max(abs(one), abs(two)) + least


def match(file, ours, sheet, tolerance):
    """Every row of the sheet is one of the table, in its order; returns numbers compared."""
    header, *rows = ours
    place = iter(rows)
    numbers = 0
    for row in sheet:
        texts = 3 if len(header) > 3 else 1
        known = next((r for r in place if all(same(r[c], row[c], 0) for c in range(texts)) and same_keys(header, r, row)), None)
        if known is None:
            sys.exit(f"{file}: no row of the table is {row}")
        for column, (one, two) in enumerate(zip(known, row)):
            if not same(one, two, tolerance):
                sys.exit(f"{file}, {header[column]}: {one} in the table, {two} in the sheet; {row}")
            numbers += bool(re.fullmatch(r"-?[\d.]+(e-?\d+)?", one))
    return numbers


def same_keys(header, one, two):
    keys = ("policy", "other", "place", "metric", "year", "measure", "term", "item", "payer", "parameter", "part", "result", "kind", "moved", "step", "effect", "demand", "entry")
    return all(same(one[c], two[c], 0) for c, name in enumerate(header) if name in keys)


def main(run, converted):
    manifest = json.loads((run / "manifest.json").read_text())
    sheets = dict(stored(zipfile.ZipFile(run / "workbook.xlsx")))
    for file, names in SHEETS.items():
        ours = table(run / file, manifest["options"]["csv_dialect"])
        name = next(name for name in names if name in sheets)
        width = len(ours[0])
        inside = [[row.get(letter(c), "") for c in range(width)] for row in sheets[name][2:]]
        with open(converted / f"workbook-{name}.csv", encoding="utf-8", newline="") as text:
            outside = [row[:width] for row in list(csv.reader(text))[2:]]
        outside = [row for row in outside if any(row)]
        if len(inside) != len(outside):
            sys.exit(f"{file}: {len(inside)} rows stored, {len(outside)} converted")
        said = sheets[name][0]["A"]
        if len(inside) != len(ours) - 1 and f"{len(ours) - 1:,}" not in said:
            sys.exit(f"{file}: {len(inside)} of {len(ours) - 1} rows, and the sheet does not say so")
        exact = match(file, ours, inside, 0.0)
        match(file, ours, outside, 1e-12)
        print(f"{run.name}, {name}: {len(inside)} of {len(ours) - 1} rows, {exact} numbers the same")


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))

"""Compares the results of an appraisal with those of the spreadsheet: money to the won.

compare.py APPRAISAL SHEETS: APPRAISAL has the tables, SHEETS a CSV for each sheet of by-hand.fods.
"""

import csv
import pathlib
import sys
from decimal import Decimal

WON = Decimal("0.000001")


def value(text):
    share = text.endswith("%")
    number = Decimal(text.rstrip("%"))
    return number / 100 if share else number


def main(appraisal, sheets):
    found = {}
    for row in csv.DictReader(open(appraisal / "results.csv", encoding="utf-8")):
        found[row["policy"], row["result"]] = row["unit"], row["mean"]
    for row in csv.DictReader(open(appraisal / "sensitivity.csv", encoding="utf-8")):
        if row["kind"] == "switching_value":
            found[row["policy"], "switching_" + row["moved"]] = row["unit"], row["value"]
    compared = 0
    for policy in ("campus", "grants"):
        for row in csv.reader(open(sheets / f"by-hand-{policy}.csv", encoding="utf-8")):
            if (policy, row[0]) not in found:
                continue
            unit, ours = found[policy, row[0]]
            theirs = value(row[1])
            if unit == "KRW m":
                same = Decimal(ours) == theirs.quantize(WON)
            else:
                same = abs(Decimal(ours) - theirs) <= abs(theirs) * Decimal("1e-9")
            if not same:
                sys.exit(f"{policy}, {row[0]}: {ours} in the table, {theirs} in the spreadsheet")
            compared += 1
    if compared != 32:
        sys.exit(f"{compared} figures compared, not 32")
    print(f"{compared} figures of two policies are those of the spreadsheet, money to the won")


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))

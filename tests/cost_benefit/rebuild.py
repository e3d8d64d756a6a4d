#!/usr/bin/env python3
"""Rebuilds cost_benefit.csv of a run from its cash.csv and additionality.csv, and compares.

Usage: rebuild.py RUN SCENARIO

Written from the description in src/model/MODEL.md, 6.7, not from the program: every present value,
every total as the sum of its rows, every ratio as one of means. Plain Python 3.11 or later.
"""

import csv
import json
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

# By item: in the fiscal account cost or return, in the economic one cost or benefit.
BUYS = "construction land operation services support administration tuition grants fund_payments"
MOVES = "grants_windfall rent_subsidy rent_vouchers wage_subsidy loan_interest tax_given_up"
TAXES = "income_tax local_income_tax corporate_tax acquisition_tax property_tax"
RECEIVES = f"rents taxes_elsewhere {TAXES}"
COMES_BACK = "fund_proceeds fund_stake residual_value unfinished_teaching"
PRODUCES = "value_added value_added_elsewhere"
BURDENS = "excess_burden"
# Above this size a ratio says that a policy costs next to nothing, and is left out.
LARGEST_RATIO = 20


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main(run, scenario):
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    baseline = manifest["baseline"]
    settings = tomllib.loads((scenario / "scenario.toml").read_text(encoding="utf-8"))
    parameters = tomllib.loads((scenario / "parameters.toml").read_text(encoding="utf-8"))
    rate, base = parameters["discount_rate"]["value"], settings["base_year"]
    public = {name for name, payer in settings["payers"].items() if payer["public"]}

    def factor(year):
        return (1 + rate) ** (base - year)

    # What each policy books, by item and payer and year.
    booked = defaultdict(lambda: defaultdict(float))
    for row in rows(run / "cash.csv"):
        booked[row["policy"]][row["item"], row["payer"], int(row["year"])] = float(row["mean"])
    jobs = defaultdict(dict)
    for row in rows(run / "additionality.csv"):
        if row["term"] == "net_city" and row["measure"] == "jobs":
            jobs[row["policy"]][int(row["year"])] = float(row["mean"])
    given = defaultdict(dict)
    for row in rows(run / "cost_benefit.csv"):
        given[row["policy"]][row["item"], row["payer"]] = row

    compared = faults = 0
    for policy, table in given.items():
        present = defaultdict(float)
        for of in (policy, baseline):
            sign = 1 if of == policy else -1
            for (item, payer, year), mean in booked[of].items():
                present[item, payer] += sign * factor(year) * mean

        def total(items, payers=None, present=present):
            wanted = items.split()
            return sum(
                value
                for (item, payer), value in present.items()
                if item in wanted and (payers is None or payer in payers)
            )

        expected = {key: value for key, value in present.items() if key in table}
        cost = total(f"{BUYS} {MOVES}", public)
        back = -total(f"{RECEIVES} {COMES_BACK}", public)
        paid = total(f"{BUYS} {MOVES} {BURDENS}")
        gained = total(MOVES) - total(f"{PRODUCES} {COMES_BACK}")
        years = sum(jobs[policy].values())
        discounted = sum(factor(year) * net for year, net in jobs[policy].items())
        last = jobs[policy][max(jobs[policy])]
        sums = {
            "fiscal_cost": cost,
            "fiscal_return": back,
            "fiscal_net_present_value": back - cost,
            "economic_cost": paid,
            "economic_benefit": gained,
            "transfers_received": total(MOVES),
            "economic_net_present_value": gained - paid,
            "net_job_years": years,
            "discounted_net_job_years": discounted,
        }
        ratios = {
            "fiscal_benefit_cost_ratio": (back, cost),
            "economic_benefit_cost_ratio": (gained, paid),
            "cost_per_net_job_year": (cost, discounted),
            "cost_per_net_job_last_year": (cost, last),
        }
        expected |= {(item, "all"): value for item, value in sums.items()}
        expected |= {
            (item, "all"): above / below
            for item, (above, below) in ratios.items()
            if table[item, "all"]["mean"] != "" and below != 0
        }
        # Of each item that either books there is a row, and of no other.
        there = {
            (item, payer)
            for of in (policy, baseline)
            for (item, payer, _), mean in booked[of].items()
            if mean != 0
        }
        for item, payer in there - set(table):
            faults += 1
            print(f"{policy}: no row of {item} of {payer}")
        size = max((abs(value) for value in present.values()), default=1)
        for (item, payer), row in table.items():
            if row["mean"] == "":
                if row["note"] == "":
                    faults += 1
                    print(f"{policy}: {item} of {payer} is empty and has no note")
                continue
            wanted, found = expected[item, payer], float(row["mean"])
            # Sums of rounded means: a millionth of a won million beside the largest item.
            close = abs(wanted - found) <= 1e-9 * max(size, abs(wanted))
            if item in ratios:
                close = abs(wanted - found) <= 1e-6 * abs(wanted)
            if not close:
                faults += 1
                print(f"{policy}: {item} of {payer} is {found}, and {wanted} by its rows")
            if item.endswith("benefit_cost_ratio") and abs(found) > LARGEST_RATIO:
                faults += 1
                print(f"{policy}: {item} is {found}")
            compared += 1
    print(f"{compared} figures of {len(given)} policies rebuilt, {faults} differ")
    return 1 if faults or not compared else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))

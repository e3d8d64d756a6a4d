"""Compares boxes of PRIM and CART with those of EMA Workbench 2.5.3 on the data of Bryant and Lempert (2010).

Needs Python 3.11 and `pip install ema_workbench==2.5.3` (BSD licence), which brings the data; `.ci/long prim`
installs it.

    prim.py PROGRAM

PROGRAM reads the peeling fraction, draws and cases from standard input and writes a line of JSON for
each box (see `tests/examples/boxes.rs`). Exits with 1 where something differs.
"""

import json
import pathlib
import subprocess
import sys
import warnings

warnings.filterwarnings("ignore")

import ema_workbench
import numpy
import pandas
from ema_workbench.analysis import cart, prim, scenario_discovery_util

DATA = "examples/data/bryant et al 2010 data.csv"
FAILED = []


def close(found, expected, tolerance):
    return abs(found - expected) <= tolerance * max(1e-300, abs(expected))


def check(what, found, expected, tolerance=1e-9):
    """Notes a difference; relative tolerance."""
    if not (found == expected if isinstance(expected, (int, tuple)) else close(found, expected, tolerance)):
        FAILED.append(f"{what}: {found} instead of {expected}")


def read():
    path = pathlib.Path(ema_workbench.__file__).parent / DATA
    data = pandas.read_csv(path, index_col=False)
    return data.iloc[:, 2:11], data.iloc[:, 15].values


def ours(program, peel, draws, cases):
    lines = [repr(peel)]
    lines += [" ".join(repr(float(value)) for value in draws[name]) for name in draws.columns]
    lines.append(" ".join(str(int(case)) for case in cases))
    text = subprocess.run([program], input="\n".join(lines), capture_output=True, text=True, check=True).stdout
    boxes = {"trajectory": [], "prim": [], "cart": []}
    for line in text.splitlines():
        box = json.loads(line)
        boxes[box["kind"]].append(box)
    return boxes


def limits_of(table, whole, names):
    """Limits by parameter, None at an end that is not restricted."""
    found = {}
    for number, name in enumerate(names):
        low, high = table[name].values
        lowest, highest = whole[name].values
        if low != lowest or high != highest:
            found[number] = (None if low == lowest else low, None if high == highest else high)
    return found


def check_limits(what, box, expected, quasi_p=None):
    found = {limit[0]: limit[1:] for limit in box["limits"]}
    check(f"{what}, parameters", tuple(sorted(found)), tuple(sorted(expected)))
    for parameter in set(found) & set(expected):
        for side, (mine, theirs) in enumerate(zip(found[parameter][:2], expected[parameter])):
            place = f"{what}, parameter {parameter}, side {side}"
            if mine is None or theirs is None:
                check(place, (mine is None,), (theirs is None,))
            else:
                check(place, mine, float(theirs))
        if quasi_p:
            check(f"{what}, quasi-p of {parameter}", found[parameter][2], float(max(quasi_p[parameter])), 1e-6)


def check_prim(program, peel, draws, cases):
    algorithm = prim.Prim(draws, cases, threshold=0.1, peel_alpha=peel)
    theirs = algorithm.find_box()
    whole = scenario_discovery_util._make_box(draws)
    names = list(draws.columns)
    boxes = ours(program, peel, draws, cases)["trajectory"]
    steps = theirs.peeling_trajectory
    # The pastings at the end follow another rule: only what is peeled is compared.
    peeled = 1
    while peeled < len(steps) and steps.n[peeled] < steps.n[peeled - 1]:
        peeled += 1
    mine = 1
    while mine < len(boxes) and boxes[mine]["replications"] < boxes[mine - 1]["replications"]:
        mine += 1
    check(f"peel {peel}, boxes peeled", mine, peeled)
    for number, box in enumerate(boxes[: min(mine, peeled)]):
        what = f"peel {peel}, box {number}"
        check(f"{what}, cases", box["cases"], int(steps.k[number]))
        check(f"{what}, replications", box["replications"], int(steps.n[number]))
        for name in ["coverage", "density", "mass"]:
            check(f"{what}, {name}", box[name], float(steps[name][number]))
        quasi_p = {names.index(name): values for name, values in theirs.qp[number].items()}
        check_limits(what, box, limits_of(theirs.box_lims[number], whole, names), quasi_p)
    print(f"peel {peel}: {peeled} boxes compared, {len(boxes) - mine} of ours and {len(steps) - peeled} of EMA pasted")


def check_known(program, draws, cases):
    """The figures of box 21 at a peel of 0.1, as published with the oracles."""
    boxes = ours(program, 0.1, draws, cases)
    box = boxes["trajectory"][21]
    check("box 21, coverage", round(box["coverage"], 6), 0.752809)
    check("box 21, density", round(box["density"], 6), 0.770115)
    check("box 21, mass", round(box["mass"], 6), 0.098639)
    known = {"Total biomass": (None, 755.8, 5e-6), "Demand elasticity": (-0.422, None, 1.2e-16),
             "Biomass backstop price": (150.05, None, 3.5e-11), "Cellulosic cost": (72.65, None, 0.157)}
    expected = {list(draws.columns).index(name): values[:2] for name, values in known.items()}
    check("box 21, limited", tuple(limit[0] for limit in box["limits"]), tuple(sorted(expected)))
    for parameter, low, high, quasi_p in box["limits"]:
        name = draws.columns[parameter]
        for mine, theirs in zip((low, high), known[name][:2]):
            if theirs is not None:
                check(f"box 21, {name}", mine, theirs, 1e-6)
        check(f"box 21, quasi-p of {name}", quasi_p, known[name][2], 0.06)
        print(f"box 21: {name} {low} to {high}, quasi-p {quasi_p:.3g}")
    for box in boxes["prim"]:
        limits = [(draws.columns[it[0]], *it[1:]) for it in box["limits"]]
        print(f"chosen: coverage {box['coverage']:.6f}, density {box['density']:.6f}, mass {box['mass']:.6f}, {limits}")


def check_cart(program, draws, cases):
    """Ours must equal one of EMA's trees: equal cuts are chosen between by chance there, by a rule here."""
    boxes = ours(program, 0.1, draws, cases)["cart"]
    noted = list(FAILED)
    for seed in range(20):
        del FAILED[:]
        numpy.random.seed(seed)
        compare_cart(boxes, draws, cases)
        if not FAILED:
            break
    FAILED[:0] = noted
    best = max(boxes, key=lambda box: box["coverage"])
    check("CART, best coverage", round(best["coverage"], 6), 0.606742)
    check("CART, best density", round(best["density"], 6), 0.642857)
    check("CART, best mass", round(best["mass"], 6), 0.095238)
    check("CART, limits of the best", len(best["limits"]), 2)
    print(f"CART: {len(boxes)} boxes, best {best['coverage']:.6f}, {best['density']:.6f}, {best['mass']:.6f}; seed {seed}")


def compare_cart(boxes, draws, cases):
    algorithm = cart.CART(draws, cases.astype(bool), 0.05)
    algorithm.build_tree()
    whole = scenario_discovery_util._make_box(draws)
    check("CART, boxes", len(boxes), len(algorithm.stats))
    for number, (box, stats, limits) in enumerate(zip(boxes, algorithm.stats, algorithm.boxes)):
        for name in ["coverage", "density", "mass"]:
            check(f"CART, box {number}, {name}", box[name], float(stats[name]))
        # The tree there holds values in single precision, so middles differ in the last digits.
        found = {it[0]: it[1:] for it in box["limits"]}
        expected = limits_of(limits, whole, list(draws.columns))
        check(f"CART, box {number}, parameters", tuple(found), tuple(sorted(expected)))
        for parameter in set(found) & set(expected):
            for mine, theirs in zip(found[parameter][:2], expected[parameter]):
                if mine is None or theirs is None:
                    check(f"CART, box {number}, {parameter}", (mine,), (theirs,))
                else:
                    check(f"CART, box {number}, {parameter}", mine, float(theirs), 1e-6)


def lattice():
    """The sample of the tests in `tests.rs`, whose figures come from here."""
    number = numpy.arange(1, 401)
    draws = pandas.DataFrame({f"x{place}": number * factor % 1009 / 1009 for place, factor in enumerate([611, 389, 157, 877])})
    draws["x3"] = numpy.floor(draws.x3 * 8)
    corner = (draws.x0 > 0.55) & (draws.x1 < 0.6)
    return draws, ((corner & (number * number % 7 < 4)) | (number * 17 % 23 == 0)).astype(int).values


def main(program):
    draws, cases = read()
    check_known(program, draws, cases)
    for peel in [0.1, 0.05, 0.03, 0.2]:
        check_prim(program, peel, draws, cases)
    check_cart(program, draws, cases)
    check_prim(program, 0.1, *lattice())
    compare_cart(ours(program, 0.1, *lattice())["cart"], *lattice())
    # Draws with ties and whole numbers, and cases by a rule with noise.
    random = numpy.random.default_rng(20240501)
    for rows in [60, 101, 400]:
        invented = pandas.DataFrame({
            "a": random.random(rows), "b": random.integers(0, 5, rows).astype(float),
            "c": numpy.round(random.normal(size=rows), 1), "d": random.random(rows)})
        share = numpy.where((invented.a > 0.55) & (invented.b >= 3), 0.85, 0.1)
        check_prim(program, 0.1, invented, (random.random(rows) < share).astype(int))
    print("\n".join(FAILED) if FAILED else "everything agrees")
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

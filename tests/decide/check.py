#!/usr/bin/env python3
"""Computes every figure of `yangjae decide` again from outcomes.csv and draws.csv of its run, and compares.

Usage: check.py RUN

Written from output/README.md and the definitions of the field, not from the program, with pandas and numpy.
What the program gets by regression is taken from decision/given_parameters.csv where that is where the
regression's result stands, and is held against a method without regression where it is not (blocks for the
value of a parameter, a polynomial for a switching value).
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

# Replications of a Latin hypercube: from four whole ones on, an error is told by them.
BLOCK = 5
# Monte Carlo answers may differ by so many of their standard errors.
ERRORS = 4.0


class Checked:
    """Counts what was compared, and what differs."""

    def __init__(self):
        self.compared = {}
        self.faults = []

    def figure(self, table, what, found, expected, tolerance=1e-9):
        self.compared[table] = self.compared.get(table, 0) + 1
        if pd.isna(found) and pd.isna(expected):
            return
        if not abs(found - expected) <= tolerance * max(1.0, abs(expected)):
            self.faults.append(f"{table}: {what} is {found}, computed again {expected}")

    def holds(self, table, what, true):
        self.compared[table] = self.compared.get(table, 0) + 1
        if not true:
            self.faults.append(f"{table}: {what}")


def table(run, name):
    return pd.read_csv(run / f"{name}.csv", keep_default_na=False, na_values=[""])


def by_policy(frame, policies, value="value"):
    """A column for each policy, a row for each replication."""
    return frame.pivot(index="replication", columns="policy", values=value)[policies]


def error_of_mean(values):
    """The standard error of a mean over replications that come in Latin hypercubes."""
    values = np.asarray(values, dtype=float)
    unit = BLOCK if len(values) >= 4 * BLOCK else 1
    off = values - values.mean()
    sums = np.add.reduceat(off, np.arange(0, len(values), unit))
    return np.sqrt(len(sums) / (len(sums) - 1) * (sums**2).sum()) / len(values)


def parts_best(values):
    """1 for the best policy of each replication, shared where several are."""
    best = values.eq(values.max(axis=1), axis=0)
    return best.div(best.sum(axis=1), axis=0)


def ranking(check, given, values, smooth, sign, baseline):
    signed, smooth = sign * values, sign * smooth
    parts, average = parts_best(signed), parts_best(smooth).mean()
    losses = smooth.rsub(smooth.max(axis=1), axis=0)
    loss = signed.lt(signed[baseline], axis=0)
    ranks = signed.mean().rank(ascending=False, method="min")
    for _, row in given.iterrows():
        policy = row.policy
        of = f"{row.criterion}, {policy}"
        p05, p50, p95 = np.quantile(values[policy], [0.05, 0.5, 0.95])
        for column, expected in {
            "mean": values[policy].mean(),
            "mean_se": error_of_mean(values[policy]),
            "lead": (values[policy] - values[baseline]).mean(),
            "lead_se": error_of_mean(values[policy] - values[baseline]),
            "p05": p05,
            "p50": p50,
            "p95": p95,
            "probability_best": parts[policy].mean(),
            "probability_best_se": error_of_mean(parts[policy]),
            "probability_best_on_average": average[policy],
            "probability_loss": loss[policy].mean(),
            "probability_loss_se": error_of_mean(loss[policy]),
            "expected_loss": losses[policy].mean(),
            "expected_loss_se": error_of_mean(losses[policy]),
            "rank": ranks[policy],
        }.items():
            check.figure("ranking", f"{column} of {of}", row[column], expected, 1e-8)
        check.holds("ranking", f"the interval of the rank of {of}", pd.isna(row.rank_p05) or row.rank_p05 <= row["rank"] <= row.rank_p95)


def regret(check, given, smooth, sign):
    """Over the present world and each future: `smooth` has a row for each of them and replication."""
    signed = sign * smooth

    def error(values):
        # Worlds share their draws, so that only the means over worlds tell an error.
        return error_of_mean(values.groupby("replication").mean())

    regrets = signed.rsub(signed.max(axis=1), axis=0)
    for _, row in given.iterrows():
        policy, own = row.policy, signed[row.policy]
        reached = own >= sign * row.target if not pd.isna(row.target) else None
        for column, expected in {
            "minimax_regret": regrets[policy].max(),
            "mean_regret": regrets[policy].mean(),
            "mean_regret_se": error(regrets[policy]),
            "p95_regret": np.quantile(regrets[policy], 0.95),
            "maximin": sign * own.min(),
            "hurwicz": sign * (own.min() + own.max()) / 2,
            "mean_less_k_sd": sign * (own.mean() - own.std(ddof=1)),
            "satisficing_share": np.nan if reached is None else reached.mean(),
            "satisficing_share_se": np.nan if reached is None else error(reached.astype(float)),
        }.items():
            check.figure("regret", f"{column} of {row.criterion}, {policy}", row[column], expected, 1e-8)


def dominance(check, given, values, sign):
    for _, row in given.iterrows():
        one, other = np.sort(sign * values[row.policy]), np.sort(sign * values[row.other])
        if row.order == 2:
            one, other = one.cumsum(), other.cumsum()
        # Sums of equal values are equal but for rounding.
        slack = 1e-9 * np.maximum(1.0, np.abs(one))
        holds = bool(np.all(one >= other - slack) and np.any(one > other + slack))
        of = f"{row.criterion}, {row.policy} over {row.other}, order {row.order}"
        check.holds("dominance", of, holds == (row.holds == "yes"))
        check.holds("dominance", f"probability of {of}", 0 <= row.probability <= 1)


def acceptability(check, given, cost, effect):
    policies = list(cost.columns)
    for threshold, rows in given.groupby("threshold"):
        benefit = threshold * effect - cost
        parts, means = parts_best(benefit).mean(), benefit.mean()
        for _, row in rows.iterrows():
            of = f"{row.policy} at {threshold}"
            check.figure("acceptability", f"net benefit of {of}", row.net_benefit, means[row.policy], 1e-8)
            check.figure("acceptability", f"its error, {of}", row.net_benefit_se, error_of_mean(benefit[row.policy]), 1e-7)
            check.figure("acceptability", f"probability of {of}", row.probability_best, parts[row.policy])
            check.holds("acceptability", f"optimal: {of}", (means[row.policy] >= means.max()) == (row.is_optimal == "yes"))
        check.holds("acceptability", f"all policies at {threshold}", sorted(rows.policy) == sorted(policies))


def budgets(check, given, cost, effect):
    means = cost.mean(), effect.mean()
    for budget, rows in given.groupby("budget"):
        within = cost.le(budget)
        parts = parts_best(effect.where(within, -np.inf))[within].fillna(0.0)
        # A mean that is the budget itself is summed in another order here.
        payable = means[1][means[0] <= budget * (1 + 1e-12)]
        for _, row in rows.iterrows():
            of = f"{row.policy} within {budget}"
            check.figure("budgets", f"probability within, {of}", row.probability_within, within[row.policy].mean())
            check.figure("budgets", f"its error, {of}", row.probability_within_se, error_of_mean(within[row.policy].astype(float)), 1e-7)
            check.figure("budgets", f"probability best, {of}", row.probability_best, parts[row.policy].mean())
            check.figure("budgets", f"its error, {of}", row.probability_best_se, error_of_mean(parts[row.policy]), 1e-7)
            is_best = row.policy in payable.index and payable[row.policy] >= payable.max()
            check.holds("budgets", f"best: {of}", is_best == (row.is_best == "yes"))


def frontier(check, given, cost, effect):
    """The frontier by brute force: a policy is on it where no other, and no mix of two, has as much for less."""
    at = {policy: (cost[policy].mean(), effect[policy].mean()) for policy in cost.columns}
    dominated = {
        p for p, (c, e) in at.items() for q, (d, f) in at.items() if q != p and d <= c and f >= e and (d, f) != (c, e)
    }
    left = sorted((p for p in at if p not in dominated), key=lambda p: at[p])
    mixed = set()
    for p in left:
        c, e = at[p]
        for q in left:
            for r in left:
                (d, f), (g, h) = at[q], at[r]
                if f < e < h and d + (g - d) * (e - f) / (h - f) < c - 1e-9 * abs(c):
                    mixed.add(p)
    on = [p for p in left if p not in mixed]
    ratios = {q: (at[q][0] - at[p][0]) / (at[q][1] - at[p][1]) for p, q in zip(on, on[1:])}
    for _, row in given.iterrows():
        p = row.policy
        status = "dominated" if p in dominated else "extendedly dominated" if p in mixed else "on frontier"
        check.holds("frontier", f"{p} is {row.status}, computed again {status}", row.status == status)
        check.figure("frontier", f"cost of {p}", row.cost, at[p][0])
        check.figure("frontier", f"effect of {p}", row.effect, at[p][1])
        check.figure("frontier", f"cost error of {p}", row.cost_se, error_of_mean(cost[p]), 1e-7)
        check.figure("frontier", f"effect error of {p}", row.effect_se, error_of_mean(effect[p]), 1e-7)
        check.figure("frontier", f"ratio of {p}", row.icer, ratios.get(p, np.nan), 1e-8)
        if not pd.isna(row.icer_p05):
            check.holds("frontier", f"interval of the ratio of {p}", row.icer_p05 <= row.icer <= row.icer_p95)


def information(check, given, values, smooth, draws, sign):
    signed, smooth = sign * values, sign * smooth
    losses = smooth.rsub(smooth.max(axis=1), axis=0).mean()
    perfect = losses.min()
    single = {}
    for _, row in given.iterrows():
        of = f"{row.criterion}, {row.what}"
        if pd.isna(row.value):
            check.holds("value_of_information", f"{of} without a value has its reason", str(row.note).startswith("not told"))
            continue
        if row.kind == "all":
            check.figure("value_of_information", of, row.value, perfect, 1e-8)
            continue
        check.holds("value_of_information", f"{of} is at most that of all", 0 <= row.value <= perfect * (1 + 1e-12) + 1e-12)
        if row.kind == "parameter" and row.what in draws.columns:
            single[row.what] = row.value
            # Without a regression: within blocks of like draws the parameter counts as known.
            order = np.argsort(draws[row.what].to_numpy(), kind="stable")
            blocks = np.array_split(signed.to_numpy()[order], 10)
            means = np.array([block.mean(axis=0) for block in blocks])
            sizes = np.array([len(block) for block in blocks])
            by_blocks = (sizes * means.max(axis=1)).sum() / sizes.sum() - signed.mean().max()
            # The best of noisy means is too high: by about this where the policies differ by chance alone.
            leaders = signed.mean().nlargest(2).index
            noise = (signed[leaders[0]] - signed[leaders[1]]).std() / np.sqrt(sizes.mean())
            slack = ERRORS * row.se + row.upward_bias + 1.5 * noise
            check.holds("value_of_information", f"{of}: {row.value} and by blocks {by_blocks}", abs(row.value - min(by_blocks, perfect)) <= slack)
        if row.kind == "survey":
            check.holds("value_of_information", f"survey of {of} is at most the parameter's", row.value <= single.get(row.what, 0.0) + 1e-9)
    surveys = given[given.kind == "survey"].groupby("what")
    for what, rows in surveys:
        grows = rows.sort_values("survey_size").value.diff().dropna() >= -1e-9
        check.holds("value_of_information", f"a larger survey of {what} is worth no less", grows.all())


def switching(check, given, values, draws, sign):
    for _, row in given.iterrows():
        own = draws[row.parameter].to_numpy()
        difference = sign * (values[row.policy] - values[row.other]).to_numpy()
        beyond = own > row.value if row.direction == "above" else own < row.value
        of = f"{row.criterion}, {row.policy} to {row.other} by {row.parameter}"
        check.figure("switching", f"probability of {of}", row.probability_beyond, beyond.mean())
        inside = own.min() <= row.value <= own.max()
        check.holds("switching", f"inside: {of}", inside == (row.inside_range == "yes"))
        if row.told == "yes" and inside:
            # On either side of the value the means have the signs that make it a switch.
            check.holds("switching", f"sign beyond {of}", difference[beyond].mean() < difference[~beyond].mean())
            scaled = (own - own.mean()) / own.std()
            fit = np.polynomial.Polynomial.fit(scaled, difference, 3)
            at = (row.value - own.mean()) / own.std()
            noise = (difference - fit(scaled)).std() * np.sqrt(4 / len(own))
            slack = ERRORS * (noise + abs(fit.deriv()(at)) * row.se / own.std())
            check.holds("switching", f"a cubic is 0 where {of}: {fit(at)}, at most {slack}", abs(fit(at)) <= slack)


def binomial_tail(at_least, of, share):
    """The probability of so many or more."""
    from math import exp, lgamma, log

    if share <= 0.0 or share >= 1.0:
        return float(at_least <= (of if share >= 1.0 else 0))
    term = lambda k: lgamma(of + 1) - lgamma(k + 1) - lgamma(of - k + 1) + k * log(share) + (of - k) * log(1 - share)
    return min(1.0, sum(exp(term(k)) for k in range(at_least, of + 1)))


def boxes(check, given, cases_of, fails_of, wanted_of, draws, ranked):
    for (criterion, policy, method), of_method in given.groupby(["criterion", "policy", "method"], sort=False):
        cases = (cases_of[criterion, policy] == "yes").to_numpy()
        if criterion not in fails_of:
            continue
        fails = fails_of[criterion][policy].to_numpy()
        row = ranked[criterion, policy]
        check.figure("ranking", f"failures of {criterion}, {policy}", row.failures, fails.mean())
        check.holds("given_parameters", f"cases of {criterion}, {policy}", (cases == wanted_of[criterion][policy].to_numpy()).all())
        check.figure("ranking", f"real failures of {criterion}, {policy}", row.real_failures, (cases & fails).mean())
        free = np.ones(len(cases), dtype=bool)
        for number, limits in of_method.groupby("box_number"):
            ends = [(limit.parameter, side, limit[side]) for _, limit in limits.iterrows() for side in ("low", "high") if not pd.isna(limit[side])]

            def within(left_out=None):
                inside = free.copy()
                for end in ends:
                    if end != left_out:
                        own = draws[end[0]].to_numpy()
                        inside &= own >= end[2] if end[1] == "low" else own <= end[2]
                return inside

            inside = within()
            first = limits.iloc[0]
            of = f"{method} box {number} of {criterion}, {policy}"
            check.figure("boxes", f"density of {of}", first.density, cases[inside].mean())
            check.figure("boxes", f"coverage of {of}", first.coverage, cases[inside].sum() / cases.sum())
            check.figure("boxes", f"mass of {of}", first.mass, inside.mean())
            check.figure("boxes", f"failures in {of}", first.failures_inside, fails[inside].mean())
            check.figure("boxes", f"failures covered by {of}", first.failures_covered, fails[inside].sum() / fails.sum())
            for _, limit in limits.iterrows():
                tails = []
                for end in ends:
                    if end[0] == limit.parameter:
                        wider = within(end)
                        tails.append(binomial_tail(int(cases[inside].sum()), int(inside.sum()), cases[wider].mean()))
                check.figure("boxes", f"quasi-p of {limit.parameter} in {of}", limit.quasi_p, max(tails), 1e-6)
                check.holds("boxes", f"{limit.parameter} in {of} is supported", limit.quasi_p <= 0.05)
            if method == "prim":
                free &= ~inside


def main(run):
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    baseline = manifest["baseline"]
    outcomes, draws = table(run, "outcomes"), table(run, "draws")
    draws = draws.pivot(index="replication", columns="parameter", values="value")
    given = {
        name: table(run / "decision", name)
        for name in "ranking regret dominance acceptability budgets frontier switching value_of_information boxes given_parameters".split()
    }
    check = Checked()
    # Counterfactuals are in the run, and cannot be chosen.
    judged = set(given["ranking"].policy)
    policies = [policy for policy in manifest["policies"] if policy in judged]
    of_outcome = {name: by_policy(rows, policies) for name, rows in outcomes.groupby("outcome")}
    smoothed = given["given_parameters"]
    present = smoothed[smoothed.future == "present"]
    cases_of = {key: rows.sort_values("replication").is_case for key, rows in present.groupby(["criterion", "policy"])}
    ranked = {(row.criterion, row.policy): row for _, row in given["ranking"].iterrows()}
    fails_of, wanted_of = {}, {}
    for criterion in given["ranking"].criterion.unique():
        sign, name = (-1.0, criterion[4:]) if criterion.startswith("min:") else (1.0, criterion)
        if name not in of_outcome:
            print(f"not checked: the weighted sum {criterion}")
            continue
        own = {table: rows[rows.criterion == criterion] for table, rows in given.items() if "criterion" in rows}
        means = own["given_parameters"]
        values, smooth = of_outcome[name], by_policy(means[means.future == "present"], policies)
        states = means.pivot(index=["future", "replication"], columns="policy", values="value")[policies]
        check.holds("given_parameters", f"the mean of {criterion} is that of the outcome", np.allclose(smooth.mean(), values.mean(), rtol=1e-9, atol=1e-6))
        target = own["regret"].target.iloc[0]
        limit = values[baseline] if pd.isna(target) else target
        fails_of[criterion] = (sign * values).lt(sign * limit, axis=0)
        wanted_of[criterion] = (sign * smooth).lt(sign * (smooth[baseline] if pd.isna(target) else target), axis=0)
        ranking(check, own["ranking"], values, smooth, sign, baseline)
        regret(check, own["regret"], states, sign)
        dominance(check, own["dominance"], values, sign)
        information(check, own["value_of_information"], values, smooth, draws, sign)
        switching(check, own["switching"], values, draws, sign)
    cost, effect = of_outcome["public_cost_pv"], of_outcome["job_years"]
    acceptability(check, given["acceptability"], cost, effect)
    budgets(check, given["budgets"], cost, effect)
    frontier(check, given["frontier"], cost, effect)
    boxes(check, given["boxes"], cases_of, fails_of, wanted_of, draws, ranked)
    print(", ".join(f"{name} {count}" for name, count in check.compared.items()) + ": figures compared")
    for fault in check.faults[:40]:
        print(fault)
    if check.faults:
        sys.exit(f"{len(check.faults)} figures differ")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))

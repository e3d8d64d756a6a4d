# Prints the tables of scenarios/EVIDENCE.md from a finished run:
#
#     cargo run --release -- run --replication-csv
#     cd output/yangjae
#     awk -f ../../scenarios/evidence.awk additionality.csv comparison.csv replications.csv
#
# `additionality.csv` comes first; `replications.csv` may be left out, and with it the interval of the synergy. Columns are found by their headers. Policies are plain words, so no cell before the last is quoted.

function shown(value) { return value == "" ? "-" : sprintf("%.0f", value) }
function percent(part, whole) { return whole == "" || whole < 1 ? "-" : sprintf("%.0f %%", 100 * part / whole) }
function half(low, high) { return low == "" ? "" : sprintf(" ± %.0f", (high - low) / 2) }

BEGIN {
    FS = ","
    weight["baseline"] = weight["both-zones"] = 1
    weight["special-zone"] = weight["promotion-district"] = -1
}

FNR == 1 {
    file = FILENAME
    sub(/.*\//, "", file)
    delete column
    for (i = 1; i <= NF; i++) column[$i] = i
    next
}

file == "additionality.csv" && $column["measure"] == "jobs" {
    policy = $column["policy"]
    if (!(policy in seen)) { seen[policy] = 1; order[++policies] = policy }
    if ($column["year"] >= last) last = $column["year"]
    term[policy, $column["year"], $column["term"]] = $column["mean"]
}

file == "comparison.csv" && $column["metric"] == "jobs" {
    place = $column["place"]
    if (place == "district" || place == "city") {
        key = $column["policy"] SUBSEP $column["year"] SUBSEP place
        net[key] = $column["difference"]
        width[key] = half($column["ci_low"], $column["ci_high"])
    }
}

# Rounds that a fund joined, over all years, and those that close without it as well.
file == "additionality.csv" && $column["term"] ~ /^fund_rounds/ {
    rounds[$column["policy"], $column["term"]] += $column["mean"]
}

# Every history has its own synergy: both zones less each alone, plus the baseline once.
file == "replications.csv" && $column["metric"] == "jobs" && $column["year"] == last {
    sign = weight[$column["policy"]]
    place = $column["place"]
    if (sign && (place == "district" || place == "city")) {
        synergy[place, $column["replication"]] += sign * $column["value"]
        if ($column["replication"] >= replications) replications = $column["replication"] + 1
    }
}

function row(policy,    gross) {
    gross = term[policy, last, "gross"]
    printf "| `%s` | %s%s | %s%s | %s | %s | %s | %s | %s | %s |\n", policy,
        shown(net[policy, last, "district"]), width[policy, last, "district"],
        shown(net[policy, last, "city"]), width[policy, last, "city"],
        shown(gross),
        percent(term[policy, last, "deadweight"], gross),
        percent(term[policy, last, "relocated"], gross),
        percent(term[policy, last, "created"], gross),
        shown(term[policy, last, "effect_on_served"]),
        shown(term[policy, last, "effect_through_markets"])
}

END {
    printf "| policy | jobs in the district | jobs in the city | gross | deadweight | relocated | created | effect on served | through markets |\n"
    printf "|---|---|---|---|---|---|---|---|---|\n"
    for (i = 1; i <= policies; i++) row(order[i])
    for (policy in seen) {
        all = rounds[policy, "fund_rounds"]
        if (all > 0) {
            printf "\nRounds of `%s` that close without the fund as well: %s of %.0f\n", policy,
                percent(rounds[policy, "fund_rounds_anyway"], all), all
        }
    }
    for (place = 1; place <= 2; place++) {
        where = place == 1 ? "district" : "city"
        both = net["both-zones", last, where]
        alone = net["special-zone", last, where] + net["promotion-district", last, where]
        printf "\nBoth zones less the sum of each alone, jobs in the %s in %d: %.0f", where, last, both - alone
        if (replications > 1) {
            total = squares = 0
            for (r = 0; r < replications; r++) total += synergy[where, r]
            mean = total / replications
            for (r = 0; r < replications; r++) squares += (synergy[where, r] - mean) ^ 2
            printf " ± %.0f (95 %%, paired)", 2 * sqrt(squares / (replications - 1) / replications)
        }
        printf "\n"
    }
}

//! What a calibration says in plain words.

use std::fmt::Write as _;

use crate::analysis::observed::ObservedRecord;
use crate::commands::calibrate::arguments::Arguments;
use crate::commands::calibrate::found::FoundPosterior;
use crate::evidence::learning::FEWEST_DRAWS;
use crate::evidence::learning::Learned;
use crate::evidence::learning::TRADE_OFF;
use crate::evidence::learning::Verdict;
use crate::evidence::sampler::End;
use crate::evidence::sampler::SamplerState;
use crate::report::tables::calibration::FitRow;
use crate::report::text::console;
use crate::scenario::Scenario;
use crate::scenario::parameter::Register;

/// The trade-offs that are named; the file has all.
const MOST_TRADE_OFFS: usize = 8;

/// The distance that is allowed now.
pub(super) fn distance(state: &SamplerState) -> String {
    let tolerance = state.tolerance();
    if tolerance.is_finite() {
        format!("distance {tolerance:.2}")
    } else {
        "any distance".to_owned()
    }
}

/// All that was found, on a screen or two.
pub(super) fn summary(
    scenario: &Scenario,
    arguments: &Arguments,
    record: &ObservedRecord,
    found: &FoundPosterior,
) -> String {
    let register = &scenario.register;
    let mut text = String::new();
    let until = arguments.fit_until.map_or_else(String::new, |year| format!(" up to {year}"));
    let _ = writeln!(
        text,
        "{}: {} free parameters fitted to {} observed figures{until}\n",
        scenario.name,
        found.learned.len(),
        record.rows().len()
    );
    text.push_str(&sampling(&found.state, found.ended));
    text.push('\n');
    text.push_str(&parameters(register, &found.learned));
    text.push('\n');
    text.push_str(&identified(register, found));
    text.push('\n');
    text.push_str(&fit(&found.fit));
    if arguments.install {
        let _ = writeln!(text, "\nposterior.csv is in {}", arguments.scenario.folder().display());
    }
    text
}

/// How the sampling went.
fn sampling(state: &SamplerState, ended: Option<End>) -> String {
    let records: u64 = state.generations.iter().map(|generation| generation.records).sum();
    let ended = match ended {
        Some(End::Tolerance) => "the distance asked for was reached",
        Some(End::Generations) => "the generations were used up",
        Some(End::Acceptance) => "hardly any move was taken any more",
        None => "it was not finished",
    };
    let last = state.generations.last();
    let after = state.generations.len().saturating_sub(1);
    let moved = last.map_or((0.0, 0.0), |last| (last.parameters_moved, last.streams_moved));
    console::paragraph(
        &format!(
            "Approximate Bayesian computation by sequential Monte Carlo (Del Moral, Doucet and \
             Jasra 2012): {} {} after the first draws, {records} synthetic records, {} particles with {} \
             different values, effective sample size {:.0}; in the last generation {:.0} % of \
             moves of parameters and {:.0} % of moves of random streams were taken. It ended at {}: {ended}.",
            after,
            if after == 1 { "generation" } else { "generations" },
            state.particles.len(),
            state.different(),
            state.effective(),
            100.0 * moved.0,
            100.0 * moved.1,
            distance(state),
        ),
        0,
    )
}

fn parameters(register: &Register, learned: &[Learned]) -> String {
    let rows: Vec<[String; 5]> = learned
        .iter()
        .map(|row| {
            let spread = |mean: f64, sd: f64| format!("{} ± {}", short(mean), short(sd));
            [
                format!("  {}", register[row.position].name),
                spread(row.prior.mean, row.prior.sd),
                spread(row.posterior.mean, row.posterior.sd),
                format!("{:.0} %", 100.0 * row.explained),
                row.verdict.name().to_owned(),
            ]
        })
        .collect();
    console::table(["  parameter", "prior", "posterior", "explained", "by the record"], &rows)
}

/// What the record does not identify, and what it identifies only together.
fn identified(register: &Register, found: &FoundPosterior) -> String {
    let names = |verdict: Verdict| -> Vec<&str> {
        let rows = found.learned.iter().filter(|row| row.verdict == verdict);
        rows.map(|row| register[row.position].name.as_ref()).collect()
    };
    let not_identified = names(Verdict::NotIdentified);
    if !names(Verdict::TooFewDraws).is_empty() {
        return console::paragraph(
            &format!(
                "The draws are worth {:.0} independent ones. With fewer than {FEWEST_DRAWS:.0} chance \
                 alone would make parameters look identified, so nothing is said of them; more \
                 `--particles` give more.",
                found.draws_worth()
            ),
            0,
        );
    }
    let mut text = if not_identified.is_empty() {
        "The record says something about every free parameter.\n".to_owned()
    } else {
        console::paragraph(
            &format!(
                "The record does not identify {}: what is known of them afterwards is what was put \
                 in, and results that depend on them rest on their sources alone.",
                not_identified.join(", ")
            ),
            0,
        )
    };
    if !found.trade_offs.is_empty() {
        let pair = |one: &crate::evidence::learning::TradeOff| {
            let [left, right] = one.parameters.map(|position| register[position].name.as_ref());
            format!("{left} and {right} ({:+.2})", one.correlation)
        };
        let pairs: Vec<String> = found.trade_offs.iter().take(MOST_TRADE_OFFS).map(pair).collect();
        let more = found.trade_offs.len().saturating_sub(MOST_TRADE_OFFS);
        let more =
            if more > 0 { format!("; {more} more in trade_offs.csv") } else { String::new() };
        text.push_str(&console::paragraph(
            &format!(
                "It tells some only together, so that more of one can be made up by the other \
                 (correlation {TRADE_OFF} or more): {}{more}.",
                pairs.join(", ")
            ),
            0,
        ));
    }
    text
}

/// Observed figures within their forecasts.
fn fit(rows: &[FitRow]) -> String {
    let table: Vec<[String; 6]> = rows
        .iter()
        .map(|one| {
            let interval = |p05: f64, p95: f64| format!("{} to {}", short(p05), short(p95));
            let within = if one.posterior.holds(one.row.value) { "within" } else { "OUTSIDE" };
            [
                format!("  {} {} {}", one.row.metric, one.row.place, one.row.year),
                short(one.row.value),
                interval(one.prior.p05, one.prior.p95),
                interval(one.posterior.p05, one.posterior.p95),
                short(one.posterior.p50),
                format!("{within}{}", if one.fitted { "" } else { ", not fitted to" }),
            ]
        })
        .collect();
    let header = ["  figure", "observed", "prior 90 %", "posterior 90 %", "median", "observed is"];
    let mut text = console::table(header, &table);
    for (fitted, what) in [(true, "fitted to"), (false, "not fitted to")] {
        let of: Vec<&FitRow> = rows.iter().filter(|one| one.fitted == fitted).collect();
        if of.is_empty() {
            continue;
        }
        let within = of.iter().filter(|one| one.posterior.holds(one.row.value)).count();
        let narrower = of.iter().filter(|one| one.posterior.length() < one.prior.length()).count();
        let _ = writeln!(
            text,
            "{within} of {} figures {what} within the 90 % interval, {narrower} with an interval \
             narrower than the prior's",
            of.len(),
        );
    }
    text.push_str("intervals hold chance, all parameters, and the error of observation\n");
    text
}

/// A number with about three digits that count.
fn short(value: f64) -> String {
    let size = value.abs();
    if size >= 100.0 || size == 0.0 {
        format!("{value:.0}")
    } else if size >= 1.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.3}")
    }
}

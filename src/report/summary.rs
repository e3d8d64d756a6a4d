//! The summary of a run on standard output: what a reader who has one minute wants to know.
//!
//! At most 100 columns. Letters beyond ASCII come from the scenario alone.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::analysis::highlights::DISTRICT_AND_CITY;
use crate::analysis::highlights::Highlights;
use crate::analysis::highlights::Neighbours;
use crate::analysis::highlights::PolicyHighlights;
use crate::analysis::highlights::Sign;
use crate::analysis::highlights::sign;
use crate::analysis::noise::FLOWS;
use crate::analysis::noise::GrossFlows;
use crate::analysis::statistics::Estimate;
use crate::report::console::paragraph;
use crate::scenario::Scenario;

/// The longest name of a policy that is shown whole.
const LONGEST_NAME: usize = 36;
/// Millions in a billion: money is shown in billions.
const MILLIONS: f64 = 1_000.0;

/// Where the summary is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// On a terminal: both languages.
    Terminal,
    /// In a file or a pipe: plain.
    Plain,
}

/// The summary as text.
#[must_use]
pub fn summary(scenario: &Scenario, highlights: &Highlights<'_>, medium: Medium) -> String {
    let mut text = heading(scenario, medium);
    let names = highlights.policies.iter().map(|policy| shown(policy.policy).width());
    let wide = names.max().unwrap_or(0).max("policy".len());
    text.push('\n');
    text.push_str(&means(highlights, wide));
    if highlights.policies.len() > 1 {
        text.push('\n');
        text.push_str(&differences(highlights, wide));
        text.push('\n');
        text.push_str(&sentences(highlights));
    }
    text
}

fn heading(scenario: &Scenario, medium: Medium) -> String {
    let mut text = format!("{}\n", scenario.title_en);
    if medium == Medium::Terminal && !scenario.title_ko.is_empty() {
        text.push_str(&scenario.title_ko);
        text.push('\n');
    }
    text.push_str(&paragraph(&scenario.question, 0));
    text
}

fn means(highlights: &Highlights<'_>, wide: usize) -> String {
    let count = grouped(highlights.replications as f64, 0);
    let replications = if highlights.replications == 1 { "replication" } else { "replications" };
    let mut text = format!("{}, mean of {count} {replications}\n", highlights.year);
    let groups = ["jobs", "firms", "investment"].map(|group| match group {
        "investment" => format!("{group}{}", investment_unit(highlights)),
        _ => group.to_owned(),
    });
    push_line(&mut text, wide, "", groups.iter().map(|group| right(group, 20)));
    let places = ["district", "city"].into_iter().cycle().take(6);
    push_line(&mut text, wide, "policy", places.map(|place| right(place, 10)));
    for policy in &highlights.policies {
        let cells = policy.means.iter().map(|mean| right(&mean_cell(*mean), 10));
        push_line(&mut text, wide, policy.policy, cells);
    }
    text
}

fn investment_unit(highlights: &Highlights<'_>) -> String {
    let means = highlights.policies.iter().flat_map(|policy| &policy.means[4..]);
    let unit = means.flatten().map(|&(_, unit)| unit).next();
    match unit {
        Some("KRW m" | "KRW m/year") => " [KRW bn]".to_owned(),
        Some(unit) => format!(" [{unit}]"),
        None => String::new(),
    }
}

fn mean_cell(mean: Option<(f64, &str)>) -> String {
    match mean {
        Some((value, "KRW m" | "KRW m/year")) => grouped(value / MILLIONS, 0),
        Some((value, _)) => grouped(value, decimals(value)),
        None => "-".to_owned(),
    }
}

fn differences(highlights: &Highlights<'_>, wide: usize) -> String {
    let mut text = format!(
        "{}, jobs against {}, with 95 % intervals; policies share the same luck\n",
        highlights.year, highlights.baseline
    );
    let places = DISTRICT_AND_CITY.into_iter().map(|place| right(place, 32));
    push_line(&mut text, wide, "policy", places);
    for policy in compared(highlights) {
        let cells = policy.jobs_gained.iter().map(|gained| right(&gained_cell(*gained), 32));
        push_line(&mut text, wide, policy.policy, cells);
    }
    text
}

fn gained_cell(gained: Option<Estimate>) -> String {
    let Some(gained) = gained else {
        return "-".to_owned();
    };
    let decimals = decimals(gained.se.map_or(gained.mean, |se| gained.mean.abs().max(se)));
    let mean = signed(gained.mean, decimals);
    match (gained.ci_low, gained.ci_high) {
        (Some(low), Some(high)) => {
            format!("{mean} ({} to {})", signed(low, decimals), signed(high, decimals))
        }
        _ => mean,
    }
}

fn sentences(highlights: &Highlights<'_>) -> String {
    if highlights.replications < 2 {
        return "One replication cannot tell chance from effect: run more of them.\n".to_owned();
    }
    let baseline = highlights.baseline;
    let mut text = String::new();
    for (number, place) in DISTRICT_AND_CITY.into_iter().enumerate() {
        let mut say =
            |what: &str| text.push_str(&paragraph(&format!("In the {place}, {what}."), 0));
        for wanted in [Sign::Higher, Sign::Lower, Sign::None, Sign::Unclear] {
            let names: Vec<&str> = compared(highlights)
                .filter(|policy| sign(policy.jobs_gained[number].as_ref()) == wanted)
                .map(|policy| policy.policy)
                .collect();
            if let Some(verdict) = verdict(wanted, &names) {
                say(&format!("{} {verdict} {baseline}", listed(&names)));
            }
        }
        let of_baseline = |name: &str| {
            name == baseline
                || compared(highlights).any(|policy| {
                    policy.policy == name && sign(policy.jobs_gained[number].as_ref()) == Sign::None
                })
        };
        // What equals the baseline has been compared with the others already.
        let others = |pair: &&Neighbours<'_>| !of_baseline(pair.higher) && !of_baseline(pair.lower);
        highlights.neighbours[number]
            .iter()
            .filter(others)
            .filter_map(tie)
            .for_each(|tie| say(&tie));
    }
    text
}

/// What is said of policies against the baseline.
fn verdict(sign: Sign, names: &[&str]) -> Option<&'static str> {
    Some(match (sign, names) {
        (_, []) | (Sign::Unknown, _) => return None,
        (Sign::Higher, [_]) => "has more jobs than",
        (Sign::Higher, _) => "have more jobs than",
        (Sign::Lower, [_]) => "has fewer jobs than",
        (Sign::Lower, _) => "have fewer jobs than",
        (Sign::None, [_]) => "has exactly the jobs of",
        (Sign::None, _) => "have exactly the jobs of",
        (Sign::Unclear, _) => "cannot be told apart from",
    })
}

/// What is said of two neighbours in the order of jobs.
fn tie(pair: &Neighbours<'_>) -> Option<String> {
    let names = format!("{} and {}", pair.higher, pair.lower);
    match sign(pair.difference.as_ref()) {
        Sign::Unclear => {
            let apart = gained_cell(pair.difference);
            Some(format!("{names} cannot be told apart from each other: {apart}"))
        }
        Sign::None => Some(format!("{names} have exactly the same jobs")),
        Sign::Higher | Sign::Lower | Sign::Unknown => None,
    }
}

fn compared<'h, 'a>(
    highlights: &'h Highlights<'a>,
) -> impl Iterator<Item = &'h PolicyHighlights<'a>> {
    highlights.policies.iter().filter(|policy| policy.policy != highlights.baseline)
}

fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [name] => (*name).to_owned(),
        [names @ .., last] => format!("{} and {last}", names.join(", ")),
    }
}

/// What chance alone makes of gross flows: those of each policy, and of its placebo in brackets.
#[must_use]
pub fn noise(year: u16, policies: &[GrossFlows<'_>]) -> String {
    let mut text = format!(
        "{year}, gross flows of jobs, and in brackets those of the same places without any effect\n"
    );
    let names = policies.iter().map(|policy| shown(policy.policy).width());
    let wide = names.max().unwrap_or(0).max("policy".len());
    push_line(&mut text, wide, "policy", FLOWS.iter().map(|flow| right(flow, 16)));
    for policy in policies {
        let cell = |flow: &Option<(f64, f64)>| match flow {
            Some((own, noise)) => format!("{} ({})", grouped(*own, 0), grouped(*noise, 0)),
            None => "-".to_owned(),
        };
        let cells = policy.flows.iter().map(|flow| right(&cell(flow), 16));
        push_line(&mut text, wide, policy.policy, cells);
    }
    text.push_str(&paragraph(
        "Where the two are near each other, the flows say little: read effect_on_served, \
         effect_through_markets and the nets of additionality.csv.",
        0,
    ));
    text
}

fn push_line(text: &mut String, wide: usize, name: &str, cells: impl Iterator<Item = String>) {
    let name = shown(name);
    text.push_str(&name);
    text.push_str(&" ".repeat(wide.saturating_sub(name.width())));
    cells.for_each(|cell| text.push_str(&cell));
    text.push('\n');
}

/// A name, cut where it would not leave room for the numbers.
fn shown(name: &str) -> String {
    if name.width() <= LONGEST_NAME {
        return name.to_owned();
    }
    let mut cut = String::new();
    for letter in name.chars() {
        cut.push(letter);
        if cut.width() > LONGEST_NAME - 3 {
            cut.pop();
            break;
        }
    }
    cut + "..."
}

fn right(text: &str, wide: usize) -> String {
    format!("{}{text}", " ".repeat(wide.saturating_sub(text.width())))
}

/// Decimals that a number of this size deserves.
fn decimals(value: f64) -> usize {
    usize::from(value.abs() < 10.0)
}

fn signed(value: f64, decimals: usize) -> String {
    let text = grouped(value, decimals);
    let zero = text.bytes().all(|letter| matches!(letter, b'0' | b'.'));
    if text.starts_with('-') || zero { text } else { format!("+{text}") }
}

/// A number with commas between thousands; a zero has no sign.
fn grouped(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let zero = text.bytes().all(|letter| matches!(letter, b'0' | b'.'));
    let mut grouped = String::new();
    if value < 0.0 && !zero {
        grouped.push('-');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        // Writing into a string cannot fail.
        let _written = write!(grouped, ".{fraction}");
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::highlights::PolicyHighlights;

    #[expect(clippy::unnecessary_wraps, reason = "differences may be unknown")]
    fn estimate(mean: f64, half_width: f64) -> Option<Estimate> {
        Some(Estimate {
            replications: 1_000,
            mean,
            sd: Some(1.0),
            se: Some(half_width / 2.0),
            ci_low: Some(mean - half_width),
            ci_high: Some(mean + half_width),
        })
    }

    fn policy(
        policy: &'static str,
        jobs: f64,
        gained: [Option<Estimate>; 2],
    ) -> PolicyHighlights<'static> {
        let mean = |value, unit| Some((value, unit));
        let means = [
            mean(jobs, "persons"),
            mean(jobs * 2.0, "persons"),
            mean(812.4, "firms"),
            None,
            mean(1_234_567.0, "KRW m"),
            mean(-3.2, "KRW m"),
        ];
        PolicyHighlights { policy, means, jobs_gained: gained }
    }

    #[test]
    fn numbers_are_grouped_and_signed() {
        let shown = [0.0, -0.04, 7.26, 1_234.5, -1_234_567.0].map(|value| signed(value, 1));
        assert_eq!(shown, ["0.0", "0.0", "+7.3", "+1,234.5", "-1,234,567.0"]);
        assert_eq!(grouped(999.7, 0), "1,000");
    }

    #[test]
    fn korean_names_line_up_and_long_ones_are_cut() {
        let long = "가나다라마바사아자차".repeat(2);
        assert_eq!(shown(&long), "가나다라마바사아자차가나다라마바...");
        let mut text = String::new();
        push_line(&mut text, 8, "양재", std::iter::once(right("1", 3)));
        push_line(&mut text, 8, "abc", std::iter::once(right("1", 3)));
        assert_eq!(text, "양재      1\nabc       1\n");
    }

    #[test]
    fn tables_and_sentences_say_who_is_higher_and_who_cannot_be_told_apart() {
        let policies = vec![
            policy("baseline", 14_021.3, [None, None]),
            policy("no-hub", 13_700.0, [estimate(-321.0, 20.0), estimate(-5.0, 9.0)]),
            policy("campus", 15_000.0, [estimate(979.0, 30.0), estimate(400.0, 60.0)]),
            policy("homes", 15_003.0, [estimate(982.0, 31.0), estimate(0.0, 0.0)]),
        ];
        let pair = |higher, lower, difference| Neighbours { higher, lower, difference };
        let highlights = Highlights {
            year: 2040,
            replications: 1_000,
            baseline: "baseline",
            policies,
            neighbours: [
                vec![
                    pair("homes", "campus", estimate(3.0, 12.0)),
                    pair("campus", "baseline", estimate(979.0, 30.0)),
                    pair("baseline", "no-hub", estimate(321.0, 20.0)),
                ],
                Vec::new(),
            ],
        };
        let wide = 20;
        let text =
            [means(&highlights, wide), differences(&highlights, wide), sentences(&highlights)];
        let text = text.concat();
        assert!(text.lines().all(|line| line.width() <= 100));
        assert!(text.is_ascii());
        insta::assert_snapshot!(text, @r"
        2040, mean of 1,000 replications
                                            jobs               firms investment [KRW bn]
        policy                district      city  district      city  district      city
        baseline                14,021    28,043       812         -     1,235         0
        no-hub                  13,700    27,400       812         -     1,235         0
        campus                  15,000    30,000       812         -     1,235         0
        homes                   15,003    30,006       812         -     1,235         0
        2040, jobs against baseline, with 95 % intervals; policies share the same luck
        policy                                      district                            city
        no-hub                           -321 (-341 to -301)            -5.0 (-14.0 to +4.0)
        campus                         +979 (+949 to +1,009)             +400 (+340 to +460)
        homes                          +982 (+951 to +1,013)                0.0 (0.0 to 0.0)
        In the district, campus and homes have more jobs than baseline.
        In the district, no-hub has fewer jobs than baseline.
        In the district, homes and campus cannot be told apart from each other: +3.0 (-9.0 to +15.0).
        In the city, campus has more jobs than baseline.
        In the city, homes has exactly the jobs of baseline.
        In the city, no-hub cannot be told apart from baseline.
        ");
    }
}

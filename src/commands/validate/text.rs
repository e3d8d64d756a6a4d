//! What `validate` says on the terminal.

use std::fmt::Write as _;

use crate::commands::validate::arguments::Arguments;
use crate::commands::validate::found::FoundFit;
use crate::evidence::stylised::FEWEST;
use crate::evidence::stylised::Fact;
use crate::evidence::stylised::Role;
use crate::evidence::validation::Judgement;
use crate::evidence::validation::Sample;
use crate::evidence::validation::Score;
use crate::evidence::validation::naive::Naive;
use crate::report::text::console;
use crate::scenario::Scenario;

/// From so many replications on nothing is said about how rough intervals are.
const ENOUGH: u32 = 100;

/// Both tables and what they come to.
pub(super) fn summary(scenario: &Scenario, arguments: &Arguments, found: &FoundFit) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}: observed beside simulated\n", scenario.name);
    if found.rows.is_empty() {
        text.push_str("nothing was observed; --observed FILE compares with figures of a file\n");
    } else {
        text.push_str(&figures(&found.rows));
        text.push('\n');
        text.push_str(&about(scenario, arguments));
        text.push('\n');
        text.push_str(&samples(&found.rows));
        text.push_str(&naive(&found.rows));
        text.push_str(&score(&found.score(arguments), arguments));
    }
    text.push_str("\nFacts about firms beside published ones (not fitted by calibration; survival, rounds by stage and \
         exits guided the values in parameters.toml)\n\n");
    text.push_str(&facts(&found.facts));
    text.push('\n');
    text.push_str(&verdict(&found.facts, arguments));
    text
}

fn figures(rows: &[Judgement]) -> String {
    let cells: Vec<[String; 11]> = rows
        .iter()
        .map(|row| {
            let observed = &row.observed;
            let [p05, p25, p50, p75, p95] = row.quantiles.map(whole);
            let verdict = match (row.inside_90(), row.inside_50()) {
                (_, true) => "inside 50 %",
                (true, false) => "inside 90 %",
                (false, _) => "OUTSIDE",
            };
            let beaten = match row.beaten_by().as_deref() {
                None => "",
                Some([]) => "no",
                Some([Naive::LastValue]) => "last value",
                Some([Naive::LinearTrend]) => "trend",
                Some(_) => "both",
            };
            [
                observed.metric.clone(),
                observed.place.clone(),
                observed.period(),
                if observed.tolerance > 0.0 {
                    format!("{} ± {}", whole(observed.value), whole(observed.tolerance))
                } else {
                    whole(observed.value)
                },
                p50,
                format!("{p25} to {p75}"),
                format!("{p05} to {p95}"),
                format!("{:.0} %", 100.0 * row.falls_at),
                verdict.to_owned(),
                row.sample.name().to_owned(),
                beaten.to_owned(),
            ]
        })
        .collect();
    let header = [
        "metric",
        "place",
        "period",
        "observed",
        "median",
        "50 %",
        "90 %",
        "falls at",
        "verdict",
        "sample",
        "beaten by",
    ];
    console::table(header, &cells)
}

/// What the intervals are made of.
fn about(scenario: &Scenario, arguments: &Arguments) -> String {
    let parameters = match (arguments.fit_until, &scenario.posterior) {
        (Some(year), _) => format!("a posterior fitted here to the figures up to {year}"),
        (None, Some(_)) => "the scenario's posterior".to_owned(),
        (None, None) => "the distributions as they are stated (no posterior)".to_owned(),
    };
    let climate = if arguments.known_climate {
        "; the investment climate is taken as known in every year that the scenario lists"
    } else {
        ""
    };
    let replications = arguments.replications;
    let rough = if replications < ENOUGH {
        format!(
            " 90 % intervals from {replications} replications are rough: few of them lie beyond either \
             end; `--replications {ENOUGH}` or more make them steadier."
        )
    } else {
        String::new()
    };
    let said = format!(
        "Simulated under `{}` with {replications} replications; free parameters from {parameters}{climate}. The \
         intervals are for the figure as reported: they hold parameters, chance and the error of the \
         report (its tolerance; none where that is 0), and end at what the figure can be.{rough}",
        scenario.actual_policy,
    );
    console::paragraph(&said, 0)
}

/// Which comparisons show the fit, and which the foresight.
fn samples(rows: &[Judgement]) -> String {
    let of = |sample: Sample| -> Vec<&Judgement> {
        rows.iter().filter(|row| row.sample == sample).collect()
    };
    let inside = |rows: &[&Judgement]| rows.iter().filter(|row| row.inside_90()).count();
    let (fitted, foreseen, free) = (of(Sample::In), of(Sample::Out), of(Sample::NotFitted));
    let mut said = Vec::new();
    if !fitted.is_empty() {
        said.push(format!(
            "{} comparisons are in-sample: the posterior was fitted to these figures or to one of the same year, so that {} \
             inside their 90 % intervals show how well they are met and nothing of foresight \
             (`--fit-until YEAR` judges by figures that were not fitted to).",
            fitted.len(),
            inside(&fitted)
        ));
    }
    if !foreseen.is_empty() {
        said.push(format!(
            "{} are out-of-sample: {} of them lie inside their 90 % intervals.",
            foreseen.len(),
            inside(&foreseen)
        ));
    }
    if !free.is_empty() {
        said.push(format!(
            "{} are compared without a posterior; the stated distributions may still have been \
             chosen with these figures in view.",
            free.len()
        ));
    }
    console::paragraph(&said.join(" "), 0)
}

/// Which figures a naive forecast foresees better.
fn naive(rows: &[Judgement]) -> String {
    let scored: Vec<(&Judgement, Vec<Naive>)> =
        rows.iter().filter_map(|row| Some((row, row.beaten_by()?))).collect();
    if scored.is_empty() {
        return String::new();
    }
    let beaten: Vec<String> = scored
        .iter()
        .filter(|(_, by)| !by.is_empty())
        .map(|(row, by)| {
            let by: Vec<&str> = by.iter().map(|&naive| called(naive)).collect();
            let of = &row.observed;
            format!("{} {} {} ({})", of.metric, of.place, of.period(), by.join(" and "))
        })
        .collect();
    let all = scored.len();
    let said = if beaten.is_empty() {
        format!("No naive forecast beats the model in any of the {all} figures that have one.")
    } else {
        format!(
            "A naive forecast beats the model in {} of the {all} figures that have one: {}.",
            beaten.len(),
            beaten.join(", ")
        )
    };
    console::paragraph(&said, 0)
}

/// A naive forecast in words.
const fn called(naive: Naive) -> &'static str {
    match naive {
        Naive::LastValue => "the last value",
        Naive::LinearTrend => "the linear trend",
    }
}

fn score(score: &Score, arguments: &Arguments) -> String {
    let mut text = String::new();
    let which = arguments.fit_until.map_or_else(String::new, |year| format!(" after {year}"));
    let (Some(ninety), Some(fifty), Some(crps)) =
        (score.coverage_90, score.coverage_50, score.relative_crps)
    else {
        return format!("no figure{which} is left to be judged\n");
    };
    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
    let _ = writeln!(
        text,
        "\ncoverage      {} of {} figures{which} lie inside their 90 % interval, {} inside the 50 % one",
        percent(ninety),
        score.rows,
        percent(fifty),
    );
    let _ = writeln!(text, "score         mean CRPS {} of the observed figure", percent(crps));
    for (naive, rows, skill) in &score.skill {
        let name = called(*naive);
        let told = match skill {
            Some(skill) if *skill > 0.0 => format!("{skill:+.2}: better than {name}"),
            // No sign where it rounds to nothing.
            Some(skill) if *skill > -0.005 => format!("0.00: no better than {name}"),
            Some(skill) => format!("{skill:+.2}: no better than {name}"),
            None => format!("unknown against {name}"),
        };
        let _ = writeln!(text, "skill         {told} (on {rows} figures with enough before them)");
    }
    if let Some((narrower, of)) = score.narrower {
        let _ = writeln!(
            text,
            "against prior {narrower} of {of} 90 % intervals are narrower than without a posterior"
        );
    }
    if arguments.fit_until.is_none() {
        text.push_str(&console::paragraph(
            "The naive forecasts know every earlier figure of their series; the model is simulated \
             from its first year and knows none but through its posterior.",
            0,
        ));
    }
    text
}

fn facts(facts: &[Fact]) -> String {
    let cells: Vec<[String; 6]> = facts
        .iter()
        .map(|fact| {
            let high = if fact.high.is_finite() { short(fact.high) } else { "…".to_owned() };
            let met = match (fact.is_met(), fact.role) {
                (None, _) if fact.simulated.is_some() => "too few",
                (None, _) => "unknown",
                (Some(true), _) => "met",
                (Some(false), Role::Target) => "NOT MET",
                (Some(false), Role::Beside) => "differs",
            };
            [
                fact.name.to_owned(),
                fact.simulated.map_or_else(String::new, short),
                format!("{} to {high}", short(fact.low)),
                met.to_owned(),
                fact.observations.to_string(),
                fact.source.to_owned(),
            ]
        })
        .collect();
    console::table(["fact", "simulated", "published", "", "firms or firm-years", "source"], &cells)
}

fn verdict(facts: &[Fact], arguments: &Arguments) -> String {
    let targets: Vec<&Fact> = facts.iter().filter(|fact| fact.role == Role::Target).collect();
    let met = targets.iter().filter(|fact| fact.is_met() == Some(true)).count();
    let missed: Vec<&str> =
        targets.iter().filter(|fact| fact.is_met() == Some(false)).map(|fact| fact.name).collect();
    let judged = targets.iter().filter(|fact| fact.is_met().is_some()).count();
    let unjudged = match targets.len() - judged {
        0 => String::new(),
        left => format!(
            " {left} of {} targets are not judged, as they rest on fewer than {FEWEST} firms: more \
             `--firm-replications` judge them.",
            targets.len()
        ),
    };
    let missed =
        if missed.is_empty() { String::new() } else { format!(" Not met: {}.", missed.join(", ")) };
    let said = format!(
        "{met} of {judged} targets are met in {}.{missed}{unjudged} Rows of other firms, countries or \
         definitions stand beside and are no targets.",
        match arguments.firm_replications {
            1 => "one replication".to_owned(),
            count => format!("{count} replications"),
        },
    );
    console::paragraph(&said, 0)
}

/// A figure of the district: whole from 100 on.
fn whole(value: f64) -> String {
    if value.abs() >= 100.0 { format!("{value:.0}") } else { short(value) }
}

fn short(value: f64) -> String {
    let text = if value.abs() >= 10.0 { format!("{value:.1}") } else { format!("{value:.3}") };
    match text.trim_end_matches('0').trim_end_matches('.') {
        // A small number below 0, or a zero with a sign.
        "-0" | "-" => "0".to_owned(),
        text => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_figure_is_a_zero_with_a_sign() {
        for value in [0.0, -0.0, -0.000_2, 0.000_2] {
            assert_eq!((whole(value), short(value)), ("0".to_owned(), "0".to_owned()));
        }
        assert_eq!(
            (whole(-0.25), whole(20.0), whole(-130.4)),
            ("-0.25".into(), "20".into(), "-130".into())
        );
    }
}

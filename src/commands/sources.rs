//! `yangjae check --sources`: which guesses matter.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::analysis::pairs::SHOWN;
use crate::commands::evidence_error::EvidenceError;
use crate::commands::interrupt;
use crate::commands::noise;
use crate::evidence::sources;
use crate::evidence::sources::Move;
use crate::evidence::sources::Sweep;
use crate::evidence::sources::Swing;
use crate::experiment::batch::Workers;
use crate::report;
use crate::report::folder::output_folder;
use crate::report::tables::noise::UncertainSource;
use crate::report::tables::row::Row as _;
use crate::report::text::console;
use crate::report::text::dialect::Target;
use crate::report::text::progress::Bar;
use crate::report::text::progress::Visibility;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::parameter::number;

/// The result by which the guesses are sorted: the place of jobs in the city in [`SHOWN`].
const HEADLINE: usize = 1;

/// Replications at either end of each range, where none are asked for.
pub(super) const REPLICATIONS: u32 = 6;

/// How results are moved by `--sources`.
#[derive(Clone, Debug)]
pub(super) struct SourcesArguments {
    /// The policy whose difference is moved; `None` takes the one with most levers.
    pub policy: Option<String>,
    /// Replications at either end of each range, the same for all; at least 2.
    pub replications: u32,
    /// The threads; `None` takes all.
    pub threads: Option<NonZeroUsize>,
    /// The folder for `sources.csv`.
    pub output: Option<PathBuf>,
    /// Whether to replace one that is there.
    pub force: bool,
}

/// Every parameter that rests on memory or judgement, the one that moves the result most first.
pub(super) fn sources(
    scenario: &Scenario,
    how: &SourcesArguments,
) -> Result<String, EvidenceError> {
    let weak = sources::weak(scenario);
    let policy = how.policy.clone().or_else(|| largest(scenario));
    let Some(policy) = policy else { return Ok(plain(scenario, &weak)) };
    let study = noise::study(scenario, std::slice::from_ref(&policy))?;
    if let Some(path) = &how.output {
        output_folder::prepare(path, &[UncertainSource::TABLE.file], how.force)?;
    }
    let stop = interrupt::watch();
    let workers = Workers::start(how.threads, &stop)?;
    let varied = weak.iter().filter(|&&one| sources::ends(scenario, one).is_some());
    let runs = u32::try_from(varied.count()).unwrap_or(u32::MAX).saturating_mul(2);
    let bar = Bar::new("sources", runs.saturating_mul(how.replications), Visibility::OnTerminal);
    let mut swings = Sweep::of(scenario, &study).swings(&weak, how.replications, &workers, &bar)?;
    drop(bar);
    swings.sort_by(|one, other| moves(other).total_cmp(&moves(one)));
    if let Some(path) = &how.output {
        let table = report::tables::noise::write_sources(
            Target::standard(path, scenario.money),
            scenario,
            &policy,
            &swings,
        )?;
        table.publish()?;
    }
    Ok(text(scenario, how, &policy, &weak, &swings))
}

/// The policy with the most levers beside the baseline; the first of several.
pub(super) fn largest(scenario: &Scenario) -> Option<String> {
    let baseline = scenario.baseline;
    let others = scenario.policies.iter().enumerate().filter(|&(place, _)| place != baseline);
    let mut largest: Option<&Policy> = None;
    for (_, policy) in others {
        if largest.is_none_or(|best| policy.written.len() > best.written.len()) {
            largest = Some(policy);
        }
    }
    largest.map(|policy| policy.name.clone())
}

/// The headline of the policy, which stands alone in the study.
fn headline(swing: &Swing) -> Option<&Move> {
    swing.results.first()?[HEADLINE].as_ref()
}

/// How far a parameter moves the headline.
fn moves(swing: &Swing) -> f64 {
    headline(swing).map_or(0.0, |moved| moved.moves.mean.abs())
}

fn text(
    scenario: &Scenario,
    how: &SourcesArguments,
    policy: &str,
    weak: &[usize],
    swings: &[Swing],
) -> String {
    let (metric, place) = SHOWN[HEADLINE];
    let mut text = console::paragraph(
        &format!(
            "How far each guess moves what {policy} adds to {metric} in the {place} by {}, from \
             the 5th to the 95th percentile of its distribution, all other parameters as each \
             replication draws them, over the same {} replications (standard error of the move in \
             brackets). Not used: only levers that neither {policy} nor the baseline has act through it; no \
             effect: it moves none of the headline results.",
            scenario.last_year, how.replications
        ),
        0,
    );
    text.push('\n');
    let rows: Vec<[String; 7]> = swings
        .iter()
        .map(|swing| {
            let (spec, stated) =
                (&scenario.register[swing.parameter], &scenario.parameters[swing.parameter]);
            let result = headline(swing);
            let at = |end: usize| {
                result.map_or_else(String::new, |moved| format!("{:+.0}", moved.at[end]))
            };
            [
                spec.name.to_string(),
                format!("{:.3} to {:.3}", swing.ends[0], swing.ends[1]),
                at(0),
                at(1),
                moved(scenario, policy, swing),
                stated.evidence.name().to_owned(),
                stated.source.clone(),
            ]
        })
        .collect();
    let header = ["parameter", "5 % to 95 %", "at low", "at high", "moves", "evidence", "source"];
    text.push_str(&console::table(header, &rows));
    let moved: Vec<usize> = swings.iter().map(|swing| swing.parameter).collect();
    let fixed: Vec<usize> = weak.iter().copied().filter(|one| !moved.contains(one)).collect();
    if !fixed.is_empty() {
        text.push_str("\nfixed, so never moved\n");
        text.push_str(&plain_rows(scenario, &fixed));
    }
    text.push_str(&count(scenario, weak));
    text
}

/// How far a parameter moves the headline, or why it does not.
fn moved(scenario: &Scenario, policy: &str, swing: &Swing) -> String {
    let Some(Move { moves, .. }) = headline(swing) else { return String::new() };
    let policy = scenario.policies.iter().position(|one| one.name == policy);
    let is_used = policy.is_none_or(|policy| sources::is_used(scenario, policy, swing.parameter));
    if !swing.results.iter().flatten().flatten().all(Move::is_nothing) {
        format!("{:+.0} ({:.0})", moves.mean, moves.se.unwrap_or_default())
    } else if is_used {
        "no effect".to_owned()
    } else {
        "not used".to_owned()
    }
}

/// The list alone, where there is no policy to move.
fn plain(scenario: &Scenario, weak: &[usize]) -> String {
    plain_rows(scenario, weak) + &count(scenario, weak)
}

fn plain_rows(scenario: &Scenario, parameters: &[usize]) -> String {
    let rows: Vec<[String; 5]> = parameters
        .iter()
        .map(|&position| {
            let (spec, stated) = (&scenario.register[position], &scenario.parameters[position]);
            [
                spec.name.to_string(),
                number(stated.value),
                format!("{} to {}", number(stated.low), number(stated.high)),
                stated.evidence.name().to_owned(),
                stated.source.clone(),
            ]
        })
        .collect();
    console::table(["parameter", "value", "range", "evidence", "source"], &rows)
}

fn count(scenario: &Scenario, weak: &[usize]) -> String {
    let all = scenario.parameters.len();
    let text = format!("\n{} of {all} parameters rest on memory or judgement\n", weak.len());
    let Some(library) = &scenario.parameters_from else { return text };
    let of_each = scenario.register.iter().zip(&scenario.parameters);
    let taken = of_each.filter(|(_, stated)| stated.taken_over).map(|(spec, _)| spec.name.as_ref());
    let taken: Vec<&str> = taken.collect();
    let told = format!(
        "{} of {all} parameters are taken over from the library {library}: {}",
        taken.len(),
        taken.join(", ")
    );
    text + "\n" + &console::paragraph(&told, 0)
}

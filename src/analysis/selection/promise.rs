//! How many replications a run takes so that promised half-widths hold.
//!
//! What is promised is half the 95 % interval of the paired difference of every policy to the baseline. Replications
//! are evaluated in growing parts until [`Watch`] says that all half-widths hold; or, for shards, which must all come to
//! the same number without knowing of each other, a pilot is evaluated and the rest is planned from it.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::decision::outcome::Outcome;
use crate::analysis::decision::outcome::OutcomeError;
use crate::analysis::evaluation::Outcomes;
use crate::analysis::selection::precision;
use crate::analysis::selection::precision::Forecast;
use crate::analysis::selection::precision::Progress;
use crate::analysis::selection::precision::Rule;
use crate::analysis::selection::precision::Watch;
use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;

/// No fewer replications hold a promise: an interval over very few may be narrow by chance.
pub const FEWEST: u32 = 40;
/// The replications of the pilot from which a fixed number is planned.
pub const PILOT: u32 = 200;
/// Replications beyond which nobody is taken unasked.
pub const CEILING: u32 = 10_000;
/// For so many further replications half-widths must hold: see [`Rule::look_ahead`].
const LOOK_AHEAD: usize = 5;

/// A promised half-width of one outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct HalfWidth {
    /// The outcome.
    pub outcome: Outcome,
    /// The half-width, above 0, in the unit of the outcome.
    pub most: f64,
}

/// Why a text promises nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HalfWidthError {
    /// It has not the form.
    #[error("`{0}`: expected OUTCOME=HALFWIDTH, as in `jobs@city=50`")]
    Form(String),
    /// The half-width is none.
    #[error("`{0}`: expected a half-width above 0")]
    Range(String),
    /// The outcome is not known.
    #[error(transparent)]
    Outcome(#[from] OutcomeError),
}

impl FromStr for HalfWidth {
    type Err = HalfWidthError;

    fn from_str(text: &str) -> Result<Self, HalfWidthError> {
        let form = || HalfWidthError::Form(text.to_owned());
        let (outcome, most) = text.rsplit_once('=').ok_or_else(form)?;
        let most = most.trim().parse::<f64>().map_err(|_| form())?;
        if !(most > 0.0 && most.is_finite()) {
            return Err(HalfWidthError::Range(text.to_owned()));
        }
        Ok(Self { outcome: outcome.trim().parse()?, most })
    }
}

impl fmt::Display for HalfWidth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.outcome, self.most)
    }
}

/// How the number of replications was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// All half-widths held, and went on to hold.
    Held,
    /// It was planned from a pilot.
    Planned,
    /// The ceiling came first.
    Ceiling,
}

/// What was found of one promised half-width.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The outcome, with its year.
    pub outcome: String,
    /// Its unit.
    pub unit: String,
    /// The half-width that was promised, in the unit.
    pub promised: f64,
    /// The policy with the widest interval.
    pub policy: String,
    /// Half its interval over the replications of the run, or what it is expected to be where fewer were evaluated, in the
    /// unit; unknown where there are too few to tell.
    pub half_width: Option<f64>,
    /// How many replications are expected to do.
    pub needed: Option<Forecast>,
}

/// What a run promised, and how its number of replications came about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Promise {
    /// OUTCOME=HALFWIDTH, as asked.
    pub asked: Vec<String>,
    /// The most replications.
    pub ceiling: u32,
    /// How the number was found.
    pub ended: Ended,
    /// How many replications were evaluated beforehand.
    pub evaluated: u32,
    /// How many the run has.
    pub replications: u32,
    /// What was found of each.
    pub found: Vec<Found>,
}

/// What is asked of a search for the number of replications.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The half-widths; the outcomes with their years.
    pub half_widths: &'a [HalfWidth],
    /// The units of their outcomes.
    pub units: &'a [String],
    /// The policies, the baseline first.
    pub policies: &'a [String],
    /// The most replications.
    pub ceiling: u32,
    /// The replications after which the rest is planned; none to go on until all half-widths hold.
    pub pilot: Option<u32>,
    /// How the replications hang together.
    pub design: Design,
}

/// One difference that is watched.
struct Column {
    /// Its place among the half-widths.
    asked: usize,
    /// Its place among the policies.
    policy: usize,
    values: Vec<f64>,
}

impl Column {
    /// A difference that is 0 throughout has no interval: nothing acts on it.
    fn acts(&self) -> bool {
        self.values.iter().any(|value| *value != 0.0)
    }
}

/// Finds the number of replications. `evaluate` gives the outcomes of some replications, by half-width and policy.
///
/// Differences that are 0 in each of the first [`FEWEST`] replications are not waited for.
///
/// # Errors
///
/// Fails as `evaluate` does.
pub fn search<E>(
    asked: Asked<'_>,
    mut evaluate: impl FnMut(Range<u32>) -> Result<Outcomes, E>,
) -> Result<Promise, E> {
    let block = u32::try_from(asked.design.whole_blocks(1)).unwrap_or(1);
    let ceiling = (asked.ceiling - asked.ceiling % block).max(block);
    let mut columns = columns(asked);
    let mut count = FEWEST.min(ceiling);
    extend(&mut columns, &evaluate(0..count)?);
    columns.retain(Column::acts);
    let targets: Vec<f64> = columns.iter().map(|it| asked.half_widths[it.asked].most).collect();
    let mut watch = Watch::new(
        &targets,
        Rule {
            fewest: FEWEST as usize,
            look_ahead: LOOK_AHEAD,
            ceiling: ceiling as usize,
            design: asked.design,
        },
    );
    let (ended, replications) = loop {
        feed(&mut watch, &columns, count);
        match watch.progress() {
            Progress::Reached { replications } => {
                break (Ended::Held, u32::try_from(replications).unwrap_or(ceiling));
            }
            Progress::Ceiling { .. } => break (Ended::Ceiling, ceiling),
            Progress::More => {}
        }
        let expected = needed(&columns, asked);
        if asked.pilot.is_some_and(|pilot| count >= pilot) {
            let planned = expected.map_or(u64::MAX, |it| it.high);
            break match u32::try_from(planned) {
                Ok(planned) if planned <= ceiling => (Ended::Planned, planned.max(count)),
                _ => (Ended::Ceiling, ceiling),
            };
        }
        // Nothing is gained by evaluating all the way to a ceiling that will not do.
        if expected.is_some_and(|it| it.low > u64::from(ceiling)) {
            break (Ended::Ceiling, ceiling);
        }
        let more = FEWEST.max(count / 4).next_multiple_of(block);
        let next = asked.pilot.map_or(count.saturating_add(more), |pilot| pilot);
        let next = next.min(ceiling);
        extend(&mut columns, &evaluate(count..next)?);
        count = next;
    };
    Ok(Promise {
        asked: asked.half_widths.iter().map(ToString::to_string).collect(),
        ceiling: asked.ceiling,
        ended,
        evaluated: count,
        replications,
        found: found(&columns, asked, replications),
    })
}

/// What is to be watched, without values.
fn columns(asked: Asked<'_>) -> Vec<Column> {
    let of_one = |place: usize| {
        let column = move |policy| Column { asked: place, policy, values: Vec::new() };
        (1..asked.policies.len()).map(column)
    };
    (0..asked.half_widths.len()).flat_map(of_one).collect()
}

fn extend(columns: &mut [Column], outcomes: &Outcomes) {
    for column in columns {
        let of_outcome = &outcomes[column.asked];
        let differences = of_outcome[column.policy].iter().zip(&of_outcome[0]);
        column.values.extend(differences.map(|(value, baseline)| value - baseline));
    }
}

/// Gives the watch what it has not seen, until it has seen enough.
fn feed(watch: &mut Watch, columns: &[Column], count: u32) {
    for at in watch.replications()..count as usize {
        let row: Vec<f64> = columns.iter().map(|column| column.values[at]).collect();
        if watch.feed(&row) != Progress::More {
            return;
        }
    }
}

/// How many replications are expected to do for all; `None` where the pilot is too small to tell of one.
fn needed(columns: &[Column], asked: Asked<'_>) -> Option<Forecast> {
    let of = |column: &Column| {
        let target = asked.half_widths[column.asked].most;
        precision::forecast_between(&column.values, target, asked.design)
    };
    let none = Forecast { expected: 0, low: 0, high: 0 };
    columns.iter().map(of).try_fold(none, |all, one| Some(all.largest(one?)))
}

/// What is found of each half-width.
fn found(columns: &[Column], asked: Asked<'_>, replications: u32) -> Vec<Found> {
    let of_one = |(place, half_width): (usize, &HalfWidth)| {
        let own: Vec<&Column> = columns.iter().filter(|column| column.asked == place).collect();
        let width = |column: &&Column| half(&column.values, asked.design, replications as usize);
        // An interval that cannot be told is wider than any.
        let order = |column: &&Column| width(column).unwrap_or(f64::INFINITY);
        let widest = own.iter().copied().max_by(|a, b| order(a).total_cmp(&order(b)));
        let needed = |column: &Column| {
            precision::forecast_between(&column.values, half_width.most, asked.design)
        };
        Found {
            outcome: half_width.outcome.to_string(),
            unit: asked.units[place].clone(),
            promised: half_width.most,
            policy: widest.map_or_else(String::new, |it| asked.policies[it.policy].clone()),
            half_width: widest.map_or(Some(0.0), |it| width(&it)),
            needed: widest.and_then(needed),
        }
    };
    asked.half_widths.iter().enumerate().map(of_one).collect()
}

/// Half the interval over so many replications, or what it is expected to be where fewer were evaluated.
fn half(values: &[f64], design: Design, replications: usize) -> Option<f64> {
    let seen = &values[..replications.min(values.len())];
    let estimate = Estimate::of(seen, design)?;
    let half = estimate.ci_high? - estimate.mean;
    if seen.len() == replications {
        return Some(half);
    }
    precision::half_width_over(half, seen.len(), replications, design)
}

#[cfg(test)]
#[path = "promise_tests.rs"]
mod tests;

//! What the command line asks of `outcomes.csv`, `replications.csv` and the choice of the best, against what there is.

use std::collections::BTreeSet;

use crate::analysis::decision::outcome::Outcome;
use crate::analysis::decision::outcome::OutcomeError;
use crate::analysis::layout::Layout;
use crate::analysis::layout::Table;
use crate::analysis::selection::best_by::BestBy;
use crate::analysis::selection::best_by::BestByError;
use crate::analysis::selection::choice;
use crate::report::folder::manifest::BestOptions;
use crate::report::folder::manifest::Options;
use crate::scenario::nearest::nearest;

/// What is asked for is nowhere in the results.
#[derive(Debug, thiserror::Error)]
pub enum AskedForError {
    /// An outcome.
    #[error("`--outcome`: {0}")]
    Outcome(#[from] OutcomeError),
    /// What the best is chosen by.
    #[error("`--best`: {0}")]
    Best(#[from] BestByError),
    /// No policy has the outcome by which the best is chosen.
    #[error("`--best`: {0}")]
    BestOutcome(OutcomeError),
    /// What replications.csv is cut to.
    #[error("`--replication-{what}s`: there is no {what} `{name}` in the results{hint}")]
    Replications {
        /// What it is.
        what: &'static str,
        /// Its name.
        name: String,
        /// What may be meant.
        hint: String,
    },
}

/// How the best policy is chosen, with the last year in the place of none; nothing where that is not asked for.
///
/// # Errors
///
/// Fails where no policy has an outcome of the criterion.
pub fn best(
    layouts: &[Layout],
    options: &Options,
) -> Result<Option<(BestBy, BestOptions)>, AskedForError> {
    let Some(best) = &options.best else { return Ok(None) };
    let by = best.asked.parse::<BestBy>()?;
    let criterion = by.criterion.known(layouts).map_err(AskedForError::BestOutcome)?;
    // A manifest may be from a stranger.
    let budget = best.budget.map(|it| it.clamp(choice::LEAST_BUDGET, choice::MOST));
    let best = BestOptions { of: best.of.max(1), budget, ..best.clone() };
    Ok(Some((BestBy { criterion, ..by }, best)))
}

/// The outcomes of `outcomes.csv`: what each policy adds to the baseline, and those that were asked for.
///
/// # Errors
///
/// Fails where no policy has one, and where `replications.csv` is cut to what no policy has.
pub fn outcomes(layouts: &[Layout], options: &Options) -> Result<Vec<Outcome>, AskedForError> {
    let mut outcomes = Outcome::added();
    for asked in &options.outcomes {
        let outcome = asked.parse::<Outcome>()?.known(layouts)?;
        if !outcomes.contains(&outcome) {
            outcomes.push(outcome);
        }
    }
    let filter = &options.replication_filter;
    let unknown = |what: &'static str, name: &str, known: Vec<&str>| {
        let near = nearest(name, known.iter().copied());
        let listed = || {
            let known: BTreeSet<&str> = known.iter().copied().filter(|it| !it.is_empty()).collect();
            match (what, known.len()) {
                ("metric", _) => "; `yangjae explain metrics` lists them".to_owned(),
                (_, 0) => String::new(),
                _ => format!("; they are {}", Vec::from_iter(known).join(", ")),
            }
        };
        let hint = near.map_or_else(listed, |near| format!("; did you mean `{near}`?"));
        AskedForError::Replications { what, name: name.to_owned(), hint }
    };
    let series = || {
        let all = layouts.iter().flat_map(|layout| &layout.series);
        all.filter(|series| series.table == Table::Metric)
    };
    for metric in &filter.metrics {
        if series().all(|series| series.name != *metric) {
            return Err(unknown("metric", metric, series().map(|it| it.name).collect()));
        }
    }
    for place in &filter.places {
        if series().all(|series| series.place != *place) {
            let known = series().map(|it| it.place.as_str()).collect();
            return Err(unknown("place", place, known));
        }
    }
    let years = layouts.first().map_or(&[][..], |layout| &layout.years);
    if let Some(year) = filter.years.iter().find(|year| !years.contains(year)) {
        let ends =
            [years.first(), years.last()].map(|it| it.map_or_else(String::new, u16::to_string));
        let [first, last] = ends.each_ref().map(String::as_str);
        return Err(unknown("year", &year.to_string(), vec![first, last]));
    }
    Ok(outcomes)
}

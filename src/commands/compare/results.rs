//! What two runs have of each result, and how their policies rank.

use crate::analysis::between;
use crate::analysis::between::Between;
use crate::analysis::between::Swap;
use crate::analysis::decision::criterion::Criterion;
use crate::analysis::decision::criterion::Term;
use crate::analysis::decision::outcome::Added;
use crate::analysis::decision::outcome::Outcome;
use crate::analysis::decision::ranking::ranks;
use crate::analysis::metrics;
use crate::analysis::pairs::SHOWN;
use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;
use crate::analysis::statistics::Moments;
use crate::commands::compare::arguments::Arguments;
use crate::commands::compare::both::Both;
use crate::commands::compare::error::CompareError;
use crate::commands::compare::inputs::is_same_policy;
use crate::commands::compare::source::Figure;
use crate::commands::compare::source::Source;
use crate::commands::error::Error;
use crate::experiment::batch::Halted;
use crate::experiment::block::BlockError;
use crate::pipeline::error::WorkError;

/// A result of a policy in both runs.
pub(super) struct ResultChange {
    pub(super) policy: String,
    pub(super) outcome: String,
    pub(super) unit: &'static str,
    pub(super) is_paired: bool,
    pub(super) between: Between,
}

/// A criterion by which policies rank in both runs.
pub(super) struct RankChange {
    pub(super) criterion: String,
    pub(super) unit: &'static str,
    /// Whether it is of all years of a run, so that runs of other years have it of others.
    pub(super) is_of_all_years: bool,
    /// Means and ranks of each policy that both have, in each run.
    pub(super) means: [Vec<f64>; 2],
    pub(super) ranks: [Vec<usize>; 2],
    pub(super) swaps: Vec<Swap>,
}

/// Every result that both runs have.
pub(super) fn results(both: &Both<'_>, arguments: &Arguments) -> Result<Vec<ResultChange>, Error> {
    let outcomes = outcomes(both, arguments)?;
    let of_policies = both.workers.map_in_order(
        both.policies.len(),
        || (),
        |(), place| of_policy(both, &both.policies[place], &outcomes).map_err(Halted::Failed),
    );
    let found: Vec<ResultChange> =
        of_policies.map_err(WorkError::from)?.into_iter().flatten().collect();
    let is_found = |asked: &&Outcome| found.iter().any(|it| it.outcome == asked.to_string());
    let asked = outcomes.iter().skip(usual(both.year).len()).find(|asked| !is_found(asked));
    match asked {
        Some(outcome) => Err(both.not_listed(&outcome.to_string()).into()),
        None => Ok(found),
    }
}

/// The results of a policy that both runs have.
fn of_policy(
    both: &Both<'_>,
    policy: &str,
    outcomes: &[Outcome],
) -> Result<Vec<ResultChange>, BlockError> {
    let [one, other] = both.sources;
    let mut found = Vec::new();
    for outcome in outcomes {
        let is_added = matches!(outcome, Outcome::Added(_));
        // The baseline adds nothing to itself.
        if is_added && both.baselines().contains(&policy) {
            continue;
        }
        let sides = one.read(outcome, policy)?.zip(other.read(outcome, policy)?);
        let may_differ = both.may_differ(policy, is_added);
        let compared = sides.and_then(|sides| of_both(both, sides, may_differ));
        found.extend(compared.map(|(between, is_paired)| ResultChange {
            policy: policy.to_owned(),
            outcome: outcome.to_string(),
            unit: unit(outcome),
            is_paired,
            between,
        }));
    }
    Ok(found)
}

/// The comparison, and whether it is paired.
fn of_both(both: &Both<'_>, sides: (Figure, Figure), may_differ: bool) -> Option<(Between, bool)> {
    let design = both.common_design();
    if let (Some(design), (Figure::Values(one), Figure::Values(other))) = (design, &sides) {
        return Some((between::paired(one, other, design, may_differ)?, true));
    }
    let [first, second] = both.sources.map(|source| source.design().unwrap_or(Design::INDEPENDENT));
    let mean = |figure: Figure, design: Design| match figure {
        Figure::Values(values) => Estimate::of(&values, design),
        Figure::Mean(estimate) => Some(estimate),
    };
    let (one, other) = (mean(sides.0, first)?, mean(sides.1, second)?);
    Some((between::independent(&one, &other), false))
}

/// What is compared where nothing else is asked for: what policies add, and the headline metrics.
fn usual(year: u16) -> Vec<Outcome> {
    let metric = |(metric, place): (&str, &str)| Outcome::Metric {
        metric: metric.to_owned(),
        place: place.to_owned(),
        year: Some(year),
    };
    Outcome::added().into_iter().chain(SHOWN.into_iter().map(metric)).collect()
}

/// What is compared, the usual first.
fn outcomes(both: &Both<'_>, arguments: &Arguments) -> Result<Vec<Outcome>, Error> {
    let mut found = usual(both.year);
    for asked in &arguments.outcomes {
        let mut asked = with_year(asked, both.year);
        for layouts in both.sources.iter().filter_map(|source| source.layouts()) {
            asked = asked.known(layouts).map_err(CompareError::Outcome)?;
        }
        if !found.contains(&asked) {
            found.push(asked);
        }
    }
    Ok(found)
}

/// An outcome with this year in the place of none.
fn with_year(outcome: &Outcome, last: u16) -> Outcome {
    match outcome.clone() {
        Outcome::Metric { metric, place, year } => {
            Outcome::Metric { metric, place, year: year.or(Some(last)) }
        }
        added @ Outcome::Added(_) => added,
    }
}

fn unit(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Added(added) => added.unit(),
        Outcome::Metric { metric, .. } => metrics::named(metric).map_or("", |metric| metric.unit),
    }
}

/// How the policies that both have and that can be chosen rank in each run, by each criterion whose values are known.
pub(super) fn rankings(both: &Both<'_>, arguments: &Arguments) -> Result<Vec<RankChange>, Error> {
    let mut found = Vec::new();
    for criterion in criteria(both, arguments)? {
        match ranking(both, &criterion)? {
            Some(ranked) => found.push(ranked),
            // Of what was not asked for nothing is said.
            None if arguments.criteria.is_empty() => {}
            None => return Err(both.not_listed(&criterion.name).into()),
        }
    }
    Ok(found)
}

fn ranking(both: &Both<'_>, criterion: &Criterion) -> Result<Option<RankChange>, Error> {
    let sign = if criterion.minimised { -1.0 } else { 1.0 };
    let mut sides: [Vec<Vec<f64>>; 2] = [Vec::new(), Vec::new()];
    for (side, source) in sides.iter_mut().zip(both.sources) {
        let of_policies = both.workers.map_in_order(
            both.options.len(),
            || (),
            |(), place| source.criterion(criterion, &both.options[place]).map_err(Halted::Failed),
        );
        for values in of_policies.map_err(WorkError::from)? {
            let Some(values) = values else { return Ok(None) };
            side.push(values.into_iter().map(|value| sign * value).collect());
        }
    }
    let means = |side: &Vec<Vec<f64>>| -> Option<Vec<f64>> {
        side.iter().map(|values| Moments::of(values).mean()).collect()
    };
    let Some((one, other)) = means(&sides[0]).zip(means(&sides[1])) else { return Ok(None) };
    let designs = both.sources.map(|source| source.design().unwrap_or(Design::INDEPENDENT));
    let swaps = between::swaps([(&sides[0], designs[0]), (&sides[1], designs[1])]);
    let ranks = [ranks(&one), ranks(&other)];
    let own = |means: Vec<f64>| means.into_iter().map(|mean| sign * mean).collect();
    let unit = match criterion.terms.as_slice() {
        [Term { weight, outcome }] if (weight - 1.0).abs() < f64::EPSILON => unit(outcome),
        _ => "",
    };
    let is_of_all_years =
        criterion.terms.iter().any(|term| matches!(term.outcome, Outcome::Added(_)));
    let (criterion, means) = (criterion.name.clone(), [own(one), own(other)]);
    Ok(Some(RankChange { criterion, unit, is_of_all_years, means, ranks, swaps }))
}

/// The criteria of the command line, or the usual ones; of metrics in the last year that both have.
fn criteria(both: &Both<'_>, arguments: &Arguments) -> Result<Vec<Criterion>, Error> {
    if arguments.criteria.is_empty() {
        return Ok(Added::JUDGED.map(|added| Criterion::of(Outcome::Added(added))).into());
    }
    let mut found: Vec<Criterion> = Vec::new();
    for text in &arguments.criteria {
        let mut criterion: Criterion = text.parse().map_err(CompareError::Criterion)?;
        for term in &mut criterion.terms {
            term.outcome = with_year(&term.outcome, both.year);
        }
        for layouts in both.sources.iter().filter_map(|source| source.layouts()) {
            let known = criterion.known(layouts);
            criterion = known.map_err(|error| CompareError::Criterion(error.into()))?;
        }
        if found.iter().all(|other| other.name != criterion.name) {
            found.push(criterion);
        }
    }
    Ok(found)
}

impl Both<'_> {
    /// The design that both have, where their replications are pairs: of one seed, and spread alike.
    pub(super) fn common_design(&self) -> Option<Design> {
        let [one, other] = self.sources.map(Source::design);
        let is_same = self.runs[0].plan().seed == self.runs[1].plan().seed && one == other;
        one.filter(|_| is_same)
    }

    fn baselines(&self) -> [&str; 2] {
        self.runs.map(|run| run.plan().baseline.as_str())
    }

    /// Whether a policy may lead to other results in the one run than in the other.
    fn may_differ(&self, policy: &str, is_added: bool) -> bool {
        let scenarios = self.runs[0].scenario().zip(self.runs[1].scenario());
        let Some((before, after)) = scenarios.filter(|_| self.is_one_world) else { return true };
        let [one, other] = self.baselines();
        let is_same = |policy: &str| is_same_policy(before, after, policy);
        !(is_same(policy) && (!is_added || (one == other && is_same(one))))
    }

    /// Why something is not compared: the tables of a run of another version do not list it, or no policy of both has it.
    fn not_listed(&self, what: &str) -> CompareError {
        let what = what.to_owned();
        match self.sources.iter().position(|source| source.layouts().is_none()) {
            Some(lacks) => CompareError::NotListed { folder: self.runs[lacks].path.clone(), what },
            None => CompareError::Nowhere(what),
        }
    }
}

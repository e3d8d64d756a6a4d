//! Where the results of a run are read: its blocks, or the tables of a run of another version.

use std::collections::BTreeMap;

use crate::analysis::appraisal::Discounting;
use crate::analysis::decision::criterion::Criterion;
use crate::analysis::decision::outcome::Outcome;
use crate::analysis::layout::Layout;
use crate::analysis::pairs::SHOWN;
use crate::analysis::results::Results;
use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;
use crate::commands::compare::opened::Opened;
use crate::commands::error::Error;
use crate::commands::report::error::ReportError;
use crate::experiment::batch::Workers;
use crate::experiment::block::BlockError;
use crate::experiment::block::archive::Archive;
use crate::pipeline::error::WorkError;
use crate::pipeline::job::Job;
use crate::pipeline::study::StudyEngine;
use crate::report::folder::output_folder;
use crate::report::tables::outcomes::PolicyOutcome;
use crate::report::tables::read::Tables;
use crate::report::tables::row::Row as _;
use crate::report::tables::yearly::Yearly;
use crate::report::views::findings::error::FindingsError;
use crate::scenario::money::Money;
use crate::scenario::money::MoneyUnit;

/// A result of a policy in a run.
pub(super) enum Figure {
    /// Its values, one a replication.
    Values(Vec<f64>),
    /// No more than its mean.
    Mean(Estimate),
}

/// The results of a run.
pub(super) enum Source<'a> {
    /// The blocks.
    Blocks(Results<'a>, Discounting, Money),
    /// What tables list.
    Tables(Listed),
}

/// What tables list of results.
pub(super) struct Listed {
    /// Of outcomes.csv, by outcome and policy.
    values: BTreeMap<(String, String), Vec<f64>>,
    /// Of yearly.csv in one year, by metric, place and policy.
    means: BTreeMap<(String, String, String), Estimate>,
    year: u16,
    money: Option<Money>,
    /// How replications hang together, where it is known.
    design: Option<Design>,
}

impl Source<'_> {
    /// A result of a policy; nothing where the run does not have it. Every outcome has a year.
    pub(super) fn read(
        &self,
        outcome: &Outcome,
        policy: &str,
    ) -> Result<Option<Figure>, BlockError> {
        match self {
            Self::Blocks(results, discounting, _) => {
                let Some(place) = place(results, policy) else { return Ok(None) };
                Ok(outcome.read(results, place, *discounting)?.map(Figure::Values))
            }
            Self::Tables(listed) => Ok(listed.read(outcome, policy)),
        }
    }

    /// The values of a criterion under a policy, one a replication; nothing where they are not known.
    pub(super) fn criterion(
        &self,
        criterion: &Criterion,
        policy: &str,
    ) -> Result<Option<Vec<f64>>, BlockError> {
        match self {
            Self::Blocks(results, discounting, _) => {
                let Some(place) = place(results, policy) else { return Ok(None) };
                criterion.read(results, place, *discounting).map(Some)
            }
            Self::Tables(listed) => Ok(listed.criterion(criterion, policy)),
        }
    }

    /// How replications hang together, where it is known.
    pub(super) fn design(&self) -> Option<Design> {
        match self {
            Self::Blocks(results, ..) => Some(results.design),
            Self::Tables(listed) => listed.design,
        }
    }

    /// The unit of amounts, where it is known.
    pub(super) fn money(&self) -> Option<Money> {
        match self {
            Self::Blocks(_, _, money) => Some(*money),
            Self::Tables(listed) => listed.money,
        }
    }

    /// What each policy has, where it is known.
    pub(super) fn layouts(&self) -> Option<&[Layout]> {
        match self {
            Self::Blocks(results, ..) => Some(results.layouts),
            Self::Tables(_) => None,
        }
    }
}

fn place(results: &Results<'_>, policy: &str) -> Option<usize> {
    results.layouts.iter().position(|layout| layout.policy == policy)
}

impl Listed {
    fn read(&self, outcome: &Outcome, policy: &str) -> Option<Figure> {
        let policy = policy.to_owned();
        if let Some(values) = self.values.get(&(outcome.to_string(), policy.clone())) {
            return Some(Figure::Values(values.clone()));
        }
        let Outcome::Metric { metric, place, year } = outcome else { return None };
        if *year != Some(self.year) {
            return None;
        }
        let mean = self.means.get(&(metric.clone(), place.clone(), policy));
        mean.copied().map(Figure::Mean)
    }

    fn criterion(&self, criterion: &Criterion, policy: &str) -> Option<Vec<f64>> {
        let mut sum: Vec<f64> = Vec::new();
        for term in &criterion.terms {
            let values = self.values.get(&(term.outcome.to_string(), policy.to_owned()))?;
            sum.resize(values.len(), 0.0);
            for (sum, value) in sum.iter_mut().zip(values) {
                *sum += term.weight * value;
            }
        }
        Some(sum)
    }

    /// Reads the tables of a run: what outcomes.csv has, and the headline metrics of a year in yearly.csv.
    fn of(run: &Opened, year: u16) -> Result<Self, Error> {
        let scenario = run.scenario();
        let mut listed = Self {
            values: BTreeMap::new(),
            means: BTreeMap::new(),
            year,
            money: scenario.map(|scenario| scenario.money),
            design: scenario.map(Design::of_run),
        };
        let tables = Tables(&run.path);
        // A run of an earlier version does not have it.
        if tables.path(PolicyOutcome::TABLE.file).is_some() {
            let each = |row: PolicyOutcome<'_>| {
                let key = (row.outcome.to_owned(), row.policy.to_owned());
                listed.values.entry(key).or_default().push(row.value);
                let account = || MoneyUnit::named(row.unit).ok();
                let money = || account().map(|account| Money { account, display: account });
                listed.money = listed.money.or_else(money);
                Ok(())
            };
            let read = tables.each::<PolicyOutcome<'_>, FindingsError>(each);
            read.map_err(ReportError::from)?;
        }
        let each = |row: Yearly<'_>| {
            let wanted = row.year == year && SHOWN.contains(&(row.metric, row.place));
            if let Some((replications, mean)) = row.replications.zip(row.mean).filter(|_| wanted) {
                let Yearly { sd, se, ci_low, ci_high, .. } = row;
                let [metric, place, policy] =
                    [row.metric, row.place, row.policy].map(str::to_owned);
                let mean = Estimate { replications, mean, sd, se, ci_low, ci_high };
                listed.means.insert((metric, place, policy), mean);
            }
            Ok(())
        };
        tables.each::<Yearly<'_>, FindingsError>(each).map_err(ReportError::from)?;
        Ok(listed)
    }
}

/// Does something with the results of a run: its blocks where this version made it, else its tables, of which
/// yearly.csv tells of one year.
pub(super) fn with<T>(
    run: &Opened,
    year: u16,
    workers: &Workers<'_>,
    then: impl FnOnce(&Source<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let recipe = match &run.recipe {
        Ok(recipe) if run.is_of_this_version() => recipe,
        _ => return then(&Source::Tables(Listed::of(run, year)?)),
    };
    let engine = StudyEngine::new(&recipe.scenario);
    let job = Job::new(recipe, &engine, workers);
    let blocks = output_folder::blocks_of(&run.path);
    let archive = Archive::open(&blocks, &job.shape, recipe.replications());
    let archive = archive.map_err(WorkError::from)?;
    let (discounting, money) = (Discounting::of(&recipe.scenario), recipe.scenario.money);
    then(&Source::Blocks(job.results(&archive), discounting, money))
}

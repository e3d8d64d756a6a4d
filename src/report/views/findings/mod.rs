//! What a run found, as the report and the pictures show it: read from its tables.
//!
//! A run that ends and `yangjae report` read the same files, so both write the same bytes.

pub mod about;
pub mod error;
pub mod figure;
pub mod headline;
pub mod series;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::analysis::pairs::MANY;
use crate::analysis::pairs::Ranking;
use crate::analysis::pairs::SHOWN;
use crate::experiment::block::file;
use crate::report::folder::manifest;
use crate::report::folder::manifest::Manifest;
use crate::report::folder::manifest::PlanError;
use crate::report::folder::output_folder;
use crate::report::tables::additionality::Additionality;
use crate::report::tables::assumptions::AssumptionMove;
use crate::report::tables::attribution::Contribution;
use crate::report::tables::cost_benefit::CostBenefit;
use crate::report::tables::noise::VarianceParts;
use crate::report::tables::pairs::PairOfPolicies;
use crate::report::tables::read::ReadError;
use crate::report::tables::read::Stored;
use crate::report::tables::read::Tables;
use crate::report::tables::row::Row as _;
use crate::report::tables::validation::ObservedFigure;
use crate::report::tables::validation::StylisedFact;
use crate::report::views::findings::about::About;
use crate::report::views::findings::error::FindingsError;
use crate::report::views::findings::figure::Figure;
use crate::report::views::findings::series::SeriesFacts;

/// Two policies in a headline metric of the last year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Share of replications in which the first is higher, ties counted half.
    pub higher: Option<f64>,
    /// Whether the model ranks the two; nothing for a single replication.
    pub ranking: Option<Ranking>,
}

/// A term of the jobs account in the last year.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The policy, by its place.
    pub policy: usize,
    /// The term.
    pub term: String,
    /// The figure.
    pub figure: Figure,
    /// The remark.
    pub note: String,
}

/// A line of the appraisal.
#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    /// The policy, by its place.
    pub policy: usize,
    /// The item.
    pub item: String,
    /// Who pays or receives; `all` for totals.
    pub payer: String,
    /// The unit.
    pub unit: String,
    /// The figure.
    pub figure: Figure,
    /// The remark.
    pub note: String,
}

/// Everything that the report shows.
#[derive(Debug)]
pub struct Findings {
    /// The scenario, its policies and the run.
    pub about: About,
    /// The series of charts and of the headline table.
    pub series: Vec<SeriesFacts>,
    /// Pairs of policies: by the place of the metric among [`SHOWN`], the policy and the other.
    pub pairs: BTreeMap<(usize, usize, usize), Pair>,
    /// Terms of the jobs account.
    pub terms: Vec<Term>,
    /// The appraisal.
    pub money: Vec<Money>,
    /// `assumptions.csv`, where it is there.
    pub assumptions: Option<Stored<AssumptionMove<'static>>>,
    /// `attribution.csv`, where it is there.
    pub attribution: Option<Stored<Contribution<'static>>>,
    /// `noise.csv`, where it is there.
    pub noise: Option<Stored<VarianceParts<'static>>>,
    /// `validation.csv`, where it is there.
    pub validation: Option<Stored<ObservedFigure<'static>>>,
    /// `stylised_facts.csv`, where it is there.
    pub stylised: Option<Stored<StylisedFact<'static>>>,
}

impl Findings {
    /// Reads the tables of a run.
    ///
    /// # Errors
    ///
    /// Fails if a table that every run writes is missing or damaged.
    pub fn read(about: About, tables: &Tables<'_>) -> Result<Self, FindingsError> {
        let series = series::read(&about, tables)?;
        let pairs = pairs(&about, tables)?;
        let terms = terms(&about, tables)?;
        let money = money(&about, tables)?;
        let mut findings = Self {
            about,
            series,
            pairs,
            terms,
            money,
            assumptions: tables.stored()?,
            attribution: tables.stored()?,
            noise: tables.stored()?,
            validation: tables.stored()?,
            stylised: tables.stored()?,
        };
        for policy in headline::headline(&findings) {
            findings.about.policies[policy].headline = true;
        }
        findings.list();
        Ok(findings)
    }

    /// Chooses what lists and charts show where there are many policies.
    fn list(&mut self) {
        if self.about.policies.len() <= MANY {
            return;
        }
        let mut order: Vec<usize> = self.about.compared().collect();
        headline::by_jobs(self, &mut order);
        let foremost = headline::foremost(self);
        order.sort_by_key(|policy| {
            (!foremost.contains(policy), !self.about.policies[*policy].headline)
        });
        for policy in order.split_off(MANY - 1) {
            let policy = &mut self.about.policies[policy];
            (policy.listed, policy.headline) = (false, false);
        }
    }

    /// The headline set without the baseline, most jobs first.
    #[must_use]
    pub fn headline(&self) -> Vec<usize> {
        let about = &self.about;
        let shown = |&policy: &usize| about.policies[policy].headline;
        let mut set: Vec<usize> = about.compared().filter(shown).collect();
        headline::by_jobs(self, &mut set);
        set
    }

    /// Two policies in a headline metric, from the first one's side; nothing where the tables have
    /// no such pair.
    #[must_use]
    pub fn pair(&self, metric: &str, place: &str, one: usize, other: usize) -> Option<Pair> {
        let of = SHOWN.iter().position(|&shown| shown == (metric, place))?;
        let turned = |pair: &Pair| Pair {
            higher: pair.higher.map(|share| 1.0 - share),
            ranking: pair.ranking.map(Ranking::turned),
        };
        let pair = self.pairs.get(&(of, one, other)).copied();
        pair.or_else(|| self.pairs.get(&(of, other, one)).map(turned))
    }

    /// Whether the model ranks a policy against the baseline in a headline metric.
    #[must_use]
    pub fn ranking(&self, metric: &str, place: &str, policy: usize) -> Option<Ranking> {
        self.pair(metric, place, policy, self.about.baseline)?.ranking
    }

    /// The difference of a policy to the baseline in a metric of the last year.
    #[must_use]
    pub fn difference(&self, metric: &str, place: &str, policy: usize) -> Option<Figure> {
        let figure = *self.series_of(metric, place)?.difference[policy].last()?;
        figure.mean.map(|_| figure)
    }

    /// The series of a metric at a place.
    #[must_use]
    pub fn series_of(&self, metric: &str, place: &str) -> Option<&SeriesFacts> {
        self.series.iter().find(|series| series.metric == metric && series.place == place)
    }

    /// The figure of a total of a policy.
    #[must_use]
    pub fn total(&self, policy: usize, item: &str) -> Option<&Money> {
        self.money
            .iter()
            .find(|money| money.policy == policy && money.item == item && money.payer == "all")
    }

    /// The figure of a term of a policy.
    #[must_use]
    pub fn term(&self, policy: usize, term: &str) -> Option<&Term> {
        self.terms.iter().find(|found| found.policy == policy && found.term == term)
    }
}

/// The manifest of a finished run.
///
/// # Errors
///
/// Fails if there is none, or it cannot be read or understood.
pub fn read_manifest(folder: &Path) -> Result<Manifest, FindingsError> {
    let path = folder.join(manifest::FILE);
    let read = manifest::read(folder).map_err(|error| match (error.fault(), error) {
        (_, PlanError::Read { source, .. }) if source.kind() == io::ErrorKind::NotADirectory => {
            no_manifest(folder)
        }
        (_, PlanError::Read { path, source }) => ReadError::Read { path, source }.into(),
        (fault, _) => FindingsError::Manifest { path, fault: fault.unwrap_or_default() },
    })?;
    let manifest = read.ok_or_else(|| no_manifest(folder))?;
    match manifest.plan.shard {
        Some(shard) => Err(FindingsError::Shard { folder: folder.to_owned(), shard }),
        None => Ok(manifest),
    }
}

/// Why a folder has no manifest: its run is not finished, or there is none.
fn no_manifest(folder: &Path) -> FindingsError {
    let folder = folder.to_owned();
    let blocks = output_folder::blocks_of(&folder);
    if blocks.join(manifest::PLAN).exists() {
        let blocks = file::list(&blocks).map_or(0, |blocks| blocks.len());
        return FindingsError::Unfinished { folder, blocks };
    }
    ReadError::Missing { folder, file: manifest::FILE.to_owned() }.into()
}

fn pairs(
    about: &About,
    tables: &Tables<'_>,
) -> Result<BTreeMap<(usize, usize, usize), Pair>, FindingsError> {
    let mut pairs = BTreeMap::new();
    // Runs of earlier versions have no such table: then no two policies are compared.
    if tables.path(PairOfPolicies::TABLE.file).is_none() {
        return Ok(pairs);
    }
    tables.each::<PairOfPolicies<'_>, FindingsError>(|row| {
        let found = about.policy(row.policy).zip(about.policy(row.other));
        let of = SHOWN.iter().position(|&shown| shown == (row.metric, row.place));
        let Some(((policy, other), of)) = found.zip(of) else { return Ok(()) };
        let ranking = Ranking::ALL.into_iter().find(|ranking| row.ranking == Some(ranking.name()));
        pairs.insert((of, policy, other), Pair { higher: row.probability_higher, ranking });
        Ok(())
    })?;
    Ok(pairs)
}

fn terms(about: &About, tables: &Tables<'_>) -> Result<Vec<Term>, FindingsError> {
    let mut terms = Vec::new();
    tables.each::<Additionality<'_>, FindingsError>(|row| {
        let wanted = row.measure == "jobs" && row.year == about.last_year();
        let Some(policy) = about.policy(row.policy).filter(|_| wanted) else { return Ok(()) };
        let figure = Figure {
            mean: row.mean,
            low: row.ci_low,
            high: row.ci_high,
            p05: row.p05,
            p50: row.p50,
            p95: row.p95,
            ..Figure::default()
        };
        terms.push(Term { policy, term: row.term.to_owned(), figure, note: row.note.to_owned() });
        Ok(())
    })?;
    Ok(terms)
}

fn money(about: &About, tables: &Tables<'_>) -> Result<Vec<Money>, FindingsError> {
    let mut money = Vec::new();
    tables.each::<CostBenefit<'_>, FindingsError>(|row| {
        let Some(policy) = about.policy(row.policy) else { return Ok(()) };
        let figure = Figure {
            mean: row.mean,
            low: row.ci_low,
            high: row.ci_high,
            p05: row.p05,
            p50: row.p50,
            p95: row.p95,
            ..Figure::default()
        };
        // A ratio of means, which has no spread over replications, is not shown without bounds.
        let unbounded = figure.p05.is_none() && figure.low.is_none();
        money.push(Money {
            policy,
            item: row.item.to_owned(),
            payer: row.payer.to_owned(),
            unit: row.unit.to_owned(),
            figure: if unbounded { Figure::default() } else { figure },
            note: row.note.to_owned(),
        });
        Ok(())
    })?;
    Ok(money)
}

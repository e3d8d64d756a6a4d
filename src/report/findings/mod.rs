//! What a run found, as the report and the pictures show it: read from its tables.
//!
//! A run that ends and `yangjae report` read the same files, so both write the same bytes.

pub mod about;
pub mod series;
pub mod source;

use std::io;
use std::path::Path;

use crate::experiment::block::file;
use crate::report::findings::about::About;
use crate::report::findings::series::SeriesFacts;
use crate::report::findings::source::FindingsError;
use crate::report::findings::source::Row;
use crate::report::findings::source::Tables;
use crate::report::findings::source::TextTable;
use crate::report::manifest;
use crate::report::manifest::Manifest;
use crate::report::output_folder;

/// A figure with its uncertainty; what is not known is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figure {
    /// Mean over histories.
    pub mean: Option<f64>,
    /// Ends of the 95 % interval of the mean.
    pub low: Option<f64>,
    /// See `low`.
    pub high: Option<f64>,
    /// Percentiles over histories.
    pub p05: Option<f64>,
    /// See `p05`.
    pub p25: Option<f64>,
    /// See `p05`.
    pub p50: Option<f64>,
    /// See `p05`.
    pub p75: Option<f64>,
    /// See `p05`.
    pub p95: Option<f64>,
    /// Share of histories in which it is above the baseline.
    pub higher: Option<f64>,
}

/// Where an interval stands to zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Above it.
    Higher,
    /// Below it.
    Lower,
    /// It holds it, but not every history has 0.
    Unclear,
    /// Every history has 0.
    Same,
    /// There is no interval.
    Unknown,
}

impl Figure {
    /// The figure in a unit that is so many times larger.
    #[must_use]
    pub fn divided(self, by: f64) -> Self {
        let part = |value: Option<f64>| value.map(|value| value / by);
        Self {
            mean: part(self.mean),
            low: part(self.low),
            high: part(self.high),
            p05: part(self.p05),
            p25: part(self.p25),
            p50: part(self.p50),
            p75: part(self.p75),
            p95: part(self.p95),
            higher: self.higher,
        }
    }

    /// Where the interval stands to zero.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match (self.low, self.high) {
            (Some(low), _) if low > 0.0 => Verdict::Higher,
            (_, Some(high)) if high < 0.0 => Verdict::Lower,
            (Some(low), Some(high)) if low == 0.0 && high == 0.0 => Verdict::Same,
            (Some(_), Some(_)) => Verdict::Unclear,
            _ => Verdict::Unknown,
        }
    }
}

/// Two policies in jobs of the last year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The policy, by its place.
    pub policy: usize,
    /// The one that it is compared with.
    pub other: usize,
    /// Whether the place is the whole city; else the district.
    pub city: bool,
    /// Policy minus other.
    pub figure: Figure,
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
    /// Pairs of policies.
    pub pairs: Vec<Pair>,
    /// Terms of the jobs account.
    pub terms: Vec<Term>,
    /// The appraisal.
    pub money: Vec<Money>,
    /// `assumptions.csv`, where it is there.
    pub assumptions: Option<TextTable>,
    /// `attribution.csv`, where it is there.
    pub attribution: Option<TextTable>,
    /// `noise.csv`, where it is there.
    pub noise: Option<TextTable>,
    /// `validation.csv`, where it is there.
    pub validation: Option<TextTable>,
    /// `stylised_facts.csv`, where it is there.
    pub stylised: Option<TextTable>,
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
        Ok(Self {
            about,
            series,
            pairs,
            terms,
            money,
            assumptions: tables.whole("assumptions.csv")?,
            attribution: tables.whole("attribution.csv")?,
            noise: tables.whole("noise.csv")?,
            validation: tables.whole("validation.csv")?,
            stylised: tables.whole("stylised_facts.csv")?,
        })
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
    let text = manifest::read_file(&path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => no_manifest(folder),
        _ => FindingsError::Read { path: path.clone(), source },
    })?;
    let manifest: Manifest =
        serde_json::from_slice(&text).map_err(|source| FindingsError::Manifest { path, source })?;
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
    FindingsError::Missing { folder, file: manifest::FILE.to_owned() }
}

fn pairs(about: &About, tables: &Tables<'_>) -> Result<Vec<Pair>, FindingsError> {
    let mut pairs = Vec::new();
    // Runs of earlier versions have no such table: then no two policies are compared.
    if tables.path("pairs.csv").is_none() {
        return Ok(pairs);
    }
    let columns = ["policy", "other", "place", "metric", "difference", "ci_low", "ci_high"];
    tables.read("pairs.csv", columns, |row| {
        let found = about.policy(row.text(0)).zip(about.policy(row.text(1)));
        let Some((policy, other)) = found.filter(|_| row.text(3) == "jobs") else { return Ok(()) };
        let (mean, low, high) = (row.number(4)?, row.number(5)?, row.number(6)?);
        let figure = Figure { mean, low, high, ..Figure::default() };
        pairs.push(Pair { policy, other, city: row.text(2) == "city", figure });
        Ok(())
    })?;
    Ok(pairs)
}

fn terms(about: &About, tables: &Tables<'_>) -> Result<Vec<Term>, FindingsError> {
    let last = about.last_year().to_string();
    let mut terms = Vec::new();
    let columns = [
        "policy", "measure", "term", "year", "note", "mean", "ci_low", "ci_high", "p05", "p50",
        "p95",
    ];
    tables.read("additionality.csv", columns, |row| {
        let policy = about.policy(row.text(0));
        let Some(policy) = policy.filter(|_| row.text(1) == "jobs" && row.text(3) == last) else {
            return Ok(());
        };
        let (term, note) = (row.text(2).to_owned(), row.text(4).to_owned());
        terms.push(Term { policy, term, figure: figure(row, 5)?, note });
        Ok(())
    })?;
    Ok(terms)
}

fn money(about: &About, tables: &Tables<'_>) -> Result<Vec<Money>, FindingsError> {
    let mut money = Vec::new();
    let columns = [
        "policy", "item", "payer", "unit", "note", "mean", "ci_low", "ci_high", "p05", "p50", "p95",
    ];
    tables.read("cost_benefit.csv", columns, |row| {
        let Some(policy) = about.policy(row.text(0)) else { return Ok(()) };
        let text = |column| row.text(column).to_owned();
        let (item, payer, unit, note) = (text(1), text(2), text(3), text(4));
        money.push(Money { policy, item, payer, unit, figure: figure(row, 5)?, note });
        Ok(())
    })?;
    Ok(money)
}

/// Mean, interval, 5th, 50th and 95th percentile, in columns one after another.
fn figure<const N: usize>(row: &Row<'_, N>, first: usize) -> Result<Figure, FindingsError> {
    Ok(Figure {
        mean: row.number(first)?,
        low: row.number(first + 1)?,
        high: row.number(first + 2)?,
        p05: row.number(first + 3)?,
        p50: row.number(first + 4)?,
        p95: row.number(first + 5)?,
        ..Figure::default()
    })
}

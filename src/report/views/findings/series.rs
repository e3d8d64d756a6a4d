//! The yearly series that charts show: of every policy its own figures and the differences.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::report::tables::comparison::PolicyDifference;
use crate::report::tables::read::Tables;
use crate::report::tables::row::Row as _;
use crate::report::tables::yearly::Yearly;
use crate::report::views::findings::about::About;
use crate::report::views::findings::error::FindingsError;
use crate::report::views::findings::figure::Figure;

/// Series of every report, as far as the run has them; the first six are the headline metrics.
const WANTED: [(&str, &str); 13] = [
    ("jobs", "city"),
    ("jobs", "district"),
    ("firms", "city"),
    ("firms", "district"),
    ("investment", "city"),
    ("investment", "district"),
    ("specialists", "city"),
    ("specialists", "district"),
    ("retained", "city"),
    ("public_cost", "city"),
    ("occupancy", "district"),
    ("rent", "district"),
    ("sales", "district"),
];
/// What the map shows of an area, and of a facility.
const OF_AREAS: [&str; 4] = ["firms", "jobs", "occupancy", "rent"];
const OF_FACILITIES: [&str; 2] = ["tenants", "jobs"];

/// A series: figures by policy and year.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesFacts {
    /// The metric.
    pub metric: String,
    /// The place.
    pub place: String,
    /// The unit in files.
    pub unit: String,
    /// Whether charts offer it; else only the map needs it.
    pub charted: bool,
    /// Own figures: for each policy one for each year.
    pub yearly: Vec<Vec<Figure>>,
    /// Differences to the baseline, likewise; all unknown for the baseline itself.
    pub difference: Vec<Vec<Figure>>,
}

impl SeriesFacts {
    /// Whether a policy has figures of it.
    #[must_use]
    pub fn is_known(&self, policy: usize) -> bool {
        self.yearly[policy].iter().any(|figure| figure.mean.is_some())
    }

    /// The mean difference of a policy in the last year.
    #[must_use]
    pub fn last(&self, policy: usize) -> Option<f64> {
        self.difference[policy].last()?.mean
    }
}

/// Reads the series from `yearly.csv` and `comparison.csv`.
///
/// # Errors
///
/// Fails if a table is missing, damaged, or without a policy of the run.
pub fn read(about: &About, tables: &Tables<'_>) -> Result<Vec<SeriesFacts>, FindingsError> {
    let mut found = BTreeMap::new();
    let levers = about.policies.iter().flat_map(|policy| &policy.levers);
    let facilities: BTreeSet<&str> =
        levers.filter(|lever| lever.kind == "facility").map(|lever| lever.name.as_str()).collect();
    let mut seen = vec![false; about.policies.len()];
    tables.each::<Yearly<'_>, FindingsError>(|row| {
        let (place, metric) = (row.place, row.metric);
        let Some(policy) = about.policy(row.policy) else { return Ok(()) };
        seen[policy] = true;
        let Some((rank, charted)) = rank(about, &facilities, metric, place) else { return Ok(()) };
        let Some(year) = about.year(row.year) else { return Ok(()) };
        let series = found.entry((rank, metric.to_owned(), place.to_owned()));
        let series = series.or_insert_with(|| empty(about, metric, place, row.unit, charted));
        let ends = (row.ci_low, row.ci_high);
        let figure = Figure::of(row.mean, ends, [row.p05, row.p50, row.p95]);
        series.yearly[policy][year] = Figure { p25: row.p25, p75: row.p75, ..figure };
        Ok(())
    })?;
    if let Some(missing) = seen.iter().position(|seen| !seen) {
        let policy = about.policies[missing].name.clone();
        return Err(FindingsError::NoRows { file: Yearly::TABLE.file.to_owned(), policy });
    }
    let mut series: Vec<SeriesFacts> = found.into_values().collect();
    differences(about, tables, &mut series)?;
    Ok(series)
}

fn differences(
    about: &About,
    tables: &Tables<'_>,
    series: &mut [SeriesFacts],
) -> Result<(), FindingsError> {
    tables.each::<PolicyDifference<'_>, FindingsError>(|row| {
        let found = series.iter_mut().find(|of| of.metric == row.metric && of.place == row.place);
        let Some(series) = found else { return Ok(()) };
        let at = about.policy(row.policy).zip(about.year(row.year));
        let Some((policy, year)) = at else { return Ok(()) };
        let ends = (row.ci_low, row.ci_high);
        let figure = Figure::of(row.difference, ends, [row.p05, row.p50, row.p95]);
        series.difference[policy][year] = Figure { higher: row.probability_higher, ..figure };
        Ok(())
    })
}

fn empty(about: &About, metric: &str, place: &str, unit: &str, charted: bool) -> SeriesFacts {
    let nothing = vec![vec![Figure::default(); about.years.len()]; about.policies.len()];
    SeriesFacts {
        metric: metric.to_owned(),
        place: place.to_owned(),
        unit: unit.to_owned(),
        charted,
        yearly: nothing.clone(),
        difference: nothing,
    }
}

/// The place of a series in the report's order, and whether charts offer it.
fn rank(
    about: &About,
    facilities: &BTreeSet<&str>,
    metric: &str,
    place: &str,
) -> Option<(usize, bool)> {
    let wanted = WANTED.iter().position(|&wanted| wanted == (metric, place));
    if let Some(rank) = wanted {
        return Some((rank, true));
    }
    let observed =
        || about.observed.iter().position(|fact| fact.metric == metric && fact.place == place);
    if let Some(rank) = observed() {
        return Some((WANTED.len() + rank, true));
    }
    let of_map = if about.areas.iter().any(|area| area.name == place) {
        OF_AREAS.contains(&metric)
    } else {
        OF_FACILITIES.contains(&metric) && facilities.contains(place)
    };
    of_map.then_some((WANTED.len() + about.observed.len(), false))
}

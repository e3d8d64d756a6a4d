//! The yearly series that charts show: of every policy its own figures and the differences.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::report::views::findings::about::About;
use crate::report::views::findings::figure::Figure;
use crate::report::views::findings::source::FindingsError;
use crate::report::views::findings::source::Tables;

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
    let columns = [
        "policy", "place", "metric", "unit", "year", "mean", "ci_low", "ci_high", "p05", "p25",
        "p50", "p75", "p95",
    ];
    tables.read("yearly.csv", columns, |row| {
        let (place, metric) = (row.text(1), row.text(2));
        let Some(policy) = about.policy(row.text(0)) else { return Ok(()) };
        seen[policy] = true;
        let Some((rank, charted)) = rank(about, &facilities, metric, place) else { return Ok(()) };
        let Some(year) = about.year(row.text(4)) else { return Ok(()) };
        let series = found.entry((rank, metric.to_owned(), place.to_owned()));
        let series = series.or_insert_with(|| empty(about, metric, place, row.text(3), charted));
        series.yearly[policy][year] = Figure {
            mean: row.number(5)?,
            low: row.number(6)?,
            high: row.number(7)?,
            p05: row.number(8)?,
            p25: row.number(9)?,
            p50: row.number(10)?,
            p75: row.number(11)?,
            p95: row.number(12)?,
            higher: None,
        };
        Ok(())
    })?;
    if let Some(missing) = seen.iter().position(|seen| !seen) {
        let policy = about.policies[missing].name.clone();
        return Err(FindingsError::NoRows { file: "yearly.csv".to_owned(), policy });
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
    let columns = [
        "policy",
        "place",
        "metric",
        "year",
        "difference",
        "ci_low",
        "ci_high",
        "p05",
        "p50",
        "p95",
        "probability_higher",
    ];
    tables.read("comparison.csv", columns, |row| {
        let (place, metric) = (row.text(1), row.text(2));
        let found = series.iter_mut().find(|of| of.metric == metric && of.place == place);
        let Some(series) = found else { return Ok(()) };
        let at = about.policy(row.text(0)).zip(about.year(row.text(3)));
        let Some((policy, year)) = at else { return Ok(()) };
        series.difference[policy][year] = Figure {
            mean: row.number(4)?,
            low: row.number(5)?,
            high: row.number(6)?,
            p05: row.number(7)?,
            p50: row.number(8)?,
            p95: row.number(9)?,
            higher: row.number(10)?,
            ..Figure::default()
        };
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

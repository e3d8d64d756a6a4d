//! THE REGISTER OF METRICS: every yearly number, its unit, meaning, and how it is read.
//!
//! To add one, add a row to the part of its subject; all result tables, the dictionary and `yangjae
//! explain` follow.

mod facilities;
mod firms;
mod levers;
mod money;
mod people;
mod space;
pub mod spec;
pub mod view;

use crate::analysis::metrics::spec::MetricKind;
use crate::analysis::metrics::spec::MetricSpec;
use crate::scenario::place::MetricPlaces;
use crate::scenario::place::PlaceKind;

/// The metrics of accounts: all that a parameter that acts only in accounts moves
/// ([`Acts::InAccounts`](crate::scenario::parameter_spec::Acts::InAccounts)); the others are jobs, firms and investment.
pub const ACCOUNTS: [&str; 5] =
    ["sales", "sales_cumulative", "alumni_sales", "public_cost", "public_receipts"];

/// The parts of the register, in the order of results.
const PARTS: [&[MetricSpec]; 6] = [
    firms::METRICS,
    facilities::METRICS,
    people::METRICS,
    money::METRICS,
    space::METRICS,
    levers::METRICS,
];

/// Every metric, in the order of results.
pub const METRICS: &[MetricSpec] = &joined::<{ count() }>();

const fn count() -> usize {
    let (mut count, mut part) = (0, 0);
    while part < PARTS.len() {
        count += PARTS[part].len();
        part += 1;
    }
    count
}

/// The parts as one: a loop, as iterators do not run before the program does.
const fn joined<const COUNT: usize>() -> [MetricSpec; COUNT] {
    let mut all = [PARTS[0][0]; COUNT];
    let (mut count, mut part) = (0, 0);
    while part < PARTS.len() {
        let mut place = 0;
        while place < PARTS[part].len() {
            all[count] = PARTS[part][place];
            count += 1;
            place += 1;
        }
        part += 1;
    }
    all
}

/// The metric of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static MetricSpec> {
    METRICS.iter().find(|metric| metric.name == name)
}

/// Every metric with the places at which it is read, as a scenario checks observed figures
/// against them.
#[must_use]
pub fn places() -> Vec<MetricPlaces> {
    let kinds = |metric: &MetricSpec| {
        PlaceKind::ALL.into_iter().filter(|&kind| metric.places.include(kind)).collect()
    };
    let places = |metric: &MetricSpec| MetricPlaces {
        name: metric.name,
        unit: metric.unit,
        is_flow: metric.kind == MetricKind::Flow,
        bounds: metric.bounds,
        kinds: kinds(metric),
    };
    METRICS.iter().map(places).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_is_named_once_and_described_in_both_languages() {
        for metric in METRICS {
            let same = METRICS.iter().filter(|other| other.name == metric.name).count();
            assert_eq!(same, 1, "{}", metric.name);
            assert!(!metric.meaning_en.is_empty() && !metric.meaning_ko.is_empty());
            assert_eq!(
                metric.kind == MetricKind::Cumulative,
                metric.name.ends_with("_cumulative") || metric.name == "alumni",
                "{}",
                metric.name
            );
        }
    }
}

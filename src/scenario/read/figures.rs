//! Whether observed figures can be compared: their metrics, places and years, and each but once.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::scenario::Policy;
use crate::scenario::money::is_money;
use crate::scenario::place::MetricPlaces;
use crate::scenario::place::PlaceNames;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::observed::ObservedRow;
use crate::scenario::read::source::SourceFile;

/// What figures are checked against.
pub(super) struct Against<'a> {
    /// The places of every policy.
    pub(super) places: &'a PlaceNames,
    /// The metrics, where they are known.
    pub(super) metrics: Option<&'a [MetricPlaces]>,
    /// The years that can be simulated, where they are known.
    pub(super) years: Option<RangeInclusive<u16>>,
    /// The policy that the figures are compared with at once.
    pub(super) happened: Option<Happened<'a>>,
}

/// The policy that really happened.
pub(super) struct Happened<'a> {
    /// The policy itself.
    pub(super) policy: &'a Policy,
    /// Whether scenario.toml names it by `actual_policy`.
    pub(super) stated: bool,
    /// Its facilities and programmes.
    pub(super) places: PlaceNames,
}

impl<'a> Happened<'a> {
    /// This policy; `stated` is whether scenario.toml names it as the one that happened.
    pub(super) fn of(
        policy: &'a Policy,
        stated: bool,
        areas: &[(String, bool)],
        lever_names: &[String],
    ) -> Self {
        let places = PlaceNames::of(areas, [policy], lever_names);
        Self { policy, stated, places }
    }
}

/// Notes every figure that cannot be compared.
pub(super) fn check(
    source: &SourceFile,
    rows: &[ObservedRow],
    against: &Against<'_>,
    problems: &mut Problems,
) {
    let mut given = BTreeMap::new();
    for row in rows {
        if problems.are_many() {
            break;
        }
        let metric = against
            .metrics
            .map(|metrics| metrics.iter().find(|metric| metric.name == row.metric.text.trim()));
        problems.0.extend(unknown_metric(source, row, against, metric));
        problems.0.extend(unread_place(source, row, against, metric.flatten()));
        problems.0.extend(other_years(source, row, against, metric.flatten()));
        let value = impossible(source, row, metric.flatten());
        let value = value.or_else(|| too_large(source, row, metric.flatten()));
        problems.0.extend(value.or_else(|| too_many_tenants(source, row, against)));
        problems.0.extend(second_time(source, row, metric.flatten(), &mut given));
    }
}

#[expect(clippy::option_option, reason = "not asked, or asked and not found")]
fn unknown_metric(
    source: &SourceFile,
    row: &ObservedRow,
    against: &Against<'_>,
    metric: Option<Option<&MetricPlaces>>,
) -> Option<Problem> {
    let found = row.metric.text.trim();
    let (Some(None), false) = (metric, found.is_empty()) else { return None };
    let message = format!("there is no metric `{}`", shortened(found));
    let problem = source.problem(row.metric.span.clone(), message).expected("unknown metric");
    let known = against.metrics.unwrap_or_default().iter().map(|metric| metric.name);
    Some(problem.known(found, known).help("`yangjae explain` lists the metrics"))
}

/// A place that there is not, at which the metric is never read, or that the policy that happened
/// lacks.
fn unread_place(
    source: &SourceFile,
    row: &ObservedRow,
    against: &Against<'_>,
    metric: Option<&MetricPlaces>,
) -> Option<Problem> {
    let found = row.place.text.trim();
    if found.is_empty() {
        return None;
    }
    let problem = |message: String| source.problem(row.place.span.clone(), message);
    if !against.places.has(found) {
        let problem = problem(format!("there is no place `{}`", shortened(found)));
        let expected =
            "expected district, city, an area, or a facility or programme of some policy";
        return Some(problem.expected(expected).known(found, known_places(against, metric)));
    }
    let metric = metric?;
    if !against.places.reading(metric).any(|place| place == found) {
        let message = format!("`{}` is not read at `{}`", metric.name, shortened(found));
        let problem = problem(message).expected("under no policy of the scenario");
        return Some(problem.known(found, known_places(against, Some(metric))));
    }
    let happened = against.happened.as_ref()?;
    if happened.places.reading(metric).any(|place| place == found) {
        return None;
    }
    let is_facility = against.places.facilities.iter().any(|name| name == found);
    let what = if is_facility { "facility" } else { "programme" };
    let whose = if happened.stated { "" } else { " (the baseline, as scenario.toml names none)" };
    let policy = &happened.policy.name;
    let message =
        format!("the actual policy `{policy}`{whose} has no {what} `{}`", shortened(found));
    let problem = problem(message).expected("other policies have it");
    Some(problem.help(if happened.stated {
        "figures are compared with what really happened: `actual_policy` in scenario.toml names that \
         policy"
    } else {
        "`actual_policy = \"POLICY\"` in scenario.toml names another policy as the one that really \
         happened"
    }))
}

/// The places to offer: those at which the metric is read, or all.
fn known_places<'a>(
    against: &'a Against<'_>,
    metric: Option<&'a MetricPlaces>,
) -> impl Iterator<Item = &'a str> {
    let read = move |kind| metric.is_none_or(|metric| metric.kinds.contains(&kind));
    against.places.all().filter(move |&(_, kind)| read(kind)).map(|(name, _)| name)
}

/// A period that is not simulated, however long the simulation.
fn other_years(
    source: &SourceFile,
    row: &ObservedRow,
    against: &Against<'_>,
    metric: Option<&MetricPlaces>,
) -> Option<Problem> {
    let (since, year) = row.years?;
    let years = against.years.as_ref()?;
    // Of all but a flow, only the end of the period is compared.
    let since = if metric.is_some_and(|metric| metric.is_flow) { since } else { year };
    let outside = [since, year].into_iter().find(|year| !years.contains(year))?;
    let (first, last) = (years.start(), years.end());
    let message = format!("{outside} is not among the scenario's years");
    let problem = source.problem(row.period.span.clone(), message);
    let problem = problem.expected(format!("expected a year from {first} to {last}"));
    Some(problem.help(if outside > *last {
        "take the row out, or simulate on with a later `last_year` in scenario.toml"
    } else {
        "take the row out: nothing before `first_year` of scenario.toml is simulated"
    }))
}

/// A value that the metric cannot have by its meaning.
fn impossible(
    source: &SourceFile,
    row: &ObservedRow,
    metric: Option<&MetricPlaces>,
) -> Option<Problem> {
    let ((least, most), value) = (metric?.bounds, row.observation.as_ref()?.value);
    if (least..=most).contains(&value) {
        return None;
    }
    let message = format!("`{}` cannot be {value}", metric?.name);
    let problem = source.problem(row.value.span.clone(), message);
    Some(if most.is_finite() {
        let problem = problem.expected(format!("expected a number from {least} to {most}"));
        if value <= 100.0 && value > most {
            problem.help(format!("write a share instead of a percentage: {}", value / 100.0))
        } else {
            problem
        }
    } else {
        problem.expected(format!("expected a number from {least}"))
    })
}

/// A value, or a tolerance, that is larger than anything of its unit in the country, and why.
fn too_large(
    source: &SourceFile,
    row: &ObservedRow,
    metric: Option<&MetricPlaces>,
) -> Option<Problem> {
    let (metric, observation) = (metric?, row.observation.as_ref()?);
    let (most, why) = match metric.unit.split('/').next().unwrap_or_default() {
        money if is_money(money) => {
            (source.bounds(0.0, 1e10, money).1, "it is more than any city earns in a year")
        }
        "m2" => (1e9, "it is more than the land of a large city"),
        "persons" => (1e7, "no city has so many people in startups and institutes"),
        "1" => (1e4, "no share or ratio is so large"),
        _ => (1e6, "it is more than there are companies in most countries"),
    };
    let written = [
        (&row.value, observation.value, "value"),
        (&row.tolerance, observation.tolerance, "tolerance"),
    ];
    let (cell, found, what) = written.into_iter().find(|(_, found, _)| found.abs() > most)?;
    let message = format!("a {what} of {found:e} is too large for `{}`", metric.name);
    let problem = source.problem(cell.span.clone(), message);
    Some(problem.expected(format!("expected at most {most} [{}]", metric.unit)).help(why))
}

/// More tenants than a facility can have by far: a slip of a digit.
fn too_many_tenants(
    source: &SourceFile,
    row: &ObservedRow,
    against: &Against<'_>,
) -> Option<Problem> {
    const TENANTS: &str = "tenants";
    let (observation, policy) = (row.observation.as_ref()?, against.happened.as_ref()?.policy);
    let mut facilities = policy.plan.facilities.iter();
    let facility = facilities.find(|facility| facility.common.name == observation.place)?;
    let (places, found) = (facility.places.largest(), observation.value);
    if observation.metric != TENANTS || found <= 2.0 * f64::from(places) {
        return None;
    }
    let name = &facility.common.name;
    let message = format!("`{name}` cannot have {found} tenants");
    let problem = source.problem(row.value.span.clone(), message);
    let problem = problem.expected(format!("expected at most {}", 2 * u64::from(places)));
    let policy = &policy.name;
    Some(problem.help(format!(
        "it has {places} places at most under the actual policy `{policy}`; up to twice as many \
         tenants may have been counted"
    )))
}

/// The metric, place and period of a figure.
type Given<'r> = (&'r str, &'r str, u16, u16, Option<u8>);

/// A figure of the same metric, place and period as one before.
fn second_time<'r>(
    source: &SourceFile,
    row: &'r ObservedRow,
    metric: Option<&MetricPlaces>,
    given: &mut BTreeMap<Given<'r>, usize>,
) -> Option<Problem> {
    let (since, year) = row.years?;
    // Of all but a flow, only the end of the period is compared: 2018-2020 is 2020.
    let since = if metric.is_none_or(|metric| metric.is_flow) { since } else { year };
    let (metric, place) = (row.metric.text.trim(), row.place.text.trim());
    let problem = source.problem(row.metric.span.clone(), "").expected("a second time");
    let line = problem.position.as_ref()?.line;
    let first = given.insert((metric, place, since, year, row.month), line)?;
    given.insert((metric, place, since, year, row.month), first);
    let message = format!(
        "`{}` at `{}` in {} is given twice, in line {first} and in line {line}",
        shortened(metric),
        shortened(place),
        shortened(row.period.text.trim()),
    );
    let help = "keep one of the two rows, with a tolerance that covers what both sources say";
    Some(Problem { message, ..problem }.help(help))
}

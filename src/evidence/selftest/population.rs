//! Cases of firms: how many there are, how long they live, how they grow.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::analysis::layout::Table;
use crate::analysis::statistics::Moments;
use crate::analysis::study::Study;
use crate::evidence::selftest::bench::Bench;
use crate::evidence::selftest::bench::BenchSetting;
use crate::evidence::selftest::line::Line;
use crate::evidence::selftest::line::SelfTestError;
use crate::model::id::FirmId;
use crate::model::ledger::event::Entity;
use crate::model::ledger::event::Entry;
use crate::model::ledger::event::EventKind;
use crate::random::math;
use crate::time::DAYS;
use crate::time::Date;

/// Arrivals a year.
const RATE: f64 = 40.0;
/// Exits a firm and year: the value of every `exit_age_…` in the built-in scenario.
const HAZARD: f64 = 0.1;

/// Firms in an empty city are Poisson with mean and variance λ/h (1 − e^(−ht)).
pub(super) fn poisson(bench: &Bench<'_>) -> Result<Vec<Line>, SelfTestError> {
    let setting = BenchSetting { set: &[("founder_rate", RATE)], district: "", until: 2027 };
    let study = bench.study(&setting, &["baseline"])?;
    let firms = bench.replications(&study, 0, &[(Table::Metric, "firms", "city")])?;
    let mut lines = Vec::new();
    for years in [1_usize, 5, 10] {
        let exact = RATE / HAZARD * -math::exp_m1(-HAZARD * years as f64);
        let counts: Vec<f64> = firms[0].iter().map(|replication| replication[years - 1]).collect();
        let moments = Moments::of(&counts);
        let n = counts.len() as f64;
        let (mean, variance) = (or_nan(moments.mean()), or_nan(moments.variance()));
        lines.push(Line::by_chance(
            format!("mean number of firms after {years} years"),
            exact,
            mean,
            (exact / n).sqrt(),
        ));
        // The variance of the sample variance of a Poisson variable.
        let error = ((2.0 * exact * exact * n / (n - 1.0) + exact) / n).sqrt();
        lines.push(Line::by_chance(
            format!("variance of the number of firms after {years} years"),
            exact,
            variance,
            error,
        ));
    }
    Ok(lines)
}

/// The share of newborn firms that live for k years is e^(−hk).
pub(super) fn survival(bench: &Bench<'_>) -> Result<Vec<Line>, SelfTestError> {
    const LONGEST: u16 = 5;
    let setting = BenchSetting { set: &[("founder_rate", RATE)], district: "", until: 2027 };
    let study = bench.study(&setting, &["baseline"])?;
    let lives = bench.each(|replication, _| {
        Ok(lives(&study.events(0, replication)?, study.setup().last_year - LONGEST))
    })?;
    let ages: Vec<Option<i64>> = lives.into_iter().flatten().collect();
    let born = ages.len() as f64;
    let shares = [1_u16, 3, LONGEST].map(|years| {
        let days = i64::from(years) * i64::from(DAYS);
        let alive = ages.iter().filter(|life| life.is_none_or(|life| life >= days)).count();
        let exact = math::exp(-HAZARD * f64::from(years));
        let error = (exact * (1.0 - exact) / born).sqrt();
        let share = alive as f64 / born;
        Line::by_chance(
            format!("share of firms alive after {years} × 365 days"),
            exact,
            share,
            error,
        )
    });
    Ok(shares.into())
}

/// The days that each firm founded up to a year has lived; `None` for those that live on.
fn lives(events: &[Entry], last_birth: u16) -> Vec<Option<i64>> {
    let mut lives: BTreeMap<FirmId, (i64, Option<i64>)> = BTreeMap::new();
    for event in events {
        let Entity::Firm(firm) = event.entity else { continue };
        let day = Date { year: event.year, day: event.day }.ordinal();
        match event.kind {
            EventKind::Founded if event.year <= last_birth => {
                lives.insert(firm, (day, None));
            }
            EventKind::Failed => {
                if let Some((born, life)) = lives.get_mut(&firm) {
                    *life = Some(day - *born);
                }
            }
            _ => {}
        }
    }
    lives.into_values().map(|(_, life)| life).collect()
}

/// Settings in which nobody fails and nothing grows.
const STILL: [(&str, f64); 9] = [
    ("founder_rate", RATE),
    ("exit_age_1", 0.0),
    ("exit_age_2", 0.0),
    ("exit_age_3", 0.0),
    ("exit_age_4", 0.0),
    ("exit_age_5", 0.0),
    ("exit_age_6", 0.0),
    ("exit_age_7", 0.0),
    ("exit_age_8", 0.0),
];

/// With a fixed team jobs are firms times team to the last one; with a random one in the mean.
pub(super) fn jobs(bench: &Bench<'_>) -> Result<Vec<Line>, SelfTestError> {
    const YEARS: u16 = 10;
    let until = 2017 + YEARS;
    let wanted = [(Table::Metric, "startups", "city"), (Table::Metric, "jobs", "city")];
    let mut fixed = STILL.to_vec();
    fixed.extend([("team_minimum", 3.0), ("team_extra", 0.0)]);
    let setting = BenchSetting { set: &fixed, district: "", until };
    let found = bench.replications(&bench.study(&setting, &["baseline"])?, 0, &wanted)?;
    let (firms, jobs) = (found[0].iter().flatten(), found[1].iter().flatten());
    let furthest =
        firms.zip(jobs).map(|(firms, jobs)| (jobs - 3.0 * firms).abs()).fold(0.0, f64::max);

    let setting = BenchSetting { set: &STILL, district: "", until };
    let found = bench.replications(&bench.study(&setting, &["baseline"])?, 0, &wanted)?;
    let last: Vec<f64> = found[1].iter().filter_map(|years| years.last().copied()).collect();
    let moments = Moments::of(&last);
    // A compound Poisson sum: its variance is the rate times E team².
    let (team, square) = (4.0, 18.0);
    let (exact, variance) = (RATE * f64::from(YEARS) * team, RATE * f64::from(YEARS) * square);
    Ok(vec![
        Line::exactly("largest |jobs − 3 × firms|, teams of 3", 0.0, furthest),
        Line::by_chance(
            format!("mean jobs after {YEARS} years, teams of 2 + Poisson(2)"),
            exact,
            or_nan(moments.mean()),
            (variance / last.len() as f64).sqrt(),
        ),
    ])
}

/// Log growth without any cause is Laplace with scale s, less −ln(1 − s²) so that sizes keep their
/// mean; the scale falls with size as e^(−β).
pub(super) fn growth(bench: &Bench<'_>) -> Result<Vec<Line>, SelfTestError> {
    const SIZE: f64 = 10_000.0;
    const SCALE: f64 = 0.3;
    // Large firms, so that whole people do not show.
    let district = "[[startups]]\narea = \"elsewhere\"\ncount = 100\nage_minimum = 1\n\
                    age_maximum = 5\nheadcount_mean = 10000\nheadcount_spread = 0\n";
    let mut lines = Vec::new();
    for exponent in [0.0, 0.16] {
        let mut set = STILL.to_vec();
        set[0].1 = 0.0;
        set.extend([
            ("growth_spread", SCALE),
            ("growth_spread_exponent", exponent),
            ("specialist_share_all", 0.0),
        ]);
        let study =
            bench.study(&BenchSetting { set: &set, district, until: 2018 }, &["baseline"])?;
        let grown = bench.each(|replication, _| first_growth(&study, replication))?;
        let grown: Vec<f64> = grown.into_iter().flatten().collect();
        let s = SCALE * math::pow(SIZE, -exponent);
        let n = grown.len() as f64;
        let shocks: Vec<f64> = grown.iter().map(|growth| growth - math::ln(1.0 - s * s)).collect();
        let mean = |of: &dyn Fn(f64) -> f64| shocks.iter().map(|&l| of(l)).sum::<f64>() / n;
        let told = |what: &str| format!("{what}, scale {s:.3}");
        let factor: Vec<f64> = grown.iter().map(|&growth| math::exp(growth)).collect();
        let factor = Moments::of(&factor);
        // Moments of a Laplace variable: E|l|^k = k! s^k.
        let root = n.sqrt();
        lines.extend([
            Line::by_chance(told("mean of the shock"), 0.0, mean(&|l| l), 2_f64.sqrt() * s / root),
            Line::by_chance(told("mean of |shock|"), s, mean(&f64::abs), s / root),
            Line::by_chance(
                told("mean of the shock²"),
                2.0 * s * s,
                mean(&|l| l * l),
                20_f64.sqrt() * s * s / root,
            ),
            Line::by_chance(
                told("mean of the shock⁴ over s⁴"),
                24.0,
                mean(&|l| l.powi(4)) / s.powi(4),
                39_744_f64.sqrt() / root,
            ),
            Line::by_chance(
                told("mean factor of growth"),
                1.0,
                or_nan(factor.mean()),
                or_nan(factor.standard_error()),
            ),
        ]);
    }
    Ok(lines)
}

/// The log growth of every startup in the first year.
fn first_growth(
    study: &Study,
    replication: u32,
) -> Result<Vec<f64>, crate::analysis::study::StudyError> {
    let mut grown = Vec::new();
    study.watch(0, replication, false, |year, simulation| {
        if year == study.setup().first_year {
            grown = simulation.world().district().startups().growth().to_vec();
        }
    })?;
    Ok(grown)
}

/// Doubling the rate of founders takes no founder away.
pub(super) fn intensity(bench: &Bench<'_>) -> Result<Vec<Line>, SelfTestError> {
    let founded = |rate: f64| {
        let setting = BenchSetting { set: &[("founder_rate", rate)], district: "", until: 2027 };
        let study = bench.study(&setting, &["baseline"])?;
        bench.each(|replication, _| {
            let events = study.events(0, replication)?;
            let founded = events.iter().filter(|event| event.kind == EventKind::Founded);
            Ok(founded
                .filter_map(|event| match event.entity {
                    Entity::Firm(firm) => Some(firm),
                    _ => None,
                })
                .collect::<BTreeSet<FirmId>>())
        })
    };
    let (few, many) = (founded(RATE)?, founded(2.0 * RATE)?);
    let missing: usize =
        few.iter().zip(&many).map(|(few, many)| few.difference(many).count()).sum();
    let count = |sets: &[BTreeSet<FirmId>]| sets.iter().map(BTreeSet::len).sum::<usize>() as f64;
    let more = count(&many) - count(&few);
    let exact = RATE * 10.0 * few.len() as f64;
    // The further founders of a double rate are a Poisson number with the first rate's mean; drawn
    // by inversion of one uniform their variance is below it, so this error is on the safe side.
    Ok(vec![
        Line::exactly(
            "founders of the rate who are missing at twice the rate",
            0.0,
            missing as f64,
        ),
        Line::by_chance("further founders at twice the rate", exact, more, exact.sqrt()),
    ])
}

/// A statistic that must be there; where it is not, a value that agrees with nothing.
pub(super) fn or_nan(value: Option<f64>) -> f64 {
    value.unwrap_or(f64::NAN)
}

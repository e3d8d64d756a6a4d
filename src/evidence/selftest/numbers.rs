//! Cases of arithmetic: discounting, quantiles, intervals, counts.

use crate::analysis::appraisal::Discounting;
use crate::analysis::layout::Table;
use crate::analysis::statistics::Estimate;
use crate::analysis::statistics::Moments;
use crate::analysis::statistics::quantile;
use crate::analysis::statistics::student::half_width_95;
use crate::evidence::selftest::bench::Bench;
use crate::evidence::selftest::bench::BenchSetting;
use crate::evidence::selftest::line::Line;
use crate::evidence::selftest::line::SelfTestError;
use crate::evidence::selftest::population::or_nan;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::math;

/// A cost of 100 a year from the base year on is an annuity.
pub(super) fn discounting(bench: &Bench<'_>) -> Result<Vec<Line>, SelfTestError> {
    const RATE: f64 = 0.045;
    let annuity = |years: i32| (1.0 + RATE) / RATE * (1.0 - (1.0 + RATE).powi(-years));
    let discounting = Discounting { base_year: 2018, rate: RATE };
    let setting = BenchSetting { set: &[("founder_rate", 4.0)], district: "", until: 2047 };
    let study = bench.study(&setting, &["baseline", "house-that-costs"])?;
    let found = bench.replications(&study, 1, &[(Table::Cash, "operation", "city")])?;
    let value = |replication: &Vec<f64>| -> f64 {
        let years = 2018_u16..;
        replication.iter().zip(years).map(|(cost, year)| cost * discounting.factor(year)).sum()
    };
    let exact = 100.0 * annuity(30);
    let furthest = found[0].iter().map(value).fold(exact, |furthest: f64, value| {
        if (value - exact).abs() > (furthest - exact).abs() { value } else { furthest }
    });
    Ok(vec![
        Line::exactly("money of the base year", 1.0, discounting.factor(2018)),
        Line::within(
            "money of 20 years later",
            0.414_642_859_684_583_6,
            discounting.factor(2038),
            1e-14,
        ),
        Line::within("100 a year for 30 years, simulated", exact, furthest, 1e-8),
    ])
}

/// The statistics that every table rests on.
#[expect(clippy::unnecessary_wraps, reason = "the form of every case")]
pub(super) fn statistics(bench: &Bench<'_>) -> Result<Vec<Line>, SelfTestError> {
    let mut lines = vec![
        // NIST/SEMATECH e-Handbook, 1.3.6.7.2; more digits by the incomplete beta function.
        student(1, 12.706_204_736_174_705),
        student(10, 2.228_138_851_986_275),
        student(200, 1.971_896_223_633_909_4),
    ];
    let whole: Vec<f64> = (0..=100).map(f64::from).collect();
    for p in [0.05, 0.25, 0.5, 0.95] {
        let found = or_nan(quantile(&whole, p));
        lines.push(Line::within(format!("quantile {p} of 0 to 100"), 100.0 * p, found, 1e-12));
    }
    lines.push(coverage(bench));
    lines.extend(counts(bench));
    Ok(lines)
}

fn student(degrees: u64, exact: f64) -> Line {
    let found = or_nan(half_width_95(degrees));
    Line::within(format!("97.5 % point of t with {degrees} degrees"), exact, found, 1e-12)
}

/// Draws of one kind that no case of the model uses.
fn uniform(bench: &Bench<'_>, set: u32, index: u32) -> f64 {
    let key = Key::world(bench.seed, u64::from(set)).entity(u64::from(index));
    key.uniform(0, Purpose::Quality)
}

/// Intervals for the mean of eight normal numbers hold it in 95 of 100 cases.
fn coverage(bench: &Bench<'_>) -> Line {
    let intervals = bench.replications.saturating_mul(10);
    let holds = |&set: &u32| {
        let values: Vec<f64> =
            (0..8).map(|index| distribution::normal(uniform(bench, set, index))).collect();
        Estimate::from_values(&values).is_some_and(|estimate| {
            let ends = estimate.ci_low.zip(estimate.ci_high);
            ends.is_some_and(|(low, high)| low <= 0.0 && 0.0 <= high)
        })
    };
    let n = f64::from(intervals);
    let held = (0..intervals).filter(holds).count() as f64;
    let error = (0.95 * 0.05 / n).sqrt();
    Line::by_chance("coverage of 95 % intervals, eight normals each", 0.95, held / n, error)
}

/// Poisson counts by inversion keep mean and variance, at means where e^(−λ) is no number any more.
fn counts(bench: &Bench<'_>) -> Vec<Line> {
    const MEAN: f64 = 1e6;
    let n = bench.replications.saturating_mul(10);
    let draw = |index: u32| distribution::poisson(uniform(bench, u32::MAX, index), MEAN) as f64;
    let draws: Vec<f64> = (0..n).map(draw).collect();
    let (moments, n) = (Moments::of(&draws), f64::from(n));
    let third: f64 = draws.iter().map(|x| math::exp(-0.001 * (x - MEAN))).sum::<f64>() / n;
    // E e^(−a(X − λ)) = e^(λ(e^(−a) − 1 + a)), and the same at 2a for its variance.
    let moment = |a: f64| math::exp(MEAN * (math::exp_m1(-a) + a));
    let (exact, square) = (moment(0.001), moment(0.002));
    vec![
        Line::by_chance(
            "mean of Poisson counts of 10^6",
            MEAN,
            or_nan(moments.mean()),
            (MEAN / n).sqrt(),
        ),
        Line::by_chance(
            "variance of Poisson counts of 10^6",
            MEAN,
            or_nan(moments.variance()),
            MEAN * (2.0 / n).sqrt(),
        ),
        Line::by_chance(
            "exponential moment of Poisson counts of 10^6",
            exact,
            third,
            ((square - exact * exact) / n).sqrt(),
        ),
    ]
}

//! Cases of markets: the investment climate, the matching of specialists, capital.

use crate::analysis::layout::Table;
use crate::analysis::statistics::Moments;
use crate::analysis::statistics::moments::covariance;
use crate::evidence::selftest::bench::Bench;
use crate::evidence::selftest::bench::BenchSetting;
use crate::evidence::selftest::line::Line;
use crate::evidence::selftest::line::SelfTestError;
use crate::evidence::selftest::nothing::BUSY;
use crate::evidence::selftest::population::or_nan;
use crate::experiment::uncertainty::Uncertainty;
use crate::model::chance::Chance;
use crate::model::phases::investment::invested;
use crate::model::phases::jobs::matches;
use crate::model::setup::Setup;
use crate::random::math;

const LAST_YEAR: u16 = 2027;

/// Log climates of two neighbouring years far from the start, one pair a replication; every replication
/// has its own draws.
fn climates(bench: &Bench<'_>, spread: f64) -> Result<(Vec<f64>, Vec<f64>), SelfTestError> {
    let setting =
        BenchSetting { set: &[("climate_spread", spread)], district: "", until: LAST_YEAR };
    let scenario = bench.scenario(&setting)?;
    let uncertainty = Uncertainty::of(&scenario);
    let setup = Setup { seed: bench.seed, ..Setup::new(&scenario) };
    let pairs = (0..bench.replications.saturating_mul(10)).filter_map(|replication| {
        let theta = uncertainty.parameters(replication)?;
        let chance = Chance::draw(&setup, replication, &theta);
        Some((chance.log_climate(LAST_YEAR - 1), chance.log_climate(LAST_YEAR)))
    });
    Ok(pairs.unzip())
}

/// ln m is normal and stationary with variance s² = σ²/(1 − φ²) and mean −s²/2.
pub(super) fn climate(bench: &Bench<'_>) -> Result<Vec<Line>, SelfTestError> {
    const PERSISTENCE: f64 = 0.6;
    const SPREAD: f64 = 0.25;
    let (before, last) = climates(bench, SPREAD)?;
    let n = last.len() as f64;
    let index: Vec<f64> = last.iter().map(|&log| math::exp(log)).collect();
    let index = Moments::of(&index);
    let (logs, earlier) = (Moments::of(&last), Moments::of(&before));
    let variance = SPREAD * SPREAD / (1.0 - PERSISTENCE * PERSISTENCE);
    let spreads = or_nan(logs.standard_deviation()) * or_nan(earlier.standard_deviation());
    let correlation = or_nan(covariance(&before, &last)) / spreads;
    let (_, calm) = climates(bench, 0.0)?;
    let furthest = calm.iter().map(|log| log.abs()).fold(0.0, f64::max);
    Ok(vec![
        Line::by_chance(
            "mean of the climate",
            1.0,
            or_nan(index.mean()),
            or_nan(index.standard_error()),
        ),
        Line::by_chance(
            "variance of the log climate",
            variance,
            or_nan(logs.variance()),
            variance * (2.0 / (n - 1.0)).sqrt(),
        ),
        Line::by_chance(
            "correlation of the log climate with last year's",
            PERSISTENCE,
            correlation,
            (1.0 - PERSISTENCE * PERSISTENCE) / n.sqrt(),
        ),
        Line::exactly("largest |log climate| without spread", 0.0, furthest),
        Line::exactly("values that a climate without spread moves", 0.0, calm_moves(bench)?),
    ])
}

/// How many numbers of a busy city change with how strongly founders answer to the climate, when
/// the climate has no spread.
fn calm_moves(bench: &Bench<'_>) -> Result<f64, SelfTestError> {
    let wanted = [
        (Table::Metric, "founders", "city"),
        (Table::Metric, "jobs", "city"),
        (Table::Metric, "failures", "city"),
        (Table::Metric, "investment", "city"),
    ];
    let with = |answer: f64| {
        let mut set = BUSY.to_vec();
        set.retain(|(name, _)| !name.contains("climate"));
        set.extend([
            ("climate_spread", 0.0),
            ("founder_climate_elasticity", answer),
            ("exit_climate", answer),
        ]);
        let setting = BenchSetting { set: &set, district: "", until: LAST_YEAR };
        bench.replications(&bench.study(&setting, &["baseline"])?, 0, &wanted)
    };
    let (one, other) = (with(0.0)?, with(2.0)?);
    let pairs = one.iter().flatten().flatten().zip(other.iter().flatten().flatten());
    Ok(pairs.filter(|(a, b)| a.to_bits() != b.to_bits()).count() as f64)
}

/// M = U V / (U^ι + V^ι)^(1/ι).
pub(super) fn matching(bench: &Bench<'_>) -> Result<Vec<Line>, SelfTestError> {
    let sizes = [0.0, 0.5, 1.0, 7.0, 120.0, 1e4, 1e9];
    let mut above = 0_u32;
    for exponent in [0.1, 0.5, 1.0, 1.27, 2.0, 4.0, 20.0] {
        for seekers in sizes {
            for vacancies in sizes {
                let hires = matches(seekers, vacancies, exponent);
                above += u32::from(hires > seekers.min(vacancies) || hires < 0.0);
            }
        }
    }
    let (seekers, vacancies) = (300.0, 200.0);
    let harmonic = seekers * vacancies / (seekers + vacancies);
    let setting = BenchSetting { set: &BUSY, district: "", until: LAST_YEAR };
    let wanted = [(Table::Metric, "hires", "city"), (Table::Metric, "unfilled_posts", "city")];
    let found = bench.replications(&bench.study(&setting, &["baseline"])?, 0, &wanted)?;
    let hired: f64 = found[0].iter().flatten().sum();
    let negative = found.iter().flatten().flatten().filter(|&&value| value < 0.0).count();
    Ok(vec![
        Line::exactly("hires above either side, or below 0, of 343", 0.0, f64::from(above)),
        Line::within(
            "hires of 300 and 200, exponent 1",
            harmonic,
            matches(300.0, 200.0, 1.0),
            1e-9,
        ),
        Line::within("hires of 300 and 200, exponent 20", 200.0, matches(300.0, 200.0, 20.0), 0.01),
        Line::within(
            "hires of 100 and 100, exponent 2",
            100.0 / 2_f64.sqrt(),
            matches(100.0, 100.0, 2.0),
            1e-9,
        ),
        Line::exactly("hires without seekers", 0.0, matches(0.0, 200.0, 2.0)),
        Line::exactly(
            "replications of a busy city with negative hires or unfilled posts, or none hired",
            0.0,
            negative as f64 + f64::from(u8::from(hired == 0.0)),
        ),
    ])
}

/// I = (D^(−κ) + K^(−κ))^(−1/κ).
pub(super) fn capital(bench: &Bench<'_>) -> Result<Vec<Line>, SelfTestError> {
    let mut unlimited = BUSY.to_vec();
    unlimited.push(("capital_supply", 1e15));
    let setting = BenchSetting { set: &unlimited, district: "", until: LAST_YEAR };
    let wanted = [(Table::Metric, "investment", "city"), (Table::Metric, "capital_demand", "city")];
    let found = bench.replications(&bench.study(&setting, &["baseline"])?, 0, &wanted)?;
    let pairs = found[0].iter().flatten().zip(found[1].iter().flatten());
    let furthest = pairs.map(|(invested, wanted)| (invested - wanted).abs()).fold(0.0, f64::max);
    let total: f64 = found[0].iter().flatten().sum();
    Ok(vec![
        Line::exactly("largest |invested − demanded| with unlimited capital", 0.0, furthest),
        Line::exactly(
            "replications in which nobody demands any",
            0.0,
            f64::from(u8::from(total == 0.0)),
        ),
        Line::within(
            "invested of 100 demanded and 100 offered, exponent 4",
            100.0 * math::pow(2.0, -0.25),
            invested(100.0, 100.0, 4.0),
            1e-9,
        ),
        Line::exactly("invested of 100 demanded and none offered", 0.0, invested(100.0, 0.0, 4.0)),
        Line::exactly(
            "invested of 100 demanded, offered without limit",
            100.0,
            invested(100.0, f64::INFINITY, 4.0),
        ),
    ])
}

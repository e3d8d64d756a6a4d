//! A first-come house is a loss system.

use crate::analysis::layout::Table;
use crate::analysis::statistics::Moments;
use crate::evidence::selftest::bench::Bench;
use crate::evidence::selftest::bench::BenchSetting;
use crate::evidence::selftest::line::Line;
use crate::evidence::selftest::line::SelfTestError;
use crate::evidence::selftest::population::or_nan;

/// Applicants a year.
const RATE: f64 = 4.0;

/// Houses: policy, places, tenancy `[years]`, in whole days.
const HOUSES: [(&str, u32, f64); 3] =
    [("one-place", 1, 0.6), ("five-places", 5, 1.0), ("twenty-places", 20, 4.4)];

/// Years before the count begins: two of the longest tenancies and more.
const WARM_UP: usize = 12;

/// The share turned away, whatever the distribution of tenancies.
pub(super) fn erlang(bench: &Bench<'_>) -> Result<Vec<Line>, SelfTestError> {
    // Everybody applies, nobody leaves early or comes back; firms go when they are past any tenancy.
    let set = [
        ("founder_rate", RATE),
        ("facility_awareness", 1.0),
        ("facility_value", 20.0),
        ("facility_leave_rate", 0.0),
        ("exit_age_1", 0.0),
        ("exit_age_2", 0.0),
        ("exit_age_3", 0.0),
        ("exit_age_4", 0.0),
        ("exit_age_5", 0.0),
        ("exit_age_6", 0.0),
        ("exit_age_7", 0.0),
        ("exit_age_8", 10.0),
    ];
    let setting = BenchSetting { set: &set, district: "", until: 2067 };
    let mut lines = Vec::new();
    for (policy, places, tenancy) in HOUSES {
        let study = bench.study(&setting, &["baseline", policy])?;
        let wanted =
            [(Table::Metric, "refusals", "house"), (Table::Metric, "applications", "house")];
        let found = bench.replications(&study, 1, &wanted)?;
        let total = |of: &[Vec<f64>]| -> Vec<f64> {
            of.iter().map(|years| years[WARM_UP..].iter().sum()).collect()
        };
        let (refused, applied) = (total(&found[0]), total(&found[1]));
        let mean = |of: &[f64]| or_nan(Moments::of(of).mean());
        let share = mean(&refused) / mean(&applied);
        // The error of a ratio is that of what it leaves of the numerator (delta method).
        let rest: Vec<f64> = refused.iter().zip(&applied).map(|(a, b)| a - share * b).collect();
        lines.push(Line::by_chance(
            format!("share refused by {places} places at a load of {}", RATE * tenancy),
            erlang_b(places, RATE * tenancy),
            share,
            or_nan(Moments::of(&rest).standard_error()) / mean(&applied),
        ));
    }
    Ok(lines)
}

/// Erlang's formula B: the share of arrivals that find all places taken.
///
/// # Formula
///
/// ```text
/// B(0) = 1,  B(c) = a B(c−1) / (c + a B(c−1))
/// ```
#[must_use]
pub(super) fn erlang_b(places: u32, load: f64) -> f64 {
    (1..=places).fold(1.0, |lost, place| load * lost / (f64::from(place) + load * lost))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published tables: 4 Erlangs on 5 lines lose 19.91 %, 18 on 20 lose 10.92 %, 1 on 1 a half.
    #[test]
    fn the_formula_gives_what_tables_print() {
        for (places, load, lost) in [(5, 4.0, 0.199_067), (20, 18.0, 0.109_213), (1, 1.0, 0.5)] {
            assert!((erlang_b(places, load) - lost).abs() < 5e-7);
        }
    }
}

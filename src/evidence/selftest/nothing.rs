//! Cases in which nothing may differ, to the last bit.

use crate::analysis::layout::Layout;
use crate::analysis::layout::Table;
use crate::evidence::selftest::bench::Bench;
use crate::evidence::selftest::bench::BenchSetting;
use crate::evidence::selftest::line::Line;
use crate::evidence::selftest::line::SelfTestError;

/// A city in which everything moves: firms fail, grow, move, raise money and compete for people.
pub(super) const BUSY: [(&str, f64); 11] = [
    ("founder_rate", 40.0),
    ("growth_base", 0.03),
    ("growth_spread", 0.3),
    ("relocation_rate", 0.1),
    ("climate_spread", 0.25),
    ("founder_climate_elasticity", 0.5),
    ("pool_inflow", 40.0),
    ("quit_rate", 0.1),
    ("facility_awareness", 0.5),
    ("listing_rate", 0.03),
    ("acquisition_rate", 0.02),
];

const SETTING: BenchSetting<'_> = BenchSetting { set: &BUSY, district: "", until: 2027 };

/// How many values of two policies differ, over all series that `counts`.
fn differences(
    bench: &Bench<'_>,
    policies: [&str; 2],
    counts: impl Fn(&Layout, usize) -> bool + Sync,
) -> Result<f64, SelfTestError> {
    let study = bench.study(&SETTING, &policies)?;
    let layouts = study.layouts();
    let years = layouts[0].years.len();
    let found = bench.each(|replication, workspace| {
        let values = study.replicate(replication, workspace)?;
        let mut differ = 0_usize;
        for (series, spec) in layouts[0].series.iter().enumerate() {
            let other = layouts[1].position(spec.table, spec.name, &spec.place);
            let Some(other) = other.filter(|_| counts(&layouts[0], series)) else { continue };
            let here = &values[0][series * years..(series + 1) * years];
            let there = &values[1][other * years..(other + 1) * years];
            differ += here.iter().zip(there).filter(|(a, b)| a.to_bits() != b.to_bits()).count();
        }
        Ok(differ)
    })?;
    Ok(found.into_iter().sum::<usize>() as f64)
}

/// The same levers under two names.
pub(super) fn equal_policies(bench: &Bench<'_>) -> Result<Vec<Line>, SelfTestError> {
    let differ = differences(bench, ["five-places", "twin"], |_, _| true)?;
    Ok(vec![Line::exactly("values that differ between twins, all series", 0.0, differ)])
}

/// Levers that have nothing to give. A house without places has applications and refusals of its
/// own, a fund and homes have none; all else of the city must be as it was.
pub(super) fn empty_levers(bench: &Bench<'_>) -> Result<Vec<Line>, SelfTestError> {
    let of_city = |layout: &Layout, series: usize| {
        let series = &layout.series[series];
        series.table == Table::Metric && !matches!(series.name, "applications" | "refusals")
    };
    ["fund-without-money", "no-places", "no-homes"]
        .into_iter()
        .map(|policy| {
            let differ = differences(bench, ["baseline", policy], of_city)?;
            Ok(Line::exactly(format!("values that `{policy}` changes"), 0.0, differ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::experiment::batch::Workers;

    /// The comparison can see a difference: levers that do have something to give show.
    #[test]
    fn levers_with_something_to_give_do_change_values() {
        let stop = AtomicBool::new(false);
        let workers = Workers::start(NonZeroUsize::new(1), &stop).unwrap();
        let bench = Bench { workers: &workers, seed: 1, replications: 3, set: Vec::new() };
        for policy in ["fund", "five-places", "homes"] {
            let differ = differences(&bench, ["baseline", policy], |layout, series| {
                layout.series[series].table == Table::Metric
            });
            assert!(differ.unwrap() > 0.0, "{policy}");
        }
    }
}

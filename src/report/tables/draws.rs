//! `draws.csv`: the parameter values that each replication uses under every policy.

use std::ops::Range;

use crate::analysis::decision::MOST_LISTED;
use crate::experiment::uncertainty::Uncertainty;
use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;
use crate::scenario::Scenario;

table! {
    /// The value of one parameter in one replication.
    pub ParameterDraw in "draws.csv", None => {
        replication: u32 = column("", "", "Number of the replication, from 0", "반복 번호(0부터)");
        parameter: &'a str = column("", "매개변수", "Parameter that varies over replications", "반복마다 달라지는 매개변수");
        unit: &'a str = column("", "단위", "Unit of the parameter", "매개변수의 단위");
        varies: &'a str = column("", "", "How it varies: uniform, triangular, normal or lognormal as the scenario states it, or posterior: a draw given the record, together with the other free parameters", "변동 방식: 시나리오의 분포(uniform, triangular, normal, lognormal) 또는 관측 자료에 따른 사후 표본(posterior)");
        value: f64 = column("unit", "값", "Value in this replication under every policy, before changes of a policy", "해당 반복의 값(정책별 변경 전)");
    }
}

/// Writes the table for the first [`MOST_LISTED`] replications; without a row where no parameter varies.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write(
    to: Target<'_>,
    scenario: &Scenario,
    replications: Range<u32>,
) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<ParameterDraw<'_>>::create(to)?;
    let uncertainty = Uncertainty::of(scenario);
    let learned = scenario.posterior.as_ref().map_or(&[][..], |posterior| posterior.parameters());
    let varying: Vec<usize> =
        (0..scenario.parameters.len()).filter(|&place| uncertainty.varies(place)).collect();
    for replication in replications.take(MOST_LISTED as usize) {
        let values = uncertainty.values(replication);
        for &place in &varying {
            let spec = &scenario.register[place];
            let is_learned = learned.contains(&place);
            let stated = scenario.parameters[place].distribution.name();
            table.row(&ParameterDraw {
                replication,
                parameter: &spec.name,
                unit: spec.unit,
                varies: if is_learned { "posterior" } else { stated },
                value: values[place],
            })?;
        }
    }
    table.complete()
}

//! `outcomes.csv`: what a decision among the policies rests on, replication by replication.

use crate::analysis::appraisal::Discounting;
use crate::analysis::decision::MOST_LISTED;
use crate::analysis::decision::outcome::Outcome;
use crate::analysis::results::Results;
use crate::experiment::block::BlockError;
use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;

table! {
    /// One outcome of one policy in one replication.
    pub PolicyOutcome in "outcomes.csv", None => {
        policy: &'a str = POLICY;
        replication: u32 = column("", "", "Number of the replication, from 0; the same number shares all draws between policies", "반복 번호(0부터, 정책 간 동일 난수)");
        outcome: &'a str = column("", "", "public_cost_pv, fiscal_npv, economic_npv: present values over the baseline; job_years, net_jobs: net jobs of the city over the baseline, summed over the years and discounted before displacement in product markets, and in the last year after it; METRIC@PLACE@YEAR: the value of a metric", "기준 정책 대비 현재가치(public_cost_pv, fiscal_npv, economic_npv), 시 순일자리의 할인 합계(제품시장 대체 전)와 마지막 해 값(대체 후)(job_years, net_jobs), 또는 지표@장소@연도의 값");
        unit: &'a str = column("", "단위", "Unit of the outcome", "결과의 단위");
        value: f64 = column("unit", "값", "The outcome in this replication", "해당 반복의 값");
    }
}

/// Why the table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum OutcomesError {
    /// The table cannot be written.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The values cannot be read.
    #[error(transparent)]
    Block(#[from] BlockError),
}

/// Writes the table for the first [`MOST_LISTED`] replications, one policy in memory at a time.
///
/// # Errors
///
/// Fails if values cannot be read, or the disk does not take the table.
pub fn write(
    to: Target<'_>,
    results: &Results<'_>,
    outcomes: &[Outcome],
    discounting: Discounting,
) -> Result<CompleteTable, OutcomesError> {
    let mut table = TableWriter::<PolicyOutcome<'_>>::create(to)?;
    let names: Vec<String> = outcomes.iter().map(ToString::to_string).collect();
    for (policy, layout) in results.layouts.iter().enumerate() {
        let mut columns = Vec::new();
        for (outcome, name) in outcomes.iter().zip(&names) {
            let values = outcome.read(results, policy, discounting)?;
            columns.extend(values.map(|values| (name, outcome.unit(results.layouts), values)));
        }
        let listed = results.archive.replications().take(MOST_LISTED as usize);
        for (place, replication) in listed.enumerate() {
            for (outcome, unit, values) in &columns {
                let (policy, value) = (&layout.policy, values[place]);
                table.row(&PolicyOutcome { policy, replication, outcome, unit, value })?;
            }
        }
    }
    Ok(table.complete()?)
}

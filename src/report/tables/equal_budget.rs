//! `equal_budget.csv`: how much larger or smaller each policy was made so that all cost the same.

use crate::analysis::equal_budget::EqualBudget;
use crate::analysis::study::PILOT;
use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;

table! {
    /// How a policy was scaled to the common cost.
    pub BudgetedPolicy in "equal_budget.csv", Some(Sheet {
        en: "equal budget",
        ko: "동일 예산",
        about_en: "How each policy was scaled to the same cost",
        about_ko: "같은 비용으로 맞춘 정책 규모",
    }) => {
        policy: &'a str = POLICY;
        reference: &'a str = column("", "예산 기준 정책", "Policy whose cost is the budget: the first after the baseline in the scenario's order", "예산의 기준이 되는 정책");
        unit: &'a str = column("", "단위", "Unit of budget and costs", "예산과 비용의 단위");
        budget: f64 = column("unit", "예산", "What each policy shall cost: present value of public cost over the baseline's, mean over the pilot", "목표 비용(기준 정책 대비 공공 비용의 현재가치)");
        factor: f64 = column("1", "규모 배수", "Factor on the sizes of the policy's levers, measured from the baseline's sizes; 1 is the policy as written", "정책 수단 규모의 배수(1은 원안)");
        cost_before: f64 = column("unit", "조정 전 비용", "Cost of the policy as written, mean over the pilot", "조정 전 비용");
        cost_before_se: f64 = column("unit", "", "Standard error of the cost before", "조정 전 비용의 표준오차");
        cost_after: f64 = column("unit", "조정 후 비용", "Cost that whole places, persons and homes have reached, mean over the pilot", "조정 후 비용");
        cost_after_se: f64 = column("unit", "", "Standard error of the cost after", "조정 후 비용의 표준오차");
        pilot_first: u32 = column("1", "", "First replication of the pilot; no run has it", "예비 실행의 첫 반복 번호");
        pilot_replications: usize = column("1", "", "Replications of the pilot", "예비 실행의 반복 수");
        without_size: &'a str = column("", "", "Levers of the policy that have no size to scale", "규모를 조정할 수 없는 수단");
        note: &'a str = column("", "비고", "Remark, such as why a policy was not scaled", "비고");
    }
}

/// Writes the table.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write(to: Target<'_>, budget: &EqualBudget) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<BudgetedPolicy<'_>>::create(to)?;
    for policy in &budget.policies {
        table.row(&BudgetedPolicy {
            policy: &policy.policy,
            reference: &budget.reference,
            unit: "{money}",
            budget: budget.budget,
            factor: policy.factor,
            cost_before: policy.before.mean,
            cost_before_se: policy.before.se,
            cost_after: policy.after.mean,
            cost_after_se: policy.after.se,
            pilot_first: PILOT.start,
            pilot_replications: PILOT.len(),
            without_size: &policy.without_size.join("; "),
            note: &policy.note,
        })?;
    }
    table.complete()
}

//! `appraisal/bridge.csv`: why the scenario's own accounts and the rule set come to different values.

use crate::analysis::appraisal::appraised::Statement;
use crate::analysis::appraisal::terms::Won;
use crate::report::tables::row::table;
use crate::report::tables::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::text::dialect::Target;

table! {
    /// A step from the scenario's own accounts of a policy to its appraisal by the rule set.
    pub AppraisalBridge in "appraisal/bridge.csv", Some(Sheet {
        en: "appraisal bridge",
        ko: "자체 계정 대조",
        about_en: "Appraisal: from economic_net_present_value of the own accounts to economic_npv of the rule set, step by step; the rows add up to the last",
        about_ko: "경제성 평가: 자체 계정의 순현재가치에서 적용 규정의 순현재가치까지 단계별 차이(마지막 행은 앞 행들의 합)",
    }) => {
        policy: &'a str = POLICY;
        baseline: &'a str = BASELINE;
        step: &'a str = column("", "단계", "own_accounts, what each difference between own accounts and rule set adds, and rule_set, the sum", "단계(own_accounts, 차이별 증감, 합계인 rule_set)");
        costs: f64 = column("{money}", "비용", "What the step adds to the present value of costs", "비용 현재가치의 증감");
        benefits: f64 = column("{money}", "편익", "What the step adds to the present value of benefits", "편익 현재가치의 증감");
        npv: f64 = column("{money}", "순현재가치", "benefits - costs", "순현재가치(편익 - 비용)");
        meaning_en: &'a str = column("", "설명(영문)", "What it means, English", "설명(영문)");
        meaning_ko: &'a str = column("", "설명", "What it means, Korean", "설명(국문)");
    }
}

/// Writes the table.
pub(super) fn write(
    to: Target<'_>,
    statements: &[Statement<'_>],
) -> Result<CompleteTable, TableError> {
    let rows = statements.iter().flat_map(|statement| {
        statement.bridge.iter().map(|&(&(step, meaning_en, meaning_ko), [costs, benefits])| {
            let [costs, benefits, npv] = [costs, benefits, benefits - costs].map(Won::millions);
            let (policy, baseline) = (statement.policy, statement.baseline);
            AppraisalBridge { policy, baseline, step, costs, benefits, npv, meaning_en, meaning_ko }
        })
    });
    table::write::<AppraisalBridge<'_>>(to, rows)
}

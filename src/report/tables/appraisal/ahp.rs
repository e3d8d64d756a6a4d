//! `appraisal/ahp.csv`: the sheet of the analytic hierarchy process, its judgements left to be filled in.

use crate::analysis::appraisal::appraised::Statement;
use crate::analysis::appraisal::flow::Flow;
use crate::model::ledger::cash::CashItem;
use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;
use crate::scenario::appraisal::Weights;

table! {
    /// A criterion of the analytic hierarchy process for one policy.
    pub Criterion in "appraisal/ahp.csv", Some(Sheet {
        en: "AHP",
        ko: "종합평가(AHP)",
        about_en: "Appraisal: permitted weights of the analytic hierarchy process in the cases that a policy may fall under, with construction or without; region, weights and scores are left to the appraiser",
        about_ko: "경제성 평가: 정책에 해당할 수 있는 유형(건설 여부별)의 계층화분석(AHP) 허용 가중치, 지역 구분·가중치·평점은 평가자가 기입",
    }) => {
        policy: &'a str = POLICY;
        baseline: &'a str = BASELINE;
        case_en: &'a str = column("", "유형(영문)", "For which projects, English", "사업 유형(영문)");
        case_ko: &'a str = column("", "유형", "For which projects, Korean", "사업 유형(국문)");
        criterion: &'a str = column("", "평가 항목", "Criterion: economy, policy, balance, technology", "평가 항목(경제성, 정책성, 지역균형, 기술성)");
        criterion_ko: &'a str = column("", "평가 항목(국문)", "Criterion, Korean", "평가 항목(국문)");
        weight_low: Option<f64> = column("%", "가중치 하한", "The least weight that is permitted; empty: the rule set has none", "허용 가중치 하한");
        weight_high: Option<f64> = column("%", "가중치 상한", "The greatest weight that is permitted", "허용 가중치 상한");
        weight: Option<f64> = column("%", "가중치", "To be filled in", "가중치(기입)");
        score: Option<f64> = column("1", "평점", "To be filled in: for the project, 0 to 1", "사업 시행 평점(기입, 0~1)");
        benefit_cost_ratio: Option<f64> = column("1", "편익비용비", "Of the economy: the benefit-cost ratio of results.csv", "경제성 항목의 편익비용비");
        note: &'a str = column("", "비고", "Remark", "비고");
    }
}

/// What is said where a rule set has no weights.
const NO_WEIGHTS: &str = "the rule set has no weights";

/// A criterion in Korean.
fn korean(criterion: &str) -> &str {
    match criterion {
        "economy" => "경제성",
        "policy" => "정책성",
        "balance" => "지역균형발전",
        "technology" => "기술성",
        other => other,
    }
}

/// Writes the table.
pub(super) fn write(
    to: Target<'_>,
    statements: &[Statement<'_>],
) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<Criterion<'_>>::create(to)?;
    for statement in statements {
        let rules = statement.terms.rules();
        let ratio = statement.outcome("benefit_cost_ratio").and_then(|outcome| outcome.mean);
        let mut row = |case: [&str; 2], criterion: &str, weights: [Option<f64>; 2], note: &str| {
            let is_economy = criterion == "economy";
            table.row(&Criterion {
                policy: statement.policy,
                baseline: statement.baseline,
                case_en: case[0],
                case_ko: case[1],
                criterion,
                criterion_ko: korean(criterion),
                weight_low: weights[0],
                weight_high: weights[1],
                weight: None,
                score: None,
                benefit_cost_ratio: ratio.filter(|_| is_economy),
                note,
            })
        };
        // Who has nothing built has no construction to appraise.
        let is_paid = |flow: &Flow| flow.item.0 == CashItem::Construction && flow.base.0 > 0;
        let builds = statement.flows.iter().any(is_paid);
        let applies = |case: &&Weights| case.construction.is_none_or(|of| of == builds);
        for case in rules.weights.iter().filter(applies) {
            for of in &case.criteria {
                let weights = [of.low, of.high].map(|weight| Some(f64::from(weight)));
                row([&case.case_en, &case.case_ko], &of.name, weights, &rules.pass.what_en)?;
            }
        }
        if rules.weights.is_empty() {
            row(["all", "전체"], "economy", [None; 2], NO_WEIGHTS)?;
        }
    }
    table.complete()
}

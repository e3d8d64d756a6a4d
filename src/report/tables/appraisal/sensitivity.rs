//! `appraisal/sensitivity.csv`: the net present value when an assumption is moved, and how far each may
//! be moved until it is 0.

use crate::analysis::appraisal::appraised::Statement;
use crate::analysis::appraisal::terms::Won;
use crate::report::tables::row::table;
use crate::report::tables::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::spread_columns;
use crate::report::text::dialect::Target;

table! {
    /// The net present value of a policy when one assumption is moved.
    pub AppraisalTest in "appraisal/sensitivity.csv", Some(Sheet {
        en: "appraisal sensitivity",
        ko: "평가 민감도",
        about_en: "Appraisal: net present value when costs, benefits, rate or dates are moved, and switching values",
        about_ko: "경제성 평가: 비용·편익·할인율·시기 변화에 따른 순현재가치와 전환값",
    }) => {
        policy: &'a str = POLICY;
        baseline: &'a str = BASELINE;
        kind: &'a str = column("", "구분", "change: it is moved so far; switching_value: it may be moved so far until the net present value is 0", "change: 변화, switching_value: 순현재가치가 0이 되는 전환값");
        moved: &'a str = column("", "대상", "What is moved: costs, benefits, the discount rate, benefits later by some years, or an assumption of the scenario: opportunity_share, value_added_per_job, marginal_cost_of_public_funds; `meaning_en` says how", "변화 대상(비용, 편익, 할인율, 편익 지연, 시나리오 전제)");
        value: Option<f64> = column("moved", "값", "By how much, in % or years; of a rate, share or cost of public funds to which; empty: there is no such value", "변화량(할인율은 수준), 빈칸: 없음");
        unit: &'a str = column("", "단위", "Unit of the value", "값의 단위");
        npv: Option<f64> = column("{money}", "순현재가치", "Net present value over the period, of the mean flows", "순현재가치(평균 흐름 기준)");
        benefit_cost_ratio: Option<f64> = column("1", "편익비용비", "Benefit-cost ratio over the period; empty where results.csv has none", "편익비용비");
        p05: Option<f64> = column("{money}", "5백분위수", "5th percentile of the net present value over replications", "순현재가치의 5백분위수");
        p50: Option<f64> = column("{money}", "중앙값", "Median", "중앙값");
        p95: Option<f64> = column("{money}", "95백분위수", "95th percentile", "95백분위수");
        probability_negative: Option<f64> = column("1", "음수 확률", "Share of replications whose net present value is below 0, those at 0 counted half", "순현재가치가 0 미만인 반복의 비율(0은 절반)");
        meaning_en: &'a str = column("", "설명(영문)", "What is moved, English", "설명(영문)");
        meaning_ko: &'a str = column("", "설명", "What is moved, Korean", "설명(국문)");
        note: &'a str = column("", "비고", "Remark", "비고");
    }
}

/// Writes the table.
pub(super) fn write(
    to: Target<'_>,
    statements: &[Statement<'_>],
) -> Result<CompleteTable, TableError> {
    let rows = statements.iter().flat_map(|statement| {
        statement.tests.iter().map(move |test| {
            let [p05, p50, p95] = spread_columns(test.spread);
            let (value, unit) = test.moved.value();
            let [meaning_en, meaning_ko] = test.moved.meaning();
            AppraisalTest {
                policy: statement.policy,
                baseline: statement.baseline,
                kind: if test.switching { "switching_value" } else { "change" },
                moved: test.moved.name(),
                value: value.filter(|_| test.exists),
                unit,
                npv: test.npv.map(Won::millions),
                benefit_cost_ratio: test.ratio,
                p05,
                p50,
                p95,
                probability_negative: test.below_zero,
                meaning_en,
                meaning_ko,
                note: test.note,
            }
        })
    });
    table::write::<AppraisalTest<'_>>(to, rows)
}

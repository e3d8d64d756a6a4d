//! `appraisal/results.csv`: net present value, benefit-cost ratio and internal rate of return.

use crate::analysis::appraisal::appraised::Statement;
use crate::analysis::appraisal::flow::Scope;
use crate::analysis::appraisal::outcome;
use crate::analysis::appraisal::outcome::OUTCOMES;
use crate::report::tables::row::table;
use crate::report::tables::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::spread_columns;
use crate::report::text::dialect::Target;

table! {
    /// A result of the appraisal of a policy.
    pub AppraisalResult in "appraisal/results.csv", Some(Sheet {
        en: "appraisal results",
        ko: "경제성 분석 결과",
        about_en: "Appraisal: net present value, benefit-cost ratio and internal rate of return, with and without the years after the simulation",
        about_ko: "경제성 평가: 순현재가치, 편익비용비, 내부수익률(시뮬레이션 이후 연도 포함 및 제외)",
    }) => {
        policy: &'a str = POLICY;
        baseline: &'a str = BASELINE;
        result: &'a str = column("", "결과", "Result; `yangjae explain NAME` says what it is", "결과 항목");
        unit: &'a str = column("", "단위", "Unit of the result", "결과의 단위");
        mean: Option<f64> = column("result", "값", "That of the mean flows: of money the sum of rows of flows.csv, to a millionth; empty where there is none", "평균 흐름 기준 값(금액은 flows.csv 행의 합과 일치)");
        ci_low: Option<f64> = column("result", "95% 구간 하한", "Lower end of the 95 % confidence interval of `mean`; empty: too few replications to tell", "`mean`의 95% 신뢰구간 하한(반복 수가 부족하면 빈칸)");
        ci_high: Option<f64> = column("result", "95% 구간 상한", "Upper end of the 95 % confidence interval", "95% 신뢰구간 상한");
        p05: Option<f64> = column("result", "5백분위수", "5th percentile over the replications, each by its own flows; empty of a ratio or rate that one of them lacks", "5백분위수(비율·수익률이 없는 반복이 있으면 빈칸)");
        p50: Option<f64> = column("result", "중앙값", "Median over the replications", "중앙값");
        p95: Option<f64> = column("result", "95백분위수", "95th percentile over the replications", "95백분위수");
        probability_negative: Option<f64> = column("1", "음수 확률", "Of a net present value: the share of replications in which it is below 0, those at 0 counted half", "순현재가치가 0 미만인 반복의 비율(0은 절반)");
        first_year: u16 = column("year", "첫 해", "First year of the policy's period", "분석기간 첫 해");
        last_year: u16 = column("year", "마지막 해", "Last year of the policy's period; where periods differ, policies are compared by equivalent_annual_value", "분석기간 마지막 해(정책별로 다르면 equivalent_annual_value로 비교)");
        meaning_en: &'a str = column("", "설명(영문)", "What the result is, English", "설명(영문)");
        meaning_ko: &'a str = column("", "설명", "What the result is, Korean", "설명(국문)");
        note: &'a str = column("", "비고", "Remark", "비고");
    }
}

/// Writes the table.
pub(super) fn write(
    to: Target<'_>,
    statements: &[Statement<'_>],
) -> Result<CompleteTable, TableError> {
    let rows = statements.iter().flat_map(|statement| {
        statement.outcomes.iter().zip(OUTCOMES).map(move |(outcome, texts)| {
            let &(_, _, meaning_en, meaning_ko) = texts;
            let [p05, p50, p95] = spread_columns(outcome.spread);
            AppraisalResult {
                policy: statement.policy,
                baseline: statement.baseline,
                result: outcome.name,
                unit: outcome.unit,
                mean: outcome.mean,
                ci_low: outcome.interval[0],
                ci_high: outcome.interval[1],
                p05,
                p50,
                p95,
                probability_negative: outcome.below_zero,
                first_year: statement.span.start,
                last_year: match outcome::scope(outcome.name) {
                    Scope::Period => statement.span.end,
                    Scope::Simulated => statement.span.last,
                },
                meaning_en,
                meaning_ko,
                note: &outcome.note,
            }
        })
    });
    table::write::<AppraisalResult<'_>>(to, rows)
}

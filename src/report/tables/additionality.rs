//! `additionality.csv`: what of every policy's effect is additional.

use crate::analysis::additionality::AdditionalityRow;
use crate::report::tables::row::table;
use crate::report::tables::table::estimate_columns;
use crate::report::tables::table::spread_columns;

table! {
    /// A term of the account from gross to net.
    pub Additionality in "additionality.csv", Some(Sheet {
        en: "additionality",
        ko: "추가성",
        about_en: "From gross to net: what would be there anyway, what moved, what is new",
        about_ko: "총계에서 순증까지: 사중손실, 이전, 창출",
    }) => {
        policy: &'a str = POLICY;
        baseline: &'a str = BASELINE;
        measure: &'a str = column("", "측정 대상", "What is accounted for, which sets the unit of the figures: jobs [persons] or investment raised since the start [{money}]; terms of fund rounds are in rounds/year", "측정 대상과 단위: 일자리(명) 또는 시작 이후 누적 투자({money}), 기금 라운드 항목은 연간 건수");
        term: &'a str = column("", "항목", "Term of the account, from gross to net", "총효과에서 순효과까지의 항목");
        year: u16 = YEAR;
        mean: Option<f64> = column("measure", "평균", "Mean over replications; empty where the term has no meaning for the policy", "반복 실행 평균(해당 없으면 빈칸)");
        se: Option<f64> = column("measure", "표준오차", "Standard error of the mean", "평균의 표준오차");
        ci_low: Option<f64> = column("measure", "95% 구간 하한", "Lower end of the 95 % confidence interval; empty: too few replications to tell", "95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가");
        ci_high: Option<f64> = column("measure", "95% 구간 상한", "Upper end of the 95 % confidence interval", "95% 신뢰구간 상한");
        p05: Option<f64> = column("measure", "5백분위수", "5th percentile over replications", "5백분위수");
        p50: Option<f64> = column("measure", "중앙값", "Median over replications", "중앙값");
        p95: Option<f64> = column("measure", "95백분위수", "95th percentile over replications", "95백분위수");
        note: &'a str = column("", "비고", "Remark", "비고");
    }
}

impl<'a> From<&'a AdditionalityRow<'_>> for Additionality<'a> {
    fn from(row: &'a AdditionalityRow<'_>) -> Self {
        let [mean, _, se, ci_low, ci_high] = estimate_columns(row.estimate.as_ref());
        let [p05, p50, p95] = spread_columns(row.spread);
        Self {
            policy: row.policy,
            baseline: row.baseline,
            measure: row.measure,
            term: row.term,
            year: row.year,
            mean,
            se,
            ci_low,
            ci_high,
            p05,
            p50,
            p95,
            note: &row.note,
        }
    }
}

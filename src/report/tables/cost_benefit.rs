//! `cost_benefit.csv`: what every policy costs and returns, discounted.

use crate::analysis::appraisal::AppraisalFigure;
use crate::analysis::appraisal::AppraisalRow;
use crate::report::tables::row::table;
use crate::report::tables::table::estimate_columns;
use crate::report::tables::table::spread_columns;

table! {
    /// A cost, return or ratio of a policy, discounted.
    pub CostBenefit in "cost_benefit.csv", Some(Sheet {
        en: "cost and benefit",
        ko: "비용과 편익",
        about_en: "Present values against the baseline: items, totals, ratios",
        about_ko: "기준 정책 대비 현재가치: 항목, 합계, 비율",
    }) => {
        policy: &'a str = POLICY;
        baseline: &'a str = BASELINE;
        item: &'a str = column("", "항목", "Cost, return or ratio", "비용, 수입 또는 비율 항목");
        payer: &'a str = column("", "부담 주체", "Who pays or receives", "부담 또는 수취 주체");
        unit: &'a str = column("", "단위", "Unit of the item", "항목의 단위");
        mean: Option<f64> = column("item", "평균", "Mean over replications, as present value where it is money: of single items costs are positive and receipts negative", "반복 실행 평균(금액은 현재가치, 개별 항목은 비용이 양수, 수입이 음수)");
        se: Option<f64> = column("item", "표준오차", "Standard error of the mean", "평균의 표준오차");
        ci_low: Option<f64> = column("item", "95% 구간 하한", "Lower end of the 95 % confidence interval; empty: too few replications to tell", "95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가");
        ci_high: Option<f64> = column("item", "95% 구간 상한", "Upper end of the 95 % confidence interval", "95% 신뢰구간 상한");
        p05: Option<f64> = column("item", "5백분위수", "5th percentile over replications; of a ratio, of the ratios of single replications, empty where one has nothing below the line", "5백분위수(비율은 반복별 비율 기준)");
        p50: Option<f64> = column("item", "중앙값", "Median over replications", "중앙값");
        p95: Option<f64> = column("item", "95백분위수", "95th percentile over replications", "95백분위수");
        note: &'a str = column("", "비고", "Remark", "비고");
        probability_below_0: Option<f64> = column("1", "0 미만 확률", "Share of replications in which it is below 0, those at 0 counted half; empty for ratios", "0 미만인 반복의 비율(0은 절반); 비율 항목은 빈칸");
    }
}

impl<'a> From<&'a AppraisalRow<'_>> for CostBenefit<'a> {
    fn from(row: &'a AppraisalRow<'_>) -> Self {
        // A ratio of means has an interval but no standard error.
        let (mean, se, ci_low, ci_high, spread, below_0) = match &row.figure {
            AppraisalFigure::Mean { estimate, spread, below_0 } => {
                let [mean, _, se, ci_low, ci_high] = estimate_columns(estimate.as_ref());
                (mean, se, ci_low, ci_high, *spread, *below_0)
            }
            AppraisalFigure::Ratio { ratio, spread } => (
                ratio.map(|ratio| ratio.ratio),
                None,
                ratio.and_then(|ratio| ratio.ci_low()),
                ratio.and_then(|ratio| ratio.ci_high()),
                *spread,
                None,
            ),
        };
        let [p05, p50, p95] = spread_columns(spread);
        Self {
            policy: row.policy,
            baseline: row.baseline,
            item: row.item,
            payer: row.payer,
            unit: row.unit,
            mean,
            se,
            ci_low,
            ci_high,
            p05,
            p50,
            p95,
            note: &row.note,
            probability_below_0: below_0,
        }
    }
}

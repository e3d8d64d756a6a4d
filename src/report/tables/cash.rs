//! `cash.csv`: what each policy costs and returns, year by year, item by item.

use crate::analysis::summary::YearlyRow;
use crate::report::tables::row::table;
use crate::report::tables::table::estimate_columns;
use crate::report::tables::table::spread_columns;

table! {
    /// What a policy books of an item in a year.
    pub Cash in "cash.csv", Some(Sheet {
        en: "cash",
        ko: "연도별 수지",
        about_en: "What each policy costs and returns, year by year",
        about_ko: "정책의 연도별 비용과 수입",
    }) => {
        policy: &'a str = POLICY;
        item: &'a str = column("", "항목", "Cost or return; `yangjae explain items` lists them", "비용 또는 수입 항목");
        payer: &'a str = column("", "부담 주체", "Who pays or receives", "부담 또는 수취 주체");
        unit: &'a str = column("", "단위", "Unit", "단위");
        year: u16 = YEAR;
        replications: Option<usize> = REPLICATIONS;
        mean: Option<f64> = column("{money}/year", "평균", "Mean over replications of what the policy itself books, neither discounted nor less the baseline: costs are positive and receipts negative", "반복 실행 평균(해당 정책 자체의 금액, 할인 및 기준 정책 차감 없음, 비용이 양수, 수입이 음수)");
        sd: Option<f64> = column("{money}/year", "표준편차", "Standard deviation over replications", "반복 실행 간 표준편차");
        se: Option<f64> = column("{money}/year", "표준오차", "Standard error of the mean", "평균의 표준오차");
        ci_low: Option<f64> = column("{money}/year", "95% 구간 하한", "Lower end of the 95 % confidence interval; empty: too few replications to tell", "95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가");
        ci_high: Option<f64> = column("{money}/year", "95% 구간 상한", "Upper end of the 95 % confidence interval", "95% 신뢰구간 상한");
        p05: Option<f64> = column("{money}/year", "5백분위수", "5th percentile over replications", "5백분위수");
        p50: Option<f64> = column("{money}/year", "중앙값", "Median over replications", "중앙값");
        p95: Option<f64> = column("{money}/year", "95백분위수", "95th percentile over replications", "95백분위수");
    }
}

impl<'a> From<&'a YearlyRow<'_>> for Cash<'a> {
    fn from(row: &'a YearlyRow<'_>) -> Self {
        let [mean, sd, se, ci_low, ci_high] = estimate_columns(row.estimate.as_ref());
        let [p05, p50, p95] = spread_columns(row.spread);
        Self {
            policy: row.policy,
            item: row.series.name,
            payer: &row.series.place,
            unit: row.series.unit,
            year: row.year,
            replications: row.estimate.map(|estimate| estimate.replications),
            mean,
            sd,
            se,
            ci_low,
            ci_high,
            p05,
            p50,
            p95,
        }
    }
}

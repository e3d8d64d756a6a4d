//! `yearly.csv`: an estimate for every policy, place, metric and year.

use crate::analysis::summary::YearlyRow;
use crate::report::tables::row::table;
use crate::report::tables::table::estimate_columns;
use crate::report::tables::table::spread_columns;

table! {
    /// A policy's own value of a metric at a place in a year.
    pub Yearly in "yearly.csv", Some(Sheet {
        en: "yearly",
        ko: "연도별",
        about_en: "What each policy has, by place, metric and year",
        about_ko: "정책·장소·지표·연도별 값",
    }) => {
        policy: &'a str = POLICY;
        place: &'a str = PLACE;
        metric: &'a str = column("", "지표", "Metric; `yangjae explain metrics` lists them", "지표");
        unit: &'a str = UNIT;
        year: u16 = column("year", "연도", "Year; stocks are those at its end", "연도(잔량은 연말 기준)");
        replications: Option<usize> = REPLICATIONS;
        mean: Option<f64> = column("metric", "평균", "Mean over replications", "반복 실행 평균");
        sd: Option<f64> = column("metric", "표준편차", "Standard deviation over replications: how much single replications differ", "반복 실행 간 표준편차");
        se: Option<f64> = column("metric", "표준오차", "Standard error of the mean: how exactly the mean is known, by the blocks over which parameters are spread evenly", "평균의 표준오차");
        ci_low: Option<f64> = column("metric", "95% 구간 하한", "Lower end of the 95 % confidence interval of the mean; empty: too few replications to tell", "평균의 95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가");
        ci_high: Option<f64> = column("metric", "95% 구간 상한", "Upper end of the 95 % confidence interval of the mean", "평균의 95% 신뢰구간 상한");
        p05: Option<f64> = column("metric", "5백분위수", "5th percentile over replications", "반복 실행의 5백분위수");
        p25: Option<f64> = column("metric", "25백분위수", "25th percentile over replications", "반복 실행의 25백분위수");
        p50: Option<f64> = column("metric", "중앙값", "Median over replications", "반복 실행의 중앙값");
        p75: Option<f64> = column("metric", "75백분위수", "75th percentile over replications", "반복 실행의 75백분위수");
        p95: Option<f64> = column("metric", "95백분위수", "95th percentile over replications", "반복 실행의 95백분위수");
    }
}

impl<'a> From<&'a YearlyRow<'_>> for Yearly<'a> {
    fn from(row: &'a YearlyRow<'_>) -> Self {
        let [mean, sd, se, ci_low, ci_high] = estimate_columns(row.estimate.as_ref());
        let [p05, p50, p95] = spread_columns(row.spread);
        Self {
            policy: row.policy,
            place: &row.series.place,
            metric: row.series.name,
            unit: row.series.unit,
            year: row.year,
            replications: row.estimate.map(|estimate| estimate.replications),
            mean,
            sd,
            se,
            ci_low,
            ci_high,
            p05,
            p25: row.spread.map(|spread| spread.p25),
            p50,
            p75: row.spread.map(|spread| spread.p75),
            p95,
        }
    }
}

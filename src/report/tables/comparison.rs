//! `comparison.csv`: the difference of every policy to the baseline.

use crate::analysis::comparison::ComparisonRow;
use crate::report::tables::row::table;
use crate::report::tables::table::estimate_columns;
use crate::report::tables::table::spread_columns;

table! {
    /// The difference of a policy to the baseline in a metric at a place in a year.
    pub PolicyDifference in "comparison.csv", Some(Sheet {
        en: "comparison",
        ko: "비교",
        about_en: "Policy minus baseline, replication by replication",
        about_ko: "같은 반복에서 정책과 기준 정책의 차이",
    }) => {
        policy: &'a str = POLICY;
        baseline: &'a str = BASELINE;
        place: &'a str = column("", "장소", "District, city, an area or a facility; a facility that one of the two lacks counts there as nothing", "지구, 시, 지역 또는 시설(한쪽에만 있는 시설은 다른 쪽에서 0으로 계산)");
        metric: &'a str = METRIC;
        unit: &'a str = UNIT;
        year: u16 = YEAR;
        replications: Option<usize> = column("1", "반복 수", "Pairs of replications that the row rests on", "비교 쌍의 수");
        difference: Option<f64> = column("metric", "차이", "Mean of policy minus baseline, replication by replication", "기준 정책 대비 차이의 평균(동일 반복 간)");
        sd: Option<f64> = column("metric", "표준편차", "Standard deviation of the differences", "차이의 표준편차");
        se: Option<f64> = column("metric", "표준오차", "Standard error of the mean difference", "평균 차이의 표준오차");
        ci_low: Option<f64> = column("metric", "95% 구간 하한", "Lower end of the 95 % confidence interval of the difference; empty: too few replications to tell", "차이의 95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가");
        ci_high: Option<f64> = column("metric", "95% 구간 상한", "Upper end of the 95 % confidence interval of the difference", "차이의 95% 신뢰구간 상한");
        p05: Option<f64> = column("metric", "5백분위수", "5th percentile of the differences", "차이의 5백분위수");
        p50: Option<f64> = column("metric", "중앙값", "Median of the differences", "차이의 중앙값");
        p95: Option<f64> = column("metric", "95백분위수", "95th percentile of the differences", "차이의 95백분위수");
        probability_higher: Option<f64> = column("1", "더 높은 반복의 비율", "Share of replications in which the policy has the higher value, ties counted half", "정책의 값이 더 큰 반복의 비율(동률은 절반)");
    }
}

impl<'a> From<&'a ComparisonRow<'_>> for PolicyDifference<'a> {
    fn from(row: &'a ComparisonRow<'_>) -> Self {
        let estimate = row.difference.estimate.as_ref();
        let [difference, sd, se, ci_low, ci_high] = estimate_columns(estimate);
        let [p05, p50, p95] = spread_columns(row.difference.spread);
        Self {
            policy: row.policy,
            baseline: row.baseline,
            place: &row.series.place,
            metric: row.series.name,
            unit: row.series.unit,
            year: row.year,
            replications: estimate.map(|estimate| estimate.replications),
            difference,
            sd,
            se,
            ci_low,
            ci_high,
            p05,
            p50,
            p95,
            probability_higher: row.difference.probability_higher,
        }
    }
}

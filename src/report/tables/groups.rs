//! `groups.csv`: who gains, by group of startups, on request.

use crate::analysis::groups::PLACES;
use crate::analysis::groups::rows::GroupRow;
use crate::report::tables::row::table;
use crate::report::tables::table::estimate_columns;
use crate::report::tables::table::spread_columns;

table! {
    /// A metric of a group of startups under a policy, and its difference to the baseline.
    pub GroupOfStartups in "groups.csv", Some(Sheet {
        en: "groups",
        ko: "집단별",
        about_en: "Who gains: startups by sector, age, size and origin",
        about_ko: "누가 이익을 얻는가: 업종·업력·규모·출신별 스타트업",
    }) => {
        policy: &'a str = POLICY;
        baseline: &'a str = BASELINE;
        place: &'a str = WHOLE_PLACE;
        grouping: &'a str = column("", "구분", "What startups are grouped by: sector, age, size, starting-size, origin, founded-in; `dictionary.csv` has their meaning", "구분: 업종, 업력, 규모, 출발 규모, 출신, 창업지(뜻은 dictionary.csv)");
        group: &'a str = column("", "집단", "The group: a sector by its name, a class of age in years or of headcount in persons, an origin, a place of founding", "집단: 업종 이름, 업력(년) 또는 고용 인원(명) 구간, 출신, 창업지");
        metric: &'a str = METRIC;
        unit: &'a str = UNIT;
        year: u16 = column("year", "연도", "Year: every fifth and the last; stocks are those at its end", "연도(5년마다와 마지막 연도, 잔량은 연말 기준)");
        replications: Option<usize> = REPLICATIONS;
        mean: Option<f64> = column("metric", "평균", "Mean over replications", "반복 실행 평균");
        ci_low: Option<f64> = column("metric", "95% 구간 하한", "Lower end of the 95 % confidence interval of the mean; empty: too few replications to tell", "평균의 95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가");
        ci_high: Option<f64> = column("metric", "95% 구간 상한", "Upper end of the 95 % confidence interval of the mean", "평균의 95% 신뢰구간 상한");
        p05: Option<f64> = column("metric", "5백분위수", "5th percentile over replications", "반복 실행의 5백분위수");
        p50: Option<f64> = column("metric", "중앙값", "Median over replications", "반복 실행의 중앙값");
        p95: Option<f64> = column("metric", "95백분위수", "95th percentile over replications", "반복 실행의 95백분위수");
        difference: Option<f64> = column("metric", "차이", "Mean of policy minus baseline, replication by replication; empty for the baseline", "기준 정책 대비 차이의 평균(동일 반복 간, 기준 정책은 빈칸)");
        difference_se: Option<f64> = column("metric", "차이의 표준오차", "Standard error of the mean difference", "평균 차이의 표준오차");
        difference_ci_low: Option<f64> = column("metric", "차이의 95% 구간 하한", "Lower end of the 95 % confidence interval of the difference; empty: too few replications to tell", "차이의 95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가");
        difference_ci_high: Option<f64> = column("metric", "차이의 95% 구간 상한", "Upper end of the 95 % confidence interval of the difference", "차이의 95% 신뢰구간 상한");
        difference_p05: Option<f64> = column("metric", "차이의 5백분위수", "5th percentile of the differences", "차이의 5백분위수");
        difference_p50: Option<f64> = column("metric", "차이의 중앙값", "Median of the differences", "차이의 중앙값");
        difference_p95: Option<f64> = column("metric", "차이의 95백분위수", "95th percentile of the differences", "차이의 95백분위수");
        probability_higher: Option<f64> = column("1", "더 높은 반복의 비율", "Share of replications in which the policy has the higher value, ties counted half", "정책의 값이 더 큰 반복의 비율(동률은 절반)");
    }
}

impl<'a> From<&'a GroupRow<'_>> for GroupOfStartups<'a> {
    fn from(row: &'a GroupRow<'_>) -> Self {
        let [mean, _, _, ci_low, ci_high] = estimate_columns(row.estimate.as_ref());
        let [p05, p50, p95] = spread_columns(row.spread);
        let estimate = row.difference.as_ref().and_then(|between| between.estimate.as_ref());
        let [difference, _, difference_se, difference_ci_low, difference_ci_high] =
            estimate_columns(estimate);
        let spread = row.difference.and_then(|between| between.spread);
        let [difference_p05, difference_p50, difference_p95] = spread_columns(spread);
        Self {
            policy: row.policy,
            baseline: row.baseline,
            place: PLACES[row.cell.place],
            grouping: row.cell.grouping.name(),
            group: &row.cell.name,
            metric: row.series.name,
            unit: row.series.unit,
            year: row.year,
            replications: row.estimate.map(|estimate| estimate.replications),
            mean,
            ci_low,
            ci_high,
            p05,
            p50,
            p95,
            difference,
            difference_se,
            difference_ci_low,
            difference_ci_high,
            difference_p05,
            difference_p50,
            difference_p95,
            probability_higher: row.difference.and_then(|between| between.probability_higher),
        }
    }
}

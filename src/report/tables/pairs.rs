//! `pairs.csv`: the difference of every policy to every other in the last year, and whether the
//! model ranks the two.

use crate::analysis::pairs::PairRow;
use crate::analysis::pairs::Ranking;
use crate::report::tables::row::table;
use crate::report::tables::table::estimate_columns;
use crate::report::tables::table::spread_columns;

table! {
    /// The difference of a policy to another in the last year, and whether the model ranks the two.
    pub PairOfPolicies in "pairs.csv", Some(Sheet {
        en: "pairs",
        ko: "정책 간 비교",
        about_en: "Each policy against each other: metrics of the last year, present values of cost and net benefit",
        about_ko: "정책 간 차이: 마지막 연도 지표, 비용과 순편익의 현재가치",
    }) => {
        policy: &'a str = POLICY;
        other: &'a str = column("", "비교 정책", "Policy that it is compared with, one that comes before it in the scenario's order", "비교 대상 정책(시나리오 순서상 앞선 정책)");
        place: &'a str = column("", "장소", "District or city; all for totals of cost_benefit.csv", "지구 또는 시; cost_benefit.csv의 합계는 all");
        metric: &'a str = column("", "지표", "Metric of the last year, or a total of cost_benefit.csv over the baseline: fiscal_cost, fiscal_net_present_value, economic_net_present_value, discounted_net_job_years, which outcomes.csv calls public_cost_pv, fiscal_npv, economic_npv, job_years", "마지막 연도 지표 또는 cost_benefit.csv의 합계(기준 정책 대비 현재가치, 할인한 순증 일자리·년)");
        unit: &'a str = UNIT;
        year: u16 = LAST_YEAR;
        replications: Option<usize> = column("1", "반복 수", "Pairs of replications that the row rests on", "비교 쌍의 수");
        difference: Option<f64> = column("metric", "차이", "Mean of policy minus other, replication by replication", "두 정책 차이의 평균(동일 반복 간)");
        sd: Option<f64> = column("metric", "표준편차", "Standard deviation of the differences", "차이의 표준편차");
        se: Option<f64> = column("metric", "표준오차", "Standard error of the mean difference", "평균 차이의 표준오차");
        ci_low: Option<f64> = column("metric", "95% 구간 하한", "Lower end of the 95 % interval of the mean difference: the Monte Carlo error of this pair alone; empty: too few replications to tell", "평균 차이의 95% 구간 하한(해당 쌍만의 몬테카를로 오차); 빈칸: 반복 수 부족으로 판단 불가");
        ci_high: Option<f64> = column("metric", "95% 구간 상한", "Upper end of the 95 % interval of the mean difference", "평균 차이의 95% 구간 상한");
        p05: Option<f64> = column("metric", "5백분위수", "5th percentile of the differences", "차이의 5백분위수");
        p50: Option<f64> = column("metric", "중앙값", "Median of the differences", "차이의 중앙값");
        p95: Option<f64> = column("metric", "95백분위수", "95th percentile of the differences", "차이의 95백분위수");
        probability_higher: Option<f64> = column("1", "더 높은 반복의 비율", "Share of replications in which the policy has the higher value, ties counted half", "정책의 값이 더 큰 반복의 비율(동률은 절반)");
        ranking: Option<&'a str> = column("", "", "higher, lower: the mean differs from 0 by more than its Monte Carlo error, and the middle 90 % of the differences leaves out 0; not ranked: the mean differs from 0 by more than its Monte Carlo error, and the middle 90 % holds 0, so that which is higher depends on assumptions and chance; more replications: the Monte Carlo error of the mean holds 0 (two-sided test at 5 % with Holm's allowance for all pairs of the metric and place); same: 0 in every replication", "순위: higher·lower=평균 차이가 0과 구별되고 가운데 90%가 0을 벗어남, not ranked=평균은 0과 구별되나 가운데 90%가 0을 포함하여 가정과 우연에 따라 순위가 달라짐, more replications=평균의 몬테카를로 오차가 0을 포함(5% 양측검정, 같은 지표·장소의 모든 쌍에 대한 홀름 보정), same=모든 반복에서 0");
    }
}

impl<'a> From<&'a PairRow<'_>> for PairOfPolicies<'a> {
    fn from(row: &'a PairRow<'_>) -> Self {
        let estimate = row.difference.estimate.as_ref();
        let [difference, sd, se, ci_low, ci_high] = estimate_columns(estimate);
        let [p05, p50, p95] = spread_columns(row.difference.spread);
        Self {
            policy: row.policy,
            other: row.other,
            place: row.place,
            metric: row.metric,
            unit: row.unit,
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
            ranking: row.ranking.map(Ranking::name),
        }
    }
}

//! `decision/ranking.csv`: how policies rank by each criterion, and how sure that is.

use crate::report::tables::row::table;

table! {
    /// How a policy ranks by a criterion.
    pub DecisionRanking in "decision/ranking.csv", None => {
        criterion: &'a str = column("", "기준", "What policies are judged by: an outcome, or a weighted sum of outcomes; min: stands where less is better", "판단 기준(결과 또는 가중합, min:은 작을수록 좋음)");
        unit: &'a str = column("", "단위", "Unit of the criterion; empty: a weighted sum", "기준의 단위(가중합이면 빈칸)");
        policy: &'a str = POLICY;
        mean: f64 = column("unit", "평균", "Mean over replications", "평균");
        p05: f64 = column("unit", "5백분위수", "5th percentile", "5백분위수");
        p50: f64 = column("unit", "중앙값", "Median", "중앙값");
        p95: f64 = column("unit", "95백분위수", "95th percentile", "95백분위수");
        probability_best: f64 = column("1", "최선일 확률", "Share of replications in which the policy is best, ties in equal parts: chance is in it", "해당 정책이 최선인 반복의 비율(동률은 균등 배분, 우연 포함)");
        probability_best_on_average: f64 = column("1", "평균적으로 최선일 확률", "Share of parameter draws for which the policy's mean given the parameters is best", "매개변수가 주어졌을 때의 평균이 최선인 비율");
        probability_loss: f64 = column("1", "기준 정책보다 나쁠 확률", "Share of replications in which the policy is worse than the baseline in the same replication", "같은 반복에서 기준 정책보다 나쁜 비율");
        expected_loss: f64 = column("unit", "기대 손실", "Mean over parameter draws of the best policy's mean given the parameters less this policy's: what choosing it may cost", "매개변수별 최선 정책 평균과의 차이의 평균(기회손실)");
        expected_loss_se: Option<f64> = column("unit", "", "Standard error of the expected loss over parameter draws", "기대 손실의 표준오차");
        explained: f64 = column("1", "매개변수의 설명 비율", "Share of the variance of the policy's difference from the one with the best mean that parameters explain, in replications that the regression did not see; of that one, of its own outcome. The rest is chance, and what the regression misses", "평균이 가장 좋은 정책과의 차이의 분산 중 매개변수가 설명하는 비율(그 정책은 자체 분산)");
        rank: usize = column("1", "순위", "Rank by mean, 1 is best", "평균 순위(1이 최선)");
        rank_p05: usize = column("1", "", "5th percentile of the rank under the bootstrap of replications", "순위의 5백분위수(부트스트랩)");
        rank_p95: usize = column("1", "", "95th percentile of the rank under the bootstrap of replications", "순위의 95백분위수(부트스트랩)");
    }
}

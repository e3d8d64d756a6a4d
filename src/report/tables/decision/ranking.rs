//! `decision/ranking.csv`: how policies rank by each criterion, and how sure that is.

use crate::report::tables::row::table;

table! {
    /// How a policy ranks by a criterion.
    pub DecisionRanking in "decision/ranking.csv", Some(Sheet {
        en: "decide ranking",
        ko: "결정 순위",
        about_en: "How policies rank by each criterion, and how sure that is (yangjae decide)",
        about_ko: "기준별 정책 순위와 확실성(yangjae decide)",
    }) => {
        criterion: &'a str = column("", "기준", "What policies are judged by: an outcome, or a weighted sum of outcomes; min: stands where less is better", "판단 기준(결과 또는 가중합, min:은 작을수록 좋음)");
        unit: &'a str = column("", "단위", "Unit of the criterion: of a weighted sum that of its outcomes without a weight; empty: none is without, or they differ", "기준의 단위(가중합이면 가중치 없는 결과의 단위, 없거나 서로 다르면 빈칸)");
        policy: &'a str = POLICY;
        mean: f64 = column("unit", "평균", "Mean over replications", "평균");
        mean_se: Option<f64> = column("unit", "평균의 표준오차", "Standard error of the mean", "평균의 표준오차");
        lead: f64 = column("unit", "기준 정책 대비", "Mean of the difference from the baseline in the same replications", "같은 반복의 기준 정책과의 차이의 평균");
        lead_se: Option<f64> = column("unit", "", "Standard error of that mean", "해당 평균의 표준오차");
        p05: f64 = column("unit", "5백분위수", "5th percentile", "5백분위수");
        p50: f64 = column("unit", "중앙값", "Median", "중앙값");
        p95: f64 = column("unit", "95백분위수", "95th percentile", "95백분위수");
        probability_best: f64 = column("1", "최선일 확률", "Share of replications in which the policy is best, ties in equal parts: chance is in it", "해당 정책이 최선인 반복의 비율(동률은 균등 배분, 우연 포함)");
        probability_best_se: Option<f64> = column("1", "", "Standard error of that share", "해당 비율의 표준오차");
        probability_best_on_average: f64 = column("1", "평균적으로 최선일 확률", "Share of parameter draws for which the policy's mean given the parameters is best", "매개변수가 주어졌을 때의 평균이 최선인 비율");
        probability_loss: f64 = column("1", "기준 정책보다 나쁠 확률", "Share of replications in which the policy is worse than the baseline in the same replication", "같은 반복에서 기준 정책보다 나쁜 비율");
        probability_loss_se: Option<f64> = column("1", "", "Standard error of that share", "해당 비율의 표준오차");
        failures: Option<f64> = column("1", "실패율", "Share of replications in which the policy is worse than the baseline, or with --target short of it; of leading policies only: the five best by mean, and those that are best on average for 5 % of draws", "기준 정책보다 나쁘거나 --target에 미달한 반복의 비율(선두 정책만: 평균 상위 5개와, 매개변수 표본의 5% 이상에서 평균적으로 최선인 정책)");
        real_failures: Option<f64> = column("1", "실질 실패율", "Share of replications that fail and whose mean given the parameters (given_parameters.csv) fails too, as the regression has it: the other failures are chance, or what the regression misses (explained), and the two are not told apart", "실패하고 매개변수가 주어졌을 때의 평균(given_parameters.csv)도 실패하는 비율(나머지 실패는 우연이거나 회귀가 놓친 것이며 구별되지 않음)");
        expected_loss: f64 = column("unit", "기대 손실", "Mean over parameter draws of the best policy's mean given the parameters less this policy's: what choosing it may cost", "매개변수별 최선 정책 평균과의 차이의 평균(기회손실)");
        expected_loss_se: Option<f64> = column("unit", "", "Standard error of the expected loss over parameter draws", "기대 손실의 표준오차");
        explained: f64 = column("1", "매개변수의 설명 비율", "Share of the variance of the policy's difference from the one with the best mean that parameters explain, in replications that the regression did not see; of that one, of its own outcome. The rest is chance, and what the regression misses", "평균이 가장 좋은 정책과의 차이의 분산 중 매개변수가 설명하는 비율(그 정책은 자체 분산)");
        told: bool = column("", "판별", "Whether an effect of parameters is found on the policy's difference from the one with the best mean, of that one: on the difference from each of the next best that is best in some replications; false too below 100 replications. Where it is false, probability_best_on_average and expected_loss go by means alone", "평균이 가장 좋은 정책과의 차이에 대한 매개변수의 영향이 확인되는지 여부(false이면 probability_best_on_average와 expected_loss는 평균에만 따름)");
        rank: usize = column("1", "순위", "Rank by mean, 1 is best", "평균 순위(1이 최선)");
        rank_p05: Option<usize> = column("1", "", "Lower end of the 90 % interval of the rank by the bootstrap of replications; empty below 20 replications", "순위의 90 % 구간 하한(부트스트랩)");
        rank_p95: Option<usize> = column("1", "", "Upper end of the same", "순위의 90 % 구간 상한(부트스트랩)");
    }
}

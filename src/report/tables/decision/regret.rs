//! `decision/regret.csv`: policies by rules for when probabilities are not trusted.

use crate::report::tables::row::table;

table! {
    /// A policy by rules for when probabilities are not trusted.
    pub DecisionRegret in "decision/regret.csv", Some(Sheet {
        en: "decide regret",
        ko: "결정 후회",
        about_en: "Policies by rules for when probabilities are not trusted (yangjae decide)",
        about_ko: "확률을 믿지 않을 때의 규칙별 정책(yangjae decide)",
    }) => {
        criterion: &'a str = column("", "기준", "What policies are judged by: an outcome, or a weighted sum of outcomes; min: stands where less is better", "판단 기준(결과 또는 가중합, min:은 작을수록 좋음)");
        policy: &'a str = POLICY;
        minimax_regret: f64 = column("unit", "최대 후회", "The largest shortfall against the best policy over all parameter draws; the rule picks the least", "매개변수 전체에서 최선 정책 대비 최대 부족분");
        mean_regret: f64 = column("unit", "평균 후회", "The mean shortfall", "평균 부족분");
        mean_regret_se: Option<f64> = column("unit", "", "Standard error of the mean shortfall", "평균 부족분의 표준오차");
        p95_regret: f64 = column("unit", "", "95th percentile of the shortfall", "부족분의 95백분위수");
        maximin: f64 = column("unit", "최악", "The worst mean given the parameters that the regression tells; what it misses (explained in ranking.csv) would make the worst worse", "회귀로 본 최악의 평균(회귀가 놓친 것이 있으면 실제 최악은 더 나쁨)");
        hurwicz: f64 = column("unit", "후르비츠", "Half the best and half the worst mean given the parameters", "최선과 최악의 절반씩");
        target: Option<f64> = column("unit", "목표", "The value of --target; empty: none", "--target의 값(없으면 빈칸)");
        satisficing_share: Option<f64> = column("1", "목표 달성 비율", "Share of parameter draws whose mean reaches the target; empty: no --target", "목표에 도달한 비율(--target 없으면 빈칸)");
        satisficing_share_se: Option<f64> = column("1", "", "Standard error of that share", "해당 비율의 표준오차");
        mean_less_k_sd: Option<f64> = column("unit", "평균−표준편차", "The mean less one standard deviation of means given the parameters", "평균에서 표준편차를 뺀 값");
        chosen_by: &'a str = column("", "선택 규칙", "The rules that pick this policy, by the names of their columns", "이 정책을 고르는 규칙(열 이름)");
        told: bool = column("", "판별", "As in ranking.csv: whether an effect of parameters is found on the policy; where it is false, its figures here go by the mean alone", "ranking.csv와 같음: 매개변수의 영향이 확인되는지 여부(false이면 평균에만 따름)");
    }
}

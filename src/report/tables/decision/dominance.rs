//! `decision/dominance.csv`: which leading policies are better than others for everybody.

use crate::report::tables::row::table;

table! {
    /// Whether a leading policy dominates another.
    pub PolicyDominance in "decision/dominance.csv", Some(Sheet {
        en: "decide dominance",
        ko: "결정 우월",
        about_en: "Which leading policies are better for everybody (yangjae decide)",
        about_ko: "누구에게나 더 나은 선두 정책(yangjae decide)",
    }) => {
        criterion: &'a str = column("", "기준", "What policies are judged by: an outcome, or a weighted sum of outcomes; min: stands where less is better", "판단 기준(결과 또는 가중합, min:은 작을수록 좋음)");
        policy: &'a str = POLICY;
        other: &'a str = column("", "비교 정책", "Policy that it is compared with", "비교 대상 정책");
        order: u32 = column("1", "", "1: at every value the policy is no more often below it than the other, so it is better for all who like more; 2: for all of those who dislike risk", "확률적 우월의 차수(1차, 2차)");
        holds: bool = column("", "", "Whether it does in the replications of the run", "해당 실행에서의 성립 여부");
        probability: f64 = column("1", "", "Share of bootstrap resamples of replications in which it does", "부트스트랩 재표본에서 성립한 비율");
    }
}

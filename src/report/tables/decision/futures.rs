//! `decision/futures.csv`: policies in each future.

use crate::report::tables::row::table;

table! {
    /// How a policy does in a future.
    pub PolicyInFuture in "decision/futures.csv", Some(Sheet {
        en: "decide futures",
        ko: "결정 미래",
        about_en: "How policies do in each future (yangjae decide)",
        about_ko: "미래별 정책 성과(yangjae decide)",
    }) => {
        criterion: &'a str = column("", "기준", "What policies are judged by: an outcome, or a weighted sum of outcomes; min: stands where less is better", "판단 기준(결과 또는 가중합, min:은 작을수록 좋음)");
        unit: &'a str = column("", "단위", "Unit of the criterion; empty: a weighted sum", "기준의 단위(가중합이면 빈칸)");
        policy: &'a str = POLICY;
        future: &'a str = column("", "미래", "The future, present: the run as it is", "미래(present는 현재 그대로의 실행)");
        mean: f64 = column("unit", "평균", "Mean over replications", "평균");
        mean_se: Option<f64> = column("unit", "평균의 표준오차", "Standard error of the mean", "평균의 표준오차");
        lead: f64 = column("unit", "기준 정책 대비", "Mean of the difference from the baseline in the same replications and future", "같은 반복과 미래의 기준 정책과의 차이의 평균");
        lead_se: Option<f64> = column("unit", "", "Standard error of that mean", "해당 평균의 표준오차");
        lead_change: Option<f64> = column("unit", "현재 대비 변화", "What the future changes of that difference, in the same replications; empty in the present", "같은 반복에서 미래가 그 차이를 바꾸는 정도(현재는 빈칸)");
        lead_change_se: Option<f64> = column("unit", "", "Standard error of that change", "해당 변화의 표준오차");
        p05: f64 = column("unit", "5백분위수", "5th percentile", "5백분위수");
        p95: f64 = column("unit", "95백분위수", "95th percentile", "95백분위수");
        probability_loss: f64 = column("1", "기준 정책보다 나쁠 확률", "Share of replications in which the policy is worse than the baseline in the same replication and future", "같은 반복과 미래에서 기준 정책보다 나쁜 비율");
        rank: usize = column("1", "순위", "Rank by mean in this future, 1 is best", "해당 미래에서의 평균 순위(1이 최선)");
        regret: f64 = column("unit", "후회", "By how much its mean falls short of the best policy's in this future", "해당 미래의 최선 정책 대비 평균의 부족분");
    }
}

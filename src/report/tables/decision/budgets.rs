//! `decision/budgets.csv`: which policy has the most job-years within which budget.

use crate::report::tables::row::table;

table! {
    /// A policy within one budget.
    pub DecisionBudget in "decision/budgets.csv", Some(Sheet {
        en: "decide budgets",
        ko: "결정 예산",
        about_en: "Which policy has the most job-years within which budget (yangjae decide)",
        about_ko: "예산별로 일자리·년이 가장 많은 정책(yangjae decide)",
    }) => {
        budget: f64 = column("{money}", "예산", "What may be spent: public_cost_pv at most", "쓸 수 있는 공공 비용(현재가치)");
        policy: &'a str = POLICY;
        probability_within: f64 = column("1", "예산 내 확률", "Share of replications in which the policy costs no more", "예산을 넘지 않는 반복의 비율");
        probability_within_se: Option<f64> = column("1", "", "Standard error of that share", "해당 비율의 표준오차");
        probability_best: f64 = column("1", "최선일 확률", "Share of replications in which it has the most job_years of the policies that cost no more in that replication, ties in equal parts", "해당 반복에서 예산을 넘지 않는 정책 중 일자리·년이 가장 많은 반복의 비율(동률은 균등 배분)");
        probability_best_se: Option<f64> = column("1", "", "Standard error of that share", "해당 비율의 표준오차");
        is_best: bool = column("", "", "Whether it has the highest mean of job_years of the policies whose mean cost is within the budget", "평균 비용이 예산 내인 정책 중 평균 일자리·년이 가장 많은지 여부");
    }
}

//! `decision/acceptability.csv`: which policy is best at which value of a job-year.

use crate::report::tables::row::table;

table! {
    /// How often a policy is best at one value of a job-year.
    pub DecisionAcceptability in "decision/acceptability.csv", Some(Sheet {
        en: "decide acceptability",
        ko: "결정 수용성",
        about_en: "Which policy is best at which value of a job-year (yangjae decide)",
        about_ko: "일자리·년의 가치별 최선 정책(yangjae decide)",
    }) => {
        threshold: f64 = column("unit", "일자리·년의 가치", "What a net job-year of the city is taken to be worth, both discounted", "순일자리·년의 가치(할인)");
        unit: &'a str = column("", "단위", "Unit of the value", "가치의 단위");
        policy: &'a str = POLICY;
        net_benefit: f64 = column("{money}", "순편익", "threshold x job_years - public_cost_pv, mean", "threshold × job_years − public_cost_pv의 평균");
        net_benefit_se: Option<f64> = column("{money}", "", "Standard error of the mean net benefit", "순편익 평균의 표준오차");
        probability_best: f64 = column("1", "최선일 확률", "Share of replications in which the policy has the highest net benefit", "순편익이 가장 큰 반복의 비율");
        probability_best_se: Option<f64> = column("1", "", "Standard error of that share", "해당 비율의 표준오차");
        is_optimal: bool = column("", "", "Whether it has the highest mean net benefit; the policy that is most often best need not", "평균 순편익이 가장 큰지 여부");
    }
}

//! `decision/frontier.csv`: which policies are worth their cost in job-years, and which another one or a mix beats.

use crate::report::tables::row::table;

table! {
    /// A policy's place beside the frontier of cost and effect.
    pub CostFrontier in "decision/frontier.csv", Some(Sheet {
        en: "decide frontier",
        ko: "결정 효율 경계",
        about_en: "Which policies are worth their cost in job-years (yangjae decide)",
        about_ko: "비용 대비 일자리·년의 효율 경계(yangjae decide)",
    }) => {
        policy: &'a str = POLICY;
        cost: f64 = column("{money}", "비용", "Mean public_cost_pv", "public_cost_pv의 평균");
        cost_se: Option<f64> = column("{money}", "", "Standard error of the mean cost", "비용 평균의 표준오차");
        effect: f64 = column("persons year", "효과", "Mean job_years", "job_years의 평균");
        effect_se: Option<f64> = column("persons year", "", "Standard error of the mean effect", "효과 평균의 표준오차");
        icer: Option<f64> = column("{money}/(person year)", "증분 비용", "Cost of a further job-year against the next cheaper policy on the frontier; empty: the cheapest, or not on the frontier", "경계상 다음으로 저렴한 정책 대비 추가 일자리·년당 비용");
        icer_p05: Option<f64> = column("{money}/(person year)", "", "Lower end of the 90 % Monte Carlo interval of icer: 5th percentile over bootstrap resamples in which the policy has one, moved outward where few blocks of replications are resampled; empty: in fewer than half, or below 20 replications", "증분 비용의 90 % 몬테카를로 구간 하한(부트스트랩)");
        icer_p95: Option<f64> = column("{money}/(person year)", "", "Upper end of the same", "증분 비용의 90 % 몬테카를로 구간 상한(부트스트랩)");
        probability_on_frontier: f64 = column("1", "경계상 확률", "Share of bootstrap resamples of replications in which the policy is on the frontier", "부트스트랩 재표본에서 경계상에 있는 비율");
        status: &'a str = column("", "상태", "on frontier; dominated: another has more for less; extendedly dominated: a mix of two others has", "on frontier=경계, dominated=열등, extendedly dominated=확장 열등");
    }
}

//! `decision/frontier.csv`: which policies are worth their cost in job-years, and which another one or a mix beats.

use crate::report::tables::row::table;

table! {
    /// A policy's place beside the frontier of cost and effect.
    pub CostFrontier in "decision/frontier.csv", None => {
        policy: &'a str = POLICY;
        cost: f64 = column("{money}", "비용", "Mean public_cost_pv", "public_cost_pv의 평균");
        effect: f64 = column("persons year", "효과", "Mean job_years", "job_years의 평균");
        icer: Option<f64> = column("{money}/(person year)", "증분 비용", "Cost of a further job-year against the next cheaper policy on the frontier; empty: the cheapest, or not on the frontier", "경계상 다음으로 저렴한 정책 대비 추가 일자리·년당 비용");
        status: &'a str = column("", "상태", "on frontier; dominated: another has more for less; extendedly dominated: a mix of two others has", "on frontier=경계, dominated=열등, extendedly dominated=확장 열등");
    }
}

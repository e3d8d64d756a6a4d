//! `decision/boxes.csv`: for which parameters a leading policy fails.

use crate::report::tables::row::table;

table! {
    /// A limit of a box of parameters in which a leading policy fails.
    pub FailureBox in "decision/boxes.csv", Some(Sheet {
        en: "decide failures",
        ko: "결정 실패 조건",
        about_en: "For which parameters a leading policy fails (yangjae decide)",
        about_ko: "선두 정책이 실패하는 매개변수 조건(yangjae decide)",
    }) => {
        criterion: &'a str = column("", "기준", "What policies are judged by: an outcome, or a weighted sum of outcomes; min: stands where less is better", "판단 기준(결과 또는 가중합, min:은 작을수록 좋음)");
        policy: &'a str = POLICY;
        method: &'a str = column("", "방법", "prim: a box peeled until it holds mostly failures; cart: a leaf of a tree without the limits that chance would give as well, so that leaves may overlap", "prim 또는 cart");
        box_number: usize = column("1", "상자", "Number of the box, from 1", "상자 번호");
        parameter: &'a str = column("", "매개변수", "A parameter that the box limits", "상자가 제한하는 매개변수");
        low: Option<f64> = column("parameter", "하한", "Its lower limit; empty: none", "하한(없으면 빈칸)");
        high: Option<f64> = column("parameter", "상한", "Its upper limit; empty: none", "상한(없으면 빈칸)");
        coverage: f64 = column("1", "포함률", "Share of the cases that lie in the box; a replication is a case where the mean given its parameters fails (is_case of given_parameters.csv)", "전체 사례 중 상자 안의 비율(사례: 매개변수가 주어졌을 때의 평균이 실패하는 반복)");
        density: f64 = column("1", "밀도", "Share of the box that are cases", "상자 안의 사례 비율");
        coverage_se: Option<f64> = column("1", "", "Standard error of the coverage", "포함률의 표준오차");
        density_se: Option<f64> = column("1", "", "Standard error of the density; the box was chosen for it, so it is an optimistic figure", "밀도의 표준오차");
        mass: f64 = column("1", "질량", "Share of all replications that lie in the box", "전체 반복 중 상자의 비율");
        failures_inside: f64 = column("1", "상자 안 실패율", "Share of the box's replications that fail, whether their means given the parameters fail or not", "상자 안 반복 중 실패하는 비율");
        failures_covered: f64 = column("1", "실패 포함률", "Share of all failing replications that lie in the box", "실패하는 반복 중 상자 안의 비율");
        quasi_p: f64 = column("1", "유사 p값", "How probable it is that the box without this limit is as dense by chance; limits above 0.05 are dropped", "이 제한이 없을 때 우연히 같은 밀도가 될 확률(0.05 초과 제한은 버림)");
    }
}

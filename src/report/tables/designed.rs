//! `morris.csv`, `sobol.csv`, `onebyone.csv` and `rows.csv`: designed experiments over parameters.

use crate::report::tables::column::Column;
use crate::report::tables::column::column;
use crate::report::tables::row::table;

const OUTCOME: Column = column(
    "",
    "결과",
    "Outcome: the difference of the policy from the baseline, mean over replications",
    "결과(기준 정책과의 차이의 반복 평균)",
);
const OUTCOME_UNIT: Column = column("", "단위", "Unit of the outcome", "결과의 단위");
const GROUP: Column = column(
    "",
    "묶음",
    "Parameter, or group of parameters that are moved together",
    "매개변수 또는 함께 움직이는 묶음",
);
const MEMBERS: Column = column("", "매개변수", "Parameters of the group", "묶음의 매개변수");
const LOW: Column = column(
    "unit",
    "95% 구간 하한",
    "Lower end of its 95 % interval by the bootstrap; empty: unknown",
    "부트스트랩 95% 구간 하한(알 수 없으면 빈칸)",
);
const HIGH: Column =
    column("unit", "95% 구간 상한", "Upper end of its 95 % interval", "95% 구간 상한");
const SHARE_LOW: Column = column(
    "1",
    "95% 구간 하한",
    "Lower end of its 95 % interval by the bootstrap; empty: unknown",
    "부트스트랩 95% 구간 하한(알 수 없으면 빈칸)",
);
const SHARE_HIGH: Column =
    column("1", "95% 구간 상한", "Upper end of its 95 % interval", "95% 구간 상한");

table! {
    /// Elementary effects of a group of parameters.
    pub ElementaryEffects in "morris.csv", None => {
        policy: &'a str = POLICY;
        baseline: &'a str = BASELINE;
        outcome: &'a str = OUTCOME;
        unit: &'a str = OUTCOME_UNIT;
        group: &'a str = GROUP;
        parameters: &'a str = MEMBERS;
        rank: usize = column("1", "순위", "Rank by mu_star, 1 moves most", "mu_star 순위(1이 최대)");
        mu_star: f64 = column("unit", "", "Mean size of the elementary effects: by how much the outcome changes if the group goes all the way from its 5 % to its 95 % quantile", "기본 효과 크기의 평균(5%에서 95% 분위수까지 움직일 때의 변화)");
        mu_star_low: Option<f64> = LOW;
        mu_star_high: Option<f64> = HIGH;
        sigma: Option<f64> = column("unit", "", "Standard deviation of the elementary effects: large where the effect is not linear or depends on other parameters; empty: a group of several", "기본 효과의 표준편차(여러 매개변수의 묶음이면 빈칸)");
        sigma_low: Option<f64> = LOW;
        sigma_high: Option<f64> = HIGH;
        converged: bool = column("", "수렴", "Whether half the width of the interval of mu_star is at most 0.05 of the largest mu_star of the outcome", "mu_star 구간 반폭이 해당 결과의 최대 mu_star의 0.05 이하인지 여부");
    }
}

table! {
    /// Sobol' indices of a group of parameters.
    pub SobolIndices in "sobol.csv", None => {
        policy: &'a str = POLICY;
        baseline: &'a str = BASELINE;
        outcome: &'a str = OUTCOME;
        group: &'a str = GROUP;
        parameters: &'a str = MEMBERS;
        rank: usize = column("1", "순위", "Rank by st, 1 explains most", "st 순위(1이 최대)");
        s1: f64 = column("1", "1차 지수", "First-order index: share of the variance over parameters that would go if the group were known", "1차 지수");
        s1_low: Option<f64> = SHARE_LOW;
        s1_high: Option<f64> = SHARE_HIGH;
        st: f64 = column("1", "총 지수", "Total-order index: share that would be left if all else were known", "총효과 지수");
        st_low: Option<f64> = SHARE_LOW;
        st_high: Option<f64> = SHARE_HIGH;
        converged: bool = column("", "수렴", "Whether half the width of both intervals is at most 0.05", "두 구간의 반폭이 모두 0.05 이하인지 여부");
    }
}

table! {
    /// The swing of one parameter.
    pub ParameterSwing in "onebyone.csv", None => {
        policy: &'a str = POLICY;
        baseline: &'a str = BASELINE;
        outcome: &'a str = OUTCOME;
        unit: &'a str = OUTCOME_UNIT;
        parameter: &'a str = column("", "매개변수", "Parameter that is moved alone, the others at their medians", "홀로 움직이는 매개변수(나머지는 중앙값)");
        rank: usize = column("1", "순위", "Rank by the size of the swing", "변화폭 순위");
        low_value: f64 = column("parameter", "낮은 값", "Its 5 % quantile", "5% 분위수");
        high_value: f64 = column("parameter", "높은 값", "Its 95 % quantile", "95% 분위수");
        low: f64 = column("unit", "", "Outcome at its low value", "낮은 값에서의 결과");
        high: f64 = column("unit", "", "Outcome at its high value", "높은 값에서의 결과");
        swing: f64 = column("unit", "변화폭", "high - low", "high − low");
        swing_low: Option<f64> = column("unit", "", "Lower end of its 95 % confidence interval over replications; empty: too few to tell", "반복에 대한 95% 신뢰구간 하한; 빈칸: 판단 불가");
        swing_high: Option<f64> = column("unit", "", "Upper end of its 95 % confidence interval", "95% 신뢰구간 상한");
        span: f64 = column("unit", "", "Largest less smallest of low, centre and high: above the size of the swing where the outcome does not move one way only", "낮음·중앙·높음 결과의 최대와 최소의 차이");
        converged: bool = column("", "수렴", "Whether half the width of the interval is at most 0.05 of the largest swing of the outcome", "구간 반폭이 해당 결과의 최대 변화폭의 0.05 이하인지 여부");
    }
}

table! {
    /// A parameter value or an outcome of a row of the design.
    pub DesignRow in "rows.csv", None => {
        row: usize = column("1", "행", "Row of the design, from 1", "설계의 행(1부터)");
        id: &'a str = column("", "", "Which point of the design it is", "설계에서의 위치");
        kind: &'a str = column("", "구분", "parameter or outcome", "parameter 또는 outcome");
        name: &'a str = column("", "이름", "The parameter, or the outcome", "매개변수 또는 결과의 이름");
        value: f64 = column("parameter", "값", "Value of the parameter, or difference of the policy from the baseline, mean over replications", "매개변수의 값, 또는 기준 정책과의 차이의 반복 평균");
    }
}

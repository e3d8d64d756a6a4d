//! `decision/switching.csv` and `decision/switching_pairs.csv`: at which values of parameters leading policies change places.

use crate::report::tables::row::table;

table! {
    /// A value of a parameter at which two leading policies change places.
    pub SwitchingValue in "decision/switching.csv", Some(Sheet {
        en: "decide switching",
        ko: "결정 전환값",
        about_en: "Values of parameters at which leading policies change places (yangjae decide)",
        about_ko: "선두 정책이 뒤바뀌는 매개변수 값(yangjae decide)",
    }) => {
        criterion: &'a str = column("", "기준", "What policies are judged by: an outcome, or a weighted sum of outcomes; min: stands where less is better", "판단 기준(결과 또는 가중합, min:은 작을수록 좋음)");
        policy: &'a str = column("", "정책", "The policy that is better by the mean", "평균이 더 좋은 정책");
        other: &'a str = column("", "비교 정책", "The policy that becomes better", "더 좋아지는 정책");
        parameter: &'a str = column("", "매개변수", "The parameter", "매개변수");
        parameter_unit: &'a str = column("", "단위", "Unit of the parameter", "매개변수의 단위");
        value: f64 = column("parameter_unit", "전환값", "Its value at which the smoothed difference of the two is 0", "차이의 평활값이 0이 되는 값");
        se: f64 = column("parameter_unit", "표준오차", "Standard error of the value", "전환값의 표준오차");
        direction: &'a str = column("", "방향", "above, below: on which side of the value the other policy is better", "다른 정책이 더 좋은 쪽");
        probability_beyond: f64 = column("1", "확률", "Share of parameter draws on that side", "그쪽에 놓이는 매개변수 표본의 비율");
        probability_beyond_se: Option<f64> = column("1", "", "Standard error of that share", "해당 비율의 표준오차");
        inside_range: bool = column("", "범위 안", "Whether the value lies within the draws; beyond them it rests on a straight line", "표본 범위 안인지 여부");
        told: bool = column("", "판별", "Whether the sign of the difference is told on both sides of the value, by three standard errors, as many parameters are looked at", "양쪽의 부호가 3 표준오차로 구별되는지 여부");
    }
}

table! {
    /// A pair of parameters that tells which of two leading policies is better, where one alone does not.
    pub SwitchingPair in "decision/switching_pairs.csv", Some(Sheet {
        en: "decide switching pairs",
        ko: "결정 전환 쌍",
        about_en: "Pairs of parameters that tell which policy is better (yangjae decide)",
        about_ko: "어느 정책이 더 나은지 가르는 매개변수 쌍(yangjae decide)",
    }) => {
        criterion: &'a str = column("", "기준", "What policies are judged by: an outcome, or a weighted sum of outcomes; min: stands where less is better", "판단 기준(결과 또는 가중합, min:은 작을수록 좋음)");
        policy: &'a str = column("", "정책", "The policy that is better by the mean", "평균이 더 좋은 정책");
        other: &'a str = column("", "비교 정책", "The policy that becomes better", "더 좋아지는 정책");
        parameter: &'a str = column("", "매개변수", "The first parameter", "첫째 매개변수");
        second_parameter: &'a str = column("", "둘째 매개변수", "The second", "둘째 매개변수");
        constant: f64 = column("1", "", "The other policy is better where constant + coefficient x parameter + second_coefficient x second_parameter is above 0", "constant + coefficient × parameter + second_coefficient × second_parameter > 0이면 다른 정책이 더 좋음");
        coefficient: f64 = column("1", "", "Coefficient of the first", "첫째 계수");
        second_coefficient: f64 = column("1", "", "Coefficient of the second", "둘째 계수");
        accuracy: f64 = column("1", "정확도", "Share of replications, left out in turn, of which the rule tells which policy is better", "교차검증 정확도");
        accuracy_se: f64 = column("1", "", "Standard error of the accuracy", "정확도의 표준오차");
        accuracy_of_one: f64 = column("1", "", "The same share by the better of the two parameters alone", "한 매개변수만의 정확도");
        accuracy_of_none: f64 = column("1", "", "The same share where the policy that is better more often is always named", "항상 같은 정책을 고를 때의 정확도");
    }
}

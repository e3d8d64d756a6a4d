//! `decision/value_of_information.csv`: what it is worth to know more before deciding.

use crate::report::tables::row::table;

/// What is said of an estimate above that of all parameters together.
pub const CAPPED: &str = "capped: the estimate is above that of all parameters together";

/// Why a parameter is worth nothing.
pub const CANNOT_ACT: &str = "no policy of the run has anything through which it acts";
/// Why a parameter of accounts is worth nothing by a criterion that has none of them.
pub const ONLY_IN_ACCOUNTS: &str =
    "it acts only in accounts, and the criterion is of jobs, firms or investment alone";
/// Why all of them together are worth nothing.
pub const NONE_VARIES: &str = "no parameter that can move the criterion varies";

table! {
    /// What it is worth to know something before deciding.
    pub InformationWorth in "decision/value_of_information.csv", Some(Sheet {
        en: "decide information",
        ko: "결정 정보 가치",
        about_en: "What it is worth to know more before deciding (yangjae decide)",
        about_ko: "결정 전에 더 아는 것의 가치(yangjae decide)",
    }) => {
        criterion: &'a str = column("", "기준", "What policies are judged by: an outcome, or a weighted sum of outcomes; min: stands where less is better", "판단 기준(결과 또는 가중합, min:은 작을수록 좋음)");
        what: &'a str = column("", "대상", "all, the name of a group of parameters, or a parameter", "all(전체), 매개변수 묶음 또는 매개변수");
        kind: &'a str = column("", "", "all, group (parameters that act first in one phase), parameter, or survey (what a survey of the parameter says)", "구분(all, group, parameter, survey)");
        survey_size: Option<u32> = column("", "표본 수", "Observations of the survey; empty: no survey", "조사 표본 수(조사가 아니면 빈칸)");
        value: Option<f64> = column("unit", "가치", "Expected gain of the best choice given what is learnt over the best choice now; of all: EVPI, of groups and parameters: EVPPI, at most EVPI; of a survey: EVSI, at most the EVPPI of its parameter; empty where it is not told", "알고 결정할 때의 기대 이득(EVPI, EVPPI, EVSI)");
        se: Option<f64> = column("unit", "표준오차", "Standard error of the value; empty without one", "가치의 표준오차");
        upward_bias: Option<f64> = column("unit", "", "By how much the value is expected to be too high, as the best of several estimates is taken; not taken off; 0 also where it is not estimated; empty without a value", "상향 편의의 추정(차감하지 않음)");
        unit: &'a str = column("", "단위", "Unit of the criterion", "기준의 단위");
        note: &'a str = column("", "비고", "Why a parameter is worth exactly 0, that the estimate is capped, that it leaves out rivals of the best policy, or why none is told", "비고");
    }
}

//! The keys of a parameter, and of a change of one.

use crate::scenario::Distribution;
use crate::scenario::Evidence;
use crate::scenario::keys::bounds::MOST_FACTOR;
use crate::scenario::keys::bounds::MOST_SD;
use crate::scenario::keys::bounds::MOST_SUM;
use crate::scenario::keys::common::NOTE;
use crate::scenario::keys::key::Holds;
use crate::scenario::keys::key::Key;
use crate::scenario::keys::key::may;
use crate::scenario::keys::key::must;
use crate::scenario::survey::MODELS;

const FROM: Key = may(
    "from",
    Holds::Date,
    "First day of the change; absent: from the start",
    "변경의 첫날(없으면 처음부터)",
);
const UNTIL: Key = may(
    "until",
    Holds::Date,
    "Last day of the change; absent: for good",
    "변경의 마지막 날(없으면 계속)",
);

/// A parameter of `parameters.toml`.
pub const PARAMETER: &[Key] = &[
    must(
        "value",
        Holds::OfParameter,
        "What holds if parameters do not vary",
        "매개변수가 변하지 않을 때의 값",
    ),
    must("unit", Holds::UnitOfParameter, "Its unit", "단위"),
    must(
        "range",
        Holds::RangeOfParameter,
        "What the value may well be instead: [low, high]",
        "값이 가질 수 있는 범위 [하한, 상한]",
    ),
    must(
        "distribution",
        Holds::Word(Distribution::WORDS),
        "How it varies over replications",
        "반복 간 변동 분포",
    ),
    must(
        "evidence",
        Holds::Word(Evidence::WORDS),
        "On what it rests: seen in the source, derived from it, recalled, or judgement",
        "근거: 자료 확인(seen), 자료에서 도출(derived), 기억(recalled), 판단(judgement)",
    ),
    must("source", Holds::SomeText, "Where it comes from", "출처"),
    NOTE,
    may(
        "free",
        Holds::Flag,
        "Whether yangjae calibrate fits it",
        "yangjae calibrate의 추정 대상인지",
    ),
    may("survey", Holds::Table(SURVEY), "How it could be surveyed", "조사 방법"),
];

/// A survey of a parameter.
pub const SURVEY: &[Key] = &[
    must("model", Holds::Word(&MODELS), "Model of one observation", "관측 모형"),
    may(
        "sd",
        Holds::Positive { max: MOST_SD },
        "Standard deviation of one observation, of its logarithm for lognormal",
        "한 관측의 표준편차(lognormal은 로그값)",
    ),
    may("sizes", Holds::Sizes, "Numbers of observations", "표본 수"),
];

/// A change of a parameter: either `times` or `plus`.
pub const CHANGE: &[Key] = &[
    may(
        "times",
        Holds::Number { min: 0.0, max: MOST_FACTOR },
        "Factor on the value of each replication",
        "각 반복 값에 곱하는 수",
    ),
    may(
        "plus",
        Holds::Number { min: -MOST_SUM, max: MOST_SUM },
        "What is added to the value of each replication",
        "각 반복 값에 더하는 수",
    ),
    FROM,
    UNTIL,
];

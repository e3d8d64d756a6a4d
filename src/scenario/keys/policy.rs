//! The keys of policies and futures, and of the parts of a lever that are tables.

use crate::policy::effect::On;
use crate::scenario::keys::bounds::MOST_YEARS_OF_EFFECT;
use crate::scenario::keys::common::SOURCE;
use crate::scenario::keys::common::TITLE_KO;
use crate::scenario::keys::district::CLIMATE;
use crate::scenario::keys::key::Holds;
use crate::scenario::keys::key::Key;
use crate::scenario::keys::key::may;
use crate::scenario::keys::key::must;

/// A policy.
pub const POLICY: &[Key] = &[
    may("title", Holds::Title, "Title for people", "제목").translated(),
    TITLE_KO,
    may("description", Holds::Text, "What it stands for", "설명"),
    may(
        "extends",
        Holds::NameOrNames,
        "Policies of which it takes over levers and parameters",
        "수단과 매개변수를 이어받을 정책",
    ),
    may(
        "counterfactual",
        Holds::Flag,
        "Whether it asks what would have been, such as had the past been another, and cannot be chosen: `decide`, `--best` \
         and `search` leave it out; absent: as the policies that it extends",
        "실제로는 없었던 과거를 묻는 정책이어서 선택할 수 없는지(decide, --best, search에서 제외). 없으면 이어받는 정책과 같음",
    ),
    may("remove", Holds::Names, "Levers that it does not take over", "이어받지 않을 수단"),
    may("levers", Holds::Levers, "Its levers, by their names", "정책 수단"),
    may("parameters", Holds::Changes, "Parameters that it changes", "변경하는 매개변수"),
];

/// A future.
pub const FUTURE: &[Key] = &[
    may("title", Holds::Title, "Title for people", "제목").translated(),
    TITLE_KO,
    may("description", Holds::Text, "What it stands for", "설명"),
    SOURCE,
    may(
        "parameters",
        Holds::Changes,
        "Parameters that it changes under every policy",
        "모든 정책에서 변경하는 매개변수",
    ),
    may(
        "climate",
        Holds::Tables(CLIMATE),
        "Years of the investment climate after the vantage date",
        "기준일 이후의 투자 환경",
    ),
    may(
        "levers",
        Holds::SettingsOfLevers,
        "Settings of levers that it changes in each policy that has them",
        "해당 수단이 있는 정책에서 변경하는 설정",
    ),
];

/// A step of a schedule, whose number has the bounds of its setting.
pub const STEP: &[Key] = &[
    must("from", Holds::Date, "Day from which the number holds", "적용 시작일"),
    must("value", Holds::OfParameter, "The number", "값"),
];

/// An effect of an instrument.
pub const EFFECT: &[Key] = &[
    must("on", Holds::Word(On::WORDS), "What it is on", "효과의 대상"),
    may(
        "after",
        Holds::Whole { min: 0, max: MOST_YEARS_OF_EFFECT },
        "Years until it begins",
        "시작까지의 연수",
    ),
    may(
        "lasts",
        Holds::Whole { min: 1, max: MOST_YEARS_OF_EFFECT },
        "Years that it lasts; absent: 1",
        "지속 연수(없으면 1)",
    ),
    may(
        "fades",
        Holds::Whole { min: 0, max: MOST_YEARS_OF_EFFECT },
        "Years over which it fades; absent: 0",
        "소멸 연수(없으면 0)",
    ),
    may(
        "per",
        Holds::Number { min: 1e-6, max: 1e9 },
        "Money a head, or share, that has the whole effect; together with saturation",
        "전체 효과에 해당하는 1인당 금액 또는 비율(saturation과 함께)",
    ),
    may(
        "saturation",
        Holds::Number { min: 0.01, max: 1e6 },
        "How soon more has no more effect; together with per",
        "포화 정도(per와 함께)",
    ),
];

//! The settings of an instrument.

use crate::policy::levers::matching_fund::STAGES;
use crate::policy::setting::A_FIRM;
use crate::policy::setting::A_YEAR;
use crate::policy::setting::COUNT;
use crate::policy::setting::SHARE;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingKind;
use crate::policy::setting::TO_BUILD;
use crate::policy::setting::YEARS;
use crate::policy::take_up::For;
use crate::policy::take_up::Selection;

/// All of them.
pub(super) const SETTINGS: &[Setting] = &[
    Setting::must(
        "population",
        SettingKind::Choice(For::WORDS),
        "",
        "For whom it is: `startups` that use it, every startup of an `area` and who chooses a place, `founders` of the city",
        "대상: 이용하는 스타트업(`startups`), 지역 전체(`area`), 시내 창업자(`founders`)",
    ),
    Setting::must(
        "areas",
        SettingKind::Areas,
        "",
        "Where: `district`, `city`, or names of areas",
        "지역: `district`, `city` 또는 지역 이름",
    ),
    Setting::may(
        "sectors",
        SettingKind::Sectors,
        "",
        "For which sectors; absent: all",
        "대상 분야(없으면 전체)",
    ),
    Setting::may("youngest", YEARS, "years", "Least age; absent: 0", "최소 업력(없으면 0)")
        .lowers("service_uses"),
    Setting::may(
        "oldest",
        YEARS,
        "years",
        "Greatest age; absent: any",
        "최대 업력(없으면 제한 없음)",
    )
    .raises("service_uses"),
    Setting::may(
        "smallest",
        COUNT,
        "persons",
        "Least headcount; absent: any",
        "최소 인원(없으면 제한 없음)",
    )
    .lowers("service_uses"),
    Setting::may(
        "largest",
        COUNT,
        "persons",
        "Greatest headcount; absent: any",
        "최대 인원(없으면 제한 없음)",
    )
    .raises("service_uses"),
    Setting::may(
        "stages",
        SettingKind::Choices(&STAGES),
        "",
        "For startups that close these rounds next; absent: all",
        "다음 투자 단계(없으면 전체)",
    ),
    Setting::may(
        "tenants",
        SettingKind::Scope,
        "",
        "Only for tenants of this facility of the policy; absent: for all",
        "이 시설의 입주 기업만(없으면 전체)",
    ),
    Setting::may(
        "alumni",
        SettingKind::Scope,
        "",
        "Only for alumni of this facility of the policy; absent: for all",
        "이 시설의 졸업 기업만(없으면 전체)",
    ),
    Setting::may(
        "reach",
        SHARE,
        "1/year",
        "Share of those whom it is for that use it in a year; or `number`, or `budget`",
        "한 해에 이용하는 대상 기업의 비율(또는 `number`, `budget`)",
    )
    .raises("service_uses"),
    Setting::may(
        "number",
        COUNT,
        "firms/year",
        "Firms that use it in a year; absent: see `reach`",
        "연간 이용 기업 수(없으면 `reach`)",
    )
    .raises("service_uses"),
    Setting::may(
        "budget",
        A_YEAR,
        "{money}/year",
        "Money for a year, which limits how many use it; absent: see `reach`",
        "연간 예산(없으면 `reach`)",
    )
    .raises("service_uses"),
    Setting::may(
        "selection",
        SettingKind::Choice(Selection::WORDS),
        "",
        "Who comes first: by `lot`, in the `order` of days, by `merit`; absent: by lot",
        "선정 방식: 추첨(`lot`), 선착순(`order`), 평가(`merit`). 없으면 추첨",
    ),
    Setting::may(
        "pause",
        SettingKind::Count { max: 100 },
        "years",
        "Years after a use in which a firm gets no other; absent: 0",
        "이용 후 다시 이용할 수 없는 기간(없으면 0)",
    )
    .lowers("service_uses"),
    Setting::may(
        "each",
        A_FIRM,
        "{money}",
        "Money for a use; absent: none",
        "이용 건당 지원금(없으면 없음)",
    )
    .raises("public_cost"),
    Setting::may(
        "wage_share",
        SHARE,
        "1",
        "Share of the user's wages of the year that it pays; absent: none",
        "이용 기업의 그해 임금 지원 비율(없으면 없음)",
    )
    .raises("public_cost"),
    Setting::may(
        "rent_share",
        SHARE,
        "1",
        "Share of the user's market rent of the year that it pays; absent: none",
        "이용 기업의 그해 임대료 지원 비율(없으면 없음)",
    )
    .raises("public_cost"),
    Setting::may(
        "round_share",
        SHARE,
        "1",
        "Share of the round that the user closes in the year that it pays; absent: none",
        "이용 기업이 그해 유치한 투자액 대비 지원 비율(없으면 없음)",
    )
    .raises("public_cost"),
    Setting::may(
        "transfer_share",
        SHARE,
        "1",
        "Share of what users get that only changes hands, as all of a tax credit does: in the economic account a cost and as much a benefit; the rest buys something. Absent: 0",
        "이용자에게 이전되는 비율(세액공제는 1): 경제 계정에서 비용과 편익에 같은 금액. 나머지는 자원 구매. 없으면 0",
    ),
    Setting::may(
        "yearly",
        A_YEAR,
        "{money}/year",
        "What running it costs; absent: nothing",
        "연간 운영비(없으면 없음)",
    )
    .raises("public_cost"),
    Setting::may(
        "construction",
        TO_BUILD,
        "{money}",
        "What is built for it, paid evenly from the first day to the opening; absent: nothing",
        "건설비(시작일부터 개통일까지 균등 배분, 없으면 없음)",
    )
    .raises("public_cost"),
    Setting::may(
        "opening",
        SettingKind::Date,
        "date",
        "Opening day of what is built, from which the instrument acts; absent: `from`",
        "개통일. 이날부터 효과가 있음(없으면 `from`)",
    ),
    Setting::must(
        "effects",
        SettingKind::Effects,
        "",
        "What it does: a list of `{ on = …, after = years, lasts = years, fades = years, per = money a head or share, saturation = … }`; each has its size in `effect_ON_LEVER` of parameters.toml",
        "효과 목록. 크기는 parameters.toml의 `effect_ON_LEVER`",
    ),
    Setting::may(
        "evidence_limit",
        SettingKind::Number { min: 0.0, max: 1e6 },
        "1",
        "The reach, number or budget up to which evidence reaches; absent: it is not known",
        "근거가 미치는 이용률, 건수 또는 예산(없으면 알 수 없음)",
    ),
];

//! A general instrument: whom it is for, who of them uses it, what that costs and what it does, all by
//! settings.

use crate::policy::area::ByArea;
use crate::policy::area::MOST_AREAS;
use crate::policy::building::Building;
use crate::policy::effect::Effect;
use crate::policy::effect::On;
use crate::policy::lever::Common;
use crate::policy::lever::Contradiction;
use crate::policy::lever::Horizon;
use crate::policy::lever::Lever;
use crate::policy::lever::LeverSpec;
use crate::policy::lever::Named;
use crate::policy::lever::costs_only;
use crate::policy::levers::matching_fund::STAGES;
use crate::policy::sector::BySector;
use crate::policy::setting::A_FIRM;
use crate::policy::setting::A_YEAR;
use crate::policy::setting::COUNT;
use crate::policy::setting::MOST;
use crate::policy::setting::SHARE;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingKind;
use crate::policy::setting::TO_BUILD;
use crate::policy::setting::YEARS;
use crate::policy::size::Size;
use crate::policy::slot::LeverSlot;
use crate::policy::values::Values;
use crate::policy::words::words;
use crate::time::Date;

words! {
    /// For whom an instrument is.
    pub enum For {
        /// For startups, of which some use it in a year.
        Startups = "startups",
        /// For every startup in its areas, and for who chooses a place.
        Area = "area",
        /// For those who would found a firm in the city.
        Founders = "founders",
    }
}

words! {
    /// Who comes first where not all can use an instrument.
    pub enum Selection {
        /// By lot.
        Lot = "lot",
        /// In the order of the days on which they ask for it.
        Order = "order",
        /// By score, best first.
        Merit = "merit",
    }
}

/// How many of those who may use an instrument do in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TakeUp {
    /// A share of them `[1/year]`.
    Reach(f64),
    /// So many `[firms/year]`.
    Number(u32),
    /// As many as the year's money pays for.
    Budget(f64),
    /// Nobody uses it: it is for all.
    All,
}

/// What a firm that uses an instrument gets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gives {
    /// No money.
    Nothing,
    /// An amount.
    Each(f64),
    /// A share of its wages of the year `[1]`.
    WageShare(f64),
    /// A share of its market rent of the year `[1]`.
    RentShare(f64),
    /// A share of the round that it closes in the year `[1]`.
    RoundShare(f64),
}

/// Which startups an instrument is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Targets {
    /// The areas.
    pub areas: ByArea<bool>,
    /// The sectors.
    pub sectors: BySector<bool>,
    /// Least and greatest age `[years]`.
    pub age: [f64; 2],
    /// Least and greatest headcount `[persons]`.
    pub headcount: [u32; 2],
    /// By the round that they close next, in the order of [`STAGES`].
    pub stages: [bool; 5],
    /// Only the tenants of this facility.
    pub tenants: Option<LeverSlot>,
    /// Only the alumni of this facility.
    pub alumni: Option<LeverSlot>,
}

impl Targets {
    /// All startups everywhere.
    pub const ALL: Self = Self {
        areas: [true; MOST_AREAS],
        sectors: [true; crate::policy::sector::MOST_SECTORS],
        age: [0.0, f64::INFINITY],
        headcount: [0, u32::MAX],
        stages: [true; 5],
        tenants: None,
        alumni: None,
    };
}

/// A general instrument.
#[derive(Clone, Debug, PartialEq)]
pub struct Instrument {
    /// Name, dates, payer.
    pub common: Common,
    /// Its place among all instruments of the scenario.
    pub place: usize,
    /// For whom it is.
    pub population: For,
    /// Which startups.
    pub targets: Targets,
    /// How many of them use it.
    pub take_up: TakeUp,
    /// Who comes first.
    pub selection: Selection,
    /// Years after a use in which a firm gets no other.
    pub pause: u16,
    /// What a firm gets.
    pub gives: Gives,
    /// What running it costs `[account units/year]`.
    pub yearly: f64,
    /// What is built for it.
    pub building: Option<Building>,
    /// What it does.
    pub effects: Vec<Effect>,
    /// The reach, number or budget up to which evidence reaches.
    pub evidence_limit: Option<f64>,
}

const SETTINGS: &[Setting] = &[
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

/// What is known of the kind.
pub static SPEC: LeverSpec = LeverSpec {
    name: "instrument",
    title_en: "Instrument",
    title_ko: "정책 도구",
    settings: SETTINGS,
    scales: Some("reach"),
    mechanism_en: "A general instrument: startups chosen by area, sector, age, headcount, stage or tenancy use it by lot, in order or by merit, which moves their growth, exit, rounds, quits or hiring for some years; or it moves them for a whole area, or the value of its places, or how many would found in the city.",
    mechanism_ko: "일반 정책 도구: 지역, 분야, 업력, 인원, 투자 단계, 입주 여부로 정한 기업이 추첨, 선착순 또는 평가로 이용하여 성장, 퇴출, 투자, 이직, 채용이 일정 기간 달라진다. 지역 전체, 입지의 효용 또는 시내 창업자 수를 바꿀 수도 있다.",
    parameters: &[
        "effect_growth",
        "effect_exit",
        "effect_round",
        "effect_quits",
        "effect_hiring",
        "effect_founding",
        "effect_moving_in",
        "selection_weight",
    ],
    moves: &["service_uses", "public_cost"],
    lowers: &[],
    source: "the scenario's own: a source stands at each lever and each size",
    evidence: &[],
    costs: &["support", "administration", "construction"],
    contradictions,
};

/// As it is written.
pub(super) fn read(common: Common, values: &Values<'_>) -> Instrument {
    let number = |name: &str| values.has(name).then(|| values.number(name));
    let count = |name: &str| values.has(name).then(|| values.count(name));
    let facility =
        |name: &str| values.has(name).then(|| values.scope(name)).map(|name| values.slot(&name));
    let take_up = number("reach")
        .map(TakeUp::Reach)
        .or(count("number").map(TakeUp::Number))
        .or(number("budget").map(TakeUp::Budget));
    let gives = number("each")
        .map(Gives::Each)
        .or(number("wage_share").map(Gives::WageShare))
        .or(number("rent_share").map(Gives::RentShare))
        .or(number("round_share").map(Gives::RoundShare));
    let instruments = values.names.instruments;
    Instrument {
        place: instruments.iter().position(|name| *name == common.name).unwrap_or(0),
        population: values.word("population"),
        targets: Targets {
            areas: values.areas("areas"),
            sectors: values.sectors("sectors"),
            age: [number("youngest").unwrap_or(0.0), number("oldest").unwrap_or(f64::INFINITY)],
            headcount: [count("smallest").unwrap_or(0), count("largest").unwrap_or(u32::MAX)],
            stages: values.flags("stages", &STAGES),
            tenants: facility("tenants"),
            alumni: facility("alumni"),
        },
        take_up: take_up.unwrap_or(TakeUp::All),
        selection: if values.has("selection") { values.word("selection") } else { Selection::Lot },
        pause: count("pause").and_then(|years| u16::try_from(years).ok()).unwrap_or(0),
        gives: gives.unwrap_or(Gives::Nothing),
        yearly: number("yearly").unwrap_or(0.0),
        building: number("construction").map(|construction| Building {
            construction,
            land: 0.0,
            opening: values.date("opening"),
            operation: 0.0,
        }),
        effects: values.effects("effects"),
        evidence_limit: number("evidence_limit"),
        common,
    }
}

/// Settings that one population has no use for.
const OF_USERS: [&str; 9] = [
    "reach",
    "number",
    "budget",
    "selection",
    "pause",
    "each",
    "wage_share",
    "rent_share",
    "round_share",
];
/// Settings that say which startups it is for.
const OF_STARTUPS: [&str; 8] =
    ["youngest", "oldest", "smallest", "largest", "stages", "tenants", "alumni", "sectors"];

/// What is wrong with a lever: the setting, what is wrong, what would be right, how to mend it.
type Fault = (&'static str, String, &'static str, &'static str);

fn contradictions(levers: &[Named<'_>]) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for (lever, (name, values)) in levers.iter().enumerate() {
        let mut faults: Vec<Fault> = Vec::new();
        let population: For = values.word("population");
        if population == For::Startups {
            of_users(name, values, &mut faults);
        } else {
            of_all(population, values, &mut faults);
        }
        if values.has("construction") != values.has("opening") {
            let written = if values.has("opening") { "opening" } else { "construction" };
            let message = format!("`{name}` says when something opens or what it costs, not both");
            let expected = "expected `construction` and `opening`, or neither";
            faults.push((written, message, expected, ""));
        }
        for [low, high] in [["youngest", "oldest"], ["smallest", "largest"]] {
            let bound = |name: &str| match low {
                "youngest" => values.number(name),
                _ => f64::from(values.count(name)),
            };
            if values.has(low) && values.has(high) && bound(low) > bound(high) {
                let message =
                    format!("`{low}`, {}, is above `{high}`, {}", bound(low), bound(high));
                faults.push((low, message, "expected no more than the other", ""));
            }
        }
        for (place, effect) in values.effects("effects").iter().enumerate() {
            let on = effect.on.name();
            let earlier = values.effects("effects");
            if earlier.iter().take(place).any(|other| other.on == effect.on) {
                let message = format!("two effects are on {on}");
                faults.push((
                    "effects",
                    message,
                    "expected one on each",
                    "a second one is a lever of its own",
                ));
            }
            let fits = match population {
                For::Startups => !matches!(effect.on, On::Founding | On::MovingIn),
                For::Area => effect.on != On::Founding,
                For::Founders => effect.on == On::Founding,
            };
            if !fits {
                let population = population.name();
                let message = format!("an effect on {on} is none on `{population}`");
                let help = "`founding` is of founders, `moving_in` of an area, all others of startups or an area";
                faults.push((
                    "effects",
                    message,
                    "expected an effect that fits the population",
                    help,
                ));
            }
            if effect.on == On::Exit && effect.after == 0 && population == For::Startups {
                let message = "an effect on exit cannot begin in the year of use".to_owned();
                let help = "who exits in a year is settled by its state on 1 January";
                faults.push(("effects", message, "expected `after` of 1 or more", help));
            }
        }
        found.extend(faults.into_iter().map(|(setting, message, expected, help)| Contradiction {
            lever,
            setting,
            message,
            expected: expected.to_owned(),
            help,
        }));
    }
    found
}

/// What is wrong with an instrument that startups use.
fn of_users(name: &str, values: &Values<'_>, faults: &mut Vec<Fault>) {
    let written = |settings: &[&'static str]| -> Vec<&'static str> {
        settings.iter().copied().filter(|setting| values.has(setting)).collect()
    };
    match written(&["reach", "number", "budget"]).as_slice() {
        [_] => {}
        [] => {
            let message = format!("`{name}` does not say how many use it");
            faults.push(("population", message, "expected one of `reach`, `number`, `budget`", ""));
        }
        [_, second, ..] => {
            let message = format!("`{name}` says twice how many use it");
            faults.push((second, message, "expected one of `reach`, `number`, `budget`", ""));
        }
    }
    let paid = written(&["each", "wage_share", "rent_share", "round_share"]);
    if let [_, second, ..] = paid.as_slice() {
        let message = format!("`{name}` says twice what a firm gets");
        let expected = "expected one of `each`, `wage_share`, `rent_share`, `round_share`";
        faults.push((second, message, expected, ""));
    }
    if values.has("budget") && !(values.has("each") && values.number("each") > 0.0) {
        let message = "a budget limits uses by what each costs".to_owned();
        faults.push(("budget", message, "expected `each` above 0 beside it", ""));
    }
    if paid.is_empty() && values.effects("effects").iter().any(|effect| effect.per.is_some()) {
        let message =
            "an effect depends on the money that a firm gets, and it gets none".to_owned();
        let help = "leave `per` out, or say what a firm gets";
        faults.push(("effects", message, "expected no `per`", help));
    }
    if values.has("tenants") && values.has("alumni") {
        let message = "nobody is tenant and alumnus at once".to_owned();
        faults.push(("alumni", message, "expected one of `tenants`, `alumni`", ""));
    }
}

/// What is wrong with an instrument that is for all.
fn of_all(population: For, values: &Values<'_>, faults: &mut Vec<Fault>) {
    let name = population.name();
    let startups: &[&'static str] = match population {
        For::Founders => &OF_STARTUPS[..7],
        _ => &[],
    };
    for setting in OF_USERS.iter().chain(startups).filter(|setting| values.has(setting)) {
        let message = format!("`{setting}` says nothing of an instrument for `{name}`");
        faults.push((setting, message, "expected none", "leave it out"));
    }
    if values.effects("effects").iter().any(|effect| effect.per.is_some() || effect.ends() > 1) {
        let message = format!("an instrument for `{name}` acts while it is in force");
        let expected = "expected an effect with nothing but `on`";
        faults.push(("effects", message, expected, "leave `after`, `lasts`, `fades`, `per` out"));
    }
    let moves_in = values.effects("effects").iter().any(|effect| effect.on == On::MovingIn);
    for setting in OF_STARTUPS.iter().filter(|setting| moves_in && values.has(setting)) {
        let message = "`moving_in` is a value of the areas for every startup".to_owned();
        faults.push((setting, message, "expected none", "leave it out"));
    }
}

impl Instrument {
    /// The day from which it may be used, or is in force.
    #[must_use]
    pub fn opens(&self) -> Date {
        self.building.as_ref().map_or(self.common.from, |building| building.opening)
    }

    /// Whether some year's effect is on this.
    #[must_use]
    pub fn effect_on(&self, on: On) -> Option<&Effect> {
        self.effects.iter().find(|effect| effect.on == on)
    }
}

impl Lever for Instrument {
    fn common(&self) -> &Common {
        &self.common
    }

    fn serves_firms(&self) -> bool {
        self.population != For::Area
    }

    fn building(&self) -> Option<&Building> {
        self.building.as_ref()
    }

    fn administration(&self) -> Option<f64> {
        Some(self.yearly)
    }

    fn sizes(&mut self) -> Vec<(&'static str, Size<'_>)> {
        let first = match &mut self.take_up {
            TakeUp::Reach(reach) => Some(("reach", Size::Share(reach))),
            TakeUp::Number(number) => Some(("number", Size::Count(number, MOST))),
            TakeUp::Budget(budget) => Some(("budget", Size::Money(budget))),
            TakeUp::All => None,
        };
        let Some(first) = first else { return Vec::new() };
        let mut sizes = vec![first, ("yearly", Size::Money(&mut self.yearly))];
        if let Some(building) = &mut self.building {
            sizes.push(("construction", Size::Money(&mut building.construction)));
        }
        sizes
    }

    fn own_limit(&self) -> Option<(&'static str, f64, f64)> {
        let (setting, value) = match self.take_up {
            TakeUp::Reach(reach) => ("reach", reach),
            TakeUp::Number(number) => ("number", f64::from(number)),
            TakeUp::Budget(budget) => ("budget", budget),
            TakeUp::All => return None,
        };
        self.evidence_limit.map(|limit| (setting, value, limit))
    }

    fn idle(&self, horizon: Horizon) -> Option<String> {
        let by_take_up = match self.take_up {
            TakeUp::Reach(reach) => costs_only("reach", reach <= 0.0),
            TakeUp::Number(number) => costs_only("number", number == 0),
            TakeUp::Budget(budget) => costs_only("budget", budget <= 0.0),
            TakeUp::All => None,
        };
        let nobody = || {
            let none = !self.targets.areas.contains(&true);
            none.then(|| "it is for no area of the scenario".to_owned())
        };
        horizon
            .begins_late(self.opens())
            .or_else(|| horizon.ended_early(&self.common))
            .or(by_take_up)
            .or_else(nobody)
    }
}

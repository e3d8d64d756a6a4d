//! A general instrument: whom it is for, who of them uses it, what that costs and what it does, all by
//! settings.

mod contradictions;
mod settings;

use crate::policy::building::Building;
use crate::policy::effect::Effect;
use crate::policy::effect::On;
use crate::policy::lever::Common;
use crate::policy::lever::Horizon;
use crate::policy::lever::Lever;
use crate::policy::lever::LeverSpec;
use crate::policy::lever::costs_only;
use crate::policy::levers::matching_fund::STAGES;
use crate::policy::setting::MOST;
use crate::policy::size::Size;
use crate::policy::take_up::For;
use crate::policy::take_up::Gives;
use crate::policy::take_up::Selection;
use crate::policy::take_up::TakeUp;
use crate::policy::take_up::Targets;
use crate::policy::values::Values;
use crate::time::Date;

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
    /// Share of what users get that only changes hands `[1]`.
    pub transfer_share: f64,
    /// What running it costs `[account units/year]`.
    pub yearly: f64,
    /// What is built for it.
    pub building: Option<Building>,
    /// What it does.
    pub effects: Vec<Effect>,
    /// The reach, number or budget up to which evidence reaches.
    pub evidence_limit: Option<f64>,
}

/// What is known of the kind.
pub static SPEC: LeverSpec = LeverSpec {
    name: "instrument",
    title_en: "Instrument",
    title_ko: "정책 도구",
    settings: settings::SETTINGS,
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
    costs: &["support", "support_transfers", "administration", "construction"],
    contradictions: contradictions::all,
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
        transfer_share: number("transfer_share").unwrap_or(0.0),
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

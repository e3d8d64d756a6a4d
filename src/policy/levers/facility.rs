//! Places for startups with rent below the market and services.

use crate::policy::area::Area;
use crate::policy::building::BUILDING;
use crate::policy::building::Building;
use crate::policy::lever::Common;
use crate::policy::lever::Contradiction;
use crate::policy::lever::Horizon;
use crate::policy::lever::Lever;
use crate::policy::lever::LeverSpec;
use crate::policy::lever::Named;
use crate::policy::schedule::Schedule;
use crate::policy::sector::BySector;
use crate::policy::setting::A_FIRM;
use crate::policy::setting::EvidenceLimit;
use crate::policy::setting::MOST;
use crate::policy::setting::MOST_SPACE;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingKind;
use crate::policy::setting::YEARS;
use crate::policy::size::Size;
use crate::policy::values::Values;
use crate::policy::words::words;
use crate::time::DAYS;
use crate::time::Date;

words! {
    /// How a facility chooses among applicants.
    pub enum Admission {
        /// By score at recruitment days, best first.
        Ranked = "ranked",
        /// In the order of dates as places fall free.
        FirstCome = "first-come",
        /// By lot at recruitment days.
        Lottery = "lottery",
    }
}

/// Places for startups.
#[derive(Clone, Debug, PartialEq)]
pub struct Facility {
    /// Name, dates, payer.
    pub common: Common,
    /// The building.
    pub building: Building,
    /// Where it stands.
    pub area: Area,
    /// Places for firms.
    pub places: Schedule,
    /// Longest tenancy `[years]`.
    pub tenancy: f64,
    /// Largest headcount that a place holds `[persons]`.
    pub room: u32,
    /// Rent charged over the market rent `[1]`.
    pub rent_ratio: f64,
    /// How applicants are admitted.
    pub admission: Admission,
    /// Days of the year on which places are given out, rising; empty for first-come.
    pub recruitment_days: Vec<u16>,
    /// Factor on the share of young firms that look round `[1]`.
    pub awareness_factor: f64,
    /// Value of a place beyond that of a facility's usual services `[utility]`.
    pub extra_value: f64,
    /// Intensity of services; 1 is that of the facility by which `facility_*` parameters are stated.
    pub services: f64,
    /// Oldest age at admission `[years]`.
    pub longest_age: f64,
    /// Which sectors are admitted.
    pub sectors: BySector<bool>,
    /// Whether graduates' firms are admitted, which pulls graduates to found.
    pub graduates: bool,
    /// Tenants on the first day of the simulation.
    pub initial_tenants: u32,
    /// Floor space for tenants `[m2]`.
    pub floor_space: Schedule,
    /// Cost of services to a tenant `[KRW m/year]`.
    pub service_cost: f64,
}

impl Facility {
    /// Whether its rooms are leased on the area's market: it has no building and no land of its
    /// own. Its floor space is then a part of the market's, of which tenants use theirs.
    #[must_use]
    pub fn is_leased(&self) -> bool {
        self.building.construction <= 0.0 && self.building.land <= 0.0
    }

    /// Whether it has a place and floor space for a tenant on some day of a year.
    #[must_use]
    pub fn offers_places(&self, year: u16) -> bool {
        self.places.any_in(year) && self.floor_space.any_in(year)
    }

    /// Why a facility never has a tenant in a simulated year, as the end of a sentence.
    #[must_use]
    pub fn no_tenants(&self, horizon: Horizon) -> Option<String> {
        let (first, last) = (Date::new_year(horizon.first_year), horizon.last_year);
        let nothing = |setting: &str| Some(format!("as `{setting}` is 0"));
        if self.room == 0 {
            return nothing("room");
        }
        if self.floor_space.is_zero() {
            return nothing("floor_space");
        }
        // The first tenants do not apply, and no place is counted for them.
        let opened_before = self.building.opening.year < first.year;
        if opened_before && self.initial_tenants > 0 && self.floor_space.on(first) > 0 {
            return None;
        }
        if self.places.is_zero() {
            return nothing("places");
        }
        if self.awareness_factor <= 0.0 {
            return nothing("awareness_factor");
        }
        let opens = self.building.opening.max(first);
        let closes = self.common.until.unwrap_or(Date { year: last, day: DAYS });
        if closes < opens {
            return Some(format!("as it ended on {closes}, before the first year, {}", first.year));
        }
        let offers = (opens.year..=closes.year.min(last)).any(|year| self.offers_places(year));
        (!offers).then(|| "as it has no place or no floor space while it is open".to_owned())
    }
}

const SETTINGS: &[Setting] = &[
    BUILDING[0],
    BUILDING[1],
    BUILDING[2],
    BUILDING[3],
    Setting::must("area", SettingKind::Area, "", "Area in which it stands", "위치한 지역"),
    Setting::must(
        "places",
        SettingKind::Schedule { max: MOST },
        "firms",
        "Places for firms, by date",
        "입주 가능 기업 수(날짜별)",
    )
    .raises("tenants"),
    Setting::must(
        "tenancy",
        SettingKind::Number { min: 0.01, max: 100.0 },
        "years",
        "Longest tenancy",
        "최장 입주 기간",
    )
    .raises("tenants"),
    Setting::must(
        "room",
        SettingKind::Count { max: 1_000_000 },
        "persons",
        "Largest headcount that a place holds",
        "입주 공간의 최대 수용 인원",
    )
    .raises("tenants"),
    Setting::must(
        "rent_ratio",
        SettingKind::Number { min: 0.01, max: 3.0 },
        "1",
        "Rent charged as a share of the area's market rent",
        "지역 시장 임대료 대비 임대료",
    )
    .lowers("applications"),
    Setting::must(
        "admission",
        SettingKind::Choice(Admission::WORDS),
        "",
        "How applicants are admitted",
        "입주 기업 선정 방식",
    ),
    Setting::may(
        "recruitment_days",
        SettingKind::Days,
        "day of year",
        "Days on which places are given out; needed for `ranked` and `lottery`",
        "선정일(연중 일수)",
    ),
    Setting::must(
        "awareness_factor",
        SettingKind::Number { min: 0.0, max: 100.0 },
        "1",
        "Factor on the share of young firms that look round for a facility",
        "입주 탐색 비율의 배수",
    )
    .raises("applications"),
    Setting::must(
        "extra_value",
        SettingKind::Number { min: -20.0, max: 100.0 },
        "utility",
        "Value of a place beyond that of a facility's usual services",
        "일반 서비스 외의 추가 효용",
    )
    .raises("applications"),
    Setting::must(
        "services",
        SettingKind::Number { min: 0.0, max: 10.0 },
        "1",
        "Intensity of services; 1 is that of the incubator for which the effects of services are stated",
        "서비스 강도(허브=1)",
    )
    .raises("jobs_startups"),
    Setting::must(
        "longest_age",
        YEARS,
        "years",
        "Oldest age at which a firm is admitted",
        "입주 가능한 최대 업력",
    )
    .raises("applications"),
    Setting::may(
        "sectors",
        SettingKind::Sectors,
        "",
        "Sectors admitted; absent: all",
        "입주 가능 분야(없으면 전체)",
    ),
    Setting::must(
        "graduates",
        SettingKind::Flag,
        "",
        "Whether it is open to firms that graduates found, which pulls them to found",
        "졸업생 창업에 개방 여부",
    ),
    Setting::may(
        "initial_tenants",
        SettingKind::Count { max: MOST },
        "firms",
        "Tenants on the first day of the simulation; absent: none",
        "시뮬레이션 시작일의 입주 기업 수",
    )
    .raises("tenants"),
    Setting::must(
        "floor_space",
        SettingKind::Schedule { max: MOST_SPACE },
        "m2",
        "Floor space for tenants, by date, which they never exceed; an own building adds it to the \
         area, leased rooms (no construction, no land) lie in the area's market",
        "입주 기업용 연면적(날짜별 상한): 자체 건물이면 지역에 추가, 임차 공간(건설비·토지 0)이면 \
         지역 시장의 일부",
    )
    .raises("tenants"),
    Setting::must(
        "service_cost",
        A_FIRM,
        "{money}/year",
        "Cost of services to a tenant in a year",
        "입주 기업당 연간 서비스 비용",
    )
    .raises("public_cost"),
];

/// What is known of the kind.
pub static SPEC: LeverSpec = LeverSpec {
    name: "facility",
    title_en: "Facility",
    title_ko: "입주 시설",
    settings: SETTINGS,
    scales: Some("places"),
    mechanism_en: "Young firms that look round and value a place above their best alternative apply; those admitted pay less rent, and services lower their exit hazard and raise their growth and chance of a round.",
    mechanism_ko: "입주를 알아보는 초기 기업이 최선의 대안보다 효용이 크면 지원하고, 선정되면 임대료가 낮아지며 서비스가 퇴출 위험을 낮추고 성장과 투자 확률을 높인다.",
    parameters: &[
        "facility_awareness",
        "facility_value",
        "facility_leave_rate",
        "selection_weight",
        "alumni_pull",
        "exit_tenant",
        "exit_alumnus",
        "alumnus_half_life",
        "growth_tenant",
        "round_tenant",
        "incubation_pull",
    ],
    moves: &["applications", "admissions", "tenants", "relocations_in", "jobs", "rounds"],
    lowers: &["not_founded"],
    source: "POLI-01 to POLI-17, SURV-09a to SURV-09e; value of a place and size of services: fitted and judgement",
    evidence: &[EvidenceLimit {
        setting: "places",
        limit: 1000.0,
        source: "POLP-04: Pangyo filled 1,002 places in three years, mostly from the city beside it",
    }],
    costs: &["construction", "land", "operation", "services", "rent_subsidy"],
    contradictions,
};

/// As it is written.
pub(super) fn read(common: Common, values: &Values<'_>) -> Facility {
    let admission = values.word("admission");
    let has_days = admission != Admission::FirstCome && values.has("recruitment_days");
    let has_tenants = values.has("initial_tenants");
    Facility {
        common,
        building: Building::read(values),
        area: values.area("area"),
        places: values.schedule("places"),
        tenancy: values.number("tenancy"),
        room: values.count("room"),
        rent_ratio: values.number("rent_ratio"),
        admission,
        recruitment_days: if has_days { values.days("recruitment_days") } else { Vec::new() },
        awareness_factor: values.number("awareness_factor"),
        extra_value: values.number("extra_value"),
        services: values.number("services"),
        longest_age: values.number("longest_age"),
        sectors: values.sectors("sectors"),
        graduates: values.flag("graduates"),
        initial_tenants: if has_tenants { values.count("initial_tenants") } else { 0 },
        floor_space: values.schedule("floor_space"),
        service_cost: values.number("service_cost"),
    }
}

/// Places that are given out on days need the days.
fn contradictions(levers: &[Named<'_>]) -> Vec<Contradiction> {
    let needs_days = |(lever, (_, values)): (usize, &Named<'_>)| {
        let word = values.choice("admission");
        let lacks = word != Admission::FirstCome.name() && !values.has("recruitment_days");
        lacks.then(|| Contradiction {
            lever,
            setting: "admission",
            message: format!("admission \"{word}\" needs `recruitment_days`"),
            expected: "places are given out on fixed days".to_owned(),
            help: "for example: recruitment_days = [60, 240]",
        })
    };
    levers.iter().enumerate().filter_map(needs_days).collect()
}

impl Lever for Facility {
    fn common(&self) -> &Common {
        &self.common
    }

    fn building(&self) -> Option<&Building> {
        Some(&self.building)
    }

    fn site(&self) -> Option<(Area, i64)> {
        let space = self.floor_space.on(self.building.opening);
        Some((self.area, if self.is_leased() { 0 } else { i64::from(space) }))
    }

    fn serves_firms(&self) -> bool {
        true
    }

    fn sizes(&mut self) -> Vec<(&'static str, Size<'_>)> {
        let mut sizes = vec![
            ("places", Size::Schedule(&mut self.places, MOST)),
            ("floor_space", Size::Schedule(&mut self.floor_space, MOST_SPACE)),
            ("initial_tenants", Size::Count(&mut self.initial_tenants, MOST)),
        ];
        sizes.extend(self.building.sizes());
        sizes
    }

    fn observed(&self) -> Vec<(&'static str, f64)> {
        vec![("places", f64::from(self.places.largest()))]
    }

    fn idle(&self, horizon: Horizon) -> Option<String> {
        horizon
            .begins_late(self.building.opening)
            .or_else(|| Some(format!("it does nothing, {}", self.no_tenants(horizon)?)))
    }
}

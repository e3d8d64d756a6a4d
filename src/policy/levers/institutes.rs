//! Institutes that a policy brings: university, government-funded, private.

use crate::policy::area::Area;
use crate::policy::building::BUILDING;
use crate::policy::building::Building;
use crate::policy::lever::Common;
use crate::policy::lever::Horizon;
use crate::policy::lever::Lever;
use crate::policy::lever::LeverSpec;
use crate::policy::lever::costs_only;
use crate::policy::lever::without_end;
use crate::policy::setting::EvidenceLimit;
use crate::policy::setting::SHARE;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingKind;
use crate::policy::size::Size;
use crate::policy::values::Values;
use crate::policy::words::words;

/// The most institutes of one lever.
const MOST_INSTITUTES: u32 = 10_000;

words! {
    /// What institutes are that a policy brings.
    pub enum Form {
        /// University joint research centres.
        University = "university",
        /// Government-funded institutes.
        Government = "government",
        /// Private institutes, which spin off firms at the rate of those that are there.
        Private = "private",
    }
}

/// Institutes that a policy brings.
#[derive(Clone, Debug, PartialEq)]
pub struct Institutes {
    /// Name, dates, payer.
    pub common: Common,
    /// The building.
    pub building: Building,
    /// Where they come.
    pub area: Area,
    /// What they are.
    pub form: Form,
    /// How many.
    pub institutes: u32,
    /// Mean headcount of one `[persons]`.
    pub headcount: f64,
    /// Chance that one comes from elsewhere in the city `[1]`.
    pub from_city: f64,
}
const SETTINGS: &[Setting] = &[
    BUILDING[0],
    BUILDING[1],
    BUILDING[2],
    BUILDING[3],
    Setting::must("area", SettingKind::Area, "", "Area to which they come", "위치한 지역"),
    Setting::must(
        "form",
        SettingKind::Choice(Form::WORDS),
        "",
        "Kind of institute: university joint research centres, government-funded or private institutes",
        "기관 유형",
    ),
    Setting::must(
        "institutes",
        SettingKind::Count { max: MOST_INSTITUTES },
        "institutes",
        "How many come",
        "기관 수",
    )
    .raises("institutes"),
    Setting::must(
        "headcount",
        SettingKind::Number { min: 1.0, max: 10_000.0 },
        "persons",
        "Mean headcount of one",
        "기관당 평균 인원",
    )
    .raises("jobs_institutes"),
    Setting::must(
        "from_city",
        SHARE,
        "1",
        "Chance that one comes from elsewhere in the city",
        "시내 다른 곳에서 이전할 확률",
    )
    .lowers("institutes_opened"),
];

/// What is known of the kind.
pub static SPEC: LeverSpec = LeverSpec {
    name: "institutes",
    title_en: "Institutes",
    title_ko: "연구기관 유치",
    settings: SETTINGS,
    scales: Some("institutes"),
    mechanism_en: "Institutes open in the area, a part of them moved from elsewhere in the city; they hire specialists in competition with startups and spin off firms: universities and government-funded institutes that open more than private ones.",
    mechanism_ko: "기관이 해당 지역에 들어서며 일부는 시내에서 이전한다. 전문인력 채용에서 스타트업과 경쟁하고 분사 창업을 낳으며, 신설 대학·정부출연 기관의 분사 창업이 민간보다 많다.",
    parameters: &[
        "institute_growth",
        "spin_off_rate",
        "spin_off_university",
        "spin_off_government",
    ],
    moves: &["institutes", "jobs_institutes", "public_cost"],
    lowers: &[],
    source: "POLU-01, TAL-09a to TAL-09c; number and origin of institutes: judgement",
    evidence: &[EvidenceLimit {
        setting: "institutes",
        limit: 12.0,
        source: "POLU-01: a tenth more universities in a region; 12 is the size of the plan",
    }],
    costs: &["construction", "land", "operation"],
    contradictions: |levers| without_end(levers, "institutes that have come stay"),
};

/// As it is written.
pub(super) fn read(common: Common, values: &Values<'_>) -> Institutes {
    Institutes {
        common,
        building: Building::read(values),
        area: values.area("area"),
        form: values.word("form"),
        institutes: values.count("institutes"),
        headcount: values.number("headcount"),
        from_city: values.number("from_city"),
    }
}

impl Lever for Institutes {
    fn common(&self) -> &Common {
        &self.common
    }

    fn building(&self) -> Option<&Building> {
        Some(&self.building)
    }

    fn site(&self) -> Option<(Area, i64)> {
        Some((self.area, 0))
    }

    fn serves_firms(&self) -> bool {
        true
    }

    fn sizes(&mut self) -> Vec<(&'static str, Size<'_>)> {
        let mut sizes = vec![("institutes", Size::Count(&mut self.institutes, MOST_INSTITUTES))];
        sizes.extend(self.building.sizes());
        sizes
    }

    fn observed(&self) -> Vec<(&'static str, f64)> {
        vec![("institutes", f64::from(self.institutes))]
    }

    fn idle(&self, horizon: Horizon) -> Option<String> {
        let opened_before = || {
            let (opening, first) = (self.building.opening, horizon.first_year);
            (opening.year < first).then(|| {
                format!(
                    "it opened on {opening}, before the first year, {first}: institutes that are there \
                     by then belong into district.toml"
                )
            })
        };
        horizon
            .begins_late(self.building.opening)
            .or_else(|| costs_only("institutes", self.institutes == 0))
            .or_else(opened_before)
    }
}

//! Grants for research and development.

use crate::policy::lever::Common;
use crate::policy::lever::Horizon;
use crate::policy::lever::Lever;
use crate::policy::lever::LeverSpec;
use crate::policy::lever::costs_only;
use crate::policy::setting::A_FIRM;
use crate::policy::setting::COUNT;
use crate::policy::setting::EvidenceLimit;
use crate::policy::setting::MOST;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingKind;
use crate::policy::setting::YEARS;
use crate::policy::size::Size;
use crate::policy::values::Values;
use crate::policy::words::words;

words! {
    /// How firms are chosen for a grant.
    pub enum Selection {
        /// By score, best first.
        Ranked = "ranked",
        /// By lot.
        Lottery = "lottery",
    }
}

/// Grants for research and development.
#[derive(Clone, Debug, PartialEq)]
pub struct ResearchGrant {
    /// Name, dates, payer.
    pub common: Common,
    /// Grants a year.
    pub grants: u32,
    /// Amount of one `[KRW m]`.
    pub amount: f64,
    /// Oldest age `[years]`.
    pub longest_age: f64,
    /// Ranked or by lot.
    pub selection: Selection,
}
const SETTINGS: &[Setting] = &[
    Setting::must("grants", COUNT, "firms/year", "Grants in a year", "연간 지원 건수")
        .raises("grants"),
    Setting::must("amount", A_FIRM, "{money}", "Amount of a grant", "건당 지원금").raises("rounds"),
    Setting::must(
        "longest_age",
        YEARS,
        "years",
        "Oldest age at which a firm gets it",
        "지원 가능한 최대 업력",
    )
    .raises("grants"),
    Setting::must(
        "selection",
        SettingKind::Choice(Selection::WORDS),
        "",
        "How firms are chosen",
        "선정 방식",
    ),
];

/// What is known of the kind.
pub static SPEC: LeverSpec = LeverSpec {
    name: "research-grant",
    title_en: "Research grants",
    title_ko: "연구개발 지원",
    settings: SETTINGS,
    scales: Some("grants"),
    mechanism_en: "Chosen district startups get a grant, which raises their growth in the next year and their chance of a round for two years, by its amount a head with diminishing returns.",
    mechanism_ko: "선정된 지구 내 기업에 지원금을 주어 다음 해 성장과 2년간 투자 확률을 높인다. 효과는 1인당 지원금에 따라 체감한다.",
    parameters: &[
        "growth_grant",
        "round_grant",
        "grant_reference",
        "grant_saturation",
        "selection_weight",
    ],
    moves: &["grants", "rounds", "jobs_startups", "public_cost"],
    lowers: &[],
    source: "POLR-01 to POLR-04",
    evidence: &[EvidenceLimit {
        setting: "amount",
        limit: 172.0,
        source: "POLR-01: Howell 2017, effects of grants of USD 150,000; those of USD 1 m had no measurable one",
    }],
    costs: &["grants", "grants_windfall"],
    contradictions: |_| Vec::new(),
};

/// As it is written.
pub(super) fn read(common: Common, values: &Values<'_>) -> ResearchGrant {
    ResearchGrant {
        common,
        grants: values.count("grants"),
        amount: values.number("amount"),
        longest_age: values.number("longest_age"),
        selection: values.word("selection"),
    }
}

impl Lever for ResearchGrant {
    fn common(&self) -> &Common {
        &self.common
    }

    fn serves_firms(&self) -> bool {
        true
    }

    fn sizes(&mut self) -> Vec<(&'static str, Size<'_>)> {
        vec![("grants", Size::Count(&mut self.grants, MOST))]
    }

    fn observed(&self) -> Vec<(&'static str, f64)> {
        vec![("amount", self.amount)]
    }

    fn idle(&self, horizon: Horizon) -> Option<String> {
        let given = |year| {
            let number = f64::from(self.grants) * self.common.share_of_year(self.common.from, year);
            number.round() >= 1.0
        };
        let too_short = || {
            let grants = self.grants;
            let why = "in each year it is in force too short a time for one of";
            (!horizon.years().any(given)).then(|| format!("{why} {grants} grants"))
        };
        horizon
            .begins_late(self.common.from)
            .or_else(|| horizon.ended_early(&self.common))
            .or_else(|| costs_only("grants", self.grants == 0))
            .or_else(|| costs_only("amount", self.amount <= 0.0))
            .or_else(too_short)
    }
}

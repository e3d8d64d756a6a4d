//! A subsidy on the wages of newly hired specialists.

use crate::policy::lever::Common;
use crate::policy::lever::Horizon;
use crate::policy::lever::Lever;
use crate::policy::lever::LeverSpec;
use crate::policy::lever::costs_only;
use crate::policy::setting::A_YEAR;
use crate::policy::setting::EvidenceLimit;
use crate::policy::setting::SHARE;
use crate::policy::setting::Setting;
use crate::policy::setting::YEARS;
use crate::policy::size::Size;
use crate::policy::values::Values;

/// A subsidy on wages of new specialists.
#[derive(Clone, Debug, PartialEq)]
pub struct WageSubsidy {
    /// Name, dates, payer.
    pub common: Common,
    /// Share of the wage, for one year `[1]`.
    pub share: f64,
    /// Money for a year `[KRW m]`.
    pub budget: f64,
    /// Oldest age `[years]`.
    pub longest_age: f64,
}
const SETTINGS: &[Setting] = &[
    Setting::must(
        "share",
        SHARE,
        "1",
        "Share of a new specialist's wage that it pays for a year",
        "신규 전문인력 임금 지원 비율(1년)",
    )
    .raises("jobs_startups"),
    Setting::must("budget", A_YEAR, "{money}/year", "Money for a year", "연간 예산")
        .raises("subsidised_hires"),
    Setting::must(
        "longest_age",
        YEARS,
        "years",
        "Oldest age at which a firm gets it",
        "지원 가능한 최대 업력",
    )
    .raises("subsidised_hires"),
];

/// What is known of the kind.
pub static SPEC: LeverSpec = LeverSpec {
    name: "wage-subsidy",
    title_en: "Wage subsidy",
    title_ko: "임금 보조",
    settings: SETTINGS,
    scales: Some("budget"),
    mechanism_en: "District startups that may draw on it want to grow more; it pays a share of each newly hired specialist's wage while the year's money lasts.",
    mechanism_ko: "대상 기업의 채용 계획을 늘리고, 예산 범위에서 신규 전문인력 임금의 일부를 지원한다.",
    parameters: &["growth_subsidy", "wage_specialist"],
    moves: &["subsidised_hires", "jobs_startups", "public_cost"],
    lowers: &[],
    source: "POLW-01, POLW-02",
    evidence: &[EvidenceLimit {
        setting: "share",
        limit: 0.5,
        source: "POLW-01, POLW-02: growth_subsidy was set at half of the wage",
    }],
    costs: &["wage_subsidy"],
    contradictions: |_| Vec::new(),
};

/// As it is written.
pub(super) fn read(common: Common, values: &Values<'_>) -> WageSubsidy {
    WageSubsidy {
        common,
        share: values.number("share"),
        budget: values.number("budget"),
        longest_age: values.number("longest_age"),
    }
}

impl Lever for WageSubsidy {
    fn common(&self) -> &Common {
        &self.common
    }

    fn serves_firms(&self) -> bool {
        true
    }

    fn sizes(&mut self) -> Vec<(&'static str, Size<'_>)> {
        vec![("budget", Size::Money(&mut self.budget))]
    }

    fn observed(&self) -> Vec<(&'static str, f64)> {
        vec![("share", self.share)]
    }

    fn idle(&self, horizon: Horizon) -> Option<String> {
        let too_young = || {
            let why = "firms hire from the year after that of their founding on";
            (self.longest_age < 1.0).then(|| format!("{why}, and `longest_age` is below 1"))
        };
        horizon
            .begins_late(self.common.from)
            .or_else(|| horizon.ended_early(&self.common))
            .or_else(|| costs_only("budget", self.budget <= 0.0))
            .or_else(|| costs_only("share", self.share <= 0.0))
            .or_else(too_young)
    }
}

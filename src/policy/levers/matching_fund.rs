//! A public fund that co-invests in rounds.

use crate::policy::lever::Common;
use crate::policy::lever::Contradiction;
use crate::policy::lever::Horizon;
use crate::policy::lever::Lever;
use crate::policy::lever::LeverSpec;
use crate::policy::lever::Named;
use crate::policy::lever::costs_only;
use crate::policy::setting::A_YEAR;
use crate::policy::setting::EvidenceLimit;
use crate::policy::setting::SHARE;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingKind;
use crate::policy::size::Size;
use crate::policy::values::Values;
use crate::policy::words::words;

/// The stages of funding, by the round that closes next.
pub const STAGES: [&str; 5] = ["seed", "a", "b", "c", "later"];

/// The largest number of matching funds in one policy.
pub const MOST_FUNDS: usize = 8;

words! {
    /// Which firms a fund offers money.
    pub enum Reach {
        /// Those in the district.
        District = "district",
        /// Those anywhere in the city.
        City = "city",
    }
}

/// A fund that co-invests.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchingFund {
    /// Name, dates, payer.
    pub common: Common,
    /// Money for a year `[KRW m]`.
    pub budget: f64,
    /// Share of a round that it pays `[1]`.
    pub share: f64,
    /// Which rounds it joins, in the order of [`STAGES`].
    pub stages: [bool; 5],
    /// Whether firms anywhere in the city are offered money, or only those in the district.
    pub whole_city: bool,
    /// Share of proceeds that goes back into next year's budget `[1]`.
    pub recycling: f64,
    /// Cost of running it `[KRW m/year]`.
    pub administration: f64,
}
const SETTINGS: &[Setting] = &[
    Setting::must("budget", A_YEAR, "{money}/year", "Money for a year", "연간 예산")
        .raises("public_investment"),
    Setting::must(
        "share",
        SHARE,
        "1",
        "Share of a round that the fund pays",
        "라운드 중 기금 부담 비율",
    )
    .raises("public_investment"),
    Setting::must(
        "stages",
        SettingKind::Choices(&STAGES),
        "",
        "Rounds that it joins",
        "참여하는 투자 단계",
    ),
    Setting::must(
        "reach",
        SettingKind::Choice(Reach::WORDS),
        "",
        "Where firms must be",
        "대상 기업의 위치",
    ),
    Setting::must(
        "recycling",
        SHARE,
        "1",
        "Share of proceeds that goes back into next year's budget",
        "회수금 재투자 비율",
    )
    .raises("public_investment"),
    Setting::must(
        "administration",
        A_YEAR,
        "{money}/year",
        "Cost of running it in a year",
        "연간 운영비",
    )
    .raises("public_cost"),
];

/// What is known of the kind.
pub static SPEC: LeverSpec = LeverSpec {
    name: "matching-fund",
    title_en: "Matching fund",
    title_ko: "매칭펀드",
    settings: SETTINGS,
    scales: Some("budget"),
    mechanism_en: "Rounds of its stages are offered co-investment in date order while the year's money lasts; the share offered raises the chance that a round closes, with diminishing returns, and the fund pays it inside the round; later rounds follow without public money.",
    mechanism_ko: "예산이 남아 있는 동안 날짜순으로 공동투자를 제안하며, 제안 비율이 라운드 성사 확률을 체감적으로 높이고 기금은 그 비율만큼 라운드 금액을 부담한다. 후속 라운드는 공공 자금 없이 이어진다.",
    parameters: &[
        "round_fund",
        "round_fund_share",
        "round_fund_saturation",
        "growth_funded",
        "capital_reference",
        "capital_saturation",
        "fund_multiple",
    ],
    moves: &["public_investment", "rounds", "investment"],
    lowers: &[],
    source: "POLG-01 to POLG-07",
    evidence: &[
        EvidenceLimit {
            setting: "budget",
            limit: 22000.0,
            source: "Z16: what the largest plan for a district spends in a year, of five",
        },
        EvidenceLimit {
            setting: "share",
            limit: 0.3,
            source: "POLG-07: public shares of new funds of 0.15 to 0.30; POLG-01, POLG-06: large shares hurt",
        },
    ],
    costs: &["fund_payments", "administration"],
    contradictions,
};

/// As it is written.
pub(super) fn read(common: Common, values: &Values<'_>) -> MatchingFund {
    MatchingFund {
        common,
        budget: values.number("budget"),
        share: values.number("share"),
        stages: values.flags("stages", &STAGES),
        whole_city: values.word::<Reach>("reach") == Reach::City,
        recycling: values.number("recycling"),
        administration: values.number("administration"),
    }
}

/// Of more funds, the last would offer nothing.
fn contradictions(levers: &[Named<'_>]) -> Vec<Contradiction> {
    let beyond = (levers.len() > MOST_FUNDS).then(|| Contradiction {
        lever: MOST_FUNDS,
        setting: "kind",
        message: format!("the policy has more than {MOST_FUNDS} matching funds"),
        expected: "one too many".to_owned(),
        help: "",
    });
    beyond.into_iter().collect()
}

impl Lever for MatchingFund {
    fn common(&self) -> &Common {
        &self.common
    }

    fn serves_firms(&self) -> bool {
        true
    }

    fn administration(&self) -> Option<f64> {
        Some(self.administration)
    }

    fn sizes(&mut self) -> Vec<(&'static str, Size<'_>)> {
        let administration = ("administration", Size::Money(&mut self.administration));
        vec![("budget", Size::Money(&mut self.budget)), administration]
    }

    fn observed(&self) -> Vec<(&'static str, f64)> {
        vec![("budget", self.budget), ("share", self.share)]
    }

    fn idle(&self, horizon: Horizon) -> Option<String> {
        horizon
            .begins_late(self.common.from)
            .or_else(|| horizon.ended_early(&self.common))
            .or_else(|| costs_only("budget", self.budget <= 0.0))
            .or_else(|| costs_only("share", self.share <= 0.0))
    }
}

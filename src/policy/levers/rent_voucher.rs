//! A voucher that pays a part of young firms' rent.

use crate::policy::area::Area;
use crate::policy::lever::Common;
use crate::policy::lever::Horizon;
use crate::policy::lever::Lever;
use crate::policy::lever::LeverSpec;
use crate::policy::lever::costs_only;
use crate::policy::setting::COUNT;
use crate::policy::setting::EvidenceLimit;
use crate::policy::setting::MOST;
use crate::policy::setting::SHARE;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingKind;
use crate::policy::setting::YEARS;
use crate::policy::size::Size;
use crate::policy::values::Values;

/// A voucher for rent.
#[derive(Clone, Debug, PartialEq)]
pub struct RentVoucher {
    /// Name, dates, payer.
    pub common: Common,
    /// Where it pays.
    pub area: Area,
    /// Share of the rent `[1]`.
    pub share: f64,
    /// Years for a firm.
    pub duration: f64,
    /// Oldest age `[years]`.
    pub longest_age: f64,
    /// New vouchers a year.
    pub vouchers: u32,
}
const SETTINGS: &[Setting] = &[
    Setting::must("area", SettingKind::Area, "", "Area in which it pays", "적용 지역"),
    Setting::must("share", SHARE, "1", "Share of the rent that it pays", "임대료 지원 비율")
        .raises("startups"),
    Setting::must("duration", YEARS, "years", "Years for which a firm gets it", "지원 기간")
        .raises("public_cost"),
    Setting::must(
        "longest_age",
        YEARS,
        "years",
        "Oldest age at which a firm gets it",
        "지원 가능한 최대 업력",
    )
    .raises("vouchers"),
    Setting::must(
        "vouchers",
        COUNT,
        "firms/year",
        "New vouchers in a year",
        "연간 신규 지원 기업 수",
    )
    .raises("vouchers"),
];

/// What is known of the kind.
pub static SPEC: LeverSpec = LeverSpec {
    name: "rent-voucher",
    title_en: "Rent voucher",
    title_ko: "임대료 바우처",
    settings: SETTINGS,
    scales: Some("vouchers"),
    mechanism_en: "Young firms that come to the area while vouchers last pay a lower rent there; the longer it runs, the more it counts against what they expect to pay, and who holds one is loath to leave.",
    mechanism_ko: "지원 한도 내에서 해당 지역에 들어오는 초기 기업의 임대료를 낮춘다. 지원 기간이 길수록 예상 임대료 부담이 더 줄고, 보유 기업은 떠나기를 꺼린다.",
    parameters: &["rent_sensitivity", "space_charges", "discount_rate"],
    moves: &["vouchers", "founders", "startups", "public_cost"],
    lowers: &["not_founded"],
    source: "POLZ-01, POLZ-02, POLI-16, POLF-11",
    evidence: &[
        EvidenceLimit {
            setting: "share",
            limit: 0.8,
            source: "POLI-15, POLI-16: a fifth of the market rent is the least that is charged",
        },
        EvidenceLimit {
            setting: "duration",
            limit: 5.0,
            source: "POLI-17: the longest stays at a lower rent are 2 to 5 years",
        },
    ],
    costs: &["rent_vouchers"],
    contradictions: |_| Vec::new(),
};

/// As it is written.
pub(super) fn read(common: Common, values: &Values<'_>) -> RentVoucher {
    RentVoucher {
        common,
        area: values.area("area"),
        share: values.number("share"),
        duration: values.number("duration"),
        longest_age: values.number("longest_age"),
        vouchers: values.count("vouchers"),
    }
}

impl Lever for RentVoucher {
    fn common(&self) -> &Common {
        &self.common
    }

    fn serves_firms(&self) -> bool {
        true
    }

    fn sizes(&mut self) -> Vec<(&'static str, Size<'_>)> {
        vec![("vouchers", Size::Count(&mut self.vouchers, MOST))]
    }

    fn observed(&self) -> Vec<(&'static str, f64)> {
        vec![("share", self.share), ("duration", self.duration)]
    }

    fn idle(&self, horizon: Horizon) -> Option<String> {
        horizon
            .begins_late(self.common.from)
            .or_else(|| horizon.ended_early(&self.common))
            .or_else(|| costs_only("vouchers", self.vouchers == 0))
            .or_else(|| costs_only("share", self.share <= 0.0))
            .or_else(|| costs_only("duration", self.duration <= 0.0))
    }
}

//! A designation in force in an area: a special zone, a promotion district, a plan.

use crate::policy::area::Area;
use crate::policy::lever::Common;
use crate::policy::lever::Contradiction;
use crate::policy::lever::Horizon;
use crate::policy::lever::Lever;
use crate::policy::lever::LeverSpec;
use crate::policy::lever::Named;
use crate::policy::lever::costs_only;
use crate::policy::regime::Regime;
use crate::policy::setting::A_YEAR;
use crate::policy::setting::EvidenceLimit;
use crate::policy::setting::SHARE;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingKind;
use crate::policy::setting::YEARS;
use crate::policy::values::Values;
use crate::time::Date;
use crate::time::MID_YEAR;

/// A designation of an area.
#[derive(Clone, Debug, PartialEq)]
pub struct Designation {
    /// Name, dates, payer.
    pub common: Common,
    /// The area.
    pub area: Area,
    /// The law or plan.
    pub regime: Regime,
    /// The earliest day of the decision.
    pub decision: Date,
    /// Mean of the exponential delay; 0 is certain `[years]`.
    pub delay_mean: f64,
    /// Chance of refusal `[1]`.
    pub refusal: f64,
    /// Share of the area designated `[1]`.
    pub share: f64,
    /// Plot ratio over the normal `[1]`.
    pub plot_ratio: f64,
    /// Relief of acquisition tax `[1]`.
    pub acquisition_relief: f64,
    /// Relief of property tax `[1]`.
    pub property_relief: f64,
    /// Exemption from the investment review.
    pub review_exempt: bool,
    /// Priority examination of patents.
    pub priority_examination: bool,
    /// Share of building projects with a soft loan `[1]`.
    pub loans: f64,
    /// Interest that the loans cost `[KRW m/year]`.
    pub loan_cost: f64,
    /// Cost of running it `[KRW m/year]`.
    pub administration: f64,
}
const SETTINGS: &[Setting] = &[
    Setting::must("area", SettingKind::Area, "", "Area that is designated", "지정 지역"),
    Setting::must("regime", SettingKind::Regime, "", "Which law designates it", "지정 제도"),
    Setting::must(
        "decision",
        SettingKind::Date,
        "date",
        "Day on which it is decided at the earliest",
        "가장 이른 지정 결정일",
    ),
    Setting::must(
        "delay_mean",
        YEARS,
        "years",
        "Mean delay of the decision (exponential; 0 is certain)",
        "결정 지연의 평균(지수분포, 0이면 확정)",
    )
    .lowers("buildings_started"),
    Setting::must("refusal", SHARE, "1", "Chance that it is refused", "지정이 거부될 확률")
        .lowers("buildings_started"),
    Setting::must(
        "share",
        SHARE,
        "1",
        "Share of the area that is designated",
        "지정되는 면적의 비율",
    )
    .raises("buildings_started"),
    Setting::must(
        "plot_ratio",
        SettingKind::Number { min: 1.0, max: 10.0 },
        "1",
        "Plot ratio allowed over the normal",
        "일반 대비 허용 용적률",
    )
    .raises("buildings_started"),
    Setting::must("acquisition_relief", SHARE, "1", "Relief of acquisition tax", "취득세 감면율")
        .raises("buildings_started"),
    Setting::must("property_relief", SHARE, "1", "Relief of property tax", "재산세 감면율")
        .raises("public_cost"),
    Setting::must(
        "review_exempt",
        SettingKind::Flag,
        "",
        "Exemption of its projects from the investment review",
        "투자심사 면제 여부",
    ),
    Setting::must(
        "priority_examination",
        SettingKind::Flag,
        "",
        "Priority examination of patents",
        "특허 우선심사 여부",
    ),
    Setting::must(
        "loans",
        SHARE,
        "1",
        "Share of building projects that get a soft loan",
        "융자 지원을 받는 건축 사업의 비율",
    )
    .raises("buildings_started"),
    Setting::must(
        "loan_cost",
        A_YEAR,
        "{money}/year",
        "Interest that the loans cost the payer in a year",
        "융자 이자 보전 연간 비용",
    )
    .raises("public_cost"),
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
    name: "designation",
    title_en: "Designation",
    title_ko: "지구 지정",
    settings: SETTINGS,
    scales: None,
    mechanism_en: "A higher plot ratio opens headroom for developers, relief and loans raise building starts, property-tax relief lowers rents, exemption from review brings starts forward, priority examination raises the chance of a round; while the regimes of a synergy are in force, jobs of its two areas count more for each other.",
    mechanism_ko: "용적률 완화가 개발 여력을 늘리고 감면과 융자가 착공을 늘리며, 재산세 감면이 임대료를 낮추고 심사 면제가 착공을 앞당기며 특허 우선심사가 투자 확률을 높인다. 상승효과의 제도가 모두 시행되는 동안 그 두 지역의 일자리가 서로에게 더 크게 반영된다.",
    parameters: &[
        "plot_takeup",
        "building_rate",
        "building_relief",
        "building_loan",
        "review_time",
        "property_tax_rate",
        "building_value",
        "plot_price_pass_through",
        "round_patent",
        "hinterland_weight_synergy",
    ],
    moves: &["buildings_started", "buildings_completed", "floor_space", "rounds", "public_cost"],
    lowers: &["rent"],
    source: "DIS-01 to DIS-04, POLF-01 to POLF-06, POLZ-08 to POLZ-11, Z05, Z06, Z14; synergy and patents: judgement",
    evidence: &[EvidenceLimit {
        setting: "plot_ratio",
        limit: 1.5,
        source: "Z06: 150 % is the most that the law allows; POLF-01 to POLF-05 are of changes of that order",
    }],
    costs: &["administration", "loan_interest", "tax_given_up"],
    contradictions,
};

/// As it is written.
pub(super) fn read(common: Common, values: &Values<'_>) -> Designation {
    Designation {
        common,
        area: values.area("area"),
        regime: values.regime("regime"),
        decision: values.date("decision"),
        delay_mean: values.number("delay_mean"),
        refusal: values.number("refusal"),
        share: values.number("share"),
        plot_ratio: values.number("plot_ratio"),
        acquisition_relief: values.number("acquisition_relief"),
        property_relief: values.number("property_relief"),
        review_exempt: values.flag("review_exempt"),
        priority_examination: values.flag("priority_examination"),
        loans: values.number("loans"),
        loan_cost: values.number("loan_cost"),
        administration: values.number("administration"),
    }
}

/// Two designations of one regime cannot be in force in one area on the same day.
fn contradictions(levers: &[Named<'_>]) -> Vec<Contradiction> {
    let starts_before_end = |a: &Values<'_>, b: &Values<'_>| {
        b.date_if_written("until").is_none_or(|until| a.date("from") <= until)
    };
    let mut found = Vec::new();
    for (lever, (name, later)) in levers.iter().enumerate() {
        for (other, earlier) in &levers[..lever] {
            if later.area("area") == earlier.area("area")
                && later.regime("regime") == earlier.regime("regime")
                && starts_before_end(later, earlier)
                && starts_before_end(earlier, later)
            {
                found.push(Contradiction {
                    lever,
                    setting: "regime",
                    message: format!(
                        "`{name}` and `{other}` designate {} by the same law at the same time",
                        later.names.area_name(later.area("area"))
                    ),
                    expected: format!("`{other}` does so already"),
                    help: "",
                });
            }
        }
    }
    found
}

impl Designation {
    /// Whether it is in force on a day, once it is decided on another.
    #[must_use]
    pub fn is_in_force(&self, decided: Date, by: Date) -> bool {
        decided < by && self.common.until.is_none_or(|until| until >= by)
    }

    /// Whether it is in force in some year, as years count: on 1 July.
    #[must_use]
    pub fn is_ever_in_force(&self, decided: Date) -> bool {
        let year = if decided.day < MID_YEAR { decided.year } else { decided.year + 1 };
        self.is_in_force(decided, Date { year, day: MID_YEAR })
    }
}

impl Lever for Designation {
    fn common(&self) -> &Common {
        &self.common
    }

    fn serves_firms(&self) -> bool {
        true
    }

    fn administration(&self) -> Option<f64> {
        Some(self.administration)
    }

    fn observed(&self) -> Vec<(&'static str, f64)> {
        vec![("plot_ratio", self.plot_ratio)]
    }

    fn idle(&self, horizon: Horizon) -> Option<String> {
        let refused = || {
            let always = self.refusal >= 1.0;
            always.then(|| "it is always refused, as `refusal` is 1".to_owned())
        };
        horizon
            .begins_late(self.decision)
            .or_else(refused)
            .or_else(|| costs_only("share", self.share <= 0.0))
    }
}

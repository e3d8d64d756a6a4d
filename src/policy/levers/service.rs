//! A service that startups use: what the kinds of service share.

use crate::policy::building::BUILDING;
use crate::policy::building::Building;
use crate::policy::lever::Common;
use crate::policy::lever::Horizon;
use crate::policy::lever::Lever;
use crate::policy::lever::costs_only;
use crate::policy::setting::A_FIRM;
use crate::policy::setting::SHARE;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingKind;
use crate::policy::size::Size;
use crate::policy::slot::LeverSlot;
use crate::policy::values::DISTRICT;
use crate::policy::values::Values;

/// The settings of every kind of service.
pub(super) const SETTINGS: &[Setting] = &[
    BUILDING[0],
    BUILDING[1],
    BUILDING[2],
    BUILDING[3],
    Setting::must(
        "scope",
        SettingKind::Scope,
        "",
        "Whose startups may use it: a facility's tenants, or `district`",
        "이용 대상: 시설 입주 기업 또는 `district`",
    ),
    Setting::must(
        "reach",
        SHARE,
        "1/year",
        "Share of those startups that use it in a year",
        "한 해에 이용하는 기업의 비율",
    )
    .raises("service_uses"),
    Setting::must(
        "cost_per_firm",
        A_FIRM,
        "{money}/year",
        "Cost of a firm's use in a year",
        "기업당 연간 이용 비용",
    )
    .raises("public_cost"),
];

/// What a service does for those who use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceKind {
    /// Growth by joint projects and source technology.
    JointProjects,
    /// Growth by a technology testbed.
    Testbed,
    /// Rounds by prototype and demonstration support.
    PrototypeSupport,
    /// Growth by a data centre and open data.
    DataCentre,
}

/// Whose startups may use a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every startup in the district.
    District,
    /// Tenants of the facility of this slot.
    Tenants(LeverSlot),
}

/// A service to startups.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Name, dates, payer.
    pub common: Common,
    /// What it does.
    pub kind: ServiceKind,
    /// The building.
    pub building: Building,
    /// Who may use it.
    pub scope: Scope,
    /// Share of them that use it in a year `[1]`.
    pub reach: f64,
    /// Cost of a firm's use `[KRW m/year]`.
    pub cost_per_firm: f64,
}

impl Service {
    /// As it is written.
    pub(super) fn read(kind: ServiceKind, common: Common, values: &Values<'_>) -> Self {
        let scope = values.scope("scope");
        let all = scope == DISTRICT;
        Self {
            common,
            kind,
            building: Building::read(values),
            scope: if all { Scope::District } else { Scope::Tenants(values.slot(&scope)) },
            reach: values.number("reach"),
            cost_per_firm: values.number("cost_per_firm"),
        }
    }
}

impl Lever for Service {
    fn common(&self) -> &Common {
        &self.common
    }

    fn building(&self) -> Option<&Building> {
        Some(&self.building)
    }

    fn serves_firms(&self) -> bool {
        true
    }

    fn sizes(&mut self) -> Vec<(&'static str, Size<'_>)> {
        let mut sizes = vec![("reach", Size::Share(&mut self.reach))];
        sizes.extend(self.building.sizes());
        sizes
    }

    fn observed(&self) -> Vec<(&'static str, f64)> {
        vec![("reach", self.reach)]
    }

    fn idle(&self, horizon: Horizon) -> Option<String> {
        horizon
            .begins_late(self.building.opening)
            .or_else(|| horizon.ended_early(&self.common))
            .or_else(|| costs_only("reach", self.reach <= 0.0))
    }
}

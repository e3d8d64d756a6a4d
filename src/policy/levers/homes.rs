//! Public homes for specialists who work in the district.

use crate::policy::building::BUILDING;
use crate::policy::building::Building;
use crate::policy::lever::Common;
use crate::policy::lever::Horizon;
use crate::policy::lever::Lever;
use crate::policy::lever::LeverSpec;
use crate::policy::lever::costs_only;
use crate::policy::lever::without_end;
use crate::policy::setting::A_HOME;
use crate::policy::setting::COUNT;
use crate::policy::setting::EvidenceLimit;
use crate::policy::setting::MOST;
use crate::policy::setting::Setting;
use crate::policy::size::Size;
use crate::policy::values::Values;

/// Public homes.
#[derive(Clone, Debug, PartialEq)]
pub struct Homes {
    /// Name, dates, payer.
    pub common: Common,
    /// The building.
    pub building: Building,
    /// Homes.
    pub units: u32,
    /// Rent a home pays `[KRW m/year]`.
    pub rent: f64,
}
const SETTINGS: &[Setting] = &[
    BUILDING[0],
    BUILDING[1],
    BUILDING[2],
    BUILDING[3],
    Setting::must("units", COUNT, "homes", "Homes", "주택 호수").raises("homes_occupied"),
    Setting::must(
        "rent",
        A_HOME,
        "{money}/(home year)",
        "Rent that a home pays in a year",
        "호당 연간 임대료",
    )
    .raises("public_receipts"),
];

/// What is known of the kind.
pub static SPEC: LeverSpec = LeverSpec {
    name: "homes",
    title_en: "Public homes",
    title_ko: "공공주택",
    settings: SETTINGS,
    scales: Some("units"),
    mechanism_en: "A chance of a home inclines graduates to stay; specialists in homes quit at a lower rate.",
    mechanism_ko: "주택 입주 가능성이 졸업자의 잔류를 높이고, 입주한 전문인력의 이직률이 낮아진다.",
    parameters: &["stay_home", "quit_rate_home"],
    moves: &["homes", "homes_occupied", "public_cost"],
    lowers: &["quits"],
    source: "POLH-01 to POLH-03",
    evidence: &[EvidenceLimit {
        setting: "units",
        limit: 300.0,
        source: "POLH-01, POLH-03: no study of homes and quits; 300 is the size of the plan",
    }],
    costs: &["construction", "land", "operation"],
    contradictions: |levers| without_end(levers, "homes that have opened stay"),
};

/// As it is written.
pub(super) fn read(common: Common, values: &Values<'_>) -> Homes {
    Homes {
        common,
        building: Building::read(values),
        units: values.count("units"),
        rent: values.number("rent"),
    }
}

impl Lever for Homes {
    fn common(&self) -> &Common {
        &self.common
    }

    fn building(&self) -> Option<&Building> {
        Some(&self.building)
    }

    fn serves_firms(&self) -> bool {
        false
    }

    fn sizes(&mut self) -> Vec<(&'static str, Size<'_>)> {
        let mut sizes = vec![("units", Size::Count(&mut self.units, MOST))];
        sizes.extend(self.building.sizes());
        sizes
    }

    fn observed(&self) -> Vec<(&'static str, f64)> {
        vec![("units", f64::from(self.units))]
    }

    fn idle(&self, horizon: Horizon) -> Option<String> {
        // Homes that have opened stay, whenever the lever ends.
        horizon.begins_late(self.building.opening).or_else(|| costs_only("units", self.units == 0))
    }
}

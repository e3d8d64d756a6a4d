//! An experience centre for citizens: a cost without an effect in this model.

use crate::policy::building::BUILDING;
use crate::policy::building::Building;
use crate::policy::lever::Common;
use crate::policy::lever::Horizon;
use crate::policy::lever::Lever;
use crate::policy::lever::LeverSpec;
use crate::policy::values::Values;

/// An experience centre for citizens.
#[derive(Clone, Debug, PartialEq)]
pub struct ExperienceCentre {
    /// Name, dates, payer.
    pub common: Common,
    /// The building.
    pub building: Building,
}

/// What is known of the kind.
pub static SPEC: LeverSpec = LeverSpec {
    name: "experience-centre",
    title_en: "Experience centre",
    title_ko: "체험관",
    settings: &BUILDING,
    scales: None,
    mechanism_en: "A cost without an effect on jobs in this model: visitors are not simulated.",
    mechanism_ko: "이 모형에서는 비용만 발생하며 일자리 효과가 없다(방문객은 모의하지 않음).",
    parameters: &[],
    moves: &["public_cost"],
    lowers: &[],
    source: "announcement of December 2021; no effect is known",
    evidence: &[],
    costs: &["construction", "land", "operation"],
    contradictions: |_| Vec::new(),
};

/// As it is written.
pub(super) fn read(common: Common, values: &Values<'_>) -> ExperienceCentre {
    ExperienceCentre { common, building: Building::read(values) }
}

impl Lever for ExperienceCentre {
    fn common(&self) -> &Common {
        &self.common
    }

    fn building(&self) -> Option<&Building> {
        Some(&self.building)
    }

    fn serves_firms(&self) -> bool {
        false
    }

    fn idle(&self, horizon: Horizon) -> Option<String> {
        horizon.begins_late(self.building.opening).or_else(|| horizon.ended_early(&self.common))
    }
}

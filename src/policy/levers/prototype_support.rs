//! Prototype and demonstration support.

use crate::policy::lever::Common;
use crate::policy::lever::LeverSpec;
use crate::policy::levers::service::SETTINGS;
use crate::policy::levers::service::Service;
use crate::policy::levers::service::ServiceKind;
use crate::policy::setting::EvidenceLimit;
use crate::policy::values::Values;

/// What is known of the kind.
pub static SPEC: LeverSpec = LeverSpec {
    name: "prototype-support",
    title_en: "Prototype support",
    title_ko: "시제품 지원",
    settings: SETTINGS,
    scales: Some("reach"),
    mechanism_en: "Firms with a supported prototype or demonstration close rounds more often in the year.",
    mechanism_ko: "시제품·실증 지원을 받은 기업의 당해 투자 확률이 높아진다.",
    parameters: &["round_prototype"],
    moves: &["service_uses", "rounds", "public_cost"],
    lowers: &[],
    source: "POLD-01, POLD-02",
    evidence: &[EvidenceLimit {
        setting: "reach",
        limit: 0.33,
        source: "as joint-projects; POLD-01 is of few firms, chosen by the regulator",
    }],
    costs: &["construction", "land", "operation", "support"],
    contradictions: |_| Vec::new(),
};

/// As it is written.
pub(super) fn read(common: Common, values: &Values<'_>) -> Service {
    Service::read(ServiceKind::PrototypeSupport, common, values)
}

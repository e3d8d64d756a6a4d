//! Source technology and joint projects.

use crate::policy::lever::Common;
use crate::policy::lever::LeverSpec;
use crate::policy::levers::service::SETTINGS;
use crate::policy::levers::service::Service;
use crate::policy::levers::service::ServiceKind;
use crate::policy::setting::EvidenceLimit;
use crate::policy::values::Values;

/// What is known of the kind.
pub static SPEC: LeverSpec = LeverSpec {
    name: "joint-projects",
    title_en: "Joint projects",
    title_ko: "공동 연구",
    settings: SETTINGS,
    scales: Some("reach"),
    mechanism_en: "Firms that take part grow more in the year.",
    mechanism_ko: "참여 기업의 당해 성장률이 높아진다.",
    parameters: &["growth_joint"],
    moves: &["service_uses", "jobs_startups", "public_cost"],
    lowers: &[],
    source: "POLU-01, POLU-02; size of the effect: judgement",
    evidence: &[EvidenceLimit {
        setting: "reach",
        limit: 0.33,
        source: "no study of a service that reaches more than a third of an area's firms is known",
    }],
    costs: &["construction", "land", "operation", "support"],
    contradictions: |_| Vec::new(),
};

/// As it is written.
pub(super) fn read(common: Common, values: &Values<'_>) -> Service {
    Service::read(ServiceKind::JointProjects, common, values)
}

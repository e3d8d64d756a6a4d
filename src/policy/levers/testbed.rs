//! A technology testbed.

use crate::policy::lever::Common;
use crate::policy::lever::LeverSpec;
use crate::policy::levers::service::SETTINGS;
use crate::policy::levers::service::Service;
use crate::policy::levers::service::ServiceKind;
use crate::policy::setting::EvidenceLimit;
use crate::policy::values::Values;

/// What is known of the kind.
pub static SPEC: LeverSpec = LeverSpec {
    name: "testbed",
    title_en: "Testbed",
    title_ko: "테스트베드",
    settings: SETTINGS,
    scales: Some("reach"),
    mechanism_en: "Firms that use the testbed grow more in the year.",
    mechanism_ko: "테스트베드를 이용하는 기업의 당해 성장률이 높아진다.",
    parameters: &["growth_testbed"],
    moves: &["service_uses", "jobs_startups", "public_cost"],
    lowers: &[],
    source: "POLD-01, POLD-02; size of the effect on growth: judgement",
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
    Service::read(ServiceKind::Testbed, common, values)
}

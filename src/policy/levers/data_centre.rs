//! A data centre and open data.

use crate::policy::lever::Common;
use crate::policy::lever::LeverSpec;
use crate::policy::levers::service::SETTINGS;
use crate::policy::levers::service::Service;
use crate::policy::levers::service::ServiceKind;
use crate::policy::setting::EvidenceLimit;
use crate::policy::values::Values;

/// What is known of the kind.
pub static SPEC: LeverSpec = LeverSpec {
    name: "data-centre",
    title_en: "Data centre",
    title_ko: "데이터센터",
    settings: SETTINGS,
    scales: Some("reach"),
    mechanism_en: "Firms that use the data centre and open data grow more in the year.",
    mechanism_ko: "데이터센터와 공공데이터를 이용하는 기업의 당해 성장률이 높아진다.",
    parameters: &["growth_data"],
    moves: &["service_uses", "jobs_startups", "public_cost"],
    lowers: &[],
    source: "POLD-03, POLD-04",
    evidence: &[EvidenceLimit {
        setting: "reach",
        limit: 0.33,
        source: "as joint-projects; POLD-03: one place for every 4 to 10 applicants",
    }],
    costs: &["construction", "land", "operation", "support"],
    contradictions: |_| Vec::new(),
};

/// As it is written.
pub(super) fn read(common: Common, values: &Values<'_>) -> Service {
    Service::read(ServiceKind::DataCentre, common, values)
}

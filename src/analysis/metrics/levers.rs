//! What levers give, and what it costs.

use crate::analysis::metrics::spec::AMOUNT;
use crate::analysis::metrics::spec::ANY;
use crate::analysis::metrics::spec::MetricKind;
use crate::analysis::metrics::spec::MetricSpec;
use crate::analysis::metrics::spec::Places;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::Population;
use crate::time::Phase;

/// In the order of results.
pub(super) const METRICS: &[MetricSpec] = &[
    MetricSpec {
        name: "vouchers",
        unit: "firms/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Intake,
        meaning_en: "Rent vouchers given",
        meaning_ko: "임대료 바우처 지급 수",
        read: |v| v.count(Population::Startups, EventKind::VoucherGiven),
    },
    MetricSpec {
        name: "grants",
        unit: "firms/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Jobs,
        meaning_en: "Research grants given",
        meaning_ko: "연구개발 지원 건수",
        read: |v| v.count(Population::Startups, EventKind::GrantGiven),
    },
    MetricSpec {
        name: "subsidised_hires",
        unit: "persons/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Jobs,
        meaning_en: "Hires on which a wage subsidy was paid",
        meaning_ko: "임금 보조 채용 수",
        read: |v| v.amount(Population::Startups, EventKind::SubsidisedHires),
    },
    MetricSpec {
        name: "service_uses",
        unit: "firms/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Jobs,
        meaning_en: "Uses of testbeds, data, joint projects and prototype support",
        meaning_ko: "지원 서비스 이용 기업 수",
        read: |v| v.count(Population::Startups, EventKind::ServiceUsed),
    },
    MetricSpec {
        name: "public_cost",
        unit: "{money}/year",
        kind: MetricKind::Flow,
        places: Places::City,
        bounds: ANY,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Costs of all levers to public payers, receipts not deducted",
        meaning_ko: "공공 비용(수입 미차감)",
        read: |v| v.public_cost(),
    },
    MetricSpec {
        name: "public_receipts",
        unit: "{money}/year",
        kind: MetricKind::Flow,
        places: Places::City,
        bounds: ANY,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Receipts of public payers: taxes of the sector, rents, fund proceeds; what a building is worth at the horizon is not counted",
        meaning_ko: "공공 수입(세금, 임대료, 기금 회수금)",
        read: |v| v.public_receipts(),
    },
];

//! Rounds, exits and sales of firms.

use crate::analysis::metrics::spec::AMOUNT;
use crate::analysis::metrics::spec::MetricKind;
use crate::analysis::metrics::spec::MetricSpec;
use crate::analysis::metrics::spec::Places;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::Population;
use crate::time::Phase;

/// In the order of results.
pub(super) const METRICS: &[MetricSpec] = &[
    MetricSpec {
        name: "rounds",
        unit: "rounds/year",
        kind: MetricKind::Flow,
        places: Places::AreasAndFacilities,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Investment,
        meaning_en: "Rounds closed",
        meaning_ko: "투자 유치 건수",
        read: |v| v.count(Population::Startups, EventKind::RoundClosed),
    },
    MetricSpec {
        name: "investment",
        unit: "{money}/year",
        kind: MetricKind::Flow,
        places: Places::AreasAndFacilities,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Investment,
        meaning_en: "Money raised in rounds, private and public",
        meaning_ko: "투자 유치액(민간·공공)",
        read: |v| v.amount(Population::Startups, EventKind::RoundClosed),
    },
    MetricSpec {
        name: "public_investment",
        unit: "{money}/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Investment,
        meaning_en: "Public money in rounds",
        meaning_ko: "공공 투자액",
        read: |v| v.amount(Population::Startups, EventKind::PublicInvested),
    },
    MetricSpec {
        name: "capital_demand",
        unit: "{money}/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Investment,
        meaning_en: "Private money that closing rounds wanted before rationing",
        meaning_ko: "할당 전 민간 투자 수요",
        read: |v| v.amount(Population::Startups, EventKind::CapitalDemanded),
    },
    MetricSpec {
        name: "listings",
        unit: "firms/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Investment,
        meaning_en: "Startups that listed",
        meaning_ko: "상장 기업 수",
        read: |v| v.count(Population::Startups, EventKind::Listed),
    },
    MetricSpec {
        name: "acquisitions",
        unit: "firms/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Investment,
        meaning_en: "Startups that were acquired",
        meaning_ko: "피인수 기업 수",
        read: |v| v.count(Population::Startups, EventKind::Acquired),
    },
    MetricSpec {
        name: "sales",
        unit: "{money}/year",
        kind: MetricKind::Flow,
        places: Places::AreasAndFacilities,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Sales of startups",
        meaning_ko: "스타트업 매출",
        read: |v| v.amount(Population::Startups, EventKind::Sold),
    },
];

//! Floor space, rents and homes.

use crate::analysis::metrics::spec::AMOUNT;
use crate::analysis::metrics::spec::MetricKind;
use crate::analysis::metrics::spec::MetricSpec;
use crate::analysis::metrics::spec::Places;
use crate::analysis::metrics::spec::SHARE;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::Population;
use crate::time::Phase;

/// In the order of results.
pub(super) const METRICS: &[MetricSpec] = &[
    MetricSpec {
        name: "floor_space",
        unit: "m2",
        kind: MetricKind::Stock,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Floor space of the private office market and of public buildings (0 for an area without a limit)",
        meaning_ko: "연말 연면적(민간 오피스와 공공 건물)",
        read: |v| v.floor_space(),
    },
    MetricSpec {
        name: "sector_space",
        unit: "m2",
        kind: MetricKind::Stock,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Floor space of the private market that the sector's firms use",
        meaning_ko: "해당 산업이 사용하는 민간 연면적",
        read: |v| v.sector_space(),
    },
    MetricSpec {
        name: "buildings_started",
        unit: "m2/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Floor space on which developers began to build",
        meaning_ko: "착공 연면적",
        read: |v| v.amount(Population::Startups, EventKind::BuildingStarted),
    },
    MetricSpec {
        name: "buildings_completed",
        unit: "m2/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Developers' floor space completed",
        meaning_ko: "준공 연면적",
        read: |v| v.amount(Population::Startups, EventKind::BuildingCompleted),
    },
    MetricSpec {
        name: "occupancy",
        unit: "1",
        kind: MetricKind::Level,
        places: Places::DistrictAndItsAreas,
        bounds: SHARE,
        whole: false,
        read_after: Phase::Accounts,
        meaning_en: "Share of the private market's floor space in use (0 where it has no limit)",
        meaning_ko: "민간 오피스 점유율(상한이 없으면 0)",
        read: |v| v.occupancy(),
    },
    MetricSpec {
        name: "rent",
        unit: "{money}/(m2 year)",
        kind: MetricKind::Level,
        places: Places::DistrictAndItsAreas,
        bounds: AMOUNT,
        whole: false,
        read_after: Phase::Accounts,
        meaning_en: "Market rent at the end of the year; of the district weighted by floor space",
        meaning_ko: "연말 시장 임대료(지구는 연면적 가중)",
        read: |v| v.rent(),
    },
    MetricSpec {
        name: "homes",
        unit: "homes",
        kind: MetricKind::Stock,
        places: Places::District,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Public homes",
        meaning_ko: "공공주택 호수",
        read: |v| v.district.homes() as f64,
    },
    MetricSpec {
        name: "homes_occupied",
        unit: "homes",
        kind: MetricKind::Stock,
        places: Places::District,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Jobs,
        meaning_en: "Public homes let to specialists of the district",
        meaning_ko: "입주 중인 공공주택 호수",
        read: |v| v.district.homes_let() as f64,
    },
];

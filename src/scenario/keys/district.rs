//! The keys of `district.toml`.

use crate::policy::area::MOST_AREAS;
use crate::policy::regime::MOST_REGIMES;
use crate::policy::sector::MOST_SECTORS;
use crate::scenario::district::MOST_FIRMS;
use crate::scenario::keys::bounds::MOST_CLIMATE;
use crate::scenario::keys::bounds::MOST_HEADCOUNT;
use crate::scenario::keys::bounds::MOST_IN_LABORATORY;
use crate::scenario::keys::bounds::MOST_LAND;
use crate::scenario::keys::bounds::MOST_POOL;
use crate::scenario::keys::bounds::MOST_SPREAD;
use crate::scenario::keys::bounds::OLDEST;
use crate::scenario::keys::common::NOTE;
use crate::scenario::keys::common::SOURCE;
use crate::scenario::keys::common::TITLE;
use crate::scenario::keys::common::TITLE_KO;
use crate::scenario::keys::key::Holds;
use crate::scenario::keys::key::Key;
use crate::scenario::keys::key::may;
use crate::scenario::keys::key::must;

const AREA: Key = must("area", Holds::Name, "Area, by its name", "지역의 이름");
const YEAR: Key = must("year", Holds::Year, "Year", "연도");
/// A number of firms or the like.
const COUNT: Holds = Holds::Whole { min: 0, max: MOST_FIRMS as u64 };
const HEADCOUNT_MEAN: Key = must(
    "headcount_mean",
    Holds::Number { min: 1.0, max: MOST_HEADCOUNT },
    "Mean headcount [persons]",
    "평균 인원 [명]",
);
const HEADCOUNT_SPREAD: Key = must(
    "headcount_spread",
    Holds::Number { min: 0.0, max: MOST_SPREAD },
    "Standard deviation of the logarithm of headcounts [ln]",
    "인원 로그값의 표준편차 [ln]",
);

/// `district.toml`.
pub const DISTRICT: &[Key] = &[
    SOURCE,
    NOTE,
    must(
        "pool",
        Holds::Whole { min: 0, max: MOST_POOL as u64 },
        "Specialists who look for work at the start [persons]",
        "시작 시점의 구직 전문인력 [명]",
    ),
    must(
        "areas",
        Holds::Named(AREA_OF_DISTRICT),
        "The areas of the city, by their names; those with district = true form the district",
        "도시의 지역(district = true인 지역이 지구)",
    ),
    must(
        "sectors",
        Holds::Named(SECTOR),
        "The sectors of startups, by their names",
        "스타트업의 업종",
    ),
    may(
        "regimes",
        Holds::WholesByName { max: MOST_REGIMES as u64 },
        "Laws or plans by which levers designate areas, each with its number, which never changes",
        "지역을 지정하는 제도와 변하지 않는 번호",
    ),
    may(
        "synergies",
        Holds::Tables(SYNERGY),
        "Pairs of neighbours that are closer while regimes are in force",
        "제도가 시행되는 동안 더 가까워지는 인접 지역 쌍",
    ),
    may(
        "startups",
        Holds::Tables(STARTUPS),
        "Groups of startups at the start",
        "시작 시점의 스타트업 집단",
    ),
    may(
        "institutes",
        Holds::Tables(INSTITUTES),
        "Groups of institutes at the start",
        "시작 시점의 연구소 집단",
    ),
    may("laboratories", Holds::Tables(LABORATORY), "Corporate laboratories", "기업 부설연구소"),
    may(
        "climate",
        Holds::Tables(CLIMATE),
        "Known years of the investment climate, from the first year on",
        "알려진 연도의 투자 환경(첫해부터)",
    ),
];

/// An area of `district.toml`.
pub const AREA_OF_DISTRICT: &[Key] = &[
    SOURCE,
    NOTE,
    must(
        "number",
        Holds::Whole { min: 1, max: MOST_AREAS as u64 },
        "Its number, which never changes: draws of chance go by it",
        "변하지 않는 번호(난수의 기준)",
    ),
    may("district", Holds::Flag, "Whether it belongs to the district", "지구에 속하는지"),
    may(
        "reference",
        Holds::Flag,
        "Whether other areas are valued against it; one outside the district",
        "다른 지역의 가치를 비교하는 기준 지역인지(지구 밖)",
    ),
    TITLE,
    TITLE_KO,
    must("land", Holds::Number { min: 0.0, max: MOST_LAND }, "Land [km2]", "면적 [km2]"),
    must(
        "floor_space",
        Holds::FloorSpace,
        "Private floor space for offices [m2], or \"unlimited\"",
        "민간 업무 면적 [m2] 또는 \"unlimited\"",
    ),
    may(
        "sector_share",
        Holds::Number { min: 0.0, max: 1.0 },
        "Share of the floor space that firms and institutes of the sectors hold [1]; of limited space it must be there",
        "업종 기업과 연구소가 쓰는 면적의 비율 [1](면적에 한계가 있으면 필수)",
    ),
    may(
        "rent",
        Holds::Money,
        "Rent at the start [money/(m2 year)]; in the district it must be there",
        "시작 시점의 임대료 [금액/(m2·년)](지구 안에서는 필수)",
    ),
    may(
        "neighbours",
        Holds::NumbersByName { min: 0.0, max: 1.0 },
        "Weights of neighbouring areas, by their names [1]",
        "인접 지역의 가중치 [1]",
    ),
];

/// A sector of `district.toml`.
pub const SECTOR: &[Key] = &[
    SOURCE,
    NOTE,
    must(
        "number",
        Holds::Whole { min: 1, max: MOST_SECTORS as u64 },
        "Its number, which never changes: draws of chance go by it",
        "변하지 않는 번호(난수의 기준)",
    ),
    TITLE,
    TITLE_KO,
];

/// A synergy of `district.toml`.
pub const SYNERGY: &[Key] = &[
    SOURCE,
    NOTE,
    must("areas", Holds::TwoNames, "The two areas, by their names", "두 지역의 이름"),
    must(
        "regimes",
        Holds::Names,
        "The regimes that must be in force, by their names",
        "시행되어야 하는 제도의 이름",
    ),
];

/// A group of startups of `district.toml`.
pub const STARTUPS: &[Key] = &[
    SOURCE,
    NOTE,
    AREA,
    must("count", COUNT, "Number of startups [firms]", "스타트업 수 [개]"),
    must(
        "age_minimum",
        Holds::Whole { min: 0, max: OLDEST as u64 },
        "Least age at the start [years]",
        "시작 시점의 최소 업력 [년]",
    ),
    must(
        "age_maximum",
        Holds::Whole { min: 0, max: OLDEST as u64 },
        "Greatest age at the start [years]",
        "시작 시점의 최대 업력 [년]",
    ),
    HEADCOUNT_MEAN,
    HEADCOUNT_SPREAD,
];

/// A group of institutes of `district.toml`.
pub const INSTITUTES: &[Key] = &[
    SOURCE,
    NOTE,
    AREA,
    must("count", COUNT, "Number of institutes", "연구소 수 [개]"),
    HEADCOUNT_MEAN,
    HEADCOUNT_SPREAD,
];

/// A laboratory of `district.toml`.
pub const LABORATORY: &[Key] = &[
    SOURCE,
    NOTE,
    must("name", Holds::Title, "Its name", "이름"),
    AREA,
    must(
        "headcount",
        Holds::Whole { min: 0, max: MOST_IN_LABORATORY as u64 },
        "Its headcount [persons]",
        "인원 [명]",
    ),
];

/// A year of the investment climate, of `district.toml` or of a future.
pub const CLIMATE: &[Key] = &[
    SOURCE,
    NOTE,
    YEAR,
    must(
        "index",
        Holds::Positive { max: MOST_CLIMATE },
        "Investment over its trend [1]",
        "추세 대비 투자 [1]",
    ),
];

//! THE REGISTER OF KEYS: what may stand in the tables of a scenario's files, but for levers and parameters, which have
//! registers of their own.
//!
//! The reader knows a key from here alone: one that is not here is unknown, and one that the reader does not ask for is told in
//! every test. The schemas for editors are made of it.

use crate::policy::area::MOST_AREAS;
use crate::policy::effect::On;
use crate::policy::payer::Tax;
use crate::policy::regime::MOST_REGIMES;
use crate::policy::sector::MOST_SECTORS;
use crate::scenario::appraisal::AfterHorizon;
use crate::scenario::appraisal::RuleSet;
use crate::scenario::district::MOST_FIRMS;
use crate::scenario::survey::MODELS;

/// The format of scenarios that this program reads. It grows when keys change their names or meanings, and
/// [`renamed`](crate::scenario::renamed) then says what they were called before.
pub const FORMAT: u64 = 2;
/// The first and last year that any date or year may be of.
pub const YEARS: [u16; 2] = [1900, 2200];
/// The most replications of a run, and of those whose events are listed.
pub const MOST_REPLICATIONS: u32 = 10_000_000;
/// The most people who look for work at the start: as many as do in the whole country, of every trade.
pub const MOST_POOL: u32 = 1_000_000;
/// The most people in one laboratory: more than the largest employer of the country has in all.
pub const MOST_IN_LABORATORY: u32 = 200_000;
/// The largest mean headcount of a group of firms `[persons]`.
pub const MOST_HEADCOUNT: f64 = 100_000.0;
/// The largest spread of headcounts `[ln]`.
pub const MOST_SPREAD: f64 = 3.0;
/// The best climate: ten times its trend has been seen nowhere, so that per cent are refused.
pub const MOST_CLIMATE: f64 = 10.0;
/// The oldest age at the start `[years]`.
pub const OLDEST: u32 = 60;
/// The largest area `[km2]`: larger than any city region of the world, so that m2 are refused.
pub const MOST_LAND: f64 = 20_000.0;
/// The most floor space of an area `[m2]`.
pub const MOST_FLOOR_SPACE: u32 = 1_000_000_000;
/// The word for floor space without limit.
pub const UNLIMITED: &str = "unlimited";
/// The most observations of a survey.
pub const LARGEST_SURVEY: u32 = 1_000_000;
/// The largest standard deviation of one observation.
pub const MOST_SD: f64 = 1e15;
/// The most sizes of one survey.
pub const MOST_SIZES: usize = 10;
/// The greatest factor on a parameter.
pub const MOST_FACTOR: f64 = 1e6;
/// The greatest number added to a parameter.
pub const MOST_SUM: f64 = 1e15;
/// The most years of each part of an effect.
pub const MOST_YEARS_OF_EFFECT: u64 = 100;
/// How a parameter may vary, in words.
pub const DISTRIBUTIONS: [&str; 5] = ["fixed", "uniform", "triangular", "normal", "lognormal"];
/// On what a value may rest, in words.
pub const EVIDENCE: [&str; 4] = ["seen", "derived", "recalled", "judgement"];

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What its value is.
    pub holds: Holds,
    /// Whether it must be there in every table of the kind.
    pub required: bool,
    /// Whether it may be given in further languages, with `_TAG` after it.
    pub translated: bool,
    /// What it means, English.
    pub en: &'static str,
    /// What it means, Korean.
    pub ko: &'static str,
}

/// What the value of a key is.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// The format of the files.
    Format,
    /// Text, which may be empty.
    Text,
    /// Text that says something.
    SomeText,
    /// A line that says something.
    Title,
    /// The name of something in another place of the scenario.
    Name,
    /// A list of such names.
    Names,
    /// Two such names.
    TwoNames,
    /// Such a name, or a list of them.
    NameOrNames,
    /// `true` or `false`.
    Flag,
    /// A calendar year.
    Year,
    /// A day of the calendar.
    Date,
    /// A number.
    Number {
        /// Least value allowed.
        min: f64,
        /// Greatest value allowed.
        max: f64,
    },
    /// A number above 0.
    Positive {
        /// Greatest value allowed.
        max: f64,
    },
    /// An amount of money above 0, whose bound is in the unit of accounts.
    Money,
    /// A whole number.
    Whole {
        /// Least value allowed.
        min: u64,
        /// Greatest value allowed.
        max: u64,
    },
    /// A whole number, or `unlimited`.
    FloorSpace,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Some of these words.
    Words(&'static [&'static str]),
    /// The name of a library of parameters.
    Library,
    /// A unit of money, such as `EUR k`.
    MoneyUnit,
    /// The name of a CSV file in the scenario's folder.
    CsvFile,
    /// Sizes of a survey.
    Sizes,
    /// A number of the parameter whose table it is, within its bounds.
    OfParameter,
    /// Two such numbers, the lower first.
    RangeOfParameter,
    /// The unit of the parameter whose table it is.
    UnitOfParameter,
    /// A table.
    Table(&'static [Key]),
    /// A list of tables.
    Tables(&'static [Key]),
    /// Tables by name.
    Named(&'static [Key]),
    /// Numbers by name.
    NumbersByName {
        /// Least value allowed.
        min: f64,
        /// Greatest value allowed.
        max: f64,
    },
    /// Whole numbers from 1 by name.
    WholesByName {
        /// Greatest value allowed.
        max: u64,
    },
    /// Levers by name.
    Levers,
    /// Settings of levers by the name of the lever.
    SettingsOfLevers,
    /// What is put in the place of parameters, by name.
    Changes,
}

const fn may(name: &'static str, holds: Holds, en: &'static str, ko: &'static str) -> Key {
    Key { name, holds, required: false, translated: false, en, ko }
}

const fn must(name: &'static str, holds: Holds, en: &'static str, ko: &'static str) -> Key {
    Key { required: true, ..may(name, holds, en, ko) }
}

impl Key {
    const fn translated(self) -> Self {
        Self { translated: true, ..self }
    }
}

const SOURCE: Key = may("source", Holds::Text, "Where the figures come from", "수치의 출처");
const NOTE: Key = may("note", Holds::Text, "A remark", "비고");
const TITLE: Key = must("title", Holds::Title, "Title for people", "제목").translated();
const TITLE_KO: Key = may("title_ko", Holds::Title, "Title in Korean", "한국어 제목");
const YEAR: Key = must("year", Holds::Year, "Year", "연도");
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
const AREA: Key = must("area", Holds::Name, "Area, by its name", "지역의 이름");
const FROM: Key = may(
    "from",
    Holds::Date,
    "First day of the change; absent: from the start",
    "변경의 첫날(없으면 처음부터)",
);
const UNTIL: Key = may(
    "until",
    Holds::Date,
    "Last day of the change; absent: for good",
    "변경의 마지막 날(없으면 계속)",
);

/// `scenario.toml`.
pub const SCENARIO: &[Key] = &[
    must("format", Holds::Format, "Format of the scenario's files", "시나리오 파일의 형식"),
    TITLE,
    TITLE_KO,
    must(
        "question",
        Holds::SomeText,
        "The question that the scenario is to answer",
        "시나리오가 답할 질문",
    )
    .translated(),
    may("question_ko", Holds::SomeText, "The question in Korean", "한국어 질문"),
    must(
        "money",
        Holds::Table(MONEY),
        "Unit of every amount in these files and in tables, and unit that people read",
        "파일과 표의 금액 단위와 사람이 읽는 단위",
    ),
    must("names", Holds::Table(NAMES), "What city and district are called", "도시와 지구의 이름"),
    must("first_year", Holds::Year, "First year simulated", "시뮬레이션의 첫해"),
    must("last_year", Holds::Year, "Last year simulated", "시뮬레이션의 마지막 해"),
    must(
        "vantage",
        Holds::Date,
        "Day up to which facts are data in every policy; what came later is chance",
        "이 날까지 알려진 것은 모든 정책에서 자료이고, 이후는 확률",
    ),
    must(
        "base_year",
        Holds::Year,
        "Year of whose prices money is, and to which it is discounted",
        "가격 기준이자 할인 기준 연도",
    ),
    may(
        "reference_year",
        Holds::Year,
        "Year to which rates of founders, of specialists who come and of capital belong; absent: the first year",
        "창업자, 유입 인력, 자본 공급률의 기준 연도(없으면 첫해)",
    ),
    may(
        "capital_early_until",
        Holds::Year,
        "Last year in which capital supply grows by capital_growth_early; absent: the last year",
        "자본 공급이 capital_growth_early로 증가하는 마지막 해(없으면 마지막 해)",
    ),
    must("seed", Holds::Whole { min: 0, max: i64::MAX as u64 }, "Seed of all chance", "난수 시드"),
    must(
        "replications",
        Holds::Whole { min: 1, max: MOST_REPLICATIONS as u64 },
        "Replications of a run",
        "반복 실행 수",
    ),
    may(
        "outputs",
        Holds::Table(OUTPUTS),
        "Tables that a run writes beside those of every run",
        "모든 실행의 표 외에 쓰는 표",
    ),
    may(
        "appraisal",
        Holds::Word(&RuleSet::WORDS),
        "Rule set by which costs and benefits are appraised",
        "비용편익 평가 규칙",
    ),
    may(
        "after_horizon",
        Holds::Word(&AfterHorizon::WORDS),
        "Flows after the last year: held at the mean of the last three years, or none",
        "마지막 해 이후의 흐름: 마지막 3년 평균 유지(hold) 또는 없음(none)",
    ),
    must(
        "parameters_vary",
        Holds::Flag,
        "Whether parameters vary over replications",
        "반복마다 매개변수가 달라지는지",
    ),
    may(
        "parameters_from",
        Holds::Library,
        "Library of parameters that stands in for those that parameters.toml leaves out",
        "parameters.toml에 없는 매개변수를 가져올 자료집",
    ),
    must(
        "baseline",
        Holds::Name,
        "Policy that the others are compared with",
        "다른 정책과 비교할 기준 정책",
    ),
    may(
        "actual_policy",
        Holds::Name,
        "Policy that really happened; absent: the baseline",
        "실제로 시행된 정책(없으면 기준 정책)",
    ),
    may("policies", Holds::Names, "Policies in the order of tables", "표에 나오는 정책의 순서"),
    may(
        "posterior",
        Holds::CsvFile,
        "Table of parameter draws, as yangjae calibrate writes it",
        "매개변수 사후표본 파일(yangjae calibrate의 결과)",
    ),
    must(
        "payers",
        Holds::Named(PAYER),
        "Who pays, and who receives taxes",
        "비용 부담 주체와 세수 귀속",
    ),
];

/// The money of `scenario.toml`.
pub const MONEY: &[Key] = &[
    must(
        "account",
        Holds::MoneyUnit,
        "Unit of amounts in these files and in tables",
        "파일과 표의 금액 단위",
    ),
    must("display", Holds::MoneyUnit, "Unit that people read", "사람이 읽는 단위"),
];

/// The names of `scenario.toml`.
pub const NAMES: &[Key] = &[
    must("city", Holds::Title, "Name of the city", "도시의 이름").translated(),
    may("city_ko", Holds::Title, "Name of the city in Korean", "도시의 한국어 이름"),
    must("district", Holds::Title, "Name of the district", "지구의 이름").translated(),
    may("district_ko", Holds::Title, "Name of the district in Korean", "지구의 한국어 이름"),
];

/// The outputs of `scenario.toml`.
pub const OUTPUTS: &[Key] = &[
    may(
        "events",
        Holds::Whole { min: 0, max: MOST_REPLICATIONS as u64 },
        "Replications whose events are listed in events.csv",
        "events.csv에 사건을 기록할 반복 수",
    ),
    may(
        "replication_csv",
        Holds::Flag,
        "Whether replications.csv is written",
        "replications.csv 작성 여부",
    ),
    may("groups", Holds::Flag, "Whether groups.csv is written", "groups.csv 작성 여부"),
];

/// A payer of `scenario.toml`.
pub const PAYER: &[Key] = &[
    SOURCE,
    NOTE,
    must("title", Holds::Title, "Title for people", "제목"),
    TITLE_KO,
    must("public", Holds::Flag, "Whether it is public money", "공공 재원 여부"),
    may("receives", Holds::Words(Tax::WORDS), "Taxes that it receives", "귀속되는 세금"),
];

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

/// A parameter of `parameters.toml`.
pub const PARAMETER: &[Key] = &[
    must(
        "value",
        Holds::OfParameter,
        "What holds if parameters do not vary",
        "매개변수가 변하지 않을 때의 값",
    ),
    must("unit", Holds::UnitOfParameter, "Its unit", "단위"),
    must(
        "range",
        Holds::RangeOfParameter,
        "What the value may well be instead: [low, high]",
        "값이 가질 수 있는 범위 [하한, 상한]",
    ),
    must(
        "distribution",
        Holds::Word(&DISTRIBUTIONS),
        "How it varies over replications",
        "반복 간 변동 분포",
    ),
    must(
        "evidence",
        Holds::Word(&EVIDENCE),
        "On what it rests: seen in the source, derived from it, recalled, or judgement",
        "근거: 자료 확인(seen), 자료에서 도출(derived), 기억(recalled), 판단(judgement)",
    ),
    must("source", Holds::SomeText, "Where it comes from", "출처"),
    NOTE,
    may(
        "free",
        Holds::Flag,
        "Whether yangjae calibrate fits it",
        "yangjae calibrate의 추정 대상인지",
    ),
    may("survey", Holds::Table(SURVEY), "How it could be surveyed", "조사 방법"),
];

/// A survey of a parameter.
pub const SURVEY: &[Key] = &[
    must("model", Holds::Word(&MODELS), "Model of one observation", "관측 모형"),
    may(
        "sd",
        Holds::Positive { max: MOST_SD },
        "Standard deviation of one observation, of its logarithm for lognormal",
        "한 관측의 표준편차(lognormal은 로그값)",
    ),
    may("sizes", Holds::Sizes, "Numbers of observations", "표본 수"),
];

/// A policy.
pub const POLICY: &[Key] = &[
    may("title", Holds::Title, "Title for people", "제목").translated(),
    TITLE_KO,
    may("description", Holds::Text, "What it stands for", "설명"),
    may(
        "extends",
        Holds::NameOrNames,
        "Policies of which it takes over levers and parameters",
        "수단과 매개변수를 이어받을 정책",
    ),
    may("remove", Holds::Names, "Levers that it does not take over", "이어받지 않을 수단"),
    may("levers", Holds::Levers, "Its levers, by their names", "정책 수단"),
    may("parameters", Holds::Changes, "Parameters that it changes", "변경하는 매개변수"),
];

/// A future.
pub const FUTURE: &[Key] = &[
    may("title", Holds::Title, "Title for people", "제목").translated(),
    TITLE_KO,
    may("description", Holds::Text, "What it stands for", "설명"),
    SOURCE,
    may(
        "parameters",
        Holds::Changes,
        "Parameters that it changes under every policy",
        "모든 정책에서 변경하는 매개변수",
    ),
    may(
        "climate",
        Holds::Tables(CLIMATE),
        "Years of the investment climate after the vantage date",
        "기준일 이후의 투자 환경",
    ),
    may(
        "levers",
        Holds::SettingsOfLevers,
        "Settings of levers that it changes in each policy that has them",
        "해당 수단이 있는 정책에서 변경하는 설정",
    ),
];

/// A change of a parameter: either `times` or `plus`.
pub const CHANGE: &[Key] = &[
    may(
        "times",
        Holds::Number { min: 0.0, max: MOST_FACTOR },
        "Factor on the value of each replication",
        "각 반복 값에 곱하는 수",
    ),
    may(
        "plus",
        Holds::Number { min: -MOST_SUM, max: MOST_SUM },
        "What is added to the value of each replication",
        "각 반복 값에 더하는 수",
    ),
    FROM,
    UNTIL,
];

/// A step of a schedule, whose number has the bounds of its setting.
pub const STEP: &[Key] = &[
    must("from", Holds::Date, "Day from which the number holds", "적용 시작일"),
    must("value", Holds::OfParameter, "The number", "값"),
];

/// An effect of an instrument.
pub const EFFECT: &[Key] = &[
    must("on", Holds::Word(On::WORDS), "What it is on", "효과의 대상"),
    may(
        "after",
        Holds::Whole { min: 0, max: MOST_YEARS_OF_EFFECT },
        "Years until it begins",
        "시작까지의 연수",
    ),
    may(
        "lasts",
        Holds::Whole { min: 1, max: MOST_YEARS_OF_EFFECT },
        "Years that it lasts; absent: 1",
        "지속 연수(없으면 1)",
    ),
    may(
        "fades",
        Holds::Whole { min: 0, max: MOST_YEARS_OF_EFFECT },
        "Years over which it fades; absent: 0",
        "소멸 연수(없으면 0)",
    ),
    may(
        "per",
        Holds::Number { min: 1e-6, max: 1e9 },
        "Money a head, or share, that has the whole effect; together with saturation",
        "전체 효과에 해당하는 1인당 금액 또는 비율(saturation과 함께)",
    ),
    may(
        "saturation",
        Holds::Number { min: 0.01, max: 1e6 },
        "How soon more has no more effect; together with per",
        "포화 정도(per와 함께)",
    ),
];

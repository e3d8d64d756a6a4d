//! The keys of `scenario.toml`.

use crate::policy::payer::Tax;
use crate::scenario::appraisal::AfterHorizon;
use crate::scenario::appraisal::RuleSet;
use crate::scenario::keys::bounds::MOST_REPLICATIONS;
use crate::scenario::keys::common::NOTE;
use crate::scenario::keys::common::SOURCE;
use crate::scenario::keys::common::TITLE;
use crate::scenario::keys::common::TITLE_KO;
use crate::scenario::keys::key::Holds;
use crate::scenario::keys::key::Key;
use crate::scenario::keys::key::may;
use crate::scenario::keys::key::must;

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

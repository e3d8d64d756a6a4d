//! THE REGISTER OF LEVERS: every kind of thing that a policy can set.
//!
//! To add a kind: a variant of [`LeverKind`] and its arm in [`LeverKind::spec`], a typed form in
//! `policy/plan.rs`, and its effect in the phase that it names. The compiler asks for the arms; a
//! test asks for an effect, a cost item and a source.

use crate::policy::setting::EvidenceLimit;
use crate::policy::setting::MOST;
use crate::policy::setting::MOST_A_FIRM;
use crate::policy::setting::MOST_A_HOME;
use crate::policy::setting::MOST_A_PERSON;
use crate::policy::setting::MOST_A_YEAR;
use crate::policy::setting::MOST_SPACE;
use crate::policy::setting::MOST_TO_BUILD;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingKind;
use crate::time::Phase;

/// A kind of lever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeverKind {
    /// Places for startups with rent below the market and services.
    Facility,
    /// A special zone or promotion district in force in an area.
    Designation,
    /// A degree or non-degree programme, or retraining of citizens.
    Programme,
    /// Public homes for specialists who work in the district.
    Homes,
    /// A public fund that co-invests in rounds.
    MatchingFund,
    /// A voucher that pays a part of young firms' rent.
    RentVoucher,
    /// A subsidy on the wages of newly hired specialists.
    WageSubsidy,
    /// Grants for research and development.
    ResearchGrant,
    /// Source technology and joint projects.
    JointProjects,
    /// A technology testbed.
    Testbed,
    /// Prototype and demonstration support.
    PrototypeSupport,
    /// A data centre and open data.
    DataCentre,
    /// Institutes that a policy brings: university, government-funded, private.
    Institutes,
    /// An experience centre for citizens.
    ExperienceCentre,
}

/// What is known of a kind of lever.
#[derive(Clone, Copy, Debug)]
pub struct LeverSpec {
    /// The word for `kind` in a policy file.
    pub name: &'static str,
    /// The phase in which it acts first.
    pub acts_in: Phase,
    /// Its settings beyond [`COMMON`].
    pub settings: &'static [Setting],
    /// The setting that `--equal-budget` scales; `None` where the lever cannot be scaled.
    pub scales: Option<&'static str>,
    /// The mechanism by which it acts, in English.
    pub mechanism_en: &'static str,
    /// The mechanism by which it acts, in Korean.
    pub mechanism_ko: &'static str,
    /// The parameters through which it acts.
    pub parameters: &'static [&'static str],
    /// The metrics that it raises first, in the district or, where they have no value there, in
    /// the city; a test holds each lever to it.
    pub moves: &'static [&'static str],
    /// The metrics that it lowers first.
    pub lowers: &'static [&'static str],
    /// Where what is known of its effect comes from: rows of the project's collection of facts.
    pub source: &'static str,
    /// The sizes of its settings up to which evidence reaches.
    pub evidence: &'static [EvidenceLimit],
    /// The cost items that it books.
    pub costs: &'static [&'static str],
}

const SHARE: SettingKind = SettingKind::Number { min: 0.0, max: 1.0 };
const A_YEAR: SettingKind = SettingKind::Number { min: 0.0, max: MOST_A_YEAR };
const TO_BUILD: SettingKind = SettingKind::Number { min: 0.0, max: MOST_TO_BUILD };
const A_FIRM: SettingKind = SettingKind::Number { min: 0.0, max: MOST_A_FIRM };
const A_PERSON: SettingKind = SettingKind::Number { min: 0.0, max: MOST_A_PERSON };
const A_HOME: SettingKind = SettingKind::Number { min: 0.0, max: MOST_A_HOME };
const YEARS: SettingKind = SettingKind::Number { min: 0.0, max: 100.0 };
const COUNT: SettingKind = SettingKind::Count { max: MOST };
/// Who may pay for a lever.
pub const PAYERS: &[&str] = &["city", "state", "district-office", "private"];
/// The sectors of startups.
pub const SECTORS: &[&str] = &["software", "hardware", "ict"];
/// The stages of funding, by the round that closes next.
pub const STAGES: &[&str] = &["seed", "a", "b", "c", "later"];

/// Settings that every lever has.
pub const COMMON: &[Setting] = &[
    Setting::must("kind", SettingKind::Text, "", "Kind of lever", "정책 수단의 종류"),
    Setting::must(
        "from",
        SettingKind::Date,
        "date",
        "Day of the first cost or effect",
        "첫 비용 또는 효과가 발생하는 날",
    ),
    Setting::may(
        "until",
        SettingKind::Date,
        "date",
        "Last day of effect and yearly cost; absent: for good",
        "효과와 연간 비용의 마지막 날(없으면 계속)",
    ),
    Setting::may(
        "package",
        SettingKind::Text,
        "",
        "Name under which attribution groups levers; absent: the lever by itself",
        "기여도 분석에서 묶는 이름(없으면 개별)",
    ),
    Setting::must("payer", SettingKind::Choice(PAYERS), "", "Who pays", "비용 부담 주체"),
    Setting::must("source", SettingKind::Text, "", "Where the figures come from", "수치의 출처"),
];

/// Money for a building, shared by all levers that build.
const BUILDING: [Setting; 4] = [
    Setting::must(
        "construction",
        TO_BUILD,
        "KRW m",
        "Cost of construction, spread evenly from the lever's first day to its opening",
        "건설비(시작일부터 개소일까지 균등 배분)",
    )
    .raises("public_cost"),
    Setting::must(
        "land",
        TO_BUILD,
        "KRW m",
        "Value of the land, booked as opportunity cost on the lever's first day",
        "토지의 기회비용",
    )
    .raises("public_cost"),
    Setting::must("opening", SettingKind::Date, "date", "Opening day", "개소일"),
    Setting::must(
        "operation",
        A_YEAR,
        "KRW m/year",
        "Cost of running it from its opening",
        "개소 후 연간 운영비",
    )
    .raises("public_cost"),
];

const SERVICE: &[Setting] = &[
    BUILDING[0],
    BUILDING[1],
    BUILDING[2],
    BUILDING[3],
    Setting::must(
        "scope",
        SettingKind::Scope,
        "",
        "Whose startups may use it: a facility's tenants, or `district`",
        "이용 대상: 시설 입주 기업 또는 `district`",
    ),
    Setting::must(
        "reach",
        SHARE,
        "1/year",
        "Share of those startups that use it in a year",
        "한 해에 이용하는 기업의 비율",
    )
    .raises("service_uses"),
    Setting::must(
        "cost_per_firm",
        A_FIRM,
        "KRW m/year",
        "Cost of a firm's use in a year",
        "기업당 연간 이용 비용",
    )
    .raises("public_cost"),
];

const FACILITY: &[Setting] = &[
    BUILDING[0],
    BUILDING[1],
    BUILDING[2],
    BUILDING[3],
    Setting::must("area", SettingKind::Area, "", "Area in which it stands", "위치한 지역"),
    Setting::must(
        "places",
        SettingKind::Schedule { max: MOST },
        "firms",
        "Places for firms, by date",
        "입주 가능 기업 수(날짜별)",
    )
    .raises("tenants"),
    Setting::must(
        "tenancy",
        SettingKind::Number { min: 0.01, max: 100.0 },
        "years",
        "Longest tenancy",
        "최장 입주 기간",
    )
    .raises("tenants"),
    Setting::must(
        "room",
        SettingKind::Count { max: 1_000_000 },
        "persons",
        "Largest headcount that a place holds",
        "입주 공간의 최대 수용 인원",
    )
    .raises("tenants"),
    Setting::must(
        "rent_ratio",
        SettingKind::Number { min: 0.01, max: 3.0 },
        "1",
        "Rent charged, over the area's market rent",
        "지역 시장 임대료 대비 임대료",
    )
    .lowers("applications"),
    Setting::must(
        "admission",
        SettingKind::Choice(&["ranked", "first-come", "lottery"]),
        "",
        "How applicants are admitted",
        "입주 기업 선정 방식",
    ),
    Setting::may(
        "recruitment_days",
        SettingKind::Days,
        "day of year",
        "Days on which places are given out; needed for `ranked` and `lottery`",
        "선정일(연중 일수)",
    ),
    Setting::must(
        "awareness_factor",
        SettingKind::Number { min: 0.0, max: 100.0 },
        "1",
        "Factor on the share of young firms that look round",
        "입주 탐색 비율의 배수",
    )
    .raises("applications"),
    Setting::must(
        "extra_value",
        SettingKind::Number { min: -20.0, max: 100.0 },
        "utility",
        "Value of a place beyond that of a facility's usual services",
        "일반 서비스 외의 추가 효용",
    )
    .raises("applications"),
    Setting::must(
        "services",
        SettingKind::Number { min: 0.0, max: 10.0 },
        "1",
        "Intensity of services; 1 is the Hub's",
        "서비스 강도(허브=1)",
    )
    .raises("jobs_startups"),
    Setting::must(
        "longest_age",
        YEARS,
        "years",
        "Oldest age at which a firm is admitted",
        "입주 가능한 최대 업력",
    )
    .raises("applications"),
    Setting::may(
        "sectors",
        SettingKind::Choices(SECTORS),
        "",
        "Sectors admitted; absent: all",
        "입주 가능 분야(없으면 전체)",
    ),
    Setting::must(
        "graduates",
        SettingKind::Flag,
        "",
        "Whether it is open to firms that graduates found, which pulls them to found",
        "졸업생 창업에 개방 여부",
    ),
    Setting::may(
        "initial_tenants",
        SettingKind::Count { max: MOST },
        "firms",
        "Tenants on the first day of the simulation; absent: none",
        "시뮬레이션 시작일의 입주 기업 수",
    )
    .raises("tenants"),
    Setting::must(
        "floor_space",
        SettingKind::Schedule { max: MOST_SPACE },
        "m2",
        "Floor space for tenants, by date, which they never exceed; an own building adds it to the \
         area, leased rooms (no construction, no land) lie in the area's market",
        "입주 기업용 연면적(날짜별 상한): 자체 건물이면 지역에 추가, 임차 공간(건설비·토지 0)이면 \
         지역 시장의 일부",
    )
    .raises("tenants"),
    Setting::must(
        "service_cost",
        A_FIRM,
        "KRW m/year",
        "Cost of services to a tenant in a year",
        "입주 기업당 연간 서비스 비용",
    )
    .raises("public_cost"),
];

const DESIGNATION: &[Setting] = &[
    Setting::must("area", SettingKind::Area, "", "Area that is designated", "지정 지역"),
    Setting::must(
        "regime",
        SettingKind::Choice(&["special-zone", "promotion-district"]),
        "",
        "Which law designates it",
        "지정 제도",
    ),
    Setting::must(
        "decision",
        SettingKind::Date,
        "date",
        "Day on which it is decided at the earliest",
        "가장 이른 지정 결정일",
    ),
    Setting::must(
        "delay_mean",
        YEARS,
        "years",
        "Mean of the exponential delay of the decision; 0 is certain",
        "결정 지연의 평균(지수분포, 0이면 확정)",
    )
    .lowers("buildings_started"),
    Setting::must("refusal", SHARE, "1", "Chance that it is refused", "지정이 거부될 확률")
        .lowers("buildings_started"),
    Setting::must(
        "share",
        SHARE,
        "1",
        "Share of the area that is designated",
        "지정되는 면적의 비율",
    )
    .raises("buildings_started"),
    Setting::must(
        "plot_ratio",
        SettingKind::Number { min: 1.0, max: 10.0 },
        "1",
        "Plot ratio allowed over the normal",
        "일반 대비 허용 용적률",
    )
    .raises("buildings_started"),
    Setting::must("acquisition_relief", SHARE, "1", "Relief of acquisition tax", "취득세 감면율")
        .raises("buildings_started"),
    Setting::must("property_relief", SHARE, "1", "Relief of property tax", "재산세 감면율")
        .raises("public_cost"),
    Setting::must(
        "review_exempt",
        SettingKind::Flag,
        "",
        "Exemption of its projects from the investment review",
        "투자심사 면제 여부",
    ),
    Setting::must(
        "priority_examination",
        SettingKind::Flag,
        "",
        "Priority examination of patents",
        "특허 우선심사 여부",
    ),
    Setting::must(
        "loans",
        SHARE,
        "1",
        "Share of building projects that get a soft loan",
        "융자 지원을 받는 건축 사업의 비율",
    )
    .raises("buildings_started"),
    Setting::must(
        "loan_cost",
        A_YEAR,
        "KRW m/year",
        "Interest that the loans cost the payer in a year",
        "융자 이자 보전 연간 비용",
    )
    .raises("public_cost"),
    Setting::must(
        "administration",
        A_YEAR,
        "KRW m/year",
        "Cost of running it in a year",
        "연간 운영비",
    )
    .raises("public_cost"),
];

const PROGRAMME: &[Setting] = &[
    Setting::must(
        "degree",
        SettingKind::Choice(&["master", "doctor", "non-degree", "retraining"]),
        "",
        "What it leads to",
        "과정 유형",
    ),
    Setting::must(
        "intake",
        SettingKind::Schedule { max: 1_000_000 },
        "persons/year",
        "Persons who enrol in a year, by date",
        "연간 입학 인원(날짜별)",
    )
    .raises("retained"),
    Setting::must(
        "length",
        SettingKind::Number { min: 0.0, max: 10.0 },
        "years",
        "Length; below half a year: completed at the end of August of the same year",
        "과정 기간",
    )
    .raises("public_cost"),
    Setting::must(
        "new_share",
        SHARE,
        "1",
        "Share of its places that did not exist elsewhere before",
        "순증 정원의 비율",
    )
    .raises("pool"),
    Setting::must(
        "linkage",
        SettingKind::Flag,
        "",
        "Whether its graduates have the employment linkage",
        "취업 연계 여부",
    ),
    Setting::must(
        "tuition",
        A_PERSON,
        "KRW m/(person year)",
        "Cost of a person in a year",
        "1인당 연간 교육비",
    )
    .raises("public_cost"),
];

const HOMES: &[Setting] = &[
    BUILDING[0],
    BUILDING[1],
    BUILDING[2],
    BUILDING[3],
    Setting::must("units", COUNT, "homes", "Homes", "주택 호수").raises("homes_occupied"),
    Setting::must(
        "rent",
        A_HOME,
        "KRW m/(home year)",
        "Rent that a home pays in a year",
        "호당 연간 임대료",
    )
    .raises("public_receipts"),
];

const FUND: &[Setting] = &[
    Setting::must("budget", A_YEAR, "KRW m/year", "Money for a year", "연간 예산")
        .raises("public_investment"),
    Setting::must(
        "share",
        SHARE,
        "1",
        "Share of a round that the fund pays",
        "라운드 중 기금 부담 비율",
    )
    .raises("public_investment"),
    Setting::must(
        "stages",
        SettingKind::Choices(STAGES),
        "",
        "Rounds that it joins",
        "참여하는 투자 단계",
    ),
    Setting::must(
        "reach",
        SettingKind::Choice(&["district", "city"]),
        "",
        "Where firms must be",
        "대상 기업의 위치",
    ),
    Setting::must(
        "recycling",
        SHARE,
        "1",
        "Share of proceeds that goes back into next year's budget",
        "회수금 재투자 비율",
    )
    .raises("public_investment"),
    Setting::must(
        "administration",
        A_YEAR,
        "KRW m/year",
        "Cost of running it in a year",
        "연간 운영비",
    )
    .raises("public_cost"),
];

const VOUCHER: &[Setting] = &[
    Setting::must("area", SettingKind::Area, "", "Area in which it pays", "적용 지역"),
    Setting::must("share", SHARE, "1", "Share of the rent that it pays", "임대료 지원 비율")
        .raises("startups"),
    Setting::must("duration", YEARS, "years", "Years for which a firm gets it", "지원 기간")
        .raises("public_cost"),
    Setting::must(
        "longest_age",
        YEARS,
        "years",
        "Oldest age at which a firm gets it",
        "지원 가능한 최대 업력",
    )
    .raises("vouchers"),
    Setting::must(
        "vouchers",
        COUNT,
        "firms/year",
        "New vouchers in a year",
        "연간 신규 지원 기업 수",
    )
    .raises("vouchers"),
];

const WAGE: &[Setting] = &[
    Setting::must(
        "share",
        SHARE,
        "1",
        "Share of a new specialist's wage that it pays for a year",
        "신규 전문인력 임금 지원 비율(1년)",
    )
    .raises("jobs_startups"),
    Setting::must("budget", A_YEAR, "KRW m/year", "Money for a year", "연간 예산")
        .raises("subsidised_hires"),
    Setting::must(
        "longest_age",
        YEARS,
        "years",
        "Oldest age at which a firm gets it",
        "지원 가능한 최대 업력",
    )
    .raises("subsidised_hires"),
];

const GRANT: &[Setting] = &[
    Setting::must("grants", COUNT, "firms/year", "Grants in a year", "연간 지원 건수")
        .raises("grants"),
    Setting::must("amount", A_FIRM, "KRW m", "Amount of a grant", "건당 지원금").raises("rounds"),
    Setting::must(
        "longest_age",
        YEARS,
        "years",
        "Oldest age at which a firm gets it",
        "지원 가능한 최대 업력",
    )
    .raises("grants"),
    Setting::must(
        "selection",
        SettingKind::Choice(&["ranked", "lottery"]),
        "",
        "How firms are chosen",
        "선정 방식",
    ),
];

const INSTITUTES: &[Setting] = &[
    BUILDING[0],
    BUILDING[1],
    BUILDING[2],
    BUILDING[3],
    Setting::must("area", SettingKind::Area, "", "Area to which they come", "위치한 지역"),
    Setting::must(
        "form",
        SettingKind::Choice(&["university", "government", "private"]),
        "",
        "University joint research centres, government-funded or private institutes",
        "기관 유형",
    ),
    Setting::must(
        "institutes",
        SettingKind::Count { max: 10_000 },
        "institutes",
        "How many come",
        "기관 수",
    )
    .raises("institutes"),
    Setting::must(
        "headcount",
        SettingKind::Number { min: 1.0, max: 10_000.0 },
        "persons",
        "Mean headcount of one",
        "기관당 평균 인원",
    )
    .raises("jobs_institutes"),
    Setting::must(
        "from_city",
        SHARE,
        "1",
        "Chance that one comes from elsewhere in the city",
        "시내 다른 곳에서 이전할 확률",
    )
    .lowers("institutes_opened"),
];

impl LeverKind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::Facility,
        Self::Designation,
        Self::Programme,
        Self::Homes,
        Self::MatchingFund,
        Self::RentVoucher,
        Self::WageSubsidy,
        Self::ResearchGrant,
        Self::JointProjects,
        Self::Testbed,
        Self::PrototypeSupport,
        Self::DataCentre,
        Self::Institutes,
        Self::ExperienceCentre,
    ];

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.spec().name == name)
    }

    /// What is known of the kind.
    #[expect(clippy::too_many_lines, reason = "a register: one arm a kind")]
    #[must_use]
    pub const fn spec(self) -> LeverSpec {
        match self {
            Self::Facility => LeverSpec {
                name: "facility",
                acts_in: Phase::Intake,
                settings: FACILITY,
                scales: Some("places"),
                mechanism_en: "Young firms that look round and value a place above their best alternative apply; those admitted pay less rent, and services lower their exit hazard and raise their growth and chance of a round.",
                mechanism_ko: "입주를 알아보는 초기 기업이 최선의 대안보다 효용이 크면 지원하고, 선정되면 임대료가 낮아지며 서비스가 퇴출 위험을 낮추고 성장과 투자 확률을 높인다.",
                parameters: &[
                    "facility_awareness",
                    "facility_value",
                    "facility_leave_rate",
                    "selection_weight",
                    "alumni_pull",
                    "exit_tenant",
                    "exit_alumnus",
                    "alumnus_half_life",
                    "growth_tenant",
                    "round_tenant",
                    "incubation_pull",
                ],
                moves: &[
                    "applications",
                    "admissions",
                    "tenants",
                    "relocations_in",
                    "jobs",
                    "rounds",
                ],
                lowers: &["not_founded"],
                source: "POLI-01 to POLI-17, SURV-09a to SURV-09e; value of a place and size of services: fitted and judgement",
                evidence: &[EvidenceLimit {
                    setting: "places",
                    limit: 1000.0,
                    source: "POLP-04: Pangyo filled 1,002 places in three years, mostly from Seoul",
                }],
                costs: &["construction", "land", "operation", "services", "rent_subsidy"],
            },
            Self::Designation => LeverSpec {
                name: "designation",
                acts_in: Phase::Accounts,
                settings: DESIGNATION,
                scales: None,
                mechanism_en: "A higher plot ratio opens headroom for developers, relief and loans raise building starts, property-tax relief lowers rents, exemption from review brings starts forward, priority examination raises the chance of a round; with both regimes in force the hinterland weight rises.",
                mechanism_ko: "용적률 완화가 개발 여력을 늘리고 감면과 융자가 착공을 늘리며, 재산세 감면이 임대료를 낮추고 심사 면제가 착공을 앞당기며 특허 우선심사가 투자 확률을 높인다. 두 제도가 함께 시행되면 배후지 가중치가 커진다.",
                parameters: &[
                    "plot_takeup",
                    "building_rate",
                    "building_relief",
                    "building_loan",
                    "review_time",
                    "property_tax_rate",
                    "building_value",
                    "plot_price_pass_through",
                    "round_patent",
                    "hinterland_weight_synergy",
                ],
                moves: &[
                    "buildings_started",
                    "buildings_completed",
                    "floor_space",
                    "rounds",
                    "public_cost",
                ],
                lowers: &["rent"],
                source: "DIS-01 to DIS-04, POLF-01 to POLF-06, POLZ-08 to POLZ-11, Z05, Z06, Z14; synergy and patents: judgement",
                evidence: &[EvidenceLimit {
                    setting: "plot_ratio",
                    limit: 1.5,
                    source: "Z06: 150 % is the most that the law allows; POLF-01 to POLF-05 are of changes of that order",
                }],
                costs: &["administration", "loan_interest", "tax_given_up"],
            },
            Self::Programme => LeverSpec {
                name: "programme",
                acts_in: Phase::Graduation,
                settings: PROGRAMME,
                scales: Some("intake"),
                mechanism_en: "Those who complete found firms, stay in reach of the district or leave; who stays or remains in the city joins the specialist pool, and the employment linkage places a share first. In courses without a degree fewer of each hundred qualify the more are trained in a year.",
                mechanism_ko: "수료자는 창업하거나 지역에 남거나 떠나며, 남은 인력은 전문인력 풀에 합류하고 취업 연계가 일부를 우선 배치한다. 비학위 과정은 연간 교육 인원이 많을수록 전문인력이 되는 비율이 낮아진다.",
                parameters: &[
                    "completion_non_degree",
                    "completion_master",
                    "completion_doctor",
                    "founding_non_degree",
                    "founding_master",
                    "founding_doctor",
                    "incubation_pull",
                    "qualification_non_degree",
                    "qualification_retraining",
                    "stay_non_degree",
                    "stay_master",
                    "stay_doctor",
                    "stay_linkage",
                    "stay_jobs",
                    "linkage_share",
                    "leaver_city_share",
                    "course_applicants",
                ],
                moves: &["enrolled", "graduates", "retained", "hires", "public_cost"],
                lowers: &["vacancies_per_seeker"],
                source: "TAL-01 to TAL-19, POLU-01; shares of founders and of those who stay: literature and judgement",
                evidence: &[EvidenceLimit {
                    setting: "intake",
                    limit: 2300.0,
                    source: "TAL-16a: 1,150 a class twice a year, chosen from the whole country",
                }],
                costs: &["tuition"],
            },
            Self::Homes => LeverSpec {
                name: "homes",
                acts_in: Phase::Graduation,
                settings: HOMES,
                scales: Some("units"),
                mechanism_en: "A chance of a home inclines graduates to stay; specialists in homes quit at a lower rate.",
                mechanism_ko: "주택 입주 가능성이 졸업자의 잔류를 높이고, 입주한 전문인력의 이직률이 낮아진다.",
                parameters: &["stay_home", "quit_rate_home"],
                moves: &["homes", "homes_occupied", "public_cost"],
                lowers: &["quits"],
                source: "POLH-01 to POLH-03",
                evidence: &[EvidenceLimit {
                    setting: "units",
                    limit: 300.0,
                    source: "POLH-01, POLH-03: no study of homes and quits; 300 is the size of the plan",
                }],
                costs: &["construction", "land", "operation"],
            },
            Self::MatchingFund => LeverSpec {
                name: "matching-fund",
                acts_in: Phase::Investment,
                settings: FUND,
                scales: Some("budget"),
                mechanism_en: "Rounds of its stages are offered co-investment in date order while the year's money lasts; the share offered raises the chance that a round closes, with diminishing returns, and the fund pays it inside the round; later rounds follow without public money.",
                mechanism_ko: "예산이 남아 있는 동안 날짜순으로 공동투자를 제안하며, 제안 비율이 라운드 성사 확률을 체감적으로 높이고 기금은 그 비율만큼 라운드 금액을 부담한다. 후속 라운드는 공공 자금 없이 이어진다.",
                parameters: &[
                    "round_fund",
                    "round_fund_share",
                    "round_fund_saturation",
                    "growth_funded",
                    "capital_reference",
                    "capital_saturation",
                    "fund_multiple",
                ],
                moves: &["public_investment", "rounds", "investment"],
                lowers: &[],
                source: "POLG-01 to POLG-07",
                evidence: &[
                    EvidenceLimit {
                        setting: "budget",
                        limit: 22000.0,
                        source: "Z16: KRW 110 bn in five years, the largest plan for the district",
                    },
                    EvidenceLimit {
                        setting: "share",
                        limit: 0.3,
                        source: "POLG-07: public shares of new funds of 0.15 to 0.30; POLG-01, POLG-06: large shares hurt",
                    },
                ],
                costs: &["fund_payments", "administration"],
            },
            Self::RentVoucher => LeverSpec {
                name: "rent-voucher",
                acts_in: Phase::Intake,
                settings: VOUCHER,
                scales: Some("vouchers"),
                mechanism_en: "Young firms that come to the area while vouchers last pay a lower rent there; the longer it runs, the more it counts against what they expect to pay, and who holds one is loath to leave.",
                mechanism_ko: "지원 한도 내에서 해당 지역에 들어오는 초기 기업의 임대료를 낮춘다. 지원 기간이 길수록 예상 임대료 부담이 더 줄고, 보유 기업은 떠나기를 꺼린다.",
                parameters: &["rent_sensitivity", "space_charges", "discount_rate"],
                moves: &["vouchers", "founders", "startups", "public_cost"],
                lowers: &["not_founded"],
                source: "POLZ-01, POLZ-02, POLI-16, POLF-11",
                evidence: &[
                    EvidenceLimit {
                        setting: "share",
                        limit: 0.8,
                        source: "POLI-15, POLI-16: a fifth of the market rent is the least that is charged",
                    },
                    EvidenceLimit {
                        setting: "duration",
                        limit: 5.0,
                        source: "POLI-17: the longest stays at a lower rent are 2 to 5 years",
                    },
                ],
                costs: &["rent_vouchers"],
            },
            Self::WageSubsidy => LeverSpec {
                name: "wage-subsidy",
                acts_in: Phase::Jobs,
                settings: WAGE,
                scales: Some("budget"),
                mechanism_en: "District startups that may draw on it want to grow more; it pays a share of each newly hired specialist's wage while the year's money lasts.",
                mechanism_ko: "대상 기업의 채용 계획을 늘리고, 예산 범위에서 신규 전문인력 임금의 일부를 지원한다.",
                parameters: &["growth_subsidy", "wage_specialist"],
                moves: &["subsidised_hires", "jobs_startups", "public_cost"],
                lowers: &[],
                source: "POLW-01, POLW-02",
                evidence: &[EvidenceLimit {
                    setting: "share",
                    limit: 0.5,
                    source: "POLW-01, POLW-02: growth_subsidy was set at half of the wage",
                }],
                costs: &["wage_subsidy"],
            },
            Self::ResearchGrant => LeverSpec {
                name: "research-grant",
                acts_in: Phase::Jobs,
                settings: GRANT,
                scales: Some("grants"),
                mechanism_en: "Chosen district startups get a grant, which raises their growth in the next year and their chance of a round for two years, by its amount a head with diminishing returns.",
                mechanism_ko: "선정된 지구 내 기업에 지원금을 주어 다음 해 성장과 2년간 투자 확률을 높인다. 효과는 1인당 지원금에 따라 체감한다.",
                parameters: &[
                    "growth_grant",
                    "round_grant",
                    "grant_reference",
                    "grant_saturation",
                    "selection_weight",
                ],
                moves: &["grants", "rounds", "jobs_startups", "public_cost"],
                lowers: &[],
                source: "POLR-01 to POLR-04",
                evidence: &[EvidenceLimit {
                    setting: "amount",
                    limit: 172.0,
                    source: "POLR-01: Howell 2017, effects of USD 150,000 (KRW 172 m); grants of USD 1 m had no measurable one",
                }],
                costs: &["grants"],
            },
            Self::JointProjects => LeverSpec {
                name: "joint-projects",
                acts_in: Phase::Jobs,
                settings: SERVICE,
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
            },
            Self::Testbed => LeverSpec {
                name: "testbed",
                acts_in: Phase::Jobs,
                settings: SERVICE,
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
            },
            Self::PrototypeSupport => LeverSpec {
                name: "prototype-support",
                acts_in: Phase::Investment,
                settings: SERVICE,
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
            },
            Self::DataCentre => LeverSpec {
                name: "data-centre",
                acts_in: Phase::Jobs,
                settings: SERVICE,
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
            },
            Self::Institutes => LeverSpec {
                name: "institutes",
                acts_in: Phase::Intake,
                settings: INSTITUTES,
                scales: Some("institutes"),
                mechanism_en: "Institutes open in the area, a part of them moved from elsewhere in the city; they hire specialists in competition with startups and spin off firms: universities and government-funded institutes that open more than private ones.",
                mechanism_ko: "기관이 해당 지역에 들어서며 일부는 시내에서 이전한다. 전문인력 채용에서 스타트업과 경쟁하고 분사 창업을 낳으며, 신설 대학·정부출연 기관의 분사 창업이 민간보다 많다.",
                parameters: &[
                    "institute_growth",
                    "spin_off_rate",
                    "spin_off_university",
                    "spin_off_government",
                ],
                moves: &["institutes", "jobs_institutes", "public_cost"],
                lowers: &[],
                source: "POLU-01, TAL-09a to TAL-09c; number and origin of institutes: judgement",
                evidence: &[EvidenceLimit {
                    setting: "institutes",
                    limit: 12.0,
                    source: "POLU-01: a tenth more universities in a region; 12 is the size of the plan",
                }],
                costs: &["construction", "land", "operation"],
            },
            Self::ExperienceCentre => LeverSpec {
                name: "experience-centre",
                acts_in: Phase::Accounts,
                settings: &BUILDING,
                scales: None,
                mechanism_en: "A cost without an effect on jobs in this model: visitors are not simulated.",
                mechanism_ko: "이 모형에서는 비용만 발생하며 일자리 효과가 없다(방문객은 모의하지 않음).",
                parameters: &[],
                moves: &["public_cost"],
                lowers: &[],
                source: "announcement of December 2021; no effect is known",
                evidence: &[],
                costs: &["construction", "land", "operation"],
            },
        }
    }
}

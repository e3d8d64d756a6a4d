//! THE REGISTER OF METRICS: every yearly number, its unit, meaning, and how it is read.
//!
//! To add one, add a row to [`METRICS`]; all result tables, the dictionary and `yangjae explain`
//! follow.

pub mod view;

use crate::analysis::metrics::view::View;
use crate::model::identities::Stocks;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::Population;
use crate::scenario::place::MetricPlaces;
use crate::scenario::place::PlaceKind;
use crate::time::Phase;

/// How a metric behaves over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricKind {
    /// A stock at the end of the year.
    Stock,
    /// A flow over the year.
    Flow,
    /// A flow summed from the first simulated year.
    Cumulative,
    /// A ratio or price.
    Level,
}

impl MetricKind {
    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stock => "stock",
            Self::Flow => "flow",
            Self::Cumulative => "cumulative",
            Self::Level => "level",
        }
    }
}

/// Where a metric is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// District, city and each area.
    Areas,
    /// District, city, each area and each facility.
    AreasAndFacilities,
    /// Each area by itself: sums over areas would count moves inside the district.
    SingleAreas,
    /// The district and its two areas.
    DistrictAndItsAreas,
    /// The district and each facility.
    DistrictAndFacilities,
    /// Each facility.
    Facilities,
    /// The district as a whole.
    District,
    /// The city as a whole.
    City,
    /// The city and each programme.
    CityAndProgrammes,
}

impl Places {
    /// Whether a place of this kind is among them.
    #[must_use]
    pub const fn include(self, kind: PlaceKind) -> bool {
        match kind {
            PlaceKind::District => matches!(
                self,
                Self::Areas
                    | Self::AreasAndFacilities
                    | Self::DistrictAndItsAreas
                    | Self::DistrictAndFacilities
                    | Self::District
            ),
            PlaceKind::City => matches!(
                self,
                Self::Areas | Self::AreasAndFacilities | Self::City | Self::CityAndProgrammes
            ),
            PlaceKind::Area(area) => match self {
                Self::Areas | Self::AreasAndFacilities | Self::SingleAreas => true,
                Self::DistrictAndItsAreas => area.in_district(),
                _ => false,
            },
            PlaceKind::Facility => matches!(
                self,
                Self::AreasAndFacilities | Self::DistrictAndFacilities | Self::Facilities
            ),
            PlaceKind::Programme => matches!(self, Self::CityAndProgrammes),
        }
    }
}

/// One metric.
#[derive(Clone, Copy, Debug)]
pub struct MetricSpec {
    /// Its name in files.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// How it behaves over time.
    pub kind: MetricKind,
    /// Where it is read.
    pub places: Places,
    /// The least and the greatest value that it can have by its meaning.
    pub bounds: (f64, f64),
    /// Whether its values are whole numbers.
    pub whole: bool,
    /// The phase after which it is read.
    pub read_after: Phase,
    /// What it means, in English.
    pub meaning_en: &'static str,
    /// What it means, in Korean.
    pub meaning_ko: &'static str,
    /// Reads it of a year at a place; of a cumulative metric, the year's flow.
    pub read: fn(&View<'_>) -> f64,
}

/// Bounds of counts, amounts and prices.
const AMOUNT: (f64, f64) = (0.0, f64::INFINITY);
/// Bounds of shares.
const SHARE: (f64, f64) = (0.0, 1.0);
/// Bounds of public money, which can come back.
const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// Every metric, in the order of results.
pub const METRICS: &[MetricSpec] = &[
    MetricSpec {
        name: "firms",
        unit: "firms",
        kind: MetricKind::Stock,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Startups and research institutes at the end of the year",
        meaning_ko: "연말 스타트업과 연구소 수",
        read: |v| v.stock(Stocks::firms),
    },
    MetricSpec {
        name: "startups",
        unit: "firms",
        kind: MetricKind::Stock,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Startups at the end of the year",
        meaning_ko: "연말 스타트업 수",
        read: |v| v.startups(Stocks::firms),
    },
    MetricSpec {
        name: "institutes",
        unit: "institutes",
        kind: MetricKind::Stock,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Research institutes and corporate laboratories at the end of the year",
        meaning_ko: "연말 연구소 수",
        read: |v| v.institutes(Stocks::firms),
    },
    MetricSpec {
        name: "jobs",
        unit: "persons",
        kind: MetricKind::Stock,
        places: Places::AreasAndFacilities,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Headcount of startups and institutes at the end of the year; at a facility: of its tenants",
        meaning_ko: "연말 스타트업과 연구소의 고용 인원(시설: 입주 기업)",
        read: |v| v.jobs(),
    },
    MetricSpec {
        name: "jobs_startups",
        unit: "persons",
        kind: MetricKind::Stock,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Headcount of startups at the end of the year",
        meaning_ko: "연말 스타트업 고용 인원",
        read: |v| v.startups(Stocks::heads),
    },
    MetricSpec {
        name: "jobs_institutes",
        unit: "persons",
        kind: MetricKind::Stock,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Headcount of institutes and laboratories at the end of the year",
        meaning_ko: "연말 연구소 고용 인원",
        read: |v| v.institutes(Stocks::heads),
    },
    MetricSpec {
        name: "specialists",
        unit: "persons",
        kind: MetricKind::Stock,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Specialists at work at the end of the year",
        meaning_ko: "연말 재직 전문인력 수",
        read: |v| v.stock(Stocks::specialists),
    },
    MetricSpec {
        name: "founders",
        unit: "firms/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Intake,
        meaning_en: "Startups founded",
        meaning_ko: "신규 창업 기업 수",
        read: |v| v.count(Population::Startups, EventKind::Founded),
    },
    MetricSpec {
        name: "not_founded",
        unit: "candidates/year",
        kind: MetricKind::Flow,
        places: Places::City,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Intake,
        meaning_en: "Candidates who chose not to found in the city",
        meaning_ko: "시내 창업을 포기한 후보자 수",
        read: |v| v.count(Population::Startups, EventKind::NotFounded),
    },
    MetricSpec {
        name: "institutes_opened",
        unit: "institutes/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Intake,
        meaning_en: "Institutes that opened",
        meaning_ko: "신설 연구소 수",
        read: |v| v.count(Population::Institutes, EventKind::Founded),
    },
    MetricSpec {
        name: "relocations_in",
        unit: "firms/year",
        kind: MetricKind::Flow,
        places: Places::SingleAreas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Intake,
        meaning_en: "Startups that came from another area",
        meaning_ko: "다른 지역에서 전입한 스타트업 수",
        read: |v| v.count(Population::Startups, EventKind::MovedIn),
    },
    MetricSpec {
        name: "relocations_out",
        unit: "firms/year",
        kind: MetricKind::Flow,
        places: Places::SingleAreas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Intake,
        meaning_en: "Startups that left for another area",
        meaning_ko: "다른 지역으로 전출한 스타트업 수",
        read: |v| v.count(Population::Startups, EventKind::MovedOut),
    },
    MetricSpec {
        name: "failures",
        unit: "firms/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Jobs,
        meaning_en: "Startups that failed",
        meaning_ko: "폐업 스타트업 수",
        read: |v| v.count(Population::Startups, EventKind::Failed),
    },
    MetricSpec {
        name: "closures",
        unit: "institutes/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Jobs,
        meaning_en: "Institutes that closed",
        meaning_ko: "폐쇄 연구소 수",
        read: |v| v.count(Population::Institutes, EventKind::Failed),
    },
    MetricSpec {
        name: "applications",
        unit: "firms/year",
        kind: MetricKind::Flow,
        places: Places::DistrictAndFacilities,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Intake,
        meaning_en: "Applications to facilities",
        meaning_ko: "시설 입주 신청 수",
        read: |v| v.count(Population::Startups, EventKind::Applied),
    },
    MetricSpec {
        name: "admissions",
        unit: "firms/year",
        kind: MetricKind::Flow,
        places: Places::DistrictAndFacilities,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Intake,
        meaning_en: "Firms admitted to facilities",
        meaning_ko: "시설 입주 선정 기업 수",
        read: |v| v.count(Population::Startups, EventKind::Admitted),
    },
    MetricSpec {
        name: "refusals",
        unit: "firms/year",
        kind: MetricKind::Flow,
        places: Places::DistrictAndFacilities,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Intake,
        meaning_en: "Applications to facilities that were refused",
        meaning_ko: "시설 입주 탈락 수",
        read: |v| v.count(Population::Startups, EventKind::Refused),
    },
    MetricSpec {
        name: "tenants",
        unit: "firms",
        kind: MetricKind::Stock,
        places: Places::DistrictAndFacilities,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Tenants of facilities at the end of the year",
        meaning_ko: "연말 입주 기업 수",
        read: |v| v.tenants(),
    },
    MetricSpec {
        name: "alumni",
        unit: "firms",
        kind: MetricKind::Cumulative,
        places: Places::DistrictAndFacilities,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Intake,
        meaning_en: "Firms whose tenancy has ended since the first year (failures of tenants not counted)",
        meaning_ko: "누적 졸업 기업 수",
        read: |v| v.count(Population::Startups, EventKind::TenancyEnded),
    },
    MetricSpec {
        name: "joined_cumulative",
        unit: "firms",
        kind: MetricKind::Cumulative,
        places: Places::Facilities,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Intake,
        meaning_en: "Firms admitted since the first year, those there on the first day included",
        meaning_ko: "누적 입주 기업 수",
        read: |v| v.count(Population::Startups, EventKind::Admitted),
    },
    MetricSpec {
        name: "jobs_created_cumulative",
        unit: "persons",
        kind: MetricKind::Cumulative,
        places: Places::Facilities,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Jobs,
        meaning_en: "New jobs at tenants since the first year: teams that founded there and growth of firms that grew",
        meaning_ko: "입주 기업의 누적 신규 일자리(입주 창업팀과 성장 기업의 증가분)",
        read: |v| {
            v.amount(Population::Startups, EventKind::Grew)
                + v.amount(Population::Startups, EventKind::FoundersJoined)
        },
    },
    MetricSpec {
        name: "sales_cumulative",
        unit: "KRW m",
        kind: MetricKind::Cumulative,
        places: Places::Facilities,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Tenants' sales since the first year",
        meaning_ko: "입주 기업 누적 매출",
        read: |v| v.amount(Population::Startups, EventKind::Sold),
    },
    MetricSpec {
        name: "investment_cumulative",
        unit: "KRW m",
        kind: MetricKind::Cumulative,
        places: Places::Facilities,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Investment,
        meaning_en: "Money that tenants raised since the first year",
        meaning_ko: "입주 기업 누적 투자 유치액",
        read: |v| v.amount(Population::Startups, EventKind::RoundClosed),
    },
    MetricSpec {
        name: "alumni_jobs",
        unit: "persons",
        kind: MetricKind::Stock,
        places: Places::Facilities,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Headcount of a facility's alumni at the end of the year",
        meaning_ko: "연말 졸업 기업 고용 인원",
        read: |v| v.alumni_jobs(),
    },
    MetricSpec {
        name: "alumni_sales",
        unit: "KRW m/year",
        kind: MetricKind::Flow,
        places: Places::Facilities,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Sales of a facility's alumni",
        meaning_ko: "졸업 기업 매출",
        read: |v| v.amount(Population::Startups, EventKind::AlumniSold),
    },
    MetricSpec {
        name: "alumni_investment",
        unit: "KRW m/year",
        kind: MetricKind::Flow,
        places: Places::Facilities,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Investment,
        meaning_en: "Money that a facility's alumni raised",
        meaning_ko: "졸업 기업 투자 유치액",
        read: |v| v.amount(Population::Startups, EventKind::AlumniRaised),
    },
    MetricSpec {
        name: "enrolled",
        unit: "persons/year",
        kind: MetricKind::Flow,
        places: Places::City,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Graduation,
        meaning_en: "Persons who enrolled in programmes",
        meaning_ko: "과정 입학 인원",
        read: |v| v.amount(Population::Startups, EventKind::Enrolled),
    },
    MetricSpec {
        name: "graduates",
        unit: "persons/year",
        kind: MetricKind::Flow,
        places: Places::CityAndProgrammes,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Graduation,
        meaning_en: "Persons who completed a programme",
        meaning_ko: "과정 수료·졸업 인원",
        read: |v| v.graduates(),
    },
    MetricSpec {
        name: "graduate_founders",
        unit: "persons/year",
        kind: MetricKind::Flow,
        places: Places::City,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Graduation,
        meaning_en: "Graduates who will found a firm in the next year's intake",
        meaning_ko: "다음 해 창업할 졸업자 수",
        read: |v| v.amount(Population::Startups, EventKind::GraduateFounders),
    },
    MetricSpec {
        name: "retained",
        unit: "persons/year",
        kind: MetricKind::Flow,
        places: Places::City,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Graduation,
        meaning_en: "Qualified graduates who stay in reach of the district",
        meaning_ko: "지역에 남은 전문인력 졸업자 수",
        read: |v| v.amount(Population::Startups, EventKind::Retained),
    },
    MetricSpec {
        name: "left_city",
        unit: "persons/year",
        kind: MetricKind::Flow,
        places: Places::City,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Graduation,
        meaning_en: "Qualified graduates who left the city",
        meaning_ko: "시를 떠난 전문인력 졸업자 수",
        read: |v| v.amount(Population::Startups, EventKind::LeftCity),
    },
    MetricSpec {
        name: "linked",
        unit: "persons/year",
        kind: MetricKind::Flow,
        places: Places::City,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Jobs,
        meaning_en: "Graduates whom the employment linkage placed",
        meaning_ko: "취업 연계로 배치된 졸업자 수",
        read: |v| v.amount(Population::Startups, EventKind::Linked),
    },
    MetricSpec {
        name: "pool",
        unit: "persons",
        kind: MetricKind::Stock,
        places: Places::City,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Specialists looking for work at the end of the year",
        meaning_ko: "연말 구직 전문인력 수",
        read: |v| v.district.pool() as f64,
    },
    MetricSpec {
        name: "vacancies_per_seeker",
        unit: "1",
        kind: MetricKind::Level,
        places: Places::City,
        bounds: AMOUNT,
        whole: false,
        read_after: Phase::Jobs,
        meaning_en: "Vacancies for specialists over seekers before matching",
        meaning_ko: "구직자당 전문인력 빈일자리",
        read: |v| v.district.tightness(),
    },
    MetricSpec {
        name: "hires",
        unit: "persons/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Jobs,
        meaning_en: "Specialists hired",
        meaning_ko: "전문인력 채용 수",
        read: |v| v.both(EventKind::Hired),
    },
    MetricSpec {
        name: "quits",
        unit: "persons/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Jobs,
        meaning_en: "Specialists who quit",
        meaning_ko: "전문인력 이직 수",
        read: |v| v.both(EventKind::Quit),
    },
    MetricSpec {
        name: "unfilled_posts",
        unit: "persons/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Jobs,
        meaning_en: "Posts for specialists that stayed empty",
        meaning_ko: "미충원 전문인력 일자리",
        read: |v| v.both(EventKind::Unfilled),
    },
    MetricSpec {
        name: "jobs_created",
        unit: "persons/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Jobs,
        meaning_en: "Jobs at newly founded and growing firms",
        meaning_ko: "창출된 일자리(신설·성장 기업)",
        read: |v| v.both(EventKind::Founded) + v.both(EventKind::Grew),
    },
    MetricSpec {
        name: "jobs_destroyed",
        unit: "persons/year",
        kind: MetricKind::Flow,
        places: Places::Areas,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Investment,
        meaning_en: "Jobs lost at failed, shrinking and acquired firms",
        meaning_ko: "소멸된 일자리(폐업·축소·피인수 기업)",
        read: |v| {
            v.both(EventKind::Failed) + v.both(EventKind::Shrank) + v.both(EventKind::Acquired)
        },
    },
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
        unit: "KRW m/year",
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
        unit: "KRW m/year",
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
        unit: "KRW m/year",
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
        unit: "KRW m/year",
        kind: MetricKind::Flow,
        places: Places::AreasAndFacilities,
        bounds: AMOUNT,
        whole: true,
        read_after: Phase::Accounts,
        meaning_en: "Sales of startups",
        meaning_ko: "스타트업 매출",
        read: |v| v.amount(Population::Startups, EventKind::Sold),
    },
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
        unit: "KRW m/(m2 year)",
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
        unit: "KRW m/year",
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
        unit: "KRW m/year",
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

/// The metric of this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static MetricSpec> {
    METRICS.iter().find(|metric| metric.name == name)
}

/// Every metric with the places at which it is read, as a scenario checks observed figures
/// against them.
#[must_use]
pub fn places() -> Vec<MetricPlaces> {
    let kinds = |metric: &MetricSpec| {
        PlaceKind::ALL.into_iter().filter(|&kind| metric.places.include(kind)).collect()
    };
    let places = |metric: &MetricSpec| MetricPlaces {
        name: metric.name,
        unit: metric.unit,
        is_flow: metric.kind == MetricKind::Flow,
        bounds: metric.bounds,
        kinds: kinds(metric),
    };
    METRICS.iter().map(places).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_is_named_once_and_described_in_both_languages() {
        for metric in METRICS {
            let same = METRICS.iter().filter(|other| other.name == metric.name).count();
            assert_eq!(same, 1, "{}", metric.name);
            assert!(!metric.meaning_en.is_empty() && !metric.meaning_ko.is_empty());
            assert_eq!(
                metric.kind == MetricKind::Cumulative,
                metric.name.ends_with("_cumulative") || metric.name == "alumni",
                "{}",
                metric.name
            );
        }
    }
}

//! THE REGISTER OF PARAMETERS: every assumption about behaviour or the outside world.
//!
//! To add one, add a row to `parameters!` below and a value to every scenario's `parameters.toml`;
//! the reader lists the scenarios that lack it. From a row follow the key in scenario files, its
//! bounds, `--set`, `yangjae explain`, the dictionary and its values over replications, which are
//! drawn by its name: a new row moves no other parameter's. A row `each` area or sector is a family:
//! a scenario has one parameter of it for each of its areas or sectors, as `taste_special_zone` for
//! the area `special-zone` ([`Register`]).
//! `, levers` at the end of a row says that it acts only through the levers that name it, `,
//! accounts` that it enters accounts only ([`Acts`]); tests move each and hold it to that.

use std::ops::Deref;
use std::sync::Arc;

use crate::policy::area::ByArea;
use crate::policy::effect::ByInstrument;
use crate::policy::sector::BySector;
use crate::scenario::money::Money;
use crate::scenario::parameter_spec::Acts;
use crate::scenario::parameter_spec::Each;
use crate::scenario::parameter_spec::Member;
use crate::scenario::parameter_spec::Members;
use crate::scenario::parameter_spec::ParameterSpec;
use crate::scenario::parameter_spec::Row;
use crate::scenario::parameter_spec::Values;
use crate::time::Phase;

/// The parameters of a scenario, in the order of the year: the rows of the register, with those of
/// its areas and sectors in the place of families. The positions of parameters are places in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Register(Arc<[ParameterSpec]>);

impl Deref for Register {
    type Target = [ParameterSpec];

    fn deref(&self) -> &[ParameterSpec] {
        &self.0
    }
}

impl Register {
    /// The parameters of a scenario of these areas, sectors and money (without it, of KRW m), of which one that may be left out
    /// is there where `stated` says so of its name.
    #[must_use]
    pub fn of(members: &Members, money: Option<&Money>, stated: impl Fn(&str) -> bool) -> Self {
        let specs = ROWS.iter().flat_map(|row| row.specs(members));
        let specs = specs.map(|spec| spec.in_money(money));
        Self(specs.filter(|spec| !spec.may_lack || stated(&spec.name)).collect())
    }

    /// The rows for any scenario, with `AREA` or `SECTOR` in the names of families.
    #[must_use]
    pub fn of_any() -> Self {
        let member = |name: &str, en: &str, ko: &str| Member {
            index: 0,
            name: name.to_owned(),
            title_en: en.to_owned(),
            title_ko: ko.to_owned(),
        };
        let (area, sector) =
            (member("AREA", "an area", "각 지역"), member("SECTOR", "a sector", "각"));
        let instrument = member("INSTRUMENT", "NAME", "NAME");
        let of = |each| match each {
            Each::One => None,
            Each::Area => Some(&area),
            Each::Instrument => Some(&instrument),
            _ => Some(&sector),
        };
        Self(ROWS.iter().map(|row| row.spec(of(row.each))).collect())
    }

    /// The place of a parameter.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.iter().position(|spec| spec.name == name)
    }

    /// The names.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.iter().map(|spec| spec.name.as_ref())
    }

    /// A name that stands in it twice: that of a parameter, and of a member of a family.
    #[must_use]
    pub fn doubled(&self) -> Option<&ParameterSpec> {
        self.iter().enumerate().find_map(|(place, spec)| {
            let others = self.iter().take(place);
            others.clone().any(|other| other.name == spec.name).then_some(spec)
        })
    }
}

/// Whose a parameter of such a name would be, if it begins like those of a family, as it ends a sentence
/// on what its name ends in.
#[must_use]
pub fn family_of(name: &str) -> Option<&'static str> {
    let mut families = ROWS.iter().filter(|row| row.each != Each::One);
    let row = families
        .find(|row| name.strip_prefix(row.name).is_some_and(|member| member.starts_with('_')))?;
    Some(match row.each {
        Each::Area => "the areas of district.toml",
        Each::Instrument => "the policies' levers of kind instrument",
        _ => "the sectors of district.toml",
    })
}

/// The unit of the parameters of a family; empty where there is none.
#[must_use]
pub fn unit_of_family(family: &str) -> &'static str {
    ROWS.iter().find(|row| row.name == family).map_or("", |row| row.unit)
}

/// Parameters that move jobs, firms or investment through levers alone, and enter money under every
/// policy as well.
pub const IN_MONEY_TOO: [&str; 3] = ["building_value", "discount_rate", "property_tax_rate"];

/// The word for a parameter that is switched off.
pub const NEVER: &str = "never";

/// A parameter's value as it is written.
#[must_use]
pub fn number(value: f64) -> String {
    if value == f64::NEG_INFINITY { NEVER.to_owned() } else { value.to_string() }
}

/// The parameter that may be switched off by the word `never` (model, section 8).
pub const MAY_BE_NEVER: &str = "taste_not_founding";

macro_rules! parameters {
    (@acts) => { Acts::Always };
    (@acts levers) => { Acts::WithLevers };
    (@acts accounts) => { Acts::InAccounts };
    (@type) => { f64 };
    (@type Area) => { ByArea<f64> };
    (@type Instrument) => { ByInstrument<f64> };
    (@type $sector:ident) => { BySector<f64> };
    (@each) => { Each::One };
    (@each $each:ident) => { Each::$each };
    // What a member has of which the scenario states no value.
    (@nothing LaterSector) => { 1.0 };
    (@nothing $($each:ident)?) => { 0.0 };
    ($($phase:ident { $($name:ident $(each $each:ident)?: $unit:literal [$min:literal, $max:literal]
        $en:literal / $ko:literal $(, $acts:ident)?;)* })*) => {
        /// The value of every parameter in one replication; meanings in the register of the scenario.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Parameters {
            $($(#[doc = concat!($en, " `[", $unit, "]`")] pub $name: parameters!(@type $($each)?),)*)*
        }

        /// Every row, in the order of the year.
        const ROWS: &[Row] = &[
            $($(Row {
                name: stringify!($name),
                each: parameters!(@each $($each)?),
                unit: $unit,
                min: $min,
                max: $max,
                acts_in: Phase::$phase,
                acts: parameters!(@acts $($acts)?),
                meaning_en: $en,
                meaning_ko: $ko,
            },)*)*
        ];

        impl Parameters {
            /// Takes the values in the order of a register; `None` when their number differs.
            #[must_use]
            pub fn from_values(register: &Register, values: &[f64]) -> Option<Self> {
                if values.len() != register.len() {
                    return None;
                }
                let mut values = register.iter().zip(values).peekable();
                Some(Self { $($($name: Values::take(
                    stringify!($name),
                    parameters!(@nothing $($each)?),
                    &mut values,
                )?,)*)* })
            }
        }
    };
}

parameters! {
    Policy {
        climate_persistence: "1" [0.0, 0.99] "Share of last year's investment climate that carries over (of its log)" / "전년도 투자 환경의 지속 비율(로그)";
        climate_spread: "ln" [0.0, 2.0] "Size of the yearly shocks to the investment climate (standard deviation of its log)" / "투자 환경의 연간 충격 크기(로그의 표준편차)";
    }
    Intake {
        founder_rate: "founders/year" [0.0, 1_000_000.0] "Independent candidates for founding a firm of the sectors in the city in the reference year" / "기준 연도 시 전체의 독립 창업 후보자 수";
        founder_growth: "1/year" [-0.5, 0.5] "Yearly growth of the number of candidates" / "창업 후보자 수의 연간 증가율";
        founder_climate_elasticity: "1" [0.0, 3.0] "Elasticity of the number of candidates to the investment climate" / "투자 환경에 대한 창업 후보자 수의 탄력성";
        team_minimum: "persons" [1.0, 100.0] "Smallest founding team" / "창업팀의 최소 인원";
        team_extra: "persons" [0.0, 100.0] "Mean of the founding team above the smallest (Poisson)" / "최소 인원을 넘는 창업팀 인원의 평균(포아송)";
        sector_share each EarlierSector: "1" [0.0, 1.0] "Share of candidates in {}" / "{} 분야 창업 비율";
        taste each Area: "utility" [-20.0, 20.0] "Value to founders of a place in {} (utility against the area of reference)" / "기준 지역 대비 {} 입지의 효용";
        taste_not_founding: "utility" [-100.0, 20.0] "Value of not founding in the city at all (utility against elsewhere in the city; `never` switches it off)" / "시내에서 창업하지 않는 선택의 효용(`never`이면 제외)";
        rent_sensitivity: "utility/ln" [0.0, 10.0] "Loss of a place's value by the rent that a firm pays (by its log)" / "임대료에 따른 입지 효용 감소(로그 임대료)";
        space_charges: "1" [0.01, 5.0] "Charges for space that no voucher pays, over the rent" / "바우처가 지원하지 않는 관리비 등의 임대료 대비 비율", levers;
        jobs_sensitivity: "utility/ln" [0.0, 10.0] "Gain of a place's value by the jobs nearby (by their log)" / "인근 일자리에 따른 입지 효용 증가(로그)";
        hinterland_weight: "1" [0.0, 1.0] "Weight of a neighbouring area's jobs, times what the area says of that neighbour" / "이웃 지역 일자리의 가중치(지역별로 정한 비율과 곱함)";
        hinterland_weight_synergy: "1" [0.0, 1.0] "Weight of a neighbouring area's jobs while the regimes of a synergy of the two are in force" / "상승효과의 제도가 모두 시행되는 동안 그 두 지역에 적용되는 이웃 지역 일자리의 가중치", levers;
        relocation_rate: "1/year" [0.0, 1.0] "Chance that a startup reconsiders its place in a year" / "스타트업이 한 해에 입지를 재검토할 확률";
        institute_relocation_rate: "1/year" [0.0, 1.0] "Chance that an institute reconsiders its place in a year" / "연구소가 한 해에 입지를 재검토할 확률";
        moving_cost: "utility" [0.0, 20.0] "Value that another area must offer above the present one" / "이전에 필요한 추가 효용(이전 비용)";
        alumni_pull: "utility" [-5.0, 20.0] "Pull of alumni of a facility towards the area where they are" / "졸업 기업이 현재 지역에 머무르려는 효용", levers;
        facility_awareness: "1/year" [0.0, 1.0] "Share of young firms that look round for a facility in a year" / "한 해에 시설 입주를 알아보는 초기 기업의 비율", levers;
        facility_value: "utility" [-10.0, 20.0] "Value of a facility's services to a firm" / "시설 서비스가 기업에 주는 효용", levers;
        facility_leave_rate: "1/year" [0.0, 10.0] "Rate at which tenants leave before their time" / "입주 기업의 조기 퇴거율", levers;
        selection_weight: "1" [0.0, 1.0] "Correlation of the selection score with quality" / "선발 점수와 기업 역량의 상관계수", levers;
        institute_rate: "institutes/year" [0.0, 10_000.0] "New institutes in the city in a year" / "연간 시내 신설 연구소 수";
        institute_taste each Area: "utility" [-20.0, 20.0] "Value of {} to an institute against the area of reference" / "연구소에 대한 기준 지역 대비 {}의 효용";
        spin_off_rate: "1/(head year)" [0.0, 1.0] "Spin-offs by an institute's head and year" / "연구소 인원 1인당 연간 분사 창업률";
        spin_off_university: "1" [0.0, 100.0] "Factor on spin-offs of university centres that a policy opens" / "정책으로 신설되는 대학 연구센터의 분사 창업 배수", levers;
        effect_founding each Instrument: "ln" [0.0, 3.0] "Rise of the number of those who would found by the instrument {} (of its log)" / "정책 도구 {}에 의한 창업 후보자 수 증가(로그)", levers;
        effect_moving_in each Instrument: "utility" [-10.0, 10.0] "Value that the instrument {} adds to a place in its areas" / "정책 도구 {}에 의한 대상 지역 입지의 효용 증가", levers;
        spin_off_government: "1" [0.0, 100.0] "Factor on spin-offs of government-funded institutes that a policy opens" / "정책으로 신설되는 정부출연연구소의 분사 창업 배수", levers;
    }
    Graduation {
        completion_non_degree: "1" [0.0, 1.0] "Share of non-degree trainees who complete" / "비학위 과정 수료율", levers;
        completion_master: "1" [0.0, 1.0] "Share of master's students who complete" / "석사 과정 졸업률", levers;
        completion_doctor: "1" [0.0, 1.0] "Share of doctoral students who complete" / "박사 과정 졸업률", levers;
        founding_non_degree: "1" [0.0, 1.0] "Chance that a non-degree trainee founds a firm" / "비학위 과정 수료자의 창업 확률", levers;
        founding_master: "1" [0.0, 1.0] "Chance that a master founds a firm" / "석사 졸업자의 창업 확률", levers;
        founding_doctor: "1" [0.0, 1.0] "Chance that a doctor founds a firm" / "박사 졸업자의 창업 확률", levers;
        incubation_pull: "1" [1.0, 20.0] "Factor on the founding of firms by graduates while a facility is open to them" / "졸업생에게 열린 시설이 있을 때 창업 확률의 배수", levers;
        qualification_non_degree: "1" [0.0, 1.0] "Chance that a non-degree trainee is a qualified specialist, where trainees are few" / "교육 인원이 적을 때 비학위 과정 수료자가 전문인력이 될 확률", levers;
        qualification_retraining: "1" [0.0, 1.0] "Chance that a retrained citizen is a qualified specialist, where trainees are few" / "교육 인원이 적을 때 재교육 시민이 전문인력이 될 확률", levers;
        course_applicants: "persons/year" [1.0, 1e9] "Trainees a year at whom half as many of each hundred qualify as at few" / "수료자 중 전문인력 비율이 절반으로 줄어드는 연간 교육 인원", levers;
        stay_non_degree: "logit" [-10.0, 10.0] "Inclination of non-degree specialists to stay in reach of the district" / "비학위 전문인력의 지역 잔류 성향", levers;
        stay_master: "logit" [-10.0, 10.0] "Inclination of masters to stay in reach of the district" / "석사 졸업자의 지역 잔류 성향", levers;
        stay_doctor: "logit" [-10.0, 10.0] "Inclination of doctors to stay in reach of the district" / "박사 졸업자의 지역 잔류 성향", levers;
        stay_home: "logit" [0.0, 10.0] "Rise of the inclination to stay by a certain chance of a home" / "주택 입주 가능성에 따른 잔류 성향 증가", levers;
        stay_linkage: "logit" [0.0, 10.0] "Rise of the inclination to stay by the employment linkage" / "취업 연계에 따른 잔류 성향 증가", levers;
        stay_jobs: "logit" [0.0, 10.0] "Rise of the inclination to stay by vacancies per seeker (by their log)" / "구직자당 빈일자리에 따른 잔류 성향 증가(로그)", levers;
        leaver_city_share: "1" [0.0, 1.0] "Share of those who leave the district's reach that stay in the city" / "지역을 떠난 인력 중 시내에 남는 비율", levers;
        linkage_share: "1" [0.0, 1.0] "Share of staying graduates that the employment linkage places first" / "취업 연계로 우선 배치되는 잔류 졸업자의 비율", levers;
    }
    Jobs {
        exit_age_1: "1/year" [0.0, 10.0] "Rate at which startups end in their first calendar year (exit hazard)" / "창업 1년차 퇴출 위험률";
        exit_age_2: "1/year" [0.0, 10.0] "Rate at which startups end in their second year (exit hazard)" / "2년차 퇴출 위험률";
        exit_age_3: "1/year" [0.0, 10.0] "Rate at which startups end in their third year (exit hazard)" / "3년차 퇴출 위험률";
        exit_age_4: "1/year" [0.0, 10.0] "Rate at which startups end in their fourth year (exit hazard)" / "4년차 퇴출 위험률";
        exit_age_5: "1/year" [0.0, 10.0] "Rate at which startups end in their fifth year (exit hazard)" / "5년차 퇴출 위험률";
        exit_age_6: "1/year" [0.0, 10.0] "Rate at which startups end in their sixth year (exit hazard)" / "6년차 퇴출 위험률";
        exit_age_7: "1/year" [0.0, 10.0] "Rate at which startups end in their seventh year (exit hazard)" / "7년차 퇴출 위험률";
        exit_age_8: "1/year" [0.0, 10.0] "Rate at which startups end from their eighth year on (exit hazard)" / "8년차 이후 퇴출 위험률";
        exit each LaterSector: "1" [0.0, 10.0] "Factor on the exit hazard in {}" / "{} 분야 퇴출 위험 배수";
        exit_quality: "ln" [-5.0, 5.0] "Fall of the rate at which startups end by a unit of quality (of its log)" / "역량 1단위당 퇴출 위험 감소(로그)";
        exit_tenant: "ln" [-5.0, 5.0] "Fall of the rate at which startups end by a facility's services (of its log)" / "시설 서비스에 의한 퇴출 위험 감소(로그)", levers;
        exit_alumnus: "ln" [-5.0, 5.0] "Fall of the rate at which startups end just after a tenancy (of its log)" / "졸업 직후 퇴출 위험 감소(로그)", levers;
        alumnus_half_life: "years" [0.01, 100.0] "Half-life of the effect of a past tenancy" / "졸업 효과의 반감기", levers;
        exit_funded: "ln" [-5.0, 5.0] "Fall of the rate at which startups end within two years of a round (of its log; at the reference amount a head)" / "투자 유치 후 2년간 퇴출 위험 감소(로그·기준 금액)";
        exit_climate: "ln" [-5.0, 5.0] "Fall of the rate at which startups end by the investment climate (log by log)" / "투자 환경에 의한 퇴출 위험 감소(로그)";
        effect_exit each Instrument: "ln" [-5.0, 5.0] "Fall of the rate at which startups end by the instrument {} (of its log)" / "정책 도구 {}에 의한 퇴출 위험 감소(로그)", levers;
        effect_growth each Instrument: "1/year" [-1.0, 1.0] "Rise of the growth of headcount by the instrument {}" / "정책 도구 {}에 의한 고용 성장률 증가", levers;
        effect_quits each Instrument: "ln" [-5.0, 5.0] "Fall of the rate at which specialists quit by the instrument {} (of its log)" / "정책 도구 {}에 의한 전문인력 이직률 감소(로그)", levers;
        effect_hiring each Instrument: "ln" [-5.0, 5.0] "Rise of the share of vacancies that are filled by the instrument {} (of its log)" / "정책 도구 {}에 의한 빈일자리 충원율 증가(로그)", levers;
        growth_base: "1/year" [-1.0, 1.0] "Growth of headcount that does not depend on age" / "나이와 무관한 고용 성장률";
        growth each SectorIfStated: "1/year" [-1.0, 1.0] "Growth of headcount in {} above that of all sectors" / "{} 분야의 추가 고용 성장률";
        growth_young: "1/year" [-1.0, 3.0] "Extra growth of a newborn startup" / "신생 기업의 추가 성장률";
        growth_young_years: "years" [0.01, 100.0] "Years after which a good third of the extra growth is left (1/e)" / "추가 성장이 3분의 1 남짓으로 줄어드는 기간(1/e)";
        growth_quality: "1/year" [-1.0, 1.0] "Growth by a unit of quality, at birth" / "역량 1단위당 성장률(창업 시)";
        growth_quality_years: "years" [0.01, 100.0] "Years after which a good third of the effect of quality is left (1/e)" / "역량 효과가 3분의 1 남짓으로 줄어드는 기간(1/e)";
        growth_funded: "1/year" [-1.0, 2.0] "Growth of a firm in the year after an investment round (of the reference amount a head)" / "투자 유치 다음 해의 기업 성장률(기준 금액)";
        // KRW 10 bn a head: more than any firm has raised.
        capital_reference: "{money}/head" [0.01, 10_000.0] "Money raised a head in a round of which a round has its stated effects" / "투자 유치 효과의 기준이 되는 1인당 투자 금액";
        capital_saturation: "1" [0.001, 1000.0] "Money raised, over the reference, that has half of the most effect" / "최대 효과의 절반을 내는 투자 금액(기준 대비)";
        growth_tenant: "1/year" [-1.0, 1.0] "Growth of a firm by a facility's services" / "시설 서비스에 의한 성장률", levers;
        growth_testbed: "1/year" [-1.0, 1.0] "Growth by use of a technology testbed" / "기술 테스트베드 활용에 의한 성장률", levers;
        growth_data: "1/year" [-1.0, 1.0] "Growth by use of a data centre and open data" / "데이터센터·공공데이터 활용에 의한 성장률", levers;
        growth_joint: "1/year" [-1.0, 1.0] "Growth by a joint project or source technology" / "공동연구·원천기술에 의한 성장률", levers;
        growth_grant: "1/year" [-1.0, 1.0] "Growth of a firm in the year after an R&D grant (of the reference amount a head)" / "연구개발 지원금 다음 해의 기업 성장률(기준 금액)", levers;
        // As of `capital_reference`.
        grant_reference: "{money}/head" [0.01, 10_000.0] "Amount a head of an R&D grant that has the stated effects" / "지원금 효과의 기준이 되는 1인당 연구개발 지원금", levers;
        grant_saturation: "1" [0.001, 1000.0] "Amount of a grant, over the reference, that has half of the most effect" / "최대 효과의 절반을 내는 지원금(기준 대비)", levers;
        growth_subsidy: "1/year" [0.0, 10.0] "Growth by a wage subsidy of the whole wage" / "임금 전액 보조 시의 성장률", levers;
        growth_size: "1/year" [0.0, 1.0] "Loss of growth by headcount above the reference size (by its log)" / "기준 규모 초과 인원에 따른 성장률 감소(로그)";
        growth_size_reference: "persons" [1.0, 10_000.0] "Reference size above which growth slows" / "성장이 둔화되는 기준 규모";
        growth_agglomeration: "1" [-1.0, 1.0] "Elasticity of headcount to jobs nearby (acts by their change)" / "인근 일자리 변화에 대한 고용 탄력성";
        growth_spread: "ln" [0.0, 0.899] "How far the growth of a one-person firm is due to chance (Laplace scale of log growth)" / "1인 기업 성장률의 우연한 변동 폭(로그 성장률의 라플라스 척도)";
        growth_spread_exponent: "1" [0.0, 1.0] "Exponent by which the spread falls with size" / "규모에 따른 변동성 감소 지수";
        institute_growth: "1/year" [-1.0, 1.0] "Growth of an institute's headcount" / "연구소 고용 성장률";
        institute_growth_spread: "ln" [0.0, 0.899] "How far the growth of an institute of one head is due to chance (Laplace scale of log growth)" / "연구소 성장률의 우연한 변동 폭(로그 성장률의 라플라스 척도)";
        institute_closure: "1/year" [0.0, 10.0] "Closure hazard of an institute" / "연구소 폐쇄 위험률";
        laboratory_site_cap: "1" [1.0, 10.0] "Headcount that a laboratory's site holds, over that of the first year" / "대기업 연구소 부지의 수용 한도(첫해 대비)";
        specialist_share each Sector: "1" [0.0, 1.0] "Share of posts for specialists in {}" / "{} 분야 전문인력 비율";
        specialist_share_institute: "1" [0.0, 1.0] "Share of posts for specialists at institutes" / "연구소 전문인력 비율";
        matching_exponent: "1" [0.1, 20.0] "How readily seekers and vacancies find each other (exponent of the matching function of den Haan, Ramey and Watson 2000)" / "구직자와 빈일자리가 만나는 정도(매칭함수의 지수)";
        pool_inflow: "persons/year" [0.0, 1_000_000.0] "Specialists who come to the city's pool from elsewhere in the reference year" / "기준 연도에 외부에서 유입되는 전문인력 수";
        pool_inflow_growth: "1/year" [-0.5, 0.5] "Yearly growth of the inflow of specialists from elsewhere" / "전문인력 유입의 연간 증가율";
        pool_inflow_elasticity: "1" [0.0, 5.0] "Elasticity of the inflow of specialists to last year's vacancies per seeker" / "전년도 구직자당 빈일자리에 대한 유입 탄력성";
        give_up_share: "1" [0.0, 1.0] "Share of seekers left over who give up in a year" / "남은 구직자 중 한 해에 이탈하는 비율";
        quit_rate: "1/year" [0.0, 1.0] "Share of specialists who quit in a year" / "전문인력의 연간 이직률";
        quit_rate_home: "1/year" [0.0, 1.0] "Share of specialists in district homes who quit in a year" / "지구 내 주택 거주 전문인력의 연간 이직률", levers;
        quit_return_share: "1" [0.0, 1.0] "Share of quitters who look for a post in the city again" / "이직자 중 시내에서 다시 구직하는 비율";
    }
    Investment {
        round_base_seed: "logit" [-20.0, 20.0] "Chance of a seed round" / "시드 투자 확률(로짓)";
        round_base_a: "logit" [-20.0, 20.0] "Chance of a series A round" / "시리즈 A 투자 확률(로짓)";
        round_base_b: "logit" [-20.0, 20.0] "Chance of a series B round" / "시리즈 B 투자 확률(로짓)";
        round_base_c: "logit" [-20.0, 20.0] "Chance of a series C round" / "시리즈 C 투자 확률(로짓)";
        round_base_later: "logit" [-20.0, 20.0] "Chance of a later round" / "후속 라운드 투자 확률(로짓)";
        round_median_seed: "{money}" [0.0, 1_000_000.0] "Median of a seed round" / "시드 투자 중앙값";
        round_median_a: "{money}" [0.0, 1_000_000.0] "Median of a series A round" / "시리즈 A 중앙값";
        round_median_b: "{money}" [0.0, 1_000_000.0] "Median of a series B round" / "시리즈 B 중앙값";
        round_median_c: "{money}" [0.0, 1_000_000.0] "Median of a series C round" / "시리즈 C 중앙값";
        round_median_later: "{money}" [0.0, 1_000_000.0] "Median of a later round" / "후속 라운드 중앙값";
        round_spread: "ln" [0.0, 3.0] "How far the amounts of rounds differ (standard deviation of the log)" / "투자 금액의 편차(로그의 표준편차)";
        round_quality: "logit" [-10.0, 10.0] "Rise of the chance of a round by a unit of quality" / "역량 1단위당 투자 확률 증가";
        round_growth: "logit" [-10.0, 10.0] "Rise of the chance of a round by this year's growth (by its log)" / "당해 성장률에 따른 투자 확률 증가";
        round_tenant: "logit" [-10.0, 10.0] "Rise of the chance of a round by a facility's services" / "시설 서비스에 의한 투자 확률 증가", levers;
        round_fund: "logit" [-10.0, 10.0] "Rise of the chance of a round by an offer of the reference share of it" / "기준 비율의 공공 공동투자 제안에 의한 투자 확률 증가", levers;
        round_fund_share: "1" [0.001, 1.0] "Share of a round whose offer has the stated effect" / "공동투자 효과의 기준이 되는 라운드 내 공공 비율", levers;
        round_fund_saturation: "1" [0.001, 1000.0] "Share offered, over the reference share, that has half of the most effect" / "최대 효과의 절반을 내는 공공 비율(기준 대비)", levers;
        round_grant: "logit" [-10.0, 10.0] "Rise of the chance of a round within two years of an R&D grant of the reference amount a head" / "기준 금액 연구개발 지원금 후 2년간 투자 확률 증가", levers;
        round_prototype: "logit" [-10.0, 10.0] "Rise of the chance of a round by prototype and demonstration support" / "시제품·실증 지원에 의한 투자 확률 증가", levers;
        round_patent: "logit" [-10.0, 10.0] "Rise of the chance of a round by priority examination of patents" / "특허 우선심사에 의한 투자 확률 증가", levers;
        round_climate: "logit" [-10.0, 10.0] "Rise of the chance of a round by the investment climate (by its log)" / "투자 환경에 따른 투자 확률 증가(로그)";
        round_age: "logit/year" [-5.0, 5.0] "Fall of the chance of a round by a year of age" / "업력 1년당 투자 확률 감소";
        capital_supply: "{money}/year" [0.0, 1e15] "Private capital offered to the city's startups in the reference year" / "기준 연도 시내 스타트업에 공급되는 민간 자본";
        capital_growth_early: "1/year" [-0.5, 0.5] "Yearly growth of private capital in early years (to `capital_early_until` of the scenario)" / "초기 민간 자본 공급의 연간 증가율(시나리오의 `capital_early_until`까지)";
        capital_growth_late: "1/year" [-0.5, 0.5] "Yearly growth of private capital in later years (after `capital_early_until`)" / "후기 민간 자본 공급의 연간 증가율(`capital_early_until` 이후)";
        capital_rationing: "1" [0.1, 50.0] "Exponent of the smooth rationing of capital" / "자본 할당 함수의 지수";
        listing_rate: "1/year" [0.0, 1.0] "Listing hazard of a firm after series C at the reference size" / "시리즈 C 이후 기업의 상장 위험률";
        acquisition_rate: "1/year" [0.0, 1.0] "Acquisition hazard of a funded firm at the reference size" / "투자 유치 기업의 인수 위험률";
        exit_size_reference: "persons" [1.0, 10_000.0] "Headcount from which listing and acquisition have their full hazard" / "상장·인수 위험률이 최대가 되는 인원 규모";
        effect_round each Instrument: "logit" [-10.0, 10.0] "Rise of the chance of a round by the instrument {}" / "정책 도구 {}에 의한 투자 유치 확률 증가", levers;
        acquired_jobs_kept: "1" [0.0, 1.0] "Share of an acquired firm's jobs that stay in place" / "인수 기업 일자리의 현지 유지 비율";
    }
    Accounts {
        space each Sector: "m2/head" [0.0, 1000.0] "Floor space a head in {}" / "{} 1인당 면적";
        space_institute: "m2/head" [0.0, 1000.0] "Floor space a head at institutes" / "연구소 1인당 면적";
        natural_occupancy: "1" [0.01, 1.0] "Occupancy at which rents stand still" / "임대료가 안정되는 점유율";
        rent_speed: "1/year" [0.0, 5.0] "Rise of the rent by occupancy above the natural (of its log)" / "자연 점유율 초과분에 대한 임대료 상승 속도(로그)";
        other_users_elasticity: "1" [0.0, 5.0] "Fall of other users' demand for space by the rent (elasticity)" / "임대료에 대한 타 수요의 탄력성";
        built_share: "1" [0.01, 1.0] "Share of the allowed floor space that was built in the first year" / "첫해 허용 연면적 대비 기건축 비율";
        building_rate: "1/year" [0.0, 1.0] "Share of the headroom on which building starts in a year" / "여유 용적 중 연간 착공 비율";
        building_rent_elasticity: "1" [0.0, 10.0] "Elasticity of building starts to the rent" / "임대료에 대한 착공 탄력성";
        building_relief: "1" [0.0, 10.0] "Rise of building starts by full relief of the acquisition tax" / "취득세 전액 감면 시 착공 증가율", levers;
        building_loan: "1" [0.0, 10.0] "Rise of building starts where a designation gives soft loans" / "지정 융자에 의한 착공 증가율", levers;
        building_lag_minimum: "years" [0.0, 20.0] "Shortest time from start to completion" / "착공부터 준공까지 최소 기간";
        building_lag_maximum: "years" [0.0, 20.0] "Longest time from start to completion" / "착공부터 준공까지 최대 기간";
        review_time: "years" [0.0, 10.0] "Time that the exemption from the investment review saves" / "투자심사 면제로 단축되는 기간", levers;
        plot_takeup: "1" [0.0, 1.0] "Share of plots that can use a plot-ratio bonus" / "용적률 완화를 활용할 수 있는 필지 비율", levers;
        plot_price_pass_through: "1" [0.0, 1.0] "Share of a tax relief that ends in land prices and not in rents" / "세제 감면이 지가로 귀착되는 비율", levers;
        // KRW 10 bn a head: what refineries and trading houses sell.
        sales_per_head: "{money}/year" [0.0, 10_000.0] "Sales a head of a median startup after the ramp" / "안정기 스타트업 1인당 매출 중앙값", accounts;
        sales_ramp: "years" [0.01, 50.0] "Years until a startup sells its full output a head" / "1인당 매출이 정상 수준에 이르는 기간", accounts;
        sales_quality: "ln" [-5.0, 5.0] "Rise of sales a head by a unit of quality (of their log)" / "역량 1단위당 1인당 매출 증가(로그)", accounts;
        sales_spread: "ln" [0.0, 3.0] "How far firms differ in sales a head (standard deviation of the log)" / "기업 간 1인당 매출의 차이(로그의 표준편차)", accounts;
        // KRW 1 bn a year: no mean of a sector is near.
        wage: "{money}/year" [0.0, 1_000.0] "Labour cost of a job" / "일자리 1개의 인건비", accounts;
        // As of `wage`.
        wage_specialist: "{money}/year" [0.0, 1_000.0] "Labour cost of a specialist" / "전문인력 1인의 인건비", levers;
        income_tax_rate: "1" [0.0, 1.0] "Income tax to the state as a share of wages" / "임금 대비 국세 소득세 비율", accounts;
        local_income_tax_rate: "1" [0.0, 1.0] "Local income tax as a share of wages" / "임금 대비 지방소득세 비율", accounts;
        corporate_tax_rate: "1" [0.0, 1.0] "Corporate tax as a share of profit" / "이윤 대비 법인세 비율", accounts;
        profit_margin: "1" [-1.0, 1.0] "Profit as a share of sales" / "매출 대비 이윤 비율", accounts;
        grant_additional_share: "1" [0.0, 1.0] "Share of an R&D grant that adds to research; the rest takes the place of the firm's own money" / "연구개발 지원금 중 연구를 늘리는 비율(나머지는 기업 자체 연구비 대체)", accounts;
        // KRW 5 bn a year: what chip factories add a head.
        value_added_per_job: "{money}/year" [0.0, 5_000.0] "Value added of a job" / "일자리 1개의 부가가치", accounts;
        opportunity_share: "1" [0.0, 1.0] "Share of a net job's value added that would be produced elsewhere in the country" / "순증 일자리 부가가치 중 타 지역에서 생산되었을 비율", accounts;
        // KRW 100 m a m2: the most expensive buildings of the world.
        building_value: "{money}/m2" [0.0, 100.0] "Taxable value of new floor space" / "신축 연면적의 과세 가액", levers;
        acquisition_tax_rate: "1" [0.0, 1.0] "Acquisition tax on new floor space" / "신축 연면적 취득세율", accounts;
        property_tax_rate: "1/year" [0.0, 1.0] "Property tax on new floor space" / "신축 연면적 재산세율", levers;
        construction_overrun: "1" [0.1, 10.0] "Final cost of public construction after the vantage date over what the policy states" / "기준 시점 이후 공공 건축물의 최종 공사비(정책에 적힌 금액 대비)", accounts;
        building_residual: "1/year" [0.0, 1.0] "Share of a public building's value lost in a year" / "공공 건축물의 연간 감가율", accounts;
        fund_multiple: "1" [0.0, 100.0] "Proceeds of the fund over its stake at a listing or acquisition" / "상장·인수 시 기금 투자금 대비 회수 배수", levers;
        discount_rate: "1/year" [0.0, 0.5] "Real social discount rate" / "실질 사회적 할인율", levers;
        marginal_cost_of_public_funds: "1" [1.0, 3.0] "Cost to society of a unit of money that taxes raise" / "조세로 조달한 1단위 금액의 사회적 비용", accounts;
        local_multiplier: "jobs/job" [0.0, 10.0] "Local service jobs by a net job of the sector" / "순증 일자리 1개당 지역 서비스 일자리", accounts;
        product_displacement: "1" [0.0, 1.0] "Share of served firms' extra jobs taken from other firms' product markets in the city" / "수혜 기업 증가분 중 시내 타 기업 시장을 대체하는 비율", accounts;
    }
}

/// The value of every parameter in one replication under one policy, which may change some from a
/// year on.
#[derive(Clone, Debug, PartialEq)]
pub struct ParametersByYear {
    /// Each with its first year, rising; the first holds before its year too.
    periods: Vec<(u16, Parameters)>,
}

impl ParametersByYear {
    /// Takes parameters with the years from which they hold, rising; `None` where there are none.
    #[must_use]
    pub fn new(periods: Vec<(u16, Parameters)>) -> Option<Self> {
        (!periods.is_empty()).then_some(Self { periods })
    }

    /// The same parameters in all years.
    #[must_use]
    pub fn constant(theta: Parameters) -> Self {
        Self { periods: vec![(0, theta)] }
    }

    /// The parameters of a year.
    #[must_use]
    #[inline]
    pub fn of(&self, year: u16) -> &Parameters {
        let period = self.periods[1..].iter().take_while(|&&(first, _)| first <= year).count();
        &self.periods[period].1
    }

    /// The parameters of each period with its first year, in the order of time.
    pub fn periods(&self) -> impl Iterator<Item = (u16, &Parameters)> {
        self.periods.iter().map(|(first, theta)| (*first, theta))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::levers::LeverKind;

    /// A scenario of so many areas and sectors.
    fn members(areas: usize, sectors: usize) -> Members {
        let member = |index: usize| Member {
            index,
            name: format!("number-{index}"),
            title_en: format!("Number {index}"),
            title_ko: format!("{index}번"),
        };
        Members {
            areas: (0..areas).map(member).collect(),
            sectors: (0..sectors).map(member).collect(),
            instruments: (0..2).map(member).collect(),
        }
    }

    #[test]
    fn every_row_of_the_register_is_whole_and_named_once() {
        let register = Register::of(&members(11, 12), None, |_| true);
        assert!(register.doubled().is_none(), "{:?}", register.doubled());
        for (index, spec) in register.iter().enumerate() {
            assert_eq!(register.position(&spec.name), Some(index), "{} stands twice", spec.name);
            assert!(spec.min < spec.max, "{}", spec.name);
            assert!(!spec.unit.is_empty() && !spec.meaning_en.is_empty(), "{}", spec.name);
            assert!(!spec.meaning_ko.is_empty(), "{}", spec.name);
            assert!(![&spec.meaning_en, &spec.meaning_ko].iter().any(|text| text.contains('{')));
        }
    }

    #[test]
    fn a_parameter_of_levers_is_named_by_one_and_one_of_accounts_by_none() {
        for spec in Register::of_any().iter() {
            let mut kinds = LeverKind::ALL.iter().map(|kind| kind.spec());
            let named = kinds.any(|kind| kind.acts_through(&spec.name, spec.family));
            match spec.acts {
                Acts::WithLevers => assert!(named, "{}", spec.name),
                Acts::InAccounts => assert!(!named, "{}", spec.name),
                Acts::Always => {}
            }
        }
    }

    #[test]
    fn values_go_to_the_area_or_sector_that_they_are_of() {
        let mut members = members(4, 3);
        members.areas.remove(2);
        let register = Register::of(&members, None, |name| name == "growth_number_1");
        let values: Vec<f64> = (0..register.len()).map(|index| index as f64).collect();
        let theta = Parameters::from_values(&register, &values).unwrap();
        let at = |name: &str| register.position(name).unwrap() as f64;
        let found = |of: &[f64], expected: &[f64]| {
            let bits = |list: &[f64]| list.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&of[..expected.len()]), bits(expected));
        };
        found(
            &theta.taste,
            &[at("taste_number_0"), at("taste_number_1"), 0.0, at("taste_number_3")],
        );
        found(
            &theta.sector_share,
            &[at("sector_share_number_0"), at("sector_share_number_1"), 0.0],
        );
        found(&theta.exit, &[1.0, at("exit_number_1"), at("exit_number_2")]);
        found(&theta.growth, &[0.0, at("growth_number_1"), 0.0]);
        found(&[theta.wage], &[at("wage")]);
        assert_eq!(Parameters::from_values(&register, &values[1..]), None);
    }
}

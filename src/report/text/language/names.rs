//! THE REGISTER OF SHORT NAMES: what metrics, terms, items and places are called in a chart or a table, in
//! both languages. Kinds of lever have theirs in their own files. Definitions stand in their own registers.

use crate::policy::levers::LeverKind;
use crate::report::text::language::Language;

/// A name of the files and what people call it.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// What it names: `metric`, `term`, `item`, `place`.
    pub of: &'static str,
    /// The name in files.
    pub name: &'static str,
    /// In English.
    pub en: &'static str,
    /// In Korean.
    pub ko: &'static str,
}

macro_rules! names {
    ($($of:literal { $($name:literal: $en:literal / $ko:literal;)* })*) => {
        /// Every name.
        pub const NAMES: &[Name] = &[
            $($(Name { of: $of, name: $name, en: $en, ko: $ko },)*)*
        ];
    };
}

names! {
    "metric" {
        "firms": "Firms" / "기업·연구소";
        "startups": "Startups" / "스타트업";
        "institutes": "Institutes" / "연구소";
        "jobs": "Jobs" / "일자리";
        "jobs_startups": "Jobs at startups" / "스타트업 일자리";
        "jobs_institutes": "Jobs at institutes" / "연구소 일자리";
        "specialists": "Specialists at work" / "재직 전문인력";
        "founders": "Startups founded" / "신규 창업";
        "not_founded": "Candidates who did not found" / "창업 포기";
        "institutes_opened": "Institutes opened" / "연구소 신설";
        "relocations_in": "Moves in" / "전입 기업";
        "relocations_out": "Moves out" / "전출 기업";
        "failures": "Failures" / "폐업";
        "closures": "Institutes closed" / "연구소 폐쇄";
        "applications": "Applications" / "입주 신청";
        "admissions": "Admissions" / "입주 선정";
        "refusals": "Refusals" / "입주 탈락";
        "tenants": "Tenants" / "입주 기업";
        "alumni": "Alumni" / "졸업 기업(누적)";
        "joined_cumulative": "Firms joined since the start" / "누적 입주 기업";
        "jobs_created_cumulative": "New jobs since the start" / "누적 신규 일자리";
        "sales_cumulative": "Sales since the start" / "누적 매출";
        "investment_cumulative": "Money raised since the start" / "누적 투자 유치액";
        "alumni_jobs": "Jobs at alumni" / "졸업 기업 일자리";
        "alumni_sales": "Sales of alumni" / "졸업 기업 매출";
        "alumni_investment": "Money raised by alumni" / "졸업 기업 투자 유치액";
        "enrolled": "Enrolled" / "입학 인원";
        "graduates": "Graduates" / "수료·졸업 인원";
        "graduate_founders": "Graduates who found" / "창업하는 졸업자";
        "retained": "Graduates who stay" / "지역 정착 졸업자";
        "left_city": "Graduates who leave the city" / "시외로 떠난 졸업자";
        "linked": "Graduates placed by linkage" / "취업 연계 인원";
        "pool": "Specialists looking for work" / "구직 전문인력";
        "vacancies_per_seeker": "Vacancies per seeker" / "구직자당 빈일자리";
        "hires": "Specialists hired" / "전문인력 채용";
        "quits": "Specialists who quit" / "전문인력 이직";
        "unfilled_posts": "Posts that stayed empty" / "미충원 일자리";
        "jobs_created": "Jobs created" / "일자리 창출";
        "jobs_destroyed": "Jobs destroyed" / "일자리 소멸";
        "rounds": "Rounds closed" / "투자 유치 건수";
        "investment": "Investment raised" / "투자 유치액";
        "public_investment": "Public money in rounds" / "공공 투자액";
        "capital_demand": "Private money wanted" / "민간 투자 수요";
        "listings": "Listings" / "상장";
        "acquisitions": "Acquisitions" / "피인수";
        "sales": "Sales" / "매출";
        "floor_space": "Floor space" / "연면적";
        "sector_space": "Floor space used by the sector" / "산업 사용 연면적";
        "buildings_started": "Floor space started" / "착공 연면적";
        "buildings_completed": "Floor space completed" / "준공 연면적";
        "occupancy": "Occupancy" / "점유율";
        "rent": "Market rent" / "시장 임대료";
        "homes": "Public homes" / "공공주택";
        "homes_occupied": "Public homes let" / "입주한 공공주택";
        "vouchers": "Rent vouchers" / "임대료 바우처";
        "grants": "Research grants" / "연구개발 지원금";
        "subsidised_hires": "Subsidised hires" / "임금 보조 채용";
        "service_uses": "Uses of services" / "지원 서비스 이용";
        "public_cost": "Public cost" / "공공 비용";
        "public_receipts": "Public receipts" / "공공 수입";
    }
    "term" {
        "gross": "Gross" / "총계";
        "deadweight": "Deadweight" / "사중손실";
        "relocated": "Relocated" / "시내 이전";
        "created": "Created" / "순수 창출";
        "created_outside": "Created outside" / "지구 밖 창출";
        "lost": "Lost" / "감소";
        "spillover": "Spillover" / "파급";
        "displaced": "Displaced" / "대체";
        "effect_on_served": "Effect on served firms" / "수혜 기업 효과";
        "effect_through_markets": "Effect through markets" / "시장을 통한 효과";
        "net_city": "Net, city" / "시 전체 순증";
        "net_district": "Net, district" / "지구 순증";
        "induced_services": "Induced local services" / "지역 서비스 유발";
        "product_market_displacement": "Displaced in product markets" / "제품 시장 대체";
        "net_city_after_displacement": "Net after product markets" / "제품 시장 대체 후 순증";
        "fund_rounds": "Rounds with the fund" / "기금 참여 라운드";
        "fund_rounds_anyway": "Of these, closed anyway" / "정책 없이도 성사된 라운드";
    }
    "item" {
        "fiscal_cost": "Fiscal cost" / "재정 비용";
        "fiscal_return": "Fiscal return" / "재정 수입";
        "fiscal_net_present_value": "Fiscal net present value" / "재정 순현재가치";
        "fiscal_benefit_cost_ratio": "Fiscal benefit-cost ratio" / "재정 편익비용비";
        "economic_cost": "Economic cost" / "경제적 비용";
        "economic_benefit": "Economic benefit" / "경제적 편익";
        "economic_net_present_value": "Economic net present value" / "경제적 순현재가치";
        "economic_benefit_cost_ratio": "Economic benefit-cost ratio" / "경제적 편익비용비";
        "net_job_years": "Net job-years" / "순증 일자리·년";
        "cost_per_net_job_year": "Cost per net job-year" / "순증 일자리·년당 비용";
        "cost_per_net_job_last_year": "Cost per net job, last year" / "마지막 해 순증 일자리당 비용";
        "construction": "Construction" / "건설비";
        "land": "Land" / "토지";
        "operation": "Operation" / "운영비";
        "services": "Services to tenants" / "입주 기업 서비스";
        "support": "Support of firms" / "기업 지원";
        "administration": "Administration" / "행정 운영";
        "tuition": "Teaching" / "교육비";
        "rent_subsidy": "Rent below the market" / "임대료 보조";
        "rent_vouchers": "Rent vouchers" / "임대료 바우처";
        "wage_subsidy": "Wage subsidies" / "임금 보조금";
        "grants": "Research grants" / "연구개발 지원금";
        "loan_interest": "Interest on loans" / "융자 이자 보전";
        "tax_given_up": "Tax given up" / "세금 감면";
        "fund_payments": "Fund payments" / "기금 투자";
        "fund_proceeds": "Fund proceeds" / "기금 회수";
        "rents": "Rents received" / "임대료 수입";
        "income_tax": "Income tax" / "소득세";
        "local_income_tax": "Local income tax" / "지방소득세";
        "corporate_tax": "Corporate tax" / "법인세";
        "acquisition_tax": "Acquisition tax" / "취득세";
        "property_tax": "Property tax" / "재산세";
        "residual_value": "Residual value" / "잔존 가치";
        "value_added": "Value added" / "부가가치";
    }
    "place" {
        "district": "District" / "지구";
        "city": "City" / "서울시";
        "special-zone": "Special zone" / "특구 지역";
        "promotion-district": "Promotion district" / "진흥지구 지역";
        "elsewhere": "Elsewhere in the city" / "시내 그 밖의 지역";
    }
}

/// What people call it, of a `metric`, `term`, `item`, `lever` or `place`; the name of the files where the register
/// has none, as of facilities.
#[must_use]
pub fn name<'a>(of: &str, name: &'a str, language: Language) -> &'a str {
    if of == "lever" {
        let kind = LeverKind::named(name).map(LeverKind::spec);
        return kind.map_or(name, |spec| language.choose(spec.title_en, spec.title_ko));
    }
    let found = NAMES.iter().find(|entry| entry.of == of && entry.name == name);
    found.map_or(name, |entry| language.choose(entry.en, entry.ko))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::additionality::TERMS;
    use crate::analysis::appraisal::TOTALS;
    use crate::analysis::metrics::METRICS;
    use crate::model::ledger::cash::CashItem;
    use crate::policy::area::Area;

    #[test]
    fn everything_that_a_chart_may_show_has_a_name_in_both_languages() {
        let mut wanted: Vec<(&str, &str)> = Vec::new();
        wanted.extend(METRICS.iter().map(|metric| ("metric", metric.name)));
        wanted.extend(TERMS.iter().map(|term| ("term", term.name)));
        wanted.extend(TOTALS.iter().map(|total| ("item", total.0)));
        wanted.extend(CashItem::ALL.iter().map(|item| ("item", item.name())));
        wanted.extend(Area::ALL.iter().map(|area| ("place", area.name())));
        wanted
            .retain(|&(of, name)| !NAMES.iter().any(|entry| entry.of == of && entry.name == name));
        assert_eq!(wanted, []);
    }

    #[test]
    fn every_name_is_one_of_the_files() {
        let known = |name: &Name| match name.of {
            "metric" => METRICS.iter().any(|metric| metric.name == name.name),
            "term" => TERMS.iter().any(|term| term.name == name.name),
            "item" => {
                TOTALS.iter().any(|total| total.0 == name.name)
                    || CashItem::ALL.iter().any(|item| item.name() == name.name)
            }
            _ => true,
        };
        let unknown: Vec<_> = NAMES.iter().filter(|name| !known(name)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        assert!(NAMES.iter().all(|name| !name.en.is_empty() && !name.ko.is_empty()));
        let mut kinds = LeverKind::ALL.into_iter().map(LeverKind::spec);
        assert!(kinds.all(|kind| !kind.title_en.is_empty() && !kind.title_ko.is_empty()));
    }
}

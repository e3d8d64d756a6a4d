//! `appraisal/assumptions.csv`: by which rules, rates, prices and years is appraised.

use crate::analysis::appraisal::appraised::Statement;
use crate::analysis::appraisal::terms::Terms;
use crate::report::tables::row::table;
use crate::report::tables::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::text::dialect::Target;
use crate::report::text::dialect::number;
use crate::scenario::Evidence;
use crate::scenario::appraisal;
use crate::scenario::appraisal::AfterHorizon;
use crate::scenario::appraisal::CountsFrom;
use crate::scenario::appraisal::RatioOver;
use crate::scenario::appraisal::Schedule;

table! {
    /// An assumption of the appraisal.
    pub AppraisalAssumption in "appraisal/assumptions.csv", Some(Sheet {
        en: "appraisal assumptions",
        ko: "평가 전제",
        about_en: "Appraisal: rule set, rates, prices, period, what is counted and what is not",
        about_ko: "경제성 평가: 적용 규정, 할인율, 기준 가격, 분석기간, 계상 범위",
    }) => {
        policy: &'a str = column("", "정책", "Policy; empty where it is of all", "정책(빈칸: 모든 정책)");
        assumption: &'a str = column("", "전제", "What is assumed", "전제 항목");
        value: &'a str = column("", "값", "Its value", "값");
        unit: &'a str = column("", "단위", "Unit of the value", "값의 단위");
        meaning_en: &'a str = column("", "설명(영문)", "What it means, English", "설명(영문)");
        meaning_ko: &'a str = column("", "설명", "What it means, Korean", "설명(국문)");
        source: &'a str = column("", "출처", "Where it is from", "출처");
        evidence: &'a str = column("", "근거", "How it is known: seen, derived, recalled or judgement", "근거 구분(확인, 도출, 기억, 판단)");
    }
}

/// An assumption with its texts.
struct Entry<'s> {
    policy: &'s str,
    assumption: String,
    value: String,
    unit: &'static str,
    meaning: [&'s str; 2],
    source: &'s str,
    evidence: &'static str,
}

/// Where what the program itself decides is described.
const OWN: (&str, Evidence) = ("yangjae describe, 7.8", Evidence::Judgement);
/// What the scenario says.
const SCENARIO: (&str, Evidence) = ("scenario.toml", Evidence::Judgement);

/// Collects assumptions.
#[derive(Default)]
struct Entries<'s>(Vec<Entry<'s>>);

impl<'s> Entries<'s> {
    fn add(
        &mut self,
        assumption: impl Into<String>,
        (value, unit): (impl Into<String>, &'static str),
        meaning: [&'s str; 2],
        (source, evidence): (&'s str, Evidence),
    ) {
        self.0.push(Entry {
            policy: "",
            assumption: assumption.into(),
            value: value.into(),
            unit,
            meaning,
            source,
            evidence: evidence.name(),
        });
    }

    fn schedule(&mut self, name: &str, meaning: [&'s str; 2], schedule: &'s Schedule) {
        for step in &schedule.steps {
            let value = number(round(step.rate * 100.0));
            let from = (schedule.source.as_str(), schedule.evidence);
            self.add(format!("{name}_from_year_{}", step.from), (value, "%/year"), meaning, from);
        }
    }
}

/// Percent without the rest of floating point.
fn round(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// Writes the table.
pub(super) fn write(
    to: Target<'_>,
    terms: &Terms,
    statements: &[Statement<'_>],
) -> Result<CompleteTable, TableError> {
    let mut entries = Entries::default();
    rule_set(&mut entries, terms);
    prices(&mut entries, terms);
    counted(&mut entries, terms);
    for statement in statements {
        spans(&mut entries, statement);
    }
    table::write::<AppraisalAssumption<'_>>(
        to,
        entries.0.iter().map(|entry| AppraisalAssumption {
            policy: entry.policy,
            assumption: &entry.assumption,
            value: &entry.value,
            unit: entry.unit,
            meaning_en: entry.meaning[0],
            meaning_ko: entry.meaning[1],
            source: entry.source,
            evidence: entry.evidence,
        }),
    )
}

fn rule_set(entries: &mut Entries<'_>, terms: &Terms) {
    let rules = terms.rules();
    let titles = [rules.title_en.as_str(), &rules.title_ko];
    entries.add("rule_set", (terms.rule_set.name(), ""), titles, SCENARIO);
    let rate = ["Real discount rate of the economic account", "경제 계정의 실질 할인율"];
    entries.schedule("rate", rate, &rules.rate);
    if let Some(lower) = &rules.lower_rate {
        entries.schedule(
            "lower_rate",
            ["Lower rates, tested beside", "낮은 할인율(검증용)"],
            lower,
        );
    }
    let financial = ["Real discount rate of the financial account", "재무 계정의 실질 할인율"];
    entries.schedule("financial_rate", financial, rules.financial());
    let period = &rules.period;
    let meaning = match period.counts_from {
        CountsFrom::Start => [
            "Years appraised, from the first in which the policy differs from the baseline",
            "분석기간(기준 정책과 달라지는 첫 해부터)",
        ],
        CountsFrom::Opening => [
            "Years of operation appraised, from that in which the policy's last building opens; without one from the first in which it differs from the baseline",
            "운영 분석기간(마지막 건물 개관 연도부터, 건물이 없으면 기준 정책과 달라지는 첫 해부터)",
        ],
    };
    let from = (period.source.as_str(), period.evidence);
    entries.add("period", (period.years.to_string(), "years"), meaning, from);
    let residual = &rules.residual;
    let from = (residual.source.as_str(), residual.evidence);
    let land = if residual.land { "whole" } else { "nothing" };
    let meaning = ["What land is worth at the end of the period", "분석기간 말 토지의 잔존 가치"];
    entries.add("residual_land", (land, ""), meaning, from);
    let meaning = [
        "Years over which a building loses its value in a straight line; 0: it is worth nothing at the end of the period",
        "건축물 내용연수(정액법, 0이면 분석기간 말 잔존 가치 없음)",
    ];
    entries.add("building_life", (residual.building_life.to_string(), "years"), meaning, from);
    let funds = &rules.public_funds;
    let from = (funds.source.as_str(), funds.evidence);
    let meaning = [
        "What a unit of public money costs society; 1 leaves the excess burden of taxes out",
        "공공 재원의 한계 비용(1이면 조세 초과 부담 제외)",
    ];
    entries.add("cost_of_public_funds", (number(funds.marginal_cost), "1"), meaning, from);
    let ratio = &rules.ratio;
    let from = (ratio.source.as_str(), ratio.evidence);
    let meaning = match ratio.over {
        RatioOver::Costs => [
            "The benefit-cost ratio is benefits over costs of the economic account",
            "편익비용비는 경제 계정의 편익 대 비용",
        ],
        RatioOver::PublicCost => [
            "The benefit-cost ratio is (economic_npv + public cost) / public cost: below the line stands what public payers pay, grants and subsidies included",
            "편익비용비는 (순현재가치 + 공공 비용) / 공공 비용(분모는 보조금·지원금을 포함한 공공 지출)",
        ],
    };
    entries.add("ratio_over", (ratio.over.name(), ""), meaning, from);
    for adjustment in &rules.adjustments {
        let share = number(round(adjustment.share() * 100.0));
        let from = (adjustment.source.as_str(), adjustment.evidence);
        let name = format!("{}_{}", adjustment.kind.name(), adjustment.items.join("_"));
        entries.add(name, (share, "%"), [&adjustment.what_en, &adjustment.what_ko], from);
    }
}

fn prices(entries: &mut Entries<'_>, terms: &Terms) {
    let rules = terms.rules();
    let from = (rules.prices.source.as_str(), rules.prices.evidence);
    let meaning = ["Money is in prices of this year", "기준 가격 연도"];
    entries.add("price_year", (terms.price_year.to_string(), "year"), meaning, from);
    let meaning = ["Money is discounted to this year", "현재가치 기준 연도"];
    entries.add("discount_year", (terms.discount_year.to_string(), "year"), meaning, from);
    let meaning = ["The scenario's money is in prices of this year", "시나리오의 가격 연도"];
    entries.add("scenario_price_year", (terms.base_year.to_string(), "year"), meaning, SCENARIO);
    let index = appraisal::prices(&terms.money);
    let meaning = [
        "What money of the scenario is worth in these prices; 1 also where the price index lacks a year",
        "시나리오 금액의 환산 계수(물가지수에 해당 연도가 없으면 1)",
    ];
    let ratio = number(terms.price_ratio);
    entries.add(
        "price_ratio",
        (ratio, "1"),
        meaning,
        (index.map_or("", |it| it.title_en.as_str()), Evidence::Derived),
    );
    let mut years = vec![terms.base_year, terms.price_year];
    years.dedup();
    let Some(index) = index else { return };
    for of in years.into_iter().filter_map(|year| index.year(year)) {
        let from = (of.source.as_str(), of.evidence);
        let titles = [index.title_en.as_str(), &index.title_ko];
        entries.add(format!("price_index_{}", of.year), (number(of.index), ""), titles, from);
    }
}

fn counted(entries: &mut Entries<'_>, terms: &Terms) {
    let rules = terms.rules();
    let meaning = match terms.after_horizon {
        AfterHorizon::Hold => [
            "After the last simulated year recurring flows are the mean of its last three years, up to the end of the period or of the levers they come from",
            "시뮬레이션 종료 후 분석기간 말 또는 해당 정책 수단의 종료일까지 경상 항목은 마지막 3년 평균을 유지",
        ],
        AfterHorizon::Nothing => {
            ["The appraisal ends with the last simulated year", "시뮬레이션 마지막 연도까지만 분석"]
        }
    };
    entries.add("after_horizon", (terms.after_horizon.name(), ""), meaning, SCENARIO);
    for (name, meaning) in COUNTED {
        entries.add(name, ("", ""), meaning, OWN);
    }
    if appraisal::induced(&terms.money).is_none() {
        let meaning = [
            "Left out: no multipliers of an input-output table are known for {currency}, so induced.csv has no row",
            "제외: {currency} 산업연관표 계수가 없어 induced.csv에 행이 없음",
        ];
        entries.add("induced", ("", ""), meaning, OWN);
    }
    let meaning = [
        "Share of a net job's value added that would be produced elsewhere in the country, which is no benefit",
        "순증 일자리 부가가치 중 타 지역에서 생산되었을 비율(편익에서 제외)",
    ];
    let share = number(terms.opportunity_share);
    let from = ("parameters.toml", Evidence::Judgement);
    entries.add("opportunity_share", (share, "1"), meaning, from);
    if terms.uplift("construction") > 0.0 {
        let meaning = [
            "What construction comes to in the scenario over what its policies state, in the mean: taken out, as the rule set's share takes its place",
            "시나리오의 공사비 초과 배수 평균(규정의 가산율로 대체하여 제외)",
        ];
        entries.add("construction_overrun", (number(terms.overrun), "1"), meaning, from);
    }
    for (place, of) in (1..).zip(&rules.counted) {
        let from = (of.source.as_str(), of.evidence);
        entries.add(format!("rule_{place}"), ("", ""), [&of.what_en, &of.what_ko], from);
    }
    let pass = &rules.pass;
    let from = (pass.source.as_str(), pass.evidence);
    entries.add("pass", ("", ""), [&pass.what_en, &pass.what_ko], from);
}

/// What this program counts under every rule set.
const COUNTED: [(&str, [&str; 2]); 4] = [
    (
        "costs",
        [
            "Costs are all resources that are used up over the baseline, whoever pays, land that is given, and the excess burden of taxes where the rule set has one",
            "비용은 부담 주체와 무관하게 기준 정책 대비 추가로 사용된 자원, 제공 토지의 기회비용, 조세 초과 부담(적용 시)",
        ],
    ),
    (
        "benefits",
        [
            "Benefits are value added by net jobs, less what would be produced elsewhere in the country, what comes back of capital, and what is left at the end",
            "편익은 순증 일자리의 부가가치(타 지역 생산분 차감), 회수된 자본, 잔존 가치",
        ],
    ),
    (
        "transfers",
        [
            "Transfers are neither costs nor benefits; transfers, taxes and rents count in the financial account alone",
            "이전지출은 비용에도 편익에도 포함하지 않음, 이전지출·세금·임대료는 재무 계정에만 포함",
        ],
    ),
    (
        "not_counted",
        [
            "Not counted: travel time, environment, knowledge used outside the city, buildings that are built or replaced after the last simulated year",
            "계상하지 않음: 통행 시간, 환경, 시 외부로의 지식 파급, 시뮬레이션 이후의 건설과 재건축",
        ],
    ),
];

fn spans<'s>(entries: &mut Entries<'s>, statement: &Statement<'s>) {
    let span = statement.span;
    for (name, year, meaning) in [
        (
            "first_year",
            span.start,
            [
                "The first year in which the policy differs from the baseline",
                "기준 정책과 달라지는 첫 해",
            ],
        ),
        (
            "opening_year",
            span.opening,
            [
                "The year in which its last building of its own opens; the first year where it has none",
                "자체 건물의 마지막 개관 연도(없으면 첫 해)",
            ],
        ),
        (
            "last_simulated_year",
            span.last,
            ["The last simulated year that counts", "계상되는 마지막 시뮬레이션 연도"],
        ),
        ("last_year", span.end, ["The last year of the period", "분석기간의 마지막 연도"]),
    ] {
        entries.add(name, (year.to_string(), "year"), meaning, OWN);
        if let Some(entry) = entries.0.last_mut() {
            entry.policy = statement.policy;
        }
    }
}

//! `appraisal/summary.csv`: the appraisal of a policy on one page.

use crate::analysis::appraisal::appraised::Moved;
use crate::analysis::appraisal::appraised::Statement;
use crate::analysis::appraisal::appraised::Test;
use crate::analysis::appraisal::net_jobs::Whole;
use crate::analysis::appraisal::outcome::OUTCOMES;
use crate::report::tables::appraisal::gross_to_net::Nets;
use crate::report::tables::appraisal::gross_to_net::cost_per_job;
use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;

table! {
    /// A line of the summary of a policy's appraisal.
    pub AppraisalSummary in "appraisal/summary.csv", Some(Sheet {
        en: "appraisal summary",
        ko: "평가 요약표",
        about_en: "Appraisal: the summary table of every policy on one page each",
        about_ko: "경제성 평가: 정책별 한 쪽 요약표",
    }) => {
        policy: &'a str = POLICY;
        baseline: &'a str = BASELINE;
        entry: &'a str = column("", "항목", "What is summarised", "요약 항목");
        unit: &'a str = column("", "단위", "Unit of the value", "값의 단위");
        value: Option<f64> = column("entry", "값", "Its value; empty where there is none, as `note` says", "값(없으면 비고 참조)");
        p05: Option<f64> = column("entry", "5백분위수", "5th percentile over replications", "5백분위수");
        p95: Option<f64> = column("entry", "95백분위수", "95th percentile over replications", "95백분위수");
        meaning_en: &'a str = column("", "설명(영문)", "What it means, English", "설명(영문)");
        meaning_ko: &'a str = column("", "설명", "What it means, Korean", "설명(국문)");
        note: &'a str = column("", "비고", "Remark", "비고");
    }
}

/// What is said of what passes.
const NOT_DECIDED: &str = "not decided here: the judgement is the appraiser's (ahp.csv)";

/// A line before it is written.
#[derive(Clone, Copy, Default)]
struct Line<'s> {
    unit: &'static str,
    value: Option<f64>,
    ends: [Option<f64>; 2],
    meaning: [&'s str; 2],
    note: &'s str,
}

/// Writes the table.
pub(super) fn write(
    to: Target<'_>,
    statements: &[Statement<'_>],
    nets: &[Nets],
) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<AppraisalSummary<'_>>::create(to)?;
    for (statement, nets) in statements.iter().zip(nets) {
        let mut lines = frame(statement);
        lines.extend(results(statement));
        lines.extend(switching(statement));
        lines.extend(jobs(statement, nets));
        let pass = &statement.terms.rules().pass;
        let meaning = [pass.what_en.as_str(), &pass.what_ko];
        lines.push(("pass_mark", Line { meaning, note: NOT_DECIDED, ..Line::default() }));
        for (entry, Line { unit, value, ends, meaning, note }) in lines {
            table.row(&AppraisalSummary {
                policy: statement.policy,
                baseline: statement.baseline,
                entry,
                unit,
                value,
                p05: ends[0],
                p95: ends[1],
                meaning_en: meaning[0],
                meaning_ko: meaning[1],
                note,
            })?;
        }
    }
    table.complete()
}

/// Rule set, rate, prices and period.
fn frame<'s>(statement: &'s Statement<'_>) -> Vec<(&'static str, Line<'s>)> {
    let (terms, rules, span) = (&statement.terms, statement.terms.rules(), statement.span);
    let titles = [rules.title_en.as_str(), &rules.title_ko];
    let line =
        |unit, value: f64, meaning| Line { unit, value: Some(value), meaning, ..Line::default() };
    let year = |year: u16, meaning| line("year", f64::from(year), meaning);
    let rate = (rules.rate.rate(1) * 1e8).round() / 1e6;
    vec![
        ("rule_set", Line { meaning: titles, note: terms.rule_set.name(), ..Line::default() }),
        ("rate", line("%/year", rate, ["Discount rate of the first year", "첫 해의 할인율"])),
        ("price_year", year(terms.price_year, ["Prices of this year", "기준 가격 연도"])),
        (
            "discount_year",
            year(terms.discount_year, ["Discounted to this year", "현재가치 기준 연도"]),
        ),
        ("first_year", year(span.start, ["First year of the period", "분석기간 첫 해"])),
        ("last_year", year(span.end, ["Last year of the period", "분석기간 마지막 해"])),
    ]
}

/// Every result, and the probabilities that a net present value is below 0.
fn results<'s>(statement: &'s Statement<'_>) -> Vec<(&'static str, Line<'s>)> {
    let mut lines = Vec::new();
    for (outcome, &(_, _, en, ko)) in statement.outcomes.iter().zip(OUTCOMES) {
        let ends = outcome.spread.map_or([None; 2], |spread| [Some(spread.p05), Some(spread.p95)]);
        let (unit, value, note) = (outcome.unit, outcome.mean, outcome.note.as_str());
        lines.push((outcome.name, Line { unit, value, ends, meaning: [en, ko], note }));
        if outcome.name == "economic_npv" {
            let meaning = [
                "Share of replications whose economic_npv is below 0, those at 0 counted half",
                "경제적 순현재가치가 0 미만인 반복의 비율",
            ];
            let value = outcome.below_zero;
            lines.push((
                "probability_npv_negative",
                Line { unit: "1", value, meaning, ..Line::default() },
            ));
        }
    }
    lines
}

/// How far costs and benefits may be moved.
fn switching<'s>(statement: &'s Statement<'_>) -> Vec<(&'static str, Line<'s>)> {
    let tests = statement.tests.iter().filter(|test| test.switching);
    let line = |test: &Test| {
        let (entry, meaning) = match test.moved {
            Moved::Costs(_) => (
                "switching_value_of_costs",
                ["Change of costs at which economic_npv is 0", "순현재가치가 0이 되는 비용 변화율"],
            ),
            Moved::Benefits(_) => (
                "switching_value_of_benefits",
                [
                    "Change of benefits at which economic_npv is 0",
                    "순현재가치가 0이 되는 편익 변화율",
                ],
            ),
            Moved::OpportunityShare(_) => (
                "switching_value_of_opportunity_share",
                [
                    "Share of a net job elsewhere in the country at which economic_npv is 0",
                    "순현재가치가 0이 되는 타 지역 비율",
                ],
            ),
            Moved::ValueAddedPerJob(_) => (
                "switching_value_of_value_added_per_job",
                [
                    "Change of value added of a job at which economic_npv is 0",
                    "순현재가치가 0이 되는 일자리당 부가가치 변화율",
                ],
            ),
            _ => return None,
        };
        let (value, unit) = test.moved.value();
        let value = value.filter(|_| test.exists);
        Some((entry, Line { unit, value, meaning, note: test.note, ..Line::default() }))
    };
    tests.filter_map(line).collect()
}

/// Net jobs of city and country, and what one costs.
fn jobs<'s>(statement: &'s Statement<'_>, nets: &Nets) -> Vec<(&'static str, Line<'s>)> {
    let mut lines = Vec::new();
    for (whole, net, cost, meanings) in [
        (
            Whole::City,
            "net_jobs_city",
            "cost_per_net_job_city",
            [
                [
                    "Net jobs of the city in the last simulated year, after displacement, which economic_npv does not take off",
                    "마지막 시뮬레이션 연도 시 순일자리(대체효과 차감 후, economic_npv는 차감 전)",
                ],
                ["Public cost of the simulated years over them", "시 순일자리당 공공 비용"],
            ],
        ),
        (
            Whole::Nation,
            "net_jobs_nation",
            "cost_per_net_job_nation",
            [
                [
                    "Net jobs of the country in the last simulated year, after displacement, which economic_npv does not take off",
                    "마지막 시뮬레이션 연도 국가 순일자리(대체효과 차감 후, economic_npv는 차감 전)",
                ],
                ["Public cost of the simulated years over them", "국가 순일자리당 공공 비용"],
            ],
        ),
    ] {
        let [of_net, of_cost] = meanings;
        let value = Some(nets.net(whole));
        lines.push((net, Line { unit: "persons", value, meaning: of_net, ..Line::default() }));
        let (value, note) = cost_per_job(statement, nets, whole);
        let unit = "{money}/person";
        lines.push((cost, Line { unit, value, meaning: of_cost, note, ..Line::default() }));
    }
    lines
}

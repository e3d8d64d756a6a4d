//! `appraisal/induced.csv`: what the spending of a policy induces in other sectors, outside B/C.

use crate::analysis::appraisal::appraised::Statement;
use crate::analysis::appraisal::flow::Account;
use crate::analysis::appraisal::flow::Flow;
use crate::analysis::appraisal::flow::Scope;
use crate::analysis::appraisal::input_output;
use crate::analysis::appraisal::terms::Terms;
use crate::analysis::appraisal::terms::Won;
use crate::model::ledger::cash::CashAccount;
use crate::model::ledger::cash::CashItem;
use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;
use crate::scenario::appraisal;
use crate::scenario::appraisal::Demand;
use crate::scenario::appraisal::Multiplier;

table! {
    /// What one kind of spending of a policy induces.
    pub InducedEffect in "appraisal/induced.csv", Some(Sheet {
        en: "induced effects",
        ko: "유발효과",
        about_en: "Appraisal: output, value added, imports and jobs that spending induces, outside B/C",
        about_ko: "경제성 평가: 지출의 생산·부가가치·수입·취업 유발효과(B/C 제외)",
    }) => {
        policy: &'a str = POLICY;
        baseline: &'a str = BASELINE;
        place: &'a str = column("", "범위", "nation, or city: what its local share of intermediate inputs leaves", "국가 또는 시(시의 역내 중간재 비율 적용)");
        effect: &'a str = column("", "효과", "output, value_added, imports or jobs", "생산, 부가가치, 수입, 취업");
        demand: &'a str = column("", "수요", "investment: construction; operation: all other resources but land; all: their sum", "investment: 건설, operation: 토지를 제외한 기타 자원, all: 합계");
        unit: &'a str = column("", "단위", "Unit of the effect", "효과의 단위");
        final_demand: f64 = column("{money}", "최종 수요", "Undiscounted costs of the period; of jobs in prices of the multiplier's year", "분석기간 비용(할인 전), 취업은 계수 연도 가격");
        multiplier: Option<f64> = column("1", "유발계수", "Of money induced money over demand; of jobs persons per thousand {money}", "유발계수(취업은 1,000 {money}당 명)");
        induced: f64 = column("effect", "유발액", "final_demand × multiplier, over the whole period; jobs in person years", "유발 규모(최종 수요 × 계수, 취업은 인년)");
        source: &'a str = column("", "출처", "Where the multiplier is from; of the city it is that of the nation with the local share of intermediate inputs", "계수의 출처(시는 국가 계수에 역내 중간재 비율 적용)");
        effect_ko: &'a str = column("", "효과 설명", "The effect, Korean", "효과(국문)");
    }
}

/// The final demand of a statement by kind, undiscounted.
fn demand(statement: &Statement<'_>, of: Demand) -> Won {
    let is_of = |item: CashItem| match (of, item) {
        // What only changes hands or stays buys nothing.
        (_, CashItem::Land) => false,
        (_, item) if item.account() != CashAccount::Resource => false,
        (Demand::All, _) => true,
        (Demand::Investment, item) => item == CashItem::Construction,
        (Demand::Operation, item) => item != CashItem::Construction,
    };
    let flows = statement.counted(Account::Costs, Scope::Period);
    flows.filter(|flow| is_of(flow.item.0)).map(Flow::amount).sum()
}

/// What an effect is called in Korean; one that the data file adds keeps its name.
fn korean(effect: &str) -> &str {
    match effect {
        "output" => "생산유발",
        "value_added" => "부가가치유발",
        "imports" => "수입유발",
        "jobs" => "취업유발",
        other => other,
    }
}

/// Which kinds of demand a multiplier has rows for, with the words for them.
const DEMANDS: [(Demand, &str); 2] =
    [(Demand::Investment, "investment"), (Demand::Operation, "operation")];

/// Writes the table.
pub(super) fn write(
    to: Target<'_>,
    terms: &Terms,
    statements: &[Statement<'_>],
) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<InducedEffect<'_>>::create(to)?;
    let Some(induced) = appraisal::induced(&terms.money) else { return table.complete() };
    let output = induced.multipliers.iter().find(|it| it.name == "output");
    let national = output.map_or(1.0, |it| it.per);
    let local = input_output::local_multiplier(national, induced.local.inputs) / national;
    for statement in statements {
        for (place, share) in [("nation", 1.0), ("city", local)] {
            for multipliers in induced.multipliers.chunk_by(|a, b| a.name == b.name) {
                // What is imported stays nowhere.
                if place == "city" && multipliers.iter().any(|it| it.name == "imports") {
                    continue;
                }
                rows(&mut table, statement, (place, share), multipliers)?;
            }
        }
    }
    table.complete()
}

/// The rows of one effect, and their sum.
fn rows(
    table: &mut TableWriter<InducedEffect<'_>>,
    statement: &Statement<'_>,
    (place, share): (&str, f64),
    multipliers: &[Multiplier],
) -> Result<(), TableError> {
    let mut sums = [Won::default(); 2];
    let Some(first) = multipliers.first() else { return Ok(()) };
    let mut row = |demand, final_demand: Won, multiplier, induced: Won, source| {
        table.row(&InducedEffect {
            policy: statement.policy,
            baseline: statement.baseline,
            place,
            effect: &first.name,
            demand,
            unit: &first.unit,
            final_demand: final_demand.millions(),
            multiplier,
            induced: induced.millions(),
            source,
            effect_ko: korean(&first.name),
        })
    };
    for (kind, word) in DEMANDS {
        let Some(of) = multipliers.iter().find(|it| it.of == kind || it.of == Demand::All) else {
            continue;
        };
        let of_jobs = first.name == "jobs";
        let index = appraisal::prices(&statement.terms.money);
        let prices = index.and_then(|it| it.ratio(statement.terms.price_year, of.year));
        let prices = if of_jobs { prices.unwrap_or(1.0) } else { 1.0 };
        let final_demand = demand(statement, kind).times(prices);
        let multiplier = of.per * share;
        // Jobs are per KRW bn, demand is in KRW m; the last digit is a millionth of either.
        let induced = final_demand.times(if of_jobs { multiplier / 1000.0 } else { multiplier });
        sums = [sums[0] + final_demand, sums[1] + induced];
        row(word, final_demand, Some(multiplier), induced, of.source.as_str())?;
    }
    row("all", sums[0], None, sums[1], "")
}

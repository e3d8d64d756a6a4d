//! `appraisal/funding.csv`: who pays what in which year.

use std::collections::BTreeMap;

use crate::analysis::appraisal::appraised::Statement;
use crate::analysis::appraisal::flow::Flow;
use crate::analysis::appraisal::flow::Part;
use crate::analysis::appraisal::terms::Won;
use crate::model::ledger::cash::CashItem;
use crate::policy::payer::Payer;
use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;

table! {
    /// What one payer spends and receives in one year, over the baseline.
    pub Funding in "appraisal/funding.csv", Some(Sheet {
        en: "funding",
        ko: "재원 조달",
        about_en: "Appraisal: who pays what in which year over the baseline, undiscounted",
        about_ko: "경제성 평가: 재원별·연도별 소요액(기준 정책 대비, 할인 전)",
    }) => {
        policy: &'a str = POLICY;
        baseline: &'a str = BASELINE;
        part: &'a str = column("", "구분", "As in flows.csv; all: the sum over the years of the period without assets", "flows.csv의 구분, all: 자산 가치를 제외한 분석기간 합계");
        year: Option<u16> = column("year", "연도", "Year; empty for the sum over the years", "연도(합계는 빈칸)");
        payer: &'a str = column("", "부담 주체", "Who pays or receives; all for the sum", "부담 또는 수취 주체");
        budget_en: &'a str = column("", "재원(영문)", "From which budget, English", "재원(영문)");
        budget_ko: &'a str = column("", "재원", "From which budget, Korean", "재원(국문)");
        spending: f64 = column("{money}", "지출", "Resources but land, and transfers: what is paid, with optimism bias and contingency", "지출(토지를 제외한 자원과 이전지출, 낙관 편향과 예비비 포함)");
        receipts: f64 = column("{money}", "수입", "Receipts; of parts of assets what they are worth", "수입(자산 부분은 가치)");
        net: f64 = column("{money}", "순지출", "spending - receipts", "순지출(지출 - 수입)");
        not_paid: f64 = column("{money}", "미지급", "Opportunity cost of land that the payer gives: a cost in flows.csv, but nothing is paid for it, and it is not in spending", "제공 토지의 기회비용(flows.csv의 비용이나 지급되지 않아 지출에 미포함)");
    }
}

/// Spending, receipts, and what is given without being paid for.
type Sums = [Won; 3];

/// What of a flow the payer spends and receives.
fn of(flow: &Flow) -> Sums {
    let (none, counts) = (Won::default(), flow.item.0.account().fiscal());
    match (counts.cost, counts.benefit) {
        _ if flow.item.0 == CashItem::Land => [none, none, flow.amount()],
        (0, 0) => [none; 3],
        (0, _) => [none, flow.amount(), none],
        _ => [flow.amount(), none, none],
    }
}

fn add(sums: &mut Sums, of: Sums) {
    for (sum, of) in sums.iter_mut().zip(of) {
        *sum = *sum + of;
    }
}

/// Writes the table.
pub(super) fn write(
    to: Target<'_>,
    statements: &[Statement<'_>],
) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<Funding<'_>>::create(to)?;
    for statement in statements {
        let mut whole: BTreeMap<Payer, Sums> = BTreeMap::new();
        for flows in statement.flows.chunk_by(|a, b| (a.part, a.year) == (b.part, b.year)) {
            let Some(Flow { part, year, .. }) = flows.first().copied() else { continue };
            let mut payers: BTreeMap<Payer, Sums> = BTreeMap::new();
            for flow in flows {
                add(payers.entry(flow.item.1).or_default(), of(flow));
            }
            payers.retain(|_, sums| *sums != Sums::default());
            if matches!(part, Part::Simulated | Part::AfterHorizon) {
                for (payer, sums) in &payers {
                    add(whole.entry(*payer).or_default(), *sums);
                }
            }
            rows(&mut table, statement, (part.name(), Some(year)), &payers)?;
        }
        rows(&mut table, statement, ("all", None), &whole)?;
    }
    table.complete()
}

/// Writes a row for each payer, and their sum.
fn rows(
    table: &mut TableWriter<Funding<'_>>,
    statement: &Statement<'_>,
    (part, year): (&str, Option<u16>),
    payers: &BTreeMap<Payer, Sums>,
) -> Result<(), TableError> {
    let mut all = Sums::default();
    for sums in payers.values() {
        add(&mut all, *sums);
    }
    let each = payers.iter().map(|(payer, sums)| {
        let of = statement.payers.of(*payer);
        (of.name.as_str(), of.title_en.as_str(), of.title_ko.as_str(), *sums)
    });
    for (payer, budget_en, budget_ko, [spending, receipts, not_paid]) in
        each.chain([("all", "All", "합계", all)])
    {
        table.row(&Funding {
            policy: statement.policy,
            baseline: statement.baseline,
            part,
            year,
            payer,
            budget_en,
            budget_ko,
            spending: spending.millions(),
            receipts: receipts.millions(),
            net: (spending - receipts).millions(),
            not_paid: not_paid.millions(),
        })?;
    }
    Ok(())
}

//! Cost and return of every policy against the baseline, discounted: a fiscal and an economic
//! account, never mixed (model, 6.7).

mod after;
pub mod appraised;
pub mod bridge;
mod discounting;
pub mod flow;
pub mod input_output;
pub mod irr;
mod judge;
pub mod net_jobs;
pub mod outcome;
mod present;
pub mod sensitivity;
pub mod statement;
pub mod terms;

pub use discounting::Discounting;
pub use judge::AppraisalFigure;
pub use judge::NEXT_TO_NO_COST;
pub use judge::NO_BENEFIT;
pub use judge::NO_COST;
pub use present::Item;
pub use present::weight;

use crate::analysis::appraisal::judge::Judge;
use crate::analysis::appraisal::present::NetJobs;
use crate::analysis::layout::Layout;
use crate::analysis::layout::Table;
use crate::analysis::results::ReadError;
use crate::analysis::results::Results;
use crate::experiment::batch::Halted;
use crate::experiment::block::BlockError;
use crate::model::ledger::cash::CashItem;
use crate::policy::payer::Payer;
use crate::scenario::payers::Payers;

/// Present value of what public payers pay in one replication: `fiscal_cost` of `cost_benefit.csv`
/// before the baseline's is taken off `[KRW m]`.
#[must_use]
pub fn public_cost(
    (layout, payers): (&Layout, &Payers),
    values: &[f64],
    discounting: Discounting,
) -> f64 {
    let years = layout.years.len();
    let mut sum = 0.0;
    for &item in CashItem::ALL.iter().filter(|item| item.account().is_cost()) {
        for payer in payers.public() {
            let payer = payers.name(payer);
            let Some(series) = layout.position(Table::Cash, item.name(), payer) else {
                continue;
            };
            let flows = &values[series * years..(series + 1) * years];
            for (value, &year) in flows.iter().zip(&layout.years) {
                sum += discounting.factor(year) * value;
            }
        }
    }
    sum
}

/// One line of `cost_benefit.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct AppraisalRow<'a> {
    /// The policy.
    pub policy: &'a str,
    /// The policy that it is compared with.
    pub baseline: &'a str,
    /// A cash item, or a total or ratio of [`TOTALS`].
    pub item: &'static str,
    /// Who pays or receives; `all` for totals.
    pub payer: &'a str,
    /// The unit.
    pub unit: &'static str,
    /// The figure: an estimate, a ratio, or nothing with a note that says why.
    pub figure: AppraisalFigure,
    /// Notes, empty where there is nothing to say.
    pub note: String,
}

/// Totals and ratios after the items: name, unit, English, Korean.
pub const TOTALS: &[(&str, &str, &str, &str)] = &[
    (
        "fiscal_cost",
        "{money}",
        "Present value of costs to public payers, of all resource and transfer items",
        "공공 비용의 현재가치(자원 구매와 이전지출 모두)",
    ),
    (
        "fiscal_return",
        "{money}",
        "Present value of receipts of public payers, less taxes that would be paid elsewhere in the country, and of what they hold at the horizon",
        "공공 수입의 현재가치(타 지역 세수 감소 차감, 기간 말 잔존 가치와 지분 포함)",
    ),
    ("fiscal_net_present_value", "{money}", "Fiscal return less fiscal cost", "재정 순현재가치"),
    ("fiscal_benefit_cost_ratio", "1", "Fiscal return over fiscal cost", "재정 편익비용비"),
    (
        "economic_cost",
        "{money}",
        "Present value of all that is paid, whether it buys resources or is a transfer, and of the excess burden of taxes",
        "지출 전체(자원 구매와 이전지출)와 조세 초과 부담의 현재가치",
    ),
    (
        "economic_benefit",
        "{money}",
        "Present value of value added by net jobs, less what would be produced elsewhere in the country, of what is left at the horizon, and of transfers to those who receive them",
        "순증 일자리의 부가가치(타 지역 생산분 차감), 잔존 가치, 이전지출 수혜의 현재가치",
    ),
    (
        "transfers_received",
        "{money}",
        "Present value of transfers: part of economic cost and benefit alike, so that without them the net present value is the same",
        "이전지출의 현재가치: 경제적 비용과 편익에 같은 금액이므로 제외해도 순현재가치는 같음",
    ),
    (
        "economic_net_present_value",
        "{money}",
        "Economic benefit less economic cost",
        "경제적 순현재가치",
    ),
    (
        "economic_benefit_cost_ratio",
        "1",
        "Economic benefit over economic cost",
        "경제적 편익비용비",
    ),
    (
        "net_job_years",
        "persons year",
        "Sum over the years of net jobs in the city, not discounted",
        "시 순증 일자리의 연수 합(할인 없음)",
    ),
    (
        "discounted_net_job_years",
        "persons year",
        "Sum over the years of net jobs in the city, each year's discounted as money is",
        "시 순증 일자리의 연수 합(금액과 같이 할인)",
    ),
    (
        "cost_per_net_job_year",
        "{money}/(person year)",
        "Fiscal cost over net job-years in the city, both discounted",
        "순증 일자리·년당 공공 비용(모두 할인)",
    ),
    (
        "cost_per_net_job_last_year",
        "{money}/person",
        "Fiscal cost, discounted, over net jobs in the city in the last year",
        "마지막 해 순증 일자리당 공공 비용(할인됨)",
    ),
];

/// Whether a total of [`TOTALS`] is a ratio.
#[must_use]
pub fn is_ratio(total: &str) -> bool {
    matches!(
        total,
        "fiscal_benefit_cost_ratio"
            | "economic_benefit_cost_ratio"
            | "cost_per_net_job_year"
            | "cost_per_net_job_last_year"
    )
}

/// Appraises every policy but the baseline, in the order of policies and items.
///
/// # Errors
///
/// Fails if the values cannot be read, and when the work is stopped.
pub fn appraise<'a>(
    results: &Results<'a>,
    discounting: Discounting,
) -> Result<Vec<AppraisalRow<'a>>, ReadError> {
    let policies = results.compared();
    let rows = results.workers.map_in_order(
        policies.len(),
        || (),
        |(), number| appraise_one(results, policies[number], discounting).map_err(Halted::Failed),
    )?;
    Ok(rows.into_iter().flatten().collect())
}

fn appraise_one<'a>(
    results: &Results<'a>,
    policy: usize,
    discounting: Discounting,
) -> Result<Vec<AppraisalRow<'a>>, BlockError> {
    let layout = &results.layouts[policy];
    let judge = Judge::of(results, policy);
    let items = present::items(results, policy);
    let mut rows = Vec::new();
    for items in items.chunks(results.room()) {
        let added = present::added(results, policy, items, discounting)?;
        // Items that neither world ever books would only be noise in the table.
        for (&(item, payer), added) in items.iter().zip(added).filter(|(_, added)| added.booked) {
            let (value, note) = judge.mean(&added.present);
            rows.push(row(
                results,
                layout,
                item.name(),
                results.payers.name(payer),
                "{money}",
                value,
                note,
            ));
        }
    }
    let [fiscal_cost, fiscal_return, fiscal_value, cost, benefit, transfers, value] =
        present::totals(results, policy, SUMS, discounting)?;
    let NetJobs { years, discounted, last } = NetJobs::of(results, policy, discounting)?;
    rows.extend(TOTALS.iter().map(|&(name, unit, _, _)| {
        let (figure, note) = match name {
            "fiscal_cost" => judge.mean(&fiscal_cost),
            "fiscal_return" => judge.mean(&fiscal_return),
            "fiscal_net_present_value" => judge.mean(&fiscal_value),
            "fiscal_benefit_cost_ratio" => judge.benefit_cost(&fiscal_return, &fiscal_cost, REPAY),
            "economic_cost" => judge.mean(&cost),
            "economic_benefit" => judge.mean(&benefit),
            "transfers_received" => judge.mean(&transfers),
            "economic_net_present_value" => judge.mean(&value),
            "economic_benefit_cost_ratio" => judge.benefit_cost(&benefit, &cost, ""),
            "net_job_years" => judge.mean(&years),
            "discounted_net_job_years" => judge.mean(&discounted),
            "cost_per_net_job_year" => judge.cost_per_job(&fiscal_cost, &discounted),
            _ => judge.cost_per_job(&fiscal_cost, &last),
        };
        row(results, layout, name, "all", unit, figure, note)
    }));
    Ok(rows)
}

/// The totals of [`TOTALS`] that are sums of cash.
const SUMS: [&str; 7] = [
    "fiscal_cost",
    "fiscal_return",
    "fiscal_net_present_value",
    "economic_cost",
    "economic_benefit",
    "transfers_received",
    "economic_net_present_value",
];

/// A total of [`TOTALS`] that is a sum of cash, of a policy over the baseline, one value a
/// replication `[KRW m]`.
///
/// # Errors
///
/// Fails if the values cannot be read.
pub fn present_values(
    results: &Results<'_>,
    policy: usize,
    total: &str,
    discounting: Discounting,
) -> Result<Vec<f64>, BlockError> {
    let [values] = present::totals(results, policy, [total], discounting)?;
    Ok(values)
}

/// Net job-years of the city, each year's discounted as money is, one value a replication
/// `[persons year]`.
///
/// # Errors
///
/// Fails if the values cannot be read.
pub fn discounted_job_years(
    results: &Results<'_>,
    policy: usize,
    discounting: Discounting,
) -> Result<Vec<f64>, BlockError> {
    Ok(NetJobs::of(results, policy, discounting)?.discounted)
}

/// What a public payer, or all of them where none is named, pay under a policy over the baseline, as booked
/// and not discounted: replication by replication, year by year `[{money}]`.
///
/// # Errors
///
/// Fails if the values cannot be read.
pub fn outlays(
    results: &Results<'_>,
    policy: usize,
    payer: Option<Payer>,
) -> Result<Vec<f64>, BlockError> {
    present::outlays(results, policy, payer)
}

/// What is said where receipts do not repay the cost.
const REPAY: &str = "receipts and what is left at the horizon do not repay the cost";

fn row<'a>(
    results: &Results<'a>,
    layout: &'a Layout,
    item: &'static str,
    payer: &'a str,
    unit: &'static str,
    figure: AppraisalFigure,
    note: &str,
) -> AppraisalRow<'a> {
    let baseline = &results.baseline_layout().policy;
    let (policy, note) = (&layout.policy, note.to_owned());
    AppraisalRow { policy, baseline, item, payer, unit, figure, note }
}

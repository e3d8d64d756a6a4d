//! Cost and return of every policy against the baseline, discounted: a fiscal and an economic
//! account, never mixed (model, 6.7).

use crate::analysis::layout::Layout;
use crate::analysis::layout::Table;
use crate::analysis::results::ReadError;
use crate::analysis::results::Results;
use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;
use crate::analysis::statistics::RatioEstimate;
use crate::analysis::statistics::RatioInterval;
use crate::analysis::statistics::Spread;
use crate::analysis::statistics::TOO_FEW;
use crate::analysis::statistics::ratio_of_means;
use crate::experiment::batch::Halted;
use crate::experiment::block::BlockError;
use crate::model::ledger::cash::CashAccount;
use crate::model::ledger::cash::CashItem;
use crate::policy::payer::Payer;
use crate::scenario::Scenario;
use crate::scenario::parameter;

/// How money of different years is made comparable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Discounting {
    /// The year to which it is discounted.
    pub base_year: u16,
    /// Real social discount rate `[1/year]`.
    pub rate: f64,
}

impl Discounting {
    /// How a scenario discounts: at the value of its parameter, which its reader holds fixed.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let rate = parameter::position("discount_rate")
            .and_then(|place| scenario.parameters.get(place))
            .map_or(0.0, |parameter| parameter.value);
        Self { base_year: scenario.base_year, rate }
    }

    /// What a won of a year is worth in the base year.
    ///
    /// # Formula
    ///
    /// ```text
    /// (1 + rate)^(base year − year)
    /// ```
    #[must_use]
    pub fn factor(&self, year: u16) -> f64 {
        let years = i32::from(self.base_year) - i32::from(year);
        libm::pow(1.0 + self.rate, f64::from(years))
    }
}

/// Present value of what public payers pay in one replication: `fiscal_cost` of `cost_benefit.csv`
/// before the baseline's is taken off `[KRW m]`.
#[must_use]
pub fn public_cost(layout: &Layout, values: &[f64], discounting: Discounting) -> f64 {
    let years = layout.years.len();
    let mut sum = 0.0;
    for &item in CashItem::ALL.iter().filter(|item| item.account().is_cost()) {
        for payer in Payer::ALL.into_iter().filter(|payer| payer.is_public()) {
            let Some(series) = layout.position(Table::Cash, item.name(), payer.name()) else {
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
    pub payer: &'static str,
    /// The unit.
    pub unit: &'static str,
    /// The figure: an estimate, a ratio, or nothing with a note that says why.
    pub figure: AppraisalFigure,
    /// Notes, empty where there is nothing to say.
    pub note: String,
}

/// A figure of the appraisal.
#[derive(Clone, Debug, PartialEq)]
pub enum AppraisalFigure {
    /// A mean over replications with the spread of single replications.
    Mean(Option<Estimate>, Option<Spread>),
    /// A ratio of means; `None` where the mean of its denominator is 0.
    Ratio(Option<RatioEstimate>),
}

/// Totals and ratios after the items: name, unit, English, Korean.
pub const TOTALS: &[(&str, &str, &str, &str)] = &[
    (
        "fiscal_cost",
        "KRW m",
        "Present value of costs to public payers, of all resource and transfer items",
        "공공 비용의 현재가치",
    ),
    (
        "fiscal_return",
        "KRW m",
        "Present value of receipts of public payers, what buildings are worth at the horizon included",
        "공공 수입의 현재가치(잔존 가치 포함)",
    ),
    ("fiscal_net_present_value", "KRW m", "Fiscal return less fiscal cost", "재정 순현재가치"),
    ("fiscal_benefit_cost_ratio", "1", "Fiscal return over fiscal cost", "재정 편익비용비"),
    (
        "economic_cost",
        "KRW m",
        "Present value of resources used, whoever pays; transfers cancel, the capital that a fund invests among them",
        "사용된 자원의 현재가치(기금 투자금 등 이전지출 제외)",
    ),
    (
        "economic_benefit",
        "KRW m",
        "Present value of value added by net jobs, less the share produced elsewhere anyway (opportunity_share), and of what buildings are worth at the horizon",
        "순증 일자리의 부가가치(opportunity_share 제외)와 잔존 가치의 현재가치",
    ),
    (
        "economic_net_present_value",
        "KRW m",
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
        "cost_per_net_job_year",
        "KRW m/(person year)",
        "Fiscal cost, discounted, over net job-years in the city, not discounted",
        "순증 일자리·년(할인 없음)당 공공 비용(할인됨)",
    ),
    (
        "cost_per_net_job_last_year",
        "KRW m/person",
        "Fiscal cost, discounted, over net jobs in the city in the last year",
        "마지막 해 순증 일자리당 공공 비용(할인됨)",
    ),
];

/// A cash item and who pays it.
type Item = (CashItem, Payer);

/// Values of one quantity, one a replication.
type Values = Vec<f64>;

/// Flows of the replications of one block, replication by replication, year by year. Money is in
/// whole millions, so that its sums and differences are exact, and what is equal in both worlds is
/// exactly 0 before anything is discounted.
type Part = Vec<f64>;

/// What a policy adds to the baseline: present values, and jobs.
///
/// Flows are added up and discounted block by block: whatever the number of years and items, only
/// these values are held of all replications.
#[derive(Default)]
struct Totals {
    fiscal_cost: Values,
    fiscal_return: Values,
    economic_cost: Values,
    economic_benefit: Values,
    job_years: Values,
    last_jobs: Values,
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
    let items = items(results, policy);
    let mut rows = Vec::new();
    let mut booked = Vec::new();
    let mut invests = false;
    for items in items.chunks(results.room()) {
        for (&(item, payer), added) in items.iter().zip(added(results, policy, items, discounting)?)
        {
            // Items that neither world ever books would only be noise in the table.
            if added.booked {
                booked.push((item, payer));
                invests |= item == CashItem::FundPayments && added.differs;
                let (value, note) = judge.mean(&added.present);
                rows.push(row(results, layout, item.name(), payer.name(), "KRW m", value, note));
            }
        }
    }
    let totals = Totals::of(results, policy, &booked, discounting)?;
    rows.extend(totals.rows(results, layout, judge, invests));
    Ok(rows)
}

/// The cash items that a policy or the baseline has, each with its payer.
fn items(results: &Results<'_>, policy: usize) -> Vec<Item> {
    let all = CashItem::ALL
        .iter()
        .flat_map(|&item| Payer::ALL.into_iter().map(move |payer| (item, payer)));
    all.filter(|&item| {
        [policy, results.baseline].into_iter().any(|of| place(results, of, item).is_some())
    })
    .collect()
}

fn place(results: &Results<'_>, policy: usize, (item, payer): Item) -> Option<usize> {
    results.layouts[policy].position(Table::Cash, item.name(), payer.name())
}

/// What a policy books of one cash item over the baseline.
#[derive(Clone, Default)]
struct Added {
    /// Present values.
    present: Values,
    /// Whether either of the two books any.
    booked: bool,
    /// Whether anything differs from the baseline in any year.
    differs: bool,
}

/// What a policy books of some cash items over the baseline.
fn added(
    results: &Results<'_>,
    policy: usize,
    items: &[Item],
    discounting: Discounting,
) -> Result<Vec<Added>, BlockError> {
    let mut all = vec![Added::default(); items.len()];
    for block in 0..results.archive.blocks() {
        let differences = differences(results, policy, items, block)?;
        for (added, difference) in all.iter_mut().zip(differences) {
            added.booked |= difference.booked;
            added.differs |= difference.flows.iter().any(|value| *value != 0.0);
            discount(&difference.flows, results.years(), discounting, &mut added.present);
        }
    }
    Ok(all)
}

/// A cash item in one block: policy less baseline.
#[derive(Clone)]
struct Difference {
    flows: Part,
    /// Whether either of the two books any.
    booked: bool,
}

/// What a policy books of some cash items over the baseline in one block, which is read once for
/// all of them. Costs are positive, returns negative, as in the ledger.
fn differences(
    results: &Results<'_>,
    policy: usize,
    items: &[Item],
    block: usize,
) -> Result<Vec<Difference>, BlockError> {
    let values = results.archive.length(block) * results.years().len();
    let none = Difference { flows: vec![0.0; values], booked: false };
    let mut all = vec![none; items.len()];
    for (sign, of) in [(1.0, policy), (-1.0, results.baseline)] {
        let places: Vec<Option<usize>> =
            items.iter().map(|&item| place(results, of, item)).collect();
        let there: Vec<usize> = places.iter().flatten().copied().collect();
        let mut read = results.archive.read_block(block, of, &there)?.into_iter();
        for (difference, place) in all.iter_mut().zip(places) {
            if let Some(values) = place.and_then(|_| read.next()) {
                difference.booked |= values.iter().any(|value| *value != 0.0);
                add(&mut difference.flows, &values, sign);
            }
        }
    }
    Ok(all)
}

/// Adds the present value of each replication's yearly flows to a list.
fn discount(flows: &Part, years: &[u16], discounting: Discounting, present: &mut Values) {
    let factors: Vec<f64> = years.iter().map(|&year| discounting.factor(year)).collect();
    present.extend(flows.chunks_exact(years.len().max(1)).map(|flows| {
        flows.iter().zip(&factors).fold(0.0, |sum, (value, factor)| sum + factor * value)
    }));
}

fn add(sum: &mut [f64], values: &[f64], factor: f64) {
    for (sum, value) in sum.iter_mut().zip(values) {
        *sum += factor * value;
    }
}

/// The flows of one block by account.
struct Flows {
    fiscal_cost: Part,
    fiscal_return: Part,
    economic_cost: Part,
    economic_benefit: Part,
}

impl Flows {
    fn none(values: usize) -> Self {
        let none = || vec![0.0; values];
        Self {
            fiscal_cost: none(),
            fiscal_return: none(),
            economic_cost: none(),
            economic_benefit: none(),
        }
    }

    fn book(&mut self, account: CashAccount, payer: Payer, flows: &[f64]) {
        let public = payer.is_public();
        match account {
            CashAccount::Resource => {
                add(&mut self.economic_cost, flows, 1.0);
                if public {
                    add(&mut self.fiscal_cost, flows, 1.0);
                }
            }
            CashAccount::Transfer if public => add(&mut self.fiscal_cost, flows, 1.0),
            CashAccount::Revenue if public => add(&mut self.fiscal_return, flows, -1.0),
            CashAccount::Transfer | CashAccount::Revenue => {}
            CashAccount::Residual => {
                add(&mut self.economic_benefit, flows, -1.0);
                if public {
                    add(&mut self.fiscal_return, flows, -1.0);
                }
            }
            CashAccount::Output => add(&mut self.economic_benefit, flows, -1.0),
        }
    }
}

impl Totals {
    /// The totals of a policy over the items that are booked.
    fn of(
        results: &Results<'_>,
        policy: usize,
        booked: &[Item],
        discounting: Discounting,
    ) -> Result<Self, BlockError> {
        let years = results.years();
        let mut totals = Self::default();
        for block in 0..results.archive.blocks() {
            let mut flows = Flows::none(results.archive.length(block) * years.len());
            let differences = differences(results, policy, booked, block)?;
            for (&(item, payer), difference) in booked.iter().zip(differences) {
                flows.book(item.account(), payer, &difference.flows);
            }
            for (flows, present) in [
                (&flows.fiscal_cost, &mut totals.fiscal_cost),
                (&flows.fiscal_return, &mut totals.fiscal_return),
                (&flows.economic_cost, &mut totals.economic_cost),
                (&flows.economic_benefit, &mut totals.economic_benefit),
            ] {
                discount(flows, years, discounting, present);
            }
            totals.count_jobs(results, policy, block)?;
        }
        Ok(totals)
    }

    /// Adds the jobs of one block's replications.
    fn count_jobs(
        &mut self,
        results: &Results<'_>,
        policy: usize,
        block: usize,
    ) -> Result<(), BlockError> {
        let place = results.layouts[policy].position(Table::Additionality, "net_city", "jobs");
        let Some(series) = place else {
            let without = self.job_years.len() + results.archive.length(block);
            self.job_years.resize(without, 0.0);
            self.last_jobs.resize(without, 0.0);
            return Ok(());
        };
        for read in results.archive.read_block(block, policy, &[series])? {
            for jobs in read.chunks_exact(results.years().len().max(1)) {
                self.job_years.push(jobs.iter().fold(0.0, |sum, jobs| sum + jobs));
                self.last_jobs.push(jobs.last().copied().unwrap_or_default());
            }
        }
        Ok(())
    }

    fn rows<'a>(
        &self,
        results: &Results<'a>,
        layout: &'a Layout,
        judge: Judge,
        invests: bool,
    ) -> Vec<AppraisalRow<'a>> {
        let (fiscal_cost, fiscal_return) = (&self.fiscal_cost, &self.fiscal_return);
        let (cost, benefit) = (&self.economic_cost, &self.economic_benefit);
        let less =
            |a: &[f64], b: &[f64]| -> Values { a.iter().zip(b).map(|(a, b)| a - b).collect() };
        let of = |name: &str| match name {
            "fiscal_cost" => judge.mean(fiscal_cost),
            "fiscal_return" => judge.mean(fiscal_return),
            "fiscal_net_present_value" => judge.mean(&less(fiscal_return, fiscal_cost)),
            "fiscal_benefit_cost_ratio" => {
                judge.benefit_cost(fiscal_return, fiscal_cost, fiscal_cost, REPAY)
            }
            "economic_cost" => judge.mean(cost),
            "economic_benefit" => judge.mean(benefit),
            "economic_net_present_value" => judge.mean(&less(benefit, cost)),
            "economic_benefit_cost_ratio" => judge.benefit_cost(benefit, cost, fiscal_cost, ""),
            "net_job_years" => judge.mean(&self.job_years),
            "cost_per_net_job_year" => judge.cost_per_job(fiscal_cost, &self.job_years),
            _ => judge.cost_per_job(fiscal_cost, &self.last_jobs),
        };
        let row_of = |&(name, unit, _, _): &(&'static str, &'static str, &str, &str)| {
            let (figure, note) = of(name);
            let of_fund = if invests && OF_CAPITAL.contains(&name) { CAPITAL } else { "" };
            let notes = [note, of_fund].into_iter().filter(|note| !note.is_empty());
            let notes = notes.collect::<Vec<_>>().join("; ");
            row(results, layout, name, "all", unit, figure, &notes)
        };
        TOTALS.iter().map(row_of).collect()
    }
}

/// What is said where receipts do not repay the cost.
const REPAY: &str = "receipts and what buildings are worth at the horizon do not repay the cost";

/// Totals that a fund's capital, which counts in none of them, would change.
const OF_CAPITAL: [&str; 3] =
    ["economic_cost", "economic_net_present_value", "economic_benefit_cost_ratio"];
/// What is said of them where a fund invests.
const CAPITAL: &str = "capital that the fund invests is a transfer: the benefit of the jobs it pays for stands \
                       against administration alone";

/// A cost below this share of the public cost is negligible: nearly all of the public cost is then
/// a transfer, and benefit over what is left says nothing of the policy.
const NEGLIGIBLE: f64 = 0.1;
/// A cost below this share of the benefit is negligible too.
const NEGLIGIBLE_BESIDE: f64 = 0.01;

/// How the figures of a policy are judged.
#[derive(Clone, Copy, Debug)]
struct Judge {
    design: Design,
    /// Whether the policy does what the baseline does: then what is nothing is exactly nothing.
    same: bool,
}

impl Judge {
    fn of(results: &Results<'_>, policy: usize) -> Self {
        let last = results.years().last().copied().unwrap_or_default();
        let first = results.first_difference(policy, results.baseline);
        let same = first.is_none_or(|first| first > last);
        Self { design: results.design, same }
    }

    fn mean(self, values: &[f64]) -> (AppraisalFigure, &'static str) {
        let nothing = self.same && values.iter().all(|value| *value == 0.0);
        let estimate = if nothing && !values.is_empty() {
            Some(Estimate::nothing(values.len()))
        } else {
            Estimate::of(values, self.design)
        };
        let too_few = estimate.filter(Estimate::is_too_few);
        let note = too_few.map_or("", |few| if few.sd == Some(0.0) { NONE_SEEN } else { TOO_FEW });
        (AppraisalFigure::Mean(estimate, Spread::from_values(values)), note)
    }

    /// Benefit over cost, and what to say of it; `below` is said where it is below 1 by its interval.
    /// There is no ratio where the cost is negative, or negligible beside the public cost.
    fn benefit_cost(
        self,
        benefit: &[f64],
        cost: &[f64],
        public_cost: &[f64],
        below: &'static str,
    ) -> (AppraisalFigure, &'static str) {
        if total(cost).abs() < NEGLIGIBLE * total(public_cost).abs() {
            return (AppraisalFigure::Ratio(None), TRANSFERS);
        }
        if total(cost) < 0.0 {
            return (AppraisalFigure::Ratio(None), NO_COST);
        }
        if total(cost) < NEGLIGIBLE_BESIDE * total(benefit).abs() {
            return (AppraisalFigure::Ratio(None), NEXT_TO_NO_COST);
        }
        let ratio = ratio_of_means(benefit, cost, self.design);
        let note = match ratio {
            None => NO_RATIO,
            Some(ratio) if ratio.ci_high().is_none() => no_interval(&ratio),
            Some(ratio) if ratio.ci_high() < Some(1.0) => below,
            Some(_) => "",
        };
        (AppraisalFigure::Ratio(ratio), note)
    }

    /// Public cost over net jobs, and why there is none where either is negative.
    fn cost_per_job(self, cost: &[f64], jobs: &[f64]) -> (AppraisalFigure, &'static str) {
        if total(jobs) < 0.0 {
            return (AppraisalFigure::Ratio(None), FEWER_JOBS);
        }
        if total(cost) < 0.0 {
            return (AppraisalFigure::Ratio(None), NO_COST);
        }
        let ratio = ratio_of_means(cost, jobs, self.design);
        if ratio.is_some_and(|it| it.ci_low() <= Some(0.0) && it.ci_high() >= Some(0.0)) {
            return (AppraisalFigure::Ratio(None), NEXT_TO_NO_COST);
        }
        let note = ratio.map_or(NO_RATIO, |ratio| no_interval(&ratio));
        (AppraisalFigure::Ratio(ratio), note)
    }
}

/// Why there is no ratio of a policy that saves money.
const NO_COST: &str = "the cost is below the baseline's, so no ratio: read the net present value";
/// Why there is no ratio of a policy that costs next to nothing.
const NEXT_TO_NO_COST: &str =
    "next to no cost beside the baseline's, so no ratio: read the net present value";
/// Why there is no ratio of a policy of transfers.
const TRANSFERS: &str = "less than a tenth of the public cost uses resources, the rest are \
                         transfers, so no ratio: read the net present value";
/// Why there is no cost per job of a policy that loses jobs.
const FEWER_JOBS: &str =
    "fewer jobs than the baseline, so no cost per job: read the net present value";

fn total(values: &[f64]) -> f64 {
    values.iter().sum()
}

/// What is said of an item that is the same in both worlds in all replications, though the policy is
/// not.
const NONE_SEEN: &str = "0 in every replication";
/// What is said where a denominator is nothing.
const NO_RATIO: &str = "the mean of the denominator is 0";

/// Why a ratio has no interval.
fn no_interval(ratio: &RatioEstimate) -> &'static str {
    match ratio.interval {
        RatioInterval::TooFew => TOO_FEW,
        RatioInterval::Unbounded => {
            "the 95 % interval of the denominator contains 0, so the ratio has no bounds"
        }
        RatioInterval::Bounded { .. } => "",
    }
}

fn row<'a>(
    results: &Results<'a>,
    layout: &'a Layout,
    item: &'static str,
    payer: &'static str,
    unit: &'static str,
    figure: AppraisalFigure,
    note: &str,
) -> AppraisalRow<'a> {
    let baseline = &results.baseline_layout().policy;
    let (policy, note) = (&layout.policy, note.to_owned());
    AppraisalRow { policy, baseline, item, payer, unit, figure, note }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_won_of_next_year_is_worth_less_than_one_of_the_base_year() {
        let discounting = Discounting { base_year: 2021, rate: 0.045 };
        assert!((discounting.factor(2021) - 1.0).abs() < 1e-15);
        assert!((discounting.factor(2031) - 1.045_f64.powi(-10)).abs() < 1e-15);
        assert!(discounting.factor(2018) > 1.0);
    }
}

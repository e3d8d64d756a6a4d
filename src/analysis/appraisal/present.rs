//! What a policy adds to the baseline, discounted: by replication, of each cash item and of each
//! account.

use crate::analysis::appraisal::Discounting;
use crate::analysis::layout::Table;
use crate::analysis::results::Results;
use crate::experiment::block::BlockError;
use crate::model::ledger::cash::CashAccount;
use crate::model::ledger::cash::CashItem;
use crate::model::ledger::cash::Counts;
use crate::policy::payer::Payer;

/// A cash item and who pays it.
pub(super) type Item = (CashItem, Payer);

/// Values of one quantity, one a replication.
pub(super) type Values = Vec<f64>;

/// Flows of the replications of one block, replication by replication, year by year. Money is in
/// whole millions, so that its sums and differences are exact, and what is equal in both worlds is
/// exactly 0 before anything is discounted.
type Part = Vec<f64>;

/// What a policy adds to the baseline, by replication: present values `[KRW m]`, and jobs.
///
/// Flows are added up and discounted block by block: whatever the number of years and items, only
/// these values are held of all replications.
#[derive(Clone, Debug, Default)]
pub struct Worth {
    /// What public payers pay.
    pub fiscal_cost: Values,
    /// What they get, and what they hold at the horizon.
    pub fiscal_return: Values,
    /// What is paid, whoever pays it, and the excess burden of taxes.
    pub economic_cost: Values,
    /// What is produced, what is left at the horizon, and transfers to those who get them.
    pub economic_benefit: Values,
    /// Transfers, which are in both.
    pub transfers: Values,
    /// Net jobs in the city summed over the years `[persons year]`.
    pub job_years: Values,
    /// The same, each year's discounted as money is.
    pub discounted_job_years: Values,
    /// Net jobs in the city in the last year `[persons]`.
    pub last_jobs: Values,
}

/// The cash items that a policy or the baseline has, each with its payer.
pub(super) fn items(results: &Results<'_>, policy: usize) -> Vec<Item> {
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
pub(super) struct Added {
    /// Present values.
    pub(super) present: Values,
    /// Whether either of the two books any.
    pub(super) booked: bool,
}

/// What a policy books of some cash items over the baseline.
pub(super) fn added(
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
    transfers: Part,
}

impl Flows {
    fn none(values: usize) -> Self {
        let none = || vec![0.0; values];
        Self {
            fiscal_cost: none(),
            fiscal_return: none(),
            economic_cost: none(),
            economic_benefit: none(),
            transfers: none(),
        }
    }

    fn book(&mut self, account: CashAccount, payer: Payer, flows: &[f64]) {
        let fiscal = if payer.is_public() { account.fiscal() } else { Counts::NOTHING };
        let economic = account.economic();
        let both = i8::from(account == CashAccount::Transfer);
        for (sum, counts) in [
            (&mut self.fiscal_cost, fiscal.cost),
            (&mut self.fiscal_return, fiscal.benefit),
            (&mut self.economic_cost, economic.cost),
            (&mut self.economic_benefit, economic.benefit),
            (&mut self.transfers, both),
        ] {
            if counts != 0 {
                add(sum, flows, f64::from(counts));
            }
        }
    }
}

impl Worth {
    /// What a policy adds to the baseline over some cash items: all, or those that are booked.
    pub(super) fn of(
        results: &Results<'_>,
        policy: usize,
        items: &[Item],
        discounting: Discounting,
    ) -> Result<Self, BlockError> {
        let years = results.years();
        let mut worth = Self::default();
        for block in 0..results.archive.blocks() {
            let mut flows = Flows::none(results.archive.length(block) * years.len());
            // As many series at a time as the working set has room for.
            for items in items.chunks(results.room()) {
                let differences = differences(results, policy, items, block)?;
                for (&(item, payer), difference) in items.iter().zip(differences) {
                    flows.book(item.account(), payer, &difference.flows);
                }
            }
            for (flows, present) in [
                (&flows.fiscal_cost, &mut worth.fiscal_cost),
                (&flows.fiscal_return, &mut worth.fiscal_return),
                (&flows.economic_cost, &mut worth.economic_cost),
                (&flows.economic_benefit, &mut worth.economic_benefit),
                (&flows.transfers, &mut worth.transfers),
            ] {
                discount(flows, years, discounting, present);
            }
            worth.count_jobs(results, policy, block, discounting)?;
        }
        Ok(worth)
    }

    /// Adds the jobs of one block's replications.
    fn count_jobs(
        &mut self,
        results: &Results<'_>,
        policy: usize,
        block: usize,
        discounting: Discounting,
    ) -> Result<(), BlockError> {
        let place = results.layouts[policy].position(Table::Additionality, "net_city", "jobs");
        let Some(series) = place else {
            let without = self.job_years.len() + results.archive.length(block);
            for jobs in [&mut self.job_years, &mut self.discounted_job_years, &mut self.last_jobs] {
                jobs.resize(without, 0.0);
            }
            return Ok(());
        };
        for read in results.archive.read_block(block, policy, &[series])? {
            discount(&read, results.years(), discounting, &mut self.discounted_job_years);
            for jobs in read.chunks_exact(results.years().len().max(1)) {
                self.job_years.push(jobs.iter().fold(0.0, |sum, jobs| sum + jobs));
                self.last_jobs.push(jobs.last().copied().unwrap_or_default());
            }
        }
        Ok(())
    }

    /// Economic benefit less economic cost.
    #[must_use]
    pub fn economic_value(&self) -> Values {
        less(&self.economic_benefit, &self.economic_cost)
    }

    /// Fiscal return less fiscal cost.
    #[must_use]
    pub fn fiscal_value(&self) -> Values {
        less(&self.fiscal_return, &self.fiscal_cost)
    }
}

fn less(one: &[f64], other: &[f64]) -> Values {
    one.iter().zip(other).map(|(one, other)| one - other).collect()
}

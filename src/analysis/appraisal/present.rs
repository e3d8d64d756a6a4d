//! What a policy adds to the baseline, discounted: by replication, of each cash item and of each
//! account.

use crate::analysis::appraisal::discounting::Discounting;
use crate::analysis::layout::Table;
use crate::analysis::results::Results;
use crate::experiment::block::BlockError;
use crate::model::ledger::cash::CashItem;
use crate::model::ledger::cash::Counts;
use crate::policy::payer::Payer;

/// A cash item and who pays it.
pub type Item = (CashItem, Payer);

/// Values of one quantity, one a replication.
pub(super) type Values = Vec<f64>;

/// Flows of the replications of one block, replication by replication, year by year. Money is in
/// whole millions, so that its sums and differences are exact, and what is equal in both worlds is
/// exactly 0 before anything is discounted.
type Part = Vec<f64>;

/// The cash items that a policy or the baseline has, each with its payer.
pub(super) fn items(results: &Results<'_>, policy: usize) -> Vec<Item> {
    let all =
        CashItem::ALL.iter().flat_map(|&item| results.payers.all().map(move |payer| (item, payer)));
    all.filter(|&item| {
        [policy, results.baseline].into_iter().any(|of| place(results, of, item).is_some())
    })
    .collect()
}

fn place(results: &Results<'_>, policy: usize, (item, payer): Item) -> Option<usize> {
    results.layouts[policy].position(Table::Cash, item.name(), results.payers.name(payer))
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
    let (places, factors) =
        (Places::of(results, policy, items), discounting.factors(results.years()));
    for block in 0..results.archive.blocks() {
        for (added, difference) in all.iter_mut().zip(places.differences(results, block)?) {
            added.booked |= difference.booked;
            discount(&difference.flows, &factors, &mut added.present);
        }
    }
    Ok(all)
}

/// A cash item in one block: policy less baseline.
#[derive(Clone)]
pub(super) struct Difference {
    /// By replication, year by year.
    pub(super) flows: Part,
    /// Whether either of the two books any.
    pub(super) booked: bool,
}

/// Where a policy and the baseline have some cash items: looked up once for all blocks.
pub(super) struct Places {
    /// The policy, and for each item the place of its series.
    sides: [(usize, Vec<Option<usize>>); 2],
}

impl Places {
    /// The places of some items.
    pub(super) fn of(results: &Results<'_>, policy: usize, items: &[Item]) -> Self {
        let side = |of| (of, items.iter().map(|&item| place(results, of, item)).collect());
        Self { sides: [policy, results.baseline].map(side) }
    }

    /// What the policy books of each item over the baseline in one block, which is read once for
    /// all of them. Costs are positive, returns negative, as in the ledger.
    pub(super) fn differences(
        &self,
        results: &Results<'_>,
        block: usize,
    ) -> Result<Vec<Difference>, BlockError> {
        let values = results.archive.length(block) * results.years().len();
        let none = Difference { flows: vec![0.0; values], booked: false };
        let mut all = vec![none; self.sides[0].1.len()];
        for (sign, (of, places)) in [1.0, -1.0].into_iter().zip(&self.sides) {
            let there: Vec<usize> = places.iter().flatten().copied().collect();
            let mut read = results.archive.read_block(block, *of, &there)?.into_iter();
            for (difference, place) in all.iter_mut().zip(places) {
                if let Some(values) = place.and_then(|_| read.next()) {
                    difference.booked |= values.iter().any(|value| *value != 0.0);
                    add(&mut difference.flows, &values, sign);
                }
            }
        }
        Ok(all)
    }
}

/// Adds the present value of each replication's yearly flows to a list.
fn discount(flows: &Part, factors: &[f64], present: &mut Values) {
    present.extend(flows.chunks_exact(factors.len().max(1)).map(|flows| {
        flows.iter().zip(factors).fold(0.0, |sum, (value, factor)| sum + factor * value)
    }));
}

fn add(sum: &mut [f64], values: &[f64], factor: f64) {
    for (sum, value) in sum.iter_mut().zip(values) {
        *sum += factor * value;
    }
}

/// How often a total of `cost_benefit.csv` counts an item: costs stand positive in the ledger and
/// returns negative. An item counts itself, as it is booked. Nothing for what is no sum of cash.
#[must_use]
pub fn weight(total: &str, item: CashItem, payer: Payer) -> i8 {
    let account = item.account();
    let fiscal = if payer.is_public() { account.fiscal() } else { Counts::NOTHING };
    let economic = account.economic();
    match total {
        "fiscal_cost" => fiscal.cost,
        "fiscal_return" => fiscal.benefit,
        "fiscal_net_present_value" => fiscal.benefit - fiscal.cost,
        "economic_cost" => economic.cost,
        "economic_benefit" => economic.benefit,
        "economic_net_present_value" => economic.benefit - economic.cost,
        "transfers_received" => economic.cost * economic.benefit,
        _ => i8::from(total == item.name()),
    }
}

/// Some totals of a policy over the baseline, by replication.
///
/// Flows are added up and discounted block by block: whatever the number of years and items, only the
/// totals are held of all replications.
pub(super) fn totals<const N: usize>(
    results: &Results<'_>,
    policy: usize,
    names: [&str; N],
    discounting: Discounting,
) -> Result<[Values; N], BlockError> {
    let counts = |&(item, payer): &Item| names.iter().any(|name| weight(name, item, payer) != 0);
    let items: Vec<Item> = items(results, policy).into_iter().filter(counts).collect();
    let mut totals = names.map(|_| Values::new());
    // As many series at a time as the working set has room for.
    let chunks = items.chunks(results.room());
    let chunks: Vec<_> = chunks.map(|items| (items, Places::of(results, policy, items))).collect();
    let factors = discounting.factors(results.years());
    for block in 0..results.archive.blocks() {
        let values = results.archive.length(block) * results.years().len();
        let mut sums = names.map(|_| vec![0.0; values]);
        for (items, places) in &chunks {
            let differences = places.differences(results, block)?;
            for (&(item, payer), difference) in items.iter().zip(differences) {
                for (sum, name) in sums.iter_mut().zip(names) {
                    add(sum, &difference.flows, f64::from(weight(name, item, payer)));
                }
            }
        }
        for (sum, total) in sums.iter().zip(&mut totals) {
            discount(sum, &factors, total);
        }
    }
    Ok(totals)
}

/// What a public payer, or all of them, pay under a policy over the baseline, as booked: replication by
/// replication, year by year.
pub(super) fn outlays(
    results: &Results<'_>,
    policy: usize,
    payer: Option<Payer>,
) -> Result<Vec<f64>, BlockError> {
    let counts = |&(item, of): &Item| {
        weight("fiscal_cost", item, of) != 0 && payer.is_none_or(|payer| payer == of)
    };
    let items: Vec<Item> = items(results, policy).into_iter().filter(counts).collect();
    let mut all = Vec::new();
    let chunks = items.chunks(results.room());
    let chunks: Vec<_> = chunks.map(|items| Places::of(results, policy, items)).collect();
    for block in 0..results.archive.blocks() {
        let mut sum = vec![0.0; results.archive.length(block) * results.years().len()];
        for places in &chunks {
            for difference in places.differences(results, block)? {
                add(&mut sum, &difference.flows, 1.0);
            }
        }
        all.extend(sum);
    }
    Ok(all)
}

/// Net jobs in the city, by replication.
#[derive(Debug, Default)]
pub(super) struct NetJobs {
    /// Summed over the years `[persons year]`.
    pub(super) years: Values,
    /// The same, each year's discounted as money is.
    pub(super) discounted: Values,
    /// In the last year `[persons]`.
    pub(super) last: Values,
}

impl NetJobs {
    /// Those of a policy: none where it has no account of them.
    pub(super) fn of(
        results: &Results<'_>,
        policy: usize,
        discounting: Discounting,
    ) -> Result<Self, BlockError> {
        let mut jobs = Self::default();
        let place = results.layouts[policy].position(Table::Additionality, "net_city", "jobs");
        let factors = discounting.factors(results.years());
        for block in 0..results.archive.blocks() {
            let values = results.archive.length(block) * results.years().len();
            let read = match place {
                Some(series) => results.archive.read_block(block, policy, &[series])?,
                None => vec![vec![0.0; values]],
            };
            for net in read {
                discount(&net, &factors, &mut jobs.discounted);
                for net in net.chunks_exact(results.years().len().max(1)) {
                    jobs.years.push(net.iter().fold(0.0, |sum, jobs| sum + jobs));
                    jobs.last.push(net.last().copied().unwrap_or_default());
                }
            }
        }
        Ok(jobs)
    }
}

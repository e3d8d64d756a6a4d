//! The statement of a policy: what is paid and gained in each year over the baseline, by item and
//! payer, in the prices and for the years of a rule set.

use std::borrow::Cow;

use crate::analysis::appraisal::Item;
use crate::analysis::appraisal::after::After;
use crate::analysis::appraisal::after::share_before;
use crate::analysis::appraisal::flow::Account;
use crate::analysis::appraisal::flow::Flow;
use crate::analysis::appraisal::flow::Part;
use crate::analysis::appraisal::flow::Scope;
use crate::analysis::appraisal::present;
use crate::analysis::appraisal::terms::Span;
use crate::analysis::appraisal::terms::Terms;
use crate::analysis::appraisal::terms::Won;
use crate::analysis::results::Results;
use crate::experiment::block::BlockError;
use crate::model::ledger::cash::CashAccount;
use crate::model::ledger::cash::CashItem;
use crate::policy::payer::Payer;
use crate::scenario::appraisal::Rules;
use crate::scenario::appraisal::Schedule;

/// Whether more of an item is more cost to whoever pays: the sign of the ledger.
fn is_paid(item: CashItem) -> bool {
    let account = item.account();
    account.economic().cost == 1 || account.fiscal().cost == 1
}

/// What is discounted by, year by year.
#[derive(Clone, Debug)]
pub struct Factors {
    /// Of the simulated years.
    years: Vec<f64>,
    /// Of all years after the horizon together.
    after: f64,
    /// Of each of them.
    each: Vec<f64>,
    /// Of assets at the horizon.
    horizon: f64,
    /// Of assets at the end of the period.
    end: f64,
}

impl Factors {
    /// The factors of a schedule; what is not of an asset comes `delay` years late, and what comes after
    /// the period is lost.
    #[must_use]
    pub fn new(
        (years, span, terms): (&[u16], Span, &Terms),
        schedule: &Schedule,
        delay: u16,
        scope: Scope,
    ) -> Self {
        let factor = |year: u16| terms.factor(schedule, year);
        let limit = if scope == Scope::Period { span.end } else { span.last };
        let late = |year: u16| {
            let year = year.saturating_add(delay);
            if year <= limit { factor(year) } else { 0.0 }
        };
        let of = |part: Part, factor: f64| {
            if scope.has(part, span.closing) { factor } else { 0.0 }
        };
        Self {
            years: years.iter().map(|&year| late(year)).collect(),
            after: of(Part::AfterHorizon, span.after().map(late).sum()),
            each: span.after().map(|year| of(Part::AfterHorizon, late(year))).collect(),
            horizon: of(Part::ValueAtHorizon, factor(span.last)),
            end: of(Part::ValueAtEnd, factor(span.end)),
        }
    }
}

/// The flows of one replication to one account.
#[derive(Clone, Copy, Debug)]
pub struct Stream<'a> {
    /// Of the simulated years.
    pub years: &'a [f64],
    /// Of each year after the horizon, but for what ends before the period does.
    pub held: f64,
    /// What ends before the period does, of the years after the horizon.
    pub ending: &'a [f64],
    /// What assets are worth at the horizon.
    pub horizon: f64,
    /// What assets are worth at the end of the period.
    pub end: f64,
}

impl Stream<'_> {
    /// What it is worth in the year to which is discounted `[KRW m]`.
    #[must_use]
    pub fn worth(&self, factors: &Factors) -> f64 {
        let years = self.years.iter().zip(&factors.years);
        let years = years.fold(0.0, |sum, (flow, factor)| sum + flow * factor);
        let ending = self.ending.iter().zip(&factors.each);
        let years = ending.fold(years, |sum, (flow, factor)| sum + flow * factor);
        years + self.held * factors.after + self.horizon * factors.horizon + self.end * factors.end
    }

    /// Adds its flows over the whole period, from its first year on, times a sign.
    pub fn spread(&self, span: Span, years: &[u16], sign: f64, into: &mut Vec<f64>) {
        let before = years.iter().filter(|&&year| year < span.start).count();
        let counted = years.iter().filter(|&&year| year <= span.last).count();
        let last = counted - before;
        into.resize(usize::from(span.end.saturating_sub(span.start)) + 1, 0.0);
        for (sum, flow) in into.iter_mut().zip(&self.years[before..counted]) {
            *sum += sign * flow;
        }
        let assets = |part| Scope::Period.has(part, span.closing);
        if let Some(sum) =
            into.get_mut(last.saturating_sub(1)).filter(|_| assets(Part::ValueAtHorizon))
        {
            *sum += sign * self.horizon;
        }
        for sum in into.iter_mut().skip(last) {
            *sum += sign * self.held;
        }
        for (sum, flow) in into.iter_mut().skip(last).zip(self.ending) {
            *sum += sign * flow;
        }
        if let Some(sum) = into.last_mut().filter(|_| assets(Part::ValueAtEnd)) {
            *sum += sign * self.end;
        }
    }
}

/// What is tested by itself beside the accounts, in the order of streams after theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tested {
    /// Value added of net jobs.
    ValueAdded,
    /// That of it which would be produced elsewhere in the country.
    ValueAddedElsewhere,
    /// The taxes of which a share would be paid elsewhere in the country.
    Taxes,
    /// That share, lost to the state and other cities.
    TaxesElsewhere,
}

impl Tested {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::ValueAdded, Self::ValueAddedElsewhere, Self::Taxes, Self::TaxesElsewhere];

    /// Whether an item is part of it.
    #[must_use]
    pub const fn has(self, item: CashItem) -> bool {
        match self {
            Self::ValueAdded => matches!(item, CashItem::ValueAdded),
            Self::ValueAddedElsewhere => matches!(item, CashItem::ValueAddedElsewhere),
            Self::Taxes => matches!(
                item,
                CashItem::IncomeTax
                    | CashItem::LocalIncomeTax
                    | CashItem::CorporateTax
                    | CashItem::AcquisitionTax
                    | CashItem::PropertyTax
            ),
            Self::TaxesElsewhere => matches!(item, CashItem::TaxesElsewhere),
        }
    }
}

/// The places of the streams of [`Tested`], after those of the accounts.
pub const STREAMS: std::ops::Range<usize> =
    Account::ALL.len()..Account::ALL.len() + Tested::ALL.len();

/// The flows of the replications of one block to each account, and of what is tested.
struct BlockStreams {
    years: usize,
    after: usize,
    flows: [Vec<f64>; STREAMS.end],
    held: [Vec<f64>; STREAMS.end],
    ending: [Vec<f64>; STREAMS.end],
    horizon: [Vec<f64>; STREAMS.end],
    end: [Vec<f64>; STREAMS.end],
}

impl BlockStreams {
    fn none(replications: usize, years: usize, after: usize) -> Self {
        let list = |length: usize| [(); STREAMS.end].map(|()| vec![0.0; length]);
        Self {
            years,
            after,
            flows: list(replications * years),
            held: list(replications),
            ending: list(replications * after),
            horizon: list(replications),
            end: list(replications),
        }
    }

    /// Adds the excess burden of the taxes that pay the net public cost.
    fn burden(&mut self, burden: f64) {
        if burden == 0.0 {
            return;
        }
        let Self { flows, held, ending, horizon, end, .. } = self;
        for lists in [flows, held, ending, horizon, end] {
            let [costs, _, payments, receipts, ..] = lists;
            for ((cost, paid), received) in costs.iter_mut().zip(payments).zip(receipts) {
                *cost += burden * (*paid - *received);
            }
        }
    }

    fn stream<'a>(&'a self, account: usize, replication: usize) -> Stream<'a> {
        let of = |list: &'a [f64], length: usize| &list[replication * length..][..length];
        Stream {
            years: of(&self.flows[account], self.years),
            held: self.held[account][replication],
            ending: of(&self.ending[account], self.after),
            horizon: self.horizon[account][replication],
            end: self.end[account][replication],
        }
    }
}

/// How an item is carried beyond the simulated years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beyond {
    /// It recurs: it is held after the horizon, as [`After`] says.
    Held,
    /// It is paid once, and is worth something at the end by the rule set.
    Asset,
    /// What the model says that such assets are worth at the horizon.
    AssetAtHorizon,
    /// A claim, worth at the end what it is worth at the horizon.
    Claim,
}

impl Beyond {
    const fn of(item: CashItem) -> Self {
        match (item, item.account()) {
            (CashItem::Construction | CashItem::Land, _) => Self::Asset,
            (CashItem::ResidualValue, _) => Self::AssetAtHorizon,
            (_, CashAccount::Residual) => Self::Claim,
            _ => Self::Held,
        }
    }
}

/// The share of what was paid for an asset in a year that is left at the end of the period.
///
/// # Formula
///
/// ```text
/// land 1; buildings max(0, 1 − (end − year)/life); nothing where the rule set says so
/// ```
fn left(rules: &Rules, item: CashItem, year: u16, end: u16) -> f64 {
    let (residual, age) = (&rules.residual, f64::from(end.saturating_sub(year)));
    match item {
        CashItem::Land if residual.land => 1.0,
        CashItem::Construction if residual.building_life > 0 => {
            (1.0 - age / f64::from(residual.building_life)).max(0.0)
        }
        _ => 0.0,
    }
}

/// What is read of the replications of a policy.
pub struct Reading<'r, 'a> {
    results: &'r Results<'a>,
    policy: usize,
    terms: &'r Terms,
    span: Span,
    after: After,
    items: Vec<Item>,
    sums: Vec<Vec<f64>>,
}

impl<'r, 'a> Reading<'r, 'a> {
    /// Begins to read a policy.
    #[must_use]
    pub fn new(results: &'r Results<'a>, policy: usize, terms: &'r Terms) -> Self {
        let items = present::items(results, policy);
        let sums = vec![vec![0.0; results.years().len()]; items.len()];
        let span = Span::of(results, policy, terms);
        let after = After::of(results, policy, span);
        Self { results, policy, terms, span, after, items, sums }
    }

    /// The years that are appraised.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// The simulated years.
    pub(super) fn years(&self) -> &[u16] {
        self.results.years()
    }

    /// Each item with its mean of every simulated year over the replications that were read, as booked.
    pub(super) fn means(&self) -> Vec<(&Item, Vec<f64>)> {
        let count = self.results.archive.replications().len().max(1) as f64;
        let mean = |sums: &Vec<f64>| sums.iter().map(|sum| sum / count).collect();
        self.items.iter().zip(self.sums.iter().map(mean)).collect()
    }

    /// Reads every replication in order, and passes its streams, in the order of accounts and of what is tested.
    ///
    /// # Errors
    ///
    /// Fails if a block cannot be read.
    pub fn each(
        &mut self,
        mut pass: impl FnMut([Stream<'_>; STREAMS.end]),
    ) -> Result<(), BlockError> {
        let years = self.results.years().len().max(1);
        let room = self.results.room();
        let chunks = self.items.chunks(room);
        let of = |items: &[Item]| present::Places::of(self.results, self.policy, items);
        let chunks: Vec<present::Places> = chunks.map(of).collect();
        for block in 0..self.results.archive.blocks() {
            let replications = self.results.archive.length(block);
            let after = self.span.after().len();
            let mut streams = BlockStreams::none(replications, years, after);
            for (first, places) in (0..).step_by(room).zip(&chunks) {
                let read = places.differences(self.results, block)?;
                for (place, difference) in (first..).zip(&read) {
                    if !difference.booked {
                        continue;
                    }
                    for (replication, flows) in difference.flows.chunks_exact(years).enumerate() {
                        for (sum, flow) in self.sums[place].iter_mut().zip(flows) {
                            *sum += flow;
                        }
                        self.book(place, replication, flows, &mut streams);
                    }
                }
            }
            streams.burden(self.terms.burden());
            for replication in 0..replications {
                pass(std::array::from_fn(|place| streams.stream(place, replication)));
            }
        }
        Ok(())
    }

    /// Adds the flows of one item in one replication to the accounts where it counts.
    fn book(&self, place: usize, replication: usize, flows: &[f64], to: &mut BlockStreams) {
        let (item, payer) = self.items[place];
        if item == CashItem::ExcessBurden {
            // It is reckoned anew, by the rule set's cost of public funds.
            return;
        }
        let sign = if is_paid(item) { 1.0 } else { -1.0 };
        let base = sign * self.terms.price_ratio;
        let raised = base * (1.0 + self.terms.uplift(item.name()));
        let counted = &self.counted(item, flows)[..];
        let beyond = Beyond::of(item);
        let last = counted.last().copied().unwrap_or_default();
        let of_accounts = Account::ALL.iter().map(|it| it.counts((item, payer)));
        let of_tested = Tested::ALL.iter().map(|it| it.has(item));
        for (account, counts) in of_accounts.chain(of_tested).enumerate() {
            if !counts {
                continue;
            }
            match beyond {
                Beyond::AssetAtHorizon => to.horizon[account][replication] += base * last,
                Beyond::Claim => {
                    to.horizon[account][replication] += base * last;
                    to.end[account][replication] += base * last;
                }
                Beyond::Held | Beyond::Asset => {
                    let from = replication * to.years;
                    for (sum, flow) in to.flows[account][from..].iter_mut().zip(counted) {
                        *sum += raised * flow;
                    }
                    if beyond != Beyond::Held {
                        continue;
                    }
                    let held = raised * self.after.held(counted);
                    match self.after.end(item) {
                        None => to.held[account][replication] += held,
                        Some(end) => {
                            let from = replication * to.after;
                            let ending = to.ending[account][from..].iter_mut();
                            for (sum, year) in ending.zip(self.span.after()) {
                                *sum += held * share_before(end, year);
                            }
                        }
                    }
                }
            }
        }
        if beyond == Beyond::Asset {
            let value = base * self.left(item, counted);
            to.end[Account::Benefits as usize][replication] += value;
            if payer.is_public() {
                to.end[Account::Receipts as usize][replication] += value;
            }
        }
    }

    /// The flows of the simulated years that count, of construction as it is stated.
    fn counted<'f>(&self, item: CashItem, flows: &'f [f64]) -> Cow<'f, [f64]> {
        let years = self.results.years();
        let count = years.iter().filter(|&&year| year <= self.span.last).count();
        let counted = &flows[..count.min(flows.len())];
        if item != CashItem::Construction {
            return Cow::Borrowed(counted);
        }
        let stated = |(flow, year): (&f64, &u16)| flow * self.terms.stated(item, *year);
        counted.iter().zip(years).map(stated).collect()
    }

    /// What is left at the end of the period of what was paid for assets.
    fn left(&self, item: CashItem, flows: &[f64]) -> f64 {
        let of = |(flow, year): (&f64, &u16)| {
            flow * left(self.terms.rules(), item, *year, self.span.end)
        };
        flows.iter().zip(self.results.years()).map(of).sum()
    }

    /// The flows of the means over all replications that were read, in the order of parts, years and
    /// items; those of nothing are left out.
    #[must_use]
    pub fn flows(&self) -> Vec<Flow> {
        let mut flows = Vec::new();
        for (&(item, payer), means) in self.means() {
            if item == CashItem::ExcessBurden {
                continue;
            }
            let means = &self.counted(item, &means)[..];
            let sign = if is_paid(item) { 1.0 } else { -1.0 };
            let won = |mean: f64| Won::of(sign * mean * self.terms.price_ratio);
            let uplift = self.terms.uplift(item.name());
            let flow = |part, year, item, base: Won| {
                let added = if item == CashItem::ResidualValue { 0.0 } else { uplift };
                Flow { part, year, item: (item, payer), base, added: base.times(added) }
            };
            let last = won(means.last().copied().unwrap_or_default());
            match Beyond::of(item) {
                Beyond::AssetAtHorizon => {
                    flows.push(flow(Part::ValueAtHorizon, self.span.last, item, last));
                }
                Beyond::Claim => {
                    flows.push(flow(Part::ValueAtHorizon, self.span.last, item, last));
                    flows.push(flow(Part::ValueAtEnd, self.span.end, item, last));
                }
                beyond @ (Beyond::Held | Beyond::Asset) => {
                    for (&mean, &year) in means.iter().zip(self.results.years()) {
                        flows.push(flow(Part::Simulated, year, item, won(mean)));
                    }
                    if beyond == Beyond::Held {
                        let held = self.after.held(means);
                        let end = self.after.end(item);
                        let of = |year| won(end.map_or(held, |end| held * share_before(end, year)));
                        let after = self.span.after();
                        flows.extend(
                            after.map(|year| flow(Part::AfterHorizon, year, item, of(year))),
                        );
                    } else {
                        let value = won(self.left(item, means));
                        let value =
                            flow(Part::ValueAtEnd, self.span.end, CashItem::ResidualValue, value);
                        add_value(&mut flows, value);
                    }
                }
            }
        }
        let closing = self.span.closing;
        let scopes = [Scope::Period, Scope::Simulated];
        flows.retain(|flow| {
            flow.base != Won::default() && scopes.iter().any(|scope| scope.has(flow.part, closing))
        });
        let burden = self.terms.burden();
        let order = |flow: &Flow| (flow.part, flow.year, flow.item);
        flows.sort_by_key(order);
        if burden != 0.0 {
            let years = flows.chunk_by(|a, b| (a.part, a.year) == (b.part, b.year));
            let private = self.results.payers.private();
            let of_years: Vec<Flow> =
                years.filter_map(|flows| excess_burden(flows, burden, private)).collect();
            flows.extend(of_years);
            flows.sort_by_key(order);
        }
        flows
    }
}

/// The excess burden of the taxes that pay the net public cost of one part and year.
fn excess_burden(flows: &[Flow], burden: f64, private: Payer) -> Option<Flow> {
    let sum = |account: Account| -> Won {
        flows.iter().filter(|flow| account.counts(flow.item)).map(Flow::amount).sum()
    };
    let base = (sum(Account::Payments) - sum(Account::Receipts)).times(burden);
    let item = (CashItem::ExcessBurden, private);
    let first = flows.first().filter(|_| base != Won::default())?;
    Some(Flow { part: first.part, year: first.year, item, base, added: Won::default() })
}

/// Adds what is left of an asset to what is left of the payer's others.
fn add_value(flows: &mut Vec<Flow>, value: Flow) {
    let same = |flow: &&mut Flow| flow.part == value.part && flow.item == value.item;
    match flows.iter_mut().find(same) {
        Some(flow) => flow.base = flow.base + value.base,
        None => flows.push(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transfers_count_on_neither_side_and_leave_the_net_value_alone() {
        for &item in CashItem::ALL {
            for payer in [Payer::new(0, true), Payer::new(1, false)] {
                let own = |total| present::weight(total, item, payer);
                let [costs, benefits, payments, _] =
                    Account::ALL.map(|it| it.counts((item, payer)));
                assert!(!(costs && benefits), "{}", item.name());
                // Costs stand positive in the ledger and benefits negative: both lower the net value by what is booked.
                let weight = -i8::from(costs || benefits);
                assert_eq!(weight, own("economic_net_present_value"), "{}", item.name());
                assert_eq!(payments, own("fiscal_cost") != 0, "{}", item.name());
            }
        }
    }
}

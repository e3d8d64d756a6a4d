//! Investment: rounds close, public money co-invests, firms list or are acquired (model, 6.5).

#![expect(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]

use std::ops::Range;

use crate::model::context::YearContext;
use crate::model::district::STAGE_LATER;
use crate::model::district::World;
use crate::model::district::firms::Firms;
use crate::model::district::firms::blocks;
use crate::model::district::note::Loss;
use crate::model::district::note::Round;
use crate::model::district::packed::Status;
use crate::model::district::packed::Tags;
use crate::model::ledger::cash::CashItem;
use crate::model::ledger::event::NONE;
use crate::model::returns::diminishing;
use crate::model::support::Support;
use crate::model::whole::whole;
use crate::policy::area::ByArea;
use crate::policy::levers::matching_fund::MOST_FUNDS;
use crate::policy::levers::matching_fund::MatchingFund;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::math;
use crate::random::math::SAFELY_BELOW_ONE;
use crate::random::slice;
use crate::random::slice::LoopBy;
use crate::random::slice::NormalMemory;
use crate::scenario::parameter::Parameters;

/// Growth counts for a round only within these bounds `[ln]`.
const GROWTH_COUNTS: f64 = 0.5;

/// A round that could close this year: kept in memory from year to year.
#[derive(Clone, Copy, Debug)]
struct Deal {
    day: u16,
    row: u32,
    /// Its draw is below the chance without an offer of public money.
    closes_alone: bool,
    /// Its draw, and the logit of its chance without an offer.
    draw: f64,
    logit: f64,
    /// The whole amount `[KRW m]`.
    amount: f64,
    /// What the fund pays `[KRW m]`.
    public: i64,
    /// The fund's place in the plan.
    fund: Option<u8>,
}

/// A listing or acquisition.
#[derive(Clone, Copy, Debug)]
struct Leaving {
    row: u32,
    day: u16,
    /// Bought, not listed.
    is_bought: bool,
}

/// Working memory of the phase.
#[derive(Clone, Debug, Default)]
pub struct Deals {
    list: Vec<Deal>,
    draws: Vec<f64>,
    /// Of each deal, in the order of the list.
    keys: Vec<Key>,
    days: Vec<f64>,
    amounts: Vec<f64>,
    /// Logits of rounds, then their chances, by row: alone, and with an offer of public money.
    alone: Vec<f64>,
    offered: Vec<f64>,
    logits: Vec<f64>,
    /// What a firm's age takes off the logit.
    by_age: Vec<f64>,
    /// Rows of firms that close a round, or would with an offer.
    rows: Vec<u32>,
    /// Firms that exit, in the order of rows.
    leaving: Vec<Leaving>,
    normal: NormalMemory,
}

/// Handles the rounds and exits of the year.
#[inline(never)]
pub fn run(world: &mut World, context: &YearContext<'_>, support: &Support, deals: &mut Deals) {
    find_exits(context, world.district().startups(), deals);
    find_deals(world, context, support, deals);
    let budgets = co_invest(world, context, deals);
    close(world, context, deals);
    exits(world, context, budgets, deals);
}

/// The logits of the chances of rounds without an offer of public money, by row.
///
/// # Formula
///
/// ```text
/// a_s + b_z z + b_grow·growth + b_in·tenant + b_clim ln m_t − b_age·age
/// ```
fn logits(
    context: &YearContext<'_>,
    startups: &Firms,
    rows: Range<usize>,
    support: &Support,
    by_age: &mut Vec<f64>,
    logits: &mut Vec<f64>,
) {
    let theta = context.theta;
    let off = |age: i32| theta.round_age * f64::from(age.max(0));
    startups.by_age(rows.clone(), context.year, by_age, off);
    logits.resize(rows.len(), 0.0);
    slice::run_by(
        context.width(),
        Logits {
            quality: &startups.quality()[rows.clone()],
            growth: &startups.growth()[rows.clone()],
            tags: &startups.tags()[rows.clone()],
            services: support.services.of(rows.clone()),
            support: support.round.of(rows),
            by_age,
            bases: [
                theta.round_base_seed,
                theta.round_base_a,
                theta.round_base_b,
                theta.round_base_c,
                theta.round_base_later,
            ],
            patents: context.in_force.map(|area| theta.round_patent * area.priority_examination),
            by_quality: theta.round_quality,
            by_growth: theta.round_growth,
            by_services: theta.round_tenant,
            climate: theta.round_climate * context.chance.log_climate(context.year),
            out: logits,
        },
    );
}

struct Logits<'a> {
    quality: &'a [f64],
    growth: &'a [f64],
    tags: &'a [Tags],
    services: &'a [f64],
    support: &'a [f64],
    by_age: &'a [f64],
    bases: [f64; 5],
    patents: ByArea<f64>,
    by_quality: f64,
    by_growth: f64,
    by_services: f64,
    climate: f64,
    out: &'a mut [f64],
}

impl LoopBy for Logits<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn run<const N: usize>(self) {
        let rows = self.out.len();
        let (quality, growth, tags) =
            (&self.quality[..rows], &self.growth[..rows], &self.tags[..rows]);
        let (services, support) = (&self.services[..rows], &self.support[..rows]);
        let by_age = &self.by_age[..rows];
        for row in 0..rows {
            self.out[row] = tags[row].stage_choice(&self.bases)
                + self.by_quality * quality[row]
                + self.by_growth * growth[row].clamp(-GROWTH_COUNTS, GROWTH_COUNTS)
                + self.by_services * services[row]
                + tags[row].area_choice::<N>(&self.patents)
                + self.climate
                + support[row]
                - by_age[row];
        }
    }
}

fn find_deals(world: &World, context: &YearContext<'_>, support: &Support, deals: &mut Deals) {
    let startups = world.district().startups();
    deals.list.clear();
    for rows in blocks(startups.len()) {
        find_deals_among(context, startups, rows, support, deals);
    }
    let theta = context.theta;
    let medians = [
        theta.round_median_seed,
        theta.round_median_a,
        theta.round_median_b,
        theta.round_median_c,
        theta.round_median_later,
    ];
    let Deals { list, keys, amounts, days, normal, leaving, .. } = deals;
    keys.clear();
    keys.extend(list.iter().map(|deal| startups.key()[deal.row as usize]));
    slice::uniforms(keys, context.year, Purpose::RoundDay, days);
    for (deal, &day) in list.iter_mut().zip(&*days) {
        deal.day = distribution::days(day);
    }
    // No round closes before a firm is founded, nor after it has been listed or bought.
    let closes = |deal: &Deal| {
        let exit = leaving.binary_search_by_key(&deal.row, |firm| firm.row);
        context.has_begun(startups, deal.row as usize, deal.day)
            && exit.ok().is_none_or(|place| deal.day <= leaving[place].day)
    };
    list.retain(closes);
    keys.clear();
    keys.extend(list.iter().map(|deal| startups.key()[deal.row as usize]));
    slice::uniforms(keys, context.year, Purpose::RoundAmount, amounts);
    slice::normal(amounts, normal);
    for amount in amounts.iter_mut() {
        *amount *= theta.round_spread;
    }
    slice::exp(amounts);
    for (deal, factor) in list.iter_mut().zip(amounts) {
        let stage = usize::from(startups.tags()[deal.row as usize].stage().min(4));
        deal.amount = medians[stage] * *factor;
    }
}

/// Finds the rounds among some startups, without their days and amounts.
fn find_deals_among(
    context: &YearContext<'_>,
    startups: &Firms,
    block: Range<usize>,
    support: &Support,
    deals: &mut Deals,
) {
    let Deals { list, draws, alone, offered, logits: kept, rows, by_age, .. } = deals;
    let keys = &startups.key()[block.clone()];
    slice::uniforms(keys, context.year, Purpose::Round, draws);
    logits(context, startups, block.clone(), support, by_age, alone);
    offered.clear();
    let funds = !context.case.plan.funds.is_empty();
    if funds {
        // Who would not close with the largest offer of all closes with none.
        let largest = context.case.plan.funds.iter().map(|lever| lever.share).fold(0.0, f64::max);
        let most = offer_effect(context.theta, largest);
        kept.clone_from(alone);
        offered.extend(alone.iter().map(|logit| logit + most));
        slice::logistic(offered);
    }
    slice::logistic(alone);
    // A listed firm raises on the exchange; an acquired one is paid by its buyer.
    let tags = &startups.tags()[block.clone()];
    let (draws, alone) = (&draws[..tags.len()], &alone[..tags.len()]);
    let independent = |row: usize| tags[row].status() == Status::Independent;
    if funds {
        let offered = &offered[..tags.len()];
        let closes = |row: usize| (draws[row] < alone[row]) | (draws[row] < offered[row]);
        slice::choose(tags.len(), rows, |row| closes(row) & independent(row));
    } else {
        slice::choose(tags.len(), rows, |row| (draws[row] < alone[row]) & independent(row));
    }
    list.extend(rows.iter().map(|&row| {
        let place = row as usize;
        let (draw, closes_alone) = (draws[place], draws[place] < alone[place]);
        let logit = if funds { kept[place] } else { 0.0 };
        let row = block.start as u32 + row;
        Deal { day: 0, row, closes_alone, draw, logit, amount: 0.0, public: 0, fund: None }
    }));
}

/// What the offer of a share of a round adds to the logit of its chance.
///
/// # Formula
///
/// ```text
/// b_fund f(share),  f concave, f(0) = 0, f(reference share) = 1
/// ```
fn offer_effect(theta: &Parameters, share: f64) -> f64 {
    theta.round_fund * diminishing(share, theta.round_fund_share, theta.round_fund_saturation)
}

/// Funds offer money in date order while the year's budget lasts; an offer closes rounds that
/// would not close alone, and the fund pays its share inside the round. What is offered counts: the
/// last money of a year raises the chance of a round by what it is of that round.
fn co_invest(world: &World, context: &YearContext<'_>, deals: &mut Deals) -> [i64; MOST_FUNDS] {
    let startups = world.district().startups();
    let mut left = [0; MOST_FUNDS];
    let funds = &context.case.plan.funds;
    for (index, lever) in funds.iter().take(MOST_FUNDS).enumerate() {
        let share = lever.common.share_of_year(lever.common.from, context.year);
        // In a placebo the fund offers nothing: its money would displace private money.
        if share > 0.0 && context.case.effect(lever.common.slot) > 0.0 {
            left[index] = whole(lever.budget * share) + world.district().recycled()[index];
        }
    }
    // Without a fund every round of the list closes alone.
    if funds.is_empty() {
        return left;
    }
    deals.list.sort_unstable_by_key(|deal| (deal.day, startups.id()[deal.row as usize]));
    deals.list.retain_mut(|deal| {
        let row = deal.row as usize;
        for (index, lever) in funds.iter().take(MOST_FUNDS).enumerate() {
            if left[index] <= 0 || !in_reach(context, lever, startups, row, deal.day) {
                continue;
            }
            let public = whole(lever.share * deal.amount).min(left[index]);
            if public <= 0 {
                continue;
            }
            // Rounding must not lift a share above the lever's.
            let share = (public as f64 / deal.amount).min(lever.share);
            let logit = deal.logit + offer_effect(context.theta, share);
            if deal.closes_alone || deal.draw < chance(logit) {
                deal.fund = u8::try_from(index).ok();
                deal.public = public;
                left[index] -= public;
                return true;
            }
        }
        deal.closes_alone
    });
    left
}

/// The chance of a logit.
fn chance(logit: f64) -> f64 {
    1.0 / (1.0 + math::exp(-logit))
}

fn in_reach(
    context: &YearContext<'_>,
    lever: &MatchingFund,
    startups: &Firms,
    row: usize,
    day: u16,
) -> bool {
    lever.stages[usize::from(startups.tags()[row].stage().min(STAGE_LATER - 1))]
        && (lever.whole_city || startups.tags()[row].in_district())
        && lever.common.runs_on(context.date(day))
}

/// What is invested of the private demand: smooth rationing.
///
/// # Formula
///
/// ```text
/// I = (D^(−κ) + K^(−κ))^(−1/κ)
/// ```
#[must_use]
pub fn invested(demand: f64, supply: f64, exponent: f64) -> f64 {
    if demand <= 0.0 || supply <= 0.0 {
        return 0.0;
    }
    // An unlimited supply rations nobody.
    if supply.is_infinite() {
        return demand;
    }
    let (small, large) = if demand < supply { (demand, supply) } else { (supply, demand) };
    let ratio = math::exp(exponent * math::ln(small / large));
    small * math::exp(-math::ln(1.0 + ratio) / exponent)
}

/// Private capital offered in a year `[KRW m]`.
fn supply(context: &YearContext<'_>) -> f64 {
    let theta = context.theta;
    let reference = context.setup.reference_year;
    let until = context.setup.capital_early_until.max(reference);
    let early = context.year.min(until);
    let early_years = f64::from(early) - f64::from(reference.min(early));
    let late_years = f64::from(context.year.max(until) - until);
    let trend = early_years * math::ln(1.0 + theta.capital_growth_early)
        + late_years * math::ln(1.0 + theta.capital_growth_late);
    theta.capital_supply * math::exp(context.chance.log_climate(context.year) + trend)
}

fn close(world: &mut World, context: &YearContext<'_>, deals: &Deals) {
    let wanted = |deal: &Deal| (whole(deal.amount) - deal.public).max(0);
    let demand: i64 = deals.list.iter().map(wanted).sum();
    let demand = demand as f64;
    let supply = supply(context);
    let rate = if demand > 0.0 {
        invested(demand, supply, context.theta.capital_rationing) / demand
    } else {
        0.0
    };
    for deal in &deals.list {
        let lever = deal.fund.and_then(|index| context.case.plan.funds.get(usize::from(index)));
        let fund = lever.map_or(NONE, |lever| lever.common.slot);
        let round = Round {
            private: whole(wanted(deal) as f64 * rate),
            public: deal.public,
            wanted: wanted(deal),
            fund,
        };
        world.close_round(deal.row as usize, deal.day, context.year, &round);
        if let Some(lever) = lever {
            let (payer, paid) = (lever.common.payer, deal.public);
            world.ledger_mut().book_cash(deal.day, fund, CashItem::FundPayments, payer, paid);
        }
    }
}

/// Listings and acquisitions; the fund's stake is paid out at its multiple.
fn exits(world: &mut World, context: &YearContext<'_>, left: [i64; MOST_FUNDS], deals: &Deals) {
    let (year, theta) = (context.year, context.theta);
    let mut proceeds = [0_i64; MOST_FUNDS];
    for &Leaving { row, day, is_bought } in &deals.leaving {
        let row = row as usize;
        let startups = world.district().startups();
        let key = startups.key()[row];
        let (stake, fund) = (startups.extra(row).fund_stake, startups.tags()[row].fund());
        let loss = is_bought.then(|| {
            let keep = |people: i32, purpose| {
                let kept = theta.acquired_jobs_kept * f64::from(people);
                let kept = distribution::whole(kept, key.uniform(year, purpose));
                people - i32::try_from(kept).unwrap_or(people).min(people)
            };
            let specialists = keep(startups.staff()[row].specialists, Purpose::AcquiredSpecialists);
            // One person at least stays in place.
            let others = keep(startups.staff()[row].others, Purpose::AcquiredOthers)
                .min(startups.staff()[row].others - i32::from(startups.staff()[row].others > 0));
            Loss { specialists, others }
        });
        world.exit(row, day, loss);
        let index = context.case.plan.funds.iter().position(|lever| lever.common.slot == fund);
        if let Some(index) = index.filter(|&index| index < MOST_FUNDS && stake > 0) {
            let lever = &context.case.plan.funds[index];
            let value = whole(stake as f64 * theta.fund_multiple);
            let payer = lever.common.payer;
            world.ledger_mut().book_cash(day, fund, CashItem::FundProceeds, payer, -value);
            proceeds[index] += whole(lever.recycling * value as f64);
        }
    }
    // What is left of a year's own budget falls back; recycled money stays with the fund.
    let recycled = world.district().recycled();
    let kept = std::array::from_fn(|index| proceeds[index] + left[index].min(recycled[index]));
    world.recycle(kept);
}

/// The hazards of being listed and of being bought `[1/year]`, which rise with size.
#[inline]
fn hazards(theta: &Parameters, startups: &Firms, row: usize) -> [f64; 2] {
    let size = (f64::from(startups.headcount(row)) / theta.exit_size_reference).min(1.0);
    let lists = if startups.tags()[row].stage() >= 4 { theta.listing_rate * size } else { 0.0 };
    [lists, theta.acquisition_rate * size]
}

/// What a fund's stake in a startup is worth `[KRW m]`: its proceeds at the hazards of today, of which
/// those of failure are those of the firm's age and sector, discounted.
///
/// # Formula
///
/// ```text
/// stake × multiple × h / (h + failure + discount rate),  h the hazard of being listed or bought
/// ```
///
/// # Source
///
/// Expected present value of a payment at the first event of constant competing hazards.
#[must_use]
pub fn stake_value(context: &YearContext<'_>, startups: &Firms, row: usize) -> f64 {
    let (theta, terms) = (context.theta, context.chance.terms(context.year));
    let leaves: f64 = hazards(theta, startups, row).iter().sum();
    if leaves <= 0.0 {
        return 0.0;
    }
    let sector = theta.exit[startups.tags()[row].sector().index()];
    let fails = terms.exit_age(context.age(startups, row)) * sector;
    let proceeds = startups.extra(row).fund_stake as f64 * theta.fund_multiple;
    proceeds * leaves / (leaves + fails + theta.discount_rate)
}

/// Independent firms that are listed or bought this year, by stage on 1 January and size. They have
/// closed a round in an earlier year, so they were there on 1 January.
fn find_exits(context: &YearContext<'_>, startups: &Firms, deals: &mut Deals) {
    let theta = context.theta;
    let Deals { rows, leaving, draws, offered, .. } = deals;
    leaving.clear();
    if theta.listing_rate <= 0.0 && theta.acquisition_rate <= 0.0 {
        return;
    }
    let (listing, acquisition) = (draws, offered);
    for block in blocks(startups.len()) {
        let keys = &startups.key()[block.clone()];
        slice::uniforms(keys, context.year, Purpose::Listing, listing);
        slice::uniforms(keys, context.year, Purpose::Acquisition, acquisition);
        let first = block.start;
        let tags = &startups.tags()[block];
        let (listing, acquisition) = (&listing[..tags.len()], &acquisition[..tags.len()]);
        // As −ln(1 − u) ≥ u, most clocks are seen not to ring without a logarithm.
        slice::choose(tags.len(), rows, |row| {
            let [lists, is_bought] = hazards(theta, startups, first + row);
            let rings = (listing[row] * SAFELY_BELOW_ONE < lists)
                | (acquisition[row] * SAFELY_BELOW_ONE < is_bought);
            rings & (tags[row].status() == Status::Independent) & (tags[row].stage() != 0)
        });
        leaving.extend(rows.iter().filter_map(|&row| {
            let place = row as usize;
            let [lists, is_bought] = hazards(theta, startups, first + place);
            // Two hazards with a clock each: the one that rings first counts.
            let listing = clock(listing[place], lists);
            let acquisition = clock(acquisition[place], is_bought);
            let rings = listing.min(acquisition);
            (rings < 1.0).then(|| Leaving {
                row: first as u32 + row,
                day: distribution::days(rings),
                is_bought: acquisition < listing,
            })
        }));
    }
}

/// When within the year a hazard rings: below 1 it does.
fn clock(uniform: f64, hazard: f64) -> f64 {
    if hazard <= 0.0 { f64::INFINITY } else { distribution::exponential(uniform) / hazard }
}

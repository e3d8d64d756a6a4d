//! Firms of two worlds side by side: what of a policy's effect is additional (model, 7.1).

mod side;
mod terms;

use std::cmp::Ordering;

pub use side::Side;
pub use side::Snapshot;
pub use terms::TwinTerms;

use crate::analysis::served::Accounts;
use crate::analysis::twin::side::FirmRow;
use crate::analysis::twin::side::Living;
use crate::analysis::twin::side::Plain;
use crate::analysis::twin::terms::Amounts;
use crate::model::district::Gone;
use crate::model::id::FirmId;
use crate::model::id::Origin;
use crate::model::ledger::event::NONE;

/// The accounts of one policy against the baseline in one replication and year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct YearOfTwins {
    /// Of jobs `[persons]`.
    pub jobs: TwinTerms,
    /// Of money raised since the start `[KRW m]`.
    pub investment: TwinTerms,
    /// Rounds that a fund of those compared joined this year.
    pub fund_rounds: i64,
    /// Of these, rounds of firms that close one in the baseline this year as well.
    pub fund_rounds_anyway: i64,
}

/// An account that does not balance: a mistake in the program, never of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the additionality accounts of {year} do not balance at firm {firm}")]
pub struct Unbalanced {
    /// The year.
    pub year: u16,
    /// The first firm at which they do not.
    pub firm: FirmId,
}

/// The two worlds of one policy on their way through the years.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// The terms of firms that are gone in both worlds: nothing changes them any more.
    settled: YearOfTwins,
    /// Firms gone in one world that are not in the other, in the order of their names.
    gone: [Vec<FirmRow>; 2],
    /// Firms of either world that the other has not in the same list this year.
    alone: [Vec<FirmRow>; 2],
    /// Working memory.
    merged: [Vec<FirmRow>; 2],
}

impl Comparison {
    /// Begins with two worlds that have been one so far, with these firms gone.
    pub fn begin(&mut self, accounts: Accounts, past: &[Gone]) {
        self.gone.iter_mut().for_each(Vec::clear);
        let mut walk = Walk::new(accounts, 0, YearOfTwins::default());
        for row in past.iter().map(FirmRow::of_gone) {
            walk.add_terms(Some(&row), Some(&row));
        }
        self.settled = walk.twins;
    }

    /// Walks the firms of both worlds side by side and draws up the accounts of a year; years
    /// follow one another.
    ///
    /// # Errors
    ///
    /// Fails when an identity does not hold, naming the firm.
    pub fn year(
        &mut self,
        policy: &Side<'_>,
        baseline: &Side<'_>,
        accounts: Accounts,
        year: u16,
    ) -> Result<YearOfTwins, Unbalanced> {
        let swapped = matches!(accounts, Accounts::Swapped(_));
        let [world, other] = if swapped { [baseline, policy] } else { [policy, baseline] };
        self.settle([world.gone, other.gone], accounts, year)?;
        let mut walk = Walk::new(accounts, year, self.settled);
        for (alone, gone) in self.alone.iter_mut().zip(&self.gone) {
            alone.clear();
            alone.extend_from_slice(gone);
        }
        for (rows, others) in world.living.iter().zip(&other.living) {
            walk.side_by_side(rows, others, &mut self.alone)?;
        }
        // A firm may live in one world and be gone in the other, or be in one of them only.
        for alone in &mut self.alone {
            // A few runs in order, which a stable sort merges.
            alone.sort_by_key(|row| row.id);
        }
        let [here, there] = &self.alone;
        merge(here, there, |a, b| walk.add(a, b))?;
        let mut twins = walk.twins;
        if swapped {
            twins.jobs = twins.jobs.negated();
            twins.investment = twins.investment.negated();
        }
        Ok(twins)
    }

    /// Takes in the firms gone this year; those gone in both worlds by now are settled.
    fn settle(
        &mut self,
        gone: [&[Gone]; 2],
        accounts: Accounts,
        year: u16,
    ) -> Result<(), Unbalanced> {
        let mut walk = Walk::new(accounts, year, self.settled);
        for ((merged, before), gone) in self.merged.iter_mut().zip(&mut self.gone).zip(gone) {
            merged.clear();
            merged.append(before);
            merged.extend(gone.iter().map(FirmRow::of_gone));
            merged.sort_unstable_by_key(|row| row.id);
        }
        let [here, there] = &self.merged;
        let [left, missing] = &mut self.gone;
        merge(here, there, |a, b| {
            match (a, b) {
                (Some(_), Some(_)) => walk.add(a, b)?,
                (Some(a), None) => left.push(*a),
                (None, Some(b)) => missing.push(*b),
                (None, None) => {}
            }
            Ok(())
        })?;
        self.settled = walk.twins;
        Ok(())
    }
}

/// Goes through two lists in the order of names: firms of both together, others alone.
fn merge<'a>(
    mut here: &'a [FirmRow],
    mut there: &'a [FirmRow],
    mut see: impl FnMut(Option<&'a FirmRow>, Option<&'a FirmRow>) -> Result<(), Unbalanced>,
) -> Result<(), Unbalanced> {
    loop {
        let (a, b) = match (here.first(), there.first()) {
            (Some(a), Some(b)) if a.id == b.id => (Some(a), Some(b)),
            (Some(a), Some(b)) if a.id < b.id => (Some(a), None),
            (Some(a), None) => (Some(a), None),
            (_, Some(b)) => (None, Some(b)),
            (None, None) => return Ok(()),
        };
        here = &here[usize::from(a.is_some())..];
        there = &there[usize::from(b.is_some())..];
        see(a, b)?;
    }
}

struct Walk {
    twins: YearOfTwins,
    /// Levers that make a firm of this world served.
    mask: u64,
    /// Levers that make a firm of the other world served.
    other_mask: u64,
    year: u16,
}

impl Walk {
    fn new(accounts: Accounts, year: u16, twins: YearOfTwins) -> Self {
        let (mask, other_mask) = match accounts {
            Accounts::Swapped(mask) | Accounts::Added(mask) => (mask, 0),
            Accounts::Either(mask) => (mask, mask),
            Accounts::NetsOnly => (0, 0),
        };
        Self { twins, mask, other_mask, year }
    }

    /// Walks two lists in order; firms in one of them only are left for later.
    fn side_by_side(
        &mut self,
        rows: &Living<'_>,
        others: &Living<'_>,
        [unmatched, missing]: &mut [Vec<FirmRow>; 2],
    ) -> Result<(), Unbalanced> {
        let (mut here, mut there) = (0, 0);
        let (length, other_length) = (rows.length(), others.length());
        while here < length && there < other_length {
            match rows.id(here).cmp(&others.id(there)) {
                Ordering::Equal => {
                    let (a, b) = (rows.plain(here), others.plain(there));
                    let served = a.served & self.mask | b.served & self.other_mask;
                    // Most firms nobody serves and no fund joined.
                    if served == 0 && !a.co_invested {
                        self.add_plain(a, b);
                    } else {
                        self.add(Some(&rows.row(here)), Some(&others.row(there)))?;
                    }
                    here += 1;
                    there += 1;
                }
                Ordering::Less => {
                    unmatched.push(rows.row(here));
                    here += 1;
                }
                Ordering::Greater => {
                    missing.push(others.row(there));
                    there += 1;
                }
            }
        }
        unmatched.extend((here..length).map(|row| rows.row(row)));
        missing.extend((there..other_length).map(|row| others.row(row)));
        Ok(())
    }

    /// Adds a firm of both worlds that nobody serves: what [`Self::add`] comes to.
    #[inline]
    fn add_plain(&mut self, a: Plain, b: Plain) {
        let districts = (i64::from(a.in_district), i64::from(b.in_district));
        self.twins.jobs.add_plain(i64::from(a.jobs), i64::from(b.jobs), districts);
        self.twins.investment.add_plain(a.raised, b.raised, districts);
    }

    /// Adds one firm as it is here, and as it is in the other world.
    fn add(&mut self, a: Option<&FirmRow>, b: Option<&FirmRow>) -> Result<(), Unbalanced> {
        self.add_terms(a, b);
        let twins = &self.twins;
        if twins.jobs.balance() && twins.investment.balance() {
            return Ok(());
        }
        let nobody = FirmId::new(0, Origin::Initial, 0, 0);
        Err(Unbalanced { year: self.year, firm: a.or(b).map_or(nobody, |row| row.id) })
    }

    fn add_terms(&mut self, a: Option<&FirmRow>, b: Option<&FirmRow>) {
        let served = a.is_some_and(|row| row.served & self.mask != 0)
            || b.is_some_and(|row| row.served & self.other_mask != 0);
        let amounts = |row: Option<&FirmRow>, read: fn(&FirmRow) -> i64| {
            row.map_or(Amounts::default(), |row| Amounts::of(read(row), row.in_district))
        };
        let twins = &mut self.twins;
        let jobs = |row: &FirmRow| i64::from(row.jobs);
        twins.jobs.add(served, amounts(a, jobs), amounts(b, jobs));
        twins.investment.add(served, amounts(a, |row| row.raised), amounts(b, |row| row.raised));
        // A fund that both policies have alike is none of the difference.
        let of_compared =
            |row: &FirmRow| row.co_invested != NONE && self.mask >> row.co_invested & 1 == 1;
        if a.is_some_and(of_compared) {
            twins.fund_rounds += 1;
            twins.fund_rounds_anyway += i64::from(b.is_some_and(|row| row.round));
        }
    }
}

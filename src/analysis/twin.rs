//! Firms of two worlds side by side: what of a policy's effect is additional (model, 7.1).

use std::cmp::Ordering;

use crate::analysis::served::Accounts;
use crate::model::district::District;
use crate::model::district::Gone;
use crate::model::district::firms::Account;
use crate::model::district::firms::Firms;
use crate::model::district::firms::Staff;
use crate::model::district::packed::Dates;
use crate::model::district::packed::Tags;
use crate::model::id::FirmId;
use crate::model::id::Origin;
use crate::model::ledger::event::NONE;
use crate::policy::plan::LeverSlot;

/// One firm in one year of one world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Row {
    /// Its name.
    id: FirmId,
    /// Money raised since the start [KRW m].
    raised: i64,
    /// The levers that have served it, a bit each by slot.
    served: u64,
    /// Headcount; 0 where the firm is no more [persons].
    jobs: i32,
    /// Whether it is in the district, or was last.
    in_district: bool,
    /// Whether it closed a round this year.
    round: bool,
    /// The fund that joined it, by slot, or `NONE`.
    co_invested: LeverSlot,
}

/// Startups or institutes of one world, in the order of their names.
#[derive(Clone, Copy, Debug)]
struct Living<'a> {
    id: &'a [FirmId],
    staff: &'a [Staff],
    tags: &'a [Tags],
    dates: &'a [Dates],
    account: &'a [Account],
    year: u16,
}

/// All firms of one world at the end of one year, where they lie: startups, institutes and those
/// gone, each in the order of their names.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    living: [Living<'a>; 2],
    gone: &'a [Gone],
}

impl<'a> Side<'a> {
    /// The firms of a world as it is.
    #[must_use]
    pub fn of(district: &'a District, year: u16) -> Self {
        let living = |firms: &'a Firms| Living {
            id: firms.id(),
            staff: firms.staff(),
            tags: firms.tags(),
            dates: firms.dates(),
            account: firms.account(),
            year,
        };
        let living = [living(district.startups()), living(district.institutes())];
        Self { living, gone: district.gone() }
    }
}

/// A copy of what [`Side`] shows, kept while the world goes on.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    living: [Columns; 2],
    gone: Vec<Gone>,
    year: u16,
}

#[derive(Clone, Debug, Default)]
struct Columns {
    id: Vec<FirmId>,
    staff: Vec<Staff>,
    tags: Vec<Tags>,
    dates: Vec<Dates>,
    account: Vec<Account>,
}

impl Columns {
    fn of(&self, year: u16) -> Living<'_> {
        Living {
            id: &self.id,
            staff: &self.staff,
            tags: &self.tags,
            dates: &self.dates,
            account: &self.account,
            year,
        }
    }
}

impl Snapshot {
    /// Takes the firms of a world, living and gone, keeping the memory of an earlier year.
    pub fn take(&mut self, side: &Side<'_>) {
        for (columns, living) in self.living.iter_mut().zip(&side.living) {
            copy(&mut columns.id, living.id);
            copy(&mut columns.staff, living.staff);
            copy(&mut columns.tags, living.tags);
            copy(&mut columns.dates, living.dates);
            copy(&mut columns.account, living.account);
            self.year = living.year;
        }
        copy(&mut self.gone, side.gone);
    }

    /// The firms as they were.
    #[must_use]
    pub fn side(&self) -> Side<'_> {
        Side {
            living: self.living.each_ref().map(|columns| columns.of(self.year)),
            gone: &self.gone,
        }
    }
}

fn copy<T: Copy>(to: &mut Vec<T>, from: &[T]) {
    to.clear();
    to.extend_from_slice(from);
}

/// A list of firms in the order of their names.
trait List {
    fn length(&self) -> usize;
    fn id(&self, row: usize) -> FirmId;
    fn row(&self, row: usize) -> Row;
    fn plain(&self, row: usize) -> Plain;
}

/// What the accounts need of a firm that nobody serves, and to see that nobody does.
#[derive(Clone, Copy, Debug)]
struct Plain {
    served: u64,
    raised: i64,
    jobs: i32,
    in_district: bool,
    /// Whether a fund joined it this year.
    co_invested: bool,
}

impl List for Living<'_> {
    #[inline]
    fn plain(&self, row: usize) -> Plain {
        let account = &self.account[row];
        Plain {
            served: account.served,
            raised: account.raised,
            jobs: self.staff[row].headcount(),
            in_district: self.tags[row].in_district(),
            co_invested: self.dates[row].co_invested() == self.year,
        }
    }

    #[inline]
    fn length(&self) -> usize {
        self.id.len()
    }

    #[inline]
    fn id(&self, row: usize) -> FirmId {
        self.id[row]
    }

    #[inline]
    fn row(&self, row: usize) -> Row {
        let (tags, dates, account) = (self.tags[row], self.dates[row], &self.account[row]);
        Row {
            id: self.id[row],
            raised: account.raised,
            served: account.served,
            jobs: self.staff[row].headcount(),
            in_district: tags.in_district(),
            round: dates.last_round() == self.year,
            co_invested: if dates.co_invested() == self.year { tags.fund() } else { NONE },
        }
    }
}

impl List for &[Gone] {
    #[inline]
    fn plain(&self, row: usize) -> Plain {
        let Gone { served, raised, in_district, .. } = self[row];
        Plain { served, raised, jobs: 0, in_district, co_invested: false }
    }

    #[inline]
    fn length(&self) -> usize {
        self.len()
    }

    #[inline]
    fn id(&self, row: usize) -> FirmId {
        self[row].id
    }

    #[inline]
    fn row(&self, row: usize) -> Row {
        let gone = &self[row];
        Row {
            id: gone.id,
            raised: gone.raised,
            served: gone.served,
            jobs: 0,
            in_district: gone.in_district,
            round: false,
            co_invested: NONE,
        }
    }
}

/// The terms of one measure in one replication and year, whole numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// At served firms in the district.
    pub gross: i64,
    /// Of it, there anyway.
    pub deadweight: i64,
    /// Of it, elsewhere in the city otherwise.
    pub relocated: i64,
    /// Of it, nowhere in the city otherwise.
    pub created: i64,
    /// At served firms that now sit elsewhere, more than they would have.
    pub created_outside: i64,
    /// Fewer at served firms than they would have.
    pub lost: i64,
    /// More at firms not served.
    pub spillover: i64,
    /// Fewer at firms not served.
    pub displaced: i64,
    /// Sum over all firms of the city of the difference.
    pub net_city: i64,
    /// The same for the district.
    pub net_district: i64,
}

impl Terms {
    /// created + created outside − lost.
    #[must_use]
    pub const fn effect_on_served(&self) -> i64 {
        self.created + self.created_outside - self.lost
    }

    /// spillover − displaced.
    #[must_use]
    pub const fn effect_through_markets(&self) -> i64 {
        self.spillover - self.displaced
    }

    /// The same seen from the other world.
    const fn negated(self) -> Self {
        Self {
            gross: -self.gross,
            deadweight: -self.deadweight,
            relocated: -self.relocated,
            created: -self.created,
            created_outside: -self.created_outside,
            lost: -self.lost,
            spillover: -self.spillover,
            displaced: -self.displaced,
            net_city: -self.net_city,
            net_district: -self.net_district,
        }
    }

    fn add(&mut self, served: bool, there: Amounts, otherwise: Amounts) {
        let (a, b) = (there.district, there.elsewhere);
        let (c, d) = (otherwise.district, otherwise.elsewhere);
        let without = c + d;
        if served {
            self.gross += a;
            self.deadweight += a.min(c);
            self.relocated += a.min(d);
            self.created += a - a.min(without);
            self.created_outside += (b - without).max(0);
            self.lost += (without - (a + b)).max(0);
        } else {
            self.spillover += (a + b - without).max(0);
            self.displaced += (without - (a + b)).max(0);
        }
        self.net_city += a + b - without;
        self.net_district += a - c;
    }

    /// Adds a firm that nobody serves: `here` and `there` in each world, and whether these are in
    /// the district, 1 or 0.
    #[inline]
    fn add_plain(&mut self, here: i64, there: i64, districts: (i64, i64)) {
        let more = here - there;
        self.spillover += more.max(0);
        self.displaced += (-more).max(0);
        self.net_city += more;
        self.net_district += here * districts.0 - there * districts.1;
    }

    /// Whether both identities hold.
    #[must_use]
    pub const fn balance(&self) -> bool {
        self.gross == self.deadweight + self.relocated + self.created
            && self.net_city == self.effect_on_served() + self.effect_through_markets()
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Amounts {
    district: i64,
    elsewhere: i64,
}

impl Amounts {
    const fn of(amount: i64, in_district: bool) -> Self {
        if in_district {
            Self { district: amount, elsewhere: 0 }
        } else {
            Self { district: 0, elsewhere: amount }
        }
    }
}

/// The accounts of one policy against the baseline in one replication and year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct YearOfTwins {
    /// Of jobs [persons].
    pub jobs: Terms,
    /// Of money raised since the start [KRW m].
    pub investment: Terms,
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

/// Working memory of [`compare`]: firms of either world that the other has not in the same list.
#[derive(Clone, Debug, Default)]
pub struct Alone {
    here: Vec<Row>,
    there: Vec<Row>,
}

/// Walks the firms of both worlds side by side and draws up the accounts.
///
/// # Errors
///
/// Fails when an identity does not hold, naming the firm.
pub fn compare(
    policy: &Side<'_>,
    baseline: &Side<'_>,
    accounts: Accounts,
    year: u16,
    alone: &mut Alone,
) -> Result<YearOfTwins, Unbalanced> {
    let (world, other, mask) = match accounts {
        Accounts::Swapped(mask) => (baseline, policy, mask),
        Accounts::Added(mask) | Accounts::Either(mask) => (policy, baseline, mask),
        Accounts::NetsOnly => (policy, baseline, 0),
    };
    let other_mask = if matches!(accounts, Accounts::Either(_)) { mask } else { 0 };
    let mut walk = Walk { twins: YearOfTwins::default(), mask, other_mask, year };
    alone.here.clear();
    alone.there.clear();
    for (rows, others) in world.living.iter().zip(&other.living) {
        walk.side_by_side(rows, others, alone)?;
    }
    walk.side_by_side(&world.gone, &other.gone, alone)?;
    // A firm may live in one world and be gone in the other, or be in one of them only.
    alone.here.sort_unstable_by_key(|row| row.id);
    alone.there.sort_unstable_by_key(|row| row.id);
    walk.rest(alone)?;
    let mut twins = walk.twins;
    if matches!(accounts, Accounts::Swapped(_)) {
        twins.jobs = twins.jobs.negated();
        twins.investment = twins.investment.negated();
    }
    Ok(twins)
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
    /// Walks two lists in order; firms in one of them only are left to [`Self::rest`].
    fn side_by_side<T: List>(
        &mut self,
        rows: &T,
        others: &T,
        alone: &mut Alone,
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
                    alone.here.push(rows.row(here));
                    here += 1;
                }
                Ordering::Greater => {
                    alone.there.push(others.row(there));
                    there += 1;
                }
            }
        }
        alone.here.extend((here..length).map(|row| rows.row(row)));
        alone.there.extend((there..other_length).map(|row| others.row(row)));
        Ok(())
    }

    /// Adds a firm of both worlds that nobody serves: what [`Self::add`] comes to.
    #[inline]
    fn add_plain(&mut self, a: Plain, b: Plain) {
        let districts = (i64::from(a.in_district), i64::from(b.in_district));
        self.twins.jobs.add_plain(i64::from(a.jobs), i64::from(b.jobs), districts);
        self.twins.investment.add_plain(a.raised, b.raised, districts);
    }

    fn rest(&mut self, alone: &Alone) -> Result<(), Unbalanced> {
        let (mut rows, mut others) = (alone.here.as_slice(), alone.there.as_slice());
        loop {
            let (a, b) = match (rows.first(), others.first()) {
                (Some(a), Some(b)) if a.id == b.id => (Some(a), Some(b)),
                (Some(a), Some(b)) if a.id < b.id => (Some(a), None),
                (Some(a), None) => (Some(a), None),
                (_, Some(b)) => (None, Some(b)),
                (None, None) => return Ok(()),
            };
            rows = &rows[usize::from(a.is_some())..];
            others = &others[usize::from(b.is_some())..];
            self.add(a, b)?;
        }
    }

    /// Adds one firm as it is here, and as it is in the other world.
    fn add(&mut self, a: Option<&Row>, b: Option<&Row>) -> Result<(), Unbalanced> {
        let served = a.is_some_and(|row| row.served & self.mask != 0)
            || b.is_some_and(|row| row.served & self.other_mask != 0);
        let amounts = |row: Option<&Row>, read: fn(&Row) -> i64| {
            row.map_or(Amounts::default(), |row| Amounts::of(read(row), row.in_district))
        };
        let twins = &mut self.twins;
        let jobs = |row: &Row| i64::from(row.jobs);
        twins.jobs.add(served, amounts(a, jobs), amounts(b, jobs));
        twins.investment.add(served, amounts(a, |row| row.raised), amounts(b, |row| row.raised));
        // A fund that both policies have alike is none of the difference.
        let of_compared =
            |row: &Row| row.co_invested != NONE && self.mask >> row.co_invested & 1 == 1;
        if a.is_some_and(of_compared) {
            twins.fund_rounds += 1;
            twins.fund_rounds_anyway += i64::from(b.is_some_and(|row| row.round));
        }
        if twins.jobs.balance() && twins.investment.balance() {
            return Ok(());
        }
        let nobody = FirmId::new(0, Origin::Initial, 0, 0);
        Err(Unbalanced { year: self.year, firm: a.or(b).map_or(nobody, |row| row.id) })
    }
}

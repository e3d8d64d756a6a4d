//! Firms of two worlds side by side: what of a policy's effect is additional (model, 7.1).

use crate::analysis::served::Accounts;
use crate::model::district::District;
use crate::model::district::Gone;
use crate::model::district::firms::Firms;
use crate::model::id::FirmId;
use crate::policy::plan::Area;

/// One firm in one year of one world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub id: FirmId,
    /// Headcount; 0 where the firm is no more [persons].
    pub jobs: i64,
    /// Money raised since the start [KRW m].
    pub raised: i64,
    /// The levers that have served it, a bit each by slot.
    pub served: u64,
    /// Whether it is in the district, or was last.
    pub in_district: bool,
    /// Whether it closed a round this year.
    pub round: bool,
    /// Whether a fund joined it.
    pub co_invested: bool,
}

/// All firms of one world at the end of one year, in the order of their names.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    rows: Vec<Row>,
}

impl Snapshot {
    /// Takes the firms of a world, living and gone, keeping the memory of an earlier year.
    pub fn take(&mut self, district: &District, year: u16) {
        self.rows.clear();
        let mut startups = living(district.startups(), year).peekable();
        let mut institutes = living(district.institutes(), year).peekable();
        let mut gone = district.gone().iter().map(row_of_gone).peekable();
        loop {
            let ids = [
                startups.peek().map(|row| row.id),
                institutes.peek().map(|row| row.id),
                gone.peek().map(|row| row.id),
            ];
            let Some(first) = ids.into_iter().flatten().min() else { break };
            let next = if ids[0] == Some(first) {
                startups.next()
            } else if ids[1] == Some(first) {
                institutes.next()
            } else {
                gone.next()
            };
            self.rows.extend(next);
        }
    }

    /// The firms in the order of their names.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

fn living(firms: &Firms, year: u16) -> impl Iterator<Item = Row> {
    (0..firms.len()).map(move |row| Row {
        id: firms.id()[row],
        jobs: i64::from(firms.headcount(row)),
        raised: firms.raised()[row],
        served: firms.served()[row],
        in_district: firms.area()[row] != Area::Elsewhere,
        round: firms.last_round()[row] == year,
        co_invested: firms.co_invested()[row] == year,
    })
}

fn row_of_gone(gone: &Gone) -> Row {
    Row {
        id: gone.id,
        jobs: 0,
        raised: gone.raised,
        served: gone.served,
        in_district: gone.in_district,
        round: false,
        co_invested: false,
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
    /// Rounds that a fund joined this year.
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

/// Walks the firms of both worlds side by side and draws up the accounts.
///
/// # Errors
///
/// Fails when an identity does not hold, naming the firm.
pub fn compare(
    policy: &Snapshot,
    baseline: &Snapshot,
    accounts: Accounts,
    year: u16,
) -> Result<YearOfTwins, Unbalanced> {
    let (world, other, mask) = match accounts {
        Accounts::Swapped(mask) => (baseline, policy, mask),
        Accounts::Added(mask) | Accounts::Either(mask) => (policy, baseline, mask),
        Accounts::NetsOnly => (policy, baseline, 0),
    };
    let either = matches!(accounts, Accounts::Either(_));
    let swapped = matches!(accounts, Accounts::Swapped(_));
    let mut twins = YearOfTwins::default();
    let (mut here, mut there) = (0, 0);
    let (rows, others) = (world.rows(), other.rows());
    while here < rows.len() || there < others.len() {
        let a = rows.get(here);
        let b = others.get(there);
        let (a, b) = match (a, b) {
            (Some(a), Some(b)) if a.id == b.id => (Some(a), Some(b)),
            (Some(a), Some(b)) if a.id < b.id => (Some(a), None),
            (Some(a), None) => (Some(a), None),
            (_, b) => (None, b),
        };
        here += usize::from(a.is_some());
        there += usize::from(b.is_some());
        let served = a.is_some_and(|row| row.served & mask != 0)
            || either && b.is_some_and(|row| row.served & mask != 0);
        let amounts = |row: Option<&Row>, read: fn(&Row) -> i64| {
            row.map_or(Amounts::default(), |row| Amounts::of(read(row), row.in_district))
        };
        twins.jobs.add(served, amounts(a, |row| row.jobs), amounts(b, |row| row.jobs));
        twins.investment.add(served, amounts(a, |row| row.raised), amounts(b, |row| row.raised));
        // Rounds are those of the policy's fund, whichever world the accounts start from.
        let (own, twin) = if swapped { (b, a) } else { (a, b) };
        if own.is_some_and(|row| row.co_invested) {
            twins.fund_rounds += 1;
            twins.fund_rounds_anyway += i64::from(twin.is_some_and(|row| row.round));
        }
        if !(twins.jobs.balance() && twins.investment.balance()) {
            let firm = a
                .or(b)
                .map_or(FirmId::new(0, crate::model::id::Origin::Initial, 0, 0), |row| row.id);
            return Err(Unbalanced { year, firm });
        }
    }
    if swapped {
        twins.jobs = twins.jobs.negated();
        twins.investment = twins.investment.negated();
    }
    Ok(twins)
}

//! The terms of the accounts of one measure, and their identities (model, 7.1).

/// The terms of one measure in one replication and year, whole numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TwinTerms {
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

impl TwinTerms {
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
    pub(super) const fn negated(self) -> Self {
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

    pub(super) fn add(&mut self, served: bool, there: Amounts, otherwise: Amounts) {
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
    pub(super) fn add_plain(&mut self, here: i64, there: i64, districts: (i64, i64)) {
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
pub(super) struct Amounts {
    district: i64,
    elsewhere: i64,
}

impl Amounts {
    pub(super) const fn of(amount: i64, in_district: bool) -> Self {
        if in_district {
            Self { district: amount, elsewhere: 0 }
        } else {
            Self { district: 0, elsewhere: amount }
        }
    }
}

//! Who pays.

use crate::policy::words::words;

words! {
    /// Who pays.
    pub enum Payer {
        /// The city government.
        City = "city",
        /// The state.
        State = "state",
        /// The district office (Seocho-gu).
        DistrictOffice = "district-office",
        /// Firms and investors.
        Private = "private",
    }
}

impl Payer {
    /// Those whose money is the public's.
    pub const PUBLIC: [Self; 3] = [Self::City, Self::State, Self::DistrictOffice];

    /// Whether public budgets pay.
    #[must_use]
    pub const fn is_public(self) -> bool {
        !matches!(self, Self::Private)
    }
}

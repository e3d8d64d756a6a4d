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
    /// Whether public budgets pay.
    #[must_use]
    pub const fn is_public(self) -> bool {
        !matches!(self, Self::Private)
    }
}

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

    /// The budget from which it pays, in English.
    #[must_use]
    pub const fn budget_en(self) -> &'static str {
        match self {
            Self::City => "City budget",
            Self::State => "State budget",
            Self::DistrictOffice => "District office's budget",
            Self::Private => "Private money",
        }
    }

    /// The same in Korean, as forms of a ministry call it.
    #[must_use]
    pub const fn budget_ko(self) -> &'static str {
        match self {
            Self::City => "시비",
            Self::State => "국비",
            Self::DistrictOffice => "구비",
            Self::Private => "민간",
        }
    }
}

//! A flow of a statement, which part of it the flow belongs to, and what it counts to.

use crate::analysis::appraisal::Item;
use crate::analysis::appraisal::present;
use crate::analysis::appraisal::terms::Closing;
use crate::analysis::appraisal::terms::Won;
use crate::model::ledger::cash::CashAccount;

/// What a flow counts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// All that is used up, whoever pays.
    Costs,
    /// What is produced and what is left.
    Benefits,
    /// What public payers pay.
    Payments,
    /// What public payers get.
    Receipts,
}

impl Account {
    /// Every account.
    pub const ALL: [Self; 4] = [Self::Costs, Self::Benefits, Self::Payments, Self::Receipts];

    /// Whether it is discounted as the financial account is.
    #[must_use]
    pub const fn is_financial(self) -> bool {
        matches!(self, Self::Payments | Self::Receipts)
    }

    /// Whether an item of a payer counts here: as in the total of `cost_benefit.csv`, but that what only
    /// changes hands is neither a cost nor a benefit. So a change of all costs, or of all benefits, never
    /// moves a transfer on one side alone.
    ///
    /// # Source
    ///
    /// KDI, general guidelines for preliminary feasibility studies; HM Treasury, Green Book; OMB, Circular
    /// A-94; European Commission, guide to cost-benefit analysis (2014): transfers are left out of the
    /// economic account (recalled).
    #[must_use]
    pub fn counts(self, (item, payer): Item) -> bool {
        if !self.is_financial() && item.account() == CashAccount::Transfer {
            return false;
        }
        let total = match self {
            Self::Costs => "economic_cost",
            Self::Benefits => "economic_benefit",
            Self::Payments => "fiscal_cost",
            Self::Receipts => "fiscal_return",
        };
        present::weight(total, item, payer) != 0
    }
}

/// Which part of a statement a flow belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A simulated year.
    Simulated,
    /// What assets are worth at the horizon.
    ValueAtHorizon,
    /// A year after the horizon.
    AfterHorizon,
    /// What assets are worth at the end of the period.
    ValueAtEnd,
}

impl Part {
    /// Every part, in the order of rows.
    pub const ALL: [Self; 4] =
        [Self::Simulated, Self::ValueAtHorizon, Self::AfterHorizon, Self::ValueAtEnd];

    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Simulated => "simulated",
            Self::ValueAtHorizon => "value_at_horizon",
            Self::AfterHorizon => "after_horizon",
            Self::ValueAtEnd => "value_at_end",
        }
    }
}

/// Which parts are added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The whole period.
    Period,
    /// The simulated years alone.
    Simulated,
}

impl Scope {
    /// Whether a part belongs to it, by what stands at the end of the simulated years.
    #[must_use]
    pub fn has(self, part: Part, closing: Closing) -> bool {
        match (part, closing) {
            (Part::Simulated, _)
            | (Part::ValueAtHorizon, Closing::AtHorizon)
            | (Part::ValueAtEnd, Closing::Before) => true,
            (Part::ValueAtHorizon, Closing::Goes) => self == Self::Simulated,
            (Part::AfterHorizon | Part::ValueAtEnd, Closing::Goes) => self == Self::Period,
            _ => false,
        }
    }
}

/// A flow of one item and payer in one year: the mean over replications, policy less baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// The part.
    pub part: Part,
    /// The year.
    pub year: u16,
    /// The item and who pays or receives it.
    pub item: Item,
    /// In prices of the appraisal: of what is paid more cost is positive, of the rest more return.
    pub base: Won,
    /// What optimism bias and contingency add.
    pub added: Won,
}

impl Flow {
    /// What is counted.
    #[must_use]
    pub fn amount(&self) -> Won {
        self.base + self.added
    }
}

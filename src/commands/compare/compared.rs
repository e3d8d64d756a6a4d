//! In what two runs differ.

use crate::commands::compare::inputs::Change;
use crate::commands::compare::results::RankChange;
use crate::commands::compare::results::ResultChange;
use crate::scenario::money::Money;

/// In what two runs differ.
pub(super) struct Compared {
    pub(super) inputs: Vec<Change>,
    /// The policies that both have.
    pub(super) policies: Vec<String>,
    pub(super) results: Vec<ResultChange>,
    pub(super) ranks: Vec<RankChange>,
    pub(super) money: Money,
}

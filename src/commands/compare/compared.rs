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
    /// Those of them that can be chosen, in the order of ranks.
    pub(super) options: Vec<String>,
    /// Whether a run has policies that can be chosen and the other lacks.
    pub(super) has_other_options: bool,
    pub(super) results: Vec<ResultChange>,
    pub(super) ranks: Vec<RankChange>,
    pub(super) money: Money,
    /// The first and the last year of each run, where they are not the same in both.
    pub(super) other_years: Option<[(u16, u16); 2]>,
}

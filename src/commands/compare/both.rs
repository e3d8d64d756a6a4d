//! Two runs whose results can be read.

use crate::commands::compare::opened::Opened;
use crate::commands::compare::source::Source;
use crate::experiment::batch::Workers;

/// Two runs whose results can be read.
pub(super) struct Both<'a> {
    pub(super) runs: [&'a Opened; 2],
    pub(super) sources: [&'a Source<'a>; 2],
    /// The policies that both have, in the order of the first.
    pub(super) policies: Vec<String>,
    /// Those of them that can be chosen in either, by which ranks go: neither placebos nor counterfactuals.
    pub(super) options: Vec<String>,
    /// The last year that both have.
    pub(super) year: u16,
    /// Whether nothing but policies can make a difference.
    pub(super) is_one_world: bool,
    pub(super) workers: &'a Workers<'a>,
}

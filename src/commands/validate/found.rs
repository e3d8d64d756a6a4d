//! What a validation has found.

use crate::commands::validate::arguments::Arguments;
use crate::evidence::stylised::Fact;
use crate::evidence::validation::Judgement;
use crate::evidence::validation::Sample;
use crate::evidence::validation::Score;
/// Everything that a validation has found.
#[derive(Debug)]
pub(super) struct FoundFit {
    pub(super) rows: Vec<Judgement>,
    pub(super) facts: Vec<Fact>,
}

impl FoundFit {
    /// What the rows that count come to.
    pub(super) fn score(&self, arguments: &Arguments) -> Score {
        let judged = self.rows.iter().filter(|row| counts(row, arguments));
        Score::of(&judged.collect::<Vec<_>>())
    }
}

/// Whether a row counts: with `--fit-until` those after it do, else all.
pub(super) fn counts(row: &Judgement, arguments: &Arguments) -> bool {
    arguments.fit_until.is_none() || row.sample == Sample::Out
}

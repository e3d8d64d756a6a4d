//! A designed experiment and what came of it.

use crate::analysis::decision::outcome::Outcome;
use crate::analysis::designed::experiment::Experiment;
use crate::analysis::designed::experiment::Outputs;
use crate::analysis::layout::Layout;
use crate::commands::sensitivity::found::Effects;
use crate::commands::sensitivity::groups::Moved;
use crate::scenario::Policy;
use crate::scenario::Scenario;

/// A designed experiment and what came of it.
pub(super) struct Shown<'a> {
    /// The scenario.
    pub(super) scenario: &'a Scenario,
    /// The policy that is compared with the baseline.
    pub(super) policy: &'a Policy,
    /// The series of the scenario's policies, which tell units.
    pub(super) layouts: &'a [Layout],
    /// The experiment.
    pub(super) experiment: &'a Experiment<'a>,
    /// What it moves.
    pub(super) moved: &'a Moved,
    /// What it looks at.
    pub(super) outcomes: &'a [Outcome],
    /// The points of the design, each with what it is called.
    pub(super) rows: &'a [(String, Vec<f64>)],
    /// What each led to.
    pub(super) outputs: &'a Outputs,
    /// What that says, by outcome.
    pub(super) effects: &'a [Effects],
    /// Parameters that vary and cannot act, by their places in the register.
    pub(super) without_effect: &'a [usize],
    /// Replications of each row.
    pub(super) replications: u32,
}

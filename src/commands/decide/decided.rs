//! A decision among the policies of a run, judged.

use crate::analysis::decision::acceptability::Acceptability;
use crate::analysis::decision::criterion::Criterion;
use crate::analysis::decision::frontier::Placed;
use crate::analysis::decision::futures::Standing;
use crate::analysis::decision::judged::Judged;
use crate::analysis::layout::Layout;
use crate::scenario::Scenario;
use crate::scenario::parameter_spec::ParameterSpec;

/// One criterion and every judgement by it.
pub(super) struct ByCriterion {
    pub(super) criterion: Criterion,
    pub(super) unit: &'static str,
    pub(super) target: Option<f64>,
    pub(super) judged: Judged,
    /// In the present world and each future; none where the run has no futures.
    pub(super) worlds: Vec<InWorld>,
}

/// How each policy does in the present world or in a future, by one criterion.
pub(super) struct InWorld {
    /// The future, or `present`.
    pub(super) name: String,
    /// By policy.
    pub(super) standings: Vec<Standing>,
}

/// A decision among the policies of a run.
pub(super) struct Decided<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) layouts: &'a [Layout],
    /// The parameters that vary and can act under some policy, by position in the register.
    pub(super) parameters: Vec<usize>,
    /// Those that vary and can act under none.
    pub(super) without_effect: Vec<usize>,
    pub(super) by_criterion: Vec<ByCriterion>,
    pub(super) acceptability: Vec<Acceptability>,
    pub(super) frontier: Vec<Placed>,
    pub(super) replications: usize,
}

impl ByCriterion {
    /// A value in the criterion's own sign.
    pub(super) fn own(&self, value: f64) -> f64 {
        if self.criterion.minimised { -value } else { value }
    }
}

impl Decided<'_> {
    /// The name of a policy.
    pub(super) fn policy(&self, place: usize) -> &str {
        &self.layouts[place].policy
    }

    /// A parameter, by its place among those that vary and act.
    pub(super) fn parameter(&self, place: usize) -> &ParameterSpec {
        &self.scenario.register[self.parameters[place]]
    }
}

//! A decision among the policies of a run, judged.

use crate::analysis::decision::acceptability::Acceptability;
use crate::analysis::decision::budget::WithinBudget;
use crate::analysis::decision::criterion::Criterion;
use crate::analysis::decision::frontier::Placed;
use crate::analysis::decision::frontier_error::PlaceError;
use crate::analysis::decision::futures::Standing;
use crate::analysis::decision::judged::Fails;
use crate::analysis::decision::judged::Judged;
use crate::analysis::layout::Layout;
use crate::scenario::Scenario;
use crate::scenario::parameter_spec::ParameterSpec;

/// One criterion and every judgement by it.
#[derive(Debug)]
pub struct ByCriterion {
    /// The criterion.
    pub criterion: Criterion,
    /// Its unit; empty of a weighted sum.
    pub unit: &'static str,
    /// The parameters that vary, act under some policy and can move the criterion, by position in the register.
    pub parameters: Vec<usize>,
    /// Those that vary and act, but only in accounts, of which the criterion has none.
    pub in_accounts: Vec<usize>,
    /// The value that it is to reach, in its own sign.
    pub target: Option<f64>,
    /// The judgements, in which more is better.
    pub judged: Judged,
    /// In the present world and each future; none where the run has no futures.
    pub worlds: Vec<InWorld>,
}

/// How each policy does in the present world or in a future, by one criterion.
#[derive(Debug)]
pub struct InWorld {
    /// The future, or `present`.
    pub name: String,
    /// By policy.
    pub standings: Vec<Standing>,
}

/// A decision among the policies of a run.
#[derive(Debug)]
pub struct Decided<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The policies among which to choose, by their layouts: neither placebos nor counterfactuals.
    pub options: Vec<&'a Layout>,
    /// The parameters that vary and can act under no policy, by position in the register.
    pub without_effect: Vec<usize>,
    /// By each criterion.
    pub by_criterion: Vec<ByCriterion>,
    /// By public cost and job-years, at each value of a job-year.
    pub acceptability: Vec<Acceptability>,
    /// By public cost and job-years, within each budget.
    pub budgets: Vec<WithinBudget>,
    /// Each policy's place beside the frontier of public cost and job-years.
    pub frontier: Vec<(Placed, PlaceError)>,
    /// How many replications it rests on.
    pub replications: usize,
}

impl ByCriterion {
    /// A value in the criterion's own sign.
    #[must_use]
    pub fn own(&self, value: f64) -> f64 {
        if self.criterion.minimised { -value } else { value }
    }

    /// Where a policy fails; nothing for one that is not leading.
    #[must_use]
    pub fn fails(&self, policy: usize) -> Option<&Fails> {
        self.judged.fails.iter().find(|fails| fails.policy == policy)
    }
}

impl Decided<'_> {
    /// The name of a policy.
    #[must_use]
    pub fn policy(&self, place: usize) -> &str {
        &self.options[place].policy
    }

    /// A parameter, by its place among those that can move the criterion.
    #[must_use]
    pub fn parameter(&self, by: &ByCriterion, place: usize) -> &ParameterSpec {
        &self.scenario.register[by.parameters[place]]
    }
}

//! How large gross flows come out without any effect: a policy beside its placebo.

use crate::analysis::layout::Table;
use crate::analysis::results::Results;
use crate::analysis::statistics::Estimate;
use crate::experiment::block::BlockError;

/// The gross flows that chance inflates.
pub const FLOWS: [&str; 4] = ["created", "lost", "spillover", "displaced"];

/// Gross flows of jobs of one policy in the last year, and those of its placebo.
#[derive(Clone, Debug, PartialEq)]
pub struct GrossFlows<'a> {
    /// The policy.
    pub policy: &'a str,
    /// For each of [`FLOWS`] the mean of the policy and of its placebo; `None` where the policy
    /// serves nobody.
    pub flows: [Option<(f64, f64)>; 4],
}

/// The gross flows of pairs of a policy and its placebo, by their places among the policies.
///
/// # Errors
///
/// Fails if the values cannot be read.
pub fn gross_flows<'a>(
    results: &Results<'a>,
    pairs: &[(usize, usize)],
) -> Result<Vec<GrossFlows<'a>>, BlockError> {
    let last = results.years().len().saturating_sub(1);
    let mean = |policy: usize, term: &str| -> Result<Option<f64>, BlockError> {
        let place = results.layouts[policy].position(Table::Additionality, term, "jobs");
        let Some(place) = place else { return Ok(None) };
        let values = results.column(policy, place, last)?;
        Ok(Estimate::from_values(&values).map(|estimate| estimate.mean))
    };
    let of_pair = |&(policy, placebo): &(usize, usize)| {
        let mut flows = [None; 4];
        for (flow, term) in flows.iter_mut().zip(FLOWS) {
            *flow = mean(policy, term)?.zip(mean(placebo, term)?);
        }
        Ok(GrossFlows { policy: &results.layouts[policy].policy, flows })
    };
    pairs.iter().map(of_pair).collect()
}

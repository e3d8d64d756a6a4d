//! What `run` needs of a model.

use std::error::Error;

use crate::analysis::additionality::Note;
use crate::analysis::layout::Layout;
use crate::analysis::study::Study;
use crate::report::tables::events::EventRow;

/// What `run` runs: the model of one scenario, with its policies in order.
pub trait Engine: Sync {
    /// Memory that one thread uses again for each replication.
    type Workspace;
    /// Why a replication cannot be finished: a mistake in the program, such as accounts that do
    /// not close. It names the policy, the replication and the year.
    type Error: Error + Send + Sync + 'static;

    /// The series of each policy of the scenario, in their order. All have the same years.
    fn layouts(&self) -> Vec<Layout>;

    /// A workspace for one thread. What a replication yields does not depend on what it was used for
    /// before.
    fn workspace(&self) -> Self::Workspace;

    /// One replication: for each policy its values, series by series, year by year.
    ///
    /// # Errors
    ///
    /// Fails where the model has a mistake.
    fn simulate(
        &self,
        replication: u32,
        workspace: &mut Self::Workspace,
    ) -> Result<Vec<Vec<f64>>, Self::Error>;

    /// The events of one policy in one replication, in order.
    ///
    /// # Errors
    ///
    /// Fails where the model has a mistake.
    fn events(
        &self,
        policy: usize,
        replication: u32,
        workspace: &mut Self::Workspace,
    ) -> Result<Vec<EventRow>, Self::Error>;

    /// The study of these policies, by their places in the scenario, against the baseline: for
    /// the causal sweep. Nothing where the model can only be run as it is.
    fn study(&self, _policies: &[usize]) -> Option<Study> {
        None
    }

    /// What is to be said about terms of additionality.
    fn notes(&self) -> Vec<Note>;
}

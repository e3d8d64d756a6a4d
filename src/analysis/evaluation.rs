//! Outcomes of policies that are simulated and not kept: for a search, a designed experiment and a run
//! whose length is decided as it goes.

use crate::analysis::appraisal::Discounting;
use crate::analysis::decision::outcome::Outcome;
use crate::analysis::layout::Layout;
use crate::analysis::results;
use crate::analysis::results::Results;
use crate::analysis::statistics::Design;
use crate::analysis::study::Study;
use crate::analysis::study::StudyError;
use crate::analysis::study::Workspace;
use crate::analysis::study::policy::StudyPolicy;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Workers;
use crate::experiment::block::BlockError;
use crate::experiment::block::archive::Archive;
use crate::experiment::block::memory::InMemory;
use crate::scenario::Policy;
use crate::scenario::Scenario;

/// Why outcomes were not evaluated.
#[derive(Debug, thiserror::Error)]
pub enum EvaluationError {
    /// The simulation failed.
    #[error(transparent)]
    Study(#[from] StudyError),
    /// Values cannot be read; those in memory always can.
    #[error(transparent)]
    Block(#[from] BlockError),
}

/// One history: the chance of a replication, with its own parameters or with others.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The replication whose chance it has.
    pub replication: u32,
    /// Values of all parameters, in the order of the register; those of the replication where there are none.
    pub values: Option<Vec<f64>>,
}

impl History {
    /// A replication as a run has it.
    #[must_use]
    pub fn of(replication: u32) -> Self {
        Self { replication, values: None }
    }
}

/// Values by outcome, policy and history; a metric that a policy does not have is 0 throughout.
pub type Outcomes = Vec<Vec<Vec<f64>>>;

/// Simulates policies of a scenario against its baseline and gives their outcomes.
#[derive(Debug)]
pub struct Evaluation<'a> {
    scenario: &'a Scenario,
    workers: &'a Workers<'a>,
    study: Study,
    /// The baseline first.
    policies: Vec<Policy>,
    layouts: Vec<Layout>,
}

impl<'a> Evaluation<'a> {
    /// Policies to evaluate, which need not be among those of the scenario but have its levers. The
    /// baseline comes before them, so that they have the places 1 and up.
    #[must_use]
    pub fn new(scenario: &'a Scenario, policies: &[Policy], workers: &'a Workers<'a>) -> Self {
        let baseline = &scenario.policies[scenario.baseline];
        let members = policies.iter().map(StudyPolicy::of).collect();
        let study = Study::new(scenario, members, StudyPolicy::of(baseline));
        let layouts = study.layouts();
        let policies = std::iter::once(baseline).chain(policies).cloned().collect();
        Self { scenario, workers, study, policies, layouts }
    }

    /// The series of each policy, the baseline's first.
    #[must_use]
    pub fn layouts(&self) -> &[Layout] {
        &self.layouts
    }

    /// The parameter values of a replication, in the order of the register.
    #[must_use]
    pub fn values(&self, replication: u32) -> Vec<f64> {
        self.study.values(replication)
    }

    /// The outcomes of all policies in these histories. Memory does not grow with their number but for
    /// the outcomes. `done` is called after each history.
    ///
    /// # Errors
    ///
    /// Fails if the simulation does, and when the work is stopped.
    pub fn outcomes(
        &self,
        outcomes: &[Outcome],
        histories: &[History],
        done: &(dyn Fn() + Sync),
    ) -> Result<Outcomes, Halted<EvaluationError>> {
        let mut all =
            vec![vec![Vec::with_capacity(histories.len()); self.policies.len()]; outcomes.len()];
        let discounting = Discounting::of(self.scenario);
        self.read(histories, done, |results, histories| {
            for (outcome, of_outcome) in outcomes.iter().zip(&mut all) {
                for (policy, values) in of_outcome.iter_mut().enumerate() {
                    let found = outcome.read(results, policy, discounting)?;
                    values.extend(found.unwrap_or_else(|| vec![0.0; histories]));
                }
            }
            Ok(())
        })?;
        Ok(all)
    }

    /// Simulates all policies in these histories and passes what came of it on, part by part in their order,
    /// each with the number of histories in it, so that memory does not grow with their number.
    ///
    /// # Errors
    ///
    /// Fails if the simulation or `read` does, and when the work is stopped.
    pub fn read(
        &self,
        histories: &[History],
        done: &(dyn Fn() + Sync),
        mut read: impl FnMut(&Results<'_>, usize) -> Result<(), BlockError>,
    ) -> Result<(), Halted<EvaluationError>> {
        histories.chunks(self.room()).try_for_each(|part| self.part(part, done, &mut read))
    }

    /// Histories whose values fit into the working set.
    fn room(&self) -> usize {
        let values: usize =
            self.layouts.iter().map(|layout| layout.series.len() * layout.years.len()).sum();
        let room = results::WORKING_SET / (size_of::<f64>() * values.max(1));
        room.max(4 * self.workers.threads())
    }

    fn part(
        &self,
        histories: &[History],
        done: &(dyn Fn() + Sync),
        read: &mut impl FnMut(&Results<'_>, usize) -> Result<(), BlockError>,
    ) -> Result<(), Halted<EvaluationError>> {
        let simulate = |workspace: &mut Workspace, number: usize| {
            let History { replication, values } = &histories[number];
            let found = match values {
                Some(values) => self.study.replicate_with(values, *replication, workspace),
                None => self.study.replicate(*replication, workspace),
            };
            done();
            found.map_err(|error| Halted::Failed(error.into()))
        };
        let values = self.workers.map_in_order(histories.len(), Workspace::default, simulate)?;
        let years = self.layouts.first().map_or(0, |layout| layout.years.len());
        // What is read does not ask which replications they were.
        let archive = Archive::in_memory(InMemory::new(0, years, values));
        let results = Results {
            layouts: &self.layouts,
            policies: &self.policies,
            payers: &self.scenario.payers,
            design: Design::of_run(self.scenario),
            baseline: 0,
            archive: &archive,
            workers: self.workers,
            working_set: results::WORKING_SET,
        };
        read(&results, histories.len()).map_err(|error| Halted::Failed(error.into()))
    }
}

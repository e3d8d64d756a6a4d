//! The baseline of one replication: what every policy is set against, and where policies leave it.

use crate::analysis::layout::Layout;
use crate::analysis::study::policy::StudyPolicy;
use crate::analysis::twin::Snapshot;
use crate::model::Simulation;
use crate::model::setup::Setup;

/// The baseline of one replication.
#[derive(Clone, Debug, Default)]
pub(super) struct Baseline {
    /// Its firms at the end of each year.
    pub(super) firms: Vec<Snapshot>,
    /// Jobs in the city and in the district, and money raised, by year.
    pub(super) totals: Vec<[i64; 3]>,
    /// It on 1 January of years in which a policy leaves it; others are left over.
    pub(super) branches: Vec<Simulation>,
    /// The values of its series.
    pub(super) values: Vec<f64>,
}

/// Baselines of the first replications, kept from one study to the next: of studies that differ in their policies
/// alone, as those of a reader who moves a lever, each is simulated once.
#[derive(Clone, Debug, Default)]
pub struct KeptBaselines {
    /// Whose baselines they are.
    of: Option<(Setup, StudyPolicy, Layout)>,
    /// By replication.
    kept: Vec<Option<KeptBaseline>>,
}

/// The baseline of a replication, and what it was simulated for.
#[derive(Clone, Debug)]
pub(super) struct KeptBaseline {
    /// The parameters, before any policy's own.
    pub(super) parameters: Vec<f64>,
    /// The years, from 0, of which it has a branch.
    pub(super) branches: Vec<usize>,
    /// The baseline.
    pub(super) baseline: Baseline,
}

impl KeptBaselines {
    /// Room for the baselines of the first replications.
    #[must_use]
    pub fn of_first(replications: usize) -> Self {
        Self { of: None, kept: vec![None; replications] }
    }

    /// Whether the baseline of a replication is kept once it is simulated.
    pub(super) fn has_room(&self, replication: u32) -> bool {
        (replication as usize) < self.kept.len()
    }

    /// Takes out the baseline of a replication with these parameters and branches; nothing where none such is kept.
    /// All are forgotten where they are of another scenario or tell of another.
    pub(super) fn take(
        &mut self,
        (setup, policy, layout): (&Setup, &StudyPolicy, &Layout),
        replication: u32,
        parameters: &[f64],
        branches: &[usize],
    ) -> Option<KeptBaseline> {
        let same =
            |of: &(Setup, StudyPolicy, Layout)| (&of.0, &of.1, &of.2) == (setup, policy, layout);
        if !self.of.as_ref().is_some_and(same) {
            self.of = Some((setup.clone(), policy.clone(), layout.clone()));
            self.kept.fill(None);
        }
        let found = self.kept.get_mut(replication as usize)?.take()?;
        let has_all = branches.iter().all(|year| found.branches.contains(year));
        (found.parameters == parameters && has_all).then_some(found)
    }

    /// Keeps the baseline of a replication that there is room for, of what [`Self::take`] was last asked for.
    pub(super) fn keep(&mut self, replication: u32, baseline: KeptBaseline) {
        if let Some(place) = self.kept.get_mut(replication as usize) {
            *place = Some(baseline);
        }
    }
}

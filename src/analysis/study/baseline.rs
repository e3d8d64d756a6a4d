//! The baseline of one replication: what every policy is set against, and where policies leave it.

use crate::analysis::layout::Layout;
use crate::analysis::study::Drawn;
use crate::analysis::study::Study;
use crate::analysis::study::StudyError;
use crate::analysis::study::Workspace;
use crate::analysis::study::member::Member;
use crate::analysis::study::policy::StudyPolicy;
use crate::analysis::study::totals;
use crate::analysis::twin::Side;
use crate::analysis::twin::Snapshot;
use crate::analysis::twin::YearOfTwins;
use crate::model::Inputs;
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

impl Study {
    /// Simulates the baseline, for as many policies as the study has.
    pub(super) fn simulate_baseline(
        &self,
        drawn: &Drawn<'_>,
        workspace: &mut Workspace,
    ) -> Result<(), StudyError> {
        let &Drawn { replication, theta, chance, .. } = drawn;
        let member = &self.policies[0];
        let inputs = Inputs { setup: &self.setup, case: &member.policy.case, theta, chance };
        let Workspace { simulation, baseline, groups, .. } = workspace;
        let Baseline { firms, totals, branches, values } = baseline;
        let years = self.setup.years().count();
        firms.resize_with(years, Snapshot::default);
        totals.resize(years, [0; 3]);
        branches.resize_with(years, Simulation::default);
        *values = member.blank();
        simulation.restart(&inputs, self.kept());
        for (index, year) in self.setup.years().enumerate() {
            if index > 0 && self.leaves_baseline(index) {
                branches[index].clone_from(simulation);
            }
            simulation.step(&inputs, year).map_err(|source| self.broken(0, replication, source))?;
            if self.policies.len() > 1 && self.has_twins {
                firms[index].take(&Side::of(simulation.world().district(), year));
                totals[index] = self::totals(simulation, &self.setup.district.areas);
            }
            let twins = YearOfTwins::default();
            member.read(&self.setup, simulation, &twins, theta.of(year), index, values);
            self.count_groups(0, (index, year), simulation, groups, values);
        }
        Ok(())
    }

    /// Whether a policy differs from the baseline from this year on, the first being 0.
    fn leaves_baseline(&self, year: usize) -> bool {
        self.policies[1..].iter().any(|other| self.first_own_year(other) == year)
    }
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

#[derive(Clone, Debug)]
struct KeptBaseline {
    /// The parameters, before any policy's own.
    parameters: Vec<f64>,
    /// The years, from 0, of which it has a branch.
    branches: Vec<usize>,
    baseline: Baseline,
}

impl KeptBaselines {
    /// Room for the baselines of the first replications.
    #[must_use]
    pub fn of_first(replications: usize) -> Self {
        Self { of: None, kept: vec![None; replications] }
    }

    /// The place of a replication, emptied where it is of another study; nothing beyond the last.
    fn place(&mut self, study: &Study, replication: u32) -> Option<&mut Option<KeptBaseline>> {
        let Member { policy, layout, .. } = &study.policies[0];
        let is_same = self.of.as_ref().is_some_and(|(setup, kept, told)| {
            (setup, kept, told) == (&study.setup, policy, layout)
        });
        if !is_same {
            self.of = Some((study.setup.clone(), policy.clone(), layout.clone()));
            self.kept.fill(None);
        }
        self.kept.get_mut(replication as usize)
    }
}

impl Study {
    /// The values of [`Self::replicate`]. The baseline is that which is kept, if it is still this study's; else it is
    /// simulated and kept.
    ///
    /// # Errors
    ///
    /// Fails as [`Self::replicate`] does.
    pub fn replicate_after(
        &self,
        replication: u32,
        kept: &mut KeptBaselines,
        workspace: &mut Workspace,
    ) -> Result<Vec<Vec<f64>>, StudyError> {
        let parameters = self.values(replication);
        // What is kept has firms to compare, and no groups.
        let can_keep = self.policies.len() > 1 && self.has_twins && self.groups.is_empty();
        let place = if can_keep { kept.place(self, replication) } else { None };
        let Some(place) = place else {
            return self.replicate_with(&parameters, replication, workspace);
        };
        let branches: Vec<usize> =
            (0..self.years()).filter(|&year| self.leaves_baseline(year)).collect();
        let found = place.take().filter(|kept| {
            kept.parameters == parameters
                && branches.iter().all(|year| kept.branches.contains(year))
        });
        let theta = self.theta(0, &parameters);
        let chance = self.draw(std::mem::take(&mut workspace.chance), replication, &theta);
        let drawn = Drawn { replication, values: &parameters, theta: &theta, chance: &chance };
        let branches = match found {
            Some(kept) => {
                workspace.baseline = kept.baseline;
                kept.branches
            }
            None => {
                // In memory of its own, so that it holds no branch of another study.
                workspace.baseline = Baseline::default();
                self.simulate_baseline(&drawn, workspace)?;
                branches
            }
        };
        let values = self.simulate_policies(&drawn, workspace)?;
        workspace.chance = chance.into_memory();
        let baseline = std::mem::take(&mut workspace.baseline);
        *place = Some(KeptBaseline { parameters, branches, baseline });
        Ok(values)
    }
}

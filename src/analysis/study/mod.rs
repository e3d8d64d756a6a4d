//! One replication of all policies: simulated, measured and set against the baseline.

mod baseline;
mod error;
mod member;
pub mod policy;
mod term;
mod watched;

pub use baseline::KeptBaselines;
pub use error::PILOT;
pub use error::StudyError;
pub use error::WrongNet;

use crate::analysis::groups;
use crate::analysis::groups::GroupCell;
use crate::analysis::groups::count::GroupSums;
use crate::analysis::layout::Layout;
use crate::analysis::study::baseline::Baseline;
use crate::analysis::study::baseline::KeptBaseline;
use crate::analysis::study::member::Member;
use crate::analysis::study::policy::StudyPolicy;
use crate::analysis::twin::Comparison;
use crate::analysis::twin::Side;
use crate::analysis::twin::Snapshot;
use crate::analysis::twin::YearOfTwins;
use crate::experiment::uncertainty::Uncertainty;
use crate::model::Inputs;
use crate::model::Simulation;
use crate::model::StepError;
use crate::model::chance::Chance;
use crate::model::chance::ChanceMemory;
use crate::model::ledger::Kept;
use crate::model::setup::Setup;
use crate::scenario::Scenario;
use crate::scenario::adjustment;
use crate::scenario::adjustment::Adjustment;
use crate::scenario::district::Areas;
use crate::scenario::parameter::ParametersByYear;

/// What a study compares, the baseline first.
#[derive(Clone, Debug)]
pub struct Study {
    setup: Setup,
    uncertainty: Uncertainty,
    policies: Vec<Member>,
    /// Whether policies start from the baseline's state of the year in which they first differ.
    shares_past: bool,
    /// What is counted of groups of startups; nothing where nobody asks for them.
    groups: Vec<GroupCell>,
    /// Whether each firm is set against its twin in the baseline, on which the additionality accounts rest.
    has_twins: bool,
}

/// What one replication is made of: random stream and parameters.
#[derive(Clone, Copy, Debug)]
struct Drawn<'a> {
    /// Whose draws it has.
    replication: u32,
    /// The scenario's parameter values, in the order of the register.
    values: &'a [f64],
    /// The same under the baseline.
    theta: &'a ParametersByYear,
    /// The draws under the baseline's parameters.
    chance: &'a Chance,
}

/// Working memory of one thread.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    baseline: Baseline,
    comparison: Comparison,
    simulation: Simulation,
    values: Vec<Vec<f64>>,
    chance: ChanceMemory,
    /// For policies with parameter values of their own.
    own_chance: ChanceMemory,
    groups: GroupSums,
}

impl Study {
    /// A study of some policies of a scenario against its baseline, which comes first.
    #[must_use]
    pub fn new(scenario: &Scenario, policies: Vec<StudyPolicy>, baseline: StudyPolicy) -> Self {
        let setup = Setup::new(scenario);
        let reference = baseline.clone();
        let members = std::iter::once(baseline).chain(policies);
        let mut policies: Vec<Member> =
            members.map(|policy| Member::new(scenario, &setup, policy, &reference)).collect();
        let first = policies[0].layout.clone();
        for member in &mut policies {
            member.find_in_baseline(&first);
        }
        let uncertainty = Uncertainty::of(scenario);
        let (shares_past, has_twins) = (true, true);
        Self { setup, uncertainty, policies, shares_past, groups: Vec::new(), has_twins }
    }

    /// A study of all policies of a scenario, the baseline first and the others in its order.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let (baseline, mut others) = (scenario.baseline, scenario.policies.clone());
        let first = others.remove(baseline);
        Self::new(scenario, others.iter().map(StudyPolicy::of).collect(), StudyPolicy::of(&first))
    }

    /// The place of a policy in the study; nothing where it has none of this name.
    #[must_use]
    pub fn place(&self, policy: &str) -> Option<usize> {
        self.policies().position(|known| known.name == policy)
    }

    /// The same study with every policy simulated from the first year: for tests of the shortcut.
    #[must_use]
    pub fn without_shared_past(self) -> Self {
        Self { shares_past: false, ..self }
    }

    /// The same study with the series of `groups.csv`, after all others of each policy.
    #[must_use]
    pub fn with_groups(mut self) -> Self {
        self.groups = groups::cells(&self.setup.district.sectors);
        for member in &mut self.policies {
            member.add_groups(&self.groups);
        }
        self
    }

    /// Which events the ledgers of simulations keep.
    fn kept(&self) -> Kept {
        if self.groups.is_empty() { Kept::Sums } else { Kept::Lives }
    }

    /// Counts groups at the end of a year, where somebody asks for them.
    fn count_groups(
        &self,
        policy: usize,
        (index, year): (usize, u16),
        simulation: &Simulation,
        sums: &mut GroupSums,
        values: &mut [f64],
    ) {
        if !self.groups.is_empty() {
            sums.count(simulation, &self.setup.district.areas, year);
            self.policies[policy].set_groups(&self.groups, sums, index, values);
        }
    }

    /// The same study with the baseline and these policies, by their places, in their order, and
    /// without groups.
    #[must_use]
    pub fn only(&self, policies: &[usize]) -> Self {
        let kept = std::iter::once(0).chain(policies.iter().copied());
        let policies = kept.map(|place| self.policies[place].without_groups()).collect();
        Self { policies, groups: Vec::new(), ..self.clone() }
    }

    /// The same study with these series alone, each a metric and its place, and without a comparison of firms: what
    /// asks for no more need not pay for it. A policy that lacks one goes without.
    #[must_use]
    pub fn with_metrics(mut self, metrics: &[(&str, &str)]) -> Self {
        for member in &mut self.policies {
            member.keep_metrics(metrics);
        }
        let first = self.policies[0].layout.clone();
        for member in &mut self.policies {
            member.find_in_baseline(&first);
        }
        Self { groups: Vec::new(), has_twins: false, ..self }
    }

    /// The layouts of all policies, the baseline first.
    #[must_use]
    pub fn layouts(&self) -> Vec<Layout> {
        self.policies.iter().map(|member| member.layout.clone()).collect()
    }

    /// The policies, the baseline first.
    pub fn policies(&self) -> impl Iterator<Item = &StudyPolicy> {
        self.policies.iter().map(|member| &member.policy)
    }

    /// A policy's name.
    #[must_use]
    pub fn name(&self, policy: usize) -> &str {
        &self.policies[policy].policy.name
    }

    /// What to say of a policy's additionality accounts.
    #[must_use]
    pub fn note(&self, policy: usize) -> &'static str {
        self.policies[policy].accounts.note()
    }

    /// The scenario as the model sees it.
    #[must_use]
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The parameter values of a replication before any policy's own, in the order of the register.
    #[must_use]
    pub fn values(&self, replication: u32) -> Vec<f64> {
        self.uncertainty.values(replication)
    }

    /// These parameter values under a policy, which may change some after what the future makes of them.
    fn theta(&self, policy: usize, values: &[f64]) -> ParametersByYear {
        let own = &self.policies[policy].policy.adjustments;
        let all: Vec<Adjustment> = self.setup.adjustments.iter().chain(own).copied().collect();
        adjustment::adjusted(&self.setup.register, values, &all, self.setup.years())
            .expect("a scenario has a value for each parameter of the register")
    }

    /// Simulates one replication of all policies; gives for each the values of its series.
    ///
    /// # Errors
    ///
    /// Fails when an account does not close, which is a mistake in the program.
    pub fn replicate(
        &self,
        replication: u32,
        workspace: &mut Workspace,
    ) -> Result<Vec<Vec<f64>>, StudyError> {
        self.replicate_with(&self.values(replication), replication, workspace)
    }

    /// Simulates all policies with given parameter values and the draws of a replication.
    ///
    /// Parameters and random streams are two layers: calibration and the accounts of noise combine any
    /// parameter values with the stream of any replication. `values` are in the order of the
    /// register; a policy's adjustments are made to them.
    ///
    /// # Errors
    ///
    /// Fails when an account does not close, which is a mistake in the program.
    pub fn replicate_with(
        &self,
        values: &[f64],
        replication: u32,
        workspace: &mut Workspace,
    ) -> Result<Vec<Vec<f64>>, StudyError> {
        let policies: Vec<usize> = (1..self.policies.len()).collect();
        self.replicate_some(values, replication, true, &policies, workspace)
    }

    /// Simulates the baseline of a replication and leaves it in `workspace`, for [`Self::replicate_beside`].
    ///
    /// # Errors
    ///
    /// Fails as [`Self::replicate`] does.
    pub fn keep_baseline(
        &self,
        replication: u32,
        workspace: &mut Workspace,
    ) -> Result<(), StudyError> {
        let values = self.values(replication);
        self.replicate_some(&values, replication, true, &[], workspace).map(|_| ())
    }

    /// What [`Self::replicate_with`] gives of some policies, by their places, and nothing of the others; beside the
    /// baseline that `workspace` holds, under which these parameter values change nothing.
    ///
    /// # Errors
    ///
    /// Fails as [`Self::replicate_with`] does.
    pub fn replicate_beside(
        &self,
        values: &[f64],
        replication: u32,
        policies: &[usize],
        workspace: &mut Workspace,
    ) -> Result<Vec<Vec<f64>>, StudyError> {
        self.replicate_some(values, replication, false, policies, workspace)
    }

    /// Simulates some policies, by their places, after the baseline or beside the one that `workspace` holds.
    fn replicate_some(
        &self,
        values: &[f64],
        replication: u32,
        simulates_baseline: bool,
        policies: &[usize],
        workspace: &mut Workspace,
    ) -> Result<Vec<Vec<f64>>, StudyError> {
        let theta = self.theta(0, values);
        let memory = std::mem::take(&mut workspace.chance);
        let chance = self.draw(memory, replication, &theta);
        let drawn = Drawn { replication, values, theta: &theta, chance: &chance };
        if simulates_baseline {
            self.simulate_baseline(&drawn, workspace)?;
        }
        let values = self.simulate_policies(&drawn, policies.iter().copied(), workspace)?;
        workspace.chance = chance.into_memory();
        Ok(values)
    }

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
        if !can_keep || !kept.has_room(replication) {
            return self.replicate_with(&parameters, replication, workspace);
        }
        let branches: Vec<usize> =
            (0..self.years()).filter(|&year| self.leaves_baseline(year)).collect();
        let Member { policy, layout, .. } = &self.policies[0];
        let found = kept.take((&self.setup, policy, layout), replication, &parameters, &branches);
        let theta = self.theta(0, &parameters);
        let chance = self.draw(std::mem::take(&mut workspace.chance), replication, &theta);
        let drawn = Drawn { replication, values: &parameters, theta: &theta, chance: &chance };
        let branches = if let Some(found) = found {
            workspace.baseline = found.baseline;
            found.branches
        } else {
            // In memory of its own, so that it holds no branch of another study.
            workspace.baseline = Baseline::default();
            self.simulate_baseline(&drawn, workspace)?;
            branches
        };
        let values = self.simulate_policies(&drawn, 1..self.policies.len(), workspace)?;
        workspace.chance = chance.into_memory();
        let baseline = std::mem::take(&mut workspace.baseline);
        kept.keep(replication, KeptBaseline { parameters, branches, baseline });
        Ok(values)
    }

    fn years(&self) -> usize {
        usize::from(self.setup.last_year - self.setup.first_year) + 1
    }

    fn draw(&self, memory: ChanceMemory, replication: u32, theta: &ParametersByYear) -> Chance {
        Chance::draw_in(memory, &self.setup, replication, theta)
    }

    /// Simulates the baseline, for as many policies as the study has.
    fn simulate_baseline(
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

    /// Simulates some policies, none of which is the baseline, which is there; gives their values and the baseline's,
    /// and none for others.
    fn simulate_policies(
        &self,
        drawn: &Drawn<'_>,
        policies: impl Iterator<Item = usize>,
        workspace: &mut Workspace,
    ) -> Result<Vec<Vec<f64>>, StudyError> {
        workspace.values = vec![Vec::new(); self.policies.len()];
        workspace.values[0].clone_from(&workspace.baseline.values);
        for policy in policies {
            workspace.values[policy] = self.policies[policy].blank();
            self.simulate_policy(policy, drawn, workspace)?;
        }
        Ok(std::mem::take(&mut workspace.values))
    }

    fn simulate_policy(
        &self,
        policy: usize,
        drawn: &Drawn<'_>,
        workspace: &mut Workspace,
    ) -> Result<(), StudyError> {
        let &Drawn { replication, values, theta, chance } = drawn;
        let member = &self.policies[policy];
        let mut own = None;
        let (theta, chance) = if member.policy.adjustments == self.policies[0].policy.adjustments {
            (theta, chance)
        } else {
            let theta = self.theta(policy, values);
            let memory = std::mem::take(&mut workspace.own_chance);
            let own = own.insert((self.draw(memory, replication, &theta), theta));
            (&own.1, &own.0)
        };
        let inputs = Inputs { setup: &self.setup, case: &member.policy.case, theta, chance };
        let first = self.first_own_year(member);
        let Workspace { simulation, baseline, .. } = workspace;
        match baseline.branches.get(first) {
            Some(branch) if first > 0 => simulation.clone_from(branch),
            Some(_) => simulation.restart(&inputs, self.kept()),
            // The policy is the baseline in all years: nothing is simulated.
            None => {}
        }
        if self.has_twins {
            workspace.comparison.begin(member.accounts, simulation.world().district().gone());
        }
        for (index, year) in self.setup.years().enumerate() {
            if index < first {
                // The policy is the baseline still: its numbers are the baseline's.
                let (baseline, others) = workspace.values.split_at_mut(policy);
                let baseline = (&self.policies[0], baseline[0].as_slice());
                member.copy_past(index, theta.of(year), baseline, &mut others[0]);
                continue;
            }
            simulation
                .step(&inputs, year)
                .map_err(|source| self.broken(policy, replication, source))?;
            let twins = if self.has_twins {
                let before = (&workspace.baseline.firms[index], workspace.baseline.totals[index]);
                let comparison = &mut workspace.comparison;
                self.compare((member, replication), simulation, before, (comparison, year))?
            } else {
                YearOfTwins::default()
            };
            let values = &mut workspace.values[policy];
            member.read(&self.setup, simulation, &twins, theta.of(year), index, values);
            self.count_groups(policy, (index, year), simulation, &mut workspace.groups, values);
        }
        if let Some((chance, _)) = own {
            workspace.own_chance = chance.into_memory();
        }
        Ok(())
    }

    /// The firms of a policy at the end of a year set against the baseline's, of which its totals are checked too.
    fn compare(
        &self,
        (member, replication): (&Member, u32),
        simulation: &Simulation,
        (baseline, totals_before): (&Snapshot, [i64; 3]),
        (comparison, year): (&mut Comparison, u16),
    ) -> Result<YearOfTwins, StudyError> {
        let policy = || member.policy.name.clone();
        let present = Side::of(simulation.world().district(), year);
        let twins = comparison.year(&present, &baseline.side(), member.accounts, year);
        let twins = twins.map_err(|source| StudyError::Additionality {
            policy: policy(),
            replication,
            source,
        })?;
        let totals = totals(simulation, &self.setup.district.areas);
        check_nets(&twins, totals, totals_before, year).map_err(|source| StudyError::Net {
            policy: policy(),
            replication,
            source,
        })?;
        Ok(twins)
    }

    /// The place of the first year that the policy simulates itself.
    fn first_own_year(&self, member: &Member) -> usize {
        if !self.shares_past {
            return 0;
        }
        let last = self.setup.last_year;
        let first = member.differs_from.clamp(self.setup.first_year, last + 1);
        usize::from(first - self.setup.first_year)
    }

    fn broken(&self, policy: usize, replication: u32, source: StepError) -> StudyError {
        let policy = self.policies[policy].policy.name.clone();
        StudyError::Identity { policy, replication, source }
    }
}

/// Jobs in the city and in the district, and money raised.
fn totals(simulation: &Simulation, areas: &Areas) -> [i64; 3] {
    let [city, district] = simulation.stocks().jobs(areas);
    [city, district, simulation.stocks().raised()]
}

/// Checks that the nets, sums over firms, are what the ledgers say of the whole.
fn check_nets(
    twins: &YearOfTwins,
    policy: [i64; 3],
    baseline: [i64; 3],
    year: u16,
) -> Result<(), WrongNet> {
    let nets = [
        ("jobs in the city", twins.jobs.net_city),
        ("jobs in the district", twins.jobs.net_district),
        ("money raised in the city", twins.investment.net_city),
    ];
    for ((measure, net), (policy, baseline)) in
        nets.into_iter().zip(policy.into_iter().zip(baseline))
    {
        let ledgers = policy - baseline;
        if net != ledgers {
            return Err(WrongNet { year, measure, net, ledgers });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::random::slice::dispatch;

    #[test]
    fn every_instruction_set_gives_the_same_replications() {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae");
        let scenario = Scenario::loader(&folder).load().unwrap();
        let of = |name: &str| {
            StudyPolicy::of(scenario.policies.iter().find(|policy| policy.name == name).unwrap())
        };
        let study = Study::new(&scenario, vec![of("full-plan")], of("baseline"));
        let replications: Vec<Vec<Vec<u64>>> = dispatch::on_each(|| {
            let values = study.replicate(3, &mut Workspace::default()).unwrap();
            let bits = |series: Vec<f64>| series.into_iter().map(f64::to_bits).collect();
            values.into_iter().map(bits).collect()
        });
        assert!(replications[0].iter().all(|series| series.len() > 1_000));
        assert!(replications.windows(2).all(|pair| pair[0] == pair[1]));
    }
}

//! The time of a simulation by phase.

use std::time::Instant;

use yangjae::analysis::study::Study;
use yangjae::analysis::study::policy::StudyPolicy;
use yangjae::scenario::Scenario;
use yangjae::time::Phase;

/// The parts of a simulation: what comes before its first year, the phases of a year, and the check of
/// its accounts.
pub const PARTS: usize = Phase::ALL.len() + 2;

/// Their names.
pub fn names() -> [&'static str; PARTS] {
    let [policy, intake, graduation, jobs, investment, accounts] = Phase::ALL.map(Phase::name);
    [
        "draws and first day",
        policy,
        intake,
        graduation,
        jobs,
        investment,
        accounts,
        "check of accounts",
    ]
}

/// Simulations of one policy, timed part by part.
pub struct Phases {
    study: Study,
}

impl Phases {
    /// Those of the first policy of a scenario; beside it stands the baseline.
    pub fn new(scenario: &Scenario) -> Self {
        let baseline = StudyPolicy::of(&scenario.policies[scenario.baseline]);
        let policies: Vec<StudyPolicy> = (0..scenario.policies.len())
            .filter(|&place| place != scenario.baseline)
            .map(|place| StudyPolicy::of(&scenario.policies[place]))
            .collect();
        Self { study: Study::new(scenario, policies, baseline) }
    }

    /// The seconds of each part in one replication of the last policy.
    pub fn time(&self, replication: u32) -> [f64; PARTS] {
        let mut seconds = [0.0; PARTS];
        let (mut since, mut first) = (Instant::now(), true);
        let policy = self.study.policies().count() - 1;
        let history = self.study.watch_phases(policy, replication, |phase| {
            let part = match phase {
                Some(phase) => 1 + phase as usize,
                None if first => 0,
                None => PARTS - 1,
            };
            first = false;
            let now = Instant::now();
            seconds[part] += (now - since).as_secs_f64();
            since = now;
        });
        history.expect("accounts that close");
        seconds
    }
}

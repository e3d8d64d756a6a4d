//! One replication under one policy, watched on its way: its events, its years, its phases.

use crate::analysis::study::Study;
use crate::analysis::study::StudyError;
use crate::model::Inputs;
use crate::model::Simulation;
use crate::model::chance::ChanceMemory;
use crate::model::ledger::Kept;
use crate::model::ledger::event::Entry;
use crate::model::ledger::sums_of;
use crate::time::Phase;

impl Study {
    /// Whether in every year of one replication the ledger's sums are the sums over its events.
    ///
    /// # Errors
    ///
    /// Fails when an account does not close, which is a mistake in the program.
    pub fn sums_agree_with_events(
        &self,
        policy: usize,
        replication: u32,
    ) -> Result<bool, StudyError> {
        let mut agree = true;
        self.watch(policy, replication, true, |year, simulation| {
            let ledger = simulation.world().ledger();
            agree &= ledger.book().agrees(&sums_of(ledger.log(), year));
        })?;
        Ok(agree)
    }

    /// Every event of one replication under one policy.
    ///
    /// # Errors
    ///
    /// Fails when an account does not close, which is a mistake in the program.
    pub fn events(&self, policy: usize, replication: u32) -> Result<Vec<Entry>, StudyError> {
        let mut log = Vec::new();
        self.watch(policy, replication, true, |_, simulation| {
            let logged = simulation.world().ledger().log();
            log.extend_from_slice(&logged[log.len()..]);
        })?;
        Ok(log)
    }

    /// Simulates one replication under one policy and shows its state at the end of each year;
    /// with `log`, its ledger keeps every event.
    ///
    /// # Errors
    ///
    /// Fails when an account does not close, which is a mistake in the program.
    pub fn watch(
        &self,
        policy: usize,
        replication: u32,
        log: bool,
        mut see: impl FnMut(u16, &Simulation),
    ) -> Result<(), StudyError> {
        let theta = self.theta(policy, &self.values(replication));
        let chance = self.draw(ChanceMemory::default(), replication, &theta);
        let case = &self.policies[policy].policy.case;
        let inputs = Inputs { setup: &self.setup, case, theta: &theta, chance: &chance };
        let kept = if log { Kept::Events } else { Kept::Sums };
        let mut simulation = Simulation::begin(&inputs, kept);
        for year in self.setup.years() {
            simulation
                .step(&inputs, year)
                .map_err(|source| self.broken(policy, replication, source))?;
            see(year, &simulation);
        }
        Ok(())
    }

    /// Simulates one replication under one policy and tells of each phase of each year that is
    /// done, and of the end of each year, when its accounts are checked: for benches.
    ///
    /// # Errors
    ///
    /// Fails when an account does not close, which is a mistake in the program.
    pub fn watch_phases(
        &self,
        policy: usize,
        replication: u32,
        mut done: impl FnMut(Option<Phase>),
    ) -> Result<(), StudyError> {
        let theta = self.theta(policy, &self.values(replication));
        let chance = self.draw(ChanceMemory::default(), replication, &theta);
        let case = &self.policies[policy].policy.case;
        let inputs = Inputs { setup: &self.setup, case, theta: &theta, chance: &chance };
        let mut simulation = Simulation::begin(&inputs, Kept::Sums);
        done(None);
        for year in self.setup.years() {
            simulation
                .step_by_phase(&inputs, year, |phase| done(Some(phase)))
                .map_err(|source| self.broken(policy, replication, source))?;
            done(None);
        }
        Ok(())
    }
}

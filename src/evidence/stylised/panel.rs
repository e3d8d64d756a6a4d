//! Firms followed through one replication: what statistics of firms are computed from.

use std::collections::BTreeMap;

use crate::analysis::study::Study;
use crate::analysis::study::StudyError;
use crate::model::id::FirmId;
use crate::model::id::Origin;
use crate::model::ledger::event::Entity;
use crate::model::ledger::event::Entry;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::Population;
use crate::random::math;
use crate::time::DAYS;
use crate::time::Date;

/// The life of a startup that was founded during the replication.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StartupLife {
    /// The day of its founding on the scale of `Date::ordinal`.
    pub born: i64,
    /// The day of its failure.
    pub failed: Option<i64>,
    /// The day on which it listed or was acquired first.
    pub exited: Option<i64>,
    /// The days of its rounds, in order.
    pub rounds: Vec<i64>,
}

/// A startup's growth over one year's hiring.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartupGrowth {
    /// Headcount before `[persons]`.
    pub before: f64,
    /// Change of the log of headcount.
    pub growth: f64,
    /// Whether it had closed a round the year before.
    pub funded: bool,
}

/// What one replication says about its startups.
#[derive(Clone, Debug, Default)]
pub struct Panel {
    /// Startups founded during the replication.
    pub lives: Vec<StartupLife>,
    /// Yearly growth of every startup past its founding year.
    pub growth: Vec<StartupGrowth>,
    /// Headcounts of all startups at the end of the middle year `[persons]`.
    pub sizes: Vec<f64>,
    /// Money raised by firms up to three years old, and by all `[KRW m]`.
    pub raised: [f64; 2],
    /// Startups founded, and startups at the start of the year, summed over years.
    pub births: [f64; 2],
    /// The day after the last.
    pub end: i64,
}

impl Panel {
    /// Follows the startups of one replication.
    ///
    /// # Errors
    ///
    /// Fails as the simulation does.
    pub fn follow(study: &Study, replication: u32) -> Result<Self, StudyError> {
        let setup = study.setup();
        let middle = u16::midpoint(setup.first_year, setup.last_year);
        let mut panel =
            Self { end: Date::new_year(setup.last_year + 1).ordinal(), ..Self::default() };
        let mut lives: BTreeMap<FirmId, StartupLife> = BTreeMap::new();
        let (mut seen, mut stock) = (0, 0.0);
        study.watch(0, replication, true, |year, simulation| {
            let log = simulation.world().ledger().log();
            panel.read_events(&log[seen..], setup.first_year, &mut lives);
            seen = log.len();
            panel.births[1] += stock;
            let startups = simulation.world().district().startups();
            stock = startups.len() as f64;
            for row in 0..startups.len() {
                let size = f64::from(startups.headcount(row));
                if year == middle {
                    panel.sizes.push(size);
                }
                let growth = startups.growth()[row];
                let age =
                    i32::from(year) - startups.dates()[row].born().div_euclid(i32::from(DAYS));
                if age > 0 && size > 0.0 {
                    let before = size / math::exp(growth);
                    let rounds =
                        lives.get(&startups.id()[row]).map_or(&[][..], |life| &life.rounds);
                    let last = Date::new_year(year - 1).ordinal();
                    let this = Date::new_year(year).ordinal();
                    let funded = rounds.iter().any(|day| (last..this).contains(day));
                    panel.growth.push(StartupGrowth { before, growth, funded });
                }
            }
        })?;
        panel.lives = lives.into_values().collect();
        Ok(panel)
    }

    fn read_events(
        &mut self,
        events: &[Entry],
        first: u16,
        lives: &mut BTreeMap<FirmId, StartupLife>,
    ) {
        let startups = events.iter().filter(|event| event.population == Population::Startups);
        for event in startups.filter(|event| event.year >= first) {
            let Entity::Firm(firm) = event.entity else { continue };
            let day = Date { year: event.year, day: event.day }.ordinal();
            match event.kind {
                EventKind::Founded if firm.origin() != Origin::Initial => {
                    lives.insert(firm, StartupLife { born: day, ..StartupLife::default() });
                    self.births[0] += f64::from(u8::from(event.year > first));
                }
                EventKind::RoundClosed => {
                    let amount = event.amount as f64;
                    self.raised[1] += amount;
                    if event.year - firm.year() <= 3 {
                        self.raised[0] += amount;
                    }
                    if let Some(life) = lives.get_mut(&firm) {
                        life.rounds.push(day);
                    }
                }
                kind => {
                    let Some(life) = lives.get_mut(&firm) else { continue };
                    match kind {
                        EventKind::Failed => life.failed = Some(day),
                        EventKind::Listed | EventKind::Acquired => {
                            life.exited.get_or_insert(day);
                        }
                        _ => {}
                    }
                }
            }
        }
    }
}

//! How many draws of each kind one replication of the baseline makes, counted from its events.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::AddAssign;

use yangjae::model::id::FirmId;
use yangjae::model::id::Origin;
use yangjae::pipeline::engine::Engine;
use yangjae::pipeline::study::StudyEngine;
use yangjae::scenario::Scenario;

/// Who draws in one year.
#[derive(Clone, Copy, Debug, Default)]
pub struct Year {
    /// People who would found a firm: founders and those who stay out.
    pub candidates: usize,
    /// Startups on 1 January: they may reconsider their place.
    pub startups: usize,
    /// Startups on 1 January that are young enough for a facility and in none.
    pub lookers: usize,
    /// Institutes on 1 January: they may move, and may have spin-offs.
    pub institutes: usize,
    /// Applications that a jury scores.
    pub applications: usize,
    /// Admissions: each has a length of stay.
    pub admissions: usize,
    /// Firms after the intake: each may fail.
    pub exposed: usize,
    /// Firms that go through a year's growth: all but the newborn.
    pub growing: usize,
    /// Firms with vacancies.
    pub hiring: usize,
    /// Independent startups: each may close a round.
    pub independent: usize,
    /// Rounds closed.
    pub rounds: usize,
    /// Independent startups that have closed a round: each may be acquired.
    pub raised: usize,
    /// Those with four rounds or more: each may list.
    pub late: usize,
    /// Students that enrol.
    pub students: usize,
}

/// A life as far as the events tell it.
#[derive(Clone, Copy, Debug)]
struct Life {
    born: u16,
    is_startup: bool,
    is_tenant: bool,
    is_independent: bool,
    rounds: usize,
}

/// The draws of the years of one replication, and of its first day.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Startups that are there on the first day.
    pub first_startups: usize,
    /// Institutes that are there on the first day.
    pub first_institutes: usize,
    /// The years in order.
    pub years: Vec<Year>,
}

/// The age up to which a facility of the baseline takes a startup `[years]`.
const LONGEST_AGE: u16 = 7;

impl Counts {
    /// Counts one replication of the baseline, the first policy of the engine.
    pub fn of(scenario: &Scenario, engine: &StudyEngine, replication: u32) -> Self {
        let events = engine
            .events(scenario.baseline, replication, &mut engine.workspace())
            .expect("accounts close");
        let first_institutes =
            scenario.district.institutes.iter().map(|group| group.count as usize).sum::<usize>();
        let mut counts = Self { first_institutes, ..Self::default() };
        let mut lives: BTreeMap<FirmId, Life> = BTreeMap::new();
        let mut hiring: BTreeSet<FirmId> = BTreeSet::new();
        let mut year = scenario.first_year - 1;
        let mut now = Year::default();
        // On the first day startups come before institutes, so their number tells them apart.
        let startups = scenario.district.startups.iter().map(|group| group.count as usize);
        counts.first_startups = startups.sum();
        let mut founded = 0;
        for event in &events {
            while event.year > year {
                if year >= scenario.first_year {
                    counts.close(&lives, &mut hiring, year, &mut now);
                }
                year += 1;
                now = Year::open(&lives, year);
            }
            let amount = event.amount.unwrap_or(0.0).max(0.0);
            let firm = FirmId::parse(&event.entity);
            match event.event {
                "enrolled" => now.students.add_assign(amount as usize),
                "not-founded" => now.candidates += 1,
                "applied" => now.applications += 1,
                _ => {}
            }
            let Some(id) = firm else { continue };
            match event.event {
                "founded" => {
                    founded += 1;
                    let of_first_day = event.year < scenario.first_year;
                    let is_startup = match id.origin() {
                        Origin::Initial => of_first_day && founded <= counts.first_startups,
                        Origin::Independent | Origin::Graduate | Origin::SpinOff => true,
                        _ => false,
                    };
                    if !of_first_day {
                        now.candidates += usize::from(is_startup);
                        now.exposed += 1;
                    }
                    let life = Life {
                        born: id.year(),
                        is_startup,
                        is_tenant: false,
                        is_independent: true,
                        rounds: 0,
                    };
                    // A dozen institutes of the first day share a name with a startup: one life less.
                    lives.insert(id, life);
                }
                "failed" => {
                    lives.remove(&id);
                }
                "hired" | "unfilled" => {
                    hiring.insert(id);
                }
                "admitted" => {
                    now.admissions += 1;
                    lives.entry(id).and_modify(|life| life.is_tenant = true);
                }
                "tenancy-ended" => {
                    lives.entry(id).and_modify(|life| life.is_tenant = false);
                }
                "round-closed" => {
                    now.rounds += 1;
                    lives.entry(id).and_modify(|life| life.rounds += 1);
                }
                "listed" | "acquired" => {
                    lives.entry(id).and_modify(|life| life.is_independent = false);
                }
                _ => {}
            }
        }
        counts.close(&lives, &mut hiring, year, &mut now);
        counts
    }

    fn close(
        &mut self,
        lives: &BTreeMap<FirmId, Life>,
        hiring: &mut BTreeSet<FirmId>,
        year: u16,
        now: &mut Year,
    ) {
        let independent = |life: &&Life| life.is_startup && life.is_independent;
        now.growing = lives.values().filter(|life| life.born < year).count();
        now.hiring = hiring.len();
        hiring.clear();
        now.independent = lives.values().filter(independent).count();
        let raised = lives.values().filter(independent).filter(|life| life.rounds > 0);
        now.raised = raised.clone().count();
        now.late = raised.filter(|life| life.rounds >= 4).count();
        self.years.push(*now);
    }

    /// Firm-years: startups and institutes that live at some time of a year.
    pub fn firm_years(&self) -> usize {
        self.years.iter().map(|year| year.exposed).sum()
    }
}

impl Year {
    fn open(lives: &BTreeMap<FirmId, Life>, year: u16) -> Self {
        let startups = lives.values().filter(|life| life.is_startup);
        let looks = |life: &&Life| !life.is_tenant && life.born + LONGEST_AGE >= year;
        Self {
            startups: startups.clone().count(),
            lookers: startups.filter(looks).count(),
            institutes: lives.values().filter(|life| !life.is_startup).count(),
            exposed: lives.len(),
            ..Self::default()
        }
    }
}

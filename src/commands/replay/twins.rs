//! A simulation and its twin.

use crate::analysis::layout::Layout;
use crate::analysis::layout::Table;
use crate::analysis::served;
use crate::analysis::story::Lives;
use crate::analysis::study::Study;
use crate::analysis::study::Workspace;
use crate::commands::error::Error;
use crate::model::id::FirmId;
use crate::pipeline::study::member;
use crate::policy::area::Area;
use crate::policy::slot::LeverSlot;
use crate::scenario::Policy;
use crate::scenario::Scenario;
/// A simulation and its twin.
pub(super) struct Twins<'s> {
    pub(super) scenario: &'s Scenario,
    pub(super) replication: u32,
    pub(super) policy: &'s Policy,
    pub(super) baseline: &'s Policy,
    /// The lives under the policy, and in the baseline.
    pub(super) lives: [Lives; 2],
    /// The metrics of both.
    layouts: [Layout; 2],
    values: [Vec<f64>; 2],
    /// The facilities of the scenario by number.
    facilities: Vec<LeverSlot>,
    /// Levers in which the two differ, a bit each by slot.
    pub(super) differing: u64,
}

impl<'s> Twins<'s> {
    pub(super) fn simulate(
        scenario: &'s Scenario,
        policy: usize,
        replication: u32,
    ) -> Result<Self, Error> {
        let (policy, baseline) =
            (&scenario.policies[policy], &scenario.policies[scenario.baseline]);
        let study = Study::new(scenario, vec![member(policy)], member(baseline));
        let mut values = study.replicate(replication, &mut Workspace::default())?;
        let years = scenario.years().count();
        let lives = |place| {
            let events = study.events(place, replication)?;
            Ok::<Lives, Error>(Lives::of(&events, scenario.first_year, years))
        };
        let lives = [lives(1)?, lives(0)?];
        let layouts = study.layouts();
        let mut take = |place: usize| (std::mem::take(&mut values[place]), layouts[place].clone());
        let (there, otherwise) = (take(1), take(0));
        let one_sided = served::slots(&policy.plan) ^ served::slots(&baseline.plan);
        Ok(Self {
            scenario,
            replication,
            policy,
            baseline,
            lives,
            layouts: [there.1, otherwise.1],
            values: [there.0, otherwise.0],
            facilities: study.setup().facility_slots.clone(),
            differing: one_sided | served::changed(&policy.plan, &baseline.plan),
        })
    }

    /// The firm of this name in either simulation.
    pub(super) fn firm(&self, name: &str) -> Result<FirmId, Error> {
        let exists = |id: &FirmId| self.lives.iter().any(|lives| lives.has(*id));
        if let Some(id) = FirmId::parse(name).filter(exists) {
            return Ok(id);
        }
        let known: Vec<String> =
            self.lives.iter().flat_map(Lives::names).map(|id| id.to_string()).collect();
        let mut error = Error::unknown("firm", name, known.iter().map(String::as_str));
        if let Error::UnknownName { hint, .. } = &mut error {
            *hint += "; leave `--firm` out to see which firms differ, or list all with `--csv`";
        }
        Err(error)
    }

    /// A metric of an area in a year: under the policy, and in the baseline.
    pub(super) fn metric(&self, name: &str, place: &str, year: u16) -> Option<[f64; 2]> {
        let read = |world: usize| {
            let layout = &self.layouts[world];
            let series = layout.position(Table::Metric, name, place)?;
            let index = layout.years.iter().position(|&known| known == year)?;
            self.values[world].get(series * layout.years.len() + index).copied()
        };
        Some([read(0)?, read(1)?])
    }

    /// Whether the two differ in this lever.
    pub(super) fn differs_in(&self, slot: LeverSlot) -> bool {
        self.differing.checked_shr(slot.into()).is_some_and(|rest| rest & 1 == 1)
    }

    /// The name of a lever.
    pub(super) fn lever(&self, slot: LeverSlot) -> &str {
        self.scenario.lever_names.get(usize::from(slot)).map_or("", String::as_str)
    }

    /// The lever of a facility.
    pub(super) fn facility(&self, number: u8) -> Option<LeverSlot> {
        self.facilities.get(usize::from(number)).copied()
    }

    /// The place in lists of a year.
    pub(super) fn index(&self, year: u16) -> usize {
        usize::from(year.saturating_sub(self.scenario.first_year))
    }

    /// The area of an event as people call it.
    pub(super) fn area_name(&self, place: u8) -> &str {
        let areas = &self.scenario.district.areas;
        areas.at(place).map_or("the city", |area| {
            if area == areas.reference() { "elsewhere in the city" } else { areas.name(area) }
        })
    }

    /// Whether a place belongs to the district.
    pub(super) fn in_district(&self, place: u8) -> bool {
        self.scenario.district.areas.at(place).is_some_and(Area::in_district)
    }

    /// How the simulation is titled.
    pub(super) fn title(&self) -> String {
        format!(
            "{} against {}, replication {} of seed {}\n",
            self.policy.name, self.baseline.name, self.replication, self.scenario.seed
        )
    }
}

//! The model of a scenario as `run` needs it.

use crate::analysis::additionality::Note;
use crate::analysis::layout::Layout;
use crate::analysis::study::Study;
use crate::analysis::study::StudyError;
use crate::analysis::study::Workspace;
use crate::analysis::study::policy::StudyPolicy;
use crate::model::ledger::event::Entity;
use crate::model::ledger::event::Entry;
use crate::model::ledger::event::FirmThen;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::Population;
use crate::pipeline::engine::Engine;
use crate::policy::slot::LeverSlot;
use crate::report::tables::events::EventRow;
use crate::scenario::Policy;
use crate::scenario::Scenario;

/// What is said of a placebo's additionality accounts.
const PLACEBO_NOTE: &str = "placebo: its new levers have no effect, so flows here are chance and \
    moved firms";

/// All policies of a scenario, in its order; the study has the baseline first.
#[derive(Debug)]
pub struct StudyEngine {
    study: Study,
    /// For each policy its place in the study.
    places: Vec<usize>,
    policies: Vec<String>,
    /// Whether each policy is a placebo.
    placebos: Vec<bool>,
    levers: Vec<String>,
}

impl StudyEngine {
    /// The model of a scenario.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let baseline = scenario.baseline;
        let study = Study::of(scenario);
        let study = if scenario.outputs.groups { study.with_groups() } else { study };
        let place = |policy: usize| match policy.cmp(&baseline) {
            std::cmp::Ordering::Less => policy + 1,
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Greater => policy,
        };
        Self {
            study,
            places: (0..scenario.policies.len()).map(place).collect(),
            policies: scenario.policies.iter().map(|policy| policy.name.clone()).collect(),
            placebos: scenario.policies.iter().map(Policy::is_placebo).collect(),
            levers: scenario.lever_names.clone(),
        }
    }

    fn row(&self, policy: usize, replication: u32, entry: &Entry) -> EventRow {
        EventRow {
            policy: self.policies[policy].clone(),
            replication,
            year: entry.year,
            day: Some(entry.day),
            phase: entry.phase,
            event: entry.kind.name(),
            entity: match entry.entity {
                Entity::Firm(firm) => firm.to_string(),
                Entity::Lever(slot) => self.lever(slot),
                Entity::Pool => "pool".to_owned(),
                Entity::Market => "market".to_owned(),
                Entity::City => "city".to_owned(),
            },
            population: population(entry),
            sector: self.sector(entry),
            place: self.place(entry),
            amount: Some(entry.amount as f64),
            cause: self.cause(entry),
        }
    }

    fn sector(&self, entry: &Entry) -> String {
        let sectors = self.study.setup().district.sectors.list();
        let of = |firm: FirmThen| sectors.iter().find(|known| known.sector == firm.sector);
        entry.firm.and_then(of).map_or_else(String::new, |known| known.name.clone())
    }

    fn place(&self, entry: &Entry) -> String {
        if entry.facility != NONE {
            return self.lever(self.study.setup().facility_slots[usize::from(entry.facility)]);
        }
        let areas = &self.study.setup().district.areas;
        areas.at(entry.place).map_or("city", |area| areas.name(area)).to_owned()
    }

    fn cause(&self, entry: &Entry) -> String {
        match (entry.lever, entry.cause) {
            (NONE, cause) => cause.to_owned(),
            (lever, "") => self.lever(lever),
            (lever, cause) => format!("{cause} ({})", self.lever(lever)),
        }
    }

    fn lever(&self, slot: LeverSlot) -> String {
        self.levers[usize::from(slot)].clone()
    }
}

/// Whose event it is, as files call them.
fn population(entry: &Entry) -> &'static str {
    match (entry.entity, entry.kind) {
        (Entity::Firm(_), _) => match entry.population {
            Population::Startups => "startups",
            Population::Institutes => "institutes",
        },
        _ if entry.kind.is_of_people() => "people",
        _ => "",
    }
}

/// A policy of a scenario as a study takes it.
#[must_use]
pub fn member(policy: &Policy) -> StudyPolicy {
    StudyPolicy::of(policy)
}

impl Engine for StudyEngine {
    type Workspace = Workspace;
    type Error = StudyError;

    fn layouts(&self) -> Vec<Layout> {
        let layouts = self.study.layouts();
        self.places.iter().map(|&place| layouts[place].clone()).collect()
    }

    fn workspace(&self) -> Workspace {
        Workspace::default()
    }

    fn simulate(
        &self,
        replication: u32,
        workspace: &mut Workspace,
    ) -> Result<Vec<Vec<f64>>, StudyError> {
        let mut values = self.study.replicate(replication, workspace)?;
        Ok(self.places.iter().map(|&place| std::mem::take(&mut values[place])).collect())
    }

    fn events(
        &self,
        policy: usize,
        replication: u32,
        _workspace: &mut Workspace,
    ) -> Result<Vec<EventRow>, StudyError> {
        let entries = self.study.events(self.places[policy], replication)?;
        Ok(entries.iter().map(|entry| self.row(policy, replication, entry)).collect())
    }

    fn study(&self, policies: &[usize]) -> Option<Study> {
        let places: Vec<usize> = policies.iter().map(|&policy| self.places[policy]).collect();
        Some(self.study.only(&places))
    }

    fn notes(&self) -> Vec<Note> {
        let note = |(name, &place): (&String, &usize)| {
            let text = self.study.note(place);
            let note =
                Note { policy: name.clone(), measure: None, term: None, text: text.to_owned() };
            (!text.is_empty()).then_some(note)
        };
        let of_accounts = self.policies.iter().zip(&self.places).filter_map(note);
        let placebo = |(name, &placebo): (&String, &bool)| {
            let text = PLACEBO_NOTE.to_owned();
            placebo.then(|| Note { policy: name.clone(), measure: None, term: None, text })
        };
        of_accounts.chain(self.policies.iter().zip(&self.placebos).filter_map(placebo)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::model::passes;

    #[test]
    fn what_a_year_leaves_out_changes_no_bit() {
        for folder in ["benches/reduced", "scenarios/yangjae"] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            let mut scenario = Scenario::loader(&folder).load().unwrap();
            scenario.policies.truncate(4);
            let engine = StudyEngine::new(&scenario);
            let values = || engine.simulate(3, &mut Workspace::default()).unwrap();
            let bits = |values: Vec<Vec<f64>>| -> Vec<u64> {
                values.iter().flatten().map(|value| value.to_bits()).collect()
            };
            let whole = passes::leaving_nothing_out(values);
            assert!(bits(values()) == bits(whole), "{}", folder.display());
        }
    }
}

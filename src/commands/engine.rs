//! The model of a scenario as `run` sees it: a [`Study`] behind the [`Engine`] trait.

use crate::analysis::additionality::Note;
use crate::analysis::layout::Layout;
use crate::analysis::study::Study;
use crate::analysis::study::StudyError;
use crate::analysis::study::StudyPolicy;
use crate::analysis::study::Workspace;
use crate::commands::run::Engine;
use crate::model::ledger::event::CITY;
use crate::model::ledger::event::Entity;
use crate::model::ledger::event::Entry;
use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::NONE;
use crate::model::setup::Case;
use crate::policy::plan::Area;
use crate::report::events::EventRow;
use crate::scenario::Policy;
use crate::scenario::Scenario;

/// The study of a scenario's policies, in the scenario's order.
#[derive(Clone, Debug)]
pub struct StudyEngine {
    study: Study,
    /// For each policy of the scenario its place in the study, where the baseline comes first.
    places: Vec<usize>,
    lever_names: Vec<String>,
}

impl StudyEngine {
    /// The study of all policies of a scenario.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let baseline = study_policy(&scenario.policies[scenario.baseline]);
        let others = (0..scenario.policies.len()).filter(|&place| place != scenario.baseline);
        let others: Vec<usize> = others.collect();
        let policies = others.iter().map(|&place| study_policy(&scenario.policies[place]));
        let study = Study::new(scenario, policies.collect(), baseline);
        let mut places = vec![0; scenario.policies.len()];
        for (after, &place) in others.iter().enumerate() {
            places[place] = after + 1;
        }
        Self { study, places, lever_names: scenario.lever_names.clone() }
    }

    /// The study.
    #[must_use]
    pub fn study(&self) -> &Study {
        &self.study
    }
}

/// A policy of a scenario as a study takes it.
#[must_use]
pub fn study_policy(policy: &Policy) -> StudyPolicy {
    StudyPolicy {
        name: policy.name.clone(),
        case: Case { plan: policy.plan.clone(), inert: 0 },
        overrides: policy.overrides.clone(),
    }
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
        let place = self.places[policy];
        let log = self.study.events(place, replication)?;
        let name = self.study.name(place);
        let row = |entry: &Entry| self.event_row(name, replication, entry);
        Ok(log.iter().map(row).collect())
    }

    fn notes(&self) -> Vec<Note> {
        self.places
            .iter()
            .filter(|&&place| place != 0)
            .map(|&place| Note {
                policy: self.study.name(place).to_owned(),
                measure: None,
                term: None,
                text: self.study.note(place).to_owned(),
            })
            .filter(|note| !note.text.is_empty())
            .collect()
    }
}

impl StudyEngine {
    fn event_row(&self, policy: &str, replication: u32, entry: &Entry) -> EventRow {
        let lever = |slot: u8| self.lever_names.get(usize::from(slot)).map_or("", String::as_str);
        let entity = match entry.entity {
            Entity::Firm(id) => id.to_string(),
            Entity::Lever(slot) => lever(slot).to_owned(),
            Entity::Pool => "pool".to_owned(),
            Entity::Market => "developers".to_owned(),
            Entity::City => "city".to_owned(),
        };
        let place = if entry.facility != NONE {
            let slots = &self.study.setup().facility_slots;
            slots.get(usize::from(entry.facility)).map_or("", |&slot| lever(slot)).to_owned()
        } else if entry.place == CITY {
            "city".to_owned()
        } else {
            Area::ALL[usize::from(entry.place)].name().to_owned()
        };
        let by_lever = entry.lever != NONE && !matches!(entry.entity, Entity::Lever(_));
        let cause = if by_lever && entry.kind != EventKind::Cash {
            lever(entry.lever).to_owned()
        } else {
            entry.cause.to_owned()
        };
        EventRow {
            policy: policy.to_owned(),
            replication,
            year: entry.year,
            day: Some(entry.day),
            phase: entry.phase,
            event: entry.kind.name(),
            entity,
            place,
            amount: Some(entry.amount as f64),
            cause,
        }
    }
}

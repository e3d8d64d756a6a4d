//! Single simulations: one policy without its twin, or beside the baseline, with parameters of the caller's.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;

use crate::analysis::decision::outcome::Outcome;
use crate::analysis::evaluation::Evaluation;
use crate::analysis::evaluation::History;
use crate::analysis::layout::Layout;
use crate::analysis::layout::Table as Kind;
use crate::analysis::study::Study;
use crate::analysis::study::Workspace;
use crate::analysis::study::policy::StudyPolicy;
use crate::experiment::batch::Progress as _;
use crate::experiment::batch::Workers;
use crate::pipeline::engine::Engine as _;
use crate::pipeline::error::WorkError;
use crate::pipeline::study::StudyEngine;
use crate::python::failure::Failure;
use crate::python::failure::failed;
use crate::python::table::About;
use crate::python::table::Filling;
use crate::python::table::Table;
use crate::python::work::Counter;
use crate::python::work::scratch;
use crate::report::tables::column::Holds;
use crate::report::tables::events::Event;
use crate::report::tables::events::EventTable;
use crate::report::tables::row::Cell;
use crate::report::tables::row::Row as _;
use crate::report::text::dialect::Target;
use crate::scenario::Scenario;
use crate::scenario::money::said;
use crate::scenario::nearest::nearest;

/// The most workspaces that are kept for later calls: as many as threads of Python simulate at once.
const MOST_WORKSPACES: usize = 16;

/// What single simulations of a scenario use again.
#[derive(Debug, Default)]
pub(super) struct Simulator {
    /// By policy, a study of it alone.
    studies: Mutex<BTreeMap<String, Arc<Single>>>,
    /// Memory that no simulation uses just now.
    workspaces: Mutex<Vec<Workspace>>,
}

/// A policy by itself.
#[derive(Debug)]
struct Single {
    study: Study,
    layout: Layout,
}

/// What outcomes are asked of: a policy, the histories, and which.
pub(super) type Asked<'a> = (&'a str, &'a [(u32, Vec<(String, f64)>)], &'a [String]);

impl Simulator {
    /// Metrics of one simulation: a row a metric, place and year.
    pub(super) fn one(
        &self,
        scenario: &Scenario,
        policy: &str,
        replication: u32,
        parameters: &[(String, f64)],
    ) -> Result<Table, Failure> {
        let single = self.single(scenario, policy)?;
        let values = overridden(scenario, single.study.values(replication), parameters)?;
        let kept = |all: &Mutex<Vec<Workspace>>| {
            all.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
        };
        let mut workspace = kept(&self.workspaces);
        let done = single.study.replicate_with(&values, replication, &mut workspace);
        let mut workspaces = self.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
        if workspaces.len() < MOST_WORKSPACES {
            workspaces.push(workspace);
        }
        drop(workspaces);
        let done = done.map_err(failed)?;
        let years = single.layout.years.len();
        let mut filling = Filling::new(vec![
            About::new("metric", "", Holds::Text, "Name of the metric"),
            About::new("place", "", Holds::Text, "District, city, an area or a facility"),
            About::new("unit", "", Holds::Text, "Unit of the metric"),
            About::new("year", "year", Holds::Whole, "Year"),
            About::new("value", "metric", Holds::Number, "Value in the year, or at its end"),
        ]);
        for place in single.layout.of_table(Kind::Metric) {
            let series = &single.layout.series[place];
            let unit = said(series.unit, Some(&scenario.money));
            let values = done.first().map_or(&[][..], |all| &all[place * years..]);
            for (&year, &value) in single.layout.years.iter().zip(values) {
                filling.row([
                    Cell::Text(series.name),
                    Cell::Text(&series.place),
                    Cell::Text(&unit),
                    Cell::Whole(year.into()),
                    Cell::Number(value),
                ])?;
            }
        }
        filling.done()
    }

    fn single(&self, scenario: &Scenario, policy: &str) -> Result<Arc<Single>, Failure> {
        let mut studies = self.studies.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = studies.get(policy) {
            return Ok(Arc::clone(known));
        }
        let found = &scenario.policies[place(scenario, policy)?];
        let study = Study::new(scenario, Vec::new(), StudyPolicy::of(found));
        let layout = study.layouts().swap_remove(0);
        let single = Arc::new(Single { study, layout });
        studies.insert(policy.to_owned(), Arc::clone(&single));
        Ok(single)
    }

    /// Outcomes of a policy beside the baseline, by outcome and history.
    #[expect(clippy::unused_self, reason = "a simulator may come to keep what this makes")]
    pub(super) fn evaluate(
        &self,
        scenario: &Scenario,
        (policy, histories, outcomes): Asked<'_>,
        threads: Option<NonZeroUsize>,
        stop: &AtomicBool,
        counter: &Counter,
    ) -> Result<Vec<Vec<f64>>, Failure> {
        let place = place(scenario, policy)?;
        let workers = Workers::start(threads, stop);
        let workers = workers.map_err(|error| failed(WorkError::from(error)))?;
        let is_baseline = place == scenario.baseline;
        let beside = if is_baseline { &[][..] } else { &scenario.policies[place..=place] };
        let evaluation = Evaluation::new(scenario, beside, &workers);
        let known = |text: &String| {
            let outcome = text.parse::<Outcome>().and_then(|it| it.known(evaluation.layouts()));
            outcome.map_err(|error| Failure::Asked(format!("outcome {error}")))
        };
        let outcomes = outcomes.iter().map(known).collect::<Result<Vec<_>, _>>()?;
        let history = |(replication, parameters): &(u32, Vec<(String, f64)>)| {
            let values = evaluation.values(*replication);
            let values = overridden(scenario, values, parameters)?;
            Ok(History { replication: *replication, values: Some(values) })
        };
        let histories = histories.iter().map(history).collect::<Result<Vec<_>, Failure>>()?;
        let found = evaluation.outcomes(&outcomes, &histories, &|| counter.replication_done());
        let found = found.map_err(|error| failed(WorkError::from(error)))?;
        Ok(found.into_iter().filter_map(|mut by_policy| by_policy.pop()).collect())
    }

    /// The events of the baseline and of a policy.
    #[expect(clippy::unused_self, reason = "a simulator may come to keep what this makes")]
    pub(super) fn events(
        &self,
        scenario: &Scenario,
        policy: &str,
        replication: u32,
    ) -> Result<Table, Failure> {
        let mut both = vec![scenario.baseline, place(scenario, policy)?];
        both.dedup();
        let engine = StudyEngine::new(scenario);
        let scratch = scratch()?;
        let to = Target::standard(scratch.path(), scenario.money);
        let mut table = EventTable::create(to).map_err(failed)?;
        let mut workspace = engine.workspace();
        for policy in both {
            let events = engine.events(policy, replication, &mut workspace).map_err(failed)?;
            table.rows(&events).map_err(failed)?;
        }
        let written = table.complete().map_err(failed)?;
        written.publish().map_err(|error| failed(WorkError::from(error)))?;
        Table::read_in(scratch.path(), Event::TABLE, Some(&scenario.money))
    }
}

/// The place of a policy in its scenario.
fn place(scenario: &Scenario, policy: &str) -> Result<usize, Failure> {
    let names = || scenario.policies.iter().map(|known| known.name.as_str());
    names().position(|known| known == policy).ok_or_else(|| {
        let hint = nearest(policy, names()).map_or_else(
            || format!("; there are {}", names().collect::<Vec<_>>().join(", ")),
            |near| format!("; did you mean `{near}`?"),
        );
        Failure::Asked(format!("there is no policy `{policy}`{hint}"))
    })
}

/// Values of all parameters with those of the caller in their places.
fn overridden(
    scenario: &Scenario,
    mut values: Vec<f64>,
    parameters: &[(String, f64)],
) -> Result<Vec<f64>, Failure> {
    for (name, value) in parameters {
        let Some(place) = scenario.register.position(name) else {
            let near = nearest(name, scenario.register.names());
            let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            return Err(Failure::Asked(format!("there is no parameter `{name}`{hint}")));
        };
        let bounds = scenario.register.get(place).map(|spec| (spec.min, spec.max));
        if let Some((min, max)) = bounds.filter(|(min, max)| !(*min..=*max).contains(value)) {
            let text = format!("`{name}` is {value}; it takes {min} to {max}");
            return Err(Failure::Asked(text));
        }
        values[place] = *value;
    }
    Ok(values)
}

//! `yangjae validate`: what was observed beside what is simulated, and how good the model is at it.

mod arguments;
mod fit;
mod found;
mod text;

pub use arguments::Arguments;

use std::path::PathBuf;

use crate::analysis::metrics;
use crate::analysis::observed;
use crate::analysis::observed::ObservedRecord;
use crate::analysis::study::Workspace;
use crate::commands::error::Error;
use crate::commands::error::placed;
use crate::commands::evidence_error::EvidenceError;
use crate::commands::interrupt;
use crate::commands::load;
use crate::commands::output::not_among_inputs;
use crate::commands::validate::found::FoundFit;
use crate::commands::validate::found::counts;
use crate::evidence::stylised;
use crate::evidence::stylised::Fact;
use crate::evidence::stylised::Panel;
use crate::evidence::validation::Judgement;
use crate::evidence::validation::Sample;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Progress as _;
use crate::experiment::batch::Workers;
use crate::report::folder::output_folder;
use crate::report::tables::row::Row as _;
use crate::report::tables::validation as tables;
use crate::report::tables::validation::ObservedFigure;
use crate::report::tables::validation::StylisedFact;
use crate::report::text::console;
use crate::report::text::dialect::Target;
use crate::report::text::progress;
use crate::scenario::Observation;
use crate::scenario::Scenario;

/// What is written.
const TABLES: [&str; 2] = [ObservedFigure::TABLE.file, StylisedFact::TABLE.file];

/// Compares, scores, writes both tables and says what they come to.
///
/// # Errors
///
/// Fails if the scenario or the file of figures has problems, the simulation or the disk fails,
/// somebody stops it, or fewer figures than wanted lie inside their intervals.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let scenario = load(arguments)?;
    compare(&scenario, arguments)
        .map_err(|error| placed(error, &scenario, &arguments.scenario.folder()))
}

/// Compares the scenario with what was observed.
fn compare(scenario: &Scenario, arguments: &Arguments) -> Result<(), Error> {
    let figures = figures(scenario, arguments)?;
    if figures.is_empty() && arguments.fail_under.is_some() {
        let text = "nothing was observed, so `--fail-under` has nothing to judge; \
                    `--observed FILE` compares with figures of a file";
        return Err(EvidenceError::NothingObserved(text.to_owned()).into());
    }
    let folder = folder(scenario, arguments);
    not_among_inputs(&folder, scenario, &arguments.scenario.folder())?;
    output_folder::prepare(&folder, &TABLES, arguments.force).map_err(EvidenceError::from)?;
    let stop = interrupt::watch();
    let workers = Workers::start(arguments.threads, &stop).map_err(EvidenceError::from)?;
    let fitted = match arguments.fit_until {
        Some(year) => fit::fitted(scenario, year, arguments, &workers)?,
        None => scenario.clone(),
    };
    let rows = judge(&fitted, &figures, arguments, &workers)?;
    let facts = facts(&fitted, arguments, &workers)?;
    let found = FoundFit { rows, facts };
    publish(Target::standard(&folder, scenario.money), arguments, &found)?;
    if !arguments.quiet {
        console::print(&text::summary(&fitted, arguments, &found))?;
        progress::message(&format!("tables are in {}", folder.display()));
    }
    enough(arguments, &found)
}

fn load(arguments: &Arguments) -> Result<Scenario, Error> {
    let (folder, set) = (&arguments.scenario.folder(), &arguments.set);
    // What is fitted here starts from what is stated, never from what was learned of all years.
    let mut scenario = if arguments.fit_until.is_some() || arguments.prior {
        load::load_prior(folder, set, None)?
    } else {
        load::load(folder, set, None)?
    };
    scenario.seed = arguments.seed.unwrap_or(scenario.seed);
    load::tell_unread_set(&scenario, arguments.quiet);
    if arguments.known_climate {
        let last = scenario.district.climate.iter().map(|known| known.year).max();
        scenario.vantage.year = scenario.vantage.year.max(last.unwrap_or(0));
    }
    Ok(scenario)
}

/// The figures to compare: those of the file that was named, or the scenario's own.
fn figures(scenario: &Scenario, arguments: &Arguments) -> Result<Vec<Observation>, Error> {
    let path = match &arguments.observed {
        Some(path) => path.clone(),
        None => arguments.scenario.folder().join("observed.csv"),
    };
    if arguments.observed.is_none() && scenario.observed.is_empty() {
        return Ok(Vec::new());
    }
    Ok(scenario.further_observed(&path, &metrics::places())?)
}

/// Simulates every figure and judges it.
fn judge(
    scenario: &Scenario,
    figures: &[Observation],
    arguments: &Arguments,
    workers: &Workers<'_>,
) -> Result<Vec<Judgement>, Error> {
    let record = ObservedRecord::new(scenario, figures);
    let simulated = simulate(&record, "forecasts", arguments, workers)?;
    let prior = match scenario.posterior {
        Some(_) => {
            let stated = Scenario { posterior: None, ..scenario.clone() };
            let record = ObservedRecord::new(&stated, figures);
            Some(simulate(&record, "forecasts of the prior", arguments, workers)?)
        }
        None => None,
    };
    let until = arguments.fit_until;
    let known: Vec<Observation> = scenario
        .observed
        .iter()
        .chain(figures)
        .filter(|row| row.is_up_to(until))
        .cloned()
        .collect();
    let row = |(index, observed): (usize, &Observation)| {
        let prior = prior.as_ref().and_then(|prior| prior.get(index)).map(Vec::as_slice);
        let same = |other: &Observation| {
            // A figure of November is no other than the one of that year's end.
            (&other.metric, &other.place, other.year)
                == (&observed.metric, &observed.place, observed.year)
        };
        let sample = match until {
            Some(until) if observed.year > until => Sample::Out,
            Some(_) => Sample::In,
            None if scenario.posterior.is_none() => Sample::NotFitted,
            None if scenario.observed.iter().any(same) => Sample::In,
            None => Sample::Out,
        };
        let bounds = metrics::named(&observed.metric)?.bounds;
        Judgement::new(observed, simulated.get(index)?, prior, &known, sample, bounds)
    };
    Ok(record.rows().iter().enumerate().filter_map(row).collect())
}

/// Simulated values by row and replication.
fn simulate(
    record: &ObservedRecord,
    name: &str,
    arguments: &Arguments,
    workers: &Workers<'_>,
) -> Result<Vec<Vec<f64>>, Error> {
    let bar = arguments.bar(name, arguments.replications);
    let made = workers
        .map_in_order(arguments.replications as usize, Workspace::default, |workspace, number| {
            let replication = u32::try_from(number).unwrap_or(u32::MAX);
            let values = record.parameters(replication);
            let made = record.simulate(&values, replication, workspace).map_err(Halted::Failed)?;
            bar.replication_done();
            Ok(made)
        })
        .map_err(EvidenceError::from)?;
    let of_row = |row: usize| made.iter().map(|values| values[row]).collect();
    Ok((0..record.rows().len()).map(of_row).collect())
}

/// Facts about firms in the first replications.
fn facts(
    scenario: &Scenario,
    arguments: &Arguments,
    workers: &Workers<'_>,
) -> Result<Vec<Fact>, Error> {
    let study = observed::study(scenario);
    let bar = arguments.bar("facts about firms", arguments.firm_replications);
    let panels = workers
        .map_in_order(
            arguments.firm_replications as usize,
            || (),
            |(), number| {
                let replication = u32::try_from(number).unwrap_or(u32::MAX);
                let panel = Panel::follow(&study, replication).map_err(Halted::Failed)?;
                bar.replication_done();
                Ok(panel)
            },
        )
        .map_err(EvidenceError::from)?;
    Ok(stylised::facts(&panels))
}

fn folder(scenario: &Scenario, arguments: &Arguments) -> PathBuf {
    let default = || PathBuf::from("output").join(format!("{}-validation", scenario.name));
    arguments.output.clone().unwrap_or_else(default)
}

fn publish(to: Target<'_>, arguments: &Arguments, found: &FoundFit) -> Result<(), Error> {
    let unit = |name: &str| metrics::named(name).map_or("", |metric| metric.unit);
    let tables = [
        tables::write(to, &found.rows, |row| counts(row, arguments), unit)?,
        tables::write_facts(to, &found.facts)?,
    ];
    for table in tables {
        table.publish().map_err(EvidenceError::from)?;
    }
    Ok(())
}

/// Whether enough figures lie inside their intervals for a script.
fn enough(arguments: &Arguments, found: &FoundFit) -> Result<(), Error> {
    let Some(wanted) = arguments.fail_under else { return Ok(()) };
    let Some(found) = found.score(arguments).coverage_90 else {
        let text = "no figure is left to be judged, so `--fail-under` has nothing to go by";
        return Err(EvidenceError::NothingObserved(text.to_owned()).into());
    };
    if found < wanted { Err(Error::Coverage { found, wanted }) } else { Ok(()) }
}

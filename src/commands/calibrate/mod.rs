//! `yangjae calibrate`: what the record says about the free parameters.

mod arguments;
mod found;
mod text;

pub use arguments::Arguments;

use std::path::PathBuf;

use crate::analysis::metrics;
use crate::analysis::observed::ObservedRecord;
use crate::commands::calibrate::found::FoundPosterior;
use crate::commands::error::Error;
use crate::commands::error::placed;
use crate::commands::evidence_error::EvidenceError;
use crate::commands::interrupt;
use crate::commands::load;
use crate::commands::output::not_among_inputs;
use crate::evidence::calibration;
use crate::evidence::calibration::Free;
use crate::evidence::calibration::RecordModel;
use crate::evidence::fit;
use crate::evidence::fit::ParameterSource;
use crate::evidence::learning;
use crate::evidence::sampler::Sampler;
use crate::evidence::sampler::SamplerSettings;
use crate::evidence::sampler::SamplerState;
use crate::experiment::batch::Workers;
use crate::experiment::fingerprint::Fingerprint;
use crate::experiment::fingerprint::Parts;
use crate::report::folder::calibration_folder;
use crate::report::folder::calibration_folder::CalibrationFolder;
use crate::report::folder::posterior_origin::PosteriorOrigin;
use crate::report::tables::calibration as tables;
use crate::report::tables::calibration::FitRow;
use crate::report::tables::table;
use crate::report::text::console;
use crate::report::text::dialect::Target;
use crate::report::text::progress;
use crate::report::text::progress::Bar;
use crate::report::text::progress::Visibility;
use crate::scenario::Observation;
use crate::scenario::Scenario;
use crate::scenario::posterior::Posterior;

/// Fits the free parameters to the record and writes what was learned.
///
/// # Errors
///
/// Fails if the scenario has problems, nothing is free or observed, the simulation or the disk
/// fails, or somebody stops it.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let replaced = &arguments.replaced;
    // What is learned starts from what is stated, never from what was learned before.
    let folder = arguments.scenario.folder();
    let mut scenario = load::load_prior(&folder, &replaced.set, replaced.until)?;
    scenario.seed = arguments.seed.unwrap_or(scenario.seed);
    load::tell_unread_set(&scenario, arguments.quiet);

    if let Some(path) = &arguments.observed {
        scenario.observed = scenario.further_observed(path, &metrics::places())?;
    }
    fit(&scenario, arguments).map_err(|error| placed(error, &scenario, &folder))
}

/// Fits the free parameters of the scenario.
fn fit(scenario: &Scenario, arguments: &Arguments) -> Result<(), Error> {
    not_among_inputs(&output(scenario, arguments), scenario, &arguments.scenario.folder())?;
    let free = calibration::free_parameters(scenario);
    if free.is_empty() {
        return Err(EvidenceError::nothing_free(scenario).into());
    }
    let mut fitted = scenario.observed.clone();
    fitted.retain(|row| row.is_up_to(arguments.fit_until));
    let record = record(scenario, &fitted, arguments)?;
    let folder = open_folder(scenario, arguments)?;
    let stop = interrupt::watch();
    let workers = Workers::start(arguments.threads, &stop).map_err(EvidenceError::from)?;

    let paused = |error| match error {
        EvidenceError::Stopped => EvidenceError::Paused,
        other => other,
    };
    let state = sample(scenario, arguments, &free, &record, &workers, &folder).map_err(paused)?;
    let found = describe(scenario, arguments, &free, &record, state, &workers).map_err(paused)?;
    publish(arguments, scenario, &free, &found, &folder)?;
    if !arguments.quiet {
        let text = text::summary(scenario, arguments, &record, &found);
        console::print(&text)?;
        progress::message(&format!("\ntables are in {}", folder.path().display()));
    }
    Ok(())
}

/// The record of the figures that are fitted to.
fn record(
    scenario: &Scenario,
    figures: &[Observation],
    arguments: &Arguments,
) -> Result<ObservedRecord, EvidenceError> {
    let record = ObservedRecord::new(scenario, figures);
    if record.rows().is_empty() {
        let until = arguments.fit_until.map_or_else(String::new, |year| format!(" up to {year}"));
        let text = match &arguments.observed {
            None => format!(
                "the scenario has no observed figure{until} that can be simulated; add some to \
                 observed.csv"
            ),
            Some(file) => {
                format!("`{}` has no figure{until} that can be simulated", file.display())
            }
        };
        return Err(EvidenceError::NothingObserved(text));
    }
    for (row, reason) in record.left_out() {
        let reason = reason.reason(scenario);
        let what = format!("{} of {} in {}", row.metric, row.place, row.year);
        progress::message(&format!("left out: {what}, because {reason}"));
    }
    Ok(record)
}

/// Where the calibration goes.
fn output(scenario: &Scenario, arguments: &Arguments) -> PathBuf {
    let default = || PathBuf::from("output").join(format!("{}-calibration", scenario.name));
    arguments.output.clone().unwrap_or_else(default)
}

fn open_folder(
    scenario: &Scenario,
    arguments: &Arguments,
) -> Result<CalibrationFolder, EvidenceError> {
    let path = output(scenario, arguments);
    let folder = CalibrationFolder::open(&path)?;
    if !arguments.force {
        if folder.is_finished() {
            return Err(EvidenceError::Finished(path));
        }
        if !arguments.resume && folder.state()?.is_some() {
            return Err(EvidenceError::Interrupted(path));
        }
    }
    Ok(folder)
}

fn settings(scenario: &Scenario, arguments: &Arguments) -> SamplerSettings {
    SamplerSettings {
        particles: arguments.particles as usize,
        records: arguments.replications_per_particle as usize,
        keep: arguments.keep,
        tolerance: arguments.tolerance,
        most_generations: arguments.generations as usize,
        least_acceptance: 0.01,
        seed: scenario.seed,
    }
}

/// A digest of everything that bears on the draws.
fn fingerprint(scenario: &Scenario, arguments: &Arguments) -> Fingerprint {
    let mut parts = Parts::new().with("version", env!("CARGO_PKG_VERSION").as_bytes());
    for input in &scenario.inputs {
        parts.add(&format!("input {}", input.path), &input.bytes);
    }
    for (parameter, value) in &arguments.replaced.set {
        parts.add(&format!("set {parameter}"), value.as_bytes());
    }
    if arguments.observed.is_some() {
        // Otherwise they are among the inputs.
        parts.add("observed", format!("{:?}", scenario.observed).as_bytes());
    }
    let years = [arguments.replaced.until, arguments.fit_until];
    // Debug text of numbers reads back to the same numbers, so it tells them apart.
    let settings = format!("{:?} {years:?}", settings(scenario, arguments));
    parts.with("settings", settings.as_bytes()).fingerprint()
}

/// Samples to the end, generation by generation, keeping each.
fn sample(
    scenario: &Scenario,
    arguments: &Arguments,
    free: &[Free],
    record: &ObservedRecord,
    workers: &Workers<'_>,
    folder: &CalibrationFolder,
) -> Result<SamplerState, EvidenceError> {
    let inputs = fingerprint(scenario, arguments);
    let settings = settings(scenario, arguments);
    let model = RecordModel::new(record, free, scenario.seed);
    let observed = model.observed();
    let sampler = Sampler { model: &model, observed: &observed, settings, workers };
    let kept = if arguments.resume { folder.state()? } else { None };
    let mut state = match kept {
        Some(bytes) => SamplerState::from_bytes(&bytes, &inputs)
            .map_err(|source| EvidenceError::State { path: folder.state_path(), source })?,
        None => sampler.first(&bar(arguments, "prior", arguments.particles))?,
    };
    folder.keep_state(&state.to_bytes(&inputs))?;
    while state.end(&settings).is_none() {
        let name = format!("generation {}, {}", state.generations.len(), text::distance(&state));
        state = sampler.next(&state, &bar(arguments, &name, arguments.particles))?;
        folder.keep_state(&state.to_bytes(&inputs))?;
    }
    Ok(state)
}

fn bar(arguments: &Arguments, name: &str, count: u32) -> Bar {
    let hidden = arguments.quiet || arguments.no_progress;
    Bar::new(name, count, if hidden { Visibility::Hidden } else { Visibility::OnTerminal })
}

/// What the draws say: parameters, trade-offs, and every observed figure within its forecast.
fn describe(
    scenario: &Scenario,
    arguments: &Arguments,
    free: &[Free],
    record: &ObservedRecord,
    state: SamplerState,
    workers: &Workers<'_>,
) -> Result<FoundPosterior, EvidenceError> {
    let observed = RecordModel::new(record, free, scenario.seed).observed();
    let draws = calibration::draws(&state, &observed, free);
    let learned = learning::learned(free, &draws, worth(&state));
    let trade_offs = learning::trade_offs(free, &draws);
    let all = ObservedRecord::new(scenario, &scenario.observed);
    let positions = free.iter().map(|free| free.position).collect();
    let mut fit = Vec::new();
    if let Some(posterior) = Posterior::new(positions, draws.clone()) {
        let forecast = |name: &str, source: ParameterSource<'_>| {
            let bar = bar(arguments, name, arguments.forecasts);
            fit::forecasts(&all, source, scenario.seed, arguments.forecasts, workers, &bar)
        };
        let prior = forecast("forecasts of the prior", ParameterSource::Prior(free))?;
        let after = forecast("forecasts of the posterior", ParameterSource::Posterior(&posterior))?;
        let rows = all.rows().iter().zip(prior.into_iter().zip(after));
        fit = rows
            .map(|(row, (prior, posterior))| FitRow {
                row: row.clone(),
                fitted: row.is_up_to(arguments.fit_until),
                prior,
                posterior,
            })
            .collect();
    }
    let ended = state.end(&settings(scenario, arguments));
    Ok(FoundPosterior { state, ended, learned, trade_offs, draws, fit })
}

/// How many independent draws a state is worth: particles that stand several times count once.
fn worth(state: &SamplerState) -> f64 {
    state.effective().min(state.different() as f64)
}

impl FoundPosterior {
    /// How many independent draws there are.
    fn draws_worth(&self) -> f64 {
        worth(&self.state)
    }
}

fn publish(
    arguments: &Arguments,
    scenario: &Scenario,
    free: &[Free],
    found: &FoundPosterior,
    folder: &CalibrationFolder,
) -> Result<(), EvidenceError> {
    let to = Target::standard(folder.path(), scenario.money);
    let register = &scenario.register;
    let files = table::files([
        tables::write_parameters(to, register, &found.learned)?,
        tables::write_trade_offs(to, register, &found.trade_offs)?,
        tables::write_generations(to, &found.state.generations)?,
        tables::write_fit(to, &found.fit)?,
    ]);
    let positions: Vec<usize> = free.iter().map(|free| free.position).collect();
    let posterior = tables::posterior(register, &positions, &found.draws);
    let origin = PosteriorOrigin::of(&posterior, scenario, arguments.fit_until);
    folder.publish(files, &posterior, &origin)?;
    if arguments.install {
        calibration_folder::install(&arguments.scenario.folder(), &posterior, &origin)?;
    }
    Ok(())
}

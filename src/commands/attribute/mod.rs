//! `yangjae attribute`: which part of a policy's effect is due to which of its packages.

pub mod error;

use std::num::NonZeroUsize;
use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use crate::analysis::attribution::Game;
use crate::analysis::attribution::MOST_EXACT;
use crate::analysis::attribution::Measured;
use crate::analysis::attribution::Method;
use crate::analysis::attribution::SAMPLES;
use crate::analysis::layout::Layout;
use crate::analysis::layout::Table;
use crate::analysis::metrics::METRICS;
use crate::commands::attribute::error::AttributeError;
use crate::commands::changes::ChangeArguments;
use crate::commands::error::Error;
use crate::commands::error::placed;
use crate::commands::interrupt;
use crate::commands::load;
use crate::commands::options;
use crate::commands::options::ScenarioBeforeNames;
use crate::commands::output::not_among_inputs;
use crate::commands::sources;
use crate::experiment::batch::Workers;
use crate::report::folder::attribution_folder;
use crate::report::folder::attribution_folder::AttributionError;
use crate::report::folder::attribution_folder::AttributionManifest;
use crate::report::folder::manifest;
use crate::report::folder::output_folder;
use crate::report::tables::attribution::Attribution;
use crate::report::tables::attribution::Contribution;
use crate::report::tables::row::Row as _;
use crate::report::text::console;
use crate::report::text::dialect::Target;
use crate::report::text::progress;
use crate::report::text::progress::Bar;
use crate::report::text::progress::Visibility;
use crate::report::views;
use crate::scenario::Scenario;
use crate::scenario::money::said;
use crate::scenario::package::Package;
use crate::scenario::package::packages;

/// Where the metric is split when no place is named.
const PLACES: [&str; 2] = ["city", "district"];

/// Arguments of `attribute`.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Clone, Debug, clap::Args)]
#[command(override_usage = "yangjae attribute [OPTIONS] [SCENARIO] [POLICY]")]
pub struct Arguments {
    /// Policy whose effect is split among its packages of levers, otherwise the one with most levers; of two names, or
    /// where it is one, the folder of the scenario
    #[arg(value_name = "POLICY")]
    first: Option<String>,
    /// Of two names, the policy
    #[arg(value_name = "SECOND")]
    second: Option<String>,
    /// The scenario.
    #[command(flatten)]
    pub scenario: ScenarioBeforeNames,
    /// Split this metric (repeatable)
    #[arg(long = "metric", value_name = "NAME", default_value = "jobs")]
    pub metrics: Vec<String>,
    /// Split it in this place (repeatable); city and district where none is named
    #[arg(long = "place", value_name = "NAME")]
    pub places: Vec<String>,
    /// Split it in this year instead of the last
    #[arg(long, value_name = "YEAR")]
    pub year: Option<u16>,
    /// Simulate this many replications instead of the scenario's number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub replications: Option<u32>,
    /// Draw all chance from this seed instead of the scenario's
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = options::seed)]
    pub seed: Option<u64>,
    /// Values of parameters, the last year, and a policy made from the one that is named.
    #[command(flatten)]
    pub replaced: ChangeArguments,
    /// Sample M orders of the packages in each replication instead of simulating every set
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(4..=10_000))]
    pub samples: Option<u32>,
    /// Simulate each pair of packages too where orders are sampled, to tell their synergy
    #[arg(long)]
    pub pairs: bool,
    /// Use this many threads; results are the same on any number
    #[arg(long, value_name = "T", value_parser = options::threads)]
    pub threads: Option<NonZeroUsize>,
    /// Write here instead of output/NAME-OF-SCENARIO/attribution
    #[arg(long, value_name = "DIR", value_parser = options::output())]
    pub output: Option<PathBuf>,
    /// Print no tables and show no progress
    #[arg(long)]
    pub quiet: bool,
    /// Show no progress
    #[arg(long)]
    pub no_progress: bool,
    /// Replace an attribution in the output folder
    #[arg(long)]
    pub force: bool,
}

/// Splits the effect of a policy, prints the parts and writes them.
///
/// # Errors
///
/// Fails if the scenario has problems, the command line does not fit it, the simulation fails or
/// is interrupted, or the tables cannot be written.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let replaced = &arguments.replaced;
    let words: Vec<&String> = arguments.first.iter().chain(&arguments.second).collect();
    let (folder, names) = arguments.scenario.split(&words, (0, 1))?;
    let folder = &folder.unwrap_or_else(options::default_scenario);
    let by_option = |error| load::by_option(error, folder);
    let loader = replaced.loader(folder);
    let chosen = if let Some(name) = names.first() {
        (*name).clone()
    } else {
        let scenario = loader.clone().load().map_err(|error| by_option(error.into()))?;
        sources::largest(&scenario).unwrap_or_default()
    };
    let (mut scenario, policy) =
        replaced.load_one(&loader, &chosen, arguments.quiet).map_err(by_option)?;
    scenario.seed = arguments.seed.unwrap_or(scenario.seed);
    scenario.replications = arguments.replications.unwrap_or(scenario.replications);
    load::tell_unread_set(&scenario, arguments.quiet);
    split(&scenario, (folder, &policy), arguments).map_err(|error| placed(error, &scenario, folder))
}

/// Splits the effect of a policy of the scenario.
fn split(
    scenario: &Scenario,
    (inputs, named): (&Path, &str),
    arguments: &Arguments,
) -> Result<(), Error> {
    let policy = load::policy(scenario, named)?;
    let baseline = &scenario.policies[scenario.baseline];
    let packages = packages(policy, baseline);
    if packages.is_empty() {
        return Err(AttributeError::NoPackage(policy.name.clone()).into());
    }
    let method = method(arguments, &packages);
    let game = Game { scenario, policy, packages: &packages, method, synergy: arguments.pairs };
    let measured = measured(arguments, scenario, &game.layouts())?;
    let folder = folder(arguments, scenario);
    not_among_inputs(&folder, scenario, inputs)?;
    output_folder::prepare(&folder, &[Contribution::TABLE.file], arguments.force)
        .map_err(AttributionError::from)
        .map_err(AttributeError::from)?;

    let stop = interrupt::watch();
    let splits = play(&game, &measured, arguments, &stop)?;
    let (policy, baseline) = (policy.name.as_str(), baseline.name.as_str());
    let shown = Attribution { policy, baseline, packages: &packages, method, splits: &splits };
    let manifest = describe(scenario, arguments, &shown);
    let to = Target::standard(&folder, scenario.money);
    attribution_folder::write(to, &shown, manifest).map_err(AttributeError::from)?;
    if !arguments.quiet {
        console::print(&said(&views::attribution::summary(&shown), Some(&scenario.money)))?;
        progress::message(&format!("\ntables are in {}", folder.display()));
    }
    Ok(())
}

/// Every set where there are few packages, sampled orders where there are many or it is asked for.
fn method(arguments: &Arguments, packages: &[Package]) -> Method {
    match arguments.samples {
        None if packages.len() <= MOST_EXACT => Method::Exact,
        samples => Method::Sampled { pairs: samples.unwrap_or(SAMPLES).div_ceil(2) },
    }
}

/// What is split: each metric in each place.
fn measured(
    arguments: &Arguments,
    scenario: &Scenario,
    layouts: &[Layout],
) -> Result<Vec<Measured>, Error> {
    let (first, last) = (scenario.first_year, scenario.last_year);
    let year = arguments.year.unwrap_or(last);
    if !(first..=last).contains(&year) {
        return Err(AttributeError::Year { year, first, last }.into());
    }
    let mut measured = Vec::new();
    for name in &arguments.metrics {
        let names = METRICS.iter().map(|metric| metric.name);
        let spec = METRICS.iter().find(|metric| metric.name == name);
        let spec = spec.ok_or_else(|| Error::unknown("metric", name, names))?;
        let known = places(layouts, spec.name, spec.whole);
        let wanted: Vec<String> = if arguments.places.is_empty() {
            let usual = PLACES.iter().filter(|place| known.iter().any(|known| known == *place));
            usual.map(|place| (*place).to_owned()).collect()
        } else {
            arguments.places.clone()
        };
        let absent = wanted.iter().find(|place| !known.contains(place)).cloned();
        if wanted.is_empty() || absent.is_some() {
            let (metric, place) = (name.clone(), absent.unwrap_or_else(|| PLACES.join(" or ")));
            let known = known.join(", ");
            return Err(AttributeError::NotThere { metric, place, known }.into());
        }
        measured.extend(wanted.into_iter().map(|place| Measured {
            metric: spec.name,
            place,
            unit: spec.unit,
            whole: spec.whole,
            year,
        }));
    }
    Ok(measured)
}

/// The places in which a metric is read: for a count in any of the worlds, for a ratio or price,
/// which has no value where there is no facility, in all of them.
fn places(layouts: &[Layout], metric: &str, whole: bool) -> Vec<String> {
    let mut places: Vec<String> = Vec::new();
    for series in layouts.iter().flat_map(|layout| &layout.series) {
        let of_metric = series.table == Table::Metric && series.name == metric;
        let in_all = || {
            layouts
                .iter()
                .all(|layout| layout.position(Table::Metric, metric, &series.place).is_some())
        };
        if of_metric && !places.contains(&series.place) && (whole || in_all()) {
            places.push(series.place.clone());
        }
    }
    places
}

fn folder(arguments: &Arguments, scenario: &Scenario) -> PathBuf {
    let usual = || PathBuf::from("output").join(&scenario.name).join("attribution");
    arguments.output.clone().unwrap_or_else(usual)
}

fn play(
    game: &Game<'_>,
    measured: &[Measured],
    arguments: &Arguments,
    stop: &AtomicBool,
) -> Result<Vec<crate::analysis::attribution::Split>, AttributeError> {
    let workers = Workers::start(arguments.threads, stop)?;
    let hidden = arguments.quiet || arguments.no_progress;
    let visibility = if hidden { Visibility::Hidden } else { Visibility::OnTerminal };
    let bar = Bar::new(&game.policy.name, game.scenario.replications, visibility);
    Ok(game.play(measured, &workers, &bar)?)
}

fn describe(
    scenario: &Scenario,
    arguments: &Arguments,
    attribution: &Attribution<'_>,
) -> AttributionManifest {
    let set = arguments.replaced.parameters().into_iter();
    AttributionManifest {
        program: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        scenario: scenario.name.clone(),
        inputs: manifest::inputs(&scenario.inputs),
        seed: scenario.seed,
        replications: scenario.replications,
        policy: attribution.policy.to_owned(),
        baseline: attribution.baseline.to_owned(),
        set: set.map(|(parameter, value)| format!("{parameter}={value}")).collect(),
        until: arguments.replaced.until,
        samples: match attribution.method {
            Method::Exact => None,
            Method::Sampled { pairs } => Some(2 * pairs),
        },
        files: Vec::new(),
    }
}

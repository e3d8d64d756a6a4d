//! `yangjae sensitivity`: designed experiments over parameters.

pub mod error;
mod found;
mod groups;
mod shown;
mod tables;
mod words;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::analysis::decision::outcome::Added;
use crate::analysis::decision::outcome::Outcome;
use crate::analysis::designed::experiment::Experiment;
use crate::analysis::designed::experiment::Outputs;
use crate::analysis::layout::Layout;
use crate::analysis::study::Study;
use crate::commands::error::Error;
use crate::commands::error::placed;
use crate::commands::interrupt;
use crate::commands::load;
use crate::commands::options;
use crate::commands::options::ScenarioArgument;
use crate::commands::options::SetArguments;
use crate::commands::output::not_among_inputs;
use crate::commands::sensitivity::error::SensitivityError;
use crate::commands::sensitivity::found::FEWEST_BASE_ROWS;
use crate::commands::sensitivity::found::Plan;
use crate::commands::sensitivity::groups::Moved;
use crate::commands::sensitivity::shown::Shown;
use crate::commands::sources as largest;
use crate::evidence::sources;
use crate::experiment::batch::Progress as _;
use crate::experiment::batch::Workers;
use crate::experiment::uncertainty::Uncertainty;
use crate::report::folder::manifest;
use crate::report::folder::output_folder;
use crate::report::folder::sensitivity_folder;
use crate::report::folder::sensitivity_folder::SensitivityManifest;
use crate::report::tables::table;
use crate::report::text::console;
use crate::report::text::dialect::Target;
use crate::report::text::progress;
use crate::report::text::progress::Bar;
use crate::report::text::progress::Visibility;
use crate::scenario::Policy;
use crate::scenario::Scenario;

/// Trajectories of the method morris where none are named.
const TRAJECTORIES: u32 = 20;
/// Base rows of the method sobol where none are named.
const SAMPLES: u32 = 256;
/// The fewest base rows of the method sobol.
const FEWEST_SAMPLES: u32 = 8;
/// The most base rows of the method sobol.
const MOST_SAMPLES: u32 = 65_536;

/// A method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Method {
    /// Elementary effects: which of many parameters matter, by few simulations
    Morris,
    /// Shares of variance that parameters explain alone and together with others
    Sobol,
    /// Each parameter alone from its 5 % to its 95 % quantile, the others at their medians
    Onebyone,
}

impl Method {
    /// Its word.
    const fn name(self) -> &'static str {
        match self {
            Self::Morris => "morris",
            Self::Sobol => "sobol",
            Self::Onebyone => "onebyone",
        }
    }
}

/// Arguments of `sensitivity`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The scenario.
    #[command(flatten)]
    pub scenario: ScenarioArgument,
    /// How parameters are moved
    #[arg(long, value_enum, default_value = "morris")]
    pub method: Method,
    /// Move parameters together: `phase`, by the phase of the year in which they act first, or NAME=A+B,NAME=C+D
    #[arg(long, value_name = "GROUPS")]
    pub groups: Option<String>,
    /// Policy whose difference from the baseline is looked at; otherwise the one with most levers
    #[arg(long, value_name = "POLICY")]
    pub policy: Option<String>,
    /// Look at this outcome instead of `economic_npv` and `net_jobs` (repeatable)
    #[arg(long = "outcome", value_name = "OUTCOME")]
    pub outcomes: Vec<String>,
    /// Trajectories of the method morris, otherwise 20
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=10_000))]
    pub trajectories: Option<u32>,
    /// Base rows of the method sobol, 8 at least and best a power of two; fewer than 32 give no intervals; otherwise 256
    #[arg(long, value_name = "N", value_parser = samples)]
    pub samples: Option<u32>,
    /// Replications of each row, whose chance is the same for all rows
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub replications: u32,
    /// Draw all chance from this seed instead of the scenario's
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = options::seed)]
    pub seed: Option<u64>,
    /// Values of parameters, and the last year.
    #[command(flatten)]
    pub replaced: SetArguments,
    /// Use this many threads; results are the same on any number
    #[arg(long, value_name = "T", value_parser = options::threads)]
    pub threads: Option<NonZeroUsize>,
    /// Write here instead of output/NAME-OF-SCENARIO/sensitivity
    #[arg(long, value_name = "DIR", value_parser = options::output())]
    pub output: Option<PathBuf>,
    /// Print no tables and show no progress
    #[arg(long)]
    pub quiet: bool,
    /// Show no progress
    #[arg(long)]
    pub no_progress: bool,
    /// Replace tables in the output folder
    #[arg(long)]
    pub force: bool,
}

impl Arguments {
    /// Whether every option is one of the method.
    fn check(&self) -> Result<(), SensitivityError> {
        if self.method == Method::Onebyone && self.groups.is_some() {
            return Err(SensitivityError::OneByOne);
        }
        let of_others = [
            ("--trajectories", self.trajectories, Method::Morris),
            ("--samples", self.samples, Method::Sobol),
        ];
        let found = of_others.iter().find(|(_, given, of)| given.is_some() && *of != self.method);
        found.map_or(Ok(()), |&(option, _, of)| {
            Err(SensitivityError::OtherMethod { option, of: of.name(), method: self.method.name() })
        })
    }

    fn trajectories(&self) -> usize {
        self.trajectories.unwrap_or(TRAJECTORIES) as usize
    }

    fn samples(&self) -> usize {
        self.samples.unwrap_or(SAMPLES) as usize
    }
}

/// A number of base rows from which shares of variance can be told.
fn samples(text: &str) -> Result<u32, String> {
    let number = text.parse::<u32>().ok();
    let number = number.filter(|number| (FEWEST_SAMPLES..=MOST_SAMPLES).contains(number));
    number.ok_or_else(|| {
        format!(
            "expected a whole number from {FEWEST_SAMPLES} to {MOST_SAMPLES}: fewer base rows tell no shares of variance, \
             and intervals take {FEWEST_BASE_ROWS}"
        )
    })
}

/// Moves parameters, and writes and prints what that does.
///
/// # Errors
///
/// Fails if the scenario has problems, the command line does not fit it, the simulation fails or is interrupted, or
/// the tables cannot be written.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let replaced = &arguments.replaced;
    let inputs = &arguments.scenario.folder();
    let mut scenario = load::load(inputs, &replaced.set, replaced.until)?;
    scenario.seed = arguments.seed.unwrap_or(scenario.seed);
    load::tell_unread_set(&scenario, arguments.quiet);
    experiment(&scenario, arguments).map_err(|error| placed(error, &scenario, inputs))
}

fn experiment(scenario: &Scenario, arguments: &Arguments) -> Result<(), Error> {
    let policy = policy(scenario, arguments)?;
    let layouts = Study::of(scenario).layouts();
    let outcomes = outcomes(arguments, &layouts)?;
    let (parameters, without_effect) = that_act(scenario, policy);
    if parameters.is_empty() {
        return Err(SensitivityError::NothingVaries(policy.name.clone()).into());
    }
    arguments.check()?;
    let moved = groups::moved(scenario, parameters, arguments.groups.as_deref())?;
    let plan = plan(arguments, &moved, scenario.seed)?;
    let rows = plan.rows(&moved);
    let usual = || PathBuf::from("output").join(&scenario.name).join("sensitivity");
    let folder = arguments.output.clone().unwrap_or_else(usual);
    not_among_inputs(&folder, scenario, &arguments.scenario.folder())?;
    output_folder::prepare(&folder, &tables::FILES, arguments.force)
        .map_err(SensitivityError::from)?;

    let experiment = Experiment::new(scenario, policy, &moved.parameters);
    let outputs = simulate(&experiment, &rows, &outcomes, arguments)?;
    let effects = |(place, outcome): (usize, &Outcome)| {
        let found = plan.effects(&outputs, place);
        found.ok_or_else(|| SensitivityError::NoVariance(outcome.to_string()))
    };
    let effects = outcomes.iter().enumerate().map(effects).collect::<Result<Vec<_>, _>>()?;
    let shown = Shown {
        scenario,
        policy,
        layouts: &layouts,
        experiment: &experiment,
        moved: &moved,
        outcomes: &outcomes,
        rows: &rows,
        outputs: &outputs,
        effects: &effects,
        without_effect: &without_effect,
        replications: arguments.replications,
    };
    let to = Target::standard(&folder, scenario.money);
    let tables = tables::write(to, &shown).map_err(SensitivityError::from)?;
    let tables = table::files(tables);
    sensitivity_folder::publish(to, tables, describe(arguments, &shown))
        .map_err(SensitivityError::from)?;
    if !arguments.quiet {
        console::print(&words::summary(&shown))?;
        progress::message(&format!("\ntables are in {}", folder.display()));
    }
    Ok(())
}

fn policy<'s>(scenario: &'s Scenario, arguments: &Arguments) -> Result<&'s Policy, Error> {
    let name = arguments.policy.clone().or_else(|| largest::largest(scenario)).unwrap_or_default();
    let policy = load::policy(scenario, &name)?;
    if policy.name == scenario.policies[scenario.baseline].name {
        return Err(SensitivityError::Baseline(name).into());
    }
    Ok(policy)
}

fn outcomes(arguments: &Arguments, layouts: &[Layout]) -> Result<Vec<Outcome>, SensitivityError> {
    if arguments.outcomes.is_empty() {
        return Ok([Added::EconomicNpv, Added::NetJobs].map(Outcome::Added).into());
    }
    let mut found: Vec<Outcome> = Vec::new();
    for text in &arguments.outcomes {
        let outcome = text.parse::<Outcome>()?.known(layouts)?;
        if !found.contains(&outcome) {
            found.push(outcome);
        }
    }
    Ok(found)
}

/// The parameters that vary: those through which the policy or the baseline acts, and the others.
fn that_act(scenario: &Scenario, policy: &Policy) -> (Vec<usize>, Vec<usize>) {
    let uncertainty = Uncertainty::of(scenario);
    let place = scenario.policies.iter().position(|other| other.name == policy.name);
    let place = place.unwrap_or(scenario.baseline);
    let varies = |&parameter: &usize| {
        uncertainty.varies(parameter) && scenario.parameters[parameter].varies()
    };
    (0..scenario.parameters.len())
        .filter(varies)
        .partition(|&parameter| sources::is_used(scenario, place, parameter))
}

fn plan(arguments: &Arguments, moved: &Moved, seed: u64) -> Result<Plan, SensitivityError> {
    match arguments.method {
        Method::Morris => Ok(Plan::morris(moved, arguments.trajectories(), seed)),
        Method::Sobol => Plan::sobol(moved, arguments.samples(), seed),
        Method::Onebyone => Ok(Plan::OneByOne(moved.parameters.len())),
    }
}

fn simulate(
    experiment: &Experiment<'_>,
    rows: &[(String, Vec<f64>)],
    outcomes: &[Outcome],
    arguments: &Arguments,
) -> Result<Outputs, SensitivityError> {
    let stop = interrupt::watch();
    let workers = Workers::start(arguments.threads, &stop)?;
    let hidden = arguments.quiet || arguments.no_progress;
    let visibility = if hidden { Visibility::Hidden } else { Visibility::OnTerminal };
    let histories = rows.len().saturating_mul(arguments.replications as usize);
    let bar =
        Bar::new(arguments.method.name(), u32::try_from(histories).unwrap_or(u32::MAX), visibility);
    let points: Vec<Vec<f64>> = rows.iter().map(|(_, point)| point.clone()).collect();
    let done = || bar.replication_done();
    Ok(experiment.run(&points, outcomes, arguments.replications, &workers, &done)?)
}

fn describe(arguments: &Arguments, shown: &Shown<'_>) -> SensitivityManifest {
    let (scenario, set) = (shown.scenario, arguments.replaced.set.iter());
    SensitivityManifest {
        program: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        scenario: scenario.name.clone(),
        inputs: manifest::inputs(&scenario.inputs),
        seed: scenario.seed,
        method: arguments.method.name(),
        points: match arguments.method {
            Method::Morris => Some(arguments.trajectories()),
            Method::Sobol => Some(arguments.samples()),
            Method::Onebyone => None,
        },
        rows: shown.rows.len(),
        replications: arguments.replications,
        policy: shown.policy.name.clone(),
        baseline: scenario.policies[scenario.baseline].name.clone(),
        groups: arguments.groups.clone(),
        set: set.map(|(parameter, value)| format!("{parameter}={value}")).collect(),
        until: arguments.replaced.until,
        files: Vec::new(),
    }
}

//! `yangjae noise`: how much of the results' variation is parameters and how much is chance.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::analysis::study::Study;
use crate::analysis::study::policy::StudyPolicy;
use crate::commands::changes::ChangeArguments;
use crate::commands::changes::Changed;
use crate::commands::error::Error;
use crate::commands::error::placed;
use crate::commands::evidence_error::EvidenceError;
use crate::commands::interrupt;
use crate::commands::load;
use crate::commands::options;
use crate::commands::options::ScenarioArgument;
use crate::commands::output::not_among_inputs;
use crate::evidence::noise;
use crate::evidence::noise::Account;
use crate::experiment::batch::Workers;
use crate::report;
use crate::report::folder::output_folder;
use crate::report::tables::noise::VarianceParts;
use crate::report::tables::row::Row as _;
use crate::report::text::console;
use crate::report::text::dialect::Target;
use crate::report::text::language::Language;
use crate::report::text::language::Tag;
use crate::report::text::language::text;
use crate::report::text::progress;
use crate::report::text::progress::Bar;
use crate::report::text::progress::Visibility;
use crate::scenario::Scenario;

/// What `noise` takes on the command line.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The scenario.
    #[command(flatten)]
    pub scenario: ScenarioArgument,
    /// This policy only, beside the baseline (repeatable)
    #[arg(long = "policy", value_name = "NAME")]
    pub policies: Vec<String>,
    /// Parameter draws
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u32).range(2..=10_000))]
    pub parameter_draws: u32,
    /// Random streams, each met by every parameter draw
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u32).range(2..=10_000))]
    pub streams: u32,
    /// Draw all chance from this seed instead of the scenario's
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = options::seed)]
    pub seed: Option<u64>,
    /// Values of parameters, the last year, and policies made from others.
    #[command(flatten)]
    pub replaced: ChangeArguments,
    /// Use this many threads; results are the same on any number
    #[arg(long, value_name = "T", value_parser = options::threads)]
    pub threads: Option<NonZeroUsize>,
    /// Write here instead of output/NAME-OF-SCENARIO-noise
    #[arg(long, value_name = "DIR", value_parser = options::output())]
    pub output: Option<PathBuf>,
    /// Replace accounts of noise in the output folder
    #[arg(long)]
    pub force: bool,
    /// Print no summary and show no progress
    #[arg(long)]
    pub quiet: bool,
    /// Show no progress
    #[arg(long)]
    pub no_progress: bool,
}

/// Simulates every parameter draw with every random stream, and splits the variance of the results.
///
/// # Errors
///
/// Fails if the scenario has problems or lacks a policy, the simulation or the disk fails, or
/// somebody stops it.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let replaced = &arguments.replaced;
    let folder = arguments.scenario.folder();
    let loaded = replaced.load(&replaced.loader(&folder), &arguments.policies, arguments.quiet);
    let Changed { mut scenario, policies, .. } =
        loaded.map_err(|error| load::by_option(error, &folder))?;
    scenario.seed = arguments.seed.unwrap_or(scenario.seed);
    load::tell_unread_set(&scenario, arguments.quiet);
    let arguments = &Arguments { policies, ..arguments.clone() };
    account(&scenario, arguments).map_err(|error| placed(error, &scenario, &folder))
}

/// Splits the variance of the scenario's results.
fn account(scenario: &Scenario, arguments: &Arguments) -> Result<(), Error> {
    let study = study(scenario, &arguments.policies)?;
    let default = || PathBuf::from("output").join(format!("{}-noise", scenario.name));
    let path = arguments.output.clone().unwrap_or_else(default);
    not_among_inputs(&path, scenario, &arguments.scenario.folder())?;
    let tables = [VarianceParts::TABLE.file];
    output_folder::prepare(&path, &tables, arguments.force).map_err(EvidenceError::from)?;
    let stop = interrupt::watch();
    let workers = Workers::start(arguments.threads, &stop).map_err(EvidenceError::from)?;
    let pairs = arguments.parameter_draws.saturating_mul(arguments.streams);
    let hidden = arguments.quiet || arguments.no_progress;
    let visibility = if hidden { Visibility::Hidden } else { Visibility::OnTerminal };
    let bar = Bar::new(&scenario.name, pairs, visibility);
    let accounts =
        noise::accounts(&study, arguments.parameter_draws, arguments.streams, &workers, &bar)
            .map_err(EvidenceError::from)?;
    drop(bar);

    let table = report::tables::noise::write(Target::standard(&path, scenario.money), &accounts)
        .map_err(EvidenceError::from)?;
    table.publish().map_err(EvidenceError::from)?;
    if !arguments.quiet {
        console::print(&summary(scenario, arguments, &accounts))?;
        progress::message(&format!("\nall results are in {}", path.join("noise.csv").display()));
    }
    Ok(())
}

/// The baseline and the policies asked for, or all.
pub(super) fn study(scenario: &Scenario, names: &[String]) -> Result<Study, EvidenceError> {
    let baseline = &scenario.policies[scenario.baseline];
    let others = || scenario.policies.iter().filter(|policy| policy.name != baseline.name);
    for name in names {
        if others().all(|policy| policy.name != *name) {
            let known: Vec<&str> = others().map(|policy| policy.name.as_str()).collect();
            let known = known.join(", ");
            return Err(EvidenceError::UnknownPolicy { name: name.clone(), known });
        }
    }
    let chosen = others().filter(|policy| names.is_empty() || names.contains(&policy.name));
    Ok(Study::new(scenario, chosen.map(StudyPolicy::of).collect(), StudyPolicy::of(baseline)))
}

fn summary(scenario: &Scenario, arguments: &Arguments, accounts: &[Account]) -> String {
    let mut text = console::paragraph(
        &format!(
            "{}: {} parameter draws, each with the same {} random streams. Shares of the variance \
             of the difference in jobs in the last year, ± one standard error: chance and its \
             interaction with parameters average out over more replications; the share of \
             parameters does not, and only more evidence shrinks it. Which of the two helps more is \
             said only where the 95 % interval of the share of parameters lies on one side of a \
             half.",
            scenario.name, arguments.parameter_draws, arguments.streams
        ),
        0,
    );
    text.push('\n');
    let told = || accounts.iter().filter(|row| row.difference && row.metric == "jobs");
    let rows: Vec<[String; 7]> = told()
        .map(|row| {
            let (shares, errors) = (row.components.shares(), row.shares);
            let share = |place: usize| {
                let error = errors.map(|errors| format!(" ± {:.0}", 100.0 * errors[place].se));
                let mark = if is_below_zero(row, place) { "*" } else { "" };
                shares.map_or_else(String::new, |shares| {
                    format!("{:.0}{} %{mark}", 100.0 * shares[place], error.unwrap_or_default())
                })
            };
            [
                format!("  {}", row.policy),
                row.place.to_owned(),
                format!("{:+.0}", row.components.mean),
                share(0),
                share(1),
                share(2),
                noise::more_helpful(&row.components, row.shares).to_owned(),
            ]
        })
        .collect();
    let header = ["  policy", "jobs in the", "mean", "parameters", "chance", "both", "shrinks by"];
    text.push_str(&console::table(header, &rows));
    if told().any(|row| (0..3).any(|place| is_below_zero(row, place))) {
        let note =
            text::noise_below_zero.in_language(Language::or_english(&Tag::english(), scenario));
        text.push('\n');
        text.push_str(&console::paragraph(note, 2));
    }
    text
}

/// Whether the estimate of a share is below 0, and nothing is shown for it.
fn is_below_zero(row: &Account, place: usize) -> bool {
    row.shares.is_some_and(|shares| shares[place].below_zero)
}

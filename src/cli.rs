//! The command line: which command, with which arguments.

use std::ffi::OsString;

use clap::CommandFactory as _;
use clap::Parser;
use clap::Subcommand;
use clap::error::ContextKind;
use clap::error::ContextValue;
use clap::error::ErrorKind;

use crate::commands::attribute;
use crate::commands::calibrate;
use crate::commands::check;
use crate::commands::compare;
use crate::commands::completions;
use crate::commands::decide;
use crate::commands::describe;
use crate::commands::diff;
use crate::commands::error::Error;
use crate::commands::explain;
use crate::commands::explore;
use crate::commands::interrupt;
use crate::commands::man;
use crate::commands::merge;
use crate::commands::new;
use crate::commands::noise;
use crate::commands::replay;
use crate::commands::report;
use crate::commands::run;
use crate::commands::schema;
use crate::commands::search;
use crate::commands::selftest;
use crate::commands::sensitivity;
use crate::commands::slurm;
use crate::commands::validate;
use crate::commands::verify;
use crate::report::text::console;
use crate::report::text::message;
use crate::scenario::renamed;
use crate::scenario::renamed::Of;
use crate::system;

/// What a newcomer sees who types `yangjae` alone.
const WELCOME: &str = "\
yangjae compares what policies for an innovation district add, and says how sure one can be

  yangjae run       simulates every policy of a scenario and writes tables
  yangjae check     reads a scenario and lists everything that is wrong with it
  yangjae explain   says what a lever, parameter, metric or column means

`yangjae help` lists all commands, `yangjae new FOLDER` writes a scenario to start from
";

/// Compares innovation policies by simulation.
#[derive(Debug, Parser)]
#[command(name = "yangjae", version, about, disable_help_subcommand = false)]
pub struct Cli {
    /// What to do; nothing prints a short help.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Simulate every policy of a scenario and write the tables
    Run(Box<run::Arguments>),
    /// Fit the free parameters to what was observed, and say what it tells
    Calibrate(Box<calibrate::Arguments>),
    /// Write report and pictures again, from the tables of a run
    Report(report::Arguments),
    /// Say which policy of a finished run to choose, how sure, and what would change the choice
    Decide(decide::Arguments),
    /// Say in what two finished runs differ: inputs, results, rankings
    Compare(compare::Arguments),
    /// Read and validate a scenario, and say what its policies cost
    Check(check::Arguments),
    /// Show what one policy changes against another
    Diff(diff::Arguments),
    /// Split a policy's effect among its packages of levers
    Attribute(Box<attribute::Arguments>),
    /// Search for good mixes, sizes and dates of levers within a budget
    Search(Box<search::Arguments>),
    /// Say how strongly results depend on parameters, by a designed experiment
    Sensitivity(Box<sensitivity::Arguments>),
    /// Write a page in which one moves levers and sees at once what they add, without a network
    Explore(Box<explore::Arguments>),
    /// Say what a lever, parameter, metric or column means
    Explain(explain::Arguments),
    /// Put shards together into the run that they are parts of
    Merge(merge::Arguments),
    /// Run the shards of a scenario on a cluster with Slurm, then merge them
    Slurm(Box<slurm::Arguments>),
    /// Prove that a run is whole, unchanged, and what this program makes
    Verify(verify::Arguments),
    /// Say how much of the results' variation is parameters and how much is chance
    Noise(noise::Arguments),
    /// Write a small scenario of your own to start from
    New(new::Arguments),
    /// Compare the engine with answers that are known exactly
    Selftest(selftest::Arguments),
    /// Describe the model in the form of ODD and STRESS-DES
    Describe(describe::Arguments),
    /// Set what was observed beside what is simulated, and score it
    Validate(Box<validate::Arguments>),
    /// Tell one replication of a policy beside that of the baseline: who came, moved, grew, failed, and why
    Replay(replay::Arguments),
    /// Write what may stand in a scenario's files, as JSON Schema for editors
    Schema(schema::Arguments),
    /// Print what a shell completes after `yangjae`
    Completions(completions::Arguments),
    /// Print the manual page
    Man(man::Arguments),
}

/// Does what a command line asks, the program's name first, and tells what is wrong. Returns the exit status.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    system::tell_of_large_files();
    let done = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli.run().map(|()| 0),
        Err(told) => tell(&without_trailing_argument(told)),
    };
    match done {
        Ok(status) => {
            interrupt::done();
            status
        }
        Err(error) => {
            match &error {
                Error::Scenario(problems) => {
                    console::tell_in_colour(|colour| problems.render(colour));
                }
                error => console::tell(&format!("error: {}", message::with_causes(error))),
            }
            error.status()
        }
    }
}

/// Prints what the reading of the command line has to tell: help and version to standard output,
/// mistakes to standard error. Returns the exit status.
///
/// # Errors
///
/// Fails if help cannot be written. Where a mistake cannot be told, the status still tells.
fn tell(told: &clap::Error) -> Result<u8, Error> {
    let mut text = told.render().to_string();
    if let Some(hint) = renamed_hint(told) {
        text = format!("{}\n\n  tip: {hint}\n", text.trim_end());
    }
    if told.use_stderr() {
        console::tell(text.trim_end());
    } else {
        console::print(&text)?;
    }
    Ok(u8::try_from(told.exit_code()).unwrap_or(2))
}

/// A mistake without the advice to write an option behind `--`, where no command takes anything.
fn without_trailing_argument(mut told: clap::Error) -> clap::Error {
    if told.kind() == ErrorKind::UnknownArgument {
        told.remove(ContextKind::Suggested);
    }
    told
}

/// What a flag or a word that is no more is called now.
fn renamed_hint(told: &clap::Error) -> Option<String> {
    let named = |kind| match told.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let flag = named(ContextKind::InvalidArg).and_then(|flag| renamed::hint(Of::Flag, flag));
    let word = || named(ContextKind::InvalidValue).and_then(|word| renamed::hint(Of::Word, word));
    flag.or_else(word)
}

impl Cli {
    /// Does what was asked.
    ///
    /// # Errors
    ///
    /// Fails as the command does.
    pub fn run(&self) -> Result<(), Error> {
        match &self.command {
            None => Ok(console::print(WELCOME)?),
            Some(Command::Run(arguments)) => run::run_all(arguments),
            Some(Command::Calibrate(arguments)) => calibrate::run(arguments),
            Some(Command::Report(arguments)) => report::run(arguments),
            Some(Command::Decide(arguments)) => decide::run(arguments),
            Some(Command::Compare(arguments)) => compare::run(arguments),
            Some(Command::Check(arguments)) => check::run(arguments),
            Some(Command::Diff(arguments)) => diff::run(arguments),
            Some(Command::Attribute(arguments)) => attribute::run(arguments),
            Some(Command::Search(arguments)) => search::run(arguments),
            Some(Command::Sensitivity(arguments)) => sensitivity::run(arguments),
            Some(Command::Explore(arguments)) => explore::run(arguments),
            Some(Command::Explain(arguments)) => explain::run(arguments),
            Some(Command::Merge(arguments)) => merge::run(arguments),
            Some(Command::Slurm(arguments)) => slurm::run(arguments),
            Some(Command::Verify(arguments)) => verify::run(arguments),
            Some(Command::Noise(arguments)) => noise::run(arguments),
            Some(Command::New(arguments)) => new::run(arguments),
            Some(Command::Selftest(arguments)) => selftest::run(arguments),
            Some(Command::Describe(arguments)) => describe::run(arguments),
            Some(Command::Validate(arguments)) => validate::run(arguments),
            Some(Command::Replay(arguments)) => replay::run(arguments),
            Some(Command::Schema(arguments)) => schema::run(arguments),
            Some(Command::Completions(arguments)) => completions::run(arguments, Self::command()),
            Some(Command::Man(arguments)) => man::run(arguments, Self::command()),
        }
    }
}

//! `yangjae compare`: in what two finished runs differ, inputs, results and rankings. Nothing is simulated, and
//! neither run is changed.

mod arguments;
mod both;
mod compared;
pub mod error;
mod inputs;
mod opened;
mod results;
mod source;
mod tables;
mod words;

pub use arguments::Arguments;

use std::path::Path;
use std::path::PathBuf;

use crate::commands::compare::both::Both;
use crate::commands::compare::compared::Compared;
use crate::commands::compare::error::CompareError;
use crate::commands::compare::opened::Opened;
use crate::commands::compare::source::Source;
use crate::commands::error::Error;
use crate::commands::interrupt;
use crate::commands::report::error::ReportError;
use crate::experiment::batch::Workers;
use crate::pipeline::error::WorkError;
use crate::report::folder::output_folder;
use crate::report::tables::compare::FOLDER;
use crate::report::text::console;
use crate::report::text::dialect::Target;
use crate::report::text::progress;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::money::Money;

/// Inputs that bear on no value of a policy: what policies are is told policy by policy, and figures, titles and
/// published facts are for calibration and for readers.
const OF_NO_VALUE: [&str; 3] = ["policies/", "languages/", "observed.csv"];

/// Compares two runs, writes the tables and says the most important in words.
///
/// # Errors
///
/// Fails if a folder holds no finished run or has been changed, the runs cannot be compared, or the tables cannot be
/// written.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let [one, other] = [opened::open(&arguments.one)?, opened::open(&arguments.other)?];
    let output = output(arguments);
    for run in [&one, &other] {
        if output_folder::is_in(&output, &run.path) {
            let run = run.path.clone();
            return Err(CompareError::InRun { output, run }.into());
        }
    }
    let stop = interrupt::watch();
    let workers = Workers::start(arguments.threads, &stop).map_err(WorkError::from)?;
    let year = common_year(&one, &other)?;
    let compared = source::with(&one, year, &workers, |first| {
        source::with(&other, year, &workers, |second| {
            compare(arguments, [&one, &other], [first, second], (year, &workers))
        })
    })?;
    output_folder::make(&output.join(FOLDER)).map_err(ReportError::from)?;
    let to = Target::standard(&output, compared.money);
    for table in tables::write(to, &compared).map_err(WorkError::from)? {
        table.publish().map_err(ReportError::from)?;
    }
    if !arguments.quiet {
        console::print(&words::summary(&one, &other, &compared))?;
        let folder = output.join(FOLDER);
        progress::message(&format!("\nall tables are in {}", folder.display()));
    }
    Ok(())
}

/// The output folder: that of the command line, or one that is named after both runs.
fn output(arguments: &Arguments) -> PathBuf {
    let name = |folder: &Path| Scenario::name_of(folder);
    let usual = || {
        let names = format!("{}-to-{}", name(&arguments.one), name(&arguments.other));
        PathBuf::from("output").join(names)
    };
    arguments.output.clone().unwrap_or_else(usual)
}

/// The last year that both runs have.
fn common_year(one: &Opened, other: &Opened) -> Result<u16, CompareError> {
    let years = [one, other].map(|run| (run.plan().first_year, run.plan().last_year));
    let [(first, last), (other_first, other_last)] = years;
    let year = last.min(other_last);
    if year >= first.max(other_first) {
        return Ok(year);
    }
    let [one, other] = years.map(|(first, last)| format!("{first} to {last}"));
    Err(CompareError::NoYear(one, other))
}

fn compare(
    arguments: &Arguments,
    runs: [&Opened; 2],
    sources: [&Source<'_>; 2],
    (year, workers): (u16, &Workers<'_>),
) -> Result<Compared, Error> {
    let money = money(runs, sources)?;
    let [one, other] = runs;
    let is_common = |name: &&String| other.plan().policies.contains(name);
    let policies: Vec<String> = one.plan().policies.iter().filter(is_common).cloned().collect();
    if policies.is_empty() {
        let of = |run: &Opened| run.plan().policies.join(", ");
        let (of_one, of_other) = (of(one), of(other));
        let (one, other) = (one.path.clone(), other.path.clone());
        return Err(CompareError::NoPolicy { one, of_one, other, of_other }.into());
    }
    let is_one_world = is_one_world(one, other);
    let is_option = |run: &Opened, name: &str| {
        let policies = run.scenario().map_or(&[][..], |scenario| &scenario.policies);
        policies.iter().find(|policy| policy.name == name).is_none_or(Policy::is_option)
    };
    let options = policies.iter().filter(|name| runs.iter().all(|run| is_option(run, name)));
    let options = options.cloned().collect();
    let lacks = |run: &Opened, name: &String| !run.plan().policies.contains(name);
    let has_others = |[run, other]: [&Opened; 2]| {
        run.plan().policies.iter().any(|name| lacks(other, name) && is_option(run, name))
    };
    let has_other_options = has_others([one, other]) || has_others([other, one]);
    let both = Both { runs, sources, policies, options, year, is_one_world, workers };
    let results = results::results(&both, arguments)?;
    let ranks = results::rankings(&both, arguments)?;
    let inputs = inputs::changes(one, other);
    let years = runs.map(|run| (run.plan().first_year, run.plan().last_year));
    let other_years = (years[0] != years[1]).then_some(years);
    let Both { policies, options, .. } = both;
    Ok(Compared {
        inputs,
        policies,
        options,
        has_other_options,
        results,
        ranks,
        money,
        other_years,
    })
}

/// The unit of amounts of both.
fn money(runs: [&Opened; 2], sources: [&Source<'_>; 2]) -> Result<Money, CompareError> {
    let [one, other] = sources.map(Source::money);
    match (one, other) {
        (Some(of_one), Some(of_other)) if of_one.account != of_other.account => {
            let [one, other] = runs.map(|run| run.path.clone());
            let [of_one, of_other] = [of_one, of_other].map(|money| money.account.to_string());
            Err(CompareError::Money { one, of_one, other, of_other })
        }
        (Some(money), _) | (None, Some(money)) => Ok(money),
        (None, None) => {
            let (folder, what) = (runs[0].path.clone(), "economic_npv".to_owned());
            Err(CompareError::NotListed { folder, what })
        }
    }
}

/// Whether the same program, seed, options and inputs made both, policies and what bears on no value left aside.
fn is_one_world(one: &Opened, other: &Opened) -> bool {
    let inputs = |run: &Opened| -> Vec<(String, String)> {
        let bears = |file: &str| !OF_NO_VALUE.iter().any(|prefix| file.starts_with(prefix));
        let listed = run.plan().inputs.iter().filter(|input| bears(&input.file));
        listed.map(|input| (input.file.clone(), input.sha256.clone())).collect()
    };
    let (left, right) = (one.plan(), other.plan());
    left.version == right.version
        && left.seed == right.seed
        && left.choices == right.choices
        && left.scaled == right.scaled
        && inputs(one) == inputs(other)
}

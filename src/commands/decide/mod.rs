//! `yangjae decide`: which policy of a finished run, how sure, and what would change the choice. Nothing is
//! simulated.

mod decided;
pub mod error;
mod tables;
mod words;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::analysis::appraisal::Discounting;
use crate::analysis::decision::acceptability::acceptability;
use crate::analysis::decision::criterion::Criterion;
use crate::analysis::decision::frontier::CostEffect;
use crate::analysis::decision::frontier::frontier;
use crate::analysis::decision::judged::JudgeError;
use crate::analysis::decision::judged::Replications;
use crate::analysis::decision::judged::judge;
use crate::analysis::decision::outcome::Added;
use crate::analysis::decision::outcome::Outcome;
use crate::analysis::decision::sample::Sample;
use crate::analysis::layout::Layout;
use crate::analysis::results::Results;
use crate::analysis::statistics::Design;
use crate::commands::decide::decided::ByCriterion;
use crate::commands::decide::decided::Decided;
use crate::commands::decide::error::DecideError;
use crate::commands::error::Error;
use crate::commands::interrupt;
use crate::commands::options;
use crate::commands::report::error::ReportError;
use crate::commands::report::unchanged;
use crate::evidence::sources;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Workers;
use crate::experiment::block::BlockError;
use crate::experiment::block::archive::Archive;
use crate::experiment::uncertainty::Uncertainty;
use crate::pipeline::error::WorkError;
use crate::pipeline::job::Job;
use crate::pipeline::recipe::Recipe;
use crate::pipeline::study::StudyEngine;
use crate::report::folder::output_folder;
use crate::report::folder::output_folder::OutputFolder;
use crate::report::tables::decision::FOLDER;
use crate::report::text::console;
use crate::report::text::dialect::Target;
use crate::report::text::progress;
use crate::report::views::findings::finished;
use crate::scenario::Scenario;
use crate::time::Phase;

/// What a job-year is worth at most: so many yearly wages.
const MOST_WAGES: f64 = 3.0;
/// Values of a job-year that are looked at, from 0.
const THRESHOLDS: u32 = 30;

/// What `decide` takes on the command line.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The folder of a finished run
    #[arg(value_name = "DIR", default_value = "output/yangjae")]
    pub folder: PathBuf,
    /// Judge policies by this outcome, or this weighted sum of outcomes, instead of `economic_npv`, `fiscal_npv`
    /// and `net_jobs`; `min:` before it: less is better (repeatable)
    #[arg(long = "criterion", value_name = "CRITERION")]
    pub criteria: Vec<String>,
    /// Count how often a criterion reaches this value, and where it fails to (repeatable)
    #[arg(long = "target", value_name = "CRITERION=VALUE", value_parser = target)]
    pub targets: Vec<(String, f64)>,
    /// Use this many threads; results are the same on any number
    #[arg(long, value_name = "T", value_parser = options::threads)]
    pub threads: Option<NonZeroUsize>,
    /// Print no summary
    #[arg(long)]
    pub quiet: bool,
}

/// A criterion and the value that it is to reach.
fn target(text: &str) -> Result<(String, f64), String> {
    let wrong = || "expected CRITERION=VALUE, such as economic_npv=0".to_owned();
    let (name, value) = text.rsplit_once('=').ok_or_else(wrong)?;
    let value: f64 = value.trim().parse().map_err(|_| wrong())?;
    if value.is_finite() { Ok((name.trim().to_owned(), value)) } else { Err(wrong()) }
}

/// Judges the policies, writes the tables and says the most important in words.
///
/// # Errors
///
/// Fails if the folder holds no finished run or has been changed, a criterion is not of it, or the tables cannot be
/// written.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let path = &arguments.folder;
    let manifest = finished::read_manifest(path).map_err(ReportError::from)?;
    let folder = OutputFolder::take(path).map_err(ReportError::from)?;
    let recipe = Recipe::from_folder(folder.path(), &manifest.plan)?;
    unchanged(path, &manifest)?;
    let stop = interrupt::watch();
    let workers = Workers::start(arguments.threads, &stop).map_err(WorkError::from)?;
    let engine = StudyEngine::new(&recipe.scenario);
    let job = Job::new(&recipe, &engine, &workers);
    let blocks = output_folder::blocks_of(path);
    let archive = Archive::open(&blocks, &job.shape, recipe.replications());
    let archive = archive.map_err(WorkError::from)?;
    let results = job.results(&archive);
    let decided = decide(&recipe.scenario, &results, arguments)?;
    let to =
        Target { folder: path, dialect: recipe.options.csv_dialect, money: recipe.scenario.money };
    output_folder::make(&path.join(FOLDER)).map_err(ReportError::from)?;
    for table in tables::write(to, &decided).map_err(WorkError::from)? {
        table.publish().map_err(ReportError::from)?;
    }
    if !arguments.quiet {
        console::print(&words::summary(&decided))?;
        let folder = path.join(FOLDER);
        progress::message(&format!("\nall tables are in {}", folder.display()));
    }
    Ok(())
}

/// Every judgement by each criterion.
fn decide<'a>(
    scenario: &'a Scenario,
    results: &Results<'a>,
    arguments: &Arguments,
) -> Result<Decided<'a>, Error> {
    if results.layouts.len() < 2 {
        return Err(DecideError::OnePolicy.into());
    }
    let criteria = criteria(arguments, results.layouts)?;
    let targets = targets(arguments, &criteria, results.layouts)?;
    let uncertainty = Uncertainty::of(scenario);
    let replications = results.archive.replications();
    let varies = (0..scenario.parameters.len()).filter(|&it| uncertainty.varies(it));
    let acts = |&parameter: &usize| {
        (0..scenario.policies.len()).any(|policy| sources::is_used(scenario, policy, parameter))
    };
    let (parameters, without_effect): (Vec<usize>, Vec<usize>) = varies.partition(acts);
    let draws: Vec<Vec<f64>> =
        parameters.iter().map(|&it| uncertainty.column(it, replications.clone())).collect();
    let groups = groups(scenario, &parameters);
    let of = Replications {
        draws: &draws,
        groups: &groups,
        design: Design::of_run(scenario),
        baseline: results.baseline,
        seed: scenario.seed,
    };
    let discounting = Discounting::of(scenario);
    let judged = results
        .workers
        .map_in_order(
            criteria.len(),
            || (),
            |(), number| {
                let of_one = (&criteria[number], targets[number]);
                by_criterion(results, &of, of_one, discounting).map_err(Halted::Failed)
            },
        )
        .map_err(WorkError::from)?;
    let by_criterion = judged.into_iter().collect::<Result<Vec<_>, DecideError>>()?;
    let policies = 0..results.layouts.len();
    let read = |added: Added| -> Result<Vec<Vec<f64>>, WorkError> {
        let outcome = Outcome::Added(added);
        let of = |policy| Ok(outcome.read(results, policy, discounting)?.unwrap_or_default());
        policies.clone().map(of).collect()
    };
    let (costs, effects) = (read(Added::PublicCost)?, read(Added::JobYears)?);
    let wage = scenario.parameter("wage").map_or(0.0, |wage| wage.value);
    let thresholds: Vec<f64> = (0..=THRESHOLDS)
        .map(|step| MOST_WAGES * wage * f64::from(step) / f64::from(THRESHOLDS))
        .collect();
    let not_finite = || Error::from(of_criterion("job_years", JudgeError::NotFinite));
    let (cost, effect) = Sample::new(&costs).zip(Sample::new(&effects)).ok_or_else(not_finite)?;
    let acceptability = acceptability(cost, effect, &thresholds).ok_or_else(not_finite)?;
    let means = cost.means().zip(effect.means()).ok_or_else(not_finite)?;
    let placed: Vec<CostEffect> =
        means.0.iter().zip(&means.1).map(|(&cost, &effect)| CostEffect { cost, effect }).collect();
    let frontier = frontier(&placed).ok_or_else(not_finite)?;
    let layouts = results.layouts;
    let replications = replications.len();
    Ok(Decided {
        scenario,
        layouts,
        parameters,
        without_effect,
        by_criterion,
        acceptability,
        frontier,
        replications,
    })
}

fn of_criterion(criterion: &str, source: JudgeError) -> DecideError {
    DecideError::Judge { criterion: criterion.to_owned(), source }
}

/// The criteria of the command line, or the usual ones.
fn criteria(arguments: &Arguments, layouts: &[Layout]) -> Result<Vec<Criterion>, DecideError> {
    if arguments.criteria.is_empty() {
        return Ok(Added::JUDGED.map(|added| Criterion::of(Outcome::Added(added))).into());
    }
    let mut found: Vec<Criterion> = Vec::new();
    for text in &arguments.criteria {
        let criterion = text.parse::<Criterion>()?.known(layouts)?;
        if found.iter().all(|other| other.name != criterion.name) {
            found.push(criterion);
        }
    }
    Ok(found)
}

/// The target of each criterion, in its own sign.
fn targets(
    arguments: &Arguments,
    criteria: &[Criterion],
    layouts: &[Layout],
) -> Result<Vec<Option<f64>>, DecideError> {
    let mut found = vec![None; criteria.len()];
    for (name, value) in &arguments.targets {
        let named = name.parse::<Criterion>().ok().and_then(|it| it.known(layouts).ok());
        let named = named.map_or_else(|| name.clone(), |criterion| criterion.name);
        let Some(place) = criteria.iter().position(|criterion| criterion.name == named) else {
            let known: Vec<&str> = criteria.iter().map(|it| it.name.as_str()).collect();
            let (target, name) = (format!("{name}={value}"), format!("`{name}`"));
            return Err(DecideError::Target { target, name, known: known.join(", ") });
        };
        found[place] = Some(*value);
    }
    Ok(found)
}

/// Parameters by the phase in which they act first.
fn groups(scenario: &Scenario, parameters: &[usize]) -> Vec<(&'static str, Vec<usize>)> {
    let of_phase = |phase: Phase| {
        let acts = |place: &usize| scenario.register[parameters[*place]].acts_in == phase;
        (phase.name(), (0..parameters.len()).filter(acts).collect::<Vec<_>>())
    };
    Phase::ALL.into_iter().map(of_phase).filter(|(_, members)| members.len() > 1).collect()
}

/// Every judgement by one criterion; of one of which less is better, of its values with the other sign.
fn by_criterion(
    results: &Results<'_>,
    of: &Replications<'_>,
    (criterion, target): (&Criterion, Option<f64>),
    discounting: Discounting,
) -> Result<Result<ByCriterion, DecideError>, BlockError> {
    let sign = if criterion.minimised { -1.0 } else { 1.0 };
    let mut values = Vec::new();
    for policy in 0..results.layouts.len() {
        let read = criterion.read(results, policy, discounting)?;
        values.push(read.into_iter().map(|value| sign * value).collect::<Vec<f64>>());
    }
    let judged = judge(of, &values, target.map(|target| sign * target));
    let unit = criterion.unit(results.layouts);
    Ok(match judged {
        Ok(judged) => Ok(ByCriterion { criterion: criterion.clone(), unit, target, judged }),
        Err(source) => Err(of_criterion(&criterion.name, source)),
    })
}

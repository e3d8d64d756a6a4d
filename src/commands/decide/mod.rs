//! `yangjae decide`: which policy of a finished run, how sure, and what would change the choice. Nothing is
//! simulated. What is judged stands in `pipeline/decision`, its words in `report/views/deciding`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::analysis::layout::LARGEST_FIGURE;
use crate::commands::error::Error;
use crate::commands::interrupt;
use crate::commands::options;
use crate::commands::report::error::ReportError;
use crate::commands::report::unchanged;
use crate::experiment::batch::Workers;
use crate::experiment::block::archive::Archive;
use crate::pipeline::decision;
use crate::pipeline::decision::Asked;
use crate::pipeline::decision::DecideError;
use crate::pipeline::decision::futures;
use crate::pipeline::error::WorkError;
use crate::pipeline::finish;
use crate::pipeline::finish::FinishError;
use crate::pipeline::job::Job;
use crate::pipeline::recipe::Recipe;
use crate::pipeline::study::StudyEngine;
use crate::report::folder::output_folder;
use crate::report::folder::output_folder::OutputFolder;
use crate::report::tables::decision::FOLDER;
use crate::report::tables::read::Tables;
use crate::report::text::console;
use crate::report::text::language::text;
use crate::report::text::progress;
use crate::report::views::deciding::DecisionTables;
use crate::report::views::deciding::OfRun;
use crate::report::views::deciding::Telling;
use crate::report::views::findings::about::About;
use crate::report::views::findings::error::FindingsError;
use crate::report::views::findings::finished;

/// What `decide` takes on the command line.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The folder of a finished run
    #[arg(value_name = "DIR", default_value = "output/yangjae")]
    pub folder: PathBuf,
    /// Judge policies by this outcome, or this weighted sum of outcomes, instead of `economic_npv`, `fiscal_npv`
    /// and `net_jobs`; more is better, but with `min:` before it less (repeatable)
    #[arg(long = "criterion", value_name = "CRITERION", allow_hyphen_values = true)]
    pub criteria: Vec<String>,
    /// Count how often a criterion reaches this value, in the unit of outcomes.csv, and where it fails to
    /// (repeatable)
    #[arg(long = "target", value_name = "CRITERION=VALUE", allow_hyphen_values = true, value_parser = target)]
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
    if value.abs() <= LARGEST_FIGURE {
        return Ok((name.trim().to_owned(), value));
    }
    Err(format!(
        "no outcome comes near it; expected a value from -{LARGEST_FIGURE:e} to {LARGEST_FIGURE:e}"
    ))
}

/// Judges the policies, writes the tables, makes report, workbook and pictures again with them, and says the most
/// important in words.
///
/// # Errors
///
/// Fails if the folder holds no finished run or has been changed, a criterion is not of it, or a file cannot be
/// written.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    for (place, (criterion, _)) in arguments.targets.iter().enumerate() {
        if arguments.targets[..place].iter().any(|(other, _)| other == criterion) {
            return Err(DecideError::TargetTwice(criterion.clone()).into());
        }
    }
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
    let asked = Asked { criteria: arguments.criteria.clone(), targets: arguments.targets.clone() };
    let in_futures = futures::find(path, &manifest)?;
    for future in &in_futures {
        unchanged(&future.folder, &future.manifest)?;
    }
    let decided = decision::decide(&recipe.scenario, &results, &in_futures, &asked)?;
    // Of an earlier decision; one that cannot be read has nothing to tell.
    let before = DecisionTables::read(&Tables(path)).ok().flatten();
    let to = recipe.target(path);
    output_folder::make(&path.join(FOLDER)).map_err(ReportError::from)?;
    let of_futures = futures::write(to, &decided).map_err(WorkError::from)?;
    let tables = decision::write(to, &decided).map_err(WorkError::from)?;
    for table in tables.into_iter().chain(of_futures) {
        table.publish().map_err(ReportError::from)?;
    }
    let language = recipe.language();
    let replications = manifest.plan.replications;
    // A run of some tables alone has no report.
    let tables = if recipe.has_views() {
        let about = About::new(&recipe.scenario, manifest);
        let views = finish::views(&workers, &folder, about, language)?;
        let (findings, failed) = views.publish(path);
        if !failed.is_empty() {
            return Err(FinishError::Views { folder: path.clone(), failed }.into());
        }
        findings.decision
    } else {
        DecisionTables::read(&Tables(path))
            .map_err(FindingsError::from)
            .map_err(ReportError::from)?
    };
    if let (false, Some(tables)) = (arguments.quiet, &tables) {
        let called = |name: &str| finish::called(&recipe.scenario, name, language).to_owned();
        let run = OfRun::new(&recipe.scenario, replications);
        let telling = Telling { tables, run: &run, language, called: &called };
        console::print(&telling.on_terminal())?;
        let folder = path.join(FOLDER).display().to_string();
        let said = text::fill(&text::decided_tables, language, &[("folder", &folder)]);
        progress::message(&format!("\n{said}"));
        let now = tables.criteria();
        let before = before.iter().flat_map(DecisionTables::criteria);
        let gone: Vec<String> = before.filter(|it| !now.contains(it)).collect();
        if !gone.is_empty() {
            let gone = gone.join("; ");
            progress::message(&text::fill(
                &text::decided_replaced,
                language,
                &[("criteria", &gone)],
            ));
        }
    }
    Ok(())
}

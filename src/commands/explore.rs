//! `yangjae explore`: a page in which one moves levers and sees what they add, with the engine in it.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::analysis::metrics;
use crate::commands::changes::ChangeArguments;
use crate::commands::changes::Changed;
use crate::commands::error::Error;
use crate::commands::error::placed;
use crate::commands::evidence_error::EvidenceError;
use crate::commands::interrupt;
use crate::commands::load;
use crate::commands::options;
use crate::commands::options::ScenarioArgument;
use crate::commands::report::error::ReportError;
use crate::experiment::batch::Workers;
use crate::experiment::whole_file;
use crate::explore::assemble;
use crate::explore::data;
use crate::explore::data::Figures;
use crate::explore::data::Futures;
use crate::explore::data::Source;
use crate::explore::session::base::Base;
use crate::report::folder::own_page;
use crate::report::text::language::Language;
use crate::report::text::language::Tag;
use crate::report::text::progress;
use crate::report::text::progress::Bar;
use crate::report::text::progress::Visibility;

/// Arguments of `explore`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The scenario.
    #[command(flatten)]
    pub scenario: ScenarioArgument,
    /// The file to write, over a live page that may stand there [default: output/NAME-explore.html]
    #[arg(long, value_name = "FILE", value_parser = options::output())]
    pub output: Option<PathBuf>,
    /// Language in which the page begins: en, ko, or the tag of a file in the scenario's `languages/`; a reader
    /// may choose another
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    pub language: Tag,
    /// Draw all chance from this seed instead of the scenario's
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = options::seed)]
    pub seed: Option<u64>,
    /// Begin in this future of the scenario
    #[arg(long, value_name = "NAME")]
    pub future: Option<String>,
    /// Values of parameters, the last year, and policies made from the scenario's.
    #[command(flatten)]
    pub replaced: ChangeArguments,
    /// Threads for what is computed before the page is opened [default: all processors]
    #[arg(long, value_name = "T", value_parser = options::threads)]
    pub threads: Option<NonZeroUsize>,
}

/// Writes the page.
///
/// # Errors
///
/// Fails if the scenario has problems, something else than a live page stands in its place, the simulation fails, or the
/// page cannot be written.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let folder = &arguments.scenario.folder();
    let future = arguments.future.as_deref();
    let changed = load::changed(folder, &arguments.replaced, (&[], false), future)?;
    let Changed { mut scenario, .. } = changed;
    scenario.seed = arguments.seed.unwrap_or(scenario.seed);
    load::tell_unread_set(&scenario, false);
    let path = arguments
        .output
        .clone()
        .unwrap_or_else(|| PathBuf::from("output").join(format!("{}-explore.html", scenario.name)));
    own_page::may_write(&path, assemble::MARK)?;
    let language = Language::of(&arguments.language, &scenario).map_err(ReportError::from)?;
    let metrics = metrics::places();
    let loader = arguments.replaced.loader(folder).against(&metrics);
    let futures = Futures::read(folder, &loader)?;
    let base = base(arguments);
    let source = Source { scenario: &scenario, base: &base, futures: &futures, language };
    let page = page(&source, arguments.threads);
    let page = page.map_err(|error| placed(error, &scenario, folder))?;
    whole_file::write(&path, page.as_bytes()).map_err(EvidenceError::from)?;
    progress::message(&format!("the page is in {}", path.display()));
    Ok(())
}

/// What the page starts from.
fn base(arguments: &Arguments) -> Base {
    Base {
        seed: arguments.seed,
        until: arguments.replaced.until,
        set: arguments.replaced.parameters(),
        future: arguments.future.clone(),
        replications: None,
    }
}

fn page(source: &Source<'_>, threads: Option<NonZeroUsize>) -> Result<String, Error> {
    let stop = interrupt::watch();
    let workers = Workers::start(threads, &stop).map_err(EvidenceError::from)?;
    let bar = Bar::new("explore", data::histories(source.scenario), Visibility::OnTerminal);
    let figures = Figures::simulated(source.scenario, &workers, &bar)?;
    Ok(assemble::page(&data::data(source, &figures)?)?)
}

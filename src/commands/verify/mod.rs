//! `yangjae verify`: whether a run's folder is whole, unchanged, and what this program makes.
//!
//! Questions, each answered in a line: are the inputs those that the manifest lists; are the blocks; do
//! the tables follow from the blocks, and the views from the tables, byte for byte; do some
//! replications, chosen at random, give the values in the blocks when they are simulated again. Nothing
//! in the folder is changed.

mod decision;
pub mod error;
mod sample;
mod unlike;

pub use sample::SampleSize;

use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::path::Path;
use std::path::PathBuf;

use crate::commands::error::Error;
use crate::commands::interrupt;
use crate::commands::options;
use crate::commands::report::error::ReportError;
use crate::commands::verify::error::Fault;
use crate::commands::verify::error::Faults;
use crate::commands::verify::error::Unproved;
use crate::commands::verify::unlike::unlike;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Workers;
use crate::experiment::block::BlockError;
use crate::experiment::block::archive::Archive;
use crate::experiment::block::file;
use crate::experiment::block::file::Block;
use crate::experiment::whole_file::CompleteFile;
use crate::pipeline::engine::Engine;
use crate::pipeline::error::WorkError;
use crate::pipeline::finish;
use crate::pipeline::finish::FinishError;
use crate::pipeline::job::Job;
use crate::pipeline::recipe::Recipe;
use crate::pipeline::study::StudyEngine;
use crate::report::folder::compare;
use crate::report::folder::kept;
use crate::report::folder::manifest;
use crate::report::folder::manifest::Manifest;
use crate::report::folder::output_folder;
use crate::report::folder::shard_folder;
use crate::report::folder::unlisted;
use crate::report::text::console;
use crate::report::text::language::Language;
use crate::report::text::language::Tag;
use crate::report::text::message;
use crate::report::views::findings::about::About;

/// So many files that were not checked are named.
const MOST_NAMED: usize = 10;

/// Arguments of `verify`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Folder of a finished run or shard
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Simulate this many replications again, chosen at random, or `all`
    #[arg(long, value_name = "N|all", default_value = "5")]
    pub sample: SampleSize,
    /// Choose the same replications as a proof that printed this seed
    #[arg(long, value_name = "SEED", allow_negative_numbers = true, value_parser = options::seed)]
    pub seed: Option<u64>,
    /// The digest of manifest.json as its maker has told it, by another way than in the folder
    #[arg(long, value_name = "SHA256", value_parser = sha256)]
    pub expect: Option<String>,
    /// Use this many threads; results are the same on any number
    #[arg(long, value_name = "T", value_parser = options::threads)]
    pub threads: Option<NonZeroUsize>,
}

/// A digest as a proof prints it.
fn sha256(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.len() == 64 && text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Ok(text.to_lowercase());
    }
    Err("expected the 64 hexadecimal digits that `yangjae verify` prints".to_owned())
}

/// Proves a run.
///
/// # Errors
///
/// Fails with everything in which the folder is not whole, unchanged and reproducible, and where
/// the proof cannot be finished.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let folder = &arguments.folder;
    let manifest = match manifest::read(folder) {
        Ok(Some(manifest)) => manifest,
        Ok(None) => return Err(Faults::of(folder, no_manifest(folder)).into()),
        Err(error) => return Err(Faults::of(folder, Fault::Manifest(error)).into()),
    };
    // Before anything is read through one.
    let links = unlisted::links(folder, &manifest).unwrap_or_default();
    if !links.is_empty() {
        let faults = links.into_iter().map(Fault::Link).collect();
        return Err(Faults { folder: folder.clone(), faults }.into());
    }
    if shard_folder::is_in_use(folder).unwrap_or(false) {
        return Err(Faults::of(folder, Fault::InUse).into());
    }
    let mut report = Report::default();
    digest(arguments, &mut report);
    if let Some(fault) = other_version(&manifest) {
        // The numbers of another version are another program's; its bytes can still be looked at.
        listed_files(folder, &manifest, &mut report);
        blocks_alone(folder, &manifest, &mut report);
        report.faults.push(fault);
    } else {
        prove(arguments, &manifest, &mut report).map_err(unproved)?;
    }
    report.tell(folder)
}

/// The digest that stands for the whole folder: the manifest lists the digests of inputs, blocks and
/// tables.
fn digest(arguments: &Arguments, report: &mut Report) {
    let Ok(found) = manifest::digest(&arguments.folder.join(manifest::FILE)) else { return };
    let found = found.to_string();
    match &arguments.expect {
        Some(expected) if *expected != found => {
            report.faults.push(Fault::Expected { expected: expected.clone(), found });
        }
        Some(_) => {
            let _ = writeln!(report.text, "digest        {found}, as expected");
        }
        None => {
            let _ = writeln!(report.text, "digest        {found} of manifest.json");
        }
    }
}

/// What was found so far.
#[derive(Default)]
struct Report {
    text: String,
    faults: Vec<Fault>,
    /// Which files nothing has been proved of, as a part of the last sentence.
    but_for: String,
    /// Which values nothing has been proved of, as the end of the last sentence.
    on_trust: String,
}

impl Report {
    /// Says a line where nothing has been found since `before` faults were known.
    fn line(&mut self, before: usize, text: &str) {
        if self.faults.len() == before {
            let _ = writeln!(self.text, "{text}");
        }
    }

    fn tell(self, folder: &Path) -> Result<(), Error> {
        if self.faults.is_empty() {
            let version = env!("CARGO_PKG_VERSION");
            let text = format!(
                "{}\n`{}` is whole, and as far as it was looked at what yangjae {version} makes{}; {}\n",
                self.text,
                folder.display(),
                self.but_for,
                self.on_trust
            );
            return Ok(console::print(&text)?);
        }
        console::print(&self.text)?;
        Err(Faults { folder: folder.to_owned(), faults: self.faults }.into())
    }
}

fn no_manifest(folder: &Path) -> Fault {
    match file::list(&output_folder::blocks_of(folder)) {
        Ok(blocks) if !blocks.is_empty() => Fault::Unfinished(blocks.len()),
        _ => Fault::NoRun,
    }
}

fn other_version(manifest: &Manifest) -> Option<Fault> {
    let plan = &manifest.plan;
    let ours = plan.program == env!("CARGO_PKG_NAME") && plan.version == env!("CARGO_PKG_VERSION");
    (!ours).then(|| Fault::Version { program: plan.program.clone(), version: plan.version.clone() })
}

/// Everything, by the program that made it.
fn prove(arguments: &Arguments, manifest: &Manifest, report: &mut Report) -> Result<(), Error> {
    let folder = &arguments.folder;
    let recipe = match Recipe::from_folder(folder, &manifest.plan) {
        Ok(recipe) => recipe,
        Err(error) => {
            report.faults.push(Fault::Inputs(message::with_causes(&error)));
            listed_files(folder, manifest, report);
            blocks_alone(folder, manifest, report);
            return Ok(());
        }
    };
    let _ = writeln!(report.text, "inputs        {} files as listed", manifest.plan.inputs.len());
    let stop = interrupt::watch();
    let engine = StudyEngine::new(&recipe.scenario);
    let workers = Workers::start(arguments.threads, &stop).map_err(WorkError::from)?;
    let job = Job::new(&recipe, &engine, &workers);
    let Some(archive) = blocks(&job, folder, manifest, report)? else {
        listed_files(folder, manifest, report);
        return Ok(());
    };
    tables(&job, &archive, folder, manifest, report)?;
    let before = report.faults.len();
    let decided = decision::compare(&job, &archive, (folder, manifest), &mut report.faults)?;
    if !decided.is_empty() {
        let count = decided.len();
        report.line(before, &format!("decision      {count} tables made again: the same bytes"));
    }
    report.faults.extend(kept::plan(folder, &manifest.plan).map(Fault::Plan));
    let made = if recipe.has_views() { views(&job, folder, manifest, report)? } else { Vec::new() };
    if !recipe.options.only.is_empty() {
        let _ = writeln!(report.text, "views         none, as this is a run of some tables alone");
    }
    let before = report.faults.len();
    let seed = arguments.seed.unwrap_or_else(sample::new_seed);
    let chosen = arguments.sample.choose(archive.replications(), seed);
    sample::compare(&job, &archive, &chosen, &mut report.faults)?;
    let of = archive.replications().len();
    report.line(before, &sample::told(&chosen, of, seed));
    report.on_trust = sample::on_trust(&chosen, of);
    unchecked(folder, manifest, (&made, &decided), report);
    Ok(())
}

/// Makes page, workbook and pictures again and compares them: in the language of the run, or in the one
/// in which `yangjae report` has made them since. Returns the names of those that are the same.
fn views<E: Engine>(
    job: &Job<'_, E>,
    folder: &Path,
    manifest: &Manifest,
    report: &mut Report,
) -> Result<Vec<String>, Error> {
    // Damaged tables have been told; nothing can be said of what was made from them.
    if !report.faults.is_empty() {
        return Ok(Vec::new());
    }
    let own = &manifest.plan.options.language;
    let all = Tag::all(&job.recipe.scenario);
    let others = all.iter().filter(|other| *other != own);
    let mut unlike = None;
    for tag in std::iter::once(own).chain(others) {
        let Ok(language) = Language::of(tag, &job.recipe.scenario) else { continue };
        let scratch = tempfile::tempdir().map_err(WorkError::Scratch)?;
        let about = About::new(&job.recipe.scenario, manifest.clone());
        let made = finish::make_views(job.workers, folder, scratch.path(), about, language);
        let made = made.map_err(ReportError::from)?.ok_or(WorkError::Interrupted)?;
        let made = made.whole().map_err(ReportError::from)?.files;
        let name = |file: &CompleteFile| manifest::name_within(scratch.path(), file.target());
        let other = |file: &&CompleteFile| !compare::is_same(&folder.join(name(file)), file);
        let found: Vec<String> = made.iter().filter(other).map(name).collect();
        if found.is_empty() {
            let _ =
                writeln!(report.text, "views         {} made again: the same bytes", made.len());
            return Ok(made.iter().map(name).collect());
        }
        unlike.get_or_insert(found);
    }
    let is_there = |view: &String| folder.join(view).exists();
    let fault = |view| if is_there(&view) { Fault::View(view) } else { Fault::MissingView(view) };
    report.faults.extend(unlike.into_iter().flatten().map(fault));
    Ok(Vec::new())
}

/// Says which files nothing has been proved of: what no run has written, and views but those just `made`.
fn unchecked(
    folder: &Path,
    manifest: &Manifest,
    (made, decided): (&[String], &[String]),
    report: &mut Report,
) {
    let futures = output_folder::futures(folder);
    if !futures.is_empty() {
        let names: Vec<&str> = futures.iter().map(|(name, _)| name.as_str()).collect();
        let names = names.join(", ");
        let text =
            format!("futures       {names}: runs of their own, in futures/, to be verified each");
        let _ = writeln!(report.text, "{text}");
    }
    let Ok(unlisted) = unlisted::find(folder, manifest) else { return };
    let mut others = unlisted.others;
    others.retain(|file| !decided.contains(file));
    // Where views could not be made again, or came out otherwise, that is told already.
    if !made.is_empty() {
        others.extend(unlisted.views.into_iter().filter(|view| !made.contains(view)));
    }
    others.sort();
    if !others.is_empty() {
        let count = others.len();
        let names: Vec<&str> = others.iter().take(MOST_NAMED).map(String::as_str).collect();
        let more = if count > MOST_NAMED { ", …" } else { "" };
        let _ = writeln!(
            report.text,
            "not checked   {count} {} not from this run: {}{more}",
            if count == 1 { "file that is" } else { "files that are" },
            names.join(", ")
        );
        report.but_for = match count {
            1 => ", but for the file that was not checked".to_owned(),
            _ => format!(", but for the {count} files that were not checked"),
        };
    }
}

/// Compares the files that the manifest lists with their digests.
fn listed_files(folder: &Path, manifest: &Manifest, report: &mut Report) {
    let before = report.faults.len();
    for listed in &manifest.files {
        match manifest::digest(&folder.join(&listed.file)) {
            Ok(digest) if digest.to_string() == listed.sha256 => {}
            Ok(_) => report.faults.push(Fault::Changed(listed.file.clone())),
            Err(error) => report.faults.push(Fault::Unreadable(listed.file.clone(), error)),
        }
    }
    if !manifest.files.is_empty() {
        report.line(before, &format!("files         {} as listed", manifest.files.len()));
    }
}

/// Looks whether blocks are sound in themselves.
fn blocks_alone(folder: &Path, manifest: &Manifest, report: &mut Report) {
    let before = report.faults.len();
    let blocks = file::list(&output_folder::blocks_of(folder));
    let blocks = blocks.unwrap_or_default();
    for path in &blocks {
        if let Err(error) = Block::open(path).and_then(|block| block.check()) {
            report.faults.push(Fault::Block(error));
        }
    }
    if blocks.len() != manifest.blocks.blocks {
        let (found, listed) = (blocks.len(), manifest.blocks.blocks);
        report.faults.push(Fault::Blocks { found, listed });
    }
    report.line(before, &format!("blocks        {} sound", blocks.len()));
}

/// The blocks as one, where each is sound and they are those that the manifest lists.
fn blocks<E: Engine>(
    job: &Job<'_, E>,
    folder: &Path,
    manifest: &Manifest,
    report: &mut Report,
) -> Result<Option<Archive>, WorkError> {
    let before = report.faults.len();
    let blocks = output_folder::blocks_of(folder);
    let paths = file::list(&blocks)?;
    let checked = job.workers.map_in_order(
        paths.len(),
        || (),
        |(), number| Ok::<_, Halted<BlockError>>(file::check(&paths[number], &job.shape)),
    )?;
    let faults = checked.into_iter().filter_map(Result::err).map(Fault::Block);
    report.faults.extend(faults);
    if report.faults.len() > before {
        return Ok(None);
    }
    let archive = match Archive::open(&blocks, &job.shape, job.recipe.replications()) {
        Ok(archive) => archive,
        Err(error) => {
            report.faults.push(Fault::Block(error));
            return Ok(None);
        }
    };
    if paths.len() != manifest.blocks.blocks {
        let (found, listed) = (paths.len(), manifest.blocks.blocks);
        report.faults.push(Fault::Blocks { found, listed });
    } else if archive.seal().to_string() != manifest.blocks.seal {
        report.faults.push(Fault::Seal);
    }
    report.line(before, &format!("blocks        {} sound and as listed", paths.len()));
    Ok(Some(archive))
}

/// Makes every file again beside the folder and compares.
fn tables<E: Engine>(
    job: &Job<'_, E>,
    archive: &Archive,
    folder: &Path,
    manifest: &Manifest,
    report: &mut Report,
) -> Result<(), WorkError> {
    let before = report.faults.len();
    let scratch = tempfile::tempdir().map_err(WorkError::Scratch)?;
    let files = finish::write_files(job, archive, scratch.path())?;
    let mut made = finish::describe(job, archive, manifest::tables(scratch.path(), &files));
    // No copy of the inputs tells what lay beside them.
    made.not_read.clone_from(&manifest.not_read);
    for (listed, file) in made.files.iter().zip(&files) {
        report.faults.extend(unlike(folder, &listed.file, file));
    }
    // Whatever else the manifest says must be what it says of this run.
    if report.faults.is_empty() {
        let manifest = manifest::write(scratch.path(), &made)?;
        report.faults.extend(unlike(folder, manifest::FILE, &manifest));
    }
    if files.is_empty() {
        report.line(before, "tables        none, as this is a shard");
    } else {
        let text = format!("tables        {} made again from blocks: the same bytes", files.len());
        report.line(before, &text);
    }
    Ok(())
}

/// The error of a proof that was not finished.
fn unproved(error: Error) -> Unproved {
    let interrupted = match &error {
        Error::Work(WorkError::Interrupted) | Error::Finish(FinishError::StoppedViews(_)) => {
            Some(error.status())
        }
        _ => None,
    };
    Unproved::of(error, interrupted)
}

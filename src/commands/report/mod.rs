//! `yangjae report`: the report and the pictures again, from the tables of a finished run.

pub mod error;

use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use crate::commands::error::Error;
use crate::commands::interrupt;
use crate::commands::report::error::ReportError;
use crate::experiment::batch::Workers;
use crate::pipeline::error::WorkError;
use crate::pipeline::finish;
use crate::pipeline::finish::FinishError;
use crate::pipeline::recipe::Recipe;
use crate::report::folder::kept;
use crate::report::folder::kept::CopyFault;
use crate::report::folder::kept::DamagedCopy;
use crate::report::folder::manifest;
use crate::report::folder::manifest::ListedFile;
use crate::report::folder::manifest::Manifest;
use crate::report::folder::manifest::RunPlan;
use crate::report::folder::output_folder::FolderError;
use crate::report::folder::output_folder::OutputFolder;
use crate::report::folder::unlisted;
use crate::report::tables::read::Tables;
use crate::report::tables::yearly::Yearly;
use crate::report::text::language::Language;
use crate::report::text::language::Tag;
use crate::report::text::language::text;
use crate::report::text::progress;
use crate::report::views::findings::about::About;
use crate::report::views::findings::error::FindingsError;
use crate::report::views::findings::finished;
use crate::report::views::translation;

/// What `report` takes on the command line.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The folder of a finished run
    #[arg(value_name = "DIR", default_value = "output/yangjae")]
    pub folder: PathBuf,
    /// Write for readers of this language instead of the run's
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<Tag>,
    /// Print nothing
    #[arg(long)]
    pub quiet: bool,
}

/// Writes report and pictures again.
///
/// # Errors
///
/// Fails if the folder holds no finished run, its tables are damaged, or it cannot be written.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let path = &arguments.folder;
    let manifest = finished::read_shown(path).map_err(ReportError::from)?;
    let folder = OutputFolder::take(path).map_err(ReportError::from)?;
    if let Some(link) = unlisted::links(path, &manifest).unwrap_or_default().first() {
        return Err(ReportError::from(FolderError::Link(path.join(link))).into());
    }
    // The scenario as the run had it: from the copy of its files.
    let recipe = Recipe::from_folder(folder.path(), &manifest.plan)?;
    as_planned(path, &manifest, &recipe)?;
    let scenario = recipe.scenario;
    let tag = arguments.language.as_ref().unwrap_or(&manifest.plan.options.language);
    let language = Language::of(tag, &scenario).map_err(ReportError::from)?;
    let about = About::new(&scenario, manifest.clone());
    let stop = interrupt::watch();
    let workers = Workers::start(None, &stop).map_err(WorkError::from)?;
    let views = finish::views(&workers, &folder, about, language).map_err(|error| match error {
        FinishError::View(error) => Error::from(ReportError::from(error)),
        error => error.into(),
    })?;
    // After the reading, which says of a damaged table where it is damaged.
    unchanged(path, &manifest)?;
    as_in_tables(path, &manifest.plan)?;
    let lacks = views.lacks(language);
    let missing = missing(path, &manifest);
    let (_, failed) = views.publish(path);
    if !failed.is_empty() {
        return Err(FinishError::Views { folder: path.clone(), failed }.into());
    }
    if !missing.is_empty() {
        let missing = missing.join(", ");
        progress::message(&format!(
            "not shown, as they are missing: {missing}; the same `yangjae run` with `--resume` writes them again"
        ));
    }
    if !arguments.quiet {
        if let Some(lacks) = translation::lacks(language, &scenario) {
            progress::message(&lacks);
        }
        if !lacks.is_empty() {
            progress::message(lacks.trim());
        }
        let folder = path.display().to_string();
        progress::message(&text::fill(&text::report_is_in, language, &[("folder", &folder)]));
    }
    Ok(())
}

/// Whether the manifest is that of the plan beside the blocks, of its own fingerprint and of its own
/// list of tables: what it says stands in the page.
fn as_planned(folder: &Path, manifest: &Manifest, recipe: &Recipe) -> Result<(), ReportError> {
    // A plan that is damaged or gone tells nothing of the manifest.
    if let Some(damaged @ DamagedCopy { fault: CopyFault::OtherPlan(_), .. }) =
        kept::plan(folder, &manifest.plan)
    {
        return Err(ReportError::OtherRun(damaged.to_string()));
    }
    if recipe.fingerprint().to_string() != manifest.blocks.fingerprint {
        return Err(ReportError::OtherRun(
            "manifest.json is not whole: its seed, inputs and options do not give its fingerprint"
                .to_owned(),
        ));
    }
    let listed = manifest.files.iter().map(|listed| listed.file.as_str());
    let wanted = finish::tables(recipe);
    if listed.eq(wanted.iter().map(String::as_str)) {
        return Ok(());
    }
    Err(ReportError::OtherRun(format!(
        "manifest.json is not whole: with its options a run writes {}, and it lists other files",
        wanted.join(", ")
    )))
}

/// Tables that the manifest lists and that are not there.
fn missing<'m>(folder: &Path, manifest: &'m Manifest) -> Vec<&'m str> {
    let listed = manifest.files.iter().map(|listed| listed.file.as_str());
    listed.filter(|file| !folder.join(file).exists()).collect()
}

/// Whether the tables are of as many replications, of the years and of the policies that the manifest
/// says.
fn as_in_tables(folder: &Path, plan: &RunPlan) -> Result<(), ReportError> {
    let (mut policies, mut years) = (BTreeSet::new(), BTreeSet::new());
    let mut replications = 0;
    Tables(folder).each::<Yearly<'_>, FindingsError>(|row| {
        if !policies.contains(row.policy) {
            policies.insert(row.policy.to_owned());
        }
        years.insert(row.year);
        replications = replications.max(row.replications.unwrap_or_default());
        Ok(())
    })?;
    let policies_of =
        |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(", ");
    let years_of =
        |years: &BTreeSet<u16>| years.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
    let of_plan = [
        ("replications", plan.replications.to_string()),
        ("policies", policies_of(&plan.policies.iter().cloned().collect())),
        ("years", years_of(&(plan.first_year..=plan.last_year).collect())),
    ];
    let of_tables = [replications.to_string(), policies_of(&policies), years_of(&years)];
    for ((what, said), found) in of_plan.into_iter().zip(of_tables) {
        if said != found {
            return Err(ReportError::OtherRun(format!(
                "manifest.json and yearly.csv do not fit: {what} {said} in the one and {found} in the other"
            )));
        }
    }
    Ok(())
}

/// Whether every table is still what the run wrote: a report must not show other numbers.
pub(super) fn unchanged(folder: &Path, manifest: &Manifest) -> Result<(), ReportError> {
    let other = |listed: &&ListedFile| {
        let digest = manifest::digest(&folder.join(&listed.file));
        digest.is_ok_and(|digest| digest.to_string() != listed.sha256)
    };
    let changed: Vec<&str> =
        manifest.files.iter().filter(other).map(|listed| listed.file.as_str()).collect();
    if changed.is_empty() { Ok(()) } else { Err(ReportError::Changed(changed.join(", "))) }
}

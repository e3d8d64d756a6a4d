//! From blocks to a finished folder: the same for a run, merged shards and the proof of a run.

use std::path::Path;
use std::path::PathBuf;

use crate::analysis::additionality;
use crate::analysis::additionality::AdditionalityRow;
use crate::analysis::appraisal;
use crate::analysis::appraisal::Discounting;
use crate::analysis::appraisal::outcome;
use crate::analysis::appraisal::terms::Terms;
use crate::analysis::comparison;
use crate::analysis::groups;
use crate::analysis::noise;
use crate::analysis::pairs;
use crate::analysis::results::Results;
use crate::analysis::summary;
use crate::evidence::sources::Swing;
use crate::experiment::batch;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Workers;
use crate::experiment::block::archive::Archive;
use crate::experiment::whole_file::CompleteFile;
use crate::pipeline::asked_for;
use crate::pipeline::assumptions;
use crate::pipeline::assumptions::Assumptions;
use crate::pipeline::dependence::Dependence;
use crate::pipeline::engine::Engine;
use crate::pipeline::error::WorkError;
use crate::pipeline::interrupt;
use crate::pipeline::job::Job;
use crate::pipeline::live_page;
use crate::pipeline::recipe::Recipe;
use crate::pipeline::selection;
use crate::pipeline::variants;
use crate::report;
use crate::report::folder::manifest;
use crate::report::folder::manifest::ListedBlocks;
use crate::report::folder::manifest::ListedFile;
use crate::report::folder::manifest::Manifest;
use crate::report::folder::output_folder;
use crate::report::folder::output_folder::OutputFolder;
use crate::report::folder::viewed;
use crate::report::tables::additionality::Additionality;
use crate::report::tables::assumptions::AssumptionMove;
use crate::report::tables::cash::Cash;
use crate::report::tables::column::TableSpec;
use crate::report::tables::comparison::PolicyDifference;
use crate::report::tables::cost_benefit::CostBenefit;
use crate::report::tables::dictionary::DictionaryRow;
use crate::report::tables::draws::ParameterDraw;
use crate::report::tables::equal_budget::BudgetedPolicy;
use crate::report::tables::events::Event;
use crate::report::tables::groups::GroupOfStartups;
use crate::report::tables::levers::LeverSetting;
use crate::report::tables::outcomes::PolicyOutcome;
use crate::report::tables::pairs::PairOfPolicies;
use crate::report::tables::read::Tables;
use crate::report::tables::register::OF_RUN;
use crate::report::tables::replications::ReplicationValue;
use crate::report::tables::row::Row as _;
use crate::report::tables::selection::SelectedPolicy;
use crate::report::tables::sensitivity::Sensitivity;
use crate::report::tables::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::yearly::Yearly;
use crate::report::text::dialect::Target;
use crate::report::text::language::Language;
use crate::report::text::message;
use crate::report::views::findings::Findings;

use crate::report::views::findings::about::About;
use crate::report::views::findings::error::FindingsError;
use crate::report::views::view_files;
use crate::report::views::view_files::Failed;
use crate::report::views::view_files::ViewError;
use crate::report::views::view_files::Views;
use crate::scenario::Scenario;

/// Why a run whose blocks are complete is not whole.
#[derive(Debug, thiserror::Error)]
pub enum FinishError {
    /// There are no tables.
    #[error(transparent)]
    Work(#[from] WorkError),
    /// The tables cannot be shown.
    #[error(transparent)]
    View(#[from] ViewError),
    /// Some views could not be made.
    #[error(
        "the tables in `{}` are whole, and so is all but {}; `yangjae report {}` makes that again",
        folder.display(), unmade(failed), word(folder)
    )]
    Views {
        /// The folder.
        folder: PathBuf,
        /// What could not be made.
        failed: Vec<Failed>,
    },
    /// Somebody has stopped it when the tables were there.
    #[error(
        "interrupted; the tables in `{}` are whole, and `yangjae report {}` makes report, workbook \
         and pictures", .0.display(), word(.0)
    )]
    StoppedViews(PathBuf),
}

impl FinishError {
    /// The program's exit status.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Work(error) => error.status(),
            Self::StoppedViews(_) => interrupt::status(),
            Self::View(_) | Self::Views { .. } => 1,
        }
    }
}

/// A path as it can be typed after a command.
fn word(path: &Path) -> String {
    message::shell_word(&path.display().to_string())
}

/// The views that could not be made, each with its reason.
fn unmade(failed: &[Failed]) -> String {
    let each = |failed: &Failed| format!("{}, {}", failed.file, message::with_causes(&failed.why));
    failed.iter().map(each).collect::<Vec<_>>().join("; ")
}

/// What a finished run has to say of itself.
#[derive(Debug)]
pub struct Told {
    /// What was found, as report and summary show it.
    pub findings: Findings,
    /// Which assumptions move the leading policies most, what placebos say, and how budgets were made equal.
    pub notes: String,
}

/// Writes all files of a run whose blocks are complete, and gives them their names: the tables and
/// the manifest first, which no view then can cost. A shard has nothing to say yet, nor a run of some tables alone.
///
/// # Errors
///
/// Fails if values cannot be read, tables not be written, or somebody stops it; then there is no
/// manifest, and the run can be resumed. Fails if a view cannot be made, or somebody stops it then:
/// the tables stand.
pub fn finish<E: Engine>(
    job: &Job<'_, E>,
    archive: &Archive,
    folder: &OutputFolder,
) -> Result<Option<Told>, FinishError> {
    let path = folder.path();
    let files = write_files(job, archive, path)?;
    let manifest = describe(job, archive, manifest::tables(path, &files));
    let complete = manifest::write(path, &manifest).map_err(WorkError::from)?;
    if job.workers.stopped() {
        return Err(WorkError::Interrupted.into());
    }
    folder.publish(files, complete).map_err(WorkError::from)?;
    if !job.recipe.has_views() {
        return Ok(None);
    }
    let (scenario, language) = (&job.recipe.scenario, job.recipe.language());
    let views = views(job.workers, folder, About::new(scenario, manifest), language);
    let views = views.map_err(|error| match error {
        FinishError::View(why) => {
            let file = "its report, workbook and pictures".to_owned();
            FinishError::Views { folder: path.to_owned(), failed: vec![Failed { file, why }] }
        }
        error => error,
    })?;
    let title = |policy: usize| called(scenario, &scenario.policies[policy].name, language);
    let assumptions = report::views::assumptions::summary(&views.findings, language, title);
    let promise = job.recipe.promise.as_ref();
    let named = |name| called(scenario, name, language);
    let promised = promise.map_or_else(String::new, |promise| {
        report::views::promise::summary(promise, language, named)
    });
    let selected = report::views::selection::summary(Tables(path), language, |name| {
        called(scenario, name, language).to_owned()
    });
    let selected = selected.map_err(|error| ViewError::from(FindingsError::from(error)))?;
    let notes = notes(job, &job.results(archive)).map_err(|error| match error {
        WorkError::Interrupted => FinishError::StoppedViews(path.to_owned()),
        error => error.into(),
    })?;
    let lacks = views.lacks(language);
    let (findings, failed) = views.publish(path);
    if !failed.is_empty() {
        return Err(FinishError::Views { folder: path.to_owned(), failed });
    }
    Ok(Some(Told { findings, notes: assumptions + &promised + &selected + &notes + &lacks }))
}

/// Makes the views of a finished run, which have no names yet.
///
/// # Errors
///
/// Fails if the tables cannot be read, and at once if somebody stops it.
pub fn views(
    workers: &Workers<'_>,
    folder: &OutputFolder,
    about: About,
    language: Language,
) -> Result<Views, FinishError> {
    let path = folder.path();
    make_views(workers, path, path, about, language)?.ok_or_else(|| {
        folder.remove_unfinished();
        FinishError::StoppedViews(path.to_owned())
    })
}

/// Makes views of the tables of one folder in another; `None` where somebody stops it.
///
/// # Errors
///
/// Fails if the tables cannot be read.
pub fn make_views(
    workers: &Workers<'_>,
    tables: &Path,
    to: &Path,
    about: About,
    language: Language,
) -> Result<Option<Views>, ViewError> {
    let (tables, to) = (tables.to_owned(), to.to_owned());
    let made =
        workers.unless_stopped(move || view_files::write(&to, about, &Tables(&tables), language));
    match made {
        Ok(views) => Ok(Some(views)),
        Err(Halted::Stopped) => Ok(None),
        Err(Halted::Failed(error)) => Err(error),
        Err(Halted::Panicked { message, .. }) => Err(ViewError::BrokeOff { message }),
    }
}

/// What placebos say, and how budgets were made equal.
fn notes<E: Engine>(job: &Job<'_, E>, results: &Results<'_>) -> Result<String, WorkError> {
    let scenario = &job.recipe.scenario;
    let language = job.recipe.language();
    let title = |name| called(scenario, name, language);
    let mut text = String::new();
    let pairs = variants::placebos(scenario);
    if !pairs.is_empty() {
        let flows = noise::gross_flows(results, &pairs)?;
        text.push('\n');
        text.push_str(&report::views::placebo::summary(
            scenario.last_year,
            &flows,
            language,
            title,
        ));
    }
    if let Some(budget) = &job.recipe.scaled {
        text.push('\n');
        text.push_str(&report::views::equal_budget::summary(budget, language, title));
    }
    Ok(text)
}

/// What a policy is called on the terminal: in English as in the files, in Korean by its title.
#[must_use]
pub fn called<'a>(scenario: &'a Scenario, name: &'a str, language: Language) -> &'a str {
    let policy = scenario.policies.iter().find(|policy| policy.name == name);
    match policy {
        Some(policy) if !language.is_english() => {
            language.title(&policy.title_en, &policy.title_ko, &policy.titles)
        }
        _ => name,
    }
}

/// Writes every table of a run, without giving them their names yet. A shard has none.
///
/// HERE is where a table that a run writes is added: in `write_tables`. `run`, `merge` and
/// `verify` all come through here. What else a table needs stands in
/// `report/tables/mod.rs`. Views of the tables, such as the report, are added in
/// `report/views/view_files.rs`; the manifest does not list them, as `yangjae report` makes them anew.
///
/// # Errors
///
/// Fails if values cannot be read, files not be written, or somebody stops it.
pub fn write_files<E: Engine>(
    job: &Job<'_, E>,
    archive: &Archive,
    folder: &Path,
) -> Result<Vec<CompleteFile>, WorkError> {
    if job.recipe.shard.is_some() {
        return Ok(Vec::new());
    }
    archive.keep(job.workers)?;
    let written = write_tables(job, &job.results(archive), folder);
    archive.release();
    written
}

fn write_tables<E: Engine>(
    job: &Job<'_, E>,
    results: &Results<'_>,
    folder: &Path,
) -> Result<Vec<CompleteFile>, WorkError> {
    let to = job.recipe.target(folder);
    // All threads reckon the numbers of a table, one table after another; then each writes a
    // table. The two large ones first, so that their rows are gone when the others are reckoned.
    let mut tables = write_large(job, results, to)?;
    let (compared, looked_at) = write_compared(job, results, to)?;
    tables.extend(compared);
    tables.extend(write_replications(job, results, to)?);
    let scenario = &job.recipe.scenario;
    if job.recipe.writes(&DictionaryRow::TABLE) {
        let dictionary = report::tables::entries::entries(scenario);
        tables.push(table::write::<DictionaryRow<'_>>(to, &dictionary)?);
    }
    if job.recipe.writes(&LeverSetting::TABLE) {
        tables.push(report::tables::levers::write(to, &scenario.register, &scenario.policies)?);
    }
    let mut files = table::files(tables);
    if live_page::is_wanted(job.recipe) {
        files.push(live_page::write(job, results, looked_at, folder)?);
    }
    Ok(files)
}

/// Writes the tables with a row for each series and year.
fn write_large<E: Engine>(
    job: &Job<'_, E>,
    results: &Results<'_>,
    to: Target<'_>,
) -> Result<Vec<CompleteTable>, WorkError> {
    let wants = |table: TableSpec| job.recipe.writes(&table);
    let yearly = wants(Yearly::TABLE).then(|| summary::summarise(results)).transpose()?;
    let comparison =
        wants(PolicyDifference::TABLE).then(|| comparison::compare(results)).transpose()?;
    let mut writers: Vec<Writer<'_>> = Vec::new();
    if let Some(rows) = &yearly {
        writers.push(Box::new(move || table::write::<Yearly<'_>>(to, rows)));
    }
    if let Some(rows) = &comparison {
        writers.push(Box::new(move || table::write::<PolicyDifference<'_>>(to, rows)));
    }
    Ok(side_by_side(job, &writers)?)
}

/// Writes the tables about policies as a whole: pairs, accounts, money, assumptions, the appraisal. With them how far
/// every parameter that can act moves the leading policies.
fn write_compared<E: Engine>(
    job: &Job<'_, E>,
    results: &Results<'_>,
    to: Target<'_>,
) -> Result<(Vec<CompleteTable>, Vec<Swing>), WorkError> {
    let scenario = &job.recipe.scenario;
    let wants = |table: TableSpec| job.recipe.writes(&table);
    let of_appraisal = report::tables::appraisal::TABLES.into_iter().any(wants);
    let moves = wants(AssumptionMove::TABLE);
    let discounting = Discounting::of(scenario);
    // Of a table that is not written, and on which no other rests, nothing is reckoned.
    let appraisal = (moves || wants(CostBenefit::TABLE))
        .then(|| appraisal::appraise(results, discounting))
        .transpose()?;
    let pairs = (moves || wants(PairOfPolicies::TABLE))
        .then(|| pairs::pairs(results, discounting, job.recipe.options.pairs))
        .transpose()?;
    let notes = job.engine.notes();
    let additionality = (of_appraisal || wants(Additionality::TABLE))
        .then(|| additionality::additionality(results, &notes))
        .transpose()?;
    let cash = wants(Cash::TABLE).then(|| summary::cash(results)).transpose()?;
    let groups = wants(GroupOfStartups::TABLE)
        .then(|| groups::rows::rows(results, &scenario.district.sectors))
        .transpose()?;
    let dependence =
        wants(Sensitivity::TABLE).then(|| Dependence::of(scenario, results)).transpose()?;
    let leading = match (&pairs, &appraisal) {
        (Some(pairs), Some(appraisal)) if moves => {
            Some(assumptions::leading(scenario, pairs, appraisal))
        }
        _ => None,
    };
    let assumptions =
        leading.map(|leading| assumptions::assumptions(job, results, leading)).transpose()?;
    let mut writers: Vec<Writer<'_>> = Vec::new();
    if let Some(rows) = pairs.as_ref().filter(|_| wants(PairOfPolicies::TABLE)) {
        writers.push(Box::new(move || table::write::<PairOfPolicies<'_>>(to, rows)));
    }
    if let Some(rows) = additionality.as_ref().filter(|_| wants(Additionality::TABLE)) {
        writers.push(Box::new(move || table::write::<Additionality<'_>>(to, rows)));
    }
    if let Some(rows) = &groups {
        writers.push(Box::new(move || table::write::<GroupOfStartups<'_>>(to, rows)));
    }
    if let Some(rows) = appraisal.as_ref().filter(|_| wants(CostBenefit::TABLE)) {
        writers.push(Box::new(move || table::write::<CostBenefit<'_>>(to, rows)));
    }
    if let Some(rows) = &cash {
        writers.push(Box::new(move || table::write::<Cash<'_>>(to, rows)));
    }
    if let Some(budget) = job.recipe.scaled.as_ref().filter(|_| wants(BudgetedPolicy::TABLE)) {
        writers.push(Box::new(move || report::tables::equal_budget::write(to, budget)));
    }
    if let Some(dependence) = &dependence {
        writers.push(Box::new(move || {
            let identified = |parameter| dependence.identified(parameter);
            let register = &scenario.register;
            report::tables::sensitivity::write(to, register, &dependence.rows, identified)
        }));
    }
    if let Some(Assumptions { policies, swings, .. }) = &assumptions {
        writers.push(Box::new(move || {
            report::tables::assumptions::write(to, scenario, policies, swings)
        }));
    }
    let mut tables = side_by_side(job, &writers)?;
    if let Some(additionality) = additionality.as_ref().filter(|_| of_appraisal) {
        tables.extend(write_appraisal(job, results, additionality, to)?);
    }
    drop(writers);
    Ok((tables, assumptions.map_or_else(Vec::new, |assumptions| assumptions.looked_at)))
}

/// Writes the tables for a ministry's form.
fn write_appraisal<E: Engine>(
    job: &Job<'_, E>,
    results: &Results<'_>,
    additionality: &[AdditionalityRow<'_>],
    to: Target<'_>,
) -> Result<Vec<CompleteTable>, WorkError> {
    let scenario = &job.recipe.scenario;
    let terms = Terms::of(scenario, job.recipe.options.appraisal);
    let statements = outcome::statements(results, &terms)?;
    output_folder::make(&to.folder.join(report::tables::appraisal::FOLDER))?;
    let wants = |table: &TableSpec| job.recipe.writes(table);
    let stated = (&terms, statements.as_slice());
    Ok(report::tables::appraisal::write(to, stated, additionality, scenario.last_year, wants)?)
}

/// Writes the tables with a row for each replication, and the choice of the best policy.
fn write_replications<E: Engine>(
    job: &Job<'_, E>,
    results: &Results<'_>,
    to: Target<'_>,
) -> Result<Vec<CompleteTable>, WorkError> {
    let (scenario, options) = (&job.recipe.scenario, &job.recipe.options);
    let wants = |table: TableSpec| job.recipe.writes(&table);
    let mut tables = Vec::new();
    if wants(PolicyOutcome::TABLE) {
        let outcomes = asked_for::outcomes(&job.layouts, options)?;
        let discounting = Discounting::of(scenario);
        tables.push(report::tables::outcomes::write(to, results, &outcomes, discounting)?);
    }
    if wants(ParameterDraw::TABLE) {
        let replications = results.archive.replications();
        tables.push(report::tables::draws::write(to, scenario, replications)?);
    }
    if wants(SelectedPolicy::TABLE)
        && let Some(selection) = selection::selection(job)?
    {
        tables.push(report::tables::selection::write(to, &scenario.policies, &selection)?);
    }
    if wants(ReplicationValue::TABLE) {
        let filter = &options.replication_filter;
        tables.push(report::tables::replications::write(to, results, filter)?);
    }
    if wants(Event::TABLE) {
        tables.push(write_events(job, to)?);
    }
    Ok(tables)
}

/// Writes a table.
type Writer<'a> = Box<dyn Fn() -> Result<CompleteTable, TableError> + Sync + 'a>;

/// Writes tables side by side. Where several fail, the error is that of the first in the list.
fn side_by_side<E: Engine>(
    job: &Job<'_, E>,
    writers: &[Writer<'_>],
) -> Result<Vec<CompleteTable>, TableError> {
    job.workers.all(writers).into_iter().collect()
}

/// Simulates the first replications once more, with their events, a policy at a time.
fn write_events<E: Engine>(job: &Job<'_, E>, to: Target<'_>) -> Result<CompleteTable, WorkError> {
    let scenario = &job.recipe.scenario;
    let mut table = report::tables::events::EventTable::create(to)?;
    let mut workspace = job.engine.workspace();
    for policy in 0..scenario.policies.len() {
        for replication in 0..job.recipe.options.events.min(scenario.replications) {
            if job.workers.stopped() {
                return Err(WorkError::Interrupted);
            }
            let events = job.engine.events(policy, replication, &mut workspace);
            let events = events.map_err(|error| WorkError::Simulation(Box::new(error)))?;
            table.rows(&events)?;
        }
    }
    Ok(table.complete()?)
}

/// The manifest of a run with these blocks and files.
#[must_use]
pub fn describe<E: Engine>(
    job: &Job<'_, E>,
    archive: &Archive,
    files: Vec<ListedFile>,
) -> Manifest {
    Manifest {
        plan: job.recipe.plan(),
        without_effect: job.recipe.without_effect(),
        not_read: job.recipe.scenario.not_read.clone(),
        blocks: ListedBlocks {
            blocks: archive.blocks(),
            replications_each: batch::block_length(job.recipe.scenario.replications),
            fingerprint: job.shape.fingerprint.to_string(),
            seal: archive.seal().to_string(),
        },
        files,
    }
}

/// The files of the tables of a run of this recipe, in the order in which its manifest lists them: each table's CSV, then
/// its Parquet where that is asked for; at last the live page.
#[must_use]
pub fn tables(recipe: &Recipe) -> Vec<String> {
    let files = |table: &TableSpec| {
        let parquet = recipe.options.parquet.then(|| table.parquet());
        std::iter::once(table.file.to_owned()).chain(parquet)
    };
    let live = live_page::is_wanted(recipe).then(|| viewed::LIVE.to_owned());
    OF_RUN.iter().filter(|table| recipe.writes(table)).flat_map(files).chain(live).collect()
}

//! What a run will need, from a short trial: time, memory, disk.
//!
//! The only place of the program that looks at a clock. Nothing of it reaches a result.

use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use std::time::Instant;

use crate::analysis::decision::MOST_LISTED;
use crate::analysis::decision::outcome::Added;
use crate::analysis::layout::Layout;
use crate::analysis::layout::Table;
use crate::analysis::pairs;
use crate::analysis::results;
use crate::analysis::study::Workspace;
use crate::experiment::block::archive::MOST_KEPT;
use crate::experiment::block::codec::Encoder;
use crate::experiment::disk;
use crate::pipeline::assumptions;
use crate::pipeline::engine::Engine;
use crate::pipeline::error::WorkError;
use crate::pipeline::job::Job;
use crate::report::text::dialect;
use crate::report::text::progress;

/// A trial simulates until this long has passed.
const TRIAL: Duration = Duration::from_millis(700);
/// The most replications of a trial.
const MOST_TRIED: u32 = 64;
/// Replications that a trial of the sweep of assumptions simulates.
const SWEEPS_TRIED: u32 = 4;
/// No value takes more bytes in a block.
const LONGEST_VALUE: u64 = 10;
/// A row of a table of statistics, as they come out `[bytes]`.
const ROW: u64 = 190;
/// A row of `outcomes.csv` or `draws.csv`, as they come out `[bytes]`.
const DECISION_ROW: f64 = 55.0;
/// `dictionary.csv`, `levers.csv`, manifest and inputs together, and some room `[bytes]`.
const SMALL_FILES: u64 = 4 << 20;
/// The program itself with a scenario, as measured `[bytes]`.
const PROGRAM: u64 = 16 << 20;
/// A thread's stack and one world, as measured `[bytes]`.
const THREAD: u64 = 8 << 20;
/// Fonts and pictures while a report is made, as measured `[bytes]`.
const PICTURES: u64 = 32 << 20;
/// The workbook in memory, for each value of one replication, as measured `[bytes]`.
const OF_WORKBOOK: u64 = 2_200;
/// Tables as they are written, and read again for report and workbook side by side, for each value of
/// one replication, as measured `[bytes]`.
const OF_TABLES: u64 = 700;
/// What tables take that are written as Parquet too, over what their CSV takes: of large ones a quarter more, of small ones
/// half.
const AS_PARQUET_TOO: f64 = 1.5;
/// Values beyond which a table is cut in the workbook: 20,000 rows of each of two.
const MOST_IN_WORKBOOK: u64 = 40_000;
/// Where one series lies in one block, in memory `[bytes]`.
const SECTION: u64 = 32;
/// Statistics of one value on one thread, as measured `[seconds]`.
const STATISTICS: f64 = 60e-9;
/// Finding and checking one series of one block, as often as tables need it, as measured `[seconds]`.
const READING: f64 = 1e-6;
/// Report and pictures of the smallest run; tables, report and workbook for each value of one
/// replication; and the workbook for each value as far as it holds them, as measured `[seconds]`.
const VIEWS: (f64, f64, f64) = (0.1, 4.3e-6, 22e-6);
/// A run says what it needs where it is at least this much disk.
const LARGE: u64 = 1 << 30;

/// What was seen of a few replications under all policies.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trial {
    /// How many were simulated.
    pub replications: u32,
    /// Time of each on one thread `[seconds]`.
    pub seconds: f64,
    /// Time for the run's sweep of assumptions on one thread `[seconds]`.
    pub sweep: f64,
    /// Simulated years of firms in each `[firm-years]`.
    pub firm_years: f64,
    /// What each takes in blocks `[bytes]`.
    pub block_bytes: f64,
    /// What each takes in `replications.csv` `[bytes]`.
    pub csv_bytes: f64,
    /// What each takes in `events.csv`, all policies `[bytes]`; none where none are asked for.
    pub event_bytes: f64,
}

/// What a run needs.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    /// Simulated years of firms `[firm-years]`.
    pub firm_years: f64,
    /// Time on the job's threads for simulating `[seconds]`.
    pub seconds: f64,
    /// Time for statistics, the sweep of assumptions, tables and report; none for a shard `[seconds]`.
    pub rest: f64,
    /// Memory at most `[bytes]`.
    pub memory: u64,
    /// Disk for blocks `[bytes]`.
    pub blocks: u64,
    /// Disk for tables `[bytes]`.
    pub tables: u64,
}

impl Need {
    /// All disk `[bytes]`.
    #[must_use]
    pub fn disk(&self) -> u64 {
        self.blocks + self.tables
    }

    /// The same run so often, one after the other, as in futures.
    #[must_use]
    pub fn times(self, runs: u32) -> Self {
        let (times, copies) = (f64::from(runs), u64::from(runs));
        Self {
            firm_years: self.firm_years * times,
            seconds: self.seconds * times,
            rest: self.rest * times,
            memory: self.memory,
            blocks: self.blocks * copies,
            tables: self.tables * copies,
        }
    }
}

/// Simulates the first replications of a job.
///
/// # Errors
///
/// Fails as the model does.
pub fn trial<E: Engine>(job: &Job<'_, E>, most: u32) -> Result<Trial, WorkError> {
    let failed = |error| WorkError::Simulation(Box::new(error));
    let held = job.recipe.replications();
    let mut workspace = job.engine.workspace();
    let mut encoder = Encoder::new(&job.shape, held.start);
    let mut trial = Trial::default();
    let begun = Instant::now();
    for replication in held.clone().take(most.min(MOST_TRIED) as usize) {
        let values = job.engine.simulate(replication, &mut workspace).map_err(failed)?;
        trial.firm_years += firm_years(&job.layouts, &values);
        trial.csv_bytes += csv_bytes(&job.layouts, &values);
        encoder.push(&values).map_err(|error| WorkError::Simulation(Box::new(error)))?;
        trial.replications += 1;
        if begun.elapsed() >= TRIAL {
            break;
        }
    }
    let count = f64::from(trial.replications.max(1));
    trial.seconds = begun.elapsed().as_secs_f64() / count;
    let payload = encoder.finish().len() as u64 - head_bytes(job);
    trial.block_bytes = payload as f64 / count;
    trial.firm_years /= count;
    trial.csv_bytes /= count;
    if job.recipe.shard.is_none() {
        trial.sweep = sweep(job)?;
    }
    if job.recipe.options.events > 0 {
        let rows = job.engine.events(0, held.start, &mut workspace).map_err(failed)?;
        let text = |row: &crate::report::tables::events::EventRow| {
            row.policy.len() + row.entity.len() + row.place.len() + row.cause.len() + 48
        };
        let bytes: usize = rows.iter().map(text).sum();
        trial.event_bytes = (bytes * job.layouts.len()) as f64;
    }
    Ok(trial)
}

/// Time for the sweep of assumptions on one thread, from a replication of those policies that it will
/// look at in all likelihood; nothing where there will be none `[seconds]`.
fn sweep<E: Engine>(job: &Job<'_, E>) -> Result<f64, WorkError> {
    let scenario = &job.recipe.scenario;
    let expected = assumptions::expected(scenario, job.recipe.replications().len());
    let study = expected.as_ref().and_then(|expected| job.engine.study(&expected.policies));
    let Some((expected, study)) = expected.zip(study) else { return Ok(0.0) };
    let mut workspace = Workspace::default();
    let mut once = |replication: u32| {
        let values = study.values(replication);
        let made = study.replicate_with(&values, replication, &mut workspace);
        made.map_err(|error| WorkError::Simulation(Box::new(error)))
    };
    // The first makes room in memory.
    once(0)?;
    let begun = Instant::now();
    for replication in 0..SWEEPS_TRIED {
        once(replication)?;
    }
    let each = begun.elapsed().as_secs_f64() / f64::from(SWEEPS_TRIED);
    Ok(each * f64::from(expected.simulations))
}

/// What a job needs, as a trial lets expect.
#[must_use]
pub fn need<E: Engine>(job: &Job<'_, E>, trial: &Trial) -> Need {
    let replications = job.recipe.replications();
    let count = f64::from(replications.end - replications.start);
    let threads = job.workers.threads() as f64;
    let blocks = job.recipe.blocks();
    let longest = blocks.iter().map(|block| block.end - block.start).max().unwrap_or(0);
    let heads = head_bytes(job) * blocks.len() as u64;
    let is_shard = job.recipe.shard.is_some();
    let options = &job.recipe.options;

    let mut tables = fixed_tables(job) as f64 + of_decision(job, count);
    if options.replication_csv {
        tables += trial.csv_bytes * count;
    }
    tables += trial.event_bytes * f64::from(options.events.min(job.recipe.scenario.replications));
    if options.parquet {
        tables *= AS_PARQUET_TOO;
    }
    let block = trial.block_bytes * f64::from(longest);
    // A block is in memory in pieces and, when it is written, as one.
    let of_simulation = threads * 2.0 * block;
    let kept = Some(trial.block_bytes * count).filter(|&kept| kept <= MOST_KEPT as f64);
    let of_tables = if is_shard { 0.0 } else { memory_of_tables(job, count, kept) };
    let memory = PROGRAM as f64 + threads * THREAD as f64 + of_simulation.max(of_tables);
    Need {
        firm_years: trial.firm_years * count,
        seconds: trial.seconds * count / threads,
        rest: if is_shard { 0.0 } else { time_of_tables(job, count) + trial.sweep / threads },
        memory: bytes(memory),
        blocks: bytes(trial.block_bytes * count) + heads,
        tables: SMALL_FILES + if is_shard { 0 } else { bytes(tables) },
    }
}

/// Memory for statistics, or for report and workbook where that is more `[bytes]`.
fn memory_of_tables<E: Engine>(job: &Job<'_, E>, replications: f64, kept: Option<f64>) -> f64 {
    let (threads, values) = (job.workers.threads() as f64, values(&job.layouts));
    let column = 8.0 * replications;
    let years = job.layouts.first().map_or(0, |layout| layout.years.len());
    // Of a policy and of the baseline, each thread for itself.
    let columns = threads * 2.0 * (results::MOST_SERIES * years) as f64;
    let window = (results::WORKING_SET as f64).min(columns * column);
    let statistics = window + threads * 2.0 * column + kept.unwrap_or_default();
    let views = if job.recipe.has_views() {
        PICTURES + OF_WORKBOOK * values.min(MOST_IN_WORKBOOK) + OF_TABLES * values
    } else {
        0
    };
    let heads = SECTION * sections(&job.layouts) * job.recipe.blocks().len() as u64;
    heads as f64 + statistics.max(views as f64)
}

/// Time for statistics on the job's threads, and for tables and report on one `[seconds]`.
fn time_of_tables<E: Engine>(job: &Job<'_, E>, replications: f64) -> f64 {
    let values = values(&job.layouts);
    let in_workbook = values.min(MOST_IN_WORKBOOK) as f64;
    let values = values as f64;
    let sections = sections(&job.layouts) as f64 * job.recipe.blocks().len() as f64;
    let statistics = STATISTICS * values * replications + READING * sections;
    let (views, for_each, of_workbook) = VIEWS;
    let views = if job.recipe.has_views() {
        views + for_each * values + of_workbook * in_workbook
    } else {
        0.0
    };
    statistics / job.workers.threads() as f64 + views
}

/// The series of all policies.
fn sections(layouts: &[Layout]) -> u64 {
    layouts.iter().map(|layout| layout.series.len() as u64).sum()
}

/// The disk is too small.
#[derive(Debug, thiserror::Error)]
#[error(
    "the disk of `{}` has {free} free and this run needs about {needed}; free some, name a \
     folder on another disk with `--output`, or take fewer replications, policies or tables",
    folder.display()
)]
pub struct NoRoom {
    /// The folder.
    folder: PathBuf,
    /// What the run needs.
    needed: String,
    /// What is free.
    free: String,
}

/// Tells where the disk is too small for the blocks that are left and the tables, and says beforehand
/// what a large run needs.
///
/// # Errors
///
/// Fails as the model fails in the trial.
pub fn lack_of_room<E: Engine>(
    job: &Job<'_, E>,
    folder: &Path,
    left: u32,
) -> Result<Option<NoRoom>, WorkError> {
    let Some(free) = disk::free_space(folder) else {
        return Ok(None);
    };
    if at_most(job) < LARGE.min(free / 2) || left == 0 {
        return Ok(None);
    }
    let need = need(job, &trial(job, 3)?);
    let replications = job.recipe.replications();
    let share = f64::from(left) / f64::from(replications.end - replications.start).max(1.0);
    let needed = bytes(need.blocks as f64 * share) + need.tables;
    if needed > free {
        let (needed, free) = (size(needed), size(free));
        return Ok(Some(NoRoom { folder: folder.to_owned(), needed, free }));
    }
    if needed >= LARGE {
        progress::message(&format!(
            "this run needs about {} of disk, where {} are free, {} of memory and {}",
            size(needed),
            size(free),
            size(need.memory),
            duration(need.seconds * share + need.rest),
        ));
    }
    Ok(None)
}

/// What `outcomes.csv` and `draws.csv` take `[bytes]`.
fn of_decision<E: Engine>(job: &Job<'_, E>, replications: f64) -> f64 {
    let outcomes = Added::ALL.len() + job.recipe.options.outcomes.len();
    let parameters = job.recipe.scenario.parameters.iter().filter(|it| it.varies()).count();
    let rows = outcomes * job.layouts.len() + parameters;
    DECISION_ROW * rows as f64 * replications.min(f64::from(MOST_LISTED))
}

/// More than a job can take on the disk, without a trial `[bytes]`.
fn at_most<E: Engine>(job: &Job<'_, E>) -> u64 {
    let replications = job.recipe.replications();
    let count = u64::from(replications.end - replications.start);
    let each = if job.recipe.options.replication_csv { LONGEST_VALUE + 200 } else { LONGEST_VALUE };
    // An event has some 100 bytes, and there are no more events than this by far.
    let events = u64::from(job.recipe.options.events.min(job.recipe.scenario.replications));
    let events = events.saturating_mul(1 << 24).saturating_mul(job.layouts.len() as u64);
    let heads = head_bytes(job) * job.recipe.blocks().len() as u64;
    let each = if job.recipe.options.parquet { 2 * each } else { each };
    count
        .saturating_mul(values(&job.layouts))
        .saturating_mul(each)
        .saturating_add(heads + fixed_tables(job) + SMALL_FILES)
        .saturating_add(bytes(of_decision(job, count as f64)))
        .saturating_add(events)
}

/// The values of one replication under all policies.
fn values(layouts: &[Layout]) -> u64 {
    layouts.iter().map(|layout| layout.len() as u64).sum()
}

/// Tables of statistics: a row in `yearly.csv` and one in a table of comparison for each value, and
/// `pairs.csv`.
fn fixed_tables<E: Engine>(job: &Job<'_, E>) -> u64 {
    ROW * (2 * values(&job.layouts) + pairs(job))
}

/// The rows of `pairs.csv`.
fn pairs<E: Engine>(job: &Job<'_, E>) -> u64 {
    pairs::count(job.layouts.len(), job.recipe.options.pairs)
}

fn head_bytes<E: Engine>(job: &Job<'_, E>) -> u64 {
    Encoder::new(&job.shape, 0).finish().len() as u64
}

/// The years that firms were simulated, in the city as a whole.
#[must_use]
pub fn firm_years(layouts: &[Layout], values: &[Vec<f64>]) -> f64 {
    let of_policy = |(layout, values): (&Layout, &Vec<f64>)| {
        let years = layout.years.len();
        let place = layout.position(Table::Metric, "firms", "city");
        let place = place.or_else(|| layout.position(Table::Metric, "firms", "district"));
        place.map_or(0.0, |place| values[place * years..(place + 1) * years].iter().sum())
    };
    layouts.iter().zip(values).map(of_policy).sum()
}

/// What a replication takes in `replications.csv`.
fn csv_bytes(layouts: &[Layout], values: &[Vec<f64>]) -> f64 {
    let mut bytes = 0;
    for (layout, values) in layouts.iter().zip(values) {
        let years = layout.years.len().max(1);
        for (series, values) in layout.series.iter().zip(values.chunks(years)) {
            if series.table == Table::Metric {
                // Replication, year, commas, end of line.
                let text = layout.policy.len() + series.place.len() + series.name.len() + 16;
                let numbers: usize = values.iter().map(|&value| dialect::number(value).len()).sum();
                bytes += text * values.len() + numbers;
            }
        }
    }
    bytes as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "never negative")]
fn bytes(value: f64) -> u64 {
    value.ceil() as u64
}

/// A number of bytes for people.
#[must_use]
pub fn size(bytes: u64) -> String {
    let mut value = bytes as f64;
    let mut unit = "B";
    for larger in ["kB", "MB", "GB", "TB"] {
        if value < 1_000.0 {
            break;
        }
        value /= 1_000.0;
        unit = larger;
    }
    if value < 10.0 && unit != "B" {
        format!("{value:.1} {unit}")
    } else {
        format!("{value:.0} {unit}")
    }
}

/// A time for people.
#[must_use]
pub fn duration(seconds: f64) -> String {
    match seconds {
        0.0..100.0 => format!("{seconds:.1} seconds"),
        100.0..6_000.0 => format!("{:.0} minutes", seconds / 60.0),
        6_000.0..360_000.0 => format!("{:.1} hours", seconds / 3_600.0),
        _ => format!("{:.0} days", seconds / 86_400.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_are_told_in_few_digits() {
        assert_eq!(size(999), "999 B");
        assert_eq!(size(1_500), "1.5 kB");
        assert_eq!(size(12_345_678), "12 MB");
        assert_eq!(size(7 << 40), "7.7 TB");
        assert_eq!(duration(1.25), "1.2 seconds");
        assert_eq!(duration(600.0), "10 minutes");
        assert_eq!(duration(36_000.0), "10.0 hours");
        assert_eq!(duration(8_640_000.0), "100 days");
    }
}

//! The files of a calibration: draws, parameters before and after, trade-offs, generations, fit.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use crate::evidence::fit::Forecast;
use crate::evidence::learning::Learned;
use crate::evidence::learning::TradeOff;
use crate::evidence::sampler::Generation;
use crate::experiment::whole_file;
use crate::experiment::whole_file::CompleteFile;
use crate::experiment::whole_file::WriteError;
use crate::report::folder::output_folder;
use crate::report::folder::output_folder::FolderError;
use crate::report::tables::table::Cell;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableSpec;
use crate::report::tables::table::TableWriter;
use crate::report::tables::table::csv_line;
use crate::report::text::dialect::number;
use crate::scenario::Observation;
use crate::scenario::parameter::PARAMETERS;

/// The file of draws.
pub const POSTERIOR: &str = "posterior.csv";
/// The file to go on from after an interruption.
const STATE: &str = "calibration.state";
/// The largest state that is read `[bytes]`: some hundred times that of the shipped calibration.
const LARGEST_STATE: u64 = 1 << 28;

/// Parameters before and after.
pub const PARAMETERS_TABLE: TableSpec = TableSpec {
    file: "calibration.csv",
    columns: &[
        "parameter",
        "unit",
        "prior_mean",
        "prior_sd",
        "prior_p05",
        "prior_p50",
        "prior_p95",
        "posterior_mean",
        "posterior_sd",
        "posterior_p05",
        "posterior_p50",
        "posterior_p95",
        "variance_explained",
        "shift",
        "verdict",
    ],
};

/// Pairs of parameters that trade off.
pub const TRADE_OFFS: TableSpec =
    TableSpec { file: "trade_offs.csv", columns: &["parameter", "other_parameter", "correlation"] };

/// The path of the tolerance.
pub const GENERATIONS: TableSpec = TableSpec {
    file: "generations.csv",
    columns: &[
        "generation",
        "tolerance",
        "effective_sample_size",
        "resampled",
        "parameters_moved",
        "streams_moved",
        "records_simulated",
    ],
};

/// Observed figures within what is foreseen.
pub const FIT: TableSpec = TableSpec {
    file: "fit.csv",
    columns: &[
        "metric",
        "place",
        "year",
        "fitted",
        "observed",
        "tolerance",
        "prior_p05",
        "prior_p50",
        "prior_p95",
        "posterior_p05",
        "posterior_p50",
        "posterior_p95",
        "within_90",
        "length_against_prior",
    ],
};

/// One row of [`FIT`].
#[derive(Clone, Debug)]
pub struct FitRow {
    /// The figure.
    pub row: Observation,
    /// Whether it was among those fitted to.
    pub fitted: bool,
    /// What the prior foresees.
    pub prior: Forecast,
    /// What the posterior foresees.
    pub posterior: Forecast,
}

/// The folder of a calibration.
#[derive(Clone, Debug)]
pub struct CalibrationFolder {
    path: PathBuf,
}

impl CalibrationFolder {
    /// Opens the folder, making it where there is none.
    ///
    /// # Errors
    ///
    /// Fails if something else is in its place, or the disk refuses.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        output_folder::prepare(path, &[], false)?;
        Ok(Self { path: path.to_owned() })
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a finished calibration is there.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.path.join(POSTERIOR).exists()
    }

    /// The state of an interrupted calibration, if one is there.
    ///
    /// # Errors
    ///
    /// Fails if the file is there and cannot be read.
    pub fn state(&self) -> Result<Option<Vec<u8>>, WriteError> {
        let path = self.path.join(STATE);
        match whole_file::read(&path, LARGEST_STATE) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(WriteError { path, source }),
        }
    }

    /// The path of the state, for messages.
    #[must_use]
    pub fn state_path(&self) -> PathBuf {
        self.path.join(STATE)
    }

    /// Keeps the state.
    ///
    /// # Errors
    ///
    /// Fails if the disk does not take it.
    pub fn keep_state(&self, bytes: &[u8]) -> Result<(), WriteError> {
        whole_file::write(&self.path.join(STATE), bytes)
    }

    /// Gives all tables their names, the draws last, and removes the state.
    ///
    /// # Errors
    ///
    /// Fails if the disk refuses.
    pub fn publish(&self, tables: Vec<CompleteFile>, posterior: &str) -> Result<(), WriteError> {
        for table in tables {
            table.publish()?;
        }
        whole_file::write(&self.path.join(POSTERIOR), posterior.as_bytes())?;
        // What is left of it is refused by its fingerprint, or gives the same result again.
        let _gone = fs::remove_file(self.path.join(STATE));
        Ok(())
    }
}

/// Writes the draws where a scenario reads them.
///
/// # Errors
///
/// Fails if the disk does not take them.
pub fn install(folder: &Path, posterior: &str) -> Result<(), WriteError> {
    whole_file::write(&folder.join(POSTERIOR), posterior.as_bytes())
}

/// The draws as CSV: the weight and a column for each free parameter.
#[must_use]
pub fn posterior(parameters: &[usize], draws: &[(f64, Vec<f64>)]) -> String {
    let names = parameters.iter().map(|&position| PARAMETERS[position].name);
    let header: Vec<&str> = std::iter::once("weight").chain(names).collect();
    let mut text = csv_line(&header);
    for (weight, values) in draws {
        let cells: Vec<String> =
            std::iter::once(weight).chain(values).map(|&value| number(value)).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        text.push_str(&csv_line(&cells));
    }
    text
}

/// Writes the parameters before and after.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write_parameters(folder: &Path, rows: &[Learned]) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(folder, PARAMETERS_TABLE)?;
    for row in rows {
        let spec = &PARAMETERS[row.position];
        let (prior, posterior) = (row.prior, row.posterior);
        table.row(&[
            Cell::Text(spec.name),
            Cell::Text(spec.unit),
            Cell::Number(prior.mean),
            Cell::Number(prior.sd),
            Cell::Number(prior.p05),
            Cell::Number(prior.p50),
            Cell::Number(prior.p95),
            Cell::Number(posterior.mean),
            Cell::Number(posterior.sd),
            Cell::Number(posterior.p05),
            Cell::Number(posterior.p50),
            Cell::Number(posterior.p95),
            Cell::Number(row.explained),
            Cell::Number(row.shift),
            Cell::Text(row.verdict.name()),
        ])?;
    }
    table.complete()
}

/// Writes the pairs that trade off.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write_trade_offs(folder: &Path, rows: &[TradeOff]) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(folder, TRADE_OFFS)?;
    for row in rows {
        let [one, other] = row.parameters.map(|position| Cell::Text(PARAMETERS[position].name));
        table.row(&[one, other, Cell::Number(row.correlation)])?;
    }
    table.complete()
}

/// Writes the path of the tolerance; the first generation, the prior, has none.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write_generations(folder: &Path, rows: &[Generation]) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(folder, GENERATIONS)?;
    for (place, row) in rows.iter().enumerate() {
        let moved = |share: f64| if place == 0 { Cell::Unknown } else { Cell::Number(share) };
        table.row(&[
            Cell::Whole(place as u64),
            Cell::from(Some(row.tolerance).filter(|tolerance| tolerance.is_finite())),
            Cell::Number(row.effective),
            Cell::Text(if row.resampled { "yes" } else { "no" }),
            moved(row.parameters_moved),
            moved(row.streams_moved),
            Cell::Whole(row.records),
        ])?;
    }
    table.complete()
}

/// Writes the observed figures within what is foreseen.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write_fit(folder: &Path, rows: &[FitRow]) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(folder, FIT)?;
    let yes = |yes: bool| Cell::Text(if yes { "yes" } else { "no" });
    for one in rows {
        let (row, prior, posterior) = (&one.row, one.prior, one.posterior);
        table.row(&[
            Cell::Text(&row.metric),
            Cell::Text(&row.place),
            Cell::Whole(row.year.into()),
            yes(one.fitted),
            Cell::Number(row.value),
            Cell::Number(row.tolerance),
            Cell::Number(prior.p05),
            Cell::Number(prior.p50),
            Cell::Number(prior.p95),
            Cell::Number(posterior.p05),
            Cell::Number(posterior.p50),
            Cell::Number(posterior.p95),
            yes(posterior.holds(row.value)),
            Cell::from(Some(posterior.length() / prior.length()).filter(|one| one.is_finite())),
        ])?;
    }
    table.complete()
}

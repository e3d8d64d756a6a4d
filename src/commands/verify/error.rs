//! In what a folder is not whole, unchanged and reproducible.

use std::fmt;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use crate::experiment::block::BlockError;
use crate::pipeline::error::is_full;
use crate::report::folder::compare::Unlike;
use crate::report::folder::kept::DamagedCopy;
use crate::report::folder::manifest::PlanError;
use crate::report::text::message::with_causes;

/// One fault.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// There is no run.
    #[error("there is no manifest.json: this is not the folder of a finished run")]
    NoRun,
    /// The run was not finished.
    #[error("the run is unfinished: {0} blocks and no manifest.json; go on with `run --resume`")]
    Unfinished(usize),
    /// A run is writing there.
    #[error("it is in use by a run; wait for it")]
    InUse,
    /// The manifest cannot be read.
    #[error("{}; the same run with `--resume`, or the same merge, writes it again", with_causes(.0))]
    Manifest(PlanError),
    /// Another version made it.
    #[error(
        "it was made by {program} {version}; this is version {}, which cannot make it again",
        env!("CARGO_PKG_VERSION")
    )]
    Version {
        /// The program.
        program: String,
        /// Its version.
        version: String,
    },
    /// The copy of the inputs has changed.
    #[error("{0}")]
    Inputs(String),
    /// What the run was to make is not what the manifest says.
    #[error("{0}; the same run with `--resume`, or the same merge, writes it again")]
    Plan(DamagedCopy),
    /// A link stands where a run writes a file or folder.
    #[error(
        "`{0}` is a link, and nothing is proved through one; put what it leads to in its place"
    )]
    Link(String),
    /// A file is not what the manifest lists.
    #[error("`{0}` has changed: its digest is not the one in manifest.json")]
    Changed(String),
    /// A file cannot be read.
    #[error("`{0}` cannot be read: {1}")]
    Unreadable(String, io::Error),
    /// A block is not what it should be.
    #[error("{}", with_causes(.0))]
    Block(BlockError),
    /// There are too few or too many blocks.
    #[error("there are {found} blocks, and manifest.json lists {listed}")]
    Blocks {
        /// As many as there are.
        found: usize,
        /// As many as there should be.
        listed: usize,
    },
    /// The blocks are sound, but others.
    #[error("the blocks are not those that manifest.json lists: their seal differs")]
    Seal,
    /// The folder is not the one whose digest was handed over.
    #[error("manifest.json has the digest {found}, and {expected} was expected")]
    Expected {
        /// The digest that was handed over.
        expected: String,
        /// The digest of the file.
        found: String,
    },
    /// A view does not follow from the tables.
    #[error("`{0}` is not what the tables give; `yangjae report` makes it again")]
    View(String),
    /// A view is not there.
    #[error("`{0}` is missing; `yangjae report` makes it again")]
    MissingView(String),
    /// A table does not follow from the blocks.
    #[error(
        "`{file}` line {} is {}, and made again it is {}", unlike.line,
        said(unlike.one.as_ref()), said(unlike.other.as_ref())
    )]
    Differs {
        /// The file.
        file: String,
        /// Where.
        unlike: Unlike,
    },
    /// The tables of a decision are not those of this run.
    #[error(
        "the tables in `decision/` are of no decision of this run: {0}; `yangjae decide` makes them again"
    )]
    Decision(String),
    /// A replication gives other values than the blocks hold.
    #[error(
        "replication {replication} of policy `{policy}`: {series} in {year} is {stored} in the \
         blocks and {simulated} simulated again"
    )]
    Value {
        /// The replication.
        replication: u32,
        /// The policy.
        policy: String,
        /// The series.
        series: String,
        /// The year.
        year: u16,
        /// What the block holds.
        stored: f64,
        /// What the model gives.
        simulated: f64,
    },
}

fn said(line: Option<&String>) -> String {
    line.map_or_else(|| "not there".to_owned(), |line| format!("`{line}`"))
}

/// Everything that was found.
#[derive(Debug)]
pub struct Faults {
    /// The folder.
    pub folder: PathBuf,
    /// At least one.
    pub faults: Vec<Fault>,
}

impl Faults {
    /// A single fault.
    #[must_use]
    pub fn of(folder: &Path, fault: Fault) -> Self {
        Self { folder: folder.to_owned(), faults: vec![fault] }
    }

    /// The program's exit status: 2 where there is nothing to prove, 1 where the proof failed.
    #[must_use]
    pub fn status(&self) -> u8 {
        if matches!(self.faults[..], [Fault::NoRun]) { 2 } else { 1 }
    }
}

/// A proof that was not finished: nothing is shown of the folder, neither that it is whole nor that it is
/// not.
#[derive(Debug, thiserror::Error)]
#[error("the proof was not finished, and says nothing of the folder: {}{}", with_causes(source.as_ref()), room(source.as_ref()))]
pub struct Unproved {
    source: Box<dyn std::error::Error + Send + Sync>,
    status: u8,
}

/// What to do where the disk of temporary files is full.
fn room(error: &(dyn std::error::Error + 'static)) -> String {
    if !is_full(error) {
        return String::new();
    }
    let folder = std::env::temp_dir();
    format!(
        "; free some room in `{}`, or name a folder on another disk by the variable TMPDIR",
        folder.display()
    )
}

impl Unproved {
    /// Why a proof was not finished; `interrupted` is the status of the signal that stopped it.
    #[must_use]
    pub fn of(
        source: impl std::error::Error + Send + Sync + 'static,
        interrupted: Option<u8>,
    ) -> Self {
        Self { source: Box::new(source), status: interrupted.unwrap_or(3) }
    }

    /// The program's exit status: 3, or that of a signal.
    #[must_use]
    pub const fn status(&self) -> u8 {
        self.status
    }
}

impl std::error::Error for Faults {}

impl fmt::Display for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` is not what it should be:", self.folder.display())?;
        self.faults.iter().try_for_each(|fault| write!(formatter, "\n  {fault}"))
    }
}

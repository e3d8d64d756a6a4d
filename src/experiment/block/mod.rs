//! Blocks: the values of a run of consecutive replications under all policies of a run, in one
//! small checked file each.
//!
//! Resuming, merging shards, proving a run and making its report again all work from blocks, and
//! memory need not follow the product of policies, series, years and replications: one series of
//! one policy can be read without the rest.
//!
//! # Format (version 1; whole numbers little-endian)
//!
//! ```text
//! 8  magic 89 59 4A 42 0D 0A 1A 0A: shows at once where a transfer has treated it as text
//! 4  version
//! 4  length of the head
//!    head: 32 fingerprint · 4 first replication · 4 replications · 4 years · 4 policies
//!          for each policy: 2 length of its name · the name · 32 digest of its layout · 4 series
//!          for each series: 1 kind (0 whole, 1 real) · 4 length · 8 checksum of its section
//! 32 seal: SHA-256 of all bytes before it
//!    sections: policy by policy, series by series, without gaps to the end of the file
//! ```
//!
//! A section holds, replication by replication, a value for each year: whole numbers as the first
//! value and then differences from year to year, zigzag varints; real numbers as their 8 bytes.
//!
//! Checksums are the first 8 bytes of the section's SHA-256. A CRC would need one crate more and
//! gain little, as hashing is far from the cost of making the values; and since the seal covers
//! the checksums, it stands for the whole block in a manifest.

pub mod archive;
pub mod codec;
pub mod file;
pub mod memory;

use std::io;
use std::path::PathBuf;

use crate::experiment::fingerprint::Fingerprint;
use crate::experiment::whole_file::WriteError;

/// The version of the format that is written and read.
pub const VERSION: u32 = 1;

/// One column of a policy's values: a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockColumn {
    /// What it is called in messages.
    pub label: String,
    /// Whether all its values are whole numbers within ±2^53.
    pub whole: bool,
}

/// What the values of one policy look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueShape {
    /// The policy.
    pub policy: String,
    /// A digest of everything that gives the columns their meaning.
    pub layout: Fingerprint,
    /// The columns, in the order of values.
    pub columns: Vec<BlockColumn>,
}

/// What the values of a run look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunShape {
    /// What bears on results.
    pub fingerprint: Fingerprint,
    /// The number of years.
    pub years: usize,
    /// The policies.
    pub policies: Vec<ValueShape>,
}

/// Why a block cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BlockError {
    /// The system refuses.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The block.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The block cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The bytes are not those that were written.
    #[error("block `{}` is damaged: {damage}", path.display())]
    Damaged {
        /// The block.
        path: PathBuf,
        /// What is wrong.
        damage: Damage,
    },
    /// The block is whole, but of another run.
    #[error("block `{}` is from another run: {difference}", path.display())]
    Foreign {
        /// The block.
        path: PathBuf,
        /// What differs.
        difference: Mismatch,
    },
    /// Replications that no block holds.
    #[error("`{}` has no block with replication {replication}", folder.display())]
    Missing {
        /// The folder of blocks.
        folder: PathBuf,
        /// The first replication that is missing.
        replication: u32,
    },
    /// Replications that two blocks hold.
    #[error("replication {replication} is in `{}` and in `{}`", one.display(), other.display())]
    Doubled {
        /// The block with lower replications.
        one: PathBuf,
        /// The other block.
        other: PathBuf,
        /// The first replication in both.
        replication: u32,
    },
}

/// What is wrong with the bytes of a block.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// There is nothing.
    #[error("the file is empty")]
    Empty,
    /// It does not begin as a block does.
    #[error("it does not begin as a block of results")]
    Magic,
    /// It is of a version that this program does not know.
    #[error("its format has version {0}, and this program reads version {known}", known = VERSION)]
    Version(u32),
    /// It has the name of another block.
    #[error("it begins with replication {0}, which is not what its name says")]
    Name(u32),
    /// Bytes are missing, or there are too many.
    #[error("it has {found} bytes instead of {expected}")]
    Length {
        /// The bytes that the head announces.
        expected: u64,
        /// The bytes that the file has.
        found: u64,
    },
    /// The head is not the one that was sealed.
    #[error("its head does not match its seal")]
    Seal,
    /// The head contradicts itself.
    #[error("its head contradicts itself: {0}")]
    Head(&'static str),
    /// A section is not the one that was written.
    #[error("series {series} of policy `{policy}` does not match its checksum")]
    Checksum {
        /// The policy.
        policy: String,
        /// The number of the series, from 0.
        series: usize,
    },
    /// A section matches its checksum, but does not hold the values it should.
    #[error("series {series} of policy `{policy}` does not hold one value a replication and year")]
    Section {
        /// The policy.
        policy: String,
        /// The number of the series, from 0.
        series: usize,
    },
}

/// In what a block differs from the run that wants to use it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// Something that bears on results.
    #[error("another scenario, seed, option or version of the program")]
    Fingerprint,
    /// The number of years.
    #[error("it has {found} years, this run {expected}")]
    Years {
        /// The years of this run.
        expected: usize,
        /// The years of the block.
        found: usize,
    },
    /// A policy is not in it.
    #[error("it lacks the policy `{0}`")]
    Policy(String),
    /// Its policies are not exactly those of this run, in their order.
    #[error("it has the policies {0}")]
    Policies(String),
    /// Its replications are not those of a block of this run.
    #[error(
        "it has replications {first} to {last}, which is no block of this run as this build of the \
         program cuts it; go on with the build that began it, or begin anew with `--force`"
    )]
    Replications {
        /// Its first replication.
        first: u32,
        /// Its last.
        last: u32,
    },
    /// A policy's series are others.
    #[error("the series of policy `{0}` are others")]
    Layout(String),
}

/// A value that no block takes: a mistake of the model, not of the input.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("policy `{policy}`, replication {replication}: {problem}")]
pub struct ValueError {
    /// The policy.
    pub policy: String,
    /// The replication.
    pub replication: u32,
    /// What is wrong.
    pub problem: ValueProblem,
}

/// What is wrong with the values of a replication.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ValueProblem {
    /// A number that is none.
    #[error("{series} is {value} in simulated year {year}, which is not a finite number")]
    NotFinite {
        /// The series.
        series: String,
        /// The number of the year, from 0.
        year: usize,
        /// The value.
        value: f64,
    },
    /// A fraction, or a number too large to be exact, where whole numbers are promised.
    #[error(
        "{series} is {value} in simulated year {year}, which is not a whole number within 2^53"
    )]
    NotWhole {
        /// The series.
        series: String,
        /// The number of the year, from 0.
        year: usize,
        /// The value.
        value: f64,
    },
    /// Too few or too many values.
    #[error("there are {found} values instead of {expected}")]
    Count {
        /// As many as the layout has.
        expected: usize,
        /// As many as there are.
        found: usize,
    },
}

//! What `slurm` takes on the command line.

use std::num::NonZeroU32;
use std::path::PathBuf;

use serde::Deserialize;
use serde::Serialize;

use crate::commands::DEFAULT_SCENARIO;
use crate::commands::slurm::flags::RunFlags;
use crate::experiment::shard::MOST_SHARDS;

/// What `slurm` takes on the command line.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Folder of the scenario
    #[arg(value_name = "SCENARIO", default_value = DEFAULT_SCENARIO)]
    pub scenario: PathBuf,
    /// Cut the run into this many shards, each a task of the array
    #[arg(long, value_name = "N", required_unless_present = "missing",
        value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_SHARDS)))]
    pub shards: Option<u32>,
    /// Write here instead of output/NAME-OF-SCENARIO; scripts, logs and shards go to DIR/slurm
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Go on with the batch in the output folder: only shards that are not there whole
    #[arg(long, conflicts_with = "shards")]
    pub missing: bool,
    /// Submit array and merge with sbatch
    #[arg(long)]
    pub submit: bool,
    /// Print scripts and commands; write and submit nothing
    #[arg(long, conflicts_with = "submit")]
    pub dry_run: bool,
    /// What each task may use.
    #[command(flatten)]
    pub resources: Resources,
    /// Flags of `run` that tasks are given.
    #[command(flatten)]
    pub flags: RunFlags,
    /// More arguments for sbatch, such as --qos=long
    #[arg(last = true, value_name = "SBATCH ARGUMENT")]
    pub sbatch: Vec<String>,
}

/// What each task may use, as sbatch takes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::Args)]
pub struct Resources {
    /// The longest time of a task, such as 02:00:00
    #[arg(long, value_name = "TIME", value_parser = word)]
    pub time: Option<String>,
    /// Memory of a task, such as 2G
    #[arg(long, value_name = "SIZE", value_parser = word)]
    pub mem: Option<String>,
    /// Processors of a task, which are its threads [default: 1]
    #[arg(long, value_name = "C")]
    pub cpus_per_task: Option<NonZeroU32>,
    /// The partition of the cluster
    #[arg(long, value_name = "NAME", value_parser = word)]
    pub partition: Option<String>,
    /// The account that is charged
    #[arg(long, value_name = "NAME", value_parser = word)]
    pub account: Option<String>,
    /// At most this many tasks at once
    #[arg(long, value_name = "L")]
    pub array_limit: Option<NonZeroU32>,
}

impl Resources {
    /// These, and those of `kept` where nothing is said.
    #[must_use]
    pub fn or(self, kept: Self) -> Self {
        Self {
            time: self.time.or(kept.time),
            mem: self.mem.or(kept.mem),
            cpus_per_task: self.cpus_per_task.or(kept.cpus_per_task),
            partition: self.partition.or(kept.partition),
            account: self.account.or(kept.account),
            array_limit: self.array_limit.or(kept.array_limit),
        }
    }
}

/// A value that stands in a line of a script without quotes.
fn word(text: &str) -> Result<String, String> {
    let plain = |letter: char| letter.is_alphanumeric() || "_-.,:+=@/".contains(letter);
    if !text.is_empty() && text.chars().all(plain) {
        return Ok(text.to_owned());
    }
    Err("letters, digits and _-.,:+=@/ may stand here".to_owned())
}

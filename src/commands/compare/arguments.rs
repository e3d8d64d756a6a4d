//! What `compare` takes on the command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::analysis::decision::outcome::Outcome;
use crate::commands::options;

/// What `compare` takes on the command line.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The folder of a finished run
    #[arg(value_name = "RUN_A")]
    pub one: PathBuf,
    /// The folder of another, of which is told in what it differs
    #[arg(value_name = "RUN_B")]
    pub other: PathBuf,
    /// Compare this metric too: METRIC@PLACE, in the last year that both have, or METRIC@PLACE@YEAR (repeatable)
    #[arg(long = "outcome", value_name = "OUTCOME")]
    pub outcomes: Vec<Outcome>,
    /// Rank policies by this outcome, or this weighted sum of outcomes, instead of `economic_npv`, `fiscal_npv` and
    /// `net_jobs`; `min:` before it: less is better (repeatable)
    #[arg(long = "criterion", value_name = "CRITERION")]
    pub criteria: Vec<String>,
    /// Write here instead of output/A-to-B, of the names of both folders
    #[arg(long, value_name = "DIR", value_parser = options::output())]
    pub output: Option<PathBuf>,
    /// Use this many threads; results are the same on any number
    #[arg(long, value_name = "T", value_parser = options::threads)]
    pub threads: Option<NonZeroUsize>,
    /// Print no summary
    #[arg(long)]
    pub quiet: bool,
}

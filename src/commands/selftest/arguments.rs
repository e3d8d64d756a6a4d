//! What `selftest` takes on the command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::commands::options;
use crate::commands::options::parameter_and_value;

/// The most replications of one setting.
const MOST_REPLICATIONS: i64 = 1_000_000;

/// Arguments of `selftest`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Simulate this many replications of each setting
    #[arg(long, value_name = "N", default_value_t = 400, value_parser = clap::value_parser!(u32).range(8..=MOST_REPLICATIONS))]
    pub replications: u32,
    /// Draw all chance from this seed
    #[arg(long, value_name = "S", default_value_t = 1, allow_negative_numbers = true, value_parser = options::seed)]
    pub seed: u64,
    /// Use this many threads; results are the same on any number
    #[arg(long, value_name = "T", value_parser = options::threads)]
    pub threads: Option<NonZeroUsize>,
    /// Give a parameter of every setting another value, to see the test fail (repeatable)
    #[arg(long = "set", value_name = "PARAMETER=VALUE", value_parser = parameter_and_value)]
    pub set: Vec<(String, String)>,
    /// Coverage of intervals instead.
    #[command(flatten)]
    pub coverage: CoverageArguments,
}

/// What `selftest --coverage` takes on the command line.
#[derive(Clone, Debug, clap::Args)]
pub struct CoverageArguments {
    /// Simulate a scenario many times, and count how often its 95 % intervals hold the mean of one
    /// long run
    #[arg(long)]
    pub coverage: bool,
    /// Folder of the scenario [default: . if it holds scenario.toml, else scenarios/yangjae]
    #[arg(value_name = "SCENARIO", requires = "coverage", conflicts_with = "scenario_option")]
    pub scenario: Option<PathBuf>,
    /// Folder of the scenario, as SCENARIO
    #[arg(
        id = "scenario_option",
        long = "scenario",
        value_name = "SCENARIO",
        requires = "coverage"
    )]
    pub option: Option<PathBuf>,
    /// Runs, each with a seed of its own
    #[arg(long, value_name = "N", default_value_t = 400, requires = "coverage", value_parser = clap::value_parser!(u32).range(2..=100_000))]
    pub runs: u32,
    /// Numbers of replications at which intervals are judged
    #[arg(long, value_name = "N,N", value_delimiter = ',', default_value = "3,5,20,200", requires = "coverage", value_parser = clap::value_parser!(u32).range(2..=100_000))]
    pub sizes: Vec<u32>,
    /// Replications of the long run
    #[arg(long, value_name = "N", default_value_t = 8_000, requires = "coverage", value_parser = clap::value_parser!(u32).range(100..=10_000_000))]
    pub reference: u32,
    /// Cut the years of the scenario short
    #[arg(long, value_name = "YEAR", default_value_t = 2030, requires = "coverage")]
    pub until: u16,
    /// These policies only
    #[arg(long, value_name = "NAME,NAME", value_delimiter = ',', requires = "coverage")]
    pub policies: Vec<String>,
}

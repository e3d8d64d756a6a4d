//! What `validate` takes on the command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::commands::options;
use crate::commands::options::ScenarioArgument;
use crate::commands::options::parameter_and_value;
use crate::report::text::progress::Bar;
use crate::report::text::progress::Visibility;

/// What `validate` takes on the command line.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The scenario.
    #[command(flatten)]
    pub scenario: ScenarioArgument,
    /// Compare with the figures of this file instead of the scenario's observed.csv
    #[arg(long, value_name = "FILE")]
    pub observed: Option<PathBuf>,
    /// Fit to the scenario's figures up to this year, and judge by the later ones
    #[arg(long, value_name = "YEAR")]
    pub fit_until: Option<u16>,
    /// Draws of the posterior with --fit-until
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(20..=100_000))]
    pub particles: u32,
    /// Fail with status 1 where a smaller share than this lies inside the 90 % intervals
    #[arg(long, value_name = "COVERAGE", value_parser = share)]
    pub fail_under: Option<f64>,
    /// Take the distributions as they are stated, without the scenario's posterior
    #[arg(long)]
    pub prior: bool,
    /// Take the investment climate of years after the vantage date as known
    #[arg(long)]
    pub known_climate: bool,
    /// Replications behind each forecast
    #[arg(long, value_name = "N", default_value_t = 400, value_parser = clap::value_parser!(u32).range(2..=5_000))]
    pub replications: u32,
    /// Replications whose firms are followed one by one
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub firm_replications: u32,
    /// Draw all chance from this seed instead of the scenario's
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = options::seed)]
    pub seed: Option<u64>,
    /// Use this many threads; results are the same on any number
    #[arg(long, value_name = "T", value_parser = options::threads)]
    pub threads: Option<NonZeroUsize>,
    /// Write here instead of output/NAME-OF-SCENARIO-validation
    #[arg(long, value_name = "DIR", value_parser = options::output())]
    pub output: Option<PathBuf>,
    /// Replace a validation in the output folder
    #[arg(long)]
    pub force: bool,
    /// Give a parameter another value, which then does not vary (repeatable)
    #[arg(long = "set", value_name = "PARAMETER=VALUE", value_parser = parameter_and_value)]
    pub set: Vec<(String, String)>,
    /// Print no summary and show no progress
    #[arg(long)]
    pub quiet: bool,
    /// Show no progress
    #[arg(long)]
    pub no_progress: bool,
}

impl Arguments {
    /// A bar for one part of the work.
    pub(super) fn bar(&self, name: &str, count: u32) -> Bar {
        let hidden = self.quiet || self.no_progress;
        Bar::new(name, count, if hidden { Visibility::Hidden } else { Visibility::OnTerminal })
    }
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if (0.0..=1.0).contains(&value) => Ok(value),
        _ => Err("expected a share from 0 to 1".to_owned()),
    }
}

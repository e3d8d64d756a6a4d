//! What `calibrate` takes on the command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::commands::options;
use crate::commands::options::ScenarioArgument;
use crate::commands::options::SetArguments;

/// What `calibrate` takes on the command line.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The scenario.
    #[command(flatten)]
    pub scenario: ScenarioArgument,
    /// Fit to the figures of this file instead of the scenario's observed.csv
    #[arg(long, value_name = "FILE")]
    pub observed: Option<PathBuf>,
    /// Draw all chance from this seed instead of the scenario's
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = options::seed)]
    pub seed: Option<u64>,
    /// Particles; half of them or more end as draws of the posterior. A run uses each draw once
    /// before any comes again, so there should be as many draws as replications
    #[arg(long, value_name = "N", default_value_t = 4_000, value_parser = clap::value_parser!(u32).range(20..=100_000))]
    pub particles: u32,
    /// Synthetic records of each particle
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub replications_per_particle: u32,
    /// End at this distance from the record (1: a typical figure off by its own chance and error)
    #[arg(long, value_name = "DISTANCE", default_value_t = 1.0, value_parser = positive)]
    pub tolerance: f64,
    /// End after this many generations at the latest, the first draws from the prior not counted
    #[arg(long, value_name = "N", default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub generations: u32,
    /// Share of the effective sample size that a generation keeps
    #[arg(long, value_name = "SHARE", default_value_t = 0.7, value_parser = share)]
    pub keep: f64,
    /// Fit to figures up to this year only; later ones are foreseen
    #[arg(long, value_name = "YEAR")]
    pub fit_until: Option<u16>,
    /// Replications behind each forecast of the record
    #[arg(long, value_name = "N", default_value_t = 400, value_parser = clap::value_parser!(u32).range(20..=1_000_000))]
    pub forecasts: u32,
    /// Values of parameters, and the last year.
    #[command(flatten)]
    pub replaced: SetArguments,
    /// Use this many threads; results are the same on any number
    #[arg(long, value_name = "T", value_parser = options::threads)]
    pub threads: Option<NonZeroUsize>,
    /// Write here instead of output/NAME-OF-SCENARIO-calibration
    #[arg(long, value_name = "DIR", value_parser = options::output())]
    pub output: Option<PathBuf>,
    /// Go on from the last generation of an interrupted calibration
    #[arg(long)]
    pub resume: bool,
    /// Replace a finished or interrupted calibration in the output folder
    #[arg(long, conflicts_with = "resume")]
    pub force: bool,
    /// Write posterior.csv into the scenario's folder as well
    #[arg(long)]
    pub install: bool,
    /// Print no summary and show no progress
    #[arg(long)]
    pub quiet: bool,
    /// Show no progress
    #[arg(long)]
    pub no_progress: bool,
}

fn positive(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() && value >= 0.0 => Ok(value),
        _ => Err("expected a number from 0".to_owned()),
    }
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if (0.05..=0.99).contains(&value) => Ok(value),
        _ => Err("expected a share from 0.05 to 0.99".to_owned()),
    }
}

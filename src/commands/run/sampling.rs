//! What decides how many replications there are: options of `run` that promise a precision, or ask for the best policy.

use crate::analysis::layout::LARGEST_FIGURE;
use crate::analysis::selection::best_by::BestBy;
use crate::analysis::selection::choice;
use crate::analysis::selection::promise::HalfWidth;
use crate::report::folder::manifest::BestOptions;

/// Options that promise a precision or ask for the best policy.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "How many replications")]
pub struct SamplingArguments {
    /// Simulate until half the 95 % interval of each policy's mean difference to the baseline is at most HALFWIDTH,
    /// in the unit of outcomes.csv: OUTCOME as in outcomes.csv or METRIC@PLACE or METRIC@PLACE@YEAR (repeatable); `--replications` is the ceiling then, else 10,000
    #[arg(long, value_name = "OUTCOME=HALFWIDTH")]
    pub precision: Vec<HalfWidth>,
    /// Find the best policy by a criterion with a probability, apart from the replications of the run, and write
    /// selection.csv: CRITERION is an outcome or a weighted sum, `min:` before it where less is better
    #[arg(long, value_name = "CRITERION=PROBABILITY")]
    pub best: Option<BestBy>,
    /// Find the best M policies
    #[arg(long, value_name = "M", requires = "best", value_parser = clap::value_parser!(u32).range(1..))]
    pub best_of: Option<u32>,
    /// Take a difference of this much, in the unit of outcomes.csv, as one that does not matter; otherwise half the
    /// distance between the best and the next mean of the first 50 replications, and no less than 1,000 can tell
    #[arg(long, value_name = "DIFFERENCE", requires = "best", allow_hyphen_values = true,
        value_parser = difference)]
    pub indifference: Option<String>,
    /// Spend N replications a policy on average, where they decide most, and say how sure the choice is then
    #[arg(long, value_name = "N", requires = "best",
        value_parser = clap::value_parser!(u32).range(i64::from(choice::LEAST_BUDGET)..=i64::from(choice::MOST)))]
    pub best_budget: Option<u32>,
}

/// A difference above 0, as it is written.
fn difference(text: &str) -> Result<String, String> {
    let stated = text.parse::<f64>().ok();
    let usable = stated.filter(|difference| *difference > 0.0 && *difference <= LARGEST_FIGURE);
    let wrong = || format!("expected a number above 0, up to {LARGEST_FIGURE:e}");
    usable.map(|_| text.to_owned()).ok_or_else(wrong)
}

impl SamplingArguments {
    /// How the best is chosen, as a plan has it.
    #[must_use]
    pub fn best(&self) -> Option<BestOptions> {
        let best = self.best.as_ref()?;
        Some(BestOptions {
            asked: best.to_string(),
            of: self.best_of.unwrap_or(1) as usize,
            indifference: self.indifference.clone(),
            budget: self.best_budget,
        })
    }
}

//! What `run` takes on the command line.
//!
//! An option that bears on results also is a field of `report/folder/manifest.rs`: `Choices` where it
//! changes values, `Options` where it only decides which tables there are.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::analysis::decision::outcome::Outcome;
use crate::commands::changes::ChangeArguments;
use crate::commands::options;
use crate::commands::options::ScenariosArgument;
use crate::commands::run::sampling::SamplingArguments;
use crate::experiment::shard::Shard;
use crate::pipeline::begin::Manner;
use crate::report::text::dialect::CsvDialect;
use crate::report::text::language::Tag;
use crate::scenario::appraisal::RuleSet;

/// The most replications of one run.
pub const MOST_REPLICATIONS: i64 = 10_000_000;

/// What `run` takes on the command line.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Arguments {
    /// The scenarios.
    #[command(flatten)]
    pub scenarios: ScenariosArgument,
    /// Run this policy only; the baseline is added (repeatable)
    #[arg(long = "policy", value_name = "NAME")]
    pub policies: Vec<String>,
    /// Run all policies in this future of the scenario as well, `all` for every one: results go to futures/NAME in the
    /// output folder (repeatable)
    #[arg(long = "future", value_name = "NAME", conflicts_with = "equal_budget")]
    pub futures: Vec<String>,
    /// Simulate this many replications instead of the scenario's number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=MOST_REPLICATIONS))]
    pub replications: Option<u32>,
    /// Draw all chance from this seed instead of the scenario's
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = options::seed)]
    pub seed: Option<u64>,
    /// Values of parameters, the last year, and policies made from others.
    #[command(flatten)]
    pub replaced: ChangeArguments,
    /// Use this many threads; results are the same on any number
    #[arg(long, value_name = "T", value_parser = options::threads)]
    pub threads: Option<NonZeroUsize>,
    /// Write here instead of output/NAME-OF-SCENARIO
    #[arg(long, value_name = "DIR", value_parser = options::output())]
    pub output: Option<PathBuf>,
    /// Write events.csv for the first N replications; 0 for none, also where the scenario wants some
    #[arg(long, value_name = "N")]
    pub events: Option<u32>,
    /// Write replications.csv, whether the scenario wants it or not: every value of every
    /// replication
    #[arg(long)]
    pub replication_csv: bool,
    /// Write these metrics alone to replications.csv, separated by commas
    #[arg(long, value_name = "METRICS", value_delimiter = ',')]
    pub replication_metrics: Vec<String>,
    /// Write these places alone to replications.csv
    #[arg(long, value_name = "PLACES", value_delimiter = ',')]
    pub replication_places: Vec<String>,
    /// Write these years alone to replications.csv
    #[arg(long, value_name = "YEARS", value_delimiter = ',', value_parser = options::year)]
    pub replication_years: Vec<u16>,
    /// Add this metric to outcomes.csv: METRIC@PLACE, in the last year, or METRIC@PLACE@YEAR (repeatable)
    #[arg(long = "outcome", value_name = "OUTCOME")]
    pub outcomes: Vec<Outcome>,
    /// Write groups.csv, whether the scenario wants it or not: startups by sector, age, size and
    /// origin
    #[arg(long)]
    pub groups: bool,
    /// Compare every pair of policies also where there are more than 50; else only those with the
    /// baseline then
    #[arg(long)]
    pub pairs: bool,
    /// Add the placebo of each policy: its places and dates, without any effect
    #[arg(long)]
    pub placebo: bool,
    /// Scale every policy to what the first one after the baseline costs
    #[arg(long)]
    pub equal_budget: bool,
    /// Appraise by this rule set instead of the scenario's
    #[arg(long, value_name = "RULES")]
    pub appraisal: Option<RuleSet>,
    /// Write report, pictures and summary for readers of this language
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    pub language: Tag,
    /// Make these tables alone, each by the name of its file without .csv, separated by commas: no other table, and no
    /// report, workbook and pictures
    #[arg(long, value_name = "TABLES", value_delimiter = ',', value_parser = options::table(), hide_possible_values = true)]
    pub only: Vec<String>,
    /// Write each table as Parquet, too: typed columns, and units and meanings in the file
    #[arg(long)]
    pub parquet: bool,
    /// Write every CSV for programs, or for a spreadsheet of one locale
    #[arg(long, value_name = "DIALECT", default_value = "standard")]
    pub csv_dialect: CsvDialect,
    /// Leave out explore.html, the page in which one moves levers with the engine in it
    #[arg(long)]
    pub no_live: bool,
    /// Print no summary and show no progress
    #[arg(long)]
    pub quiet: bool,
    /// Show no progress
    #[arg(long)]
    pub no_progress: bool,
    /// Simulate the K-th of N parts only, for `merge` to put together
    #[arg(long, value_name = "K/N")]
    pub shard: Option<Shard>,
    /// How many replications there are.
    #[command(flatten)]
    pub sampling: SamplingArguments,
    /// Go on with an unfinished run in the output folder
    #[arg(long, conflicts_with = "force")]
    pub resume: bool,
    /// Replace a run in the output folder
    #[arg(long)]
    pub force: bool,
}

impl Arguments {
    /// The same for a future: what is promised of the number of replications is promised of the present world, and
    /// futures have as many, to be compared with it.
    #[must_use]
    pub fn in_future(&self, replications: u32) -> Self {
        let sampling = SamplingArguments::default();
        Self { replications: Some(replications), sampling, ..self.clone() }
    }

    /// What to do with an earlier run in the output folder.
    #[must_use]
    pub fn manner(&self) -> Manner {
        match (self.force, self.resume) {
            (true, _) => Manner::Replace,
            (false, true) => Manner::Resume,
            (false, false) => Manner::Keep,
        }
    }
}

//! What `slurm` takes on the command line.

use std::fmt;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::str::FromStr;

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
    pub sbatch: Vec<SbatchArgument>,
}

/// What each task may use, as sbatch takes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::Args)]
pub struct Resources {
    /// The longest time of a task, such as 02:00:00
    #[arg(long, value_name = "TIME")]
    pub time: Option<Word>,
    /// Memory of a task, such as 2G
    #[arg(long, value_name = "SIZE")]
    pub mem: Option<Word>,
    /// Processors of a task, which are its threads [default: 1]
    #[arg(long, value_name = "C")]
    pub cpus_per_task: Option<NonZeroU32>,
    /// The partition of the cluster
    #[arg(long, value_name = "NAME")]
    pub partition: Option<Word>,
    /// The account that is charged
    #[arg(long, value_name = "NAME")]
    pub account: Option<Word>,
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

/// A value that stands in a line of a script without quotes: letters, digits and `_-.,:+=@/`.
///
/// It is checked where it is made, from the command line as from `batch.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Word(String);

impl FromStr for Word {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let plain = |letter: char| letter.is_alphanumeric() || "_-.,:+=@/".contains(letter);
        if !text.is_empty() && text.chars().all(plain) {
            return Ok(Self(text.to_owned()));
        }
        Err("letters, digits and _-.,:+=@/ may stand here".to_owned())
    }
}

/// What `yangjae slurm` writes into the scripts or on the command line of sbatch itself.
const OWN: [&str; 11] = [
    "--array",
    "-a",
    "--dependency",
    "-d",
    "--output",
    "-o",
    "--open-mode",
    "--wrap",
    "--parsable",
    "--job-name",
    "-J",
];

/// Short options of sbatch that take no value: others may follow in the same word.
const FLAGS: [char; 10] = ['h', 'H', 'I', 'k', 'O', 'Q', 's', 'v', 'V', 'W'];

/// A further argument of sbatch: one option in one word, such as `--qos=long` or `--exclusive`, and
/// none that `yangjae slurm` sets itself.
///
/// It is checked where it is made, from the command line as from `batch.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SbatchArgument(String);

impl FromStr for SbatchArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.chars().any(char::is_control) {
            return Err("control characters cannot stand in a script".to_owned());
        }
        let name = text.split('=').next().unwrap_or(text);
        let option = name.starts_with('-') && !name.trim_start_matches('-').is_empty();
        if !option {
            return Err(
                "an option of sbatch in one word stands here, such as --qos=long".to_owned()
            );
        }
        // sbatch takes the beginning of a long option for the whole, several short ones in a word, and
        // the value of the last in the same word.
        let own = |own: &str| match (name.strip_prefix("--"), own.strip_prefix("--")) {
            (Some(name), Some(own)) => own.starts_with(name),
            (None, None) => {
                name[1..].trim_start_matches(FLAGS).starts_with(own.trim_start_matches('-'))
            }
            _ => false,
        };
        match OWN.into_iter().find(|&option| own(option)) {
            Some(own) => Err(format!("`yangjae slurm` sets {own} itself")),
            None => Ok(Self(text.to_owned())),
        }
    }
}

/// What a word of a script is to serde, clap and messages: its text.
macro_rules! as_text {
    ($($word:ident)*) => {$(
        impl TryFrom<String> for $word {
            type Error = String;

            fn try_from(text: String) -> Result<Self, String> {
                text.parse().map_err(|error| format!("`{}`: {error}", text.escape_debug()))
            }
        }

        impl From<$word> for String {
            fn from(word: $word) -> Self {
                word.0
            }
        }

        impl fmt::Display for $word {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    )*};
}

as_text! { Word SbatchArgument }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_validator_stands_before_both_doors() {
        let long = "1:00\n\ntouch PWNED\n#";
        assert!(long.parse::<Word>().is_err());
        let json = serde_json::json!({ "time": long }).to_string();
        let error = serde_json::from_str::<Resources>(&json).unwrap_err();
        assert!(error.to_string().contains("may stand here"), "{error}");
        assert!(serde_json::from_str::<SbatchArgument>("\"--qos=a\\nrm\"").is_err());
    }

    #[test]
    fn arguments_of_sbatch_are_options_that_are_not_set_already() {
        for good in ["--qos=long", "--exclusive", "-N2", "--mail-type=END", "-H", "-HN2"] {
            assert!(good.parse::<SbatchArgument>().is_ok(), "{good}");
        }
        for bad in [
            "hello",
            "",
            "-",
            "--",
            "--array=1-100",
            "-a1-100",
            "--dependency=x",
            "-ox",
            "--arr=1-100",
            "-Ha1-100",
            "-Jx",
        ] {
            assert!(bad.parse::<SbatchArgument>().is_err(), "{bad}");
        }
    }
}

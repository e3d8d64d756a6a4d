//! Flags of `run` that `slurm` takes too, and hands on to the tasks of the array.
//!
//! They are read off the definition of `run` itself, so a flag that `run` gets later is one of
//! `slurm` at once.

use std::path::Path;

use clap::ArgAction;
use clap::ArgMatches;
use clap::Args as _;
use clap::Command;
use clap::FromArgMatches;
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use serde::Deserialize;
use serde::Serialize;

use crate::commands::options;
use crate::commands::run;

/// What `slurm` decides itself.
const DECIDED: [&str; 10] = [
    "scenarios",
    "scenario_option",
    "threads",
    "output",
    "quiet",
    "no_progress",
    "shard",
    "resume",
    "force",
    "save",
];

/// Flags of `run` as they are written on a command line.
///
/// They are checked where they are made, from the command line as from `batch.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct RunFlags(Vec<String>);

impl RunFlags {
    /// The flags, a word each.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.0
    }

    /// The same with a number of replications, in the place of a promise that was planned.
    #[must_use]
    pub fn planned(&self, replications: u32) -> Self {
        let is_replaced =
            |word: &String| word.starts_with("--precision=") || word.starts_with("--replications=");
        let mut words = self.0.clone();
        words.retain(|word| !is_replaced(word));
        words.push(format!("--replications={replications}"));
        Self(words)
    }

    /// Whether a word such as `--policy` is a flag of `run` that is handed on.
    #[must_use]
    pub fn has(word: &str) -> bool {
        let is_it = |flag: &clap::Arg| {
            word.strip_prefix("--").is_some_and(|name| flag.get_long() == Some(name))
        };
        handed_on(&of_run()).any(is_it)
    }

    /// What `run` would make of them.
    ///
    /// # Errors
    ///
    /// Fails if `run` does not know them: they were kept by another version of the program.
    pub fn read(&self, scenario: &Path) -> Result<run::Arguments, clap::Error> {
        let words = ["run".into(), scenario.as_os_str().to_owned()].into_iter();
        let matches = of_run().try_get_matches_from(words.chain(self.0.iter().map(Into::into)))?;
        run::Arguments::from_arg_matches(&matches)
    }
}

impl TryFrom<Vec<String>> for RunFlags {
    type Error = String;

    fn try_from(words: Vec<String>) -> Result<Self, String> {
        let slurm = Command::new("slurm").no_binary_name(true).disable_help_flag(true);
        let matches = Self::augment_args(slurm).try_get_matches_from(words);
        let flags = matches.and_then(|matches| Self::from_arg_matches(&matches));
        flags.map_err(|error| {
            let text = error.to_string();
            let line = text.lines().next().unwrap_or_default();
            line.strip_prefix("error: ").unwrap_or(line).to_owned()
        })
    }
}

impl From<RunFlags> for Vec<String> {
    fn from(flags: RunFlags) -> Self {
        flags.0
    }
}

/// The definition of `run`.
fn of_run() -> Command {
    run::Arguments::augment_args(Command::new("run"))
}

/// The flags that are handed on.
fn handed_on(command: &Command) -> impl Iterator<Item = &clap::Arg> {
    command.get_arguments().filter(|flag| !DECIDED.contains(&flag.get_id().as_str()))
}

impl clap::Args for RunFlags {
    fn augment_args(command: Command) -> Command {
        let heading = "Passed on to `yangjae run`";
        let run = of_run();
        handed_on(&run)
            .fold(command, |command, flag| command.arg(flag.clone().help_heading(heading)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for RunFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut flags = Self::default();
        flags.update_from_arg_matches(matches)?;
        Ok(flags)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        let run = of_run();
        for flag in handed_on(&run) {
            let id = flag.get_id().as_str();
            let given = matches.value_source(id) == Some(ValueSource::CommandLine);
            let Some(long) = flag.get_long().filter(|_| given) else { continue };
            if matches!(flag.get_action(), ArgAction::SetTrue) {
                self.0.push(format!("--{long}"));
            } else {
                for value in matches.get_raw(id).into_iter().flatten() {
                    let value = value.to_string_lossy();
                    // It becomes part of a line of a script.
                    options::one_line(&value).map_err(|fault| {
                        let text = format!("`--{long}` cannot be handed on: {fault}");
                        clap::Error::raw(ErrorKind::ValueValidation, text)
                    })?;
                    // With `=`, so that a value may begin with a dash.
                    self.0.push(format!("--{long}={value}"));
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(words: &str) -> Result<RunFlags, clap::Error> {
        let command = RunFlags::augment_args(Command::new("slurm"));
        let words = ["slurm"].into_iter().chain(words.split_whitespace());
        RunFlags::from_arg_matches(&command.try_get_matches_from(words)?)
    }

    #[test]
    fn flags_are_handed_on_as_run_reads_them() {
        let flags = flags("--policy a --policy b --set x=-1 --replication-csv --seed 7").unwrap();
        assert_eq!(
            flags.0,
            ["--policy=a", "--policy=b", "--seed=7", "--set=x=-1", "--replication-csv"]
        );
        let read = flags.read(Path::new("mine")).unwrap();
        assert_eq!(read.policies, ["a", "b"]);
        assert_eq!(read.replaced.set, [("x".to_owned(), "-1".to_owned())]);
        assert!(read.replication_csv && read.seed == Some(7));
    }

    #[test]
    fn what_a_batch_has_kept_passes_the_same_validator() {
        let flags = flags("--policy a --set x=-1 --replication-csv").unwrap();
        let kept = serde_json::to_string(&flags).unwrap();
        assert_eq!(serde_json::from_str::<RunFlags>(&kept).unwrap(), flags);
        for word in ["--output=/home", "--force", "--shard=1/2", "other", "--help", "--seed=x", ""]
        {
            let kept = serde_json::json!([word]).to_string();
            assert!(serde_json::from_str::<RunFlags>(&kept).is_err(), "{word}");
        }
    }

    #[test]
    fn a_flag_is_one_line_at_either_door() {
        let command = || RunFlags::augment_args(Command::new("slurm"));
        for word in ["--policy=a\nb", "--set=wage=6\n", "--set=wage=6\t0", "--policy=a\u{7}"] {
            let kept = serde_json::from_value::<RunFlags>(serde_json::json!([word]));
            let kept = kept.unwrap_err().to_string();
            let given = command().try_get_matches_from(["slurm", word]);
            let given =
                given.and_then(|it| RunFlags::from_arg_matches(&it)).unwrap_err().to_string();
            assert!(kept.contains("cannot be handed on: "), "{kept}");
            assert!(given.contains(&kept), "{given}");
        }
    }

    #[test]
    fn what_slurm_decides_is_no_flag_of_it() {
        assert!(flags("--shard 1/2").is_err());
        assert!(flags("--resume").is_err());
        assert!(flags("--replications 0").is_err());
        let run = of_run();
        for decided in DECIDED {
            assert!(run.get_arguments().any(|flag| flag.get_id() == decided), "{decided}");
        }
    }
}

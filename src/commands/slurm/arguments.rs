//! What `slurm` takes on the command line.

use std::fmt;
use std::num::NonZeroU32;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;

use serde::Deserialize;
use serde::Serialize;

use crate::commands::options;
use crate::commands::options::ScenarioArgument;
use crate::commands::slurm::flags::RunFlags;
use crate::experiment::shard::MOST_SHARDS;

/// What `slurm` takes on the command line.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The scenario.
    #[command(flatten)]
    pub scenario: ScenarioArgument,
    /// Cut the run into this many shards, each a task of the array
    #[arg(long, value_name = "N", required_unless_present = "missing",
        value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_SHARDS)))]
    pub shards: Option<u32>,
    /// Write here instead of output/NAME-OF-SCENARIO; scripts, logs and shards go to DIR/slurm
    #[arg(long, value_name = "DIR", value_parser = options::output())]
    pub output: Option<PathBuf>,
    /// Go on with the batch in the output folder: only shards that are not there whole
    #[arg(long, conflicts_with = "shards")]
    pub missing: bool,
    /// Submit array and merge with sbatch; with `--missing` only after what the batch keeps was shown,
    /// for which SEEN stands
    #[arg(long, value_name = "SEEN", num_args = 0..=1, require_equals = true)]
    pub submit: Option<Option<String>>,
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

/// A number of tasks at once.
fn limit(text: &str) -> Result<NonZeroU32, String> {
    text.parse().map_err(|_| format!("expected a whole number from 1 to {}", u32::MAX))
}

/// What each task may use, as sbatch takes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::Args)]
#[serde(deny_unknown_fields)]
pub struct Resources {
    /// The longest time of a task, such as 02:00:00
    #[arg(long, value_name = "TIME")]
    pub time: Option<Time>,
    /// Memory of a task, such as 2G
    #[arg(long, value_name = "SIZE")]
    pub mem: Option<Memory>,
    /// Processors of a task, which are its threads [default: 1]
    #[arg(long, value_name = "C", value_parser = options::threads)]
    pub cpus_per_task: Option<NonZeroUsize>,
    /// The partition of the cluster
    #[arg(long, value_name = "NAME")]
    pub partition: Option<ShellWord>,
    /// The account that is charged
    #[arg(long, value_name = "NAME")]
    pub account: Option<ShellWord>,
    /// At most this many tasks at once
    #[arg(long, value_name = "L", value_parser = limit)]
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

    /// The same as options of `slurm`, a word each.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let word = |word: &Option<ShellWord>| word.as_ref().map(ShellWord::to_string);
        let all = [
            ("time", self.time.as_ref().map(Time::to_string)),
            ("mem", self.mem.as_ref().map(Memory::to_string)),
            ("cpus-per-task", self.cpus_per_task.map(|number| number.to_string())),
            ("partition", word(&self.partition)),
            ("account", word(&self.account)),
            ("array-limit", self.array_limit.map(|number| number.to_string())),
        ];
        let given = all.into_iter().filter_map(|(name, value)| Some((name, value?)));
        given.map(|(name, value)| format!("--{name}={value}")).collect()
    }
}

/// A value that stands in a line of a script without quotes: letters, digits and `_-.,:+=@/`.
///
/// It is checked where it is made, from the command line as from `batch.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ShellWord(String);

impl FromStr for ShellWord {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let plain = |letter: char| letter.is_alphanumeric() || "_-.,:+=@/".contains(letter);
        if !text.is_empty() && text.chars().all(plain) {
            return Ok(Self(text.to_owned()));
        }
        Err("letters, digits and _-.,:+=@/ may stand here".to_owned())
    }
}

/// The longest time of a task as sbatch takes it: minutes, M:S, H:M:S, D-H, D-H:M, D-H:M:S, or none.
///
/// It is checked where it is made, from the command line as from `batch.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Time(String);

impl FromStr for Time {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |part: &str| {
            part.parse::<u32>().ok().filter(|_| part.bytes().all(|it| it.is_ascii_digit()))
        };
        let (days, rest) =
            text.split_once('-').map_or((None, text), |(days, rest)| (Some(days), rest));
        let parts: Option<Vec<u32>> = rest.split(':').map(number).collect();
        // Below a larger unit there are 59 minutes or seconds at most, and 23 hours of a day.
        let fits = |parts: &[u32]| {
            let of_day = days.is_none() || parts[0] < 24;
            parts.len() < 4 && of_day && parts[1..].iter().all(|&part| part < 60)
        };
        let is_time = days.is_none_or(|days| number(days).is_some())
            && parts.is_some_and(|parts| fits(&parts));
        let is_none = ["infinite", "unlimited"].iter().any(|none| text.eq_ignore_ascii_case(none));
        if is_time || is_none {
            return Ok(Self(text.to_owned()));
        }
        Err("a time as sbatch takes it may stand here: minutes, HH:MM:SS or DAYS-HH:MM:SS, such as \
             02:00:00, with minutes and seconds below 60"
            .to_owned())
    }
}

/// Memory as sbatch takes it: a whole number above 0, of megabytes or with a unit K, M, G or T.
///
/// It is checked where it is made, from the command line as from `batch.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Memory(String);

impl FromStr for Memory {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = text.strip_suffix(['K', 'M', 'G', 'T', 'k', 'm', 'g', 't']).unwrap_or(text);
        let digits = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
        if digits && number.bytes().all(|it| it == b'0') {
            return Err(
                "0 asks for all memory of a node; leave `--mem` out for the cluster's own \
                        limit, or name a size such as 2G"
                    .to_owned(),
            );
        }
        if digits {
            return Ok(Self(text.to_owned()));
        }
        Err("a whole number of megabytes, or one with K, M, G or T, may stand here, such as 2G"
            .to_owned())
    }
}

/// What `yangjae slurm` writes into the scripts or on the command line of sbatch itself.
const OWN: [&str; 16] = [
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
    "--requeue",
    "--no-requeue",
    "--mem",
    "--time",
    "-t",
];

/// With these sbatch submits no job, or one of somebody else.
const NO_JOB: [&str; 8] =
    ["--help", "-h", "--usage", "--version", "-V", "--test-only", "--uid", "--gid"];

/// Long options of sbatch (Slurm 24.05). Clusters add others, so that only a slip for one of these is
/// refused.
const KNOWN: [&str; 95] = [
    "--account",
    "--acctg-freq",
    "--array",
    "--batch",
    "--bb",
    "--bbf",
    "--begin",
    "--chdir",
    "--cluster-constraint",
    "--clusters",
    "--comment",
    "--constraint",
    "--container",
    "--container-id",
    "--contiguous",
    "--core-spec",
    "--cores-per-socket",
    "--cpu-freq",
    "--cpus-per-gpu",
    "--cpus-per-task",
    "--deadline",
    "--delay-boot",
    "--dependency",
    "--distribution",
    "--error",
    "--exclude",
    "--exclusive",
    "--export",
    "--export-file",
    "--extra",
    "--extra-node-info",
    "--get-user-env",
    "--gpu-bind",
    "--gpu-freq",
    "--gpus",
    "--gpus-per-node",
    "--gpus-per-socket",
    "--gpus-per-task",
    "--gres",
    "--gres-flags",
    "--hint",
    "--hold",
    "--ignore-pbs",
    "--input",
    "--job-name",
    "--kill-on-invalid-dep",
    "--licenses",
    "--mail-type",
    "--mail-user",
    "--mcs-label",
    "--mem-bind",
    "--mem-per-cpu",
    "--mem-per-gpu",
    "--mincpus",
    "--network",
    "--nice",
    "--no-kill",
    "--nodefile",
    "--nodelist",
    "--nodes",
    "--ntasks",
    "--ntasks-per-core",
    "--ntasks-per-gpu",
    "--ntasks-per-node",
    "--ntasks-per-socket",
    "--oom-kill-step",
    "--overcommit",
    "--oversubscribe",
    "--partition",
    "--power",
    "--prefer",
    "--priority",
    "--profile",
    "--propagate",
    "--qos",
    "--quiet",
    "--reboot",
    "--reservation",
    "--segment",
    "--signal",
    "--sockets-per-node",
    "--spread-job",
    "--stepmgr",
    "--switches",
    "--thread-spec",
    "--threads-per-core",
    "--time-min",
    "--tmp",
    "--tres-bind",
    "--tres-per-task",
    "--use-min-nodes",
    "--verbose",
    "--wait",
    "--wait-all-nodes",
    "--wckey",
];

/// The option that this is a slip of a letter for, where it is none itself nor the beginning of one.
fn slip(name: &str) -> Option<&'static str> {
    let mut all = KNOWN.into_iter().chain(OWN).chain(NO_JOB).filter(|known| known.len() > 3);
    if !name.starts_with("--") || all.clone().any(|known| known.starts_with(name)) {
        return None;
    }
    all.find(|known| strsim::damerau_levenshtein(name, known) == 1)
}

/// Short options of sbatch that take no value: others may follow in the same word.
const FLAGS: [char; 8] = ['H', 'I', 'k', 'O', 'Q', 's', 'v', 'W'];

/// A further argument of sbatch: one option in one word, such as `--qos=long` or `--exclusive`, and
/// none that `yangjae slurm` sets itself or with which no job of the user is submitted.
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
        if let Some((option, value)) = name.split_once(char::is_whitespace) {
            let equals = if option.starts_with("--") { "=" } else { "" };
            let word = format!("{option}{equals}{}", value.trim());
            return Err(format!("an option and its value stand in one word: {word}"));
        }
        if text.strip_prefix(name) == Some("=") {
            return Err(format!("{name} has no value after `=`"));
        }
        if let Some(known) = slip(name) {
            return Err(format!("sbatch has no option {name}; did you mean {known}?"));
        }
        if !KNOWN.contains(&name) && RunFlags::has(name) {
            return Err(format!("{name} is a flag of `yangjae run`; write it before `--`"));
        }
        // sbatch takes the beginning of a long option for the whole, several short ones in a word, and
        // the value of the last in the same word.
        let is = |option: &&str| match (name.strip_prefix("--"), option.strip_prefix("--")) {
            (Some(name), Some(option)) => option.starts_with(name),
            (None, None) => {
                name[1..].trim_start_matches(FLAGS).starts_with(option.trim_start_matches('-'))
            }
            _ => false,
        };
        if let Some(own) = OWN.into_iter().find(is) {
            return Err(format!("`yangjae slurm` sets {own} itself"));
        }
        match NO_JOB.into_iter().find(is) {
            Some(other) => {
                Err(format!("with {other} sbatch submits no job of yours; leave it out"))
            }
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

as_text! { ShellWord Time Memory SbatchArgument }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_validator_stands_before_both_doors() {
        let long = "1:00\n\ntouch PWNED\n#";
        assert!(long.parse::<ShellWord>().is_err());
        let json = serde_json::json!({ "time": long }).to_string();
        let error = serde_json::from_str::<Resources>(&json).unwrap_err();
        assert!(error.to_string().contains("may stand here"), "{error}");
        assert!(serde_json::from_str::<SbatchArgument>("\"--qos=a\\nrm\"").is_err());
    }

    #[test]
    fn a_time_is_one_that_sbatch_takes() {
        for good in ["10", "10:30", "02:00:00", "1-0", "1-02:30", "2-00:00:00", "UNLIMITED"] {
            assert!(good.parse::<Time>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "abc",
            "2h",
            "1:2:3:4",
            "-1",
            "1-",
            "1:",
            ":1",
            "1.5",
            "1-2-3",
            "10\n",
            "99:99:99",
            "10:60",
            "1-24",
            "1-2:60",
            "99999999999",
        ] {
            let error = bad.parse::<Time>().unwrap_err();
            assert!(error.contains("such as 02:00:00"), "{bad}: {error}");
        }
    }

    #[test]
    fn arguments_of_sbatch_are_options_that_are_not_set_already() {
        for good in [
            "--qos=long",
            "--exclusive",
            "-N2",
            "--mail-type=END",
            "-H",
            "-HN2",
            "--gres=gpu:1",
            "--verbose",
        ] {
            assert!(good.parse::<SbatchArgument>().is_ok(), "{good}");
        }
        for bad in [
            "hello",
            "--policy=hub",
            "--replications=5",
            "--replication-csv",
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
            "--help",
            "--us",
            "-h",
            "-Hh",
            "-V",
            "--version",
            "--test-only",
            "--uid=0",
            "--gid=0",
            "--no-requeue",
            "--mem=0",
            "--time=1:00:00:00",
            "-t10",
        ] {
            assert!(bad.parse::<SbatchArgument>().is_err(), "{bad}");
        }
        for (bad, says) in [
            ("--qos long", "stand in one word: --qos=long"),
            ("-N 2", "stand in one word: -N2"),
            ("--hepl", "did you mean --help?"),
            ("--parition=x", "did you mean --partition?"),
            ("--qos=", "--qos has no value"),
        ] {
            let error = bad.parse::<SbatchArgument>().unwrap_err();
            assert!(error.contains(says), "{bad}: {error}");
        }
        for good in ["--container-image=x", "--comment=two words", "--excl", "--mail-t=END"] {
            assert!(good.parse::<SbatchArgument>().is_ok(), "{good}");
        }
    }

    #[test]
    fn memory_is_a_size_above_nothing() {
        for good in ["2G", "512", "900M", "1t"] {
            assert!(good.parse::<Memory>().is_ok(), "{good}");
        }
        for bad in ["2X", "0", "00G", "", "G", "-1", "1.5G", "2GB"] {
            assert!(bad.parse::<Memory>().unwrap_err().contains("such as 2G"), "{bad}");
        }
    }
}

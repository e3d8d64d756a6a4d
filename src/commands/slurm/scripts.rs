//! The scripts of a batch. They are functions of the batch alone, and readable by those who will
//! change them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::path::PathBuf;

use crate::commands::slurm::arguments::Memory;
use crate::commands::slurm::arguments::ShellWord;
use crate::commands::slurm::arguments::Time;
use crate::commands::slurm::batch::Batch;
use crate::commands::slurm::error::SlurmError;
use crate::report::folder::batch_folder::BATCH;
use crate::report::folder::batch_folder::BatchFile;
use crate::report::text::message;
use crate::scenario::InputFile;

/// The script of the array.
pub(super) const ARRAY: &str = "array.sbatch";
/// The script of the merge.
pub(super) const MERGE: &str = "merge.sbatch";
/// What users run after a failure.
pub(super) const RESUBMIT: &str = "resubmit";

/// The scripts, and what is kept of the batch.
///
/// # Errors
///
/// Fails if a path or an argument cannot stand in a script.
pub(super) fn scripts(batch: &Batch) -> Result<Vec<BatchFile>, SlurmError> {
    let kept = serde_json::to_vec_pretty(&batch.kept).map_err(|error| SlurmError::Kept {
        path: batch.folder().join(BATCH),
        message: error.to_string(),
    })?;
    let script = |path: &str, text: String, program| BatchFile {
        path: PathBuf::from(path),
        bytes: text.into_bytes(),
        program,
    };
    Ok(vec![
        script(ARRAY, array(batch)?, false),
        script(MERGE, merge(batch)?, false),
        script(RESUBMIT, resubmit(batch)?, true),
        // Last: where it is, the rest is.
        BatchFile {
            path: PathBuf::from(BATCH),
            bytes: [&kept[..], b"\n"].concat(),
            program: false,
        },
    ])
}

/// The scenario as it is now: tasks that begin hours later, or again, must read the same.
pub(super) fn inputs(batch: &Batch) -> impl Iterator<Item = BatchFile> {
    let folder = Path::new("scenario").join(&batch.kept.scenario);
    let all = std::iter::once(&batch.recipe).chain(&batch.futures);
    let inputs: BTreeMap<&str, &InputFile> = all
        .flat_map(|recipe| &recipe.scenario.inputs)
        .map(|input| (input.path.as_str(), input))
        .collect();
    inputs.into_values().map(move |input| BatchFile {
        path: folder.join(&input.path),
        bytes: input.bytes.clone(),
        program: false,
    })
}

fn array(batch: &Batch) -> Result<String, SlurmError> {
    let kept = &batch.kept;
    let n = kept.shards;
    let folder = batch.folder();
    let limit = kept.resources.array_limit;
    let limit = limit.map_or_else(String::new, |limit| format!("%{limit}"));
    let mut text = head(batch, "shard", "shard-%a.log")?;
    let _ = writeln!(text, "#SBATCH --array=1-{n}{limit}");
    // After a lost node the task goes on from its finished blocks, and its log from its end.
    text.push_str("#SBATCH --requeue\n");
    let _ = write!(
        text,
        "\n# Shard K of {n}; N is written out, since Slurm's own count is that of one submission.\n\
         k=$SLURM_ARRAY_TASK_ID\n\
         # `exec`: the status of the task is that of the program, also where it is killed.\n\
         exec {program} run {scenario} \\\n    --shard \"$k/{n}\" --output {shards}/\"$k-of-{n}\" \\\n    \
         --resume --threads \"${{SLURM_CPUS_PER_TASK:-1}}\" --quiet --no-progress{flags}\n",
        program = quoted_path(&batch.program)?,
        scenario = quoted_path(&folder.join("scenario").join(&kept.scenario))?,
        shards = quoted_path(&folder.join("shards"))?,
        flags = flags(batch)?,
    );
    Ok(text)
}

fn flags(batch: &Batch) -> Result<String, SlurmError> {
    let mut text = String::new();
    for flag in batch.kept.flags.words() {
        let _ = write!(text, " \\\n    {}", quoted(flag)?);
    }
    Ok(text)
}

fn merge(batch: &Batch) -> Result<String, SlurmError> {
    let mut text = head(batch, "merge", "merge.log")?;
    let _ = write!(
        text,
        "\n# To be submitted with --dependency=afterany:ARRAY. It refuses with status 2, naming the\n\
         # shards that are missing; {resubmit} makes those.\n\
         exec {program} merge {shards} \\\n    --output {output} --threads \
         \"${{SLURM_CPUS_PER_TASK:-1}}\" --quiet\n",
        resubmit = quoted_path(&batch.folder().join(RESUBMIT))?,
        program = quoted_path(&batch.program)?,
        shards = quoted_path(&batch.folder().join("shards"))?,
        output = quoted_path(&batch.output)?,
    );
    Ok(text)
}

fn resubmit(batch: &Batch) -> Result<String, SlurmError> {
    Ok(format!(
        "#!/bin/bash\n\
         # Submits the shards that are not there whole, and the merge, again. Looks at the files\n\
         # alone. More memory or time for this try: {RESUBMIT} --mem 4G --time 08:00:00\n\
         exec {} slurm --missing --submit={} --output {} \"$@\"\n",
        quoted_path(&batch.program)?,
        batch.kept.seen(),
        quoted_path(&batch.output)?
    ))
}

/// What both jobs tell Slurm.
fn head(batch: &Batch, job: &str, log: &str) -> Result<String, SlurmError> {
    let resources = &batch.kept.resources;
    let cpus = resources.cpus_per_task.map_or(1, std::num::NonZeroUsize::get);
    let log = log_path(&batch.folder().join("logs"), log)?;
    let mut text = format!(
        "#!/bin/bash\n# Written by `yangjae slurm`.\n#SBATCH --job-name=yangjae-{job}\n\
         #SBATCH --output=\"{log}\"\n#SBATCH --open-mode=append\n#SBATCH --cpus-per-task={cpus}\n"
    );
    let word = |word: &Option<ShellWord>| word.as_ref().map(ShellWord::to_string);
    for (name, value) in [
        ("time", resources.time.as_ref().map(Time::to_string)),
        ("mem", resources.mem.as_ref().map(Memory::to_string)),
        ("partition", word(&resources.partition)),
        ("account", word(&resources.account)),
    ] {
        if let Some(value) = value {
            let _ = writeln!(text, "#SBATCH --{name}={value}");
        }
    }
    if !batch.kept.sbatch.is_empty() {
        let words: Result<Vec<String>, SlurmError> =
            batch.kept.sbatch.iter().map(|word| quoted(&word.to_string())).collect();
        let _ = writeln!(text, "#SBATCH {}", words?.join(" "));
    }
    Ok(text)
}

/// A path as `#SBATCH` lines take it between double quotes: `%` begins a pattern there.
fn log_path(folder: &Path, name: &str) -> Result<String, SlurmError> {
    let refused = || SlurmError::Path(folder.to_owned());
    let text = folder.to_str().filter(|text| !text.contains(['"', '\\'])).ok_or_else(refused)?;
    if text.chars().any(char::is_control) {
        return Err(refused());
    }
    Ok(format!("{}/{name}", text.replace('%', "%%")))
}

/// A path as one word of the shell.
fn quoted_path(path: &Path) -> Result<String, SlurmError> {
    let refused = || SlurmError::Path(path.to_owned());
    quoted(path.to_str().ok_or_else(refused)?).map_err(|_| refused())
}

/// A text as one word of the shell.
///
/// # Errors
///
/// Fails if it has control characters: a line of a script would end there.
pub(super) fn quoted(text: &str) -> Result<String, SlurmError> {
    if text.chars().any(char::is_control) {
        return Err(SlurmError::Argument(text.to_owned()));
    }
    Ok(message::shell_word(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_shell_are_quoted_where_they_must_be() {
        let quoted = |text| quoted(text).unwrap();
        assert_eq!(quoted("/opt/yangjae"), "/opt/yangjae");
        assert_eq!(quoted("/양재 1"), "'/양재 1'");
        assert_eq!(quoted("it's $HOME"), r"'it'\''s $HOME'");
        assert_eq!(quoted(""), "''");
        assert!(super::quoted("a\nrm").is_err());
    }

    #[test]
    fn a_path_of_logs_escapes_what_slurm_reads_as_a_pattern() {
        assert_eq!(log_path(Path::new("/100% 가"), "s-%a").unwrap(), "/100%% 가/s-%a");
        assert!(log_path(Path::new("/a\"b"), "x").is_err());
    }
}

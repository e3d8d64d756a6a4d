//! Slurm's own programs.

use std::path::Path;
use std::process::Command;

use crate::commands::slurm::error::SlurmError;

/// Submits a script, and returns the number of its job.
///
/// # Errors
///
/// Fails if there is no `sbatch`, or it refuses; `after` is then the end of the message.
pub(super) fn sbatch(options: &[String], script: &Path, after: &str) -> Result<String, SlurmError> {
    let output = Command::new("sbatch").arg("--parsable").args(options).arg(script).output();
    let output = output.map_err(SlurmError::NoSbatch)?;
    let said = String::from_utf8_lossy(&output.stdout);
    // `ID`, or `ID;CLUSTER`.
    let job = said.trim().split(';').next().unwrap_or_default();
    let is_number = !job.is_empty() && job.bytes().all(|digit| digit.is_ascii_digit());
    if output.status.success() && is_number {
        return Ok(job.to_owned());
    }
    let error = String::from_utf8_lossy(&output.stderr);
    let message = if error.trim().is_empty() { said.trim() } else { error.trim() };
    let (message, after) = (message.replace('\n', "; "), after.to_owned());
    Err(SlurmError::Sbatch { script: script.to_owned(), message, after })
}

/// Slurm's limit of array sizes, where Slurm is in reach.
pub(super) fn most_of_an_array() -> Option<u32> {
    let output = Command::new("scontrol").args(["show", "config"]).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find(|line| line.trim_start().starts_with("MaxArraySize"))?;
    line.split_once('=')?.1.trim().parse().ok()
}

/// Numbers as `--array` takes them: `1-3,7`.
pub(super) fn array(numbers: &[u32], limit: Option<u32>) -> String {
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => parts.push((number, number)),
        }
    }
    let shown = |&(first, last): &(u32, u32)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    };
    let text = parts.iter().map(shown).collect::<Vec<_>>().join(",");
    limit.map_or_else(|| text.clone(), |limit| format!("{text}%{limit}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_a_row_are_one_range() {
        assert_eq!(array(&[1, 2, 3, 7, 9, 10], None), "1-3,7,9-10");
        assert_eq!(array(&[3], Some(2)), "3%2");
    }
}

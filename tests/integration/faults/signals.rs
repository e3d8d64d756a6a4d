//! Signals: how a run ends, and when it does not.

use std::fs;
use std::io::BufRead;
use std::io::BufReader;
use std::path::Path;
use std::path::PathBuf;
use std::process::Stdio;

use crate::faults::LONG;
use crate::faults::RUN;
use crate::faults::injected;
use crate::faults::is_only_blocks;
use crate::faults::signal;
use crate::faults::skipped;
use crate::faults::under_way;
use crate::faults::wait_for;
use crate::program::Place;
use crate::program::Said;

#[test]
fn an_interruption_while_budgets_are_made_equal_is_told_with_status_130() {
    let place = Place::new();
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/yangjae");
    let run = format!("run {scenario} --equal-budget --threads 1 --output out");
    if !Path::new("/proc/self/status").exists() {
        skipped("no process tells which signals it watches for");
        return;
    }
    let child = place.hearing(&run).stderr(Stdio::piped()).spawn().unwrap();
    // Nothing is written while the pilot runs: what is waited for is the handler of the signal.
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let caught = |line: &str| {
        let mask = line.strip_prefix("SigCgt:").map(str::trim);
        mask.and_then(|mask| u64::from_str_radix(mask, 16).ok()).is_some_and(|mask| mask & 2 != 0)
    };
    wait_for("the signal was not watched for", || {
        fs::read_to_string(&status).unwrap_or_default().lines().any(caught)
    });
    signal(&child, "INT");
    let said = Said::from(child.wait_with_output().unwrap());
    assert_eq!(said.status, Some(130), "{said:?}");
    assert!(said.error.contains("interrupted while policies were scaled"), "{said:?}");
    assert!(!place.path("out").exists());
}

#[test]
fn a_signal_ends_a_run_cleanly_with_a_status_of_its_own() {
    for (name, status) in [("TERM", 143), ("INT", 130), ("HUP", 129)] {
        let place = Place::new();
        let child = under_way(&place, LONG, "out");
        signal(&child, name);
        let said = Said::from(child.wait_with_output().unwrap());
        assert_eq!(said.status, Some(status), "{said:?}");
        assert!(said.error.contains("the same command with `--resume` goes on"), "{said:?}");
        is_only_blocks(&place.path("out"));
    }
}

/// What `nohup` does is to have HUP ignored; a handler of ours would undo it.
#[test]
fn a_run_begun_with_nohup_goes_on_when_its_terminal_closes() {
    let place = Place::new();
    let run = "run mine --quiet --replications 300 --until 2018 --events 1 --output out";
    let program = place.command(run);
    let mut ignoring = std::process::Command::new("nohup");
    ignoring.arg(program.get_program()).args(program.get_args());
    ignoring.current_dir(program.get_current_dir().unwrap());
    let child = ignoring.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    wait_for("the run did not begin", || place.path("out/blocks/plan.json").exists());
    signal(&child, "HUP");
    let said = Said::from(child.wait_with_output().unwrap());
    assert_eq!(said.status, Some(0), "{said:?}");
    assert!(place.path("out/manifest.json").exists());
}

/// A shell without job control has INT ignored for a command behind `&`.
#[test]
fn a_run_begun_with_ctrl_c_ignored_is_not_stopped_by_it() {
    let place = Place::new();
    let run = "run mine --quiet --replications 300 --until 2018 --events 1 --output out";
    let program = place.command(run);
    let mut ignoring = std::process::Command::new("sh");
    ignoring.args(["-c", "trap '' INT; exec \"$@\"", "sh"]);
    ignoring.arg(program.get_program()).args(program.get_args());
    ignoring.current_dir(program.get_current_dir().unwrap());
    let child = ignoring.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    wait_for("the run did not begin", || place.path("out/blocks/plan.json").exists());
    signal(&child, "INT");
    let said = Said::from(child.wait_with_output().unwrap());
    assert_eq!((said.status, said.error.as_str()), (Some(0), ""));
    assert!(place.path("out/manifest.json").exists());
}

#[test]
fn a_second_interruption_ends_a_run_at_once() {
    let place = Place::new();
    // A replication of this scenario takes long enough for two signals to fall into it.
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/yangjae");
    let run = format!("run {scenario} --quiet --replications 300 --threads 1 --output out");
    let mut child = place.hearing(&run).stderr(Stdio::piped()).spawn().unwrap();
    wait_for("the run did not begin", || place.path("out/blocks/plan.json").exists());
    signal(&child, "INT");
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let line = lines.next().unwrap().unwrap();
    assert_eq!(line, "interrupted: stopping; once more to stop at once");
    signal(&child, "INT");
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(!place.path("out/manifest.json").exists());
}

/// Words and status agree: what was done in spite of an interruption is not called interrupted.
#[cfg(target_os = "linux")]
#[test]
fn an_interruption_that_comes_too_late_is_called_so() {
    let place = Place::new();
    place.done(&format!("{RUN} --output out"));
    let whole = place.files("out");
    for command in ["report out --quiet", &format!("{RUN} --output other")] {
        let said = Said::from(injected(&place, command, "late-signal").output().unwrap());
        assert_eq!(said.status, Some(0), "{command}: {said:?}");
        assert!(said.error.contains("the interruption came too late: all was done"), "{said:?}");
    }
    assert_eq!(place.files("out"), whole);
    assert_eq!(place.files("other"), whole);
}

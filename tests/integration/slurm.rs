//! A batch that was begun earlier: what it keeps is checked and shown before it is submitted.

use std::fs;

use crate::program::Place;
use crate::program::Said;

const BEGIN: &str = "slurm mine --shards 2 --replications 4 --time 10 --output out";
const BATCH: &str = "out/slurm/batch.json";

/// A place with a batch, and an `sbatch` that notes that it was called.
fn place() -> Place {
    let place = Place::new();
    place.done(BEGIN);
    fs::create_dir(place.path("bin")).unwrap();
    let log = place.path("log");
    let script = format!("#!/bin/sh\necho \"$@\" >>'{}'\necho 7\n", log.display());
    program(&place, "bin/sbatch", &script);
    place
}

fn program(place: &Place, name: &str, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::write(place.path(name), text).unwrap();
    fs::set_permissions(place.path(name), fs::Permissions::from_mode(0o755)).unwrap();
}

fn with_sbatch(place: &Place, arguments: &str) -> Said {
    let mut command = place.command(arguments);
    command.env("PATH", place.path("bin")).output().unwrap().into()
}

/// Refused without a call of sbatch; returns the command that submits.
#[track_caller]
fn refused(place: &Place, arguments: &str, words: &[&str]) -> String {
    let said = with_sbatch(place, arguments);
    assert_eq!(said.status, Some(2), "{said:?}");
    for words in words {
        assert!(said.error.contains(words), "no `{words}` in {said:?}");
    }
    assert!(!place.path("log").exists());
    let command = said.error.split("`yangjae ").nth(1).unwrap_or_default();
    command.split('`').next().unwrap_or_default().to_owned()
}

#[test]
fn what_a_batch_keeps_is_shown_before_it_is_submitted() {
    let place = place();
    let words = [
        "batch.json` keeps 2 shards of mine --time=10 --replications=4",
        "nothing is submitted yet",
    ];
    let seen = refused(&place, "slurm --missing --submit --output out", &words);
    let kept = fs::read_to_string(place.path(BATCH)).unwrap();
    fs::write(place.path(BATCH), kept.replace("\"10\"", "\"9000\"")).unwrap();
    let again = refused(&place, &seen, &["keeps 2 shards of mine --time=9000 "]);
    assert_ne!(seen, again);
    // A script of this program has seen what it was written with, and no other.
    let script = fs::read_to_string(place.path("out/slurm/resubmit")).unwrap();
    let digest = seen.split("--submit=").nth(1).unwrap();
    assert!(script.contains(&format!("--submit={digest} ")), "{script}");
    fs::write(place.path(BATCH), kept).unwrap();
    let said = with_sbatch(&place, &format!("{seen} --mem 2G"));
    assert_eq!(said.status, Some(0), "{said:?}");
    assert!(said.out.contains("as kept: --time=10 --mem=2G --replications=4\n"), "{said:?}");
    assert!(said.out.contains("submitted array 7 with 2 tasks"), "{said:?}");
    assert_eq!(fs::read_to_string(place.path("log")).unwrap().lines().count(), 2);
    // Scenario and number of shards are shown too, also where nothing else is kept.
    fs::remove_file(place.path("log")).unwrap();
    place.done("slurm mine --shards 2 --output bare");
    let bare = "slurm --missing --submit --output bare";
    let seen = refused(&place, bare, &["keeps 2 shards of mine from an earlier time"]);
    let kept = fs::read_to_string(place.path("bare/slurm/batch.json")).unwrap();
    let other = kept.replace("\"shards\": 2", "\"shards\": 3");
    fs::write(place.path("bare/slurm/batch.json"), other).unwrap();
    refused(&place, &seen, &["keeps 3 shards of mine"]);
    fs::write(place.path("bare/slurm/batch.json"), kept).unwrap();
    let said = with_sbatch(&place, &seen);
    assert_eq!(said.status, Some(0), "{said:?}");
    place.fails("slurm mine --shards 2 --submit=1 --output new", 2, &["goes with `--missing`"]);
}

#[test]
fn flags_that_a_batch_keeps_are_those_of_the_command_line() {
    let place = place();
    let kept = fs::read_to_string(place.path(BATCH)).unwrap();
    for flag in ["--output=/home", "--force", "--shard=1/2", "other", "--replications=0", "--help"]
    {
        let name = flag.split('=').next().unwrap();
        let changed = kept.replace("--replications=4", flag);
        assert_ne!(changed, kept);
        fs::write(place.path(BATCH), changed).unwrap();
        for more in ["--submit", "--dry-run"] {
            let arguments = format!("slurm --missing --output out {more}");
            refused(&place, &arguments, &["batch.json` does not describe a batch: ", name]);
        }
    }
}

#[test]
fn a_time_and_arguments_that_sbatch_does_not_take_are_refused_with_what_it_does() {
    let place = Place::new();
    let run = "slurm mine --shards 2 --output out";
    place.fails(&format!("{run} --time abc"), 2, &["abc", "HH:MM:SS", "such as 02:00:00"]);
    for (flags, says) in [
        ("--cpus-per-task 0", "a whole number from 1 to 1024"),
        ("--cpus-per-task 5000", "a whole number from 1 to 1024"),
        ("--array-limit 0", "a whole number from 1 to"),
    ] {
        place.fails(&format!("{run} {flags}"), 2, &[says]);
    }
    for (argument, words) in
        [("--help", "submits no job of yours"), ("--uid=0", "submits no job of yours")]
    {
        place.fails(&format!("{run} -- {argument}"), 2, &[words, "leave it out"]);
    }
    assert!(!place.path("out").exists());
}

#[test]
fn a_description_of_a_batch_that_is_not_as_written_is_refused_with_the_command_that_helps() {
    let place = place();
    let kept = fs::read_to_string(place.path(BATCH)).unwrap();
    for (changed, says) in [
        (kept.replace("\"shards\"", "\"colour\": 1,\n  \"shards\""), "unknown field `colour`"),
        (kept.replace("\"time\"", "\"colour\": 1,\n    \"time\""), "unknown field `colour`"),
        (kept.replace("\"mem\": null", "\"mem\": \"2X\""), "`2X`"),
        (kept.replace("\"sbatch\": []", "\"sbatch\": [\"--qos long\"]"), "--qos=long"),
        (kept[..kept.len() / 2].to_owned(), "does not describe a batch"),
    ] {
        assert_ne!(changed, kept, "{says}");
        fs::write(place.path(BATCH), changed).unwrap();
        let words = [says, "write it anew with `yangjae slurm SCENARIO --shards N --output DIR`"];
        refused(&place, "slurm --missing --output out --dry-run", &words);
    }
    fs::remove_file(place.path(BATCH)).unwrap();
    place.done(BEGIN);
    assert_eq!(fs::read_to_string(place.path(BATCH)).unwrap(), kept);
}

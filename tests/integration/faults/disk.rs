//! Disks, pipes and files that hold no more, or may not be written to.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::faults::RUN;
use crate::faults::skipped;
use crate::faults::with_disk;
use crate::program::Place;
use crate::program::Said;

#[test]
fn a_disk_that_is_too_small_is_told_before_anything_is_simulated() {
    let place = Place::new();
    let run = "\"$YANGJAE\" run mine --replications 8 --until 2018 --output disk/out";
    let Some(said) =
        with_disk(&place, "size=1m", &format!("{run}; echo status $?; ls -A disk/out"))
    else {
        return;
    };
    assert!(said.error.contains("free and this run needs about"), "{said:?}");
    assert_eq!(said.out, "status 1\n.yangjae-lock\n", "{said:?}");
}

#[test]
fn a_disk_that_fills_up_leaves_whole_blocks_and_the_run_goes_on_when_there_is_room() {
    let place = Place::new();
    place.done(&format!("{RUN} --output whole"));
    // So many files and no more: the space that is asked for beforehand is there.
    let script = format!(
        "\"$YANGJAE\" {RUN} --output disk/out; echo status $?; find disk/out -maxdepth 1 -name '*.csv'; find disk/out -name '*.unfinished'
         mount -o remount,nr_inodes=1000 disk
         \"$YANGJAE\" {RUN} --output disk/out --resume && cp -r disk/out out"
    );
    let Some(said) = with_disk(&place, "size=64m,nr_inodes=18", &script) else {
        return;
    };
    assert!(said.error.contains("the disk is full; free some room"), "{said:?}");
    assert!(said.error.contains("with `--resume` goes on"), "{said:?}");
    assert_eq!((said.status, said.out.as_str()), (Some(0), "status 1\n"), "{said:?}");
    place.same("whole", "out");
}

#[test]
fn a_merge_onto_a_full_disk_leaves_no_table_and_goes_on_when_there_is_room() {
    let place = Place::new();
    place.done(&format!("{RUN} --output whole"));
    for shard in 1..=2 {
        place.done(&format!("{RUN} --shard {shard}/2 --output parts/{shard}"));
    }
    let script = "\"$YANGJAE\" merge parts --output disk/out --quiet; echo status $?
         find disk/out -maxdepth 1 -name '*.csv'; find disk/out -name '*.unfinished'
         mount -o remount,nr_inodes=1000 disk
         \"$YANGJAE\" merge parts --output disk/out --quiet && cp -r disk/out out";
    let Some(said) = with_disk(&place, "size=64m,nr_inodes=18", script) else {
        return;
    };
    let words = "the disk is full; free some room, and the same command goes on";
    assert!(said.error.contains(words), "{said:?}");
    assert_eq!((said.status, said.out.as_str()), (Some(0), "status 1\n"), "{said:?}");
    place.same("whole", "out");
}

#[test]
fn a_file_that_grows_beyond_the_systems_limit_is_told() {
    let place = Place::new();
    let program = place.command("run mine --quiet --replications 300 --until 2018 --output out");
    let words: Vec<String> = std::iter::once(program.get_program())
        .chain(program.get_args())
        .map(|word| format!("'{}'", word.to_string_lossy()))
        .collect();
    let limited = format!("ulimit -f 4; exec {}", words.join(" "));
    let mut shell = std::process::Command::new("sh");
    shell.arg("-c").arg(limited).current_dir(program.get_current_dir().unwrap());
    let said = Said::from(shell.output().unwrap());
    assert_eq!(said.status, Some(1), "{said:?}");
    assert!(said.error.contains("File too large"), "{said:?}");
    assert!(said.error.contains("raise it with `ulimit -f unlimited`"), "{said:?}");
    assert!(!said.error.contains(".unfinished"), "{said:?}");
}

#[test]
fn an_output_folder_that_cannot_be_written_is_named() {
    let place = Place::new();
    let script = format!("\"$YANGJAE\" {RUN} --output disk/out");
    let Some(said) = with_disk(&place, "ro", &script) else {
        return;
    };
    assert_eq!(said.status, Some(1), "{said:?}");
    assert!(said.error.contains("cannot write `disk/out`: Read-only file system"), "{said:?}");
}

#[test]
fn a_file_in_the_place_of_an_output_folder_is_an_error_of_the_command_line() {
    let place = Place::new();
    fs::write(place.path("file"), "mine").unwrap();
    let quick = "--until 2018 --output";
    for command in [
        &format!("{RUN} --output"),
        &format!("{RUN} --resume --output"),
        &format!("{RUN} --force --output"),
        &format!("noise mine --parameter-draws 2 --streams 2 {quick}"),
        &format!("attribute hub --scenario mine --replications 2 {quick}"),
        &format!("check mine --sources --replications 2 {quick}"),
        "validate mine --output",
        "slurm mine --shards 2 --output",
    ] {
        for output in ["file", "file/out"] {
            let words = ["file` is no folder", "name another with `--output`"];
            place.fails(&format!("{command} {output}"), 2, &words);
        }
    }
    assert_eq!(fs::read_to_string(place.path("file")).unwrap(), "mine");
}

#[test]
fn a_scenario_that_grows_without_bound_is_refused_with_the_limit() {
    let place = Place::new();
    let run = "run mine --quiet --replications 1 --policy baseline --threads 1";
    place.fails(
        &format!("{run} --until 2021 --set founder_rate=900000"),
        2,
        &[
            "policy `baseline`, replication 0: at the end of 2020 there are",
            "1200000 at most",
            "mine/parameters.toml:",
        ],
    );
    let file = place.path("mine/district.toml");
    let text = fs::read_to_string(&file).unwrap();
    let first = text.find("count = ").unwrap();
    let end = first + text[first..].find('\n').unwrap();
    for (count, words) in [
        ("300001", "the whole number 300001 is out of range"),
        ("299999", "startups and institutes at the start"),
    ] {
        fs::write(&file, format!("{}count = {count}{}", &text[..first], &text[end..])).unwrap();
        let said = place.run(run);
        assert_eq!(said.status, Some(2), "{said:?}");
        assert!(said.error.contains(words) && said.error.contains("300000"), "{said:?}");
        assert!(said.error.contains("mine/district.toml:"), "{said:?}");
    }
    fs::write(&file, text).unwrap();
    assert!(!place.path("output/mine/manifest.json").exists());
    place.fails("run mine --replications 0", 2, &["1..=10000000"]);
    place.fails("run mine --until 1000000", 2, &["1000000"]);
    for threads in ["0", "1025", "100000", "many"] {
        place.fails(&format!("run mine --threads {threads}"), 2, &["from 1 to 1024"]);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error_and_a_full_one_is_told() {
    let place = Place::new();
    let run = "run mine --replications 4 --until 2018 --output";
    for command in [&format!("{run} out"), "check mine", "check mine --estimate", "verify out"] {
        let mut child = place.command(command);
        let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let said = Said::from(child.wait_with_output().unwrap());
        assert_eq!(said.status, Some(0), "{command}: {said:?}");
        assert!(!said.error.contains("panicked"), "{command}: {said:?}");
    }
    assert!(place.path("out/manifest.json").exists());
    if let Ok(full) = fs::File::options().write(true).open("/dev/full") {
        let mut command = place.command(&format!("{run} other"));
        let said = Said::from(command.stdout(full).output().unwrap());
        assert_eq!(said.status, Some(1), "{said:?}");
        assert!(said.error.contains("the tables are written"), "{said:?}");
    }
}

/// What a command prints is its result: where that is lost, it has failed.
#[test]
fn every_command_says_when_its_output_cannot_be_written() {
    let place = Place::new();
    place.done(&format!("{RUN} --output out"));
    if !Path::new("/dev/full").exists() {
        skipped("there is no full device");
        return;
    }
    for command in [
        "",
        "--help",
        "--version",
        "help",
        "help run",
        "run --help",
        "explain",
        "explain levers",
        "explain jobs",
        "diff baseline hub --scenario mine",
        "check mine",
        "check mine --estimate",
        "verify out --sample 1",
        "describe mine",
        "new other",
        "slurm mine --shards 2 --dry-run",
        "replay --scenario mine --policy hub --replication 0 --until 2018",
        "selftest --replications 8",
    ] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let said = Said::from(place.command(command).stdout(full).output().unwrap());
        assert_eq!(said.status, Some(1), "{command}: {said:?}");
        assert!(said.error.contains("cannot be written: No space left"), "{command}: {said:?}");
        assert!(!said.error.contains("panicked"), "{command}: {said:?}");
        let mut child = place.command(command);
        let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let said = Said::from(child.wait_with_output().unwrap());
        assert!(!said.error.contains("cannot be written"), "{command}: {said:?}");
    }
}

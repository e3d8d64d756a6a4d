//! What a run keeps beside its blocks, emptied, cut, changed or lost: always told, mended by
//! `--resume`, and never taken for whole.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;

use crate::program::Place;
use crate::program::Said;

const RUN: &str = "run mine --quiet --replications 4 --until 2018";
const COPY: &str = "blocks/inputs";

/// Each way to damage a file, and what is said of it.
const DAMAGES: [(&str, &str); 4] = [
    ("emptied", "is empty"),
    ("cut", "has changed: its digest is not the listed one"),
    ("removed", "is not there"),
    ("made a folder", "cannot be read: it is not a file"),
];

fn damage(path: &PathBuf, how: &str) {
    let text = fs::read(path).unwrap();
    fs::remove_file(path).unwrap();
    match how {
        "emptied" => fs::write(path, "").unwrap(),
        "cut" => fs::write(path, &text[..text.len() / 2]).unwrap(),
        "made a folder" => fs::create_dir(path).unwrap(),
        _ => {}
    }
}

/// Two shards, and the whole run that they are.
fn shards(place: &Place) {
    place.done(&format!("{RUN} --output whole"));
    for shard in 1..=2 {
        place.done(&format!("{RUN} --shard {shard}/2 --output parts/{shard}"));
    }
}

#[test]
fn resuming_writes_a_damaged_copy_of_the_inputs_again_and_says_so() {
    let place = Place::new();
    let run = format!("{RUN} --output out");
    place.done(&run);
    let whole = place.files("out");
    for file in ["scenario.toml", "parameters.toml", "policies/hub.toml", "observed.csv"] {
        for (how, words) in &DAMAGES[..3] {
            damage(&place.path("out").join(COPY).join(file), how);
            let words = format!("out/{COPY}/{file}` {words}");
            place.fails("verify out", 1, &[&words, "with `--resume`"]);
            place.fails("report out", 2, &[&words, "with `--resume`"]);
            let said = place.done(&format!("{run} --resume"));
            assert!(said.error.contains(&format!("{words}: it is written again")), "{said:?}");
            assert!(
                said.error.contains("holds this run already: blocks, tables and copies are as"),
                "{said:?}"
            );
            assert_eq!(place.files("out"), whole, "{file} {how}");
        }
    }
    let said = place.done(&format!("{run} --resume"));
    assert!(!said.error.contains("written again"), "{said:?}");
    place.done("verify out --sample 1");
}

#[test]
fn what_is_in_the_place_of_a_copy_is_not_removed() {
    let place = Place::new();
    let run = format!("{RUN} --output out");
    place.done(&run);
    damage(&place.path("out").join(COPY).join("district.toml"), "made a folder");
    let words = ["district.toml` cannot be read: it is not a file", "cannot write `out/blocks"];
    place.fails(&format!("{run} --resume"), 1, &words);
    assert!(place.path("out").join(COPY).join("district.toml").is_dir());
}

#[test]
fn a_file_more_in_the_copy_of_the_inputs_is_not_read() {
    let place = Place::new();
    place.done(&format!("{RUN} --output out"));
    fs::write(place.path("out").join(COPY).join("policies/other.toml"), "nonsense").unwrap();
    let said = place.done("verify out --sample 1");
    let words = "not from this run: blocks/inputs/policies/other.toml";
    assert!(said.out.contains(words), "{said:?}");
    place.done("report out --quiet");
}

#[test]
fn a_damaged_plan_is_written_again_by_the_manifest_and_without_one_the_remedy_is_named() {
    let place = Place::new();
    let run = format!("{RUN} --output out");
    place.done(&run);
    let whole = place.files("out");
    let plan = place.path("out/blocks/plan.json");
    let words = ["is empty", "is damaged", "is not there"];
    for (&(how, _), words) in DAMAGES.iter().zip(words) {
        damage(&plan, how);
        let words = format!("`out/blocks/plan.json` {words}");
        place.fails("verify out --sample 1", 1, &[&words, "with `--resume`"]);
        let said = place.done(&format!("{run} --resume"));
        assert!(said.error.contains(&format!("{words}: it is written again")), "{said:?}");
        assert_eq!(place.files("out"), whole, "{how}");
    }
    fs::remove_file(place.path("out/manifest.json")).unwrap();
    for (&(how, _), words) in DAMAGES.iter().zip(["is empty", "is damaged", "without blocks/plan"])
    {
        let before = fs::read(&plan).unwrap();
        damage(&plan, how);
        let files = place.files("out");
        place.fails(&format!("{run} --resume"), 2, &[words, "add `--force` to begin anew"]);
        assert_eq!(place.files("out"), files, "{how}");
        fs::write(&plan, before).unwrap();
    }
    fs::write(&plan, "").unwrap();
    place.done(&format!("{run} --force"));
    assert_eq!(place.files("out"), whole);
}

#[test]
fn a_merge_says_which_shard_has_kept_something_damaged_and_takes_the_sound_copy() {
    let place = Place::new();
    shards(&place);
    let merge = "merge parts --quiet --output";
    for (number, file) in ["blocks/plan.json", "blocks/inputs/parameters.toml"].iter().enumerate() {
        let path = place.path("parts/1").join(file);
        for (how, words) in [("emptied", "is empty"), ("removed", "is not there")] {
            damage(&path, how);
            let words = format!("parts/1/{file}` {words}");
            let merged = format!("merged{number}-{how}");
            let said = place.done(&format!("{merge} {merged}"));
            for words in [&words, "shard 1/2: ", "it is merged ", "`--resume`"] {
                assert!(said.error.contains(words), "no `{words}` in {said:?}");
            }
            place.same("whole", &merged);
            place.fails("verify parts/1 --sample 1", 1, &[&words]);
            place.done(&format!("{RUN} --shard 1/2 --resume --output parts/1"));
            place.done("verify parts/1 --sample 1");
        }
    }
}

#[test]
fn a_merge_without_any_sound_copy_names_every_shard_file_and_remedy() {
    let place = Place::new();
    shards(&place);
    for (shard, how) in [(1, "removed"), (2, "emptied")] {
        damage(&place.path(&format!("parts/{shard}/{COPY}/parameters.toml")), how);
    }
    let said = place.run("merge parts --output merged");
    assert_eq!(said.status, Some(2), "{said:?}");
    for words in [
        "2 problems",
        "shard 1/2: the copy of its inputs is damaged: \
         `parts/1/blocks/inputs/parameters.toml` is not there; run that shard again with `--resume`",
        "shard 2/2: the copy of its inputs is damaged: \
         `parts/2/blocks/inputs/parameters.toml` is empty; run that shard again with `--resume`",
    ] {
        assert!(said.error.contains(words), "no `{words}` in {said:?}");
    }
    assert_eq!(said.error.matches("error:").count(), 1, "{said:?}");
    assert!(!said.error.contains("yangjae new"), "{said:?}");
    assert!(!place.path("merged").exists());
    for shard in 1..=2 {
        place.done(&format!("{RUN} --shard {shard}/2 --resume --output parts/{shard}"));
    }
    place.done("merge parts --quiet --output merged");
    place.same("whole", "merged");
}

/// Also where the shard is found below a folder, has no name of its own, or is to be replaced.
#[test]
fn a_shard_is_never_the_output_of_its_merge() {
    let place = Place::new();
    shards(&place);
    place.done(&format!("{RUN} --shard 1/2 --output output/mine"));
    let before = (place.files("parts"), place.files("output"));
    let words = ["the output folder is one of the shards: `", "name another with `--output`"];
    for merge in [
        "merge parts --output parts/1",
        "merge parts --output parts/../parts/2 --force",
        "merge parts/1 parts/2 --output parts/1 --force",
        "merge output/mine parts/2 --force",
        "merge output/mine parts/2",
    ] {
        place.fails(merge, 2, &words);
        assert_eq!((place.files("parts"), place.files("output")), before, "{merge}");
    }
    place.done("merge parts --quiet --output parts/merged");
    place.done("merge parts --quiet --output parts/merged");
    place.same("whole", "parts/merged");
}

/// A pipe has no end and no writer: whoever opened it would wait for ever.
#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_a_file_is_told_and_not_waited_for() {
    let place = Place::new();
    let run = format!("{RUN} --output out");
    place.done(&run);
    for (file, resumes) in [
        ("blocks/inputs/scenario.toml", true),
        ("blocks/plan.json", true),
        ("blocks/block-0000001.yjb", false),
        ("yearly.csv", true),
        ("manifest.json", true),
        (".yangjae-lock", false),
    ] {
        let path = place.path("out").join(file);
        let before = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        for command in ["verify out --sample 1", "report out --quiet", &format!("{run} --resume")] {
            let mut child = place.command(command);
            let mut child = child.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
            let mut status = None;
            for _ in 0..3_000 {
                status = child.try_wait().unwrap();
                if status.is_some() {
                    break;
                }
                std::thread::sleep(Duration::from_millis(10));
            }
            child.kill().unwrap();
            let said = Said::from(child.wait_with_output().unwrap());
            assert!(status.is_some(), "{command} waits for the pipe {file}");
            // Nothing is wrong with a run whose lock is.
            if command.starts_with("verify") && file != ".yangjae-lock" {
                assert!(said.error.contains(file), "{file}: {said:?}");
                assert!(said.error.contains("it is not a file"), "{file}: {said:?}");
            }
            if command.starts_with("run") {
                assert_eq!(said.status, Some(i32::from(!resumes)), "{file}: {said:?}");
            }
        }
        if !resumes {
            fs::remove_file(&path).unwrap();
            fs::write(&path, before).unwrap();
        }
        place.done("verify out --sample 1");
    }
}

#[test]
fn resuming_a_finished_run_makes_a_report_that_is_gone() {
    let place = Place::new();
    let run = format!("{RUN} --output out --resume");
    place.done(&run);
    let before = place.files("out");
    fs::remove_file(place.path("out/report.html")).unwrap();
    let said = place.done(&run);
    assert!(said.error.contains("resuming: 4 of 4 blocks are finished"), "{said:?}");
    assert_eq!(place.files("out"), before);
    let said = place.done(&run);
    assert!(said.error.contains("holds this run already"), "{said:?}");
}

/// What a manifest says of blocks and tables is held against what this run has, before it is called whole.
#[test]
fn resuming_does_not_call_an_altered_manifest_whole() {
    let place = Place::new();
    let run = format!("{RUN} --output out --resume");
    place.done(&run);
    let before = place.files("out");
    let manifest = place.path("out/manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    for (from, to) in [
        ("\"blocks\": 4", "\"blocks\": 7"),
        ("\"replications_each\": 1", "\"replications_each\": 2"),
        ("\"fingerprint\": \"", "\"fingerprint\": \"0"),
        ("\"seal\": \"", "\"seal\": \"0"),
        ("\"levers.csv\"", "\"mine.csv\""),
        ("\"blocks\": {", "\"without_effect\": [\"x\"], \"blocks\": {"),
        // What has a value of its own where it is absent.
        ("    \"language\": \"en\",\n", ""),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        fs::write(&manifest, changed).unwrap();
        let said = place.done(&run);
        assert!(!said.error.contains("holds this run already"), "{from}: {said:?}");
        assert_eq!(place.files("out"), before, "{from}");
    }
    assert!(place.done(&run).error.contains("holds this run already"));
}

#[test]
fn a_scenario_is_not_cleared_away_with_the_run_that_kept_it() {
    let place = Place::new();
    place.done(&format!("{RUN} --output out"));
    let before = place.files("out");
    let run = RUN.replace("mine", "out/blocks/inputs");
    let words = ["`out/blocks/inputs` lies among the blocks of the output folder", "--output"];
    place.fails(&format!("{run} --output out --force"), 2, &words);
    assert_eq!(place.files("out"), before);
    place.done(&format!("{run} --output other"));
}

/// Results never lie among inputs, whatever the folder is called.
#[test]
fn no_run_is_written_among_the_inputs_of_its_scenario() {
    let place = Place::new();
    let before = place.files("mine");
    let words = ["holds inputs of the scenario `mine`", "name another folder with `--output`"];
    for output in
        ["mine", "./mine/", "mine/../mine", "mine/policies", "mine/policies/out", "new/../mine"]
    {
        for more in ["", "--force", "--resume"] {
            place.fails(&format!("{RUN} --output {output} {more}"), 2, &words);
        }
        place.fails(&format!("slurm mine --shards 2 --output {output}"), 2, &words);
        assert_eq!(place.files("mine"), before, "{output}");
    }
    fs::create_dir(place.path("output")).unwrap();
    fs::rename(place.path("mine"), place.path("output/mine")).unwrap();
    place.fails(&RUN.replace("mine", "output/mine"), 2, &words);
    assert_eq!(place.files("output/mine"), before);
    place.done(&format!("{} --output output/mine/results", RUN.replace("mine", "output/mine")));
}

#[test]
fn events_of_more_replications_than_there_are_are_told() {
    let place = Place::new();
    let run = "run mine --replications 2 --until 2018 --policy baseline --events";
    let said = place.done(&format!("{run} 9 --output out"));
    assert!(said.error.contains("`--events 9`: there are 2 replications"), "{said:?}");
    let said = place.done(&format!("{run} 2 --output other"));
    assert!(!said.error.contains("--events"), "{said:?}");
}

#[test]
fn few_replications_are_said_to_be_too_few_for_what_differences_hang_on() {
    let place = Place::new();
    let run = "run mine --until 2020 --policy hub --replications";
    for (replications, language, words) in [
        (1, "en", "fewer than 20 replications"),
        (19, "en", "fewer than 20 replications"),
        (19, "ko", "반복이 20회보다 적으면"),
    ] {
        let output = format!("out-{replications}-{language}");
        let said =
            place.done(&format!("{run} {replications} --language {language} --output {output}"));
        let page = fs::read_to_string(place.path(&output).join("report.html")).unwrap();
        let table = fs::read_to_string(place.path(&output).join("sensitivity.csv")).unwrap();
        assert_eq!(table.lines().count(), 1);
        for text in [said.out.replace('\n', " "), page] {
            assert!(text.contains(words) && text.contains("sensitivity.csv"), "{text}");
        }
    }
    let said = place.done(&format!("{run} 20 --output enough"));
    assert!(!said.out.contains("sensitivity.csv has no row"), "{said:?}");
    let table = fs::read_to_string(place.path("enough/sensitivity.csv")).unwrap();
    assert!(table.lines().count() > 1);
}

/// A folder from a stranger names no file of one's own.
#[test]
fn a_manifest_that_lists_files_outside_the_folder_is_not_read() {
    let place = Place::new();
    place.done(&format!("{RUN} --output out"));
    let manifest = place.path("out/manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(place.path("secret"), "mine").unwrap();
    for name in ["../../../secret", "/etc/hostname", "policies/../../../../secret", "a\\\\b", ""] {
        let changed = text.replacen("\"district.toml\"", &format!("\"{name}\""), 1);
        assert_ne!(changed, text);
        fs::write(&manifest, changed).unwrap();
        for (command, status) in [("verify out", 1), ("report out --quiet", 2)] {
            place.fails(command, status, &["is not within the folder", "manifest.json"]);
        }
    }
}

//! Shards put together, and runs gone on with, are the whole run byte for byte.

use std::fs;

use crate::program::Place;

const RUN: &str = "run mine --quiet --replications 10 --until 2019 --events 2 --replication-csv";

/// A place with a whole run and its three shards.
fn place() -> Place {
    let place = Place::new();
    place.done(&format!("{RUN} --output whole"));
    for shard in ["2/3", "3/3", "1/3"] {
        place.done(&format!("{RUN} --shard {shard}"));
    }
    place
}

#[test]
fn merged_shards_are_the_whole_run_in_every_file() {
    let place = place();
    place.done("merge output/mine-shards --output merged --quiet --threads 1");
    place.same("whole", "merged");
    let one_by_one =
        "output/mine-shards/3-of-3 output/mine-shards/1-of-3 output/mine-shards/2-of-3";
    place.done(&format!("merge {one_by_one} --quiet"));
    place.same("whole", "output/mine");
    // A folder that is named twice is taken once, and that is said.
    let said = place.done("merge output/mine-shards output/mine-shards/2-of-3 --output again");
    assert!(said.error.contains("2-of-3` is named more than once"), "{said:?}");
    place.same("whole", "again");
    // Once more changes nothing, and says so.
    let said = place.done("merge output/mine-shards --output merged");
    assert!(said.error.contains("holds this run already"), "{said:?}");
    place.same("whole", "merged");
}

#[test]
fn shards_in_the_dialect_of_a_spreadsheet_merge_to_the_whole_run() {
    let place = Place::new();
    for dialect in ["excel-ko", "excel-eu"] {
        let run = format!("{RUN} --csv-dialect {dialect} --language ko");
        let at = |folder: &str| format!("{dialect}/{folder}");
        place.done(&format!("{run} --output {}", at("whole")));
        for shard in 1..=2 {
            let output = at(&format!("parts/{shard}"));
            place.done(&format!("{run} --shard {shard}/2 --output {output}"));
        }
        place.done(&format!("merge {} --output {} --quiet", at("parts"), at("merged")));
        place.same(&at("whole"), &at("merged"));
        place.done(&format!("verify {}", at("merged")));
        let table = fs::read(place.path(&at("merged/yearly.csv"))).unwrap();
        assert!(table.starts_with("\u{feff}".as_bytes()), "{dialect}");
        // A shard of another dialect is another run.
        place.done(&format!("{RUN} --language ko --shard 2/2 --force --output {}", at("parts/2")));
        let merge = format!("merge {} --output {}", at("parts"), at("other"));
        place.fails(&merge, 2, &["`options.csv_dialect` is"]);
    }
}

#[test]
fn shards_that_were_scaled_otherwise_are_told_in_few_words() {
    let place = Place::new();
    let run = "run mine --quiet --replications 2 --until 2018 --equal-budget";
    place.done(&format!("{run} --shard 1/2 --output parts/1"));
    place.done(&format!("{run} --shard 2/2 --output parts/2 --seed 7"));
    let said = place.run("merge parts --output merged");
    assert_eq!(said.status, Some(2), "{said:?}");
    assert!(said.error.contains("`seed` is"), "{said:?}");
    assert!(said.error.lines().all(|line| line.len() < 700), "{said:?}");
}

#[test]
fn more_shards_than_blocks_leave_some_without_replications() {
    let place = Place::new();
    let run = "run mine --quiet --replications 2 --until 2018";
    for shard in 1..=3 {
        place.done(&format!("{run} --shard {shard}/3 --output parts/{shard}"));
    }
    place.done(&format!("{run} --output whole"));
    place.done("merge parts --output merged --quiet");
    place.same("whole", "merged");
    fs::remove_dir_all(place.path("parts/1")).unwrap();
    place.done("merge parts --output again --quiet");
    place.same("whole", "again");
}

#[test]
fn what_keeps_shards_apart_is_told_in_one_go() {
    let place = place();
    let merge = "merge output/mine-shards --output merged";
    let copy = |from: &str, to: &str| {
        for (name, bytes) in place.files(from) {
            let path = place.path(to).join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    };
    copy("output/mine-shards/1-of-3", "twice");
    place.fails(
        "merge output/mine-shards/1-of-3 output/mine-shards/3-of-3 twice --output merged",
        2,
        &["2 problems", "shard 1/3 is there twice", "shard 2/3 is missing: replications 3 to 5"],
    );
    place.fails("merge whole --output merged", 2, &["is a whole run, not a shard"]);
    place.fails("merge mine --output merged", 2, &["is no folder of a shard"]);
    let into_one = "merge output/mine-shards/1-of-3 --output output/mine-shards/1-of-3";
    place.fails(into_one, 2, &["the output folder is one of the shards"]);

    let shard = |name: &str| place.path("output/mine-shards").join(name);
    let block = shard("1-of-3/blocks/block-0000001.yjb");
    let bytes = fs::read(&block).unwrap();
    fs::write(&block, &bytes[..bytes.len() - 1]).unwrap();
    fs::write(shard("2-of-3/blocks/block-0000004.yjb"), "").unwrap();
    fs::write(shard("3-of-3/manifest.json"), "").unwrap();
    place.fails(
        merge,
        2,
        &[
            "block-0000001.yjb` is damaged: it has",
            "block-0000004.yjb` is damaged: the file is empty",
            "3-of-3/manifest.json` is empty",
        ],
    );
    fs::remove_file(shard("3-of-3/manifest.json")).unwrap();
    place.fails(merge, 2, &["shard 3/3 is not finished; run it again with `--resume`"]);
    for number in 1..=3 {
        place.done(&format!("{RUN} --shard {number}/3 --resume"));
    }
    place.done(&format!("{merge} --quiet"));
    place.same("whole", "merged");
}

#[test]
fn a_shard_of_another_run_is_named_with_what_differs() {
    let place = place();
    let again = |more: &str| place.done(&format!("{RUN} --shard 2/3 --force {more}"));
    let differs = |words: &[&str]| {
        place.fails("merge output/mine-shards --output merged", 2, words);
    };
    again("--seed 7");
    differs(&["2-of-3` is from another run", "`seed` is 7 here and"]);
    again("--set quit_rate=0.2");
    differs(&["`set` is [\"quit_rate=0.2\"] here and [] there"]);
    place.done(&format!("{} --shard 2/3 --force", RUN.replace("--events 2", "--events 1")));
    differs(&["`options.events` is 1 here and 2 there"]);
    let policy = place.path("mine/policies/hub.toml");
    let text = fs::read_to_string(&policy).unwrap();
    fs::write(&policy, format!("{text}# changed\n")).unwrap();
    again("");
    differs(&["the input `policies/hub.toml` differs", "shard 2/3 is missing"]);
    fs::write(&policy, text).unwrap();
    let manifest = place.path("output/mine-shards/2-of-3/manifest.json");
    again("");
    let text = fs::read_to_string(&manifest).unwrap();
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    fs::write(&manifest, text.replace(&version, "\"version\": \"0.0.1\"")).unwrap();
    differs(&["was made by version 0.0.1 of yangjae"]);
}

#[test]
fn a_run_goes_on_from_its_blocks_and_makes_damaged_ones_again() {
    let place = Place::new();
    place.done(&format!("{RUN} --output whole"));
    place.done(&format!("{RUN} --output part"));
    let part = |name: &str| place.path("part").join(name);
    // As if killed while tables got their names, with a block half on the disk.
    fs::remove_file(part("manifest.json")).unwrap();
    fs::remove_file(part("yearly.csv")).unwrap();
    fs::remove_file(part("blocks/block-0000003.yjb")).unwrap();
    fs::write(part("blocks/.yangjae-x.unfinished"), "half").unwrap();
    let block = part("blocks/block-0000006.yjb");
    let mut bytes = fs::read(&block).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&block, bytes).unwrap();
    fs::copy(part("blocks/block-0000001.yjb"), part("blocks/block-0000099.yjb")).unwrap();

    let run = format!("{RUN} --output part");
    let refused = ["unfinished run with 10 finished blocks", "--resume", "--force"];
    place.fails(&run, 2, &refused);
    let said = place.done(&format!("{run} --resume"));
    assert!(said.error.contains("block-0000006.yjb` is damaged: series"), "{said:?}");
    assert!(said.error.contains("block-0000099.yjb` is damaged: it begins with"), "{said:?}");
    assert!(said.error.contains("resuming: 8 of 10 blocks are finished"), "{said:?}");
    place.same("whole", "part");
    let said = place.done(&format!("{run} --resume"));
    assert!(
        said.error.contains("holds this run already: blocks, tables and copies are as"),
        "{said:?}"
    );

    // A table that was changed is made again.
    fs::write(part("levers.csv"), "").unwrap();
    place.done(&format!("{run} --resume"));
    place.same("whole", "part");
    place.done(&format!("{RUN} --output new --resume"));
    place.same("whole", "new");
}

#[test]
fn a_run_does_not_go_on_as_another() {
    let place = Place::new();
    place.done(&format!("{RUN} --output part"));
    fs::remove_file(place.path("part/manifest.json")).unwrap();
    let refuses = |more: &str, words: &[&str]| {
        let before = place.files("part");
        place.fails(&format!("{RUN} --output part --resume {more}"), 2, words);
        assert_eq!(before, place.files("part"));
    };
    refuses("--seed 3", &["`seed` is", "there and 3 here", "--force"]);
    refuses("--policy hub", &["`policies` is"]);
    refuses("--shard 1/2", &["`shard` is null there and \"1/2\" here"]);
    refuses("--force", &["cannot be used with"]);
    refuses("--groups", &["`groups` is null there and true here", "--force"]);
    let longer = RUN.replace("--replications 10", "--replications 11");
    let differs = ["`replications` is 10 there and 11 here"];
    place.fails(&format!("{longer} --output part --resume"), 2, &differs);
    let policy = place.path("mine/policies/hub.toml");
    let text = fs::read_to_string(&policy).unwrap();
    fs::write(&policy, format!("{text}# changed\n")).unwrap();
    refuses("", &["the input `policies/hub.toml` differs"]);
    fs::write(&policy, text).unwrap();
    let plan = fs::read(place.path("part/blocks/plan.json")).unwrap();
    fs::remove_file(place.path("part/blocks/plan.json")).unwrap();
    refuses("", &["without blocks/plan.json"]);
    fs::write(place.path("part/blocks/plan.json"), &plan[..40]).unwrap();
    let cut = place.run(&format!("{RUN} --output part --resume"));
    assert_eq!(cut.status, Some(2), "{cut:?}");
    assert!(
        cut.error.contains("plan.json` is damaged") && cut.error.contains("--force"),
        "{cut:?}"
    );
}

#[test]
fn a_wrong_shard_is_refused_with_the_form_that_is_meant() {
    let place = Place::new();
    for (text, word) in [
        ("3", "write K/N"),
        ("0/4", "numbered from 1 to 4"),
        ("5/4", "numbered from 1 to 4"),
        ("1/0", "from 1 to 100000"),
        ("a/b", "write K/N"),
    ] {
        place.fails(&format!("run mine --shard {text}"), 2, &[word]);
    }
    assert!(!place.path("output").exists());
}

/// More than 50 policies are compared with the baseline only, unless all pairs are asked for; which of
/// the two a run did is in its manifest, so that it is resumed, merged and proved alike.
#[test]
fn pairs_of_many_policies_are_written_where_asked() {
    let place = Place::new();
    let hub = fs::read_to_string(place.path("mine/policies/hub.toml")).unwrap();
    let copies = |from: usize, to: usize| {
        for number in from..to {
            let text = hub.replace("A hub for startups", &format!("Hub {number}"));
            let text = text.replace("스타트업 허브", &format!("허브 {number}"));
            let file = place.path(&format!("mine/policies/copy-{number:02}.toml"));
            fs::write(file, text).unwrap();
        }
    };
    let rows = |output: &str| {
        let text = fs::read_to_string(place.path(output).join("pairs.csv")).unwrap();
        text.lines().count() - 1
    };
    let manifest =
        |output: &str| fs::read_to_string(place.path(output).join("manifest.json")).unwrap();
    let run = "run mine --quiet --replications 2 --until 2019";
    // With baseline, hub, and hub-and-zone 50: all pairs, and the option says nothing new.
    copies(0, 47);
    place.done(&format!("{run} --output few"));
    place.done(&format!("{run} --pairs --output few-asked"));
    place.same("few", "few-asked");
    let measures = yangjae::analysis::pairs::COMPARED.len();
    assert_eq!(rows("few"), measures * 50 * 49 / 2);
    assert!(!manifest("few").contains("\"pairs\""));

    copies(47, 48);
    place.done(&format!("{run} --output many"));
    assert_eq!(rows("many"), measures * 50);
    assert!(!manifest("many").contains("\"pairs\""));
    place.done(&format!("{run} --pairs --output all"));
    assert_eq!(rows("all"), measures * 51 * 50 / 2);
    assert!(manifest("all").contains("\"pairs\": true"));
    for folder in ["many", "all"] {
        let said = place.done(&format!("verify {folder} --sample 1"));
        assert!(said.out.contains("views"), "{said:?}");
    }
    // The blocks serve both; what a run is to write is part of its plan.
    place.fails(&format!("{run} --pairs --resume --output many"), 2, &["options.pairs"]);
    for shard in ["1/2", "2/2"] {
        place.done(&format!("{run} --pairs --shard {shard}"));
    }
    place.done("merge output/mine-shards --output merged --quiet");
    place.same("all", "merged");
}

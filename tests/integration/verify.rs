//! A run that is as it was is proved; whatever is changed in it is found and named.

use std::fs;
use std::path::PathBuf;

use crate::program::Place;

const RUN: &str = "run mine --quiet --replications 6 --until 2019 --events 1 --replication-csv";

fn place() -> Place {
    let place = Place::new();
    place.done(&format!("{RUN} --output done"));
    place
}

/// Changes a file, wants `verify` to say so with status 1, and puts it back.
#[track_caller]
fn found(place: &Place, file: &str, change: impl FnOnce(String) -> String, words: &[&str]) {
    let path: PathBuf = place.path("done").join(file);
    let before = fs::read(&path).unwrap();
    let changed = change(String::from_utf8(before.clone()).unwrap()).into_bytes();
    assert_ne!(changed, before, "{file} is changed by the test");
    fs::write(&path, changed).unwrap();
    place.fails("verify done", 1, words);
    fs::write(&path, before).unwrap();
}

#[test]
fn a_run_a_shard_and_a_merged_run_are_proved_and_left_as_they_are() {
    let place = place();
    let before = place.files("done");
    let said = place.done("verify done --sample 3");
    for line in [
        "files as listed",
        "6 sound and as listed",
        "made again from blocks: the same bytes",
        "3 of 6 simulated again, chosen at random (--seed ",
        "made again: the same bytes",
        "is whole, and as far as it was looked at what yangjae",
        "the values of 3 replications are on trust",
    ] {
        assert!(said.out.contains(line), "no `{line}` in {said:?}");
    }
    assert_eq!(before, place.files("done"));
    assert!(!said.out.contains("not from this run"), "{said:?}");
    fs::write(place.path("done/notes.txt"), "mine").unwrap();
    fs::write(place.path("done/blocks/inputs/old.toml"), "mine").unwrap();
    let said = place.done("verify done --sample 1");
    let line = "2 files that are not from this run: blocks/inputs/old.toml, notes.txt";
    assert!(said.out.contains(line), "{said:?}");
    assert!(said.out.contains(", but for the 2 files that were not checked; "), "{said:?}");
    // A run's own views are no strangers because something else is wrong.
    let zeros = "0".repeat(64);
    let said = place.run(&format!("verify done --sample 1 --expect {zeros}"));
    assert_eq!(said.status, Some(1), "{said:?}");
    assert!(!said.out.contains("report.html"), "{said:?}");
    // A picture that this run has not is a view of nothing; a link that no run looks at is only named.
    fs::write(place.path("done/figures/attribution.svg"), "mine").unwrap();
    fs::remove_file(place.path("done/notes.txt")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", place.path("done/notes.txt")).unwrap();
    fs::remove_file(place.path("done/blocks/inputs/old.toml")).unwrap();
    let said = place.done("verify done --sample 0");
    for line in [
        "2 files that are not from this run: figures/attribution.svg, notes.txt (a link)",
        "replications  none of 6 simulated again\n",
        "the values of all 6 replications are on trust, as none was simulated again",
    ] {
        assert!(said.out.contains(line), "no `{line}` in {said:?}");
    }
    place.done(&format!("{RUN} --shard 1/2"));
    let said = place.done("verify output/mine-shards/1-of-2");
    assert!(said.out.contains("none, as this is a shard"), "{said:?}");
    place.done(&format!("{RUN} --shard 2/2"));
    place.done("merge output/mine-shards --quiet");
    place.done("verify output/mine");
}

#[test]
fn whatever_is_changed_is_found_and_named() {
    let place = place();
    let line = ["`yearly.csv` line 2 is `"];
    found(&place, "yearly.csv", |text| text.replacen(",6,", ",7,", 1), &line);
    let gone = ["`levers.csv` line 2 is not there"];
    found(&place, "levers.csv", |text| text.lines().next().unwrap().to_owned() + "\n", &gone);
    found(&place, "events.csv", |_| String::new(), &["`events.csv` line 1 is not there"]);
    let baseline = ["`baseline` is \"hub\" as listed and \"baseline\" as kept"];
    let other = |text: String| text.replace("\"baseline\": \"baseline\"", "\"baseline\": \"hub\"");
    found(&place, "manifest.json", other, &baseline);
    let blocks = |text: String| text.replace("\"blocks\": 6", "\"blocks\": 7");
    found(&place, "manifest.json", blocks, &["there are 6 blocks, and manifest.json lists 7"]);
    let spaces = |text: String| text.replace("\"seed\": ", "\"seed\":  ");
    found(&place, "manifest.json", spaces, &["`manifest.json` line "]);
    let more = |text: String| text.replace("\"events\": 1", "\"events\": 2");
    found(&place, "manifest.json", more, &["`events.csv` line "]);
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let older = |text: String| text.replace(&version, "\"version\": \"0.0.9\"");
    found(&place, "manifest.json", older, &["was made by yangjae 0.0.9", "cannot make it again"]);
    found(&place, "manifest.json", |text| text[..90].to_owned(), &["is damaged"]);
    let input = ["inputs/policies/hub.toml` has changed"];
    found(&place, "blocks/inputs/policies/hub.toml", |text| text + "# x\n", &input);

    let plan =
        ["different plans, of which one was changed: `seed` is 1 in manifest.json and 91 there"];
    found(&place, "blocks/plan.json", |text| text.replace("\"seed\": ", "\"seed\": 9"), &plan);

    fs::remove_file(place.path("done/dictionary.csv")).unwrap();
    place.fails("verify done", 1, &["`dictionary.csv` cannot be read"]);
    let block = place.path("done/blocks/block-0000002.yjb");
    let bytes = fs::read(&block).unwrap();
    fs::write(&block, &bytes[..bytes.len() - 3]).unwrap();
    place.fails("verify done", 1, &["block-0000002.yjb` is damaged: it has"]);
    fs::remove_file(&block).unwrap();
    place.fails("verify done", 1, &["has no block with replication 2"]);
    fs::remove_file(place.path("done/manifest.json")).unwrap();
    place.fails("verify done", 1, &["the run is unfinished: 5 blocks"]);
    place.fails("verify mine", 2, &["not the folder of a finished run"]);
}

/// Blocks that are sound and sealed, but not what the model gives: only simulating finds them.
#[test]
fn values_that_the_model_does_not_give_are_found_by_the_sample() {
    let place = place();
    let folder = place.path("done/blocks");
    // Replication 5's values under the number 2: the seal and all checksums are right.
    let bytes = fs::read(folder.join("block-0000005.yjb")).unwrap();
    let head = u32::from_le_bytes(bytes[12..16].try_into().unwrap()) as usize;
    let mut forged = bytes.clone();
    forged[48..52].copy_from_slice(&2_u32.to_le_bytes());
    let seal = yangjae::experiment::fingerprint::Fingerprint::of(&forged[..16 + head]);
    forged[16 + head..16 + head + 32].copy_from_slice(&seal.0);
    fs::write(folder.join("block-0000002.yjb"), forged).unwrap();
    fs::remove_file(place.path("done/manifest.json")).unwrap();
    // The program itself makes all tables anew from the forged block.
    place.done(&format!("{RUN} --output done --resume"));
    place.fails("verify done --sample all", 1, &["replication 2 of policy `", "simulated again"]);
    place.fails("verify done --sample 6", 1, &["replication 2 of policy `"]);
    // Which replications are simulated again depends on the seed alone: some samples have this one.
    let seen = |seed: u32| place.run(&format!("verify done --sample 2 --seed {seed}")).status;
    let seen: Vec<Option<i32>> = (0..12).map(seen).collect();
    assert!(seen.contains(&Some(0)) && seen.contains(&Some(1)), "{seen:?}");
}

#[test]
fn views_that_are_changed_or_gone_are_found_and_another_language_is_none() {
    let place = place();
    found(&place, "report.html", |text| text + " ", &["`report.html` is not what the tables give"]);
    let figure = "done/figures/jobs-against-baseline.svg";
    let before = fs::read(place.path(figure)).unwrap();
    fs::remove_file(place.path(figure)).unwrap();
    place.fails("verify done", 1, &["figures/jobs-against-baseline.svg` is missing"]);
    fs::write(place.path(figure), before).unwrap();
    place.done("report done --language ko --quiet");
    place.done("verify done --sample 1");
}

#[test]
fn a_digest_that_was_handed_over_separately_is_compared() {
    let place = place();
    let said = place.done("verify done --sample 1");
    let line = said.out.lines().find(|line| line.starts_with("digest")).unwrap();
    let digest = line.split_whitespace().nth(1).unwrap().to_owned();
    let said = place.done(&format!("verify done --sample 1 --expect {digest}"));
    assert!(said.out.contains(", as expected"), "{said:?}");
    let said = place.done(&format!("verify done --sample 1 --expect {}", digest.to_uppercase()));
    assert!(said.out.contains(", as expected"), "{said:?}");
    let other = "0".repeat(64);
    let expected = format!("and {other} was expected");
    place.fails(&format!("verify done --sample 1 --expect {other}"), 1, &[&digest, &expected]);
    for none in ["abc", "00", &"g".repeat(64)] {
        place.fails(&format!("verify done --expect {none}"), 2, &["64 hexadecimal digits"]);
    }
}

#[test]
fn no_link_within_the_folder_of_a_run_is_followed() {
    let place = place();
    fs::create_dir(place.path("mine-alone")).unwrap();
    fs::write(place.path("mine-alone/notes.csv"), "mine").unwrap();
    for within in ["blocks/inputs", "blocks", "figures", ".yangjae-lock"] {
        let link = place.path("done").join(within);
        let aside = place.path("aside");
        fs::rename(&link, &aside).unwrap();
        std::os::unix::fs::symlink(place.path("mine-alone"), &link).unwrap();
        for more in ["--force", "--resume"] {
            place.fails(&format!("{RUN} --output done {more}"), 2, &["is a link"]);
        }
        assert_eq!(fs::read(place.path("mine-alone/notes.csv")).unwrap(), b"mine");
        fs::remove_file(&link).unwrap();
        fs::rename(&aside, &link).unwrap();
    }
    // A file of the user's beside the copies is nobody's to remove.
    fs::write(place.path("done/blocks/inputs/notes.csv"), "mine").unwrap();
    place.done(&format!("{RUN} --output done --force"));
    assert_eq!(fs::read(place.path("done/blocks/inputs/notes.csv")).unwrap(), b"mine");
}

/// Also where what they lead to is what the run wrote.
#[test]
fn nothing_is_proved_through_a_link() {
    let place = place();
    for within in
        ["yearly.csv", "report.html", "figures", "blocks", "blocks/inputs", "blocks/plan.json"]
    {
        let link = place.path("done").join(within);
        let aside = place.path("aside");
        fs::rename(&link, &aside).unwrap();
        std::os::unix::fs::symlink(&aside, &link).unwrap();
        place.fails("verify done", 1, &[&format!("`{within}` is a link")]);
        place.fails("report done", 2, &[&format!("`done/{within}` is a link")]);
        fs::remove_file(&link).unwrap();
        fs::rename(&aside, &link).unwrap();
    }
    place.done("verify done --sample 1");
}

#[test]
fn what_is_no_folder_of_a_run_is_told() {
    let place = Place::new();
    fs::write(place.path("yearly.csv"), "mine").unwrap();
    for path in ["yearly.csv", "mine", "nowhere"] {
        place.fails(&format!("verify {path}"), 2, &[path]);
    }
}

/// A hole takes no disk, and would take minutes to read.
#[test]
fn a_view_of_another_length_is_not_read() {
    let place = place();
    let page = place.path("done/report.html");
    fs::File::options().write(true).open(&page).unwrap().set_len(1 << 40).unwrap();
    place.fails("verify done --sample 0", 1, &["`report.html` is not what the tables give"]);
}

/// A full folder of temporary files says nothing of the run.
#[test]
fn a_proof_that_cannot_be_finished_is_no_failed_proof() {
    let place = place();
    let mut command = place.command("verify done --sample 1");
    let said = crate::program::Said::from(
        command.env("TMPDIR", place.path("not/there")).output().unwrap(),
    );
    assert_eq!(said.status, Some(3), "{said:?}");
    assert!(said.error.contains("says nothing of the folder"), "{said:?}");
    let script = "TMPDIR=disk \"$YANGJAE\" verify done --sample 1";
    let Some(said) = crate::faults::with_disk(&place, "size=24k", script) else { return };
    assert_eq!(said.status, Some(3), "{said:?}");
    assert!(
        said.error.contains("free some room in `disk`") && said.error.contains("TMPDIR"),
        "{said:?}"
    );
}

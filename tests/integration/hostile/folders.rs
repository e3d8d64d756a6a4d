//! Whatever is done to the folder of a finished run or of a batch, the commands that read it say so or
//! make what the run makes: no panic, no hang, no wrong status, and nothing beside the folder changes.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use crate::hostile::mutation::Choice;
use crate::hostile::mutation::TEXTS;
use crate::program::Place;
use crate::program::Said;

const RUN: &str =
    "run mine --quiet --replications 6 --until 2019 --events 1 --replication-csv --output out";

#[test]
fn mutated_folders_are_named_or_made_whole() {
    try_out(0..24);
}

#[test]
#[ignore = "takes minutes: `tests/fuzz/run`"]
fn many_mutated_folders_are_named_or_made_whole() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let one: Option<u64> = number("YANGJAE_CASE");
    try_out(one.map_or(0..number("YANGJAE_CASES").unwrap_or(500), |one| one..one + 1));
}

fn try_out(cases: std::ops::Range<u64>) {
    let place = Place::new();
    place.done(RUN);
    place.done("slurm mine --shards 2 --replications 6 --until 2019 --output batch");
    fs::create_dir(place.path("aside")).unwrap();
    fs::write(place.path("aside/notes.csv"), "mine").unwrap();
    let whole = [("out", place.files("out")), ("batch", place.files("batch"))];
    let (mut done, mut refused) = (0, 0);
    for case in cases {
        let mut choice = Choice::new(case ^ 0xf01d);
        let (folder, files) = &whole[usize::from(choice.below(5) == 0)];
        let paths: Vec<&PathBuf> = files.keys().collect();
        // Half of the cases go for what says how to read all the rest.
        let is_plan = |path: &&&PathBuf| path.extension().is_some_and(|ending| ending == "json");
        let plans: Vec<&PathBuf> = paths.iter().filter(is_plan).copied().collect();
        let among = if choice.below(2) == 0 { &plans } else { &paths };
        let path = (*choice.one_of(among)).clone();
        let target = place.path(folder).join(&path);
        let what = change(&place, &target, &files[&path], &mut choice);
        let commands: &[&str] = match *folder {
            "out" => &["report out --quiet", "verify out --sample 1 --seed 1", "resume"],
            _ => &["slurm mine --missing --dry-run --output batch"],
        };
        let command = *choice.one_of(commands);
        let words = if command == "resume" { format!("{RUN} --resume") } else { command.into() };
        let said = limited(&place, &words);
        let told = format!("case {case}: {} {what}: {words}: {said:?}", path.display());
        assert!(matches!(said.status, Some(0..=2)), "{told}");
        assert!(!said.error.contains("panicked") && !said.error.contains("mistake"), "{told}");
        assert!(!said.out.contains('\u{1b}') && !said.error.contains('\u{1b}'), "{told}");
        let aside = fs::read(place.path("aside/notes.csv")).unwrap();
        assert!(aside == b"mine" && fs::read_dir(place.path("aside")).unwrap().count() == 1);
        if said.status == Some(0) {
            done += 1;
            if command == "resume" {
                // No manifest vouches for views, which `report` makes again.
                let is_view = |name: &Path| {
                    // A lock is held or not; what stands in it says nothing.
                    name == Path::new(".yangjae-lock")
                        || name.starts_with("figures")
                        || ["html", "xlsx"]
                            .iter()
                            .any(|it| name.extension().is_some_and(|end| end == *it))
                };
                let there = place.files("out");
                let unlike =
                    |(name, bytes): &(&PathBuf, &Vec<u8>)| there.get(*name) != Some(*bytes);
                let unlike: Vec<_> = files.iter().filter(unlike).map(|(name, _)| name).collect();
                assert!(unlike.iter().all(|name| is_view(name)), "{unlike:?} differ: {told}");
            }
        } else {
            refused += 1;
            let is_told = said.error.starts_with("error: ") || said.error.contains("\nerror: ");
            assert!(is_told, "{told}");
        }
        restore(&place, folder, files);
    }
    eprintln!("{refused} refused, {done} done");
    assert!(refused > 0);
}

/// With a minute of time and 3 GB of memory: lengths that are forged must not be believed.
fn limited(place: &Place, words: &str) -> Said {
    let said: Said = std::process::Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -v 3000000; exec timeout 120 \"$0\" {words}"))
        .arg(assert_cmd::cargo::cargo_bin!("yangjae"))
        .current_dir(place.path(""))
        .output()
        .unwrap()
        .into();
    said
}

/// Does something to a file; says what.
fn change(place: &Place, target: &Path, bytes: &[u8], choice: &mut Choice) -> &'static str {
    let text = || String::from_utf8_lossy(bytes).into_owned();
    let at = choice.below(bytes.len().max(1));
    let (what, changed) = match choice.below(12) {
        0 => ("is gone", None),
        1 => ("is empty", Some(Vec::new())),
        2 => ("is cut", Some(bytes[..at.min(bytes.len())].to_vec())),
        3 => ("is longer", Some([bytes, b"more\n"].concat())),
        4 => {
            fs::remove_file(target).unwrap();
            fs::create_dir(target).unwrap();
            return "is a folder";
        }
        5 => {
            fs::remove_file(target).unwrap();
            let to = ["aside", "aside/notes.csv", "nowhere"][choice.below(3)];
            std::os::unix::fs::symlink(place.path(to), target).unwrap();
            return "is a link";
        }
        6 => {
            let mut changed = bytes.to_vec();
            if let Some(byte) = changed.get_mut(at) {
                *byte ^= 1 << choice.below(8);
            }
            ("has another bit", Some(changed))
        }
        7 => {
            let word = *choice.one_of(&TEXTS);
            // Within a text of JSON or a cell, wherever a word is.
            ("has another text", Some(text().replacen("hub", word, 1).into_bytes()))
        }
        8 => {
            let number =
                *choice.one_of(&["1e30", "-1", "4294967296", "1e400", "NaN", "\"\"", "null"]);
            ("has another number", Some(replaced_number(&text(), number, choice).into_bytes()))
        }
        9 => {
            let (from, to) = *choice.one_of(&[
                ("\"time\"", "\"tame\""),
                ("null", "\"1:00\\n\\ntouch PWNED\""),
                ("policies/", "../../"),
                ("[", "{"),
                ("mine", "../mine"),
                (".csv", ".html"),
                ("2019", "2199"),
                ("6", "600000000"),
            ]);
            ("has another word", Some(text().replacen(from, to, 1 + choice.below(2)).into_bytes()))
        }
        10 => {
            let mut lines: Vec<String> = text().lines().map(str::to_owned).collect();
            if !lines.is_empty() {
                let at = choice.below(lines.len());
                lines.remove(at);
            }
            ("lacks a line", Some((lines.join("\n") + "\n").into_bytes()))
        }
        _ => {
            let mut lines: Vec<String> = text().lines().map(str::to_owned).collect();
            if !lines.is_empty() {
                let at = choice.below(lines.len());
                lines.insert(at, lines[at].clone());
            }
            ("has a line twice", Some((lines.join("\n") + "\n").into_bytes()))
        }
    };
    match changed {
        Some(changed) => fs::write(target, changed).unwrap(),
        None => fs::remove_file(target).unwrap(),
    }
    what
}

/// The text with one of its numbers replaced.
fn replaced_number(text: &str, number: &str, choice: &mut Choice) -> String {
    let starts: Vec<usize> = text
        .match_indices(|letter: char| letter.is_ascii_digit())
        .map(|(at, _)| at)
        .filter(|&at| !text[..at].ends_with(|before: char| before.is_ascii_alphanumeric()))
        .collect();
    if starts.is_empty() {
        return text.to_owned();
    }
    let start = *choice.one_of(&starts);
    let rest = &text[start..];
    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    format!("{}{number}{}", &text[..start], &rest[end..])
}

/// Puts everything back as it was.
fn restore(place: &Place, folder: &str, files: &std::collections::BTreeMap<PathBuf, Vec<u8>>) {
    let path = place.path(folder);
    fs::remove_dir_all(&path).unwrap();
    for (name, bytes) in files {
        let file = path.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
}

//! Whatever is done to the files of shards, merging them gives the bytes of the whole run, or says
//! what is wrong and leaves nothing.

use std::fs;
use std::path::PathBuf;

use crate::hostile::mutation::Choice;
use crate::program::Place;

const RUN: &str = "run mine --quiet --replications 6 --until 2019 --events 1";

#[test]
fn mutated_shards_merge_to_the_same_bytes_or_are_named() {
    try_out(24);
}

#[test]
#[ignore = "takes minutes: `tests/fuzz/run`"]
fn many_mutated_shards_merge_to_the_same_bytes_or_are_named() {
    let cases = std::env::var("YANGJAE_CASES").ok().and_then(|text| text.parse().ok());
    try_out(cases.unwrap_or(1_000));
}

fn try_out(cases: u64) {
    let place = Place::new();
    place.done(&format!("{RUN} --output whole"));
    for shard in 1..=3 {
        place.done(&format!("{RUN} --shard {shard}/3 --output parts/{shard}"));
    }
    let whole = place.files("whole");
    let parts = place.files("parts");
    let (mut merged, mut refused) = (0, 0);
    for case in 0..cases {
        let mut choice = Choice::new(case ^ 0x5eed);
        let paths: Vec<&PathBuf> =
            parts.keys().filter(|path| !path.ends_with(".yangjae-lock")).collect();
        // Half of the cases go for what is read of every shard; copies of inputs are many.
        let of_all = |path: &&&PathBuf| {
            path.ends_with("manifest.json") || path.extension().is_some_and(|it| it == "yjb")
        };
        let core: Vec<&PathBuf> = paths.iter().filter(of_all).copied().collect();
        let among = if choice.below(2) == 0 { &core } else { &paths };
        let path = (*choice.one_of(among)).clone();
        let bytes = garbled(&path, &parts[&path], &mut choice);
        let changed = place.path("parts").join(&path);
        match &bytes {
            Some(bytes) => fs::write(&changed, bytes).unwrap(),
            None => fs::remove_file(&changed).unwrap(),
        }
        // Lengths that are forged must not be believed: half a gibibyte is all there is.
        let said: crate::program::Said = std::process::Command::new("sh")
            .arg("-c")
            .arg("ulimit -v 1500000; exec \"$0\" merge parts --output merged --quiet --threads 1")
            .arg(assert_cmd::cargo::cargo_bin!("yangjae"))
            .current_dir(place.path(""))
            .output()
            .unwrap()
            .into();
        match said.status {
            Some(0) => {
                let differ = whole.iter().any(|(name, bytes)| {
                    fs::read(place.path("merged").join(name)).unwrap() != *bytes
                });
                assert!(!differ, "case {case}: {} merges to other bytes", path.display());
                merged += 1;
            }
            Some(1 | 2) => {
                let told = said.error.lines().any(|line| line.starts_with("error: "));
                assert!(told, "case {case}: {said:?}");
                assert!(!said.error.contains("panicked"), "case {case}: {said:?}");
                let left = place.path("merged/manifest.json").exists();
                assert!(!left, "case {case}: {} leaves a manifest", path.display());
                refused += 1;
            }
            _ => panic!("case {case}, {}: {said:?}", path.display()),
        }
        let _absent = fs::remove_dir_all(place.path("merged"));
        fs::write(&changed, &parts[&path]).unwrap();
    }
    eprintln!("{refused} refused, {merged} merged to the same bytes");
    assert!(refused > 0);
}

/// The file with something wrong; none where it is gone.
fn garbled(path: &std::path::Path, bytes: &[u8], choice: &mut Choice) -> Option<Vec<u8>> {
    let mut bytes = bytes.to_vec();
    let kind = choice.below(8);
    if bytes.is_empty() || kind == 0 {
        return None;
    }
    let at = choice.below(bytes.len());
    match kind {
        1 => bytes.truncate(at),
        2 => bytes.clear(),
        3 => bytes.extend(b"more"),
        4 => bytes[at] ^= 1 << choice.below(8),
        // A length or count, wherever one may stand.
        5 | 6 if path.extension().is_some_and(|ending| ending == "yjb") => {
            let head = choice.below(bytes.len().min(96));
            for byte in bytes.iter_mut().skip(head).take(4) {
                *byte = 0xff;
            }
        }
        _ => {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let (from, to) = *choice.one_of(&[
                ("1", "9"),
                ("0", "4294967296"),
                ("\"shard\"", "\"shared\""),
                ("/3\"", "/4\""),
                ("null", "[]"),
                ("[", "{"),
                ("policies", "../../x"),
                ("\"", ""),
                ("2", "-2"),
                ("replications\": 6", "replications\": 4294967295"),
                ("baseline", "hub"),
                ("replications\": 6", "replications\": 0"),
                ("mine", "../mine"),
            ]);
            bytes = text.replacen(from, to, 1 + choice.below(3)).into_bytes();
        }
    }
    Some(bytes)
}

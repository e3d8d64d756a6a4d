//! A damaged, cut or foreign block is named; it never yields values.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use tempfile::TempDir;
use yangjae::experiment::block::BlockError;
use yangjae::experiment::block::archive::Archive;
use yangjae::experiment::block::file;
use yangjae::experiment::block::file::Block;
use yangjae::experiment::fingerprint::Fingerprint;

use crate::batch::make;
use crate::fake::Fake;

fn one_block() -> (TempDir, PathBuf, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), &Fake::named(&["baseline", "more"]), 1, std::iter::once(0..4).collect());
    let path = folder.path().join(file::name(0));
    let bytes = fs::read(&path).unwrap();
    (folder, path, bytes)
}

fn opened_and_checked(path: &Path) -> Result<(), BlockError> {
    Block::open(path)?.check()
}

#[track_caller]
fn damaged(path: &Path, bytes: &[u8], message: &str) {
    fs::write(path, bytes).unwrap();
    let error = opened_and_checked(path).unwrap_err();
    assert!(matches!(error, BlockError::Damaged { .. }), "{error}");
    let text = error.to_string();
    assert!(text.starts_with(&format!("block `{}` is damaged: ", path.display())), "{text}");
    assert!(text.contains(message), "{text}");
}

#[test]
fn every_kind_of_damage_is_named() {
    let (_folder, path, bytes) = one_block();
    damaged(&path, b"", "the file is empty");
    damaged(&path, b"\x89YJB", "does not begin as a block");
    damaged(&path, &[b"policy,year\n", &bytes[12..]].concat(), "does not begin as a block");
    let mut newer = bytes.clone();
    newer[8] = 9;
    damaged(&path, &newer, "its format has version 9, and this program reads version 1");
    let mut endless = bytes.clone();
    endless[12..16].copy_from_slice(&u32::MAX.to_le_bytes());
    damaged(&path, &endless, "longer than that of any run");
    endless[12..16].copy_from_slice(&(1_u32 << 26).to_le_bytes());
    damaged(&path, &endless, "bytes instead of 67108912");
    damaged(&path, &bytes[..100], "it has 100 bytes instead of");
    damaged(&path, &bytes[..bytes.len() - 1], "bytes instead of");
    damaged(&path, &[&bytes[..], b"x"].concat(), "bytes instead of");
    let mut head = bytes.clone();
    head[50] ^= 1;
    damaged(&path, &head, "its head does not match its seal");
    let mut value = bytes.clone();
    *value.last_mut().unwrap() ^= 1;
    damaged(&path, &value, "of policy `more` does not match its checksum");
}

#[test]
fn no_byte_can_be_changed_or_lost_unseen() {
    let (_folder, path, bytes) = one_block();
    for place in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[place] ^= 1 << (place % 8);
        fs::write(&path, changed).unwrap();
        assert!(opened_and_checked(&path).is_err(), "byte {place} changed");
        fs::write(&path, &bytes[..place]).unwrap();
        assert!(opened_and_checked(&path).is_err(), "cut to {place} bytes");
    }
    fs::write(&path, &bytes).unwrap();
    opened_and_checked(&path).unwrap();
}

#[test]
fn a_block_of_another_run_is_refused_and_says_why() {
    let (folder, ..) = one_block();
    let fake = Fake::named(&["baseline", "more"]);
    let refused = |change: fn(&mut yangjae::experiment::block::RunShape)| {
        let mut shape = fake.shape();
        change(&mut shape);
        let error = Archive::open(folder.path(), &shape, 0..4).unwrap_err();
        assert!(matches!(error, BlockError::Foreign { .. }), "{error}");
        error.to_string()
    };
    let text = refused(|shape| shape.fingerprint = Fingerprint::of(b"other"));
    assert!(text.ends_with("another scenario, seed, option or version of the program"), "{text}");
    let text = refused(|shape| shape.years = 4);
    assert!(text.ends_with("it has 3 years, this run 4"), "{text}");
    let text = refused(|shape| shape.policies[1].policy = "other".to_owned());
    assert!(text.ends_with("it lacks the policy `other`"), "{text}");
    let text = refused(|shape| shape.policies[1].layout = Fingerprint::of(b"other"));
    assert!(text.ends_with("the series of policy `more` are others"), "{text}");
    let text = refused(|shape| shape.policies[0].columns[0].whole = false);
    assert!(text.ends_with("the series of policy `baseline` are others"), "{text}");
}

#[test]
fn policies_may_stand_in_another_order_and_some_may_be_left_aside() {
    let (folder, ..) = one_block();
    let shape = Fake::named(&["more"]).shape();
    let archive = Archive::open(folder.path(), &shape, 0..4).unwrap();
    let read = archive.read(0, &[0], 0..1).unwrap();
    let fake = Fake::named(&["baseline", "more"]);
    let expected: Vec<f64> = (0..4).map(|replication| fake.values(replication)[1][0]).collect();
    assert_eq!(read[0][0], expected);
}

#[test]
fn missing_and_doubled_replications_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let fake = Fake::named(&["baseline"]);
    make(folder.path(), &fake, 1, vec![0..3, 5..9, 7..12]);
    let error = |replications| {
        Archive::open(folder.path(), &fake.shape(), replications).unwrap_err().to_string()
    };
    assert!(error(0..9).ends_with("has no block with replication 3"));
    assert!(error(5..12).starts_with("replication 7 is in `"));
    assert!(error(20..21).ends_with("has no block with replication 20"));
    assert!(Archive::open(folder.path(), &fake.shape(), 0..3).is_ok());
}

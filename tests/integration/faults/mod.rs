//! What goes wrong on real machines: each with a message, the right status, and nothing half-written.

mod disk;
mod signals;

use std::fs;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;

use crate::program::Place;
use crate::program::Said;
use crate::program::all_files;

const RUN: &str = "run mine --quiet --replications 8 --until 2018";

/// Long enough that a test can interfere.
const LONG: &str = "run mine --quiet --replications 4000 --until 2018 --threads 1";

/// Says that a test is skipped; a failure where `YANGJAE_NO_SKIP` is set, as it is in continuous integration.
#[track_caller]
fn skipped(why: &str) {
    assert!(std::env::var_os("YANGJAE_NO_SKIP").is_none(), "{why}");
    eprintln!("SKIPPED: {why} here; this test has shown NOTHING");
}

/// Runs a shell script with a small disk at `disk`, in a mount namespace of its own, so that
/// nothing is left behind. None where this machine gives no namespaces: then the test is skipped.
pub(crate) fn with_disk(place: &Place, options: &str, script: &str) -> Option<Said> {
    let disk = place.path("disk");
    fs::create_dir_all(&disk).unwrap();
    let unshare = |script: &str| {
        Command::new("unshare")
            .args(["--map-root-user", "--mount", "sh", "-c", script])
            .env("YANGJAE", assert_cmd::cargo::cargo_bin!("yangjae"))
            .current_dir(place.path(""))
            .output()
    };
    let mount = format!("mount -t tmpfs -o {options} tmpfs disk");
    if !unshare(&mount).is_ok_and(|output| output.status.success()) {
        skipped("no small disk can be mounted");
        return None;
    }
    Some(unshare(&format!("{mount} && {script}")).unwrap().into())
}

/// Waits until something holds, for a minute at most.
#[track_caller]
fn wait_for(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..6_000 {
        if holds() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{what} in a minute");
}

fn blocks(folder: &Path) -> usize {
    let entries = fs::read_dir(folder.join("blocks")).into_iter().flatten().flatten();
    entries.filter(|entry| entry.file_name().to_string_lossy().ends_with(".yjb")).count()
}

/// A run that has finished some blocks and goes on.
fn under_way(place: &Place, arguments: &str, output: &str) -> Child {
    let mut command = place.hearing(&format!("{arguments} --output {output}"));
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let folder = place.path(output);
    wait_for("no block was finished", || blocks(&folder) > 0);
    child
}

fn signal(child: &Child, name: &str) {
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-s", name, &pid]).status().unwrap().success());
}

fn is_only_blocks(folder: &Path) {
    for path in all_files(folder).keys() {
        let name = path.display().to_string();
        assert!(name.starts_with("blocks/") || name == ".yangjae-lock", "{name} is there");
        assert!(!name.contains(".unfinished"), "{name} is there");
    }
}

#[test]
fn tables_of_an_earlier_time_are_replaced_only_when_asked_for() {
    let place = Place::new();
    for (command, table) in [
        (
            "noise mine --parameter-draws 2 --streams 2 --until 2018 --quiet --output out",
            "noise.csv",
        ),
        (
            "check mine --sources --policy hub --replications 2 --until 2018 --output out",
            "sources.csv",
        ),
        ("validate mine --replications 2 --firm-replications 1 --output out", "validation.csv"),
        (
            "attribute hub --scenario mine --replications 2 --until 2018 --quiet --output out",
            "attribution.csv",
        ),
    ] {
        place.done(command);
        let path = place.path("out").join(table);
        fs::write(&path, "mine").unwrap();
        let there = format!("`out/{table}` is there already; add `--force`");
        place.fails(command, 2, &[&there]);
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
        place.done(&format!("{command} --force"));
        assert_ne!(fs::read_to_string(&path).unwrap(), "mine");
    }
}

#[test]
fn a_report_of_a_run_that_is_not_finished_says_so() {
    let place = Place::new();
    let mut running = under_way(&place, LONG, "out");
    place.fails("report out", 2, &["the run in `out` is not finished", "run --resume"]);
    running.kill().unwrap();
    running.wait().unwrap();
    place.fails("report out", 2, &["the run in `out` is not finished"]);
    place.done(&format!("{RUN} --shard 1/2 --output part"));
    place.fails("report part", 2, &["`part` is shard 1/2 of a run", "yangjae merge"]);
    place.fails("report mine", 2, &["`mine` has no manifest.json"]);
}

#[test]
fn a_folder_that_another_run_writes_to_is_left_alone() {
    let place = Place::new();
    let mut other = under_way(&place, LONG, "out");
    for more in ["", "--resume", "--force"] {
        let run = format!("{RUN} --output out {more}");
        place.fails(&run, 1, &["`out` is in use by another run"]);
    }
    place.fails("merge out --output merged", 2, &["`out` is in use by a run"]);
    other.kill().unwrap();
    other.wait().unwrap();
}

/// Inputs are read once: what comes out is what the scenario was when the run began.
#[test]
fn a_scenario_that_is_changed_under_way_does_not_change_the_run() {
    let place = Place::new();
    let run = "run mine --quiet --replications 300 --until 2018 --events 1";
    place.done(&format!("{run} --output whole"));
    let child = under_way(&place, run, "out");
    for (name, bytes) in place.files("mine") {
        fs::write(place.path("mine").join(name), [&bytes[..], b"\nnonsense"].concat()).unwrap();
    }
    let said = Said::from(child.wait_with_output().unwrap());
    assert_eq!(said.status, Some(0), "{said:?}");
    place.same("whole", "out");
}

#[test]
fn time_zone_locale_environment_and_age_of_files_change_no_byte() {
    let place = Place::new();
    let run =
        "run mine --quiet --replications 4 --until 2019 --events 1 --replication-csv --output";
    place.done(&format!("{run} whole"));
    let environments: [&[(&str, &str)]; 3] = [
        &[("TZ", "Asia/Seoul"), ("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8")],
        &[("TZ", "Pacific/Kiritimati"), ("LC_ALL", "de_DE.UTF-8"), ("LC_NUMERIC", "de_DE.UTF-8")],
        &[("SOURCE_DATE_EPOCH", "1"), ("COLUMNS", "20"), ("NO_COLOR", "1"), ("TERM", "dumb")],
    ];
    for (number, environment) in environments.iter().enumerate() {
        // Files from long ago or from a time to come: a clock that is wrong.
        let age = ["@0", "2099-12-31", "2001-09-09"][number];
        let file = place.path("mine/scenario.toml");
        assert!(Command::new("touch").arg("-d").arg(age).arg(file).status().unwrap().success());
        let mut command = place.command(&format!("{run} out{number}"));
        command.env_clear().envs(environment.iter().copied());
        let said = Said::from(command.output().unwrap());
        assert_eq!(said.status, Some(0), "{said:?}");
        place.same("whole", &format!("out{number}"));
    }
}

/// A picture that cannot be written costs neither the tables nor the other views.
#[test]
fn a_view_that_fails_is_named_and_the_tables_stand() {
    let place = Place::new();
    place.done(&format!("{RUN} --output out"));
    let whole = place.files("out");
    // A folder where a picture should be.
    let picture = place.path("out/figures/years-jobs-city.png");
    fs::remove_file(&picture).unwrap();
    fs::create_dir_all(picture.join("mine")).unwrap();
    let said = place.run("report out --quiet");
    assert_eq!(said.status, Some(1), "{said:?}");
    let there = place.files("out");
    for words in ["the tables in", "all but figures/years-jobs-city.png", "remove or rename it"] {
        assert!(said.error.contains(words), "{said:?}");
    }
    let lacks = |name: &&std::path::PathBuf| there.get(*name) != whole.get(*name);
    let lacking: Vec<_> = whole.keys().filter(lacks).collect();
    assert_eq!(lacking, [Path::new("figures/years-jobs-city.png")]);
    fs::remove_dir_all(&picture).unwrap();
    place.done("report out --quiet");
    assert_eq!(place.files("out"), whole);
    // A file where the folder of pictures should be.
    fs::remove_dir_all(place.path("out/figures")).unwrap();
    fs::write(place.path("out/figures"), "mine").unwrap();
    for command in ["report out --quiet", &format!("{RUN} --output out --force")] {
        let words =
            ["all but figures,", "a file stands in the place of a folder; remove or rename"];
        place.fails(command, 1, &words);
        assert_eq!(fs::read(place.path("out/figures")).unwrap(), b"mine");
        for view in ["report.html", "workbook.xlsx"] {
            assert_eq!(place.files("out")[Path::new(view)], whole[Path::new(view)], "{command}");
        }
    }
}

/// The rule stands in `output/LONG-RUNS.md`: what is wrong with a folder is wrong input, but for
/// `verify`, whose answer it is.
#[test]
fn the_status_of_damage_is_that_of_wrong_input_and_for_verify_its_answer() {
    let place = Place::new();
    place.done(&format!("{RUN} --output out"));
    let table = place.path("out/yearly.csv");
    let before = fs::read_to_string(&table).unwrap();
    let damages: [(&str, &dyn Fn()); 4] = [
        ("yearly.csv", &|| {
            let changed = before.replacen(",8,", ",x,", 1);
            assert_ne!(changed, before);
            fs::write(&table, changed).unwrap();
        }),
        ("has no column", &|| fs::write(&table, "a,b\n1,2\n").unwrap()),
        ("is not a file; remove or rename it", &|| fs::create_dir(&table).unwrap()),
        ("has no yearly.csv", &|| {}),
    ];
    for (words, damage) in damages {
        fs::remove_file(&table).unwrap();
        damage();
        place.fails("report out --quiet", 2, &[words]);
        place.fails("verify out --sample 1", 1, &["yearly.csv"]);
        let _ = fs::remove_dir(&table);
        fs::write(&table, &before).unwrap();
    }
    fs::write(&table, "a,b\n1,2\n").unwrap();
    place.fails("report out --quiet", 2, &["`yangjae run` with `--resume` makes it anew"]);
    place.done(&format!("{RUN} --output out --resume"));
    assert_eq!(fs::read_to_string(&table).unwrap(), before);
}

/// The program under a library that stands between it and the system; built by the compiler that Rust
/// links with.
#[cfg(target_os = "linux")]
fn injected(place: &Place, arguments: &str, fault: &str) -> Command {
    let library = place.path("injected.so");
    if !library.exists() {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/integration/injected.c");
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", "-o"]).arg(&library).arg(source);
        assert!(compiler.status().unwrap().success());
    }
    let mut command = place.command(arguments);
    command.env("LD_PRELOAD", library).env("FAULT", fault);
    command
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_system_without_locks_is_told_and_used() {
    let place = Place::new();
    let words = "the file system of `out` knows no locks";
    for command in [&format!("{RUN} --output out"), "report out --quiet", "verify out --sample 1"] {
        let said = Said::from(injected(&place, command, "no-locks").output().unwrap());
        assert_eq!(said.status, Some(0), "{command}: {said:?}");
        // Who only reads takes no lock of its own.
        assert_eq!(said.error.contains(words), !command.starts_with("verify"), "{said:?}");
    }
}

/// The library of the workbook starts a thread a sheet. Where the system gives none, the workbook is
/// named with what to do, and everything else stands. Needs a user who may become another, as limits
/// do not hold for root.
#[cfg(target_os = "linux")]
#[test]
fn without_threads_for_its_sheets_only_the_workbook_is_missing() {
    let place = Place::new();
    let program = place.path("yangjae");
    fs::copy(assert_cmd::cargo::cargo_bin!("yangjae"), &program).unwrap();
    let everybody = |path: &Path| {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o777);
        fs::set_permissions(path, mode).unwrap();
    };
    everybody(&place.path(""));
    let run = "./yangjae run mine --quiet --replications 2 --until 2019 --threads 1 --output out";
    let limited = |line: &str| {
        let line = format!("ulimit -u 8; {line}");
        Command::new("setpriv")
            .args(["--reuid=65534", "--clear-groups", "bash", "-c", &line])
            .current_dir(place.path(""))
            .output()
    };
    if !limited("true").is_ok_and(|output| output.status.success()) {
        skipped("no user can be limited");
        return;
    }
    let said = Said::from(limited(run).unwrap());
    assert_eq!(said.status, Some(1), "{said:?}");
    for word in ["tables in `out` are whole", "all but workbook.xlsx", "one a sheet", "ulimit -u"] {
        assert!(said.error.contains(word), "no `{word}` in {said:?}");
    }
    assert!(!said.error.contains("mistake in the program"), "{said:?}");
    assert!(place.path("out/manifest.json").exists() && place.path("out/report.html").exists());
    place.done("report out --quiet");
    assert!(place.path("out/workbook.xlsx").exists());
}

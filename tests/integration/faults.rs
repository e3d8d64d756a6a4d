//! What goes wrong on real machines: each with a message, the right status, and nothing half-written.

use std::fs;
use std::io::BufRead;
use std::io::BufReader;
use std::path::Path;
use std::path::PathBuf;
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

/// Runs a shell script with a small disk at `disk`, in a mount namespace of its own, so that
/// nothing is left behind. None where this machine gives no namespaces: then the test is skipped,
/// and says so, unless `YANGJAE_NO_SKIP` is set, as it is in continuous integration.
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
        assert!(std::env::var_os("YANGJAE_NO_SKIP").is_none(), "no small disk can be mounted");
        eprintln!("SKIPPED: no small disk can be mounted here; this test has shown NOTHING");
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
        ("validate mine --replications 2 --firm-histories 1 --output out", "validation.csv"),
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
fn an_interruption_while_budgets_are_made_equal_is_told_with_status_130() {
    let place = Place::new();
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/yangjae");
    let run = format!("run {scenario} --equal-budget --threads 1 --output out");
    if !Path::new("/proc/self/status").exists() {
        eprintln!("SKIPPED: this system does not tell which signals are watched for");
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
        eprintln!("SKIPPED: there is no full device here");
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

#[test]
fn a_scenario_that_grows_without_bound_is_refused_with_the_limit() {
    let place = Place::new();
    let run = "run mine --quiet --replications 1 --policy baseline --threads 1";
    place.fails(
        &format!("{run} --until 2018 --set founder_rate=1000000"),
        2,
        &[
            "policy `baseline`, replication 0: at the end of 2018 there are",
            "300000 at most",
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

/// The rule stands in `src/commands/merge/README.md`: what is wrong with a folder is wrong input, but for
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
        assert!(std::env::var_os("YANGJAE_NO_SKIP").is_none(), "no limit can be set");
        eprintln!("SKIPPED: no user can be limited here; this test has shown NOTHING");
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

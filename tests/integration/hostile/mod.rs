//! Whatever is written in a scenario, the program either computes accounts that close, in finite
//! numbers, or says where the mistake is: no panic, no endless run, no NaN.
//!
//! `YANGJAE_CASES` sets how many cases `many_mutated_scenarios…` tries; `YANGJAE_CASE` tries one
//! and leaves its files to look at.

mod folders;
mod mutation;
mod shards;

use std::fmt::Write as _;
use std::fs;
use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::time::Duration;
use std::time::Instant;

use yangjae::analysis::study::Study;
use yangjae::analysis::study::StudyError;
use yangjae::analysis::study::Workspace;
use yangjae::commands::new::FILES;
use yangjae::commands::run;
use yangjae::model::StepError;
use yangjae::pipeline::study::StudyEngine;
use yangjae::pipeline::study::member;
use yangjae::scenario::Scenario;

use crate::hostile::mutation::Choice;
use crate::hostile::mutation::Files;
use crate::hostile::mutation::LINK;
use crate::hostile::mutation::mutate;
use crate::program::yangjae;
use crate::random::additional;
use crate::random::sane;

/// No case may take longer: one that does ends the whole test, with its number.
const LONGEST: Duration = Duration::from_secs(120);

/// What became of the cases.
#[derive(Debug, Default)]
struct Tally {
    refused: u64,
    simulated: u64,
    too_many_firms: u64,
    written: u64,
    slowest: (Duration, u64),
    failures: Vec<String>,
}

#[test]
fn mutated_scenarios_are_refused_with_a_place_or_keep_all_accounts() {
    try_out(0..120);
}

#[test]
#[ignore = "takes minutes: `tests/fuzz/run`"]
fn many_mutated_scenarios_are_refused_with_a_place_or_keep_all_accounts() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let cases = number("YANGJAE_CASES").unwrap_or(10_000);
    let one: Option<u64> = number("YANGJAE_CASE");
    try_out(one.map_or(0..cases, |one| one..one + 1));
}

/// Cases that were found once, and such as everybody tries first: files that are laid over the small
/// scenario, a folder each in `tests/fuzz/corpus`. All are refused with a place.
#[test]
fn cases_that_were_found_once_are_refused_with_a_place() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    let mut names: Vec<_> =
        fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert!(names.len() >= 10);
    for overlay in names {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path().join("mine");
        let mut files = small();
        for (path, content) in crate::program::all_files(&overlay) {
            files.insert(path.display().to_string(), content);
        }
        lay_out(&folder, files);
        let tally = Mutex::default();
        // A case of which the program itself is asked too.
        outcome(0, &folder, &[], &tally)
            .unwrap_or_else(|error| panic!("{}: {error}", overlay.display()));
        assert_eq!(tally.into_inner().unwrap().refused, 1, "{}", overlay.display());
    }
}

fn try_out(cases: std::ops::Range<u64>) {
    let (next, tally) = (AtomicU64::new(cases.start), Mutex::new(Tally::default()));
    let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let under_way: Vec<Mutex<Option<(u64, Instant)>>> =
        (0..threads).map(|_| Mutex::default()).collect();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| watch(&under_way, &done));
        let workers: Vec<_> = under_way
            .iter()
            .map(|mine| {
                scope.spawn(|| {
                    loop {
                        let case = next.fetch_add(1, Ordering::Relaxed);
                        if case >= cases.end {
                            break;
                        }
                        *mine.lock().unwrap() = Some((case, Instant::now()));
                        try_case(case, &tally);
                    }
                    *mine.lock().unwrap() = None;
                })
            })
            .collect();
        for worker in workers {
            worker.join().unwrap();
        }
        done.store(true, Ordering::Relaxed);
    });
    let tally = tally.into_inner().unwrap();
    eprintln!(
        "{} refused with a place, {} simulated ({} of them written as a run), {} with too many \
         firms; slowest: case {} in {:.1} s",
        tally.refused,
        tally.simulated,
        tally.written,
        tally.too_many_firms,
        tally.slowest.1,
        tally.slowest.0.as_secs_f64()
    );
    assert!(tally.failures.is_empty(), "{}", tally.failures.join("\n"));
    // Cases would prove little if all were refused, or all taken.
    if cases.end - cases.start >= 100 {
        assert!(tally.refused > 20 && tally.simulated > 10, "{tally:?}");
    }
}

/// Ends the process when a case takes too long: a thread cannot be ended.
#[expect(clippy::exit, reason = "nothing else ends a hang")]
fn watch(under_way: &[Mutex<Option<(u64, Instant)>>], done: &AtomicBool) {
    while !done.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(50));
        for one in under_way {
            if let Some((case, since)) = *one.lock().unwrap()
                && since.elapsed() > LONGEST
            {
                eprintln!("case {case} has taken {LONGEST:?}");
                std::process::exit(1);
            }
        }
    }
}

fn try_case(case: u64, tally: &Mutex<Tally>) {
    let temporary = tempfile::tempdir().unwrap();
    let mut choice = Choice::new(case);
    let folder = temporary.path().join("mine");
    let changed = write(&folder, &mut choice);
    let began = Instant::now();
    let result = catch_unwind(AssertUnwindSafe(|| outcome(case, &folder, &changed, tally)));
    let took = began.elapsed();
    let failure = match result {
        Ok(Ok(())) => None,
        Ok(Err(failure)) => Some(failure),
        Err(_) => Some("panicked".to_owned()),
    };
    let mut tally = tally.lock().unwrap();
    tally.slowest = tally.slowest.max((took, case));
    if let Some(failure) = failure {
        tally.failures.push(format!("case {case}, {changed:?}: {failure}"));
    }
    if std::env::var_os("YANGJAE_CASE").is_some() {
        eprintln!("{changed:?} in {}", temporary.keep().display());
    }
}

/// Writes a valid scenario with one or two mutations; returns the paths that are changed.
fn write(folder: &Path, choice: &mut Choice) -> Vec<String> {
    let mut files = base(choice);
    let changed = (0..=choice.below(2)).map(|_| mutate(&mut files, choice)).collect();
    lay_out(folder, files);
    changed
}

fn lay_out(folder: &Path, files: Files) {
    fs::create_dir_all(folder.join("policies")).unwrap();
    for (path, content) in files {
        if let Some(within) = folder.join(&path).parent() {
            fs::create_dir_all(within).unwrap();
        }
        // A further mutation may have left of a link what no path can be: then it is a file.
        let to = content.strip_prefix(LINK.as_bytes()).and_then(|to| std::str::from_utf8(to).ok());
        match to.filter(|to| !to.is_empty() && !to.contains('\0')) {
            Some(to) => std::os::unix::fs::symlink(to, folder.join(path)).unwrap(),
            None => fs::write(folder.join(path), content).unwrap(),
        }
    }
}

/// The small scenario, or the shipped one.
fn base(choice: &mut Choice) -> Files {
    if choice.below(4) == 0 {
        let mut files = Files::new();
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae");
        for (path, content) in crate::program::all_files(&shipped) {
            let path = path.display().to_string();
            if path.ends_with("toml") || path.ends_with("csv") {
                files.insert(path, content);
            }
        }
        return files;
    }
    small()
}

/// The small scenario of `new` with all that a scenario may have.
fn small() -> Files {
    let mut files = Files::new();
    for (path, text) in FILES {
        let text = text.replace("last_year = 2030", "last_year = 2021");
        files.insert((*path).to_owned(), text.into_bytes());
    }
    let mut change = |path: &str, from: &str, to: &str| {
        let text = String::from_utf8(files[path].clone()).unwrap();
        files.insert(path.to_owned(), text.replace(from, to).into_bytes());
    };
    change("scenario.toml", "seed = 1", "posterior = \"posterior.csv\"\nseed = 1");
    for name in ["founder_rate = {", "quit_rate = {"] {
        change("parameters.toml", name, &format!("{name} free = true,"));
    }
    let observed = "metric,place,period,value,tolerance,source\n\
                    tenants,hub,2019,30,2,A\ngraduates,city,2018-2020,12.5,1.5,\"B, C\"\n";
    files.insert("observed.csv".to_owned(), observed.as_bytes().to_vec());
    let posterior = "weight,founder_rate,quit_rate\n0.5,150,0.1\n0.25,160,0.12\n1,140,0.13\n";
    files.insert("posterior.csv".to_owned(), posterior.as_bytes().to_vec());
    files
}

fn outcome(
    case: u64,
    folder: &Path,
    changed: &[String],
    tally: &Mutex<Tally>,
) -> Result<(), String> {
    let scenario = match Scenario::loader(folder).load() {
        Ok(scenario) => scenario,
        Err(error) => {
            tally.lock().unwrap().refused += 1;
            let placed = error.problems.iter().all(|problem| {
                !problem.file.is_empty()
                    && (problem.position.is_some() || of_a_whole_file(&problem.message))
            });
            let text = error.render(false);
            if error.problems.is_empty() || !placed || text.trim().is_empty() {
                return Err(format!("refused without a place: {text}"));
            }
            return if case.is_multiple_of(64) { refused_by_the_program(folder) } else { Ok(()) };
        }
    };
    let mut chosen = scenario.clone();
    let baseline = chosen.policies[chosen.baseline].name.clone();
    let last = chosen.policies.last().map(|policy| policy.name.clone());
    let wanted = |name: &str| {
        name == baseline
            || Some(name) == last.as_deref()
            || changed.iter().any(|path| *path == format!("policies/{name}.toml"))
    };
    chosen.policies.retain(|policy| wanted(&policy.name));
    chosen.baseline = chosen.policies.iter().position(|policy| policy.name == baseline).unwrap();
    chosen.replications = 2;
    let others = chosen.policies.iter().filter(|policy| policy.name != baseline).map(member);
    let study = Study::new(&chosen, others.collect(), member(&chosen.policies[chosen.baseline]));
    let values = match study.replicate(0, &mut Workspace::default()) {
        Ok(values) => values,
        Err(StudyError::Identity { source: StepError::TooManyFirms { .. }, .. }) => {
            tally.lock().unwrap().too_many_firms += 1;
            return Ok(());
        }
        Err(error) => return Err(error.to_string()),
    };
    for (layout, values) in study.layouts().iter().zip(&values) {
        sane(layout, values)?;
        additional(layout, values)?;
    }
    tally.lock().unwrap().simulated += 1;
    if case % 32 == 1 {
        written(&chosen, folder)?;
        tally.lock().unwrap().written += 1;
    }
    Ok(())
}

/// Whether a message is of a file as a whole, where there is no line to show.
fn of_a_whole_file(message: &str) -> bool {
    [
        "lacks the file",
        "lacks the key",
        "there is no policy",
        "is empty",
        "cannot be read",
        "larger than",
        "a link to a file that does not exist",
    ]
    .iter()
    .any(|words| message.contains(words))
}

/// What the program itself says of a scenario that is refused.
fn refused_by_the_program(folder: &Path) -> Result<(), String> {
    let output = yangjae().arg("check").arg(folder).output().unwrap();
    let text = String::from_utf8(output.stderr).map_err(|error| error.to_string())?;
    if output.status.code() == Some(2) && text.contains("error") && text.contains("mine") {
        return Ok(());
    }
    Err(format!("check ended with {:?}: {text}", output.status))
}

/// Runs the whole pipeline, and looks for what is no number in any table.
fn written(scenario: &Scenario, folder: &Path) -> Result<(), String> {
    let output = folder.with_file_name("written");
    let arguments = run::Arguments {
        output: Some(output.clone()),
        quiet: true,
        threads: NonZeroUsize::new(1),
        replication_csv: true,
        events: Some(1),
        ..run::Arguments::default()
    };
    let stop = AtomicBool::new(false);
    match run::run(scenario, &arguments, StudyEngine::new, &stop) {
        Ok(_) => {}
        Err(error) => {
            let mut text = error.to_string();
            let mut cause = std::error::Error::source(&error);
            while let Some(error) = cause {
                let _ = write!(text, ": {error}");
                cause = error.source();
            }
            return if text.contains("at most") { Ok(()) } else { Err(text) };
        }
    }
    for (path, content) in crate::program::all_files(&output) {
        if path.extension().is_some_and(|ending| ending == "csv") && !path.starts_with("blocks") {
            let text = String::from_utf8(content).map_err(|error| error.to_string())?;
            let is_none = |cell: &str| {
                let cell = cell.trim_start_matches('-').to_ascii_lowercase();
                ["nan", "inf", "infinity"].contains(&cell.as_str())
            };
            if let Some(line) = text.lines().find(|line| line.split(',').any(is_none)) {
                return Err(format!("{} has the row {line}", path.display()));
            }
        }
    }
    Ok(())
}

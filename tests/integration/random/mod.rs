//! The accounts hold whatever is written: stock-flow identities for firms, jobs, pool, homes, floor
//! space and money, and both identities of additionality, in random small scenarios.
//!
//! Every scenario goes through the reader as a user's does. One that fails is shrunk to a small
//! one, whose files the message shows.

mod recipe;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;

use proptest::test_runner::Config;
use proptest::test_runner::RngAlgorithm;
use proptest::test_runner::TestCaseError;
use proptest::test_runner::TestError;
use proptest::test_runner::TestRng;
use proptest::test_runner::TestRunner;
use yangjae::analysis::layout::Layout;
use yangjae::analysis::layout::Table;
use yangjae::analysis::study::Study;
use yangjae::analysis::study::Workspace;
use yangjae::analysis::study::policy::StudyPolicy;
use yangjae::commands::new::FILES;
use yangjae::model::ledger::event::EventKind;
use yangjae::pipeline::study::member;
use yangjae::scenario::Scenario;

use crate::random::recipe::Recipe;
use crate::random::recipe::recipes;

/// Scenarios that share a seed of their own: which ones are tried depends on no thread.
const PART: u32 = 250;

/// How many are tried.
const SCENARIOS: u32 = 10_000;

/// The kinds of event that have been seen.
type Seen = Mutex<BTreeSet<EventKind>>;

#[test]
fn accounts_close_in_ten_thousand_random_small_scenarios() {
    let seen = Seen::default();
    try_out(&seen);
    // The scenarios would prove little if some things never happened in them.
    let seen = seen.into_inner().unwrap();
    let missing: Vec<&EventKind> =
        EventKind::ALL.iter().filter(|kind| !seen.contains(kind)).collect();
    assert!(missing.is_empty(), "these never happened: {missing:?}");
}

fn try_out(seen: &Seen) {
    let next = AtomicU32::new(0);
    let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    std::thread::scope(|scope| {
        let work = || {
            loop {
                let part = next.fetch_add(1, Ordering::Relaxed);
                if part * PART >= SCENARIOS {
                    break;
                }
                try_part(part, seen);
            }
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            worker.join().unwrap();
        }
    });
}

fn try_part(part: u32, seen: &Seen) {
    let config = Config { cases: PART, failure_persistence: None, ..Config::default() };
    let mut seed = [7; 32];
    seed[..4].copy_from_slice(&part.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in FILES {
        if *file == "observed.csv" {
            fs::write(folder.path().join(file), text).unwrap();
        }
    }
    fs::create_dir(folder.path().join("policies")).unwrap();
    let mut workspace = Workspace::default();
    // Proptest tries one at a time, so the workspace is never lent twice.
    let workspace = std::cell::RefCell::new(&mut workspace);
    let result = TestRunner::new_with_rng(config, rng).run(&recipes(), |recipe| {
        accounts_close(&recipe, folder.path(), &mut workspace.borrow_mut(), seen)
            .map_err(TestCaseError::fail)
    });
    if let Err(TestError::Fail(reason, recipe)) = result {
        panic!("part {part}: {reason}\n{}", shown(&recipe));
    }
    result.unwrap();
}

/// The files of a scenario, to try it by hand.
fn shown(recipe: &Recipe) -> String {
    let mut text = format!("replication {}, set {:?}\n", recipe.replication, recipe.settings());
    let _ = write!(text, "{}{}", recipe.scenario(), recipe.district());
    for (name, policy) in recipe.policies() {
        let _ = write!(text, "# policies/{name}.toml\n{policy}");
    }
    text
}

fn accounts_close(
    recipe: &Recipe,
    folder: &Path,
    workspace: &mut Workspace,
    seen: &Seen,
) -> Result<(), String> {
    let write = |file: &str, text: &str| fs::write(folder.join(file), text).unwrap();
    write("scenario.toml", &recipe.scenario());
    write("district.toml", &recipe.district());
    let parameters = FILES.iter().find(|(file, _)| *file == "parameters.toml");
    write("parameters.toml", &recipe.parameters(parameters.unwrap().1));
    for (name, text) in recipe.policies() {
        write(&format!("policies/{name}.toml"), &text);
    }
    let scenario = Scenario::loader(folder)
        .set_all(&recipe.settings())
        .load()
        .map_err(|error| format!("the scenario is refused: {error}"))?;
    let study = study(&scenario);
    let replication = u32::from(recipe.replication);
    // An identity that does not hold is an error of the study.
    let values = study.replicate(replication, workspace).map_err(|error| error.to_string())?;
    let layouts = study.layouts();
    for (layout, values) in layouts.iter().zip(&values) {
        sane(layout, values)?;
        additional(layout, values)?;
    }
    if replication % 8 == 0 {
        thorough(&study, replication, &values, seen)?;
    }
    Ok(())
}

fn study(scenario: &Scenario) -> Study {
    let baseline = &scenario.policies[scenario.baseline];
    let others = scenario.policies.iter().filter(|policy| policy.name != baseline.name);
    let others: Vec<StudyPolicy> = others.map(member).collect();
    Study::new(scenario, others, member(baseline))
}

/// Every value is a number, and stocks are none below zero.
pub(crate) fn sane(layout: &Layout, values: &[f64]) -> Result<(), String> {
    let stocks = ["firms", "jobs", "specialists", "pool", "homes_occupied", "tenants", "sales"];
    let years = layout.years.len();
    for (series, values) in layout.series.iter().zip(values.chunks(years)) {
        for (year, &value) in layout.years.iter().zip(values) {
            let below = stocks.contains(&series.name) && value < 0.0;
            if !value.is_finite() || below || series.whole && value.fract() != 0.0 {
                return Err(format!(
                    "{}: {} at {} in {year} is {value}",
                    layout.policy, series.name, series.place
                ));
            }
        }
    }
    Ok(())
}

/// Both identities of additionality, from what is written to the tables.
pub(crate) fn additional(layout: &Layout, values: &[f64]) -> Result<(), String> {
    let years = layout.years.len();
    for measure in ["jobs", "investment"] {
        let term = |name: &str, year: usize| {
            let series = layout.position(Table::Additionality, name, measure)?;
            Some(values[series * years + year])
        };
        for year in 0..years {
            let Some(gross) = term("gross", year) else { continue };
            let sum =
                |names: &[&str]| names.iter().filter_map(|name| term(name, year)).sum::<f64>();
            let parts = sum(&["deadweight", "relocated", "created"]);
            let net =
                sum(&["created", "created_outside", "spillover"]) - sum(&["lost", "displaced"]);
            if gross.to_bits() != (0.0 + parts).to_bits() && gross != parts {
                return Err(format!("{measure}: gross {gross} is not {parts}"));
            }
            if Some(net) != term("net_city", year) {
                return Err(format!("{measure}: net in the city is not {net}"));
            }
        }
    }
    Ok(())
}

/// What costs more to check: the sums of the ledger against its events, cash against its events,
/// and the shortcut by which policies share their past with the baseline.
fn thorough(
    study: &Study,
    replication: u32,
    values: &[Vec<f64>],
    seen: &Seen,
) -> Result<(), String> {
    let alone = study.clone().without_shared_past();
    let again = alone.replicate(replication, &mut Workspace::default());
    if again.map_err(|error| error.to_string())? != values {
        return Err("a policy simulated from the first year gives other values".to_owned());
    }
    for (policy, layout) in study.layouts().iter().enumerate() {
        let agree = study.sums_agree_with_events(policy, replication);
        if !agree.map_err(|error| error.to_string())? {
            return Err(format!("{}: sums are not those of the events", layout.policy));
        }
        let events = study.events(policy, replication).map_err(|error| error.to_string())?;
        seen.lock().unwrap().extend(events.iter().map(|entry| entry.kind));
        let years = layout.years.len();
        for (index, &year) in layout.years.iter().enumerate() {
            let is_cash = |entry: &&yangjae::model::ledger::event::Entry| {
                entry.kind == EventKind::Cash && entry.year == year
            };
            let logged: i64 = events.iter().filter(is_cash).map(|entry| entry.amount).sum();
            let booked: f64 = (layout.series.iter().zip(values[policy].chunks(years)))
                .filter(|(series, _)| series.table == Table::Cash)
                .map(|(_, values)| values[index])
                .sum();
            if booked != logged as f64 {
                return Err(format!("{}: cash {booked} booked, {logged} logged", layout.policy));
            }
        }
    }
    Ok(())
}

//! `sensitivity.csv` and `assumptions.csv` on the real engine: no parameter that touches nothing is
//! named, and what is said of causes is what moving them does.

use std::sync::atomic::AtomicBool;

use yangjae::analysis::sensitivity;
use yangjae::commands::changes::ChangeArguments;
use yangjae::commands::run;
use yangjae::commands::run::Arguments;
use yangjae::evidence::sources;
use yangjae::experiment::batch;
use yangjae::experiment::batch::BatchPlan;
use yangjae::experiment::batch::Silent;
use yangjae::experiment::batch::Workers;
use yangjae::experiment::block::archive::Archive;
use yangjae::experiment::uncertainty::Uncertainty;
use yangjae::pipeline::engine::Engine as _;
use yangjae::pipeline::job::Job;
use yangjae::pipeline::study::StudyEngine;
use yangjae::random::Key;
use yangjae::random::Purpose;
use yangjae::scenario::Scenario;

use crate::program::Place;

/// In place of every parameter that cannot act, keyed uniform numbers stand in the design, a set of
/// their own in each of 40 runs, and are judged like the rest over all differences of all policies.
#[test]
fn dummies_on_the_real_engine_are_not_named() {
    const REPLICATIONS: u32 = 40;
    let place = Place::new();
    let until = Some(2022);
    let scenario = Scenario::loader(&place.path("mine")).until(until).load().unwrap();
    let arguments = Arguments {
        replications: Some(REPLICATIONS),
        replaced: ChangeArguments { until, ..ChangeArguments::default() },
        ..Arguments::default()
    };
    let recipe = run::recipe(&scenario, &arguments).unwrap();
    let engine = StudyEngine::new(&recipe.scenario);
    let stop = AtomicBool::new(false);
    let workers = Workers::start(None, &stop).unwrap();
    let job = Job::new(&recipe, &engine, &workers);
    let folder = tempfile::tempdir().unwrap();
    let blocks = batch::blocks(REPLICATIONS);
    let plan = BatchPlan { folder: folder.path(), shape: &job.shape, blocks };
    let simulate =
        |replication: u32, workspace: &mut _| job.engine.simulate(replication, workspace);
    batch::run(&workers, &plan, || job.engine.workspace(), simulate, &Silent).unwrap();
    let archive = Archive::open(folder.path(), &job.shape, 0..REPLICATIONS).unwrap();
    let results = job.results(&archive);

    let uncertainty = Uncertainty::of(&recipe.scenario);
    let dummies: Vec<usize> = (0..recipe.scenario.register.len())
        .filter(|&parameter| {
            let policies = 0..recipe.scenario.policies.len();
            !policies
                .into_iter()
                .any(|policy| sources::can_act(&recipe.scenario, policy, parameter))
        })
        .collect();
    assert!(dummies.len() >= 18, "{}", dummies.len());
    let (runs, mut named, mut causes) = (40, 0, 0);
    for run in 0..runs {
        let column = |parameter: usize| {
            if !dummies.contains(&parameter) {
                return uncertainty.column(parameter, 0..REPLICATIONS);
            }
            let key = |row: u32| Key::world(run, row.into()).entity(parameter as u64);
            (0..REPLICATIONS).map(|row| key(row).uniform(0, Purpose::Analysis)).collect()
        };
        let rows = sensitivity::sensitivity(
            &results,
            recipe.scenario.register.len(),
            column,
            |_, _| true,
            &[],
        )
        .unwrap();
        let is_dummy = |row: &&sensitivity::SensitivityRow<'_>| dummies.contains(&row.parameter);
        named += u32::from(rows.iter().filter(|row| row.named).any(|row| is_dummy(&row)));
        causes += rows.iter().filter(|row| row.named && !is_dummy(row)).count();
        assert!(rows.iter().any(|row| is_dummy(&row)), "they are judged");
    }
    println!("{named} of {runs} runs name one of {} dummies; {causes} causes", dummies.len());
    // 5 % of 40, and three standard errors.
    assert!(named <= 6, "{named} of {runs}");
    // Parameters that cannot act have no row where that is known.
    let column = |parameter| uncertainty.column(parameter, 0..REPLICATIONS);
    let acts = |policy, parameter| sources::can_act(&recipe.scenario, policy, parameter);
    let rows =
        sensitivity::sensitivity(&results, recipe.scenario.register.len(), column, acts, &dummies)
            .unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| !dummies.contains(&row.parameter)));
}

/// The table of assumptions is the same for any number of threads, merged or not, and its moves are
/// the differences at the two ends.
#[test]
fn assumptions_are_the_same_however_they_are_computed() {
    let place = Place::new();
    let run = "run mine --until 2021 --replications 24 --quiet";
    place.done(&format!("{run} --threads 1 --output one"));
    place.done(&format!("{run} --threads 3 --output three"));
    place.done(&format!("{run} --shard 1/2 --output shard-1"));
    place.done(&format!("{run} --shard 2/2 --output shard-2"));
    place.done("merge shard-1 shard-2 --output merged --quiet");
    let table =
        |folder: &str| std::fs::read_to_string(place.path(folder).join("assumptions.csv")).unwrap();
    let one = table("one");
    assert_eq!(one, table("three"));
    assert_eq!(one, table("merged"));
    let mut reader = csv::Reader::from_reader(one.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|other| other == name).unwrap();
    let (mut rows, mut last) = (0, None::<(String, f64)>);
    for row in reader.records() {
        let row = row.unwrap();
        let number = |name: &str| row[column(name)].parse::<f64>().unwrap();
        let moves = number("moves");
        let ends = number("difference_at_high") - number("difference_at_low");
        assert!((moves - ends).abs() <= 1e-6 * ends.abs().max(1.0), "{row:?}");
        assert!(number("low") < number("high"), "{row:?}");
        let of = format!("{} {} {}", &row[0], &row[2], &row[3]);
        if let Some((before, most)) = &last {
            assert!(*before != of || moves.abs() <= *most, "{row:?}");
        }
        last = Some((of, moves.abs()));
        rows += 1;
    }
    assert!(rows > 0, "some policy of the scenario leads");
}

//! Large runs: what is computed does not depend on how it is cut to fit into memory. That memory does not grow with
//! the run is shown by `tests/memory/run`.

use std::sync::atomic::AtomicBool;

use yangjae::analysis::additionality;
use yangjae::analysis::appraisal;
use yangjae::analysis::appraisal::Discounting;
use yangjae::analysis::comparison;
use yangjae::analysis::pairs;
use yangjae::analysis::results::Results;
use yangjae::analysis::sensitivity;
use yangjae::analysis::summary;
use yangjae::commands::changes::ChangeArguments;
use yangjae::commands::run;
use yangjae::commands::run::Arguments;
use yangjae::experiment::batch;
use yangjae::experiment::batch::BatchPlan;
use yangjae::experiment::batch::Silent;
use yangjae::experiment::batch::Workers;
use yangjae::experiment::block::archive::Archive;
use yangjae::experiment::uncertainty::Uncertainty;
use yangjae::pipeline::engine::Engine as _;
use yangjae::pipeline::job::Job;
use yangjae::pipeline::study::StudyEngine;
use yangjae::scenario::Scenario;

use crate::program::Place;

/// With room for a single column at a time, every table has the rows that it has with room for all.
#[test]
fn what_is_computed_does_not_depend_on_the_room_in_memory() {
    let place = Place::new();
    let until = Some(2020);
    let scenario = Scenario::loader(&place.path("mine")).until(until).load().unwrap();
    let arguments = Arguments {
        replications: Some(24),
        replaced: ChangeArguments { until, ..ChangeArguments::default() },
        ..Arguments::default()
    };
    let recipe = run::recipe(&scenario, &arguments).unwrap();
    let engine = StudyEngine::new(&recipe.scenario);
    let stop = AtomicBool::new(false);
    let workers = Workers::start(None, &stop).unwrap();
    let job = Job::new(&recipe, &engine, &workers);
    let folder = tempfile::tempdir().unwrap();
    let plan = BatchPlan { folder: folder.path(), shape: &job.shape, blocks: batch::blocks(24) };
    let simulate =
        |replication: u32, workspace: &mut _| job.engine.simulate(replication, workspace);
    batch::run(&workers, &plan, || job.engine.workspace(), simulate, &Silent).unwrap();

    let archive = Archive::open(folder.path(), &job.shape, 0..24).unwrap();
    let uncertainty = Uncertainty::of(&recipe.scenario);
    let discounting = Discounting::of(&recipe.scenario);
    let rows = |results: &Results<'_>| {
        let column = |parameter| uncertainty.column(parameter, 0..24);
        [
            format!("{:?}", summary::summarise(results).unwrap()),
            format!("{:?}", comparison::compare(results).unwrap()),
            format!("{:?}", pairs::pairs(results, discounting, true).unwrap()),
            format!("{:?}", additionality::additionality(results, &[]).unwrap()),
            format!("{:?}", appraisal::appraise(results, discounting).unwrap()),
            {
                let parameters = recipe.scenario.register.len();
                let acts = |_, _| true;
                let rows = sensitivity::sensitivity(results, parameters, column, acts, &[3]);
                format!("{:?}", rows.unwrap())
            },
        ]
    };
    let ample = job.results(&archive);
    let scarce = Results { working_set: 1, ..ample };
    for (ample, scarce) in rows(&ample).iter().zip(rows(&scarce)) {
        assert!(ample.len() > 1_000, "{ample}");
        assert_eq!(*ample, scarce);
    }
}

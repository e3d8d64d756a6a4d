//! Whether a search finds what it should, on the shipped scenario at the cost of the Support Centre: how many of the
//! packages that it takes for good are dominated in replications that neither it nor its report saw, and whether they
//! reach more than the best of 2,000 random packages within the same budget.
//!
//! ```text
//! cargo bench --bench search [-- EFFORT]
//! ```

#![expect(clippy::print_stdout, reason = "a study prints what it finds")]

use std::error::Error;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use yangjae::Design;
use yangjae::Scenario;
use yangjae::analysis::decision::criterion::Criterion;
use yangjae::analysis::search::Archive;
use yangjae::analysis::search::Member;
use yangjae::analysis::search::budget::Limit;
use yangjae::analysis::search::budget::Period;
use yangjae::analysis::search::course::Course;
use yangjae::analysis::search::course::HALVING;
use yangjae::analysis::search::course::State;
use yangjae::analysis::search::found::MOST;
use yangjae::analysis::search::hypervolume::hypervolume;
use yangjae::analysis::search::judge::Bound;
use yangjae::analysis::search::judge::Files;
use yangjae::analysis::search::judge::Judge;
use yangjae::analysis::search::measured::Measured;
use yangjae::analysis::search::measured::Rules;
use yangjae::analysis::search::measured::Statistic;
use yangjae::analysis::search::space::Package;
use yangjae::analysis::search::space::Space;
use yangjae::experiment::batch::Workers;
use yangjae::scenario::policy_text::Head;

/// Random packages.
const RANDOM: u64 = 2_000;
/// How many of them are simulated at a time.
const AT_A_TIME: usize = 50;
/// Replications that neither the search nor the command's report simulates.
const FRESH: std::ops::Range<usize> = 400..600;

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let effort = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(15_000);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae");
    let scenario = Scenario::loader(&folder).load()?;
    let space = Space::of(&scenario, false);
    let aims: Vec<Criterion> = vec!["economic_npv".parse()?, "net_jobs".parse()?];
    let stop = AtomicBool::new(false);
    let workers = Workers::start(None, &stop)?;
    let files = Files { scenario: &scenario, folder: &folder, set: &[], until: None, future: None };
    let worlds = [files];
    let judge = Judge { worlds: &worlds, aims: &aims, bounds: &[], workers: &workers };
    let limit = Limit::read("support-center", Period::Whole, &scenario)?;
    let centre = scenario.policies.iter().find(|policy| policy.name == "support-center");
    let amount = judge.spent(centre.ok_or("no support-center")?, &limit, 0..HALVING.ceiling)?;
    let bounds = [Bound { limit, amount, like: centre.cloned() }];
    let rules = Rules {
        statistics: vec![Statistic::Mean; 2],
        cost_counts: false,
        design: Design::of_run(&scenario),
        seed: scenario.seed,
    };
    let judge = Judge { bounds: &bounds, ..judge };
    let course = Course { space: &space, judge, rules: &rules, files };
    println!("budget: {amount:.0} {} (present value)", scenario.money.account);

    let mut state = State::default();
    while state.effort < effort && course.step(&mut state)? {}
    let searched = measured(&course, &course.best(&state, MOST), FRESH)?;
    println!("search: {} generations, {} replications", state.search.generation, state.effort);
    let dominated = searched
        .iter()
        .filter(|one| searched.iter().any(|other| rules.is_clearly_better(other, one)))
        .count();
    println!("members: {}, of which dominated beyond chance: {dominated}", searched.len());

    let random = measured(&course, &best_of_random(&course)?, FRESH)?;
    println!("random: {} on the front of {RANDOM}", random.len());
    let points = |all: &[Measured]| -> Vec<Vec<f64>> {
        all.iter().map(|it| rules.evaluation(it).objectives).collect()
    };
    let (searched, random) = (points(&searched), points(&random));
    // Above the worst that any of both reaches.
    let worst = |criterion: usize| {
        let all = searched.iter().chain(&random).map(|point| point[criterion]);
        all.fold(f64::INFINITY, f64::min)
    };
    let reference = [worst(0), worst(1)];
    let volumes = [&searched, &random].map(|points| hypervolume(points, &reference));
    println!("hypervolume: search {:.4e}, random {:.4e}", volumes[0], volumes[1]);
    println!("search ÷ random: {:.3}", volumes[0] / volumes[1]);
    if volumes[0] < volumes[1] || dominated * 20 > searched.len() {
        return Err("the search finds less than it should".into());
    }
    Ok(())
}

/// What packages reach in some replications.
fn measured(
    course: &Course<'_>,
    packages: &[Package],
    replications: std::ops::Range<usize>,
) -> Result<Vec<Measured>, Failure> {
    let scenario = course.space.scenario;
    let head = |name: &str, _: &Package| Head {
        title: format!("Package {name}"),
        title_ko: format!("묶음 {name}"),
        extends: scenario.policies[scenario.baseline].name.clone(),
        ..Head::default()
    };
    let loaded = course.policies(packages, head).into_iter().map(|(_, policy)| policy);
    let policies = loaded.collect::<Option<Vec<_>>>().ok_or("a package is refused")?;
    Ok(course.judge.measure(&policies, replications, &|| ())?)
}

/// The front of the random packages that are within the budget, by as many replications as a search gives a package
/// first.
fn best_of_random(course: &Course<'_>) -> Result<Vec<Package>, Failure> {
    // Others than the first generation has.
    let packages: Vec<Package> =
        (1_000_000..1_000_000 + RANDOM).map(|number| course.random(number)).collect();
    let mut state = State::default();
    let mut front = Archive::new();
    let mut within = 0;
    for packages in packages.chunks(AT_A_TIME) {
        for (package, found) in packages.iter().zip(measured(course, packages, 0..HALVING.first)?) {
            let evaluation = course.rules.evaluation(&found);
            within += usize::from(evaluation.is_feasible());
            front.offer(&Member { genome: course.space.genome(package), evaluation });
        }
    }
    println!("random: {within} of {RANDOM} within the budget");
    state.search.archive = front;
    Ok(course.best(&state, MOST))
}

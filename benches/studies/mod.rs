//! The scenarios that the benches run, and what they count in their results.

#![allow(unreachable_pub, reason = "a module of several programs")]

pub mod phases;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use yangjae::analysis::layout::Layout;
use yangjae::analysis::layout::Table;
use yangjae::pipeline::engine::Engine;
use yangjae::pipeline::study::StudyEngine;
use yangjae::scenario::Scenario;

/// The shipped scenario.
pub fn yangjae() -> Scenario {
    load("scenarios/yangjae", &[])
}

/// The reduced model with 120 arrivals a year, or another number of them.
pub fn reduced(arrivals: f64) -> Scenario {
    load("benches/reduced", &[("founder_rate".to_owned(), arrivals.to_string())])
}

/// The baseline of the shipped scenario with so many areas: those beyond its own lie outside the district and
/// draw some founders of the city.
pub fn areas(count: usize) -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae");
    let read = |file: &str| fs::read_to_string(folder.join(file)).expect("a file of the scenario");
    let (mut district, mut parameters) = (read("district.toml"), read("parameters.toml"));
    for number in 4..=count {
        let _ = write!(
            district,
            "\n[areas.more-{number}]\nnumber = {number}\ntitle = \"More {number}\"\nland = 1.0\n\
             floor_space = \"unlimited\"\n"
        );
        for family in ["taste", "institute_taste"] {
            let _ = writeln!(
                parameters,
                "{family}_more_{number} = {{ value = -3.0, unit = \"utility\", range = [-3.0, -3.0], \
                 distribution = \"fixed\", evidence = \"judgement\", source = \"bench\" }}"
            );
        }
    }
    if count > 3 {
        district = district.replace("[areas.elsewhere]\n", "[areas.elsewhere]\nreference = true\n");
    }
    let scenario = read("scenario.toml");
    let policies = scenario.find("\npolicies = [").expect("a list of policies");
    let lines = scenario[..policies].lines();
    let scenario: Vec<&str> = lines
        .filter(|line| !["posterior", "actual_policy"].iter().any(|key| line.starts_with(key)))
        .collect();
    let (scenario, baseline) = (scenario.join("\n"), read("policies/baseline.toml"));
    let files = [
        ("scenario.toml", scenario.as_str()),
        ("district.toml", &district),
        ("parameters.toml", &parameters),
        ("policies/baseline.toml", &baseline),
    ];
    Scenario::of_texts("areas", &files).load().expect("a valid scenario")
}

fn load(folder: &str, set: &[(String, String)]) -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    Scenario::loader(&folder).set_all(set).load().expect("a valid scenario")
}

/// The scenario with some of its policies: its baseline and those at these places.
pub fn with_policies(scenario: &Scenario, places: &[usize]) -> Scenario {
    let mut kept = scenario.clone();
    kept.policies = std::iter::once(&scenario.baseline)
        .chain(places.iter().filter(|&&place| place != scenario.baseline))
        .map(|&place| scenario.policies[place].clone())
        .collect();
    kept.baseline = 0;
    kept
}

/// A scenario's engine, and where its baseline counts firms.
pub struct Bench {
    /// The engine.
    pub engine: StudyEngine,
    layout: Layout,
    baseline: usize,
    /// Kept from round to round, as a batch keeps them from replication to replication.
    workspaces: Mutex<Vec<<StudyEngine as Engine>::Workspace>>,
}

impl Bench {
    /// The engine of a scenario.
    pub fn new(scenario: &Scenario) -> Self {
        let engine = StudyEngine::new(scenario);
        let baseline = scenario.baseline;
        let layout = engine.layouts().swap_remove(baseline);
        Self { engine, layout, baseline, workspaces: Mutex::default() }
    }

    /// One replication of all policies; the values of the baseline.
    pub fn replicate(
        &self,
        replication: u32,
        workspace: &mut <StudyEngine as Engine>::Workspace,
    ) -> Vec<f64> {
        let mut values = self.engine.simulate(replication, workspace).expect("accounts close");
        values.swap_remove(self.baseline)
    }

    /// A city-wide metric in each year, out of the values of a replication.
    pub fn city<'v>(&self, values: &'v [f64], metric: &str) -> &'v [f64] {
        let series = self.layout.position(Table::Metric, metric, "city").expect("a metric");
        let years = self.layout.years.len();
        &values[series * years..][..years]
    }

    /// Replications from 0 on, on one thread; returns the firm-years of the baseline.
    pub fn replications(&self, count: u32) -> f64 {
        let kept = self.workspaces.lock().expect("no bench panics").pop();
        let mut workspace = kept.unwrap_or_else(|| self.engine.workspace());
        let firm_years = (0..count)
            .map(|replication| {
                let values = self.replicate(replication, &mut workspace);
                self.city(&values, "firms").iter().sum::<f64>()
            })
            .sum();
        self.workspaces.lock().expect("no bench panics").push(workspace);
        firm_years
    }
}

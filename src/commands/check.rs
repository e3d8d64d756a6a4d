//! `yangjae check`: reads and validates a scenario; runs nothing but for `--sources`.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::analysis::metrics::METRICS;
use crate::commands::DEFAULT_SCENARIO;
use crate::commands::Error;
use crate::commands::SetArguments;
use crate::commands::sources;
use crate::commands::sources::SourcesArguments;
use crate::report::console;
use crate::scenario::Evidence;
use crate::scenario::Scenario;

/// Arguments of `check`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Folder of the scenario
    #[arg(value_name = "SCENARIO", default_value = DEFAULT_SCENARIO)]
    pub scenario: PathBuf,
    /// What to take instead of the scenario's own.
    #[command(flatten)]
    pub replaced: SetArguments,
    /// List every parameter that rests on memory or judgement, by how much it moves the results
    #[arg(long)]
    pub sources: bool,
    /// How the results are moved.
    #[command(flatten)]
    pub how: SourcesArguments,
}

/// Reads the scenario and says what was read.
///
/// # Errors
///
/// Fails with every problem of the scenario.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let folder = &arguments.scenario;
    let scenario = Scenario::load(folder, &arguments.replaced.set, arguments.replaced.until)?;
    let metrics: Vec<&str> = METRICS.iter().map(|metric| metric.name).collect();
    scenario.check_metrics(folder, &metrics)?;
    let text = if arguments.sources {
        sources::sources(&scenario, &arguments.how)?
    } else {
        summary(&scenario)
    };
    Ok(console::print(&text)?)
}

/// What was read, on one screen.
fn summary(scenario: &Scenario) -> String {
    let rows: Vec<[String; 4]> = scenario
        .policies
        .iter()
        .enumerate()
        .map(|(index, policy)| {
            let mark = if index == scenario.baseline { " (baseline)" } else { "" };
            [
                format!("  {}{mark}", policy.name),
                policy.extends.clone().unwrap_or_default(),
                policy.written.len().to_string(),
                policy.title_en.clone(),
            ]
        })
        .collect();
    let firms: u32 = scenario.district.startups.iter().map(|group| group.count).sum();
    let fixed = scenario
        .parameters
        .iter()
        .filter(|parameter| parameter.distribution == crate::scenario::Distribution::Fixed)
        .count();
    let vary = if scenario.parameters_vary {
        format!("{} vary, {fixed} fixed", scenario.parameters.len() - fixed)
    } else {
        "all held at their values".to_owned()
    };
    let mut text = String::new();
    let _ = writeln!(text, "{}: {}", scenario.name, scenario.title_en);
    text.push_str(&console::paragraph(&scenario.question, 2));
    let years = scenario.years();
    let _ = writeln!(
        text,
        "\nyears         {} to {}, facts known to {}\nreplications  {}, seed {}",
        years.start(),
        years.end(),
        scenario.vantage,
        scenario.replications,
        scenario.seed
    );
    let _ = writeln!(
        text,
        "parameters    {} ({vary}); {}\nat the start  {firms} startups in {} groups\nobserved      {} figures\nlevers        {} names\npolicies      {}\n",
        scenario.parameters.len(),
        evidence(scenario),
        scenario.district.startups.len(),
        scenario.observed.len(),
        scenario.lever_names.len(),
        scenario.policies.len(),
    );
    text.push_str(&console::table(["  policy", "extends", "levers", "title"], &rows));
    text.push_str("\nno problems\n");
    text
}

/// How many parameters are known how.
fn evidence(scenario: &Scenario) -> String {
    use Evidence::{Derived, Judgement, Recalled, Seen};
    let count = |evidence| {
        scenario.parameters.iter().filter(|parameter| parameter.evidence == evidence).count()
    };
    [Seen, Derived, Recalled, Judgement]
        .map(|evidence| format!("{} {}", count(evidence), evidence.name()))
        .join(", ")
}

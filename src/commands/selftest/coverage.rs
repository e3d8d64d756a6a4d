//! `yangjae selftest --coverage`: how often 95 % intervals of a scenario hold the truth.

use std::fmt::Write as _;

use crate::commands::error::Error;
use crate::commands::evidence_error::EvidenceError;
use crate::commands::load;
use crate::commands::options;
use crate::commands::selftest::arguments::Arguments;
use crate::commands::selftest::arguments::CoverageArguments;
use crate::evidence::coverage;
use crate::evidence::coverage::Coverage;
use crate::evidence::coverage::CoverageSettings;
use crate::evidence::coverage::JUDGED_FROM;
use crate::evidence::coverage::LEAST;
use crate::evidence::coverage::MOST;
use crate::evidence::coverage::MOST_TOO_FEW;
use crate::evidence::coverage::WIDE_FROM;
use crate::experiment::batch::Workers;
use crate::report::text::console;
use crate::report::text::console::paragraph;
use crate::report::text::progress::Bar;
use crate::report::text::progress::Visibility;
use crate::scenario::Policy;
use crate::scenario::Scenario;

/// Simulates, prints the table, and fails where coverage is not what intervals promise.
pub(super) fn run(arguments: &Arguments, workers: &Workers<'_>) -> Result<(), Error> {
    let asked = &arguments.coverage;
    let named = asked.scenario.clone().or_else(|| asked.option.clone());
    let folder = named.unwrap_or_else(options::default_scenario);
    let mut scenario = load::load(&folder, &arguments.set, Some(asked.until))?;
    scenario.seed = arguments.seed;
    load::tell_unread_set(&scenario, false);
    let policies = chosen(&scenario, &asked.policies)?;
    let settings = CoverageSettings {
        runs: asked.runs,
        replications: asked.sizes.clone(),
        reference: asked.reference,
        seed: arguments.seed,
    };
    let largest = asked.sizes.iter().copied().max().unwrap_or(0);
    let all = asked.reference.saturating_add(asked.runs.saturating_mul(largest));
    let bar = Bar::new("coverage", all, Visibility::OnTerminal);
    let found = coverage::coverage(&scenario, &policies, &settings, workers, &bar)
        .map_err(EvidenceError::from)?;
    drop(bar);

    console::print(&table(&found, &scenario, asked))?;
    let failed = found.iter().filter(|cell| !cell.holds()).count();
    if failed > 0 {
        return Err(Error::Intervals { failed, of: found.len() });
    }
    for &replications in asked.sizes.iter().filter(|&&size| size >= JUDGED_FROM) {
        let share = too_few(&found, replications);
        if share > MOST_TOO_FEW {
            return Err(Error::TooFew { share, most: MOST_TOO_FEW, replications });
        }
    }
    Ok(())
}

/// The policies asked for, or all but the baseline.
fn chosen<'s>(scenario: &'s Scenario, names: &[String]) -> Result<Vec<&'s Policy>, Error> {
    let baseline = &scenario.policies[scenario.baseline].name;
    let others = || scenario.policies.iter().filter(|policy| policy.name != *baseline);
    let known = || others().map(|policy| policy.name.as_str());
    if let Some(name) = names.iter().find(|name| known().all(|known| known != name.as_str())) {
        return Err(Error::unknown("policy", name, known()));
    }
    Ok(others().filter(|policy| names.is_empty() || names.contains(&policy.name)).collect())
}

/// The share of all intervals of so many replications that are missing.
fn too_few(found: &[Coverage], replications: u32) -> f64 {
    let of_size = || found.iter().filter(|cell| cell.replications == replications);
    of_size().map(Coverage::too_few).sum::<f64>() / of_size().count().max(1) as f64
}

fn table(found: &[Coverage], scenario: &Scenario, asked: &CoverageArguments) -> String {
    let rows: Vec<[String; 9]> = found
        .iter()
        .map(|cell| {
            let (metric, place) = cell.result;
            [
                cell.policy.clone(),
                place.to_owned(),
                metric.to_owned(),
                cell.replications.to_string(),
                cell.runs.to_string(),
                format!("{:.2}", cell.truth),
                cell.share().map_or_else(String::new, |share| format!("{share:.3}")),
                format!("{:.2}", cell.half_width),
                format!("{:.3}{}", cell.too_few(), if cell.holds() { "" } else { "  FAILS" }),
            ]
        })
        .collect();
    let header = [
        "policy",
        "place",
        "metric",
        "replications",
        "runs",
        "truth",
        "coverage",
        "half width",
        "too few",
    ];
    let mut text = paragraph(
        &format!(
            "{} to {}: how often the 95 % interval of a policy's difference from the baseline holds \
             the mean of {} replications, over {} runs of other seeds.",
            scenario.name, scenario.last_year, asked.reference, asked.runs
        ),
        0,
    );
    text.push('\n');
    text.push_str(&console::table(header, &rows));
    text.push('\n');
    for &replications in &asked.sizes {
        let of_size: Vec<&Coverage> =
            found.iter().filter(|cell| cell.replications == replications).collect();
        let shares: Vec<f64> = of_size.iter().filter_map(|cell| cell.share()).collect();
        let failed = of_size.iter().filter(|cell| !cell.holds()).count();
        let lowest = shares.iter().copied().fold(1.0, f64::min);
        let highest = shares.iter().copied().fold(0.0, f64::max);
        if shares.is_empty() {
            let _ = writeln!(text, "{replications} replications: too few for any interval");
            continue;
        }
        let mean = shares.iter().sum::<f64>() / shares.len() as f64;
        let _ = writeln!(
            text,
            "{replications} replications: coverage {mean:.3} on average, {lowest:.3} to \
             {highest:.3}; {:.1} % too few; {failed} of {} differences fail",
            100.0 * too_few(found, replications),
            of_size.len()
        );
    }
    text.push_str(&paragraph(
        &format!(
            "Wanted: at least {LEAST} from {JUDGED_FROM} replications on, and from {WIDE_FROM} on at \
             most {MOST}, each within two binomial standard errors; at most {:.0} % too few.",
            100.0 * MOST_TOO_FEW
        ),
        0,
    ));
    text
}

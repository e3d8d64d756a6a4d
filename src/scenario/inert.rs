//! What a scenario says and no simulation of it ever reads.

use crate::scenario::Scenario;
use crate::scenario::WrittenLever;
use crate::time::Date;

/// What has no effect though it contradicts nothing: a sentence each, once for a lever and its cause.
#[must_use]
pub(super) fn without_effect(scenario: &Scenario) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for policy in &scenario.policies {
        for lever in &policy.written {
            for what in of_lever(scenario, lever) {
                let text = format!("lever `{}`: {what}", lever.name);
                if !found.contains(&text) {
                    found.push(text);
                }
            }
        }
    }
    let late = scenario.district.climate.iter().filter(|known| known.year > scenario.last_year);
    found.extend(late.map(|known| {
        format!("climate of {}: after the last year, {}", known.year, scenario.last_year)
    }));
    found
}

fn of_lever(scenario: &Scenario, lever: &WrittenLever) -> Vec<String> {
    let (first, last) = (scenario.first_year, scenario.last_year);
    // A date as text sorts as the date does.
    let dates = ["opening", "decision"]
        .iter()
        .filter_map(|name| lever.settings.iter().find(|setting| setting.name == *name))
        .map(|setting| setting.value.clone());
    let begins = dates.chain([lever.from.to_string()]).max().unwrap_or_default();
    if begins >= Date::new_year(last + 1).to_string() {
        return vec![format!("it begins to act on {begins}, after the last year, {last}")];
    }
    if let Some(until) = lever.until.filter(|until| until.year < first) {
        return vec![format!("it ended on {until}, before the first year, {first}")];
    }
    let mut found = Vec::new();
    for setting in &lever.settings {
        for &(date, number) in setting.steps.iter().skip(1) {
            let why = match lever.until {
                _ if date.year > last => format!("after the last year, {last}"),
                Some(until) if date > until => format!("after the lever's `until`, {until}"),
                _ => continue,
            };
            found.push(format!("`{}` of {number} from {date} on: {why}", setting.name));
        }
    }
    found
}

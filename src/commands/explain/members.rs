//! Areas, sectors and levers of a scenario.

use crate::commands::explain::entry::entry;
use crate::report::text::console;
use crate::scenario::Scenario;
use crate::scenario::keys::bounds::UNLIMITED;
use crate::scenario::parameter::number;

/// The names of the areas, sectors and levers.
pub(super) fn names(scenario: &Scenario) -> impl Iterator<Item = &str> {
    let areas = scenario.district.areas.list().iter().map(|start| start.name.as_str());
    let sectors = scenario.district.sectors.list().iter().map(|start| start.name.as_str());
    areas.chain(sectors).chain(scenario.lever_names.iter().map(String::as_str))
}

/// An area of the scenario.
pub(super) fn area(name: &str, scenario: Option<&Scenario>) -> Option<String> {
    let scenario = scenario?;
    let areas = scenario.district.areas.list();
    let start = areas.iter().find(|start| start.name == name)?;
    let place =
        if start.area.in_district() { "within the district" } else { "outside the district" };
    let name_of = |area| areas.iter().find(|start| start.area == area).map(|it| it.name.as_str());
    let neighbours = start.neighbours.iter();
    let neighbours: Vec<String> = neighbours
        .filter_map(|&(area, weight)| Some(format!("{} {}", name_of(area)?, number(weight))))
        .collect();
    let space =
        start.floor_space.map_or_else(|| UNLIMITED.to_owned(), |space| format!("{space} m2"));
    // Where nothing reads it, it may be left out.
    let rent = format!("{} {{money}}/(m2 year)", number(start.rent));
    let rent = if start.rent > 0.0 { rent } else { String::new() };
    Some(entry(
        &format!("{name}: an area of the scenario `{}`", scenario.name),
        [&start.title_en, &start.title_ko],
        &[
            ("number", &start.area.number().to_string()),
            ("place", place),
            ("land", &format!("{} km2", number(start.land))),
            ("space", &space),
            ("rent", &rent),
            ("neighbours", &neighbours.join(", ")),
        ],
    ))
}

/// A sector of the scenario.
pub(super) fn sector(name: &str, scenario: Option<&Scenario>) -> Option<String> {
    let scenario = scenario?;
    let start = scenario.district.sectors.list().iter().find(|start| start.name == name)?;
    Some(entry(
        &format!("{name}: a sector of the scenario `{}`", scenario.name),
        [&start.title_en, &start.title_ko],
        &[("number", &start.sector.number().to_string())],
    ))
}

/// A lever of the scenario's policies: its kind, and what policies write of it, those that write the same together.
pub(super) fn lever(name: &str, scenario: Option<&Scenario>) -> Option<String> {
    let scenario = scenario?;
    let mut kind = None;
    let mut written: Vec<(String, Vec<&str>)> = Vec::new();
    for policy in &scenario.policies {
        let Some(lever) = policy.written.iter().find(|lever| lever.name == name) else { continue };
        kind = Some(lever.kind);
        let settings = lever.settings.iter().filter(|setting| setting.name != "kind");
        let settings = settings.map(|it| format!("{} = {}", it.name, it.value));
        let settings = settings.collect::<Vec<_>>().join("; ");
        match written.iter_mut().find(|(known, _)| *known == settings) {
            Some((_, policies)) => policies.push(&policy.name),
            None => written.push((settings, vec![&policy.name])),
        }
    }
    let kind = kind?;
    let mut text =
        format!("{name}: a lever of the scenario `{}`, of the kind {kind}\n", scenario.name);
    for (settings, policies) in written {
        text.push_str(&console::paragraph(&format!("in {}", policies.join(", ")), 2));
        text.push_str(&console::paragraph(&settings, 4));
    }
    Some(text)
}

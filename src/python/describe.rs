//! What a scenario holds, as tables: its policies, parameters, metrics, observed figures, and what levers may be set to.

use crate::analysis::decision::outcome::Added;
use crate::analysis::metrics::METRICS;
use crate::policy::lever::COMMON;
use crate::policy::levers::LeverKind;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingKind;
use crate::python::failure::Failure;
use crate::python::table::About;
use crate::python::table::Filling;
use crate::python::table::Table;
use crate::report::tables::column::Holds;
use crate::report::tables::row::Cell;
use crate::scenario::Scenario;
use crate::scenario::money::is_money;
use crate::scenario::money::said;
use crate::scenario::posterior::Posterior;

/// A cell that is empty where the text is.
fn text(text: &str) -> Cell<'_> {
    if text.is_empty() { Cell::Unknown } else { Cell::Text(text) }
}

/// A row a policy.
pub(super) fn policies(scenario: &Scenario) -> Result<Table, Failure> {
    let mut filling = Filling::new(vec![
        About::new("policy", "", Holds::Text, "Name of the policy, by which it is asked for"),
        About::new("title", "", Holds::Text, "What people call it"),
        About::new("is_baseline", "", Holds::YesNo, "Whether the others are compared with it"),
        About::new(
            "extends",
            "",
            Holds::Text,
            "Policies whose levers it takes over, separated by commas",
        ),
        About::new("levers", "", Holds::Text, "Its levers, separated by commas"),
        About::new("description", "", Holds::Text, "What it stands for"),
    ]);
    for (place, policy) in scenario.policies.iter().enumerate() {
        let levers: Vec<&str> = policy.written.iter().map(|lever| lever.name.as_str()).collect();
        filling.row([
            Cell::Text(&policy.name),
            text(&policy.title_en),
            Cell::YesNo(place == scenario.baseline),
            text(&policy.extends.join(", ")),
            text(&levers.join(", ")),
            text(&policy.description),
        ])?;
    }
    filling.done()
}

/// A row a parameter, in the order of the register.
pub(super) fn parameters(scenario: &Scenario) -> Result<Table, Failure> {
    let number = |name, meaning| About::new(name, "unit", Holds::Number, meaning);
    let mut filling = Filling::new(vec![
        About::new("parameter", "", Holds::Text, "Name, as in parameters.toml"),
        number("value", "Its value; the middle of its distribution where it varies"),
        About::new("unit", "", Holds::Text, "Unit of value, low, high, min and max"),
        number("low", "Lower end of its range"),
        number("high", "Upper end of its range"),
        About::new(
            "distribution",
            "",
            Holds::Text,
            "How it varies over replications within its range: fixed, uniform, triangular, normal, lognormal",
        ),
        About::new("varies", "", Holds::YesNo, "Whether it differs between replications"),
        About::new(
            "from_posterior",
            "",
            Holds::YesNo,
            "Whether its draws are those of the posterior, so that low and high are not their limits",
        ),
        number("min", "Least value that it may be given"),
        number("max", "Greatest value that it may be given"),
        About::new("phase", "", Holds::Text, "Phase of the year in which it acts"),
        About::new("meaning", "", Holds::Text, "What it means"),
        About::new("evidence", "", Holds::Text, "How it is known"),
        About::new("source", "", Holds::Text, "Where it is from"),
        About::new("note", "", Holds::Text, "What else is to be said of it"),
    ]);
    let drawn = scenario.posterior.as_ref().map_or(&[][..], Posterior::parameters);
    for (place, (spec, value)) in scenario.register.iter().zip(&scenario.parameters).enumerate() {
        let varies = scenario.parameters_vary && value.varies();
        filling.row([
            Cell::Text(&spec.name),
            Cell::Number(value.value),
            text(&said(spec.unit, Some(&scenario.money))),
            Cell::Number(value.low),
            Cell::Number(value.high),
            Cell::Text(value.distribution.name()),
            Cell::YesNo(varies),
            Cell::YesNo(varies && drawn.contains(&place) && !scenario.set.contains(&place)),
            Cell::Number(spec.min),
            Cell::Number(spec.max),
            Cell::Text(spec.acts_in.name()),
            text(&said(&spec.meaning_en, Some(&scenario.money))),
            Cell::Text(value.evidence.name()),
            text(&value.source),
            text(&value.note),
        ])?;
    }
    filling.done()
}

/// A row a setting of each kind of lever.
pub(super) fn settings(scenario: &Scenario) -> Result<Table, Failure> {
    let mut filling = Filling::new(vec![
        About::new("kind", "", Holds::Text, "Kind of lever, as in policy files"),
        About::new("title", "", Holds::Text, "What people call the kind"),
        About::new("setting", "", Holds::Text, "Setting, as in policy files"),
        About::new(
            "takes",
            "",
            Holds::Text,
            "What it takes: number, whole, date, flag, choice, schedule, text or a name",
        ),
        About::new("unit", "", Holds::Text, "Unit of its value"),
        About::new("min", "unit", Holds::Number, "Least value that it takes"),
        About::new("max", "unit", Holds::Number, "Greatest value that it takes"),
        About::new("choices", "", Holds::Text, "Words that it takes, separated by commas"),
        About::new("required", "", Holds::YesNo, "Whether every lever of the kind must have it"),
        About::new(
            "is_size",
            "",
            Holds::YesNo,
            "Whether it is what scaling a lever multiplies first",
        ),
        About::new("evidence_limit", "unit", Holds::Number, "Size up to which evidence reaches"),
        About::new("effect", "", Holds::Text, "What more of it does first"),
        About::new("meaning", "", Holds::Text, "What it means"),
    ]);
    for kind in LeverKind::ALL {
        let spec = kind.spec();
        for setting in COMMON.iter().chain(spec.settings) {
            let (takes, bounds, choices) = taken(setting);
            let money = &scenario.money;
            let bounds = match bounds {
                Some((min, max)) if is_money(setting.unit) => Some(money.bounds(min, max)),
                bounds => bounds,
            };
            let bound = |value: Option<f64>| value.map_or(Cell::Unknown, Cell::Number);
            let limit = spec.evidence.iter().find(|limit| limit.setting == setting.name);
            filling.row([
                Cell::Text(spec.name),
                Cell::Text(spec.title_en),
                Cell::Text(setting.name),
                Cell::Text(takes),
                text(&said(setting.unit, Some(money))),
                bound(bounds.map(|(min, _)| min)),
                bound(bounds.map(|(_, max)| max)),
                text(&choices.join(", ")),
                Cell::YesNo(setting.required),
                Cell::YesNo(spec.scales == Some(setting.name)),
                bound(limit.map(|limit| limit.limit)),
                text(&setting.effect.text()),
                text(&said(setting.meaning_en, Some(money))),
            ])?;
        }
    }
    filling.done()
}

/// What a setting takes, from where to where, and in which words.
fn taken(setting: &Setting) -> (&'static str, Option<(f64, f64)>, &'static [&'static str]) {
    match setting.kind {
        SettingKind::Number { min, max } => ("number", Some((min, max)), &[]),
        SettingKind::Count { max } => ("whole", Some((0.0, f64::from(max))), &[]),
        SettingKind::Schedule { max } => ("schedule", Some((0.0, f64::from(max))), &[]),
        SettingKind::Date => ("date", None, &[]),
        SettingKind::Flag => ("flag", None, &[]),
        SettingKind::Choice(words) => ("choice", None, words),
        SettingKind::Choices(words) => ("choices", None, words),
        SettingKind::Days => ("days", Some((1.0, 365.0)), &[]),
        SettingKind::Text => ("text", None, &[]),
        SettingKind::Effects => ("effects", None, &[]),
        _ => ("name", None, &[]),
    }
}

/// A row a metric.
pub(super) fn metrics(scenario: &Scenario) -> Result<Table, Failure> {
    let mut filling = Filling::new(vec![
        About::new("metric", "", Holds::Text, "Name of the metric"),
        About::new("unit", "", Holds::Text, "Its unit"),
        About::new(
            "kind",
            "",
            Holds::Text,
            "stock: at the end of the year; flow: over the year; cumulative: since the first year; level: a ratio or price",
        ),
        About::new("meaning", "", Holds::Text, "What it means"),
    ]);
    let money = Some(&scenario.money);
    for metric in METRICS {
        filling.row([
            Cell::Text(metric.name),
            text(&said(metric.unit, money)),
            Cell::Text(metric.kind.name()),
            text(&said(metric.meaning_en, money)),
        ])?;
    }
    filling.done()
}

/// A row an outcome that every run has.
pub(super) fn outcomes(scenario: &Scenario) -> Result<Table, Failure> {
    let mut filling = Filling::new(vec![
        About::new("outcome", "", Holds::Text, "Name of the outcome"),
        About::new("unit", "", Holds::Text, "Its unit"),
        About::new("meaning", "", Holds::Text, "What it means"),
    ]);
    let money = Some(&scenario.money);
    for added in Added::ALL {
        let [meaning, _] = added.meanings();
        let unit = said(added.unit(), money);
        filling.row([Cell::Text(added.name()), text(&unit), text(&said(meaning, money))])?;
    }
    filling.done()
}

/// A row an observed figure.
pub(super) fn observed(scenario: &Scenario) -> Result<Table, Failure> {
    let mut filling = Filling::new(vec![
        About::new("metric", "", Holds::Text, "Name of the metric"),
        About::new("place", "", Holds::Text, "District, city, an area or a facility"),
        About::new(
            "period",
            "",
            Holds::Text,
            "Year, or years over which a flow is summed, at whose end it is compared",
        ),
        About::new("value", "metric", Holds::Number, "The figure"),
        About::new(
            "tolerance",
            "metric",
            Holds::Number,
            "One standard deviation of what it may be off",
        ),
        About::new("source", "", Holds::Text, "Where it is from"),
    ]);
    for figure in &scenario.observed {
        filling.row([
            Cell::Text(&figure.metric),
            Cell::Text(&figure.place),
            Cell::Text(&figure.period()),
            Cell::Number(figure.value),
            Cell::Number(figure.tolerance),
            text(&figure.source),
        ])?;
    }
    filling.done()
}

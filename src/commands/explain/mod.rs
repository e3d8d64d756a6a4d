//! `yangjae explain`: what a name means. Every text is from a register.

mod entry;
mod families;
mod formulas;
mod lists;
mod members;
mod results;
mod terms;
mod trace;

use std::fmt::Write as _;
use std::path::Path;
use std::path::PathBuf;

use crate::analysis::metrics;
use crate::analysis::metrics::METRICS;
use crate::analysis::metrics::spec::MetricSpec;
use crate::commands::error::Error;
use crate::commands::explain::entry::entry;
use crate::commands::explain::lists::LISTS;
use crate::commands::load;
use crate::commands::options;
use crate::commands::options::ScenarioBeforeNames;
use crate::model::effect;
use crate::policy::effect::On;
use crate::policy::lever::COMMON;
use crate::policy::lever::LeverSpec;
use crate::policy::levers::LeverKind;
use crate::policy::setting::EvidenceLimit;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingKind;
use crate::report::text::console;
use crate::report::text::glossary;
use crate::report::text::glossary::Term;
use crate::scenario::Scenario;
use crate::scenario::adjustment::Adjustment;
use crate::scenario::money::Money;
use crate::scenario::money::is_money;
use crate::scenario::money::said;
use crate::scenario::parameter::IN_MONEY_TOO;
use crate::scenario::parameter::Register;
use crate::scenario::parameter::number;
use crate::scenario::parameter_spec::ParameterSpec;
use crate::scenario::renamed;
use crate::scenario::renamed::Of;

/// Arguments of `explain`.
#[derive(Clone, Debug, clap::Args)]
#[command(override_usage = "yangjae explain [OPTIONS] [SCENARIO] [NAME]...")]
pub struct Arguments {
    /// A term of the field such as NPV or regret, lever, setting, parameter, metric, grouping, term of additionality,
    /// item, event, file of results, column, policy, area or sector; or `glossary`, `levers`, `parameters`, `metrics`, `terms`, `items`,
    /// `files`, `columns`, `policies` for a list; several words are one name, as `net present value`; the folder of the
    /// scenario may stand before it
    #[arg(value_name = "NAME")]
    words: Vec<String>,
    /// The scenario whose values and policies are told.
    #[command(flatten)]
    pub scenario: ScenarioBeforeNames,
    /// Tell from which rows of the run in `--run` the figure NAME of this policy comes
    #[arg(long, value_name = "POLICY", requires_all = ["words", "run"])]
    pub policy: Option<String>,
    /// The folder of a finished run, for `--policy`
    #[arg(long, value_name = "DIR", requires = "policy")]
    pub run: Option<PathBuf>,
}

/// Prints what the name means.
///
/// # Errors
///
/// Fails if nothing has that name, the scenario has problems, or the folder holds no finished run.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let words = folder_and_name(&arguments.words);
    let words: Vec<&String> = words.iter().collect();
    let (folder, names) = arguments.scenario.split(&words, (0, 1))?;
    let name = names.first().map(|name| name.as_str());
    if let (Some(name), Some(policy), Some(folder)) = (name, &arguments.policy, &arguments.run) {
        return Ok(console::print(&trace::trace(name, policy, folder)?)?);
    }
    let scenario = scenario(folder.as_deref())?;
    let scenario = scenario.as_ref();
    let register = scenario.map_or_else(Register::of_any, |scenario| scenario.register.clone());
    let money = scenario.map(|scenario| &scenario.money);
    let text = match name {
        None => lists::overview(scenario, &register),
        Some("glossary") => terms::list(),
        Some("levers") => lists::levers(),
        Some("parameters") => lists::parameters(scenario, &register),
        Some("metrics") => lists::metrics(money),
        Some("terms") => results::terms(money),
        Some("items") => results::items(money),
        Some("files") => lists::files(),
        Some("columns") => lists::columns(money),
        Some("policies") => lists::policies(scenario),
        Some(name) => named(name, scenario, &register)?,
    };
    Ok(console::print(&said(&text, money))?)
}

/// The words of the command line as a folder, where one stands first, and a name.
fn folder_and_name(words: &[String]) -> Vec<String> {
    match words {
        [] | [_] => words.to_vec(),
        _ if glossary::find(&words.join(" ")).is_some() => vec![words.join(" ")],
        [folder, name @ ..] if is_path(folder) => vec![folder.clone(), joined(name)],
        words => vec![joined(words)],
    }
}

/// Whether a word is a folder or written like one.
fn is_path(word: &str) -> bool {
    word.contains(['/', '\\']) || Path::new(word).is_dir()
}

/// Several words as the one name that they are: of a term of the field and of a column with its file as they stand, of
/// all else with underscores.
fn joined(words: &[String]) -> String {
    let text = words.join(" ");
    match words {
        [_] => text,
        _ if glossary::find(&text).is_some() || text.contains(": ") => text,
        words => words.join("_"),
    }
}

/// The scenario asked for, or the usual one if it is there.
fn scenario(folder: Option<&Path>) -> Result<Option<Scenario>, Error> {
    match folder {
        Some(folder) => Ok(Some(load::load(folder, &[], None)?)),
        // Without being asked for, a scenario adds what it can; its problems are for `check`.
        None => Ok(Scenario::loader(&options::default_scenario()).load().ok()),
    }
}

/// Everything of this name: one name may be a metric and a column.
fn named(name: &str, scenario: Option<&Scenario>, register: &Register) -> Result<String, Error> {
    let money = scenario.map(|scenario| &scenario.money);
    // As the dictionary names them: `yearly.csv: mean`, `facility.places`.
    if let Some((table, column)) = name.split_once(": ")
        && let Some(text) = results::column_of(table, column)
    {
        return Ok(text);
    }
    if let Some((kind, of_kind)) = name.split_once('.')
        && let Some(kind) = LeverKind::named(kind)
        && let Some(setting) = kind.spec().settings.iter().find(|it| it.name == of_kind)
    {
        return Ok(setting_of(name, setting, kind.spec().name, money));
    }
    let found = [
        terms::term(name),
        LeverKind::named(name).map(|kind| lever(kind, money)),
        setting(name, money),
        register.position(name).map(|index| parameter(&register[index], scenario)),
        metrics::named(name).map(metric),
        results::group(name),
        results::term(name),
        results::total(name),
        results::outcome(name),
        results::judged(name),
        results::item(name),
        results::event(name),
        results::file(name, money),
        results::column(name),
        policy(name, scenario),
        members::area(name, scenario),
        members::sector(name, scenario),
        members::lever(name, scenario),
    ];
    let mut found: Vec<String> = found.into_iter().flatten().collect();
    // A member that the scenario lacks tells of its family; a family is one whatever else has its name.
    let is_family = register.iter().any(|spec| spec.family == name && spec.name != name);
    if found.is_empty() || is_family {
        found.extend(families::family(name, scenario));
    }
    if found.is_empty() {
        let old = [Of::Column, Of::Key].into_iter().find_map(|of| renamed::hint(of, name));
        if let Some(hint) = old {
            return Err(Error::renamed("name", name, &hint));
        }
        let mut known = known_names(register);
        let policies = scenario.into_iter().flat_map(|scenario| &scenario.policies);
        known.extend(policies.map(|policy| policy.name.as_str()));
        known.extend(scenario.into_iter().flat_map(members::names));
        return Err(Error::unknown("name", name, known));
    }
    Ok(found.join("\n"))
}

/// Every name of every register.
fn known_names(register: &Register) -> Vec<&str> {
    let kinds = LeverKind::ALL.into_iter().map(|kind| kind.spec().name);
    let settings = all_settings().map(|(_, setting)| setting.name);
    let metrics = METRICS.iter().map(|metric| metric.name);
    let fixed: Vec<&'static str> = LISTS
        .into_iter()
        .chain(glossary::terms().iter().flat_map(Term::names))
        .chain(kinds)
        .chain(settings)
        .chain(metrics)
        .chain(results::names())
        .collect();
    let fixed: Vec<&str> = fixed;
    fixed.into_iter().chain(register.names()).collect()
}

/// Every setting, with the kind of lever that has it; those of every lever first.
fn all_settings() -> impl Iterator<Item = (Option<LeverKind>, &'static Setting)> {
    let own = LeverKind::ALL
        .into_iter()
        .flat_map(|kind| kind.spec().settings.iter().map(move |setting| (Some(kind), setting)));
    COMMON.iter().map(|setting| (None, setting)).chain(own)
}

fn lever(kind: LeverKind, money: Option<&Money>) -> String {
    let spec = kind.spec();
    let mut text = format!("{}: a kind of lever\n", spec.name);
    text.push_str(&console::paragraph(spec.mechanism_en, 2));
    text.push_str(&console::paragraph(spec.mechanism_ko, 2));
    text.push('\n');
    let listed = [
        ("acts in", effect::acts_in(kind).name().to_owned()),
        ("through", spec.parameters.join(", ")),
        ("raises first", spec.moves.join(", ")),
        ("lowers first", spec.lowers.join(", ")),
        ("costs", spec.costs.join(", ")),
        ("scaled by", spec.scales.unwrap_or("").to_owned()),
        ("source", spec.source.to_owned()),
        ("known up to", known_up_to(spec, money)),
    ];
    for (what, names) in listed.into_iter().filter(|(_, names)| !names.is_empty()) {
        let _ = writeln!(text, "  {what:<12} {names}");
    }
    let rows: Vec<[String; 5]> = COMMON
        .iter()
        .chain(spec.settings)
        .map(|setting| {
            [
                format!("  {}{}", setting.name, if setting.required { "" } else { " (optional)" }),
                setting.unit.to_owned(),
                holds(setting, money),
                setting.effect.text(),
                setting.meaning_en.to_owned(),
            ]
        })
        .collect();
    text.push('\n');
    let header = ["  setting", "unit", "holds", "more of it", "meaning"];
    text.push_str(&console::table_in(money, header, &rows));
    text
}

/// The sizes up to which evidence reaches.
fn known_up_to(spec: &LeverSpec, money: Option<&Money>) -> String {
    let in_account = |of: &EvidenceLimit| {
        let setting = spec.settings.iter().find(|setting| setting.name == of.setting);
        let unit = setting.map_or("", |setting| setting.unit);
        money.map_or(of.limit, |money| money.of_registers(unit, of.limit))
    };
    let limits = spec.evidence.iter();
    let limits =
        limits.map(|of| format!("{} {} ({})", of.setting, number(in_account(of)), of.source));
    limits.collect::<Vec<_>>().join("; ")
}

/// What may be written for a setting.
fn holds(setting: &Setting, money: Option<&Money>) -> String {
    match setting.kind {
        SettingKind::Number { min, max } => {
            let money = money.filter(|_| is_money(setting.unit));
            let (min, max) = money.map_or((min, max), |money| money.bounds(min, max));
            format!("{min} to {max}")
        }
        SettingKind::Count { max } => format!("whole, 0 to {max}"),
        SettingKind::Date => "date".to_owned(),
        SettingKind::Flag => "true or false".to_owned(),
        SettingKind::Choice(words) => words.join(" | "),
        SettingKind::Sectors => "list of sectors".to_owned(),
        SettingKind::Choices(words) => format!("list of {}", words.join(", ")),
        SettingKind::Area => "area".to_owned(),
        SettingKind::Areas => "district, city, or list of areas".to_owned(),
        SettingKind::Effects => format!("list of effects, each on {}", On::WORDS.join(", ")),
        SettingKind::Payer => "payer of scenario.toml".to_owned(),
        SettingKind::Regime => "regime of district.toml".to_owned(),
        SettingKind::Scope => "facility, or district".to_owned(),
        SettingKind::Schedule { max } => format!("whole by date, 0 to {max}"),
        SettingKind::Days => "list of days, 1 to 365".to_owned(),
        SettingKind::Text => "text".to_owned(),
    }
}

/// A setting of some levers.
fn setting_of(name: &str, setting: &Setting, levers: &str, money: Option<&Money>) -> String {
    let need = if setting.required { "required" } else { "optional" };
    entry(
        &format!("{name}: a setting of {levers}"),
        [setting.meaning_en, setting.meaning_ko],
        &[
            ("unit", setting.unit),
            ("holds", &holds(setting, money)),
            ("need", need),
            ("more of it", &setting.effect.text()),
        ],
    )
}

/// A setting, once for each different meaning.
fn setting(name: &str, money: Option<&Money>) -> Option<String> {
    let mut meanings: Vec<(&Setting, Vec<&str>)> = Vec::new();
    for (kind, setting) in all_settings().filter(|(_, setting)| setting.name == name) {
        let lever = kind.map_or("every lever", |kind| kind.spec().name);
        match meanings.iter_mut().find(|(known, _)| known.meaning_en == setting.meaning_en) {
            Some((_, levers)) => levers.push(lever),
            None => meanings.push((setting, vec![lever])),
        }
    }
    let texts: Vec<String> = meanings
        .into_iter()
        .map(|(setting, levers)| setting_of(name, setting, &levers.join(", "), money))
        .collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

fn parameter(spec: &ParameterSpec, scenario: Option<&Scenario>) -> String {
    let bounds = format!("{} to {}", spec.min, spec.max);
    let levers: Vec<&str> = LeverKind::ALL
        .into_iter()
        .map(LeverKind::spec)
        .filter(|lever| lever.acts_through(&spec.name, spec.family))
        .map(|lever| lever.name)
        .collect();
    let levers = levers.join(", ");
    let in_money = IN_MONEY_TOO.contains(&spec.name.as_ref());
    let acts = if in_money {
        format!("{}, and on what accounts of money count", spec.acts.meaning_en())
    } else {
        spec.acts.meaning_en().to_owned()
    };
    let mut text = entry(
        &format!("{}: a parameter", spec.name),
        [&spec.meaning_en, &spec.meaning_ko],
        &[
            ("unit", spec.unit),
            ("bounds", &bounds),
            ("acts in", spec.acts_in.name()),
            ("acts", &acts),
            ("levers", &levers),
        ],
    );
    let own = scenario.and_then(|scenario| Some((scenario, scenario.parameter(&spec.name)?)));
    if let Some((scenario, own)) = own {
        let value = number(own.value);
        let range =
            format!("{} to {}, {}", number(own.low), number(own.high), own.distribution.name());
        let _ = writeln!(text, "  in the scenario `{}`", scenario.name);
        let told = [
            ("value", value.as_str()),
            ("range", &range),
            ("evidence", own.evidence.name()),
            ("source", &own.source),
            ("note", &own.note),
        ];
        for (what, value) in told.into_iter().filter(|(_, value)| !value.is_empty()) {
            let _ = writeln!(text, "    {what:<10} {value}");
        }
    }
    text
}

fn metric(metric: &MetricSpec) -> String {
    entry(
        &format!("{}: a metric", metric.name),
        [metric.meaning_en, metric.meaning_ko],
        &[("unit", metric.unit), ("kind", metric.kind.name()), ("after", metric.read_after.name())],
    )
}

fn policy(name: &str, scenario: Option<&Scenario>) -> Option<String> {
    let policy = scenario?.policies.iter().find(|policy| policy.name == name)?;
    let levers: Vec<String> =
        policy.written.iter().map(|lever| format!("{} ({})", lever.name, lever.kind)).collect();
    let levers = levers.join(", ");
    let kind =
        if policy.counterfactual { "counterfactual, which cannot be chosen" } else { "policy" };
    let title = format!("{name}: a {kind}, {}", policy.title_en);
    let extends = policy.extends.join(", ");
    let description = policy.description.as_str();
    let changed = |adjustment: &Adjustment| {
        let spec = scenario?.register.get(adjustment.parameter)?;
        Some(format!("{} {}", spec.name, adjustment.text()))
    };
    let parameters: Vec<String> = policy.adjustments.iter().filter_map(changed).collect();
    let parameters = parameters.join(", ");
    let facts = [
        ("extends", extends.as_str()),
        ("levers", levers.as_str()),
        ("parameters", parameters.as_str()),
    ];
    Some(entry(&title, [description, &policy.title_ko], &facts))
}

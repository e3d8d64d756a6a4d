//! In which inputs two runs differ.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::commands::compare::opened::Opened;
use crate::scenario::Observation;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::adjustment::Adjustment;
use crate::scenario::difference::difference;
use crate::scenario::money::said;
use crate::scenario::parameter::Register;
use crate::scenario::parameter::number;
use crate::scenario::posterior::Posterior;
use crate::scenario::settings::settings;

/// So many digits of a file's digest are shown.
const SHOWN_DIGITS: usize = 12;
/// Files of which each setting that differs is told.
const OF_SETTINGS: [&str; 2] = ["scenario.toml", "district.toml"];

/// What kind of input differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Program,
    Run,
    Policy,
    Parameter,
    Setting,
    Observed,
    Posterior,
    Future,
    File,
}

impl Kind {
    /// The word used in files.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Run => "run",
            Self::Policy => "policy",
            Self::Parameter => "parameter",
            Self::Setting => "setting",
            Self::Observed => "observed",
            Self::Posterior => "posterior",
            Self::Future => "future",
            Self::File => "file",
        }
    }
}

/// One input in which two runs differ; empty where a run has nothing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Change {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) part: String,
    pub(super) unit: String,
    pub(super) year: Option<u16>,
    pub(super) sides: [String; 2],
}

impl Change {
    fn new(kind: Kind, name: &str, part: &str, sides: [String; 2]) -> Self {
        let [name, part] = [name, part].map(str::to_owned);
        Self { kind, name, part, unit: String::new(), year: None, sides }
    }
}

/// Every input in which two runs differ.
pub(super) fn changes(one: &Opened, other: &Opened) -> Vec<Change> {
    let mut found = of_run(one, other);
    found.extend(presence(one, other));
    if let (Some(before), Some(after)) = (one.scenario(), other.scenario()) {
        found.extend(policies(before, after));
        found.extend(parameters(before, after));
        found.extend(of_settings(one, other));
        found.extend(observed(before, after));
        found.extend(posteriors(before, after));
    }
    found.extend(futures(one, other));
    found.extend(files(one, other));
    found
}

/// Futures that only one run has, or whose files differ, by the first digits of their digests.
fn futures(one: &Opened, other: &Opened) -> Vec<Change> {
    let of = |run: &Opened| -> BTreeMap<String, String> {
        let listed = run.futures.iter();
        listed.map(|it| (it.name.clone(), shortened(&it.file))).collect()
    };
    let unlike = unlike(&[of(one), of(other)]);
    unlike.into_iter().map(|(name, texts)| Change::new(Kind::Future, &name, "", texts)).collect()
}

/// The first digits of a digest.
fn shortened(digest: &str) -> String {
    digest.chars().take(SHOWN_DIGITS).collect()
}

/// Version, seed, replications, years and options.
fn of_run(one: &Opened, other: &Opened) -> Vec<Change> {
    let unlike = one.plan().unlike(other.plan());
    let change = |(path, here, there): (String, String, String)| {
        let is_program = ["program", "version"].contains(&path.as_str());
        let kind = if is_program { Kind::Program } else { Kind::Run };
        Change::new(kind, &path, "", [here, there])
    };
    unlike.into_iter().map(change).collect()
}

/// Policies that only one run has.
fn presence(one: &Opened, other: &Opened) -> Vec<Change> {
    let only = |name: &String, other: &Opened| !other.plan().policies.contains(name);
    let there = || "simulated".to_owned();
    let gone = one.plan().policies.iter().filter(|name| only(name, other));
    let new = other.plan().policies.iter().filter(|name| only(name, one));
    let gone = gone.map(|name| Change::new(Kind::Policy, name, "", [there(), String::new()]));
    let new = new.map(|name| Change::new(Kind::Policy, name, "", [String::new(), there()]));
    gone.chain(new).collect()
}

/// What policies of both do otherwise, as `diff` says it.
fn policies(before: &Scenario, after: &Scenario) -> Vec<Change> {
    let named = |policy: &Policy| after.policies.iter().find(|other| other.name == policy.name);
    let pairs = before.policies.iter().filter_map(|policy| Some((policy, named(policy)?)));
    let of_pair = |(policy, other): (&Policy, &Policy)| {
        let other = in_register(other, &after.register, &before.register);
        let found = difference(&before.register, policy, &other);
        let name = policy.name.clone();
        found.into_iter().map(move |change| Change {
            kind: Kind::Policy,
            name: format!("{name}: {}", change.lever),
            part: change.setting.to_string(),
            unit: said(change.unit, Some(&before.money)).into_owned(),
            year: change.year,
            sides: [change.from, change.to],
        })
    };
    pairs.flat_map(of_pair).collect()
}

/// A policy with its parameters by their places in another register; those that it lacks are left out.
fn in_register(policy: &Policy, own: &Register, other: &Register) -> Policy {
    let place = |adjustment: &Adjustment| {
        let name = &own.get(adjustment.parameter)?.name;
        Some(Adjustment { parameter: other.position(name)?, ..*adjustment })
    };
    Policy { adjustments: policy.adjustments.iter().filter_map(place).collect(), ..policy.clone() }
}

/// Whether a policy does the same in both, whatever the rest of the scenarios is.
pub(super) fn is_same_policy(before: &Scenario, after: &Scenario, name: &str) -> bool {
    let in_scenario = |scenario: &Scenario| {
        let policy = scenario.policies.iter().find(|policy| policy.name == name)?;
        Some(in_register(policy, &scenario.register, &before.register))
    };
    let does = |policy: Policy| (policy.plan, policy.inert, policy.adjustments);
    match (in_scenario(before), in_scenario(after)) {
        (Some(one), Some(other)) => before.register == after.register && does(one) == does(other),
        _ => false,
    }
}

/// Values, ranges and sources of parameters.
fn parameters(before: &Scenario, after: &Scenario) -> Vec<Change> {
    let parts = |scenario: &Scenario, name: &str| -> Option<[(&'static str, String); 5]> {
        let stated = scenario.parameter(name)?;
        let range = format!("{} to {}", number(stated.low), number(stated.high));
        Some([
            ("value", number(stated.value)),
            ("range", range),
            ("distribution", stated.distribution.name().to_owned()),
            ("evidence", stated.evidence.name().to_owned()),
            ("source", stated.source.clone()),
        ])
    };
    let added = after.register.iter().filter(|spec| before.register.position(&spec.name).is_none());
    let mut found = Vec::new();
    for spec in before.register.iter().chain(added) {
        let sides = [parts(before, &spec.name), parts(after, &spec.name)];
        for place in 0..5 {
            let text = |side: &Option<[(&'static str, String); 5]>| {
                side.as_ref().map_or_else(String::new, |parts| parts[place].1.clone())
            };
            let texts = sides.each_ref().map(text);
            let part = sides.iter().flatten().next().map_or("", |parts| parts[place].0);
            if texts[0] != texts[1] {
                let change = Change::new(Kind::Parameter, &spec.name, part, texts);
                let unit = if place < 2 { said(spec.unit, Some(&after.money)) } else { "".into() };
                found.push(Change { unit: unit.into_owned(), ..change });
            }
        }
    }
    found
}

/// Settings of scenario.toml and district.toml by their keys.
fn of_settings(one: &Opened, other: &Opened) -> Vec<Change> {
    let of_file = |run: &Opened, file: &str| -> BTreeMap<String, String> {
        let input = run.inputs.iter().find(|input| input.path == file);
        input.map_or_else(BTreeMap::new, |input| settings(&input.bytes).into_iter().collect())
    };
    let mut found = Vec::new();
    for file in OF_SETTINGS {
        let sides = [of_file(one, file), of_file(other, file)];
        let unlike = unlike(&sides);
        found.extend(
            unlike.into_iter().map(|(key, texts)| Change::new(Kind::Setting, file, &key, texts)),
        );
    }
    found
}

/// The keys under which two lists hold other texts, with both.
fn unlike(sides: &[BTreeMap<String, String>; 2]) -> Vec<(String, [String; 2])> {
    let keys: BTreeSet<&String> = sides.iter().flat_map(BTreeMap::keys).collect();
    let texts =
        |key: &String| sides.each_ref().map(|side| side.get(key).cloned().unwrap_or_default());
    let both = keys.into_iter().map(|key| (key.clone(), texts(key)));
    both.filter(|(_, texts)| texts[0] != texts[1]).collect()
}

/// Rows of observed.csv: added, removed, changed.
fn observed(before: &Scenario, after: &Scenario) -> Vec<Change> {
    let row = |of: &Observation| {
        let text = format!("{} (± {}; {})", number(of.value), number(of.tolerance), of.source);
        (format!("{} {} {}", of.metric, of.place, of.period()), text)
    };
    let of = |scenario: &Scenario| scenario.observed.iter().map(row).collect();
    let unlike = unlike(&[of(before), of(after)]);
    let change = |(name, texts): (String, _)| Change::new(Kind::Observed, &name, "", texts);
    unlike.into_iter().map(change).collect()
}

/// The posterior: how many draws, and mean and standard deviation of each parameter.
fn posteriors(before: &Scenario, after: &Scenario) -> Vec<Change> {
    if before.posterior == after.posterior && before.register == after.register {
        return Vec::new();
    }
    let of = |scenario: &Scenario| -> BTreeMap<String, [String; 2]> {
        let Some(posterior) = &scenario.posterior else { return BTreeMap::new() };
        let names =
            posterior.parameters().iter().map(|&place| scenario.register[place].name.as_ref());
        names
            .enumerate()
            .map(|(place, name)| (name.to_owned(), moments(posterior, place)))
            .collect()
    };
    let draws = [before, after].map(|scenario| {
        scenario.posterior.as_ref().map_or_else(String::new, |it| it.len().to_string())
    });
    let mut found = Vec::new();
    if draws[0] != draws[1] {
        found.push(Change::new(Kind::Posterior, "draws", "", draws));
    }
    let sides = [of(before), of(after)];
    for (place, part) in ["mean", "sd"].into_iter().enumerate() {
        let of_part = |side: &BTreeMap<String, [String; 2]>| {
            side.iter().map(|(name, parts)| (name.clone(), parts[place].clone())).collect()
        };
        let unlike = unlike(&sides.each_ref().map(of_part));
        found.extend(
            unlike
                .into_iter()
                .map(|(name, texts)| Change::new(Kind::Posterior, &name, part, texts)),
        );
    }
    found
}

/// Mean and standard deviation of a parameter over weighted draws, as texts of four digits.
fn moments(posterior: &Posterior, place: usize) -> [String; 2] {
    let draws = posterior.weighted();
    let mean: f64 = draws.iter().map(|(weight, values)| weight * values[place]).sum();
    let square = |(weight, values): &(f64, Vec<f64>)| weight * (values[place] - mean).powi(2);
    let variance: f64 = draws.iter().map(square).sum();
    [mean, variance.sqrt()].map(four_digits)
}

/// A number to four digits.
fn four_digits(value: f64) -> String {
    let rounded: Result<f64, _> = format!("{value:.3e}").parse();
    number(rounded.unwrap_or(value))
}

/// Files by the first digits of their digests.
fn files(one: &Opened, other: &Opened) -> Vec<Change> {
    let of = |run: &Opened| -> BTreeMap<String, String> {
        let listed = run.plan().inputs.iter();
        listed.map(|file| (file.file.clone(), shortened(&file.sha256))).collect()
    };
    let unlike = unlike(&[of(one), of(other)]);
    unlike.into_iter().map(|(name, texts)| Change::new(Kind::File, &name, "", texts)).collect()
}

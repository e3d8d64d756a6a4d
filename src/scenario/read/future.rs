//! `futures/NAME.toml`: what the world may come to be, and what that makes of policies.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::scenario::ParameterValue;
use crate::scenario::Scenario;
use crate::scenario::adjustment::Adjustment;
use crate::scenario::district::ClimateYear;
use crate::scenario::future;
use crate::scenario::future::ALL;
use crate::scenario::future::FOLDER;
use crate::scenario::future::Future;
use crate::scenario::future::OF_THE_POLICY;
use crate::scenario::future::PRESENT;
use crate::scenario::keys;
use crate::scenario::parameter::Register;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::changed;
use crate::scenario::read::district;
use crate::scenario::read::inherit::Merged;
use crate::scenario::read::letters;
use crate::scenario::read::parameters::Stated;
use crate::scenario::read::policy;
use crate::scenario::read::policy::RawLever;
use crate::scenario::read::syntax::Document;
use crate::scenario::read::value;
use crate::scenario::read::walk::Fields;
use crate::scenario::read::walk::Key;
use crate::scenario::read::walk::Value;
use crate::scenario::titles::Titles;
use crate::time::Date;

/// The scenario around a future, as far as it is known.
pub(super) struct Around<'s> {
    /// Which parameters there are.
    pub(super) register: &'s Register,
    /// Their values, with those of `--set` in their place, where they are known.
    pub(super) values: Option<&'s [ParameterValue]>,
    /// Whether they vary.
    pub(super) vary: bool,
    /// The simulated years and the vantage date.
    pub(super) time: Option<(RangeInclusive<u16>, Date)>,
    /// The names of all levers.
    pub(super) levers: &'s [String],
}

/// A lever and its settings, each where it is written.
type LeverSettings<'a> = (&'a str, Vec<(Key<'a>, Value<'a>)>);

/// A future with the settings of levers, each where it is written.
pub(super) struct RawFuture<'a> {
    pub(super) future: Future,
    levers: Vec<LeverSettings<'a>>,
}

impl<'a> RawFuture<'a> {
    /// Puts the settings of levers into the policies that have them, and notes those that all of these have so already.
    pub(super) fn act_on(&mut self, policies: &mut [Option<Merged<'a>>]) {
        for (name, settings) in &self.levers {
            let policies = policies.iter_mut().flatten();
            let mut levers: Vec<_> =
                policies.filter_map(|policy| policy.levers.get_mut(name)).collect();
            for (key, value) in settings {
                let has_it = |lever: &&mut RawLever<'_>| {
                    lever.settings.get(key.text).is_some_and(|(_, own)| own.says_same(value))
                };
                if !levers.is_empty() && levers.iter().all(has_it) {
                    self.future.unchanged.push(format!("{name}.{}", key.text));
                }
                for lever in &mut levers {
                    lever.settings.insert(key.text, (key.clone(), *value));
                }
            }
        }
    }
}

/// The words for which a future cannot be called.
fn unfit_name(name: &str) -> Option<String> {
    if !policy::is_name(name) {
        return Some("it has other letters than small ones, digits and hyphens".to_owned());
    }
    let taken = [(ALL, "every future"), (PRESENT, "the world without a future")];
    let taken = taken.iter().find(|(word, _)| *word == name);
    let meant = taken.map(|(_, what)| format!("it stands for {what}"));
    meant.or_else(|| letters::changed_elsewhere(name).map(str::to_owned))
}

/// Reads the future that is chosen, where there is one; that its file is not there is told elsewhere.
#[inline(never)]
pub(super) fn chosen<'a>(
    name: Option<&str>,
    documents: &'a BTreeMap<&str, Document<'a>>,
    around: &Around<'_>,
    problems: &mut Problems,
) -> Option<RawFuture<'a>> {
    let name = name?;
    problems.keep(read(name, documents.get(future::path(name).as_str())?, around))
}

/// The scenario in a future, whose title stands after its own wherever people read it.
pub(super) fn within(scenario: Scenario, future: Option<Future>) -> Scenario {
    let Some(future) = future else { return scenario };
    let after = |own: &str, title: &str| format!("{own}: {title}");
    let further = |(tag, own): (&String, &String)| {
        let title = future.titles.of(tag).unwrap_or(&future.title_en);
        (tag.clone(), after(own, title))
    };
    Scenario {
        title_en: after(&scenario.title_en, &future.title_en),
        title_ko: after(&scenario.title_ko, &future.title_ko),
        titles: Titles(scenario.titles.0.iter().map(further).collect()),
        future: Some(future),
        ..scenario
    }
}

/// Reads the file of a future.
fn read<'a>(
    name: &str,
    document: &'a Document<'a>,
    around: &Around<'_>,
) -> Result<RawFuture<'a>, Problems> {
    let source = document.source;
    let mut fields = Fields::of_table(source, &document.root, 0..0, ("a future", keys::FUTURE));
    if let Some(reason) = unfit_name(name) {
        let problem = source.problem_of_all(format!("`{name}` cannot name a future: {reason}"));
        fields.note(problem.help("give the file another name, of a hundred letters at most"));
    }
    let title_en = fields.optional("title", value::title);
    let title_ko = fields.optional("title_ko", value::title);
    let titles = fields.further("title", value::title);
    let description = fields.optional("description", value::text).unwrap_or_default();
    let said = fields.optional("source", value::text).unwrap_or_default();
    let table = fields.value("parameters");
    let adjustments =
        fields.optional("parameters", |table| changed::adjusted(table.entries()?, around.register));
    let adjustments = adjustments.unwrap_or_default();
    if let Some(table) = table {
        fields.note(contradictory(&adjustments, table, around));
    }
    let climate = fields.optional("climate", |list| climate(list, around)).unwrap_or_default();
    let levers = fields.optional("levers", |table| levers(table, around.levers));
    let levers = levers.unwrap_or_default();
    let title_en = title_en.unwrap_or_else(|| name.to_owned());
    let future = Future {
        name: name.to_owned(),
        title_ko: title_ko.unwrap_or_else(|| title_en.clone()),
        title_en,
        titles,
        description,
        source: said,
        adjustments: adjustments.into_iter().map(|(adjustment, _)| adjustment).collect(),
        climate,
        levers: levers.iter().map(|(name, _)| (*name).to_owned()).collect(),
        unchanged: Vec::new(),
    };
    fields.finish(|| Some(RawFuture { future, levers }))
}

/// Changes that do not fit the parameters, each by itself and together.
fn contradictory(
    adjustments: &[(Adjustment, Value<'_>)],
    table: Value<'_>,
    around: &Around<'_>,
) -> Problems {
    let register = around.register;
    let mut problems = changed::dated_valuation(adjustments, table, register);
    let Some(values) = around.values else { return problems };
    for (adjustment, at) in adjustments {
        let (stated, spec) = (&values[adjustment.parameter], &register[adjustment.parameter]);
        problems.add(changed::unfit(adjustment, *at, stated, spec, ("a future", around.vary)));
    }
    let stated = Stated { register, values };
    let mut numbers = stated.numbers();
    stated.adjust(&mut numbers, adjustments.iter().map(|(adjustment, _)| adjustment));
    problems.add(changed::contradictions(&numbers, register, |_| table.problem("")));
    problems
}

/// Years with a given climate: simulated ones after what is known.
fn climate(list: Value<'_>, around: &Around<'_>) -> Result<Vec<ClimateYear>, Problems> {
    let mut previous: Option<u16> = None;
    district::entries(list, ("[[climate]]", keys::CLIMATE), |mut fields| {
        value::remarks(&mut fields);
        let at = fields.value("year");
        let year = fields.required("year", "year", value::year);
        let index = fields.required("index", "1", district::climate_index);
        if let (Some(year), Some(at)) = (year, at) {
            if let Some((years, vantage)) = &around.time {
                let known = vantage.year;
                if year <= known {
                    let message =
                        format!("the climate of {year} is known by the vantage date, {vantage}");
                    let problem =
                        at.problem(message).expected(format!("expected {} or later", known + 1));
                    fields.note(problem.help("what is known by then is data in every future"));
                } else if !years.contains(&year) {
                    let message = format!("{year} is not among the scenario's years");
                    let (first, until) = (years.start(), years.end());
                    let expected = format!("expected a year from {first} to {until}");
                    fields.note(at.problem(message).expected(expected));
                }
            }
            if let Some(before) = previous.filter(|&before| year <= before) {
                let message = format!("the year {year} stands after {before}");
                fields.note(at.problem(message).expected("expected rising years"));
            }
            previous = Some(year);
        }
        fields.finish(|| Some(ClimateYear { year: year?, index: index? }))
    })
}

/// Settings of levers, each with its place; what they must be is said where policies are made.
fn levers<'a>(table: Value<'a>, known: &[String]) -> Result<Vec<LeverSettings<'a>>, Problems> {
    let mut problems = Problems::default();
    let mut found = Vec::new();
    for (key, lever) in table.entries()? {
        if problems.are_many() {
            break;
        }
        if !known.iter().any(|name| name == key.text) {
            let message = format!("no policy has a lever `{}`", shortened(key.text));
            let problem =
                key.problem(message).expected("expected the name of a lever of some policy");
            problems.add(problem.known(key.text, known.iter().map(String::as_str)));
            continue;
        }
        let Some(settings) = problems.keep(lever.entries()) else { continue };
        for (key, _) in settings.iter().filter(|(key, _)| OF_THE_POLICY.contains(&key.text)) {
            let message = format!("a future cannot change the `{}` of a lever", key.text);
            let problem = key.problem(message).expected("this is the policy's to say");
            problems.add(problem.help("write a policy that differs in it"));
        }
        found.push((key.text, settings));
    }
    if problems.0.is_empty() { Ok(found) } else { Err(problems) }
}

/// A future that is asked for and not there.
pub(super) fn unknown(name: &str, known: &[String]) -> Problem {
    let message = format!("there is no future `{}`", shortened(name));
    let problem = Problem::of_file(format!("--future {}", shortened(name)), message);
    if known.is_empty() {
        let problem = problem.expected(format!("the scenario has no file {FOLDER}/NAME.toml"));
        return problem.help("scenarios/README.md says what stands in one");
    }
    let problem =
        problem.expected(format!("expected the name of a file in {FOLDER}/, without .toml"));
    problem.known(name, known.iter().map(String::as_str))
}

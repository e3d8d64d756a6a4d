//! What policies, futures and `--set` put in the place of parameter values.

use toml::de::DeValue;

use crate::scenario::Distribution;
use crate::scenario::ParameterValue;
use crate::scenario::adjustment::Adjusted;
use crate::scenario::adjustment::Adjustment;
use crate::scenario::keys;
use crate::scenario::keys::bounds::MOST_FACTOR;
use crate::scenario::keys::bounds::MOST_SUM;
use crate::scenario::parameter::NEVER;
use crate::scenario::parameter::Register;
use crate::scenario::parameter_spec::ParameterSpec;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::parameters::DISCOUNT_RATE;
use crate::scenario::read::parameters::VALUATIONS;
use crate::scenario::read::parameters::bounded;
use crate::scenario::read::parameters::known;
use crate::scenario::read::source::SourceFile;
use crate::scenario::read::syntax::Document;
use crate::scenario::read::value;
use crate::scenario::read::walk::Fields;
use crate::scenario::read::walk::Key;
use crate::scenario::read::walk::Value;
use crate::scenario::read::walk::entries;

/// A policy that changes by what results are valued: the difference from another would be one of the yardstick.
pub(super) fn own_valuation(
    changed: impl IntoIterator<Item = usize>,
    table: Value<'_>,
    register: &Register,
) -> Problems {
    let mut problems = Problems::default();
    for place in changed {
        let name = &register[place].name;
        if name == DISCOUNT_RATE {
            problems.add(own_discount_rate("a policy", table));
        } else if VALUATIONS.contains(&name.as_ref()) {
            let problem = table.problem(format!("a policy cannot have its own `{name}`"));
            let problem = problem.expected("results of all policies are valued alike");
            let help = format!("set it in parameters.toml or a future, or with --set {name}=VALUE");
            problems.add(problem.help(help));
        }
    }
    problems
}

/// A future that changes the discount rate, or from a date on by what results are valued: what is left at the horizon
/// would be valued otherwise than it was paid for.
pub(super) fn dated_valuation(
    adjustments: &[(Adjustment, Value<'_>)],
    table: Value<'_>,
    register: &Register,
) -> Problems {
    let mut problems = Problems::default();
    for (adjustment, at) in adjustments {
        let name = &register[adjustment.parameter].name;
        if name == DISCOUNT_RATE {
            problems.add(own_discount_rate("a future", table));
        } else if VALUATIONS.contains(&name.as_ref())
            && (adjustment.from.is_some() || adjustment.until.is_some())
        {
            let problem = at.problem(format!("`{name}` cannot change from year to year"));
            let problem = problem.expected("results of all years are valued alike");
            problems.add(problem.help("leave `from` and `until` out"));
        }
    }
    problems
}

fn own_discount_rate(whose: &str, table: Value<'_>) -> Problem {
    table
        .problem(format!("{whose} cannot have a discount rate of its own"))
        .expected("present values of all policies share one rate")
        .help("set it in parameters.toml, or with --set discount_rate=VALUE")
}

/// What a policy does to parameters, with the value that says so.
pub(super) fn adjusted<'a>(
    values: Vec<(Key<'a>, Value<'a>)>,
    register: &Register,
) -> Result<Vec<(Adjustment, Value<'a>)>, Problems> {
    let mut problems = Problems::default();
    let mut adjusted = Vec::new();
    for (key, value) in values {
        if problems.are_many() {
            break;
        }
        let found = known(&key, register)
            .and_then(|parameter| Ok((adjustment(parameter, value, register)?, value)));
        adjusted.extend(problems.keep(found));
    }
    if problems.0.is_empty() { Ok(adjusted) } else { Err(problems) }
}

fn adjustment(
    parameter: usize,
    value: Value<'_>,
    register: &Register,
) -> Result<Adjustment, Problems> {
    let spec = &register[parameter];
    if !matches!(value.spanned.get_ref(), DeValue::Table(_)) {
        let adjusted = Adjusted::To(bounded(value, spec)?);
        return Ok(Adjustment { parameter, adjusted, from: None, until: None });
    }
    let mut fields = Fields::of(value, format!("the change of `{}`", spec.name), keys::CHANGE)?;
    let times = fields.optional("times", |times| value::number(times, 0.0, MOST_FACTOR, "1"));
    let plus = fields.optional("plus", |plus| value::number(plus, -MOST_SUM, MOST_SUM, spec.unit));
    let from = fields.optional("from", value::date);
    let until = fields.optional("until", value::date);
    let written = ["times", "plus"].into_iter().filter(|&name| fields.value(name).is_some());
    if written.count() != 1 {
        let problem = value.problem(format!("`{}` is changed in one way", spec.name));
        fields.note(problem.expected("expected either `times` or `plus`"));
    }
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        let problem = value.problem(format!("`until`, {until}, is before `from`, {from}"));
        fields.note(problem.expected(format!("expected {from} or later")));
    }
    fields.finish(|| {
        let adjusted = times.map(Adjusted::Times).or(plus.map(Adjusted::Plus))?;
        Some(Adjustment { parameter, adjusted, from, until })
    })
}

/// An adjustment that does not fit the parameter as the scenario states it: one value in the place of
/// values that vary, or a range that leaves the register's bounds. Draws beyond a range are cut to
/// the bounds, as they are without an adjustment. `whose` it is, that of a policy or a future, is said.
pub(super) fn unfit(
    adjustment: &Adjustment,
    at: Value<'_>,
    stated: &ParameterValue,
    spec: &ParameterSpec,
    (whose, vary): (&str, bool),
) -> Problems {
    let varies = vary && stated.distribution != Distribution::Fixed;
    match adjustment.adjusted {
        Adjusted::To(value) if varies => {
            let example = if stated.value > 0.0 && value.is_finite() {
                format!("{{ times = {:.4} }}", value / stated.value)
            } else {
                "{ plus = 0.1 }".to_owned()
            };
            let message =
                format!("`{}` varies over replications, so {whose} cannot fix it", spec.name);
            let problem = at
                .problem(message)
                .expected("expected a change of the value that each replication draws")
                .help(format!("for example: {} = {example}", spec.name));
            problem.into()
        }
        Adjusted::To(_) => Problems::default(),
        Adjusted::Times(_) | Adjusted::Plus(_) => {
            let (low, high) =
                if varies { (stated.low, stated.high) } else { (stated.value, stated.value) };
            let (changed_low, changed_high) =
                (adjustment.adjusted.of(low), adjustment.adjusted.of(high));
            if stated.value.is_infinite() || (changed_low >= spec.min && changed_high <= spec.max) {
                return Problems::default();
            }
            // Without the last digits that a product or sum has of its own.
            let shown = |number: f64| (number * 1e9).round() / 1e9;
            let range = |low: f64, high: f64| {
                let (low, high) = (shown(low), shown(high));
                if low < high { format!("{low} to {high}") } else { low.to_string() }
            };
            let message = format!(
                "this takes `{}` from {} to {}",
                spec.name,
                range(low, high),
                range(changed_low, changed_high)
            );
            let bounds = format!("{} to {} [{}]", spec.min, spec.max, spec.unit);
            at.problem(message).expected(format!("expected to stay within {bounds}")).into()
        }
    }
}

/// The values that `--set` gives to parameters: position in the register and value.
fn replaced(
    values: Vec<(Key<'_>, Value<'_>)>,
    register: &Register,
) -> Result<Vec<(usize, f64)>, Problems> {
    let mut problems = Problems::default();
    let mut replaced = Vec::new();
    for (key, value) in values {
        if problems.are_many() {
            break;
        }
        let found =
            known(&key, register).and_then(|index| Ok((index, bounded(value, &register[index])?)));
        replaced.extend(problems.keep(found));
    }
    if problems.0.is_empty() { Ok(replaced) } else { Err(problems) }
}

/// Reads what `--set` gives.
pub(super) fn read_set(
    set: &[(String, String)],
    register: &Register,
) -> Result<Vec<(usize, f64)>, Problems> {
    let mut problems = Problems::default();
    let mut values = Vec::new();
    for (order, (name, value)) in set.iter().enumerate() {
        // On a command line the quotes of a word are the shell's.
        let (name, value) = (name.trim(), value.trim());
        if name.contains(['\n', '\r']) || value.contains(['\n', '\r']) {
            let message = format!("a line end stands in `{}`", shortened(name));
            problems.add(Problem::of_file("--set", message).expected("expected PARAMETER=VALUE"));
            continue;
        }
        if name.contains('.') {
            let message = format!("`{}` is no parameter", shortened(name));
            let problem = Problem::of_file("--set", message);
            problems.add(problem.help(
                "settings of levers are for `run`, `check`, `diff`, `attribute`, `noise` and `replay`",
            ));
            continue;
        }
        let text =
            if value == NEVER { format!("{name}=\"{value}\"") } else { format!("{name}={value}") };
        // Each has a place of its own after all files.
        let order = usize::MAX - set.len() + order;
        let read = match SourceFile::new("--set".to_owned(), order, text.as_bytes()) {
            Ok(source) if value != NEVER && value.starts_with(char::is_alphabetic) => {
                Err(no_number(&source, name, value, register))
            }
            Ok(source) => {
                let (document, faults) = Document::parse(&source);
                problems.add(faults);
                replaced(entries(document.source, &document.root), register)
            }
            Err(problems) => Err(problems),
        };
        for (index, value) in problems.keep(read).into_iter().flatten() {
            if values.iter().any(|&(other, _)| other == index) {
                let message = format!("`{name}` is set twice");
                problems.add(Problem::of_file("--set", message).help("leave one of the two out"));
            }
            values.push((index, value));
        }
    }
    if problems.0.is_empty() { Ok(values) } else { Err(problems) }
}

/// A word stands where `--set` wants a number: as a value of TOML it would want quotes.
fn no_number(source: &SourceFile, name: &str, value: &str, register: &Register) -> Problems {
    match known(&Key { source, text: name, span: 0..name.len() }, register) {
        Err(problems) => problems,
        Ok(index) => {
            let spec = &register[index];
            let at = source.text.len() - value.len()..source.text.len();
            let problem = source.problem(at, format!("`{}` is no number", shortened(value)));
            let expected = value::number_from(spec.min, spec.max, spec.unit);
            problem.expected(format!("expected {expected}")).into()
        }
    }
}

/// Conditions that tie parameters to each other; `at` gives the place of one of them.
pub(super) fn contradictions(
    values: &[f64],
    register: &Register,
    at: impl Fn(&str) -> Problem,
) -> Problems {
    let named = |name: &str| register.position(name).and_then(|index| values.get(index)).copied();
    let mut problems = Problems::default();
    let shares: Vec<(&ParameterSpec, f64)> = register
        .iter()
        .zip(values.iter().copied())
        .filter(|(spec, _)| spec.family == "sector_share")
        .collect();
    let sum: f64 = shares.iter().map(|(_, share)| share).sum();
    if let Some((first, _)) = shares.first()
        && sum > 1.0 + 1e-12
    {
        let mut problem = at(&first.name);
        let texts: Vec<String> =
            shares.iter().map(|(spec, _)| format!("`{}`", spec.name)).collect();
        problem.message = match texts.as_slice() {
            [one] => format!("{one} is {sum}"),
            [others @ .., last] => format!("{} and {last} add up to {sum}", others.join(", ")),
            [] => String::new(),
        };
        problems.add(problem.expected("expected shares that leave at least 0 for the rest"));
    }
    if let (Some(shortest), Some(longest)) =
        (named("building_lag_minimum"), named("building_lag_maximum"))
        && shortest > longest
    {
        let mut problem = at("building_lag_minimum");
        problem.message = format!(
            "`building_lag_minimum`, {shortest}, is above `building_lag_maximum`, {longest}"
        );
        problems.add(problem.expected("expected the shorter of the two"));
    }
    problems
}

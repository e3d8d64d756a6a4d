//! `parameters.toml`, and values of parameters that policies and `--set` put in their place.

use toml::de::DeValue;

use crate::scenario::Distribution;
use crate::scenario::Evidence;
use crate::scenario::ParameterValue;
use crate::scenario::adjustment::Adjustment;
use crate::scenario::keys;
use crate::scenario::money::MONEY;
use crate::scenario::money::is_money;
use crate::scenario::money::said;
use crate::scenario::nearest::nearest;
use crate::scenario::parameter::MAY_BE_NEVER;
use crate::scenario::parameter::NEVER;
use crate::scenario::parameter::Register;
use crate::scenario::parameter::family_of;
use crate::scenario::parameter_spec::ParameterSpec;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::survey::survey;
use crate::scenario::read::syntax::Document;
use crate::scenario::read::top::TakenFrom;
use crate::scenario::read::value;
use crate::scenario::read::walk::Fields;
use crate::scenario::read::walk::Key;
use crate::scenario::read::walk::Value;
use crate::scenario::read::walk::entries;
use crate::scenario::read::walk::missing_keys;
use crate::scenario::read::walk::with_unit;
use crate::scenario::read::walk::word_among;

/// The parameters of a scenario and what it states of each.
#[derive(Clone, Copy)]
pub(super) struct Stated<'s> {
    /// Which there are.
    pub(super) register: &'s Register,
    /// Their values, in that order.
    pub(super) values: &'s [ParameterValue],
}

impl Stated<'_> {
    /// The values alone.
    pub(super) fn numbers(self) -> Vec<f64> {
        self.values.iter().map(|parameter| parameter.value).collect()
    }

    /// Makes changes to values, one after another.
    pub(super) fn adjust<'c>(
        self,
        numbers: &mut [f64],
        changes: impl IntoIterator<Item = &'c Adjustment>,
    ) {
        for change in changes {
            let place = change.parameter;
            numbers[place] = change.value(numbers[place], &self.register[place]);
        }
    }
}

/// A name that differs from a parameter's by no more letters is taken for a slip of it.
const MOST_SLIPS: usize = 2;

/// A library of which a scenario takes over what it does not state itself.
pub(super) struct Library<'a> {
    /// Its file.
    pub(super) document: &'a Document<'a>,
    /// Who takes over.
    pub(super) by: TakenFrom<'a>,
}

impl Library<'_> {
    /// What it states of a parameter.
    fn of(&self, name: &str) -> Option<Value<'_>> {
        let spanned = self.document.root.get(name)?;
        Some(Value { source: self.document.source, spanned })
    }

    /// The unit of its amounts; empty where it does not say.
    fn money(&self) -> String {
        self.of("money").and_then(|value| value::text(value).ok()).unwrap_or_default()
    }

    /// Takes a parameter over; nothing where it has none of this name. `foreign` gets the names of
    /// amounts in other money than the scenario's.
    fn parameter(
        &self,
        spec: &ParameterSpec,
        foreign: &mut Vec<String>,
    ) -> Option<Result<ParameterValue, Problems>> {
        let value = self.of(&spec.name)?;
        let money = self.document.source.money;
        if is_money(spec.unit) && money.is_some_and(|it| it.account.to_string() != self.money()) {
            foreign.push(spec.name.to_string());
            return Some(Err(Problems::default()));
        }
        let taken = |stated| ParameterValue { taken_over: true, ..stated };
        Some(parameter(value, spec).map(taken))
    }

    /// What is said of amounts in other money.
    fn refused(&self, foreign: &[String]) -> Problem {
        let (name, own) = (self.by.name, self.money());
        let money = said(MONEY, self.document.source.money.as_ref());
        let message = format!(
            "the library `{name}` has {} in {own}, and the money of this scenario is {money}",
            foreign.join(", ")
        );
        let problem = self.by.at.problem(message).expected("no amount is converted");
        problem.help(format!("state them in parameters.toml, in {money}"))
    }
}

/// Reads `parameters.toml`, and of a library what it does not state; the values are in the order of the
/// register.
#[inline(never)]
pub(super) fn read(
    document: &Document<'_>,
    library: Option<&Library<'_>>,
    register: &Register,
) -> Result<Vec<ParameterValue>, Problems> {
    let source = document.source;
    let mut problems = Problems::default();
    let mut read: Vec<Option<ParameterValue>> = vec![None; register.len()];
    let mut found = vec![false; register.len()];
    for (key, value) in entries(source, &document.root) {
        if problems.are_many() {
            break;
        }
        let Some(index) = problems.keep(known(&key, register)) else {
            // A parameter whose name is misspelt is not missing as well.
            let meant = nearest(key.text, register.names())
                .filter(|meant| strsim::levenshtein(meant, key.text) <= MOST_SLIPS);
            if let Some(index) = meant.and_then(|meant| register.position(meant)) {
                found[index] = true;
            }
            continue;
        };
        found[index] = true;
        read[index] = problems.keep(parameter(value, &register[index]));
    }
    let mut foreign = Vec::new();
    for (index, spec) in
        register.iter().enumerate().filter(|&(index, _)| !found[index]).collect::<Vec<_>>()
    {
        let taken = library.and_then(|library| library.parameter(spec, &mut foreign));
        found[index] = taken.is_some();
        read[index] = taken.and_then(|taken| problems.keep(taken));
    }
    if let Some(library) = library.filter(|_| !foreign.is_empty()) {
        problems.add(library.refused(&foreign));
    }
    let missing: Vec<String> = register
        .iter()
        .zip(&found)
        .filter(|&(_, &found)| !found)
        .map(|(spec, _)| with_unit(&spec.name, spec.unit))
        .collect();
    if !missing.is_empty() {
        let problem = missing_keys(source.problem(0..0, ""), "parameters.toml", &missing);
        problems.add(
            problem
                .expected("every parameter of the register is written here")
                .help("`yangjae explain NAME` says what a parameter means"),
        );
    }
    if problems.0.is_empty() { Ok(read.into_iter().flatten().collect()) } else { Err(problems) }
}

/// The one parameter that is the same in every replication and under every policy.
pub(super) const DISCOUNT_RATE: &str = "discount_rate";

/// Parameters by which results are valued, beside the discount rate: they may vary over replications, but are the same
/// under every policy and in every year.
pub(super) const VALUATIONS: [&str; 2] = ["marginal_cost_of_public_funds", "opportunity_share"];

/// The place in the register of the parameter that a key names.
pub(super) fn known(key: &Key<'_>, register: &Register) -> Result<usize, Problems> {
    register.position(key.text).ok_or_else(|| {
        let problem = key.problem(format!("there is no parameter `{}`", shortened(key.text)));
        let problem = problem.expected("unknown parameter").known(key.text, register.names());
        let family = family_of(key.text);
        // Where district.toml names none of its kind, that is told there.
        let mut members = register.iter().filter(|spec| spec.name != spec.family);
        let mut lacks = |of| members.all(|spec| family_of(&spec.name) != Some(of));
        let of_district = |of: &&str| of.ends_with("district.toml");
        if family.filter(of_district).is_some_and(&mut lacks) {
            return Problems::default();
        }
        match family {
            Some(of) => {
                problem.help(format!("parameters of this family end in the name of one of {of}"))
            }
            None => problem,
        }
        .into()
    })
}

fn parameter(value: Value<'_>, spec: &ParameterSpec) -> Result<ParameterValue, Problems> {
    let mut fields = Fields::of(value, format!("the parameter `{}`", spec.name), keys::PARAMETER)?;
    let number = fields.required("value", spec.unit, |value| bounded(value, spec));
    fields.required("unit", "", |unit| same_unit(unit, spec));
    let never = number == Some(f64::NEG_INFINITY);
    let range = fields.required("range", spec.unit, |value| range(value, spec, never));
    let distribution = fields.required("distribution", "", distribution);
    if spec.name == DISCOUNT_RATE
        && distribution.is_some_and(|found| found != Distribution::Fixed)
        && let Some(at) = fields.value("distribution")
    {
        fields.note(
            at.problem("the discount rate cannot vary over replications")
                .expected("expected \"fixed\": present values of all policies share one rate")
                .help("for its sensitivity, run again with --set discount_rate=0.03"),
        );
    }
    if let (Some(number), Some((low, high)), Some(at)) = (number, range, fields.value("range"))
        && distribution == Some(Distribution::Fixed)
        && low < high
        && !never
    {
        let problem = at.problem("a parameter that is fixed does not vary over a range");
        let problem = problem.expected(format!("expected [{number}, {number}]"));
        let help = "if it is to vary, write distribution = \"uniform\" or \"triangular\"";
        fields.note(if spec.name == DISCOUNT_RATE { problem } else { problem.help(help) });
    }
    if let (Some((low, _)), Some(at)) = (range, fields.value("range"))
        && distribution == Some(Distribution::LogNormal)
        && low <= 0.0
        && !never
    {
        let problem = at.problem("a log-normal parameter is above 0");
        fields.note(
            problem
                .expected(format!("expected a range whose lower end is above 0, found {low}"))
                .help("or write distribution = \"normal\", \"uniform\" or \"triangular\""),
        );
    }
    let evidence = fields.required("evidence", "", evidence);
    let source = fields.required("source", "", value::text_not_empty);
    let note = fields.optional("note", value::text);
    let free = fields.optional("free", value::flag);
    let survey = fields.optional("survey", survey);
    if let (Some(plan), Some((low, high)), Some(at)) = (&survey, range, fields.value("survey"))
        && let Some(fit) = plan.survey.unfit(low, high)
        && !never
    {
        let problem = at.problem(format!("this survey is for {fit}"));
        fields.note(problem.expected(format!("the range of `{}` is {low} to {high}", spec.name)));
    }
    if let (Some(number), Some((low, high)), Some(at)) = (number, range, fields.value("value"))
        && !never
        && !(low..=high).contains(&number)
    {
        let message = format!("the value {number} lies outside its own range");
        fields.note(at.problem(message).expected(format!("expected {low} to {high}")));
    }
    fields.finish(|| {
        let (low, high) = range?;
        Some(ParameterValue {
            value: number?,
            low,
            high,
            distribution: distribution?,
            evidence: evidence?,
            source: source?,
            note: note.unwrap_or_default(),
            free: free.unwrap_or(false),
            taken_over: false,
            survey,
        })
    })
}

/// A value within the register's bounds, or `never` where the register allows it.
pub(super) fn bounded(value: Value<'_>, spec: &ParameterSpec) -> Result<f64, Problems> {
    match value.spanned.get_ref() {
        DeValue::String(word) if word == NEVER && spec.name == MAY_BE_NEVER => {
            Ok(f64::NEG_INFINITY)
        }
        DeValue::String(word) if word == NEVER => {
            let problem = value.problem(format!("`{}` cannot be \"never\"", spec.name));
            Err(problem.expected("expected a number").into())
        }
        _ => value::number(value, spec.min, spec.max, spec.unit),
    }
}

fn same_unit(value: Value<'_>, spec: &ParameterSpec) -> Result<(), Problems> {
    let found = value::text(value)?;
    let unit = said(spec.unit, value.source.money.as_ref());
    // What the money is cannot be said where scenario.toml is not understood.
    let unknown = is_money(spec.unit) && value.source.money.is_none();
    if unknown || found == unit {
        return Ok(());
    }
    let message = format!("the unit of `{}` is not \"{}\"", spec.name, shortened(&found));
    let problem = value.problem(message).expected(format!("expected \"{unit}\""));
    Err(problem.help("convert value and range to this unit").into())
}

fn range(value: Value<'_>, spec: &ParameterSpec, never: bool) -> Result<(f64, f64), Problems> {
    let ends = value::list(value, "two numbers, [low, high]")?;
    let &[low, high] = ends.as_slice() else {
        let message = format!("a range has two ends, found {}", ends.len());
        return Err(value.problem(message).expected("expected [low, high]").into());
    };
    // A parameter that never acts has no range; what stands here is not used.
    let (min, max) = if never { (f64::MIN, f64::MAX) } else { (spec.min, spec.max) };
    let ends = value::each(vec![low, high], |end| value::number(end, min, max, spec.unit))?;
    match ends.as_slice() {
        &[low, high] if low <= high => Ok((low, high)),
        _ => {
            let problem = value.problem("the lower end of the range is above the upper end");
            Err(problem.expected("expected [low, high]").into())
        }
    }
}

fn distribution(value: Value<'_>) -> Result<Distribution, Problems> {
    word_among(value, "distribution", Distribution::WORDS)
        .map(|(index, _)| Distribution::ALL[index])
}

fn evidence(value: Value<'_>) -> Result<Evidence, Problems> {
    word_among(value, "kind of evidence", Evidence::WORDS).map(|(index, _)| Evidence::ALL[index])
}

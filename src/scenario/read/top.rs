//! `scenario.toml`: what is simulated, how often, and in which order policies stand.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use crate::scenario::Outputs;
use crate::scenario::appraisal::AfterHorizon;
use crate::scenario::appraisal::AppraisalChoice;
use crate::scenario::appraisal::RuleSet;
use crate::scenario::keys;
use crate::scenario::keys::bounds::FORMAT;
use crate::scenario::keys::bounds::MOST_APART;
use crate::scenario::keys::bounds::MOST_REPLICATIONS;
use crate::scenario::libraries::LIBRARIES;
use crate::scenario::money::Money;
use crate::scenario::money::MoneyUnit;
use crate::scenario::names::Names;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::letters::Looks;
use crate::scenario::read::syntax::Document;
use crate::scenario::read::value;
use crate::scenario::read::walk::Fields;
use crate::scenario::read::walk::Value;
use crate::scenario::read::walk::word_among;
use crate::scenario::renamed;
use crate::scenario::renamed::Of;
use crate::scenario::titles::Titles;
use crate::time::Date;

/// The longest horizon `[years]`.
const MOST_YEARS: u16 = 200;

/// A name that may be unknown, with the place to say so.
#[derive(Clone)]
pub(super) struct NamedPlace<'a> {
    pub(super) name: String,
    pub(super) value: Value<'a>,
}

/// From where parameters are taken over.
pub(super) struct TakenFrom<'a> {
    /// The library.
    pub(super) name: &'static str,
    /// Where `scenario.toml` says so.
    pub(super) at: Value<'a>,
}

/// `scenario.toml` in typed form.
pub(super) struct Top<'a> {
    pub(super) title_en: String,
    pub(super) title_ko: String,
    pub(super) question: String,
    pub(super) question_ko: String,
    pub(super) titles: Titles,
    pub(super) questions: Titles,
    pub(super) money: Money,
    pub(super) names: Names,
    pub(super) first_year: u16,
    pub(super) last_year: u16,
    pub(super) vantage: Date,
    pub(super) base_year: u16,
    pub(super) reference_year: u16,
    pub(super) capital_early_until: u16,
    pub(super) seed: u64,
    pub(super) replications: u32,
    pub(super) outputs: Outputs,
    pub(super) appraisal: AppraisalChoice,
    pub(super) parameters_vary: bool,
    pub(super) parameters_from: Option<&'static str>,
    pub(super) baseline: NamedPlace<'a>,
    pub(super) actual_policy: Option<NamedPlace<'a>>,
    pub(super) policies: Vec<NamedPlace<'a>>,
}

impl<'a> Top<'a> {
    /// The policy that really happened: the baseline where the file does not say.
    pub(super) fn happened(&self) -> &NamedPlace<'a> {
        self.actual_policy.as_ref().unwrap_or(&self.baseline)
    }
}

/// Reads `scenario.toml`.
#[inline(never)]
pub(super) fn read<'a>(document: &'a Document<'a>) -> Result<Top<'a>, Problems> {
    let mut fields =
        Fields::of_table(document.source, &document.root, 0..0, ("scenario.toml", keys::SCENARIO));
    let written = fields.value("format");
    fields.note(format(written, document));
    let title_en = fields.required("title", "", value::title);
    let title_ko = fields.optional("title_ko", value::title);
    let titles = fields.further("title", value::title);
    let question = fields.required("question", "", value::text_not_empty);
    let question_ko = fields.optional("question_ko", value::text_not_empty);
    let questions = fields.further("question", value::text_not_empty);
    let money = fields.required("money", "", money);
    let names = fields.required("names", "", names);
    let first_year = fields.required("first_year", "year", value::year);
    let last_value = fields.value("last_year");
    let last_year = fields.required("last_year", "year", value::year);
    let vantage = fields.required("vantage", "date", value::date);
    let base_value = fields.value("base_year");
    let base_year = fields.required("base_year", "year", value::year);
    let reference_year = fields.optional("reference_year", value::year);
    let capital_early_until = fields.optional("capital_early_until", value::year);
    let seed = fields.required("seed", "", |seed| value::whole(seed, 0, i64::MAX as u64, ""));
    let replications = fields
        .required("replications", "", |number| value::count(number, 1, MOST_REPLICATIONS, ""));
    let outputs = fields.optional("outputs", outputs).unwrap_or_default();
    let appraisal = fields.value("appraisal");
    let stated = fields.optional("appraisal", rule_set);
    // One that is misspelt has been told.
    let is_lost = stated.is_none() && appraisal.is_some();
    let rule_set = stated.unwrap_or_default();
    if let Some(money) = money.as_ref().filter(|_| !is_lost)
        && let Some(why) = rule_set.unfit(money)
    {
        let problem = match appraisal {
            Some(at) => at.problem(why),
            None => document.source.problem(0..0, format!("without `appraisal`, {why}")),
        };
        let fit: Vec<String> =
            RuleSet::fit_for(money).map(|set| format!("\"{}\"", set.name())).collect();
        fields.note(problem.expected(format!("expected `appraisal` = {}", fit.join(" or "))));
    }
    let after_horizon = fields.optional("after_horizon", after_horizon).unwrap_or_default();
    let parameters_vary = fields.required("parameters_vary", "", value::flag);
    let parameters_from = fields.optional("parameters_from", library);
    let baseline = fields.required("baseline", "", named);
    let actual_policy = fields.optional("actual_policy", named);
    let policies = fields.optional("policies", policies).unwrap_or_default();
    // What it names is read by [`outline`]; here its problems are told.
    let _ = fields.optional("posterior", table);
    // It is read, and its problems told, where payers are.
    let _ = fields.value("payers");

    if let (Some(first), Some(last), Some(at)) = (first_year, last_year, last_value) {
        if last < first {
            let message = format!("the last year, {last}, is before the first, {first}");
            fields.note(at.problem(message).expected(format!("expected {first} or later")));
        } else if last - first >= MOST_YEARS {
            let message = format!("{} years are too many", last - first + 1);
            fields
                .note(at.problem(message).expected(format!("expected at most {MOST_YEARS} years")));
        }
    }
    if let (Some(first), Some(last), Some(base), Some(at)) =
        (first_year, last_year, base_year, base_value)
        && last >= first
        && !(first - MOST_APART..=last + MOST_APART).contains(&base)
    {
        let message = format!("`base_year`, {base}, is far from the years {first} to {last}");
        let (least, most) = (first - MOST_APART, last + MOST_APART);
        let problem = at.problem(message).expected(format!("expected {least} to {most}"));
        fields.note(problem.help(
            "money is at the prices of this year and discounted to it: the year of the sources' \
             prices, as a rule one of those simulated",
        ));
    }
    fields.finish(|| {
        let title_en = title_en?;
        Some(Top {
            title_ko: title_ko.unwrap_or_else(|| title_en.clone()),
            title_en,
            titles,
            questions,
            question: question?,
            question_ko: question_ko.unwrap_or_default(),
            money: money?,
            names: names?,
            first_year: first_year?,
            last_year: last_year?,
            vantage: vantage?,
            base_year: base_year?,
            reference_year: reference_year.or(first_year)?,
            capital_early_until: capital_early_until.or(last_year)?,
            seed: seed?,
            replications: replications?,
            outputs,
            appraisal: AppraisalChoice { rule_set, after_horizon },
            parameters_vary: parameters_vary?,
            parameters_from,
            baseline: baseline?,
            actual_policy,
            policies,
        })
    })
}

/// Refuses another format than the one that this program reads.
fn format(written: Option<Value<'_>>, document: &Document<'_>) -> Problems {
    let of_old = |problem: Problem| -> Problems {
        let renamed = renamed::told(Of::Key);
        let help =
            format!("since format 1 names have changed: {renamed}; then write `format = {FORMAT}`");
        problem.expected(format!("expected `format = {FORMAT}`")).help(help).into()
    };
    let Some(value) = written else {
        let message = "scenario.toml lacks the key `format`, so it is of format 1";
        return of_old(document.source.problem(0..0, message));
    };
    match value::whole(value, 0, u64::MAX, "") {
        Ok(FORMAT) => Problems::default(),
        Ok(found) if found < FORMAT => {
            of_old(value.problem(format!("this program reads format {FORMAT}, not {found}")))
        }
        Ok(found) => {
            let message =
                format!("format {found} is newer than this program, which reads {FORMAT}");
            let problem = value.problem(message).expected(format!("expected `format = {FORMAT}`"));
            problem.help("use a newer version of yangjae").into()
        }
        Err(problems) => problems,
    }
}

/// The money of the scenario.
fn money(value: Value<'_>) -> Result<Money, Problems> {
    let mut fields = Fields::of(value, "the money", keys::MONEY)?;
    let at = fields.value("account");
    let account = fields.required("account", "", unit);
    let display = fields.required("display", "", unit);
    if let (Some(account), Some(display), Some(at)) = (account, display, at) {
        let money = Money { account, display };
        if account.currency != display.currency {
            let message = format!(
                "the unit of accounts is in {}, that of display in {}",
                account.currency, display.currency
            );
            fields.note(at.problem(message).expected("expected the same currency in both"));
        } else if let Some((why, fit)) = money.unfit() {
            let problem = at.problem(format!("{account} as the unit of accounts is {why}"));
            fields.note(problem.expected(format!("expected \"{fit}\"")));
        } else if display.power < account.power {
            let message = format!(
                "what people read, {display}, is less than the unit of accounts, {account}"
            );
            fields.note(
                at.problem(message).expected("expected a unit of display as great or greater"),
            );
        }
    }
    fields.finish(|| Some(Money { account: account?, display: display? }))
}

/// A unit of money, as `EUR k`.
fn unit(value: Value<'_>) -> Result<MoneyUnit, Problems> {
    let text = value::title(value)?;
    MoneyUnit::named(&text).map_err(|why| {
        let problem = value.problem(why);
        problem
            .expected("expected a code of ISO 4217 alone or with k, m, bn or tn, as in \"EUR k\"")
            .into()
    })
}

/// A name that stands in sentences, whose words in braces are filled in.
fn name(value: Value<'_>) -> Result<String, Problems> {
    let name = value::title(value)?;
    if name.contains(['{', '}']) {
        return Err(value.problem("a name has no braces").expected("expected a plain name").into());
    }
    Ok(name)
}

/// What city and district are called.
fn names(value: Value<'_>) -> Result<Names, Problems> {
    let mut fields = Fields::of(value, "the names", keys::NAMES)?;
    let city_en = fields.required("city", "", name);
    let city_ko = fields.optional("city_ko", name);
    let district_en = fields.required("district", "", name);
    let district_ko = fields.optional("district_ko", name);
    let cities = fields.further("city", name);
    let districts = fields.further("district", name);
    let korean = |own: &Option<String>, english: &Option<String>| own.clone().or(english.clone());
    for (key, city, district) in [
        ("district", city_en.clone(), district_en.clone()),
        ("district_ko", korean(&city_ko, &city_en), korean(&district_ko, &district_en)),
    ] {
        let mut given = Looks::new("name");
        let (Some(city), Some(district), Some(at)) = (city, district, fields.value(key)) else {
            continue;
        };
        given.take("city", &city);
        if let Some(message) = given.take("district", &district) {
            let problem = at.problem(message);
            fields.note(problem.expected("expected another name than that of the city"));
        }
    }
    fields.finish(|| {
        let (city_en, district_en) = (city_en?, district_en?);
        Some(Names {
            city_ko: city_ko.unwrap_or_else(|| city_en.clone()),
            city_en,
            cities,
            district_ko: district_ko.unwrap_or_else(|| district_en.clone()),
            district_en,
            districts,
        })
    })
}

/// Which tables are wanted beside those of every run; the keys are those of the flags of `run`.
fn outputs(value: Value<'_>) -> Result<Outputs, Problems> {
    let mut fields = Fields::of(value, "the outputs wanted", keys::OUTPUTS)?;
    let events = fields
        .optional("events", |number| value::count(number, 0, MOST_REPLICATIONS, "replications"));
    let replication_csv = fields.optional("replication_csv", value::flag);
    let groups = fields.optional("groups", value::flag);
    fields.finish(|| {
        let replication_csv = replication_csv.unwrap_or_default();
        let groups = groups.unwrap_or_default();
        Some(Outputs { events: events.unwrap_or_default(), replication_csv, groups })
    })
}

/// A library of parameters, by its name.
fn library(value: Value<'_>) -> Result<&'static str, Problems> {
    let names = LIBRARIES.map(|(name, _)| name);
    word_among(value, "library of parameters", &names).map(|(place, _)| names[place])
}

/// The rule set of the appraisal, by its word.
fn rule_set(value: Value<'_>) -> Result<RuleSet, Problems> {
    let (place, _) = word_among(value, "rule set", &RuleSet::WORDS)?;
    Ok(RuleSet::ALL[place])
}

/// What flows are after the last year, by its word.
fn after_horizon(value: Value<'_>) -> Result<AfterHorizon, Problems> {
    let (place, _) =
        word_among(value, "choice of flows after the last year", &AfterHorizon::WORDS)?;
    Ok(AfterHorizon::ALL[place])
}

fn named(value: Value<'_>) -> Result<NamedPlace<'_>, Problems> {
    Ok(NamedPlace { name: value::text_not_empty(value)?, value })
}

/// The name of a table in the scenario's folder.
fn table(value: Value<'_>) -> Result<NamedPlace<'_>, Problems> {
    let named = named(value)?;
    let plain = !named.name.contains(['/', '\\']) && named.name != "observed.csv";
    if plain && named.name.strip_suffix(".csv").is_some_and(|stem| !stem.is_empty()) {
        return Ok(named);
    }
    let message = format!("`{}` cannot be the file of a posterior", shortened(&named.name));
    let expected = "expected the name of a file NAME.csv in the scenario's folder";
    Err(value.problem(message).expected(expected).into())
}

/// What other files are checked against, also where the rest of `scenario.toml` has problems.
#[derive(Default)]
pub(super) struct Outline<'a> {
    /// First and last year, if both are understood and in order.
    pub(super) years: Option<RangeInclusive<u16>>,
    pub(super) posterior: Option<NamedPlace<'a>>,
    /// Its money, if it is understood.
    pub(super) money: Option<Money>,
    /// The library from which it takes over parameters.
    pub(super) parameters_from: Option<TakenFrom<'a>>,
    /// Every policy that is named: those listed, the baseline, and the one that happened.
    pub(super) policies: Vec<NamedPlace<'a>>,
}

/// Reads what other files are checked against; its problems are told by [`read`].
pub(super) fn outline<'a>(document: &'a Document<'a>) -> Outline<'a> {
    let mut fields =
        Fields::of_table(document.source, &document.root, 0..0, ("scenario.toml", keys::SCENARIO));
    let first = fields.optional("first_year", value::year);
    let last = fields.optional("last_year", value::year);
    let listed = fields.value("policies").and_then(Value::list).unwrap_or_default();
    let mut policies: Vec<NamedPlace<'a>> =
        listed.into_iter().filter_map(|value| named(value).ok()).collect();
    policies.extend(fields.optional("baseline", named));
    policies.extend(fields.optional("actual_policy", named));
    let money = fields.optional("money", money);
    let years = first.zip(last).filter(|(first, last)| first <= last);
    let years = years.map(|(first, last)| first..=last);
    let taken = fields.value("parameters_from");
    let taken = taken.and_then(|at| Some(TakenFrom { name: library(at).ok()?, at }));
    let posterior = fields.optional("posterior", table);
    Outline { years, posterior, money, parameters_from: taken, policies }
}

fn policies(value: Value<'_>) -> Result<Vec<NamedPlace<'_>>, Problems> {
    let names = value::each(value::list(value, "names of policies")?, named)?;
    let mut problems = Problems::default();
    let mut listed = BTreeSet::new();
    for name in &names {
        if !listed.insert(name.name.as_str()) {
            let message = format!("the policy `{}` is listed twice", shortened(&name.name));
            problems.add(name.value.problem(message).expected("a second time"));
        }
    }
    if problems.0.is_empty() { Ok(names) } else { Err(problems) }
}

/// The last year after `--until`.
pub(super) fn cut(top: &Top<'_>, until: Option<u16>) -> Result<u16, Problems> {
    let Some(until) = until else { return Ok(top.last_year) };
    if (top.first_year..=top.last_year).contains(&until) {
        return Ok(until);
    }
    let message = format!("{until} is not among the scenario's years");
    let expected = format!("expected a year from {} to {}", top.first_year, top.last_year);
    Err(Problem::of_file(format!("--until {until}"), message).expected(expected).into())
}

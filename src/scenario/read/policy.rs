//! `policies/NAME.toml`: a policy as its file says, and what it takes over from others.

use std::collections::BTreeMap;

use crate::scenario::adjustment::Adjustment;
use crate::scenario::keys;
use crate::scenario::parameter::Register;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::changed;
use crate::scenario::read::letters;
use crate::scenario::read::syntax::Document;
use crate::scenario::read::top::NamedPlace;
use crate::scenario::read::value;
use crate::scenario::read::walk::Fields;
use crate::scenario::read::walk::Key;
use crate::scenario::read::walk::Value;
use crate::scenario::titles::Titles;

/// A policy as its own file says it.
pub(super) struct RawPolicy<'a> {
    pub(super) name: String,
    pub(super) document: &'a Document<'a>,
    pub(super) title_en: Option<String>,
    pub(super) title_ko: Option<String>,
    pub(super) titles: Titles,
    pub(super) description: String,
    pub(super) extends: Vec<NamedPlace<'a>>,
    /// Whether it extends something that was not understood.
    pub(super) extends_unread: bool,
    /// Whether it says that it cannot be chosen, and where.
    pub(super) counterfactual: Option<(bool, Value<'a>)>,
    pub(super) remove: Vec<NamedPlace<'a>>,
    pub(super) levers: Vec<(Key<'a>, RawLever<'a>)>,
    pub(super) adjustments: Vec<(Adjustment, Value<'a>)>,
    /// Where `[parameters]` stands.
    pub(super) parameters: Option<Value<'a>>,
}

/// A lever with what it took over: for each setting the value that counts.
#[derive(Clone)]
pub(super) struct RawLever<'a> {
    /// The lever's table in the file that wrote it first; what is missing is missing there.
    pub(super) table: Value<'a>,
    pub(super) settings: BTreeMap<&'a str, (Key<'a>, Value<'a>)>,
}

/// Whether this may name a policy, a lever or a package: small letters, digits, hyphens.
pub(super) fn is_name(name: &str) -> bool {
    (1..=letters::LONGEST_NAME).contains(&name.len())
        && name.chars().all(|letter| matches!(letter, 'a'..='z' | '0'..='9' | '-'))
        && !name.starts_with('-')
        && !name.ends_with('-')
}

/// Which letter of a name only looks like a small Latin one, for the end of a sentence.
fn look_alike(name: &str) -> String {
    crate::scenario::letters::look_alike(name).map_or_else(String::new, |it| format!(": {it}"))
}

/// Refuses the name of a package, which stands in tables, where a spreadsheet would change it.
fn package<'a>(settings: &BTreeMap<&str, (Key<'a>, Value<'a>)>) -> Problems {
    let Some((_, value)) = settings.get("package") else { return Problems::default() };
    let Ok(name) = value::text(*value) else { return Problems::default() };
    let changed = letters::changed_elsewhere(&name).map(str::to_owned);
    let Some(reason) = changed.or_else(|| crate::scenario::letters::mixed_scripts(&name)) else {
        return Problems::default();
    };
    let problem = value.problem(format!("`{name}` cannot name a package: {reason}"));
    problem.expected("expected another name").into()
}

/// Reads one policy file. What is wrong is noted; the rest is kept for the policies that extend it.
pub(super) fn read<'a>(
    name: &str,
    document: &'a Document<'a>,
    register: &Register,
    problems: &mut Problems,
) -> RawPolicy<'a> {
    let source = document.source;
    if !is_name(name) {
        let message = format!("`{}` is no name of a policy{}", shortened(name), look_alike(name));
        let problem = source.problem_of_all(message);
        problems.add(
            problem.help("name the file with small letters, digits and hyphens, a hundred at most"),
        );
    } else if let Some(reason) = letters::changed_elsewhere(name) {
        let problem = source.problem_of_all(format!("`{name}` cannot name a policy: {reason}"));
        problems
            .add(problem.help("give the file another name, such as one that begins with a word"));
    }
    let mut fields = Fields::of_table(source, &document.root, 0..0, ("a policy", keys::POLICY));
    let title_en = fields.optional("title", value::title);
    let title_ko = fields.optional("title_ko", value::title);
    let titles = fields.further("title", value::title);
    let description = fields.optional("description", value::text).unwrap_or_default();
    let extends = fields.optional("extends", bases);
    let extends_unread = extends.is_none() && fields.value("extends").is_some();
    let extends = extends.unwrap_or_default();
    let counterfactual =
        fields.optional("counterfactual", |value| Ok((value::flag(value)?, value)));
    let remove = fields
        .optional("remove", |list| value::each(value::list(list, "names of levers")?, named))
        .unwrap_or_default();
    let levers = fields.optional("levers", Value::entries).unwrap_or_default();
    let parameters = fields.value("parameters");
    let adjustments = fields
        .optional("parameters", |table| changed::adjusted(table.entries()?, register))
        .unwrap_or_default();
    let levers = levers
        .into_iter()
        .filter_map(|(key, table)| {
            if !is_name(key.text) {
                let name = shortened(key.text);
                let message = format!("`{name}` is no name of a lever{}", look_alike(key.text));
                let problem = key.problem(message);
                fields.note(
                    problem
                        .expected("expected small letters, digits and hyphens, a hundred at most"),
                );
            } else if let Some(reason) = letters::changed_elsewhere(key.text) {
                let message = format!("`{}` cannot name a lever: {reason}", key.text);
                fields.note(key.problem(message).expected("expected another name"));
            }
            let settings = table.entries().map_err(|problem| fields.note(problem)).ok()?;
            let settings: BTreeMap<_, _> =
                settings.into_iter().map(|(key, value)| (key.text, (key, value))).collect();
            fields.note(package(&settings));
            Some((key, RawLever { table, settings }))
        })
        .collect();
    let _ = problems.keep(fields.finish(|| Some(())));
    RawPolicy {
        name: name.to_owned(),
        document,
        title_en,
        title_ko,
        titles,
        description,
        extends,
        extends_unread,
        counterfactual,
        remove,
        levers,
        adjustments,
        parameters,
    }
}

fn named(value: Value<'_>) -> Result<NamedPlace<'_>, Problems> {
    Ok(NamedPlace { name: value::text(value)?, value })
}

/// The policies that a policy extends: one, or a list of them.
fn bases(value: Value<'_>) -> Result<Vec<NamedPlace<'_>>, Problems> {
    let Some(list) = value.list() else { return Ok(vec![named(value)?]) };
    let bases = value::each(list, named)?;
    if bases.is_empty() {
        let problem = value.problem("the list is empty");
        return Err(problem.expected("expected the name of one policy at least").into());
    }
    for (place, base) in bases.iter().enumerate() {
        if bases[..place].iter().any(|other| other.name == base.name) {
            let message = format!("`{}` stands twice in the list", shortened(&base.name));
            return Err(base.value.problem(message).expected("expected each policy once").into());
        }
    }
    Ok(bases)
}

/// A name that no policy has.
pub(super) fn unknown_policy<'n>(
    wanted: &NamedPlace<'_>,
    known: impl IntoIterator<Item = &'n str>,
) -> Problem {
    wanted
        .value
        .problem(format!("there is no policy `{}`", shortened(&wanted.name)))
        .expected("expected the name of a file in policies/, without .toml")
        .known(&wanted.name, known)
}

//! `policies/NAME.toml`: a policy as its file says, and what it takes over from others.

use std::collections::BTreeMap;

use crate::scenario::adjustment::Adjustment;
use crate::scenario::parameter::Register;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::letters;
use crate::scenario::read::parameters;
use crate::scenario::read::syntax::Document;
use crate::scenario::read::top::NamedPlace;
use crate::scenario::read::value;
use crate::scenario::read::walk::Fields;
use crate::scenario::read::walk::Key;
use crate::scenario::read::walk::Value;

/// A policy as its own file says it.
pub(super) struct RawPolicy<'a> {
    pub(super) name: String,
    pub(super) document: &'a Document<'a>,
    pub(super) title_en: Option<String>,
    pub(super) title_ko: Option<String>,
    pub(super) description: String,
    pub(super) extends: Option<NamedPlace<'a>>,
    /// Whether it extends something that was not understood.
    pub(super) extends_unread: bool,
    remove: Vec<NamedPlace<'a>>,
    pub(super) levers: Vec<(Key<'a>, RawLever<'a>)>,
    pub(super) adjustments: Vec<(Adjustment, Value<'a>)>,
    /// Where `[parameters]` stands.
    parameters: Option<Value<'a>>,
}

/// A lever with what it took over: for each setting the value that counts.
#[derive(Clone)]
pub(super) struct RawLever<'a> {
    /// The lever's table in the file that wrote it first; what is missing is missing there.
    pub(super) table: Value<'a>,
    pub(super) settings: BTreeMap<&'a str, (Key<'a>, Value<'a>)>,
}

/// A policy after `extends`.
pub(super) struct Merged<'a> {
    pub(super) levers: BTreeMap<&'a str, RawLever<'a>>,
    pub(super) adjustments: BTreeMap<usize, Adjustment>,
    /// Where the last file of the chain gives parameters.
    pub(super) parameters: Option<Value<'a>>,
    /// Whether a file of the chain could not be parsed, so that settings may be absent.
    pub(super) broken: bool,
}

/// Whether this may name a policy, a lever or a package: small letters, digits, hyphens.
pub(super) fn is_name(name: &str) -> bool {
    (1..=100).contains(&name.len())
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
    let mut fields = Fields::of_table(source, &document.root, 0..0, "a policy");
    let title_en = fields.optional("title", value::title);
    let title_ko = fields.optional("title_ko", value::title);
    let description = fields.optional("description", value::text).unwrap_or_default();
    let extends = fields.optional("extends", base);
    let extends_unread = extends.is_none() && fields.value("extends").is_some();
    let remove = fields
        .optional("remove", |list| value::each(value::list(list, "names of levers")?, named))
        .unwrap_or_default();
    let levers = fields.optional("levers", Value::entries).unwrap_or_default();
    let parameters = fields.value("parameters");
    let adjustments = fields
        .optional("parameters", |table| parameters::adjusted(table.entries()?, register))
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
        description,
        extends,
        extends_unread,
        remove,
        levers,
        adjustments,
        parameters,
    }
}

fn named(value: Value<'_>) -> Result<NamedPlace<'_>, Problems> {
    Ok(NamedPlace { name: value::text(value)?, value })
}

/// The one policy that a policy extends.
fn base(value: Value<'_>) -> Result<NamedPlace<'_>, Problems> {
    if value.list().is_none() {
        return named(value);
    }
    let problem = value.problem("a policy extends one other, not a list of them");
    let problem = problem.expected("expected the name of one policy in quotes");
    Err(problem.help("to build on several, let each extend the one before it").into())
}

/// For each policy the policies whose files it is made of, the one that extends nothing first;
/// `None` for a policy that cannot be made.
pub(super) fn chains(
    policies: &[RawPolicy<'_>],
    problems: &mut Problems,
) -> Vec<Option<Vec<usize>>> {
    let parents = parents(policies, problems);
    // A circle is reported once, by its first policy.
    let mut in_reported_circle = vec![false; policies.len()];
    (0..policies.len())
        .map(|start| {
            let mut chain = vec![start];
            let mut policy = start;
            loop {
                let parent = match parents[policy] {
                    Base::Nothing => break,
                    Base::Unknown => return None,
                    Base::Policy(parent) => parent,
                };
                if parent == start && !in_reported_circle[start] {
                    problems.add(circle(policies, &chain));
                    for &member in &chain {
                        in_reported_circle[member] = true;
                    }
                }
                // Longer than there are policies: it leads into a circle.
                if parent == start || chain.len() > policies.len() {
                    return None;
                }
                chain.push(parent);
                policy = parent;
            }
            chain.reverse();
            Some(chain)
        })
        .collect()
}

/// What a policy extends.
#[derive(Clone, Copy)]
enum Base {
    Nothing,
    Policy(usize),
    Unknown,
}

/// Which policy each extends.
fn parents(policies: &[RawPolicy<'_>], problems: &mut Problems) -> Vec<Base> {
    let places: BTreeMap<&str, usize> =
        policies.iter().enumerate().map(|(index, policy)| (policy.name.as_str(), index)).collect();
    policies
        .iter()
        .map(|policy| {
            let Some(wanted) = &policy.extends else {
                return if policy.extends_unread { Base::Unknown } else { Base::Nothing };
            };
            let parent = places.get(wanted.name.as_str()).copied();
            if parent.is_none() {
                problems.add(unknown_policy(wanted, places.keys().copied()));
            }
            parent.map_or(Base::Unknown, Base::Policy)
        })
        .collect()
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

fn circle(policies: &[RawPolicy<'_>], members: &[usize]) -> Problem {
    let mut names: Vec<&str> = members.iter().map(|&index| policies[index].name.as_str()).collect();
    names.push(names[0]);
    let first = &policies[members[0]];
    let message = "policies extend each other in a circle";
    match &first.extends {
        Some(extends) => extends.value.problem(message),
        None => first.document.source.problem_of_all(message),
    }
    .expected(names.join(" → "))
    .help("one of them must extend nothing, or a policy outside the circle")
}

/// Puts the files of a chain one over the other.
pub(super) fn merge<'a>(
    policies: &[RawPolicy<'a>],
    chain: &[usize],
    problems: &mut Problems,
) -> Merged<'a> {
    let mut merged = Merged {
        levers: BTreeMap::new(),
        adjustments: BTreeMap::new(),
        parameters: None,
        broken: false,
    };
    for policy in chain.iter().map(|&index| &policies[index]) {
        merged.broken |= policy.document.broken;
        for lever in &policy.remove {
            if problems.are_many() {
                break;
            }
            if merged.levers.remove(lever.name.as_str()).is_none() && !merged.broken {
                let message = format!("there is no lever `{}` to remove", shortened(&lever.name));
                let expected = match &policy.extends {
                    Some(base) => format!("`{}` has no such lever", base.name),
                    None => "this policy extends nothing".to_owned(),
                };
                let known: Vec<&str> = merged.levers.keys().copied().collect();
                problems
                    .add(lever.value.problem(message).expected(expected).known(&lever.name, known));
            }
        }
        for (key, written) in &policy.levers {
            match merged.levers.get_mut(key.text) {
                Some(lever) => problems.add(change(lever, written)),
                None => {
                    merged.levers.insert(key.text, written.clone());
                }
            }
        }
        let adjustments = policy.adjustments.iter().map(|&(own, _)| (own.parameter, own));
        merged.adjustments.extend(adjustments);
        merged.parameters = policy.parameters.or(merged.parameters);
    }
    merged
}

/// Changes the settings of a lever that are written anew.
fn change<'a>(lever: &mut RawLever<'a>, written: &RawLever<'a>) -> Problems {
    let mut problems = Problems::default();
    if let (Some((_, before)), Some((_, now))) =
        (lever.settings.get("kind"), written.settings.get("kind"))
        && value::text(*before).ok() != value::text(*now).ok()
    {
        let problem = now.problem("the kind of a lever that is taken over cannot change");
        problems.add(
            problem
                .expected(format!("expected {}, or no `kind`", before.described()))
                .help("remove the lever, and write one with another name"),
        );
    }
    let kind = lever.settings.get("kind").cloned();
    lever.settings.extend(written.settings.clone());
    // Settings that do not fit a kind that is refused are no further problem.
    lever.settings.extend(kind.map(|kind| ("kind", kind)));
    problems
}

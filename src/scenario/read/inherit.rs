//! What a policy takes over from those that it extends.
//!
//! A policy that extends several has the levers and parameters of all. Where two of them have a
//! setting from different files, the later word counts: that of the one whose other has only taken
//! it over from a file that both are made of. Where both have set it, differently, that is a problem,
//! unless the policy itself says which holds.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::scenario::adjustment::Adjustment;
use crate::scenario::parameter::Register;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::policy::RawLever;
use crate::scenario::read::policy::RawPolicy;
use crate::scenario::read::policy::unknown_policy;
use crate::scenario::read::source::SourceFile;
use crate::scenario::read::top::NamedPlace;
use crate::scenario::read::value;
use crate::scenario::read::walk::Value;

/// A policy after `extends`.
#[derive(Clone, Default)]
pub(super) struct Merged<'a> {
    pub(super) levers: BTreeMap<&'a str, RawLever<'a>>,
    /// What is done to parameters, with the value that says so.
    pub(super) adjustments: BTreeMap<usize, (Adjustment, Value<'a>)>,
    /// Where the last file of the chain gives parameters.
    pub(super) parameters: Option<Value<'a>>,
    /// Whether it cannot be chosen.
    pub(super) counterfactual: bool,
    /// Whether a file of the chain could not be parsed, so that settings may be absent.
    pub(super) broken: bool,
    /// The files that it is made of, by their order.
    files: BTreeSet<usize>,
}

impl Merged<'_> {
    fn is_made_of(&self, file: &SourceFile) -> bool {
        self.files.contains(&file.order)
    }
}

/// Puts the files of each policy together; `None` for a policy that cannot be made.
pub(super) fn merged<'a>(
    policies: &[RawPolicy<'a>],
    register: &Register,
    problems: &mut Problems,
) -> Vec<Option<Merged<'a>>> {
    let bases = bases(policies, problems);
    circles(policies, &bases, problems);
    let mut merged: Vec<Option<Merged<'a>>> = policies.iter().map(|_| None).collect();
    let mut left: Vec<usize> = (0..policies.len()).collect();
    // Those of a circle, and those that extend one that is unknown, are never ready.
    loop {
        let is_ready = |&policy: &usize| {
            let bases = bases[policy].as_ref();
            bases.is_some_and(|bases| bases.iter().all(|&base| merged[base].is_some()))
        };
        let (ready, waiting): (Vec<usize>, Vec<usize>) = left.into_iter().partition(is_ready);
        if ready.is_empty() {
            return merged;
        }
        for policy in ready {
            let mut whole = Merged::default();
            let of = bases[policy].iter().flatten().zip(&policies[policy].extends);
            for (place, (&base, named)) in of.enumerate() {
                let Some(base) = merged[base].clone() else { continue };
                if place == 0 {
                    whole = base;
                } else {
                    let joint = Joint { policy: &policies[policy], named, register };
                    joint.combine(&mut whole, base, problems);
                }
            }
            apply(&mut whole, &policies[policy], problems);
            merged[policy] = Some(whole);
        }
        left = waiting;
    }
}

/// The places of the policies that each extends; `None` where one is not understood.
fn bases(policies: &[RawPolicy<'_>], problems: &mut Problems) -> Vec<Option<Vec<usize>>> {
    let places: BTreeMap<&str, usize> =
        policies.iter().enumerate().map(|(index, policy)| (policy.name.as_str(), index)).collect();
    let mut of_one = |policy: &RawPolicy<'_>| {
        let found = policy.extends.iter().map(|wanted| {
            let base = places.get(wanted.name.as_str()).copied();
            if base.is_none() {
                problems.add(unknown_policy(wanted, places.keys().copied()));
            }
            base
        });
        let found: Vec<Option<usize>> = found.collect();
        let found: Option<Vec<usize>> = found.into_iter().collect();
        found.filter(|_| !policy.extends_unread)
    };
    policies.iter().map(&mut of_one).collect()
}

/// Policies that extend each other in a circle, each circle told once, by its first policy.
fn circles(policies: &[RawPolicy<'_>], bases: &[Option<Vec<usize>>], problems: &mut Problems) {
    let mut is_told = vec![false; policies.len()];
    for start in 0..policies.len() {
        if is_told[start] {
            continue;
        }
        let Some(members) = way_back(start, bases) else { continue };
        problems.add(circle(policies, &members));
        for member in members {
            is_told[member] = true;
        }
    }
}

/// The shortest way from a policy through those that it extends back to itself.
fn way_back(start: usize, bases: &[Option<Vec<usize>>]) -> Option<Vec<usize>> {
    let mut from: BTreeMap<usize, usize> = BTreeMap::new();
    let mut next = std::collections::VecDeque::from([start]);
    while let Some(policy) = next.pop_front() {
        for &base in bases[policy].iter().flatten() {
            if base == start {
                let mut way = vec![policy];
                while way[way.len() - 1] != start {
                    way.push(from[&way[way.len() - 1]]);
                }
                way.reverse();
                return Some(way);
            }
            if let std::collections::btree_map::Entry::Vacant(entry) = from.entry(base) {
                entry.insert(policy);
                next.push_back(base);
            }
        }
    }
    None
}

fn circle(policies: &[RawPolicy<'_>], members: &[usize]) -> Problem {
    let mut names: Vec<&str> = members.iter().map(|&index| policies[index].name.as_str()).collect();
    names.push(names[0]);
    let first = &policies[members[0]];
    let message = "policies extend each other in a circle";
    let next = first.extends.iter().find(|extends| extends.name == names[1]);
    match next {
        Some(extends) => extends.value.problem(message),
        None => first.document.source.problem_of_all(message),
    }
    .expected(names.join(" → "))
    .help("one of them must extend nothing, or a policy outside the circle")
}

/// One of the policies that a policy extends together with others.
struct Joint<'p, 'a> {
    /// The policy that extends them.
    policy: &'p RawPolicy<'a>,
    /// Where it names this one.
    named: &'p NamedPlace<'a>,
    register: &'p Register,
}

impl<'a> Joint<'_, 'a> {
    /// Puts what this one has beside what is there.
    fn combine(&self, here: &mut Merged<'a>, there: Merged<'a>, problems: &mut Problems) {
        self.remove(here, &there, problems);
        for (name, lever) in there.levers {
            let Some(before) = here.levers.get_mut(name) else {
                if !here.is_made_of(lever.table.source) || self.removes(name) {
                    here.levers.insert(name, lever);
                } else if has_own(here, &lever) {
                    problems.add(self.removed(name));
                }
                continue;
            };
            for (key, (at, value)) in lever.settings {
                let Some((_, own)) = before.settings.get(key) else {
                    before.settings.insert(key, (at, value));
                    continue;
                };
                let (one, other) = (own.source, value.source);
                let is_same = one.order == other.order || written(own) == written(&value);
                // Where figures come from is no part of what a policy does.
                if is_same || here.files.contains(&other.order) || key == "source" {
                    continue;
                }
                if !there.files.contains(&one.order) && !self.sets(name, key) {
                    let what = format!("`{key}` of the lever `{name}`");
                    problems.add(self.conflict(&what, one, other));
                }
                before.settings.insert(key, (at, value));
            }
        }
        for (parameter, (adjustment, value)) in there.adjustments {
            if let Some((before, own)) = here.adjustments.get(&parameter) {
                let (one, other) = (own.source, value.source);
                if *before == adjustment || here.files.contains(&other.order) {
                    continue;
                }
                let sets = self.policy.adjustments.iter().any(|(it, _)| it.parameter == parameter);
                if !there.files.contains(&one.order) && !sets {
                    let what = format!("the parameter `{}`", self.register[parameter].name);
                    problems.add(self.conflict(&what, one, other));
                }
            }
            here.adjustments.insert(parameter, (adjustment, value));
        }
        here.parameters = there.parameters.or(here.parameters);
        here.counterfactual |= there.counterfactual;
        here.broken |= there.broken;
        here.files.extend(there.files);
    }

    /// Takes away what this one has removed: levers of a file that it is made of too.
    fn remove(&self, here: &mut Merged<'a>, there: &Merged<'a>, problems: &mut Problems) {
        let gone = |(name, lever): (&&'a str, &RawLever<'a>)| {
            let is_gone = !there.levers.contains_key(name) && there.is_made_of(lever.table.source);
            (is_gone && !self.removes(name)).then_some(*name)
        };
        let gone: Vec<&str> = here.levers.iter().filter_map(gone).collect();
        for name in gone {
            let lever = here.levers.remove(name);
            if lever.is_some_and(|lever| has_own(there, &lever)) {
                problems.add(self.removed(name));
            }
        }
    }

    /// Whether the policy itself sets this of a lever.
    fn sets(&self, lever: &str, key: &str) -> bool {
        let mut levers = self.policy.levers.iter();
        levers.any(|(name, own)| name.text == lever && own.settings.contains_key(key))
    }

    /// Whether the policy itself removes a lever.
    fn removes(&self, lever: &str) -> bool {
        self.policy.remove.iter().any(|removed| removed.name == lever)
    }

    fn conflict(&self, what: &str, one: &SourceFile, other: &SourceFile) -> Problem {
        let message = format!("{what} is set differently in {} and {}", one.path, other.path);
        let problem = self.named.value.problem(message).expected("expected policies that agree");
        problem.help("say in this policy which value holds")
    }

    /// A lever that one policy has removed and the other has changed.
    fn removed(&self, lever: &str) -> Problem {
        let message =
            format!("the lever `{lever}` is removed by one of these and changed by another");
        let problem = self.named.value.problem(message).expected("expected policies that agree");
        problem.help("remove it in this policy too, or extend one of them only")
    }
}

/// Whether a lever has a setting from a file that a policy is not made of.
fn has_own<'a>(whole: &Merged<'a>, lever: &RawLever<'a>) -> bool {
    lever.settings.values().any(|(_, value)| !whole.is_made_of(value.source))
}

/// A value as it is written.
pub(super) fn written<'a>(value: &Value<'a>) -> &'a str {
    value.source.text.get(value.spanned.span()).unwrap_or_default()
}

/// Puts a policy's own file over what it has taken over.
fn apply<'a>(merged: &mut Merged<'a>, policy: &RawPolicy<'a>, problems: &mut Problems) {
    merged.files.insert(policy.document.source.order);
    merged.broken |= policy.document.broken;
    if let Some((own, _)) = policy.counterfactual {
        merged.counterfactual = own;
    }
    for lever in &policy.remove {
        if problems.are_many() {
            break;
        }
        if merged.levers.remove(lever.name.as_str()).is_none() && !merged.broken {
            let message = format!("there is no lever `{}` to remove", shortened(&lever.name));
            let bases: Vec<&str> = policy.extends.iter().map(|base| base.name.as_str()).collect();
            let expected = match bases.as_slice() {
                [] => "this policy extends nothing".to_owned(),
                [base] => format!("`{base}` has no such lever"),
                bases => format!("none of `{}` has such a lever", bases.join("`, `")),
            };
            let known: Vec<&str> = merged.levers.keys().copied().collect();
            problems.add(lever.value.problem(message).expected(expected).known(&lever.name, known));
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
    merged.adjustments.extend(policy.adjustments.iter().map(|&one| (one.0.parameter, one)));
    merged.parameters = policy.parameters.or(merged.parameters);
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

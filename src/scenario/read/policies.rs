//! The policies of a scenario together: names, order, and each made of the files that it extends.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::policy::area::Area;
use crate::policy::slot::MOST_LEVERS;
use crate::policy::values::Names;
use crate::scenario::ParameterValue;
use crate::scenario::Policy;
use crate::scenario::parameter::Register;
use crate::scenario::place::PlaceNames;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::areas::TAKEN;
use crate::scenario::read::changed;
use crate::scenario::read::future::RawFuture;
use crate::scenario::read::inherit;
use crate::scenario::read::inherit::Merged;
use crate::scenario::read::letters::Looks;
use crate::scenario::read::lever;
use crate::scenario::read::parameters::Stated;
use crate::scenario::read::policy;
use crate::scenario::read::policy::RawPolicy;
use crate::scenario::read::syntax::Document;
use crate::scenario::read::top::NamedPlace;
use crate::scenario::read::top::Top;
use crate::scenario::read::value;

/// The largest number of facilities in one scenario.
const MOST_FACILITIES: usize = 16;

/// Whether the file of a policy is among those that could not be read as text.
fn is_unread(name: &str, unread: &[&str]) -> bool {
    unread.iter().any(|path| policy_of(path) == Some(name))
}

/// The name of the policy whose file this is.
pub(super) fn policy_of(path: &str) -> Option<&str> {
    path.strip_prefix("policies/")?.strip_suffix(".toml")
}

/// The policy files among the documents.
pub(super) fn documents<'d>(
    documents: &'d BTreeMap<&str, Document<'d>>,
) -> impl Iterator<Item = &'d Document<'d>> {
    documents.iter().filter(|(path, _)| policy_of(path).is_some()).map(|(_, document)| document)
}

/// Reads every policy file among the documents, in the order of names; those of `unread` could not
/// be read as text.
#[inline(never)]
pub(super) fn files<'a>(
    documents: &'a BTreeMap<&str, Document<'a>>,
    unread: &[&str],
    register: &Register,
    problems: &mut Problems,
) -> Vec<RawPolicy<'a>> {
    let mut files = Vec::new();
    for (path, document) in documents {
        if let Some(name) = policy_of(path) {
            let mut file = policy::read(name, document, register, problems);
            let all = file.extends.len();
            file.extends.retain(|base| !is_unread(&base.name, unread));
            file.extends_unread |= file.extends.len() < all;
            files.push(file);
        }
    }
    files
}

/// Titles and packages that look the same.
pub(super) fn alike(files: &[RawPolicy<'_>]) -> Problems {
    let mut problems = same_titles(files);
    problems.add(same_packages(files));
    problems
}

/// Two policies whose titles look the same would stand under one name in every picture and sentence.
fn same_titles(files: &[RawPolicy<'_>]) -> Problems {
    let mut problems = Problems::default();
    let tags: BTreeSet<&String> = files.iter().flat_map(|file| file.titles.0.keys()).collect();
    let further = tags.into_iter().map(|tag| (format!("title_{tag}"), tag.as_str()));
    let keys = [("title".to_owned(), "en"), ("title_ko".to_owned(), "ko")];
    for (key, tag) in keys.into_iter().chain(further) {
        let mut given = Looks::new("title");
        for file in files {
            let english = file.title_en.as_ref().unwrap_or(&file.name);
            let title = match tag {
                "en" => english,
                "ko" => file.title_ko.as_ref().unwrap_or(english),
                tag => file.titles.of(tag).unwrap_or(english),
            };
            let Some(message) = given.take(&file.name, title) else { continue };
            let source = file.document.source;
            let problem = match file.document.root.get(key.as_str()) {
                Some(value) => source.problem(value.span(), message),
                None if tag != "en" => continue,
                None => source.problem_of_all(message),
            };
            problems.add(problem.expected("expected a title that no other policy has"));
        }
    }
    problems
}

/// Packages that nobody can tell from another package or lever, whose name is that of a package too.
fn same_packages(files: &[RawPolicy<'_>]) -> Problems {
    let mut problems = Problems::default();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut given = Looks::new("name");
    for (key, _) in files.iter().flat_map(|file| &file.levers) {
        if known.insert(key.text.to_owned()) {
            given.take(key.text, key.text);
        }
    }
    let levers = files.iter().flat_map(|file| &file.levers);
    for (_, value) in levers.filter_map(|(_, lever)| lever.settings.get("package")) {
        let Ok(name) = value::text(*value) else { continue };
        if known.insert(name.clone())
            && let Some(message) = given.take(&name, &name)
        {
            let problem = value.problem(message);
            problems.add(problem.expected("expected the same letters, or another name"));
        }
    }
    problems
}

/// All names of levers, in order; their places are the slots.
pub(super) fn lever_names(files: &[RawPolicy<'_>], problems: &mut Problems) -> Vec<String> {
    let mut names = BTreeSet::new();
    for (key, _) in files.iter().flat_map(|file| &file.levers) {
        if names.insert(key.text.to_owned()) && names.len() == MOST_LEVERS + 1 {
            let message = format!("the scenario has more than {MOST_LEVERS} names of levers");
            let problem = key.problem(message).expected("one too many");
            problems.add(
                problem.help("levers that stand for the same in several policies may share a name"),
            );
        }
    }
    names.into_iter().collect()
}

/// All names of areas, facilities and programmes, in order.
#[inline(never)]
pub(super) fn places(files: &[RawPolicy<'_>], areas: &[(String, Area)]) -> PlaceNames {
    let named = |wanted: &str| {
        let names: BTreeSet<String> = files
            .iter()
            .flat_map(|file| &file.levers)
            .filter(|(_, lever)| {
                let kind = lever.settings.get("kind");
                let kind = kind.and_then(|&(_, value)| value::text(value).ok());
                kind.as_deref() == Some(wanted)
            })
            .map(|(key, _)| key.text.to_owned())
            .collect();
        names.into_iter().collect()
    };
    let areas = areas.iter().map(|(name, area)| (name.clone(), area.in_district())).collect();
    PlaceNames { areas, facilities: named("facility"), programmes: named("programme") }
}

/// Facilities and programmes that cannot be places by their names or number.
pub(super) fn unfit_places(
    files: &[RawPolicy<'_>],
    areas: &[(String, Area)],
    places: &PlaceNames,
) -> Problems {
    let mut problems = names_of_places(files, areas);
    problems.add(too_many_facilities(files, &places.facilities));
    problems
}

/// Facilities and programmes with the name of another place: tables would have two rows of one key.
fn names_of_places(files: &[RawPolicy<'_>], areas: &[(String, Area)]) -> Problems {
    let mut problems = Problems::default();
    for (key, lever) in files.iter().flat_map(|file| &file.levers) {
        let kind = lever.settings.get("kind").and_then(|&(_, value)| value::text(value).ok());
        let is_place = matches!(kind.as_deref(), Some("facility" | "programme"));
        let is_area = areas.iter().any(|(name, _)| name == key.text);
        if is_place && (is_area || TAKEN.contains(&key.text)) {
            let problem = key.problem(format!("`{}` is the name of another place", key.text));
            problems
                .add(problem.expected("expected a name that no area has, nor district or city"));
        }
    }
    problems
}

fn too_many_facilities(files: &[RawPolicy<'_>], facilities: &[String]) -> Problems {
    let last = facilities.get(MOST_FACILITIES);
    let key = last.and_then(|last| {
        files.iter().flat_map(|file| &file.levers).map(|(key, _)| key).find(|key| key.text == last)
    });
    let message = format!("the scenario has more than {MOST_FACILITIES} facilities");
    key.map_or_else(Problems::default, |key| key.problem(message).expected("one too many").into())
}

/// Makes each policy of the files that it is made of; `None` where that cannot be done.
#[inline(never)]
pub(super) fn make<'n, 'a: 'n>(
    files: &[RawPolicy<'a>],
    names: Names<'n>,
    (register, values): (&Register, Option<&[ParameterValue]>),
    (vary, mut future): (bool, Option<&mut RawFuture<'a>>),
    problems: &mut Problems,
) -> Vec<Option<Policy>> {
    let mut merged = inherit::merged(files, register, problems);
    if let Some(future) = future.as_deref_mut() {
        future.act_on(&mut merged);
    }
    let future = future.as_deref();
    let make_one = |(file, merged): (&RawPolicy<'_>, Option<Merged<'_>>)| {
        let merged = merged?;
        if let Some(parameters) = values.map(|values| Stated { register, values }) {
            for &(adjustment, value) in &file.adjustments {
                let place = adjustment.parameter;
                let (stated, spec) = (&parameters.values[place], &parameters.register[place]);
                problems.add(changed::unfit(&adjustment, value, stated, spec, ("a policy", vary)));
            }
            problems.add(contradictory_adjustments(&merged, parameters, future));
        }
        let (plan, written) = problems.keep(lever::read(&merged, names, register))?;
        let title_en = file.title_en.clone().unwrap_or_else(|| file.name.clone());
        Some(Policy {
            name: file.name.clone(),
            title_ko: file.title_ko.clone().unwrap_or_else(|| title_en.clone()),
            title_en,
            titles: file.titles.clone(),
            description: file.description.clone(),
            extends: file.extends.iter().map(|base| base.name.clone()).collect(),
            plan,
            written,
            adjustments: merged
                .adjustments
                .into_values()
                .map(|(adjustment, _)| adjustment)
                .collect(),
            counterfactual: merged.counterfactual,
            inert: 0,
        })
    };
    files.iter().zip(merged).map(make_one).collect()
}

fn contradictory_adjustments(
    merged: &Merged<'_>,
    stated: Stated<'_>,
    future: Option<&RawFuture<'_>>,
) -> Problems {
    let Some(table) = merged.parameters else { return Problems::default() };
    let mut numbers = stated.numbers();
    stated.adjust(&mut numbers, future.iter().flat_map(|it| &it.future.adjustments));
    stated.adjust(&mut numbers, merged.adjustments.values().map(|(adjustment, _)| adjustment));
    let register = stated.register;
    let mut problems = changed::contradictions(&numbers, register, |_| table.problem(""));
    let changed = merged.adjustments.keys().copied();
    problems.add(changed::own_valuation(changed, table, register));
    problems
}

/// Says which policies scenario.toml names that are not there.
pub(super) fn unknown(
    named: &[NamedPlace<'_>],
    files: &[RawPolicy<'_>],
    unread: &[&str],
    problems: &mut Problems,
) {
    for named in named.iter().filter(|named| !is_unread(&named.name, unread)) {
        if problems.are_many() {
            break;
        }
        if files.iter().all(|file| file.name != named.name) {
            let known = files.iter().map(|file| file.name.as_str());
            problems.add(policy::unknown_policy(named, known));
        }
    }
}

/// Refuses a baseline that cannot be chosen: everything is measured against it.
fn unfit_baseline(
    baseline: &NamedPlace<'_>,
    files: &[RawPolicy<'_>],
    policies: &[Option<Policy>],
) -> Problems {
    let own = files.iter().find(|file| file.name == baseline.name);
    let is_unfit = |policy: &Policy| policy.name == baseline.name && policy.counterfactual;
    if !policies.iter().flatten().any(is_unfit) {
        return Problems::default();
    }
    let place = own.and_then(|file| file.counterfactual).map_or(baseline.value, |(_, at)| at);
    let message = format!("`{}` is the baseline and a counterfactual", shortened(&baseline.name));
    let problem = place.problem(message).expected("expected a baseline that can be chosen");
    problem.help("name another baseline, or take `counterfactual` away").into()
}

/// The places of the policies in the scenario's order, and the place of the baseline among them, which is to be one
/// that can be chosen; `None` where the baseline is not there.
#[inline(never)]
pub(super) fn ordered(
    top: &Top<'_>,
    files: &[RawPolicy<'_>],
    policies: &[Option<Policy>],
    problems: &mut Problems,
) -> Option<(Vec<usize>, usize)> {
    problems.add(unfit_baseline(&top.baseline, files, policies));
    let place = |name: &str| files.iter().position(|file| file.name == name);
    let mut order: Vec<usize> =
        top.policies.iter().filter_map(|listed| place(&listed.name)).collect();
    for index in 0..files.len() {
        if !order.contains(&index) {
            order.push(index);
        }
    }
    let baseline = place(&top.baseline.name)?;
    let baseline = order.iter().position(|&index| index == baseline)?;
    Some((order, baseline))
}

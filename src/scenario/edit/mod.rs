//! Policies that the command line makes of those of a scenario: settings, dates and sizes of levers
//! changed, levers added or taken away.
//!
//! Each is a small policy file that extends the one that it is made of, and states the change. The
//! scenario is then read again with these files beside its own, so that everything goes as if somebody
//! had written them.

mod change;
mod draft;
mod known;
pub mod option;
mod span;
mod words;

use std::collections::BTreeMap;

use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::edit::change::Context;
use crate::scenario::edit::draft::Draft;
use crate::scenario::edit::option::Alternatives;
use crate::scenario::edit::option::Edit;
use crate::scenario::problem::ScenarioError;
use crate::scenario::read::Loader;
use crate::scenario::read::letters::LONGEST_NAME;

/// What stands in a name between the policy that is changed and each change.
pub const SEPARATOR: &str = words::SEPARATOR;

/// The most policies that one command makes.
const MOST: usize = 500;

/// Why policies are not made.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The scenario has problems, without the changes or with them.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// An option asks for what cannot be.
    #[error("`{option}`: {message}")]
    Option {
        /// The option as it is written.
        option: String,
        /// What is wrong.
        message: String,
    },
    /// Too much is asked for at once.
    #[error("this makes {0} policies, and {MOST} are the most; ask for fewer at once")]
    Many(usize),
    /// A policy that is named is not there.
    #[error("{0}")]
    Policy(String),
    /// More than one policy is made where one is meant.
    #[error("this makes {0} policies, and the command is about one; ask for one change at a time")]
    NotOne(usize),
}

impl EditError {
    fn option(option: &impl ToString, message: impl Into<String>) -> Self {
        Self::Option { option: option.to_string(), message: message.into() }
    }
}

/// A policy that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadePolicy {
    /// Its name.
    pub name: String,
    /// The policy that it changes.
    pub base: String,
    /// What stands in its file, `policies/NAME.toml`.
    pub text: String,
    /// The options that asked for it.
    pub asked: String,
}

/// A scenario with the policies that were made.
#[derive(Clone, Debug)]
pub struct Edited {
    /// The scenario.
    pub scenario: Scenario,
    /// The policies.
    pub made: Vec<MadePolicy>,
    /// What was asked for and changes nothing, or gives what there is: a sentence each.
    pub without_effect: Vec<String>,
    /// What was asked for and has another value in the future that the scenario is read in: a sentence each.
    pub overridden: Vec<String>,
}

/// Reads a scenario with policies made from its own: each of `chosen`, or each but the baseline where none
/// is, with one of the alternatives of every option, wherever all of these can be asked of it.
///
/// # Errors
///
/// Fails if the scenario has problems, an option names what is not there, no policy can be changed so,
/// or the changed policies have problems, told as of the option.
pub fn edited(
    loader: &Loader<'_>,
    options: &[Alternatives],
    chosen: &[String],
) -> Result<Edited, EditError> {
    edited_of(&loader.clone().load()?, loader, options, chosen)
}

/// The same of a scenario that the loader has read already.
///
/// # Errors
///
/// Fails as [`edited`] does.
pub fn edited_of(
    scenario: &Scenario,
    loader: &Loader<'_>,
    options: &[Alternatives],
    chosen: &[String],
) -> Result<Edited, EditError> {
    if options.is_empty() {
        return Ok(Edited {
            scenario: scenario.clone(),
            made: Vec::new(),
            without_effect: Vec::new(),
            overridden: Vec::new(),
        });
    }
    let Some(future) = &scenario.future else {
        return edited_in_present(scenario, loader, options, chosen);
    };
    // Policies are made of what they are in the present; a future changes them as it does every other.
    let in_present = loader.clone().future(None);
    let present = edited_in_present(&in_present.clone().load()?, &in_present, options, chosen)?;
    let whole = load(loader.clone(), &present.made)?;
    let given = present.made.iter().filter_map(|made| overridden(made, &present.scenario, &whole));
    let overridden = given.map(|it| format!("future `{}`: {it}", future.name)).collect();
    Ok(Edited { scenario: whole, overridden, ..present })
}

/// Makes changed policies of those of a scenario that is in no future.
fn edited_in_present(
    scenario: &Scenario,
    loader: &Loader<'_>,
    options: &[Alternatives],
    chosen: &[String],
) -> Result<Edited, EditError> {
    for edit in options.iter().flat_map(|option| &option.0) {
        known::check(edit, scenario).map_err(|message| EditError::option(edit, message))?;
    }
    for (place, option) in options.iter().enumerate() {
        if let Some(edit) = option.0.iter().find(|edit| edit.is_of_levers()) {
            let again = options[..place].iter().any(|other| other.0.contains(edit));
            let within = option.0.iter().filter(|other| *other == edit).count() > 1;
            if again || within {
                return Err(EditError::option(edit, "it is asked for twice; leave one out"));
            }
        }
    }
    set_once(options)?;
    let drafts = drafts(loader, scenario, options, chosen)?;
    check_names(&drafts, scenario)?;
    let whole = load(loader.clone(), &made(&drafts))?;
    let does_nothing = |draft: &Draft<'_>| {
        policy(&whole, &draft.name).is_none_or(|made| does_same(made, draft.base))
    };
    let (idle, drafts): (Vec<_>, Vec<_>) = drafts.into_iter().partition(does_nothing);
    // What is said beside, such as a source, differs and does nothing.
    let so_already = |draft: &Draft<'_>| {
        let base = draft.base;
        match policy(&whole, &draft.name) {
            Some(made) if made.written != base.written => {
                format!("`{}` does the same with it", base.name)
            }
            _ => format!("`{}` has it so already", base.name),
        }
    };
    if let (Some(first), true) = (idle.first(), drafts.is_empty()) {
        return Err(EditError::option(&first.asked(), so_already(first)));
    }
    let mut without_effect: Vec<String> =
        idle.iter().map(|draft| format!("`{}`: {}", draft.asked(), so_already(draft))).collect();
    let whole = if idle.is_empty() { whole } else { load(loader.clone(), &made(&drafts))? };
    without_effect.extend(drafts.iter().filter_map(|draft| doubled(draft, &whole)));
    Ok(Edited { scenario: whole, made: made(&drafts), without_effect, overridden: Vec::new() })
}

/// Drafts with the texts of their files.
fn made(drafts: &[Draft<'_>]) -> Vec<MadePolicy> {
    let made = |draft: &Draft<'_>| MadePolicy {
        name: draft.name.clone(),
        base: draft.base.name.clone(),
        text: draft.text(),
        asked: draft.asked(),
    };
    drafts.iter().map(made).collect()
}

/// Refuses a second option for a setting: the policy would have one of the two values, and be called by both.
fn set_once(options: &[Alternatives]) -> Result<(), EditError> {
    let mut seen = Vec::new();
    for Alternatives(edits) in options {
        let Some(edit @ Edit::Set { lever, setting, .. }) = edits.first() else { continue };
        if seen.contains(&(lever, setting)) {
            let message = format!(
                "`{lever}.{setting}` is set twice; leave one out, or for a policy with each value separate them by \
                 commas in one `--set`"
            );
            return Err(EditError::option(edit, message));
        }
        seen.push((lever, setting));
    }
    Ok(())
}

/// The policies that are changed.
fn targets<'s>(scenario: &'s Scenario, chosen: &[String]) -> Result<Vec<&'s Policy>, EditError> {
    if chosen.is_empty() {
        let policies = scenario.policies.iter().enumerate();
        return Ok(policies
            .filter(|&(place, _)| place != scenario.baseline)
            .map(|(_, policy)| policy)
            .collect());
    }
    chosen.iter().map(|name| known::policy(name, scenario).map_err(EditError::Policy)).collect()
}

/// Changed policies with all that their files state.
#[inline(never)]
fn drafts<'s>(
    loader: &Loader<'_>,
    scenario: &'s Scenario,
    options: &[Alternatives],
    chosen: &[String],
) -> Result<Vec<Draft<'s>>, EditError> {
    let targets = targets(scenario, chosen)?;
    let each = options.iter().map(|option| option.0.len());
    let count = each.fold(targets.len(), usize::saturating_mul);
    // Of all policies but a few may have the lever.
    if count > MOST * targets.len().max(1) {
        return Err(EditError::Many(count));
    }
    let of_target = |&base: &&'s Policy| {
        combinations(options).into_iter().map(move |edits| Draft::new(base, edits))
    };
    let mut drafts: Vec<Draft<'s>> = targets.iter().flat_map(of_target).collect();
    let context = Context::of(scenario);
    let mut refused = Refused::default();
    // What moves and multiplies starts from what stands there by then.
    let absolute = options.iter().take_while(|option| option.0.iter().all(is_absolute)).count();
    let stages = (absolute > 0).then_some(0..absolute);
    for stage in stages.into_iter().chain((absolute..options.len()).map(|one| one..one + 1)) {
        let changed: Vec<Draft<'s>> =
            drafts.iter().filter(|draft| !draft.is_empty()).cloned().collect();
        let so_far = match changed.as_slice() {
            [] => None,
            changed => Some(load(loader.clone().without_posterior(), &made(changed))?),
        };
        drafts.retain_mut(|draft| {
            let current = so_far.as_ref().and_then(|so_far| policy(so_far, &draft.name));
            let current = current.unwrap_or(draft.base);
            draft.edits.clone()[stage.clone()].iter().all(|edit| {
                let done = context.apply(edit, draft, current);
                done.map_err(|why| refused.note(edit, why)).is_ok()
            })
        });
    }
    refused.unless_made(options, &drafts)?;
    // A file of an earlier command is made again, and not changed once more.
    let names: Vec<String> = drafts.iter().map(|draft| draft.name.clone()).collect();
    drafts.retain(|draft| !names.contains(&draft.base.name));
    if drafts.len() > MOST { Err(EditError::Many(drafts.len())) } else { Ok(drafts) }
}

/// Whether a change says what is there then, whatever was there before.
fn is_absolute(edit: &Edit) -> bool {
    !matches!(edit, Edit::Delay { .. } | Edit::Scale { .. })
}

/// One alternative of every option, in each way.
fn combinations(options: &[Alternatives]) -> Vec<Vec<Edit>> {
    let mut found = vec![Vec::new()];
    for Alternatives(edits) in options {
        let with = |before: &Vec<Edit>| {
            let with_one = |edit: &Edit| [before.as_slice(), std::slice::from_ref(edit)].concat();
            edits.iter().map(with_one).collect::<Vec<_>>()
        };
        found = found.iter().flat_map(with).collect();
    }
    found
}

/// Why changes could not be asked of policies: the first reason of each, by the option.
#[derive(Default)]
struct Refused(BTreeMap<String, Vec<String>>);

impl Refused {
    fn note(&mut self, edit: &Edit, why: String) {
        let known = self.0.entry(edit.to_string()).or_default();
        if !known.contains(&why) {
            known.push(why);
        }
    }

    /// Fails with the first change that no policy was made with.
    fn unless_made(&self, options: &[Alternatives], drafts: &[Draft<'_>]) -> Result<(), EditError> {
        let mut lost = options
            .iter()
            .flat_map(|option| &option.0)
            .filter(|edit| !drafts.iter().any(|draft| draft.edits.contains(edit)));
        let told = lost.find_map(|edit| Some((edit, self.0.get(&edit.to_string())?)));
        let Some((edit, reasons)) = told else { return Ok(()) };
        let message = match reasons.as_slice() {
            [one] => one.clone(),
            [first, rest @ ..] => {
                format!("no policy can be changed so: {first}; and {} more", rest.len())
            }
            [] => "no policy can be changed so".to_owned(),
        };
        Err(EditError::option(edit, message))
    }
}

/// Reads the scenario with the files of changed policies.
fn load(loader: Loader<'_>, made: &[MadePolicy]) -> Result<Scenario, EditError> {
    let with = made.iter().fold(loader, |with, one| with.policy(&one.name, one.text.clone()));
    with.load().map_err(|error| told(error, made).into())
}

/// The problems of changed policies as of the options that asked for them, each once.
#[inline(never)]
fn told(mut error: ScenarioError, made: &[MadePolicy]) -> ScenarioError {
    let follows = made.first().map_or("", |one| one.asked.as_str());
    for problem in &mut error.problems {
        let of_file =
            |one: &&MadePolicy| problem.file.ends_with(&format!("policies/{}.toml", one.name));
        match made.iter().find(of_file) {
            Some(one) => {
                problem.file.clone_from(&one.asked);
                problem.position = None;
            }
            None => problem.help.push(format!("without `{follows}` there is no such problem")),
        }
    }
    let mut seen = Vec::new();
    error.problems.retain(|problem| {
        let said = (problem.file.clone(), problem.message.clone(), problem.expected.clone());
        let is_new = problem.position.is_some() || !seen.contains(&said);
        seen.push(said);
        is_new
    });
    error
}

fn policy<'s>(scenario: &'s Scenario, name: &str) -> Option<&'s Policy> {
    scenario.policies.iter().find(|policy| policy.name == name)
}

fn does_same(one: &Policy, other: &Policy) -> bool {
    one.plan == other.plan && one.adjustments == other.adjustments
}

/// The settings in which a policy was made to differ and that a future gives another value, for every policy alike.
fn overridden(made: &MadePolicy, present: &Scenario, future: &Scenario) -> Option<String> {
    let [here, base] = [&made.name, &made.base].map(|name| policy(present, name));
    let (here, base, there) = (here?, base?, policy(future, &made.name)?);
    let value = |policy: &Policy, lever: &str, setting: &str| {
        let lever = policy.written.iter().find(|written| written.name == lever)?;
        lever.setting(setting).map(|setting| setting.value.clone())
    };
    let mut found = Vec::new();
    for lever in &here.written {
        for setting in &lever.settings {
            let of = |policy| value(policy, &lever.name, setting.name);
            let is_asked = of(base).as_ref() != Some(&setting.value);
            if let Some(value) = of(there).filter(|value| is_asked && *value != setting.value) {
                found.push(format!("`{}.{}` is {value}", lever.name, setting.name));
            }
        }
    }
    let found = found.join(", ");
    (!found.is_empty()).then(|| format!("`{}`: {found} there, whatever is asked", made.asked))
}

/// Says so where another policy does the same as one that was made.
fn doubled(draft: &Draft<'_>, scenario: &Scenario) -> Option<String> {
    let made = policy(scenario, &draft.name)?;
    let others = scenario.policies.iter().filter(|other| other.name != made.name);
    let other = others.into_iter().find(|other| does_same(other, made))?;
    Some(format!("`{}`: `{}` does the same as `{}`", draft.asked(), made.name, other.name))
}

/// Makes sure that each has a name of its own, which may be one.
#[inline(never)]
fn check_names(drafts: &[Draft<'_>], scenario: &Scenario) -> Result<(), EditError> {
    for (place, draft) in drafts.iter().enumerate() {
        let wrong = |message: String| Err(EditError::option(&draft.asked(), message));
        let name = &draft.name;
        if name.len() > LONGEST_NAME {
            return wrong(format!(
                "the policy would be called `{name}`, of {} letters, and {LONGEST_NAME} are the most; \
                 ask for fewer changes at once, or write a file that extends `{}`",
                name.len(),
                draft.base.name
            ));
        }
        if drafts[..place].iter().any(|other| other.name == *name) {
            return wrong(format!("two of the policies would be called `{name}`"));
        }
        let path = format!("policies/{name}.toml");
        let file = scenario.inputs.iter().find(|file| file.path == path);
        // Somebody has kept it there, and asks again.
        if file.is_some_and(|file| file.bytes != draft.text().as_bytes()) {
            return wrong(format!("{path} is there already, and says something else"));
        }
    }
    Ok(())
}

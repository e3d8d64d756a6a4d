//! Which parameters are moved together, as `--groups` says.

use crate::analysis::designed::Groups;
use crate::commands::sensitivity::error::SensitivityError;
use crate::scenario::Scenario;

/// The word for groups by the phase of the year in which parameters act first.
const PHASE: &str = "phase";

/// Parameters and the groups in which they are moved.
pub(super) struct Moved {
    /// The parameters, by their places in the register.
    pub(super) parameters: Vec<usize>,
    /// Their groups.
    pub(super) groups: Groups,
    /// The names of the groups.
    pub(super) names: Vec<String>,
}

impl Moved {
    /// The names of the parameters of a group.
    pub(super) fn members(&self, scenario: &Scenario, group: usize) -> String {
        let of = self.parameters.iter().zip(self.groups.of_parameters());
        let names = of.filter(|(_, of)| **of == group);
        let names = names.map(|(&parameter, _)| scenario.register[parameter].name.as_ref());
        names.collect::<Vec<&str>>().join("; ")
    }
}

/// The parameters in groups: `phase`, or `NAME=a+b,NAME=c+d`, where those that are in none stay by themselves.
///
/// # Errors
///
/// Fails where a group names a parameter that is none, is not moved, or is in another group.
pub(super) fn moved(
    scenario: &Scenario,
    parameters: Vec<usize>,
    groups: Option<&str>,
) -> Result<Moved, SensitivityError> {
    let own = |parameter: usize| scenario.register[parameter].name.to_string();
    let mut of: Vec<String> = match groups {
        Some(PHASE) => {
            let phase = |&parameter: &usize| scenario.register[parameter].acts_in.name().to_owned();
            parameters.iter().map(phase).collect()
        }
        _ => parameters.iter().map(|&parameter| own(parameter)).collect(),
    };
    if let Some(text) = groups.filter(|text| *text != PHASE) {
        let mut taken = vec![false; parameters.len()];
        let mut named: Vec<&str> = Vec::new();
        for group in text.split(',') {
            let wrong = || {
                let expected =
                    "expected phase, or NAME=PARAMETER+PARAMETER, with a comma between groups";
                SensitivityError::Groups(format!("`{group}`: {expected}"))
            };
            let (name, members) = group.split_once('=').ok_or_else(wrong)?;
            if named.contains(&name.trim()) {
                let again = format!("the group `{}` stands twice", name.trim());
                return Err(SensitivityError::Groups(again));
            }
            named.push(name.trim());
            for member in members.split('+').map(str::trim) {
                let place = parameters.iter().position(|&parameter| own(parameter) == member);
                let place = place.ok_or_else(|| {
                    SensitivityError::Groups(format!(
                        "`{member}` is no parameter that varies and acts"
                    ))
                })?;
                if std::mem::replace(&mut taken[place], true) {
                    return Err(SensitivityError::Groups(format!(
                        "`{member}` stands in two groups"
                    )));
                }
                name.trim().clone_into(&mut of[place]);
            }
        }
    }
    let mut names: Vec<String> = Vec::new();
    for name in &of {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    let numbers = of.iter().map(|name| names.iter().position(|other| other == name));
    let numbers: Vec<usize> = numbers.flatten().collect();
    let groups = Groups::new(numbers).unwrap_or_else(|| Groups::single(parameters.len()));
    Ok(Moved { parameters, groups, names })
}

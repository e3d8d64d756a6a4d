//! Which levers are instruments, and the parameters that are the sizes of their effects.

use std::collections::BTreeSet;

use toml::de::DeValue;

use crate::policy::effect::MOST_INSTRUMENTS;
use crate::policy::effect::size_parameter;
use crate::policy::levers::instrument::SPEC;
use crate::scenario::parameter::Register;
use crate::scenario::parameter::unit_of_family;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::read::settings::Settings;
use crate::scenario::read::syntax::Document;

/// The names of all levers that are instruments in some of these policies, in order.
pub(super) fn names<'d>(policies: impl Iterator<Item = &'d Document<'d>>) -> Vec<String> {
    let mut names = BTreeSet::new();
    for document in policies {
        let levers = document.root.get("levers").map(toml::Spanned::get_ref);
        if let Some(DeValue::Table(levers)) = levers {
            for (name, lever) in levers {
                let kind = lever.get_ref().as_table().and_then(|lever| lever.get("kind"));
                let kind = kind.and_then(|kind| kind.get_ref().as_str());
                if kind == Some(SPEC.name) {
                    names.insert(name.get_ref().to_string());
                }
            }
        }
    }
    names.into_iter().take(MOST_INSTRUMENTS).collect()
}

/// Effects of an instrument whose sizes are no parameters of the scenario.
pub(super) fn without_size(name: &str, settings: &Settings<'_>, register: &Register) -> Problems {
    let mut problems = Problems::default();
    for effect in settings.values.effects("effects") {
        let size = size_parameter(effect.on, name);
        if register.position(&size).is_none() {
            let unit = unit_of_family(&format!("effect_{}", effect.on.name()));
            let message = format!("parameters.toml has no `{size}`, the size of this effect");
            let problem: Problem = settings.problem("effects", message);
            problems.add(problem.expected(format!("expected a parameter in {unit}")).help(format!(
                "add {size} = {{ value = …, range = […, …], distribution = \"triangular\", unit = \"{unit}\", evidence = …, source = … }}"
            )));
        }
    }
    problems
}

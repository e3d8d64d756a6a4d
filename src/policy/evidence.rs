//! How far what is known reaches: the sizes of levers up to which their effects have been observed.
//!
//! The model gives an answer for any size. Beyond these it extrapolates, and says so: `check` warns,
//! and whoever writes of results can ask [`beyond_evidence`].

use crate::policy::lever::Lever;
use crate::policy::lever::LeverSpec;
use crate::policy::levers::Levers;

/// A setting of a policy's lever that is larger than evidence reaches.
#[derive(Clone, Debug, PartialEq)]
pub struct Beyond<'a> {
    /// The lever's name.
    pub lever: &'a str,
    /// What is known of its kind.
    pub spec: &'static LeverSpec,
    /// Its value, in the setting's unit; the largest of one that changes by date.
    pub value: f64,
    /// The setting.
    pub setting: &'static str,
    /// How far the evidence reaches, in the setting's unit.
    pub limit: f64,
    /// What the evidence is of.
    pub source: &'static str,
}

/// Every setting of a plan that is larger than evidence reaches, in the order of kinds and levers; `unit` makes an
/// amount of a unit in million won one in the unit of accounts.
#[must_use]
pub fn beyond_evidence(plan: &Levers, unit: impl Fn(&str, f64) -> f64) -> Vec<Beyond<'_>> {
    let of_lever = |lever: &'_ dyn Lever| {
        let (spec, observed) = (lever.spec(), lever.observed());
        let value = |name| observed.iter().find(|(setting, _)| *setting == name).map(|&(_, it)| it);
        let of_kind = spec.evidence.iter().filter_map(|limit| {
            let setting = spec.settings.iter().find(|setting| setting.name == limit.setting);
            let most = unit(setting.map_or("", |setting| setting.unit), limit.limit);
            value(limit.setting).map(|value| (limit.setting, value, most, limit.source))
        });
        let own = lever
            .own_limit()
            .map(|(setting, value, limit)| (setting, value, limit, "the lever's own `source`"));
        let beyond = |&(_, value, limit, _): &(&str, f64, f64, &str)| value > limit;
        of_kind.chain(own).filter(beyond).collect::<Vec<_>>()
    };
    let mut found = Vec::new();
    for lever in plan.levers() {
        let (name, spec) = (lever.common().name.as_str(), lever.spec());
        let beyond = of_lever(lever).into_iter();
        found.extend(beyond.map(|(setting, value, limit, source)| Beyond {
            lever: name,
            spec,
            value,
            setting,
            limit,
            source,
        }));
    }
    found
}

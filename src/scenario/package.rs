//! What a policy changes against the baseline, in packages that attribution treats as one.

use std::collections::BTreeMap;

use crate::policy::slot::LeverSlot;
use crate::scenario::Policy;

/// The name of the package of parameters that a policy sets otherwise.
pub const PARAMETERS: &str = "parameters";

/// A group of differences between a policy and the baseline: levers that it adds, changes or
/// removes, or the parameters that it sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    /// Its name: that of `package` in the policy's file, or of the lever.
    pub name: String,
    /// The names of its levers, in order.
    pub levers: Vec<String>,
    slots: Vec<LeverSlot>,
    has_parameters: bool,
}

/// The packages of a policy by name; none where it does the same as the baseline.
///
/// A lever that the policy removes belongs to the package that it has in the baseline, any other
/// to the one that it has in the policy.
#[must_use]
pub fn packages(policy: &Policy, baseline: &Policy) -> Vec<Package> {
    let mut packages: BTreeMap<String, Package> = BTreeMap::new();
    let removed = baseline
        .plan
        .common()
        .filter(|lever| policy.plan.common().all(|other| other.slot != lever.slot));
    let mut levers: Vec<_> = policy.plan.common().chain(removed).collect();
    levers.sort_by_key(|lever| lever.slot);
    for lever in levers {
        if baseline.plan.with_levers_of(&policy.plan, &[lever.slot]) != baseline.plan {
            let package = packages.entry(lever.package.clone()).or_default();
            package.slots.push(lever.slot);
            package.levers.push(lever.name.clone());
        }
    }
    if policy.adjustments != baseline.adjustments {
        packages.entry(PARAMETERS.to_owned()).or_default().has_parameters = true;
    }
    let named = |(name, package)| Package { name, ..package };
    packages.into_iter().map(named).collect()
}

/// The baseline with some packages of a policy: all of them make the policy, none the baseline.
#[must_use]
pub fn with_packages<'p>(
    policy: &Policy,
    baseline: &Policy,
    name: String,
    packages: impl IntoIterator<Item = &'p Package>,
) -> Policy {
    let mut slots = Vec::new();
    let mut adjustments = &baseline.adjustments;
    for package in packages {
        slots.extend_from_slice(&package.slots);
        if package.has_parameters {
            adjustments = &policy.adjustments;
        }
    }
    Policy {
        name,
        plan: baseline.plan.with_levers_of(&policy.plan, &slots),
        written: Vec::new(),
        adjustments: adjustments.clone(),
        ..baseline.clone()
    }
}

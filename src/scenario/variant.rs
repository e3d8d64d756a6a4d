//! Policies made from others: the same policy larger or smaller, and the same without effect.

use crate::policy::levers::Levers;
use crate::policy::scale;
use crate::policy::scale::SizeSetting;
use crate::policy::scale::SizeValue;
use crate::policy::slot::LeverSlot;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::WrittenLever;
use crate::scenario::WrittenSetting;

/// What the name of a placebo ends with.
pub const PLACEBO: &str = "-placebo";

/// A policy has the name that a placebo would get.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the placebo of `{policy}` would be called `{policy}-placebo`, and there is a policy of that \
     name already; give policies/{policy}-placebo.toml another name"
)]
pub struct PlaceboExists {
    /// The policy whose placebo it would be.
    pub policy: String,
}

/// A policy with its sizes scaled against the baseline's, in the plan and as written.
#[must_use]
pub fn scaled(policy: &Policy, baseline: &Policy, factor: f64) -> Policy {
    let plan = scale::scaled(&policy.plan, &baseline.plan, factor);
    let mut written = policy.written.clone();
    for (size, before) in scale::sizes(&plan).iter().zip(&scale::sizes(&policy.plan)) {
        if size != before {
            rewrite(&mut written, &plan, size);
        }
    }
    Policy { plan, written, ..policy.clone() }
}

/// Puts a new value into the setting of a lever as written, where it is written.
fn rewrite(written: &mut [WrittenLever], plan: &Levers, size: &SizeSetting) {
    let name = plan.common().find(|lever| lever.slot == size.slot).map(|lever| &lever.name);
    let lever = written.iter_mut().find(|lever| Some(&lever.name) == name);
    let setting =
        lever.and_then(|lever| lever.settings.iter_mut().find(|setting| setting.name == size.name));
    let Some(setting) = setting else { return };
    let (value, steps) = match &size.value {
        SizeValue::Number(number) => (number.to_string(), Vec::new()),
        SizeValue::Schedule(schedule) => {
            let steps = schedule.0.iter().map(|(from, number)| format!("{number} from {from}"));
            (steps.collect::<Vec<_>>().join("; "), schedule.0.clone())
        }
    };
    *setting = WrittenSetting { value, steps, ..setting.clone() };
}

/// The levers of a policy that the baseline lacks.
fn added(policy: &Policy, baseline: &Policy) -> Vec<LeverSlot> {
    let there = |slot| baseline.plan.common().any(|lever| lever.slot == slot);
    policy.plan.common().map(|lever| lever.slot).filter(|&slot| !there(slot)).collect()
}

/// The placebo of a policy: the baseline, and beside it the policy's new levers at the same places
/// and dates, with services and reliefs of no effect. `None` where it has no new lever.
///
/// Settings and parameters that the policy changes, and levers that it removes, stay as they are in
/// the baseline: they would be effects.
#[must_use]
pub fn placebo(policy: &Policy, baseline: &Policy) -> Option<Policy> {
    let slots = added(policy, baseline);
    if slots.is_empty() {
        return None;
    }
    let is_new = |name: &str| {
        policy.plan.common().any(|lever| lever.name == name && slots.contains(&lever.slot))
    };
    let new = policy.written.iter().filter(|lever| is_new(&lever.name)).cloned();
    let mut written: Vec<WrittenLever> = baseline.written.iter().cloned().chain(new).collect();
    written.sort_by(|a, b| a.name.cmp(&b.name));
    Some(Policy {
        name: format!("{}{PLACEBO}", policy.name),
        title_en: format!("{}: placebo", policy.title_en),
        title_ko: format!("{}: 플라시보", policy.title_ko),
        titles: policy.titles.map(|title| format!("{title}: placebo")),
        description: format!(
            "The places and dates of `{}` with services and reliefs of no effect.",
            policy.name
        ),
        extends: vec![policy.name.clone()],
        plan: baseline.plan.with_levers_of(&policy.plan, &slots),
        written,
        adjustments: baseline.adjustments.clone(),
        counterfactual: policy.counterfactual,
        inert: slots.iter().map(|&slot| 1 << slot).fold(0, std::ops::BitOr::bitor),
    })
}

impl Policy {
    /// Whether it is the placebo of another policy.
    #[must_use]
    pub const fn is_placebo(&self) -> bool {
        self.inert != 0
    }

    /// Whether it can be chosen: it is neither a placebo nor a counterfactual.
    #[must_use]
    pub const fn is_option(&self) -> bool {
        !self.is_placebo() && !self.counterfactual
    }
}

impl Scenario {
    /// The places of the policies among which one can choose.
    #[must_use]
    pub fn options(&self) -> Vec<usize> {
        let all = self.policies.iter().enumerate();
        all.filter(|(_, policy)| policy.is_option()).map(|(place, _)| place).collect()
    }
}

/// The scenario with the placebo of each policy after it.
///
/// # Errors
///
/// Fails if a policy has the name of a placebo already.
pub fn with_placebos(scenario: &Scenario) -> Result<Scenario, PlaceboExists> {
    let baseline = &scenario.policies[scenario.baseline];
    let mut policies = Vec::new();
    let mut place = 0;
    for (index, policy) in scenario.policies.iter().enumerate() {
        if index == scenario.baseline {
            place = policies.len();
        }
        policies.push(policy.clone());
        let Some(placebo) = placebo(policy, baseline) else { continue };
        if scenario.policies.iter().any(|other| other.name == placebo.name) {
            return Err(PlaceboExists { policy: policy.name.clone() });
        }
        policies.push(placebo);
    }
    Ok(Scenario { policies, baseline: place, ..scenario.clone() })
}

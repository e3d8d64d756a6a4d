//! One policy of a study.

use crate::model::setup::Case;
use crate::scenario::Policy;
use crate::scenario::adjustment::Adjustment;

/// One policy of a study.
#[derive(Clone, Debug, PartialEq)]
pub struct StudyPolicy {
    /// Its name.
    pub name: String,
    /// Its levers as the model runs them.
    pub case: Case,
    /// Parameters that it changes.
    pub adjustments: Vec<Adjustment>,
}

impl StudyPolicy {
    /// A policy of a scenario as a study takes it.
    #[must_use]
    pub fn of(policy: &Policy) -> Self {
        Self {
            name: policy.name.clone(),
            case: Case { plan: policy.plan.clone(), inert: policy.inert },
            adjustments: policy.adjustments.clone(),
        }
    }
}

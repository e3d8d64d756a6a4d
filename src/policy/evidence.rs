//! How far what is known reaches: the sizes of levers up to which their effects have been observed.
//!
//! The model gives an answer for any size. Beyond these it extrapolates, and says so: `check` warns,
//! and whoever writes of results can ask [`beyond_evidence`].

use crate::policy::lever::LeverKind;
use crate::policy::plan::Plan;
use crate::policy::plan::Schedule;
use crate::policy::plan::ServiceKind;
use crate::policy::setting::EvidenceLimit;

/// A setting of a policy's lever that is larger than evidence reaches.
#[derive(Clone, Debug, PartialEq)]
pub struct Beyond<'a> {
    /// The lever's name.
    pub lever: &'a str,
    /// Its kind.
    pub kind: LeverKind,
    /// Its value, in the setting's unit; the largest of one that changes by date.
    pub value: f64,
    /// How far the evidence reaches.
    pub limit: &'static EvidenceLimit,
}

/// Every setting of a plan that is larger than evidence reaches, in the order of kinds and levers.
#[must_use]
pub fn beyond_evidence(plan: &Plan) -> Vec<Beyond<'_>> {
    let mut found = Vec::new();
    let mut ask = |lever, kind: LeverKind, setting, value: f64| {
        let limits = kind.spec().evidence.iter();
        found.extend(
            limits
                .filter(|limit| limit.setting == setting && value > limit.limit)
                .map(|limit| Beyond { lever, kind, value, limit }),
        );
    };
    for lever in &plan.facilities {
        ask(&lever.common.name, LeverKind::Facility, "places", largest(&lever.places));
    }
    for lever in &plan.designations {
        ask(&lever.common.name, LeverKind::Designation, "plot_ratio", lever.plot_ratio);
    }
    for lever in &plan.programmes {
        ask(&lever.common.name, LeverKind::Programme, "intake", largest(&lever.intake));
    }
    for lever in &plan.homes {
        ask(&lever.common.name, LeverKind::Homes, "units", f64::from(lever.units));
    }
    for lever in &plan.funds {
        ask(&lever.common.name, LeverKind::MatchingFund, "budget", lever.budget);
        ask(&lever.common.name, LeverKind::MatchingFund, "share", lever.share);
    }
    for lever in &plan.vouchers {
        ask(&lever.common.name, LeverKind::RentVoucher, "share", lever.share);
        ask(&lever.common.name, LeverKind::RentVoucher, "duration", lever.duration);
    }
    for lever in &plan.wage_subsidies {
        ask(&lever.common.name, LeverKind::WageSubsidy, "share", lever.share);
    }
    for lever in &plan.grants {
        ask(&lever.common.name, LeverKind::ResearchGrant, "amount", lever.amount);
    }
    for lever in &plan.services {
        let kind = match lever.kind {
            ServiceKind::JointProjects => LeverKind::JointProjects,
            ServiceKind::Testbed => LeverKind::Testbed,
            ServiceKind::PrototypeSupport => LeverKind::PrototypeSupport,
            ServiceKind::DataCentre => LeverKind::DataCentre,
        };
        ask(&lever.common.name, kind, "reach", lever.reach);
    }
    for lever in &plan.institutes {
        let institutes = f64::from(lever.institutes);
        ask(&lever.common.name, LeverKind::Institutes, "institutes", institutes);
    }
    found
}

fn largest(schedule: &Schedule) -> f64 {
    schedule.0.iter().map(|&(_, value)| f64::from(value)).fold(0.0, f64::max)
}

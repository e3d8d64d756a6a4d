//! Where each kind of lever acts. A kind that is added is asked for here.

use crate::policy::levers::LeverKind;
use crate::time::Phase;

/// The phase in which levers of a kind act first: the files of that phase read them from the plan. One that
/// only costs money acts in the accounts.
#[must_use]
pub const fn acts_in(kind: LeverKind) -> Phase {
    match kind {
        LeverKind::Facility | LeverKind::RentVoucher | LeverKind::Institutes => Phase::Intake,
        LeverKind::Programme | LeverKind::Homes => Phase::Graduation,
        LeverKind::Instrument
        | LeverKind::WageSubsidy
        | LeverKind::ResearchGrant
        | LeverKind::JointProjects
        | LeverKind::Testbed
        | LeverKind::DataCentre => Phase::Jobs,
        LeverKind::MatchingFund | LeverKind::PrototypeSupport => Phase::Investment,
        LeverKind::Designation | LeverKind::ExperienceCentre => Phase::Accounts,
    }
}

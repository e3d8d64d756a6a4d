//! Working memory of the phases.

use crate::model::phases::accounts::AccountsMemory;
use crate::model::phases::graduation::GraduationMemory;
use crate::model::phases::intake::IntakeMemory;
use crate::model::phases::investment::Deals;
use crate::model::phases::jobs::ExitDays;
use crate::model::phases::jobs::Jobs;
use crate::model::support::Support;
/// Working memory of the phases: kept from year to year and from simulation to simulation. It says
/// nothing about a simulation, so copies of one do without it.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub(super) intake: IntakeMemory,
    pub(super) support: Support,
    pub(super) jobs: Jobs,
    pub(super) exits: ExitDays,
    pub(super) deals: Deals,
    pub(super) accounts: AccountsMemory,
    pub(super) students: GraduationMemory,
}

//! Whom an instrument is for.

use crate::model::context::YearContext;
use crate::model::district::firms::Firms;
use crate::model::ledger::event::NONE;
use crate::policy::take_up::Targets;

/// Whether a startup is among those whom something is for, but for the time.
pub(super) fn is_for(
    targets: &Targets,
    context: &YearContext<'_>,
    startups: &Firms,
    row: usize,
) -> bool {
    let tags = startups.tags()[row];
    let facility = |slot| context.setup.facility_number(slot);
    let age = f64::from(context.age(startups, row));
    let headcount = u32::try_from(startups.headcount(row)).unwrap_or(0);
    targets.areas[tags.area().index()]
        && targets.sectors.get(tags.sector().index()).is_some_and(|&is| is)
        && targets.stages[usize::from(tags.stage()).min(targets.stages.len() - 1)]
        && (targets.age[0]..=targets.age[1]).contains(&age)
        && (targets.headcount[0]..=targets.headcount[1]).contains(&headcount)
        && targets.tenants.is_none_or(|slot| tags.facility() == facility(slot))
        && targets
            .alumni
            .is_none_or(|slot| tags.facility() == NONE && tags.alumnus_of() == facility(slot))
}

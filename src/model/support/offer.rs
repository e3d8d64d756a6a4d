//! What startups may use, whatever the kind of lever: services, grants and general instruments as one
//! thing.

use crate::model::context::YearContext;
use crate::model::ledger::event::EventKind;
use crate::policy::area::Area;
use crate::policy::effect::Effect;
use crate::policy::effect::On;
use crate::policy::lever::Common;
use crate::policy::levers::instrument::Instrument;
use crate::policy::levers::research_grant;
use crate::policy::levers::research_grant::ResearchGrant;
use crate::policy::levers::service::Scope;
use crate::policy::levers::service::Service;
use crate::policy::levers::service::ServiceKind;
use crate::policy::take_up::For;
use crate::policy::take_up::Gives;
use crate::policy::take_up::Selection;
use crate::policy::take_up::TakeUp;
use crate::policy::take_up::Targets;
use crate::random::Purpose;
use crate::scenario::parameter::Parameters;
use crate::time::Date;

/// What startups may use.
#[derive(Clone, Debug)]
pub(super) struct Offer<'c> {
    pub(super) common: &'c Common,
    /// The day from which it may be used.
    pub(super) opens: Date,
    pub(super) targets: Targets,
    pub(super) take_up: TakeUp,
    pub(super) selection: Selection,
    /// Years after a use of one of these levers, a bit each by slot, in which a firm gets no other.
    pub(super) pause: (u16, u64),
    pub(super) gives: Gives,
    /// What is recorded of a use, and the word for its cause.
    pub(super) event: (EventKind, &'static str),
    /// The draw of the day of use, and whether each lever draws its own.
    pub(super) day: (Purpose, bool),
    /// Effects with their sizes.
    pub(super) effects: Vec<(Effect, f64)>,
}

/// What startups may use under the plan, in the order in which effects are added up: services, grants,
/// instruments, each by slot.
pub(super) fn offers<'c>(context: &YearContext<'c>) -> Vec<Offer<'c>> {
    let plan = &context.case.plan;
    let services = plan.services.iter().map(|lever| of_service(context, lever));
    let grants = plan.grants.iter().map(|lever| of_grant(context, lever));
    let used = plan.instruments.iter().filter(|lever| lever.population == For::Startups);
    services.chain(grants).chain(used.map(|lever| of_instrument(context.theta, lever))).collect()
}

/// All startups of the district.
fn of_district(context: &YearContext<'_>) -> Targets {
    let areas = context.setup.district.areas.map(Area::in_district);
    Targets { areas, ..Targets::ALL }
}

/// A use in its year, with its effect there.
const AT_ONCE: Effect =
    Effect { on: On::Growth, after: 0, lasts: 1, fades: 0, per: None, saturation: 1.0 };

fn of_service<'c>(context: &YearContext<'_>, lever: &'c Service) -> Offer<'c> {
    let theta = context.theta;
    let (on, size) = match lever.kind {
        ServiceKind::JointProjects => (On::Growth, theta.growth_joint),
        ServiceKind::Testbed => (On::Growth, theta.growth_testbed),
        ServiceKind::DataCentre => (On::Growth, theta.growth_data),
        ServiceKind::PrototypeSupport => (On::Round, theta.round_prototype),
    };
    Offer {
        common: &lever.common,
        opens: lever.building.opening,
        targets: match lever.scope {
            Scope::District => of_district(context),
            Scope::Tenants(facility) => Targets { tenants: Some(facility), ..Targets::ALL },
        },
        take_up: TakeUp::Reach(lever.reach),
        selection: Selection::Lot,
        pause: (0, 0),
        gives: Gives::Nothing,
        event: (EventKind::ServiceUsed, "use"),
        day: (Purpose::ServiceDay, true),
        effects: vec![(Effect { on, ..AT_ONCE }, size)],
    }
}

/// Years after a research grant in which a firm gets no other.
const YEARS_BETWEEN_GRANTS: u16 = 3;

fn of_grant<'c>(context: &YearContext<'_>, lever: &'c ResearchGrant) -> Offer<'c> {
    let theta = context.theta;
    let slots = context.case.plan.grants.iter().map(|lever| lever.common.slot);
    let money =
        Effect { per: Some(theta.grant_reference), saturation: theta.grant_saturation, ..AT_ONCE };
    Offer {
        common: &lever.common,
        opens: lever.common.from,
        targets: Targets { age: [0.0, lever.longest_age], ..of_district(context) },
        take_up: if lever.amount < 0.5 { TakeUp::Number(0) } else { TakeUp::Number(lever.grants) },
        selection: match lever.selection {
            research_grant::Selection::Ranked => Selection::Merit,
            research_grant::Selection::Lottery => Selection::Lot,
        },
        pause: (YEARS_BETWEEN_GRANTS, slots.fold(0, |all, slot| all | 1 << slot)),
        gives: Gives::Each(lever.amount),
        event: (EventKind::GrantGiven, "grant"),
        day: (Purpose::GrantDay, false),
        effects: vec![
            (Effect { on: On::Growth, after: 1, ..money }, theta.growth_grant),
            // For two years: that of the grant and the next.
            (Effect { on: On::Round, lasts: 2, ..money }, theta.round_grant),
        ],
    }
}

fn of_instrument<'c>(theta: &Parameters, lever: &'c Instrument) -> Offer<'c> {
    Offer {
        common: &lever.common,
        opens: lever.opens(),
        targets: lever.targets,
        take_up: lever.take_up,
        selection: lever.selection,
        pause: (lever.pause, 1 << lever.common.slot),
        gives: lever.gives,
        event: (EventKind::ServiceUsed, "use"),
        day: (Purpose::ServiceDay, true),
        effects: lever
            .effects
            .iter()
            .map(|&effect| (effect, size(theta, lever, effect.on)))
            .collect(),
    }
}

/// The size of an instrument's effect, in the unit of what it is on.
pub(super) fn size(theta: &Parameters, lever: &Instrument, on: On) -> f64 {
    let of_all = match on {
        On::Growth => &theta.effect_growth,
        On::Exit => &theta.effect_exit,
        On::Round => &theta.effect_round,
        On::Quits => &theta.effect_quits,
        On::Hiring => &theta.effect_hiring,
        On::Founding => &theta.effect_founding,
        On::MovingIn => &theta.effect_moving_in,
    };
    of_all[lever.place]
}

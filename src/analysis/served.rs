//! Whom a policy serves, compared with the baseline: the set S of the additionality accounts
//! (model, 7.1).

use crate::policy::plan::Common;
use crate::policy::plan::LeverSlot;
use crate::policy::plan::Plan;

/// How the accounts of a policy against the baseline are drawn up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accounts {
    /// S are the firms that these levers of the policy, which the baseline lacks, have served.
    Added(u64),
    /// The policy only lacks these levers of the baseline: the roles are swapped and the sign
    /// changed.
    Swapped(u64),
    /// Only dates, sizes or other settings of these levers differ: S are the firms that they have
    /// served in either world.
    Either(u64),
    /// No lever that the policy adds serves firms (homes, training, parameters), or, where it adds
    /// none, that it lacks, or else changes: only nets are reported.
    NetsOnly,
}

/// Levers of a plan that serve firms, a bit each by slot.
fn serving(plan: &Plan) -> u64 {
    let bits = |levers: &mut dyn Iterator<Item = &Common>| {
        levers.map(|lever| bit(lever.slot)).fold(0, std::ops::BitOr::bitor)
    };
    bits(&mut plan.facilities.iter().map(|lever| &lever.common))
        | bits(&mut plan.designations.iter().map(|lever| &lever.common))
        | bits(&mut plan.funds.iter().map(|lever| &lever.common))
        | bits(&mut plan.vouchers.iter().map(|lever| &lever.common))
        | bits(&mut plan.wage_subsidies.iter().map(|lever| &lever.common))
        | bits(&mut plan.grants.iter().map(|lever| &lever.common))
        | bits(&mut plan.services.iter().map(|lever| &lever.common))
        | bits(&mut plan.institutes.iter().map(|lever| &lever.common))
}

const fn bit(slot: LeverSlot) -> u64 {
    1 << slot
}

/// All levers of a plan, a bit each by slot.
#[must_use]
pub fn slots(plan: &Plan) -> u64 {
    plan.levers().map(|lever| bit(lever.slot)).fold(0, std::ops::BitOr::bitor)
}

/// The levers that both plans have and that differ in any setting, a bit each by slot.
#[must_use]
pub fn changed(policy: &Plan, baseline: &Plan) -> u64 {
    fn of<T: PartialEq>(a: &[T], b: &[T], common: fn(&T) -> &Common) -> u64 {
        a.iter()
            .filter(|lever| {
                let slot = common(lever).slot;
                b.iter().any(|other| common(other).slot == slot && other != *lever)
            })
            .map(|lever| bit(common(lever).slot))
            .fold(0, std::ops::BitOr::bitor)
    }
    of(&policy.facilities, &baseline.facilities, |lever| &lever.common)
        | of(&policy.designations, &baseline.designations, |lever| &lever.common)
        | of(&policy.programmes, &baseline.programmes, |lever| &lever.common)
        | of(&policy.homes, &baseline.homes, |lever| &lever.common)
        | of(&policy.funds, &baseline.funds, |lever| &lever.common)
        | of(&policy.vouchers, &baseline.vouchers, |lever| &lever.common)
        | of(&policy.wage_subsidies, &baseline.wage_subsidies, |lever| &lever.common)
        | of(&policy.grants, &baseline.grants, |lever| &lever.common)
        | of(&policy.services, &baseline.services, |lever| &lever.common)
        | of(&policy.institutes, &baseline.institutes, |lever| &lever.common)
        | of(&policy.experience_centres, &baseline.experience_centres, |lever| &lever.common)
}

/// The first year in which two plans may lead to different histories; `None` where they do the
/// same for good. Of each plan the levers without effect are given, a bit each by slot.
#[must_use]
pub fn first_difference(one: (&Plan, u64), other: (&Plan, u64)) -> Option<u16> {
    let ((here, idle), (there, inert)) = (one, other);
    let one_sided = slots(here) ^ slots(there);
    let differs = one_sided | changed(here, there) | (idle ^ inert);
    here.levers()
        .chain(there.levers())
        .filter(|lever| differs >> lever.slot & 1 == 1)
        .map(|lever| lever.from.year)
        .min()
}

impl Accounts {
    /// The accounts of a policy against the baseline.
    #[must_use]
    pub fn of(policy: &Plan, baseline: &Plan) -> Self {
        let (here, there) = (slots(policy), slots(baseline));
        let (added, removed) = (here & !there, there & !here);
        if added != 0 {
            return match added & serving(policy) {
                0 => Self::NetsOnly,
                served => Self::Added(served),
            };
        }
        if removed != 0 {
            return match removed & serving(baseline) {
                0 => Self::NetsOnly,
                served => Self::Swapped(served),
            };
        }
        match changed(policy, baseline) & serving(policy) {
            0 => Self::NetsOnly,
            served => Self::Either(served),
        }
    }

    /// What the row says about how S was drawn.
    #[must_use]
    pub const fn note(self) -> &'static str {
        match self {
            Self::Added(_) => "",
            Self::Swapped(_) => "roles swapped: the policy lacks levers of the baseline",
            Self::Either(_) => "served in either world: only settings of levers differ",
            Self::NetsOnly => {
                "only nets: no lever that the policy adds (else lacks, else changes) serves firms"
            }
        }
    }
}

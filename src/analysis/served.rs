//! Whom a policy serves, compared with the baseline: the set S of the additionality accounts
//! (model, 7.1).

use crate::policy::levers::Levers;
use crate::policy::slot::LeverSlot;

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

/// Levers, a bit each by slot.
fn bits(slots: impl Iterator<Item = LeverSlot>) -> u64 {
    slots.fold(0, |bits, slot| bits | bit(slot))
}

/// Levers of a plan that serve firms, a bit each by slot.
fn serving(plan: &Levers) -> u64 {
    bits(plan.levers().filter(|lever| lever.serves_firms()).map(|lever| lever.common().slot))
}

const fn bit(slot: LeverSlot) -> u64 {
    1 << slot
}

/// All levers of a plan, a bit each by slot.
#[must_use]
pub fn slots(plan: &Levers) -> u64 {
    bits(plan.common().map(|lever| lever.slot))
}

/// The levers that both plans have and that differ in any setting, a bit each by slot.
#[must_use]
pub fn changed(policy: &Levers, baseline: &Levers) -> u64 {
    bits(policy.changed(baseline))
}

/// The first year in which two plans may lead to different simulations; `None` where they do the
/// same for good. Of each plan the levers without effect are given, a bit each by slot.
#[must_use]
pub fn first_difference(one: (&Levers, u64), other: (&Levers, u64)) -> Option<u16> {
    let ((here, idle), (there, inert)) = (one, other);
    let one_sided = slots(here) ^ slots(there);
    let differs = one_sided | changed(here, there) | (idle ^ inert);
    here.common()
        .chain(there.common())
        .filter(|lever| differs >> lever.slot & 1 == 1)
        .map(|lever| lever.from.year)
        .min()
}

impl Accounts {
    /// The accounts of a policy against the baseline.
    #[must_use]
    pub fn of(policy: &Levers, baseline: &Levers) -> Self {
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

//! The draws of a search.

use crate::random::Key;
use crate::random::Purpose;

/// What a draw decides about a child as a whole; draws about its genes have numbers from
/// [`GENES`] on.
#[derive(Clone, Copy)]
#[repr(u64)]
pub(super) enum Decision {
    /// The two that meet for the first parent.
    FirstParent = 0,
    /// The two that meet for the second parent.
    SecondParent = 1,
    /// Whether the parents are crossed.
    Crossed = 2,
}

/// Where the numbers of genes begin.
const GENES: u64 = 16;

/// The draws about one child of one generation, in one attempt to make it.
#[derive(Clone, Copy)]
pub(super) struct Chance(Key);

impl Chance {
    /// The draws of an attempt at a child.
    pub(super) const fn of(seed: u64, generation: u64, child: u64, attempt: u64) -> Self {
        Self(Key::world(seed, generation).entity(child).entity(attempt))
    }

    /// A uniform number of (0, 1) about the child as a whole; `step` tells several apart.
    pub(super) fn whole(self, what: Decision, step: u16) -> f64 {
        self.0.entity(what as u64).uniform(step, Purpose::Analysis)
    }

    /// A uniform number of (0, 1) about one of its genes; `step` tells several apart.
    pub(super) fn gene(self, gene: usize, step: u16) -> f64 {
        self.0.entity(GENES + gene as u64).uniform(step, Purpose::Analysis)
    }
}

/// The place that a uniform number of (0, 1) points to among `count`, each as likely as another; 0
/// where there is none.
pub(super) fn place(u: f64, count: usize) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to count")]
    let place = (u * count as f64) as usize;
    place.min(count.saturating_sub(1))
}

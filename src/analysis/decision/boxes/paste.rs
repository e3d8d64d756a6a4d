//! Pasting: a box is widened again where that raises its density.

use crate::analysis::decision::boxes::Count;
use crate::analysis::decision::boxes::End;
use crate::analysis::decision::boxes::Gain;
use crate::analysis::decision::boxes::Inputs;
use crate::analysis::decision::boxes::between;
use crate::analysis::decision::boxes::support::Tally;

/// One way of widening a box.
struct Wider {
    /// The number of the end that moves.
    number: usize,
    /// Where to; `None` where nothing is left beyond it.
    at: Option<f64>,
    gain: Gain,
}

/// Widens a box at one end by a `fraction` of what it holds, at least one replication, and by all
/// that are equal to the last of them. The end is the one that raises the density most per
/// replication added, the first set of equal ones. `false` where none raises it.
pub(super) fn paste(
    inputs: &Inputs<'_>,
    replications: &[u32],
    cases: &[bool],
    ends: &mut Vec<End>,
    fraction: f64,
) -> bool {
    let tally = Tally::new(inputs, replications, cases, ends);
    let (inside, _) = tally.counts();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a part of a count"
    )]
    let least = ((inside.replications as f64 * fraction) as usize).max(1);
    let mut best: Option<Wider> = None;
    for (number, end) in ends.iter().enumerate() {
        let mut beyond: Vec<u32> = tally.beyond(number).collect();
        let Some((count, at)) = reached(inputs, cases, *end, &mut beyond, least) else { continue };
        let Some(gain) = Gain::of(inside, inside.plus(count)) else { continue };
        if best.as_ref().is_none_or(|best| gain.compare(best.gain).is_gt()) {
            best = Some(Wider { number, at, gain });
        }
    }
    let Some(Wider { number, at, .. }) = best else { return false };
    match at {
        Some(at) => ends[number].at = at,
        None => {
            ends.remove(number);
        }
    }
    true
}

/// What an end takes in when it moves over at least so many of the replications beyond it, and
/// where it then lies. `None` where there is nothing beyond it.
fn reached(
    inputs: &Inputs<'_>,
    cases: &[bool],
    end: End,
    beyond: &mut [u32],
    least: usize,
) -> Option<(Count, Option<f64>)> {
    let value = |replication: u32| inputs.value(end.parameter, replication);
    beyond.sort_unstable_by(|&one, &other| {
        let rising = value(one).total_cmp(&value(other));
        if end.is_upper { rising } else { rising.reverse() }.then(one.cmp(&other))
    });
    let farthest = value(*beyond.get(least.min(beyond.len()).checked_sub(1)?)?);
    let moved = End { at: farthest, ..end };
    let taken = beyond.iter().take_while(|&&it| !moved.excludes(value(it))).count();
    let mut count = Count::default();
    for &replication in &beyond[..taken] {
        count.add(cases[replication as usize]);
    }
    Some((count, beyond.get(taken).map(|&next| between(value(next), farthest))))
}

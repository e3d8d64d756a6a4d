//! The values of a batch, read a few series at a time.
//!
//! However many replications, policies and series there are, no more than a fixed working set is
//! in memory; what is computed does not depend on how the reading is cut.

use std::ops::Range;

use crate::analysis::layout::Layout;
use crate::analysis::served;
use crate::analysis::statistics::Design;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Workers;
use crate::experiment::block::BlockError;
use crate::experiment::block::archive::Archive;
use crate::scenario::Policy;
use crate::scenario::adjustment;
use crate::scenario::payers::Payers;

/// Memory for values that all threads together may hold at a time `[bytes]`.
pub const WORKING_SET: usize = 48 << 20;
/// The most series read at once: more would only leave threads without work at the end. Fewer open each block more often,
/// and a run of 200 replications has as many blocks.
pub const MOST_SERIES: usize = 64;

/// Why results could not be computed.
pub type ReadError = Halted<BlockError>;

/// The values of all policies of a run.
#[derive(Clone, Copy, Debug)]
pub struct Results<'a> {
    /// The series of each policy, in the order of the policies.
    pub layouts: &'a [Layout],
    /// The policies; none where nothing is known of what they do.
    pub policies: &'a [Policy],
    /// Who pays and receives.
    pub payers: &'a Payers,
    /// How the replications hang together.
    pub design: Design,
    /// The place of the baseline among the policies.
    pub baseline: usize,
    /// Where the values are.
    pub archive: &'a Archive,
    /// Who computes.
    pub workers: &'a Workers<'a>,
    /// Memory for values that all threads together may hold at a time: [`WORKING_SET`] `[bytes]`.
    /// It bears on no result.
    pub working_set: usize,
}

/// A piece of work that fits into memory: some series of one policy in some years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The policy.
    pub policy: usize,
    /// The series, as places in a list of the caller's.
    pub series: Range<usize>,
    /// The years, as places.
    pub years: Range<usize>,
}

impl<'a> Results<'a> {
    /// The years, rising.
    #[must_use]
    pub fn years(&self) -> &'a [u16] {
        self.layouts.first().map_or(&[], |layout| &layout.years)
    }

    /// The layout of the baseline.
    #[must_use]
    pub fn baseline_layout(&self) -> &'a Layout {
        &self.layouts[self.baseline]
    }

    /// The policies but the baseline, in order.
    #[must_use]
    pub fn compared(&self) -> Vec<usize> {
        (0..self.layouts.len()).filter(|&policy| policy != self.baseline).collect()
    }

    /// The first year in which two policies may differ; `None` where both do the same for good, so
    /// that what they lead to is the same in every replication there could be.
    #[must_use]
    pub fn first_difference(&self, policy: usize, other: usize) -> Option<u16> {
        let Some((one, other)) = self.policies.get(policy).zip(self.policies.get(other)) else {
            return Some(u16::MIN);
        };
        let years =
            self.years().first().copied().unwrap_or(0)..=self.years().last().copied().unwrap_or(0);
        let adjusted = adjustment::differ_from(&one.adjustments, &other.adjustments, years);
        let levers = served::first_difference((&one.plan, one.inert), (&other.plan, other.inert));
        levers.into_iter().chain(adjusted).min()
    }

    /// The values of one series of one policy in one year, one a replication.
    ///
    /// # Errors
    ///
    /// Fails if a block cannot be read.
    pub fn column(
        &self,
        policy: usize,
        series: usize,
        year: usize,
    ) -> Result<Vec<f64>, BlockError> {
        let values = self.archive.read(policy, &[series], year..year + 1)?;
        Ok(values.into_iter().flatten().next().unwrap_or_default())
    }

    /// How many columns, of one value a replication each, a thread may hold; at least one.
    #[must_use]
    pub fn room(&self) -> usize {
        let column = size_of::<f64>() * self.archive.replications().len();
        (self.working_set / self.workers.threads() / column.max(1)).max(1)
    }

    /// Cuts work on lists of series into windows and puts together, in order, what `task` makes
    /// of each.
    ///
    /// `lists` names policies and how many series each has to work on; `held` is the number of
    /// values that a task holds for each series, year and replication.
    ///
    /// # Errors
    ///
    /// Fails as `task` fails, and when the work is stopped.
    pub fn map_windows<T: Send>(
        &self,
        lists: &[(usize, usize)],
        held: usize,
        task: impl Fn(&Window) -> Result<Vec<T>, BlockError> + Sync,
    ) -> Result<Vec<T>, ReadError> {
        let of_one_year = self.archive.replications().len() * held * size_of::<f64>();
        let room = self.working_set / self.workers.threads() / of_one_year.max(1);
        let windows = windows(lists, self.years().len(), room);
        let rows = self.workers.map_in_order(
            windows.len(),
            || (),
            |(), number| task(&windows[number]).map_err(Halted::Failed),
        )?;
        Ok(rows.into_iter().flatten().collect())
    }
}

/// Cuts lists of series so that a window has at most `room` series times years; at least one.
fn windows(lists: &[(usize, usize)], years: usize, room: usize) -> Vec<Window> {
    let most_series = (room / years.max(1)).clamp(1, MOST_SERIES);
    let most_years = room.clamp(1, years.max(1));
    let mut windows = Vec::new();
    for &(policy, count) in lists {
        for first in (0..count).step_by(most_series) {
            let series = first..count.min(first + most_series);
            // Years are cut only where a window has a single series, which keeps the order.
            for first in (0..years).step_by(most_years) {
                let years = first..years.min(first + most_years);
                windows.push(Window { policy, series: series.clone(), years });
            }
        }
    }
    windows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_cover_every_series_and_year_once_and_in_order() {
        for room in [0, 1, 4, 7, 22, 23, 60, 10_000] {
            let cells: Vec<_> = windows(&[(2, 5), (0, 40), (1, 0)], 23, room)
                .iter()
                .flat_map(|window| {
                    assert!(window.series.len() * window.years.len() <= room.max(1));
                    let years = window.years.clone();
                    let policy = window.policy;
                    window
                        .series
                        .clone()
                        .flat_map(move |series| years.clone().map(move |y| (policy, series, y)))
                })
                .collect();
            let expected: Vec<_> = [(2, 5), (0, 40)]
                .into_iter()
                .flat_map(|(policy, count)| (0..count).map(move |series| (policy, series)))
                .flat_map(|(policy, series)| (0..23).map(move |year| (policy, series, year)))
                .collect();
            assert_eq!(cells, expected, "room {room}");
        }
    }
}

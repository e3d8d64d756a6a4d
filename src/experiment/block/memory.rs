//! The values of some replications, held in memory: for what is simulated, read once and not kept.

use std::ops::Range;

/// The values of consecutive replications under some policies.
#[derive(Clone, Debug, Default)]
pub struct InMemory {
    first: u32,
    years: usize,
    /// By replication and policy: series by series, year by year.
    values: Vec<Vec<Vec<f64>>>,
}

impl InMemory {
    /// The values of the replications from `first` on: `values[replication][policy]` holds them series by
    /// series, each with one value for each of so many years.
    #[must_use]
    pub fn new(first: u32, years: usize, values: Vec<Vec<Vec<f64>>>) -> Self {
        Self { first, years, values }
    }

    /// The replications in it.
    #[must_use]
    pub fn replications(&self) -> Range<u32> {
        let count = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.first..self.first.saturating_add(count)
    }

    /// The number of years.
    #[must_use]
    pub fn years(&self) -> usize {
        self.years
    }

    /// The values of some series of one policy, each replication by replication, year by year.
    ///
    /// # Panics
    ///
    /// Panics if there is no such policy or series.
    #[must_use]
    pub fn read(&self, policy: usize, series: &[usize]) -> Vec<Vec<f64>> {
        let of_series = |&series: &usize| {
            let years = series * self.years..(series + 1) * self.years;
            self.values.iter().flat_map(|all| all[policy][years.clone()].iter().copied()).collect()
        };
        series.iter().map(of_series).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::block::archive::Archive;

    #[test]
    fn series_are_read_replication_by_replication_as_those_of_a_file_are() {
        let replication = |shift: f64| {
            let policy = |first: f64| (0..4).map(|it| first + shift + f64::from(it)).collect();
            vec![policy(0.0), policy(10.0)]
        };
        let values = InMemory::new(3, 2, vec![replication(0.0), replication(100.0)]);
        assert_eq!(values.read(1, &[1]), [[12.0, 13.0, 112.0, 113.0]]);
        let archive = Archive::in_memory(values);
        assert_eq!(archive.replications(), 3..5);
        assert_eq!(archive.read(0, &[0, 1], 1..2).unwrap(), [[[1.0, 101.0]], [[3.0, 103.0]]]);
        assert_eq!(archive.read_block(0, 1, &[0]).unwrap(), [[10.0, 11.0, 110.0, 111.0]]);
        assert_eq!(archive.replication(1, &[1], 4).unwrap(), [112.0, 113.0]);
    }
}

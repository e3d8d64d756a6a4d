//! A number for each startup by row, zero for most.

use std::ops::Range;

use crate::model::district::firms::ZEROS;

/// A number for each startup by row, zero for most.
#[derive(Clone, Debug, Default)]
pub struct ByRow {
    startups: usize,
    /// Zero but for those touched, and as long as it had to be.
    amounts: Vec<f64>,
    /// Rows that may hold more than zero: they alone are cleared for the next year.
    touched: Vec<u32>,
}

impl ByRow {
    /// The numbers of the rows of a block; those that have come since it was cleared have none.
    #[must_use]
    pub fn of(&self, rows: Range<usize>) -> &[f64] {
        if self.touched.is_empty() || rows.start >= self.startups {
            &ZEROS[..rows.len()]
        } else {
            &self.amounts[rows]
        }
    }

    /// The rows of a block that may hold more than zero; one may come twice.
    pub fn touched(&self, rows: Range<usize>) -> impl Iterator<Item = usize> {
        let touched = self.touched.iter().map(|&row| row as usize);
        touched.filter(move |row| rows.contains(row))
    }

    /// Whether no row may hold more than zero.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.touched.is_empty()
    }

    /// Adds to the number of a row.
    pub(super) fn add(&mut self, row: u32, amount: f64) {
        if self.amounts.len() < self.startups {
            self.amounts.resize(self.startups, 0.0);
        }
        self.amounts[row as usize] += amount;
        self.touched.push(row);
    }

    /// Begins a year of so many startups, with zero for each.
    pub fn reset(&mut self, startups: usize) {
        for row in self.touched.drain(..) {
            self.amounts[row as usize] = 0.0;
        }
        self.startups = startups;
    }
}

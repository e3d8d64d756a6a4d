//! How the numbers of one replication under one policy are laid out: which series, which years.

/// Which table a series belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// A metric of the register: `yearly.csv` and `comparison.csv`. The series' place is a place.
    Metric,
    /// A term of `additionality.csv`. The series' place is the measure, `jobs` or `investment`.
    Additionality,
    /// A yearly cash flow behind `cost_benefit.csv`. The series' place is the payer.
    Cash,
}

/// One series: a number for each year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The table.
    pub table: Table,
    /// The metric, term or item.
    pub name: &'static str,
    /// The place, measure or payer.
    pub place: String,
    /// The unit.
    pub unit: &'static str,
    /// Whether every value is a whole number (below 2^53), which blocks store compactly.
    pub whole: bool,
}

/// The series of one policy, in the order of results. Values of one replication lie series by
/// series, each with one value a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The policy.
    pub policy: String,
    /// The years, rising.
    pub years: Vec<u16>,
    /// The series.
    pub series: Vec<Series>,
}

impl Layout {
    /// The number of values of one replication.
    #[must_use]
    pub fn len(&self) -> usize {
        self.series.len() * self.years.len()
    }

    /// Whether there is nothing to store.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The place of a series in the layout.
    #[must_use]
    pub fn position(&self, table: Table, name: &str, place: &str) -> Option<usize> {
        self.series
            .iter()
            .position(|other| other.table == table && other.name == name && other.place == place)
    }
}

//! How the numbers of one replication under one policy are laid out: which series, which years.

use crate::experiment::block::BlockColumn;
use crate::experiment::block::ValueShape;
use crate::experiment::fingerprint::Fingerprint;
use crate::experiment::fingerprint::Parts;

/// No figure of a run is larger, and so no difference or sum of a few overflows. A spreadsheet takes
/// numbers up to 1e308.
pub const LARGEST_FIGURE: f64 = 1e300;

/// Which table a series belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// A metric of the register: `yearly.csv` and `comparison.csv`. The series' place is a place.
    Metric,
    /// A term of `additionality.csv`. The series' place is the measure, `jobs` or `investment`.
    Additionality,
    /// A yearly cash flow: `cash.csv`, and behind `cost_benefit.csv`. The series' place is the payer.
    Cash,
    /// A metric of a group of startups: `groups.csv`. The series' place names place and group.
    Group,
}

impl Table {
    /// The word for it in digests and messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Metric => "metric",
            Self::Additionality => "additionality",
            Self::Cash => "cash",
            Self::Group => "group",
        }
    }
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

    /// The place of another layout's series in this one, most likely about `near`: layouts of one run have most series in
    /// the same order.
    #[must_use]
    pub fn position_near(&self, near: usize, series: &Series) -> Option<usize> {
        let same = |other: &Series| {
            other.table == series.table && other.name == series.name && other.place == series.place
        };
        let there = (near < self.series.len() && same(&self.series[near])).then_some(near);
        there.or_else(|| self.series.iter().position(same))
    }

    /// The places of all series of a table, in order.
    #[must_use]
    pub fn of_table(&self, table: Table) -> Vec<usize> {
        (0..self.series.len()).filter(|&place| self.series[place].table == table).collect()
    }

    /// A digest of all that gives the values their meaning.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let mut parts = Parts::new();
        for year in &self.years {
            parts.add("year", &year.to_le_bytes());
        }
        for series in &self.series {
            let kind: &[u8] = if series.whole { b"whole" } else { b"real" };
            parts.add(series.table.name(), series.name.as_bytes());
            parts.add(&series.place, series.unit.as_bytes());
            parts.add("kind", kind);
        }
        parts.fingerprint()
    }

    /// What blocks need to know of it.
    #[must_use]
    pub fn shape(&self) -> ValueShape {
        let column = |series: &Series| BlockColumn {
            label: format!("{} of {}", series.name, series.place),
            whole: series.whole,
        };
        ValueShape {
            policy: self.policy.clone(),
            layout: self.fingerprint(),
            columns: self.series.iter().map(column).collect(),
        }
    }
}

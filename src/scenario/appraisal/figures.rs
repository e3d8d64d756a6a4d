//! Figures that the forms need beside a rule set: a price index, and multipliers of final demand.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::scenario::evidence::Evidence;
use crate::scenario::money::Money;

static PRICES: LazyLock<PriceIndex> = LazyLock::new(|| read(include_str!("prices.toml")));
static INDUCED: LazyLock<Induced> = LazyLock::new(|| read(include_str!("induced.toml")));

/// Reads a file that the program carries within it.
pub(super) fn read<T: serde::de::DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("a test reads every file that the program carries")
}

/// The price index by which money of other years is converted; nothing for money of which it is none.
#[must_use]
pub fn prices(money: &Money) -> Option<&'static PriceIndex> {
    Some(&*PRICES).filter(|index| index.currency == money.currency())
}

/// What final demand in some money brings about, where that is known.
#[must_use]
pub fn induced(money: &Money) -> Option<&'static Induced> {
    Some(&*INDUCED).filter(|induced| induced.currency == money.currency())
}

/// A price index.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceIndex {
    /// What it is, English.
    pub title_en: String,
    /// What it is, Korean.
    pub title_ko: String,
    /// The currency whose money it converts.
    pub currency: String,
    /// Its values, by year.
    pub years: Vec<IndexYear>,
}

/// A price index in one year.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexYear {
    /// The year.
    pub year: u16,
    /// Its average.
    pub index: f64,
    /// Where it is from.
    pub source: String,
    /// How it is known.
    pub evidence: Evidence,
}

impl PriceIndex {
    /// What money of one year is worth in prices of another; nothing where the index lacks one.
    #[must_use]
    pub fn ratio(&self, from: u16, to: u16) -> Option<f64> {
        if from == to {
            return Some(1.0);
        }
        Some(self.year(to)?.index / self.year(from)?.index)
    }

    /// The index of a year.
    #[must_use]
    pub fn year(&self, year: u16) -> Option<&IndexYear> {
        self.years.iter().find(|of| of.year == year)
    }
}

/// What final demand brings about.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Induced {
    /// The currency of the country whose table it is from.
    pub currency: String,
    /// The multipliers of the country.
    pub multipliers: Vec<Multiplier>,
    /// What of it is local.
    pub local: Local,
}

/// A multiplier of final demand.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Multiplier {
    /// What is induced.
    pub name: String,
    /// How much of it: of money a share of final demand, of jobs persons per KRW bn.
    pub per: f64,
    /// By which demand.
    pub of: Demand,
    /// The unit of what is induced.
    pub unit: String,
    /// The year of the table, in whose prices demand is counted.
    pub year: u16,
    /// Where it is from.
    pub source: String,
    /// How it is known.
    pub evidence: Evidence,
}

/// A kind of final demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Demand {
    /// All of it.
    All,
    /// Construction.
    Investment,
    /// Everything else that uses resources.
    Operation,
}

/// The share of intermediate inputs that is local.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Local {
    /// The share.
    pub inputs: f64,
    /// Where it is from.
    pub source: String,
    /// How it is known.
    pub evidence: Evidence,
}

//! Rule sets of appraisal: what a ministry's form lays down, each in a small file of its own, with the
//! price index and the multipliers that the forms need.

mod figures;
#[cfg(test)]
mod tests;

pub use figures::Demand;
pub use figures::Multiplier;
pub use figures::PriceIndex;
pub use figures::induced;
pub use figures::prices;

use std::sync::LazyLock;

use serde::Deserialize;
use serde::Serialize;

use crate::scenario::appraisal::figures::read;
use crate::scenario::evidence::Evidence;
use crate::scenario::money::Money;

/// A rule set, by the word that names it on the command line and in `scenario.toml`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "terminal", derive(clap::ValueEnum))]
pub enum RuleSet {
    /// Korea: preliminary feasibility study
    #[default]
    #[serde(rename = "kr-pfs")]
    #[cfg_attr(feature = "terminal", value(name = "kr-pfs"))]
    KrPfs,
    /// Korea: local investment review
    #[serde(rename = "kr-local")]
    #[cfg_attr(feature = "terminal", value(name = "kr-local"))]
    KrLocal,
    /// United Kingdom: Green Book of February 2026
    #[serde(rename = "uk-2026")]
    #[cfg_attr(feature = "terminal", value(name = "uk-2026"))]
    Uk2026,
    /// United States: OMB Circular A-94 of 1992, 7 %
    #[serde(rename = "us-a94-1992")]
    #[cfg_attr(feature = "terminal", value(name = "us-a94-1992"))]
    Us1992,
    /// United States: OMB Circular A-94 of 2023, 3.1 %
    #[serde(rename = "us-a94-2023")]
    #[cfg_attr(feature = "terminal", value(name = "us-a94-2023"))]
    Us2023,
    /// European Union: guide to cost-benefit analysis
    #[serde(rename = "eu")]
    #[cfg_attr(feature = "terminal", value(name = "eu"))]
    Eu,
}

impl RuleSet {
    /// Every rule set, in the order of lists.
    pub const ALL: [Self; 6] =
        [Self::KrPfs, Self::KrLocal, Self::Uk2026, Self::Us1992, Self::Us2023, Self::Eu];
    /// The words that name them, in that order.
    pub const WORDS: [&'static str; 6] =
        ["kr-pfs", "kr-local", "uk-2026", "us-a94-1992", "us-a94-2023", "eu"];

    /// The word that names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The currency in which it lays down amounts, as its file says; where it lays down none it is for every
    /// currency. Whoever only reads a scenario needs no more of the file, and the engine for browsers carries none.
    #[must_use]
    pub const fn currency(self) -> Option<&'static str> {
        match self {
            Self::KrPfs | Self::KrLocal => Some("KRW"),
            Self::Uk2026 | Self::Us1992 | Self::Us2023 | Self::Eu => None,
        }
    }

    /// Why a scenario in some money cannot be appraised by it, where it cannot: amounts that it lays down are in
    /// one currency.
    #[must_use]
    pub fn unfit(self, money: &Money) -> Option<String> {
        let own = self.currency()?;
        let lays_down = format!(
            "the rule set {} lays down amounts in {own}, and the scenario's money is {}",
            self.name(),
            money.currency()
        );
        (own != money.currency()).then_some(lays_down)
    }

    /// The rule sets by which a scenario in some money can be appraised.
    pub fn fit_for(money: &Money) -> impl Iterator<Item = Self> + '_ {
        Self::ALL.into_iter().filter(|set| set.unfit(money).is_none())
    }

    /// What it lays down.
    #[must_use]
    pub fn rules(self) -> &'static Rules {
        &RULES[self as usize]
    }
}

/// What flows are after the last simulated year, up to the end of the rule set's period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AfterHorizon {
    /// The mean of the last three simulated years, every year.
    #[default]
    Hold,
    /// Nothing: the appraisal ends with the last simulated year.
    Nothing,
}

impl AfterHorizon {
    /// Both, in the order of their words.
    pub const ALL: [Self; 2] = [Self::Hold, Self::Nothing];
    /// The words of `scenario.toml`.
    pub const WORDS: [&'static str; 2] = ["hold", "none"];

    /// The word of `scenario.toml`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}

/// How a scenario is appraised where the command line does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AppraisalChoice {
    /// The rule set.
    pub rule_set: RuleSet,
    /// What flows are after the last simulated year.
    pub after_horizon: AfterHorizon,
}

/// What a rule set lays down.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What it is called, English.
    pub title_en: String,
    /// What it is called, Korean.
    pub title_ko: String,
    /// The currency in which it lays down amounts; where it lays down none it is for every currency.
    pub currency: Option<String>,
    /// The real discount rate of the economic account.
    pub rate: Schedule,
    /// A lower rate that is tested beside it.
    pub lower_rate: Option<Schedule>,
    /// The real discount rate of the financial account, where it is another.
    pub financial_rate: Option<Schedule>,
    /// How long is appraised.
    pub period: Period,
    /// In prices of which year, and discounted to which.
    pub prices: Prices,
    /// What assets are worth at the end of the period.
    pub residual: Residual,
    /// What a won of public money costs society.
    pub public_funds: PublicFunds,
    /// What benefits are set over.
    #[serde(default)]
    pub ratio: Ratio,
    /// Optimism bias and contingency.
    #[serde(default)]
    pub adjustments: Vec<CostAdjustment>,
    /// What is counted and what is not.
    pub counted: Vec<Counted>,
    /// Permitted weights of the analytic hierarchy process (AHP).
    #[serde(default)]
    pub weights: Vec<Weights>,
    /// What decides.
    pub pass: Counted,
}

impl Rules {
    /// The discount rate of the financial account.
    #[must_use]
    pub fn financial(&self) -> &Schedule {
        self.financial_rate.as_ref().unwrap_or(&self.rate)
    }
}

/// A discount rate by the number of years from the year to which is discounted.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// The steps, from year 1 on and rising.
    pub steps: Vec<RateStep>,
    /// Where it is from.
    pub source: String,
    /// How it is known.
    pub evidence: Evidence,
}

/// A rate from a year on.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateStep {
    /// The first year that is discounted by it, counted from the year to which is discounted.
    pub from: u16,
    /// The real rate `[1/year]`, above −1.
    pub rate: f64,
}

impl Schedule {
    /// The same rate in every year.
    #[must_use]
    pub fn flat(rate: f64) -> Self {
        let steps = vec![RateStep { from: 1, rate }];
        Self { steps, source: String::new(), evidence: Evidence::Judgement }
    }

    /// The rate by which the value of year `years` is brought to the year before.
    #[must_use]
    pub fn rate(&self, years: i32) -> f64 {
        let step = self.steps.iter().rev().find(|step| i32::from(step.from) <= years);
        step.or(self.steps.first()).map_or(0.0, |step| step.rate)
    }

    /// What a won is worth so many years before it falls due.
    ///
    /// # Formula
    ///
    /// ```text
    /// 1 / ((1 + r_1) (1 + r_2) ... (1 + r_years)); of years before: (1 + r_1)^-years
    /// ```
    #[must_use]
    pub fn factor(&self, years: i32) -> f64 {
        let growth = |sum: f64, year: i32| sum * (1.0 + self.rate(year));
        if years < 0 { (years..0).fold(1.0, growth) } else { 1.0 / (1..=years).fold(1.0, growth) }
    }
}

/// How long is appraised.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Years, from the year in which they begin to count.
    pub years: u16,
    /// From when on they count.
    pub counts_from: CountsFrom,
    /// Where it is from.
    pub source: String,
    /// How it is known.
    pub evidence: Evidence,
}

/// From when on the years of a period count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountsFrom {
    /// The first year in which the policy differs from the baseline.
    Start,
    /// The year in which the policy's last building opens; without one, the start.
    Opening,
}

/// In prices of which year, and discounted to which.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prices {
    /// In prices of which year.
    pub year: PriceYear,
    /// Discounted to which year.
    pub discounted_to: DiscountYear,
    /// Where it is from.
    pub source: String,
    /// How it is known.
    pub evidence: Evidence,
}

/// The year of prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PriceYear {
    /// That of the scenario, `base_year`.
    Scenario,
    /// The year before that of the appraisal, which is the year of `vantage`.
    BeforeAppraisal,
}

/// The year to which is discounted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DiscountYear {
    /// The year of prices.
    PriceYear,
    /// The year of the appraisal, that of `vantage`.
    AppraisalYear,
}

/// What assets are worth at the end of the period.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Residual {
    /// Whether land is returned whole.
    pub land: bool,
    /// Years over which a building loses its value in a straight line; 0: it is worth nothing.
    pub building_life: u16,
    /// Where it is from.
    pub source: String,
    /// How it is known.
    pub evidence: Evidence,
}

/// What a won of public money costs society.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicFunds {
    /// The marginal cost of public funds; 1 leaves the excess burden of taxes out.
    pub marginal_cost: f64,
    /// Where it is from.
    pub source: String,
    /// How it is known.
    pub evidence: Evidence,
}

/// What benefits are set over in the benefit-cost ratio.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// Which cost.
    pub over: RatioOver,
    /// Where it is from.
    pub source: String,
    /// How it is known.
    pub evidence: Evidence,
}

impl Default for Ratio {
    fn default() -> Self {
        let source = "Benefit over cost, both of society".to_owned();
        Self { over: RatioOver::Costs, source, evidence: Evidence::Recalled }
    }
}

/// The cost below the line of a benefit-cost ratio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RatioOver {
    /// All costs of the economic account.
    Costs,
    /// What public payers pay; above the line are benefits less what else the economic account has as cost, so
    /// that above less below is the net present value.
    PublicCost,
}

impl RatioOver {
    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Costs => "costs",
            Self::PublicCost => "public_cost",
        }
    }
}

/// Optimism bias or contingency on some kinds of cost.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CostAdjustment {
    /// Which of both.
    pub kind: AdjustmentKind,
    /// The cash items.
    pub items: Vec<String>,
    /// The kinds of works that make up the cost.
    pub works: Vec<Works>,
    /// How much of it is managed, 0 to 1.
    #[serde(default)]
    pub managed: f64,
    /// What it is, English.
    pub what_en: String,
    /// What it is, Korean.
    pub what_ko: String,
    /// Where it is from.
    pub source: String,
    /// How it is known.
    pub evidence: Evidence,
}

/// A kind of works.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Works {
    /// Its part in the cost; all parts add up to 1.
    pub part: f64,
    /// What is added where nothing is managed, as a share.
    pub upper: f64,
    /// What is left to be added where all that can be is managed, as a share.
    pub lower: f64,
}

impl CostAdjustment {
    /// What is added to the cost, as a share of it.
    ///
    /// # Formula
    ///
    /// ```text
    /// (1 − managed) Σ part · upper
    /// ```
    ///
    /// # Source
    ///
    /// Green Book, supplementary guidance on optimism bias, after Mott `MacDonald` (2002).
    #[must_use]
    pub fn share(&self) -> f64 {
        (1.0 - self.managed) * self.works.iter().map(|of| of.part * of.upper).sum::<f64>()
    }

    /// The share that is left where all that can be is managed.
    #[must_use]
    pub fn lower(&self) -> f64 {
        self.works.iter().map(|of| of.part * of.lower).sum()
    }
}

/// Why a cost is raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AdjustmentKind {
    /// Costs come out higher than planned.
    OptimismBias,
    /// A reserve.
    Contingency,
}

impl AdjustmentKind {
    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OptimismBias => "optimism_bias",
            Self::Contingency => "contingency",
        }
    }
}

/// A statement of what is counted.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// The statement, English.
    pub what_en: String,
    /// The statement, Korean.
    pub what_ko: String,
    /// Where it is from.
    pub source: String,
    /// How it is known.
    pub evidence: Evidence,
}

/// The weights that the analytic hierarchy process may have in one case.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Which projects, English.
    pub case_en: String,
    /// Which projects, Korean.
    pub case_ko: String,
    /// Whether it is of projects that build, or of those that do not; of either where it does not say.
    pub construction: Option<bool>,
    /// The criteria.
    pub criteria: Vec<Criterion>,
}

/// A criterion with the weights that it may have.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its name.
    pub name: String,
    /// The least weight `[%]`.
    pub low: u8,
    /// The greatest weight `[%]`.
    pub high: u8,
}

static RULES: LazyLock<[Rules; 6]> = LazyLock::new(|| {
    [
        include_str!("kr-pfs.toml"),
        include_str!("kr-local.toml"),
        include_str!("uk-2026.toml"),
        include_str!("us-a94-1992.toml"),
        include_str!("us-a94-2023.toml"),
        include_str!("eu.toml"),
    ]
    .map(read)
});

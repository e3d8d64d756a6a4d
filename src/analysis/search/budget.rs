//! What packages may cost.

use crate::analysis::appraisal;
use crate::analysis::appraisal::Discounting;
use crate::analysis::results::Results;
use crate::experiment::block::BlockError;
use crate::policy::payer::Payer;
use crate::scenario::Scenario;
use crate::time::Date;

/// Which cost a limit is on, over the baseline's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// All outlay, also that before the vantage date, over the number of years after that date, not discounted
    /// `[{money}/year]`.
    Year,
    /// The present value of public cost in the base year, as `public_cost_pv` is `[{money}]`.
    Whole,
}

/// How much may be spent.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    /// So much, in the unit of the period.
    Money(f64),
    /// As much as the policy of this place in the scenario costs on average.
    Of(usize),
}

/// A limit of the budget.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// On which cost.
    pub period: Period,
    /// Whose; of all public payers where none is named.
    pub payer: Option<Payer>,
    /// How much.
    pub amount: Amount,
}

/// Why a text is no limit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// The amount of a year does not say that it is one.
    #[error(
        "`{0}`: a yearly budget is written as 20bn/year; one for all years is `--budget-total`"
    )]
    NotYearly(String),
    /// There is no such public payer.
    #[error("`{text}`: there is no public payer `{payer}`; they are {known}")]
    Payer {
        /// The text.
        text: String,
        /// The payer.
        payer: String,
        /// Those that there are.
        known: String,
    },
    /// The amount is none, nor a policy.
    #[error("{0}, or a policy that costs as much")]
    Amount(String),
}

impl Limit {
    /// Reads a limit: an amount of money or the name of a policy, with `/year` where it is one of a year, and
    /// `PAYER=` before it where it is of one payer's money.
    ///
    /// # Errors
    ///
    /// Fails where it is none.
    pub fn read(text: &str, period: Period, scenario: &Scenario) -> Result<Self, LimitError> {
        let (payer, amount) = match text.split_once('=') {
            Some((payer, amount)) => (Some(payer.trim()), amount.trim()),
            None => (None, text.trim()),
        };
        let amount = match (period, amount.strip_suffix("/year")) {
            (Period::Year, Some(amount)) => amount.trim(),
            (Period::Year, None) => return Err(LimitError::NotYearly(text.to_owned())),
            (Period::Whole, _) => amount,
        };
        let named = |payer: &str| {
            let payers = &scenario.payers;
            payers.named(payer).filter(|it| it.is_public()).ok_or_else(|| LimitError::Payer {
                text: text.to_owned(),
                payer: payer.to_owned(),
                known: payers.public().map(|it| payers.name(it)).collect::<Vec<_>>().join(", "),
            })
        };
        let payer = payer.map(named).transpose()?;
        let policy = scenario.policies.iter().position(|policy| policy.name == amount);
        let amount = match policy {
            Some(policy) => Amount::Of(policy),
            None => Amount::Money(scenario.money.amount(amount).map_err(LimitError::Amount)?),
        };
        Ok(Self { period, payer, amount })
    }
}

/// Over which years outlays are spread, and how they are discounted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// The first year that begins after the vantage date or on it, or the first of all.
    pub from: u16,
    /// How money is discounted.
    pub discounting: Discounting,
}

impl Terms {
    /// Those of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let from = first_year_after(scenario.vantage);
        let from = from.clamp(scenario.first_year, scenario.last_year);
        Self { from, discounting: Discounting::of(scenario) }
    }
}

/// The first year that begins after a date or on it.
#[must_use]
pub fn first_year_after(date: Date) -> u16 {
    date.year.saturating_add(u16::from(date > Date::new_year(date.year)))
}

/// What a policy costs over the baseline, one value a replication.
///
/// # Errors
///
/// Fails if the values cannot be read.
pub fn spent(
    results: &Results<'_>,
    policy: usize,
    (period, payer): (Period, Option<Payer>),
    terms: Terms,
) -> Result<Vec<f64>, BlockError> {
    let years = results.years();
    let count = years.iter().filter(|&&year| year >= terms.from).count().max(1) as f64;
    let weight = |&year: &u16| match period {
        Period::Whole => terms.discounting.factor(year),
        Period::Year => 1.0 / count,
    };
    let weights: Vec<f64> = years.iter().map(weight).collect();
    let outlays = appraisal::outlays(results, policy, payer)?;
    let sum = |flows: &[f64]| flows.iter().zip(&weights).map(|(flow, weight)| flow * weight).sum();
    Ok(outlays.chunks_exact(years.len().max(1)).map(sum).collect())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn limits_are_read_and_what_is_none_is_told() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/toy");
        let toy = Scenario::loader(&folder).load().unwrap();
        let city = toy.payers.named("city");
        let read = |text: &str, period| Limit::read(text, period, &toy);
        let money = |amount| Amount::Money(amount);
        assert_eq!(
            read("city=2bn/year", Period::Year),
            Ok(Limit { period: Period::Year, payer: city, amount: money(2_000.0) })
        );
        assert_eq!(
            read("hub", Period::Whole),
            Ok(Limit { period: Period::Whole, payer: None, amount: Amount::Of(1) })
        );
        let told = |text: &str, period| read(text, period).unwrap_err().to_string();
        assert!(told("2bn", Period::Year).contains("written as 20bn/year"));
        assert!(told("private=2bn", Period::Whole).contains("they are city, state"));
        assert!(told("hubb", Period::Whole).contains("or a policy that costs as much"));
        assert_eq!(Terms::of(&toy).from, 2024);
    }
}

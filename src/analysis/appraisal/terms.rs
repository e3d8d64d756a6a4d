//! By what an appraisal is made: the rule set, prices, discounting, the period.

use std::iter::Sum;
use std::ops::Add;
use std::ops::Neg;
use std::ops::Sub;

use crate::analysis::appraisal::discounting::Discounting;
use crate::analysis::results::Results;
use crate::model::ledger::cash::CashItem;
use crate::policy::levers::Levers;
use crate::scenario::Distribution;
use crate::scenario::Scenario;
use crate::scenario::appraisal;
use crate::scenario::appraisal::AfterHorizon;
use crate::scenario::appraisal::CostAdjustment;
use crate::scenario::appraisal::CountsFrom;
use crate::scenario::appraisal::DiscountYear;
use crate::scenario::appraisal::RatioOver;
use crate::scenario::appraisal::RuleSet;
use crate::scenario::appraisal::Rules;
use crate::scenario::appraisal::Schedule;
use crate::scenario::money::Money;
use crate::time::DAYS;
use crate::time::Date;

/// Whole won, so that a total is the sum of its rows to the digit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Won(pub i64);

impl Won {
    /// The nearest whole won to so many million.
    #[must_use]
    pub fn of(millions: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "too much is held at the most")]
        Self((millions * 1e6).round() as i64)
    }

    /// In million won, which six decimals write without a rest.
    #[must_use]
    pub fn millions(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// Times a factor, to the nearest won of what the amount in millions gives.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self::of(self.millions() * factor)
    }
}

impl Add for Won {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Won {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Won {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for Won {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
    }
}

/// By what all policies of a run are appraised.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// The rule set.
    pub rule_set: RuleSet,
    /// What flows are after the last simulated year.
    pub after_horizon: AfterHorizon,
    /// The money of the scenario.
    pub money: Money,
    /// The year in whose prices the scenario's money is.
    pub base_year: u16,
    /// The year in whose prices it is appraised: that of the rule set, or `base_year` where the price
    /// index lacks either.
    pub price_year: u16,
    /// What money of the scenario is worth in these prices.
    pub price_ratio: f64,
    /// The year to which is discounted.
    pub discount_year: u16,
    /// How the scenario's own accounts are discounted.
    pub own: Discounting,
    /// Share of a net job that would be elsewhere in the country: the mean of the parameter.
    pub opportunity_share: f64,
    /// The least and the greatest that the scenario holds it for.
    pub opportunity_range: [f64; 2],
    /// The same of what a won of public money costs society.
    pub funds_range: [f64; 2],
    /// What construction comes to over what policies state, in the mean of the parameter
    /// `construction_overrun`.
    pub overrun: f64,
    /// The day from which on construction comes to more than is stated.
    pub vantage: Date,
}

/// The mean of a parameter; of one that is normal its middle.
fn expected(scenario: &Scenario, name: &str, otherwise: f64) -> f64 {
    scenario.parameter_throughout(name).map_or(otherwise, |of| match of.distribution {
        _ if !scenario.parameters_vary => of.value,
        Distribution::Uniform => f64::midpoint(of.low, of.high),
        Distribution::Triangular => (of.low + of.value + of.high) / 3.0,
        Distribution::Fixed | Distribution::Normal | Distribution::LogNormal => of.value,
    })
}

/// The least and the greatest value of a parameter.
fn range(scenario: &Scenario, name: &str) -> [f64; 2] {
    scenario.parameter_throughout(name).map_or([0.0; 2], |of| match of.distribution {
        Distribution::Fixed => [of.value; 2],
        _ if !scenario.parameters_vary => [of.value; 2],
        _ => [of.low, of.high],
    })
}

impl Terms {
    /// How a scenario is appraised by a rule set.
    #[must_use]
    pub fn of(scenario: &Scenario, rule_set: RuleSet) -> Self {
        let rules = rule_set.rules();
        let appraisal_year = scenario.vantage.year;
        let base_year = scenario.base_year;
        let wanted = scenario.price_year(rule_set);
        let index = appraisal::prices(&scenario.money);
        let ratio =
            index.map_or((base_year == wanted).then_some(1.0), |it| it.ratio(base_year, wanted));
        let price_year = if ratio.is_some() { wanted } else { base_year };
        let discount_year = match rules.prices.discounted_to {
            DiscountYear::PriceYear => wanted,
            DiscountYear::AppraisalYear => appraisal_year,
        };
        Self {
            rule_set,
            after_horizon: scenario.appraisal.after_horizon,
            money: scenario.money,
            base_year,
            price_year,
            price_ratio: ratio.unwrap_or(1.0),
            discount_year,
            own: Discounting::of(scenario),
            opportunity_share: expected(scenario, "opportunity_share", 0.0),
            opportunity_range: range(scenario, "opportunity_share"),
            funds_range: range(scenario, "marginal_cost_of_public_funds"),
            overrun: expected(scenario, "construction_overrun", 1.0),
            vantage: scenario.vantage,
        }
    }

    /// What the rule set lays down.
    #[must_use]
    pub fn rules(&self) -> &'static Rules {
        self.rule_set.rules()
    }

    /// What a won of a year is worth by a schedule in the year to which is discounted.
    #[must_use]
    pub fn factor(&self, schedule: &Schedule, year: u16) -> f64 {
        schedule.factor(i32::from(year) - i32::from(self.discount_year))
    }

    /// The benefit-cost ratio of present values of costs and benefits, and of what public payers pay.
    #[must_use]
    pub fn ratio(&self, [costs, benefits]: [Won; 2], public: Won) -> f64 {
        match self.rules().ratio.over {
            RatioOver::Costs => benefits.millions() / costs.millions(),
            RatioOver::PublicCost => (benefits - costs + public).millions() / public.millions(),
        }
    }

    /// What a won of taxes costs society beyond it.
    #[must_use]
    pub fn burden(&self) -> f64 {
        self.rules().public_funds.marginal_cost - 1.0
    }

    /// The cost of an item as policies state it, over what the scenario makes of it: optimism bias and
    /// contingency of the rule set take the place of the scenario's overrun.
    ///
    /// # Formula
    ///
    /// ```text
    /// 1 / (1 + (overrun − 1) · share of the year after the vantage date)
    /// ```
    #[must_use]
    pub fn stated(&self, item: CashItem, year: u16) -> f64 {
        if item != CashItem::Construction || self.uplift(item.name()) <= 0.0 {
            return 1.0;
        }
        let known = Date::new_year(year).ordinal() - self.vantage.ordinal() - 1;
        let known = (-known).max(0) as f64 / f64::from(DAYS);
        1.0 / (1.0 + (self.overrun - 1.0) * (1.0 - known).max(0.0))
    }

    /// What is added to the cost of an item, as a share of it.
    #[must_use]
    pub fn uplift(&self, item: &str) -> f64 {
        let of_item = self.rules().adjustments.iter();
        let of_item = of_item.filter(|it| it.items.iter().any(|name| name == item));
        of_item.map(CostAdjustment::share).sum()
    }
}

/// Which years of a policy are appraised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first year in which the policy differs from the baseline.
    pub start: u16,
    /// The year in which its last building opens; the start where it has none of its own.
    pub opening: u16,
    /// The last simulated year that counts.
    pub last: u16,
    /// The last year of the period.
    pub end: u16,
    /// What stands at the end of the simulated years.
    pub closing: Closing,
}

/// What stands at the end of the simulated years that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// Years after the horizon follow: with them assets count at the end of the period, without them at
    /// the horizon.
    Goes,
    /// The period ends with the simulation: assets count at the horizon.
    AtHorizon,
    /// The period ends before the simulation: assets count at the end of the period.
    Before,
}

impl Span {
    /// The years of a policy that are appraised.
    #[must_use]
    pub fn of(results: &Results<'_>, policy: usize, terms: &Terms) -> Self {
        let years = results.years();
        let first = years.first().copied().unwrap_or_default();
        let horizon = years.last().copied().unwrap_or_default();
        let differs = results.first_difference(policy, results.baseline).unwrap_or(first);
        let start = differs.clamp(first, horizon);
        let opening = opening(results, policy).map_or(start, |year| year.clamp(start, horizon));
        let period = &terms.rules().period;
        let from = match period.counts_from {
            CountsFrom::Start => start,
            CountsFrom::Opening => opening,
        };
        let end = from.saturating_add(period.years).saturating_sub(1).max(start);
        let (last, end, closing) = match terms.after_horizon {
            _ if end < horizon => (end, end, Closing::Before),
            AfterHorizon::Hold if end > horizon => (horizon, end, Closing::Goes),
            AfterHorizon::Hold | AfterHorizon::Nothing => (horizon, horizon, Closing::AtHorizon),
        };
        Self { start, opening, last, end, closing }
    }

    /// The years after the horizon.
    #[must_use]
    pub fn after(&self) -> std::ops::Range<u16> {
        self.last + 1..self.end + 1
    }
}

/// The year in which the last building opens that the policy has and the baseline lacks.
fn opening(results: &Results<'_>, policy: usize) -> Option<u16> {
    let plan = |of: usize| results.policies.get(of).map(|policy| &policy.plan);
    let (own, baseline) = (plan(policy)?, plan(results.baseline)?);
    let in_baseline =
        |name: &str, plan: &Levers| plan.levers().any(|lever| lever.common().name == name);
    let opens = own.levers().filter(|lever| !in_baseline(&lever.common().name, baseline));
    opens.filter_map(|lever| Some(lever.building()?.opening.year)).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_sets_name_items_that_there_are() {
        for set in RuleSet::ALL {
            for name in set.rules().adjustments.iter().flat_map(|of| &of.items) {
                assert!(CashItem::ALL.iter().any(|item| item.name() == name), "{name}");
            }
        }
    }

    #[test]
    fn won_are_written_without_a_rest() {
        for won in [0, 1, -1, 999_999, 123_456_789_012_345] {
            let written = Won(won).millions().to_string();
            assert_eq!(Won::of(written.parse().unwrap()), Won(won), "{written}");
        }
        assert_eq!(Won::of(0.123_456_7), Won(123_457));
        assert_eq!([Won(3), -Won(5)].into_iter().sum::<Won>(), Won(-2));
        assert_eq!(Won(i64::MAX) + Won(1), Won(i64::MAX));
    }
}

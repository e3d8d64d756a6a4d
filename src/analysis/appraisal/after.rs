//! What goes on after the horizon, and until when: what recurs ends with the levers that it comes from.

use crate::analysis::appraisal::terms::Span;
use crate::analysis::results::Results;
use crate::model::ledger::cash::CashItem;
use crate::policy::levers::LeverKind;
use crate::scenario::WrittenLever;
use crate::time::DAYS;
use crate::time::Date;

/// Years whose mean is held after the horizon.
const HELD: u16 = 3;

/// What is held of the recurring flows of a policy after the horizon.
#[derive(Clone, Debug)]
pub(super) struct After {
    /// The last simulated years whose mean is held: of the last three those in which no lever of the policy's
    /// own was still to end, or all three where that leaves none.
    years: usize,
    /// The last day of each own lever, and the items that its kind books.
    levers: Vec<(Option<Date>, &'static [&'static str])>,
}

impl After {
    /// What is held of a policy, by the levers that it has and the baseline has not.
    pub(super) fn of(results: &Results<'_>, policy: usize, span: Span) -> Self {
        let written = |of: usize| {
            results.policies.get(of).map_or(&[][..], |policy| policy.written.as_slice())
        };
        let baseline = written(results.baseline);
        let is_own = |lever: &&WrittenLever| !baseline.contains(lever);
        let own: Vec<&WrittenLever> = written(policy).iter().filter(is_own).collect();
        let first = span.last.saturating_sub(HELD - 1);
        let ended = own.iter().filter_map(|lever| Some(lever.until?.year));
        let ended = ended.filter(|year| (first..span.last).contains(year)).max();
        let years = ended.map_or(HELD, |ended| span.last - ended);
        let costs = |lever: &WrittenLever| {
            LeverKind::named(lever.kind).map_or(&[][..], |kind| kind.spec().costs)
        };
        let levers = own.into_iter().map(|lever| (lever.until, costs(lever))).collect();
        Self { years: usize::from(years), levers }
    }

    /// What is held a year of a recurring flow: the mean of its last simulated years.
    pub(super) fn held(&self, flows: &[f64]) -> f64 {
        let last = &flows[flows.len().saturating_sub(self.years)..];
        last.iter().sum::<f64>() / last.len().max(1) as f64
    }

    /// The day after which nothing of an item is left: the last one of the levers whose kind books it, and of
    /// all levers of the policy where none does; `None` where one of them goes on, or there is none.
    pub(super) fn end(&self, item: CashItem) -> Option<Date> {
        let books = |costs: &[&str]| costs.contains(&item.name());
        let is_cost = self.levers.iter().any(|(_, costs)| books(costs));
        let of_item = self.levers.iter().filter(|(_, costs)| !is_cost || books(costs));
        let ends: Option<Vec<Date>> = of_item.map(|&(until, _)| until).collect();
        ends?.into_iter().max()
    }
}

/// The share of a year up to a day, the day included.
pub(super) fn share_before(day: Date, year: u16) -> f64 {
    let days = day.ordinal() - Date::new_year(year).ordinal() + 1;
    (days as f64 / f64::from(DAYS)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: u16, month: u8, day: u8) -> Date {
        Date::from_calendar(year, month, day).unwrap()
    }

    #[test]
    fn an_item_ends_with_the_last_of_its_levers_and_the_rest_with_the_last_of_all() {
        let (early, late) = (day(2031, 12, 31), day(2040, 6, 30));
        let levers = |subsidy, hub| After {
            years: 3,
            levers: vec![(subsidy, &["wage_subsidy"][..]), (hub, &["operation", "services"][..])],
        };
        let both = levers(Some(early), Some(late));
        assert_eq!(both.end(CashItem::WageSubsidy), Some(early));
        assert_eq!(both.end(CashItem::Operation), Some(late));
        assert_eq!(both.end(CashItem::ValueAdded), Some(late));
        let one = levers(Some(early), None);
        assert_eq!(one.end(CashItem::WageSubsidy), Some(early));
        assert_eq!(one.end(CashItem::Operation), None);
        assert_eq!(one.end(CashItem::ValueAdded), None);
        assert_eq!(After { years: 3, levers: Vec::new() }.end(CashItem::Operation), None);
    }

    #[test]
    fn the_year_of_the_end_counts_up_to_its_day() {
        let end = day(2031, 12, 31);
        let shares = [2030, 2031, 2032].map(|year| share_before(end, year).to_bits());
        assert_eq!(shares, [1.0_f64, 1.0, 0.0].map(f64::to_bits));
        let share = share_before(day(2031, 6, 30), 2031);
        assert!((share - 181.0 / 365.0).abs() < 1e-12, "{share}");
    }

    #[test]
    fn the_mean_is_of_the_years_given() {
        let held = |years| After { years, levers: Vec::new() }.held(&[1.0, 2.0, 3.0, 7.0]);
        assert_eq!([held(3), held(1)].map(f64::to_bits), [4.0_f64, 7.0].map(f64::to_bits));
    }
}

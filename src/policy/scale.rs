//! How large a policy is, and the same policy larger or smaller: what `--equal-budget` scales.
//!
//! Every kind of lever has one size (places, intake, units, budget, …). What is bought with the
//! size (building, land, running it) goes in proportion to the size that is reached after rounding
//! to whole places, persons or homes: a campus of half the places costs half as much to build.
//! Designations and experience centres have no size.

use std::collections::BTreeSet;

use crate::policy::lever::Lever;
use crate::policy::levers::Levers;
use crate::policy::schedule::Schedule;
use crate::policy::setting::MOST_A_YEAR;
use crate::policy::size::Size;
use crate::policy::slot::LeverSlot;

use crate::time::Date;

/// The greatest factor: a policy that is too cheap at this one cannot reach the budget.
pub const MOST_FACTOR: f64 = 50.0;
/// Shares are rounded to so many parts of 1.
const PARTS: f64 = 1e4;

/// The value of a setting that grows with its lever.
#[derive(Clone, Debug, PartialEq)]
pub enum SizeValue {
    /// One number.
    Number(f64),
    /// Whole numbers by date.
    Schedule(Schedule),
}

/// A setting that grows with its lever, as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct SizeSetting {
    /// The lever.
    pub slot: LeverSlot,
    /// The setting's key.
    pub name: &'static str,
    /// Its value.
    pub value: SizeValue,
}

/// The settings of a plan that grow with their levers.
#[must_use]
pub fn sizes(plan: &Levers) -> Vec<SizeSetting> {
    let mut plan = plan.clone();
    let of_lever = |lever: &mut dyn Lever| {
        let slot = lever.common().slot;
        let setting = |(name, size): (&'static str, Size<'_>)| {
            let value = match size {
                Size::Count(count, _) => SizeValue::Number(f64::from(*count)),
                Size::Money(number) | Size::Share(number) => SizeValue::Number(*number),
                Size::Schedule(schedule, _) => SizeValue::Schedule(schedule.clone()),
            };
            SizeSetting { slot, name, value }
        };
        lever.sizes().into_iter().map(setting).collect::<Vec<_>>()
    };
    plan.levers_mut().flat_map(of_lever).collect()
}

/// Whether some size of the plan differs from the baseline's, so that scaling changes it.
#[must_use]
pub fn is_scalable(plan: &Levers, baseline: &Levers) -> bool {
    scaled(plan, baseline, 0.0) != *plan
}

/// The levers of a plan that the baseline lacks or has otherwise, and that have no size.
#[must_use]
pub fn without_size(plan: &Levers, baseline: &Levers) -> Vec<String> {
    let changed: Vec<LeverSlot> = plan.changed(baseline).collect();
    let differs = |slot: LeverSlot| {
        changed.contains(&slot) || baseline.levers().all(|it| it.common().slot != slot)
    };
    let levers = plan.levers().filter(|it| it.spec().scales.is_none() && differs(it.common().slot));
    levers.map(|lever| lever.common().name.clone()).collect()
}

/// The same plan with every size moved along the line from the baseline's to its own: 0 is the
/// baseline's size, 1 the plan's own, 2 twice the difference. A lever that the baseline lacks has
/// size 0 there; levers of equal size in both stay as they are.
///
/// # Formula
///
/// ```text
/// size = baseline's + factor · (own − baseline's), rounded, at least 0
/// what it costs = the same with the factor that the rounded size has reached
/// ```
#[must_use]
#[expect(clippy::float_cmp, reason = "the plan itself, to the last bit")]
pub fn scaled(plan: &Levers, baseline: &Levers, factor: f64) -> Levers {
    if factor == 1.0 {
        return plan.clone();
    }
    let base = sizes(baseline);
    let mut plan = plan.clone();
    for lever in plan.levers_mut() {
        let (slot, mut factor) = (lever.common().slot, factor);
        for (place, (name, size)) in lever.sizes().into_iter().enumerate() {
            let before = base.iter().find(|size| size.slot == slot && size.name == name);
            let reached = scale(size, before.map(|before| &before.value), factor);
            if place == 0 {
                factor = reached;
            }
        }
    }
    plan
}

/// Scales one setting; returns the factor that it has reached after rounding.
fn scale(size: Size<'_>, before: Option<&SizeValue>, factor: f64) -> f64 {
    let number = match before {
        Some(SizeValue::Number(number)) => *number,
        _ => 0.0,
    };
    match size {
        Size::Count(count, most) => {
            let (new, reached) =
                along(number, f64::from(*count), factor, f64::from(most), f64::round);
            *count = whole(new);
            reached
        }
        Size::Money(money) => {
            let (new, reached) = along(number, *money, factor, MOST_A_YEAR, f64::round);
            *money = new;
            reached
        }
        Size::Share(share) => {
            let round = |value: f64| (value * PARTS).round() / PARTS;
            let (new, reached) = along(number, *share, factor, 1.0, round);
            *share = new;
            reached
        }
        Size::Schedule(schedule, most) => {
            let none = Schedule(Vec::new());
            let before = match before {
                Some(SizeValue::Schedule(before)) => before,
                _ => &none,
            };
            scale_schedule(schedule, before, factor, most)
        }
    }
}

/// A point of the line between two sizes, and the factor that it stands for.
fn along(from: f64, to: f64, factor: f64, most: f64, round: impl Fn(f64) -> f64) -> (f64, f64) {
    let whole_way = to - from;
    if whole_way == 0.0 {
        return (to, factor);
    }
    let point = round((from + factor * whole_way).clamp(0.0, most));
    (point, (point - from) / whole_way)
}

/// Scales a schedule step by step; the factor reached is that of the step that differs most.
fn scale_schedule(schedule: &mut Schedule, before: &Schedule, factor: f64, most: u32) -> f64 {
    let days: BTreeSet<Date> = schedule.0.iter().chain(&before.0).map(|&(day, _)| day).collect();
    let (mut widest, mut reached) = (0.0, factor);
    let step = |day: Date| {
        let (from, to) = (f64::from(before.on(day)), f64::from(schedule.on(day)));
        let (value, factor) = along(from, to, factor, f64::from(most), f64::round);
        if (to - from).abs() > widest {
            (widest, reached) = ((to - from).abs(), factor);
        }
        (day, whole(value))
    };
    let steps: Vec<(Date, u32)> = days.into_iter().map(step).collect();
    *schedule = Schedule(steps);
    reached
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded, in range")]
fn whole(value: f64) -> u32 {
    value as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::area::Area;
    use crate::policy::building::Building;
    use crate::policy::lever::Common;
    use crate::policy::levers::LeverKind;
    use crate::policy::levers::homes::Homes;
    use crate::policy::levers::institutes::Form;
    use crate::policy::levers::institutes::Institutes;
    use crate::policy::levers::service::Scope;
    use crate::policy::levers::service::Service;
    use crate::policy::levers::service::ServiceKind;
    use crate::policy::levers::testbed;
    use crate::policy::payer::Payer;
    use crate::policy::setting::MOST;

    fn common(slot: LeverSlot) -> Common {
        let from = Date::new_year(2025);
        let name = format!("lever-{slot}");
        let package = name.clone();
        Common {
            spec: &testbed::SPEC,
            name,
            slot,
            from,
            until: None,
            package,
            payer: Payer::new(0, true),
        }
    }

    fn build(construction: f64) -> Building {
        let opening = Date::new_year(2027);
        Building { construction, land: 50.0, opening, operation: 7.0 }
    }

    fn homes(units: u32) -> Homes {
        Homes { common: common(0), building: build(100.0), units, rent: 6.0 }
    }

    #[test]
    fn what_a_size_costs_follows_the_size_after_rounding() {
        let from_city = 0.5;
        let area = Area::new(1, true);
        let institutes = Institutes {
            common: common(1),
            building: build(90.0),
            area,
            form: Form::Private,
            institutes: 3,
            headcount: 35.0,
            from_city,
        };
        let plan = Levers { institutes: vec![institutes], ..Levers::default() };
        let half = scaled(&plan, &Levers::default(), 0.5);
        // One and a half institutes are two, and two thirds of the building.
        let found = &half.institutes[0];
        assert_eq!((found.institutes, found.building.construction), (2, 60.0));
        assert_eq!((found.building.land, found.headcount), (33.0, 35.0));
        let none = scaled(&plan, &Levers::default(), 0.1);
        assert_eq!((none.institutes[0].institutes, none.institutes[0].building.land), (0, 0.0));
    }

    #[test]
    fn a_lever_of_the_baseline_moves_from_its_size_there_and_one_left_alone_does_not() {
        let base = Levers { homes: vec![homes(100)], ..Levers::default() };
        let plan = Levers { homes: vec![homes(300)], ..Levers::default() };
        let double = scaled(&plan, &base, 2.0);
        assert_eq!((double.homes[0].units, double.homes[0].building.construction), (500, 100.0));
        assert_eq!(scaled(&plan, &base, 0.0).homes[0].units, 100);
        assert_eq!(scaled(&base, &base, 7.0), base);
        assert!(is_scalable(&plan, &base) && !is_scalable(&base, &base));
    }

    #[test]
    fn schedules_scale_step_by_step() {
        let day = Date::new_year;
        let mut schedule = Schedule(vec![(day(2020), 30), (day(2024), 100)]);
        let before = Schedule(vec![(day(2018), 10)]);
        let reached = scale_schedule(&mut schedule, &before, 0.5, MOST);
        let expected = [(day(2018), 5), (day(2020), 20), (day(2024), 55)];
        assert_eq!(schedule.0, expected);
        assert!((reached - 0.5).abs() < 1e-15);
    }

    #[test]
    fn a_service_that_reaches_everybody_grows_no_further() {
        let service = Service {
            common: common(2),
            kind: ServiceKind::Testbed,
            building: build(80.0),
            scope: Scope::District,
            reach: 0.4,
            cost_per_firm: 3.0,
        };
        let plan = Levers { services: vec![service], ..Levers::default() };
        let most = scaled(&plan, &Levers::default(), MOST_FACTOR);
        assert!((most.services[0].reach - 1.0).abs() < 1e-15);
        assert!((most.services[0].building.construction - 200.0).abs() < 1e-9);
    }

    #[test]
    fn every_size_is_a_setting_of_its_kind_and_the_first_is_the_one_in_the_register() {
        let mut homes = homes(1);
        let spec = LeverKind::Homes.spec();
        let sizes = homes.sizes();
        assert_eq!(spec.scales, Some(sizes[0].0));
        for (name, _) in &sizes {
            assert!(spec.settings.iter().any(|setting| setting.name == *name), "{name}");
        }
    }
}

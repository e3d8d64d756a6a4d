//! The rule sets as they are read, and rates by year.

use super::*;

fn won() -> Money {
    Money::of_currency("KRW").unwrap()
}

fn won_index() -> &'static PriceIndex {
    prices(&won()).unwrap()
}

#[test]
fn what_holds_in_one_currency_is_for_no_other() {
    let euro = Money::of_currency("EUR").unwrap();
    assert_eq!((prices(&euro), induced(&euro)), (None, None));
    let fit = |money: &Money| RuleSet::fit_for(money).map(RuleSet::name).collect::<Vec<_>>();
    assert_eq!(fit(&won()), RuleSet::WORDS);
    assert_eq!(fit(&euro), ["uk-2026", "us-a94-1992", "us-a94-2023", "eu"]);
    let why = RuleSet::KrPfs.unfit(&euro).unwrap();
    assert!(why.contains("amounts in KRW, and the scenario's money is EUR"), "{why}");
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 5e-7, "{found} instead of {expected}");
}

#[test]
fn every_file_is_read_and_says_where_it_is_from() {
    for (set, word) in RuleSet::ALL.into_iter().zip(RuleSet::WORDS) {
        assert_eq!(serde_json::to_value(set).unwrap(), word);
        let rules = set.rules();
        assert_eq!(rules.currency.as_deref(), set.currency(), "{word}");
        for schedule in [Some(&rules.rate), rules.lower_rate.as_ref(), Some(rules.financial())] {
            let Some(schedule) = schedule else { continue };
            assert_eq!(schedule.steps[0].from, 1, "{word}");
            assert!(schedule.steps.is_sorted_by_key(|step| step.from), "{word}");
            assert!(!schedule.source.is_empty(), "{word}");
        }
        for of in &rules.adjustments {
            near(of.works.iter().map(|works| works.part).sum(), 1.0);
            assert!(of.lower() <= of.share(), "{word}: {}", of.what_en);
        }
        for of in &rules.weights {
            let [low, high] = [|it: &Criterion| it.low, |it: &Criterion| it.high]
                .map(|of_one| of.criteria.iter().map(|it| u32::from(of_one(it))).sum::<u32>());
            assert!(low <= 100 && 100 <= high, "{word}: {}", of.case_en);
        }
    }
    assert!(won_index().years.is_sorted_by_key(|of| of.year));
    assert!(induced(&won()).unwrap().local.inputs > 0.0);
}

/// Oracles O4: standard, lower-rate test and health of the Green Book, and section 10.
#[test]
fn factors_of_the_green_book() {
    let rules = RuleSet::Uk2026.rules();
    let lower = rules.lower_rate.as_ref().unwrap();
    let step = |from, rate| RateStep { from, rate };
    let health = Schedule {
        steps: vec![step(1, 0.015), step(31, 0.0129), step(76, 0.0107)],
        ..Schedule::flat(0.0)
    };
    for (year, standard, low, of_health) in [
        (30, 0.356_278, 0.411_987, 0.639_762),
        (60, 0.146_782, 0.192_430, 0.435_534),
        (100, 0.050_818, 0.077_459, 0.275_402),
    ] {
        near(rules.rate.factor(year), standard);
        near(lower.factor(year), low);
        near(health.factor(year), of_health);
    }
    for (year, expected) in [
        (1, 0.966_184),
        (5, 0.841_973),
        (10, 0.708_919),
        (20, 0.502_566),
        (31, 0.345_901),
        (50, 0.197_263),
        (75, 0.094_214),
    ] {
        near(rules.rate.factor(year), expected);
    }
    near(Schedule::flat(0.03).factor(10), 0.744_094);
    near(Schedule::flat(0.25).factor(-1), 1.25);
}

/// Oracles O5, and section 10.
#[test]
fn annuities_of_one() {
    for (rate, years, expected) in [
        (0.045, 30, 16.288_889),
        (0.045, 40, 18.401_584),
        (0.055, 30, 14.533_745),
        (0.03, 10, 8.530_203),
        (0.035, 10, 8.316_605),
        (0.07, 10, 7.023_582),
    ] {
        let schedule = Schedule::flat(rate);
        near((1..=years).map(|year| schedule.factor(year)).sum(), expected);
    }
}

/// Oracle O6: 70 % standard buildings and 30 % others, capital and duration; and 92 % managed.
#[test]
fn optimism_bias_of_a_mix_of_works() {
    let of = |works: &[(f64, f64)], managed: f64| {
        let work = |&(part, upper)| Works { part, upper, lower: 0.0 };
        let known = RuleSet::Uk2026.rules().adjustments[0].clone();
        CostAdjustment { works: works.iter().map(work).collect(), managed, ..known }.share()
    };
    near(of(&[(0.7, 0.24), (0.3, 0.51)], 0.0), 0.321);
    near(of(&[(0.7, 0.04), (0.3, 0.39)], 0.0), 0.145);
    near((100.0 * (1.0 + of(&[(1.0, 0.51)], 0.92))).round(), 104.0);
    near(RuleSet::Uk2026.rules().adjustments[0].share(), 0.24);
}

#[test]
fn money_of_other_years_is_converted_where_the_index_has_both() {
    near(won_index().ratio(2021, 2020).unwrap(), 100.0 / 102.5);
    assert_eq!(won_index().ratio(1900, 1900), Some(1.0));
    assert_eq!(won_index().ratio(1900, 2020), None);
}

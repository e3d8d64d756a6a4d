//! How many replications make means precise enough: a sequential rule while they come in, and a
//! forecast from a pilot.
//!
//! Intervals are those of [`Estimate`], at 95 % and by the design of the run. A target is the largest half width of an
//! interval, in the unit of the values. Where there are too few replications to tell, no target is met.

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;
use crate::analysis::statistics::estimate::tell;
use crate::analysis::statistics::student::half_width_95;
use crate::random::distribution::normal;

/// When to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Replications below which targets do not count as met; an interval over very few may be
    /// narrow by chance.
    pub fewest: usize,
    /// For how many further replications targets must stay met, of 100 or fewer; of more, for so
    /// many in a hundred, rounded down. 5 is usual. 0 stops at once.
    pub look_ahead: usize,
    /// The most replications, rounded up to whole blocks.
    pub ceiling: usize,
    /// How the replications hang together. Targets are looked at after whole blocks only.
    pub design: Design,
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Go on.
    More,
    /// All targets were met at this number of replications and at every one since, for as long as
    /// the rule looks ahead.
    Reached {
        /// The number.
        replications: usize,
    },
    /// The ceiling came first.
    Ceiling {
        /// Since which number of replications all targets are met, if they are.
        met_since: Option<usize>,
    },
}

/// Mean and sum of squares of numbers that come one by one (Welford 1962).
#[derive(Clone, Copy, Debug, Default)]
struct Running {
    count: usize,
    mean: f64,
    squares: f64,
}

impl Running {
    fn add(&mut self, value: f64) {
        self.count += 1;
        let before = value - self.mean;
        self.mean += before / self.count as f64;
        self.squares += before * (value - self.mean);
    }

    /// The standard error of the mean, of two numbers or more.
    fn error(&self) -> f64 {
        let count = self.count as f64;
        (self.squares / (count - 1.0) / count).sqrt()
    }
}

/// One quantity and its target.
#[derive(Clone, Debug)]
struct Quantity {
    target: f64,
    values: Vec<f64>,
    each: Running,
    blocks: Running,
    /// The sum of the block that is not yet whole.
    block: f64,
}

/// Watches several quantities, each with a target, as replications come in.
///
/// # Source
///
/// The replications algorithm: Hoad, Robinson and Davies (2010), Journal of the Operational
/// Research Society 61, 1632–1644. They solve for each quantity apart; here all targets must be met
/// at once.
#[derive(Clone, Debug)]
pub struct Watch {
    rule: Rule,
    quantities: Vec<Quantity>,
    replications: usize,
    met_since: Option<usize>,
    progress: Progress,
}

impl Watch {
    /// Starts to watch quantities with these targets. Without any, the fewest replications do.
    #[must_use]
    pub fn new(targets: &[f64], rule: Rule) -> Self {
        let quantity = |&target: &f64| Quantity {
            target,
            values: Vec::new(),
            each: Running::default(),
            blocks: Running::default(),
            block: 0.0,
        };
        let quantities = targets.iter().map(quantity).collect();
        Self { rule, quantities, replications: 0, met_since: None, progress: Progress::More }
    }

    /// Takes in one replication: the value of each quantity, in the order of the targets. A value
    /// that is missing or not finite leaves its target unmet for good. What comes after the end
    /// changes nothing.
    pub fn feed(&mut self, row: &[f64]) -> Progress {
        if self.progress != Progress::More {
            return self.progress;
        }
        self.replications += 1;
        let count = self.replications;
        let block = self.rule.design.whole_blocks(1);
        let is_whole = count.is_multiple_of(block);
        for (place, quantity) in self.quantities.iter_mut().enumerate() {
            let value = row.get(place).copied().unwrap_or(f64::NAN);
            quantity.values.push(value);
            quantity.each.add(value);
            quantity.block += value;
            if is_whole {
                quantity.blocks.add(quantity.block / block as f64);
                quantity.block = 0.0;
            }
        }
        if is_whole {
            self.look();
        }
        self.progress
    }

    /// How many replications have been taken in.
    #[must_use]
    pub const fn replications(&self) -> usize {
        self.replications
    }

    /// Whether to go on.
    #[must_use]
    pub const fn progress(&self) -> Progress {
        self.progress
    }

    /// Looks at the targets after a whole block.
    fn look(&mut self) {
        let count = self.replications;
        let design = self.rule.design;
        let t = half_width_95(design.degrees_of_freedom(count));
        let by_blocks = design.unit(count) > 1;
        let is_met = |quantity: &Quantity| {
            let running = if by_blocks { quantity.blocks } else { quantity.each };
            let half_width = t.map(|t| t * running.error());
            half_width.is_some_and(|half| half <= quantity.target) && tell(&quantity.values)
        };
        if count < self.rule.fewest || !self.quantities.iter().all(is_met) {
            self.met_since = None;
        } else if self.met_since.is_none() {
            self.met_since = Some(count);
        }
        let ahead = self.rule.look_ahead.saturating_mul(count.max(100)) / 100;
        self.progress = match self.met_since {
            Some(since) if count - since >= ahead => Progress::Reached { replications: since },
            met_since if count >= self.rule.ceiling => Progress::Ceiling { met_since },
            _ => Progress::More,
        };
    }
}

/// A number of replications that nobody will ever run.
const TOO_MANY: f64 = 1e12;

/// Below Student's t at 97.5 % whatever the degrees of freedom, by next to nothing where they are
/// many.
const LEAST_T: f64 = 1.959_963_984;

/// How many replications will meet a target, from a pilot of some: the smallest number of whole
/// blocks, that of the pilot or another, whose half width is expected to be no more than allowed.
///
/// `None` where the pilot is too small to tell, or no number of replications would do.
///
/// # Formula
///
/// n ≥ (t s / h)², with t the 97.5 % quantile of Student's t for n replications, h the half width
/// that is allowed, and s² the square of its standard error by the design
/// of the run, times its number of replications. So evenness within blocks is counted on from the
/// pilot's size of four blocks on.
#[must_use]
pub fn forecast(pilot: &[f64], target: f64, design: Design) -> Option<usize> {
    smallest(ratio(pilot, target, design)?, design)
}

/// How many replications will meet a target, and how far a pilot can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// The number that is expected to do.
    pub expected: u64,
    /// So few will do with a probability of 5 % only.
    pub low: u64,
    /// So many will do with a probability of 95 %.
    pub high: u64,
}

impl Forecast {
    /// The number that does for two targets at once.
    #[must_use]
    pub fn largest(self, other: Self) -> Self {
        Self {
            expected: self.expected.max(other.expected),
            low: self.low.max(other.low),
            high: self.high.max(other.high),
        }
    }
}

/// As [`forecast`], with the error of the variance that a pilot has found: of `f` degrees of freedom, it may be
/// `f` / χ² times as large, with χ² at its 5 % and 95 % quantiles for `f`. `None` as there.
///
/// # Source
///
/// Stein (1945), Annals of Mathematical Statistics 16, 243–258, plans from a pilot; the quantiles by Wilson and
/// Hilferty (1931), Proceedings of the National Academy of Sciences 17, 684–688.
#[must_use]
pub fn forecast_between(pilot: &[f64], target: f64, design: Design) -> Option<Forecast> {
    let ratio = ratio(pilot, target, design)?;
    let freedom = design.degrees_of_freedom(pilot.len()) as f64;
    let with = |share: f64| {
        let part = 2.0 / (9.0 * freedom);
        let root = 1.0 - part + normal(share) * part.sqrt();
        let quantile = freedom * root * root * root;
        (quantile > 0.0).then(|| smallest(ratio * (freedom / quantile).sqrt(), design)).flatten()
    };
    let expected = smallest(ratio, design)? as u64;
    let (low, high) = (with(0.95)? as u64, with(0.05)? as u64);
    Some(Forecast { expected, low, high })
}

/// Half an interval over `seen` replications as it is expected to be over `replications` of them.
#[must_use]
pub fn half_width_over(half: f64, seen: usize, replications: usize, design: Design) -> Option<f64> {
    let t = |count: usize| half_width_95(design.degrees_of_freedom(count));
    let narrower = t(replications)? / t(seen)?;
    Some(half * narrower * (seen as f64 / replications.max(1) as f64).sqrt())
}

/// The standard deviation that a pilot has found by the design, over the half width that is allowed; `None` as in
/// [`forecast`].
fn ratio(pilot: &[f64], target: f64, design: Design) -> Option<f64> {
    let estimate = Estimate::of(pilot, design).filter(|it| it.ci_low.is_some())?;
    let deviation = estimate.se? * (pilot.len() as f64).sqrt();
    if target.is_nan() || target < 0.0 || (target <= 0.0 && deviation > 0.0) {
        return None;
    }
    Some(if deviation > 0.0 { deviation / target } else { 0.0 })
}

/// The smallest number of whole blocks whose half width is expected to be no more than allowed.
fn smallest(ratio: f64, design: Design) -> Option<usize> {
    // No smaller number would do, and hardly a larger one is needed.
    let least = (LEAST_T * ratio) * (LEAST_T * ratio);
    if least.is_nan() || least > TOO_MANY {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 10^12")]
    let mut count = design.whole_blocks(least.ceil() as usize);
    loop {
        let t = half_width_95(design.degrees_of_freedom(count));
        if t.is_some_and(|t| t * ratio <= (count as f64).sqrt()) {
            return Some(count);
        }
        count = design.whole_blocks(count + 1);
    }
}

#[cfg(test)]
mod tests {
    use crate::random::Key;
    use crate::random::Purpose;
    use crate::random::distribution::normal;

    use super::*;

    const RULE: Rule =
        Rule { fewest: 5, look_ahead: 0, ceiling: 1_000, design: Design::INDEPENDENT };

    /// x = 10 + 3 sin(i) for i = 1, 2, …
    fn sine(replication: usize) -> f64 {
        10.0 + 3.0 * libm::sin((replication + 1) as f64)
    }

    /// Where the rule ends, and how many replications it took.
    fn ended(targets: &[f64], rule: Rule, row: impl Fn(usize) -> Vec<f64>) -> (Progress, usize) {
        let mut watch = Watch::new(targets, rule);
        let mut replication = 0;
        while watch.feed(&row(replication)) == Progress::More {
            replication += 1;
        }
        (watch.progress(), watch.replications())
    }

    /// sim-tools 1.3: its `confidence_interval_method`, and its `ReplicationsAlgorithm` with a
    /// look-ahead of 5 and 20, for 5, 4 and 3 % of the mean; here the half widths that it ends with.
    #[test]
    fn the_rule_ends_where_that_of_another_program_does() {
        for (half, look_ahead, reached, simulated) in [
            (0.5025, 0, 72, 72),
            (0.5025, 5, 72, 77),
            (0.5025, 20, 72, 92),
            (0.3974, 5, 113, 118),
            (0.3002, 5, 196, 206),
        ] {
            let rule = Rule { look_ahead, ..RULE };
            let found = ended(&[half], rule, |at| vec![sine(at)]);
            assert_eq!(found, (Progress::Reached { replications: reached }, simulated));
        }
    }

    /// The interval over the first 10 and the first 100, by the same program.
    #[test]
    fn intervals_are_those_of_another_program() {
        for (count, mean, sd, low, high) in [
            (10, 10.423_357, 2.191_412, 8.855_715, 11.990_998),
            (100, 9.996_185, 2.137_718, 9.572_015, 10.420_355),
        ] {
            let values: Vec<f64> = (0..count).map(sine).collect();
            let found = Estimate::from_values(&values).unwrap();
            let ends = (found.ci_low.unwrap(), found.ci_high.unwrap());
            assert!((found.mean - mean).abs() < 1e-6 && (found.sd.unwrap() - sd).abs() < 1e-6);
            assert!((ends.0 - low).abs() < 1e-6 && (ends.1 - high).abs() < 1e-6);
            // A target of just that half width is met, and one a little smaller is not.
            let half = (high - low) / 2.0;
            let rule = Rule { fewest: count, ceiling: count, ..RULE };
            let end = |half: f64| ended(&[half], rule, |at| vec![sine(at)]).0;
            assert_eq!(end(half + 1e-6), Progress::Reached { replications: count });
            assert_eq!(end(half - 1e-6), Progress::Ceiling { met_since: None });
        }
    }

    /// Uniform numbers, spread evenly within blocks of 5.
    fn even(run: u64, replication: usize) -> f64 {
        let (block, place) = (replication / 5, replication % 5);
        let draw = |id: u64| Key::world(run, block as u64).entity(id).uniform(0, Purpose::Analysis);
        (place as f64 + draw(place as u64)) / 5.0 + 0.05 * normal(draw(100 + place as u64))
    }

    #[test]
    fn the_design_is_counted_on_and_only_whole_blocks_end() {
        let design = Design::blocks_of(5);
        let rule = Rule { look_ahead: 5, ..RULE };
        let target = [0.02];
        let (apart, _) = ended(&target, rule, |at| vec![even(1, at)]);
        let blocks = Rule { design, ..rule };
        let (Progress::Reached { replications }, simulated) =
            ended(&target, blocks, |at| vec![even(1, at)])
        else {
            panic!("not reached");
        };
        assert!(replications % 5 == 0 && simulated % 5 == 0 && simulated >= replications + 5);
        let Progress::Reached { replications: apart } = apart else { panic!("not reached") };
        assert!(apart > 4 * replications, "{apart} {replications}");
        // The running sums give the interval of the run.
        let values: Vec<f64> = (0..replications).map(|at| even(1, at)).collect();
        let found = Estimate::of(&values, design).unwrap();
        assert!(found.ci_high.unwrap() - found.mean <= 0.02 + 1e-12);
    }

    #[test]
    fn several_targets_must_be_met_at_once() {
        let targets = [0.5, 0.2, 5.0];
        let row = |at: usize| vec![sine(at), even(2, at) * 4.0, -sine(at)];
        let alone = |place: usize| {
            let Progress::Reached { replications } =
                ended(&targets[place..=place], RULE, |at| vec![row(at)[place]]).0
            else {
                panic!("not reached");
            };
            replications
        };
        let (Progress::Reached { replications }, _) = ended(&targets, RULE, row) else {
            panic!("not reached");
        };
        assert!(replications >= alone(0).max(alone(1)).max(alone(2)));
    }

    #[test]
    fn the_ceiling_ends_what_is_never_met() {
        let ceiling = Rule { ceiling: 23, design: Design::blocks_of(5), ..RULE };
        let never = Progress::Ceiling { met_since: None };
        let end = |target: f64, row: fn(usize) -> Vec<f64>| ended(&[target], ceiling, row);
        assert_eq!(end(0.0, |at| vec![sine(at)]), (never, 25));
        assert_eq!(end(9.0, |_| vec![f64::NAN]), (never, 25));
        assert_eq!(end(9.0, |_| Vec::new()), (never, 25));
        // All 0 may be rare; all 5 is set by the plan.
        assert_eq!(end(9.0, |_| vec![0.0]), (never, 25));
        let set = end(0.0, |_| vec![5.0]);
        assert_eq!(set, (Progress::Reached { replications: 10 }, 10));
        // Met, but not for long enough.
        let rule = Rule { look_ahead: 5, ceiling: 74, ..RULE };
        let found = ended(&[0.5025], rule, |at| vec![sine(at)]);
        assert_eq!(found, (Progress::Ceiling { met_since: Some(72) }, 74));
        assert_eq!(ended(&[], RULE, |_| Vec::new()), (Progress::Reached { replications: 5 }, 5));
    }

    #[test]
    fn a_forecast_is_the_smallest_number_that_is_expected_to_do() {
        let pilot: Vec<f64> = (0..30).map(sine).collect();
        let estimate = Estimate::from_values(&pilot).unwrap();
        let expected = |count: usize| {
            let t = half_width_95(count as u64 - 1).unwrap();
            t * estimate.sd.unwrap() / (count as f64).sqrt()
        };
        for half in [3.0, 1.0, 0.4, 0.1] {
            let count = forecast(&pilot, half, Design::INDEPENDENT).unwrap();
            assert!(expected(count) <= half && (count < 3 || expected(count - 1) > half));
        }
        let found = forecast(&pilot, 0.5025, Design::INDEPENDENT).unwrap();
        assert!(found.abs_diff(72) < 10, "{found}");
    }

    #[test]
    fn forecasts_come_true_and_count_on_the_design() {
        let design = Design::blocks_of(5);
        for run in 0..5 {
            let pilot: Vec<f64> = (0..100).map(|at| even(run, at)).collect();
            let target = 0.003;
            let count = forecast(&pilot, target, design).unwrap();
            assert_eq!(count % 5, 0);
            let apart = forecast(&pilot, target, Design::INDEPENDENT).unwrap();
            assert!(apart > 4 * count, "{apart} {count}");
            let all: Vec<f64> = (0..count).map(|at| even(run, at)).collect();
            let found = Estimate::of(&all, design).unwrap();
            let half = found.ci_high.unwrap() - found.mean;
            // The error of 20 blocks is known to a sixth.
            assert!(half < 0.003 * 1.5 && half > 0.003 / 1.5, "{half}");
        }
    }

    /// χ² of 29 degrees of freedom at 5 % and 95 %, by `SciPy`: 17.708366 and 42.556968.
    #[test]
    fn how_far_a_pilot_can_tell_is_that_of_its_variance() {
        let pilot: Vec<f64> = (0..30).map(sine).collect();
        let target = 0.05;
        let found = forecast_between(&pilot, target, Design::INDEPENDENT).unwrap();
        assert_eq!(
            usize::try_from(found.expected).ok(),
            forecast(&pilot, target, Design::INDEPENDENT)
        );
        for (found, factor) in [(found.low, 29.0 / 42.556_968), (found.high, 29.0 / 17.708_366)] {
            let expected = forecast(&pilot, target, Design::INDEPENDENT).unwrap() as f64 * factor;
            assert!((found as f64 / expected - 1.0).abs() < 2e-3, "{found} {expected}");
        }
        let half = half_width_over(1.0, 30, 3_000, Design::INDEPENDENT).unwrap();
        assert!((half - 0.1 * 1.960_755 / 2.045_230).abs() < 1e-5, "{half}");
    }

    #[test]
    fn forecasts_that_cannot_be_made() {
        let independent = Design::INDEPENDENT;
        let pilot: Vec<f64> = (0..30).map(sine).collect();
        for (target, pilot) in [
            (0.0, &pilot[..]),
            (-1.0, &pilot),
            (f64::NAN, &pilot),
            (1e-12, &pilot),
            (1.0, &[]),
            (1.0, &[1.0]),
            (1.0, &[0.0; 30]),
            (1.0, &[1.0, f64::NAN, 2.0]),
        ] {
            assert_eq!(forecast(pilot, target, independent), None, "{target:?}");
        }
        assert_eq!(forecast(&[7.0; 30], 0.0, independent), Some(2));
        assert_eq!(forecast(&[7.0; 30], 0.0, Design::blocks_of(5)), Some(5));
    }
}

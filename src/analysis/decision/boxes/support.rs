//! What a box holds, and which of its limits the cases support.

use crate::random::math::exp;
use crate::random::math::ln;

use crate::analysis::decision::boxes::Count;
use crate::analysis::decision::boxes::End;
use crate::analysis::decision::boxes::Found;
use crate::analysis::decision::boxes::Inputs;
use crate::analysis::decision::boxes::Limit;
use crate::analysis::decision::boxes::share;

/// A box and where the replications stand to it, kept up while ends of ranges are dropped.
pub(super) struct Tally<'i> {
    inputs: &'i Inputs<'i>,
    /// The ends of ranges; `None` where dropped.
    ends: Vec<Option<End>>,
    places: Vec<Place>,
}

/// Where one replication stands.
struct Place {
    replication: u32,
    case: bool,
    /// How many ends exclude it.
    beyond: u32,
    /// The sum of their numbers: where only one excludes it, that one.
    numbers: usize,
}

impl<'i> Tally<'i> {
    /// Of the given replications.
    pub(super) fn new(
        inputs: &'i Inputs<'i>,
        replications: &[u32],
        cases: &[bool],
        ends: &[End],
    ) -> Self {
        let place = |&replication: &u32| Place {
            replication,
            case: cases[replication as usize],
            beyond: 0,
            numbers: 0,
        };
        let mut places: Vec<Place> = replications.iter().map(place).collect();
        for (number, end) in ends.iter().enumerate() {
            let values = inputs.columns[end.parameter].values;
            for place in &mut places {
                if end.excludes(values[place.replication as usize]) {
                    place.beyond += 1;
                    place.numbers += number;
                }
            }
        }
        Self { inputs, ends: ends.iter().copied().map(Some).collect(), places }
    }

    /// What the box holds, and what it would hold beside without each end.
    pub(super) fn counts(&self) -> (Count, Vec<Count>) {
        let mut inside = Count::default();
        let mut beyond = vec![Count::default(); self.ends.len()];
        for place in &self.places {
            match place.beyond {
                0 => inside.add(place.case),
                1 => beyond[place.numbers].add(place.case),
                _ => {}
            }
        }
        (inside, beyond)
    }

    /// The replications that one end alone excludes.
    pub(super) fn beyond(&self, number: usize) -> impl Iterator<Item = u32> + '_ {
        let is_there = move |place: &&Place| place.beyond == 1 && place.numbers == number;
        self.places.iter().filter(is_there).map(|place| place.replication)
    }

    /// The replications outside the box.
    pub(super) fn outside(&self) -> impl Iterator<Item = u32> + '_ {
        self.places.iter().filter(|place| place.beyond > 0).map(|place| place.replication)
    }

    /// Drops ends, the one least supported first, until the quasi-p of each is at most `largest`.
    /// Each drop changes the box, so the others are judged anew.
    pub(super) fn drop_unsupported(&mut self, largest: f64) {
        loop {
            let values = self.quasi_p();
            let mut worst: Option<(usize, f64)> = None;
            for (number, value) in values.into_iter().enumerate() {
                if let Some(value) = value
                    && value > worst.map_or(largest, |(_, value)| value)
                {
                    worst = Some((number, value));
                }
            }
            let Some((number, _)) = worst else { return };
            self.drop_end(number);
        }
    }

    /// The quasi-p of every end that is not dropped.
    fn quasi_p(&self) -> Vec<Option<f64>> {
        let (inside, beyond) = self.counts();
        let of = |(end, &beyond): (&Option<End>, &Count)| {
            end.map(|_| {
                let without = inside.plus(beyond).density();
                binomial_tail(inside.cases, inside.replications, without)
            })
        };
        self.ends.iter().zip(&beyond).map(of).collect()
    }

    fn drop_end(&mut self, number: usize) {
        let Some(end) = self.ends.get_mut(number).and_then(Option::take) else { return };
        let values = self.inputs.columns[end.parameter].values;
        for place in &mut self.places {
            if end.excludes(values[place.replication as usize]) {
                place.beyond -= 1;
                place.numbers -= number;
            }
        }
    }

    /// How many parameters are limited.
    pub(super) fn limited(&self) -> usize {
        let mut limited: Vec<usize> = self.ends.iter().flatten().map(|end| end.parameter).collect();
        limited.sort_unstable();
        limited.dedup();
        limited.len()
    }

    /// The box; shares are of the replications and cases in `all`.
    pub(super) fn found(&self, all: Count) -> Found {
        let (inside, _) = self.counts();
        Found {
            limits: self.limits(),
            coverage: share(inside.cases, all.cases),
            density: inside.density(),
            mass: share(inside.replications, all.replications),
            cases: as_usize(inside.cases),
            replications: as_usize(inside.replications),
        }
    }

    fn limits(&self) -> Vec<Limit> {
        let mut limits: Vec<Limit> = Vec::new();
        for (end, quasi_p) in self.ends.iter().zip(self.quasi_p()) {
            let (Some(end), Some(quasi_p)) = (end, quasi_p) else { continue };
            let parameter = end.parameter;
            let place = limits.iter().position(|limit| limit.parameter == parameter);
            let place = place.unwrap_or_else(|| {
                limits.push(Limit { parameter, low: None, high: None, quasi_p });
                limits.len() - 1
            });
            let limit = &mut limits[place];
            limit.quasi_p = limit.quasi_p.max(quasi_p);
            let side = if end.is_upper { &mut limit.high } else { &mut limit.low };
            *side = Some(end.at);
        }
        limits.sort_by_key(|limit| limit.parameter);
        limits
    }
}

/// A count of replications, which are in memory.
fn as_usize(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// The probability of `least` successes or more in so many trials.
///
/// The sum of the terms on the side of `least` that is away from the mean, so that small
/// probabilities keep their digits: relative error below 10^-9 for up to 10^4 trials.
pub(super) fn binomial_tail(least: u64, trials: u64, probability: f64) -> f64 {
    if least == 0 || probability >= 1.0 {
        return if least > trials { 0.0 } else { 1.0 };
    }
    if least > trials || probability <= 0.0 {
        return 0.0;
    }
    let (n, odds) = (trials as f64, probability / (1.0 - probability));
    // Terms beyond these add nothing.
    let is_small = |term: f64, sum: f64| term < sum * 1e-17;
    if least as f64 > n * probability {
        let (mut k, mut term) = (least as f64, binomial(least, trials, probability));
        let mut sum = 0.0;
        while !is_small(term, sum) {
            sum += term;
            term *= (n - k) / (k + 1.0) * odds;
            k += 1.0;
            if term <= 0.0 {
                break;
            }
        }
        return sum.min(1.0);
    }
    let (mut k, mut term) = ((least - 1) as f64, binomial(least - 1, trials, probability));
    let mut sum = 0.0;
    while !is_small(term, sum) {
        sum += term;
        term *= k / (n - k + 1.0) / odds;
        k -= 1.0;
        if term <= 0.0 {
            break;
        }
    }
    (1.0 - sum).clamp(0.0, 1.0)
}

/// The probability of exactly so many successes, `probability` strictly between 0 and 1.
fn binomial(successes: u64, trials: u64, probability: f64) -> f64 {
    let (k, n) = (successes as f64, trials as f64);
    let ways = libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0);
    exp(ways + k * ln(probability) + (n - k) * libm::log1p(-probability))
}

#[cfg(test)]
mod tests {
    use statrs::distribution::Binomial;
    use statrs::distribution::DiscreteCDF;

    use super::*;

    /// Successes, trials, probability, and the p-value of `SciPy` 1.17's `binomtest`,
    /// alternative "greater". The first is Mendel's experiment in R's documentation of `binom.test`.
    const TAILS: [(u64, u64, f64, f64); 7] = [
        (682, 925, 0.75, 0.824_089_122_352_422_6),
        (67, 87, 0.4, 2.344_240_413_066_049_6e-12),
        (30, 30, 0.5, 9.313_225_746_154_785e-10),
        (3, 200, 0.001, 0.001_133_768_097_462_650_2),
        (400, 1_000, 0.35, 0.000_571_296_288_029_528_2),
        (9_000, 10_000, 0.895, 0.052_420_829_671_381_44),
        (1, 10_000, 1e-5, 0.095_163_034_385_652_49),
    ];

    #[test]
    fn tails_agree_with_those_of_another_program() {
        for (least, trials, probability, expected) in TAILS {
            let found = binomial_tail(least, trials, probability);
            let relative: f64 = found / expected - 1.0;
            assert!(relative.abs() < 1e-9, "{least} of {trials}: {found} {expected}");
        }
    }

    #[test]
    fn tails_agree_with_statrs() {
        for trials in [1, 2, 10, 87, 500] {
            for probability in [0.001, 0.1, 0.5, 0.77, 0.999] {
                let oracle = Binomial::new(probability, trials).unwrap();
                for least in (1..=trials).step_by(1 + usize::try_from(trials / 9).unwrap()) {
                    let (found, expected) =
                        (binomial_tail(least, trials, probability), oracle.sf(least - 1));
                    assert!((found - expected).abs() < 1e-9, "{least} of {trials}: {found}");
                }
            }
        }
    }

    #[test]
    fn tails_at_the_edges() {
        for (least, trials, probability, expected) in [
            (0, 0, 0.5, 1.0),
            (1, 0, 0.5, 0.0),
            (0, 5, 0.0, 1.0),
            (1, 5, 0.0, 0.0),
            (5, 5, 1.0, 1.0),
            (6, 5, 1.0, 0.0),
            (5, 5, 0.5, 1.0 / 32.0),
            (1, 5, 0.5, 31.0 / 32.0),
        ] {
            let found = binomial_tail(least, trials, probability);
            assert!((found - expected).abs() < 1e-14, "{least} of {trials}: {found}");
        }
    }
}

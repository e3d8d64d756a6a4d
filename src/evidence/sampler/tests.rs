//! The sampler where the posterior is known in closed form.

use std::convert::Infallible;
use std::sync::atomic::AtomicBool;

use statrs::distribution::Beta;
use statrs::distribution::ContinuousCDF as _;
use statrs::distribution::Gamma;

use super::*;
use crate::evidence::sampler::state::DamagedState;
use crate::experiment::batch::Silent;
use crate::random::distribution::normal_share;

/// A model with one parameter: its prior by inversion, and its records.
struct Known<P, R> {
    prior: P,
    record: R,
}

impl<P, R> Model for Known<P, R>
where
    P: Fn(f64) -> f64 + Sync,
    R: Fn(f64, &dyn Fn(u64) -> f64) -> Vec<f64> + Sync,
{
    type Workspace = ();
    type Error = Infallible;

    fn dimensions(&self) -> usize {
        1
    }

    fn workspace(&self) {}

    fn synthetic(&self, scores: &[f64], stream: u32, (): &mut ()) -> Result<Vec<f64>, Infallible> {
        let key = Key::world(5, stream.into());
        Ok((self.record)((self.prior)(normal_share(scores[0])), &|n| uniform(key, n)))
    }
}

fn sum(values: impl Iterator<Item = f64>) -> f64 {
    values.sum()
}

fn settings(particles: usize, tolerance: f64) -> SamplerSettings {
    SamplerSettings {
        particles,
        records: 1,
        keep: 0.8,
        tolerance,
        most_generations: 60,
        least_acceptance: 0.01,
        seed: 11,
    }
}

fn sample<M: Model>(model: &M, observed: &[f64], settings: SamplerSettings) -> SamplerState
where
    M::Error: std::fmt::Debug,
{
    let stop = AtomicBool::new(false);
    let workers = Workers::start(std::num::NonZeroUsize::new(1), &stop).unwrap();
    let sampler = Sampler { model, observed, settings, workers: &workers };
    let mut state = sampler.first(&Silent).unwrap();
    while state.end(&settings).is_none() {
        state = sampler.next(&state, &Silent).unwrap();
    }
    state
}

/// Whether mean and spread of the weighted draws are those of the known posterior, to within four
/// standard errors of as many independent draws as a quarter of the effective sample size.
fn check(state: &SamplerState, value: impl Fn(f64) -> f64, mean: f64, spread: f64) {
    let plain = state.particles.iter().map(|one| (one.weight, one.scores[0]));
    check_draws(state, &plain.collect::<Vec<_>>(), value, mean, spread);
}

fn check_draws(
    state: &SamplerState,
    draws: &[(f64, f64)],
    value: impl Fn(f64) -> f64,
    mean: f64,
    spread: f64,
) {
    let values: Vec<(f64, f64)> =
        draws.iter().map(|&(weight, score)| (weight, value(normal_share(score)))).collect();
    let found = sum(values.iter().map(|(weight, value)| weight * value));
    let square = sum(values.iter().map(|(weight, value)| weight * (value - found).powi(2)));
    let draws = state.effective() / 4.0;
    let told = format!("{found} and {} for {mean} and {spread}; {draws}", square.sqrt());
    assert!((found - mean).abs() < 4.0 * spread / draws.sqrt(), "{told}");
    assert!((square.sqrt() / spread - 1.0).abs() < 4.0 / (2.0 * draws).sqrt(), "{told}");
}

#[test]
fn poisson_intake_with_a_gamma_prior() {
    let (shape, rate, years, seen) = (4.0, 0.2, 5_u64, 131.0);
    let prior = Gamma::new(shape, rate).unwrap();
    let model = Known {
        prior: |uniform| prior.inverse_cdf(uniform),
        record: |mean, uniform: &dyn Fn(u64) -> f64| {
            vec![(0..years).map(|year| distribution::poisson(uniform(year), mean) as f64).sum()]
        },
    };
    let state = sample(&model, &[seen], settings(1_000, 0.0));
    assert_eq!(state.end(&settings(1_000, 0.0)), Some(End::Tolerance));
    let (shape, rate) = (shape + seen, rate + years as f64);
    check(&state, |uniform| prior.inverse_cdf(uniform), shape / rate, shape.sqrt() / rate);
}

#[test]
fn exponential_lives_with_a_gamma_prior() {
    let (shape, rate, firms, seen) = (3.0, 20.0, 40_u64, 310.0);
    let prior = Gamma::new(shape, rate).unwrap();
    let model = Known {
        prior: |uniform| prior.inverse_cdf(uniform),
        record: |hazard, uniform: &dyn Fn(u64) -> f64| {
            let years_lived =
                (0..firms).map(|firm| distribution::exponential(uniform(firm)) / hazard);
            // On the scale of logs the spread does not depend on the hazard.
            vec![libm::log(sum(years_lived))]
        },
    };
    let state = sample(&model, &[libm::log(seen)], settings(1_000, 0.1));
    let (shape, rate) = (shape + firms as f64, rate + seen);
    check(&state, |uniform| prior.inverse_cdf(uniform), shape / rate, shape.sqrt() / rate);
}

/// At a tolerance ten times as wide the draws alone are too wide; adjusted they are right again.
#[test]
fn adjustment_makes_up_for_a_wide_tolerance() {
    let (mean, spread, seen) = (2.0, 1.0, 1.1);
    let model = Known {
        prior: |uniform| mean + spread * distribution::normal(uniform),
        record: |theta, uniform: &dyn Fn(u64) -> f64| {
            vec![theta + 0.5 * distribution::normal(uniform(0))]
        },
    };
    let state = sample(&model, &[seen], settings(1_000, 2.0));
    let weight = 1.0 / (1.0 + 0.25);
    let (after, narrow) = (mean + weight * (seen - mean), (0.25_f64 * weight).sqrt());
    let value = |uniform: f64| mean + spread * distribution::normal(uniform);
    let adjusted = state.adjusted(&[seen]);
    let adjusted: Vec<(f64, f64)> = adjusted.iter().map(|(w, scores)| (*w, scores[0])).collect();
    check_draws(&state, &adjusted, value, after, narrow);
    let plain = state.particles.iter().map(|one| (one.weight, one.scores[0]));
    let square = sum(plain.map(|(w, score)| w * (mean + spread * score - after).powi(2)));
    assert!(square.sqrt() > 1.2 * narrow, "{}", square.sqrt());
}

/// A state of independent particles whose figures follow `record`, all within the tolerance.
fn state_of(
    run: u64,
    particles: usize,
    figures: usize,
    record: impl Fn(f64, f64) -> f64,
) -> SamplerState {
    let normal = |particle: usize, number: usize| {
        distribution::normal(uniform(Key::world(run, particle as u64), number as u64))
    };
    let particle = |place: usize| {
        let score = normal(place, figures);
        let made: Vec<f64> =
            (0..figures).map(|figure| record(score, normal(place, figure))).collect();
        Particle {
            scores: vec![score],
            weight: 1.0 / particles as f64,
            streams: vec![0],
            distances: vec![0.0],
            records: vec![made],
        }
    };
    let generation = Generation {
        tolerance: 1.0,
        effective: particles as f64,
        resampled: false,
        parameters_moved: 1.0,
        streams_moved: 1.0,
        records: 0,
    };
    SamplerState {
        generations: vec![generation],
        scale: vec![1.0; figures],
        step: 1.0,
        particles: (0..particles).map(particle).collect(),
    }
}

/// Nineteen figures that say nothing: the draws keep the spread of their prior and stay where they
/// are, however few they are. (The plain regression leaves half of the variance of 40 draws.)
#[test]
fn figures_that_say_nothing_narrow_no_draws() {
    for particles in [40, 100, 300] {
        let (runs, mut variances, mut shifts) = (200, 0.0, 0.0);
        for run in 0..runs {
            let state = state_of(run, particles, 19, |_, chance| chance);
            let adjusted = state.adjusted(&[0.5; 19]);
            let mean = sum(adjusted.iter().map(|(weight, scores)| weight * scores[0]));
            let square =
                sum(adjusted.iter().map(|(weight, scores)| weight * (scores[0] - mean).powi(2)));
            variances += square / runs as f64;
            shifts += mean * mean / runs as f64;
        }
        println!("{particles}: variance {variances}, shift {}", shifts.sqrt());
        // The variance around the mean of n draws is 1 - 1/n of theirs.
        let expected = 1.0 - 1.0 / particles as f64;
        assert!((variances - expected).abs() < 0.05, "{particles}: {variances}");
        assert!(shifts.sqrt() < 0.35, "{particles}: {}", shifts.sqrt());
    }
}

/// Nineteen figures, each of which says a little: the draws narrow to the posterior that is known
/// in closed form.
#[test]
fn figures_that_say_much_narrow_draws_to_the_posterior() {
    // Each figure is the score with an error of standard deviation 2: 1 / (1 + 19 / 4).
    let exact = 1.0 / (1.0 + 19.0 / 4.0);
    // Few draws know the slopes less well, and are wider for it.
    for (particles, within) in [(100, 0.25), (300, 0.1)] {
        let (runs, mut errors) = (200, 0.0);
        for run in 0..runs {
            let state = state_of(run, particles, 19, |score, chance| score + 2.0 * chance);
            let adjusted = state.adjusted(&[0.4; 19]);
            let mean = sum(adjusted.iter().map(|(weight, scores)| weight * scores[0]));
            let square =
                sum(adjusted.iter().map(|(weight, scores)| weight * (scores[0] - mean).powi(2)));
            errors += square / runs as f64;
        }
        println!("{particles}: variance {errors} for {exact}");
        assert!((errors / exact - 1.0).abs() < within, "{particles}: {errors} for {exact}");
    }
}

#[test]
fn binomial_completion_with_a_beta_prior() {
    let (a, b, trainees, completed) = (8.0, 3.0, 60_u64, 49.0);
    let prior = Beta::new(a, b).unwrap();
    let model = Known {
        prior: |uniform| prior.inverse_cdf(uniform),
        record: |share, uniform: &dyn Fn(u64) -> f64| {
            vec![(0..trainees).filter(|&trainee| uniform(trainee) < share).count() as f64]
        },
    };
    let state = sample(&model, &[completed], settings(1_000, 0.0));
    let (a, b) = (a + completed, b + trainees as f64 - completed);
    let variance = a * b / ((a + b) * (a + b) * (a + b + 1.0));
    check(&state, |uniform| prior.inverse_cdf(uniform), a / (a + b), variance.sqrt());
}

#[test]
fn a_record_that_says_nothing_leaves_the_prior_as_it_was() {
    let model = Known {
        prior: distribution::normal,
        record: |_, uniform: &dyn Fn(u64) -> f64| vec![distribution::normal(uniform(0))],
    };
    let state = sample(&model, &[0.3], settings(1_000, 0.2));
    check(&state, distribution::normal, 0.0, 1.0);
}

/// Simulation-based calibration (Talts et al. 2018): the rank of the true value among draws given
/// its own record is uniform. The record is moved by as much as the tolerance allows, which makes
/// the approximate posterior exact for it (noisy ABC; Fearnhead and Prangle 2012).
#[test]
fn ranks_of_true_values_are_uniform() {
    const REPEATS: u32 = 200;
    const BINS: usize = 8;
    let model = Known {
        prior: |uniform| distribution::lognormal(uniform, 20.0, 0.4),
        record: |mean, uniform: &dyn Fn(u64) -> f64| {
            vec![(0..3).map(|year| distribution::poisson(uniform(year), mean) as f64).sum()]
        },
    };
    let mut counts = [0_u32; BINS];
    for repeat in 0..REPEATS {
        let key = Key::world(77, repeat.into());
        let truth = distribution::normal(uniform(key, 0));
        let mut settings = settings(100, 0.5);
        settings.seed = u64::from(repeat) + 1_000;
        let record = model.synthetic(&[truth], repeat, &mut ()).unwrap();
        let stop = AtomicBool::new(false);
        let workers = Workers::start(std::num::NonZeroUsize::new(1), &stop).unwrap();
        let mut sampler = Sampler { model: &model, observed: &record, settings, workers: &workers };
        let mut state = sampler.first(&Silent).unwrap();
        let moved = [record[0] + state.scale[0] * 0.5 * (2.0 * uniform(key, 1) - 1.0)];
        sampler.observed = &moved;
        // The distances of the first generation are those to the record before it was moved.
        state = sampler.first(&Silent).unwrap();
        while state.end(&settings).is_none() {
            state = sampler.next(&state, &Silent).unwrap();
        }
        let draws = resample(&state.particles, uniform(key, 2));
        let below = (0..BINS - 1)
            .filter(|number| {
                let spread = uniform(key, 3 + *number as u64) * draws.len() as f64;
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let place = spread as usize;
                draws[place].scores[0] < truth
            })
            .count();
        counts[below] += 1;
    }
    let expected = f64::from(REPEATS) / BINS as f64;
    let chi: f64 = counts.iter().map(|&n| (f64::from(n) - expected).powi(2) / expected).sum();
    // The 99.99 % point of chi-square with 7 degrees of freedom.
    let bound = statrs::distribution::ChiSquared::new(7.0).unwrap().inverse_cdf(0.9999);
    assert!(chi < bound, "{chi} above {bound}: {counts:?}");
}

#[test]
fn a_state_reads_back_and_another_or_a_damaged_one_is_refused() {
    use crate::experiment::fingerprint::Fingerprint;
    let model = Known {
        prior: distribution::normal,
        record: |mean, uniform: &dyn Fn(u64) -> f64| vec![mean + distribution::normal(uniform(0))],
    };
    let state = sample(&model, &[0.3], settings(50, 0.5));
    let (here, there) = (Fingerprint::of(b"here"), Fingerprint::of(b"there"));
    let bytes = state.to_bytes(&here);
    assert_eq!(SamplerState::from_bytes(&bytes, &here).unwrap(), state);
    assert_eq!(SamplerState::from_bytes(&bytes, &there), Err(DamagedState::Other));
    for place in [0, 50, bytes.len() / 2, bytes.len() - 1] {
        let mut changed = bytes.clone();
        changed[place] ^= 1;
        assert_eq!(SamplerState::from_bytes(&changed, &here), Err(DamagedState::Changed));
    }
    for length in [0, 31, 100, bytes.len() - 8] {
        assert_eq!(SamplerState::from_bytes(&bytes[..length], &here), Err(DamagedState::Changed));
    }
}

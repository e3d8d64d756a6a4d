//! The mean of an outcome given the parameters: what is left of it when chance is averaged out.

use crate::analysis::statistics::Design;
use crate::analysis::statistics::Moments;

use crate::analysis::decision::additive::Additive;
use crate::analysis::decision::linear::dot;
use crate::analysis::decision::linear::shift;
use crate::analysis::decision::linear::stretch;

/// An outcome freed of chance.
#[derive(Clone, Debug, PartialEq)]
pub struct Smoothed {
    /// The mean given the parameters of each replication, in the outcome's unit, from a regression
    /// that did not see that replication. Its mean is that of the outcome.
    pub fitted: Vec<f64>,
    /// The share of the outcome's variance that the regression explains in replications it did not
    /// see, 0 to 1: 1 less the variance of the residual over that of the outcome, and 0 where that
    /// is below 0. What is left is chance, and what the regression misses.
    pub explained: f64,
}

impl Smoothed {
    /// The mean everywhere.
    fn flat(outcome: &[f64], explained: f64) -> Self {
        let mean = Moments::of(outcome).mean().unwrap_or_default();
        Self { fitted: vec![mean; outcome.len()], explained }
    }
}

/// Smooths outcomes over the same parameter draws.
#[derive(Clone, Debug)]
pub struct Smoother {
    model: Option<Additive>,
    count: usize,
}

impl Smoother {
    /// A smoother over `draws[parameter][replication]`; see [`Additive`] for the model.
    #[must_use]
    pub fn of(draws: &[&[f64]], design: Design) -> Self {
        Self { model: Additive::of(draws, design), count: draws.first().map_or(0, |it| it.len()) }
    }

    /// The mean of an outcome given the parameters.
    ///
    /// Each fold of replications is fitted from the others. The fitted values are then drawn
    /// towards the mean by the slope, 0 to 1, of the outcome on them, which takes off what a
    /// regression from few replications overstates. Where they explain nothing, and where nothing
    /// can be fitted (see [`Additive::of`]), the mean stands everywhere, and so it does for an outcome that does not
    /// vary, which is explained in full.
    ///
    /// `None` without values, where a value is not finite, or where there are not as many as
    /// draws.
    ///
    /// # Source
    ///
    /// Cross-fitting: Stone (1974), Journal of the Royal Statistical Society B 36, 111–147;
    /// calibration by the slope: Copas (1983), the same, B 45, 311–354.
    #[must_use]
    pub fn smooth(&self, outcome: &[f64]) -> Option<Smoothed> {
        let moments = Moments::of(outcome);
        let mean = moments.mean()?;
        if self.model.is_some() && outcome.len() != self.count {
            return None;
        }
        let Some(model) = &self.model else { return Some(Smoothed::flat(outcome, 0.0)) };
        let centred: Vec<f64> = outcome.iter().map(|value| value - mean).collect();
        let squares = dot(&centred, &centred);
        if outcome.iter().all(|value| value - outcome[0] == 0.0) {
            return Some(Smoothed::flat(outcome, 1.0));
        }
        let mut fitted = Vec::with_capacity(outcome.len());
        for (fold, rows) in model.folds().iter().enumerate() {
            fitted.extend(model.fit(&centred, Some(fold), Some(rows.clone())));
        }
        let left = |fitted: &[f64]| {
            let pairs = centred.iter().zip(fitted);
            pairs.map(|(value, fitted)| (value - fitted) * (value - fitted)).sum::<f64>()
        };
        // Judged before anything is estimated from the replications that were left out.
        if left(&fitted) >= squares {
            return Some(Smoothed::flat(outcome, 0.0));
        }
        let centre = Moments::of(&fitted).mean()?;
        shift(&mut fitted, -centre);
        let slope = (dot(&fitted, &centred) / dot(&fitted, &fitted)).clamp(0.0, 1.0);
        if !slope.is_finite() {
            return Some(Smoothed::flat(outcome, 0.0));
        }
        stretch(&mut fitted, slope);
        let explained = (1.0 - left(&fitted) / squares).clamp(0.0, 1.0);
        shift(&mut fitted, mean);
        Some(Smoothed { fitted, explained })
    }

    /// The means of an outcome of policies, `values[policy][replication]`, given the parameters:
    /// that of the reference, and those of the paired differences of the others from it, added to
    /// it. What policies share is so smoothed once, and no difference arises from smoothing it
    /// twice. A policy that equals the reference keeps its mean exactly.
    ///
    /// The share explained is that of the difference; of the reference, that of its own outcome.
    /// `None` without policies, for a reference that is not among them, and as in
    /// [`Self::smooth`].
    #[must_use]
    pub fn smooth_policies(&self, values: &[Vec<f64>], reference: usize) -> Option<Vec<Smoothed>> {
        let of_reference = values.get(reference)?;
        let base = self.smooth(of_reference)?;
        let one = |(policy, outcome): (usize, &Vec<f64>)| {
            if policy == reference {
                return Some(base.clone());
            }
            if outcome.len() != of_reference.len() {
                return None;
            }
            let differences: Vec<f64> =
                outcome.iter().zip(of_reference).map(|(one, other)| one - other).collect();
            let mut found = self.smooth(&differences)?;
            for (fitted, base) in found.fitted.iter_mut().zip(&base.fitted) {
                *fitted += base;
            }
            Some(found)
        };
        values.iter().enumerate().map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::random::Key;
    use crate::random::Purpose;
    use crate::random::distribution::normal;

    use super::*;

    fn uniform(run: u64, row: usize, column: usize) -> f64 {
        Key::world(run, row as u64).entity(column as u64).uniform(0, Purpose::Analysis)
    }

    /// Latin hypercubes of `block` replications: draws by parameter.
    fn draws(run: u64, count: usize, parameters: usize, block: usize) -> Vec<Vec<f64>> {
        let of_parameter = |parameter: usize| {
            let mut values = Vec::with_capacity(count);
            for first in (0..count).step_by(block) {
                let mut strata: Vec<(f64, usize)> = (0..block)
                    .map(|stratum| (uniform(run, first + stratum, 1_000 + parameter), stratum))
                    .collect();
                strata.sort_by(|one, other| one.0.total_cmp(&other.0));
                values.extend(strata.iter().enumerate().map(|(row, &(_, stratum))| {
                    (stratum as f64 + uniform(run, first + row, parameter)) / block as f64
                }));
            }
            values
        };
        (0..parameters).map(of_parameter).collect()
    }

    fn slices(draws: &[Vec<f64>]) -> Vec<&[f64]> {
        draws.iter().map(Vec::as_slice).collect()
    }

    /// 200 replications of 150 parameters, of which three act (one of them bent, two together) and
    /// explain 80 % of the variance: of the true mean at least 80 % is found.
    #[test]
    fn few_strong_parameters_among_many_are_found() {
        let draws = draws(1, 200, 150, 20);
        let smoother = Smoother::of(&slices(&draws), Design::blocks_of(20));
        let truth: Vec<f64> = (0..200)
            .map(|row| {
                let at = |parameter: usize| draws[parameter][row] - 0.5;
                4.0 * at(10) + 8.0 * at(70) * at(70) + 3.0 * at(120)
            })
            .collect();
        let scale = Moments::of(&truth).standard_deviation().unwrap() / 2.0;
        let outcome: Vec<f64> = truth
            .iter()
            .enumerate()
            .map(|(row, mean)| mean + scale * normal(uniform(2, row, 0)))
            .collect();
        let found = smoother.smooth(&outcome).unwrap();
        let missed: f64 =
            found.fitted.iter().zip(&truth).map(|(one, other)| (one - other) * (one - other)).sum();
        let all = Moments::of(&truth).variance().unwrap() * 199.0;
        assert!(missed / all < 0.2, "{}", missed / all);
        assert!((0.6..0.9).contains(&found.explained), "{}", found.explained);
        let (one, other) = (Moments::of(&found.fitted).mean(), Moments::of(&outcome).mean());
        assert!((one.unwrap() - other.unwrap()).abs() < 1e-12);
    }

    /// Of noise alone the mean is left in most of 40 runs, and little is made of it in the others.
    #[test]
    fn noise_is_averaged_out() {
        let draws = draws(3, 200, 100, 20);
        let smoother = Smoother::of(&slices(&draws), Design::blocks_of(20));
        let explained: Vec<f64> = (0..40)
            .map(|run| {
                let outcome: Vec<f64> =
                    (0..200).map(|row| normal(uniform(10 + run, row, 0))).collect();
                smoother.smooth(&outcome).unwrap().explained
            })
            .collect();
        let flat = explained.iter().filter(|share| **share == 0.0).count();
        let mean = explained.iter().sum::<f64>() / 40.0;
        assert!(flat >= 20 && mean < 0.02, "{flat} {mean}");
    }

    /// A hundred weak parameters, none of which stands out: the ridge finds a part.
    #[test]
    fn many_weak_parameters_are_found_together() {
        let draws = draws(4, 1_000, 100, 50);
        let smoother = Smoother::of(&slices(&draws), Design::blocks_of(50));
        let outcome: Vec<f64> = (0..1_000)
            .map(|row| {
                let sum: f64 = draws.iter().map(|of| of[row] - 0.5).sum();
                sum + 2.9 * normal(uniform(5, row, 0))
            })
            .collect();
        // The parameters explain half of the variance.
        let found = smoother.smooth(&outcome).unwrap();
        assert!(found.explained > 0.35, "{}", found.explained);
    }

    #[test]
    fn what_cannot_be_fitted_is_its_mean() {
        let values = [3.0, 4.0, 8.0];
        let few = Smoother::of(&[&[1.0, 2.0, 3.0]], Design::INDEPENDENT);
        let found = few.smooth(&values).unwrap();
        assert_eq!((found.fitted, found.explained), (vec![5.0; 3], 0.0));
        let nothing = Smoother::of(&[], Design::INDEPENDENT);
        assert_eq!(nothing.smooth(&values).unwrap().fitted, [5.0; 3]);
        assert_eq!(nothing.smooth(&[]), None);
        assert_eq!(nothing.smooth(&[f64::NAN]), None);
        let draws = draws(6, 40, 2, 1);
        let smoother = Smoother::of(&slices(&draws), Design::INDEPENDENT);
        assert_eq!(smoother.smooth(&values), None);
        let same = smoother.smooth(&[0.1; 40]).unwrap();
        assert!((same.explained - 1.0).abs() < 1e-12 && same.fitted == vec![0.1; 40]);
    }

    #[test]
    fn a_policy_that_equals_the_reference_keeps_its_mean() {
        let draws = draws(7, 100, 3, 1);
        let smoother = Smoother::of(&slices(&draws), Design::INDEPENDENT);
        let base: Vec<f64> = (0..100).map(|row| draws[0][row] + uniform(8, row, 0)).collect();
        let more: Vec<f64> = base.iter().zip(&draws[1]).map(|(one, x)| one + 2.0 * x).collect();
        let found = smoother.smooth_policies(&[base.clone(), base, more], 0).unwrap();
        assert_eq!(found[0].fitted, found[1].fitted);
        for (row, x) in draws[1].iter().enumerate() {
            assert!((found[2].fitted[row] - found[0].fitted[row] - 2.0 * x).abs() < 1e-9);
        }
        assert!(smoother.smooth_policies(&[], 0).is_none());
    }
}

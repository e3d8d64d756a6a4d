//! A result of one run against the same result of another run, and which policies change places between the two.

use crate::analysis::comparison::Difference;
use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;
use crate::analysis::statistics::Moments;
use crate::analysis::statistics::student::degrees_of_freedom;
use crate::analysis::statistics::student::half_width_95;

/// A result in two runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Between {
    /// The replications of each run that the means rest on.
    pub replications: [usize; 2],
    /// The mean in each run.
    pub means: [f64; 2],
    /// The second less the first.
    pub difference: Estimate,
}

impl Between {
    /// Whether the 95 % interval of the difference leaves out 0.
    #[must_use]
    pub fn is_told(&self) -> bool {
        is_told(&self.difference)
    }
}

fn is_told(difference: &Estimate) -> bool {
    let above = difference.ci_low.is_some_and(|low| low > 0.0);
    above || difference.ci_high.is_some_and(|high| high < 0.0)
}

/// The difference of two runs of one seed and design, replication by replication, over those that both have.
///
/// No difference in any of them is one of exactly 0 only where the runs may not differ. `None` without
/// replications, or where a mean is not finite.
#[must_use]
pub fn paired(one: &[f64], other: &[f64], design: Design, may_differ: bool) -> Option<Between> {
    let common = one.len().min(other.len());
    let (one, other) = (&one[..common], &other[..common]);
    Some(Between {
        replications: [common; 2],
        means: [Moments::of(one).mean()?, Moments::of(other).mean()?],
        difference: Difference::between(other, one, design, may_differ).estimate?,
    })
}

/// The difference of the means of two runs whose replications have nothing to do with each other.
///
/// # Formula
///
/// With the standard errors s of the means and the degrees of freedom f of each,
///
/// ```text
/// se = √(s₁² + s₂²)
/// f  = se⁴ / (s₁⁴ / f₁ + s₂⁴ / f₂)
/// ```
///
/// # Source
///
/// Welch (1947), Biometrika 34, 28–35.
#[must_use]
pub fn independent(one: &Estimate, other: &Estimate) -> Between {
    let mean = other.mean - one.mean;
    let squares = one.se.zip(other.se).map(|(one, other)| [one * one, other * other]);
    let se = squares.map(|[one, other]| (one + other).sqrt());
    let freedoms = freedom(one).zip(freedom(other));
    let half = se.zip(squares).zip(freedoms).and_then(|((se, squares), freedoms)| {
        let parts = [(squares[0], freedoms.0), (squares[1], freedoms.1)];
        let below: f64 = parts.iter().map(|(square, of)| square * square / *of as f64).sum();
        if below == 0.0 {
            return Some(0.0);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at least 1, and rounded down, so that the interval is rather too wide"
        )]
        let of_difference = (se.powi(4) / below).max(1.0) as u64;
        Some(se * half_width_95(of_difference)?)
    });
    Between {
        replications: [one.replications, other.replications],
        means: [one.mean, other.mean],
        difference: Estimate {
            replications: one.replications.min(other.replications),
            mean,
            sd: None,
            se,
            ci_low: half.map(|half| mean - half),
            ci_high: half.map(|half| mean + half),
        },
    }
}

/// The degrees of freedom of an estimate that has an interval, as its width says.
fn freedom(estimate: &Estimate) -> Option<u64> {
    let half = (estimate.ci_high? - estimate.ci_low?) / 2.0;
    let se = estimate.se?;
    Some(if se == 0.0 { 1 } else { degrees_of_freedom(half / se) })
}

/// Two policies of which the one is better in the first run and the other in the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swap {
    /// The policies, the one that was better in the first run before the other.
    pub policies: [usize; 2],
    /// Whether in each run the 95 % interval of their paired difference leaves out 0.
    pub is_told: bool,
}

/// The pairs of policies that change places between two runs, each given by its policies' values, more being
/// better, and by its design.
#[must_use]
pub fn swaps(runs: [(&[Vec<f64>], Design); 2]) -> Vec<Swap> {
    let policies = runs[0].0.len().min(runs[1].0.len());
    let between = |one: usize, other: usize| {
        let of = |(values, design): (&[Vec<f64>], Design)| {
            Difference::between(&values[one], &values[other], design, true).estimate
        };
        Some([of(runs[0])?, of(runs[1])?])
    };
    let pairs = (0..policies).flat_map(|one| (one + 1..policies).map(move |other| (one, other)));
    pairs
        .filter_map(|(one, other)| {
            let differences = between(one, other)?;
            let [before, after] = differences.map(|difference| difference.mean);
            let is_told = differences.iter().all(is_told);
            if before > 0.0 && after < 0.0 {
                Some(Swap { policies: [one, other], is_told })
            } else if before < 0.0 && after > 0.0 {
                Some(Swap { policies: [other, one], is_told })
            } else {
                None
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_replications_tell_what_independent_runs_do_not() {
        let one: Vec<f64> = (0..40).map(|place| f64::from(place * 7 % 40)).collect();
        let other: Vec<f64> =
            one.iter().zip(0..).map(|(it, place)| it + 1.0 + f64::from(place % 2) / 10.0).collect();
        let found = paired(&one, &other, Design::INDEPENDENT, true).unwrap();
        assert!((found.difference.mean - 1.05).abs() < 1e-12 && found.is_told());
        assert_eq!(found.replications, [40, 40]);
        let [one, other] = [&one, &other].map(|values| Estimate::from_values(values).unwrap());
        let apart = independent(&one, &other);
        assert!((apart.difference.mean - 1.05).abs() < 1e-12 && !apart.is_told());
    }

    /// Over the replications that both have, also the means.
    #[test]
    fn a_longer_run_is_cut_to_the_shorter() {
        let found = paired(&[1.0, 2.0, 30.0], &[1.0, 2.0], Design::INDEPENDENT, false).unwrap();
        assert_eq!((found.replications, found.means), ([2, 2], [1.5, 1.5]));
        assert_eq!(found.difference, Estimate::nothing(2));
        assert!(paired(&[], &[1.0], Design::INDEPENDENT, true).is_none());
    }

    /// Equal sizes and spreads: twice the degrees of freedom, √2 times the standard error.
    #[test]
    fn welch_of_equal_spreads_is_the_t_of_both_together() {
        let values: Vec<f64> = (0..20).map(f64::from).collect();
        let moved: Vec<f64> = values.iter().map(|value| value + 3.0).collect();
        let [one, other] = [&values, &moved].map(|of| Estimate::from_values(of).unwrap());
        let found = independent(&one, &other).difference;
        let se = one.se.unwrap() * std::f64::consts::SQRT_2;
        assert!((found.se.unwrap() - se).abs() < 1e-12);
        // t of 38 degrees of freedom.
        assert!(((found.ci_high.unwrap() - 3.0) / se - 2.024_394_2).abs() < 1e-6);
        let unknown = Estimate::from_values(&[1.0]).unwrap();
        assert_eq!(independent(&unknown, &other).difference.ci_low, None);
        let [same, more] = [&[2.0; 9], &[5.0; 9]].map(|of| Estimate::from_values(of).unwrap());
        assert_eq!(independent(&same, &more).difference.ci_low, Some(3.0));
    }

    #[test]
    fn policies_change_places_and_the_intervals_say_whether_that_is_told() {
        let spread = |mean: f64| -> Vec<f64> {
            (0..40).map(|place| mean + f64::from(place % 5) - 2.0).collect()
        };
        let rough = |mean: f64| -> Vec<f64> {
            (0..40).map(|place| mean + f64::from(place * 11 % 40) - 19.5).collect()
        };
        let before = [spread(3.0), rough(2.0), spread(1.0)];
        let after = [spread(1.0), rough(1.5), spread(2.0)];
        let design = Design::INDEPENDENT;
        let found = swaps([(&before, design), (&after, design)]);
        assert_eq!(
            found,
            [
                Swap { policies: [0, 1], is_told: false },
                Swap { policies: [0, 2], is_told: true },
                Swap { policies: [1, 2], is_told: false },
            ]
        );
        assert!(swaps([(&before, design), (&before, design)]).is_empty());
    }
}

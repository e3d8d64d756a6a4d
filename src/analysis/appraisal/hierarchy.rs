//! The analytic hierarchy process (AHP): weights from judgements in pairs.

/// Mean consistency index of random matrices, by the number of criteria from 1 on (Saaty 1980).
const RANDOM: [f64; 10] = [0.0, 0.0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49];
/// Steps after which the weights no longer change in the last digit, also of poor judgements.
const STEPS: usize = 1000;

/// Weights of criteria, and how consistent the judgements are that they rest on.
#[derive(Clone, Debug, PartialEq)]
pub struct Priorities {
    /// The weights, which add up to 1.
    pub weights: Vec<f64>,
    /// The largest eigenvalue; the number of criteria where judgements are consistent.
    pub eigenvalue: f64,
    /// The consistency ratio; above 0.1 judgements are to be made anew. Nothing for fewer than three
    /// criteria, which are always consistent, and for more than ten.
    pub consistency_ratio: Option<f64>,
}

/// The weights of a matrix of judgements: how much more the criterion of the row counts than that of
/// the column. Nothing where it is not square, or a judgement is not above 0.
///
/// # Formula
///
/// ```text
/// A w = λ w with the largest λ; CI = (λ − n)/(n − 1); CR = CI/RI
/// ```
///
/// # Source
///
/// Saaty (1980), The Analytic Hierarchy Process.
#[must_use]
pub fn priorities(judgements: &[Vec<f64>]) -> Option<Priorities> {
    let count = judgements.len();
    let square = judgements.iter().all(|row| row.len() == count);
    let positive = judgements.iter().flatten().all(|of| *of > 0.0 && of.is_finite());
    if count == 0 || !square || !positive {
        return None;
    }
    let mut weights = vec![1.0 / count as f64; count];
    let mut eigenvalue = 0.0;
    for _ in 0..STEPS {
        let dot = |row: &Vec<f64>| row.iter().zip(&weights).map(|(a, w)| a * w).sum::<f64>();
        let product: Vec<f64> = judgements.iter().map(dot).collect();
        // Weights add up to 1, so the sum of A w is λ.
        eigenvalue = product.iter().sum();
        weights = product.into_iter().map(|of| of / eigenvalue).collect();
    }
    let random = RANDOM.get(count - 1).copied().filter(|random| *random > 0.0);
    let index = (eigenvalue - count as f64) / (count as f64 - 1.0);
    Some(Priorities { weights, eigenvalue, consistency_ratio: random.map(|random| index / random) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 5e-7, "{found} instead of {expected}");
    }

    /// Oracle O7.
    #[test]
    fn weights_of_three_criteria() {
        let rows = [[1.0, 3.0, 5.0], [1.0 / 3.0, 1.0, 3.0], [0.2, 1.0 / 3.0, 1.0]];
        let found = priorities(&rows.map(Vec::from)).unwrap();
        near(found.eigenvalue, 3.038_511);
        for (weight, expected) in found.weights.iter().zip([0.636_986, 0.258_285, 0.104_729]) {
            near(*weight, expected);
        }
        assert!((found.consistency_ratio.unwrap() - 0.0332).abs() < 5e-5);
    }

    #[test]
    fn what_is_no_matrix_of_judgements_has_no_weights() {
        for rows in [vec![], vec![vec![1.0, 2.0]], vec![vec![1.0, 0.0], vec![1.0, 1.0]]] {
            assert_eq!(priorities(&rows), None);
        }
        assert_eq!(priorities(&[vec![1.0]]).unwrap().weights, [1.0]);
    }
}

//! Input-output analysis: what final demand brings about.

/// The output by which final demand is met, sector by sector. Nothing where the coefficients are not
/// square, demand has another length, or no output meets it.
///
/// # Formula
///
/// ```text
/// x = A x + y, so x = (I − A)^−1 y
/// ```
///
/// A holds the inputs from the row's sector for a unit of output of the column's.
///
/// # Source
///
/// Leontief (1936), The Review of Economics and Statistics 18, 105–125.
#[must_use]
pub fn output(coefficients: &[Vec<f64>], demand: &[f64]) -> Option<Vec<f64>> {
    let count = demand.len();
    if coefficients.len() != count || coefficients.iter().any(|row| row.len() != count) {
        return None;
    }
    let unit = |row: usize, column: usize| if row == column { 1.0 } else { 0.0 };
    let mut left: Vec<Vec<f64>> = (0..count)
        .map(|row| (0..count).map(|at| unit(row, at) - coefficients[row][at]).collect())
        .collect();
    let mut right = demand.to_vec();
    for step in 0..count {
        let size = |row: &usize| left[*row][step].abs();
        let pivot = (step..count).max_by(|a, b| size(a).total_cmp(&size(b)))?;
        left.swap(step, pivot);
        right.swap(step, pivot);
        let (own, top) = (left[step].clone(), right[step]);
        if own[step].abs() < f64::EPSILON {
            return None;
        }
        for row in (0..count).filter(|row| *row != step) {
            let factor = left[row][step] / own[step];
            for (of, above) in left[row].iter_mut().zip(&own) {
                *of -= factor * above;
            }
            right[row] -= factor * top;
        }
    }
    Some((0..count).map(|row| right[row] / left[row][row]).collect())
}

/// The multiplier of output of which only a share of the intermediate inputs is local.
///
/// # Formula
///
/// Of one sector with multiplier m the inputs are 1 − 1/m of its output:
///
/// ```text
/// 1 / (1 − share (1 − 1/m))
/// ```
#[must_use]
pub fn local_multiplier(multiplier: f64, share: f64) -> f64 {
    let inputs = share * (1.0 - 1.0 / multiplier);
    output(&[vec![inputs]], &[1.0]).and_then(|of| of.first().copied()).unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}");
    }

    /// Oracle O8.
    #[test]
    fn two_sectors_by_leontief() {
        let coefficients = [vec![0.15, 0.25], vec![0.2, 0.05]];
        let inverse: Vec<Vec<f64>> =
            [[1.0, 0.0], [0.0, 1.0]].map(|unit| output(&coefficients, &unit).unwrap()).to_vec();
        for (found, expected) in
            [(inverse[0][0], 1.254_125), (inverse[1][0], 0.330_033), (inverse[0][1], 0.264_026)]
        {
            near(found, expected);
        }
        near(inverse[1][1], 1.122_112);
        let made = output(&coefficients, &[600.0, 1500.0]).unwrap();
        assert!((made[0] - 1247.525).abs() < 5e-4 && (made[1] - 1841.584).abs() < 5e-4);
        // Jobs per unit of output 10 and 5: of a unit of each sector's demand.
        near(10.0 * inverse[0][0] + 5.0 * inverse[0][1], 13.861_386);
        near(10.0 * inverse[1][0] + 5.0 * inverse[1][1], 8.910_891);
    }

    #[test]
    fn what_is_not_local_multiplies_nothing() {
        near(local_multiplier(1.827, 1.0), 1.827);
        near(local_multiplier(1.827, 0.0), 1.0);
        assert_eq!(output(&[vec![1.0]], &[1.0]), None);
        assert_eq!(output(&[vec![0.0]], &[1.0, 2.0]), None);
    }
}

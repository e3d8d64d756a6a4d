//! Weighted moments of points, and the triangular root of a covariance.

/// The weighted mean and covariance of points; weights add up to 1.
pub(super) fn moments<'p>(
    points: impl Iterator<Item = (f64, &'p [f64])> + Clone,
    dimensions: usize,
) -> (Vec<f64>, Vec<Vec<f64>>) {
    let mut mean = vec![0.0; dimensions];
    for (weight, point) in points.clone() {
        for (mean, value) in mean.iter_mut().zip(point) {
            *mean += weight * value;
        }
    }
    let mut covariance = vec![vec![0.0; dimensions]; dimensions];
    for (weight, point) in points {
        let away: Vec<f64> = point.iter().zip(&mean).map(|(value, mean)| value - mean).collect();
        for (row, left) in covariance.iter_mut().zip(&away) {
            for (cell, right) in row.iter_mut().zip(&away) {
                *cell += weight * left * right;
            }
        }
    }
    (mean, covariance)
}

/// The lower triangular L with L Lᵀ = A, for a covariance A; directions in which points do not
/// spread get a spread of 0.
///
/// # Source
///
/// Cholesky–Banachiewicz; Golub and Van Loan (2013), Matrix Computations, section 4.2.
pub(super) fn cholesky(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let size = matrix.len();
    let mut root = vec![vec![0.0; size]; size];
    for row in 0..size {
        for column in 0..=row {
            let known: f64 = (0..column).map(|k| root[row][k] * root[column][k]).sum();
            let left = matrix[row][column] - known;
            root[row][column] = if row == column {
                left.max(0.0).sqrt()
            } else if root[column][column] > 0.0 {
                left / root[column][column]
            } else {
                0.0
            };
        }
    }
    root
}

/// The x with A x = b, from the triangular root L of A; directions without spread get 0.
pub(super) fn solve(root: &[Vec<f64>], right: &[f64]) -> Vec<f64> {
    let size = root.len();
    let mut solved = right.to_vec();
    for row in 0..size {
        let known: f64 = (0..row).map(|k| root[row][k] * solved[k]).sum();
        solved[row] = divided(solved[row] - known, root[row][row]);
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|k| root[k][row] * solved[k]).sum();
        solved[row] = divided(solved[row] - known, root[row][row]);
    }
    solved
}

fn divided(value: f64, by: f64) -> f64 {
    if by > 0.0 { value / by } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_of_a_known_matrix() {
        // Golub and Van Loan's own kind of example: integers in, integers out.
        let matrix =
            [[4.0, 12.0, -16.0], [12.0, 37.0, -43.0], [-16.0, -43.0, 98.0]].map(|row| row.to_vec());
        let root = cholesky(&matrix);
        assert_eq!(root, [[2.0, 0.0, 0.0], [6.0, 1.0, 0.0], [-8.0, 5.0, 3.0]]);
    }

    #[test]
    fn a_system_of_known_solution() {
        let root = [[2.0, 0.0, 0.0], [6.0, 1.0, 0.0], [-8.0, 5.0, 3.0]].map(|row| row.to_vec());
        // A = [4 12 -16; 12 37 -43; -16 -43 98] times (1, 2, 3).
        assert_eq!(solve(&root, &[-20.0, -43.0, 192.0]), [1.0, 2.0, 3.0]);
    }

    #[test]
    fn weighted_moments_of_known_points() {
        let points: [(f64, &[f64]); 3] =
            [(0.5, &[0.0, 0.0]), (0.25, &[4.0, 0.0]), (0.25, &[0.0, 8.0])];
        let (mean, covariance) = moments(points.into_iter(), 2);
        assert_eq!(mean, [1.0, 2.0]);
        assert_eq!(covariance, [[3.0, -2.0], [-2.0, 12.0]]);
    }

    #[test]
    fn a_direction_without_spread_stays_without() {
        let matrix = [[1.0, 1.0], [1.0, 1.0]].map(|row| row.to_vec());
        assert_eq!(cholesky(&matrix), [[1.0, 0.0], [1.0, 0.0]]);
    }
}

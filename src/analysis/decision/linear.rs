//! Small dense linear algebra: products, Cholesky factors and eigenvalues of symmetric matrices.
//!
//! Matrices are square, symmetric and row by row in one slice. Sums run in a fixed order.

/// Partial sums that run beside each other, so that the processor can add several at a time.
const LANES: usize = 8;
/// A pivot below this share of its diagonal entry counts as 0.
const SINGULAR: f64 = 1e-10;
/// Sweeps of Jacobi's method; matrices of this module's size need fewer than ten.
const SWEEPS: usize = 30;

/// The sum of products of two slices of the same length.
#[must_use]
pub(super) fn dot(left: &[f64], right: &[f64]) -> f64 {
    let mut lanes = [0.0; LANES];
    let (lefts, rights) = (left.chunks_exact(LANES), right.chunks_exact(LANES));
    let rest: f64 = lefts.remainder().iter().zip(rights.remainder()).map(|(x, y)| x * y).sum();
    for (left, right) in lefts.zip(rights) {
        for ((lane, x), y) in lanes.iter_mut().zip(left).zip(right) {
            *lane += x * y;
        }
    }
    lanes.iter().sum::<f64>() + rest
}

/// Adds `factor` times `column` to `to`.
pub(super) fn add(to: &mut [f64], factor: f64, column: &[f64]) {
    for (to, value) in to.iter_mut().zip(column) {
        *to += factor * value;
    }
}

/// Adds a number to all values.
pub(super) fn shift(values: &mut [f64], by: f64) {
    for value in values {
        *value += by;
    }
}

/// Multiplies all values by a number.
pub(super) fn stretch(values: &mut [f64], by: f64) {
    for value in values {
        *value *= by;
    }
}

/// Adds a number to each entry of the diagonal.
pub(super) fn add_to_diagonal(matrix: &mut [f64], size: usize, by: impl Fn(usize) -> f64) {
    for (place, entry) in matrix.iter_mut().step_by(size + 1).enumerate() {
        *entry += by(place);
    }
}

/// The lower triangle L of a symmetric matrix A = L Lᵀ.
#[derive(Clone, Debug)]
pub(super) struct Cholesky {
    size: usize,
    lower: Vec<f64>,
}

impl Cholesky {
    /// The factor of a positive definite matrix; `None` where a pivot is below 10^-10 of its
    /// diagonal entry, or is not a number.
    #[must_use]
    pub(super) fn of(matrix: &[f64], size: usize) -> Option<Self> {
        Self::factor(matrix, size, |_| None)
    }

    /// The factor of a matrix that may be singular, as the covariance of quantities of which one
    /// follows from others: the column of a pivot that counts as 0 is 0.
    #[must_use]
    pub(super) fn of_covariance(matrix: &[f64], size: usize) -> Option<Self> {
        Self::factor(matrix, size, |_| Some(0.0))
    }

    fn factor(
        matrix: &[f64],
        size: usize,
        singular: impl Fn(usize) -> Option<f64>,
    ) -> Option<Self> {
        let mut lower = vec![0.0; size * size];
        for column in 0..size {
            let (before, from) = lower.split_at_mut(column * size);
            let own = &before[..];
            let diagonal = matrix[column * size + column];
            for row in 0..column {
                let other = &own[row * size..row * size + row];
                let known = dot(&from[..row], other);
                let pivot = own[row * size + row];
                let entry = matrix[column * size + row] - known;
                from[row] = if pivot > 0.0 { entry / pivot } else { 0.0 };
            }
            let pivot = diagonal - dot(&from[..column], &from[..column]);
            from[column] =
                if pivot > SINGULAR * diagonal { pivot.sqrt() } else { singular(column)? };
        }
        Some(Self { size, lower })
    }

    /// A row of L, up to the diagonal.
    #[must_use]
    pub(super) fn row(&self, row: usize) -> &[f64] {
        &self.lower[row * self.size..=row * self.size + row]
    }

    /// L⁻¹ v, in place.
    pub(super) fn forward(&self, v: &mut [f64]) {
        for row in 0..self.size {
            let of_row = self.row(row);
            v[row] = (v[row] - dot(&of_row[..row], &v[..row])) / of_row[row];
        }
    }

    /// L⁻ᵀ v, in place.
    pub(super) fn backward(&self, v: &mut [f64]) {
        for row in (0..self.size).rev() {
            let of_row = self.row(row);
            let value = v[row] / of_row[row];
            v[row] = value;
            add(&mut v[..row], -value, &of_row[..row]);
        }
    }

    /// A⁻¹ v.
    #[must_use]
    pub(super) fn solve(&self, v: &[f64]) -> Vec<f64> {
        let mut v = v.to_vec();
        self.forward(&mut v);
        self.backward(&mut v);
        v
    }

    /// The trace of A⁻¹.
    #[must_use]
    pub(super) fn trace_of_inverse(&self) -> f64 {
        let mut trace = 0.0;
        let mut unit = vec![0.0; self.size];
        for place in 0..self.size {
            unit.fill(0.0);
            unit[place] = 1.0;
            // Entries before `place` stay 0.
            for row in place..self.size {
                let of_row = self.row(row);
                unit[row] = (unit[row] - dot(&of_row[place..row], &unit[place..row])) / of_row[row];
            }
            trace += dot(&unit[place..], &unit[place..]);
        }
        trace
    }
}

/// The eigenvalues of a symmetric matrix in ascending order, and the eigenvector of each.
///
/// # Source
///
/// Jacobi's cyclic method: Golub and Van Loan (2013), Matrix Computations, fourth edition, 8.5.
#[must_use]
pub(super) fn eigen(matrix: &[f64], size: usize) -> Vec<(f64, Vec<f64>)> {
    let mut a = matrix.to_vec();
    let mut vectors = vec![0.0; size * size];
    for place in 0..size {
        vectors[place * size + place] = 1.0;
    }
    for _ in 0..SWEEPS {
        let (mut outside, mut all) = (0.0, 0.0);
        for (place, value) in a.iter().enumerate() {
            all += value * value;
            outside += if place / size == place % size { 0.0 } else { value * value };
        }
        if outside <= 1e-30 * all {
            break;
        }
        for p in 0..size {
            for q in p + 1..size {
                rotate(&mut a, &mut vectors, size, (p, q));
            }
        }
    }
    let vector = |place: usize| (0..size).map(|row| vectors[row * size + place]).collect();
    let mut found: Vec<(f64, Vec<f64>)> =
        (0..size).map(|place| (a[place * size + place], vector(place))).collect();
    found.sort_by(|one, other| one.0.total_cmp(&other.0));
    found
}

/// Turns two coordinates so that the entry between them becomes 0.
fn rotate(a: &mut [f64], vectors: &mut [f64], size: usize, (p, q): (usize, usize)) {
    let between = a[p * size + q];
    if between == 0.0 {
        return;
    }
    let half = (a[q * size + q] - a[p * size + p]) / (2.0 * between);
    let tangent = half.signum() / (half.abs() + (half * half + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let turn = |x: f64, y: f64| (cosine * (x - tangent * y), cosine * (tangent * x + y));
    for k in 0..size {
        (a[k * size + p], a[k * size + q]) = turn(a[k * size + p], a[k * size + q]);
    }
    for k in 0..size {
        (a[p * size + k], a[q * size + k]) = turn(a[p * size + k], a[q * size + k]);
        (vectors[k * size + p], vectors[k * size + q]) =
            turn(vectors[k * size + p], vectors[k * size + q]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MATRIX: [f64; 9] = [4.0, 2.0, 0.6, 2.0, 5.0, 1.0, 0.6, 1.0, 3.0];

    #[test]
    fn a_system_is_solved() {
        let factor = Cholesky::of(&MATRIX, 3).unwrap();
        let solution = factor.solve(&[1.0, -2.0, 0.5]);
        for (row, expected) in [1.0, -2.0, 0.5].iter().enumerate() {
            assert!((dot(&MATRIX[3 * row..3 * row + 3], &solution) - expected).abs() < 1e-14);
        }
        let inverse: f64 = (0..3)
            .map(|place| {
                let mut unit = [0.0; 3];
                unit[place] = 1.0;
                factor.solve(&unit)[place]
            })
            .sum();
        assert!((factor.trace_of_inverse() - inverse).abs() < 1e-14);
    }

    #[test]
    fn eigenvectors_belong_to_their_values() {
        let found = eigen(&MATRIX, 3);
        assert!((found.iter().map(|(value, _)| value).sum::<f64>() - 12.0).abs() < 1e-13);
        for (value, vector) in &found {
            for row in 0..3 {
                let image = dot(&MATRIX[3 * row..3 * row + 3], vector);
                assert!((image - value * vector[row]).abs() < 1e-13);
            }
        }
        assert!(found[0].0 <= found[1].0 && found[1].0 <= found[2].0);
        assert!(eigen(&[], 0).is_empty());
    }

    #[test]
    fn a_singular_matrix_has_no_factor_but_as_a_covariance() {
        let same = [1.0, 1.0, 1.0, 1.0];
        assert!(Cholesky::of(&same, 2).is_none());
        let factor = Cholesky::of_covariance(&same, 2).unwrap();
        assert_eq!(factor.row(1), [1.0, 0.0]);
        let nothing = Cholesky::of_covariance(&[0.0; 4], 2).unwrap();
        assert_eq!(nothing.row(1), [0.0, 0.0]);
    }

    #[test]
    fn a_product_of_any_length_is_the_plain_sum() {
        for length in 0..40_u32 {
            let values: Vec<f64> = (0..length).map(f64::from).collect();
            let plain: f64 = values.iter().map(|value| value * value).sum();
            assert!((dot(&values, &values) - plain).abs() < 1e-9);
        }
    }
}

//! Functions of one parameter that a smooth curve is made of, orthonormal over the draws.

use crate::analysis::statistics::quantile;
use crate::random::math;

use crate::analysis::decision::linear::Cholesky;
use crate::analysis::decision::linear::add;
use crate::analysis::decision::linear::dot;
use crate::analysis::decision::linear::eigen;
use crate::analysis::decision::linear::shift;
use crate::analysis::decision::linear::stretch;

/// The fewest draws with which anything is fitted.
pub const FEWEST_DRAWS: usize = 5;
/// Draws for each knot, at least.
const DRAWS_PER_KNOT: usize = 4;
/// Steps of the search for the smoothing parameter for each factor of ten.
const STEPS_PER_DECADE: f64 = 2.0;
/// The share of the sum of squares below which a residual is rounding.
const ROUNDING: f64 = 1e-24;

/// A natural cubic spline's functions of one parameter: the straight line first, then the bends,
/// the smoothest first. All are orthonormal over the draws and orthogonal to the constant.
///
/// # Formula
///
/// A natural cubic spline with knots at quantiles of the distinct values is a straight line plus a
/// sum of functions whose second derivatives are hats at the inner knots. With G their products
/// over the draws, freed of constant and line, and S the products of their second derivatives, the
/// bends are the generalised eigenvectors of S in G, so that a curve with coefficients b has
/// roughness ∫ f″² = Σ d b², with eigenvalues d.
///
/// # Source
///
/// Demmler and Reinsch (1975), Numerische Mathematik 24, 375–382; cubic regression splines: Wood
/// (2017), Generalized Additive Models, second edition, 5.3.1.
#[derive(Clone, Debug)]
pub struct Basis {
    low: f64,
    width: f64,
    mean: f64,
    norm: f64,
    knots: Vec<f64>,
    /// For each inner knot, the constant and the slope on the line that are taken off its function.
    removed: Vec<(f64, f64)>,
    /// For each bend, how much of the function of each inner knot is in it.
    mixture: Vec<Vec<f64>>,
    /// d of each bend.
    roughness: Vec<f64>,
    columns: Vec<Vec<f64>>,
}

impl Basis {
    /// The functions over the draws of a parameter, with so many knots or fewer: at most one for
    /// each distinct value and for four draws. `None` where the parameter does not vary, a draw is
    /// not finite, or there are fewer than five.
    #[must_use]
    pub fn of(draws: &[f64], knots: usize) -> Option<Self> {
        if draws.len() < FEWEST_DRAWS || !draws.iter().all(|draw| draw.is_finite()) {
            return None;
        }
        let mut distinct = draws.to_vec();
        distinct.sort_unstable_by(f64::total_cmp);
        distinct.dedup();
        let low = distinct.first().copied()?;
        let width = distinct.last().copied()? - low;
        if !width.is_finite() || width <= 0.0 {
            return None;
        }
        let scaled: Vec<f64> = draws.iter().map(|draw| (draw - low) / width).collect();
        let mean = scaled.iter().sum::<f64>() / scaled.len() as f64;
        let mut line: Vec<f64> = scaled.iter().map(|value| value - mean).collect();
        let norm = dot(&line, &line).sqrt();
        stretch(&mut line, 1.0 / norm);
        let knots = knots.min(distinct.len()).min(draws.len() / DRAWS_PER_KNOT);
        let distinct: Vec<f64> = distinct.iter().map(|value| (value - low) / width).collect();
        let at = |place: usize| quantile(&distinct, place as f64 / (knots - 1) as f64);
        let knots: Vec<f64> =
            if knots < 3 { Vec::new() } else { (0..knots).filter_map(at).collect() };
        let mut basis = Self {
            low,
            width,
            mean,
            norm,
            knots,
            removed: Vec::new(),
            mixture: Vec::new(),
            roughness: Vec::new(),
            columns: vec![line],
        };
        if basis.bend(&scaled).is_none() {
            basis.removed.clear();
            basis.mixture.clear();
            basis.roughness.clear();
            basis.columns.truncate(1);
            basis.knots.clear();
        }
        Some(basis)
    }

    /// Adds the bends; `None` where the knots are too close to each other to tell them apart.
    fn bend(&mut self, values: &[f64]) -> Option<()> {
        let inner = self.knots.len().checked_sub(2)?;
        let count = values.len() as f64;
        let mut raw: Vec<Vec<f64>> = Vec::with_capacity(inner);
        let mut scales = Vec::with_capacity(inner);
        for knot in 0..inner {
            let mut column: Vec<f64> =
                values.iter().map(|&value| self.hat(knot, value)[0]).collect();
            let constant = column.iter().sum::<f64>() / count;
            shift(&mut column, -constant);
            let slope = dot(&column, &self.columns[0]);
            add(&mut column, -slope, &self.columns[0]);
            let scale = dot(&column, &column).sqrt();
            if !(scale > 0.0 && scale.is_finite()) {
                return None;
            }
            stretch(&mut column, 1.0 / scale);
            self.removed.push((constant, slope));
            scales.push(scale);
            raw.push(column);
        }
        let products: Vec<f64> =
            raw.iter().flat_map(|one| raw.iter().map(|other| dot(one, other))).collect();
        let factor = Cholesky::of(&products, inner)?;
        // L⁻¹ S L⁻ᵀ, column by column and then row by row.
        let mut half: Vec<Vec<f64>> = (0..inner)
            .map(|row| {
                let mut entries: Vec<f64> = (0..inner)
                    .map(|column| self.second(row, column) / scales[row] / scales[column])
                    .collect();
                factor.forward(&mut entries);
                entries
            })
            .collect();
        let mut matrix = vec![0.0; inner * inner];
        for column in 0..inner {
            let mut entries: Vec<f64> = half.iter_mut().map(|row| row[column]).collect();
            factor.forward(&mut entries);
            for (row, entry) in entries.into_iter().enumerate() {
                matrix[row * inner + column] = entry;
            }
        }
        for (value, mut vector) in eigen(&matrix, inner) {
            factor.backward(&mut vector);
            let mut column = vec![0.0; values.len()];
            for (part, raw) in vector.iter().zip(&raw) {
                add(&mut column, *part, raw);
            }
            self.columns.push(column);
            self.roughness.push(value.max(f64::MIN_POSITIVE));
            self.mixture
                .push(vector.iter().zip(&scales).map(|(part, scale)| part / scale).collect());
        }
        Some(())
    }

    /// The function of an inner knot, counted from 0, and its derivative: its second derivative is
    /// 1 at the knot, 0 at all others, and straight between.
    fn hat(&self, inner: usize, value: f64) -> [f64; 2] {
        let [before, at, after] = [0, 1, 2].map(|step| self.knots[inner + step]);
        let (left, right) = (1.0 / (at - before), 1.0 / (after - at));
        let beyond = [before, at, after].map(|knot| (value - knot).max(0.0));
        let weights = [left, -left - right, right];
        let square = |of: usize| weights[of] * beyond[of] * beyond[of];
        let height: f64 = (0..3).map(|of| square(of) * beyond[of]).sum();
        let rise: f64 = (0..3).map(square).sum();
        [height / 6.0, rise / 2.0]
    }

    /// The integral of the product of the second derivatives of two inner knots' functions.
    fn second(&self, one: usize, other: usize) -> f64 {
        let gap = |knot: usize| self.knots[knot + 1] - self.knots[knot];
        match one.abs_diff(other) {
            0 => (gap(one) + gap(one + 1)) / 3.0,
            1 => gap(one.max(other)) / 6.0,
            _ => 0.0,
        }
    }

    /// The functions at the draws: the line first, then the bends.
    #[must_use]
    pub fn columns(&self) -> &[Vec<f64>] {
        &self.columns
    }

    /// The columns themselves, for those who keep nothing else.
    #[must_use]
    pub fn into_columns(self) -> Vec<Vec<f64>> {
        self.columns
    }

    /// The roughness of each bend, in ascending order.
    #[must_use]
    pub fn roughness(&self) -> &[f64] {
        &self.roughness
    }

    /// The lowest and the highest draw.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        (self.low, self.low + self.width)
    }

    /// The functions at any value of the parameter, each with its derivative; straight beyond the
    /// draws.
    #[must_use]
    pub fn at(&self, parameter: f64) -> Vec<[f64; 2]> {
        let value = (parameter - self.low) / self.width;
        let line = [(value - self.mean) / self.norm, 1.0 / self.norm];
        let knots = self.removed.iter().enumerate().map(|(inner, &(constant, slope))| {
            let [height, rise] = self.hat(inner, value);
            [height - constant - slope * line[0], rise - slope * line[1]]
        });
        let knots: Vec<[f64; 2]> = knots.collect();
        let bend = |mixture: &Vec<f64>| {
            mixture.iter().zip(&knots).fold([0.0; 2], |sum, (part, knot)| {
                [sum[0] + part * knot[0], sum[1] + part * knot[1]]
            })
        };
        let mut all = vec![line];
        all.extend(self.mixture.iter().map(bend));
        for function in &mut all {
            function[1] /= self.width;
        }
        all
    }
}

/// How far each coefficient of a curve is kept, and the variance of the residual.
#[derive(Clone, Debug, PartialEq)]
pub struct Shrinkage {
    /// Of the straight line, 0 to 1.
    pub line: f64,
    /// Of each bend, 1 / (1 + λ d), 0 to 1.
    pub bends: Vec<f64>,
    /// The variance of the residual.
    pub variance: f64,
}

impl Shrinkage {
    /// The smoothing parameter of greatest restricted likelihood.
    ///
    /// `products` are those of the outcome with the orthonormal functions, the line first;
    /// `squares` is the sum of squares about the mean; `freedom` is the number of draws less 2.
    ///
    /// # Formula
    ///
    /// The λ with the smallest
    ///
    /// ```text
    /// f ln D + Σ_k ln(1 + 1 / (λ d_k)),  D = rest + Σ_k z_k² λ d_k / (1 + λ d_k)
    /// ```
    ///
    /// with f the degrees of freedom, z the products and `rest` what all functions leave; λ = ∞,
    /// a straight line, is among the candidates. The variance of the residual is D / f. The line
    /// is kept by max(0, 1 − variance / z²), which is its own restricted likelihood.
    ///
    /// # Source
    ///
    /// Wood (2011), Journal of the Royal Statistical Society B 73, 3–36; shrinkage of the line:
    /// Marra and Wood (2011), Computational Statistics and Data Analysis 55, 2372–2387.
    #[must_use]
    pub fn of(products: &[f64], roughness: &[f64], squares: f64, freedom: f64) -> Self {
        let explained = dot(products, products);
        let least = (ROUNDING * squares).max(f64::MIN_POSITIVE);
        let (line, bends) = products.split_first().map_or((0.0, &[][..]), |(one, all)| (*one, all));
        let rest = (squares - explained).max(least);
        let straight = rest + dot(bends, bends);
        let likelihood = |lambda: f64| {
            let (mut left, mut sizes) = (rest, 1.0);
            for (product, roughness) in bends.iter().zip(roughness) {
                let strength = lambda * roughness;
                left += product * product * strength / (1.0 + strength);
                sizes *= 1.0 + 1.0 / strength;
            }
            (freedom * math::ln(left) + math::ln(sizes), left)
        };
        let mut best = (freedom * math::ln(straight), straight, f64::INFINITY);
        if let (Some(smoothest), Some(roughest)) = (roughness.first(), roughness.last()) {
            let mut consider = |logarithm: f64| {
                let lambda = math::exp(logarithm);
                let (value, left) = likelihood(lambda);
                if value < best.0 {
                    best = (value, left, lambda);
                }
            };
            let step = std::f64::consts::LN_10 / STEPS_PER_DECADE;
            let (from, to) = (-math::ln(*roughest) - 4.0 * step, 6.0 * step - math::ln(*smoothest));
            let steps = ((to - from) / step).clamp(1.0, 60.0);
            let mut place = 0.0;
            while place <= steps {
                consider(from + place * step);
                place += 1.0;
            }
        }
        let (_, left, lambda) = best;
        let variance = if freedom > 0.0 { left / freedom } else { 0.0 };
        let kept = if line == 0.0 { 0.0 } else { (1.0 - variance / (line * line)).max(0.0) };
        let bend = |roughness: &f64| {
            if lambda.is_finite() { 1.0 / (1.0 + lambda * roughness) } else { 0.0 }
        };
        Self { line: kept, bends: roughness.iter().map(bend).collect(), variance }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draws(count: u32) -> Vec<f64> {
        (0..count).map(|draw| 3.0 + math::exp(f64::from(draw * 37 % count) / 20.0)).collect()
    }

    #[test]
    fn functions_are_orthonormal_and_free_of_the_mean() {
        let basis = Basis::of(&draws(101), 10).unwrap();
        assert_eq!(basis.columns().len(), 9);
        for (place, one) in basis.columns().iter().enumerate() {
            assert!(one.iter().sum::<f64>().abs() < 1e-9);
            for (other, column) in basis.columns().iter().enumerate() {
                let expected = if place == other { 1.0 } else { 0.0 };
                assert!((dot(one, column) - expected).abs() < 1e-8);
            }
        }
        assert!(basis.roughness().is_sorted());
    }

    #[test]
    fn functions_at_the_draws_are_the_columns_and_rise_by_their_derivative() {
        let draws = draws(101);
        let basis = Basis::of(&draws, 6).unwrap();
        for (row, draw) in draws.iter().enumerate() {
            let at = basis.at(*draw);
            let step = 1e-5;
            let (before, after) = (basis.at(draw - step), basis.at(draw + step));
            for (place, column) in basis.columns().iter().enumerate() {
                assert!((at[place][0] - column[row]).abs() < 1e-9);
                let rise = (after[place][0] - before[place][0]) / (2.0 * step);
                assert!((rise - at[place][1]).abs() < 1e-5);
            }
        }
    }

    #[test]
    fn what_does_not_vary_has_no_functions_and_two_values_only_a_line() {
        assert!(Basis::of(&[2.0; 50], 10).is_none());
        assert!(Basis::of(&[], 10).is_none());
        assert!(Basis::of(&[1.0, 2.0, 3.0], 10).is_none());
        assert!(Basis::of(&[1.0, 2.0, 3.0, 4.0, f64::NAN, 5.0], 10).is_none());
        let two: Vec<f64> = (0..40).map(|draw| f64::from(draw % 2)).collect();
        assert_eq!(Basis::of(&two, 10).unwrap().columns().len(), 1);
        // Knots that differ by rounding alone.
        let mut close = vec![0.0; 20];
        close.extend([1e-300, 2e-300, 1.0, 1.0, 1.0]);
        let found = Basis::of(&close, 10).unwrap();
        assert!(found.columns().iter().flatten().all(|value| value.is_finite()));
    }
}

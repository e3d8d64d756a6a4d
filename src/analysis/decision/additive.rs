//! An outcome as a sum of smooth functions of many parameters, from few replications.

use std::ops::Range;

use crate::analysis::statistics::Design;
use crate::random::math;

use crate::analysis::decision::basis::Basis;
use crate::analysis::decision::basis::Shrinkage;
use crate::analysis::decision::linear::Cholesky;
use crate::analysis::decision::linear::add;
use crate::analysis::decision::linear::add_to_diagonal;
use crate::analysis::decision::linear::dot;
use crate::analysis::decision::linear::shift;

/// The fewest replications that anything is fitted to.
pub const FEWEST: usize = 20;
/// Folds, of few replications.
const FOLDS: usize = 10;
/// From so many replications on there are half as many folds: each leaves enough behind.
const MANY: usize = 2_000;
/// A parameter or a bend is taken up for so many replications.
const REPLICATIONS_PER_TERM: usize = 20;
/// The most terms that are taken up.
const MOST_TERMS: usize = 40;
/// Of the parameters taken up, products of so many are tried, those taken up first.
const MULTIPLIED: usize = 6;
/// Knots for each parameter of many.
const FEW_KNOTS: usize = 5;
/// Knots for each parameter of a small group.
const MORE_KNOTS: usize = 8;
/// The most parameters of a small group.
const SMALL_GROUP: usize = 30;
/// Strengths of the ridge that are tried, in variances of the residual over that of a coefficient
/// of a parameter with sum of squares 1.
const RIDGES: [f64; 8] = [0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0];
/// The share of the sum of squares below which nothing is left to explain.
const ROUNDING: f64 = 1e-18;
/// A bend of which less is kept is left out.
const NEGLIGIBLE: f64 = 1e-6;
/// The sum of squares that a product must keep beside what is taken up, of about 1.
const DIFFERENT: f64 = 1e-6;

/// An additive model of many parameters, ready to be fitted to outcomes.
///
/// What depends on the parameters alone is computed once; a fit then costs little more than the
/// products of the outcome with the parameters' functions, 150 parameters and 200 replications a
/// millisecond.
///
/// # Method
///
/// 1. Each parameter has a straight line and the bends of a natural cubic spline with 5 knots (8
///    in groups of up to 30 parameters).
/// 2. Lines and bends are taken up one after the other, each time the one that lowers most an
///    extended Bayesian information criterion given those taken up before, as long as one does: at
///    most one for 20 replications, and 40. Bends are shrunk by restricted likelihood.
/// 3. Of the six parameters taken up first, products of lines, and of one's line with the other's
///    smoothest bend, are taken up by the same rule.
/// 4. What is left is fitted by the lines of all parameters with a ridge penalty, its strength by
///    generalised cross-validation; none is among the candidates.
///
/// # Source
///
/// Extended criterion: Chen and Chen (2008), Biometrika 95, 759–771, with γ = ½; forward selection
/// under it: Wang (2009), Journal of the American Statistical Association 104, 1512–1524;
/// generalised cross-validation: Golub, Heath and Wahba (1979), Technometrics 21, 215–223.
#[derive(Clone, Debug)]
pub struct Additive {
    count: usize,
    /// Of each parameter that varies, its place among the columns: the line, then the bends.
    places: Vec<Range<usize>>,
    columns: Vec<Vec<f64>>,
    /// 0 for a line.
    roughness: Vec<f64>,
    folds: Vec<Range<usize>>,
    /// One for each fold left out, and last the one of all replications.
    trainings: Vec<Training>,
}

/// What depends on the parameters alone in the replications outside a fold.
#[derive(Clone, Debug)]
struct Training {
    count: f64,
    means: Vec<f64>,
    /// Products of the columns, about their means.
    gram: Vec<f64>,
    ridges: Vec<Ridge>,
}

#[derive(Clone, Debug)]
struct Ridge {
    strength: f64,
    factor: Cholesky,
    degrees: f64,
}

/// How far a parameter is taken up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Out,
    Line,
    /// With its bends, or it cannot be told from what is in.
    Done,
}

/// Columns that are taken up, with what is known of them.
struct Taken {
    columns: Vec<usize>,
    penalties: Vec<f64>,
    coefficients: Vec<f64>,
    left: f64,
    degrees: f64,
    /// The parameters in the order in which they were taken up.
    parameters: Vec<usize>,
}

/// A product of two columns that is taken up.
struct Product {
    values: Vec<f64>,
    coefficient: f64,
}

impl Additive {
    /// The model over `draws[parameter][replication]`; parameters that do not vary, or are not
    /// finite, are left out. Folds are whole blocks of the design where there are enough of them.
    /// `None` below [`FEWEST`] replications, without a parameter that varies, or where lengths
    /// differ.
    #[must_use]
    pub fn of(draws: &[&[f64]], design: Design) -> Option<Self> {
        let count = draws.first()?.len();
        if count < FEWEST || draws.iter().any(|draws| draws.len() != count) {
            return None;
        }
        let knots = if draws.len() <= SMALL_GROUP { MORE_KNOTS } else { FEW_KNOTS };
        let (mut places, mut columns, mut roughness) = (Vec::new(), Vec::new(), Vec::new());
        for basis in draws.iter().filter_map(|draws| Basis::of(draws, knots)) {
            roughness.push(0.0);
            roughness.extend(basis.roughness());
            let from = columns.len();
            columns.extend(basis.into_columns());
            places.push(from..columns.len());
        }
        if places.is_empty() {
            return None;
        }
        let folds = folds(count, design);
        let mut model = Self { count, places, columns, roughness, folds, trainings: Vec::new() };
        model.trainings = model.train();
        Some(model)
    }

    /// The folds: replications that are left out together.
    #[must_use]
    pub fn folds(&self) -> &[Range<usize>] {
        &self.folds
    }

    fn train(&self) -> Vec<Training> {
        let size = self.columns.len();
        let of_rows = |rows: &Range<usize>| -> (Vec<f64>, Vec<f64>) {
            let parts: Vec<&[f64]> = self.columns.iter().map(|it| &it[rows.clone()]).collect();
            let mut gram = vec![0.0; size * size];
            for one in 0..size {
                for other in 0..=one {
                    let product = dot(parts[one], parts[other]);
                    gram[one * size + other] = product;
                    gram[other * size + one] = product;
                }
            }
            (gram, parts.iter().map(|part| part.iter().sum()).collect())
        };
        let parts: Vec<(Vec<f64>, Vec<f64>)> = self.folds.iter().map(of_rows).collect();
        let (mut gram, mut sums) = (vec![0.0; size * size], vec![0.0; size]);
        for part in &parts {
            add(&mut gram, 1.0, &part.0);
            add(&mut sums, 1.0, &part.1);
        }
        let outside = |(fold, part): (&Range<usize>, &(Vec<f64>, Vec<f64>))| {
            let (mut gram, mut sums) = (gram.clone(), sums.clone());
            add(&mut gram, -1.0, &part.0);
            add(&mut sums, -1.0, &part.1);
            self.training(gram, &sums, self.count - fold.len())
        };
        let mut trainings: Vec<Training> = self.folds.iter().zip(&parts).map(outside).collect();
        trainings.push(self.training(gram, &sums, self.count));
        trainings
    }

    fn training(&self, mut gram: Vec<f64>, sums: &[f64], count: usize) -> Training {
        let (size, count) = (sums.len(), count as f64);
        let means: Vec<f64> = sums.iter().map(|sum| sum / count).collect();
        for (row, sum) in gram.chunks_exact_mut(size).zip(sums) {
            add(row, -sum, &means);
        }
        let lines: Vec<usize> = self.places.iter().map(|place| place.start).collect();
        let ridge = |&strength: &f64| {
            let gram = &gram;
            let mut matrix: Vec<f64> = lines
                .iter()
                .flat_map(|row| lines.iter().map(move |column| gram[row * size + column]))
                .collect();
            add_to_diagonal(&mut matrix, lines.len(), |_| strength);
            let factor = Cholesky::of(&matrix, lines.len())?;
            let degrees = lines.len() as f64 - strength * factor.trace_of_inverse();
            Some(Ridge { strength, factor, degrees })
        };
        let ridges = RIDGES.iter().filter_map(ridge).collect();
        Training { count, means, gram, ridges }
    }

    /// The fitted mean of an outcome for some rows, all where `rows` is `None`, from the
    /// replications outside a fold, all where `fold` is `None`.
    ///
    /// The outcome must be finite and have as many replications as the parameters; else 0 stands
    /// everywhere.
    #[must_use]
    pub fn fit(
        &self,
        outcome: &[f64],
        fold: Option<usize>,
        rows: Option<Range<usize>>,
    ) -> Vec<f64> {
        let rows = rows.unwrap_or(0..self.count);
        let left_out = fold.and_then(|fold| self.folds.get(fold).cloned()).unwrap_or(0..0);
        let number = fold.unwrap_or(self.folds.len()).min(self.folds.len());
        let training = &self.trainings[number];
        let outside = |values: &[f64]| -> f64 {
            values[..left_out.start].iter().chain(&values[left_out.end..]).sum()
        };
        if outcome.len() != self.count || !outcome.iter().all(|value| value.is_finite()) {
            return vec![0.0; rows.len()];
        }
        let mean = outside(outcome) / training.count;
        // About the mean, and 0 in the fold, so that sums over all rows are sums outside the fold.
        let mut centred: Vec<f64> = outcome.iter().map(|value| value - mean).collect();
        centred[left_out.clone()].fill(0.0);
        let products: Vec<f64> = self.columns.iter().map(|column| dot(column, &centred)).collect();
        let squares = dot(&centred, &centred);
        let mut taken = self.take_up(training, &products, squares);
        let least = ROUNDING * squares;
        let mut residual = centred.clone();
        self.take_off(&mut residual, &taken, training, &left_out);
        let multiplied = if taken.left > least {
            self.multiply(&mut residual, &mut taken, training, &left_out)
        } else {
            Vec::new()
        };
        let ridge =
            if taken.left > least { self.ridge(&residual, &taken, training) } else { Vec::new() };
        let mut fitted = vec![mean; rows.len()];
        let mut add_column = |column: usize, coefficient: f64| {
            add(&mut fitted, coefficient, &self.columns[column][rows.clone()]);
            shift(&mut fitted, -coefficient * training.means[column]);
        };
        for (column, coefficient) in taken.columns.iter().zip(&taken.coefficients) {
            add_column(*column, *coefficient);
        }
        for (place, coefficient) in self.places.iter().zip(ridge) {
            add_column(place.start, coefficient);
        }
        for product in multiplied {
            add(&mut fitted, product.coefficient, &product.values[rows.clone()]);
        }
        fitted
    }

    /// Takes up lines and bends one after the other.
    fn take_up(&self, training: &Training, products: &[f64], squares: f64) -> Taken {
        let size = self.columns.len();
        let mut taken = Taken::nothing(squares);
        let most = (self.count / REPLICATIONS_PER_TERM).min(MOST_TERMS);
        let mut states = vec![State::Out; self.places.len()];
        for _ in 0..most {
            if taken.left <= ROUNDING * squares {
                break;
            }
            let mut residual = products.to_vec();
            for (column, coefficient) in taken.columns.iter().zip(&taken.coefficients) {
                add(&mut residual, -coefficient, &training.gram[column * size..][..size]);
            }
            let Some((parameter, bent)) = self.strongest(training, &residual, &taken, &states)
            else {
                break;
            };
            let state = states[parameter];
            let mut columns = Vec::new();
            if state == State::Out {
                columns.push((self.places[parameter].start, 0.0));
            }
            if bent {
                columns.extend(self.bends(training, &residual, taken.left, parameter));
            }
            states[parameter] = if bent { State::Done } else { State::Line };
            if columns.is_empty() {
                continue;
            }
            if !taken.append(&columns, training, products, squares) {
                states[parameter] = State::Done;
            } else if state == State::Out {
                taken.parameters.push(parameter);
            }
        }
        taken
    }

    /// The parameter whose line, or bends (then with its line, unless that is in), lower the
    /// criterion most, and whether it is by bends.
    fn strongest(
        &self,
        training: &Training,
        residual: &[f64],
        taken: &Taken,
        states: &[State],
    ) -> Option<(usize, bool)> {
        let size = self.columns.len();
        let candidates = math::ln(self.places.len() as f64);
        let gain = |column: usize| {
            let own = training.gram[column * size + column];
            if own > 0.0 { residual[column] * residual[column] / own } else { 0.0 }
        };
        let mut best = (0.0, None);
        for (parameter, place) in self.places.iter().enumerate() {
            if states[parameter] == State::Done {
                continue;
            }
            let (mut explained, mut degrees) = (0.0, 0.0);
            for column in place.clone() {
                let is_bend = column > place.start;
                if is_bend || states[parameter] == State::Out {
                    explained += gain(column);
                    degrees += 1.0;
                    let lowered =
                        lowering(training.count, taken.left, explained, degrees) - candidates;
                    if lowered > best.0 {
                        best = (lowered, Some((parameter, is_bend)));
                    }
                }
            }
        }
        best.1
    }

    /// The bends of a parameter with their penalties; none where they are shrunk to nothing.
    fn bends(
        &self,
        training: &Training,
        residual: &[f64],
        left: f64,
        parameter: usize,
    ) -> Vec<(usize, f64)> {
        let size = self.columns.len();
        let place = self.places[parameter].clone();
        let own = |column: usize| training.gram[column * size + column];
        let product = |column: usize| {
            if own(column) > 0.0 { residual[column] / own(column).sqrt() } else { 0.0 }
        };
        let products: Vec<f64> = place.clone().map(product).collect();
        let roughness = &self.roughness[place.start + 1..place.end];
        let found = Shrinkage::of(&products, roughness, left, training.count - 2.0);
        (place.start + 1..place.end)
            .zip(found.bends)
            .filter(|(_, kept)| *kept > NEGLIGIBLE)
            .map(|(column, kept)| (column, own(column) * (1.0 / kept - 1.0)))
            .collect()
    }

    /// Subtracts what is taken up from the outcome outside the fold.
    fn take_off(
        &self,
        residual: &mut [f64],
        taken: &Taken,
        training: &Training,
        fold: &Range<usize>,
    ) {
        for (&column, &coefficient) in taken.columns.iter().zip(&taken.coefficients) {
            add(residual, -coefficient, &self.columns[column]);
            shift(residual, coefficient * training.means[column]);
        }
        residual[fold.clone()].fill(0.0);
    }

    /// Takes up products of the parameters that were taken up first.
    fn multiply(
        &self,
        residual: &mut [f64],
        taken: &mut Taken,
        training: &Training,
        fold: &Range<usize>,
    ) -> Vec<Product> {
        let strongest: Vec<usize> = taken.parameters.iter().copied().take(MULTIPLIED).collect();
        let mut candidates: Vec<(Vec<f64>, f64)> = Vec::new();
        for (place, &one) in strongest.iter().enumerate() {
            for &other in &strongest[..place] {
                let (one, other) = (self.places[one].clone(), self.places[other].clone());
                let mut pairs = vec![(one.start, other.start)];
                pairs.extend((other.len() > 1).then_some((one.start, other.start + 1)));
                pairs.extend((one.len() > 1).then_some((one.start + 1, other.start)));
                for (left, right) in pairs {
                    candidates.extend(self.product((left, right), taken, training, fold));
                }
            }
        }
        let mut found = Vec::new();
        let least = ROUNDING * taken.left;
        let tried = math::ln(candidates.len().max(1) as f64);
        let most = (self.count / REPLICATIONS_PER_TERM).min(MOST_TERMS);
        while taken.columns.len() + found.len() < 2 * most {
            let gain = |(values, squares): &(Vec<f64>, f64)| {
                let product = dot(values, residual);
                product * product / squares
            };
            let gains = candidates.iter().map(gain).enumerate();
            let Some((best, gain)) =
                gains.reduce(|best, one| if one.1 > best.1 { one } else { best })
            else {
                break;
            };
            if lowering(training.count, taken.left, gain, 1.0) <= tried {
                break;
            }
            let (values, squares) = candidates.swap_remove(best);
            let coefficient = dot(&values, residual) / squares;
            add(residual, -coefficient, &values);
            residual[fold.clone()].fill(0.0);
            // Later products count only for what this one does not hold.
            for (other, of_other) in &mut candidates {
                let common: f64 =
                    dot(other, &values) - dot(&other[fold.clone()], &values[fold.clone()]);
                add(other, -common / squares, &values);
                *of_other -= common * common / squares;
            }
            candidates.retain(|(_, squares)| *squares > DIFFERENT);
            taken.left -= gain;
            taken.degrees += 1.0;
            found.push(Product { values, coefficient });
            if taken.left <= least {
                break;
            }
        }
        found
    }

    /// The product of two columns for all rows, freed outside the fold of its mean and of what is
    /// taken up, scaled to a sum of squares of about 1, and that sum; nothing where little of it is left.
    fn product(
        &self,
        (left, right): (usize, usize),
        taken: &Taken,
        training: &Training,
        fold: &Range<usize>,
    ) -> Option<(Vec<f64>, f64)> {
        let scale = training.count.sqrt();
        let pairs = self.columns[left].iter().zip(&self.columns[right]);
        let mut values: Vec<f64> = pairs.map(|(one, other)| scale * one * other).collect();
        let outside = |values: &[f64]| -> f64 {
            values[..fold.start].iter().chain(&values[fold.end..]).sum::<f64>() / training.count
        };
        let mean = outside(&values);
        shift(&mut values, -mean);
        let inner = |one: &[f64], other: &[f64]| {
            dot(one, other) - dot(&one[fold.clone()], &other[fold.clone()])
        };
        let common: Vec<f64> =
            taken.columns.iter().map(|&column| inner(&self.columns[column], &values)).collect();
        let size = self.columns.len();
        let matrix = taken.matrix(training, size, |_| 0.0);
        let factor = Cholesky::of(&matrix, taken.columns.len())?;
        for (&column, coefficient) in taken.columns.iter().zip(factor.solve(&common)) {
            add(&mut values, -coefficient, &self.columns[column]);
        }
        let mean = outside(&values);
        shift(&mut values, -mean);
        let squares = inner(&values, &values);
        (squares > DIFFERENT && squares.is_finite()).then_some((values, squares))
    }

    /// The coefficients of all lines in what is left.
    fn ridge(&self, residual: &[f64], taken: &Taken, training: &Training) -> Vec<f64> {
        let products: Vec<f64> =
            self.places.iter().map(|place| dot(&self.columns[place.start], residual)).collect();
        let squares = dot(residual, residual);
        let score = |left: f64, degrees: f64| {
            let share = 1.0 - (degrees + taken.degrees + 1.0) / training.count;
            if share > 0.0 { left / (share * share) } else { f64::INFINITY }
        };
        let mut best = (score(squares, 0.0), Vec::new());
        for ridge in &training.ridges {
            let coefficients = ridge.factor.solve(&products);
            let left = squares
                - dot(&coefficients, &products)
                - ridge.strength * dot(&coefficients, &coefficients);
            let score = score(left, ridge.degrees);
            if score < best.0 {
                best = (score, coefficients);
            }
        }
        best.1
    }
}

impl Taken {
    fn nothing(squares: f64) -> Self {
        Self {
            columns: Vec::new(),
            penalties: Vec::new(),
            coefficients: Vec::new(),
            left: squares,
            degrees: 0.0,
            parameters: Vec::new(),
        }
    }

    /// Products of the columns taken up, with something on the diagonal.
    fn matrix(&self, training: &Training, size: usize, more: impl Fn(usize) -> f64) -> Vec<f64> {
        let mut matrix: Vec<f64> = self
            .columns
            .iter()
            .flat_map(|row| {
                self.columns.iter().map(move |column| training.gram[row * size + column])
            })
            .collect();
        add_to_diagonal(&mut matrix, self.columns.len(), more);
        matrix
    }

    /// Takes up columns with their penalties; leaves all as it was, and says no, where they follow
    /// from those that are in.
    fn append(
        &mut self,
        columns: &[(usize, f64)],
        training: &Training,
        products: &[f64],
        squares: f64,
    ) -> bool {
        let (size, before) = (products.len(), self.columns.len());
        self.columns.extend(columns.iter().map(|(column, _)| column));
        self.penalties.extend(columns.iter().map(|(_, penalty)| penalty));
        let matrix = self.matrix(training, size, |place| self.penalties[place]);
        let Some(factor) = Cholesky::of(&matrix, self.columns.len()) else {
            self.columns.truncate(before);
            self.penalties.truncate(before);
            return false;
        };
        let of_taken: Vec<f64> = self.columns.iter().map(|&column| products[column]).collect();
        self.coefficients = factor.solve(&of_taken);
        let penalised =
            self.coefficients.iter().zip(&self.penalties).map(|(it, penalty)| penalty * it * it);
        let left = squares - dot(&self.coefficients, &of_taken) - penalised.sum::<f64>();
        self.left = left.max(0.0);
        let kept = |&(column, penalty): &(usize, f64)| {
            let own = training.gram[column * size + column];
            own / (own + penalty)
        };
        self.degrees += columns.iter().map(kept).sum::<f64>();
        true
    }
}

/// By how much a term lowers the Bayesian information criterion: n ln(left / (left − gain)) less
/// ln n for each degree of freedom.
fn lowering(count: f64, left: f64, gain: f64, degrees: f64) -> f64 {
    let after = (left - gain).max(ROUNDING * left);
    count * math::ln(left / after) - degrees * math::ln(count)
}

/// Whole units of the design in a row, so many that the folds are about equal.
pub(super) fn folds(count: usize, design: Design) -> Vec<Range<usize>> {
    let unit = design.unit(count);
    let units = count.div_ceil(unit);
    let folds = if count < MANY { FOLDS } else { FOLDS / 2 }.min(units);
    (0..folds)
        .map(|fold| {
            let end = |fold: usize| (fold * units / folds * unit).min(count);
            end(fold)..end(fold + 1)
        })
        .collect()
}

#[cfg(test)]
#[path = "additive_tests.rs"]
mod tests;

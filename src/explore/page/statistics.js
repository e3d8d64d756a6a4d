// Mean, quantiles and errors as the program defines them (`analysis/statistics`), so that the page's
// numbers are those of a run's tables to the digit. Values come in the order of replications.

// Neumaier's compensated sum.
function sum(values) {
  let total = 0, lost = 0;
  for (const value of values) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}

function mean(values) {
  const rounded = sum(values) / values.length;
  return rounded + sum(values.map(value => value - rounded)) / values.length;
}

// The standard error of the mean as `analysis/statistics/design.rs` has it: parameters are spread evenly over each block of
// replications, so from four whole blocks on the error is told by blocks, and below by single replications.
const FEWEST_BLOCKS = 4;
const unitFor = (n, block) => n >= FEWEST_BLOCKS * block ? block : 1;
function standardError(values, middle, block) {
  const n = values.length, unit = unitFor(n, block), squares = [];
  for (let from = 0; from < n; from += unit) squares.push(sum(values.slice(from, from + unit).map(value => value - middle)) ** 2);
  return squares.length < 2 ? null : Math.sqrt(squares.length / (squares.length - 1) * sum(squares) / (n * n));
}

// Half the width of Student's 95 % interval in standard errors, for degrees of freedom from 1 on: Cornish and Fisher's
// expansion, then Newton's steps on the probability between -t and t (Abramowitz and Stegun 26.7.3 and 26.7.4).
function halfWidth95(v) {
  const z = 1.959963984540054;
  let t = z + (z ** 3 + z) / (4 * v) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * v ** 2) + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * v ** 3);
  for (let step = 0; step < 6; step += 1) {
    const cos = Math.sqrt(v / (v + t * t)), sin = t / Math.sqrt(v + t * t), odd = v % 2;
    let term = odd ? cos : 1, series = 0;
    for (let power = odd; power < v - 1; power += 2) { series += term; term *= cos * cos * (power + 1) / (power + 2); }
    const inside = odd ? 2 / Math.PI * (Math.atan2(t, Math.sqrt(v)) + sin * series) : sin * series;
    // The density of t, doubled.
    let gamma = odd ? 2 / Math.PI : 1;
    for (let k = odd ? 2 : 3; k < v; k += 2) gamma *= k / (k - 1);
    const slope = gamma * cos ** (v + 1) / Math.sqrt(v);
    t -= (inside - 0.95) / slope;
  }
  return t;
}

// Whether values tell how well their mean is known (`tell` of `estimate.rs`).
function tells(values) {
  const n = values.length, fewest = Math.max(7, Math.min(20, Math.floor(n / 10))), times = new Map();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  const different = n - Math.max(...times.values());
  return (different === 0 && n > fewest && values[0] !== 0) || different + 1 >= n || different >= fewest;
}

// Definition 7 of Hyndman and Fan, of values in ascending order.
function quantile(sorted, p) {
  const position = (sorted.length - 1) * p, below = Math.floor(position), low = sorted[below];
  const high = sorted[below + 1] ?? low;
  return Math.min(low + (position - below) * (high - low), high);
}

// What is shown of values in the order of replications.
function summary(values, block) {
  if (!values.length || !values.every(Number.isFinite)) return { mean: null, p05: null, p95: null };
  const sorted = Float64Array.from(values).sort(), middle = mean(values);
  const n = values.length, error = standardError(values, middle, block), units = Math.ceil(n / unitFor(n, block));
  return {
    mean: middle, p05: quantile(sorted, 0.05), p95: quantile(sorted, 0.95),
    // Half the 95 % interval of the mean; nothing where there are too few replications to tell.
    off: known(error) && tells(values) ? halfWidth95(units - 1) * error : null, same: sorted[0] === 0 && sorted[n - 1] === 0,
    // Of exactly no difference half counts, as in comparison.csv.
    above: values.reduce((share, value) => share + (value > 0 ? 1 : value === 0 ? 0.5 : 0), 0) / values.length,
    below: values.reduce((share, value) => share + (value < 0 ? 1 : 0), 0) / values.length,
  };
}

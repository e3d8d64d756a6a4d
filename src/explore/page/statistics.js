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

// The error of the mean: sd / sqrt n.
function standardError(values, middle) {
  const n = values.length;
  if (n < 2) return null;
  const deviations = values.map(value => value - middle), remainder = sum(deviations);
  const squares = sum(deviations.map(deviation => deviation * deviation));
  return Math.sqrt(Math.max(0, squares - remainder * remainder / n) / (n - 1) / n);
}

// Half the width of Student's 95 % interval in standard errors, for n values (Cornish and Fisher's expansion).
function halfWidth95(n) {
  const z = 1.959963984540054, v = n - 1;
  return z + (z ** 3 + z) / (4 * v) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * v ** 2)
    + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * v ** 3);
}

// Definition 7 of Hyndman and Fan, of values in ascending order.
function quantile(sorted, p) {
  const position = (sorted.length - 1) * p, below = Math.floor(position), low = sorted[below];
  const high = sorted[below + 1] ?? low;
  return Math.min(low + (position - below) * (high - low), high);
}

// What is shown of values in the order of replications.
function summary(values) {
  if (!values.length || !values.every(Number.isFinite)) return { mean: null, p05: null, p95: null };
  const sorted = Float64Array.from(values).sort(), middle = mean(values);
  return {
    mean: middle, p05: quantile(sorted, 0.05), p95: quantile(sorted, 0.95), error: standardError(values, middle),
    // Of exactly no difference half counts, as in comparison.csv.
    above: values.reduce((share, value) => share + (value > 0 ? 1 : value === 0 ? 0.5 : 0), 0) / values.length,
    below: values.reduce((share, value) => share + (value < 0 ? 1 : 0), 0) / values.length,
  };
}

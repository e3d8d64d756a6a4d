//! Ranks of values over replications.

/// Whether the values differ.
pub(super) fn varies(values: &[f64]) -> bool {
    values.windows(2).any(|pair| pair[0].total_cmp(&pair[1]).is_ne())
}

/// The places of values in rising order; equal ones in the order of replications.
pub(super) fn order(values: &[f64]) -> Vec<u32> {
    let mut order: Vec<(f64, u32)> = values.iter().copied().zip(0..).collect();
    order.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    order.into_iter().map(|(_, place)| place).collect()
}

/// Ranks, those of equal values averaged; `order` is that of the values.
pub(super) fn ranks(values: &[f64], order: &[u32]) -> Vec<f64> {
    let mut ranks = vec![0.0; values.len()];
    let value = |place: u32| values[place as usize];
    let mut first = 0;
    for equal in order.chunk_by(|&one, &other| value(one).total_cmp(&value(other)).is_eq()) {
        let end = first + equal.len();
        for &place in equal {
            ranks[place as usize] = (first + end - 1) as f64 / 2.0;
        }
        first = end;
    }
    ranks
}

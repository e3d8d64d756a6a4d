//! Parts that add up to their total as printed.

/// Rounds parts to so many decimals that they add up to the rounded total: each is rounded down,
/// and what is missing goes, a last digit each, to those that lost most by it (largest remainder).
///
/// Parts must add up to the total but for errors of floating point; what is missing or too much
/// beyond a last digit a part goes to the first parts. Of equal remainders the first part wins.
#[must_use]
pub fn to_total(parts: &[f64], total: f64, decimals: usize) -> (Vec<String>, String) {
    let scale = 10_f64.powi(i32::try_from(decimals).unwrap_or(0));
    let whole = |value: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "results are far below 2^63")]
        let whole = value as i64;
        whole
    };
    let aim = whole((total * scale).round());
    let mut units: Vec<i64> = parts.iter().map(|part| whole((part * scale).floor())).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let remainder = |part: usize| parts[part] * scale - (parts[part] * scale).floor();
    // A stable sort: the first of equals stays first.
    order.sort_by(|&a, &b| remainder(b).total_cmp(&remainder(a)));
    let missing = aim - units.iter().sum::<i64>();
    for step in 0..missing.unsigned_abs() {
        if order.is_empty() {
            break;
        }
        let place = usize::try_from(step).unwrap_or(0) % order.len();
        // Too much is taken from those that lost least.
        let place = if missing > 0 { place } else { order.len() - 1 - place };
        units[order[place]] += missing.signum();
    }
    (units.into_iter().map(|unit| text(unit, decimals)).collect(), text(aim, decimals))
}

/// A number of last digits as a decimal number; zero has no sign.
fn text(units: i64, decimals: usize) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", units.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn thirds_add_up_to_one() {
        let (parts, total) = to_total(&[1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0], 1.0, 2);
        assert_eq!(parts, ["0.34", "0.33", "0.33"]);
        assert_eq!(total, "1.00");
    }

    #[test]
    fn what_is_nothing_stays_nothing_and_signs_are_kept() {
        let (parts, total) = to_total(&[-0.25, 0.0, 10.31], 10.06, 1);
        assert_eq!(parts, ["-0.2", "0.0", "10.3"]);
        assert_eq!(total, "10.1");
        assert_eq!(to_total(&[], 0.0, 1), (Vec::new(), "0.0".to_owned()));
    }

    fn units(text: &str) -> i64 {
        text.replace('.', "").parse().unwrap()
    }

    proptest! {
        #[test]
        fn printed_parts_add_up_to_the_printed_total(
            parts in prop::collection::vec(-1e6..1e6_f64, 1..9),
            decimals in 0..4_usize,
        ) {
            let (shown, total) = to_total(&parts, parts.iter().sum(), decimals);
            prop_assert_eq!(shown.iter().map(|part| units(part)).sum::<i64>(), units(&total));
            let step = 10_f64.powi(-i32::try_from(decimals).unwrap());
            for (shown, part) in shown.iter().zip(&parts) {
                let off = (shown.parse::<f64>().unwrap() - part).abs();
                prop_assert!(off < step * (1.0 + 1e-6), "{} for {}", shown, part);
            }
        }
    }
}

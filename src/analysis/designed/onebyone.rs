//! One parameter at a time: each at a low and at a high quantile, the others at their centre.
//!
//! The experiment shows how far each parameter moves the output by itself, at 2 d + 1 points for d
//! parameters. It says nothing of what parameters do together.

use crate::analysis::designed::Row;

/// The quantile of a parameter that is low.
pub const LOW: f64 = 0.05;
/// The quantile of a parameter that is neither: the median.
pub const CENTRE: f64 = 0.5;
/// The quantile of a parameter that is high.
pub const HIGH: f64 = 0.95;

/// Which parameter is away from its centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moved {
    /// None.
    Nothing,
    /// This one is at [`LOW`].
    Low(usize),
    /// This one is at [`HIGH`].
    High(usize),
}

/// The rows of so many parameters: the centre, then of each parameter its low and its high point.
pub fn rows(parameters: usize) -> impl Iterator<Item = Row<Moved>> {
    let ends = (0..parameters).flat_map(|of| [Moved::Low(of), Moved::High(of)]);
    std::iter::once(Moved::Nothing).chain(ends).map(move |id| {
        let mut point = vec![CENTRE; parameters];
        match id {
            Moved::Nothing => {}
            Moved::Low(of) => point[of] = LOW,
            Moved::High(of) => point[of] = HIGH,
        }
        Row { id, point }
    })
}

/// How far one parameter moves the output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swing {
    /// The output where the parameter is low.
    pub low: f64,
    /// The output where it is high.
    pub high: f64,
    /// High less low: positive where the output rises with the parameter.
    pub swing: f64,
    /// The largest less the smallest output of low, centre and high. It exceeds the swing's size
    /// where the output does not move one way only.
    pub span: f64,
}

/// The swing of each parameter from the outputs of [`rows`], in their order.
///
/// `None` where their number is not that of a design, or one is not finite.
#[must_use]
pub fn swings(outputs: &[f64]) -> Option<Vec<Swing>> {
    let (&centre, ends) = outputs.split_first()?;
    let (pairs, rest) = ends.as_chunks::<2>();
    if !rest.is_empty() || outputs.iter().any(|output| !output.is_finite()) {
        return None;
    }
    let swing = |&[low, high]: &[f64; 2]| Swing {
        low,
        high,
        swing: high - low,
        span: low.max(high).max(centre) - low.min(high).min(centre),
    };
    Some(pairs.iter().map(swing).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a sum each parameter's swing is its weight times the distance of the quantiles; of a
    /// square around the centre it is 0, and the span shows that it moves.
    #[test]
    fn swings_of_a_sum_are_its_weights() {
        let model =
            |point: &[f64]| 2.0 * point[0] - 3.0 * point[1] + (point[2] - 0.5) * (point[2] - 0.5);
        let outputs: Vec<f64> = rows(3).map(|row| model(&row.point)).collect();
        assert_eq!(outputs.len(), 7);
        let swings = swings(&outputs).unwrap();
        for (swing, (expected, span)) in swings.iter().zip([(1.8, 1.8), (-2.7, 2.7), (0.0, 0.2025)])
        {
            assert!((swing.swing - expected).abs() < 1e-12);
            assert!((swing.span - span).abs() < 1e-12);
        }
    }

    #[test]
    fn rows_say_what_is_moved() {
        let rows: Vec<_> = rows(2).collect();
        let ids: Vec<Moved> = rows.iter().map(|row| row.id).collect();
        let [low, high] = [Moved::Low, Moved::High];
        assert_eq!(ids, [Moved::Nothing, low(0), high(0), low(1), high(1)]);
        assert_eq!(rows[4].point, [CENTRE, HIGH]);
    }

    #[test]
    fn outputs_of_another_design_are_refused() {
        assert_eq!(swings(&[]), None);
        assert_eq!(swings(&[1.0, 2.0]), None);
        assert_eq!(swings(&[1.0, 2.0, f64::NAN]), None);
        assert_eq!(swings(&[1.0]), Some(Vec::new()));
    }
}

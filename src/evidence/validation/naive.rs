//! Forecasts that know nothing of firms: what a model has to beat.

use crate::analysis::observed::is_flow;
use crate::evidence::validation::predictive::Predictive;
use crate::scenario::Observation;

/// A naive forecast of a figure from earlier figures of the same metric and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naive {
    /// It stays what it was last.
    LastValue,
    /// It goes on along the straight line through all earlier figures, by least squares.
    LinearTrend,
}

/// When a figure's period ends `[years]`.
fn end(figure: &Observation) -> f64 {
    f64::from(figure.year) + figure.share_of_year()
}

/// How long its period is `[years]`; figures of one date differ in it by the month alone.
fn length(figure: &Observation) -> f64 {
    f64::from(figure.year - figure.since) + figure.share_of_year()
}

impl Naive {
    /// Both.
    pub const ALL: [Self; 2] = [Self::LastValue, Self::LinearTrend];

    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LastValue => "last_value",
            Self::LinearTrend => "linear_trend",
        }
    }

    /// The forecast's CRPS, in the metric's unit; `None` where not enough was known before: one
    /// earlier year for the last value, two for the trend.
    ///
    /// The forecast is normal around its figure. Its variance is what the reports that it rests on
    /// and the one that it is judged by may be off; that the world moves is not in it.
    #[must_use]
    pub fn score(self, observed: &Observation, known: &[Observation]) -> Option<f64> {
        let mut earlier: Vec<&Observation> = known
            .iter()
            .filter(|other| other.metric == observed.metric && other.place == observed.place)
            // A sum over years is no predecessor of a sum over other lengths.
            .filter(|other| {
                !is_flow(observed) || length(other).total_cmp(&length(observed)).is_eq()
            })
            .filter(|other| end(other) < end(observed))
            .collect();
        earlier.sort_by(|one, other| end(one).total_cmp(&end(other)));
        let weights = match self {
            Self::LastValue => {
                let last = earlier.len().checked_sub(1)?;
                let mut weights = vec![0.0; earlier.len()];
                weights[last] = 1.0;
                weights
            }
            Self::LinearTrend => trend_weights(&earlier, end(observed))?,
        };
        let pairs = || weights.iter().zip(&earlier);
        let forecast: f64 = pairs().map(|(weight, other)| weight * other.value).sum();
        let variance: f64 = pairs().map(|(weight, other)| (weight * other.tolerance).powi(2)).sum();
        let spread = (variance + observed.tolerance.powi(2)).sqrt();
        Some(Predictive::new(&[forecast], spread)?.crps(observed.value))
    }
}

/// The weights with which earlier figures enter the line's value at a time `[years]`.
fn trend_weights(earlier: &[&Observation], time: f64) -> Option<Vec<f64>> {
    let n = earlier.len() as f64;
    let mean = earlier.iter().map(|other| end(other)).sum::<f64>() / n;
    let square: f64 = earlier.iter().map(|other| (end(other) - mean).powi(2)).sum();
    if earlier.len() < 2 || square <= 0.0 {
        return None;
    }
    let ahead = time - mean;
    let weight = |other: &&Observation| 1.0 / n + ahead * (end(other) - mean) / square;
    Some(earlier.iter().map(weight).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(year: u16, value: f64) -> Observation {
        Observation {
            metric: "firms".to_owned(),
            place: "district".to_owned(),
            since: year,
            year,
            month: None,
            value,
            tolerance: 0.0,
            source: "test".to_owned(),
        }
    }

    #[test]
    fn a_line_goes_on_and_a_last_value_stays() {
        let known = [figure(2018, 10.0), figure(2020, 30.0), figure(2019, 20.0)];
        let next = figure(2022, 45.0);
        assert_eq!(Naive::LastValue.score(&next, &known), Some(15.0));
        let trend = Naive::LinearTrend.score(&next, &known).unwrap();
        assert!((trend - 5.0).abs() < 1e-9, "{trend}");
    }

    /// A figure of May lies five twelfths of a year behind that of the year's end before it.
    #[test]
    fn a_line_reaches_a_month_at_its_time() {
        let known = [figure(2018, 10.0), figure(2019, 22.0)];
        let may = Observation { month: Some(5), ..figure(2020, 27.0) };
        let trend = Naive::LinearTrend.score(&may, &known).unwrap();
        assert!(trend.abs() < 1e-9, "{trend}");
        assert_eq!(Naive::LastValue.score(&may, &known), Some(5.0));
        // A year's end is later than a month of the same year.
        assert_eq!(Naive::LastValue.score(&figure(2020, 30.0), &[may]), Some(3.0));
    }

    #[test]
    fn what_is_not_earlier_or_not_the_same_series_is_not_used() {
        let mut elsewhere = figure(2019, 1.0);
        elsewhere.place = "city".to_owned();
        let known = [elsewhere, figure(2022, 5.0), figure(2023, 6.0)];
        assert_eq!(Naive::LastValue.score(&figure(2022, 45.0), &known), None);
        let one = [figure(2020, 40.0)];
        assert_eq!(Naive::LinearTrend.score(&figure(2022, 45.0), &one), None);
    }
}

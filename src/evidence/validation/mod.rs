//! Validation: observed figures beside what the model says of them, and how good it is at that.

pub mod naive;
pub mod predictive;

use crate::evidence::validation::naive::Naive;
use crate::evidence::validation::predictive::Predictive;
use crate::scenario::Observation;

/// The probabilities of the ends of the intervals and of the median.
const LEVELS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// An observed figure and what the model says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// What was observed.
    pub observed: Observation,
    /// Quantiles 5, 25, 50, 75 and 95 % of the predictive distribution, in the metric's unit, cut
    /// at what the metric can be.
    pub quantiles: [f64; 5],
    /// Where the observed value falls: the predictive probability of less, ties counted half.
    pub falls_at: f64,
    /// The score of the model, in the metric's unit: less is better.
    pub crps: f64,
    /// The score of each naive forecast, where enough was known before.
    pub naive: Vec<(Naive, Option<f64>)>,
    /// The width of the 90 % interval over that of the prior, where there is a posterior.
    pub width_over_prior: Option<f64>,
    /// Whether the model was fitted to it.
    pub sample: Sample,
}

/// Whether a comparison shows the fit or the foresight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// The posterior was fitted to this figure.
    In,
    /// The posterior was fitted, but not to this figure.
    Out,
    /// There is no posterior.
    NotFitted,
}

impl Sample {
    /// The word in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::In => "in-sample",
            Self::Out => "out-of-sample",
            Self::NotFitted => "not fitted",
        }
    }
}

impl Judgement {
    /// Sets a figure against the simulated values, one a replication.
    ///
    /// `known` are the figures that a naive forecast may use, `prior` the values simulated without
    /// the posterior, `bounds` the least and the greatest value that the metric can have: the error
    /// of a report must not lead beyond them. Scores are of the distribution as it is. `None`
    /// without simulated values, or where one is not finite.
    #[must_use]
    pub fn new(
        observed: &Observation,
        simulated: &[f64],
        prior: Option<&[f64]>,
        known: &[Observation],
        sample: Sample,
        (least, greatest): (f64, f64),
    ) -> Option<Self> {
        let forecast = Predictive::new(simulated, observed.tolerance)?;
        let quantiles = LEVELS.map(|level| forecast.quantile(level).max(least).min(greatest));
        let prior = match prior {
            Some(values) => Some(Predictive::new(values, observed.tolerance)?),
            None => None,
        };
        let width = quantiles[4] - quantiles[0];
        let width_over_prior = prior
            .map(|prior| {
                let [low, high] = [0.05, 0.95].map(|level| prior.quantile(level));
                high.max(least).min(greatest) - low.max(least).min(greatest)
            })
            .filter(|width| *width > 0.0)
            .map(|before| width / before);
        let naive = Naive::ALL.map(|naive| (naive, naive.score(observed, known))).into();
        Some(Self {
            observed: observed.clone(),
            quantiles,
            falls_at: forecast.below(observed.value),
            crps: forecast.crps(observed.value),
            naive,
            width_over_prior,
            sample,
        })
    }

    /// Whether the observed value lies in the interval from the 5 to the 95 % quantile.
    #[must_use]
    pub fn inside_90(&self) -> bool {
        (self.quantiles[0]..=self.quantiles[4]).contains(&self.observed.value)
    }

    /// Whether the observed value lies in the interval between the quartiles.
    #[must_use]
    pub fn inside_50(&self) -> bool {
        (self.quantiles[1]..=self.quantiles[3]).contains(&self.observed.value)
    }

    /// The naive forecasts that score better than the model; `None` where none has a score.
    #[must_use]
    pub fn beaten_by(&self) -> Option<Vec<Naive>> {
        let scored: Vec<(Naive, f64)> =
            self.naive.iter().filter_map(|&(naive, score)| Some((naive, score?))).collect();
        let better = scored.iter().filter(|&&(_, score)| score < self.crps);
        (!scored.is_empty()).then(|| better.map(|&(naive, _)| naive).collect())
    }

    /// What scores are divided by before they are added up over metrics: the size of the figure.
    fn scale(&self) -> f64 {
        let size = self.observed.value.abs().max(self.observed.tolerance);
        if size > 0.0 { size } else { 1.0 }
    }

    /// The score of a naive forecast, where it has one.
    #[must_use]
    pub fn score_of(&self, naive: Naive) -> Option<f64> {
        self.naive.iter().find(|(other, _)| *other == naive)?.1
    }
}

/// What some rows come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// How many rows there are.
    pub rows: usize,
    /// The share of them inside the 90 % interval; `None` where there is none.
    pub coverage_90: Option<f64>,
    /// The share of them inside the 50 % interval.
    pub coverage_50: Option<f64>,
    /// The mean of the model's score over the size of the figure.
    pub relative_crps: Option<f64>,
    /// For each naive forecast on how many rows it has a score, and the model's skill on them:
    /// 1 − the model's scores over its scores, each over the size of the figure. Above 0 the model
    /// is better.
    pub skill: Vec<(Naive, usize, Option<f64>)>,
    /// How many rows' 90 % intervals are narrower than the prior's, of those that have a prior.
    pub narrower: Option<(usize, usize)>,
}

impl Score {
    /// The score of some rows.
    #[must_use]
    pub fn of(rows: &[&Judgement]) -> Self {
        let judged = rows;
        let n = judged.len() as f64;
        let share = |inside: fn(&Judgement) -> bool| {
            (!judged.is_empty()).then(|| judged.iter().filter(|row| inside(row)).count() as f64 / n)
        };
        let widths: Vec<f64> = judged.iter().filter_map(|row| row.width_over_prior).collect();
        let narrower = widths.iter().filter(|&&width| width < 1.0).count();
        Self {
            rows: judged.len(),
            coverage_90: share(Judgement::inside_90),
            coverage_50: share(Judgement::inside_50),
            relative_crps: (!judged.is_empty())
                .then(|| judged.iter().map(|row| row.crps / row.scale()).sum::<f64>() / n),
            skill: Naive::ALL.map(|naive| skill(judged, naive)).into(),
            narrower: (!widths.is_empty()).then_some((narrower, widths.len())),
        }
    }
}

fn skill(rows: &[&Judgement], naive: Naive) -> (Naive, usize, Option<f64>) {
    let scored = rows.iter().filter_map(|row| Some((row, row.score_of(naive)?)));
    let (mut count, mut model, mut other) = (0, 0.0, 0.0);
    for (row, score) in scored {
        count += 1;
        model += row.crps / row.scale();
        other += score / row.scale();
    }
    (naive, count, (other > 0.0).then(|| 1.0 - model / other))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

    fn figure(year: u16, value: f64, tolerance: f64) -> Observation {
        Observation {
            metric: "tenants".to_owned(),
            place: "hub".to_owned(),
            since: year,
            year,
            month: None,
            value,
            tolerance,
            source: "test".to_owned(),
        }
    }

    fn judge(value: f64, simulated: &[f64], known: &[Observation]) -> Judgement {
        Judgement::new(&figure(2021, value, 0.0), simulated, None, known, Sample::Out, ANY).unwrap()
    }

    #[test]
    fn a_figure_inside_and_one_outside_are_told_apart() {
        let simulated: Vec<f64> = (0..=100).map(f64::from).collect();
        let inside = judge(50.0, &simulated, &[]);
        assert!(inside.inside_50() && inside.inside_90());
        assert!((inside.falls_at - 0.5).abs() < 1e-12);
        let between = judge(90.0, &simulated, &[]);
        assert!(!between.inside_50() && between.inside_90());
        let outside = judge(97.0, &simulated, &[]);
        assert!(!outside.inside_90());
        let score = Score::of(&[&inside, &between, &outside]);
        assert_eq!(score.coverage_90, Some(2.0 / 3.0));
        assert_eq!(score.coverage_50, Some(1.0 / 3.0));
    }

    /// A wide error of the report around small counts: the interval ends at 0, the score stays.
    #[test]
    fn intervals_end_at_what_a_metric_can_be_and_scores_do_not_change() {
        let observed = figure(2021, 1.0, 5.0);
        let judge = |bounds| Judgement::new(&observed, &[1.0, 2.0], None, &[], Sample::In, bounds);
        let (free, cut) = (judge(ANY).unwrap(), judge((0.0, f64::INFINITY)).unwrap());
        assert!(free.quantiles[0] < -5.0);
        assert_eq!(cut.quantiles[0].to_bits(), 0.0_f64.to_bits());
        assert_eq!(cut.quantiles[2..], free.quantiles[2..]);
        assert_eq!((cut.crps, cut.falls_at), (free.crps, free.falls_at));
        let share = judge((0.0, 1.0)).unwrap();
        assert_eq!((share.quantiles[0], share.quantiles[4]), (0.0, 1.0));
    }

    #[test]
    fn a_perfect_model_has_skill_1_and_one_as_bad_as_the_last_value_0() {
        let known = [figure(2020, 40.0, 0.0)];
        let skill = |simulated: &[f64]| Score::of(&[&judge(50.0, simulated, &known)]).skill[0];
        assert_eq!(skill(&[50.0, 50.0]), (Naive::LastValue, 1, Some(1.0)));
        assert_eq!(skill(&[60.0, 60.0]), (Naive::LastValue, 1, Some(0.0)));
        let (naive, rows, worse) = skill(&[80.0, 80.0]);
        assert_eq!((naive, rows), (Naive::LastValue, 1));
        assert!((worse.unwrap() + 2.0).abs() < 1e-12);
    }

    #[test]
    fn a_naive_forecast_beats_the_model_where_it_scores_better() {
        let known = [figure(2019, 30.0, 0.0), figure(2020, 40.0, 0.0)];
        let beaten = |simulated: &[f64]| judge(50.0, simulated, &known).beaten_by();
        assert_eq!(beaten(&[50.0, 50.0]), Some(vec![]));
        assert_eq!(beaten(&[55.0, 55.0]), Some(vec![Naive::LinearTrend]));
        assert_eq!(beaten(&[90.0, 90.0]), Some(Naive::ALL.to_vec()));
        assert_eq!(judge(50.0, &[1.0], &[]).beaten_by(), None);
    }

    #[test]
    fn no_row_has_no_score() {
        let score = Score::of(&[]);
        assert_eq!((score.rows, score.coverage_90, score.relative_crps), (0, None, None));
    }
}

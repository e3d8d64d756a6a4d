//! How well the record is met: each observed figure within what prior and posterior foresee.

use crate::analysis::observed::ObservedRecord;
use crate::analysis::statistics::quantiles;
use crate::analysis::study::StudyError;
use crate::analysis::study::Workspace;
use crate::evidence::calibration::Free;
use crate::evidence::calibration::error_of_observation;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Progress;
use crate::experiment::batch::Workers;
use crate::experiment::uncertainty;
use crate::random::LatinHypercubes;
use crate::scenario::posterior::Posterior;

/// The first random stream of forecasts: neither runs, which count from 0, nor the sampler, which counts
/// from 2^31, have it.
const FIRST_STREAM: u32 = 1 << 30;

/// What is foreseen of a figure, error of observation included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// 5th percentile.
    pub p05: f64,
    /// Median.
    pub p50: f64,
    /// 95th percentile.
    pub p95: f64,
}

impl Forecast {
    /// Whether a value lies within the 90 % interval.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        (self.p05..=self.p95).contains(&value)
    }

    /// The length of the 90 % interval.
    #[must_use]
    pub fn length(&self) -> f64 {
        self.p95 - self.p05
    }
}

/// Where free parameters are drawn from.
#[derive(Clone, Copy, Debug)]
pub enum ParameterSource<'a> {
    /// Their stated distributions.
    Prior(&'a [Free]),
    /// Draws given a record.
    Posterior(&'a Posterior),
}

/// Forecasts of all rows of a record from replications that nothing was fitted to.
///
/// # Errors
///
/// Fails as the simulation does, or when the work is stopped.
pub fn forecasts(
    record: &ObservedRecord,
    source: ParameterSource<'_>,
    seed: u64,
    replications: u32,
    workers: &Workers<'_>,
    progress: &dyn Progress,
) -> Result<Vec<Forecast>, Halted<StudyError>> {
    let points = LatinHypercubes::new(seed);
    let made =
        workers.map_in_order(replications as usize, Workspace::default, |workspace, number| {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let stream = FIRST_STREAM.saturating_add(number);
            let mut values = record.parameters(stream);
            match source {
                ParameterSource::Prior(free) => {
                    for free in free {
                        let point = uncertainty::parameter_point(points, &free.spec, number);
                        values[free.position] =
                            uncertainty::quantile(&free.spec, &free.stated, point);
                    }
                }
                ParameterSource::Posterior(posterior) => {
                    let draw = uncertainty::posterior_draw(points, posterior, number);
                    for (position, value) in draw {
                        values[position] = value;
                    }
                }
            }
            let made = record.simulate(&values, stream, workspace).map_err(Halted::Failed)?;
            progress.replication_done();
            let rows = record.rows().iter().zip(made);
            let reported = rows.map(|(row, value)| value + error_of_observation(seed, stream, row));
            Ok(reported.collect::<Vec<f64>>())
        })?;
    let of_row = |row: usize| {
        let values: Vec<f64> = made.iter().map(|values| values[row]).collect();
        let [p05, p50, p95] = quantiles(&values, [0.05, 0.5, 0.95]).unwrap_or([f64::NAN; 3]);
        Forecast { p05, p50, p95 }
    };
    Ok((0..record.rows().len()).map(of_row).collect())
}

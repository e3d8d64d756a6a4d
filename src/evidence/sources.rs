//! Which guesses matter: how far a headline result moves across the range of each parameter that
//! rests on memory or judgement, one at a time, all others at their values.

use crate::analysis::layout::Table;
use crate::analysis::pairs::SHOWN;
use crate::analysis::statistics::Estimate;
use crate::analysis::study::Study;
use crate::analysis::study::StudyError;
use crate::analysis::study::Workspace;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Progress;
use crate::experiment::batch::Workers;
use crate::experiment::uncertainty;
use crate::scenario::Distribution;
use crate::scenario::Evidence;
use crate::scenario::ParameterValue;
use crate::scenario::Scenario;

/// The shares of a distribution at which its ends are taken.
const ENDS: [f64; 2] = [0.05, 0.95];

/// How far one parameter moves the differences of a policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Swing {
    /// The parameter's position in the register.
    pub parameter: usize,
    /// The two values taken.
    pub ends: [f64; 2],
    /// For each of [`SHOWN`]: the difference at the lower and at the upper end, and their
    /// difference over the same lucks; `None` where there is none.
    pub results: Vec<Option<([f64; 2], Estimate)>>,
}

/// The parameters that rest on memory or judgement, as positions in the register.
#[must_use]
pub fn weak(scenario: &Scenario) -> Vec<usize> {
    let is_weak = |parameter: &ParameterValue| parameter.evidence >= Evidence::Recalled;
    let parameters = scenario.parameters.iter().enumerate();
    parameters.filter(|(_, one)| is_weak(one)).map(|(position, _)| position).collect()
}

/// The ends of a parameter's distribution; `None` where it is fixed.
#[must_use]
pub fn ends(position: usize, parameter: &ParameterValue) -> Option<[f64; 2]> {
    (parameter.distribution != Distribution::Fixed)
        .then(|| ENDS.map(|share| uncertainty::quantile(position, parameter, share)))
}

/// Moves each of `parameters` to its two ends under the same lucks; `study` has the baseline and
/// one policy. A parameter that is fixed has no row.
///
/// # Errors
///
/// Fails as the simulation does, or when the work is stopped.
pub fn swings(
    scenario: &Scenario,
    study: &Study,
    parameters: &[usize],
    lucks: u32,
    workers: &Workers<'_>,
    progress: &dyn Progress,
) -> Result<Vec<Swing>, Halted<StudyError>> {
    let layouts = study.layouts();
    let years = layouts[0].years.len();
    let place = |policy: usize, (metric, place): (&str, &str)| {
        let series = layouts[policy].position(Table::Metric, metric, place)?;
        Some(series * years + years - 1)
    };
    let places = SHOWN.map(|shown| Some([place(0, shown)?, place(1, shown)?]));
    let centre: Vec<f64> = scenario.parameters.iter().map(|parameter| parameter.value).collect();
    let varied: Vec<(usize, [f64; 2])> = parameters
        .iter()
        .filter_map(|&position| Some((position, ends(position, &scenario.parameters[position])?)))
        .collect();
    let runs = varied.len() * 2 * lucks as usize;
    let made = workers.map_in_order(runs, Workspace::default, |workspace, number| {
        let (row, luck) = (number / lucks as usize, number % lucks as usize);
        let (position, ends) = varied[row / 2];
        let mut values = centre.clone();
        values[position] = ends[row % 2];
        let luck = u32::try_from(luck).unwrap_or(u32::MAX);
        let values = study.replicate_with(&values, luck, workspace).map_err(Halted::Failed)?;
        progress.replication_done();
        let gain = |place: Option<[usize; 2]>| {
            place.map(|[there, here]| values[1][here] - values[0][there])
        };
        Ok(places.map(gain))
    })?;
    let of_one = |(row, &(parameter, ends)): (usize, &(usize, [f64; 2]))| {
        let lucks = lucks as usize;
        let runs = |end: usize| &made[(2 * row + end) * lucks..][..lucks];
        let results = (0..SHOWN.len()).map(|result| {
            let of_end = |end: usize| -> Option<Vec<f64>> {
                runs(end).iter().map(|gains| gains[result]).collect()
            };
            let (low, high) = (of_end(0)?, of_end(1)?);
            let moved: Vec<f64> = low.iter().zip(&high).map(|(low, high)| high - low).collect();
            let mean = |values: &[f64]| Estimate::from_values(values).map(|one| one.mean);
            Some(([mean(&low)?, mean(&high)?], Estimate::from_values(&moved)?))
        });
        Swing { parameter, ends, results: results.collect() }
    };
    Ok(varied.iter().enumerate().map(of_one).collect())
}

//! Whether intervals hold what they say they hold: many runs of the scenario, each with chance of
//! its own, against one long run.

use crate::analysis::layout::Table;
use crate::analysis::pairs::SHOWN;
use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;
use crate::analysis::study::Study;
use crate::analysis::study::StudyError;
use crate::analysis::study::Workspace;
use crate::analysis::study::policy::StudyPolicy;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Progress;
use crate::experiment::batch::Workers;
use crate::scenario::Policy;
use crate::scenario::Scenario;

/// The share of intervals that must hold the truth, from [`JUDGED_FROM`] replications on.
pub const LEAST: f64 = 0.93;
/// The share that must not be passed from [`WIDE_FROM`] replications on: intervals that hold more are
/// wider than they need be.
pub const MOST: f64 = 0.98;
/// From so many replications on coverage must not be below [`LEAST`].
pub const JUDGED_FROM: u32 = 20;
/// From so many replications on coverage must not be above [`MOST`] either.
pub const WIDE_FROM: u32 = 200;
/// The share of intervals that may be missing for want of replications, over all differences, from
/// [`JUDGED_FROM`] replications on.
pub const MOST_TOO_FEW: f64 = 0.1;
/// How many of its own standard errors a share may be off: a share found from so many runs is known
/// to its binomial error only.
pub const ERRORS: f64 = 2.0;

/// What is simulated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageSettings {
    /// Runs, each with a seed of its own.
    pub runs: u32,
    /// Numbers of replications at which intervals are judged; every run has as many as the largest,
    /// and those of fewer are cut from it, whole blocks apart.
    pub replications: Vec<u32>,
    /// Replications of the long run.
    pub reference: u32,
    /// The seed of the long run; the runs have those that follow.
    pub seed: u64,
}

/// How often the intervals of one difference at one number of replications hold the truth.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The policy; its difference is that from the baseline.
    pub policy: String,
    /// The metric and its place.
    pub result: (&'static str, &'static str),
    /// Replications of a run.
    pub replications: u32,
    /// Runs of so many replications.
    pub runs: u32,
    /// Of these, those with an interval.
    pub told: u32,
    /// Of these, those whose interval holds the mean of the long run.
    pub held: u32,
    /// The mean of the long run.
    pub truth: f64,
    /// The mean half width of the intervals.
    pub half_width: f64,
}

impl Coverage {
    /// The share of intervals that hold the truth; `None` where no run has one.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.told > 0).then(|| f64::from(self.held) / f64::from(self.told))
    }

    /// The share of runs with too few replications to tell.
    #[must_use]
    pub fn too_few(&self) -> f64 {
        1.0 - f64::from(self.told) / f64::from(self.runs.max(1))
    }

    /// Whether coverage is what it should be, within the error of a share of so many runs.
    #[must_use]
    pub fn holds(&self) -> bool {
        let Some(share) = self.share() else { return true };
        let error = |of: f64| ERRORS * (of * (1.0 - of) / f64::from(self.told)).sqrt();
        let low = self.replications >= JUDGED_FROM && share < LEAST - error(LEAST);
        let high = self.replications >= WIDE_FROM && share > MOST + error(MOST);
        !(low || high)
    }
}

/// Replication by replication the headline differences of the last year, policy by policy.
struct Differences {
    /// By policy and result; empty where there is none.
    values: Vec<Vec<f64>>,
    design: Design,
}

/// Simulates the long run and the runs, and counts how often intervals hold the long run's mean.
///
/// The error of the long run's own mean is allowed for: an interval holds it if the two are no
/// further apart than the half width and 1.96 standard errors of the long run together.
///
/// # Errors
///
/// Fails as the simulation does, or when the work is stopped.
pub fn coverage(
    scenario: &Scenario,
    policies: &[&Policy],
    settings: &CoverageSettings,
    workers: &Workers<'_>,
    progress: &dyn Progress,
) -> Result<Vec<Coverage>, Halted<StudyError>> {
    let simulate = |seed: u64, replications: u32| {
        differences(scenario, policies, seed, replications, workers, progress)
    };
    let long = simulate(settings.seed, settings.reference)?;
    let of_long = |values: &Vec<f64>| Estimate::of(values, long.design);
    let truths: Vec<Option<Estimate>> = long.values.iter().map(of_long).collect();
    let mut cells = Vec::new();
    for &replications in &settings.replications {
        for (policy, truths) in policies.iter().zip(truths.chunks(SHOWN.len())) {
            for (result, truth) in SHOWN.into_iter().zip(truths) {
                let policy = policy.name.clone();
                let truth = truth.map_or(f64::NAN, |truth| truth.mean);
                let (runs, told, held, half_width) = (0, 0, 0, 0.0);
                let none =
                    Coverage { policy, result, replications, runs, told, held, truth, half_width };
                cells.push(none);
            }
        }
    }
    let largest = settings.replications.iter().copied().max().unwrap_or(0);
    for run in 0..u64::from(settings.runs) {
        let run = simulate(settings.seed.wrapping_add(1).wrapping_add(run), largest)?;
        for (cell, place) in cells.iter_mut().zip((0..truths.len()).cycle()) {
            if let Some(truth) = &truths[place] {
                count(cell, &run.values[place], truth, run.design);
            }
        }
    }
    for cell in &mut cells {
        cell.half_width /= f64::from(cell.told.max(1));
    }
    Ok(cells)
}

/// Counts the intervals of one run: those of the cell's number of replications, cut from the run's.
fn count(cell: &mut Coverage, values: &[f64], truth: &Estimate, design: Design) {
    let length = cell.replications as usize;
    let far = 1.96 * truth.se.unwrap_or(0.0);
    for values in values.chunks(design.whole_blocks(length)) {
        let Some(values) = values.get(..length) else { break };
        let Some(found) = Estimate::of(values, design) else { continue };
        cell.runs += 1;
        let Some((low, high)) = found.ci_low.zip(found.ci_high) else { continue };
        let half = (high - low) / 2.0;
        cell.told += 1;
        cell.held += u32::from((found.mean - truth.mean).abs() <= (half * half + far * far).sqrt());
        cell.half_width += half;
    }
}

fn differences(
    scenario: &Scenario,
    policies: &[&Policy],
    seed: u64,
    replications: u32,
    workers: &Workers<'_>,
    progress: &dyn Progress,
) -> Result<Differences, Halted<StudyError>> {
    let scenario = Scenario { seed, ..scenario.clone() };
    let baseline = StudyPolicy::of(&scenario.policies[scenario.baseline]);
    let others = policies.iter().map(|policy| StudyPolicy::of(policy)).collect();
    let study = Study::new(&scenario, others, baseline);
    let layouts = study.layouts();
    let years = layouts[0].years.len();
    let place = |policy: usize, (metric, place): (&str, &str)| {
        let series = layouts[policy].position(Table::Metric, metric, place)?;
        Some(series * years + years - 1)
    };
    let places: Vec<Option<[usize; 2]>> = (1..layouts.len())
        .flat_map(|policy| SHOWN.map(|shown| Some([place(policy, shown)?, place(0, shown)?])))
        .collect();
    let one = |workspace: &mut Workspace, number: usize| {
        let replication = u32::try_from(number).unwrap_or(u32::MAX);
        let values = study.replicate(replication, workspace).map_err(Halted::Failed)?;
        progress.replication_done();
        let difference = |(number, place): (usize, &Option<[usize; 2]>)| {
            place.map(|[here, there]| values[1 + number / SHOWN.len()][here] - values[0][there])
        };
        Ok(places.iter().enumerate().map(difference).collect::<Vec<Option<f64>>>())
    };
    let rows = workers.map_in_order(replications as usize, Workspace::default, one)?;
    let column = |place: usize| rows.iter().filter_map(|row| row[place]).collect();
    Ok(Differences {
        values: (0..places.len()).map(column).collect(),
        design: Design::of_run(&scenario),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(replications: u32, told: u32, held: u32) -> Coverage {
        Coverage {
            policy: String::new(),
            result: SHOWN[0],
            replications,
            runs: told,
            told,
            held,
            truth: 0.0,
            half_width: 0.0,
        }
    }

    /// Of 400 runs a share of 0.93 is known to 0.0128, so 362 of them are few enough to fail.
    #[test]
    fn a_share_is_judged_within_its_own_error() {
        assert!(cell(20, 400, 362).holds() && !cell(20, 400, 361).holds());
        assert!(cell(5, 400, 300).holds(), "below 20 replications nothing is promised");
        assert!(cell(20, 400, 400).holds(), "wide intervals of few replications are none too wide");
        assert!(cell(200, 400, 397).holds() && !cell(200, 400, 398).holds());
        assert!(cell(200, 0, 0).holds() && cell(200, 0, 0).share().is_none());
    }

    /// Normal values whose mean is known: the count is that of Student's t.
    #[test]
    fn intervals_of_normal_values_hold_their_mean_as_often_as_they_say() {
        use crate::random::Key;
        use crate::random::Purpose;
        use crate::random::distribution;

        let truth = Estimate::nothing(8_000);
        for (length, design) in
            [(20, Design::blocks_of(5)), (200, Design::blocks_of(5)), (5, Design::INDEPENDENT)]
        {
            let mut cell = cell(length, 0, 0);
            for run in 0..40 {
                let draw = |index| Key::world(5, run).entity(index).uniform(0, Purpose::Quality);
                let values: Vec<f64> =
                    (0..2_000).map(|index| 3.0 * distribution::normal(draw(index))).collect();
                count(&mut cell, &values, &truth, design);
            }
            assert_eq!((cell.told, cell.runs), (80_000 / length, 80_000 / length));
            let error = (0.95 * 0.05 / f64::from(cell.told)).sqrt();
            let share = cell.share().unwrap();
            assert!((share - 0.95).abs() < 4.0 * error, "{length}: {share}");
        }
    }

    /// Draws of a posterior are finitely many draws of what they stand for. Up to as many
    /// replications as draws the interval holds the mean of what they stand for; with several times
    /// as many it speaks of these draws alone.
    #[test]
    fn intervals_contain_the_error_of_having_finitely_many_draws() {
        use crate::experiment::uncertainty;
        use crate::random::Key;
        use crate::random::LatinHypercubes;
        use crate::random::Purpose;
        use crate::random::distribution;
        use crate::scenario::posterior::Posterior;

        let held = |replications: u32| {
            let holds = |run: &u64| {
                let normal = |kind: u64, index: u64| {
                    let key = Key::world(*run, 3).entity(kind).entity(index);
                    distribution::normal(key.uniform(0, Purpose::Quality))
                };
                let draws = (0..60).map(|row| (1.0, vec![normal(1, row)])).collect();
                let posterior = Posterior::new(vec![0], draws).unwrap();
                let points = LatinHypercubes::new(*run);
                let value = |replication: u32| {
                    let mut draw = uncertainty::posterior_draw(points, &posterior, replication);
                    draw.next().unwrap().1 + normal(2, replication.into())
                };
                let values: Vec<f64> = (0..replications).map(value).collect();
                let found = Estimate::of(&values, Design::blocks_of(5)).unwrap();
                let (low, high) = found.ci_low.zip(found.ci_high).unwrap();
                low <= 0.0 && 0.0 <= high
            };
            (0..1_000_u64).filter(holds).count() as f64 / 1_000.0
        };
        // A share of 1,000 runs is known to 0.007.
        let error = (0.95_f64 * 0.05 / 1_000.0).sqrt();
        assert!((held(60) - 0.95).abs() < 4.0 * error, "{}", held(60));
        assert!(held(300) < 0.8, "{}", held(300));
    }
}

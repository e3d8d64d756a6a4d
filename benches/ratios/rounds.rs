//! Work measured in turn, round after round, so that a slow spell of the machine meets all alike.

use crate::clock;
use crate::clock::Took;

/// One thing that is measured: what it does, and how many units of work that is.
struct Job<'a> {
    work: Box<dyn FnMut() -> f64 + 'a>,
    units: f64,
    took: Vec<Took>,
}

/// Names a job.
#[derive(Clone, Copy, Debug)]
pub struct JobId(usize);

/// Jobs that take turns.
#[derive(Default)]
pub struct Rounds<'a> {
    jobs: Vec<Job<'a>>,
}

/// The middle, the least and the greatest of the rounds.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    /// The median.
    pub median: f64,
    /// The least.
    pub least: f64,
    /// The greatest.
    pub greatest: f64,
}

impl<'a> Rounds<'a> {
    /// Adds a job. It returns its units of work, such as firm-years.
    pub fn add(&mut self, work: impl FnMut() -> f64 + 'a) -> JobId {
        self.jobs.push(Job { work: Box::new(work), units: 1.0, took: Vec::new() });
        JobId(self.jobs.len() - 1)
    }

    /// Runs all jobs in turn, once to warm up and then so many times.
    pub fn run(&mut self, rounds: usize) {
        for round in 0..=rounds {
            for job in &mut self.jobs {
                let mut units = 0.0;
                let took = clock::time(|| units = (job.work)());
                job.units = units;
                if round > 0 {
                    job.took.push(took);
                }
            }
        }
    }

    /// Processor time a unit `[s]`.
    pub fn cost(&self, job: JobId) -> Spread {
        let job = &self.jobs[job.0];
        spread(job.took.iter().map(|took| took.processor / job.units))
    }

    /// Processor time a unit of one job over that of another, round by round.
    pub fn ratio(&self, above: JobId, below: JobId) -> Spread {
        self.compare(above, below, |took| took.processor)
    }

    /// The same of wall time.
    pub fn wall_ratio(&self, above: JobId, below: JobId) -> Spread {
        self.compare(above, below, |took| took.wall)
    }

    fn compare(&self, above: JobId, below: JobId, of: impl Fn(&Took) -> f64) -> Spread {
        let (above, below) = (&self.jobs[above.0], &self.jobs[below.0]);
        let pairs = above.took.iter().zip(&below.took);
        spread(pairs.map(|(a, b)| of(a) / above.units / (of(b) / below.units)))
    }
}

/// The middle, the least and the greatest of some values.
pub fn spread(values: impl Iterator<Item = f64>) -> Spread {
    let values: Vec<f64> = values.collect();
    Spread {
        median: clock::median(&values),
        least: values.iter().copied().fold(f64::INFINITY, f64::min),
        greatest: values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
    }
}

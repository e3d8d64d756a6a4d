//! Every replication of every policy, in parallel.
//!
//! Work is numbered and taken in order; what it yields is put
//! back in that order, so that nothing depends on the number of threads or their order. Where
//! tasks fail, the failure that is told is that of the lowest number.

use std::any::Any;
use std::io;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::RwLock;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::sync::mpsc::RecvTimeoutError;
use std::thread;
use std::time::Duration;

use crate::experiment::block::BlockError;
use crate::experiment::block::RunShape;
use crate::experiment::block::ValueError;
use crate::experiment::block::codec::Encoder;
use crate::experiment::block::codec::MOST_REPLICATIONS;
use crate::experiment::block::file;
use crate::experiment::pool::Pool;

/// The most blocks into which a run is cut, unless they were too long then.
const MOST_BLOCKS: u32 = 128;

/// Threads that share work, and the flag that stops them.
#[derive(Debug)]
pub struct Workers<'a> {
    pool: Pool,
    stop: &'a AtomicBool,
}

/// The threads could not be started.
#[derive(Debug, thiserror::Error)]
#[error("cannot start the threads; try fewer with `--threads`")]
pub struct ThreadError(#[from] io::Error);

/// Why work was not finished.
#[derive(Debug, thiserror::Error)]
pub enum Halted<E> {
    /// It was stopped from outside.
    #[error("stopped before the end")]
    Stopped,
    /// A task failed.
    #[error(transparent)]
    Failed(#[from] E),
    /// A task panicked.
    #[error("part {task} of the work broke off: {message}; this is a mistake in the program")]
    Panicked {
        /// The number of the task.
        task: usize,
        /// What it said.
        message: String,
    },
}

impl<'a> Workers<'a> {
    /// Starts threads, as many as there are processors where no number is given.
    ///
    /// # Errors
    ///
    /// Fails if the system does not give as many threads.
    pub fn start(threads: Option<NonZeroUsize>, stop: &'a AtomicBool) -> Result<Self, ThreadError> {
        Ok(Self { pool: Pool::start(threads)?, stop })
    }

    /// The number of threads.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.pool.threads()
    }

    /// The flag that stops them.
    #[must_use]
    pub fn stop(&self) -> &AtomicBool {
        self.stop
    }

    /// Whether somebody has asked to stop.
    #[must_use]
    pub fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Does work on these threads that calls [`join`](crate::experiment::pool::join).
    pub fn install<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        self.pool.install(work)
    }

    /// Does work on these threads that may be left behind: where somebody stops it, this returns
    /// within a tenth of a second.
    ///
    /// # Errors
    ///
    /// Fails as the work does, and when it is stopped.
    pub fn unless_stopped<T: Send + 'static, E: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, E> + Send + 'static,
    ) -> Result<T, Halted<E>> {
        let (sender, receiver) = mpsc::channel();
        self.pool.spawn(move || {
            // Nobody listens any more where it was stopped.
            let _ = sender.send(catch_unwind(AssertUnwindSafe(work)));
        });
        loop {
            match receiver.recv_timeout(Duration::from_millis(100)) {
                Ok(Ok(result)) => return Ok(result?),
                Ok(Err(panic)) => {
                    let message = message_of(panic.as_ref());
                    return Err(Halted::Panicked { task: 0, message });
                }
                Err(RecvTimeoutError::Timeout) if !self.stopped() => {}
                Err(_) => return Err(Halted::Stopped),
            }
        }
    }

    /// Does tasks of several kinds side by side; gives what they yield, in their order.
    #[must_use]
    pub fn all<T: Send>(&self, tasks: &[Box<dyn Fn() -> T + Sync + '_>]) -> Vec<T> {
        self.pool.all(tasks)
    }

    /// Does the tasks 0 to `count - 1` and returns what they yield, in that order.
    ///
    /// Each thread makes one workspace and uses it for all its tasks; what a task yields must not
    /// depend on what the workspace was used for before.
    ///
    /// # Errors
    ///
    /// Fails as the lowest task that fails, and when the work is stopped.
    pub fn map_in_order<W, T: Send, E: Send>(
        &self,
        count: usize,
        workspace: impl Fn() -> W + Sync,
        task: impl Fn(&mut W, usize) -> Result<T, Halted<E>> + Sync,
    ) -> Result<Vec<T>, Halted<E>> {
        let next = AtomicUsize::new(0);
        // Tasks are taken in order, so every task below one that fails has been taken and is
        // finished: the lowest failure is found whatever the threads do.
        let failed = AtomicBool::new(false);
        let work = || {
            let mut workspace = workspace();
            let mut done = Vec::new();
            while !failed.load(Ordering::Relaxed) && !self.stopped() {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= count {
                    break;
                }
                let result = catch_unwind(AssertUnwindSafe(|| task(&mut workspace, number)))
                    .unwrap_or_else(|panic| {
                        let message = message_of(panic.as_ref());
                        Err(Halted::Panicked { task: number, message })
                    });
                if result.is_err() {
                    failed.store(true, Ordering::Relaxed);
                }
                done.push((number, result));
            }
            done
        };
        let mut results: Vec<_> = self.pool.broadcast(work).into_iter().flatten().collect();
        results.sort_by_key(|&(number, _)| number);
        let results = results.into_iter().map(|(_, result)| result);
        let yielded = results.collect::<Result<Vec<T>, Halted<E>>>()?;
        if yielded.len() < count { Err(Halted::Stopped) } else { Ok(yielded) }
    }
}

/// Does work that may panic; then the error is what it said.
///
/// # Errors
///
/// Fails if the work panics.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| message_of(panic.as_ref()))
}

/// Whether the system gives so many more threads at one time: for work of a library that starts them
/// itself, and panics where it gets none.
///
/// # Errors
///
/// Fails as the system refuses the first that it does not give.
pub fn can_start(threads: usize) -> io::Result<()> {
    let gate = RwLock::new(());
    thread::scope(|scope| {
        // All live until the last has been started.
        let closed = gate.write();
        let start = |_| thread::Builder::new().spawn_scoped(scope, || drop(gate.read()));
        let started = (0..threads).map(start).collect::<io::Result<Vec<_>>>();
        drop(closed);
        started.map(drop)
    })
}

fn message_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

/// Who is told how far a batch is.
pub trait Progress: Sync {
    /// One replication of all policies is done.
    fn replication_done(&self);
}

/// Tells nobody.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl Progress for Silent {
    fn replication_done(&self) {}
}

/// What a batch makes, and where its values go.
#[derive(Clone, Debug)]
pub struct BatchPlan<'a> {
    /// The folder of blocks.
    pub folder: &'a Path,
    /// What the values look like.
    pub shape: &'a RunShape,
    /// The replications of each block to make: all those of [`blocks`], or what is left of them.
    pub blocks: Vec<Range<u32>>,
}

/// Why a batch was not finished. Blocks that were finished stay.
#[derive(Debug, thiserror::Error)]
pub enum BatchError<E> {
    /// The model says that it cannot go on.
    #[error(transparent)]
    Simulation(E),
    /// The model has made a value that is none.
    #[error("the model made an impossible value; this is a mistake in the program")]
    Value(#[from] ValueError),
    /// A block could not be written.
    #[error(transparent)]
    Block(#[from] BlockError),
    /// The model has panicked.
    #[error("replication {replication} broke off: {message}; this is a mistake in the program")]
    Panicked {
        /// The replication.
        replication: u32,
        /// What it said.
        message: String,
    },
}

/// How a run of `replications` is cut into blocks.
///
/// A fixed rule, so that a run finds its blocks again: at most 128 of them, or as many as it takes
/// with 1024 replications each, of a length that is a power of two, so that the blocks of a longer
/// run never straddle those of a shorter one.
#[must_use]
pub fn blocks(replications: u32) -> Vec<Range<u32>> {
    let length = block_length(replications);
    (0..replications)
        .step_by(length as usize)
        .map(|first| first..first.saturating_add(length).min(replications))
        .collect()
}

/// The replications in each block of a run but the last.
#[must_use]
pub fn block_length(replications: u32) -> u32 {
    let needed = replications.div_ceil(MOST_BLOCKS).max(1);
    needed.min(MOST_REPLICATIONS).next_power_of_two()
}

/// Makes all replications of a plan and writes their blocks.
///
/// `simulate` gives for each policy of the shape the values of one replication, series by series,
/// year by year.
///
/// # Errors
///
/// Fails as the lowest replication that fails, when the batch is stopped, or when the disk does
/// not take a block.
pub fn run<W, E: Send>(
    workers: &Workers<'_>,
    plan: &BatchPlan<'_>,
    workspace: impl Fn() -> W + Sync,
    simulate: impl Fn(u32, &mut W) -> Result<Vec<Vec<f64>>, E> + Sync,
    progress: &dyn Progress,
) -> Result<(), Halted<BatchError<E>>> {
    let block = |workspace: &mut W, number: usize| {
        let replications = plan.blocks[number].clone();
        let first = replications.start;
        let mut encoder = Encoder::new(plan.shape, first);
        for replication in replications {
            if workers.stopped() {
                return Err(Halted::Stopped);
            }
            let values = guarded(replication, || simulate(replication, workspace))?;
            encoder.push(&values).map_err(BatchError::Value)?;
            progress.replication_done();
        }
        Ok(file::write(plan.folder, first, encoder).map_err(BatchError::Block)?)
    };
    workers.map_in_order(plan.blocks.len(), workspace, block)?;
    Ok(file::settle(plan.folder).map_err(BatchError::Block)?)
}

/// Runs one replication and gives a panic the number that reproduces it.
fn guarded<E>(
    replication: u32,
    simulate: impl FnOnce() -> Result<Vec<Vec<f64>>, E>,
) -> Result<Vec<Vec<f64>>, BatchError<E>> {
    match catch_unwind(AssertUnwindSafe(simulate)) {
        Ok(values) => values.map_err(BatchError::Simulation),
        Err(panic) => {
            let message = message_of(panic.as_ref());
            Err(BatchError::Panicked { replication, message })
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn with_threads<T>(threads: usize, work: impl FnOnce(&Workers<'_>) -> T) -> T {
        let stop = AtomicBool::new(false);
        work(&Workers::start(NonZeroUsize::new(threads), &stop).unwrap())
    }

    #[test]
    fn tasks_yield_in_order_on_any_number_of_threads() {
        for threads in [1, 2, 5] {
            let squares: Result<Vec<usize>, Halted<()>> = with_threads(threads, |workers| {
                workers.map_in_order(
                    100,
                    || (),
                    |(), number| {
                        if number % 7 == 0 {
                            std::thread::sleep(Duration::from_micros(200));
                        }
                        Ok(number * number)
                    },
                )
            });
            assert_eq!(squares.unwrap(), (0..100).map(|n| n * n).collect::<Vec<_>>());
        }
    }

    #[test]
    fn threads_of_others_are_asked_for_and_given_back() {
        for _ in 0..50 {
            can_start(20).unwrap();
        }
        assert_eq!(caught(|| 7), Ok(7));
        assert_eq!(caught(|| -> u8 { panic!("seven") }), Err("seven".to_owned()));
    }

    #[test]
    fn the_lowest_failure_is_told_whatever_comes_first() {
        for _ in 0..20 {
            let result: Result<Vec<()>, Halted<usize>> = with_threads(3, |workers| {
                workers.map_in_order(
                    50,
                    || (),
                    |(), number| match number {
                        10 => {
                            std::thread::sleep(Duration::from_millis(2));
                            Err(Halted::Failed(10))
                        }
                        11.. => Err(Halted::Failed(number)),
                        _ => Ok(()),
                    },
                )
            });
            assert!(matches!(result, Err(Halted::Failed(10))));
        }
    }

    #[test]
    fn a_panic_becomes_an_error_with_the_number_of_the_task() {
        let result: Result<Vec<()>, Halted<()>> = with_threads(2, |workers| {
            workers.map_in_order(
                5,
                || (),
                |(), number| {
                    assert!(number != 3, "three is wrong");
                    Ok(())
                },
            )
        });
        let Err(Halted::Panicked { task: 3, message }) = result else {
            panic!("no error of task 3");
        };
        assert!(message.contains("three is wrong"));
    }

    #[test]
    fn the_flag_stops_the_work() {
        let stop = AtomicBool::new(false);
        let workers = Workers::start(NonZeroUsize::new(2), &stop).unwrap();
        let result: Result<Vec<()>, Halted<()>> = workers.map_in_order(
            1_000,
            || (),
            |(), number| {
                stop.fetch_or(number == 20, Ordering::Relaxed);
                Ok(())
            },
        );
        assert!(matches!(result, Err(Halted::Stopped)));
    }

    #[test]
    fn blocks_are_few_cover_everything_once_and_never_straddle_those_of_a_shorter_run() {
        for replications in [1, 2, 127, 128, 129, 1_000, 10_000, 131_072, 10_000_000] {
            let blocks = blocks(replications);
            assert!(blocks.len() <= 128 || block_length(replications) == 1_024, "{replications}");
            assert!(blocks.iter().all(|block| block.end - block.start <= 1_024));
            assert_eq!(blocks.first().map(|block| block.start), Some(0));
            assert_eq!(blocks.last().map(|block| block.end), Some(replications));
            assert!(blocks.windows(2).all(|pair| pair[0].end == pair[1].start));
        }
        assert_eq!(blocks(0), []);
        assert_eq!([128, 200].map(block_length), [1, 2]);
        assert_eq!(block_length(2_000) % block_length(1_000), 0);
    }
}

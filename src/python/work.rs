//! Work without the interpreter's lock: other threads of Python go on, Ctrl-C stops it, and a callback is told how
//! far it is. And a place for what it writes.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::RecvTimeoutError;
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;
use tempfile::TempDir;

use crate::experiment::batch::Progress;
use crate::python::failure::Failure;

/// How often Python is asked whether somebody wants it to stop.
const LOOK: Duration = Duration::from_millis(50);

/// How many replications are done.
#[derive(Debug, Default)]
pub(super) struct Counter(AtomicU32);

impl Progress for Counter {
    fn replication_done(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Does work on a thread of its own until Python is interrupted or the callback raises; then its flag is set, and what
/// Python raised is the error. `progress` is called with what is done and the total.
pub(super) fn supervised<T: Send>(
    py: Python<'_>,
    progress: Option<&Py<PyAny>>,
    total: u32,
    work: impl FnOnce(&AtomicBool, &Counter) -> Result<T, Failure> + Send,
) -> PyResult<T> {
    let (stop, counter) = (AtomicBool::new(false), Counter::default());
    let tell = |py: Python<'_>| match progress {
        Some(progress) => {
            // Work in blocks may do a few more than were asked for.
            let done = counter.0.load(Ordering::Relaxed).min(total);
            progress.call1(py, (done, total)).map(|_| ())
        }
        None => Ok(()),
    };
    let done = py.detach(|| {
        thread::scope(|scope| {
            let (sender, receiver) = mpsc::channel();
            let (stop, counter) = (&stop, &counter);
            scope.spawn(move || {
                // The receiver waits until this is sent.
                let _ = sender.send(work(stop, counter));
            });
            awaited(&receiver, stop, &tell, Interrupted::Waits)
        })
    })?;
    tell(py)?;
    Ok(done)
}

/// Does work on a thread of its own that may be left behind: where Python is interrupted its flag is set, and this returns
/// at once. For work that looks at its flag too seldom to wait for.
pub(super) fn unless_interrupted<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce(&AtomicBool) -> Result<T, Failure> + Send + 'static,
) -> PyResult<T> {
    py.detach(|| {
        let (sender, receiver) = mpsc::channel();
        let stop = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&stop);
        thread::spawn(move || {
            // Nobody listens any more where it was interrupted.
            let _ = sender.send(work(&flag));
        });
        awaited(&receiver, &stop, &|_| Ok(()), Interrupted::Leaves)
    })
}

/// What an interruption does beside setting the flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Interrupted {
    /// The work is waited for, which looks at its flag.
    Waits,
    /// The work is left behind.
    Leaves,
}

/// What work on another thread sends, while Python is asked now and then whether somebody wants it to stop.
fn awaited<T>(
    receiver: &Receiver<Result<T, Failure>>,
    stop: &AtomicBool,
    tell: &impl Fn(Python<'_>) -> PyResult<()>,
    interrupted: Interrupted,
) -> PyResult<T> {
    let mut raised = None;
    loop {
        match receiver.recv_timeout(LOOK) {
            Ok(done) => return raised.map_or_else(|| done.map_err(PyErr::from), Err),
            Err(RecvTimeoutError::Disconnected) => {
                let text = "the work broke off; this is a mistake in the program";
                return Err(Failure::Failed(text.to_owned()).into());
            }
            Err(RecvTimeoutError::Timeout) if raised.is_some() => {}
            Err(RecvTimeoutError::Timeout) => {
                let looked = Python::attach(|py| py.check_signals().and_then(|()| tell(py)));
                if let Err(error) = looked {
                    stop.store(true, Ordering::Relaxed);
                    if interrupted == Interrupted::Leaves {
                        return Err(error);
                    }
                    raised = Some(error);
                }
            }
        }
    }
}

/// A temporary folder.
pub(super) fn scratch() -> Result<TempDir, Failure> {
    let none = |error| Failure::Failed(format!("no temporary folder can be made: {error}"));
    tempfile::tempdir().map_err(none)
}

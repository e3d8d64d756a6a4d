//! Signals: the first Ctrl-C, SIGTERM or SIGHUP asks the run to stop cleanly, the second ends it at once.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;

use crate::report::text::progress;
use crate::system;

/// The number of SIGINT, by which a stop counts where no signal has come.
const INTERRUPT: u8 = 2;

/// What has been told of signals.
struct Told {
    /// The number of the signal that came last; 0 before any.
    last: u8,
    /// Whether the command is done, and a signal too late.
    done: bool,
}

static TOLD: Mutex<Told> = Mutex::new(Told { last: 0, done: false });

fn told() -> MutexGuard<'static, Told> {
    // Numbers cannot be left half-written.
    TOLD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The exit status of a run that was interrupted: 128 and the number of the signal, as shells
/// count: 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP.
#[must_use]
pub fn status() -> u8 {
    after(told().last)
}

fn after(signal: u8) -> u8 {
    128 + if signal == 0 { INTERRUPT } else { signal }
}

/// Watches for interruptions from now on, and returns the flag that the first one sets.
///
/// Where the system gives no signals, the flag is never set. To be called once.
#[must_use]
pub fn watch() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    system::on_signal(move |signal| {
        let mut told = told();
        if told.done {
            return;
        }
        told.last = signal;
        if flag.swap(true, Ordering::Relaxed) {
            // Unfinished files keep their names of unfinished files; the next run removes them.
            std::process::exit(after(signal).into());
        }
        progress::message("interrupted: stopping; once more to stop at once");
    });
    stop
}

/// Says that the command is done, where an interruption came too late to stop it; later ones are not
/// told.
pub fn done() {
    let mut told = told();
    told.done = true;
    if told.last != 0 {
        progress::message("the interruption came too late: all was done");
    }
}

//! Signals: the first Ctrl-C, SIGTERM or SIGHUP asks the run to stop cleanly, the second ends it at once.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;

use crate::pipeline::interrupt;
use crate::report::text::progress;
use crate::system;

/// Whether the command is done, and a signal too late.
static DONE: Mutex<bool> = Mutex::new(false);

/// Watches for interruptions from now on, and returns the flag that the first one sets.
///
/// Where the system gives no signals, the flag is never set. To be called once.
#[must_use]
pub fn watch() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    system::on_signal(move |signal| {
        let done = DONE.lock().unwrap_or_else(PoisonError::into_inner);
        if *done {
            return;
        }
        interrupt::note(signal);
        if flag.swap(true, Ordering::Relaxed) {
            // Unfinished files keep their names of unfinished files; the next run removes them.
            std::process::exit(interrupt::status().into());
        }
        progress::message("interrupted: stopping; once more to stop at once");
    });
    stop
}

/// Says that the command is done, where an interruption came too late to stop it; later ones are not
/// told.
pub fn done() {
    let mut done = DONE.lock().unwrap_or_else(PoisonError::into_inner);
    *done = true;
    if interrupt::last().is_some() {
        progress::message("the interruption came too late: all was done");
    }
}

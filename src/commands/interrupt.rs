//! Ctrl-C and SIGTERM: the first asks the run to stop cleanly, the second ends it at once.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;

use crate::report::progress;

/// The exit status of a run that was interrupted: 128 and the number of the signal, as shells
/// count.
pub const STATUS: u8 = 130;

/// Watches for interruptions from now on, and returns the flag that the first one sets.
///
/// Where the system gives no signals, the flag is never set. To be called once.
#[must_use]
pub fn watch() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let handler = move || {
        if flag.swap(true, Ordering::Relaxed) {
            // Unfinished files keep their names of unfinished files; the next run removes them.
            std::process::exit(STATUS.into());
        }
        progress::message("interrupted: stopping; once more to stop at once");
    };
    // Without a handler an interruption ends the program at once, which is safe too.
    let _refused = ctrlc::set_handler(handler);
    stop
}

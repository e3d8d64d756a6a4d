//! Signals: the first Ctrl-C or SIGTERM asks the run to stop cleanly, the second ends it at once.
//!
//! SIGHUP is not watched for: a run begun with `nohup` goes on when its terminal closes, and any other
//! ends there at once, from where `--resume` goes on.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicU8;
use std::sync::atomic::Ordering;

use crate::report::progress;

/// The number of SIGINT, by which a stop counts where no signal has come.
const INTERRUPT: u8 = 2;

/// The number of the signal that came last; 0 before any.
static LAST: AtomicU8 = AtomicU8::new(0);

/// The exit status of a run that was interrupted: 128 and the number of the signal, as shells
/// count: 130 for Ctrl-C, 143 for SIGTERM.
#[must_use]
pub fn status() -> u8 {
    let signal = LAST.load(Ordering::Relaxed);
    128 + if signal == 0 { INTERRUPT } else { signal }
}

/// Watches for interruptions from now on, and returns the flag that the first one sets.
///
/// Where the system gives no signals, the flag is never set. To be called once.
#[must_use]
pub fn watch() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    on_signal(move |signal| {
        LAST.store(signal, Ordering::Relaxed);
        if flag.swap(true, Ordering::Relaxed) {
            // Unfinished files keep their names of unfinished files; the next run removes them.
            std::process::exit(status().into());
        }
        progress::message("interrupted: stopping; once more to stop at once");
    });
    stop
}

/// Calls `handle` with the number of each SIGINT and SIGTERM, on a thread of its own.
///
/// Without that thread an interruption ends the program at once, which is safe too.
#[cfg(unix)]
fn on_signal(handle: impl Fn(u8) + Send + 'static) {
    use signal_hook::consts::SIGINT;
    use signal_hook::consts::SIGTERM;
    use signal_hook::iterator::Signals;

    let watch = move || {
        let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else { return };
        for signal in signals.forever() {
            handle(u8::try_from(signal).unwrap_or(INTERRUPT));
        }
    };
    let _none = std::thread::Builder::new().name("signals".to_owned()).spawn(watch);
}

/// As on Unix, where there are no such signals.
#[cfg(not(unix))]
fn on_signal(_handle: impl Fn(u8) + Send + 'static) {}

/// A file that grows beyond the system's limit is an error of writing, which is told, instead of the
/// end of the program.
pub fn tell_of_large_files() {
    #[cfg(unix)]
    {
        let seen = Arc::new(AtomicBool::new(false));
        let _refused = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, seen);
    }
}

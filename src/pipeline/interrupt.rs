//! The exit status of what a signal has stopped.

use std::sync::atomic::AtomicU8;
use std::sync::atomic::Ordering;

/// The number of SIGINT, by which a stop counts where no signal has come.
const INTERRUPT: u8 = 2;

/// The number of the signal that came last; 0 before any.
static LAST: AtomicU8 = AtomicU8::new(0);

/// The exit status of a run that was interrupted: 128 and the number of the signal, as shells
/// count: 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP.
#[must_use]
pub fn status() -> u8 {
    let signal = last().unwrap_or(INTERRUPT);
    128 + signal
}

/// The number of the signal that came last; nothing before any.
#[must_use]
pub fn last() -> Option<u8> {
    Some(LAST.load(Ordering::Relaxed)).filter(|&signal| signal != 0)
}

/// Notes that a signal has come.
pub fn note(signal: u8) {
    LAST.store(signal, Ordering::Relaxed);
}

//! Signals of Unix.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::SIGHUP;
use signal_hook::consts::SIGINT;
use signal_hook::consts::SIGTERM;
use signal_hook::consts::SIGXFSZ;
use signal_hook::iterator::Signals;

/// Calls `handle` with the number of each SIGINT, SIGTERM and SIGHUP, on a thread of its own.
///
/// One that the program was started to ignore stays ignored: a handler would undo what `nohup` does, or
/// a shell for a command behind `&`. Without that thread an interruption ends the program at once, which
/// is safe too.
pub fn on_signal(handle: impl Fn(u8) + Send + 'static) {
    let watched: Vec<i32> = match ignored() {
        Some(ignored) => {
            let is_ignored = |signal: &i32| ignored & (1 << (signal - 1)) != 0;
            [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| !is_ignored(signal)).collect()
        }
        None => vec![SIGINT, SIGTERM],
    };
    let watch = move || {
        let Ok(mut signals) = Signals::new(watched) else { return };
        for signal in signals.forever().filter_map(|signal| u8::try_from(signal).ok()) {
            handle(signal);
        }
    };
    let _none = std::thread::Builder::new().name("signals".to_owned()).spawn(watch);
}

/// The signals that are ignored, a bit each from that of number 1; nothing where the system does not tell,
/// as only Linux does.
fn ignored() -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
    u64::from_str_radix(line.trim(), 16).ok()
}

/// A file that grows beyond the system's limit is an error of writing, which is told, instead of the
/// end of the program.
pub fn tell_of_large_files() {
    let seen = Arc::new(AtomicBool::new(false));
    let _refused = signal_hook::flag::register(SIGXFSZ, seen);
}

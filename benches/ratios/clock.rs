//! Time: of the processor for costs, of the wall for what threads gain.

use rustix::time::ClockId;
use rustix::time::clock_gettime;

/// What the kernel counts the time of child processes in `[1/s]`; the same on all Linux platforms.
const TICKS: f64 = 100.0;

/// Processor time so far of all threads of this process and of its children that have ended `[s]`.
fn processor() -> f64 {
    seconds(ClockId::ProcessCPUTime) + children()
}

/// Processor time of children that have ended `[s]`, to a hundredth.
fn children() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The program's name, in parentheses, may hold spaces. After it: state and so on, then user
    // and system time of children as fields 14 and 15.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(13).take(2).filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / TICKS
}

fn seconds(clock: ClockId) -> f64 {
    let time = clock_gettime(clock);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

/// What work took `[s]`.
#[derive(Clone, Copy, Debug)]
pub struct Took {
    /// Processor time of all threads.
    pub processor: f64,
    /// From beginning to end.
    pub wall: f64,
}

/// Does work and says what it took.
pub fn time<T>(work: impl FnOnce() -> T) -> Took {
    let before = (processor(), seconds(ClockId::Monotonic));
    std::hint::black_box(work());
    let after = (processor(), seconds(ClockId::Monotonic));
    Took { processor: after.0 - before.0, wall: after.1 - before.1 }
}

/// The middle one, or the mean of the two middle ones.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        sorted[middle]
    } else {
        sorted[middle - 1..=middle].iter().sum::<f64>() / 2.0
    }
}

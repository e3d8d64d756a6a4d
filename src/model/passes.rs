//! Parts of a year that are left out where nothing can come of them, such as draws that round nobody's specialists. What
//! is left out changes no bit: a test of `pipeline/study.rs` compares with a model that leaves nothing out.

#[cfg(test)]
use std::cell::Cell;

#[cfg(test)]
thread_local! {
    static LEAVES_NOTHING_OUT: Cell<bool> = const { Cell::new(false) };
}

/// Whether a part may be left out that has nothing to do. HERE is where a test has all of them made.
#[inline]
pub fn may_leave_out(has_nothing_to_do: impl FnOnce() -> bool) -> bool {
    #[cfg(test)]
    if LEAVES_NOTHING_OUT.get() {
        return false;
    }
    has_nothing_to_do()
}

/// Whether a number is 0, whatever its sign.
#[must_use]
pub fn is_zero(number: f64) -> bool {
    number.abs() <= 0.0
}

/// Work in which nothing is left out.
#[cfg(test)]
pub fn leaving_nothing_out<T>(work: impl FnOnce() -> T) -> T {
    LEAVES_NOTHING_OUT.set(true);
    let made = work();
    LEAVES_NOTHING_OUT.set(false);
    made
}

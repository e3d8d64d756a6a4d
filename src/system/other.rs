//! Systems that are not Unix, such as Windows: what they do not offer is left out.

use std::fs::Permissions;
use std::io;
use std::path::Path;

/// Nothing: Ctrl-C ends the program at once, and `--resume` goes on.
pub fn on_signal(_handle: impl Fn(u8) + Send + 'static) {}

/// Nothing: there is no such signal.
pub fn tell_of_large_files() {}

/// None: a new file takes those of its folder.
#[must_use]
pub fn of_a_result() -> Option<Permissions> {
    None
}

/// None: a program is known by its name.
#[must_use]
pub fn of_a_program() -> Option<Permissions> {
    None
}

/// None: the system is not asked.
#[must_use]
pub fn free_space(_there: &Path) -> Option<u64> {
    None
}

/// Whether a lock was refused as the file system knows none.
#[must_use]
pub fn knows_no_locks(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
}

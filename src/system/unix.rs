//! Unix.

use std::fs::Permissions;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

/// Permissions of a result, which is for colleagues too: as of any file that the user makes.
#[must_use]
pub fn of_a_result() -> Option<Permissions> {
    Some(Permissions::from_mode(0o666))
}

/// Permissions of a program that anybody may start.
#[must_use]
pub fn of_a_program() -> Option<Permissions> {
    Some(Permissions::from_mode(0o755))
}

/// The bytes that are free for this user on the disk of something that is there; none where the
/// system does not tell.
#[must_use]
pub fn free_space(there: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(there).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Whether a lock was refused as the file system knows none, as some on a network.
#[must_use]
pub fn knows_no_locks(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
        || rustix::io::Errno::from_io_error(error) == Some(rustix::io::Errno::NOLCK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_system_without_locks_is_known_by_what_it_answers() {
        use rustix::io::Errno;
        for (errno, without) in [
            (Errno::NOLCK, true),
            (Errno::OPNOTSUPP, true),
            (Errno::NOSYS, true),
            (Errno::IO, false),
        ] {
            assert_eq!(knows_no_locks(&errno.into()), without, "{errno}");
        }
    }
}

//! How much room a disk has.

use std::path::Path;

use crate::system;

/// The bytes that are free for this user where a folder is or is to be; none where the system
/// does not tell.
#[must_use]
pub fn free_space(folder: &Path) -> Option<u64> {
    let absolute = std::path::absolute(folder).ok()?;
    // A folder that is to be made will lie on the disk of the nearest one that is there.
    let there = absolute.ancestors().find(|path| path.exists())?;
    system::free_space(there)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_there_yet_has_the_room_of_the_one_above() {
        let folder = tempfile::tempdir().unwrap();
        assert!(free_space(folder.path()).unwrap() > 0);
        assert!(free_space(&folder.path().join("not/there/yet")).unwrap() > 0);
    }
}

//! A small valid scenario in a temporary folder, and ways to change one thing in it.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use tempfile::TempDir;
use yangjae::commands::new::FILES;
use yangjae::scenario::Scenario;
use yangjae::scenario::problem::ScenarioError;

/// The scenario that `yangjae new` writes, in a folder of its own.
pub(crate) struct Folder {
    /// Removes the folder at the end.
    _temporary: TempDir,
    pub(crate) path: PathBuf,
}

impl Folder {
    pub(crate) fn new() -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let path = temporary.path().join("mine");
        for (file, text) in FILES {
            let file = path.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        Self { _temporary: temporary, path }
    }

    /// Names a second regime, `promotion-district`.
    pub(crate) fn second_regime(&self) {
        self.change("district.toml", "[regimes]\n", "[regimes]\npromotion-district = 2\n");
    }

    /// Replaces the first `find` in a file.
    #[track_caller]
    pub(crate) fn change(&self, file: &str, find: &str, replace: &str) {
        let path = self.path.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(find), "{file} has no `{find}`");
        fs::write(path, text.replacen(find, replace, 1)).unwrap();
    }

    /// Writes a file, over one that is there.
    pub(crate) fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path.join(file), bytes).unwrap();
    }

    /// Adds lines to a file.
    pub(crate) fn append(&self, file: &str, text: &str) {
        let path = self.path.join(file);
        let before = fs::read_to_string(&path).unwrap();
        fs::write(path, before + text).unwrap();
    }

    pub(crate) fn load(&self) -> Result<Scenario, ScenarioError> {
        Scenario::loader(&self.path).load()
    }

    /// The rendered problems, with a name in the place of the temporary folder.
    pub(crate) fn problems(&self) -> String {
        shown(&self.path, &self.load().unwrap_err().to_string())
    }
}

/// Text with a name in the place of the temporary folder.
pub(crate) fn shown(folder: &Path, text: &str) -> String {
    text.replace(folder.to_str().unwrap(), "mine")
}

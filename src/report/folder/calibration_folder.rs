//! The folder of a calibration: its tables, its draws, and the state to go on from.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use crate::experiment::whole_file;
use crate::experiment::whole_file::CompleteFile;
use crate::experiment::whole_file::WriteError;
use crate::report::folder::output_folder;
use crate::report::folder::output_folder::FolderError;
use crate::report::folder::posterior_origin;
use crate::report::folder::posterior_origin::PosteriorOrigin;

/// The file of draws.
pub const POSTERIOR: &str = "posterior.csv";
/// The file to go on from after an interruption.
const STATE: &str = "calibration.state";
/// The largest state that is read `[bytes]`: some hundred times that of the shipped calibration.
const LARGEST_STATE: u64 = 1 << 28;

/// The folder of a calibration.
#[derive(Clone, Debug)]
pub struct CalibrationFolder {
    path: PathBuf,
}

impl CalibrationFolder {
    /// Opens the folder, making it where there is none.
    ///
    /// # Errors
    ///
    /// Fails if something else is in its place, or the disk refuses.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        output_folder::prepare(path, &[], false)?;
        Ok(Self { path: path.to_owned() })
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a finished calibration is there.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.path.join(POSTERIOR).exists()
    }

    /// The state of an interrupted calibration, if one is there.
    ///
    /// # Errors
    ///
    /// Fails if the file is there and cannot be read.
    pub fn state(&self) -> Result<Option<Vec<u8>>, WriteError> {
        let path = self.path.join(STATE);
        match whole_file::read(&path, LARGEST_STATE) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(WriteError { path, source }),
        }
    }

    /// The path of the state, for messages.
    #[must_use]
    pub fn state_path(&self) -> PathBuf {
        self.path.join(STATE)
    }

    /// Keeps the state.
    ///
    /// # Errors
    ///
    /// Fails if the disk does not take it.
    pub fn keep_state(&self, bytes: &[u8]) -> Result<(), WriteError> {
        whole_file::write(&self.path.join(STATE), bytes)
    }

    /// Gives all tables their names, the draws last, and removes the state.
    ///
    /// # Errors
    ///
    /// Fails if the disk refuses.
    pub fn publish(
        &self,
        tables: Vec<CompleteFile>,
        posterior: &str,
        origin: &PosteriorOrigin,
    ) -> Result<(), WriteError> {
        for table in tables {
            table.publish()?;
        }
        install(&self.path, posterior, origin)?;
        // What is left of it is refused by its fingerprint, or gives the same result again.
        let _gone = fs::remove_file(self.path.join(STATE));
        Ok(())
    }
}

/// Writes the draws, and from what they were made, as where a scenario reads them.
///
/// # Errors
///
/// Fails if the disk does not take them.
pub fn install(folder: &Path, posterior: &str, origin: &PosteriorOrigin) -> Result<(), WriteError> {
    whole_file::write(&folder.join(posterior_origin::FILE), origin.text().as_bytes())?;
    whole_file::write(&folder.join(POSTERIOR), posterior.as_bytes())
}

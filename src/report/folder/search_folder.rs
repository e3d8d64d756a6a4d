//! The folder of a search: what it found, its packages as policy files, and the state to go on from.

use std::io;
use std::path::Path;
use std::path::PathBuf;

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::search::course::State;
use crate::experiment::whole_file;
use crate::experiment::whole_file::CompleteFile;
use crate::experiment::whole_file::WriteError;
use crate::report::folder::manifest;
use crate::report::folder::manifest::ListedFile;
use crate::report::folder::output_folder;
use crate::report::folder::output_folder::FolderError;
use crate::report::folder::output_folder::OutputFolder;
use crate::report::tables::table::TableError;

/// What was searched; written last, so a folder that has it holds a finished search.
pub const MANIFEST: &str = "search.json";
/// What a search goes on from.
const STATE: &str = "state.json";
/// The folder of packages.
const POLICIES: &str = "policies";
/// The largest state that is read `[bytes]`.
const LARGEST: u64 = 1 << 28;

/// All that bears on the course of a search but how far it goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchPlan {
    /// The program.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The scenario.
    pub scenario: String,
    /// The scenario's files.
    pub inputs: Vec<ListedFile>,
    /// The seed.
    pub seed: u64,
    /// Parameters given on the command line, in order.
    pub set: Vec<String>,
    /// The year given on the command line.
    pub until: Option<u16>,
    /// Yearly limits of the budget, as written.
    pub budget: Vec<String>,
    /// Limits of the budget of all years, as written.
    pub budget_total: Vec<String>,
    /// What packages are judged by.
    pub aims: Vec<String>,
    /// Futures over which they are judged beside the present world.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub futures: Vec<String>,
    /// The probability with which they are to be reached; otherwise means count.
    pub confidence: Option<f64>,
    /// Whether sizes may lie beyond evidence.
    pub beyond_evidence: bool,
}

/// A finished search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchManifest {
    /// What was searched.
    #[serde(flatten)]
    pub plan: SearchPlan,
    /// Replications of packages that the search was to spend.
    pub effort: usize,
    /// Those that it has spent.
    pub spent: usize,
    /// Its generations.
    pub generations: u64,
    /// Fresh replications of what it found.
    pub replications: usize,
    /// The tables and policy files.
    pub files: Vec<ListedFile>,
}

/// A search that was begun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Begun {
    /// What is searched.
    pub plan: SearchPlan,
    /// How far it is.
    pub state: State,
    /// The fresh replications from which what is found is told.
    pub replications: usize,
}

/// Why the folder of a search cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SearchFolderError {
    /// A search is there.
    #[error(
        "`{}` holds a search; add `--resume` to go on with it, `--force` to replace it, or name another folder with \
         `--output`", .0.display()
    )]
    Earlier(PathBuf),
    /// What is there is none of a search.
    #[error("`{}` is there and not from a search, so it is not replaced; move it, or name another folder with `--output`", .0.display())]
    Occupied(PathBuf),
    /// There is nothing to go on with.
    #[error("`{}` holds no search to go on with, as none has ended its first generation there; leave `--resume` out", .0.display())]
    Nothing(PathBuf),
    /// What was searched there is something else.
    #[error(
        "the search in `{}` is another one: {what}; add `--force` to replace it, or name another folder with `--output`",
        folder.display()
    )]
    Other {
        /// The folder.
        folder: PathBuf,
        /// In what it differs.
        what: String,
    },
    /// The state cannot be read.
    #[error("`{}` cannot be read: {why}; begin anew with `--force`", path.display())]
    State {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The folder cannot be used otherwise.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The disk does not take it.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The disk does not take it.
    #[error(transparent)]
    Table(#[from] TableError),
}

impl SearchFolderError {
    /// Whether another command line helps, rather than another disk.
    #[must_use]
    pub const fn is_of_command_line(&self) -> bool {
        match self {
            Self::Folder(error) => error.is_of_command_line(),
            Self::Write(_) | Self::Table(_) => false,
            _ => true,
        }
    }
}

/// The folder of a search, which no other command writes to meanwhile.
#[derive(Debug)]
pub struct SearchFolder {
    folder: OutputFolder,
}

impl SearchFolder {
    /// Takes hold of a folder, making it where there is none.
    ///
    /// # Errors
    ///
    /// Fails if it is in use, or cannot be written.
    pub fn lock(path: &Path) -> Result<Self, SearchFolderError> {
        Ok(Self { folder: OutputFolder::lock(path)? })
    }

    /// Whether a search was begun in a folder.
    ///
    /// # Errors
    ///
    /// Fails if none was.
    pub fn must_be_begun(path: &Path) -> Result<(), SearchFolderError> {
        let nothing = || SearchFolderError::Nothing(path.to_owned());
        path.join(STATE).exists().then_some(()).ok_or_else(nothing)
    }

    /// Takes away what a search that found nothing has begun, and the folder where nothing else is in it.
    ///
    /// # Errors
    ///
    /// Fails if something cannot be removed.
    pub fn give_up(self) -> Result<(), SearchFolderError> {
        self.clear()?;
        output_folder::remove(&self.path().join(STATE))?;
        self.folder.give_up();
        Ok(())
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The folder of packages.
    #[must_use]
    pub fn policies(&self) -> PathBuf {
        self.path().join(POLICIES)
    }

    /// The finished search that is there, if one is.
    #[must_use]
    pub fn finished(&self) -> Option<SearchManifest> {
        let text = whole_file::read(&self.path().join(MANIFEST), LARGEST).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Makes room for a new search: nothing may be there, unless it is a search and to be replaced.
    ///
    /// # Errors
    ///
    /// Fails if something is there, or cannot be removed.
    pub fn begin(&self, replace: bool) -> Result<(), SearchFolderError> {
        let state = self.path().join(STATE);
        if !state.exists() && self.finished().is_none() {
            let tables = [MANIFEST, "archive.csv", "package_levers.csv"];
            let mut there =
                tables.iter().map(|file| self.path().join(file)).filter(|it| it.exists());
            return there.next().map_or(Ok(()), |path| Err(SearchFolderError::Occupied(path)));
        }
        if !replace {
            return Err(SearchFolderError::Earlier(self.path().to_owned()));
        }
        self.clear()?;
        Ok(output_folder::remove(&state)?)
    }

    /// Removes what a finished search has written, but for its state.
    ///
    /// # Errors
    ///
    /// Fails if something cannot be removed.
    pub fn clear(&self) -> Result<(), SearchFolderError> {
        let failed = |source| WriteError { path: self.path().to_owned(), source };
        whole_file::remove_unfinished(self.path()).map_err(failed)?;
        if self.policies().is_dir() {
            whole_file::remove_unfinished(&self.policies()).map_err(failed)?;
        }
        let Some(manifest) = self.finished() else { return Ok(()) };
        output_folder::remove(&self.path().join(MANIFEST))?;
        for file in manifest.files {
            output_folder::remove(&self.path().join(file.file))?;
        }
        Ok(())
    }

    /// The search of this plan that is gone on with.
    ///
    /// # Errors
    ///
    /// Fails if there is nothing, it cannot be read, or it is of another plan.
    pub fn resume(&self, plan: &SearchPlan) -> Result<Begun, SearchFolderError> {
        let path = self.path().join(STATE);
        let text = match whole_file::read(&path, LARGEST) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(SearchFolderError::Nothing(self.path().to_owned()));
            }
            Err(error) => return Err(SearchFolderError::State { path, why: error.to_string() }),
        };
        let begun: Begun = serde_json::from_slice(&text)
            .map_err(|error| SearchFolderError::State { path, why: error.to_string() })?;
        let folder = self.path().to_owned();
        match differs(&begun.plan, plan) {
            Some(what) => Err(SearchFolderError::Other { folder, what }),
            None => Ok(begun),
        }
    }

    /// Keeps how far a search is.
    ///
    /// # Errors
    ///
    /// Fails if the disk does not take it.
    pub fn keep(&self, begun: &Begun) -> Result<(), SearchFolderError> {
        let path = self.path().join(STATE);
        let text = serde_json::to_vec(begun).map_err(io::Error::from);
        let text = text.map_err(|source| WriteError { path: path.clone(), source })?;
        Ok(whole_file::write(&path, &text)?)
    }

    /// Gives tables and policy files their names, and the manifest last.
    ///
    /// # Errors
    ///
    /// Fails if the disk does not take them.
    pub fn publish(
        &self,
        tables: Vec<CompleteFile>,
        policies: &[(String, String)],
        run: SearchManifest,
    ) -> Result<(), SearchFolderError> {
        output_folder::make(&self.policies())?;
        let mut files = tables;
        for (name, text) in policies {
            files.push(whole_file::complete(
                &self.policies().join(format!("{name}.toml")),
                text.as_bytes(),
            )?);
        }
        let listed = manifest::tables(self.path(), &files);
        let run = SearchManifest { files: listed, ..run };
        Ok(manifest::publish(&self.path().join(MANIFEST), files, &run)?)
    }
}

/// In what two plans differ first, in words.
fn differs(one: &SearchPlan, other: &SearchPlan) -> Option<String> {
    let version = |plan: &SearchPlan| format!("{} {}", plan.program, plan.version);
    let same = [
        (version(one) == version(other), "version of the program"),
        (one.futures == other.futures, "`--future`"),
        (one.scenario == other.scenario, "scenario"),
        (one.seed == other.seed, "`--seed`"),
        (one.set == other.set, "`--set`"),
        (one.until == other.until, "`--until`"),
        (one.budget == other.budget, "`--budget`"),
        (one.budget_total == other.budget_total, "`--budget-total`"),
        (one.aims == other.aims, "`--aim`"),
        (one.confidence == other.confidence, "`--confidence`"),
        (one.beyond_evidence == other.beyond_evidence, "`--beyond-evidence`"),
    ];
    let option =
        same.into_iter().find(|(same, _)| !same).map(|(_, what)| format!("another {what}"));
    let files = || manifest::input_differences(&one.inputs, &other.inputs, "there", "here");
    option.or_else(|| Some(files().join("; ")).filter(|files| !files.is_empty()))
}

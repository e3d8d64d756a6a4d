//! The program run as its users run it, and what it leaves.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;

/// The program.
pub(crate) fn yangjae() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin!("yangjae"))
}

/// What the program said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) error: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            error: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A place with a small scenario `mine`, in which the program is run.
pub(crate) struct Place {
    folder: crate::fixture::Folder,
}

impl Place {
    /// A scenario of three years, quick to run.
    pub(crate) fn new() -> Self {
        Self { folder: crate::fixture::Folder::new() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path.parent().unwrap().join(name)
    }

    /// A command that runs in the place.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = yangjae();
        command.args(arguments.split_whitespace()).current_dir(self.path(""));
        command
    }

    /// The same, which hears signals though whoever runs the tests has them ignored: a shell without
    /// job control does so for what stands before `&`, and the program leaves that as it is.
    pub(crate) fn hearing(&self, arguments: &str) -> Command {
        let program = self.command(arguments);
        let mut command = Command::new("env");
        command.arg("--default-signal=HUP,INT,TERM");
        command.arg(program.get_program()).args(program.get_args());
        command.current_dir(self.path(""));
        command
    }

    pub(crate) fn run(&self, arguments: &str) -> Said {
        self.command(arguments).output().unwrap().into()
    }

    /// Runs a command that must go through.
    #[track_caller]
    pub(crate) fn done(&self, arguments: &str) -> Said {
        let said = self.run(arguments);
        assert_eq!(said.status, Some(0), "{arguments}: {said:?}");
        said
    }

    /// Runs a command that must fail with a status and words.
    #[track_caller]
    pub(crate) fn fails(&self, arguments: &str, status: i32, words: &[&str]) {
        let said = self.run(arguments);
        assert_eq!(said.status, Some(status), "{arguments}: {said:?}");
        for word in words {
            assert!(said.error.contains(word), "no `{word}` in {said:?}");
        }
        assert!(!said.error.contains("panicked"), "{said:?}");
    }

    /// Every file below a folder with its bytes.
    pub(crate) fn files(&self, name: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        all_files(&self.path(name))
    }

    /// Fails with the names of files that differ.
    #[track_caller]
    pub(crate) fn same(&self, one: &str, other: &str) {
        let (one, other) = (self.files(one), self.files(other));
        let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&one), names(&other));
        let differ: Vec<_> = one.iter().filter(|(name, bytes)| other[*name] != **bytes).collect();
        let differ: Vec<_> = differ.iter().map(|(name, _)| name).collect();
        assert!(differ.is_empty(), "{differ:?} differ");
    }
}

/// A row of a table by the names of its columns.
pub(crate) type Row = BTreeMap<String, String>;

/// The rows of a table.
pub(crate) fn rows(place: &Place, file: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(place.path(file)).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

/// A number of a row.
pub(crate) fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column}: {row:?}"))
}

/// Every file below a folder with its bytes.
pub(crate) fn all_files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

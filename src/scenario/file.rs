//! Reading the files of a scenario's folder: the only place of this module that touches the disk.

use std::fs;
use std::io;
use std::io::Read as _;
use std::path::Path;

use crate::scenario::InputFile;
use crate::scenario::forms::composed;
use crate::scenario::letters;
use crate::scenario::nearest::nearest;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::titles::LANGUAGES;

/// The largest table that is read `[bytes]`: 16 MiB.
const MOST_BYTES: u64 = 16 << 20;

/// The largest TOML file that is read `[bytes]`: 1 MiB. Its tree takes some five hundred times as much
/// memory.
const MOST_TOML_BYTES: u64 = 1 << 20;

/// The largest scenario that is read `[bytes]`: 32 MiB.
const MOST_SCENARIO_BYTES: usize = 32 << 20;

/// The files that every scenario has, in the order of reading.
const REQUIRED: [&str; 3] = ["scenario.toml", "district.toml", "parameters.toml"];

/// What a folder must hold, for messages.
const CONTAINS: &str = "a scenario is a folder with scenario.toml, district.toml, \
    parameters.toml, policies/NAME.toml for each policy and, where something was observed, \
    observed.csv; `yangjae new FOLDER` writes one to start from";

/// The files of a scenario as far as they could be read.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// Those that were read.
    pub(super) read: Vec<InputFile>,
    /// Paths of those that are there and could not be read: what they say is not missing.
    pub(super) unread: Vec<String>,
    /// What is wrong with them.
    pub(super) problems: Problems,
}

impl Files {
    /// Takes a file in, or notes why it cannot be read.
    pub(super) fn add(&mut self, path: &str, read: Result<Option<InputFile>, Box<Problem>>) {
        match read {
            Ok(file) => self.read.extend(file),
            Err(problem) => {
                self.unread.push(path.to_owned());
                self.problems.add(*problem);
            }
        }
    }
}

/// Reads all files of a scenario, in the order of reading, and says what could not be read.
pub(super) fn read_folder(folder: &Path) -> Files {
    let mut problems = Problems::default();
    let nothing = |problem: Problem| Files { problems: problem.into(), ..Files::default() };
    let names = match names_in(folder) {
        Ok(names) => names,
        Err(problem) => return nothing(problem.help(CONTAINS)),
    };
    if names.is_empty() {
        let problem = Problem::of_file(shown(folder, ""), "the folder is empty").help(CONTAINS);
        return nothing(problem);
    }

    let mut wanted: Vec<String> = REQUIRED.iter().map(|&name| name.to_owned()).collect();
    match names_in(&folder.join("policies")) {
        Ok(policies) => {
            for name in &policies {
                let at = folder.join("policies").join(name);
                problems.0.extend(passed_over(name, &at));
            }
            let policies: Vec<String> =
                policies.into_iter().filter(|name| is_policy(name)).collect();
            if policies.is_empty() {
                let problem = Problem::of_file(shown(folder, "policies"), "there is no policy");
                problems.add(problem.expected("expected at least one file NAME.toml"));
            }
            wanted.extend(policies.into_iter().map(|name| format!("policies/{name}")));
        }
        Err(problem) => problems.add(problem.help(CONTAINS)),
    }
    // Few scenarios have such a folder.
    let languages = names_in(&folder.join(LANGUAGES)).unwrap_or_default();
    let languages = languages.into_iter().filter(|name| is_policy(name));
    wanted.extend(languages.map(|name| format!("{LANGUAGES}/{name}")));
    if names.iter().any(|name| name == "observed.csv") {
        wanted.push("observed.csv".to_owned());
    }

    let mut files = Files { problems, ..Files::default() };
    let mut left = MOST_SCENARIO_BYTES;
    let mut wanted = wanted.into_iter();
    while let Some(path) = wanted.next() {
        match read_file(&folder.join(&path)) {
            Ok(bytes) if bytes.len() > left => {
                let message =
                    format!("the scenario is larger than {} MiB", MOST_SCENARIO_BYTES >> 20);
                let problem = first(Problem::of_file(shown(folder, &path), message));
                files.problems.add(problem.help(
                    "move some policies to a scenario of their own, and take out rows and \
                     columns of tables that are not read",
                ));
                files.unread.push(path);
                files.unread.extend(wanted);
                break;
            }
            Ok(bytes) => {
                left -= bytes.len();
                files.read.push(InputFile { path, bytes });
            }
            Err(error) => {
                files.add(&path, Err(Box::new(unreadable(folder, &path, &error, &names))));
            }
        }
    }
    files
}

/// Before what only follows: that other files name things which could not be read.
fn first(mut problem: Problem) -> Problem {
    problem.order = 0;
    problem
}

/// Which of the files that every scenario has are not among those that were read.
pub(super) fn lacking(folder: &Path, files: &[InputFile]) -> Problems {
    let mut problems = Problems::default();
    for path in REQUIRED {
        if files.iter().all(|file| file.path != path) {
            let message = format!("the scenario lacks the file {path}");
            problems.add(Problem::of_file(shown(folder, path), message));
        }
    }
    problems
}

/// Leaves out the files that would not have been read from a folder either, as they are too large.
pub(super) fn drop_too_large(folder: &Path, files: &mut Files) {
    for file in std::mem::take(&mut files.read) {
        let fits = file.bytes.len() as u64 <= most(Path::new(&file.path));
        let error = io::ErrorKind::FileTooLarge.into();
        let path = file.path.clone();
        let read =
            if fits { Ok(Some(file)) } else { Err(unreadable(folder, &path, &error, &[]).into()) };
        files.add(&path, read);
    }
}

/// Reads one more file of the folder; `None` where there is no such file.
pub(super) fn read_more(folder: &Path, path: &str) -> Result<Option<InputFile>, Box<Problem>> {
    match read_file(&folder.join(path)) {
        Ok(bytes) => Ok(Some(InputFile { path: path.to_owned(), bytes })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Box::new(unreadable(folder, path, &error, &[]))),
    }
}

/// Reads one file that stands by itself.
pub(super) fn read_one(path: &Path) -> Result<Vec<u8>, Box<Problem>> {
    read_file(path).map_err(|error| {
        let shown = path.display().to_string();
        Box::new(match error.kind() {
            io::ErrorKind::NotFound => Problem::of_file(shown, "there is no such file"),
            io::ErrorKind::FileTooLarge => {
                Problem::of_file(shown, format!("the file is larger than {} MiB", most(path) >> 20))
            }
            _ => Problem::of_file(shown, format!("the file cannot be read: {error}")),
        })
    })
}

/// A file's path as the user would write it.
pub(super) fn shown(folder: &Path, path: &str) -> String {
    if path.is_empty() {
        folder.display().to_string()
    } else {
        folder.join(path).display().to_string()
    }
}

/// The name of a scenario: that of its folder.
pub(super) fn scenario_name(folder: &Path) -> String {
    let absolute = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    absolute
        .file_name()
        .map_or_else(|| "scenario".to_owned(), |name| composed(&name.to_string_lossy()))
}

/// Says of a folder that its name cannot be a scenario's: it stands in every result.
pub(super) fn unfit_name(folder: &Path) -> Option<Problem> {
    let name = scenario_name(folder);
    let line_end = || name.contains('\n').then(|| "a line end stands in the text".to_owned());
    let device =
        || letters::is_device(&name).then(|| "Windows has a device of this name".to_owned());
    let mixed = || letters::mixed_scripts(&name);
    let fault = letters::fault(&name).or_else(line_end).or_else(device).or_else(mixed)?;
    let message = format!("the folder's name cannot be that of a scenario: {fault}");
    Some(Problem::of_file(shown(folder, ""), message).help("give the folder another name"))
}

/// Whether a file in `policies/` is meant as a policy; editors and systems leave hidden files.
pub(super) fn is_policy(name: &str) -> bool {
    !name.starts_with('.') && Path::new(name).extension().is_some_and(|ending| ending == "toml")
}

/// Says of a file in `policies/` that seems meant as a policy and is not read as one.
fn passed_over(name: &str, path: &Path) -> Option<Problem> {
    if is_policy(name) || name.starts_with('.') {
        return None;
    }
    let shown = path.display().to_string();
    if path.is_dir() {
        let has_policies = names_in(path).ok()?.iter().any(|name| is_policy(name));
        let message = "policies in a folder of their own are not read";
        return has_policies.then(|| {
            Problem::of_file(shown, message).help("move the files to `policies/` itself")
        });
    }
    let small = name.to_lowercase();
    let stem = small.strip_suffix(".txt").unwrap_or(&small).strip_suffix(".toml")?;
    let message = "this file is not read, as its name does not end in `.toml`";
    let problem = first(Problem::of_file(shown, message));
    Some(problem.help(format!("rename it to `{stem}.toml`")))
}

/// The names in a folder, in order.
pub(super) fn names_in(folder: &Path) -> Result<Vec<String>, Box<Problem>> {
    let problem = |message: String| Box::new(Problem::of_file(shown(folder, ""), message));
    let entries = fs::read_dir(folder).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => problem("there is no such folder".to_owned()),
        io::ErrorKind::NotADirectory => problem("this is a file, not a folder".to_owned()),
        _ => problem(format!("the folder cannot be read: {error}")),
    })?;
    let mut names = Vec::new();
    for entry in entries {
        let entry =
            entry.map_err(|error| problem(format!("the folder cannot be read: {error}")))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
}

/// The largest file of this name that is read `[bytes]`.
fn most(path: &Path) -> u64 {
    if is_toml(path) { MOST_TOML_BYTES } else { MOST_BYTES }
}

/// Reads a file up to the limit.
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    // Opening a pipe would wait for a writer that never comes.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(most(path) + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most(path) {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

fn unreadable(folder: &Path, path: &str, error: &io::Error, present: &[String]) -> Problem {
    let problem = |message: String| first(Problem::of_file(shown(folder, path), message));
    match error.kind() {
        io::ErrorKind::NotFound if folder.join(path).is_symlink() => {
            problem("this is a link to a file that does not exist".to_owned())
                .help("remove the link, or put the file where it leads")
        }
        io::ErrorKind::NotFound => {
            let problem = problem(format!("the scenario lacks the file {path}"));
            match nearest(path, present.iter().map(String::as_str)) {
                Some(name) => problem.help(format!("is `{name}` meant to be it? rename it")),
                None => problem.help(CONTAINS),
            }
        }
        io::ErrorKind::FileTooLarge => {
            problem(format!("the file is larger than {} MiB", most(Path::new(path)) >> 20)).help(
                if is_toml(Path::new(path)) {
                    "leave only settings and their sources in it; long remarks can stand in a file \
                     NAME.md beside it, which is not read"
                } else {
                    "leave only the rows and columns in it that are read"
                },
            )
        }
        _ => problem(format!("the file cannot be read: {error}"))
            .help("put an ordinary file in its place that you may read"),
    }
}

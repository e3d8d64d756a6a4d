//! `yangjae completions`: what a shell completes after `yangjae`, from the definition of the command line.

use clap::Arg;
use clap::Command;
use clap::ValueHint;
use clap_complete::Shell;

use crate::commands::error::Error;
use crate::report::text::console;

/// How usage calls what is a folder.
const FOLDERS: [&str; 5] = ["DIR", "FOLDER", "RUN_A", "RUN_B", "SCENARIO"];

/// Arguments of `completions`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// Prints the script.
///
/// # Errors
///
/// Fails if it cannot be printed.
pub fn run(arguments: &Arguments, command: Command) -> Result<(), Error> {
    Ok(console::print(&script(arguments.shell, command))?)
}

/// The script of a shell.
#[must_use]
pub fn script(shell: Shell, command: Command) -> String {
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut with_hints(command), name, &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The command with what is to be completed after each option: of those that take a folder, folders; a path is known by its
/// type.
fn with_hints(command: Command) -> Command {
    let hinted = |arg: Arg| match arg.get_value_names() {
        Some([name]) if FOLDERS.contains(&name.as_str()) => arg.value_hint(ValueHint::DirPath),
        _ => arg,
    };
    command.mut_args(hinted).mut_subcommands(with_hints)
}

//! The program `yangjae`.

use std::io;
use std::io::IsTerminal as _;
use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use yangjae::cli;
use yangjae::cli::Cli;
use yangjae::commands;
use yangjae::commands::Error;
use yangjae::commands::interrupt;
use yangjae::system;

fn main() -> ExitCode {
    system::tell_of_large_files();
    let done = match Cli::try_parse() {
        Ok(cli) => cli.run().map(|()| 0),
        Err(told) => cli::tell(&told),
    };
    match done {
        Ok(status) => {
            interrupt::done();
            ExitCode::from(status)
        }
        Err(error) => {
            // Where even the message cannot be written, the status still tells.
            let _ = writeln!(io::stderr().lock(), "{}", message(&error));
            ExitCode::from(error.status())
        }
    }
}

/// The error with its causes, or all problems of a scenario.
fn message(error: &Error) -> String {
    if let Error::Scenario(problems) = error {
        return problems.render(colour());
    }
    format!("error: {}", commands::with_causes(error))
}

/// Whether standard error shows colours: a terminal, and nobody asked for none.
fn colour() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    io::stderr().is_terminal() && !refused
}

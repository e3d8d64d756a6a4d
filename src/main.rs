//! The program `yangjae`.

use std::process::ExitCode;

use yangjae::cli;

fn main() -> ExitCode {
    ExitCode::from(cli::run(std::env::args_os()))
}

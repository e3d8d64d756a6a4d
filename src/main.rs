//! The program `yangjae`.

use std::process::ExitCode;

use clap::Parser as _;
use yangjae::cli;
use yangjae::cli::Cli;
use yangjae::commands::error::Error;
use yangjae::commands::interrupt;
use yangjae::report::text::console;
use yangjae::report::text::message;
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
            match &error {
                Error::Scenario(problems) => {
                    console::tell_in_colour(|colour| problems.render(colour));
                }
                error => console::tell(&format!("error: {}", message::with_causes(error))),
            }
            ExitCode::from(error.status())
        }
    }
}

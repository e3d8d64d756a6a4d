//! `yangjae selftest`: the engine in settings with exact answers; with `--coverage`, whether
//! intervals hold what they say.

mod arguments;
mod coverage;

pub use arguments::Arguments;

use std::fmt::Write as _;

use crate::commands::error::Error;
use crate::commands::interrupt;
use crate::evidence::selftest::Allowance;
use crate::evidence::selftest::Bench;
use crate::evidence::selftest::CASES;
use crate::evidence::selftest::Line;
use crate::evidence::selftest::MOST_ERRORS;
use crate::evidence::selftest::SelfTestError;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Workers;
use crate::pipeline::error::WorkError;
use crate::report::text::console;

/// Computes every case, prints the comparison, and fails where one does not agree; or does so with
/// the coverage of intervals.
///
/// # Errors
///
/// Fails if a value is further from the exact one than chance or rounding explains, if a value of
/// `--set` is not understood, or if the work is interrupted.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let stop = interrupt::watch();
    let workers = Workers::start(arguments.threads, &stop).map_err(WorkError::from)?;
    if arguments.coverage.coverage {
        return coverage::run(arguments, &workers);
    }
    let bench = Bench {
        workers: &workers,
        seed: arguments.seed,
        replications: arguments.replications,
        set: arguments.set.clone(),
    };
    let mut lines = Vec::new();
    for case in CASES {
        let found = case.run(&bench).map_err(error)?;
        lines.extend(found.into_iter().map(|line| (case.name, line)));
    }
    console::print(&table(&lines, arguments))?;
    let failed = lines.iter().filter(|(_, line)| !line.agrees()).count();
    if failed == 0 { Ok(()) } else { Err(Error::SelfTest { failed, of: lines.len() }) }
}

fn error(error: SelfTestError) -> Error {
    match error {
        SelfTestError::Scenario(problems) => Error::Scenario(problems),
        SelfTestError::Simulation(Halted::Stopped) => Error::Work(WorkError::Interrupted),
        SelfTestError::Simulation(Halted::Failed(error)) => {
            Error::Work(WorkError::Simulation(Box::new(error)))
        }
        SelfTestError::Simulation(Halted::Panicked { message, .. }) => {
            Error::Work(WorkError::Statistics { message })
        }
    }
}

/// The comparison, line by line, and what it comes to.
fn table(lines: &[(&'static str, Line)], arguments: &Arguments) -> String {
    let rows: Vec<[String; 7]> = lines
        .iter()
        .map(|(case, line)| {
            let (error, z) = match (line.allowance, line.z()) {
                (Allowance::Chance(error), Some(z)) => (figure(error), format!("{z:+.2}")),
                (Allowance::Rounding(0.0), _) => ("exact".to_owned(), String::new()),
                (Allowance::Rounding(most), _) | (Allowance::Chance(most), None) => {
                    (format!("within {most:e}"), String::new())
                }
            };
            [
                (*case).to_owned(),
                line.quantity.clone(),
                figure(line.exact),
                figure(line.found),
                error,
                z,
                if line.agrees() { "ok".to_owned() } else { "DIFFERS".to_owned() },
            ]
        })
        .collect();
    let header = ["case", "quantity", "exact", "simulated", "standard error", "z", "verdict"];
    let mut text = console::table(header, &rows);
    let scores: Vec<f64> = lines.iter().filter_map(|(_, line)| line.z()).collect();
    let largest = scores.iter().map(|z| z.abs()).fold(0.0, f64::max);
    let failed = lines.iter().filter(|(_, line)| !line.agrees()).count();
    let _ = writeln!(
        text,
        "\n{} comparisons, {} of them by chance with a largest |z| of {largest:.2} ({MOST_ERRORS} is \
         allowed); {} replications a setting, seed {}",
        lines.len(),
        scores.len(),
        arguments.replications,
        arguments.seed,
    );
    match failed {
        0 => text.push_str("the engine meets every answer that is known\n"),
        failed => {
            let _ = writeln!(
                text,
                "{failed} do not agree; yangjae is not to be trusted until it is known why"
            );
        }
    }
    text
}

/// A number with six digits that count.
fn figure(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let size = value.abs();
    if !(1e-4..1e9).contains(&size) {
        return format!("{value:.3e}");
    }
    #[expect(clippy::cast_possible_truncation, reason = "between −4 and 9")]
    let before = libm::floor(libm::log10(size)) as i32;
    let digits = usize::try_from(5 - before).unwrap_or(0);
    let text = format!("{value:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_six_digits_that_count() {
        for (value, text) in [
            (0.0, "0"),
            (0.199_067_2, "0.199067"),
            (1_000_000.0, "1000000"),
            (12.5, "12.5"),
            (-0.05, "-0.05"),
            (1e-13, "1.000e-13"),
        ] {
            assert_eq!(figure(value), text);
        }
    }
}

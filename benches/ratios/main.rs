//! The table of ratios: what the engine costs against a hand-written loop, against the cost of its
//! own draws, what further policies and a second core change, and how costs grow.
//!
//! `cargo bench --bench ratios` prints it; `-- --quick` makes small rounds to see that it works,
//! `-- --only reduced` a part of it. `-- moments hand-written 1000 FILE` writes moments as CSV.

#![allow(unreachable_pub, reason = "modules of one program")]
#![expect(clippy::print_stdout, reason = "the table is what it is for")]
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of work are small and positive"
)]

mod answer;
mod clock;
#[path = "../floor/mod.rs"]
mod floor;
#[path = "../hand_written/mod.rs"]
mod hand_written;
mod moments;
mod program;
mod rounds;
mod sections;
#[path = "../studies/mod.rs"]
mod studies;

use std::path::Path;

use rounds::Spread;

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Rounds, of which the median counts.
    rounds: usize,
    /// A factor on the size of all work.
    scale: f64,
    /// Doublings of the number of firms from 106 on: ten reach 108,000.
    doublings: u32,
    /// Policies beside the baseline that are measured one by one.
    policies: usize,
}

impl Effort {
    /// Replications where the whole effort makes so many.
    fn replications(self, of_whole: u32) -> u32 {
        (f64::from(of_whole) * self.scale).ceil() as u32
    }
}

const WHOLE: Effort = Effort { rounds: 5, scale: 1.0, doublings: 10, policies: usize::MAX };
const QUICK: Effort = Effort { rounds: 1, scale: 0.1, doublings: 4, policies: 3 };

/// The parts of the table, by name.
type Section = fn(Effort);
const SECTIONS: [(&str, Section); 10] = [
    ("reduced", sections::reduced),
    ("floor", sections::floor),
    ("phases", sections::phases),
    ("policies", sections::policies),
    ("threads", sections::threads),
    ("firms", sections::firms),
    ("length", sections::length),
    ("areas", sections::areas),
    ("answer", answer::answer),
    ("equal", answer::equal),
];

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["moments", peer, replications, output] => {
            let replications = replications.parse().expect("a number of replications");
            moments::write(peer, replications, Path::new(output));
        }
        _ => table(&words),
    }
}

fn table(words: &[&str]) {
    let effort = if words.contains(&"--quick") { QUICK } else { WHOLE };
    let only = words.iter().position(|&word| word == "--only").and_then(|at| words.get(at + 1));
    println!("Processor time, {} rounds in turn; median, least to greatest.", effort.rounds);
    println!("Built for: {}.\n", built_for());
    println!("| measured | figure | rounds | target |");
    println!("|---|---|---|---|");
    for (name, section) in SECTIONS {
        if only.is_none_or(|&only| only == name) {
            section(effort);
        }
    }
}

/// One row of the table.
pub fn row(measured: &str, figure: Spread, digits: usize, target: &str) {
    let Spread { median, least, greatest } = figure;
    println!(
        "| {measured} | {median:.digits$} | {least:.digits$} to {greatest:.digits$} | {target} |"
    );
}

/// A figure that all rounds have.
#[must_use]
pub fn exactly(value: f64) -> Spread {
    Spread { median: value, least: value, greatest: value }
}

/// The vector instructions that the compiler was allowed to use.
fn built_for() -> &'static str {
    if cfg!(target_feature = "avx512f") {
        "AVX-512"
    } else if cfg!(target_feature = "avx2") {
        "AVX2"
    } else {
        "the platform's baseline"
    }
}

//! Runs the whole program, files and all.

use std::path::Path;
use std::process::Command;

/// Runs a scenario into a folder that is thrown away.
pub fn run(scenario: &str, replications: u32, threads: u32) {
    let output = tempfile::tempdir().expect("a folder for results");
    let status = Command::new(env!("CARGO_BIN_EXE_yangjae"))
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .args(["run", scenario, "--quiet", "--no-progress", "--force"])
        .args(["--replications", &replications.to_string()])
        .args(["--threads", &threads.to_string()])
        .arg("--output")
        .arg(output.path())
        .status();
    assert!(status.is_ok_and(|status| status.success()), "the program did not finish");
}

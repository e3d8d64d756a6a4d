//! A run that is killed at any moment goes on, and ends with the bytes of an undisturbed one.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

use crate::program::Place;

const RUN: &str = "run mine --quiet --replications 40 --until 2019 --events 2 --replication-csv";

/// Numbers without a pattern that matters.
struct Chance(u64);

impl Chance {
    fn share(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Kills a run until `kills` have found it alive; whenever it ends all the same, compares every
/// byte and begins anew.
fn kill(kills: u32, seed: u64) {
    let place = Place::new();
    let begun = Instant::now();
    place.done(&format!("{RUN} --output whole"));
    let undisturbed = begun.elapsed();

    let mut chance = Chance(seed);
    let (mut landed, mut amid, mut ended) = (0, 0, 0);
    let blocks = |place: &Place| {
        let names = fs::read_dir(place.path("out/blocks")).into_iter().flatten().flatten();
        names.filter(|name| name.file_name().to_string_lossy().ends_with(".yjb")).count()
    };
    while landed < kills {
        let mut command = place.command(&format!("{RUN} --output out --resume"));
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Every other kill falls when one block more is there or soon after, so that runs are
        // resumed many times on any machine; the others fall anywhere, also while tables are made.
        let started = Instant::now();
        let longest = undisturbed.mul_f64(1.1);
        if landed % 2 == 0 {
            let before = blocks(&place);
            while blocks(&place) <= before && started.elapsed() < longest {
                std::thread::sleep(Duration::from_micros(200));
            }
            std::thread::sleep(undisturbed.mul_f64(chance.share() * 0.01));
        } else {
            std::thread::sleep(longest.mul_f64(chance.share()));
        }
        child.kill().unwrap();
        let status = child.wait().unwrap();
        if status.signal() == Some(9) {
            landed += 1;
            amid += u32::from((1..40).contains(&blocks(&place)));
        } else {
            assert_eq!(status.code(), Some(0));
            place.same("whole", "out");
            fs::remove_dir_all(place.path("out")).unwrap();
            ended += 1;
        }
        // Nothing has its final name before its time.
        let finished = place.path("out/manifest.json").exists();
        assert!(!finished || place.path("out/yearly.csv").exists());
    }
    place.done(&format!("{RUN} --output out --resume"));
    place.same("whole", "out");
    place.done("verify out");
    println!("{landed} kills found the run alive, {amid} between blocks; {ended} times it ended");
}

#[test]
fn ten_kills_at_any_moment_leave_the_bytes_of_an_undisturbed_run() {
    kill(10, 1);
}

/// The same a hundred times: `cargo test --test integration a_hundred_kills -- --ignored`.
#[test]
#[ignore = "takes a minute or more; `.ci/long kills` runs it"]
fn a_hundred_kills_at_any_moment_leave_the_bytes_of_an_undisturbed_run() {
    kill(100, 2);
}

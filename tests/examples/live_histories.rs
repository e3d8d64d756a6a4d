//! Histories as the live page asks for them, from the native engine: what the engine in browsers is compared with.
//!
//!   `cargo run --example live_histories SCENARIO`
//!
//! prints JSON: what was asked, the SHA-256 of all values of 5 histories of all policies, and how long one took.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use serde_json::json;
use sha2::Digest as _;
use sha2::Sha256;
use yangjae::Scenario;
use yangjae::Study;
use yangjae::Table;
use yangjae::explore::session::Choice;
use yangjae::explore::session::Session;

/// Histories that are compared.
const HISTORIES: u32 = 5;

#[expect(clippy::print_stdout, reason = "what an example finds")]
fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("which scenario?")?;
    let scenario = Scenario::loader(Path::new(&folder)).load()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let files: BTreeMap<String, String> =
        scenario.inputs.iter().map(|file| (file.path.clone(), text(&file.bytes))).collect();
    let mut series: Vec<String> = Vec::new();
    for layout in Study::of(&scenario).layouts() {
        let metrics = layout.series.iter().filter(|series| series.table == Table::Metric);
        for id in metrics.map(|series| format!("{}@{}", series.name, series.place)) {
            if !series.contains(&id) {
                series.push(id);
            }
        }
    }
    let policies: Vec<String> = scenario.policies.iter().map(|it| it.name.clone()).collect();
    let mut session = Session::default();
    let refused = |refused: yangjae::explore::session::Refused| refused.text;
    session.open(files.clone(), &scenario.name).map_err(refused)?;
    let choice = Choice { policies: policies.clone(), series: series.clone(), ..Choice::default() };
    session.configure(&choice).map_err(refused)?;
    let (mut hash, mut fastest, mut values) = (Sha256::new(), f64::INFINITY, 0);
    for replication in 0..HISTORIES {
        let start = Instant::now();
        let history = session.history(replication).map_err(refused)?;
        fastest = fastest.min(start.elapsed().as_secs_f64() * 1e3);
        values += history.len();
        for value in history {
            hash.update(value.to_le_bytes());
        }
    }
    let mut hex = String::new();
    for byte in hash.finalize() {
        write!(hex, "{byte:02x}")?;
    }
    let told = json!({
        "name": scenario.name,
        "files": files,
        "policies": policies,
        "series": series,
        "histories": HISTORIES,
        "values": values,
        "sha256": hex,
        "milliseconds": fastest,
    });
    println!("{told}");
    Ok(())
}

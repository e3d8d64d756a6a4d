//! yangjae simulates an innovation district year by year under different policies and says what
//! each policy adds, and how sure one can be.
//!
//! The program is `yangjae`; this library is what it is made of. Examples stand in
//! `tests/examples`: in Rust one replication, two policies compared, a metric of one's own, a lever of one's own; others in
//! Python and R, and two that tests run.
//!
//! # A policy against the baseline
//!
//! A [`Scenario`] is read from its folder by a [`Loader`]. A [`Study`] simulates its policies with the
//! same draws in each replication; values come series by series and year by year, in the order of
//! each policy's [`Layout`].
//!
//! ```
//! use std::path::Path;
//!
//! use yangjae::Scenario;
//! use yangjae::Study;
//! use yangjae::Table;
//! use yangjae::Workspace;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let scenario = Scenario::loader(Path::new("scenarios/toy")).until(2026).load()?;
//! let study = Study::of(&scenario);
//! let (hub, layouts) = (study.place("hub").unwrap(), study.layouts());
//! let values = study.replicate(0, &mut Workspace::default())?;
//! let jobs = |policy: usize| {
//!     let series = layouts[policy].position(Table::Metric, "jobs", "city").unwrap();
//!     let years = layouts[policy].years.len();
//!     &values[policy][series * years..(series + 1) * years]
//! };
//! assert_eq!(jobs(0).len(), 3);
//! assert_eq!(jobs(0)[0], jobs(hub)[0], "the hub opens in the second year");
//! # Ok(())
//! # }
//! ```
//!
//! # A scenario with options
//!
//! ```
//! # use std::path::Path;
//! # use yangjae::Scenario;
//! let scenario = Scenario::loader(Path::new("scenarios/toy")).set("founder_rate", 40).load().unwrap();
//! assert_eq!(scenario.years(), 2024..=2028);
//! let error = Scenario::loader(Path::new("scenarios/toy")).set("founder_rat", 40).load().unwrap_err();
//! assert!(error.to_string().contains("did you mean `founder_rate`"));
//! ```
//!
//! # One policy more
//!
//! ```
//! # use std::path::Path;
//! # use yangjae::Scenario;
//! let toy = || Scenario::loader(Path::new("scenarios/toy"));
//! let later = "title = \"A hub a year later\"\nextends = \"hub\"\n[levers.hub]\nopening = 2026-01-01\n";
//! let scenario = toy().policy("later", later).load().unwrap();
//! assert_eq!(scenario.policies.len(), 3);
//! let error = toy().policy("later", "titel = \"A hub\"").load().unwrap_err();
//! assert!(error.to_string().contains("scenarios/toy/policies/later.toml:1:1"));
//! ```
//!
//! # What is measured
//!
//! ```
//! let jobs = yangjae::METRICS.iter().find(|metric| metric.name == "jobs").unwrap();
//! assert_eq!(jobs.unit, "persons");
//! ```
//!
//! # Features
//!
//! `default` is all. Without any, the library is the engine: scenarios, simulation, statistics and
//! calibration, on the caller's thread. `threads` shares work among processors; `report` writes tables,
//! folders and the page; `workbook` and `pictures` add their files; `explore` answers what a page asks whose
//! reader moves levers, and is what is compiled for browsers; `terminal` adds the commands; `python` is the module
//! for Python, which no other crate can call.
//!
//! The modules use each other in a fixed order, that of the list in `tests/integration/layering.rs`;
//! each may use those before it, never those after.

pub mod analysis;
#[cfg(feature = "terminal")]
pub mod cli;
#[cfg(feature = "terminal")]
pub mod commands;
pub mod evidence;
pub mod experiment;
#[cfg(feature = "explore")]
pub mod explore;
pub mod model;
#[cfg(feature = "report")]
pub mod pipeline;
pub mod policy;
#[cfg(feature = "python")]
mod python;
pub mod random;
#[cfg(feature = "report")]
pub mod report;
pub mod scenario;
pub mod system;
pub mod time;

pub use analysis::layout::Layout;
pub use analysis::layout::Table;
pub use analysis::metrics::METRICS;
pub use analysis::metrics::spec::MetricSpec;
pub use analysis::statistics::Design;
pub use analysis::statistics::Estimate;
pub use analysis::statistics::RatioEstimate;
pub use analysis::statistics::Spread;
pub use analysis::statistics::probability_higher;
pub use analysis::statistics::quantiles;
pub use analysis::statistics::ratio_of_means;
pub use analysis::study::Study;
pub use analysis::study::StudyError;
pub use analysis::study::Workspace;
pub use model::Simulation;
pub use scenario::Policy;
pub use scenario::Scenario;
pub use scenario::problem::ScenarioError;
pub use scenario::read::Loader;

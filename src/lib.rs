//! yangjae simulates an innovation district year by year under different policies and says what
//! each policy adds, and how sure one can be.
//!
//! The modules stand in a fixed order, the order of the list in `tests/integration/layering.rs`;
//! each may use those before it, never those after.

pub mod analysis;
#[cfg(feature = "terminal")]
pub mod cli;
#[cfg(feature = "terminal")]
pub mod commands;
pub mod evidence;
pub mod experiment;
pub mod model;
#[cfg(feature = "report")]
pub mod pipeline;
pub mod policy;
pub mod random;
#[cfg(feature = "report")]
pub mod report;
pub mod scenario;
pub mod system;
pub mod time;

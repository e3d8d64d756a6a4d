//! Evidence: what the observed figures say about the parameters, and what results depend on.
//!
//! `scenarios/CALIBRATION.md` and `scenarios/UNCERTAINTY.md` say what is computed and how to read it.

pub mod calibration;
pub mod coverage;
pub mod fit;
pub mod learning;
mod linear;
pub mod noise;
pub mod sampler;
pub mod selftest;
pub mod sources;
pub mod stylised;
pub mod validation;

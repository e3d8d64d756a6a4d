//! Chance: keyed draws, their distributions by inversion, and low-discrepancy points.
//!
//! A draw is a pure function of seed, replication, entity, year and purpose. Nothing here depends
//! on the order of calls, on the platform or on the width of its vectors.

pub mod distribution;
pub mod key;
pub mod math;
pub mod purpose;
pub mod slice;
pub mod sobol;

pub use key::{Key, KeyedRng};
pub use purpose::Address;
pub use purpose::Purpose;
pub use sobol::Sobol;

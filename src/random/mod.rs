//! Chance: keyed draws, their distributions by inversion, and Latin hypercubes.
//!
//! A draw is a pure function of seed, replication, entity, year and purpose. Nothing here depends
//! on the order of calls, on the platform or on the width of its vectors.

pub mod distribution;
pub mod key;
pub mod latin;
pub mod math;
mod name;
pub mod purpose;
pub mod slice;

pub use key::{Key, KeyedRng};
pub use latin::LatinHypercubes;
pub use name::name_number;
pub use purpose::Address;
pub use purpose::Purpose;

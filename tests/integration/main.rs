//! Laws that hold through the public face of the crate.

mod batch;
mod blocks;
mod fake;
mod tables;

//! Laws that hold through the public face of the crate.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod batch;
mod blocks;
mod fake;
mod scale;
mod tables;

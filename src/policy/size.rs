//! Settings that grow with their lever.

use crate::policy::schedule::Schedule;

/// A setting that grows with its lever, to be changed in its place.
pub enum Size<'p> {
    /// A whole number up to a greatest one.
    Count(&'p mut u32, u32),
    /// Money, in whole million won.
    Money(&'p mut f64),
    /// A share up to 1.
    Share(&'p mut f64),
    /// Whole numbers by date, up to a greatest one.
    Schedule(&'p mut Schedule, u32),
}

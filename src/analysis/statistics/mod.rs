//! Statistics of replications: moments, quantiles, and estimates with their uncertainty.
//!
//! Knows nothing of what the numbers mean. What cannot be known is `None`, never NaN or 0. Sums run
//! in the order of the slice and elementary functions come from `libm`, so the same values in the
//! same order give the same bits on every platform.

pub mod design;
pub mod estimate;
pub mod moments;
pub mod quantile;
pub mod ratio;
pub mod resample;
pub mod student;

pub use design::Design;
pub use estimate::{Estimate, Spread, TOO_FEW, probability_higher};
pub use moments::Moments;
pub use quantile::{quantile, quantiles};
pub use ratio::{RatioEstimate, RatioInterval, ratio_of_means};
pub use student::two_sided;

//! What numbers of a scenario's files may be at most, and the words that stand for one.

/// How far from the simulated years the year of prices may lie `[years]`: a generation.
pub const MOST_APART: u16 = 30;

/// The format of scenarios that this program reads. It grows when keys change their names or meanings, and
/// [`renamed`](crate::scenario::renamed) then says what they were called before.
pub const FORMAT: u64 = 2;
/// The first and last year that any date or year may be of.
pub const YEARS: [u16; 2] = [1900, 2200];
/// The most replications of a run, and of those whose events are listed.
pub const MOST_REPLICATIONS: u32 = 10_000_000;
/// The most people who look for work at the start: as many as do in the whole country, of every trade.
pub const MOST_POOL: u32 = 1_000_000;
/// The most people in one laboratory: more than the largest employer of the country has in all.
pub const MOST_IN_LABORATORY: u32 = 200_000;
/// The largest mean headcount of a group of firms `[persons]`.
pub const MOST_HEADCOUNT: f64 = 100_000.0;
/// The largest spread of headcounts `[ln]`.
pub const MOST_SPREAD: f64 = 3.0;
/// The best climate: ten times its trend has been seen nowhere, so that per cent are refused.
pub const MOST_CLIMATE: f64 = 10.0;
/// The oldest age at the start `[years]`.
pub const OLDEST: u32 = 60;
/// The largest area `[km2]`: larger than any city region of the world, so that m2 are refused.
pub const MOST_LAND: f64 = 20_000.0;
/// The most floor space of an area `[m2]`.
pub const MOST_FLOOR_SPACE: u32 = 1_000_000_000;
/// The word for floor space without limit.
pub const UNLIMITED: &str = "unlimited";
/// The most observations of a survey.
pub const LARGEST_SURVEY: u32 = 1_000_000;
/// The largest standard deviation of one observation.
pub const MOST_SD: f64 = 1e15;
/// The most sizes of one survey.
pub const MOST_SIZES: usize = 10;
/// The greatest factor on a parameter.
pub const MOST_FACTOR: f64 = 1e6;
/// The greatest number added to a parameter.
pub const MOST_SUM: f64 = 1e15;
/// The most years of each part of an effect.
pub const MOST_YEARS_OF_EFFECT: u64 = 100;

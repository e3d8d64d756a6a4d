//! A fixed part of a run's replications, for machines that share the work.
//!
//! A shard is made of whole blocks, so that the blocks of all shards together are those of the
//! whole run, byte for byte. Which blocks a shard has follows from its number, the number of
//! shards and the number of replications alone.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use crate::experiment::batch;

/// The most shards of a run.
pub const MOST_SHARDS: u32 = 100_000;

/// Which part: `2/8` is the second of eight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    number: u32,
    of: u32,
}

impl Shard {
    /// The whole run as its only shard.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// The shard of a number, from 1, among `of`; none where there is no such shard.
    #[must_use]
    pub fn new(number: u32, of: u32) -> Option<Self> {
        let exists = (1..=MOST_SHARDS).contains(&of) && (1..=of).contains(&number);
        exists.then_some(Self { number, of })
    }

    /// Its number, from 1.
    #[must_use]
    pub fn number(self) -> u32 {
        self.number
    }

    /// The number of shards.
    #[must_use]
    pub fn of(self) -> u32 {
        self.of
    }

    /// The blocks of this shard in a run of `replications`.
    ///
    /// Every block belongs to exactly one shard, and lower blocks to lower shards. Where there are
    /// more shards than blocks, some have none.
    #[must_use]
    pub fn blocks(self, replications: u32) -> Vec<Range<u32>> {
        let blocks = batch::blocks(replications);
        let cut = |shards: u32| {
            let place = blocks.len() as u64 * u64::from(shards) / u64::from(self.of);
            // At most the number of blocks, which came from a `usize`.
            usize::try_from(place).unwrap_or(blocks.len())
        };
        blocks[cut(self.number - 1)..cut(self.number)].to_vec()
    }

    /// The replications of this shard in a run of `replications`; empty where it has no block.
    #[must_use]
    pub fn replications(self, replications: u32) -> Range<u32> {
        let blocks = self.blocks(replications);
        match (blocks.first(), blocks.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.number, self.of)
    }
}

/// A text that is no shard.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShardError {
    /// It has not the form `K/N`.
    #[error("write K/N with whole numbers, such as 2/8 for the second of eight shards")]
    Form,
    /// The number of shards is out of range.
    #[error("the number of shards is from 1 to {MOST_SHARDS}")]
    Of,
    /// There is no shard of that number.
    #[error("shards are numbered from 1 to {0}")]
    Number(u32),
}

impl FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, ShardError> {
        let whole = |digits: &str| {
            let digits_only =
                !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
            // What is too long for a number is far too large for one of a shard.
            digits_only.then(|| digits.parse::<u32>().unwrap_or(u32::MAX))
        };
        let (number, of) = text.split_once('/').ok_or(ShardError::Form)?;
        let number = whole(number).ok_or(ShardError::Form)?;
        let of = whole(of).ok_or(ShardError::Form)?;
        if !(1..=MOST_SHARDS).contains(&of) {
            return Err(ShardError::Of);
        }
        Self::new(number, of).ok_or(ShardError::Number(of))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_share_out_every_block_once_and_in_order() {
        for replications in [1, 4, 7, 200, 256, 257, 1_000, 40_000] {
            for of in [1, 2, 3, 7, 8, 256, 300] {
                let shards = (1..=of).map(|number| Shard::new(number, of).unwrap());
                let together: Vec<_> =
                    shards.flat_map(|shard| shard.blocks(replications)).collect();
                assert_eq!(together, batch::blocks(replications), "{replications} in {of}");
            }
        }
    }

    #[test]
    fn shards_differ_by_one_block_at_most() {
        let sizes: Vec<usize> =
            (1..=7).map(|number| Shard::new(number, 7).unwrap().blocks(1_000).len()).collect();
        let (least, most) = (sizes.iter().min().unwrap(), sizes.iter().max().unwrap());
        assert!(most - least <= 1, "{sizes:?}");
    }

    #[test]
    fn a_shard_is_read_as_it_is_written() {
        let shard = Shard::new(2, 8).unwrap();
        assert_eq!("2/8".parse(), Ok(shard));
        assert_eq!(shard.to_string(), "2/8");
        assert_eq!(Shard::new(8, 8).unwrap().replications(100), 87..100);
        assert_eq!(Shard::new(1, 8).unwrap().replications(4), 0..0);
    }

    #[test]
    fn what_is_no_shard_is_refused_with_the_reason() {
        let refused = |text: &str| text.parse::<Shard>().unwrap_err();
        for text in ["", "2", "2/", "/8", "a/8", "-1/8", "+1/8", "1/8/9", "1.5/8", "1 / 8"] {
            assert_eq!(refused(text), ShardError::Form, "{text}");
        }
        assert_eq!(refused("0/8"), ShardError::Number(8));
        assert_eq!(refused("9/8"), ShardError::Number(8));
        assert_eq!(refused("99999999999/8"), ShardError::Number(8));
        assert_eq!(refused("1/0"), ShardError::Of);
        assert_eq!(refused("1/99999999999"), ShardError::Of);
    }
}

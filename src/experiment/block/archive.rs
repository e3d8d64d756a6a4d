//! All blocks of a run, read as if they were one.

use std::ops::Range;
use std::path::Path;
use std::path::PathBuf;

use crate::experiment::batch::Halted;
use crate::experiment::batch::Workers;
use crate::experiment::block::BlockError;
use crate::experiment::block::RunShape;
use crate::experiment::block::file;
use crate::experiment::block::file::Block;
use crate::experiment::block::memory::InMemory;
use crate::experiment::fingerprint::Fingerprint;
use crate::experiment::fingerprint::Parts;

/// The values of a run that are kept in memory while its tables are made, at most `[bytes]`.
pub const MOST_KEPT: u64 = 16 << 20;

/// The values of one series: for each year one value a replication.
pub type ByYear = Vec<Vec<f64>>;

/// Where the values of a block are.
#[derive(Debug)]
enum Held {
    /// In a file, in which the policies of the run have these places.
    File(Block, Vec<usize>),
    /// In memory, for values that are used once and not kept.
    Memory(InMemory),
}

impl Held {
    fn replications(&self) -> Range<u32> {
        match self {
            Self::File(block, _) => block.replications(),
            Self::Memory(block) => block.replications(),
        }
    }

    fn read(&self, policy: usize, series: &[usize]) -> Result<Vec<Vec<f64>>, BlockError> {
        match self {
            Self::File(block, places) => block.read(places[policy], series),
            Self::Memory(block) => Ok(block.read(policy, series)),
        }
    }
}

/// The blocks that hold a run's replications, each once.
#[derive(Debug)]
pub struct Archive {
    folder: PathBuf,
    blocks: Vec<Held>,
    replications: Range<u32>,
    years: usize,
}

impl Archive {
    /// Opens the blocks of a folder that hold these replications.
    ///
    /// Blocks that hold none of them are left aside.
    ///
    /// # Errors
    ///
    /// Fails if a block is damaged or of another run, or a replication is missing or doubled.
    pub fn open(
        folder: &Path,
        shape: &RunShape,
        replications: Range<u32>,
    ) -> Result<Self, BlockError> {
        let mut blocks = Vec::new();
        for path in file::list(folder)? {
            let block = Block::open(&path)?;
            let held = block.replications();
            if held.start < replications.end && replications.start < held.end {
                let places = block.places(shape)?;
                blocks.push((block, places));
            }
        }
        blocks.sort_by_key(|(block, _)| block.replications().start);
        check_cover(folder, &blocks, &replications)?;
        let blocks = blocks.into_iter().map(|(block, places)| Held::File(block, places)).collect();
        Ok(Self { folder: folder.to_owned(), blocks, replications, years: shape.years })
    }

    /// Values in memory, read as those of a run are.
    #[must_use]
    pub fn in_memory(values: InMemory) -> Self {
        let (replications, years) = (values.replications(), values.years());
        Self { folder: PathBuf::new(), blocks: vec![Held::Memory(values)], replications, years }
    }

    /// The replications.
    #[must_use]
    pub fn replications(&self) -> Range<u32> {
        self.replications.clone()
    }

    /// Keeps the values of all blocks in memory, where they have no more than [`MOST_KEPT`]: tables look through them
    /// again and again. [`Self::release`] gives it back.
    ///
    /// # Errors
    ///
    /// Fails if a block cannot be read or is damaged, and when the work is stopped.
    pub fn keep(&self, workers: &Workers<'_>) -> Result<(), Halted<BlockError>> {
        let files: Vec<&Block> = self.files().collect();
        if files.iter().map(|block| block.length()).sum::<u64>() > MOST_KEPT {
            return Ok(());
        }
        let keep = |(): &mut (), number: usize| files[number].keep().map_err(Halted::Failed);
        workers.map_in_order(files.len(), || (), keep).map(|_: Vec<()>| ())
    }

    /// Gives the memory of [`Self::keep`] back.
    pub fn release(&self) {
        self.files().for_each(Block::release);
    }

    fn files(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter_map(|held| match held {
            Held::File(block, _) => Some(block),
            Held::Memory(_) => None,
        })
    }

    /// The number of years.
    #[must_use]
    pub fn years(&self) -> usize {
        self.years
    }

    /// The number of blocks.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// One digest for all bytes of all blocks; values in memory have no bytes.
    #[must_use]
    pub fn seal(&self) -> Fingerprint {
        let parts = self.blocks.iter().fold(Parts::new(), |parts, held| match held {
            Held::File(block, _) => {
                parts.with(&block.replications().start.to_string(), &block.seal().0)
            }
            Held::Memory(_) => parts,
        });
        parts.fingerprint()
    }

    /// The values of some series of one policy in a range of years (as places, from 0).
    ///
    /// # Errors
    ///
    /// Fails if a block cannot be read or is damaged.
    ///
    /// # Panics
    ///
    /// Panics if there is no such policy, series or year.
    pub fn read(
        &self,
        policy: usize,
        series: &[usize],
        years: Range<usize>,
    ) -> Result<Vec<ByYear>, BlockError> {
        assert!(years.end <= self.years, "years are those of the run");
        let replications = self.replications.len();
        let column = || Vec::with_capacity(replications);
        let by_year = || years.clone().map(|_| column()).collect::<ByYear>();
        let mut values: Vec<ByYear> = series.iter().map(|_| by_year()).collect();
        for block in &self.blocks {
            let wanted = self.wanted(block);
            for (values, read) in values.iter_mut().zip(block.read(policy, series)?) {
                let read = &read[wanted.start * self.years..wanted.end * self.years];
                for (year, column) in years.clone().zip(values) {
                    column.extend(read.iter().skip(year).step_by(self.years));
                }
            }
        }
        Ok(values)
    }

    /// How many of the archive's replications a block holds, by the block's place.
    ///
    /// # Panics
    ///
    /// Panics if there is no such block.
    #[must_use]
    pub fn length(&self, block: usize) -> usize {
        self.wanted(&self.blocks[block]).len()
    }

    /// The values of some series of one policy in one block, by the block's place: for each series
    /// replication by replication, year by year, for those replications that are the archive's.
    ///
    /// # Errors
    ///
    /// Fails if the block cannot be read or is damaged.
    ///
    /// # Panics
    ///
    /// Panics if there is no such block, policy or series.
    pub fn read_block(
        &self,
        block: usize,
        policy: usize,
        series: &[usize],
    ) -> Result<Vec<Vec<f64>>, BlockError> {
        let block = &self.blocks[block];
        let wanted = self.wanted(block);
        let mut read = block.read(policy, series)?;
        for values in &mut read {
            values.truncate(wanted.end * self.years);
            values.drain(..wanted.start * self.years);
        }
        Ok(read)
    }

    /// Passes every replication of one policy, in order, with its values series by series.
    ///
    /// Only one block's values of that policy are in memory at a time.
    ///
    /// # Errors
    ///
    /// Fails if a block cannot be read, or as `receive` fails.
    ///
    /// # Panics
    ///
    /// Panics if there is no such policy or series.
    pub fn each_replication<E: From<BlockError>>(
        &self,
        policy: usize,
        series: &[usize],
        mut receive: impl FnMut(u32, &[&[f64]]) -> Result<(), E>,
    ) -> Result<(), E> {
        for block in &self.blocks {
            let read = block.read(policy, series)?;
            for place in self.wanted(block) {
                let of_replication: Vec<&[f64]> = read
                    .iter()
                    .map(|values| &values[place * self.years..(place + 1) * self.years])
                    .collect();
                // A block's replications are numbered by `u32`, so the place within it is one.
                let replication = block.replications().start + u32::try_from(place).unwrap_or(0);
                receive(replication, &of_replication)?;
            }
        }
        Ok(())
    }

    /// The values of some series of one policy in one replication, series by series, year by year.
    ///
    /// # Errors
    ///
    /// Fails if the block cannot be read, or no block holds the replication.
    ///
    /// # Panics
    ///
    /// Panics if there is no such policy or series.
    pub fn replication(
        &self,
        policy: usize,
        series: &[usize],
        replication: u32,
    ) -> Result<Vec<f64>, BlockError> {
        let holds = |block: &&Held| block.replications().contains(&replication);
        let Some(block) = self.blocks.iter().find(holds) else {
            return Err(BlockError::Missing { folder: self.folder.clone(), replication });
        };
        let place = (replication - block.replications().start) as usize;
        let read = block.read(policy, series)?;
        let of_replication =
            read.iter().map(|values| &values[place * self.years..(place + 1) * self.years]);
        Ok(of_replication.flatten().copied().collect())
    }

    /// Which replications of a block belong to the archive, as places within the block.
    fn wanted(&self, block: &Held) -> Range<usize> {
        let held = block.replications();
        let start = self.replications.start.max(held.start) - held.start;
        let end = self.replications.end.min(held.end) - held.start;
        start as usize..end as usize
    }
}

fn check_cover(
    folder: &Path,
    blocks: &[(Block, Vec<usize>)],
    replications: &Range<u32>,
) -> Result<(), BlockError> {
    let missing = |replication| BlockError::Missing { folder: folder.to_owned(), replication };
    let mut next = replications.start;
    let mut previous: Option<&Block> = None;
    for (block, _) in blocks {
        let held = block.replications();
        if held.start > next {
            return Err(missing(next));
        }
        if let Some(previous) = previous
            && held.start < next
        {
            return Err(BlockError::Doubled {
                one: previous.path().to_owned(),
                other: block.path().to_owned(),
                replication: held.start,
            });
        }
        next = held.end;
        previous = Some(block);
    }
    if next < replications.end { Err(missing(next)) } else { Ok(()) }
}

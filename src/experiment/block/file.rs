//! One block on the disk.

use std::fs;
use std::fs::File;
use std::io;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;
use std::ops::Range;
use std::path::Path;
use std::path::PathBuf;
use std::sync::PoisonError;
use std::sync::RwLock;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

use crate::experiment::block::BlockError;
use crate::experiment::block::Damage;
use crate::experiment::block::Mismatch;
use crate::experiment::block::RunShape;
use crate::experiment::block::codec;
use crate::experiment::block::codec::Encoder;
use crate::experiment::block::codec::Head;
use crate::experiment::block::codec::Section;
use crate::experiment::fingerprint::Fingerprint;
use crate::experiment::whole_file;

const NAME_START: &str = "block-";
const NAME_END: &str = ".yjb";
/// Sections no farther from one another are read at once `[bytes]`.
const NEAR: u64 = 1 << 12;
/// Bits of a word.
const BITS: usize = u64::BITS as usize;
/// So much is read at once at most, or a section `[bytes]`.
const MOST_AT_ONCE: u64 = 1 << 16;

/// The name of the block that begins with a replication.
#[must_use]
pub fn name(first: u32) -> String {
    format!("{NAME_START}{first:07}{NAME_END}")
}

/// The blocks in a folder, by their names; empty where there is no such folder.
///
/// # Errors
///
/// Fails if the folder cannot be listed.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>, BlockError> {
    let failed = |source| BlockError::Read { path: folder.to_owned(), source };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        if path.file_name().and_then(|name| name.to_str()).is_some_and(is_name) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn is_name(name: &str) -> bool {
    name.strip_prefix(NAME_START).and_then(|rest| rest.strip_suffix(NAME_END)).is_some_and(
        |number| number.len() >= 7 && number.bytes().all(|digit| digit.is_ascii_digit()),
    )
}

/// The first file of a folder that has the name of a block and is none: it does not begin as blocks do,
/// and is not what a loss of power leaves of one, nothing or zeros.
///
/// # Errors
///
/// Fails if the folder or a file in it cannot be read.
pub fn stranger(folder: &Path) -> Result<Option<PathBuf>, BlockError> {
    for path in list(folder)? {
        let mut begins = Vec::new();
        whole_file::open(&path)
            .and_then(|file| file.take(codec::MAGIC.len() as u64).read_to_end(&mut begins))
            .map_err(|source| BlockError::Read { path: path.clone(), source })?;
        if !codec::MAGIC.starts_with(&begins) && begins.iter().any(|byte| *byte != 0) {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

/// Removes the blocks of a folder; nothing else in it is touched.
///
/// # Errors
///
/// Fails if a block cannot be removed.
pub fn remove_all(folder: &Path) -> Result<(), BlockError> {
    list(folder)?.iter().try_for_each(|path| remove(path))
}

/// Removes a block.
///
/// # Errors
///
/// Fails if it cannot be removed.
pub fn remove(path: &Path) -> Result<(), BlockError> {
    fs::remove_file(path)
        .map_err(|source| whole_file::WriteError { path: path.to_owned(), source }.into())
}

/// Opens a block and reads everything in it once.
///
/// # Errors
///
/// Fails if it cannot be read, anything in it is not what was written, it has not its own name,
/// or it is not from a run of exactly this shape.
pub fn check(path: &Path, shape: &RunShape) -> Result<Block, BlockError> {
    let block = Block::open(path)?;
    let first = block.head.first;
    if path.file_name().is_none_or(|found| *found != *name(first)) {
        let damage = Damage::Name(first);
        return Err(BlockError::Damaged { path: path.to_owned(), damage });
    }
    block.places(shape)?;
    let stored = block.head.policies.iter().map(|policy| &policy.name);
    if !stored.clone().eq(shape.policies.iter().map(|policy| &policy.policy)) {
        let names: Vec<&str> = stored.map(String::as_str).collect();
        let difference = Mismatch::Policies(names.join(", "));
        return Err(BlockError::Foreign { path: path.to_owned(), difference });
    }
    block.check()?;
    Ok(block)
}

/// Makes the folder of blocks and clears it of what killed runs left unfinished.
///
/// # Errors
///
/// Fails if it cannot be made or cleared.
pub fn prepare(folder: &Path) -> Result<(), BlockError> {
    fs::create_dir_all(folder)
        .and_then(|()| whole_file::remove_unfinished(folder))
        .map_err(|source| whole_file::WriteError { path: folder.to_owned(), source }.into())
}

/// Writes a block, whole or not at all. Nobody waits for the disk: a block that a loss of power
/// damages is found by its checksums and computed again. [`settle`] ends a batch.
///
/// # Errors
///
/// Fails if the system does not take it.
pub fn write(folder: &Path, first: u32, block: Encoder<'_>) -> Result<(), BlockError> {
    Ok(whole_file::write_soon(&folder.join(name(first)), &block.finish())?)
}

/// Brings all blocks of a folder to the disk.
///
/// # Errors
///
/// Fails if the disk does not take one, or the folder cannot be listed.
pub fn settle(folder: &Path) -> Result<(), BlockError> {
    Ok(whole_file::settle(&list(folder)?)?)
}

/// A block whose head has been read and found sound.
#[derive(Debug)]
pub struct Block {
    path: PathBuf,
    head: Head,
    seal: Fingerprint,
    /// Its sections where they are kept in memory, each of which has been found sound; else empty.
    kept: RwLock<Vec<u8>>,
    /// Which sections have been found sound, a bit each: tables read most of them several times.
    sound: Vec<AtomicU64>,
}

impl Block {
    /// Reads and checks the head of a block.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read or is not a sound block.
    pub fn open(path: &Path) -> Result<Self, BlockError> {
        let failed = |source| BlockError::Read { path: path.to_owned(), source };
        let damaged = |damage| BlockError::Damaged { path: path.to_owned(), damage };

        let mut file = whole_file::open(path).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        if length == 0 {
            return Err(damaged(Damage::Empty));
        }
        let mut lead = [0; codec::LEAD_LENGTH];
        file.read_exact(&mut lead).map_err(|_| damaged(Damage::Magic))?;
        let head_length = codec::read_lead(&lead, length).map_err(damaged)?;
        // No longer than the file is, as `read_lead` has seen.
        let mut sealed = lead.to_vec();
        sealed.resize(codec::LEAD_LENGTH + head_length + codec::SEAL_LENGTH, 0);
        file.read_exact(&mut sealed[codec::LEAD_LENGTH..]).map_err(failed)?;
        let head = codec::read_head(&sealed, length).map_err(damaged)?;
        let seal = sealed.last_chunk().copied().map(Fingerprint).ok_or(damaged(Damage::Seal))?;
        let sections: usize = head.policies.iter().map(|policy| policy.sections.len()).sum();
        let sound = (0..sections.div_ceil(BITS)).map(|_| AtomicU64::new(0)).collect();
        Ok(Self { path: path.to_owned(), head, seal, kept: RwLock::default(), sound })
    }

    /// Its file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The digest that stands for all its bytes.
    #[must_use]
    pub fn seal(&self) -> Fingerprint {
        self.seal
    }

    /// The replications in it.
    #[must_use]
    pub fn replications(&self) -> Range<u32> {
        self.head.first..self.head.first + self.head.count
    }

    /// The number of years.
    #[must_use]
    pub fn years(&self) -> usize {
        self.head.years as usize
    }

    /// Where the policies of a run lie in this block.
    ///
    /// # Errors
    ///
    /// Fails if the block is of another run.
    pub fn places(&self, shape: &RunShape) -> Result<Vec<usize>, BlockError> {
        let foreign = |difference| BlockError::Foreign { path: self.path.clone(), difference };
        if self.head.fingerprint != shape.fingerprint {
            return Err(foreign(Mismatch::Fingerprint));
        }
        if self.years() != shape.years {
            let (expected, found) = (shape.years, self.years());
            return Err(foreign(Mismatch::Years { expected, found }));
        }
        let place = |policy: &crate::experiment::block::ValueShape| {
            let named = |stored: &codec::StoredPolicy| stored.name == policy.policy;
            let place = self.head.policies.iter().position(named);
            let place = place.ok_or_else(|| Mismatch::Policy(policy.policy.clone()))?;
            let stored = &self.head.policies[place];
            let kinds = stored.sections.iter().map(|section| section.whole);
            let same = stored.layout == policy.layout
                && kinds.eq(policy.columns.iter().map(|column| column.whole));
            if same { Ok(place) } else { Err(Mismatch::Layout(policy.policy.clone())) }
        };
        shape.policies.iter().map(|policy| place(policy).map_err(foreign)).collect()
    }

    /// The values of some series of one policy, each replication by replication, year by year.
    ///
    /// `policy` is a place as [`Self::places`] gives it.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read or a section is not what was written.
    ///
    /// # Panics
    ///
    /// Panics if there is no such policy or series.
    pub fn read(&self, policy: usize, series: &[usize]) -> Result<Vec<Vec<f64>>, BlockError> {
        let mut read = Vec::with_capacity(series.len());
        self.each(policy, series, |values| read.push(values))?;
        Ok(read)
    }

    /// Passes the values of some series of one policy, in the order asked for.
    ///
    /// Sections of a block of one replication have some 40 bytes: those that lie near one another are read at once.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read or a section is not what was written.
    ///
    /// # Panics
    ///
    /// Panics if there is no such policy or series.
    pub fn each(
        &self,
        policy: usize,
        series: &[usize],
        mut receive: impl FnMut(Vec<f64>),
    ) -> Result<(), BlockError> {
        let sections = &self.head.policies[policy].sections;
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(begin) = self.begin().filter(|_| !kept.is_empty()) {
            for &place in series {
                let from = usize::try_from(sections[place].start - begin).unwrap_or(usize::MAX);
                let bytes = &kept[from..][..sections[place].length as usize];
                receive(self.decode(bytes, policy, place)?);
            }
            return Ok(());
        }
        let mut file = File::open(&self.path).map_err(|source| self.failed(source))?;
        let mut bytes = Vec::new();
        let mut left = series;
        while let Some(&first) = left.first() {
            let start = sections[first].start;
            let (count, end) = near(sections, left);
            // The head has seen that the file is as long as all its sections.
            bytes.resize(usize::try_from(end - start).unwrap_or(usize::MAX), 0);
            file.seek(SeekFrom::Start(start))
                .and_then(|_| file.read_exact(&mut bytes))
                .map_err(|source| self.failed(source))?;
            let (together, rest) = left.split_at(count);
            for &series in together {
                let from = usize::try_from(sections[series].start - start).unwrap_or(usize::MAX);
                let bytes = &bytes[from..][..sections[series].length as usize];
                self.sound(bytes, policy, series)?;
                receive(self.decode(bytes, policy, series)?);
            }
            left = rest;
        }
        Ok(())
    }

    /// Reads everything once. A section that this very block has read before is not checked again, nor when it is read later:
    /// what changes on the disk meanwhile is for who opens the block anew.
    ///
    /// # Errors
    ///
    /// Fails if anything is not what was written.
    pub fn check(&self) -> Result<(), BlockError> {
        for (policy, stored) in self.head.policies.iter().enumerate() {
            let series: Vec<usize> = (0..stored.sections.len()).collect();
            self.each(policy, &series, |_| ())?;
        }
        Ok(())
    }

    /// Where the first section begins; nothing where there is none.
    fn begin(&self) -> Option<u64> {
        let sections = self.head.policies.iter().flat_map(|policy| &policy.sections);
        sections.map(|section| section.start).next()
    }

    /// The bytes of all sections.
    #[must_use]
    pub fn length(&self) -> u64 {
        let sections = self.head.policies.iter().flat_map(|policy| &policy.sections);
        sections.map(|section| u64::from(section.length)).sum()
    }

    /// Keeps all sections in memory, each checked once, until [`Self::release`].
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read or a section is not what was written.
    pub fn keep(&self) -> Result<(), BlockError> {
        let Some(begin) = self.begin() else { return Ok(()) };
        let mut bytes = vec![0; usize::try_from(self.length()).unwrap_or(usize::MAX)];
        let mut file = File::open(&self.path).map_err(|source| self.failed(source))?;
        file.seek(SeekFrom::Start(begin))
            .and_then(|_| file.read_exact(&mut bytes))
            .map_err(|source| self.failed(source))?;
        let mut left = bytes.as_slice();
        for (policy, stored) in self.head.policies.iter().enumerate() {
            for (series, section) in stored.sections.iter().enumerate() {
                let (section, rest) = left.split_at(section.length as usize);
                self.sound(section, policy, series)?;
                left = rest;
            }
        }
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = bytes;
        Ok(())
    }

    /// Gives the memory of [`Self::keep`] back.
    pub fn release(&self) {
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Vec::new();
    }

    /// Whether the bytes of a section are those that were written, when they are first read.
    fn sound(&self, bytes: &[u8], policy: usize, series: usize) -> Result<(), BlockError> {
        let before = self.head.policies[..policy].iter().map(|policy| policy.sections.len());
        let place = before.sum::<usize>() + series;
        let (word, bit) = (&self.sound[place / BITS], 1 << (place % BITS));
        if word.load(Ordering::Relaxed) & bit != 0 {
            return Ok(());
        }
        if codec::checksum(bytes) == self.head.policies[policy].sections[series].checksum {
            word.fetch_or(bit, Ordering::Relaxed);
            return Ok(());
        }
        Err(self.damaged(policy, |policy| Damage::Checksum { policy, series }))
    }

    /// The values of a section.
    fn decode(&self, bytes: &[u8], policy: usize, series: usize) -> Result<Vec<f64>, BlockError> {
        let whole = self.head.policies[policy].sections[series].whole;
        codec::decode(bytes, whole, self.head.count, self.head.years)
            .ok_or_else(|| self.damaged(policy, |policy| Damage::Section { policy, series }))
    }

    fn damaged(&self, policy: usize, damage: impl FnOnce(String) -> Damage) -> BlockError {
        let damage = damage(self.head.policies[policy].name.clone());
        BlockError::Damaged { path: self.path.clone(), damage }
    }

    fn failed(&self, source: io::Error) -> BlockError {
        BlockError::Read { path: self.path.clone(), source }
    }
}

/// How many of a list of series lie near one another, one behind the other, from the first on, and where the last of them
/// ends.
fn near(sections: &[Section], series: &[usize]) -> (usize, u64) {
    let (mut begin, mut end, mut count) = (0, 0, 0);
    for &series in series {
        let Section { start, length, .. } = sections[series];
        let after = start + u64::from(length);
        if count == 0 {
            begin = start;
        } else if start < end || start - end > NEAR || after - begin > MOST_AT_ONCE {
            break;
        }
        (end, count) = (after, count + 1);
    }
    (count, end)
}

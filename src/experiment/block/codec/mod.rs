//! The bytes of a block: pure functions between values and bytes.

use sha2::Digest;
use sha2::Sha256;

use crate::experiment::block::Damage;
use crate::experiment::block::RunShape;
use crate::experiment::block::VERSION;
use crate::experiment::block::ValueError;
use crate::experiment::block::ValueProblem;
use crate::experiment::fingerprint::Fingerprint;

/// The bytes before the head: magic, version and the head's length.
pub const LEAD_LENGTH: usize = 16;
/// The bytes of the seal behind the head.
pub const SEAL_LENGTH: usize = 32;

/// The most replications in a block: a thread has one in memory, and a killed run loses it.
pub const MOST_REPLICATIONS: u32 = 1_024;
/// The most years, five times those that a scenario may have: with [`MOST_REPLICATIONS`] no section
/// asks for more than some 10 MB, whatever a damaged head says.
const MOST_YEARS: u32 = 1_000;
/// No head is longer: that of 2,000 policies takes some 8 MB `[bytes]`.
const LONGEST_HEAD: u32 = 64 << 20;

pub(super) const MAGIC: [u8; 8] = *b"\x89YJB\r\n\x1a\n";
/// The largest whole number up to which all are exact.
const LARGEST_WHOLE: i64 = 1 << 53;
/// The longest varint of 64 bits.
const LONGEST_VARINT: u64 = 10;
const WHOLE: u8 = 0;
const REAL: u8 = 1;

/// Where one series of one policy lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// Distance from the beginning of the file.
    pub start: u64,
    /// Bytes.
    pub length: u32,
    /// The first bytes of the SHA-256 of the section.
    pub checksum: u64,
    /// Whether it holds whole numbers.
    pub whole: bool,
}

/// A policy in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPolicy {
    /// Its name.
    pub name: String,
    /// The digest of its layout.
    pub layout: Fingerprint,
    /// Its series.
    pub sections: Vec<Section>,
}

/// What a block says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// What bears on results.
    pub fingerprint: Fingerprint,
    /// The first replication.
    pub first: u32,
    /// The number of replications.
    pub count: u32,
    /// The number of years.
    pub years: u32,
    /// The policies.
    pub policies: Vec<StoredPolicy>,
}

impl Head {
    /// The number of values in one section.
    #[must_use]
    pub fn values_per_section(&self) -> u64 {
        u64::from(self.count) * u64::from(self.years)
    }
}

/// Gathers the values of consecutive replications, already in the form of the file.
#[derive(Debug)]
pub struct Encoder<'a> {
    shape: &'a RunShape,
    first: u32,
    count: u32,
    sections: Vec<Vec<u8>>,
}

impl<'a> Encoder<'a> {
    /// An empty block that begins with replication `first`.
    #[must_use]
    pub fn new(shape: &'a RunShape, first: u32) -> Self {
        let sections = shape.policies.iter().map(|policy| policy.columns.len()).sum();
        Self { shape, first, count: 0, sections: vec![Vec::new(); sections] }
    }

    /// Adds the next replication: for each policy its values, series by series, year by year.
    ///
    /// # Errors
    ///
    /// Fails if there are not as many values as the shape has, or one is not finite, or not whole
    /// where whole numbers are promised. The block cannot be used then.
    ///
    /// # Panics
    ///
    /// Panics if the number of policies is not that of the shape.
    pub fn push(&mut self, values: &[Vec<f64>]) -> Result<(), ValueError> {
        assert_eq!(values.len(), self.shape.policies.len(), "one list of values for each policy");
        let replication = self.first + self.count;
        let years = self.shape.years;
        let mut sections = self.sections.iter_mut();
        for (policy, values) in self.shape.policies.iter().zip(values) {
            let refuse =
                |problem| ValueError { policy: policy.policy.clone(), replication, problem };
            let expected = policy.columns.len() * years;
            if values.len() != expected {
                return Err(refuse(ValueProblem::Count { expected, found: values.len() }));
            }
            let series = values.chunks_exact(years.max(1));
            for ((column, values), section) in policy.columns.iter().zip(series).zip(&mut sections)
            {
                let encoded = if column.whole {
                    encode_whole(values, section)
                } else {
                    encode_real(values, section)
                };
                if let Err(year) = encoded {
                    let value = values[year];
                    let series = column.label.clone();
                    return Err(refuse(if value.is_finite() {
                        ValueProblem::NotWhole { series, year, value }
                    } else {
                        ValueProblem::NotFinite { series, year, value }
                    }));
                }
            }
        }
        self.count += 1;
        Ok(())
    }

    /// The bytes of the file.
    ///
    /// # Panics
    ///
    /// Panics if one section has 4 GiB or more: a block is meant to be a small part of a run.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        let head = self.head();
        let payload: usize = self.sections.iter().map(Vec::len).sum();
        let mut bytes = Vec::with_capacity(LEAD_LENGTH + head.len() + SEAL_LENGTH + payload);
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(length32(head.len()).to_le_bytes());
        bytes.extend(head);
        let seal = Sha256::digest(&bytes);
        bytes.extend(seal);
        for section in &self.sections {
            bytes.extend(section);
        }
        bytes
    }

    fn head(&self) -> Vec<u8> {
        let mut head = Vec::new();
        head.extend(self.shape.fingerprint.0);
        head.extend(self.first.to_le_bytes());
        head.extend(self.count.to_le_bytes());
        head.extend(length32(self.shape.years).to_le_bytes());
        head.extend(length32(self.shape.policies.len()).to_le_bytes());
        let mut sections = self.sections.iter();
        for policy in &self.shape.policies {
            let name = policy.policy.as_bytes();
            let length = u16::try_from(name.len()).expect("a policy's name is a file's name");
            head.extend(length.to_le_bytes());
            head.extend(name);
            head.extend(policy.layout.0);
            head.extend(length32(policy.columns.len()).to_le_bytes());
            for (column, section) in policy.columns.iter().zip(&mut sections) {
                head.push(if column.whole { WHOLE } else { REAL });
                head.extend(length32(section.len()).to_le_bytes());
                head.extend(checksum(section).to_le_bytes());
            }
        }
        head
    }
}

fn length32(length: usize) -> u32 {
    u32::try_from(length).expect("a block is cut so that its parts stay below 4 GiB")
}

/// The checksum of a section.
#[must_use]
pub fn checksum(section: &[u8]) -> u64 {
    let digest: [u8; 32] = Sha256::digest(section).into();
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    u64::from_le_bytes(first)
}

/// Appends whole numbers; fails with the place of the first value that is none.
fn encode_whole(values: &[f64], section: &mut Vec<u8>) -> Result<(), usize> {
    let mut previous = 0;
    for (place, &value) in values.iter().enumerate() {
        let whole = exact_whole(value).ok_or(place)?;
        write_varint(zigzag(whole - previous), section);
        previous = whole;
    }
    Ok(())
}

/// Appends real numbers; fails with the place of the first value that is not finite.
fn encode_real(values: &[f64], section: &mut Vec<u8>) -> Result<(), usize> {
    for (place, value) in values.iter().enumerate() {
        if !value.is_finite() {
            return Err(place);
        }
        section.extend(value.to_le_bytes());
    }
    Ok(())
}

fn exact_whole(value: f64) -> Option<i64> {
    if value.abs() > LARGEST_WHOLE as f64 || value.fract() != 0.0 || value.is_nan() {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
    Some(value as i64)
}

fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)).cast_unsigned()
}

fn unzigzag(value: u64) -> i64 {
    (value >> 1).cast_signed() ^ -((value & 1).cast_signed())
}

fn write_varint(mut value: u64, bytes: &mut Vec<u8>) {
    while value >= 0x80 {
        bytes.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    bytes.push(value.to_le_bytes()[0]);
}

/// Reads the values of a section, `years` for each replication.
///
/// `None` where it does not hold exactly `count` times `years` values of its kind.
#[must_use]
pub fn decode(section: &[u8], whole: bool, count: u32, years: u32) -> Option<Vec<f64>> {
    let wanted = usize::try_from(u64::from(count) * u64::from(years)).ok()?;
    if !whole {
        let (chunks, rest) = section.as_chunks::<8>();
        let values: Vec<f64> = chunks.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect();
        let sound = rest.is_empty() && values.iter().all(|value| value.is_finite());
        return (sound && values.len() == wanted).then_some(values);
    }
    // Each value takes a byte at least, so that a false count cannot ask for much memory.
    if section.len() < wanted {
        return None;
    }
    let mut bytes = section.iter();
    let mut values = Vec::with_capacity(wanted);
    for _ in 0..count {
        let mut value = 0_i64;
        for _ in 0..years {
            value = value.checked_add(unzigzag(read_varint(&mut bytes)?))?;
            if value.abs() > LARGEST_WHOLE {
                return None;
            }
            values.push(value as f64);
        }
    }
    bytes.as_slice().is_empty().then_some(values)
}

fn read_varint<'a>(bytes: &mut impl Iterator<Item = &'a u8>) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.next()?;
        let part = u64::from(byte & 0x7f);
        if shift == 63 && part > 1 {
            return None;
        }
        value |= part << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

/// The length of the head, from the first [`LEAD_LENGTH`] bytes of a file of `file_length` bytes.
///
/// # Errors
///
/// Fails if no head of a known version can follow.
pub fn read_lead(lead: &[u8; LEAD_LENGTH], file_length: u64) -> Result<usize, Damage> {
    let mut lead = Reader(lead);
    let (magic, version, length) = (lead.array::<8>(), lead.u32(), lead.u32());
    let (Some(magic), Some(version), Some(length)) = (magic, version, length) else {
        return Err(Damage::Magic);
    };
    if magic != MAGIC {
        return Err(Damage::Magic);
    }
    if version != VERSION {
        return Err(Damage::Version(version));
    }
    if length > LONGEST_HEAD {
        return Err(Damage::Head("longer than that of any run"));
    }
    let expected = (LEAD_LENGTH + SEAL_LENGTH) as u64 + u64::from(length);
    if file_length < expected {
        return Err(Damage::Length { expected, found: file_length });
    }
    usize::try_from(length).map_err(|_| Damage::Head("too long"))
}

/// Reads the sealed beginning of a block: lead, head and seal, of a file of `file_length` bytes.
///
/// # Errors
///
/// Fails if the seal does not match, the head contradicts itself, or the file is not as long as
/// the head says. Never asks for more memory than a multiple of the bytes it is given.
pub fn read_head(sealed: &[u8], file_length: u64) -> Result<Head, Damage> {
    let Some((content, seal)) = sealed.split_last_chunk::<SEAL_LENGTH>() else {
        return Err(Damage::Seal);
    };
    if Sha256::digest(content)[..] != seal[..] {
        return Err(Damage::Seal);
    }
    let head = content.get(LEAD_LENGTH..).ok_or(Damage::Head("too short"))?;
    let mut reader = Reader(head);
    let mut start = sealed.len() as u64;
    let head = reader.head(&mut start).ok_or(Damage::Head("too short"))?;
    if !reader.0.is_empty() {
        return Err(Damage::Head("too long"));
    }
    check_head(&head)?;
    if file_length != start {
        return Err(Damage::Length { expected: start, found: file_length });
    }
    Ok(head)
}

fn check_head(head: &Head) -> Result<(), Damage> {
    let possible = 1..=MOST_REPLICATIONS;
    if !possible.contains(&head.count) || head.first.checked_add(head.count).is_none() {
        return Err(Damage::Head("its replications are impossible"));
    }
    if !(1..=MOST_YEARS).contains(&head.years) {
        return Err(Damage::Head("its years are impossible"));
    }
    let values = head.values_per_section();
    for section in head.policies.iter().flat_map(|policy| &policy.sections) {
        let length = u64::from(section.length);
        let possible = if section.whole {
            (values..=values.saturating_mul(LONGEST_VARINT)).contains(&length)
        } else {
            length == values.saturating_mul(8)
        };
        if !possible {
            return Err(Damage::Head("a section's length does not fit its values"));
        }
    }
    Ok(())
}

/// Takes numbers off the front of bytes; `None` where they run out.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (array, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*array)
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::from(self.array().map(u16::from_le_bytes)?);
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).ok()
    }

    // Lists grow as their parts are read: a false count finds no bytes and asks for no memory.
    fn head(&mut self, start: &mut u64) -> Option<Head> {
        let fingerprint = Fingerprint(self.array()?);
        let (first, count, years) = (self.u32()?, self.u32()?, self.u32()?);
        let policies = (0..self.u32()?).map(|_| self.policy(start)).collect::<Option<_>>()?;
        Some(Head { fingerprint, first, count, years, policies })
    }

    fn policy(&mut self, start: &mut u64) -> Option<StoredPolicy> {
        let name = self.text()?;
        let layout = Fingerprint(self.array()?);
        let sections = (0..self.u32()?).map(|_| self.section(start)).collect::<Option<_>>()?;
        Some(StoredPolicy { name, layout, sections })
    }

    fn section(&mut self, start: &mut u64) -> Option<Section> {
        let whole = match self.array()? {
            [WHOLE] => true,
            [REAL] => false,
            _ => return None,
        };
        let length = self.u32()?;
        let checksum = self.array().map(u64::from_le_bytes)?;
        let section = Section { start: *start, length, checksum, whole };
        *start += u64::from(length);
        Some(section)
    }
}

#[cfg(test)]
mod tests;

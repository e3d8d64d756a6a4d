//! What bears on results, as one number: blocks with different fingerprints never mix.

use std::fmt;

use sha2::Digest;
use sha2::Sha256;

/// A SHA-256 digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint(pub [u8; 32]);

impl Fingerprint {
    /// The digest of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// Gathers named parts into a [`Fingerprint`].
///
/// Every part is preceded by its length, so that no two lists of parts run together to the same
/// bytes. The order of the parts counts.
#[derive(Clone, Debug, Default)]
pub struct Parts(Sha256);

impl Parts {
    /// No part yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part.
    #[must_use]
    pub fn with(mut self, name: &str, content: &[u8]) -> Self {
        self.add(name, content);
        self
    }

    /// Adds a part.
    pub fn add(&mut self, name: &str, content: &[u8]) {
        for bytes in [name.as_bytes(), content] {
            self.0.update((bytes.len() as u64).to_le_bytes());
            self.0.update(bytes);
        }
    }

    /// The digest of all parts.
    #[must_use]
    pub fn fingerprint(self) -> Fingerprint {
        Fingerprint(self.0.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        let one = Parts::new().with("ab", b"c").fingerprint();
        let other = Parts::new().with("a", b"bc").fingerprint();
        assert_ne!(one, other);
    }

    #[test]
    fn the_digest_of_nothing_is_the_published_one() {
        let text = Fingerprint::of(b"").to_string();
        assert_eq!(text, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}

//! How figures are known.

use serde::Deserialize;

/// How a parameter is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// Read in the source.
    Seen,
    /// Computed from what was read.
    Derived,
    /// Remembered, not looked up again.
    Recalled,
    /// The authors' judgement.
    Judgement,
}

impl Evidence {
    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Derived => "derived",
            Self::Recalled => "recalled",
            Self::Judgement => "judgement",
        }
    }
}

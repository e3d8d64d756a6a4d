//! How figures are known.

use serde::Deserialize;

use crate::policy::words::words;

words! {
    /// How a parameter is known.
    #[derive(Deserialize)]
    #[serde(rename_all = "lowercase")]
    pub enum Evidence {
        /// Read in the source.
        Seen = "seen",
        /// Computed from what was read.
        Derived = "derived",
        /// Remembered, not looked up again.
        Recalled = "recalled",
        /// The authors' judgement.
        Judgement = "judgement",
    }
}

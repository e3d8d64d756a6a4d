//! Chance: filled in next.

//! Numbers of names, by which what has a name keeps its draws whatever else there is.

/// A stable number for a name: FNV-1a, 64 bits (Fowler, Noll and Vo).
///
/// Levers are keyed by their names, so that a lever keeps its draws whichever others exist.
#[must_use]
pub fn name_number(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

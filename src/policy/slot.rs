//! Numbers of lever names.

/// A lever's number among all lever names of the scenario, 0 to 63.
///
/// It is the same for the same name in every policy, so that one firm's record of who served it
/// can be compared between policies; which number a name has shows in no result.
pub type LeverSlot = u8;

/// The largest number of different lever names in one scenario.
pub const MOST_LEVERS: usize = 64;

//! What one kind of system has and another lacks: signals, permissions, the room on a disk, words for
//! errors. NOWHERE ELSE does the program ask what system it runs on.

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub use other::*;
#[cfg(unix)]
pub use unix::*;

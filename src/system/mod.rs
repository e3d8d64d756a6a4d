//! What one kind of system has and another lacks: signals, permissions, the room on a disk, words for
//! errors. NOWHERE ELSE does the program ask what system it runs on.

#[cfg(not(unix))]
mod other;
#[cfg(all(unix, feature = "terminal"))]
mod signals;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub use other::*;
#[cfg(all(unix, feature = "terminal"))]
pub use signals::*;
#[cfg(unix)]
pub use unix::*;

//! THE REGISTER OF KEYS: what may stand in the tables of a scenario's files, but for levers and parameters, which have
//! registers of their own.
//!
//! The reader knows a key from here alone: one that is not here is unknown, and one that the reader does not ask for is told in
//! every test. The schemas for editors are made of it.

pub mod bounds;
mod common;
mod district;
mod key;
mod parameter;
mod policy;
mod scenario;

pub use district::AREA_OF_DISTRICT;
pub use district::CLIMATE;
pub use district::DISTRICT;
pub use district::INSTITUTES;
pub use district::LABORATORY;
pub use district::SECTOR;
pub use district::STARTUPS;
pub use district::SYNERGY;
pub use key::Holds;
pub use key::Key;
pub use parameter::CHANGE;
pub use parameter::PARAMETER;
pub use parameter::SURVEY;
pub use policy::EFFECT;
pub use policy::FUTURE;
pub use policy::POLICY;
pub use policy::STEP;
pub use scenario::MONEY;
pub use scenario::NAMES;
pub use scenario::OUTPUTS;
pub use scenario::PAYER;
pub use scenario::SCENARIO;

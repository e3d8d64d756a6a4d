//! What is said of a firm when something happens to it: notes, tenancies, rounds, losses.

use crate::model::ledger::event::EventKind;
use crate::model::ledger::event::NONE;
use crate::policy::area::Area;
use crate::policy::slot::LeverSlot;

/// What is noted of a firm.
#[derive(Clone, Copy, Debug)]
pub struct FirmNote {
    /// What happened.
    pub kind: EventKind,
    /// The day.
    pub day: u16,
    /// How much.
    pub amount: i64,
    /// Specialists in it, signed.
    pub specialists: i64,
    /// By which lever, or `NONE`.
    pub lever: LeverSlot,
    /// Why.
    pub cause: &'static str,
}

impl FirmNote {
    /// A note without amounts or lever.
    #[must_use]
    pub const fn new(kind: EventKind, day: u16, cause: &'static str) -> Self {
        Self { kind, day, amount: 0, specialists: 0, lever: NONE, cause }
    }
}

/// A place in a facility, given to a firm.
#[derive(Clone, Copy, Debug)]
pub struct Tenancy {
    /// The facility's number.
    pub facility: u8,
    /// The facility's lever.
    pub lever: LeverSlot,
    /// The facility's area.
    pub area: Area,
    /// The day on which the tenancy ends.
    pub end: i32,
    /// Whether the firm was founded this year.
    pub newborn: bool,
}

/// A round that closes.
#[derive(Clone, Copy, Debug)]
pub struct Round {
    /// Private money, after rationing `[KRW m]`.
    pub private: i64,
    /// Public money `[KRW m]`.
    pub public: i64,
    /// Private money wanted, before rationing `[KRW m]`.
    pub wanted: i64,
    /// The fund that co-invests, or `NONE`.
    pub fund: LeverSlot,
}

/// Jobs lost at an acquisition.
#[derive(Clone, Copy, Debug)]
pub struct Loss {
    /// Specialists.
    pub specialists: i32,
    /// Others.
    pub others: i32,
}

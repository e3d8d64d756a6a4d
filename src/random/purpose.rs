//! What a draw decides, each purpose under a number that never changes within a version of the model.

/// What a draw decides.
///
/// The numbers are part of the results: adding a purpose under the next number moves no other draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Purpose {
    /// The climate of a year: how readily capital is given.
    Climate = 0,
    /// How many people would found a firm in a year.
    FounderCount = 1,
    /// How good a founder is.
    Quality = 2,
    /// The sector of a founder's firm.
    Sector = 3,
    /// With how many people a firm starts.
    Team = 4,
    /// The day of the year on which a founder is ready.
    Day = 5,
    /// A founder's liking for an area; a draw for each area.
    Taste = 6,
    /// A founder's liking for not founding at all.
    TasteNotFounding = 7,
    /// Whether a firm looks round for a facility in a year.
    LooksRound = 8,
    /// The day on which a firm applies to a facility.
    ApplicationDay = 9,
    /// A firm's liking for one facility.
    FacilityTaste = 10,
    /// The jury's error in judging an application.
    Score = 11,
    /// Whether a tenant leaves its facility before the end of its term.
    LeavesEarly = 12,
    /// Whether a firm reconsiders its place in a year.
    Reconsiders = 13,
    /// The day on which a firm moves.
    MoveDay = 14,
    /// A firm's liking for an area when it reconsiders; a draw for each area.
    MoveTaste = 15,
    /// When in a year a firm exits, if it does.
    Exit = 16,
    /// A firm's growth in a year.
    Growth = 17,
    /// Which whole number a wanted headcount becomes.
    HeadcountRounding = 18,
    /// How many of a firm's people quit in a year.
    Quits = 19,
    /// Which whole number the filled vacancies become.
    FillRounding = 20,
    /// The day on which a firm hires.
    HiringDay = 21,
    /// Whether a firm closes a round of capital in a year.
    Round = 22,
    /// The day on which a round closes.
    RoundDay = 23,
    /// How much capital a round brings.
    RoundAmount = 24,
    /// When in a year a firm is listed, if it is.
    Listing = 25,
    /// When in a year a firm is acquired, if it is.
    Acquisition = 26,
    /// How many specialists' jobs stay when a firm is acquired.
    AcquiredSpecialists = 27,
    /// How many other jobs stay when a firm is acquired.
    AcquiredOthers = 28,
    /// A firm's sales per head.
    SalesLevel = 29,
    /// Which whole number a firm's specialists become.
    SpecialistRounding = 30,
    /// How many spin-offs a parent could have in a year.
    SpinOffCount = 31,
    /// How many institutes a year could bring.
    InstituteCount = 32,
    /// The headcount of an institute that opens.
    InstituteHeadcount = 33,
    /// What a firm that is there at the start is like: a sequence for `rand_distr`.
    InitialState = 34,
    /// Which firms are tenants at the start.
    InitialTenancy = 35,
    /// Whether a student completes a programme.
    Completion = 36,
    /// Whether a graduate founds a firm.
    Founding = 37,
    /// Whether a graduate stays in reach of the district.
    Stay = 38,
    /// Whether a graduate who does not stay leaves the city.
    LeaveCity = 39,
    /// Whether a trainee becomes a qualified specialist.
    Qualification = 40,
    /// Whether a graduate is linked to a firm of the district.
    Linkage = 41,
    /// Whether a student's place did not exist elsewhere before.
    AdditionalPlace = 42,
    /// How late a designation comes.
    DesignationDelay = 43,
    /// Whether a designation is refused.
    DesignationRefusal = 44,
    /// How late a building is completed.
    BuildingLag = 45,
    /// Whether one who quits seeks work in reach of the district again.
    QuitReturn = 46,
    /// Whether one who seeks work gives up in a year.
    GiveUp = 47,
    /// How many people seek work in reach of the district from outside.
    PoolInflow = 48,
    /// The order of those who draw lots.
    Lottery = 49,
    /// Whether an institute that is brought comes from the rest of the city.
    FromCity = 50,
    /// The day on which an institute opens.
    ArrivalDay = 51,
    /// The day on which a grant is paid.
    GrantDay = 52,
    /// The day on which a firm asks for a wage subsidy.
    SubsidyDay = 53,
    /// Whether a firm uses a service that it may use.
    ServiceUse = 54,
    /// The day on which a firm uses a service.
    ServiceDay = 55,
    /// What lies outside worlds: what the sampler of calibration proposes, what a reported figure is off by, samples
    /// of a bootstrap, choices of a search, rows of a designed experiment.
    Analysis = 56,
}

/// What a draw decides, and for which area where one entity has a draw for each.
///
/// Areas go by their fixed numbers, from 1; 0 stands for no area. So a further area moves no draw of
/// another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address(u64);

/// Where the number of the area begins in an address: above eight bits of purpose and sixteen of the
/// year.
const AREA_BITS: u32 = 24;

impl Address {
    /// The address as a number that leaves the bits of the year free.
    pub(super) const fn number(self) -> u64 {
        self.0
    }
}

impl From<Purpose> for Address {
    #[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
    #[inline(always)]
    fn from(purpose: Purpose) -> Self {
        Self(purpose as u64)
    }
}

impl Purpose {
    /// The draw of this purpose for the area of this number.
    #[must_use]
    #[expect(clippy::inline_always, reason = "the inner loops live on its being vectorised")]
    #[inline(always)]
    pub const fn for_area(self, number: u8) -> Address {
        Address((number as u64) << AREA_BITS | self as u64)
    }

    /// Every purpose, by number.
    pub const ALL: [Self; 57] = [
        Self::Climate,
        Self::FounderCount,
        Self::Quality,
        Self::Sector,
        Self::Team,
        Self::Day,
        Self::Taste,
        Self::TasteNotFounding,
        Self::LooksRound,
        Self::ApplicationDay,
        Self::FacilityTaste,
        Self::Score,
        Self::LeavesEarly,
        Self::Reconsiders,
        Self::MoveDay,
        Self::MoveTaste,
        Self::Exit,
        Self::Growth,
        Self::HeadcountRounding,
        Self::Quits,
        Self::FillRounding,
        Self::HiringDay,
        Self::Round,
        Self::RoundDay,
        Self::RoundAmount,
        Self::Listing,
        Self::Acquisition,
        Self::AcquiredSpecialists,
        Self::AcquiredOthers,
        Self::SalesLevel,
        Self::SpecialistRounding,
        Self::SpinOffCount,
        Self::InstituteCount,
        Self::InstituteHeadcount,
        Self::InitialState,
        Self::InitialTenancy,
        Self::Completion,
        Self::Founding,
        Self::Stay,
        Self::LeaveCity,
        Self::Qualification,
        Self::Linkage,
        Self::AdditionalPlace,
        Self::DesignationDelay,
        Self::DesignationRefusal,
        Self::BuildingLag,
        Self::QuitReturn,
        Self::GiveUp,
        Self::PoolInflow,
        Self::Lottery,
        Self::FromCity,
        Self::ArrivalDay,
        Self::GrantDay,
        Self::SubsidyDay,
        Self::ServiceUse,
        Self::ServiceDay,
        Self::Analysis,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_from_0() {
        assert!((0_u8..).zip(Purpose::ALL).all(|(number, purpose)| number == purpose as u8));
    }
}

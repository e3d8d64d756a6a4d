//! What a draw decides, each purpose under a number that never changes.

/// What a draw decides.
///
/// The numbers are part of the format: none is ever changed or used again, so that adding a purpose
/// moves no other draw.
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
    /// A founder's liking for the special zone.
    TasteSpecialZone = 6,
    /// A founder's liking for the promotion district.
    TastePromotionDistrict = 7,
    /// A founder's liking for the rest of the city.
    TasteElsewhere = 8,
    /// A founder's liking for not founding at all.
    TasteNotFounding = 9,
    /// Whether a firm looks round for a facility in a year.
    LooksRound = 10,
    /// The day on which a firm applies to a facility.
    ApplicationDay = 11,
    /// A firm's liking for one facility.
    FacilityTaste = 12,
    /// The jury's error in judging an application.
    Score = 13,
    /// Whether a tenant leaves its facility before the end of its term.
    LeavesEarly = 14,
    /// Whether a firm reconsiders its place in a year.
    Reconsiders = 15,
    /// The day on which a firm moves.
    MoveDay = 16,
    /// Whether a firm exits in a year.
    Exit = 17,
    /// A firm's growth in a year.
    Growth = 18,
    /// Which whole number a wanted headcount becomes.
    HeadcountRounding = 19,
    /// How many of a firm's people quit in a year.
    Quits = 20,
    /// Which whole number the filled vacancies become.
    FillRounding = 21,
    /// The day on which a firm hires.
    HiringDay = 22,
    /// Whether a firm closes a round of capital in a year.
    Round = 23,
    /// The day on which a round closes.
    RoundDay = 24,
    /// How much capital a round brings.
    RoundAmount = 25,
    /// Whether a firm is listed in a year.
    Listing = 26,
    /// Whether a firm is acquired in a year.
    Acquisition = 27,
    /// How many jobs stay when a firm is acquired.
    AcquiredJobs = 28,
    /// A firm's sales per head.
    SalesLevel = 29,
    /// Which whole number a firm's specialists become.
    SpecialistRounding = 30,
    /// How many spin-offs a parent could have in a year.
    SpinOffCount = 31,
    /// How many institutes a year could bring.
    InstituteCount = 32,
    /// The headcount of a firm that is there at the start.
    InitialHeadcount = 33,
    /// The age of a firm that is there at the start.
    InitialAge = 34,
    /// The stage of capital of a firm that is there at the start.
    InitialStage = 35,
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
    /// Which place a moving firm or person takes.
    NewPlace = 42,
    /// How late a designation comes.
    DesignationDelay = 43,
    /// Whether a designation is refused.
    DesignationRefusal = 44,
    /// How late a building opens.
    BuildingLag = 45,
    /// Whether a firm takes part in a joint project in a year.
    JointProject = 46,
    /// Whether one who quits seeks work in reach of the district again.
    QuitReturn = 47,
    /// Whether one who seeks work gives up in a year.
    GiveUp = 48,
    /// How many people seek work in reach of the district from outside.
    PoolInflow = 49,
    /// The order among equals.
    Lottery = 50,
    /// Whether an arrival comes from the rest of the city.
    FromCity = 51,
    /// The day on which an institute or person arrives.
    ArrivalDay = 52,
    /// The day on which a grant is paid.
    GrantDay = 53,
    /// The liking for the special zone of a firm that reconsiders.
    MoveTasteSpecialZone = 54,
    /// The liking for the promotion district of a firm that reconsiders.
    MoveTastePromotionDistrict = 55,
    /// The liking for the rest of the city of a firm that reconsiders.
    MoveTasteElsewhere = 56,
    /// The day on which a firm exits.
    ExitDay = 57,
    /// Whether a firm uses a support that it may use.
    SupportUse = 58,
    /// How long a tenant at the start has been one.
    InitialTenancy = 59,
    /// What the sampler of calibration proposes, and what a reported figure is off by.
    Calibration = 200,
}

impl Purpose {
    /// Every purpose, by number.
    pub const ALL: [Self; 61] = [
        Self::Climate,
        Self::FounderCount,
        Self::Quality,
        Self::Sector,
        Self::Team,
        Self::Day,
        Self::TasteSpecialZone,
        Self::TastePromotionDistrict,
        Self::TasteElsewhere,
        Self::TasteNotFounding,
        Self::LooksRound,
        Self::ApplicationDay,
        Self::FacilityTaste,
        Self::Score,
        Self::LeavesEarly,
        Self::Reconsiders,
        Self::MoveDay,
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
        Self::AcquiredJobs,
        Self::SalesLevel,
        Self::SpecialistRounding,
        Self::SpinOffCount,
        Self::InstituteCount,
        Self::InitialHeadcount,
        Self::InitialAge,
        Self::InitialStage,
        Self::Completion,
        Self::Founding,
        Self::Stay,
        Self::LeaveCity,
        Self::Qualification,
        Self::Linkage,
        Self::NewPlace,
        Self::DesignationDelay,
        Self::DesignationRefusal,
        Self::BuildingLag,
        Self::JointProject,
        Self::QuitReturn,
        Self::GiveUp,
        Self::PoolInflow,
        Self::Lottery,
        Self::FromCity,
        Self::ArrivalDay,
        Self::GrantDay,
        Self::MoveTasteSpecialZone,
        Self::MoveTastePromotionDistrict,
        Self::MoveTasteElsewhere,
        Self::ExitDay,
        Self::SupportUse,
        Self::InitialTenancy,
        Self::Calibration,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_unique() {
        let mut numbers = Purpose::ALL.map(|purpose| purpose as u8);
        numbers.sort_unstable();
        assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]));
    }
}

//! What a scenario gives the model, the same for every replication and policy.

use crate::model::ledger::MOST_FACILITIES;
use crate::model::ledger::event::NONE;
use crate::policy::levers::Levers;
use crate::policy::slot::LeverSlot;
use crate::random::name_number;
use crate::scenario::Scenario;
use crate::scenario::adjustment::Adjustment;
use crate::scenario::district::ClimateYear;
use crate::scenario::district::DistrictFile;
use crate::scenario::parameter::Register;
use crate::scenario::payers::Payers;
use crate::time::Date;

/// The scenario as the model sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    /// Seed of all chance.
    pub seed: u64,
    /// The year for which rates that grow are given.
    pub reference_year: u16,
    /// The last year in which capital supply grows by `capital_growth_early`.
    pub capital_early_until: u16,
    /// First simulated year.
    pub first_year: u16,
    /// Last simulated year.
    pub last_year: u16,
    /// The day up to which facts are data.
    pub vantage: Date,
    /// The climate of years in which it is not by chance.
    pub climate: Vec<ClimateYear>,
    /// What the scenario's future makes of parameters under every policy, before what a policy changes itself.
    pub adjustments: Vec<Adjustment>,
    /// Which parameters there are.
    pub register: Register,
    /// The district at the start.
    pub district: DistrictFile,
    /// Who pays and receives.
    pub payers: Payers,
    /// A stable number for each lever's name, by slot.
    pub lever_numbers: Vec<u64>,
    /// The slots of all facilities of the scenario; a facility's number is its place here.
    pub facility_slots: Vec<LeverSlot>,
}

impl Setup {
    /// Takes from a scenario what the model needs.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let mut facility_slots: Vec<LeverSlot> = scenario
            .policies
            .iter()
            .flat_map(|policy| policy.plan.facilities.iter().map(|lever| lever.common.slot))
            .collect();
        facility_slots.sort_unstable();
        facility_slots.dedup();
        facility_slots.truncate(MOST_FACILITIES);
        let future = scenario.future.as_ref();
        Self {
            seed: scenario.seed,
            reference_year: scenario.reference_year,
            capital_early_until: scenario.capital_early_until,
            first_year: scenario.first_year,
            last_year: scenario.last_year,
            vantage: scenario.vantage,
            climate: scenario.known_climate().collect(),
            adjustments: future.map_or_else(Vec::new, |future| future.adjustments.clone()),
            register: scenario.register.clone(),
            district: scenario.district.clone(),
            payers: scenario.payers.clone(),
            lever_numbers: scenario.lever_names.iter().map(|name| name_number(name)).collect(),
            facility_slots,
        }
    }

    /// The number of a facility among all facilities of the scenario.
    #[must_use]
    pub fn facility_number(&self, slot: LeverSlot) -> u8 {
        let number = self.facility_slots.iter().position(|&known| known == slot);
        number.and_then(|number| u8::try_from(number).ok()).unwrap_or(NONE)
    }

    /// The last year that has ended by the vantage date.
    #[must_use]
    pub fn last_year_known(&self) -> u16 {
        let next = Date::from_ordinal(self.vantage.ordinal() + 1);
        next.year.saturating_sub(1)
    }

    /// The years simulated, in order.
    #[must_use]
    pub fn years(&self) -> std::ops::RangeInclusive<u16> {
        self.first_year..=self.last_year
    }
}

/// One policy as the model runs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its levers.
    pub plan: Levers,
    /// Levers without effect, a bit each by slot: all that the baseline lacks, in a placebo.
    pub inert: u64,
}

impl Case {
    /// 1 where the lever has its effect, 0 in a placebo.
    #[must_use]
    pub fn effect(&self, slot: LeverSlot) -> f64 {
        if self.inert >> slot & 1 == 1 { 0.0 } else { 1.0 }
    }
}

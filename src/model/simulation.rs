//! One simulation: begun, stepped year by year, its accounts checked.

use crate::model::beginning;
use crate::model::chance::Chance;
use crate::model::context::YearContext;
use crate::model::district::World;
use crate::model::identities;
use crate::model::identities::BrokenIdentity;
use crate::model::identities::Stocks;
use crate::model::ledger::Kept;
use crate::model::ledger::MOST_FACILITIES;
use crate::model::memory::Memory;
use crate::model::phases::calendar;
use crate::model::setup::Case;
use crate::model::setup::Setup;
use crate::model::year;
use crate::scenario::parameter::ParametersByYear;
use crate::time::Date;
use crate::time::Phase;
/// One simulation on its way: the world and the working memory of the phases.
#[derive(Debug, Default)]
pub struct Simulation {
    world: World,
    stocks: Stocks,
    first_tenants: [u32; MOST_FACILITIES],
    memory: Memory,
}

impl Clone for Simulation {
    fn clone(&self) -> Self {
        let mut copy = Self::default();
        copy.clone_from(self);
        copy
    }

    fn clone_from(&mut self, source: &Self) {
        self.world.clone_from(&source.world);
        self.stocks.clone_from(&source.stocks);
        self.first_tenants = source.first_tenants;
    }
}

/// The most firms that may be alive at the end of a year: a million, and some room. Beyond, a scenario grows without
/// bound and would take all memory and time.
pub const MOST_FIRMS: i64 = 1_200_000;

/// Why a year was not finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// The accounts do not close.
    #[error(transparent)]
    Identity(#[from] BrokenIdentity),
    /// The scenario grows without bound.
    #[error(
        "at the end of {year} there are {firms} firms, and this program simulates {MOST_FIRMS} at \
         most; lower the rates at which firms come, such as `founder_rate`, `spin_off_rate`, \
         `institute_rate`, or the number of firms at the start"
    )]
    TooManyFirms {
        /// The year.
        year: u16,
        /// Startups and institutes at its end.
        firms: i64,
    },
}

/// Everything that one simulation depends on.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The scenario.
    pub setup: &'a Setup,
    /// The policy.
    pub case: &'a Case,
    /// The parameters of the replication under the policy.
    pub theta: &'a ParametersByYear,
    /// The draws of the replication.
    pub chance: &'a Chance,
}

impl<'a> Inputs<'a> {
    fn year(&self, year: u16) -> YearContext<'a> {
        YearContext {
            setup: self.setup,
            case: self.case,
            theta: self.theta.of(year),
            chance: self.chance,
            year,
            start: i32::try_from(Date::new_year(year).ordinal()).unwrap_or(0),
            in_force: calendar::in_force(self.case, self.chance, year),
        }
    }
}

impl Simulation {
    /// The first day of a simulation, whose ledger keeps these events.
    #[must_use]
    pub fn begin(inputs: &Inputs<'_>, kept: Kept) -> Self {
        let mut simulation = Self::default();
        simulation.restart(inputs, kept);
        simulation
    }

    /// Begins another simulation in the memory of this one; see [`Self::begin`].
    pub fn restart(&mut self, inputs: &Inputs<'_>, kept: Kept) {
        let first = inputs.setup.first_year;
        self.world.restart(kept);
        self.world.ledger_mut().open_year(first - 1);
        beginning::set_up(&mut self.world, &inputs.year(first));
        self.stocks = Stocks::count(self.world.district(), &inputs.setup.district.areas);
        self.first_tenants = *self.world.district().tenants();
    }

    /// Simulates one year and checks its accounts.
    ///
    /// # Errors
    ///
    /// Fails when a stock-flow identity does not hold, which is a mistake in the program, and when
    /// firms multiply beyond [`MOST_FIRMS`], which is one of the scenario.
    pub fn step(&mut self, inputs: &Inputs<'_>, year: u16) -> Result<(), StepError> {
        self.step_by_phase(inputs, year, |_| ())
    }

    /// The same, telling of each phase that is done: for those who measure phases.
    ///
    /// # Errors
    ///
    /// As [`Self::step`].
    pub fn step_by_phase(
        &mut self,
        inputs: &Inputs<'_>,
        year: u16,
        done: impl FnMut(Phase),
    ) -> Result<(), StepError> {
        let context = inputs.year(year);
        year::run(&mut self.world, &mut self.memory, &context, done);
        if year == inputs.setup.last_year_known() {
            self.world.size_up();
        }
        let areas = &inputs.setup.district.areas;
        let closing = Stocks::count(self.world.district(), areas);
        identities::check(year, areas.all(), &self.stocks, self.world.ledger().book(), &closing)?;
        identities::check_rooms(&context, self.world.district())?;
        self.stocks = closing;
        let firms = self.stocks.all_firms();
        if firms > MOST_FIRMS { Err(StepError::TooManyFirms { year, firms }) } else { Ok(()) }
    }

    /// The world as it is now.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Tenants of a facility on the first day.
    #[must_use]
    pub fn first_tenants(&self, facility: u8) -> u32 {
        self.first_tenants[usize::from(facility)]
    }

    /// The stocks at the end of the last year simulated.
    #[must_use]
    pub fn stocks(&self) -> &Stocks {
        &self.stocks
    }
}

//! The draws of one replication that no policy changes: the climate, and who would found what.

use crate::model::founders::FounderDraws;
use crate::model::founders::Founders;
use crate::model::setup::Setup;
use crate::model::terms::Terms;
use crate::policy::area::Area;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::math;
use crate::random::name_number;
use crate::scenario::district::ClimateYear;
use crate::scenario::parameter::Parameters;
use crate::scenario::parameter::ParametersByYear;

/// Tags that keep keys of different kinds of entity apart.
#[derive(Clone, Copy, Debug)]
#[repr(u64)]
enum EntityKind {
    City = 1,
    Founder = 2,
    InitialStartup = 3,
    InitialInstitute = 4,
    Laboratory = 5,
    NewInstitute = 6,
    Lever = 7,
    SpinOff = 8,
    Student = 9,
    Designation = 10,
    Area = 11,
}

/// The draws of one replication under one set of parameter values.
#[derive(Clone, Debug)]
pub struct Chance {
    world: Key,
    first_year: u16,
    log_climate: Vec<f64>,
    memory: ChanceMemory,
    /// By period of the parameters, each with its first year.
    terms: Vec<(u16, Terms)>,
}

/// Memory of draws that is kept from replication to replication.
#[derive(Clone, Debug, Default)]
pub struct ChanceMemory {
    /// By year.
    founders: Vec<Founders>,
    draws: FounderDraws,
}

impl Chance {
    /// Draws the climate and the founders of all years.
    #[must_use]
    pub fn draw(setup: &Setup, replication: u32, theta: &Parameters) -> Self {
        let theta = ParametersByYear::constant(theta.clone());
        Self::draw_in(ChanceMemory::default(), setup, replication, &theta)
    }

    /// The same in the memory of an earlier replication: with many founders the system would take
    /// some time to clear new memory for each.
    #[must_use]
    pub fn draw_in(
        memory: ChanceMemory,
        setup: &Setup,
        replication: u32,
        theta: &ParametersByYear,
    ) -> Self {
        let years = setup.years();
        let world = Key::world(setup.seed, u64::from(replication));
        let first_year = *years.start();
        let log_climate = draw_climate(world, years.clone(), &setup.climate, theta);
        let terms = theta.periods().map(|(first, theta)| (first, Terms::of(theta))).collect();
        let mut chance = Self { world, first_year, log_climate, memory, terms };
        let ChanceMemory { mut founders, mut draws } = std::mem::take(&mut chance.memory);
        founders.resize_with(years.len(), Founders::default);
        for (founders, year) in founders.iter_mut().zip(years) {
            chance.draw_founders(year, theta.of(year), setup, &mut draws, founders);
        }
        chance.memory = ChanceMemory { founders, draws };
        chance
    }

    /// The memory of these draws, for the next.
    #[must_use]
    pub fn into_memory(self) -> ChanceMemory {
        self.memory
    }

    /// The log of the investment climate m of a year.
    #[must_use]
    pub fn log_climate(&self, year: u16) -> f64 {
        self.log_climate[usize::from(year - self.first_year)]
    }

    /// Those who would found of themselves in a year: no policy changes who they are.
    #[must_use]
    pub fn founders(&self, year: u16) -> &Founders {
        &self.memory.founders[usize::from(year - self.first_year)]
    }

    /// Terms of the equations that the parameters of a year settle.
    #[must_use]
    #[inline]
    pub fn terms(&self, year: u16) -> &Terms {
        let later = self.terms[1..].iter().take_while(|&&(first, _)| first <= year).count();
        &self.terms[later].1
    }

    /// The key of the city's own draws.
    #[must_use]
    pub fn city(&self) -> Key {
        self.world.entity(EntityKind::City as u64)
    }

    /// The key of a startup that exists at the start: of its area, and its index among those there.
    #[must_use]
    pub fn initial_startup(&self, area: Area, index: u32) -> Key {
        self.in_area(EntityKind::InitialStartup, area).entity(u64::from(index))
    }

    /// The key of an institute that exists at the start.
    #[must_use]
    pub fn initial_institute(&self, area: Area, index: u32) -> Key {
        self.in_area(EntityKind::InitialInstitute, area).entity(u64::from(index))
    }

    /// The key of a corporate laboratory.
    #[must_use]
    pub fn laboratory(&self, name: &str) -> Key {
        self.world.entity(EntityKind::Laboratory as u64).entity(name_number(name))
    }

    /// The key of an institute that opens by itself.
    #[must_use]
    pub fn new_institute(&self, year: u16, index: u32) -> Key {
        self.world
            .entity(EntityKind::NewInstitute as u64)
            .entity(u64::from(year))
            .entity(index.into())
    }

    /// The key of a lever, by its name.
    #[must_use]
    pub fn lever(&self, name_number: u64) -> Key {
        self.world.entity(EntityKind::Lever as u64).entity(name_number)
    }

    /// The key of a designation: of a regime for an area, whatever lever asks for it.
    #[must_use]
    pub fn designation(&self, regime: u64, area: Area) -> Key {
        self.in_area(EntityKind::Designation, area).entity(regime)
    }

    /// The key of an area's market.
    #[must_use]
    pub fn area(&self, area: Area) -> Key {
        self.in_area(EntityKind::Area, area)
    }

    /// The key of what is of one kind in an area, which goes by its fixed number.
    fn in_area(&self, kind: EntityKind, area: Area) -> Key {
        self.world.entity(kind as u64).entity(u64::from(area.number()))
    }

    /// The keys of the students who enrol in a programme in a year, one after another.
    pub fn students(lever: Key, year: u16) -> impl Iterator<Item = Key> {
        let cohort = lever.entity(EntityKind::Student as u64).entity(u64::from(year));
        (0..).map(move |index| cohort.entity(index))
    }

    /// The key of an institute's spin-off.
    #[must_use]
    pub fn spin_off(institute: Key, year: u16, index: u32) -> Key {
        institute
            .entity(EntityKind::SpinOff as u64)
            .entity(u64::from(year))
            .entity(u64::from(index))
    }

    fn draw_founders(
        &self,
        year: u16,
        theta: &Parameters,
        setup: &Setup,
        draws: &mut FounderDraws,
        founders: &mut Founders,
    ) {
        let count = self.founder_count(setup, theta, year, 1.0);
        draws.draw(self.founders_of(year), year, count, theta, &setup.district, founders);
    }

    /// The key of those who would found of themselves in a year, one an index.
    #[must_use]
    pub fn founders_of(&self, year: u16) -> Key {
        self.world.entity(EntityKind::Founder as u64).entity(u64::from(year))
    }

    /// How many would found in a year, of `factor` times the mean; it rises with the factor.
    #[must_use]
    pub fn founder_count(&self, setup: &Setup, theta: &Parameters, year: u16, factor: f64) -> u32 {
        let uniform = self.city().uniform(year, Purpose::FounderCount);
        let elapsed = f64::from(year) - f64::from(setup.reference_year);
        let growth = math::exp(elapsed * math::ln(1.0 + theta.founder_growth));
        let climate = math::exp(theta.founder_climate_elasticity * self.log_climate(year));
        let mean = theta.founder_rate * growth * climate * factor;
        let count = distribution::poisson(uniform, mean);
        u32::try_from(count).unwrap_or(u32::MAX).min(MOST_FOUNDERS)
    }
}

/// The most candidates in one year: what an index holds.
const MOST_FOUNDERS: u32 = (1 << 24) - 1;

/// The log of the investment climate of each year.
///
/// # Formula
///
/// ```text
/// ln m_t = -(1 - phi) s2 / 2 + phi ln m_(t-1) + sigma eps_t,   s2 = sigma^2 / (1 - phi^2)
/// ```
///
/// so that the mean of m is 1; in years with a known index it is the known one (model, 6.1). The
/// year before the first is drawn from the stationary distribution.
fn draw_climate(
    world: Key,
    years: std::ops::RangeInclusive<u16>,
    known: &[ClimateYear],
    theta: &ParametersByYear,
) -> Vec<f64> {
    let law = |year: u16| {
        let theta = theta.of(year);
        let (phi, sigma) = (theta.climate_persistence, theta.climate_spread);
        (phi, sigma, sigma * sigma / (1.0 - phi * phi))
    };
    let city = world.entity(EntityKind::City as u64);
    let shock = |year: u16| distribution::normal(city.uniform(year, Purpose::Climate));
    let before = years.start() - 1;
    let (_, _, variance) = law(before);
    let mut last = -variance / 2.0 + variance.sqrt() * shock(before);
    years
        .map(|year| {
            let (phi, sigma, variance) = law(year);
            let observed = known.iter().find(|known| known.year == year);
            last = observed.map_or_else(
                || -(1.0 - phi) * variance / 2.0 + phi * last + sigma * shock(year),
                |known| math::ln(known.index),
            );
            last
        })
        .collect()
}

//! The draws of one replication that no policy changes: the climate, and who would found what.

use crate::model::district::packed::Sector;
use crate::model::id::FirmId;
use crate::model::id::Origin;
use crate::model::ledger::event::NONE;
use crate::model::terms::Terms;
use crate::policy::plan::LeverSlot;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::distribution::PoissonOdds;
use crate::random::math;
use crate::random::slice;
use crate::random::slice::NormalMemory;
use crate::scenario::district::ClimateYear;
use crate::scenario::parameter::Parameters;
use crate::time::DAYS;

/// Tags that keep keys of different kinds of entity apart.
#[derive(Clone, Copy, Debug)]
#[repr(u64)]
enum Kind {
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

/// A stable number for a name: FNV-1a, 64 bits (Fowler, Noll and Vo).
///
/// Levers are keyed by their names, so that a lever keeps its luck whichever others exist.
#[must_use]
pub fn name_number(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Someone who would found a firm.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// The name of the firm that would be founded.
    pub id: FirmId,
    /// The key of its draws.
    pub key: Key,
    /// The day of the year.
    pub day: u16,
    /// Quality z, standard normal.
    pub quality: f64,
    /// Sector.
    pub sector: Sector,
    /// Size of the team [persons].
    pub team: i32,
    /// Gumbel tastes for the three areas and for not founding.
    pub tastes: [f64; 4],
    /// Output a head after the ramp [KRW m/year].
    pub output: f64,
    /// Its draw for looking round for a facility: it does so where that is below the awareness.
    pub looks: f64,
    /// The lever whose programme the founder comes from, or `NONE`.
    pub lever: LeverSlot,
}

/// The draws of one replication under one set of parameter values.
#[derive(Clone, Debug)]
pub struct Chance {
    world: Key,
    first_year: u16,
    log_climate: Vec<f64>,
    founders: Vec<Vec<Candidate>>,
    terms: Terms,
}

impl Chance {
    /// Draws the climate and the founders of all years.
    ///
    /// `known` holds the observed climate up to the vantage date, rising in year.
    #[must_use]
    pub fn draw(
        seed: u64,
        replication: u32,
        years: std::ops::RangeInclusive<u16>,
        known: &[ClimateYear],
        theta: &Parameters,
    ) -> Self {
        let world = Key::world(seed, u64::from(replication));
        let first_year = *years.start();
        let log_climate = draw_climate(world, years.clone(), known, theta);
        let terms = Terms::of(theta);
        let mut chance = Self { world, first_year, log_climate, founders: Vec::new(), terms };
        let mut draws = FounderDraws::new(theta);
        chance.founders = years.map(|year| chance.draw_founders(year, theta, &mut draws)).collect();
        chance
    }

    /// The log of the investment climate m of a year.
    #[must_use]
    pub fn log_climate(&self, year: u16) -> f64 {
        self.log_climate[usize::from(year - self.first_year)]
    }

    /// The independent candidates of a year, in the order of their days, then of their names: no
    /// policy changes it.
    #[must_use]
    pub fn founders(&self, year: u16) -> &[Candidate] {
        &self.founders[usize::from(year - self.first_year)]
    }

    /// Terms of the equations that the replication's parameters settle.
    #[must_use]
    #[inline]
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The key of the city's own draws.
    #[must_use]
    pub fn city(&self) -> Key {
        self.world.entity(Kind::City as u64)
    }

    /// The key of a startup that exists at the start: its group and index.
    #[must_use]
    pub fn initial_startup(&self, area: u64, index: u32) -> Key {
        self.world.entity(Kind::InitialStartup as u64).entity(area).entity(u64::from(index))
    }

    /// The key of an institute that exists at the start.
    #[must_use]
    pub fn initial_institute(&self, area: u64, index: u32) -> Key {
        self.world.entity(Kind::InitialInstitute as u64).entity(area).entity(u64::from(index))
    }

    /// The key of a corporate laboratory.
    #[must_use]
    pub fn laboratory(&self, name: &str) -> Key {
        self.world.entity(Kind::Laboratory as u64).entity(name_number(name))
    }

    /// The key of an institute that opens by itself.
    #[must_use]
    pub fn new_institute(&self, year: u16, index: u32) -> Key {
        self.world.entity(Kind::NewInstitute as u64).entity(u64::from(year)).entity(index.into())
    }

    /// The key of a lever, by its name.
    #[must_use]
    pub fn lever(&self, name_number: u64) -> Key {
        self.world.entity(Kind::Lever as u64).entity(name_number)
    }

    /// The key of a designation: of a regime for an area, whatever lever asks for it.
    #[must_use]
    pub fn designation(&self, regime: u64, area: u64) -> Key {
        self.world.entity(Kind::Designation as u64).entity(regime).entity(area)
    }

    /// The key of an area's market.
    #[must_use]
    pub fn area(&self, area: u64) -> Key {
        self.world.entity(Kind::Area as u64).entity(area)
    }

    /// The keys of the students who enrol in a programme in a year, one after another.
    pub fn students(lever: Key, year: u16) -> impl Iterator<Item = Key> {
        let cohort = lever.entity(Kind::Student as u64).entity(u64::from(year));
        (0..).map(move |index| cohort.entity(index))
    }

    /// The key of an institute's spin-off.
    #[must_use]
    pub fn spin_off(institute: Key, year: u16, index: u32) -> Key {
        institute.entity(Kind::SpinOff as u64).entity(u64::from(year)).entity(u64::from(index))
    }

    fn draw_founders(
        &self,
        year: u16,
        theta: &Parameters,
        draws: &mut FounderDraws,
    ) -> Vec<Candidate> {
        let uniform = self.city().uniform(year, Purpose::FounderCount);
        // Rates are given for 2018, whatever the first year of the scenario (model, 6.2).
        let elapsed = f64::from(year) - f64::from(REFERENCE_YEAR);
        let growth = math::exp(elapsed * math::ln(1.0 + theta.founder_growth));
        let climate = math::exp(theta.founder_climate_elasticity * self.log_climate(year));
        let count = distribution::poisson(uniform, theta.founder_rate * growth * climate);
        let yearly = self.world.entity(Kind::Founder as u64).entity(u64::from(year));
        let count = u32::try_from(count).unwrap_or(u32::MAX).min(MOST_FOUNDERS);
        draws.draw(yearly, year, count, theta);
        let order = order_by_day(draws.day.iter().map(|&day| distribution::days(day)));
        order.into_iter().map(|index| draws.candidate(index, year, theta)).collect()
    }
}

/// The order of days, each with its place: laid out by day, which keeps the order within a day.
fn order_by_day(days: impl Iterator<Item = u16> + Clone) -> Vec<u32> {
    let mut places = [0_u32; DAYS as usize + 2];
    for day in days.clone() {
        places[usize::from(day) + 1] += 1;
    }
    for day in 1..places.len() {
        places[day] += places[day - 1];
    }
    let mut order = vec![0; places[places.len() - 1] as usize];
    for (place, day) in (0..).zip(days) {
        let next = &mut places[usize::from(day)];
        order[*next as usize] = place;
        *next += 1;
    }
    order
}

/// The draws of a year's founders by purpose: what [`Candidate::draw`] draws, in loops.
struct FounderDraws {
    keys: Vec<Key>,
    sector: Vec<f64>,
    quality: Vec<f64>,
    team: Vec<f64>,
    output: Vec<f64>,
    looks: Vec<f64>,
    day: Vec<f64>,
    tastes: [Vec<f64>; 4],
    memory: NormalMemory,
    extra: PoissonOdds,
}

impl FounderDraws {
    fn new(theta: &Parameters) -> Self {
        Self {
            keys: Vec::new(),
            sector: Vec::new(),
            quality: Vec::new(),
            team: Vec::new(),
            output: Vec::new(),
            looks: Vec::new(),
            day: Vec::new(),
            tastes: Default::default(),
            memory: NormalMemory::default(),
            extra: PoissonOdds::new(theta.team_extra),
        }
    }

    fn draw(&mut self, yearly: Key, year: u16, count: u32, theta: &Parameters) {
        self.keys.clear();
        self.keys.extend((0..count).map(|index| yearly.entity(u64::from(index))));
        let keys = &self.keys;
        slice::uniforms(keys, year, Purpose::Sector, &mut self.sector);
        slice::uniforms(keys, year, Purpose::Team, &mut self.team);
        self.extra.draw_all(&mut self.team);
        slice::uniforms(keys, year, Purpose::Day, &mut self.day);
        slice::uniforms(keys, year, Purpose::LooksRound, &mut self.looks);
        slice::uniforms(keys, year, Purpose::Quality, &mut self.quality);
        slice::normal(&mut self.quality, &mut self.memory);
        slice::uniforms(keys, year, Purpose::SalesLevel, &mut self.output);
        slice::normal(&mut self.output, &mut self.memory);
        for (level, quality) in self.output.iter_mut().zip(&self.quality) {
            *level = theta.sales_quality * quality + theta.sales_spread * *level;
        }
        slice::exp(&mut self.output);
        for (taste, purpose) in self.tastes.iter_mut().zip(TASTES) {
            slice::uniforms(keys, year, purpose, taste);
            slice::gumbel(taste);
        }
    }

    fn candidate(&mut self, index: u32, year: u16, theta: &Parameters) -> Candidate {
        let place = index as usize;
        Candidate {
            id: FirmId::new(year, Origin::Independent, 0, index),
            key: self.keys[place],
            day: distribution::days(self.day[place]),
            quality: self.quality[place],
            sector: sector_of(self.sector[place], theta),
            team: team_of(self.team[place], theta),
            tastes: std::array::from_fn(|taste| self.tastes[taste][place]),
            output: theta.sales_per_head * self.output[place],
            looks: self.looks[place],
            lever: NONE,
        }
    }
}

/// The purposes of a founder's tastes: for the areas, and for not founding.
const TASTES: [Purpose; 4] = [
    Purpose::TasteSpecialZone,
    Purpose::TastePromotionDistrict,
    Purpose::TasteElsewhere,
    Purpose::TasteNotFounding,
];

fn sector_of(draw: f64, theta: &Parameters) -> Sector {
    if draw < theta.sector_share_software {
        Sector::Software
    } else if draw < theta.sector_share_software + theta.sector_share_hardware {
        Sector::Hardware
    } else {
        Sector::Ict
    }
}

fn team_of(extra: f64, theta: &Parameters) -> i32 {
    let team = theta.team_minimum + extra;
    #[expect(clippy::cast_possible_truncation, reason = "teams are small")]
    let team = math::round(team) as i32;
    team
}

/// The year for which the rates in `parameters.toml` are given.
pub const REFERENCE_YEAR: u16 = 2018;

/// The most candidates in one year: what an index holds.
const MOST_FOUNDERS: u32 = (1 << 24) - 1;

impl Candidate {
    /// Draws what a founder is like; the draws belong to the firm's key.
    #[must_use]
    pub fn draw(id: FirmId, key: Key, year: u16, theta: &Parameters) -> Self {
        let quality = distribution::normal(key.uniform(year, Purpose::Quality));
        let extra = distribution::poisson(key.uniform(year, Purpose::Team), theta.team_extra);
        let level = distribution::normal(key.uniform(year, Purpose::SalesLevel));
        let output = theta.sales_per_head
            * math::exp(theta.sales_quality * quality + theta.sales_spread * level);
        Self {
            id,
            key,
            day: distribution::days(key.uniform(year, Purpose::Day)),
            quality,
            sector: sector_of(key.uniform(year, Purpose::Sector), theta),
            team: team_of(extra as f64, theta),
            tastes: TASTES.map(|taste| distribution::gumbel(key.uniform(year, taste))),
            output,
            looks: key.uniform(year, Purpose::LooksRound),
            lever: NONE,
        }
    }
}

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
    theta: &Parameters,
) -> Vec<f64> {
    let (phi, sigma) = (theta.climate_persistence, theta.climate_spread);
    let variance = sigma * sigma / (1.0 - phi * phi);
    let city = world.entity(Kind::City as u64);
    let shock = |year: u16| distribution::normal(city.uniform(year, Purpose::Climate));
    let before = years.start() - 1;
    let mut last = -variance / 2.0 + variance.sqrt() * shock(before);
    years
        .map(|year| {
            let observed = known.iter().find(|known| known.year == year);
            last = observed.map_or_else(
                || -(1.0 - phi) * variance / 2.0 + phi * last + sigma * shock(year),
                |known| math::ln(known.index),
            );
            last
        })
        .collect()
}

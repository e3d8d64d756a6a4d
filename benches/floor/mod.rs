//! The floor: the draws of one replication of the baseline and nothing else.
//!
//! As many uniform numbers as the model needs, each turned into its variate by the engine's own loops
//! (`random::slice`), on the widest instruction set that the processor has, by purpose over arrays of keys and in blocks
//! as large as the engine's; no firm, no choice, no account. A draw that depends on another one (the day on which a firm
//! moves, if it moves) is made where the other one says so. What is left out, so that the floor is rather too low
//! than too high: draws that only some policies make, the logarithms of the few exits, acquisitions and listings that a
//! uniform number alone does not rule out, and everything that uses the draws.

#![allow(unreachable_pub, reason = "a module of several programs")]

pub mod counts;

use yangjae::experiment::uncertainty::Uncertainty;
use yangjae::random::Address;
use yangjae::random::Key;
use yangjae::random::Purpose;
use yangjae::random::distribution;
use yangjae::random::distribution::PoissonOdds;
use yangjae::random::slice;
use yangjae::random::slice::NormalMemory;
use yangjae::scenario::Scenario;
use yangjae::scenario::parameter::Parameters;

use counts::Counts;
use counts::Year;

/// The draws of a scenario's baseline.
pub struct Floor {
    seed: u64,
    first_year: u16,
    counts: Counts,
    uncertainty: Uncertainty,
}

/// Firms that the engine takes through a phase together.
const BLOCK: usize = 2_048;

/// Working memory: keys, and the variates of one purpose.
#[derive(Default)]
pub struct Workspace {
    keys: Vec<Key>,
    variates: Vec<f64>,
    normal: NormalMemory,
    places: Vec<u32>,
    chosen: Vec<Key>,
    team: PoissonOdds,
    /// Uniform numbers drawn.
    drawn: usize,
}

/// What uniform numbers are turned into.
#[derive(Clone, Copy)]
enum Variate {
    Uniform,
    Day,
    Normal,
    Exponential,
    Laplace,
    Gumbel,
    /// With this standard deviation of the logarithm.
    Lognormal(f64),
    /// The people of a team beyond the first.
    Team,
}

impl Floor {
    /// The draws that the counts say.
    pub fn new(scenario: &Scenario, counts: Counts) -> Self {
        Self {
            seed: scenario.seed,
            first_year: scenario.first_year,
            counts,
            uncertainty: Uncertainty::of(scenario),
        }
    }

    /// Makes the draws of one replication; returns how many uniform numbers that took.
    pub fn draw(&self, replication: u32, workspace: &mut Workspace) -> usize {
        let theta = self.uncertainty.parameters(replication).expect("a whole register");
        let world = Key::world(self.seed, u64::from(replication));
        workspace.team.set_mean(theta.team_extra);
        workspace.drawn = 0;
        self.first_day(workspace, world);
        // Firms keep their keys, so these are mixed once; which key is whose does not matter here.
        let most = self.counts.years.iter().map(|year| year.exposed).max().unwrap_or(0);
        workspace.keys.clear();
        workspace.keys.extend((0..most as u64).map(|index| world.entity(index)));
        for (year, counts) in (self.first_year..).zip(&self.counts.years) {
            city(workspace, world, year, &theta);
            candidates(workspace, world.entity(u64::from(year)), year, counts);
            intake(workspace, year, counts, &theta);
            students(workspace, world.entity(7).entity(u64::from(year)), year, counts, &theta);
            jobs(workspace, year, counts);
            investment(workspace, year, counts, theta.round_spread);
        }
        workspace.drawn
    }

    fn first_day(&self, workspace: &mut Workspace, world: Key) {
        let firms = self.counts.first_startups + self.counts.first_institutes;
        workspace.keys.clear();
        workspace.keys.extend((0..firms as u64).map(|index| world.entity(index)));
        let startups = self.counts.first_startups;
        founders(workspace, startups, 0);
        workspace.draw(startups, 0, Purpose::InitialState, Variate::Uniform);
        workspace.draw(startups, 0, Purpose::InitialTenancy, Variate::Uniform);
        workspace.draw(firms, 0, Purpose::InstituteHeadcount, Variate::Lognormal(0.8));
        workspace.draw(firms, 0, Purpose::SpecialistRounding, Variate::Uniform);
    }
}

impl Workspace {
    /// Draws one variate for each of the first `count` keys.
    fn draw(&mut self, count: usize, year: u16, address: impl Into<Address>, variate: Variate) {
        let address = address.into();
        for keys in self.keys[..count].chunks(BLOCK) {
            slice::uniforms(keys, year, address, &mut self.variates);
            let values = &mut self.variates;
            match variate {
                Variate::Uniform => {}
                Variate::Day => {
                    for value in values.iter_mut() {
                        *value = distribution::days(*value).into();
                    }
                }
                Variate::Normal => slice::normal(values, &mut self.normal),
                Variate::Exponential => slice::exponential(values),
                Variate::Laplace => slice::laplace(values),
                Variate::Gumbel => slice::gumbel(values),
                Variate::Lognormal(spread) => {
                    slice::normal(values, &mut self.normal);
                    for value in values.iter_mut() {
                        *value *= spread;
                    }
                    slice::exp(values);
                }
                Variate::Team => self.team.draw_all(values),
            }
            // Keeps the compiler from leaving draws out.
            std::hint::black_box(values);
        }
        self.drawn += count;
    }

    /// Draws a uniform number for each of the first `count` keys; those below `limit` are chosen.
    fn choose(&mut self, count: usize, year: u16, purpose: Purpose, limit: f64) {
        self.chosen.clear();
        for keys in self.keys[..count].chunks(BLOCK) {
            slice::uniforms(keys, year, purpose, &mut self.variates);
            let draws = self.variates.as_slice();
            slice::choose(draws.len(), &mut self.places, |place| draws[place] < limit);
            self.chosen.extend(self.places.iter().map(|&place| keys[place as usize]));
        }
        self.drawn += count;
    }

    /// Draws one variate for each chosen key.
    fn draw_chosen(&mut self, year: u16, address: impl Into<Address>, variate: Variate) {
        std::mem::swap(&mut self.keys, &mut self.chosen);
        self.draw(self.keys.len(), year, address, variate);
        std::mem::swap(&mut self.keys, &mut self.chosen);
    }
}

/// The city's own: climate, counts, roundings, the lag of buildings.
fn city(workspace: &mut Workspace, world: Key, year: u16, theta: &Parameters) {
    let key = world.entity(1);
    let once = [
        Purpose::InstituteCount,
        Purpose::PoolInflow,
        Purpose::QuitReturn,
        Purpose::GiveUp,
        Purpose::MoveDay,
        Purpose::BuildingLag,
        Purpose::Lottery,
    ];
    for purpose in once {
        std::hint::black_box(key.uniform(year, purpose));
    }
    std::hint::black_box(distribution::normal(key.uniform(year, Purpose::Climate)));
    let founders = key.uniform(year, Purpose::FounderCount);
    std::hint::black_box(distribution::poisson(founders, theta.founder_rate));
    workspace.drawn += once.len() + 2;
}

/// What a founder is like.
fn founders(workspace: &mut Workspace, count: usize, year: u16) {
    workspace.draw(count, year, Purpose::Sector, Variate::Uniform);
    workspace.draw(count, year, Purpose::Day, Variate::Day);
    workspace.draw(count, year, Purpose::Quality, Variate::Normal);
    workspace.draw(count, year, Purpose::SalesLevel, Variate::Normal);
    workspace.draw(count, year, Purpose::Team, Variate::Team);
}

/// The numbers of the areas of the shipped scenario.
const AREAS: [u8; 3] = [1, 2, 3];

fn candidates(workspace: &mut Workspace, yearly: Key, year: u16, counts: &Year) {
    let mut firms = std::mem::take(&mut workspace.keys);
    workspace.keys.extend((0..counts.candidates as u64).map(|index| yearly.entity(index)));
    founders(workspace, counts.candidates, year);
    for number in AREAS {
        let taste = Purpose::Taste.for_area(number);
        workspace.draw(counts.candidates, year, taste, Variate::Gumbel);
    }
    workspace.draw(counts.candidates, year, Purpose::TasteNotFounding, Variate::Gumbel);
    workspace.draw(counts.candidates, year, Purpose::LooksRound, Variate::Uniform);
    workspace.draw(counts.candidates, year, Purpose::SpecialistRounding, Variate::Uniform);
    std::mem::swap(&mut workspace.keys, &mut firms);
}

/// Who reconsiders, who looks round for a facility, whom it admits.
fn intake(workspace: &mut Workspace, year: u16, counts: &Year, theta: &Parameters) {
    let moves = AREAS.map(|number| Purpose::MoveTaste.for_area(number));
    let choices = [
        (counts.startups, Purpose::Reconsiders, theta.relocation_rate),
        (counts.institutes, Purpose::Reconsiders, theta.institute_relocation_rate),
        (counts.lookers, Purpose::LooksRound, theta.facility_awareness),
    ];
    for (count, purpose, limit) in choices {
        workspace.choose(count, year, purpose, limit);
        workspace.draw_chosen(year, Purpose::MoveDay, Variate::Day);
        for taste in moves {
            workspace.draw_chosen(year, taste, Variate::Gumbel);
        }
        if purpose == Purpose::LooksRound {
            workspace.draw_chosen(year, Purpose::FacilityTaste, Variate::Gumbel);
        }
    }
    workspace.draw(counts.institutes, year, Purpose::SpinOffCount, Variate::Uniform);
    workspace.draw(counts.applications, year, Purpose::Score, Variate::Normal);
    workspace.draw(counts.admissions, year, Purpose::LeavesEarly, Variate::Exponential);
}

fn students(workspace: &mut Workspace, yearly: Key, year: u16, counts: &Year, theta: &Parameters) {
    let mut firms = std::mem::take(&mut workspace.keys);
    workspace.keys.extend((0..counts.students as u64).map(|index| yearly.entity(index)));
    workspace.choose(counts.students, year, Purpose::Completion, theta.completion_non_degree);
    workspace.draw_chosen(year, Purpose::AdditionalPlace, Variate::Uniform);
    workspace.draw_chosen(year, Purpose::Founding, Variate::Uniform);
    workspace.choose(counts.students, year, Purpose::Qualification, theta.qualification_non_degree);
    workspace.draw_chosen(year, Purpose::LeaveCity, Variate::Uniform);
    workspace.draw_chosen(year, Purpose::Stay, Variate::Uniform);
    std::mem::swap(&mut workspace.keys, &mut firms);
}

fn jobs(workspace: &mut Workspace, year: u16, counts: &Year) {
    workspace.draw(counts.exposed, year, Purpose::Exit, Variate::Uniform);
    workspace.draw(counts.growing, year, Purpose::Growth, Variate::Laplace);
    workspace.draw(counts.growing, year, Purpose::HeadcountRounding, Variate::Uniform);
    workspace.draw(counts.growing, year, Purpose::Quits, Variate::Uniform);
    workspace.draw(counts.hiring, year, Purpose::FillRounding, Variate::Uniform);
}

fn investment(workspace: &mut Workspace, year: u16, counts: &Year, spread: f64) {
    workspace.draw(counts.independent, year, Purpose::Round, Variate::Uniform);
    workspace.draw(counts.rounds, year, Purpose::RoundAmount, Variate::Lognormal(spread));
    workspace.draw(counts.rounds, year, Purpose::RoundDay, Variate::Day);
    workspace.draw(counts.raised, year, Purpose::Acquisition, Variate::Uniform);
    workspace.draw(counts.late, year, Purpose::Listing, Variate::Uniform);
}

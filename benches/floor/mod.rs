//! The floor: the draws of one replication of the baseline and nothing else.
//!
//! As many uniform numbers as the model needs, each turned into its variate, in loops by purpose
//! over arrays of keys; no firm, no choice, no account. A draw that depends on another one (the
//! day on which a firm moves, if it moves) is made where the other one says so. What is left out,
//! so that the floor is rather too low than too high: draws that only some policies make, and
//! everything that uses the draws.

#![allow(unreachable_pub, reason = "a module of several programs")]

pub mod counts;

use yangjae::experiment::uncertainty::Uncertainty;
use yangjae::random::Address;
use yangjae::random::Key;
use yangjae::random::Purpose;
use yangjae::random::distribution;
use yangjae::random::distribution::PoissonOdds;
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

/// Working memory: keys, and the variates of one purpose.
#[derive(Default)]
pub struct Workspace {
    keys: Vec<Key>,
    variates: Vec<f64>,
    chosen: Vec<Key>,
    /// Uniform numbers drawn.
    drawn: usize,
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
        let mut team = PoissonOdds::new(theta.team_extra);
        workspace.drawn = 0;
        self.first_day(workspace, world, &mut team);
        // Firms keep their keys, so these are mixed once; which key is whose does not matter here.
        let most = self.counts.years.iter().map(|year| year.exposed).max().unwrap_or(0);
        workspace.keys.clear();
        workspace.keys.extend((0..most as u64).map(|index| world.entity(index)));
        for (year, counts) in (self.first_year..).zip(&self.counts.years) {
            city(workspace, world, year, &theta);
            candidates(workspace, world.entity(u64::from(year)), year, counts, &mut team);
            intake(workspace, year, counts, &theta);
            students(workspace, world.entity(7).entity(u64::from(year)), year, counts, &theta);
            jobs(workspace, year, counts);
            investment(workspace, year, counts, theta.round_spread);
        }
        workspace.drawn
    }

    fn first_day(&self, workspace: &mut Workspace, world: Key, team: &mut PoissonOdds) {
        let firms = self.counts.first_startups + self.counts.first_institutes;
        workspace.keys.clear();
        workspace.keys.extend((0..firms as u64).map(|index| world.entity(index)));
        let startups = self.counts.first_startups;
        founders(workspace, startups, 0, team);
        workspace.draw(startups, 0, Purpose::InitialState, |u| u);
        workspace.draw(startups, 0, Purpose::InitialTenancy, |u| u);
        workspace
            .draw(firms, 0, Purpose::InstituteHeadcount, |u| distribution::lognormal(u, 10.0, 0.8));
        workspace.draw(firms, 0, Purpose::SpecialistRounding, |u| u);
    }
}

impl Workspace {
    /// Draws one variate for each of the first `count` keys.
    #[inline]
    fn draw(
        &mut self,
        count: usize,
        year: u16,
        address: impl Into<Address>,
        mut transform: impl FnMut(f64) -> f64,
    ) {
        self.variates.clear();
        let address = address.into();
        let draws = self.keys[..count].iter().map(|key| transform(key.uniform(year, address)));
        self.variates.extend(draws);
        self.drawn += count;
        // Keeps the compiler from leaving draws out.
        std::hint::black_box(&mut self.variates);
    }

    /// The same; the keys whose uniform number is below `limit` are chosen.
    #[inline]
    fn choose(&mut self, count: usize, year: u16, purpose: Purpose, limit: f64) {
        self.draw(count, year, purpose, |u| u);
        self.chosen.clear();
        for (key, &u) in self.keys.iter().zip(&self.variates) {
            if u < limit {
                self.chosen.push(*key);
            }
        }
    }

    /// Draws one variate for each chosen key.
    #[inline]
    fn draw_chosen(
        &mut self,
        year: u16,
        address: impl Into<Address>,
        transform: impl Fn(f64) -> f64,
    ) {
        std::mem::swap(&mut self.keys, &mut self.chosen);
        self.draw(self.keys.len(), year, address, transform);
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
fn founders(workspace: &mut Workspace, count: usize, year: u16, team: &mut PoissonOdds) {
    workspace.draw(count, year, Purpose::Sector, |u| u);
    workspace.draw(count, year, Purpose::Day, |u| f64::from(distribution::days(u)));
    workspace.draw(count, year, Purpose::Quality, distribution::normal);
    workspace.draw(count, year, Purpose::SalesLevel, distribution::normal);
    workspace.draw(count, year, Purpose::Team, |u| team.draw(u) as f64);
}

/// The numbers of the areas of the shipped scenario.
const AREAS: [u8; 3] = [1, 2, 3];

fn candidates(
    workspace: &mut Workspace,
    yearly: Key,
    year: u16,
    counts: &Year,
    team: &mut PoissonOdds,
) {
    let mut firms = std::mem::take(&mut workspace.keys);
    workspace.keys.extend((0..counts.candidates as u64).map(|index| yearly.entity(index)));
    founders(workspace, counts.candidates, year, team);
    for number in AREAS {
        let taste = Purpose::Taste.for_area(number);
        workspace.draw(counts.candidates, year, taste, distribution::gumbel);
    }
    workspace.draw(counts.candidates, year, Purpose::TasteNotFounding, distribution::gumbel);
    workspace.draw(counts.candidates, year, Purpose::LooksRound, |u| u);
    workspace.draw(counts.candidates, year, Purpose::SpecialistRounding, |u| u);
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
        workspace.draw_chosen(year, Purpose::MoveDay, |u| f64::from(distribution::days(u)));
        for taste in moves {
            workspace.draw_chosen(year, taste, distribution::gumbel);
        }
        if purpose == Purpose::LooksRound {
            workspace.draw_chosen(year, Purpose::FacilityTaste, distribution::gumbel);
        }
    }
    workspace.draw(counts.institutes, year, Purpose::SpinOffCount, |u| u);
    workspace.draw(counts.applications, year, Purpose::Score, distribution::normal);
    workspace.draw(counts.admissions, year, Purpose::LeavesEarly, distribution::exponential);
}

fn students(workspace: &mut Workspace, yearly: Key, year: u16, counts: &Year, theta: &Parameters) {
    let mut firms = std::mem::take(&mut workspace.keys);
    workspace.keys.extend((0..counts.students as u64).map(|index| yearly.entity(index)));
    workspace.choose(counts.students, year, Purpose::Completion, theta.completion_non_degree);
    workspace.draw_chosen(year, Purpose::AdditionalPlace, |u| u);
    workspace.draw_chosen(year, Purpose::Founding, |u| u);
    workspace.choose(counts.students, year, Purpose::Qualification, theta.qualification_non_degree);
    workspace.draw_chosen(year, Purpose::LeaveCity, |u| u);
    workspace.draw_chosen(year, Purpose::Stay, |u| u);
    std::mem::swap(&mut workspace.keys, &mut firms);
}

fn jobs(workspace: &mut Workspace, year: u16, counts: &Year) {
    workspace.draw(counts.exposed, year, Purpose::Exit, distribution::exponential);
    workspace.draw(counts.growing, year, Purpose::Growth, distribution::laplace);
    workspace.draw(counts.growing, year, Purpose::HeadcountRounding, |u| u);
    workspace.draw(counts.growing, year, Purpose::Quits, |u| u);
    workspace.draw(counts.hiring, year, Purpose::FillRounding, |u| u);
}

fn investment(workspace: &mut Workspace, year: u16, counts: &Year, spread: f64) {
    workspace.draw(counts.independent, year, Purpose::Round, |u| u);
    workspace.draw(counts.rounds, year, Purpose::RoundAmount, |u| {
        distribution::lognormal(u, 1.0, spread)
    });
    workspace.draw(counts.rounds, year, Purpose::RoundDay, |u| f64::from(distribution::days(u)));
    workspace.draw(counts.raised, year, Purpose::Acquisition, distribution::exponential);
    workspace.draw(counts.late, year, Purpose::Listing, distribution::exponential);
}

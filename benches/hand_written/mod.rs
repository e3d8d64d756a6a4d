//! The reduced model as a loop written by hand: what the engine is measured against.
//!
//! Arrays by field, loops by purpose, keyed draws from a kept key, removal by moving the last row
//! into the gap (keyed draws do not care for order), no events, no ledger, no metrics but six. The
//! parameters are those of `benches/reduced`; the equations are in `benches/README.md`.

#![allow(unreachable_pub, reason = "a module of several programs")]
#![allow(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]

mod table;

use yangjae::experiment::uncertainty::Uncertainty;
use yangjae::random::Key;
use yangjae::random::Purpose;
use yangjae::random::distribution;
use yangjae::random::math;
use yangjae::scenario::Scenario;

use table::PoissonTable;

/// What is recorded each year, under the names of the engine's metrics.
pub const METRICS: [&str; 6] = ["firms", "jobs", "founders", "failures", "rounds", "investment"];

/// The stages below the last, and the last, at which no round closes.
const STAGES: usize = 5;

/// The model with its parameters.
pub struct HandWritten {
    seed: u64,
    years: std::ops::RangeInclusive<u16>,
    arrivals: PoissonTable,
    team: PoissonTable,
    team_minimum: f64,
    hazard: [f64; 8],
    exit_quality: f64,
    growth: f64,
    spread: f64,
    odds: [f64; STAGES],
    round_quality: f64,
    median: [f64; STAGES],
    round_spread: f64,
}

/// Living firms, an array a field, and working memory for one thread.
#[derive(Default)]
pub struct Workspace {
    key: Vec<Key>,
    born: Vec<u16>,
    /// exp(−b z): the factor on the hazard.
    frailty: Vec<f64>,
    /// exp(b z): the factor on the odds of a round.
    appeal: Vec<f64>,
    headcount: Vec<f64>,
    stage: Vec<u8>,
    draws: Vec<f64>,
    more_draws: Vec<f64>,
    list: Vec<u32>,
}

impl HandWritten {
    /// The model of `benches/reduced`, or of a change of it.
    pub fn new(scenario: &Scenario) -> Self {
        let theta = Uncertainty::of(scenario).parameters(0).expect("a whole register");
        let logits = [
            theta.round_base_seed,
            theta.round_base_a,
            theta.round_base_b,
            theta.round_base_c,
            theta.round_base_later,
        ];
        let spread = theta.growth_spread;
        Self {
            seed: scenario.seed,
            years: scenario.years(),
            arrivals: PoissonTable::new(theta.founder_rate),
            team: PoissonTable::new(theta.team_extra),
            team_minimum: theta.team_minimum,
            hazard: [
                theta.exit_age_1,
                theta.exit_age_2,
                theta.exit_age_3,
                theta.exit_age_4,
                theta.exit_age_5,
                theta.exit_age_6,
                theta.exit_age_7,
                theta.exit_age_8,
            ],
            exit_quality: theta.exit_quality,
            growth: theta.growth_base + math::ln(1.0 - spread * spread),
            spread,
            odds: logits.map(math::exp),
            round_quality: theta.round_quality,
            median: [
                theta.round_median_seed,
                theta.round_median_a,
                theta.round_median_b,
                theta.round_median_c,
                theta.round_median_later,
            ],
            round_spread: theta.round_spread,
        }
    }

    /// One replication: the values of each metric, year by year; and the firm-years in it.
    pub fn replicate(&self, replication: u32, firms: &mut Workspace) -> Vec<f64> {
        firms.clear();
        let world = Key::world(self.seed, u64::from(replication));
        let years = self.years.len();
        let mut values = vec![0.0; METRICS.len() * years];
        for (index, year) in self.years.clone().enumerate() {
            let failures = self.exits(firms, year);
            self.growth(firms, year);
            let (founders, early) = self.births(firms, world, year);
            let (rounds, investment) = self.rounds(firms, year);
            let recorded = [
                firms.key.len() as f64,
                firms.headcount.iter().sum(),
                founders as f64,
                (failures + early) as f64,
                rounds as f64,
                investment,
            ];
            for (metric, value) in recorded.into_iter().enumerate() {
                values[metric * years + index] = value;
            }
        }
        values
    }

    /// Firms of earlier years fail; returns how many.
    fn exits(&self, firms: &mut Workspace, year: u16) -> usize {
        fill(&mut firms.draws, &firms.key, |key| {
            distribution::exponential(key.uniform(year, Purpose::Exit))
        });
        let (born, frailty) = (&firms.born, &firms.frailty);
        list(&mut firms.list, &firms.draws, |row, draw| {
            let age = usize::from(year - born[row]).min(7);
            draw < self.hazard[age] * frailty[row]
        });
        firms.remove_listed()
    }

    /// Headcounts grow, and are rounded to one of the two whole numbers next to them.
    fn growth(&self, firms: &mut Workspace, year: u16) {
        // Adding and taking away 1.5 · 2^52 rounds to the nearest whole number, in any vector.
        const ROUND: f64 = 6_755_399_441_055_744.0;
        for (headcount, key) in firms.headcount.iter_mut().zip(&firms.key) {
            let draw = distribution::laplace(key.uniform(year, Purpose::Growth));
            let wanted = *headcount * math::exp(self.growth + self.spread * draw);
            let rounding = key.uniform(year, Purpose::HeadcountRounding) - 0.5;
            *headcount = (wanted.max(1.0) + rounding + ROUND) - ROUND;
        }
    }

    /// Firms are founded on a day of the year, and some fail before its end; returns both counts.
    fn births(&self, firms: &mut Workspace, world: Key, year: u16) -> (usize, usize) {
        let before = firms.key.len();
        let count = self.arrivals.draw(world.entity(1).uniform(year, Purpose::FounderCount));
        let yearly = world.entity(2).entity(u64::from(year));
        firms.key.extend((0..count).map(|index| yearly.entity(index)));
        let newborn = &firms.key[before..];
        fill(&mut firms.draws, newborn, |key| {
            distribution::normal(key.uniform(year, Purpose::Quality))
        });
        let quality = firms.draws.iter();
        firms.frailty.extend(quality.clone().map(|z| math::exp(-self.exit_quality * z)));
        firms.appeal.extend(quality.map(|z| math::exp(self.round_quality * z)));
        let team = |key: &Key| self.team.draw(key.uniform(year, Purpose::Team)) as f64;
        firms.headcount.extend(newborn.iter().map(|key| self.team_minimum + team(key)));
        firms.stage.resize(firms.key.len(), 0);
        firms.born.resize(firms.key.len(), year);

        fill(&mut firms.draws, newborn, |key| {
            distribution::exponential(key.uniform(year, Purpose::Exit))
        });
        fill(&mut firms.more_draws, newborn, |key| {
            let day = distribution::days(key.uniform(year, Purpose::Day));
            f64::from(366 - day) / 365.0
        });
        let (frailty, exposed) = (&firms.frailty[before..], &firms.more_draws);
        list(&mut firms.list, &firms.draws, |row, draw| {
            draw < self.hazard[0] * frailty[row] * exposed[row]
        });
        firms.list.iter_mut().for_each(|row| *row += before as u32);
        (firms.key.len() - before, firms.remove_listed())
    }

    /// Rounds close; returns how many, and the money `[KRW m]`.
    fn rounds(&self, firms: &mut Workspace, year: u16) -> (usize, f64) {
        fill(&mut firms.draws, &firms.key, |key| key.uniform(year, Purpose::Round));
        let (stage, appeal) = (&firms.stage, &firms.appeal);
        list(&mut firms.list, &firms.draws, |row, draw| {
            let odds = self.odds[usize::from(stage[row]).min(STAGES - 1)] * appeal[row];
            draw * (1.0 + odds) < odds
        });
        // A firm of this year closes none that is dated before its founding.
        let (keys, born) = (&firms.key, &firms.born);
        firms.list.retain(|&row| {
            let (key, born) = (keys[row as usize], born[row as usize]);
            let day = |purpose| distribution::days(key.uniform(year, purpose));
            born < year || day(Purpose::RoundDay) >= day(Purpose::Day)
        });
        firms.draws.clear();
        let draw = firms.list.iter().map(|&row| {
            let draw = firms.key[row as usize].uniform(year, Purpose::RoundAmount);
            math::exp(self.round_spread * distribution::normal(draw))
        });
        firms.draws.extend(draw);
        let mut investment = 0.0;
        for (&row, draw) in firms.list.iter().zip(&firms.draws) {
            let stage = &mut firms.stage[row as usize];
            investment += (self.median[usize::from(*stage)] * draw).round();
            *stage = (*stage + 1).min(STAGES as u8 - 1);
        }
        (firms.list.len(), investment)
    }
}

/// Makes one draw for each key.
#[inline]
fn fill(draws: &mut Vec<f64>, keys: &[Key], draw: impl Fn(&Key) -> f64) {
    draws.clear();
    draws.extend(keys.iter().map(draw));
}

/// Lists the rows for which a draw decides so, without a branch that a processor could guess wrong.
#[inline]
fn list(rows: &mut Vec<u32>, draws: &[f64], decides: impl Fn(usize, f64) -> bool) {
    rows.clear();
    rows.resize(draws.len(), 0);
    let mut count = 0;
    for (row, &draw) in draws.iter().enumerate() {
        rows[count] = row as u32;
        count += usize::from(decides(row, draw));
    }
    rows.truncate(count);
}

impl Workspace {
    fn clear(&mut self) {
        self.key.clear();
        self.born.clear();
        self.frailty.clear();
        self.appeal.clear();
        self.headcount.clear();
        self.stage.clear();
    }

    /// Removes the rows in the list, which rises; returns how many.
    fn remove_listed(&mut self) -> usize {
        for &row in self.list.iter().rev() {
            let row = row as usize;
            self.key.swap_remove(row);
            self.born.swap_remove(row);
            self.frailty.swap_remove(row);
            self.appeal.swap_remove(row);
            self.headcount.swap_remove(row);
            self.stage.swap_remove(row);
        }
        self.list.len()
    }
}

//! Who would found firms: what they are like, and what places are worth to them (model, 6.2).

use crate::model::id::FirmId;
use crate::model::id::Origin;
use crate::model::posts;
use crate::policy::area::Area;
use crate::policy::area::ByArea;
use crate::policy::area::MOST_AREAS;
use crate::policy::sector::MOST_SECTORS;
use crate::policy::sector::Sector;
use crate::random::Address;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::distribution::PoissonOdds;
use crate::random::math;
use crate::random::slice;
use crate::random::slice::NormalMemory;
use crate::scenario::district::DistrictFile;
use crate::scenario::parameter::Parameters;
use crate::time::DAYS;

/// Someone who would found a firm, and what it would be like.
#[derive(Clone, Copy, Debug)]
pub struct Founder {
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
    /// Size of the team `[persons]`.
    pub team: i32,
    /// Of these, specialists `[persons]`.
    pub specialists: i32,
    /// Output a head after the ramp `[KRW m/year]`.
    pub output: f64,
}

/// A founder with what decides on the place.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// What it is like.
    pub founder: Founder,
    /// Gumbel tastes for the areas.
    pub tastes: ByArea<f64>,
    /// The same for not founding.
    pub out: f64,
    /// Its draw for looking round for a facility: it does so where that is below the awareness.
    pub looks: f64,
}

/// The independent founders of a year, in the order of their days, then of their names.
#[derive(Clone, Debug, Default)]
pub struct Founders {
    list: Vec<Founder>,
    /// By area in the order of numbers, then by founder.
    tastes: Vec<Vec<f64>>,
    /// For not founding.
    out: Vec<f64>,
    looks: Vec<f64>,
}

impl Founders {
    /// All of them.
    #[must_use]
    pub fn list(&self) -> &[Founder] {
        &self.list
    }

    /// Their tastes for the areas in the order of numbers, an array each.
    #[must_use]
    pub fn tastes(&self) -> &[Vec<f64>] {
        &self.tastes
    }

    /// Their tastes for not founding.
    #[must_use]
    pub fn out(&self) -> &[f64] {
        &self.out
    }

    /// Their draws for looking round for a facility.
    #[must_use]
    pub fn looks(&self) -> &[f64] {
        &self.looks
    }

    /// One of them with what decides on the place.
    #[must_use]
    pub fn candidate(&self, place: usize, areas: &[Area]) -> Candidate {
        let mut tastes = [0.0; MOST_AREAS];
        for (area, of_area) in areas.iter().zip(&self.tastes) {
            tastes[area.index()] = of_area[place];
        }
        Candidate {
            founder: self.list[place],
            tastes,
            out: self.out[place],
            looks: self.looks[place],
        }
    }
}

/// Someone who would found, before anything else is drawn of it.
#[derive(Clone, Copy, Debug)]
pub struct Newcomer {
    /// The name of the firm that would be founded.
    pub id: FirmId,
    /// The key of its draws.
    pub key: Key,
    /// The day of the year; see [`Newcomer::day_of`].
    pub day: u16,
}

impl Newcomer {
    /// The day on which a founder with this key decides.
    #[must_use]
    pub fn day_of(key: Key, year: u16) -> u16 {
        distribution::days(key.uniform(year, Purpose::Day))
    }
}

/// What a firm is like that was there on the first day; other founders' is drawn in loops ([`FounderDraws`]).
#[derive(Clone, Copy, Debug)]
pub struct Traits {
    /// Its founding day in the year.
    pub day: u16,
    /// Quality z, standard normal.
    pub quality: f64,
    /// Sector.
    pub sector: Sector,
    /// Output a head after the ramp `[KRW m/year]`.
    pub output: f64,
}

impl Traits {
    /// Draws them; the draws belong to the firm's key.
    #[must_use]
    pub fn draw(key: Key, year: u16, theta: &Parameters, sectors: &[Sector]) -> Self {
        let quality = distribution::normal(key.uniform(year, Purpose::Quality));
        let level = distribution::normal(key.uniform(year, Purpose::SalesLevel));
        let shares = SectorShares::of(theta, sectors);
        Self {
            day: Newcomer::day_of(key, year),
            quality,
            sector: shares.sector(key.uniform(year, Purpose::Sector)),
            output: theta.sales_per_head
                * math::exp(theta.sales_quality * quality + theta.sales_spread * level),
        }
    }
}

/// Working memory for the draws of a year's founders, in loops by purpose.
#[derive(Clone, Debug, Default)]
pub struct FounderDraws {
    keys: Vec<Key>,
    day: Vec<f64>,
    days: Vec<u16>,
    /// Indices of founders in the order of their days.
    order: Vec<u32>,
    newcomers: Vec<Newcomer>,
    sector: Vec<f64>,
    quality: Vec<f64>,
    team: Vec<f64>,
    posts: Vec<f64>,
    output: Vec<f64>,
    memory: NormalMemory,
    extra: PoissonOdds,
}

impl FounderDraws {
    /// Draws the independent founders of a year, `count` of them, from the key of the year.
    pub(super) fn draw(
        &mut self,
        yearly: Key,
        year: u16,
        count: u32,
        theta: &Parameters,
        district: &DistrictFile,
        founders: &mut Founders,
    ) {
        slice::entities(yearly, count, &mut self.keys);
        slice::uniforms(&self.keys, year, Purpose::Day, &mut self.day);
        self.days.clear();
        self.days.extend(self.day.iter().map(|&day| distribution::days(day)));
        order_by_day(&self.days, &mut self.order);
        let mut newcomers = std::mem::take(&mut self.newcomers);
        newcomers.clear();
        newcomers.extend(self.order.iter().map(|&index| Newcomer {
            id: FirmId::new(year, Origin::Independent, 0, index),
            key: self.keys[index as usize],
            day: self.days[index as usize],
        }));
        self.draw_of(&newcomers, year, theta, district, founders);
        self.newcomers = newcomers;
    }

    /// Draws what these are like, and what places are worth to them.
    pub fn draw_of(
        &mut self,
        newcomers: &[Newcomer],
        year: u16,
        theta: &Parameters,
        district: &DistrictFile,
        founders: &mut Founders,
    ) {
        self.keys.clear();
        self.keys.extend(newcomers.iter().map(|newcomer| newcomer.key));
        let keys = &self.keys;
        slice::uniforms(keys, year, Purpose::LooksRound, &mut founders.looks);
        let areas = district.areas.all();
        founders.tastes.resize_with(areas.len(), Vec::new);
        for (taste, &area) in founders.tastes.iter_mut().zip(areas) {
            slice::uniforms(keys, year, taste_for(area), taste);
            slice::gumbel(taste);
        }
        slice::uniforms(keys, year, Purpose::TasteNotFounding, &mut founders.out);
        slice::gumbel(&mut founders.out);
        slice::uniforms(keys, year, Purpose::Sector, &mut self.sector);
        slice::uniforms(keys, year, Purpose::Team, &mut self.team);
        self.extra.set_mean(theta.team_extra);
        self.extra.draw_all(&mut self.team);
        // The same draw in every year of a firm's life: see `posts::specialists`.
        slice::uniforms(keys, 0, Purpose::SpecialistRounding, &mut self.posts);
        slice::uniforms(keys, year, Purpose::Quality, &mut self.quality);
        slice::normal(&mut self.quality, &mut self.memory);
        slice::uniforms(keys, year, Purpose::SalesLevel, &mut self.output);
        slice::normal(&mut self.output, &mut self.memory);
        for (level, quality) in self.output.iter_mut().zip(&self.quality) {
            *level = theta.sales_quality * quality + theta.sales_spread * *level;
        }
        slice::exp(&mut self.output);
        founders.list.clear();
        let shares = SectorShares::of(theta, district.sectors.all());
        founders.list.extend(newcomers.iter().enumerate().map(|(place, newcomer)| {
            let sector = shares.sector(self.sector[place]);
            let team = team_of(self.team[place], theta);
            let share = posts::specialist_share(theta, sector);
            Founder {
                id: newcomer.id,
                key: newcomer.key,
                day: newcomer.day,
                quality: self.quality[place],
                sector,
                team,
                specialists: posts::posts(team, share, self.posts[place]),
                output: theta.sales_per_head * self.output[place],
            }
        }));
    }
}

/// The places of `days` in rising order of the day, those of one day in the order given (a counting
/// sort).
fn order_by_day(days: &[u16], order: &mut Vec<u32>) {
    let mut places = [0_u32; DAYS as usize + 2];
    for &day in days {
        places[usize::from(day) + 1] += 1;
    }
    for day in 1..places.len() {
        places[day] += places[day - 1];
    }
    order.clear();
    order.resize(days.len(), 0);
    for (place, &day) in (0..).zip(days) {
        let next = &mut places[usize::from(day)];
        order[*next as usize] = place;
        *next += 1;
    }
}

/// The draw of a founder's taste for an area.
fn taste_for(area: Area) -> Address {
    Purpose::Taste.for_area(area.number())
}

/// Shares of sectors among founders, added up in the order of numbers.
pub struct SectorShares<'a> {
    sectors: &'a [Sector],
    upto: [f64; MOST_SECTORS],
}

impl<'a> SectorShares<'a> {
    /// Those of these sectors.
    #[must_use]
    pub fn of(theta: &Parameters, sectors: &'a [Sector]) -> Self {
        let (mut upto, mut sum) = ([0.0; MOST_SECTORS], 0.0);
        for (upto, sector) in upto.iter_mut().zip(sectors) {
            sum += theta.sector_share[sector.index()];
            *upto = sum;
        }
        Self { sectors, upto }
    }

    /// The sector of a draw; the last has what is left. Sums never fall, so that the place is how many of them are not
    /// above the draw, which needs no branch.
    #[must_use]
    #[inline]
    pub fn sector(&self, draw: f64) -> Sector {
        let sums = &self.upto[..self.sectors.len().saturating_sub(1)];
        let place = sums.iter().filter(|&&upto| draw >= upto).count();
        self.sectors.get(place).copied().unwrap_or(Sector::new(1))
    }
}

fn team_of(extra: f64, theta: &Parameters) -> i32 {
    let team = theta.team_minimum + extra;
    #[expect(clippy::cast_possible_truncation, reason = "teams are small")]
    let team = math::round(team) as i32;
    team
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::district::AreaStart;
    use crate::scenario::district::Areas;
    use crate::scenario::district::SectorStart;
    use crate::scenario::district::Sectors;
    use crate::scenario::parameter::Register;
    use crate::scenario::titles::Titles;

    /// A district of some areas and sectors, with nobody in it.
    fn district(areas: &[Area], sectors: &[Sector]) -> DistrictFile {
        let area = |&area: &Area| AreaStart {
            area,
            neighbours: Vec::new(),
            name: area.number().to_string(),
            title_en: String::new(),
            title_ko: String::new(),
            titles: Titles::default(),
            land: 1.0,
            floor_space: None,
            sector_share: 0.0,
            rent: 0.0,
        };
        let sector = |&sector: &Sector| SectorStart {
            sector,
            name: sector.number().to_string(),
            title_en: String::new(),
            title_ko: String::new(),
            titles: Titles::default(),
        };
        DistrictFile {
            areas: Areas::new(areas.iter().map(area).collect(), areas[0]).unwrap(),
            sectors: Sectors::new(sectors.iter().map(sector).collect()).unwrap(),
            regimes: Vec::new(),
            synergies: Vec::new(),
            startups: Vec::new(),
            institutes: Vec::new(),
            laboratories: Vec::new(),
            pool: 0,
            climate: Vec::new(),
        }
    }

    fn founder(
        id: FirmId,
        key: Key,
        year: u16,
        theta: &Parameters,
        district: &DistrictFile,
    ) -> Founder {
        let Traits { day, quality, sector, output } =
            Traits::draw(key, year, theta, district.sectors.all());
        let extra = distribution::poisson(key.uniform(year, Purpose::Team), theta.team_extra);
        let team = team_of(extra as f64, theta);
        let specialists = posts::specialists(team, posts::specialist_share(theta, sector), key);
        Founder { id, key, day, quality, sector, team, specialists, output }
    }

    #[test]
    fn founders_in_loops_are_those_drawn_one_by_one_in_the_order_of_days() {
        let register = Register::of_any();
        let mut theta = Parameters::from_values(&register, &vec![0.3; register.len()]).unwrap();
        theta.sector_share = [0.2; MOST_SECTORS];
        let yearly = Key::world(7, 3).entity(2024);
        let (mut draws, mut founders) = (FounderDraws::default(), Founders::default());
        // In kept memory, which earlier draws must not show through.
        let areas = [1, 2, 3, 7].map(|number| Area::new(number, false));
        let sectors = [1, 4, 12].map(Sector::new);
        let district = district(&areas, &sectors);
        draws.draw(Key::world(1, 1), 2023, 600, &theta, &district, &mut founders);
        draws.draw(yearly, 2024, 500, &theta, &district, &mut founders);
        let mut alone: Vec<Candidate> = (0..500)
            .map(|index| {
                let id = FirmId::new(2024, Origin::Independent, 0, index);
                let key = yearly.entity(u64::from(index));
                let taste = |taste: Address| distribution::gumbel(key.uniform(2024, taste));
                Candidate {
                    founder: founder(id, key, 2024, &theta, &district),
                    tastes: district.areas.map(|area| taste(taste_for(area))),
                    out: taste(Purpose::TasteNotFounding.into()),
                    looks: key.uniform(2024, Purpose::LooksRound),
                }
            })
            .collect();
        alone.sort_by_key(|candidate| (candidate.founder.day, candidate.founder.id));
        for (place, one) in alone.iter().enumerate() {
            assert_eq!(format!("{one:?}"), format!("{:?}", founders.candidate(place, &areas)));
        }
        assert_eq!(founders.list().len(), 500);
        let of = |sector: Sector| founders.list().iter().filter(|one| one.sector == sector).count();
        // 0.2, 0.2 and what is left.
        assert_eq!(sectors.map(of).map(|count| (count + 25) / 50), [2, 2, 6]);
    }
}

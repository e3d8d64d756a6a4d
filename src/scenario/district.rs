//! The district at the start, and the series that drive it: `district.toml` in typed form.

use crate::policy::area::Area;
use crate::policy::area::ByArea;
use crate::policy::area::MOST_AREAS;
use crate::policy::levers::Levers;
use crate::policy::regime::Regime;
use crate::policy::sector::Sector;
use crate::scenario::titles::Titles;

/// The most startups and institutes at the start: some hundred times those of Seoul.
pub const MOST_FIRMS: u32 = 300_000;

/// An area of the city at the start.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaStart {
    /// Which area.
    pub area: Area,
    /// Its neighbours, with the weight of the jobs of each against those of its own, times the
    /// parameter `hinterland_weight`.
    pub neighbours: Vec<(Area, f64)>,
    /// Its name in files.
    pub name: String,
    /// Title for people, English.
    pub title_en: String,
    /// Title for people, Korean.
    pub title_ko: String,
    /// Titles in further languages.
    pub titles: Titles,
    /// Land area `[km2]`, for the report's map.
    pub land: f64,
    /// Floor space of the private office market in the first year `[m2]`; `None` admits everybody.
    pub floor_space: Option<u32>,
    /// Share of that space that the sector's firms hold in the first year; 0 where the space has no limit
    /// and the file leaves it out `[1]`.
    pub sector_share: f64,
    /// Market rent in the first year; 0 where no lever lies and the file leaves it out, as nothing reads
    /// its level there `[KRW m/(m2 year)]`.
    pub rent: f64,
}

/// The areas of a city, two at least: one that belongs to the district, and one that does not.
#[derive(Clone, Debug, PartialEq)]
pub struct Areas {
    /// In the order of their numbers.
    list: Vec<AreaStart>,
    /// The same without their data.
    all: Vec<Area>,
    reference: Area,
}

impl Areas {
    /// Takes areas in any order, and the one against which the others are valued; `None` where two have
    /// one number or one name, where there is none, or where the reference is not among them.
    #[must_use]
    pub fn new(mut list: Vec<AreaStart>, reference: Area) -> Option<Self> {
        list.sort_by_key(|start| start.area.number());
        let all: Vec<Area> = list.iter().map(|start| start.area).collect();
        let distinct = all.windows(2).all(|pair| pair[0].number() < pair[1].number());
        let named = list
            .iter()
            .enumerate()
            .all(|(place, start)| list[..place].iter().all(|other| other.name != start.name));
        (distinct && named && all.contains(&reference)).then_some(Self { list, all, reference })
    }

    /// All of them, in the order of their numbers.
    #[must_use]
    #[inline]
    pub fn all(&self) -> &[Area] {
        &self.all
    }

    /// What is known of each at the start, in the order of their numbers.
    #[must_use]
    pub fn list(&self) -> &[AreaStart] {
        &self.list
    }

    /// Those that belong to the district.
    pub fn of_district(&self) -> impl Iterator<Item = Area> + '_ {
        self.all.iter().copied().filter(|area| area.in_district())
    }

    /// The area outside the district against which the others are valued: its own value is 0.
    #[must_use]
    #[inline]
    pub fn reference(&self) -> Area {
        self.reference
    }

    /// What is known of one at the start.
    ///
    /// # Panics
    ///
    /// Panics where the area is not among them.
    #[must_use]
    pub fn of(&self, area: Area) -> &AreaStart {
        let place = self.all.iter().position(|&other| other == area);
        &self.list[place.expect("an area of this scenario")]
    }

    /// The name of one in files.
    #[must_use]
    pub fn name(&self, area: Area) -> &str {
        &self.of(area).name
    }

    /// The names in the order of numbers, and whether each area belongs to the district.
    #[must_use]
    pub fn names(&self) -> Vec<(String, bool)> {
        self.list.iter().map(|start| (start.name.clone(), start.area.in_district())).collect()
    }

    /// The one of a name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Area> {
        self.list.iter().find(|start| start.name == name).map(|start| start.area)
    }

    /// The one of a place in the ledger; `None` for the city as a whole.
    #[must_use]
    pub fn at(&self, place: u8) -> Option<Area> {
        self.all.iter().copied().find(|area| area.place() == place)
    }

    /// Whether jobs of one of two areas count for the other.
    #[must_use]
    pub fn are_neighbours(&self, area: Area, other: Area) -> bool {
        let counts = |own: Area, other: Area| {
            self.of(own).neighbours.iter().any(|&(of, weight)| of == other && weight > 0.0)
        };
        counts(area, other) || counts(other, area)
    }

    /// Something of each area, with a default in places that no area has.
    #[must_use]
    pub fn map<T: Copy + Default>(&self, mut of: impl FnMut(Area) -> T) -> ByArea<T> {
        let mut values = [T::default(); MOST_AREAS];
        for &area in &self.all {
            values[area.index()] = of(area);
        }
        values
    }
}

/// A sector of startups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectorStart {
    /// Which sector.
    pub sector: Sector,
    /// Its name in files.
    pub name: String,
    /// Title for people, English.
    pub title_en: String,
    /// Title for people, Korean.
    pub title_ko: String,
    /// Titles in further languages.
    pub titles: Titles,
}

/// The sectors of startups, one at least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sectors {
    /// In the order of their numbers.
    list: Vec<SectorStart>,
    /// The same without their data.
    all: Vec<Sector>,
}

impl Sectors {
    /// Takes sectors in any order; `None` where two have one number, or where there is none.
    #[must_use]
    pub fn new(mut list: Vec<SectorStart>) -> Option<Self> {
        list.sort_by_key(|start| start.sector);
        let all: Vec<Sector> = list.iter().map(|start| start.sector).collect();
        let distinct = all.windows(2).all(|pair| pair[0] < pair[1]);
        (distinct && !all.is_empty()).then_some(Self { list, all })
    }

    /// All of them, in the order of their numbers.
    #[must_use]
    #[inline]
    pub fn all(&self) -> &[Sector] {
        &self.all
    }

    /// Their names and titles, in the order of their numbers.
    #[must_use]
    pub fn list(&self) -> &[SectorStart] {
        &self.list
    }
}

/// Two areas whose jobs count for each other by `hinterland_weight_synergy` in the place of
/// `hinterland_weight` while each of some regimes is in force somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synergy {
    /// The two.
    pub areas: [Area; 2],
    /// The regimes.
    pub regimes: Vec<Regime>,
}

impl Synergy {
    /// Whether it is one of this pair.
    #[must_use]
    pub fn is_of(&self, area: Area, other: Area) -> bool {
        self.areas == [area, other] || self.areas == [other, area]
    }

    /// Whether a plan designates some area by each of its regimes.
    #[must_use]
    pub fn is_met_by(&self, plan: &Levers) -> bool {
        let designates = |regime: &Regime| {
            plan.designations.iter().any(|lever| lever.regime == *regime && lever.share > 0.0)
        };
        self.regimes.iter().all(designates)
    }
}

/// A group of startups that exist at the start, in one area.
#[derive(Clone, Debug, PartialEq)]
pub struct InitialStartups {
    /// Where they are.
    pub area: Area,
    /// How many.
    pub count: u32,
    /// Youngest age `[years]`.
    pub age_minimum: u32,
    /// Oldest age; ages are uniform between `[years]`.
    pub age_maximum: u32,
    /// Mean of the log-normal headcount `[persons]`.
    pub headcount_mean: f64,
    /// Standard deviation of its logarithm `[ln]`.
    pub headcount_spread: f64,
}

/// A group of research institutes that exist at the start, in one area.
#[derive(Clone, Debug, PartialEq)]
pub struct InitialInstitutes {
    /// Where they are.
    pub area: Area,
    /// How many.
    pub count: u32,
    /// Mean of the log-normal headcount `[persons]`.
    pub headcount_mean: f64,
    /// Standard deviation of its logarithm `[ln]`.
    pub headcount_spread: f64,
}

/// A corporate laboratory with a site of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Laboratory {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub area: Area,
    /// People in AI-related work `[persons]`.
    pub headcount: u32,
}

/// One year of the observed national new venture investment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClimateYear {
    /// The year.
    pub year: u16,
    /// Deflated national investment over its trend, mean 1 over the observed years `[1]`.
    pub index: f64,
}

/// The district at the start.
#[derive(Clone, Debug, PartialEq)]
pub struct DistrictFile {
    /// The areas.
    pub areas: Areas,
    /// The sectors of startups.
    pub sectors: Sectors,
    /// The regimes by name, in the order of their numbers.
    pub regimes: Vec<(String, Regime)>,
    /// Pairs of neighbours that are closer while regimes are in force.
    pub synergies: Vec<Synergy>,
    /// Startups at the start.
    pub startups: Vec<InitialStartups>,
    /// Institutes at the start.
    pub institutes: Vec<InitialInstitutes>,
    /// Corporate laboratories.
    pub laboratories: Vec<Laboratory>,
    /// Specialists looking for work at the start `[persons]`.
    pub pool: u32,
    /// The observed climate, rising in year; used up to the vantage date.
    pub climate: Vec<ClimateYear>,
}

impl DistrictFile {
    /// The name of a regime.
    #[must_use]
    pub fn regime_name(&self, regime: Regime) -> &str {
        self.regimes.iter().find(|(_, other)| *other == regime).map_or("", |(name, _)| name)
    }

    /// The synergies that act under a plan once its designations are decided.
    pub fn synergies_of<'d>(&'d self, plan: &'d Levers) -> impl Iterator<Item = &'d Synergy> {
        let is_near = |it: &&Synergy| self.areas.are_neighbours(it.areas[0], it.areas[1]);
        self.synergies.iter().filter(is_near).filter(|it| it.is_met_by(plan))
    }
}

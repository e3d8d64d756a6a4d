//! Who gains: startups by sector, age, size and origin.
//!
//! Groups are counted at the end of a year in one pass over the startups, and from the year's events
//! in which they came, went, moved or raised money. For each grouping the groups of a place
//! add up to the place's own figure of the same metric.

pub mod count;
pub mod rows;

use crate::analysis::layout::Series;
use crate::analysis::layout::Table;
use crate::analysis::metrics;
use crate::analysis::metrics::spec::MetricSpec;
use crate::model::classes;
use crate::model::classes::AGES;
use crate::model::classes::SIZES;
use crate::model::id::Origin;
use crate::scenario::district::SectorStart;
use crate::scenario::district::Sectors;

/// What startups are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// The sector.
    Sector,
    /// The age class.
    Age,
    /// The size class: at the end of the year, or at the event.
    Size,
    /// The size class at the end of the last year before the vantage date, or at the founding of a
    /// firm that came later.
    StartingSize,
    /// How the firm came to be.
    Origin,
    /// Whether it was founded in the district, or was there on the first day.
    FoundedIn,
}

/// How startups come to be, in the order of groups.
const ORIGINS: [Origin; 4] =
    [Origin::Initial, Origin::Independent, Origin::SpinOff, Origin::Graduate];

/// Where startups are founded, in the order of groups.
const FOUNDED_IN: [&str; 2] = ["district", "elsewhere"];

/// The names of groups that are words, not classes of numbers nor sectors.
pub const NAMED: [&str; 6] =
    ["initial", "independent", "spin-off", "graduate", FOUNDED_IN[0], FOUNDED_IN[1]];

impl Grouping {
    /// Every grouping, in the order of results.
    pub const ALL: [Self; 6] =
        [Self::Sector, Self::Age, Self::Size, Self::StartingSize, Self::Origin, Self::FoundedIn];

    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sector => "sector",
            Self::Age => "age",
            Self::Size => "size",
            Self::StartingSize => "starting-size",
            Self::Origin => "origin",
            Self::FoundedIn => "founded-in",
        }
    }

    /// The unit of its classes; empty where they have none.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Age => "years",
            Self::Size | Self::StartingSize => "persons",
            Self::Sector | Self::Origin | Self::FoundedIn => "",
        }
    }

    /// What it means, in English.
    #[must_use]
    pub const fn meaning_en(self) -> &'static str {
        match self {
            Self::Sector => "Startups by their sector in district.toml",
            Self::Age => {
                "Startups by age: calendar years since that of their founding, at the end of the year or at the event"
            }
            Self::Size => {
                "Startups by headcount at the end of the year or at the event; a policy can move a firm from class to class"
            }
            Self::StartingSize => {
                "Startups by headcount at the end of the last year before the vantage date, or at their founding where they came later; before that year by headcount at their founding or on the first day. What is decided after the vantage date moves no firm from class to class"
            }
            Self::Origin => {
                "Startups by how they came to be: initial (there on the first day), independent (independent founders), spin-off (from an institute or laboratory), graduate (of a programme)"
            }
            Self::FoundedIn => {
                "Startups by where they were founded, or were on the first day: in the district or elsewhere in the city; in the district, those of `elsewhere` have moved in"
            }
        }
    }

    /// What it means, in Korean.
    #[must_use]
    pub const fn meaning_ko(self) -> &'static str {
        match self {
            Self::Sector => "district.toml의 업종별 스타트업",
            Self::Age => "업력별 스타트업(연말 또는 사건 발생 시점, 창업 연도부터의 햇수)",
            Self::Size => {
                "규모별 스타트업(연말 또는 사건 발생 시점의 고용 인원, 정책에 따라 구간이 바뀔 수 있음)"
            }
            Self::StartingSize => {
                "출발 규모별 스타트업: 기준 시점 이전 마지막 연말의 고용 인원, 그 뒤에 생긴 기업은 창업 시 고용 인원(그 연말 전에는 창업 시 또는 첫날의 고용 인원). 기준 시점 이후의 결정으로 구간이 바뀌지 않음"
            }
            Self::Origin => {
                "출신별 스타트업: initial(첫날부터 있던 기업), independent(독립 창업), spin-off(연구소 분사 창업), graduate(교육 과정 졸업생 창업)"
            }
            Self::FoundedIn => {
                "창업지별 스타트업(창업지 또는 첫날의 위치): 지구 안(district) 또는 시내 다른 지역(elsewhere). 지구의 elsewhere는 전입 기업"
            }
        }
    }

    /// What it means and which groups it has, in English.
    #[must_use]
    pub fn defined_en(self, sectors: &Sectors) -> String {
        let groups: Vec<String> = self.groups(sectors).into_iter().map(|group| group.1).collect();
        format!("{}. Groups: {}", self.meaning_en(), groups.join(", "))
    }

    /// Where its classes are from; empty where it has none.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Age => classes::SOURCE_OF_AGES,
            Self::Size | Self::StartingSize => classes::SOURCE_OF_SIZES,
            Self::Sector | Self::Origin | Self::FoundedIn => "",
        }
    }

    /// Its groups, in order: their places, which of sectors are those of their numbers, and names.
    #[must_use]
    pub fn groups(self, sectors: &Sectors) -> Vec<(usize, String)> {
        let classes: Vec<&str> = match self {
            Self::Sector => {
                let group = |sector: &SectorStart| (sector.sector.index(), sector.name.clone());
                return sectors.list().iter().map(group).collect();
            }
            Self::Age => AGES.iter().map(|class| class.name).collect(),
            Self::Size | Self::StartingSize => SIZES.iter().map(|class| class.name).collect(),
            Self::Origin => ORIGINS.iter().map(|origin| origin.name()).collect(),
            Self::FoundedIn => FOUNDED_IN.to_vec(),
        };
        classes.into_iter().map(str::to_owned).enumerate().collect()
    }
}

/// The places, as yearly tables call them.
pub const PLACES: [&str; 2] = ["district", "city"];

/// What is counted of groups: metrics of the register. The last two are of the district alone: startups that
/// came into it and that left it, which `yearly.csv` has of single areas.
pub const COUNTED: [&str; 8] = [
    "startups",
    "jobs_startups",
    "founders",
    "failures",
    "rounds",
    "investment",
    "relocations_in",
    "relocations_out",
];
/// How many of [`COUNTED`] the city has.
const OF_CITY: usize = 6;

/// The metric of the register that one of [`COUNTED`] is.
///
/// # Panics
///
/// Never: a test looks all of them up.
#[must_use]
pub fn metric(counted: usize) -> &'static MetricSpec {
    metrics::named(COUNTED[counted]).expect("what is counted of groups is in the register")
}

/// One number of a year: a metric of a group at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupCell {
    /// Among [`PLACES`].
    pub place: usize,
    /// What the startups are grouped by.
    pub grouping: Grouping,
    /// The group, by its place in the grouping.
    pub group: usize,
    /// Its name in files.
    pub name: String,
    /// Among [`COUNTED`].
    pub counted: usize,
}

impl GroupCell {
    /// As a series of a layout.
    #[must_use]
    pub fn series(&self) -> Series {
        let metric = metric(self.counted);
        Series {
            table: Table::Group,
            name: metric.name,
            place: format!("{}, {} {}", PLACES[self.place], self.grouping.name(), self.name),
            unit: metric.unit,
            whole: true,
        }
    }
}

/// Every number of a year, in the order of places, groupings, groups and metrics: the same of each
/// policy, whatever it does.
#[must_use]
pub fn cells(sectors: &Sectors) -> Vec<GroupCell> {
    let mut cells = Vec::new();
    for place in 0..PLACES.len() {
        for grouping in Grouping::ALL {
            for (group, name) in grouping.groups(sectors) {
                let counted = if place == 0 { COUNTED.len() } else { OF_CITY };
                cells.extend(
                    (0..counted).filter(|&counted| is_possible(grouping, group, counted)).map(
                        |counted| GroupCell { place, grouping, group, name: name.clone(), counted },
                    ),
                );
            }
        }
    }
    cells
}

/// Whether a group can have any: nobody is founded old, or on the first day of the simulation.
fn is_possible(grouping: Grouping, group: usize, counted: usize) -> bool {
    let first = group == 0;
    match grouping {
        Grouping::Age => COUNTED[counted] != "founders" || first,
        Grouping::Origin => COUNTED[counted] != "founders" || !first,
        _ => true,
    }
}

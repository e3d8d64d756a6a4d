//! What every phase knows of the year.

use crate::model::chance::Chance;
use crate::model::district::firms::Firms;
use crate::model::in_force::InForce;
use crate::model::setup::Case;
use crate::model::setup::Setup;
use crate::policy::area::Area;
use crate::policy::area::ByArea;
use crate::scenario::parameter::Parameters;
use crate::time::Date;

/// What every phase knows of the year.
#[derive(Clone, Copy, Debug)]
pub struct YearContext<'a> {
    /// The scenario.
    pub setup: &'a Setup,
    /// The policy.
    pub case: &'a Case,
    /// The parameters of this replication.
    pub theta: &'a Parameters,
    /// The draws of this replication.
    pub chance: &'a Chance,
    /// The year.
    pub year: u16,
    /// 1 January on the scale of `Date::ordinal`.
    pub start: i32,
    /// Designations in force this year, by area.
    pub in_force: ByArea<InForce>,
}

impl YearContext<'_> {
    /// The areas of the city, in the order of their numbers.
    #[must_use]
    #[inline]
    pub fn areas(&self) -> &[Area] {
        self.setup.district.areas.all()
    }

    /// How many numbers loops over firms choose among: the highest number of an area or a sector.
    #[must_use]
    #[inline]
    pub fn width(&self) -> usize {
        let district = &self.setup.district;
        let area = self.areas().last().map_or(0, |area| area.number());
        let sector = district.sectors.all().last().map_or(0, |sector| sector.number());
        usize::from(area.max(sector))
    }

    /// The day of this year on the scale of `Date::ordinal`.
    #[must_use]
    pub fn ordinal(&self, day: u16) -> i32 {
        self.start + i32::from(day) - 1
    }

    /// A day of this year as a date.
    #[must_use]
    pub fn date(&self, day: u16) -> Date {
        Date { year: self.year, day }
    }

    /// Whether a firm has been founded by a day of this year.
    ///
    /// What may happen to a firm has a day that is drawn in the year; before its founding day it
    /// does not happen. So the chances of its first year are those of the part in which it exists.
    #[must_use]
    #[inline]
    pub fn has_begun(&self, firms: &Firms, row: usize, day: u16) -> bool {
        firms.dates()[row].born() <= self.ordinal(day)
    }

    /// The age of a firm in completed calendar years: 0 in the year of its founding.
    #[must_use]
    #[inline]
    pub fn age(&self, firms: &Firms, row: usize) -> i32 {
        self.age_of(firms.dates()[row].born())
    }

    /// The same for a founding day.
    #[must_use]
    #[inline]
    pub fn age_of(&self, born: i32) -> i32 {
        i32::from(self.year) - born.div_euclid(i32::from(crate::time::DAYS))
    }
}

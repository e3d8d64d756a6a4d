//! How large firms want to be next year (model, 6.4).

#![expect(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]

use crate::model::district::firms::Firms;
use crate::model::district::firms::Staff;
use crate::model::district::packed::Dates;
use crate::model::district::packed::Tags;
use crate::model::phases::YearContext;
use crate::model::phases::jobs::subsidy::Promises;
use crate::model::phases::support::Support;
use crate::model::terms::SIZES;
use crate::model::terms::SizeTable;
use crate::model::terms::SizeTerms;
use crate::random::Purpose;
use crate::random::math;
use crate::random::slice;
use crate::random::slice::Loop;
use crate::scenario::parameter::Parameters;

/// Numbers of the firms that grow this year, by row: those founded in earlier years, which come
/// first.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// The luck of their growth, Laplace with scale 1.
    luck: Vec<f64>,
    /// Uniform numbers by which whole people, specialists and quits are rounded.
    pub(super) rounding: Vec<f64>,
    pub(super) posts: Vec<f64>,
    pub(super) quits: Vec<f64>,
    /// The headcount wanted, not whole yet; 1 at least [persons].
    pub(super) wanted: Vec<f64>,
    young: Vec<f64>,
    fade: Vec<f64>,
    subsidy: Vec<f64>,
    large: Vec<u32>,
}

impl Memory {
    /// Draws the luck of those who grow this year.
    pub fn draw(&mut self, context: &YearContext<'_>, firms: &Firms) {
        // Firms lie in the order of their years of birth: those founded this year come last.
        let grown = firms.dates().partition_point(|dates| dates.born() < context.start);
        let keys = &firms.key()[..grown];
        slice::uniforms(keys, context.year, Purpose::Growth, &mut self.luck);
        slice::laplace(&mut self.luck);
        slice::uniforms(keys, context.year, Purpose::HeadcountRounding, &mut self.rounding);
        // The same draw in every year of the firm's life: see `intake::specialists`.
        slice::uniforms(keys, 0, Purpose::SpecialistRounding, &mut self.posts);
        slice::uniforms(keys, context.year, Purpose::Quits, &mut self.quits);
    }

    /// What startups want, before anything limits it.
    ///
    /// # Formula
    ///
    /// ```text
    /// e* = max(1, e exp(mean + l + ln(1 − s²))),  l Laplace with scale s = b e^(−β)
    /// ```
    ///
    /// The last term centres the luck so that E e^(l + ln(1 − s²)) = 1.
    pub fn of_startups(
        &mut self,
        context: &YearContext<'_>,
        startups: &Firms,
        support: &Support,
        change: &[f64; 3],
        promises: &Promises,
    ) {
        let (theta, terms) = (context.theta, context.chance.terms());
        let rows = self.luck.len();
        startups.by_age(rows, context.year, &mut self.young, |age| terms.age(theta, age).young);
        startups.by_age(rows, context.year, &mut self.fade, |age| terms.age(theta, age).fade);
        promises.growth(context, startups, rows, &mut self.subsidy);
        self.wanted.resize(rows, 0.0);
        let startups = OfStartups {
            quality: startups.quality(),
            tags: startups.tags(),
            dates: startups.dates(),
            services: &support.services,
            support: &support.growth,
            young: &self.young,
            fade: &self.fade,
            subsidy: &self.subsidy,
            change: *change,
            base: theta.growth_base,
            by_quality: theta.growth_quality,
            if_funded: theta.growth_funded,
            by_services: theta.growth_tenant,
            by_change: theta.growth_agglomeration,
            last_year: u64::from(context.year) - 1,
            staff: startups.staff(),
            luck: &self.luck,
        };
        want(&startups, terms.startups(), theta, &mut self.wanted, &mut self.large);
    }

    /// What institutes want: their growth is not the firm's own doing but the neighbourhood's.
    pub fn of_institutes(
        &mut self,
        context: &YearContext<'_>,
        institutes: &Firms,
        change: &[f64; 3],
    ) {
        let (theta, terms) = (context.theta, context.chance.terms());
        self.wanted.resize(self.luck.len(), 0.0);
        let institutes = OfInstitutes {
            tags: institutes.tags(),
            change: *change,
            base: theta.institute_growth,
            by_change: theta.growth_agglomeration,
            staff: institutes.staff(),
            luck: &self.luck,
        };
        want(&institutes, terms.institutes(), theta, &mut self.wanted, &mut self.large);
    }
}

/// The mean growth of firms by row.
trait Growth: Copy {
    /// The mean of ln e* − ln e of a row, but for what centres the luck.
    fn mean(&self, row: usize, size: &SizeTerms) -> f64;
    /// Its people.
    fn headcount(&self, row: usize) -> i32;
    /// Its luck, with scale 1.
    fn luck(&self, row: usize) -> f64;
    /// The same with arrays cut to some rows, so that no row has to be checked.
    fn cut(self, rows: usize) -> Self;

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn wanted(&self, row: usize, size: &SizeTerms) -> f64 {
        let growth = self.mean(row, size) + size.scale * self.luck(row) + size.centre;
        (f64::from(self.headcount(row)) * math::exp(growth)).max(1.0)
    }
}

/// Leaves in `wanted` what firms want.
fn want<G: Growth>(
    growth: &G,
    sizes: &SizeTable,
    theta: &Parameters,
    wanted: &mut [f64],
    large: &mut Vec<u32>,
) {
    let rows = wanted.len();
    if let Some(table) = sizes.arrays() {
        slice::run(Want { growth: *growth, table, wanted: &mut *wanted });
    }
    slice::choose(rows, large, |row| growth.headcount(row) >= SIZES as i32);
    for &row in &*large {
        let row = row as usize;
        wanted[row] = growth.wanted(row, &sizes.large(theta, growth.headcount(row)));
    }
}

struct Want<'a, G> {
    growth: G,
    /// Scale, centre and what is slower, by size.
    table: [&'a [f64; SIZES]; 3],
    wanted: &'a mut [f64],
}

impl<G: Growth> Loop for Want<'_, G> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[expect(clippy::cast_sign_loss, reason = "headcounts are not negative")]
    #[inline(always)]
    fn run(self) {
        let rows = self.wanted.len();
        let growth = self.growth.cut(rows);
        let [scale, centre, slower] = self.table;
        for (row, wanted) in self.wanted.iter_mut().enumerate() {
            let size = growth.headcount(row).min(SIZES as i32 - 1) as usize % SIZES;
            let (scale, centre, slower) = (scale[size], centre[size], slower[size]);
            *wanted = growth.wanted(row, &SizeTerms { scale, centre, slower });
        }
    }
}

#[derive(Clone, Copy)]
struct OfStartups<'a> {
    quality: &'a [f64],
    tags: &'a [Tags],
    dates: &'a [Dates],
    services: &'a [f64],
    support: &'a [f64],
    young: &'a [f64],
    fade: &'a [f64],
    subsidy: &'a [f64],
    change: [f64; 3],
    base: f64,
    by_quality: f64,
    if_funded: f64,
    by_services: f64,
    by_change: f64,
    last_year: u64,
    staff: &'a [Staff],
    luck: &'a [f64],
}

impl Growth for OfStartups<'_> {
    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn mean(&self, row: usize, size: &SizeTerms) -> f64 {
        let funded = self.dates[row].last_round_wide() == self.last_year;
        self.base
            + self.young[row]
            + self.by_quality * self.quality[row] * self.fade[row]
            + if funded { self.if_funded } else { 0.0 }
            + self.by_services * self.services[row]
            + self.support[row]
            - size.slower
            + self.by_change * self.tags[row].area_choice(&self.change)
            + self.subsidy[row]
    }

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn headcount(&self, row: usize) -> i32 {
        self.staff[row].headcount().max(1)
    }

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn luck(&self, row: usize) -> f64 {
        self.luck[row]
    }

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn cut(self, rows: usize) -> Self {
        Self {
            quality: &self.quality[..rows],
            tags: &self.tags[..rows],
            dates: &self.dates[..rows],
            services: &self.services[..rows],
            support: &self.support[..rows],
            young: &self.young[..rows],
            fade: &self.fade[..rows],
            subsidy: &self.subsidy[..rows],
            staff: &self.staff[..rows],
            luck: &self.luck[..rows],
            ..self
        }
    }
}

#[derive(Clone, Copy)]
struct OfInstitutes<'a> {
    tags: &'a [Tags],
    change: [f64; 3],
    base: f64,
    by_change: f64,
    staff: &'a [Staff],
    luck: &'a [f64],
}

impl Growth for OfInstitutes<'_> {
    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn mean(&self, row: usize, _: &SizeTerms) -> f64 {
        self.base + self.by_change * self.tags[row].area_choice(&self.change)
    }

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn headcount(&self, row: usize) -> i32 {
        self.staff[row].headcount().max(1)
    }

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn luck(&self, row: usize) -> f64 {
        self.luck[row]
    }

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn cut(self, rows: usize) -> Self {
        Self {
            tags: &self.tags[..rows],
            staff: &self.staff[..rows],
            luck: &self.luck[..rows],
            ..self
        }
    }
}

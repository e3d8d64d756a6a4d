//! How large firms want to be next year (model, 6.4).

use std::ops::Range;

use crate::model::context::YearContext;
use crate::model::district::firms::Firms;
use crate::model::district::firms::Staff;
use crate::model::district::packed::Tags;
use crate::model::passes;
use crate::model::phases::jobs::subsidy::Promises;
use crate::model::posts;
use crate::model::returns::Capital;
use crate::model::support::Support;
use crate::model::terms::SizeTable;
use crate::policy::area::ByArea;
use crate::random::Purpose;
use crate::random::math;
use crate::random::slice;
use crate::random::slice::LoopBy;
use crate::scenario::parameter::Parameters;

/// The years after a round in which its money makes a firm grow.
const YEARS_OF_CAPITAL: u64 = 1;

/// Numbers of the firms of a block that grow this year, by row.
#[derive(Clone, Debug, Default)]
pub(super) struct GrowthMemory {
    /// The shocks to their growth, Laplace with scale 1.
    shocks: Vec<f64>,
    /// Uniform numbers by which whole people, specialists and quits are rounded.
    pub(super) rounding: Vec<f64>,
    pub(super) posts: Vec<f64>,
    pub(super) quits: Vec<f64>,
    /// The headcount wanted, not whole yet; 1 at least `[persons]`.
    pub(super) wanted: Vec<f64>,
    young: Vec<f64>,
    fade: Vec<f64>,
    subsidy: Vec<f64>,
    capital: Capital,
    sizes: Sizes,
}

impl GrowthMemory {
    /// Draws the shocks of some firms.
    pub(super) fn draw(&mut self, context: &YearContext<'_>, firms: &Firms, rows: Range<usize>) {
        let keys = &firms.key()[rows.clone()];
        slice::uniforms(keys, context.year, Purpose::Growth, &mut self.shocks);
        slice::laplace(&mut self.shocks);
        slice::uniforms(keys, context.year, Purpose::HeadcountRounding, &mut self.rounding);
        if passes::may_leave_out(|| no_specialists(context, firms, rows)) {
            // Nobody is rounded by them.
            self.posts.clone_from(&self.rounding);
            self.quits.clone_from(&self.rounding);
            return;
        }
        // The same draw in every year of the firm's life: see `posts::specialists`.
        slice::uniforms(keys, 0, Purpose::SpecialistRounding, &mut self.posts);
        slice::uniforms(keys, context.year, Purpose::Quits, &mut self.quits);
    }

    /// What [`Self::draw`] and the growth leave of a place of the block: the headcount wanted, and the
    /// draws by which people, specialists and quits are rounded.
    pub(super) fn of_row(&self, place: usize) -> [f64; 4] {
        [self.wanted[place], self.rounding[place], self.posts[place], self.quits[place]]
    }

    /// What startups want, before anything limits it.
    ///
    /// # Formula
    ///
    /// ```text
    /// e* = max(1, e exp(mean + l + ln(1 − s²))),  l Laplace with scale s = b e^(−β)
    /// ```
    ///
    /// The last term centres the shock so that E e^(l + ln(1 − s²)) = 1.
    #[inline(never)]
    pub(super) fn of_startups(
        &mut self,
        context: &YearContext<'_>,
        firms: &Firms,
        rows: Range<usize>,
        support: &Support,
        change: &ByArea<f64>,
        promises: &Promises,
    ) {
        let (theta, terms) = (context.theta, context.chance.terms(context.year));
        let year = context.year;
        firms.by_age(rows.clone(), year, &mut self.young, |age| terms.age(theta, age).young);
        firms.by_age(rows.clone(), year, &mut self.fade, |age| terms.age(theta, age).fade);
        if theta.growth.iter().any(|growth| growth.abs() > 0.0) {
            let tags = &firms.tags()[rows.clone()];
            for (young, tags) in self.young.iter_mut().zip(tags) {
                *young += theta.growth[tags.sector().index()];
            }
        }
        let subsidy = promises.growth(context, firms, rows.clone(), &mut self.subsidy);
        self.wanted.resize(rows.len(), 0.0);
        let growth = OfStartups {
            quality: &firms.quality()[rows.clone()],
            tags: &firms.tags()[rows.clone()],
            capital: self.capital.of(
                context,
                firms,
                rows.clone(),
                YEARS_OF_CAPITAL,
                theta.growth_funded,
            ),
            services: support.services.of(rows.clone()),
            support: support.growth.of(rows.clone()),
            young: &self.young,
            fade: &self.fade,
            subsidy,
            change: *change,
            base: theta.growth_base,
            by_quality: theta.growth_quality,
            if_funded: theta.growth_funded,
            by_services: theta.growth_tenant,
            by_change: theta.growth_agglomeration,
        };
        let staff = &firms.staff()[rows];
        self.sizes.look_up(terms.startups(), theta, staff);
        let (shocks, wanted) = (&self.shocks, &mut self.wanted);
        slice::run_by(context.width(), Want { growth, sizes: &self.sizes, staff, shocks, wanted });
    }

    /// What institutes want: their growth is not the firm's own doing but the neighbourhood's.
    #[inline(never)]
    pub(super) fn of_institutes(
        &mut self,
        context: &YearContext<'_>,
        firms: &Firms,
        rows: Range<usize>,
        change: &ByArea<f64>,
    ) {
        let (theta, terms) = (context.theta, context.chance.terms(context.year));
        self.wanted.resize(rows.len(), 0.0);
        let growth = OfInstitutes {
            tags: &firms.tags()[rows.clone()],
            change: *change,
            base: theta.institute_growth,
            by_change: theta.growth_agglomeration,
        };
        let staff = &firms.staff()[rows];
        self.sizes.look_up(terms.institutes(), theta, staff);
        let (shocks, wanted) = (&self.shocks, &mut self.wanted);
        slice::run_by(context.width(), Want { growth, sizes: &self.sizes, staff, shocks, wanted });
    }
}

/// Whether some firms have no specialists and no post for one. Where firms have, the first tells.
fn no_specialists(context: &YearContext<'_>, firms: &Firms, rows: Range<usize>) -> bool {
    let (tags, staff) = (&firms.tags()[rows.clone()], &firms.staff()[rows]);
    let has_none = |(tags, staff): (&Tags, &Staff)| {
        let share = posts::specialist_share(context.theta, tags.sector());
        passes::is_zero(share) && staff.specialists == 0
    };
    tags.iter().zip(staff).all(has_none)
}

/// The mean growth of firms.
trait Growth: Copy {
    /// The mean of ln e* − ln e of a row, but for what centres the shock; `slower` is what its size
    /// takes off.
    fn mean<const N: usize>(&self, row: usize, slower: f64) -> f64;

    /// The same with arrays cut to some rows, so that no row has to be checked.
    fn cut(self, rows: usize) -> Self;
}

/// What growth owes to the size of each firm, by row.
#[derive(Clone, Debug, Default)]
struct Sizes {
    scale: Vec<f64>,
    centre: Vec<f64>,
    slower: Vec<f64>,
}

impl Sizes {
    /// Looks the terms up: in a loop of its own, so that the other can be vector code.
    fn look_up(&mut self, table: &SizeTable, theta: &Parameters, staff: &[Staff]) {
        let [scale, centre, slower] = [&mut self.scale, &mut self.centre, &mut self.slower];
        for term in [&mut *scale, &mut *centre, &mut *slower] {
            term.resize(staff.len(), 0.0);
        }
        if let Some(size) = table.same_for_all() {
            scale.fill(size.scale);
            centre.fill(size.centre);
            slower.fill(size.slower);
            return;
        }
        let terms = scale.iter_mut().zip(centre).zip(slower);
        for (((scale, centre), slower), staff) in terms.zip(staff) {
            let size = table.of(theta, staff.headcount().max(1));
            (*scale, *centre, *slower) = (size.scale, size.centre, size.slower);
        }
    }
}

/// Leaves in `wanted` the headcounts that firms want.
struct Want<'a, G> {
    growth: G,
    sizes: &'a Sizes,
    staff: &'a [Staff],
    shocks: &'a [f64],
    wanted: &'a mut [f64],
}

impl<G: Growth> LoopBy for Want<'_, G> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn run<const N: usize>(self) {
        let rows = self.wanted.len();
        let growth = self.growth.cut(rows);
        let (staff, shocks) = (&self.staff[..rows], &self.shocks[..rows]);
        let Sizes { scale, centre, slower } = self.sizes;
        let (scale, centre, slower) = (&scale[..rows], &centre[..rows], &slower[..rows]);
        for row in 0..rows {
            let growth =
                growth.mean::<N>(row, slower[row]) + scale[row] * shocks[row] + centre[row];
            let headcount = f64::from(staff[row].headcount().max(1));
            self.wanted[row] = (headcount * math::exp(growth)).max(1.0);
        }
    }
}

#[derive(Clone, Copy)]
struct OfStartups<'a> {
    quality: &'a [f64],
    tags: &'a [Tags],
    capital: &'a [f64],
    services: &'a [f64],
    support: &'a [f64],
    young: &'a [f64],
    fade: &'a [f64],
    subsidy: &'a [f64],
    change: ByArea<f64>,
    base: f64,
    by_quality: f64,
    if_funded: f64,
    by_services: f64,
    by_change: f64,
}

impl Growth for OfStartups<'_> {
    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn mean<const N: usize>(&self, row: usize, slower: f64) -> f64 {
        self.base
            + self.young[row]
            + self.by_quality * self.quality[row] * self.fade[row]
            + self.if_funded * self.capital[row]
            + self.by_services * self.services[row]
            + self.support[row]
            - slower
            + self.by_change * self.tags[row].area_choice::<N>(&self.change)
            + self.subsidy[row]
    }

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn cut(self, rows: usize) -> Self {
        Self {
            quality: &self.quality[..rows],
            tags: &self.tags[..rows],
            capital: &self.capital[..rows],
            services: &self.services[..rows],
            support: &self.support[..rows],
            young: &self.young[..rows],
            fade: &self.fade[..rows],
            subsidy: &self.subsidy[..rows],
            ..self
        }
    }
}

#[derive(Clone, Copy)]
struct OfInstitutes<'a> {
    tags: &'a [Tags],
    change: ByArea<f64>,
    base: f64,
    by_change: f64,
}

impl Growth for OfInstitutes<'_> {
    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn mean<const N: usize>(&self, row: usize, _: f64) -> f64 {
        self.base + self.by_change * self.tags[row].area_choice::<N>(&self.change)
    }

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn cut(self, rows: usize) -> Self {
        Self { tags: &self.tags[..rows], ..self }
    }
}

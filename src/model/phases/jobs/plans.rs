//! What each firm means to do: the wanted headcount as posts, cuts and vacancies (model, 6.4).

use std::ops::Range;

use crate::model::context::YearContext;
use crate::model::district::changes::Changes;
use crate::model::district::firms::Firms;
use crate::model::district::firms::Staff;
use crate::model::district::packed::Tags;
use crate::model::ledger::event::Population;
use crate::model::phases::calendar;
use crate::model::phases::jobs::growth;
use crate::model::posts;
use crate::model::support::by_row::ByRow;
use crate::policy::area::Area;
use crate::policy::area::ByArea;
use crate::policy::sector::BySector;
use crate::policy::sector::MOST_SECTORS;
use crate::policy::sector::Sector;
use crate::random::distribution;
use crate::random::math;
use crate::random::slice;
use crate::random::slice::LoopBy;

/// The largest headcount of one firm: a guard against nonsense, far above any real one.
const MOST_PEOPLE: f64 = 10_000_000.0;

/// What firms mean to do, by population.
#[derive(Clone, Debug, Default)]
pub(super) struct Plans {
    firms: [Columns; 2],
}

/// What the firms of a population mean to do, by row `[persons]`.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// Specialists who quit.
    pub quits: Vec<i32>,
    /// Specialists cut.
    pub cut: Vec<i32>,
    /// Change of other people.
    pub others: Vec<i32>,
    /// Posts for specialists to be filled.
    pub vacancies: Vec<i32>,
    /// Of these, filled.
    pub hired: Vec<i32>,
}

impl Columns {
    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn put(&mut self, row: usize, plan: Plan) {
        self.quits[row] = plan.quits;
        self.cut[row] = plan.cut;
        self.others[row] = plan.others;
        self.vacancies[row] = plan.vacancies;
    }

    /// How many firms there are.
    pub(super) fn len(&self) -> usize {
        self.hired.len()
    }

    /// The plans as changes of staff.
    pub(super) fn changes(&self) -> Changes<'_> {
        Changes {
            quits: &self.quits,
            cut: &self.cut,
            hired: &self.hired,
            vacancies: &self.vacancies,
            others: &self.others,
        }
    }

    /// Room for the plans of all firms, the first of which, `grown`, will be planned for. In the
    /// founding year a firm keeps its people: nobody is hired, cut or quits.
    fn reset(&mut self, firms: &Firms, grown: usize) {
        let Self { quits, cut, others, vacancies, hired } = self;
        for column in [quits, cut, others, vacancies] {
            column.resize(firms.len(), 0);
            column[grown..].fill(0);
        }
        hired.clear();
        hired.resize(firms.len(), 0);
    }
}

impl Plans {
    /// The plans of a population.
    pub(super) fn of(&self, population: Population) -> &Columns {
        &self.firms[population as usize]
    }

    /// The same, to be changed.
    pub(super) fn of_mut(&mut self, population: Population) -> &mut Columns {
        &mut self.firms[population as usize]
    }

    /// A new year for a population, of whom the first, `grown`, will be planned for.
    pub(super) fn reset(&mut self, population: Population, firms: &Firms, grown: usize) {
        self.of_mut(population).reset(firms, grown);
    }

    /// Plans of some startups, by what they want.
    pub(super) fn startups(
        &mut self,
        context: &YearContext<'_>,
        startups: &Firms,
        rows: Range<usize>,
        growth: &growth::GrowthMemory,
        (quit_rates, fewer): (ByArea<f64>, &ByRow),
    ) {
        let columns = self.of_mut(Population::Startups);
        let shares = context.theta.specialist_share;
        split(columns, startups, rows.clone(), growth, context.width(), (shares, quit_rates));
        // Those in which an instrument lets fewer quit, once more.
        for row in fewer.touched(rows.clone()) {
            let factor = math::exp(-fewer.of(row..row + 1)[0]);
            let tags = startups.tags()[row];
            let rates = (
                shares.get(tags.sector().index()).copied().unwrap_or(0.0),
                (quit_rates[tags.area().index()] * factor).min(1.0),
            );
            let plan = Plan::of(startups.staff()[row], growth.of_row(row - rows.start), rates);
            columns.put(row, plan);
        }
    }

    /// Plans of some institutes and laboratories, which their sites limit.
    pub(super) fn institutes(
        &mut self,
        context: &YearContext<'_>,
        institutes: &Firms,
        rows: Range<usize>,
        growth: &mut growth::GrowthMemory,
        quit_rates: ByArea<f64>,
    ) {
        for (row, wanted) in rows.clone().zip(growth.wanted.iter_mut()) {
            let cap = institutes.extra(row).site_cap;
            if cap > 0 {
                let area = institutes.tags()[row].area();
                *wanted = wanted.min(f64::from(cap) * site_bonus(context, area));
            }
        }
        let columns = self.of_mut(Population::Institutes);
        let share = posts::specialist_share(context.theta, Sector::INSTITUTE);
        split(
            columns,
            institutes,
            rows,
            growth,
            context.width(),
            ([share; MOST_SECTORS], quit_rates),
        );
    }
}

/// What the plot ratio adds to a laboratory's site once it is built: after the longest lag. It stays when the
/// designation ends, and is nothing where that was in force in no year.
fn site_bonus(context: &YearContext<'_>, area: Area) -> f64 {
    let lag = context.theta.building_lag_maximum;
    let mut bonus = 0.0;
    for lever in &context.case.plan.designations {
        if lever.area != area {
            continue;
        }
        let decided =
            calendar::decided(lever, context.chance).filter(|&date| lever.is_ever_in_force(date));
        let built = decided.map(|date| date.plus_years(lag));
        if built.is_some_and(|date| date < context.date(1)) {
            let effect = context.case.effect(lever.common.slot);
            bonus += effect * lever.share * (lever.plot_ratio - 1.0);
        }
    }
    1.0 + context.theta.plot_takeup * bonus
}

/// Splits wanted headcounts into posts, and says what has to change. `rates` are the shares of
/// specialists by sector, and the rates at which they quit by area.
fn split(
    columns: &mut Columns,
    firms: &Firms,
    rows: Range<usize>,
    growth: &growth::GrowthMemory,
    width: usize,
    rates: (BySector<f64>, ByArea<f64>),
) {
    let (shares, quit_rates) = rates;
    slice::run_by(
        width,
        Split {
            staff: &firms.staff()[rows.clone()],
            tags: &firms.tags()[rows.clone()],
            growth,
            shares,
            quit_rates,
            quits: &mut columns.quits[rows.clone()],
            cut: &mut columns.cut[rows.clone()],
            others: &mut columns.others[rows.clone()],
            vacancies: &mut columns.vacancies[rows],
        },
    );
}

/// What one firm means to do `[persons]`.
#[derive(Clone, Copy, Debug)]
struct Plan {
    quits: i32,
    cut: i32,
    others: i32,
    vacancies: i32,
}

impl Plan {
    /// Of a firm by its draws, share of specialists and rate of quits.
    ///
    /// Whole people by the firm's own draws, so that means are kept; in floating point throughout,
    /// where these whole numbers are exact, for then all lanes are of one width.
    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn of(
        staff: Staff,
        [wanted, rounding, posts_draw, quits_draw]: [f64; 4],
        (share, quit_rate): (f64, f64),
    ) -> Self {
        let in_place = f64::from(staff.specialists);
        let wanted = wanted.min(2.0 * MOST_PEOPLE);
        let total = distribution::whole_number(wanted, rounding).clamp(1.0, MOST_PEOPLE);
        // One post at least is not a specialist's.
        let posts = distribution::whole_number(share * total, posts_draw);
        let posts = posts.min(total - 1.0).max(0.0);
        let leave = distribution::whole_number(quit_rate * in_place, quits_draw).min(in_place);
        let stay = in_place - leave;
        Self {
            quits: math::small_integer(leave),
            cut: math::small_integer((stay - posts).max(0.0)),
            others: math::small_integer(total - posts - f64::from(staff.others)),
            vacancies: math::small_integer((posts - stay).max(0.0)),
        }
    }
}

struct Split<'a> {
    staff: &'a [Staff],
    tags: &'a [Tags],
    growth: &'a growth::GrowthMemory,
    shares: BySector<f64>,
    quit_rates: ByArea<f64>,
    quits: &'a mut [i32],
    cut: &'a mut [i32],
    others: &'a mut [i32],
    vacancies: &'a mut [i32],
}

impl LoopBy for Split<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn run<const N: usize>(self) {
        let rows = self.staff.len();
        let (staff, tags) = (self.staff, &self.tags[..rows]);
        let (wanted, rounding) = (&self.growth.wanted[..rows], &self.growth.rounding[..rows]);
        let (posts_draw, quits_draw) = (&self.growth.posts[..rows], &self.growth.quits[..rows]);
        let (quits, cut) = (&mut self.quits[..rows], &mut self.cut[..rows]);
        let (others, vacancies) = (&mut self.others[..rows], &mut self.vacancies[..rows]);
        for row in 0..rows {
            let share = tags[row].sector_choice::<N>(&self.shares);
            let rate = tags[row].area_choice::<N>(&self.quit_rates);
            let draws = [wanted[row], rounding[row], posts_draw[row], quits_draw[row]];
            let plan = Plan::of(staff[row], draws, (share, rate));
            quits[row] = plan.quits;
            cut[row] = plan.cut;
            others[row] = plan.others;
            vacancies[row] = plan.vacancies;
        }
    }
}

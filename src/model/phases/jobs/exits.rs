//! Startups fail and institutes close (model, 6.4).

use std::ops::Range;

use crate::model::admission;
use crate::model::context::YearContext;
use crate::model::district::District;
use crate::model::district::World;
use crate::model::district::YEAR_END;
use crate::model::district::firms::Firms;
use crate::model::district::firms::ZEROS;
use crate::model::district::firms::blocks;
use crate::model::district::packed::Tags;
use crate::model::ledger::event::NONE;
use crate::model::ledger::event::Population;
use crate::model::returns::Capital;
use crate::model::support;
use crate::model::support::by_row::ByRow;
use crate::model::support::everyone;
use crate::policy::sector::BySector;
use crate::policy::sector::Sector;
use crate::random::Purpose;
use crate::random::math;
use crate::random::math::SAFELY_BELOW_ONE;
use crate::random::slice;
use crate::random::slice::LoopBy;
use crate::time::DAYS;

/// The years after a round in which its money keeps a firm alive.
const YEARS_OF_CAPITAL: u64 = 2;

/// Numbers of the firms of a block, by row.
#[derive(Clone, Debug, Default)]
pub(super) struct ExitMemory {
    draws: Vec<f64>,
    hazard: Vec<f64>,
    /// The hazard of a firm's age.
    age: Vec<f64>,
    /// What services of a facility, present or past, and instruments take off the hazard `[ln]`.
    services: Vec<f64>,
    capital: Capital,
    rows: Vec<u32>,
    /// Unit exponentials of those who may fail.
    exponentials: Vec<f64>,
    faded: Vec<f64>,
}

/// The days on which firms fail or close this year.
///
/// The hazard of a year follows from a firm's state on 1 January, and that of its first year from
/// its state at its founding. So the day is known before anything else of the year, and nothing
/// happens to a firm after it.
#[derive(Clone, Debug, Default)]
pub struct ExitDays {
    startups: Fails,
    institutes: Fails,
    /// What instruments used in earlier years take off the hazard `[ln]`.
    used: ByRow,
    memory: ExitMemory,
}

/// The firms of a population that fail or close.
#[derive(Clone, Debug, Default)]
struct Fails {
    /// By row; 0 where it survives.
    days: Vec<u16>,
    /// Rows of those that do not, in rising order.
    rows: Vec<u32>,
}

impl Fails {
    fn clear(&mut self) {
        self.days.clear();
        self.rows.clear();
    }

    /// Makes room for later rows, which survive so far: these rows.
    fn extend(&mut self, firms: usize) -> Range<usize> {
        let before = self.days.len();
        self.days.resize(firms, 0);
        before..firms
    }

    #[expect(clippy::cast_possible_truncation, reason = "rows of firms are far below 2^32")]
    fn add(&mut self, row: usize, day: u16) {
        self.days[row] = day;
        self.rows.push(row as u32);
    }
}

impl ExitDays {
    /// Finds the days of all firms that are there on 1 January.
    #[inline(never)]
    pub fn find(&mut self, context: &YearContext<'_>, district: &District) {
        self.startups.clear();
        self.institutes.clear();
        support::on_exit(context, district, &mut self.used);
        let by_facility =
            (!context.case.plan.facilities.is_empty()).then(|| admission::services(context));
        self.add(context, district, by_facility.as_ref());
    }

    /// Adds the days of startups and institutes founded this year, which come after the others.
    fn find_new(&mut self, context: &YearContext<'_>, district: &District) {
        self.add(context, district, None);
    }

    /// Adds the days of the firms that come after those who have theirs.
    fn add(
        &mut self,
        context: &YearContext<'_>,
        district: &District,
        services: Option<&[f64; 256]>,
    ) {
        let Self { startups: fails, institutes: closes, used, memory } = self;
        let startups = district.startups();
        let rows = fails.extend(startups.len());
        for block in blocks(rows.len()) {
            let rows = rows.start + block.start..rows.start + block.end;
            memory.services.clear();
            if let Some(by_facility) = services {
                find_services(context, startups, rows.clone(), by_facility, memory);
            }
            if !used.is_empty() {
                memory.services.resize(rows.len(), 0.0);
                for (sum, used) in memory.services.iter_mut().zip(used.of(rows.clone())) {
                    *sum += used;
                }
            }
            of_startups_among(context, startups, rows.clone(), memory);
            memory.days(context, startups, rows.start, |row, day| fails.add(row, day));
        }
        let institutes = district.institutes();
        let rows = closes.extend(institutes.len());
        of_institutes_among(context, institutes, rows.clone(), memory);
        memory.days(context, institutes, rows.start, |row, day| closes.add(row, day));
    }

    /// Whether a startup has failed before a day, in the rows of the intake.
    pub fn startup_is_gone(
        &mut self,
        context: &YearContext<'_>,
        startups: &Firms,
        row: usize,
        day: u16,
    ) -> bool {
        let exit = self.startups.days.get(row).copied().unwrap_or_else(|| {
            let mut exit = 0;
            self.memory.services.clear();
            of_startups_among(context, startups, row..row + 1, &mut self.memory);
            self.memory.days(context, startups, row, |_, day| exit = day);
            exit
        });
        exit != 0 && exit < day
    }

    /// Whether an institute that was there on 1 January has closed before a day.
    #[must_use]
    pub fn institute_is_gone(&self, row: usize, day: u16) -> bool {
        self.institutes.days.get(row).is_some_and(|&exit| exit != 0 && exit < day)
    }
}

/// Exits of startups and closures of institutes. The place of a tenant that fails is free from the
/// next 1 January.
#[inline(never)]
pub fn run(world: &mut World, context: &YearContext<'_>, days: &mut ExitDays) {
    days.find_new(context, world.district());
    for (population, cause, fails) in [
        (Population::Startups, "exit hazard", &days.startups),
        (Population::Institutes, "closure hazard", &days.institutes),
    ] {
        for row in fails.rows.iter().map(|&row| row as usize) {
            world.fail(population, row, fails.days[row], cause);
        }
    }
    world.remove_failed();
}

/// Draws of some startups, of a block at most, and their hazards, less what stands in the memory if
/// anything does.
fn of_startups_among(
    context: &YearContext<'_>,
    startups: &Firms,
    rows: Range<usize>,
    memory: &mut ExitMemory,
) {
    if everyone::is_on_exit(context) {
        memory.services.resize(rows.len(), 0.0);
        everyone::on_exit(context, startups, rows.clone(), &mut memory.services);
    }
    let keys = &startups.key()[rows.clone()];
    slice::uniforms(keys, context.year, Purpose::Exit, &mut memory.draws);
    hazards(context, startups, rows, memory);
}

/// The same of institutes.
fn of_institutes_among(
    context: &YearContext<'_>,
    institutes: &Firms,
    rows: Range<usize>,
    memory: &mut ExitMemory,
) {
    let keys = &institutes.key()[rows.clone()];
    slice::uniforms(keys, context.year, Purpose::Exit, &mut memory.draws);
    memory.hazard.clear();
    // A corporate laboratory is a going concern of its group. An institute that a lever has brought
    // stays where it is like a laboratory, but closes like the institute that it is.
    let firms = institutes.tags()[rows.clone()].iter().zip(&institutes.account()[rows]);
    memory.hazard.extend(firms.map(|(tags, account)| match (tags.sector(), account.served) {
        (Sector::LABORATORY, 0) => 0.0,
        _ => context.theta.institute_closure,
    }));
}

/// The exit hazards of startups, by row `[1/year]`.
///
/// # Formula
///
/// ```text
/// h_0(age) h_sector exp(−b_z z − b_in·tenant − b_al·alumnus·2^(−years/half-life) − instruments
///                       − b_fund f(money of the last round) if within 2 years − b_cl ln m_t)
/// ```
fn hazards(
    context: &YearContext<'_>,
    startups: &Firms,
    rows: Range<usize>,
    memory: &mut ExitMemory,
) {
    let (theta, terms) = (context.theta, context.chance.terms(context.year));
    startups.by_age(rows.clone(), context.year, &mut memory.age, |age| terms.exit_age(age));
    memory.hazard.resize(rows.len(), 0.0);
    let nothing = memory.services.is_empty();
    let services = if nothing { &ZEROS[..rows.len()] } else { &memory.services };
    let hazards = Hazards {
        quality: &startups.quality()[rows.clone()],
        tags: &startups.tags()[rows.clone()],
        capital: memory.capital.of(context, startups, rows, YEARS_OF_CAPITAL, theta.exit_funded),
        services,
        age: &memory.age,
        sectors: theta.exit,
        by_quality: theta.exit_quality,
        by_climate: theta.exit_climate * context.chance.log_climate(context.year),
        if_funded: theta.exit_funded,
        hazard: &mut memory.hazard,
    };
    slice::run_by(context.width(), hazards);
}

/// What present services take off the hazard of tenants, and past ones, faded, off that of alumni.
fn find_services(
    context: &YearContext<'_>,
    startups: &Firms,
    block: Range<usize>,
    by_facility: &[f64; 256],
    memory: &mut ExitMemory,
) {
    let ExitMemory { services, rows, faded, .. } = memory;
    services.clear();
    services.resize(block.len(), 0.0);
    let theta = context.theta;
    let from = block.start;
    let tags = &startups.tags()[block];
    slice::choose(tags.len(), rows, |row| tags[row].has_facility());
    faded.clear();
    faded.extend(rows.iter().map(|&row| {
        let since = startups.extra(from + row as usize).alumnus_since;
        let since = f64::from(context.start - since) / f64::from(DAYS);
        -std::f64::consts::LN_2 * since.max(0.0) / theta.alumnus_half_life
    }));
    slice::exp(faded);
    for (&row, fade) in rows.iter().zip(faded) {
        let tags = tags[row as usize];
        services[row as usize] = if tags.facility() == NONE {
            theta.exit_alumnus * (by_facility[usize::from(tags.alumnus_of())] * *fade)
        } else {
            theta.exit_tenant * by_facility[usize::from(tags.facility())]
        };
    }
}

struct Hazards<'a> {
    quality: &'a [f64],
    tags: &'a [Tags],
    capital: &'a [f64],
    services: &'a [f64],
    age: &'a [f64],
    sectors: BySector<f64>,
    by_quality: f64,
    by_climate: f64,
    if_funded: f64,
    hazard: &'a mut [f64],
}

impl LoopBy for Hazards<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn run<const N: usize>(self) {
        let rows = self.hazard.len();
        let (quality, tags, capital) =
            (&self.quality[..rows], &self.tags[..rows], &self.capital[..rows]);
        let (services, age) = (&self.services[..rows], &self.age[..rows]);
        for row in 0..rows {
            let mut log = self.by_quality * quality[row] + self.by_climate;
            log += services[row];
            log += self.if_funded * capital[row];
            let sector = tags[row].sector_choice::<N>(&self.sectors);
            self.hazard[row] = math::exp(-log) * (age[row] * sector);
        }
    }
}

impl ExitMemory {
    /// Tells of each of the firms from a row on that fails, by its draw and hazard, and of the day.
    fn days(
        &mut self,
        context: &YearContext<'_>,
        firms: &Firms,
        from: usize,
        mut fails: impl FnMut(usize, u16),
    ) {
        let Self { draws, hazard, rows, exponentials, .. } = self;
        // As −ln(1 − u) ≥ u, most are seen to survive without a logarithm.
        let draws = draws.as_slice();
        let hazard = &hazard[..draws.len()];
        slice::choose(draws.len(), rows, |row| draws[row] * SAFELY_BELOW_ONE < hazard[row]);
        exponentials.clear();
        exponentials.extend(rows.iter().map(|&row| draws[row as usize]));
        slice::exponential(exponentials);
        for (&row, &exponential) in rows.iter().zip(&*exponentials) {
            let (hazard, row) = (hazard[row as usize], from + row as usize);
            let born = firms.dates()[row].born();
            if let Some(day) = fails_on(context, born, exponential, hazard) {
                fails(row, day);
            }
        }
    }
}

/// The day of the year on which a firm fails, if it does.
///
/// Its unit exponential of the year runs down at the hazard rate from 1 January, or from
/// its founding day in its first year; so a constant hazard gives exactly exponential lives.
fn fails_on(context: &YearContext<'_>, born: i32, exponential: f64, hazard: f64) -> Option<u16> {
    if hazard <= 0.0 {
        return None;
    }
    let begins = (born - context.start).max(0);
    let exposed = f64::from(i32::from(DAYS) - begins) / f64::from(DAYS);
    if exponential >= hazard * exposed {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "less than a year")]
    let days = (exponential / hazard * f64::from(DAYS)) as i32;
    Some(u16::try_from(begins + days + 1).unwrap_or(YEAR_END).min(YEAR_END))
}

//! Graduation: cohorts finish, found firms, stay in reach of the district or leave (model, 6.3).

use crate::model::chance::Chance;
use crate::model::district::GraduateFounder;
use crate::model::district::World;
use crate::model::id::FirmId;
use crate::model::id::Origin;
use crate::model::ledger::event::EventKind;
use crate::model::phases::YearContext;
use crate::policy::plan::Degree;
use crate::policy::plan::Programme;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::math;
use crate::random::slice;
use crate::time::Date;

/// The last days of February and of August, on which cohorts finish.
const FINISHES: [u16; 2] = [59, 243];
/// Cohorts enrol on 1 March.
const ENROLS: u16 = 60;

/// What becomes of those who complete a degree.
#[derive(Clone, Copy, Debug)]
struct Prospects {
    completion: f64,
    founding: f64,
    qualification: f64,
    stay: f64,
}

/// The draws of a cohort by student: what all students are asked, in loops by purpose. Kept memory.
#[derive(Clone, Debug, Default)]
pub struct GraduationMemory {
    students: Vec<Key>,
    completion: Vec<f64>,
    founding: Vec<f64>,
    qualification: Vec<f64>,
    leave: Vec<f64>,
    stay: Vec<f64>,
}

impl GraduationMemory {
    fn draw(&mut self, lever: Key, enrolment: u16, students: u32) {
        self.students.clear();
        self.students.extend(Chance::students(lever, enrolment).take(students as usize));
        for (purpose, draws) in [
            (Purpose::Completion, &mut self.completion),
            (Purpose::Founding, &mut self.founding),
            (Purpose::Qualification, &mut self.qualification),
            (Purpose::LeaveCity, &mut self.leave),
            (Purpose::Stay, &mut self.stay),
        ] {
            slice::uniforms(&self.students, enrolment, purpose, draws);
        }
    }
}

/// Handles the cohorts that enrol and finish this year; returns how many of those who stay the
/// employment linkage will place first.
pub fn run(world: &mut World, context: &YearContext<'_>, memory: &mut GraduationMemory) -> i64 {
    let cohorts: Vec<(u16, &Programme)> =
        context.case.plan.programmes.iter().flat_map(|lever| finishing(context, lever)).collect();
    for lever in &context.case.plan.programmes {
        let intake = enrolled(lever, context.year);
        if intake > 0 {
            let slot = lever.common.slot;
            world.cohort(EventKind::Enrolled, ENROLS, slot, i64::from(intake));
        }
    }
    // The chance of a home is one for all who finish this year (model, 6.3).
    let finishing: f64 = cohorts
        .iter()
        .filter(|(_, lever)| degree(context, lever.degree).qualification > 0.0)
        .map(|&(year, lever)| {
            let prospects = degree(context, lever.degree);
            f64::from(enrolled(lever, year)) * prospects.completion * prospects.qualification
        })
        .sum();
    let district = world.district();
    let free = (district.homes() - district.homes_let()).max(0) as f64;
    let home = if finishing > 0.0 { (free / finishing).min(1.0) } else { 0.0 };
    let mut linked = 0;
    for (year, lever) in cohorts {
        linked += cohort(world, context, memory, lever, year, home);
    }
    linked
}

/// Persons who enrol in a programme in a year; none outside the lever's dates.
fn enrolled(lever: &Programme, year: u16) -> u32 {
    let date = Date { year, day: ENROLS };
    // A programme that begins later in the year takes its first cohort on its first day.
    let first = if lever.common.from.year == year { date.max(lever.common.from) } else { date };
    if lever.common.runs_on(first) { lever.intake.on(first) } else { 0 }
}

/// The cohorts of a programme that finish this year, by year of enrolment.
///
/// Length is rounded up to half-years; a course below half a year finishes at the end of August of
/// the year in which it enrols.
fn finishing<'a>(
    context: &YearContext<'_>,
    lever: &'a Programme,
) -> impl Iterator<Item = (u16, &'a Programme)> + use<'a> {
    let (years, _) = length(lever);
    let year = context.year.checked_sub(years);
    year.filter(|&year| enrolled(lever, year) > 0).map(|year| (year, lever)).into_iter()
}

/// Whole years from enrolment to the finish, and its day.
fn length(lever: &Programme) -> (u16, u16) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 20")]
    let halves = (lever.length * 2.0).ceil() as u16;
    // Enrolled on 1 March: an odd number of half-years ends in August, an even one in February.
    if halves <= 1 {
        (0, FINISHES[1])
    } else if halves.is_multiple_of(2) {
        (halves / 2, FINISHES[0])
    } else {
        (halves / 2, FINISHES[1])
    }
}

fn degree(context: &YearContext<'_>, degree: Degree) -> Prospects {
    let theta = context.theta;
    match degree {
        Degree::Master => Prospects {
            completion: theta.completion_master,
            founding: theta.founding_master,
            qualification: 1.0,
            stay: theta.stay_master,
        },
        Degree::Doctor => Prospects {
            completion: theta.completion_doctor,
            founding: theta.founding_doctor,
            qualification: 1.0,
            stay: theta.stay_doctor,
        },
        Degree::NonDegree => Prospects {
            completion: theta.completion_non_degree,
            founding: theta.founding_non_degree,
            qualification: theta.qualification_non_degree,
            stay: theta.stay_non_degree,
        },
        Degree::Retraining => Prospects {
            completion: theta.completion_non_degree,
            founding: 0.0,
            qualification: theta.qualification_retraining,
            stay: theta.stay_non_degree,
        },
    }
}

/// The factor on founding while a facility is open to graduates' firms.
fn pull(context: &YearContext<'_>, day: u16) -> f64 {
    let date = context.date(day);
    let open = context.case.plan.facilities.iter().any(|lever| {
        lever.graduates
            && lever.building.opening <= date
            && lever.common.runs_on(date)
            && context.case.effect(lever.common.slot) > 0.0
    });
    if open { context.theta.incubation_pull } else { 1.0 }
}

/// The chance that a graduate stays in reach of the district.
///
/// # Formula
///
/// ```text
/// Λ(s_p + s_home · home + s_link · linkage + s_jobs ln(vacancies per seeker))
/// ```
#[must_use]
pub fn stay_probability(logit: f64) -> f64 {
    1.0 / (1.0 + math::exp(-logit))
}

#[derive(Clone, Copy, Debug, Default)]
struct Outcomes {
    completed: i64,
    retained: i64,
    in_city: i64,
    left: i64,
    linked: i64,
    replaced: i64,
}

/// One cohort finishes; returns how many the linkage will place.
fn cohort(
    world: &mut World,
    context: &YearContext<'_>,
    memory: &mut GraduationMemory,
    lever: &Programme,
    enrolment: u16,
    home: f64,
) -> i64 {
    let slot = lever.common.slot;
    let effect = context.case.effect(slot);
    let day = length(lever).1;
    let theta = context.theta;
    let prospects = degree(context, lever.degree);
    let linkage = f64::from(u8::from(lever.linkage)) * effect;
    let logit = prospects.stay
        + theta.stay_home * home
        + theta.stay_linkage * linkage
        + theta.stay_jobs * math::ln(world.district().tightness().clamp(0.05, 20.0));
    let stays = stay_probability(logit);
    let pull = pull(context, day);
    let key = context.chance.lever(context.setup.lever_numbers[usize::from(slot)]);
    let mut outcomes = Outcomes::default();
    let mut founders = Vec::new();
    memory.draw(key, enrolment, enrolled(lever, enrolment));
    let GraduationMemory { students, completion, founding, qualification, leave, stay } = memory;
    for (index, &student) in (0_u32..).zip(&*students) {
        let place = index as usize;
        if completion[place] >= prospects.completion {
            continue;
        }
        let draw = |purpose| student.uniform(enrolment, purpose);
        outcomes.completed += 1;
        // A place that existed elsewhere before adds what the move adds, no more (new_share): its
        // graduate would have founded without the pull, and would be in the city's inflow.
        let new = || lever.new_share >= 1.0 || draw(Purpose::NewPlace) < lever.new_share;
        let founding = founding[place];
        if founding < prospects.founding * pull {
            let already = if new() { 0.0 } else { prospects.founding };
            if founding >= already && effect > 0.0 {
                founders.push(GraduateFounder {
                    id: FirmId::new(context.year + 1, Origin::Graduate, u32::from(slot), index),
                    key: student,
                    lever: slot,
                });
            }
            continue;
        }
        if qualification[place] >= prospects.qualification || effect == 0.0 {
            continue;
        }
        let city = leave[place] < theta.leaver_city_share;
        outcomes.replaced += i64::from(city && !new());
        if stay[place] < stays {
            outcomes.retained += 1;
            outcomes.linked +=
                i64::from(linkage > 0.0 && draw(Purpose::Linkage) < theta.linkage_share);
        } else if city {
            outcomes.in_city += 1;
        } else {
            outcomes.left += 1;
        }
    }
    for (kind, amount) in [
        (EventKind::Graduated, outcomes.completed),
        (EventKind::GraduateFounders, founders.len() as i64),
        (EventKind::Retained, outcomes.retained),
        (EventKind::LeftForCity, outcomes.in_city),
        (EventKind::LeftCity, outcomes.left),
    ] {
        world.cohort(kind, day, slot, amount);
    }
    world.pool(EventKind::InflowReplaced, day, outcomes.replaced, "existed elsewhere before");
    world.expect_founders(&founders);
    outcomes.linked
}

//! Graduation: cohorts finish, found firms, stay in reach of the district or leave (model, 6.3).

use crate::model::chance::Chance;
use crate::model::context::YearContext;
use crate::model::district::GraduateFounder;
use crate::model::district::World;
use crate::model::id::FirmId;
use crate::model::id::Origin;
use crate::model::ledger::event::EventKind;
use crate::model::whole::whole;
use crate::policy::levers::programme::Degree;
use crate::policy::levers::programme::Programme;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::math;
use crate::random::slice;
use crate::random::slice::Loop;

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
    /// Whether the place is new, and whether the linkage places its graduate: drawn where asked.
    new_place: Vec<f64>,
    linkage: Vec<f64>,
    fit: Fit,
    rows: Vec<u32>,
}

impl GraduationMemory {
    fn draw(&mut self, lever: Key, enrolment: u16, students: u32, asked: &Asked) {
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
        for (is_asked, purpose, draws) in [
            (asked.new_share < 1.0, Purpose::AdditionalPlace, &mut self.new_place),
            (asked.linked > 0.0, Purpose::Linkage, &mut self.linkage),
        ] {
            if is_asked {
                slice::uniforms(&self.students, enrolment, purpose, draws);
            } else {
                // Below any share that is not 0: a uniform number never is 0.
                draws.clear();
                draws.resize(self.students.len(), 0.0);
            }
        }
    }
}

/// What a student's place in the cohort leaves of the chance of founding: by place, not by number, so
/// that a larger course takes no founder away.
#[derive(Clone, Debug, Default)]
struct Fit {
    /// The applicants whom `in_course` is for: it stays as it is from cohort to cohort.
    applicants: f64,
    in_course: Vec<f64>,
    in_degree: Vec<f64>,
}

impl Fit {
    /// By place in a cohort of so many students, of so many applicants to courses.
    ///
    /// # Formula
    ///
    /// ```text
    /// (N / (N + i))²,  i the place in a course without a degree; 1 in a degree
    /// ```
    ///
    /// Of n students f n N / (N + n) found, as of those who qualify.
    fn of(&mut self, degree: Degree, students: usize, applicants: f64) -> &[f64] {
        match degree {
            Degree::Master | Degree::Doctor => {
                self.in_degree.resize(students.max(self.in_degree.len()), 1.0);
                &self.in_degree[..students]
            }
            Degree::NonDegree | Degree::Retraining => {
                if self.applicants.to_bits() != applicants.to_bits() {
                    self.applicants = applicants;
                    self.in_course.clear();
                }
                let of_place = |place: usize| {
                    let fit = applicants / (applicants + place as f64);
                    fit * fit
                };
                self.in_course.extend((self.in_course.len()..students).map(of_place));
                &self.in_course[..students]
            }
        }
    }
}

/// The chances that a student is asked by, in the order in which it is asked.
#[derive(Clone, Copy, Debug)]
struct Asked {
    completes: f64,
    founds: f64,
    qualifies: f64,
    /// Who does not stay is in the city's inflow with this chance.
    leaves_for_city: f64,
    stays: f64,
    /// Whether the place adds to those that there were.
    new_share: f64,
    /// Of those who stay, the share that the linkage places.
    linked: f64,
}

/// Counts what becomes of the students who found nothing.
struct Count<'a> {
    memory: &'a GraduationMemory,
    fit: &'a [f64],
    asked: &'a Asked,
}

impl Loop for Count<'_> {
    type Output = Outcomes;

    #[expect(clippy::inline_always, reason = "compiled for each instruction set")]
    #[inline(always)]
    fn run(self) -> Outcomes {
        let Self { memory, fit, asked } = self;
        let students = memory.students.len();
        let [completion, founding, qualification, leave, stay, new_place, linkage] = [
            &memory.completion,
            &memory.founding,
            &memory.qualification,
            &memory.leave,
            &memory.stay,
            &memory.new_place,
            &memory.linkage,
        ]
        .map(|draws| &draws[..students]);
        let fit = &fit[..students];
        let mut counts = Outcomes::default();
        for student in 0..students {
            let completes = completion[student] < asked.completes;
            let qualified = completes
                & (founding[student] >= asked.founds * fit[student])
                & (qualification[student] < asked.qualifies);
            let city = leave[student] < asked.leaves_for_city;
            let stays = qualified & (stay[student] < asked.stays);
            let goes = qualified & !stays;
            counts.completed += i64::from(completes);
            counts.replaced +=
                i64::from(qualified & city & (new_place[student] >= asked.new_share));
            counts.retained += i64::from(stays);
            counts.linked += i64::from(stays & (linkage[student] < asked.linked));
            counts.in_city += i64::from(goes & city);
            counts.left += i64::from(goes & !city);
        }
        counts
    }
}

/// Handles the cohorts that enrol and finish this year; returns how many of those who stay the
/// employment linkage will place first.
#[inline(never)]
pub fn run(world: &mut World, context: &YearContext<'_>, memory: &mut GraduationMemory) -> i64 {
    let cohorts: Vec<(u16, &Programme)> =
        context.case.plan.programmes.iter().flat_map(|lever| finishing(context, lever)).collect();
    for lever in &context.case.plan.programmes {
        let intake = lever.enrolled(context.year);
        if intake > 0 {
            let slot = lever.common.slot;
            let day = lever.enrols_on(context.year).day;
            world.cohort(EventKind::Enrolled, day, slot, i64::from(intake));
        }
    }
    // The chance of a home is one for all who finish this year (model, 6.3).
    let finishing: f64 = cohorts
        .iter()
        .map(|&(year, lever)| {
            let prospects = degree(context, lever.degree, year);
            f64::from(lever.enrolled(year)) * prospects.completion * prospects.qualification
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

/// The cohorts of a programme that finish this year, by year of enrolment.
fn finishing<'a>(
    context: &YearContext<'_>,
    lever: &'a Programme,
) -> impl Iterator<Item = (u16, &'a Programme)> + use<'a> {
    let (years, _) = lever.finishes();
    let year = context.year.checked_sub(years);
    year.filter(|&year| lever.enrolled(year) > 0).map(|year| (year, lever)).into_iter()
}

/// What the number of trainees leaves of the chance that one qualifies: those fit for a course are
/// so many, and the more are trained, the further down they come from.
///
/// # Formula
///
/// ```text
/// N / (N + n),  n all who enrol in the year in courses without a degree at places that are new
/// ```
///
/// So who qualify are n N / (N + n) of what each hundred would be, at most N.
///
/// # Source
///
/// Selection from a bounded number of applicants; size: judgement, see `course_applicants`.
fn fit_for_courses(context: &YearContext<'_>, enrolment: u16) -> f64 {
    let courses = context.case.plan.programmes.iter().filter(|lever| {
        let degree = matches!(lever.degree, Degree::Master | Degree::Doctor);
        !degree && context.case.effect(lever.common.slot) > 0.0
    });
    // By whole persons in thousandths, so that the order of levers cannot show in the sum.
    let trained: i64 = courses
        .map(|lever| whole(1e3 * lever.new_share * f64::from(lever.enrolled(enrolment))))
        .sum();
    let fit = context.theta.course_applicants;
    fit / (fit + trained as f64 / 1e3)
}

fn degree(context: &YearContext<'_>, degree: Degree, enrolment: u16) -> Prospects {
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
            qualification: theta.qualification_non_degree * fit_for_courses(context, enrolment),
            stay: theta.stay_non_degree,
        },
        Degree::Retraining => Prospects {
            completion: theta.completion_non_degree,
            founding: 0.0,
            qualification: theta.qualification_retraining * fit_for_courses(context, enrolment),
            stay: theta.stay_non_degree,
        },
    }
}

/// The factor on founding while a facility that has places is open to graduates' firms.
fn pull(context: &YearContext<'_>, day: u16) -> f64 {
    let date = context.date(day);
    let open = context.case.plan.facilities.iter().any(|lever| {
        lever.graduates
            && lever.building.opening <= date
            && lever.common.runs_on(date)
            && lever.places.on(date) > 0
            && lever.floor_space.on(date) > 0
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
    let day = lever.finishes().1;
    let theta = context.theta;
    let prospects = degree(context, lever.degree, enrolment);
    let linkage = f64::from(u8::from(lever.linkage)) * effect;
    let logit = prospects.stay
        + theta.stay_home * home
        + theta.stay_linkage * linkage
        + theta.stay_jobs * math::ln(world.district().tightness().clamp(0.05, 20.0));
    let stays = stay_probability(logit);
    let pull = pull(context, day);
    let key = context.chance.lever(context.setup.lever_numbers[usize::from(slot)]);
    let asked = Asked {
        completes: prospects.completion,
        founds: prospects.founding * pull,
        // A placebo's graduates are worth nothing to the district.
        qualifies: if effect == 0.0 { 0.0 } else { prospects.qualification },
        leaves_for_city: theta.leaver_city_share,
        stays,
        new_share: lever.new_share,
        linked: if linkage > 0.0 { theta.linkage_share } else { 0.0 },
    };
    memory.draw(key, enrolment, lever.enrolled(enrolment), &asked);
    let mut kept = std::mem::take(&mut memory.fit);
    let fit = kept.of(lever.degree, memory.students.len(), theta.course_applicants);
    let outcomes = slice::run(Count { memory, fit, asked: &asked });
    let founder = |index, key| GraduateFounder {
        id: FirmId::new(context.year + 1, Origin::Graduate, u32::from(slot), index),
        key,
    };
    let founders =
        if effect > 0.0 { founders(memory, fit, &asked, &prospects, founder) } else { Vec::new() };
    memory.fit = kept;
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

/// Graduates who found. A place that existed elsewhere before adds what the move adds, no more
/// (`new_share`): its graduate would have founded without the pull, and would be in the city's
/// inflow.
fn founders(
    memory: &mut GraduationMemory,
    fit: &[f64],
    asked: &Asked,
    prospects: &Prospects,
    founder: impl Fn(u32, Key) -> GraduateFounder,
) -> Vec<GraduateFounder> {
    let GraduationMemory { students, completion, founding, new_place, rows, .. } = memory;
    let (completion, founding, fit) =
        (&completion[..students.len()], &founding[..students.len()], &fit[..students.len()]);
    slice::choose(students.len(), rows, |row| {
        (completion[row] < asked.completes) & (founding[row] < asked.founds * fit[row])
    });
    let added = rows.iter().filter(|&&row| {
        let new = new_place[row as usize] < asked.new_share;
        let already = if new { 0.0 } else { prospects.founding * fit[row as usize] };
        founding[row as usize] >= already
    });
    added.map(|&row| founder(row, students[row as usize])).collect()
}

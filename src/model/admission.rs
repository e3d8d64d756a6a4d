//! Facilities: who applies, and whom they admit (model, 6.2).

use crate::model::choice::AreaValues;
use crate::model::context::YearContext;
use crate::model::district::District;
use crate::model::district::World;
use crate::model::district::YEAR_END;
use crate::model::ledger::MOST_FACILITIES;
use crate::model::space;
use crate::policy::levers::facility::Admission;
use crate::policy::levers::facility::Facility;
use crate::policy::slot::LeverSlot;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::distribution;
use crate::random::math;
use crate::random::slice;

/// A facility that can admit firms this year.
#[derive(Clone, Copy, Debug)]
pub struct Office<'a> {
    /// The lever.
    pub lever: &'a Facility,
    /// Its number among all facilities of the scenario.
    pub number: u8,
    /// The key number of its name, for tastes and scores.
    pub name_number: u64,
    /// What a place is worth before a firm's own taste `[utility]`.
    pub value: f64,
    /// A firm looks round here if its draw is below this.
    pub looks_below: f64,
    /// Whether it has any place on some day of the year; nobody waits for one that has none.
    pub offers_places: bool,
}

/// Facilities that are open for a part of the year or all of it.
///
/// # Formula
///
/// ```text
/// value = V_k without rent − b_rent ln(rent ratio · R_k / R_0) + services' value + extra
/// ```
#[must_use]
pub fn offices<'a>(context: &YearContext<'a>, values: &AreaValues) -> Vec<Office<'a>> {
    let theta = context.theta;
    let open = |lever: &&'a Facility| {
        lever.building.opening.year <= context.year
            && lever.common.until.is_none_or(|until| until.year >= context.year)
    };
    let plan = &context.case.plan;
    plan.facilities
        .iter()
        .filter(open)
        .map(|lever| {
            let k = lever.area.index();
            let log_rent = math::ln(lever.rent_ratio) + values.log_rent[k];
            Office {
                lever,
                number: context.setup.facility_number(lever.common.slot),
                name_number: context.setup.lever_numbers[usize::from(lever.common.slot)],
                value: values.rent_free[k] - theta.rent_sensitivity * log_rent
                    + theta.facility_value
                    + lever.extra_value,
                looks_below: theta.facility_awareness * lever.awareness_factor,
                offers_places: lever.offers_places(context.year),
            }
        })
        .collect()
}

/// What a facility's rules and a firm's choice look at.
#[derive(Clone, Copy, Debug)]
pub struct Applicant {
    /// The key of the firm's draws.
    pub key: Key,
    /// Its draw for looking round: it does so where that is below the awareness.
    pub looks: f64,
    /// Its place among those whose tastes have been drawn together, if it is one of them.
    pub place: Option<u32>,
    /// Age `[years]`.
    pub age: f64,
    /// Headcount `[persons]`.
    pub headcount: i32,
    /// Sector's place in `policy::levers::facility::SECTORS`.
    pub sector: usize,
    /// Facilities that it has been to, a bit each.
    pub visited: u16,
    /// Whether a graduate founded it.
    pub graduate: bool,
    /// The value of its best alternative `[utility]`.
    pub alternative: f64,
}

/// The most facilities that one firm applies to in a year.
pub const MOST_CHOICES: usize = 4;

/// The facilities that a firm would apply to, best first: places in the list of offices.
pub type OfficeChoices = [Option<u8>; MOST_CHOICES];

/// Which facilities a firm would apply to on a day, best first.
///
/// It looks round where its draw is below the awareness, meets the rules, and values the place
/// above its best alternative.
#[must_use]
pub fn choices(
    context: &YearContext<'_>,
    offices: &[Office<'_>],
    applicant: &Applicant,
    tastes: &Tastes,
    day: u16,
) -> OfficeChoices {
    let looks = applicant.looks;
    // Most do not look round at all.
    if offices.iter().all(|office| looks >= office.looks_below) {
        return [None; MOST_CHOICES];
    }
    let mut best = [(f64::NEG_INFINITY, None); MOST_CHOICES];
    for (index, office) in (0u8..).zip(offices) {
        let lever = office.lever;
        let welcome = looks < office.looks_below
            && office.offers_places
            && lever.building.opening <= context.date(day)
            && lever.common.runs_on(context.date(day))
            && applicant.age <= lever.longest_age
            && i64::from(applicant.headcount) <= i64::from(lever.room)
            && lever.sectors[applicant.sector]
            && (lever.graduates || !applicant.graduate)
            && applicant.visited >> office.number & 1 == 0;
        if !welcome {
            continue;
        }
        let drawn = applicant.place.and_then(|place| tastes.of(index, place));
        let taste = drawn.unwrap_or_else(|| taste(context, office, applicant.key));
        // No moving cost: a facility comes furnished and helps with the move (model, 6.2).
        let value = office.value + taste;
        if value > applicant.alternative {
            insert(&mut best, (value, Some(index)));
        }
    }
    best.map(|(_, index)| index)
}

/// Tastes of many firms for the facilities of the year, drawn together.
#[derive(Clone, Debug, Default)]
pub struct Tastes {
    /// By place in the list of offices, then by place of the firm.
    by_office: Vec<Vec<f64>>,
    keys: Vec<Key>,
}

impl Tastes {
    /// Draws the tastes of firms with these keys.
    pub fn draw(&mut self, context: &YearContext<'_>, offices: &[Office<'_>], firms: &[Key]) {
        let Self { by_office, keys } = self;
        by_office.resize_with(offices.len(), Vec::new);
        for (office, tastes) in offices.iter().zip(by_office) {
            keys.clear();
            keys.extend(firms.iter().map(|firm| firm.entity(office.name_number)));
            slice::uniforms(keys, context.year, Purpose::FacilityTaste, tastes);
            slice::gumbel(tastes);
        }
    }

    fn of(&self, office: u8, place: u32) -> Option<f64> {
        self.by_office.get(usize::from(office))?.get(place as usize).copied()
    }
}

fn insert(best: &mut [(f64, Option<u8>); MOST_CHOICES], found: (f64, Option<u8>)) {
    if let Some(place) = best.iter().position(|&(value, _)| found.0 > value) {
        best[place..].rotate_right(1);
        best[place] = found;
    }
}

fn taste(context: &YearContext<'_>, office: &Office<'_>, firm: Key) -> f64 {
    let key = firm.entity(office.name_number);
    distribution::gumbel(key.uniform(context.year, Purpose::FacilityTaste))
}

/// How a facility orders its applicants: the greatest first.
///
/// # Formula
///
/// ```text
/// ranked:  ρ z + √(1 − ρ²) ν
/// lottery: a uniform draw
/// ```
#[must_use]
pub fn score(context: &YearContext<'_>, office: &Office<'_>, firm: Key, quality: f64) -> f64 {
    let key = firm.entity(office.name_number);
    match office.lever.admission {
        Admission::Lottery => key.uniform(context.year, Purpose::Lottery),
        Admission::Ranked | Admission::FirstCome => {
            let noise = distribution::normal(key.uniform(context.year, Purpose::Score));
            rank(context.theta.selection_weight, quality, noise)
        }
    }
}

/// A selection score whose correlation with quality is the weight.
#[must_use]
pub fn rank(weight: f64, quality: f64, noise: f64) -> f64 {
    weight * quality + (1.0 - weight * weight).sqrt() * noise
}

/// How many places are free on a day.
#[must_use]
pub fn free_places(
    district: &District,
    context: &YearContext<'_>,
    office: &Office<'_>,
    day: u16,
) -> u32 {
    let places = office.lever.places.on(context.date(day));
    places.saturating_sub(district.tenants()[usize::from(office.number)])
}

/// The facility of the plan with this number.
#[must_use]
pub fn facility<'a>(context: &YearContext<'a>, number: u8) -> Option<&'a Facility> {
    let slot = context.setup.facility_slots.get(usize::from(number))?;
    context.case.plan.facilities.iter().find(|lever| lever.common.slot == *slot)
}

/// On the last day of the year the tenants of a facility fit into its floor space: while they do
/// not, as they have grown, the one that needs most leaves. It chooses a place on 1 January.
pub fn make_room(world: &mut World, context: &YearContext<'_>) {
    if context.case.plan.facilities.is_empty() {
        return;
    }
    let used = space_taken(context, world.district());
    for lever in &context.case.plan.facilities {
        let number = context.setup.facility_number(lever.common.slot);
        let space = i64::from(lever.floor_space.on(context.date(YEAR_END)));
        let mut used = used[usize::from(number)];
        if used <= space {
            continue;
        }
        let mut by_need = Vec::new();
        each_tenant(context, world.district(), |tenant| {
            by_need.extend((tenant.facility == number).then_some(tenant));
        });
        by_need.sort_unstable_by_key(|tenant| (tenant.need, tenant.row));
        while used > space
            && let Some(leaves) = by_need.pop()
        {
            used -= leaves.need;
            let today = context.ordinal(YEAR_END);
            world.end_tenancy(leaves.row, YEAR_END, today, "no room to grow");
        }
    }
}

/// A tenant and the floor space that it needs.
#[derive(Clone, Copy, Debug)]
struct Tenant {
    /// Its facility, by number.
    facility: u8,
    /// Its floor space `[m2]`.
    need: i64,
    /// Its row among startups, which lie in the order of their names.
    row: usize,
}

/// Tells of the tenants of all facilities, in the order of their names.
fn each_tenant(context: &YearContext<'_>, district: &District, mut act: impl FnMut(Tenant)) {
    let startups = district.startups();
    let (tags, staff) = (startups.tags(), startups.staff());
    slice::each_chosen(
        tags.len(),
        |row| tags[row].is_tenant(),
        |row| {
            let need = space::space(context.theta, tags[row].sector(), staff[row].headcount());
            act(Tenant { facility: tags[row].facility(), need, row });
        },
    );
}

/// The floor space that the tenants of each facility need, by its number `[m2]`.
#[must_use]
pub fn space_taken(context: &YearContext<'_>, district: &District) -> [i64; MOST_FACILITIES] {
    let mut taken = [0; MOST_FACILITIES];
    if !context.case.plan.facilities.is_empty() {
        each_tenant(context, district, |tenant| {
            taken[usize::from(tenant.facility)] += tenant.need;
        });
    }
    taken
}

/// The last day of a tenancy that begins today: the longest tenancy, or earlier at a constant rate.
#[must_use]
pub fn tenancy_end(context: &YearContext<'_>, lever: &Facility, firm: Key, today: i32) -> i32 {
    let rate = context.theta.facility_leave_rate;
    let unit = distribution::exponential(firm.uniform(context.year, Purpose::LeavesEarly));
    let stay = if rate > 0.0 { (unit / rate).min(lever.tenancy) } else { lever.tenancy };
    #[expect(clippy::cast_possible_truncation, reason = "a tenancy is at most a century")]
    let days = (stay * f64::from(crate::time::DAYS)).round() as i32;
    // At least a day: who moves in today does not leave before tomorrow.
    today + days.max(1)
}

/// The services of a facility to its tenants by number; 0 for no facility.
#[must_use]
pub fn services(context: &YearContext<'_>) -> [f64; 256] {
    let mut services = [0.0; 256];
    for lever in &context.case.plan.facilities {
        let number = context.setup.facility_number(lever.common.slot);
        services[usize::from(number)] = lever.services * context.case.effect(lever.common.slot);
    }
    services
}

/// The slot of the facility with this number.
#[must_use]
pub fn slot(context: &YearContext<'_>, number: u8) -> LeverSlot {
    context.setup.facility_slots[usize::from(number)]
}

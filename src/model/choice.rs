//! How firms value places: utilities of areas and facilities (model, 6.2).

use crate::model::context::YearContext;
use crate::model::district::District;
use crate::model::phases::calendar;
use crate::model::support::everyone;
use crate::policy::area::Area;
use crate::policy::area::ByArea;
use crate::policy::area::MOST_AREAS;
use crate::random::math;
use crate::scenario::district::Synergy;
use crate::scenario::parameter::Parameters;

/// The jobs that count for a firm in each area: those of its own and, by their weights, of its neighbours.
///
/// # Formula
///
/// ```text
/// J*_k = J_k + Σ_j w_kj ω J_j,  with ω' in the place of ω for a pair whose regimes are in force
/// ```
#[must_use]
pub fn hinterland(context: &YearContext<'_>, jobs: &ByArea<i64>) -> ByArea<f64> {
    let synergies = &context.setup.district.synergies;
    blend(context, jobs, |area, other| {
        let in_force = |synergy: &Synergy| {
            synergy.is_of(area, other)
                && calendar::all_in_force(&context.in_force, &synergy.regimes)
        };
        if synergies.iter().any(in_force) {
            context.theta.hinterland_weight_synergy
        } else {
            context.theta.hinterland_weight
        }
    })
}

/// Jobs of each area and of its neighbours, these by a weight on the pair's own.
fn blend(
    context: &YearContext<'_>,
    jobs: &ByArea<i64>,
    weight: impl Fn(Area, Area) -> f64,
) -> ByArea<f64> {
    let areas = &context.setup.district.areas;
    areas.map(|area| {
        let own = jobs[area.index()] as f64;
        areas.of(area).neighbours.iter().fold(own, |sum, &(other, share)| {
            sum + share * weight(area, other) * jobs[other.index()] as f64
        })
    })
}

/// ln(J* / J*(first year)) by area; 0 where nothing was there in the first year.
#[must_use]
pub fn log_jobs(context: &YearContext<'_>, district: &District, jobs: &ByArea<i64>) -> ByArea<f64> {
    let now = hinterland(context, jobs);
    let first = blend(context, district.first_jobs(), |_, _| context.theta.hinterland_weight);
    context.setup.district.areas.map(|area| {
        let area = area.index();
        // A stock of zero at the start has a log ratio of 0 (model, section 8).
        if first[area] > 0.0 { math::ln(now[area].max(1.0) / first[area]) } else { 0.0 }
    })
}

/// The most that relief takes off a rent: a guard against a tax above the rent.
const MOST_RELIEF: f64 = 0.99;

/// The log of the rent over the first year's that a firm pays in an area, after relief.
///
/// What the rent falls by is what the city gives up on a square metre, less what land takes of it.
///
/// # Formula
///
/// ```text
/// ln(R_k / R_0) + ln(1 − relief · value · tax rate · (1 − pass-through to land) / R_k)
/// ```
#[must_use]
pub fn log_rent_paid(context: &YearContext<'_>, district: &District, area: Area) -> f64 {
    let theta = context.theta;
    let log_rent = district.market(area).log_rent;
    let relief = context.in_force[area.index()].property_relief;
    let given_up = relief * theta.building_value * theta.property_tax_rate;
    if given_up <= 0.0 {
        return log_rent;
    }
    let rent = context.setup.district.areas.of(area).rent * math::exp(log_rent);
    let lower = given_up * (1.0 - theta.plot_price_pass_through) / rent;
    log_rent + math::ln(1.0 - lower.min(MOST_RELIEF))
}

/// What a place is worth to a startup in each area before its own taste, with and without rent.
#[derive(Clone, Copy, Debug)]
pub struct AreaValues {
    /// `V_k`, with the rent that firms pay; that of the reference is 0.
    pub area: ByArea<f64>,
    /// `V_k` without the term for rent.
    pub rent_free: ByArea<f64>,
    /// The same for institutes.
    pub institute: ByArea<f64>,
    /// The log of the market rent over the first year's.
    pub log_rent: ByArea<f64>,
}

/// Values of the areas on 1 January.
///
/// # Formula
///
/// ```text
/// V_k = a_k − b_rent ln(R_k / R_0) + b_jobs ln(J*_k / J*_k(first year)) + instruments
/// ```
#[must_use]
pub fn values(context: &YearContext<'_>, district: &District, jobs: &ByArea<i64>) -> AreaValues {
    let theta = context.theta;
    let areas = &context.setup.district.areas;
    let log_jobs = log_jobs(context, district, jobs);
    let mut values = AreaValues {
        area: [0.0; MOST_AREAS],
        rent_free: [0.0; MOST_AREAS],
        institute: [0.0; MOST_AREAS],
        log_rent: areas.map(|area| district.market(area).log_rent),
    };
    for &area in areas.all().iter().filter(|&&area| area != areas.reference()) {
        let k = area.index();
        let (startup, institute) = (theta.taste[k], theta.institute_taste[k]);
        let jobs = theta.jobs_sensitivity * log_jobs[k];
        let rent = theta.rent_sensitivity * log_rent_paid(context, district, area);
        values.rent_free[k] = startup + jobs;
        values.area[k] = startup + jobs - rent;
        values.institute[k] = institute + jobs - rent;
    }
    let instruments = everyone::on_moving_in(context);
    for area in areas.all().iter().map(|area| area.index()) {
        values.rent_free[area] += instruments[area];
        values.area[area] += instruments[area];
    }
    values
}

impl AreaValues {
    /// What the areas are worth to a startup that sits in one of them: others cost a move.
    #[must_use]
    #[inline]
    pub fn of_moving(&self, theta: &Parameters, area: Area) -> ByArea<f64> {
        of_moving(&self.area, theta, area)
    }

    /// The same to an institute.
    #[must_use]
    #[inline]
    pub fn of_moving_institute(&self, theta: &Parameters, area: Area) -> ByArea<f64> {
        of_moving(&self.institute, theta, area)
    }
}

#[inline]
fn of_moving(values: &ByArea<f64>, theta: &Parameters, area: Area) -> ByArea<f64> {
    std::array::from_fn(|k| values[k] - if k == area.index() { 0.0 } else { theta.moving_cost })
}

/// Floor space that is free in each area, as firms come and go during the intake `[m2]`.
#[derive(Clone, Copy, Debug)]
pub struct FreeSpace(pub ByArea<Option<i64>>);

impl FreeSpace {
    /// Whether a firm that needs so much may come.
    #[must_use]
    pub fn admits(&self, area: Area, need: i64) -> bool {
        self.0[area.index()].is_none_or(|free| free >= need)
    }

    /// A firm comes.
    pub fn take(&mut self, area: Area, need: i64) {
        if let Some(free) = &mut self.0[area.index()] {
            *free -= need;
        }
    }

    /// A firm goes.
    pub fn give(&mut self, area: Area, need: i64) {
        self.take(area, -need);
    }
}

/// The area with the greatest value plus taste that has room, and that sum.
#[must_use]
pub fn best_area(
    areas: &[Area],
    values: &ByArea<f64>,
    tastes: &ByArea<f64>,
    free: &FreeSpace,
    need: i64,
) -> Option<(Area, f64)> {
    let mut best = None;
    for &area in areas {
        let value = values[area.index()] + tastes[area.index()];
        let better = best.is_none_or(|(_, least)| value > least);
        if better && free.admits(area, need) {
            best = Some((area, value));
        }
    }
    best
}

//! Terms of the equations that depend on a size, an age or a sector only: worked out once for a
//! replication, for all firms, years and policies.

use crate::model::district::firms::Sector;
use crate::random::math;
use crate::scenario::parameter::Parameters;

/// Sizes up to this one are looked up; larger ones are rare and worked out each time [persons].
const SIZES: usize = 256;
/// The same for ages [years].
const AGES: usize = 96;
/// Classes of age with a hazard of their own.
const EXIT_AGES: usize = 8;
/// Sectors of startups.
const SECTORS: usize = 3;

/// What growth owes to a firm's size (model, 6.4).
#[derive(Clone, Copy, Debug)]
pub struct SizeTerms {
    /// Scale of the luck s = b e^(−β).
    pub scale: f64,
    /// What centres the luck: ln(1 − s²).
    pub centre: f64,
    /// What larger firms grow slower: `μ_size max(0, ln(e / reference))`.
    pub slower: f64,
}

/// What growth owes to a startup's age (model, 6.4).
#[derive(Clone, Copy, Debug)]
pub struct AgeTerms {
    /// `μ_1 e^(−age / τ)`.
    pub young: f64,
    /// `e^(−age / τ_z)`, by which the effect of quality fades.
    pub fade: f64,
}

/// The terms under one set of parameter values.
#[derive(Clone, Debug)]
pub struct Terms {
    startups: Vec<SizeTerms>,
    institutes: Vec<SizeTerms>,
    ages: Vec<AgeTerms>,
    exits: [[f64; SECTORS]; EXIT_AGES],
}

impl Terms {
    /// Works the terms out.
    #[must_use]
    pub fn of(theta: &Parameters) -> Self {
        let sizes = |spread: f64| {
            // Nobody has a size of 0; the place stays, so that a size is its own place.
            (0..SIZES).map(|size| size_terms(theta, size.max(1) as f64, spread)).collect()
        };
        let bases = [
            theta.exit_age_1,
            theta.exit_age_2,
            theta.exit_age_3,
            theta.exit_age_4,
            theta.exit_age_5,
            theta.exit_age_6,
            theta.exit_age_7,
            theta.exit_age_8,
        ];
        let exits =
            bases.map(|base| [base * 1.0, base * theta.exit_hardware, base * theta.exit_ict]);
        Self {
            startups: sizes(theta.growth_spread),
            institutes: sizes(theta.institute_growth_spread),
            ages: (0..AGES).map(|age| age_terms(theta, age as f64)).collect(),
            exits,
        }
    }

    /// The terms of a startup's size.
    #[must_use]
    #[inline]
    pub fn startup(&self, theta: &Parameters, size: i32) -> SizeTerms {
        look_up(&self.startups, theta, size, theta.growth_spread)
    }

    /// The terms of an institute's size.
    #[must_use]
    #[inline]
    pub fn institute(&self, theta: &Parameters, size: i32) -> SizeTerms {
        look_up(&self.institutes, theta, size, theta.institute_growth_spread)
    }

    /// The terms of a startup's age [years].
    #[must_use]
    #[inline]
    pub fn age(&self, theta: &Parameters, age: i32) -> AgeTerms {
        let place = usize::try_from(age).unwrap_or(0);
        self.ages.get(place).copied().unwrap_or_else(|| age_terms(theta, f64::from(age)))
    }

    /// The exit hazard of an age and sector before all else: `h_0(age) h_sector` [1/year].
    #[must_use]
    #[inline]
    pub fn exit(&self, age: i32, sector: Sector) -> f64 {
        let class = usize::try_from(age).unwrap_or(0).min(EXIT_AGES - 1);
        self.exits[class][sector.index().min(SECTORS - 1)]
    }
}

#[inline]
fn look_up(table: &[SizeTerms], theta: &Parameters, size: i32, spread: f64) -> SizeTerms {
    let place = usize::try_from(size).unwrap_or(0);
    table.get(place).copied().unwrap_or_else(|| size_terms(theta, f64::from(size), spread))
}

fn size_terms(theta: &Parameters, size: f64, spread: f64) -> SizeTerms {
    let scale = spread * math::exp(-theta.growth_spread_exponent * math::ln(size));
    let above = math::ln(size / theta.growth_size_reference).max(0.0);
    SizeTerms { scale, centre: math::ln(1.0 - scale * scale), slower: theta.growth_size * above }
}

fn age_terms(theta: &Parameters, age: f64) -> AgeTerms {
    AgeTerms {
        young: theta.growth_young * math::exp(-age / theta.growth_young_years),
        fade: math::exp(-age / theta.growth_quality_years),
    }
}

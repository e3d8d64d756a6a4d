//! Terms of the equations that depend on a size, an age or a sector only: worked out once for a
//! replication, for all firms, years and policies.

use crate::model::passes;
use crate::random::math;
use crate::random::slice;
use crate::scenario::parameter::Parameters;

/// Sizes below this one are looked up; others are rare and worked out each time `[persons]`.
const SIZES: usize = 256;
/// The same for ages `[years]`.
const AGES: usize = 96;
/// Classes of age with a hazard of their own.
const EXIT_AGES: usize = 8;

/// What growth owes to a firm's size (model, 6.4).
#[derive(Clone, Copy, Debug)]
pub struct SizeTerms {
    /// Scale of the shock s = b e^(−β).
    pub scale: f64,
    /// What centres the shock: ln(1 − s²).
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

/// What growth owes to each size.
#[derive(Clone, Debug)]
pub struct SizeTable {
    spread: f64,
    /// Those of all sizes, where they are the same.
    same: Option<SizeTerms>,
    terms: Vec<SizeTerms>,
}

impl SizeTable {
    /// What growth owes to the sizes below [`SIZES`], for this spread of firms of one person.
    fn new(theta: &Parameters, spread: f64) -> Self {
        // Nobody has a size of 0; the place stays, so that a size is its own place.
        let sizes = (0..SIZES).map(|size| size.max(1) as f64);
        let mut scale: Vec<f64> = sizes.clone().collect();
        slice::ln(&mut scale);
        let exponent = -theta.growth_spread_exponent;
        scale = scale.iter().map(|log| log * exponent).collect();
        slice::exp(&mut scale);
        scale = scale.iter().map(|size| size * spread).collect();
        let mut centre: Vec<f64> = scale.iter().map(|scale| 1.0 - scale * scale).collect();
        slice::ln(&mut centre);
        let mut slower: Vec<f64> = sizes.map(|size| size / theta.growth_size_reference).collect();
        slice::ln(&mut slower);
        slower = slower.iter().map(|above| theta.growth_size * above.max(0.0)).collect();
        let terms = scale.iter().zip(&centre).zip(&slower);
        let terms: Vec<SizeTerms> =
            terms.map(|((&scale, &centre), &slower)| SizeTerms { scale, centre, slower }).collect();
        let depends = [theta.growth_spread_exponent, theta.growth_size].map(passes::is_zero);
        let same = terms.last().copied().filter(|_| depends == [true, true]);
        Self { spread, same, terms }
    }

    /// The terms of a size of at least one person.
    #[must_use]
    #[inline]
    pub fn of(&self, theta: &Parameters, size: i32) -> SizeTerms {
        let place = usize::try_from(size).unwrap_or(0);
        match self.terms.get(place) {
            Some(terms) => *terms,
            None => self.large(theta, size),
        }
    }

    /// The terms of every size, where growth does not depend on it.
    #[must_use]
    pub fn same_for_all(&self) -> Option<SizeTerms> {
        self.same.filter(|_| passes::may_leave_out(|| true))
    }

    /// The terms of a size beyond the table.
    #[cold]
    fn large(&self, theta: &Parameters, size: i32) -> SizeTerms {
        let size = f64::from(size);
        let scale = self.spread * math::exp(-theta.growth_spread_exponent * math::ln(size));
        let above = math::ln(size / theta.growth_size_reference).max(0.0);
        let centre = math::ln(1.0 - scale * scale);
        SizeTerms { scale, centre, slower: theta.growth_size * above }
    }
}

/// The terms under one set of parameter values.
#[derive(Clone, Debug)]
pub struct Terms {
    startups: SizeTable,
    institutes: SizeTable,
    ages: Vec<AgeTerms>,
    exit_ages: [f64; EXIT_AGES],
}

impl Terms {
    /// Works the terms out.
    #[must_use]
    pub fn of(theta: &Parameters) -> Self {
        Self {
            startups: SizeTable::new(theta, theta.growth_spread),
            institutes: SizeTable::new(theta, theta.institute_growth_spread),
            ages: (0..AGES).map(|age| age_terms(theta, age as f64)).collect(),
            exit_ages: [
                theta.exit_age_1,
                theta.exit_age_2,
                theta.exit_age_3,
                theta.exit_age_4,
                theta.exit_age_5,
                theta.exit_age_6,
                theta.exit_age_7,
                theta.exit_age_8,
            ],
        }
    }

    /// The terms of startups' sizes.
    #[must_use]
    #[inline]
    pub fn startups(&self) -> &SizeTable {
        &self.startups
    }

    /// The terms of institutes' sizes.
    #[must_use]
    #[inline]
    pub fn institutes(&self) -> &SizeTable {
        &self.institutes
    }

    /// The terms of a startup's age `[years]`.
    #[must_use]
    #[inline]
    pub fn age(&self, theta: &Parameters, age: i32) -> AgeTerms {
        let place = usize::try_from(age).unwrap_or(0);
        self.ages.get(place).copied().unwrap_or_else(|| age_terms(theta, f64::from(age)))
    }

    /// The exit hazard of an age `[1/year]`.
    #[must_use]
    pub fn exit_age(&self, age: i32) -> f64 {
        self.exit_ages[usize::try_from(age).unwrap_or(0).min(EXIT_AGES - 1)]
    }
}

fn age_terms(theta: &Parameters, age: f64) -> AgeTerms {
    AgeTerms {
        young: theta.growth_young * math::exp(-age / theta.growth_young_years),
        fade: math::exp(-age / theta.growth_quality_years),
    }
}

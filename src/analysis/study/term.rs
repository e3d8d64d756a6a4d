//! The terms of the additionality accounts, by name.

use crate::analysis::twin::TwinTerms;
use crate::analysis::twin::YearOfTwins;
use crate::scenario::parameter::Parameters;

/// A term of the additionality accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term {
    Gross,
    Deadweight,
    Relocated,
    Created,
    CreatedOutside,
    Lost,
    Spillover,
    Displaced,
    EffectOnServed,
    EffectThroughMarkets,
    NetCity,
    NetDistrict,
    InducedServices,
    ProductMarketDisplacement,
    FundRounds,
    FundRoundsAnyway,
}

impl Term {
    pub(super) const ALL: [Self; 16] = [
        Self::Gross,
        Self::Deadweight,
        Self::Relocated,
        Self::Created,
        Self::CreatedOutside,
        Self::Lost,
        Self::Spillover,
        Self::Displaced,
        Self::EffectOnServed,
        Self::EffectThroughMarkets,
        Self::NetCity,
        Self::NetDistrict,
        Self::InducedServices,
        Self::ProductMarketDisplacement,
        Self::FundRounds,
        Self::FundRoundsAnyway,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Gross => "gross",
            Self::Deadweight => "deadweight",
            Self::Relocated => "relocated",
            Self::Created => "created",
            Self::CreatedOutside => "created_outside",
            Self::Lost => "lost",
            Self::Spillover => "spillover",
            Self::Displaced => "displaced",
            Self::EffectOnServed => "effect_on_served",
            Self::EffectThroughMarkets => "effect_through_markets",
            Self::NetCity => "net_city",
            Self::NetDistrict => "net_district",
            Self::InducedServices => "induced_services",
            Self::ProductMarketDisplacement => "product_market_displacement",
            Self::FundRounds => "fund_rounds",
            Self::FundRoundsAnyway => "fund_rounds_anyway",
        }
    }

    /// Whether the term needs a set of served firms.
    pub(super) const fn needs_served(self) -> bool {
        !matches!(self, Self::NetCity | Self::NetDistrict | Self::InducedServices)
    }

    pub(super) const fn of_jobs_only(self) -> bool {
        matches!(self, Self::InducedServices | Self::ProductMarketDisplacement)
    }

    pub(super) const fn of_funds_only(self) -> bool {
        matches!(self, Self::FundRounds | Self::FundRoundsAnyway)
    }

    pub(super) fn read(self, twins: &YearOfTwins, investment: bool, theta: &Parameters) -> f64 {
        let terms: &TwinTerms = if investment { &twins.investment } else { &twins.jobs };
        let whole = match self {
            Self::Gross => terms.gross,
            Self::Deadweight => terms.deadweight,
            Self::Relocated => terms.relocated,
            Self::Created => terms.created,
            Self::CreatedOutside => terms.created_outside,
            Self::Lost => terms.lost,
            Self::Spillover => terms.spillover,
            Self::Displaced => terms.displaced,
            Self::EffectOnServed => terms.effect_on_served(),
            Self::EffectThroughMarkets => terms.effect_through_markets(),
            Self::NetCity => terms.net_city,
            Self::NetDistrict => terms.net_district,
            Self::FundRounds => twins.fund_rounds,
            Self::FundRoundsAnyway => twins.fund_rounds_anyway,
            Self::InducedServices => {
                return 0.0 + theta.local_multiplier * terms.net_city as f64;
            }
            Self::ProductMarketDisplacement => {
                return 0.0 - theta.product_displacement * terms.effect_on_served() as f64;
            }
        };
        whole as f64
    }
}

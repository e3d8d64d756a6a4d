//! The tables of a designed experiment.

use crate::analysis::designed::Bootstrapped;
use crate::analysis::designed::onebyone;
use crate::commands::sensitivity::found::Effects;
use crate::commands::sensitivity::found::mean;
use crate::commands::sensitivity::shown::Shown;
use crate::report::tables::designed::DesignRow;
use crate::report::tables::designed::ElementaryEffects;
use crate::report::tables::designed::ParameterSwing;
use crate::report::tables::designed::SobolIndices;
use crate::report::tables::row::Row as _;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;

/// Every table that may be written.
pub(super) const FILES: [&str; 4] = [
    ElementaryEffects::TABLE.file,
    SobolIndices::TABLE.file,
    ParameterSwing::TABLE.file,
    DesignRow::TABLE.file,
];

/// Writes the table of the method and that of rows, without giving them their names yet.
///
/// # Errors
///
/// Fails if the disk does not take one.
pub(super) fn write(to: Target<'_>, shown: &Shown<'_>) -> Result<Vec<CompleteTable>, TableError> {
    let of_method = match shown.effects.first() {
        Some(Effects::Sobol(..)) => sobol(to, shown)?,
        Some(Effects::OneByOne(_)) => one_by_one(to, shown)?,
        _ => morris(to, shown)?,
    };
    Ok(vec![of_method, rows(to, shown)?])
}

/// The ends of an interval.
fn ends(of: Option<Bootstrapped>) -> (Option<f64>, Option<f64>) {
    of.and_then(|of| of.interval).unzip()
}

fn baseline<'s>(shown: &Shown<'s>) -> &'s str {
    &shown.scenario.policies[shown.scenario.baseline].name
}

fn morris(to: Target<'_>, shown: &Shown<'_>) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<ElementaryEffects<'_>>::create(to)?;
    for (outcome, effects) in shown.outcomes.iter().zip(shown.effects) {
        let Effects::Morris(all, _) = effects else { continue };
        let (ranks, converged) = (effects.ranks(), effects.converged());
        for (group, screened) in all.iter().enumerate() {
            let (mu_star_low, mu_star_high) = ends(Some(screened.mu_star));
            let (sigma_low, sigma_high) = ends(screened.sigma);
            table.row(&ElementaryEffects {
                policy: &shown.policy.name,
                baseline: baseline(shown),
                outcome: &outcome.to_string(),
                unit: outcome.unit(shown.layouts),
                group: &shown.moved.names[group],
                parameters: &shown.moved.members(shown.scenario, group),
                rank: ranks[group],
                mu_star: screened.mu_star.value,
                mu_star_low,
                mu_star_high,
                sigma: screened.sigma.map(|sigma| sigma.value),
                sigma_low,
                sigma_high,
                converged: converged[group],
            })?;
        }
    }
    table.complete()
}

fn sobol(to: Target<'_>, shown: &Shown<'_>) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<SobolIndices<'_>>::create(to)?;
    for (outcome, effects) in shown.outcomes.iter().zip(shown.effects) {
        let Effects::Sobol(all, _) = effects else { continue };
        let ranks = effects.ranks();
        for (group, shares) in all.iter().enumerate() {
            let (first, total) = (ends(Some(shares.first)), ends(Some(shares.total)));
            table.row(&SobolIndices {
                policy: &shown.policy.name,
                baseline: baseline(shown),
                outcome: &outcome.to_string(),
                group: &shown.moved.names[group],
                parameters: &shown.moved.members(shown.scenario, group),
                rank: ranks[group],
                s1: shares.first.value,
                s1_low: first.0,
                s1_high: first.1,
                st: shares.total.value,
                st_low: total.0,
                st_high: total.1,
                converged: shares.converged,
            })?;
        }
    }
    table.complete()
}

fn one_by_one(to: Target<'_>, shown: &Shown<'_>) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<ParameterSwing<'_>>::create(to)?;
    for (outcome, effects) in shown.outcomes.iter().zip(shown.effects) {
        let Effects::OneByOne(all) = effects else { continue };
        let (ranks, converged) = (effects.ranks(), effects.converged());
        for (place, (swing, estimate)) in all.iter().enumerate() {
            let parameter = shown.moved.parameters[place];
            table.row(&ParameterSwing {
                policy: &shown.policy.name,
                baseline: baseline(shown),
                outcome: &outcome.to_string(),
                unit: outcome.unit(shown.layouts),
                parameter: &shown.moved.names[place],
                rank: ranks[place],
                low_value: shown.experiment.value(parameter, onebyone::LOW),
                high_value: shown.experiment.value(parameter, onebyone::HIGH),
                low: swing.low,
                high: swing.high,
                swing: swing.swing,
                swing_low: estimate.as_ref().and_then(|it| it.ci_low),
                swing_high: estimate.as_ref().and_then(|it| it.ci_high),
                span: swing.span,
                converged: converged[place],
            })?;
        }
    }
    table.complete()
}

fn rows(to: Target<'_>, shown: &Shown<'_>) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<DesignRow<'_>>::create(to)?;
    let outcomes: Vec<String> = shown.outcomes.iter().map(ToString::to_string).collect();
    for (place, ((id, point), outputs)) in shown.rows.iter().zip(shown.outputs).enumerate() {
        let row = place + 1;
        for (&parameter, &probability) in shown.moved.parameters.iter().zip(point) {
            let (name, value) = (
                shown.scenario.register[parameter].name.as_ref(),
                shown.experiment.value(parameter, probability),
            );
            table.row(&DesignRow { row, id, kind: "parameter", name, value })?;
        }
        for (name, values) in outcomes.iter().zip(outputs) {
            table.row(&DesignRow { row, id, kind: "outcome", name, value: mean(values) })?;
        }
    }
    table.complete()
}

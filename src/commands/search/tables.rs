//! The tables of a search.

use crate::analysis::search::found::Found;
use crate::analysis::search::measured::Statistic;
use crate::commands::search::words::Shown;
use crate::report::tables::search::FoundPackage;
use crate::report::tables::search::PackageLever;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;

/// Writes both tables, which have no names yet.
///
/// # Errors
///
/// Fails if the disk does not take one.
pub(super) fn write(to: Target<'_>, shown: &Shown<'_>) -> Result<Vec<CompleteTable>, TableError> {
    Ok(vec![archive(to, shown)?, levers(to, shown)?])
}

fn archive(to: Target<'_>, shown: &Shown<'_>) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<FoundPackage<'_>>::create(to)?;
    for found in shown.found {
        for aim in 0..shown.aims.len() {
            row(&mut table, shown, found, aim)?;
        }
    }
    table.complete()
}

fn row(
    table: &mut TableWriter<FoundPackage<'_>>,
    shown: &Shown<'_>,
    found: &Found,
    aim: usize,
) -> Result<(), TableError> {
    let (course, rules) = (shown.course, shown.course.rules);
    let criterion = &shown.aims[aim];
    let cost = rules.figure(Statistic::Mean, &found.measured.cost);
    let figure = shown.turned(aim, rules.figure(rules.statistics[aim], &found.measured.aims[aim]));
    let adds = course.added(found, aim).map(|adds| shown.turned(aim, adds));
    let yardstick = found.yardstick.as_ref();
    let beyond = course.space.beyond(&found.package);
    let beyond: Vec<String> =
        beyond.map(|(lever, beyond)| format!("{lever}.{}", beyond.setting)).collect();
    let dominated = found.dominated_by.map(|place| shown.found[place].name.as_str());
    table.row(&FoundPackage {
        package: &found.name,
        on_frontier: found.is_on_frontier(),
        dominated_by: dominated.unwrap_or(""),
        over_budget: found.over_budget,
        levers: &course.space.words(&found.package),
        beyond_evidence: &beyond.join("; "),
        replications: shown.course.replications(found),
        cost: cost.value,
        cost_ci_low: cost.interval.map(|it| it.0),
        cost_ci_high: cost.interval.map(|it| it.1),
        yearly_cost: Statistic::Mean.value(&found.measured.yearly),
        criterion: &criterion.name,
        unit: criterion.unit(shown.layouts),
        statistic: &shown.statistic(aim),
        value: figure.value,
        ci_low: figure.interval.map(|it| it.0),
        ci_high: figure.interval.map(|it| it.1),
        over: yardstick.map_or("", |it| &it.policy),
        over_factor: yardstick.map(|it| it.factor),
        over_cost: yardstick.map(|it| Statistic::Mean.value(&it.measured.cost)),
        adds: adds.map(|it| it.value),
        adds_ci_low: adds.and_then(|it| it.interval).map(|it| it.0),
        adds_ci_high: adds.and_then(|it| it.interval).map(|it| it.1),
    })
}

fn levers(to: Target<'_>, shown: &Shown<'_>) -> Result<CompleteTable, TableError> {
    let space = shown.course.space;
    let mut table = TableWriter::<PackageLever<'_>>::create(to)?;
    for found in shown.found {
        for (part, written) in found.package.iter().zip(space.written(&found.package)) {
            let candidate = &space.candidates[part.candidate];
            let size = &candidate.sizes[part.size];
            let beyond = size.beyond.first();
            let setting = candidate.size.and_then(|name| written.setting(name));
            table.row(&PackageLever {
                package: &found.name,
                lever: &candidate.name,
                stated_by: &space.scenario.policies[candidate.policy].name,
                factor: size.factor,
                size: setting.map_or("", |setting| setting.name),
                value: setting.map_or("", |setting| &setting.value),
                delay: part.delay,
                year: candidate.year + part.delay,
                beyond_evidence: beyond.map_or("", |it| it.setting),
                evidence_limit: beyond.map(|it| it.limit),
                evidence_source: beyond.map_or("", |it| &it.source),
            })?;
        }
    }
    table.complete()
}

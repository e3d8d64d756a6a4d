//! Which policy is the best, on the terminal.

use crate::report::tables::read::Tables;
use crate::report::tables::read::UnreadableTable;
use crate::report::tables::selection::SelectedPolicy;
use crate::report::text::console::paragraph;
use crate::report::text::language::Language;
use crate::report::text::language::number::ShownUnit;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
use crate::report::text::language::text::fill;

/// A difference is within the indifference zone where it is by so many standard errors.
const ERRORS: f64 = 1.96;

/// What `selection.csv` says, in words; empty where there is none. `title` is what a policy is called.
///
/// # Errors
///
/// Fails if the table cannot be read.
pub fn summary(
    tables: Tables<'_>,
    language: Language,
    title: impl Fn(&str) -> String,
) -> Result<String, UnreadableTable> {
    let Some(stored) = tables.stored::<SelectedPolicy<'_>>()? else { return Ok(String::new()) };
    let rows: Vec<SelectedPolicy<'_>> = stored.rows().collect();
    let Some(any) = rows.first().copied() else { return Ok(String::new()) };
    let listed = |rows: &mut dyn Iterator<Item = &SelectedPolicy<'_>>| {
        rows.map(|row| title(row.policy)).collect::<Vec<_>>().join(", ")
    };
    let ShownUnit { name, divisor } = shown_unit(any.unit, language);
    let money = |value: f64| {
        let shown = value / divisor;
        // A small difference is not shown as none.
        grouped(shown, if shown.abs() < 0.05 { 6 } else { decimals(shown).max(1) })
    };
    let zone = format!("{} {name}", money(any.indifference)).trim_end().to_owned();
    let wrong: f64 =
        rows.iter().filter(|row| row.chosen).map(|row| 1.0 - row.probability_correct).sum();
    let most = rows.iter().map(|row| row.replications).max().unwrap_or(0).to_string();
    let used: usize = rows.iter().map(|row| row.replications).sum();
    let words = [
        ("criterion", any.criterion),
        ("policies", &*listed(&mut rows.iter().filter(|row| row.chosen))),
        // Nothing is certain.
        ("probability", &*format!("{:.3}", (1.0 - wrong).clamp(0.0, 0.999))),
        ("asked", &*any.probability_asked.to_string()),
        ("indifference", &*zone),
        ("replications", &*most),
        ("used", &*grouped(used as f64, 0)),
        ("all", &*rows.len().to_string()),
    ];
    let heading = if any.is_open() { &text::selection_open } else { &text::selection_best };
    let mut said = vec![fill(heading, language, &words)];
    let tied = |row: &&SelectedPolicy<'_>| {
        let upper = row.behind.map(|it| it + ERRORS * row.behind_se.unwrap_or(0.0));
        upper.is_some_and(|upper| upper <= row.indifference)
    };
    let tied = listed(&mut rows.iter().filter(tied));
    if !tied.is_empty() {
        let words = [("policies", &*tied), ("indifference", &*zone)];
        said.push(fill(&text::selection_tied, language, &words));
    }
    said.push(fill(&text::selection_used, language, &words));
    let apart: Option<usize> = rows.iter().map(|row| row.independent_replications).sum();
    if let Some(apart) = apart.filter(|apart| *apart > used) {
        let share = 100.0 * used as f64 / apart.max(1) as f64;
        let words = [("apart", &*grouped(apart as f64, 0)), ("share", &*grouped(share, 0))];
        said.push(fill(&text::selection_apart, language, &words));
    }
    Ok(format!("\n{}", paragraph(&said.join(" "), 0)))
}

//! `run --only`: which tables a run is cut to, beside the options that ask for tables of their own.

use crate::commands::run::arguments::Arguments;
use crate::pipeline::recipe::RecipeError;
use crate::report::tables::column::TableSpec;
use crate::report::tables::equal_budget::BudgetedPolicy;
use crate::report::tables::events::Event;
use crate::report::tables::groups::GroupOfStartups;
use crate::report::tables::outcomes::PolicyOutcome;
use crate::report::tables::pairs::PairOfPolicies;
use crate::report::tables::register::OF_RUN;
use crate::report::tables::replications::ReplicationValue;
use crate::report::tables::row::Row as _;
use crate::report::tables::selection::SelectedPolicy;
use crate::scenario::Outputs;

/// Tables that an option of the command line bears on.
struct Asked {
    table: TableSpec,
    option: &'static str,
    /// Whether the command line has the option.
    is_given: bool,
    /// Whether the table is written where it is not left out.
    is_written: bool,
    /// Whether the option asks for the table and nothing else.
    is_for_table_alone: bool,
}

fn asked(arguments: &Arguments, outputs: Outputs) -> [Asked; 7] {
    let of_table = |table, option, is_given, is_written| Asked {
        table,
        option,
        is_given,
        is_written,
        is_for_table_alone: true,
    };
    let events = arguments.events.is_some_and(|events| events > 0);
    let best = arguments.sampling.best.is_some();
    let filters = !arguments.replication_metrics.is_empty()
        || !arguments.replication_places.is_empty()
        || !arguments.replication_years.is_empty();
    let replications = arguments.replication_csv || filters;
    let outcomes = !arguments.outcomes.is_empty();
    let is_wanted = arguments.events.map_or(outputs.events > 0, |_| events);
    [
        of_table(Event::TABLE, "--events", events, is_wanted),
        of_table(SelectedPolicy::TABLE, "--best", best, best),
        of_table(
            ReplicationValue::TABLE,
            "--replication-csv",
            replications,
            replications || outputs.replication_csv,
        ),
        of_table(
            GroupOfStartups::TABLE,
            "--groups",
            arguments.groups,
            arguments.groups || outputs.groups,
        ),
        of_table(PolicyOutcome::TABLE, "--outcome", outcomes, true),
        of_table(PairOfPolicies::TABLE, "--pairs", arguments.pairs, true),
        // Which bears on every table.
        Asked {
            table: BudgetedPolicy::TABLE,
            option: "--equal-budget",
            is_given: arguments.equal_budget,
            is_written: arguments.equal_budget,
            is_for_table_alone: false,
        },
    ]
}

/// The tables that the command line cuts the run to, in the order of the register; none where it does not.
///
/// # Errors
///
/// Fails where one is asked for that the other options do not give, or an option asks for one that is left out.
pub(super) fn only(arguments: &Arguments, outputs: Outputs) -> Result<Vec<String>, RecipeError> {
    if arguments.only.is_empty() {
        return Ok(Vec::new());
    }
    let has = |table: &TableSpec| arguments.only.iter().any(|name| name == table.name());
    for Asked { table, option, is_given, is_written, is_for_table_alone } in
        asked(arguments, outputs)
    {
        let (table, is_chosen) = (table.name(), has(&table));
        if is_chosen && !is_written {
            return Err(RecipeError::OnlyWithout { table, option });
        }
        if is_given && is_for_table_alone && !is_chosen {
            return Err(RecipeError::OnlyLeavesOut { table, option });
        }
    }
    Ok(OF_RUN.iter().filter(|table| has(table)).map(|table| table.name().to_owned()).collect())
}

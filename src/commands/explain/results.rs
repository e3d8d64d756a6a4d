//! Names that stand in files of results: terms of additionality, items of cost and benefit, kinds
//! of event, and the files themselves with their columns.

use crate::analysis::additionality::TERMS;
use crate::analysis::appraisal::TOTALS;
use crate::analysis::appraisal::outcome::OUTCOMES;
use crate::analysis::decision::outcome::Added;
use crate::analysis::groups::Grouping;
use crate::commands::explain::entry::entry;
use crate::model::ledger::cash::CashItem;
use crate::model::ledger::event::EventKind;
use crate::policy::levers::LeverKind;
use crate::policy::words::Word as _;
use crate::report::folder::files;
use crate::report::tables::additionality::Additionality;
use crate::report::tables::appraisal::results::AppraisalResult;
use crate::report::tables::column::Column;
use crate::report::tables::cost_benefit::CostBenefit;
use crate::report::tables::events::Event;
use crate::report::tables::groups::GroupOfStartups;
use crate::report::tables::outcomes::PolicyOutcome;
use crate::report::tables::register;
use crate::report::tables::register::TABLES;
use crate::report::tables::row::Row as _;
use crate::report::text::console;
use crate::scenario::money::Money;

/// Every name that this module knows.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    TERMS
        .iter()
        .map(|term| term.name)
        .chain(Grouping::ALL.into_iter().map(Grouping::name))
        .chain(TOTALS.iter().chain(OUTCOMES).map(|total| total.0))
        .chain(Added::WORDS.iter().copied())
        .chain(CashItem::ALL.iter().map(|item| item.name()))
        .chain(EventKind::ALL.iter().map(|kind| kind.name()))
        .chain(files())
        .chain(register::columns().map(|(_, column)| column.name))
}

/// The files that have columns, in the order of the register.
pub(super) fn files() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|table| table.file)
}

/// A grouping of `groups.csv`.
pub(super) fn group(name: &str) -> Option<String> {
    let grouping = Grouping::ALL.into_iter().find(|grouping| grouping.name() == name)?;
    let title = format!("{name}: a grouping of {}", GroupOfStartups::TABLE.file);
    let facts = [("unit", grouping.unit()), ("source", grouping.source())];
    Some(entry(&title, [grouping.meaning_en(), grouping.meaning_ko()], &facts))
}

/// A term of `additionality.csv`.
pub(super) fn term(name: &str) -> Option<String> {
    let term = TERMS.iter().find(|term| term.name == name)?;
    let title = format!("{name}: a term of {}", Additionality::TABLE.file);
    Some(entry(&title, [term.meaning_en, term.meaning_ko], &[("unit", term.unit)]))
}

/// Which of the two figures that are called `economic_npv` this is not; nothing of all others.
fn not_to_confuse(name: &str, is_by_rule_set: bool) -> &'static str {
    match (name, is_by_rule_set) {
        ("economic_npv", true) => {
            "economic_npv of outcomes.csv and `decide`, by the scenario's own accounts over the simulated years: \
             economic_net_present_value of cost_benefit.csv"
        }
        ("economic_npv" | "economic_net_present_value", false) => {
            "economic_npv of appraisal/results.csv, by the ministry's rule set over its own period"
        }
        _ => "",
    }
}

/// A total or ratio of `cost_benefit.csv`.
pub(super) fn total(name: &str) -> Option<String> {
    let &(_, unit, en, ko) = TOTALS.iter().find(|total| total.0 == name)?;
    let title = format!("{name}: a total of {}", CostBenefit::TABLE.file);
    let facts = [("unit", unit), ("is not", not_to_confuse(name, false))];
    Some(entry(&title, [en, ko], &facts))
}

/// A result of `appraisal/results.csv`.
pub(super) fn outcome(name: &str) -> Option<String> {
    let &(_, unit, en, ko) = OUTCOMES.iter().find(|outcome| outcome.0 == name)?;
    let title = format!("{name}: a result of {}", AppraisalResult::TABLE.file);
    let facts = [("unit", unit), ("is not", not_to_confuse(name, true))];
    Some(entry(&title, [en, ko], &facts))
}

/// An outcome of `outcomes.csv`, by which `decide`, `search` and `run --best` judge.
pub(super) fn judged(name: &str) -> Option<String> {
    let added = Added::named(name)?;
    let title = format!("{name}: an outcome of {}", PolicyOutcome::TABLE.file);
    let judges =
        "criterion of `decide`, aim of `search`, outcome of `run --precision` and `--best`";
    let facts =
        [("unit", added.unit()), ("stands as", judges), ("is not", not_to_confuse(name, false))];
    Some(entry(&title, added.meanings(), &facts))
}

/// An item of cash, which `cost_benefit.csv` has by payer.
pub(super) fn item(name: &str) -> Option<String> {
    let item = CashItem::ALL.iter().find(|item| item.name() == name)?;
    let title = format!("{name}: an item of {}", CostBenefit::TABLE.file);
    let account = item.account();
    let books = |kind: &LeverKind| kind.spec().costs.contains(&name);
    let levers = LeverKind::ALL.into_iter().filter(books).map(|kind| kind.spec().name);
    let facts = [
        ("unit", "{money}"),
        ("counts as", account.rule_en()),
        ("", account.rule_ko()),
        ("levers", &levers.collect::<Vec<_>>().join(", ")),
    ];
    Some(entry(&title, [item.meaning_en(), item.meaning_ko()], &facts))
}

/// A kind of event.
pub(super) fn event(name: &str) -> Option<String> {
    let kind = EventKind::ALL.iter().find(|kind| kind.name() == name)?;
    Some(entry(&format!("{name}: an event of {}", Event::TABLE.file), [kind.meaning(), ""], &[]))
}

/// A file: its columns, and the names that its rows may have where a register lists them.
pub(super) fn file(name: &str, money: Option<&Money>) -> Option<String> {
    let table = TABLES.iter().find(|table| table.file == name).or_else(|| {
        // In which folder of the run it lies need not be known.
        TABLES
            .iter()
            .find(|table| table.file.rsplit_once('/').is_some_and(|(_, file)| file == name))
    })?;
    let name = table.file;
    let row = |column: &Column| [column.name, column.unit, column.meaning_en].map(str::to_owned);
    let rows: Vec<[String; 3]> = table.columns.iter().map(row).collect();
    let mut text = format!("{name}: a file of results\n");
    text.push_str(&console::paragraph(files::meaning(name), 2));
    text.push('\n');
    text.push_str(&console::table_in(money, ["column", "unit", "meaning"], &rows));
    let listed = match name {
        _ if name == Additionality::TABLE.file => terms(money),
        _ if name == CostBenefit::TABLE.file => items(money),
        _ => return Some(text),
    };
    Some(text + "\n" + &listed)
}

/// Every term.
pub(super) fn terms(money: Option<&Money>) -> String {
    let rows: Vec<[String; 3]> = TERMS
        .iter()
        .map(|term| [term.name, term.unit, term.meaning_en].map(str::to_owned))
        .collect();
    console::table_in(money, ["term", "unit", "meaning"], &rows)
}

/// Every item of cash, then every total and ratio, then every result of the appraisal.
pub(super) fn items(money: Option<&Money>) -> String {
    let cash = CashItem::ALL.iter().map(|item| [item.name(), "{money}", item.meaning_en()]);
    let totals = TOTALS.iter().chain(OUTCOMES).map(|&(name, unit, en, _)| [name, unit, en]);
    let rows: Vec<[String; 3]> = cash.chain(totals).map(|row| row.map(str::to_owned)).collect();
    console::table_in(money, ["item", "unit", "meaning"], &rows)
}

/// A column of a table.
pub(super) fn column_of(table: &str, name: &str) -> Option<String> {
    let of_table = |&(file, column): &(&str, &Column)| file == table && column.name == name;
    let (_, column) = register::columns().find(of_table)?;
    let title = format!("{table}: {name}, a column");
    Some(entry(&title, [column.meaning_en, column.meaning_ko], &[("unit", column.unit)]))
}

/// A column, once for each different meaning.
pub(super) fn column(name: &str) -> Option<String> {
    let mut meanings: Vec<(&str, &str, &str, Vec<&str>)> = Vec::new();
    for (table, column) in register::columns().filter(|(_, column)| column.name == name) {
        let Column { unit, meaning_en, meaning_ko, .. } = column;
        if let Some(known) = meanings.iter_mut().find(|known| known.0 == *meaning_en) {
            known.3.push(table);
        } else {
            meanings.push((meaning_en, meaning_ko, unit, vec![table]));
        }
    }
    let texts: Vec<String> = meanings
        .into_iter()
        .map(|(en, ko, unit, tables)| {
            entry(
                &format!("{name}: a column of {}", tables.join(", ")),
                [en, ko],
                &[("unit", unit)],
            )
        })
        .collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_files_is_explained() {
        for name in names() {
            let found = [group, term, total, outcome, judged, item, event, column]
                .map(|lookup| lookup(name));
            assert!(
                found.into_iter().chain([file(name, None)]).flatten().next().is_some(),
                "{name}"
            );
        }
        assert_eq!(files().count(), files().collect::<std::collections::BTreeSet<_>>().len());
    }
}

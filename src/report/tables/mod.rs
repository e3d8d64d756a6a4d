//! The tables of a run, and of calibration, validation, noise and attribution: a file each.
//!
//! To add a column: a field with its meaning in the row's type, and its value where the row is made.
//! To add a table: a file here with its `table!`, its row type in [`TABLES`], if a run writes it in
//! [`OF_RUN`] and `commands/run/finish.rs`, and if the workbook shows it in `views/workbook`.

pub mod additionality;
pub mod assumptions;
pub mod attribution;
pub mod calibration;
pub mod cash;
pub mod column;
pub mod comparison;
pub mod cost_benefit;
pub mod dictionary;
pub mod equal_budget;
pub mod events;
pub mod levers;
pub mod noise;
pub mod pairs;
pub mod read;
pub mod replications;
pub mod row;
pub mod sensitivity;
pub mod table;
pub mod validation;
pub mod yearly;

use crate::report::tables::column::TableSpec;
use crate::report::tables::row::Row as _;

/// THE REGISTER OF TABLES: each file with its columns, in the order of `dictionary.csv`.
pub const TABLES: [TableSpec; 23] = [
    yearly::Yearly::TABLE,
    comparison::Comparison::TABLE,
    pairs::PairOfPolicies::TABLE,
    additionality::Additionality::TABLE,
    cost_benefit::CostBenefit::TABLE,
    cash::Cash::TABLE,
    equal_budget::ScaledPolicy::TABLE,
    attribution::Contribution::TABLE,
    attribution::InteractionOfPackages::TABLE,
    replications::ReplicationValue::TABLE,
    events::Event::TABLE,
    dictionary::DictionaryRow::TABLE,
    validation::ObservedFigure::TABLE,
    validation::StylisedFact::TABLE,
    levers::LeverSetting::TABLE,
    sensitivity::Sensitivity::TABLE,
    assumptions::AssumptionMove::TABLE,
    noise::VarianceParts::TABLE,
    noise::UncertainSource::TABLE,
    calibration::LearnedParameter::TABLE,
    calibration::TradedOff::TABLE,
    calibration::SamplerGeneration::TABLE,
    calibration::FittedFigure::TABLE,
];

/// Every table that a run may write, in the order of its manifest.
pub const OF_RUN: [TableSpec; 13] = [
    yearly::Yearly::TABLE,
    comparison::Comparison::TABLE,
    pairs::PairOfPolicies::TABLE,
    additionality::Additionality::TABLE,
    cost_benefit::CostBenefit::TABLE,
    cash::Cash::TABLE,
    equal_budget::ScaledPolicy::TABLE,
    sensitivity::Sensitivity::TABLE,
    assumptions::AssumptionMove::TABLE,
    replications::ReplicationValue::TABLE,
    events::Event::TABLE,
    dictionary::DictionaryRow::TABLE,
    levers::LeverSetting::TABLE,
];

/// Every column with its table.
pub fn columns() -> impl Iterator<Item = (&'static str, &'static column::Column)> {
    TABLES.iter().flat_map(|table| table.columns.iter().map(|column| (table.file, column)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_column_stands_once_in_its_table_and_is_explained() {
        for table in TABLES {
            let names: BTreeSet<&str> = table.columns.iter().map(|column| column.name).collect();
            assert_eq!(names.len(), table.columns.len(), "{}", table.file);
        }
        for (table, column) in columns() {
            let explained = !column.meaning_en.is_empty() && !column.meaning_ko.is_empty();
            assert!(explained, "{table}: {}", column.name);
        }
    }
}

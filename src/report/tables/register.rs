//! THE REGISTER OF TABLES, and what is made of each.

use crate::report::tables::additionality::Additionality;
use crate::report::tables::appraisal::ahp::Criterion;
use crate::report::tables::appraisal::assumptions::AppraisalAssumption;
use crate::report::tables::appraisal::bridge::AppraisalBridge;
use crate::report::tables::appraisal::flows::AppraisalFlow;
use crate::report::tables::appraisal::funding::Funding;
use crate::report::tables::appraisal::gross_to_net::NetJobs;
use crate::report::tables::appraisal::induced::InducedEffect;
use crate::report::tables::appraisal::optimism_bias::OptimismBias;
use crate::report::tables::appraisal::results::AppraisalResult;
use crate::report::tables::appraisal::sensitivity::AppraisalTest;
use crate::report::tables::appraisal::summary::AppraisalSummary;
use crate::report::tables::assumptions::AssumptionMove;
use crate::report::tables::attribution::Contribution;
use crate::report::tables::attribution::InteractionOfPackages;
use crate::report::tables::calibration::FittedFigure;
use crate::report::tables::calibration::LearnedParameter;
use crate::report::tables::calibration::SamplerGeneration;
use crate::report::tables::calibration::TradedOff;
use crate::report::tables::cash::Cash;
use crate::report::tables::column::Column;
use crate::report::tables::column::TableSpec;
use crate::report::tables::compare::inputs::ChangedInput;
use crate::report::tables::compare::ranks::ChangedRank;
use crate::report::tables::compare::results::ChangedResult;
use crate::report::tables::comparison::PolicyDifference;
use crate::report::tables::cost_benefit::CostBenefit;
use crate::report::tables::decision::acceptability::DecisionAcceptability;
use crate::report::tables::decision::boxes::FailureBox;
use crate::report::tables::decision::budgets::DecisionBudget;
use crate::report::tables::decision::dominance::PolicyDominance;
use crate::report::tables::decision::frontier::CostFrontier;
use crate::report::tables::decision::futures::PolicyInFuture;
use crate::report::tables::decision::given_parameters::GivenParameters;
use crate::report::tables::decision::information::InformationWorth;
use crate::report::tables::decision::ranking::DecisionRanking;
use crate::report::tables::decision::regret::DecisionRegret;
use crate::report::tables::decision::switching::SwitchingPair;
use crate::report::tables::decision::switching::SwitchingValue;
use crate::report::tables::designed::DesignRow;
use crate::report::tables::designed::ElementaryEffects;
use crate::report::tables::designed::ParameterSwing;
use crate::report::tables::designed::SobolIndices;
use crate::report::tables::dictionary::DictionaryRow;
use crate::report::tables::draws::ParameterDraw;
use crate::report::tables::equal_budget::BudgetedPolicy;
use crate::report::tables::events::Event;
use crate::report::tables::groups::GroupOfStartups;
use crate::report::tables::levers::LeverSetting;
use crate::report::tables::noise::UncertainSource;
use crate::report::tables::noise::VarianceParts;
use crate::report::tables::outcomes::PolicyOutcome;
use crate::report::tables::pairs::PairOfPolicies;
use crate::report::tables::replications::ReplicationValue;
use crate::report::tables::row::Row as _;
use crate::report::tables::search::FoundPackage;
use crate::report::tables::search::PackageLever;
use crate::report::tables::selection::SelectedPolicy;
use crate::report::tables::sensitivity::Sensitivity;
use crate::report::tables::validation::ObservedFigure;
use crate::report::tables::validation::StylisedFact;
use crate::report::tables::yearly::Yearly;

/// THE REGISTER OF TABLES: each file with its columns, in the order of `dictionary.csv`.
pub const TABLES: [TableSpec; 59] = [
    Yearly::TABLE,
    PolicyDifference::TABLE,
    PairOfPolicies::TABLE,
    Additionality::TABLE,
    GroupOfStartups::TABLE,
    CostBenefit::TABLE,
    Cash::TABLE,
    BudgetedPolicy::TABLE,
    Contribution::TABLE,
    InteractionOfPackages::TABLE,
    PolicyOutcome::TABLE,
    ParameterDraw::TABLE,
    SelectedPolicy::TABLE,
    ReplicationValue::TABLE,
    Event::TABLE,
    DictionaryRow::TABLE,
    ObservedFigure::TABLE,
    StylisedFact::TABLE,
    LeverSetting::TABLE,
    Sensitivity::TABLE,
    AssumptionMove::TABLE,
    VarianceParts::TABLE,
    UncertainSource::TABLE,
    LearnedParameter::TABLE,
    TradedOff::TABLE,
    SamplerGeneration::TABLE,
    FittedFigure::TABLE,
    AppraisalSummary::TABLE,
    AppraisalAssumption::TABLE,
    AppraisalFlow::TABLE,
    AppraisalResult::TABLE,
    AppraisalBridge::TABLE,
    AppraisalTest::TABLE,
    Funding::TABLE,
    NetJobs::TABLE,
    InducedEffect::TABLE,
    OptimismBias::TABLE,
    Criterion::TABLE,
    DecisionRanking::TABLE,
    PolicyDominance::TABLE,
    DecisionAcceptability::TABLE,
    DecisionBudget::TABLE,
    CostFrontier::TABLE,
    DecisionRegret::TABLE,
    PolicyInFuture::TABLE,
    SwitchingValue::TABLE,
    SwitchingPair::TABLE,
    InformationWorth::TABLE,
    FailureBox::TABLE,
    GivenParameters::TABLE,
    ChangedInput::TABLE,
    ChangedResult::TABLE,
    ChangedRank::TABLE,
    FoundPackage::TABLE,
    PackageLever::TABLE,
    ElementaryEffects::TABLE,
    SobolIndices::TABLE,
    ParameterSwing::TABLE,
    DesignRow::TABLE,
];

/// Every table that a run may write, in the order of its manifest.
pub const OF_RUN: [TableSpec; 28] = [
    Yearly::TABLE,
    PolicyDifference::TABLE,
    PairOfPolicies::TABLE,
    Additionality::TABLE,
    GroupOfStartups::TABLE,
    CostBenefit::TABLE,
    Cash::TABLE,
    BudgetedPolicy::TABLE,
    Sensitivity::TABLE,
    AssumptionMove::TABLE,
    AppraisalSummary::TABLE,
    AppraisalAssumption::TABLE,
    AppraisalFlow::TABLE,
    AppraisalResult::TABLE,
    AppraisalBridge::TABLE,
    AppraisalTest::TABLE,
    Funding::TABLE,
    NetJobs::TABLE,
    InducedEffect::TABLE,
    OptimismBias::TABLE,
    Criterion::TABLE,
    PolicyOutcome::TABLE,
    ParameterDraw::TABLE,
    SelectedPolicy::TABLE,
    ReplicationValue::TABLE,
    Event::TABLE,
    DictionaryRow::TABLE,
    LeverSetting::TABLE,
];

/// Every table that `decide` writes into the folder of a run.
pub const OF_DECISION: [TableSpec; 12] = [
    DecisionRanking::TABLE,
    PolicyDominance::TABLE,
    DecisionAcceptability::TABLE,
    DecisionBudget::TABLE,
    CostFrontier::TABLE,
    DecisionRegret::TABLE,
    SwitchingValue::TABLE,
    SwitchingPair::TABLE,
    InformationWorth::TABLE,
    FailureBox::TABLE,
    GivenParameters::TABLE,
    PolicyInFuture::TABLE,
];

/// The tables that have a sheet, in the order of their sheets; one that is not there is left out.
pub const SHEETS: [TableSpec; 39] = [
    Yearly::TABLE,
    PolicyDifference::TABLE,
    Additionality::TABLE,
    GroupOfStartups::TABLE,
    CostBenefit::TABLE,
    Cash::TABLE,
    BudgetedPolicy::TABLE,
    PairOfPolicies::TABLE,
    Sensitivity::TABLE,
    AssumptionMove::TABLE,
    AppraisalSummary::TABLE,
    AppraisalAssumption::TABLE,
    AppraisalFlow::TABLE,
    AppraisalResult::TABLE,
    AppraisalBridge::TABLE,
    AppraisalTest::TABLE,
    Funding::TABLE,
    NetJobs::TABLE,
    InducedEffect::TABLE,
    OptimismBias::TABLE,
    Criterion::TABLE,
    DecisionRanking::TABLE,
    PolicyDominance::TABLE,
    DecisionAcceptability::TABLE,
    DecisionBudget::TABLE,
    CostFrontier::TABLE,
    DecisionRegret::TABLE,
    SwitchingValue::TABLE,
    SwitchingPair::TABLE,
    InformationWorth::TABLE,
    FailureBox::TABLE,
    PolicyInFuture::TABLE,
    Contribution::TABLE,
    InteractionOfPackages::TABLE,
    VarianceParts::TABLE,
    ObservedFigure::TABLE,
    StylisedFact::TABLE,
    LeverSetting::TABLE,
    DictionaryRow::TABLE,
];

/// Every column with its table.
pub fn columns() -> impl Iterator<Item = (&'static str, &'static Column)> {
    TABLES.iter().flat_map(|table| table.columns.iter().map(|column| (table.file, column)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::report::text::glossary;
    use crate::report::text::language::languages;

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

    #[test]
    fn where_a_term_stands_is_a_column_of_the_register() {
        let known: BTreeSet<(&str, &str)> =
            columns().map(|(file, column)| (file, column.name)).collect();
        for term in glossary::terms() {
            for place in &term.stands {
                let at = (place.file.as_str(), place.column.as_str());
                assert!(known.contains(&at), "{}: {at:?}", term.name);
            }
        }
    }

    #[test]
    fn every_sheet_has_a_name_of_its_own_that_excel_takes() {
        for language in languages() {
            let names: BTreeSet<&str> =
                SHEETS.iter().filter_map(|table| Some(table.sheet?.name(language))).collect();
            for name in &names {
                assert!((1..=31).contains(&name.chars().count()), "{name}");
                assert!(!name.contains(['[', ']', ':', '*', '?', '/', '\\', '\'']), "{name}");
            }
            assert_eq!(names.len(), SHEETS.len());
        }
        let with_sheet = TABLES.iter().filter(|table| table.sheet.is_some());
        assert_eq!(with_sheet.count(), SHEETS.len());
    }

    #[test]
    fn every_column_of_the_main_tables_has_a_korean_heading() {
        for table in &SHEETS[..4] {
            for column in table.columns {
                assert!(!column.heading_ko.is_empty(), "{}: {}", table.file, column.name);
            }
        }
    }
}

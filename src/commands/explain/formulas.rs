//! The formulas of figures of money, and what each rests on.

use crate::report::tables::appraisal::funding::Funding;
use crate::report::tables::appraisal::induced::InducedEffect;
use crate::report::tables::appraisal::optimism_bias::OptimismBias;
use crate::report::tables::appraisal::sensitivity::AppraisalTest;
use crate::report::tables::row::Row as _;

/// Totals of a year in `appraisal/flows.csv`, and of which rows of the same part and year they are the sum.
pub(super) const TOTALS_OF_A_YEAR: [(&str, &str); 6] = [
    ("total_costs", "sum of rows with economic = cost"),
    ("total_benefits", "sum of rows with economic = benefit"),
    ("net_benefits", "total_benefits - total_costs"),
    ("total_payments", "sum of rows with financial = payment"),
    ("total_receipts", "sum of rows with financial = receipt"),
    ("net_receipts", "total_receipts - total_payments"),
];

/// Figures that stand in a table of the appraisal, which has the rows that they are made of: name, table,
/// formula. The steps of `appraisal/bridge.csv` are figures too.
pub(super) const OF_TABLES: [(&str, &str, &str); 11] = [
    (
        "spending",
        Funding::TABLE.file,
        "sum of amount of flows.csv over the payer's rows that are paid, but land",
    ),
    (
        "receipts",
        Funding::TABLE.file,
        "sum of amount of flows.csv over the payer's rows that are received",
    ),
    ("net", Funding::TABLE.file, "spending - receipts"),
    ("not_paid", Funding::TABLE.file, "sum of amount of flows.csv over the payer's rows of land"),
    (
        "final_demand",
        InducedEffect::TABLE.file,
        "sum of amount of flows.csv over construction, or over other resources but land",
    ),
    ("output", InducedEffect::TABLE.file, "final_demand × multiplier"),
    ("imports", InducedEffect::TABLE.file, "final_demand × multiplier"),
    ("induced", InducedEffect::TABLE.file, "final_demand × multiplier; of jobs over 1000"),
    (
        "optimism_bias",
        OptimismBias::TABLE.file,
        "before × share; before = sum of base of flows.csv over the item and payer",
    ),
    (
        "contingency",
        OptimismBias::TABLE.file,
        "before × share; before = sum of base of flows.csv over the item and payer",
    ),
    (
        "npv",
        AppraisalTest::TABLE.file,
        "benefits - costs of flows.csv, discounted, with what is moved",
    ),
];

/// What a figure of `appraisal/summary.csv` or `appraisal/gross_to_net.csv` rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RestsOn {
    /// The rows of a result of `appraisal/results.csv`.
    Result(&'static str),
    /// The steps from gross to net jobs.
    Jobs,
    /// Both public cost and the steps.
    CostAndJobs,
    /// Public cost of the simulated years.
    Cost,
}

/// Figures that follow from others: name, formula, what they rest on.
pub(super) const DERIVED: [(&str, &str, RestsOn); 12] = [
    (
        "probability_npv_negative",
        "share of replications whose own benefits - costs, discounted, are below 0, those at 0 counted half: \
         probability_negative of results.csv; the rows below are means over replications",
        RestsOn::Result("economic_npv"),
    ),
    ("net_jobs_city", "sum of the steps of gross_to_net.csv, city", RestsOn::Jobs),
    ("net_jobs_nation", "sum of the steps of gross_to_net.csv, nation", RestsOn::Jobs),
    ("public_cost", "sum of discounted payments of the simulated years", RestsOn::Cost),
    ("cost_per_net_job", "public_cost / net jobs, of gross_to_net.csv", RestsOn::CostAndJobs),
    (
        "cost_per_net_job_city",
        "public_cost / net jobs, of gross_to_net.csv, city",
        RestsOn::CostAndJobs,
    ),
    (
        "cost_per_net_job_nation",
        "public_cost / net jobs, of gross_to_net.csv, nation",
        RestsOn::CostAndJobs,
    ),
    (
        "switching_value_of_costs",
        "(benefits - costs) / costs × 100 %",
        RestsOn::Result("economic_npv"),
    ),
    (
        "switching_value_of_benefits",
        "-(benefits - costs) / benefits × 100 %",
        RestsOn::Result("economic_npv"),
    ),
    (
        "switching_value_of_opportunity_share",
        "(economic_npv - value_added_elsewhere) / value_added, both discounted and as benefits; with an excess burden \
         taxes and taxes_elsewhere are added by its rate",
        RestsOn::Result("economic_npv"),
    ),
    (
        "switching_value_of_value_added_per_job",
        "-economic_npv / (value_added + value_added_elsewhere) × 100 %, both discounted and as benefits",
        RestsOn::Result("economic_npv"),
    ),
    (
        "switching_value",
        "where economic_npv is 0 when costs, benefits, rate, delay or an assumption is moved, of sensitivity.csv",
        RestsOn::Result("economic_npv"),
    ),
];

/// The formula of a figure of `cost_benefit.csv`, the totals that it is made of, and whether it counts
/// net jobs.
pub(super) fn formula(name: &str) -> (&'static str, &'static [&'static str], bool) {
    const FISCAL: &[&str] = &["fiscal_cost", "fiscal_return"];
    const ECONOMIC: &[&str] = &["economic_cost", "economic_benefit"];
    match name {
        "fiscal_cost" => ("sum of costs of public payers", &FISCAL[..1], false),
        "fiscal_return" => ("sum of returns of public payers", &FISCAL[1..], false),
        "fiscal_net_present_value" => ("fiscal_return - fiscal_cost", FISCAL, false),
        "fiscal_benefit_cost_ratio" => ("fiscal_return / fiscal_cost", FISCAL, false),
        "economic_cost" => ("sum of costs", &ECONOMIC[..1], false),
        "economic_benefit" => ("sum of benefits", &ECONOMIC[1..], false),
        "transfers_received" => ("sum of transfers", &["transfers_received"], false),
        "economic_net_present_value" => ("economic_benefit - economic_cost", ECONOMIC, false),
        "economic_benefit_cost_ratio" => ("economic_benefit / economic_cost", ECONOMIC, false),
        "net_job_years" => ("sum of net jobs over the years", &[], true),
        "discounted_net_job_years" => ("sum of net jobs × factor over the years", &[], true),
        "cost_per_net_job_year" => ("fiscal_cost / sum of net jobs × factor", &FISCAL[..1], true),
        _ => ("fiscal_cost / net jobs of the last year", &FISCAL[..1], true),
    }
}

/// Which rows of `appraisal/flows.csv` a result counts.
#[derive(Clone, Copy)]
pub(super) struct Accounts {
    pub(super) is_financial: bool,
    pub(super) words: [&'static str; 2],
    pub(super) sides: [bool; 2],
}

/// The formula of a result of `appraisal/results.csv`, and what it counts.
pub(super) fn outcome_formula(name: &str) -> (&'static str, Accounts) {
    let economic = |costs, benefits| Accounts {
        is_financial: false,
        words: ["cost", "benefit"],
        sides: [costs, benefits],
    };
    let financial = |payments, receipts| Accounts {
        is_financial: true,
        words: ["payment", "receipt"],
        sides: [payments, receipts],
    };
    match name {
        "present_value_of_costs" | "simulated_costs" => {
            ("sum of discounted costs", economic(true, false))
        }
        "present_value_of_benefits" | "simulated_benefits" => {
            ("sum of discounted benefits", economic(false, true))
        }
        "economic_npv" | "simulated_npv" => {
            ("sum of discounted benefits - sum of discounted costs", economic(true, true))
        }
        "benefit_cost_ratio" | "simulated_benefit_cost_ratio" => {
            ("sum of discounted benefits / sum of discounted costs", economic(true, true))
        }
        "equivalent_annual_value" => {
            ("economic_npv / sum of the factors of all years of the period", economic(true, true))
        }
        "internal_rate_of_return" => {
            ("r with sum of (benefits - costs) / (1 + r)^year = 0", economic(true, true))
        }
        "modified_rate_of_return" => (
            "(gains carried to the last year / losses brought to the first year)^(1/years) - 1, each at the \
             rule set's rate of the first year",
            economic(true, true),
        ),
        "financial_costs" => ("sum of discounted payments", financial(true, false)),
        "financial_receipts" => ("sum of discounted receipts", financial(false, true)),
        "financial_rate_of_return" => {
            ("r with sum of (receipts - payments) / (1 + r)^year = 0", financial(true, true))
        }
        _ => ("sum of discounted receipts - sum of discounted payments", financial(true, true)),
    }
}

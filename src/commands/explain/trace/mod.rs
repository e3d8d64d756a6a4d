//! From which rows of a finished run a figure of money comes, and by which formula.

mod both;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use crate::analysis::appraisal;
use crate::analysis::appraisal::Discounting;
use crate::analysis::appraisal::TOTALS;
use crate::analysis::appraisal::bridge::STEPS;
use crate::analysis::appraisal::net_jobs::Whole;
use crate::analysis::appraisal::outcome::OUTCOMES;
use crate::analysis::appraisal::terms::Won;
use crate::commands::error::Error;
use crate::commands::explain::formulas::Accounts;
use crate::commands::explain::formulas::DERIVED;
use crate::commands::explain::formulas::OF_TABLES;
use crate::commands::explain::formulas::RestsOn;
use crate::commands::explain::formulas::TOTALS_OF_A_YEAR;
use crate::commands::explain::formulas::formula;
use crate::commands::explain::formulas::outcome_formula;
use crate::commands::report;
use crate::commands::report::error::ReportError;
use crate::model::ledger::cash::CashItem;
use crate::pipeline::recipe::Recipe;
use crate::report::tables::additionality::Additionality;
use crate::report::tables::appraisal::assumptions::AppraisalAssumption;
use crate::report::tables::appraisal::bridge::AppraisalBridge;
use crate::report::tables::appraisal::flows::AppraisalFlow;
use crate::report::tables::appraisal::gross_to_net::NetJobs;
use crate::report::tables::appraisal::results::AppraisalResult;
use crate::report::tables::appraisal::sensitivity::AppraisalTest;
use crate::report::tables::appraisal::summary::AppraisalSummary;
use crate::report::tables::cash::Cash;
use crate::report::tables::cost_benefit::CostBenefit;
use crate::report::tables::read::Tables;
use crate::report::tables::row::Row as _;
use crate::report::text::console;
use crate::report::text::dialect::number;
use crate::report::views::findings::error::FindingsError;
use crate::report::views::findings::finished;
use crate::scenario::appraisal::RatioOver;
use crate::scenario::money::MoneyUnit;
use crate::scenario::payers::Payers;

/// The rows and the formula behind a figure of a policy in the folder of a run.
///
/// # Errors
///
/// Fails if the folder holds no finished run, the run has no such policy, or there is no such figure.
pub(super) fn trace(name: &str, policy: &str, folder: &Path) -> Result<String, Error> {
    let manifest = finished::read_shown(folder).map_err(ReportError::from)?;
    let plan = &manifest.plan;
    if plan.baseline == policy || !plan.policies.iter().any(|known| known == policy) {
        let compared = plan.policies.iter().filter(|known| **known != plan.baseline);
        return Err(Error::unknown("policy to compare", policy, compared.map(String::as_str)));
    }
    report::unchanged(folder, &manifest)?;
    let scenario = Recipe::from_folder(folder, plan)?.scenario;
    let unit = scenario.money.account;
    let of = Of { unit, tables: Tables(folder), policy, baseline: &plan.baseline };
    let items = CashItem::ALL.iter().map(|item| item.name());
    let bridge = |name: &str| match name {
        "economic_npv" | "economic_net_present_value" => of.bridge(),
        _ => Ok(String::new()),
    };
    if TOTALS.iter().map(|total| total.0).chain(items.clone()).any(|known| known == name) {
        let total = of.total(name, Discounting::of(&scenario), &scenario.payers)?;
        let total = of.with_both_values(name, total, (plan.first_year, plan.last_year))?;
        return Ok(total + &bridge(name)?);
    }
    if OUTCOMES.iter().any(|outcome| outcome.0 == name) {
        let outcome = of.outcome(name, plan.last_year)?;
        let outcome = of.with_both_values(name, outcome, (plan.first_year, plan.last_year))?;
        return Ok(outcome + &bridge(name)?);
    }
    if let Some(&(name, says)) = TOTALS_OF_A_YEAR.iter().find(|total| total.0 == name) {
        return of.total_of_years(name, says);
    }
    if let Some(&(name, says, rests_on)) = DERIVED.iter().find(|of| of.0 == name) {
        return of.derived(name, says, rests_on, plan.last_year);
    }
    if let Some(&(name, file, says)) = OF_TABLES.iter().find(|of| of.0 == name) {
        return of.of_table(name, file, says, |_| true);
    }
    if STEPS.iter().any(|step| step.0 == name) {
        let says = "costs, benefits and net value that the step adds; all steps add up to rule_set";
        return of.of_table(name, AppraisalBridge::TABLE.file, says, |cells| cells.contains(&name));
    }
    let known = TOTALS.iter().chain(OUTCOMES).map(|total| total.0).chain(items);
    let known = known.chain(TOTALS_OF_A_YEAR.iter().map(|total| total.0));
    let known = known.chain(DERIVED.iter().map(|of| of.0));
    let known = known.chain(OF_TABLES.iter().map(|of| of.0)).chain(STEPS.iter().map(|step| step.0));
    Err(Error::unknown("figure of money", name, known))
}

/// Whose figures, and where they are.
struct Of<'r> {
    /// The unit of accounts.
    unit: MoneyUnit,
    tables: Tables<'r>,
    policy: &'r str,
    baseline: &'r str,
}

/// The means of `cash.csv` by item, payer and year: of the policy, of the baseline.
type CashMeans = BTreeMap<(String, String, u16), [f64; 2]>;

impl Of<'_> {
    /// A figure of `cost_benefit.csv`.
    fn total(
        &self,
        name: &str,
        discounting: Discounting,
        payers: &Payers,
    ) -> Result<String, Error> {
        let item = CashItem::ALL.iter().find(|item| item.name() == name).map(|item| [item.name()]);
        let (says, totals, jobs) = match &item {
            Some(item) => ("sum over years, of each payer", &item[..], false),
            None => formula(name),
        };
        let mut rows: Vec<[String; 8]> = Vec::new();
        let mut sums = vec![0.0; totals.len()];
        for ((item, payer, year), [own, other]) in &self.cash()? {
            let known = CashItem::ALL.iter().find(|known| known.name() == item);
            let Some((known, of)) = known.copied().zip(payers.named(payer)) else { continue };
            let factor = discounting.factor(*year);
            for (total, sum) in totals.iter().zip(&mut sums) {
                let value = f64::from(appraisal::weight(total, known, of)) * (own - other) * factor;
                *sum += value;
                if value != 0.0 {
                    let [total, item, payer] = [*total, item, payer].map(str::to_owned);
                    let [own, other, factor, value] = [*own, *other, factor, value].map(number);
                    rows.push([total, item, payer, year.to_string(), own, other, factor, value]);
                }
            }
        }
        let mut text = self.head(name, "cost_benefit.csv", &self.printed_total(name)?, says);
        if !totals.is_empty() {
            text.push_str(
                "\n  present value = (policy - baseline) × factor, each the `mean` of a row of cash.csv; in \
                 totals of returns and benefits with the sign turned\n",
            );
            let _ = write!(
                text,
                "  factor = (1 + discount_rate)^(base_year - year), discount_rate {}, base_year {}\n\n",
                number(discounting.rate),
                discounting.base_year
            );
            text.push_str(&console::table(
                ["total", "item", "payer", "year", "policy", "baseline", "factor", "present value"],
                &rows,
            ));
            for (total, sum) in totals.iter().zip(sums) {
                let _ = writeln!(text, "  sum of {total}: {} {}", number(sum), self.unit);
            }
        }
        if jobs {
            text.push('\n');
            text.push_str(&self.jobs(discounting)?);
        }
        Ok(text)
    }

    /// A figure of `appraisal/results.csv`.
    fn outcome(&self, name: &str, last_year: u16) -> Result<String, Error> {
        let (says, accounts) = outcome_formula(name);
        let simulated = name.starts_with("simulated_");
        let printed = self.printed_outcome(name)?;
        let mut text = self.head(name, "appraisal/results.csv", &printed, says);
        text.push_str(&self.flows(accounts, simulated, last_year)?);
        if name.ends_with("benefit_cost_ratio") && self.ratio_over()? == RatioOver::PublicCost {
            text.push_str(
                "\n  by this rule set the ratio is (benefits - costs + payments) / payments, and payments are\n",
            );
            text.push_str(&self.flows(
                outcome_formula("financial_costs").1,
                simulated,
                last_year,
            )?);
        }
        Ok(text)
    }

    /// What the ratio of the run's rule set is over.
    fn ratio_over(&self) -> Result<RatioOver, Error> {
        let mut over = RatioOver::Costs;
        self.tables
            .each::<AppraisalAssumption<'_>, FindingsError>(|row| {
                if (row.assumption, row.value) == ("ratio_over", RatioOver::PublicCost.name()) {
                    over = RatioOver::PublicCost;
                }
                Ok(())
            })
            .map_err(ReportError::from)?;
        Ok(over)
    }

    /// A total of each year of `appraisal/flows.csv`, with the rows that it is the sum of.
    fn total_of_years(&self, name: &str, says: &str) -> Result<String, Error> {
        let mut rows: Vec<[String; 7]> = Vec::new();
        let mut years = 0_usize;
        let sides: &[&str] = match name {
            "total_costs" => &["cost"],
            "total_benefits" => &["benefit"],
            "net_benefits" => &["cost", "benefit"],
            "total_payments" => &["payment"],
            "total_receipts" => &["receipt"],
            _ => &["payment", "receipt"],
        };
        self.tables
            .each::<AppraisalFlow<'_>, FindingsError>(|row| {
                let is_part = [row.economic, row.financial].iter().any(|word| sides.contains(word));
                if row.policy != self.policy || !(row.item == name || is_part) {
                    return Ok(());
                }
                let present = match row.item == name {
                    true => row.discounted.or(row.financial_discounted),
                    false if sides.contains(&row.economic) => row.discounted,
                    false => row.financial_discounted,
                };
                if row.item == name {
                    years += 1;
                }
                let [part, item, payer] = [row.part, row.item, row.payer].map(str::to_owned);
                let [base, added, amount] = [row.base, row.added, row.amount].map(number);
                let amount = format!("{base} + {added} = {amount}");
                let present = present.map_or_else(String::new, number);
                let side = sides.iter().find(|side| [row.economic, row.financial].contains(side));
                let side = side.map_or("total", |side| *side).to_owned();
                rows.push([part, row.year.to_string(), side, item, payer, amount, present]);
                Ok(())
            })
            .map_err(ReportError::from)?;
        let printed = format!("{years} rows, one of each part and year,");
        let mut text = self.head(name, "appraisal/flows.csv", &printed, says);
        text.push('\n');
        text.push_str(&console::table(
            ["part", "year", "side", "item", "payer", "base + added = amount", "present value"],
            &rows,
        ));
        Ok(text)
    }

    /// A figure whose table has all that it is made of: the policy's rows of it, without words and sources.
    fn of_table(
        &self,
        name: &str,
        file: &'static str,
        says: &str,
        wanted: impl Fn(&[&str]) -> bool,
    ) -> Result<String, Error> {
        const WORDS: [&str; 8] = [
            "policy",
            "baseline",
            "meaning_en",
            "meaning_ko",
            "source",
            "item_ko",
            "payer_ko",
            "budget_ko",
        ];
        let header = self.tables.header(file).map_err(FindingsError::from);
        let header = header.map_err(ReportError::from)?.unwrap_or_default();
        let of_policy = header.iter().position(|column| column == "policy");
        let kept: Vec<usize> =
            (0..header.len()).filter(|&at| !WORDS.contains(&&header[at])).collect();
        let mut rows: Vec<Vec<String>> = Vec::new();
        self.tables
            .rows::<FindingsError>(file, |record| {
                let cells: Vec<&str> = record.iter().collect();
                if of_policy.is_some_and(|at| cells[at] == self.policy) && wanted(&cells) {
                    rows.push(kept.iter().map(|&at| cells[at].to_owned()).collect());
                }
                Ok(())
            })
            .map_err(ReportError::from)?;
        let head = format!(
            "{name} of {} against {}: {file}\n  {name} = {says}\n\n",
            self.policy, self.baseline
        );
        let header: Vec<&str> = kept.iter().map(|&at| &header[at]).collect();
        Ok(head + &console::table(&header, &rows))
    }

    /// A figure that follows from others.
    fn derived(
        &self,
        name: &str,
        says: &str,
        rests_on: RestsOn,
        last_year: u16,
    ) -> Result<String, Error> {
        let (file, printed) = self.printed_derived(name)?;
        let mut text = self.head(name, file, &printed, says);
        if matches!(rests_on, RestsOn::Jobs | RestsOn::CostAndJobs) {
            text.push('\n');
            text.push_str(&self.steps(name)?);
        }
        match rests_on {
            RestsOn::Result(result) => {
                let (_, accounts) = outcome_formula(result);
                text.push_str(&self.flows(accounts, false, last_year)?);
            }
            RestsOn::Cost | RestsOn::CostAndJobs => {
                let (_, accounts) = outcome_formula("financial_costs");
                text.push_str(&self.flows(accounts, true, last_year)?);
            }
            RestsOn::Jobs => {}
        }
        if name == "public_cost" {
            text.push_str(
                "\n  the metric public_cost of yearly.csv and comparison.csv is another figure: what public payers \
                 pay in a year, undiscounted and in the scenario's prices, without optimism bias\n",
            );
        }
        Ok(text)
    }

    /// What stands in a table of a figure that follows from others, and in which.
    fn printed_derived(&self, name: &str) -> Result<(&'static str, String), Error> {
        let mut printed = Vec::new();
        let mut file = AppraisalSummary::TABLE.file;
        self.tables
            .each::<AppraisalSummary<'_>, FindingsError>(|row| {
                if (row.policy, row.entry) == (self.policy, name) {
                    printed.push(shown(row.value, row.unit, row.note));
                }
                Ok(())
            })
            .map_err(ReportError::from)?;
        if printed.is_empty() {
            file = NetJobs::TABLE.file;
            self.tables
                .each::<NetJobs<'_>, FindingsError>(|row| {
                    if (row.policy, row.step) == (self.policy, name) {
                        let figure = shown(row.value, row.unit, row.note);
                        printed.push(format!("{} {figure}", row.place));
                    }
                    Ok(())
                })
                .map_err(ReportError::from)?;
        }
        if printed.is_empty() {
            file = AppraisalTest::TABLE.file;
            self.tables
                .each::<AppraisalTest<'_>, FindingsError>(|row| {
                    if (row.policy, row.kind) == (self.policy, name) {
                        printed.push(format!(
                            "{} {}",
                            row.moved,
                            shown(row.value, row.unit, row.note)
                        ));
                    }
                    Ok(())
                })
                .map_err(ReportError::from)?;
        }
        Ok((file, printed.join(", ")))
    }

    /// The steps from gross to net jobs of the places that a name says, or of both.
    fn steps(&self, name: &str) -> Result<String, Error> {
        let mut rows: Vec<[String; 4]> = Vec::new();
        self.tables
            .each::<NetJobs<'_>, FindingsError>(|row| {
                let other = Whole::ALL.iter().find(|whole| name.ends_with(whole.name()));
                let wanted = other.is_none_or(|whole| whole.name() == row.place);
                if row.policy == self.policy && wanted {
                    let value = row.value.map_or_else(String::new, number);
                    let [place, step, unit] = [row.place, row.step, row.unit].map(str::to_owned);
                    rows.push([place, step, value, unit]);
                }
                Ok(())
            })
            .map_err(ReportError::from)?;
        let says = "  rows of appraisal/gross_to_net.csv, of rows of additionality.csv with measure jobs in the last \
                    year (yangjae describe, 7.8); the steps add up to net\n\n";
        Ok(says.to_owned() + &console::table(["place", "step", "value", "unit"], &rows))
    }

    /// The rows of `appraisal/flows.csv` that count to accounts, and their sums.
    fn flows(&self, accounts: Accounts, simulated: bool, last_year: u16) -> Result<String, Error> {
        let cash = self.cash()?;
        let goes_on = self.goes_on(last_year)?;
        let mut rows: Vec<[String; 9]> = Vec::new();
        let mut sums = [Won::default(); 2];
        let each = |row: AppraisalFlow<'_>| {
            let left_out = match row.part {
                "value_at_horizon" => goes_on && !simulated,
                "after_horizon" | "value_at_end" => goes_on && simulated,
                _ => false,
            };
            let (word, factor, present) = if accounts.is_financial {
                (row.financial, row.financial_factor, row.financial_discounted)
            } else {
                (row.economic, row.factor, row.discounted)
            };
            let Some((factor, present)) = factor.zip(present) else { return Ok(()) };
            if row.policy != self.policy || left_out {
                return Ok(());
            }
            for (side, wanted) in accounts.sides.into_iter().enumerate() {
                let name = accounts.words[side];
                if !wanted || word != name {
                    continue;
                }
                sums[side] = sums[side] + Won::of(present);
                let key = (row.item.to_owned(), row.payer.to_owned(), row.year);
                let booked = matches!(row.part, "simulated" | "value_at_horizon");
                let means = cash.get(&key).filter(|_| booked);
                let mean = |of: usize| means.map_or_else(String::new, |means| number(means[of]));
                let [base, added, amount] = [row.base, row.added, row.amount].map(number);
                let [side, part, item, payer] =
                    [name, row.part, row.item, row.payer].map(str::to_owned);
                let amount = format!("{base} + {added} = {amount}");
                let present = format!("{} -> {}", number(factor), number(present));
                let year = row.year.to_string();
                rows.push([side, part, item, payer, year, mean(0), mean(1), amount, present]);
            }
            Ok(())
        };
        self.tables.each::<AppraisalFlow<'_>, FindingsError>(each).map_err(ReportError::from)?;
        let mut text = String::from(
            "\n  policy and baseline: `mean` of rows of cash.csv; base + added = amount, factor and present value: \
             the row of appraisal/flows.csv. base = (policy - baseline) × price_ratio of \
             appraisal/assumptions.csv; of receipts and benefits with the sign turned; of construction over \
             construction_overrun where that stands there. After the horizon: the mean of the last three \
             years. At the end: what the rule set leaves of land and buildings\n\n",
        );
        text.push_str(&console::table(
            [
                "side",
                "part",
                "item",
                "payer",
                "year",
                "policy",
                "baseline",
                "base + added = amount",
                "factor -> present value",
            ],
            &rows,
        ));
        for (side, wanted) in accounts.sides.into_iter().enumerate() {
            if wanted {
                let sum = number(sums[side].millions());
                let _ = writeln!(text, "  sum of {}: {sum} {}", accounts.words[side], self.unit);
            }
        }
        Ok(text)
    }

    /// Whether the period of the policy goes on after the last simulated year.
    fn goes_on(&self, last_year: u16) -> Result<bool, Error> {
        let mut goes_on = false;
        self.tables
            .each::<AppraisalFlow<'_>, FindingsError>(|row| {
                goes_on |= row.policy == self.policy && row.year > last_year;
                Ok(())
            })
            .map_err(ReportError::from)?;
        Ok(goes_on)
    }

    /// What the figure is, and what stands in its table.
    fn head(&self, name: &str, file: &str, printed: &str, says: &str) -> String {
        format!(
            "{name} of {} against {}: {printed} in {file}\n  {name} = {says}\n",
            self.policy, self.baseline
        )
    }

    fn cash(&self) -> Result<CashMeans, Error> {
        let mut means = CashMeans::new();
        self.tables
            .each::<Cash<'_>, FindingsError>(|row| {
                for (place, policy) in [self.policy, self.baseline].into_iter().enumerate() {
                    if row.policy == policy {
                        let key = (row.item.to_owned(), row.payer.to_owned(), row.year);
                        means.entry(key).or_default()[place] = row.mean.unwrap_or_default();
                    }
                }
                Ok(())
            })
            .map_err(ReportError::from)?;
        Ok(means)
    }

    /// The net jobs of every year.
    fn jobs(&self, discounting: Discounting) -> Result<String, Error> {
        let mut rows: Vec<[String; 4]> = Vec::new();
        self.tables
            .each::<Additionality<'_>, FindingsError>(|row| {
                let wanted =
                    row.policy == self.policy && (row.measure, row.term) == ("jobs", "net_city");
                if let Some(mean) = row.mean.filter(|_| wanted) {
                    let factor = discounting.factor(row.year);
                    let [jobs, of, worth] = [mean, factor, mean * factor].map(number);
                    rows.push([row.year.to_string(), jobs, of, worth]);
                }
                Ok(())
            })
            .map_err(ReportError::from)?;
        let says =
            "  net jobs: `mean` of rows of additionality.csv with measure jobs, term net_city\n\n";
        Ok(says.to_owned() + &console::table(["year", "net jobs", "factor", "discounted"], &rows))
    }

    fn printed_total(&self, name: &str) -> Result<String, Error> {
        let mut printed = Vec::new();
        self.tables
            .each::<CostBenefit<'_>, FindingsError>(|row| {
                if (row.policy, row.item) == (self.policy, name) {
                    let payer = if row.payer == "all" { "" } else { row.payer };
                    let figure = shown(row.mean, row.unit, row.note);
                    printed.push(format!("{payer} {figure}").trim_start().to_owned());
                }
                Ok(())
            })
            .map_err(ReportError::from)?;
        if printed.is_empty() {
            printed.push("nothing is booked under it".to_owned());
        }
        Ok(printed.join(", "))
    }

    fn printed_outcome(&self, name: &str) -> Result<String, Error> {
        let mut printed = String::new();
        self.tables
            .each::<AppraisalResult<'_>, FindingsError>(|row| {
                if (row.policy, row.result) == (self.policy, name) {
                    printed = shown(row.mean, row.unit, row.note);
                }
                Ok(())
            })
            .map_err(ReportError::from)?;
        Ok(printed)
    }
}

/// A figure with its unit; where there is none, why.
fn shown(mean: Option<f64>, unit: &str, note: &str) -> String {
    mean.map_or_else(|| format!("none ({note})"), |mean| format!("{} {unit}", number(mean)))
}

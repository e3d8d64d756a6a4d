//! What comes of a statement: net present value, benefit-cost ratio, internal rate of return, each
//! with its spread over replications, and what they are when an assumption is moved.

use crate::analysis::appraisal::AppraisalFigure;
use crate::analysis::appraisal::appraised::Moved;
use crate::analysis::appraisal::appraised::Outcome;
use crate::analysis::appraisal::appraised::Statement;
use crate::analysis::appraisal::appraised::Values;
use crate::analysis::appraisal::appraised::less;
use crate::analysis::appraisal::bridge;
use crate::analysis::appraisal::flow::Account;
use crate::analysis::appraisal::flow::Scope;
use crate::analysis::appraisal::irr;
use crate::analysis::appraisal::judge::Judge;
use crate::analysis::appraisal::sensitivity::DELAYS;
use crate::analysis::appraisal::sensitivity::no_rate;
use crate::analysis::appraisal::statement::Factors;
use crate::analysis::appraisal::statement::Reading;
use crate::analysis::appraisal::statement::STREAMS;
use crate::analysis::appraisal::terms::Span;
use crate::analysis::appraisal::terms::Terms;
use crate::analysis::appraisal::terms::Won;
use crate::analysis::results::ReadError;
use crate::analysis::results::Results;
use crate::analysis::statistics::Spread;
use crate::experiment::batch::Halted;
use crate::experiment::block::BlockError;
use crate::scenario::appraisal::Schedule;

/// Discount rates that are tried `[1/year]`.
const RATES: [f64; 3] = [0.035, 0.045, 0.055];

/// Results in the order of rows: name, unit, English, Korean.
pub const OUTCOMES: &[(&str, &str, &str, &str)] = &[
    (
        "present_value_of_costs",
        "{money}",
        "Sum of the discounted costs of flows.csv over the period",
        "분석기간 비용의 현재가치 합계",
    ),
    (
        "present_value_of_benefits",
        "{money}",
        "Sum of the discounted benefits of flows.csv over the period",
        "분석기간 편익의 현재가치 합계",
    ),
    (
        "economic_npv",
        "{money}",
        "Present value of benefits less present value of costs over the period",
        "경제적 순현재가치(분석기간)",
    ),
    (
        "benefit_cost_ratio",
        "1",
        "Present value of benefits over present value of costs over the period; over public cost where assumptions.csv, ratio_over, says so",
        "편익비용비(B/C, 분석기간; assumptions.csv의 ratio_over에 따라 공공 비용 대비)",
    ),
    (
        "equivalent_annual_value",
        "{money}/year",
        "The same amount in every year of the period that is worth economic_npv: of policies whose periods differ, this can be compared",
        "순현재가치와 같은 가치의 연간 균등액(분석기간이 다른 정책의 비교용)",
    ),
    (
        "internal_rate_of_return",
        "1/year",
        "The rate at which benefits less costs over the period are worth nothing",
        "내부수익률(분석기간)",
    ),
    (
        "modified_rate_of_return",
        "1/year",
        "The same where gains are invested and losses borrowed at the rule set's rate of the first year",
        "수정 내부수익률(재투자·차입 이율은 첫 해의 할인율)",
    ),
    (
        "simulated_costs",
        "{money}",
        "Present value of costs in the simulated years alone",
        "시뮬레이션 기간 비용의 현재가치",
    ),
    (
        "simulated_benefits",
        "{money}",
        "Present value of benefits in the simulated years alone, with what assets are worth at the horizon",
        "시뮬레이션 기간 편익의 현재가치(기간 말 잔존 가치 포함)",
    ),
    (
        "simulated_npv",
        "{money}",
        "Simulated benefits less simulated costs",
        "경제적 순현재가치(시뮬레이션 기간)",
    ),
    (
        "simulated_benefit_cost_ratio",
        "1",
        "Simulated benefits over simulated costs, or public cost as in benefit_cost_ratio",
        "편익비용비(시뮬레이션 기간, 분모는 benefit_cost_ratio와 같음)",
    ),
    (
        "financial_costs",
        "{money}",
        "Present value of what public payers pay over the period, and of the land that they give, by the financial discount rate",
        "공공 지출과 제공 토지의 현재가치(분석기간, 재무적 할인율)",
    ),
    (
        "financial_receipts",
        "{money}",
        "Present value of what public payers get over the period, with what their assets are worth",
        "공공 수입의 현재가치(분석기간, 잔존 가치 포함)",
    ),
    (
        "financial_npv",
        "{money}",
        "Financial receipts less financial costs",
        "재무적 순현재가치(분석기간)",
    ),
    (
        "financial_rate_of_return",
        "1/year",
        "The rate at which what public payers get less what they pay is worth nothing",
        "재무적 내부수익률(분석기간)",
    ),
    (
        "simulated_financial_npv",
        "{money}",
        "What public payers get less what they pay in the simulated years alone",
        "재무적 순현재가치(시뮬레이션 기간)",
    ),
];

/// The factors that all replications of a policy are discounted by.
struct Discounts {
    economic: [Factors; 2],
    financial: [Factors; 2],
    rates: Vec<Factors>,
    delays: Vec<Factors>,
}

/// Appraises every policy but the baseline, in order.
///
/// # Errors
///
/// Fails if values cannot be read, and when the work is stopped.
pub fn statements<'a>(
    results: &Results<'a>,
    terms: &Terms,
) -> Result<Vec<Statement<'a>>, ReadError> {
    let policies = results.compared();
    results.workers.map_in_order(
        policies.len(),
        || (),
        |(), number| statement(results, policies[number], terms).map_err(Halted::Failed),
    )
}

fn statement<'a>(
    results: &Results<'a>,
    policy: usize,
    terms: &Terms,
) -> Result<Statement<'a>, BlockError> {
    let mut reading = Reading::new(results, policy, terms);
    let (span, years) = (reading.span(), results.years());
    let tried = tried(terms);
    let discounts = Discounts::new((years, span, terms), &tried);
    let mut values = Values {
        rates: vec![Default::default(); tried.len()],
        delays: vec![Vec::new(); DELAYS.len()],
        ..Values::default()
    };
    let mut net = Vec::new();
    let judge = Judge::of(results, policy);
    let unit = judge.unit(results.archive.replications().len());
    let first_rate = terms.rules().rate.rate(1);
    reading.each(|streams| {
        for (factors, values) in discounts.economic.iter().zip(&mut values.public) {
            values.push(streams[Account::Payments as usize].worth(factors));
        }
        let period = &discounts.economic[Scope::Period as usize];
        for (place, values) in (STREAMS.start..).zip(&mut values.parts) {
            values.push(streams[place].worth(period));
        }
        values.receipts.push(streams[Account::Receipts as usize].worth(period));
        for (scope, present) in values.present.iter_mut().enumerate() {
            for ((account, stream), values) in Account::ALL.iter().zip(&streams).zip(present) {
                let of =
                    if account.is_financial() { &discounts.financial } else { &discounts.economic };
                values.push(stream.worth(&of[scope]));
            }
        }
        for (factors, values) in discounts.rates.iter().zip(&mut values.rates) {
            for (stream, values) in streams.iter().zip(values) {
                values.push(stream.worth(factors));
            }
        }
        for (factors, values) in discounts.delays.iter().zip(&mut values.delays) {
            values.push(streams[Account::Benefits as usize].worth(factors));
        }
        let [costs, benefits, payments, receipts, ..] = streams;
        let begins = values.irr[0].len().is_multiple_of(unit);
        let of_accounts = values.irr.iter_mut().zip(&mut values.units);
        for ((values, units), [less, more]) in
            of_accounts.zip([[costs, benefits], [payments, receipts]]).rev()
        {
            net.clear();
            less.spread(span, years, -1.0, &mut net);
            more.spread(span, years, 1.0, &mut net);
            let found = irr::internal_rates(&net);
            values.push(found.first().copied().filter(|_| found.len() == 1));
            if begins {
                units.resize(units.len() + net.len(), 0.0);
            }
            for (sum, flow) in units.iter_mut().rev().zip(net.iter().rev()) {
                *sum += flow;
            }
        }
        // The economic account came last.
        values.modified.push(irr::modified_rate(&net, first_rate, first_rate));
    })?;
    let mut statement = Statement {
        policy: &results.layouts[policy].policy,
        baseline: &results.baseline_layout().policy,
        terms: *terms,
        payers: results.payers,
        span,
        flows: reading.flows(),
        outcomes: Vec::new(),
        tests: Vec::new(),
        bridge: Vec::new(),
    };
    statement.bridge = bridge::steps(&reading, &statement);
    statement.outcomes = statement.results(judge, &values);
    statement.tests = statement.sensitivity(&tried, &values, judge);
    Ok(statement)
}

/// The discount rates that are tried.
fn tried(terms: &Terms) -> Vec<(Moved, Schedule)> {
    let percent = |rate: f64| (rate * 1e5).round() / 1e3;
    let flat = |rate: f64| (Moved::Rate(percent(rate)), Schedule::flat(rate));
    let lower = terms.rules().lower_rate.clone().map(|schedule| (Moved::LowerRate, schedule));
    RATES.into_iter().map(flat).chain(lower).collect()
}

impl Discounts {
    fn new(of: (&[u16], Span, &Terms), tried: &[(Moved, Schedule)]) -> Self {
        let rules = of.2.rules();
        let both = |schedule| {
            [Scope::Period, Scope::Simulated].map(|scope| Factors::new(of, schedule, 0, scope))
        };
        let delayed = |delay| Factors::new(of, &rules.rate, delay, Scope::Period);
        let tried = tried.iter();
        Self {
            economic: both(&rules.rate),
            financial: both(rules.financial()),
            rates: tried.map(|(_, rates)| Factors::new(of, rates, 0, Scope::Period)).collect(),
            delays: DELAYS.into_iter().map(delayed).collect(),
        }
    }
}

/// Which years a result is of.
#[must_use]
pub fn scope(name: &str) -> Scope {
    if name.starts_with("simulated_") { Scope::Simulated } else { Scope::Period }
}

impl Statement<'_> {
    fn results(&self, judge: Judge, values: &Values) -> Vec<Outcome> {
        let of = |name: &str| match name {
            "present_value_of_costs" => self.money(Account::Costs, Scope::Period, judge, values),
            "present_value_of_benefits" => {
                self.money(Account::Benefits, Scope::Period, judge, values)
            }
            "economic_npv" => self.economic(Scope::Period, judge, values),
            "benefit_cost_ratio" => self.ratio(Scope::Period, judge, values),
            "equivalent_annual_value" => self.annual(judge, values),
            "internal_rate_of_return" => self.rate(0, judge, values),
            "modified_rate_of_return" => self.modified(judge, values),
            "simulated_costs" => self.money(Account::Costs, Scope::Simulated, judge, values),
            "simulated_benefits" => self.money(Account::Benefits, Scope::Simulated, judge, values),
            "simulated_npv" => self.economic(Scope::Simulated, judge, values),
            "simulated_benefit_cost_ratio" => self.ratio(Scope::Simulated, judge, values),
            "financial_costs" => self.money(Account::Payments, Scope::Period, judge, values),
            "financial_receipts" => self.money(Account::Receipts, Scope::Period, judge, values),
            "financial_npv" => self.financial(Scope::Period, judge, values),
            "financial_rate_of_return" => self.rate(1, judge, values),
            _ => self.financial(Scope::Simulated, judge, values),
        };
        let outcome = |&(name, unit, _, _): &(&'static str, &'static str, &str, &str)| {
            let (mean, interval, spread, below_zero, note) = of(name);
            Outcome { name, unit, mean, interval, spread, below_zero, note }
        };
        OUTCOMES.iter().map(outcome).collect()
    }

    fn money(&self, account: Account, scope: Scope, judge: Judge, values: &Values) -> Figure {
        let present = &values.present[scope as usize][account as usize];
        mean(self.total(account, scope), present, judge, false)
    }

    fn economic(&self, scope: Scope, judge: Judge, values: &Values) -> Figure {
        self.difference([Account::Costs, Account::Benefits], scope, judge, values)
    }

    fn financial(&self, scope: Scope, judge: Judge, values: &Values) -> Figure {
        self.difference([Account::Payments, Account::Receipts], scope, judge, values)
    }

    fn difference(
        &self,
        [minus, plus]: [Account; 2],
        scope: Scope,
        judge: Judge,
        values: &Values,
    ) -> Figure {
        let present = &values.present[scope as usize];
        let values = less(&present[plus as usize], &present[minus as usize]);
        mean(self.total(plus, scope) - self.total(minus, scope), &values, judge, true)
    }

    /// The net present value as the same amount in every year of the period.
    fn annual(&self, judge: Judge, values: &Values) -> Figure {
        let Span { start, end, .. } = self.span;
        let rate = &self.terms.rules().rate;
        let factors: f64 = (start..=end).map(|year| self.terms.factor(rate, year)).sum();
        let [costs, benefits, ..] = &values.present[Scope::Period as usize];
        let yearly: Vec<f64> = less(benefits, costs).iter().map(|npv| npv / factors).collect();
        let of = |account| self.total(account, Scope::Period);
        let npv = of(Account::Benefits) - of(Account::Costs);
        mean(npv.times(factors.recip()), &yearly, judge, true)
    }

    fn ratio(&self, scope: Scope, judge: Judge, values: &Values) -> Figure {
        let [above, below] = values.above_and_below(&self.terms, scope);
        let (figure, note) = judge.benefit_cost(&above, &below, "");
        let AppraisalFigure::Ratio { ratio: Some(found), spread } = figure else {
            return (None, [None; 2], None, None, note.to_owned());
        };
        let of = |account| self.total(account, scope);
        let public = self.worth(Account::Payments, scope, &self.terms.rules().rate, 0);
        let ratio = self.terms.ratio([of(Account::Costs), of(Account::Benefits)], public);
        let interval = [found.ci_low(), found.ci_high()];
        (Some(ratio).filter(|ratio| ratio.is_finite()), interval, spread, None, note.to_owned())
    }
}

/// The accounts of an internal rate: what is less, what is more.
const SIDES: [[Account; 2]; 2] =
    [[Account::Costs, Account::Benefits], [Account::Payments, Account::Receipts]];

impl Statement<'_> {
    /// An internal rate of the mean flows of the economic or the financial account, with its interval, and the
    /// spread of replications where each has one.
    fn rate(&self, account: usize, judge: Judge, values: &Values) -> Figure {
        let [less, more] = SIDES[account];
        let net = self.net(less, more);
        let rates = irr::internal_rates(&net);
        let of_replications = &values.irr[account];
        let have = of_replications.iter().flatten().count();
        let one = rates.first().copied().filter(|_| rates.len() == 1);
        let moves = one.and_then(|rate| irr::internal_rate_moves(&net, rate));
        let (interval, few) = interval(one.zip(moves), account, judge, values);
        let mut notes = Vec::new();
        match rates.as_slice() {
            [] => notes.push(no_rate(&net).to_owned()),
            [_] => notes.extend(few),
            rates => {
                let percent = |rate: &f64| format!("{:.2} %", rate * 100.0);
                let listed = rates.iter().map(percent).collect::<Vec<_>>().join(", ");
                notes.push(format!("{} rates, {listed}: read the net present value", rates.len()));
            }
        }
        if one.is_some() && net.iter().find(|flow| **flow != 0.0).is_some_and(|flow| *flow > 0.0) {
            notes.push(LOAN.to_owned());
        }
        if have < of_replications.len() {
            notes.push(format!(
                "{have} of {} replications have one rate, so no spread",
                of_replications.len()
            ));
        }
        (one, interval, spread(of_replications), None, notes.join("; "))
    }

    /// The modified rate of the mean flows, likewise.
    fn modified(&self, judge: Judge, values: &Values) -> Figure {
        let net = self.net(Account::Costs, Account::Benefits);
        let rate = self.terms.rules().rate.rate(1);
        let found = irr::modified_rate(&net, rate, rate);
        let moves = irr::modified_rate_moves(&net, rate, rate);
        let (interval, few) = interval(found.zip(moves), 0, judge, values);
        let (all, have) = (values.modified.len(), values.modified.iter().flatten().count());
        let mut notes: Vec<String> = match found {
            None => vec![NO_MODIFIED_RATE.to_owned()],
            Some(_) => few.into_iter().collect(),
        };
        if have < all {
            notes.push(format!("{have} of {all} replications have one, so no spread"));
        }
        (found, interval, spread(&values.modified), None, notes.join("; "))
    }
}

/// The 95 % interval of a rate of the mean flows by how it moves with them; why not, where there is none.
fn interval(
    of: Option<(f64, Vec<f64>)>,
    account: usize,
    judge: Judge,
    values: &Values,
) -> ([Option<f64>; 2], Option<String>) {
    let [less_of, more_of] = SIDES[account].map(|it| &values.present[0][it as usize]);
    let (known, note) = judge.mean(&less(more_of, less_of));
    let tells = matches!(
        known,
        AppraisalFigure::Mean { estimate: Some(estimate), .. } if estimate.ci_low.is_some()
    );
    match of.filter(|_| tells) {
        Some((rate, moves)) => {
            (judge.interval(rate, &moves, &values.units[account], values.modified.len()), None)
        }
        None => ([None; 2], Some(note.to_owned()).filter(|note| !note.is_empty())),
    }
}

/// Why there is no modified rate.
const NO_MODIFIED_RATE: &str = "no rate: of the mean flows no year has a loss, or none a gain";
/// What is said where gains come before losses.
const LOAN: &str =
    "the policy saves first and loses later, as who borrows: the lower this rate the better";

/// Mean, interval, spread, share below 0, note.
type Figure = (Option<f64>, [Option<f64>; 2], Option<Spread>, Option<f64>, String);

/// A sum of money with the spread of replications; the interval lies around the sum of the rows, from
/// which the mean of replications differs by their rounding.
fn mean(total: Won, values: &[f64], judge: Judge, signed: bool) -> Figure {
    let (figure, note) = judge.mean(values);
    let AppraisalFigure::Mean { estimate, spread, below_0 } = figure else {
        return (Some(total.millions()), [None; 2], None, None, String::new());
    };
    let interval = estimate.map_or([None; 2], |estimate| [estimate.ci_low, estimate.ci_high]);
    (Some(total.millions()), interval, spread, below_0.filter(|_| signed), note.to_owned())
}

/// The spread of replications; none where one has no value, as those that have are a selection.
fn spread(values: &[Option<f64>]) -> Option<Spread> {
    Spread::from_values(&values.iter().copied().collect::<Option<Vec<f64>>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worth(flows: &[f64], schedule: &Schedule) -> f64 {
        (1..).zip(flows).map(|(year, flow)| flow * schedule.factor(year)).sum()
    }

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 5e-7, "{found} instead of {expected}");
    }

    /// Oracle O1: Appendix B of Circular A-94, and the same at 4.5 %.
    #[test]
    fn present_values_of_the_circular() {
        let cost = [10.0, 20.0, 30.0, 30.0, 20.0, 10.0, 5.0, 5.0, 5.0, 5.0];
        let benefit = [0.0, 0.0, 5.0, 10.0, 30.0, 40.0, 40.0, 40.0, 40.0, 25.0];
        let of = |rate| [&cost, &benefit].map(|flows| worth(flows, &Schedule::flat(rate)));
        let [costs, benefits] = of(0.031);
        near(costs, 123.373_130);
        near(benefits, 184.919_212);
        near(benefits - costs, 61.546_082);
        let [costs, benefits] = of(0.045);
        near(costs, 116.831_922);
        near(benefits, 168.091_370);
        near(benefits - costs, 51.259_448);
        near(benefits / costs, 1.438_745);
        let switching = |of: f64| (benefits - costs) / of * 100.0;
        near(-switching(benefits), -30.494_991);
        near(switching(costs), 43.874_522);
    }

    /// Oracle O3.
    #[test]
    fn the_present_value_of_a_spreadsheet() {
        let flows = [-10_000.0, 3000.0, 4200.0, 6800.0];
        near(worth(&flows, &Schedule::flat(0.1)), 1_188.443_412);
    }

    #[test]
    fn every_result_stands_once() {
        let names: std::collections::BTreeSet<_> = OUTCOMES.iter().map(|it| it.0).collect();
        assert_eq!(names.len(), OUTCOMES.len());
        let other = crate::analysis::appraisal::TOTALS.iter().map(|it| it.0);
        assert!(other.into_iter().all(|name| !names.contains(name)));
    }
}

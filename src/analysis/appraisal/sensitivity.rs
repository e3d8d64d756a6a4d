//! What the net present value is when an assumption is moved, and how far each may be moved until it
//! is 0.

use crate::analysis::appraisal::AppraisalFigure;
use crate::analysis::appraisal::appraised::Moved;
use crate::analysis::appraisal::appraised::Statement;
use crate::analysis::appraisal::appraised::Test;
use crate::analysis::appraisal::appraised::Values;
use crate::analysis::appraisal::appraised::less;
use crate::analysis::appraisal::flow::Account;
use crate::analysis::appraisal::flow::Flow;
use crate::analysis::appraisal::flow::Scope;
use crate::analysis::appraisal::irr;
use crate::analysis::appraisal::judge;
use crate::analysis::appraisal::judge::Judge;
use crate::analysis::appraisal::statement::Tested;
use crate::analysis::appraisal::terms::Won;
use crate::analysis::statistics::Spread;
use crate::scenario::appraisal::Schedule;

/// Years by which benefits are delayed.
pub(super) const DELAYS: [u16; 3] = [1, 2, 3];
/// Why there is no internal rate.
const NO_RATE: &str = "no rate: the net value is 0 at no discount rate";
/// Why there is none where nothing differs from the baseline.
const EVERY_RATE: &str = "no rate: nothing differs from the baseline in any year, so the net value is 0 at every discount rate";
/// Changes of costs and benefits that are tried `[%]`.
const CHANGES: [i8; 4] = [-20, -10, 10, 20];
/// Why no one internal rate is given.
const MANY_RATES: &str = "several rates: read the net present value";
/// Why there is no switching value of costs.
const NO_COSTS: &str = "none: the policy costs no more than the baseline";
/// Why there is no switching value of benefits.
const NO_BENEFITS: &str = "none: the policy brings no more than the baseline";
/// Why there is no switching value of the share elsewhere.
const NO_SHARE: &str = "none: the net present value is 0 at no share from 0 to 1";
/// Why there is none of value added.
const NO_PER_JOB: &str = "none: the net present value is 0 at no value added of a job above 0";
/// Why there is none of the cost of public funds.
const NO_FUNDS: &str = "none: the net present value is 0 at no cost of public funds of 1 or more";
/// Why there is no switching delay.
const NO_DELAY: &str = "none within the period";
/// The same where there is nothing to lose.
const BELOW_ZERO: &str = "none: the net present value is not above 0 without delay";

/// An assumption that is moved: costs and benefits then, and the net present value by replication.
struct Assumed {
    moved: Moved,
    sides: [Won; 2],
    npv: Vec<f64>,
}

/// Why net flows have no internal rate.
pub(super) fn no_rate(net: &[f64]) -> &'static str {
    if net.iter().all(|flow| *flow == 0.0) { EVERY_RATE } else { NO_RATE }
}

/// A range's ends; one of them where they are the same.
fn levels([low, high]: [f64; 2]) -> impl Iterator<Item = f64> {
    [Some(low), Some(high).filter(|high| *high > low)].into_iter().flatten()
}

/// A switching value, or why there is none.
fn switching(moved: fn(f64) -> Moved, value: Option<f64>, note: &'static str) -> Test {
    Test {
        moved: moved(value.unwrap_or_default()),
        switching: true,
        exists: value.is_some(),
        npv: value.map(|_| Won::default()),
        ratio: None,
        spread: None,
        below_zero: None,
        note: if value.is_some() { "" } else { note },
    }
}

impl Statement<'_> {
    /// Every test, then every switching value.
    pub(super) fn sensitivity(
        &self,
        tried: &[(Moved, Schedule)],
        values: &Values,
        judge: Judge,
    ) -> Vec<Test> {
        let [costs, benefits, ..] = &values.present[0];
        let [cost, benefit] =
            [Account::Costs, Account::Benefits].map(|account| self.total(account, Scope::Period));
        let [above, below] = values.above_and_below(&self.terms, Scope::Period);
        let has_ratio = matches!(
            judge.benefit_cost(&above, &below, "").0,
            AppraisalFigure::Ratio { ratio: Some(_), .. }
        );
        let paid = self.worth(Account::Payments, Scope::Period, &self.terms.rules().rate, 0);
        let with_paid = |moved, sides: [Won; 2], paid: Won, npv: &[f64]| Test {
            moved,
            switching: false,
            exists: true,
            npv: Some(sides[1] - sides[0]),
            ratio: Some(self.terms.ratio(sides, paid)).filter(|it| has_ratio && it.is_finite()),
            spread: Spread::from_values(npv),
            below_zero: (npv.len() > 1).then(|| judge::share_below_0(npv)),
            note: "",
        };
        let test = |moved, sides, npv: &[f64]| with_paid(moved, sides, paid, npv);
        let mut tests = Vec::new();
        for change in CHANGES.map(f64::from) {
            let factor = 1.0 + change / 100.0;
            let npv: Vec<f64> = benefits.iter().zip(costs).map(|(b, c)| b - factor * c).collect();
            // Of what public payers pay, what is no transfer moves too.
            let paid = paid + self.public_costs().times(factor - 1.0);
            tests.push(with_paid(Moved::Costs(change), [cost.times(factor), benefit], paid, &npv));
        }
        for change in CHANGES.map(f64::from) {
            let factor = 1.0 + change / 100.0;
            let npv: Vec<f64> = benefits.iter().zip(costs).map(|(b, c)| factor * b - c).collect();
            tests.push(test(Moved::Benefits(change), [cost, benefit.times(factor)], &npv));
        }
        for ((moved, schedule), [costs, benefits]) in tried.iter().zip(&values.rates) {
            let both = [Account::Costs, Account::Benefits]
                .map(|account| self.worth(account, Scope::Period, schedule, 0));
            let paid = self.worth(Account::Payments, Scope::Period, schedule, 0);
            tests.push(with_paid(moved.clone(), both, paid, &less(benefits, costs)));
        }
        for (delay, benefits) in DELAYS.into_iter().zip(&values.delays) {
            let late =
                self.worth(Account::Benefits, Scope::Period, &self.terms.rules().rate, delay);
            let moved = Moved::Delay(f64::from(delay));
            tests.push(test(moved, [cost, late], &less(benefits, costs)));
        }
        tests.extend(self.assumed(cost, benefit, values).into_iter().map(|of| {
            let Assumed { moved, sides, npv } = of;
            test(moved, sides, &npv)
        }));
        tests.extend(self.switching(cost, benefit));
        tests.extend(self.switching_assumed(benefit - cost));
        tests
    }

    /// The present value of what the economic account has as cost and a public payer pays.
    fn public_costs(&self) -> Won {
        let counted = self.counted(Account::Costs, Scope::Period);
        let public = counted.filter(|flow| Account::Payments.counts(flow.item));
        public.map(|flow| flow.amount().times(self.factor(flow, false))).sum()
    }

    /// The present value of what is tested by itself.
    fn tested(&self, of: Tested) -> Won {
        let closing = self.span.closing;
        let counts = |flow: &&Flow| of.has(flow.item.0) && Scope::Period.has(flow.part, closing);
        let counted = self.flows.iter().filter(counts);
        counted.map(|flow| flow.amount().times(self.factor(flow, false))).sum()
    }

    /// What public payers pay less what they get, discounted as the economic account is.
    fn public_net(&self) -> Won {
        let rate = &self.terms.rules().rate;
        let of = |account| self.worth(account, Scope::Period, rate, 0);
        of(Account::Payments) - of(Account::Receipts)
    }

    /// Assumptions that the scenario makes, each at the least and the greatest that it holds possible, and the value
    /// added of a job so much lower and higher.
    fn assumed(&self, cost: Won, benefit: Won, values: &Values) -> Vec<Assumed> {
        let burden = self.terms.burden();
        let [costs, benefits, ..] = &values.present[0];
        let npv = less(benefits, costs);
        let [added, elsewhere, taxes, taxes_elsewhere] = &values.parts;
        let [of_added, of_elsewhere, of_taxes, of_taxes_elsewhere] =
            Tested::ALL.map(|of| self.tested(of));
        let mut all = Vec::new();
        for share in levels(self.terms.opportunity_range) {
            let by = |added: f64, elsewhere: f64| -elsewhere - share * added;
            let sides = [
                cost - (-of_taxes_elsewhere - of_taxes.times(share)).times(burden),
                benefit - of_elsewhere - of_added.times(share),
            ];
            let moved = (0..npv.len()).map(|it| {
                npv[it] + by(added[it], elsewhere[it]) + burden * by(taxes[it], taxes_elsewhere[it])
            });
            all.push(Assumed {
                moved: Moved::OpportunityShare(share),
                sides,
                npv: moved.collect(),
            });
        }
        for change in CHANGES.map(f64::from) {
            let by = change / 100.0;
            let moved = npv.iter().zip(added.iter().zip(elsewhere));
            all.push(Assumed {
                moved: Moved::ValueAddedPerJob(change),
                sides: [cost, benefit + (of_added + of_elsewhere).times(by)],
                npv: moved.map(|(npv, (here, there))| npv + by * (here + there)).collect(),
            });
        }
        for level in levels(self.terms.funds_range) {
            let by = level - 1.0 - burden;
            let moved = npv.iter().zip(values.public[0].iter().zip(&values.receipts));
            all.push(Assumed {
                moved: Moved::CostOfPublicFunds(level),
                sides: [cost + self.public_net().times(by), benefit],
                npv: moved.map(|(npv, (paid, got))| npv - by * (paid - got)).collect(),
            });
        }
        all
    }

    /// Where the net present value is 0: by the share elsewhere, by value added of a job, by the cost of public
    /// funds.
    fn switching_assumed(&self, npv: Won) -> [Test; 3] {
        let burden = self.terms.burden();
        let [added, elsewhere, taxes, taxes_elsewhere] =
            Tested::ALL.map(|of| self.tested(of).millions());
        let (npv, public) = (npv.millions(), self.public_net().millions());
        let slope = added + burden * taxes;
        let share = (npv - elsewhere - burden * taxes_elsewhere) / slope;
        let per_job = -npv / (added + elsewhere) * 100.0;
        let funds = 1.0 + burden + npv / public;
        let within = |value: f64, low: f64, high: f64| {
            Some(value).filter(|value| value.is_finite() && (low..=high).contains(value))
        };
        [
            switching(Moved::OpportunityShare, within(share, 0.0, 1.0), NO_SHARE),
            switching(Moved::ValueAddedPerJob, within(per_job, -100.0, f64::MAX), NO_PER_JOB),
            switching(Moved::CostOfPublicFunds, within(funds, 1.0, f64::MAX), NO_FUNDS),
        ]
    }

    /// Where the net present value is 0: by costs, by benefits, by the rate, by the delay.
    fn switching(&self, cost: Won, benefit: Won) -> [Test; 4] {
        let npv = (benefit - cost).millions();
        let share = |of: Won| (of.0 > 0).then(|| npv / of.millions() * 100.0);
        let net = self.net(Account::Costs, Account::Benefits);
        let rates = irr::internal_rates(&net);
        let rate = rates.first().filter(|_| rates.len() == 1);
        let of_rate = match rates.len() {
            0 => no_rate(&net),
            1 => "",
            _ => MANY_RATES,
        };
        let delay = self.switching_delay(cost, benefit);
        [
            switching(Moved::Costs, share(cost), NO_COSTS),
            switching(Moved::Benefits, share(benefit).map(|share| -share), NO_BENEFITS),
            switching(Moved::Rate, rate.map(|rate| rate * 100.0), of_rate),
            switching(Moved::Delay, delay, if npv > 0.0 { NO_DELAY } else { BELOW_ZERO }),
        ]
    }

    /// By how many years benefits may come late until the net present value is 0, between whole years in
    /// a straight line.
    fn switching_delay(&self, cost: Won, benefit: Won) -> Option<f64> {
        let mut before = benefit - cost;
        if before.0 <= 0 {
            return None;
        }
        let schedule = &self.terms.rules().rate;
        let years = self.span.end.saturating_sub(self.span.start) + 1;
        for delay in 1..=years {
            let npv = self.worth(Account::Benefits, Scope::Period, schedule, delay) - cost;
            if npv.0 <= 0 {
                let part = before.millions() / (before - npv).millions();
                return Some(f64::from(delay - 1) + part);
            }
            before = npv;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flows_of_nothing_are_worth_nothing_at_every_rate() {
        assert_eq!(no_rate(&[0.0, 0.0]), EVERY_RATE);
        assert_eq!(no_rate(&[0.0, -1.0]), NO_RATE);
    }
}

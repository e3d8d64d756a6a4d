//! What the net present value is when an assumption is moved, and how far each may be moved until it
//! is 0.

use crate::analysis::appraisal::AppraisalFigure;
use crate::analysis::appraisal::appraised::Moved;
use crate::analysis::appraisal::appraised::Statement;
use crate::analysis::appraisal::appraised::Test;
use crate::analysis::appraisal::appraised::Values;
use crate::analysis::appraisal::appraised::less;
use crate::analysis::appraisal::irr;
use crate::analysis::appraisal::judge;
use crate::analysis::appraisal::judge::Judge;
use crate::analysis::appraisal::statement::Account;
use crate::analysis::appraisal::statement::Scope;
use crate::analysis::appraisal::terms::Won;
use crate::analysis::statistics::Spread;
use crate::scenario::appraisal::Schedule;

/// Years by which benefits are delayed.
pub(super) const DELAYS: [u16; 3] = [1, 2, 3];
/// Why there is no internal rate.
pub(super) const NO_RATE: &str = "no rate: benefits less costs are worth nothing at none";
/// Changes of costs and benefits that are tried `[%]`.
const CHANGES: [i8; 4] = [-20, -10, 10, 20];
/// Why no one internal rate is given.
const MANY_RATES: &str = "several rates: read the net present value";
/// Why there is no switching value of costs or benefits.
const NO_SUM: &str = "none: the sum is not above 0";
/// Why there is no switching delay.
const NO_DELAY: &str = "none within the period";
/// The same where there is nothing to lose.
const BELOW_ZERO: &str = "none: the net present value is not above 0 without delay";

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
        let has_ratio = matches!(
            judge.benefit_cost(benefits, costs, "").0,
            AppraisalFigure::Ratio { ratio: Some(_), .. }
        );
        let test = |moved, [cost, benefit]: [Won; 2], npv: &[f64]| Test {
            moved,
            switching: false,
            exists: true,
            npv: Some(benefit - cost),
            ratio: (has_ratio && cost.0 > 0).then(|| benefit.millions() / cost.millions()),
            spread: Spread::from_values(npv),
            below_zero: (npv.len() > 1).then(|| judge::share_below_0(npv)),
            note: "",
        };
        let mut tests = Vec::new();
        for change in CHANGES.map(f64::from) {
            let factor = 1.0 + change / 100.0;
            let npv: Vec<f64> = benefits.iter().zip(costs).map(|(b, c)| b - factor * c).collect();
            tests.push(test(Moved::Costs(change), [cost.times(factor), benefit], &npv));
        }
        for change in CHANGES.map(f64::from) {
            let factor = 1.0 + change / 100.0;
            let npv: Vec<f64> = benefits.iter().zip(costs).map(|(b, c)| factor * b - c).collect();
            tests.push(test(Moved::Benefits(change), [cost, benefit.times(factor)], &npv));
        }
        for ((moved, schedule), [costs, benefits]) in tried.iter().zip(&values.rates) {
            let both = [Account::Costs, Account::Benefits]
                .map(|account| self.worth(account, Scope::Period, schedule, 0));
            tests.push(test(moved.clone(), both, &less(benefits, costs)));
        }
        for (delay, benefits) in DELAYS.into_iter().zip(&values.delays) {
            let late =
                self.worth(Account::Benefits, Scope::Period, &self.terms.rules().rate, delay);
            let moved = Moved::Delay(f64::from(delay));
            tests.push(test(moved, [cost, late], &less(benefits, costs)));
        }
        tests.extend(self.switching(cost, benefit));
        tests
    }

    /// Where the net present value is 0: by costs, by benefits, by the rate, by the delay.
    fn switching(&self, cost: Won, benefit: Won) -> [Test; 4] {
        let npv = (benefit - cost).millions();
        let share = |of: Won| (of.0 > 0).then(|| npv / of.millions() * 100.0);
        let rates = irr::internal_rates(&self.net(Account::Costs, Account::Benefits));
        let rate = rates.first().filter(|_| rates.len() == 1);
        let of_rate = match rates.len() {
            0 => NO_RATE,
            1 => "",
            _ => MANY_RATES,
        };
        let delay = self.switching_delay(cost, benefit);
        let none = |moved: fn(f64) -> Moved, value: Option<f64>, note: &'static str| Test {
            moved: moved(value.unwrap_or_default()),
            switching: true,
            exists: value.is_some(),
            npv: value.map(|_| Won::default()),
            ratio: None,
            spread: None,
            below_zero: None,
            note: if value.is_some() { "" } else { note },
        };
        [
            none(Moved::Costs, share(cost), NO_SUM),
            none(Moved::Benefits, share(benefit).map(|share| -share), NO_SUM),
            none(Moved::Rate, rate.map(|rate| rate * 100.0), of_rate),
            none(Moved::Delay, delay, if npv > 0.0 { NO_DELAY } else { BELOW_ZERO }),
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

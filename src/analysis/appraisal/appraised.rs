//! An appraised policy: its statement, results and tests, and the sums of its flows.

use crate::analysis::appraisal::flow::Account;
use crate::analysis::appraisal::flow::Flow;
use crate::analysis::appraisal::flow::Part;
use crate::analysis::appraisal::flow::Scope;
use crate::analysis::appraisal::terms::Span;
use crate::analysis::appraisal::terms::Terms;
use crate::analysis::appraisal::terms::Won;
use crate::analysis::statistics::Spread;
use crate::scenario::appraisal::RatioOver;
use crate::scenario::appraisal::Schedule;
use crate::scenario::payers::Payers;

/// A result of a policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Its name, of `OUTCOMES`.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// The figure of the mean flows: of money the sum of the rows of `flows.csv`.
    pub mean: Option<f64>,
    /// The 95 % interval of the mean.
    pub interval: [Option<f64>; 2],
    /// The spread of replications.
    pub spread: Option<Spread>,
    /// The share of replications below 0.
    pub below_zero: Option<f64>,
    /// What is to be said.
    pub note: String,
}

/// What is moved in a test of sensitivity.
#[derive(Clone, Debug, PartialEq)]
pub enum Moved {
    /// Costs, by a share `[%]`.
    Costs(f64),
    /// Benefits, by a share `[%]`.
    Benefits(f64),
    /// The discount rate `[%/year]`.
    Rate(f64),
    /// The schedule of discount rates: the rule set's lower one.
    LowerRate,
    /// The benefits, later by so many years.
    Delay(f64),
    /// The share of a net job that would be elsewhere in the country, to a level.
    OpportunityShare(f64),
    /// Value added of a job, by a share `[%]`.
    ValueAddedPerJob(f64),
    /// What a unit of public money costs society, to a level.
    CostOfPublicFunds(f64),
}

impl Moved {
    /// What is moved, in files.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Costs(_) => "costs",
            Self::Benefits(_) => "benefits",
            Self::Rate(_) => "rate",
            Self::LowerRate => "lower_rate",
            Self::Delay(_) => "delay",
            Self::OpportunityShare(_) => "opportunity_share",
            Self::ValueAddedPerJob(_) => "value_added_per_job",
            Self::CostOfPublicFunds(_) => "marginal_cost_of_public_funds",
        }
    }

    /// What it means, English and Korean.
    #[must_use]
    pub const fn meaning(&self) -> [&'static str; 2] {
        match self {
            Self::Costs(_) => ["All costs, by a share", "비용 전체의 변화율"],
            Self::Benefits(_) => ["All benefits, by a share", "편익 전체의 변화율"],
            Self::Rate(_) => ["The discount rate, to a level", "할인율 수준"],
            Self::LowerRate => ["The rule set's lower discount rates", "적용 규정의 낮은 할인율"],
            Self::Delay(_) => [
                "Benefits so many years later, what comes after the period lost",
                "편익 발생 지연(기간 이후분 제외)",
            ],
            Self::OpportunityShare(_) => [
                "Share of a net job's value added and taxes that would be elsewhere in the country, to a level",
                "순증 일자리의 부가가치·세금 중 타 지역에서 발생하였을 비율 수준",
            ],
            Self::ValueAddedPerJob(_) => {
                ["Value added of a job, by a share", "일자리당 부가가치의 변화율"]
            }
            Self::CostOfPublicFunds(_) => [
                "What a unit of public money costs society, to a level, in place of the rule set's",
                "공공 재원의 한계 비용 수준(적용 규정 대체)",
            ],
        }
    }

    /// To or by what, with its unit.
    #[must_use]
    pub const fn value(&self) -> (Option<f64>, &'static str) {
        match self {
            Self::Costs(share) | Self::Benefits(share) | Self::ValueAddedPerJob(share) => {
                (Some(*share), "%")
            }
            Self::OpportunityShare(level) | Self::CostOfPublicFunds(level) => (Some(*level), "1"),
            Self::Rate(rate) => (Some(*rate), "%/year"),
            Self::LowerRate => (None, ""),
            Self::Delay(years) => (Some(*years), "years"),
        }
    }
}

/// A result when something is moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// What is moved; of a switching value up to where the net present value is 0.
    pub moved: Moved,
    /// Whether it is a switching value.
    pub switching: bool,
    /// Whether there is such a value.
    pub exists: bool,
    /// The net present value then.
    pub npv: Option<Won>,
    /// The benefit-cost ratio then.
    pub ratio: Option<f64>,
    /// The spread of the net present value over replications.
    pub spread: Option<Spread>,
    /// The share of replications whose net present value is below 0.
    pub below_zero: Option<f64>,
    /// What is to be said.
    pub note: &'static str,
}

/// A step from the scenario's own accounts to the rule set: its name, English and Korean, and what it adds to
/// costs and to benefits; of the last their sums.
pub type BridgeStep = (&'static (&'static str, &'static str, &'static str), [Won; 2]);

/// The appraisal of one policy.
#[derive(Clone, Debug)]
pub struct Statement<'a> {
    /// The policy.
    pub policy: &'a str,
    /// The policy that it is compared with.
    pub baseline: &'a str,
    /// By what it is appraised.
    pub terms: Terms,
    /// Who pays and receives.
    pub payers: &'a Payers,
    /// The years that are appraised.
    pub span: Span,
    /// The flows.
    pub flows: Vec<Flow>,
    /// The results, in the order of `OUTCOMES`.
    pub outcomes: Vec<Outcome>,
    /// Tests of sensitivity and switching values.
    pub tests: Vec<Test>,
    /// From the scenario's own accounts to the results.
    pub bridge: Vec<BridgeStep>,
}

/// Present values and rates of every replication.
#[derive(Default)]
pub(super) struct Values {
    /// By scope and account.
    pub(super) present: [[Vec<f64>; 4]; 2],
    /// What public payers pay, discounted as the economic account is, by scope.
    pub(super) public: [Vec<f64>; 2],
    /// What they get over the period, likewise.
    pub(super) receipts: Vec<f64>,
    /// What is tested by itself, over the period.
    pub(super) parts: [Vec<f64>; 4],
    /// Of costs and benefits, by rate.
    pub(super) rates: Vec<[Vec<f64>; 2]>,
    /// Of benefits, by delay.
    pub(super) delays: Vec<Vec<f64>>,
    /// Internal rates of the economic and the financial account, where there is one.
    pub(super) irr: [Vec<Option<f64>>; 2],
    /// Net flows of the economic and the financial account, summed over each unit of the design, from the first
    /// year of the period on.
    pub(super) units: [Vec<f64>; 2],
    /// Modified rates, where there is one.
    pub(super) modified: Vec<Option<f64>>,
}

impl Values {
    /// What stands above and below the line of the benefit-cost ratio.
    pub(super) fn above_and_below(&self, terms: &Terms, scope: Scope) -> [Vec<f64>; 2] {
        let [costs, benefits, ..] = &self.present[scope as usize];
        match terms.rules().ratio.over {
            RatioOver::Costs => [benefits.clone(), costs.clone()],
            RatioOver::PublicCost => {
                let public = &self.public[scope as usize];
                let npv = less(benefits, costs);
                [npv.iter().zip(public).map(|(npv, paid)| npv + paid).collect(), public.clone()]
            }
        }
    }
}

/// Value by value.
pub(super) fn less(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

impl Statement<'_> {
    /// A result by its name.
    #[must_use]
    pub fn outcome(&self, name: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.name == name)
    }

    /// The discount factor of a flow, of the economic or the financial account.
    #[must_use]
    pub fn factor(&self, flow: &Flow, financial: bool) -> f64 {
        let rules = self.terms.rules();
        let schedule = if financial { rules.financial() } else { &rules.rate };
        self.terms.factor(schedule, flow.year)
    }

    /// The sum of the discounted flows that count to an account.
    #[must_use]
    pub fn total(&self, account: Account, scope: Scope) -> Won {
        let rules = self.terms.rules();
        let schedule = if account.is_financial() { rules.financial() } else { &rules.rate };
        self.worth(account, scope, schedule, 0)
    }

    /// The sum of the flows that count to an account, by a schedule; those of no asset so late.
    pub(super) fn worth(
        &self,
        account: Account,
        scope: Scope,
        schedule: &Schedule,
        delay: u16,
    ) -> Won {
        self.counted(account, scope)
            .map(|flow| {
                let is_asset = matches!(flow.part, Part::ValueAtHorizon | Part::ValueAtEnd);
                let year = flow.year.saturating_add(if is_asset { 0 } else { delay });
                let lost = year > self.span.end;
                let factor = if lost { 0.0 } else { self.terms.factor(schedule, year) };
                flow.amount().times(factor)
            })
            .sum()
    }

    /// The flows that count to an account.
    pub fn counted(&self, account: Account, scope: Scope) -> impl Iterator<Item = &Flow> {
        let closing = self.span.closing;
        let counts = move |flow: &&Flow| account.counts(flow.item) && scope.has(flow.part, closing);
        self.flows.iter().filter(counts)
    }

    /// The net flows of the means, from the first year with one on `[KRW m]`.
    pub(super) fn net(&self, less: Account, more: Account) -> Vec<f64> {
        let years = usize::from(self.span.end.saturating_sub(self.span.start)) + 1;
        let mut net = vec![Won::default(); years];
        for (account, sign) in [(less, false), (more, true)] {
            for flow in self.counted(account, Scope::Period) {
                let place = usize::from(flow.year.saturating_sub(self.span.start));
                if let Some(sum) = net.get_mut(place) {
                    *sum = if sign { *sum + flow.amount() } else { *sum - flow.amount() };
                }
            }
        }
        net.into_iter().map(Won::millions).collect()
    }
}

//! What a run found, as the report and the pictures show it: read from its tables.
//!
//! A run that ends and `yangjae report` read the same files, so both write the same bytes.

pub mod about;
pub mod error;
pub mod figure;
pub mod finished;
pub mod headline;
mod read;
pub mod series;

use std::collections::BTreeMap;

use crate::analysis::pairs::COMPARED;
use crate::analysis::pairs::Ranking;
use crate::report::tables::assumptions::AssumptionMove;
use crate::report::tables::attribution::Contribution;
use crate::report::tables::noise::VarianceParts;
use crate::report::tables::read::Stored;
use crate::report::tables::validation::ObservedFigure;
use crate::report::tables::validation::StylisedFact;
use crate::report::views::deciding::DecisionTables;
use crate::report::views::findings::about::About;
use crate::report::views::findings::figure::Figure;
use crate::report::views::findings::series::SeriesFacts;
use crate::scenario::edit;

/// Two policies in a headline metric of the last year, or in a total of the appraisal.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RankedPair {
    /// The first less the second.
    pub difference: Figure,
    /// Share of replications in which the first is higher, ties counted half.
    pub higher: Option<f64>,
    /// Whether the model ranks the two; nothing for a single replication.
    pub ranking: Option<Ranking>,
}

/// A term of the jobs account in the last year.
#[derive(Clone, Debug, PartialEq)]
pub struct JobsTerm {
    /// The policy, by its place.
    pub policy: usize,
    /// The term.
    pub term: String,
    /// The figure.
    pub figure: Figure,
    /// The remark.
    pub note: String,
}

/// A line of the appraisal.
#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    /// The policy, by its place.
    pub policy: usize,
    /// The item.
    pub item: String,
    /// Who pays or receives; `all` for totals.
    pub payer: String,
    /// The unit.
    pub unit: String,
    /// The figure.
    pub figure: Figure,
    /// The remark.
    pub note: String,
}

/// Jobs of a group of startups in the last year, against the baseline: of `groups.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupFact {
    /// The policy, by its place.
    pub policy: usize,
    /// District or city.
    pub place: String,
    /// What startups are grouped by.
    pub grouping: String,
    /// The group.
    pub group: String,
    /// The difference.
    pub figure: Figure,
}

/// A policy by the rule set of the run: of `appraisal/results.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Appraised {
    /// The policy.
    pub policy: usize,
    /// Economic net present value over the rule set's period, of the mean flows `[KRW m]`.
    pub value: Option<f64>,
    /// The share of replications in which it is below 0.
    pub below_0: Option<f64>,
    /// The last year of its period.
    pub last_year: u16,
    /// Benefit over cost; nothing where there is no ratio.
    pub ratio: Option<f64>,
    /// What is said of that ratio: where there is none, why.
    pub ratio_note: String,
    /// Net jobs of the whole country in the last simulated year, mean.
    pub national_jobs: Option<f64>,
}

/// Everything that the report shows.
#[derive(Debug)]
pub struct Findings {
    /// The scenario, its policies and the run.
    pub about: About,
    /// The series of charts and of the headline table.
    pub series: Vec<SeriesFacts>,
    /// Pairs of policies: by the place of the metric among [`COMPARED`], the policy and the other.
    pub pairs: BTreeMap<(usize, usize, usize), RankedPair>,
    /// Terms of the jobs account.
    pub terms: Vec<JobsTerm>,
    /// The accounts of `cost_benefit.csv`.
    pub money: Vec<Money>,
    /// What the rule set of the run makes of each policy.
    pub appraised: Vec<Appraised>,
    /// Jobs of groups against the baseline; nothing where the run counts no groups.
    pub groups: Vec<GroupFact>,
    /// `assumptions.csv`, where it is there.
    pub assumptions: Option<Stored<AssumptionMove<'static>>>,
    /// `attribution.csv`, where it is there.
    pub attribution: Option<Stored<Contribution<'static>>>,
    /// `noise.csv`, where it is there.
    pub noise: Option<Stored<VarianceParts<'static>>>,
    /// `validation.csv`, where it is there.
    pub validation: Option<Stored<ObservedFigure<'static>>>,
    /// The tables of `decision/`, where they are there.
    pub decision: Option<DecisionTables>,
    /// `stylised_facts.csv`, where it is there.
    pub stylised: Option<Stored<StylisedFact<'static>>>,
}

impl Findings {
    /// Two policies in a headline metric, from the first one's side; nothing where the tables have
    /// no such pair.
    #[must_use]
    pub fn pair(&self, metric: &str, place: &str, one: usize, other: usize) -> Option<RankedPair> {
        let of = COMPARED.iter().position(|&shown| shown == (metric, place))?;
        let turned = |pair: &RankedPair| RankedPair {
            difference: pair.difference.turned(),
            higher: pair.higher.map(|share| 1.0 - share),
            ranking: pair.ranking.map(Ranking::turned),
        };
        let pair = self.pairs.get(&(of, one, other)).copied();
        pair.or_else(|| self.pairs.get(&(of, other, one)).map(turned))
    }

    /// The policy that another one changes, by its name: `plan` of `plan--hub-delay-1y`.
    #[must_use]
    pub fn changed_by(&self, policy: usize) -> Option<usize> {
        let name = self.about.policies[policy].name.as_str();
        let is_base = |&other: &usize| {
            let rest = name.strip_prefix(self.about.policies[other].name.as_str());
            rest.is_some_and(|rest| rest.starts_with(edit::SEPARATOR))
        };
        let bases = (0..self.about.policies.len()).filter(is_base);
        bases.max_by_key(|&base| self.about.policies[base].name.len())
    }

    /// Whether the model ranks a policy against the baseline in a headline metric.
    #[must_use]
    pub fn ranking(&self, metric: &str, place: &str, policy: usize) -> Option<Ranking> {
        self.pair(metric, place, policy, self.about.baseline)?.ranking
    }

    /// The difference of a policy to the baseline in a metric of the last year.
    #[must_use]
    pub fn difference(&self, metric: &str, place: &str, policy: usize) -> Option<Figure> {
        let figure = *self.series_of(metric, place)?.difference[policy].last()?;
        figure.mean.map(|_| figure)
    }

    /// The series of a metric at a place.
    #[must_use]
    pub fn series_of(&self, metric: &str, place: &str) -> Option<&SeriesFacts> {
        self.series.iter().find(|series| series.metric == metric && series.place == place)
    }

    /// The figure of a total of a policy.
    #[must_use]
    pub fn total(&self, policy: usize, item: &str) -> Option<&Money> {
        self.money
            .iter()
            .find(|money| money.policy == policy && money.item == item && money.payer == "all")
    }

    /// The figure of a term of a policy.
    #[must_use]
    pub fn term(&self, policy: usize, term: &str) -> Option<&JobsTerm> {
        self.terms.iter().find(|found| found.policy == policy && found.term == term)
    }
}

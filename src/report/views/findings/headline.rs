//! THE HEADLINE SET: the policies that lead by any criterion. Terminal, report, workbook and
//! pictures show the same ones, and what conclusions rest on is told of them.

use crate::analysis::pairs::ALL_PAYERS;
use crate::analysis::pairs::MANY;
use crate::analysis::pairs::Ranking;
use crate::report::views::findings::Findings;
use crate::report::views::findings::figure::Figure;
use crate::report::views::findings::headline;

impl Findings {
    /// Chooses what lists and charts show where there are many policies.
    pub(super) fn list(&mut self) {
        if self.about.policies.len() <= MANY {
            return;
        }
        let mut order: Vec<usize> = self.about.compared().collect();
        headline::by_jobs(self, &mut order);
        let foremost = headline::foremost(self);
        order.sort_by_key(|policy| {
            (!foremost.contains(policy), !self.about.policies[*policy].headline)
        });
        for policy in order.split_off(MANY - 1) {
            let policy = &mut self.about.policies[policy];
            (policy.listed, policy.headline) = (false, false);
        }
    }

    /// The headline set without the baseline, most jobs first.
    #[must_use]
    pub fn headline(&self) -> Vec<usize> {
        let about = &self.about;
        let shown = |&policy: &usize| about.policies[policy].headline;
        let mut set: Vec<usize> = about.compared().filter(shown).collect();
        headline::by_jobs(self, &mut set);
        set
    }
}

/// With at most so many policies beside the baseline all are shown.
const FEW: usize = 8;

/// The least share of the range of economic net present values by which policies on the frontier
/// differ.
const NEAR: f64 = 0.01;

/// What a policy may lead by. All but the costs are differences to the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// Most jobs in the whole city in the last year.
    JobsCity,
    /// Most jobs in the district in the last year.
    JobsDistrict,
    /// Most firms in the whole city in the last year.
    Firms,
    /// Most investment raised by firms of the whole city in the last year.
    Investment,
    /// Highest economic net present value.
    EconomicNetPresentValue,
    /// Least public cost per net job-year, among policies that cost more than the baseline and add
    /// jobs.
    CostPerNetJobYear,
}

impl Criterion {
    /// Every criterion, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::JobsCity,
        Self::JobsDistrict,
        Self::Firms,
        Self::Investment,
        Self::EconomicNetPresentValue,
        Self::CostPerNetJobYear,
    ];

    /// The metric and place that it is about; nothing for criteria of the appraisal.
    #[must_use]
    pub const fn series(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::JobsCity => Some(("jobs", "city")),
            Self::JobsDistrict => Some(("jobs", "district")),
            Self::Firms => Some(("firms", "city")),
            Self::Investment => Some(("investment", "city")),
            Self::EconomicNetPresentValue | Self::CostPerNetJobYear => None,
        }
    }
}

/// A policy that leads by a criterion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leader {
    /// What it leads by.
    pub criterion: Criterion,
    /// The policy, by its place.
    pub policy: usize,
    /// Its figure in that criterion.
    pub figure: Figure,
}

/// The leading policy of every criterion that has one: by the mean, among policies that are better
/// than the baseline ([`Ranking::Higher`]).
#[must_use]
pub fn leaders(findings: &Findings) -> Vec<Leader> {
    let leader = |criterion| best(findings, criterion);
    Criterion::ALL.into_iter().filter_map(leader).collect()
}

/// The leading policy of a criterion.
#[must_use]
pub fn best(findings: &Findings, criterion: Criterion) -> Option<Leader> {
    let figures = findings.about.options().filter_map(|policy| {
        let figure = candidate(findings, criterion, policy)?;
        Some((figure.mean?, Leader { criterion, policy, figure }))
    });
    let sign = if criterion == Criterion::CostPerNetJobYear { -1.0 } else { 1.0 };
    // Of equals the first.
    let better = |one: (f64, Leader), other: (f64, Leader)| {
        if sign * other.0 > sign * one.0 { other } else { one }
    };
    figures.reduce(better).map(|(_, leader)| leader)
}

/// The policies whose figure is exactly a leader's; the leader comes before them in the scenario's order.
#[must_use]
pub fn equals(findings: &Findings, leader: &Leader) -> Vec<usize> {
    let mean = |policy| candidate(findings, leader.criterion, policy)?.mean;
    let is_equal = |policy: usize| {
        mean(policy)
            .zip(leader.figure.mean)
            .is_some_and(|(one, other)| one.total_cmp(&other).is_eq())
    };
    let others = findings.about.options().filter(|&policy| policy != leader.policy);
    others.filter(|&policy| is_equal(policy)).collect()
}

/// The figure by which a policy may lead; nothing where it is not better than the baseline.
fn candidate(findings: &Findings, criterion: Criterion, policy: usize) -> Option<Figure> {
    if let Some((metric, place)) = criterion.series() {
        let higher = findings.ranking(metric, place, policy) == Some(Ranking::Higher);
        return findings.difference(metric, place, policy).filter(|_| higher);
    }
    let total = |item| findings.total(policy, item).map(|total| total.figure);
    let is_higher = |item| total(item).and_then(|it| it.ranking()) == Some(Ranking::Higher);
    if criterion == Criterion::EconomicNetPresentValue {
        let item = "economic_net_present_value";
        return total(item).filter(|_| is_higher(item));
    }
    let counts =
        is_higher("fiscal_cost") && is_higher("net_job_years") && adds_jobs(findings, policy);
    total("cost_per_net_job_year").filter(|it| counts && it.mean.is_some_and(|mean| mean > 0.0))
}

fn adds_jobs(findings: &Findings, policy: usize) -> bool {
    findings.ranking("jobs", "city", policy) == Some(Ranking::Higher)
}

/// The policies that are ranked above the baseline by jobs in the city, and than which no other of these
/// has both more jobs in the city in the last year and a higher economic net present value, by their
/// means; most jobs first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    /// Those that differ: of the headline set.
    pub policies: Vec<usize>,
    /// Those whose value is higher than that of one of these by less than `NEAR` of the range of values,
    /// lest policies that hardly differ fill the set.
    pub near: Vec<usize>,
}

/// The frontier of jobs and economic value; empty where no policy adds jobs.
#[must_use]
pub fn frontier(findings: &Findings) -> Frontier {
    let figures = findings.about.options().filter(|&policy| adds_jobs(findings, policy));
    let figures = figures.filter_map(|policy| {
        let jobs = findings.difference("jobs", "city", policy)?.mean?;
        let value = findings.total(policy, "economic_net_present_value")?.figure.mean?;
        Some((jobs, value, policy))
    });
    let mut figures: Vec<(f64, f64, usize)> = figures.collect();
    figures.sort_by(|one, other| other.0.total_cmp(&one.0).then(other.1.total_cmp(&one.1)));
    let values = || figures.iter().map(|&(_, value, _)| value);
    let range = values().fold(f64::NEG_INFINITY, f64::max) - values().fold(f64::INFINITY, f64::min);
    let (mut highest, mut last) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    let mut frontier = Frontier::default();
    for &(_, value, policy) in &figures {
        if value > highest {
            highest = value;
            if value >= last + NEAR * range {
                last = value;
                frontier.policies.push(policy);
            } else {
                frontier.near.push(policy);
            }
        }
    }
    frontier
}

/// A policy with a higher economic net present value and more jobs in the city than others, at less
/// public cost; the baseline may be one of either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dominance {
    /// The policy.
    pub policy: usize,
    /// Those against which the model ranks it so in all three.
    pub ranked: Vec<usize>,
    /// Those against which it is so by the means alone.
    pub by_means: Vec<usize>,
}

/// Which policies dominate others, those with the highest value first; of policies that are dominated
/// themselves, nothing is said of whom they dominate.
#[must_use]
pub fn dominances(findings: &Findings) -> Vec<Dominance> {
    let about = &findings.about;
    let standing = |policy: usize| {
        if policy == about.baseline {
            return Some([0.0; 3]);
        }
        let total = |item| findings.total(policy, item)?.figure.mean;
        let jobs = findings.difference("jobs", "city", policy)?.mean?;
        Some([total("economic_net_present_value")?, jobs, -total("fiscal_cost")?])
    };
    let policies = about.options().chain([about.baseline]);
    let mut all: Vec<(usize, [f64; 3])> =
        policies.filter_map(|policy| Some((policy, standing(policy)?))).collect();
    all.sort_by(|one, other| other.1[0].total_cmp(&one.1[0]));
    let above = |one: &[f64; 3], other: &[f64; 3]| one.iter().zip(other).all(|(a, b)| a > b);
    let is_ranked = |one: usize, other: usize| {
        [
            ("economic_net_present_value", ALL_PAYERS, Ranking::Higher),
            ("jobs", "city", Ranking::Higher),
            ("fiscal_cost", ALL_PAYERS, Ranking::Lower),
        ]
        .iter()
        .all(|&(metric, place, wanted)| {
            findings.pair(metric, place, one, other).and_then(|it| it.ranking) == Some(wanted)
        })
    };
    let undominated = all.iter().filter(|(_, own)| !all.iter().any(|(_, it)| above(it, own)));
    let of_policy = |&(policy, ref own): &(usize, [f64; 3])| {
        let below = all.iter().filter(|(_, it)| above(own, it)).map(|&(other, _)| other);
        let (ranked, by_means) = below.partition(|&other| is_ranked(policy, other));
        Dominance { policy, ranked, by_means }
    };
    let found = undominated.map(of_policy);
    found.filter(|it| it.ranked.len() + it.by_means.len() > 0).collect()
}

/// The policy of whose gain for the district the largest share was only moved there, if that is
/// more than half; among those that move at least half as many jobs as any.
#[must_use]
pub fn moved(findings: &Findings) -> Option<usize> {
    let relocated = |policy: usize| findings.term(policy, "relocated")?.figure.mean;
    let most = findings.about.options().filter_map(relocated).fold(0.0, f64::max);
    let shares = findings.about.options().filter_map(|policy| {
        let gained = findings.difference("jobs", "district", policy)?.mean?;
        let moved = relocated(policy)?;
        // What the city gains tells against it, whatever the gross flows say.
        let city = findings.difference("jobs", "city", policy)?.mean?;
        let higher = findings.ranking("jobs", "district", policy) == Some(Ranking::Higher);
        let counts = higher && moved >= most / 2.0 && city < gained / 2.0;
        (counts && moved > gained / 2.0).then_some((moved / gained, policy))
    });
    // Of equals the first.
    let larger = |one: (f64, usize), other: (f64, usize)| if other.0 > one.0 { other } else { one };
    shares.reduce(larger).map(|(_, policy)| policy)
}

/// The policies that no list may lack: the leaders by every criterion, the policy whose gain is mostly
/// moved, and the one that loses most jobs.
#[must_use]
pub fn foremost(findings: &Findings) -> Vec<usize> {
    let leaders = leaders(findings).into_iter().map(|leader| leader.policy);
    leaders.chain(moved(findings)).chain(worst(findings)).collect()
}

/// The headline set without the baseline, most jobs in the city first: the leaders by every
/// criterion, the frontier of jobs and economic value, the policy whose gain is mostly moved, and
/// the one that loses most jobs. All policies where they are few; the first ones where none leads.
#[must_use]
pub fn headline(findings: &Findings) -> Vec<usize> {
    let about = &findings.about;
    let mut set: Vec<usize> = leaders(findings).iter().map(|leader| leader.policy).collect();
    set.extend(frontier(findings).policies);
    if set.is_empty() || about.compared().count() <= FEW {
        set.extend(about.compared().take(FEW));
    }
    set.extend(foremost(findings));
    set.sort_unstable();
    set.dedup();
    by_jobs(findings, &mut set);
    set
}

/// The policy that loses most jobs in the city.
fn worst(findings: &Findings) -> Option<usize> {
    let lower = |&policy: &usize| findings.ranking("jobs", "city", policy) == Some(Ranking::Lower);
    let losses = findings.about.options().filter(lower);
    let losses = losses
        .filter_map(|policy| Some((findings.difference("jobs", "city", policy)?.mean?, policy)));
    losses.min_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, policy)| policy)
}

/// Puts policies in the order of their jobs against the baseline, in the city or, where the run has
/// no figures of it, in the district; most first.
pub fn by_jobs(findings: &Findings, policies: &mut [usize]) {
    let place = if findings.series_of("jobs", "city").is_some() { "city" } else { "district" };
    by_jobs_in(findings, place, policies);
}

/// Puts policies in the order of their jobs at a place against the baseline; most first.
pub fn by_jobs_in(findings: &Findings, place: &str, policies: &mut [usize]) {
    let jobs = |policy| findings.difference("jobs", place, policy).and_then(|it| it.mean);
    let size = |policy: usize| jobs(policy).unwrap_or_default();
    policies.sort_by(|&one, &other| size(other).total_cmp(&size(one)));
}

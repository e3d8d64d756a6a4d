//! A decision among the policies of a run by one criterion: every judgement of it, from its values.

use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;

use crate::analysis::decision::boxes::BoxError;
use crate::analysis::decision::boxes::Found;
use crate::analysis::decision::boxes::Inputs;
use crate::analysis::decision::boxes::cart;
use crate::analysis::decision::boxes::prim;
use crate::analysis::decision::dominance::Dominance;
use crate::analysis::decision::dominance::dominance;
use crate::analysis::decision::information::Policies;
use crate::analysis::decision::information::Worth;
use crate::analysis::decision::ranking::Decision;
use crate::analysis::decision::ranking::Ranked;
use crate::analysis::decision::regret::Attitude;
use crate::analysis::decision::regret::Robustness;
use crate::analysis::decision::regret::robustness;
use crate::analysis::decision::sample::Sample;
use crate::analysis::decision::smooth::Smoother;
use crate::analysis::decision::survey::SurveyWorth;
use crate::analysis::decision::survey::evsi;
use crate::analysis::decision::switching::Crossing;
use crate::analysis::decision::switching::crossings;
use crate::analysis::decision::switching_pairs::PairRule;
use crate::analysis::decision::switching_pairs::switching_pairs;
use crate::analysis::statistics::Design;
use crate::experiment::pool::join;
use crate::scenario::survey::SurveyPlan;

/// So many policies, best by mean, are leading ones.
pub const LEADING: usize = 5;
/// And so are those that are best on average for so large a share of parameter draws: they are what the choice may
/// change to, however low their mean.
pub const LEADING_SHARE: f64 = 0.05;
/// With fewer replications nothing is told of parameters.
pub const FEWEST: usize = 100;
/// The optimism of Hurwicz's rule, and the standard deviations that are taken off a mean.
pub const OPTIMISM: f64 = 0.5;
/// Standard deviations that are taken off a mean.
pub const DEVIATIONS: f64 = 1.0;

/// What all criteria of a decision share.
#[derive(Clone, Debug)]
pub struct Replications<'a> {
    /// The draws of each parameter that varies and can move the criterion, a replication each; there may be none.
    pub draws: &'a [&'a [f64]],
    /// Surveys that parameters state, by their places among those that vary.
    pub surveys: &'a [(usize, SurveyPlan)],
    /// Groups of parameters by a name, as places among those that vary.
    pub groups: &'a [(&'static str, Vec<usize>)],
    /// How the replications hang together.
    pub design: Design,
    /// The place of the baseline among the policies.
    pub baseline: usize,
    /// The seed of resamples.
    pub seed: u64,
    /// Set by whoever wants it stopped.
    pub stop: &'a AtomicBool,
}

impl Replications<'_> {
    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// The worth of knowing something before deciding.
#[derive(Clone, Debug, PartialEq)]
pub struct Learnt {
    /// What is learnt.
    pub what: What,
    /// What it is worth.
    pub worth: Worth,
    /// Whether the estimate is above that of all parameters together, which stands in its place.
    pub is_capped: bool,
}

/// What may be learnt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Every parameter.
    All,
    /// A group of them, by its name.
    Group(&'static str),
    /// One, by its place among those that vary.
    Parameter(usize),
    /// What a survey of one says: its place, and how many observations.
    Survey(usize, u32),
}

/// Where one leading policy gives way to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Switches {
    /// The better policy by mean.
    pub policy: usize,
    /// The other.
    pub other: usize,
    /// Values of one parameter at which they change places.
    pub single: Vec<Crossing>,
    /// Pairs of parameters that tell which is better where one alone does not.
    pub pairs: Vec<PairRule>,
}

/// Where a policy is worse than the baseline, or below its target.
#[derive(Clone, Debug, PartialEq)]
pub struct Fails {
    /// The policy.
    pub policy: usize,
    /// The share of replications that fail.
    pub share: f64,
    /// The share that fails where the mean given the parameters does, as the regression has it. What else fails does so
    /// by chance, or by what the regression misses.
    pub real: f64,
    /// By replication: whether most of those with like parameters fail.
    pub cases: Vec<bool>,
    /// Boxes by PRIM.
    pub prim: Vec<Region>,
    /// Boxes by a tree, those denser than the whole.
    pub cart: Vec<Region>,
}

/// A box of parameters in which a policy fails.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// The box; its counts are of cases.
    pub found: Found,
    /// How many of its replications fail.
    pub failing: usize,
    /// How many fail in all.
    pub of: usize,
}

/// Every judgement by one criterion.
#[derive(Clone, Debug)]
pub struct Judged {
    /// By policy and replication: the mean given the parameters, m; where there are futures those of each after those of
    /// the present world.
    pub smooth: Vec<Vec<f64>>,
    /// By policy: how it ranks.
    pub ranked: Vec<Ranked>,
    /// The share of the variance of each policy's difference from the best that parameters explain; of the best, of its
    /// own.
    pub explained: Vec<f64>,
    /// Among the leading policies: who dominates whom.
    pub dominance: Vec<Dominance>,
    /// By policy: by rules for when probabilities are not trusted.
    pub robust: Vec<Robustness>,
    /// What may be learnt, all of it first.
    pub learnt: Vec<Learnt>,
    /// The leading policies, best first.
    pub leading: Vec<usize>,
    /// For each pair of them.
    pub switches: Vec<Switches>,
    /// For each of them but the baseline.
    pub fails: Vec<Fails>,
}

impl Judged {
    /// The policy with the best mean.
    #[must_use]
    pub fn best(&self) -> usize {
        self.leading.first().copied().unwrap_or_default()
    }

    /// Whether what goes by parameters is told of a policy: an effect of them is found on its difference from the best,
    /// or it is best in no replication, so that nothing hangs on it. Of the best: this holds of each of its leading
    /// rivals. Without an effect two policies differ by the same in every draw, which tells only that nothing is known.
    #[must_use]
    pub fn tells(&self, policy: usize, replications: usize) -> bool {
        let is_explained =
            |it: usize| self.explained[it] > 0.0 || self.ranked[it].probability_best <= 0.0;
        let best = self.best();
        // One that is the same in every draw is as the best.
        let is_best = policy == best || self.smooth[policy] == self.smooth[best];
        replications >= FEWEST
            && if is_best {
                self.leading.iter().take(LEADING).skip(1).all(|&it| is_explained(it))
            } else {
                is_explained(policy)
            }
    }
}

/// Why a decision cannot be judged.
#[derive(Debug, thiserror::Error)]
pub enum JudgeError {
    /// A value is not finite.
    #[error("a value of the criterion is no number: its weights are too large")]
    NotFinite,
    /// The boxes cannot be looked for; this is a mistake in the program.
    #[error(transparent)]
    Boxes(#[from] BoxError),
    /// It was stopped from outside.
    #[error("stopped before the end")]
    Stopped,
}

/// Judges policies by one criterion: `values[policy][replication]`, of which more is better.
///
/// # Errors
///
/// Fails where a value is not finite, and when it is stopped.
pub fn judge(
    of: &Replications<'_>,
    values: &[Vec<f64>],
    target: Option<f64>,
) -> Result<Judged, JudgeError> {
    let outcome = Sample::new(values).ok_or(JudgeError::NotFinite)?;
    let means = outcome.means().ok_or(JudgeError::NotFinite)?;
    let mut order: Vec<usize> = (0..means.len()).collect();
    order.sort_by(|&one, &other| means[other].total_cmp(&means[one]));
    let best = order.first().copied().ok_or(JudgeError::NotFinite)?;
    let of_policies = Smoother::of(of.draws, of.design).smooth_policies(values, best);
    let of_policies = of_policies.ok_or(JudgeError::NotFinite)?;
    let explained = of_policies.iter().map(|it| it.explained).collect();
    let smooth: Vec<Vec<f64>> = of_policies.into_iter().map(|it| it.fitted).collect();
    let smoothed = Sample::new(&smooth).ok_or(JudgeError::NotFinite)?;
    let Replications { design, baseline, seed, .. } = *of;
    let decision = Decision { outcome, smoothed, baseline, design, seed };
    let ranked = decision.rank().ok_or(JudgeError::NotFinite)?;
    let attitude = Attitude { optimism: OPTIMISM, target, deviations: DEVIATIONS };
    let robust = robustness(smoothed, attitude, (design, 1)).ok_or(JudgeError::NotFinite)?;
    let often = |place: usize| ranked[place].probability_best_on_average >= LEADING_SHARE;
    let leading = order.iter().enumerate().filter(|&(rank, &it)| rank < LEADING || often(it));
    let leading: Vec<usize> = leading.map(|(_, &it)| it).collect();
    let of_leading: Vec<Vec<f64>> = leading.iter().map(|&it| values[it].clone()).collect();
    let among = Sample::new(&of_leading).ok_or(JudgeError::NotFinite)?;
    let mut dominance = dominance(among, design, seed);
    for found in &mut dominance {
        (found.policy, found.other) = (leading[found.policy], leading[found.other]);
    }
    // Side by side, as few criteria leave threads without work.
    let (learnt, switches) =
        join(|| learnt(of, values, &smooth), || switches(of, &leading, values, &smooth));
    // Either ends early when it is stopped.
    if of.stopped() {
        return Err(JudgeError::Stopped);
    }
    let fails = fails(of, &leading, (values, &smooth), target)?;
    Ok(Judged { smooth, ranked, explained, dominance, robust, learnt, leading, switches, fails })
}

/// What every parameter, each group and each parameter are worth. A parameter's worth is told from the
/// outcomes, since the regression averages chance out, and is never more than that of all of them.
fn learnt(of: &Replications<'_>, values: &[Vec<f64>], smooth: &[Vec<f64>]) -> Vec<Learnt> {
    let draws = of.draws;
    let (Some(outcomes), Some(means)) = (Policies::of(values), Policies::of(smooth)) else {
        return Vec::new();
    };
    let all = means.evpi(of.design);
    let capped = |what: What, worth: Worth| Learnt {
        what,
        is_capped: worth.value > all.value,
        worth: Worth { value: worth.value.min(all.value), ..worth },
    };
    let mut found = vec![Learnt { what: What::All, worth: all, is_capped: false }];
    for (name, members) in of.groups.iter().take_while(|_| !of.stopped()) {
        let group: Vec<&[f64]> = members.iter().map(|&member| draws[member]).collect();
        found.push(capped(What::Group(name), outcomes.evppi_of_group(&group, of.design)));
    }
    for (place, draws) in draws.iter().enumerate().take_while(|_| !of.stopped()) {
        found.push(capped(What::Parameter(place), outcomes.evppi(draws, of.design)));
        let plans = of.surveys.iter().filter(|(of_one, _)| *of_one == place);
        for SurveyPlan { survey, sizes } in plans.map(|(_, plan)| plan) {
            let worth = evsi(&outcomes, draws, *survey, sizes, of.design);
            let of_size = |it: SurveyWorth| capped(What::Survey(place, it.size), it.worth);
            found.extend(worth.into_iter().flatten().map(of_size));
        }
    }
    found
}

/// Where each pair of leading policies changes places.
fn switches(
    of: &Replications<'_>,
    leading: &[usize],
    values: &[Vec<f64>],
    smooth: &[Vec<f64>],
) -> Vec<Switches> {
    let draws = of.draws;
    let difference = |of: &[Vec<f64>], policy: usize, other: usize| -> Vec<f64> {
        of[policy].iter().zip(&of[other]).map(|(one, two)| one - two).collect()
    };
    let mut pairs = Vec::new();
    for (place, &policy) in leading.iter().enumerate() {
        pairs.extend(leading[place + 1..].iter().map(|&other| (policy, other)));
    }
    let differences: Vec<Vec<f64>> =
        pairs.iter().map(|&(policy, other)| difference(values, policy, other)).collect();
    let differences: Vec<&[f64]> = differences.iter().map(Vec::as_slice).collect();
    let mut found: Vec<Switches> = pairs
        .iter()
        .take_while(|_| !of.stopped())
        .map(|&(policy, other)| Switches {
            policy,
            other,
            single: Vec::new(),
            pairs: switching_pairs(&difference(smooth, policy, other), draws, of.design),
        })
        .collect();
    for (parameter, draws) in draws.iter().enumerate().take_while(|_| !of.stopped()) {
        for (switches, crossing) in found.iter_mut().zip(crossings(parameter, draws, &differences))
        {
            switches.single.extend(crossing);
        }
    }
    found
}

/// Where each leading policy fails: a replication is a case where the mean given its parameters fails, as the
/// regression has it, whatever chance and what the regression misses made of it. Without parameters there is no box.
fn fails(
    of: &Replications<'_>,
    leading: &[usize],
    (values, smooth): (&[Vec<f64>], &[Vec<f64>]),
    target: Option<f64>,
) -> Result<Vec<Fails>, JudgeError> {
    let inputs = Inputs::new(of.draws)?;
    let failing = |of_policies: &[Vec<f64>], policy: usize| -> Vec<bool> {
        let limits = of_policies[of.baseline].iter().map(|value| target.unwrap_or(*value));
        of_policies[policy].iter().zip(limits).map(|(value, limit)| *value < limit).collect()
    };
    let mut found = Vec::new();
    for &policy in leading.iter().filter(|&&policy| policy != of.baseline || target.is_some()) {
        if of.stopped() {
            return Err(JudgeError::Stopped);
        }
        let (fails, cases) = (failing(values, policy), failing(smooth, policy));
        let settings = prim::Settings::default();
        let (prim, mut cart) = if of.draws.is_empty() {
            (Vec::new(), Vec::new())
        } else {
            let leaves = cart::leaves(&inputs, &cases, cart::LEAST_MASS, settings.largest_quasi_p);
            (prim::find(&inputs, &cases, &settings)?, leaves?)
        };
        let often = share(&cases);
        cart.retain(|leaf| leaf.density > often && leaf.density >= 0.5 && !leaf.limits.is_empty());
        cart.dedup_by(|one, other| one.limits == other.limits);
        let real: Vec<bool> = fails.iter().zip(&cases).map(|(one, other)| *one && *other).collect();
        found.push(Fails {
            policy,
            share: share(&fails),
            real: share(&real),
            prim: regions(prim, of.draws, &fails, true),
            cart: regions(cart, of.draws, &fails, false),
            cases,
        });
    }
    Ok(found)
}

/// The share that is marked.
fn share(marks: &[bool]) -> f64 {
    marks.iter().filter(|&&mark| mark).count() as f64 / marks.len().max(1) as f64
}

/// Boxes with the failures in them; where they are `apart`, a replication counts in the first that holds it.
fn regions(boxes: Vec<Found>, draws: &[&[f64]], fails: &[bool], apart: bool) -> Vec<Region> {
    let of = fails.iter().filter(|&&fails| fails).count();
    let mut free = vec![true; fails.len()];
    let region = |found: Found| {
        let mut failing = 0;
        for (place, fails) in fails.iter().enumerate() {
            let values: Vec<f64> = draws.iter().map(|draws| draws[place]).collect();
            if free[place] && found.holds(&values) {
                failing += usize::from(*fails);
                free[place] = !apart;
            }
        }
        Region { found, failing, of }
    };
    boxes.into_iter().map(region).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Key;
    use crate::random::Purpose;

    /// What is told of the best policy is told of one that does the same, and nothing else.
    #[test]
    fn a_policy_that_does_the_same_is_told_as_the_best() {
        let draw = |policy: u64, row: u64| {
            Key::world(3, row).entity(policy).uniform(0, Purpose::Analysis) - 0.5
        };
        let column = |number: u64, mean: f64| -> Vec<f64> {
            (0..120).map(|row| mean + draw(number, row)).collect()
        };
        let (parameter, stop) = (column(9, 0.0), AtomicBool::new(false));
        let draws = [parameter.as_slice()];
        let of = Replications {
            draws: &draws,
            surveys: &[],
            groups: &[],
            design: Design::INDEPENDENT,
            baseline: 0,
            seed: 1,
            stop: &stop,
        };
        // By chance alone, and by the parameter.
        for effect in [0.0, 3.0] {
            let other: Vec<f64> =
                column(2, -0.3).iter().zip(&parameter).map(|(it, x)| it + effect * x).collect();
            let values = [vec![-9.0; 120], column(1, 0.3), column(1, 0.3), other];
            let judged = judge(&of, &values, None).unwrap();
            assert_eq!(judged.best(), 1);
            assert_eq!(judged.tells(1, 120), judged.tells(2, 120));
            assert!(effect <= 0.0 || judged.tells(1, 120));
        }
    }

    /// Without a parameter that varies everything is judged but what hangs on parameters.
    #[test]
    fn policies_are_judged_without_parameters() {
        let draw = |policy: u64, row: u64| {
            Key::world(3, row).entity(policy).uniform(0, Purpose::Analysis) - 0.5
        };
        let policy = |number: u64, mean: f64| -> Vec<f64> {
            (0..120).map(|row| mean + draw(number, row)).collect()
        };
        let values = [vec![0.0; 120], policy(1, 0.2), policy(2, 0.3)];
        let stop = AtomicBool::new(false);
        let design = Design::INDEPENDENT;
        let of = Replications {
            draws: &[],
            surveys: &[],
            groups: &[],
            design,
            baseline: 0,
            seed: 1,
            stop: &stop,
        };
        for target in [None, Some(0.1)] {
            let judged = judge(&of, &values, target).unwrap();
            assert_eq!(judged.leading, [2, 1, 0]);
            assert_eq!(judged.learnt.len(), 1);
            assert_eq!(judged.learnt[0].worth.value.to_bits(), 0);
            assert!(judged.switches.iter().all(|it| it.single.is_empty() && it.pairs.is_empty()));
            for fails in &judged.fails {
                assert!(fails.prim.is_empty() && fails.cart.is_empty());
                assert_eq!(fails.cases.len(), 120);
            }
            assert!(judged.fails[0].share > 0.0 && judged.fails[0].real <= 0.0);
            assert!(!judged.tells(2, 120));
        }
    }
}

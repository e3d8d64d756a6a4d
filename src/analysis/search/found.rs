//! What a search has found, told from replications that it never saw.

use crate::analysis::search::course::Course;
use crate::analysis::search::course::CourseError;
use crate::analysis::search::course::FRESH;
use crate::analysis::search::course::HALVING;
use crate::analysis::search::course::State;
use crate::analysis::search::course::name;
use crate::analysis::search::course::widened;
use crate::analysis::search::measured::Figure;
use crate::analysis::search::measured::Measured;
use crate::analysis::search::measured::Statistic;
use crate::analysis::search::space::Package;
use crate::experiment::batch::Halted;
use crate::policy::lever::Lever;
use crate::policy::scale;
use crate::policy::scale::MOST_FACTOR;
use crate::scenario::Policy;
use crate::scenario::policy_text::Head;
use crate::scenario::variant;

/// The most packages that are told of.
pub const MOST: usize = 24;
/// Rounds in which a shipped policy is brought to the cost of a package.
const ROUNDS: usize = 3;
/// Shipped policies of which that is tried for a package, at most.
const TRIED: usize = 3;
/// A shipped policy costs as much as a package when it is off by no more than this share.
const EQUAL: f64 = 0.05;
/// A shipped policy is scaled by no more than this, or its inverse, so that it stays what it is.
const MOST_SCALED: f64 = 4.0;

/// A package of the frontier.
#[derive(Clone, Debug)]
pub struct Found {
    /// The name of its file.
    pub name: String,
    /// Its file.
    pub text: String,
    /// The package.
    pub package: Package,
    /// What it adds to the baseline in fresh replications.
    pub measured: Measured,
    /// The package that is better in every criterion beyond chance, by its place.
    pub dominated_by: Option<usize>,
    /// Whether it exceeds the budget beyond chance.
    pub over_budget: bool,
    /// The shipped policy with which it is compared, in its size of equal cost; none where none can be scaled to it.
    pub yardstick: Option<Yardstick>,
}

impl Found {
    /// Whether it stays on the frontier.
    #[must_use]
    pub const fn is_on_frontier(&self) -> bool {
        self.dominated_by.is_none() && !self.over_budget
    }
}

/// A shipped policy at the cost of a package.
#[derive(Clone, Debug)]
pub struct Yardstick {
    /// Its name.
    pub policy: String,
    /// The factor on its sizes.
    pub factor: f64,
    /// What it adds to the baseline in fresh replications.
    pub measured: Measured,
}

/// Whether a scaled policy came near enough to the cost of a package.
fn costs_as_much(yardstick: &Yardstick, own: &Measured) -> bool {
    let [cost, wanted] = [&yardstick.measured.cost, &own.cost].map(|it| Statistic::Mean.value(it));
    (cost - wanted).abs() <= EQUAL * wanted.abs()
}

/// Whether a package is a shipped policy in another size: the same levers at the same dates.
fn is_resized(package: &Policy, shipped: &Policy) -> bool {
    let levers = |policy: &Policy| {
        let of = |lever: &dyn Lever| {
            let common = lever.common();
            (common.name.clone(), common.from, common.until)
        };
        let mut levers: Vec<_> = policy.plan.levers().map(of).collect();
        levers.sort();
        levers
    };
    levers(package) == levers(shipped)
}

impl Course<'_> {
    /// The best packages of a search, evaluated anew on `fresh` replications, by rising cost.
    ///
    /// Each is compared with the shipped policy that promises most of the first aim at equal cost: by the ratio of
    /// aim to cost in replications of the search, among those that need be scaled by no more than four. The policy is
    /// then scaled until it costs as much; where its steps are so coarse that it stays off by more than a twentieth, the
    /// next takes its place. A policy that is the package in another size is none of them.
    ///
    /// # Errors
    ///
    /// Fails if the simulation does, and when the work is stopped.
    pub fn found(
        &self,
        state: &State,
        fresh: usize,
        head: impl Fn(&str, &Package) -> Head,
        done: &(dyn Fn() + Sync),
    ) -> Result<Vec<Found>, Halted<CourseError>> {
        let mut packages = self.best(state, MOST);
        packages.sort();
        let policies = self.policies(&packages, |name, _| self.plain(name));
        let loaded: Vec<Policy> = policies.into_iter().filter_map(|it| it.1).collect();
        // In the order of cost they have their names.
        let first = self.measure(&loaded, 0..HALVING.first, &|| ())?;
        let cost = |place: usize| Statistic::Mean.value(&first[place].cost);
        let mut order: Vec<usize> = (0..packages.len().min(first.len())).collect();
        order.sort_by(|&one, &other| cost(one).total_cmp(&cost(other)).then(one.cmp(&other)));
        let packages: Vec<Package> = order.into_iter().map(|it| packages[it].clone()).collect();
        let files = self.policies(&packages, head);
        let policies: Vec<Policy> = files.iter().filter_map(|it| it.1.clone()).collect();
        let costs: Vec<f64> = self
            .measure(&policies, 0..HALVING.first * 2, &|| ())?
            .iter()
            .map(|it| Statistic::Mean.value(&it.cost))
            .collect();
        let yardsticks = self.yardsticks(&policies, &costs)?;
        let end = FRESH + self.rules.design.whole_blocks(fresh);
        let scaled = yardsticks.iter().flatten().map(|(policy, _)| policy.clone());
        let all: Vec<Policy> = policies.iter().cloned().chain(scaled).collect();
        let mut measured = self.measure(&all, FRESH..end, done)?.into_iter();
        let members: Vec<Measured> = measured.by_ref().take(policies.len()).collect();
        let mut yardsticks = yardsticks.into_iter().map(|yardstick| {
            let (policy, factor) = yardstick?;
            Some(Yardstick { policy: policy.name, factor, measured: measured.next()? })
        });
        let mut found = Vec::new();
        for (place, (package, own)) in packages.into_iter().zip(&members).enumerate() {
            let better = |other: &usize| self.rules.is_clearly_better(&members[*other], own);
            found.push(Found {
                name: name(self.space, place + 1),
                text: files[place].0.clone(),
                package,
                measured: own.clone(),
                dominated_by: (0..members.len()).find(better),
                over_budget: self.rules.is_clearly_over(own),
                yardstick: yardsticks.next().flatten().filter(|it| costs_as_much(it, own)),
            });
        }
        Ok(found)
    }

    /// Replications of what was found; each has a value in each world.
    #[must_use]
    pub fn replications(&self, found: &Found) -> usize {
        found.measured.replications() / self.judge.worlds.len().max(1)
    }

    fn measure(
        &self,
        policies: &[Policy],
        replications: std::ops::Range<usize>,
        done: &(dyn Fn() + Sync),
    ) -> Result<Vec<Measured>, Halted<CourseError>> {
        self.judge.measure(policies, replications, done).map_err(widened)
    }

    /// For each of some packages the shipped policy that promises most of the first aim for its cost, scaled to it, and
    /// the factor.
    fn yardsticks(
        &self,
        packages: &[Policy],
        costs: &[f64],
    ) -> Result<Vec<Option<(Policy, f64)>>, Halted<CourseError>> {
        let scenario = self.space.scenario;
        let baseline = &scenario.policies[scenario.baseline];
        let is_scalable = |policy: &&Policy| {
            policy.name != baseline.name
                && policy.is_option()
                && scale::is_scalable(&policy.plan, &baseline.plan)
        };
        let shipped: Vec<Policy> = scenario.policies.iter().filter(is_scalable).cloned().collect();
        let measured = self.measure(&shipped, 0..HALVING.first * 2, &|| ())?;
        let value = |it: &Measured| match (self.rules.statistics.first(), it.aims.first()) {
            (Some(of), Some(values)) => of.value(values),
            _ => 0.0,
        };
        let (values, own): (Vec<f64>, Vec<f64>) =
            measured.iter().map(|it| (value(it), Statistic::Mean.value(&it.cost))).unzip();
        let ranked = |(package, &cost): (&Policy, &f64)| {
            let fits = |&place: &usize| {
                let factor = cost / own[place];
                own[place] > 0.0
                    && (MOST_SCALED.recip()..=MOST_SCALED).contains(&factor)
                    && !is_resized(package, &shipped[place])
            };
            let promise = |place: usize| values[place] * cost / own[place];
            let mut places: Vec<usize> = (0..shipped.len()).filter(fits).collect();
            places.sort_by(|&a, &b| promise(b).total_cmp(&promise(a)).then(a.cmp(&b)));
            places
        };
        let ranked: Vec<Vec<usize>> = packages.iter().zip(costs).map(ranked).collect();
        let mut found: Vec<Option<(Policy, f64)>> = vec![None; costs.len()];
        for attempt in 0..TRIED {
            let chosen: Vec<Option<usize>> = ranked
                .iter()
                .zip(&found)
                .map(|(ranked, found)| ranked.get(attempt).copied().filter(|_| found.is_none()))
                .collect();
            if chosen.iter().all(Option::is_none) {
                break;
            }
            for (found, factor) in
                found.iter_mut().zip(self.factors(&shipped, &own, &chosen, costs)?)
            {
                if let Some((place, factor)) = factor {
                    *found = Some((variant::scaled(&shipped[place], baseline, factor), factor));
                }
            }
        }
        Ok(found)
    }

    /// The factor at which each chosen policy costs as much as is wanted, with its place; none where its steps are too
    /// coarse. `own` is what each costs as it is shipped.
    fn factors(
        &self,
        shipped: &[Policy],
        own: &[f64],
        chosen: &[Option<usize>],
        costs: &[f64],
    ) -> Result<Vec<Option<(usize, f64)>>, Halted<CourseError>> {
        let scenario = self.space.scenario;
        let baseline = &scenario.policies[scenario.baseline];
        // The factor at which each was tried that came nearest to its cost, and how near that was.
        let mut nearest: Vec<Option<(f64, f64)>> =
            chosen.iter().zip(costs).map(|(it, cost)| it.map(|it| (1.0, own[it] / cost))).collect();
        for _ in 0..ROUNDS {
            let next = |(place, shipped_place): (usize, &Option<usize>)| {
                let (factor, ratio) = nearest[place]?;
                let next = (factor / ratio).clamp(0.0, MOST_FACTOR);
                Some((place, next, variant::scaled(&shipped[(*shipped_place)?], baseline, next)))
            };
            let tried: Vec<(usize, f64, Policy)> =
                chosen.iter().enumerate().filter_map(next).collect();
            let policies: Vec<Policy> = tried.iter().map(|it| it.2.clone()).collect();
            for ((place, factor, _), found) in
                tried.iter().zip(self.measure(&policies, 0..HALVING.first * 2, &|| ())?)
            {
                let ratio = Statistic::Mean.value(&found.cost) / costs[*place];
                let is_nearer =
                    |&(_, before): &(f64, f64)| (ratio - 1.0).abs() < (before - 1.0_f64).abs();
                if ratio > 0.0 && nearest[*place].as_ref().is_some_and(is_nearer) {
                    nearest[*place] = Some((*factor, ratio));
                }
            }
        }
        let factor = |(chosen, nearest): (&Option<usize>, &Option<(f64, f64)>)| {
            let (place, (factor, ratio)) = ((*chosen)?, (*nearest)?);
            ((ratio - 1.0).abs() <= EQUAL).then_some((place, factor))
        };
        Ok(chosen.iter().zip(&nearest).map(factor).collect())
    }

    /// What a package adds over its yardstick in an aim.
    #[must_use]
    pub fn added(&self, found: &Found, aim: usize) -> Option<Figure> {
        let yardstick = found.yardstick.as_ref()?;
        let of = *self.rules.statistics.get(aim)?;
        Some(self.rules.difference(
            of,
            found.measured.aims.get(aim)?,
            yardstick.measured.aims.get(aim)?,
        ))
    }
}

//! Simulates packages and reads what they are judged by.

use std::ops::Range;
use std::path::Path;

use crate::analysis::decision::criterion::Criterion;
use crate::analysis::evaluation::Evaluation;
use crate::analysis::evaluation::EvaluationError;
use crate::analysis::evaluation::History;
use crate::analysis::results::Results;
use crate::analysis::search::budget;
use crate::analysis::search::budget::Limit;
use crate::analysis::search::budget::Period;
use crate::analysis::search::budget::Terms;
use crate::analysis::search::measured::Measured;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Workers;
use crate::experiment::block::BlockError;
use crate::scenario::InputFile;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::policy_text;
use crate::scenario::policy_text::Head;
use crate::scenario::problem::ScenarioError;

/// A limit whose amount is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// The limit.
    pub limit: Limit,
    /// Its amount, in the unit of its period.
    pub amount: f64,
    /// The policy that sets it: what a package spends is then compared with what that policy spends in the same
    /// replications, so that the policy itself is never over it by chance.
    pub like: Option<Policy>,
}

/// Simulates packages and reads what they are judged by.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'a> {
    /// The present world and the futures asked for, at least one: packages are judged over all of them alike.
    pub worlds: &'a [Files<'a>],
    /// What packages are judged by.
    pub aims: &'a [Criterion],
    /// What they may cost.
    pub bounds: &'a [Bound],
    /// Who computes.
    pub workers: &'a Workers<'a>,
}

impl Judge<'_> {
    /// What policies add to the baseline in some replications of every world: replication by replication, in each
    /// that of all worlds, which share its draws.
    ///
    /// # Errors
    ///
    /// Fails if the simulation does, and when the work is stopped.
    pub fn measure(
        &self,
        policies: &[Policy],
        replications: Range<usize>,
        done: &(dyn Fn() + Sync),
    ) -> Result<Vec<Measured>, Halted<EvaluationError>> {
        if policies.is_empty() {
            return Ok(Vec::new());
        }
        let number = |replication| u32::try_from(replication).unwrap_or(u32::MAX);
        let histories: Vec<History> =
            replications.map(|replication| History::of(number(replication))).collect();
        let mut by_world = Vec::new();
        for world in self.worlds {
            let mut all = vec![Measured::default(); policies.len()];
            let terms = Terms::of(world.scenario);
            let like = self.bounds.iter().filter_map(|bound| bound.like.clone());
            let own = world.within(&policies.iter().cloned().chain(like).collect::<Vec<_>>());
            let evaluation = Evaluation::new(world.scenario, &own, self.workers);
            evaluation.read(&histories, done, |results, _| {
                // The baseline is before them, and those that set limits after them.
                let limits = self.limits(results, policies.len() + 1, terms)?;
                for (place, measured) in all.iter_mut().enumerate() {
                    measured.extend(self.read(results, place + 1, (terms, &limits))?);
                }
                Ok(())
            })?;
            by_world.push(all);
        }
        Ok(Measured::interleaved(by_world))
    }

    /// What may be spent of each bound, replication by replication; the policies that set some stand from this place on.
    fn limits(
        &self,
        results: &Results<'_>,
        mut place: usize,
        terms: Terms,
    ) -> Result<Vec<Option<Vec<f64>>>, BlockError> {
        let of = |bound: &Bound| {
            let Some(_) = &bound.like else { return Ok(None) };
            place += 1;
            let of = (bound.limit.period, bound.limit.payer);
            budget::spent(results, place - 1, of, terms).map(Some)
        };
        self.bounds.iter().map(of).collect()
    }

    fn read(
        &self,
        results: &Results<'_>,
        policy: usize,
        (terms, limits): (Terms, &[Option<Vec<f64>>]),
    ) -> Result<Measured, BlockError> {
        let aim = |criterion: &Criterion| {
            let sign = if criterion.minimised { -1.0 } else { 1.0 };
            let own = criterion.read(results, policy, terms.discounting)?;
            let baseline = criterion.read(results, results.baseline, terms.discounting)?;
            let pairs = own.iter().zip(&baseline);
            Ok(pairs.map(|(own, baseline)| sign * (own - baseline)).collect())
        };
        let excess = |(bound, limit): (&Bound, &Option<Vec<f64>>)| {
            let of = (bound.limit.period, bound.limit.payer);
            let spent = budget::spent(results, policy, of, terms)?.into_iter();
            Ok(match limit {
                Some(limit) => {
                    spent.zip(limit).map(|(spent, limit)| (spent - limit) / bound.amount).collect()
                }
                None => spent.map(|spent| spent / bound.amount - 1.0).collect(),
            })
        };
        let spent = |period| budget::spent(results, policy, (period, None), terms);
        Ok(Measured {
            aims: self.aims.iter().map(aim).collect::<Result<_, BlockError>>()?,
            excess: self
                .bounds
                .iter()
                .zip(limits)
                .map(excess)
                .collect::<Result<_, BlockError>>()?,
            cost: spent(Period::Whole)?,
            yearly: spent(Period::Year)?,
        })
    }

    /// The mean of what a policy spends of a limit over the baseline, in some replications of every world.
    ///
    /// # Errors
    ///
    /// Fails as [`Self::measure`] does.
    pub fn spent(
        &self,
        policy: &Policy,
        limit: &Limit,
        replications: Range<usize>,
    ) -> Result<f64, Halted<EvaluationError>> {
        let unit = Bound { limit: limit.clone(), amount: 1.0, like: None };
        let judge = Judge { aims: &[], bounds: &[unit], ..*self };
        let measured = judge.measure(std::slice::from_ref(policy), replications, &|| ())?;
        let excess = measured.iter().flat_map(|it| &it.excess).flatten();
        let (sum, count) =
            excess.fold((0.0, 0.0), |(sum, count), it| (sum + it + 1.0, count + 1.0));
        Ok(if count > 0.0 { sum / count } else { 0.0 })
    }
}

/// What reads policy files beside a scenario's own.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    /// The scenario, with the files that it was read from.
    pub scenario: &'a Scenario,
    /// Its folder, for messages.
    pub folder: &'a Path,
    /// Values of parameters that it was read with.
    pub set: &'a [(String, String)],
    /// The last year with which it was read.
    pub until: Option<u16>,
    /// The future that it is in.
    pub future: Option<&'a str>,
}

impl Files<'_> {
    /// Policies of the present world as they are in this one: a future may change settings of levers that the world
    /// decides.
    #[must_use]
    pub fn within(&self, policies: &[Policy]) -> Vec<Policy> {
        let changed = self.scenario.future.as_ref().map_or(&[][..], |future| &future.levers);
        let is_changed =
            |policy: &Policy| policy.written.iter().any(|lever| changed.contains(&lever.name));
        let places: Vec<usize> =
            (0..policies.len()).filter(|&place| is_changed(&policies[place])).collect();
        let file = |&place: &usize| {
            let policy = &policies[place];
            let name = format!("within-future-{place}");
            let head = Head { title: name.clone(), title_ko: name.clone(), ..Head::default() };
            (name, policy_text::text(&head, &policy.written, &policy.plan))
        };
        let texts: Vec<(String, String)> = places.iter().map(file).collect();
        let mut within = policies.to_vec();
        for (place, loaded) in places.into_iter().zip(self.load(&texts)) {
            // What loads in the present loads here.
            if let Some(Policy { plan, written, .. }) = loaded {
                within[place] = Policy { plan, written, ..within[place].clone() };
            }
        }
        within
    }

    /// The policies that some files describe, by name and text, as if they stood in the scenario's folder; none for
    /// those that the scenario refuses.
    #[must_use]
    pub fn load(&self, texts: &[(String, String)]) -> Vec<Option<Policy>> {
        self.together(texts).map_or_else(
            |_| {
                texts
                    .iter()
                    .map(|one| self.together(std::slice::from_ref(one)).ok()?.pop())
                    .collect()
            },
            |policies| policies.into_iter().map(Some).collect(),
        )
    }

    fn together(&self, texts: &[(String, String)]) -> Result<Vec<Policy>, ScenarioError> {
        let file = |(name, text): &(String, String)| InputFile {
            path: format!("policies/{name}.toml"),
            bytes: text.clone().into_bytes(),
        };
        let inputs = self.scenario.inputs.iter().cloned().chain(texts.iter().map(file)).collect();
        let mut scenario =
            Scenario::from_inputs(self.folder, inputs, self.set, self.until, self.future)?;
        let mut taken = |name: &String| {
            let place = scenario.policies.iter().position(|policy| policy.name == *name)?;
            Some(scenario.policies.remove(place))
        };
        Ok(texts.iter().filter_map(|(name, _)| taken(name)).collect())
    }
}

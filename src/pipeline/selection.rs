//! Which policy is the best, as `run --best` asks: a function of the recipe, apart from the replications of the run.

use std::ops::Range;

use crate::analysis::decision::outcome::Outcome;
use crate::analysis::evaluation::Evaluation;
use crate::analysis::evaluation::EvaluationError;
use crate::analysis::evaluation::History;
use crate::analysis::selection::best_by::BestBy;
use crate::analysis::selection::choice;
use crate::analysis::selection::choice::Asked;
use crate::analysis::selection::choice::Choice;
use crate::analysis::selection::choice::ChoiceError;
use crate::analysis::selection::choice::Selection;
use crate::analysis::statistics::Design;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Workers;
use crate::pipeline::asked_for;
use crate::pipeline::engine::Engine;
use crate::pipeline::error::WorkError;
use crate::pipeline::job::Job;
use crate::scenario::Policy;
use crate::scenario::Scenario;

/// Chooses the best policy where the recipe asks for it.
///
/// # Errors
///
/// Fails as the simulation does, when it is stopped, and where no policy has the outcome.
pub fn selection<E: Engine>(job: &Job<'_, E>) -> Result<Option<Selection>, WorkError> {
    let (scenario, options) = (&job.recipe.scenario, &job.recipe.options);
    let Some((by, best)) = asked_for::best(&job.layouts, options)? else { return Ok(None) };
    let policies = scenario.options();
    let asked = Asked {
        systems: policies.len(),
        best: best.of,
        probability: by.probability,
        indifference: best.indifference(),
        budget: best.budget,
        design: Design::of_run(scenario),
    };
    let mut source = Source::new(scenario, &policies, &by, job.workers);
    let choice = choice::choose(asked, &mut |some, range| source.values(some, range));
    let choice = choice.map_err(|error| match error {
        ChoiceError::Sample(error) => error.into(),
        ChoiceError::Screening(error) => WorkError::Statistics { message: error.to_string() },
    })?;
    let unit = by.criterion.unit(&job.layouts);
    let choice = written(choice, by.criterion.minimised);
    Ok(Some(Selection { by, unit, has_budget: best.budget.is_some(), policies, choice }))
}

/// Means as they are written: those of a criterion of which less is better were turned.
fn written(mut choice: Choice, minimised: bool) -> Choice {
    if minimised {
        for judged in &mut choice.policies {
            // Never a negative zero.
            judged.mean = 0.0 - judged.mean;
        }
    }
    choice
}

/// Simulates some policies at a time.
struct Source<'a> {
    scenario: &'a Scenario,
    policies: &'a [usize],
    by: &'a BestBy,
    outcomes: Vec<Outcome>,
    workers: &'a Workers<'a>,
    /// The policies that were simulated last, by their places among those that can be chosen.
    last: Vec<usize>,
    evaluation: Option<Evaluation<'a>>,
}

impl<'a> Source<'a> {
    fn new(
        scenario: &'a Scenario,
        policies: &'a [usize],
        by: &'a BestBy,
        workers: &'a Workers<'a>,
    ) -> Self {
        let outcomes = by.criterion.terms.iter().map(|term| term.outcome.clone()).collect();
        let (last, evaluation) = (Vec::new(), None);
        Self { scenario, policies, by, outcomes, workers, last, evaluation }
    }

    /// The criterion of some policies over some replications; the larger the better.
    fn values(
        &mut self,
        some: &[usize],
        range: Range<usize>,
    ) -> Result<Vec<Vec<f64>>, Halted<EvaluationError>> {
        let baseline = self.scenario.baseline;
        let of_scenario = |&place: &usize| self.policies[place];
        if self.evaluation.is_none() || self.last != some {
            let others = some.iter().map(of_scenario).filter(|&policy| policy != baseline);
            let others: Vec<Policy> =
                others.map(|policy| self.scenario.policies[policy].clone()).collect();
            self.evaluation = Some(Evaluation::new(self.scenario, &others, self.workers));
            self.last = some.to_vec();
        }
        let Some(evaluation) = &self.evaluation else { return Ok(Vec::new()) };
        let numbers = range.map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        let histories: Vec<History> = numbers.map(History::of).collect();
        let found = evaluation.outcomes(&self.outcomes, &histories, &|| ())?;
        // The baseline comes first, whether it can still be chosen or not.
        let mut next = 0;
        let mut place = |policy: usize| {
            if policy == baseline {
                return 0;
            }
            next += 1;
            next
        };
        let places: Vec<usize> = some.iter().map(of_scenario).map(&mut place).collect();
        let sign = if self.by.criterion.minimised { -1.0 } else { 1.0 };
        let value = |place: usize, at: usize| {
            let terms = self.by.criterion.terms.iter().zip(&found);
            sign * terms.map(|(term, found)| term.weight * found[place][at]).sum::<f64>()
        };
        let of_policy = |&place: &usize| (0..histories.len()).map(|at| value(place, at)).collect();
        Ok(places.iter().map(of_policy).collect())
    }
}

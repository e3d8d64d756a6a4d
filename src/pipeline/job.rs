//! A recipe with the model that follows it and the threads that do the work.

use crate::analysis::layout::Layout;
use crate::analysis::results;
use crate::analysis::results::Results;
use crate::analysis::statistics::Design;
use crate::experiment::batch::Workers;
use crate::experiment::block::RunShape;
use crate::experiment::block::archive::Archive;
use crate::pipeline::engine::Engine;
use crate::pipeline::recipe::Recipe;

/// What every part of a run, a merge or a proof works with.
pub struct Job<'a, E> {
    /// Everything that bears on results.
    pub recipe: &'a Recipe,
    /// The model of the recipe's scenario.
    pub engine: &'a E,
    /// The series of each policy.
    pub layouts: Vec<Layout>,
    /// What blocks of this run look like.
    pub shape: RunShape,
    /// Who computes.
    pub workers: &'a Workers<'a>,
}

impl<'a, E: Engine> Job<'a, E> {
    /// Puts the parts together.
    #[must_use]
    pub fn new(recipe: &'a Recipe, engine: &'a E, workers: &'a Workers<'a>) -> Self {
        let layouts = engine.layouts();
        let shape = RunShape {
            fingerprint: recipe.fingerprint(),
            years: layouts.first().map_or(0, |layout| layout.years.len()),
            policies: layouts.iter().map(Layout::shape).collect(),
        };
        Self { recipe, engine, layouts, shape, workers }
    }

    /// The values in an archive, as statistics read them.
    #[must_use]
    pub fn results<'r>(&'r self, archive: &'r Archive) -> Results<'r> {
        Results {
            layouts: &self.layouts,
            policies: &self.recipe.scenario.policies,
            payers: &self.recipe.scenario.payers,
            design: Design::of_run(&self.recipe.scenario),
            baseline: self.recipe.scenario.baseline,
            archive,
            workers: self.workers,
            working_set: results::WORKING_SET,
        }
    }
}

//! What is marked on parameters that do not vary, and so never acts.

use crate::scenario::Distribution;
use crate::scenario::Scenario;

impl Scenario {
    /// The names of parameters that are marked `free = true` and fixed: nothing can be fitted of them.
    pub fn free_and_fixed(&self) -> impl Iterator<Item = &str> {
        let stated = self.register.iter().zip(&self.parameters);
        let fixed = stated.filter(|(_, it)| it.free && it.distribution == Distribution::Fixed);
        fixed.map(|(spec, _)| spec.name.as_ref())
    }

    /// Marks that have no effect, as the parameter is fixed in parameters.toml: a sentence each.
    #[must_use]
    pub fn marks_without_effect(&self) -> Vec<String> {
        let stated = self.register.iter().zip(&self.parameters).enumerate();
        // What `--set` gives is fixed too, but not for good.
        let fixed = stated.filter(|(place, (_, stated))| {
            stated.distribution == Distribution::Fixed && !self.set.contains(place)
        });
        let marks = fixed.flat_map(|(_, (spec, stated))| {
            [("free", stated.free), ("survey", stated.survey.is_some())]
                .into_iter()
                .filter(|(_, marked)| *marked)
                .map(|(mark, _)| {
                    format!(
                        "`{mark}` of `{}`: the parameter is fixed; give it a range and a distribution that varies, such \
                         as \"uniform\"",
                        spec.name
                    )
                })
        });
        marks.collect()
    }
}

//! How a parameter could be surveyed: `survey = { model = "binomial", sizes = [100, 400] }`.

use crate::scenario::keys;
use crate::scenario::keys::bounds::LARGEST_SURVEY;
use crate::scenario::keys::bounds::MOST_SD;
use crate::scenario::keys::bounds::MOST_SIZES;
use crate::scenario::problem::Problems;
use crate::scenario::read::value;
use crate::scenario::read::walk::Fields;
use crate::scenario::read::walk::Value;
use crate::scenario::read::walk::word_among;
use crate::scenario::survey::MODELS;
use crate::scenario::survey::Survey;
use crate::scenario::survey::SurveyPlan;
use crate::scenario::survey::USUAL_SIZES;

/// `survey = { model = "binomial", sizes = [100, 400] }`.
pub(super) fn survey(value: Value<'_>) -> Result<SurveyPlan, Problems> {
    let mut fields = Fields::of(value, "the survey", keys::SURVEY)?;
    let model = fields.required("model", "", |value| {
        word_among(value, "model of a survey", &MODELS).map(|it| it.0)
    });
    let sd = fields.optional("sd", |value| value::positive(value, MOST_SD, ""));
    let sizes = fields.optional("sizes", |value| {
        let sizes = value::list(value, "a list of sizes")?;
        if sizes.is_empty() || sizes.len() > MOST_SIZES {
            let problem = value.problem(format!("a survey has 1 to {MOST_SIZES} sizes"));
            return Err(problem.expected("expected a list such as [100, 400]").into());
        }
        let mut known = Vec::new();
        value::each(sizes, |size| {
            let count = value::count(size, 1, LARGEST_SURVEY, "observations")?;
            if known.contains(&count) {
                let problem = size.problem(format!("the size {count} stands twice"));
                return Err(problem.expected("leave it out").into());
            }
            known.push(count);
            Ok(count)
        })
    });
    let needs_sd = model.is_some_and(|model| model > 1);
    match fields.value("sd") {
        Some(at) if model.is_some() && !needs_sd => {
            fields.note(at.problem("a survey of this model has no `sd`").expected("leave it out"));
        }
        None if needs_sd => {
            let problem = value.problem("a survey of this model needs `sd`");
            fields.note(problem.expected(
                "expected sd = the standard deviation of one observation (of its logarithm for lognormal)",
            ));
        }
        _ => {}
    }
    fields.finish(|| {
        let survey = match model? {
            0 => Survey::Binomial,
            1 => Survey::Poisson,
            2 => Survey::Lognormal { sd: sd? },
            _ => Survey::Normal { sd: sd? },
        };
        Some(SurveyPlan { survey, sizes: sizes.unwrap_or_else(|| USUAL_SIZES.to_vec()) })
    })
}

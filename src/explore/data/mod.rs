//! What the page is told before anything is computed in it: the scenario's files, what may be chosen and how it is
//! called, and 32 histories of every policy.

mod choices;
mod error;
mod files;
mod names;
mod precomputed;
mod ranked;

pub use error::DataError;
pub use files::Futures;
pub use files::HISTORIES;

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::analysis::results::Results;
use crate::evidence::sources::Swing;
use crate::experiment::batch::Progress;
use crate::experiment::batch::Workers;
use crate::experiment::fingerprint::Parts;
use crate::explore::data::names::Speakers;
use crate::explore::data::precomputed::First;
use crate::explore::session::base::Base;
use crate::report::text::language::Language;
use crate::report::text::language::text::TEXTS;
use crate::report::text::language::text::Text;
use crate::scenario::Scenario;

/// What keys of the page's texts begin with.
const PREFIX: &str = "explore_";

/// What the page is made of.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The scenario, as it was read with what the page starts from.
    pub scenario: &'a Scenario,
    /// What the page starts from.
    pub base: &'a Base,
    /// The futures that can be chosen.
    pub futures: &'a Futures,
    /// The language in which the page begins.
    pub language: Language,
}

/// What is known before the page computes anything.
#[derive(Debug)]
pub struct Figures {
    first: First,
    swings: Vec<Swing>,
}

impl Figures {
    /// Simulates what they need.
    ///
    /// # Errors
    ///
    /// Fails when the simulation does or is stopped.
    pub fn simulated(
        scenario: &Scenario,
        workers: &Workers<'_>,
        progress: &dyn Progress,
    ) -> Result<Self, DataError> {
        let swings = ranked::swings(scenario, workers, progress)?;
        Ok(Self { first: First::simulated(scenario, workers, progress)?, swings })
    }

    /// Takes them from a run of a scenario's policies, which may have further ones, and from its sweep of parameters,
    /// which is empty where the run has none.
    ///
    /// # Errors
    ///
    /// Fails if values cannot be read.
    pub fn of_run(
        scenario: &Scenario,
        results: &Results<'_>,
        swings: Vec<Swing>,
    ) -> Result<Self, DataError> {
        Ok(Self { first: First::of_run(scenario, results)?, swings })
    }
}

/// How many histories [`Figures::simulated`] simulates: of all policies, and of one for the ranking of parameters.
#[must_use]
pub fn histories(scenario: &Scenario) -> u32 {
    precomputed::REPLICATIONS + ranked::histories(scenario)
}

/// The data.
///
/// # Errors
///
/// Fails if what the page starts from cannot be written.
pub fn data(source: &Source<'_>, figures: &Figures) -> Result<Value, DataError> {
    let &Source { scenario, base, futures, language } = source;
    let speakers = Speakers::of(scenario);
    let base = Base { replications: Some(HISTORIES), ..base.clone() };
    let files = files::texts(scenario, &base, futures)?;
    let money = &scenario.money;
    let inputs = scenario.inputs.iter().fold(Parts::new(), |mut parts, input| {
        parts.add(&input.path, &input.bytes);
        parts
    });
    let of_scenario = json!({
        "name": scenario.name,
        "title": speakers.title(&scenario.title_en, &scenario.title_ko, &scenario.titles),
        "question": speakers.title(&scenario.question, &scenario.question_ko, &scenario.questions),
        "digest": inputs.fingerprint().to_string(),
        "seed": scenario.seed,
        "years": [scenario.first_year, scenario.last_year],
        "vantage": scenario.vantage.to_string(),
        "baseline": scenario.policies[scenario.baseline].name,
        "first": ranked::largest(scenario).map(|policy| &scenario.policies[policy].name),
        "base_year": scenario.base_year,
        "replications": scenario.replications,
        "histories": HISTORIES,
        "set": base.set,
        "until": base.until,
        "future": base.future,
        "money": { "unit": money.account.to_string(), "display": money.display.to_string() },
    });
    Ok(json!({
        "program": concat!("yangjae ", env!("CARGO_PKG_VERSION")),
        "language": language.tag(),
        "languages": speakers.tags(),
        "words": words(&speakers),
        "scenario": of_scenario,
        "units": speakers.units(scenario),
        "files": files,
        "policies": choices::policies(scenario, &speakers),
        "kinds": choices::kinds(scenario, &speakers),
        "parameters_are_ranked": !figures.swings.is_empty(),
        "parameters": ranked::parameters(scenario, &speakers, &figures.swings),
        "futures": futures.told(&speakers),
        "metrics": names::metrics(scenario, &speakers),
        "places": names::places(scenario, &speakers),
        "terms": names::terms(&speakers),
        "areas": names::areas(scenario, &speakers),
        "sectors": names::sectors(scenario, &speakers),
        "precomputed": precomputed::precomputed(&figures.first),
    }))
}

/// The page's own texts by language.
fn words(speakers: &Speakers) -> Value {
    let own = TEXTS.iter().filter_map(|text| Some((text.key.strip_prefix(PREFIX)?, text)));
    let own: Vec<_> = own.collect();
    let of = |language: Language| {
        let said = |&(key, text): &(&str, &Text)| {
            (key.to_owned(), Value::from(text.in_language(language)))
        };
        own.iter().map(said).collect::<Map<String, Value>>().into()
    };
    speakers.each(of)
}

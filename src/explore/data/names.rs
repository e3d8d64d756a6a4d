//! What things are called in every language of the scenario, and the units in which they are shown.

use std::collections::BTreeSet;

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::analysis::additionality::TERMS;
use crate::analysis::decision::outcome::Added;
use crate::analysis::layout::Table;
use crate::analysis::metrics::METRICS;
use crate::analysis::metrics::spec::MetricSpec;
use crate::analysis::study::Study;
use crate::policy::levers::LeverKind;
use crate::report::text::glossary;
use crate::report::text::glossary::Term;
use crate::report::text::language::Language;
use crate::report::text::language::Tag;
use crate::report::text::language::names;
use crate::report::text::language::number::shown_unit;
use crate::scenario::Scenario;
use crate::scenario::district::AreaStart;
use crate::scenario::district::SectorStart;
use crate::scenario::titles::Titles;

/// Every language of a scenario.
#[derive(Debug)]
pub(super) struct Speakers(Vec<Language>);

impl Speakers {
    pub(super) fn of(scenario: &Scenario) -> Self {
        Self(Tag::all(scenario).iter().map(|tag| Language::or_english(tag, scenario)).collect())
    }

    /// Their tags.
    pub(super) fn tags(&self) -> Vec<&'static str> {
        self.0.iter().map(|language| language.tag()).collect()
    }

    /// Something by language.
    pub(super) fn each(&self, of: impl Fn(Language) -> Value) -> Value {
        let one = |&language: &Language| (language.tag().to_owned(), of(language));
        self.0.iter().map(one).collect::<Map<String, Value>>().into()
    }

    /// A title of the scenario.
    pub(super) fn title(&self, en: &str, ko: &str, further: &Titles) -> Value {
        self.each(|language| language.title(en, ko, further).into())
    }

    /// A wording of a register.
    pub(super) fn wording(&self, en: &str, ko: &str) -> Value {
        self.each(|language| language.choose(en, ko).into())
    }

    /// What something of a kind is called.
    pub(super) fn name(&self, of: &str, name: &str) -> Value {
        self.each(|language| names::name(of, name, language).into())
    }

    /// By language how values of every unit are shown: the unit's name, and what they are divided by.
    pub(super) fn units(&self, scenario: &Scenario) -> Value {
        let mut units: BTreeSet<&str> = METRICS.iter().map(|metric| metric.unit).collect();
        units.extend(TERMS.iter().flat_map(|term| term.unit.split("; ")));
        units.extend(Added::ALL.into_iter().map(Added::unit));
        units.extend(["{money}/(person year)", "{money}/person"]);
        let settings = LeverKind::ALL.into_iter().flat_map(LeverKind::settings);
        units.extend(settings.map(|setting| setting.unit));
        units.extend(scenario.register.iter().map(|spec| spec.unit));
        units.remove("");
        self.each(|language| {
            let shown = units.iter().map(|&unit| {
                let shown = shown_unit(unit, language);
                (unit.to_owned(), json!({ "name": shown.name, "divisor": shown.divisor }))
            });
            shown.collect::<Map<String, Value>>().into()
        })
    }
}

/// The metrics, each with the places at which some policy has it.
pub(super) fn metrics(scenario: &Scenario, speakers: &Speakers) -> Vec<Value> {
    let layouts = Study::of(scenario).layouts();
    let series = || layouts.iter().flat_map(|layout| &layout.series);
    let metric = |metric: &MetricSpec| {
        let mut places: Vec<&str> = Vec::new();
        for series in series().filter(|it| it.table == Table::Metric && it.name == metric.name) {
            if !places.contains(&series.place.as_str()) {
                places.push(&series.place);
            }
        }
        json!({
            "id": metric.name,
            "title": speakers.name("metric", metric.name),
            "meaning": speakers.wording(metric.meaning_en, metric.meaning_ko),
            "unit": metric.unit,
            "kind": metric.kind.name(),
            "whole": metric.whole,
            "places": places,
        })
    };
    METRICS.iter().map(metric).collect()
}

/// Terms of the field that the page's words rest on, in the order in which a reader meets them.
const TERMS_SHOWN: [&str; 9] = [
    "baseline",
    "replication",
    "percentile",
    "confidence interval",
    "additionality",
    "deadweight",
    "displacement",
    "net present value",
    "discounting",
];

/// The terms with their meanings.
pub(super) fn terms(speakers: &Speakers) -> Vec<Value> {
    let known = TERMS_SHOWN.iter().filter_map(|name| glossary::find(name));
    let term = |term: &Term| {
        json!({
            "name": speakers.wording(&term.name, &term.name_ko),
            "meaning": speakers.wording(&term.meaning_en, &term.meaning_ko),
        })
    };
    known.map(term).collect()
}

/// City, district, areas.
pub(super) fn places(scenario: &Scenario, speakers: &Speakers) -> Vec<Value> {
    let whole = ["city", "district"].into_iter();
    let whole = whole.map(|id| json!({ "id": id, "title": speakers.name("place", id) }));
    whole.chain(areas(scenario, speakers)).collect()
}

/// The areas in the order of their numbers.
pub(super) fn areas(scenario: &Scenario, speakers: &Speakers) -> Vec<Value> {
    let areas = scenario.district.areas.list().iter();
    let area = |start: &AreaStart| {
        json!({
            "id": start.name,
            "title": speakers.title(&start.title_en, &start.title_ko, &start.titles),
            "in_district": start.area.in_district(),
        })
    };
    areas.map(area).collect()
}

/// The sectors in the order of their numbers.
pub(super) fn sectors(scenario: &Scenario, speakers: &Speakers) -> Vec<Value> {
    let sectors = scenario.district.sectors.list().iter();
    let sector = |start: &SectorStart| {
        let title = speakers.title(&start.title_en, &start.title_ko, &start.titles);
        json!({ "id": start.name, "title": title })
    };
    sectors.map(sector).collect()
}

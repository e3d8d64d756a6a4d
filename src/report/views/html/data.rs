//! The figures behind the charts, for the page's script: compact, rounded to seven digits.

use serde_json::Value;
use serde_json::json;

use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text::TEXTS;
use crate::report::views::figures;
use crate::report::views::figures::palette;
use crate::report::views::findings::Findings;
use crate::report::views::findings::about::LeverFacts;
use crate::report::views::findings::figure::Figure;
use crate::report::views::findings::series::SeriesFacts;
use crate::report::views::html::parts;
use crate::report::views::verdict::AFTER_DISPLACEMENT;
use crate::time::DAYS;
use crate::time::Date;

/// Everything that the script needs.
#[must_use]
pub(super) fn data(findings: &Findings, language: Language) -> Value {
    let about = &findings.about;
    let texts: serde_json::Map<String, Value> = TEXTS
        .iter()
        .map(|text| (text.key.to_owned(), Value::from(text.in_language(language))))
        .collect();
    let unit = shown_unit("KRW m", language);
    json!({
        "language": language.tag(),
        "scenario": about.manifest.plan.scenario,
        "texts": texts,
        "years": about.years,
        "baseline": about.baseline,
        "focus": figures::focus(findings).unwrap_or(about.baseline),
        "policies": policies(findings, language),
        "series": charted(findings).map(|series| of_series(findings, series, language)).collect::<Vec<_>>(),
        "terms": terms(findings, language),
        "money": { "unit": unit.name, "divisor": unit.divisor,
            "cost": money(findings, "fiscal_cost", unit.divisor) },
        "parts": parts::parts(findings, language),
        "map": map(findings, language),
    })
}

fn charted(findings: &Findings) -> impl Iterator<Item = &SeriesFacts> {
    findings.series.iter().filter(|series| series.charted)
}

/// A number to seven digits; `null` where it is unknown.
fn short(value: Option<f64>) -> Value {
    value.map_or(Value::Null, |value| {
        let rounded = format!("{value:.6e}").parse::<f64>().unwrap_or(value);
        // A whole number needs no decimal point in JSON.
        #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and below 2^53")]
        if rounded.fract() == 0.0 && rounded.abs() < 9e15 {
            Value::from(rounded as i64)
        } else {
            Value::from(rounded)
        }
    })
}

fn policies(findings: &Findings, language: Language) -> Vec<Value> {
    let about = &findings.about;
    let one = |policy: usize| {
        let (colour, dash) = palette::of_policy(policy, about.baseline);
        let facts = &about.policies[policy];
        // Of those that no chart shows only what others are numbered by.
        if !facts.listed {
            return json!({ "title": about.title(policy, language) });
        }
        json!({
            "name": facts.name,
            "title": about.title(policy, language),
            "colour": colour,
            "dash": dash,
            "on": facts.headline,
            "levers": facts.levers.iter().map(|lever| of_lever(lever, language)).collect::<Vec<_>>(),
        })
    };
    (0..about.policies.len()).map(one).collect()
}

fn of_lever(lever: &LeverFacts, language: Language) -> Value {
    let places: Vec<_> =
        lever.places.iter().map(|&(from, places)| json!([year(from), places])).collect();
    json!({
        "name": lever.name,
        "title": lever.title(language),
        "kind": names::name("lever", lever.kind, language),
        "type": lever.kind,
        "from": year(lever.from),
        "opening": lever.opening.map(year),
        "until": lever.until.map(year),
        "area": lever.area,
        "places": places,
        "same": lever.as_in_baseline,
    })
}

/// A date as a year with decimals.
fn year(date: Date) -> f64 {
    let year = f64::from(date.year) + f64::from(date.day - 1) / f64::from(DAYS);
    (year * 1_000.0).round() / 1_000.0
}

/// Whether charts show the figures of a policy, and there are any.
fn is_shown(findings: &Findings, policy: usize, figures: &[Figure]) -> bool {
    let listed = findings.about.policies[policy].listed;
    listed && figures.iter().any(|figure| figure.mean.is_some())
}

fn of_series(findings: &Findings, series: &SeriesFacts, language: Language) -> Value {
    let about = &findings.about;
    let unit = shown_unit(&series.unit, language);
    let by_policy = |figures: &[Vec<Figure>], parts: &dyn Fn(&Figure) -> Vec<Option<f64>>| {
        let of_policy = |(policy, figures): (usize, &Vec<Figure>)| {
            if !is_shown(findings, policy, figures) {
                return Value::Null;
            }
            let of_year = |figure: &Figure| parts(figure).into_iter().map(short).collect();
            Value::Array(figures.iter().map(of_year).collect())
        };
        figures.iter().enumerate().map(of_policy).collect::<Vec<_>>()
    };
    let observed: Vec<Value> = about
        .observed
        .iter()
        .filter(|fact| fact.metric == series.metric && fact.place == series.place)
        .map(|fact| json!([fact.year, fact.value, fact.tolerance]))
        .collect();
    json!({
        "metric": series.metric,
        "place": series.place,
        "title": figures::fan::title(findings, series, unit, language),
        "unit": unit.name,
        "divisor": unit.divisor,
        "observed": observed,
        "yearly": by_policy(&series.yearly, &|it| {
            vec![it.mean, it.low, it.high, it.p05, it.p25, it.p50, it.p75, it.p95]
        }),
        "difference": by_policy(&series.difference, &|it| {
            vec![it.mean, it.low, it.high, it.p05, it.p95, it.higher]
        }),
    })
}

fn terms(findings: &Findings, language: Language) -> Value {
    let shown = palette::TERMS.iter().copied().chain([
        ("net_city", ""),
        (AFTER_DISPLACEMENT, ""),
        ("net_district", ""),
    ]);
    let one = |(term, colour): (&str, &str)| {
        let of_policy = |policy: usize| {
            let figure = findings.term(policy, term)?.figure;
            findings.about.policies[policy].listed.then_some(())?;
            figure.mean?;
            Some([figure.mean, figure.low, figure.high, figure.p05, figure.p95].map(short))
        };
        let values: Vec<_> = (0..findings.about.policies.len()).map(of_policy).collect();
        json!({ "term": term, "name": names::name("term", term, language), "colour": colour, "values": values })
    };
    Value::Array(shown.map(one).collect())
}

fn money(findings: &Findings, item: &str, divisor: f64) -> Vec<Value> {
    let one = |policy: usize| {
        let figure = findings.total(policy, item)?.figure.divided(divisor);
        figure.mean.filter(|_| findings.about.policies[policy].listed)?;
        Some(json!([figure.mean, figure.low, figure.high, figure.p05, figure.p95].map(short)))
    };
    (0..findings.about.policies.len()).map(|policy| one(policy).unwrap_or(Value::Null)).collect()
}

/// Areas and facilities with their means by policy and year.
fn map(findings: &Findings, language: Language) -> Value {
    let about = &findings.about;
    let means = |metric: &str, place: &str| {
        let Some(series) = findings.series_of(metric, place) else { return Value::Null };
        let of_policy = |(policy, figures): (usize, &Vec<Figure>)| -> Value {
            if !is_shown(findings, policy, figures) {
                return Value::Null;
            }
            figures.iter().map(|figure| short(figure.mean)).collect()
        };
        series.yearly.iter().enumerate().map(of_policy).collect()
    };
    let areas = about.areas.iter().map(|area| {
        let title = about.area_title(area.name, language);
        json!({
            "name": area.name,
            "title": title.unwrap_or_else(|| names::name("place", area.name, language)),
            "land": area.land,
            "firms": means("firms", area.name),
            "jobs": means("jobs", area.name),
            "occupancy": means("occupancy", area.name),
            "rent": means("rent", area.name),
        })
    });
    let mut facilities: Vec<&LeverFacts> = Vec::new();
    for lever in about.listed().flat_map(|policy| &about.policies[policy].levers) {
        let listed = facilities.iter().any(|known| known.name == lever.name);
        if lever.kind == "facility" && !listed {
            facilities.push(lever);
        }
    }
    let facilities = facilities.into_iter().map(|lever| {
        json!({
            "name": lever.name,
            "title": lever.title(language),
            "area": lever.area,
            "tenants": means("tenants", &lever.name),
            "jobs": means("jobs", &lever.name),
        })
    });
    let rent = shown_unit("KRW m/(m2 year)", language).name;
    json!({
        "areas": areas.collect::<Vec<_>>(),
        "facilities": facilities.collect::<Vec<_>>(),
        "rent_unit": rent,
    })
}

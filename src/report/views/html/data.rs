//! What the page's script needs: drawings, the figures that it says and saves, rounded to seven
//! digits, and some words. It is packed, as there may be 50 policies in 20 series.

use std::collections::BTreeMap;
use std::io::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use serde_json::Value;
use serde_json::json;

use crate::report::text::language::Language;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
use crate::report::text::language::text::Text;
use crate::report::views::figures;
use crate::report::views::figures::additionality;
use crate::report::views::figures::attribution;
use crate::report::views::figures::cost;
use crate::report::views::figures::difference;
use crate::report::views::figures::fan;
use crate::report::views::figures::forest;
use crate::report::views::figures::groups;
use crate::report::views::figures::map;
use crate::report::views::figures::palette;
use crate::report::views::figures::svg;
use crate::report::views::figures::svg::Piece;
use crate::report::views::figures::timeline;
use crate::report::views::findings::Findings;
use crate::report::views::findings::figure::Figure;
use crate::report::views::findings::series::SeriesFacts;
use crate::report::views::verdict::AFTER_DISPLACEMENT;

/// The words that the script writes.
static WORDS: [&Text; 21] = [
    &text::mean,
    &text::median,
    &text::middle_50,
    &text::middle_90,
    &text::interval_95,
    &text::too_few,
    &text::observed,
    &text::controls,
    &text::no_data,
    &text::nothing_shown,
    &text::play,
    &text::pause,
    &text::difference,
    &text::fan,
    &text::additionality,
    &text::cost,
    &text::attribution,
    &text::map,
    &text::timeline,
    &text::forest,
    &text::groups,
];

/// Everything that the script needs, packed: zlib, then base64.
///
/// # Errors
///
/// Fails if there is no memory left.
pub(super) fn packed(findings: &Findings, language: Language) -> std::io::Result<String> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(data(findings, language).to_string().as_bytes())?;
    Ok(BASE64_STANDARD.encode(packer.finish()?))
}

fn data(findings: &Findings, language: Language) -> Value {
    let about = &findings.about;
    let words: serde_json::Map<String, Value> = WORDS
        .iter()
        .map(|text| (text.key.to_owned(), Value::from(text.in_language(language))))
        .collect();
    let plan = |policy: usize| plan(findings, policy, language);
    json!({
        "language": language.tag(),
        "scenario": about.manifest.plan.scenario,
        "style": format!("{}{}", svg::STYLE, svg::LIVE_STYLE),
        "texts": words,
        "years": about.years,
        "baseline": about.baseline,
        "focus": focus(findings),
        "policies": policies(findings, language),
        "series": charted(findings).map(|series| of_series(findings, series, language)).collect::<Vec<_>>(),
        "plans": (0..about.policies.len()).map(plan).collect::<Vec<_>>(),
        "charts": {
            "additionality": scales(findings, |of| additionality::pieces(findings, of, language)),
            "cost": scales(findings, |of| cost::pieces(findings, of, language)),
        },
        "tables": tables(findings, language),
    })
}

/// What the page shows before the script runs, and where none does: every chart as it is at first,
/// by its name.
#[must_use]
pub(super) fn first(findings: &Findings, language: Language) -> BTreeMap<&'static str, String> {
    let shown = findings.about.headline();
    let series = charted(findings).next();
    let of_series = |draw: DrawSeries| {
        series.map_or_else(String::new, |it| all(&draw(findings, it, &shown, language)))
    };
    let focus = focus(findings);
    BTreeMap::from([
        ("forest", all(&forest::pieces(findings, language))),
        ("fan", of_series(fan::pieces)),
        ("difference", of_series(difference::pieces)),
        ("additionality", all(&additionality::pieces(findings, &shown, language))),
        ("cost", all(&cost::pieces(findings, &shown, language))),
        ("attribution", all(&attribution::pieces(findings, language))),
        ("map", all(&map::draw(findings, focus, language).pieces)),
        ("timeline", all(&timeline::pieces(findings, focus, language))),
        ("groups", all(&groups::pieces(findings, focus, language))),
    ])
}

type DrawSeries = fn(&Findings, &SeriesFacts, &[usize], Language) -> Vec<Piece>;

/// A chart on the scale of the headline set, and on that of all listed policies where there are more.
fn scales(findings: &Findings, draw: impl Fn(&[usize]) -> Vec<Piece>) -> Vec<String> {
    let (shown, listed) = (findings.about.headline(), findings.about.listed().collect::<Vec<_>>());
    let sets = if shown == listed { vec![shown] } else { vec![shown, listed] };
    sets.iter().map(|set| all(&draw(set))).collect()
}

fn focus(findings: &Findings) -> usize {
    figures::focus(findings).unwrap_or(findings.about.baseline)
}

fn all(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.svg.as_str()).collect()
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
        let (title, facts) = (about.title(policy, language), &about.policies[policy]);
        // Of those that no chart shows only what others are numbered by.
        if !facts.listed {
            return json!({ "title": title });
        }
        json!({ "name": facts.name, "title": title, "on": facts.headline })
    };
    (0..about.policies.len()).map(one).collect()
}

/// Map and timeline of a policy, with the figures behind them.
fn plan(findings: &Findings, policy: usize, language: Language) -> Value {
    let about = &findings.about;
    if !about.policies[policy].listed {
        return Value::Null;
    }
    let drawn = map::draw(findings, policy, language);
    let levers = &about.policies[policy].levers;
    let facilities = levers.iter().filter(|lever| lever.kind == "facility");
    let of_areas =
        about.areas.iter().flat_map(|area| map::OF_AREAS.map(|it| (it, area.name.as_str())));
    let of_facilities = facilities.flat_map(|it| ["tenants", "jobs"].map(|of| (of, &*it.name)));
    let places = of_areas.chain(of_facilities).filter_map(|(metric, place)| {
        let means = findings.series_of(metric, place)?.yearly[policy].iter();
        Some(json!([place, metric, means.map(|it| short(it.mean)).collect::<Vec<_>>()]))
    });
    let lever_rows = levers.iter().map(|lever| {
        let year = |date: Option<_>| date.map(timeline::year);
        json!([
            lever.name,
            lever.kind,
            timeline::year(lever.from),
            year(lever.opening),
            year(lever.until)
        ])
    });
    json!({
        "map": all(&drawn.pieces),
        "frames": drawn.frames,
        "timeline": all(&timeline::pieces(findings, policy, language)),
        "groups": all(&groups::pieces(findings, policy, language)),
        "places": places.collect::<Vec<_>>(),
        "levers": lever_rows.collect::<Vec<_>>(),
    })
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
        "title": fan::title(findings, series, unit, language),
        "unit": unit.name,
        "divisor": unit.divisor,
        "observed": observed,
        "fan": scales(findings, |of| fan::pieces(findings, series, of, language)),
        "lines": scales(findings, |of| difference::pieces(findings, series, of, language)),
        "yearly": by_policy(&series.yearly, &|it| {
            vec![it.mean, it.low, it.high, it.p05, it.p25, it.p50, it.p75, it.p95]
        }),
        "difference": by_policy(&series.difference, &|it| {
            vec![it.mean, it.low, it.high, it.p05, it.p95, it.higher]
        }),
    })
}

/// The figures behind the charts that show one year, as rows.
fn tables(findings: &Findings, language: Language) -> Value {
    let about = &findings.about;
    let name = |policy: usize| about.policies[policy].name.as_str();
    let five = |it: &Figure| [it.mean, it.low, it.high, it.p05, it.p95].map(short);
    let year = about.last_year();
    let mut jobs = Vec::new();
    for (place, _) in forest::PLACES {
        for policy in forest::policies(findings) {
            let Some(figure) = findings.difference("jobs", place, policy) else { continue };
            let mut row = vec![json!(name(policy)), json!(place), json!("jobs"), json!(year)];
            row.extend(five(&figure));
            row.push(short(figure.higher));
            jobs.push(row);
        }
    }
    let mut account = Vec::new();
    let nets = ["net_city", AFTER_DISPLACEMENT, "net_district"];
    let listed: Vec<usize> = about.listed().collect();
    for policy in additionality::known(findings, &listed) {
        for term in palette::TERMS.map(|(term, _)| term).into_iter().chain(nets) {
            let Some(found) = findings.term(policy, term) else { continue };
            if found.figure.mean.is_some() {
                let mut row = vec![json!(name(policy)), json!(term)];
                row.extend(five(&found.figure));
                account.push(row);
            }
        }
    }
    let points = cost::points(findings, &listed, language).into_iter().map(|point| {
        let mut row = vec![json!(name(point.policy))];
        row.extend(five(&point.cost).into_iter().chain(five(&point.jobs)));
        row
    });
    let parts = attribution::contributions(findings, language).into_iter().flat_map(|group| {
        let row = |part: attribution::PartOfPlan| {
            let [low, high, without] = part.rest.map(short);
            json!([group.title, part.title, short(Some(part.value)), low, high, without])
        };
        group.parts.into_iter().map(row).collect::<Vec<_>>()
    });
    let groups = findings.groups.iter().filter(|fact| fact.figure.mean.is_some()).map(|fact| {
        let mut row = vec![json!(name(fact.policy)), json!(fact.place)];
        row.extend([json!(fact.grouping), json!(fact.group)]);
        row.extend(five(&fact.figure));
        row
    });
    let table = |head: &str, rows: Value| json!({ "head": head.split(' ').collect::<Vec<_>>(), "rows": rows });
    let difference =
        "policy place metric year difference ci_low ci_high p05 p95 probability_higher";
    let money = "policy cost cost_ci_low cost_ci_high cost_p05 cost_p95 net_jobs jobs_ci_low \
                 jobs_ci_high jobs_p05 jobs_p95";
    json!({
        "forest": table(difference, json!(jobs)),
        "groups": table("policy place grouping group difference ci_low ci_high p05 p95", groups.collect::<Vec<_>>().into()),
        "additionality": table("policy term mean ci_low ci_high p05 p95", json!(account)),
        "cost": table(money, points.collect::<Vec<_>>().into()),
        "attribution": table("group part shapley ci_low ci_high leave_one_out", parts.collect::<Vec<_>>().into()),
    })
}

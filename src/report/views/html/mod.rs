//! `report.html`: one file that opens anywhere without a network.
//!
//! Text, tables and charts are written here from `page.html`; `page.js` only says the numbers of a
//! chart, shows of the drawings what the reader asks for, and saves them. A Content-Security-Policy
//! in the page forbids everything from outside.

mod attribution;
mod data;
mod evidence;
mod noise;

pub mod table;
mod validation;

use std::io;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use minijinja::AutoEscape;
use minijinja::Environment;
use minijinja::UndefinedBehavior;
use minijinja::value::Serde;
use serde::Serialize;
use serde_json::json;
use sha2::Digest as _;
use sha2::Sha256;

use crate::report::folder::viewed;
use crate::report::tables::read::Stored;
use crate::report::tables::row::Row;
use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
use crate::report::text::language::text::TEXTS;
use crate::report::text::language::text::Text;
use crate::report::text::language::text::fill;
use crate::report::views::assumptions;
use crate::report::views::citation;
use crate::report::views::deciding::OfRun;
use crate::report::views::deciding::Telling;
use crate::report::views::deciding::ToldDecision;
use crate::report::views::decision;
use crate::report::views::figures;
use crate::report::views::figures::svg;
use crate::report::views::findings::Findings;
use crate::report::views::findings::about::Role;
use crate::report::views::verdict;

/// How the page looks.
const STYLE: &str = include_str!("page.css");

/// What answers the reader: numbers, switches, files.
pub const SCRIPT: &str = include_str!("page.js");

/// Rows of a table from another command that are shown; more would drown the page.
const MOST_ROWS: usize = 60;

/// A page that could not be made: a mistake in the program.
#[derive(Debug, thiserror::Error)]
#[error("the page cannot be made; this is a mistake in the program")]
pub enum PageError {
    /// The template asks for what there is not.
    Template(#[from] minijinja::Error),
    /// Its data cannot be packed.
    Pack(#[from] io::Error),
}

/// The page.
///
/// # Errors
///
/// Fails if the template asks for what there is not.
pub fn page(findings: &Findings, language: Language) -> Result<String, PageError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_template("page", include_str!("page.html"))?;
    let about = &findings.about;
    let titles: Vec<&str> =
        (0..about.policies.len()).map(|policy| about.title(policy, language)).collect();
    let style = format!("{STYLE}{}", svg::LIVE_STYLE);
    let answer = verdict::answer(findings, language, |policy| titles[policy]);
    let page = environment.get_template("page")?.render(Serde(json!({
        "language": language.tag(),
        "title": about.own_title(language),
        "question": about.asks(language),
        "question_in_english": about.asks(language) == about.question,
        "made_by": made_by(findings, language),
        "live": about.manifest.files.iter().any(|listed| listed.file == viewed::LIVE),
        "style": style,
        "style_hash": hash(&style),
        "script": SCRIPT,
        "script_hash": hash(SCRIPT),
        "data": data::packed(findings, language)?,
        "t": texts(findings, language),
        "titles": titles,
        "and_more": text::and_more.in_language(language).split("{count}").collect::<Vec<_>>(),
        "policies": policies(findings),
        "baseline": about.baseline,
        "answer": answer,
        "left_out": about.left_out(language),
        "all_pairs": about.compares_all_pairs(),
        "decision": decision::table(findings, language),
        "value": decision::value_for_money(findings, language),
        "headline": table::headline(findings, language),
        "charts": data::first(findings, language),
        "groups": !findings.groups.is_empty(),
        "notes": notes(findings, language),
        "money": money(findings, language),
        "observed_policy": titles[about.happened],
        "observed": evidence::observed(findings, language),
        "evidence": evidence::parameters(findings, language),
        "assumptions": assumptions::told(findings, language),
        "deciding": deciding(findings, language),
        "attribution": findings.attribution.as_ref().map(cut),
        "attribution_differs": attribution::differs(findings, language),
        "noise": noise::noise(findings, language),
        "noise_file": findings.noise.as_ref().map(cut),
        "validation": validation::validation(findings, language),
        "validation_file": findings.validation.as_ref().map(cut),
        "facts": validation::facts(findings, language),
        "sources": evidence::sources(findings),
        "run": run(findings, language),
    })))?;
    Ok(page)
}

/// What `decide` has found, where it has been asked.
fn deciding(findings: &Findings, language: Language) -> Option<ToldDecision> {
    let about = &findings.about;
    let called = |name: &str| {
        about
            .policy(name)
            .map_or_else(|| name.to_owned(), |it| about.title(it, language).to_owned())
    };
    let tables = findings.decision.as_ref()?;
    let counterfactuals =
        about.policies.iter().filter(|policy| policy.role == Role::Counterfactual);
    let run = OfRun {
        replications: about.manifest.plan.replications,
        design: about.design,
        baseline: &about.policies[about.baseline].name,
        happened: &about.policies[about.happened].name,
        counterfactuals: counterfactuals.map(|policy| &*policy.name).collect(),
    };
    Some(Telling { tables, run: &run, language, called: &called }.told())
}

/// What a Content-Security-Policy calls a style or script by, so that no other runs.
#[must_use]
pub fn hash(content: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(content)))
}

/// Every text, with the words filled in that are the same all over the page.
fn texts(
    findings: &Findings,
    language: Language,
) -> std::collections::BTreeMap<&'static str, String> {
    let about = &findings.about;
    let (year, base_year) = (about.last_year().to_string(), about.base_year.to_string());
    let replications = grouped(f64::from(about.manifest.plan.replications), 0);
    let swept = assumptions::replications(findings).to_string();
    let words = |text: &Text| {
        // Money is discounted to the base year; all else is about the last year.
        let year = if text.key == text::cost_table_note.key { &base_year } else { &year };
        fill(
            text,
            language,
            &[
                ("year", year),
                ("baseline", about.title(about.baseline, language)),
                ("replications", &replications),
                ("count", &about.policies.len().to_string()),
                ("base", &base_year),
                ("swept", &swept),
            ],
        )
    };
    TEXTS.iter().map(|text| (text.key, words(text))).collect()
}

fn made_by(findings: &Findings, language: Language) -> String {
    let manifest = &findings.about.manifest;
    let of_number = |number: usize, one: &'static Text, many: &'static Text| {
        if number == 1 { one.in_language(language) } else { many.in_language(language) }
    };
    let policies = manifest.plan.policies.len();
    fill(
        &text::made_by,
        language,
        &[
            ("policies", &policies.to_string()),
            ("policies_word", of_number(policies, &text::policy_word, &text::policies_word)),
            (
                "replications_word",
                text::word_for_replications(manifest.plan.replications, language),
            ),
            ("replications", &grouped(f64::from(manifest.plan.replications), 0)),
            ("first", &manifest.plan.first_year.to_string()),
            ("last", &manifest.plan.last_year.to_string()),
        ],
    )
}

#[derive(Serialize)]
struct PolicyLine<'a> {
    name: &'a str,
    description: &'a str,
    colour: &'static str,
    dash: &'static str,
    headline: bool,
    listed: bool,
}

fn policies(findings: &Findings) -> Vec<PolicyLine<'_>> {
    let about = &findings.about;
    let line = |policy: usize| {
        let (colour, dash) = figures::palette::of_policy(policy, about.baseline);
        let facts = &about.policies[policy];
        PolicyLine {
            name: &facts.name,
            description: &facts.description,
            colour,
            dash,
            headline: facts.headline,
            listed: facts.listed,
        }
    };
    (0..about.policies.len()).map(line).collect()
}

/// What is to be said of single policies below the additionality chart.
fn notes(findings: &Findings, language: Language) -> Vec<String> {
    let about = &findings.about;
    let listed = |text: &Text, has: &dyn Fn(usize) -> bool| {
        let titles: Vec<&str> = about
            .compared()
            .filter(|&policy| about.policies[policy].listed && has(policy))
            .map(|policy| about.title(policy, language))
            .collect();
        let policies = titles.join(", ");
        (!titles.is_empty()).then(|| fill(text, language, &[("policies", &policies)]))
    };
    let nets_only = |policy: usize| {
        let mean = |term: &str| findings.term(policy, term).and_then(|term| term.figure.mean);
        mean("gross").is_none() && mean("net_city").is_some()
    };
    let swapped = |policy: usize| {
        let terms = findings.terms.iter().filter(|term| term.policy == policy);
        terms.into_iter().any(|term| term.note.contains("roles swapped"))
    };
    [
        listed(&text::additionality_nets_only, &nets_only),
        listed(&text::additionality_swapped, &swapped),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A row of the money table: the policy and its totals as shown, with the notes behind them.
#[derive(Serialize)]
struct MoneyRow {
    policy: usize,
    cells: Vec<(String, String)>,
}

#[derive(Serialize)]
struct MoneyTable {
    columns: Vec<(String, &'static str)>,
    rows: Vec<MoneyRow>,
    notes: Vec<String>,
}

const MONEY: [&str; 8] = [
    "fiscal_cost",
    "fiscal_return",
    "fiscal_net_present_value",
    "economic_cost",
    "economic_benefit",
    "economic_net_present_value",
    "economic_benefit_cost_ratio",
    "cost_per_net_job_year",
];

/// The policies beside the baseline that lists show.
fn listed(findings: &Findings) -> impl Iterator<Item = usize> + '_ {
    findings.about.listed().filter(|&policy| policy != findings.about.baseline)
}

fn money(findings: &Findings, language: Language) -> MoneyTable {
    let known = |item: &&str| findings.money.iter().any(|money| money.item == **item);
    let items: Vec<&str> = MONEY.into_iter().filter(known).collect();
    let column = |item: &&str| {
        let unit = findings.money.iter().find(|money| money.item == **item);
        let unit = unit.map_or("", |money| shown_unit(&money.unit, language).name);
        (names::name("item", item, language).to_owned(), unit)
    };
    let cell = |policy: usize, item: &str| {
        let Some(total) = findings.total(policy, item) else {
            return (String::new(), String::new());
        };
        let mean = total.figure.mean.map(|mean| mean / shown_unit(&total.unit, language).divisor);
        let text = mean.map_or_else(|| "–".to_owned(), |mean| grouped(mean, decimals(mean)));
        (text, total.note.clone())
    };
    let row = |policy: usize| MoneyRow {
        policy,
        cells: items.iter().map(|item| cell(policy, item)).collect(),
    };
    MoneyTable {
        notes: money_notes(findings, &items, language),
        columns: items.iter().map(column).collect(),
        rows: if items.is_empty() { Vec::new() } else { listed(findings).map(row).collect() },
    }
}

/// What is to be said of figures of the money table, each note once: why there is no ratio, and what
/// a figure leaves out.
fn money_notes(findings: &Findings, items: &[&str], language: Language) -> Vec<String> {
    let mut notes: Vec<(&str, &str, Vec<&str>)> = Vec::new();
    for item in items {
        for policy in listed(findings) {
            let note = findings.total(policy, item).map_or("", |total| &total.note);
            let title = findings.about.title(policy, language);
            match notes.iter_mut().find(|(of, known, _)| of == item && *known == note) {
                _ if note.is_empty() => {}
                Some((_, _, titles)) => titles.push(title),
                None => notes.push((item, note, vec![title])),
            }
        }
    }
    let line = |(item, note, titles): (&str, &str, Vec<&str>)| {
        format!("{}, {}: {note}.", names::name("item", item, language), titles.join(", "))
    };
    notes.into_iter().map(line).collect()
}

/// A table of another command, cut to what a page can hold.
#[derive(Serialize)]
struct CutTable<'a> {
    header: Vec<&'a str>,
    rows: Vec<Vec<&'a str>>,
    all: usize,
}

fn cut<R: Row>(table: &Stored<R>) -> CutTable<'_> {
    CutTable { header: table.header(), rows: table.cells(MOST_ROWS), all: table.len() }
}

/// The manifest as the page lists it.
fn run(findings: &Findings, language: Language) -> serde_json::Value {
    let manifest = &findings.about.manifest;
    let mut settings = manifest.plan.choices.set.clone();
    settings.extend(manifest.plan.choices.until.map(|year| format!("until={year}")));
    settings.extend(manifest.plan.choices.future.iter().map(|name| format!("future={name}")));
    json!({
        "version": format!("{} {}", manifest.plan.program, manifest.plan.version),
        "scenario": manifest.plan.scenario,
        "seed": manifest.plan.seed.to_string(),
        "replications": manifest.plan.replications,
        "years": format!("{}–{}", manifest.plan.first_year, manifest.plan.last_year),
        "first_year": manifest.plan.first_year,
        "last_year": manifest.plan.last_year,
        "settings": settings.join(", "),
        "citation": citation::citation(manifest, language),
        "inputs": manifest.plan.inputs,
        "files": manifest.files,
        "vary": findings.about.parameters_vary,
    })
}

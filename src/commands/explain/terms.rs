//! Terms of the field: what each is, where it stands and which command makes it.

use std::fmt::Write as _;

use crate::report::text::console;
use crate::report::text::glossary;
use crate::report::text::glossary::Place;
use crate::report::text::glossary::Term;

/// The term of this name, in whatever case, with spaces, hyphens or underscores, in English or Korean.
pub(super) fn term(name: &str) -> Option<String> {
    glossary::find(name).map(entry)
}

/// Every term.
pub(super) fn list() -> String {
    let also = |term: &Term| term.also.first().cloned().unwrap_or_default();
    let rows: Vec<[String; 3]> = glossary::terms()
        .iter()
        .map(|term| [term.name.clone(), also(term), term.name_ko.clone()])
        .collect();
    console::table(["term", "also", "Korean"], &rows)
}

fn entry(term: &Term) -> String {
    let mut text = format!("{} ({}): a term of the field\n", term.name, term.name_ko);
    text.push_str(&console::paragraph(&term.meaning_en, 2));
    text.push_str(&console::paragraph(&term.meaning_ko, 2));
    let stands: Vec<String> = term
        .stands
        .iter()
        .map(|Place { file, column, rows }| {
            let of = if rows.is_empty() { String::new() } else { format!(" ({rows})") };
            format!("`{column}` of {file}{of}")
        })
        .collect();
    let also: Vec<&str> = term.also.iter().chain(&term.also_ko).map(String::as_str).collect();
    let facts = [
        ("also", also.join(", ")),
        ("formula", term.formula.clone()),
        ("source", term.source.clone()),
        ("stands in", stands.join("; ")),
        ("made by", term.made_by.clone()),
    ];
    for (what, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(text, "  {what:<10} {value}");
    }
    text
}

//! The file of a further language: what there is to translate, the form to fill in, what a file lacks, and the names
//! of sheets, which cannot be any.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::policy::levers::LeverKind;
use crate::report::tables::register::SHEETS;
use crate::report::text::language::Language;
use crate::report::text::language::Tag;
use crate::report::text::language::text;
use crate::report::text::language::text::Text;
use crate::report::text::language::words;
use crate::report::text::language::words::ENGLISH;
use crate::report::text::language::words::OF_MONEY;
use crate::scenario::Scenario;
use crate::scenario::appraisal::RuleSet;
use crate::scenario::titles::LanguageFile;

/// The texts that are names of sheets of the workbook, beside those of tables.
const SHEET_TEXTS: [&Text; 5] = [
    &text::workbook_summary,
    &text::workbook_headline,
    &text::workbook_charts,
    &text::workbook_data,
    &text::workbook_manifest,
];

/// The most letters of a sheet's name, as Excel counts them.
const MOST_OF_SHEET: usize = 31;

/// Wordings of registers that pages, workbook and summary show, in English.
fn wordings(scenario: &Scenario) -> BTreeSet<String> {
    let sheets = SHEETS.iter().filter_map(|table| table.sheet);
    let headings = SHEETS.iter().flat_map(|table| table.columns);
    let headings = headings.filter(|column| !column.heading_ko.is_empty());
    let levers = LeverKind::ALL.into_iter().map(|kind| kind.spec().title_en);
    let rules = RuleSet::fit_for(&scenario.money).map(|set| set.rules().title_en.as_str());
    let meanings = scenario.register.iter().map(|spec| spec.meaning_en.as_ref());
    let signs = [" to ", " %", "title", "key"];
    sheets
        .flat_map(|sheet| [sheet.en, sheet.about_en])
        .chain(headings.map(|column| column.name))
        .chain(levers)
        .chain(rules)
        .chain(meanings)
        .chain(signs)
        .map(str::to_owned)
        .collect()
}

/// Whether Excel takes a name for a sheet.
fn is_sheet_name(name: &str) -> bool {
    name.encode_utf16().count() <= MOST_OF_SHEET
        && !name.contains(['[', ']', ':', '*', '?', '/', '\\', '\''])
}

/// The name of a sheet of the workbook in a language, from the English one: that too where Excel does not take the
/// other, or another sheet has it.
#[must_use]
pub fn sheet_name(english: &'static str, language: Language) -> &'static str {
    let texts = SHEET_TEXTS.map(|text| (in_english(text), text.in_language(language)));
    let tables = SHEETS.iter().filter_map(|table| table.sheet);
    let tables = tables.map(|sheet| (sheet.en, sheet.name(language)));
    let all: Vec<(&str, &str)> = texts.into_iter().chain(tables).collect();
    let mut taken: BTreeSet<String> = all.iter().map(|(en, _)| en.to_lowercase()).collect();
    let found = all.into_iter().find_map(|(en, own)| {
        let is_own = own.eq_ignore_ascii_case(en);
        let fits = is_sheet_name(own) && (is_own || taken.insert(own.to_lowercase()));
        (en == english).then_some(if fits { own } else { en })
    });
    found.unwrap_or(english)
}

/// The same of a sheet whose name is a text.
#[must_use]
pub fn sheet_name_of(text: &Text, language: Language) -> &'static str {
    sheet_name(in_english(text), language)
}

fn in_english(text: &Text) -> &'static str {
    words::english("text", text.key).unwrap_or(text.key)
}

/// What of a language's file is missing, and what of it is not used.
#[derive(Debug, PartialEq, Eq)]
struct Checked {
    all: usize,
    missing: usize,
    unused: Vec<String>,
}

impl Checked {
    /// One line; nothing where the file is whole.
    fn told(&self, tag: &str) -> Option<String> {
        let mut parts = Vec::new();
        if self.missing > 0 {
            parts.push(format!(
                "{} of {} texts are not translated, and are shown in English",
                self.missing, self.all
            ));
        }
        if let Some(first) = self.unused.first() {
            let more = match self.unused.len() - 1 {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            parts.push(format!(
                "not used, as there is no such text, other words stand in braces, or the name of a sheet has \
                 more than {MOST_OF_SHEET} letters, a sign of []:*?/\\' or is another's: {first}{more}"
            ));
        }
        (!parts.is_empty()).then(|| format!("languages/{tag}.toml: {}", parts.join("; ")))
    }
}

/// What of a scenario's own file of a language is missing, or not used, for whoever translates it; nothing where it is
/// whole, and of the program's languages.
#[must_use]
pub fn lacks(language: Language, scenario: &Scenario) -> Option<String> {
    let own = scenario.languages.iter().find(|file| file.tag == language.tag())?;
    check(own, language, scenario).told(language.tag())
}

/// Compares a language's file with what there is to translate.
fn check(own: &LanguageFile, language: Language, scenario: &Scenario) -> Checked {
    let wordings = wordings(scenario);
    let texts = words::shipped(Tag::english().name())
        .iter()
        .flat_map(|(kind, words)| words.keys().map(move |key| (kind.as_str(), key.as_str())));
    let wanted: BTreeSet<(&str, &str)> =
        texts.chain(wordings.iter().map(|word| (ENGLISH, word.as_str()))).collect();
    let mut usable: BTreeSet<(&str, &str)> =
        words::usable(own).map(|(kind, key, _)| (kind, key)).collect();
    let texts = SHEET_TEXTS.map(|of| (("text", of.key), in_english(of), of.in_language(language)));
    let tables = SHEETS.iter().filter_map(|table| table.sheet);
    let tables = tables.map(|sheet| ((ENGLISH, sheet.en), sheet.en, sheet.name(language)));
    for (of, english, shown) in texts.into_iter().chain(tables) {
        if sheet_name(english, language) != shown {
            usable.remove(&of);
        }
    }
    let unused = own.words.iter().flat_map(|(kind, words)| {
        let written = words.iter().filter(|(_, word)| !word.trim().is_empty());
        written.map(move |(key, _)| (kind.as_str(), key.as_str()))
    });
    let is_known = |it: &(&str, &str)| wanted.contains(it) || OF_MONEY.contains(&it.0);
    let unused = unused.filter(|it| !usable.contains(it) || !is_known(it));
    Checked {
        all: wanted.len(),
        missing: wanted.difference(&usable).count(),
        unused: unused.map(|(kind, key)| format!("`{key}` of [{kind}]")).collect(),
    }
}

/// The form of a language's file: every text, with what it is in English above it.
#[must_use]
pub fn template(tag: &str, scenario: &Scenario) -> String {
    let mut text = format!(
        "# The language {tag}: what pages, pictures, workbook and summary say. Write each text between the quotes;\n\
         # what is left empty is shown in English. Words in braces stay as they are: they are filled in;\n\
         # {{city_name}} and {{district_name}} may stand in any text. Titles stand in the scenario's other files,\n\
         # as title_{tag} beside title.\n"
    );
    for (kind, words) in words::shipped(Tag::english().name()) {
        let _ = write!(text, "\n[{kind}]\n");
        for (key, english) in words {
            let _ = write!(text, "# {english}\n{} = \"\"\n", quoted(key));
        }
    }
    let _ = write!(text, "\n# Wordings by what they are in English.\n[{ENGLISH}]\n");
    for wording in wordings(scenario) {
        let _ = writeln!(text, "{} = \"\"", quoted(&wording));
    }
    text
}

/// A key of TOML: quoted as in JSON where it must be.
fn quoted(key: &str) -> String {
    let bare = key.bytes().all(|letter| letter.is_ascii_alphanumeric() || b"_-".contains(&letter));
    if bare { key.to_owned() } else { serde_json::Value::from(key).to_string() }
}

//! Walking a parsed file: values and tables that know where they stand.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;

use crate::scenario::keys;
use crate::scenario::nearest::nearest;
use crate::scenario::problem::MANY;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::listed;
use crate::scenario::problem::shortened;
use crate::scenario::read::source::SourceFile;
use crate::scenario::renamed;
use crate::scenario::renamed::Of;
use crate::scenario::titles::SHIPPED;
use crate::scenario::titles::Titles;
use crate::scenario::titles::is_tag;

/// A value and the file that it stands in.
#[derive(Clone, Copy)]
pub(super) struct Value<'a> {
    pub(super) source: &'a SourceFile,
    pub(super) spanned: &'a Spanned<DeValue<'a>>,
}

/// A key and the file that it stands in.
#[derive(Clone)]
pub(super) struct Key<'a> {
    pub(super) source: &'a SourceFile,
    pub(super) text: &'a str,
    pub(super) span: Range<usize>,
}

impl Key<'_> {
    /// A problem of this key.
    pub(super) fn problem(&self, message: impl Into<String>) -> Problem {
        self.source.problem(self.span.clone(), message)
    }
}

impl<'a> Value<'a> {
    /// A problem of this value.
    pub(super) fn problem(&self, message: impl Into<String>) -> Problem {
        self.source.problem(self.spanned.span(), message)
    }

    /// The value was found where something else is expected.
    pub(super) fn instead_of(&self, expected: &str) -> Problem {
        self.problem(format!("found {}, expected {expected}", self.described()))
            .expected(format!("expected {expected}"))
    }

    /// What the value is, for a message.
    pub(super) fn described(&self) -> String {
        let written = || shortened(self.written());
        match self.spanned.get_ref() {
            DeValue::String(text) => format!("the text \"{}\"", shortened(text)),
            DeValue::Integer(_) => format!("the whole number {}", written()),
            DeValue::Float(_) => format!("the number {}", written()),
            DeValue::Boolean(flag) => format!("`{flag}`"),
            DeValue::Datetime(moment) => format!("the date `{moment}`"),
            DeValue::Array(_) => "a list".to_owned(),
            DeValue::Table(_) => "a table".to_owned(),
        }
    }

    /// Whether another value is written in the same letters, or is the same number.
    pub(super) fn says_same(&self, other: &Value<'_>) -> bool {
        let [own, other] = [self.written(), other.written()];
        let number = |text: &str| text.replace('_', "").parse::<f64>().ok();
        own == other || number(own).is_some_and(|own| Some(own) == number(other))
    }

    /// The value as it is written.
    fn written(&self) -> &'a str {
        self.source.text.get(self.spanned.span()).unwrap_or("")
    }

    /// The values of a list.
    pub(super) fn list(self) -> Option<Vec<Value<'a>>> {
        let DeValue::Array(array) = self.spanned.get_ref() else { return None };
        Some(array.iter().map(|spanned| Value { source: self.source, spanned }).collect())
    }

    /// The keys and values of a table, in the order of the file.
    pub(super) fn entries(self) -> Result<Vec<(Key<'a>, Value<'a>)>, Problems> {
        match self.spanned.get_ref() {
            DeValue::Table(table) => Ok(entries(self.source, table)),
            _ => Err(self.instead_of("a table").into()),
        }
    }
}

/// The keys and values of a table, in the order of the file.
pub(super) fn entries<'a>(
    source: &'a SourceFile,
    table: &'a DeTable<'a>,
) -> Vec<(Key<'a>, Value<'a>)> {
    let mut entries: Vec<_> = table
        .iter()
        .map(|(key, spanned)| {
            let key = Key { source, text: key.get_ref(), span: key.span() };
            (key, Value { source, spanned })
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.span.start);
    entries
}

/// A table with the keys of the register, asked for one by one.
///
/// What is asked for and not there is missing; what is there and not in the register is unknown.
/// [`Fields::finish`] tells both, with all that was wrong with the values.
pub(super) struct Fields<'a> {
    source: &'a SourceFile,
    table: &'a DeTable<'a>,
    header: Range<usize>,
    what: String,
    keys: &'static [keys::Key],
    /// Keys that were asked for: all of the register, which is tested wherever a table is read.
    asked: Vec<&'static str>,
    missing: Vec<(&'static str, String)>,
    problems: Problems,
}

impl<'a> Fields<'a> {
    /// The keys of a value that is to be a table; `what` names it in messages.
    pub(super) fn of(
        value: Value<'a>,
        what: impl Into<String>,
        keys: &'static [keys::Key],
    ) -> Result<Self, Problems> {
        let DeValue::Table(table) = value.spanned.get_ref() else {
            return Err(value.instead_of("a table").into());
        };
        Ok(Self::of_table(value.source, table, value.spanned.span(), (what, keys)))
    }

    /// The keys of a table whose header stands at `header`.
    pub(super) fn of_table(
        source: &'a SourceFile,
        table: &'a DeTable<'a>,
        header: Range<usize>,
        (what, keys): (impl Into<String>, &'static [keys::Key]),
    ) -> Self {
        let what = what.into();
        let problems = Problems::default();
        Self { source, table, header, what, keys, asked: Vec::new(), missing: Vec::new(), problems }
    }

    /// The value of a key that may be absent.
    pub(super) fn value(&mut self, name: &'static str) -> Option<Value<'a>> {
        debug_assert!(self.names().contains(&name), "`{name}` of {} is in no register", self.what);
        if !self.asked.contains(&name) {
            self.asked.push(name);
        }
        let spanned = self.table.get(name)?;
        Some(Value { source: self.source, spanned })
    }

    /// A key that may be absent.
    pub(super) fn optional<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(Value<'a>) -> Result<T, Problems>,
    ) -> Option<T> {
        let value = self.value(name)?;
        self.problems.keep(read(value))
    }

    /// What a key that is given in English and Korean says in further languages: `title_es` for `title`.
    pub(super) fn further(
        &mut self,
        name: &'static str,
        mut read: impl FnMut(Value<'a>) -> Result<String, Problems>,
    ) -> Titles {
        debug_assert!(self.translated().any(|key| key == name), "`{name}` of {}", self.what);
        let (source, table) = (self.source, self.table);
        let mut titles = BTreeMap::new();
        for (key, spanned) in table {
            let Some(tag) = tag_after(key.get_ref(), name).filter(|tag| !SHIPPED.contains(tag))
            else {
                continue;
            };
            let title = self.problems.keep(read(Value { source, spanned }));
            titles.extend(title.map(|title| (tag.to_owned(), title)));
        }
        Titles(titles)
    }

    /// A key that must be there; its unit is named when it is missing.
    pub(super) fn required<T>(
        &mut self,
        name: &'static str,
        unit: &str,
        read: impl FnOnce(Value<'a>) -> Result<T, Problems>,
    ) -> Option<T> {
        let value = self.value(name);
        if value.is_none() {
            self.missing.push((name, with_unit(name, unit)));
        }
        self.problems.keep(read(value?))
    }

    /// The keys that the table may have, but for further languages.
    fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }

    /// The keys that may be given in further languages.
    fn translated(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.keys.iter().filter(|key| key.translated).map(|key| key.name)
    }

    /// Notes a problem that concerns several keys.
    pub(super) fn note(&mut self, problem: impl Into<Problems>) {
        self.problems.add(problem);
    }

    /// Makes the whole of its parts if nothing was wrong.
    pub(super) fn finish<T>(mut self, whole: impl FnOnce() -> Option<T>) -> Result<T, Problems> {
        let names = self.names();
        debug_assert!(
            names.iter().all(|name| self.asked.contains(name)),
            "of {}, only {:?} are read of {names:?}",
            self.what,
            self.asked
        );
        let is_further = |key: &str| {
            let mut of = self.translated();
            of.any(|name| tag_after(key, name).is_some_and(|tag| !SHIPPED.contains(&tag)))
        };
        let unknown = unknown_keys(self.source, self.table, &self.what, &names, is_further);
        self.problems.add(unknown);
        let slips = |missing: &str| {
            self.table.keys().any(|key| is_slip_for(key.get_ref(), missing, &names))
        };
        let missing: Vec<String> = self
            .missing
            .iter()
            .filter(|(name, _)| !slips(name))
            .map(|(_, shown)| shown.clone())
            .collect();
        if !missing.is_empty() {
            let header = self.source.problem(self.header, "");
            self.problems.add(missing_keys(header, &self.what, &missing));
        }
        if self.problems.0.is_empty() { whole().ok_or(self.problems) } else { Err(self.problems) }
    }
}

/// Whether a key is a misspelt one, so that this is not missing as well.
pub(super) fn is_slip_for(found: &str, missing: &str, known: &[&str]) -> bool {
    !known.contains(&found) && nearest(found, known.iter().copied()) == Some(missing)
}

/// A key with its unit in brackets.
pub(super) fn with_unit(name: &str, unit: &str) -> String {
    if matches!(unit, "" | "1") { format!("`{name}`") } else { format!("`{name}` [{unit}]") }
}

/// Says which keys a table lacks.
pub(super) fn missing_keys(mut at: Problem, what: &str, missing: &[String]) -> Problem {
    let keys = if missing.len() == 1 { "the key" } else { "the keys" };
    at.message = format!("{what} lacks {keys} {}", missing.join(", "));
    at.expected("add what is missing to this table").about_keys()
}

/// The language's tag after a key's name: `es` of `title_es` after `title`.
fn tag_after<'k>(key: &'k str, name: &str) -> Option<&'k str> {
    key.strip_prefix(name)?.strip_prefix('_').filter(|tag| is_tag(tag))
}

/// Keys that nobody asks for.
fn unknown_keys(
    source: &SourceFile,
    table: &DeTable<'_>,
    what: &str,
    known: &[&str],
    is_further: impl Fn(&str) -> bool,
) -> Problems {
    let is_unknown = |key: &str| !known.contains(&key) && !is_further(key);
    let problems = table.keys().filter(|key| is_unknown(key.get_ref())).take(MANY).map(|key| {
        let found = key.get_ref();
        let problem = source
            .problem(key.span(), format!("`{}` is no key of {what}", shortened(found)))
            .expected("unknown key")
            .about_keys();
        match renamed::now(Of::Key, what, found) {
            Some(now) => problem.help(format!("renamed to `{now}`")),
            None => problem.known(found, known.iter().copied()),
        }
    });
    Problems(problems.collect())
}

/// One of these words.
pub(super) fn word_among<'w>(
    value: Value<'_>,
    what: &str,
    known: &[&'w str],
) -> Result<(usize, &'w str), Problems> {
    let DeValue::String(found) = value.spanned.get_ref() else {
        let expected = format!("{what}: {}", listed(known));
        return Err(value.instead_of(&expected).into());
    };
    match known.iter().enumerate().find(|&(_, &word)| word == found.as_ref()) {
        Some((index, &word)) => Ok((index, word)),
        None => Err(value
            .problem(format!("\"{}\" is no {what}", shortened(found)))
            .expected(format!("expected {}", listed(known)))
            .nearest(found, known.iter().copied())
            .into()),
    }
}

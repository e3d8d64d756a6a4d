//! The areas, sectors and regimes that `district.toml` names, as far as they are understood: for those who name
//! one of them, whatever else is wrong with the file.

use std::cmp::Reverse;

use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;

use crate::policy::area::Area;
use crate::policy::regime::Regime;
use crate::policy::sector::Sector;
use crate::scenario::parameter_spec::Member;
use crate::scenario::parameter_spec::Members;
use crate::scenario::read::syntax::Document;

/// An area or a sector: its name, number and table.
struct Entry<'d> {
    name: &'d str,
    number: u8,
    table: Option<&'d DeTable<'d>>,
}

impl Entry<'_> {
    fn value(&self, key: &str) -> Option<&DeValue<'_>> {
        Some(self.table?.get(key)?.get_ref())
    }

    fn is(&self, key: &str) -> bool {
        matches!(self.value(key), Some(DeValue::Boolean(true)))
    }

    fn area(&self) -> Area {
        Area::new(self.number, self.is("district"))
    }

    fn member(&self, index: usize) -> Member {
        let text = |key: &str| match self.value(key) {
            Some(DeValue::String(text)) => Some(text.to_string()),
            _ => None,
        };
        let title_en = text("title").unwrap_or_else(|| self.name.to_owned());
        let title_ko = text("title_ko").unwrap_or_else(|| title_en.clone());
        Member { index, name: self.name.to_owned(), title_en, title_ko }
    }
}

/// The entries of a table of tables, in the order of their numbers; one without a number has that of
/// its place.
fn entries<'d>(document: &'d Document<'_>, key: &str) -> Vec<Entry<'d>> {
    let table = document.root.get(key).map(Spanned::get_ref);
    let Some(DeValue::Table(table)) = table else { return Vec::new() };
    let of_one = |(place, (name, value)): (usize, (&'d Spanned<_>, &'d Spanned<DeValue<'d>>))| {
        let name: &std::borrow::Cow<'_, str> = name.get_ref();
        let table = match value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => None,
        };
        let number = match table.and_then(|table| table.get("number")).map(Spanned::get_ref) {
            Some(DeValue::Integer(number)) => number.to_string().parse().ok(),
            _ => None,
        };
        let number = number.or_else(|| u8::try_from(place + 1).ok()).unwrap_or(u8::MAX);
        Entry { name, number, table }
    };
    let mut entries: Vec<Entry<'_>> = table.iter().enumerate().map(of_one).collect();
    entries.sort_by_key(|entry| entry.number);
    entries
}

/// What names stand for, by name.
pub(super) type Named<T> = Vec<(String, T)>;

/// What settings name of `district.toml`, by name, in the order of the numbers.
#[derive(Default)]
pub(super) struct NamedMembers {
    pub(super) areas: Named<Area>,
    pub(super) sectors: Named<Sector>,
    pub(super) regimes: Named<Regime>,
}

/// All that settings name.
pub(super) fn named(document: &Document<'_>) -> NamedMembers {
    NamedMembers { areas: areas(document), sectors: sectors(document), regimes: regimes(document) }
}

/// The regimes by name, in the order of their numbers.
pub(super) fn regimes(document: &Document<'_>) -> Named<Regime> {
    let table = document.root.get("regimes").map(Spanned::get_ref);
    let Some(DeValue::Table(table)) = table else { return Vec::new() };
    let of_one = |(name, value): (&Spanned<std::borrow::Cow<'_, str>>, &Spanned<DeValue<'_>>)| {
        let DeValue::Integer(number) = value.get_ref() else { return None };
        let number = number.to_string().parse().ok()?;
        Some((name.get_ref().to_string(), Regime::new(number)))
    };
    let mut found: Named<Regime> = table.iter().filter_map(of_one).collect();
    found.sort_by_key(|(_, regime)| *regime);
    found
}

/// The areas by name, in the order of their numbers.
pub(super) fn areas(document: &Document<'_>) -> Vec<(String, Area)> {
    let entries = entries(document, "areas").into_iter();
    entries.map(|entry| (entry.name.to_owned(), entry.area())).collect()
}

fn sectors(document: &Document<'_>) -> Vec<(String, Sector)> {
    let entries = entries(document, "sectors").into_iter();
    entries.map(|entry| (entry.name.to_owned(), Sector::new(entry.number))).collect()
}

/// An instrument as a member of families.
pub(super) fn of_instrument((index, name): (usize, &String)) -> Member {
    Member { index, name: name.clone(), title_en: name.clone(), title_ko: name.clone() }
}

/// Whose the parameters of families are, without instruments. None is an area's where no area or every one is in the
/// district, so that nobody can say which are to have them: that is told where areas are read.
pub(super) fn of_families(document: &Document<'_>) -> Members {
    let mut areas = entries(document, "areas");
    let inside = areas.iter().filter(|entry| entry.is("district")).count();
    if inside == 0 || inside == areas.len() {
        areas.clear();
    }
    // Where none is named, the one outside the district.
    let weight = |entry: &Entry<'_>| (entry.is("reference"), !entry.is("district"));
    let reference = areas.iter().min_by_key(|entry| Reverse(weight(entry))).map(|it| it.name);
    let areas = areas.iter().filter(|entry| Some(entry.name) != reference);
    let sectors = entries(document, "sectors");
    Members {
        areas: areas.map(|entry| entry.member(entry.area().index())).collect(),
        sectors: sectors
            .iter()
            .map(|entry| entry.member(Sector::new(entry.number).index()))
            .collect(),
        instruments: Vec::new(),
    }
}

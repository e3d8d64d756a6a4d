//! The areas of `district.toml`: which there are, how they are at the start, who is whose neighbour.

use std::collections::BTreeMap;

use toml::de::DeValue;

use crate::policy::area::Area;
use crate::policy::area::MOST_AREAS;
use crate::scenario::district::AreaStart;
use crate::scenario::district::Areas;
use crate::scenario::keys;
use crate::scenario::keys::bounds::MOST_FLOOR_SPACE;
use crate::scenario::keys::bounds::MOST_LAND;
use crate::scenario::keys::bounds::UNLIMITED;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::letters;
use crate::scenario::read::letters::Looks;
use crate::scenario::read::policy::is_name;
use crate::scenario::read::value;
use crate::scenario::read::walk::Fields;
use crate::scenario::read::walk::Key;
use crate::scenario::read::walk::Value;
use crate::scenario::read::walk::word_among;

/// The unit of a rent.
const RENT: &str = "{money}/(m2 year)";
/// The most expensive floor space, in million won `[KRW m/(m2 year)]`: three times the most expensive offices of the world.
const MOST_RENT: f64 = 10.0;
/// Words for places that no area may take for its name.
pub(super) const TAKEN: [&str; 2] = ["district", "city"];

/// The name of an area, of these; where there are none, that is told elsewhere.
pub(super) fn area_name(value: Value<'_>, names: &[(String, Area)]) -> Result<Area, Problems> {
    if names.is_empty() {
        return Err(Problems::default());
    }
    let words: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
    word_among(value, "area", &words).map(|(index, _)| names[index].1)
}

/// A name that no area or sector can have: `what` it is, and words that are taken.
pub(super) fn unfit_name(key: &Key<'_>, what: &str, taken: &[&str]) -> Problems {
    let name = key.text;
    if !is_name(name) || taken.contains(&name) {
        let but = if taken.is_empty() {
            String::new()
        } else {
            format!(", and not {}", taken.join(" or "))
        };
        let problem = key.problem(format!("`{}` cannot name {what}", shortened(name)));
        return problem.expected(format!("expected small letters, digits and hyphens{but}")).into();
    }
    letters::changed_elsewhere(name).map_or_else(Problems::default, |reason| {
        let problem = key.problem(format!("`{name}` cannot name {what}: {reason}"));
        problem.expected("expected another name").into()
    })
}

/// Reads the table of areas.
pub(super) fn read(value: Value<'_>, names: &[(String, Area)]) -> Result<Areas, Problems> {
    let mut problems = Problems::default();
    let entries = value.entries()?;
    if entries.len() > MOST_AREAS {
        let message = format!("there are {} areas", entries.len());
        return Err(value
            .problem(message)
            .expected(format!("expected {MOST_AREAS} at most"))
            .into());
    }
    if names.iter().all(|(_, area)| !area.in_district()) {
        let problem = value.problem("no area belongs to the district");
        problems.add(problem.expected("expected `district = true` in one area at least"));
    } else if names.iter().all(|(_, area)| area.in_district()) {
        let problem = value.problem("every area belongs to the district");
        problems.add(problem.expected("expected an area that does not: the rest of the city"));
    }
    let mut list = Vec::new();
    let mut reference = None;
    let mut numbers: BTreeMap<u8, String> = BTreeMap::new();
    let mut titles = titles();
    for (key, value) in entries {
        let name = key.text;
        problems.add(unfit_name(&key, "an area", &TAKEN));
        let Some((start, is_reference, at)) = problems.keep(area(value, name, names)) else {
            continue;
        };
        if let Some(other) = numbers.insert(start.area.number(), name.to_owned()) {
            let message = format!("`{other}` has the number {} too", start.area.number());
            let problem = at.problem(message).expected("expected a number of its own");
            problems.add(problem.help("draws of chance go by it, so it should never change"));
        }
        if is_reference {
            if start.area.in_district() {
                let problem = value.problem(format!("the reference `{name}` is in the district"));
                problems.add(problem.expected("expected an area outside the district"));
            }
            if reference.replace(start.area).is_some() {
                let problem = value.problem("there are two areas of reference");
                problems.add(problem.expected("expected `reference = true` in one area only"));
            }
        }
        let own = [start.title_en.as_str(), start.title_ko.as_str()];
        problems.add(same_title(value, name, own, &mut titles, "area"));
        list.push(start);
    }
    if !problems.0.is_empty() {
        return Err(problems);
    }
    let reference = reference.map_or_else(|| only_outside(value, &list), Ok)?;
    let areas = Areas::new(list, reference);
    areas.ok_or_else(|| value.problem("these areas do not fit together").into())
}

/// Titles by the key that holds them.
pub(super) type Titles = [(&'static str, Looks); 2];

/// No titles yet.
pub(super) fn titles() -> Titles {
    ["title", "title_ko"].map(|key| (key, Looks::new("title")))
}

/// Takes the titles of an area or a sector, English and Korean; a problem where they look like those
/// of an earlier one.
pub(super) fn same_title(
    value: Value<'_>,
    name: &str,
    own: [&str; 2],
    titles: &mut Titles,
    what: &str,
) -> Problems {
    let mut problems = Problems::default();
    for ((key, given), title) in titles.iter_mut().zip(own) {
        let Some(message) = given.take(name, title) else { continue };
        let entries = value.entries().unwrap_or_default();
        let at = entries.into_iter().find(|(found, _)| found.text == *key);
        // Korean without a title of its own has the English one, which has been told.
        if let Some((_, at)) = at {
            let expected = format!("expected a title that no other {what} has");
            problems.add(at.problem(message).expected(expected));
        }
    }
    problems
}

/// The one area outside the district: the reference where none is named.
fn only_outside(value: Value<'_>, list: &[AreaStart]) -> Result<Area, Problems> {
    let outside: Vec<&AreaStart> = list.iter().filter(|start| !start.area.in_district()).collect();
    match outside.as_slice() {
        [one] => Ok(one.area),
        several => {
            let names: Vec<String> = several.iter().map(|one| format!("`{}`", one.name)).collect();
            let problem = value.problem("no area is the reference");
            let problem = problem
                .expected(format!("expected `reference = true` in one of {}", names.join(", ")));
            Err(problem.help("the other areas are valued against it").into())
        }
    }
}

/// One area, whether it is the reference, and where its number stands.
fn area<'a>(
    value: Value<'a>,
    name: &str,
    names: &[(String, Area)],
) -> Result<(AreaStart, bool, Value<'a>), Problems> {
    let mut fields =
        Fields::of(value, format!("the area `{}`", shortened(name)), keys::AREA_OF_DISTRICT)?;
    value::remarks(&mut fields);
    let at = fields.value("number");
    let number = fields.required("number", "", |number| {
        value::whole(number, 1, MOST_AREAS as u64, "the number of an area")
    });
    let in_district = fields.optional("district", value::flag).unwrap_or(false);
    let reference = fields.optional("reference", value::flag).unwrap_or(false);
    let title_en = fields.required("title", "", value::title);
    let title_ko = fields.optional("title_ko", value::title);
    let titles = fields.further("title", value::title);
    let land = fields.required("land", "km2", |land| value::number(land, 0.0, MOST_LAND, "km2"));
    let floor_space = fields.required("floor_space", "m2", floor_space);
    let share = |share| value::number(share, 0.0, 1.0, "1");
    // Of space without limit no share is taken.
    let sector_share = match floor_space {
        Some(Some(_)) => fields.required("sector_share", "1", share),
        _ => fields.optional("sector_share", share).or(Some(0.0)),
    };
    // Outside the district only levers that lie there read its level, which `lacks_rent` asks for.
    let rent =
        |rent: Value<'_>| value::positive(rent, rent.source.bounds(0.0, MOST_RENT, RENT).1, RENT);
    let rent = if in_district && names.iter().any(|(_, area)| !area.in_district()) {
        fields.required("rent", RENT, rent)
    } else {
        fields.optional("rent", rent).or(Some(0.0))
    };
    let neighbours =
        fields.optional("neighbours", |table| neighbours(table, name, names)).unwrap_or_default();
    fields.finish(|| {
        let title_en = title_en?;
        let area = Area::new(u8::try_from(number?).ok()?, in_district);
        let start = AreaStart {
            area,
            neighbours,
            name: name.to_owned(),
            title_ko: title_ko.unwrap_or_else(|| title_en.clone()),
            title_en,
            titles,
            land: land?,
            floor_space: floor_space?,
            sector_share: sector_share?,
            rent: rent?,
        };
        Some((start, reference, at?))
    })
}

fn floor_space(value: Value<'_>) -> Result<Option<u32>, Problems> {
    match value.spanned.get_ref() {
        DeValue::String(word) if word == UNLIMITED => Ok(None),
        DeValue::String(word) => {
            let problem = value
                .problem(format!("\"{}\" is no floor space", shortened(word)))
                .expected("expected a whole number [m2] or \"unlimited\"");
            let is_word = word.starts_with(char::is_alphabetic);
            let problem = if is_word { problem.known(word, [UNLIMITED]) } else { problem };
            Err(value::advise(value, problem).into())
        }
        _ => value::count(value, 0, MOST_FLOOR_SPACE, "m2").map(Some),
    }
}

/// The weights of an area's neighbours, in the order of their numbers.
fn neighbours(
    value: Value<'_>,
    own: &str,
    names: &[(String, Area)],
) -> Result<Vec<(Area, f64)>, Problems> {
    let mut problems = Problems::default();
    let mut weights = Vec::new();
    for (key, value) in value.entries()? {
        let found = names.iter().find(|(name, _)| name == key.text && name != own);
        let Some(&(_, area)) = found else {
            let known = names.iter().map(|(name, _)| name.as_str()).filter(|name| *name != own);
            let problem = key.problem(format!("there is no other area `{}`", shortened(key.text)));
            problems
                .add(problem.expected("expected the name of another area").known(key.text, known));
            continue;
        };
        let weight = problems.keep(value::number(value, 0.0, 1.0, "1"));
        weights.extend(weight.map(|weight| (area, weight)));
    }
    weights.sort_by_key(|(area, _)| area.number());
    if problems.0.is_empty() { Ok(weights) } else { Err(problems) }
}

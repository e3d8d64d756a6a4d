//! `district.toml`: areas, firms and institutes at the start, and the series that drive them.

use toml::de::DeValue;

use crate::policy::area::Area;
use crate::policy::area::ByArea;
use crate::policy::area::MOST_AREAS;
use crate::scenario::Policy;
use crate::scenario::district::Areas;
use crate::scenario::district::ClimateYear;
use crate::scenario::district::DistrictFile;
use crate::scenario::district::InitialInstitutes;
use crate::scenario::district::InitialStartups;
use crate::scenario::district::Laboratory;
use crate::scenario::district::MOST_FIRMS;
use crate::scenario::keys;
use crate::scenario::keys::Key;
use crate::scenario::keys::bounds::MOST_CLIMATE;
use crate::scenario::keys::bounds::MOST_HEADCOUNT;
use crate::scenario::keys::bounds::MOST_IN_LABORATORY;
use crate::scenario::keys::bounds::MOST_POOL;
use crate::scenario::keys::bounds::MOST_SPREAD;
use crate::scenario::keys::bounds::OLDEST;
use crate::scenario::letters;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::read::areas;
use crate::scenario::read::areas::area_name;
use crate::scenario::read::letters::Looks;
use crate::scenario::read::members;
use crate::scenario::read::regimes;
use crate::scenario::read::sectors;
use crate::scenario::read::synergies;
use crate::scenario::read::syntax::Document;
use crate::scenario::read::value;
use crate::scenario::read::walk::Fields;
use crate::scenario::read::walk::Value;

/// The most floor space on each m2 of land `[m2]`: the highest plot ratio of Korean law, 1,500 %.
const MOST_ON_LAND: f64 = 15.0;
/// The least floor space of a person at work `[m2]`.
const LEAST_SPACE: f64 = 0.5;

/// Reads `district.toml`; its climate against the scenario's first year, where that is known.
#[inline(never)]
pub(super) fn read(document: &Document<'_>, first: Option<u16>) -> Result<DistrictFile, Problems> {
    let mut fields =
        Fields::of_table(document.source, &document.root, 0..0, ("district.toml", keys::DISTRICT));
    value::remarks(&mut fields);
    let pool = fields.required("pool", "persons", |pool| {
        let why = "no more people look for work in the whole country";
        value::count_because(pool, MOST_POOL, "persons", why)
    });
    let places = fields.value("areas");
    let names = members::areas(document);
    let areas = fields.required("areas", "", |value| areas::read(value, &names));
    let sectors = if fields.value("sectors").is_some() {
        fields.required("sectors", "", sectors::read)
    } else {
        let problem = document.source.problem(0..0, "district.toml names no sector");
        fields.note(sectors::missing(problem));
        None
    };
    let regimes = fields.optional("regimes", regimes::read);
    let synergies = fields.optional("synergies", |list| {
        let (known, mut given) = (members::regimes(document), Vec::new());
        entries(list, ("[[synergies]]", keys::SYNERGY), |fields| {
            synergies::read(fields, &names, &known, &mut given)
        })
    });
    let mut firms = 0;
    let startups = fields.optional("startups", |list| {
        entries(list, ("[[startups]]", keys::STARTUPS), |fields| {
            startups(fields, &names, &mut firms)
        })
    });
    let institutes = fields.optional("institutes", |list| {
        entries(list, ("[[institutes]]", keys::INSTITUTES), |fields| {
            institutes(fields, &names, &mut firms)
        })
    });
    let laboratories = fields.optional("laboratories", |list| laboratories(list, &names));
    let climate = fields.optional("climate", |list| climate(list, first));
    if let (Some(areas), Some(places)) = (&areas, places) {
        let people = people_at_work(startups.as_deref(), institutes.as_deref());
        for problem in no_room(places, areas, people) {
            fields.note(problem);
        }
    }
    fields.finish(|| {
        Some(DistrictFile {
            areas: areas?,
            sectors: sectors?,
            regimes: regimes.unwrap_or_default(),
            synergies: synergies.unwrap_or_default(),
            startups: startups.unwrap_or_default(),
            institutes: institutes.unwrap_or_default(),
            laboratories: laboratories.unwrap_or_default(),
            pool: pool?,
            climate: climate.unwrap_or_default(),
        })
    })
}

/// A list of tables, each read by itself.
pub(super) fn entries<'a, T>(
    value: Value<'a>,
    (what, keys): (&str, &'static [Key]),
    mut read: impl FnMut(Fields<'a>) -> Result<T, Problems>,
) -> Result<Vec<T>, Problems> {
    let tables = value::list(value, "tables")?;
    value::each(tables, |table| read(Fields::of(table, format!("an entry of {what}"), keys)?))
}

/// How many people work in each area at the start, but for those of laboratories.
fn people_at_work(
    startups: Option<&[InitialStartups]>,
    institutes: Option<&[InitialInstitutes]>,
) -> ByArea<f64> {
    let startups = startups.unwrap_or_default().iter();
    let institutes = institutes.unwrap_or_default().iter();
    let startups = startups.map(|group| (group.area, group.count, group.headcount_mean));
    let institutes = institutes.map(|group| (group.area, group.count, group.headcount_mean));
    let mut people = [0.0; MOST_AREAS];
    for (area, count, mean) in startups.chain(institutes) {
        people[area.index()] += f64::from(count) * mean;
    }
    people
}

/// Floor space of an area that cannot be: more than its land holds, or less than its firms stand on.
/// None at all says that there is no market, in an area where nobody works.
fn no_room(places: Value<'_>, areas: &Areas, people: ByArea<f64>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for area in areas.list() {
        let people = people[area.area.index()];
        let Some(space) = area.floor_space else { continue };
        let name = area.name.as_str();
        let at = places.entries().ok().and_then(|entries| {
            let (_, area) = entries.into_iter().find(|(key, _)| key.text == name)?;
            let (_, space) =
                area.entries().ok()?.into_iter().find(|(key, _)| key.text == "floor_space")?;
            Some(space)
        });
        let at = at.unwrap_or(places);
        let most = area.land * 1e6 * MOST_ON_LAND;
        let least = people * LEAST_SPACE;
        if f64::from(space) > most {
            let message = format!("the area `{name}` has {space} m2 on {} km2 of land", area.land);
            let problem = at.problem(message).expected(format!("expected at most {most:.0} [m2]"));
            problems.push(problem.help(
                "hardly any city allows more than 15 m2 on a m2 of land; is it in another unit?",
            ));
        } else if f64::from(space) < least {
            let message = format!(
                "the startups and institutes of the area `{name}`, {people:.0} people at the \
                 start, have {space} m2"
            );
            let problem = at.problem(message).expected(format!("expected {least:.0} or more [m2]"));
            problems.push(problem.help(if space == 0 {
                "leave these firms out, or write their floor space, or \"unlimited\""
            } else {
                "nobody works on less than half a m2; is it in thousands of m2?"
            }));
        }
    }
    problems
}

/// The rent of an area that levers of these policies read and the file leaves out.
pub(super) fn lacks_rent<'p>(
    document: &Document<'_>,
    district: &DistrictFile,
    policies: impl IntoIterator<Item = &'p Policy>,
) -> Option<Problem> {
    let area = district.areas.list().iter().find(|area| area.rent <= 0.0)?;
    let name = area.name.as_str();
    let (policy, lever) = policies.into_iter().find_map(|policy| {
        let lever = policy.written.iter().find(|lever| lever.area() == Some(name))?;
        Some((&policy.name, &lever.name))
    })?;
    let DeValue::Table(areas) = document.root.get("areas")?.get_ref() else { return None };
    let (key, _) = areas.get_key_value(name)?;
    let message = format!("the area `{name}` lacks the key `rent`");
    let expected = format!("expected a rent, as `{lever}` of the policy `{policy}` lies there");
    Some(document.source.problem(key.span(), message).expected(expected))
}

/// The number of firms or institutes in a group; `firms` counts those of all groups.
fn group_size(fields: &mut Fields<'_>, unit: &'static str, firms: &mut u32) -> Option<u32> {
    let at = fields.value("count");
    let count = fields.required("count", unit, |count| value::count(count, 0, MOST_FIRMS, unit));
    let before = *firms;
    *firms = before.saturating_add(count.unwrap_or(0));
    if let Some(at) = at.filter(|_| *firms > MOST_FIRMS && before <= MOST_FIRMS) {
        let message = format!("with these there are {firms} startups and institutes at the start");
        let left = MOST_FIRMS - before;
        fields.note(
            at.problem(message)
                .expected(format!("expected {left} or fewer"))
                .help(format!("a scenario starts with {MOST_FIRMS} at most, all groups together")),
        );
    }
    count
}

fn startups(
    mut fields: Fields<'_>,
    names: &[(String, Area)],
    firms: &mut u32,
) -> Result<InitialStartups, Problems> {
    value::remarks(&mut fields);
    let area = fields.required("area", "", |value| area_name(value, names));
    let count = group_size(&mut fields, "firms", firms);
    let age = |age| value::count(age, 0, OLDEST, "years");
    let age_minimum = fields.required("age_minimum", "years", age);
    let oldest = fields.value("age_maximum");
    let age_maximum = fields.required("age_maximum", "years", age);
    let (mean, spread) = headcounts(&mut fields);
    if let (Some(youngest), Some(greatest), Some(at)) = (age_minimum, age_maximum, oldest)
        && greatest < youngest
    {
        let message = format!("`age_maximum`, {greatest}, is below `age_minimum`, {youngest}");
        fields.note(at.problem(message).expected(format!("expected {youngest} or more")));
    }
    fields.finish(|| {
        Some(InitialStartups {
            area: area?,
            count: count?,
            age_minimum: age_minimum?,
            age_maximum: age_maximum?,
            headcount_mean: mean?,
            headcount_spread: spread?,
        })
    })
}

fn headcounts(fields: &mut Fields<'_>) -> (Option<f64>, Option<f64>) {
    let mean = fields.required("headcount_mean", "persons", |mean| {
        value::number(mean, 1.0, MOST_HEADCOUNT, "persons")
    });
    let spread = fields
        .required("headcount_spread", "ln", |spread| value::number(spread, 0.0, MOST_SPREAD, "ln"));
    (mean, spread)
}

fn institutes(
    mut fields: Fields<'_>,
    names: &[(String, Area)],
    firms: &mut u32,
) -> Result<InitialInstitutes, Problems> {
    value::remarks(&mut fields);
    let area = fields.required("area", "", |value| area_name(value, names));
    let count = group_size(&mut fields, "institutes", firms);
    let (mean, spread) = headcounts(&mut fields);
    fields.finish(|| {
        Some(InitialInstitutes {
            area: area?,
            count: count?,
            headcount_mean: mean?,
            headcount_spread: spread?,
        })
    })
}

fn laboratories(list: Value<'_>, names: &[(String, Area)]) -> Result<Vec<Laboratory>, Problems> {
    let mut given = Looks::new("name");
    entries(list, ("[[laboratories]]", keys::LABORATORY), |mut fields| {
        value::remarks(&mut fields);
        let at = fields.value("name");
        let name = fields.required("name", "", value::title);
        let area = fields.required("area", "", |value| area_name(value, names));
        let headcount = fields.required("headcount", "persons", |count| {
            let why = "the largest employer of the country has fewer people in all";
            value::count_because(count, MOST_IN_LABORATORY, "persons", why)
        });
        if let (Some(name), Some(at)) = (&name, at)
            && let Some(message) = given.take(name, name)
        {
            let message = format!("the laboratory {message}");
            fields.note(at.problem(message).expected("expected another name"));
        }
        if let (Some(mixed), Some(at)) = (name.as_deref().and_then(letters::mixed_scripts), at) {
            let message = format!("this cannot name a laboratory: {mixed}");
            fields.note(at.problem(message).expected("expected another name"));
        }
        fields.finish(|| Some(Laboratory { name: name?, area: area?, headcount: headcount? }))
    })
}

/// An investment climate: investment over its trend.
pub(super) fn climate_index(value: Value<'_>) -> Result<f64, Problems> {
    value::positive(value, MOST_CLIMATE, "1")
}

/// A year that was left out before a known one would be drawn by chance: years follow each other from
/// the scenario's first, or from before it.
fn climate(list: Value<'_>, first: Option<u16>) -> Result<Vec<ClimateYear>, Problems> {
    let mut previous: Option<u16> = None;
    let mut begun = false;
    entries(list, ("[[climate]]", keys::CLIMATE), |mut fields| {
        value::remarks(&mut fields);
        let at = fields.value("year");
        let year = fields.required("year", "year", value::year);
        let index = fields.required("index", "1", climate_index);
        if let (Some(year), Some(first), Some(at)) = (year, first, at)
            && !begun
            && year > first
        {
            let message = format!("the climate begins in {year}, and the scenario in {first}");
            let help = "years before a known one would be drawn by chance: add them, or let \
                `first_year` in scenario.toml be later";
            fields.note(
                at.problem(message).expected(format!("expected {first} or earlier")).help(help),
            );
        }
        begun = true;
        if let (Some(year), Some(before), Some(at)) = (year, previous, at)
            && year != before + 1
        {
            let message = format!("the year {year} stands after {before}");
            let problem = at.problem(message);
            fields.note(if year <= before {
                problem.expected("expected rising years")
            } else {
                let help = "a year left out between two known ones would be drawn by chance";
                problem.expected(format!("expected the year {}", before + 1)).help(help)
            });
        }
        // After a year that is wrong nothing is said of the next.
        let follows = |&year: &u16| previous.is_none_or(|before| year == before + 1);
        previous = year.filter(follows);
        fields.finish(|| Some(ClimateYear { year: year?, index: index? }))
    })
}

//! The sectors of startups of `district.toml`.

use std::collections::BTreeMap;

use crate::policy::sector::MOST_SECTORS;
use crate::policy::sector::Sector;
use crate::scenario::district::SectorStart;
use crate::scenario::district::Sectors;
use crate::scenario::keys;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::areas::same_title;
use crate::scenario::read::areas::titles;
use crate::scenario::read::areas::unfit_name;
use crate::scenario::read::value;
use crate::scenario::read::walk::Fields;
use crate::scenario::read::walk::Value;

/// What a file without sectors is told.
pub(super) fn missing(problem: Problem) -> Problem {
    problem.expected("expected the sectors of startups, one at least").help(
        "for example: [sectors.software] with number = 1 and title = \"Software\"; parameters of \
         each stand in parameters.toml, such as space_software",
    )
}

/// Reads the table of sectors.
pub(super) fn read(value: Value<'_>) -> Result<Sectors, Problems> {
    let mut problems = Problems::default();
    let entries = value.entries()?;
    if entries.is_empty() {
        return Err(missing(value.problem("there is no sector")).into());
    }
    if entries.len() > MOST_SECTORS {
        let problem = value.problem(format!("there are {} sectors", entries.len()));
        return Err(problem.expected(format!("expected {MOST_SECTORS} at most")).into());
    }
    let mut list = Vec::new();
    let mut titles = titles();
    let mut numbers: BTreeMap<Sector, String> = BTreeMap::new();
    for (key, value) in entries {
        problems.add(unfit_name(&key, "a sector", &[]));
        let Some((start, at)) = problems.keep(sector(value, key.text)) else { continue };
        if let Some(other) = numbers.insert(start.sector, key.text.to_owned()) {
            let message = format!("`{other}` has the number {} too", start.sector.number());
            problems.add(at.problem(message).expected("expected a number of its own"));
        }
        let own = [start.title_en.as_str(), start.title_ko.as_str()];
        problems.add(same_title(value, key.text, own, &mut titles, "sector"));
        list.push(start);
    }
    if !problems.0.is_empty() {
        return Err(problems);
    }
    Sectors::new(list).ok_or_else(|| value.problem("these sectors do not fit together").into())
}

/// One sector, and where its number stands.
fn sector<'a>(value: Value<'a>, name: &str) -> Result<(SectorStart, Value<'a>), Problems> {
    let mut fields = Fields::of(value, format!("the sector `{}`", shortened(name)), keys::SECTOR)?;
    value::remarks(&mut fields);
    let at = fields.value("number");
    let number = fields.required("number", "", |number| {
        value::whole(number, 1, MOST_SECTORS as u64, "the number of a sector")
    });
    let title_en = fields.required("title", "", value::title);
    let title_ko = fields.optional("title_ko", value::title);
    let titles = fields.further("title", value::title);
    fields.finish(|| {
        let title_en = title_en?;
        let start = SectorStart {
            sector: Sector::new(u8::try_from(number?).ok()?),
            name: name.to_owned(),
            title_ko: title_ko.unwrap_or_else(|| title_en.clone()),
            title_en,
            titles,
        };
        Some((start, at?))
    })
}

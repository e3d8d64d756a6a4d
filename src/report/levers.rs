//! `levers.csv`: every setting of every lever of every policy of a run.
//!
//! A setting that changes by date has a row for each step, with its first and last day.

use std::path::Path;

use crate::experiment::whole_file::CompleteFile;
use crate::policy::lever::LeverKind;
use crate::policy::setting::SettingKind;
use crate::report::table::Cell;
use crate::report::table::TableError;
use crate::report::table::TableSpec;
use crate::report::table::TableWriter;
use crate::scenario::Policy;
use crate::scenario::WrittenLever;
use crate::scenario::WrittenSetting;
use crate::time::Date;

/// The table.
pub const TABLE: TableSpec = TableSpec {
    file: "levers.csv",
    columns: &["policy", "lever", "setting", "unit", "value", "from", "to", "source"],
};

/// A value in force from a day to a day.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step<'a> {
    value: &'a str,
    from: Date,
    to: Option<Date>,
}

/// Writes the table.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write<'a>(
    folder: &Path,
    policies: impl IntoIterator<Item = &'a Policy>,
) -> Result<CompleteFile, TableError> {
    let mut table = TableWriter::create(folder, TABLE)?;
    for policy in policies {
        for lever in &policy.written {
            if lever.settings.iter().all(|setting| setting.name != "kind") {
                let kind = WrittenSetting { name: "kind", unit: "", value: lever.kind.to_owned() };
                write_setting(&mut table, policy, lever, &kind)?;
            }
            for setting in &lever.settings {
                write_setting(&mut table, policy, lever, setting)?;
            }
        }
    }
    table.complete()
}

fn write_setting(
    table: &mut TableWriter,
    policy: &Policy,
    lever: &WrittenLever,
    setting: &WrittenSetting,
) -> Result<(), TableError> {
    for step in steps(lever, setting) {
        let to = step.to.map(|to| to.to_string());
        table.row(&[
            Cell::Text(&policy.name),
            Cell::Text(&lever.name),
            Cell::Text(setting.name),
            Cell::Text(setting.unit),
            Cell::Text(step.value),
            Cell::Text(&step.from.to_string()),
            to.as_deref().map_or(Cell::Unknown, Cell::Text),
            Cell::Text(&lever.source),
        ])?;
    }
    Ok(())
}

/// The steps of a setting: one where it does not change by date.
fn steps<'a>(lever: &WrittenLever, setting: &'a WrittenSetting) -> Vec<Step<'a>> {
    let for_good = Step { value: &setting.value, from: lever.from, to: lever.until };
    if !changes_by_date(lever.kind, setting.name) {
        return vec![for_good];
    }
    let written: Option<Vec<(&str, Date)>> = setting
        .value
        .split("; ")
        .map(|step| step.split_once(" from ").and_then(|(value, from)| Some((value, date(from)?))))
        .collect();
    let Some(written) = written else {
        return vec![for_good];
    };
    let ends = written.iter().skip(1).map(|&(_, next)| Some(day_before(next)));
    let ends = ends.chain([lever.until]);
    written.iter().zip(ends).map(|(&(value, from), to)| Step { value, from, to }).collect()
}

fn changes_by_date(kind: &str, setting: &str) -> bool {
    LeverKind::named(kind).is_some_and(|kind| {
        let settings = kind.spec().settings;
        settings.iter().any(|of| of.name == setting && matches!(of.kind, SettingKind::Schedule { .. }))
    })
}

fn date(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Date::from_calendar(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn day_before(date: Date) -> Date {
    Date::from_ordinal(date.ordinal() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::plan::Plan;

    fn lever(settings: Vec<WrittenSetting>) -> WrittenLever {
        WrittenLever {
            name: "hub".to_owned(),
            kind: "facility",
            from: Date::new_year(2018),
            until: Date::from_calendar(2026, 12, 31),
            source: "=HYPERLINK(1)".to_owned(),
            settings,
        }
    }

    #[test]
    fn a_schedule_has_a_row_a_step() {
        let value = "25 from 2018-01-01; 30 from 2018-07-01".to_owned();
        let places = WrittenSetting { name: "places", unit: "firms", value };
        let value = "-0.5".to_owned();
        let extra = WrittenSetting { name: "extra_value", unit: "utility", value };
        let policy = Policy {
            name: "baseline".to_owned(),
            title_en: String::new(),
            title_ko: String::new(),
            description: String::new(),
            extends: None,
            plan: Plan::default(),
            written: vec![lever(vec![places, extra])],
            overrides: Vec::new(),
        };
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), [&policy]).unwrap().publish().unwrap();
        insta::assert_snapshot!(
            std::fs::read_to_string(folder.path().join(TABLE.file)).unwrap(),
            @r"
        policy,lever,setting,unit,value,from,to,source
        baseline,hub,kind,,facility,2018-01-01,2026-12-31,'=HYPERLINK(1)
        baseline,hub,places,firms,25,2018-01-01,2018-06-30,'=HYPERLINK(1)
        baseline,hub,places,firms,30,2018-07-01,2026-12-31,'=HYPERLINK(1)
        baseline,hub,extra_value,utility,-0.5,2018-01-01,2026-12-31,'=HYPERLINK(1)
        "
        );
    }
}

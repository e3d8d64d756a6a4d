//! `levers.csv`: every setting of every lever of every policy of a run, and every parameter that
//! one changes.
//!
//! A setting that changes by date has a row for each step, with its first and last day.

use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;
use crate::scenario::Policy;
use crate::scenario::WrittenLever;
use crate::scenario::WrittenSetting;
use crate::scenario::adjustment::Adjustment;
use crate::scenario::difference::PARAMETERS_ROW;
use crate::scenario::parameter::Register;
use crate::time::Date;

table! {
    /// A setting of a lever from a day to a day.
    pub LeverSetting in "levers.csv", Some(Sheet {
        en: "levers",
        ko: "정책 수단",
        about_en: "What each policy sets, with dates",
        about_ko: "정책별 수단과 설정",
    }) => {
        policy: &'a str = POLICY;
        lever: &'a str = column("", "수단", "Lever", "정책 수단");
        setting: &'a str = column("", "설정", "Setting of the lever", "설정");
        unit: &'a str = column("", "단위", "Unit of the setting", "설정의 단위");
        value: &'a str = column("setting", "값", "Value of the setting", "설정 값");
        from: Option<&'a str> = column("date", "시작", "First day of the lever", "시작일");
        to: Option<&'a str> = column("date", "종료", "Last day of the lever; empty: for good", "종료일(없으면 계속)");
        source: Option<&'a str> = column("", "출처", "Where the figures come from", "수치의 출처");
    }
}

/// A value in force from a day to a day.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    value: String,
    from: Date,
    to: Option<Date>,
}

/// Writes the table.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write<'a>(
    to: Target<'_>,
    register: &Register,
    policies: impl IntoIterator<Item = &'a Policy>,
) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<LeverSetting<'_>>::create(to)?;
    for policy in policies {
        for lever in &policy.written {
            if lever.settings.iter().all(|setting| setting.name != "kind") {
                let value = lever.kind.to_owned();
                let kind = WrittenSetting { name: "kind", unit: "", value, steps: Vec::new() };
                write_setting(&mut table, policy, lever, &kind)?;
            }
            for setting in &lever.settings {
                write_setting(&mut table, policy, lever, setting)?;
            }
        }
        for adjustment in &policy.adjustments {
            write_adjustment(&mut table, register, policy, adjustment)?;
        }
    }
    table.complete()
}

/// A parameter that the policy changes: in the place of a lever stands [`PARAMETERS_ROW`].
fn write_adjustment(
    table: &mut TableWriter<LeverSetting<'_>>,
    register: &Register,
    policy: &Policy,
    adjustment: &Adjustment,
) -> Result<(), TableError> {
    let Some(spec) = register.get(adjustment.parameter) else { return Ok(()) };
    let [from, to] =
        [adjustment.from, adjustment.until].map(|date| date.map(|date| date.to_string()));
    table.row(&LeverSetting {
        policy: &policy.name,
        lever: PARAMETERS_ROW,
        setting: &spec.name,
        unit: spec.unit,
        value: &Adjustment { from: None, until: None, ..*adjustment }.text(),
        from: from.as_deref(),
        to: to.as_deref(),
        source: None,
    })
}

fn write_setting(
    table: &mut TableWriter<LeverSetting<'_>>,
    policy: &Policy,
    lever: &WrittenLever,
    setting: &WrittenSetting,
) -> Result<(), TableError> {
    for step in steps(lever, setting) {
        let to = step.to.map(|to| to.to_string());
        table.row(&LeverSetting {
            policy: &policy.name,
            lever: &lever.name,
            setting: setting.name,
            unit: setting.unit,
            value: &step.value,
            from: Some(&step.from.to_string()),
            to: to.as_deref(),
            source: Some(&lever.source),
        })?;
    }
    Ok(())
}

/// The steps of a setting: one where it does not change by date. Steps end with the lever, and
/// those that begin after its end never hold.
fn steps(lever: &WrittenLever, setting: &WrittenSetting) -> Vec<Step> {
    if setting.steps.is_empty() {
        return vec![Step { value: setting.value.clone(), from: lever.from, to: lever.until }];
    }
    let ends = setting.steps.iter().skip(1).map(|&(next, _)| Some(day_before(next)));
    let ends = ends.chain([None]).map(|end| match (end, lever.until) {
        (Some(end), Some(until)) => Some(end.min(until)),
        (end, until) => end.or(until),
    });
    let step =
        |(&(from, value), to): (&(Date, u32), _)| Step { value: value.to_string(), from, to };
    let holds = |step: &Step| step.to.is_none_or(|to| step.from <= to);
    setting.steps.iter().zip(ends).map(step).filter(holds).collect()
}

fn day_before(date: Date) -> Date {
    Date::from_ordinal(date.ordinal() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::levers::Levers;
    use crate::report::tables::row::Row as _;
    use crate::scenario::money::Money;
    use crate::scenario::titles::Titles;

    fn day(text: &str) -> Date {
        let parts: Vec<u16> = text.split('-').map(|part| part.parse().unwrap()).collect();
        let small = |part: u16| u8::try_from(part).unwrap();
        Date::from_calendar(parts[0], small(parts[1]), small(parts[2])).unwrap()
    }

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
    fn no_step_outlives_its_lever() {
        let until = |steps: &[(&str, u32)]| {
            let steps = steps.iter().map(|&(from, places)| (day(from), places)).collect();
            let places =
                WrittenSetting { name: "places", unit: "firms", value: String::new(), steps };
            let steps = self::steps(&lever(vec![]), &places);
            let shown =
                steps.iter().map(|step| (step.from.to_string(), step.to.map(|to| to.to_string())));
            shown.collect::<Vec<_>>()
        };
        let step = |from: &str| (from.to_owned(), Some("2026-12-31".to_owned()));
        assert_eq!(until(&[("2020-01-01", 10), ("2028-01-01", 20)]), [step("2020-01-01")]);
        assert_eq!(until(&[("2026-12-31", 10), ("2027-01-01", 20)]), [step("2026-12-31")]);
        assert_eq!(until(&[("2027-01-01", 10)]), []);
    }

    #[test]
    fn a_schedule_has_a_row_a_step() {
        let value = "25 from 2018-01-01; 30 from 2018-07-01".to_owned();
        let steps = [("2018-01-01", 25), ("2018-07-01", 30)];
        let steps = steps.map(|(from, places)| (day(from), places)).to_vec();
        let places = WrittenSetting { name: "places", unit: "firms", value, steps };
        let value = "-0.5".to_owned();
        let extra =
            WrittenSetting { name: "extra_value", unit: "utility", value, steps: Vec::new() };
        let policy = Policy {
            name: "baseline".to_owned(),
            title_en: String::new(),
            title_ko: String::new(),
            titles: Titles::default(),
            description: String::new(),
            extends: Vec::new(),
            plan: Levers::default(),
            written: vec![lever(vec![places, extra])],
            adjustments: Vec::new(),
            counterfactual: false,
            inert: 0,
        };
        let folder = tempfile::tempdir().unwrap();
        let to = Target::standard(folder.path(), Money::of_currency("KRW").unwrap());
        write(to, &Register::of_any(), [&policy]).unwrap().publish().unwrap();
        insta::assert_snapshot!(
            std::fs::read_to_string(folder.path().join(LeverSetting::TABLE.file)).unwrap(),
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

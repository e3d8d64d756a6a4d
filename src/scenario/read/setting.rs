//! The settings of a lever, each checked as the register says.

use std::collections::BTreeMap;

use crate::policy::levers::LeverKind;
use crate::policy::schedule::Schedule;
use crate::policy::setting::MOST_SPACE;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingKind;
use crate::policy::values::Checked;
use crate::policy::values::FROM_THE_START;
use crate::policy::values::Names;
use crate::policy::values::Values;
use crate::scenario::keys;
use crate::scenario::problem::MANY;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::areas::area_name;
use crate::scenario::read::effects;
use crate::scenario::read::payers::payer_name;
use crate::scenario::read::policy::RawLever;
use crate::scenario::read::regimes::regime_name;
use crate::scenario::read::settings::Settings;
use crate::scenario::read::value;
use crate::scenario::read::walk::Fields;
use crate::scenario::read::walk::Value;
use crate::scenario::read::walk::is_slip_for;
use crate::scenario::read::walk::missing_keys;
use crate::scenario::read::walk::with_unit;
use crate::scenario::read::walk::word_among;
use crate::time::DAYS;
use crate::time::Date;

/// Checks every setting of a lever. `whole` is false where settings may be absent only because
/// a file could not be parsed.
pub(super) fn read<'a>(
    name: &str,
    lever: &RawLever<'a>,
    names: Names<'a>,
    whole: bool,
) -> Result<Settings<'a>, Problems> {
    let kind = kind(name, lever, whole)?;
    let mut problems = Problems::default();
    let mut values = Values { checked: BTreeMap::new(), names };
    let mut places = BTreeMap::new();
    let mut missing = Vec::new();
    // Why a value is lost may be told elsewhere.
    let mut lost = false;
    for setting in kind.settings() {
        match lever.settings.get(setting.name) {
            Some(&(_, value)) => {
                let read = problems.keep(check(value, setting, names));
                lost |= read.is_none();
                values.checked.extend(read.map(|read| (setting.name, read)));
                places.insert(setting.name, value);
            }
            None if setting.required => missing.push(setting),
            None => {}
        }
    }
    let known: Vec<&str> = kind.settings().map(|setting| setting.name).collect();
    let unknown = lever.settings.values().filter(|(key, _)| !known.contains(&key.text));
    for (key, _) in unknown.take(MANY) {
        missing.retain(|&setting| !is_slip_for(key.text, setting.name, &known));
        let kind = kind.spec().name;
        let problem = key
            .problem(format!("`{}` is no setting of a {kind}", shortened(key.text)))
            .expected("unknown setting")
            .about_keys();
        problems.add(
            problem
                .known(key.text, known.iter().copied())
                .help(format!("`yangjae explain {kind}` lists the settings")),
        );
    }
    if !missing.is_empty() && whole {
        let what = format!("the lever `{}`", shortened(name));
        let missing: Vec<String> =
            missing.iter().map(|setting| with_unit(setting.name, setting.unit)).collect();
        problems.add(missing_keys(lever.table.problem(""), &what, &missing));
    }
    if lost || !problems.0.is_empty() || !missing.is_empty() {
        return Err(problems);
    }
    let settings = Settings { kind, table: lever.table, values, places };
    let contradictions = settings.contradictions();
    if contradictions.0.is_empty() { Ok(settings) } else { Err(contradictions) }
}

fn kind(name: &str, lever: &RawLever<'_>, whole: bool) -> Result<LeverKind, Problems> {
    let names = LeverKind::ALL.map(|kind| kind.spec().name);
    let Some(&(_, value)) = lever.settings.get("kind") else {
        if !whole {
            return Err(Problems::default());
        }
        let message = format!("the lever `{}` has no `kind`", shortened(name));
        let problem = lever.table.problem(message).expected("say here which kind of lever it is");
        return Err(problem.known("", names).into());
    };
    word_among(value, "kind of lever", &names).map(|(index, _)| LeverKind::ALL[index])
}

/// Checks one value as the register says.
fn check(value: Value<'_>, setting: &Setting, names: Names<'_>) -> Result<Checked, Problems> {
    let unit = setting.unit;
    Ok(match setting.kind {
        SettingKind::Number { min, max } => {
            let (min, max) = value.source.bounds(min, max, unit);
            Checked::Number(value::number(value, min, max, unit)?)
        }
        SettingKind::Count { max } => Checked::Count(value::count(value, 0, max, unit)?),
        SettingKind::Date => Checked::Date(value::date(value)?),
        SettingKind::Flag => Checked::Flag(value::flag(value)?),
        SettingKind::Choice(words) => Checked::Choice(word_among(value, setting.name, words)?.1),
        SettingKind::Choices(words) => {
            let found = value::choices(value, setting.name, words)?.into_iter();
            Checked::Choices(found.map(|index| words[index]).collect())
        }
        SettingKind::Sectors => {
            let words: Vec<&str> = names.sectors.iter().map(|(name, _)| name.as_str()).collect();
            let found = value::choices(value, "sector", &words)?.into_iter();
            Checked::Sectors(found.map(|index| names.sectors[index].1).collect())
        }
        SettingKind::Area => Checked::Area(area_name(value, names.areas)?),
        SettingKind::Areas => effects::areas(value, names)?,
        SettingKind::Effects => effects::effects(value)?,
        SettingKind::Payer => Checked::Payer(payer_name(value, names.payers)?),
        // Which regimes there are is not known where no area is.
        SettingKind::Regime if names.areas.is_empty() => return Err(Problems::default()),
        SettingKind::Regime => Checked::Regime(regime_name(value, names.regimes)?),
        SettingKind::Scope => Checked::Scope(value::text_not_empty(value)?),
        SettingKind::Schedule { max } => Checked::Schedule(schedule(value, max, unit)?),
        SettingKind::Days => Checked::Days(days(value)?),
        SettingKind::Text => Checked::Text(value::text_not_empty(value)?),
    })
}

/// A number in force from the lever's first day, or numbers by date. The single number gets the
/// lever's first day when the lever is read.
fn schedule(value: Value<'_>, max: u32, unit: &str) -> Result<Schedule, Problems> {
    let Some(list) = value.list() else {
        let number = size(value, max, unit)?;
        return Ok(Schedule(vec![(FROM_THE_START, number)]));
    };
    if list.is_empty() {
        let expected = "expected a whole number, or a list of { from = DATE, value = NUMBER }";
        return Err(value.problem("the list is empty").expected(expected).into());
    }
    let mut previous: Option<(Date, bool)> = None;
    let mut steps = value::each(list, |step| {
        let mut fields = Fields::of(step, "a step of the schedule", keys::STEP)?;
        let at = fields.value("from");
        let from = fields.required("from", "date", value::date);
        let number = fields.required("value", unit, |value| size(value, max, unit));
        // 29 February is after the 28th, although the model's year has one day for both.
        let from = from.map(|from| (from, at.is_some_and(value::is_leap_day)));
        if let (Some(now), Some(before), Some(at)) = (from, previous, at)
            && now <= before
        {
            let ((from, _), (before, _)) = (now, before);
            let message = format!("the step of {from} stands after that of {before}");
            fields.note(at.problem(message).expected("expected rising dates"));
        }
        previous = from.or(previous);
        fields.finish(|| Some((from?.0, number?)))
    })?;
    // Of two steps on that day the later holds.
    steps.dedup_by(|later, earlier| {
        let same = later.0 == earlier.0;
        if same {
            *earlier = *later;
        }
        same
    });
    Ok(Schedule(steps))
}

/// A number of a schedule; of floor space with the reason why there is no more.
fn size(value: Value<'_>, max: u32, unit: &str) -> Result<u32, Problems> {
    let why = if max == MOST_SPACE { "no building of the world has more" } else { "" };
    value::count_because(value, max, unit, why)
}

fn days(value: Value<'_>) -> Result<Vec<u16>, Problems> {
    let mut last = 0;
    let days = value::each(value::list(value, "days of the year, 1 to 365")?, |day| {
        let found = value::whole(day, 1, u64::from(DAYS), "day of year")?;
        if found <= last {
            let problem = day.problem(format!("the day {found} stands after {last}"));
            return Err(problem.expected("expected rising days").into());
        }
        last = found;
        Ok(u16::try_from(found).unwrap_or(DAYS))
    })?;
    if days.is_empty() {
        return Err(value
            .problem("the list is empty")
            .expected("expected at least one day")
            .into());
    }
    Ok(days)
}

//! The settings of a lever: each checked as the register says, then as they fit together.

use std::collections::BTreeMap;

use crate::policy::lever::COMMON;
use crate::policy::lever::LeverKind;
use crate::policy::plan::Area;
use crate::policy::plan::Schedule;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingKind;
use crate::scenario::WrittenSetting;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::district::area_name;
use crate::scenario::read::policy::RawLever;
use crate::scenario::read::value;
use crate::scenario::read::walk::Fields;
use crate::scenario::read::walk::Value;
use crate::scenario::read::walk::missing_keys;
use crate::scenario::read::walk::with_unit;
use crate::scenario::read::walk::word_among;
use crate::time::DAYS;
use crate::time::Date;

/// A setting's value in typed form.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Checked {
    Number(f64),
    Count(u32),
    Date(Date),
    Flag(bool),
    /// The place of the word among those allowed.
    Choice(usize, &'static str),
    /// For each word allowed, whether it is chosen.
    Choices(Vec<bool>, Vec<&'static str>),
    Area(Area),
    Scope(String),
    Schedule(Schedule),
    Days(Vec<u16>),
    Text(String),
}

/// All settings of a lever, checked, with the values that they were read from.
pub(super) struct Settings<'a> {
    pub(super) kind: LeverKind,
    /// The lever's table.
    pub(super) table: Value<'a>,
    checked: BTreeMap<&'static str, (Checked, Value<'a>)>,
}

/// Checks every setting of a lever. `whole` is false where settings may be absent only because
/// a file could not be parsed.
pub(super) fn read<'a>(
    name: &str,
    lever: &RawLever<'a>,
    whole: bool,
) -> Result<Settings<'a>, Problems> {
    let kind = kind(name, lever, whole)?;
    let mut problems = Problems::default();
    let mut checked = BTreeMap::new();
    let mut missing = Vec::new();
    for setting in all(kind) {
        match lever.settings.get(setting.name) {
            Some(&(_, value)) => {
                let read = problems.keep(check(value, setting));
                checked.extend(read.map(|read| (setting.name, (read, value))));
            }
            None if setting.required => missing.push(with_unit(setting.name, setting.unit)),
            None => {}
        }
    }
    let known: Vec<&str> = all(kind).map(|setting| setting.name).collect();
    for (key, _) in lever.settings.values().filter(|(key, _)| !known.contains(&key.text)) {
        let kind = kind.spec().name;
        let problem = key
            .problem(format!("`{}` is no setting of a {kind}", shortened(key.text)))
            .expected("unknown setting");
        problems.add(
            problem
                .known(key.text, known.iter().copied())
                .help(format!("`yangjae explain {kind}` lists the settings")),
        );
    }
    if !missing.is_empty() && whole {
        let what = format!("the lever `{}`", shortened(name));
        problems.add(missing_keys(lever.table.problem(""), &what, &missing));
    }
    if !problems.0.is_empty() || !missing.is_empty() {
        return Err(problems);
    }
    let settings = Settings { kind, table: lever.table, checked };
    let contradictions = settings.contradictions();
    if contradictions.0.is_empty() { Ok(settings) } else { Err(contradictions) }
}

/// All settings of a kind, in the order of the register.
fn all(kind: LeverKind) -> impl Iterator<Item = &'static Setting> {
    COMMON.iter().chain(kind.spec().settings)
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
fn check(value: Value<'_>, setting: &Setting) -> Result<Checked, Problems> {
    let unit = setting.unit;
    Ok(match setting.kind {
        SettingKind::Number { min, max } => Checked::Number(value::number(value, min, max, unit)?),
        SettingKind::Count { max } => Checked::Count(value::count(value, 0, max, unit)?),
        SettingKind::Date => Checked::Date(value::date(value)?),
        SettingKind::Flag => Checked::Flag(value::flag(value)?),
        SettingKind::Choice(words) => {
            let (index, word) = word_among(value, setting.name, words)?;
            Checked::Choice(index, word)
        }
        SettingKind::Choices(words) => choices(value, setting.name, words)?,
        SettingKind::Area => Checked::Area(area_name(value)?),
        SettingKind::Scope => Checked::Scope(value::text_not_empty(value)?),
        SettingKind::Schedule { max } => Checked::Schedule(schedule(value, max, unit)?),
        SettingKind::Days => Checked::Days(days(value)?),
        SettingKind::Text => Checked::Text(value::text_not_empty(value)?),
    })
}

fn choices(
    value: Value<'_>,
    what: &str,
    words: &'static [&'static str],
) -> Result<Checked, Problems> {
    let chosen = value::each(value::list(value, "words")?, |word| word_among(word, what, words))?;
    if chosen.is_empty() {
        return Err(value
            .problem("the list is empty")
            .expected("expected at least one word")
            .into());
    }
    let flags = (0..words.len()).map(|index| chosen.iter().any(|&(at, _)| at == index)).collect();
    Ok(Checked::Choices(flags, chosen.into_iter().map(|(_, word)| word).collect()))
}

/// A number in force from the lever's first day, or numbers by date. The single number gets the
/// lever's first day in [`Settings::schedule`].
fn schedule(value: Value<'_>, max: u32, unit: &str) -> Result<Schedule, Problems> {
    let Some(list) = value.list() else {
        let number = value::count(value, 0, max, unit)?;
        return Ok(Schedule(vec![(FROM_THE_START, number)]));
    };
    if list.is_empty() {
        let expected = "expected a whole number, or a list of { from = DATE, value = NUMBER }";
        return Err(value.problem("the list is empty").expected(expected).into());
    }
    let mut last: Option<Date> = None;
    let steps = value::each(list, |step| {
        let mut fields = Fields::of(step, "a step of the schedule")?;
        let at = fields.value("from");
        let from = fields.required("from", "date", value::date);
        let number = fields.required("value", unit, |value| value::count(value, 0, max, unit));
        if let (Some(from), Some(before), Some(at)) = (from, last, at)
            && from <= before
        {
            let message = format!("the step of {from} stands after that of {before}");
            fields.note(at.problem(message).expected("expected rising dates"));
        }
        last = from.or(last);
        fields.finish(|| Some((from?, number?)))
    })?;
    Ok(Schedule(steps))
}

/// Stands for the lever's first day until that is known.
const FROM_THE_START: Date = Date { year: 0, day: 1 };

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

impl<'a> Settings<'a> {
    /// The setting and the value that it was read from, if it is written.
    fn get(&self, name: &str) -> Option<&(Checked, Value<'a>)> {
        self.checked.get(name)
    }

    /// A problem at a setting's value.
    pub(super) fn problem(&self, name: &str, message: impl Into<String>) -> Problem {
        self.get(name).map_or(self.table, |&(_, value)| value).problem(message)
    }

    /// Conditions that tie settings of one lever to each other.
    fn contradictions(&self) -> Problems {
        let mut problems = Problems::default();
        let from = self.date("from");
        for later in ["until", "opening"] {
            if let Some(date) = self.date_if_written(later)
                && date < from
            {
                let message = format!("`{later}`, {date}, is before `from`, {from}");
                let problem = self.problem(later, message);
                problems.add(problem.expected(format!("expected {from} or later")));
            }
        }
        if let Some((Checked::Choice(_, word), value)) = self.get("admission")
            && *word != "first-come"
            && self.get("recruitment_days").is_none()
        {
            let message = format!("admission \"{word}\" needs `recruitment_days`");
            problems.add(
                value
                    .problem(message)
                    .expected("places are given out on fixed days")
                    .help("for example: recruitment_days = [60, 240]"),
            );
        }
        problems
    }

    /// The settings as text, in the order of the register.
    pub(super) fn written(&self) -> Vec<WrittenSetting> {
        all(self.kind)
            .filter_map(|setting| {
                let steps = match self.get(setting.name)?.0 {
                    Checked::Schedule(_) => self.schedule(setting.name).0,
                    _ => Vec::new(),
                };
                let value = self.as_text(setting.name)?;
                Some(WrittenSetting { name: setting.name, unit: setting.unit, value, steps })
            })
            .collect()
    }

    fn as_text(&self, name: &str) -> Option<String> {
        Some(match &self.get(name)?.0 {
            Checked::Number(number) => number.to_string(),
            Checked::Count(number) => number.to_string(),
            Checked::Date(date) => date.to_string(),
            Checked::Flag(flag) => flag.to_string(),
            Checked::Choice(_, word) => (*word).to_owned(),
            Checked::Choices(_, words) => words.join(", "),
            Checked::Area(area) => area.name().to_owned(),
            Checked::Scope(text) | Checked::Text(text) => text.clone(),
            Checked::Days(days) => {
                days.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            }
            Checked::Schedule(_) => self
                .schedule(name)
                .0
                .iter()
                .map(|(from, number)| format!("{number} from {from}"))
                .collect::<Vec<_>>()
                .join("; "),
        })
    }
}

/// Settings in the types that the register gives them. Asking for one that the register does not
/// promise is a mistake in the code, which a test over all kinds finds.
macro_rules! typed {
    ($($(#[$doc:meta])* $method:ident: $variant:ident => $type:ty;)*) => {
        impl Settings<'_> {
            $($(#[$doc])*
            pub(super) fn $method(&self, name: &str) -> $type {
                match self.get(name) {
                    Some((Checked::$variant(found, ..), _)) => found.clone(),
                    _ => panic!("the register promises no such setting as `{name}`"),
                }
            })*
        }
    };
}

typed! {
    /// A number.
    number: Number => f64;
    /// A whole number.
    count: Count => u32;
    /// A date.
    date: Date => Date;
    /// `true` or `false`.
    flag: Flag => bool;
    /// The place of the word among those allowed.
    choice: Choice => usize;
    /// For each word allowed, whether it is chosen.
    choices: Choices => Vec<bool>;
    /// An area.
    area: Area => Area;
    /// A facility's name, or `district`.
    scope: Scope => String;
    /// A schedule as written.
    raw_schedule: Schedule => Schedule;
    /// Days of the year.
    days: Days => Vec<u16>;
    /// Text.
    text: Text => String;
}

impl Settings<'_> {
    /// Whether a setting is written.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// A date that may be absent.
    pub(super) fn date_if_written(&self, name: &str) -> Option<Date> {
        self.has(name).then(|| self.date(name))
    }

    /// A schedule; a single number is in force from the lever's first day.
    pub(super) fn schedule(&self, name: &str) -> Schedule {
        let mut schedule = self.raw_schedule(name);
        for step in &mut schedule.0 {
            if step.0 == FROM_THE_START {
                step.0 = self.date("from");
            }
        }
        schedule
    }
}

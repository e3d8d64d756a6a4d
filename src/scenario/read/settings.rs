//! All settings of one lever, checked: asked for by name, as they fit together, and as text.

use std::collections::BTreeMap;

use crate::policy::lever::LeverKind;
use crate::policy::plan::Area;
use crate::policy::plan::Schedule;
use crate::scenario::WrittenSetting;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::read::setting::Checked;
use crate::scenario::read::setting::FROM_THE_START;
use crate::scenario::read::setting::all;
use crate::scenario::read::walk::Value;
use crate::time::Date;

/// All settings of a lever, checked, with the values that they were read from.
pub(super) struct Settings<'a> {
    pub(super) kind: LeverKind,
    /// The lever's table.
    pub(super) table: Value<'a>,
    pub(super) checked: BTreeMap<&'static str, (Checked, Value<'a>)>,
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
    pub(super) fn contradictions(&self) -> Problems {
        let mut problems = Problems::default();
        let from = self.date("from");
        for later in ["until", "opening", "decision"] {
            if let Some(date) = self.date_if_written(later)
                && date < from
            {
                let message = format!("`{later}`, {date}, is before `from`, {from}");
                let problem = self.problem(later, message);
                problems.add(problem.expected(format!("expected {from} or later")));
            }
        }
        if let Some(until) = self.date_if_written("until") {
            for begins in ["opening", "decision"] {
                if let Some(date) = self.date_if_written(begins)
                    && until < date
                    && until >= from
                {
                    let message = format!("`until`, {until}, is before `{begins}`, {date}");
                    let problem = self.problem("until", message);
                    let problem = problem.expected(format!("expected {date} or later"));
                    problems.add(
                        problem.help("as it stands, the lever would cost money and never act"),
                    );
                }
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

//! All settings of one lever, checked: asked for by name, as they fit together, and as text.

use std::collections::BTreeMap;

use crate::policy::levers::LeverKind;
use crate::policy::values::Checked;
use crate::policy::values::Values;
use crate::scenario::WrittenSetting;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::read::walk::Value;

/// All settings of a lever, checked, with the places that they were read from.
pub(super) struct Settings<'a> {
    pub(super) kind: LeverKind,
    /// The lever's table.
    pub(super) table: Value<'a>,
    pub(super) values: Values<'a>,
    /// Where each setting is written.
    pub(super) places: BTreeMap<&'static str, Value<'a>>,
}

impl Settings<'_> {
    /// A problem at a setting's value.
    pub(super) fn problem(&self, name: &str, message: impl Into<String>) -> Problem {
        self.places.get(name).copied().unwrap_or(self.table).problem(message)
    }

    /// Conditions that tie settings of one lever to each other.
    pub(super) fn contradictions(&self) -> Problems {
        let mut problems = Problems::default();
        let from = self.values.date("from");
        for later in ["until", "opening", "decision"] {
            if let Some(date) = self.values.date_if_written(later)
                && date < from
            {
                let message = format!("`{later}`, {date}, is before `from`, {from}");
                let problem = self.problem(later, message);
                problems.add(problem.expected(format!("expected {from} or later")));
            }
        }
        if let Some(until) = self.values.date_if_written("until") {
            for begins in ["opening", "decision"] {
                if let Some(date) = self.values.date_if_written(begins)
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
        problems
    }

    /// The settings as text, in the order of the register.
    pub(super) fn written(&self) -> Vec<WrittenSetting> {
        self.kind
            .settings()
            .filter_map(|setting| {
                let steps = match self.values.checked.get(setting.name)? {
                    Checked::Schedule(_) => self.values.schedule(setting.name).0,
                    _ => Vec::new(),
                };
                let value = self.as_text(setting.name)?;
                Some(WrittenSetting { name: setting.name, unit: setting.unit, value, steps })
            })
            .collect()
    }

    fn as_text(&self, name: &str) -> Option<String> {
        Some(match self.values.checked.get(name)? {
            Checked::Number(number) => number.to_string(),
            Checked::Count(number) => number.to_string(),
            Checked::Date(date) => date.to_string(),
            Checked::Flag(flag) => flag.to_string(),
            Checked::Choice(word) => (*word).to_owned(),
            Checked::Choices(words) => words.join(", "),
            Checked::Sectors(sectors) => {
                let names: Vec<&str> =
                    sectors.iter().map(|&sector| self.values.names.sector_name(sector)).collect();
                names.join(", ")
            }
            Checked::Area(area) => self.values.names.area_name(*area).to_owned(),
            Checked::Regime(regime) => self.values.names.regime_name(*regime).to_owned(),
            Checked::Payer(payer) => self.values.names.payer_name(*payer).to_owned(),
            Checked::Scope(text)
            | Checked::Text(text)
            | Checked::Areas(_, text)
            | Checked::Effects(_, text) => text.clone(),
            Checked::Days(days) => {
                days.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
            }
            Checked::Schedule(_) => self
                .values
                .schedule(name)
                .0
                .iter()
                .map(|(from, number)| format!("{number} from {from}"))
                .collect::<Vec<_>>()
                .join("; "),
        })
    }
}

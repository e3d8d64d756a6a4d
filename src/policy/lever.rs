//! What every lever has, and what is known of a kind.

use crate::policy::area::Area;
use crate::policy::building::Building;
use crate::policy::payer::Payer;
use crate::policy::setting::EvidenceLimit;
use crate::policy::setting::Setting;
use crate::policy::setting::SettingKind;
use crate::policy::size::Size;
use crate::policy::slot::LeverSlot;
use crate::policy::values::Values;
use crate::time::Date;

/// What every lever has.
#[derive(Clone, Debug, PartialEq)]
pub struct Common {
    /// What is known of its kind.
    pub spec: &'static LeverSpec,
    /// Its name in the policy file.
    pub name: String,
    /// Its number among all lever names of the scenario.
    pub slot: LeverSlot,
    /// The day of its first cost or effect.
    pub from: Date,
    /// The last day of its effect and yearly cost.
    pub until: Option<Date>,
    /// The name under which attribution groups it: its own where none is written.
    pub package: String,
    /// Who pays.
    pub payer: Payer,
}

impl Common {
    /// The share of a year in which the lever runs from `start` (its own first day or later).
    #[must_use]
    pub fn share_of_year(&self, start: Date, year: u16) -> f64 {
        let first = start.max(self.from).max(Date::new_year(year)).ordinal();
        let year_end = Date::new_year(year + 1).ordinal();
        let end = self.until.map_or(year_end, |until| (until.ordinal() + 1).min(year_end));
        (end - first).max(0) as f64 / f64::from(crate::time::DAYS)
    }

    /// Whether the lever has not ended on a day.
    #[must_use]
    pub fn runs_on(&self, date: Date) -> bool {
        self.from <= date && self.until.is_none_or(|until| date <= until)
    }
}

/// Settings that every lever has.
pub const COMMON: &[Setting] = &[
    Setting::must("kind", SettingKind::Text, "", "Kind of lever", "정책 수단의 종류"),
    Setting::must(
        "from",
        SettingKind::Date,
        "date",
        "Day of the first cost or effect",
        "첫 비용 또는 효과가 발생하는 날",
    ),
    Setting::may(
        "until",
        SettingKind::Date,
        "date",
        "Last day of effect and yearly cost; absent: for good",
        "효과와 연간 비용의 마지막 날(없으면 계속)",
    ),
    Setting::may(
        "package",
        SettingKind::Text,
        "",
        "Name under which attribution groups levers; absent: the lever by itself",
        "기여도 분석에서 묶는 이름(없으면 개별)",
    ),
    Setting::must(
        "payer",
        SettingKind::Payer,
        "",
        "Who pays, by the name in scenario.toml",
        "비용 부담 주체(scenario.toml의 이름)",
    ),
    Setting::must("source", SettingKind::Text, "", "Where the figures come from", "수치의 출처"),
];

/// What is known of a kind of lever.
#[derive(Clone, Copy, Debug)]
pub struct LeverSpec {
    /// The word for `kind` in a policy file.
    pub name: &'static str,
    /// What people call it, in English.
    pub title_en: &'static str,
    /// What people call it, in Korean.
    pub title_ko: &'static str,
    /// Its settings beyond [`COMMON`].
    pub settings: &'static [Setting],
    /// The setting that `--equal-budget` scales; `None` where the lever cannot be scaled.
    pub scales: Option<&'static str>,
    /// The mechanism by which it acts, in English.
    pub mechanism_en: &'static str,
    /// The mechanism by which it acts, in Korean.
    pub mechanism_ko: &'static str,
    /// The parameters, or families of them, through which it acts.
    pub parameters: &'static [&'static str],
    /// The metrics that it raises first, in the district or, where they have no value there, in
    /// the city; a test holds each lever to it.
    pub moves: &'static [&'static str],
    /// The metrics that it lowers first.
    pub lowers: &'static [&'static str],
    /// Where what is known of its effect comes from: rows of a scenario's `facts.csv`.
    pub source: &'static str,
    /// The sizes of its settings up to which evidence reaches.
    pub evidence: &'static [EvidenceLimit],
    /// The cost items that it books.
    pub costs: &'static [&'static str],
    /// What levers of the kind in one policy say against themselves and each other.
    pub contradictions: fn(&[Named<'_>]) -> Vec<Contradiction>,
}

impl LeverSpec {
    /// Whether it acts through a parameter, or through the family that it is of.
    #[must_use]
    pub fn acts_through(&self, parameter: &str, family: &str) -> bool {
        self.parameters.contains(&parameter) || self.parameters.contains(&family)
    }
}

/// Kinds are the same when their words are.
impl PartialEq for LeverSpec {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// A lever as it is written: its name and its settings.
pub type Named<'v> = (&'v str, &'v Values<'v>);

/// Settings that do not go together.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction {
    /// The lever, by its place among those of its kind.
    pub lever: usize,
    /// The setting to change.
    pub setting: &'static str,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub expected: String,
    /// How to mend it; empty where that is plain.
    pub help: &'static str,
}

/// Refuses an end where what a lever has brought stays, and would cost nothing from then on; `stays` says so
/// as a sentence that goes on.
#[must_use]
pub fn without_end(levers: &[Named<'_>], stays: &str) -> Vec<Contradiction> {
    let ended = levers.iter().enumerate().filter_map(|(lever, (name, values))| {
        values.date_if_written("until")?;
        Some(Contradiction {
            lever,
            setting: "until",
            message: format!("`{name}` has no end: {stays}, and its yearly cost with them"),
            expected: "without effect on what stays".to_owned(),
            help: "leave `until` out",
        })
    });
    ended.collect()
}

/// The years of a scenario, and what else of it bears on whether a lever can act.
#[derive(Clone, Copy, Debug)]
pub struct Horizon {
    /// The first year.
    pub first_year: u16,
    /// The last year.
    pub last_year: u16,
}

impl Horizon {
    /// Why a lever that begins to act on a day never does.
    #[must_use]
    pub fn begins_late(self, date: Date) -> Option<String> {
        let last = self.last_year;
        let late = date.year > last;
        late.then(|| format!("it begins to act on {date}, after the last year, {last}"))
    }

    /// Why a lever that ended never acts.
    #[must_use]
    pub fn ended_early(self, common: &Common) -> Option<String> {
        let first = self.first_year;
        let until = common.until.filter(|until| until.year < first)?;
        Some(format!("it ended on {until}, before the first year, {first}"))
    }

    /// The simulated years.
    #[must_use]
    pub fn years(self) -> std::ops::RangeInclusive<u16> {
        self.first_year..=self.last_year
    }
}

/// A setting of 0 without which a lever does nothing.
#[must_use]
pub fn costs_only(setting: &str, is_nothing: bool) -> Option<String> {
    is_nothing.then(|| format!("it does nothing, as `{setting}` is 0"))
}

/// What a lever answers for itself, whatever its kind.
pub trait Lever {
    /// Its kind, name, dates, payer.
    fn common(&self) -> &Common;

    /// What is known of its kind.
    fn spec(&self) -> &'static LeverSpec {
        self.common().spec
    }

    /// The public building that it opens.
    fn building(&self) -> Option<&Building> {
        None
    }

    /// Where its building stands, and the floor space in m2 that it adds to the area at its opening;
    /// `None` where the policy does not say in which area of the district.
    fn site(&self) -> Option<(Area, i64)> {
        None
    }

    /// Whether it serves firms, so that they belong to the set S of the accounts of additionality
    /// (model, 7.1).
    fn serves_firms(&self) -> bool;

    /// What it pays for being run, from its first day on `[KRW m/year]`.
    fn administration(&self) -> Option<f64> {
        None
    }

    /// The settings that grow with it, the first being its size; empty where it has none.
    fn sizes(&mut self) -> Vec<(&'static str, Size<'_>)> {
        Vec::new()
    }

    /// The values of the settings that its kind has limits of evidence for.
    fn observed(&self) -> Vec<(&'static str, f64)> {
        Vec::new()
    }

    /// A setting for which the lever itself says how far evidence reaches: its name, its value, that limit.
    fn own_limit(&self) -> Option<(&'static str, f64, f64)> {
        None
    }

    /// Why it can never act, by its own settings.
    fn idle(&self, horizon: Horizon) -> Option<String>;
}

//! A changed policy in the making, and the text of its file.

use std::fmt::Write as _;

use crate::policy::levers::LeverKind;
use crate::scenario::Policy;
use crate::scenario::edit::option::Edit;
use crate::scenario::edit::words;
use crate::scenario::quoted::quoted;
use crate::scenario::read::letters::LONGEST_TITLE;

/// A policy with changes.
#[derive(Clone, Debug)]
pub(super) struct Draft<'s> {
    /// The policy that is changed.
    pub(super) base: &'s Policy,
    /// What is asked of it.
    pub(super) edits: Vec<Edit>,
    /// What it is called.
    pub(super) name: String,
    removed: Vec<String>,
    /// The settings that its file states, by lever.
    levers: Vec<(String, Vec<(String, String)>)>,
}

impl<'s> Draft<'s> {
    /// A policy of which all of these is asked, before any of it is done.
    pub(super) fn new(base: &'s Policy, edits: Vec<Edit>) -> Self {
        let name = words::name(&base.name, &edits);
        Self { base, edits, name, removed: Vec::new(), levers: Vec::new() }
    }

    /// Whether nothing is changed so far.
    pub(super) fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.levers.is_empty()
    }

    /// Takes a lever away.
    pub(super) fn remove(&mut self, lever: &str) {
        self.levers.retain(|(known, _)| known != lever);
        if !self.removed.iter().any(|known| known == lever) {
            self.removed.push(lever.to_owned());
        }
    }

    /// Whether a lever is changed or added so far.
    fn has(&self, lever: &str) -> bool {
        self.levers.iter().any(|(known, _)| known == lever)
    }

    /// Whether it has a lever so far that `current` may have.
    pub(super) fn keeps(&self, lever: &str, current: &Policy) -> bool {
        let is_removed = self.removed.iter().any(|removed| removed == lever);
        let is_there = current.written.iter().any(|known| known.name == lever);
        self.has(lever) || is_there && !is_removed
    }

    /// Gives a setting of a lever a value, as TOML.
    pub(super) fn put(&mut self, lever: &str, setting: &str, value: &str) {
        if !self.has(lever) {
            self.levers.push((lever.to_owned(), Vec::new()));
        }
        let Some((_, settings)) = self.levers.iter_mut().find(|(known, _)| known == lever) else {
            return;
        };
        match settings.iter_mut().find(|(known, _)| known == setting) {
            Some((_, known)) => value.clone_into(known),
            None => settings.push((setting.to_owned(), value.to_owned())),
        }
    }

    /// What a setting of a lever has been given so far, as TOML.
    pub(super) fn given(&self, lever: &str, setting: &str) -> Option<&str> {
        let (_, settings) = self.levers.iter().find(|(known, _)| known == lever)?;
        let (_, value) = settings.iter().find(|(known, _)| known == setting)?;
        Some(value)
    }

    /// The options of the command line that ask for it.
    pub(super) fn asked(&self) -> String {
        words::asked(&self.edits)
    }

    /// What a setting of a lever of the base means, in Korean and without what stands behind a pause.
    fn meaning(&self, lever: &str, setting: &str) -> Option<&'static str> {
        let written = self.base.written.iter().find(|written| written.name == lever)?;
        let setting =
            LeverKind::named(written.kind)?.settings().find(|known| known.name == setting)?;
        setting.meaning_ko.split(['(', ',', ';']).next().map(str::trim)
    }

    /// The text of its file.
    pub(super) fn text(&self) -> String {
        let english = words::english(&self.edits);
        let korean = words::korean(&self.edits, |lever, setting| self.meaning(lever, setting));
        let mut text = String::new();
        let edits = &self.edits;
        for (key, base, whole, count) in [
            ("title", &self.base.title_en, &english, words::english_count(edits)),
            ("title_ko", &self.base.title_ko, &korean, words::korean_count(edits)),
        ] {
            // Nobody reads on in a longer one, and none may be.
            let titles = [format!("{base}; {whole}"), format!("{base}; {count}")];
            let title = titles.iter().find(|title| title.chars().count() <= LONGEST_TITLE);
            let _ = writeln!(text, "{key} = {}", quoted(title.unwrap_or(&self.name)));
        }
        let about = format!("`{}` with a change: {english}.", self.base.name);
        let _ = writeln!(text, "description = {}", quoted(&about));
        let _ = writeln!(text, "extends = {}", quoted(&self.base.name));
        if !self.removed.is_empty() {
            let names: Vec<String> = self.removed.iter().map(|lever| quoted(lever)).collect();
            let _ = writeln!(text, "remove = [{}]", names.join(", "));
        }
        for (lever, settings) in &self.levers {
            let _ = writeln!(text, "\n[levers.{lever}]");
            for (setting, value) in settings {
                let _ = writeln!(text, "{setting} = {value}");
            }
        }
        text
    }
}

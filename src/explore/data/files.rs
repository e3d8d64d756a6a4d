//! The scenario's files as the page carries them: of the posterior only the draws that its histories use.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::experiment::uncertainty::Uncertainty;
use crate::explore::data::error::DataError;
use crate::explore::data::names::Speakers;
use crate::explore::session::base;
use crate::explore::session::base::Base;
use crate::scenario::InputFile;
use crate::scenario::Scenario;
use crate::scenario::future::Future;
use crate::scenario::future::name_of;
use crate::scenario::problem::ScenarioError;
use crate::scenario::read::Loader;

/// How many histories a page can give.
pub const HISTORIES: u32 = 128;

/// Futures with their files.
#[derive(Clone, Debug, Default)]
pub struct Futures(Vec<(Future, InputFile)>);

impl Futures {
    /// Every future of the scenario in a folder, read and checked with it.
    ///
    /// # Errors
    ///
    /// Fails with the problems of the first that has any.
    pub fn read(folder: &Path, loader: &Loader<'_>) -> Result<Self, ScenarioError> {
        let mut found = Vec::new();
        for name in Scenario::futures(folder) {
            let scenario = loader.clone().without_posterior().future(name.as_str()).load()?;
            let is_its = |file: &&InputFile| name_of(&file.path) == Some(&name);
            let file = scenario.inputs.iter().find(is_its).cloned();
            found.extend(scenario.future.zip(file));
        }
        Ok(Self(found))
    }

    /// Their names and titles.
    pub(super) fn told(&self, speakers: &Speakers) -> Vec<Value> {
        let one = |(future, _): &(Future, InputFile)| {
            json!({
                "name": future.name,
                "title": speakers.title(&future.title_en, &future.title_ko, &future.titles),
                "description": future.description,
            })
        };
        self.0.iter().map(one).collect()
    }
}

/// Texts by path, with what the page starts from.
pub(super) fn texts(
    scenario: &Scenario,
    base: &Base,
    futures: &Futures,
) -> Result<Map<String, Value>, DataError> {
    let mut texts = Map::new();
    let own = scenario.inputs.iter().chain(futures.0.iter().map(|(_, file)| file));
    for InputFile { path, bytes } in own {
        let text = String::from_utf8_lossy(bytes);
        let kept = used(scenario, path, &text);
        texts.insert(path.clone(), kept.unwrap_or_else(|| text.into_owned()).into());
    }
    texts.insert(base::FILE.to_owned(), base.text()?.into());
    Ok(texts)
}

/// The posterior with another draw's values in the place of each that no history of the page uses, which packs to
/// next to nothing; nothing for any other file. Weights stay, so that each history finds its own draw.
fn used(scenario: &Scenario, path: &str, text: &str) -> Option<String> {
    let posterior = scenario.posterior.as_ref()?;
    let mut lines = text.lines();
    let header = lines.next()?;
    let weight = header.split(',').position(|name| name.trim() == "weight")?;
    let rows: Vec<&str> = lines.filter(|line| !line.trim().is_empty()).collect();
    if path == "observed.csv" || rows.len() != posterior.len() || text.contains('"') {
        return None;
    }
    let uncertainty = Uncertainty::of(scenario);
    let used: BTreeSet<usize> = (0..HISTORIES).filter_map(|it| uncertainty.row(it)).collect();
    let cells = |row: &usize| rows.get(*row).map(|row| row.split(',').collect::<Vec<_>>());
    let mut kept = cells(used.first()?)?;
    let mut new = format!("{header}\n");
    for (place, row) in rows.iter().enumerate() {
        if used.contains(&place) {
            kept = cells(&place)?;
        }
        let mut row = row.split(',');
        kept[weight] = row.nth(weight)?;
        new.push_str(&kept.join(","));
        new.push('\n');
    }
    Some(new)
}

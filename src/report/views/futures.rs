//! What policies add in each future, side by side, on the terminal.

use std::collections::BTreeMap;
use std::path::Path;

use crate::report::tables::comparison::PolicyDifference;
use crate::report::tables::cost_benefit::CostBenefit;
use crate::report::tables::read::Tables;
use crate::report::tables::read::UnreadableTable;
use crate::report::tables::row::Row as _;
use crate::report::text::console;
use crate::report::text::console::paragraph;
use crate::report::text::language::Language;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::number::signed;
use crate::report::text::language::text;
use crate::report::text::language::text::Text;
use crate::report::text::language::text::fill;
use crate::report::text::language::text::word_for_replications;
use crate::report::views::placebo::rest;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::future::Future;
use crate::scenario::future::PRESENT;
use crate::scenario::money::MONEY;

/// Policies of a table.
const MOST: usize = 12;

/// What each policy adds in a world: the present one or a future.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct World {
    /// The future; nothing for the present world.
    pub future: Option<Future>,
    /// How many replications its means are of.
    pub replications: u32,
    /// Jobs in the whole city in the last year, policy less baseline, a mean, by policy.
    pub jobs: BTreeMap<String, f64>,
    /// Economic net present value, a mean, by policy `[{money}]`.
    pub value: BTreeMap<String, f64>,
}

impl World {
    /// Reads the tables of a run of this scenario.
    ///
    /// # Errors
    ///
    /// Fails if a table is missing or damaged.
    pub fn read(scenario: &Scenario, folder: &Path) -> Result<Self, UnreadableTable> {
        let tables = Tables(folder);
        let mut world = Self { future: scenario.future.clone(), ..Self::default() };
        tables.each::<PolicyDifference<'_>, UnreadableTable>(|row| {
            let wanted = (row.metric, row.place, row.year) == ("jobs", "city", scenario.last_year);
            if let Some(jobs) = row.difference.filter(|_| wanted) {
                world.jobs.insert(row.policy.to_owned(), jobs);
                let replications = row.replications.and_then(|it| u32::try_from(it).ok());
                world.replications = replications.unwrap_or_default();
            }
            Ok(())
        })?;
        tables.each::<CostBenefit<'_>, UnreadableTable>(|row| {
            let wanted = (row.item, row.payer) == ("economic_net_present_value", "all");
            if let Some(value) = row.mean.filter(|_| wanted) {
                world.value.insert(row.policy.to_owned(), value);
            }
            Ok(())
        })?;
        Ok(world)
    }

    /// What people call it: in English as on the command line, else by its title.
    fn called(&self, language: Language) -> &str {
        match &self.future {
            None if language.is_english() => PRESENT,
            None => text::futures_present.in_language(language),
            Some(future) if language.is_english() => &future.name,
            Some(future) => language.title(&future.title_en, &future.title_ko, &future.titles),
        }
    }
}

/// What the numbers over columns stand for: `0=present, 1=boom`.
#[must_use]
pub fn legend<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let numbered = names.enumerate().map(|(number, name)| format!("{number}={name}"));
    numbered.collect::<Vec<_>>().join(", ")
}

/// The tables for people: a line a policy, a column a world. `worlds` are of runs of one scenario, the present first.
#[must_use]
pub fn summary(scenario: &Scenario, worlds: &[World], language: Language) -> String {
    let legend = legend(worlds.iter().map(|world| world.called(language)));
    let replications = worlds.first().map_or(0, |world| world.replications);
    let unit = shown_unit(MONEY, language);
    let baseline = &scenario.policies[scenario.baseline];
    let filled_in = [
        ("year", scenario.last_year.to_string()),
        ("baseline", title(baseline, language).to_owned()),
        ("replications", replications.to_string()),
        ("word", word_for_replications(replications, language).to_owned()),
        ("unit", unit.name.to_owned()),
    ];
    let filled_in: Vec<(&str, &str)> =
        filled_in.iter().map(|(key, text)| (*key, text.as_str())).collect();
    let heading = |of: &Text| paragraph(&fill(of, language, &filled_in), 0);
    let jobs: Vec<_> = worlds.iter().map(|world| &world.jobs).collect();
    let value: Vec<_> = worlds.iter().map(|world| &world.value).collect();
    let mut text = format!("\n{}{}", heading(&text::futures_jobs), paragraph(&legend, 2));
    text.push_str(&table(scenario, &jobs, (1.0, PolicyDifference::TABLE.file), language));
    text.push('\n');
    text.push_str(&heading(&text::futures_value));
    text.push_str(&table(scenario, &value, (unit.divisor, CostBenefit::TABLE.file), language));
    text
}

fn title(policy: &Policy, language: Language) -> &str {
    match language.title(&policy.title_en, &policy.title_ko, &policy.titles) {
        _ if language.is_english() => &policy.name,
        "" => &policy.name,
        title => title,
    }
}

/// A line a policy, those with most in the first world first; the highest of each column that can be chosen and is above
/// the baseline has a star.
fn table(
    scenario: &Scenario,
    worlds: &[&BTreeMap<String, f64>],
    (divisor, file): (f64, &str),
    language: Language,
) -> String {
    let first = |policy: &&Policy| worlds.first().and_then(|world| world.get(&policy.name));
    let mut policies: Vec<&Policy> =
        scenario.policies.iter().filter(|policy| first(policy).is_some()).collect();
    policies.sort_by(|one, other| match (first(one), first(other)) {
        (Some(one), Some(other)) => other.total_cmp(one),
        _ => std::cmp::Ordering::Equal,
    });
    // The baseline, of which all are differences, is 0.
    let options = || policies.iter().filter(|policy| policy.is_option());
    let best_of = |world: &&BTreeMap<String, f64>| {
        options().filter_map(|policy| world.get(&policy.name)).copied().fold(0.0, f64::max)
    };
    let best: Vec<f64> = worlds.iter().map(best_of).collect();
    let cell = |policy: &Policy, world: usize| match worlds[world].get(&policy.name) {
        None => "-".to_owned(),
        Some(&mean) => {
            let is_best = policy.is_option() && mean > 0.0 && mean >= best[world];
            let star = if is_best { "*" } else { "" };
            let shown = mean / divisor;
            format!("{}{star}", signed(shown, decimals(shown).min(1)))
        }
    };
    let row = |policy: &&Policy| {
        let name = std::iter::once(format!("  {}", title(policy, language)));
        name.chain((0..worlds.len()).map(|world| cell(policy, world))).collect::<Vec<String>>()
    };
    let rows: Vec<Vec<String>> = policies.iter().take(MOST).map(row).collect();
    let numbers: Vec<String> = (0..worlds.len()).map(|number| number.to_string()).collect();
    let head = text::policy.in_language(language);
    let head = if language.is_english() { "policy" } else { head };
    let head = format!("  {head}");
    let header: Vec<&str> =
        std::iter::once(head.as_str()).chain(numbers.iter().map(String::as_str)).collect();
    console::table(header, &rows) + &rest(policies.len() - rows.len(), file, language)
}

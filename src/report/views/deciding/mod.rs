//! What `yangjae decide` has found, in words and as a table for each criterion: read from its tables, so that
//! terminal and report say the same.

mod futures;
mod sentences;
mod tables;
mod telling;

pub use futures::ToldFutures;
pub use tables::DecisionTables;
pub use telling::OfRun;
pub use telling::Telling;

use serde::Serialize;

use crate::report::tables::decision::ranking::DecisionRanking;
use crate::report::text::console;
use crate::report::text::language::names;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::range;
use crate::report::text::language::text;
use crate::report::text::language::text::fill;
use crate::report::views::deciding::telling::Shown;

/// The columns of a table.
const COLUMNS: usize = 8;

/// One criterion for people.
#[derive(Debug, Serialize)]
pub struct ToldCriterion {
    /// The criterion and its unit.
    pub title: String,
    /// What is found, sentence by sentence.
    pub sentences: Vec<String>,
    /// The heads of the columns.
    pub header: [&'static str; COLUMNS],
    /// The policies, best first.
    pub rows: Vec<[String; COLUMNS]>,
    /// How many policies the table leaves out; empty where it has all.
    pub rest: String,
    /// By futures, where the run has some.
    pub futures: Option<ToldFutures>,
}

/// A decision for people.
#[derive(Debug, Serialize)]
pub struct ToldDecision {
    /// What the figures do not cover, and which policies are not judged.
    pub cautions: Vec<String>,
    /// By each criterion.
    pub criteria: Vec<ToldCriterion>,
    /// Which policies are worth their cost.
    pub worth_their_cost: String,
}

impl Telling<'_> {
    /// The decision in words and tables.
    #[must_use]
    pub fn told(&self) -> ToldDecision {
        let criteria = self.tables.criteria();
        ToldDecision {
            cautions: self.cautions(),
            criteria: criteria.iter().map(|criterion| self.criterion(criterion)).collect(),
            worth_their_cost: self.worth_their_cost(),
        }
    }

    /// The same for a terminal.
    #[must_use]
    pub fn on_terminal(&self) -> String {
        let told = self.told();
        let mut text = console::paragraph(&told.cautions.join(" "), 0) + "\n";
        for criterion in &told.criteria {
            text.push_str(&criterion.title);
            text.push_str("\n\n");
            text.push_str(&console::paragraph(&criterion.sentences.join(" "), 2));
            text.push('\n');
            let indented = |row: &[String; COLUMNS]| {
                let mut row = row.clone();
                row[0] = format!("  {}", row[0]);
                row
            };
            let rows: Vec<[String; COLUMNS]> = criterion.rows.iter().map(indented).collect();
            let first = format!("  {}", criterion.header[0]);
            let mut header: [&str; COLUMNS] = criterion.header;
            header[0] = &first;
            text.push_str(&console::table(header, &rows));
            if !criterion.rest.is_empty() {
                text.push_str(&console::paragraph(&criterion.rest, 2));
            }
            if let Some(futures) = &criterion.futures {
                text.push('\n');
                text.push_str(&console::paragraph(&futures.sentence, 2));
                text.push('\n');
                let header: Vec<&str> = futures.header.iter().map(String::as_str).collect();
                text.push_str(&console::table(header, &futures.rows));
            }
            text.push('\n');
        }
        text + &console::paragraph(&told.worth_their_cost, 0)
    }

    fn criterion(&self, criterion: &str) -> ToldCriterion {
        let language = self.language;
        let rows = self.tables.ranked(criterion);
        let shown = Shown::of(rows.first().map_or("", |row| row.unit), language);
        let is_less = criterion.starts_with("min:");
        let better = if is_less { &text::decided_less } else { &text::decided_more };
        let better = better.in_language(language);
        let replications = grouped(f64::from(self.run.replications), 0);
        let words = [
            ("criterion", self.criterion_name(criterion)),
            ("better", better.to_owned()),
            ("replications", replications),
            (
                "replications_word",
                text::word_for_replications(self.run.replications, language).into(),
            ),
        ];
        let unit = if shown.unit.is_empty() { String::new() } else { format!(" [{}]", shown.unit) };
        let words: Vec<(&str, &str)> = words
            .iter()
            .map(|(key, word)| (*key, word.as_str()))
            .chain([("unit", &*unit)])
            .collect();
        let listed = self.listed_in_tables(&rows);
        let left = rows.len() - listed.len();
        ToldCriterion {
            title: fill(&text::decided_title, language, &words),
            sentences: self.sentences(criterion, &rows, shown),
            header: [
                text::policy,
                text::mean,
                text::middle_90,
                text::decided_best_share,
                text::decided_average_share,
                text::decided_loss_share,
                text::decided_expected_loss,
                text::decided_rank,
            ]
            .map(|text| text.in_language(language)),
            rows: listed.into_iter().map(|row| self.row(row, shown)).collect(),
            rest: if left == 0 {
                String::new()
            } else {
                fill(&text::decided_rest, language, &[("count", &left.to_string())])
            },
            futures: self.futures(criterion, shown),
        }
    }

    /// The cells of a policy; without what goes by parameters where it is not told.
    fn row(&self, row: &DecisionRanking<'_>, shown: Shown) -> [String; COLUMNS] {
        let between = |low: &str, high: &str| range(low, high, self.language);
        let of_parameters = |cell: String| if row.told { cell } else { "–".to_owned() };
        [
            (self.called)(row.policy),
            shown.figure(row.mean),
            between(&shown.figure(row.p05), &shown.figure(row.p95)),
            self.share(row.probability_best),
            of_parameters(self.share(row.probability_best_on_average)),
            self.share(row.probability_loss),
            of_parameters(shown.figure(row.expected_loss)),
            match row.rank_p05.zip(row.rank_p95) {
                Some((low, high)) => {
                    format!("{} ({})", row.rank, between(&low.to_string(), &high.to_string()))
                }
                None => row.rank.to_string(),
            },
        ]
    }

    /// What people call a criterion: an outcome by its title, all else as written.
    fn criterion_name(&self, criterion: &str) -> String {
        let (sign, name) = criterion.split_at(if criterion.starts_with("min:") { 4 } else { 0 });
        match names::name("outcome", name, self.language) {
            same if same == name => criterion.to_owned(),
            title => format!("{title} ({sign}{name})"),
        }
    }
}

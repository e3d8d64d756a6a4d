//! The summary of a run on standard output: what a reader who has one minute wants to know.
//!
//! At most 100 columns. On a terminal small bars show how large effects are; in a file or a pipe
//! it is plain, and in English letters beyond ASCII come from the scenario alone.

use unicode_width::UnicodeWidthStr;

use crate::analysis::pairs::Ranking;
use crate::report::text::console::paragraph;
use crate::report::text::console::right;
use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
use crate::report::text::language::text::Text;
use crate::report::text::language::text::fill;
use crate::report::text::shorten;
use crate::report::views::decision::CHANGED;
use crate::report::views::decision::CITY;
use crate::report::views::decision::Column;
use crate::report::views::decision::OTHERS;
use crate::report::views::decision::VALUE;
use crate::report::views::findings::Findings;
use crate::report::views::findings::headline::by_jobs;
use crate::report::views::verdict;
use crate::report::views::verdict::Answer;
use crate::report::views::verdict::Group;
use crate::report::views::verdict::NamedPolicy;
use crate::report::views::verdict::with_more;

/// The longest line `[columns]`.
const WIDE: usize = 100;
/// The longest and the shortest room for the name of a policy `[columns]`.
const LONGEST_NAME: usize = 36;
const SHORTEST_NAME: usize = 16;
/// Between two columns.
const GAP: usize = 2;
/// The widest bar `[columns]`.
const BAR: usize = 6;
/// What a block of an eighth to seven eighths looks like.
const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// Where the summary is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// On a terminal: with bars.
    Terminal,
    /// In a file or a pipe: plain.
    Plain,
}

/// The summary as text.
#[must_use]
pub fn summary(findings: &Findings, language: Language, medium: Medium) -> String {
    let name = |policy| called(findings, policy, language);
    let answer = verdict::answer(findings, language, name);
    let summary = Summary { findings, answer: &answer, language, medium };
    let parts = [
        summary.heading(),
        summary.answer(),
        summary.changed(),
        summary.city(),
        summary.headline(),
        summary.value(),
        summary.reading(),
        summary.unranked(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let text = parts.join("\n");
    plain(&text, language, medium)
}

/// What a file or a pipe gets of an English text: ASCII letters and signs.
fn plain(text: &str, language: Language, medium: Medium) -> String {
    if !language.is_english() || medium != Medium::Plain {
        return text.to_owned();
    }
    let text = text.replace(['“', '”'], "\"").replace('’', "'").replace('–', "-");
    text.replace('±', "+-").replace('²', "^2").replace('×', "x")
}

/// A policy as the summary calls it: English readers type its name, Korean ones read its title.
fn called(findings: &Findings, policy: usize, language: Language) -> &str {
    if language.is_english() {
        &findings.about.policies[policy].name
    } else {
        findings.about.title(policy, language)
    }
}

struct Summary<'a> {
    findings: &'a Findings,
    answer: &'a Answer,
    language: Language,
    medium: Medium,
}

impl<'a> Summary<'a> {
    /// A paragraph in lines that are short enough however signs are written.
    fn lines(&self, text: &str, indent: usize) -> String {
        paragraph(&plain(text, self.language, self.medium), indent)
    }

    fn name(&self, policy: usize) -> &'a str {
        called(self.findings, policy, self.language)
    }

    fn heading(&self) -> String {
        let about = &self.findings.about;
        let title = about.own_title(self.language);
        format!("{title}\n{}", self.lines(about.asks(self.language), 0))
    }

    fn answer(&self) -> String {
        self.answer.sentences.iter().map(|it| self.lines(it, 0)).collect()
    }

    fn reading(&self) -> String {
        if self.answer.reading.is_empty() {
            return String::new();
        }
        let lines = self.answer.reading.iter().map(|it| self.lines(it, 2)).collect::<String>();
        format!("{}\n{lines}", text::reading.in_language(self.language))
    }

    /// Which policies the model does not rank against the baseline, and how many pairs.
    fn unranked(&self) -> String {
        let mut text = String::new();
        for place in &self.answer.places {
            let unclear =
                [&text::verdict_not_ranked, &text::verdict_more_replications, &text::verdict_same]
                    .map(|heading| heading.in_language(self.language));
            let groups = place.groups.iter().filter(|group| unclear.contains(&group.heading));
            let said: String = groups
                .map(|group| format!("{}: {}", group.heading, self.members(group)))
                .map(|said| self.lines(&said, 2))
                .collect();
            if !said.is_empty() || !place.pairs.is_empty() {
                text.push_str(place.heading);
                text.push('\n');
                text.push_str(&self.lines(&place.pairs, 2));
                text.push_str(&said);
            }
        }
        text
    }

    fn members(&self, group: &Group) -> String {
        let name = |member: &NamedPolicy| {
            let share = member.figure.split(", P = ").nth(1);
            let share = share.map_or_else(String::new, |share| format!(" (P = {share})"));
            format!("{}{share}", self.name(member.policy))
        };
        let members = group.members.iter().map(name).collect::<Vec<_>>().join(", ");
        with_more(&members, group.more, self.language)
    }

    /// The words of the headings of both tables.
    fn words(&self) -> Vec<(&'static str, String)> {
        let about = &self.findings.about;
        let unit = |unit| shown_unit(unit, self.language).name.to_owned();
        vec![
            ("year", about.last_year().to_string()),
            ("baseline", self.name(about.baseline).to_owned()),
            ("base", about.base_year.to_string()),
            ("unit", unit("{money}")),
            ("unit_year", unit("{money}/year")),
            ("unit_job", unit("{money}/(person year)")),
        ]
    }

    /// Jobs in the city, of every policy; the baseline's own below.
    fn city(&self) -> String {
        let about = &self.findings.about;
        let mut policies: Vec<usize> = about.judged().collect();
        policies.retain(|&policy| verdict::gain(self.findings, policy, "city").is_some());
        if policies.is_empty() {
            return String::new();
        }
        policies.retain(|&policy| about.policies[policy].listed);
        by_jobs(self.findings, &mut policies);
        let mean = |policy| verdict::gain(self.findings, policy, "city").and_then(|it| it.mean);
        let most = policies.iter().filter_map(|&policy| mean(policy)).map(f64::abs);
        let most = most.fold(0.0, f64::max);
        let bar = |policy: usize| self.bar(policy, most);
        let left_out = about.left_out(self.language);
        let heading =
            if left_out.is_some() { &text::decision_leading } else { &text::decision_all };
        let left_out = left_out.map_or_else(String::new, |said| self.lines(&said, 0));
        self.table(heading, &CITY, &policies, bar) + &left_out + &self.levels()
    }

    /// The jobs of the baseline.
    fn levels(&self) -> String {
        let about = &self.findings.about;
        let level = |place: &&str| {
            let series = self.findings.series_of("jobs", place)?;
            let jobs = series.yearly[about.baseline].last()?.mean?;
            let place = names::name("place", place, self.language).to_lowercase();
            let words = [("jobs", &*grouped(jobs, 0)), ("place", &*place)];
            Some(fill(&text::decision_level, self.language, &words))
        };
        let levels: Vec<String> = ["city", "district"].iter().filter_map(level).collect();
        let words = [("levels", &*levels.join(", "))];
        self.lines(&fill(&text::decision_levels, self.language, &words), 0)
    }

    /// Policies beside those that they change.
    fn changed(&self) -> String {
        let about = &self.findings.about;
        let mut policies: Vec<usize> = about.judged().collect();
        policies.retain(|&policy| {
            let base = self.findings.changed_by(policy);
            base.is_some_and(|base| self.findings.pair("jobs", "city", policy, base).is_some())
        });
        if policies.is_empty() {
            return String::new();
        }
        self.table(&text::decision_changed, &CHANGED, &policies, |_| String::new())
    }

    /// What else the headline set does, and what it costs.
    fn headline(&self) -> String {
        let policies = self.findings.headline();
        if policies.is_empty() {
            return String::new();
        }
        self.table(&text::decision_headline, &OTHERS, &policies, |_| String::new())
    }

    /// What the headline set costs and is worth, and who dominates whom.
    fn value(&self) -> String {
        let Some((basis, rest)) = self.answer.value.split_first() else { return String::new() };
        let heading = text::value.in_language(self.language);
        let rest: String = rest.iter().map(|it| self.lines(it, 0)).collect();
        let policies = self.findings.headline();
        let table = self.rows(&VALUE, &policies, |_| String::new());
        format!("{heading}\n{}{table}{rest}", self.lines(basis, 0))
    }

    /// A table of the decision under what it is about.
    fn table(
        &self,
        heading: &Text,
        columns: &[Column],
        policies: &[usize],
        after: impl Fn(usize) -> String,
    ) -> String {
        let words = self.words();
        let words: Vec<(&str, &str)> = words.iter().map(|(key, it)| (*key, it.as_str())).collect();
        self.lines(&fill(heading, self.language, &words), 0) + &self.rows(columns, policies, after)
    }

    /// Two lines of heads, and a line a policy. Names give way where the line would be too long.
    fn rows(
        &self,
        columns: &[Column],
        policies: &[usize],
        after: impl Fn(usize) -> String,
    ) -> String {
        let mut text = String::new();
        let column = |column: &Column| {
            let (about, holds) = column.heading();
            let about = about.map_or("", |about| about.in_language(self.language));
            let mut cells = vec![about.to_owned(), holds.in_language(self.language).to_owned()];
            let cell = |&policy: &usize| column.cell(self.findings, policy, self.language);
            cells.extend(policies.iter().map(cell));
            cells.iter().map(|cell| plain(cell, self.language, self.medium)).collect()
        };
        let mut columns: Vec<Vec<String>> = columns.iter().map(column).collect();
        // What neighbours are about is said once.
        for place in (1..columns.len()).rev() {
            if columns[place][0] == columns[place - 1][0] {
                columns[place][0].clear();
            }
        }
        let wide = |cells: &Vec<String>| {
            let cells = cells.iter().skip(1).map(|cell| cell.width());
            cells.max().unwrap_or(0) + GAP
        };
        let widths: Vec<usize> = columns.iter().map(wide).collect();
        let room = WIDE.saturating_sub(widths.iter().sum::<usize>() + self.bar_room());
        let room = room.clamp(SHORTEST_NAME, LONGEST_NAME);
        let names: Vec<String> = shortened(policies.iter().map(|&policy| self.name(policy)), room);
        let policy_word = text::policy.in_language(self.language).to_lowercase();
        let mut heads = vec![String::new(), policy_word];
        heads.extend(names);
        let wide = heads.iter().map(|name| name.width()).max().unwrap_or(0);
        for (row, name) in heads.iter().enumerate() {
            let mut line = format!("{name}{}", " ".repeat(wide - name.width()));
            let mut spare = 0;
            for (cells, &wide) in columns.iter().zip(&widths) {
                // The first head of a group runs on over its neighbours.
                let cell = &cells[row];
                if row == 0 && cell.is_empty() {
                    line.push_str(&" ".repeat(wide.saturating_sub(spare)));
                    spare = spare.saturating_sub(wide);
                } else {
                    let shown = right(cell, wide.saturating_sub(spare));
                    spare = (shown.width() + spare).saturating_sub(wide);
                    line.push_str(&shown);
                }
            }
            if let Some(&policy) = row.checked_sub(2).and_then(|row| policies.get(row)) {
                line.push_str(&after(policy));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    fn bar_room(&self) -> usize {
        if self.medium == Medium::Terminal { BAR + 1 } else { 0 }
    }

    /// How large an effect is beside the largest; hollow where it is a loss, a dot where the model
    /// does not rank it against the baseline.
    fn bar(&self, policy: usize, most: f64) -> String {
        if self.bar_room() == 0 {
            return String::new();
        }
        let mean = verdict::gain(self.findings, policy, "city").and_then(|it| it.mean);
        let ranked = matches!(
            self.findings.ranking("jobs", "city", policy),
            Some(Ranking::Higher | Ranking::Lower)
        );
        let bar = match mean {
            Some(mean) if ranked && most > 0.0 => blocks(mean.abs() / most, mean < 0.0),
            Some(_) => "·".to_owned(),
            None => String::new(),
        };
        format!(" {bar}")
    }
}

/// A bar of blocks; a hollow one for a loss.
fn blocks(share: f64, loss: bool) -> String {
    // Shares are at most 1, so the count is small.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 8 × BAR")]
    let eighths = ((share * (BAR * 8) as f64).ceil() as usize).clamp(1, BAR * 8);
    if loss {
        return "░".repeat(eighths.div_ceil(8));
    }
    let mut bar = "█".repeat(eighths / 8);
    if let Some(part) = (eighths % 8).checked_sub(1) {
        bar.push(EIGHTHS[part]);
    }
    bar
}

/// Names, cut where they would not leave room for the numbers.
fn shortened<'n>(names: impl Iterator<Item = &'n str>, room: usize) -> Vec<String> {
    let names: Vec<&str> = names.collect();
    shorten::labels(&names, room as f64, "...", |name| name.width() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn korean_words_line_up_and_long_names_are_cut() {
        let long = "가나다라마바사아자차".repeat(2);
        let cut = |name: &str, room| shortened([name].into_iter(), room).concat();
        assert_eq!(cut(&long, 32), "가나다라마바사...라마바사아자차");
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!((right("양재", 6), right("abc", 6)), ("  양재".to_owned(), "   abc".to_owned()));
    }

    #[test]
    fn bars_grow_by_eighths_and_losses_are_hollow() {
        assert_eq!(blocks(1.0, false), "██████");
        assert_eq!(blocks(0.5, false), "███");
        assert_eq!(blocks(1e-9, false), "▏");
        assert_eq!(blocks(0.3, true), "░░");
    }
}

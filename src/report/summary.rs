//! The summary of a run on standard output: what a reader who has one minute wants to know.
//!
//! At most 100 columns. On a terminal small bars show how large effects are; in a file or a pipe
//! it is plain, and in English letters beyond ASCII come from the scenario alone.

use unicode_width::UnicodeWidthStr;

use crate::report::console::paragraph;
use crate::report::findings::Figure;
use crate::report::findings::Findings;
use crate::report::findings::Verdict;
use crate::report::language::Language;
use crate::report::language::names;
use crate::report::language::number::decimals;
use crate::report::language::number::grouped;
use crate::report::language::number::shown_unit;
use crate::report::language::text;
use crate::report::language::text::Text;
use crate::report::language::text::fill;
use crate::report::verdict;
use crate::report::verdict::Group;

/// The longest name of a policy that is shown whole [columns].
const LONGEST_NAME: usize = 32;
/// Policies in the table of means; the rest is in the files.
const MOST_MEANS: usize = 9;
/// The narrowest column of effects [columns].
const NARROWEST_GAIN: usize = 24;
/// The widest bar [columns].
const BAR: usize = 6;
/// What a block of an eighth to seven eighths looks like.
const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];
/// Where effects are shown.
const PLACES: [&str; 2] = ["city", "district"];
/// Columns of the table of means.
const MEANS: [&str; 3] = ["jobs", "firms", "investment"];

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
    let summary = Summary { findings, language, medium };
    let parts = [summary.heading(), summary.answer(), summary.gains(), summary.means()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let text = parts.join("\n");
    match (language, medium) {
        (Language::English, Medium::Plain) => {
            text.replace(['“', '”'], "\"").replace('’', "'").replace('–', "-")
        }
        _ => text,
    }
}

struct Summary<'a> {
    findings: &'a Findings,
    language: Language,
    medium: Medium,
}

impl<'a> Summary<'a> {
    /// A policy as the summary calls it: English readers type its name, Korean ones read its title.
    fn name(&self, policy: usize) -> &'a str {
        match self.language {
            Language::English => &self.findings.about.policies[policy].name,
            Language::Korean => self.findings.about.title(policy, self.language),
        }
    }

    fn say(&self, text: &Text, words: &[(&str, &str)]) -> String {
        fill(text, self.language, words)
    }

    fn heading(&self) -> String {
        let about = &self.findings.about;
        let title = self.language.title(&about.title_en, &about.title_ko);
        format!(
            "{title}\n{}",
            paragraph(self.language.title(&about.question, &about.question_ko), 0)
        )
    }

    fn answer(&self) -> String {
        let answer = verdict::answer(self.findings, self.language, |policy| self.name(policy));
        let mut text: String = answer.sentences.iter().map(|it| paragraph(it, 0)).collect();
        for place in &answer.places {
            let unclear = [&text::verdict_unclear, &text::verdict_same]
                .map(|heading| heading.in_language(self.language));
            let groups = place.groups.iter().filter(|group| unclear.contains(&group.heading));
            let mut said: Vec<(&str, Vec<String>)> = Vec::new();
            for group in groups.chain(&place.ties) {
                match said.iter_mut().find(|(heading, _)| *heading == group.heading) {
                    Some((_, runs)) => runs.push(self.members(group)),
                    None => said.push((group.heading, vec![self.members(group)])),
                }
            }
            if !said.is_empty() {
                text.push_str(place.heading);
                text.push('\n');
            }
            for (heading, runs) in said {
                text.push_str(&paragraph(&format!("{heading}: {}", runs.join("; ")), 2));
            }
        }
        text
    }

    fn members(&self, group: &Group) -> String {
        let names: Vec<&str> = group.members.iter().map(|it| self.name(it.policy)).collect();
        names.join(", ")
    }

    /// Jobs against the baseline, the largest effect on the city first.
    fn gains(&self) -> String {
        let about = &self.findings.about;
        let gain = |policy, place: &str| verdict::gain(self.findings, policy, place);
        let places: Vec<&str> = PLACES
            .into_iter()
            .filter(|place| about.judged().any(|policy| gain(policy, place).is_some()))
            .collect();
        let Some(&first) = places.first() else { return String::new() };
        let mut policies: Vec<usize> = about.judged().collect();
        let mean = |policy, place: &str| gain(policy, place).and_then(|it| it.mean);
        let size = |policy| mean(policy, first).unwrap_or_default();
        policies.sort_by(|&one, &other| size(other).total_cmp(&size(one)));
        let most = places.iter().map(|place| {
            policies
                .iter()
                .filter_map(|&policy| mean(policy, place))
                .map(f64::abs)
                .fold(0.0, f64::max)
        });
        let most: Vec<f64> = most.collect();

        let words = [
            ("year", about.last_year().to_string()),
            ("baseline", self.name(about.baseline).to_owned()),
        ];
        let words = [(words[0].0, words[0].1.as_str()), (words[1].0, words[1].1.as_str())];
        let mut text = self.say(&text::summary_gains, &words) + "\n";
        let wide = self.wide(&policies);
        let place_names =
            places.iter().map(|place| names::name("place", place, self.language).to_lowercase());
        let cell = |policy: usize, place: &str| {
            verdict::shown(&gain(policy, place).unwrap_or_default(), self.language)
        };
        let widths = policies.iter().flat_map(|&policy| places.iter().map(move |&it| (policy, it)));
        let room = widths.map(|(policy, place)| cell(policy, place).width()).max().unwrap_or(0);
        let room = room.max(NARROWEST_GAIN) + 2;
        let heads = place_names.map(|name| right(&name, room) + &" ".repeat(self.bar_room()));
        let policy_word = text::policy.in_language(self.language).to_lowercase();
        push_line(&mut text, wide, &policy_word, heads);
        for &policy in &policies {
            let cells = places.iter().zip(&most).map(|(place, &most)| {
                let figure = gain(policy, place).unwrap_or_default();
                right(&verdict::shown(&figure, self.language), room) + &self.bar(&figure, most)
            });
            push_line(&mut text, wide, self.name(policy), cells);
        }
        text
    }

    fn bar_room(&self) -> usize {
        if self.medium == Medium::Terminal { BAR + 1 } else { 0 }
    }

    /// How large an effect is beside the largest; hollow where it is a loss, a dot where it cannot
    /// be told from none.
    fn bar(&self, figure: &Figure, most: f64) -> String {
        let room = self.bar_room();
        if room == 0 {
            return String::new();
        }
        let bar = match (figure.mean, figure.verdict()) {
            (Some(_), Verdict::Unclear | Verdict::Same) => "·".to_owned(),
            (Some(mean), _) if most > 0.0 => blocks(mean.abs() / most, mean < 0.0),
            _ => String::new(),
        };
        let bar = format!(" {bar}");
        format!("{bar}{}", " ".repeat(room.saturating_sub(bar.width())))
    }

    /// The means of the last year.
    fn means(&self) -> String {
        let about = &self.findings.about;
        let mut policies = about.headline();
        policies.truncate(MOST_MEANS);
        let columns: Vec<_> = MEANS
            .into_iter()
            .flat_map(|metric| PLACES.map(|place| self.findings.series_of(metric, place)))
            .flatten()
            .collect();
        if columns.is_empty() {
            return String::new();
        }
        let replications = about.manifest.plan.replications;
        let histories = text::histories_word(replications, self.language);
        let words = [
            ("year", about.last_year().to_string()),
            ("replications", grouped(f64::from(replications), 0)),
            ("histories", histories.to_owned()),
        ];
        let words: Vec<(&str, &str)> =
            words.iter().map(|(key, word)| (*key, word.as_str())).collect();
        let mut text = self.say(&text::summary_means, &words) + "\n";
        let wide = self.wide(&policies);
        let groups = MEANS.iter().filter_map(|metric| {
            let of_metric = columns.iter().filter(|series| series.metric == *metric);
            let count = of_metric.clone().count();
            let unit = shown_unit(&of_metric.clone().next()?.unit, self.language);
            let name = names::name("metric", metric, self.language).to_lowercase();
            // The room is for a word; that of `investment raised` will do.
            let name = self.language.choose(name.split(' ').next().unwrap_or(&name), &name);
            let unit = unit.name.split('/').next().filter(|_| unit.divisor > 1.0);
            let unit = unit.map_or_else(String::new, |unit| format!(" [{unit}]"));
            Some(right(&format!("{name}{unit}"), 11 * count))
        });
        push_line(&mut text, wide, "", groups);
        let places = columns.iter().map(|series| {
            right(&names::name("place", &series.place, self.language).to_lowercase(), 11)
        });
        push_line(&mut text, wide, &text::policy.in_language(self.language).to_lowercase(), places);
        for &policy in &policies {
            let cells = columns.iter().map(|series| {
                let divisor = shown_unit(&series.unit, self.language).divisor;
                let mean = series.yearly[policy].last().and_then(|figure| figure.mean);
                let mean = mean.map(|mean| mean / divisor);
                let shown = mean.map(|mean| grouped(mean, decimals(mean).min(1)));
                right(&shown.unwrap_or_else(|| "-".to_owned()), 11)
            });
            push_line(&mut text, wide, self.name(policy), cells);
        }
        let more = about.policies.len() - policies.len();
        if more > 0 {
            let count = more.to_string();
            let more = self.say(&text::and_more, &[("count", &count)]);
            text += "(";
            text += &more;
            text += ": yearly.csv)\n";
        }
        text
    }

    /// The room that names take.
    fn wide(&self, policies: &[usize]) -> usize {
        let names = policies.iter().map(|&policy| shortened(self.name(policy)).width());
        names.max().unwrap_or(0).max(text::policy.in_language(self.language).width()) + 1
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

fn push_line(text: &mut String, wide: usize, name: &str, cells: impl Iterator<Item = String>) {
    let name = shortened(name);
    let mut line = format!("{name}{}", " ".repeat(wide.saturating_sub(name.width())));
    cells.for_each(|cell| line.push_str(&cell));
    text.push_str(line.trim_end());
    text.push('\n');
}

/// A name, cut where it would not leave room for the numbers.
fn shortened(name: &str) -> String {
    if name.width() <= LONGEST_NAME {
        return name.to_owned();
    }
    let mut cut = String::new();
    for letter in name.chars() {
        cut.push(letter);
        if cut.width() > LONGEST_NAME - 3 {
            cut.pop();
            break;
        }
    }
    cut + "..."
}

fn right(text: &str, wide: usize) -> String {
    format!("{}{text}", " ".repeat(wide.saturating_sub(text.width())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn korean_names_line_up_and_long_ones_are_cut() {
        let long = "가나다라마바사아자차".repeat(2);
        assert_eq!(shortened(&long), "가나다라마바사아자차가나다라...");
        let mut text = String::new();
        push_line(&mut text, 8, "양재", std::iter::once(right("1", 3)));
        push_line(&mut text, 8, "abc", std::iter::once(right("1", 3)));
        assert_eq!(text, "양재      1\nabc       1\n");
    }

    #[test]
    fn bars_grow_by_eighths_and_losses_are_hollow() {
        assert_eq!(blocks(1.0, false), "██████");
        assert_eq!(blocks(0.5, false), "███");
        assert_eq!(blocks(1e-9, false), "▏");
        assert_eq!(blocks(0.3, true), "░░");
    }
}

//! What is said of value for money: by which accounts, which policies dominate others, and what is
//! assumed.

use std::collections::BTreeSet;

use crate::analysis::appraisal::NEXT_TO_NO_COST;
use crate::analysis::appraisal::NO_BENEFIT;
use crate::analysis::appraisal::NO_COST;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::number::signed;
use crate::report::text::language::text;
use crate::report::text::language::text::Text;
use crate::report::views::findings::Appraised;
use crate::report::views::findings::about::Assumed;
use crate::report::views::findings::headline;
use crate::report::views::findings::headline::Dominance;
use crate::report::views::verdict::probability;
use crate::report::views::verdict::sentences::NAMED;
use crate::report::views::verdict::sentences::Words;
use crate::scenario::appraisal::AfterHorizon;

/// Why there is no ratio, by the note that `appraisal/results.csv` has of it.
fn no_ratio(note: &str) -> &'static Text {
    match note.split("; ").next().unwrap_or_default() {
        NO_COST => &text::value_no_ratio_saves,
        NEXT_TO_NO_COST => &text::value_no_ratio_free,
        NO_BENEFIT => &text::value_no_ratio_takes,
        _ => &text::value_no_ratio,
    }
}

impl<'a, T: Fn(usize) -> &'a str> Words<'_, 'a, T> {
    /// The basis first, then who dominates whom, then the assumptions; nothing without an appraisal.
    pub(super) fn value_for_money(&self) -> Vec<String> {
        let about = &self.findings.about;
        if self.findings.money.is_empty() {
            return Vec::new();
        }
        let unit = |unit| shown_unit(unit, self.language).name;
        let basis = [
            ("baseline", (self.title)(about.baseline)),
            ("unit", unit("{money}")),
            ("unit_job", unit("{money}/(person year)")),
            ("accounts", text::value_accounts.in_language(self.language)),
            // A rate is written in thousandths at most.
            ("rate", &*((about.discount_rate * 1e5).round() / 1e3).to_string()),
            ("base", &*about.base_year.to_string()),
            ("first", &*about.years.first().copied().unwrap_or_default().to_string()),
            ("last", &*about.last_year().to_string()),
            ("year", &*about.last_year().to_string()),
        ];
        let mut sentences = vec![self.say(&text::value_basis, &basis)];
        sentences.extend(self.by_rules());
        let dominances = headline::dominances(self.findings);
        let ranked = self.over(&dominances, |it| &it.ranked);
        let by_means = self.over(&dominances, |it| &it.by_means);
        let over = match (&*ranked, &*by_means) {
            ("", "") => &text::value_none_dominates,
            (_, "") => &text::value_dominates,
            ("", _) => &text::value_dominates_by_means,
            _ => &text::value_dominates_both,
        };
        sentences.push(self.say(over, &[("ranked", &*ranked), ("by_means", &*by_means)]));
        if !about.assumed.is_empty() {
            let one = |of: &Assumed| {
                let value = of.value.to_string();
                let range = of.range.map(|(low, high)| [low, high].map(|end| end.to_string()));
                let said = range.map(|[low, high]| {
                    let values = [("low", &*low), ("high", &*high), ("value", &*value)];
                    self.say(&text::value_likeliest, &values)
                });
                format!("{} {}", of.name, said.unwrap_or(value.clone()))
            };
            let assumed: Vec<String> = about.assumed.iter().map(one).collect();
            let assumed = [("assumed", &*assumed.join(", "))];
            sentences.push(self.say(&text::value_assumes, &assumed));
        }
        sentences
    }

    /// What the rule set of the run makes of the headline set.
    fn by_rules(&self) -> Option<String> {
        let about = &self.findings.about;
        let unit = shown_unit("{money}", self.language);
        let headline = self.findings.headline();
        let of = |policy: &usize| self.findings.appraised.iter().find(|it| it.policy == *policy);
        let mut ends = BTreeSet::new();
        let policies: Vec<String> = headline
            .iter()
            .filter_map(|policy| {
                let appraised = of(policy)?;
                let Appraised { value, below_0, last_year, ratio, .. } = *appraised;
                ends.insert(last_year);
                let value = value? / unit.divisor;
                let value = signed(value, decimals(value).min(1));
                let none = || no_ratio(&appraised.ratio_note).in_language(self.language);
                let ratio = ratio.map_or_else(|| none().to_owned(), |ratio| grouped(ratio, 2));
                let below =
                    below_0.map_or_else(|| "–".to_owned(), |it| probability(it, self.language));
                let words = [
                    ("policy", (self.title)(*policy)),
                    ("value", &*value),
                    ("end", &*last_year.to_string()),
                    ("below", &*below),
                    ("ratio", &*ratio),
                ];
                Some(self.say(&text::value_of_rules, &words))
            })
            .collect();
        if policies.is_empty() {
            return None;
        }
        let periods = match ends.len() {
            1 => "",
            _ => text::value_periods_differ.in_language(self.language),
        };
        let set = about.manifest.plan.options.appraisal;
        let rules = set.rules();
        let after = match about.after_horizon {
            AfterHorizon::Hold => &text::value_held,
            AfterHorizon::Nothing => &text::value_ended,
        };
        let rate = (rules.rate.rate(0) * 1e5).round() / 1e3;
        let words = [
            ("set", set.name()),
            ("title", self.language.choose(&rules.title_en, &rules.title_ko)),
            ("rate", &*rate.to_string()),
            ("last", &*about.last_year().to_string()),
            ("after", after.in_language(self.language)),
            ("unit", unit.name),
            ("policies", &*self.named(policies, NAMED)),
            ("periods", periods),
        ];
        Some(self.say(&text::value_by_rules, &words))
    }

    /// `“campus” over “homes”, “hub”; ...`: who dominates which of the others.
    fn over(&self, dominances: &[Dominance], which: fn(&Dominance) -> &Vec<usize>) -> String {
        let some = dominances.iter().filter(|it| !which(it).is_empty());
        let said = some.map(|it| {
            let others = self.quoted(which(it), NAMED);
            let words = [("policy", (self.title)(it.policy)), ("policies", &*others)];
            self.say(&text::value_over, &words)
        });
        said.collect::<Vec<_>>().join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_missing_for_the_reason_of_the_table() {
        assert_eq!(no_ratio(NO_COST).key, text::value_no_ratio_saves.key);
        assert_eq!(no_ratio(NEXT_TO_NO_COST).key, text::value_no_ratio_free.key);
        assert_eq!(no_ratio(NO_BENEFIT).key, text::value_no_ratio_takes.key);
        let zero = "the mean of the denominator is 0";
        assert_eq!(no_ratio(zero).key, text::value_no_ratio.key);
    }
}

//! What is said of value for money: by which accounts, which policies dominate others, and what is
//! assumed.

use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
use crate::report::text::language::text::Text;
use crate::report::views::findings::headline;
use crate::report::views::findings::headline::Dominance;
use crate::report::views::verdict::sentences::NAMED;
use crate::report::views::verdict::sentences::Words;

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
            ("unit", unit("KRW m")),
            ("unit_job", unit("KRW m/(person year)")),
            ("accounts", text::value_accounts.in_language(self.language)),
            // A rate is written in thousandths at most.
            ("rate", &*((about.discount_rate * 1e5).round() / 1e3).to_string()),
            ("base", &*about.base_year.to_string()),
            ("first", &*about.years.first().copied().unwrap_or_default().to_string()),
            ("last", &*about.last_year().to_string()),
            ("year", &*about.last_year().to_string()),
        ];
        let mut sentences = vec![self.say(&text::value_basis, &basis)];
        let dominances = headline::dominances(self.findings);
        if dominances.is_empty() {
            sentences.push(text::value_none_dominates.in_language(self.language).to_owned());
        }
        for Dominance { policy, ranked, by_means } in dominances {
            let said = |text: &Text, others: &[usize]| {
                let others = self.quoted(others, NAMED);
                self.say(text, &[("policy", (self.title)(policy)), ("policies", &*others)])
            };
            let told =
                [(&text::value_dominates, ranked), (&text::value_dominates_by_means, by_means)];
            let told = told.into_iter().filter(|(_, others)| !others.is_empty());
            sentences.extend(told.map(|(text, others)| said(text, &others)));
        }
        let assumed = [("assumed", &*about.assumed.join(", "))];
        sentences.push(self.say(&text::value_assumes, &assumed));
        sentences
    }
}

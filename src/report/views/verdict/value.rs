//! What is said of value for money: by which accounts, which policies dominate others, and what is
//! assumed.

use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
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
            let assumed = [("assumed", &*about.assumed.join(", "))];
            sentences.push(self.say(&text::value_assumes, &assumed));
        }
        sentences
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

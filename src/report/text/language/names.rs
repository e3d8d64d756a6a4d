//! What metrics, terms, items, places and kinds of lever are called in a chart or a table. A kind of lever has
//! its names in its own file, all others in `en.toml` and `ko.toml`. Definitions stand in their registers.

use crate::policy::levers::LeverKind;
use crate::report::text::language::Language;

/// What people call it, of a `metric`, `term`, `item`, `outcome`, `rule`, `group`, `lever` or `place`; the name of the files where there is no
/// other, as of facilities.
#[must_use]
pub fn name<'a>(of: &str, name: &'a str, language: Language) -> &'a str {
    if of == "lever" {
        let kind = LeverKind::named(name).map(LeverKind::spec);
        return kind.map_or(name, |spec| language.choose(spec.title_en, spec.title_ko));
    }
    language.word(of, name).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::analysis::additionality::TERMS;
    use crate::analysis::appraisal::TOTALS;
    use crate::analysis::decision::outcome::Added;
    use crate::analysis::decision::regret::Rule;
    use crate::analysis::groups;
    use crate::analysis::groups::Grouping;
    use crate::analysis::metrics::METRICS;
    use crate::model::ledger::cash::CashItem;
    use crate::report::text::language::languages;
    use crate::report::text::language::words;

    #[test]
    fn every_language_names_what_a_chart_may_show_and_nothing_else() {
        let items = TOTALS.iter().map(|total| total.0);
        let places =
            ["special-zone", "promotion-district", "elsewhere", "district", "city"].into_iter();
        let kinds = Grouping::ALL.into_iter().map(Grouping::name);
        let wanted: [(&str, BTreeSet<&str>); 7] = [
            ("metric", METRICS.iter().map(|metric| metric.name).collect()),
            ("term", TERMS.iter().map(|term| term.name).collect()),
            ("item", items.chain(CashItem::ALL.iter().map(|item| item.name())).collect()),
            ("place", places.collect()),
            ("outcome", Added::WORDS.iter().copied().collect()),
            ("rule", Rule::ALL.into_iter().map(Rule::name).collect()),
            ("group", kinds.chain(groups::NAMED).collect()),
        ];
        for language in languages() {
            for (of, wanted) in &wanted {
                let keys = words::shipped(language.tag())[*of].keys().map(String::as_str);
                assert_eq!(&keys.collect::<BTreeSet<_>>(), wanted);
                assert!(wanted.iter().all(|key| language.word(of, key) != Some("")));
            }
        }
        let mut kinds = LeverKind::ALL.into_iter().map(LeverKind::spec);
        assert!(kinds.all(|kind| !kind.title_en.is_empty() && !kind.title_ko.is_empty()));
    }
}

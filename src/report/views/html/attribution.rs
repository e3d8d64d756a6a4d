//! `attribution.csv`, where there is one: what parts of a plan add, in its last year. It may come
//! of another run than the tables beside it; then the page says so.

use crate::report::tables::attribution::Contribution;
use crate::report::tables::read::Stored;
use crate::report::text::language::Language;
use crate::report::text::language::text;
use crate::report::text::language::text::fill;
use crate::report::views::findings::Findings;

/// The last year of the table.
fn last_year(table: &Stored<Contribution<'_>>) -> Option<u16> {
    table.rows().map(|row| row.year).max()
}

/// In what the attribution differs from the run whose tables lie beside it, as a sentence; nothing
/// where they agree.
#[must_use]
pub(super) fn differs(findings: &Findings, language: Language) -> Option<String> {
    let table = findings.attribution.as_ref()?;
    let (about, first) = (&findings.about, table.rows().next()?);
    let of_attribution =
        (first.replications.to_string(), last_year(table)?.to_string(), first.baseline);
    let of_run = (
        about.manifest.plan.replications.to_string(),
        about.last_year().to_string(),
        about.manifest.plan.baseline.as_str(),
    );
    let other_baseline = of_attribution.2 != of_run.2;
    let basis = |replications: &str, year: &str, baseline: &str| {
        let title = about.policy(baseline).map_or(baseline, |it| about.title(it, language));
        let against = fill(&text::attribution_against, language, &[("baseline", title)]);
        let word = text::word_for_replications(replications.parse().unwrap_or_default(), language);
        let words = [
            ("replications", replications),
            ("replications_word", word),
            ("year", year),
            ("against", if other_baseline { &against } else { "" }),
        ];
        fill(&text::attribution_basis, language, &words)
    };
    let mut sentences = Vec::new();
    if of_attribution != of_run {
        let of_attribution = basis(&of_attribution.0, &of_attribution.1, of_attribution.2);
        let of_run = basis(&of_run.0, &of_run.1, of_run.2);
        let words = [("of_attribution", &*of_attribution), ("of_run", &*of_run)];
        sentences.push(fill(&text::attribution_differs, language, &words));
    }
    if about.policy(first.policy).is_none() {
        let words = [("policies", first.policy)];
        sentences.push(fill(&text::attribution_no_policy, language, &words));
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

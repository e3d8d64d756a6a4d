//! Figures in words: mean, middle 90 %, Monte Carlo error, share of replications.

use crate::analysis::pairs::Ranking;
use crate::report::text::language::Language;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::interval;
use crate::report::text::language::number::signed;
use crate::report::text::language::text;
use crate::report::text::language::text::fill;
use crate::report::views::findings::Findings;
use crate::report::views::findings::figure::Figure;

/// Jobs of the last year against the baseline.
#[must_use]
pub fn gain(findings: &Findings, policy: usize, place: &str) -> Option<Figure> {
    findings.difference("jobs", place, policy)
}

/// `+4,446 (+3,343 to +5,548)`: the mean and the middle 90 % of replications.
#[must_use]
pub fn shown(figure: &Figure, language: Language) -> String {
    let Some(mean) = figure.mean else { return "–".to_owned() };
    let mean = signed(mean, decimals_of(figure));
    match middle(figure, language) {
        Some(middle) => format!("{mean} ({middle})"),
        None => mean,
    }
}

/// `+3,343 to +5,548`: the middle 90 % of replications.
#[must_use]
pub fn middle(figure: &Figure, language: Language) -> Option<String> {
    let (low, high) = figure.middle()?;
    Some(interval(low, high, decimals_of(figure), language))
}

/// `±270`: half the 95 % interval of the mean, or that there are too few replications to tell.
#[must_use]
pub fn monte_carlo_error(figure: &Figure, language: Language) -> String {
    match figure.half_width() {
        Some(half) => format!("±{}", grouped(half, decimals(half).min(1))),
        None => text::too_few.in_language(language).to_owned(),
    }
}

/// A share of replications as a probability: `.62`, and `all` or `none` where no replication is
/// left out.
#[must_use]
pub fn probability(share: f64, language: Language) -> String {
    if share >= 1.0 {
        return text::all_replications.in_language(language).to_owned();
    }
    if share <= 0.0 {
        return text::no_replication.in_language(language).to_owned();
    }
    // Neither 0 nor 1 is said of what is less than all.
    grouped(share.clamp(0.01, 0.99), 2)
}

/// Decimals by the larger of the mean and half the middle 90 %: those of `-0.04 (-3 to +3)` would
/// mean nothing.
pub(super) fn decimals_of(figure: &Figure) -> usize {
    let mean = figure.mean.unwrap_or_default().abs();
    let half = figure.middle().map_or(0.0, |(low, high)| (high - low) / 2.0);
    decimals(mean.max(half)).min(1)
}

/// A list of policies, and how many more there are.
#[must_use]
pub fn with_more(policies: &str, more: usize, language: Language) -> String {
    let count = more.to_string();
    match (policies, more) {
        (_, 0) => policies.to_owned(),
        ("", _) => fill(&text::more_only, language, &[("more", &count)]),
        _ => fill(&text::named_and_more, language, &[("policies", policies), ("more", &count)]),
    }
}

pub(super) fn ranking_of(
    findings: &Findings,
    place: &str,
    one: usize,
    other: usize,
) -> Option<Ranking> {
    findings.pair("jobs", place, one, other)?.ranking
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::text::language::languages;

    #[test]
    fn a_missing_interval_is_said_in_words_and_no_share_is_called_sure() {
        let figure =
            Figure { mean: Some(3.0), p05: Some(0.0), p95: Some(9.0), ..Figure::default() };
        assert_eq!(monte_carlo_error(&figure, languages()[0]), "too few");
        assert_eq!(shown(&figure, languages()[0]), "+3.0 (0.0 to +9.0)");
        assert_eq!(probability(0.999, languages()[0]), "0.99");
        assert_eq!(probability(1.0, languages()[0]), "all");
    }
}

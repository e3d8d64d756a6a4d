//! How to cite a run: the program, as CITATION.cff has it, with version, seed and the digest that stands for the run.

use crate::report::folder::manifest;
use crate::report::folder::manifest::Manifest;
use crate::report::text::language::Language;
use crate::report::text::language::text;

/// How the program is cited.
const OF_PROGRAM: &str = include_str!("../../../CITATION.cff");

/// How a run is cited, in a language.
#[must_use]
pub fn citation(manifest: &Manifest, language: Language) -> String {
    let plan = &manifest.plan;
    let authors: Vec<&str> = fields("  - name").collect();
    let year = field("date-released").split('-').next().unwrap_or_default();
    let digest = manifest::digest_of(manifest).map(|digest| digest.to_string());
    let words = [
        ("authors", authors.join(", ")),
        ("year", year.to_owned()),
        ("title", field("title").to_owned()),
        ("version", plan.version.clone()),
        ("scenario", plan.scenario.clone()),
        ("seed", plan.seed.to_string()),
        ("replications", plan.replications.to_string()),
        ("digest", digest.unwrap_or_default()),
    ];
    let words: Vec<(&str, &str)> =
        words.iter().map(|(name, word)| (*name, word.as_str())).collect();
    text::fill(&text::citation, language, &words)
}

/// The values of every line of this key.
fn fields(key: &str) -> impl Iterator<Item = &'static str> {
    let of_key = move |line: &'static str| line.strip_prefix(key)?.strip_prefix(':');
    OF_PROGRAM.lines().filter_map(of_key).map(|value| value.trim().trim_matches('"'))
}

fn field(key: &str) -> &'static str {
    fields(key).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_cited_as_its_file_says() {
        assert_eq!(field("version"), env!("CARGO_PKG_VERSION"));
        assert!(field("title").starts_with("yangjae: "));
        assert_eq!(fields("  - name").collect::<Vec<_>>(), ["The yangjae authors"]);
        assert_eq!(field("date-released").len(), 10);
    }
}

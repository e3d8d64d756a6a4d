//! `languages/TAG.toml`: the words of a language that the program does not have.

use std::collections::BTreeMap;

use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::syntax::Document;
use crate::scenario::read::value;
use crate::scenario::read::walk::entries;
use crate::scenario::titles::LANGUAGES;
use crate::scenario::titles::LanguageFile;
use crate::scenario::titles::SHIPPED;
use crate::scenario::titles::is_tag;

/// The tag of the language whose file has this path in the scenario's folder.
pub(super) fn tag_of(path: &str) -> Option<&str> {
    path.strip_prefix(LANGUAGES)?.strip_prefix('/')?.strip_suffix(".toml")
}

/// Reads the words of a language. Which of them the program knows is seen when they are shown.
pub(super) fn read(document: &Document<'_>, tag: &str) -> Result<LanguageFile, Problems> {
    let source = document.source;
    let mut problems = Problems::default();
    if !is_tag(tag) || SHIPPED.contains(&tag) {
        let message = format!("`{}` cannot be a language of the scenario's own", shortened(tag));
        let problem = source.problem_of_all(message);
        problems.add(problem.help(
            "name the file by a language's tag, such as `es.toml`; `en` and `ko` are the program's",
        ));
    }
    let mut words = BTreeMap::new();
    for (key, table) in entries(source, &document.root) {
        let mut of_kind = BTreeMap::new();
        let Some(read) = problems.keep(table.entries()) else { continue };
        for (key, word) in read {
            // Empty is what is not translated yet.
            of_kind
                .extend(problems.keep(value::text(word)).map(|word| (key.text.to_owned(), word)));
        }
        words.insert(key.text.to_owned(), of_kind);
    }
    if problems.0.is_empty() {
        Ok(LanguageFile { tag: tag.to_owned(), words })
    } else {
        Err(problems)
    }
}

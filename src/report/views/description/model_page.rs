//! The page of the model, `model/MODEL.md`, by the numbers of its sections.

/// The page.
const PAGE: &str = include_str!("../../../model/MODEL.md");

/// The title of a section, as `6.4`; empty where there is none.
pub(super) fn title(number: &str) -> &'static str {
    find(number).map_or("", |(title, _)| title)
}

/// The text of a section without its heading and without those of deeper sections; empty where there
/// is none.
pub(super) fn text(number: &str) -> &'static str {
    find(number).map_or("", |(_, text)| text)
}

fn find(number: &str) -> Option<(&'static str, &'static str)> {
    let sections = PAGE.split("\n## ").flat_map(|part| part.split("\n### ")).skip(1);
    let mut numbered = sections.filter_map(|section| {
        let (heading, text) = section.split_once('\n')?;
        let (found, title) = heading.split_once(' ')?;
        (found == number).then_some((title, text.trim_start_matches('\n')))
    });
    numbered.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_ends_where_the_next_one_begins() {
        assert_eq!(title("6.3"), "Graduation");
        assert!(text("6.3").starts_with("Programme"));
        assert!(!text("6.3").contains("##"));
        assert_eq!(text("6"), "");
        assert_eq!(title("99"), "");
    }
}

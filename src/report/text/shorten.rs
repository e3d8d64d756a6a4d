//! Names that are too long for the room that they have.

use std::collections::BTreeMap;

/// A text no wider than `room`, with dots in its middle where something is missing: names of one
/// scenario often begin alike and differ in their ends. `width` measures.
#[must_use]
pub fn shortened(text: &str, room: f64, dots: &str, width: impl Fn(&str) -> f64) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let joined = |front: usize, back: usize| {
        let start: String = letters[..front].iter().collect();
        let end: String = letters[letters.len() - back..].iter().collect();
        format!("{}{dots}{}", start.trim_end(), end.trim_start())
    };
    let (mut front, mut back) = (0, 0);
    // A letter from either side in turn; as the text is too wide, they never meet.
    loop {
        let (more_front, more_back) =
            if front <= back { (front + 1, back) } else { (front, back + 1) };
        if more_front + more_back > letters.len() || width(&joined(more_front, more_back)) > room {
            return joined(front, back);
        }
        (front, back) = (more_front, more_back);
    }
}

/// Names that stand together, each as [`shortened`] cuts it. Those that would be alike are cut where
/// they part, and have the number of their place where they are alike then too.
#[must_use]
pub fn labels(texts: &[&str], room: f64, dots: &str, width: impl Fn(&str) -> f64) -> Vec<String> {
    let mut labels: Vec<String> =
        texts.iter().map(|text| shortened(text, room, dots, &width)).collect();
    for group in alike(texts, &labels) {
        let same = group.iter().map(|&place| texts[place]).reduce(common_start).unwrap_or_default();
        for place in group {
            labels[place] = from_difference(texts[place], same.len(), room, dots, &width);
        }
    }
    for group in alike(texts, &labels) {
        for place in group {
            let number = format!(" ({})", place + 1);
            let name = shortened(texts[place], room - width(&number), dots, &width);
            labels[place] = name + &number;
        }
    }
    labels
}

/// The places of different texts that have one label.
fn alike(texts: &[&str], labels: &[String]) -> Vec<Vec<usize>> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, label) in labels.iter().enumerate() {
        places.entry(label).or_default().push(place);
    }
    let differ = |places: &Vec<usize>| places.iter().any(|&it| texts[it] != texts[places[0]]);
    places.into_values().filter(differ).collect()
}

fn common_start<'a>(one: &'a str, other: &str) -> &'a str {
    let letters = one.char_indices().zip(other.chars());
    let part = letters.clone().find(|((_, one), other)| one != other);
    let end = part.map_or(one.len().min(other.len()), |((at, _), _)| at);
    &one[..end]
}

/// A text from byte `from` on, after as much of its start as there is room for.
fn from_difference(
    text: &str,
    from: usize,
    room: f64,
    dots: &str,
    width: impl Fn(&str) -> f64,
) -> String {
    let start: Vec<char> = text[..from].chars().collect();
    let end: Vec<char> = text[from..].chars().collect();
    let joined = |front: usize, back: usize| {
        let front: String = start[..front].iter().collect();
        let rest = if back < end.len() { dots } else { "" };
        let back: String = end[..back].iter().collect();
        format!("{}{dots}{}{rest}", front.trim_end(), back.trim_end())
    };
    let fits = |front: usize, back: usize| width(&joined(front, back)) <= room;
    let back = (0..=end.len()).rev().find(|&back| fits(0, back)).unwrap_or(0);
    let front = (0..=start.len()).rev().find(|&front| fits(front, back)).unwrap_or(0);
    joined(front, back)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr as _;

    use super::*;

    fn labelled(texts: &[&str], room: f64) -> Vec<String> {
        labels(texts, room, "...", |text| text.width() as f64)
    }

    #[test]
    fn names_that_agree_at_both_ends_are_cut_where_they_part() {
        let names = ["full-plan-without-hub-and-zone", "full-plan-without-rnd-and-zone", "hub"];
        let cut = labelled(&names, 20.0);
        assert_eq!(cut, ["full-...hub-and-zone", "full-...rnd-and-zone", "hub"]);
        assert_eq!(labelled(&[names[0], names[0]], 20.0), ["full-plan...and-zone"; 2]);
    }

    proptest! {
        #[test]
        fn no_two_names_have_one_label_and_each_has_room(
            names in proptest::collection::btree_set("(plan|계획){3}[ab가]{4,9}(end|끝){3}", 1..9),
        ) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let cut = labelled(&names, 14.0);
            let different: BTreeSet<&String> = cut.iter().collect();
            prop_assert_eq!(different.len(), names.len(), "{:?}", cut);
            prop_assert!(cut.iter().all(|label| label.width() <= 14), "{:?}", cut);
        }
    }

    #[test]
    fn names_are_cut_in_their_middle_to_the_room() {
        let cut = |text: &str, room| shortened(text, room, "...", |text| text.width() as f64);
        assert_eq!(cut("full-plan", 9.0), "full-plan");
        let one = cut("full-plan-without-promotion-district", 20.0);
        let other = cut("full-plan-without-promotion-grants", 20.0);
        assert_eq!(
            (one.as_str(), other.as_str()),
            ("full-plan...district", "full-plan...n-grants")
        );
        assert_eq!(cut("양재 인공지능 혁신지구 계획", 15.0), "양재 인...계획");
        assert_eq!(cut("abcdef", 3.0), "...");
    }
}

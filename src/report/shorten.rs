//! Names that are too long for the room that they have.

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

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr as _;

    use super::*;

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

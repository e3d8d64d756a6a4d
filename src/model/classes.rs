//! Age and size classes of firms: the one place where their bounds stand.

/// Where the classes of headcount are from.
pub const SOURCE_OF_SIZES: &str = "Eurostat and OECD, Manual on Business Demography Statistics \
    (2007), and OECD, Entrepreneurship at a Glance: 1-4, 5-9, 10 or more; 50 is the bound of small firms in \
    the EU's definition of 2003 (recalled)";

/// Where the classes of age are from.
pub const SOURCE_OF_AGES: &str = "Judgement: births and their first full year; to 5 years the manual on \
    business demography follows survival; to 7 years Korean law calls a firm a startup (recalled)";

/// A class of firms: from this number to that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class {
    /// Its name in files: with "to", as a spreadsheet takes `2-4` for a date.
    pub name: &'static str,
    /// The least.
    pub from: i32,
}

const fn class(name: &'static str, from: i32) -> Class {
    Class { name, from }
}

/// Classes of age `[years]`: calendar years since that of the founding.
pub const AGES: [Class; 4] =
    [class("0 to 1", 0), class("2 to 4", 2), class("5 to 7", 5), class("8+", 8)];

/// Classes of headcount `[persons]`; a firm that nobody works at is in the first.
pub const SIZES: [Class; 4] =
    [class("1 to 4", 0), class("5 to 9", 5), class("10 to 49", 10), class("50+", 50)];

/// The place of the class that a number is in.
#[must_use]
pub fn place(classes: &[Class], number: i32) -> usize {
    classes.iter().rposition(|class| class.from <= number).unwrap_or(0)
}

/// What a firm was when it came, in a byte: its size class, and whether it came in the district.
///
/// The size class is that of its founding or, of a firm that was there, of the first day; at the end
/// of the last year before the vantage date it is set anew for all. So no firm changes class by
/// what a policy decided after that date does to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start(u8);

impl Start {
    const IN_DISTRICT: u8 = 1 << 7;

    /// A firm of a headcount that comes inside or outside the district.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "four classes")]
    pub fn new(headcount: i32, in_district: bool) -> Self {
        Self(place(&SIZES, headcount) as u8 | if in_district { Self::IN_DISTRICT } else { 0 })
    }

    /// The place of its size class among [`SIZES`].
    #[must_use]
    pub const fn size(self) -> usize {
        (self.0 & !Self::IN_DISTRICT) as usize
    }

    /// Whether it was founded in the district, or was there on the first day.
    #[must_use]
    pub const fn in_district(self) -> bool {
        self.0 & Self::IN_DISTRICT != 0
    }

    /// The same in one byte: see [`Start::of_byte`].
    #[must_use]
    pub(crate) const fn byte(self) -> u8 {
        self.0
    }

    /// The start of a byte.
    #[must_use]
    pub(crate) const fn of_byte(byte: u8) -> Self {
        Self(byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_in_the_class_whose_bounds_hold_it() {
        let of = |classes: &[Class], number| classes[place(classes, number)].name;
        for (number, name) in
            [(0, "1 to 4"), (4, "1 to 4"), (5, "5 to 9"), (9, "5 to 9"), (10, "10 to 49")]
        {
            assert_eq!(of(&SIZES, number), name);
        }
        assert_eq!((of(&SIZES, 49), of(&SIZES, 50), of(&SIZES, 9_999)), ("10 to 49", "50+", "50+"));
        for (number, name) in
            [(-1, "0 to 1"), (1, "0 to 1"), (2, "2 to 4"), (7, "5 to 7"), (8, "8+")]
        {
            assert_eq!(of(&AGES, number), name);
        }
    }

    #[test]
    fn a_start_keeps_both_of_its_parts() {
        for (headcount, size) in [(1, 0), (7, 1), (49, 2), (50, 3)] {
            for in_district in [false, true] {
                let start = Start::new(headcount, in_district);
                assert_eq!((start.size(), start.in_district()), (size, in_district));
                assert_eq!(Start::of_byte(start.byte()), start);
            }
        }
    }
}

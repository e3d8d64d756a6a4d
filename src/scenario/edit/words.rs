//! What changed policies are called: their names in files, and their titles.

use sha2::Digest as _;
use sha2::Sha256;

use crate::scenario::edit::option::Edit;
use crate::scenario::read::letters::LONGEST_NAME;

/// What stands between the parts of a name.
pub(super) const SEPARATOR: &str = "--";

/// The name of a policy with changes: `full-plan--campus-opening-2030-07-01`. Of changes that do not fit into a name it
/// has their number and the first digits of a sum over them: `full-plan--9-changes-1f3a90c2`.
pub(super) fn name(base: &str, edits: &[Edit]) -> String {
    let parts = edits.iter().map(|edit| format!("{SEPARATOR}{}", part(edit)));
    let whole: String = std::iter::once(base.to_owned()).chain(parts).collect();
    if whole.len() <= LONGEST_NAME {
        return whole;
    }
    let [a, b, c, d, ..]: [u8; 32] = Sha256::digest(asked(edits)).into();
    let sum = format!("{:08x}", u32::from_be_bytes([a, b, c, d]));
    format!("{base}{SEPARATOR}{}-{sum}", plain(&english_count(edits)))
}

/// How many changes there are, in English: for a title in which they have no room.
pub(super) fn english_count(edits: &[Edit]) -> String {
    match edits.len() {
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    }
}

/// The same in Korean.
pub(super) fn korean_count(edits: &[Edit]) -> String {
    format!("{}가지 변경", edits.len())
}

/// What a change adds to a name.
fn part(edit: &Edit) -> String {
    match edit {
        Edit::Add { name, of: None } => format!("add-{name}"),
        Edit::Add { name, of: Some(of) } => format!("add-{name}-of-{of}"),
        Edit::Drop { name } => format!("drop-{name}"),
        Edit::Set { lever, setting, value } => {
            plain(&format!("{lever}-{setting}-{}", signed(value)))
        }
        Edit::Delay { name, by } if by.is_later() => format!("{name}-delay-{by}"),
        Edit::Delay { name, by } => plain(&format!("{name}-earlier-{by}")),
        Edit::Scale { name, factor } => plain(&format!("{name}-scale-{factor}")),
    }
}

/// A sign would be lost.
fn signed(value: &str) -> String {
    value.strip_prefix('-').map_or_else(|| value.to_owned(), |rest| format!("minus-{rest}"))
}

/// Small letters, digits, and single hyphens between them.
fn plain(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// What is changed, in English.
pub(super) fn english(edits: &[Edit]) -> String {
    let said = edits.iter().map(|edit| match edit {
        Edit::Add { name, of: None } => format!("with {name}"),
        Edit::Add { name, of: Some(of) } => format!("with {name} of {of}"),
        Edit::Drop { name } => format!("without {name}"),
        Edit::Set { lever, setting, value } => format!("{lever}: {setting} {value}"),
        Edit::Delay { name, by } => {
            let later = if by.is_later() { "later" } else { "earlier" };
            let unit = |(number, unit): (u32, &str)| match number {
                0 => None,
                1 => Some(format!("1 {unit}")),
                _ => Some(format!("{number} {unit}s")),
            };
            let parts = by.parts().into_iter().zip(["year", "month", "day"]).filter_map(unit);
            format!("{name} {} {later}", parts.collect::<Vec<_>>().join(" "))
        }
        Edit::Scale { name, factor } => format!("{name} times {factor}"),
    });
    said.collect::<Vec<_>>().join("; ")
}

/// The same in Korean, in which a setting is called by its meaning where that is known.
pub(super) fn korean(
    edits: &[Edit],
    meaning: impl Fn(&str, &str) -> Option<&'static str>,
) -> String {
    let said = edits.iter().map(|edit| match edit {
        Edit::Add { name, of: None } => format!("{name} 추가"),
        Edit::Add { name, of: Some(of) } => format!("{of}의 {name} 추가"),
        Edit::Drop { name } => format!("{name} 제외"),
        Edit::Set { lever, setting, value } => {
            format!("{lever}: {} {value}", meaning(lever, setting).unwrap_or(setting))
        }
        Edit::Delay { name, by } => {
            let moved = if by.is_later() { "늦춤" } else { "앞당김" };
            let unit =
                |(number, unit): (u32, &str)| (number > 0).then(|| format!("{number}{unit}"));
            let parts = by.parts().into_iter().zip(["년", "개월", "일"]).filter_map(unit);
            format!("{name} {} {moved}", parts.collect::<Vec<_>>().join(" "))
        }
        Edit::Scale { name, factor } => format!("{name} 규모 {factor}배"),
    });
    said.collect::<Vec<_>>().join("; ")
}

/// The changes as they are asked for on the command line.
pub(super) fn asked(edits: &[Edit]) -> String {
    edits.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::edit::option::Alternatives;

    fn edits(of: &[Alternatives]) -> Vec<Edit> {
        of.iter().flat_map(|one| one.0.clone()).collect()
    }

    #[test]
    fn a_name_says_what_is_changed_in_the_letters_that_names_have() {
        let one = |option: Alternatives| name("full-plan", &option.0);
        let set = |setting, value| one(Alternatives::set("campus", setting, value).unwrap());
        assert_eq!(set("opening", "2030-07-01"), "full-plan--campus-opening-2030-07-01");
        assert_eq!(set("rent_ratio", "0.5"), "full-plan--campus-rent-ratio-0-5");
        assert_eq!(set("extra_value", "-0.5"), "full-plan--campus-extra-value-minus-0-5");
        assert_eq!(set("admission", "first-come"), "full-plan--campus-admission-first-come");
        assert_eq!(one(Alternatives::delay("campus=18m").unwrap()), "full-plan--campus-delay-1y6m");
        assert_eq!(one(Alternatives::delay("campus=-1y").unwrap()), "full-plan--campus-earlier-1y");
        assert_eq!(one(Alternatives::scale("campus=0.50").unwrap()), "full-plan--campus-scale-0-5");
        assert_eq!(one(Alternatives::drop("homes").unwrap()), "full-plan--drop-homes");
        assert_eq!(one(Alternatives::add("homes@other").unwrap()), "full-plan--add-homes-of-other");
    }

    #[test]
    fn changes_that_do_not_fit_into_a_name_are_counted_in_it() {
        let places = |places: usize| {
            let set = |number: usize| Alternatives::set(&format!("lever-{number}"), "places", "7");
            edits(&(0..places).map(|number| set(number).unwrap()).collect::<Vec<_>>())
        };
        assert_eq!(name("base", &places(4)).matches(SEPARATOR).count(), 4);
        let long = name("base", &places(9));
        let sum = long.strip_prefix("base--9-changes-").unwrap();
        assert!(sum.len() == 8 && sum.bytes().all(|digit| digit.is_ascii_hexdigit()), "{long}");
        let mut others = places(9);
        others.reverse();
        assert_ne!(long, name("base", &others));
    }

    #[test]
    fn titles_say_it_in_both_languages() {
        let edits = edits(&[
            Alternatives::add("homes").unwrap(),
            Alternatives::set("campus", "admission", "lottery").unwrap(),
            Alternatives::delay("campus=1y2m").unwrap(),
            Alternatives::scale("campus=2").unwrap(),
        ]);
        assert_eq!(
            english(&edits),
            "with homes; campus: admission \"lottery\"; campus 1 year 2 months later; campus times 2"
        );
        assert_eq!(
            korean(&edits, |_, setting| (setting == "admission").then_some("입주 기업 선정 방식")),
            "homes 추가; campus: 입주 기업 선정 방식 \"lottery\"; campus 1년 2개월 늦춤; campus 규모 2배"
        );
        assert_eq!(
            asked(&edits),
            "--add homes --set campus.admission=\"lottery\" --delay campus=1y2m --scale campus=2"
        );
    }
}

//! Changes of a valid scenario's files that a careless or hostile hand might make.

use std::collections::BTreeMap;

/// Files by their path within the scenario's folder.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// Values to put in the place of any other.
const EXTREMES: [&str; 46] = [
    "0",
    "-1",
    "1",
    "2",
    "0.5",
    "-0.5",
    "1e-300",
    "5e-324",
    "1e300",
    "1e308",
    "-1e308",
    "1e400",
    "1e12",
    "1000000000000",
    "1000000",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999999",
    "nan",
    "inf",
    "-inf",
    "-0.0",
    "0x7fff",
    "1_000",
    "1__0",
    "true",
    "\"\"",
    "\"unlimited\"",
    "\"baseline\"",
    "\"양재\\u0000\"",
    "[]",
    "{}",
    "[[[]]]",
    "[{ from = 2018-01-01, value = 1000000000000 }]",
    "[0.0, 0.0]",
    "[1e308, -1e308]",
    "1979-05-27",
    "2018-02-30",
    "2023-01-01",
    "0000-01-01",
    "9999-12-31",
    "2018-01-01T25:61:61Z",
    "'''",
    "a.b",
    "{ a = { b = { c = [ { d = 1 } ] } } }",
    "65536",
];

/// Texts to put anywhere.
const TOKENS: [&str; 16] = [
    "\u{feff}",
    "\0",
    "\r",
    "[",
    "]",
    "{",
    "\"",
    "\"\"\"",
    "[levers.hub]\n",
    "extends = \"hub\"\n",
    "extends = \"hub-and-zone\"\n",
    "[[startups]]\n",
    "\u{202e}",
    "e999",
    ",,,,",
    "remove = [\"hub\"]\n",
];

/// Texts that somebody may put where people read: raw escapes, letters that turn the direction of
/// writing, non-characters, markup, formulas, other forms of one letter, what is much too long.
pub(super) const TEXTS: [&str; 14] = [
    "",
    " ",
    "\u{1b}[31mred",
    "\u{7}",
    "\u{202e}txt.exe",
    "\u{fffe}",
    "\u{0}",
    "</script><script>alert(1)</script>",
    "=1+1",
    "한\u{1112}\u{1161}\u{11ab}㈜",
    "\u{feff}x",
    "$(touch PWNED)",
    "../../x",
    "a line\nand another",
];

/// What stands before the target in a file that is to be a link.
pub(super) const LINK: &str = "\0link\0";

/// A generator for choices of a test; the same number gives the same case for ever.
#[derive(Clone, Debug)]
pub(super) struct Choice(u64);

impl Choice {
    pub(super) fn new(case: u64) -> Self {
        Self(case.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    /// SplitMix64.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which is not 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    pub(super) fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Changes one file, or what files there are; returns its path.
pub(super) fn mutate(files: &mut Files, choice: &mut Choice) -> String {
    let paths: Vec<String> = files.keys().cloned().collect();
    let path = choice.one_of(&paths).clone();
    let other = choice.one_of(&paths).clone();
    match choice.below(28) {
        24 => {
            let text = String::from_utf8_lossy(&files[&path]).into_owned();
            files.insert(path.clone(), titled(&text, choice).into_bytes());
        }
        25 => {
            let text = String::from_utf8_lossy(&files[&path]).into_owned();
            files.insert(path.clone(), dated(&text, choice).into_bytes());
        }
        // One, or so many that lists and charts no longer hold them.
        26 => {
            for number in 0..*choice.one_of(&[1, 40, 300]) {
                let text = format!("extends = \"hub\"\ntitle = \"Copy {number}\"\n");
                files.insert(format!("policies/copy-of-{number}.toml"), text.into_bytes());
            }
        }
        27 => {
            let to = *choice.one_of(&["nowhere", "..", "/dev/null", "hub.toml", "scenario.toml"]);
            files.insert(path.clone(), format!("{LINK}{to}").into_bytes());
        }
        0 => drop(files.remove(&path)),
        1 => {
            let (a, b) = (files[&path].clone(), files[&other].clone());
            files.insert(path.clone(), b);
            files.insert(other, a);
        }
        2 => {
            let copy = files[&path].clone();
            files.insert(format!("policies/copy-{}.toml", choice.below(3)), copy);
        }
        3..=5 => bytes(files.get_mut(&path).unwrap(), choice),
        _ => {
            let text = String::from_utf8_lossy(&files[&path]).into_owned();
            files.insert(path.clone(), lines(&text, choice).into_bytes());
        }
    }
    path
}

/// Puts a text in the place of one in quotes.
fn titled(text: &str, choice: &mut Choice) -> String {
    let texts: Vec<usize> = text.match_indices("= \"").map(|(at, _)| at + 3).collect();
    if texts.is_empty() {
        return text.to_owned();
    }
    let start = *choice.one_of(&texts);
    let end = start + text[start..].find('"').unwrap_or(0);
    let new = *choice.one_of(&TEXTS);
    let times = *choice.one_of(&[1, 1, 300, 20_000]);
    format!("{}{}{}", &text[..start], new.repeat(times), &text[end..])
}

/// Moves a date to where it may have no effect.
fn dated(text: &str, choice: &mut Choice) -> String {
    let dates: Vec<usize> = text
        .match_indices(" 20")
        .map(|(at, _)| at + 1)
        .filter(|&at| text.as_bytes().get(at + 4) == Some(&b'-') && text.is_char_boundary(at + 10))
        .collect();
    if dates.is_empty() {
        return text.to_owned();
    }
    let at = *choice.one_of(&dates);
    let new =
        *choice.one_of(&["1900-01-01", "2017-12-31", "2020-02-29", "2035-07-01", "2200-12-31"]);
    format!("{}{new}{}", &text[..at], &text[at + 10..])
}

fn bytes(content: &mut Vec<u8>, choice: &mut Choice) {
    if content.is_empty() {
        return;
    }
    let at = choice.below(content.len());
    match choice.below(8) {
        0 => content.truncate(at),
        1 => content[at] ^= 1 << choice.below(8),
        2 => drop(content.splice(at..at, choice.one_of(&TOKENS).bytes())),
        3 => drop(content.splice(0..0, "\u{feff}".bytes())),
        4 => {
            let text = String::from_utf8_lossy(content).replace('\n', "\r\n");
            *content = text.into_bytes();
        }
        5 => {
            let text = String::from_utf8_lossy(content).into_owned();
            *content = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        }
        6 => {
            let end = (at + choice.below(60)).min(content.len());
            content.drain(at..end);
        }
        _ => *content = content.repeat(2),
    }
}

/// Changes one line, or its place.
fn lines(text: &str, choice: &mut Choice) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    // Lines that say something.
    let said: Vec<usize> = (0..lines.len())
        .filter(|&line| !lines[line].trim().is_empty() && !lines[line].starts_with('#'))
        .collect();
    if said.is_empty() {
        return text.to_owned();
    }
    let (at, other) = (*choice.one_of(&said), *choice.one_of(&said));
    match choice.below(28) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[at].clone()),
        2 => lines.swap(at, other),
        3 => lines[at] = lines[at].replacen(['a', 'e', 'o'], "x", 1),
        4 => {
            if let Some((key, _)) = lines[at].clone().split_once('=') {
                lines[at] = format!("{key}= {}", choice.one_of(&EXTREMES));
            }
        }
        5 => {
            let taken = lines[other].split_once('=').map(|(_, value)| value.to_owned());
            if let (Some((key, _)), Some(value)) = (lines[at].clone().split_once('='), taken) {
                lines[at] = format!("{key}={value}");
            }
        }
        6 => lines[at] = format!("{}{}", lines[at], "[".repeat(1 << choice.below(14))),
        7 => lines.insert(at, format!("[{}]", "a.".repeat(1 << choice.below(12)) + "b")),
        8 => lines.insert(at, format!("x{} = {}", choice.below(9), choice.one_of(&EXTREMES))),
        // Most: one number becomes another.
        _ => lines[at] = number(&lines[at], choice),
    }
    lines.join("\n") + "\n"
}

/// Replaces one number of a line, by an extreme one or by a multiple of itself.
fn number(line: &str, choice: &mut Choice) -> String {
    let starts: Vec<usize> = line
        .match_indices(|letter: char| letter.is_ascii_digit())
        .map(|(at, _)| at)
        .filter(|&at| {
            !line[..at].ends_with(|before: char| before.is_alphanumeric() || "._".contains(before))
        })
        .collect();
    if starts.is_empty() {
        return line.to_owned();
    }
    let start = *choice.one_of(&starts);
    let rest = &line[start..];
    let length = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let (old, after) = rest.split_at(length.unwrap_or(rest.len()));
    let new = match (choice.below(6), old.parse::<f64>()) {
        (0..3, Ok(old)) => {
            let new = old * choice.one_of(&[0.0, 0.5, 1.5, 3.0, 10.0, 100.0, -1.0]);
            // As a whole number where it was one.
            if rest[..length.unwrap_or(rest.len())].contains('.') {
                format!("{new:?}")
            } else {
                format!("{new:.0}")
            }
        }
        (3..5, Ok(_)) => choice.one_of(&["0", "1", "2", "12", "50", "365", "2020"]).to_string(),
        _ => choice.one_of(&EXTREMES).to_string(),
    };
    format!("{}{new}{after}", &line[..start])
}

//! What an option of the command line asks of policies.

use std::fmt;

use toml::de::DeTable;

use crate::policy::scale::MOST_FACTOR;
use crate::scenario::edit::span::Span;
use crate::scenario::letters;
use crate::scenario::quoted::quoted;
use crate::scenario::read::decimal_comma;

/// One change of a policy. `name` stands for a package of levers, or else for the lever of that name.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Levers that the policy lacks, as another policy has them.
    Add {
        /// Their name.
        name: String,
        /// The policy that they are taken from; `None` where all that have them have them alike.
        of: Option<String>,
    },
    /// Levers taken away.
    Drop {
        /// Their name.
        name: String,
    },
    /// A setting of a lever.
    Set {
        /// The lever.
        lever: String,
        /// The setting.
        setting: String,
        /// Its value as TOML.
        value: String,
    },
    /// All dates of levers, and of those whose scope is one of them, moved.
    Delay {
        /// Their name.
        name: String,
        /// By how much.
        by: Span,
    },
    /// The sizes of levers and what is bought with them, multiplied.
    Scale {
        /// Their name.
        name: String,
        /// By how much, above 0.
        factor: f64,
    },
}

impl Edit {
    /// Whether it adds levers or takes them away, which is done once or not at all.
    #[must_use]
    pub const fn is_of_levers(&self) -> bool {
        matches!(self, Self::Add { .. } | Self::Drop { .. })
    }
}

/// As it is written on the command line.
impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Add { name, of: None } => write!(f, "--add {name}"),
            Self::Add { name, of: Some(of) } => write!(f, "--add {name}@{of}"),
            Self::Drop { name } => write!(f, "--drop {name}"),
            Self::Set { lever, setting, value } => write!(f, "--set {lever}.{setting}={value}"),
            Self::Delay { name, by } => write!(f, "--delay {name}={by}"),
            Self::Scale { name, factor } => write!(f, "--scale {name}={factor}"),
        }
    }
}

impl Edit {
    /// Which changes are done and named first: what is added, then what is taken away, settings, dates, sizes.
    const fn rank(&self) -> u8 {
        match self {
            Self::Add { .. } => 0,
            Self::Drop { .. } => 1,
            Self::Set { .. } => 2,
            Self::Delay { .. } => 3,
            Self::Scale { .. } => 4,
        }
    }
}

/// Options in the order in which they are done and named, in whatever order they are given; of one kind that in
/// which they are given.
#[must_use]
pub fn in_order(mut options: Vec<Alternatives>) -> Vec<Alternatives> {
    options.sort_by_key(|option| option.0.first().map(Edit::rank));
    options
}

/// What one option asks: a change, or several, each of which makes a policy of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternatives(pub Vec<Edit>);

impl Alternatives {
    /// What an option as it is written on the command line asks: `--set campus.opening=2030-07-01`.
    ///
    /// # Errors
    ///
    /// Fails with what is wrong with the text.
    pub fn written(text: &str) -> Result<Self, String> {
        let (option, value) = text.split_once(' ').unwrap_or((text, ""));
        let value = value.trim();
        match option {
            "--add" => Self::add(value),
            "--drop" => Self::drop(value),
            "--delay" => Self::delay(value),
            "--scale" => Self::scale(value),
            "--set" => {
                let parts = value.split_once('=');
                let parts = parts.and_then(|(name, value)| Some((name.split_once('.')?, value)));
                let ((lever, setting), value) = parts
                    .ok_or("expected LEVER.SETTING=VALUE, as in `campus.opening=2030-07-01`")?;
                Self::set(lever.trim(), setting.trim(), value.trim())
            }
            _ => Err("expected `--add`, `--drop`, `--set`, `--delay` or `--scale`".to_owned()),
        }
    }

    /// What `--add` asks: `LEVER` or `LEVER@POLICY`, several separated by commas.
    ///
    /// # Errors
    ///
    /// Fails with what is wrong with the text.
    pub fn add(text: &str) -> Result<Self, String> {
        each(text, |name| {
            Ok(match name.split_once('@') {
                Some((name, of)) => Edit::Add { name: name.to_owned(), of: Some(of.to_owned()) },
                None => Edit::Add { name: name.to_owned(), of: None },
            })
        })
    }

    /// What `--drop` asks: names separated by commas.
    ///
    /// # Errors
    ///
    /// Fails with what is wrong with the text.
    pub fn drop(text: &str) -> Result<Self, String> {
        each(text, |name| Ok(Edit::Drop { name: name.to_owned() }))
    }

    /// What `--set LEVER.SETTING=VALUE` asks, values separated by commas.
    ///
    /// # Errors
    ///
    /// Fails with what is wrong with the value.
    pub fn set(lever: &str, setting: &str, values: &str) -> Result<Self, String> {
        each(values, |value| {
            let (lever, setting) = (lever.to_owned(), setting.to_owned());
            Ok(Edit::Set { lever, setting, value: as_toml(value) })
        })
    }

    /// What `--delay` asks: `NAME=TIME`, several times separated by commas.
    ///
    /// # Errors
    ///
    /// Fails with what is wrong with the text.
    pub fn delay(text: &str) -> Result<Self, String> {
        named(text, "NAME=TIME, as in `campus=1y`", |name, time| {
            Ok(Edit::Delay { name: name.to_owned(), by: time.parse()? })
        })
    }

    /// What `--scale` asks: `NAME=FACTOR`, several factors separated by commas.
    ///
    /// # Errors
    ///
    /// Fails with what is wrong with the text.
    pub fn scale(text: &str) -> Result<Self, String> {
        let comma = text.split_once('=').and_then(|(_, factors)| decimal_comma(factors));
        let point = comma.map_or_else(String::new, |number| {
            format!("; if {number} is meant, write it with a point, as commas separate factors")
        });
        named(text, "NAME=FACTOR, as in `campus=0.5`", |name, factor| {
            let found = factor.parse().ok().filter(|found| *found > 0.0 && *found <= MOST_FACTOR);
            let factor = found.ok_or_else(|| {
                format!(
                    "`{factor}` is no factor: expected a number above 0, {MOST_FACTOR} at most{point}"
                )
            })?;
            Ok(Edit::Scale { name: name.to_owned(), factor })
        })
    }
}

/// A name and a list of values.
fn named(
    text: &str,
    expected: &str,
    read: impl Fn(&str, &str) -> Result<Edit, String>,
) -> Result<Alternatives, String> {
    let (name, values) = text.split_once('=').ok_or_else(|| format!("expected {expected}"))?;
    each(values, |value| read(name.trim(), value))
}

/// Each value of a list.
fn each(text: &str, read: impl Fn(&str) -> Result<Edit, String>) -> Result<Alternatives, String> {
    if let Some(fault) = letters::fault(text) {
        return Err(fault);
    }
    let values = split(text).into_iter().map(|value| match value {
        "" => Err("a value is empty".to_owned()),
        value => read(value),
    });
    values.collect::<Result<_, _>>().map(Alternatives)
}

/// The values between commas; those within quotes or brackets separate nothing.
fn split(text: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut start) = (0_i32, None, 0);
    let mut values = Vec::new();
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(open), letter) if open == letter => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth -= 1,
            (None, ',') if depth <= 0 => {
                values.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    values.push(text[start..].trim());
    values
}

/// A value as TOML: as it is where it is that, and else as text.
fn as_toml(value: &str) -> String {
    let line = format!("x = {value}");
    let is_value = DeTable::parse(&line).is_ok_and(|table| {
        let entries: Vec<_> = table.get_ref().iter().collect();
        matches!(entries.as_slice(), [(_, found)] if found.span() == (4..line.len()))
    });
    if is_value { value.to_owned() } else { quoted(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        let Alternatives(edits) = Alternatives::set("campus", "x", text).unwrap();
        let value = |edit| match edit {
            Edit::Set { value, .. } => value,
            other => panic!("{other:?}"),
        };
        edits.into_iter().map(value).collect()
    }

    #[test]
    fn a_value_is_toml_or_text() {
        for (text, toml) in [
            ("2030-07-01", "2030-07-01"),
            ("0.5", "0.5"),
            ("true", "true"),
            ("open", "\"open\""),
            ("\"open\"", "\"open\""),
            ("2030-7-1", "\"2030-7-1\""),
            ("1 # one", "\"1 # one\""),
            ("[{ from = 2030-01-01, value = 3 }]", "[{ from = 2030-01-01, value = 3 }]"),
            ("특구", "\"특구\""),
            ("1\n[levers.c]", "\"1\\u000A[levers.c]\""),
        ] {
            assert_eq!(values(text), [toml], "{text}");
        }
    }

    #[test]
    fn commas_separate_but_in_brackets_and_quotes() {
        assert_eq!(values("1, 2,3"), ["1", "2", "3"]);
        assert_eq!(values("[1, 2],[3]"), ["[1, 2]", "[3]"]);
        assert_eq!(values("\"a, b\",c"), ["\"a, b\"", "\"c\""]);
        let Alternatives(delays) = Alternatives::delay("campus=1y,3y").unwrap();
        let delays: Vec<String> = delays.iter().map(ToString::to_string).collect();
        assert_eq!(delays, ["--delay campus=1y", "--delay campus=3y"]);
    }

    #[test]
    fn options_are_read_as_they_are_written_and_put_in_their_order() {
        let asked = ["--scale campus=0.5", "--set hub.places=30", "--drop homes", "--add a@b"];
        let read = asked.iter().map(|text| Alternatives::written(text).unwrap()).collect();
        let order: Vec<String> =
            in_order(read).iter().map(|option| option.0[0].to_string()).collect();
        assert_eq!(
            order,
            ["--add a@b", "--drop homes", "--set hub.places=30", "--scale campus=0.5"]
        );
        for text in ["", "--save x", "--set wage=3", "--set a.b", "campus=1"] {
            assert!(Alternatives::written(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        assert!(Alternatives::set("a", "b", "1,,2").is_err());
        for text in ["campus", "campus=", "campus=soon"] {
            assert!(Alternatives::delay(text).is_err(), "{text}");
        }
        let error = Alternatives::scale("campus=0,5").unwrap_err();
        assert!(error.contains("if 0.5 is meant, write it with a point"), "{error}");
        assert!(!Alternatives::scale("campus=0").unwrap_err().contains("point"));
        for text in ["campus=0", "campus=-1", "campus=51", "campus=nan", "campus=x"] {
            assert!(Alternatives::scale(text).is_err(), "{text}");
        }
    }
}

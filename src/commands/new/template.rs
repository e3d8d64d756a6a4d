//! The files of a new scenario with other numbers of areas and sectors than the template has.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::scenario::appraisal::RuleSet;
use crate::scenario::money::Money;
use crate::scenario::parameter::Register;
use crate::scenario::parameter_spec::Member;
use crate::scenario::parameter_spec::Members;
use crate::scenario::parameter_spec::ParameterSpec;

/// The areas of the template, in the order of their numbers; the last is outside the district.
const AREAS: [&str; 3] = ["special-zone", "promotion-district", "elsewhere"];
/// Its sectors.
const SECTORS: [&str; 3] = ["software", "hardware", "ict"];

/// The files of the template with so many areas and sectors, the last area outside the district: of three
/// those of the template, otherwise `area-2` and so on between its first and last, and `sector-1` and so on.
pub(super) fn files(
    template: &'static [(&'static str, &'static str)],
    (areas, sectors): (u8, u8),
    money: &Money,
    library: Option<&str>,
) -> Vec<(&'static str, Cow<'static, str>)> {
    let is_own = usize::from(areas) == AREAS.len() && usize::from(sectors) == SECTORS.len();
    let (areas, sectors) = (named(areas, &AREAS, "area"), named(sectors, &SECTORS, "sector"));
    let one = |&(path, text): &(&'static str, &'static str)| match path {
        "district.toml" if !is_own => (path, district(text, &areas, &sectors).into()),
        "parameters.toml" => {
            let own: Cow<'static, str> =
                if is_own { text.into() } else { parameters(text, &areas, &sectors).into() };
            (path, library.map_or(own.clone(), |library| with_library(&own, library, money).into()))
        }
        _ => (path, text.into()),
    };
    let own = Money::of_currency(CURRENCY);
    let in_money = |(path, text): (&'static str, Cow<'static, str>)| match own {
        Some(own) if own != *money => (path, in_money(&text, &own, money).into()),
        _ => (path, text),
    };
    template.iter().map(one).map(in_money).collect()
}

/// The currency of the template.
const CURRENCY: &str = "KRW";

/// A file of the template in other money: amounts to a power of ten, and a rule set of the appraisal that is for it.
fn in_money(text: &str, own: &Money, money: &Money) -> String {
    let account = own.account.to_string();
    let rules = match money.currency() {
        "EUR" => RuleSet::Eu,
        "USD" => RuleSet::Us2023,
        _ => RuleSet::Uk2026,
    };
    let mut out = String::new();
    for line in text.lines() {
        let line = match line.split(" = ").next().unwrap_or_default() {
            "money" => format!(
                "money = {{ account = \"{}\", display = \"{}\" }}",
                money.account, money.display
            ),
            "appraisal" => format!("appraisal = \"{}\"", rules.name()),
            _ if line.contains(&account) => {
                let unit = money.account.to_string();
                let line = scaled(line, money.scale()).replace(&account, &unit);
                line.replace(
                    REPLACE,
                    &format!("{REPLACE}, which are in {unit} and not converted by a rate"),
                )
            }
            _ => line.replace(" (both for KRW alone)", " (both for Korea alone)"),
        };
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// What the sources of the template ask for.
const REPLACE: &str = "replace by your own";

/// A line with the numbers of its value, or of its `value` and `range`, times a factor.
fn scaled(line: &str, factor: f64) -> String {
    let (stated, remark) = line.split_once('#').map_or((line, None), |(a, b)| (a, Some(b)));
    let is_part = |letter: char| letter.is_ascii_digit() || letter == '.';
    let mut out = String::new();
    let mut in_text = false;
    let mut rest = stated;
    while let Some(first) = rest.chars().next() {
        in_text ^= first == '"';
        let is_number = first.is_ascii_digit() && !in_text && out.ends_with([' ', '[']);
        let end = if is_number {
            rest.find(|letter| !is_part(letter)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (part, after) = rest.split_at(end);
        match part.parse::<f64>().ok().filter(|_| is_number) {
            Some(number) => {
                let number = (number * factor * 1e9).round() / 1e9;
                let _ = if part.contains('.') {
                    write!(out, "{number:?}")
                } else {
                    write!(out, "{number}")
                };
            }
            None => out.push_str(part),
        }
        rest = after;
    }
    remark.map_or_else(|| out.clone(), |remark| format!("{out}#{remark}"))
}

/// So many areas or sectors: those of the template where it has as many; of areas the first and the last
/// in any case, as policies name the first.
fn named(count: u8, own: &[&str; 3], what: &str) -> Vec<String> {
    let count = usize::from(count);
    let name = |number: usize| match number {
        _ if count == own.len() => own[number - 1].to_owned(),
        1 if what == "area" => own[0].to_owned(),
        _ if what == "area" && number == count => own[2].to_owned(),
        _ => format!("{what}-{number}"),
    };
    (1..=count).map(name).collect()
}

/// The title of an area or sector of this name, English and Korean.
fn titles(name: &str) -> (String, String) {
    match name.rsplit_once('-') {
        Some(("area", number)) => (format!("Area {number}"), format!("지역 {number}")),
        Some(("sector", number)) => (format!("Sector {number}"), format!("분야 {number}")),
        _ => (name.to_owned(), name.to_owned()),
    }
}

/// `district.toml`: a table of the template for each area and sector that it has, one like its second for each other.
fn district(text: &str, areas: &[String], sectors: &[String]) -> String {
    let mut out = String::new();
    let (mut has_areas, mut has_sectors) = (false, false);
    for block in text.split("\n\n") {
        let is_startups = block.contains("[[startups]]");
        if block.contains("[areas.") {
            if !has_areas {
                has_areas = true;
                for (number, name) in (1..).zip(areas) {
                    out.push_str(&area(text, areas, number, name));
                }
            }
        } else if block.contains("[sectors.") {
            if !has_sectors {
                has_sectors = true;
                for (number, name) in (1..).zip(sectors) {
                    let own =
                        text.split("\n\n").find(|it| it.contains(&format!("[sectors.{name}]")));
                    let (en, ko) = titles(name);
                    let made = || {
                        format!(
                            "[sectors.{name}]\nnumber = {number}\ntitle = \"{en}\"\ntitle_ko = \"{ko}\""
                        )
                    };
                    let _ = write!(out, "{}\n\n", own.map_or_else(made, str::to_owned));
                }
            }
        } else if is_startups && block.contains(AREAS[1]) {
            for name in areas.iter().filter(|name| ![AREAS[0], AREAS[2]].contains(&name.as_str())) {
                let _ = write!(out, "{}\n\n", block.replace(AREAS[1], name));
            }
        } else if !block.contains("[[synergies]]") || areas.iter().any(|name| name == AREAS[1]) {
            let _ = write!(out, "{block}\n\n");
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// One area: that of the template, or one like its second.
fn area(text: &str, areas: &[String], number: usize, name: &str) -> String {
    let of = if AREAS.contains(&name) { name } else { AREAS[1] };
    let block = text.split("\n\n").find(|block| block.contains(&format!("[areas.{of}]")));
    let mut out = String::new();
    for line in block.unwrap_or_default().lines() {
        let (en, ko) = titles(name);
        let line = match line.split(" = ").next().unwrap_or_default() {
            "number" => format!("number = {number}"),
            "title" if of != name => format!("title = \"{en}\""),
            "title_ko" if of != name => format!("title_ko = \"{ko}\""),
            // The first two members are neighbours, as in the template.
            "neighbours" if number == 1 && areas.len() > 2 => {
                format!("neighbours = {{ {} = 1 }}", areas[1])
            }
            "neighbours" if number == 2 && areas.len() > 2 => {
                format!("neighbours = {{ {} = 1 }}", areas[0])
            }
            "neighbours" => continue,
            _ if line.starts_with("# Two areas") => {
                "# Members of the district; `elsewhere` is the rest of the city.".to_owned()
            }
            _ => line.replace(&format!("[areas.{of}]"), &format!("[areas.{name}]")),
        };
        let _ = writeln!(out, "{line}");
    }
    out + "\n"
}

/// The parameters of a scenario of these areas, the last of them the reference, and sectors.
fn register<T: AsRef<str>>(areas: &[T], sectors: &[T]) -> Register {
    let member = |(index, name): (usize, &T)| {
        let (title_en, title_ko) = titles(name.as_ref());
        Member { index, name: name.as_ref().to_owned(), title_en, title_ko }
    };
    let inside = areas.split_last().map_or(areas, |(_, inside)| inside);
    let members = Members {
        areas: inside.iter().enumerate().map(member).collect(),
        sectors: sectors.iter().enumerate().map(member).collect(),
        instruments: Vec::new(),
    };
    Register::of(&members, None, |_| false)
}

/// `parameters.toml`: families have a parameter for each area or sector, with the values of the template's
/// first where it has none of this name.
fn parameters(text: &str, areas: &[String], sectors: &[String]) -> String {
    let (written, register) = (register(&AREAS, &SECTORS), register(areas, sectors));
    let blocks: Vec<&str> = text.split("\n\n").collect();
    let mut done = BTreeSet::new();
    let mut out = String::new();
    for block in &blocks {
        let spec = key(block).and_then(|key| written.get(written.position(key)?));
        let Some(family) = spec.filter(|it| it.name != it.family).map(|it| it.family) else {
            let _ = write!(out, "{block}\n\n");
            continue;
        };
        if !done.insert(family) {
            continue;
        }
        for spec in register.iter().filter(|spec| spec.family == family && spec.name != family) {
            let own = blocks.iter().find(|block| key(block) == Some(spec.name.as_ref()));
            let made = || of_family(block, spec, sectors.len());
            let share = family == "sector_share";
            let _ = write!(
                out,
                "{}\n\n",
                own.filter(|_| !share).map_or_else(made, |own| (*own).to_owned())
            );
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The parameters with the values of a library where it has them; amounts only in its own money.
fn with_library(text: &str, library: &str, money: &Money) -> String {
    let foreign = foreign(library, money);
    let is_it = |line: &str, key: &str| stated(line) == Some(key);
    let of = |key: &str| library.lines().find(|&line| is_it(line, key));
    let line = |line: &str| {
        let key = stated(line).filter(|key| !foreign.contains(key));
        key.and_then(of).unwrap_or(line).to_owned() + "\n"
    };
    text.lines().map(line).collect()
}

/// The parameters of a library that are amounts in other money than this.
fn foreign<'l>(library: &'l str, money: &Money) -> Vec<&'l str> {
    let unit = unit(library);
    let amount = format!("unit = \"{unit}");
    let is_foreign = |line: &&str| line.contains(&amount) && money.account.to_string() != unit;
    library.lines().filter(is_foreign).filter_map(stated).collect()
}

/// The unit of a library's amounts.
fn unit(library: &str) -> &str {
    let stated = library.lines().find_map(|line| line.strip_prefix("money = "));
    stated.unwrap_or_default().trim_matches('"')
}

/// What the template states itself though the library has it, as that is in other money, and the unit of the library's
/// amounts.
pub(super) fn left_out<'l>(
    template: &str,
    library: &'l str,
    money: &Money,
) -> (Vec<&'l str>, &'l str) {
    let mut names = foreign(library, money);
    names.retain(|name| template.lines().any(|line| stated(line) == Some(name)));
    (names, unit(library))
}

/// The parameter that a line states.
fn stated(line: &str) -> Option<&str> {
    Some(line.split_once(" = {")?.0)
}

/// The parameter that a block of the template states.
fn key(block: &str) -> Option<&str> {
    block.lines().find_map(stated)
}

/// A parameter like that of a block, named anew; shares of founders are equal.
fn of_family(block: &str, spec: &ParameterSpec, sectors: usize) -> String {
    let line = block.lines().find(|line| line.contains(" = {")).unwrap_or_default();
    let stated = line.split_once(" = ").map_or("", |(_, stated)| stated);
    let stated = if spec.family == "sector_share" {
        let share = 1.0 / sectors as f64;
        let (low, high) = (0.9 * share, 1.1 * share);
        let rest = stated.split_once("distribution").map_or("", |(_, rest)| rest);
        // The last has what is left: as much, if the others are as they are meant.
        format!(
            "{{ value = {share:.4}, unit = \"1\", range = [{low:.4}, {high:.4}], distribution{rest}"
        )
    } else {
        stated.to_owned()
    };
    format!("# {}\n{} = {stated}", spec.meaning_en, spec.name)
}

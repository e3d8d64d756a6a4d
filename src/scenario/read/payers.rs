//! The payers of `scenario.toml`: who pays for levers, and who receives taxes.

use toml::Spanned;
use toml::de::DeValue;

use crate::policy::payer::MOST_PAYERS;
use crate::policy::payer::Payer;
use crate::policy::payer::Tax;
use crate::scenario::keys;
use crate::scenario::payers::PayerStart;
use crate::scenario::payers::Payers;
use crate::scenario::problem::Problems;
use crate::scenario::problem::shortened;
use crate::scenario::read::areas::same_title;
use crate::scenario::read::areas::titles;
use crate::scenario::read::areas::unfit_name;
use crate::scenario::read::syntax::Document;
use crate::scenario::read::value;
use crate::scenario::read::walk::Fields;
use crate::scenario::read::walk::Key;
use crate::scenario::read::walk::Value;
use crate::scenario::read::walk::entries;
use crate::scenario::read::walk::word_among;

/// The word for all payers together in tables, which none may have for its name.
const TAKEN: [&str; 1] = ["all"];

/// That word as it stands beside the titles of payers, English and Korean.
const ALL: [&str; 2] = ["All", "합계"];

/// A table of payers as it is to be written.
const EXAMPLE: &str = "for example: payers.city = { title = \"City budget\", public = true, receives = \
    [\"income_tax\", \"local_income_tax\", \"corporate_tax\", \"acquisition_tax\", \"property_tax\"] } and \
    payers.private = { title = \"Private money\", public = false }";

/// The payers by name as far as they are understood, in the order of the file: for levers that name
/// one of them, whatever else is wrong.
pub(super) fn names(document: &Document<'_>) -> Vec<(String, Payer)> {
    let Some(DeValue::Table(table)) = document.root.get("payers").map(Spanned::get_ref) else {
        return Vec::new();
    };
    let payer = |(place, (key, value)): (usize, (Key<'_>, Value<'_>))| {
        let is_public = |(key, value): &(Key<'_>, Value<'_>)| {
            key.text == "public" && value::flag(*value).is_ok_and(|flag| flag)
        };
        let is_public = value.entries().unwrap_or_default().iter().any(is_public);
        Some((key.text.to_owned(), Payer::new(u8::try_from(place).ok()?, is_public)))
    };
    let entries = entries(document.source, table).into_iter().enumerate();
    entries.take(MOST_PAYERS).filter_map(payer).collect()
}

/// The name of a payer, of these; where there are none, that is told elsewhere.
pub(super) fn payer_name(value: Value<'_>, names: &[(String, Payer)]) -> Result<Payer, Problems> {
    if names.is_empty() {
        return Err(Problems::default());
    }
    let words: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
    word_among(value, "payer", &words).map(|(index, _)| names[index].1)
}

/// Reads the payers of `scenario.toml`.
#[inline(never)]
pub(super) fn read(document: &Document<'_>) -> Result<Payers, Problems> {
    let entry = document.root.get("payers");
    let Some(spanned) = entry else {
        let problem = document.source.problem(0..0, "scenario.toml names no payer");
        return Err(problem.expected("expected who pays and receives").help(EXAMPLE).into());
    };
    of_table(Value { source: document.source, spanned })
}

fn of_table(value: Value<'_>) -> Result<Payers, Problems> {
    let mut problems = Problems::default();
    let entries = value.entries()?;
    if entries.len() > MOST_PAYERS {
        let problem = value.problem(format!("there are {} payers", entries.len()));
        return Err(problem.expected(format!("expected {MOST_PAYERS} at most")).into());
    }
    let mut list: Vec<PayerStart> = Vec::new();
    let mut receivers: [Option<Payer>; Tax::ALL.len()] = [None; Tax::ALL.len()];
    let mut titles = titles();
    for ((_, given), word) in titles.iter_mut().zip(ALL) {
        given.take(TAKEN[0], word);
    }
    for (place, (key, value)) in entries.into_iter().enumerate() {
        problems.add(unfit_name(&key, "a payer", &TAKEN));
        let place = u8::try_from(place).unwrap_or(u8::MAX);
        let Some((start, received)) = problems.keep(payer(value, key.text, place)) else {
            continue;
        };
        for tax in received {
            if let Some(other) = receivers[tax as usize].replace(start.payer) {
                let other = list.iter().find(|known| known.payer == other);
                let other = other.map_or("another payer", |known| &known.name);
                let message = format!("`{other}` receives `{}` too", tax.name());
                problems.add(value.problem(message).expected("expected one receiver of each tax"));
            }
        }
        let own = [start.title_en.as_str(), start.title_ko.as_str()];
        if !TAKEN.contains(&key.text) {
            problems.add(same_title(value, key.text, own, &mut titles, "payer"));
        }
        list.push(start);
    }
    if !problems.0.is_empty() {
        return Err(problems);
    }
    for (public, what) in [(true, "public"), (false, "private")] {
        if list.iter().all(|start| start.payer.is_public() != public) {
            let problem = value.problem(format!("no payer is {what}"));
            let expected = format!("expected `public = {public}` in one payer at least");
            problems.add(problem.expected(expected).help(EXAMPLE));
        }
    }
    let lacking: Vec<&str> = Tax::ALL
        .into_iter()
        .filter(|&tax| receivers[tax as usize].is_none())
        .map(Tax::name)
        .collect();
    if !lacking.is_empty() {
        let problem = value.problem(format!("nobody receives {}", lacking.join(", ")));
        problems.add(problem.expected("expected each tax in `receives` of one public payer"));
    }
    if !problems.0.is_empty() {
        return Err(problems);
    }
    let receivers = receivers.map(|receiver| receiver.unwrap_or(list[0].payer));
    let payers = Payers::new(list, receivers);
    payers.ok_or_else(|| value.problem("these payers do not fit together").into())
}

/// One payer, and which taxes it receives.
fn payer(value: Value<'_>, name: &str, place: u8) -> Result<(PayerStart, Vec<Tax>), Problems> {
    let mut fields = Fields::of(value, format!("the payer `{}`", shortened(name)), keys::PAYER)?;
    value::remarks(&mut fields);
    let title_en = fields.required("title", "", value::title);
    let title_ko = fields.optional("title_ko", value::title);
    let is_public = fields.required("public", "", value::flag);
    let at = fields.value("receives");
    let received = fields.optional("receives", |list| value::choices(list, "tax", Tax::WORDS));
    if let (Some(false), Some(at)) = (is_public, at) {
        let problem = at.problem(format!("`{}` is private and receives no taxes", shortened(name)));
        fields.note(problem.expected("expected no such key here").help("or `public = true`"));
    }
    fields.finish(|| {
        let title_en = title_en?;
        let start = PayerStart {
            payer: Payer::new(place, is_public?),
            name: name.to_owned(),
            title_ko: title_ko.unwrap_or_else(|| title_en.clone()),
            title_en,
        };
        let received = received.unwrap_or_default();
        Some((start, received.into_iter().map(|place| Tax::ALL[place]).collect()))
    })
}

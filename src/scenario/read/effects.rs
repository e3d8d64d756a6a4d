//! What only instruments have: areas by word or name, and effects.

use std::fmt::Write as _;

use crate::policy::area::MOST_AREAS;
use crate::policy::effect::Effect;
use crate::policy::effect::On;
use crate::policy::values::Checked;
use crate::policy::values::DISTRICT;
use crate::policy::values::Names;
use crate::policy::words::Word;
use crate::scenario::keys;
use crate::scenario::keys::bounds::MOST_YEARS_OF_EFFECT;
use crate::scenario::problem::Problems;
use crate::scenario::read::value;
use crate::scenario::read::walk::Fields;
use crate::scenario::read::walk::Value;
use crate::scenario::read::walk::word_among;

/// The word for all areas.
const CITY: &str = "city";

/// `district`, `city`, or names of areas.
pub(super) fn areas(value: Value<'_>, names: Names<'_>) -> Result<Checked, Problems> {
    let mut chosen = [false; MOST_AREAS];
    let words: Vec<&str> = names.areas.iter().map(|(name, _)| name.as_str()).collect();
    if value.list().is_some() {
        let found = value::choices(value, "area", &words)?;
        for &place in &found {
            chosen[names.areas[place].1.index()] = true;
        }
        let found: Vec<&str> = found.into_iter().map(|place| words[place]).collect();
        return Ok(Checked::Areas(chosen, found.join(", ")));
    }
    let words: Vec<&str> = [DISTRICT, CITY].into_iter().chain(words).collect();
    let (_, word) = word_among(value, "word for areas", &words)?;
    for (name, area) in names.areas {
        chosen[area.index()] = match word {
            CITY => true,
            DISTRICT => area.in_district(),
            _ => name == word,
        };
    }
    Ok(Checked::Areas(chosen, word.to_owned()))
}

/// A list of effects.
pub(super) fn effects(value: Value<'_>) -> Result<Checked, Problems> {
    let list = value::list(value, "effects, such as { on = \"growth\", lasts = 2 }")?;
    if list.is_empty() {
        let problem = value.problem("the list is empty");
        return Err(problem.expected("expected one effect at least").into());
    }
    let effects = value::each(list, effect)?;
    let text: Vec<String> = effects.iter().map(as_text).collect();
    Ok(Checked::Effects(effects, text.join("; ")))
}

fn effect(value: Value<'_>) -> Result<Effect, Problems> {
    let years = |from: u64| move |value| value::whole(value, from, MOST_YEARS_OF_EFFECT, "years");
    let mut fields = Fields::of(value, "an effect", keys::EFFECT)?;
    let on = fields.required("on", "", |word| {
        word_among(word, "word for what an effect is on", On::WORDS)
            .map(|(place, _)| On::ALL[place])
    });
    let after = fields.optional("after", years(0));
    let lasts = fields.optional("lasts", years(1));
    let fades = fields.optional("fades", years(0));
    let per =
        fields.optional("per", |value| value::number(value, 1e-6, 1e9, "money a head, or share"));
    let saturation = fields.optional("saturation", |value| value::number(value, 0.01, 1e6, "1"));
    if per.is_some() != saturation.is_some() {
        let problem = value.problem("`per` and `saturation` go together");
        fields.note(problem.expected("expected both, or none"));
    }
    let years = |years: Option<u64>, or: u16| {
        years.and_then(|years| u16::try_from(years).ok()).unwrap_or(or)
    };
    fields.finish(|| {
        let on = on?;
        Some(Effect {
            on,
            // Who exits in a year is settled on its first day.
            after: years(after, u16::from(on == On::Exit)),
            lasts: years(lasts, 1),
            fades: years(fades, 0),
            per,
            saturation: saturation.unwrap_or(1.0),
        })
    })
}

fn as_text(effect: &Effect) -> String {
    let Effect { on, after, lasts, fades, per, saturation } = effect;
    let mut text = format!("{} after {after} years for {lasts}", on.word());
    if *fades > 0 {
        let _ = write!(text, ", fading over {fades}");
    }
    if let Some(per) = per {
        let _ = write!(text, ", per {per} with saturation {saturation}");
    }
    text
}

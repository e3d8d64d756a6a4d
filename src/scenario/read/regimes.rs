//! The regimes of `district.toml`, by which levers designate areas: each a name and its fixed number.

use crate::policy::regime::MOST_REGIMES;
use crate::policy::regime::Regime;
use crate::scenario::problem::Problems;
use crate::scenario::read::areas::unfit_name;
use crate::scenario::read::members::Named;
use crate::scenario::read::value;
use crate::scenario::read::walk::Value;
use crate::scenario::read::walk::word_among;

/// The name of a regime, of these.
pub(super) fn regime_name(
    value: Value<'_>,
    names: &[(String, Regime)],
) -> Result<Regime, Problems> {
    if names.is_empty() {
        let problem = value.problem("there is no such regime").expected("district.toml names none");
        let name = value::text(value).unwrap_or_else(|_| "metropolitan-plan".to_owned());
        let help = format!("for example: a table [regimes] in district.toml, and in it {name} = 1");
        return Err(problem.help(help).into());
    }
    let words: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
    word_among(value, "regime", &words).map(|(index, _)| names[index].1)
}

/// Reads the table of regimes, in the order of their numbers.
pub(super) fn read(value: Value<'_>) -> Result<Named<Regime>, Problems> {
    let mut problems = Problems::default();
    let mut found: Named<Regime> = Vec::new();
    for (key, value) in value.entries()? {
        problems.add(unfit_name(&key, "a regime", &[]));
        let number = value::whole(value, 1, u64::from(MOST_REGIMES), "the number of a regime");
        let Some(number) = problems.keep(number) else { continue };
        let regime = u8::try_from(number).map_or(Regime::new(MOST_REGIMES), Regime::new);
        if let Some((other, _)) = found.iter().find(|(_, other)| *other == regime) {
            let problem = value.problem(format!("`{other}` has the number {number} too"));
            let problem = problem.expected("expected a number of its own");
            problems.add(problem.help("draws of chance go by it, so it should never change"));
        }
        found.push((key.text.to_owned(), regime));
    }
    found.sort_by_key(|(_, regime)| *regime);
    if problems.0.is_empty() { Ok(found) } else { Err(problems) }
}

//! What the settings of an instrument say against each other.

use crate::policy::effect::On;
use crate::policy::lever::Contradiction;
use crate::policy::lever::Named;
use crate::policy::take_up::For;
use crate::policy::values::Values;

/// Settings that one population has no use for.
const OF_USERS: [&str; 9] = [
    "reach",
    "number",
    "budget",
    "selection",
    "pause",
    "each",
    "wage_share",
    "rent_share",
    "round_share",
];
/// Settings that say which startups it is for.
const OF_STARTUPS: [&str; 8] =
    ["youngest", "oldest", "smallest", "largest", "stages", "tenants", "alumni", "sectors"];

/// What is wrong with a lever: the setting, what is wrong, what would be right, how to mend it.
type Fault = (&'static str, String, &'static str, &'static str);

/// Of each of some instruments.
pub(super) fn all(levers: &[Named<'_>]) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for (lever, (name, values)) in levers.iter().enumerate() {
        let mut faults: Vec<Fault> = Vec::new();
        let population: For = values.word("population");
        if population == For::Startups {
            of_users(name, values, &mut faults);
        } else {
            of_all(population, values, &mut faults);
        }
        if values.has("construction") != values.has("opening") {
            let written = if values.has("opening") { "opening" } else { "construction" };
            let message = format!("`{name}` has only one of `construction` and `opening`");
            let expected = "expected `construction` and `opening`, or neither";
            faults.push((written, message, expected, ""));
        }
        for [low, high] in [["youngest", "oldest"], ["smallest", "largest"]] {
            let bound = |name: &str| match low {
                "youngest" => values.number(name),
                _ => f64::from(values.count(name)),
            };
            if values.has(low) && values.has(high) && bound(low) > bound(high) {
                let message =
                    format!("`{low}`, {}, is above `{high}`, {}", bound(low), bound(high));
                faults.push((low, message, "expected no more than the other", ""));
            }
        }
        for (place, effect) in values.effects("effects").iter().enumerate() {
            let on = effect.on.name();
            let earlier = values.effects("effects");
            if earlier.iter().take(place).any(|other| other.on == effect.on) {
                let message = format!("two effects are on {on}");
                faults.push((
                    "effects",
                    message,
                    "expected one on each",
                    "a second one is a lever of its own",
                ));
            }
            let fits = match population {
                For::Startups => !matches!(effect.on, On::Founding | On::MovingIn),
                For::Area => effect.on != On::Founding,
                For::Founders => effect.on == On::Founding,
            };
            if !fits {
                let population = population.name();
                let message = format!("an effect on {on} is none on `{population}`");
                let help = "`founding` is of founders, `moving_in` of an area, all others of startups or an area";
                faults.push((
                    "effects",
                    message,
                    "expected an effect that fits the population",
                    help,
                ));
            }
            if effect.on == On::Exit && effect.after == 0 && population == For::Startups {
                let message = "an effect on exit cannot begin in the year of use".to_owned();
                let help = "who exits in a year is settled by its state on 1 January";
                faults.push(("effects", message, "expected `after` of 1 or more", help));
            }
        }
        found.extend(faults.into_iter().map(|(setting, message, expected, help)| Contradiction {
            lever,
            setting,
            message,
            expected: expected.to_owned(),
            help,
        }));
    }
    found
}

/// What is wrong with an instrument that startups use.
fn of_users(name: &str, values: &Values<'_>, faults: &mut Vec<Fault>) {
    let written = |settings: &[&'static str]| -> Vec<&'static str> {
        settings.iter().copied().filter(|setting| values.has(setting)).collect()
    };
    match written(&["reach", "number", "budget"]).as_slice() {
        [_] => {}
        [] => {
            let message = format!("`{name}` does not say how many use it");
            faults.push(("population", message, "expected one of `reach`, `number`, `budget`", ""));
        }
        [_, second, ..] => {
            let message = format!("`{name}` says twice how many use it");
            faults.push((second, message, "expected one of `reach`, `number`, `budget`", ""));
        }
    }
    let paid = written(&["each", "wage_share", "rent_share", "round_share"]);
    if let [_, second, ..] = paid.as_slice() {
        let message = format!("`{name}` says twice what a firm gets");
        let expected = "expected one of `each`, `wage_share`, `rent_share`, `round_share`";
        faults.push((second, message, expected, ""));
    }
    if values.has("budget") && !(values.has("each") && values.number("each") > 0.0) {
        let message = "a budget limits uses by what each costs".to_owned();
        faults.push(("budget", message, "expected `each` above 0 beside it", ""));
    }
    if paid.is_empty() && values.effects("effects").iter().any(|effect| effect.per.is_some()) {
        let message =
            "an effect depends on the money that a firm gets, and it gets none".to_owned();
        let help = "leave `per` out, or say what a firm gets";
        faults.push(("effects", message, "expected no `per`", help));
    }
    if values.has("tenants") && values.has("alumni") {
        let message = "nobody is tenant and alumnus at once".to_owned();
        faults.push(("alumni", message, "expected one of `tenants`, `alumni`", ""));
    }
}

/// What is wrong with an instrument that is for all.
fn of_all(population: For, values: &Values<'_>, faults: &mut Vec<Fault>) {
    let name = population.name();
    let startups: &[&'static str] = match population {
        For::Founders => &OF_STARTUPS[..7],
        _ => &[],
    };
    for setting in OF_USERS.iter().chain(startups).filter(|setting| values.has(setting)) {
        let message = format!("`{setting}` says nothing of an instrument for `{name}`");
        faults.push((setting, message, "expected none", "leave it out"));
    }
    if values.effects("effects").iter().any(|effect| effect.per.is_some() || effect.ends() > 1) {
        let message = format!("an instrument for `{name}` acts while it is in force");
        let expected = "expected an effect with nothing but `on`";
        faults.push(("effects", message, expected, "leave `after`, `lasts`, `fades`, `per` out"));
    }
    let moves_in = values.effects("effects").iter().any(|effect| effect.on == On::MovingIn);
    for setting in OF_STARTUPS.iter().filter(|setting| moves_in && values.has(setting)) {
        let message = "`moving_in` is a value of the areas for every startup".to_owned();
        faults.push((setting, message, "expected none", "leave it out"));
    }
}

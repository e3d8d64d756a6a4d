//! What a search says on the terminal.

use std::fmt::Write as _;

use crate::analysis::decision::criterion::Criterion;
use crate::analysis::layout::Layout;
use crate::analysis::search::archive::Member;
use crate::analysis::search::budget::Terms;
use crate::analysis::search::course::Course;
use crate::analysis::search::course::State;
use crate::analysis::search::found::Found;
use crate::analysis::search::measured::Figure;
use crate::analysis::search::measured::Statistic;
use crate::report::text::console;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::grouped;
use crate::scenario::money::said;

/// With fewer generations a search has hardly begun.
const FEW_GENERATIONS: u64 = 10;

/// What a search has found, and what is needed to tell it.
pub(super) struct Shown<'a> {
    /// The search.
    pub(super) course: &'a Course<'a>,
    /// What packages were judged by.
    pub(super) aims: &'a [Criterion],
    /// The series of the scenario's policies, which tell units.
    pub(super) layouts: &'a [Layout],
    /// The packages, by rising cost.
    pub(super) found: &'a [Found],
}

impl Shown<'_> {
    /// A figure of an aim in the aim's own sign.
    pub(super) fn turned(&self, aim: usize, figure: Figure) -> Figure {
        if !self.aims[aim].minimised {
            return figure;
        }
        let interval = figure.interval.map(|(low, high)| (-high, -low));
        Figure { value: -figure.value, interval }
    }

    /// By which figure an aim is judged, in words.
    pub(super) fn statistic(&self, aim: usize) -> String {
        match self.course.rules.statistics[aim] {
            Statistic::Mean => "mean".to_owned(),
            // Of what is better when less, what is turned is its own upper quantile.
            Statistic::Quantile(p) => {
                let p = if self.aims[aim].minimised { 1.0 - p } else { p };
                format!("{:.0} % quantile", 100.0 * p)
            }
        }
    }

    /// A unit of the registers with the scenario's money.
    fn unit(&self, unit: &str) -> String {
        said(unit, Some(&self.course.space.scenario.money)).into_owned()
    }

    /// The cheapest package that has a file.
    pub(super) fn first(&self) -> Option<&Found> {
        self.on_frontier().next()
    }

    fn on_frontier(&self) -> impl Iterator<Item = &Found> {
        self.found.iter().filter(|found| found.is_on_frontier())
    }
}

/// A line about the best so far.
pub(super) fn so_far(course: &Course<'_>, state: &State, effort: usize) -> String {
    let share = 100.0 * (state.effort as f64 / effort.max(1) as f64).min(1.0);
    let members = state.search.archive.members();
    // The baseline, a package of nothing, is within any budget.
    let is_found = |member: &&Member| {
        member.evaluation.is_feasible() && !course.space.package(&member.genome).is_empty()
    };
    let feasible: Vec<&Member> = members.iter().filter(is_found).collect();
    let value = |member: &Member| member.evaluation.objectives.first().copied().unwrap_or(0.0);
    let best = feasible.iter().max_by(|a, b| value(a).total_cmp(&value(b)));
    let generation = state.search.generation;
    let Some(best) = best else {
        let nothing = if state.within {
            "nothing within the budget that is better than the baseline yet"
        } else {
            "nothing within the budget yet"
        };
        return format!("generation {generation}, {share:.0} % of the effort: {nothing}");
    };
    let words = course.space.words(&course.space.package(&best.genome));
    format!(
        "generation {generation}, {share:.0} % of the effort: packages on the frontier: {}; most of the first aim so far \
         with {words}",
        feasible.len()
    )
}

/// The frontier, what is beyond evidence, and what it adds over shipped policies.
pub(super) fn summary(shown: &Shown<'_>, state: &State) -> String {
    let mut text = heading(shown);
    text.push_str(&console::paragraph(&ended(state), 0));
    text.push('\n');
    text.push_str(&frontier(shown));
    text.push('\n');
    let evidence = evidence(shown);
    if !evidence.is_empty() {
        text.push_str(&evidence);
        text.push('\n');
    }
    for aim in 0..shown.aims.len() {
        text.push_str(&console::paragraph(&advantage(shown, aim), 0));
        for more in [below_shipped(shown, aim), below_baseline(shown, aim)].into_iter().flatten() {
            text.push_str(&console::paragraph(&more, 0));
        }
    }
    if shown.on_frontier().next().is_some() {
        text.push_str(&console::paragraph(&compared_with(shown), 0));
    }
    text
}

/// How far the search went, and whether that is short.
fn ended(state: &State) -> String {
    let generations = state.search.generation;
    let effort = grouped(state.effort as f64, 0);
    let word = if generations == 1 { "generation" } else { "generations" };
    let mut text =
        format!("The search took {generations} {word} and {effort} replications of packages");
    if state.exhausted {
        text.push_str(" and stopped as every package has been tried.");
    } else if generations < FEW_GENERATIONS {
        text.push_str(
            ": so few generations have hardly begun to combine levers; `--resume` with more `--effort` goes on.",
        );
    } else {
        text.push('.');
    }
    text
}

/// The packages that are told to be worse in an aim than a shipped policy of equal cost.
fn below_shipped(shown: &Shown<'_>, aim: usize) -> Option<String> {
    let worse: Vec<(&Found, Figure)> = shown
        .on_frontier()
        .filter_map(|found| Some((found, shown.course.added(found, aim)?)))
        .filter(|(_, adds)| adds.is_below_0())
        .collect();
    let (found, adds) = worse.iter().min_by(|a, b| a.1.value.total_cmp(&b.1.value))?;
    let yardstick = found.yardstick.as_ref()?;
    let names: Vec<&str> = worse.iter().map(|(found, _)| found.name.as_str()).collect();
    Some(format!(
        "{}: worse than a shipped policy scaled to the same present value of cost: {}; most of all `{}`, by {} beside \
         `{}` ×{:.2}.",
        named(shown, aim),
        names.join(", "),
        found.name,
        with_interval(shown.turned(aim, *adds)),
        yardstick.policy,
        yardstick.factor,
    ))
}

/// That doing nothing is better in an aim than every package.
fn below_baseline(shown: &Shown<'_>, aim: usize) -> Option<String> {
    let rules = shown.course.rules;
    let is_below =
        |found: &Found| rules.figure(rules.statistics[aim], &found.measured.aims[aim]).is_below_0();
    let has_one = shown.on_frontier().next().is_some();
    (has_one && shown.on_frontier().all(is_below)).then(|| {
        let baseline = &shown.course.space.scenario.policies[shown.course.space.scenario.baseline];
        format!(
            "{}: every package is worse than the baseline `{}`: none of them is better.",
            named(shown, aim),
            baseline.name
        )
    })
}

/// An aim with the figure by which it is judged where that is not the mean.
fn named(shown: &Shown<'_>, aim: usize) -> String {
    match shown.course.rules.statistics[aim] {
        Statistic::Mean => shown.aims[aim].name.clone(),
        Statistic::Quantile(_) => format!("{}, {}", shown.aims[aim].name, shown.statistic(aim)),
    }
}

fn heading(shown: &Shown<'_>) -> String {
    let count = shown.on_frontier().count();
    let out = shown.found.len() - count;
    let replications = shown.found.first().map_or(0, |found| shown.course.replications(found));
    let mut text = format!(
        "{count} packages that no other is told to beat in all aims, each told from {replications} replications that the \
         search never saw, less the baseline in the same replications, with 95 % intervals. Cost is public cost as present \
         value; a year: all outlay, not discounted, over the years from {} to {}.",
        Terms::of(shown.course.space.scenario).from,
        shown.course.space.scenario.last_year,
    );
    let worlds: Vec<&str> =
        shown.course.judge.worlds.iter().filter_map(|world| world.future).collect();
    if !worlds.is_empty() {
        let _ = write!(
            text,
            " Figures go over the present world and the futures {}, each counting the same.",
            worlds.join(", ")
        );
    }
    if out > 0 {
        let (are, have) = if out == 1 { ("is", "has") } else { ("are", "have") };
        let _ = write!(
            text,
            " {out} more that the search took for good {are} dominated or over the budget there, and {have} no file."
        );
    }
    let left_out = &shown.course.space.left_out;
    if !left_out.is_empty() {
        let _ = write!(
            text,
            " In no package, as even a quarter of the size stated lies beyond evidence, or what they need does: {}.",
            left_out.join(", ")
        );
    }
    console::paragraph(&text, 0)
}

fn frontier(shown: &Shown<'_>) -> String {
    let rules = shown.course.rules;
    let account = shown.course.space.scenario.money.account;
    let mut header = vec!["package".to_owned(), format!("cost [{account}]"), "a year".to_owned()];
    for (place, aim) in shown.aims.iter().enumerate() {
        let unit = shown.unit(aim.unit(shown.layouts));
        let of = match rules.statistics[place] {
            Statistic::Mean => String::new(),
            Statistic::Quantile(_) => format!(", {}", shown.statistic(place)),
        };
        header.push(format!("{} [{unit}]{of}", aim.name));
    }
    header.push("beside the baseline".to_owned());
    let rows: Vec<Vec<String>> = shown
        .on_frontier()
        .map(|found| {
            let mean = |values: &[f64]| figure(Statistic::Mean.value(values));
            let mut row =
                vec![found.name.clone(), mean(&found.measured.cost), mean(&found.measured.yearly)];
            for aim in 0..shown.aims.len() {
                let of = rules.figure(rules.statistics[aim], &found.measured.aims[aim]);
                row.push(with_interval(shown.turned(aim, of)));
            }
            row.push(shown.course.space.words(&found.package));
            row
        })
        .collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    console::table(header, &rows)
}

/// Every lever whose size lies beyond its evidence, once.
fn evidence(shown: &Shown<'_>) -> String {
    let mut told: Vec<String> = Vec::new();
    for found in shown.on_frontier() {
        for (lever, beyond) in shown.course.space.beyond(&found.package) {
            told.push(format!(
                "! {}: `{}` of `{lever}` is {}, beyond what is known, {} ({})",
                found.name,
                beyond.setting,
                figure(beyond.value),
                figure(beyond.limit),
                beyond.source
            ));
        }
    }
    told.into_iter().map(|line| line + "\n").collect()
}

/// What the best package adds over a shipped policy of equal cost in an aim.
fn advantage(shown: &Shown<'_>, aim: usize) -> String {
    let name = named(shown, aim);
    let unit = shown.unit(shown.aims[aim].unit(shown.layouts));
    let clear = shown.on_frontier().filter_map(|found| {
        let adds = shown.course.added(found, aim)?;
        adds.is_above_0().then_some((found, adds))
    });
    let best = clear.max_by(|a, b| a.1.value.total_cmp(&b.1.value));
    let told = best.and_then(|(found, adds)| {
        let yardstick = found.yardstick.as_ref()?;
        let adds = with_interval(shown.turned(aim, adds));
        let (package, policy, factor) = (&found.name, &yardstick.policy, yardstick.factor);
        Some(format!(
            "`{package}` adds {adds} {unit} over `{policy}` ×{factor:.2}, which costs as much"
        ))
    });
    let all = shown.on_frontier().count();
    let compared = shown.on_frontier().filter(|found| found.yardstick.is_some()).count();
    match told {
        Some(told) => format!("{name}: {told}."),
        None if compared == 0 => {
            format!("{name}: no package has a shipped policy to be compared with.")
        }
        None => format!(
            "{name}: of the {compared} of {all} packages that have a shipped policy to be compared with, none has an advantage \
             over it that is clear of 0."
        ),
    }
}

/// With what packages are compared, and which are not.
fn compared_with(shown: &Shown<'_>) -> String {
    let none: Vec<&str> = shown
        .on_frontier()
        .filter(|found| found.yardstick.is_none())
        .map(|found| found.name.as_str())
        .collect();
    let first = named(shown, 0);
    let mut text = format!(
        "Packages are compared with the shipped policy that promises most by {first} when it is scaled to their cost, within a \
         twentieth; a shipped policy in another size is not compared with itself."
    );
    if !none.is_empty() {
        let _ = write!(
            text,
            " Not compared, as no other shipped policy could be scaled so: {}.",
            none.join(", ")
        );
    }
    text
}

fn with_interval(of: Figure) -> String {
    match of.interval {
        Some((low, high)) => format!("{} ({} to {})", figure(of.value), figure(low), figure(high)),
        None => format!("{} (too few to tell)", figure(of.value)),
    }
}

fn figure(value: f64) -> String {
    grouped(value, decimals(value))
}

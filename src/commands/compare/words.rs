//! What a comparison says on the terminal.

use std::fmt::Write as _;

use crate::analysis::between::Between;
use crate::commands::compare::compared::Compared;
use crate::commands::compare::inputs::Change;
use crate::commands::compare::inputs::Kind;
use crate::commands::compare::opened::Opened;
use crate::commands::compare::results::RankChange;
use crate::commands::compare::results::ResultChange;
use crate::report::folder::output_folder;
use crate::report::text::console;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::decimals_that_show;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::signed;
use crate::scenario::money::said;

/// Changes and results of a table; the files have all.
const MOST_ROWS: usize = 12;
/// A longer text is cut in a table.
const LONGEST: usize = 44;
/// So many digits of a digest are shown.
const DIGITS: usize = 12;

/// So many digits of a difference are shown, whatever the size of what differs.
const OF_DIFFERENCE: usize = 2;

/// What the runs are, then inputs, results and rankings.
pub(super) fn summary(one: &Opened, other: &Opened, compared: &Compared) -> String {
    let mut text = heads(one, other);
    text.push('\n');
    if one.is_same(other) {
        text.push_str(&console::paragraph(
            "The two are the same run: inputs, results and rankings are the same to the byte.",
            0,
        ));
        return text;
    }
    if let Some(years) = compared.other_years {
        text.push_str(&of_other_years(years));
        text.push('\n');
    }
    text.push_str(&inputs(one, other, compared));
    text.push_str(&in_futures(one, other));
    text.push('\n');
    text.push_str(&results(compared));
    text.push('\n');
    text.push_str(&rankings(compared));
    text
}

/// A line for each run.
fn heads(one: &Opened, other: &Opened) -> String {
    let row = |mark: &str, run: &Opened| {
        let plan = run.plan();
        [
            mark.to_owned(),
            run.path.display().to_string(),
            format!("{} {}", plan.program, plan.version),
            plan.seed.to_string(),
            plan.replications.to_string(),
            run.digest.chars().take(DIGITS).collect(),
        ]
    };
    console::table(
        ["", "run", "made by", "seed", "replications", "digest"],
        &[row("A", one), row("B", other)],
    )
}

/// That the runs are of other years, and which results cannot be compared for that.
fn of_other_years([one, other]: [(u16, u16); 2]) -> String {
    let which = if one.0 == other.0 {
        format!("run A ends in {}, run B in {}", one.1, other.1)
    } else {
        format!("run A is of {} to {}, run B of {} to {}", one.0, one.1, other.0, other.1)
    };
    let again = if one.0 == other.0 {
        let (longer, until) = if one.1 > other.1 { ("A", other.1) } else { ("B", one.1) };
        format!("; run {longer} again with `--until {until}` to compare the two")
    } else {
        String::new()
    };
    let told = format!(
        "The runs are not of the same years: {which}. Present values, job-years and net_jobs cover different years in the \
         two and cannot be compared; metrics are of {}, the last year that both have{again}.",
        one.1.min(other.1)
    );
    console::paragraph(&told, 0)
}

fn inputs(one: &Opened, other: &Opened, compared: &Compared) -> String {
    let mut text = String::new();
    let [before, after] = [one, other].map(|run| &run.plan().version);
    if before != after {
        text.push_str(&console::paragraph(
            &format!(
                "The model changed: A was made by version {before}, B by version {after}. Results may differ for that \
                 reason alone, and nothing below is put down to inputs; CHANGELOG.md says what changed."
            ),
            0,
        ));
    }
    let scenarios = [one, other].map(|run| &run.plan().scenario);
    let is_one_scenario = scenarios[0] == scenarios[1];
    if !is_one_scenario {
        text.push_str(&console::paragraph(
            &format!(
                "A is of the scenario `{}` and B of `{}`: what differs is not the work of one change.",
                scenarios[0], scenarios[1]
            ),
            0,
        ));
    }
    for (run, mark) in [(one, "A"), (other, "B")] {
        if let Err(why) = &run.recipe {
            let why = console::paragraph(
                &format!(
                    "The inputs of {mark} are not read by this version ({why}), so only which files differ is told."
                ),
                0,
            );
            text.push_str(&why);
        }
    }
    if compared.inputs.is_empty() {
        text.push_str("Inputs: no difference.\n");
        return text;
    }
    if is_one_scenario {
        text.push_str(&decided_again(compared));
    }
    let rows: Vec<&Change> = compared.inputs.iter().filter(|it| is_shown(it, compared)).collect();
    let _ = writeln!(text, "Inputs: {}\n", counted(rows.len(), "difference"));
    let cells: Vec<[String; 5]> = rows
        .iter()
        .take(MOST_ROWS)
        .map(|change| {
            let [before, after] = change.sides.each_ref().map(|side| cut(side));
            let unit =
                if change.unit.is_empty() { String::new() } else { format!(" [{}]", change.unit) };
            let part = format!("{}{unit}", change.part);
            [format!("  {}", change.kind.name()), cut(&change.name), cut(&part), before, after]
        })
        .collect();
    text.push_str(&console::table(["  what", "which", "", "in A", "in B"], &cells));
    text.push_str(&more(rows.len(), "inputs.csv"));
    text
}

/// Futures of both are runs of their own, to be compared like any.
fn in_futures(one: &Opened, other: &Opened) -> String {
    let both =
        one.futures.iter().filter_map(|it| other.futures.iter().find(|to| to.name == it.name));
    let Some(first) = both.into_iter().next() else { return String::new() };
    let folder = |run: &Opened| output_folder::of_future(&run.path, &first.name);
    let (one, other) = (folder(one), folder(other));
    let told = format!(
        "What follows is of the present world; `yangjae compare {} {}` compares a future of both.",
        one.display(),
        other.display()
    );
    format!("\n{}", console::paragraph(&told, 0))
}

/// What new rows of observed.csv have come to.
fn decided_again(compared: &Compared) -> String {
    let count = |kind: Kind| compared.inputs.iter().filter(|change| change.kind == kind).count();
    let (rows, posterior) = (count(Kind::Observed), count(Kind::Posterior));
    if rows == 0 {
        return String::new();
    }
    let rows = counted(rows, "difference");
    let told = if posterior > 0 {
        format!(
            "observed.csv: {rows}, and the posterior with it: where nothing else differs, the results below are what \
             the figures changed."
        )
    } else {
        format!(
            "observed.csv: {rows}, and the posterior is the same: new figures bear on no result until `yangjae \
             calibrate --install` and a new run."
        )
    };
    console::paragraph(&told, 0)
}

/// A file goes without saying where something in it is told.
fn is_shown(change: &Change, compared: &Compared) -> bool {
    if change.kind != Kind::File {
        return true;
    }
    let tells = |kind: Kind| compared.inputs.iter().any(|other| other.kind == kind);
    let setting = |other: &Change| other.kind == Kind::Setting && other.name == change.name;
    match change.name.as_str() {
        "parameters.toml" => !tells(Kind::Parameter),
        "observed.csv" => !tells(Kind::Observed),
        name if name.rsplit('.').next() == Some("csv") => !tells(Kind::Posterior),
        name if name.starts_with("policies/") => !tells(Kind::Policy),
        _ => !compared.inputs.iter().any(setting),
    }
}

fn results(compared: &Compared) -> String {
    let all = &compared.results;
    if all.is_empty() {
        return "Results: none that both runs have.\n".to_owned();
    }
    let paired = all.iter().filter(|result| result.is_paired).count();
    let manner = if paired == all.len() {
        let pairs = all.iter().map(|result| result.between.replications[0]).min().unwrap_or(0);
        format!("paired over the same {pairs} replications, as both have the same seed and design")
    } else if paired == 0 {
        "independent, as the runs have not the same seed and design".to_owned()
    } else {
        format!("{paired} paired, the others by their means alone, as of a run of another version")
    };
    let mut told: Vec<&ResultChange> =
        all.iter().filter(|result| result.between.is_told()).collect();
    let size = |result: &ResultChange| match result.between.difference.se {
        Some(se) if se > 0.0 => (result.between.difference.mean / se).abs(),
        _ => f64::INFINITY,
    };
    // What policies add comes before what they lead to, unless it is of other years.
    let is_later =
        |result: &ResultChange| result.outcome.contains('@') != compared.other_years.is_some();
    told.sort_by(|one, other| {
        is_later(one).cmp(&is_later(other)).then(size(other).total_cmp(&size(one)))
    });
    let is_nothing = |result: &ResultChange| {
        result.between.difference.mean == 0.0
            && result.between.difference.se.is_none_or(|se| se == 0.0)
    };
    let same = all.iter().filter(|result| is_nothing(result)).count();
    if let [policy] = &compared.policies[..]
        && same == all.len()
    {
        let text = format!("Results: both runs have only `{policy}`, whose results are the same.");
        return console::paragraph(&text, 0);
    }
    let mut text = format!("Results, B less A, {manner}: ");
    if same == all.len() {
        text.push_str("every one is the same.");
        return console::paragraph(&text, 0);
    }
    let _ = write!(
        text,
        "of {} differences {} have a 95 % interval that leaves out 0 (about one in twenty would by chance alone); {same} \
         are exactly 0.",
        all.len(),
        told.len()
    );
    if compared.other_years.is_some() {
        text.push_str(
            " Those of outcomes without a year are differences between other years, whatever else differs.",
        );
    }
    let mut text = console::paragraph(&text, 0);
    if told.is_empty() {
        return text;
    }
    text.push('\n');
    let rows: Vec<[String; 6]> = told.iter().take(MOST_ROWS).map(|it| row(it, compared)).collect();
    let header = ["  policy", "outcome", "in A", "in B", "B less A", "95 % interval"];
    text.push_str(&console::table(header, &rows));
    text.push_str(&more(told.len(), "results.csv"));
    text
}

fn row(result: &ResultChange, compared: &Compared) -> [String; 6] {
    let Between { means: [one, other], difference, .. } = result.between;
    let usual = decimals(one.abs().max(other.abs()).min(difference.mean.abs().max(1e-9) * 100.0));
    let ends = difference.ci_low.zip(difference.ci_high);
    // Neither the difference nor an end of its interval is rounded to 0.
    let digits = ends
        .into_iter()
        .flat_map(|(low, high)| [low, high])
        .map(|end| decimals_that_show(end, 1))
        .chain([usual, decimals_that_show(difference.mean, OF_DIFFERENCE)])
        .fold(0, usize::max);
    let interval = ends.map_or_else(String::new, |(low, high)| {
        format!("{} to {}", signed(low, digits), signed(high, digits))
    });
    let unit = said(result.unit, Some(&compared.money)).into_owned();
    [
        format!("  {}", result.policy),
        format!("{} [{unit}]", result.outcome),
        grouped(one, digits),
        grouped(other, digits),
        signed(difference.mean, digits),
        interval,
    ]
}

fn rankings(compared: &Compared) -> String {
    if compared.ranks.is_empty() {
        return "Rankings: none, as the values of replications are not known of both runs.\n"
            .to_owned();
    }
    let (apart, alike): (Vec<&RankChange>, Vec<&RankChange>) =
        compared.ranks.iter().partition(|by| by.is_of_all_years && compared.other_years.is_some());
    let mut text = String::new();
    for by in alike {
        text.push_str(&console::paragraph(&ranking(by, compared), 0));
    }
    if !apart.is_empty() {
        let names: Vec<&str> = apart.iter().map(|by| by.criterion.as_str()).collect();
        let told = format!(
            "Ranks by {}: not compared, as A and B have {} of different years; compare/ranks.csv lists the ranks in each.",
            names.join(", "),
            if names.len() == 1 { "it" } else { "them" }
        );
        text.push_str(&console::paragraph(&told, 0));
    }
    text
}

/// What became of the ranks by one criterion.
fn ranking(by: &RankChange, compared: &Compared) -> String {
    let name = |place: usize| compared.options[place].as_str();
    let best = |ranks: &[usize]| {
        let first = (0..ranks.len()).filter(|&place| ranks[place] == 1).map(name);
        first.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ")
    };
    let [before, after] = by.ranks.each_ref().map(|ranks| best(ranks));
    let of_both = if compared.has_other_options { ", of the policies that both have" } else { "" };
    let mut text = format!("Ranks by {}{of_both}: ", by.criterion);
    if by.swaps.is_empty() {
        let _ = write!(text, "no policy passes another; {after} is best.");
        return text;
    }
    if before == after {
        let _ = write!(text, "{after} stays the best. ");
    } else {
        let _ = write!(text, "{before} is the best in A and {after} in B. ");
    }
    let told: Vec<_> = by.swaps.iter().filter(|swap| swap.is_told).collect();
    let _ = write!(text, "Pairs that change places: {}", by.swaps.len());
    if told.is_empty() {
        text.push_str(", none by more than the 95 % intervals of both runs.");
        return text;
    }
    let pair = |[one, other]: [usize; 2]| format!("`{}` passes `{}`", name(other), name(one));
    let named: Vec<String> = told.iter().take(MOST_ROWS).map(|swap| pair(swap.policies)).collect();
    let _ = write!(
        text,
        ", {} of them by more than the 95 % intervals of both runs: {}",
        told.len(),
        named.join(", ")
    );
    let left = told.len() - named.len();
    if left > 0 {
        let _ = write!(text, ", and {left} more");
    }
    text + "."
}

/// A number of things.
fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// How many rows only a file has.
fn more(count: usize, file: &str) -> String {
    match count.saturating_sub(MOST_ROWS) {
        0 => String::new(),
        left => format!("  and {left} more in compare/{file}\n"),
    }
}

/// A text that fits a column; nothing is a dash.
fn cut(text: &str) -> String {
    if text.is_empty() {
        return "-".to_owned();
    }
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}

//! What a decision says on the terminal.

use std::fmt::Write as _;

use crate::analysis::decision::boxes::Found;
use crate::analysis::decision::boxes::Limit;
use crate::analysis::decision::frontier::Status;
use crate::analysis::decision::information::Worth;
use crate::analysis::decision::judged::Learnt;
use crate::analysis::decision::judged::What;
use crate::analysis::decision::regret::choices;
use crate::analysis::decision::regret::disagree;
use crate::analysis::decision::switching::Crossing;
use crate::analysis::decision::switching::Direction;
use crate::commands::decide::decided::ByCriterion;
use crate::commands::decide::decided::Decided;
use crate::commands::decide::futures;
use crate::report::text::console;
use crate::report::text::language::number::grouped;
use crate::scenario::money::said;

/// Policies of a table.
const MOST_POLICIES: usize = 8;
/// Switching values, parameters and boxes that are told.
const MOST_TOLD: usize = 3;
/// With fewer replications nothing is said of parameters.
const FEWEST: usize = 100;
/// A switch that is less probable is not told.
const LEAST_PROBABLE: f64 = 0.02;

/// The most important in words, then a table for each criterion.
pub(super) fn summary(decided: &Decided<'_>) -> String {
    let mut text = String::new();
    for by in &decided.by_criterion {
        text.push_str(&of_criterion(decided, by));
        text.push('\n');
    }
    text.push_str(&worth_their_cost(decided));
    text
}

fn of_criterion(decided: &Decided<'_>, by: &ByCriterion) -> String {
    let money = &decided.scenario.money;
    let unit = said(by.unit, Some(money));
    let mut text = by.criterion.name.clone();
    if !unit.is_empty() {
        let _ = write!(text, " [{unit}]");
    }
    let less = if by.criterion.minimised { ", less is better" } else { "" };
    let _ = writeln!(text, "{less}, {} replications\n", decided.replications);
    text.push_str(&console::paragraph(&sentences(decided, by, &unit), 2));
    text.push('\n');
    let best_first = |place: &usize| by.judged.ranked[*place].rank;
    let mut order: Vec<usize> = (0..by.judged.ranked.len()).collect();
    order.sort_by_key(best_first);
    let rows: Vec<[String; 8]> = order
        .iter()
        .take(MOST_POLICIES)
        .map(|&policy| {
            let ranked = &by.judged.ranked[policy];
            let (low, high) = (by.own(ranked.p05), by.own(ranked.p95));
            [
                format!("  {}", decided.policy(policy)),
                figure(by.own(ranked.mean)),
                format!("{} to {}", figure(low.min(high)), figure(low.max(high))),
                share(ranked.probability_best),
                share(ranked.probability_best_on_average),
                share(ranked.probability_loss),
                figure(ranked.expected_loss),
                format!("{} ({} to {})", ranked.rank, ranked.rank_p05, ranked.rank_p95),
            ]
        })
        .collect();
    let header = [
        "  policy",
        "mean",
        "middle 90 %",
        "P(best)",
        "on average",
        "P(loss)",
        "exp. loss",
        "rank",
    ];
    text.push_str(&console::table(header, &rows));
    if order.len() > MOST_POLICIES {
        let _ =
            writeln!(text, "  and {} more in decision/ranking.csv", order.len() - MOST_POLICIES);
    }
    text.push_str(&futures::told(decided, by, figure));
    text
}

fn sentences(decided: &Decided<'_>, by: &ByCriterion, unit: &str) -> String {
    let judged = &by.judged;
    let Some(&best) = judged.leading.first() else { return String::new() };
    let name = decided.policy(best);
    let ranked = &judged.ranked[best];
    let mut text = format!(
        "`{name}` has the best mean, {}. It is best in {} of replications, and in {} of parameter draws by the mean \
         that the parameters leave it.",
        figure(by.own(ranked.mean)),
        share(ranked.probability_best),
        share(ranked.probability_best_on_average),
    );
    let most_often = (0..judged.ranked.len())
        .max_by(|&one, &other| {
            let of = |place: usize| judged.ranked[place].probability_best;
            of(one).total_cmp(&of(other)).then(other.cmp(&one))
        })
        .filter(|&policy| judged.ranked[policy].probability_best > ranked.probability_best);
    if let Some(policy) = most_often {
        let _ = write!(
            text,
            " `{}` is best more often, in {}.",
            decided.policy(policy),
            share(judged.ranked[policy].probability_best)
        );
    }
    if decided.replications < FEWEST {
        let _ = write!(
            text,
            " {} replications are too few to tell what parameters do: more say what would change the choice, what is worth \
             learning first and where it fails.",
            decided.replications
        );
        return text;
    }
    text.push_str(&overtaken(decided, by, best));
    text.push_str(&worth_learning(decided, by, unit));
    text.push_str(&where_it_fails(decided, by, best));
    text.push_str(&by_rules(decided, by, best));
    text
}

/// What rules for when probabilities are not trusted pick. They go by means given the parameters, and say nothing
/// where no effect of parameters is found.
fn by_rules(decided: &Decided<'_>, by: &ByCriterion, best: usize) -> String {
    let judged = &by.judged;
    if judged.explained[best] <= 0.0 && by.worlds.is_empty() {
        return " No effect of parameters on it is found at this number of replications, so rules for when \
                probabilities are not trusted say nothing of it."
            .to_owned();
    }
    let robust = choices(&judged.robust);
    if !disagree(&robust) {
        return " Every rule for when probabilities are not trusted picks the same policy."
            .to_owned();
    }
    let told: Vec<String> = robust
        .iter()
        .map(|choice| {
            let names: Vec<String> =
                choice.policies.iter().map(|&it| format!("`{}`", decided.policy(it))).collect();
            format!(" {} picks {}", choice.rule.name(), names.join(" or "))
        })
        .collect();
    format!(" Rules for when probabilities are not trusted disagree:{}.", told.join(";"))
}

/// Where another policy overtakes the best: the most probable switches.
fn overtaken(decided: &Decided<'_>, by: &ByCriterion, best: usize) -> String {
    let of_best = by.judged.switches.iter().filter(|switches| switches.policy == best);
    let mut told: Vec<(usize, &Crossing)> = of_best
        .flat_map(|switches| switches.single.iter().map(|crossing| (switches.other, crossing)))
        .filter(|(_, it)| it.is_told && it.inside_range && it.probability_beyond >= LEAST_PROBABLE)
        .collect();
    told.sort_by(|one, other| other.1.probability_beyond.total_cmp(&one.1.probability_beyond));
    if told.is_empty() {
        return " No single parameter within its range is told to make another leading policy better.".to_owned();
    }
    let of = |(other, crossing): &(usize, &Crossing)| {
        let side = match crossing.direction {
            Direction::Above => "above",
            Direction::Below => "below",
        };
        format!(
            "`{}` overtakes it where `{}` is {side} {} (probability {})",
            decided.policy(*other),
            decided.parameter(crossing.parameter).name,
            figure(crossing.value),
            share(crossing.probability_beyond)
        )
    };
    let told: Vec<String> = told.iter().take(MOST_TOLD).map(of).collect();
    format!(" By the smoothed difference, {}.", told.join("; "))
}

/// What is worth to be learnt, at most.
fn worth_learning(decided: &Decided<'_>, by: &ByCriterion, unit: &str) -> String {
    let mut parameters: Vec<(&str, &Learnt)> = Vec::new();
    let mut all = Worth::NOTHING;
    for learnt in &by.judged.learnt {
        match learnt.what {
            What::All => all = learnt.worth,
            What::Parameter(place)
                if learnt.worth.value - 2.0 * learnt.worth.se > learnt.worth.upward_bias =>
            {
                parameters.push((&decided.parameter(place).name, learnt));
            }
            What::Group(_) | What::Parameter(_) => {}
        }
    }
    parameters.sort_by(|one, other| other.1.worth.value.total_cmp(&one.1.worth.value));
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    if all.value <= 2.0 * all.se {
        return format!(
            " What it is worth to know every parameter before deciding is not told from 0: {} (± {}){unit}.",
            figure(all.value),
            figure(all.se)
        );
    }
    let mut text = format!(
        " To know every parameter before deciding is worth about {} (± {}){unit}",
        figure(all.value),
        figure(all.se)
    );
    if parameters.is_empty() {
        text.push_str("; of single parameters none is told to be worth anything.");
        return text;
    }
    let told: Vec<String> = parameters
        .iter()
        .take(MOST_TOLD)
        .map(|(name, learnt)| {
            if learnt.is_capped {
                format!("`{name}` as much, as far as the estimate tells")
            } else {
                format!("`{name}` {} (± {})", figure(learnt.worth.value), figure(learnt.worth.se))
            }
        })
        .collect();
    let _ = write!(text, "; to know one alone, {}.", told.join(", "));
    text
}

/// For which parameters the best policy fails.
fn where_it_fails(decided: &Decided<'_>, by: &ByCriterion, best: usize) -> String {
    let Some(fails) = by.judged.fails.iter().find(|fails| fails.policy == best) else {
        return String::new();
    };
    let what = by.target.map_or_else(
        || "is worse than the baseline".to_owned(),
        |target| format!("falls short of {}", figure(target)),
    );
    if fails.share <= 0.0 {
        return format!(" It {what} in no replication.");
    }
    let mut text = format!(" It {what} in {} of replications", share(fails.share));
    match fails.prim.first() {
        None if fails.real >= 1.0 => text.push_str(", whatever the parameters are."),
        None => text.push_str(
            "; the search finds no region of parameters in which it mostly does, that passes its tests at this \
             number of replications.",
        ),
        Some(found) => {
            let _ = write!(
                text,
                ": where {}, {} do, which are {} of the failures that are not chance.",
                in_words(decided, found),
                share(found.density),
                share(found.coverage)
            );
        }
    }
    text
}

/// The limits of a box.
fn in_words(decided: &Decided<'_>, found: &Found) -> String {
    let limit = |limit: &Limit| {
        let name = &decided.parameter(limit.parameter).name;
        match (limit.low, limit.high) {
            (Some(low), Some(high)) => {
                format!("`{name}` is {} to {}", figure(low), figure(high))
            }
            (Some(low), None) => format!("`{name}` is at least {}", figure(low)),
            (None, Some(high)) => format!("`{name}` is at most {}", figure(high)),
            (None, None) => format!("`{name}` is anything"),
        }
    };
    found.limits.iter().map(limit).collect::<Vec<_>>().join(" and ")
}

/// Which policies are worth their cost in job-years.
fn worth_their_cost(decided: &Decided<'_>) -> String {
    let money = decided.scenario.money.account;
    let mut on: Vec<(usize, f64)> = decided
        .frontier
        .iter()
        .enumerate()
        .filter(|(_, placed)| placed.status == Status::OnFrontier)
        .map(|(policy, placed)| (policy, placed.at.cost))
        .collect();
    on.sort_by(|one, other| one.1.total_cmp(&other.1));
    let told: Vec<String> = on
        .iter()
        .map(|&(policy, _)| {
            let name = decided.policy(policy);
            match decided.frontier[policy].icer {
                None => format!("`{name}`"),
                Some(icer) => {
                    format!("`{name}` at {money} {} for each further job-year", figure(icer))
                }
            }
        })
        .collect();
    let others = on.len() < decided.frontier.len();
    let others = if others {
        " Of every other policy, another one or a mix of two has more job-years at less cost."
    } else {
        ""
    };
    console::paragraph(
        &format!(
            "By public cost and net job-years of the city, both discounted and before displacement in product markets, on the \
             frontier of means: {}.{others}",
            told.join(", ")
        ),
        0,
    )
}

/// A figure with as many digits as it deserves.
fn figure(value: f64) -> String {
    let digits = match value.abs() {
        0.0 => 0,
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        size if size >= 0.01 => 4,
        _ => 6,
    };
    grouped(value, digits)
}

/// A share in per cent.
fn share(value: f64) -> String {
    if value > 0.0 && value < 0.005 {
        "under 1 %".to_owned()
    } else if value < 1.0 && value > 0.995 {
        "over 99 %".to_owned()
    } else {
        format!("{:.0} %", 100.0 * value)
    }
}

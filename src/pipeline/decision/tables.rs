//! The tables of `decision/`.

use crate::analysis::decision::MOST_LISTED;
use crate::analysis::decision::boxes::Found;
use crate::analysis::decision::dominance::Order;
use crate::analysis::decision::judged::FEWEST;
use crate::analysis::decision::judged::Fails;
use crate::analysis::decision::judged::Region;
use crate::analysis::decision::judged::Switches;
use crate::analysis::decision::judged::What;
use crate::analysis::decision::regret::choices;
use crate::analysis::decision::switching::Direction;
use crate::pipeline::decision::decided::ByCriterion;
use crate::pipeline::decision::decided::Decided;
use crate::report::tables::decision::acceptability::DecisionAcceptability;
use crate::report::tables::decision::boxes::FailureBox;
use crate::report::tables::decision::budgets::DecisionBudget;
use crate::report::tables::decision::dominance::PolicyDominance;
use crate::report::tables::decision::frontier::CostFrontier;
use crate::report::tables::decision::given_parameters::GivenParameters;
use crate::report::tables::decision::information::CANNOT_ACT;
use crate::report::tables::decision::information::CAPPED;
use crate::report::tables::decision::information::InformationWorth;
use crate::report::tables::decision::information::NONE_VARIES;
use crate::report::tables::decision::information::ONLY_IN_ACCOUNTS;
use crate::report::tables::decision::ranking::DecisionRanking;
use crate::report::tables::decision::regret::DecisionRegret;
use crate::report::tables::decision::switching::SwitchingPair;
use crate::report::tables::decision::switching::SwitchingValue;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;
use crate::scenario::future::PRESENT;

/// What is said of estimates that rest on too little.
const FEW: &str = "not told: fewer than 100 replications";
const NO_EFFECT: &str = "not told: no effect of parameters is found on the difference between the best policy and some of its rivals (told in ranking.csv)";
const WITHOUT_RIVALS: &str = "without rivals of the best policy on whose difference no effect of parameters is found (told in ranking.csv)";

/// Writes every table, without giving it its name yet.
///
/// # Errors
///
/// Fails if the disk does not take one.
pub fn write(to: Target<'_>, decided: &Decided<'_>) -> Result<Vec<CompleteTable>, TableError> {
    Ok(vec![
        ranking(to, decided)?,
        dominance(to, decided)?,
        acceptability(to, decided)?,
        budgets(to, decided)?,
        frontier(to, decided)?,
        regret(to, decided)?,
        switching(to, decided)?,
        switching_pairs(to, decided)?,
        information(to, decided)?,
        boxes(to, decided)?,
        given_parameters(to, decided)?,
    ])
}

fn ranking(to: Target<'_>, decided: &Decided<'_>) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<DecisionRanking<'_>>::create(to)?;
    for by in &decided.by_criterion {
        let of_policies = by.judged.ranked.iter().zip(&by.judged.explained).enumerate();
        for (policy, (ranked, &explained)) in of_policies {
            let (low, high) = (by.own(ranked.p05), by.own(ranked.p95));
            table.row(&DecisionRanking {
                criterion: &by.criterion.name,
                unit: by.unit,
                policy: decided.policy(policy),
                mean: by.own(ranked.mean),
                mean_se: ranked.mean_se,
                // Never a negative zero.
                lead: by.own(ranked.lead) + 0.0,
                lead_se: ranked.lead_se,
                p05: low.min(high),
                p50: by.own(ranked.p50),
                p95: low.max(high),
                probability_best: ranked.probability_best,
                probability_best_se: ranked.probability_best_se,
                probability_best_on_average: ranked.probability_best_on_average,
                probability_loss: ranked.probability_loss,
                probability_loss_se: ranked.probability_loss_se,
                failures: by.fails(policy).map(|fails| fails.share),
                real_failures: by.fails(policy).map(|fails| fails.real),
                expected_loss: ranked.expected_loss,
                expected_loss_se: ranked.expected_loss_se,
                explained,
                told: by.judged.tells(policy, decided.replications),
                rank: ranked.rank,
                rank_p05: ranked.rank_interval.map(|it| it.0),
                rank_p95: ranked.rank_interval.map(|it| it.1),
            })?;
        }
    }
    table.complete()
}

fn dominance(to: Target<'_>, decided: &Decided<'_>) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<PolicyDominance<'_>>::create(to)?;
    for by in &decided.by_criterion {
        for found in &by.judged.dominance {
            table.row(&PolicyDominance {
                criterion: &by.criterion.name,
                policy: decided.policy(found.policy),
                other: decided.policy(found.other),
                order: if found.order == Order::First { 1 } else { 2 },
                holds: found.holds,
                probability: found.probability,
            })?;
        }
    }
    table.complete()
}

fn acceptability(to: Target<'_>, decided: &Decided<'_>) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<DecisionAcceptability<'_>>::create(to)?;
    for at in &decided.acceptability {
        for policy in 0..decided.options.len() {
            table.row(&DecisionAcceptability {
                threshold: at.threshold,
                unit: "{money}/(person year)",
                policy: decided.policy(policy),
                net_benefit: at.net_benefit[policy],
                net_benefit_se: at.net_benefit_se[policy],
                probability_best: at.probability_best[policy],
                probability_best_se: at.probability_best_se[policy],
                is_optimal: at.is_optimal[policy],
            })?;
        }
    }
    table.complete()
}

fn budgets(to: Target<'_>, decided: &Decided<'_>) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<DecisionBudget<'_>>::create(to)?;
    for at in &decided.budgets {
        for policy in 0..decided.options.len() {
            table.row(&DecisionBudget {
                budget: at.budget,
                policy: decided.policy(policy),
                probability_within: at.probability_within[policy],
                probability_within_se: at.probability_within_se[policy],
                probability_best: at.probability_best[policy],
                probability_best_se: at.probability_best_se[policy],
                is_best: at.is_best[policy],
            })?;
        }
    }
    table.complete()
}

fn frontier(to: Target<'_>, decided: &Decided<'_>) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<CostFrontier<'_>>::create(to)?;
    for (policy, (placed, error)) in decided.frontier.iter().enumerate() {
        table.row(&CostFrontier {
            policy: decided.policy(policy),
            cost: placed.at.cost,
            cost_se: error.cost_se,
            effect: placed.at.effect,
            effect_se: error.effect_se,
            icer: placed.icer,
            icer_p05: error.icer.map(|(low, _)| low),
            icer_p95: error.icer.map(|(_, high)| high),
            probability_on_frontier: error.probability_on_frontier,
            status: placed.status.name(),
        })?;
    }
    table.complete()
}

fn regret(to: Target<'_>, decided: &Decided<'_>) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<DecisionRegret<'_>>::create(to)?;
    for by in &decided.by_criterion {
        let choices = choices(&by.judged.robust);
        for (policy, robust) in by.judged.robust.iter().enumerate() {
            let chosen = choices.iter().filter(|choice| choice.policies.contains(&policy));
            let chosen: Vec<&str> = chosen.map(|choice| choice.rule.name()).collect();
            table.row(&DecisionRegret {
                criterion: &by.criterion.name,
                policy: decided.policy(policy),
                minimax_regret: robust.largest_regret,
                mean_regret: robust.mean_regret,
                mean_regret_se: robust.mean_regret_se,
                p95_regret: robust.p95_regret,
                maximin: by.own(robust.worst),
                hurwicz: by.own(robust.hurwicz),
                target: by.target,
                satisficing_share: robust.satisficing_share,
                satisficing_share_se: robust.satisficing_share_se,
                mean_less_k_sd: robust.mean_less_deviations.map(|it| by.own(it)),
                chosen_by: &chosen.join(", "),
                told: by.judged.tells(policy, decided.replications),
            })?;
        }
    }
    table.complete()
}

/// Each criterion with each pair of its leading policies.
fn pairs<'d>(decided: &'d Decided<'_>) -> impl Iterator<Item = (&'d ByCriterion, &'d Switches)> {
    decided.by_criterion.iter().flat_map(|by| by.judged.switches.iter().map(move |it| (by, it)))
}

fn switching(to: Target<'_>, decided: &Decided<'_>) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<SwitchingValue<'_>>::create(to)?;
    for (by, switches) in pairs(decided) {
        for crossing in &switches.single {
            let spec = decided.parameter(by, crossing.parameter);
            table.row(&SwitchingValue {
                criterion: &by.criterion.name,
                policy: decided.policy(switches.policy),
                other: decided.policy(switches.other),
                parameter: &spec.name,
                parameter_unit: spec.unit,
                value: crossing.value,
                se: crossing.se,
                direction: match crossing.direction {
                    Direction::Above => "above",
                    Direction::Below => "below",
                },
                probability_beyond: crossing.probability_beyond,
                probability_beyond_se: share_error(
                    crossing.probability_beyond,
                    decided.replications,
                ),
                inside_range: crossing.inside_range,
                told: crossing.is_told,
            })?;
        }
    }
    table.complete()
}

fn switching_pairs(to: Target<'_>, decided: &Decided<'_>) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<SwitchingPair<'_>>::create(to)?;
    for (by, switches) in pairs(decided) {
        for rule in &switches.pairs {
            let [first, second] = rule.parameters;
            table.row(&SwitchingPair {
                criterion: &by.criterion.name,
                policy: decided.policy(switches.policy),
                other: decided.policy(switches.other),
                parameter: &decided.parameter(by, first).name,
                second_parameter: &decided.parameter(by, second).name,
                constant: rule.constant,
                coefficient: rule.coefficients[0],
                second_coefficient: rule.coefficients[1],
                accuracy: rule.accuracy,
                accuracy_se: rule.accuracy_se,
                accuracy_of_one: rule.accuracy_of_one,
                accuracy_of_none: rule.accuracy_of_none,
            })?;
        }
    }
    table.complete()
}

fn information(to: Target<'_>, decided: &Decided<'_>) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<InformationWorth<'_>>::create(to)?;
    for by in &decided.by_criterion {
        let (criterion, unit) = (by.criterion.name.as_str(), by.unit);
        let is_told = by.judged.tells(by.judged.best(), decided.replications);
        for learnt in &by.judged.learnt {
            let (what, kind, survey_size) = match learnt.what {
                What::All => ("all", "all", None),
                What::Group(name) => (name, "group", None),
                What::Parameter(place) => (&*decided.parameter(by, place).name, "parameter", None),
                What::Survey(place, size) => {
                    (&*decided.parameter(by, place).name, "survey", Some(size))
                }
            };
            let is_nothing = learnt.worth.value <= 0.0;
            let (worth, note) = if by.parameters.is_empty() {
                (Some(learnt.worth), NONE_VARIES)
            } else if decided.replications < FEWEST {
                (None, FEW)
            } else if is_told {
                (Some(learnt.worth), if learnt.is_capped { CAPPED } else { "" })
            } else if is_nothing {
                (None, NO_EFFECT)
            } else {
                (Some(learnt.worth), WITHOUT_RIVALS)
            };
            table.row(&InformationWorth {
                criterion,
                what,
                kind,
                survey_size,
                value: worth.map(|worth| worth.value),
                se: worth.map(|worth| worth.se),
                upward_bias: worth.map(|worth| worth.upward_bias),
                unit,
                note,
            })?;
        }
        let without_effect = decided.without_effect.iter().map(|it| (it, CANNOT_ACT));
        let in_accounts = by.in_accounts.iter().map(|it| (it, ONLY_IN_ACCOUNTS));
        for (&parameter, note) in without_effect.chain(in_accounts) {
            table.row(&InformationWorth {
                criterion,
                what: &decided.scenario.register[parameter].name,
                kind: "parameter",
                survey_size: None,
                value: Some(0.0),
                se: Some(0.0),
                upward_bias: Some(0.0),
                unit,
                note,
            })?;
        }
    }
    table.complete()
}

fn boxes(to: Target<'_>, decided: &Decided<'_>) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<FailureBox<'_>>::create(to)?;
    for by in &decided.by_criterion {
        for fails in &by.judged.fails {
            for (method, found) in [("prim", &fails.prim), ("cart", &fails.cart)] {
                for (place, found) in found.iter().enumerate() {
                    let of = (method, place + 1, found);
                    for row in limits((decided, by), fails, of) {
                        table.row(&row)?;
                    }
                }
            }
        }
    }
    table.complete()
}

/// The first [`MOST_LISTED`] replications, as of the outcomes, in the present world and each future.
fn given_parameters(to: Target<'_>, decided: &Decided<'_>) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<GivenParameters<'_>>::create(to)?;
    for by in &decided.by_criterion {
        let futures = by.worlds.iter().skip(1).map(|world| world.name.as_str());
        let worlds: Vec<&str> = std::iter::once(PRESENT).chain(futures).collect();
        for (policy, values) in by.judged.smooth.iter().enumerate() {
            let fails = by.fails(policy);
            for (world, values) in worlds.iter().zip(values.chunks(decided.replications)) {
                for (replication, &value) in (0..MOST_LISTED).zip(values) {
                    let fails = fails.filter(|_| *world == PRESENT);
                    table.row(&GivenParameters {
                        criterion: &by.criterion.name,
                        policy: decided.policy(policy),
                        future: world,
                        replication,
                        value: by.own(value),
                        is_case: fails.map(|fails| fails.cases[replication as usize]),
                    })?;
                }
            }
        }
    }
    table.complete()
}

/// The standard error of a share of so many; nothing of none.
fn share_error(share: f64, of: usize) -> Option<f64> {
    (of > 0).then(|| (share * (1.0 - share) / of as f64).sqrt())
}

/// How many cases there are, of which a box holds a part.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count again")]
fn cases(found: &Found) -> usize {
    if found.coverage > 0.0 { (found.cases as f64 / found.coverage).round() as usize } else { 0 }
}

/// The rows of one box.
fn limits<'d>(
    (decided, by): (&'d Decided<'_>, &'d ByCriterion),
    fails: &'d Fails,
    (method, box_number, region): (&'static str, usize, &'d Region),
) -> impl Iterator<Item = FailureBox<'d>> {
    let Region { found, failing, of } = region;
    let (failing, of) = (*failing as f64, *of as f64);
    found.limits.iter().map(move |limit| FailureBox {
        criterion: &by.criterion.name,
        policy: decided.policy(fails.policy),
        method,
        box_number,
        parameter: &decided.parameter(by, limit.parameter).name,
        low: limit.low,
        high: limit.high,
        coverage: found.coverage,
        coverage_se: share_error(found.coverage, cases(found)),
        density: found.density,
        density_se: share_error(found.density, found.replications),
        mass: found.mass,
        failures_inside: failing / found.replications.max(1) as f64,
        failures_covered: failing / of.max(1.0),
        quasi_p: limit.quasi_p,
    })
}

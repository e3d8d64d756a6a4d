//! Robust choices: how each policy does over states of the world whose probabilities nobody knows.

use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;
use crate::analysis::statistics::Moments;
use crate::analysis::statistics::quantile::quantile;

use crate::analysis::decision::sample::Sample;
use crate::analysis::decision::sample::highest;

/// What the one who decides makes of uncertainty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attitude {
    /// The weight of the best state in Hurwicz's rule, 0 to 1; the worst has the rest.
    pub optimism: f64,
    /// The outcome that is good enough, in its unit.
    pub target: Option<f64>,
    /// How many standard deviations are taken off the mean.
    pub deviations: f64,
}

impl Default for Attitude {
    /// Halfway between the best and the worst, no target, one standard deviation.
    fn default() -> Self {
        Self { optimism: 0.5, target: None, deviations: 1.0 }
    }
}

/// How a policy does over states: futures times parameter draws.
///
/// All but the regrets are in the unit of the outcome, more being better; regrets are too, less
/// being better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Robustness {
    /// The largest regret over states.
    pub largest_regret: f64,
    /// The mean regret, all states counting the same.
    pub mean_regret: f64,
    /// The standard error of the mean regret over states; unknown for one.
    pub mean_regret_se: Option<f64>,
    /// The 95 % quantile of the regret.
    pub p95_regret: f64,
    /// The outcome in the worst state.
    pub worst: f64,
    /// The weighted mean of the outcomes in the best and in the worst state.
    pub hurwicz: f64,
    /// The share of states in which the outcome is at least the target; none without a target.
    pub satisficing_share: Option<f64>,
    /// The standard error of that share over states; unknown for one.
    pub satisficing_share_se: Option<f64>,
    /// The mean less so many standard deviations (divisor n − 1); unknown for one state.
    pub mean_less_deviations: Option<f64>,
}

/// How each policy does, in the order of policies, with one value a state in place of a
/// replication.
///
/// The states are those of so many worlds, one after the other, with the same draws in each.
///
/// The values are to be means given the parameter draws: with chance in them, chance would pass
/// for regret. `None` where a figure is not finite or the optimism is no share.
///
/// # Formula
///
/// ```text
/// regret(p, s) = max_q m(q, s) − m(p, s);  hurwicz(p) = α max_s m(p, s) + (1 − α) min_s m(p, s)
/// ```
///
/// # Source
///
/// Savage (1951), Journal of the American Statistical Association 46, 55–67; Hurwicz (1951), Cowles
/// Commission Discussion Paper 370; a comparison of the rules: `McPhail` and others (2018), Earth's
/// Future 6, 169–191.
#[must_use]
pub fn robustness(
    outcome: Sample<'_>,
    attitude: Attitude,
    (design, worlds): (Design, usize),
) -> Option<Vec<Robustness>> {
    if !(0.0..=1.0).contains(&attitude.optimism) {
        return None;
    }
    let of_policies = outcome.of_policies().iter().zip(outcome.losses());
    of_policies
        .map(|(values, regrets)| of_policy(values, regrets, attitude, (design, worlds)))
        .collect()
}

fn of_policy(
    values: &[f64],
    mut regrets: Vec<f64>,
    attitude: Attitude,
    (design, worlds): (Design, usize),
) -> Option<Robustness> {
    let error = |values: &[f64]| Some(Estimate::of(&over_worlds(values, worlds), design)?.se);
    let mean_regret = Moments::of(&regrets).mean()?;
    let mean_regret_se = error(&regrets)?;
    regrets.sort_by(f64::total_cmp);
    let worst = values.iter().copied().reduce(f64::min)?;
    let best = values.iter().copied().reduce(f64::max)?;
    let moments = Moments::of(values);
    let mean = moments.mean()?;
    let reached = |target: f64| -> Vec<f64> {
        values.iter().map(|&value| f64::from(u8::from(value >= target))).collect()
    };
    let reached = attitude.target.map(reached);
    let less = |deviation: f64| mean - attitude.deviations * deviation;
    Some(Robustness {
        largest_regret: *regrets.last()?,
        mean_regret,
        mean_regret_se,
        p95_regret: quantile(&regrets, 0.95)?,
        worst,
        hurwicz: attitude.optimism * best + (1.0 - attitude.optimism) * worst,
        satisficing_share: reached.as_ref().and_then(|reached| Moments::of(reached).mean()),
        satisficing_share_se: reached.and_then(|reached| error(&reached)?),
        mean_less_deviations: moments.standard_deviation().map(less),
    })
}

/// The mean over worlds of each draw: worlds share their draws, so that only these tell an error.
fn over_worlds(values: &[f64], worlds: usize) -> Vec<f64> {
    let draws = values.len() / worlds.max(1);
    let mean = |draw: usize| {
        let of_draw = values.iter().skip(draw).step_by(draws.max(1));
        of_draw.sum::<f64>() / worlds.max(1) as f64
    };
    (0..draws).map(mean).collect()
}

/// A rule by which to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The smallest largest regret: Savage's.
    MinimaxRegret,
    /// The smallest mean regret, which is the highest mean outcome: Laplace's.
    MeanRegret,
    /// The smallest 95 % quantile of regret.
    P95Regret,
    /// The best outcome in the worst state: Wald's.
    Maximin,
    /// The best weighted mean of best and worst state: Hurwicz's.
    Hurwicz,
    /// The largest share of states in which the target is reached: Simon's.
    Satisficing,
    /// The highest mean less so many standard deviations.
    MeanLessDeviations,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 7] = [
        Self::MinimaxRegret,
        Self::MeanRegret,
        Self::P95Regret,
        Self::Maximin,
        Self::Hurwicz,
        Self::Satisficing,
        Self::MeanLessDeviations,
    ];

    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MinimaxRegret => "minimax_regret",
            Self::MeanRegret => "mean_regret",
            Self::P95Regret => "p95_regret",
            Self::Maximin => "maximin",
            Self::Hurwicz => "hurwicz",
            Self::Satisficing => "satisficing_share",
            Self::MeanLessDeviations => "mean_less_k_sd",
        }
    }

    /// How well a policy does by this rule, more being better; `None` where that is unknown.
    #[must_use]
    pub fn merit(self, of: &Robustness) -> Option<f64> {
        match self {
            Self::MinimaxRegret => Some(-of.largest_regret),
            Self::MeanRegret => Some(-of.mean_regret),
            Self::P95Regret => Some(-of.p95_regret),
            Self::Maximin => Some(of.worst),
            Self::Hurwicz => Some(of.hurwicz),
            Self::Satisficing => of.satisficing_share,
            Self::MeanLessDeviations => of.mean_less_deviations,
        }
    }
}

/// What a rule picks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The rule.
    pub rule: Rule,
    /// The places of the policies that are best by it: several where they are equal.
    pub policies: Vec<usize>,
}

/// What each rule picks that can be applied, in the order of [`Rule::ALL`].
#[must_use]
pub fn choices(policies: &[Robustness]) -> Vec<Choice> {
    let pick = |rule: Rule| {
        let merits: Option<Vec<f64>> = policies.iter().map(|of| rule.merit(of)).collect();
        Some(Choice { rule, policies: highest(&merits?) })
    };
    Rule::ALL.into_iter().filter_map(pick).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(values: &[Vec<f64>], attitude: Attitude) -> Vec<Robustness> {
        robustness(Sample::new(values).unwrap(), attitude, (Design::blocks_of(1), 1)).unwrap()
    }

    #[track_caller]
    fn check(found: &[Robustness], part: impl Fn(&Robustness) -> f64, expected: [f64; 3]) {
        for (one, expected) in found.iter().zip(expected) {
            assert!((part(one) - expected).abs() < 1e-12, "{one:?}, expected {expected}");
        }
    }

    fn picked(choices: &[Choice], rule: Rule) -> &[usize] {
        &choices.iter().find(|choice| choice.rule == rule).unwrap().policies
    }

    /// Textbook matrix 10 4 1; 7 7 3; 5 5 5: regret picks the second, Hurwicz at 0.6 the first.
    #[test]
    fn a_textbook_matrix_gives_the_textbook_figures() {
        let values = [vec![10.0, 4.0, 1.0], vec![7.0, 7.0, 3.0], vec![5.0, 5.0, 5.0]];
        let attitude = Attitude { optimism: 0.6, target: Some(5.0), ..Attitude::default() };
        let found = found(&values, attitude);
        check(&found, |one| one.largest_regret, [4.0, 3.0, 5.0]);
        check(&found, |one| one.mean_regret, [7.0 / 3.0, 5.0 / 3.0, 7.0 / 3.0]);
        check(&found, |one| one.hurwicz, [6.4, 5.4, 5.0]);
        check(&found, |one| one.worst, [1.0, 3.0, 5.0]);
        check(&found, |one| one.satisficing_share.unwrap(), [1.0 / 3.0, 2.0 / 3.0, 1.0]);
        // Regrets 0 3 4; 0 2 3; 0 2 5: type 7 at 0.95 lies 0.9 of the way from the second to the third.
        check(&found, |one| one.p95_regret, [3.9, 2.9, 4.7]);
        let deviation = |square: f64| (square / 2.0_f64).sqrt();
        let expected = [5.0 - deviation(42.0), 17.0 / 3.0 - deviation(32.0 / 3.0), 5.0];
        check(&found, |one| one.mean_less_deviations.unwrap(), expected);
        let choices = choices(&found);
        assert_eq!(choices.len(), Rule::ALL.len());
        assert_eq!(picked(&choices, Rule::MinimaxRegret), [1]);
        assert_eq!(picked(&choices, Rule::MeanRegret), [1]);
        assert_eq!(picked(&choices, Rule::Hurwicz), [0]);
        assert_eq!(picked(&choices, Rule::Maximin), [2]);
        assert_eq!(picked(&choices, Rule::Satisficing), [2]);
    }

    /// Textbook matrix −4 4 12; −2 3 8; 3 2 1: three rules, three choices.
    #[test]
    fn three_rules_may_make_three_choices() {
        let values = [vec![-4.0, 4.0, 12.0], vec![-2.0, 3.0, 8.0], vec![3.0, 2.0, 1.0]];
        let found = found(&values, Attitude::default());
        check(&found, |one| one.largest_regret, [7.0, 5.0, 11.0]);
        check(&found, |one| one.worst, [-4.0, -2.0, 1.0]);
        // The mean of the best is 19/3, the means are 4, 3 and 2.
        check(&found, |one| 19.0 / 3.0 - one.mean_regret, [4.0, 3.0, 2.0]);
        let choices = choices(&found);
        // Without a target nothing is good enough.
        assert_eq!(choices.len(), Rule::ALL.len() - 1);
        assert_eq!(picked(&choices, Rule::MinimaxRegret), [1]);
        assert_eq!(picked(&choices, Rule::Maximin), [2]);
        assert_eq!(picked(&choices, Rule::MeanRegret), [0]);
    }

    #[test]
    fn rules_agree_on_what_is_best_everywhere() {
        let values = [vec![1.0, 2.0, 4.0], vec![2.0, 3.0, 5.0], vec![2.0, 3.0, 5.0]];
        let found = found(&values, Attitude { target: Some(9.0), ..Attitude::default() });
        let choices = choices(&found);
        assert_eq!(picked(&choices, Rule::MinimaxRegret), [1, 2]);
        // No policy ever reaches the target, which speaks against none.
        assert_eq!(picked(&choices, Rule::Satisficing), [0, 1, 2]);
        check(&found, |one| one.largest_regret, [1.0, 0.0, 0.0]);
    }

    #[test]
    fn another_order_of_policies_gives_the_same_figures() {
        let values = vec![vec![0.3, -1.7, 2.9, 0.1], vec![0.2, 5.5, -3.1, 0.1], vec![0.0; 4]];
        let mut turned = values.clone();
        turned.reverse();
        let mut again = found(&turned, Attitude::default());
        again.reverse();
        assert_eq!(again, found(&values, Attitude::default()));
    }

    #[test]
    fn one_state_and_a_weight_that_is_no_share() {
        let one = found(&[vec![2.0], vec![3.0]], Attitude::default());
        assert_eq!(one[0].mean_less_deviations, None);
        assert!((one[0].p95_regret - 1.0).abs() < 1e-12);
        let choices = choices(&one);
        assert!(choices.iter().all(|choice| choice.policies == [1]));
        let values = [vec![1.0]];
        let attitude = Attitude { optimism: 1.5, ..Attitude::default() };
        let sample = Sample::new(&values).unwrap();
        assert_eq!(robustness(sample, attitude, (Design::blocks_of(1), 1)), None);
    }
}

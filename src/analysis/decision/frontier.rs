//! The frontier of cost and effect: which policies are efficient, and what further effect costs.

/// The mean cost and effect of a policy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CostEffect {
    /// The cost; less than 0 where the policy saves.
    pub cost: f64,
    /// The effect, more being better.
    pub effect: f64,
}

/// Where a policy lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// No other policy, and no mixture of two others, gives as much for less.
    OnFrontier,
    /// Another policy costs no more and has no less effect, and is better in one of the two.
    Dominated,
    /// A mixture of two policies of the frontier has the same effect at less cost.
    ExtendedlyDominated,
}

impl Status {
    /// The words used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OnFrontier => "on frontier",
            Self::Dominated => "dominated",
            Self::ExtendedlyDominated => "extendedly dominated",
        }
    }
}

/// A policy with its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// Its cost and effect.
    pub at: CostEffect,
    /// What a further unit of effect costs from the policy before it on the frontier: the
    /// incremental cost-effectiveness ratio. `None` for the first of the frontier, and off it.
    pub icer: Option<f64>,
    /// Where it lies.
    pub status: Status,
}

/// The policies, in their order, each with its place; `None` where a figure is not finite.
///
/// The frontier starts at the policy that costs least. Policies with the same cost and effect share
/// place and ratio. Three policies on a line are all on the frontier.
///
/// # Formula
///
/// ```text
/// icer = (C_i − C_(i−1)) / (E_i − E_(i−1)), which rises along the frontier
/// ```
///
/// # Source
///
/// Drummond and others (2015), Methods for the Economic Evaluation of Health Care Programmes,
/// fourth edition, chapter 4; Cantor (1994), Medical Decision Making 14, 259–265, for extended
/// dominance.
#[must_use]
pub fn frontier(policies: &[CostEffect]) -> Option<Vec<Placed>> {
    if policies.iter().any(|it| !(it.cost.is_finite() && it.effect.is_finite())) {
        return None;
    }
    let off = |&at: &CostEffect| Placed { at, icer: None, status: Status::Dominated };
    let mut placed: Vec<Placed> = policies.iter().map(off).collect();
    let mut hull: Vec<Vec<usize>> = Vec::new();
    for same in undominated(policies) {
        for &place in &same {
            placed[place].status = Status::ExtendedlyDominated;
        }
        let next = policies[same[0]];
        while let [.., before, last] = hull.as_slice() {
            if !is_above(policies[before[0]], policies[last[0]], next) {
                break;
            }
            hull.pop();
        }
        hull.push(same);
    }
    let mut before: Option<CostEffect> = None;
    for same in hull {
        let at = policies[same[0]];
        let icer = before.map(|from| (at.cost - from.cost) / (at.effect - from.effect));
        let icer = icer.filter(|icer| icer.is_finite());
        for place in same {
            placed[place] = Placed { icer, status: Status::OnFrontier, ..placed[place] };
        }
        before = Some(at);
    }
    Some(placed)
}

/// Policies that no other dominates, by rising cost and effect; those with the same cost and effect
/// together.
fn undominated(policies: &[CostEffect]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..policies.len()).collect();
    // 0 and −0 are the same figure.
    let key = |place: usize| (policies[place].cost + 0.0, -policies[place].effect + 0.0);
    order.sort_by(|&one, &other| {
        let ((cost, loss), (other_cost, other_loss)) = (key(one), key(other));
        cost.total_cmp(&other_cost).then(loss.total_cmp(&other_loss))
    });
    let mut found: Vec<Vec<usize>> = Vec::new();
    for place in order {
        let at = policies[place];
        let Some(last) = found.last_mut() else {
            found.push(vec![place]);
            continue;
        };
        // All that come before cost no more; the last has the most effect of them.
        let best = policies[last[0]];
        if at.effect > best.effect {
            found.push(vec![place]);
        } else if at.cost <= best.cost && at.effect >= best.effect {
            last.push(place);
        }
    }
    found
}

/// Whether the middle one of three, by rising cost and effect, lies above the line through the
/// others.
fn is_above(first: CostEffect, middle: CostEffect, last: CostEffect) -> bool {
    let here = (middle.cost - first.cost) * (last.effect - middle.effect);
    let beyond = (last.cost - middle.cost) * (middle.effect - first.effect);
    // What lies on the line but for rounding is not above it.
    here - beyond > 1e-12 * (here + beyond)
}

#[cfg(test)]
mod tests {
    use super::Status::Dominated;
    use super::Status::ExtendedlyDominated;
    use super::Status::OnFrontier;
    use super::*;

    fn points(costs: &[f64], effects: &[f64]) -> Vec<CostEffect> {
        costs.iter().zip(effects).map(|(&cost, &effect)| CostEffect { cost, effect }).collect()
    }

    #[track_caller]
    fn check(policies: &[CostEffect], expected: &[(Status, Option<f64>)], within: f64) {
        let found = frontier(policies).unwrap();
        assert_eq!(found.len(), expected.len());
        for (one, (status, icer)) in found.iter().zip(expected) {
            assert_eq!(one.status, *status, "{one:?}");
            assert_eq!(one.icer.is_some(), icer.is_some());
            if let (Some(found), Some(icer)) = (one.icer, icer) {
                assert!((found / icer - 1.0).abs() < within, "{found} instead of {icer}");
            }
        }
        // The order of policies does not matter.
        let mut turned = policies.to_vec();
        turned.reverse();
        let mut again = frontier(&turned).unwrap();
        again.reverse();
        assert_eq!(again, found);
    }

    /// The unit test of dampack: UC, A, B, C, D, E.
    #[test]
    fn six_strategies_are_placed_as_by_dampack() {
        let policies =
            points(&[5e3, 12e3, 10e3, 25e3, 35e3, 55e3], &[1.0, 1.5, 2.0, 3.0, 4.0, 5.0]);
        let expected = [
            (OnFrontier, None),
            (Dominated, None),
            (OnFrontier, Some(5_000.0)),
            (ExtendedlyDominated, None),
            (OnFrontier, Some(12_500.0)),
            (OnFrontier, Some(20_000.0)),
        ];
        check(&policies, &expected, 1e-12);
    }

    /// HIV screening: Paltiel and others (2006), Annals of Internal Medicine 145, 797–806; effects
    /// in months.
    #[test]
    fn screening_every_year_is_dominated() {
        let months = [277.25, 277.57, 277.78, 277.83, 277.76];
        let costs = [26_000.0, 27_000.0, 28_020.0, 28_440.0, 29_440.0];
        let expected = [
            (OnFrontier, None),
            (OnFrontier, Some(37_500.0)),
            (OnFrontier, Some(58_285.714_286)),
            (OnFrontier, Some(100_800.0)),
            (Dominated, None),
        ];
        check(&points(&costs, &months.map(|it| it / 12.0)), &expected, 1e-9);
    }

    /// Treatments of C. difficile: the means that dampack prints for its sample of Rajasingham and
    /// others (2020), Clinical Infectious Diseases 70, 754–762: s3, s27, s33, s31, s43, s44, s39,
    /// s4, s13, s37, s20. Effects have five digits, so the ratios, which are those of unrounded
    /// means, agree to a thousandth.
    #[test]
    fn eleven_treatments_are_placed_as_by_dampack() {
        let costs = [
            57_336.01, 57_541.25, 57_642.26, 57_934.07, 58_072.11, 58_665.78, 57_814.65, 57_887.48,
            58_018.63, 58_081.79, 58_634.20,
        ];
        let effects = [
            12.93996, 13.01406, 13.03891, 13.09663, 13.11286, 13.12833, 13.04628, 12.99707,
            13.06504, 13.10297, 13.11006,
        ];
        let mut expected = vec![(OnFrontier, None)];
        let icers = [2_769.854_709, 4_065.031_052, 5_056.221_647, 8_504.216_062, 38_362.651_995];
        expected.extend(icers.map(|icer| (OnFrontier, Some(icer))));
        expected.push((ExtendedlyDominated, None));
        expected.extend([(Dominated, None); 4]);
        check(&points(&costs, &effects), &expected, 1e-3);
    }

    #[test]
    fn savings_start_the_frontier() {
        let policies = points(&[0.0, -5.0, 3.0, -5.0], &[0.0, 2.0, 4.0, 1.0]);
        let expected =
            [(Dominated, None), (OnFrontier, None), (OnFrontier, Some(4.0)), (Dominated, None)];
        check(&policies, &expected, 1e-12);
        // A saving that loses effect is where the frontier begins.
        let expected = [(OnFrontier, Some(2.0)), (OnFrontier, None)];
        check(&points(&[0.0, -4.0], &[0.0, -2.0]), &expected, 1e-12);
    }

    #[test]
    fn equal_policies_share_their_place() {
        let policies = points(&[0.0, 1.0, 1.0, -0.0, 1.0, 2.0], &[0.0, 1.0, 1.0, 0.0, 0.5, 1.0]);
        let expected = [
            (OnFrontier, None),
            (OnFrontier, Some(1.0)),
            (OnFrontier, Some(1.0)),
            (OnFrontier, None),
            (Dominated, None),
            (Dominated, None),
        ];
        check(&policies, &expected, 1e-12);
    }

    #[test]
    fn policies_on_a_line_are_all_on_the_frontier() {
        let policies = points(&[0.0, 0.1, 0.2, 0.3], &[0.0, 0.7, 1.4, 2.1]);
        let further = (OnFrontier, Some(1.0 / 7.0));
        check(&policies, &[(OnFrontier, None), further, further, further], 1e-12);
    }

    #[test]
    fn few_policies_and_figures_that_are_not_finite() {
        assert_eq!(frontier(&[]), Some(Vec::new()));
        check(&points(&[3.0], &[-1.0]), &[(OnFrontier, None)], 1e-12);
        assert_eq!(frontier(&points(&[f64::NAN], &[1.0])), None);
        assert_eq!(frontier(&points(&[1.0], &[f64::INFINITY])), None);
    }
}

//! How good a set of candidates is as a whole: the volume that it dominates.

/// The exact volume of what some points dominate above a reference point, all criteria maximised,
/// in the product of their units. 0 without points or criteria.
///
/// Points that are not above the reference in every criterion add nothing; neither do those of
/// another number of criteria, or with one that is not finite. To minimise, turn the signs of
/// points and reference.
///
/// In two criteria the time grows a little faster than the number of points, in three at most with
/// its square, and each further criterion multiplies it by that number.
///
/// # Method
///
/// The volume is cut into slices by the last criterion, from the highest point down: between two
/// neighbouring heights every slice has the same volume in the other criteria. In two criteria it
/// is the area under a staircase, which grows as points are added.
///
/// # Source
///
/// Hypervolume by slicing objectives: While, Hingston, Barone and Huband (2006), IEEE Transactions
/// on Evolutionary Computation 10, 29–38.
#[must_use]
pub fn hypervolume(points: &[Vec<f64>], reference: &[f64]) -> f64 {
    let above = |point: &Vec<f64>| -> Option<Vec<f64>> {
        let heights: Vec<f64> = point.iter().zip(reference).map(|(at, from)| at - from).collect();
        let counts = point.len() == reference.len()
            && heights.iter().all(|&height| height > 0.0 && height.is_finite());
        counts.then_some(heights)
    };
    let mut points: Vec<Vec<f64>> = points.iter().filter_map(above).collect();
    volume(&mut points, reference.len())
}

/// The volume that points dominate above 0 in their first `criteria` numbers.
fn volume(points: &mut [Vec<f64>], criteria: usize) -> f64 {
    let Some(last) = criteria.checked_sub(1) else { return 0.0 };
    points.sort_by(|one, other| other[last].total_cmp(&one[last]));
    let mut staircase = Staircase::default();
    let mut area = 0.0;
    let mut total = 0.0;
    for place in 0..points.len() {
        let height = points[place][last];
        let below = points.get(place + 1).map_or(0.0, |next| next[last]);
        match last {
            // The highest point alone counts.
            0 => return height,
            1 => {
                total += staircase.add(points[place][0], height);
                continue;
            }
            2 => area += staircase.add(points[place][0], points[place][1]),
            _ if height > below => area = volume(&mut points[..=place].to_vec(), last),
            _ => {}
        }
        total += area * (height - below);
    }
    total
}

/// The outline of what points in two criteria dominate above (0, 0).
#[derive(Default)]
struct Staircase {
    /// Its outer corners: the first number rises, the second falls.
    steps: Vec<(f64, f64)>,
}

impl Staircase {
    /// Adds a point and gives the area that is gained.
    fn add(&mut self, x: f64, y: f64) -> f64 {
        let end = self.steps.partition_point(|step| step.0 <= x);
        let beyond = self.steps.get(end).map_or(0.0, |step| step.1);
        let is_under_last = self.steps[..end].last().is_some_and(|step| step.0 >= x && step.1 >= y);
        if beyond >= y || is_under_last {
            return 0.0;
        }
        let first = self.steps[..end].partition_point(|step| step.1 > y);
        let mut left = first.checked_sub(1).map_or(0.0, |before| self.steps[before].0);
        let mut gained = 0.0;
        for step in self.steps.drain(first..end) {
            gained += (step.0 - left) * (y - step.1);
            left = step.0;
        }
        gained += (x - left) * (y - beyond);
        self.steps.insert(first, (x, y));
        gained
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::FRAC_PI_2;
    use std::f64::consts::PI;

    use crate::random::Key;
    use crate::random::Purpose;

    use super::*;

    /// Of points that are minimised.
    fn minimised(points: &[Vec<f64>], reference: &[f64]) -> f64 {
        let turned = |of: &[f64]| -> Vec<f64> { of.iter().map(|value| -value).collect() };
        let points: Vec<Vec<f64>> = points.iter().map(|point| turned(point)).collect();
        hypervolume(&points, &turned(reference))
    }

    /// Random points, some of them on a grid, so that they share numbers.
    fn random(run: u64, count: u64, criteria: u64) -> Vec<Vec<f64>> {
        let number = |point: u64, at: u64| {
            let u = Key::world(run, point).entity(at).uniform(0, Purpose::Analysis);
            if run.is_multiple_of(2) { u } else { (u * 4.0).ceil() / 4.0 }
        };
        (0..count).map(|point| (0..criteria).map(|at| number(point, at)).collect()).collect()
    }

    /// By inclusion and exclusion over all subsets of the points.
    fn by_subsets(points: &[Vec<f64>]) -> f64 {
        let of_subset = |subset: usize| {
            let members = || (0..points.len()).filter(|place| subset >> place & 1 == 1);
            let lowest = |at: usize| members().map(|of| points[of][at]).fold(f64::MAX, f64::min);
            let sign = if subset.count_ones() % 2 == 1 { 1.0 } else { -1.0 };
            sign * (0..points[0].len()).map(lowest).product::<f64>()
        };
        (1..1_usize << points.len()).map(of_subset).sum()
    }

    /// The example of moocore 0.3.2.
    #[test]
    fn four_points_give_38() {
        let points = [[5.0, 5.0], [4.0, 6.0], [2.0, 7.0], [7.0, 4.0]].map(Vec::from);
        assert!((minimised(&points, &[10.0, 10.0]) - 38.0).abs() < 1e-12);
        // The same in three criteria and in four, one unit high.
        let higher = |more: usize| {
            let points = points.iter().map(|point| [point.clone(), vec![0.0; more]].concat());
            let reference = [vec![10.0; 2], vec![1.0; more]].concat();
            minimised(&points.collect::<Vec<_>>(), &reference)
        };
        assert!((higher(1) - 38.0).abs() < 1e-12 && (higher(2) - 38.0).abs() < 1e-12);
    }

    #[test]
    fn it_is_what_inclusion_and_exclusion_give() {
        for run in 0..40 {
            for criteria in 1..=5 {
                let points = random(run, 9, criteria);
                let reference = vec![0.0; points[0].len()];
                let (found, expected) = (hypervolume(&points, &reference), by_subsets(&points));
                assert!((found - expected).abs() < 1e-12, "{run} {criteria}: {found} {expected}");
            }
        }
    }

    #[test]
    fn neither_order_nor_dominated_points_matter_and_more_points_never_take_away() {
        for run in 0..10 {
            let points = random(run, 60, 3);
            let reference = [0.1, 0.2, 0.1];
            let whole = hypervolume(&points, &reference);
            let reversed: Vec<Vec<f64>> = points.iter().rev().cloned().collect();
            assert!((hypervolume(&reversed, &reference) - whole).abs() < 1e-12);
            let mut more = points.clone();
            more.extend(points.iter().map(|point| point.iter().map(|at| at * 0.9).collect()));
            assert!((hypervolume(&more, &reference) - whole).abs() < 1e-12);
            let mut last = 0.0;
            for count in 1..points.len() {
                let found = hypervolume(&points[..count], &reference);
                assert!(found >= last - 1e-12);
                last = found;
            }
        }
    }

    /// The exact fronts of ZDT1 and ZDT2 with reference (1.1, 1.1).
    #[test]
    fn dense_fronts_tend_to_the_areas_of_zdt() {
        let of = |second: fn(f64) -> f64| {
            let points: Vec<Vec<f64>> = (0..=20_000)
                .map(|step| f64::from(step) / 20_000.0)
                .map(|first| vec![first, second(first)])
                .collect();
            minimised(&points, &[1.1, 1.1])
        };
        assert!((of(|first| 1.0 - first.sqrt()) - 0.876_666_667).abs() < 1e-4);
        assert!((of(|first| 1.0 - first * first) - 0.543_333_333).abs() < 1e-4);
    }

    /// Points on the unit sphere (DTLZ2) with reference (1.1, 1.1, 1.1): 1.331 − π/6.
    #[test]
    fn points_on_the_sphere_tend_to_the_closed_form() {
        let exact = 1.331 - PI / 6.0;
        assert!((exact - 0.807_401_224).abs() < 1e-9);
        let of = |steps: u32| {
            let angle = |step: u32| f64::from(step) / f64::from(steps) * FRAC_PI_2;
            let mut points = Vec::new();
            for (one, other) in (0..=steps).flat_map(|one| (0..=steps).map(move |it| (one, it))) {
                let (sin, cos) = libm::sincos(angle(one));
                let (other_sin, other_cos) = libm::sincos(angle(other));
                points.push(vec![cos * other_cos, cos * other_sin, sin]);
            }
            minimised(&points, &[1.1; 3])
        };
        // The steps between points cost in proportion to their length.
        let off = [20, 40, 80, 160].map(|steps| exact - of(steps));
        assert!(off[3] > 0.0 && off[3] < 0.01, "{off:?}");
        for pair in off.windows(2) {
            assert!((pair[0] / pair[1] - 2.0).abs() < 0.1, "{off:?}");
        }
        assert!((2.0 * off[3] - off[2]).abs() < 5e-5, "{off:?}");
    }

    /// Points of the plane with sum 1/2 (DTLZ1) with reference 0.55 each: 0.55³ − 0.5³ / 6.
    #[test]
    fn points_on_the_plane_tend_to_the_closed_form() {
        let of = |steps: u32| {
            let at = |step: u32| 0.5 * f64::from(step) / f64::from(steps);
            let points: Vec<Vec<f64>> = (0..=steps)
                .flat_map(|one| (0..=steps - one).map(move |other| (one, other)))
                .map(|(one, other)| vec![at(one), at(other), at(steps - one - other)])
                .collect();
            minimised(&points, &[0.55; 3])
        };
        // The steps between points cost in proportion to their length.
        let (coarse, fine) = (of(60), of(120));
        assert!(coarse < fine && fine < 0.145_541_667);
        assert!((2.0 * fine - coarse - 0.145_541_667).abs() < 1e-5, "{coarse} {fine}");
    }

    #[test]
    fn what_is_not_above_the_reference_adds_nothing() {
        let points = [[1.0, f64::NAN], [0.0, 5.0], [5.0, -1.0], [f64::INFINITY, 1.0]];
        assert_eq!(hypervolume(&points.map(Vec::from), &[0.0, 0.0]).to_bits(), 0);
        assert_eq!(hypervolume(&[vec![1.0]], &[0.0, 0.0]).to_bits(), 0);
        assert_eq!(hypervolume(&[], &[0.0, 0.0]).to_bits(), 0);
        assert_eq!(hypervolume(&[vec![]], &[]).to_bits(), 0);
        assert!((hypervolume(&[vec![3.0], vec![2.0]], &[1.0]) - 2.0).abs() < 1e-15);
    }
}

//! How children come from parents: crossover and mutation of genes.

use crate::random::math;

use crate::analysis::search::chance::Chance;
use crate::analysis::search::chance::place;
use crate::analysis::search::genome::Kind;

/// What a draw about a gene decides.
#[derive(Clone, Copy)]
#[repr(u16)]
enum Step {
    /// Whether the gene is crossed.
    Crosses = 0,
    /// How far the children's genes lie from those of the parents.
    Spread = 1,
    /// Which child gets which.
    Exchanges = 2,
    /// Whether the gene mutates.
    Mutates = 3,
    /// How far.
    Distance = 4,
    /// The gene of a new genome.
    New = 5,
}

/// A new genome: every gene, or choice, as likely as another.
pub(super) fn new_genome(kinds: &[Kind], chance: Chance) -> Vec<f64> {
    let gene = |(gene, kind): (usize, &Kind)| {
        let u = chance.gene(gene, Step::New as u16);
        match kind.choices() {
            #[expect(clippy::cast_possible_truncation, reason = "below a number of 32 bits")]
            Some(choices) => kind.gene_of(place(u, choices as usize) as u32),
            None => u,
        }
    };
    kinds.iter().enumerate().map(gene).collect()
}

/// One child of two parents, before it mutates: half of the genes, by chance, as one of the
/// parents has them, the others between or beside the two.
///
/// A switch is taken from either parent, each as likely as the other, as nothing lies between on
/// and off.
///
/// # Source
///
/// Simulated binary crossover of variables with bounds: Deb and Agrawal (1995), Complex Systems 9,
/// 115–148, as in the program NSGA-II of Deb et al. (2002).
pub(super) fn cross(
    kinds: &[Kind],
    (first, second): (&[f64], &[f64]),
    index: f64,
    chance: Chance,
) -> Vec<f64> {
    let gene = |(place, ((&one, &other), kind)): (usize, ((&f64, &f64), &Kind))| {
        let draw = |step: Step| chance.gene(place, step as u16);
        let exchanges = draw(Step::Exchanges) < 0.5;
        let taken = if exchanges { other } else { one };
        if *kind == Kind::Switch {
            return taken;
        }
        if draw(Step::Crosses) >= 0.5 || (one - other).abs() < SAME {
            return one;
        }
        let (low, high) = (one.min(other), one.max(other));
        let u = draw(Step::Spread);
        // The child that lies on the side of the parent it takes after.
        let child = if taken <= low {
            f64::midpoint(low, high) - 0.5 * spread(u, low / (high - low), index) * (high - low)
        } else {
            let room = (1.0 - high) / (high - low);
            f64::midpoint(low, high) + 0.5 * spread(u, room, index) * (high - low)
        };
        kind.settled(child)
    };
    first.iter().zip(second).zip(kinds).enumerate().map(gene).collect()
}

/// Parents' genes nearer than this are the same.
const SAME: f64 = 1e-14;

/// How far apart children lie, in distances between their parents, for a uniform number u of
/// (0, 1), where `room` such distances lie between a parent and the bound on its side.
///
/// # Formula
///
/// ```text
/// a = 2 − (1 + 2 room)^−(index + 1)
/// (u a)^(1 / (index + 1))               where u ≤ 1 / a
/// (1 / (2 − u a))^(1 / (index + 1))     elsewhere
/// ```
fn spread(u: f64, room: f64, index: f64) -> f64 {
    let reach = 2.0 - math::pow(1.0 + 2.0 * room, -(index + 1.0));
    let inside = u * reach;
    let power = if inside <= 1.0 { inside } else { 1.0 / (2.0 - inside) };
    math::pow(power, 1.0 / (index + 1.0))
}

/// Mutates each gene with the same probability: a real number and a whole one move by a
/// polynomial mutation, a whole one to another number, and a switch turns.
///
/// # Formula
///
/// With the gene x and the uniform number u of (0, 1),
///
/// ```text
/// x + (2u + (1 − 2u) (1 − x)^(index + 1))^(1 / (index + 1)) − 1           where u < 1/2
/// x + 1 − (2 (1 − u) + (2u − 1) x^(index + 1))^(1 / (index + 1))          elsewhere
/// ```
///
/// # Source
///
/// Deb and Goyal (1996), Computer Science and Informatics 26, 30–45, with bounds as in the program
/// NSGA-II of Deb et al. (2002).
pub(super) fn mutate(
    kinds: &[Kind],
    genome: &mut [f64],
    (probability, index): (f64, f64),
    chance: Chance,
) {
    for (place, (gene, kind)) in genome.iter_mut().zip(kinds).enumerate() {
        if chance.gene(place, Step::Mutates as u16) >= probability {
            continue;
        }
        let u = chance.gene(place, Step::Distance as u16);
        *gene = match kind.choices() {
            Some(choices) if *kind != Kind::Switch => {
                let (before, after) = (kind.choice(*gene), kind.choice(moved(*gene, u, index)));
                kind.gene_of(if after == before {
                    neighbour(before, choices, u < 0.5)
                } else {
                    after
                })
            }
            Some(_) => kind.gene_of(1 - kind.choice(*gene)),
            None => kind.settled(moved(*gene, u, index)),
        };
    }
}

/// A gene moved by the polynomial mutation.
fn moved(gene: f64, u: f64, index: f64) -> f64 {
    let power = index + 1.0;
    if u < 0.5 {
        let base = 2.0 * u + (1.0 - 2.0 * u) * math::pow(1.0 - gene, power);
        gene + math::pow(base, 1.0 / power) - 1.0
    } else {
        let base = 2.0 * (1.0 - u) + (2.0 * u - 1.0) * math::pow(gene, power);
        gene + 1.0 - math::pow(base, 1.0 / power)
    }
}

/// The next choice on one side, or on the other where that side has none.
fn neighbour(choice: u32, choices: u32, downwards: bool) -> u32 {
    let last = choices - 1;
    if (downwards && choice > 0) || choice >= last { choice.saturating_sub(1) } else { choice + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [Kind; 4] = [Kind::Real, Kind::Whole { n: 5 }, Kind::Switch, Kind::Whole { n: 1 }];

    #[test]
    fn children_are_settled_genomes() {
        let settled = |genome: &[f64]| {
            let same =
                |(gene, kind): (&f64, &Kind)| kind.settled(*gene).to_bits() == gene.to_bits();
            genome.iter().zip(&KINDS).all(same)
        };
        let mut changed = [0; 4];
        for child in 0..2_000 {
            let chance = Chance::of(1, 0, child, 0);
            let first = new_genome(&KINDS, chance);
            let second = new_genome(&KINDS, Chance::of(2, 0, child, 0));
            let mut genome = cross(&KINDS, (&first, &second), 15.0, chance);
            assert!(settled(&first) && settled(&genome));
            let before = genome.clone();
            mutate(&KINDS, &mut genome, (1.0, 20.0), chance);
            assert!(settled(&genome));
            for (changed, (one, other)) in changed.iter_mut().zip(before.iter().zip(&genome)) {
                *changed += u32::from(one.to_bits() != other.to_bits());
            }
        }
        // What mutates is not what it was, but where there is only one choice.
        assert_eq!(changed, [2_000, 2_000, 2_000, 0]);
    }

    #[test]
    fn without_mutation_nothing_changes_and_equal_parents_have_equal_children() {
        for child in 0..200 {
            let chance = Chance::of(3, 7, child, 0);
            let parent = new_genome(&KINDS, chance);
            let mut same = cross(&KINDS, (&parent, &parent), 15.0, chance);
            mutate(&KINDS, &mut same, (0.0, 20.0), chance);
            assert_eq!(same, parent);
        }
    }

    /// Without bounds near, the mean of crossed genes is that of the parents, and half of the
    /// children lie between them.
    #[test]
    fn crossover_keeps_the_mean_and_spreads_to_both_sides() {
        let (mut sum, mut between, mut crossed) = (0.0, 0, 0);
        for child in 0..40_000 {
            let chance = Chance::of(4, 0, child, 0);
            let gene = cross(&[Kind::Real], (&[0.45], &[0.55]), 2.0, chance)[0];
            if gene.to_bits() != 0.45_f64.to_bits() {
                sum += gene;
                crossed += 1;
                between += u32::from(gene > 0.45 && gene < 0.55);
            }
        }
        let crossed = f64::from(crossed);
        assert!((crossed / 40_000.0 - 0.5).abs() < 0.01);
        assert!((sum / crossed - 0.5).abs() < 0.002);
        assert!((f64::from(between) / crossed - 0.5).abs() < 0.01);
    }

    #[test]
    fn mutation_reaches_its_bounds_and_no_further() {
        for gene in [0.0, 1e-9, 0.3, 1.0] {
            for u in [1e-16, 0.25, 0.5, 0.75, 1.0 - 1e-16] {
                let moved = moved(gene, u, 20.0);
                assert!((-1e-12..=1.0 + 1e-12).contains(&moved), "{gene} {u}: {moved}");
            }
            assert!(moved(gene, 1e-16, 20.0).abs() < 0.2 + gene);
        }
    }
}

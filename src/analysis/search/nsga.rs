//! The search itself: NSGA-II, a generation at a time.
//!
//! # Source
//!
//! Deb, Pratap, Agarwal and Meyarivan (2002), IEEE Transactions on Evolutionary Computation 6,
//! 182–197. Beside it, a child that is the same as a member of the population or as another child
//! is made anew, so that nothing is simulated twice in a generation where genomes are few.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::search::archive::Archive;
use crate::analysis::search::archive::Member;
use crate::analysis::search::chance::Chance;
use crate::analysis::search::chance::Decision;
use crate::analysis::search::chance::place;
use crate::analysis::search::front::Evaluation;
use crate::analysis::search::front::crowding;
use crate::analysis::search::front::fronts;
use crate::analysis::search::genome::Kind;
use crate::analysis::search::genome::bits;
use crate::analysis::search::variation::cross;
use crate::analysis::search::variation::mutate;
use crate::analysis::search::variation::new_genome;

/// How often a child is bred before a new genome is tried in its place, and how often that is.
const ATTEMPTS: u64 = 20;

/// How a search goes about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The seed of all draws.
    pub seed: u64,
    /// Members of the population and children of a generation, at least 1.
    pub population: usize,
    /// What each gene stands for.
    pub kinds: Vec<Kind>,
    /// The probability, 0 to 1, that parents are crossed; else the child starts as the first of
    /// them.
    pub crossover: f64,
    /// How near to a parent crossed genes lie: from 0, the larger the nearer.
    pub crossover_index: f64,
    /// The probability, 0 to 1, that a gene of a child mutates.
    pub mutation: f64,
    /// How little a gene moves that mutates: from 0, the larger the less.
    pub mutation_index: f64,
}

impl Settings {
    /// The usual settings: crossover 0.9 with index 15, mutation of one gene a child on average,
    /// with index 20.
    #[must_use]
    pub fn new(seed: u64, population: usize, kinds: Vec<Kind>) -> Self {
        let mutation = 1.0 / kinds.len().max(1) as f64;
        Self {
            seed,
            population,
            kinds,
            crossover: 0.9,
            crossover_index: 15.0,
            mutation,
            mutation_index: 20.0,
        }
    }
}

/// Where a search stands. With the same [`Settings`] it goes on from here as if it had never been
/// interrupted, provided that its numbers are saved and read back without loss, for which
/// `serde_json` needs its feature `float_roundtrip`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// How many generations have been evaluated, the first population among them.
    pub generation: u64,
    /// The population, the best front first.
    pub population: Vec<Member>,
    /// The best of all generations.
    pub archive: Archive,
}

/// What genomes are worth.
pub trait Evaluator {
    /// Evaluates genomes, one evaluation for each, in their order. They come a generation at a
    /// time, so that several may be simulated at once.
    fn evaluate(&mut self, genomes: &[Vec<f64>]) -> Vec<Evaluation>;
}

impl<F: FnMut(&[Vec<f64>]) -> Vec<Evaluation>> Evaluator for F {
    fn evaluate(&mut self, genomes: &[Vec<f64>]) -> Vec<Evaluation> {
        self(genomes)
    }
}

/// Why evaluations cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SearchError {
    /// There are not as many evaluations as genomes.
    #[error("{found} evaluations for {expected} genomes")]
    Count {
        /// How many genomes there are.
        expected: usize,
        /// How many evaluations there are.
        found: usize,
    },
    /// An evaluation has another number of criteria than the first one of the search.
    #[error("{found} criteria where there were {expected}")]
    Criteria {
        /// How many criteria the first evaluation has.
        expected: usize,
        /// How many this one has.
        found: usize,
    },
    /// A criterion is not finite, or a violation is no number.
    #[error("genome {genome} of the generation has a criterion that is not a finite number")]
    NotFinite {
        /// The place of the genome in its generation.
        genome: usize,
    },
}

/// The genomes that come next: the first population, or the children of the present one. The same
/// state and settings always give the same.
///
/// There may be fewer than the population has members where hardly any genome is left that is not
/// in it; none if none was found.
#[must_use]
pub fn propose(settings: &Settings, state: &State) -> Vec<Vec<f64>> {
    let parents = Parents::of(&state.population);
    let mut known: BTreeSet<Vec<u64>> =
        state.population.iter().map(|member| bits(&member.genome)).collect();
    let mut proposed = Vec::new();
    for child in 0..settings.population as u64 {
        let one = |attempt: u64| {
            let chance = Chance::of(settings.seed, state.generation, child, attempt);
            if attempt < ATTEMPTS && !state.population.is_empty() {
                parents.child(settings, chance)
            } else {
                new_genome(&settings.kinds, chance)
            }
        };
        let another = (0..2 * ATTEMPTS).map(one).find(|genome| known.insert(bits(genome)));
        proposed.extend(another);
    }
    proposed
}

/// Takes up what the genomes of [`propose`] reached: the archive is offered all of them, and the
/// best of them and of the population form the next one. On an error the state stays as it was.
///
/// # Errors
///
/// Fails where the evaluations do not fit the genomes or hold what is no finite number.
pub fn accept(
    settings: &Settings,
    state: &mut State,
    genomes: Vec<Vec<f64>>,
    evaluations: Vec<Evaluation>,
) -> Result<(), SearchError> {
    check(state, &genomes, &evaluations)?;
    let children: Vec<Member> = genomes
        .into_iter()
        .zip(evaluations)
        .map(|(genome, evaluation)| Member { genome, evaluation })
        .collect();
    for child in &children {
        state.archive.offer(child);
    }
    let mut all = std::mem::take(&mut state.population);
    all.extend(children);
    state.population = survivors(all, settings.population);
    state.generation += 1;
    Ok(())
}

/// One generation. Whether there was anything to evaluate.
///
/// # Errors
///
/// As [`accept`].
pub fn step(
    settings: &Settings,
    state: &mut State,
    evaluator: &mut impl Evaluator,
) -> Result<bool, SearchError> {
    let genomes = propose(settings, state);
    let evaluations = if genomes.is_empty() { Vec::new() } else { evaluator.evaluate(&genomes) };
    let any = !genomes.is_empty();
    accept(settings, state, genomes, evaluations)?;
    Ok(any)
}

/// Goes on until so many generations have been evaluated in all, or nothing is left to try.
///
/// # Errors
///
/// As [`accept`].
pub fn run(
    settings: &Settings,
    state: &mut State,
    evaluator: &mut impl Evaluator,
    generations: u64,
) -> Result<(), SearchError> {
    while state.generation < generations && step(settings, state, evaluator)? {}
    Ok(())
}

/// Whether evaluations fit their genomes and each other.
fn check(
    state: &State,
    genomes: &[Vec<f64>],
    evaluations: &[Evaluation],
) -> Result<(), SearchError> {
    let (expected, found) = (genomes.len(), evaluations.len());
    if expected != found {
        return Err(SearchError::Count { expected, found });
    }
    let earlier = state.population.iter().map(|member| &member.evaluation);
    let criteria = earlier.chain(evaluations).map(|it| it.objectives.len()).next().unwrap_or(0);
    for (genome, evaluation) in evaluations.iter().enumerate() {
        let found = evaluation.objectives.len();
        if found != criteria {
            return Err(SearchError::Criteria { expected: criteria, found });
        }
        let finite = evaluation.objectives.iter().all(|value| value.is_finite());
        if !finite || evaluation.violation.is_nan() {
            return Err(SearchError::NotFinite { genome });
        }
    }
    Ok(())
}

/// The best of some members, front by front; of the front that does not fit in whole, those with
/// the most room. Of equals, those that come first.
fn survivors(all: Vec<Member>, count: usize) -> Vec<Member> {
    let evaluations: Vec<&Evaluation> = all.iter().map(|member| &member.evaluation).collect();
    let mut chosen: Vec<usize> = Vec::with_capacity(count);
    for front in fronts(&evaluations) {
        let free = count - chosen.len();
        if front.len() <= free {
            chosen.extend(front);
            continue;
        }
        let room = crowding(&front.iter().map(|&place| evaluations[place]).collect::<Vec<_>>());
        let mut order: Vec<usize> = (0..front.len()).collect();
        order.sort_by(|&one, &other| room[other].total_cmp(&room[one]).then(one.cmp(&other)));
        chosen.extend(order.into_iter().take(free).map(|place| front[place]));
        break;
    }
    let mut all: Vec<Option<Member>> = all.into_iter().map(Some).collect();
    chosen.into_iter().filter_map(|place| all[place].take()).collect()
}

/// A population whose members compete to be parents.
struct Parents<'a> {
    members: &'a [Member],
    /// The front and the room of each.
    standing: Vec<(usize, f64)>,
}

impl<'a> Parents<'a> {
    fn of(members: &'a [Member]) -> Self {
        let evaluations: Vec<&Evaluation> =
            members.iter().map(|member| &member.evaluation).collect();
        let mut standing = vec![(0, 0.0); members.len()];
        for (rank, front) in fronts(&evaluations).iter().enumerate() {
            let of: Vec<&Evaluation> = front.iter().map(|&place| evaluations[place]).collect();
            for (&place, room) in front.iter().zip(crowding(&of)) {
                standing[place] = (rank, room);
            }
        }
        Self { members, standing }
    }

    /// The better of two members by chance: that of the better front, then the one with more room,
    /// then the first drawn.
    fn winner(&self, chance: Chance, what: Decision) -> &'a [f64] {
        let drawn = |step: u16| place(chance.whole(what, step), self.members.len());
        let (one, other) = (drawn(0), drawn(1));
        let (left, right) = (self.standing[one], self.standing[other]);
        let order = left.0.cmp(&right.0).then(right.1.total_cmp(&left.1));
        &self.members[if order == Ordering::Greater { other } else { one }].genome
    }

    /// A child by chance; there is at least one member.
    fn child(&self, settings: &Settings, chance: Chance) -> Vec<f64> {
        let first = self.winner(chance, Decision::FirstParent);
        let second = self.winner(chance, Decision::SecondParent);
        let mut child = if chance.whole(Decision::Crossed, 0) < settings.crossover {
            cross(&settings.kinds, (first, second), settings.crossover_index, chance)
        } else {
            first.to_vec()
        };
        let mutation = (settings.mutation, settings.mutation_index);
        mutate(&settings.kinds, &mut child, mutation, chance);
        child
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::search::hypervolume::hypervolume;
    use crate::analysis::search::problems;

    /// The hypervolume of the population after 200 generations of 100, both criteria minimised,
    /// with reference (1.1, 1.1).
    fn reached(seed: u64, problem: fn(&[f64]) -> Vec<f64>) -> f64 {
        let settings = Settings::new(seed, 100, vec![Kind::Real; 30]);
        let mut state = State::default();
        let mut evaluator = |genomes: &[Vec<f64>]| -> Vec<Evaluation> {
            genomes.iter().map(|genome| Evaluation::feasible(problem(genome))).collect()
        };
        run(&settings, &mut state, &mut evaluator, 200).unwrap();
        assert_eq!((state.generation, state.population.len()), (200, 100));
        let points: Vec<Vec<f64>> =
            state.population.iter().map(|member| member.evaluation.objectives.clone()).collect();
        hypervolume(&points, &[-1.1, -1.1])
    }

    /// 99 % of what pymoo 0.6.2 reaches in as many evaluations, 0.867882; the exact front has
    /// 0.876667.
    #[test]
    fn zdt1_is_solved_as_well_as_by_another_program() {
        for seed in 1..=3 {
            let found = reached(seed, problems::zdt1);
            println!("seed {seed}: {found:.6}");
            assert!((0.99 * 0.867_882..0.876_667).contains(&found), "{seed}: {found}");
        }
    }

    /// As above: 0.533819, and 0.543333 of the exact front.
    #[test]
    fn zdt2_is_solved_as_well_as_by_another_program() {
        for seed in 1..=3 {
            let found = reached(seed, problems::zdt2);
            println!("seed {seed}: {found:.6}");
            assert!((0.99 * 0.533_819..0.543_334).contains(&found), "{seed}: {found}");
        }
    }

    /// A package problem small enough to be tried in full: what is worth most for its cost, under a
    /// budget.
    fn package(genome: &[f64]) -> Evaluation {
        let kinds = package_kinds();
        let choice: Vec<f64> =
            kinds.iter().zip(genome).map(|(kind, &gene)| f64::from(kind.choice(gene))).collect();
        let cost = choice[0] * 3.0 + choice[1] + choice[2] * choice[0];
        let worth =
            choice[0] * (2.0 + choice[2]) + choice[1].sqrt() - 0.3 * (choice[3] - 2.0).abs();
        Evaluation { objectives: vec![worth, -cost], violation: (cost - 9.0).max(0.0) }
    }

    fn package_kinds() -> Vec<Kind> {
        vec![Kind::Switch, Kind::Whole { n: 6 }, Kind::Whole { n: 8 }, Kind::Whole { n: 5 }]
    }

    fn packages(genomes: &[Vec<f64>]) -> Vec<Evaluation> {
        genomes.iter().map(|genome| package(genome)).collect()
    }

    #[test]
    fn the_exact_front_of_a_discrete_problem_is_found() {
        let kinds = package_kinds();
        let mut all = Archive::new();
        for number in 0..2 * 6 * 8 * 5 {
            let choices = [number % 2, number / 2 % 6, number / 12 % 8, number / 96];
            let genome: Vec<f64> =
                kinds.iter().zip(choices).map(|(kind, choice)| kind.gene_of(choice)).collect();
            all.offer(&Member { evaluation: package(&genome), genome });
        }
        let settings = Settings::new(5, 24, kinds);
        let mut state = State::default();
        run(&settings, &mut state, &mut packages, 40).unwrap();
        let sorted = |archive: &Archive| {
            let mut genomes: Vec<Vec<u64>> =
                archive.members().iter().map(|member| bits(&member.genome)).collect();
            genomes.sort();
            genomes
        };
        assert_eq!(sorted(&state.archive), sorted(&all));
        assert!(state.archive.members().iter().all(|member| member.evaluation.is_feasible()));
    }

    #[test]
    fn a_search_that_was_saved_goes_on_as_if_it_had_not_been() {
        let settings = Settings::new(9, 20, package_kinds());
        let (mut whole, mut parts) = (State::default(), State::default());
        run(&settings, &mut whole, &mut packages, 12).unwrap();
        run(&settings, &mut parts, &mut packages, 5).unwrap();
        let saved = serde_json::to_string(&(&settings, &parts)).unwrap();
        let (settings, mut parts): (Settings, State) = serde_json::from_str(&saved).unwrap();
        run(&settings, &mut parts, &mut packages, 12).unwrap();
        assert_eq!(whole, parts);
        let other = Settings::new(10, 20, package_kinds());
        let mut another = State::default();
        run(&other, &mut another, &mut packages, 12).unwrap();
        assert_ne!(whole.population, another.population);
    }

    #[test]
    fn nothing_is_proposed_twice_and_a_search_ends_where_nothing_is_left() {
        let settings = Settings::new(1, 30, vec![Kind::Switch, Kind::Whole { n: 3 }]);
        let mut tried = Vec::new();
        let mut state = State::default();
        let mut evaluator = |genomes: &[Vec<f64>]| -> Vec<Evaluation> {
            tried.extend(genomes.iter().map(|genome| bits(genome)));
            genomes.iter().map(|genome| Evaluation::feasible(genome.clone())).collect()
        };
        run(&settings, &mut state, &mut evaluator, 100).unwrap();
        // There are 6 genomes, and the population has room for all.
        tried.sort();
        assert_eq!(tried.len(), 6);
        tried.dedup();
        assert_eq!(tried.len(), 6);
        assert!(state.generation < 100);
        assert_eq!(state.archive.members().len(), 1);
    }

    #[test]
    fn a_genome_without_genes_and_a_population_without_members_are_harmless() {
        let mut state = State::default();
        let mut same = |genomes: &[Vec<f64>]| vec![Evaluation::feasible(vec![1.0]); genomes.len()];
        run(&Settings::new(1, 10, Vec::new()), &mut state, &mut same, 5).unwrap();
        assert_eq!(state.population.len(), 1);
        let mut state = State::default();
        run(&Settings::new(1, 0, vec![Kind::Real]), &mut state, &mut same, 5).unwrap();
        assert!(state.population.is_empty());
    }

    #[test]
    fn evaluations_that_do_not_fit_leave_the_state_as_it_was() {
        let settings = Settings::new(1, 4, vec![Kind::Real]);
        let mut state = State::default();
        let one = Evaluation::feasible(vec![1.0, 2.0]);
        let genomes = propose(&settings, &state);
        accept(&settings, &mut state, genomes, vec![one.clone(); 4]).unwrap();
        let before = state.clone();
        let mut failing = |evaluations: Vec<Evaluation>| {
            let genomes = propose(&settings, &state);
            accept(&settings, &mut state, genomes, evaluations).unwrap_err()
        };
        let of = |objectives: &[f64], violation: f64| {
            let strange = Evaluation { objectives: objectives.to_vec(), violation };
            vec![one.clone(), one.clone(), strange, one.clone()]
        };
        let found = failing(vec![one.clone(); 3]);
        assert_eq!(found, SearchError::Count { expected: 4, found: 3 });
        let found = failing(of(&[1.0], 0.0));
        assert_eq!(found, SearchError::Criteria { expected: 2, found: 1 });
        let strange = SearchError::NotFinite { genome: 2 };
        assert_eq!(failing(of(&[f64::NAN, 1.0], 0.0)), strange);
        assert_eq!(failing(of(&[f64::INFINITY, 1.0], 0.0)), strange);
        assert_eq!(failing(of(&[1.0, 1.0], f64::NAN)), strange);
        assert_eq!(state, before);
    }
}

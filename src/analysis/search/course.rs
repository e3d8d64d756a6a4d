//! The course of a search: generation after generation of packages, until the effort is spent.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::evaluation::EvaluationError;
use crate::analysis::search::archive::Member;
use crate::analysis::search::chance::Chance;
use crate::analysis::search::chance::place;
use crate::analysis::search::front::Evaluation;
use crate::analysis::search::front::crowding;
use crate::analysis::search::genome::bits;
use crate::analysis::search::halving::Halving;
use crate::analysis::search::halving::HalvingError;
use crate::analysis::search::halving::Standing;
use crate::analysis::search::halving::halve;
use crate::analysis::search::judge::Files;
use crate::analysis::search::judge::Judge;
use crate::analysis::search::measured::Measured;
use crate::analysis::search::measured::Rules;
use crate::analysis::search::measured::Statistic;
use crate::analysis::search::nsga;
use crate::analysis::search::nsga::SearchError;
use crate::analysis::search::nsga::Settings;
use crate::analysis::search::space::Package;
use crate::analysis::search::space::Part;
use crate::analysis::search::space::Space;
use crate::experiment::batch::Halted;
use crate::scenario::Policy;
use crate::scenario::policy_text::Head;

/// Members of the population, and children of a generation.
const POPULATION: usize = 40;
/// Random packages of the first generation, beside those like shipped policies.
const RANDOM: u64 = 20;
/// A random package has at most so many levers.
const MOST_LEVERS: usize = 6;
/// Genes of a child that mutate on average: most stand for levers that are not in it.
const MUTATIONS: f64 = 3.0;
/// With fewer new children a generation is filled up with other packages.
const FEWEST_NEW: usize = POPULATION / 4;
/// Where there are no more packages than this, those that are left are listed.
const MOST_LISTED: usize = 20_000;
/// So many random packages are looked at for one generation.
const RANDOM_TRIES: u64 = 400;
/// What is added to the violation of a package that was dropped for a better one: it ranks behind all that were
/// not, and before those that exceed the budget.
const DROPPED: f64 = 1e-9;
/// What counts as the violation of a package that the scenario refuses.
const REFUSED: f64 = 1e9;
/// Replications of a package.
pub const HALVING: Halving = Halving { first: 10, ceiling: 80 };
/// The first replication that no search simulates: those of the fresh ones.
pub const FRESH: usize = 100;

/// Why a search was not finished.
#[derive(Debug, thiserror::Error)]
pub enum CourseError {
    /// The simulation failed.
    #[error(transparent)]
    Evaluation(#[from] EvaluationError),
    /// A criterion has no finite value.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// A package has no finite value in some replication.
    #[error("a package has no finite value of some aim in one of its replications")]
    NotFinite,
}

/// Where a search stands; it goes on from here as if it had never been interrupted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// Generations, population and archive.
    pub search: nsga::State,
    /// What those of population and archive reached, by genome.
    pub measured: Vec<(Vec<f64>, Measured)>,
    /// Replications of packages simulated so far.
    pub effort: usize,
    /// The packages simulated so far, none of them twice.
    pub tried: Vec<Package>,
    /// Whether one of them, other than the baseline itself, was within the budget.
    pub within: bool,
    /// Whether there is no further package to try.
    pub exhausted: bool,
}

/// What a search works with.
#[derive(Clone, Copy, Debug)]
pub struct Course<'a> {
    /// The packages.
    pub space: &'a Space<'a>,
    /// Who simulates them.
    pub judge: Judge<'a>,
    /// How they are judged.
    pub rules: &'a Rules,
    /// What reads their files.
    pub files: Files<'a>,
}

/// The name of a package's file by its number, from 1; one that no policy of the scenario has.
#[must_use]
pub fn name(space: &Space<'_>, number: usize) -> String {
    let is_taken = |name: &String| space.scenario.policies.iter().any(|it| it.name == *name);
    let names = (1..).map(|number| format!("found-{number:02}")).filter(|name| !is_taken(name));
    names.skip(number.saturating_sub(1)).take(1).collect()
}

impl Course<'_> {
    /// The policies that packages are, each loaded from its file; `about` is the head of the file of a number.
    #[must_use]
    pub fn policies(
        &self,
        packages: &[Package],
        about: impl Fn(&str, &Package) -> Head,
    ) -> Vec<(String, Option<Policy>)> {
        let named = |(number, package): (usize, &Package)| {
            let name = name(self.space, number + 1);
            let text = self.space.text(package, &about(&name, package));
            (name, text)
        };
        let texts: Vec<(String, String)> = packages.iter().enumerate().map(named).collect();
        let policies = self.files.load(&texts);
        texts.into_iter().map(|(_, text)| text).zip(policies).collect()
    }

    /// One generation. Whether there was anything to try.
    ///
    /// # Errors
    ///
    /// Fails if the simulation does, or a package has no finite value.
    pub fn step(&self, state: &mut State) -> Result<bool, Halted<CourseError>> {
        let settings = self.settings();
        let packages = if state.search.generation == 0 {
            self.first()
        } else {
            self.children(&settings, state)
        };
        if packages.is_empty() {
            state.exhausted = true;
            return Ok(false);
        }
        let genomes: Vec<Vec<f64>> = packages.iter().map(|it| self.space.genome(it)).collect();
        let policies: Vec<Option<Policy>> = self
            .policies(&packages, |name, _| self.plain(name))
            .into_iter()
            .map(|it| it.1)
            .collect();
        let known: Vec<&Measured> = state
            .search
            .archive
            .members()
            .iter()
            .filter(|member| member.evaluation.is_feasible())
            .filter_map(|member| of_genome(&state.measured, &member.genome))
            .collect();
        let (standings, effort) = self.standings(&policies, &known)?;
        let evaluation = |standing: &Option<Standing>| self.evaluation(standing.as_ref());
        let evaluations: Vec<Evaluation> = standings.iter().map(evaluation).collect();
        let is_within = |(package, standing): (&Package, &Option<Standing>)| {
            let measured = standing.as_ref().map(|standing| &standing.measured);
            !package.is_empty()
                && measured.is_some_and(|it| self.rules.evaluation(it).is_feasible())
        };
        state.within |= packages.iter().zip(&standings).any(is_within);
        state.tried.extend(packages);
        let new = genomes
            .iter()
            .cloned()
            .zip(standings)
            .filter_map(|(genome, standing)| Some((genome, standing?.measured)));
        state.measured.extend(new);
        nsga::accept(&settings, &mut state.search, genomes, evaluations)
            .map_err(|error| Halted::Failed(error.into()))?;
        state.effort += effort;
        forget(state);
        Ok(true)
    }

    fn settings(&self) -> Settings {
        let kinds = self.space.kinds();
        let mutation = (MUTATIONS / kinds.len().max(1) as f64).min(1.0);
        Settings { mutation, ..Settings::new(self.rules.seed, POPULATION, kinds) }
    }

    /// The head of a file that is not kept.
    pub(super) fn plain(&self, name: &str) -> Head {
        let scenario = self.space.scenario;
        Head {
            title: format!("Package {name}"),
            title_ko: format!("묶음 {name}"),
            extends: scenario.policies[scenario.baseline].name.clone(),
            ..Head::default()
        }
    }

    /// The first generation: packages like each shipped policy, in its size and half of it, each lever alone, in a
    /// middle size and the smallest from the latest date, and random ones.
    fn first(&self) -> Vec<Package> {
        let scenario = self.space.scenario;
        let shipped = [1.0, 0.5].into_iter().flat_map(|factor| {
            scenario.policies.iter().map(move |policy| self.space.like(policy, factor))
        });
        let alone = (0..self.space.candidates.len()).map(|candidate| {
            let sizes = &self.space.candidates[candidate].sizes;
            vec![Part { candidate, size: sizes.len() / 2, delay: 0 }]
        });
        let least = self.space.candidates.iter().enumerate().map(|(candidate, of)| {
            vec![Part { candidate, size: 0, delay: of.delays.saturating_sub(1) }]
        });
        let random = (0..RANDOM).map(|number| self.random(number));
        self.apart(shipped.chain(alone).chain(least).chain(random), &[])
    }

    /// The children of the present population that were not tried yet. Where few are left, as many others as make a
    /// whole generation: spread over all that were not tried where packages are few, else random ones.
    fn children(&self, settings: &Settings, state: &State) -> Vec<Package> {
        let bred = nsga::propose(settings, &state.search);
        let mut found =
            self.apart(bred.iter().map(|genome| self.space.package(genome)), &state.tried);
        if found.len() >= FEWEST_NEW {
            return found;
        }
        let known = [&state.tried[..], &found[..]].concat();
        let wanted = POPULATION - found.len();
        let more = if let Some(all) = self.space.all(MOST_LISTED) {
            let left = self.apart(all.into_iter(), &known);
            let step = left.len().div_ceil(wanted).max(1);
            left.into_iter().step_by(step).collect()
        } else {
            let first = RANDOM + state.search.generation * RANDOM_TRIES;
            let random = (first..first + RANDOM_TRIES).map(|number| self.random(number));
            self.apart(random, &known)
        };
        found.extend(more.into_iter().take(wanted));
        found
    }

    /// Some packages, each once, without those that are known.
    fn apart(&self, packages: impl Iterator<Item = Package>, known: &[Package]) -> Vec<Package> {
        let mut seen: BTreeSet<Package> = known.iter().cloned().collect();
        // Through the genome and back: what a lever alone needs is not with it.
        let whole = packages.map(|package| self.space.package(&self.space.genome(&package)));
        whole.filter(|package| seen.insert(package.clone())).collect()
    }

    /// A random package, by its number: up to six levers, each as likely as another, in any size and from any date.
    #[must_use]
    pub fn random(&self, number: u64) -> Package {
        // A generation that no search reaches.
        let chance = Chance::of(self.rules.seed, u64::MAX, number, 0);
        let candidates = &self.space.candidates;
        let draw = |gene: usize, count: usize| place(chance.gene(gene, 0), count);
        let wanted = 1 + draw(0, MOST_LEVERS.min(candidates.len().max(1)));
        let mut order: Vec<usize> = (0..candidates.len()).collect();
        order.sort_by(|&one, &other| {
            chance.gene(one, 1).total_cmp(&chance.gene(other, 1)).then(one.cmp(&other))
        });
        let mut chosen = order[..wanted.min(order.len())].to_vec();
        let needed: Vec<usize> =
            chosen.iter().flat_map(|&place| candidates[place].needs.clone()).collect();
        chosen.extend(needed);
        chosen.sort_unstable();
        chosen.dedup();
        let part = |candidate: usize| {
            let of = &candidates[candidate];
            let delay = place(chance.gene(candidate, 3), of.delays.into());
            Part {
                candidate,
                size: place(chance.gene(candidate, 2), of.sizes.len()),
                delay: u16::try_from(delay).unwrap_or(0),
            }
        };
        chosen.into_iter().map(part).collect()
    }

    /// How packages did, none for those that the scenario refuses, and the replications that it took.
    fn standings(
        &self,
        policies: &[Option<Policy>],
        known: &[&Measured],
    ) -> Result<(Vec<Option<Standing>>, usize), Halted<CourseError>> {
        let fit: Vec<&Policy> = policies.iter().flatten().collect();
        let mut effort = 0;
        let halved = halve(fit.len(), HALVING, self.rules, known, |candidates, range| {
            let policies: Vec<Policy> = candidates.iter().map(|&it| fit[it].clone()).collect();
            effort += policies.len() * range.len();
            // Each replication has a value in each world.
            let worlds = self.judge.worlds.len();
            let replications = range.start / worlds..range.end / worlds;
            self.judge.measure(&policies, replications, &|| ())
        });
        let halved = halved.map_err(|error| match error {
            HalvingError::Failed(error) => widened(error),
            HalvingError::Shape => Halted::Failed(CourseError::NotFinite),
        })?;
        let mut halved = halved.into_iter();
        Ok((policies.iter().map(|it| it.as_ref().and_then(|_| halved.next())).collect(), effort))
    }

    /// What the ranking is told of a package.
    fn evaluation(&self, standing: Option<&Standing>) -> Evaluation {
        let Some(standing) = standing else {
            let criteria = self.rules.statistics.len() + usize::from(self.rules.cost_counts);
            return Evaluation { objectives: vec![0.0; criteria], violation: REFUSED };
        };
        let evaluation = self.rules.evaluation(&standing.measured);
        let violation = evaluation.violation + if standing.dropped { DROPPED } else { 0.0 };
        Evaluation { violation, ..evaluation }
    }

    /// At most so many packages of the archive that are within the budget and not the baseline, spread over it.
    #[must_use]
    pub fn best(&self, state: &State, most: usize) -> Vec<Package> {
        let feasible = |member: &&Member| {
            member.evaluation.is_feasible() && !self.space.package(&member.genome).is_empty()
        };
        let mut left: Vec<&Member> =
            state.search.archive.members().iter().filter(feasible).collect();
        while left.len() > most {
            let room = crowding(&left.iter().map(|it| &it.evaluation).collect::<Vec<_>>());
            let tightest = (0..left.len()).min_by(|&a, &b| room[a].total_cmp(&room[b]));
            left.remove(tightest.unwrap_or(0));
        }
        left.into_iter().map(|member| self.space.package(&member.genome)).collect()
    }

    /// By how much the package that is nearest to the budget exceeds the limit that it exceeds most, on average over its
    /// replications, as a share of the limit; `None` without a package that was simulated.
    #[must_use]
    pub fn nearest(&self, state: &State) -> Option<f64> {
        let excess = |measured: &Measured| {
            let means = measured.excess.iter().map(|values| Statistic::Mean.value(values));
            means.reduce(f64::max)
        };
        let packages =
            state.measured.iter().filter(|(genome, _)| !self.space.package(genome).is_empty());
        packages.filter_map(|(_, measured)| excess(measured)).reduce(f64::min)
    }
}

/// What a genome reached, where it is known.
fn of_genome<'m>(measured: &'m [(Vec<f64>, Measured)], genome: &[f64]) -> Option<&'m Measured> {
    let wanted = bits(genome);
    measured.iter().find(|(known, _)| bits(known) == wanted).map(|(_, measured)| measured)
}

/// Keeps what is known of those alone that are in the population or the archive.
fn forget(state: &mut State) {
    let members = state.search.population.iter().chain(state.search.archive.members());
    let kept: BTreeSet<Vec<u64>> = members.map(|it| bits(&it.genome)).collect();
    state.measured.retain(|(genome, _)| kept.contains(&bits(genome)));
}

/// The same for an error of the course.
pub(super) fn widened(halted: Halted<EvaluationError>) -> Halted<CourseError> {
    match halted {
        Halted::Stopped => Halted::Stopped,
        Halted::Failed(error) => Halted::Failed(error.into()),
        Halted::Panicked { task, message } => Halted::Panicked { task, message },
    }
}

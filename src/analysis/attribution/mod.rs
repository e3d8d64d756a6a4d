//! Which part of a policy's effect is due to which of its packages.
//!
//! The packages are the players of a game whose value is a metric of the baseline with some of
//! them. Every set of packages is simulated with the same draws, so that a package's part is known
//! in each replication, and its interval is that of a mean over replications.

pub mod shapley;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::analysis::attribution::shapley::Players;
use crate::analysis::attribution::shapley::everybody;
use crate::analysis::layout::Layout;
use crate::analysis::layout::Table;
use crate::analysis::statistics::Design;
use crate::analysis::statistics::Estimate;
use crate::analysis::study::Study;
use crate::analysis::study::StudyError;
use crate::analysis::study::Workspace;
use crate::analysis::study::policy::StudyPolicy;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Progress;
use crate::experiment::batch::Workers;
use crate::random::Key;
use crate::random::Purpose;
use crate::random::name_number;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::package::Package;
use crate::scenario::package::with_packages;

/// The most packages for which every set is simulated: 128 policies.
pub const MOST_EXACT: usize = 7;
/// Orders sampled in each replication where there are more packages.
pub const SAMPLES: u32 = 8;

/// How the parts are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Every set of packages is simulated.
    Exact,
    /// In each replication so many pairs of a random order and its reverse.
    Sampled {
        /// The number of pairs.
        pairs: u32,
    },
}

impl Method {
    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Sampled { .. } => "sampled",
        }
    }
}

/// What is split: a metric in a place at the end of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The metric.
    pub metric: &'static str,
    /// The place.
    pub place: String,
    /// Its unit.
    pub unit: &'static str,
    /// Whether its values are whole numbers.
    pub whole: bool,
    /// The year.
    pub year: u16,
}

/// The part of one package.
#[derive(Clone, Debug, PartialEq)]
pub struct PackagePart {
    /// Its Shapley value.
    pub shapley: Estimate,
    /// How much of the standard error of the Shapley value comes from sampling orders; `None` where
    /// every set was simulated.
    pub sampling_se: Option<f64>,
    /// The policy less the policy without the package.
    pub leave_one_out: Estimate,
    /// The baseline with the package less the baseline.
    pub alone: Estimate,
}

/// What two packages add together beyond what each adds alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Interaction {
    /// The place of the one among the packages.
    pub first: usize,
    /// The place of the other.
    pub second: usize,
    /// Both together, against the baseline.
    pub together: Estimate,
    /// Both together less each alone.
    pub interaction: Estimate,
}

/// One metric split among the packages.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// What is split.
    pub measured: Measured,
    /// The policy less the baseline.
    pub total: Estimate,
    /// The parts, in the order of the packages.
    pub parts: Vec<PackagePart>,
    /// Pairs of packages; empty where orders are sampled and pairs were not asked for.
    pub interactions: Vec<Interaction>,
}

/// The game: a policy, the baseline, and the packages between them.
#[derive(Clone, Copy, Debug)]
pub struct Game<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The policy that is split.
    pub policy: &'a Policy,
    /// Its packages, at most 64.
    pub packages: &'a [Package],
    /// How the parts are found.
    pub method: Method,
    /// Whether each pair of packages is simulated, also where orders are sampled.
    pub synergy: bool,
}

/// What one replication says: for each thing measured the value of every set that was simulated.
type Worth = Vec<BTreeMap<Players, f64>>;

impl Game<'_> {
    /// Splits what is measured among the packages.
    ///
    /// # Errors
    ///
    /// Fails if the simulation does, and when the work is stopped.
    pub fn play(
        &self,
        measured: &[Measured],
        workers: &Workers<'_>,
        progress: &dyn Progress,
    ) -> Result<Vec<Split>, Halted<StudyError>> {
        let count = self.scenario.replications;
        // One study serves all replications where all simulate the same sets.
        let ready = |sets: &BTreeSet<Players>| {
            let study = self.study(sets);
            let layouts = study.layouts();
            (study, layouts)
        };
        let shared = (self.method == Method::Exact).then(|| ready(&self.sets(0)));
        let one = |workspace: &mut Workspace, number: usize| {
            let replication = u32::try_from(number).unwrap_or(u32::MAX);
            let sets = self.sets(replication);
            let own;
            let (study, layouts) = if let Some(shared) = &shared {
                shared
            } else {
                own = ready(&sets);
                &own
            };
            let values = study.replicate(replication, workspace).map_err(Halted::Failed)?;
            progress.replication_done();
            Ok(worth(layouts, &values, &sets, measured))
        };
        let replications: Vec<Worth> =
            workers.map_in_order(count as usize, Workspace::default, one)?;
        let split = |(place, measured): (usize, &Measured)| {
            let worth: Vec<&BTreeMap<Players, f64>> =
                replications.iter().map(|worth| &worth[place]).collect();
            self.split(measured, &worth)
        };
        Ok(measured.iter().enumerate().map(split).collect())
    }

    /// The layouts of the baseline and of the whole policy, to know what can be measured.
    #[must_use]
    pub fn layouts(&self) -> Vec<Layout> {
        self.study(&BTreeSet::from([0, everybody(self.packages.len())])).layouts()
    }

    /// The sets of packages that a replication simulates.
    fn sets(&self, replication: u32) -> BTreeSet<Players> {
        let players = self.packages.len();
        let all = everybody(players);
        if let Method::Sampled { .. } = self.method {
            let mut sets: BTreeSet<Players> = BTreeSet::from([0, all]);
            for order in self.orders(replication) {
                sets.extend(shapley::sets_of(&order));
                sets.extend(shapley::sets_of(&order).map(|set| all & !set));
            }
            for player in 0..players {
                sets.extend([1 << player, all & !(1 << player)]);
            }
            sets.extend(self.pairs().map(|(first, second)| 1 << first | 1 << second));
            sets
        } else {
            (0..=all).collect()
        }
    }

    /// The pairs of packages that are told of.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let told = self.synergy || self.method == Method::Exact;
        let players = if told { self.packages.len() } else { 0 };
        (0..players).flat_map(move |first| (first + 1..players).map(move |second| (first, second)))
    }

    /// The random orders of a replication; each is used together with its reverse.
    fn orders(&self, replication: u32) -> Vec<Vec<usize>> {
        let Method::Sampled { pairs } = self.method else { return Vec::new() };
        let world = Key::world(self.scenario.seed, replication.into());
        let key = world.entity(name_number("order of attribution"));
        let order = |pair: u32| {
            let key = key.entity(pair.into());
            let draw = |package: usize| {
                key.entity(name_number(&self.packages[package].name)).word(0, Purpose::Lottery)
            };
            let mut order: Vec<usize> = (0..self.packages.len()).collect();
            order.sort_by_key(|&package| draw(package));
            order
        };
        (0..pairs).map(order).collect()
    }

    /// The study of some sets of packages; the empty set, the baseline, is its first policy.
    fn study(&self, sets: &BTreeSet<Players>) -> Study {
        let baseline = &self.scenario.policies[self.scenario.baseline];
        let policy = |&set: &Players| {
            let chosen = self.packages.iter().enumerate();
            let chosen = chosen.filter(|(place, _)| set >> place & 1 == 1).map(|(_, own)| own);
            // No policy of a file has a space in its name.
            let name = format!("packages {set}");
            StudyPolicy::of(&with_packages(self.policy, baseline, name, chosen))
        };
        let others = sets.iter().filter(|set| **set != 0).map(policy).collect();
        Study::new(self.scenario, others, StudyPolicy::of(baseline))
    }

    fn split(&self, measured: &Measured, worth: &[&BTreeMap<Players, f64>]) -> Split {
        let players = self.packages.len();
        let all = everybody(players);
        let of = |set: Players| -> Vec<f64> {
            worth.iter().map(|worth| worth.get(&set).copied().unwrap_or(0.0)).collect()
        };
        let (nobody, everyone) = (of(0), of(all));
        let less =
            |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a - b).collect() };
        let (values, sampling) = self.values(worth);
        let design = Design::of_run(self.scenario);
        let known = |values: &[f64]| known(values, design);
        let part = |player: usize| {
            let own: Vec<f64> = values.iter().map(|values| values[player]).collect();
            PackagePart {
                shapley: known(&own),
                sampling_se: sampling.as_ref().map(|sampling| sampling[player]),
                leave_one_out: known(&less(&everyone, &of(all & !(1 << player)))),
                alone: known(&less(&of(1 << player), &nobody)),
            }
        };
        let interaction = |(first, second): (usize, usize)| {
            let together = less(&of(1 << first | 1 << second), &nobody);
            let alone = [first, second].map(|player| less(&of(1 << player), &nobody));
            let beyond = less(&less(&together, &alone[0]), &alone[1]);
            Interaction { first, second, together: known(&together), interaction: known(&beyond) }
        };
        Split {
            measured: measured.clone(),
            total: known(&less(&everyone, &nobody)),
            parts: (0..players).map(part).collect(),
            interactions: self.pairs().map(interaction).collect(),
        }
    }

    /// For each replication the parts of the packages, and the standard error of their means by
    /// the sampling of orders.
    fn values(&self, worth: &[&BTreeMap<Players, f64>]) -> (Vec<Vec<f64>>, Option<Vec<f64>>) {
        let players = self.packages.len();
        if self.method == Method::Exact {
            let exact = |worth: &&BTreeMap<Players, f64>| {
                let values: Vec<f64> = worth.values().copied().collect();
                shapley::shapley(players, &values)
            };
            return (worth.iter().map(exact).collect(), None);
        }
        let sampled: Vec<_> = worth
            .iter()
            .zip(0..)
            .map(|(worth, replication)| shapley::sampled(&self.orders(replication), worth))
            .collect();
        let variance = |player: usize| -> Option<f64> {
            let of_one = |(_, variances): &(_, Option<Vec<f64>>)| Some(variances.as_ref()?[player]);
            sampled.iter().map(of_one).sum()
        };
        let error =
            |player| variance(player).map_or(0.0, |variance| variance.sqrt() / worth.len() as f64);
        let errors = (0..players).map(error).collect();
        (sampled.into_iter().map(|(values, _)| values).collect(), Some(errors))
    }
}

/// The estimate of values of which there is at least one, all finite.
fn known(values: &[f64], design: Design) -> Estimate {
    Estimate::of(values, design).unwrap_or(Estimate {
        replications: values.len(),
        mean: 0.0,
        sd: None,
        se: None,
        ci_low: None,
        ci_high: None,
    })
}

/// Reads what is measured in one replication of the sets.
fn worth(
    layouts: &[Layout],
    values: &[Vec<f64>],
    sets: &BTreeSet<Players>,
    measured: &[Measured],
) -> Worth {
    let of_one = |measured: &Measured| {
        let read = |((layout, values), &set): ((&Layout, &Vec<f64>), &Players)| {
            let series = layout.position(Table::Metric, measured.metric, &measured.place);
            let year = layout.years.iter().position(|year| *year == measured.year);
            // Who is at a facility that there is not: nobody.
            let value = series
                .zip(year)
                .map_or(0.0, |(series, year)| values[series * layout.years.len() + year]);
            (set, value)
        };
        layouts.iter().zip(values).zip(sets).map(read).collect()
    };
    measured.iter().map(of_one).collect()
}

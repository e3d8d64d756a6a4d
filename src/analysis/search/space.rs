//! Which packages there are: levers that a scenario's policies have and its baseline lacks, in which sizes, from when.
//!
//! A package has any of these levers beside those of the baseline, each as the first policy that has it in the
//! scenario's order states it, but for its size and its dates. What the baseline has stays as it is. A lever that
//! names a facility (`scope`, `tenants`, `alumni`) is in a package only with that facility.

use serde::Deserialize;
use serde::Serialize;

use crate::policy::evidence::beyond_evidence;
use crate::policy::lever::Horizon;
use crate::policy::levers::LeverKind;
use crate::policy::levers::Levers;
use crate::policy::scale;
use crate::policy::scale::SizeValue;
use crate::policy::setting::SettingKind;
use crate::policy::slot::LeverSlot;
use crate::policy::values::DISTRICT;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::WrittenLever;
use crate::scenario::policy_text;
use crate::scenario::policy_text::Head;
use crate::scenario::variant;
use crate::time::Date;

use crate::analysis::search::genome::Kind;

/// Sizes are so many parts of the one that is written.
const PARTS: u32 = 20;
/// The smallest: a quarter.
const FEWEST_PARTS: u32 = 5;
/// The largest within evidence: twice the size.
const MOST_PARTS: u32 = 40;
/// The largest beyond evidence: four times the size.
const MOST_PARTS_BEYOND: u32 = 80;
/// By so many years dates are moved at most.
pub const MOST_DELAY: u16 = 5;
/// Genes of a lever: whether it is in, its size, its delay.
const GENES: usize = 3;

/// A setting that is larger than evidence reaches.
#[derive(Clone, Debug, PartialEq)]
pub struct BeyondEvidence {
    /// The setting.
    pub setting: &'static str,
    /// Its value.
    pub value: f64,
    /// How far evidence reaches.
    pub limit: f64,
    /// What the evidence is of.
    pub source: String,
}

/// A size that a lever may have.
#[derive(Clone, Debug, PartialEq)]
pub struct Size {
    /// The factor on the size as written, as far as whole places or persons reach it.
    pub factor: f64,
    /// The lever in this size, as written.
    pub written: WrittenLever,
    /// Its settings that lie beyond evidence.
    pub beyond: Vec<BeyondEvidence>,
}

/// A lever that packages may have.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its name.
    pub name: String,
    /// Its number among the levers of the scenario.
    pub slot: LeverSlot,
    /// The policy that states it.
    pub policy: usize,
    /// The setting that is its size; none where it has none.
    pub size: Option<&'static str>,
    /// Its sizes, rising.
    pub sizes: Vec<Size>,
    /// By how many years it may be moved: 0 to one less.
    pub delays: u16,
    /// The year in which it begins to act as written.
    pub year: u16,
    /// The candidates that it needs, by their places.
    pub needs: Vec<usize>,
}

/// A lever of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Part {
    /// Which candidate.
    pub candidate: usize,
    /// Which of its sizes.
    pub size: usize,
    /// By how many years its dates are moved.
    pub delay: u16,
}

/// Levers beside the baseline's, in the order of candidates.
pub type Package = Vec<Part>;

/// All packages of a scenario.
#[derive(Clone, Debug)]
pub struct Space<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The levers that a package may have, in the order of their names.
    pub candidates: Vec<Candidate>,
    /// The levers that none may have, as even a quarter of their size lies beyond evidence, or a facility that they
    /// name is none.
    pub left_out: Vec<String>,
}

impl<'a> Space<'a> {
    /// The packages of a scenario, within evidence or also beyond it.
    #[must_use]
    pub fn of(scenario: &'a Scenario, beyond: bool) -> Self {
        let baseline = &scenario.policies[scenario.baseline];
        let mut found: Vec<(LeverSlot, usize)> = Vec::new();
        let others = scenario.policies.iter().enumerate();
        for (place, policy) in others.filter(|(place, _)| *place != scenario.baseline) {
            for lever in policy.plan.common() {
                let is_there = baseline.plan.common().any(|other| other.slot == lever.slot);
                if !is_there && policy.is_option() && found.iter().all(|it| it.0 != lever.slot) {
                    found.push((lever.slot, place));
                }
            }
        }
        found.sort_unstable();
        let all: Vec<Candidate> = found
            .into_iter()
            .map(|(slot, policy)| candidate(scenario, policy, slot, beyond))
            .collect();
        let (candidates, left_out) = that_can_be(all, baseline);
        Self { scenario, candidates, left_out }
    }

    /// What the genes of a package stand for: three of each candidate.
    #[must_use]
    pub fn kinds(&self) -> Vec<Kind> {
        let of = |candidate: &Candidate| {
            let sizes = u32::try_from(candidate.sizes.len()).unwrap_or(u32::MAX);
            [Kind::Switch, Kind::Whole { n: sizes }, Kind::Whole { n: candidate.delays.into() }]
        };
        self.candidates.iter().flat_map(of).collect()
    }

    /// The package that a genome stands for: without levers whose facility is not in it.
    #[must_use]
    pub fn package(&self, genome: &[f64]) -> Package {
        let kinds = self.kinds();
        let is_on =
            |place: usize| genome.get(GENES * place).is_some_and(|&it| Kind::Switch.is_on(it));
        let choice = |gene: usize| kinds[gene].choice(genome.get(gene).copied().unwrap_or(0.5));
        let part = |candidate: usize| Part {
            candidate,
            size: choice(GENES * candidate + 1) as usize,
            delay: u16::try_from(choice(GENES * candidate + 2)).unwrap_or(0),
        };
        let has_what_it_needs =
            |&place: &usize| self.candidates[place].needs.iter().all(|&other| is_on(other));
        let places = (0..self.candidates.len()).filter(|&place| is_on(place));
        places.filter(has_what_it_needs).map(part).collect()
    }

    /// Every package, where there are at most so many; one whose lever lacks what it needs is there as it is without.
    #[must_use]
    pub fn all(&self, most: usize) -> Option<Vec<Package>> {
        let mut all: Vec<Package> = vec![Vec::new()];
        for (place, candidate) in self.candidates.iter().enumerate() {
            let delays = usize::from(candidate.delays);
            let ways = candidate.sizes.len() * delays;
            if all.len().saturating_mul(1 + ways) > most {
                return None;
            }
            let part = |way: usize| Part {
                candidate: place,
                size: way / delays,
                delay: u16::try_from(way % delays).unwrap_or(0),
            };
            let with: Vec<Package> = all
                .iter()
                .flat_map(|package| {
                    (0..ways).map(|way| package.iter().copied().chain([part(way)]).collect())
                })
                .collect();
            all.extend(with);
        }
        Some(all)
    }

    /// The genome of a package: the genes of what is not in it are those of its size as written and no delay, so
    /// that one package has one genome.
    #[must_use]
    pub fn genome(&self, package: &[Part]) -> Vec<f64> {
        let kinds = self.kinds();
        let of = |(place, candidate): (usize, &Candidate)| {
            let part = package.iter().find(|part| part.candidate == place);
            let (size, delay) =
                part.map_or((candidate.as_written(), 0), |part| (part.size, part.delay));
            let size = u32::try_from(size).unwrap_or(u32::MAX);
            let choices = [u32::from(part.is_some()), size, delay.into()];
            let genes = choices.into_iter().zip(&kinds[GENES * place..]);
            genes.map(|(choice, kind)| kind.gene_of(choice)).collect::<Vec<_>>()
        };
        self.candidates.iter().enumerate().flat_map(of).collect()
    }

    /// The package with what a policy adds to the baseline: the levers as they are stated for the search, in the
    /// size nearest to a factor.
    #[must_use]
    pub fn like(&self, policy: &Policy, factor: f64) -> Package {
        let has = |place: &usize| {
            let slot = self.candidates[*place].slot;
            policy.plan.common().any(|lever| lever.slot == slot)
        };
        let places: Vec<usize> = (0..self.candidates.len()).filter(has).collect();
        let whole = |place: &usize| {
            self.candidates[*place].needs.iter().all(|other| places.contains(other))
        };
        let part = |&candidate: &usize| Part {
            candidate,
            size: self.candidates[candidate].nearest(factor),
            delay: 0,
        };
        places.iter().filter(|place| whole(place)).map(part).collect()
    }

    /// The levers of a package as they are written, with its sizes and dates.
    #[must_use]
    pub fn written(&self, package: &[Part]) -> Vec<WrittenLever> {
        let of = |part: &Part| {
            let written = &self.candidates[part.candidate].sizes[part.size].written;
            delayed(written.clone(), part.delay)
        };
        package.iter().map(of).collect()
    }

    /// The policy file of a package.
    #[must_use]
    pub fn text(&self, package: &[Part], head: &Head) -> String {
        // The effects of instruments stand in the policies that state them.
        let mut plan = Levers::default();
        for part in package {
            let candidate = &self.candidates[part.candidate];
            let stated = &self.scenario.policies[candidate.policy].plan;
            plan = plan.with_levers_of(stated, &[candidate.slot]);
        }
        policy_text::text(head, &self.written(package), &plan)
    }

    /// A package in words: `campus ×0.5 from 2029, courses from 2023`.
    #[must_use]
    pub fn words(&self, package: &[Part]) -> String {
        let of = |part: &Part| {
            let candidate = &self.candidates[part.candidate];
            let factor = candidate.sizes[part.size].factor;
            let times =
                if (factor - 1.0).abs() < 1e-9 { String::new() } else { format!(" ×{factor}") };
            format!("{}{times} from {}", candidate.name, candidate.year + part.delay)
        };
        package.iter().map(of).collect::<Vec<_>>().join(", ")
    }

    /// What of a package lies beyond evidence, with the lever.
    pub fn beyond<'p>(
        &'p self,
        package: &'p [Part],
    ) -> impl Iterator<Item = (&'p str, &'p BeyondEvidence)> {
        package.iter().flat_map(|part| {
            let candidate = &self.candidates[part.candidate];
            let beyond = candidate.sizes[part.size].beyond.iter();
            beyond.map(|beyond| (candidate.name.as_str(), beyond))
        })
    }
}

impl Candidate {
    /// The place of the size nearest to a factor; of two as near, the smaller.
    fn nearest(&self, factor: f64) -> usize {
        let distance = |&place: &usize| (self.sizes[place].factor - factor).abs();
        let nearest = (0..self.sizes.len()).min_by(|a, b| distance(a).total_cmp(&distance(b)));
        nearest.unwrap_or(0)
    }

    /// The place of the size as written, or the nearest to it.
    fn as_written(&self) -> usize {
        self.nearest(1.0)
    }
}

/// A lever of a policy with all sizes that it may have; none where even the smallest lies beyond evidence.
fn candidate(scenario: &Scenario, place: usize, slot: LeverSlot, beyond: bool) -> Candidate {
    let (policy, baseline) = (&scenario.policies[place], &scenario.policies[scenario.baseline]);
    let common = policy.plan.common().find(|lever| lever.slot == slot);
    let name = common.map(|lever| lever.name.clone()).unwrap_or_default();
    let size = common.and_then(|lever| lever.spec.scales);
    let horizon = Horizon { first_year: scenario.first_year, last_year: scenario.last_year };
    let most = if beyond { MOST_PARTS_BEYOND } else { MOST_PARTS };
    let mut sizes: Vec<Size> = Vec::new();
    let mut last = Levers::default();
    let parts = if size.is_some() { FEWEST_PARTS..=most } else { PARTS..=PARTS };
    for parts in parts {
        let factor = f64::from(parts) / f64::from(PARTS);
        let scaled = variant::scaled(policy, baseline, factor);
        let plan = Levers::default().with_levers_of(&scaled.plan, &[slot]);
        let written = scaled.written.into_iter().find(|lever| lever.name == name);
        let Some(written) = written.filter(|_| plan != last) else { continue };
        let unit = |unit: &str, amount| scenario.money.of_registers(unit, amount);
        let found = beyond_evidence(&plan, unit).into_iter().map(|found| BeyondEvidence {
            setting: found.setting,
            value: found.value,
            limit: found.limit,
            source: found.source.to_owned(),
        });
        let found: Vec<BeyondEvidence> = found.collect();
        let does_nothing = plan.levers().any(|lever| lever.idle(horizon).is_some());
        if (beyond || found.is_empty()) && !does_nothing {
            let factor = reached(&plan, &policy.plan, slot).unwrap_or(factor);
            sizes.push(Size { factor, written, beyond: found });
            last = plan;
        }
    }
    let year = sizes.first().map_or(scenario.last_year, |size| begins(&size.written));
    let delays = 1 + scenario.last_year.saturating_sub(year).min(MOST_DELAY);
    Candidate { name, slot, policy: place, size, sizes, delays, year, needs: Vec::new() }
}

/// The factor that a lever's size has reached after rounding to whole places or persons, to a hundredth.
fn reached(plan: &Levers, stated: &Levers, slot: LeverSlot) -> Option<f64> {
    let size = |plan: &Levers| {
        let first = scale::sizes(plan).into_iter().find(|size| size.slot == slot)?;
        Some(match first.value {
            SizeValue::Number(number) => number,
            SizeValue::Schedule(schedule) => f64::from(schedule.largest()),
        })
    };
    let (own, whole) = (size(plan)?, size(stated)?);
    (whole > 0.0).then(|| (100.0 * own / whole).round() / 100.0)
}

/// The year in which a lever begins to act: that of its opening or decision, where it has one.
fn begins(lever: &WrittenLever) -> u16 {
    let year = |name: &str| lever.setting(name)?.value.get(..4)?.parse::<u16>().ok();
    let years = ["opening", "decision"].into_iter().filter_map(year);
    years.chain([lever.from.year]).max().unwrap_or(lever.from.year)
}

/// The facilities that a lever names.
fn facilities(lever: &WrittenLever) -> impl Iterator<Item = &str> {
    let kind = LeverKind::named(lever.kind);
    let names_one = move |name: &str| {
        let mut settings = kind.into_iter().flat_map(LeverKind::settings);
        settings.any(|setting| setting.name == name && setting.kind == SettingKind::Scope)
    };
    let named = lever.settings.iter().filter(move |setting| names_one(setting.name));
    named.map(|setting| setting.value.as_str()).filter(|name| *name != DISTRICT)
}

/// The candidates that can be in a package, with what they need, and the names of the others.
fn that_can_be(all: Vec<Candidate>, baseline: &Policy) -> (Vec<Candidate>, Vec<String>) {
    let (mut kept, out): (Vec<Candidate>, Vec<Candidate>) =
        all.into_iter().partition(|candidate| !candidate.sizes.is_empty());
    let mut left_out: Vec<String> = out.into_iter().map(|candidate| candidate.name).collect();
    let needed = |candidate: &Candidate| -> Vec<String> {
        let there = |name: &&str| baseline.plan.common().any(|lever| lever.name == *name);
        let all = candidate.sizes.iter().flat_map(|size| facilities(&size.written));
        let mut names: Vec<String> = all.filter(|name| !there(name)).map(str::to_owned).collect();
        names.dedup();
        names
    };
    loop {
        let names: Vec<String> = kept.iter().map(|candidate| candidate.name.clone()).collect();
        let can_be =
            |candidate: &Candidate| needed(candidate).iter().all(|name| names.contains(name));
        let (stay, go): (Vec<Candidate>, Vec<Candidate>) = kept.into_iter().partition(can_be);
        kept = stay;
        if go.is_empty() {
            break;
        }
        left_out.extend(go.into_iter().map(|candidate| candidate.name));
    }
    let names: Vec<String> = kept.iter().map(|candidate| candidate.name.clone()).collect();
    for candidate in &mut kept {
        let place = |name: String| names.iter().position(|other| *other == name);
        candidate.needs = needed(candidate).into_iter().filter_map(place).collect();
    }
    left_out.sort();
    (kept, left_out)
}

/// A lever with all its dates so many years later.
fn delayed(mut lever: WrittenLever, years: u16) -> WrittenLever {
    let later = |date: Date| Date { year: date.year.saturating_add(years), ..date };
    lever.from = later(lever.from);
    lever.until = lever.until.map(later);
    let kind = LeverKind::named(lever.kind);
    for setting in &mut lever.settings {
        let mut known = kind.into_iter().flat_map(LeverKind::settings);
        let is_date = known.any(|it| it.name == setting.name && it.kind == SettingKind::Date);
        let year = setting.value.get(..4).and_then(|year| year.parse::<u16>().ok());
        if let (true, Some(year)) = (is_date, year) {
            setting.value = format!("{:04}{}", year.saturating_add(years), &setting.value[4..]);
        }
        for step in &mut setting.steps {
            step.0 = later(step.0);
        }
        if !setting.steps.is_empty() {
            let steps = setting.steps.iter().map(|(from, number)| format!("{number} from {from}"));
            setting.value = steps.collect::<Vec<_>>().join("; ");
        }
    }
    lever
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::scenario::Scenario;

    fn yangjae() -> Scenario {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae");
        Scenario::loader(&folder).load().unwrap()
    }

    /// The policy as which the file of a package loads.
    fn loaded(space: &Space<'_>, package: &[Part]) -> Policy {
        let head = Head {
            title: "A package".to_owned(),
            title_ko: "묶음".to_owned(),
            extends: space.scenario.policies[space.scenario.baseline].name.clone(),
            ..Head::default()
        };
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae");
        let text = space.text(package, &head);
        let scenario = Scenario::loader(&folder).policy("found", text).load().unwrap();
        assert_eq!(scenario.lever_names, space.scenario.lever_names);
        scenario.policies.iter().find(|it| it.name == "found").unwrap().clone()
    }

    #[test]
    fn a_package_like_a_shipped_policy_loads_as_that_policy() {
        let scenario = yangjae();
        let space = Space::of(&scenario, true);
        for name in ["full-plan", "talent-first", "capital-first", "rent-voucher", "baseline"] {
            let policy = scenario.policies.iter().find(|it| it.name == name).unwrap();
            let package = space.like(policy, 1.0);
            assert_eq!(loaded(&space, &package).plan, policy.plan, "{name}");
            assert_eq!(space.package(&space.genome(&package)), package);
        }
    }

    #[test]
    fn sizes_and_dates_stand_in_the_file() {
        let scenario = yangjae();
        let space = Space::of(&scenario, false);
        let named = |name: &str| space.candidates.iter().position(|it| it.name == name).unwrap();
        let campus = named("campus");
        let size = space.candidates[campus].nearest(0.5);
        let package = [Part { candidate: campus, size, delay: 3 }];
        let plan = loaded(&space, &package).plan;
        let facility = plan.facilities.iter().find(|it| it.common.name == "campus").unwrap();
        assert_eq!(facility.places.largest(), 270);
        assert_eq!(facility.building.opening, Date::from_calendar(2030, 7, 1).unwrap());
        assert_eq!(facility.common.from, Date::new_year(2028));
        assert_eq!(space.words(&package), "campus ×0.5 from 2030");
    }

    #[test]
    fn a_lever_without_its_facility_is_not_in_the_package() {
        let scenario = yangjae();
        let space = Space::of(&scenario, true);
        let named = |name: &str| space.candidates.iter().position(|it| it.name == name).unwrap();
        let (campus, testbed) = (named("campus"), named("testbed"));
        assert_eq!(space.candidates[testbed].needs, [campus]);
        let part = |candidate| Part { candidate, size: 0, delay: 0 };
        let alone = space.genome(&[part(testbed)]);
        assert_eq!(space.package(&alone), []);
        let both = [part(campus), part(testbed)];
        assert_eq!(space.package(&space.genome(&both)), both);
    }

    #[test]
    fn no_size_lies_beyond_evidence_unless_it_is_asked_for() {
        let scenario = yangjae();
        let within = Space::of(&scenario, false);
        let sizes = |space: &Space<'_>| {
            let all = space.candidates.iter().flat_map(|it| it.sizes.clone());
            all.collect::<Vec<_>>()
        };
        assert!(sizes(&within).iter().all(|size| size.beyond.is_empty()));
        let beyond = Space::of(&scenario, true);
        assert!(sizes(&beyond).iter().any(|size| !size.beyond.is_empty()));
        assert!(beyond.left_out.is_empty(), "{:?}", beyond.left_out);
        for space in [&within, &beyond] {
            let rises = |it: &Candidate| it.sizes.is_sorted_by(|a, b| a.factor < b.factor);
            assert!(space.candidates.iter().all(rises));
        }
        // The plan has 300 homes, which is as far as evidence reaches.
        let homes = within.candidates.iter().find(|it| it.name == "homes").unwrap();
        assert!((homes.sizes.last().unwrap().factor - 1.0).abs() < 1e-9);
    }
}

//! The settings of the cases: one built-in scenario, changed parameter by parameter.

use crate::analysis::layout::Table;
use crate::analysis::study::Study;
use crate::analysis::study::Workspace;
use crate::analysis::study::policy::StudyPolicy;
use crate::evidence::selftest::line::SelfTestError;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Workers;
use crate::scenario::Scenario;

/// The files of the built-in scenario but its district.
const FILES: &[(&str, &str)] = &[
    ("scenario.toml", include_str!("scenario/scenario.toml")),
    ("parameters.toml", include_str!("scenario/parameters.toml")),
    ("policies/baseline.toml", include_str!("scenario/policies/baseline.toml")),
    ("policies/five-places.toml", include_str!("scenario/policies/five-places.toml")),
    ("policies/fund-without-money.toml", include_str!("scenario/policies/fund-without-money.toml")),
    ("policies/fund.toml", include_str!("scenario/policies/fund.toml")),
    ("policies/homes.toml", include_str!("scenario/policies/homes.toml")),
    ("policies/house-that-costs.toml", include_str!("scenario/policies/house-that-costs.toml")),
    ("policies/no-homes.toml", include_str!("scenario/policies/no-homes.toml")),
    ("policies/no-places.toml", include_str!("scenario/policies/no-places.toml")),
    ("policies/one-place.toml", include_str!("scenario/policies/one-place.toml")),
    ("policies/twenty-places.toml", include_str!("scenario/policies/twenty-places.toml")),
    ("policies/twin.toml", include_str!("scenario/policies/twin.toml")),
];

/// The district of the built-in scenario: an empty city without limits of space.
const DISTRICT: &str = include_str!("scenario/district.toml");

/// What the cases are computed with.
#[derive(Debug)]
pub struct Bench<'a> {
    /// The threads.
    pub workers: &'a Workers<'a>,
    /// The seed of all chance.
    pub seed: u64,
    /// Replications of each setting.
    pub replications: u32,
    /// Parameters that every setting takes over: a way to see a case fail.
    pub set: Vec<(String, String)>,
}

/// One setting: what it changes in the built-in scenario.
#[derive(Clone, Copy, Debug)]
pub(super) struct BenchSetting<'s> {
    /// Values of parameters.
    pub set: &'s [(&'s str, f64)],
    /// Further lines of `district.toml`.
    pub district: &'s str,
    /// The last year; the first is 2018.
    pub until: u16,
}

/// Values by wanted series, replication and year.
pub(super) type Replications = Vec<Vec<Vec<f64>>>;

impl Bench<'_> {
    /// The scenario of a setting.
    pub(super) fn scenario(&self, setting: &BenchSetting<'_>) -> Result<Scenario, SelfTestError> {
        let own = setting.set.iter().map(|(name, value)| ((*name).to_owned(), value.to_string()));
        // What the bench sets comes in the place of what the setting says.
        let replaced = |name: &String| self.set.iter().any(|(other, _)| other == name);
        let mut set: Vec<(String, String)> = own.filter(|(name, _)| !replaced(name)).collect();
        set.extend(self.set.iter().cloned());
        let district = format!("{DISTRICT}\n{}", setting.district);
        let mut files = FILES.to_vec();
        files.push(("district.toml", &district));
        let scenario =
            Scenario::of_texts("selftest", &files).set_all(&set).until(setting.until).load()?;
        Ok(Scenario { seed: self.seed, replications: self.replications, ..scenario })
    }

    /// A study of the named policies, the first as the one that others are compared with; every
    /// policy is simulated from the first year on.
    pub(super) fn study(
        &self,
        setting: &BenchSetting<'_>,
        policies: &[&str],
    ) -> Result<Study, SelfTestError> {
        let scenario = self.scenario(setting)?;
        let named = |name: &&str| {
            let of_name = |policy: &&crate::scenario::Policy| policy.name == **name;
            scenario.policies.iter().find(of_name).map(StudyPolicy::of)
        };
        let mut members: Vec<StudyPolicy> = policies.iter().filter_map(named).collect();
        assert_eq!(members.len(), policies.len(), "every policy of a case is built in");
        let first = members.remove(0);
        Ok(Study::new(&scenario, members, first).without_shared_past())
    }

    /// Does something with each replication, on all threads, and gives the results in order.
    pub(super) fn each<T: Send>(
        &self,
        task: impl Fn(u32, &mut Workspace) -> Result<T, crate::analysis::study::StudyError> + Sync,
    ) -> Result<Vec<T>, SelfTestError> {
        let count = usize::try_from(self.replications).unwrap_or(usize::MAX);
        Ok(self.workers.map_in_order(count, Workspace::default, |workspace, number| {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            task(number, workspace).map_err(Halted::Failed)
        })?)
    }

    /// Simulates a study and reads series of one of its policies, by metric and place.
    pub(super) fn replications(
        &self,
        study: &Study,
        policy: usize,
        wanted: &[(Table, &str, &str)],
    ) -> Result<Replications, SelfTestError> {
        let layout = &study.layouts()[policy];
        let years = layout.years.len();
        let places: Vec<usize> = wanted
            .iter()
            .filter_map(|&(table, name, place)| layout.position(table, name, place))
            .collect();
        assert_eq!(places.len(), wanted.len(), "every series of a case is in the register");
        let rows = self.each(|replication, workspace| {
            let values = study.replicate(replication, workspace)?;
            let read =
                |&series: &usize| values[policy][series * years..(series + 1) * years].to_vec();
            Ok(places.iter().map(read).collect::<Vec<Vec<f64>>>())
        })?;
        let of = |wanted: usize| rows.iter().map(|row| row[wanted].clone()).collect();
        Ok((0..wanted.len()).map(of).collect())
    }
}

//! The shards of one run among folders, or everything that is wrong with them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::commands::merge::problem::ShardProblem;
use crate::experiment::block::file;
use crate::experiment::shard::Shard;
use crate::report::folder::manifest;
use crate::report::folder::manifest::Manifest;
use crate::report::folder::manifest::RunPlan;
use crate::report::folder::output_folder;
use crate::report::folder::shard_folder;

/// A finished shard.
#[derive(Clone, Debug)]
pub(super) struct FoundShard {
    pub(super) folder: PathBuf,
    pub(super) shard: Shard,
    pub(super) manifest: Manifest,
}

impl FoundShard {
    /// The plan of the whole run that it is a part of.
    fn whole(&self) -> RunPlan {
        RunPlan { shard: None, ..self.manifest.plan.clone() }
    }
}

/// Reads the manifest of each folder.
pub(super) fn read(folders: Vec<PathBuf>, problems: &mut Vec<ShardProblem>) -> Vec<FoundShard> {
    let mut found = Vec::new();
    for folder in folders {
        match read_one(folder) {
            Ok(shard) => found.push(shard),
            Err(problem) => problems.push(problem),
        }
    }
    found
}

fn read_one(folder: PathBuf) -> Result<FoundShard, ShardProblem> {
    if shard_folder::is_in_use(&folder).unwrap_or(false) {
        return Err(ShardProblem::InUse(folder));
    }
    let manifest = manifest::read(&folder).map_err(ShardProblem::Unreadable)?;
    let Some(manifest) = manifest else {
        return Err(unfinished(folder));
    };
    let plan = &manifest.plan;
    if plan.program != env!("CARGO_PKG_NAME") || plan.version != env!("CARGO_PKG_VERSION") {
        let (program, version) = (plan.program.clone(), plan.version.clone());
        return Err(ShardProblem::Version { folder, program, version });
    }
    let Some(shard) = &plan.shard else {
        return Err(ShardProblem::Whole(folder));
    };
    match shard.parse() {
        Ok(shard) => Ok(FoundShard { folder, shard, manifest }),
        Err(source) => Err(ShardProblem::Number { folder, source }),
    }
}

fn unfinished(folder: PathBuf) -> ShardProblem {
    let blocks = output_folder::blocks_of(&folder);
    let plan = manifest::read_plan(&blocks).ok().flatten();
    let what = plan.and_then(|plan| plan.shard);
    let what = what.map_or_else(|| "the run".to_owned(), |shard| format!("shard {shard}"));
    let blocks = file::list(&blocks).map_or(0, |blocks| blocks.len());
    ShardProblem::Unfinished { folder, what, blocks }
}

/// Keeps the shards of the run that most of them are from, each once, in order.
pub(super) fn of_one_run(
    found: Vec<FoundShard>,
    problems: &mut Vec<ShardProblem>,
) -> Vec<FoundShard> {
    let Some(most) = commonest(&found) else {
        return found;
    };
    let (model, of) = (found[most].whole(), found[most].shard.of());
    let most = found[most].folder.clone();
    let mut kept: BTreeMap<Shard, FoundShard> = BTreeMap::new();
    for one in found {
        let mut differences = one.whole().differences(&model, "here", "there");
        if one.shard.of() != of {
            differences.push(format!("it is shard {}, and there are {of} there", one.shard));
        }
        if !differences.is_empty() {
            let (folder, most) = (one.folder, most.clone());
            let differences = differences.join("; ");
            problems.push(ShardProblem::Foreign { folder, most, differences });
        } else if let Some(first) = kept.get(&one.shard) {
            let (shard, other) = (one.shard, one.folder);
            problems.push(ShardProblem::Doubled { shard, one: first.folder.clone(), other });
        } else {
            kept.insert(one.shard, one);
        }
    }
    problems.extend(missing(&kept, of, model.replications));
    kept.into_values().collect()
}

/// The place of the first of those shards that most others are like.
fn commonest(found: &[FoundShard]) -> Option<usize> {
    let alike = |one: &FoundShard| {
        let like = |other: &&FoundShard| {
            other.shard.of() == one.shard.of() && other.whole() == one.whole()
        };
        found.iter().filter(like).count()
    };
    let counts: Vec<usize> = found.iter().map(alike).collect();
    let most = counts.iter().max()?;
    counts.iter().position(|count| count == most)
}

/// Shards that are not there; those without replications are not missed.
fn missing(kept: &BTreeMap<Shard, FoundShard>, of: u32, replications: u32) -> Vec<ShardProblem> {
    let shards = (1..=of).filter_map(|number| Shard::new(number, of));
    shards
        .filter(|shard| !kept.contains_key(shard))
        .map(|shard| ShardProblem::Missing { shard, replications: shard.replications(replications) })
        .filter(|problem| {
            matches!(problem, ShardProblem::Missing { replications, .. } if !replications.is_empty())
        })
        .collect()
}

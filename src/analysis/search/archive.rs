//! The best of all that a search has tried.

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::search::front::Evaluation;

/// A genome and what it reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Its genes, each from 0 to 1, as settled by its kind.
    pub genome: Vec<f64>,
    /// What it reached.
    pub evaluation: Evaluation,
}

/// What a search has tried and nothing else that it has tried dominates, in the order in which it
/// was found. Of several with the same genome there is one.
///
/// As long as nothing meets the constraints it holds those that miss them by the least. It has no
/// upper size: with many criteria it may hold most of what was tried.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Archive {
    members: Vec<Member>,
}

impl Archive {
    /// An archive that holds nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { members: Vec::new() }
    }

    /// What it holds.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// Takes a candidate in unless it holds a better one or the same one, and lets go of what the
    /// candidate dominates. Whether it was taken in.
    pub fn offer(&mut self, candidate: &Member) -> bool {
        let keeps_out = |member: &Member| {
            member.evaluation.dominates(&candidate.evaluation) || member.genome == candidate.genome
        };
        if self.members.iter().any(keeps_out) {
            return false;
        }
        self.members.retain(|member| !candidate.evaluation.dominates(&member.evaluation));
        self.members.push(candidate.clone());
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(gene: f64, objectives: [f64; 2], violation: f64) -> Member {
        let evaluation = Evaluation { objectives: objectives.to_vec(), violation };
        Member { genome: vec![gene], evaluation }
    }

    #[test]
    fn only_what_nothing_dominates_stays() {
        let mut archive = Archive::new();
        assert!(archive.offer(&member(0.1, [5.0, 5.0], 2.0)));
        assert!(archive.offer(&member(0.2, [0.0, 0.0], 1.0)));
        assert_eq!(archive.members().len(), 1);
        assert!(archive.offer(&member(0.3, [1.0, 3.0], 0.0)));
        assert!(archive.offer(&member(0.4, [3.0, 1.0], 0.0)));
        assert!(!archive.offer(&member(0.5, [1.0, 1.0], 0.0)));
        // The same genome once; the same values of another genome are another package.
        assert!(!archive.offer(&member(0.4, [3.0, 1.0], 0.0)));
        assert!(archive.offer(&member(0.6, [3.0, 1.0], 0.0)));
        assert_eq!(archive.members().len(), 3);
        assert!(archive.offer(&member(0.7, [3.0, 3.0], 0.0)));
        assert_eq!(archive.members(), [member(0.7, [3.0, 3.0], 0.0)]);
    }
}

//! The tables of `decision/`, read again.

use crate::report::tables::decision::boxes::FailureBox;
use crate::report::tables::decision::frontier::CostFrontier;
use crate::report::tables::decision::futures::PolicyInFuture;
use crate::report::tables::decision::information::CANNOT_ACT;
use crate::report::tables::decision::information::InformationWorth;
use crate::report::tables::decision::information::ONLY_IN_ACCOUNTS;
use crate::report::tables::decision::ranking::DecisionRanking;
use crate::report::tables::decision::regret::DecisionRegret;
use crate::report::tables::decision::switching::SwitchingValue;
use crate::report::tables::read::Stored;
use crate::report::tables::read::Tables;
use crate::report::tables::read::UnreadableTable;

/// What `decide` has found among the policies of a run.
#[derive(Debug)]
pub struct DecisionTables {
    ranking: Stored<DecisionRanking<'static>>,
    pub(super) regret: Stored<DecisionRegret<'static>>,
    pub(super) switching: Stored<SwitchingValue<'static>>,
    pub(super) information: Stored<InformationWorth<'static>>,
    pub(super) boxes: Stored<FailureBox<'static>>,
    pub(super) frontier: Stored<CostFrontier<'static>>,
    pub(super) futures: Option<Stored<PolicyInFuture<'static>>>,
}

impl DecisionTables {
    /// Reads them from the folder of a run; nothing where a table is not there.
    ///
    /// # Errors
    ///
    /// Fails if one cannot be read or is damaged.
    pub fn read(tables: &Tables<'_>) -> Result<Option<Self>, UnreadableTable> {
        let (ranking, regret) = (tables.stored()?, tables.stored()?);
        let (switching, information) = (tables.stored()?, tables.stored()?);
        let (boxes, frontier) = (tables.stored()?, tables.stored()?);
        // Only a run with futures has it.
        let futures = tables.stored()?;
        let whole = || {
            Some(Self {
                ranking: ranking?,
                regret: regret?,
                switching: switching?,
                information: information?,
                boxes: boxes?,
                frontier: frontier?,
                futures,
            })
        };
        Ok(whole())
    }

    /// The criteria, in the order in which they were asked for.
    #[must_use]
    pub fn criteria(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for row in self.ranking.rows() {
            if found.last().is_none_or(|last| last != row.criterion) {
                found.push(row.criterion.to_owned());
            }
        }
        found
    }

    /// The criteria that have a target, each with it.
    #[must_use]
    pub fn targets(&self) -> Vec<(String, f64)> {
        let target = |criterion: String| Some((criterion.clone(), self.target(&criterion)?));
        self.criteria().into_iter().filter_map(target).collect()
    }

    /// The value that a criterion is to reach.
    pub(super) fn target(&self, criterion: &str) -> Option<f64> {
        self.regret.rows().find(|row| row.criterion == criterion)?.target
    }

    /// Whether a parameter that can move a criterion varied.
    pub(super) fn has_parameters(&self, criterion: &str) -> bool {
        let mut rows = self.information.rows().filter(|row| row.criterion == criterion);
        rows.any(|row| {
            row.kind == "parameter" && ![CANNOT_ACT, ONLY_IN_ACCOUNTS].contains(&row.note)
        })
    }

    /// The policies by a criterion, best first.
    pub(super) fn ranked(&self, criterion: &str) -> Vec<DecisionRanking<'_>> {
        let of = |row: &DecisionRanking<'_>| row.criterion == criterion;
        let mut rows: Vec<DecisionRanking<'_>> = self.ranking.rows().filter(of).collect();
        rows.sort_by_key(|row| row.rank);
        rows
    }
}

//! `selection.csv`: which policy is the best, with which probability, and after how many replications the others were
//! dropped.

use crate::analysis::selection::choice::Selection;
use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;
use crate::scenario::Policy;

/// How a policy is dropped until the best is left.
const KN: &str = "kn";
/// The same, ended by the most replications.
const KN_CEILING: &str = "kn-ceiling";
/// How a budget is spread.
const OCBA: &str = "ocba";

table! {
    /// How one policy fared in the choice of the best.
    pub SelectedPolicy in "selection.csv", None => {
        criterion: &'a str = column("", "기준", "By what the best is chosen: an outcome as in outcomes.csv or a weighted sum; with min: before it less is better", "최선을 고르는 기준(outcomes.csv의 결과 또는 가중합, min:은 작을수록 좋음)");
        unit: &'a str = column("", "단위", "Unit of the criterion; empty of a weighted sum", "기준의 단위(가중합이면 빈칸)");
        policy: &'a str = POLICY;
        method: &'a str = column("", "방법", "kn: policies are dropped until the best is known (Kim and Nelson 2001); kn-ceiling: the same, ended by 10,000 replications before it was known; ocba: a budget is spread where it decides (Chen and others 2000)", "kn: 최선이 밝혀질 때까지 정책을 차례로 제외, kn-ceiling: 밝혀지기 전에 10,000회에서 중단, ocba: 정해진 예산을 배분");
        chosen: bool = column("", "선택", "Whether the policy is the best, or one of the best asked for", "최선(또는 상위 m개)으로 선택되었는지");
        stage: usize = column("1", "단계", "Stage in which it had its last replications; 1 is the first, of all policies", "마지막으로 반복이 배정된 단계(1은 모든 정책의 첫 단계)");
        replications: usize = column("1", "반복 수", "Replications of the policy, counted from the first of the run", "해당 정책의 반복 수");
        mean: f64 = column("unit", "평균", "Mean of the criterion over these", "기준의 평균");
        behind: Option<f64> = column("unit", "차이", "How much worse than the chosen policy with the lowest mean, in pairs over the replications that both have; empty of a chosen one", "선택된 정책보다 나쁜 정도(같은 반복의 차이 평균)");
        behind_se: Option<f64> = column("unit", "", "Standard error of behind", "차이의 표준오차");
        indifference: f64 = column("unit", "무차별 구간", "Difference that does not matter: as stated by --indifference, else half the distance between the best and the next mean of the first stage, and no less than what 1,000 replications are expected to tell", "중요하지 않은 차이(--indifference, 없으면 첫 단계 1위와 다음 평균 거리의 절반이며 1,000회로 구별할 수 있는 크기 이상)");
        eliminated_at: Option<usize> = column("1", "제외 시점", "Replications after which it was dropped; empty where it was not", "제외될 때까지의 반복 수");
        probability_correct: f64 = column("1", "옳을 확률", "Lower bound of the probability that it is judged rightly, as if the number of replications had been fixed: of a chosen one that no other is better by more than the indifference zone, of another that it is not better than the chosen one by more (Bonferroni)", "판정이 옳을 확률의 하한(무차별 구간 이상으로 더 나은 정책이 없을 확률)");
        probability_asked: f64 = column("1", "요구 확률", "Probability with which the best shall be known", "요구된 확률");
        independent_replications: Option<usize> = column("1", "독립 난수 필요 반복 수", "Replications that the same procedure would need on average with draws of its own for each policy: the variances seen here, without covariance; too few where the outcome is itself a difference to the baseline, which stays paired; empty for ocba", "정책별 독립 난수라면 필요했을 반복 수(추정)");
    }
}

/// Writes the table; `policies` are those of the scenario.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write(
    to: Target<'_>,
    policies: &[Policy],
    selection: &Selection,
) -> Result<CompleteTable, TableError> {
    let method = match (selection.has_budget, selection.choice.decided) {
        (true, _) => OCBA,
        (false, true) => KN,
        (false, false) => KN_CEILING,
    };
    let mut table = TableWriter::<SelectedPolicy<'_>>::create(to)?;
    for (&policy, judged) in selection.policies.iter().zip(&selection.choice.policies) {
        table.row(&SelectedPolicy {
            criterion: &selection.by.criterion.name,
            unit: selection.unit,
            policy: &policies[policy].name,
            method,
            chosen: judged.chosen,
            stage: judged.stage,
            replications: judged.replications,
            mean: judged.mean,
            behind: judged.behind.map(|it| it.mean),
            behind_se: judged.behind.and_then(|it| it.se),
            indifference: selection.choice.indifference,
            eliminated_at: judged.dropped_at,
            probability_correct: judged.probability_correct,
            probability_asked: selection.by.probability,
            independent_replications: judged.independent,
        })?;
    }
    table.complete()
}

impl SelectedPolicy<'_> {
    /// Whether the most replications came before the best was known.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.method == KN_CEILING
    }
}

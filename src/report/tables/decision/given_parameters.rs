//! `decision/given_parameters.csv`: outcomes freed of chance, on which regret and the value of information rest.

use crate::report::tables::row::table;

table! {
    /// A policy's mean given the parameters of one replication.
    pub GivenParameters in "decision/given_parameters.csv", None => {
        criterion: &'a str = column("", "기준", "What policies are judged by: an outcome, or a weighted sum of outcomes; min: stands where less is better", "판단 기준(결과 또는 가중합, min:은 작을수록 좋음)");
        policy: &'a str = POLICY;
        future: &'a str = column("", "미래", "The future, present: the run as it is", "미래(present는 현재 그대로의 실행)");
        replication: u32 = column("", "", "Number of the replication, from 0, whose parameter draws are meant", "반복 번호(0부터, 해당 매개변수 표본)");
        value: f64 = column("unit", "값", "Mean of the criterion given these parameters, from a regression that did not see the replication and misses a part (explained in ranking.csv); expected_loss, regret and the value of all information follow from it", "해당 매개변수가 주어졌을 때의 평균(그 반복을 제외하고 적합한 회귀)");
        is_case: Option<bool> = column("", "", "Whether the value fails here: it is worse than the baseline's, or with --target short of it; boxes.csv looks for these; empty: not a leading policy", "회귀로 본 매개변수별 평균이 실패하는 반복인지 여부(선두 정책이 아니면 빈칸)");
    }
}

//! `compare/ranks.csv`: how policies rank in two runs.

use crate::report::tables::row::table;

table! {
    /// The rank of one policy by one criterion in two runs.
    pub ChangedRank in "compare/ranks.csv", None => {
        criterion: &'a str = column("", "기준", "What policies are judged by: an outcome, or a weighted sum of outcomes; min: stands where less is better", "판단 기준(결과 또는 가중합, min:은 작을수록 좋음)");
        unit: &'a str = column("", "단위", "Unit of the criterion; empty: a weighted sum", "기준의 단위(가중합이면 빈칸)");
        policy: &'a str = column("", "정책", "A policy that both runs have", "두 실행에 모두 있는 정책");
        in_a: f64 = column("unit", "A의 평균", "Mean over all replications of run A", "실행 A의 평균");
        rank_a: usize = column("1", "A의 순위", "Rank in run A among the policies that both have, 1 is best", "실행 A의 순위(공통 정책 중, 1이 최선)");
        in_b: f64 = column("unit", "B의 평균", "Mean over all replications of run B", "실행 B의 평균");
        rank_b: usize = column("1", "B의 순위", "Rank in run B among the policies that both have", "실행 B의 순위");
        changed: bool = column("", "변경", "Whether the ranks differ", "순위 변경 여부");
        changes_places_with: &'a str = column("", "순서가 바뀐 정책", "Policies that are on the other side of it in run B", "순서가 바뀐 상대 정책");
        told_of: &'a str = column("", "구별되는 정책", "Those of them from which it differs in both runs by more than the 95 % interval of the paired difference", "두 실행 모두에서 차이가 95% 구간을 벗어나는 상대 정책");
    }
}

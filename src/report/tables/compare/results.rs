//! `compare/results.csv`: what two runs have of each result.

use crate::report::tables::row::table;

table! {
    /// One result of one policy in two runs.
    pub ChangedResult in "compare/results.csv", None => {
        policy: &'a str = POLICY;
        outcome: &'a str = column("", "결과", "As in outcomes.csv: what the policy adds to the baseline, or METRIC@PLACE@YEAR under the policy", "outcomes.csv의 결과(기준 정책 대비 추가분 또는 지표@장소@연도)");
        unit: &'a str = column("", "단위", "Unit of the outcome", "결과의 단위");
        manner: &'a str = column("", "비교 방식", "paired: replication by replication, as both runs have the same seed and design; independent: means of runs that have nothing to do with each other", "paired=동일 반복 간(시드와 설계가 같음), independent=서로 독립인 평균 간");
        replications_a: usize = column("1", "A의 반복 수", "Replications of run A that the row rests on", "실행 A의 반복 수");
        replications_b: usize = column("1", "B의 반복 수", "Replications of run B that the row rests on", "실행 B의 반복 수");
        in_a: f64 = column("unit", "A의 평균", "Mean in run A", "실행 A의 평균");
        in_b: f64 = column("unit", "B의 평균", "Mean in run B", "실행 B의 평균");
        difference: f64 = column("unit", "차이", "Mean of B less A", "B와 A의 차이의 평균");
        se: Option<f64> = column("unit", "표준오차", "Standard error of the difference", "차이의 표준오차");
        ci_low: Option<f64> = column("unit", "95% 구간 하한", "Lower end of the 95 % confidence interval of the difference; empty: too few replications to tell", "차이의 95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가");
        ci_high: Option<f64> = column("unit", "95% 구간 상한", "Upper end of the 95 % confidence interval of the difference", "차이의 95% 신뢰구간 상한");
    }
}

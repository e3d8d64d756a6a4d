//! `assumptions.csv`: which assumptions move the leading policies most, by the causal sweep.

use crate::analysis::pairs::SHOWN;
use crate::evidence::sources::Move;
use crate::evidence::sources::Swing;
use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;
use crate::scenario::Scenario;

table! {
    /// How far a result moves when one parameter alone is moved.
    pub AssumptionMove in "assumptions.csv", Some(Sheet {
        en: "assumptions",
        ko: "핵심 가정",
        about_en: "Which assumptions move the leading policies most",
        about_ko: "주요 정책의 결과를 가장 크게 바꾸는 가정",
    }) => {
        policy: &'a str = column("", "정책", "Policy that leads by jobs in the city, jobs in the district, economic net present value or public cost per net job-year", "시 일자리, 지구 일자리, 경제 순현재가치, 순일자리-년당 공공 비용 중 하나에서 앞서는 정책");
        baseline: &'a str = BASELINE;
        place: &'a str = WHOLE_PLACE;
        metric: &'a str = METRIC;
        unit: &'a str = UNIT;
        year: u16 = LAST_YEAR;
        parameter: &'a str = column("", "매개변수", "Parameter that is moved, alone; of each result the one that moves it most first", "홀로 움직인 매개변수(가장 크게 바꾸는 것부터)");
        low: f64 = column("parameter", "", "Its 5th percentile", "5백분위수");
        high: f64 = column("parameter", "", "Its 95th percentile", "95백분위수");
        replications: usize = column("1", "반복 수", "Replications, the same at both ends, each with its own draws of all other parameters", "반복 실행 수(양 끝에서 같은 이력)");
        difference_at_low: f64 = column("metric", "", "Mean difference to the baseline at the low end", "하한에서의 평균 차이");
        difference_at_high: f64 = column("metric", "", "Mean difference to the baseline at the high end", "상한에서의 평균 차이");
        moves: f64 = column("metric", "", "Difference at the high end less that at the low end, over the same replications", "상한과 하한에서의 차이");
        moves_se: Option<f64> = column("metric", "", "Standard error of that", "그 표준오차");
        evidence: &'a str = column("", "", "How the parameter is known: seen, derived, recalled, judgement", "근거의 종류");
        source: &'a str = column("", "출처", "Where its value is from", "출처");
    }
}

/// Writes the sweep of some policies, by their places in the scenario; of each result the parameter
/// that moves it most comes first, and one that moves it in no replication has no row.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write(
    to: Target<'_>,
    scenario: &Scenario,
    policies: &[usize],
    swings: &[Swing],
) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<AssumptionMove<'_>>::create(to)?;
    let baseline = &scenario.policies[scenario.baseline].name;
    for (number, &policy) in policies.iter().enumerate() {
        for (result, (metric, place)) in SHOWN.into_iter().enumerate() {
            let moved =
                swings.iter().filter_map(|swing| Some((swing, swing.results[number][result]?)));
            let mut moved: Vec<(&Swing, Move)> =
                moved.filter(|(_, moved)| !moved.is_nothing()).collect();
            moved.sort_by(|(_, one), (_, other)| {
                other.moves.mean.abs().total_cmp(&one.moves.mean.abs())
            });
            for (swing, Move { at, moves }) in moved {
                let stated = &scenario.parameters[swing.parameter];
                table.row(&AssumptionMove {
                    policy: &scenario.policies[policy].name,
                    baseline,
                    place,
                    metric,
                    unit: crate::analysis::metrics::named(metric).map_or("", |it| it.unit),
                    year: scenario.last_year,
                    parameter: &scenario.register[swing.parameter].name,
                    low: swing.ends[0],
                    high: swing.ends[1],
                    replications: moves.replications,
                    difference_at_low: at[0],
                    difference_at_high: at[1],
                    moves: moves.mean,
                    moves_se: moves.se,
                    evidence: stated.evidence.name(),
                    source: &stated.source,
                })?;
            }
        }
    }
    table.complete()
}

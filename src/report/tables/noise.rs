//! `noise.csv` and `sources.csv`: what results vary by, and which guesses move them.

use crate::analysis::pairs::SHOWN;
use crate::evidence::noise;
use crate::evidence::noise::Account;
use crate::evidence::sources::Move;
use crate::evidence::sources::Swing;
use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;
use crate::scenario::Scenario;

table! {
    /// The variance of a result by its sources.
    pub VarianceParts in "noise.csv", Some(Sheet {
        en: "noise",
        ko: "분산 구성",
        about_en: "How much of the variance is parameters and how much chance",
        about_ko: "매개변수와 우연의 분산 비율",
    }) => {
        policy: &'a str = POLICY;
        result: &'a str = column("", "", "The policy's own value, or its difference from the baseline", "값 또는 기준 정책과의 차이");
        place: &'a str = WHOLE_PLACE;
        metric: &'a str = METRIC;
        unit: &'a str = UNIT;
        year: u16 = LAST_YEAR;
        mean: f64 = column("metric", "평균", "Mean over all parameter draws and random streams", "전체 평균");
        variance_parameters: f64 = column("metric^2", "", "Variance by parameters, unbiased (below 0 where it is nothing)", "매개변수에 의한 분산");
        variance_chance: f64 = column("metric^2", "", "Variance by chance, unbiased", "우연에 의한 분산");
        variance_interaction: f64 = column("metric^2", "", "Variance by both together", "상호작용 분산");
        share_parameters: Option<f64> = column("1", "매개변수 비율", "Share of parameters in the variance", "매개변수의 분산 비율");
        share_chance: Option<f64> = column("1", "우연 비율", "Share of chance", "우연의 분산 비율");
        share_interaction: Option<f64> = column("1", "상호작용 비율", "Share of the interaction", "상호작용의 분산 비율");
        share_parameters_se: Option<f64> = column("1", "", "Standard error of the share of parameters, by the jackknife over parameter draws and over random streams; of the estimate itself, also where that is below 0 and the share 0", "매개변수 비율의 표준오차(잭나이프)");
        share_chance_se: Option<f64> = column("1", "", "Standard error of the share of chance", "우연 비율의 표준오차");
        share_interaction_se: Option<f64> = column("1", "", "Standard error of the share of the interaction", "상호작용 비율의 표준오차");
        more_helpful: &'a str = column("", "", "What shrinks the larger part: more replications, or evidence on parameters; too few draws to tell where the 95 % interval of the share of parameters holds a half", "더 효과적인 수단(모수 비율의 95% 구간이 절반을 포함하면 판단하지 않음)");
    }
}

table! {
    /// How far a parameter that rests on memory or judgement moves a difference.
    pub UncertainSource in "sources.csv", None => {
        parameter: &'a str = column("", "", "Parameter that rests on memory or judgement", "기억 또는 판단에 근거한 매개변수");
        unit: &'a str = column("", "", "Unit of the parameter", "매개변수의 단위");
        evidence: &'a str = column("", "", "recalled or judgement", "근거 종류");
        low: f64 = column("parameter", "", "5th percentile of its distribution", "분포의 5백분위수");
        high: f64 = column("parameter", "", "95th percentile of its distribution", "분포의 95백분위수");
        policy: &'a str = column("", "", "Policy whose difference from the baseline is moved", "비교 대상 정책");
        place: &'a str = WHOLE_PLACE;
        metric: &'a str = column("", "", "Metric, in the last year", "지표(마지막 연도)");
        difference_at_low: f64 = column("metric", "", "Mean difference with the parameter at its low end, all others at their values", "하한에서의 차이");
        difference_at_high: f64 = column("metric", "", "The same at its high end", "상한에서의 차이");
        moves: f64 = column("metric", "", "The one less the other, over the same replications", "이동 폭");
        moves_se: Option<f64> = column("metric", "", "Standard error of that", "이동 폭의 표준오차");
        source: &'a str = column("", "", "Where the value comes from", "출처");
    }
}

/// Writes the accounts of noise.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write(to: Target<'_>, rows: &[Account]) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<VarianceParts<'_>>::create(to)?;
    for row in rows {
        let parts = row.components;
        let shares = parts.shares();
        let share = |place: usize| shares.map(|shares| shares[place]);
        let error = |place: usize| row.shares.map(|shares| shares[place].se);
        table.row(&VarianceParts {
            policy: &row.policy,
            result: if row.difference { "difference" } else { "value" },
            place: row.place,
            metric: row.metric,
            unit: row.unit,
            year: row.year,
            mean: parts.mean,
            variance_parameters: parts.parameters,
            variance_chance: parts.chance,
            variance_interaction: parts.interaction,
            share_parameters: share(0),
            share_chance: share(1),
            share_interaction: share(2),
            share_parameters_se: error(0),
            share_chance_se: error(1),
            share_interaction_se: error(2),
            more_helpful: noise::more_helpful(&parts, row.shares),
        })?;
    }
    table.complete()
}

/// Writes the guesses in the order given.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write_sources(
    to: Target<'_>,
    scenario: &Scenario,
    policy: &str,
    rows: &[Swing],
) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<UncertainSource<'_>>::create(to)?;
    for row in rows {
        let (spec, stated) =
            (&scenario.register[row.parameter], &scenario.parameters[row.parameter]);
        for ((metric, place), result) in SHOWN.iter().zip(row.results.iter().flatten()) {
            let Some(Move { at: [low, high], moves }) = result else { continue };
            table.row(&UncertainSource {
                parameter: &spec.name,
                unit: spec.unit,
                evidence: stated.evidence.name(),
                low: row.ends[0],
                high: row.ends[1],
                policy,
                place,
                metric,
                difference_at_low: *low,
                difference_at_high: *high,
                moves: moves.mean,
                moves_se: moves.se,
                source: &stated.source,
            })?;
        }
    }
    table.complete()
}

//! `sensitivity.csv`: what the headline differences depend on.

use crate::analysis::sensitivity::SensitivityRow;
use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;
use crate::scenario::parameter::Register;

table! {
    /// How a difference moves with a parameter.
    pub Sensitivity in "sensitivity.csv", Some(Sheet {
        en: "sensitivity",
        ko: "민감도",
        about_en: "How differences move with parameters",
        about_ko: "매개변수에 따른 차이의 변화",
    }) => {
        policy: &'a str = POLICY;
        baseline: &'a str = BASELINE;
        place: &'a str = WHOLE_PLACE;
        metric: &'a str = METRIC;
        unit: &'a str = UNIT;
        year: u16 = LAST_YEAR;
        parameter: &'a str = column("", "매개변수", "Parameter that varies over replications and can act on the metric under the policy or the baseline; the strongest of each difference, those that are significant and all free ones", "해당 정책이나 기준 정책에서 지표에 작용할 수 있는 매개변수(가장 강한 것, 유의한 것, 보정 대상 전부)");
        identification: Option<&'a str> = column("", "자료의 식별", "Whether the observed figures identify it: identified, partly identified, not identified, or too few draws to tell; empty: it was not fitted", "자료로 식별되는 정도(없으면 보정 대상 아님)");
        significant: bool = column("", "", "yes: the joint test of all parameters finds that the difference depends on it, with a risk of 5 % that any pair of the table is found by chance; only effects that mostly rise or mostly fall are found", "모든 매개변수를 함께 검정해 유의한지 여부(표 전체에서 하나라도 우연히 유의로 나올 확률 5%)");
        replications: usize = column("1", "반복 수", "Replications", "반복 실행 수");
        difference: f64 = column("metric", "차이", "Mean difference over all replications", "전체 평균 차이");
        lowest_fifth: f64 = column("metric", "하위 20%의 차이", "Mean difference where the parameter is in its lowest fifth", "매개변수 하위 20%에서의 평균 차이");
        lowest_fifth_se: f64 = column("metric", "", "Standard error of that mean", "그 평균의 표준오차");
        highest_fifth: f64 = column("metric", "상위 20%의 차이", "Mean difference where the parameter is in its highest fifth", "매개변수 상위 20%에서의 평균 차이");
        highest_fifth_se: f64 = column("metric", "", "Standard error of that mean", "그 평균의 표준오차");
        rank_correlation: f64 = column("1", "순위상관", "Spearman's rank correlation of difference and parameter over replications", "순위상관계수");
        rank_correlation_ci_low: f64 = column("1", "", "Lower end of the 95 % confidence interval of the correlation (Bonett and Wright 2000), simultaneous: it holds for all pairs of a difference and a parameter that were looked through", "순위상관의 95% 동시 신뢰구간 하한(살펴본 모든 조합에 대해 함께 성립)");
        rank_correlation_ci_high: f64 = column("1", "", "Upper end of the simultaneous 95 % confidence interval of the correlation", "순위상관의 95% 동시 신뢰구간 상한");
        variance_share: f64 = column("1", "분산 설명 비율", "Share of the difference's variance that the parameter explains by itself, less what chance would (first-order sensitivity index)", "매개변수 하나가 설명하는 분산 비율(1차 민감도 지수)");
        variance_share_se: f64 = column("1", "", "Standard error of the share, by the jackknife", "분산 설명 비율의 표준오차(잭나이프)");
        variance_share_ci_low: f64 = column("1", "", "Lower end of the simultaneous 95 % confidence interval of the share", "분산 설명 비율의 95% 동시 신뢰구간 하한");
        variance_share_ci_high: f64 = column("1", "", "Upper end of the simultaneous 95 % confidence interval of the share", "분산 설명 비율의 95% 동시 신뢰구간 상한");
    }
}

/// Writes the table; `identified` says whether the record identifies a parameter, nothing of one that
/// is not fitted.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write<'t>(
    to: Target<'_>,
    register: &Register,
    rows: &[SensitivityRow<'_>],
    identified: impl Fn(usize) -> Option<&'t str>,
) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<Sensitivity<'_>>::create(to)?;
    for row in rows {
        table.row(&Sensitivity {
            policy: row.policy,
            baseline: row.baseline,
            place: &row.series.place,
            metric: row.series.name,
            unit: row.series.unit,
            year: row.year,
            parameter: &register[row.parameter].name,
            identification: identified(row.parameter),
            significant: row.named,
            replications: row.replications,
            difference: row.difference,
            lowest_fifth: row.lowest_fifth,
            lowest_fifth_se: row.lowest_fifth_se,
            highest_fifth: row.highest_fifth,
            highest_fifth_se: row.highest_fifth_se,
            rank_correlation: row.rank_correlation,
            rank_correlation_ci_low: row.rank_correlation_interval.0,
            rank_correlation_ci_high: row.rank_correlation_interval.1,
            variance_share: row.variance_share,
            variance_share_se: row.variance_share_se,
            variance_share_ci_low: row.variance_share_interval.0,
            variance_share_ci_high: row.variance_share_interval.1,
        })?;
    }
    table.complete()
}

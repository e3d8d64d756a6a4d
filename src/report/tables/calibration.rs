//! The files of a calibration: draws, parameters before and after, trade-offs, generations, fit.

use crate::evidence::fit::Forecast;
use crate::evidence::learning::Learned;
use crate::evidence::learning::TradeOff;
use crate::evidence::sampler::Generation;
use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::tables::table::csv_line;
use crate::report::text::dialect::Target;
use crate::report::text::dialect::number;
use crate::scenario::Observation;
use crate::scenario::parameter::Register;

table! {
    /// A free parameter before and after the record is seen.
    pub LearnedParameter in "calibration.csv", None => {
        parameter: &'a str = column("", "", "Free parameter", "보정 대상 매개변수");
        unit: &'a str = column("", "", "Unit of the parameter", "매개변수의 단위");
        prior_mean: f64 = column("parameter", "", "Mean before the record is seen", "사전분포 평균");
        prior_sd: f64 = column("parameter", "", "Standard deviation before", "사전분포 표준편차");
        prior_p05: f64 = column("parameter", "", "5th percentile before", "사전분포 5백분위수");
        prior_p50: f64 = column("parameter", "", "Median before", "사전분포 중앙값");
        prior_p95: f64 = column("parameter", "", "95th percentile before", "사전분포 95백분위수");
        posterior_mean: f64 = column("parameter", "", "Mean given the record", "사후분포 평균");
        posterior_sd: f64 = column("parameter", "", "Standard deviation given the record", "사후분포 표준편차");
        posterior_p05: f64 = column("parameter", "", "5th percentile given the record", "사후분포 5백분위수");
        posterior_p50: f64 = column("parameter", "", "Median given the record", "사후분포 중앙값");
        posterior_p95: f64 = column("parameter", "", "95th percentile given the record", "사후분포 95백분위수");
        variance_explained: f64 = column("1", "", "1 - variance given the record / variance before; below 0 where wider", "설명된 분산 비율(1-사후/사전)");
        shift: f64 = column("sd", "", "Shift of the mean in standard deviations of the prior", "평균의 이동(사전 표준편차 단위)");
        verdict: &'a str = column("", "", "identified, partly identified or not identified by the record (posterior = prior); too few draws: they are worth fewer than 100 independent ones, which tell nothing", "자료로 식별되는 정도(유효 표본이 100보다 적으면 판정하지 않음)");
    }
}

table! {
    /// Two parameters that the record tells only together.
    pub TradedOff in "trade_offs.csv", None => {
        parameter: &'a str = column("", "", "Free parameter", "보정 대상 매개변수");
        other_parameter: &'a str = column("", "", "Another that the record tells only together with it", "상충 관계의 다른 매개변수");
        correlation: f64 = column("1", "", "Correlation in the posterior; pairs from 0.3 on", "사후분포 상관계수(0.3 이상)");
    }
}

table! {
    /// A generation of the sampler.
    pub SamplerGeneration in "generations.csv", None => {
        generation: usize = column("1", "", "Generation of the sampler; 0 is the prior", "표본추출 세대(0은 사전분포)");
        tolerance: Option<f64> = column("1", "", "Distance from the record that is allowed; empty: any", "허용 거리(없으면 무제한)");
        effective_sample_size: f64 = column("1", "", "Independent draws that the weights are worth, before resampling", "유효표본크기");
        resampled: &'a str = column("", "", "Whether particles were resampled", "재표본추출 여부");
        parameters_moved: Option<f64> = column("1", "", "Share of moves of parameters under the same random stream that were taken", "매개변수 이동 채택률");
        streams_moved: Option<f64> = column("1", "", "Share of moves of random streams under the same parameters that were taken", "우연(난수) 이동 채택률");
        records_simulated: u64 = column("1", "", "Synthetic records simulated", "모의 기록 수");
    }
}

table! {
    /// An observed figure within what prior and posterior foresee.
    pub FittedFigure in "fit.csv", None => {
        metric: &'a str = METRIC;
        place: &'a str = PLACE;
        year: u16 = column("year", "", "Year at whose end it is compared", "비교 연도(연말)");
        fitted: bool = column("", "", "Whether the figure was among those fitted to", "보정에 사용되었는지 여부");
        observed: f64 = column("metric", "", "Observed figure", "관측값");
        tolerance: f64 = column("metric", "", "One standard deviation of what the figure may be off", "관측 오차(표준편차)");
        prior_p05: f64 = column("metric", "", "5th percentile foreseen before the record is seen, with error of observation", "사전 예측 5백분위수");
        prior_p50: f64 = column("metric", "", "Median foreseen before", "사전 예측 중앙값");
        prior_p95: f64 = column("metric", "", "95th percentile foreseen before", "사전 예측 95백분위수");
        posterior_p05: f64 = column("metric", "", "5th percentile foreseen given the record, with error of observation", "사후 예측 5백분위수");
        posterior_p50: f64 = column("metric", "", "Median foreseen given the record", "사후 예측 중앙값");
        posterior_p95: f64 = column("metric", "", "95th percentile foreseen given the record", "사후 예측 95백분위수");
        within_90: bool = column("", "", "Whether the figure lies within the 90 % interval", "90% 구간 포함 여부");
        length_against_prior: Option<f64> = column("1", "", "Length of the 90 % interval over that of the prior", "사전 대비 90% 구간 길이");
    }
}

/// An observed figure, and what is foreseen of it.
#[derive(Clone, Debug)]
pub struct FitRow {
    /// The figure.
    pub row: Observation,
    /// Whether it was among those fitted to.
    pub fitted: bool,
    /// What the prior foresees.
    pub prior: Forecast,
    /// What the posterior foresees.
    pub posterior: Forecast,
}

/// The draws as CSV: the weight and a column for each free parameter.
#[must_use]
pub fn posterior(register: &Register, parameters: &[usize], draws: &[(f64, Vec<f64>)]) -> String {
    let names = parameters.iter().map(|&position| register[position].name.as_ref());
    let header: Vec<&str> = std::iter::once("weight").chain(names).collect();
    let mut text = csv_line(&header);
    for (weight, values) in draws {
        let cells: Vec<String> =
            std::iter::once(weight).chain(values).map(|&value| number(value)).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        text.push_str(&csv_line(&cells));
    }
    text
}

/// Writes the parameters before and after.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write_parameters(
    to: Target<'_>,
    register: &Register,
    rows: &[Learned],
) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<LearnedParameter<'_>>::create(to)?;
    for row in rows {
        let spec = &register[row.position];
        let (prior, posterior) = (row.prior, row.posterior);
        table.row(&LearnedParameter {
            parameter: &spec.name,
            unit: spec.unit,
            prior_mean: prior.mean,
            prior_sd: prior.sd,
            prior_p05: prior.p05,
            prior_p50: prior.p50,
            prior_p95: prior.p95,
            posterior_mean: posterior.mean,
            posterior_sd: posterior.sd,
            posterior_p05: posterior.p05,
            posterior_p50: posterior.p50,
            posterior_p95: posterior.p95,
            variance_explained: row.explained,
            shift: row.shift,
            verdict: row.verdict.name(),
        })?;
    }
    table.complete()
}

/// Writes the pairs that trade off.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write_trade_offs(
    to: Target<'_>,
    register: &Register,
    rows: &[TradeOff],
) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<TradedOff<'_>>::create(to)?;
    for row in rows {
        let [parameter, other_parameter] =
            row.parameters.map(|position| register[position].name.as_ref());
        table.row(&TradedOff { parameter, other_parameter, correlation: row.correlation })?;
    }
    table.complete()
}

/// Writes the path of the tolerance; the first generation, the prior, has none.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write_generations(to: Target<'_>, rows: &[Generation]) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<SamplerGeneration<'_>>::create(to)?;
    for (place, row) in rows.iter().enumerate() {
        let moved = |share: f64| (place > 0).then_some(share);
        table.row(&SamplerGeneration {
            generation: place,
            tolerance: Some(row.tolerance).filter(|tolerance| tolerance.is_finite()),
            effective_sample_size: row.effective,
            resampled: if row.resampled { "yes" } else { "no" },
            parameters_moved: moved(row.parameters_moved),
            streams_moved: moved(row.streams_moved),
            records_simulated: row.records,
        })?;
    }
    table.complete()
}

/// Writes the observed figures within what is foreseen.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write_fit(to: Target<'_>, rows: &[FitRow]) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<FittedFigure<'_>>::create(to)?;
    for one in rows {
        let (row, prior, posterior) = (&one.row, one.prior, one.posterior);
        table.row(&FittedFigure {
            metric: &row.metric,
            place: &row.place,
            year: row.year,
            fitted: one.fitted,
            observed: row.value,
            tolerance: row.tolerance,
            prior_p05: prior.p05,
            prior_p50: prior.p50,
            prior_p95: prior.p95,
            posterior_p05: posterior.p05,
            posterior_p50: posterior.p50,
            posterior_p95: posterior.p95,
            within_90: posterior.holds(row.value),
            length_against_prior: Some(posterior.length() / prior.length())
                .filter(|one| one.is_finite()),
        })?;
    }
    table.complete()
}

//! `validation.csv` and `stylised_facts.csv`: what was observed beside what is simulated.

use crate::evidence::stylised::Fact;
use crate::evidence::validation::Judgement;
use crate::evidence::validation::naive::Naive;
use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;

table! {
    /// An observed figure beside what the model foresees.
    pub ObservedFigure in "validation.csv", Some(Sheet {
        en: "validation",
        ko: "검증",
        about_en: "What was observed beside what the model foresees",
        about_ko: "관측값과 모형의 예측",
    }) => {
        metric: &'a str = METRIC;
        place: &'a str = column("", "장소", "District, city, an area, a facility or a programme", "지구, 시, 지역, 시설 또는 과정");
        unit: &'a str = UNIT;
        since: u16 = column("year", "", "First year of the figure's period; a yearly flow is summed from here", "기간의 첫 연도(유량은 이때부터 합산)");
        year: u16 = column("year", "연도", "Last year of the period, at whose end the figure is compared", "기간의 마지막 연도(연말 기준 비교)");
        observed: f64 = column("metric", "관측값", "Figure as reported", "보고된 관측값");
        tolerance: f64 = column("metric", "허용 오차", "Standard deviation of what the report may be off", "관측값 오차의 표준편차");
        judged: bool = column("", "평가 포함", "yes: the row counts in the scores; no: the model was fitted to it with --fit-until", "평가 포함 여부(no: --fit-until로 적합에 사용)");
        p05: f64 = column("metric", "5백분위수", "5th percentile of what the model foresees for the report", "예측분포 5백분위수");
        p25: f64 = column("metric", "25백분위수", "25th percentile of what the model foresees for the report", "예측분포 25백분위수");
        p50: f64 = column("metric", "중앙값", "Median of what the model foresees for the report", "예측분포 중앙값");
        p75: f64 = column("metric", "75백분위수", "75th percentile of what the model foresees for the report", "예측분포 75백분위수");
        p95: f64 = column("metric", "95백분위수", "95th percentile of what the model foresees for the report", "예측분포 95백분위수");
        falls_at: f64 = column("1", "", "Foreseen probability of less than the observed figure", "관측값의 예측분포상 위치(누적확률)");
        inside_50: bool = column("", "", "Whether the figure lies between the quartiles", "50% 구간 포함 여부");
        inside_90: bool = column("", "", "Whether the figure lies between the 5th and 95th percentile", "90% 구간 포함 여부");
        crps: f64 = column("metric", "", "Continuous ranked probability score of the model; less is better", "모형의 연속순위확률점수(작을수록 좋음)");
        crps_last_value: Option<f64> = column("metric", "", "The same of the forecast that nothing changes; empty without an earlier figure", "직전값 예측의 점수(이전 값이 없으면 빈칸)");
        crps_linear_trend: Option<f64> = column("metric", "", "The same of the straight line through earlier figures; empty with fewer than two", "선형추세 예측의 점수(이전 값 2개 미만이면 빈칸)");
        width_over_prior: Option<f64> = column("1", "", "Width of the 90 % interval over that without a posterior; empty where there is none", "사전분포 대비 90% 구간 폭(사후분포 없으면 빈칸)");
        source: &'a str = column("", "출처", "Where the figure is from", "출처");
        month: Option<u8> = column("month", "", "Month of that year at whose end it is compared instead: the simulated figure lies that many twelfths of the way between two ends of years; empty: the year's end", "비교 시점의 월(월말 기준, 두 연말 값 사이를 보간; 없으면 연말)");
        sample: &'a str = column("", "", "in-sample: the posterior was fitted to the figure, so that the row shows the fit and no foresight; out-of-sample: it was not; not fitted: there is no posterior", "표본 내(사후분포를 이 값에 맞춤) 또는 표본 외");
        beaten_by: Option<&'a str> = column("", "", "Naive forecasts with a better score than the model: last_value, linear_trend, both or none; empty where neither has a score", "모형보다 점수가 좋은 단순 예측(없으면 none)");
    }
}

table! {
    /// A published regularity of firms beside the simulated one.
    pub StylisedFact in "stylised_facts.csv", Some(Sheet {
        en: "stylised facts",
        ko: "정형화된 사실",
        about_en: "Regularities of firms: simulated and published",
        about_ko: "기업의 규칙성: 모의값과 공표값",
    }) => {
        fact: &'a str = column("", "", "Name of the fact", "사실의 이름");
        meaning: &'a str = column("", "", "What is measured, and of whom", "측정 대상");
        unit: &'a str = column("", "단위", "Unit", "단위");
        simulated: Option<f64> = column("fact", "", "Value over all firms of all replications that were followed; empty without any", "모의 값(표본이 없으면 빈칸)");
        observations: usize = column("1", "", "Firms or firm-years of all replications that it rests on", "표본 수");
        low: f64 = column("fact", "", "Lower end of the published range", "공표 범위 하한");
        high: Option<f64> = column("fact", "", "Upper end of the published range; empty where it has none", "공표 범위 상한(없으면 빈칸)");
        met: Option<bool> = column("", "", "Whether the simulated value lies in the range; empty where it rests on fewer than 30 firms", "범위 내 여부(표본 30개 미만이면 빈칸)");
        role: &'a str = column("", "", "target: the model stands for such firms; beside: other firms, countries or definitions", "target: 목표, beside: 참고");
        source: &'a str = column("", "출처", "Where the range is from", "출처");
    }
}

/// Writes the observed figures; `judged` says whether one counts, `unit` gives the unit of a metric.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write(
    to: Target<'_>,
    rows: &[Judgement],
    judged: impl Fn(&Judgement) -> bool,
    unit: impl Fn(&str) -> &'static str,
) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<ObservedFigure<'_>>::create(to)?;
    for row in rows {
        let observed = &row.observed;
        let [p05, p25, p50, p75, p95] = row.quantiles;
        let beaten = row.beaten_by().map(|naive| match naive[..] {
            [] => "none".to_owned(),
            _ => naive.iter().map(|naive| naive.name()).collect::<Vec<_>>().join(" and "),
        });
        table.row(&ObservedFigure {
            metric: &observed.metric,
            place: &observed.place,
            unit: unit(&observed.metric),
            since: observed.since,
            year: observed.year,
            observed: observed.value,
            tolerance: observed.tolerance,
            judged: judged(row),
            p05,
            p25,
            p50,
            p75,
            p95,
            falls_at: row.falls_at,
            inside_50: row.inside_50(),
            inside_90: row.inside_90(),
            crps: row.crps,
            crps_last_value: row.score_of(Naive::LastValue),
            crps_linear_trend: row.score_of(Naive::LinearTrend),
            width_over_prior: row.width_over_prior,
            source: &observed.source,
            month: observed.month,
            sample: row.sample.name(),
            beaten_by: beaten.as_deref(),
        })?;
    }
    table.complete()
}

/// Writes the facts that nothing was fitted to.
///
/// # Errors
///
/// Fails if the disk does not take it.
pub fn write_facts(to: Target<'_>, facts: &[Fact]) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<StylisedFact<'_>>::create(to)?;
    for fact in facts {
        table.row(&StylisedFact {
            fact: fact.name,
            meaning: fact.meaning,
            unit: fact.unit,
            simulated: fact.simulated,
            observations: fact.observations,
            low: fact.low,
            high: Some(fact.high).filter(|high| high.is_finite()),
            met: fact.is_met(),
            role: fact.role.name(),
            source: fact.source,
        })?;
    }
    table.complete()
}

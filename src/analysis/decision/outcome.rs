//! The outcomes by which policies are judged: one value a policy and replication.

use std::fmt;
use std::str::FromStr;

use crate::analysis::additionality;
use crate::analysis::appraisal;
use crate::analysis::appraisal::Discounting;
use crate::analysis::layout::Layout;
use crate::analysis::layout::Table;
use crate::analysis::metrics::ACCOUNTS;
use crate::analysis::metrics::METRICS;
use crate::analysis::results::Results;
use crate::experiment::block::BlockError;
use crate::policy::words::Word;
use crate::policy::words::words;
use crate::scenario::nearest::nearest;
use crate::scenario::parameter_spec::Acts;
use crate::scenario::parameter_spec::ParameterSpec;

/// The one parameter of the terms of additionality that is taken off net jobs.
const DISPLACEMENT: &str = "product_displacement";

words! {
    /// What a policy adds to the baseline over all years: of the baseline itself exactly 0.
    pub enum Added {
        /// What public payers pay, discounted `[{money}]`.
        PublicCost = "public_cost_pv",
        /// What public payers receive less what they pay, discounted `[{money}]`.
        FiscalNpv = "fiscal_npv",
        /// Economic benefit less economic cost, discounted `[{money}]`.
        EconomicNpv = "economic_npv",
        /// Net jobs of the city summed over the years, each year's discounted as money is, before displacement in
        /// product markets `[persons year]`.
        JobYears = "job_years",
        /// Net jobs of the city in the last year, after displacement in product markets `[persons]`.
        NetJobs = "net_jobs",
    }
}

impl Added {
    /// What policies are judged by where nothing else is asked for.
    pub const JUDGED: [Self; 3] = [Self::EconomicNpv, Self::FiscalNpv, Self::NetJobs];

    /// The unit.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::PublicCost | Self::FiscalNpv | Self::EconomicNpv => "{money}",
            Self::JobYears => "persons year",
            Self::NetJobs => "persons",
        }
    }

    /// What it is, in English and Korean.
    #[must_use]
    pub const fn meanings(self) -> [&'static str; 2] {
        match self {
            Self::PublicCost => [
                "What public payers pay beyond the baseline over all years, discounted. More is more cost: as a criterion \
                 it stands with min: before it",
                "공공 재원자가 기준 정책보다 더 내는 비용의 현재가치(기준으로 쓸 때는 앞에 min:을 붙임)",
            ],
            Self::FiscalNpv => [
                "What public payers receive less what they pay, beyond the baseline, over all years, discounted",
                "기준 정책 대비 공공 수입에서 비용을 뺀 현재가치",
            ],
            Self::EconomicNpv => [
                "Economic benefit less economic cost beyond the baseline over all years, discounted, by the scenario's \
                 own accounts",
                "기준 정책 대비 경제적 편익에서 비용을 뺀 현재가치(시나리오 자체 계정)",
            ],
            Self::JobYears => [
                "Net jobs of the city beyond the baseline summed over the years, each year's discounted as money is; \
                 before displacement in product markets",
                "기준 정책 대비 시 순일자리를 연도별로 할인하여 더한 값(제품시장 대체 전)",
            ],
            Self::NetJobs => [
                "Net jobs of the city in the last year beyond the baseline, after displacement in product markets, which is \
                 a share of the effect on served firms: none where a policy serves none",
                "기준 정책 대비 마지막 해의 시 순일자리(제품시장 대체 후, 대체는 수혜 기업 효과의 일정 비율이며 수혜 기업이 없는 정책은 없음)",
            ],
        }
    }

    /// Its values under a policy, one a replication.
    fn read(
        self,
        results: &Results<'_>,
        policy: usize,
        discounting: Discounting,
    ) -> Result<Vec<f64>, BlockError> {
        let money = |total| appraisal::present_values(results, policy, total, discounting);
        match self {
            Self::PublicCost => money("fiscal_cost"),
            Self::FiscalNpv => money("fiscal_net_present_value"),
            Self::EconomicNpv => money("economic_net_present_value"),
            Self::JobYears => appraisal::discounted_job_years(results, policy, discounting),
            Self::NetJobs => additionality::last_jobs_after_displacement(results, policy),
        }
    }
}

/// An outcome: what a policy adds to the baseline, or the value of a metric at a place in a year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// What the policy adds over all years.
    Added(Added),
    /// A metric of the register, at a place; in the last year where no year is named.
    Metric {
        /// The metric.
        metric: String,
        /// Its place.
        place: String,
        /// The year.
        year: Option<u16>,
    },
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Added(added) => f.write_str(added.name()),
            Self::Metric { metric, place, year: None } => write!(f, "{metric}@{place}"),
            Self::Metric { metric, place, year: Some(year) } => {
                write!(f, "{metric}@{place}@{year}")
            }
        }
    }
}

/// Why a text names no outcome.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutcomeError {
    /// It is neither a name nor METRIC@PLACE.
    #[error(
        "`{outcome}` names no outcome{hint}: expected METRIC@PLACE or METRIC@PLACE@YEAR, as in `jobs@city`, or one of {}",
        Added::WORDS.join(", ")
    )]
    Form {
        /// The text.
        outcome: String,
        /// What may be meant.
        hint: String,
    },
    /// No policy has such a metric.
    #[error("`{outcome}`: there is no metric `{metric}`{hint}")]
    Metric {
        /// The text.
        outcome: String,
        /// The metric.
        metric: String,
        /// What may be meant.
        hint: String,
    },
    /// No policy has the metric at such a place.
    #[error("`{outcome}`: no policy has `{metric}` at `{place}`; it is known at {known}")]
    Place {
        /// The text.
        outcome: String,
        /// The metric.
        metric: String,
        /// The place.
        place: String,
        /// Where it is known.
        known: String,
    },
    /// The year is not simulated.
    #[error("`{outcome}`: the year {year} is not simulated, which are {first} to {last}")]
    Year {
        /// The text.
        outcome: String,
        /// The year.
        year: u16,
        /// The first.
        first: u16,
        /// The last.
        last: u16,
    },
}

/// What may be meant by a text that names no outcome: the nearest outcome, and the metric with its place.
fn meant(text: &str) -> String {
    let text = text.trim();
    let name = text.split('@').next().unwrap_or_default();
    let outcome = nearest(name, Added::WORDS.iter().copied()).map(|it| format!("`{it}`"));
    let metrics = || METRICS.iter().map(|metric| metric.name);
    let is_metric = metrics().any(|metric| metric == name);
    // With a place it is the rest of the text that is wrong.
    if is_metric && text.contains('@') {
        return String::new();
    }
    let metric = if is_metric || outcome.is_none() { nearest(name, metrics()) } else { None };
    let metric = metric.map(|it| format!("`{it}@PLACE`"));
    match [outcome, metric].into_iter().flatten().collect::<Vec<_>>().join(" or ") {
        near if near.is_empty() => near,
        near => format!("; did you mean {near}?"),
    }
}

impl FromStr for Outcome {
    type Err = OutcomeError;

    fn from_str(text: &str) -> Result<Self, OutcomeError> {
        if let Some(added) = Added::named(text) {
            return Ok(Self::Added(added));
        }
        let wrong = || OutcomeError::Form { outcome: text.to_owned(), hint: meant(text) };
        let parts: Vec<&str> = text.split('@').collect();
        let (metric, place, year) = match parts.as_slice() {
            [metric, place] => (metric, place, None),
            [metric, place, year] => (metric, place, Some(year.parse().map_err(|_| wrong())?)),
            _ => return Err(wrong()),
        };
        if metric.is_empty() || place.is_empty() {
            return Err(wrong());
        }
        Ok(Self::Metric { metric: (*metric).to_owned(), place: (*place).to_owned(), year })
    }
}

impl Outcome {
    /// What every policy adds to the baseline.
    #[must_use]
    pub fn added() -> Vec<Self> {
        Added::ALL.into_iter().map(Self::Added).collect()
    }

    /// The same with the last year in the place of none, if some policy has it.
    ///
    /// # Errors
    ///
    /// Fails where no policy has the metric, or not at the place, or the year is not simulated.
    pub fn known(&self, layouts: &[Layout]) -> Result<Self, OutcomeError> {
        let Self::Metric { metric, place, year } = self else { return Ok(self.clone()) };
        let outcome = self.to_string();
        let of_metrics = || layouts.iter().flat_map(|layout| &layout.series);
        let metrics = || of_metrics().filter(|series| series.table == Table::Metric);
        if !metrics().any(|series| series.name == *metric) {
            if Added::named(metric).is_some() {
                let hint = format!("; the outcome `{metric}` has no place, leave out `@{place}`");
                return Err(OutcomeError::Metric { outcome, metric: metric.clone(), hint });
            }
            let near = nearest(metric, metrics().map(|series| series.name));
            let hint = near.map_or_else(
                || "; `yangjae explain metrics` lists them".to_owned(),
                |near| format!("; did you mean `{near}`?"),
            );
            return Err(OutcomeError::Metric { outcome, metric: metric.clone(), hint });
        }
        let of_metric = metrics().filter(|series| series.name == *metric);
        let mut places: Vec<&str> = Vec::new();
        for series in of_metric {
            if !places.contains(&series.place.as_str()) {
                places.push(&series.place);
            }
        }
        if !places.contains(&place.as_str()) {
            let (metric, place) = (metric.clone(), place.clone());
            return Err(OutcomeError::Place { outcome, metric, place, known: places.join(", ") });
        }
        let years = layouts.first().map_or(&[][..], |layout| &layout.years);
        let (first, last) = (years.first().copied(), years.last().copied());
        let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
        let year = year.unwrap_or(last);
        if !years.contains(&year) {
            return Err(OutcomeError::Year { outcome, year, first, last });
        }
        Ok(Self::Metric { metric: metric.clone(), place: place.clone(), year: Some(year) })
    }

    /// Whether a parameter can move it by what the registers say: one that acts only in accounts moves no jobs, firms
    /// or investment.
    #[must_use]
    pub fn is_moved_by(&self, spec: &ParameterSpec) -> bool {
        spec.acts != Acts::InAccounts
            || match self {
                Self::Added(Added::PublicCost | Added::FiscalNpv | Added::EconomicNpv) => true,
                // Before displacement, and discounted at a rate that is held fixed.
                Self::Added(Added::JobYears) => false,
                Self::Added(Added::NetJobs) => spec.name == DISPLACEMENT,
                Self::Metric { metric, .. } => ACCOUNTS.contains(&metric.as_str()),
            }
    }

    /// The unit, as the register of metrics has it; `""` of a metric that no policy has.
    #[must_use]
    pub fn unit(&self, layouts: &[Layout]) -> &'static str {
        match self {
            Self::Added(added) => added.unit(),
            Self::Metric { metric, place, .. } => {
                let series = layouts.iter().flat_map(|layout| &layout.series);
                let mut of_metric = series.filter(|series| series.table == Table::Metric);
                let found = of_metric.find(|it| it.name == *metric && it.place == *place);
                found.map_or("", |series| series.unit)
            }
        }
    }

    /// Its values under a policy, one a replication; nothing where the policy does not have the metric at the place.
    ///
    /// # Errors
    ///
    /// Fails if the values cannot be read.
    pub fn read(
        &self,
        results: &Results<'_>,
        policy: usize,
        discounting: Discounting,
    ) -> Result<Option<Vec<f64>>, BlockError> {
        match self {
            Self::Added(added) => added.read(results, policy, discounting).map(Some),
            Self::Metric { metric, place, year } => {
                let years = results.years();
                let year = year.or_else(|| years.last().copied());
                let year = years.iter().position(|&known| Some(known) == year);
                let series = results.layouts[policy].position(Table::Metric, metric, place);
                let Some((series, year)) = series.zip(year) else { return Ok(None) };
                results.column(policy, series, year).map(Some)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::layout::Series;

    fn layouts() -> Vec<Layout> {
        let series = |place: &str| Series {
            table: Table::Metric,
            name: "jobs",
            place: place.to_owned(),
            unit: "persons",
            whole: true,
        };
        let layout = |policy: &str, places: &[&str]| Layout {
            policy: policy.to_owned(),
            years: vec![2020, 2021],
            series: places.iter().map(|place| series(place)).collect(),
        };
        vec![layout("baseline", &["city"]), layout("hub", &["city", "hub"])]
    }

    #[test]
    fn what_is_written_is_read() {
        for text in ["economic_npv", "net_jobs", "jobs@city", "jobs@hub@2020"] {
            assert_eq!(text.parse::<Outcome>().unwrap().to_string(), text);
        }
        for text in ["", "jobs", "jobs@", "@city", "jobs@city@x", "jobs@city@2020@1"] {
            assert!(text.parse::<Outcome>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_acts_only_in_accounts_moves_no_jobs() {
        let register = crate::scenario::parameter::Register::of_any();
        let moved = |outcome: &str, parameter: &str| {
            let spec = register.iter().find(|spec| spec.name == parameter).unwrap();
            outcome.parse::<Outcome>().unwrap().is_moved_by(spec)
        };
        for outcome in ["net_jobs", "job_years", "jobs@city", "firms@city", "investment@city"] {
            assert!(!moved(outcome, "income_tax_rate") && !moved(outcome, "value_added_per_job"));
            assert!(moved(outcome, "founder_rate"), "{outcome}");
        }
        for outcome in ["economic_npv", "fiscal_npv", "public_cost_pv", "sales@city"] {
            assert!(moved(outcome, "income_tax_rate") && moved(outcome, "founder_rate"));
        }
        assert!(moved("net_jobs", DISPLACEMENT) && !moved("job_years", DISPLACEMENT));
    }

    #[test]
    fn a_name_near_an_outcome_is_offered() {
        let told = |text: &str| text.parse::<Outcome>().unwrap_err().to_string();
        for (text, near) in [
            ("public_cost", "did you mean `public_cost_pv` or `public_cost@PLACE`?"),
            ("public_cots_pv", "did you mean `public_cost_pv`?"),
            ("economic-npv", "did you mean `economic_npv`?"),
            ("jobs", "`jobs@PLACE`?"),
            ("firm", "`firms@PLACE`?"),
        ] {
            assert!(told(text).contains(near), "{text}: {}", told(text));
        }
        for text in ["xyzzy", "jobs@city@x"] {
            assert!(!told(text).contains("did you mean"), "{text}");
        }
    }

    #[test]
    fn a_year_left_out_is_the_last_and_what_is_unknown_is_told() {
        let known = |text: &str| text.parse::<Outcome>().unwrap().known(&layouts());
        assert_eq!(known("jobs@hub").unwrap().to_string(), "jobs@hub@2021");
        assert_eq!(known("jobs@city@2020").unwrap().to_string(), "jobs@city@2020");
        let told = |text: &str| known(text).unwrap_err().to_string();
        assert!(told("job@city").contains("did you mean `jobs`?"));
        assert!(told("net_jobs@city").contains("leave out `@city`"));
        assert!(told("jobs@town").contains("it is known at city, hub"));
        assert!(told("jobs@city@2030").contains("2020 to 2021"));
    }
}

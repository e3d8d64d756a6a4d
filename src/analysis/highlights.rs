//! The few numbers that a reader looks for first: jobs, firms and investment in the last year.

use crate::analysis::comparison::Difference;
use crate::analysis::layout::Table;
use crate::analysis::results::Results;
use crate::analysis::statistics::Estimate;
use crate::experiment::block::BlockError;

/// The district and the city, as places are called in files.
pub const DISTRICT_AND_CITY: [&str; 2] = ["district", "city"];

/// What is shown for each policy: metric and place.
pub const SHOWN: [(&str, &str); 6] = [
    ("jobs", "district"),
    ("jobs", "city"),
    ("firms", "district"),
    ("firms", "city"),
    ("investment", "district"),
    ("investment", "city"),
];

/// The highlights of one policy in the last year.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyHighlights<'a> {
    /// The policy.
    pub policy: &'a str,
    /// The means of [`SHOWN`], with their unit.
    pub means: [Option<(f64, &'static str)>; 6],
    /// The difference of jobs to the baseline, in the district and in the city; nothing for the
    /// baseline itself.
    pub jobs_gained: [Option<Estimate>; 2],
}

/// Whether two policies that are neighbours in the order of jobs can be told apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbours<'a> {
    /// The policy with more jobs.
    pub higher: &'a str,
    /// The policy with fewer.
    pub lower: &'a str,
    /// The difference.
    pub difference: Option<Estimate>,
}

/// All highlights of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Highlights<'a> {
    /// The last year.
    pub year: u16,
    /// The number of replications.
    pub replications: usize,
    /// The baseline.
    pub baseline: &'a str,
    /// The policies, in order.
    pub policies: Vec<PolicyHighlights<'a>>,
    /// For the district and for the city: each policy and the next by jobs.
    pub neighbours: [Vec<Neighbours<'a>>; 2],
}

/// Where the estimate stands to zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The whole interval is above 0.
    Higher,
    /// The whole interval is below 0.
    Lower,
    /// The interval contains 0, but not every replication has 0.
    Unclear,
    /// There is no difference in any replication.
    None,
    /// There is no interval.
    Unknown,
}

/// What the 95 % interval of a difference says.
#[must_use]
pub fn sign(difference: Option<&Estimate>) -> Sign {
    let Some(difference) = difference else {
        return Sign::Unknown;
    };
    match (difference.ci_low, difference.ci_high) {
        (Some(low), _) if low > 0.0 => Sign::Higher,
        (_, Some(high)) if high < 0.0 => Sign::Lower,
        (Some(low), Some(high)) if low == 0.0 && high == 0.0 => Sign::None,
        (Some(_), Some(_)) => Sign::Unclear,
        _ => Sign::Unknown,
    }
}

/// Gathers the highlights of all policies.
///
/// # Errors
///
/// Fails if the values cannot be read.
pub fn highlights<'a>(results: &Results<'a>) -> Result<Highlights<'a>, BlockError> {
    highlights_of(results, &(0..results.layouts.len()).collect::<Vec<_>>())
}

/// Gathers the highlights of the policies at these places, in order.
///
/// # Errors
///
/// Fails if the values cannot be read.
pub fn highlights_of<'a>(
    results: &Results<'a>,
    shown: &[usize],
) -> Result<Highlights<'a>, BlockError> {
    let last = results.years().len().saturating_sub(1);
    let column = |policy: usize, (metric, place): (&str, &str)| {
        let series = results.layouts[policy].position(Table::Metric, metric, place);
        series.map(|series| results.column(policy, series, last)).transpose()
    };
    let gained = |left: usize, right: usize, place: &'static str| -> Result<_, BlockError> {
        let (left, right) = (column(left, ("jobs", place))?, column(right, ("jobs", place))?);
        let pair = left.zip(right);
        Ok(pair.and_then(|(left, right)| Difference::between(&left, &right).estimate))
    };

    let mut policies = Vec::new();
    for &policy in shown {
        let layout = &results.layouts[policy];
        let mut means = [None; 6];
        for (mean, (metric, place)) in means.iter_mut().zip(SHOWN) {
            let unit = layout.position(Table::Metric, metric, place);
            let unit = unit.map(|series| layout.series[series].unit);
            let values = column(policy, (metric, place))?;
            let estimate = values.and_then(|values| Estimate::from_values(&values));
            *mean = estimate.map(|estimate| estimate.mean).zip(unit);
        }
        let mut jobs_gained = [None; 2];
        if policy != results.baseline {
            for (gain, place) in jobs_gained.iter_mut().zip(DISTRICT_AND_CITY) {
                *gain = gained(policy, results.baseline, place)?;
            }
        }
        policies.push(PolicyHighlights { policy: &layout.policy, means, jobs_gained });
    }

    let mut neighbours = [Vec::new(), Vec::new()];
    for (number, place) in DISTRICT_AND_CITY.into_iter().enumerate() {
        let mut order: Vec<(usize, f64)> = policies
            .iter()
            .zip(shown)
            .filter_map(|(of, &policy)| Some((policy, of.means[number]?.0)))
            .collect();
        order.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        for pair in order.windows(2) {
            let (higher, lower) = (pair[0].0, pair[1].0);
            neighbours[number].push(Neighbours {
                higher: &results.layouts[higher].policy,
                lower: &results.layouts[lower].policy,
                difference: gained(higher, lower, place)?,
            });
        }
    }

    Ok(Highlights {
        year: results.years().get(last).copied().unwrap_or_default(),
        replications: results.archive.replications().len(),
        baseline: &results.baseline_layout().policy,
        policies,
        neighbours,
    })
}

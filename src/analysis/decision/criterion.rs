//! Criteria: what a decision is judged by, one outcome or a weighted sum of several.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use crate::analysis::appraisal::Discounting;
use crate::analysis::decision::outcome::Outcome;
use crate::analysis::decision::outcome::OutcomeError;
use crate::analysis::layout::Layout;
use crate::analysis::results::Results;
use crate::experiment::block::BlockError;
use crate::scenario::parameter_spec::ParameterSpec;

/// What a factor and its divisor may come to: with it no figure of a criterion leaves what a table holds.
const WEIGHTS: RangeInclusive<f64> = 1e-12..=1e12;

/// What is written before a criterion of which less is better.
const LESS: &str = "min:";

/// A part of a weighted sum.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The factor on the outcome.
    pub weight: f64,
    /// The outcome.
    pub outcome: Outcome,
}

/// A criterion: Σ weight × outcome, of which more is better, or less.
///
/// Written as `economic_npv`, `min:public_cost_pv` or `0.6*jobs@city@2040/1000 + 0.4*economic_npv/100000`.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    /// As it was written.
    pub name: String,
    /// Whether less is better.
    pub minimised: bool,
    /// Its parts, one at least.
    pub terms: Vec<Term>,
}

/// Why a text is no criterion.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CriterionError {
    /// A part is no outcome with a factor.
    #[error(
        "`{part}` in the criterion `{criterion}`: expected an outcome, with a factor before it and a divisor after it \
         if need be, as in `0.6*jobs@city/1000 + 0.4*economic_npv/100000`"
    )]
    Part {
        /// The criterion.
        criterion: String,
        /// The part.
        part: String,
    },
    /// The weight of a part is too large or too small.
    #[error(
        "`{part}` in the criterion `{criterion}`: a factor by its divisor may come to {:e} up to {:e}, with either sign",
        WEIGHTS.start(), WEIGHTS.end()
    )]
    Weight {
        /// The criterion.
        criterion: String,
        /// The part.
        part: String,
    },
    /// An outcome stands in it twice.
    #[error("the criterion `{criterion}` has `{outcome}` twice; put its weights together")]
    Twice {
        /// The criterion.
        criterion: String,
        /// The outcome.
        outcome: String,
    },
    /// An outcome is not known.
    #[error(transparent)]
    Outcome(#[from] OutcomeError),
}

impl fmt::Display for Criterion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl FromStr for Criterion {
    type Err = CriterionError;

    fn from_str(text: &str) -> Result<Self, CriterionError> {
        let name = text.trim();
        let minimised = name.starts_with(LESS);
        let sum = name.strip_prefix(LESS).unwrap_or(name);
        let mut terms = Vec::new();
        for (sign, part) in parts(sum) {
            let wrong = || CriterionError::Part {
                criterion: name.to_owned(),
                part: part.trim().to_owned(),
            };
            let (above, divisor) = part.split_once('/').unwrap_or((part, "1"));
            let (factor, outcome) = above.split_once('*').unwrap_or(("1", above));
            let number = |text: &str| text.trim().parse::<f64>().map_err(|_| wrong());
            let (factor, divisor) = (number(factor)?, number(divisor)?);
            if factor == 0.0 || divisor == 0.0 || outcome.trim().is_empty() {
                return Err(wrong());
            }
            let weight = sign * factor / divisor;
            if !WEIGHTS.contains(&weight.abs()) {
                return Err(CriterionError::Weight {
                    criterion: name.to_owned(),
                    part: part.trim().to_owned(),
                });
            }
            let outcome: Outcome = outcome.trim().parse()?;
            if terms.iter().any(|term: &Term| term.outcome == outcome) {
                let (criterion, outcome) = (name.to_owned(), outcome.to_string());
                return Err(CriterionError::Twice { criterion, outcome });
            }
            terms.push(Term { weight, outcome });
        }
        Ok(Self { name: name.to_owned(), minimised, terms })
    }
}

/// The parts of a sum, each with its sign. A minus parts where blanks stand around it, as names of places have
/// hyphens, or at the beginning; a sign in a number, as in `1e-3`, parts nothing.
fn parts(sum: &str) -> Vec<(f64, &str)> {
    let mut found = Vec::new();
    let (mut start, mut sign) = (0, 1.0);
    for (place, letter) in sum.char_indices().filter(|(_, letter)| matches!(letter, '+' | '-')) {
        let (before, after) = (&sum[..place], &sum[place + 1..]);
        let is_first = before[start..].trim().is_empty();
        let mut letters = before.chars().rev();
        let in_number = matches!(letters.next(), Some('e' | 'E'))
            && letters.next().is_some_and(|digit| digit.is_ascii_digit() || digit == '.');
        let stands_apart = letter == '+' || (before.ends_with(' ') && after.starts_with(' '));
        if is_first || (stands_apart && !in_number) {
            if !is_first {
                found.push((sign, &before[start..]));
            }
            sign = if letter == '-' { -1.0 } else { 1.0 };
            start = place + 1;
        }
    }
    found.push((sign, &sum[start..]));
    found
}

impl Criterion {
    /// The criterion of one outcome; of what a policy costs less is better.
    #[must_use]
    pub fn of(outcome: Outcome) -> Self {
        let terms = vec![Term { weight: 1.0, outcome }];
        Self { name: terms[0].outcome.to_string(), minimised: false, terms }
    }

    /// The same with the last year in the place of none, if some policy has every outcome.
    ///
    /// # Errors
    ///
    /// Fails where no policy has one of its outcomes.
    pub fn known(&self, layouts: &[Layout]) -> Result<Self, OutcomeError> {
        let known =
            |term: &Term| Ok(Term { weight: term.weight, outcome: term.outcome.known(layouts)? });
        let terms = self.terms.iter().map(known).collect::<Result<Vec<_>, OutcomeError>>()?;
        let alone = terms.len() == 1 && (terms[0].weight - 1.0).abs() < f64::EPSILON;
        let less = if self.minimised { LESS } else { "" };
        // A single outcome has one name, whether the last year was written or not.
        let name = if alone { format!("{less}{}", terms[0].outcome) } else { self.name.clone() };
        Ok(Self { name, terms, minimised: self.minimised })
    }

    /// The unit: that of the outcomes without a weight, as a weight brings the others to it; `""` where none is
    /// without, or they differ.
    #[must_use]
    pub fn unit(&self, layouts: &[Layout]) -> &'static str {
        let has_no_weight = |term: &&Term| (term.weight.abs() - 1.0).abs() < f64::EPSILON;
        let mut units =
            self.terms.iter().filter(has_no_weight).map(|term| term.outcome.unit(layouts));
        let Some(first) = units.next() else { return "" };
        if units.all(|unit| unit == first) { first } else { "" }
    }

    /// Whether a parameter can move it: it can if it can move one of its outcomes.
    #[must_use]
    pub fn is_moved_by(&self, spec: &ParameterSpec) -> bool {
        self.terms.iter().any(|term| term.outcome.is_moved_by(spec))
    }

    /// Its values under a policy, one a replication, as they are written: not turned where less is better. A
    /// metric that the policy does not have at the place counts 0, as nobody is there.
    ///
    /// # Errors
    ///
    /// Fails if the values cannot be read.
    pub fn read(
        &self,
        results: &Results<'_>,
        policy: usize,
        discounting: Discounting,
    ) -> Result<Vec<f64>, BlockError> {
        let mut values = vec![0.0; results.archive.replications().len()];
        for Term { weight, outcome } in &self.terms {
            if let Some(found) = outcome.read(results, policy, discounting)? {
                for (value, found) in values.iter_mut().zip(found) {
                    *value += weight * found;
                }
            }
        }
        Ok(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights(text: &str) -> Vec<(f64, String)> {
        let criterion: Criterion = text.parse().unwrap();
        criterion.terms.iter().map(|term| (term.weight, term.outcome.to_string())).collect()
    }

    #[test]
    fn a_sum_is_read_with_its_weights() {
        assert_eq!(weights("economic_npv"), [(1.0, "economic_npv".to_owned())]);
        let sum = weights("0.6*jobs@city@2040/1000 + 0.4*economic_npv/100000");
        assert!((sum[0].0 - 0.0006).abs() < 1e-18 && (sum[1].0 - 4e-6).abs() < 1e-18);
        assert_eq!(sum[0].1, "jobs@city@2040");
        assert_eq!(weights("net_jobs+1e+2*economic_npv").len(), 2);
        let less = weights("net_jobs - 2e-3*public_cost_pv");
        assert!((less[1].0 + 0.002).abs() < 1e-18);
        // A place may have hyphens.
        assert_eq!(weights("jobs@special-zone")[0].1, "jobs@special-zone");
        assert!((weights("-1*net_jobs")[0].0 + 1.0).abs() < 1e-18);
        let turned: Criterion = "min:public_cost_pv".parse().unwrap();
        assert!(turned.minimised && turned.terms.len() == 1);
    }

    #[test]
    fn what_is_no_criterion_is_told() {
        for text in ["", "0*net_jobs", "x*net_jobs", "net_jobs/0", "net_jobs + ", "net_job"] {
            assert!(text.parse::<Criterion>().is_err(), "{text}");
        }
        for text in
            ["1e300*net_jobs", "net_jobs/1e-300", "-1e-13*net_jobs", "1e308*net_jobs/1e-308"]
        {
            let error = text.parse::<Criterion>().unwrap_err().to_string();
            assert!(error.contains("may come to 1e-12 up to 1e12"), "{error}");
        }
    }
}

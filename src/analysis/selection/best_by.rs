//! What `run --best` asks: by which criterion the best is to be known, and with which probability.

use std::fmt;
use std::str::FromStr;

use crate::analysis::decision::criterion::Criterion;
use crate::analysis::decision::criterion::CriterionError;

/// By which criterion the best is to be known, and with which probability.
#[derive(Clone, Debug, PartialEq)]
pub struct BestBy {
    /// The criterion.
    pub criterion: Criterion,
    /// The probability, above 0.5 and below 1.
    pub probability: f64,
}

/// Why a text asks for no best policy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BestByError {
    /// It has not the form.
    #[error(
        "`{0}`: expected CRITERION=PROBABILITY, as in `economic_npv=0.95` or `min:public_cost_pv=0.9`"
    )]
    Form(String),
    /// The probability is none that can be asked for.
    #[error("`{0}`: expected a probability above 0.5 and below 1")]
    Range(String),
    /// The criterion is none.
    #[error(transparent)]
    Criterion(#[from] CriterionError),
}

impl FromStr for BestBy {
    type Err = BestByError;

    fn from_str(text: &str) -> Result<Self, BestByError> {
        let form = || BestByError::Form(text.to_owned());
        let (criterion, probability) = text.rsplit_once('=').ok_or_else(form)?;
        let probability = probability.trim().parse::<f64>().map_err(|_| form())?;
        if !(probability > 0.5 && probability < 1.0) {
            return Err(BestByError::Range(text.to_owned()));
        }
        Ok(Self { criterion: criterion.parse()?, probability })
    }
}

impl fmt::Display for BestBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.criterion, self.probability)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_read() {
        let one: BestBy = "min:public_cost_pv=0.9".parse().unwrap();
        assert!(one.criterion.minimised && (one.probability - 0.9).abs() < 1e-15);
        for (text, says) in [
            ("economic_npv", "expected CRITERION=PROBABILITY"),
            ("economic_npv=x", "expected CRITERION=PROBABILITY"),
            ("economic_npv=0.5", "above 0.5 and below 1"),
            ("economic_npv=1", "above 0.5 and below 1"),
            ("profit=0.9", "names no outcome"),
        ] {
            let error = text.parse::<BestBy>().unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}

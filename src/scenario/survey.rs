//! How a parameter could be surveyed before deciding.

/// What one observation of a survey says of the parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Survey {
    /// Yes or no: the parameter is the probability of yes, 0 to 1.
    Binomial,
    /// A count: the parameter is its mean, 0 or more.
    Poisson,
    /// A positive quantity whose logarithm is normal: the parameter is its median.
    Lognormal {
        /// The standard deviation of the logarithm of one observation, above 0.
        sd: f64,
    },
    /// A quantity that is normal with the parameter as its mean.
    Normal {
        /// The standard deviation of one observation in the parameter's unit, above 0.
        sd: f64,
    },
}

/// The words used in files.
pub const MODELS: [&str; 4] = ["binomial", "poisson", "lognormal", "normal"];

/// Sizes that are looked at where a parameter states none.
pub const USUAL_SIZES: [u32; 3] = [50, 200, 1_000];

/// A survey that a parameter states.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyPlan {
    /// What one observation says.
    pub survey: Survey,
    /// How many observations: the sizes that are looked at.
    pub sizes: Vec<u32>,
}

impl Survey {
    /// Whether it can be a survey of a parameter of these values, and else what those it is for are.
    #[must_use]
    pub fn unfit(self, low: f64, high: f64) -> Option<&'static str> {
        match self {
            Self::Binomial if low < 0.0 || high > 1.0 => Some("a share, 0 to 1"),
            Self::Poisson if low < 0.0 => Some("a mean count, 0 or more"),
            Self::Lognormal { .. } if low <= 0.0 => Some("a quantity above 0"),
            _ => None,
        }
    }
}

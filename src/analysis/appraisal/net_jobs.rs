//! From gross to net jobs: what of the jobs at served firms the city, and the country, would not have
//! otherwise.

use crate::analysis::additionality::AdditionalityRow;

/// A step from gross to net jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Jobs at served firms.
    Gross,
    /// Of them, those that would be there anyway.
    Deadweight,
    /// Of them, those that would be elsewhere in the city.
    Relocation,
    /// Those that go to others than the area's.
    Leakage,
    /// Jobs lost at served firms.
    Substitution,
    /// Jobs lost at other firms, in markets for people, space and products.
    Displacement,
    /// Jobs gained at other firms.
    Spillover,
    /// Of what is left, those that would be elsewhere in the country.
    Elsewhere,
    /// The sum.
    Net,
}

impl Step {
    /// Every step, in the order of rows.
    pub const ALL: [Self; 9] = [
        Self::Gross,
        Self::Deadweight,
        Self::Relocation,
        Self::Leakage,
        Self::Substitution,
        Self::Displacement,
        Self::Spillover,
        Self::Elsewhere,
        Self::Net,
    ];

    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gross => "gross",
            Self::Deadweight => "deadweight",
            Self::Relocation => "relocation",
            Self::Leakage => "leakage",
            Self::Substitution => "substitution",
            Self::Displacement => "displacement",
            Self::Spillover => "spillover",
            Self::Elsewhere => "elsewhere_in_the_country",
            Self::Net => "net",
        }
    }
}

impl Step {
    /// What it is, English and Korean.
    #[must_use]
    pub const fn meaning(self) -> [&'static str; 2] {
        match self {
            Self::Gross => ["Jobs at served firms", "수혜 기업의 일자리(총량)"],
            Self::Deadweight => {
                ["Of them, those that would be there anyway", "사중손실(정책 없이도 있었을 일자리)"]
            }
            Self::Relocation => [
                "Of them, those that would be elsewhere in the city",
                "시내 이전(시 다른 곳에 있었을 일자리)",
            ],
            Self::Leakage => ["Jobs that go to others than the area's", "누출(대상 지역 외 귀속)"],
            Self::Substitution => ["Jobs lost at served firms", "대체(수혜 기업 내 감소)"],
            Self::Displacement => [
                "Jobs lost at other firms, in markets for people, space and products",
                "전치(인력·공간·제품 시장에서 타 기업 감소)",
            ],
            Self::Spillover => ["Jobs gained at other firms", "파급(타 기업 증가)"],
            Self::Elsewhere => [
                "Of what is left, those that would be elsewhere in the country",
                "타 지역에 있었을 일자리",
            ],
            Self::Net => ["Net jobs: the sum of the steps", "순일자리(합계)"],
        }
    }
}

/// For whom jobs are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// The city.
    City,
    /// The country.
    Nation,
}

impl Whole {
    /// Both.
    pub const ALL: [Self; 2] = [Self::City, Self::Nation];

    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::Nation => "nation",
        }
    }
}

/// One step of one policy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepRow {
    /// The step.
    pub step: Step,
    /// What it adds, in millionths of a job: a total is then the sum of its rows to the digit.
    pub millionths: i64,
    /// What it takes of what was left before it, as a share; nothing of the first and last step, and
    /// where nothing was left.
    pub share: Option<f64>,
}

impl StepRow {
    /// What it adds `[persons]`.
    #[must_use]
    pub fn jobs(&self) -> f64 {
        self.millionths as f64 / 1e6
    }
}

/// The steps of a list of amounts, with the net at the end.
#[must_use]
pub fn chain(amounts: &[(Step, f64)]) -> Vec<StepRow> {
    let mut left = 0_i64;
    let mut rows = Vec::new();
    for &(step, amount) in amounts {
        #[expect(clippy::cast_possible_truncation, reason = "jobs of a city")]
        let millionths = (amount * 1e6).round() as i64;
        let share = (left > 0).then(|| -(millionths as f64) / left as f64);
        rows.push(StepRow { step, millionths, share });
        left = left.saturating_add(millionths);
    }
    rows.push(StepRow { step: Step::Net, millionths: left, share: None });
    rows
}

/// The steps of a policy in the last year, as simulated: for the city, or for the country, of which
/// `elsewhere` is the share that would be there anyway.
///
/// Where nobody is served, the gross is unknown: what other firms gain and lose is the whole.
#[must_use]
pub fn of_policy(
    rows: &[AdditionalityRow<'_>],
    policy: &str,
    year: u16,
    whole: Whole,
    elsewhere: f64,
) -> Vec<StepRow> {
    let term = |name: &str| {
        let found = rows.iter().find(|row| {
            row.policy == policy && row.measure == "jobs" && row.year == year && row.term == name
        });
        found.and_then(|row| row.estimate).map_or(0.0, |estimate| estimate.mean)
    };
    let in_products = term("product_market_displacement");
    let (served, market) = (term("effect_on_served"), term("effect_through_markets"));
    // Roles may be swapped or served firms unknown; the nets hold always.
    let rest = term("net_city") - served - market;
    let mut amounts = vec![
        (Step::Gross, term("gross") + term("created_outside")),
        (Step::Deadweight, -term("deadweight")),
        (Step::Relocation, -term("relocated")),
        (Step::Leakage, 0.0),
        (Step::Substitution, -term("lost")),
        (Step::Displacement, in_products.min(0.0) - term("displaced") + rest.min(0.0)),
        (Step::Spillover, in_products.max(0.0) + term("spillover") + rest.max(0.0)),
    ];
    if whole == Whole::Nation {
        let net: f64 = amounts.iter().map(|(_, amount)| amount).sum();
        amounts.push((Step::Elsewhere, -elsewhere * net));
    }
    chain(&amounts)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// (gross − reference) (1 − leakage) (1 − displacement) (1 − substitution) multiplier, of English Partnerships
    /// (2008), Additionality Guide: 100 gross, 30 in the reference case, leakage 0.1, displacement 0.25, multiplier 1.1.
    #[test]
    fn constant_factors_give_the_identity_of_the_guides() {
        let rows = chain(&[
            (Step::Gross, 100.0),
            (Step::Deadweight, -30.0),
            (Step::Leakage, -7.0),
            (Step::Displacement, -15.75),
            (Step::Substitution, 0.0),
            (Step::Spillover, 4.725),
        ]);
        let net = rows.last().unwrap();
        assert_eq!((net.step, net.millionths), (Step::Net, 51_975_000));
        let of = |step| rows.iter().find(|row| row.step == step).unwrap().share.unwrap();
        for (step, share) in [
            (Step::Deadweight, 0.3),
            (Step::Leakage, 0.1),
            (Step::Displacement, 0.25),
            (Step::Substitution, 0.0),
            (Step::Spillover, -0.1),
        ] {
            assert!((of(step) - share).abs() < 1e-6, "{step:?}");
        }
    }

    #[test]
    fn the_net_is_the_sum_of_its_rows_to_the_digit() {
        let thirds = [1.0 / 3.0, -1.0 / 7.0, 1e-7, 2.0 / 3.0];
        let rows = chain(&thirds.map(|amount| (Step::Gross, amount)));
        let (net, parts) = rows.split_last().unwrap();
        assert_eq!(parts.iter().map(|row| row.millionths).sum::<i64>(), net.millionths);
    }
}

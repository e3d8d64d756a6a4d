//! Facts about firms in general that the model should reproduce though nothing was fitted to them.
//!
//! Ids such as SURV-09a are rows of `scenarios/yangjae/facts.csv`.

mod panel;
mod shape;

pub use panel::Panel;
pub use panel::StartupGrowth;
pub use panel::StartupLife;

use crate::time::DAYS;

/// A fact: what is published, and what the model says.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Its name in files.
    pub name: &'static str,
    /// What is measured, and of whom.
    pub meaning: &'static str,
    /// The unit.
    pub unit: &'static str,
    /// The value in the simulation, all replications together; `None` where no firms were there.
    pub simulated: Option<f64>,
    /// Firms, or firm-years, of all replications that it rests on.
    pub observations: usize,
    /// The lower end of the published range.
    pub low: f64,
    /// The upper end of the published range.
    pub high: f64,
    /// Where the range is from.
    pub source: &'static str,
    /// What the figure is a judgement of: a target of the model, or a figure beside it.
    pub role: Role,
}

/// What a published range is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The model stands for such firms and should meet it.
    Target,
    /// Of other firms, countries or definitions: to see where the model stands.
    Beside,
}

impl Role {
    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Beside => "beside",
        }
    }
}

impl Fact {
    /// Whether the simulated value lies in the published range; unknown without a value, and where it rests on fewer
    /// than [`FEWEST`] firms.
    #[must_use]
    pub fn is_met(&self) -> Option<bool> {
        self.simulated
            .filter(|_| self.observations >= FEWEST)
            .map(|value| (self.low..=self.high).contains(&value))
    }
}

/// A figure of fewer firms is not judged: the standard error of a share of 30 is up to 9 points, wider than most ranges.
pub const FEWEST: usize = 30;
/// Survival within five points counts as met.
const POINTS: f64 = 0.05;
/// Sizes from which whole people do not hide the shape of growth `[persons]`.
const SMALLEST: f64 = 8.0;
/// Firm-years that a class of size needs.
const LEAST: usize = 200;
/// Years from the first round over which the funnel is followed, on average that of the study.
const FUNNEL_YEARS: i64 = 9;

/// The facts of some replications.
#[must_use]
pub fn facts(panels: &[Panel]) -> Vec<Fact> {
    let mut facts = survival(panels);
    facts.extend(growth(panels));
    facts.extend(sizes(panels));
    facts.extend(money(panels));
    facts
}

/// The reference curves of survival: years, share, source; the first is the scenario's.
const SURVIVAL: [(&str, u16, f64, f64, &str, Role); 9] = [
    (
        "survival_1",
        1,
        0.894 - POINTS,
        0.894 + POINTS,
        "SURV-09a: 0.894 of supported startups (KISED 2019), within 5 points",
        Role::Target,
    ),
    (
        "survival_3",
        3,
        0.681 - POINTS,
        0.681 + POINTS,
        "SURV-09c: 0.681 of supported startups (KISED 2019), within 5 points",
        Role::Target,
    ),
    (
        "survival_5",
        5,
        0.531 - POINTS,
        0.531 + POINTS,
        "SURV-09e: 0.531 of supported startups (KISED 2019), within 5 points",
        Role::Target,
    ),
    (
        "survival_1_two_workers",
        1,
        0.80,
        0.84,
        "SURV-05a: firms with two or more workers (Statistics Korea 2022)",
        Role::Beside,
    ),
    (
        "survival_5_two_workers",
        5,
        0.42,
        0.46,
        "SURV-05b: firms with two or more workers (Statistics Korea 2022)",
        Role::Beside,
    ),
    (
        "survival_3_employers",
        3,
        0.509,
        0.589,
        "SURV-04c: firms with an employee (Statistics Korea 2012)",
        Role::Beside,
    ),
    (
        "survival_3_oecd",
        3,
        0.55,
        0.65,
        "SURV-16: entrants in OECD countries (Calvino, Criscuolo and Menon 2015)",
        Role::Beside,
    ),
    ("survival_5_oecd", 5, 0.272, 0.633, "SURV-08a: 28 OECD countries, mean 0.454", Role::Beside),
    ("survival_5_us", 5, 0.48, 0.51, "SURV-08b: United States", Role::Beside),
];

fn survival(panels: &[Panel]) -> Vec<Fact> {
    let fact = |&(name, years, low, high, source, role): &(_, u16, _, _, _, _)| {
        let days = i64::from(years) * i64::from(DAYS);
        let followed = lives(panels, |life, end| life.born + days <= end);
        let alive = followed
            .iter()
            .filter(|life| life.failed.is_none_or(|failed| failed - life.born >= days));
        let observations = followed.len();
        let simulated = share(alive.count(), observations);
        let meaning = match years {
            1 => "Share of startups alive a year after their founding",
            3 => "Share of startups alive three years after their founding",
            _ => "Share of startups alive five years after their founding",
        };
        Fact { name, meaning, unit: "1", simulated, observations, low, high, source, role }
    };
    SURVIVAL.iter().map(fact).collect()
}

fn lives(panels: &[Panel], wanted: impl Fn(&StartupLife, i64) -> bool) -> Vec<&StartupLife> {
    let of = |panel: &'_ Panel| panel.end;
    panels
        .iter()
        .flat_map(|panel| panel.lives.iter().map(move |life| (life, of(panel))))
        .filter(|(life, end)| wanted(life, *end))
        .map(|(life, _)| life)
        .collect()
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

fn growth(panels: &[Panel]) -> Vec<Fact> {
    let all: Vec<&StartupGrowth> = panels.iter().flat_map(|panel| &panel.growth).collect();
    let large: Vec<&&StartupGrowth> = all.iter().filter(|row| row.before >= SMALLEST).collect();
    let rates: Vec<f64> = large.iter().map(|row| row.growth).collect();
    let pairs: Vec<(f64, f64)> = large.iter().map(|row| (row.before, row.growth)).collect();
    let weighted: Vec<(f64, f64, f64)> =
        all.iter().map(|row| (crate::random::math::ln(row.before), row.growth, 1.0)).collect();
    let funded: Vec<f64> = all
        .iter()
        .filter(|row| row.funded)
        .map(|row| crate::random::math::exp(row.growth) - 1.0)
        .collect();
    let n = rates.len();
    let fact = |name, meaning, unit, simulated, observations, (low, high), source| Fact {
        name,
        meaning,
        unit,
        simulated,
        observations,
        low,
        high,
        source,
        role: Role::Target,
    };
    vec![
        fact(
            "growth_kurtosis",
            "Kurtosis of yearly log growth of headcount from eight heads on (normal 3, Laplace 6)",
            "1",
            shape::kurtosis(&rates),
            n,
            (4.5, 30.0),
            "SIZE-23: exponential body (Stanley et al. 1996; Fu et al. 2005); upper end: judgement",
        ),
        fact(
            "growth_laplace_over_normal",
            "Log-likelihood a firm-year by which Laplace's distribution beats the normal one",
            "ln",
            shape::laplace_over_normal(&rates),
            n,
            (0.0, f64::INFINITY),
            "SIZE-23: tent shape on a log scale (Stanley et al. 1996)",
        ),
        fact(
            "growth_size_exponent",
            "Exponent by which the spread of growth falls with headcount",
            "1",
            shape::size_exponent(&pairs, SMALLEST, LEAST),
            n,
            (0.14, 0.20),
            "SIZE-22: 0.14 to 0.20 (Stanley et al. 1996; Amaral et al. 1997; Riccaboni et al. 2008)",
        ),
        fact(
            "growth_by_size",
            "Slope of log growth on log headcount",
            "1/ln",
            shape::slope(&weighted),
            all.len(),
            (-0.10, -0.02),
            "SIZE-25: small and young survivors grow faster (Evans; Hall; Sutton 1997)",
        ),
        fact(
            "growth_after_round",
            "Mean growth of headcount in the year after a round",
            "1/year",
            (!funded.is_empty()).then(|| funded.iter().sum::<f64>() / funded.len() as f64),
            funded.len(),
            (0.165, 0.834),
            "SIZE-16b: receivers of venture capital (Ministry of SMEs 2023)",
        ),
    ]
}

fn sizes(panels: &[Panel]) -> Vec<Fact> {
    let mut sizes: Vec<f64> = panels.iter().flat_map(|panel| panel.sizes.iter().copied()).collect();
    sizes.sort_by(f64::total_cmp);
    let n = sizes.len();
    let sum: f64 = sizes.iter().sum();
    let median = crate::analysis::statistics::quantile(&sizes, 0.5).filter(|median| *median > 0.0);
    let top: f64 = sizes[n - n / 10..].iter().sum();
    let births: [f64; 2] =
        panels.iter().fold([0.0; 2], |[a, b], panel| [a + panel.births[0], b + panel.births[1]]);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
    let firm_years = births[1] as usize;
    vec![
        Fact {
            name: "size_mean_over_median",
            meaning: "Mean over median headcount of startups in the middle year: skewed above 1",
            unit: "1",
            simulated: median.map(|median| sum / n as f64 / median),
            observations: n,
            low: 1.5,
            high: 3.0,
            source: "SIZE-01: 21.5 over 9 in AI firms; SIZE-08: 21.7 over 10 in ventures (medians: judgement)",
            role: Role::Target,
        },
        Fact {
            name: "size_top_tenth",
            meaning: "Share of startups' jobs at the largest tenth",
            unit: "1",
            simulated: (sum > 0.0).then(|| top / sum),
            observations: n,
            low: 0.3,
            high: 0.7,
            source: "SIZE-01, SIZE-08: a log-normal with spread 0.9 to 1.5 has 0.35 to 0.58; judgement",
            role: Role::Target,
        },
        Fact {
            name: "birth_rate",
            meaning: "Startups founded in a year over those there at its start",
            unit: "1/year",
            simulated: (births[1] > 0.0).then(|| births[0] / births[1]),
            observations: firm_years,
            low: 0.12,
            high: 0.20,
            source: "SURV-14: 0.174 (0.15-0.20) in information and communication, 0.127 in all industries",
            role: Role::Beside,
        },
    ]
}

/// Exits, the funnel of rounds, and who gets the money.
fn money(panels: &[Panel]) -> Vec<Fact> {
    let ten = 10 * i64::from(DAYS);
    let funded = lives(panels, |life, end| life.rounds.first().is_some_and(|day| day + ten <= end));
    let exits = funded.iter().filter(|life| {
        life.rounds.first().zip(life.exited).is_some_and(|(first, exited)| exited <= first + ten)
    });
    let any = lives(panels, |life, end| life.born + ten <= end);
    let any_exits =
        any.iter().filter(|life| life.exited.is_some_and(|exited| exited <= life.born + ten));
    // The study looks at teams of nine years at its end: on average they had half of them.
    let window = FUNNEL_YEARS * i64::from(DAYS) / 2;
    let seeds =
        lives(panels, |life, end| life.rounds.first().is_some_and(|day| day + window <= end));
    let reached = |rounds: usize| {
        let has = |life: &&&StartupLife| {
            life.rounds
                .first()
                .zip(life.rounds.get(rounds - 1))
                .is_some_and(|(first, last)| *last <= first + window)
        };
        seeds.iter().filter(has).count()
    };
    let (a, b, c) = (reached(2), reached(3), reached(4));
    let raisers = lives(panels, |life, _| !life.rounds.is_empty()).len();
    let raised: [f64; 2] =
        panels.iter().fold([0.0; 2], |[x, y], panel| [x + panel.raised[0], y + panel.raised[1]]);
    let fact = |name, meaning, simulated, observations, (low, high), source, role| Fact {
        name,
        meaning,
        unit: "1",
        simulated,
        observations,
        low,
        high,
        source,
        role,
    };
    vec![
        fact(
            "exits_ten_years_funded",
            "Share of funded startups that list or are acquired within ten years of their first round",
            share(exits.count(), funded.len()),
            funded.len(),
            (0.029, 0.06),
            "VC-43: 0.036 (0.029-0.045) of TIPS firms; VC-44e: 0.055 to 0.06 in the US",
            Role::Target,
        ),
        fact(
            "exits_ten_years",
            "Share of all startups that list or are acquired within ten years of their founding",
            share(any_exits.count(), any.len()),
            any.len(),
            (0.0, 0.06),
            "VC-43, VC-44e: funded firms are the upper bound",
            Role::Beside,
        ),
        fact(
            "funnel_seed_to_a",
            "Share of firms with a seed round that close series A within four and a half years",
            share(a, seeds.len()),
            seeds.len(),
            (0.33, 0.45),
            "VC-40a: 0.388 of TIPS teams 2013-2021 (STEPI 2022), seen at the end of 2021",
            Role::Target,
        ),
        fact(
            "funnel_a_to_b",
            "Of these, share that close series B in the same time",
            share(b, a),
            a,
            (0.27, 0.42),
            "VC-40b: 0.324 of TIPS teams (STEPI 2022)",
            Role::Target,
        ),
        fact(
            "funnel_b_to_c",
            "Of these, share that close series C in the same time",
            share(c, b),
            b,
            (0.15, 0.35),
            "VC-40c: 0.212 of TIPS teams (STEPI 2022)",
            Role::Target,
        ),
        fact(
            "investment_in_young_firms",
            "Share of the money raised that goes to firms of three years or less",
            (raised[1] > 0.0).then(|| raised[0] / raised[1]),
            raisers,
            (0.14, 0.33),
            "VC-34a: 0.161 in 2025, 0.327 in 2017 (KVCA)",
            Role::Target,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn life(born: i64, failed: Option<i64>, rounds: &[i64]) -> StartupLife {
        StartupLife { born, failed, exited: None, rounds: rounds.to_vec() }
    }

    fn fact<'f>(facts: &'f [Fact], name: &str) -> &'f Fact {
        facts.iter().find(|fact| fact.name == name).unwrap()
    }

    #[test]
    fn survival_counts_only_firms_that_were_followed_long_enough() {
        let lives = vec![
            life(0, Some(364), &[]),
            life(0, Some(365), &[]),
            life(0, None, &[]),
            // Founded in the last year: not known yet whether it will live for one.
            life(3_500, None, &[]),
        ];
        let panel = Panel { lives, end: 3_650, ..Panel::default() };
        let many = facts(&vec![panel.clone(); 10]);
        let facts = facts(&[panel]);
        let one = fact(&facts, "survival_1");
        assert_eq!((one.simulated, one.observations), (Some(2.0 / 3.0), 3));
        assert_eq!(fact(&facts, "survival_3").simulated, Some(1.0 / 3.0));
        // Three firms are not judged, thirty are.
        assert_eq!(one.is_met(), None);
        let one = fact(&many, "survival_1");
        assert_eq!((one.observations, one.is_met()), (FEWEST, Some(false)));
    }

    #[test]
    fn the_funnel_counts_rounds_within_its_window() {
        let lives = vec![
            life(0, None, &[100, 400, 900]),
            life(0, None, &[100, 5_000]),
            life(0, None, &[100]),
            life(0, None, &[]),
        ];
        let facts = facts(&[Panel { lives, end: 6_000, ..Panel::default() }]);
        assert_eq!(fact(&facts, "funnel_seed_to_a").simulated, Some(1.0 / 3.0));
        assert_eq!(fact(&facts, "funnel_a_to_b").simulated, Some(1.0));
        assert_eq!(fact(&facts, "funnel_b_to_c").simulated, Some(0.0));
    }

    #[test]
    fn what_nobody_was_there_for_is_unknown() {
        let facts = facts(&[Panel::default()]);
        assert!(facts.iter().all(|fact| fact.simulated.is_none() && fact.is_met().is_none()));
        for (index, fact) in facts.iter().enumerate() {
            assert!(facts[..index].iter().all(|other| other.name != fact.name));
            assert!(fact.low < fact.high && !fact.source.is_empty());
        }
    }
}

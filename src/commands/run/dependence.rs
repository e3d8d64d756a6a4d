//! What a run's conclusions hang on, above all on parameters that the record cannot tell.

use crate::analysis::results::Results;
use crate::analysis::sensitivity;
use crate::analysis::sensitivity::SensitivityRow;
use crate::commands::run::RunError;
use crate::evidence::calibration;
use crate::evidence::learning;
use crate::evidence::learning::Learned;
use crate::evidence::learning::Verdict;
use crate::experiment::uncertainty::Uncertainty;
use crate::report::console;
use crate::report::console::paragraph;
use crate::report::language::Language;
use crate::report::language::names::name;
use crate::report::language::text;
use crate::report::language::text::fill;
use crate::scenario::Distribution;
use crate::scenario::Scenario;
use crate::scenario::parameter::PARAMETERS;

/// Differences that are told of on the terminal; the table has all.
const MOST_TOLD: usize = 8;
/// From how many standard errors on a dependence is no chance, among so many.
const NO_CHANCE: f64 = 4.0;

/// The rows of `sensitivity.csv`, and what the record has told of free parameters.
#[derive(Debug)]
pub struct Dependence<'a> {
    /// How differences move with parameters.
    pub rows: Vec<SensitivityRow<'a>>,
    learned: Vec<Learned>,
}

impl<'a> Dependence<'a> {
    /// Finds what the differences hang on.
    ///
    /// # Errors
    ///
    /// Fails if the values cannot be read.
    pub fn of(scenario: &Scenario, results: &Results<'a>) -> Result<Self, RunError> {
        let uncertainty = Uncertainty::of(scenario);
        let free = calibration::free_parameters(scenario);
        let always: Vec<usize> = free.iter().map(|free| free.position).collect();
        let replications = results.archive.replications();
        let column = |parameter| uncertainty.column(parameter, replications.clone());
        let rows = sensitivity::sensitivity(results, column, &always)?;
        let learned = scenario.posterior.as_ref().map_or_else(Vec::new, |posterior| {
            let free: Vec<calibration::Free> = posterior
                .parameters()
                .iter()
                .filter_map(|&position| {
                    let stated = scenario.parameters.get(position)?.clone();
                    // A value of `--set` is not what the draws were fitted with.
                    (stated.distribution != Distribution::Fixed).then_some(())?;
                    Some(calibration::Free { position, stated })
                })
                .collect();
            learning::learned(&free, &posterior.weighted(), posterior.effective())
        });
        Ok(Self { rows, learned })
    }

    /// What the record has told of a parameter; nothing where it was not fitted.
    #[must_use]
    pub fn told(&self, parameter: usize) -> Option<&'static str> {
        let learned = self.learned.iter().find(|row| row.position == parameter);
        learned.map(|row| row.verdict.name())
    }

    fn is_told(&self, parameter: usize) -> bool {
        let learned = self.learned.iter().find(|row| row.position == parameter);
        learned.is_some_and(|row| row.verdict == Verdict::Told)
    }

    /// The conclusions on jobs that change sign or size most between the ends of a parameter that
    /// the record has not told; empty where there is none. `title` is what a policy is called.
    #[must_use]
    pub fn text(&self, language: Language, title: impl Fn(&'a str) -> &'a str) -> String {
        let mut rows: Vec<&SensitivityRow<'_>> = self
            .rows
            .iter()
            .filter(|row| row.series.name == "jobs" && row.strength() >= NO_CHANCE)
            .filter(|row| !self.is_told(row.parameter) && changes(row))
            .collect();
        rows.sort_by(|one, other| importance(other).total_cmp(&importance(one)));
        if rows.is_empty() {
            return String::new();
        }
        let head = |text: &text::Text| text.in_language(language);
        let shown: Vec<[String; 5]> = rows
            .iter()
            .take(MOST_TOLD)
            .map(|row| {
                [
                    format!("  {}", title(row.policy)),
                    match language {
                        Language::English => row.series.place.clone(),
                        Language::Korean => name("place", &row.series.place, language).to_owned(),
                    },
                    PARAMETERS[row.parameter].name.to_owned(),
                    format!("{:+.0}", row.lowest_fifth),
                    format!("{:+.0}", row.highest_fifth),
                ]
            })
            .collect();
        let policy = match language {
            Language::English => "  policy".to_owned(),
            Language::Korean => format!("  {}", head(&text::policy)),
        };
        let header = [
            policy.as_str(),
            head(&text::hangs_jobs_in),
            head(&text::hangs_parameter),
            head(&text::hangs_lowest),
            head(&text::hangs_highest),
        ];
        let heading = paragraph(head(&text::hangs_heading), 0);
        let mut text = format!("\n{heading}{}", console::table(header, &shown));
        let more = rows.len().saturating_sub(MOST_TOLD);
        if more > 0 {
            text.push_str(&fill(&text::hangs_more, language, &[("more", &more.to_string())]));
            text.push('\n');
        }
        text
    }
}

/// Whether the sign changes, or the size by half or more.
fn changes(row: &SensitivityRow<'_>) -> bool {
    let (low, high) = (row.lowest_fifth, row.highest_fifth);
    low * high <= 0.0 || low.abs().max(high.abs()) >= 1.5 * low.abs().min(high.abs())
}

/// How far the ends lie apart, against the difference itself.
fn importance(row: &SensitivityRow<'_>) -> f64 {
    (row.highest_fifth - row.lowest_fifth).abs()
}

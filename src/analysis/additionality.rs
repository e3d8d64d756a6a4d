//! What of an effect is additional: the terms of the model's section 7.1, measure by measure.

use crate::analysis::layout::Layout;
use crate::analysis::layout::Table;
use crate::analysis::results::ReadError;
use crate::analysis::results::Results;
use crate::analysis::results::Window;
use crate::analysis::statistics::Estimate;
use crate::analysis::statistics::Spread;
use crate::experiment::block::BlockError;
use crate::experiment::block::archive::ByYear;

/// One term.
#[derive(Clone, Copy, Debug)]
pub struct TermSpec {
    /// Its name in files.
    pub name: &'static str,
    /// Its unit, by measure where it has both.
    pub unit: &'static str,
    /// What it means, in English.
    pub meaning_en: &'static str,
    /// What it means, in Korean.
    pub meaning_ko: &'static str,
    /// Whether it is listed for policies that do not have it, as empty cells.
    pub always: bool,
}

const fn term(name: &'static str, meaning_en: &'static str, meaning_ko: &'static str) -> TermSpec {
    TermSpec { name, unit: BY_MEASURE, meaning_en, meaning_ko, always: true }
}

/// The unit of terms that both measures have: of jobs, of investment.
const BY_MEASURE: &str = "persons; {money}";

/// The unit of terms of jobs alone.
const PERSONS: &str = "persons";

/// Terms of jobs alone.
const fn of_jobs(
    name: &'static str,
    meaning_en: &'static str,
    meaning_ko: &'static str,
) -> TermSpec {
    TermSpec { name, unit: PERSONS, meaning_en, meaning_ko, always: true }
}

/// The measures, in the order of results.
pub const MEASURES: [&str; 2] = ["jobs", "investment"];

/// Every term, in the order of results.
pub const TERMS: &[TermSpec] = &[
    term(
        "gross",
        "At served firms in the district; gross = deadweight + relocated + created",
        "수혜 기업의 지구 내 총계(= 사중손실 + 시내 이전 + 순수 창출)",
    ),
    term(
        "deadweight",
        "Of the gross: would be in the district anyway, firm by firm at most what the baseline has",
        "총계 중 정책 없이도 지구에 있었을 부분(사중손실, 기업별 기준 정책 값 한도)",
    ),
    term(
        "relocated",
        "Of the gross: would exist elsewhere in the city",
        "총계 중 정책이 없었다면 시내 다른 곳에 있었을 부분",
    ),
    term(
        "created",
        "Of the gross: would exist nowhere in the city",
        "총계 중 정책이 없었다면 시내에 없었을 부분",
    ),
    term(
        "created_outside",
        "Gained at served firms that now sit elsewhere in the city",
        "현재 시내 다른 곳에 있는 수혜 기업의 증가분",
    ),
    term(
        "lost",
        "Lost at served firms; a loss is a positive number, which the nets subtract",
        "수혜 기업의 감소분(손실은 양수, 순증에서 차감)",
    ),
    term("spillover", "Gained at firms that are not served", "비수혜 기업의 증가분(파급)"),
    term(
        "displaced",
        "Lost at firms that are not served; a loss is a positive number, which the nets subtract",
        "비수혜 기업의 감소분(대체, 손실은 양수, 순증에서 차감)",
    ),
    term(
        "effect_on_served",
        "created + created_outside - lost: the effect on served firms",
        "수혜 기업에 대한 순효과",
    ),
    term(
        "effect_through_markets",
        "spillover - displaced: the effect on all others through markets",
        "시장을 통한 비수혜 기업에 대한 순효과",
    ),
    term(
        "net_city",
        "The net change in the whole city = effect_on_served + effect_through_markets",
        "시 전체의 순증(= 수혜 기업 효과 + 시장을 통한 효과)",
    ),
    term(
        "net_district",
        "The net change in the district, moves between district and city included",
        "지구의 순증(시내 이전 포함)",
    ),
    of_jobs(
        "induced_services",
        "Local service jobs that the net change brings about; not part of the nets",
        "순증이 유발하는 지역 서비스 일자리(순증에 불포함)",
    ),
    of_jobs(
        "product_market_displacement",
        "Change at other firms of the city through product markets, a share of effect_on_served: \
         negative where served firms gain; not part of the nets, to be added to net_city",
        "제품 시장을 통한 시내 타 기업의 변화(수혜 기업 효과의 일정 비율, 수혜 기업이 늘면 음수, 순증에 불포함, 시 전체 순증에 더해서 봄)",
    ),
    of_jobs(
        AFTER_DISPLACEMENT,
        "net_city + product_market_displacement, replication by replication: the net change once other \
         firms of the city lose in product markets what the scenario's share says",
        "시 전체 순증에 제품 시장 대체를 더한 값(반복별 합)",
    ),
    of_funds(
        "fund_rounds",
        "Rounds of the year in which the fund takes part",
        "기금이 참여한 당해 투자 라운드 수",
    ),
    of_funds(
        "fund_rounds_anyway",
        "Of these: closed by the same firm in the baseline too",
        "그중 기준 정책에서도 성사된 라운드 수",
    ),
];

/// Terms that are listed only for policies that have them, after the others.
const fn of_funds(
    name: &'static str,
    meaning_en: &'static str,
    meaning_ko: &'static str,
) -> TermSpec {
    TermSpec { name, unit: "rounds/year", meaning_en, meaning_ko, always: false }
}

/// The net change after displacement: the sum of `SUMMANDS`, which the ledger does not keep.
pub const AFTER_DISPLACEMENT: &str = "net_city_after_displacement";
/// The terms that make it.
const SUMMANDS: [&str; 2] = ["net_city", "product_market_displacement"];

/// The terms that a term is the sum of: itself, but for the net change after displacement.
#[must_use]
pub fn summands<'t>(term: &'t &'static str) -> &'t [&'static str] {
    if *term == AFTER_DISPLACEMENT { &SUMMANDS } else { std::slice::from_ref(term) }
}

/// The note of a term that a policy does not have.
pub const NO_MEANING: &str = "no meaning for this policy";
/// The note of a term of jobs in the rows of another measure.
pub const OF_JOBS: &str = "only of jobs";

/// Something to say about terms of a policy, such as that the roles are swapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The policy.
    pub policy: String,
    /// The measure; `None` for all.
    pub measure: Option<&'static str>,
    /// The term; `None` for all.
    pub term: Option<&'static str>,
    /// The text.
    pub text: String,
}

/// One term of one policy, measure and year.
#[derive(Clone, Debug, PartialEq)]
pub struct AdditionalityRow<'a> {
    /// The policy.
    pub policy: &'a str,
    /// The policy that it is compared with.
    pub baseline: &'a str,
    /// The measure.
    pub measure: &'static str,
    /// The term.
    pub term: &'static str,
    /// The year.
    pub year: u16,
    /// The mean and how well it is known; `None` where the term has no meaning.
    pub estimate: Option<Estimate>,
    /// The spread of replications.
    pub spread: Option<Spread>,
    /// Notes, empty where there is nothing to say.
    pub note: String,
}

/// Estimates every term of every policy but the baseline, in the order of policies, measures,
/// terms and years. Terms that a policy does not have are rows without numbers.
///
/// # Errors
///
/// Fails if the values cannot be read, and when the work is stopped.
pub fn additionality<'a>(
    results: &Results<'a>,
    notes: &[Note],
) -> Result<Vec<AdditionalityRow<'a>>, ReadError> {
    let terms: Vec<Vec<(&'static str, &'static str)>> =
        results.layouts.iter().map(terms_of).collect();
    let lists: Vec<_> =
        results.compared().into_iter().map(|policy| (policy, terms[policy].len())).collect();
    results.map_windows(&lists, 2, |window| {
        let layout = &results.layouts[window.policy];
        let years = &layout.years[window.years.clone()];
        let mut rows = Vec::with_capacity(window.series.len() * years.len());
        for &(measure, term) in &terms[window.policy][window.series.clone()] {
            let by_year = values_of(results, window, measure, term)?;
            let note = note(notes, &layout.policy, measure, term, by_year.is_none());
            rows.extend(years.iter().enumerate().map(|(number, &year)| {
                let values = by_year.as_ref().map(|by_year| by_year[number].as_slice());
                AdditionalityRow {
                    policy: &layout.policy,
                    baseline: &results.baseline_layout().policy,
                    measure,
                    term,
                    year,
                    estimate: values.and_then(|values| Estimate::of(values, results.design)),
                    spread: values.and_then(Spread::from_values),
                    note: note.clone(),
                }
            }));
        }
        Ok(rows)
    })
}

/// The values of a term by year and replication; nothing where the policy does not have it.
fn values_of(
    results: &Results<'_>,
    window: &Window,
    measure: &str,
    term: &'static str,
) -> Result<Option<ByYear>, BlockError> {
    let layout = &results.layouts[window.policy];
    let places =
        summands(&term).iter().map(|part| layout.position(Table::Additionality, part, measure));
    let Some(places) = places.collect::<Option<Vec<usize>>>() else { return Ok(None) };
    let mut sum: Option<ByYear> = None;
    for place in places {
        let read = results.archive.read(window.policy, &[place], window.years.clone())?;
        let Some(values) = read.into_iter().next() else { continue };
        match &mut sum {
            None => sum = Some(values),
            Some(sum) => {
                for (sum, value) in sum.iter_mut().flatten().zip(values.into_iter().flatten()) {
                    *sum += value;
                }
            }
        }
    }
    Ok(sum)
}

/// Net jobs of the city in the last year once other firms have lost in product markets, one value a replication
/// `[persons]`. What they lose is a share of the effect on served firms: nothing under a policy that serves none. 0 of
/// the baseline.
///
/// # Errors
///
/// Fails if the values cannot be read.
pub fn last_jobs_after_displacement(
    results: &Results<'_>,
    policy: usize,
) -> Result<Vec<f64>, BlockError> {
    let end = results.years().len();
    let window = Window { policy, series: 0..0, years: end.saturating_sub(1)..end };
    let of = |term| values_of(results, &window, "jobs", term);
    let by_year = match of(AFTER_DISPLACEMENT)? {
        None => of("net_city")?,
        after => after,
    };
    let none = || vec![0.0; results.archive.replications().len()];
    Ok(by_year.and_then(|by_year| by_year.into_iter().next()).unwrap_or_else(none))
}

/// The measures and terms that are listed for a policy.
fn terms_of(layout: &Layout) -> Vec<(&'static str, &'static str)> {
    let listed = |measure: &str, term: &TermSpec| {
        term.always || layout.position(Table::Additionality, term.name, measure).is_some()
    };
    MEASURES
        .into_iter()
        .flat_map(|measure| {
            let terms = TERMS.iter().filter(move |term| listed(measure, term));
            terms.map(move |term| (measure, term.name))
        })
        .collect()
}

fn note(notes: &[Note], policy: &str, measure: &str, term: &str, absent: bool) -> String {
    let concerns = |note: &&Note| {
        note.policy == policy
            && note.measure.is_none_or(|of| of == measure)
            && note.term.is_none_or(|of| of == term)
    };
    let written = notes.iter().filter(concerns).map(|note| note.text.as_str());
    let of_jobs = measure != "jobs" && TERMS.iter().any(|of| of.name == term && of.unit == PERSONS);
    let empty = absent.then_some(if of_jobs { OF_JOBS } else { NO_MEANING });
    empty.into_iter().chain(written).collect::<Vec<_>>().join("; ")
}

//! The answer in plain sentences: which policies lead by which criterion, how far replications
//! agree, and which policies the model does not rank. The report, the workbook and the terminal
//! show the same.

mod figure;
mod sentences;
mod value;

use serde::Serialize;

use crate::analysis::pairs::Ranking;
use crate::analysis::sensitivity;
use crate::report::text::language::Language;
use crate::report::text::language::text;
use crate::report::text::language::text::Text;
use crate::report::text::language::text::fill;
use crate::report::views::findings::Findings;
use crate::report::views::findings::figure::Figure;
use crate::report::views::findings::headline;
use crate::report::views::verdict::figure::ranking_of;
use crate::report::views::verdict::sentences::Words;

pub use figure::gain;
pub use figure::middle;
pub use figure::monte_carlo_error;
pub use figure::probability;
pub use figure::shown;
pub use figure::with_more;

/// The term of the jobs account with the net after displacement in product markets.
pub use crate::analysis::additionality::AFTER_DISPLACEMENT;

/// A policy in a group, with its figure in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NamedPolicy {
    /// The policy, by its place.
    pub policy: usize,
    /// `+4,446 (+3,343 to +5,548)`; empty where there is nothing to add.
    pub figure: String,
}

/// Policies of which the same is to be said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// What is said.
    pub heading: &'static str,
    /// Of whom, the largest effect first.
    pub members: Vec<NamedPolicy>,
    /// Of how many more, which lists do not show.
    pub more: usize,
}

/// What is said of the district or the city.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceVerdict {
    /// `In the district`.
    pub heading: &'static str,
    /// How many pairs of policies are ranked.
    pub pairs: String,
    /// Against the baseline.
    pub groups: Vec<Group>,
    /// Policies that are not ranked against each other: the first of a group against each of the rest.
    pub ties: Vec<Group>,
}

/// The verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The sentences that matter most.
    pub sentences: Vec<String>,
    /// What is said of value for money; empty where nothing is known of it.
    pub value: Vec<String>,
    /// The city, then the district.
    pub places: Vec<PlaceVerdict>,
    /// How to read the figures; empty where there are none.
    pub reading: Vec<&'static str>,
}

/// The verdict of a run. `title` names policies in sentences.
#[must_use]
pub fn answer<'a>(
    findings: &'a Findings,
    language: Language,
    title: impl Fn(usize) -> &'a str,
) -> Answer {
    let about = &findings.about;
    let said = |text: &Text| Answer {
        sentences: vec![text.in_language(language).to_owned()],
        value: Vec::new(),
        places: Vec::new(),
        reading: Vec::new(),
    };
    if about.policies.len() < 2 {
        return said(&text::verdict_alone);
    }
    let replications = about.manifest.plan.replications as usize;
    let few = (replications < sensitivity::FEWEST).then(|| {
        let fewest = sensitivity::FEWEST.to_string();
        fill(&text::verdict_few, language, &[("fewest", &fewest)])
    });
    if replications < 2 {
        let mut answer = said(&text::verdict_one);
        answer.sentences.extend(few);
        return answer;
    }
    let places = [("city", &text::place_city), ("district", &text::place_district)];
    let places = places.iter().filter_map(|(place, heading)| {
        findings.series_of("jobs", place)?;
        Some(PlaceVerdict {
            heading: heading.in_language(language),
            pairs: pairs(findings, place, language),
            groups: groups(findings, place, language),
            ties: ties(findings, place, language),
        })
    });
    let words = Words { findings, language, title: &title };
    let mut sentences = words.sentences();
    let value = words.value_for_money();
    sentences.extend(few);
    let ranked = if about.compares_all_pairs() {
        &text::reading_ranked
    } else {
        &text::reading_ranked_against
    };
    let reading = [
        &text::reading_middle,
        &text::reading_error,
        &text::reading_displacement,
        &text::reading_jobs,
        &text::reading_value,
        ranked,
        &text::verdict_caution,
    ];
    let reading = reading.map(|text| text.in_language(language)).to_vec();
    Answer { sentences, value, places: places.collect(), reading }
}

fn groups(findings: &Findings, place: &str, language: Language) -> Vec<Group> {
    let wanted = [
        (Ranking::Higher, &text::verdict_higher),
        (Ranking::NotRanked, &text::verdict_not_ranked),
        (Ranking::MoreReplications, &text::verdict_more_replications),
        (Ranking::Same, &text::verdict_same),
        (Ranking::Lower, &text::verdict_lower),
    ];
    let of_ranking = |(ranking, heading): &(Ranking, &Text)| {
        let mut members: Vec<(f64, usize, Figure)> = findings
            .about
            .judged()
            .filter(|&policy| findings.ranking("jobs", place, policy) == Some(*ranking))
            .filter_map(|policy| {
                let figure = gain(findings, policy, place)?;
                Some((figure.mean?, policy, figure))
            })
            .collect();
        members.sort_by(|one, other| other.0.abs().total_cmp(&one.0.abs()));
        let figure = |figure: &Figure| match (ranking, figure.higher) {
            (Ranking::Same, _) => String::new(),
            (Ranking::NotRanked | Ranking::MoreReplications, Some(share)) => {
                format!("{}, P = {}", shown(figure, language), probability(share, language))
            }
            _ => shown(figure, language),
        };
        let all = members.len();
        members.retain(|&(_, policy, _)| findings.about.policies[policy].listed);
        let members: Vec<NamedPolicy> = members
            .iter()
            .map(|(_, policy, of)| NamedPolicy { policy: *policy, figure: figure(of) })
            .collect();
        let more = all - members.len();
        Group { heading: heading.in_language(language), members, more }
    };
    let groups = wanted.iter().map(of_ranking);
    groups.filter(|group| group.members.len() + group.more > 0).collect()
}

/// How many pairs of policies are ranked, are not, and need more replications; empty with fewer
/// than two policies beside the baseline.
fn pairs(findings: &Findings, place: &str, language: Language) -> String {
    let judged: Vec<usize> = findings.about.judged().collect();
    let mut counts = [0_u64; 4];
    for (number, &one) in judged.iter().enumerate() {
        for &other in &judged[..number] {
            let pair = findings.pair("jobs", place, one, other);
            let kind = match pair.and_then(|pair| pair.ranking) {
                Some(Ranking::Higher | Ranking::Lower) => 0,
                Some(Ranking::NotRanked) => 1,
                Some(Ranking::MoreReplications) => 2,
                Some(Ranking::Same) => 3,
                None => continue,
            };
            counts[kind] += 1;
        }
    }
    let all: u64 = counts.iter().sum();
    if all == 0 {
        let policies = judged.len().to_string();
        let left_out = !findings.about.compares_all_pairs();
        let said = || fill(&text::verdict_pairs_left_out, language, &[("policies", &policies)]);
        return left_out.then(said).unwrap_or_default();
    }
    let [ranked, not_ranked, more, same] = counts.map(|count| count.to_string());
    let (all, policies) = (all.to_string(), judged.len().to_string());
    fill(
        &text::verdict_pairs,
        language,
        &[
            ("policies", &policies),
            ("all", &all),
            ("ranked", &ranked),
            ("not_ranked", &not_ranked),
            ("more", &more),
            ("same", &same),
        ],
    )
}

/// Every pair of listed policies that is not ranked, by policy: first the policy, then those with fewer
/// jobs, by the mean, that are not ranked against it. Policies and pairs are in the order of jobs.
fn ties(findings: &Findings, place: &str, language: Language) -> Vec<Group> {
    let jobs = |&policy: &usize| gain(findings, policy, place).and_then(|it| it.mean).is_some();
    let about = &findings.about;
    let listed = |&policy: &usize| about.policies[policy].listed;
    let mut order: Vec<usize> = about.judged().filter(jobs).filter(listed).collect();
    headline::by_jobs_in(findings, place, &mut order);
    let member = |&policy: &usize| NamedPolicy { policy, figure: String::new() };
    let wanted = [
        (Ranking::NotRanked, &text::verdict_ties),
        (Ranking::MoreReplications, &text::verdict_more_replications_pair),
        (Ranking::Same, &text::verdict_same_pair),
    ];
    let of_ranking = |(ranking, heading): (Ranking, &'static Text)| {
        let of_policy = |number: usize| {
            let alike = order[number + 1..].iter().filter(|&&other| {
                ranking_of(findings, place, order[number], other) == Some(ranking)
            });
            let members: Vec<NamedPolicy> =
                [&order[number]].into_iter().chain(alike).map(member).collect();
            (members.len() > 1).then(|| Group {
                heading: heading.in_language(language),
                members,
                more: 0,
            })
        };
        (0..order.len()).filter_map(of_policy).collect::<Vec<_>>()
    };
    wanted.into_iter().flat_map(of_ranking).collect()
}

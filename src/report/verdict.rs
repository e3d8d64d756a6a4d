//! The verdict in plain sentences: which policies beat which, by how much, how sure; which cannot
//! be told apart. The report and the terminal show the same.

use serde::Serialize;

use crate::analysis::sensitivity;
use crate::report::findings::Figure;
use crate::report::findings::Findings;
use crate::report::findings::Pair;
use crate::report::findings::Verdict;
use crate::report::language::Language;
use crate::report::language::number::decimals;
use crate::report::language::number::grouped;
use crate::report::language::number::interval;
use crate::report::language::number::shown_unit;
use crate::report::language::number::signed;
use crate::report::language::text;
use crate::report::language::text::Text;
use crate::report::language::text::fill;

/// A policy in a group, with its figure in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Member {
    /// The policy, by its place.
    pub policy: usize,
    /// `+4,446 (+4,343 to +4,548)`; empty where there is nothing to add.
    pub figure: String,
}

/// From so many histories on, a share says more than a count.
const MANY: u32 = 100;

/// Policies of which the same is to be said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// What is said.
    pub heading: &'static str,
    /// Of whom, the largest effect first.
    pub members: Vec<Member>,
}

/// What is said of the district or the city.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceVerdict {
    /// `In the district`.
    pub heading: &'static str,
    /// Against the baseline.
    pub groups: Vec<Group>,
    /// Policies that cannot be told apart from each other.
    pub ties: Vec<Group>,
}

/// The verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The sentences that matter most.
    pub sentences: Vec<String>,
    /// The city, then the district.
    pub places: Vec<PlaceVerdict>,
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
        places: Vec::new(),
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
        Some(PlaceVerdict {
            heading: heading.in_language(language),
            groups: groups(findings, place, language)?,
            ties: ties(findings, *place == "city", language),
        })
    });
    let mut sentences = sentences(findings, language, title);
    sentences.extend(few);
    Answer { sentences, places: places.collect() }
}

/// Jobs of the last year against the baseline.
#[must_use]
pub fn gain(findings: &Findings, policy: usize, place: &str) -> Option<Figure> {
    let figure = *findings.series_of("jobs", place)?.difference[policy].last()?;
    figure.mean.map(|_| figure)
}

/// `+4,446 (+4,343 to +4,548)`.
#[must_use]
pub fn shown(figure: &Figure, language: Language) -> String {
    let Some(mean) = figure.mean else { return "–".to_owned() };
    let places = decimals_of(figure);
    let mean = signed(mean, places);
    match figure.low.zip(figure.high) {
        Some((low, high)) => format!("{mean} ({})", interval(low, high, places, language)),
        None => mean,
    }
}

/// Decimals by the larger of the mean and the interval's half width: those of `-0.04 (-3 to +3)`
/// would mean nothing.
fn decimals_of(figure: &Figure) -> usize {
    let mean = figure.mean.unwrap_or_default().abs();
    let half = figure.low.zip(figure.high).map_or(0.0, |(low, high)| (high - low) / 2.0);
    decimals(mean.max(half)).min(1)
}

fn groups(findings: &Findings, place: &str, language: Language) -> Option<Vec<Group>> {
    findings.series_of("jobs", place)?;
    let wanted = [
        (Verdict::Higher, &text::verdict_higher),
        (Verdict::Unclear, &text::verdict_unclear),
        (Verdict::Same, &text::verdict_same),
        (Verdict::Lower, &text::verdict_lower),
    ];
    let of_verdict = |(verdict, heading): &(Verdict, &Text)| {
        let mut members: Vec<(f64, usize, Figure)> = findings
            .about
            .judged()
            .filter_map(|policy| {
                let figure = gain(findings, policy, place)?;
                (figure.verdict() == *verdict).then_some((figure.mean?, policy, figure))
            })
            .collect();
        members.sort_by(|one, other| other.0.abs().total_cmp(&one.0.abs()));
        let figure = |figure: &Figure| match verdict {
            Verdict::Same => String::new(),
            _ => shown(figure, language),
        };
        let members =
            members.iter().map(|(_, policy, of)| Member { policy: *policy, figure: figure(of) });
        Group { heading: heading.in_language(language), members: members.collect() }
    };
    Some(wanted.iter().map(of_verdict).filter(|group| !group.members.is_empty()).collect())
}

/// What is known of the difference between two policies, whichever stands first; of what is above
/// and what below nothing is said.
fn pair(findings: &Findings, city: bool, one: usize, other: usize) -> Verdict {
    let same = |pair: &&Pair| {
        pair.city == city
            && ((pair.policy, pair.other) == (one, other)
                || (pair.other, pair.policy) == (one, other))
    };
    findings.pairs.iter().find(same).map_or(Verdict::Unknown, |pair| pair.figure.verdict())
}

/// Runs of policies, in the order of jobs, of which no two can be told apart. Policies without an
/// effect against the baseline have been said to be like it, and so like each other.
fn ties(findings: &Findings, city: bool, language: Language) -> Vec<Group> {
    let place = if city { "city" } else { "district" };
    let has_effect = |policy: usize| {
        let figure = gain(findings, policy, place)?;
        matches!(figure.verdict(), Verdict::Higher | Verdict::Lower)
            .then_some((figure.mean?, policy))
    };
    let mut order: Vec<(f64, usize)> = findings.about.judged().filter_map(has_effect).collect();
    order.sort_by(|one, other| other.0.total_cmp(&one.0));
    let verdict = |one: usize, other: usize| pair(findings, city, one, other);
    let alike = |one: usize, other: usize| {
        matches!(verdict(order[one].1, order[other].1), Verdict::Unclear | Verdict::Same)
    };
    let mut ties = Vec::new();
    let mut covered = 0;
    for first in 0..order.len() {
        let mut end = first + 1;
        while end < order.len() && (first..end).all(|before| alike(before, end)) {
            end += 1;
        }
        if end > covered && end > first + 1 {
            let run = &order[first..end];
            let all_same = run.windows(2).all(|two| verdict(two[0].1, two[1].1) == Verdict::Same);
            let heading = if all_same { &text::verdict_same_pair } else { &text::verdict_ties };
            let member = |&(_, policy): &(f64, usize)| Member { policy, figure: String::new() };
            ties.push(Group {
                heading: heading.in_language(language),
                members: run.iter().map(member).collect(),
            });
            covered = end;
        }
    }
    ties
}

/// The policy that adds most at a place, among those that have more jobs than the baseline.
fn best(findings: &Findings, place: &str) -> Option<(f64, usize, Figure)> {
    let gains = findings.about.judged().filter_map(|policy| {
        let figure = gain(findings, policy, place)?;
        (figure.verdict() == Verdict::Higher).then_some((figure.mean?, policy, figure))
    });
    gains.max_by(|one, other| one.0.total_cmp(&other.0))
}

/// The policies above the baseline that cannot be told apart from one, the largest effect first.
fn like(findings: &Findings, policy: usize, is_city: bool) -> Vec<usize> {
    let place = if is_city { "city" } else { "district" };
    let mut like: Vec<(f64, usize)> = findings
        .about
        .judged()
        .filter(|&other| other != policy)
        .filter(|&other| {
            matches!(pair(findings, is_city, policy, other), Verdict::Unclear | Verdict::Same)
        })
        .filter_map(|other| {
            let figure = gain(findings, other, place)?;
            (figure.verdict() == Verdict::Higher).then_some((figure.mean?, other))
        })
        .collect();
    like.sort_by(|one, other| other.0.total_cmp(&one.0));
    like.into_iter().map(|(_, other)| other).collect()
}

/// The policies that the verdict names: those that add most and what is like them, the one whose
/// gain is mostly moved, the cheapest, and the largest loss. Charts and tables show them at first.
#[must_use]
pub fn named(findings: &Findings) -> Vec<usize> {
    let mut named = Vec::new();
    for (place, is_city) in [("city", true), ("district", false)] {
        if let Some((_, policy, _)) = best(findings, place) {
            named.push(policy);
            named.extend(like(findings, policy, is_city));
        }
        let losses = findings.about.judged().filter_map(|policy| {
            let figure = gain(findings, policy, place)?;
            (figure.verdict() == Verdict::Lower).then_some((figure.mean?, policy))
        });
        let worst = losses.min_by(|one, other| one.0.total_cmp(&other.0));
        named.extend(worst.map(|(_, policy)| policy));
    }
    named.extend(moved(findings));
    named.extend(cheapest(findings).map(|(_, policy, _)| policy));
    named.sort_unstable();
    named.dedup();
    named
}

fn sentences<'a>(
    findings: &'a Findings,
    language: Language,
    title: impl Fn(usize) -> &'a str,
) -> Vec<String> {
    let year = findings.about.last_year().to_string();
    let (city, district) = (best(findings, "city"), best(findings, "district"));
    let tied = |policy: usize, is_city: bool| {
        let others: Vec<&str> = like(findings, policy, is_city).into_iter().map(&title).collect();
        if others.is_empty() {
            return String::new();
        }
        let others = format!("“{}”", others.join("”, “"));
        fill(&text::verdict_tied, language, &[("policies", &others)])
    };
    let gain_in = |policy: usize, place: &str| gain(findings, policy, place).unwrap_or_default();
    let mut sentences = Vec::new();
    if let Some((mean, policy, figure)) = city {
        let share = figure.higher.map(|share| in_histories(findings, share, language));
        let both = district.is_some_and(|(_, best, _)| best == policy);
        let text = if both { &text::verdict_best_both } else { &text::verdict_best_city };
        sentences.push(fill(
            text,
            language,
            &[
                ("policy", title(policy)),
                ("gain", &signed(mean, decimals_of(&figure))),
                ("year", &year),
                ("interval", &interval_of(&figure, language)),
                ("share", &share.unwrap_or_default()),
                ("tied", &tied(policy, true)),
                ("district", &shown(&gain_in(policy, "district"), language)),
            ],
        ));
    } else if findings.series_of("jobs", "city").is_some() {
        sentences.push(text::verdict_none_city.in_language(language).to_owned());
    }
    let not_both = |&(_, best, _): &(f64, usize, Figure)| city.is_none_or(|(_, it, _)| it != best);
    if let Some((mean, policy, figure)) = district.filter(not_both) {
        sentences.push(fill(
            &text::verdict_best_district,
            language,
            &[
                ("policy", title(policy)),
                ("tied", &tied(policy, false)),
                ("gain", &signed(mean, decimals_of(&figure))),
                ("interval", &interval_of(&figure, language)),
                ("city", &shown(&gain_in(policy, "city"), language)),
            ],
        ));
    }
    sentences.extend(moved(findings).map(|policy| {
        fill(
            &text::verdict_moved,
            language,
            &[
                ("policy", title(policy)),
                ("district", &shown(&gain_in(policy, "district"), language)),
                ("city", &shown(&gain_in(policy, "city"), language)),
            ],
        )
    }));
    sentences.extend(costs(findings, language, title));
    sentences
}

/// The policy of whose gain for the district the largest share was only moved there, if that is
/// more than half; among those that move at least half as many jobs as any.
fn moved(findings: &Findings) -> Option<usize> {
    let relocated = |policy: usize| findings.term(policy, "relocated")?.figure.mean;
    let most = findings.about.judged().filter_map(relocated).fold(0.0, f64::max);
    let shares = findings.about.judged().filter_map(|policy| {
        let district = gain(findings, policy, "district")?;
        let (gained, moved) = (district.mean?, relocated(policy)?);
        // What the city gains tells against it, whatever the gross flows say.
        let city = gain(findings, policy, "city")?.mean?;
        let counts =
            district.verdict() == Verdict::Higher && moved >= most / 2.0 && city < gained / 2.0;
        (counts && moved > gained / 2.0).then_some((moved / gained, policy))
    });
    shares.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, policy)| policy)
}

/// A share in whole percent, never 100 unless it is all.
fn floor(share: f64) -> String {
    grouped((share * 100.0 + 1e-9).floor(), 0)
}

/// In how many histories: counted where they are few, else as a share.
fn in_histories(findings: &Findings, share: f64, language: Language) -> String {
    let all = findings.about.manifest.plan.replications;
    let count = (share * f64::from(all)).round();
    let text = if f64::from(all) - count < 0.5 {
        &text::in_all_histories
    } else if all < MANY {
        &text::in_some_histories
    } else {
        &text::in_share_of_histories
    };
    let percent = language.choose(" %", "%");
    let words = [
        ("all", &*grouped(f64::from(all), 0)),
        ("count", &*grouped(count, 0)),
        ("share", &*(floor(share) + percent)),
    ];
    fill(text, language, &words)
}

fn interval_of(figure: &Figure, language: Language) -> String {
    let (Some(low), Some(high)) = (figure.low, figure.high) else { return String::new() };
    let interval = interval(low, high, decimals_of(figure), language);
    language.choose("95 % interval ", "95% 신뢰구간 ").to_owned() + &interval
}

/// Whether a policy costs the public payer more than the baseline.
fn costly(findings: &Findings, policy: usize) -> bool {
    let cost = findings.total(policy, "fiscal_cost");
    cost.is_some_and(|cost| cost.figure.verdict() == Verdict::Higher)
}

/// The policy with the least public money per net job-year, among those that cost any and add any.
fn cheapest(findings: &Findings) -> Option<(f64, usize, Figure)> {
    let costly = findings.about.judged().filter(|&policy| costly(findings, policy));
    let ratios = costly.filter_map(|policy| {
        let ratio = findings.total(policy, "cost_per_net_job_year")?.figure;
        Some((ratio.mean.filter(|&mean| mean > 0.0)?, policy, ratio))
    });
    ratios.min_by(|one, other| one.0.total_cmp(&other.0))
}

/// What is said of money.
fn costs<'a>(
    findings: &'a Findings,
    language: Language,
    title: impl Fn(usize) -> &'a str,
) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some((mean, policy, ratio)) = cheapest(findings) {
        let places = decimals(mean).max(1);
        let ends = ratio.low.zip(ratio.high);
        let interval = ends.map_or_else(String::new, |(low, high)| {
            let (low, high) = (grouped(low, places), grouped(high, places));
            match language {
                Language::English => format!("95 % interval {low} to {high}"),
                Language::Korean => format!("95% 신뢰구간 {low} ~ {high}"),
            }
        });
        sentences.push(fill(
            &text::verdict_cost,
            language,
            &[
                ("policy", title(policy)),
                ("cost", &grouped(mean, places)),
                ("unit", shown_unit("KRW m/(person year)", language).name),
                ("interval", &interval),
            ],
        ));
    }
    let repaid = |policy: usize| {
        let net = findings.total(policy, "fiscal_net_present_value");
        net.is_some_and(|net| net.figure.verdict() != Verdict::Lower)
    };
    let mut costing = findings.about.judged().filter(|&policy| costly(findings, policy)).peekable();
    if costing.peek().is_some() && !costing.any(repaid) {
        sentences.push(text::verdict_repay.in_language(language).to_owned());
    }
    sentences
}

//! The sentences that matter most: who leads, by what, how far that is known, what it costs and what
//! comes back.

use crate::analysis::additionality::AFTER_DISPLACEMENT;
use crate::analysis::pairs;
use crate::analysis::pairs::Ranking;
use crate::model::ledger::cash::CashAccount;
use crate::model::ledger::cash::CashItem;
use crate::policy::payer::Payer;
use crate::report::text::language::Language;
use crate::report::text::language::number::decimals;
use crate::report::text::language::number::grouped;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::number::signed;
use crate::report::text::language::text;
use crate::report::text::language::text::Text;
use crate::report::text::language::text::fill;
use crate::report::views::findings::Findings;
use crate::report::views::findings::about::PolicyFacts;
use crate::report::views::findings::about::Role;
use crate::report::views::findings::figure::Figure;
use crate::report::views::findings::headline;
use crate::report::views::findings::headline::Criterion;
use crate::report::views::findings::headline::Frontier;
use crate::report::views::findings::headline::Leader;
use crate::report::views::verdict::figure::decimals_of;
use crate::report::views::verdict::figure::gain;
use crate::report::views::verdict::figure::middle;
use crate::report::views::verdict::figure::monte_carlo_error;
use crate::report::views::verdict::figure::probability;
use crate::report::views::verdict::figure::ranking_of;
use crate::report::views::verdict::figure::shown;
use crate::report::views::verdict::figure::with_more;

/// From so many replications on, a share says more than a count.
const MANY: u32 = 100;
/// With fewer replications, 32 blocks of the design, the Monte Carlo error itself is known too badly
/// to tell how many a smaller one needs, which goes with its square.
const FEWEST_TOLD: u32 = 160;

/// So many policies are named in a sentence; of more it says how many there are.
pub(super) const NAMED: usize = 8;
/// So many beside another policy.
const NAMED_BESIDE: usize = 2;

/// The round number, 1, 2 or 5 times a power of ten, that is at least 1 % of a mean: the Monte Carlo
/// error that is asked for.
fn asked_error(mean: f64) -> f64 {
    let least = mean.abs() / 100.0;
    let mut step = 1e-9;
    let mut factors = [2.0, 2.5, 2.0].iter().cycle();
    while step < least * (1.0 - 1e-9) {
        step *= factors.next().unwrap_or(&2.0);
    }
    step
}

/// How many replications bring the Monte Carlo error of a mean to `asked`, to two digits.
///
/// # Formula
///
/// ```text
/// replications × (half width / asked)²
/// ```
#[must_use]
fn replications_for(asked: f64, half_width: f64, replications: u32) -> f64 {
    let needed = f64::from(replications) * (half_width / asked) * (half_width / asked);
    let mut unit = 1.0;
    while needed.is_finite() && needed / unit >= 100.0 {
        unit *= 10.0;
    }
    (needed / unit).ceil() * unit
}

/// What sentences are made with.
pub(super) struct Words<'w, 'a, T> {
    pub(super) findings: &'a Findings,
    pub(super) language: Language,
    pub(super) title: &'w T,
}

impl<'a, T: Fn(usize) -> &'a str> Words<'_, 'a, T> {
    pub(super) fn say(&self, text: &Text, words: &[(&str, &str)]) -> String {
        fill(text, self.language, words)
    }

    pub(super) fn quoted(&self, policies: &[usize], most: usize) -> String {
        self.named(
            policies.iter().map(|&policy| format!("“{}”", (self.title)(policy))).collect(),
            most,
        )
    }

    /// A list of policies; of many the first ones and how many more there are.
    pub(super) fn named(&self, mut policies: Vec<String>, most: usize) -> String {
        let more = policies.len().saturating_sub(most);
        policies.truncate(most);
        let policies = policies.join(", ");
        with_more(&policies, more, self.language)
    }

    /// All of them, in their order.
    pub(super) fn sentences(&self) -> Vec<String> {
        let findings = self.findings;
        let leaders = headline::leaders(findings);
        let first = leaders.iter().find(|leader| leader.criterion == Criterion::JobsCity);
        let mut sentences = Vec::new();
        match first {
            Some(leader) => sentences.extend(self.most_jobs(leader)),
            None if findings.series_of("jobs", "city").is_some() => {
                sentences.push(text::verdict_none_city.in_language(self.language).to_owned());
            }
            None => {}
        }
        sentences.extend(self.other_leaders(&leaders));
        sentences.extend(headline::moved(findings).map(|policy| {
            let jobs =
                |place| shown(&gain(findings, policy, place).unwrap_or_default(), self.language);
            let mean = |place| gain(findings, policy, place).and_then(|figure| figure.mean);
            let rest = mean("district").zip(mean("city")).map_or(0.0, |(there, all)| there - all);
            let words = [
                ("policy", (self.title)(policy)),
                ("district", &*jobs("district")),
                ("city", &*jobs("city")),
                ("rest", &*grouped(rest, decimals(rest).min(1))),
            ];
            self.say(&text::verdict_moved, &words)
        }));
        let Frontier { policies, near } = headline::frontier(findings);
        if policies.len() > 1 {
            let policies = self.quoted(&policies, NAMED);
            let mut sentence = self.say(&text::verdict_frontier, &[("policies", &policies)]);
            if !near.is_empty() {
                let policies = self.quoted(&near, NAMED);
                sentence += " ";
                sentence += &self.say(&text::verdict_frontier_near, &[("policies", &policies)]);
            }
            sentences.push(sentence);
        }
        sentences.extend(first.and_then(|leader| self.returns(leader.policy)));
        let about = &findings.about;
        let role = |policy: usize| about.policies[policy].role;
        let no_options: Vec<usize> =
            about.judged().filter(|&policy| role(policy) == Role::Counterfactual).collect();
        if !no_options.is_empty() {
            let policies = self.quoted(&no_options, NAMED);
            sentences.push(self.say(&text::verdict_left_out, &[("policies", &policies)]));
        }
        let few = findings.about.policies.len() <= pairs::MANY;
        for policy in findings.about.judged() {
            let PolicyFacts { beyond, headline, .. } = &findings.about.policies[policy];
            if !beyond.is_empty() && (few || *headline) {
                let what = beyond.join("; ");
                let words = [("policy", (self.title)(policy)), ("what", &*what)];
                sentences.push(self.say(&text::verdict_beyond, &words));
            }
        }
        sentences
    }

    /// The policy with most jobs in the city: its decision interval, the Monte Carlo error of its
    /// mean, and what is not ranked against it.
    fn most_jobs(&self, leader: &Leader) -> Vec<String> {
        let (findings, language) = (self.findings, self.language);
        let Leader { policy, figure, .. } = *leader;
        let mean = figure.mean.unwrap_or_default();
        let share = figure.higher.map(|share| in_replications(findings, share, language));
        let after = findings.term(policy, AFTER_DISPLACEMENT).map(|term| term.figure);
        let appraised = findings.appraised.iter().find(|it| it.policy == policy);
        let nation = appraised.and_then(|it| it.national_jobs);
        let after = match after.filter(|after| after.mean.is_some()) {
            Some(after) => {
                let after = shown(&after, language);
                let nation = nation.map(|nation| signed(nation, decimals(nation).min(1)));
                let text = match nation {
                    Some(_) => &text::verdict_after_national,
                    None => &text::verdict_after,
                };
                let nation = nation.unwrap_or_default();
                self.say(text, &[("after", &*after), ("nation", &*nation)])
            }
            None => text::verdict_no_after.in_language(language).to_owned(),
        };
        let words = [
            ("policy", (self.title)(policy)),
            ("gain", &signed(mean, decimals_of(&figure))),
            ("year", &findings.about.last_year().to_string()),
            ("middle", &middle(&figure, language).unwrap_or_default()),
            ("share", &share.unwrap_or_default()),
            ("after", &after),
            ("value", &self.value(policy)),
        ];
        let mut sentences = vec![self.say(&text::verdict_best, &words)];
        let equal = headline::equals(findings, leader);
        if !equal.is_empty() {
            let policies = self.quoted(&equal, NAMED);
            let words = [("policy", (self.title)(policy)), ("policies", &*policies)];
            sentences.push(self.say(&text::verdict_equal, &words));
        }
        let mut higher: Vec<usize> = findings
            .about
            .options()
            .filter(|&other| {
                let other = findings.difference("jobs", "city", other);
                other.and_then(|it| it.mean).is_some_and(|it| it > mean)
            })
            .collect();
        headline::by_jobs(findings, &mut higher);
        if !higher.is_empty() {
            let policies = self.quoted(&higher, NAMED);
            sentences.push(self.say(&text::verdict_higher_mean, &[("policies", &policies)]));
        }
        sentences.push(self.error_of(&figure));
        sentences.extend(self.not_ranked(policy));
        sentences
    }

    /// The economic net present value of a policy as a sentence; empty where there is none.
    fn value(&self, policy: usize) -> String {
        let unit = shown_unit("{money}", self.language);
        let Some(value) = self.findings.total(policy, "economic_net_present_value") else {
            return String::new();
        };
        let words = [
            ("base", &*self.findings.about.base_year.to_string()),
            ("value", &*shown(&value.figure.divided(unit.divisor), self.language)),
            ("unit", unit.name),
        ];
        self.say(&text::verdict_value, &words)
    }

    /// The Monte Carlo error of a mean, and how many replications a smaller one would need.
    fn error_of(&self, figure: &Figure) -> String {
        let language = self.language;
        let Some((half, mean)) = figure.half_width().zip(figure.mean) else {
            return text::verdict_error_unknown.in_language(language).to_owned();
        };
        let replications = self.findings.about.manifest.plan.replications;
        if replications < FEWEST_TOLD {
            let words = [
                ("gain", &*signed(mean, decimals_of(figure))),
                ("error", &*monte_carlo_error(figure, language)),
                ("replications", &*grouped(f64::from(replications), 0)),
                ("fewest", &*grouped(f64::from(FEWEST_TOLD), 0)),
            ];
            return self.say(&text::verdict_error_few, &words);
        }
        let asked = asked_error(mean);
        let needed = replications_for(asked, half, replications);
        let reached = half <= asked;
        let text = if reached { &text::verdict_error_reached } else { &text::verdict_error };
        let words = [
            ("gain", &*signed(mean, decimals_of(figure))),
            ("error", &*monte_carlo_error(figure, language)),
            ("replications", &*grouped(f64::from(replications), 0)),
            ("target", &*grouped(asked, decimals(asked).min(1))),
            ("needed", &*grouped(needed, 0)),
        ];
        self.say(text, &words)
    }

    /// The policies with more jobs than the baseline that are not ranked against one.
    fn not_ranked(&self, policy: usize) -> Vec<String> {
        let findings = self.findings;
        let sentence = |ranking: Ranking, text: &Text| {
            let mut alike: Vec<usize> = findings
                .about
                .judged()
                .filter(|&other| other != policy)
                .filter(|&other| ranking_of(findings, "city", policy, other) == Some(ranking))
                .filter(|&other| findings.ranking("jobs", "city", other) == Some(Ranking::Higher))
                .collect();
            headline::by_jobs(findings, &mut alike);
            if alike.is_empty() {
                return None;
            }
            let with_share = |&other: &usize| {
                let pair = findings.pair("jobs", "city", policy, other)?;
                let share = probability(pair.higher?, self.language);
                Some(format!("“{}” (P = {share})", (self.title)(other)))
            };
            let policies = self.named(alike.iter().filter_map(with_share).collect(), NAMED);
            Some(self.say(text, &[("policy", (self.title)(policy)), ("policies", &policies)]))
        };
        [
            sentence(Ranking::NotRanked, &text::verdict_not_ranked_with),
            sentence(Ranking::MoreReplications, &text::verdict_more_replications_with),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Who leads by the criteria beside jobs in the city, a sentence a policy.
    fn other_leaders(&self, leaders: &[Leader]) -> Vec<String> {
        let mut by_policy: Vec<(usize, Vec<String>)> = Vec::new();
        for leader in leaders.iter().filter(|leader| leader.criterion != Criterion::JobsCity) {
            let said = self.leads_in(leader);
            match by_policy.iter_mut().find(|(policy, _)| *policy == leader.policy) {
                Some((_, criteria)) => criteria.push(said),
                None => by_policy.push((leader.policy, vec![said])),
            }
        }
        let sentence = |(policy, criteria): (usize, Vec<String>)| {
            let words = [("policy", (self.title)(policy)), ("criteria", &*criteria.join("; "))];
            self.say(&text::verdict_leads, &words)
        };
        let mut sentences: Vec<String> = by_policy.into_iter().map(sentence).collect();
        let has_value =
            self.findings.money.iter().any(|it| it.item == "economic_net_present_value");
        let led = |it: &Leader| it.criterion == Criterion::EconomicNetPresentValue;
        if has_value && !leaders.iter().any(led) {
            sentences.push(text::verdict_no_value.in_language(self.language).to_owned());
        }
        sentences
    }

    /// `jobs in the district +8,395 (+6,100 to +10,400)`.
    fn leads_in(&self, leader: &Leader) -> String {
        let (text, unit) = match leader.criterion {
            Criterion::JobsCity => (&text::leads_jobs_city, "persons"),
            Criterion::JobsDistrict => (&text::leads_jobs_district, "persons"),
            Criterion::Firms => (&text::leads_firms, "firms"),
            Criterion::Investment => (&text::leads_investment, "{money}/year"),
            Criterion::EconomicNetPresentValue => (&text::leads_value, "{money}"),
            Criterion::CostPerNetJobYear => (&text::leads_cost, "{money}/(person year)"),
        };
        let unit = shown_unit(unit, self.language);
        let figure = leader.figure.divided(unit.divisor);
        let shown = if leader.criterion == Criterion::CostPerNetJobYear {
            self.cost(&figure)
        } else {
            shown(&figure, self.language)
        };
        let about = &self.findings.about;
        let mean = |place| self.findings.difference("jobs", place, leader.policy)?.mean;
        let rest = mean("district").zip(mean("city")).map_or(0.0, |(there, all)| there - all);
        let moved = if rest > 0.0 {
            let rest = grouped(rest, decimals(rest).min(1));
            self.say(&text::leads_moved, &[("rest", &*rest)])
        } else {
            String::new()
        };
        let words = [
            ("moved", &*moved),
            ("figure", &*shown),
            ("unit", unit.name),
            ("year", &*about.last_year().to_string()),
            ("base", &*about.base_year.to_string()),
        ];
        let mut said = self.say(text, &words);
        let equal = headline::equals(self.findings, leader);
        if !equal.is_empty() {
            let words = [("said", &*said), ("policies", &*self.quoted(&equal, NAMED_BESIDE))];
            said = self.say(&text::leads_equal, &words);
        }
        let mut alike = self.not_ranked_against(leader);
        alike.retain(|policy| !equal.contains(policy));
        if alike.is_empty() {
            return said;
        }
        let words = [("said", &*said), ("policies", &*self.quoted(&alike, NAMED_BESIDE))];
        self.say(&text::leads_not_ranked, &words)
    }

    /// The policies that are better than the baseline in a leader's metric and not ranked against
    /// the leader, most jobs first; none for criteria of the appraisal, which have no pairs.
    fn not_ranked_against(&self, leader: &Leader) -> Vec<usize> {
        let findings = self.findings;
        let Some((metric, place)) = leader.criterion.series() else { return Vec::new() };
        let is_alike = |&other: &usize| {
            let pair = findings.pair(metric, place, leader.policy, other);
            let is_ranked =
                matches!(pair.and_then(|it| it.ranking), Some(Ranking::Higher | Ranking::Lower));
            let counts = findings.ranking(metric, place, other) == Some(Ranking::Higher);
            other != leader.policy && pair.is_some() && counts && !is_ranked
        };
        let mut alike: Vec<usize> = findings.about.judged().filter(is_alike).collect();
        headline::by_jobs(findings, &mut alike);
        alike
    }

    /// A ratio of means: it has no spread over replications, but a Monte Carlo error.
    fn cost(&self, figure: &Figure) -> String {
        let mean = figure.mean.unwrap_or_default();
        let places = decimals(mean).max(1);
        let ends = figure.low.zip(figure.high).map(|(low, high)| {
            let (low, high) = (grouped(low, places), grouped(high, places));
            self.say(&text::ratio_interval, &[("low", &low), ("high", &high)])
        });
        let ends = ends.unwrap_or_else(|| text::too_few.in_language(self.language).to_owned());
        format!("{} ({ends})", grouped(mean, places))
    }

    /// What of a policy's public cost comes back, and as what.
    fn returns(&self, policy: usize) -> Option<String> {
        let language = self.language;
        let cost = self.findings.total(policy, "fiscal_cost")?.figure;
        if cost.ranking() != Some(Ranking::Higher) {
            return None;
        }
        let mean = cost.mean?;
        let share = |of: Kind| self.returned(policy, of) / mean;
        let percent =
            |share: f64, places| grouped(100.0 * share, places) + language.choose(" %", "%");
        let cash = CASH_RETURNS.map(|(text, of)| (text, share(of)));
        let parts: Vec<String> = cash
            .iter()
            .filter(|(_, share)| share.abs() >= 0.0005)
            .map(|(text, share)| format!("{} {}", text.in_language(language), percent(*share, 1)))
            .collect();
        let parts =
            if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
        let held = share(|item| item.account() == CashAccount::Residual);
        let residual = if held.abs() < 0.0005 {
            String::new()
        } else {
            let of = HELD.iter().filter(|(_, of)| share(*of).abs() >= 0.0005);
            let of: Vec<&str> = of.map(|(text, _)| text.in_language(language)).collect();
            let words = [("share", &*percent(held, 1)), ("parts", &*of.join(", "))];
            self.say(&text::returns_residual, &words)
        };
        let unit = shown_unit("{money}", language);
        let words = [
            ("policy", (self.title)(policy)),
            ("cost", &*grouped(mean / unit.divisor, 0)),
            ("unit", unit.name),
            ("base", &*self.findings.about.base_year.to_string()),
            ("year", &*self.findings.about.last_year().to_string()),
            // In whole percent: rounded parts need not add up to tenths.
            ("share", &*percent(cash.iter().map(|(_, share)| share).sum(), 0)),
            ("parts", &*parts),
            ("residual", &*residual),
        ];
        Some(self.say(&text::verdict_returns, &words))
    }

    /// Present value of what public payers receive under some items.
    fn returned(&self, policy: usize, of: Kind) -> f64 {
        let payers = &self.findings.about.payers;
        let is_public = |payer: &str| payers.named(payer).is_some_and(Payer::is_public);
        let wanted = |item: &str| CashItem::ALL.iter().any(|&it| it.name() == item && of(it));
        let money = self.findings.money.iter().filter(|money| money.policy == policy);
        let received = money.filter(|money| is_public(&money.payer) && wanted(&money.item));
        // Receipts are negative in the tables.
        received.filter_map(|money| money.figure.mean).fold(0.0, |sum, mean| sum - mean)
    }
}

/// Whether an item of cash is of a kind.
type Kind = fn(CashItem) -> bool;

/// What public payers hold at the horizon: what it is called, and which items it is.
const HELD: [(&Text, Kind); 3] = [
    (&text::returns_held_land, |item| matches!(item, CashItem::ResidualValue)),
    (&text::returns_held_stakes, |item| matches!(item, CashItem::FundStake)),
    (&text::returns_held_teaching, |item| matches!(item, CashItem::UnfinishedTeaching)),
];

/// What comes back to public payers in cash: what it is called, and which items it is. Whatever is
/// neither rents nor proceeds of a fund is a tax.
const CASH_RETURNS: [(&Text, Kind); 3] = [
    (&text::returns_rents, |item| matches!(item, CashItem::Rents)),
    (&text::returns_fund, |item| matches!(item, CashItem::FundProceeds)),
    (&text::returns_taxes, |item| {
        (item.account().is_receipt() || item.account() == CashAccount::Elsewhere)
            && !matches!(item, CashItem::Rents | CashItem::FundProceeds)
    }),
];

/// A share in whole percent, never 100 unless it is all.
fn floor(share: f64) -> String {
    grouped((share * 100.0 + 1e-9).floor(), 0)
}

/// In how many replications: counted where they are few, else as a share.
fn in_replications(findings: &Findings, share: f64, language: Language) -> String {
    let all = findings.about.manifest.plan.replications;
    let count = (share * f64::from(all)).round();
    let text = if f64::from(all) - count < 0.5 {
        &text::in_all_replications
    } else if all < MANY {
        &text::in_some_replications
    } else {
        &text::in_share_of_replications
    };
    let percent = language.choose(" %", "%");
    let words = [
        ("all", &*grouped(f64::from(all), 0)),
        ("count", &*grouped(count, 0)),
        ("share", &*(floor(share) + percent)),
    ];
    fill(text, language, &words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_asked_for_is_round_and_about_one_percent() {
        for (mean, asked) in [(4_578.0, 50.0), (-2_000.0, 20.0), (2.3, 0.05), (100.0, 1.0)] {
            assert!((asked_error(mean) - asked).abs() < 1e-9, "{mean}: {}", asked_error(mean));
        }
    }

    /// Half the error needs four times the replications.
    #[test]
    fn replications_grow_with_the_square() {
        assert!((replications_for(50.0, 100.0, 40) - 160.0).abs() < 1e-9);
        assert!((replications_for(50.0, 270.0, 40) - 1_200.0).abs() < 1e-9);
        assert!((replications_for(50.0, 25.0, 40) - 10.0).abs() < 1e-9);
    }
}

//! The most important of a decision by one criterion, sentence by sentence.

use std::cmp::Ordering;

use crate::analysis::decision::judged::FEWEST;
use crate::analysis::decision::judged::LEADING;
use crate::analysis::decision::judged::LEADING_SHARE;
use crate::analysis::decision::regret::Rule;
use crate::analysis::statistics::resample::FEWEST_RESAMPLED;
use crate::report::tables::decision::boxes::FailureBox;
use crate::report::tables::decision::frontier::CostFrontier;
use crate::report::tables::decision::information::CAPPED;
use crate::report::tables::decision::information::InformationWorth;
use crate::report::tables::decision::ranking::DecisionRanking;
use crate::report::tables::decision::regret::DecisionRegret;
use crate::report::tables::decision::switching::SwitchingValue;
use crate::report::text::language::names;
use crate::report::text::language::number::grouped;
use crate::report::text::language::text;
use crate::report::views::deciding::telling::Shown;
use crate::report::views::deciding::telling::Telling;
use crate::report::views::deciding::telling::figure;

/// Switching values, parameters and boxes that are told.
const MOST_TOLD: usize = 3;
/// A switch that is less probable is not told.
const LEAST_PROBABLE: f64 = 0.02;
/// A policy that is below the baseline in a larger share of replications is not ranked above it: the middle 90 % of
/// differences holds 0.
const MOST_LOSSES: f64 = 0.05;

/// Those of the next best policies on whose difference from the best no effect of parameters is found.
fn unexplained<'r>(rows: &'r [DecisionRanking<'_>]) -> Vec<&'r str> {
    let others = rows.iter().take(LEADING).skip(1);
    others.filter(|row| !row.told).map(|row| row.policy).collect()
}

/// Whether a policy has all figures of another, as one that is the same in every replication has.
fn is_twin(one: &DecisionRanking<'_>, other: &DecisionRanking<'_>) -> bool {
    let figures = |row: &DecisionRanking<'_>| {
        let shares = [row.probability_best, row.probability_loss, row.probability_best_on_average];
        let values = [row.mean, row.lead, row.p05, row.p50, row.p95];
        let errors = [row.mean_se, row.lead_se].map(Option::unwrap_or_default);
        let all = shares.into_iter().chain(values).chain(errors);
        all.map(f64::to_bits).collect::<Vec<u64>>()
    };
    figures(one) == figures(other)
}

/// In which share of replications a policy or one with exactly its mean is best, as ties are counted in equal parts.
fn best_among_equals(rows: &[DecisionRanking<'_>], of: &DecisionRanking<'_>) -> f64 {
    rows.iter().filter(|row| row.rank == of.rank).map(|row| row.probability_best).sum()
}

/// The box that is told of those that a search found and that pass its tests: the first of PRIM, or where it has none,
/// of the tree's boxes in which most replications fail the one that holds most failures.
fn told_box<'r, 't>(boxes: &'r [FailureBox<'t>]) -> Option<&'r FailureBox<'t>> {
    let prim = boxes.iter().find(|row| row.method == "prim" && row.box_number == 1);
    let of_tree = || {
        let dense = boxes.iter().filter(|row| row.method == "cart" && row.failures_inside >= 0.5);
        // Of equals the first.
        dense.rev().max_by(|one, other| one.failures_covered.total_cmp(&other.failures_covered))
    };
    prim.or_else(of_tree)
}

/// Policies in quotation marks.
fn quoted(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    quoted.join(", ")
}

impl Telling<'_> {
    pub(super) fn sentences(
        &self,
        criterion: &str,
        rows: &[DecisionRanking<'_>],
        shown: Shown,
    ) -> Vec<String> {
        let Some(best) = rows.first() else { return Vec::new() };
        let (mean, error) = self.mean(best, shown);
        // Ties between policies are counted in equal parts, so what is said of one of several equals is said of all.
        let often = best_among_equals(rows, best);
        let equals: Vec<String> = rows
            .iter()
            .filter(|row| row.rank == best.rank && row.policy != best.policy)
            .map(|row| (self.called)(row.policy))
            .collect();
        let words = [
            ("policy", &*(self.called)(best.policy)),
            ("policies", &*quoted(&equals)),
            ("mean", &mean),
            ("error", &error),
            ("share", &self.share(often)),
        ];
        let said = if equals.is_empty() { &text::decided_best } else { &text::decided_best_equal };
        let mut sentences = vec![self.say(said, &words)];
        let most_often = rows
            .iter()
            .map(|row| (row, best_among_equals(rows, row)))
            .filter(|(row, share)| row.rank != best.rank && share - often > 1e-9)
            .max_by(|(_, one), (_, other)| one.total_cmp(other));
        sentences.extend(most_often.map(|(row, share)| {
            let equals = rows.iter().filter(|other| other.rank == row.rank);
            let names: Vec<String> = equals.map(|row| (self.called)(row.policy)).collect();
            let or = text::decided_or.in_language(self.language);
            let words = [("policy", &*names.join(or)), ("share", &self.share(share))];
            self.say(&text::decided_more_often, &words)
        }));
        sentences.extend(self.not_told_apart(best, rows));
        if !self.tables.has_parameters(criterion) {
            sentences.push(self.say(&text::decided_no_parameter, &[]));
            if self.tables.futures.is_some() {
                sentences.push(self.by_rules(criterion));
            }
            return sentences;
        }
        if self.has_few() {
            let (count, fewest) = (self.run.replications.to_string(), FEWEST.to_string());
            let words = [("replications", &*count), ("fewest", &*fewest)];
            sentences.push(self.say(&text::decided_few, &words));
            return sentences;
        }
        let unexplained: Vec<String> =
            unexplained(rows).into_iter().map(|policy| (self.called)(policy)).collect();
        if unexplained.is_empty() {
            let twins = rows.iter().filter(|row| is_twin(row, best));
            let average: f64 = twins.map(|row| row.probability_best_on_average).sum();
            let words = [("average", &*self.share(average))];
            sentences.push(self.say(&text::decided_best_given, &words));
        } else {
            let words = [("policies", &*quoted(&unexplained))];
            sentences.push(self.say(&text::decided_unexplained, &words));
        }
        sentences.extend(self.overtaken(criterion, best));
        sentences.extend(self.worth_learning(criterion, shown));
        sentences.extend(self.where_it_fails(criterion, (best, rows), shown));
        if unexplained.is_empty() || self.tables.futures.is_some() {
            sentences.push(self.by_rules(criterion));
        }
        sentences
    }

    /// What none of the figures covers, and which policies are not judged.
    pub(super) fn cautions(&self) -> Vec<String> {
        let (few, share) = (LEADING.to_string(), self.share(LEADING_SHARE));
        let leading = [("few", &*few), ("share", &*share)];
        let mut said = vec![self.say(&text::decided_caution, &leading)];
        let names: Vec<String> =
            self.run.counterfactuals.iter().map(|policy| (self.called)(policy)).collect();
        if !names.is_empty() {
            let words = [("policies", &*quoted(&names))];
            said.push(self.say(&text::decided_left_out, &words));
        }
        said
    }

    /// From which policies the best is told apart neither by its mean, nor, from the baseline, by its replications.
    fn not_told_apart(
        &self,
        best: &DecisionRanking<'_>,
        rows: &[DecisionRanking<'_>],
    ) -> Vec<String> {
        let mut said = Vec::new();
        let is_near = |row: &&DecisionRanking<'_>| row.rank != best.rank && row.rank_p05 == Some(1);
        let near: Vec<String> =
            rows.iter().filter(is_near).map(|row| (self.called)(row.policy)).collect();
        if !near.is_empty() {
            let words = [("policies", &*quoted(&near))];
            said.push(self.say(&text::decided_not_apart, &words));
        }
        if best.policy != self.run.baseline && best.probability_loss > MOST_LOSSES {
            let words = [
                ("baseline", &*(self.called)(self.run.baseline)),
                ("share", &*self.share(best.probability_loss)),
            ];
            said.push(self.say(&text::decided_not_ranked, &words));
        }
        if best.rank_p05.is_none() {
            let fewest = FEWEST_RESAMPLED.to_string();
            said.push(self.say(&text::decided_nothing_ranked, &[("fewest", &fewest)]));
        }
        said
    }

    /// The mean of a policy, with what it has beyond the baseline where the baseline's own is not 0, and the Monte
    /// Carlo error of what is told.
    fn mean(&self, row: &DecisionRanking<'_>, shown: Shown) -> (String, String) {
        let mean = shown.with_unit(row.mean);
        let is_own = (row.lead - row.mean).abs() <= 1e-9 * row.mean.abs() || row.lead == 0.0;
        let se = if is_own { row.mean_se } else { row.lead_se };
        let error = shown.figure(self.half_width(se));
        if is_own {
            return (mean, error);
        }
        let lead = shown.signed(row.lead);
        let words = [("mean", &*mean), ("lead", &*lead)];
        (self.say(&text::decided_lead, &words), error)
    }

    /// Where policies change places: another one overtakes the best, or one of the other leading policies another.
    fn overtaken(&self, criterion: &str, best: &DecisionRanking<'_>) -> Vec<String> {
        let is_told = |row: &SwitchingValue<'_>| {
            let own = row.criterion == criterion && row.told && row.inside_range;
            own && row.probability_beyond >= LEAST_PROBABLE
        };
        let rows = self.tables.switching.rows().filter(is_told);
        let (of_best, of_others): (Vec<_>, Vec<_>) =
            rows.partition(|row| [row.policy, row.other].contains(&best.policy));
        let mut sentences = Vec::new();
        if of_best.is_empty() {
            sentences.push(self.say(&text::decided_no_switch, &[]));
        } else {
            let told = self.switches(of_best);
            sentences.push(self.say(&text::decided_switches, &[("switches", &told)]));
        }
        if !of_others.is_empty() {
            let told = self.switches(of_others);
            sentences.push(self.say(&text::decided_other_switches, &[("switches", &told)]));
        } else if self.tables.ranked(criterion).len() > 2 {
            sentences.push(self.say(&text::decided_no_other_switch, &[]));
        }
        sentences
    }

    /// Some switches, those with the baseline first, then the most probable, and how many more there are.
    fn switches(&self, mut rows: Vec<SwitchingValue<'_>>) -> String {
        let is_with_baseline =
            |row: &SwitchingValue<'_>| [row.policy, row.other].contains(&self.run.baseline);
        rows.sort_by(|one, other| {
            let with_baseline = is_with_baseline(other).cmp(&is_with_baseline(one));
            with_baseline.then(other.probability_beyond.total_cmp(&one.probability_beyond))
        });
        let mut told: Vec<String> =
            rows.iter().take(MOST_TOLD).map(|row| self.switch(row)).collect();
        let more = rows.len().saturating_sub(MOST_TOLD);
        if more > 0 {
            let words = [("count", &*more.to_string())];
            told.push(self.say(&text::decided_more_switches, &words));
        }
        self.listed(&told)
    }

    fn switch(&self, row: &SwitchingValue<'_>) -> String {
        let text = if row.direction == "above" {
            &text::decided_switch_above
        } else {
            &text::decided_switch_below
        };
        let share = self.share(row.probability_beyond);
        let words = [
            ("policy", &*(self.called)(row.policy)),
            ("other", &*(self.called)(row.other)),
            ("parameter", row.parameter),
            ("value", &figure(row.value)),
            ("share", &share),
        ];
        self.say(text, &words)
    }

    /// What is worth to be learnt.
    fn worth_learning(&self, criterion: &str, shown: Shown) -> Vec<String> {
        let rows: Vec<InformationWorth<'_>> =
            self.tables.information.rows().filter(|row| row.criterion == criterion).collect();
        let Some(all) = rows.iter().find(|row| row.kind == "all") else { return Vec::new() };
        let worth = |row: &InformationWorth<'_>| {
            let error = shown.figure(self.half_width(row.se));
            let value = shown.with_unit(row.value.unwrap_or_default());
            self.say(&text::decided_worth, &[("value", &*value), ("error", &error)])
        };
        let (Some(value), Some(se)) = (all.value, all.se) else {
            return vec![self.say(&text::decided_worth_untold, &[])];
        };
        if value <= 0.0 && se <= 0.0 {
            return vec![self.say(&text::decided_worth_none, &[])];
        }
        if value <= 2.0 * se {
            return vec![self.say(&text::decided_worth_nothing, &[("worth", &worth(all))])];
        }
        let is_told = |row: &&InformationWorth<'_>| match (row.value, row.se, row.upward_bias) {
            (Some(value), Some(se), Some(bias)) => value - 2.0 * se > bias,
            _ => false,
        };
        let worth_most = |one: &&InformationWorth<'_>, other: &&InformationWorth<'_>| {
            other.value.partial_cmp(&one.value).unwrap_or(Ordering::Equal)
        };
        let mut single: Vec<&InformationWorth<'_>> =
            rows.iter().filter(|row| row.kind == "parameter").filter(is_told).collect();
        single.sort_by(worth_most);
        let mut sentences = Vec::new();
        if single.is_empty() {
            sentences.push(self.say(&text::decided_worth_all_only, &[("worth", &worth(all))]));
        } else {
            let of = |row: &&InformationWorth<'_>| {
                let words = [("parameter", row.what), ("worth", &worth(row))];
                // An estimate above that of all parameters stands as theirs.
                let is_capped = row.note == CAPPED;
                let text = if is_capped { &text::decided_as_much } else { &text::decided_of_one };
                self.say(text, &words)
            };
            let told: Vec<String> = single.iter().take(MOST_TOLD).map(of).collect();
            let words = [("worth", &*worth(all)), ("parameters", &self.listed(&told))];
            sentences.push(self.say(&text::decided_worth_all, &words));
        }
        let mut surveys: Vec<&InformationWorth<'_>> =
            rows.iter().filter(|row| row.kind == "survey").filter(is_told).collect();
        surveys.sort_by(worth_most);
        if !surveys.is_empty() {
            let of = |row: &&InformationWorth<'_>| {
                let size = grouped(f64::from(row.survey_size.unwrap_or_default()), 0);
                let words = [("parameter", row.what), ("size", &*size), ("worth", &worth(row))];
                self.say(&text::decided_of_survey, &words)
            };
            let told: Vec<String> = surveys.iter().take(MOST_TOLD).map(of).collect();
            sentences.push(self.say(&text::decided_surveys, &[("surveys", &self.listed(&told))]));
        }
        sentences
    }

    /// For which parameters the best policy fails.
    fn where_it_fails(
        &self,
        criterion: &str,
        (best, rows): (&DecisionRanking<'_>, &[DecisionRanking<'_>]),
        shown: Shown,
    ) -> Option<String> {
        let (failures, real) = (best.failures?, best.real_failures?);
        let target = self.tables.target(criterion);
        let what = match target {
            None => self.say(&text::decided_worse, &[]),
            Some(target) => self.say(&text::decided_short, &[("target", &shown.with_unit(target))]),
        };
        let failing = self.share(failures);
        let policy = (self.called)(best.policy);
        // What is smoothed of the others is their difference from the best.
        let of_baseline = || rows.iter().find(|row| row.policy == self.run.baseline);
        let compared = if target.is_some() { Some(best) } else { of_baseline() };
        let explained = self.share(compared.map_or(0.0, |row| row.explained));
        let words = [
            ("policy", &*policy),
            ("what", &*what),
            ("share", &*failing),
            ("explained", &*explained),
        ];
        if failures <= 0.0 {
            return Some(self.say(&text::decided_never_fails, &words));
        }
        let is_own = |row: &FailureBox<'_>| row.criterion == criterion && row.policy == best.policy;
        let boxes: Vec<FailureBox<'_>> = self.tables.boxes.rows().filter(is_own).collect();
        let Some(first) = told_box(&boxes) else {
            let text = match real {
                real if real >= 1.0 => &text::decided_always_fails,
                real if real <= 0.0 => &text::decided_fails_unexplained,
                _ => &text::decided_fails_nowhere,
            };
            return Some(self.say(text, &words));
        };
        let in_box = |row: &&FailureBox<'_>| {
            row.method == first.method && row.box_number == first.box_number
        };
        let limits = boxes.iter().filter(in_box);
        let region: Vec<String> = limits.map(|row| self.limit(row)).collect();
        let region = region.join(text::decided_and.in_language(self.language));
        let words = [
            ("policy", &*policy),
            ("what", &*what),
            ("share", &*failing),
            ("region", &*region),
            ("density", &*self.share(first.failures_inside)),
            ("coverage", &*self.share(first.failures_covered)),
        ];
        Some(self.say(&text::decided_fails_where, &words))
    }

    /// A limit of a box.
    fn limit(&self, row: &FailureBox<'_>) -> String {
        let (low, high) = (row.low.map(figure), row.high.map(figure));
        let text = match (&low, &high) {
            (Some(_), Some(_)) => &text::decided_between,
            (Some(_), None) => &text::decided_at_least,
            _ => &text::decided_at_most,
        };
        let words = [
            ("parameter", row.parameter),
            ("low", low.as_deref().unwrap_or_default()),
            ("high", high.as_deref().unwrap_or_default()),
        ];
        self.say(text, &words)
    }

    /// What rules for when probabilities are not trusted pick. They go by means given the parameters.
    fn by_rules(&self, criterion: &str) -> String {
        let rows: Vec<DecisionRegret<'_>> =
            self.tables.regret.rows().filter(|row| row.criterion == criterion).collect();
        let picks = |rule: &Rule| -> Vec<String> {
            let by =
                |row: &&DecisionRegret<'_>| row.chosen_by.split(", ").any(|it| it == rule.name());
            rows.iter().filter(by).map(|row| (self.called)(row.policy)).collect()
        };
        let picked: Vec<(Rule, Vec<String>)> = Rule::ALL
            .into_iter()
            .map(|rule| (rule, picks(&rule)))
            .filter(|(_, policies)| !policies.is_empty())
            .collect();
        let Some((_, first)) = picked.first() else { return String::new() };
        if picked.iter().all(|(_, policies)| policies == first) {
            let or = text::decided_or.in_language(self.language);
            return self.say(&text::decided_rules_agree, &[("policy", &first.join(or))]);
        }
        let mut by_policy: Vec<(String, Vec<&str>)> = Vec::new();
        for (rule, policies) in &picked {
            let policies = policies.join(text::decided_or.in_language(self.language));
            let rule = names::name("rule", rule.name(), self.language);
            match by_policy.iter_mut().find(|(policy, _)| *policy == policies) {
                Some((_, rules)) => rules.push(rule),
                None => by_policy.push((policies, vec![rule])),
            }
        }
        by_policy.sort_by_key(|(_, rules)| std::cmp::Reverse(rules.len()));
        let of = |(policy, rules): &(String, Vec<&str>)| {
            let words = [("rules", &*rules.join(", ")), ("policy", &**policy)];
            self.say(&text::decided_rule_picks, &words)
        };
        let told: Vec<String> = by_policy.iter().map(of).collect();
        self.say(&text::decided_rules_disagree, &[("rules", &self.listed(&told))])
    }

    /// Which policies are worth their cost in job-years.
    pub(super) fn worth_their_cost(&self) -> String {
        let mut all = 0;
        let mut on = Vec::new();
        for row in self.tables.frontier.rows() {
            all += 1;
            if row.status == "on frontier" {
                on.push(row);
            }
        }
        on.sort_by(|one, other| one.cost.total_cmp(&other.cost));
        let per_job = Shown::of("{money}/(person year)", self.language);
        let or = text::decided_or.in_language(self.language);
        let of = |same: &[CostFrontier<'_>]| {
            let row = &same[0];
            let names: Vec<String> = same.iter().map(|row| (self.called)(row.policy)).collect();
            let name = names.join(or);
            let words = [("policy", &*name)];
            let Some(icer) = row.icer else { return self.say(&text::decided_cheapest, &words) };
            let icer = per_job.with_unit(icer);
            let words = [words[0], ("icer", &*icer)];
            match (row.icer_p05, row.icer_p95) {
                (Some(low), Some(high)) => {
                    let (low, high) = (per_job.figure(low), per_job.figure(high));
                    let words = [words[0], words[1], ("low", &*low), ("high", &*high)];
                    self.say(&text::decided_at_between, &words)
                }
                _ => self.say(&text::decided_at, &words),
            }
        };
        // Those with the same cost and job-years are one place on the frontier.
        let same = |one: &CostFrontier<'_>, other: &CostFrontier<'_>| {
            [(one.cost, other.cost), (one.effect, other.effect)]
                .iter()
                .all(|(one, other)| (one - other).abs() <= 0.0)
        };
        let told: Vec<String> = on.chunk_by(same).map(of).collect();
        let mut sentence = self.say(&text::decided_frontier, &[("policies", &self.listed(&told))]);
        if on.len() < all {
            sentence.push(' ');
            sentence.push_str(text::decided_off_frontier.in_language(self.language));
        }
        sentence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(
        method: &'static str,
        box_number: usize,
        inside: f64,
        covered: f64,
    ) -> FailureBox<'static> {
        FailureBox {
            criterion: "net_jobs",
            policy: "hub",
            method,
            box_number,
            parameter: "founder_rate",
            low: Some(1.0),
            high: None,
            coverage: covered,
            density: inside,
            coverage_se: None,
            density_se: None,
            mass: 0.1,
            failures_inside: inside,
            failures_covered: covered,
            quasi_p: 0.01,
        }
    }

    #[test]
    fn a_box_of_the_tree_is_told_where_prim_has_none() {
        let told = |boxes: &[FailureBox<'static>]| {
            told_box(boxes).map(|found| (found.method, found.box_number))
        };
        let of_tree =
            [limit("cart", 1, 0.9, 0.2), limit("cart", 2, 0.8, 0.7), limit("cart", 3, 0.4, 0.9)];
        assert_eq!(told(&of_tree), Some(("cart", 2)));
        assert_eq!(told(&of_tree[2..]), None);
        assert_eq!(told(&[]), None);
        let prim = [limit("prim", 1, 0.7, 0.5), limit("cart", 1, 0.9, 0.9)];
        assert_eq!(told(&prim), Some(("prim", 1)));
    }
}

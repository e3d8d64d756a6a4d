//! The most important of a decision by one criterion, sentence by sentence.

use crate::analysis::decision::regret::Rule;
use crate::report::tables::decision::boxes::FailureBox;
use crate::report::tables::decision::frontier::CostFrontier;
use crate::report::tables::decision::information::InformationWorth;
use crate::report::tables::decision::ranking::DecisionRanking;
use crate::report::tables::decision::regret::DecisionRegret;
use crate::report::tables::decision::switching::SwitchingValue;
use crate::report::text::language::names;
use crate::report::text::language::number::grouped;
use crate::report::text::language::text;
use crate::report::views::deciding::telling::FEWEST;
use crate::report::views::deciding::telling::Shown;
use crate::report::views::deciding::telling::Telling;
use crate::report::views::deciding::telling::figure;

/// Switching values, parameters and boxes that are told.
const MOST_TOLD: usize = 3;
/// A switch that is less probable is not told.
const LEAST_PROBABLE: f64 = 0.02;
/// A value beyond the draws whose standard error is a larger share of it is not told.
const MOST_UNCERTAIN: f64 = 0.2;

impl Telling<'_> {
    pub(super) fn sentences(
        &self,
        criterion: &str,
        rows: &[DecisionRanking<'_>],
        shown: Shown,
    ) -> Vec<String> {
        let Some(best) = rows.first() else { return Vec::new() };
        let best_text = if self.has_few() { &text::decided_best_few } else { &text::decided_best };
        let (mean, error) = self.mean(best, shown);
        let mut sentences = vec![self.say(
            best_text,
            &[
                ("policy", &(self.called)(best.policy)),
                ("mean", &mean),
                ("error", &error),
                ("share", &self.share(best.probability_best)),
                ("average", &self.share(best.probability_best_on_average)),
            ],
        )];
        let most_often = rows
            .iter()
            .filter(|row| row.probability_best > best.probability_best)
            .max_by(|one, other| one.probability_best.total_cmp(&other.probability_best));
        sentences.extend(most_often.map(|row| {
            let words = [
                ("policy", &*(self.called)(row.policy)),
                ("share", &self.share(row.probability_best)),
            ];
            self.say(&text::decided_more_often, &words)
        }));
        if self.has_few() {
            let (count, fewest) = (self.replications.to_string(), FEWEST.to_string());
            let words = [("replications", &*count), ("fewest", &*fewest)];
            sentences.push(self.say(&text::decided_few, &words));
            return sentences;
        }
        sentences.extend(self.overtaken(criterion, best));
        sentences.extend(self.worth_learning(criterion, shown));
        sentences.extend(self.where_it_fails(criterion, best, shown));
        sentences.push(self.by_rules(criterion, best));
        sentences
    }

    /// The mean of a policy, with what it has beyond the baseline where the baseline's own is not 0, and the Monte
    /// Carlo error of what is told.
    fn mean(&self, row: &DecisionRanking<'_>, shown: Shown) -> (String, String) {
        let mean = shown.with_unit(row.mean);
        let is_own = (row.lead - row.mean).abs() <= 1e-9 * row.mean.abs() || row.lead == 0.0;
        let se = if is_own { row.mean_se } else { row.lead_se };
        let error = shown.figure(1.96 * se.unwrap_or(0.0));
        if is_own {
            return (mean, error);
        }
        let lead = shown.signed(row.lead);
        let words = [("mean", &*mean), ("lead", &*lead)];
        (self.say(&text::decided_lead, &words), error)
    }

    /// Where policies change places: another one overtakes the best, or one of the other leading policies another.
    fn overtaken(&self, criterion: &str, best: &DecisionRanking<'_>) -> Vec<String> {
        let rows = self.tables.switching.rows().filter(|row| row.criterion == criterion);
        let (of_best, of_others): (Vec<_>, Vec<_>) =
            rows.partition(|row| [row.policy, row.other].contains(&best.policy));
        let mut sentences = Vec::new();
        if let Some(told) = self.switches(&of_best) {
            sentences.push(self.say(&text::decided_switches, &[("switches", &told)]));
        } else {
            sentences.push(self.say(&text::decided_no_switch, &[]));
            sentences.extend(self.beyond_range(&of_best));
        }
        if let Some(told) = self.switches(&of_others) {
            sentences.push(self.say(&text::decided_other_switches, &[("switches", &told)]));
        } else if self.tables.ranked(criterion).len() > 2 {
            sentences.push(self.say(&text::decided_no_other_switch, &[]));
        }
        sentences
    }

    /// The most probable of the switches that are told.
    fn switches(&self, rows: &[SwitchingValue<'_>]) -> Option<String> {
        let is_told = |row: &&SwitchingValue<'_>| {
            row.told && row.inside_range && row.probability_beyond >= LEAST_PROBABLE
        };
        let mut told: Vec<&SwitchingValue<'_>> = rows.iter().filter(is_told).collect();
        told.sort_by(|one, other| other.probability_beyond.total_cmp(&one.probability_beyond));
        let told: Vec<String> =
            told.into_iter().take(MOST_TOLD).map(|row| self.switch(row)).collect();
        (!told.is_empty()).then(|| self.listed(&told))
    }

    /// The surest of the switches beyond the draws, which rest on a straight line.
    fn beyond_range(&self, rows: &[SwitchingValue<'_>]) -> Option<String> {
        let uncertainty = |row: &SwitchingValue<'_>| row.se / row.value.abs();
        let is_sure =
            |row: &&SwitchingValue<'_>| !row.inside_range && uncertainty(row) < MOST_UNCERTAIN;
        let mut beyond: Vec<&SwitchingValue<'_>> = rows.iter().filter(is_sure).collect();
        beyond.sort_by(|one, other| uncertainty(one).total_cmp(&uncertainty(other)));
        let told: Vec<String> =
            beyond.into_iter().take(MOST_TOLD).map(|row| self.switch(row)).collect();
        let say = |told: &str| self.say(&text::decided_beyond_range, &[("switches", told)]);
        (!told.is_empty()).then(|| say(&self.listed(&told)))
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
            let words = [("value", &*shown.with_unit(row.value)), ("error", &shown.figure(row.se))];
            self.say(&text::decided_worth, &words)
        };
        if all.value <= 2.0 * all.se {
            return vec![self.say(&text::decided_worth_nothing, &[("worth", &worth(all))])];
        }
        let is_told = |row: &&InformationWorth<'_>| row.value - 2.0 * row.se > row.upward_bias;
        let mut single: Vec<&InformationWorth<'_>> =
            rows.iter().filter(|row| row.kind == "parameter").filter(is_told).collect();
        single.sort_by(|one, other| other.value.total_cmp(&one.value));
        let mut sentences = Vec::new();
        if single.is_empty() {
            sentences.push(self.say(&text::decided_worth_all_only, &[("worth", &worth(all))]));
        } else {
            let of = |row: &&InformationWorth<'_>| {
                let words = [("parameter", row.what), ("worth", &worth(row))];
                // An estimate above that of all parameters stands as theirs.
                let is_capped = !row.note.is_empty();
                let text = if is_capped { &text::decided_as_much } else { &text::decided_of_one };
                self.say(text, &words)
            };
            let told: Vec<String> = single.iter().take(MOST_TOLD).map(of).collect();
            let words = [("worth", &*worth(all)), ("parameters", &self.listed(&told))];
            sentences.push(self.say(&text::decided_worth_all, &words));
        }
        let mut surveys: Vec<&InformationWorth<'_>> =
            rows.iter().filter(|row| row.kind == "survey").filter(is_told).collect();
        surveys.sort_by(|one, other| other.value.total_cmp(&one.value));
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
        best: &DecisionRanking<'_>,
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
        let words = [("policy", &*policy), ("what", &*what), ("share", &*failing)];
        if failures <= 0.0 {
            return Some(self.say(&text::decided_never_fails, &words));
        }
        let in_box = |row: &FailureBox<'_>| {
            let own = row.criterion == criterion && row.policy == best.policy;
            own && row.method == "prim" && row.box_number == 1
        };
        let limits: Vec<FailureBox<'_>> = self.tables.boxes.rows().filter(in_box).collect();
        let Some(first) = limits.first() else {
            let everywhere = real >= 1.0;
            let text =
                if everywhere { &text::decided_always_fails } else { &text::decided_fails_nowhere };
            return Some(self.say(text, &words));
        };
        let region: Vec<String> = limits.iter().map(|row| self.limit(row)).collect();
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

    /// What rules for when probabilities are not trusted pick. They go by means given the parameters, and say nothing
    /// where no effect of parameters is found.
    fn by_rules(&self, criterion: &str, best: &DecisionRanking<'_>) -> String {
        if best.explained <= 0.0 && self.tables.futures.is_none() {
            return self.say(&text::decided_no_rules, &[]);
        }
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
        let of = |(rule, policies): &(Rule, Vec<String>)| {
            let policies = policies.join(text::decided_or.in_language(self.language));
            let rule = names::name("rule", rule.name(), self.language);
            self.say(&text::decided_rule_picks, &[("rule", rule), ("policy", &policies)])
        };
        let told: Vec<String> = picked.iter().map(of).collect();
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
        let of = |row: &CostFrontier<'_>| {
            let name = (self.called)(row.policy);
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
        let told: Vec<String> = on.iter().map(of).collect();
        let mut sentence = self.say(&text::decided_frontier, &[("policies", &self.listed(&told))]);
        if on.len() < all {
            sentence.push(' ');
            sentence.push_str(text::decided_off_frontier.in_language(self.language));
        }
        sentence
    }
}

//! How policies do in each future, by one criterion: a sentence, and a table of means.

use serde::Serialize;

use crate::report::tables::decision::futures::PolicyInFuture;
use crate::report::text::language::text;
use crate::report::views::deciding::telling::Shown;
use crate::report::views::deciding::telling::Telling;
use crate::scenario::future::PRESENT;

/// Policies by futures, for people.
#[derive(Debug, Default, Serialize)]
pub struct ToldFutures {
    /// Which policy is best in how many of them.
    pub sentence: String,
    /// The futures, after a head for policies.
    pub header: Vec<String>,
    /// Means, the best of a future marked, and how often a policy is below the baseline.
    pub rows: Vec<Vec<String>>,
}

impl Telling<'_> {
    /// What futures say of a criterion; nothing where the run has none.
    pub(super) fn futures(&self, criterion: &str, shown: Shown) -> Option<ToldFutures> {
        let table = self.tables.futures.as_ref()?;
        let rows: Vec<PolicyInFuture<'_>> =
            table.rows().filter(|row| row.criterion == criterion).collect();
        let mut worlds: Vec<&str> = Vec::new();
        for row in &rows {
            if !worlds.contains(&row.future) {
                worlds.push(row.future);
            }
        }
        let header = std::iter::once(text::policy.in_language(self.language).to_owned());
        let order = self.tables.ranked(criterion);
        let of_policy = |policy: &str| {
            let cell = |world: &&str| {
                let mut own = rows.iter().filter(|row| row.policy == policy);
                own.find(|row| row.future == *world).map_or_else(String::new, |row| {
                    let star = if row.rank == 1 { "*" } else { "" };
                    format!(
                        "{}{star} ({})",
                        shown.figure(row.mean),
                        self.share(row.probability_loss)
                    )
                })
            };
            let name = std::iter::once((self.called)(policy));
            name.chain(worlds.iter().map(cell)).collect::<Vec<String>>()
        };
        let listed = self.listed_in_tables(&order);
        Some(ToldFutures {
            sentence: self.best_in_futures(&rows, &worlds),
            header: header.chain(worlds.iter().map(|world| self.world(world))).collect(),
            rows: listed.into_iter().map(|row| of_policy(row.policy)).collect(),
        })
    }

    fn world(&self, name: &str) -> String {
        if name == PRESENT {
            text::futures_present.in_language(self.language).to_owned()
        } else {
            name.to_owned()
        }
    }

    /// Which policy is best in how many worlds, and in which another is.
    fn best_in_futures(&self, rows: &[PolicyInFuture<'_>], futures: &[&str]) -> String {
        let mut by_policy: Vec<(&str, Vec<String>)> = Vec::new();
        for row in rows.iter().filter(|row| row.rank == 1) {
            let own = self.world(row.future);
            match by_policy.iter_mut().find(|(policy, _)| *policy == row.policy) {
                Some((_, known)) => known.push(own),
                None => by_policy.push((row.policy, vec![own])),
            }
        }
        // Policies that are best in the same worlds, with equal means there, are told together.
        let mut best: Vec<(String, Vec<String>)> = Vec::new();
        for (policy, worlds) in by_policy {
            let name = (self.called)(policy);
            match best.iter_mut().find(|(_, known)| *known == worlds) {
                Some((names, _)) => {
                    *names += text::decided_or.in_language(self.language);
                    *names += &name;
                }
                None => best.push((name, worlds)),
            }
        }
        best.sort_by_key(|(_, known)| std::cmp::Reverse(known.len()));
        let Some(((first, most), others)) = best.split_first() else { return String::new() };
        let (count, all) = (most.len().to_string(), futures.len().to_string());
        let words = [("policy", &**first), ("count", &*count), ("all", &*all)];
        let said = if most.len() == futures.len() {
            self.say(&text::decided_futures_one, &words)
        } else {
            let of = |(policy, known): &(String, Vec<String>)| {
                let words = [("policy", &**policy), ("futures", &known.join(", "))];
                self.say(&text::decided_future_other, &words)
            };
            let others: Vec<String> = others.iter().map(of).collect();
            let others = self.listed(&others);
            self.say(&text::decided_futures, &[&words[..], &[("others", &*others)]].concat())
        };
        format!("{said} {}", text::decided_futures_read.in_language(self.language))
    }
}

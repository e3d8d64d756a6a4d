//! What is found is read from the tables of a run.

use std::collections::BTreeMap;

use crate::analysis::appraisal;
use crate::analysis::pairs::COMPARED;
use crate::analysis::pairs::Ranking;
use crate::report::tables::additionality::Additionality;
use crate::report::tables::appraisal::gross_to_net::NetJobs;
use crate::report::tables::appraisal::results::AppraisalResult;
use crate::report::tables::cost_benefit::CostBenefit;
use crate::report::tables::groups::GroupOfStartups;
use crate::report::tables::pairs::PairOfPolicies;
use crate::report::tables::read::Tables;
use crate::report::tables::row::Row as _;
use crate::report::views::deciding::DecisionTables;
use crate::report::views::findings::Appraised;
use crate::report::views::findings::Findings;
use crate::report::views::findings::GroupFact;
use crate::report::views::findings::JobsTerm;
use crate::report::views::findings::Money;
use crate::report::views::findings::RankedPair;
use crate::report::views::findings::about::About;
use crate::report::views::findings::error::FindingsError;
use crate::report::views::findings::figure::Figure;
use crate::report::views::findings::headline;
use crate::report::views::findings::series;

impl Findings {
    /// Reads the tables of a run.
    ///
    /// # Errors
    ///
    /// Fails if a table that every run writes is missing or damaged.
    pub fn read(about: About, tables: &Tables<'_>) -> Result<Self, FindingsError> {
        let series = series::read(&about, tables)?;
        let pairs = pairs(&about, tables)?;
        let terms = terms(&about, tables)?;
        let money = money(&about, tables)?;
        let appraised = appraised(&about, tables)?;
        let groups = groups(&about, tables)?;
        let mut findings = Self {
            about,
            series,
            pairs,
            terms,
            money,
            appraised,
            groups,
            assumptions: tables.stored()?,
            attribution: tables.stored()?,
            noise: tables.stored()?,
            validation: tables.stored()?,
            stylised: tables.stored()?,
            decision: DecisionTables::read(tables)?,
        };
        for policy in headline::headline(&findings) {
            findings.about.policies[policy].headline = true;
        }
        findings.list();
        Ok(findings)
    }
}

fn pairs(
    about: &About,
    tables: &Tables<'_>,
) -> Result<BTreeMap<(usize, usize, usize), RankedPair>, FindingsError> {
    let mut pairs = BTreeMap::new();
    // Runs of earlier versions have no such table: then no two policies are compared.
    if tables.path(PairOfPolicies::TABLE.file).is_none() {
        return Ok(pairs);
    }
    tables.each::<PairOfPolicies<'_>, FindingsError>(|row| {
        let found = about.policy(row.policy).zip(about.policy(row.other));
        let of = COMPARED.iter().position(|&shown| shown == (row.metric, row.place));
        let Some(((policy, other), of)) = found.zip(of) else { return Ok(()) };
        let ranking = Ranking::ALL.into_iter().find(|ranking| row.ranking == Some(ranking.name()));
        let ends = (row.ci_low, row.ci_high);
        let difference = Figure::of(row.difference, ends, [row.p05, row.p50, row.p95]);
        let pair = RankedPair { difference, higher: row.probability_higher, ranking };
        pairs.insert((of, policy, other), pair);
        Ok(())
    })?;
    Ok(pairs)
}

fn terms(about: &About, tables: &Tables<'_>) -> Result<Vec<JobsTerm>, FindingsError> {
    let mut terms = Vec::new();
    tables.each::<Additionality<'_>, FindingsError>(|row| {
        let wanted = row.measure == "jobs" && row.year == about.last_year();
        let Some(policy) = about.policy(row.policy).filter(|_| wanted) else { return Ok(()) };
        let ends = (row.ci_low, row.ci_high);
        let figure = Figure::of(row.mean, ends, [row.p05, row.p50, row.p95]);
        terms.push(JobsTerm {
            policy,
            term: row.term.to_owned(),
            figure,
            note: row.note.to_owned(),
        });
        Ok(())
    })?;
    Ok(terms)
}

fn money(about: &About, tables: &Tables<'_>) -> Result<Vec<Money>, FindingsError> {
    let mut money = Vec::new();
    tables.each::<CostBenefit<'_>, FindingsError>(|row| {
        let Some(policy) = about.policy(row.policy) else { return Ok(()) };
        let ends = (row.ci_low, row.ci_high);
        let figure = Figure {
            higher: row.probability_below_0.map(|below| 1.0 - below),
            ..Figure::of(row.mean, ends, [row.p05, row.p50, row.p95])
        };
        // A ratio of means is not shown without bounds.
        let unbounded = appraisal::is_ratio(row.item) && figure.low.is_none();
        money.push(Money {
            policy,
            item: row.item.to_owned(),
            payer: row.payer.to_owned(),
            unit: row.unit.to_owned(),
            figure: if unbounded { Figure::default() } else { figure },
            note: row.note.to_owned(),
        });
        Ok(())
    })?;
    Ok(money)
}

/// Jobs of each group in the last year against the baseline.
fn groups(about: &About, tables: &Tables<'_>) -> Result<Vec<GroupFact>, FindingsError> {
    let mut groups = Vec::new();
    if tables.path(GroupOfStartups::TABLE.file).is_none() {
        return Ok(groups);
    }
    tables.each::<GroupOfStartups<'_>, FindingsError>(|row| {
        let wanted = row.metric == "jobs_startups" && row.year == about.last_year();
        let Some(policy) = about.policy(row.policy).filter(|_| wanted) else { return Ok(()) };
        let ends = (row.difference_ci_low, row.difference_ci_high);
        let spread = [row.difference_p05, row.difference_p50, row.difference_p95];
        groups.push(GroupFact {
            policy,
            place: row.place.to_owned(),
            grouping: row.grouping.to_owned(),
            group: row.group.to_owned(),
            figure: Figure::of(row.difference, ends, spread),
        });
        Ok(())
    })?;
    Ok(groups)
}

/// What the rule set of the run makes of each policy, in the order of policies.
fn appraised(about: &About, tables: &Tables<'_>) -> Result<Vec<Appraised>, FindingsError> {
    let mut found: Vec<Appraised> = Vec::new();
    if tables.path(AppraisalResult::TABLE.file).is_none() {
        return Ok(found);
    }
    tables.each::<AppraisalResult<'_>, FindingsError>(|row| {
        let Some(policy) = about.policy(row.policy) else { return Ok(()) };
        match (row.result, found.iter_mut().find(|it| it.policy == policy)) {
            ("economic_npv", None) => {
                let (value, below_0) = (row.mean, row.probability_negative);
                let last_year = row.last_year;
                found.push(Appraised {
                    policy,
                    value,
                    below_0,
                    last_year,
                    ratio: None,
                    ratio_note: String::new(),
                    national_jobs: None,
                });
            }
            ("benefit_cost_ratio", Some(known)) => {
                known.ratio = row.mean;
                row.note.clone_into(&mut known.ratio_note);
            }
            _ => {}
        }
        Ok(())
    })?;
    tables.each::<NetJobs<'_>, FindingsError>(|row| {
        let of = about.policy(row.policy);
        if let Some(known) = found.iter_mut().find(|it| Some(it.policy) == of)
            && (row.place, row.step) == ("nation", "net")
        {
            known.national_jobs = row.value;
        }
        Ok(())
    })?;
    Ok(found)
}

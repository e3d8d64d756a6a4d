//! The scenario, its policies and the run, as the report speaks of them.

use std::collections::BTreeMap;

use crate::analysis::appraisal::Discounting;
use crate::analysis::pairs;
use crate::analysis::statistics::Design;
use crate::policy::evidence;
use crate::policy::evidence::Beyond;
use crate::report::folder::manifest::Manifest;
use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::number::grouped;
use crate::report::text::language::text;
use crate::scenario::Distribution;
use crate::scenario::Observation;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::WrittenLever;
use crate::scenario::appraisal::AfterHorizon;
use crate::scenario::district::SectorStart;
use crate::scenario::money::Money;
use crate::scenario::parameter::Register;
use crate::scenario::payers::Payers;
use crate::scenario::titles::Titles;
use crate::time::Date;

/// What cost, value and net jobs rest on beside what moves jobs.
const OF_VALUE: [&str; 5] = [
    "construction_overrun",
    "value_added_per_job",
    "opportunity_share",
    "marginal_cost_of_public_funds",
    "product_displacement",
];

/// A parameter with its value and, where it varies, its range.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumed {
    /// The parameter's name.
    pub name: &'static str,
    /// What is stated: of what varies the value that is likeliest.
    pub value: f64,
    /// Its range, where it varies.
    pub range: Option<(f64, f64)>,
}

fn assumed(scenario: &Scenario, name: &'static str) -> Option<Assumed> {
    let parameter = scenario.parameter_throughout(name)?;
    let varies = scenario.parameters_vary && parameter.distribution != Distribution::Fixed;
    let range = varies.then_some((parameter.low, parameter.high));
    Some(Assumed { name, value: parameter.value, range })
}

/// A lever of a policy.
#[derive(Clone, Debug, PartialEq)]
pub struct LeverFacts {
    /// Its name.
    pub name: String,
    /// The word for its kind.
    pub kind: &'static str,
    /// First day.
    pub from: Date,
    /// Day of opening, or the expected day of a designation's decision, where it has one.
    pub opening: Option<Date>,
    /// Last day, where it has one.
    pub until: Option<Date>,
    /// The area in which it stands or acts, where it says so.
    pub area: Option<String>,
    /// Places of a facility, by date.
    pub places: Vec<(Date, u32)>,
    /// Where its figures come from.
    pub source: String,
    /// Whether the baseline has it with the same settings.
    pub as_in_baseline: bool,
}

/// What a policy is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It can be chosen.
    Option,
    /// It asks what would have been, and cannot be chosen.
    Counterfactual,
    /// It is the placebo of another policy, of which no verdict is given.
    Placebo,
}

/// A policy.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyFacts {
    /// Its name in files.
    pub name: String,
    /// Title, English.
    pub title_en: String,
    /// Title, Korean.
    pub title_ko: String,
    /// Titles in further languages.
    pub titles: Titles,
    /// What it stands for.
    pub description: String,
    /// Its levers, by first day.
    pub levers: Vec<LeverFacts>,
    /// Settings of its levers that are larger than evidence reaches, as `intake of course 50,000, known
    /// up to 2,300`.
    pub beyond: Vec<String>,
    /// Whether it is in the headline set or the baseline: charts and tables show it at first.
    pub headline: bool,
    /// Whether lists and charts show it. All are where there are few; of many the baseline, the
    /// headline set and those with most jobs.
    pub listed: bool,
    /// What it is for.
    pub role: Role,
}

/// An area.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaFacts {
    /// Its name in files.
    pub name: String,
    /// Whether it belongs to the district.
    pub in_district: bool,
    /// Title, English.
    pub title_en: String,
    /// Title, Korean.
    pub title_ko: String,
    /// Titles in further languages.
    pub titles: Titles,
    /// Land `[km2]`.
    pub land: f64,
}

/// The scenario and the run.
#[derive(Clone, Debug)]
pub struct About {
    /// The run.
    pub manifest: Manifest,
    /// Title, English.
    pub title_en: String,
    /// Title, Korean.
    pub title_ko: String,
    /// Titles in further languages.
    pub titles: Titles,
    /// The question, English.
    pub question: String,
    /// The question, Korean; may be empty.
    pub question_ko: String,
    /// The question in further languages.
    pub questions: Titles,
    /// The parameters that there are.
    pub register: Register,
    /// The year to which money is discounted.
    pub base_year: u16,
    /// Real social discount rate `[1/year]`.
    pub discount_rate: f64,
    /// The assumptions that value for money rests on, as `opportunity_share 0.8 (0.5–1)`.
    pub assumed: Vec<Assumed>,
    /// What the appraisal takes flows to be after the last simulated year.
    pub after_horizon: AfterHorizon,
    /// Whether parameters vary.
    pub parameters_vary: bool,
    /// Parameters by how they are known.
    pub evidence: BTreeMap<&'static str, usize>,
    /// The years, rising.
    pub years: Vec<u16>,
    /// The baseline's place among the policies.
    pub baseline: usize,
    /// How the replications hang together.
    pub design: Design,
    /// The policies, in order.
    pub policies: Vec<PolicyFacts>,
    /// The areas.
    pub areas: Vec<AreaFacts>,
    /// The sectors of startups.
    pub sectors: Vec<SectorStart>,
    /// Who pays and receives.
    pub payers: Payers,
    /// The place of the policy that really happened; the baseline's where the run does not have it.
    pub happened: usize,
    /// What really happened.
    pub observed: Vec<Observation>,
    numbers: BTreeMap<String, usize>,
}

impl About {
    /// What is known of a run from its scenario and its manifest. The manifest says which policies
    /// there are; one that the scenario does not have goes by its name.
    #[must_use]
    pub fn new(scenario: &Scenario, manifest: Manifest) -> Self {
        let mut evidence = BTreeMap::new();
        for parameter in &scenario.parameters {
            *evidence.entry(parameter.evidence.name()).or_insert(0) += 1;
        }
        let named = |name: &str| scenario.policies.iter().find(|policy| policy.name == name);
        let base = named(&manifest.plan.baseline);
        let mut policies: Vec<PolicyFacts> = manifest
            .plan
            .policies
            .iter()
            .map(|name| policy_facts(name, named(name), base, &scenario.money))
            .collect();
        let baseline =
            manifest.plan.policies.iter().position(|name| *name == manifest.plan.baseline);
        let baseline = baseline.unwrap_or_default();
        if let Some(baseline) = policies.get_mut(baseline) {
            baseline.headline = true;
        }
        let areas = scenario.district.areas.list().iter().map(|area| AreaFacts {
            name: area.name.clone(),
            in_district: area.area.in_district(),
            title_en: area.title_en.clone(),
            title_ko: area.title_ko.clone(),
            titles: area.titles.clone(),
            land: area.land,
        });
        let numbers: BTreeMap<String, usize> =
            manifest.plan.policies.iter().cloned().zip(0..).collect();
        Self {
            title_en: scenario.title_en.clone(),
            title_ko: scenario.title_ko.clone(),
            titles: scenario.titles.clone(),
            question: scenario.question.clone(),
            question_ko: scenario.question_ko.clone(),
            questions: scenario.questions.clone(),
            register: scenario.register.clone(),
            base_year: scenario.base_year,
            discount_rate: Discounting::of(scenario).rate,
            assumed: OF_VALUE.iter().filter_map(|name| assumed(scenario, name)).collect(),
            after_horizon: scenario.appraisal.after_horizon,
            parameters_vary: scenario.parameters_vary,
            evidence,
            years: (manifest.plan.first_year..=manifest.plan.last_year).collect(),
            baseline,
            design: Design::of_run(scenario),
            policies,
            areas: areas.collect(),
            sectors: scenario.district.sectors.list().to_vec(),
            payers: scenario.payers.clone(),
            happened: numbers.get(&scenario.actual_policy).copied().unwrap_or(baseline),
            observed: scenario.observed.clone(),
            numbers,
            manifest,
        }
    }

    /// The place of a policy of this name.
    #[must_use]
    pub fn policy(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }

    /// The place of a year.
    #[must_use]
    pub fn year(&self, year: u16) -> Option<usize> {
        self.years.iter().position(|&known| known == year)
    }

    /// The last year.
    #[must_use]
    pub fn last_year(&self) -> u16 {
        self.years.last().copied().unwrap_or_default()
    }

    /// The policies but the baseline, by place.
    pub fn compared(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.policies.len()).filter(|&policy| policy != self.baseline)
    }

    /// The policies that verdicts speak of, by place: neither the baseline nor placebos.
    pub fn judged(&self) -> impl Iterator<Item = usize> + '_ {
        self.compared().filter(|&policy| self.policies[policy].role != Role::Placebo)
    }

    /// Those among which one can choose: no counterfactuals.
    pub fn options(&self) -> impl Iterator<Item = usize> + '_ {
        self.judged().filter(|&policy| self.policies[policy].role == Role::Option)
    }

    /// The headline set and the baseline, by place: what charts and tables show at first.
    #[must_use]
    pub fn headline(&self) -> Vec<usize> {
        (0..self.policies.len()).filter(|&policy| self.policies[policy].headline).collect()
    }

    /// What lists and charts show, by place.
    pub fn listed(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.policies.len()).filter(|&policy| self.policies[policy].listed)
    }

    /// That lists and charts show the leading policies only, and where the others are; nothing where
    /// they show all.
    #[must_use]
    pub fn left_out(&self, language: Language) -> Option<String> {
        let (shown, all) = (self.listed().count(), self.policies.len());
        let words = [("shown", &*shown.to_string()), ("all", &*all.to_string())];
        (shown < all).then(|| text::fill(&text::listed, language, &words))
    }

    /// Whether every pair of policies is compared, not only those with the baseline.
    #[must_use]
    pub fn compares_all_pairs(&self) -> bool {
        self.policies.len() <= pairs::MANY || self.manifest.plan.options.pairs
    }

    /// The scenario's title in a language.
    #[must_use]
    pub fn own_title(&self, language: Language) -> &str {
        language.title(&self.title_en, &self.title_ko, &self.titles)
    }

    /// The question in a language.
    #[must_use]
    pub fn asks(&self, language: Language) -> &str {
        language.title(&self.question, &self.question_ko, &self.questions)
    }

    /// A policy's title in a language; its name where it has none.
    #[must_use]
    pub fn title(&self, policy: usize, language: Language) -> &str {
        let policy = &self.policies[policy];
        match language.title(&policy.title_en, &policy.title_ko, &policy.titles) {
            "" => &policy.name,
            title => title,
        }
    }

    /// The titles of several policies.
    #[must_use]
    pub fn titles(&self, policies: &[usize], language: Language) -> Vec<&str> {
        policies.iter().map(|&policy| self.title(policy, language)).collect()
    }

    /// An area's title in a language; nothing for what is no area.
    #[must_use]
    pub fn area_title(&self, name: &str, language: Language) -> Option<&str> {
        let area = self.areas.iter().find(|area| area.name == name)?;
        let title = language.title(&area.title_en, &area.title_ko, &area.titles);
        (!title.is_empty()).then_some(title)
    }

    /// What a place of the tables is called: an area, a facility or a programme, or the name of the
    /// files.
    #[must_use]
    pub fn place(&self, name: &str, language: Language) -> String {
        if let Some(title) = self.area_title(name, language) {
            return title.to_owned();
        }
        let levers = self.policies.iter().flat_map(|policy| &policy.levers);
        let lever = levers.into_iter().find(|lever| lever.name == name);
        lever.map_or_else(
            || names::name("place", name, language).to_owned(),
            |lever| lever.title(language),
        )
    }
}

impl LeverFacts {
    /// What people call it. A lever has no title of its own: in Korean its kind stands before its
    /// name, so that a reader knows what the English name stands for.
    #[must_use]
    pub fn title(&self, language: Language) -> String {
        if language.is_english() {
            self.name.clone()
        } else {
            format!("{} {}", names::name("lever", self.kind, language), self.name)
        }
    }
}

fn policy_facts(
    name: &str,
    policy: Option<&Policy>,
    baseline: Option<&Policy>,
    money: &Money,
) -> PolicyFacts {
    let written = |policy: Option<&Policy>| policy.map_or_else(Vec::new, |of| of.written.clone());
    let of_baseline = written(baseline);
    let mut levers: Vec<LeverFacts> =
        written(policy).iter().map(|lever| lever_facts(lever, &of_baseline)).collect();
    levers.sort_by(|one, other| (one.from, &one.name).cmp(&(other.from, &other.name)));
    let text = |of: fn(&Policy) -> &String| policy.map_or_else(String::new, |it| of(it).clone());
    PolicyFacts {
        name: name.to_owned(),
        title_en: text(|policy| &policy.title_en),
        title_ko: text(|policy| &policy.title_ko),
        titles: policy.map_or_else(Titles::default, |policy| policy.titles.clone()),
        description: text(|policy| &policy.description),
        levers,
        beyond: policy.map_or_else(Vec::new, |policy| {
            let beyond_it = |unit: &str, amount| money.of_registers(unit, amount);
            evidence::beyond_evidence(&policy.plan, beyond_it).iter().map(beyond).collect()
        }),
        headline: false,
        listed: true,
        role: match policy {
            Some(policy) if policy.is_placebo() => Role::Placebo,
            Some(policy) if policy.counterfactual => Role::Counterfactual,
            _ => Role::Option,
        },
    }
}

fn beyond(beyond: &Beyond<'_>) -> String {
    let Beyond { lever, setting, value, limit, .. } = beyond;
    let number = |value: f64| grouped(value, if value.fract() == 0.0 { 0 } else { 2 });
    let (value, known) = (number(*value), number(*limit));
    format!("{setting} of {lever} {value}, known up to {known}")
}

fn lever_facts(lever: &WrittenLever, of_baseline: &[WrittenLever]) -> LeverFacts {
    let setting = |name: &str| lever.settings.iter().find(|setting| setting.name == name);
    let day = |name: &str| setting(name).and_then(|setting| date(&setting.value));
    let number = |name: &str| setting(name).and_then(|setting| setting.value.parse::<f64>().ok());
    let decision =
        day("decision").map(|day| day.plus_years(number("delay_mean").unwrap_or_default()));
    LeverFacts {
        name: lever.name.clone(),
        kind: lever.kind,
        from: lever.from,
        opening: day("opening").or(decision),
        until: lever.until,
        area: setting("area").map(|setting| setting.value.clone()),
        places: setting("places").map_or_else(Vec::new, |setting| setting.steps.clone()),
        source: lever.source.clone(),
        as_in_baseline: of_baseline.contains(lever),
    }
}

/// A date as levers are written down, `2024-05-29`.
fn date(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    Date::from_calendar(year, month, parts.next()?.parse().ok()?)
}

//! `yangjae check`: reads and validates a scenario, and says what is in it and what its policies cost.

mod costs;
mod forecast;
mod futures;

use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use crate::analysis::selection::promise::CEILING;
use crate::analysis::selection::promise::HalfWidth;
use crate::analysis::selection::promise::PILOT;
use crate::commands::changes::ChangeArguments;
use crate::commands::check::costs::Costs;
use crate::commands::check::forecast::forecast;
use crate::commands::check::futures::Checked;
use crate::commands::error;
use crate::commands::error::Error;
use crate::commands::error::placed;
use crate::commands::evidence_error::EvidenceError;
use crate::commands::interrupt;
use crate::commands::load;
use crate::commands::options;
use crate::commands::options::ScenarioArgument;
use crate::commands::run;
use crate::commands::run::SamplingArguments;
use crate::commands::run::error::RunError;
use crate::commands::sources;
use crate::commands::sources::SourcesArguments;
use crate::experiment::batch::Halted;
use crate::experiment::batch::Workers;
use crate::experiment::disk;
use crate::experiment::shard::Shard;
use crate::pipeline::engine::Engine;
use crate::pipeline::error::WorkError;
use crate::pipeline::job::Job;
use crate::pipeline::need;
use crate::pipeline::need::Trial;
use crate::pipeline::promise;
use crate::pipeline::promise::Wanted;
use crate::pipeline::recipe;
use crate::pipeline::study::StudyEngine;
use crate::policy::evidence::Beyond;
use crate::policy::evidence::beyond_evidence;
use crate::report::folder::posterior_origin;
use crate::report::folder::posterior_origin::Doubt;
use crate::report::text::console;
use crate::report::text::progress::Visibility;
use crate::scenario::Evidence;
use crate::scenario::Scenario;
use crate::scenario::money::said;
use crate::scenario::parameter::number;
use crate::scenario::variant;

/// Of fewer draws than these a posterior is told to have few.
const FEW_DRAWS: usize = 50;

/// Arguments of `check`.
#[derive(Clone, Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("more").args(["sources", "estimate"]))]
pub struct Arguments {
    /// The scenario.
    #[command(flatten)]
    pub scenario: ScenarioArgument,
    /// What to take instead of the scenario's own, and policies made from its own.
    #[command(flatten)]
    pub replaced: ChangeArguments,
    /// List every parameter that rests on memory or judgement, by how much it moves the results
    #[arg(long)]
    pub sources: bool,
    /// Say what `run` would need: firm-years, time from a short trial, memory and disk
    #[arg(long)]
    pub estimate: bool,
    /// What `run` would be told.
    #[command(flatten)]
    pub as_run: AsRun,
}

/// What the short trials take; the same words as those of `run`.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "As of `run`; but for --policy with --estimate or --sources alone")]
pub struct AsRun {
    /// This policy only; the baseline is added (repeatable). With --sources: the policy whose
    /// difference is moved, otherwise the one with most levers
    #[arg(long = "policy", value_name = "NAME")]
    pub policies: Vec<String>,
    /// This many replications; with --sources at either end of each range, otherwise 6
    #[arg(long, value_name = "N", requires = "more",
        value_parser = clap::value_parser!(u32).range(1..=run::MOST_REPLICATIONS))]
    pub replications: Option<u32>,
    /// This many threads
    #[arg(long, value_name = "T", requires = "more", value_parser = options::threads)]
    pub threads: Option<NonZeroUsize>,
    /// The K-th of N parts only
    #[arg(long, value_name = "K/N", requires = "estimate")]
    pub shard: Option<Shard>,
    /// Events of the first N replications
    #[arg(long, value_name = "N", requires = "estimate")]
    pub events: Option<u32>,
    /// Every value of every replication
    #[arg(long, requires = "estimate")]
    pub replication_csv: bool,
    /// Groups of startups
    #[arg(long, requires = "estimate")]
    pub groups: bool,
    /// Every pair of policies, also of more than 50
    #[arg(long, requires = "estimate")]
    pub pairs: bool,
    /// As many replications as promised half-widths will take, from a pilot (repeatable); `--replications` is the
    /// ceiling then
    #[arg(long, value_name = "OUTCOME=HALFWIDTH", requires = "estimate")]
    pub precision: Vec<HalfWidth>,
    /// The placebo of each policy as well
    #[arg(long, requires = "estimate")]
    pub placebo: bool,
    /// In this future as well, `all` for every one (repeatable)
    #[arg(long = "future", value_name = "NAME", requires = "estimate")]
    pub futures: Vec<String>,
    /// In this folder; with --sources, write sources.csv there
    #[arg(long, value_name = "DIR", requires = "more", value_parser = options::output())]
    pub output: Option<PathBuf>,
    /// With --sources, replace a sources.csv in the output folder
    #[arg(long, requires = "sources")]
    pub force: bool,
}

/// Reads the scenario and says what was read.
///
/// # Errors
///
/// Fails with every problem of the scenario.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    let folder = &arguments.scenario.folder();
    let chosen = &arguments.as_run.policies;
    let checked = Checked::load(folder, &arguments.replaced, chosen)?;
    let scenario = &checked.scenario;
    let money = scenario.money;
    let as_run = AsRun { policies: checked.policies.clone(), ..arguments.as_run.clone() };
    let arguments = &Arguments { as_run, ..arguments.clone() };
    if arguments.sources || arguments.estimate {
        load::tell_unread_set(scenario, false);
    }
    let text = if arguments.sources {
        sources_of_each(scenario, &arguments.as_run)
            .map_err(|error| placed(error, scenario, folder))?
    } else if arguments.estimate {
        estimate(scenario, arguments).map_err(|error| error::placed(error, scenario, folder))?
    } else {
        let policies = &arguments.as_run.policies;
        let scenario = recipe::assembled(scenario, policies, None, false)?;
        let costs = costs(&scenario).map_err(|error| error::placed(error, &scenario, folder))?;
        let other = other_figures(folder, &scenario);
        summary(&Checked { scenario, ..checked }, &costs) + &other
    };
    Ok(console::print(&said(&text, Some(&money)))?)
}

/// What policies cost, on as many threads as the system gives.
fn costs(scenario: &Scenario) -> Result<Costs, Error> {
    let stop = AtomicBool::new(false);
    let workers = Workers::start(None, &stop)
        .or_else(|_| Workers::start(NonZeroUsize::new(1), &stop))
        .map_err(WorkError::from)?;
    Costs::of(scenario, &workers).map_err(|halted| match halted {
        Halted::Failed(error) => error.into(),
        halted => EvidenceError::from(halted).into(),
    })
}

/// What a run would need.
fn estimate(scenario: &Scenario, arguments: &Arguments) -> Result<String, Error> {
    let as_run = arguments.as_run.clone();
    let folder = arguments.scenario.folder();
    let futures = run::future_names(&folder, &scenario.name, &as_run.futures)?;
    for future in &futures {
        let chosen = (&*as_run.policies, true);
        load::changed(&folder, &arguments.replaced, chosen, Some(future))?;
    }
    let of_run = run::Arguments {
        policies: as_run.policies,
        replications: as_run.replications,
        shard: as_run.shard,
        events: as_run.events,
        replication_csv: as_run.replication_csv,
        groups: as_run.groups,
        pairs: as_run.pairs,
        placebo: as_run.placebo,
        sampling: SamplingArguments { precision: as_run.precision, ..SamplingArguments::default() },
        replaced: arguments.replaced.clone(),
        output: as_run.output,
        ..run::Arguments::default()
    };
    let recipe = run::recipe(scenario, &of_run)?;
    let engine = StudyEngine::new(&recipe.scenario);
    let stop = interrupt::watch();
    let workers = Workers::start(as_run.threads, &stop).map_err(WorkError::from)?;
    let wanted = Wanted {
        half_widths: &of_run.sampling.precision,
        ceiling: of_run.replications.unwrap_or(CEILING),
        pilot: Some(PILOT),
        known: None,
    };
    let recipe = if wanted.half_widths.is_empty() {
        recipe
    } else {
        let job = Job::new(&recipe, &engine, &workers);
        let found = promise::with_precision(&job, wanted, Visibility::OnTerminal);
        found.map_err(RunError::from)?.0
    };
    let job = Job::new(&recipe, &engine, &workers);
    let trial = need::trial(&job, u32::MAX)?;
    let output = run::output_path(scenario, &of_run);
    let mut text = needed(&job, &trial, &output, u32::try_from(futures.len()).unwrap_or(u32::MAX));
    if let Some(promise) = &recipe.promise {
        text.push_str(&forecast(promise));
    }
    Ok(text)
}

/// The need of a run, and of as many futures, as people read it.
fn needed<E: Engine>(job: &Job<'_, E>, trial: &Trial, output: &Path, futures: u32) -> String {
    let need = need::need(job, trial).times(1 + futures);
    let in_futures = match futures {
        0 => String::new(),
        1 => ", in the present world and in 1 future".to_owned(),
        more => format!(", in the present world and in {more} futures"),
    };
    let replications = job.recipe.replications();
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{}: {} replications of {} policies, {} to {}{in_futures}\n",
        job.recipe.scenario.name,
        replications.end - replications.start,
        job.layouts.len(),
        job.recipe.scenario.first_year,
        job.recipe.scenario.last_year,
    );
    let _ = writeln!(
        text,
        "firm-years  {:.0}; {:.0} in each replication of all policies",
        need.firm_years, trial.firm_years
    );
    let _ = writeln!(
        text,
        "time        {}: {} for simulating on {} threads, from a trial of {} replications, {} for \
         tables and report",
        need::duration(need.seconds + need.rest),
        need::duration(need.seconds),
        job.workers.threads(),
        trial.replications,
        need::duration(need.rest),
    );
    let _ = writeln!(text, "memory      {} at most", need::size(need.memory));
    let (blocks, tables) = (need::size(need.blocks), need::size(need.tables));
    let _ =
        write!(text, "disk        {}: {blocks} blocks, {tables} tables", need::size(need.disk()));
    if let Some(free) = disk::free_space(output) {
        let enough = if need.disk() > free { ", which is too little" } else { "" };
        let _ = write!(text, "; {} free for `{}`{enough}", need::size(free), output.display());
    }
    text.push('\n');
    text
}

/// Which guesses matter to each policy that is named; a folder each where there are several.
fn sources_of_each(scenario: &Scenario, as_run: &AsRun) -> Result<String, Error> {
    let named = match as_run.policies.as_slice() {
        [] => vec![None],
        names => names.iter().cloned().map(Some).collect(),
    };
    let several = named.len() > 1;
    let mut texts = Vec::new();
    for policy in named {
        let folder = as_run.output.as_ref().map(|folder| match &policy {
            Some(policy) if several => folder.join(policy),
            _ => folder.clone(),
        });
        let how = SourcesArguments {
            policy,
            replications: as_run.replications.unwrap_or(sources::REPLICATIONS).max(2),
            threads: as_run.threads,
            output: folder,
            force: as_run.force,
        };
        texts.push(sources::sources(scenario, &how)?);
    }
    Ok(texts.join("\n"))
}

/// What was read, on one screen.
fn summary(checked: &Checked, costs: &Costs) -> String {
    let scenario = &checked.scenario;
    let rows: Vec<[String; 7]> = scenario
        .policies
        .iter()
        .enumerate()
        .map(|(index, policy)| {
            let mark = match policy {
                _ if index == scenario.baseline => " (baseline)",
                policy if policy.counterfactual => " (counterfactual)",
                _ => "",
            };
            let [a_year, jobs, a_job] = costs.cells(index);
            [
                format!("  {}{mark}", policy.name),
                policy.extends.join(", "),
                policy.written.len().to_string(),
                format!("{a_year:>10}"),
                format!("{jobs:>8}"),
                format!("{a_job:>9}"),
                policy.title_en.clone(),
            ]
        })
        .collect();
    let firms: u32 = scenario.district.startups.iter().map(|group| group.count).sum();
    let fixed = scenario.parameters.iter().filter(|parameter| !parameter.varies()).count();
    let vary = if scenario.parameters_vary {
        format!("{} vary, {fixed} fixed", scenario.parameters.len() - fixed)
    } else {
        "all held at their values".to_owned()
    };
    let mut text = String::new();
    let _ = writeln!(text, "{}: {}", scenario.name, scenario.title_en);
    text.push_str(&console::paragraph(&scenario.question, 2));
    let years = scenario.years();
    let _ = writeln!(
        text,
        "\nyears         {} to {}, facts known to {}\nclimate       {}\nreplications  {}, seed {}",
        years.start(),
        years.end(),
        scenario.vantage,
        climate(scenario),
        scenario.replications,
        scenario.seed
    );
    let _ = writeln!(
        text,
        "parameters    {} ({vary}); {}\nat the start  {firms} startups in {} groups\nobserved      {} figures\nlevers        {} names\npolicies      {}\n",
        scenario.parameters.len(),
        evidence(scenario),
        scenario.district.startups.len(),
        scenario.observed.len(),
        scenario.lever_names.len(),
        scenario.policies.len(),
    );
    let header =
        ["  policy", "extends", "levers", "{money}/year", "    jobs", "{money}/job", "title"];
    text.push_str(&console::table_in(Some(&scenario.money), header, &rows));
    text.push_str(&console::paragraph(&told(scenario, costs), 2));
    text.push_str(&checked.told());
    if let Some(posterior) = &scenario.posterior
        && posterior.len() < FEW_DRAWS
    {
        let _ = writeln!(
            text,
            "\nfew draws\n  posterior of {}: fewer than {FEW_DRAWS} hardly say how far parameters may \
             be off; `yangjae calibrate` makes more",
            posterior.len()
        );
    }
    let warnings = beyond(scenario);
    if !warnings.is_empty() {
        text.push_str("\nlarger than evidence reaches\n");
        text.push_str(&warnings);
    }
    let tried =
        format!("without effect in the {} replications that were simulated", costs.replications);
    let mut implausible = scenario.implausible();
    implausible.extend(costs.implausible());
    implausible.extend(checked.implausible());
    let mut without_effect = scenario.without_effect();
    without_effect.extend(scenario.marks_without_effect());
    without_effect.extend(checked.without_effect());
    for (what, found) in [
        ("hardly meant", &implausible),
        ("without effect", &without_effect),
        (&tried, &costs.without_effect(scenario)),
        ("not read", &scenario.not_read),
    ] {
        if !found.is_empty() {
            let _ = writeln!(text, "\n{what}\n  {}", found.join("\n  "));
        }
    }
    text.push_str(if implausible.is_empty() {
        "\nno problems\n"
    } else {
        "\nno mistakes; look at what is hardly meant\n"
    });
    text
}

/// That the posterior is not that of the observed figures, where it is known.
fn other_figures(folder: &Path, scenario: &Scenario) -> String {
    posterior_origin::doubt(folder, scenario).map_or_else(String::new, |doubt| {
        let what = match doubt {
            Doubt::OtherFigures => "posterior of other figures",
            Doubt::OtherDraws | Doubt::Unreadable => "posterior of figures that are not known",
        };
        format!("\n{what}\n  {}\n", doubt.told())
    })
}

/// What the figures beside the policies are.
fn told(scenario: &Scenario, costs: &Costs) -> String {
    let mut text = format!(
        "{{money}}/year: public cost at constant prices, a mean over all years, and jobs in the city in {}; of \
         the baseline its own, of the others what they have beyond it. {{money}}/job: the cost of all years \
         over these jobs. For orders of magnitude only: means of {} replications.",
        scenario.last_year, costs.replications
    );
    let first = (0..scenario.policies.len()).find(|&policy| policy != scenario.baseline);
    match first {
        None => text.push_str(" There is no policy beside the baseline to compare."),
        Some(first) if !costs.exceed_baseline(first) => {
            let _ = write!(
                text,
                " `run --equal-budget` would have no budget: `{}`, the first policy after the baseline, \
                 costs no more than it.",
                scenario.policies[first].name
            );
        }
        Some(_) => {}
    }
    if let Err(exists) = variant::with_placebos(scenario) {
        let _ = write!(text, " `run --placebo` would not do: {exists}.");
    }
    text
}

/// In which years the observed climate is data, and what becomes of later ones.
fn climate(scenario: &Scenario) -> String {
    let listed = &scenario.district.climate;
    let until = |known: bool| {
        let years = listed.iter().map(|known| known.year);
        let years: Vec<u16> =
            years.filter(|year| (*year <= scenario.vantage.year) == known).collect();
        let (first, last) = (*years.first()?, *years.last()?);
        Some(if first == last { first.to_string() } else { format!("{first} to {last}") })
    };
    match (until(true), until(false)) {
        (None, None) => "by chance in every year".to_owned(),
        (Some(data), None) => format!("as observed in {data}, then by chance"),
        (None, Some(later)) => format!("by chance; {later} only for `validate --known-climate`"),
        (Some(data), Some(later)) => format!(
            "as observed in {data}, then by chance; {later}, after what is known, only for `validate \
             --known-climate`"
        ),
    }
}

/// A line for each setting that is larger than evidence reaches, once for a lever and a value.
fn beyond(scenario: &Scenario) -> String {
    let mut lines: Vec<String> = Vec::new();
    for policy in &scenario.policies {
        let in_account = |unit: &str, amount| scenario.money.of_registers(unit, amount);
        for found in beyond_evidence(&policy.plan, in_account) {
            let Beyond { lever, spec, value, setting, limit, source } = found;
            let unit = spec.settings.iter().find(|known| known.name == setting);
            // A share has the unit 1, which nobody reads.
            let unit = unit.map(|setting| setting.unit).filter(|unit| *unit != "1");
            let unit = unit.map_or_else(String::new, |unit| format!(" {unit}"));
            let [value, most] = [value, limit].map(number);
            let line = format!("  {lever}: {setting} {value} is above {most}{unit} ({source})\n");
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines.concat()
}

/// How many parameters are known how.
fn evidence(scenario: &Scenario) -> String {
    use Evidence::{Derived, Judgement, Recalled, Seen};
    let count = |evidence| {
        scenario.parameters.iter().filter(|parameter| parameter.evidence == evidence).count()
    };
    [Seen, Derived, Recalled, Judgement]
        .map(|evidence| format!("{} {}", count(evidence), evidence.name()))
        .join(", ")
}

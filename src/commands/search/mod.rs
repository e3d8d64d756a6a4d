//! `yangjae search`: mixes, sizes and dates of levers within a budget, and what they are worth beyond chance.

pub mod error;
mod tables;
mod words;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use crate::analysis::decision::criterion::Criterion;
use crate::analysis::decision::outcome::Added;
use crate::analysis::decision::outcome::Outcome;
use crate::analysis::layout::Layout;
use crate::analysis::search::budget::Amount;
use crate::analysis::search::budget::Limit;
use crate::analysis::search::budget::Period;
use crate::analysis::search::budget::first_year_after;
use crate::analysis::search::course::Course;
use crate::analysis::search::course::HALVING;
use crate::analysis::search::course::State;
use crate::analysis::search::found::Found;
use crate::analysis::search::judge::Bound;
use crate::analysis::search::judge::Files;
use crate::analysis::search::judge::Judge;
use crate::analysis::search::measured::Rules;
use crate::analysis::search::measured::Statistic;
use crate::analysis::search::space::Package;
use crate::analysis::search::space::Space;
use crate::analysis::statistics::Design;
use crate::analysis::study::Study;
use crate::commands::error::Error;
use crate::commands::error::placed;
use crate::commands::interrupt;
use crate::commands::load;
use crate::commands::options;
use crate::commands::options::ScenarioArgument;
use crate::commands::options::SetArguments;
use crate::commands::output::not_among_inputs;
use crate::commands::run::future_names;
use crate::commands::search::error::SearchError;
use crate::experiment::batch::Progress;
use crate::experiment::batch::Silent;
use crate::experiment::batch::Workers;
use crate::report::folder::manifest;
use crate::report::folder::search_folder::Begun;
use crate::report::folder::search_folder::SearchFolder;
use crate::report::folder::search_folder::SearchManifest;
use crate::report::folder::search_folder::SearchPlan;
use crate::report::tables::table;
use crate::report::text::console;
use crate::report::text::dialect::Target;
use crate::report::text::language::number::grouped;
use crate::report::text::progress;
use crate::report::text::progress::Bar;
use crate::report::text::progress::Visibility;
use crate::scenario::InputFile;
use crate::scenario::Scenario;
use crate::scenario::future::name_of;
use crate::scenario::policy_text::Head;

/// Replications of packages that a search spends when no number is given: a few minutes on two processors.
const EFFORT: usize = 15_000;
/// And so many at most: a search of months.
const MOST_EFFORT: usize = 1_000_000_000;
/// Fresh replications by which what was found is told.
pub const FRESH: usize = 200;

/// Arguments of `search`.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The scenario.
    #[command(flatten)]
    pub scenario: ScenarioArgument,
    /// Spend no more in a year on average, all outlay spread over the years after the vantage date: `20bn/year`, `city=10bn/year` of one payer's money, or `POLICY/year`, as
    /// much as that policy (repeatable)
    #[arg(long, value_name = "[PAYER=]AMOUNT/year", allow_hyphen_values = true)]
    pub budget: Vec<String>,
    /// Spend no more in all years together, as present value: `600bn`, `state=100bn`, or as much as a POLICY
    /// (repeatable)
    #[arg(long, value_name = "[PAYER=]AMOUNT", allow_hyphen_values = true)]
    pub budget_total: Vec<String>,
    /// Judge packages by what they add to this outcome, or weighted sum of outcomes, instead of `economic_npv` and
    /// `net_jobs`; `min:` before it: less is better (repeatable; with a single one, cost is the other)
    #[arg(long = "aim", value_name = "CRITERION", allow_hyphen_values = true)]
    pub aims: Vec<String>,
    /// Judge packages in this future of the scenario as well, all worlds counting the same; `all`: in every one
    /// (repeatable)
    #[arg(long = "future", value_name = "NAME")]
    pub futures: Vec<String>,
    /// Judge by what is reached with this probability over parameters and chance, instead of by the mean
    #[arg(long, value_name = "P", value_parser = probability)]
    pub confidence: Option<f64>,
    /// Let levers be larger than evidence reaches, up to four times the size stated
    #[arg(long)]
    pub beyond_evidence: bool,
    /// Spend so many replications of packages on the search, and what the generation takes in which they are spent
    #[arg(long, value_name = "N", default_value_t = EFFORT, value_parser = effort)]
    pub effort: usize,
    /// Tell what was found from so many replications that the search never saw [default: 200, with `--resume` as many as
    /// before]
    #[arg(long, value_name = "N", value_parser = options::at_least_20)]
    pub replications: Option<usize>,
    /// Draw all chance from this seed instead of the scenario's
    #[arg(long, value_name = "S", allow_negative_numbers = true, value_parser = options::seed)]
    pub seed: Option<u64>,
    /// Values of parameters, and the last year.
    #[command(flatten)]
    pub replaced: SetArguments,
    /// Use this many threads; results are the same on any number
    #[arg(long, value_name = "T", value_parser = options::threads)]
    pub threads: Option<NonZeroUsize>,
    /// Write here instead of output/NAME-OF-SCENARIO/search
    #[arg(long, value_name = "DIR", value_parser = options::output())]
    pub output: Option<PathBuf>,
    /// Go on with the search in the output folder, with more `--effort` if it is finished
    #[arg(long, conflicts_with = "force")]
    pub resume: bool,
    /// Replace a search in the output folder
    #[arg(long)]
    pub force: bool,
    /// Print no summary and show no progress
    #[arg(long)]
    pub quiet: bool,
    /// Show no progress
    #[arg(long)]
    pub no_progress: bool,
}

/// A probability that is worth asking for.
fn probability(text: &str) -> Result<f64, String> {
    let value: Option<f64> = text.parse().ok().filter(|value| (0.5..=0.99).contains(value));
    value.ok_or_else(|| "expected a probability from 0.5 to 0.99, such as 0.9".to_owned())
}

/// A number of replications that a search can spend.
fn effort(text: &str) -> Result<usize, String> {
    let number = text.parse::<usize>().ok().filter(|number| (1..=MOST_EFFORT).contains(number));
    number.ok_or_else(|| format!("expected a whole number from 1 to {MOST_EFFORT}"))
}

/// Searches, and writes and prints what was found.
///
/// # Errors
///
/// Fails if the scenario has problems, the command line does not fit it, the simulation fails or is interrupted, or
/// the folder cannot be written.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    run_until(arguments, &interrupt::watch(), &Silent)
}

/// The same until `stop` is set, without an eye on signals; `progress` is told as many replications as the effort and the
/// fresh ones are together, fewer where nothing is left to search.
///
/// # Errors
///
/// Fails as [`run`] does.
pub fn run_until(
    arguments: &Arguments,
    stop: &AtomicBool,
    progress: &dyn Progress,
) -> Result<(), Error> {
    let replaced = &arguments.replaced;
    let inputs = &arguments.scenario.folder();
    let mut scenario = load::load(inputs, &replaced.set, replaced.until)?;
    scenario.seed = arguments.seed.unwrap_or(scenario.seed);
    load::tell_unread_set(&scenario, arguments.quiet);
    let names = future_names(inputs, &scenario.name, &arguments.futures)?;
    let within = |name: &String| {
        let loader = Scenario::loader(inputs).set_all(&replaced.set).until(replaced.until);
        let within = loader.future(name.as_str()).load()?;
        Ok(Scenario { seed: scenario.seed, ..within })
    };
    let futures = names.iter().map(within).collect::<Result<Vec<_>, Error>>()?;
    let found = search((&scenario, &futures), arguments, stop, progress);
    found.map_err(|error| placed(error, &scenario, inputs))
}

fn search<'s>(
    (scenario, futures): (&'s Scenario, &'s [Scenario]),
    arguments: &Arguments,
    stop: &AtomicBool,
    progress: &dyn Progress,
) -> Result<(), Error> {
    let space = Space::of(scenario, arguments.beyond_evidence);
    if space.candidates.is_empty() {
        return Err(SearchError::NoLever.into());
    }
    let layouts = Study::of(scenario).layouts();
    let aims = aims(arguments, &layouts)?;
    if !arguments.quiet {
        tell_given(&space, futures);
    }
    let limits = limits(arguments, scenario)?;
    let plan = plan(arguments, (scenario, futures), &aims);
    let usual = || PathBuf::from("output").join(&scenario.name).join("search");
    let path = arguments.output.clone().unwrap_or_else(usual);
    not_among_inputs(&path, scenario, &arguments.scenario.folder())?;
    if arguments.resume {
        SearchFolder::must_be_begun(&path).map_err(SearchError::from)?;
    }
    let workers = Workers::start(arguments.threads, stop).map_err(SearchError::from)?;
    let inputs = arguments.scenario.folder();
    let files = |scenario: &'s Scenario| Files {
        scenario,
        folder: &inputs,
        set: &arguments.replaced.set,
        until: arguments.replaced.until,
        future: scenario.future.as_ref().map(|future| future.name.as_str()),
    };
    let worlds: Vec<Files<'_>> = std::iter::once(scenario).chain(futures).map(files).collect();
    let judge = Judge { worlds: &worlds, aims: &aims, bounds: &[], workers: &workers };
    let bounds = bounds(&judge, limits, scenario)?;
    let folder = SearchFolder::lock(&path).map_err(SearchError::from)?;
    let begun = begin(&folder, plan, arguments)?;
    let design = Design::of_run(scenario).of_worlds(worlds.len());
    let fresh = design.whole_blocks(begun.replications);
    if arguments.resume && is_finished(&folder, arguments, fresh) {
        progress::message(&format!(
            "the search in `{}` is finished; more `--effort` goes on with it",
            path.display()
        ));
        return Ok(());
    }
    let rules = rules(arguments, (scenario, worlds.len()), &aims);
    let files = worlds[0];
    let judge = Judge { bounds: &bounds, ..judge };
    let course = Course { space: &space, judge, rules: &rules, files };
    let begun = advance(&course, &folder, begun, (arguments, progress))?;
    let found = tell(&course, &begun, (arguments, progress))?;
    if found.is_empty() {
        folder.give_up().map_err(SearchError::from)?;
        return Err(nothing(&course, &begun.state).into());
    }
    let shown = words::Shown { course: &course, aims: &aims, layouts: &layouts, found: &found };
    let state = begun.state.clone();
    write(&folder, &shown, begun, arguments)?;
    if !arguments.quiet {
        console::print(&words::summary(&shown, &state))?;
        let to = inputs.join("policies");
        progress::message(&format!(
            "\ntables and policy files are in {}; copied to {}, a package runs by its name: `yangjae run --policy {}`",
            path.display(),
            to.display(),
            shown.first().map_or("", |found| &found.name)
        ));
    }
    Ok(())
}

/// Says which levers a future gives settings of, whatever their size.
fn tell_given(space: &Space<'_>, futures: &[Scenario]) {
    for future in futures.iter().filter_map(|within| within.future.as_ref()) {
        let is_given = |lever: &String| {
            space.candidates.iter().any(|it| it.name == *lever && it.sizes.len() > 1)
        };
        let given: Vec<&str> =
            future.levers.iter().filter(|lever| is_given(lever)).map(String::as_str).collect();
        if !given.is_empty() {
            progress::message(&format!(
                "in the future `{}` {} has settings of that future in every size",
                future.name,
                given.join(", ")
            ));
        }
    }
}

/// Why nothing was found.
fn nothing(course: &Course<'_>, state: &State) -> SearchError {
    if state.within {
        return SearchError::NothingBetter;
    }
    let Some(excess) = course.nearest(state) else { return SearchError::AllRefused };
    let times = 1.0 + excess;
    // Rounded up, so that a budget of so many times this one is enough.
    let shown = if times < 10.0 {
        grouped((100.0 * times).ceil() / 100.0, 2)
    } else {
        grouped(times.ceil(), 0)
    };
    SearchError::NothingWithin(shown)
}

/// The aims of the command line, or the usual ones.
fn aims(arguments: &Arguments, layouts: &[Layout]) -> Result<Vec<Criterion>, SearchError> {
    if arguments.aims.is_empty() {
        let usual = [Added::EconomicNpv, Added::NetJobs];
        return Ok(usual.map(|added| Criterion::of(Outcome::Added(added))).into());
    }
    let mut found: Vec<Criterion> = Vec::new();
    for text in &arguments.aims {
        let criterion = text.parse::<Criterion>()?.known(layouts)?;
        if found.iter().all(|other| other.name != criterion.name) {
            found.push(criterion);
        }
    }
    Ok(found)
}

fn limits(arguments: &Arguments, scenario: &Scenario) -> Result<Vec<Limit>, SearchError> {
    let yearly = arguments.budget.iter().map(|text| (text, Period::Year, "--budget"));
    let whole = arguments.budget_total.iter().map(|text| (text, Period::Whole, "--budget-total"));
    let read = |(text, period, option): (&String, Period, &'static str)| {
        let limit = Limit::read(text, period, scenario);
        limit.map_err(|error| SearchError::Limit { option, error })
    };
    let limits = yearly.chain(whole).map(read).collect::<Result<Vec<_>, _>>()?;
    let is_yearly = limits.iter().any(|limit| limit.period == Period::Year);
    if limits.is_empty() {
        Err(SearchError::NoBudget)
    } else if is_yearly && first_year_after(scenario.vantage) > scenario.last_year {
        Err(SearchError::NoYears { last: scenario.last_year, vantage: scenario.vantage })
    } else {
        Ok(limits)
    }
}

/// The limits with their amounts: what policies cost that set them is simulated.
fn bounds(
    judge: &Judge<'_>,
    limits: Vec<Limit>,
    scenario: &Scenario,
) -> Result<Vec<Bound>, SearchError> {
    let bound = |limit: Limit| {
        let (amount, like) = match limit.amount {
            Amount::Money(amount) => (amount, None),
            Amount::Of(policy) => {
                let policy = &scenario.policies[policy];
                let spent = judge.spent(policy, &limit, 0..HALVING.ceiling)?;
                if spent <= 0.0 {
                    return Err(SearchError::CostsNothing(policy.name.clone()));
                }
                (spent, Some(policy.clone()))
            }
        };
        Ok(Bound { limit, amount, like })
    };
    limits.into_iter().map(bound).collect()
}

fn rules(
    arguments: &Arguments,
    (scenario, worlds): (&Scenario, usize),
    aims: &[Criterion],
) -> Rules {
    let statistic =
        arguments.confidence.map_or(Statistic::Mean, |sure| Statistic::Quantile(1.0 - sure));
    Rules {
        statistics: vec![statistic; aims.len()],
        cost_counts: aims.len() == 1,
        // The worlds of a replication share its draws.
        design: Design::of_run(scenario).of_worlds(worlds),
        seed: scenario.seed,
    }
}

fn plan(
    arguments: &Arguments,
    (scenario, futures): (&Scenario, &[Scenario]),
    aims: &[Criterion],
) -> SearchPlan {
    let files = futures.iter().flat_map(|future| &future.inputs);
    let files = files.filter(|input| name_of(&input.path).is_some()).cloned();
    let inputs: Vec<InputFile> = scenario.inputs.iter().cloned().chain(files).collect();
    let set = arguments.replaced.set.iter();
    SearchPlan {
        program: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: scenario.name.clone(),
        inputs: manifest::inputs(&inputs),
        seed: scenario.seed,
        set: set.map(|(parameter, value)| format!("{parameter}={value}")).collect(),
        until: arguments.replaced.until,
        budget: arguments.budget.clone(),
        budget_total: arguments.budget_total.clone(),
        aims: aims.iter().map(|aim| aim.name.clone()).collect(),
        futures: futures
            .iter()
            .filter_map(|future| Some(future.future.as_ref()?.name.clone()))
            .collect(),
        confidence: arguments.confidence,
        beyond_evidence: arguments.beyond_evidence,
    }
}

/// The search to go on from: a new one, or that in the folder.
fn begin(
    folder: &SearchFolder,
    plan: SearchPlan,
    arguments: &Arguments,
) -> Result<Begun, SearchError> {
    if arguments.resume {
        let begun = folder.resume(&plan)?;
        let replications = arguments.replications.unwrap_or(begun.replications);
        return Ok(Begun { replications, ..begun });
    }
    folder.begin(arguments.force)?;
    let replications = arguments.replications.unwrap_or(FRESH);
    Ok(Begun { plan, state: State::default(), replications })
}

/// Whether the folder holds what the command line asks for.
fn is_finished(folder: &SearchFolder, arguments: &Arguments, replications: usize) -> bool {
    folder.finished().is_some_and(|search| {
        search.effort == arguments.effort && search.replications == replications
    })
}

/// Searches until the effort is spent, and keeps the state after each generation.
fn advance(
    course: &Course<'_>,
    folder: &SearchFolder,
    mut begun: Begun,
    (arguments, watching): (&Arguments, &dyn Progress),
) -> Result<Begun, SearchError> {
    let shows = !arguments.quiet && !arguments.no_progress;
    if arguments.resume && begun.state.effort >= arguments.effort && !arguments.quiet {
        let spent = begun.state.effort;
        progress::message(&format!(
            "nothing more is searched: {spent} replications of packages are spent already, and `--effort` is {}",
            arguments.effort
        ));
    }
    let mut told = 0;
    let mut tell = |spent: usize| {
        (told..spent).for_each(|_| watching.replication_done());
        told = told.max(spent);
    };
    while begun.state.effort < arguments.effort && !begun.state.exhausted {
        course.step(&mut begun.state)?;
        folder.keep(&begun)?;
        tell(begun.state.effort.min(arguments.effort));
        if shows {
            progress::message(&words::so_far(course, &begun.state, arguments.effort));
        }
    }
    tell(begun.state.effort.min(arguments.effort));
    Ok(begun)
}

/// Evaluates the best anew.
fn tell(
    course: &Course<'_>,
    begun: &Begun,
    (arguments, watching): (&Arguments, &dyn Progress),
) -> Result<Vec<Found>, SearchError> {
    let hidden = arguments.quiet || arguments.no_progress;
    let visibility = if hidden { Visibility::Hidden } else { Visibility::OnTerminal };
    let fresh = course.rules.design.whole_blocks(begun.replications);
    let bar = Bar::new("what was found", u32::try_from(fresh).unwrap_or(u32::MAX), visibility);
    let head = |name: &str, package: &Package| head(course, arguments, name, package);
    let done = || {
        bar.replication_done();
        watching.replication_done();
    };
    Ok(course.found(&begun.state, begun.replications, head, &done)?)
}

/// What stands at the top of the file of a package.
fn head(course: &Course<'_>, arguments: &Arguments, name: &str, package: &Package) -> Head {
    let scenario = course.space.scenario;
    let words = course.space.words(package);
    let mut comment = vec![
        format!("Found by yangjae {}, `{}`,", env!("CARGO_PKG_VERSION"), command(arguments)),
        format!("of the scenario `{}` with the seed {}.", scenario.name, scenario.seed),
    ];
    for (lever, beyond) in course.space.beyond(package) {
        comment.push(format!(
            "Beyond evidence: `{}` of `{lever}` is {}, and evidence reaches to {}: {}.",
            beyond.setting, beyond.value, beyond.limit, beyond.source
        ));
    }
    Head {
        comment,
        title: format!("Package {name}"),
        title_ko: format!("묶음 {name}"),
        description: format!("Beside the baseline: {words}."),
        extends: scenario.policies[scenario.baseline].name.clone(),
    }
}

/// The options that bear on what is found.
fn command(arguments: &Arguments) -> String {
    let mut words = vec!["search".to_owned()];
    let mut add = |option: &str, values: &[String]| {
        words.extend(values.iter().map(|value| format!("{option} \"{value}\"")));
    };
    add("--budget", &arguments.budget);
    add("--budget-total", &arguments.budget_total);
    add("--aim", &arguments.aims);
    add("--future", &arguments.futures);
    let set = arguments.replaced.set.iter().map(|(name, value)| format!("{name}={value}"));
    add("--set", &set.collect::<Vec<_>>());
    words.extend(arguments.confidence.map(|sure| format!("--confidence {sure}")));
    words.extend(arguments.replaced.until.map(|year| format!("--until {year}")));
    words.extend(arguments.beyond_evidence.then(|| "--beyond-evidence".to_owned()));
    words.push(format!("--effort {}", arguments.effort));
    words.join(" ")
}

/// Writes tables, policy files and the manifest, all or none.
fn write(
    folder: &SearchFolder,
    shown: &words::Shown<'_>,
    begun: Begun,
    arguments: &Arguments,
) -> Result<(), SearchError> {
    let scenario = shown.course.space.scenario;
    // What an earlier end of the same search has left.
    folder.clear()?;
    let to = Target::standard(folder.path(), scenario.money);
    let tables = table::files(tables::write(to, shown)?);
    let on_frontier = shown.found.iter().filter(|found| found.is_on_frontier());
    let policies: Vec<(String, String)> =
        on_frontier.map(|found| (found.name.clone(), found.text.clone())).collect();
    let manifest = SearchManifest {
        plan: begun.plan,
        effort: arguments.effort,
        spent: begun.state.effort,
        generations: begun.state.search.generation,
        replications: shown.found.first().map_or(0, |it| shown.course.replications(it)),
        files: Vec::new(),
    };
    Ok(folder.publish(tables, &policies, manifest)?)
}

//! The STRESS-DES checklist, item by item.

use std::fmt::Write as _;

use crate::random::LatinHypercubes;
use crate::report::views::description::markdown::code;
use crate::report::views::description::tables;
use crate::scenario::Distribution;
use crate::scenario::Scenario;
use crate::scenario::future::Future;

/// Part 2.
pub(super) fn part(scenario: &Scenario, futures: &[Future]) -> String {
    let mut text = String::new();
    for (section, items) in [
        ("1 Objectives", objectives(scenario, futures)),
        ("2 Logic", logic()),
        ("3 Data", data(scenario)),
        ("4 Experimentation", experimentation(scenario)),
        ("5 Implementation", implementation(scenario)),
        ("6 Code access", access()),
    ] {
        let _ = writeln!(text, "## {section}\n");
        for (item, body) in items {
            let _ = writeln!(text, "**{item}.** {}\n", body.trim_end());
        }
    }
    text
}

type Items = Vec<(&'static str, String)>;

fn objectives(scenario: &Scenario, futures: &[Future]) -> Items {
    let baseline = &scenario.policies[scenario.baseline].name;
    vec![
        ("1.1 Purpose of the model", format!("{} See ODD 1.", scenario.question)),
        (
            "1.2 Model outputs",
            "Yearly metrics by place (ODD 4), differences between each policy and the baseline with \
             95 % intervals (Student's t on blocks of paired replications), the accounts of additionality, costs \
             and returns as present values, and ratios of means with intervals for the ratio."
                .to_owned(),
        ),
        (
            "1.3 Aims of experimentation",
            format!(
                "Each policy is compared with `{baseline}` in the same replications (common random \
                 numbers). The policies:\n\n{}{}",
                tables::policies(scenario),
                in_futures(futures)
            ),
        ),
    ]
}

/// In which futures policies can be compared; nothing where there is none.
fn in_futures(futures: &[Future]) -> String {
    if futures.is_empty() {
        return String::new();
    }
    format!(
        "\nEach can be run in a future too, the same for all policies and with the same draws \
         (`run --future NAME`):\n\n{}",
        tables::futures(futures)
    )
}

fn logic() -> Items {
    vec![
        (
            "2.1 Base model overview diagram",
            "\n\n```text\n\
             founders ─┐                      ┌─> facility queue ─> tenant ─> alumnus ─┐\n\
             spin-offs ├─> choice of place ───┤                                        ├─> firm in an area ─> failure,\n\
             graduates ┘        │             └─> private market ──────────────────────┘    listing, acquisition\n\
             \x20                  └─> not founding                                             │ wants people, space, capital\n\
             programmes ─> graduates ─> pool of specialists <── matching ──────────────────────┤\n\
             developers ─> floor space <── rent ──────────────────────────────────────────────┤\n\
             climate ─> capital supply <── rationing ─────────────────────────────────────────┘\n\
             ```"
            .to_owned(),
        ),
        ("2.2 Base model logic", "See ODD 3 (order of the year) and ODD 7 (submodels).".to_owned()),
        (
            "2.3 Scenario logic",
            format!(
                "A policy is a set of levers; it changes nothing else, unless it sets parameters of its own. \
                 Kinds of lever and where they act:\n\n{}",
                tables::levers()
            ),
        ),
        (
            "2.4 Algorithms",
            "Choice by random utility; admission by rank, date or lot; failure by running down a unit \
             exponential; growth by Laplace shocks; hires by a matching function and rounding; capital by \
             smooth rationing. Equations in ODD 7."
                .to_owned(),
        ),
        ("2.5.1 Entities", "See ODD 2.".to_owned()),
        (
            "2.5.2 Activities",
            "Founding, applying, moving, finishing a programme, hiring, closing a round, building; all \
             dated, none takes time but tenancies, programmes and buildings, which end on the calendar."
                .to_owned(),
        ),
        (
            "2.5.3 Resources",
            "Places of facilities, floor space, specialists, capital, budgets of levers, homes.".to_owned(),
        ),
        (
            "2.5.4 Queues",
            "Applicants wait for the next recruitment day of a facility (ranked or lottery) or are \
             served in the order of dates (first-come); vacancies are filled in the order of hiring days; \
             funds, vouchers and subsidies are given in the order of dates. Nobody waits beyond the year."
                .to_owned(),
        ),
        (
            "2.5.5 Entry and exit points",
            "Entry: independent founders, spin-offs, graduates, new institutes, inflow of specialists. \
             Exit: not founding, failure, closure, leaving the city, giving up the search."
                .to_owned(),
        ),
    ]
}

fn data(scenario: &Scenario) -> Items {
    let count = |wanted: &str| {
        scenario.parameters.iter().filter(|parameter| parameter.evidence.name() == wanted).count()
    };
    let [seen, derived, recalled, judgement] =
        ["seen", "derived", "recalled", "judgement"].map(count);
    vec![
        (
            "3.1 Data sources",
            format!(
                "Each parameter, lever and observed figure names its source (ODD 1, 6 and 7). Of {} \
                 parameters {seen} were read in their source, {derived} computed from what was read, \
                 {recalled} remembered and {judgement} are judgement; `yangjae check --sources` lists the \
                 last two kinds.",
                scenario.parameters.len()
            ),
        ),
        (
            "3.2 Pre-processing",
            "Money is deflated to the base year; the climate is the deflated series over its trend; \
             figures to a cut-off within a year are raised to its end, as `observed.csv` says row by row."
                .to_owned(),
        ),
        ("3.3 Input parameters", "See ODD 7: value, uncertainty, evidence and source of each.".to_owned()),
        ("3.4 Assumptions", "See ODD 4 and part 3.".to_owned()),
    ]
}

fn experimentation(scenario: &Scenario) -> Items {
    let years = scenario.years();
    let fixed = |distribution: Distribution| distribution == Distribution::Fixed;
    let vary =
        scenario.parameters.iter().filter(|parameter| !fixed(parameter.distribution)).count();
    let uncertainty = if scenario.parameters_vary {
        let fitted = scenario.parameters.iter().filter(|parameter| parameter.free).count();
        let posterior = if scenario.posterior.is_some() {
            format!(", of which {fitted} take draws of the posterior")
        } else {
            String::new()
        };
        format!("{vary} parameters vary over replications{posterior}")
    } else {
        "parameters are held at their values".to_owned()
    };
    vec![
        (
            "4.1 Initialisation",
            "Terminating simulation from the state of ODD 5; no warm-up is taken out, as the simulation \
             itself is of interest."
                .to_owned(),
        ),
        ("4.2 Run length", format!("{} to {}.", years.start(), years.end())),
        (
            "4.3 Estimation approach",
            format!(
                "{} replications by default; {uncertainty}. Means with Student's t intervals \
                 by blocks over which parameters are spread evenly; paired \
                 differences; quantiles of type 7. `yangjae validate` gives coverage and CRPS against \
                 the record and naive forecasts, `yangjae calibrate` the posterior.",
                scenario.replications
            ),
        ),
    ]
}

fn implementation(scenario: &Scenario) -> Items {
    vec![
        (
            "5.1 Software or programming language",
            "yangjae, written in Rust (edition 2024); the versions of all libraries are fixed in \
             `Cargo.lock`."
                .to_owned(),
        ),
        (
            "5.2 Random sampling",
            format!(
                "Counter-based: a keyed mixer of 64 bits gives the uniform number of (seed, replication, \
                 entity, year, purpose), every variate by inversion of one; parameters by \
                 replicated Latin hypercubes of {} replications. Seed of this scenario: {}.",
                LatinHypercubes::BLOCK,
                scenario.seed
            ),
        ),
        (
            "5.3 Model execution",
            "Yearly phases with dated events inside each, handled from a sorted agenda and a heap for \
             what arises within the year. Replications run in parallel; results are the same bits on any \
             number of threads, whole or in parts, as elementary functions are the program's own."
                .to_owned(),
        ),
        (
            "5.4 System specification",
            "Any machine for which Rust compiles; some tens of MiB of memory a thread.".to_owned(),
        ),
    ]
}

fn access() -> Items {
    vec![(
        "6.1 Computer model sharing statement",
        format!(
            "The program, this scenario and its tests are in one repository under the MIT licence; \
             {} repeats the closed-form checks, {} this description.",
            code("yangjae selftest"),
            code("yangjae describe")
        ),
    )]
}

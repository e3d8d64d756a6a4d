//! The seven elements of ODD.

use std::fmt::Write as _;

use crate::model::id::Origin;
use crate::policy::lever::LeverKind;
use crate::report::description::markdown::code;
use crate::report::description::markdown::table;
use crate::report::description::tables;
use crate::scenario::Scenario;
use crate::scenario::parameter::PARAMETERS;
use crate::scenario::parameter::number;
use crate::time::Phase;

/// The text that describes a phase, kept beside its code.
const fn about(phase: Phase) -> &'static str {
    match phase {
        Phase::Policy => include_str!("../../model/phases/policy.md"),
        Phase::Intake => include_str!("../../model/phases/intake.md"),
        Phase::Graduation => include_str!("../../model/phases/graduation.md"),
        Phase::Jobs => include_str!("../../model/phases/jobs.md"),
        Phase::Investment => include_str!("../../model/phases/investment.md"),
        Phase::Accounts => include_str!("../../model/phases/accounts.md"),
    }
}

/// What a phase does, in a sentence.
const fn does(phase: Phase) -> &'static str {
    match phase {
        Phase::Policy => {
            "calendar events take effect: buildings are completed, facilities and homes open, designations are decided"
        }
        Phase::Intake => {
            "founders appear, choose a place or apply to facilities; tenancies end; firms reconsider where they are"
        }
        Phase::Graduation => "cohorts finish, found firms, stay in reach or leave",
        Phase::Jobs => {
            "firms fail or survive, use services, plan headcount and open vacancies; specialists are matched; homes are let"
        }
        Phase::Investment => {
            "rounds close, public money co-invests, capital is rationed, firms list or are acquired"
        }
        Phase::Accounts => {
            "sales are booked, space and rent clear for next year, developers begin buildings, costs and returns are booked"
        }
    }
}

/// Part 1.
pub(super) fn part(scenario: &Scenario) -> String {
    let mut text = String::new();
    let mut section = |title: &str, body: &str| {
        let _ = writeln!(text, "## {title}\n\n{}\n", body.trim_end());
    };
    section("1 Purpose and patterns", &purpose(scenario));
    section("2 Entities, state variables and scales", &entities(scenario));
    section("3 Process overview and scheduling", &overview());
    section("4 Design concepts", &concepts());
    section("5 Initialisation", &initialisation(scenario));
    section("6 Input data", &input(scenario));
    section("7 Submodels", &submodels(scenario));
    text
}

fn purpose(scenario: &Scenario) -> String {
    format!(
        "The question of this scenario: *{}*\n\n{}\nFacts about firms that nothing is fitted to:\n\n{}\
         Figures observed:\n\n{}",
        scenario.question,
        include_str!("../../model/about/purpose.md"),
        tables::facts(),
        tables::observed(scenario),
    )
}

fn entities(scenario: &Scenario) -> String {
    let rows = [
        ("area", "floor space for firms, buildings under way, rent, occupancy, jobs, designation in force"),
        ("facility", "area, places by date, tenants, opening day, longest tenancy, room, rent ratio, services, cost"),
        ("startup", "founding day, origin, sector, quality, area, facility and end of tenancy, past facilities, specialists and others, rounds closed, money raised, year of last round, status (independent, listed, acquired), output a head, levers that have served it, a fund's stake"),
        ("institute, laboratory", "as a startup, with slower dynamics of its own; source of spin-offs; a laboratory has a site with a limit"),
        ("programme", "degree, intake by date, length, cost, share of new places"),
        ("specialist pool", "people of the whole city looking for specialist work; vacancies per seeker"),
        ("homes", "public homes, homes let"),
        ("market", "investment climate, capital supply"),
        ("city", "budget, cost and return by item and payer"),
    ]
    .map(|(entity, state)| [entity.to_owned(), state.to_owned()]);
    let origins: Vec<&str> = Origin::ALL.iter().map(|origin| origin.name()).collect();
    let years = scenario.years();
    format!(
        "{}Origins of firms: {}. A firm is named by year of birth, origin, parent and index, never by a \
         running number, so that it is the same firm under every policy. Firms *elsewhere* in the city \
         are simulated like those of the district, without the district's effects: without them no one \
         can tell a job created from a job moved.\n\n\
         *Scales.* {} to {}, in years of 365 days; within a year every change is an event with a day. \
         Space is three areas (below) within one commuting zone. Money is in million KRW at constant \
         prices of {}; money in the ledger is whole million won, space whole m², people whole people.\n\n\
         Everything that can happen, and is remembered in the ledger:\n\n{}",
        table(["entity", "state"], &rows),
        origins.join(", "),
        years.start(),
        years.end(),
        scenario.base_year,
        tables::events(),
    )
}

fn overview() -> String {
    let rows = Phase::ALL.map(|phase| {
        let kinds: Vec<String> = LeverKind::ALL
            .iter()
            .map(|kind| kind.spec())
            .filter(|spec| spec.acts_in == phase)
            .map(|spec| code(spec.name))
            .collect();
        let parameters = PARAMETERS.iter().filter(|spec| spec.acts_in == phase).count();
        [phase.name().to_owned(), does(phase).to_owned(), kinds.join(", "), parameters.to_string()]
    });
    let phases =
        table(["phase", "what happens", "levers that act first here", "parameters"], &rows);
    format!(
        "Each year runs the phases in this order:\n\n{phases}\
         A phase sees the year as the phases before it left it. Inside a phase events are handled in \
         the order of their days; ties go by the firm's name, and tenancies end before others decide on \
         the same day. The calendar carries events across years: an enrolment graduates, a building is \
         completed after its lag, a tenancy ends, a designation is decided on a random day. Graduates \
         of a year who found a firm enter with next year's intake; choices of place use rents and jobs \
         of 1 January; a new firm does not grow in the calendar year of its founding.\n\n\
         After each year the accounts must close to the last unit: stock at the end = stock at the start \
         + inflows − outflows, for firms, jobs, specialists, tenants, the pool, homes, floor space and \
         money raised; and, between policy and baseline, gross = deadweight + relocated + created, net \
         in the city = created + created outside − lost + spillover − displaced = Σ of the differences \
         of headcount. A history that breaks one stops the run with policy, replication, year and firm."
    )
}

fn concepts() -> String {
    format!(
        "{}\nDraws by purpose:\n\n{}\nMetrics:\n\n{}",
        include_str!("../../model/about/concepts.md"),
        tables::purposes(),
        tables::metrics(),
    )
}

fn initialisation(scenario: &Scenario) -> String {
    let start = &scenario.district;
    let areas: Vec<[String; 5]> = start
        .areas
        .iter()
        .map(|area| {
            let space = area.floor_space.map_or_else(|| "no limit".to_owned(), |m2| m2.to_string());
            [
                code(area.area.name()),
                area.title_en.clone(),
                number(area.land),
                space,
                format!(
                    "{} / {}",
                    area.floor_space.map_or_else(|| "–".to_owned(), |_| number(area.sector_share)),
                    if area.rent > 0.0 { number(area.rent) } else { "–".to_owned() },
                ),
            ]
        })
        .collect();
    let mut firms: Vec<[String; 5]> = Vec::new();
    for group in &start.startups {
        firms.push([
            "startups".to_owned(),
            group.area.name().to_owned(),
            group.count.to_string(),
            format!("{} to {}", group.age_minimum, group.age_maximum),
            format!("{}, {}", number(group.headcount_mean), number(group.headcount_spread)),
        ]);
    }
    for group in &start.institutes {
        firms.push([
            "institutes".to_owned(),
            group.area.name().to_owned(),
            group.count.to_string(),
            String::new(),
            format!("{}, {}", number(group.headcount_mean), number(group.headcount_spread)),
        ]);
    }
    for laboratory in &start.laboratories {
        firms.push([
            laboratory.name.clone(),
            laboratory.area.name().to_owned(),
            "1".to_owned(),
            String::new(),
            laboratory.headcount.to_string(),
        ]);
    }
    format!(
        "{}\n{}{}Specialists in the pool: {}. Sources of these figures stand beside them in \
         `district.toml`.",
        include_str!("../../model/about/initialisation.md"),
        table(
            [
                "area",
                "title",
                "land [km²]",
                "floor space [m²]",
                "sector's share / rent [KRW m/(m² year)]"
            ],
            &areas
        ),
        table(["who", "area", "count", "ages", "headcount: mean, spread of its log"], &firms),
        start.pool,
    )
}

fn input(scenario: &Scenario) -> String {
    let climate: Vec<[String; 3]> = scenario
        .district
        .climate
        .iter()
        .map(|known| {
            let used =
                if known.year <= scenario.vantage.year { "data" } else { "for validation only" };
            [known.year.to_string(), number(known.index), used.to_owned()]
        })
        .collect();
    format!(
        "*Climate.* National new venture investment, deflated and over its trend. What was known on the \
         vantage date, {}, is data in every policy; what came later is chance.\n\n{}\
         *Levers.* Places of facilities, intakes of programmes, dates of openings and designations are \
         series of the policies; each lever as it is written first (`levers.csv` of a run lists every \
         setting of every policy):\n\n{}",
        scenario.vantage,
        table(["year", "index", "use"], &climate),
        tables::sources_of_levers(scenario),
    )
}

fn submodels(scenario: &Scenario) -> String {
    let mut text = String::new();
    for (index, phase) in Phase::ALL.into_iter().enumerate() {
        let _ = writeln!(
            text,
            "### 7.{} {}\n\n{}\n{}",
            index + 1,
            title(phase),
            about(phase),
            tables::parameters(scenario, phase)
        );
    }
    text
}

const fn title(phase: Phase) -> &'static str {
    match phase {
        Phase::Policy => "Policy: climate and calendar",
        Phase::Intake => "Intake: who founds, and where",
        Phase::Graduation => "Graduation",
        Phase::Jobs => "Jobs: failure, growth, hiring",
        Phase::Investment => "Investment: rounds, capital, listings",
        Phase::Accounts => "Accounts: space, rent, sales, costs and returns",
    }
}

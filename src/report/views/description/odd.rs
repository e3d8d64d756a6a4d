//! The seven elements of ODD.

use std::fmt::Write as _;

use crate::model::effect;
use crate::model::id::Origin;
use crate::policy::levers::LeverKind;
use crate::report::views::description::markdown::code;
use crate::report::views::description::markdown::table;
use crate::report::views::description::model_page;
use crate::report::views::description::tables;
use crate::scenario::Scenario;
use crate::scenario::parameter::Register;
use crate::scenario::parameter::number;
use crate::time::Phase;

/// The sections of the page of the model that describe a phase.
const fn about(phase: Phase) -> &'static [&'static str] {
    match phase {
        Phase::Policy => &["6.1"],
        Phase::Intake => &["6.2"],
        Phase::Graduation => &["6.3"],
        Phase::Jobs => &["6.4"],
        Phase::Investment => &["6.5"],
        Phase::Accounts => &["6.6", "6.7", "6.8"],
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
    section("3 Process overview and scheduling", &overview(&scenario.register));
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
        model_page::text("1"),
        tables::facts(),
        tables::observed(scenario),
    )
}

fn entities(scenario: &Scenario) -> String {
    let origins: Vec<&str> = Origin::ALL.iter().map(|origin| origin.name()).collect();
    let years = scenario.years();
    format!(
        "{}\nOrigins of firms: {}. A firm is named by year of birth, origin, parent and index, never by a \
         running number, so that it is the same firm under every policy. Firms *elsewhere* in the city \
         are simulated like those of the district, without the district's effects: without them no one \
         can tell a job created from a job moved.\n\n\
         *Scales.* {} to {}, in years of 365 days; within a year every change is an event with a day. \
         Space is {} areas (below) within one commuting zone. Money is in {{money}} at constant \
         prices of {}; money in the ledger is whole {{money}}, space whole m², people whole people.\n\n\
         Everything that can happen, and is remembered in the ledger:\n\n{}",
        model_page::text("2"),
        origins.join(", "),
        years.start(),
        years.end(),
        scenario.district.areas.all().len(),
        scenario.base_year,
        tables::events(),
    )
}

fn overview(register: &Register) -> String {
    let rows = Phase::ALL.map(|phase| {
        let kinds: Vec<String> = LeverKind::ALL
            .iter()
            .filter(|&&kind| effect::acts_in(kind) == phase)
            .map(|kind| code(kind.spec().name))
            .collect();
        let parameters = register.iter().filter(|spec| spec.acts_in == phase).count();
        [phase.name().to_owned(), does(phase).to_owned(), kinds.join(", "), parameters.to_string()]
    });
    let phases =
        table(["phase", "what happens", "levers that act first here", "parameters"], &rows);
    format!(
        "Each year runs the phases in this order:\n\n{phases}{}",
        model_page::text("3").trim_end()
    )
}

fn concepts() -> String {
    format!(
        "{}\nDraws by purpose:\n\n{}\nMetrics:\n\n{}**What counts as an effect.** {}",
        model_page::text("4"),
        tables::purposes(),
        tables::metrics(),
        model_page::text("7.1"),
    )
}

fn initialisation(scenario: &Scenario) -> String {
    let start = &scenario.district;
    let areas: Vec<[String; 5]> = start
        .areas
        .list()
        .iter()
        .map(|area| {
            let space = area.floor_space.map_or_else(|| "no limit".to_owned(), |m2| m2.to_string());
            [
                code(&area.name),
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
            start.areas.name(group.area).to_owned(),
            group.count.to_string(),
            format!("{} to {}", group.age_minimum, group.age_maximum),
            format!("{}, {}", number(group.headcount_mean), number(group.headcount_spread)),
        ]);
    }
    for group in &start.institutes {
        firms.push([
            "institutes".to_owned(),
            start.areas.name(group.area).to_owned(),
            group.count.to_string(),
            String::new(),
            format!("{}, {}", number(group.headcount_mean), number(group.headcount_spread)),
        ]);
    }
    for laboratory in &start.laboratories {
        firms.push([
            laboratory.name.clone(),
            start.areas.name(laboratory.area).to_owned(),
            "1".to_owned(),
            String::new(),
            laboratory.headcount.to_string(),
        ]);
    }
    format!(
        "{}\n{}{}Specialists in the pool: {}. Sources of these figures stand beside them in \
         `district.toml`.",
        model_page::text("5"),
        table(
            [
                "area",
                "title",
                "land [km²]",
                "floor space [m²]",
                "sector's share / rent [{money}/(m² year)]"
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
    let mut index = 0;
    for phase in Phase::ALL {
        for section in about(phase) {
            index += 1;
            let (title, body) = (model_page::title(section), model_page::text(section));
            let _ = writeln!(text, "### 7.{index} {title}\n\n{}\n", body.trim_end());
        }
        let _ = writeln!(text, "{}", tables::parameters(scenario, phase));
    }
    text
}

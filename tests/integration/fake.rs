//! A model that is quick and known: every value is a fixed function of replication, series, year.

use std::convert::Infallible;
use yangjae::scenario::titles::Titles;

use yangjae::analysis::additionality::Note;
use yangjae::analysis::layout::Layout;
use yangjae::analysis::layout::Series;
use yangjae::analysis::layout::Table;
use yangjae::experiment::block::RunShape;
use yangjae::experiment::fingerprint::Fingerprint;
use yangjae::pipeline::engine::Engine;
use yangjae::policy::area::Area;
use yangjae::policy::levers::Levers;
use yangjae::policy::payer::Payer;
use yangjae::policy::sector::Sector;
use yangjae::report::tables::events::EventRow;
use yangjae::scenario::InputFile;
use yangjae::scenario::Outputs;
use yangjae::scenario::Policy;
use yangjae::scenario::Scenario;
use yangjae::scenario::appraisal::AppraisalChoice;
use yangjae::scenario::district::AreaStart;
use yangjae::scenario::district::Areas;
use yangjae::scenario::district::DistrictFile;
use yangjae::scenario::district::SectorStart;
use yangjae::scenario::district::Sectors;
use yangjae::scenario::money::Money;
use yangjae::scenario::names::Names;
use yangjae::scenario::parameter::Register;
use yangjae::scenario::parameter_spec::Members;
use yangjae::scenario::payers::PayerStart;
use yangjae::scenario::payers::Payers;
use yangjae::time::Date;
use yangjae::time::Phase;

pub(crate) const YEARS: [u16; 3] = [2024, 2025, 2026];

/// The policies `baseline`, `same` (equal to it), `more` (more jobs) and `no-hub` (no facility).
pub(crate) struct Fake {
    pub(crate) policies: Vec<String>,
    pub(crate) seed: u64,
}

impl Fake {
    pub(crate) fn of(scenario: &Scenario) -> Self {
        let policies = scenario.policies.iter().map(|policy| policy.name.clone()).collect();
        Self { policies, seed: scenario.seed }
    }

    pub(crate) fn named(policies: &[&str]) -> Self {
        Self { policies: policies.iter().map(|&name| name.to_owned()).collect(), seed: 1 }
    }

    pub(crate) fn shape(&self) -> RunShape {
        RunShape {
            fingerprint: Fingerprint::of(b"fake"),
            years: YEARS.len(),
            policies: self.layouts().iter().map(Layout::shape).collect(),
        }
    }

    pub(crate) fn values(&self, replication: u32) -> Vec<Vec<f64>> {
        let of_policy = |layout: Layout| {
            layout
                .series
                .iter()
                .flat_map(|series| {
                    YEARS.map(|year| self.value(&layout.policy, series, year, replication))
                })
                .collect()
        };
        self.layouts().into_iter().map(of_policy).collect()
    }

    fn value(&self, policy: &str, series: &Series, year: u16, replication: u32) -> f64 {
        let address =
            [self.seed, u64::from(replication), u64::from(year), series.name.len() as u64];
        let chance = address.into_iter().fold(0, |hash, word| scramble(hash ^ word));
        let chance = f64::from(u32::try_from(chance % 1_000).unwrap());
        let growth = 100.0 * f64::from(year - YEARS[0]);
        let gain = if policy == "more" { growth + chance / 2.0 } else { 0.0 };
        match (series.table, series.whole) {
            (Table::Metric, true) => (5_000.0 + growth + chance + gain).floor(),
            (Table::Metric, false) => 0.5 + chance / 7_000.0,
            (Table::Additionality, _) => gain.floor(),
            (Table::Cash, _) => chance / 3.0,
            (Table::Group, _) => chance,
        }
    }
}

fn scramble(word: u64) -> u64 {
    let mut word = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

fn series(
    table: Table,
    name: &'static str,
    place: &str,
    unit: &'static str,
    whole: bool,
) -> Series {
    Series { table, name, place: place.to_owned(), unit, whole }
}

impl Engine for Fake {
    type Workspace = ();
    type Error = Infallible;

    fn layouts(&self) -> Vec<Layout> {
        let of_policy = |policy: &String| {
            let mut list = vec![
                series(Table::Metric, "jobs", "district", "persons", true),
                series(Table::Metric, "rent", "district", "KRW m/m2", false),
                series(Table::Metric, "jobs", "city", "persons", true),
            ];
            if policy != "no-hub" {
                list.push(series(Table::Metric, "tenants", "hub", "firms", true));
                list.push(series(Table::Metric, "occupancy", "hub", "1", false));
            }
            if policy == "more" {
                list.push(series(Table::Additionality, "net_city", "jobs", "persons", true));
            }
            list.push(series(Table::Cash, "construction", "city", "KRW m", false));
            Layout { policy: policy.clone(), years: YEARS.to_vec(), series: list }
        };
        self.policies.iter().map(of_policy).collect()
    }

    fn workspace(&self) {}

    fn simulate(&self, replication: u32, (): &mut ()) -> Result<Vec<Vec<f64>>, Infallible> {
        Ok(self.values(replication))
    }

    fn events(
        &self,
        policy: usize,
        replication: u32,
        (): &mut (),
    ) -> Result<Vec<EventRow>, Infallible> {
        Ok(vec![EventRow {
            policy: self.policies[policy].clone(),
            replication,
            year: YEARS[0],
            day: Some(60),
            phase: Phase::Intake,
            event: "founded",
            entity: "startup 2024/0".to_owned(),
            population: "startups",
            sector: "ai".to_owned(),
            place: "elsewhere".to_owned(),
            amount: Some(3.0),
            cause: String::new(),
        }])
    }

    fn notes(&self) -> Vec<Note> {
        let text = "roles swapped".to_owned();
        vec![Note { policy: "no-hub".to_owned(), measure: Some("jobs"), term: None, text }]
    }
}

fn payers() -> Payers {
    let payer = |(place, name): (usize, &str)| PayerStart {
        payer: Payer::new(place as u8, name != "private"),
        name: name.to_owned(),
        title_en: name.to_owned(),
        title_ko: name.to_owned(),
    };
    let list = ["city", "state", "district-office", "private"]
        .into_iter()
        .enumerate()
        .map(payer)
        .collect();
    Payers::new(list, [Payer::new(0, true); 5]).unwrap()
}

pub(crate) fn scenario(policies: &[&str], replications: u32) -> Scenario {
    let area = |(number, name): (u8, &str)| AreaStart {
        area: Area::new(number, number < 3),
        neighbours: Vec::new(),
        name: name.to_owned(),
        title_en: String::new(),
        title_ko: String::new(),
        titles: Titles::default(),
        land: 1.0,
        floor_space: None,
        sector_share: 0.5,
        rent: 0.2,
    };
    let policy = |name: &&str| Policy {
        name: (*name).to_owned(),
        title_en: String::new(),
        title_ko: String::new(),
        titles: Titles::default(),
        description: String::new(),
        extends: Vec::new(),
        plan: Levers::default(),
        written: Vec::new(),
        adjustments: Vec::new(),
        counterfactual: false,
        inert: 0,
    };
    let areas = [(1, "special-zone"), (2, "promotion-district"), (3, "elsewhere")];
    Scenario {
        name: "fake".to_owned(),
        title_en: "A district that is not".to_owned(),
        title_ko: "없는 지구".to_owned(),
        titles: Titles::default(),
        question: "What does nothing add?".to_owned(),
        question_ko: String::new(),
        questions: Titles::default(),
        languages: Vec::new(),
        money: Money::of_currency("KRW").unwrap(),
        names: Names {
            city_en: "Nowhere".to_owned(),
            city_ko: "없는시".to_owned(),
            cities: Titles::default(),
            district_en: "A district".to_owned(),
            district_ko: "지구".to_owned(),
            districts: Titles::default(),
        },
        first_year: YEARS[0],
        last_year: YEARS[2],
        vantage: Date::new_year(YEARS[0]),
        base_year: YEARS[0],
        seed: 1,
        replications,
        outputs: Outputs::default(),
        appraisal: AppraisalChoice::default(),
        payers: payers(),
        parameters_vary: false,
        actual_policy: "baseline".to_owned(),
        actual_policy_stated: false,
        is_part: false,
        baseline: policies.iter().position(|&name| name == "baseline").unwrap(),
        policies: policies.iter().map(policy).collect(),
        reference_year: YEARS[0],
        capital_early_until: YEARS[2],
        register: Register::of(&Members::default(), None, |_| false),
        parameters: Vec::new(),
        parameters_from: None,
        posterior: None,
        district: DistrictFile {
            areas: Areas::new(areas.map(area).to_vec(), Area::new(3, false)).unwrap(),
            sectors: Sectors::new(vec![SectorStart {
                sector: Sector::new(1),
                name: "all".to_owned(),
                title_en: String::new(),
                title_ko: String::new(),
                titles: Titles::default(),
            }])
            .unwrap(),
            regimes: Vec::new(),
            synergies: Vec::new(),
            startups: Vec::new(),
            institutes: Vec::new(),
            laboratories: Vec::new(),
            pool: 0,
            climate: Vec::new(),
        },
        observed: Vec::new(),
        inputs: vec![InputFile { path: "policies/baseline.toml".to_owned(), bytes: b"#".to_vec() }],
        set: Vec::new(),
        not_read: Vec::new(),
        future: None,
        lever_names: Vec::new(),
    }
}

//! What the register says of each lever is what the model does: it moves the metrics that its
//! mechanism names in the direction that it names, it books the costs that it names, none of it is
//! none at all, and more of it takes no potential firm away.

use std::collections::BTreeSet;

use yangjae::analysis::layout::Layout;
use yangjae::analysis::layout::Table;
use yangjae::analysis::metrics::METRICS;
use yangjae::analysis::statistics::Moments;
use yangjae::analysis::story::Lives;
use yangjae::analysis::study::Study;
use yangjae::analysis::study::Workspace;
use yangjae::model::id::FirmId;
use yangjae::model::id::Origin;
use yangjae::model::ledger::cash::CashItem;
use yangjae::model::ledger::event::EventKind;
use yangjae::pipeline::study::member;
use yangjae::policy::effect::On;
use yangjae::policy::effect::size_parameter;
use yangjae::policy::levers::LeverKind;
use yangjae::scenario::parameter::Register;
use yangjae::scenario::parameter::unit_of_family;
use yangjae::scenario::parameter_spec::ParameterSpec;

use crate::fixture::Folder;

const BUILDING: &str = "construction = 900\nland = 300\nopening = 2019-01-01\noperation = 50\n";
const SERVICE: &str = "scope = \"district\"\nreach = 0.9\ncost_per_firm = 5\n";

/// Settings of a lever of each kind, of a size that shows.
pub(crate) fn settings(kind: LeverKind) -> String {
    let own = match kind {
        LeverKind::Facility => {
            "area = \"special-zone\"\nplaces = 40\ntenancy = 4\nroom = 30\nrent_ratio = 0.25\n\
             admission = \"ranked\"\nrecruitment_days = [60, 240]\nawareness_factor = 3\n\
             extra_value = 1\nservices = 2\nlongest_age = 9\ngraduates = true\nfloor_space = 20000\n\
             service_cost = 15\n"
        }
        LeverKind::Designation => {
            "area = \"special-zone\"\nregime = \"special-zone\"\ndecision = 2018-02-01\n\
             delay_mean = 0\nrefusal = 0\nshare = 1\nplot_ratio = 3\nacquisition_relief = 1\n\
             property_relief = 1\nreview_exempt = true\npriority_examination = true\nloans = 1\n\
             loan_cost = 100\nadministration = 20\n"
        }
        LeverKind::Programme => {
            "degree = \"master\"\nintake = 60\nlength = 1\nnew_share = 1\nlinkage = true\n\
             tuition = 10\n"
        }
        LeverKind::Homes => "units = 150\nrent = 6\n",
        LeverKind::MatchingFund => {
            "budget = 60000\nshare = 0.3\nstages = [\"seed\", \"a\", \"b\"]\nreach = \"city\"\n\
             recycling = 0.5\nadministration = 20\n"
        }
        LeverKind::RentVoucher => {
            "area = \"special-zone\"\nshare = 0.9\nduration = 8\nlongest_age = 7\nvouchers = 100\n"
        }
        LeverKind::WageSubsidy => "share = 0.5\nbudget = 5000\nlongest_age = 20\n",
        LeverKind::ResearchGrant => {
            "grants = 60\namount = 100\nlongest_age = 20\nselection = \"ranked\"\n"
        }
        LeverKind::Institutes => {
            "area = \"special-zone\"\nform = \"private\"\ninstitutes = 8\nheadcount = 40\n\
             from_city = 0.5\n"
        }
        LeverKind::JointProjects
        | LeverKind::Testbed
        | LeverKind::PrototypeSupport
        | LeverKind::DataCentre => SERVICE,
        LeverKind::Instrument => {
            "population = \"startups\"\nareas = \"district\"\nreach = 0.9\npause = 1\neach = 5\ntransfer_share = 0.5\n\
             yearly = 20\nconstruction = 900\nopening = 2019-01-01\neffects = [{ on = \"growth\", after = 1, lasts = 2, fades = 1, per = 1, \
             saturation = 1 }, { on = \"exit\" }]\n"
        }
        LeverKind::ExperienceCentre => "",
    };
    let builds = kind.spec().settings.iter().any(|setting| setting.name == "land");
    format!(
        "kind = \"{}\"\nfrom = 2018-01-01\npayer = \"city\"\nsource = \"test\"\n{}{own}",
        kind.spec().name,
        if builds { BUILDING } else { "" },
    )
}

/// The size of an effect of an instrument, as `parameters.toml` has it.
pub(crate) fn effect(on: On, lever: &str, size: f64) -> String {
    let name = size_parameter(on, lever);
    let unit = unit_of_family(&format!("effect_{}", on.name()));
    format!(
        "{name} = {{ value = {size:?}, unit = \"{unit}\", range = [{size:?}, {size:?}], \
         distribution = \"fixed\", evidence = \"judgement\", source = \"test\" }}\n"
    )
}

/// The sizes of the effects of all instruments of a policy's text.
pub(crate) fn effects(text: &str, size: f64) -> String {
    let levers = text.split("[levers.").skip(1).filter(|it| it.contains("\"instrument\""));
    let of = |lever: &str| -> String {
        let name = lever.split(']').next().unwrap_or("");
        let has = |on: &On| lever.contains(&format!("on = \"{}\"", on.name()));
        On::ALL.into_iter().filter(has).map(|on| effect(on, name, size)).collect()
    };
    levers.map(of).collect()
}

/// A city of about a hundred and fifty firms over eight years; `extra` are lever tables of policy
/// and baseline alike.
pub(crate) fn folder(lever: &str, extra: &str) -> Folder {
    let folder = Folder::new();
    for (find, replace) in [
        ("count = 120", "count = 40"),
        ("count = 40", "count = 15"),
        ("count = 600", "count = 80"),
        ("pool = 750", "pool = 120"),
        ("floor_space = 350000", "floor_space = 60000"),
    ] {
        folder.change("district.toml", find, replace);
    }
    folder.change("scenario.toml", "last_year = 2030", "last_year = 2025");
    folder.change("scenario.toml", "parameters_vary = true", "parameters_vary = false");
    let sizes = [effects(lever, 0.3), effects(extra, 0.3)];
    folder.append("parameters.toml", &sizes[0]);
    if sizes[1] != sizes[0] {
        folder.append("parameters.toml", &sizes[1]);
    }
    folder.append("policies/baseline.toml", extra);
    folder.write(
        "policies/policy.toml",
        format!("title = \"P\"\ndescription = \"P\"\nextends = \"baseline\"\n{lever}"),
    );
    folder
}

pub(crate) struct Outcome {
    pub(crate) layouts: Vec<Layout>,
    /// For each replication the values of baseline and policy.
    pub(crate) values: Vec<Vec<Vec<f64>>>,
    pub(crate) study: Study,
}

pub(crate) fn simulate(folder: &Folder, replications: u32) -> Outcome {
    simulate_with(folder, &[], replications)
}

/// The same with further parameters set, in place of the usual ones where they have the same name.
pub(crate) fn simulate_with(folder: &Folder, set: &[(&str, &str)], replications: u32) -> Outcome {
    let usual = [("founder_rate", "60"), ("institute_rate", "2"), ("pool_inflow", "60")];
    let usual = usual.iter().filter(|(name, _)| set.iter().all(|(other, _)| other != name));
    let set = usual.chain(set).map(|&(name, value)| (name.to_owned(), value.to_owned()));
    let set: Vec<(String, String)> = set.collect();
    let scenario = yangjae::scenario::Scenario::loader(&folder.path).set_all(&set).load();
    let scenario = scenario.unwrap_or_else(|problems| panic!("{problems}"));
    let named = |name| scenario.policies.iter().find(|policy| policy.name == name).unwrap();
    let study = Study::new(&scenario, vec![member(named("policy"))], member(named("baseline")));
    let mut workspace = Workspace::default();
    let values = (0..replications).map(|r| study.replicate(r, &mut workspace).unwrap()).collect();
    Outcome { layouts: study.layouts(), values, study }
}

impl Outcome {
    /// A metric of the baseline, summed over years and replications.
    pub(crate) fn totals(&self, metric: &str, place: &str) -> f64 {
        let series = self.layouts[0].position(Table::Metric, metric, place).unwrap();
        let years = self.layouts[0].years.len();
        let of = |values: &Vec<Vec<f64>>| -> f64 {
            values[0][series * years..(series + 1) * years].iter().sum()
        };
        self.values.iter().map(of).sum()
    }

    /// The difference of a metric, summed over the years, by replication.
    pub(crate) fn differences(&self, metric: &str, places: &[&str]) -> Vec<f64> {
        let find = |layout: &Layout| {
            places.iter().find_map(|place| layout.position(Table::Metric, metric, place))
        };
        let [base, own] = [0, 1].map(|policy| find(&self.layouts[policy]));
        let own = own.unwrap_or_else(|| panic!("{metric} is nowhere"));
        let years = self.layouts[0].years.len();
        let sum = |values: &[f64], series: usize| -> f64 {
            values[series * years..(series + 1) * years].iter().sum()
        };
        let of = |values: &Vec<Vec<f64>>| {
            sum(&values[1], own) - base.map_or(0.0, |base| sum(&values[0], base))
        };
        self.values.iter().map(of).collect()
    }
}

/// Each lever alone, and the homes beside a school, whose graduates they are for.
fn alone(kind: LeverKind) -> Outcome {
    let school = format!("[levers.school]\n{}", settings(LeverKind::Programme));
    let extra = if kind == LeverKind::Homes { school } else { String::new() };
    simulate(&folder(&format!("[levers.tried]\n{}", settings(kind)), &extra), 24)
}

/// The metrics that the register names rise, or fall, by more than four standard errors of the
/// paired mean; every kind costs something, and never less than nothing.
#[test]
fn each_lever_alone_moves_the_metrics_that_it_names() {
    for kind in LeverKind::ALL {
        let outcome = alone(kind);
        let spec = kind.spec();
        for (sign, metrics) in [(1.0, spec.moves), (-1.0, spec.lowers)] {
            for metric in metrics {
                let places = ["district", "special-zone", "city"];
                let differences = outcome.differences(metric, &places);
                let moments = Moments::of(&differences);
                let mean = moments.mean().unwrap() * sign;
                let error = (moments.variance().unwrap() / differences.len() as f64).sqrt();
                assert!(
                    mean > 4.0 * error && mean > 0.0,
                    "{}: {metric} moves by {mean} in the direction named, error {error}",
                    spec.name
                );
            }
        }
        // Where nobody takes it up, as a voucher in a full area, it may cost nothing for once.
        let cost = outcome.differences("public_cost", &["city"]);
        assert!(cost.iter().all(|&cost| cost >= 0.0), "{}: {cost:?}", spec.name);
        assert!(cost.iter().filter(|&&cost| cost > 0.0).count() > 20, "{}: {cost:?}", spec.name);
    }
}

/// The experience centre is a cost, and no other number moves: not in one replication, not in a bit.
#[test]
fn a_lever_without_parameters_moves_nothing_but_money_and_says_so() {
    for kind in LeverKind::ALL {
        let spec = kind.spec();
        let is_silent = spec.mechanism_en.contains("without an effect on jobs");
        assert_eq!(spec.parameters.is_empty(), is_silent, "{}", spec.name);
        if !is_silent {
            continue;
        }
        let outcome = alone(kind);
        for series in outcome.layouts[1].series.iter().filter(|s| s.table == Table::Metric) {
            let moved = outcome.differences(series.name, &[&series.place]);
            let is_money = ["public_cost", "public_receipts"].contains(&series.name);
            assert!(is_money || moved.iter().all(|&moved| moved == 0.0), "{}", series.name);
        }
    }
}

/// Every cost item that a kind names is booked by it in at least one form, and it books no other.
#[test]
fn each_lever_books_the_costs_that_it_names_and_no_others() {
    for kind in LeverKind::ALL {
        let spec = kind.spec();
        let mut booked: BTreeSet<CashItem> = BTreeSet::new();
        // A facility in leased rooms pays rent instead of building.
        let leased = settings(kind)
            .replace("construction = 900", "construction = 0")
            .replace("land = 300", "land = 0");
        for text in [settings(kind), leased] {
            let outcome = simulate(&folder(&format!("[levers.tried]\n{text}"), ""), 2);
            let events = outcome.study.events(1, 0).unwrap();
            booked.extend(
                events
                    .iter()
                    .filter(|entry| entry.lever != u8::MAX && entry.amount > 0)
                    .filter_map(|entry| {
                        CashItem::ALL.iter().find(|item| item.name() == entry.cause)
                    }),
            );
        }
        let booked: BTreeSet<&str> = booked.into_iter().map(CashItem::name).collect();
        let named: BTreeSet<&str> = spec.costs.iter().copied().collect();
        assert_eq!(booked, named, "{}", spec.name);
        assert!(!named.is_empty(), "{} costs nothing", spec.name);
    }
}

/// Every name in the register stands for something, and every kind says how it works and whence
/// that is known.
#[test]
fn the_register_of_levers_is_whole() {
    for kind in LeverKind::ALL {
        let spec = kind.spec();
        for name in spec.parameters {
            let is_there = |it: &ParameterSpec| it.name == *name || it.family == *name;
            assert!(Register::of_any().iter().any(is_there), "{}: {name}", spec.name);
        }
        for name in spec.moves.iter().chain(spec.lowers) {
            assert!(METRICS.iter().any(|metric| metric.name == *name), "{}: {name}", spec.name);
        }
        for name in spec.costs {
            assert!(CashItem::ALL.iter().any(|item| item.name() == *name), "{}: {name}", spec.name);
        }
        let texts = [spec.mechanism_en, spec.mechanism_ko, spec.source];
        assert!(texts.iter().all(|text| text.len() > 8), "{} lacks a text", spec.name);
        assert!(!spec.moves.is_empty(), "{} moves nothing", spec.name);
    }
}

/// What makes a lever of a kind one of no size: settings, and what they are replaced by.
fn sizes(kind: LeverKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        LeverKind::Facility => {
            &[("places = 40", "places = 0"), ("floor_space = 20000", "floor_space = 0")]
        }
        LeverKind::Designation => &[("share = 1\n", "share = 0\n"), ("refusal = 0", "refusal = 1")],
        LeverKind::Programme => &[("intake = 60", "intake = 0")],
        LeverKind::Homes => &[("units = 150", "units = 0")],
        LeverKind::MatchingFund => {
            &[("budget = 60000", "budget = 0"), ("share = 0.3", "share = 0")]
        }
        LeverKind::RentVoucher => &[
            ("vouchers = 100", "vouchers = 0"),
            ("share = 0.9", "share = 0"),
            ("duration = 8", "duration = 0"),
        ],
        LeverKind::WageSubsidy => &[("budget = 5000", "budget = 0"), ("share = 0.5", "share = 0")],
        LeverKind::ResearchGrant => {
            &[("grants = 60", "grants = 0"), ("amount = 100", "amount = 0")]
        }
        LeverKind::JointProjects
        | LeverKind::Testbed
        | LeverKind::PrototypeSupport
        | LeverKind::DataCentre
        | LeverKind::Instrument => &[("reach = 0.9", "reach = 0")],
        LeverKind::Institutes => &[("institutes = 8", "institutes = 0")],
        LeverKind::ExperienceCentre => &[],
    }
}

/// A lever of no size is a lever that is not there, to the last bit, but for what its building and
/// its office cost. Beside it runs a facility that it could disturb.
#[test]
fn zero_intensity_equals_absence_to_the_last_bit() {
    let hub = settings(LeverKind::Facility).replace("places = 40", "places = 9");
    // Closed to graduates: it does not hide a pull on them.
    let hub = hub.replace("graduates = true", "graduates = false");
    let hub = format!("[levers.house]\n{hub}");
    for kind in LeverKind::ALL {
        for (find, replace) in sizes(kind) {
            let full = settings(kind);
            assert!(full.contains(find), "{find}");
            let mut none = full.replace(find, replace);
            if kind == LeverKind::Facility {
                // The space of its building is an effect of its own.
                none = none.replace("floor_space = 20000", "floor_space = 0");
            }
            let outcome = simulate(&folder(&format!("[levers.tried]\n{none}"), &hub), 3);
            let layout = &outcome.layouts[0];
            let years = layout.years.len();
            for (place, series) in layout.series.iter().enumerate() {
                let is_money = series.table == Table::Cash
                    || ["public_cost", "public_receipts"].contains(&series.name);
                let own = outcome.layouts[1].position(series.table, series.name, &series.place);
                let (Some(own), false) = (own, is_money) else { continue };
                for values in &outcome.values {
                    let part = |policy: usize, place: usize| {
                        let values = &values[policy][place * years..(place + 1) * years];
                        values.iter().map(|value| value.to_bits()).collect::<Vec<_>>()
                    };
                    assert_eq!(
                        part(0, place),
                        part(1, own),
                        "{} with {replace}: {} at {}",
                        kind.spec().name,
                        series.name,
                        series.place
                    );
                }
            }
        }
    }
}

/// The candidates of a replication: everyone who founded or chose not to, by origin and year.
fn candidates(outcome: &Outcome, policy: usize, replication: u32, until: u16) -> BTreeSet<FirmId> {
    let events = outcome.study.events(policy, replication).unwrap();
    let lives = Lives::of(&events, 2018, 8);
    lives.names().filter(|id| id.year() <= until).collect()
}

/// More of a lever takes no potential firm away: from the same state on 1 January, and before the
/// capacities of the next years bind, whoever comes up with some of it comes up with twice of it.
#[test]
fn doubling_an_intensity_removes_no_potential_firm() {
    let doubled: [(LeverKind, &str, &str, u16); 4] = [
        // Graduates of 2019, who found in 2020; before that nothing else may differ.
        (LeverKind::Programme, "intake = 60", "intake = 120", 2020),
        (LeverKind::Institutes, "institutes = 8", "institutes = 16", 2020),
        (LeverKind::Facility, "places = 40", "places = 80", 2019),
        (LeverKind::RentVoucher, "share = 0.4", "share = 0.8", 2018),
    ];
    for (kind, some, twice, until) in doubled {
        let some_text = settings(kind).replace("share = 0.9", "share = 0.4");
        let twice_text = some_text.replace(some, twice);
        assert_ne!(some_text, twice_text);
        let baseline = format!("[levers.tried]\n{some_text}");
        let policy = format!("remove = [\"tried\"]\n[levers.tried]\n{twice_text}");
        // The lever of the baseline is changed in its size alone.
        let policy = policy.replace("remove = [\"tried\"]\n", "");
        let outcome = simulate(&folder(&policy, &baseline), 3);
        let mut more = 0;
        for replication in 0..3 {
            let before = candidates(&outcome, 0, replication, until);
            let after = candidates(&outcome, 1, replication, until);
            let lost: Vec<_> = before.difference(&after).collect();
            assert!(lost.is_empty(), "{}: {lost:?}", kind.spec().name);
            let of = |origin| after.iter().filter(|id| id.origin() == origin).count();
            assert!(of(Origin::Independent) > 20);
            more += after.len() - before.len();
        }
        let adds = matches!(kind, LeverKind::Programme | LeverKind::Institutes);
        assert_eq!(more > 0, adds, "{}: {more} more", kind.spec().name);
    }
}

/// A course that begins after the August in which it would end has no cohort that year, and none
/// enrols before the programme begins.
#[test]
fn nobody_enrols_before_a_programme_begins_or_after_its_course_has_ended() {
    let course = |from: &str| {
        format!(
            "[levers.late]\nkind = \"programme\"\nfrom = {from}\npayer = \"city\"\nsource = \"test\"\n\
             degree = \"non-degree\"\nintake = 60\nlength = 0.4\nnew_share = 1\nlinkage = false\n\
             tuition = 10\n"
        )
    };
    for (from, first_year, first_day) in [("2020-10-01", 2021, 60), ("2020-05-01", 2020, 121)] {
        let outcome = simulate(&folder(&course(from), ""), 1);
        let events = outcome.study.events(1, 0).unwrap();
        let of = |kind| {
            let late = events.iter().filter(move |event| event.kind == kind);
            late.map(|event| (event.year, event.day)).min()
        };
        let others = simulate(&folder("", ""), 1).study.events(1, 0).unwrap();
        assert!(others.iter().all(|event| event.kind != EventKind::Graduated));
        assert_eq!(of(EventKind::Enrolled), Some((first_year, first_day)), "{from}");
        assert_eq!(of(EventKind::Graduated), Some((first_year, 243)), "{from}");
    }
}

/// Two vouchers for one area draw no more firms than the one that is given: the first.
#[test]
fn a_second_voucher_for_an_area_draws_nobody_while_the_first_lasts() {
    let voucher = |name: &str, share: f64| {
        format!(
            "[levers.{name}]\nkind = \"rent-voucher\"\nfrom = 2018-01-01\npayer = \"city\"\n\
             source = \"test\"\narea = \"special-zone\"\nshare = {share}\nduration = 8\n\
             longest_age = 7\nvouchers = 5000\n"
        )
    };
    let one = simulate(&folder(&voucher("a", 0.5), ""), 5);
    let two = simulate(&folder(&(voucher("a", 0.5) + &voucher("b", 0.3)), ""), 5);
    let startups = |outcome: &Outcome| outcome.differences("startups", &["special-zone"]);
    assert!(startups(&one).iter().all(|&more| more > 0.0), "{:?}", startups(&one));
    assert_eq!(startups(&one), startups(&two));
}

//! `scenarios/LEVERS.md` is made of the registers and the shipped policies; this test compares it,
//! and writes it anew where `UPDATE_DOCS` is set.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use yangjae::model::effect;
use yangjae::policy::levers::LeverKind;
use yangjae::scenario::Policy;
use yangjae::scenario::Scenario;
use yangjae::scenario::WrittenLever;

/// The systems of the city's announcement of December 2021, and what is compared with it: the
/// policy in which each stands, and its levers there.
const SYSTEMS: &[(&str, &str, &[&str])] = &[
    ("AI Yangjae Hub (since 2017)", "baseline", &["hub"]),
    ("Courses of the Hub", "baseline", &["hub-college"]),
    ("AI Support Centre: places for firms", "full-plan", &["support-center"]),
    ("KAIST's AI school: degree programmes", "full-plan", &["kaist-master", "kaist-doctor"]),
    ("Non-degree programme and employment linkage", "full-plan", &["support-center-courses"]),
    ("Source technology and joint projects", "full-plan", &["joint-projects"]),
    ("Prototype and demonstration support", "full-plan", &["prototype-support"]),
    ("AI and R&D campus: places for firms", "full-plan", &["campus"]),
    ("University joint research centres", "full-plan", &["campus-universities"]),
    ("Government-funded institutes", "full-plan", &["campus-government"]),
    ("Private institutes", "full-plan", &["campus-private"]),
    ("Data centre and open data", "full-plan", &["data-centre"]),
    ("Technology testbed", "full-plan", &["testbed"]),
    ("Education for citizens", "full-plan", &["citizen-education"]),
    ("Experience centre", "full-plan", &["experience-centre"]),
    ("300 public homes: allocation and retention", "full-plan", &["homes"]),
    ("Special zone of Yangjae-Umyeon", "full-plan", &["special-zone"]),
    ("ICT promotion district", "full-plan", &["promotion-district"]),
    ("District office's AICT centre (2025)", "as-it-happened", &["aict-centre"]),
    ("Rent voucher", "rent-voucher", &["rent-voucher"]),
    ("Wage subsidy for specialists", "wage-subsidy", &["wage-subsidy"]),
    ("R&D grant", "research-grant", &["research-grant"]),
    ("Matching fund with stages and recycling", "matching-fund", &["matching-fund"]),
    ("Retraining of citizens", "retraining", &["retraining"]),
];

const HEAD: &str = "\
# Levers: from the announcement to the model

Each system of the city's announcement of December 2021, and each instrument that researchers compare with it, is a lever
whose effect runs through a mechanism of the model and which costs something. This page is made of the program's
registers and the shipped policies; `tests/integration/levers_page.rs` compares it with them (`UPDATE_DOCS=1 cargo test
levers_page` writes it anew), and `tests/integration/levers.rs` holds every kind to what is said here: alone, it raises
and lowers the metrics named, books the cost items named and no others, and of size zero it is not there, to the last bit.

`yangjae explain KIND` tells a kind's settings with their units; dates, sizes, costs and sources of each lever stand in
its policy's file and in `levers.csv` of a run.

## Systems

";

fn codes(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

fn written<'a>(policy: &'a Policy, name: &str) -> &'a WrittenLever {
    let found = policy.written.iter().find(|lever| lever.name == name);
    found.unwrap_or_else(|| panic!("{} has no lever `{name}`", policy.name))
}

fn load() -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae");
    Scenario::loader(&folder).load().unwrap()
}

fn page(scenario: &Scenario) -> String {
    let mut page = HEAD.to_owned();
    page.push_str("| system | lever | kind | mechanism | parameters | cost items | paid by |\n");
    page.push_str("|---|---|---|---|---|---|---|\n");
    for &(system, policy, levers) in SYSTEMS {
        let policy = scenario.policies.iter().find(|known| known.name == policy).unwrap();
        let lever = written(policy, levers[0]);
        let kind = LeverKind::named(lever.kind).unwrap();
        let spec = kind.spec();
        for name in levers {
            assert_eq!(written(policy, name).kind, lever.kind, "{system}");
        }
        let payers: Vec<&str> = lever
            .settings
            .iter()
            .filter(|setting| setting.name == "payer")
            .map(|setting| setting.value.as_str())
            .collect();
        let _ = writeln!(
            page,
            "| {system} | {} in `{}` | `{}` | {} | {} | {} | {} |",
            codes(levers),
            policy.name,
            spec.name,
            spec.mechanism_en,
            codes(spec.parameters),
            codes(spec.costs),
            payers.join(", ")
        );
    }
    page.push_str("\n## Kinds\n\n");
    page.push_str(
        "| kind | acts first in | raises | lowers | scaled by | what is known | known up to |\n",
    );
    page.push_str("|---|---|---|---|---|---|---|\n");
    for kind in LeverKind::ALL {
        let spec = kind.spec();
        let limits = spec.evidence.iter();
        let limits = limits.map(|of| format!("`{}` {}: {}", of.setting, of.limit, of.source));
        let limits: Vec<String> = limits.collect();
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} | {} | {} | {} |",
            spec.name,
            effect::acts_in(kind).name(),
            codes(spec.moves),
            codes(spec.lowers),
            spec.scales.map_or("not scaled".to_owned(), |name| format!("`{name}`")),
            spec.source,
            limits.join("; ")
        );
    }
    page.push_str(
        "\nThe experience centre is a cost without an effect on jobs, on purpose: visitors are not simulated, and no \
         study of one is\nknown. A building of no cost of its own (`construction` and `land` 0) is leased: its rent \
         below the market is booked as\n`rent_subsidy`; one that the payer built receives `rents` instead. What a lever \
         brings back (rents, proceeds of the\nfund, residual value, taxes on the difference of totals) stands beside \
         its costs in `cost_benefit.csv`.\n",
    );
    page
}

#[test]
fn the_page_of_levers_is_that_of_the_registers() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/LEVERS.md");
    let page = page(&load());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page, "scenarios/LEVERS.md is not up to date: UPDATE_DOCS=1 cargo test");
}

/// No lever of a shipped policy is missing from the page, and every kind is used by one.
#[test]
fn every_lever_of_the_shipped_policies_stands_on_the_page() {
    let scenario = load();
    let listed: Vec<&str> = SYSTEMS.iter().flat_map(|system| system.2).copied().collect();
    for policy in &scenario.policies {
        for lever in &policy.written {
            assert!(listed.contains(&lever.name.as_str()), "{}: {}", policy.name, lever.name);
            assert!(!lever.source.trim().is_empty(), "{}: {}", policy.name, lever.name);
        }
    }
    // Instruments are of scenarios that describe their own.
    for kind in LeverKind::ALL.into_iter().filter(|&kind| kind != LeverKind::Instrument) {
        let name = kind.spec().name;
        let used = scenario.policies.iter().flat_map(|policy| &policy.written);
        assert!(used.into_iter().any(|lever| lever.kind == name), "no policy has a {name}");
    }
}

//! Every numeric setting of every kind of lever moves the metric that the register names for it, in
//! the direction that it names; and every parameter moves something.

use yangjae::analysis::layout::Table;
use yangjae::analysis::metrics::ACCOUNTS;
use yangjae::analysis::study::Workspace;
use yangjae::policy::levers::LeverKind;
use yangjae::policy::setting::Setting;
use yangjae::policy::setting::SettingEffect;
use yangjae::policy::setting::SettingKind;
use yangjae::scenario::parameter_spec::Acts;

use crate::levers::folder;
use crate::levers::settings;
use crate::levers::simulate;

/// Less and more of a setting: far apart, within its bounds.
fn ends(kind: LeverKind, setting: &Setting) -> [&'static str; 2] {
    match (kind, setting.name) {
        (LeverKind::Facility, "places") => ["5", "40"],
        (_, "tenancy") => ["1", "6"],
        (_, "room") => ["3", "40"],
        (_, "rent_ratio") => ["0.2", "1.5"],
        (_, "awareness_factor") => ["0.5", "6"],
        (_, "extra_value") => ["-3", "2"],
        (_, "services") => ["0", "4"],
        (_, "initial_tenants") => ["0", "10"],
        (_, "floor_space") => ["300", "20000"],
        (_, "delay_mean") => ["0", "20"],
        (_, "plot_ratio") => ["1", "4"],
        (_, "length") => ["0.5", "2"],
        (LeverKind::MatchingFund, "budget") => ["500", "60000"],
        (LeverKind::WageSubsidy, "budget") => ["100", "5000"],
        (_, "longest_age" | "oldest" | "largest") => ["1", "20"],
        (_, "youngest" | "smallest" | "pause") => ["0", "6"],
        (LeverKind::Instrument, "number") => ["1", "30"],
        (LeverKind::Instrument, "budget") => ["10", "200"],
        (_, "duration") => ["0.5", "4"],
        (_, "headcount") => ["10", "60"],
        (_, "units") => ["10", "150"],
        (_, "amount") => ["10", "400"],
        (_, "intake" | "vouchers" | "grants") => ["4", "60"],
        (_, "institutes") => ["1", "8"],
        _ => match setting.kind {
            SettingKind::Number { max, .. } if max <= 1.0 => ["0.1", "0.9"],
            SettingKind::Number { max, .. } if max < 900.0 => ["10", "100"],
            _ => ["10", "900"],
        },
    }
}

/// Settings of a lever of a kind beside which one stands: an instrument says once how many use it and
/// what they get.
fn text(kind: LeverKind, setting: &Setting) -> String {
    let text = settings(kind);
    match setting.name {
        "number" | "budget" => text.replace("reach = 0.9\n", ""),
        "wage_share" | "rent_share" | "round_share" => text.replace("each = 5\n", ""),
        _ => text,
    }
}

fn is_numeric(setting: &Setting) -> bool {
    let kind = setting.kind;
    matches!(
        kind,
        SettingKind::Number { .. } | SettingKind::Count { .. } | SettingKind::Schedule { .. }
    )
}

/// A lever's text with a value of a setting, written or not.
fn with(text: &str, name: &str, value: &str) -> String {
    let others = text.lines().filter(|line| !line.starts_with(&format!("{name} = ")));
    let others: Vec<&str> = others.collect();
    // A facility opens before the first year where it has tenants on the first day.
    let text = others.join("\n");
    let text = if name == "initial_tenants" {
        let early = text.replace("from = 2018-01-01", "from = 2017-01-01");
        early.replace("opening = 2019-01-01", "opening = 2017-06-01")
    } else {
        text
    };
    format!("[levers.tried]\n{text}\n{name} = {value}\n")
}

#[test]
fn every_numeric_setting_moves_what_the_register_says() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for kind in LeverKind::ALL {
        // The homes are for the graduates of a school.
        let school = format!("[levers.school]\n{}", settings(LeverKind::Programme));
        let beside = if kind == LeverKind::Homes { school } else { String::new() };
        // A limit of evidence is read by those who write of results; what changes hands moves no metric.
        let moves = |setting: &&Setting| {
            is_numeric(setting) && !["evidence_limit", "transfer_share"].contains(&setting.name)
        };
        for setting in kind.spec().settings.iter().filter(moves) {
            let (sign, metric) = match setting.effect {
                SettingEffect::Raises(metric) => (1.0, metric),
                SettingEffect::Lowers(metric) => (-1.0, metric),
                SettingEffect::None => {
                    wrong.push(format!("{}: {} names nothing", kind.spec().name, setting.name));
                    continue;
                }
            };
            let [less, more] =
                ends(kind, setting).map(|value| with(&text(kind, setting), setting.name, value));
            let folder = folder(&more, &(beside.clone() + &less));
            // Its zone would be a second designation of the same area.
            folder.write(
                "policies/hub-and-zone.toml",
                "title = \"Hub and zone\"\n\
                 description = \"The baseline\"\nextends = \"baseline\"\n",
            );
            let outcome = simulate(&folder, 8);
            let places = ["district", "special-zone", "city", "tried"];
            let moved = outcome.differences(metric, &places).iter().sum::<f64>() * sign;
            if moved <= 0.0 {
                let (kind, name) = (kind.spec().name, setting.name);
                wrong.push(format!("{kind}: {name} moves {metric} by {moved} in its direction"));
            }
            tried += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 60, "{tried} settings");
}

/// Metrics of sales and money, which parameters of the accounts may move.
/// It weighs years against each other after the simulation, so no series shows it.
const AFTERWARDS: &str = "discount_rate";

/// A policy with a lever of each kind, and a programme for each degree; few places, so that they are
/// fought for.
fn every_lever() -> String {
    let lever = |(place, kind): (usize, LeverKind)| {
        let text = settings(kind).replace("places = 40", "places = 6");
        format!("[levers.l{place}]\n{text}")
    };
    let levers: String = LeverKind::ALL.into_iter().enumerate().map(lever).collect();
    let programmes = ["doctor", "non-degree", "retraining"].map(|degree| {
        let text = settings(LeverKind::Programme).replace("master", degree);
        format!("[levers.{degree}]\n{text}")
    });
    let forms = ["university", "government"].map(|form| {
        let text = settings(LeverKind::Institutes).replace("private", form);
        let text = text.replace("from_city = 0.5", "from_city = 0");
        format!("[levers.{form}]\n{text}")
    });
    let promotion = settings(LeverKind::Designation)
        .replace("area = \"special-zone\"", "area = \"promotion-district\"")
        .replace("regime = \"special-zone\"", "regime = \"promotion-district\"");
    let promotion = format!("[levers.promotion]\n{promotion}");
    // A fund that offers the reference share of a round tells nothing of how larger ones act.
    let levers = levers.replace("budget = 60000\nshare = 0.3", "budget = 60000\nshare = 0.6");
    // Built after the vantage date, so that its cost may overrun.
    let late = settings(LeverKind::ExperienceCentre).replace("opening = 2019", "opening = 2024");
    let late = format!("[levers.late]\n{late}");
    let head = "kind = \"instrument\"\nfrom = 2018-01-01\npayer = \"city\"\nsource = \"test\"\n";
    let more = [
        "population = \"startups\"\nareas = \"district\"\nreach = 0.6\nselection = \"merit\"\n\
         effects = [{ on = \"round\" }, { on = \"quits\" }, { on = \"hiring\" }]\n",
        "population = \"area\"\nareas = \"district\"\neffects = [{ on = \"moving_in\" }]\n",
        "population = \"founders\"\nareas = \"city\"\neffects = [{ on = \"founding\" }]\n",
    ];
    let more: Vec<String> = (0..)
        .zip(more)
        .map(|(place, text)| format!("[levers.instrument-{place}]\n{head}{text}"))
        .collect();
    levers + &programmes.concat() + &forms.concat() + &promotion + &late + &more.concat()
}

/// Factors on a parameter's value, and replications: the second where the first move nothing, as some
/// parameters act on few firms.
const MOVES: [([f64; 2], u32); 2] = [([0.7, 1.3], 3), ([0.1, 4.0], 24)];

/// Each parameter, moved within its bounds, moves a metric under a policy that has a lever of each
/// kind; those of the accounts move accounts and nothing else.
#[test]
fn every_parameter_moves_what_the_register_says() {
    let folder = folder(&every_lever(), "");
    folder.second_regime();
    folder.append(
        "district.toml",
        "\n[[synergies]]\nareas = [\"special-zone\", \"promotion-district\"]\n\
         regimes = [\"special-zone\", \"promotion-district\"]\n",
    );
    let scenario = folder.load().unwrap_or_else(|problems| panic!("{problems}"));
    let study = simulate(&folder, 1).study;
    let layout = &study.layouts()[1];
    let years = layout.years.len();
    let mut workspace = Workspace::default();
    let stated: Vec<f64> = scenario.parameters.iter().map(|stated| stated.value).collect();
    let mut histories = |values: &[f64], replications: u32| -> Vec<Vec<f64>> {
        let mut one = |r| study.replicate_with(values, r, &mut workspace).unwrap()[1].clone();
        (0..replications).map(&mut one).collect()
    };
    let is_account = |place: usize| {
        let series = &layout.series[place];
        series.table != Table::Metric || ACCOUNTS.contains(&series.name)
    };
    let mut wrong = Vec::new();
    let specs = scenario.register.iter().enumerate();
    for (place, spec) in specs.filter(|(_, spec)| spec.name != AFTERWARDS) {
        let own = stated[place];
        let mut moved: Vec<usize> = Vec::new();
        for (factors, replications) in MOVES {
            let [low, high] = factors.map(|factor| {
                let moved = if own == 0.0 { factor - 1.0 } else { own * factor };
                let mut values = stated.clone();
                values[place] = moved.clamp(spec.min, spec.max);
                histories(&values, replications)
            });
            let is_moved = |&series: &usize| {
                let range = series * years..(series + 1) * years;
                low.iter().zip(&high).any(|(low, high)| low[range.clone()] != high[range.clone()])
            };
            moved = (0..layout.series.len()).filter(is_moved).collect();
            let enough = match spec.acts {
                Acts::InAccounts => !moved.is_empty(),
                Acts::Always | Acts::WithLevers => moved.iter().any(|&series| !is_account(series)),
            };
            if enough {
                break;
            }
        }
        let beyond = moved.iter().find(|&&series| !is_account(series));
        let beyond = beyond.map(|&series| layout.series[series].name);
        match (spec.acts, moved.is_empty(), beyond) {
            (_, true, _) => wrong.push(format!("{} moves nothing", spec.name)),
            (Acts::InAccounts, _, Some(metric)) => {
                wrong.push(format!("{}, of the accounts, moves {metric}", spec.name));
            }
            (Acts::Always | Acts::WithLevers, _, None) => {
                wrong.push(format!("{} moves accounts alone", spec.name));
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

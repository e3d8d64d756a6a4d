//! Every kind of mistake in a scenario is found where it is, and said so that it can be mended.

use std::fmt::Write as _;
use std::fs;

use yangjae::analysis::metrics;
use yangjae::policy::levers::LeverKind;
use yangjae::scenario::Scenario;
use yangjae::scenario::problem::ScenarioError;

use crate::fixture::Folder;
use crate::fixture::shown;

/// One thing changed in a valid scenario, and the one problem that follows.
struct Case {
    file: &'static str,
    find: &'static str,
    replace: &'static str,
    /// The part of the changed text at whose first letter the caret must stand.
    caret: &'static str,
    /// What the rendered problem must say.
    says: &'static [&'static str],
}

const fn case(
    file: &'static str,
    find: &'static str,
    replace: &'static str,
    caret: &'static str,
    says: &'static [&'static str],
) -> Case {
    Case { file, find, replace, caret, says }
}

const TOP: &str = "scenario.toml";
const DISTRICT: &str = "district.toml";
const PARAMETERS: &str = "parameters.toml";
const BASELINE: &str = "policies/baseline.toml";
const HUB: &str = "policies/hub.toml";
const ZONE: &str = "policies/hub-and-zone.toml";
const OBSERVED: &str = "observed.csv";
const CASES: &[Case] = &[
    // What is no TOML.
    case(DISTRICT, "count = 120", "count = 1,200", "1,200", &["without commas: 1200"]),
    case(DISTRICT, "sector_share = 0.4", "sector_share = 40%", "40%", &["share", "0.4"]),
    case(DISTRICT, "rent = 0.30", "rent = .30", ".30", &["both sides of the point: 0.3"]),
    case(TOP, "\"My district\"", "“My district”", "“", &["straight double quotes"]),
    case(TOP, "\"kr-pfs\"", "\"kr-psf\"", "\"kr-psf\"", &["no rule set", "us-a94-2023", "kr-pfs"]),
    case(
        TOP,
        "= \"hold\"",
        "= \"held\"",
        "\"held\"",
        &["flows after the last year", "hold", "none"],
    ),
    case(TOP, "2021-12-31", "2023-02-30", "2023-02-30", &["there is no day 2023-02-30"]),
    case(TOP, "2021-12-31", "2021-1-31", "2021-1-31", &["write it 2021-01-31"]),
    case(TOP, "= true", "= True", "True", &["write true"]),
    case(HUB, "\"city\"", "city", "city", &["put text in quotes: \"city\""]),
    case(HUB, "room = 20 ", "room = ", "= ", &["the value is missing"]),
    case(HUB, "room = 20", "방 = 20", "방", &["is no key in TOML", "yangjae explain"]),
    case(HUB, "room = 20", "room = 20\nroom = 30", "room = 30", &["a second time"]),
    case(HUB, "[levers.hub]", "[levers.hub", "\n", &["this is no TOML"]),
    case(TOP, "\"나의 혁신지구\"", "\"나의", "\"나의", &["never closed"]),
    // Wrong types.
    case(TOP, "seed = 1", "seed = \"1\"", "\"1\"", &["without quotes: 1"]),
    case(TOP, "replications = 200", "replications = 2.0", "2.0", &["without a decimal point: 2"]),
    case(TOP, "2021-12-31", "\"2021-12-31\"", "\"2021", &["without quotes: 2021-12-31"]),
    case(TOP, "2021-12-31", "2021", "2021", &["2021-01-01"]),
    case(TOP, "2021-12-31", "2021-12-31T09:00:00", "2021-12", &["the day alone"]),
    case(TOP, "title = \"My district\"", "title = 5", "5", &["expected text in quotes"]),
    case(DISTRICT, "sector_share = 0.4", "sector_share = \"40 %\"", "\"40", &["a percentage: 0.4"]),
    case(HUB, "graduates = true", "graduates = 1", "1", &["expected `true` or `false`"]),
    case(HUB, "recruitment_days = [60, 240]", "recruitment_days = 60", "60", &["a list of days"]),
    case(
        DISTRICT,
        "floor_space = \"unlimited\"",
        "floor_space = \"no limit\"",
        "\"no",
        &["unlimited"],
    ),
    // Out of range.
    case(DISTRICT, "sector_share = 0.4", "sector_share = 1.4", "1.4", &["a number from 0 to 1"]),
    case(DISTRICT, "rent = 0.30", "rent = 0", "0", &["a number above 0"]),
    case(DISTRICT, "count = 120", "count = 99999999999999999999999", "999", &["out of range"]),
    case(DISTRICT, "age_maximum = 7", "age_maximum = -1", "-1", &["from 0 to 60"]),
    case(
        TOP,
        "last_year = 2030",
        "last_year = 2010",
        "2010",
        &["before the first", "2018 or later"],
    ),
    case(TOP, "first_year = 2018", "first_year = 18", "18", &["from 1900 to 2200"]),
    case(HUB, "value = 30", "value = -30", "-30", &["a whole number from 0 to 100000 [firms]"]),
    case(HUB, "rent_ratio = 0.25", "rent_ratio = nan", "nan", &["cannot be computed with"]),
    case(HUB, "rent_ratio = 0.25", "rent_ratio = -inf", "-inf", &["cannot be computed with"]),
    case(HUB, "[60, 240]", "[240, 60]", "60", &["rising days"]),
    case(HUB, "[60, 240]", "[60, 400]", "400", &["from 1 to 365"]),
    case(HUB, "2020-01-01", "2018-01-01", "2018-01-01", &["rising dates"]),
    case(DISTRICT, "year = 2019", "year = 2018", "2018", &["rising years"]),
    // Names.
    case(TOP, "question =", "qestion =", "qestion", &["did you mean `question`?"]),
    case(HUB, "tenancy = 4", "tenancy = 4\ntenanci = 4", "tenanci", &["did you mean `tenancy`?"]),
    case(HUB, "\"facility\"", "\"facilty\"", "\"facilty\"", &["did you mean `facility`?"]),
    case(HUB, "\"city\"", "\"seoul\"", "\"seoul\"", &["`city`, `state`"]),
    case(
        HUB,
        "area = \"special-zone\"",
        "area = \"special_zone\"",
        "\"special_",
        &["did you mean `special-zone`?"],
    ),
    case(
        PARAMETERS,
        "\nfounder_growth",
        "\nfounder_grwoth = 1\nfounder_growth",
        "founder_grwoth",
        &["did you mean `founder_growth`?"],
    ),
    case(
        DISTRICT,
        "name = \"Large laboratory\"",
        "naem = \"x\"\nname = \"y\"",
        "naem",
        &["did you mean `name`?"],
    ),
    // Parameters.
    case(
        PARAMETERS,
        "range = [0.045, 0.045], distribution = \"fixed\"",
        "range = [0.03, 0.055], distribution = \"triangular\"",
        "\"triangular\"",
        &["discount rate cannot vary", "share one rate"],
    ),
    case(
        HUB,
        "[levers.hub]",
        "[parameters]\ndiscount_rate = 0.03\n[levers.hub]",
        "[parameters]",
        &["a policy cannot have a discount rate of its own"],
    ),
    case(
        PARAMETERS,
        "range = [120.0, 200.0]",
        "range = [160.0, 200.0]",
        "155.0",
        &["outside its own range", "160 to 200"],
    ),
    case(
        PARAMETERS,
        "range = [0.045, 0.045], distribution = \"fixed\"",
        "range = [0.03, 0.055], distribution = \"fixed\"",
        "[0.03, 0.055]",
        &["fixed does not vary over a range", "expected [0.045, 0.045]"],
    ),
    case(PARAMETERS, "range = [120.0, 200.0]", "range = [200.0, 120.0]", "[200", &["[low, high]"]),
    case(PARAMETERS, "range = [120.0, 200.0]", "range = [120.0]", "[120", &["two ends, found 1"]),
    case(
        PARAMETERS,
        "unit = \"founders/year\"",
        "unit = \"founders\"",
        "\"founders\"",
        &["expected \"founders/year\""],
    ),
    case(PARAMETERS, "evidence = \"judgement\"", "evidence = \"guess\"", "\"guess\"", &["`seen`"]),
    case(
        PARAMETERS,
        "distribution = \"triangular\"",
        "distribution = \"trianglar\"",
        "\"trianglar\"",
        &["did you mean `triangular`?"],
    ),
    case(PARAMETERS, "value = 155.0", "value = \"never\"", "\"never\"", &["cannot be \"never\""]),
    case(
        PARAMETERS,
        "sector_share_software = { value = 0.5, unit = \"1\", range = [0.4, 0.6]",
        "sector_share_software = { value = 0.9, unit = \"1\", range = [0.4, 1.0]",
        "{ value = 0.9",
        &["add up to 1.1"],
    ),
    // What is missing.
    case(TOP, "seed = 1\n", "", "", &["lacks the key `seed`"]),
    case(HUB, "construction = 12000 ", "# ", "[levers.hub]", &["`construction` [KRW m]"]),
    case(HUB, "kind = \"facility\"\n", "", "[levers.hub]", &["no `kind`"]),
    case(
        PARAMETERS,
        "unit = \"founders/year\", ",
        "",
        "{ value = 155.0",
        &["lacks the key `unit`"],
    ),
    case(DISTRICT, "headcount = 900\n", "", "[[laboratories]]", &["`headcount` [persons]"]),
    case(
        DISTRICT,
        "[areas.elsewhere]",
        "[areas.elswhere]",
        "elswhere",
        &["did you mean `elsewhere`?"],
    ),
    // Levers against each other.
    case(
        HUB,
        "opening = 2018-09-01",
        "opening = 2017-09-01",
        "2017",
        &["before `from`", "2018-01-01 or later"],
    ),
    case(HUB, "payer = \"city\"", "payer = \"city\"\nuntil = 2017-01-01", "2017", &["`until`"]),
    case(
        ZONE,
        "decision = 2023-06-01",
        "decision = 2022-06-01",
        "2022",
        &["`decision`, 2022-06-01, is before `from`", "2023-01-01 or later"],
    ),
    case(
        HUB,
        "graduates = true",
        "graduates = true\nsectors = [\"software\", \"ict\", \"software\"]",
        "\"software\"]",
        &["`software` stands twice in the list", "remove one of the two"],
    ),
    case(HUB, "recruitment_days = [60, 240]", "", "\"ranked\"", &["needs `recruitment_days`"]),
    case(
        ZONE,
        "[levers.zone]\n",
        "[levers.zone-two]\nkind = \"designation\"\nfrom = 2022-01-01\npayer = \"city\"\nsource = \"x\"\narea = \"special-zone\"\nregime = \"special-zone\"\ndecision = 2023-06-01\ndelay_mean = 1\nrefusal = 0\nshare = 1\nplot_ratio = 1\nacquisition_relief = 0\nproperty_relief = 0\nreview_exempt = false\npriority_examination = false\nloans = 0\nloan_cost = 0\nadministration = 0\n[levers.zone]\n",
        "\"special-zone\"\ndecision = 2023-06-01\ndelay_mean = 1\n",
        &["by the same law at the same time"],
    ),
    // Policies against each other.
    case(HUB, "\"baseline\"", "\"basline\"", "\"basline\"", &["did you mean `baseline`?"]),
    case(
        TOP,
        "baseline = \"baseline\"",
        "baseline = \"base-line\"",
        "\"base-line\"",
        &["did you mean `baseline`?"],
    ),
    case(
        TOP,
        "[\"baseline\", \"hub\",",
        "[\"baseline\", \"hbu\",",
        "\"hbu\"",
        &["did you mean `hub`?"],
    ),
    case(TOP, "\"hub-and-zone\"]", "\"hub\"]", "\"hub\"]", &["listed twice"]),
    case(
        BASELINE,
        "title = ",
        "extends = \"hub-and-zone\"\ntitle = ",
        "\"hub-and-zone\"",
        &["baseline → hub-and-zone → hub → baseline"],
    ),
    case(
        BASELINE,
        "title = ",
        "extends = \"baseline\"\ntitle = ",
        "\"baseline\"",
        &["baseline → baseline"],
    ),
    case(
        ZONE,
        "extends = \"hub\"",
        "extends = \"hub\"\nremove = [\"hubb\"]",
        "\"hubb\"",
        &["no lever `hubb`", "did you mean `hub`?"],
    ),
    case(ZONE, "extends = \"hub\"", "extends = [\"hub\"]", "[\"hub", &["one other, not a list"]),
    case(BASELINE, "title = ", "remove = [\"hub\"]\ntitle = ", "\"hub\"", &["extends nothing"]),
    case(
        ZONE,
        "[levers.hub]",
        "[levers.hub]\nkind = \"homes\"",
        "\"homes\"",
        &["the kind of a lever", "\"facility\""],
    ),
    case(
        ZONE,
        "# [parameters]\n# founder_rate = { times = 1.1, from = 2024-01-01 }",
        "[parameters]\nfounder_rat = 170.0",
        "founder_rat",
        &["did you mean `founder_rate`?"],
    ),
    case(
        ZONE,
        "# [parameters]\n# founder_rate = { times = 1.1, from = 2024-01-01 }",
        "[parameters]\nquit_rate = 17.0",
        "17.0",
        &["from 0 to 1 [1/year]"],
    ),
    case(
        ZONE,
        "# [parameters]\n# founder_rate = { times = 1.1, from = 2024-01-01 }",
        "[parameters]\nfounder_rate = 170.5",
        "170.5",
        &["varies over replications", "founder_rate = { times = 1.1000 }"],
    ),
    case(
        ZONE,
        "# [parameters]\n# founder_rate = { times = 1.1, from = 2024-01-01 }",
        "[parameters]\nquit_rate = { times = 20 }",
        "{ times = 20 }",
        &["this takes `quit_rate` from 0.06 to 0.14", "expected to stay within 0 to 1"],
    ),
    case(
        ZONE,
        "# [parameters]\n# founder_rate = { times = 1.1, from = 2024-01-01 }",
        "[parameters]\nquit_rate = { times = 1.1, plus = 0.1 }",
        "{ times = 1.1, plus = 0.1 }",
        &["expected either `times` or `plus`"],
    ),
    case(ZONE, "[levers.zone]", "[levers.Zone]", "Zone", &["no name of a lever"]),
    // What was observed.
    case(OBSERVED, "tolerance,", "", "metric", &["lacks the column `tolerance`"]),
    case(
        OBSERVED,
        "metric,place,period,value,tolerance,source\n",
        "metric;place;period;value;tolerance;source\njobs;city;2020;1;1;x\n",
        ";place",
        &["separated by semicolons `;`, not by commas", "expected the separator `,`"],
    ),
    case(OBSERVED, "source\n", "source\njobs,city,2020,12a,1,x\n", "12a", &["\"12a\" is no value"]),
    case(OBSERVED, "source\n", "source\njobs,city,2020,NaN,1,x\n", "NaN", &["\"NaN\" is no value"]),
    case(
        OBSERVED,
        "source\n",
        "source\njobs,city,2020,\"1,200\",1,x\n",
        "\"1,200\"",
        &["without commas: 1200"],
    ),
    case(OBSERVED, "source\n", "source\njobs,city,2020,1,-1,x\n", "-1", &["a number from 0"]),
    case(
        OBSERVED,
        "source\n",
        "source\njobs,city,20,1,1,x\n",
        "20,1,1",
        &["no period", "2018-2020"],
    ),
    case(OBSERVED, "source\n", "source\njobs,city,2020,1,1\n", "jobs", &["5 cells, the header 6"]),
    case(OBSERVED, "source\n", "source\njobs,hubb,2020,1,1,x\n", "hubb", &["did you mean `hub`?"]),
    case(OBSERVED, "source\n", "source\njobs,city,2020,1,1,\"x\n", "\"x", &["never closed"]),
    case(OBSERVED, "tolerance,", "tolerance,value,", "value,source", &["`value` stands twice"]),
    case(OBSERVED, "source\n", "source\rjobs,city,2020,1,1,x\r", "\r", &["carriage return alone"]),
    case(
        OBSERVED,
        "source\n",
        "source\njobs,city,2020,\"0,25\",1,x\n",
        "\"0,25\"",
        &["with a point: 0.25"],
    ),
    case(
        OBSERVED,
        "source\n",
        "source\njobs,city,2020,1,1,\u{202e}x\n",
        "\u{202e}",
        &["U+202E", "direction"],
    ),
    // What a desk in Korea writes.
    case(TOP, "2021-12-31", "2021.12.31", "2021.12.31", &["with hyphens: 2021-12-31"]),
    case(TOP, "2021-12-31", "2021/12/31", "2021/12/31", &["with hyphens: 2021-12-31"]),
    case(TOP, "2021-12-31", "21.12.31", "21.12.31", &["with hyphens: 2021-12-31"]),
    case(TOP, "2021-12-31", "\"2021.12.31\"", "\"2021.", &["without quotes: 2021-12-31"]),
    case(TOP, "2021-12-31", "\"2021년 12월 31일\"", "\"2021년", &["without quotes: 2021-12-31"]),
    case(TOP, "2021-12-31", "2021. 12. 31.", "2021. 12", &["with hyphens: 2021-12-31"]),
    case(TOP, "2021-12-31", "\"2021. 12. 31.\"", "\"2021.", &["without quotes: 2021-12-31"]),
    case(TOP, "2021-12-31", "2021년 12월 31일", "2021년", &["with hyphens: 2021-12-31"]),
    case(TOP, "2021-12-31", "1-may-2021", "1-may", &["with hyphens: 2021-05-01"]),
    case(TOP, "2021-12-31", "\"1 May 2021\"", "\"1 May", &["without quotes: 2021-05-01"]),
    case(TOP, "2021-12-31", "\"May 1, 2021\"", "\"May", &["without quotes: 2021-05-01"]),
    case(TOP, "2021-12-31", "２０２１-１２-３１", "２０", &["with hyphens: 2021-12-31"]),
    case(HUB, "rent_ratio = 0.25", "rent_ratio = ０.２５", "０", &["ordinary digits: 0.25"]),
    case(HUB, "rent_ratio = 0.25", "rent_ratio = \"０.２５\"", "\"０", &["without quotes: 0.25"]),
    case(HUB, "rent_ratio = 0.25", "rent_ratio = 1/4", "1/4", &["with a point: 0.25"]),
    case(HUB, "rent_ratio = 0.25", "rent_ratio = \"1/4\"", "\"1/4", &["without quotes: 0.25"]),
    case(HUB, "= 12000 ", "= 12 000 ", "12 000", &["without spaces: 12000"]),
    case(HUB, "= 12000 ", "= 12\u{a0}000 ", "12\u{a0}000", &["without spaces: 12000"]),
    case(HUB, "= 12000 ", "= \"12 000\" ", "\"12 000", &["without spaces and quotes: 12000"]),
    case(OBSERVED, "source\n", "source\njobs,city,2019.12,1,1,x\n", "2019.12", &["write 2019-12"]),
    case(
        OBSERVED,
        "source\n",
        "source\njobs,city,2021.12.31,1,1,x\n",
        "2021.12.31",
        &["write 2021-12"],
    ),
    case(
        OBSERVED,
        "source\n",
        "source\njobs,city,2019년 5월,1,1,x\n",
        "2019년",
        &["write 2019-05"],
    ),
    case(
        OBSERVED,
        "source\n",
        "source\njobs,city,2019,20 000,1,x\n",
        "20 000",
        &["without spaces: 20000"],
    ),
    case(
        OBSERVED,
        "source\n",
        "source\njobs,city,2019,１２,1,x\n",
        "１２",
        &["ordinary digits: 12"],
    ),
    case(TOP, "seed = 1", "seed\u{a0}= 1", "\u{a0}", &["U+00A0", "an ordinary space"]),
    case(HUB, "rent_ratio = 0.25", "rent_ratio = 0,25", "0,25", &["instead of the comma: 0.25"]),
    case(HUB, "rent_ratio = 0.25", "rent_ratio = \"0,25\"", "\"0,25", &["without quotes: 0.25"]),
    // Texts that act on a terminal, mislead, or are too long for a page.
    case(
        TOP,
        "\"My district\"",
        "\"My \\u001b[31mdistrict\"",
        "\"My",
        &["letter 4", "U+001B", "control"],
    ),
    case(TOP, "\"My district\"", "\"My \\uFFFE\"", "\"My", &["U+FFFE", "no character"]),
    case(TOP, "\"My district\"", "\"My\\ndistrict\"", "\"My", &["a title is one line"]),
    case(TOP, "\"My district\"", "\"My\tdistrict\"", "\"My", &["expected no tab"]),
    case(TOP, "2021-12-31", "2021-12", "2021-12", &["is a month", "such as 2021-12-01"]),
    // Numbers of another order of magnitude than the rest of the scenario.
    case(TOP, "base_year = 2021", "base_year = 1950", "1950", &["expected 1988 to 2060"]),
    case(
        DISTRICT,
        "floor_space = 350000",
        "floor_space = 350",
        "350",
        &["the area `special-zone`", "in thousands of m2"],
    ),
    case(
        DISTRICT,
        "floor_space = 120000",
        "floor_space = 120_000_000",
        "120_000_000",
        &["km2 of land", "15 m2 on a m2"],
    ),
    case(DISTRICT, "pool = 750", "pool = 7_500_000", "7_500_000", &["in the whole country"]),
    case(
        HUB,
        "floor_space = 4000",
        "floor_space = 4_000_000",
        "4_000_000",
        &["to 2000000 [m2]", "no building of the world"],
    ),
    // Levers that would cost money and never act.
    case(
        HUB,
        "opening = 2018-09-01",
        "opening = 2024-01-01\nuntil = 2023-01-01",
        "2023-01-01",
        &["is before `opening`", "never act"],
    ),
    // Names that other programs change.
    case(ZONE, "[levers.zone]", "[levers.1e5]", "1e5", &["a spreadsheet takes it for a number"]),
];

/// The scenario with one thing changed, and the place where the caret must stand.
/// Fails where a text lacks any of these words.
#[track_caller]
fn says_all(text: &str, words: &[&str]) {
    for word in words {
        assert!(text.contains(word), "no {word} in {text}");
    }
}

fn broken(case: &Case) -> (Folder, String) {
    let folder = Folder::new();
    folder.change(case.file, case.find, case.replace);
    let text = fs::read_to_string(folder.path.join(case.file)).unwrap();
    // The caret's text is looked for from the change on, and else from the start.
    let original = Folder::new();
    let before = fs::read_to_string(original.path.join(case.file)).unwrap();
    let changed = before.find(case.find).unwrap();
    let at = text[changed..]
        .find(case.caret)
        .map_or_else(|| text.find(case.caret).unwrap(), |offset| changed + offset);
    let at = if case.caret.is_empty() { 0 } else { at };
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[..at].matches('\n').count() + 1;
    let column = text[start..at].chars().count() + 1;
    (folder, format!("mine/{}:{line}:{column}", case.file))
}

#[test]
fn every_mistake_is_one_problem_at_its_line_and_column() {
    let mut faults = String::new();
    for case in CASES {
        let (folder, at) = broken(case);
        let Err(error) = folder.load() else {
            let _ = writeln!(faults, "accepted: {} -> {}", case.find, case.replace);
            continue;
        };
        let text = shown(&folder.path, &error.to_string());
        let said = case.says.iter().all(|words| text.contains(words));
        if error.problems.len() != 1 || !text.contains(&format!("{at}\n")) || !said {
            let _ = writeln!(faults, "expected {at} {:?}, found\n{text}\n", case.says);
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn messages_look_like_this() {
    let texts: Vec<String> = CASES.iter().map(|case| broken(case).0.problems()).collect();
    insta::assert_snapshot!(texts.join("\n\n--------------------\n\n"));
}

#[test]
fn problems_of_several_files_are_all_told_in_the_order_of_files_and_lines() {
    let folder = Folder::new();
    folder.change(TOP, "seed = 1", "seed = -1");
    folder.change(TOP, "base_year = 2021", "base_year = true");
    folder.change(PARAMETERS, "\nfounder_growth", "\nfounder_grwoth");
    folder.change(HUB, "room = 20", "room = 20%");
    folder.change(HUB, "tenancy = 4", "tenancy = 400");
    folder.change(OBSERVED, "source\n", "source\njobs,city,2020,?,1,x\n");
    let error = folder.load().unwrap_err();
    let found: Vec<String> = error
        .problems
        .iter()
        .map(|problem| {
            let at = problem.position.as_ref().unwrap();
            format!("{}:{}:{}", shown(&folder.path, &problem.file), at.line, at.column)
        })
        .collect();
    let expected = [
        "mine/scenario.toml:17:13",
        "mine/scenario.toml:25:8",
        "mine/parameters.toml:28:1",
        "mine/policies/hub.toml:24:11",
        "mine/policies/hub.toml:25:8",
        "mine/observed.csv:2:16",
    ];
    assert_eq!(found, expected, "{error}");
    assert!(error.to_string().contains("6 problems in "), "{error}");
}

#[test]
fn a_mistake_that_others_take_over_is_told_once() {
    let folder = Folder::new();
    folder.change(HUB, "room = 20", "room = 20.5");
    folder.write("policies/third.toml", "extends = \"hub-and-zone\"");
    assert_eq!(folder.load().unwrap_err().problems.len(), 1);
}

/// The ninth would offer nothing without a word.
#[test]
fn a_policy_has_eight_matching_funds_at_most() {
    let folder = Folder::new();
    let fund = crate::levers::settings(LeverKind::MatchingFund);
    for number in 1..=8 {
        folder.append(BASELINE, &format!("[levers.fund-{number}]\n{fund}"));
    }
    folder.load().unwrap();
    folder.append(BASELINE, &format!("[levers.fund-9]\n{fund}"));
    assert!(folder.problems().contains("the policy has more than 8 matching funds"));
}

#[test]
fn folders_that_are_no_scenario_say_what_one_holds() {
    let temporary = tempfile::tempdir().unwrap();
    let file = temporary.path().join("file");
    fs::write(&file, "x").unwrap();
    for (path, says) in [
        (temporary.path().join("absent"), "there is no such folder"),
        (file, "this is a file, not a folder"),
    ] {
        let text = Scenario::loader(&path).load().unwrap_err().to_string();
        assert!(text.contains(says) && text.contains("policies/NAME.toml"), "{text}");
    }
    let empty = temporary.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let text = Scenario::loader(&empty).load().unwrap_err().to_string();
    assert!(text.contains("the folder is empty") && text.contains("yangjae new"), "{text}");
}

#[test]
fn missing_files_are_named_with_what_may_be_meant() {
    let folder = Folder::new();
    fs::rename(folder.path.join(PARAMETERS), folder.path.join("parameter.toml")).unwrap();
    let text = folder.problems();
    assert!(text.contains("lacks the file parameters.toml"), "{text}");
    assert!(text.contains("is `parameter.toml` meant to be it?"), "{text}");
    assert!(text.ends_with("1 problem in mine"), "{text}");
}

#[test]
fn a_scenario_without_policies_is_refused() {
    let folder = Folder::new();
    fs::remove_dir_all(folder.path.join("policies")).unwrap();
    assert!(folder.problems().contains("mine/policies"), "{}", folder.problems());
    fs::create_dir(folder.path.join("policies")).unwrap();
    assert!(folder.problems().contains("there is no policy"), "{}", folder.problems());
}

#[test]
fn files_that_are_no_text_are_refused_with_the_place() {
    let folder = Folder::new();
    folder.write(BASELINE, b"title = \"a\"\ndescription = \"\xb0\xa1\"\n");
    let text = folder.problems();
    assert!(text.contains("mine/policies/baseline.toml:2:16"), "{text}");
    assert!(text.contains("0xb0") && text.contains("CP949 (EUC-KR)"), "{text}");
    assert!(text.contains("save the file in the encoding UTF-8"), "{text}");
    folder.write(BASELINE, b"\xff\xfet\0i\0");
    assert!(folder.problems().contains("UTF-16"), "{}", folder.problems());
}

/// Nothing is told before it, and nothing that only follows from it.
#[test]
fn a_file_in_another_encoding_is_named_first_and_alone() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let cp949 = b"# \xc7\xe3\xba\xea\n".to_vec();
    let (marked, plain) = (wide("\u{feff}title = \"허브\"\n"), wide("title = \"허브\"\n"));
    for file in [TOP, BASELINE, HUB, OBSERVED, "draws.csv"] {
        for (bytes, says) in [(&cp949, "CP949"), (&marked, "UTF-16"), (&plain, "UTF-16")] {
            let folder = Folder::new();
            folder.change(TOP, "seed = 1\n", "seed = 1\nposterior = \"draws.csv\"\n");
            folder.change(PARAMETERS, "founder_rate = { ", "founder_rate = { free = true, ");
            folder.write("draws.csv", "weight,founder_rate\n1,150\n");
            folder.append(OBSERVED, "tenants,hub,2019,25,1,x\n");
            folder.write(file, bytes);
            let text = folder.problems();
            let first = text.lines().next().unwrap();
            assert!(first.contains(says), "{file}: {text}");
            assert!(text.contains("save the file in the encoding UTF-8"), "{file}: {text}");
            assert!(text.ends_with("1 problem in mine"), "{file}: {text}");
        }
    }
}

#[test]
fn a_file_beyond_the_limit_is_refused_with_the_limit() {
    let folder = Folder::new();
    folder.write(BASELINE, "#".repeat((1 << 20) + 1));
    assert!(folder.problems().contains("larger than 1 MiB"), "{}", folder.problems());
    assert!(folder.problems().contains("NAME.md beside it"), "{}", folder.problems());
    folder.write(BASELINE, "title = \"A\"\n");
    folder.write(OBSERVED, "#".repeat((16 << 20) + 1));
    assert!(folder.problems().contains("larger than 16 MiB"), "{}", folder.problems());
}

/// A file that cannot be read is named first and alone, whatever else names it.
#[test]
fn a_policy_that_cannot_be_read_is_the_only_problem() {
    for what in ["large", "link", "folder"] {
        let folder = Folder::new();
        folder.change(TOP, "seed = 1\n", "seed = 1\nactual_policy = \"hub\"\n");
        folder.append(OBSERVED, "tenants,hub,2019,25,1,x\n");
        let path = folder.path.join(HUB);
        fs::remove_file(&path).unwrap();
        match what {
            "large" => fs::write(&path, "#".repeat((1 << 20) + 1)).unwrap(),
            "link" => std::os::unix::fs::symlink("nowhere", &path).unwrap(),
            _ => fs::create_dir(&path).unwrap(),
        }
        let error = against_the_register(&folder).unwrap_err();
        let text = shown(&folder.path, &error.to_string());
        assert!(text.contains("--> mine/policies/hub.toml"), "{text}");
        assert!(text.ends_with("1 problem in mine"), "{what}: {text}");
        assert!(text.contains("help: "), "{text}");
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_accepted() {
    let folder = Folder::new();
    for file in [TOP, DISTRICT, PARAMETERS, BASELINE, HUB, ZONE, OBSERVED] {
        let text = fs::read_to_string(folder.path.join(file)).unwrap();
        folder.write(file, format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
    folder.load().unwrap();
}

#[test]
fn an_empty_policy_is_one_that_does_nothing() {
    let folder = Folder::new();
    folder.write(BASELINE, "");
    assert_eq!(folder.load().unwrap().policies[0].written, []);
}

#[test]
fn values_nested_without_end_are_refused_and_do_not_overflow() {
    let folder = Folder::new();
    for opening in ["[", "{ a = "] {
        folder.write(BASELINE, format!("title = {}", opening.repeat(100_000)));
        let _ = folder.problems();
    }
    folder.write(BASELINE, format!("{}a = 1", "a.".repeat(100_000)));
    let _ = folder.problems();
}

#[test]
fn control_letters_do_not_reach_the_terminal() {
    let folder = Folder::new();
    folder.append(HUB, "\"\\u001b[31mred\" = 1\n\"\u{202e}\" = 2\n");
    assert!(!folder.problems().contains('\u{1b}'));
}

#[test]
fn too_many_levers_and_facilities_are_refused() {
    let folder = Folder::new();
    let facility = fs::read_to_string(folder.path.join(HUB)).unwrap();
    let table = facility[facility.find("[levers.hub]").unwrap()..].to_owned();
    let more: String =
        (0..64).map(|n| table.replace("levers.hub", &format!("levers.x{n}"))).collect();
    folder.append(HUB, &more);
    let text = folder.problems();
    assert!(text.contains("more than 64 names of levers"), "{text}");
    assert!(text.contains("more than 16 facilities"), "{text}");
}

#[test]
fn unknown_metrics_are_found_where_metrics_are_known() {
    let folder = Folder::new();
    folder.append(OBSERVED, "jobs,city,2020,1,1,x\njbos,hub,2018-2020,1,1,\"a, b\"\n");
    let scenario = folder.load().unwrap();
    assert_eq!(scenario.observed[1].year, 2020);
    assert_eq!(scenario.observed[1].source, "a, b");
    let error = against_the_register(&folder).unwrap_err();
    insta::assert_snapshot!(shown(&folder.path, &error.to_string()), @r#"
    error: there is no metric `jbos`
     --> mine/observed.csv:3:1
      |
    3 | jbos,hub,2018-2020,1,1,"a, b"
      | ^^^^ unknown metric
      |
      = help: did you mean `jobs`?
      = help: `yangjae explain` lists the metrics

    1 problem in mine
    "#);
}

fn against_the_register(folder: &Folder) -> Result<Scenario, ScenarioError> {
    Scenario::loader(&folder.path).against(&metrics::places()).load()
}

/// What `validate` would refuse, the scenario refuses already, but for what only `--until` cuts.
#[test]
fn figures_that_can_never_be_compared_are_refused_all_at_once() {
    let folder = Folder::new();
    folder.append(
        OBSERVED,
        "tenants,hub,1990,1,1,x\n\
         rent,hub,2020,1,1,x\n\
         jobs,city,2020,1,1,x\n\
         jobs,city,2031,many,1,x\n\
         jobs,city,2020,2,1,y\n\
         investment,city,2017-2019,1,1,x\n\
         pool,city,2017-2019,1,1,x\n\
         jbos,moon,2020,-,1,x\n",
    );
    // Neither a bad number nor an unknown key hides the rest.
    folder.change(TOP, "seed = 1", "seed = 1\nsede = 2");
    folder.change(TOP, "\"hub-and-zone\"]", "\"hub-and-zoom\"]");
    let error = against_the_register(&folder).unwrap_err();
    let text = shown(&folder.path, &error.to_string());
    for part in [
        "`sede` is no key",
        "there is no policy `hub-and-zoom`",
        "mine/observed.csv:2:13",
        "1990 is not among the scenario's years",
        "mine/observed.csv:3:6",
        "`rent` is not read at `hub`",
        "known are `district`, `special-zone`",
        "mine/observed.csv:5:11",
        "\"many\" is no value",
        "mine/observed.csv:6:1",
        "`jobs` at `city` in 2020 is given twice, in line 4 and in line 6",
        "mine/observed.csv:7:17",
        "2017 is not among",
        "there is no metric `jbos`",
        "there is no place `moon`",
    ] {
        assert!(text.contains(part), "no `{part}` in:\n{text}");
    }
    assert!(text.contains("11 problems in mine"), "{text}");
}

#[test]
fn figures_that_only_until_cuts_off_are_no_problem() {
    let folder = Folder::new();
    folder.change(TOP, "seed = 1\n", "seed = 1\nactual_policy = \"hub\"\n");
    folder.append(OBSERVED, "tenants,hub,2029,1,1,x\n");
    let metrics = metrics::places();
    let cut = Scenario::loader(&folder.path).until(2020).against(&metrics).load().unwrap();
    assert_eq!(cut.observed.len(), 1);
}

#[test]
fn a_year_left_out_between_known_ones_is_refused() {
    let folder = Folder::new();
    folder.change(DISTRICT, "year = 2019", "year = 2023");
    let text = folder.problems();
    assert!(text.contains("expected the year 2019") && text.contains("1 problem"), "{text}");
}

#[test]
fn two_policies_of_one_title_are_refused() {
    let folder = Folder::new();
    let hub = fs::read_to_string(folder.path.join(HUB)).unwrap();
    let title = hub.lines().find(|line| line.starts_with("title =")).unwrap();
    let zone = fs::read_to_string(folder.path.join(ZONE)).unwrap();
    let other = zone.lines().find(|line| line.starts_with("title =")).unwrap();
    folder.change(ZONE, other, title);
    let text = folder.problems();
    assert!(text.contains("has the same title") && text.contains("mine/policies/"), "{text}");
}

/// A reader cannot tell them apart.
#[test]
fn two_titles_that_look_the_same_are_refused() {
    for title in [
        "A\u{200b} hub for startups",
        "A hub for start\u{ad}ups",
        "Ａ ｈｕｂ for startups",
        "A  hub for\u{a0}startups",
    ] {
        let folder = Folder::new();
        folder.change(ZONE, "\"A larger hub and a special zone\"", &format!("\"{title}\""));
        let text = folder.problems();
        assert!(text.contains("has a title that looks the same"), "{text}");
    }
    let folder = Folder::new();
    folder.change(ZONE, "\"A larger hub and a special zone\"", "\"a Hub for STARTUPS\"");
    let text = folder.problems();
    assert!(text.contains("has the same title but for capital letters"), "{text}");
    let folder = Folder::new();
    folder.change(ZONE, "\"허브 확대와 특구 지정\"", "\"스타트업\u{2060} 허브\"");
    assert!(folder.problems().contains("has a title that looks the same"));
    folder.change(ZONE, "\"스타트업\u{2060} 허브\"", "\"\u{3164}\u{200b}\"");
    assert!(folder.problems().contains("no letter that can be seen"), "{}", folder.problems());
}

#[test]
fn what_seems_meant_as_a_policy_and_is_not_read_is_named() {
    let folder = Folder::new();
    let text = fs::read(folder.path.join(BASELINE)).unwrap();
    fs::create_dir(folder.path.join("policies/more")).unwrap();
    for name in ["x.TOML", "y.toml.txt", "more/z.toml", "notes.md", "old.toml.bak"] {
        folder.write(&format!("policies/{name}"), &text);
    }
    let text = folder.problems();
    for says in
        ["x.TOML", "rename it to `x.toml`", "y.toml.txt", "rename it to `y.toml`", "policies/more"]
    {
        assert!(text.contains(says), "no {says} in {text}");
    }
    assert!(text.contains("3 problems in mine"), "{text}");
}

/// That scenario.toml names a policy that is not there only follows.
#[test]
fn the_remedy_comes_before_what_follows_from_the_mistake() {
    let folder = Folder::new();
    fs::rename(folder.path.join(HUB), folder.path.join("policies/hub.TOML")).unwrap();
    let text = folder.problems();
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words} in {text}"));
    assert!(at("rename it to `hub.toml`") < at("there is no policy `hub`"), "{text}");
}

#[test]
fn names_that_a_spreadsheet_or_windows_changes_name_no_policy() {
    for name in ["007", "1e5", "2026-05-01", "true", "con", "may-5"] {
        let folder = Folder::new();
        folder.write(&format!("policies/{name}.toml"), "title = \"Another\"\n");
        let text = folder.problems();
        assert!(text.contains(&format!("`{name}` cannot name a policy")), "{text}");
    }
}

#[test]
fn a_climate_that_begins_after_the_scenario_is_refused() {
    let folder = Folder::new();
    folder.change(TOP, "first_year = 2018", "first_year = 2016");
    let text = folder.problems();
    says_all(
        &text,
        &[
            "the climate begins in 2018, and the scenario in 2016",
            "mine/district.toml:",
            "would be drawn by chance",
            "1 problem in mine",
        ],
    );
}

#[test]
fn a_rent_is_asked_for_where_a_lever_lies() {
    let folder = Folder::new();
    folder.change(ZONE, "area = \"special-zone\"", "area = \"elsewhere\"");
    let text = folder.problems();
    says_all(
        &text,
        &[
            "the area `elsewhere` lacks the key `rent`",
            "`zone` of the policy `hub-and-zone`",
            "mine/district.toml:",
        ],
    );
    folder.change(
        DISTRICT,
        "floor_space = \"unlimited\"",
        "rent = 0.3\nfloor_space = \"unlimited\"",
    );
    assert!(folder.load().unwrap().without_effect().is_empty());
}

/// Won for millions of won, per cent for shares, m2 for km2: each has a bound that refuses it.
#[test]
fn numbers_of_another_order_of_magnitude_are_refused_with_what_is_meant() {
    for (file, find, replace, says) in [
        (
            DISTRICT,
            "rent = ",
            "rent = 300_000 # ",
            "if it is in won: the unit is a million won, write 0.3",
        ),
        (DISTRICT, "land = ", "land = 2_860_000 # ", "to 20000 [km2]"),
        (
            DISTRICT,
            "sector_share = ",
            "sector_share = 40 # ",
            "if it is in per cent: the unit is 1, write 0.4",
        ),
        (DISTRICT, "index = ", "index = 81.3 # ", "write 0.813"),
        (HUB, "construction = ", "construction = 2_500_000_000 # ", "write 2500"),
        (HUB, "operation = ", "operation = 2_500_000 # ", "write 2.5"),
        (HUB, "service_cost = ", "service_cost = 2_500_000 # ", "write 2.5"),
        (HUB, "rent_ratio = ", "rent_ratio = 85 # ", "write 0.85"),
        (ZONE, "plot_ratio = ", "plot_ratio = 150 # ", "write 1.5"),
        ("parameters.toml", "\nwage = { value = 65.0", "\nwage = { value = 65_000_000", "write 65"),
    ] {
        let folder = Folder::new();
        folder.change(file, find, replace);
        let text = folder.problems();
        assert!(text.contains("is out of range") && text.contains(says), "{replace}: {text}");
    }
}

#[test]
fn values_that_a_metric_cannot_have_and_one_figure_in_two_words_are_refused() {
    let folder = Folder::new();
    folder.change(TOP, "seed = 1\n", "seed = 1\nactual_policy = \"hub\"\n");
    folder.append(
        OBSERVED,
        "tenants,hub,2019,-25,1,x\noccupancy,district,2019,85,1,x\n\
         firms,city,2020,9,1,x\nfirms,city,2018-2020,9,1,x\n",
    );
    let error = against_the_register(&folder).unwrap_err();
    let text = shown(&folder.path, &error.to_string());
    says_all(
        &text,
        &[
            "`tenants` cannot be -25",
            "`occupancy` cannot be 85",
            "write a share instead of a percentage: 0.85",
            "`firms` at `city` in 2018-2020 is given twice, in line 4 and in line 5",
            "3 problems in mine",
        ],
    );
}

#[test]
fn a_parameter_is_set_once() {
    let set = |value: &str| ("quit_rate".to_owned(), value.to_owned());
    let folder = Folder::new();
    let error =
        Scenario::loader(&folder.path).set_all(&[set("0.1"), set("0.2")]).load().unwrap_err();
    assert!(error.to_string().contains("`quit_rate` is set twice"), "{error}");
}

/// A slip of some digits is larger than anything of its unit, or than the facility holds.
#[test]
fn observed_figures_of_another_order_of_magnitude_are_refused() {
    let folder = Folder::new();
    folder.change(TOP, "seed = 1\n", "seed = 1\nactual_policy = \"hub\"\n");
    folder.append(
        OBSERVED,
        "tenants,hub,2019,28000,1,x\nfirms,city,2019,1e30,1,x\n\
         jobs,city,2019,900,1e300,x\ntenants,hub,2020,160,1,x\n",
    );
    let error = against_the_register(&folder).unwrap_err();
    let text = shown(&folder.path, &error.to_string());
    says_all(
        &text,
        &[
            "mine/observed.csv:2:18",
            "`hub` cannot have 28000 tenants",
            "it has 80 places at most under the actual policy `hub`",
            "mine/observed.csv:3:17",
            "is too large for `firms`",
            "mine/observed.csv:4:20",
            "is too large for `jobs`",
            "3 problems in mine",
        ],
    );
}

/// The figures of a scenario are compared with the policy that happened, by every command.
#[test]
fn a_figure_that_the_policy_that_happened_cannot_have_is_refused() {
    let folder = Folder::new();
    folder.append(OBSERVED, "tenants,hub,2019,25,1,x\n");
    let error = against_the_register(&folder).unwrap_err();
    let text = shown(&folder.path, &error.to_string());
    says_all(
        &text,
        &[
            "mine/observed.csv:2:9",
            "the actual policy `baseline` (the baseline, as scenario.toml names none) has no \
             facility `hub`",
            "`actual_policy = \"POLICY\"` in scenario.toml names another",
            "1 problem in mine",
        ],
    );
    folder.change(TOP, "seed = 1\n", "seed = 1\nactual_policy = \"hub\"\n");
    against_the_register(&folder).unwrap();
}

/// One limit is told, however long it is.
#[test]
fn a_title_that_is_too_long_is_told_the_limit_of_titles() {
    for length in [201, 40_000] {
        let folder = Folder::new();
        folder.change(TOP, "\"My district\"", &format!("\"{}\"", "a".repeat(length)));
        assert!(folder.problems().contains("expected 200 at most"), "{}", folder.problems());
    }
}

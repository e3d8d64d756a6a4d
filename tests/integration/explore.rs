//! The live page: its engine gives what the commands give, and refuses as they do.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use yangjae::Layout;
use yangjae::Scenario;
use yangjae::Study;
use yangjae::Table;
use yangjae::Workspace;
use yangjae::explore::data::HISTORIES;
use yangjae::explore::session::Choice;
use yangjae::explore::session::Edits;
use yangjae::explore::session::Replay;
use yangjae::explore::session::Session;
use yangjae::explore::session::Setup;
use yangjae::explore::session::Variant;
use yangjae::explore::session::base;

use crate::fixture::Folder;
use crate::program::Place;

const SERIES: [&str; 3] = ["jobs@city", "jobs@district", "investment@city"];

fn small() -> Folder {
    let folder = Folder::new();
    for (find, replace) in
        [("count = 120", "count = 25"), ("count = 40", "count = 9"), ("count = 600", "count = 60")]
    {
        folder.change("district.toml", find, replace);
    }
    folder.change("scenario.toml", "last_year = 2030", "last_year = 2023");
    folder
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let inputs = Scenario::loader(folder).load().unwrap().inputs;
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    inputs.into_iter().map(|file| (file.path, text(file.bytes))).collect()
}

/// A session over a scenario, called as the command line calls its folder.
fn opened(folder: &Path) -> Session {
    let mut session = Session::default();
    session.open(files(folder), folder.to_str().unwrap()).unwrap();
    session
}

fn choice(policies: &[&str]) -> Choice {
    let texts = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    Choice { policies: texts(policies), series: texts(&SERIES), ..Choice::default() }
}

fn program(arguments: &[&str], folder: &Path) -> (bool, String, String) {
    let mut command = Command::cargo_bin("yangjae").unwrap();
    let output = command.arg(arguments[0]).arg(folder).args(&arguments[1..]).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

/// Where a policy's numbers begin in a history.
fn start(setup: &Setup, policy: usize, history: &[f64]) -> usize {
    policy * (history.len() / setup.policies.len())
}

fn series_of(layout: &Layout, values: &[f64], metric: &str, place: &str) -> Vec<f64> {
    let series = layout.position(Table::Metric, metric, place).unwrap();
    let years = layout.years.len();
    values[series * years..(series + 1) * years].to_vec()
}

#[test]
fn histories_are_those_of_a_study_to_the_last_bit() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae");
    let mut session = opened(&folder);
    let setup = session.configure(&choice(&["full-plan", "campus"])).unwrap();
    assert_eq!(setup.policies, ["baseline", "full-plan", "campus"]);
    assert_eq!(setup.block, 5);
    let scenario = Scenario::loader(&folder).load().unwrap();
    let study = Study::of(&scenario);
    let (layouts, years) = (study.layouts(), setup.years.len());
    for replication in [0, 3] {
        let history = session.history(replication).unwrap();
        let values = study.replicate(replication, &mut Workspace::default()).unwrap();
        for (policy, name) in setup.policies.iter().enumerate() {
            let (at, place) = (start(&setup, policy, &history), study.place(name).unwrap());
            for (number, id) in SERIES.iter().enumerate() {
                let (metric, of) = id.split_once('@').unwrap();
                let expected = series_of(&layouts[place], &values[place], metric, of);
                let found = &history[at + number * years..at + (number + 1) * years];
                assert_eq!(found, expected, "{name} {id}");
            }
        }
    }
}

#[test]
fn baselines_that_are_kept_change_no_bit() {
    let folder = small();
    let mut kept = opened(&folder.path);
    let mut bits = |edit: &str, change: fn(&mut Choice)| {
        let edits = vec![edit.to_owned()];
        let edits = Edits { policy: "hub".to_owned(), edits, title: None };
        let told = |session: &mut Session| {
            let made = session.edited(&edits).unwrap();
            let variants = vec![Variant { name: made.name, text: made.text }];
            let mut choice = Choice { variants, ..choice(&["hub"]) };
            change(&mut choice);
            session.configure(&choice).unwrap();
            // Of the fourth the baseline is kept, of the fifth not.
            let histories = [0, 3, 4, 0].map(|number| session.history(number).unwrap());
            histories.concat().into_iter().map(f64::to_bits).collect::<Vec<u64>>()
        };
        let bits = told(&mut kept);
        assert_eq!(bits, told(&mut opened(&folder.path)), "{edit}");
        bits
    };
    let of_one = bits("--set hub.room=11", |_| ());
    // The same baseline; one that another year branches off; other series; a lever more; other parameters; the first.
    assert_ne!(bits("--set hub.room=5", |_| ()), of_one);
    bits("--set hub.opening=2019-06-01", |_| ());
    bits("--set hub.room=5", |choice| choice.series.truncate(1));
    bits("--drop hub", |_| ());
    let set = |choice: &mut Choice| choice.set = vec![("founder_rate".to_owned(), "33".to_owned())];
    bits("--set hub.room=11", set);
    assert_eq!(bits("--set hub.room=11", |_| ()), of_one);
}

#[test]
fn outcomes_are_those_of_a_run_to_the_digit() {
    let folder = small();
    let output = folder.path.with_file_name("out");
    let run = ["run", "--set", "founder_rate=33", "--seed", "7", "--replications", "3", "--quiet"];
    let run: Vec<&str> = run.into_iter().chain(["--output", output.to_str().unwrap()]).collect();
    let (done, _, error) = program(&run, &folder.path);
    assert!(done, "{error}");
    let mut files = files(&folder.path);
    files.insert(base::FILE.to_owned(), "{\"seed\": 7}".to_owned());
    let mut session = Session::default();
    session.open(files, "mine").unwrap();
    let set = vec![("founder_rate".to_owned(), "33".to_owned())];
    let setup = session.configure(&Choice { set, ..choice(&["hub"]) }).unwrap();
    let table = fs::read_to_string(output.join("outcomes.csv")).unwrap();
    let mut compared = 0;
    for replication in 0..3 {
        let history = session.history(replication).unwrap();
        for (policy, name) in setup.policies.iter().enumerate() {
            let at = start(&setup, policy, &history) + SERIES.len() * setup.years.len();
            for (place, outcome) in setup.outcomes.iter().enumerate() {
                let row = format!("{name},{replication},{},", outcome.id);
                let row = table.lines().find(|line| line.starts_with(&row)).unwrap();
                let written: f64 = row.rsplit(',').next().unwrap().parse().unwrap();
                let found = history[at + place];
                let digits = (written - found).abs() <= 1e-6 * found.abs().max(1e-9);
                assert!(digits, "{row}: {found}");
                compared += usize::from(found != 0.0);
            }
        }
    }
    assert!(compared >= 12, "{compared}");
}

#[test]
fn what_is_refused_is_told_as_check_tells_it() {
    let folder = small();
    let text =
        "title = \"Mine\"\nextends = \"hub\"\n[levers.hub]\nplaces = -3\nopning = 2020-01-01\n";
    let mut session = opened(&folder.path);
    let variants = vec![Variant { name: "mine".to_owned(), text: text.to_owned() }];
    let refused = session.configure(&Choice { variants, ..choice(&[]) }).unwrap_err();
    folder.write("policies/mine.toml", text);
    let (done, _, error) = program(&["check"], &folder.path);
    assert!(!done);
    assert_eq!(refused.text, error.trim_end());
    assert_eq!(refused.problems.len(), 2);
    let first = &refused.problems[0];
    assert!(first.file.ends_with("policies/mine.toml"));
    assert_eq!((first.line, first.excerpt.as_str()), (Some(4), "places = -3"));
    assert!(session.history(0).is_err(), "nothing is chosen any more");
}

#[test]
fn what_check_warns_of_is_told_of_what_is_chosen_alone() {
    let folder = small();
    let mut session = opened(&folder.path);
    let edits = vec!["--set hub.opening=2099-01-01".to_owned()];
    let late = session.edited(&Edits { policy: "hub".to_owned(), edits, title: None }).unwrap();
    let variants = vec![Variant { name: late.name, text: late.text }];
    let setup = session.configure(&Choice { variants, ..choice(&[]) }).unwrap();
    let warning = "lever `hub`: it begins to act on 2099-01-01, after the last year, 2023";
    assert!(setup.warnings.iter().any(|it| it == warning), "{:?}", setup.warnings);
    assert!(session.configure(&choice(&["hub"])).unwrap().warnings.is_empty());
}

#[test]
fn an_unknown_policy_metric_or_history_is_told() {
    let folder = small();
    let mut session = opened(&folder.path);
    let refused = session.configure(&choice(&["hubb"])).unwrap_err();
    assert!(refused.text.contains("did you mean `hub`"), "{}", refused.text);
    let series = vec!["job@city".to_owned()];
    let refused = session.configure(&Choice { series, ..choice(&["hub"]) }).unwrap_err();
    assert!(refused.text.contains("did you mean `jobs`"), "{}", refused.text);
    let mut files = files(&folder.path);
    files.insert(base::FILE.to_owned(), "{\"replications\": 2}".to_owned());
    session.open(files, "mine").unwrap();
    session.configure(&choice(&["hub"])).unwrap();
    assert!(session.history(1).is_ok());
    assert_eq!(session.history(2).unwrap_err().text, "there are 2 histories, from 0");
}

/// Whatever the order in which they are given.
#[test]
fn edited_policies_are_the_files_that_save_writes() {
    let folder = small();
    let mut session = opened(&folder.path);
    for (number, edits) in [
        vec!["--set hub.places=31"],
        vec!["--scale hub=0.5", "--delay hub=1y"],
        vec!["--scale hub=2", "--set hub.rent_ratio=0.6"],
    ]
    .into_iter()
    .enumerate()
    {
        let file = folder.path.with_file_name(format!("saved-{number}.toml"));
        let words = edits.iter().flat_map(|edit| edit.split(' '));
        let arguments: Vec<&str> = ["check", "--policy", "hub", "--save", file.to_str().unwrap()]
            .into_iter()
            .chain(words)
            .collect();
        let (done, _, error) = program(&arguments, &folder.path);
        assert!(done, "{error}");
        let edits = edits.into_iter().map(str::to_owned).collect();
        let edits = Edits { policy: "hub".to_owned(), edits, title: None };
        let made = session.edited(&edits).unwrap();
        assert_eq!(made.text, fs::read_to_string(&file).unwrap());
        // The scenario that was read for the file is that of the file.
        let variants = vec![Variant { name: made.name.clone(), text: made.text.clone() }];
        let chosen = Choice { variants, ..choice(&[]) };
        session.configure(&chosen).unwrap();
        let bits = |session: &mut Session| {
            let history = session.history(1).unwrap();
            history.into_iter().map(f64::to_bits).collect::<Vec<u64>>()
        };
        let quick = bits(&mut session);
        session.configure(&chosen).unwrap();
        assert_eq!(quick, bits(&mut session));
        let titled = session.edited(&Edits { title: Some("A \"new\" one".to_owned()), ..edits });
        let titled = titled.unwrap().text;
        assert!(titled.starts_with("title = \"A \\\"new\\\" one\"\ndescription = "), "{titled}");
        folder.write("policies/titled.toml", &titled);
        assert!(folder.load().is_ok());
        fs::remove_file(folder.path.join("policies/titled.toml")).unwrap();
    }
    // More changes than a name holds are counted in it.
    let many =
        ["room=11", "tenancy=2", "rent_ratio=0.612345", "floor_space=1201", "construction=901.25"];
    let many = many.iter().map(|set| format!("--set hub.{set}")).collect();
    let edits = Edits { policy: "hub".to_owned(), edits: many, title: None };
    let made = session.edited(&edits).unwrap();
    assert!(made.name.starts_with("hub--5-changes-"), "{}", made.name);
    let variants = vec![Variant { name: made.name, text: made.text }];
    assert!(session.configure(&Choice { variants, ..choice(&[]) }).is_ok());
    let edits = Edits {
        policy: "hub".to_owned(),
        edits: vec!["--set hub.plces=31".to_owned()],
        title: None,
    };
    let refused = session.edited(&edits).unwrap_err();
    let (_, _, error) =
        program(&["check", "--policy", "hub", "--set", "hub.plces=31"], &folder.path);
    assert_eq!(format!("error: {}", refused.text), error.trim_end());
}

#[test]
fn firms_of_a_replay_add_up_to_the_jobs_of_its_history() {
    let folder = small();
    let mut session = opened(&folder.path);
    let setup = session.configure(&choice(&["hub"])).unwrap();
    let history = session.history(2).unwrap();
    let told = session.replay(&Replay { policy: "hub".to_owned(), replication: 2 }).unwrap();
    assert_eq!(told.years, setup.years);
    for world in 0..2 {
        let at = start(&setup, world, &history);
        let mut jobs = vec![0_i64; setup.years.len()];
        for course in told.firms.iter().filter_map(|firm| firm.worlds[world].as_ref()) {
            let first = usize::from(course.from - told.years[0]);
            for (year, (number, area)) in course.jobs.iter().zip(&course.areas).enumerate() {
                assert!(*area >= 0 || *number == 0);
                jobs[first + year] += number;
            }
        }
        let jobs: Vec<f64> = jobs.into_iter().map(|jobs| jobs as f64).collect();
        assert_eq!(jobs, history[at..at + jobs.len()]);
    }
    assert!(told.firms.iter().any(|firm| firm.worlds[0] != firm.worlds[1]));
    let tenants = |firm: &yangjae::explore::session::Firm| {
        firm.worlds[1].as_ref().is_some_and(|course| course.tenant.contains(&true))
    };
    assert!(told.firms.iter().any(tenants));
}

/// A page is made again where it is, and nothing else is lost for one.
#[test]
fn a_page_replaces_none_but_a_page_of_its_own() {
    let place = Place::new();
    for (command, made) in [
        ("explore mine --until 2018", "output/mine-explore.html"),
        ("describe mine --output d.md", "d.md"),
    ] {
        fs::create_dir_all(place.path("output")).unwrap();
        place.done(command);
        let page = fs::read(place.path(made)).unwrap();
        place.done(command);
        assert!(fs::read(place.path(made)).unwrap() == page, "{command}");
    }
    place.done("run mine --replications 2 --until 2018 --quiet --output out");
    fs::write(place.path("notes.txt"), "my notes").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(place.path("d.md"), place.path("link")).unwrap();
    let before = place.files("");
    for command in ["explore mine --until 2018", "describe mine"] {
        for there in ["notes.txt", "out/report.html", "mine/scenario.toml", "link", "/dev/full"] {
            if cfg!(unix) || place.path(there).exists() {
                let told = format!("`{there}` exists already; it is left as it is");
                place.fails(&format!("{command} --output {there}"), 2, &[&told]);
            }
        }
    }
    place.fails("explore mine --output d.md", 2, &["left as it is"]);
    place.fails("describe mine --output output/mine-explore.html", 2, &["left as it is"]);
    assert!(place.files("") == before);
}

/// What the page carries of a posterior is enough for its histories, and small.
#[test]
fn the_page_carries_what_its_histories_need_and_forbids_all_else() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/yangjae");
    let place = tempfile::tempdir().unwrap();
    let write = |threads: &str, name: &str| {
        let file = place.path().join(name);
        let output = ["explore", "--until", "2024", "--threads", threads, "--output"];
        let arguments: Vec<&str> = output.into_iter().chain([file.to_str().unwrap()]).collect();
        let (done, _, error) = program(&arguments, &folder);
        assert!(done, "{error}");
        fs::read_to_string(file).unwrap()
    };
    let page = write("1", "one.html");
    assert_eq!(page, write("2", "two.html"));
    let policy = page.split("Content-Security-Policy\" content=\"").nth(1).unwrap();
    let policy = policy.split('"').next().unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert!(!policy.contains("unsafe-inline") && !policy.contains("http"), "{policy}");
    assert!(!page.contains("<link") && !page.contains("src="));
    let data = data_of(&page);
    assert_eq!(data["precomputed"]["replications"], 32);
    let files: BTreeMap<String, String> = serde_json::from_value(data["files"].clone()).unwrap();
    let mut carried = Session::default();
    carried.open(files, "yangjae").unwrap();
    carried.configure(&choice(&["full-plan"])).unwrap();
    let scenario = Scenario::loader(&folder).until(2024).load().unwrap();
    let study = Study::of(&scenario);
    let place = study.place("full-plan").unwrap();
    for replication in [0, 77, HISTORIES - 1] {
        let history = carried.history(replication).unwrap();
        let values = study.replicate(replication, &mut Workspace::default()).unwrap();
        let jobs = series_of(&study.layouts()[place], &values[place], "jobs", "city");
        assert_eq!(history[history.len() / 2..][..jobs.len()], jobs);
    }
    assert!(carried.history(HISTORIES).is_err());
}

/// Simulated for itself or taken from the run: the same figures, policies made on the command line among them.
#[test]
fn a_run_has_the_page_with_what_it_found() {
    let folder = small();
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
    let chosen =
        ["--seed", "7", "--set", "founder_rate=33", "--policy", "hub", "--delay", "hub=1y"];
    let done = |arguments: &[&str], folder: &Path| {
        let (done, _, error) = program(arguments, folder);
        assert!(done, "{arguments:?}: {error}");
    };
    let run = |name: &str, more: &[&str]| {
        let run = ["run", "--quiet", "--replications", "32", "--output", &at(name)];
        done(&[&run, &chosen[..], more].concat(), &folder.path);
    };
    run("run", &["--placebo"]);
    let explore = ["explore", "--output", &at("alone.html")];
    done(&[&explore, &chosen[..2], &chosen[2..4], &chosen[6..]].concat(), &folder.path);
    let page = fs::read_to_string(at("run/explore.html")).unwrap();
    let (data, alone) = (data_of(&page), data_of(&fs::read_to_string(at("alone.html")).unwrap()));
    assert_eq!(data["precomputed"]["policies"].as_object().unwrap().len(), 3);
    for (policy, told) in data["precomputed"]["policies"].as_object().unwrap() {
        assert_eq!(told, &alone["precomputed"]["policies"][policy], "{policy}");
    }
    let files: BTreeMap<String, String> = serde_json::from_value(data["files"].clone()).unwrap();
    let mut carried = Session::default();
    carried.open(files, "mine").unwrap();
    carried.configure(&choice(&["hub", "hub--hub-delay-1y"])).unwrap();

    let told = |name: &str, file: &str| fs::read_to_string(at(&format!("{name}/{file}"))).unwrap();
    assert!(told("run", "report.html").contains("href=\"explore.html\""));
    assert!(told("run", "manifest.json").contains("\"explore.html\""));
    done(&["verify"], Path::new(&at("run")));
    for part in ["1/2", "2/2"] {
        run(&part.replace('/', "-of-"), &["--placebo", "--shard", part]);
    }
    done(&["merge", &at("2-of-2"), "--quiet", "--output", &at("merged")], Path::new(&at("1-of-2")));
    assert_eq!(told("merged", "explore.html"), page);

    run("none", &["--no-live"]);
    assert!(!Path::new(&at("none/explore.html")).exists());
    assert!(!told("none", "report.html").contains("explore.html"));
    done(&["verify"], Path::new(&at("none")));
    run("run", &["--force", "--no-live"]);
    assert!(!Path::new(&at("run/explore.html")).exists(), "that of the run that was replaced");
}

/// What a page is told.
pub(crate) fn data_of(page: &str) -> serde_json::Value {
    use base64::Engine as _;
    use std::io::Read as _;
    let packed = page.split("id=\"data\">").nth(1).unwrap().split('<').next().unwrap();
    let packed = base64::prelude::BASE64_STANDARD.decode(packed).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut text).unwrap();
    serde_json::from_str(&text).unwrap()
}

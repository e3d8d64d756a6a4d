//! What is written for editors, shells and readers of manual pages. Whether those take it, `tests/editors/run` tries.

use std::fs;

use clap::CommandFactory as _;
use yangjae::cli::Cli;
use yangjae::commands::schema::Kind;
use yangjae::scenario::Scenario;

use crate::command_line::run;

fn commands() -> Vec<String> {
    Cli::command().get_subcommands().map(|command| command.get_name().to_owned()).collect()
}

/// Nothing of a script is written out as a letter that would act on a terminal.
#[test]
fn completions_know_every_command_and_are_printed_as_they_are() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let (status, out, error) = run(&["completions", shell]);
        assert_eq!((status, error.as_str()), (0, ""), "{shell}");
        let of_shell = shell.parse().unwrap();
        assert!(out == yangjae::commands::completions::script(of_shell, Cli::command()), "{shell}");
        for command in commands() {
            assert!(out.contains(&command), "{shell}: {command}");
        }
        assert!(out.contains("replication-csv"), "{shell}");
        // Words that an option takes.
        assert!(shell == "powershell" || out.contains("appraisal/flows"), "{shell}");
    }
}

#[test]
fn one_manual_page_has_every_command_and_a_folder_a_page_of_each() {
    let (status, page, error) = run(&["man"]);
    assert_eq!((status, error.as_str()), (0, ""));
    assert!(page.contains(".TH yangjae 1"), "{page}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("man");
    assert_eq!(run(&["man", "--output", path.to_str().unwrap()]).0, 0);
    for command in commands() {
        assert!(page.contains(&format!(".SH \"YANGJAE {}\"", command.to_uppercase())), "{command}");
        let own = fs::read_to_string(path.join(format!("yangjae-{command}.1"))).unwrap();
        assert!(own.contains(&format!(".TH yangjae-{command} 1")), "{own}");
    }
    assert_eq!(fs::read_dir(&path).unwrap().count(), commands().len() + 1);
    // Twice, for a later version.
    assert_eq!(run(&["man", "--output", path.to_str().unwrap()]).0, 0);
}

#[test]
fn a_new_scenario_leads_editors_to_its_schemas_and_nothing_of_it_is_unread() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine");
    let shown = path.to_str().unwrap();
    let (status, out, _) = run(&["new", shown]);
    assert!(status == 0 && out.contains("schema/"), "{out}");
    let scenario = Scenario::loader(&path).load().unwrap();
    assert!(scenario.not_read.is_empty(), "{:?}", scenario.not_read);
    for input in scenario.inputs.iter().filter(|input| Kind::of_path(&input.path).is_some()) {
        let text = String::from_utf8(input.bytes.clone()).unwrap();
        let line = text.lines().next().unwrap();
        let schema = line.strip_prefix("#:schema ").unwrap();
        let from = path.join(&input.path);
        assert!(from.parent().unwrap().join(schema).is_file(), "{}: {line}", input.path);
    }
    for kind in Kind::ALL {
        let written = fs::read_to_string(path.join("schema").join(kind.file())).unwrap();
        assert!(written == kind.text(), "{kind:?}");
        let (status, printed, _) = run(&["schema", kind.name()]);
        assert!(status == 0 && printed == kind.text(), "{kind:?}");
    }
    // The form of a language leads there too, where the schemas are.
    assert_eq!(run(&["new", shown, "--language", "es"]).0, 0);
    let form = fs::read_to_string(path.join("languages/es.toml")).unwrap();
    assert!(form.starts_with("#:schema ../schema/language.json\n"));
    Scenario::loader(&path).load().unwrap();
    // A later version writes them over.
    fs::write(path.join("schema/policy.json"), "older").unwrap();
    let schemas = path.join("schema");
    assert_eq!(run(&["schema", "--output", schemas.to_str().unwrap()]).0, 0);
    assert!(fs::read_to_string(schemas.join("policy.json")).unwrap() == Kind::Policy.text());
    let (status, _, error) = run(&["schema"]);
    assert!(status == 2 && error.contains("KIND"), "{error}");
}

//! Files and folders that hold no scenario, or none that can be read.

use std::fs;

use yangjae::scenario::Scenario;

use crate::broken_scenarios::against_the_register;
use crate::broken_scenarios::cases::BASELINE;
use crate::broken_scenarios::cases::DISTRICT;
use crate::broken_scenarios::cases::HUB;
use crate::broken_scenarios::cases::OBSERVED;
use crate::broken_scenarios::cases::PARAMETERS;
use crate::broken_scenarios::cases::TOP;
use crate::broken_scenarios::cases::ZONE;
use crate::fixture::Folder;
use crate::fixture::shown;

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

#[test]
fn names_that_a_spreadsheet_or_windows_changes_name_no_policy() {
    for name in ["007", "1e5", "2026-05-01", "true", "con", "may-5"] {
        let folder = Folder::new();
        folder.write(&format!("policies/{name}.toml"), "title = \"Another\"\n");
        let text = folder.problems();
        assert!(text.contains(&format!("`{name}` cannot name a policy")), "{text}");
    }
}

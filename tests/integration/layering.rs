//! The architecture, tested: no module uses a later layer, and some things stand in one place.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// A module may use those before it in this list, never those after.
const LAYERS: [&str; 16] = [
    "system",
    "time",
    "random",
    "policy",
    "scenario",
    "model",
    "experiment",
    "analysis",
    "evidence",
    "report",
    "explore",
    "pipeline",
    "commands",
    "cli",
    "python",
    "main",
];

/// What may be named in one place only: a word of code, and the paths where it may stand.
const PLACES: [(&str, &[&str]); 15] = [
    ("rayon::", &["experiment/pool.rs"]),
    ("std::fs", &["system/", "scenario/file.rs", "experiment/", "report/"]),
    ("cfg(unix", &["system/"]),
    ("cfg(not(unix", &["system/"]),
    ("target_os", &["system/"]),
    ("std::os::", &["system/"]),
    ("rustix::", &["system/"]),
    ("signal_hook", &["system/"]),
    ("println!", &[]),
    ("io::stdout", &["report/text/console.rs"]),
    ("io::stderr", &["report/text/console.rs"]),
    ("SystemTime", &[]),
    ("Instant", &["pipeline/need.rs"]),
    ("HashMap", &[]),
    // Names that JavaScript calls are the linker's.
    ("unsafe", &["random/slice/dispatch.rs", "explore/exports.rs"]),
];

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(&root).unwrap().display().to_string();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(found.len() > 50, "only {} sources found", found.len());
    found
}

/// The text of a source before its tests.
fn code_of(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

fn layer_of(name: &str) -> Option<usize> {
    let first = name.split(['/', ':', ';', '.']).next()?;
    LAYERS.iter().position(|layer| *layer == first)
}

#[test]
fn no_module_uses_a_later_layer() {
    let mut violations = Vec::new();
    for (name, text) in sources() {
        assert!(!text.contains("crate::{"), "{name}: one `use` a module");
        assert!(!text.contains("super::super"), "{name}: name the module from the crate");
        let Some(layer) = layer_of(&name) else { continue };
        for used in text.split("crate::").skip(1).filter_map(layer_of) {
            if used > layer {
                violations.push(format!("{name} uses {}", LAYERS[used]));
            }
        }
    }
    assert!(violations.is_empty(), "{violations:#?}");
}

#[test]
fn some_things_stand_in_one_place() {
    let mut violations = Vec::new();
    for (name, text) in sources() {
        let code = code_of(&text);
        let comment = |line: &&str| !line.trim_start().starts_with("//");
        for (word, places) in PLACES {
            let allowed = places.iter().any(|place| name.starts_with(place));
            let is_test = name.ends_with("tests.rs") || name.contains("/tests/");
            if !allowed && !is_test && code.lines().filter(comment).any(|line| line.contains(word))
            {
                violations.push(format!("{name} names {word}"));
            }
        }
    }
    assert!(violations.is_empty(), "{violations:#?}");
}

/// The rooms of `report` in order: a room may use those before it, never those after.
const ROOMS: [&str; 4] = ["text", "tables", "folder", "views"];

#[test]
fn no_room_of_the_report_uses_a_later_one() {
    let room_of = |path: &str| {
        let first = path.split(['/', ':', ';', '.']).next()?;
        ROOMS.iter().position(|room| *room == first)
    };
    let mut violations = Vec::new();
    let mut uses = 0;
    for (name, text) in sources() {
        let Some(room) = name.strip_prefix("report/").and_then(room_of) else { continue };
        for used in text.split("crate::report::").skip(1).filter_map(room_of) {
            uses += 1;
            if used > room {
                violations.push(format!("{name} uses {}", ROOMS[used]));
            }
        }
    }
    assert!(uses > 100, "{uses}");
    assert!(violations.is_empty(), "{violations:#?}");
}

/// The file that a path such as `model::phases::money` names, by its longest part that is one.
fn file_of<'f>(path: &str, files: &'f BTreeMap<String, BTreeSet<String>>) -> Option<&'f String> {
    let mut path = path;
    loop {
        let name = path.replace("::", "/");
        let found = [format!("{name}.rs"), format!("{name}/mod.rs")];
        if let Some((file, _)) = found.iter().find_map(|file| files.get_key_value(file)) {
            return Some(file);
        }
        path = path.rsplit_once("::")?.0;
    }
}

/// The files that a file's code uses: those of its paths, and those of the modules that it declares
/// and names.
fn used<'f>(
    name: &str,
    code: &str,
    files: &'f BTreeMap<String, BTreeSet<String>>,
) -> BTreeSet<&'f String> {
    let folder = name.strip_suffix("mod.rs").map_or_else(
        || name.strip_suffix(".rs").map(|name| format!("{name}/")).unwrap_or_default(),
        str::to_owned,
    );
    let declared = code.split("mod ").skip(1).filter_map(|rest| rest.split_once(';'));
    let names = declared.map(|(module, _)| module).filter(|module| {
        let path = format!("{module}::");
        let starts = |(at, _): (usize, &str)| {
            !code[..at].ends_with(|letter: char| letter.is_alphanumeric() || "_:".contains(letter))
        };
        code.match_indices(&path).any(starts)
    });
    let of_modules = names
        .flat_map(|module| [format!("{folder}{module}.rs"), format!("{folder}{module}/mod.rs")]);
    let of_modules: Vec<String> = of_modules.collect();
    let known = of_modules.iter().filter_map(|file| Some(files.get_key_value(file)?.0));
    let of_paths = files[name].iter().filter_map(|path| file_of(path, files));
    of_paths.chain(known).filter(|file| *file != name).collect()
}

/// The sampler's moves are methods of the sampler, in a file of their own.
const RING: [&str; 2] = ["evidence/sampler/mod.rs", "evidence/sampler/moves.rs"];

/// No file uses another that uses it in turn, over whatever others, at any depth.
#[test]
fn no_files_use_each_other_in_a_ring() {
    let mut files: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut codes: BTreeMap<String, String> = BTreeMap::new();
    for (name, text) in sources().into_iter().filter(|(name, _)| !name.ends_with("tests.rs")) {
        let code: String = code_of(&text)
            .lines()
            .map(|line| line.split("//").next().unwrap_or_default())
            // To be seen by a module is not to use it.
            .map(|line| line.replace("pub(in crate::", "pub(in "))
            .collect();
        let end = |rest: &str| {
            rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != ':')
        };
        let uses = code
            .split("crate::")
            .skip(1)
            .map(|rest| rest[..end(rest).unwrap_or(rest.len())].to_owned());
        files.insert(name.clone(), uses.collect());
        codes.insert(name, code);
    }
    let graph: BTreeMap<&String, BTreeSet<&String>> =
        codes.iter().map(|(name, code)| (name, used(name, code, &files))).collect();
    assert!(graph.values().map(BTreeSet::len).sum::<usize>() > 500);
    let mut rings = Vec::new();
    for &start in graph.keys() {
        let (mut seen, mut next) = (BTreeSet::new(), vec![start]);
        while let Some(file) = next.pop() {
            next.extend(graph[file].iter().copied().filter(|used| seen.insert(*used)));
        }
        if seen.contains(start) {
            rings.push(start);
        }
    }
    assert_eq!(rings, RING);
}

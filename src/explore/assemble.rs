//! The page as one file: its parts put together, and a policy by which nothing else can run or be fetched.

use std::io;
use std::io::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::GzBuilder;
use minijinja::AutoEscape;
use minijinja::Environment;
use minijinja::UndefinedBehavior;
use minijinja::value::Serde;
use serde_json::Value;
use serde_json::json;

use crate::report::views::html::hash;

/// The engine as browsers run it, packed; `build` makes it anew.
pub const ENGINE: &[u8] = include_bytes!("engine.wasm.gz");
/// The engine's class.
const CLASS: &str = include_str!("page/engine.js");
/// What runs in each worker, after that class.
const WORKER: &str = include_str!("page/worker.js");
const TEMPLATE: &str = include_str!("page/page.html");
/// What a live page has near its start, in the policy of what may run, and no other page of the program.
pub const MARK: &str = "worker-src blob:";
const STYLE: &str = include_str!("page/page.css");
/// What unpacks the page's script.
const OPEN: &str = include_str!("page/open.js");
/// The page's scripts: one scope, in which each may use those before it.
const SCRIPTS: [&str; 16] = [
    include_str!("page/words.js"),
    include_str!("page/statistics.js"),
    include_str!("page/state.js"),
    include_str!("page/fragment.js"),
    include_str!("page/work.js"),
    include_str!("page/svg.js"),
    include_str!("page/bands.js"),
    include_str!("page/accounts.js"),
    include_str!("page/settings.js"),
    include_str!("page/controls.js"),
    include_str!("page/answer.js"),
    include_str!("page/compare.js"),
    include_str!("page/stage.js"),
    include_str!("page/replay.js"),
    include_str!("page/share.js"),
    include_str!("page/start.js"),
];

/// A page that could not be put together: a mistake in the program.
#[derive(Debug, thiserror::Error)]
#[error("the page cannot be made; this is a mistake in the program")]
pub enum AssemblyError {
    /// The template asks for what there is not.
    Template(#[from] minijinja::Error),
    /// Something cannot be packed.
    Pack(#[from] io::Error),
}

/// The page around its data.
///
/// # Errors
///
/// Fails if the template asks for what there is not.
pub fn page(data: &Value) -> Result<String, AssemblyError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_template("page", TEMPLATE)?;
    let script = format!("'use strict';\n{{\n{}\n}}\n", SCRIPTS.join("\n"));
    let worker = format!("'use strict';\n{CLASS}\n{WORKER}");
    let language = data["language"].as_str().unwrap_or("en");
    let title = data["scenario"]["title"][language].as_str().unwrap_or_default();
    Ok(environment.get_template("page")?.render(Serde(json!({
        "language": language,
        "title": title,
        "t": data["words"][language],
        "program": data["program"],
        "style": STYLE,
        "style_hash": hash(STYLE),
        "open": OPEN,
        "open_hash": hash(OPEN),
        "script": packed(script.as_bytes())?,
        "script_hash": hash(&script),
        "data": packed(data.to_string().as_bytes())?,
        "engine": BASE64_STANDARD.encode(ENGINE),
        "worker": packed(worker.as_bytes())?,
    })))?)
}

/// Packed as browsers unpack it, and written in letters.
fn packed(bytes: &[u8]) -> io::Result<String> {
    let mut packer = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    packer.write_all(bytes)?;
    Ok(BASE64_STANDARD.encode(packer.finish()?))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_script_of_the_folder_is_in_the_page_once() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/explore/page");
        let mut there: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "js"))
            .map(|path| fs::read_to_string(path).unwrap())
            .collect();
        let mut used: Vec<&str> = SCRIPTS.into_iter().chain([CLASS, WORKER, OPEN]).collect();
        there.sort_unstable();
        used.sort_unstable();
        assert_eq!(there, used);
    }
}

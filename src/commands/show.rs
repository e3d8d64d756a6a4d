//! What a finished run or merge says.

use std::io;

use crate::pipeline::finish;
use crate::pipeline::finish::Told;
use crate::pipeline::recipe::Recipe;
use crate::report::folder::output_folder::OutputFolder;
use crate::report::text::console;
use crate::report::text::language::text;
use crate::report::text::progress;
use crate::report::views::summary;
use crate::report::views::summary::Medium;

/// Says what came out: on the terminal for people, where to find it on standard error.
///
/// # Errors
///
/// Fails if the summary cannot be printed.
pub(super) fn show(
    recipe: &Recipe,
    told: Option<&Told>,
    folder: &OutputFolder,
    medium: Option<Medium>,
) -> io::Result<()> {
    let Some(medium) = medium else {
        return Ok(());
    };
    let path = folder.path().display().to_string();
    let Some(told) = told else {
        let held = recipe.replications().len();
        let part = match recipe.shard {
            Some(shard) => format!("shard {shard} with "),
            None => format!("{} of ", finish::tables(recipe).join(", ")),
        };
        let held =
            if held == 1 { "1 replication".to_owned() } else { format!("{held} replications") };
        progress::message(&format!("{part}{held}: in {path}"));
        return Ok(());
    };
    let language = recipe.language();
    let text = summary::summary(&told.findings, language, medium) + &told.notes;
    console::print(&text)?;
    let message = text::fill(&text::tables_are_in, language, &[("folder", &path)]);
    progress::message(&format!("\n{message}"));
    Ok(())
}

/// For whom a summary is printed: nobody where `quiet`.
#[must_use]
pub(super) fn medium(quiet: bool) -> Option<Medium> {
    let medium = if console::is_terminal() { Medium::Terminal } else { Medium::Plain };
    (!quiet).then_some(medium)
}

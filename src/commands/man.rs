//! `yangjae man`: the manual page, from the definition of the command line.

use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use clap::Command;
use clap_mangen::Man;

use crate::commands::error::Error;
use crate::commands::evidence_error::EvidenceError;
use crate::commands::options;
use crate::commands::report::error::ReportError;
use crate::experiment::whole_file;
use crate::report::folder::output_folder;
use crate::report::text::console;
use crate::report::text::progress;

/// Arguments of `man`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Write yangjae.1 and a page of each command, such as yangjae-run.1, into this folder; else one page of all to
    /// standard output
    #[arg(long, value_name = "DIR", value_parser = options::output())]
    pub output: Option<PathBuf>,
}

/// Prints one page of all commands, or writes a page of each.
///
/// # Errors
///
/// Fails if a file cannot be written, or nothing be printed.
pub fn run(arguments: &Arguments, command: Command) -> Result<(), Error> {
    let mut command = command.disable_help_subcommand(true);
    // Names of commands become those of their pages: `yangjae-run`.
    command.build();
    let Some(folder) = &arguments.output else {
        return Ok(console::print(&whole(&command)?)?);
    };
    output_folder::make(folder).map_err(ReportError::from)?;
    let pages = pages(&command)?;
    for (name, page) in &pages {
        whole_file::write(&folder.join(name), page.as_bytes()).map_err(EvidenceError::from)?;
    }
    progress::message(&format!("{} pages in {}", pages.len(), folder.display()));
    Ok(())
}

/// A page of the command, and one of each command within it, with the names of their files.
fn pages(command: &Command) -> io::Result<Vec<(String, String)>> {
    std::iter::once(command)
        .chain(command.get_subcommands())
        .map(|command| {
            let man = Man::new(command.clone());
            Ok((man.get_filename(), text(|page| man.render(page))?))
        })
        .collect()
}

/// One page: that of the command, and after it a section of each command within it.
fn whole(command: &Command) -> io::Result<String> {
    let man = Man::new(command.clone());
    let mut page = text(|page| {
        man.render_title(page)?;
        man.render_name_section(page)?;
        man.render_synopsis_section(page)?;
        man.render_description_section(page)?;
        man.render_options_section(page)
    })?;
    // They stand in this page, and have none of their own.
    let list = text(|page| man.render_subcommands_section(page))?;
    page.push_str(&list.replace("yangjae\\-", "yangjae ").replace("(1)", ""));
    for command in command.get_subcommands() {
        let man = Man::new(command.clone());
        let section = text(|page| {
            man.render_synopsis_section(page)?;
            man.render_description_section(page)?;
            man.render_options_section(page)
        })?;
        let name = command.get_bin_name().unwrap_or_else(|| command.get_name()).to_uppercase();
        let _ = writeln!(page, ".SH \"{name}\"");
        page.push_str(&within(&section));
    }
    Ok(page)
}

/// Sections of a page as parts of a section.
fn within(sections: &str) -> String {
    let line = |line: &str| {
        line.strip_prefix(".SH ").map_or_else(|| line.to_owned(), |title| format!(".SS {title}"))
    };
    sections.lines().map(|text| line(text) + "\n").collect()
}

fn text(render: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> io::Result<String> {
    let mut page = Vec::new();
    render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

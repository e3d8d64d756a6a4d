//! `yangjae new`: a small scenario of your own to start from.

mod template;

use std::fmt::Write as _;
use std::path::Path;
use std::path::PathBuf;

use crate::commands::error::Error;
use crate::commands::schema;
use crate::commands::schema::Kind;
use crate::report::folder::whole_folder;
use crate::report::text::console;
use crate::report::text::language::Tag;
use crate::report::text::message;
use crate::report::views::translation;
use crate::scenario::Scenario;
use crate::scenario::libraries;
use crate::scenario::libraries::LIBRARIES;
use crate::scenario::money::Money;
use crate::scenario::titles::LANGUAGES;
use crate::scenario::titles::SHIPPED;

/// The files of a new scenario, by path within its folder.
pub const FILES: &[(&str, &str)] = &[
    ("scenario.toml", include_str!("scenario.toml")),
    ("district.toml", include_str!("district.toml")),
    ("parameters.toml", include_str!("parameters.toml")),
    ("observed.csv", include_str!("observed.csv")),
    ("policies/baseline.toml", include_str!("policies/baseline.toml")),
    ("policies/hub.toml", include_str!("policies/hub.toml")),
    ("policies/hub-and-zone.toml", include_str!("policies/hub-and-zone.toml")),
];

/// Arguments of `new`.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// Folder to write; must not exist, or be empty, but with --language
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
    /// Areas, the last of them outside the district [2 to 12]
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(2..=12))]
    pub areas: u8,
    /// Sectors of startups [1 to 12]
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=12))]
    pub sectors: u8,
    /// Currency, by its code of ISO 4217
    #[arg(long, value_name = "CODE", default_value = "KRW", value_parser = currency)]
    pub currency: Money,
    /// Write no scenario, but the form of a further language's file, languages/TAG.toml, into that of FOLDER
    #[arg(long, value_name = "TAG", conflicts_with_all = ["areas", "sectors", "currency"])]
    pub language: Option<Tag>,
    /// Write values of this library of sourced parameters in the place of those of the template
    #[arg(long, value_name = "LIBRARY", value_parser = LIBRARIES.map(|(name, _)| name))]
    pub copy_parameters: Option<String>,
}

/// The usual money of a currency.
fn currency(code: &str) -> Result<Money, String> {
    Money::of_currency(code).ok_or_else(|| {
        let capitals = code.to_uppercase();
        let meant = Money::of_currency(&capitals).map(|_| format!("; write {capitals}"));
        format!("expected a code of ISO 4217, such as EUR{}", meant.unwrap_or_default())
    })
}

/// Writes the scenario and says what to do next.
///
/// # Errors
///
/// Fails if the folder's name cannot be a scenario's, it holds something already or cannot be written.
pub fn run(arguments: &Arguments) -> Result<(), Error> {
    if let Some(tag) = &arguments.language {
        return add_language(&arguments.folder, tag);
    }
    let files = write(arguments)?;
    let shown = arguments.folder.display();
    let mut text = format!("wrote a scenario of {} files to {shown}\n\n", files.len());
    for path in files {
        let _ = writeln!(text, "  {path}");
    }
    let _ = writeln!(
        text,
        "\nand {}/, by which editors that know JSON Schema complete and check these files",
        schema::FOLDER
    );
    text.push_str(&left_out(arguments));
    let word = message::shell_word(&shown.to_string());
    let _ = writeln!(text, "\nnext: yangjae check {word}\n      yangjae run {word}");
    Ok(console::print(&text)?)
}

/// Which parameters of the library were not written, and why; nothing where all were.
fn left_out(arguments: &Arguments) -> String {
    let Some(library) = &arguments.copy_parameters else { return String::new() };
    let texts = libraries::text(library).zip(text_of("parameters.toml"));
    let Some((text, template)) = texts else { return String::new() };
    let (names, unit) = template::left_out(template, text, &arguments.currency);
    if names.is_empty() {
        return String::new();
    }
    let told = format!(
        "not of the library `{library}`, whose amounts are in {unit} and are not converted by a rate, but as in any new \
         scenario, to be replaced: {}",
        names.join(", ")
    );
    format!("\n{}", console::paragraph(&told, 0))
}

/// A file of a new scenario.
fn text_of(path: &str) -> Option<&'static str> {
    FILES.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
}

/// Writes the scenario; gives the paths of its files within the folder.
///
/// # Errors
///
/// Fails as [`run`] does.
pub fn write(arguments: &Arguments) -> Result<Vec<&'static str>, Error> {
    Scenario::check_name(&arguments.folder)?;
    let library = arguments.copy_parameters.as_deref().and_then(libraries::text);
    let numbers = (arguments.areas, arguments.sectors);
    let texts = template::files(FILES, numbers, &arguments.currency, library);
    let mut files: Vec<(String, String)> = Vec::new();
    for (path, text) in texts {
        let line = schema::line(path).unwrap_or_default();
        files.push((path.to_owned(), line + &text));
    }
    let schemas =
        Kind::ALL.map(|kind| (format!("{}/{}", schema::FOLDER, kind.file()), kind.text()));
    files.extend(schemas);
    let texts: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    whole_folder::write(&arguments.folder, &texts)?;
    Ok(FILES.iter().map(|(path, _)| *path).collect())
}

/// Writes the form of a language's file into a scenario's folder.
fn add_language(folder: &Path, tag: &Tag) -> Result<(), Error> {
    let scenario = Scenario::loader(folder).load()?;
    let path = folder.join(LANGUAGES).join(format!("{tag}.toml"));
    if SHIPPED.contains(&tag.name()) {
        return Err(Error::HasLanguage(tag.clone()));
    }
    let template = translation::template(tag.name(), &scenario);
    let file = format!("{LANGUAGES}/{tag}.toml");
    // Only where the schema is that the line leads to.
    let has_schema = folder.join(schema::FOLDER).join(Kind::Language.file()).exists();
    let line = schema::line(&file).filter(|_| has_schema).unwrap_or_default();
    whole_folder::add(&path, &(line + &template))?;
    let (shown, word) = (path.display(), message::shell_word(&folder.display().to_string()));
    let text =
        format!("wrote {shown}, to be translated\n\nnext: yangjae run {word} --language {tag}\n");
    Ok(console::print(&text)?)
}

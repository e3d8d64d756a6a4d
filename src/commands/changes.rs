//! Options that change parameters and policies, for all commands that simulate or compare them, and how a
//! scenario is read with them.

use std::path::Path;
use std::path::PathBuf;

use crate::commands::error::Error;
use crate::commands::options;
use crate::commands::options::parameter_and_value;
use crate::report::folder::whole_folder;
use crate::report::text::message;
use crate::report::text::progress;
use crate::scenario::Scenario;
use crate::scenario::edit;
use crate::scenario::edit::EditError;
use crate::scenario::edit::MadePolicy;
use crate::scenario::edit::option;
use crate::scenario::edit::option::Alternatives;
use crate::scenario::read::Loader;

/// Values of parameters, the last year, and policies made from others.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct ChangeArguments {
    /// Give a parameter another value, which then does not vary. With LEVER.SETTING=VALUE: beside each policy
    /// that has the lever, add it with another value of the setting, `full-plan--campus-opening-2030-07-01`;
    /// values separated by commas add one policy each (repeatable). Several of these, `--delay`, `--scale`, `--add`
    /// and `--drop` in one command together make one changed policy beside each, not one for each option
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = parameter_and_value)]
    pub set: Vec<(String, String)>,
    /// Cut the years short
    #[arg(long, value_name = "YEAR")]
    pub until: Option<u16>,
    /// Beside each policy that has the levers, add it with all their dates later, and those of what is only for
    /// them: `campus=1y`, `18m`, `90d`, `-1y` for earlier. NAME is a package of levers, or else a
    /// lever (repeatable; together with the other changes it makes one policy)
    #[arg(long, value_name = "NAME=TIME", value_parser = Alternatives::delay)]
    pub delay: Vec<Alternatives>,
    /// Beside each policy that has the levers, add it with their sizes and what these cost multiplied:
    /// `campus=0.5` (repeatable; together with the other changes it makes one policy)
    #[arg(long, value_name = "NAME=FACTOR", value_parser = Alternatives::scale)]
    pub scale: Vec<Alternatives>,
    /// Beside each policy that lacks the levers, add it with them, as other policies have them, or the policy
    /// that is named (repeatable; together with the other changes it makes one policy)
    #[arg(long, value_name = "NAME[@POLICY]", value_parser = Alternatives::add)]
    pub add: Vec<Alternatives>,
    /// Beside each policy that has the levers, add it without them (repeatable; together with the other changes it
    /// makes one policy)
    #[arg(long, value_name = "NAME", value_parser = Alternatives::drop)]
    pub drop: Vec<Alternatives>,
    /// Write each policy that these options make to this file, or where there are several into this folder
    #[arg(long, value_name = "PATH", value_parser = options::output())]
    pub save: Option<PathBuf>,
}

/// A scenario as the command line wants it.
#[derive(Debug)]
pub struct Changed {
    /// The scenario, with the policies that were made.
    pub scenario: Scenario,
    /// The policies that were asked for and those that were made; empty for all.
    pub policies: Vec<String>,
    /// The policies that were made.
    pub made: Vec<MadePolicy>,
    /// What of the options has another value in the future that is read: a sentence each.
    pub overridden: Vec<String>,
}

impl ChangeArguments {
    /// The values of `--set` that are those of parameters.
    #[must_use]
    pub fn parameters(&self) -> Vec<(String, String)> {
        self.set.iter().filter(|(name, _)| !name.contains('.')).cloned().collect()
    }

    /// What is asked of policies, in the order in which it is done and named.
    fn asked(&self) -> Result<Vec<Alternatives>, EditError> {
        let settings = self.set.iter().filter_map(|(name, values)| {
            let (lever, setting) = name.split_once('.')?;
            let wrong =
                |message| EditError::Option { option: format!("--set {name}={values}"), message };
            Some(Alternatives::set(lever.trim(), setting.trim(), values).map_err(wrong))
        });
        let settings = settings.collect::<Result<Vec<_>, _>>()?;
        let lists = [&self.add, &self.drop, &settings, &self.delay, &self.scale];
        Ok(option::in_order(lists.into_iter().flatten().cloned().collect()))
    }

    /// What reads a scenario with the parameters and the last year of the command line.
    #[must_use]
    pub(super) fn loader<'f>(&self, folder: &'f Path) -> Loader<'f> {
        Scenario::loader(folder).set_all(&self.parameters()).until(self.until)
    }

    /// Reads a scenario, makes policies of those that are `chosen` or of all but the baseline, and saves
    /// them where that is asked for.
    ///
    /// # Errors
    ///
    /// Fails if the scenario has problems, policies cannot be made so, or cannot be saved.
    pub(super) fn load(
        &self,
        loader: &Loader<'_>,
        chosen: &[String],
        quiet: bool,
    ) -> Result<Changed, Error> {
        let asked = self.asked()?;
        let edited = edit::edited(loader, &asked, chosen)?;
        if let Some(path) = &self.save {
            save(path, &edited.made, quiet)?;
        }
        if !quiet && !edited.without_effect.is_empty() {
            progress::message(&format!("without effect: {}", edited.without_effect.join("; ")));
        }
        let mut policies = chosen.to_vec();
        if !chosen.is_empty() {
            policies.extend(edited.made.iter().map(|made| made.name.clone()));
        }
        let (scenario, made, mut overridden) = (edited.scenario, edited.made, edited.overridden);
        // The same is asked of several policies.
        overridden.dedup();
        Ok(Changed { scenario, policies, made, overridden })
    }

    /// The same where the command is about a single policy: the one that was made of it, if one was.
    ///
    /// # Errors
    ///
    /// Fails as [`ChangeArguments::load`] does, and if several policies are made.
    pub(super) fn load_one(
        &self,
        loader: &Loader<'_>,
        chosen: &str,
        quiet: bool,
    ) -> Result<(Scenario, String), Error> {
        let mut changed = self.load(loader, &[chosen.to_owned()], quiet)?;
        match (changed.made.pop(), changed.made.len()) {
            (None, _) => Ok((changed.scenario, chosen.to_owned())),
            (Some(one), 0) => Ok((changed.scenario, one.name)),
            (Some(_), more) => Err(EditError::NotOne(more + 1).into()),
        }
    }
}

/// Writes the files of policies; one that is there with the same text is left.
fn save(path: &Path, made: &[MadePolicy], quiet: bool) -> Result<(), Error> {
    let within = |one: &MadePolicy| path.join(format!("{}.toml", one.name));
    let files: Vec<(PathBuf, &str)> = match made {
        [] => {
            let option = format!("--save {}", path.display());
            let message = "no option makes a policy; `--set LEVER.SETTING=VALUE`, `--delay`, `--scale`, \
                           `--add` and `--drop` do";
            return Err(EditError::Option { option, message: message.to_owned() }.into());
        }
        [one] if !path.is_dir() => vec![(path.to_owned(), one.text.as_str())],
        made => made.iter().map(|one| (within(one), one.text.as_str())).collect(),
    };
    whole_folder::keep(&files)?;
    let names: Vec<String> =
        files.iter().map(|(path, _)| message::shell_word(&path.display().to_string())).collect();
    if !quiet {
        progress::message(&format!("saved: {}", names.join(", ")));
    }
    Ok(())
}

//! From the bytes of a scenario's files to a checked scenario, or to everything that is wrong.

mod areas;
mod district;
mod effects;
mod figures;
mod inherit;
mod instrument;
mod language;
mod letters;
mod lever;
mod members;
mod observed;
mod parameters;
mod payers;
mod policies;
mod policy;
mod posterior;
mod sectors;
mod setting;
mod settings;
pub(super) mod source;
mod syntax;
mod together;
mod top;
mod value;
mod walk;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::Path;

use crate::policy::area::Area;
use crate::policy::payer::Payer;
use crate::policy::sector::Sector;
use crate::policy::values::Names;
use crate::scenario::Distribution;
use crate::scenario::InputFile;
use crate::scenario::Observation;
use crate::scenario::ParameterValue;
use crate::scenario::Policy;
use crate::scenario::Scenario;
use crate::scenario::file;
use crate::scenario::file::Files;
use crate::scenario::libraries;
use crate::scenario::money::Money;
use crate::scenario::parameter::Register;
use crate::scenario::payers::Payers;
use crate::scenario::place::MetricPlaces;
use crate::scenario::place::PlaceNames;
use crate::scenario::posterior::Posterior;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::ScenarioError;
use crate::scenario::problem::shortened;
use crate::scenario::read::figures::Against;
use crate::scenario::read::figures::Happened;
use crate::scenario::read::members::Named;
use crate::scenario::read::parameters::Library;
use crate::scenario::read::parameters::Stated;
use crate::scenario::read::source::SourceFile;
use crate::scenario::read::syntax::Document;
use crate::scenario::titles::LanguageFile;
use crate::scenario::unread;

/// The file of observed figures.
const OBSERVED: &str = "observed.csv";

/// Reads and checks a scenario: `Scenario::loader(folder).set("wage", 60).until(2030).load()`.
#[derive(Clone, Debug)]
pub struct Loader<'a> {
    folder: &'a Path,
    texts: Option<&'a [(&'a str, &'a str)]>,
    policies: Vec<InputFile>,
    set: Vec<(String, String)>,
    until: Option<u16>,
    with_posterior: bool,
    metrics: Option<&'a [MetricPlaces]>,
}

impl<'a> Loader<'a> {
    fn of(folder: &'a Path, texts: Option<&'a [(&'a str, &'a str)]>) -> Self {
        let with_posterior = texts.is_none();
        Self {
            folder,
            texts,
            policies: Vec::new(),
            set: Vec::new(),
            until: None,
            with_posterior,
            metrics: None,
        }
    }

    /// Adds a policy, or replaces the one of this name: `text` is what would stand in
    /// `policies/NAME.toml`, and problems are told as of that file. One that `scenario.toml` does not
    /// list comes after those that it does.
    #[must_use]
    pub fn policy(mut self, name: &str, text: impl Into<String>) -> Self {
        let path = format!("policies/{name}.toml");
        self.policies.retain(|known| known.path != path);
        self.policies.push(InputFile { path, bytes: text.into().into_bytes() });
        self
    }

    /// Gives a parameter another value, which then does not vary.
    #[must_use]
    pub fn set(mut self, parameter: &str, value: impl Display) -> Self {
        self.set.push((parameter.to_owned(), value.to_string()));
        self
    }

    /// Gives parameters other values, as text.
    #[must_use]
    pub fn set_all(mut self, values: &[(String, String)]) -> Self {
        self.set.extend_from_slice(values);
        self
    }

    /// Cuts the years short, where a last year is given.
    #[must_use]
    pub fn until(self, year: impl Into<Option<u16>>) -> Self {
        Self { until: year.into(), ..self }
    }

    /// Leaves the posterior out: parameters vary by the distributions that are stated.
    #[must_use]
    pub fn without_posterior(self) -> Self {
        Self { with_posterior: false, ..self }
    }

    /// Checks observed figures against these metrics as well.
    #[must_use]
    pub fn against(self, metrics: &'a [MetricPlaces]) -> Self {
        Self { metrics: Some(metrics), ..self }
    }

    /// Reads and checks the scenario.
    ///
    /// # Errors
    ///
    /// Fails with every problem of every file if any file or option has one, such as an observed figure of a
    /// metric that is unknown or never read at its place.
    pub fn load(self) -> Result<Scenario, ScenarioError> {
        let choices = (self.set.as_slice(), self.until);
        let with = (self.with_posterior, self.metrics);
        if let Some(texts) = self.texts {
            let input = |&(path, text): &(&str, &str)| InputFile {
                path: path.to_owned(),
                bytes: text.as_bytes().to_vec(),
            };
            let mut files = Files { read: texts.iter().map(input).collect(), ..Files::default() };
            replace(&mut files.read, self.policies);
            return checked(self.folder, files, choices, with);
        }
        let mut files = file::read_folder(self.folder);
        replace(&mut files.read, self.policies);
        files.problems.0.extend(file::unfit_name(self.folder));
        if self.with_posterior
            && let Some(path) = posterior_file(self.folder, &files.read)
        {
            files.add(&path, file::read_more(self.folder, &path));
        }
        let mut scenario = checked(self.folder, files, choices, with)?;
        scenario.not_read = unread::unread(self.folder, &scenario.inputs);
        scenario.not_read.extend(columns_not_read(self.folder, &scenario.inputs));
        Ok(scenario)
    }
}

impl Scenario {
    /// What reads and checks the scenario of a folder, with options.
    #[must_use]
    pub fn loader(folder: &Path) -> Loader<'_> {
        Loader::of(folder, None)
    }

    /// What reads and checks a scenario that the program carries within it: texts by path within the
    /// folder, which has this name and need not exist. It has no posterior.
    #[must_use]
    pub fn of_texts<'a>(name: &'a str, files: &'a [(&'a str, &'a str)]) -> Loader<'a> {
        Loader::of(Path::new(name), Some(files))
    }

    /// Checks whether a folder may be that of a scenario by its name.
    ///
    /// # Errors
    ///
    /// Fails with what is wrong with the name.
    pub fn check_name(folder: &Path) -> Result<(), ScenarioError> {
        let unfit = file::unfit_name(folder);
        let error =
            |problem| ScenarioError { folder: file::shown(folder, ""), problems: vec![problem] };
        unfit.map_or(Ok(()), |problem| Err(error(problem)))
    }

    /// Checks a scenario whose files have been read: those in this folder that a run has listed,
    /// whatever else lies there.
    ///
    /// # Errors
    ///
    /// Fails as [`Loader::load`] does.
    pub fn from_inputs(
        folder: &Path,
        inputs: Vec<InputFile>,
        set: &[(String, String)],
        until: Option<u16>,
    ) -> Result<Self, ScenarioError> {
        let problems = file::lacking(folder, &inputs);
        let mut files = Files { read: inputs, unread: Vec::new(), problems };
        file::drop_too_large(folder, &mut files);
        checked(folder, files, (set, until), (true, None))
    }

    /// Reads a file of further observed figures, which are compared with the policy that really
    /// happened; their tolerance and source may be left out.
    ///
    /// # Errors
    ///
    /// Fails with every problem of the file: cells that are not understood, metrics that are not
    /// among these, places at which one is not read under the policy that happened, years outside
    /// the scenario's, figures that are given twice.
    pub fn further_observed(
        &self,
        path: &Path,
        metrics: &[MetricPlaces],
    ) -> Result<Vec<Observation>, ScenarioError> {
        let mut problems = Problems::default();
        let read = file::read_one(path)
            .map_err(|problem| Problems::from(*problem))
            .and_then(|bytes| SourceFile::new(file::shown(path, ""), 0, &bytes))
            .map(|source| source.in_money(Some(self.money)));
        let mut rows = Vec::new();
        if let Some(source) = problems.keep(read) {
            rows = observed::read_further(&source, &mut problems);
            let areas = self.district.areas.names();
            let policy = self.policies.iter().find(|policy| policy.name == self.actual_policy);
            let happened = policy.map(|policy| {
                let stated = self.actual_policy_stated;
                Happened::of(policy, stated, &areas, &self.lever_names)
            });
            let against = Against {
                places: &PlaceNames::of(&areas, &self.policies, &self.lever_names),
                metrics: Some(metrics),
                years: Some(self.years()),
                happened,
            };
            figures::check(&source, &rows, &against, &mut problems);
        }
        if problems.0.is_empty() {
            return Ok(rows.into_iter().filter_map(|row| row.observation).collect());
        }
        let problems = problems.in_money(Some(&self.money)).sorted();
        Err(ScenarioError { folder: file::shown(path, ""), problems })
    }
}

impl Scenario {
    /// What only a simulation of it shows, told at a key of one of its files in this folder.
    #[must_use]
    pub fn problem_at(&self, folder: &Path, file: &str, key: &str, message: &str) -> ScenarioError {
        let shown = file::shown(folder, file);
        let bytes = self.inputs.iter().find(|input| input.path == file).map(|input| &input.bytes);
        let source = bytes.and_then(|bytes| SourceFile::new(shown.clone(), 0, bytes).ok());
        let at = source.as_ref().and_then(|source| {
            let (document, _) = Document::parse(source);
            let span = document.root.get_key_value(key)?.0.span();
            Some(source.problem(span, message))
        });
        let problem = at.unwrap_or_else(|| Problem::of_file(shown, message));
        ScenarioError { folder: file::shown(folder, ""), problems: vec![problem] }
    }
}

/// Puts files in the place of those with their paths, or beside the others.
fn replace(files: &mut Vec<InputFile>, by: Vec<InputFile>) {
    files.retain(|file| by.iter().all(|other| other.path != file.path));
    files.extend(by);
}

/// The scenario of these files, or all of its problems.
fn checked(
    folder: &Path,
    files: Files,
    replaced: (&[(String, String)], Option<u16>),
    reading: (bool, Option<&[MetricPlaces]>),
) -> Result<Scenario, ScenarioError> {
    let Files { read, unread, mut problems } = files;
    let mut money = None;
    match from_files(folder, (read, &unread), reading, replaced, (&mut money, &mut problems)) {
        Some(scenario) if problems.0.is_empty() => Ok(scenario),
        _ => {
            let problems = problems.in_money(money.as_ref()).sorted();
            Err(ScenarioError { folder: file::shown(folder, ""), problems })
        }
    }
}

/// Reads everything that was found; notes every problem, and the money that they may speak of.
fn from_files(
    folder: &Path,
    (mut inputs, lost): (Vec<InputFile>, &[String]),
    (with_posterior, metrics): (bool, Option<&[MetricPlaces]>),
    (set, until): (&[(String, String)], Option<u16>),
    (money, problems): (&mut Option<Money>, &mut Problems),
) -> Option<Scenario> {
    *money = read_money(folder, &inputs);
    inputs.extend(library_file(folder, &inputs));
    let sources = sources(folder, &inputs, *money, problems);
    let documents = documents(&sources, problems);
    let top = read_whole(documents.get("scenario.toml"), top::read, problems);
    // One mistake in scenario.toml hides none of those that follow from its other keys.
    let outline = documents.get("scenario.toml").map(top::outline).unwrap_or_default();
    let district = read_whole(
        documents.get("district.toml"),
        |document| district::read(document, outline.years.as_ref().map(|years| *years.start())),
        problems,
    );
    let (instruments, register) = register(&documents, *money, problems);
    let [stated, parameters] = parameters_of(&documents, &register, set, problems);

    let unread = unread_files(&inputs, lost, &sources);
    let files = policies::files(&documents, &unread, &register, problems);
    problems.add(policies::alike(&files));
    let slots = policies::lever_names(&files, problems);
    let district_file = documents.get("district.toml");
    let of_district = district_file.map(members::named).unwrap_or_default();
    let areas = &of_district.0;
    let (payers, named_payers) = read_payers(documents.get("scenario.toml"), problems);
    let places = policies::places(&files, areas);
    problems.add(policies::unfit_places(&files, areas, &places));
    let vary = top.as_ref().is_none_or(|top| top.parameters_vary);
    let mut policies = policies::make(
        &files,
        names(&slots, &of_district, &instruments, &named_payers),
        (&register, parameters.as_deref()),
        vary,
        problems,
    );
    if let (Some(district), Some(document)) = (&district, documents.get("district.toml")) {
        problems.0.extend(district::lacks_rent(document, district, policies.iter().flatten()));
    }
    let really = top.as_ref().and_then(|top| happened(top, &policies, &places.areas, &slots));
    let against = Against { places: &places, metrics, years: outline.years, happened: really };
    // Whether there is such a facility cannot be said where a policy is unknown.
    let all_read = unread.iter().all(|path| policies::policy_of(path).is_none());
    let observed = sources.get(OBSERVED).filter(|_| all_read);
    let observed = read_observed(observed, &against, problems);
    let named = outline.posterior.as_ref().filter(|_| with_posterior);
    let named = named.filter(|named| !unread.contains(&named.name.as_str()));
    let posterior = read_posterior(
        named,
        &sources,
        stated.as_deref().map(|values| Stated { register: &register, values }),
        problems,
    );
    policies::unknown(&outline.policies, &files, &unread, problems);

    let top = top?;
    let order = policies::ordered(&top, &files);
    let actual_policy = top.happened().name.clone();
    let last_year = problems.keep(top::cut(&top, until));
    let (order, baseline) = order?;
    let policies: Option<Vec<Policy>> =
        order.into_iter().map(|index| policies.get_mut(index)?.take()).collect();
    let scenario = Scenario {
        name: file::scenario_name(folder),
        title_en: top.title_en,
        title_ko: top.title_ko,
        titles: top.titles,
        question: top.question,
        question_ko: top.question_ko,
        questions: top.questions,
        languages: languages(&documents, problems),
        money: top.money,
        names: top.names,
        first_year: top.first_year,
        last_year: last_year?,
        vantage: top.vantage,
        base_year: top.base_year,
        reference_year: top.reference_year,
        capital_early_until: top.capital_early_until,
        seed: top.seed,
        replications: top.replications,
        outputs: top.outputs,
        appraisal: top.appraisal,
        payers: payers?,
        parameters_vary: top.parameters_vary,
        actual_policy_stated: top.actual_policy.is_some(),
        is_part: false,
        actual_policy,
        baseline,
        policies: policies?,
        parameters: parameters?,
        parameters_from: top.parameters_from.map(str::to_owned),
        register: register.clone(),
        posterior,
        district: district?,
        observed,
        inputs: Vec::new(),
        set: set.iter().filter_map(|(name, _)| register.position(name.trim())).collect(),
        not_read: Vec::new(),
        lever_names: slots,
    };
    // Everything above is read out of the inputs; only now may they move.
    Some(Scenario { inputs: by_path(inputs), ..scenario })
}

fn by_path(mut inputs: Vec<InputFile>) -> Vec<InputFile> {
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    inputs
}

/// What settings may name.
fn names<'s>(
    slots: &'s [String],
    (areas, sectors): &'s (Named<Area>, Named<Sector>),
    instruments: &'s [String],
    payers: &'s [(String, Payer)],
) -> Names<'s> {
    Names { slots, areas, sectors, instruments, payers }
}

/// Files that could not be read, or not as text: what they say is not missing.
fn unread_files<'p>(
    inputs: &'p [InputFile],
    lost: &'p [String],
    sources: &BTreeMap<&str, SourceFile>,
) -> Vec<&'p str> {
    let paths = inputs.iter().map(|input| &input.path).chain(lost).map(String::as_str);
    paths.filter(|path| !sources.contains_key(path)).collect()
}

/// The languages that the scenario brings along.
fn languages(
    documents: &BTreeMap<&str, Document<'_>>,
    problems: &mut Problems,
) -> Vec<LanguageFile> {
    let own = documents.iter().filter_map(|(path, document)| {
        problems.keep(language::read(document, language::tag_of(path)?))
    });
    own.collect()
}

/// The policy that really happened, where it could be made.
fn happened<'a>(
    top: &top::Top<'_>,
    policies: &'a [Option<Policy>],
    areas: &[(String, bool)],
    lever_names: &[String],
) -> Option<Happened<'a>> {
    let name = &top.happened().name;
    let policy = policies.iter().flatten().find(|policy| policy.name == *name)?;
    Some(Happened::of(policy, top.actual_policy.is_some(), areas, lever_names))
}

/// A sentence for each column of the observed figures that nothing reads.
fn columns_not_read(folder: &Path, inputs: &[InputFile]) -> Vec<String> {
    let file = inputs.iter().find(|file| file.path == OBSERVED);
    let source =
        file.and_then(|file| SourceFile::new(file::shown(folder, OBSERVED), 0, &file.bytes).ok());
    source.map(|source| observed::columns_not_read(&source)).unwrap_or_default()
}

/// Every TOML file parsed, by its path.
fn documents<'a>(
    sources: &'a BTreeMap<&'a str, SourceFile>,
    problems: &mut Problems,
) -> BTreeMap<&'a str, Document<'a>> {
    let mut documents = BTreeMap::new();
    for (&path, source) in sources.iter().filter(|(path, _)| is_toml(path)) {
        let (document, faults) = Document::parse(source);
        problems.add(faults);
        documents.insert(path, document);
    }
    documents
}

fn is_toml(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "toml")
}

/// Reads a file if it is there.
fn read_whole<'a, T>(
    document: Option<&'a Document<'a>>,
    read: impl FnOnce(&'a Document<'a>) -> Result<T, Problems>,
    problems: &mut Problems,
) -> Option<T> {
    problems.keep(read(document?))
}

/// The payers, and those that levers may name whatever else is wrong.
fn read_payers<'a>(
    document: Option<&'a Document<'a>>,
    problems: &mut Problems,
) -> (Option<Payers>, Vec<(String, Payer)>) {
    let names = document.map(payers::names).unwrap_or_default();
    (read_whole(document, payers::read, problems), names)
}

/// Which parameters the scenario has, by the areas and sectors of the district; one that an area or a sector would
/// have by its name and that there is already is a problem.
fn register(
    documents: &BTreeMap<&str, Document<'_>>,
    money: Option<Money>,
    problems: &mut Problems,
) -> (Vec<String>, Register) {
    let instruments = instrument::names(policies::documents(documents));
    let document = documents.get("district.toml");
    let mut members = document.map(members::of_families).unwrap_or_default();
    members.instruments = instruments.iter().enumerate().map(members::of_instrument).collect();
    let written = documents.get("parameters.toml").map(|document| &document.root);
    let register = Register::of(&members, money.as_ref(), |name| {
        written.is_some_and(|written| written.contains_key(name))
    });
    if let (Some(doubled), Some(document)) = (register.doubled(), document) {
        let message = format!(
            "an area or a sector would have the parameter `{}`, which there is already",
            doubled.name
        );
        problems.add(document.source.problem_of_all(message).help("give it another name"));
    }
    (instruments, register)
}

/// The parameters as they are stated, and with those of `--set` in their place.
fn parameters_of(
    documents: &BTreeMap<&str, Document<'_>>,
    register: &Register,
    set: &[(String, String)],
    problems: &mut Problems,
) -> [Option<Vec<ParameterValue>>; 2] {
    let (document, library) = (documents.get("parameters.toml"), library(documents));
    let read = |it| parameters::read(it, library.as_ref(), register);
    let stated = read_whole(document, read, problems);
    let parameters = read_set(stated.as_deref(), register, document, set, problems);
    [stated, parameters]
}

/// The parameters, those of `--set` in the place of the scenario's own.
fn read_set<'a>(
    stated: Option<&[ParameterValue]>,
    register: &Register,
    document: Option<&'a Document<'a>>,
    set: &[(String, String)],
    problems: &mut Problems,
) -> Option<Vec<ParameterValue>> {
    let set = problems.keep(parameters::read_set(set, register));
    let (stated, set) = (stated?, set?);
    let values = replaced(stated.to_vec(), &set);
    problems.add(contradictions(&values, register, document?, &set));
    Some(values)
}

/// The file of the library that scenario.toml names, where it is not among the files yet: the copy of a run's
/// inputs has it.
fn library_file(folder: &Path, inputs: &[InputFile]) -> Option<InputFile> {
    let file = outlined(folder, inputs, |outline| libraries::file(outline.parameters_from?.name))?;
    Some(file).filter(|file| inputs.iter().all(|other| other.path != file.path))
}

/// The library from which parameters are taken over.
fn library<'a>(documents: &'a BTreeMap<&str, Document<'a>>) -> Option<Library<'a>> {
    let by = top::outline(documents.get("scenario.toml")?).parameters_from?;
    let document = documents.get(libraries::path(by.name).as_str())?;
    Some(Library { document, by })
}

/// The file of the posterior that scenario.toml names, if it can be read so far.
fn posterior_file(folder: &Path, inputs: &[InputFile]) -> Option<String> {
    outlined(folder, inputs, |outline| outline.posterior.map(|named| named.name))
}

/// The money of the scenario, if it can be read so far: what other files hold is in it.
fn read_money(folder: &Path, inputs: &[InputFile]) -> Option<Money> {
    outlined(folder, inputs, |outline| outline.money)
}

/// Something of scenario.toml that is needed before its problems are told.
fn outlined<T>(
    folder: &Path,
    inputs: &[InputFile],
    of: impl FnOnce(top::Outline<'_>) -> Option<T>,
) -> Option<T> {
    let file = inputs.iter().find(|file| file.path == "scenario.toml")?;
    let source = SourceFile::new(file::shown(folder, &file.path), 0, &file.bytes).ok()?;
    of(top::outline(&Document::parse(&source).0))
}

/// The draws of the posterior that the scenario names.
fn read_posterior(
    named: Option<&top::NamedPlace<'_>>,
    sources: &BTreeMap<&str, SourceFile>,
    stated: Option<Stated<'_>>,
    problems: &mut Problems,
) -> Option<Posterior> {
    let named = named?;
    let Some(source) = sources.get(named.name.as_str()) else {
        let message = format!("the scenario lacks the file {}", shortened(&named.name));
        let problem = named.value.problem(message).expected("there is no such file");
        problems.add(problem.help(
            "`yangjae calibrate --install` makes it; without this line the distributions of \
             parameters.toml are used",
        ));
        return None;
    };
    problems.keep(posterior::read(source, stated?))
}

/// The observed figures; a scenario without them has observed nothing.
fn read_observed(
    source: Option<&SourceFile>,
    against: &Against<'_>,
    problems: &mut Problems,
) -> Vec<Observation> {
    let Some(source) = source else { return Vec::new() };
    let rows = observed::read(source, problems);
    figures::check(source, &rows, against, problems);
    rows.into_iter().filter_map(|row| row.observation).collect()
}

/// The text of each file, by its path.
fn sources<'f>(
    folder: &Path,
    inputs: &'f [InputFile],
    money: Option<Money>,
    problems: &mut Problems,
) -> BTreeMap<&'f str, SourceFile> {
    let mut sources = BTreeMap::new();
    for (order, file) in inputs.iter().enumerate() {
        // The first place is left to what others follow from.
        let source = SourceFile::new(file::shown(folder, &file.path), order + 1, &file.bytes);
        let source = problems.keep(source);
        sources.extend(source.map(|source| (file.path.as_str(), source.in_money(money))));
    }
    sources
}

/// The parameters with the values of `--set`, which are meant as said and do not vary.
fn replaced(mut values: Vec<ParameterValue>, set: &[(usize, f64)]) -> Vec<ParameterValue> {
    for &(index, value) in set {
        if let Some(parameter) = values.get_mut(index) {
            parameter.value = value;
            parameter.low = value;
            parameter.high = value;
            parameter.distribution = Distribution::Fixed;
        }
    }
    values
}

fn contradictions(
    values: &[ParameterValue],
    register: &Register,
    document: &Document<'_>,
    set: &[(usize, f64)],
) -> Problems {
    let numbers: Vec<f64> = values.iter().map(|parameter| parameter.value).collect();
    parameters::contradictions(&numbers, register, |name| {
        let is_set = set.iter().any(|&(index, _)| register.position(name) == Some(index));
        match document.root.get(name) {
            Some(value) if !is_set => document.source.problem(value.span(), ""),
            // What is taken over stands in no file of the folder.
            None if !is_set => Problem::of_file("parameters.toml", ""),
            _ => Problem::of_file("--set", ""),
        }
    })
}

//! From the files of a scenario to the scenario, or to all that is wrong with them: the order in which they are read.

use crate::policy::payer::Payer;
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
use crate::scenario::posterior::Posterior;
use crate::scenario::problem::Problem;
use crate::scenario::problem::Problems;
use crate::scenario::problem::ScenarioError;
use crate::scenario::problem::shortened;
use crate::scenario::read::changed;
use crate::scenario::read::district;
use crate::scenario::read::figures;
use crate::scenario::read::figures::Against;
use crate::scenario::read::figures::Happened;
use crate::scenario::read::future;
use crate::scenario::read::future::Around;
use crate::scenario::read::instrument;
use crate::scenario::read::language;
use crate::scenario::read::members;
use crate::scenario::read::members::NamedMembers;
use crate::scenario::read::observed;
use crate::scenario::read::parameters;
use crate::scenario::read::parameters::Library;
use crate::scenario::read::parameters::Stated;
use crate::scenario::read::payers;
use crate::scenario::read::policies;
use crate::scenario::read::posterior;
use crate::scenario::read::source::SourceFile;
use crate::scenario::read::syntax::Document;
use crate::scenario::read::top;
use crate::scenario::titles::LanguageFile;
use std::collections::BTreeMap;
use std::path::Path;

/// What is chosen when a scenario is read.
#[derive(Clone, Copy)]
pub(super) struct Chosen<'c> {
    /// Values of parameters, as text.
    pub(super) set: &'c [(String, String)],
    /// The last year.
    pub(super) until: Option<u16>,
    /// The future, by its name.
    pub(super) future: Option<&'c str>,
}

/// The scenario of these files, or all of its problems.
pub(super) fn checked(
    folder: &Path,
    files: Files,
    chosen: Chosen<'_>,
    reading: (bool, Option<&[MetricPlaces]>),
) -> Result<Scenario, ScenarioError> {
    let Files { read, unread, mut problems } = files;
    let mut money = None;
    match from_files(folder, (read, &unread), reading, chosen, (&mut money, &mut problems)) {
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
    Chosen { set, until, future }: Chosen<'_>,
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
    let (payers, named_payers) = read_payers(documents.get("scenario.toml"), problems);
    let places = policies::places(&files, &of_district.areas);
    problems.add(policies::unfit_places(&files, &of_district.areas, &places));
    let vary = top.as_ref().is_none_or(|top| top.parameters_vary);
    let time = outline.years.clone().zip(top.as_ref().map(|top| top.vantage));
    let values = parameters.as_deref();
    let around = Around { register: &register, values, vary, time, levers: &slots };
    let mut future = future::chosen(future, &documents, &around, problems);
    let named = names(&slots, &of_district, &instruments, &named_payers);
    let of_future = (vary, future.as_mut());
    let mut policies = policies::make(&files, named, (&register, values), of_future, problems);
    if let (Some(district), Some(document)) = (&district, district_file) {
        problems.0.extend(district::lacks_rent(document, district, policies.iter().flatten()));
    }
    let really = top.as_ref().and_then(|top| happened(top, &policies, &places.areas, &slots));
    let against = Against { places: &places, metrics, years: outline.years, happened: really };
    // Whether there is such a facility cannot be said where a policy is unknown.
    let all_read = unread.iter().all(|path| policies::policy_of(path).is_none());
    let observed = sources.get(observed::OBSERVED).filter(|_| all_read);
    let observed = read_observed(observed, &against, problems);
    let is_read = |named: &&top::NamedPlace<'_>| !unread.contains(&named.name.as_str());
    let named = outline.posterior.as_ref().filter(|_| with_posterior).filter(is_read);
    let posterior = read_posterior(
        named,
        &sources,
        // Whose the parameters are is not known without the district.
        stated
            .as_deref()
            .filter(|_| district.is_some())
            .map(|values| Stated { register: &register, values }),
        problems,
    );
    policies::unknown(&outline.policies, &files, &unread, problems);

    let top = top?;
    let order = policies::ordered(&top, &files, &policies, problems);
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
        future: None,
        set: set.iter().filter_map(|(name, _)| register.position(name.trim())).collect(),
        not_read: Vec::new(),
        lever_names: slots,
    };
    let scenario = future::within(scenario, future.map(|raw| raw.future));
    // Everything above is read out of the inputs; only now may they move.
    Some(Scenario { inputs: by_path(inputs), ..scenario })
}

fn by_path(mut inputs: Vec<InputFile>) -> Vec<InputFile> {
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    inputs
}

/// What settings may name.
#[inline(never)]
fn names<'s>(
    slots: &'s [String],
    named: &'s NamedMembers,
    instruments: &'s [String],
    payers: &'s [(String, Payer)],
) -> Names<'s> {
    let NamedMembers { areas, sectors, regimes } = named;
    Names { slots, areas, sectors, instruments, payers, regimes }
}

/// Files that could not be read, or not as text: what they say is not missing.
#[inline(never)]
fn unread_files<'p>(
    inputs: &'p [InputFile],
    lost: &'p [String],
    sources: &BTreeMap<&str, SourceFile>,
) -> Vec<&'p str> {
    let paths = inputs.iter().map(|input| &input.path).chain(lost).map(String::as_str);
    paths.filter(|path| !sources.contains_key(path)).collect()
}

/// The languages that the scenario brings along.
#[inline(never)]
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

/// Every TOML file parsed, by its path.
#[inline(never)]
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
#[inline(never)]
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
#[inline(never)]
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
    let set = problems.keep(changed::read_set(set, register));
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

/// The money of the scenario, if it can be read so far: what other files hold is in it.
fn read_money(folder: &Path, inputs: &[InputFile]) -> Option<Money> {
    outlined(folder, inputs, |outline| outline.money)
}

/// Something of scenario.toml that is needed before its problems are told.
pub(super) fn outlined<T>(
    folder: &Path,
    inputs: &[InputFile],
    of: impl FnOnce(top::Outline<'_>) -> Option<T>,
) -> Option<T> {
    let file = inputs.iter().find(|file| file.path == "scenario.toml")?;
    let source = SourceFile::new(file::shown(folder, &file.path), 0, &file.bytes).ok()?;
    of(top::outline(&Document::parse(&source).0))
}

/// The draws of the posterior that the scenario names.
#[inline(never)]
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
#[inline(never)]
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
#[inline(never)]
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

#[inline(never)]
fn contradictions(
    values: &[ParameterValue],
    register: &Register,
    document: &Document<'_>,
    set: &[(usize, f64)],
) -> Problems {
    let numbers: Vec<f64> = values.iter().map(|parameter| parameter.value).collect();
    changed::contradictions(&numbers, register, |name| {
        let is_set = set.iter().any(|&(index, _)| register.position(name) == Some(index));
        match document.root.get(name) {
            Some(value) if !is_set => document.source.problem(value.span(), ""),
            // What is taken over stands in no file of the folder.
            None if !is_set => Problem::of_file("parameters.toml", ""),
            _ => Problem::of_file("--set", ""),
        }
    })
}

//! THE REGISTER OF FILES: every file that a command leaves, what it holds, and which columns name a row.
//!
//! `output/README.md` and `yangjae explain FILE` are made of it, with the register of columns.

/// A file of results.
#[derive(Clone, Copy, Debug)]
pub struct FileSpec {
    /// Its name in the folder; NNN stands for a number.
    pub name: &'static str,
    /// The commands that write it, with the flag that asks for it.
    pub written_by: &'static str,
    /// What it holds; of a table, what one row is.
    pub meaning: &'static str,
    /// The columns whose values together name a row, of a table.
    pub key: &'static [&'static str],
}

/// The files of one kind of folder.
#[derive(Clone, Copy, Debug)]
pub struct FolderSpec {
    /// The command.
    pub command: &'static str,
    /// The folder that it writes to where `--output` names no other.
    pub folder: &'static str,
    /// Its files, the ones to open first before the others.
    pub files: &'static [FileSpec],
}

const fn table(
    name: &'static str,
    written_by: &'static str,
    meaning: &'static str,
    key: &'static [&'static str],
) -> FileSpec {
    FileSpec { name, written_by, meaning, key }
}

const fn file(name: &'static str, written_by: &'static str, meaning: &'static str) -> FileSpec {
    FileSpec { name, written_by, meaning, key: &[] }
}

/// Every folder, that of `run` first.
pub const FOLDERS: &[FolderSpec] = &[
    FolderSpec {
        command: "run",
        folder: "output/NAME",
        files: &[
            file(
                "report.html",
                "`run`, `report`",
                "The report: the answer, tables and charts on one page, which needs no network",
            ),
            file(
                "workbook.xlsx",
                "`run`, `report`",
                "A sheet for each table, with filters and native charts",
            ),
            file(
                "figures/*.svg, *.png",
                "`run`, `report`",
                "The charts of the report as pictures, each in both forms",
            ),
            table(
                "comparison.csv",
                "`run`",
                "A row: the difference of one policy from the baseline, in one metric at one place in one year",
                &["policy", "baseline", "place", "metric", "year"],
            ),
            table(
                "pairs.csv",
                "`run`",
                "A row: the difference between two policies in one metric in the last year, and whether they are ranked",
                &["policy", "other", "place", "metric", "year"],
            ),
            table(
                "additionality.csv",
                "`run`",
                "A row: one term of the account that leads from the gross effect of a policy to its net effect",
                &["policy", "baseline", "measure", "term", "year"],
            ),
            table(
                "groups.csv",
                "`run --groups`",
                "A row: one metric of one group of startups (by sector, age, size or origin) under one policy in one year, and its difference from the baseline",
                &["policy", "place", "grouping", "group", "metric", "year"],
            ),
            table(
                "cost_benefit.csv",
                "`run`",
                "A row: one cost, return, total or ratio of a policy against the baseline, for one payer",
                &["policy", "baseline", "item", "payer"],
            ),
            table(
                "cash.csv",
                "`run`",
                "A row: what one payer pays or receives under one item in one year",
                &["policy", "item", "payer", "year"],
            ),
            table(
                "sensitivity.csv",
                "`run`",
                "A row: how strongly one difference of the last year varies with one parameter over the replications",
                &["policy", "baseline", "place", "metric", "year", "parameter"],
            ),
            table(
                "assumptions.csv",
                "`run`",
                "A row: how far one parameter, moved alone from low to high, moves the result of a leading policy",
                &["policy", "baseline", "place", "metric", "year", "parameter"],
            ),
            table(
                "appraisal/summary.csv",
                "`run`",
                "A row: the appraisal of one policy on a page: one line of it",
                &["policy", "baseline", "entry"],
            ),
            table(
                "appraisal/assumptions.csv",
                "`run`",
                "A row: one assumption of the appraisal: rule set, rate, prices, period, what is counted",
                &["policy", "assumption"],
            ),
            table(
                "appraisal/flows.csv",
                "`run`",
                "A row: one cost, benefit or transfer of a policy over the baseline in one year, or a total of the year",
                &["policy", "baseline", "part", "year", "item", "payer"],
            ),
            table(
                "appraisal/results.csv",
                "`run`",
                "A row: one result of the appraisal of a policy: net present value, benefit-cost ratio, internal rate of return",
                &["policy", "baseline", "result"],
            ),
            table(
                "appraisal/bridge.csv",
                "`run`",
                "A row: what one difference between the scenario's own accounts and the rule set makes of a policy's present values",
                &["policy", "baseline", "step"],
            ),
            table(
                "appraisal/sensitivity.csv",
                "`run`",
                "A row: the net present value of a policy when one assumption is moved, or how far it may be moved until that is 0",
                &["policy", "baseline", "kind", "moved", "value"],
            ),
            table(
                "appraisal/funding.csv",
                "`run`",
                "A row: what one payer spends and receives in one year over the baseline",
                &["policy", "baseline", "part", "year", "payer"],
            ),
            table(
                "appraisal/gross_to_net.csv",
                "`run`",
                "A row: one step from jobs at served firms to net jobs of the city or the country",
                &["policy", "baseline", "place", "step"],
            ),
            table(
                "appraisal/induced.csv",
                "`run`",
                "A row: what one kind of spending of a policy induces in other sectors, outside B/C",
                &["policy", "baseline", "place", "effect", "demand"],
            ),
            table(
                "appraisal/optimism_bias.csv",
                "`run`",
                "A row: what optimism bias or contingency adds to one cost of a policy",
                &["policy", "baseline", "item", "payer"],
            ),
            table(
                "appraisal/ahp.csv",
                "`run`",
                "A row: one criterion of the analytic hierarchy process in one case, its weight and score left to be filled in",
                &["policy", "baseline", "case_en", "criterion"],
            ),
            table(
                "yearly.csv",
                "`run`",
                "A row: the value of one metric at one place in one year under one policy",
                &["policy", "place", "metric", "year"],
            ),
            table(
                "levers.csv",
                "`run`",
                "A row: one setting of one lever of one policy, from a day to a day",
                &["policy", "lever", "setting", "from"],
            ),
            table(
                "equal_budget.csv",
                "`run --equal-budget`",
                "A row: the factor by which one policy was scaled, and its cost before and after",
                &["policy"],
            ),
            table(
                "outcomes.csv",
                "`run`",
                "A row: one outcome of one policy in one replication, of the first 10,000, for a decision among the policies",
                &["policy", "replication", "outcome"],
            ),
            table(
                "draws.csv",
                "`run`",
                "A row: the value of one parameter in one replication, of the first 10,000",
                &["replication", "parameter"],
            ),
            file(
                "futures/NAME/",
                "`run --future NAME`",
                "The same run in a future of the scenario: a folder with all of these files",
            ),
            table(
                "selection.csv",
                "`run --best`",
                "A row: how one policy fared in the choice of the best, apart from the replications of the run",
                &["policy"],
            ),
            table(
                "replications.csv",
                "`run --replication-csv`",
                "A row: the value of one metric in one replication",
                &["policy", "replication", "place", "metric", "year"],
            ),
            table(
                "events.csv",
                "`run --events N`",
                "A row: one event of one of the first N replications, in the order in which they happened",
                &[],
            ),
            table(
                "dictionary.csv",
                "`run`",
                "A row: the meaning of one metric, term, parameter, lever, setting, item or column, in English and Korean",
                &["kind", "name"],
            ),
            file(
                "explore.html",
                "`run`, not with `--no-live` or `--equal-budget`, nor of the baseline alone",
                "The scenario with the engine in one page: move levers and see what they add, beside what the run found; \
                 `yangjae explore` writes it without a run and with every future",
            ),
            file(
                "*.parquet, appraisal/*.parquet",
                "`run --parquet`",
                "Each table as Parquet, too: columns with the names of the CSV, as text, doubles, 64-bit integers or booleans, \
                 unknown as null; `unit:COLUMN`, `meaning:COLUMN` and `meaning_ko:COLUMN` in the file's metadata",
            ),
            file(
                "manifest.json",
                "`run`",
                "What the run was: inputs with their digests, seed, policies, years and options; and a digest of every \
                 table and of the blocks. It is written last, so a folder that has it holds a finished run",
            ),
            file(
                "blocks/block-NNN.yjb",
                "`run`",
                "The value of every metric in a block of replications under all policies, in a form of this program; \
                 `run --resume`, `merge` and `verify` read it",
            ),
            file("blocks/plan.json", "`run`", "What the run is to make, before it is finished"),
            file("blocks/inputs/", "`run`", "A copy of the scenario's files as they were read"),
            file(".yangjae-lock", "`run`", "Empty; held while a run writes to the folder"),
        ],
    },
    FolderSpec {
        command: "run --shard K/N",
        folder: "output/NAME-shards/K-of-N",
        files: &[
            file("manifest.json", "`run`", "As that of a run, with `shard`"),
            file("blocks/", "`run`", "As those of a run, of this shard's replications alone"),
        ],
    },
    FolderSpec {
        command: "attribute",
        folder: "output/NAME/attribution",
        files: &[
            table(
                "attribution.csv",
                "`attribute`",
                "A row: the part of one package of levers in the effect of the policy on one metric",
                &["policy", "baseline", "package", "place", "metric", "year"],
            ),
            table(
                "interactions.csv",
                "`attribute`, with many packages only by `--pairs`",
                "A row: what two packages do together beyond what each does alone",
                &["policy", "baseline", "package", "with", "place", "metric", "year"],
            ),
            file(
                "attribution.json",
                "`attribute`",
                "Inputs, seed and options, with a digest of each table",
            ),
        ],
    },
    FolderSpec {
        command: "calibrate",
        folder: "output/NAME-calibration",
        files: &[
            table(
                "calibration.csv",
                "`calibrate`",
                "A row: one free parameter before and after the observed figures are known",
                &["parameter"],
            ),
            table(
                "fit.csv",
                "`calibrate`",
                "A row: one observed figure beside the intervals that prior and posterior foresee",
                &["metric", "place", "year"],
            ),
            table(
                "trade_offs.csv",
                "`calibrate`",
                "A row: two parameters that the observed figures identify only together",
                &["parameter", "other_parameter"],
            ),
            table(
                "generations.csv",
                "`calibrate`",
                "A row: one generation of the sampler",
                &["generation"],
            ),
            file(
                "posterior.csv",
                "`calibrate`",
                "A row: one draw of all free parameters, a column each, with its `weight`; `--install` copies it into \
                 the scenario's folder",
            ),
            file(
                "posterior.json",
                "`calibrate`",
                "From which figures the draws were made: digests of both; `--install` copies it too, and `check` and `run` say \
                 where the scenario has other figures by then",
            ),
            file(
                "calibration.state",
                "`calibrate`",
                "The sampler after its last generation, from which `--resume` goes on",
            ),
        ],
    },
    FolderSpec {
        command: "validate",
        folder: "output/NAME-validation",
        files: &[
            table(
                "validation.csv",
                "`validate`",
                "A row: one observed figure beside its predictive distribution and its scores",
                &["metric", "place", "since", "year", "month"],
            ),
            table(
                "stylised_facts.csv",
                "`validate`",
                "A row: one regularity of simulated firms beside its published range",
                &["fact"],
            ),
        ],
    },
    FolderSpec {
        command: "decide",
        folder: "output/NAME",
        files: &[
            table(
                "decision/ranking.csv",
                "`decide`",
                "A row: how one policy ranks by one criterion, and how sure that is",
                &["criterion", "policy"],
            ),
            table(
                "decision/dominance.csv",
                "`decide`",
                "A row: whether one leading policy is better than another for all who like more, or for all of those who dislike risk",
                &["criterion", "policy", "other", "order"],
            ),
            table(
                "decision/acceptability.csv",
                "`decide`",
                "A row: how often one policy is best at one value of a job-year",
                &["threshold", "policy"],
            ),
            table(
                "decision/budgets.csv",
                "`decide`",
                "A row: whether one policy has the most job-years within one budget",
                &["budget", "policy"],
            ),
            table(
                "decision/frontier.csv",
                "`decide`",
                "A row: public cost and net job-years of one policy, and whether it is on the frontier of both",
                &["policy"],
            ),
            table(
                "decision/regret.csv",
                "`decide`",
                "A row: one policy by rules for when probabilities are not trusted",
                &["criterion", "policy"],
            ),
            table(
                "decision/futures.csv",
                "`decide`, where the run has futures",
                "A row: how one policy does in one future, or in the run as it is",
                &["criterion", "policy", "future"],
            ),
            table(
                "decision/switching.csv",
                "`decide`",
                "A row: one value of a parameter at which two leading policies change places",
                &["criterion", "policy", "other", "parameter"],
            ),
            table(
                "decision/switching_pairs.csv",
                "`decide`",
                "A row: one pair of parameters that tells which of two leading policies is better, where one alone does not",
                &["criterion", "policy", "other", "parameter", "second_parameter"],
            ),
            table(
                "decision/value_of_information.csv",
                "`decide`",
                "A row: what it is worth to know one parameter, a group of them or all before deciding",
                &["criterion", "what", "kind", "survey_size"],
            ),
            table(
                "decision/boxes.csv",
                "`decide`",
                "A row: one limit of a box of parameters in which a leading policy fails",
                &["criterion", "policy", "method", "box_number", "parameter"],
            ),
            table(
                "decision/given_parameters.csv",
                "`decide`",
                "A row: the mean of one policy given the parameters of one replication, of the first 10,000",
                &["criterion", "policy", "future", "replication"],
            ),
            file(
                "decision/*.parquet",
                "`decide`, where the run has `--parquet`",
                "Each of these tables as Parquet, too",
            ),
        ],
    },
    FolderSpec {
        command: "compare",
        folder: "output/A-to-B",
        files: &[
            table(
                "compare/inputs.csv",
                "`compare`",
                "A row: one input in which the two runs differ",
                &["kind", "name", "part", "year"],
            ),
            table(
                "compare/results.csv",
                "`compare`",
                "A row: one result of one policy in the two runs, and the difference with its interval",
                &["policy", "outcome"],
            ),
            table(
                "compare/ranks.csv",
                "`compare`",
                "A row: the rank of one policy by one criterion in the two runs, and with which policies it changes places",
                &["criterion", "policy"],
            ),
        ],
    },
    FolderSpec {
        command: "search",
        folder: "output/NAME/search",
        files: &[
            table(
                "archive.csv",
                "`search`",
                "A row: what one package of the frontier reaches in one criterion, in replications that the search never saw",
                &["package", "criterion"],
            ),
            table(
                "package_levers.csv",
                "`search`",
                "A row: one lever of one package, its size and date, and how far evidence reaches",
                &["package", "lever"],
            ),
            file(
                "policies/found-NN.toml",
                "`search`",
                "Each package of the frontier as a policy file: copied into the folder `policies` of the scenario, it runs",
            ),
            file(
                "search.json",
                "`search`",
                "Inputs, seed, budget, aims and effort, with a digest of each file; written last",
            ),
            file(
                "state.json",
                "`search`",
                "The search after its last generation, from which `--resume` goes on",
            ),
        ],
    },
    FolderSpec {
        command: "sensitivity",
        folder: "output/NAME/sensitivity",
        files: &[
            table(
                "morris.csv",
                "`sensitivity --method morris`",
                "A row: elementary effects of one parameter, or group of them, on one outcome",
                &["policy", "baseline", "outcome", "group"],
            ),
            table(
                "sobol.csv",
                "`sensitivity --method sobol`",
                "A row: what share of the variance of one outcome one parameter, or group of them, explains",
                &["policy", "baseline", "outcome", "group"],
            ),
            table(
                "onebyone.csv",
                "`sensitivity --method onebyone`",
                "A row: how far one parameter moves one outcome by itself",
                &["policy", "baseline", "outcome", "parameter"],
            ),
            table(
                "rows.csv",
                "`sensitivity`",
                "A row: the value of one parameter, or of one outcome, at one point of the design",
                &["row", "kind", "name"],
            ),
            file(
                "sensitivity.json",
                "`sensitivity`",
                "Inputs, seed, method and options, with a digest of each table",
            ),
        ],
    },
    FolderSpec {
        command: "noise",
        folder: "output/NAME-noise",
        files: &[table(
            "noise.csv",
            "`noise`",
            "A row: the variance of one result, split into parameters, chance and interaction",
            &["policy", "result", "place", "metric", "year"],
        )],
    },
    FolderSpec {
        command: "check --sources --output DIR",
        folder: "DIR",
        files: &[table(
            "sources.csv",
            "`check --sources`",
            "A row: how far one parameter that rests on memory or judgement moves one result",
            &["parameter", "policy", "place", "metric"],
        )],
    },
    FolderSpec {
        command: "slurm",
        folder: "output/NAME/slurm",
        files: &[
            file(
                "array.sbatch, merge.sbatch",
                "`slurm`",
                "The scripts of the array of shards and of the merge",
            ),
            file("resubmit", "`slurm`", "Submits what is missing, and the merge again"),
            file("batch.json", "`slurm`", "The number of shards, flags and resources"),
            file("scenario/", "`slurm`", "The scenario as it was submitted"),
            file("shards/, logs/", "its tasks", "A folder and a log for each shard"),
        ],
    },
];

/// What a file of results holds; of another file, nothing.
#[must_use]
pub fn meaning(name: &str) -> &'static str {
    let mut files = FOLDERS.iter().flat_map(|folder| folder.files);
    files.find(|file| file.name == name).map_or("", |file| file.meaning)
}

//! `appraisal/gross_to_net.csv`: from jobs at served firms to net jobs of the city and the country, and
//! what a net job costs.

use crate::analysis::additionality::AdditionalityRow;
use crate::analysis::appraisal::appraised::Statement;
use crate::analysis::appraisal::flow::Account;
use crate::analysis::appraisal::flow::Scope;
use crate::analysis::appraisal::net_jobs;
use crate::analysis::appraisal::net_jobs::Step;
use crate::analysis::appraisal::net_jobs::StepRow;
use crate::analysis::appraisal::net_jobs::Whole;
use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;

table! {
    /// A step from gross to net jobs of a policy.
    pub NetJobs in "appraisal/gross_to_net.csv", Some(Sheet {
        en: "gross to net jobs",
        ko: "순일자리 산출",
        about_en: "Appraisal: from jobs at served firms to net jobs, city and country apart, and public cost of a net job",
        about_ko: "경제성 평가: 수혜 기업 일자리에서 순일자리까지(시, 국가 구분), 순일자리당 공공 비용",
    }) => {
        policy: &'a str = POLICY;
        baseline: &'a str = BASELINE;
        place: &'a str = column("", "범위", "For whom jobs are counted: city or nation", "범위(시 또는 국가)");
        year: u16 = LAST_YEAR;
        step: &'a str = column("", "단계", "Step; the steps add up to net; then public_cost, the present value of what all public payers pay in the simulated years and of the land that they give, and cost_per_net_job", "단계(합은 net), 이어서 시뮬레이션 기간 공공 비용의 현재가치와 순일자리당 비용");
        unit: &'a str = column("", "단위", "Unit of the value", "값의 단위");
        value: Option<f64> = column("step", "값", "What the step adds, mean over replications; what it takes is negative", "단계별 증감(감소는 음수)");
        share: Option<f64> = column("1", "비율", "What the step takes of what was left before it", "직전 단계 잔여분 대비 비율");
        meaning_en: &'a str = column("", "설명(영문)", "What the step is, English", "설명(영문)");
        meaning_ko: &'a str = column("", "설명", "What the step is, Korean", "설명(국문)");
        note: &'a str = column("", "비고", "Remark", "비고");
    }
}

/// What is said of leakage.
const NO_LEAKAGE: &str = "none: jobs outside the city are not counted from the start";
/// What is said where no job is won.
const NO_JOBS: &str = "no more jobs than under the baseline, so no cost of one";
/// What is said where nothing is paid.
const NO_COST: &str = "the policy costs no more than the baseline, so no cost of a job";
/// What public cost is, English and Korean.
pub(super) const PUBLIC_COST: [&str; 2] = [
    "Present value of what all public payers pay in the simulated years, and of the land that they give",
    "시뮬레이션 기간 전체 공공 주체의 지출과 제공 토지의 현재가치",
];
/// What the cost of a net job is.
const COST_PER_JOB: [&str; 2] = [
    "Public cost over net jobs of the last simulated year",
    "순일자리당 공공 비용(마지막 시뮬레이션 연도)",
];

/// The steps of a policy.
pub(super) struct Nets {
    year: u16,
    /// For the city, then the country.
    steps: [Vec<StepRow>; 2],
}

impl Nets {
    /// The net jobs of the city or the country.
    pub(super) fn net(&self, whole: Whole) -> f64 {
        self.steps[whole as usize].last().map_or(0.0, StepRow::jobs)
    }
}

/// The steps of every policy.
pub(super) fn nets(
    statements: &[Statement<'_>],
    additionality: &[AdditionalityRow<'_>],
    year: u16,
) -> Vec<Nets> {
    let of = |statement: &Statement<'_>| {
        let elsewhere = statement.terms.opportunity_share;
        let steps = Whole::ALL.map(|whole| {
            net_jobs::of_policy(additionality, statement.policy, year, whole, elsewhere)
        });
        Nets { year, steps }
    };
    statements.iter().map(of).collect()
}

/// What public payers pay in the simulated years over the net jobs; why not, where there is none.
pub(super) fn cost_per_job(
    statement: &Statement<'_>,
    nets: &Nets,
    whole: Whole,
) -> (Option<f64>, &'static str) {
    let cost = statement.total(Account::Payments, Scope::Simulated);
    let jobs = nets.net(whole);
    match (cost.0 > 0, jobs > 0.0) {
        (_, false) => (None, NO_JOBS),
        (false, _) => (None, NO_COST),
        _ => (Some(cost.millions() / jobs), ""),
    }
}

/// Writes the table.
pub(super) fn write(
    to: Target<'_>,
    statements: &[Statement<'_>],
    nets: &[Nets],
) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<NetJobs<'_>>::create(to)?;
    for (statement, nets) in statements.iter().zip(nets) {
        for (whole, steps) in Whole::ALL.into_iter().zip(&nets.steps) {
            let mut row =
                |(step, [meaning_en, meaning_ko]): (_, [_; 2]), unit, value, share, note| {
                    table.row(&NetJobs {
                        policy: statement.policy,
                        baseline: statement.baseline,
                        place: whole.name(),
                        year: nets.year,
                        step,
                        unit,
                        value,
                        share,
                        meaning_en,
                        meaning_ko,
                        note,
                    })
                };
            for step in steps {
                let note = if step.step == Step::Leakage { NO_LEAKAGE } else { "" };
                let of = (step.step.name(), step.step.meaning());
                row(of, "persons", Some(step.jobs()), step.share, note)?;
            }
            let cost = statement.total(Account::Payments, Scope::Simulated).millions();
            row(("public_cost", PUBLIC_COST), "{money}", Some(cost), None, "")?;
            let (each, note) = cost_per_job(statement, nets, whole);
            row(("cost_per_net_job", COST_PER_JOB), "{money}/person", each, None, note)?;
        }
    }
    table.complete()
}

//! `appraisal/flows.csv`: costs and benefits by year and item, with totals.

use crate::analysis::appraisal::appraised::Statement;
use crate::analysis::appraisal::flow::Account;
use crate::analysis::appraisal::flow::Flow;
use crate::analysis::appraisal::terms::Won;
use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;

table! {
    /// A cost, benefit or transfer of a policy in one year, or a total of them.
    pub AppraisalFlow in "appraisal/flows.csv", Some(Sheet {
        en: "appraisal flows",
        ko: "연도별 비용·편익",
        about_en: "Appraisal: costs and benefits by year and item, undiscounted and discounted; every total is the sum of its rows",
        about_ko: "경제성 평가: 연도별·항목별 비용과 편익(할인 전후), 합계는 각 행의 합과 일치",
    }) => {
        policy: &'a str = POLICY;
        baseline: &'a str = BASELINE;
        part: &'a str = column("", "구분", "simulated: a simulated year; value_at_horizon: assets at the end of the simulation, counted in results of the simulated years alone; after_horizon: a year of the period after it; value_at_end: assets at the end of the period", "simulated: 시뮬레이션 연도, value_at_horizon: 시뮬레이션 종료 시 자산 가치(시뮬레이션 기간 결과에만 포함), after_horizon: 그 이후의 분석 연도, value_at_end: 분석기간 말 자산 가치");
        year: u16 = YEAR;
        item: &'a str = column("", "항목", "Cash item, or a total of the year: total_costs, total_benefits, net_benefits; total_payments, total_receipts and net_receipts of public payers", "항목 또는 연도별 합계(비용, 편익, 순편익, 공공 지출·수입·순수입)");
        payer: &'a str = column("", "부담 주체", "Who pays or receives; all for totals", "부담 또는 수취 주체");
        economic: &'a str = column("", "경제 계정", "What it is in the economic account: cost, benefit, or empty (a transfer, or not counted); total", "경제 계정 구분(비용, 편익, 이전지출이거나 해당 없으면 빈칸)");
        financial: &'a str = column("", "재무 계정", "What it is in the financial account of public payers: payment, receipt, or empty; total", "재무 계정 구분(공공 지출, 공공 수입, 해당 없으면 빈칸)");
        base: f64 = column("{money}", "기준 금액", "Mean over replications, policy less baseline, in the appraisal's prices; what is paid is positive where it is more cost, the rest where it is more return", "반복 실행 평균(기준 정책 대비 차이, 평가 기준 가격, 지급은 비용 증가가 양수, 나머지는 수입·편익 증가가 양수)");
        added: f64 = column("{money}", "할증", "What optimism bias and contingency add", "낙관 편향과 예비비 가산액");
        amount: f64 = column("{money}", "금액(할인 전)", "base + added, undiscounted", "할인 전 금액(기준 금액 + 할증)");
        factor: Option<f64> = column("1", "할인 계수", "Discount factor of the economic account", "경제 계정 할인 계수");
        discounted: Option<f64> = column("{money}", "현재가치", "amount × factor, to a millionth; empty where it does not count in the economic account", "현재가치(경제 계정에 포함되지 않으면 빈칸)");
        financial_factor: Option<f64> = column("1", "재무 할인 계수", "Discount factor of the financial account", "재무 계정 할인 계수");
        financial_discounted: Option<f64> = column("{money}", "재무 현재가치", "amount × financial_factor, to a millionth; empty where no public payer pays or receives it", "재무 현재가치(공공 부담·수입이 아니면 빈칸)");
        item_ko: &'a str = column("", "항목 설명", "What the item is, Korean", "항목 설명(국문)");
        payer_ko: &'a str = column("", "재원", "From which budget, Korean", "재원(국문)");
    }
}

/// Sums of base, added, discounted.
#[derive(Clone, Copy, Default)]
struct Sums([Won; 3]);

impl Sums {
    fn add(&mut self, of: [Won; 3]) {
        for (sum, of) in self.0.iter_mut().zip(of) {
            *sum = *sum + of;
        }
    }

    fn less(self, other: Self) -> Self {
        let [a, b] = [self.0, other.0];
        Self([a[0] - b[0], a[1] - b[1], a[2] - b[2]])
    }
}

/// Writes the table.
pub(super) fn write(
    to: Target<'_>,
    statements: &[Statement<'_>],
) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<AppraisalFlow<'_>>::create(to)?;
    for statement in statements {
        for of_year in statement.flows.chunk_by(|a, b| (a.part, a.year) == (b.part, b.year)) {
            year(&mut table, statement, of_year)?;
        }
    }
    table.complete()
}

/// What a flow is in an account of two sides.
fn word(flow: &Flow, sides: [Account; 2], words: [&'static str; 2]) -> &'static str {
    match sides.map(|side| side.counts(flow.item)) {
        [true, _] => words[0],
        [_, true] => words[1],
        _ => "",
    }
}

/// Writes the rows of one part and year, then their totals.
fn year(
    table: &mut TableWriter<AppraisalFlow<'_>>,
    statement: &Statement<'_>,
    flows: &[Flow],
) -> Result<(), TableError> {
    let Some(first) = flows.first() else { return Ok(()) };
    let factors = [false, true].map(|financial| statement.factor(first, financial));
    let mut sums = [Sums::default(); 4];
    for flow in flows {
        let discounted = factors.map(|factor| flow.amount().times(factor));
        for (account, sums) in Account::ALL.iter().zip(&mut sums) {
            if account.counts(flow.item) {
                let discounted = discounted[usize::from(account.is_financial())];
                sums.add([flow.base, flow.added, discounted]);
            }
        }
        let counts = |accounts: [Account; 2]| accounts.iter().any(|it| it.counts(flow.item));
        let economic = counts([Account::Costs, Account::Benefits]);
        let financial = counts([Account::Payments, Account::Receipts]);
        let payer = statement.payers.of(flow.item.1);
        table.row(&AppraisalFlow {
            policy: statement.policy,
            baseline: statement.baseline,
            part: flow.part.name(),
            year: flow.year,
            item: flow.item.0.name(),
            payer: &payer.name,
            economic: word(flow, [Account::Costs, Account::Benefits], ["cost", "benefit"]),
            financial: word(flow, [Account::Payments, Account::Receipts], ["payment", "receipt"]),
            base: flow.base.millions(),
            added: flow.added.millions(),
            amount: flow.amount().millions(),
            factor: economic.then_some(factors[0]),
            discounted: economic.then(|| discounted[0].millions()),
            financial_factor: financial.then_some(factors[1]),
            financial_discounted: financial.then(|| discounted[1].millions()),
            item_ko: flow.item.0.meaning_ko(),
            payer_ko: &payer.title_ko,
        })?;
    }
    let [costs, benefits, payments, receipts] = sums;
    for (item, item_ko, sums, financial) in [
        ("total_costs", "비용 합계", costs, false),
        ("total_benefits", "편익 합계", benefits, false),
        ("net_benefits", "순편익", benefits.less(costs), false),
        ("total_payments", "공공 지출 합계", payments, true),
        ("total_receipts", "공공 수입 합계", receipts, true),
        ("net_receipts", "공공 순수입", receipts.less(payments), true),
    ] {
        let [base, added, discounted] = sums.0;
        let of = |wanted: bool, value: f64| (financial == wanted).then_some(value);
        table.row(&AppraisalFlow {
            policy: statement.policy,
            baseline: statement.baseline,
            part: first.part.name(),
            year: first.year,
            item,
            payer: "all",
            economic: if financial { "" } else { "total" },
            financial: if financial { "total" } else { "" },
            base: base.millions(),
            added: added.millions(),
            amount: (base + added).millions(),
            factor: of(false, factors[0]),
            discounted: of(false, discounted.millions()),
            financial_factor: of(true, factors[1]),
            financial_discounted: of(true, discounted.millions()),
            item_ko,
            payer_ko: "합계",
        })?;
    }
    Ok(())
}

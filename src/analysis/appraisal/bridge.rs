//! From the net present value by the scenario's own accounts to that by the rule set: what each difference
//! between the two makes.

use crate::analysis::appraisal::appraised::BridgeStep;
use crate::analysis::appraisal::appraised::Statement;
use crate::analysis::appraisal::flow::Account;
use crate::analysis::appraisal::flow::Flow;
use crate::analysis::appraisal::flow::Part;
use crate::analysis::appraisal::flow::Scope;
use crate::analysis::appraisal::present;
use crate::analysis::appraisal::statement::Reading;
use crate::analysis::appraisal::terms::Won;
use crate::model::ledger::cash::CashAccount;
use crate::model::ledger::cash::CashItem;

/// Steps in the order of rows: name, English, Korean. The first is what is left, the last what is come to.
pub const STEPS: [(&str, &str, &str); 14] = [
    (
        "own_accounts",
        "By the scenario's own accounts: economic_cost, economic_benefit and economic_net_present_value of cost_benefit.csv",
        "시나리오 자체 계정 기준(cost_benefit.csv의 경제적 비용, 편익, 순현재가치)",
    ),
    (
        "transfers",
        "Transfers stand on both sides of the own accounts and on neither of the rule set's",
        "이전지출: 자체 계정은 양쪽에 계상, 적용 규정은 양쪽 모두 제외",
    ),
    (
        "own_excess_burden",
        "Excess burden of taxes by the scenario's marginal_cost_of_public_funds, taken out",
        "시나리오의 한계 비용에 따른 조세 초과 부담 제외",
    ),
    (
        "price_base",
        "Money is converted from prices of the scenario's base_year to those of the rule set's year",
        "기준 가격 연도 환산(시나리오 base_year에서 적용 규정의 연도로)",
    ),
    (
        "discount_year",
        "Discounted to the rule set's year and not to the scenario's base_year, by the scenario's discount_rate",
        "현재가치 기준 연도 변경(시나리오 할인율 적용)",
    ),
    (
        "discount_rate",
        "Discounted by the rule set's rates and not by the scenario's discount_rate",
        "할인율 변경(시나리오 할인율에서 적용 규정의 할인율로)",
    ),
    (
        "beyond_period",
        "Simulated years after the end of the rule set's period, left out",
        "적용 규정의 분석기간 이후 시뮬레이션 연도 제외",
    ),
    (
        "stated_construction",
        "Construction as the policies state it, without the scenario's construction_overrun, where the rule set adds to it",
        "적용 규정이 공사비를 가산하는 경우 시나리오의 공사비 초과분(construction_overrun) 제외",
    ),
    (
        "optimism_bias",
        "Optimism bias and contingency of the rule set",
        "적용 규정의 낙관 편향과 예비비",
    ),
    (
        "after_horizon",
        "Flows held after the last simulated year",
        "시뮬레이션 마지막 연도 이후 유지되는 흐름",
    ),
    (
        "assets",
        "Assets at the end of the period by the rule set, and not at the horizon by the model",
        "잔존 가치(시뮬레이션 종료 시 모형 기준에서 분석기간 말 적용 규정 기준으로)",
    ),
    (
        "excess_burden",
        "Excess burden of taxes by the rule set's cost of public funds",
        "적용 규정의 한계 비용에 따른 조세 초과 부담",
    ),
    (
        "rounding",
        "Rows of flows.csv are rounded to a millionth",
        "flows.csv 각 행의 100만분의 1 단위 반올림",
    ),
    (
        "rule_set",
        "By the rule set: present_value_of_costs, present_value_of_benefits and economic_npv of results.csv; the sum of the rows above",
        "적용 규정 기준(results.csv의 비용·편익 현재가치와 순현재가치, 위 행들의 합)",
    ),
];

/// What of a mean of an item in a year is counted.
type Counts<'a> = &'a dyn Fn(CashItem, u16) -> f64;

/// The steps of a policy that was read. Each is the difference of two neighbouring states, so that they add up
/// whatever their rounding.
pub(super) fn steps(reading: &Reading<'_, '_>, statement: &Statement<'_>) -> Vec<BridgeStep> {
    let (terms, span, means) = (&statement.terms, statement.span, reading.means());
    let valued = |counts: Counts<'_>| {
        ["economic_cost", "economic_benefit"].map(|total| {
            let mut sum = 0.0;
            for (of, means) in &means {
                let (item, payer) = **of;
                let weight = f64::from(present::weight(total, item, payer));
                for (mean, &year) in means.iter().zip(reading.years()) {
                    sum += weight * mean * counts(item, year);
                }
            }
            Won::of(sum)
        })
    };
    let moves = |item: CashItem| item.account() == CashAccount::Transfer;
    let unless = |left_out: bool, worth: f64| if left_out { 0.0 } else { worth };
    let is_other = |item: CashItem| moves(item) || item == CashItem::ExcessBurden;
    let own = |item: CashItem, year| unless(is_other(item), terms.own.factor(year));
    let priced = |item: CashItem, year| own(item, year) * terms.price_ratio;
    let dated = |item: CashItem, year| priced(item, year) / terms.own.factor(terms.discount_year);
    let by_rate = |item: CashItem, year| {
        unless(is_other(item), terms.price_ratio * terms.factor(&terms.rules().rate, year))
    };
    let in_period = |item: CashItem, year| unless(year > span.last, by_rate(item, year));
    let stated = |item: CashItem, year| in_period(item, year) * terms.stated(item, year);
    let raised = |item: CashItem, year| stated(item, year) * (1.0 + terms.uplift(item.name()));
    let left = |item: CashItem| item.account() == CashAccount::Residual;
    let whole = valued(&|_, year| terms.own.factor(year));
    // The same on both sides, to the won.
    let [transfers, _] = valued(&|item, year| unless(!moves(item), terms.own.factor(year)));
    let mut sums = vec![
        whole,
        whole.map(|side| side - transfers),
        valued(&own),
        valued(&priced),
        valued(&dated),
        valued(&by_rate),
        valued(&in_period),
        valued(&stated),
        valued(&raised),
    ];
    let none = [Won::default(); 2];
    let rows = |which: &dyn Fn(&Flow) -> bool| {
        [Account::Costs, Account::Benefits].map(|account| {
            let counted = statement.counted(account, Scope::Period).filter(|flow| which(flow));
            counted.map(|flow| flow.amount().times(statement.factor(flow, false))).sum()
        })
    };
    let is_burden = |flow: &Flow| flow.item.0 == CashItem::ExcessBurden;
    let is_asset = |flow: &Flow| matches!(flow.part, Part::ValueAtHorizon | Part::ValueAtEnd);
    for (less, more) in [
        (none, rows(&|flow| flow.part == Part::AfterHorizon && !is_burden(flow))),
        // The sums before have the assets among the flows of the last simulated year.
        (
            valued(&|item, year| unless(!left(item), raised(item, year))),
            rows(&|flow| is_asset(flow) && !is_burden(flow)),
        ),
        (none, rows(&is_burden)),
    ] {
        let before = sums.last().copied().unwrap_or_default();
        sums.push([0, 1].map(|side| before[side] - less[side] + more[side]));
    }
    let total = [Account::Costs, Account::Benefits].map(|it| statement.total(it, Scope::Period));
    sums.push(total);
    let before = std::iter::once(none).chain(sums.iter().copied());
    let added =
        sums.iter().zip(before).map(|(sum, before)| [0, 1].map(|side| sum[side] - before[side]));
    STEPS.iter().zip(added.chain([total])).collect()
}

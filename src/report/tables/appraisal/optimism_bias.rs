//! `appraisal/optimism_bias.csv`: what optimism bias and contingency add to which cost.

use std::collections::BTreeMap;

use crate::analysis::appraisal::Item;
use crate::analysis::appraisal::appraised::Statement;
use crate::analysis::appraisal::flow::Account;
use crate::analysis::appraisal::flow::Scope;
use crate::analysis::appraisal::terms::Won;
use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;
use crate::scenario::appraisal::CostAdjustment;

table! {
    /// What is added to a cost of a policy.
    pub OptimismBias in "appraisal/optimism_bias.csv", Some(Sheet {
        en: "optimism bias",
        ko: "낙관 편향",
        about_en: "Appraisal: optimism bias and contingency as applied to the undiscounted costs of the period",
        about_ko: "경제성 평가: 분석기간 비용(할인 전)에 적용한 낙관 편향과 예비비",
    }) => {
        policy: &'a str = POLICY;
        baseline: &'a str = BASELINE;
        item: &'a str = column("", "항목", "Cash item; all for the sum", "항목(합계는 all)");
        payer: &'a str = column("", "부담 주체", "Who pays; all for the sum", "부담 주체");
        kind: &'a str = column("", "구분", "optimism_bias, contingency, or none where the rule set adds nothing", "낙관 편향, 예비비, 또는 없음");
        before: f64 = column("{money}", "가산 전", "Costs of the period before, undiscounted", "가산 전 비용(할인 전)");
        share: Option<f64> = column("1", "가산율", "What is added, as a share", "가산율");
        share_managed: Option<f64> = column("1", "관리 시 가산율", "The share that is left when all of it is managed", "관리 시 가산율");
        added: f64 = column("{money}", "가산액", "What is added", "가산액");
        after: f64 = column("{money}", "가산 후", "before + added", "가산 후 비용");
        source: &'a str = column("", "출처", "Where the share is from", "출처");
        item_ko: &'a str = column("", "항목 설명", "What the item is, Korean", "항목 설명(국문)");
        payer_ko: &'a str = column("", "재원", "From which budget, Korean", "재원(국문)");
    }
}

/// Writes the table.
pub(super) fn write(
    to: Target<'_>,
    statements: &[Statement<'_>],
) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<OptimismBias<'_>>::create(to)?;
    for statement in statements {
        let mut items: BTreeMap<Item, [Won; 2]> = BTreeMap::new();
        let mut all = [Won::default(); 2];
        for flow in statement.counted(Account::Costs, Scope::Period) {
            for sums in [items.entry(flow.item).or_default(), &mut all] {
                *sums = [sums[0] + flow.base, sums[1] + flow.added];
            }
        }
        let mut row = |(item, payer, kind): (&str, &str, &str),
                       korean: [&str; 2],
                       shares: [Option<f64>; 2],
                       sums: [Won; 2],
                       source: &str| {
            table.row(&OptimismBias {
                policy: statement.policy,
                baseline: statement.baseline,
                item,
                payer,
                kind,
                before: sums[0].millions(),
                share: shares[0],
                share_managed: shares[1],
                added: sums[1].millions(),
                after: (sums[0] + sums[1]).millions(),
                source,
                item_ko: korean[0],
                payer_ko: korean[1],
            })
        };
        let rules = statement.terms.rules();
        for ((item, payer), sums) in items {
            let mut of_item = rules.adjustments.iter();
            let of = of_item.find(|it| it.items.iter().any(|name| name == item.name()));
            let kind = of.map_or("none", |of| of.kind.name());
            let shares = [of.map(CostAdjustment::share), of.map(CostAdjustment::lower)];
            let source = of.map_or("", |of| of.source.as_str());
            let payer = statement.payers.of(payer);
            let korean = [item.meaning_ko(), &payer.title_ko];
            row((item.name(), &payer.name, kind), korean, shares, sums, source)?;
        }
        row(("all", "all", ""), ["합계"; 2], [None; 2], all, "")?;
    }
    table.complete()
}

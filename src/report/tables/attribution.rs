//! `attribution.csv` and `interactions.csv`: a policy's effect split among its packages.

use crate::analysis::attribution::Measured;
use crate::analysis::attribution::Method;
use crate::analysis::attribution::Split;
use crate::analysis::statistics::Estimate;
use crate::report::tables::row::table;
use crate::report::tables::table::CompleteTable;
use crate::report::tables::table::TableError;
use crate::report::tables::table::TableWriter;
use crate::report::text::dialect::Target;
use crate::report::text::rounding;
use crate::scenario::package::Package;

table! {
    /// What a package of levers adds, or the whole policy.
    pub Contribution in "attribution.csv", Some(Sheet {
        en: "attribution",
        ko: "기여",
        about_en: "What each part of a plan adds",
        about_ko: "계획 구성 요소별 기여",
    }) => {
        policy: &'a str = column("", "정책", "Policy whose effect is split", "정책");
        baseline: &'a str = BASELINE;
        package: &'a str = column("", "수단 묶음", "Package of levers; `total` for the whole policy", "수단 묶음(`total`은 전체)");
        levers: &'a str = column("", "수단", "Levers of the package that differ from the baseline", "기준 정책과 다른 수단");
        place: &'a str = PLACE;
        metric: &'a str = column("", "지표", "Metric that is split", "지표");
        unit: &'a str = UNIT;
        year: u16 = YEAR;
        method: &'a str = column("", "방법", "`exact`: every set of packages is simulated; `sampled`: random orders", "계산 방법");
        replications: usize = REPLICATIONS;
        shapley: &'a str = column("metric", "섀플리 값", "Part of the package: its Shapley value, rounded so that the parts add up to the total to the last digit", "기여분(섀플리 값, 반올림 후 합계와 일치)");
        se: Option<f64> = column("metric", "표준오차", "Standard error of the part", "기여분의 표준오차");
        ci_low: Option<f64> = column("metric", "95% 구간 하한", "Lower end of the 95 % confidence interval of the part; empty: too few replications to tell", "기여분의 95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가");
        ci_high: Option<f64> = column("metric", "95% 구간 상한", "Upper end of the 95 % confidence interval of the part", "기여분의 95% 신뢰구간 상한");
        sampling_se: Option<f64> = column("metric", "", "Standard error by the sampling of orders alone, contained in se; empty where every set is simulated", "순서 표본추출에 의한 표준오차");
        leave_one_out: Option<f64> = column("metric", "하나씩 제외", "The policy less the policy without the package", "정책에서 해당 묶음을 뺐을 때의 차이");
        leave_one_out_ci_low: Option<f64> = column("metric", "", "Lower end of its 95 % confidence interval; empty: too few replications to tell", "그 95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가");
        leave_one_out_ci_high: Option<f64> = column("metric", "", "Upper end of its 95 % confidence interval", "그 95% 신뢰구간 상한");
        alone: Option<f64> = column("metric", "단독 시행", "The baseline with the package alone less the baseline", "해당 묶음만 시행했을 때의 차이");
        alone_ci_low: Option<f64> = column("metric", "", "Lower end of its 95 % confidence interval; empty: too few replications to tell", "그 95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가");
        alone_ci_high: Option<f64> = column("metric", "", "Upper end of its 95 % confidence interval", "그 95% 신뢰구간 상한");
    }
}

table! {
    /// What two packages add together.
    pub InteractionOfPackages in "interactions.csv", Some(Sheet {
        en: "interactions",
        ko: "상호작용",
        about_en: "What pairs of parts add beyond their sum",
        about_ko: "구성 요소 쌍의 상호작용",
    }) => {
        policy: &'a str = column("", "정책", "Policy whose packages are paired", "정책");
        baseline: &'a str = BASELINE;
        package: &'a str = column("", "수단 묶음", "The one package", "수단 묶음");
        with: &'a str = column("", "", "The other package", "다른 묶음");
        place: &'a str = PLACE;
        metric: &'a str = METRIC;
        unit: &'a str = UNIT;
        year: u16 = YEAR;
        replications: usize = REPLICATIONS;
        together: f64 = column("metric", "", "The baseline with both packages less the baseline", "두 묶음을 함께 시행했을 때의 차이");
        interaction: f64 = column("metric", "", "Both together less each alone: their synergy, or where negative, their overlap", "상승효과(음수면 중복)");
        se: Option<f64> = column("metric", "표준오차", "Standard error of the interaction", "상호작용의 표준오차");
        ci_low: Option<f64> = column("metric", "95% 구간 하한", "Lower end of the 95 % confidence interval of the interaction; empty: too few replications to tell", "95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가");
        ci_high: Option<f64> = column("metric", "95% 구간 상한", "Upper end of the 95 % confidence interval of the interaction", "95% 신뢰구간 상한");
    }
}

/// The word in the place of a package for the whole policy.
pub const TOTAL: &str = "total";

/// An attribution as it is shown.
#[derive(Clone, Copy, Debug)]
pub struct Attribution<'a> {
    /// The policy that is split.
    pub policy: &'a str,
    /// The policy that it is compared with.
    pub baseline: &'a str,
    /// Its packages.
    pub packages: &'a [Package],
    /// How the parts were found.
    pub method: Method,
    /// What was split.
    pub splits: &'a [Split],
}

/// The parts and the total as printed: they add up to the last digit.
#[must_use]
pub fn printed(split: &Split) -> (Vec<String>, String) {
    let parts: Vec<f64> = split.parts.iter().map(|part| part.shapley.mean).collect();
    rounding::to_total(&parts, split.total.mean, decimals(&split.measured))
}

/// Decimals of a metric: one beyond whole numbers, six of ratios and prices.
#[must_use]
pub const fn decimals(measured: &Measured) -> usize {
    if measured.whole { 1 } else { 6 }
}

/// Writes both tables, which have no names yet.
///
/// # Errors
///
/// Fails if the disk does not take them.
pub fn write(
    to: Target<'_>,
    attribution: &Attribution<'_>,
) -> Result<[CompleteTable; 2], TableError> {
    Ok([packages(to, attribution)?, interactions(to, attribution)?])
}

fn packages(to: Target<'_>, attribution: &Attribution<'_>) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<Contribution<'_>>::create(to)?;
    for split in attribution.splits {
        let (parts, total) = printed(split);
        let rows = attribution.packages.iter().zip(&split.parts).zip(&parts);
        for ((package, part), printed) in rows {
            let names = [package.name.as_str(), &package.levers.join("; "), printed];
            table.row(&Contribution {
                sampling_se: part.sampling_se,
                leave_one_out: Some(part.leave_one_out.mean),
                leave_one_out_ci_low: part.leave_one_out.ci_low,
                leave_one_out_ci_high: part.leave_one_out.ci_high,
                alone: Some(part.alone.mean),
                alone_ci_low: part.alone.ci_low,
                alone_ci_high: part.alone.ci_high,
                ..contribution(attribution, split, names, &part.shapley)
            })?;
        }
        table.row(&contribution(attribution, split, [TOTAL, "", &total], &split.total))?;
    }
    table.complete()
}

/// The row of a package, or of the whole policy, without what it adds alone and last.
fn contribution<'c>(
    attribution: &Attribution<'c>,
    split: &'c Split,
    [package, levers, shapley]: [&'c str; 3],
    estimate: &Estimate,
) -> Contribution<'c> {
    let measured = &split.measured;
    Contribution {
        policy: attribution.policy,
        baseline: attribution.baseline,
        package,
        levers,
        place: &measured.place,
        metric: measured.metric,
        unit: measured.unit,
        year: measured.year,
        method: attribution.method.name(),
        replications: estimate.replications,
        shapley,
        se: estimate.se,
        ci_low: estimate.ci_low,
        ci_high: estimate.ci_high,
        sampling_se: None,
        leave_one_out: None,
        leave_one_out_ci_low: None,
        leave_one_out_ci_high: None,
        alone: None,
        alone_ci_low: None,
        alone_ci_high: None,
    }
}

fn interactions(
    to: Target<'_>,
    attribution: &Attribution<'_>,
) -> Result<CompleteTable, TableError> {
    let mut table = TableWriter::<InteractionOfPackages<'_>>::create(to)?;
    for split in attribution.splits {
        let measured = &split.measured;
        for pair in &split.interactions {
            table.row(&InteractionOfPackages {
                policy: attribution.policy,
                baseline: attribution.baseline,
                package: &attribution.packages[pair.first].name,
                with: &attribution.packages[pair.second].name,
                place: &measured.place,
                metric: measured.metric,
                unit: measured.unit,
                year: measured.year,
                replications: pair.interaction.replications,
                together: pair.together.mean,
                interaction: pair.interaction.mean,
                se: pair.interaction.se,
                ci_low: pair.interaction.ci_low,
                ci_high: pair.interaction.ci_high,
            })?;
        }
    }
    table.complete()
}

//! `archive.csv` and `package_levers.csv`: the packages that a search has found.

use crate::report::tables::row::table;

table! {
    /// What a package reaches in one criterion.
    pub FoundPackage in "archive.csv", None => {
        package: &'a str = column("", "묶음", "Package: the name of its file in policies/", "묶음(policies/ 안의 파일 이름)");
        on_frontier: bool = column("", "경계 여부", "Whether no other package is better in every criterion, and the budget is not exceeded, each beyond chance: paired 95 % intervals of fresh replications", "다른 묶음이 모든 기준에서 더 낫지 않고 예산을 넘지 않는지 여부(새 반복의 쌍별 95% 구간)");
        dominated_by: &'a str = column("", "", "A package that is better in every criterion beyond chance; empty: none", "모든 기준에서 더 나은 묶음(없으면 빈칸)");
        over_budget: bool = column("", "예산 초과", "Whether the mean cost is above a limit of the budget, beyond chance", "예산 한도 초과 여부");
        levers: &'a str = column("", "수단", "Its levers beside those of the baseline: factor on the size as the policies of the scenario state it, and the year in which it begins to act", "기준 정책에 더하는 수단(크기 배율, 작용 시작 연도)");
        beyond_evidence: &'a str = column("", "근거 초과", "Settings that are larger than evidence reaches: lever.setting; empty: none", "근거의 범위를 넘는 설정(수단.설정, 없으면 빈칸)");
        replications: usize = REPLICATIONS;
        cost: f64 = column("{money}", "공공 비용", "Present value of public cost over the baseline's, mean: public_cost_pv", "공공 비용의 현재가치(기준 정책 대비, 평균)");
        cost_ci_low: Option<f64> = column("{money}", "", "Lower end of its 95 % confidence interval; empty: too few replications to tell", "95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가");
        cost_ci_high: Option<f64> = column("{money}", "", "Upper end of its 95 % confidence interval", "95% 신뢰구간 상한");
        yearly_cost: f64 = column("{money}/year", "연평균 지출", "Mean public outlay of a year over the baseline's, from the vantage date to the last year, not discounted", "기준 시점 이후 연평균 공공 지출(기준 정책 대비, 할인 전)");
        criterion: &'a str = column("", "기준", "What packages are judged by: an outcome, or a weighted sum of outcomes; min: stands where less is better", "판단 기준(결과 또는 가중합, min:은 작을수록 좋음)");
        unit: &'a str = column("", "단위", "Unit of the criterion; empty: a weighted sum", "기준의 단위(가중합이면 빈칸)");
        statistic: &'a str = column("", "통계량", "mean, or the quantile of replications that the package reaches with the probability of --confidence", "평균 또는 --confidence의 확률로 달성되는 분위수");
        value: f64 = column("unit", "값", "That figure of package less baseline, replication by replication", "묶음과 기준 정책의 반복별 차이의 통계량");
        ci_low: Option<f64> = column("unit", "95% 구간 하한", "Lower end of its 95 % confidence interval; empty: too few replications to tell", "95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가");
        ci_high: Option<f64> = column("unit", "95% 구간 상한", "Upper end of its 95 % confidence interval", "95% 신뢰구간 상한");
        over: &'a str = column("", "비교 정책", "Shipped policy that promises most of the first criterion at this cost, scaled to it; empty: none can be", "같은 비용에서 첫 기준이 가장 클 것으로 보이는 기존 정책(비용에 맞게 조정, 없으면 빈칸)");
        over_factor: Option<f64> = column("1", "", "Factor on the sizes of that policy", "비교 정책의 크기 배율");
        over_cost: Option<f64> = column("{money}", "", "Its cost so scaled, as `cost`", "조정된 비교 정책의 비용");
        adds: Option<f64> = column("unit", "추가분", "What the package adds over that policy: the figure less that policy's", "비교 정책 대비 추가분");
        adds_ci_low: Option<f64> = column("unit", "", "Lower end of its 95 % confidence interval, paired; empty: too few replications to tell", "95% 신뢰구간 하한(쌍별); 빈칸: 반복 수 부족으로 판단 불가");
        adds_ci_high: Option<f64> = column("unit", "", "Upper end of its 95 % confidence interval", "95% 신뢰구간 상한");
    }
}

table! {
    /// A lever of a package.
    pub PackageLever in "package_levers.csv", None => {
        package: &'a str = column("", "묶음", "Package: the name of its file in policies/", "묶음(policies/ 안의 파일 이름)");
        lever: &'a str = column("", "수단", "Lever", "수단");
        stated_by: &'a str = column("", "출처 정책", "Policy of the scenario that states it: the first that has it", "해당 수단이 처음 나오는 정책");
        factor: f64 = column("1", "배율", "Factor on its size", "크기 배율");
        size: &'a str = column("", "크기 설정", "Setting that is its size; empty: it has none", "크기에 해당하는 설정(없으면 빈칸)");
        value: &'a str = column("", "값", "Value of that setting", "해당 설정의 값");
        delay: u16 = column("year", "지연", "Years by which its dates are later than stated", "날짜를 늦춘 연수");
        year: u16 = column("year", "시작 연도", "Year in which it begins to act: of its opening or decision, where it has one", "작용을 시작하는 연도");
        beyond_evidence: &'a str = column("", "근거 초과", "Setting that is larger than evidence reaches; empty: none", "근거의 범위를 넘는 설정(없으면 빈칸)");
        evidence_limit: Option<f64> = column("setting", "근거의 한계", "How far evidence reaches, in the setting's unit", "근거가 미치는 한계(설정의 단위)");
        evidence_source: &'a str = column("", "근거 출처", "What the evidence is of", "근거의 출처");
    }
}

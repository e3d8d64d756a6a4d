//! THE REGISTER OF COLUMNS: every column of every file that a run writes.
//!
//! To add one, add a row to `columns!` under its file; `yangjae explain` and `dictionary.csv`
//! follow.

/// A column of an output file.
#[derive(Clone, Copy, Debug)]
pub struct ColumnSpec {
    /// The file.
    pub table: &'static str,
    /// The column's header.
    pub name: &'static str,
    /// The unit; `""` where it has none, `metric` where it is that of the row's metric.
    pub unit: &'static str,
    /// What it means, in English.
    pub meaning_en: &'static str,
    /// What it means, in Korean.
    pub meaning_ko: &'static str,
}

macro_rules! columns {
    ($($table:literal { $($name:ident: $unit:literal $en:literal / $ko:literal;)* })*) => {
        /// Every column, in the order of files and of columns in them.
        pub const COLUMNS: &[ColumnSpec] = &[
            $($(ColumnSpec {
                table: $table,
                name: stringify!($name),
                unit: $unit,
                meaning_en: $en,
                meaning_ko: $ko,
            },)*)*
        ];
    };
}

columns! {
    "yearly.csv" {
        policy: "" "Policy" / "정책";
        place: "" "District, city, an area or a facility" / "지구, 시, 지역 또는 시설";
        metric: "" "Metric; `yangjae explain metrics` lists them" / "지표";
        unit: "" "Unit of the metric" / "지표의 단위";
        year: "year" "Year; stocks are those at its end" / "연도(잔량은 연말 기준)";
        replications: "1" "Replications that the row rests on" / "반복 실행 수";
        mean: "metric" "Mean over replications" / "반복 실행 평균";
        sd: "metric" "Standard deviation over replications: how much single replications differ" / "반복 실행 간 표준편차";
        se: "metric" "Standard error of the mean: how exactly the mean is known, by the blocks over which parameters are spread evenly" / "평균의 표준오차";
        ci_low: "metric" "Lower end of the 95 % confidence interval of the mean; empty: too few replications to tell" / "평균의 95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가";
        ci_high: "metric" "Upper end of the 95 % confidence interval of the mean" / "평균의 95% 신뢰구간 상한";
        p05: "metric" "5th percentile over replications" / "반복 실행의 5백분위수";
        p25: "metric" "25th percentile over replications" / "반복 실행의 25백분위수";
        p50: "metric" "Median over replications" / "반복 실행의 중앙값";
        p75: "metric" "75th percentile over replications" / "반복 실행의 75백분위수";
        p95: "metric" "95th percentile over replications" / "반복 실행의 95백분위수";
    }
    "comparison.csv" {
        policy: "" "Policy" / "정책";
        baseline: "" "Policy that it is compared with" / "비교 기준 정책";
        place: "" "District, city, an area or a facility; a facility that one of the two lacks counts there as nothing" / "지구, 시, 지역 또는 시설(한쪽에만 있는 시설은 다른 쪽에서 0으로 계산)";
        metric: "" "Metric" / "지표";
        unit: "" "Unit of the metric" / "지표의 단위";
        year: "year" "Year" / "연도";
        replications: "1" "Pairs of replications that the row rests on" / "비교 쌍의 수";
        difference: "metric" "Mean of policy minus baseline, replication by replication" / "기준 정책 대비 차이의 평균(동일 반복 간)";
        sd: "metric" "Standard deviation of the differences" / "차이의 표준편차";
        se: "metric" "Standard error of the mean difference" / "평균 차이의 표준오차";
        ci_low: "metric" "Lower end of the 95 % confidence interval of the difference; empty: too few replications to tell" / "차이의 95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가";
        ci_high: "metric" "Upper end of the 95 % confidence interval of the difference" / "차이의 95% 신뢰구간 상한";
        p05: "metric" "5th percentile of the differences" / "차이의 5백분위수";
        p50: "metric" "Median of the differences" / "차이의 중앙값";
        p95: "metric" "95th percentile of the differences" / "차이의 95백분위수";
        probability_higher: "1" "Share of replications in which the policy has the higher value, ties counted half" / "정책의 값이 더 큰 반복의 비율(동률은 절반)";
    }
    "pairs.csv" {
        policy: "" "Policy" / "정책";
        other: "" "Policy that it is compared with, one that comes before it in the scenario's order" / "비교 대상 정책(시나리오 순서상 앞선 정책)";
        place: "" "District or city" / "지구 또는 시";
        metric: "" "Metric" / "지표";
        unit: "" "Unit of the metric" / "지표의 단위";
        year: "year" "The last year" / "마지막 연도";
        replications: "1" "Pairs of replications that the row rests on" / "비교 쌍의 수";
        difference: "metric" "Mean of policy minus other, replication by replication" / "두 정책 차이의 평균(동일 반복 간)";
        sd: "metric" "Standard deviation of the differences" / "차이의 표준편차";
        se: "metric" "Standard error of the mean difference" / "평균 차이의 표준오차";
        ci_low: "metric" "Lower end of the 95 % interval of the mean difference: the Monte Carlo error of this pair alone; empty: too few replications to tell" / "평균 차이의 95% 구간 하한(해당 쌍만의 몬테카를로 오차); 빈칸: 반복 수 부족으로 판단 불가";
        ci_high: "metric" "Upper end of the 95 % interval of the mean difference" / "평균 차이의 95% 구간 상한";
        p05: "metric" "5th percentile of the differences" / "차이의 5백분위수";
        p50: "metric" "Median of the differences" / "차이의 중앙값";
        p95: "metric" "95th percentile of the differences" / "차이의 95백분위수";
        probability_higher: "1" "Share of replications in which the policy has the higher value, ties counted half" / "정책의 값이 더 큰 반복의 비율(동률은 절반)";
        ranking: "" "higher, lower: the mean differs from 0 by more than its Monte Carlo error, and the middle 90 % of the differences leaves out 0; not ranked: the mean differs from 0 by more than its Monte Carlo error, and the middle 90 % holds 0, so that which is higher depends on assumptions and chance; more replications: the Monte Carlo error of the mean holds 0 (two-sided test at 5 % with Holm's allowance for all pairs of the metric and place); same: 0 in every replication" / "순위: higher·lower=평균 차이가 0과 구별되고 가운데 90%가 0을 벗어남, not ranked=평균은 0과 구별되나 가운데 90%가 0을 포함하여 가정과 우연에 따라 순위가 달라짐, more replications=평균의 몬테카를로 오차가 0을 포함(5% 양측검정, 같은 지표·장소의 모든 쌍에 대한 홀름 보정), same=모든 반복에서 0";
    }
    "additionality.csv" {
        policy: "" "Policy" / "정책";
        baseline: "" "Policy that it is compared with" / "비교 기준 정책";
        measure: "" "What is accounted for, which sets the unit of the figures: jobs [persons] or investment raised since the start [KRW m]; terms of fund rounds are in rounds/year" / "측정 대상과 단위: 일자리(명) 또는 시작 이후 누적 투자(백만 원), 기금 라운드 항목은 연간 건수";
        term: "" "Term of the account, from gross to net" / "총효과에서 순효과까지의 항목";
        year: "year" "Year" / "연도";
        mean: "measure" "Mean over replications; empty where the term has no meaning for the policy" / "반복 실행 평균(해당 없으면 빈칸)";
        se: "measure" "Standard error of the mean" / "평균의 표준오차";
        ci_low: "measure" "Lower end of the 95 % confidence interval; empty: too few replications to tell" / "95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가";
        ci_high: "measure" "Upper end of the 95 % confidence interval" / "95% 신뢰구간 상한";
        p05: "measure" "5th percentile over replications" / "5백분위수";
        p50: "measure" "Median over replications" / "중앙값";
        p95: "measure" "95th percentile over replications" / "95백분위수";
        note: "" "Remark" / "비고";
    }
    "cost_benefit.csv" {
        policy: "" "Policy" / "정책";
        baseline: "" "Policy that it is compared with" / "비교 기준 정책";
        item: "" "Cost, return or ratio" / "비용, 수입 또는 비율 항목";
        payer: "" "Who pays or receives" / "부담 또는 수취 주체";
        unit: "" "Unit of the item" / "항목의 단위";
        mean: "item" "Mean over replications, as present value where it is money: of single items costs are positive and receipts negative" / "반복 실행 평균(금액은 현재가치, 개별 항목은 비용이 양수, 수입이 음수)";
        se: "item" "Standard error of the mean" / "평균의 표준오차";
        ci_low: "item" "Lower end of the 95 % confidence interval; empty: too few replications to tell" / "95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가";
        ci_high: "item" "Upper end of the 95 % confidence interval" / "95% 신뢰구간 상한";
        p05: "item" "5th percentile over replications" / "5백분위수";
        p50: "item" "Median over replications" / "중앙값";
        p95: "item" "95th percentile over replications" / "95백분위수";
        note: "" "Remark" / "비고";
    }
    "cash.csv" {
        policy: "" "Policy" / "정책";
        item: "" "Cost or return; `yangjae explain items` lists them" / "비용 또는 수입 항목";
        payer: "" "Who pays or receives" / "부담 또는 수취 주체";
        unit: "" "Unit" / "단위";
        year: "year" "Year" / "연도";
        replications: "1" "Replications that the row rests on" / "반복 실행 수";
        mean: "KRW m/year" "Mean over replications of what the policy itself books, neither discounted nor less the baseline: costs are positive and receipts negative" / "반복 실행 평균(해당 정책 자체의 금액, 할인 및 기준 정책 차감 없음, 비용이 양수, 수입이 음수)";
        sd: "KRW m/year" "Standard deviation over replications" / "반복 실행 간 표준편차";
        se: "KRW m/year" "Standard error of the mean" / "평균의 표준오차";
        ci_low: "KRW m/year" "Lower end of the 95 % confidence interval; empty: too few replications to tell" / "95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가";
        ci_high: "KRW m/year" "Upper end of the 95 % confidence interval" / "95% 신뢰구간 상한";
        p05: "KRW m/year" "5th percentile over replications" / "5백분위수";
        p50: "KRW m/year" "Median over replications" / "중앙값";
        p95: "KRW m/year" "95th percentile over replications" / "95백분위수";
    }
    "equal_budget.csv" {
        policy: "" "Policy" / "정책";
        reference: "" "Policy whose cost is the budget: the first after the baseline in the scenario's order" / "예산의 기준이 되는 정책";
        unit: "" "Unit of budget and costs" / "예산과 비용의 단위";
        budget: "unit" "What each policy shall cost: present value of public cost over the baseline's, mean over the pilot" / "목표 비용(기준 정책 대비 공공 비용의 현재가치)";
        factor: "1" "Factor on the sizes of the policy's levers, measured from the baseline's sizes; 1 is the policy as written" / "정책 수단 규모의 배수(1은 원안)";
        cost_before: "unit" "Cost of the policy as written, mean over the pilot" / "조정 전 비용";
        cost_before_se: "unit" "Standard error of the cost before" / "조정 전 비용의 표준오차";
        cost_after: "unit" "Cost that whole places, persons and homes have reached, mean over the pilot" / "조정 후 비용";
        cost_after_se: "unit" "Standard error of the cost after" / "조정 후 비용의 표준오차";
        pilot_first: "1" "First replication of the pilot; no run has it" / "예비 실행의 첫 반복 번호";
        pilot_replications: "1" "Replications of the pilot" / "예비 실행의 반복 수";
        without_size: "" "Levers of the policy that have no size to scale" / "규모를 조정할 수 없는 수단";
        note: "" "Remark, such as why a policy was not scaled" / "비고";
    }
    "attribution.csv" {
        policy: "" "Policy whose effect is split" / "정책";
        baseline: "" "Policy that it is compared with" / "비교 기준 정책";
        package: "" "Package of levers; `total` for the whole policy" / "수단 묶음(`total`은 전체)";
        levers: "" "Levers of the package that differ from the baseline" / "기준 정책과 다른 수단";
        place: "" "District, city, an area or a facility" / "지구, 시, 지역 또는 시설";
        metric: "" "Metric that is split" / "지표";
        unit: "" "Unit of the metric" / "지표의 단위";
        year: "year" "Year" / "연도";
        method: "" "`exact`: every set of packages is simulated; `sampled`: random orders" / "계산 방법";
        replications: "1" "Replications that the row rests on" / "반복 실행 수";
        shapley: "metric" "Part of the package: its Shapley value, rounded so that the parts add up to the total to the last digit" / "기여분(섀플리 값, 반올림 후 합계와 일치)";
        se: "metric" "Standard error of the part" / "기여분의 표준오차";
        ci_low: "metric" "Lower end of the 95 % confidence interval of the part; empty: too few replications to tell" / "기여분의 95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가";
        ci_high: "metric" "Upper end of the 95 % confidence interval of the part" / "기여분의 95% 신뢰구간 상한";
        sampling_se: "metric" "Standard error by the sampling of orders alone, contained in se; empty where every set is simulated" / "순서 표본추출에 의한 표준오차";
        leave_one_out: "metric" "The policy less the policy without the package" / "정책에서 해당 묶음을 뺐을 때의 차이";
        leave_one_out_ci_low: "metric" "Lower end of its 95 % confidence interval; empty: too few replications to tell" / "그 95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가";
        leave_one_out_ci_high: "metric" "Upper end of its 95 % confidence interval" / "그 95% 신뢰구간 상한";
        alone: "metric" "The baseline with the package alone less the baseline" / "해당 묶음만 시행했을 때의 차이";
        alone_ci_low: "metric" "Lower end of its 95 % confidence interval; empty: too few replications to tell" / "그 95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가";
        alone_ci_high: "metric" "Upper end of its 95 % confidence interval" / "그 95% 신뢰구간 상한";
    }
    "interactions.csv" {
        policy: "" "Policy whose packages are paired" / "정책";
        baseline: "" "Policy that it is compared with" / "비교 기준 정책";
        package: "" "The one package" / "수단 묶음";
        with: "" "The other package" / "다른 묶음";
        place: "" "District, city, an area or a facility" / "지구, 시, 지역 또는 시설";
        metric: "" "Metric" / "지표";
        unit: "" "Unit of the metric" / "지표의 단위";
        year: "year" "Year" / "연도";
        replications: "1" "Replications that the row rests on" / "반복 실행 수";
        together: "metric" "The baseline with both packages less the baseline" / "두 묶음을 함께 시행했을 때의 차이";
        interaction: "metric" "Both together less each alone: their synergy, or where negative, their overlap" / "상승효과(음수면 중복)";
        se: "metric" "Standard error of the interaction" / "상호작용의 표준오차";
        ci_low: "metric" "Lower end of the 95 % confidence interval of the interaction; empty: too few replications to tell" / "95% 신뢰구간 하한; 빈칸: 반복 수 부족으로 판단 불가";
        ci_high: "metric" "Upper end of the 95 % confidence interval of the interaction" / "95% 신뢰구간 상한";
    }
    "replications.csv" {
        policy: "" "Policy" / "정책";
        replication: "" "Number of the replication, from 0; the same number shares all draws between policies" / "반복 번호(0부터, 정책 간 동일 난수)";
        place: "" "District, city, an area or a facility" / "지구, 시, 지역 또는 시설";
        metric: "" "Metric" / "지표";
        year: "year" "Year" / "연도";
        value: "metric" "Value of the metric in this replication" / "해당 반복의 지표 값";
    }
    "events.csv" {
        policy: "" "Policy" / "정책";
        replication: "" "Number of the replication, from 0" / "반복 번호(0부터)";
        year: "year" "Year; the one before the first holds who is there at the start" / "연도(첫해 전 연도는 시작 시점의 현황)";
        day: "day of year" "Day of the year, 1 to 365; empty where the event has no day" / "연중 일(1~365, 없으면 빈칸)";
        phase: "" "Phase of the year in which it happened" / "발생 단계";
        event: "" "What happened" / "사건";
        entity: "" "Firm, institute, cohort or lever to which it happened" / "대상(기업, 연구소, 기수, 수단)";
        place: "" "The facility in which it happened (its area stands in levers.csv), else the area, else city" / "발생한 시설(지역은 levers.csv 참조), 없으면 지역 또는 시";
        amount: "event" "How much: people, money, m2, as `yangjae explain` says of the event" / "규모(사건에 따른 인원, 금액, 면적, `yangjae explain` 참조)";
        cause: "" "What brought it about, and in brackets by which lever; of cash the item" / "원인과 괄호 안의 정책 수단(현금은 항목)";
    }
    "dictionary.csv" {
        name: "" "Name of a lever, setting, parameter, metric or column" / "수단, 설정, 매개변수, 지표 또는 열 이름";
        kind: "" "What the name stands for" / "종류";
        unit: "" "Unit" / "단위";
        definition_en: "" "Meaning in English" / "영문 정의";
        definition_ko: "" "Meaning in Korean" / "국문 정의";
        source: "" "Where a value comes from" / "출처";
    }
    "validation.csv" {
        metric: "" "Metric" / "지표";
        place: "" "District, city, an area, a facility or a programme" / "지구, 시, 지역, 시설 또는 과정";
        unit: "" "Unit of the metric" / "지표의 단위";
        since: "year" "First year of the figure's period; a yearly flow is summed from here" / "기간의 첫 연도(유량은 이때부터 합산)";
        year: "year" "Last year of the period, at whose end the figure is compared" / "기간의 마지막 연도(연말 기준 비교)";
        observed: "metric" "Figure as reported" / "보고된 관측값";
        tolerance: "metric" "Standard deviation of what the report may be off" / "관측값 오차의 표준편차";
        judged: "" "yes: the row counts in the scores; no: the model was fitted to it with --fit-until" / "평가 포함 여부(no: --fit-until로 적합에 사용)";
        p05: "metric" "5th percentile of what the model foresees for the report" / "예측분포 5백분위수";
        p25: "metric" "25th percentile of what the model foresees for the report" / "예측분포 25백분위수";
        p50: "metric" "Median of what the model foresees for the report" / "예측분포 중앙값";
        p75: "metric" "75th percentile of what the model foresees for the report" / "예측분포 75백분위수";
        p95: "metric" "95th percentile of what the model foresees for the report" / "예측분포 95백분위수";
        falls_at: "1" "Foreseen probability of less than the observed figure" / "관측값의 예측분포상 위치(누적확률)";
        inside_50: "" "Whether the figure lies between the quartiles" / "50% 구간 포함 여부";
        inside_90: "" "Whether the figure lies between the 5th and 95th percentile" / "90% 구간 포함 여부";
        crps: "metric" "Continuous ranked probability score of the model; less is better" / "모형의 연속순위확률점수(작을수록 좋음)";
        crps_last_value: "metric" "The same of the forecast that nothing changes; empty without an earlier figure" / "직전값 예측의 점수(이전 값이 없으면 빈칸)";
        crps_linear_trend: "metric" "The same of the straight line through earlier figures; empty with fewer than two" / "선형추세 예측의 점수(이전 값 2개 미만이면 빈칸)";
        width_over_prior: "1" "Width of the 90 % interval over that without a posterior; empty where there is none" / "사전분포 대비 90% 구간 폭(사후분포 없으면 빈칸)";
        source: "" "Where the figure is from" / "출처";
        month: "month" "Month of that year at whose end it is compared instead: the simulated figure lies that many twelfths of the way between two ends of years; empty: the year's end" / "비교 시점의 월(월말 기준, 두 연말 값 사이를 보간; 없으면 연말)";
        sample: "" "in-sample: the posterior was fitted to the figure, so that the row shows the fit and no foresight; out-of-sample: it was not; not fitted: there is no posterior" / "표본 내(사후분포를 이 값에 맞춤) 또는 표본 외";
        beaten_by: "" "Naive forecasts with a better score than the model: last_value, linear_trend, both or none; empty where neither has a score" / "모형보다 점수가 좋은 단순 예측(없으면 none)";
    }
    "stylised_facts.csv" {
        fact: "" "Name of the fact" / "사실의 이름";
        meaning: "" "What is measured, and of whom" / "측정 대상";
        unit: "" "Unit" / "단위";
        simulated: "fact" "Value over all firms of all replications that were followed; empty where too few" / "모의 값(표본 부족 시 빈칸)";
        observations: "1" "Firms, firm-years or replications that it rests on" / "표본 수";
        low: "fact" "Lower end of the published range" / "공표 범위 하한";
        high: "fact" "Upper end of the published range; empty where it has none" / "공표 범위 상한(없으면 빈칸)";
        met: "" "Whether the simulated value lies in the range" / "범위 내 여부";
        role: "" "target: the model stands for such firms; beside: other firms, countries or definitions" / "target: 목표, beside: 참고";
        source: "" "Where the range is from" / "출처";
    }
    "levers.csv" {
        policy: "" "Policy" / "정책";
        lever: "" "Lever" / "정책 수단";
        setting: "" "Setting of the lever" / "설정";
        unit: "" "Unit of the setting" / "설정의 단위";
        value: "setting" "Value of the setting" / "설정 값";
        from: "date" "First day of the lever" / "시작일";
        to: "date" "Last day of the lever; empty: for good" / "종료일(없으면 계속)";
        source: "" "Where the figures come from" / "수치의 출처";
    }
    "sensitivity.csv" {
        policy: "" "Policy" / "정책";
        baseline: "" "Policy that it is compared with" / "비교 기준 정책";
        place: "" "District or city" / "지구 또는 시";
        metric: "" "Metric" / "지표";
        unit: "" "Unit of the metric" / "지표의 단위";
        year: "year" "The last year" / "마지막 연도";
        parameter: "" "Parameter that varies over replications and can act on the metric under the policy or the baseline; the strongest of each difference, those that are significant and all free ones" / "해당 정책이나 기준 정책에서 지표에 작용할 수 있는 매개변수(가장 강한 것, 유의한 것, 보정 대상 전부)";
        identification: "" "Whether the observed figures identify it: identified, partly identified, not identified, or too few draws to tell; empty: it was not fitted" / "자료로 식별되는 정도(없으면 보정 대상 아님)";
        significant: "" "yes: the joint test of all parameters finds that the difference depends on it, with a risk of 5 % that any pair of the table is found by chance; only effects that mostly rise or mostly fall are found" / "모든 매개변수를 함께 검정해 유의한지 여부(표 전체에서 하나라도 우연히 유의로 나올 확률 5%)";
        replications: "1" "Replications" / "반복 실행 수";
        difference: "metric" "Mean difference over all replications" / "전체 평균 차이";
        lowest_fifth: "metric" "Mean difference where the parameter is in its lowest fifth" / "매개변수 하위 20%에서의 평균 차이";
        lowest_fifth_se: "metric" "Standard error of that mean" / "그 평균의 표준오차";
        highest_fifth: "metric" "Mean difference where the parameter is in its highest fifth" / "매개변수 상위 20%에서의 평균 차이";
        highest_fifth_se: "metric" "Standard error of that mean" / "그 평균의 표준오차";
        rank_correlation: "1" "Spearman's rank correlation of difference and parameter over replications" / "순위상관계수";
        rank_correlation_ci_low: "1" "Lower end of the 95 % confidence interval of the correlation (Bonett and Wright 2000), simultaneous: it holds for all pairs of a difference and a parameter that were looked through" / "순위상관의 95% 동시 신뢰구간 하한(살펴본 모든 조합에 대해 함께 성립)";
        rank_correlation_ci_high: "1" "Upper end of the simultaneous 95 % confidence interval of the correlation" / "순위상관의 95% 동시 신뢰구간 상한";
        variance_share: "1" "Share of the difference's variance that the parameter explains by itself, less what chance would (first-order sensitivity index)" / "매개변수 하나가 설명하는 분산 비율(1차 민감도 지수)";
        variance_share_se: "1" "Standard error of the share, by the jackknife" / "분산 설명 비율의 표준오차(잭나이프)";
        variance_share_ci_low: "1" "Lower end of the simultaneous 95 % confidence interval of the share" / "분산 설명 비율의 95% 동시 신뢰구간 하한";
        variance_share_ci_high: "1" "Upper end of the simultaneous 95 % confidence interval of the share" / "분산 설명 비율의 95% 동시 신뢰구간 상한";
    }
    "assumptions.csv" {
        policy: "" "Policy that leads by jobs in the city, jobs in the district, economic net present value or public cost per net job-year" / "시 일자리, 지구 일자리, 경제 순현재가치, 순일자리-년당 공공 비용 중 하나에서 앞서는 정책";
        baseline: "" "Policy that it is compared with" / "비교 기준 정책";
        place: "" "District or city" / "지구 또는 시";
        metric: "" "Metric" / "지표";
        unit: "" "Unit of the metric" / "지표의 단위";
        year: "year" "The last year" / "마지막 연도";
        parameter: "" "Parameter that is moved, alone; of each result the one that moves it most first" / "홀로 움직인 매개변수(가장 크게 바꾸는 것부터)";
        low: "parameter" "Its 5th percentile" / "5백분위수";
        high: "parameter" "Its 95th percentile" / "95백분위수";
        replications: "1" "Replications, the same at both ends, each with its own draws of all other parameters" / "반복 실행 수(양 끝에서 같은 이력)";
        difference_at_low: "metric" "Mean difference to the baseline at the low end" / "하한에서의 평균 차이";
        difference_at_high: "metric" "Mean difference to the baseline at the high end" / "상한에서의 평균 차이";
        moves: "metric" "Difference at the high end less that at the low end, over the same replications" / "상한과 하한에서의 차이";
        moves_se: "metric" "Standard error of that" / "그 표준오차";
        evidence: "" "How the parameter is known: seen, derived, recalled, judgement" / "근거의 종류";
        source: "" "Where its value is from" / "출처";
    }
    "noise.csv" {
        policy: "" "Policy" / "정책";
        result: "" "The policy's own value, or its difference from the baseline" / "값 또는 기준 정책과의 차이";
        place: "" "District or city" / "지구 또는 시";
        metric: "" "Metric" / "지표";
        unit: "" "Unit of the metric" / "지표의 단위";
        year: "year" "The last year" / "마지막 연도";
        mean: "metric" "Mean over all parameter draws and random streams" / "전체 평균";
        variance_parameters: "metric^2" "Variance by parameters, unbiased (below 0 where it is nothing)" / "매개변수에 의한 분산";
        variance_chance: "metric^2" "Variance by chance, unbiased" / "우연에 의한 분산";
        variance_interaction: "metric^2" "Variance by both together" / "상호작용 분산";
        share_parameters: "1" "Share of parameters in the variance" / "매개변수의 분산 비율";
        share_chance: "1" "Share of chance" / "우연의 분산 비율";
        share_interaction: "1" "Share of the interaction" / "상호작용의 분산 비율";
        share_parameters_se: "1" "Standard error of the share of parameters, by the jackknife over parameter draws and over random streams" / "매개변수 비율의 표준오차(잭나이프)";
        share_chance_se: "1" "Standard error of the share of chance" / "우연 비율의 표준오차";
        share_interaction_se: "1" "Standard error of the share of the interaction" / "상호작용 비율의 표준오차";
        more_helpful: "" "What shrinks the larger part: more replications, or evidence on parameters; too few draws to tell where the 95 % interval of the share of parameters holds a half" / "더 효과적인 수단(모수 비율의 95% 구간이 절반을 포함하면 판단하지 않음)";
    }
    "sources.csv" {
        parameter: "" "Parameter that rests on memory or judgement" / "기억 또는 판단에 근거한 매개변수";
        unit: "" "Unit of the parameter" / "매개변수의 단위";
        evidence: "" "recalled or judgement" / "근거 종류";
        low: "parameter" "5th percentile of its distribution" / "분포의 5백분위수";
        high: "parameter" "95th percentile of its distribution" / "분포의 95백분위수";
        policy: "" "Policy whose difference from the baseline is moved" / "비교 대상 정책";
        place: "" "District or city" / "지구 또는 시";
        metric: "" "Metric, in the last year" / "지표(마지막 연도)";
        difference_at_low: "metric" "Mean difference with the parameter at its low end, all others at their values" / "하한에서의 차이";
        difference_at_high: "metric" "The same at its high end" / "상한에서의 차이";
        moves: "metric" "The one less the other, over the same replications" / "이동 폭";
        moves_se: "metric" "Standard error of that" / "이동 폭의 표준오차";
        source: "" "Where the value comes from" / "출처";
    }
    "calibration.csv" {
        parameter: "" "Free parameter" / "보정 대상 매개변수";
        unit: "" "Unit of the parameter" / "매개변수의 단위";
        prior_mean: "parameter" "Mean before the record is seen" / "사전분포 평균";
        prior_sd: "parameter" "Standard deviation before" / "사전분포 표준편차";
        prior_p05: "parameter" "5th percentile before" / "사전분포 5백분위수";
        prior_p50: "parameter" "Median before" / "사전분포 중앙값";
        prior_p95: "parameter" "95th percentile before" / "사전분포 95백분위수";
        posterior_mean: "parameter" "Mean given the record" / "사후분포 평균";
        posterior_sd: "parameter" "Standard deviation given the record" / "사후분포 표준편차";
        posterior_p05: "parameter" "5th percentile given the record" / "사후분포 5백분위수";
        posterior_p50: "parameter" "Median given the record" / "사후분포 중앙값";
        posterior_p95: "parameter" "95th percentile given the record" / "사후분포 95백분위수";
        variance_explained: "1" "1 - variance given the record / variance before; below 0 where wider" / "설명된 분산 비율(1-사후/사전)";
        shift: "sd" "Shift of the mean in standard deviations of the prior" / "평균의 이동(사전 표준편차 단위)";
        verdict: "" "identified, partly identified or not identified by the record (posterior = prior); too few draws: they are worth fewer than 100 independent ones, which tell nothing" / "자료로 식별되는 정도(유효 표본이 100보다 적으면 판정하지 않음)";
    }
    "trade_offs.csv" {
        parameter: "" "Free parameter" / "보정 대상 매개변수";
        other_parameter: "" "Another that the record tells only together with it" / "상충 관계의 다른 매개변수";
        correlation: "1" "Correlation in the posterior; pairs from 0.3 on" / "사후분포 상관계수(0.3 이상)";
    }
    "generations.csv" {
        generation: "1" "Generation of the sampler; 0 is the prior" / "표본추출 세대(0은 사전분포)";
        tolerance: "1" "Distance from the record that is allowed; empty: any" / "허용 거리(없으면 무제한)";
        effective_sample_size: "1" "Independent draws that the weights are worth, before resampling" / "유효표본크기";
        resampled: "" "Whether particles were resampled" / "재표본추출 여부";
        parameters_moved: "1" "Share of moves of parameters under the same random stream that were taken" / "매개변수 이동 채택률";
        streams_moved: "1" "Share of moves of random streams under the same parameters that were taken" / "우연(난수) 이동 채택률";
        records_simulated: "1" "Synthetic records simulated" / "모의 기록 수";
    }
    "fit.csv" {
        metric: "" "Metric" / "지표";
        place: "" "District, city, an area or a facility" / "지구, 시, 지역 또는 시설";
        year: "year" "Year at whose end it is compared" / "비교 연도(연말)";
        fitted: "" "Whether the figure was among those fitted to" / "보정에 사용되었는지 여부";
        observed: "metric" "Observed figure" / "관측값";
        tolerance: "metric" "One standard deviation of what the figure may be off" / "관측 오차(표준편차)";
        prior_p05: "metric" "5th percentile foreseen before the record is seen, with error of observation" / "사전 예측 5백분위수";
        prior_p50: "metric" "Median foreseen before" / "사전 예측 중앙값";
        prior_p95: "metric" "95th percentile foreseen before" / "사전 예측 95백분위수";
        posterior_p05: "metric" "5th percentile foreseen given the record, with error of observation" / "사후 예측 5백분위수";
        posterior_p50: "metric" "Median foreseen given the record" / "사후 예측 중앙값";
        posterior_p95: "metric" "95th percentile foreseen given the record" / "사후 예측 95백분위수";
        within_90: "" "Whether the figure lies within the 90 % interval" / "90% 구간 포함 여부";
        length_against_prior: "1" "Length of the 90 % interval over that of the prior" / "사전 대비 90% 구간 길이";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_stands_once_in_its_file_and_is_explained() {
        for (index, column) in COLUMNS.iter().enumerate() {
            let again = COLUMNS[..index]
                .iter()
                .any(|other| (other.table, other.name) == (column.table, column.name));
            assert!(!again, "{} stands twice in {}", column.name, column.table);
            assert!(!column.meaning_en.is_empty() && !column.meaning_ko.is_empty());
        }
    }
}

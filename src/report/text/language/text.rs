//! THE REGISTER OF TEXTS: every sentence and label that people read, in both languages.
//!
//! Words in braces are filled in by [`fill`]. Korean sentences put names after a colon or in
//! quotation marks, so that no particle depends on how a name ends.

#![allow(clippy::doc_markdown, reason = "the texts are their own documentation")]

use crate::report::text::language::Language;

/// A text in both languages.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// Its name, which the report's template uses.
    pub key: &'static str,
    /// In English.
    pub en: &'static str,
    /// In Korean.
    pub ko: &'static str,
}

impl Text {
    /// The text in a language.
    #[must_use]
    pub const fn in_language(&self, language: Language) -> &'static str {
        language.choose(self.en, self.ko)
    }
}

/// A text with its words in braces filled in.
#[must_use]
pub fn fill(text: &Text, language: Language, words: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = text.in_language(language);
    // One pass: what is filled in is never searched again.
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((key, after)) = after.split_once('}') else { break };
        let word = words.iter().find(|(name, _)| *name == key);
        filled.push_str(word.map_or("", |(_, word)| word));
        rest = after;
    }
    filled + rest
}

/// `replication` or `replications`.
#[must_use]
pub const fn word_for_replications(number: u32, language: Language) -> &'static str {
    let word = if number == 1 { replication_word } else { replications_word };
    word.in_language(language)
}

macro_rules! texts {
    ($($key:ident: $en:literal / $ko:literal;)*) => {
        $(
            #[doc = $en]
            #[allow(non_upper_case_globals, reason = "a text is called as the template calls it")]
            pub const $key: Text = Text { key: stringify!($key), en: $en, ko: $ko };
        )*
        /// Every text.
        pub const TEXTS: &[Text] = &[$($key,)*];
    };
}

texts! {
    report: "Report" / "보고서";
    question: "The question" / "질문";
    answer: "The answer" / "답";
    contents: "Contents" / "차례";
    skip: "Skip to the content" / "본문으로 건너뛰기";
    policy_word: "policy" / "정책";
    policies_word: "policies" / "정책";
    replication_word: "replication" / "반복";
    replications_word: "replications" / "반복";
    made_by: "{policies} {policies_word}, {replications} {replications_word} each, {first} to {last}" / "{policies_word} {policies}개, 정책별 {replications_word} {replications}회, {first}~{last}년";
    baseline: "Baseline" / "기준 정책";
    policy: "Policy" / "정책";
    year: "Year" / "연도";
    metric: "Metric" / "지표";
    place: "Place" / "장소";
    place_district: "In the district" / "지구";
    place_city: "In the whole city" / "서울시 전체";
    verdict_year: "Jobs in {year} against “{baseline}”: mean over {replications} replications, in brackets the middle 90 % of them. All policies share the random draws of a replication (common random numbers)." / "{year}년 일자리, 기준 정책(“{baseline}”) 대비: 반복 {replications}회의 평균, 괄호 안은 그 가운데 90%. 같은 반복에서는 모든 정책이 같은 난수를 쓴다(공통난수).";
    verdict_pairs: "Pairs of the {policies} policies beside the baseline: {all}. Ranked: {ranked}. Not ranked, as the middle 90 % of their differences holds 0: {not_ranked}. More replications needed to tell their means apart: {more}. The same in every replication: {same}. The report and pairs.csv name them." / "기준 정책 외 {policies}개 정책의 쌍: {all}개. 순위가 정해지는 쌍: {ranked}개. 차이의 가운데 90%에 0이 들어 있어 순위를 정할 수 없는 쌍: {not_ranked}개. 평균을 구별하려면 반복이 더 필요한 쌍: {more}개. 모든 반복에서 같은 쌍: {same}개. 쌍의 목록은 보고서와 pairs.csv에 있다.";
    verdict_pairs_left_out: "The {policies} policies beside the baseline are not compared with each other, as they are many; `yangjae run --pairs` compares all pairs. pairs.csv has each policy against the baseline." / "기준 정책 외 {policies}개 정책은 수가 많아 서로 비교하지 않는다. 모든 쌍의 비교는 `yangjae run --pairs`. pairs.csv에는 각 정책과 기준 정책의 비교만 있다.";
    listed: "{shown} of {all} policies are shown: those that lead by any criterion, then those with most jobs. All are in comparison.csv, additionality.csv and cost_benefit.csv." / "정책 {all}개 가운데 {shown}개만 표시: 어느 기준에서든 앞서는 정책, 그다음 일자리가 많은 순. 모든 정책은 comparison.csv, additionality.csv, cost_benefit.csv에 있다.";
    rest_in: "and {more} more, in {file}" / "외 {more}개는 {file}에 있다";
    more_only: "{more} of the policies that are not shown" / "표시하지 않은 정책 {more}개";
    verdict_higher: "More jobs than the baseline" / "기준 정책보다 일자리가 많은 정책";
    verdict_lower: "Fewer jobs than the baseline" / "기준 정책보다 일자리가 적은 정책";
    verdict_not_ranked: "Not ranked against the baseline" / "기준 정책과 순위를 정할 수 없는 정책";
    verdict_more_replications: "More replications needed to tell from the baseline’s mean" / "평균을 기준 정책과 구별하려면 반복이 더 필요한 정책";
    verdict_same: "As many jobs as the baseline in every replication" / "모든 반복에서 기준 정책과 일자리가 같은 정책";
    verdict_unranked: "Pairs that are not ranked" / "순위를 정할 수 없는 쌍";
    verdict_ties: "Not ranked: the first of a list against each of the rest, which have lower means" / "순위를 정할 수 없음: 목록의 첫 정책과 평균이 더 낮은 나머지 각각";
    verdict_more_replications_pair: "More replications needed to tell the mean of the first of a list from each of the rest" / "평균을 구별하려면 반복이 더 필요함: 목록의 첫 정책과 나머지 각각";
    verdict_same_pair: "The same jobs in every replication: the first of a list and each of the rest" / "모든 반복에서 일자리가 같음: 목록의 첫 정책과 나머지 각각";
    verdict_one: "One replication cannot tell chance from effect: there is no spread and no Monte Carlo error. Run more replications." / "반복이 한 번뿐이면 우연과 효과를 구별할 수 없어 산포도 몬테카를로 오차도 없다. 반복 수를 늘려 실행해야 한다.";
    verdict_few: "What the differences depend on cannot be told from fewer than {fewest} replications: sensitivity.csv has no row. The middle 90 % of so few says little." / "반복이 {fewest}회보다 적으면 차이가 어떤 가정에 달려 있는지 알 수 없어 sensitivity.csv에 행이 없다. 이렇게 적은 반복의 가운데 90%는 믿을 것이 못 된다.";
    verdict_alone: "The run has one policy only, so there is nothing to compare it with." / "정책이 하나뿐이어서 비교할 대상이 없다.";
    verdict_best: "Most jobs in the whole city in {year} by the mean: “{policy}”, {gain} against the baseline (middle 90 % of replications {middle}; more {share}){after} {value}" / "{year}년 서울시 전체 일자리의 평균이 가장 많은 정책: “{policy}”, 기준 정책 대비 {gain}명(반복의 가운데 90%는 {middle}, {share}에서 더 많음){after} {value}";
    verdict_after: " before displacement in product markets, {after} after it." / "(제품 시장 대체 전), 대체 후 {after}명.";
    verdict_no_after: ". Displacement in product markets is not modelled for this policy." / ". 이 정책에는 제품 시장 대체를 계산하지 않는다.";
    verdict_value: "Its economic net present value before displacement (base year {base}): {value} {unit}." / "대체 전 경제적 순현재가치({base}년 기준): {value} {unit}.";
    verdict_error: "Monte Carlo error of {gain}: {error} with {replications} replications; ±{asked} would need about {needed}." / "{gain}의 몬테카를로 오차: 반복 {replications}회에 {error}. ±{asked}에는 반복 약 {needed}회가 필요하다.";
    verdict_error_reached: "Monte Carlo error of {gain}: {error} with {replications} replications; for ±{asked} about {needed} are enough." / "{gain}의 몬테카를로 오차: 반복 {replications}회에 {error}. ±{asked}에는 약 {needed}회면 충분하다.";
    verdict_error_few: "Monte Carlo error of {gain}: {error} with {replications} replications; from {fewest} on it is told how many a smaller one needs." / "{gain}의 몬테카를로 오차: 반복 {replications}회에 {error}. 더 작은 오차에 필요한 반복 수는 {fewest}회부터 알린다.";
    verdict_higher_mean: "The mean of {policies} is higher still, but not ranked against the baseline." / "{policies}의 평균은 더 높지만 기준 정책과 순위를 정할 수 없다.";
    png_lacks: "The font of the PNG pictures lacks {letters}: a box □ stands for each. The SVG of the same name and the report have them." / "PNG 그림의 글꼴에 없어 □로 표시된 글자: {letters}. 같은 이름의 SVG와 보고서에는 그대로 있다.";
    verdict_equal: "The mean of “{policy}” is exactly that of {policies}; of equals the first in the scenario’s order is named." / "“{policy}”과(와) 평균이 정확히 같은 정책: {policies}. 같으면 시나리오 순서에서 앞선 정책을 적는다.";
    verdict_beyond: "“{policy}” is beyond the evidence on its size: {what}." / "“{policy}”의 규모는 알려진 근거를 넘는다: {what}.";
    verdict_error_unknown: "Monte Carlo error of the mean of jobs: too few replications to tell." / "그 평균의 몬테카를로 오차: 반복이 적어 알 수 없다.";
    verdict_not_ranked_with: "Not ranked against “{policy}”, as the middle 90 % of the paired differences holds 0: {policies}." / "짝지은 차이의 가운데 90%에 0이 들어 있어 “{policy}”과(와) 순위를 정할 수 없는 정책: {policies}.";
    verdict_more_replications_with: "More replications are needed to tell the mean of “{policy}” from {policies}." / "“{policy}”과(와) 평균을 구별하려면 반복이 더 필요한 정책: {policies}.";
    verdict_leads: "Of the policies ranked above the baseline, “{policy}” is first by {criteria}." / "기준 정책보다 높은 순위로 판정된 정책 가운데 “{policy}”이(가) 첫째인 지표: {criteria}.";
    leads_jobs_city: "jobs in the city in {year}, {figure}" / "{year}년 서울시 일자리 {figure}명";
    leads_jobs_district: "jobs in the district in {year}, {figure}" / "{year}년 지구 일자리 {figure}명";
    leads_firms: "firms in the city in {year}, {figure}" / "{year}년 서울시 기업 {figure}개사";
    leads_investment: "investment in the city in {year}, {figure} {unit}" / "{year}년 서울시 투자 유치액 {figure} {unit}";
    leads_value: "economic net present value before displacement (base year {base}), {figure} {unit}" / "대체 전 경제적 순현재가치({base}년 기준) {figure} {unit}";
    leads_cost: "lowest public cost per net job-year in the city before displacement (of those ranked by jobs there), {figure} {unit}" / "대체 전 서울시 순증 일자리·년당 최저 공공 비용 {figure} {unit}";
    leads_equal: "{said}, exactly as {policies} (of equals the first in the scenario’s order is named)" / "{said}(정확히 같은 정책: {policies}, 시나리오 순서에서 앞선 정책을 적음)";
    leads_not_ranked: "{said}, not ranked against {policies}" / "{said}(순위를 정할 수 없는 상대: {policies})";
    named_and_more: "{policies} and {more} more" / "{policies} 외 {more}개";
    ratio_interval: "Monte Carlo error only: {low} to {high}" / "몬테카를로 오차만: {low} ~ {high}";
    verdict_no_value: "No policy is ranked above the baseline by economic net present value: the middle 90 % of replications or the Monte Carlo error holds 0, or both lie below it." / "경제적 순현재가치에서 기준 정책보다 높은 순위로 판정된 정책은 없다. 반복의 가운데 90%나 몬테카를로 오차가 0을 포함하거나 모두 0보다 낮다.";
    verdict_frontier: "Jobs in the city against economic net present value, both before displacement: by their means, no policy that is ranked above the baseline by jobs in the city is better in both than any of {policies}." / "대체 전 서울시 일자리와 경제적 순현재가치의 상충: 시 일자리에서 기준 정책보다 높은 순위로 판정된 정책 가운데, 평균으로 두 지표 모두에서 더 나은 정책이 없는 정책은 {policies}.";
    verdict_frontier_near: "The same is true of {policies}, whose value is less than 1 % of the range of values above that of one of these." / "{policies}도 그러하나, 가치가 이들보다 가치 범위의 1% 미만만 높다.";
    verdict_returns: "Of the public cost of “{policy}” ({cost} {unit}, present value of {base}) {share} come back to public payers together in cash by {year}{parts}, before displacement in product markets.{residual}" / "“{policy}”의 공공 비용({cost} {unit}, {base}년 현재가치) 가운데 {year}년까지 공공 부담 주체 전체에 현금으로 돌아오는 몫(제품시장 대체 전) {share}{parts}.{residual}";
    returns_residual: " The buildings and land held then are put at another {share} of it, in present value." / " 그때 보유한 건축물·토지는 현재가치로 비용의 {share}로 평가한다.";
    returns_rents: "rents" / "임대료";
    returns_fund: "proceeds of the fund" / "기금 회수금";
    returns_taxes: "taxes" / "세금";
    in_all_replications: "in all {all} replications" / "반복 {all}회 모두";
    in_some_replications: "in {count} of {all} replications" / "반복 {all}회 가운데 {count}회";
    in_share_of_replications: "in {share} of {all} replications" / "반복 {all}회의 {share}";
    all_replications: "all" / "전부";
    no_replication: "none" / "없음";
    too_few: "too few" / "부족";
    reading: "How to read" / "읽는 법";
    reading_middle: "Middle 90 %, P: over replications, each with its own draw of the uncertain parameters and of chance, the same for all policies. P is the share of replications with more jobs than the baseline, or than the other policy that is named, ties counted half; all and none are said of the replications of this run. Each end of the middle 90 % rests on one replication in twenty (of fewer than 20: nearly on the least and the greatest) and has an error of its own, which is not shown." / "가운데 90%, P: 반복마다 불확실한 모수와 우연을 새로 뽑으며 모든 정책에 같은 값을 쓴다. P는 기준 정책(또는 함께 적힌 정책)보다 일자리가 많은 반복의 비율이며 동률은 절반으로 센다. 모두·없음은 이 실행의 반복에 대한 말이다. 가운데 90%의 양 끝은 각각 반복의 20분의 1에 근거하며, 그 오차는 표시하지 않는다.";
    reading_error: "±: Monte Carlo error of the mean, half its 95 % interval. More replications shrink it on average (±N needs about replications × (±/N)²; of few it is itself uncertain); they do not narrow the middle 90 %. Two policies are compared by the differences between them (pairs.csv), not by their two ±. Too few: too few replications to tell." / "±: 평균의 몬테카를로 오차(95% 구간의 절반). 반복을 늘리면 평균적으로 줄지만(±N에는 약 반복 수 × (±/N)², 반복이 적으면 ± 자체가 불확실) 가운데 90%는 좁아지지 않는다. 두 정책은 각자의 ±가 아니라 서로의 차이(pairs.csv)로 비교한다. 부족: 반복이 적어 알 수 없음.";
    reading_displacement: "After displacement: net jobs of the city less what its other firms lose in product markets, a share of the effect on served firms that the scenario assumes. –: not modelled for the policy." / "대체 후: 서울시 순증에서 제품 시장을 통해 시내 다른 기업이 잃는 일자리(수혜 기업 효과에 시나리오가 가정한 비율)를 뺀 값. –: 해당 정책에는 계산하지 않음.";
    reading_ranked: "Ranked: the middle 90 % of the paired differences leaves out 0, and the mean differs from 0 by more than its Monte Carlo error. The test of the mean allows for all pairs of policies, the baseline among them (Holm; pairs.csv); the middle 90 % has no such allowance. In brackets: not ranked against the baseline." / "순위가 정해짐: 짝지은 차이의 가운데 90%가 0을 벗어나고, 평균이 몬테카를로 오차보다 크게 0과 다르다. 평균의 검정은 기준 정책을 포함한 모든 쌍을 감안하며(홀름 보정, pairs.csv), 가운데 90%는 감안하지 않는다. 괄호: 기준 정책과 순위를 정할 수 없음.";
    reading_ranked_against: "Ranked: the middle 90 % of the paired differences leaves out 0, and the mean differs from 0 by more than its Monte Carlo error. The test of the mean allows for the comparisons of all policies with the baseline (Holm; pairs.csv); the middle 90 % has no such allowance. In brackets: not ranked against the baseline." / "순위가 정해짐: 짝지은 차이의 가운데 90%가 0을 벗어나고, 평균이 몬테카를로 오차보다 크게 0과 다르다. 평균의 검정은 모든 정책과 기준 정책의 비교를 감안하며(홀름 보정, pairs.csv), 가운데 90%는 감안하지 않는다. 괄호: 기준 정책과 순위를 정할 수 없음.";
    verdict_moved: "“{policy}” brings the district {district} jobs and the whole city {city}: by the means, the rest of the city has {rest} fewer than without it." / "“{policy}”에 따른 증가: 지구 {district}명, 서울시 전체 {city}명. 평균으로 시내 나머지 지역은 정책이 없을 때보다 {rest}명 적다.";
    verdict_none_city: "No policy is ranked above the baseline by jobs in the whole city: the lists below say of each why." / "시 전체 일자리에서 기준 정책보다 높은 순위로 판정된 정책은 없다. 정책별 이유는 아래 목록에 있다.";
    reading_jobs: "Jobs and firms of the city are those of the startups and research institutes that the scenario models, not all of the city’s." / "시의 일자리와 기업은 시나리오가 다루는 스타트업과 연구기관의 것이며 시 전체가 아니다.";
    reading_value: "Economic net present value: before displacement; transfers to firms and persons count as no cost, and nothing is charged for raising public money, so it favours transfers beside buildings. Cost per job-year: the cost is discounted, job-years are not; with both discounted it is higher, and close policies may change places. Neither is tested between policies. Fiscal values are in cost_benefit.csv." / "경제적 순현재가치: 대체 전. 기업·개인에 대한 이전지출은 비용으로 보지 않고 재원 조달 비용도 넣지 않으므로 건축 사업보다 이전지출에 유리하다. 일자리·년당 비용: 비용만 할인하고 일자리·년은 할인하지 않는다. 둘 다 할인하면 더 높고 비슷한 정책은 순서가 바뀔 수 있다. 정책 간 가치와 일자리당 비용의 차이는 검정하지 않았다. 재정 가치는 cost_benefit.csv에 있다.";
    verdict_caution: "None of this covers errors of the model itself, nor of what the scenario holds fixed." / "모형 자체의 오류와 시나리오가 고정한 가정의 오류는 어디에도 포함되지 않는다.";
    and_more: "and {count} more" / "외 {count}개";
    forest: "Jobs against the baseline in {year}" / "{year}년 기준 정책 대비 일자리";
    forest_note: "Thick bars: the middle 90 % of replications. Thin dark marks: the Monte Carlo error of the mean (95 % interval). Dots: means. The largest effect on the whole city first." / "굵은 막대: 반복의 가운데 90%. 가늘고 짙은 표시: 평균의 몬테카를로 오차(95% 구간). 점: 평균. 서울시 전체 효과가 큰 순서.";
    decision: "The headline set" / "주요 정책";
    decision_note: "Policies that lead by any criterion (jobs in the city or the district, firms, investment, economic net present value, cost per net job-year), those that are ranked above the baseline and than which no such policy has both more jobs and a higher economic net present value (but for near doubles), the one whose gain is mostly moved within the city, and the one that loses most jobs. {year}, against “{baseline}”; firms and investment of the city; public cost and economic net present value in money of {base}, discounted." / "어느 한 지표(시 일자리, 지구 일자리, 기업, 투자, 경제적 순현재가치, 순증 일자리·년당 비용)에서 앞서는 정책, 기준 정책보다 높은 순위로 판정되고 일자리와 경제적 순현재가치가 모두 더 높은 그러한 정책이 없는 정책(거의 같은 정책 제외), 증가분이 주로 시내 이전인 정책, 일자리가 가장 많이 줄어드는 정책. {year}년, 기준 정책(“{baseline}”) 대비. 기업과 투자는 서울시 전체, 금액은 {base}년 기준 현재가치.";
    decision_city: "Jobs, city" / "시 일자리";
    decision_district: "Jobs, district" / "지구 일자리";
    decision_mean: "mean" / "평균";
    decision_higher: "P(more)" / "P(증가)";
    decision_error: "± of mean" / "평균의 ±";
    decision_after: "after displ." / "대체 후";
    decision_firms: "firms" / "기업";
    decision_investment: "invest." / "투자";
    decision_cost: "cost" / "비용";
    decision_value: "econ. NPV" / "경제 NPV";
    decision_per_job: "per job-yr" / "일자리·년당";
    decision_leading: "Leading policies: jobs in the whole city in {year} against {baseline}" / "앞선 정책: {year}년 서울시 전체 일자리, {baseline} 대비";
    decision_all: "All policies: jobs in the whole city in {year} against {baseline}" / "모든 정책: {year}년 서울시 전체 일자리, {baseline} 대비";
    decision_headline: "Headline set: {year} against {baseline}; city’s firms; city’s investment [{unit_year}]; public cost and economic net present value [{unit}, present value of {base}]; public cost per net job-year [{unit_job}]" / "주요 정책: {year}년 {baseline} 대비. 서울시 기업, 서울시 투자[{unit_year}], 공공 비용과 경제적 순현재가치[{unit}, {base}년 현재가치], 순증 일자리·년당 공공 비용[{unit_job}]";
    decision_levels: "The baseline itself: {levels}." / "기준 정책 자체: {levels}.";
    decision_level: "{jobs} jobs in the {place}" / "{place} 일자리 {jobs}명";
    no_ratio: "no ratio" / "비율 없음";
    table_share: "P {share}" / "P {share}";
    table_title: "Headline figures" / "주요 지표";
    table_note: "{year}; under each mean the difference to the baseline, the middle 90 % of replications, P (share of replications in which it is higher) and the Monte Carlo error of the mean (±). Bold where the middle 90 % leaves out 0 and the mean differs from 0 by more than its Monte Carlo error. Of ratios of means the second line is the 95 % interval. Every number is in yearly.csv, comparison.csv and cost_benefit.csv." / "{year}년 기준. 평균 아래는 기준 정책과의 차이, 반복의 가운데 90%, P(더 높은 반복의 비율), 평균의 몬테카를로 오차(±). 가운데 90%가 0을 벗어나고 평균이 몬테카를로 오차보다 크게 0과 다르면 굵게 표시. 평균의 비에는 95% 구간을 쓴다. 모든 수치는 yearly.csv, comparison.csv, cost_benefit.csv에 있다.";
    fan: "The years" / "연도별 추이";
    fan_note: "Line: median over replications. Dark band: the middle 50 %, light band: the middle 90 %. Grey dashes: the baseline’s median. Rings: what was observed, with its tolerance." / "선: 반복의 중앙값. 짙은 띠: 가운데 50%, 옅은 띠: 가운데 90%. 회색 파선: 기준 정책의 중앙값. 고리: 관측값과 허용 오차.";
    difference: "Differences from the baseline" / "기준 정책과의 차이";
    difference_note: "Mean of policy minus baseline, replication by replication. Of the policy in focus the wide band is the middle 90 % of replications, the narrow dark band the Monte Carlo error of the mean (95 % interval)." / "반복별로 정책에서 기준 정책을 뺀 값의 평균. 선택한 정책의 넓은 띠는 반복의 가운데 90%, 좁고 짙은 띠는 평균의 몬테카를로 오차(95% 구간).";
    additionality: "What is additional" / "추가성";
    additionality_note: "Jobs in {year}. To the right: at served firms in the district, what was there anyway (deadweight), what would be elsewhere in the city (relocated) and what would exist nowhere (created), then gains at other firms (spillover). To the left: losses. Diamond: net change in the whole city, before displacement in product markets. Ring: after it. The parts are gross flows that grow with any divergence of the two worlds: the nets are the headline." / "{year}년 일자리. 오른쪽: 지구 내 수혜 기업에서 정책 없이도 있었을 부분(사중손실), 시내 다른 곳에 있었을 부분(이전), 어디에도 없었을 부분(창출), 그리고 다른 기업의 증가(파급). 왼쪽: 감소분. 마름모: 서울시 전체 순증(제품 시장 대체 전). 고리: 대체 후. 각 항목은 두 세계의 차이가 벌어질수록 함께 커지는 총량이므로 순증을 중심으로 읽어야 한다.";
    additionality_nets_only: "Only nets have a meaning for: {policies}." / "순증만 의미가 있는 정책: {policies}.";
    additionality_swapped: "Roles swapped, because the policy lacks levers of the baseline: {policies}." / "기준 정책의 수단이 빠져 있어 역할을 바꾸어 계산한 정책: {policies}.";
    cost: "Cost against net jobs" / "비용과 순증 일자리";
    cost_note: "Across: present value of public cost beyond the baseline. Up: net jobs of the whole city in {year}, before displacement in product markets. Clouds: the middle 90 % of replications in each direction; crosses: the Monte Carlo error of the means (95 % intervals)." / "가로: 기준 정책을 넘는 공공 비용의 현재가치. 세로: {year}년 서울시 전체 순증 일자리(제품 시장 대체 전). 구름: 각 방향에서 반복의 가운데 90%. 십자: 평균의 몬테카를로 오차(95% 구간).";
    cost_axis: "Public cost, present value" / "공공 비용(현재가치)";
    jobs_axis: "Net jobs, city" / "서울시 순증 일자리";
    cost_table: "Cost and return" / "비용과 수입";
    cost_table_note: "Present values against the baseline, base year {year}. Two accounts that are never mixed: fiscal (public payers) and economic (resources against value added)." / "기준 정책 대비 현재가치, 기준 연도 {year}년. 재정 계정(공공)과 경제 계정(자원 대 부가가치)은 섞지 않는다.";
    attribution: "Attribution to parts of the plan" / "계획 구성 요소별 기여";
    attribution_note: "Shapley value: what a part adds on average over all orders of adding the parts. Ring: what is lost when it alone is left out." / "섀플리 값: 구성 요소를 더하는 모든 순서에 대한 평균 기여. 고리: 그 요소만 뺐을 때 사라지는 효과.";
    attribution_differs: "Not of this run: the attribution is from {of_attribution}; the run has {of_run}." / "이 실행의 결과가 아니다. 기여 분석: {of_attribution}. 이 실행: {of_run}.";
    attribution_basis: "{replications} {replications_word} to {year}{against}" / "{replications_word} {replications}회, {year}년까지{against}";
    attribution_against: " against “{baseline}”" / ", 기준 정책 “{baseline}”";
    attribution_no_policy: "The run has no policy “{policies}”." / "이 실행에 없는 정책: “{policies}”.";
    attribution_total: "The whole policy" / "정책 전체";
    attribution_parameters: "Parameters set otherwise" / "모수 변경";
    attribution_absent: "Not computed for this run: “yangjae attribute” splits a plan’s effect among its parts, and “yangjae report” then shows it here." / "이 실행에서는 계산하지 않았다. “yangjae attribute”로 계획의 효과를 구성 요소별로 나누면 “yangjae report”가 여기에 보여 준다.";
    shapley: "Shapley value" / "섀플리 값";
    leave_one_out: "Leave-one-out" / "하나씩 제외";
    map: "The district by year" / "연도별 지구 모습";
    map_note: "A schematic map, not to scale in place: the size of the two areas follows their land. Rings are places of a facility, discs its tenants, a dot ten firms outside facilities; a thick border is a designation, from the expected day of its decision. Means over replications." / "위치가 아닌 구조를 나타낸 개략도이며, 두 지역의 크기는 토지 면적에 비례한다. 고리는 시설의 수용 규모, 원은 입주 기업, 점 하나는 시설 밖 기업 열 곳이고, 굵은 테두리는 결정 예상일 이후의 지정을 뜻한다. 값은 반복 평균.";
    not_open: "not open" / "미개소";
    designated: "designated" / "지정";
    timeline: "Timeline of the levers" / "정책 수단의 일정";
    timeline_note: "Pale: from the first cost to the opening, or to the expected decision. Full: in force. Levers that the baseline has as well, with the same settings, are grey." / "옅은 부분: 첫 비용부터 개소 또는 결정 예상일까지. 짙은 부분: 시행 중. 기준 정책과 설정까지 같은 수단은 회색.";
    timeline_none: "This policy sets no lever." / "이 정책에는 수단이 없다.";
    noise: "Noise accounts" / "분산 구성";
    noise_note: "Shares of the variance of single replications. Parameters: what is not known about the district, which only better evidence narrows. Chance and interaction (chance that matters more under some parameters than under others) average out over more replications. All results are in noise.csv." / "개별 반복 분산의 비중. 모수: 지구에 대해 아직 모르는 것으로, 더 나은 근거만이 줄일 수 있다. 우연과 상호작용(모수에 따라 달라지는 우연의 효과)은 반복을 늘리면 평균에서 상쇄된다. 모든 결과는 noise.csv에 있다.";
    noise_parameters: "More computing can shrink chance and interaction, not the parameters: in each of the {all} results of {year} below, the parameters make up more than half of the variance, so better evidence helps more than more replications." / "계산을 늘리면 우연과 상호작용은 줄지만 모수의 몫은 줄지 않는다. 아래 {year}년 결과 {all}개 모두에서 모수가 분산의 절반을 넘으므로, 반복을 늘리기보다 근거를 보강하는 편이 낫다.";
    noise_computing: "More computing can shrink chance and interaction, not the parameters: in each of the {all} results of {year} below, chance and interaction make up at least half of the variance, so more replications help most." / "계산을 늘리면 우연과 상호작용은 줄지만 모수의 몫은 줄지 않는다. 아래 {year}년 결과 {all}개 모두에서 우연과 상호작용이 분산의 절반 이상이므로, 반복을 늘리는 편이 가장 낫다.";
    noise_both: "More computing can shrink chance and interaction, not the parameters. Of the {all} results of {year} below, better evidence helps more in {count}, more replications in {others}; in the rest the shares are not known well enough to tell." / "계산을 늘리면 우연과 상호작용은 줄지만 모수의 몫은 줄지 않는다. 아래 {year}년 결과 {all}개 가운데 {count}개에서는 근거 보강이, {others}개에서는 반복을 늘리는 편이 낫고, 나머지는 비중을 충분히 알 수 없어 판단하지 않는다.";
    noise_below_zero: "* The unbiased estimate of this part is below zero, as can happen where the part is small: shown as nothing." / "* 이 항목의 불편추정값이 0보다 작다. 실제 몫이 작을 때 생길 수 있으며 0으로 표시한다.";
    noise_result: "Result" / "결과";
    noise_from_parameters: "Parameters" / "모수";
    noise_from_chance: "Chance" / "우연";
    noise_from_interaction: "Interaction" / "상호작용";
    noise_helps: "What helps more" / "더 도움이 되는 것";
    noise_too_few: "too few draws to tell" / "판단하기에 부족";
    noise_evidence: "evidence" / "근거 보강";
    noise_replications: "more replications" / "반복 추가";
    noise_nothing: "nothing varies" / "변동 없음";
    noise_more: "Firms and investment" / "기업과 투자";
    noise_absent: "No noise account was found beside the tables of this run." / "이 실행의 표와 함께 있는 분산 구성 파일이 없다.";
    validation: "Evidence" / "근거";
    validation_title: "Foreseen and observed" / "예측과 관측";
    validation_score: "{inside} of {all} figures lie inside their 90 % interval." / "수치 {all}개 가운데 {inside}개가 90% 구간 안에 있다.";
    validation_scores: "{inside} of {all} figures lie inside their 90 % interval; of the {judged} after the cut, which count as forecasts, {judged_inside} do." / "수치 {all}개 가운데 {inside}개가 90% 구간 안에 있다. 예측으로 평가하는 기준 시점 이후 수치 {judged}개 가운데서는 {judged_inside}개.";
    validation_note: "90 %: from the 5th to the 95th percentile of what the model foresees, its error of observation included. All digits and scores are in validation.csv." / "90%: 관측 오차를 포함한 모형 예측의 5~95백분위. 전체 자리와 점수는 validation.csv에 있다.";
    validation_inside: "inside" / "안";
    validation_outside: "outside" / "밖";
    validation_inside_fitted: "inside, in-sample" / "안(표본 내)";
    validation_outside_fitted: "outside, in-sample" / "밖(표본 내)";
    validation_verdict: "Verdict" / "판정";
    validation_90: "90 % interval" / "90% 구간";
    validation_median: "Median" / "중앙값";
    facts_title: "Facts about firms beside published ones" / "기업에 관한 사실과 공표 통계";
    facts_score: "{met} of {all} published ranges are met." / "발표된 범위 {all}개 가운데 {met}개를 충족한다.";
    facts_beside: "Beside them: other firms, countries or definitions" / "참고: 다른 기업·국가·정의";
    fact: "Fact" / "사실";
    fact_range: "Published range" / "발표된 범위";
    fact_met: "met" / "충족";
    fact_not_met: "not met" / "미충족";
    fact_unknown: "unknown" / "알 수 없음";
    validation_absent: "No validation was found beside the tables of this run; “yangjae validate” makes one." / "이 실행의 표와 함께 있는 검증 결과가 없다. “yangjae validate”로 만들 수 있다.";
    observed_title: "Observed and simulated" / "관측값과 모의값";
    observed_note: "Baseline. Off by: observed less simulated mean, over the standard deviation of both (tolerance and spread of replications)." / "기준 정책. 차이: (관측값 − 모의 평균)을 두 표준편차(허용 오차와 반복의 산포)로 나눈 값.";
    observed: "Observed" / "관측값";
    tolerance: "Tolerance" / "허용 오차";
    simulated: "Simulated" / "모의값";
    middle_90: "middle 90 %" / "가운데 90%";
    off_by: "Off by" / "차이";
    source: "Source" / "출처";
    method: "Method" / "방법";
    method_text: "A discrete-event simulation of founders, facilities, graduates, jobs, investment, floor space and public money, year by year. Every random draw belongs to a replication, an entity, a year and a purpose, never to a policy; so a founder is the same person under every policy (common random numbers). Differences are taken within each replication. The middle 90 % of these paired differences is the decision interval; the Monte Carlo error is the 95 % interval of their mean." / "창업자, 시설, 졸업자, 일자리, 투자, 공간, 공공 재정을 연도별로 모의하는 이산사건 시뮬레이션이다. 모든 난수는 반복·개체·연도·용도에 속하고 정책과는 무관하므로, 한 창업자는 어느 정책에서나 같은 사람이다(공통난수). 차이는 같은 반복 안에서 계산한다. 짝지은 차이의 가운데 90%가 판단 구간이고, 몬테카를로 오차는 그 평균의 95% 구간이다.";
    method_vary: "Uncertain parameters vary from replication to replication, the same for every policy." / "불확실한 모수는 반복마다 달라지며 모든 정책에 똑같이 적용된다.";
    method_fixed: "Parameters do not vary: every replication has the same values." / "모수는 변하지 않으며 모든 반복이 같은 값을 쓴다.";
    method_many: "Rankings allow for all pairs of policies of a metric and place (Holm 1979, 5 %); intervals of single figures stand for themselves. A smaller Monte Carlo error ±N needs about replications × (±/N)²." / "순위는 같은 지표·장소의 모든 정책 쌍을 고려한다(Holm 1979, 5%). 개별 수치의 구간은 따로 읽어야 한다. 더 작은 몬테카를로 오차 ±N에는 반복 수 × (±/N)²가 필요하다.";
    method_many_against: "Rankings allow for the comparisons of all policies with the baseline in a metric and place (Holm 1979, 5 %); intervals of single figures stand for themselves. A smaller Monte Carlo error ±N needs about replications × (±/N)²." / "순위는 같은 지표·장소에서 모든 정책과 기준 정책의 비교를 고려한다(Holm 1979, 5%). 개별 수치의 구간은 따로 읽어야 한다. 더 작은 몬테카를로 오차 ±N에는 반복 수 × (±/N)²가 필요하다.";
    evidence_title: "How the parameters are known" / "모수의 근거";
    evidence_seen: "read in the source" / "출처에서 확인";
    evidence_derived: "computed from what was read" / "확인한 값에서 계산";
    evidence_recalled: "remembered" / "기억에 의함";
    evidence_judgement: "judgement" / "판단";
    policies_title: "The policies" / "정책 설명";
    sources: "Sources" / "출처";
    manifest: "Manifest" / "실행 명세";
    manifest_note: "Everything that bears on the results: with these inputs and this version anybody gets the same bytes." / "결과에 영향을 주는 모든 것. 같은 입력과 버전이면 누구나 같은 결과 파일을 얻는다.";
    version: "Version" / "버전";
    scenario: "Scenario" / "시나리오";
    seed: "Seed" / "시드";
    replications: "Replications" / "반복 수";
    years: "Years" / "연도 범위";
    settings: "Settings" / "설정 변경";
    inputs: "Inputs" / "입력 파일";
    tables: "Tables" / "결과 파일";
    file: "File" / "파일";
    controls: "Policies shown" / "표시할 정책";
    focus: "In focus" / "강조할 정책";
    show_headline: "Headline set" / "주요 정책";
    show_all: "All" / "모두";
    show_none: "None" / "모두 해제";
    more_policies: "All {count} policies" / "정책 {count}개 모두";
    save_svg: "SVG" / "SVG";
    save_png: "PNG" / "PNG";
    save_csv: "CSV" / "CSV";
    save_as: "Save as" / "저장";
    data: "Data" / "자료";
    mean: "mean" / "평균";
    median: "median" / "중앙값";
    middle_50: "middle 50 %" / "가운데 50%";
    interval_95: "Monte Carlo error of the mean (95 % interval)" / "평균의 몬테카를로 오차(95% 구간)";
    difference_word: "difference" / "차이";
    nothing_shown: "No policy is switched on." / "선택된 정책이 없다.";
    no_data: "This policy has no such figure." / "이 정책에는 해당 수치가 없다.";
    no_script: "The charts below are still pictures: switch scripts on for numbers under the pointer, the map and the timeline." / "아래 그림은 정지 화면이다. 스크립트를 켜면 수치, 지도, 일정을 볼 수 있다.";
    keyboard: "Arrow keys move through the years of a chart that has the focus." / "그림에 초점을 두고 화살표 키를 누르면 연도를 옮겨 볼 수 있다.";
    rounded: "Figures behind charts are rounded to seven digits; the CSV files of the run have them in full." / "그림의 자료는 유효숫자 일곱 자리로 반올림했으며, 전체 자리는 실행의 CSV 파일에 있다.";
    firms_word: "firms" / "기업";
    jobs_word: "jobs" / "일자리";
    occupancy_word: "occupancy" / "점유율";
    rent_word: "rent" / "임대료";
    tenants_word: "tenants" / "입주";
    places_word: "places" / "정원";
    elsewhere: "Elsewhere in the city" / "시내 그 밖의 지역";
    play: "Play" / "재생";
    pause: "Pause" / "멈춤";
    workbook_cut: "{kept} of {all} rows: {which}. All are in {file}." / "전체 {all}행 가운데 {kept}행: {which}. 전체는 {file}에 있다.";
    workbook_cut_first: "the first ones" / "앞부분";
    workbook_cut_areas: "the areas within the city are left out" / "시내 세부 지역 제외";
    workbook_cut_whole: "those of the district and the city" / "지구와 시";
    workbook_cut_charted: "those of the district and the city that charts show" / "그림에 나오는 지구와 시의 지표";
    workbook_summary: "summary" / "요약";
    workbook_headline: "headline figures" / "주요 지표";
    workbook_charts: "charts" / "그림";
    workbook_data: "chart data" / "그림 자료";
    workbook_manifest: "manifest" / "실행 명세";
    workbook_sheets: "Sheets" / "시트";
    workbook_headline_about: "Policies by headline figures in {year}: mean, difference from “{baseline}”, middle 90 % of replications, Monte Carlo error" / "{year}년 정책별 주요 지표: 평균, 기준 정책(“{baseline}”)과의 차이, 반복의 가운데 90%, 몬테카를로 오차";
    workbook_pairs_baseline: "Each policy against the baseline in the last year; `yangjae run --pairs` compares all pairs" / "마지막 연도의 정책과 기준 정책 간 차이. 모든 쌍의 비교는 `yangjae run --pairs`";
    workbook_shortened: "{about}. Texts that are longer than a cell takes (32,767 characters) end with dots; {file} has them whole" / "{about}. 한 셀에 들어가지 않는 긴 글(32,767자)은 말줄임표로 끝나며, 전체는 {file}에 있다";
    workbook_charts_about: "Native charts: differences, years, bands, additionality" / "엑셀 그림: 차이, 연도별 추이, 분포 띠, 추가성";
    workbook_data_about: "What the charts show, in the units of their axes" / "그림에 쓰인 수치(축의 단위)";
    workbook_medians: "{metric}, {place}: medians" / "{metric}, {place}: 중앙값";
    workbook_against: "{metric}, {place}: difference from the baseline in {year} (lines: middle 90 % of replications)" / "{metric}, {place}: {year}년 기준 정책과의 차이(선: 반복의 가운데 90%)";
    workbook_band: "{policy}: {metric}, {place}" / "{policy}: {metric}, {place}";
    workbook_baseline_median: "baseline, median" / "기준 정책 중앙값";
    workbook_p05: "5th percentile of the differences" / "차이의 5백분위수";
    workbook_p95: "95th percentile of the differences" / "차이의 95백분위수";
    workbook_below: "mean less 5th percentile" / "평균−5백분위수";
    workbook_above: "95th percentile less mean" / "95백분위수−평균";
    workbook_error: "Monte Carlo error of the mean, ±" / "평균의 몬테카를로 오차 ±";
    workbook_left: "5th to 25th" / "5~25백분위";
    workbook_right: "75th to 95th" / "75~95백분위";
    workbook_fifth: "5th percentile" / "5백분위수";
    report_is_in: "report.html, workbook.xlsx and figures/ are in {folder}" / "report.html, workbook.xlsx, figures/: {folder}";
    placebo_heading: "{year}, gross flows of jobs, and in brackets those of the same places without any effect" / "{year}년 일자리의 총흐름, 괄호 안은 같은 장소에 효과가 없을 때";
    placebo_reading: "Where the two are near each other, the flows say little: read effect_on_served, effect_through_markets and the nets of additionality.csv." / "두 값이 비슷하면 총흐름은 말해 주는 것이 적다. additionality.csv의 effect_on_served, effect_through_markets와 순증 항목을 보아야 한다.";
    budget_heading: "Sizes are scaled so that each policy costs what {policy} costs: KRW {budget} bn over the baseline, present value of public cost, mean of a pilot of {pilot} replications of its own." / "모든 정책의 비용이 같도록 규모를 조정하였다. 기준은 “{policy}”: 기준 정책 대비 {budget}억 원(공공 비용의 현재가치, 별도 예비 실행 {pilot}회의 평균).";
    budget_size: "size" / "규모";
    budget_before: "cost before" / "조정 전(억 원)";
    budget_after: "cost after" / "조정 후(억 원)";
    budget_sizeless: "without a size: {levers}" / "규모가 없는 수단: {levers}";
    assumptions: "What the conclusions rest on" / "결론이 의존하는 가정";
    assumptions_note: "Of the assumptions that were swept, the three that move each of these policies most: jobs in the city in {year} against the baseline with the assumption at the 5th and at the 95th percentile of its distribution and all else unchanged, over the first {swept} replications. Swept are those that moved it most in the first two. Standard errors and all results are in assumptions.csv." / "조사한 가정 가운데 각 정책의 결과를 가장 크게 바꾸는 세 가지: 다른 모든 것을 그대로 두고 그 가정만 분포의 5백분위수와 95백분위수로 옮겼을 때 {year}년 시 일자리의 기준 정책 대비 차이(처음 {swept}회 반복). 처음 2회 반복에서 결과를 가장 크게 바꾼 가정만 조사했다. 표준오차와 모든 결과는 assumptions.csv에 있다.";
    assumptions_absent: "Not computed: no policy leads, or there are too few replications to tell what differences depend on." / "계산하지 않았다. 앞서는 정책이 없거나, 차이가 무엇에 달려 있는지 알기에는 이력이 너무 적다.";
    assumptions_parameter: "assumption" / "가정";
    assumptions_range: "5 % to 95 %" / "5~95%";
    assumptions_at_low: "at low" / "하한에서";
    assumptions_at_high: "at high" / "상한에서";
    assumptions_moves: "moves by (standard error)" / "변화(표준오차)";
    assumptions_evidence: "known by" / "근거";
    tables_are_in: "tables and report.html are in {folder}" / "표와 report.html: {folder}";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut words: Vec<&str> =
            text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)).collect();
        words.sort_unstable();
        words
    }

    #[test]
    fn both_languages_fill_in_the_same_words() {
        for text in TEXTS {
            assert!(!text.en.is_empty() && !text.ko.is_empty(), "{}", text.key);
            assert_eq!(words(text.en), words(text.ko), "{}", text.key);
        }
    }

    #[test]
    fn what_is_filled_in_is_not_searched_again() {
        let text = Text { key: "test", en: "{a} and {b}", ko: "{b}, {a}" };
        let fill = |language| fill(&text, language, &[("a", "{b}"), ("b", "2")]);
        assert_eq!(fill(Language::English), "{b} and 2");
        assert_eq!(fill(Language::Korean), "2, {b}");
    }
}

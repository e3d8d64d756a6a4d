//! THE REGISTER OF SHEETS, and what their columns are called.
//!
//! In English a column has the name that it has in the CSV; in Korean its Korean name stands above
//! that, so that a number can be found again in the files.

use crate::report::text::language::Language;

/// A sheet that shows a table of the run.
#[derive(Clone, Copy, Debug)]
pub struct SheetSpec {
    /// The table.
    pub file: &'static str,
    /// The sheet's name, English; at most 31 letters.
    pub en: &'static str,
    /// The sheet's name, Korean.
    pub ko: &'static str,
    /// What it holds, English.
    pub about_en: &'static str,
    /// What it holds, Korean.
    pub about_ko: &'static str,
}

impl SheetSpec {
    /// The sheet's name in a language.
    #[must_use]
    pub const fn name(&self, language: Language) -> &'static str {
        language.choose(self.en, self.ko)
    }

    /// What it holds, in a language.
    #[must_use]
    pub const fn about(&self, language: Language) -> &'static str {
        language.choose(self.about_en, self.about_ko)
    }
}

macro_rules! sheets {
    ($($file:literal: $en:literal / $ko:literal, $about_en:literal / $about_ko:literal;)*) => {
        /// The sheets of tables, in order; one whose table there is not is left out.
        pub const SHEETS: &[SheetSpec] = &[$(SheetSpec {
            file: $file, en: $en, ko: $ko, about_en: $about_en, about_ko: $about_ko,
        },)*];
    };
}

sheets! {
    "yearly.csv": "yearly" / "연도별",
        "What each policy has, by place, metric and year" / "정책·장소·지표·연도별 값";
    "comparison.csv": "comparison" / "비교",
        "Policy minus baseline, replication by replication" / "같은 반복에서 정책과 기준 정책의 차이";
    "additionality.csv": "additionality" / "추가성",
        "From gross to net: what would be there anyway, what moved, what is new"
            / "총계에서 순증까지: 사중손실, 이전, 창출";
    "cost_benefit.csv": "cost and benefit" / "비용과 편익",
        "Present values against the baseline: items, totals, ratios"
            / "기준 정책 대비 현재가치: 항목, 합계, 비율";
    "cash.csv": "cash" / "연도별 수지",
        "What each policy costs and returns, year by year" / "정책의 연도별 비용과 수입";
    "equal_budget.csv": "equal budget" / "동일 예산",
        "How each policy was scaled to the same cost" / "같은 비용으로 맞춘 정책 규모";
    "pairs.csv": "pairs" / "정책 간 비교",
        "Each policy against each other in the last year" / "마지막 연도의 정책 간 차이";
    "sensitivity.csv": "sensitivity" / "민감도",
        "How differences move with parameters" / "매개변수에 따른 차이의 변화";
    "assumptions.csv": "assumptions" / "핵심 가정",
        "Which assumptions move the leading policies most" / "주요 정책의 결과를 가장 크게 바꾸는 가정";
    "attribution.csv": "attribution" / "기여",
        "What each part of a plan adds" / "계획 구성 요소별 기여";
    "interactions.csv": "interactions" / "상호작용",
        "What pairs of parts add beyond their sum" / "구성 요소 쌍의 상호작용";
    "noise.csv": "noise" / "분산 구성",
        "How much of the variance is parameters and how much chance" / "매개변수와 우연의 분산 비율";
    "validation.csv": "validation" / "검증",
        "What was observed beside what the model foresees" / "관측값과 모형의 예측";
    "stylised_facts.csv": "stylised facts" / "정형화된 사실",
        "Regularities of firms: simulated and published" / "기업의 규칙성: 모의값과 공표값";
    "levers.csv": "levers" / "정책 수단",
        "What each policy sets, with dates" / "정책별 수단과 설정";
    "dictionary.csv": "dictionary" / "용어 사전",
        "What every name and column means" / "모든 이름과 열의 뜻";
}

/// Columns by their Korean names; those that are not here go by the name in the files.
const COLUMNS: &[(&str, &str)] = &[
    ("policy", "정책"),
    ("baseline", "기준 정책"),
    ("other", "비교 정책"),
    ("place", "장소"),
    ("metric", "지표"),
    ("unit", "단위"),
    ("year", "연도"),
    ("replications", "반복 수"),
    ("mean", "평균"),
    ("sd", "표준편차"),
    ("se", "표준오차"),
    ("ci_low", "95% 구간 하한"),
    ("ci_high", "95% 구간 상한"),
    ("p05", "5백분위수"),
    ("p25", "25백분위수"),
    ("p50", "중앙값"),
    ("p75", "75백분위수"),
    ("p95", "95백분위수"),
    ("difference", "차이"),
    ("probability_higher", "더 높은 반복의 비율"),
    ("measure", "측정 대상"),
    ("term", "항목"),
    ("item", "항목"),
    ("payer", "부담 주체"),
    ("note", "비고"),
    ("title", "제목"),
    ("name", "이름"),
    ("kind", "종류"),
    ("definition_en", "영문 정의"),
    ("definition_ko", "국문 정의"),
    ("source", "출처"),
    ("lever", "수단"),
    ("levers", "수단"),
    ("setting", "설정"),
    ("value", "값"),
    ("from", "시작"),
    ("to", "종료"),
    ("key", "항목"),
    ("parameter", "매개변수"),
    ("identification", "자료의 식별"),
    ("lowest_fifth", "하위 20%의 차이"),
    ("highest_fifth", "상위 20%의 차이"),
    ("rank_correlation", "순위상관"),
    ("variance_share", "분산 설명 비율"),
    ("package", "수단 묶음"),
    ("method", "방법"),
    ("shapley", "섀플리 값"),
    ("leave_one_out", "하나씩 제외"),
    ("alone", "단독 시행"),
    ("reference", "예산 기준 정책"),
    ("budget", "예산"),
    ("factor", "규모 배수"),
    ("cost_before", "조정 전 비용"),
    ("cost_after", "조정 후 비용"),
    ("observed", "관측값"),
    ("tolerance", "허용 오차"),
    ("judged", "평가 포함"),
    ("share_parameters", "매개변수 비율"),
    ("share_chance", "우연 비율"),
    ("share_interaction", "상호작용 비율"),
];

/// What a column is called in a header.
#[must_use]
pub fn column(name: &str, language: Language) -> String {
    let korean = COLUMNS.iter().find(|(known, _)| *known == name).map(|(_, korean)| *korean);
    match (language, korean) {
        (Language::Korean, Some(korean)) => format!("{korean}\n{name}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::columns;

    #[test]
    fn names_of_sheets_are_those_that_excel_takes_and_different() {
        for language in Language::ALL {
            let mut names: Vec<&str> = SHEETS.iter().map(|sheet| sheet.name(language)).collect();
            for name in &names {
                assert!((1..=31).contains(&name.chars().count()), "{name}");
                assert!(!name.contains(['[', ']', ':', '*', '?', '/', '\\', '\'']), "{name}");
            }
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), SHEETS.len());
        }
    }

    #[test]
    fn every_sheet_is_of_a_table_and_its_main_columns_have_korean_names() {
        for sheet in SHEETS {
            let of = || columns::COLUMNS.iter().filter(|column| column.table == sheet.file);
            assert!(of().count() > 0, "{}", sheet.file);
        }
        for main in ["yearly.csv", "comparison.csv", "additionality.csv", "cost_benefit.csv"] {
            for column in columns::COLUMNS.iter().filter(|column| column.table == main) {
                assert!(
                    self::column(column.name, Language::Korean).contains('\n'),
                    "{}",
                    column.name
                );
            }
        }
    }
}

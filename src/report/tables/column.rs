//! What a table is: its file, its columns, and the sheet of the workbook that shows it.

use crate::report::text::language::Language;

/// A table.
#[derive(Clone, Copy, Debug)]
pub struct TableSpec {
    /// The file's name.
    pub file: &'static str,
    /// The columns, in order.
    pub columns: &'static [Column],
    /// The sheet of the workbook; `None` where it has none.
    pub sheet: Option<Sheet>,
}

impl TableSpec {
    /// The table's name: that of its file without the ending, such as `yearly` or `appraisal/flows`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.file.strip_suffix(".csv").unwrap_or(self.file)
    }

    /// The name of the same table as Parquet.
    #[must_use]
    pub fn parquet(&self) -> String {
        format!("{}.parquet", self.name())
    }
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The header in the file.
    pub name: &'static str,
    /// The unit; `""` where it has none, `metric` where it is that of the row's metric.
    pub unit: &'static str,
    /// The header of a Korean sheet, above the name in the file; `""` for the name alone.
    pub heading_ko: &'static str,
    /// What it means, in English.
    pub meaning_en: &'static str,
    /// What it means, in Korean.
    pub meaning_ko: &'static str,
    /// What its cells hold.
    pub holds: Holds,
    /// Whether a cell may be unknown.
    pub optional: bool,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Text.
    Text,
    /// A number.
    Number,
    /// A whole number, not negative.
    Whole,
    /// Yes or no.
    YesNo,
}

/// A sheet that shows a table of the run.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    /// Its name, English; at most 31 letters.
    pub en: &'static str,
    /// Its name, Korean.
    pub ko: &'static str,
    /// What it holds, English.
    pub about_en: &'static str,
    /// What it holds, Korean.
    pub about_ko: &'static str,
}

impl Sheet {
    /// Its name in a language.
    #[must_use]
    pub fn name(&self, language: Language) -> &'static str {
        language.choose(self.en, self.ko)
    }

    /// What it holds, in a language.
    #[must_use]
    pub fn about(&self, language: Language) -> &'static str {
        language.choose(self.about_en, self.about_ko)
    }
}

impl Column {
    /// Its header in a sheet: in other languages than English its name there stands above that in the file, so that
    /// a number can be found again in the files.
    #[must_use]
    pub fn heading(&self, language: Language) -> String {
        language.heading(self.name, self.heading_ko)
    }
}

/// A column, which takes its name from the field of the row that holds it, and from that field's type what its cells hold.
pub(super) const fn column(
    unit: &'static str,
    heading_ko: &'static str,
    meaning_en: &'static str,
    meaning_ko: &'static str,
) -> Column {
    let (holds, optional) = (Holds::Text, false);
    Column { name: "", unit, heading_ko, meaning_en, meaning_ko, holds, optional }
}

// Columns of many tables.
pub(super) const POLICY: Column = column("", "정책", "Policy", "정책");
pub(super) const UNIT: Column = column("", "단위", "Unit of the metric", "지표의 단위");
pub(super) const METRIC: Column = column("", "지표", "Metric", "지표");
pub(super) const BASELINE: Column =
    column("", "기준 정책", "Policy that it is compared with", "비교 기준 정책");
pub(super) const YEAR: Column = column("year", "연도", "Year", "연도");
pub(super) const LAST_YEAR: Column = column("year", "연도", "The last year", "마지막 연도");
pub(super) const PLACE: Column =
    column("", "장소", "District, city, an area or a facility", "지구, 시, 지역 또는 시설");
pub(super) const WHOLE_PLACE: Column = column("", "장소", "District or city", "지구 또는 시");
pub(super) const REPLICATIONS: Column =
    column("1", "반복 수", "Replications that the row rests on", "반복 실행 수");

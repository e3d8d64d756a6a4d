//! What charts show, as blocks of numbers on a sheet of their own: charts of a workbook draw cells.

use rust_xlsxwriter::ChartRange;
use rust_xlsxwriter::Workbook;

use crate::report::text::language::Language;
use crate::report::text::language::names;
use crate::report::text::language::number::shown_unit;
use crate::report::text::language::text;
use crate::report::text::language::text::Text;
use crate::report::text::language::text::fill;
use crate::report::views::figures::palette;
use crate::report::views::findings::Findings;
use crate::report::views::findings::figure::Figure;
use crate::report::views::findings::series::SeriesFacts;
use crate::report::views::translation::sheet_name_of;
use crate::report::views::workbook::error::WorkbookError;
use crate::report::views::workbook::sheet::Written;
use crate::report::views::workbook::style;
use crate::report::views::workbook::style::Styles;

/// Series that have charts: those that the report begins with.
const SERIES: usize = 6;

/// What a row of a block is called.
#[derive(Clone, Debug, PartialEq)]
enum Label {
    Policy(String),
    Year(u16),
}

/// Numbers that one chart draws: a label and a value in each column, row by row.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// The chart's title.
    pub(super) title: String,
    /// The unit of its values.
    pub(super) unit: String,
    /// What each column of values is called.
    pub(super) columns: Vec<String>,
    rows: Vec<(Label, Vec<Option<f64>>)>,
    sheet: &'static str,
    first: u32,
}

/// A band chart: the policy's place, and its numbers.
#[derive(Clone, Debug)]
pub(super) struct Band {
    pub(super) policy: usize,
    pub(super) block: Block,
}

/// All blocks.
#[derive(Debug)]
pub(super) struct Blocks {
    /// Differences in the last year, a series each.
    pub(super) differences: Vec<Block>,
    /// Medians over the years, a series each.
    pub(super) medians: Vec<Block>,
    /// Bands over the years: of each series of jobs those of every policy.
    pub(super) bands: Vec<Vec<Band>>,
    /// Parts of the jobs account.
    pub(super) additionality: Option<Block>,
    next: u32,
    sheet: &'static str,
}

impl Blocks {
    /// The blocks of a run.
    pub(super) fn new(findings: &Findings, language: Language) -> Self {
        let sheet = sheet_name_of(&text::workbook_data, language);
        let mut blocks = Self {
            differences: Vec::new(),
            medians: Vec::new(),
            bands: Vec::new(),
            additionality: None,
            next: 2,
            sheet,
        };
        let charted: Vec<&SeriesFacts> =
            findings.series.iter().filter(|series| series.charted).take(SERIES).collect();
        if findings.about.policies.len() > 1 {
            for series in &charted {
                let block = differences(findings, series, language);
                let block = blocks.place(block);
                blocks.differences.push(block);
            }
            if findings.terms.iter().any(|term| term.figure.mean.is_some()) {
                let block = blocks.place(additionality(findings, language));
                blocks.additionality = Some(block);
            }
        }
        for series in &charted {
            let block = blocks.place(medians(findings, series, language));
            blocks.medians.push(block);
        }
        for series in charted.iter().filter(|series| series.metric == "jobs") {
            let mut bands = Vec::new();
            for policy in findings.about.headline() {
                let block = blocks.place(band(findings, series, policy, language));
                bands.push(Band { policy, block });
            }
            blocks.bands.push(bands);
        }
        blocks
    }

    /// Gives a block its place on the sheet.
    fn place(&mut self, block: Block) -> Block {
        let rows = u32::try_from(block.rows.len()).unwrap_or(u32::MAX);
        let placed = Block { sheet: self.sheet, first: self.next, ..block };
        self.next = self.next.saturating_add(rows.saturating_add(3));
        placed
    }

    /// Writes the sheet.
    pub(super) fn write(
        &self,
        book: &mut Workbook,
        styles: &Styles,
        language: Language,
    ) -> Result<Written, WorkbookError> {
        let sheet = book.add_worksheet();
        sheet.set_name(self.sheet)?;
        style::page(sheet);
        let about = text::workbook_data_about.in_language(language);
        sheet.write_string_with_format(0, 0, about, &styles.note)?;
        sheet.set_column_width(0, 40)?;
        sheet.set_column_range_width(1, 24, 16)?;
        let bands = self.bands.iter().flatten().map(|band| &band.block);
        let blocks = self.differences.iter().chain(&self.additionality).chain(&self.medians);
        for block in blocks.chain(bands) {
            styles.text(sheet, (block.first, 0), &block.title, None)?;
            for (column, name) in (0..).zip([&block.unit].into_iter().chain(&block.columns)) {
                let header = block.first + 1;
                sheet.write_string_with_format(header, column, name, &styles.header)?;
            }
            for (row, (label, values)) in (block.first + 2..).zip(&block.rows) {
                match label {
                    Label::Policy(title) => styles.text(sheet, (row, 0), title, None)?,
                    Label::Year(year) => styles.year(sheet, (row, 0), f64::from(*year))?,
                }
                for (column, value) in (1..).zip(values) {
                    if let Some(value) = value {
                        styles.number(sheet, (row, column), *value, None)?;
                    }
                }
            }
        }
        sheet.set_freeze_panes(1, 1)?;
        Ok(Written { name: self.sheet, about: about.to_owned() })
    }
}

impl Block {
    /// How many rows it has.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The labels.
    pub(super) fn labels(&self) -> ChartRange {
        self.range(0)
    }

    /// A column of values, from 0.
    pub(super) fn values(&self, column: usize) -> ChartRange {
        self.range(u16::try_from(column + 1).unwrap_or(u16::MAX))
    }

    /// The name of a column of values.
    pub(super) fn name(&self, column: usize) -> ChartRange {
        let column = u16::try_from(column + 1).unwrap_or(u16::MAX);
        ChartRange::new_from_range(self.sheet, self.first + 1, column, self.first + 1, column)
    }

    /// The least and the largest of some columns.
    pub(super) fn ends(&self, columns: &[usize]) -> Option<(f64, f64)> {
        let values = self.rows.iter().flat_map(|(_, values)| {
            columns.iter().filter_map(|&column| values.get(column).copied().flatten())
        });
        values.fold(None, |ends, value| {
            let (least, most) = ends.unwrap_or((value, value));
            Some((least.min(value), most.max(value)))
        })
    }

    /// The least and the largest of what a band chart shows.
    pub(super) fn ends_of_band(&self) -> Option<(f64, f64)> {
        let tops = self.rows.iter().filter_map(|(_, values)| {
            let layers = values.get(..4)?;
            layers.iter().copied().sum::<Option<f64>>()
        });
        let (least, most) = self.ends(&[0, 4, 5])?;
        Some((least, tops.fold(most, f64::max)))
    }

    fn range(&self, column: u16) -> ChartRange {
        let rows = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let last = self.first.saturating_add(1).saturating_add(rows);
        ChartRange::new_from_range(self.sheet, self.first + 2, column, last, column)
    }

    fn new(title: String, unit: &str, columns: Vec<String>) -> Self {
        Self { title, unit: unit.to_owned(), columns, rows: Vec::new(), sheet: "", first: 0 }
    }
}

fn titled(
    title: &Text,
    series: &SeriesFacts,
    words: &[(&str, &str)],
    language: Language,
) -> String {
    let mut all = vec![
        ("metric", names::name("metric", &series.metric, language)),
        ("place", names::name("place", &series.place, language)),
    ];
    all.extend(words);
    fill(title, language, &all)
}

/// Policies by difference, ends of the middle 90 % of replications, its arms, and the Monte Carlo
/// error of the mean.
fn differences(findings: &Findings, series: &SeriesFacts, language: Language) -> Block {
    let about = &findings.about;
    let year = about.last_year().to_string();
    let unit = shown_unit(&series.unit, language);
    let columns = [
        &text::difference_word,
        &text::workbook_p05,
        &text::workbook_p95,
        &text::workbook_below,
        &text::workbook_above,
        &text::workbook_error,
    ];
    let title = titled(&text::workbook_against, series, &[("year", &year)], language);
    let columns = columns.map(|column| column.in_language(language).to_owned()).to_vec();
    let mut block = Block::new(title, unit.name, columns);
    for policy in about.listed().filter(|&policy| policy != about.baseline) {
        let figure = series.difference[policy].last().copied().unwrap_or_default();
        let figure = figure.divided(unit.divisor);
        let Figure { mean, p05, p95, .. } = figure;
        let arm = |one: Option<f64>, other: Option<f64>| Some((one? - other?).max(0.0));
        let values = vec![mean, p05, p95, arm(mean, p05), arm(p95, mean), figure.half_width()];
        block.rows.push((Label::Policy(about.title(policy, language).to_owned()), values));
    }
    block
}

/// Years by the medians of the policies that charts show at first.
fn medians(findings: &Findings, series: &SeriesFacts, language: Language) -> Block {
    let about = &findings.about;
    let unit = shown_unit(&series.unit, language);
    let policies = about.headline();
    let columns = policies.iter().map(|&policy| about.title(policy, language).to_owned());
    let title = titled(&text::workbook_medians, series, &[], language);
    let mut block = Block::new(title, unit.name, columns.collect());
    for (place, &year) in about.years.iter().enumerate() {
        let median = |&policy: &usize| series.yearly[policy][place].divided(unit.divisor).p50;
        block.rows.push((Label::Year(year), policies.iter().map(median).collect()));
    }
    block
}

/// Years by the heights of a band's layers, the medians of the policy and of the baseline.
fn band(findings: &Findings, series: &SeriesFacts, policy: usize, language: Language) -> Block {
    let about = &findings.about;
    let unit = shown_unit(&series.unit, language);
    let columns = [
        &text::workbook_fifth,
        &text::workbook_left,
        &text::middle_50,
        &text::workbook_right,
        &text::median,
        &text::workbook_baseline_median,
    ];
    let words = [("policy", about.title(policy, language))];
    let title = titled(&text::workbook_band, series, &words, language);
    let columns = columns.map(|column| column.in_language(language).to_owned()).to_vec();
    let mut block = Block::new(title, unit.name, columns);
    for (place, &year) in about.years.iter().enumerate() {
        let figure = series.yearly[policy][place].divided(unit.divisor);
        let less = |one: Option<f64>, other: Option<f64>| Some((one? - other?).max(0.0));
        let values = vec![
            figure.p05,
            less(figure.p25, figure.p05),
            less(figure.p75, figure.p25),
            less(figure.p95, figure.p75),
            figure.p50,
            series.yearly[about.baseline][place].divided(unit.divisor).p50,
        ];
        block.rows.push((Label::Year(year), values));
    }
    block
}

/// Policies by the parts of the jobs account; losses are negative. The net comes last.
fn additionality(findings: &Findings, language: Language) -> Block {
    let about = &findings.about;
    let terms = palette::TERMS.iter().map(|(term, _)| *term);
    let columns = terms
        .clone()
        .chain(["net_city"])
        .map(|term| names::name("term", term, language).to_owned());
    let unit = shown_unit("persons", language);
    let title = format!("{} ({})", text::additionality.in_language(language), about.last_year());
    let mut block = Block::new(title, unit.name, columns.collect());
    for policy in about.listed().filter(|&policy| policy != about.baseline) {
        let mean = |term: &str| findings.term(policy, term).and_then(|term| term.figure.mean);
        let part = |term: &str| {
            let loss = matches!(term, "lost" | "displaced");
            mean(term).map(|value| if loss { -value } else { value })
        };
        let values = terms.clone().chain(["net_city"]).map(part).collect();
        block.rows.push((Label::Policy(about.title(policy, language).to_owned()), values));
    }
    block
}

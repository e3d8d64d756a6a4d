//! Native charts: differences with the middle 90 % of replications, medians and bands over the years, and the jobs
//! account. Colours are those of the report.

use rust_xlsxwriter::Chart;
use rust_xlsxwriter::ChartAxisCrossing;
use rust_xlsxwriter::ChartAxisLabelPosition;
use rust_xlsxwriter::ChartErrorBars;
use rust_xlsxwriter::ChartErrorBarsType;
use rust_xlsxwriter::ChartFont;
use rust_xlsxwriter::ChartFormat;
use rust_xlsxwriter::ChartLegendPosition;
use rust_xlsxwriter::ChartLine;
use rust_xlsxwriter::ChartLineDashType;
use rust_xlsxwriter::ChartMarker;
use rust_xlsxwriter::ChartMarkerType;
use rust_xlsxwriter::ChartSolidFill;
use rust_xlsxwriter::ChartType;
use rust_xlsxwriter::Color;
use rust_xlsxwriter::Workbook;
use rust_xlsxwriter::Worksheet;

use crate::report::text::language::Language;
use crate::report::text::language::text;
use crate::report::views::figures::palette;
use crate::report::views::findings::Findings;
use crate::report::views::translation::sheet_name_of;
use crate::report::views::workbook::blocks::Band;
use crate::report::views::workbook::blocks::Block;
use crate::report::views::workbook::blocks::Blocks;
use crate::report::views::workbook::error::WorkbookError;
use crate::report::views::workbook::sheet::Written;
use crate::report::views::workbook::style;

const WIDTH: u32 = 640;
const HEIGHT: u32 = 380;
/// Height of a sheet's row, in pixels.
const ROW: u32 = 20;
/// Columns of the sheet that a chart's width takes, with a gap.
const COLUMNS: u16 = 11;
/// How small charts are printed `[percent]`, so that two fit side by side on A4.
const PRINTED: u16 = 57;
/// Rows of the sheet on a printed page, at that size.
const PAGE: u32 = 54;
const ERROR: Color = Color::RGB(0x0024_292F);
const GRID: Color = Color::RGB(0x00D8_DEE4);

/// The sheet of charts.
pub(super) fn write(
    book: &mut Workbook,
    findings: &Findings,
    blocks: &Blocks,
    language: Language,
) -> Result<Written, WorkbookError> {
    let name = sheet_name_of(&text::workbook_charts, language);
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    style::page(sheet);
    sheet.set_screen_gridlines(false);
    let mut place = Place::default();
    let differences: Vec<Chart> = blocks.differences.iter().map(difference).collect();
    let tall = blocks.differences.first().map_or(HEIGHT, height);
    place.grid(sheet, &differences, tall)?;
    if let Some(block) = &blocks.additionality {
        place.grid(sheet, &[additionality(block)], HEIGHT + 140)?;
    }
    let medians: Vec<Chart> = blocks.medians.iter().map(|block| lines(findings, block)).collect();
    place.grid(sheet, &medians, HEIGHT)?;
    for bands in &blocks.bands {
        let ends = shared_ends(bands);
        let charts: Vec<Chart> =
            bands.iter().map(|band| fan(findings, band, ends, language)).collect();
        place.grid(sheet, &charts, HEIGHT)?;
    }
    // No chart is cut by the end of a page.
    sheet.set_print_scale(PRINTED);
    sheet.set_page_breaks(&place.pages)?;
    let about = text::workbook_charts_about.in_language(language).to_owned();
    let about = match findings.about.left_out(language) {
        Some(left_out) => format!("{about}. {left_out}"),
        None => about,
    };
    Ok(Written { name, about })
}

/// Where the next chart goes, and which rows begin a printed page.
#[derive(Default)]
struct Place {
    row: u32,
    pages: Vec<u32>,
}

impl Place {
    /// Inserts charts, two side by side.
    fn grid(
        &mut self,
        sheet: &mut Worksheet,
        charts: &[Chart],
        height: u32,
    ) -> Result<(), WorkbookError> {
        for pair in charts.chunks(2) {
            let page = self.pages.last().copied().unwrap_or(0);
            let rows = height / ROW + 2;
            if self.row > page && self.row + rows > page + PAGE {
                // A row above, so that no border shows at the end of the page before.
                self.pages.push(self.row - 1);
            }
            for (column, chart) in [0, COLUMNS].into_iter().zip(pair) {
                sheet.insert_chart(self.row, column, chart)?;
            }
            self.row += rows;
        }
        Ok(())
    }
}

/// The height of a chart with a bar for each row `[pixels]`.
fn height(block: &Block) -> u32 {
    let bars = u32::try_from(block.len()).unwrap_or(0);
    (110 + 24 * bars).max(HEIGHT)
}

/// Bars of the mean differences, with the middle 90 % of replications.
fn difference(block: &Block) -> Chart {
    let mut chart = framed(ChartType::Bar, block);
    chart.set_height(height(block));
    let mut arms = ChartErrorBars::new();
    arms.set_type(ChartErrorBarsType::Custom(block.values(4), block.values(3)));
    arms.set_format(ChartFormat::new().set_line(ChartLine::new().set_color(ERROR).set_width(1)));
    let series = chart.add_series();
    series.set_name(&block.name(0)).set_categories(&block.labels()).set_values(&block.values(0));
    series.set_format(&mut filled(colour(palette::COLOURS[0]), 30)).set_gap(45);
    series.set_x_error_bars(&arms);
    // Of a chart of bars the vertical axis has the policies: the first on top, its name beside the
    // chart and not across bars to the left.
    chart.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max);
    chart.y_axis().set_label_position(ChartAxisLabelPosition::Low).set_major_gridlines(false);
    chart.x_axis().set_name(&block.unit).set_num_format("#,##0");
    chart.x_axis().set_major_gridlines(true).set_major_gridlines_line(&grid());
    chart.legend().set_hidden();
    chart
}

/// A line for each policy.
fn lines(findings: &Findings, block: &Block) -> Chart {
    let about = &findings.about;
    let mut chart = framed(ChartType::Line, block);
    for (column, policy) in about.headline().into_iter().enumerate() {
        let (of_policy, dash) = palette::of_policy(policy, about.baseline);
        let mut line = ChartLine::new();
        line.set_color(colour(of_policy)).set_width(1.75);
        if !dash.is_empty() {
            line.set_dash_type(ChartLineDashType::Dash);
        }
        let series = chart.add_series();
        series.set_name(&block.name(column)).set_categories(&block.labels());
        series.set_values(&block.values(column)).set_format(&mut line);
    }
    let columns: Vec<usize> = (0..block.columns.len()).collect();
    years(&mut chart, block, block.ends(&columns));
    chart
}

/// A band about the median: layers on top of an invisible one, and lines.
fn fan(findings: &Findings, band: &Band, ends: Option<(f64, f64)>, language: Language) -> Chart {
    let block = &band.block;
    let (of_policy, _) = palette::of_policy(band.policy, findings.about.baseline);
    let mut chart = framed(ChartType::AreaStacked, block);
    for (layer, transparency) in [(0, 100), (1, 75), (2, 45), (3, 75)] {
        let series = chart.add_series();
        series.set_categories(&block.labels()).set_values(&block.values(layer));
        if layer == 0 {
            series.set_name(&block.name(0));
            series.set_format(ChartFormat::new().set_no_fill().set_no_border());
            continue;
        }
        if layer == 1 {
            series.set_name(text::middle_90.in_language(language));
        } else {
            series.set_name(&block.name(layer));
        }
        series.set_format(&mut filled(colour(of_policy), transparency));
    }
    let mut medians = Chart::new_line();
    let mut line = |column: usize, colour: Color, dash: bool| {
        let mut line = ChartLine::new();
        line.set_color(colour).set_width(if dash { 1.25 } else { 2.25 });
        if dash {
            line.set_dash_type(ChartLineDashType::Dash);
        }
        let series = medians.add_series();
        series.set_name(&block.name(column)).set_categories(&block.labels());
        series.set_values(&block.values(column)).set_format(&mut line);
    };
    line(4, colour(of_policy), false);
    if band.policy != findings.about.baseline {
        line(5, colour(palette::BASELINE), true);
    }
    chart.combine(&medians);
    // The invisible layer, and the upper half of what the third entry names.
    chart.legend().delete_entries(&[0, 3]);
    years(&mut chart, block, ends);
    chart
}

/// Stacked parts of the jobs account, the net as a diamond.
fn additionality(block: &Block) -> Chart {
    let mut chart = framed(ChartType::ColumnStacked, block);
    chart.set_width(2 * WIDTH).set_height(HEIGHT + 140);
    for (column, (_, of_term)) in palette::TERMS.iter().enumerate() {
        let series = chart.add_series();
        series.set_name(&block.name(column)).set_categories(&block.labels());
        series.set_values(&block.values(column)).set_format(&mut filled(colour(of_term), 0));
        series.set_gap(40);
    }
    let mut net = Chart::new_line();
    let mut marker = ChartMarker::new();
    marker.set_type(ChartMarkerType::Diamond).set_size(9);
    let mut border = ChartLine::new();
    border.set_color(ERROR);
    let mut fill = ChartSolidFill::new();
    fill.set_color(ERROR);
    marker.set_format(ChartFormat::new().set_solid_fill(&fill).set_border(&border));
    let last = palette::TERMS.len();
    let series = net.add_series();
    series.set_name(&block.name(last)).set_categories(&block.labels());
    series.set_values(&block.values(last)).set_marker(&marker);
    series.set_format(ChartFormat::new().set_no_line());
    chart.combine(&net);
    chart.x_axis().set_label_position(ChartAxisLabelPosition::Low);
    chart.x_axis().set_font(ChartFont::new().set_size(9).set_rotation(-45));
    chart.y_axis().set_name(&block.unit);
    chart.legend().set_position(ChartLegendPosition::Top);
    chart
}

/// A chart with its title, fonts and grid.
fn framed(kind: ChartType, block: &Block) -> Chart {
    let mut chart = Chart::new(kind);
    chart.set_width(WIDTH).set_height(HEIGHT).set_alt_text(&block.title);
    // A title that begins with `=` would be taken for the address of a cell.
    chart
        .title()
        .set_name(block.title.trim_start_matches('='))
        .set_font(ChartFont::new().set_size(12).set_bold());
    chart.x_axis().set_font(ChartFont::new().set_size(9));
    chart.y_axis().set_font(ChartFont::new().set_size(9)).set_num_format("#,##0");
    chart.y_axis().set_major_gridlines(true).set_major_gridlines_line(&grid());
    chart.y_axis().set_name_font(ChartFont::new().set_size(9));
    chart.legend().set_font(ChartFont::new().set_size(9));
    chart
}

fn grid() -> ChartLine {
    let mut line = ChartLine::new();
    line.set_color(GRID).set_width(0.75);
    line
}

/// The axes of a chart over the years.
fn years(chart: &mut Chart, block: &Block, ends: Option<(f64, f64)>) {
    chart.x_axis().set_label_interval(2).set_tick_interval(2);
    chart.x_axis().set_label_position(ChartAxisLabelPosition::Low);
    chart.y_axis().set_name(&block.unit);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    if let Some((least, most)) = ends {
        let (low, high, step) = axis(least, most);
        chart.y_axis().set_min(low).set_max(high).set_major_unit(step);
        if step < 1.0 {
            chart.y_axis().set_num_format("#,##0.0");
        }
    }
}

/// The ends of an axis, and the step between its lines: a round number, four to eight of it.
fn axis(least: f64, most: f64) -> (f64, f64, f64) {
    // From zero where that leaves the figures most of the height.
    let least = if least > 0.0 && least < 0.5 * most { 0.0 } else { least };
    let span = (most - least).max(1e-6);
    let mut step = 1e-6;
    let mut factors = [2.0, 2.5, 2.0].into_iter().cycle();
    while span / step > 7.0 {
        step *= factors.next().unwrap_or(2.0);
    }
    ((least / step).floor() * step, (most / step).ceil() * step, step)
}

/// The ends over all charts of bands, so that they can be compared by eye.
fn shared_ends(bands: &[Band]) -> Option<(f64, f64)> {
    let ends = bands.iter().filter_map(|band| band.block.ends_of_band());
    ends.reduce(|(least, most), (low, high)| (least.min(low), most.max(high)))
}

fn filled(colour: Color, transparency: u8) -> ChartFormat {
    let mut fill = ChartSolidFill::new();
    fill.set_color(colour).set_transparency(transparency);
    let mut format = ChartFormat::new();
    format.set_solid_fill(&fill).set_no_border();
    format
}

/// A colour written `#0072B2`.
fn colour(text: &str) -> Color {
    u32::from_str_radix(text.trim_start_matches('#'), 16).map_or(Color::Automatic, Color::RGB)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_round_steps_and_hold_what_they_show() {
        for (least, most) in [(0.0, 7.3), (980.0, 1_020.0), (-40.0, 3_000.0), (5.0, 5.0)] {
            let (low, high, step) = axis(least, most);
            assert!(low <= least && most <= high + step * 1e-9, "{low} {high} for {least} {most}");
            let lines = (high - low) / step;
            assert!((0.0..=9.5).contains(&lines), "{lines} lines for {least} {most}");
        }
        assert_eq!(axis(10.0, 30_000.0), (0.0, 30_000.0, 5_000.0));
    }

    #[test]
    fn colours_are_those_of_the_report() {
        assert_eq!(colour(palette::BASELINE), Color::RGB(0x0057_606A));
        assert_eq!(colour("nothing"), Color::Automatic);
    }
}

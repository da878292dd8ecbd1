//! Native charts: divided bars whose patterns tell the verdicts apart on a black and white printer.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartPatternFill,
    ChartPatternFillType, ChartSolidFill, ChartType, Color, Worksheet, XlsxError,
};

use super::heading::short;
use super::look;
use super::panel::Stand;
use super::text::clean;
use crate::model::book::BookChart;
use crate::model::judgement::Verdict;

const DARK: Color = Color::RGB(0x001F_3864);
const LIGHT: Color = Color::RGB(0x00B4_C7E7);
const WARM: Color = Color::RGB(0x00C5_5A11);
const RED: Color = Color::RGB(0x0080_0000);
const PALE: Color = Color::RGB(0x00F2_F2F2);
const LINE: Color = Color::RGB(0x0040_4040);
/// What shows no zero beside a bar that has no such part.
const NO_ZERO: &str = "#,##0;;";
/// Room between bars, in percent of their height.
const GAP: u16 = 45;

/// Inserts a chart at a cell, so many pixels wide and high; `stand` is where its table is.
pub(super) fn insert(
    drawn: &BookChart,
    (sheet, stand): (&str, &Stand),
    (row, col): (u32, u16),
    (width, height): (u32, u32),
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    let Some(last) = short(drawn.rows).checked_sub(1).map(|rows| stand.top + rows) else { return Ok(()) };
    let mut chart = Chart::new(ChartType::BarStacked);
    let at = |column: usize| stand.columns.get(column).copied();
    let Some(label) = at(drawn.label) else { return Ok(()) };
    for (part, verdict) in &drawn.parts {
        let Some(part) = at(*part) else { continue };
        chart
            .add_series()
            .set_name(format!("{} {}", verdict.mark(), verdict.label()).as_str())
            .set_categories((sheet, stand.top, label, last, label))
            .set_values((sheet, stand.top, part, last, part))
            .set_format(&mut fill(*verdict))
            .set_gap(GAP)
            .set_data_label(
                ChartDataLabel::new()
                    .show_value()
                    .set_num_format(NO_ZERO)
                    .set_font(&figures(*verdict))
                    .set_format(&mut ground(*verdict)),
            );
    }
    chart.title().set_name(&*clean(&drawn.title)).set_font(&font(11.0, true));
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(9.0, false));
    chart.y_axis().set_reverse().set_font(&font(9.0, false)).set_format(ChartFormat::new().set_line(&line()));
    chart.x_axis().set_hidden(true).set_major_gridlines(false);
    chart.chart_area().set_format(ChartFormat::new().set_border(ChartLine::new().set_color(look::RULE)));
    chart.set_width(width).set_height(height).set_alt_text(clean(&drawn.alt));
    to.insert_chart_with_offset(row, col, &chart, 0, 0).map(drop)
}

fn font(size: f64, strong: bool) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name(look::FONT).set_size(size);
    if strong {
        font.set_bold();
    } else {
        font.unset_bold();
    }
    font
}

fn line() -> ChartLine {
    let mut line = ChartLine::new();
    line.set_color(LINE).set_width(0.75);
    line
}

/// Dark to light, then hatched, so that neighbours differ in grey.
fn fill(verdict: Verdict) -> ChartFormat {
    let mut format = ChartFormat::new();
    let pattern = |pattern, color| {
        let mut fill = ChartPatternFill::new();
        fill.set_pattern(pattern).set_foreground_color(color).set_background_color(Color::White);
        fill
    };
    match verdict {
        Verdict::Achieved => format.set_solid_fill(ChartSolidFill::new().set_color(DARK)),
        Verdict::OnTrack => format.set_solid_fill(ChartSolidFill::new().set_color(LIGHT)),
        Verdict::SlightlyBehind => {
            format.set_pattern_fill(&pattern(ChartPatternFillType::DiagonalStripesLightUpwards, WARM))
        }
        Verdict::Behind => {
            format.set_pattern_fill(&pattern(ChartPatternFillType::DiagonalStripesWideDownwards, RED))
        }
        Verdict::Undecided => format.set_solid_fill(ChartSolidFill::new().set_color(PALE)),
    };
    format.set_border(&line());
    format
}

/// The figures on a part: white on dark.
fn figures(verdict: Verdict) -> ChartFont {
    let mut font = font(9.0, true);
    font.set_color(if verdict == Verdict::Achieved { Color::White } else { Color::Black });
    font
}

/// White behind figures on a pattern.
fn ground(verdict: Verdict) -> ChartFormat {
    let mut format = ChartFormat::new();
    match verdict {
        Verdict::SlightlyBehind | Verdict::Behind => {
            format.set_solid_fill(ChartSolidFill::new().set_color(Color::White));
        }
        Verdict::Achieved | Verdict::OnTrack | Verdict::Undecided => {
            format.set_no_fill();
        }
    }
    format
}

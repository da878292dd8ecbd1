//! The board: panels below one another on columns that they share, printed on one page.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::chart;
use super::content::{self, Pen};
use super::grid::{self, capacity};
use super::heading::{column, short};
use super::look::{self, Edges, Part};
use super::page::Page;
use super::panel::{self, Stand};
use super::spot::Spot;
use super::strip::Strip;
use super::text::clean;
use crate::model::book::{Board, BookChart, Panel, Tile};
use crate::model::report::Align;

/// Height of a chart in pixels: its title and legend, each bar, at least so much.
const CHART_REST: u32 = 70;
const CHART_BAR: u32 = 24;
const LEAST_CHART: u32 = 190;

/// Writes the board into an empty worksheet of that name. `book` is the book's title.
pub(super) fn write(
    board: &Board,
    name: &str,
    book: &str,
    pen: &mut Pen<'_, '_>,
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    for (col, width) in board.columns.iter().enumerate() {
        to.set_column_width(column(col)?, grid::excel_width(*width))?;
    }
    let total: u32 = board.columns.iter().sum();
    let last_col = column(board.columns.len().saturating_sub(1))?;
    let strip = Strip { room: capacity(total), last_col };
    strip.title(0, &board.title, to)?;
    let mut row = 1;
    for line in &board.lines {
        strip.line(row, line, to)?;
        row += 1;
    }
    let mut stands: Vec<Stand> = Vec::new();
    for panel in &board.panels {
        to.set_row_height(row, look::GAP_POINTS)?;
        row += 1;
        let mut stand = Stand::default();
        row = match panel {
            Panel::Tiles(tiles) => write_tiles(tiles, row, pen, to)?,
            Panel::Table(table) => panel::write(&board.columns, table, row, &mut stand, pen, to)?,
            Panel::Charts(charts) => insert_charts(charts, &board.columns, (name, &stands), row, to)?,
        };
        stands.push(stand);
    }
    to.set_screen_gridlines(false);
    to.set_print_area(0, 0, row.saturating_sub(1), last_col)?;
    let width = board.columns.iter().map(|width| grid::pixels(*width)).sum();
    let page = Page { book, sheet: &board.title, landscape: true, width, repeated: 0, single: true };
    page.set(to);
    Ok(())
}

/// Charts beside one another; returns the row below.
fn insert_charts(
    charts: &[BookChart],
    columns: &[u32],
    (sheet, stands): (&str, &[Stand]),
    row: u32,
    to: &mut Worksheet,
) -> Result<u32, XlsxError> {
    let (mut col, mut tallest) = (0, 0);
    for drawn in charts {
        let width = columns.iter().skip(col).take(drawn.span).map(|width| grid::pixels(*width)).sum();
        let height = (CHART_REST + CHART_BAR * short(drawn.rows)).max(LEAST_CHART);
        if let Some(stand) = stands.get(drawn.panel) {
            chart::insert(drawn, (sheet, stand), (row, column(col)?), (width, height), to)?;
        }
        col += drawn.span;
        tallest = tallest.max(height);
    }
    Ok(row + tallest.div_ceil(look::DEFAULT_ROW_PIXELS) + 1)
}

/// Labels above key figures; returns the row below.
fn write_tiles(
    tiles: &[Tile],
    row: u32,
    pen: &mut Pen<'_, '_>,
    to: &mut Worksheet,
) -> Result<u32, XlsxError> {
    let mut col = 0;
    for tile in tiles {
        let (first, last) = (column(col)?, column(col + tile.span.max(1) - 1)?);
        let label = clean(&tile.label);
        if first == last {
            to.write_string_with_format(row, first, label, &look::tile_label())?;
        } else {
            to.merge_range(row, first, row, last, &label, &look::tile_label())?;
            to.merge_range(row + 1, first, row + 1, last, "", &look::head())?;
        }
        let spot = Spot {
            row: row + 1,
            col: first,
            align: Align::Center,
            edges: Edges { above: true, below: true },
            repeated: false,
            part: Part::Tile,
            input: None,
            top: row + 1,
            columns: &[],
        };
        content::write_alone(&tile.cell, &spot, pen, to)?;
        col += tile.span.max(1);
    }
    to.set_row_height(row, look::height(1))?;
    to.set_row_height(row + 1, look::scaled_height(1, look::TITLE_SCALE))?;
    Ok(row + 2)
}

//! One sheet: title, the way back, lines, table, and how it scrolls, filters and prints.
//!
//! A body cell that spans rows is not merged: filtering and sorting need a value in every row. Its text is repeated,
//! in grey and without a rule above it, so that the eye still sees one cell.

use rust_xlsxwriter::{Formula, IgnoreError, Url, Worksheet, XlsxError};

use super::content::{self, Pen};
use super::dress::Stretches;
use super::entry;
use super::grid::{self, Slot, capacity};
use super::heading::{self, column, short};
use super::list;
use super::look::{self, Edges, Part};
use super::page::Page;
use super::place;
use super::shade;
use super::spot::Spot;
use super::strip::Strip;
use super::text::words;
use crate::model::book::BookSheet;
use crate::model::entry::Entry;
use crate::model::report::{Align, Row};

/// Frozen rows and columns beyond this would leave no room to scroll on a small screen.
const MOST_FROZEN_POINTS: f64 = 330.0;
const MOST_FROZEN_WIDTH: u32 = 50;
/// Where the count of rows stands in its row: beside the way back.
const COUNT_COLUMN: usize = 2;

/// Writes a sheet into an empty worksheet that has its name. `book` is the book's title.
pub(super) fn write(
    sheet: &BookSheet,
    book: &str,
    pen: &mut Pen<'_, '_>,
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    let grid = grid::expand(&sheet.table);
    let columns = grid::columns(&sheet.table, &grid);
    for (index, (width, _)) in columns.iter().enumerate() {
        to.set_column_width(column(index)?, grid::excel_width(*width))?;
    }
    let frozen = frozen_columns(sheet.frozen_cols, &columns);
    let page = page(sheet, book, frozen, &columns);
    let repeated = if page.repeats() { frozen } else { 0 };
    let mut frozen_points = 0.0;
    // What stands above the table keeps to the columns that every page has: no page cuts it.
    let above = if repeated > 0 { columns.get(..repeated).unwrap_or(&columns) } else { &columns };
    let head_row = write_intro(sheet, above, &mut frozen_points, pen, to)?;
    let capacities: Vec<usize> = columns.iter().map(|(width, _)| capacity(*width)).collect();
    heading::write(&sheet.table.head, head_row, &capacities, true, to)?;
    frozen_points += look::height(1) * f64::from(short(sheet.table.head.len() + 1));
    let body_row = head_row + short(sheet.table.head.len());
    let entry = sheet.entry.as_ref();
    write_body(&grid, &columns, body_row, entry, pen, to)?;
    if let Some(entry) = entry {
        entry::write(sheet, entry, head_row, grid.len(), to)?;
    }
    let end_row = body_row + short(grid.len());
    let last_col = column(columns.len().saturating_sub(1))?;
    if !columns.is_empty() {
        finish_table(sheet, head_row, end_row, last_col, to)?;
        let frozen_row = if frozen_points <= MOST_FROZEN_POINTS { body_row } else { 0 };
        to.set_freeze_panes(frozen_row, column(frozen)?)?;
    }
    to.set_print_area(0, 0, end_row.saturating_sub(1), last_col)?;
    page.set(to);
    if repeated > 0 {
        to.set_repeat_columns(0, column(repeated - 1)?)?;
    }
    Ok(())
}

/// How the sheet prints, before anything is written.
fn page<'a>(sheet: &'a BookSheet, book: &'a str, frozen: usize, columns: &[(u32, Align)]) -> Page<'a> {
    let hidden = |col: usize| sheet.entry.as_ref().is_some_and(|entry| entry.hides(col));
    let pixels = |until: usize| {
        let seen = columns.iter().take(until).enumerate().filter(|(col, _)| !hidden(*col));
        seen.map(|(_, (width, _))| grid::pixels(*width)).sum()
    };
    Page {
        book,
        sheet: &sheet.title,
        landscape: sheet.landscape,
        width: pixels(columns.len()),
        repeated: pixels(frozen),
        single: false,
    }
}

/// The rows above the table; returns the row where it starts.
fn write_intro(
    sheet: &BookSheet,
    columns: &[(u32, Align)],
    points: &mut f64,
    pen: &mut Pen<'_, '_>,
    to: &mut Worksheet,
) -> Result<u32, XlsxError> {
    let total: u32 = columns.iter().map(|(width, _)| width).sum();
    let room = capacity(total.max(grid::USUAL_WIDTH));
    let strip = Strip { room, last_col: column(columns.len().saturating_sub(1))? };
    *points += strip.title(0, &sheet.title, to)?;
    let mut row = 1;
    if place::has_bar(sheet, pen.places.board().is_some()) {
        write_bar(sheet, columns.len(), row, pen, to)?;
        *points += look::height(1);
        row += 1;
    }
    for line in &sheet.lines {
        *points += strip.line(row, line, to)?;
        row += 1;
    }
    to.set_row_height(row, look::GAP_POINTS)?;
    *points += look::GAP_POINTS;
    Ok(row + 1)
}

/// The way back to the board, and how many rows the filter shows.
fn write_bar(
    sheet: &BookSheet,
    columns: usize,
    row: u32,
    pen: &mut Pen<'_, '_>,
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    if let Some(board) = pen.places.board() {
        let url = Url::new(format!("internal:{}!A1", place::quoted(board)));
        to.write_url_with_format(row, 0, &url, &look::base())?;
        to.write_string_with_format(row, 0, format!("← {board}へ"), &look::way())?;
        pen.used += 1;
    }
    let heading = sheet.counted.and_then(|col| sheet.table.head.first()?.get(col));
    if let Some(heading) = heading.filter(|_| list::is_list(sheet)) {
        let formula = format!("\"表示中 \"&SUBTOTAL(103,{}[{}])&\" 件\"", sheet.known_as, heading.text);
        let formula = Formula::new(formula).set_result(format!("表示中 {} 件", sheet.table.rows.len()));
        let col = column(COUNT_COLUMN.min(columns.saturating_sub(1)))?;
        to.write_formula_with_format(row, col, formula, &look::base())?;
    }
    to.set_row_height(row, look::height(1))?;
    Ok(())
}

fn write_body(
    grid: &[Vec<Slot<'_>>],
    columns: &[(u32, Align)],
    top: u32,
    entry: Option<&Entry>,
    pen: &mut Pen<'_, '_>,
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    let own = (0..columns.len()).map(column).collect::<Result<Vec<u16>, _>>()?;
    let mut stretches = Stretches::new(columns.len());
    for (index, slots) in grid.iter().enumerate() {
        let row = top + short(index);
        let room = entry.map_or(0, |entry| entry.room);
        let mut tallest = usize::try_from(room).unwrap_or_default().max(1);
        for (col, (slot, (width, align))) in slots.iter().zip(columns).enumerate() {
            let words = words(slot.cell);
            tallest = tallest.max(slot.lines(&words, capacity(*width)));
            let goes_on =
                grid.get(index + 1).and_then(|next| next.get(col)).is_some_and(|next| next.repeated);
            let edges = Edges { above: !slot.repeated, below: !goes_on };
            let input = entry.and_then(|entry| entry.input(index, col));
            let part = match (entry, input) {
                (None, _) => Part::Read,
                (Some(_), None) => Part::Fixed,
                (Some(_), Some(_)) => Part::Open,
            };
            let (col, repeated) = (column(col)?, slot.repeated);
            let spot = Spot { row, col, align: *align, edges, repeated, part, input, top, columns: &own };
            let dress = content::write((slot.cell, words), &spot, pen, to)?;
            stretches.put((row, col), dress, pen.wardrobe, to)?;
        }
        to.set_row_height(row, look::height(tallest))?;
    }
    stretches.end(pen.wardrobe, to)
}

/// Filter, repeated header, shades and quiet checks over the table; `end_row` is the first row below it.
fn finish_table(
    sheet: &BookSheet,
    head_row: u32,
    end_row: u32,
    last_col: u16,
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    if sheet.table.head.is_empty() {
        return Ok(());
    }
    let body_row = head_row + short(sheet.table.head.len());
    if list::is_list(sheet) {
        list::write(sheet, head_row, sheet.table.rows.len(), to)?;
    } else {
        to.autofilter(body_row - 1, 0, end_row.saturating_sub(1).max(body_row - 1), last_col)?;
    }
    to.set_repeat_rows(head_row, body_row - 1)?;
    if end_row > body_row {
        ignore_checks(sheet, (body_row, end_row - 1), last_col, to)?;
        for shade in &sheet.shades {
            shade::write(shade, (body_row, end_row - 1), column(shade.column)?, to)?;
        }
    }
    Ok(())
}

/// No green corners: texts such as 「１」 are meant as texts, and a formula follows its own row's rule, not its
/// neighbour's. Excel takes one such leave for a cell.
fn ignore_checks(
    sheet: &BookSheet,
    (first, last): (u32, u32),
    last_col: u16,
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    let computes = |col: u16| {
        let live = |row: &Row| row.cells.get(usize::from(col))?.live.as_ref()?.formula.as_ref().map(drop);
        sheet.table.rows.iter().any(|row| live(row).is_some())
    };
    let columns: Vec<(u16, bool)> = (0..=last_col).map(|col| (col, computes(col))).collect();
    for run in columns.chunk_by(|a, b| a.1 == b.1) {
        if let [(left, computes), ..] = run
            && let [.., (right, _)] = run
        {
            let leave = if *computes { IgnoreError::FormulaDiffers } else { IgnoreError::NumberStoredAsText };
            to.ignore_error_range(first, *left, last, *right, leave)?;
        }
    }
    Ok(())
}

/// How many of the wanted frozen columns leave room to scroll.
fn frozen_columns(wanted: u32, columns: &[(u32, Align)]) -> usize {
    let mut total = 0;
    let fitting = columns.iter().take(usize::try_from(wanted).unwrap_or(0)).take_while(|(width, _)| {
        total += width;
        total <= MOST_FROZEN_WIDTH
    });
    fitting.count()
}

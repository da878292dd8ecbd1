//! One sheet: title, lines, table, and how it scrolls, filters and prints.
//!
//! A body cell that spans rows is not merged: filtering and sorting need a value in every row. Its text is repeated,
//! in grey and without a rule above it, so that the eye still sees one cell.

use rust_xlsxwriter::{IgnoreError, Url, Worksheet, XlsxError};

use super::content::{self, Spot};
use super::entry;
use super::heading::{self, column, short};
use super::link::{Links, MAX_LINKS};
use super::look::{self, Edges, Part};
use super::number::Formats;
use super::text::{clean, cut, lines};
use crate::model::entry::Entry;
use crate::model::report::{Align, BookSheet, Cell, Row, Table};

/// A column of no stated width, in full-width characters.
const USUAL_WIDTH: u32 = 10;
/// The narrowest column: a filter button and a character.
const LEAST_WIDTH: u32 = 3;
/// The widest column, in full-width characters: Excel allows 255 half-width ones.
const MOST_WIDTH: u32 = 120;
/// Half-width characters of a column that no text takes: the cell's padding and indent.
const PADDING: f64 = 3.2;
/// Frozen rows and columns beyond this would leave no room to scroll on a small screen.
const MOST_FROZEN_POINTS: f64 = 330.0;
const MOST_FROZEN_WIDTH: u32 = 50;
/// Lines of a repeated cell that count for the height of its row; its first row shows all.
const REPEATED_LINES: usize = 2;
/// A4 in Excel's list of papers.
const A4: u8 = 9;
/// Excel's limit for a footer, with room for the page numbers.
const MAX_FOOTER: usize = 200;

/// Writes a sheet into an empty worksheet that has its name.
pub(super) fn write(
    sheet: &BookSheet,
    links: &Links<'_>,
    formats: &mut Formats,
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    let grid = expand(&sheet.table);
    let columns = columns(&sheet.table, &grid);
    for (index, (width, _)) in columns.iter().enumerate() {
        to.set_column_width(column(index)?, f64::from(*width) * 2.0 + PADDING)?;
    }
    let mut frozen_points = 0.0;
    let head_row = write_intro(sheet, &columns, &mut frozen_points, to)?;
    let capacities: Vec<usize> = columns.iter().map(|(width, _)| capacity(*width)).collect();
    heading::write(&sheet.table.head, head_row, &capacities, to)?;
    frozen_points += look::height(1) * f64::from(short(sheet.table.head.len() + 1));
    let body_row = head_row + short(sheet.table.head.len());
    let entry = sheet.entry.as_ref();
    write_body(&grid, &columns, body_row, &mut Writing { links, formats, entry, used: 0 }, to)?;
    if let Some(entry) = entry {
        entry::write(sheet, entry, head_row, grid.len(), to)?;
    }
    let end_row = body_row + short(grid.len());
    let last_col = column(columns.len().saturating_sub(1))?;
    if !columns.is_empty() {
        finish_table(sheet, head_row, body_row, end_row, last_col, to)?;
        let frozen_row = if frozen_points <= MOST_FROZEN_POINTS { body_row } else { 0 };
        to.set_freeze_panes(frozen_row, frozen_columns(sheet.frozen_cols, &columns)?)?;
    }
    to.set_print_area(0, 0, end_row.saturating_sub(1), last_col)?;
    set_page(sheet, to);
    Ok(())
}

/// Title and lines across the table's width, wrapped; returns the row where the table starts.
fn write_intro(
    sheet: &BookSheet,
    columns: &[(u32, Align)],
    points: &mut f64,
    to: &mut Worksheet,
) -> Result<u32, XlsxError> {
    let total: u32 = columns.iter().map(|(width, _)| width).sum();
    let room = capacity(total.max(USUAL_WIDTH));
    let last_col = column(columns.len().saturating_sub(1))?;
    let mut row = 0;
    let title = (clean(&sheet.title), look::title(), look::TITLE_SCALE);
    let intro = sheet.lines.iter().map(|line| (clean(line), look::line(), 1.0));
    for (text, format, scale) in std::iter::once(title).chain(intro) {
        let height = look::scaled_height(lines(&text, scaled(room, scale)), scale);
        if last_col > 0 {
            to.merge_range(row, 0, row, last_col, &text, &format)?;
        } else {
            to.write_string_with_format(row, 0, text, &format)?;
        }
        to.set_row_height(row, height)?;
        *points += height;
        row += 1;
    }
    to.set_row_height(row, look::GAP_POINTS)?;
    *points += look::GAP_POINTS;
    Ok(row + 1)
}

/// What writing the body needs and changes.
struct Writing<'a> {
    links: &'a Links<'a>,
    formats: &'a mut Formats,
    entry: Option<&'a Entry>,
    used: usize,
}

impl Writing<'_> {
    /// The cell's link, as long as the sheet may have one more.
    fn link(&mut self, cell: &Cell) -> Option<Url> {
        let url = self.links.to(cell.link.as_ref()?).filter(|_| self.used < MAX_LINKS)?;
        self.used += 1;
        Some(url)
    }
}

fn write_body(
    grid: &[Vec<Slot<'_>>],
    columns: &[(u32, Align)],
    top: u32,
    writing: &mut Writing<'_>,
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    for (index, slots) in grid.iter().enumerate() {
        let row = top + short(index);
        let room = writing.entry.map_or(0, |entry| entry.room);
        let mut tallest = usize::try_from(room).unwrap_or_default().max(1);
        for (col, (slot, (width, align))) in slots.iter().zip(columns).enumerate() {
            tallest = tallest.max(slot.lines(capacity(*width)));
            let goes_on =
                grid.get(index + 1).and_then(|next| next.get(col)).is_some_and(|next| next.repeated);
            let edges = Edges { above: !slot.repeated, below: !goes_on };
            let input = writing.entry.and_then(|entry| entry.input(index, col));
            let part = match (writing.entry, input) {
                (None, _) => Part::Read,
                (Some(_), None) => Part::Fixed,
                (Some(_), Some(_)) => Part::Open,
            };
            let (col, repeated) = (column(col)?, slot.repeated);
            let spot = Spot { row, col, align: *align, edges, repeated, part, input };
            let link = writing.link(slot.cell);
            content::write(slot.cell, &spot, link.as_ref(), writing.formats, to)?;
        }
        to.set_row_height(row, look::height(tallest))?;
    }
    Ok(())
}

/// Filter, repeated header and quiet checks over the table; `end_row` is the first row below it.
fn finish_table(
    sheet: &BookSheet,
    head_row: u32,
    body_row: u32,
    end_row: u32,
    last_col: u16,
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    if sheet.table.head.is_empty() {
        return Ok(());
    }
    to.autofilter(body_row - 1, 0, end_row.saturating_sub(1).max(body_row - 1), last_col)?;
    to.set_repeat_rows(head_row, body_row - 1)?;
    if end_row > body_row {
        // Texts such as 「１」 are meant as texts: no green corners.
        to.ignore_error_range(body_row, 0, end_row - 1, last_col, IgnoreError::NumberStoredAsText)?;
    }
    Ok(())
}

fn set_page(sheet: &BookSheet, to: &mut Worksheet) {
    to.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    if sheet.landscape {
        to.set_landscape();
    }
    to.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.35);
    let name = cut(clean(&sheet.title).replace('\n', " ").replace('&', "&&"), MAX_FOOTER, "…");
    to.set_footer(format!(
        "&L&9{}{name}&R&9 &P / &N",
        if name.starts_with(|c: char| c.is_ascii_digit()) { " " } else { "" }
    ));
}

/// A cell in its row, or its repetition in a further row that it spans.
struct Slot<'a> {
    cell: &'a Cell,
    repeated: bool,
}

impl Slot<'_> {
    /// Lines that count for the height of its row; numbers and days stand on one.
    fn lines(&self, capacity: usize) -> usize {
        match self.cell.value {
            Some(_) => 1,
            None if self.repeated => lines(&clean(&self.cell.plain_text()), capacity).min(REPEATED_LINES),
            None => lines(&clean(&self.cell.plain_text()), capacity),
        }
    }
}

/// The body with a cell for each row and column.
fn expand(table: &Table) -> Vec<Vec<Slot<'_>>> {
    let mut open: Vec<(u32, Option<&Cell>)> = vec![(0, None); table.columns.len()];
    table.rows.iter().map(|row| expand_row(row, &mut open)).collect()
}

/// `open` tells for each column how many further rows a cell above still spans.
fn expand_row<'a>(row: &'a Row, open: &mut Vec<(u32, Option<&'a Cell>)>) -> Vec<Slot<'a>> {
    let mut cells = row.cells.iter();
    let mut slots = Vec::new();
    for (left, above) in open.iter_mut() {
        if let (1.., Some(cell)) = (*left, *above) {
            *left -= 1;
            slots.push(Slot { cell, repeated: true });
        } else if let Some(cell) = cells.next() {
            (*left, *above) = (cell.rows.max(1) - 1, Some(cell));
            slots.push(Slot { cell, repeated: false });
        }
    }
    // More cells than columns: nothing is dropped, the table grows.
    for cell in cells {
        open.push((cell.rows.max(1) - 1, Some(cell)));
        slots.push(Slot { cell, repeated: false });
    }
    slots
}

/// Width in full-width characters and alignment of each column that the table has anywhere.
fn columns(table: &Table, grid: &[Vec<Slot<'_>>]) -> Vec<(u32, Align)> {
    let widest = grid.iter().map(Vec::len).max().unwrap_or(0);
    let count = table.columns.len().max(widest).max(heading::width(&table.head));
    let stated =
        table.columns.iter().map(|column| (column.width.clamp(LEAST_WIDTH, MOST_WIDTH), column.align));
    let mut columns: Vec<_> =
        stated.chain(std::iter::repeat((USUAL_WIDTH, Align::Left))).take(count).collect();
    for slots in grid {
        for (slot, (width, _)) in slots.iter().zip(&mut columns) {
            let needed = u32::try_from(content::least_width(slot.cell).div_ceil(2)).unwrap_or(MOST_WIDTH);
            *width = needed.clamp(*width, MOST_WIDTH);
        }
    }
    columns
}

/// How many half-width characters a column surely holds: printers set text a little wider than screens do.
fn capacity(width: u32) -> usize {
    let half = usize::try_from(width).unwrap_or(0) * 2;
    half - half / 25
}

/// Room in characters that are `scale` times as wide.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "small counts"
)]
fn scaled(room: usize, scale: f64) -> usize {
    (room as f64 / scale) as usize
}

/// The wanted frozen columns, as far as they leave room to scroll.
fn frozen_columns(wanted: u32, columns: &[(u32, Align)]) -> Result<u16, XlsxError> {
    let mut total = 0;
    let fitting = columns.iter().take(usize::try_from(wanted).unwrap_or(0)).take_while(|(width, _)| {
        total += width;
        total <= MOST_FROZEN_WIDTH
    });
    column(fitting.count())
}

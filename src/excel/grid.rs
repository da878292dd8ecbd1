//! The body of a table with a cell for each row and column, and how wide the columns are.

use super::figure;
use super::heading;
use super::text::lines;
use crate::model::report::{Align, Cell, Row, Table};

/// A column of no stated width, in full-width characters.
pub(super) const USUAL_WIDTH: u32 = 10;
/// The narrowest column: a filter button and a character.
const LEAST_WIDTH: u32 = 3;
/// The widest column, in full-width characters: Excel allows 255 half-width ones.
const MOST_WIDTH: u32 = 120;
/// Half-width characters of a column that no text takes: the cell's padding and indent.
const PADDING: f64 = 3.2;
/// Lines of a repeated cell that count for the height of its row; its first row shows all.
const REPEATED_LINES: usize = 2;

/// The width of a column of so many full-width characters, as Excel counts it.
pub(super) fn excel_width(width: u32) -> f64 {
    f64::from(width) * 2.0 + PADDING
}

/// The pixels of such a column at 96 dpi.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 255 characters")]
pub(super) fn pixels(width: u32) -> u32 {
    (excel_width(width) * 7.0 + 5.0) as u32
}

/// A cell in its row, or its repetition in a further row that it spans.
pub(super) struct Slot<'a> {
    /// The cell.
    pub(super) cell: &'a Cell,
    /// It stands in a further row.
    pub(super) repeated: bool,
}

impl Slot<'_> {
    /// Lines of its words that count for the height of its row; numbers and days stand on one.
    pub(super) fn lines(&self, words: &str, capacity: usize) -> usize {
        match self.cell.value {
            Some(_) => 1,
            None if self.repeated => lines(words, capacity).min(REPEATED_LINES),
            None => lines(words, capacity),
        }
    }
}

/// The body with a cell for each row and column.
pub(super) fn expand(table: &Table) -> Vec<Vec<Slot<'_>>> {
    let mut open: Vec<(u32, Option<&Cell>)> = vec![(0, None); table.columns.len()];
    table.rows.iter().map(|row| expand_row(row, &mut open)).collect()
}

/// `open` tells for each column how many further rows a cell above still spans.
fn expand_row<'a>(row: &'a Row, open: &mut Vec<(u32, Option<&'a Cell>)>) -> Vec<Slot<'a>> {
    let mut cells = row.cells.iter();
    let mut slots = Vec::with_capacity(open.len());
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
pub(super) fn columns(table: &Table, grid: &[Vec<Slot<'_>>]) -> Vec<(u32, Align)> {
    let widest = grid.iter().map(Vec::len).max().unwrap_or(0);
    let count = table.columns.len().max(widest).max(heading::width(&table.head));
    let stated =
        table.columns.iter().map(|column| (column.width.clamp(LEAST_WIDTH, MOST_WIDTH), column.align));
    let mut columns: Vec<_> =
        stated.chain(std::iter::repeat((USUAL_WIDTH, Align::Left))).take(count).collect();
    for slots in grid {
        for (slot, (width, _)) in slots.iter().zip(&mut columns) {
            let needed = u32::try_from(figure::least_width(slot.cell).div_ceil(2)).unwrap_or(MOST_WIDTH);
            *width = needed.clamp(*width, MOST_WIDTH);
        }
    }
    columns
}

/// How many half-width characters a column surely holds: printers set text a little wider than screens do.
pub(super) fn capacity(width: u32) -> usize {
    let half = usize::try_from(width).unwrap_or(0) * 2;
    half - half / 25
}

/// The same of columns that are merged: the padding between them holds characters too.
pub(super) fn room(widths: impl Iterator<Item = u32>) -> usize {
    let (count, total) = widths.fold((0_usize, 0), |(count, total), width| (count + 1, total + width));
    capacity(total) + count.saturating_sub(1) * 3
}

/// Room in characters that are `scale` times as wide.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "small counts"
)]
pub(super) fn scaled(room: usize, scale: f64) -> usize {
    (room as f64 / scale) as usize
}

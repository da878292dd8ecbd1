//! A table on a board: its columns cover one or several of the board's, whose cells are merged.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::content::{self, Pen};
use super::grid::{self, Slot, capacity};
use super::heading::{self, column, short};
use super::look::{self, Edges, Part};
use super::shade;
use super::spot::Spot;
use super::strip::Strip;
use super::text::words;
use crate::model::book::BoardTable;
use crate::model::report::Align;

/// Where a table of the board stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Stand {
    /// The first row of its body.
    pub(super) top: u32,
    /// The first column of the sheet that each of its own covers.
    pub(super) columns: Vec<u16>,
}

/// Heading, header rows and body; returns the row below. `widths` are those of the board's columns.
pub(super) fn write(
    widths: &[u32],
    panel: &BoardTable,
    row: u32,
    stand: &mut Stand,
    pen: &mut Pen<'_, '_>,
    to: &mut Worksheet,
) -> Result<u32, XlsxError> {
    let starts: Vec<usize> =
        panel.spans.iter().scan(0, |col, span| Some(std::mem::replace(col, *col + span))).collect();
    let mut head_row = row;
    if !panel.title.is_empty() {
        let end: usize = panel.spans.iter().sum();
        let room = grid::room(widths.iter().take(end).copied());
        Strip { room, last_col: column(end.saturating_sub(1))? }.heading(row, &panel.title, to)?;
        head_row += 1;
    }
    let head = heading::spread(&panel.table.head, &panel.spans);
    let capacities: Vec<usize> = widths.iter().map(|width| capacity(*width)).collect();
    heading::write(&head, head_row, &capacities, false, to)?;
    stand.top = head_row + short(head.len());
    stand.columns = starts.iter().map(|col| column(*col)).collect::<Result<_, _>>()?;
    let rooms = starts.iter().zip(&panel.spans);
    let rooms: Vec<usize> =
        rooms.map(|(start, span)| grid::room(widths.iter().skip(*start).take(*span).copied())).collect();
    let grid = grid::expand(&panel.table);
    for (row, slots) in (stand.top..).zip(&grid) {
        let lines = slots.iter().zip(&rooms).map(|(slot, room)| slot.lines(&words(slot.cell), *room));
        to.set_row_height(row, look::height(lines.max().unwrap_or(1)))?;
        write_row(panel, row, slots, stand, pen, to)?;
    }
    let below = stand.top + short(grid.len());
    for shade in panel.shades.iter().filter(|_| below > stand.top) {
        let col = stand.columns.get(shade.column).copied().unwrap_or_default();
        shade::write(shade, (stand.top, below - 1), col, to)?;
    }
    Ok(below)
}

fn write_row(
    panel: &BoardTable,
    row: u32,
    slots: &[Slot<'_>],
    stand: &Stand,
    pen: &mut Pen<'_, '_>,
    to: &mut Worksheet,
) -> Result<(), XlsxError> {
    let places = stand.columns.iter().zip(&panel.spans).zip(&panel.table.columns);
    for (slot, ((first, span), set)) in slots.iter().zip(places) {
        let (align, edges) = (set.align, Edges { above: true, below: true });
        if *span > 1 {
            let format = look::body(look::Type::default(), Align::Left, edges);
            to.merge_range(row, *first, row, first + column(span - 1)?, "", &format)?;
        }
        let spot = Spot {
            row,
            col: *first,
            align,
            edges,
            repeated: slot.repeated,
            part: Part::Read,
            input: None,
            top: stand.top,
            columns: &stand.columns,
        };
        content::write_alone(slot.cell, &spot, pen, to)?;
    }
    Ok(())
}

//! A sheet through calamine, with what calamine leaves out → a grid.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use calamine::Xlsb;

use super::record::{Fields, Record, Records};
use crate::model::limits::Limit;
use crate::model::place::CellRef;
use crate::model::sheet::{Grid, Merge};
use crate::read::cell::{Gathered, Maker, Rich, Stored};
use crate::read::error::ReadError;
use crate::read::look::Look;
use crate::read::meter::Meter;
use crate::read::value::{self, MAX_COLS, MAX_ROWS, check};

/// The workbook in calamine's hands.
pub type Book = Xlsb<Cursor<Vec<u8>>>;

/// What all sheets of a workbook share.
pub struct Context<'a> {
    /// Shared strings with fonts of their own, where anything is struck out.
    pub strings: &'a BTreeMap<usize, Arc<Rich>>,
    /// Looks by style.
    pub looks: &'a [Look],
    /// Makes cells.
    pub maker: Maker<'a>,
}

/// What calamine leaves out of a cell.
struct Mark {
    at: CellRef,
    style: usize,
    formula: bool,
    /// An error, which calamine leaves out where it is a formula's result.
    error: Option<Stored>,
    /// A text with fonts of its own.
    rich: Option<Arc<Rich>>,
}

#[derive(Default)]
struct Parts {
    row: u32,
    gathered: Gathered,
    /// In the order of the file.
    marks: Vec<Mark>,
}

/// Reads the sheet of a name, whose part is `bytes`.
pub fn read(book: &mut Book, name: &str, bytes: &[u8], context: &mut Context) -> Result<Grid, ReadError> {
    let Parts { mut gathered, marks, .. } = Parts::of(bytes, context.strings, context.maker.meter)?;
    let mut reader = book.worksheet_cells_reader(name).map_err(ReadError::broken)?;
    let default_look = Look::default();
    for mark in marks {
        let is_error = mark.formula && mark.error.is_some();
        let told = if is_error { None } else { reader.next_cell().map_err(ReadError::broken)? };
        check(mark.at)?;
        // Both go through the same records.
        if told.as_ref().is_some_and(|cell| cell.get_position() != (mark.at.row, mark.at.col)) {
            return Err(ReadError::broken("cells out of step"));
        }
        let told = || value::stored(told?.get_value());
        let stored = mark.rich.map(|rich| Stored::Text(Rich::clone(&rich))).or(mark.error).or_else(told);
        let look = context.looks.get(mark.style).unwrap_or(&default_look);
        let Some(stored) = stored else { continue };
        let cell = context.maker.cell(stored, look, mark.formula)?;
        gathered.cells.extend(cell.map(|cell| (mark.at, cell)));
    }
    Ok(gathered.into_grid())
}

impl Parts {
    fn of(bytes: &[u8], strings: &BTreeMap<usize, Arc<Rich>>, meter: &Meter) -> Result<Self, ReadError> {
        let mut parts = Self::default();
        let mut in_data = false;
        for record in Records::new(bytes) {
            match record.kind {
                145 => in_data = true,
                146 => in_data = false,
                0 if in_data => _ = parts.row(record.data),
                2..=11 if in_data => {
                    meter.add(Limit::Cells, 1)?;
                    parts.marks.extend(mark(record, parts.row, strings));
                }
                60 => _ = parts.columns(record.data),
                176 => {
                    meter.add(Limit::Merges, 1)?;
                    parts.gathered.merges.extend(merge(record.data));
                }
                _ => {}
            }
        }
        Ok(parts)
    }

    fn row(&mut self, data: &[u8]) -> Option<()> {
        let mut fields = Fields::new(data);
        self.row = fields.u32()?;
        fields.u32()?;
        let height = fields.u16()?;
        fields.u8()?;
        let hidden = fields.u8()? & 0x10 != 0;
        if (hidden || height == 0) && self.gathered.hidden_rows.len() < MAX_ROWS as usize {
            self.gathered.hidden_rows.push(self.row);
        }
        Some(())
    }

    fn columns(&mut self, data: &[u8]) -> Option<()> {
        let mut fields = Fields::new(data);
        let (first, last, width) = (fields.u32()?, fields.u32()?, fields.u32()?);
        fields.u32()?;
        let hidden = fields.u16()? & 1 != 0;
        if (hidden || width == 0) && self.gathered.hidden_cols.len() < 0x10000 {
            self.gathered.hidden_cols.extend(first..=last.min(MAX_COLS - 1));
        }
        Some(())
    }
}

fn mark(record: Record, row: u32, strings: &BTreeMap<usize, Arc<Rich>>) -> Option<Mark> {
    let mut fields = Fields::new(record.data);
    let at = CellRef::new(row, fields.u32()?);
    let style = usize::try_from(fields.u32()? & 0x00FF_FFFF).ok()?;
    let (mut error, mut rich) = (None, None);
    match record.kind {
        7 => rich = strings.get(&usize::try_from(fields.u32()?).ok()?).cloned(),
        11 => error = Some(Stored::Error(error_name(fields.u8()?).to_owned())),
        _ => {}
    }
    Some(Mark { at, style, formula: record.kind >= 8, error, rich })
}

fn merge(data: &[u8]) -> Option<Merge> {
    let mut fields = Fields::new(data);
    let (top, bottom, left, right) = (fields.u32()?, fields.u32()?, fields.u32()?, fields.u32()?);
    let merge = Merge { start: CellRef::new(top, left), end: CellRef::new(bottom, right) };
    let sound = top <= bottom && left <= right && bottom < MAX_ROWS && right < MAX_COLS;
    (sound && merge.start != merge.end).then_some(merge)
}

/// The name of an error value.
fn error_name(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        _ => "#ERROR!",
    }
}

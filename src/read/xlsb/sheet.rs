//! A sheet through calamine, with what calamine leaves out → a grid.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::Xlsb;

use super::record::{Fields, Record, Records};
use crate::model::place::CellRef;
use crate::model::sheet::{Grid, Merge};
use crate::read::cell::{Gathered, Maker, Rich, Stored};
use crate::read::error::ReadError;
use crate::read::look::Look;
use crate::read::value::{self, MAX_COLS, MAX_ROWS, check};

/// The workbook in calamine's hands.
pub type Book = Xlsb<Cursor<Vec<u8>>>;

/// What all sheets of a workbook share.
pub struct Context<'a> {
    /// Shared strings with fonts of their own, where anything is struck out.
    pub strings: &'a BTreeMap<usize, Rich>,
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
    /// What calamine leaves out whole: formulas that result in an error, and fonts inside a text.
    stored: Option<Stored>,
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
    let Parts { mut gathered, marks, .. } = Parts::of(bytes, context.strings);
    context.maker.count(gathered.merges.len())?;
    let mut reader = book.worksheet_cells_reader(name).map_err(ReadError::broken)?;
    let default_look = Look::default();
    for mark in marks {
        let is_error = mark.formula && matches!(mark.stored, Some(Stored::Error(_)));
        let told = if is_error { None } else { reader.next_cell().map_err(ReadError::broken)? };
        check(mark.at)?;
        // Both go through the same records.
        if told.as_ref().is_some_and(|cell| cell.get_position() != (mark.at.row, mark.at.col)) {
            return Err(ReadError::broken("cells out of step"));
        }
        let stored = mark.stored.or_else(|| value::stored(told?.get_value()));
        let look = context.looks.get(mark.style).unwrap_or(&default_look);
        let cell = stored.and_then(|stored| context.maker.cell(stored, look, mark.formula));
        if let Some(cell) = cell {
            context.maker.count(1)?;
            gathered.cells.push((mark.at, cell));
        }
    }
    Ok(gathered.into_grid())
}

impl Parts {
    fn of(bytes: &[u8], strings: &BTreeMap<usize, Rich>) -> Self {
        let mut parts = Self::default();
        let mut in_data = false;
        for record in Records::new(bytes) {
            match record.kind {
                145 => in_data = true,
                146 => in_data = false,
                0 if in_data => _ = parts.row(record.data),
                2..=11 if in_data => parts.marks.extend(mark(record, parts.row, strings)),
                60 => _ = parts.columns(record.data),
                176 => parts.gathered.merges.extend(merge(record.data)),
                _ => {}
            }
        }
        parts
    }

    fn row(&mut self, data: &[u8]) -> Option<()> {
        let mut fields = Fields::new(data);
        self.row = fields.u32()?;
        fields.u32()?;
        let height = fields.u16()?;
        fields.u8()?;
        let hidden = fields.u8()? & 0x10 != 0;
        if hidden || height == 0 {
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

fn mark(record: Record, row: u32, strings: &BTreeMap<usize, Rich>) -> Option<Mark> {
    let mut fields = Fields::new(record.data);
    let at = CellRef::new(row, fields.u32()?);
    let style = usize::try_from(fields.u32()? & 0x00FF_FFFF).ok()?;
    let stored = match record.kind {
        7 => strings.get(&usize::try_from(fields.u32()?).ok()?).cloned().map(Stored::Text),
        11 => Some(Stored::Error(error_name(fields.u8()?).to_owned())),
        _ => None,
    };
    Some(Mark { at, style, formula: record.kind >= 8, stored })
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

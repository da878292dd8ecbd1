//! A worksheet part of an xlsb → a grid.

use super::record::{Fields, Record, Records};
use crate::model::place::CellRef;
use crate::model::sheet::{Grid, Merge};
use crate::read::cell::{Gathered, Maker, Rich, Stored};
use crate::read::error::ReadError;
use crate::read::look::Look;
use crate::read::xls::error_name;

/// Rows and columns that Excel has.
const MAX_ROWS: u32 = 1 << 20;
/// See [`MAX_ROWS`].
const MAX_COLS: u32 = 1 << 14;

/// What all sheets of a workbook share.
pub struct Context<'a> {
    /// Shared strings.
    pub strings: &'a [Rich],
    /// Looks by style.
    pub looks: &'a [Look],
    /// Makes cells.
    pub maker: Maker<'a>,
}

#[derive(Default)]
struct Parts {
    row: u32,
    gathered: Gathered,
}

/// Reads a worksheet part.
pub fn read(bytes: &[u8], context: &mut Context) -> Result<Grid, ReadError> {
    let mut parts = Parts::default();
    let mut in_data = false;
    for record in Records::new(bytes) {
        match record.kind {
            145 => in_data = true,
            146 => in_data = false,
            0 if in_data => _ = parts.row(record.data),
            2..=11 if in_data => {
                if let Some((at, style, stored)) = cell(record, parts.row, context.strings) {
                    parts.push(at, style, stored, record.kind >= 8, context)?;
                }
            }
            60 => _ = parts.columns(record.data),
            176 => {
                context.maker.count(1)?;
                parts.gathered.merges.extend(merge(record.data));
            }
            _ => {}
        }
    }
    Ok(parts.gathered.into_grid())
}

impl Parts {
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

    fn push(
        &mut self,
        at: CellRef,
        style: usize,
        stored: Stored,
        formula: bool,
        context: &mut Context,
    ) -> Result<(), ReadError> {
        if at.row >= MAX_ROWS || at.col >= MAX_COLS {
            return Err(ReadError::broken("cell outside the sheet"));
        }
        let fallback = Look::default();
        let look = context.looks.get(style).unwrap_or(&fallback);
        if let Some(cell) = context.maker.cell(stored, look, formula) {
            context.maker.count(1)?;
            self.gathered.cells.push((at, cell));
        }
        Ok(())
    }
}

/// A cell's address, style and content.
fn cell(record: Record, row: u32, strings: &[Rich]) -> Option<(CellRef, usize, Stored)> {
    let mut fields = Fields::new(record.data);
    let at = CellRef::new(row, fields.u32()?);
    let style = usize::try_from(fields.u32()? & 0x00FF_FFFF).ok()?;
    let stored = match record.kind {
        2 => Stored::Number(fields.rk()?),
        3 | 11 => Stored::Error(error_name(fields.u8()?).to_owned()),
        4 | 10 => Stored::Bool(fields.u8()? != 0),
        5 | 9 => Stored::Number(fields.f64()?),
        6 | 8 => Stored::Text(Rich::plain(fields.text()?)),
        _ => Stored::Text(strings.get(usize::try_from(fields.u32()?).ok()?)?.clone()),
    };
    Some((at, style, stored))
}

fn merge(data: &[u8]) -> Option<Merge> {
    let mut fields = Fields::new(data);
    let (top, bottom, left, right) = (fields.u32()?, fields.u32()?, fields.u32()?, fields.u32()?);
    let merge = Merge { start: CellRef::new(top, left), end: CellRef::new(bottom, right) };
    let sound = top <= bottom && left <= right && bottom < MAX_ROWS && right < MAX_COLS;
    (sound && merge.start != merge.end).then_some(merge)
}

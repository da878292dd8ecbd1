//! A sheet's substream of an xls → a grid.

use std::collections::BTreeMap;

use super::globals::Globals;
use super::record::{Record, Records, error_name, f64_at, rk, u16_at};
use super::text::{Parts, string_at};
use crate::model::place::CellRef;
use crate::model::sheet::{Grid, Merge};
use crate::read::cell::{Gathered, Maker, Rich, Stored};
use crate::read::error::ReadError;
use crate::read::look::Look;

/// The columns that an xls has.
const MAX_COLS: u16 = 256;

struct Reader<'a, 'b> {
    globals: &'a Globals,
    maker: &'a mut Maker<'b>,
    gathered: Gathered,
    /// A formula whose text result comes in a record of its own.
    waiting: Option<(CellRef, u16)>,
    /// The drawing object whose text comes next.
    object: Option<u16>,
    texts: BTreeMap<u16, String>,
    notes: Vec<(CellRef, u16)>,
}

/// Reads the substream at a position.
pub fn read(stream: &[u8], position: usize, globals: &Globals, maker: &mut Maker) -> Result<Grid, ReadError> {
    let mut reader = Reader {
        globals,
        maker,
        gathered: Gathered::default(),
        waiting: None,
        object: None,
        texts: BTreeMap::new(),
        notes: Vec::new(),
    };
    let mut records = Records::from(stream, position);
    // Charts drawn on the sheet have substreams of their own inside; their cells are not the sheet's.
    let mut depth = 0_usize;
    while let Some(record) = records.next() {
        match record.kind {
            0x0809 => depth += 1,
            0x000A if depth <= 1 => break,
            0x000A => depth -= 1,
            _ if depth == 1 => reader.take(record, &mut records)?,
            _ => {}
        }
    }
    Ok(reader.finish())
}

impl Reader<'_, '_> {
    fn take(&mut self, record: Record, records: &mut Records) -> Result<(), ReadError> {
        let data = record.data;
        match record.kind {
            0x0203 => self.number(data, f64_at(data, 6))?,
            0x027E => self.number(data, rk(data, 6))?,
            0x00BD => self.many_numbers(data)?,
            0x00FD => {
                let index = super::record::u32_at(data, 6).and_then(|n| usize::try_from(n).ok());
                if let Some(text) = index.and_then(|index| self.globals.strings.get(index)) {
                    let rich = text.rich(|font| self.globals.is_struck(font));
                    self.put(data, Stored::Text(rich), false)?;
                }
            }
            0x0204 | 0x00D6 => {
                if let Some(units) = string_at(data, 6, records.continues()) {
                    self.put(data, Stored::Text(Rich::plain(String::from_utf16_lossy(&units))), false)?;
                }
            }
            0x0205 => {
                if let (Some(value), Some(kind)) = (data.get(6), data.get(7)) {
                    self.put(data, flagged(*value, *kind == 1), false)?;
                }
            }
            0x0006 => self.formula(data)?,
            0x0207 => {
                if let (Some((at, style)), Some(units)) =
                    (self.waiting.take(), string_at(data, 0, records.continues()))
                {
                    let text = Stored::Text(Rich::plain(String::from_utf16_lossy(&units)));
                    self.push(at, style, text, true)?;
                }
            }
            0x0208 => self.row(data),
            0x007D => self.columns(data),
            0x00E5 => self.merged(data)?,
            0x005D => self.object = u16_at(data, 6),
            0x01B6 => self.object_text(data, &records.continues()),
            0x001C => {
                if let (Some(at), Some(object)) = (address(data), u16_at(data, 6)) {
                    self.notes.push((at, object));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn number(&mut self, data: &[u8], number: Option<f64>) -> Result<(), ReadError> {
        match number {
            Some(number) => self.put(data, Stored::Number(number), false),
            None => Ok(()),
        }
    }

    fn many_numbers(&mut self, data: &[u8]) -> Result<(), ReadError> {
        let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else { return Ok(()) };
        let items = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
        for (item, col) in items.as_chunks::<6>().0.iter().zip(first..MAX_COLS) {
            if let (Some(style), Some(number)) = (u16_at(item, 0), rk(item, 2)) {
                let at = CellRef::new(u32::from(row), u32::from(col));
                self.push(at, style, Stored::Number(number), false)?;
            }
        }
        Ok(())
    }

    /// The cached result: a number, or a kind and a value marked by 0xFFFF.
    fn formula(&mut self, data: &[u8]) -> Result<(), ReadError> {
        self.waiting = None;
        let (Some(at), Some(style)) = (address(data), u16_at(data, 4)) else { return Ok(()) };
        if u16_at(data, 12) != Some(0xFFFF) {
            return match f64_at(data, 6) {
                Some(number) => self.push(at, style, Stored::Number(number), true),
                None => Ok(()),
            };
        }
        match (data.get(6), data.get(8)) {
            (Some(0), _) => self.waiting = Some((at, style)),
            (Some(kind @ (1 | 2)), Some(value)) => self.push(at, style, flagged(*value, *kind == 2), true)?,
            _ => {}
        }
        Ok(())
    }

    fn put(&mut self, data: &[u8], stored: Stored, formula: bool) -> Result<(), ReadError> {
        match (address(data), u16_at(data, 4)) {
            (Some(at), Some(style)) => self.push(at, style, stored, formula),
            _ => Ok(()),
        }
    }

    fn push(&mut self, at: CellRef, style: u16, stored: Stored, formula: bool) -> Result<(), ReadError> {
        let fallback = Look::default();
        let look = self.globals.looks.get(usize::from(style)).unwrap_or(&fallback);
        if let Some(cell) = self.maker.cell(stored, look, formula) {
            self.maker.count(1)?;
            self.gathered.cells.push((at, cell));
        }
        Ok(())
    }

    fn row(&mut self, data: &[u8]) {
        let flat = u16_at(data, 6).is_some_and(|height| matches!(height, 0 | 0x8000));
        let hidden = data.get(12).is_some_and(|flags| flags & 0x20 != 0);
        if let (Some(row), true) = (u16_at(data, 0), hidden || flat) {
            self.gathered.hidden_rows.push(u32::from(row));
        }
    }

    fn columns(&mut self, data: &[u8]) {
        let (Some(first), Some(last)) = (u16_at(data, 0), u16_at(data, 2)) else { return };
        let flat = u16_at(data, 4) == Some(0);
        let hidden = data.get(8).is_some_and(|flags| flags & 1 != 0);
        if (hidden || flat) && self.gathered.hidden_cols.len() < 0x10000 {
            self.gathered.hidden_cols.extend((first..=last.min(MAX_COLS - 1)).map(u32::from));
        }
    }

    fn merged(&mut self, data: &[u8]) -> Result<(), ReadError> {
        for range in data.get(2..).unwrap_or_default().as_chunks::<8>().0 {
            let at = |offset| u16_at(range, offset).map_or(0, u32::from);
            let merge = Merge { start: CellRef::new(at(0), at(4)), end: CellRef::new(at(2), at(6)) };
            if merge.start != merge.end
                && merge.start.row <= merge.end.row
                && merge.start.col <= merge.end.col
            {
                self.maker.count(1)?;
                self.gathered.merges.push(merge);
            }
        }
        Ok(())
    }

    /// The text of the drawing object before it; a comment is such an object.
    fn object_text(&mut self, data: &[u8], more: &[&[u8]]) {
        let (Some(object), Some(count)) = (self.object.take(), u16_at(data, 10)) else { return };
        let Some((first, rest)) = more.split_first() else { return };
        if let Some(units) = Parts::new(first, rest.to_vec()).flagged(usize::from(count)) {
            self.texts.insert(object, String::from_utf16_lossy(&units));
        }
    }

    fn finish(self) -> Grid {
        let mut grid = self.gathered.into_grid();
        for (at, object) in self.notes {
            if let (Some(cell), Some(text)) = (grid.get_mut(at), self.texts.get(&object)) {
                cell.comment = Some(text.clone());
            }
        }
        grid
    }
}

/// The address at the start of a cell's record.
fn address(data: &[u8]) -> Option<CellRef> {
    Some(CellRef::new(u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?)))
}

/// A boolean or an error.
fn flagged(value: u8, error: bool) -> Stored {
    if error { Stored::Error(error_name(value).to_owned()) } else { Stored::Bool(value != 0) }
}

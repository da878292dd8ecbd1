//! What calamine leaves out of a sheet of an xls: styles, struck-out runs, hidden rows and columns, comments.

use std::collections::BTreeMap;

use super::globals::Globals;
use super::record::{Record, Records, u16_at, u32_at};
use super::text::{Parts, string_at};
use crate::model::limits::Limit;
use crate::model::place::CellRef;
use crate::model::sheet::Grid;
use crate::read::cell::Rich;
use crate::read::error::ReadError;
use crate::read::meter::Meter;

/// The rows that an xls has.
const MAX_ROWS: usize = 65_536;
/// The columns that an xls has.
const MAX_COLS: u16 = 256;
/// The cells that a sheet of an xls has; calamine reserves memory for as many as the sheet says it uses.
const MAX_AREA: u64 = 65_536 * 256;

/// What calamine leaves out of a sheet.
#[derive(Debug, Default)]
pub struct Marks {
    /// The style of each cell that holds something, and whether that is a formula, in the order of the cells.
    styles: Vec<(CellRef, (u16, bool))>,
    /// Texts with fonts of their own, and those too long for calamine.
    pub rich: BTreeMap<CellRef, Rich>,
    /// Hidden rows in any order.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns in any order.
    pub hidden_cols: Vec<u32>,
    /// The formula whose text result comes in a record of its own.
    formula: Option<CellRef>,
    /// The drawing object whose text comes next.
    object: Option<u16>,
    texts: BTreeMap<u16, String>,
    notes: Vec<(CellRef, u16)>,
    /// Characters of the shared strings that its cells show: calamine copies them for each.
    pub chars: u64,
}

/// Reads the substream at a position.
pub fn read(stream: &[u8], position: usize, globals: &Globals, meter: &Meter) -> Result<Marks, ReadError> {
    let mut marks = Marks::default();
    let mut records = Records::from(stream, position);
    // Charts drawn on the sheet have substreams of their own inside; their cells are not the sheet's.
    let mut depth = 0_usize;
    while let Some(record) = records.next() {
        match record.kind {
            0x0809 => depth += 1,
            0x000A if depth <= 1 => break,
            0x000A => depth -= 1,
            0x0200 if depth == 1 => check_dimensions(record.data)?,
            // MERGECELLS
            0x00E5 if depth == 1 => meter.add(Limit::Merges, u16_at(record.data, 0).map_or(0, u64::from))?,
            _ if depth == 1 => {
                let before = marks.styles.len() + marks.notes.len();
                marks.take(record, &mut records, globals);
                meter.add(Limit::Cells, (marks.styles.len() + marks.notes.len() - before) as u64)?;
                meter.check(Limit::Texts, marks.chars)?;
            }
            _ => {}
        }
    }
    // Of two records for one cell the later one counts, as in calamine.
    marks.styles.reverse();
    marks.styles.sort_by_key(|(at, _)| *at);
    marks.styles.dedup_by_key(|(at, _)| *at);
    Ok(marks)
}

impl Marks {
    /// The style of a cell, and whether it holds a formula: of shared ones calamine tells nothing.
    pub fn style(&self, at: CellRef) -> Option<(usize, bool)> {
        let index = self.styles.binary_search_by_key(&at, |(at, _)| *at).ok()?;
        self.styles.get(index).map(|(_, (style, formula))| (usize::from(*style), *formula))
    }

    /// The cells in the rectangle around all that hold something: calamine holds that many.
    pub fn area(&self) -> u64 {
        let (Some((first, _)), Some((last, _))) = (self.styles.first(), self.styles.last()) else { return 0 };
        let cols = || self.styles.iter().map(|(at, _)| at.col);
        let (left, right) = (cols().min().unwrap_or(0), cols().max().unwrap_or(0));
        u64::from(last.row - first.row + 1) * u64::from(right - left + 1)
    }

    /// Pins the comments to their cells.
    pub fn pin_comments(&self, grid: &mut Grid) {
        for (at, object) in &self.notes {
            if let (Some(cell), Some(text)) = (grid.get_mut(*at), self.texts.get(object)) {
                cell.comment = Some(text.as_str().into());
            }
        }
    }

    fn take(&mut self, record: Record, records: &mut Records, globals: &Globals) {
        let data = record.data;
        match record.kind {
            0x00FD => {
                self.cell(data, false);
                let index = u32_at(data, 6).and_then(|index| usize::try_from(index).ok());
                let text = index.and_then(|index| globals.strings.get(index));
                self.chars += text.map_or(0, |text| text.chars() as u64);
                let text = text.filter(|_| globals.any_struck());
                let rich = text.map(|text| text.rich(|font| globals.is_struck(font)));
                self.keep(address(data), rich.filter(Rich::has_fonts));
            }
            0x0203 | 0x0205 | 0x027E => self.cell(data, false),
            0x0204 | 0x00D6 => {
                self.cell(data, false);
                self.long_text(address(data), data, 6, records, globals);
            }
            0x0006 => {
                self.cell(data, true);
                self.formula = address(data);
            }
            0x0207 => self.long_text(self.formula, data, 0, records, globals),
            0x00BD => self.many_cells(data),
            0x0208 => self.row(data),
            0x007D => self.columns(data),
            0x005D => self.object = u16_at(data, 6),
            0x01B6 => self.object_text(data, &records.continues()),
            0x001C => {
                if let (Some(at), Some(object)) = (address(data), u16_at(data, 6)) {
                    self.notes.push((at, object));
                }
            }
            _ => {}
        }
    }

    fn cell(&mut self, data: &[u8], formula: bool) {
        if let (Some(at), Some(style)) = (address(data), u16_at(data, 4)) {
            self.styles.push((at, (style, formula)));
        }
    }

    fn many_cells(&mut self, data: &[u8]) {
        let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else { return };
        let items = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
        for (item, col) in items.as_chunks::<6>().0.iter().zip(first..) {
            let at = CellRef::new(u32::from(row), u32::from(col));
            self.styles.extend(u16_at(item, 0).map(|style| (at, (style, false))));
        }
    }

    /// A text that runs on in more records, of which calamine reads the first.
    fn long_text(
        &mut self,
        at: Option<CellRef>,
        data: &[u8],
        from: usize,
        records: &mut Records,
        globals: &Globals,
    ) {
        let more = records.continues();
        if globals.biff8 && !more.is_empty() {
            let units = string_at(data, from, more);
            self.keep(at, units.map(|units| Rich::plain(String::from_utf16_lossy(&units))));
        }
    }

    fn keep(&mut self, at: Option<CellRef>, rich: Option<Rich>) {
        if let (Some(at), Some(rich)) = (at, rich) {
            self.rich.insert(at, rich);
        }
    }

    fn row(&mut self, data: &[u8]) {
        let flat = u16_at(data, 6).is_some_and(|height| matches!(height, 0 | 0x8000));
        let hidden = data.get(12).is_some_and(|flags| flags & 0x20 != 0);
        let room = self.hidden_rows.len() < MAX_ROWS;
        if let (Some(row), true) = (u16_at(data, 0), room && (hidden || flat)) {
            self.hidden_rows.push(u32::from(row));
        }
    }

    fn columns(&mut self, data: &[u8]) {
        let (Some(first), Some(last)) = (u16_at(data, 0), u16_at(data, 2)) else { return };
        let flat = u16_at(data, 4) == Some(0);
        let hidden = data.get(8).is_some_and(|flags| flags & 1 != 0);
        if (hidden || flat) && self.hidden_cols.len() < 0x10000 {
            self.hidden_cols.extend((first..=last.min(MAX_COLS - 1)).map(u32::from));
        }
    }

    /// The text of the drawing object before it; a comment is such an object.
    fn object_text(&mut self, data: &[u8], more: &[&[u8]]) {
        let (Some(object), Some(count)) = (self.object.take(), u16_at(data, 10)) else { return };
        let Some((first, rest)) = more.split_first() else { return };
        if let Some(units) = Parts::new(first, rest.to_vec()).flagged(usize::from(count)) {
            self.texts.insert(object, String::from_utf16_lossy(&units));
        }
    }
}

/// What a sheet says it uses must be a rectangle inside it.
fn check_dimensions(data: &[u8]) -> Result<(), ReadError> {
    let wide = data.len() > 10;
    let row = |place: usize| {
        if wide { u32_at(data, place * 4) } else { u16_at(data, place * 2).map(u32::from) }.map(u64::from)
    };
    let col = |place: usize| u16_at(data, if wide { 8 } else { 4 } + place * 2).map(u64::from);
    let (Some(top), Some(bottom), Some(left), Some(right)) = (row(0), row(1), col(0), col(1)) else {
        return Ok(());
    };
    if bottom == 0 || right == 0 {
        return Ok(());
    }
    // Calamine takes a first column that cannot be for none.
    let left = if left > 0xFF || right < left { 0 } else { left };
    let rows = bottom.checked_sub(top).ok_or_else(|| ReadError::broken("rows upside down"))?;
    if rows.saturating_mul(right - left) > MAX_AREA {
        return Err(ReadError::broken("more cells than a sheet has"));
    }
    Ok(())
}

/// The address at the start of a cell's record.
fn address(data: &[u8]) -> Option<CellRef> {
    Some(CellRef::new(u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?)))
}

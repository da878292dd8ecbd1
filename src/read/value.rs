//! What calamine tells of a workbook → what we make cells, merged ranges and sheets of.

use std::collections::BTreeSet;
use std::sync::Arc;

use calamine::{CellErrorType, DataType, Dimensions, SheetVisible};

use super::cell::Stored;
use super::error::ReadError;
use super::properties::{duration, parse_moment};
use crate::model::place::CellRef;
use crate::model::sheet::Merge;

/// Rows that a sheet can have; Excel's own bound.
pub const MAX_ROWS: u32 = 1 << 20;
/// Columns that a sheet can have; Excel's own bound.
pub const MAX_COLS: u32 = 1 << 14;

/// What a cell stores; `None` where that is nothing.
#[allow(
    clippy::cast_precision_loss,
    reason = "Excel's integers come from 30 bits; ours are exact far beyond"
)]
pub fn stored(value: &impl DataType) -> Option<Stored> {
    if let Some(number) = value.get_float() {
        return Some(Stored::Number(number));
    }
    if let Some(text) = value.get_string() {
        return Some(Stored::Plain(lines(text)));
    }
    if let Some(serial) = value.get_datetime() {
        return Some(Stored::Number(serial.as_f64()));
    }
    if let Some(number) = value.get_int() {
        return Some(Stored::Number(number as f64));
    }
    if let Some(value) = value.get_bool() {
        return Some(Stored::Bool(value));
    }
    if let Some(error) = value.get_error() {
        return Some(Stored::Error(error_text(error)));
    }
    if let Some(text) = value.get_datetime_iso() {
        return Some(parse_moment(text).map_or_else(|| Stored::Plain(text.into()), Stored::Moment));
    }
    let text = value.get_duration_iso()?;
    Some(duration(text).map_or_else(|| Stored::Plain(text.into()), Stored::Number))
}

/// A text with the line ends that people type.
pub fn lines(text: &str) -> Arc<str> {
    if text.contains("\r\n") { text.replace("\r\n", "\n").into() } else { text.into() }
}

fn error_text(error: &CellErrorType) -> String {
    match error {
        CellErrorType::GettingData => "#GETTING_DATA".to_owned(),
        other => other.to_string(),
    }
}

/// Merged ranges.
pub fn merges(areas: &[Dimensions]) -> impl Iterator<Item = Merge> {
    let corner = |(row, col)| CellRef::new(row, col);
    areas.iter().filter_map(move |area| merge(corner(area.start), corner(area.end)))
}

/// A merged range; one that is one cell, upside down or outside the sheet is none.
pub fn merge(start: CellRef, end: CellRef) -> Option<Merge> {
    let ordered = start.row <= end.row && start.col <= end.col;
    let is_range = ordered && start != end && end.row < MAX_ROWS && end.col < MAX_COLS;
    is_range.then_some(Merge { start, end })
}

/// Whether a sheet is hidden, by hand or by a program.
pub fn is_hidden(sheet: &calamine::Sheet) -> bool {
    sheet.visible != SheetVisible::Visible
}

/// Sheets are asked for by their names, so that two of one name would both be the first.
pub fn check_names(sheets: &[calamine::Sheet]) -> Result<(), ReadError> {
    let names: BTreeSet<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    if sheets.is_empty() {
        return Err(ReadError::broken("a workbook without sheets"));
    }
    if names.len() == sheets.len() { Ok(()) } else { Err(ReadError::broken("two sheets of one name")) }
}

/// A cell outside the sheet is an error.
pub fn check(at: CellRef) -> Result<(), ReadError> {
    if at.row < MAX_ROWS && at.col < MAX_COLS {
        Ok(())
    } else {
        Err(ReadError::broken("cell outside the sheet"))
    }
}

//! How a profile points at cells and texts: `N`, `N+1`, `B3`, a header's words, and `*` in texts.

use std::fmt;

use crate::model::place::{CellRef, column_letters};
use crate::normalise::text::key;

/// The last column of a sheet (XFD), zero-based.
pub const LAST_COLUMN: u32 = 16_383;
/// The last row of a sheet, zero-based.
pub const LAST_ROW: u32 = 1_048_575;

/// A text to compare with, spaces and width aside; `*` stands for any characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    parts: Vec<String>,
}

impl Pattern {
    /// Of a text as typed.
    pub fn new(text: &str) -> Self {
        let parts = text.replace('＊', "*").split('*').map(key).collect();
        Self { text: text.to_owned(), parts }
    }

    /// Whether a text is what is meant.
    pub fn fits(&self, text: &str) -> bool {
        let text = key(text);
        let [first, middle @ .., last] = self.parts.as_slice() else {
            return self.parts.first().is_some_and(|only| *only == text);
        };
        let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
        for part in middle {
            let Some(at) = rest.find(part.as_str()) else { return false };
            rest = rest.get(at + part.len()..).unwrap_or_default();
        }
        rest.ends_with(last.as_str())
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A column, by letters or by the words of its header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// Zero-based.
    At(u32),
    /// The one column whose header says this.
    Headed(Pattern),
}

/// Where something of a record stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// In a column, so many rows below the record's first one.
    Row(Column, u32),
    /// In the same cell for all records.
    Cell(CellRef),
}

impl Spot {
    /// Reads `N`, `N+1`, `B3`, `指標名`, `「KGI」+1`; `None` for a column beyond XFD or no text.
    pub fn read(text: &str) -> Option<Self> {
        let (column, down) = match text.rsplit_once('+') {
            Some((column, down)) if !down.is_empty() && down.bytes().all(|b| b.is_ascii_digit()) => {
                (column.trim(), down.parse().ok().filter(|down| *down < 1000)?)
            }
            _ => (text.trim(), 0),
        };
        if let Some(words) = column.strip_prefix('「').and_then(|rest| rest.strip_suffix('」')) {
            return Some(Self::Row(Column::Headed(Pattern::new(words)), down));
        }
        if is_letters(column) {
            return Some(Self::Row(Column::At(column_number(column)?), down));
        }
        let letters = column.trim_end_matches(|c: char| c.is_ascii_digit());
        if is_letters(letters) {
            let cell: CellRef = column.parse().ok()?;
            return (down == 0 && cell.col <= LAST_COLUMN && cell.row <= LAST_ROW)
                .then_some(Self::Cell(cell));
        }
        (!column.is_empty()).then(|| Self::Row(Column::Headed(Pattern::new(column)), down))
    }

    /// Whether it needs the header row to be found.
    pub fn needs_header(&self) -> bool {
        matches!(self, Self::Row(Column::Headed(_), _))
    }
}

fn is_letters(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphabetic())
}

/// The zero-based number of a column's letters; `None` for other texts and beyond XFD.
pub fn column_number(text: &str) -> Option<u32> {
    let text = text.trim();
    let number =
        |text: &str| text.bytes().fold(0, |n, b| n * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    is_letters(text).then(|| number(text) - 1).filter(|col| *col <= LAST_COLUMN)
}

/// `AF` or, for several columns, `AF:AX`.
pub fn column_range(start: u32, end: u32) -> String {
    if start == end {
        return column_letters(start);
    }
    format!("{}:{}", column_letters(start), column_letters(end))
}

//! Where something stands: workbook › sheet › cell.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A cell's address, zero-based; shown as `C14`. Ordered row by row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// Zero-based row.
    pub row: u32,
    /// Zero-based column.
    pub col: u32,
}

impl CellRef {
    /// The cell at a zero-based row and column.
    pub const fn new(row: u32, col: u32) -> Self {
        Self { row, col }
    }
}

/// The letters of a zero-based column: 0 → `A`, 27 → `AB`.
pub fn column_letters(col: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = col + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.col), self.row + 1)
    }
}

/// The text is no cell address such as `C14`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("「{0}」はセル番地ではありません")]
pub struct CellRefError(String);

impl FromStr for CellRef {
    type Err = CellRefError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || CellRefError(text.to_owned());
        let plain: String = text.chars().filter(|c| *c != '$').collect();
        let digits = plain.find(|c: char| c.is_ascii_digit()).ok_or_else(bad)?;
        let (letters, number) = plain.split_at(digits);
        if letters.is_empty() || letters.len() > 3 || !letters.chars().all(|c| c.is_ascii_alphabetic()) {
            return Err(bad());
        }
        let col = letters.bytes().fold(0, |sum, b| sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
        let row: u32 = number.parse().map_err(|_| bad())?;
        if row == 0 { Err(bad()) } else { Ok(Self::new(row - 1, col - 1)) }
    }
}

impl Serialize for CellRef {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CellRef {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A cell of a sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Path relative to the input folder, with `/`, in NFC.
    pub workbook: Arc<str>,
    /// The sheet's name as it stands.
    pub sheet: Arc<str>,
    /// The cell; of a merged range the top left one.
    pub cell: CellRef,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} › {} › {}", self.workbook, self.sheet, self.cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_round_trip() {
        for (text, row, col) in
            [("A1", 0, 0), ("Z9", 8, 25), ("AA10", 9, 26), ("XFD1048576", 1_048_575, 16_383)]
        {
            let cell: CellRef = text.parse().expect(text);
            assert_eq!((cell.row, cell.col), (row, col));
            assert_eq!(cell.to_string(), text);
        }
        for bad in ["", "A", "1", "A0", "ABCD1", "あ1"] {
            assert!(bad.parse::<CellRef>().is_err(), "{bad}");
        }
    }
}

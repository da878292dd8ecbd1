//! Where sheets and the bodies of their tables stand, before anything is written: what links, sparklines and formulas
//! of other sheets need.

use std::collections::BTreeMap;

use super::heading::{column, short};
use crate::model::book::{Book, BookSheet, Formula, Jump, Stretch, Term};
use crate::model::place::{CellRef, column_letters};
use rust_xlsxwriter::XlsxError;

/// A sheet as it is written.
#[derive(Debug, Clone)]
struct Sheet {
    name: String,
    /// The first row of its table's body.
    body: u32,
}

/// All sheets of a book by the names that the book gives them.
#[derive(Debug, Default)]
pub(super) struct Places {
    sheets: BTreeMap<String, Sheet>,
    board: Option<String>,
}

impl Places {
    /// The places of a book whose sheets have got these names, the board's first.
    pub(super) fn of(book: &Book, names: &[String]) -> Self {
        let board = book.board.iter().map(|board| (board.name.as_str(), 0));
        let lists =
            book.sheets.iter().map(|sheet| (sheet.name.as_str(), body_row(sheet, book.board.is_some())));
        let mut sheets = BTreeMap::new();
        for ((wanted, body), name) in board.chain(lists).zip(names) {
            // Of two sheets of one name the first is meant.
            sheets.entry(wanted.to_owned()).or_insert(Sheet { name: name.clone(), body });
        }
        let board = book.board.as_ref().and(names.first()).cloned();
        Self { sheets, board }
    }

    /// The board's name, where the book has one.
    pub(super) fn board(&self) -> Option<&str> {
        self.board.as_deref()
    }

    /// `'指標'!A12`; `None` where there is no such sheet.
    pub(super) fn jump(&self, jump: &Jump) -> Option<String> {
        let sheet = self.sheets.get(&jump.sheet)?;
        let row = jump.row.map_or(0, |row| sheet.body + short(row));
        Some(format!("{}!{}", quoted(&sheet.name), CellRef::new(row, 0)))
    }

    /// The sheet's name, row and columns of a stretch; `None` where there is no such sheet.
    pub(super) fn stretch(&self, stretch: &Stretch) -> Result<Option<(&str, u32, u16, u16)>, XlsxError> {
        let Some(sheet) = self.sheets.get(&stretch.sheet) else { return Ok(None) };
        let row = sheet.body + short(stretch.row);
        Ok(Some((&sheet.name, row, column(stretch.first)?, column(stretch.last)?)))
    }
}

/// How many rows stand above a sheet's table: title, the way back with the count, lines, gap.
pub(super) fn head_row(sheet: &BookSheet, board: bool) -> u32 {
    2 + u32::from(has_bar(sheet, board)) + short(sheet.lines.len())
}

/// Whether a sheet has a row with the way back or the count.
pub(super) fn has_bar(sheet: &BookSheet, board: bool) -> bool {
    board || sheet.counted.is_some()
}

fn body_row(sheet: &BookSheet, board: bool) -> u32 {
    head_row(sheet, board) + short(sheet.table.head.len())
}

/// A sheet's name as formulas and links write it.
pub(super) fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

/// A formula in a body cell: its row, the first row of the body, and the sheet's column of each of the table's.
pub(super) fn formula(formula: &Formula, row: u32, top: u32, columns: &[u16]) -> String {
    let letters = |col: &usize| column_letters(columns.get(*col).copied().unwrap_or_default().into());
    let term = |term: &Term| match term {
        Term::Text(text) => text.clone(),
        Term::Here(col) => format!("{}{}", letters(col), row + 1),
        Term::Above(col) => format!("{0}{1}:{0}{2}", letters(col), top + 1, row),
    };
    formula.0.iter().map(term).collect()
}

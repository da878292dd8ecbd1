//! A workbook as it was read: grids of cells with what a person sees in them.

use std::sync::Arc;

use chrono::NaiveDateTime;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::merges::MergeIndex;
use super::place::CellRef;

/// A workbook's file format, told by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Office Open XML, with or without macros.
    Xlsx,
    /// Excel 97–2003.
    Xls,
    /// Excel binary.
    Xlsb,
    /// `OpenDocument`.
    Ods,
}

impl Format {
    /// The extension that files of this format carry, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Xlsb => "xlsb",
            Self::Ods => "ods",
        }
    }
}

/// A cell's value, exact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// A number, rounded to 15 significant digits as Excel shows them.
    Number(Decimal),
    /// A text as typed.
    Text(Arc<str>),
    /// TRUE or FALSE.
    Bool(bool),
    /// A number under a date format: the serial and the moment it means.
    Date(Decimal, NaiveDateTime),
    /// `#REF!`, `#DIV/0!` …
    Error(Arc<str>),
    /// A formula without a cached value; the formula's text.
    Uncalculated(Arc<str>),
}

/// What the colours of a cell do to its text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Ink {
    /// Black or nearly so, or the file format does not tell.
    #[default]
    Plain,
    /// Another colour: red, green and blue.
    Coloured(u32),
    /// The colour of the ground below it: nobody sees it.
    Invisible,
}

/// A cell that holds something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The exact value.
    pub value: Value,
    /// The text that a person sees.
    pub text: Arc<str>,
    /// The number format's code; empty for General or where the file format does not tell.
    pub format: Arc<str>,
    /// The whole text is struck out (取消線).
    pub struck: bool,
    /// The colour of its text.
    pub ink: Ink,
    /// The cell holds a formula.
    pub formula: bool,
    /// The formula refers to another workbook.
    pub external: bool,
    /// The comment pinned to it (コメント・メモ).
    pub comment: Option<Box<str>>,
}

/// A merged range; both corners belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merge {
    /// Top left cell, which carries the content.
    pub start: CellRef,
    /// Bottom right cell.
    pub end: CellRef,
}

impl Merge {
    /// Whether a cell lies in it.
    pub fn contains(&self, at: CellRef) -> bool {
        (self.start.row..=self.end.row).contains(&at.row) && (self.start.col..=self.end.col).contains(&at.col)
    }
}

/// The cells of a sheet, sparse: formatted empty cells cost nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    cells: Vec<(CellRef, Cell)>,
    merges: Vec<Merge>,
    merge_index: MergeIndex,
    /// Hidden rows (zero-based), sorted.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns (zero-based), sorted.
    pub hidden_cols: Vec<u32>,
    /// Comments pinned to cells that hold nothing, by their cell.
    pub loose_comments: Vec<(CellRef, String)>,
}

impl Grid {
    /// A grid of non-empty cells, in any order.
    pub fn new(mut cells: Vec<(CellRef, Cell)>, mut merges: Vec<Merge>) -> Self {
        // Files list their cells in order, and sorting takes room.
        if !cells.is_sorted_by(|(before, _), (at, _)| before < at) {
            cells.sort_by_key(|(at, _)| *at);
            cells.dedup_by_key(|(at, _)| *at);
        }
        merges.sort_unstable();
        let merge_index = MergeIndex::new(&merges);
        Self { cells, merges, merge_index, ..Self::default() }
    }

    /// The non-empty cells, row by row.
    pub fn cells(&self) -> impl Iterator<Item = (CellRef, &Cell)> {
        self.cells.iter().map(|(at, cell)| (*at, cell))
    }

    /// The merged ranges, by their first cell.
    pub fn merges(&self) -> &[Merge] {
        &self.merges
    }

    /// Whether nothing stands on the sheet.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The cell at an address itself, merged or not.
    pub fn get(&self, at: CellRef) -> Option<&Cell> {
        let index = self.cells.binary_search_by_key(&at, |(at, _)| *at).ok()?;
        Some(&self.cells[index].1)
    }

    /// Mutable access for readers that add what another part of the file tells.
    pub fn get_mut(&mut self, at: CellRef) -> Option<&mut Cell> {
        let index = self.cells.binary_search_by_key(&at, |(at, _)| *at).ok()?;
        Some(&mut self.cells[index].1)
    }

    /// The merged range that covers an address.
    pub fn merge_at(&self, at: CellRef) -> Option<&Merge> {
        self.merges.get(self.merge_index.find(&self.merges, at)?)
    }

    /// The address that carries the content of `at`: the top left one of its merged range.
    pub fn anchor(&self, at: CellRef) -> CellRef {
        self.merge_at(at).map_or(at, |merge| merge.start)
    }

    /// The non-empty cells of one row, left to right.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (CellRef, &Cell)> {
        let from = self.cells.partition_point(|(at, _)| at.row < row);
        let to = self.cells.partition_point(|(at, _)| at.row <= row);
        self.cells[from..to].iter().map(|(at, cell)| (*at, cell))
    }

    /// One past the last row and column that hold something.
    pub fn size(&self) -> (u32, u32) {
        let rows = self.cells.last().map_or(0, |(at, _)| at.row + 1);
        let cols = self.cells.iter().map(|(at, _)| at.col + 1).max().unwrap_or(0);
        (rows, cols)
    }

    /// Whether a row is hidden.
    pub fn row_hidden(&self, row: u32) -> bool {
        self.hidden_rows.binary_search(&row).is_ok()
    }

    /// Whether a column is hidden.
    pub fn col_hidden(&self, col: u32) -> bool {
        self.hidden_cols.binary_search(&col).is_ok()
    }
}

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name as it stands.
    pub name: Arc<str>,
    /// Hidden, by hand or by a program.
    pub hidden: bool,
    /// Its cells.
    pub grid: Grid,
}

/// A workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workbook {
    /// Path relative to the input folder, with `/`, in NFC.
    pub path: Arc<str>,
    /// Told by its content.
    pub format: Format,
    /// Its worksheets in order, hidden ones too.
    pub sheets: Vec<Sheet>,
    /// When its own properties say it was last saved.
    pub modified: Option<NaiveDateTime>,
    /// Things that this file format could not tell (hidden rows, struck-out text …), each in Japanese.
    pub limits: Vec<String>,
}

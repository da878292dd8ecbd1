//! What `locate` finds on a sheet: tables, label–value pairs, blocks and loose lines, all by address.

use super::meaning::{Meaning, Role};
use crate::model::place::CellRef;

/// What a sheet consists of.
#[derive(Debug, Default)]
pub struct Layout {
    /// Tables, top to bottom, left to right.
    pub tables: Vec<Table>,
    /// For each table the last row that it or one before it reaches.
    pub reach: Vec<u32>,
    /// Programme blocks: rows of labels with values beside them (細事業名 … 具体的な取組項目 …).
    pub blocks: Vec<Block>,
    /// Labels with a value beside or below them that belong to no block (部名, 課名, 年度).
    pub pairs: Vec<Pair>,
    /// Everything else: titles, headings, bullets, notes.
    pub lines: Vec<CellRef>,
}

impl Layout {
    /// The ranges of the tables that start no lower than a row, the lowest first, each with the last row that it and
    /// those to come reach.
    pub fn upwards(&self, row: u32) -> impl Iterator<Item = (u32, (CellRef, CellRef))> {
        let count = self.tables.partition_point(|table| table.range().0.row <= row);
        let tables = self.tables.iter().zip(&self.reach).take(count).rev();
        tables.map(|(table, reach)| (*reach, table.range()))
    }
}

/// What a table is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purpose {
    /// It holds figures of indicators.
    pub indicators: bool,
    /// It holds initiatives.
    pub initiatives: bool,
}

/// A table with its header and body. Rows and columns are those of the view that it was found in.
#[derive(Debug, Clone)]
pub struct Table {
    /// It was found with rows and columns exchanged: its header words stand in a column of the sheet.
    pub turned: bool,
    /// First header row.
    pub top: u32,
    /// Last header row.
    pub header_end: u32,
    /// Last row that belongs to it.
    pub bottom: u32,
    /// First column.
    pub start: u32,
    /// Last column.
    pub end: u32,
    /// Its columns, left to right.
    pub columns: Vec<Column>,
    /// Rows that hold records.
    pub rows: Vec<u32>,
    /// Rows inside it that hold none, with the reason in Japanese.
    pub left_out: Vec<(u32, &'static str)>,
    /// The columns that name its rows, where no header word says which.
    pub names: Option<(u32, u32)>,
    /// Labels above it that speak of the one indicator that it is about (KPI名, 単位 …); its rows name none.
    pub card: Vec<Pair>,
    /// What it is taken for.
    pub purpose: Purpose,
    /// Why, in Japanese.
    pub reason: String,
}

impl Table {
    /// The cell of the sheet at a row and column of the table.
    pub fn cell(&self, row: u32, col: u32) -> CellRef {
        if self.turned { CellRef::new(col, row) } else { CellRef::new(row, col) }
    }

    /// Its first and its last cell on the sheet.
    pub fn range(&self) -> (CellRef, CellRef) {
        (self.cell(self.top, self.start), self.cell(self.bottom, self.end))
    }

    /// Whether a cell of the sheet lies in it.
    pub fn contains(&self, at: CellRef) -> bool {
        let (from, to) = self.range();
        (from.row..=to.row).contains(&at.row) && (from.col..=to.col).contains(&at.col)
    }

    /// The first of its columns over a stretch.
    pub fn column_over(&self, start: u32, end: u32) -> Option<&Column> {
        let from = self.columns.partition_point(|column| column.end < start);
        self.columns.get(from).filter(|column| column.start <= end)
    }

    /// The columns that hold figures: those with a year or a kind of value, else those headed 数値.
    pub fn value_columns(&self) -> impl Iterator<Item = &Column> {
        let any = self.columns.iter().any(|column| column.meaning.is_value());
        let counts = move |column: &&Column| {
            if any { column.meaning.is_value() } else { column.meaning.role == Some(Role::ValueColumn) }
        };
        self.columns.iter().filter(counts)
    }
}

/// A column, or several under one merged header.
#[derive(Debug, Clone)]
pub struct Column {
    /// First column.
    pub start: u32,
    /// Last column.
    pub end: u32,
    /// Its header words, top tier first.
    pub words: Vec<String>,
    /// The lowest header cell.
    pub cell: CellRef,
    /// What they mean together.
    pub meaning: Meaning,
}

/// A label and the cells that hold its value.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The label's cell.
    pub label: CellRef,
    /// What the label means.
    pub meaning: Meaning,
    /// The cells beside it, top to bottom.
    pub values: Vec<CellRef>,
}

/// The rows of one programme.
#[derive(Debug)]
pub struct Block {
    /// The cell in front that holds its number (①).
    pub number: Option<CellRef>,
    /// Its labels and values in reading order.
    pub pairs: Vec<Pair>,
}

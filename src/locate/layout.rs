//! What `locate` finds on a sheet: tables, label–value pairs, blocks and loose lines, all by address.

use super::meaning::Meaning;
use crate::model::place::CellRef;

/// What a sheet consists of.
#[derive(Debug, Default)]
pub struct Layout {
    /// Tables, top to bottom, left to right.
    pub tables: Vec<Table>,
    /// Programme blocks: rows of labels with values beside them (細事業名 … 具体的な取組項目 …).
    pub blocks: Vec<Block>,
    /// Labels with a value beside or below them that belong to no block (部名, 課名, 年度).
    pub pairs: Vec<Pair>,
    /// Everything else: titles, headings, bullets, notes.
    pub lines: Vec<CellRef>,
}

/// What a table is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purpose {
    /// It holds figures of indicators.
    pub indicators: bool,
    /// It holds initiatives.
    pub initiatives: bool,
}

/// A table with its header and body.
#[derive(Debug)]
pub struct Table {
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
    /// What it is taken for.
    pub purpose: Purpose,
    /// Why, in Japanese.
    pub reason: String,
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

//! How a workbook was understood: a map of each sheet, what each column was taken for and why, what was left out and
//! why.

mod describe;
mod map;
mod marks;
mod meanings;
mod omissions;
mod purpose;
mod suggest;
mod text;

use serde::Serialize;

pub use describe::describe;
pub use suggest::suggest;

/// How a workbook was understood.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// For people.
    pub text: String,
    /// For programs: the fields of the report below, by their names.
    pub json: String,
}

/// A workbook.
#[derive(Debug, Serialize)]
struct BookReport {
    /// Its path as it was given.
    workbook: String,
    /// `xlsx`, `xls`, `xlsb` or `ods`.
    format: String,
    /// Department that it speaks for; empty where unknown.
    department: String,
    /// Division that it speaks for; empty where unknown.
    division: String,
    /// One line in Japanese: what the file is.
    taken_for: String,
    /// What this file format cannot tell, in Japanese.
    limits: Vec<String>,
    /// Its sheets in order, hidden ones too.
    sheets: Vec<SheetReport>,
}

/// A sheet.
#[derive(Debug, Serialize)]
struct SheetReport {
    /// Its name as it stands.
    name: String,
    /// Hidden, and so not read.
    hidden: bool,
    /// One line in Japanese: what it is taken for, and why.
    taken_for: String,
    /// Whether anything on it gives a record.
    recognised: bool,
    /// The fiscal year of its title.
    fiscal_year: Option<i32>,
    /// Indicators read from it.
    indicators: usize,
    /// Their figures.
    figures: usize,
    /// Initiative items read from it.
    initiatives: usize,
    /// Lines of a policy document read from it.
    sections: usize,
    /// Its picture; `null` where nothing stands on it or it is hidden.
    map: Option<MapReport>,
    /// Its tables and blocks, top to bottom.
    regions: Vec<RegionReport>,
    /// What is not read, and why.
    left_out: Vec<LeftOut>,
}

/// A picture of a sheet's used area: one character a cell.
#[derive(Debug, Serialize)]
struct MapReport {
    /// The used area: `A1:J18`.
    range: String,
    /// The first column that each character stands for; more than one column where the sheet is too wide.
    columns: Vec<String>,
    /// Whether neighbours are shown as one: the sheet is too large for a cell a character.
    condensed: bool,
    /// Columns at the right that are not shown.
    columns_left_out: u32,
    /// Its rows; neighbours with the same picture are one where the sheet is too tall.
    rows: Vec<MapRow>,
    /// What the characters mean, as far as they occur.
    legend: Vec<Mark>,
}

/// A line of the picture.
#[derive(Debug, Serialize)]
struct MapRow {
    /// First row, from 1.
    first: u32,
    /// Last row.
    last: u32,
    /// One character a column; empty where rows are left out for want of room.
    cells: String,
}

/// What a character of the picture means.
#[derive(Debug, Serialize)]
struct Mark {
    /// The character.
    mark: char,
    /// Its meaning in Japanese.
    meaning: String,
}

/// A part of a sheet.
#[derive(Debug, Serialize)]
struct RegionReport {
    /// Its cells: `A4:J9`.
    range: String,
    /// What it is taken for, and why, in Japanese.
    taken_for: String,
    /// Its columns, or the labels of a block.
    columns: Vec<ColumnReport>,
}

/// A column, or a label of a block.
#[derive(Debug, Serialize)]
struct ColumnReport {
    /// The lowest header cell.
    cell: String,
    /// Its header words, top tier first, divided by ` / `.
    words: String,
    /// What it was taken for, in Japanese.
    meaning: String,
    /// Which word says so, in Japanese.
    reason: String,
    /// Whether anything is read from it.
    read: bool,
}

/// Something that is not read, and why.
#[derive(Debug, Serialize)]
struct LeftOut {
    /// Its row or cells: `8行`, `B9～H9`.
    place: String,
    /// Why, in Japanese.
    reason: String,
}

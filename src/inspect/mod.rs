//! How a workbook was understood: sheets, tables, what each column was taken for and why, what was left out and why.

mod describe;
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
    /// For programs.
    pub json: String,
}

/// A workbook.
#[derive(Debug, Serialize)]
struct BookReport {
    workbook: String,
    format: String,
    department: String,
    division: String,
    taken_for: String,
    limits: Vec<String>,
    sheets: Vec<SheetReport>,
}

/// A sheet.
#[derive(Debug, Serialize)]
struct SheetReport {
    name: String,
    hidden: bool,
    fiscal_year: Option<i32>,
    indicators: usize,
    figures: usize,
    initiatives: usize,
    sections: usize,
    regions: Vec<RegionReport>,
    left_out: Vec<LeftOut>,
}

/// A part of a sheet.
#[derive(Debug, Serialize)]
struct RegionReport {
    range: String,
    taken_for: String,
    columns: Vec<ColumnReport>,
}

/// A column, or a label of a block.
#[derive(Debug, Serialize)]
struct ColumnReport {
    cell: String,
    words: String,
    meaning: String,
}

/// Something that is not read, and why.
#[derive(Debug, Serialize)]
struct LeftOut {
    place: String,
    reason: String,
}

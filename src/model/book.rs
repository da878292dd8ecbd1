//! Workbooks to be written: a board with what matters on one page, then sheets of one table each.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::entry::Entry;
use super::judgement::Verdict;
use super::report::{Cell, Table};

/// A workbook to be written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Book {
    /// File path below the month's folder: `統合.xlsx`.
    pub path: String,
    /// Document property; printed at the top of every page.
    pub title: String,
    /// Document property: what it is about.
    pub subject: String,
    /// Document property: words to search for.
    pub keywords: String,
    /// Document property.
    pub author: String,
    /// Document property (creation date).
    pub as_of: NaiveDate,
    /// Its first sheet, to which all others lead back; `None` for a book of lists alone.
    pub board: Option<Board>,
    /// Its sheets in order.
    pub sheets: Vec<BookSheet>,
}

/// A sheet to be written: some lines, then a table with frozen header, filter and print titles.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BookSheet {
    /// The sheet's name.
    pub name: String,
    /// Large, in the first row.
    pub title: String,
    /// Lines below it.
    pub lines: Vec<String>,
    /// A4 landscape instead of portrait.
    pub landscape: bool,
    /// Columns to freeze at the left, and to repeat on every page where the table takes several beside one another.
    pub frozen_cols: u32,
    /// How people fill it in; `None` for a sheet that is only read.
    pub entry: Option<Entry>,
    /// The table.
    pub table: Table,
    /// The name by which formulas know the table: it becomes a table in Excel's own sense, its columns named ranges.
    /// Empty for a plain range, which a table with several header rows stays in any case.
    pub known_as: String,
    /// The column without gaps whose filled cells are counted above the table as the filter shows them; only of a table
    /// with a name.
    pub counted: Option<usize>,
    /// How cells with certain words stand out.
    pub shades: Vec<Shade>,
}

impl BookSheet {
    /// A sheet of one list, on A4 landscape, titled as it is named.
    pub fn list(name: &str, table: Table) -> Self {
        Self { name: name.to_owned(), title: name.to_owned(), landscape: true, table, ..Self::default() }
    }
}

/// Cells of a column with just these words stand out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shade {
    /// The table's column, from 0.
    pub column: usize,
    /// The cell's whole text, mark and word.
    pub words: String,
    /// How they stand out.
    pub tone: Tone,
}

/// How a cell stands out; its words say the same without any of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Reached, done.
    Good,
    /// Somebody should look.
    Poor,
    /// Somebody must act.
    Bad,
    /// Nothing can be said.
    Open,
}

impl Tone {
    /// How a verdict stands out; 順調 needs no attention.
    pub fn of(verdict: Verdict) -> Option<Self> {
        match verdict {
            Verdict::Achieved => Some(Self::Good),
            Verdict::OnTrack => None,
            Verdict::SlightlyBehind => Some(Self::Poor),
            Verdict::Behind => Some(Self::Bad),
            Verdict::Undecided => Some(Self::Open),
        }
    }
}

/// What a cell has in the workbook besides its value.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Live {
    /// What computes its value; the value is what it comes to today.
    pub formula: Option<Formula>,
    /// A note pinned to it; empty for none.
    pub note: String,
    /// Where it leads within the book.
    pub jump: Option<Jump>,
    /// The cells whose course a small line in the cell draws.
    pub course: Option<Stretch>,
}

/// A formula in Excel's own (English) spelling, without the sign of equality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Formula(pub Vec<Term>);

/// A part of a formula.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// As it stands. Never a text from a workbook.
    Text(String),
    /// The cell of the same row in a column of the table.
    Here(usize),
    /// All body cells above, in a column of the table.
    Above(usize),
}

impl Formula {
    /// A formula of one text.
    pub fn text(text: impl Into<String>) -> Self {
        Self(vec![Term::Text(text.into())])
    }
}

/// A place in the same book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jump {
    /// The sheet's name.
    pub sheet: String,
    /// The row of its table's body, from 0; `None` for its top.
    pub row: Option<usize>,
}

/// Cells beside one another in the body of a sheet's table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// The sheet's name.
    pub sheet: String,
    /// The row of its table's body, from 0.
    pub row: usize,
    /// The first column.
    pub first: usize,
    /// The last column.
    pub last: usize,
}

/// A sheet of panels below one another, printed on one page of A4 landscape.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Board {
    /// The sheet's name.
    pub name: String,
    /// Large, in the first row.
    pub title: String,
    /// Lines below it.
    pub lines: Vec<String>,
    /// The columns that all panels share, in full-width characters.
    pub columns: Vec<u32>,
    /// The panels, top to bottom.
    pub panels: Vec<Panel>,
}

/// A part of a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Panel {
    /// Key figures beside one another.
    Tiles(Vec<Tile>),
    /// A table.
    Table(BoardTable),
    /// Charts beside one another.
    Charts(Vec<BookChart>),
}

/// A key figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tile {
    /// Above it.
    pub label: String,
    /// The figure.
    pub cell: Cell,
    /// How many columns of the board it covers, at least 1.
    pub span: usize,
}

/// A table on a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardTable {
    /// Above it; empty for none.
    pub title: String,
    /// How many columns of the board each of its columns covers.
    pub spans: Vec<usize>,
    /// The table; the widths of its columns do not count.
    pub table: Table,
    /// How cells with certain words stand out.
    pub shades: Vec<Shade>,
}

/// A chart of divided bars, drawn from the cells of a table on the same board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookChart {
    /// Above it.
    pub title: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// Which panel of the board holds the table.
    pub panel: usize,
    /// How many rows of the table's body are drawn, from the first.
    pub rows: usize,
    /// The table's column with the bars' names.
    pub label: usize,
    /// The parts of the bars from left to right: a column each, and the verdict whose pattern fills it.
    pub parts: Vec<(usize, Verdict)>,
    /// How many columns of the board it covers, at least 1.
    pub span: usize,
}

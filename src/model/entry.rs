//! Sheets that people type into: which cells are open, and what belongs there.

use serde::{Deserialize, Serialize};

/// How a sheet is filled in. Such a sheet is protected without a password; only its open cells take input.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Entry {
    /// One for each column of the table, left to right; columns beyond the list are fixed.
    pub columns: Vec<EntryColumn>,
    /// Body cells that are ruled otherwise than their column; the last word on a cell counts.
    pub cells: Vec<EntryCell>,
    /// Lines of text that each row leaves room for; 0 for as many as stand there.
    #[serde(default)]
    pub room: u32,
}

/// A column of a sheet that people type into.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct EntryColumn {
    /// What its cells take; `None` where nothing may change.
    pub input: Option<Input>,
    /// A note pinned to its header cell; empty for none.
    pub note: String,
    /// Kept for programs, hidden from people.
    pub hidden: bool,
}

/// A body cell that is ruled otherwise than its column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryCell {
    /// Row of the table's body, from 0.
    pub row: u32,
    /// Column of the table, from 0.
    pub col: u32,
    /// What it takes; `None` where nothing may change.
    pub input: Option<Input>,
}

/// What an open cell takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// What belongs there.
    pub rule: Rule,
    /// Refuses everything else; otherwise warns, and lets people insist.
    pub strict: bool,
    /// Shown when the cell is chosen; empty for none.
    pub prompt: String,
    /// Shown when something else is typed; empty where everything is taken.
    pub error: String,
}

/// What belongs into an open cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Any text, kept as it is typed (`1-2` becomes no date).
    Text,
    /// One of a few words, offered as a drop-down list.
    OneOf(Vec<String>),
    /// A number, shown as it is typed.
    Number {
        /// The least that makes sense.
        least: Option<i64>,
        /// The most that makes sense.
        most: Option<i64>,
    },
    /// A day.
    Date,
}

impl Entry {
    /// What a body cell takes; `None` where nothing may change.
    pub fn input(&self, row: usize, col: usize) -> Option<&Input> {
        let here =
            |cell: &&EntryCell| usize::try_from(cell.row) == Ok(row) && usize::try_from(cell.col) == Ok(col);
        match self.cells.iter().rev().find(here) {
            Some(cell) => cell.input.as_ref(),
            None => self.columns.get(col).and_then(|column| column.input.as_ref()),
        }
    }

    /// Whether a column is hidden.
    pub fn hides(&self, col: usize) -> bool {
        self.columns.get(col).is_some_and(|column| column.hidden)
    }
}

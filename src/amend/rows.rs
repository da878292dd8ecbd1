//! The rows of a form below its header, found by the header's words wherever it stands.

use std::sync::Arc;

use crate::finding::{Code, Draft};
use crate::model::place::{CellRef, Place};
use crate::model::sheet::{Cell, Sheet, Workbook};
use crate::normalise::text::{key, split_brackets};

/// A column of a form: its header, and other words for it that people write.
pub(super) struct Head {
    /// As `form` writes it.
    pub name: &'static str,
    /// Other words.
    pub others: &'static [&'static str],
    /// Without it nothing can be read.
    pub needed: bool,
}

/// A row of a form: one cell for each column, in the order of the heads.
pub(super) struct Row<'w> {
    workbook: Arc<str>,
    sheet: Arc<str>,
    at: u32,
    cols: Vec<Option<u32>>,
    cells: Vec<Option<&'w Cell>>,
}

impl Row<'_> {
    /// What stands in a column; `None` for a blank one.
    pub fn cell(&self, column: usize) -> Option<&Cell> {
        self.cells.get(column).copied().flatten()
    }

    /// The text that a person sees there.
    pub fn text(&self, column: usize) -> &str {
        self.cell(column).map_or("", |cell| cell.text.trim())
    }

    /// Where a column's cell is; of a column that the sheet lacks the row's first cell.
    pub fn place(&self, column: usize) -> Place {
        let col = self.cols.get(column).copied().flatten().unwrap_or(0);
        Place { workbook: self.workbook.clone(), sheet: self.sheet.clone(), cell: CellRef::new(self.at, col) }
    }
}

/// The rows of all visible sheets that have the header; a finding where no sheet has it whole.
pub(super) fn rows<'w>(workbook: &'w Workbook, heads: &[Head], drafts: &mut Vec<Draft>) -> Vec<Row<'w>> {
    let (mut found, mut whole) = (Vec::new(), false);
    let mut best: Option<(usize, &Sheet, Vec<Option<u32>>)> = None;
    for sheet in workbook.sheets.iter().filter(|sheet| !sheet.hidden) {
        let Some((row, cols)) = header(sheet, heads) else { continue };
        let known = cols.iter().flatten().count();
        if heads.iter().zip(&cols).all(|(head, col)| col.is_some() || !head.needed) {
            whole = true;
            found.extend(below(workbook, sheet, row, &cols));
        } else if best.as_ref().is_none_or(|(most, ..)| known > *most) {
            best = Some((known, sheet, cols));
        }
    }
    if !whole {
        let missing: Vec<&str> = heads
            .iter()
            .enumerate()
            .filter(|(index, head)| {
                let there = best.as_ref().and_then(|(_, _, cols)| cols.get(*index).copied().flatten());
                head.needed && there.is_none()
            })
            .map(|(_, head)| head.name)
            .collect();
        let sheet = best.as_ref().map_or("", |(_, sheet, _)| &*sheet.name);
        let draft = Draft::new(Code::AmendmentForm).in_sheet(&workbook.path, sheet);
        drafts.push(draft.with("missing", missing.join("、")));
    }
    found
}

/// The row with the most header words, at least two, and the column of each.
fn header(sheet: &Sheet, heads: &[Head]) -> Option<(u32, Vec<Option<u32>>)> {
    let mut best: Option<(usize, u32, Vec<Option<u32>>)> = None;
    let mut rows: Vec<u32> = sheet.grid.cells().map(|(at, _)| at.row).collect();
    rows.dedup();
    for row in rows {
        let cols: Vec<Option<u32>> = heads
            .iter()
            .map(|head| {
                let mut cells = sheet.grid.row(row);
                cells.find(|(_, cell)| names(head, &cell.text)).map(|(at, _)| at.col)
            })
            .collect();
        let known = cols.iter().flatten().count();
        if known >= 2 && best.as_ref().is_none_or(|(most, ..)| known > *most) {
            best = Some((known, row, cols));
        }
    }
    best.map(|(_, row, cols)| (row, cols))
}

fn names(head: &Head, text: &str) -> bool {
    let word = key(&split_brackets(text).0);
    std::iter::once(&head.name).chain(head.others).any(|known| key(known) == word)
}

fn below<'w>(workbook: &Workbook, sheet: &'w Sheet, head: u32, cols: &[Option<u32>]) -> Vec<Row<'w>> {
    let mut rows: Vec<u32> = sheet.grid.cells().map(|(at, _)| at.row).filter(|row| *row > head).collect();
    rows.dedup();
    rows.retain(|row| !sheet.grid.row_hidden(*row));
    let cell = |row: u32, col: u32| {
        let at = sheet.grid.anchor(CellRef::new(row, col));
        sheet.grid.get(at).filter(|cell| !cell.struck && !cell.text.trim().is_empty())
    };
    let rows = rows.into_iter().map(|row| Row {
        workbook: workbook.path.clone(),
        sheet: sheet.name.clone(),
        at: row,
        cols: cols.to_vec(),
        cells: cols.iter().map(|col| col.and_then(|col| cell(row, col))).collect(),
    });
    rows.filter(|row| row.cells.iter().any(Option::is_some)).collect()
}

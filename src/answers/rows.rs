//! The rows of a return sheet, found by the words of its header: whatever was sorted, filtered, moved or added.

use std::collections::BTreeMap;

use crate::compose::returns::{ANSWERS, Answer, HEADINGS, KEYS};
use crate::model::acceptance::squeezed;
use crate::model::place::CellRef;
use crate::model::sheet::{Grid, Sheet, Workbook};
use crate::normalise::text::key;

/// What a row asked about: its hidden columns.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Asked {
    pub code: String,
    pub workbook: String,
    pub sheet: String,
    pub cell: String,
    pub raw: String,
    pub owner: String,
    pub until: String,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub answer: Option<Answer>,
    pub reason: String,
    pub by: String,
}

/// A row with its sheet and its number from 0; `read` says in Japanese what is wrong with it.
#[derive(Debug)]
pub(super) struct Row {
    pub sheet: String,
    pub at: u32,
    pub read: Result<(Asked, Line), String>,
}

/// All rows of all return sheets in a workbook; none where it holds no return sheet.
pub(super) fn read(workbook: &Workbook) -> Vec<Row> {
    workbook.sheets.iter().flat_map(sheet).collect()
}

fn sheet(sheet: &Sheet) -> Vec<Row> {
    let grid = &sheet.grid;
    let (height, _) = grid.size();
    let Some((head, columns)) = (0..height).find_map(|row| Some((row, columns(grid, row)?))) else {
        return Vec::new();
    };
    let below = head + 1..height;
    below
        .filter_map(|row| {
            let read = one(grid, row, &columns)?;
            Some(Row { sheet: sheet.name.to_string(), at: row, read })
        })
        .collect()
}

/// Which column holds what, where a row is the header of a return sheet.
fn columns(grid: &Grid, row: u32) -> Option<BTreeMap<&'static str, u32>> {
    let words = || KEYS.into_iter().chain(HEADINGS);
    let found: BTreeMap<_, _> = grid
        .row(row)
        .filter_map(|(at, cell)| words().find(|word| key(word) == key(&cell.text)).map(|word| (word, at.col)))
        .collect();
    KEYS.iter().all(|word| found.contains_key(word)).then_some(found)
}

/// One row; `None` where nothing stands in it that concerns an answer.
fn one(grid: &Grid, row: u32, columns: &BTreeMap<&str, u32>) -> Option<Result<(Asked, Line), String>> {
    // Names of workbooks and sheets may hold several spaces in a row; they stay as they are.
    let exact = |word: &str| {
        let cell = columns.get(word).and_then(|col| grid.get(CellRef::new(row, *col)));
        cell.map_or_else(String::new, |cell| cell.text.trim().to_owned())
    };
    let [code, workbook, sheet, cell, raw, owner, until] = KEYS.map(exact);
    let [answer, reason, by] = HEADINGS.map(|word| squeezed(&exact(word)));
    // The header may have been repeated further down.
    if code == KEYS[0] {
        return None;
    }
    if code.is_empty() {
        let blank = answer.is_empty() && reason.is_empty();
        return (!blank).then(|| Err("この行は足されたもので、何への答えか分かりません".to_owned()));
    }
    if !columns.contains_key(HEADINGS[0]) {
        return Some(Err(format!("「{}」の列がありません", HEADINGS[0])));
    }
    let chosen = ANSWERS.iter().find(|(_, word)| key(word) == key(&answer)).map(|(answer, _)| *answer);
    if chosen.is_none() && !answer.is_empty() {
        let words = ANSWERS.map(|(_, word)| word).join("・");
        return Some(Err(format!("回答「{answer}」の意味が分かりません（{words} のどれかです）")));
    }
    let asked = Asked { code, workbook, sheet, cell, raw, owner, until };
    Some(Ok((asked, Line { answer: chosen, reason, by })))
}

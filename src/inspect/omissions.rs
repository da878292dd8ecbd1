//! What of a sheet is not read, and why.

use std::collections::BTreeSet;

use super::LeftOut;
use crate::extract::{Located, Profiled, Records};
use crate::finding::Code;
use crate::locate::Table;
use crate::locate::meaning::Role;
use crate::model::place::{CellRef, column_letters};
use crate::normalise::Vocabulary;

/// How many cells of loose text are named.
const NAMED: usize = 5;

/// Rows and cells that give nothing, top to bottom.
pub fn left_out(located: &Located, records: &Records, vocabulary: &Vocabulary) -> Vec<LeftOut> {
    let mut rows: Vec<(u32, &str)> = located.view.hidden_rows.iter().map(|row| (*row, "隠れた行")).collect();
    let given = given(&located.sheet.name, records);
    for table in located.layout.tables.iter().filter(|table| !table.turned) {
        rows.extend(&table.left_out);
        if table.purpose.indicators {
            let none = table.rows.iter().filter(|row| !given.contains(row));
            rows.extend(none.map(|row| (*row, why(located, table, *row, vocabulary))));
        }
    }
    rows.sort_unstable();
    rows.dedup_by_key(|(row, _)| *row);
    let next = |a: &(u32, &str), b: &(u32, &str)| a.0 + 1 == b.0 && a.1 == b.1;
    let mut left: Vec<LeftOut> = Vec::new();
    for run in rows.chunk_by(next) {
        let (Some((first, reason)), Some((last, _))) = (run.first(), run.last()) else { continue };
        let place = if first == last {
            format!("{}行", first + 1)
        } else {
            format!("{}～{}行", first + 1, last + 1)
        };
        left.push(LeftOut { place, reason: (*reason).to_owned() });
    }
    for row in located.view.struck.chunk_by(|a, b| a.row == b.row) {
        let (Some(first), Some(last)) = (row.first(), row.last()) else { continue };
        let place = if first == last { first.to_string() } else { format!("{first}～{last}") };
        left.push(LeftOut { place, reason: "取消線".to_owned() });
    }
    // Of a table that lies across the sheet, the rows are the sheet's columns.
    let turned = located.layout.tables.iter().filter(|table| table.turned).flat_map(|table| &table.left_out);
    left.extend(turned.map(|(column, reason)| LeftOut {
        place: format!("{}列", column_letters(*column)),
        reason: (*reason).to_owned(),
    }));
    let refused = located.profiled.as_ref().and_then(Profiled::refusal);
    left.extend(refused.map(|reason| LeftOut { place: "シート全体".to_owned(), reason }));
    left.extend(cells(located, records));
    left.extend(loose(located, records));
    left
}

/// Cells whose content is no value, hidden columns, and what nobody sees: told whether it is read or not.
fn cells(located: &Located, records: &Records) -> Vec<LeftOut> {
    let name = &*located.sheet.name;
    let why = |code: Code| match code {
        Code::CellError => Some("計算エラーのセル（未読とする）"),
        Code::FormulaNotCalculated => Some("計算されていない数式（未読とする）"),
        Code::DateAsNumber => Some("日付になった数値（未読とする）"),
        Code::ValueUnread => Some("値として読めない文字（未読とする）"),
        Code::InvisibleText => Some("紙では見えない値"),
        Code::ColumnUnread => Some("意味の分からない行や列"),
        _ => None,
    };
    let told = records.drafts.iter().filter(|draft| draft.sheet == name);
    let told = told.filter_map(|draft| {
        Some(LeftOut { place: draft.cell?.to_string(), reason: why(draft.code)?.to_owned() })
    });
    let in_table = |col: &&u32| {
        let mut ranges = located.layout.tables.iter().map(Table::range);
        ranges.any(|(from, to)| (from.col..=to.col).contains(*col))
    };
    let hidden = located.sheet.grid.hidden_cols.iter().filter(in_table);
    let hidden = hidden.map(|col| LeftOut {
        place: format!("{}列", column_letters(*col)),
        reason: "隠れた列（読んだうえで知らせる）".to_owned(),
    });
    hidden.chain(told).collect()
}

/// The rows of a sheet that gave records.
fn given(sheet: &str, records: &Records) -> BTreeSet<u32> {
    let figures = records.indicators.iter().flat_map(|indicator| &indicator.figures).map(|f| &f.place);
    let items = records.initiatives.iter().map(|item| &item.place);
    figures.chain(items).filter(|place| &*place.sheet == sheet).map(|place| place.cell.row).collect()
}

/// Why a row of an indicator table gave no figure.
fn why(located: &Located, table: &Table, row: u32, vocabulary: &Vocabulary) -> &'static str {
    let column = table.columns.iter().find(|column| column.meaning.role == Some(Role::Indicator));
    let name = column.and_then(|column| located.view.slot(row, column.start, column.end));
    match name {
        None => "指標名がない行",
        Some(name) if vocabulary.is_total(name.text()) => "合計などの行（指標ではない）",
        Some(_) => "値のない行",
    }
}

/// Texts outside of tables that are no lines of a policy document.
fn loose(located: &Located, records: &Records) -> Option<LeftOut> {
    let name = &*located.sheet.name;
    let lines = records.sections.iter().filter(|line| &*line.place.sheet == name);
    let told: BTreeSet<CellRef> = lines.map(|line| line.place.cell).collect();
    let cells: Vec<String> =
        located.layout.lines.iter().filter(|at| !told.contains(at)).map(ToString::to_string).collect();
    let more = cells.len().saturating_sub(NAMED);
    let more = if more == 0 { String::new() } else { format!(" ほか {more}個") };
    let place =
        format!("{}{more}", cells.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join("、"));
    let reason = "表の外の文字（表題・章・注記。値としては読まない）".to_owned();
    (!cells.is_empty()).then_some(LeftOut { place, reason })
}

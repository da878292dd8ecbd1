//! What a reader is told once a table: several columns that may tell the state, prose under 進捗状況, a column of items
//! under a word of its own.

use super::super::{Page, Records};
use super::cells::is_outdated;
use super::choice::Candidate;
use crate::finding::{Code, Draft};
use crate::locate::meaning::Role;
use crate::locate::{Column, Table};
use crate::model::place::CellRef;
use crate::normalise::text::key;

/// The findings of one table.
pub fn findings(page: &Page, table: &Table, records: &mut Records) {
    let year = page.context.year_at(table.start).unwrap_or(page.means.fiscal_year);
    let current = |column: &&Column| !is_outdated(table, column, year, page.means.vocabulary);
    let of =
        |role| table.columns.iter().filter(move |column| column.meaning.role == Some(role)).filter(current);
    let prose: Vec<&Column> = of(Role::Comment).filter(|column| is_status_word(page, column)).collect();
    let states: Vec<&Column> = of(Role::Status).collect();
    let rates: Vec<&Column> = of(Role::Progress).collect();
    if states.len() > 1 || !prose.is_empty() {
        let mut all = [prose.as_slice(), states.as_slice()].concat();
        all.sort_by_key(|column| column.start);
        records.drafts.push(several(page, &all, rule(&states, !prose.is_empty())));
    }
    if rates.len() > 1 {
        records.drafts.push(several(page, &rates, rule(&rates, false)));
    }
    for column in table.columns.iter().filter(|column| column.meaning.by_place) {
        let draft = Draft::new(Code::ItemColumnAssumed).at(&page.place(column.cell));
        records.drafts.push(draft.raw(&label(column)).reading("取組項目"));
    }
}

/// Whether a column of remarks is headed by a word for the status.
fn is_status_word(page: &Page, column: &Column) -> bool {
    let word = column.words.last().map(|word| key(word));
    word.is_some_and(|word| page.means.vocabulary.header.get(&word) == Some(&Role::Status))
}

fn label(column: &Column) -> String {
    column.words.last().map_or_else(String::new, |word| word.trim().to_owned())
}

fn several(page: &Page, columns: &[&Column], rule: String) -> Draft {
    let names: Vec<String> = columns.iter().map(|column| format!("「{}」", label(column))).collect();
    let cells: Vec<CellRef> = columns.iter().map(|column| column.cell).collect();
    let draft = Draft::new(Code::StatusColumns).with("columns", names.concat()).with("rule", rule);
    let Some((first, rest)) = cells.split_first() else { return draft };
    let draft = draft
        .at(&page.place(*first))
        .raw(columns.first().map_or("", |column| column.words.last().map_or("", String::as_str)));
    rest.iter().fold(draft, |draft, at| draft.related(&page.place(*at)))
}

/// The rule by which one of them is used, in Japanese.
fn rule(columns: &[&Column], prose: bool) -> String {
    let mut told = Vec::new();
    if columns.iter().any(|column| column.meaning.year.is_some()) {
        told.push("報告月の欄を、空欄のときはそれより前の最も新しい欄を使います。");
    } else if columns.len() > 1 {
        told.push("記入のある最も後の欄を使います。");
    }
    let grades = |column: &&Column| {
        Candidate { words: &label(column), meaning: &column.meaning, found: None }.grades()
    };
    if columns.iter().any(grades) && !columns.iter().all(grades) {
        told.push("評価の欄より、進捗の欄を先に使います。");
    }
    if prose {
        told.push("文章の欄はコメントとして読みました。");
    }
    told.concat()
}

//! `[[accepted]]`: findings that a division has answered for.

use chrono::NaiveDate;

use super::problem::nearest;
use super::raw::{Said, Section, Walk};
use crate::finding::Code;
use crate::model::acceptance::{Acceptance, squeezed};
use crate::model::place::CellRef;

const KEYS: &[&str] = &["code", "workbook", "cell", "raw", "reason", "by", "until"];
const NEEDED: &[&str] = &["code", "workbook", "reason", "by", "until"];

/// The acceptances of a document, those without problems only.
pub(super) fn read(walk: &mut Walk<'_>, root: &Section<'_>) -> Vec<Acceptance> {
    walk.sections(root, "accepted").iter().filter_map(|section| one(walk, section)).collect()
}

fn one(walk: &mut Walk<'_>, section: &Section<'_>) -> Option<Acceptance> {
    walk.known(section, KEYS);
    for key in NEEDED.iter().filter(|key| !section.table.contains_key(**key)) {
        walk.missing(section, key);
    }
    // Each is read before any `?`, so that all problems are told at once.
    let code = walk.string(section, "code").and_then(|said| code(walk, &said));
    let workbook = walk.string(section, "workbook");
    let place = match walk.string(section, "cell") {
        Some(said) => place(walk, &said),
        None if section.table.contains_key("cell") => None,
        None => Some((String::new(), None)),
    };
    let raw = if blank(section, "raw") { None } else { walk.string(section, "raw") };
    let (reason, by) = (walk.string(section, "reason"), walk.string(section, "by"));
    let until = day(walk, section, "until");
    let (sheet, cell) = place?;
    Some(Acceptance {
        code: code?,
        workbook: workbook?.text,
        sheet,
        cell,
        raw: squeezed(&raw.map_or_else(String::new, |said| said.text)),
        reason: reason?.text,
        by: by?.text,
        until: until?,
    })
}

/// An empty `raw` is the text of a blank cell.
fn blank(section: &Section<'_>, key: &str) -> bool {
    section
        .table
        .get(key)
        .and_then(|value| value.get_ref().as_str())
        .is_some_and(|text| text.trim().is_empty())
}

fn code(walk: &mut Walk<'_>, said: &Said) -> Option<Code> {
    let word = &said.text;
    let Ok(code) = word.parse::<Code>() else {
        let cure = match nearest(word, Code::ALL.iter().map(|code| code.as_str())) {
            Some(near) => format!("「{near}」の書き誤りではありませんか"),
            None => "hoshin explain で一覧を確かめてください".to_owned(),
        };
        walk.problem(said.offset, format!("[[accepted]] の code「{word}」というコードはありません。{cure}"));
        return None;
    };
    if code.is_acceptable() {
        return Some(code);
    }
    let message = format!(
        "[[accepted]] に「{word}」は書けません。この種類の指摘は了承では消せないので、ブックか設定を直してください"
    );
    walk.problem(said.offset, message);
    None
}

/// `シート!C14`, or `シート!` for what concerns the whole sheet.
fn place(walk: &mut Walk<'_>, said: &Said) -> Option<(String, Option<CellRef>)> {
    let parts = said.text.rsplit_once('!').filter(|(sheet, _)| !sheet.is_empty());
    let read = parts.and_then(|(sheet, cell)| match cell {
        "" => Some((sheet.trim().to_owned(), None)),
        cell => cell.parse().ok().map(|cell| (sheet.trim().to_owned(), Some(cell))),
    });
    if read.is_none() {
        let message = format!(
            "[[accepted]] の cell「{}」を読めません。\"シート名!C14\" のように、シートの名前とセルの番地を半角の ! でつないでください",
            said.text
        );
        walk.problem(said.offset, message);
    }
    read
}

/// A day as a text (`"2022-03-31"`) or as TOML's own date (`2022-03-31`).
fn day(walk: &mut Walk<'_>, section: &Section<'_>, key: &str) -> Option<NaiveDate> {
    let value = section.table.get(key)?;
    let said = match value.get_ref().as_datetime() {
        Some(day) => Said { text: day.to_string(), offset: value.span().start },
        None => walk.string(section, key)?,
    };
    let day = NaiveDate::parse_from_str(&said.text, "%Y-%m-%d").ok();
    if day.is_none() {
        let message = format!(
            "{} の {key}「{}」という日はありません。\"2022-03-31\" のように西暦で書いてください",
            section.name, said.text
        );
        walk.problem(said.offset, message);
    }
    day
}

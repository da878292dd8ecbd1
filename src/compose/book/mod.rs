//! 統合.xlsx: the dashboard 概要, then a sheet a subject, with true numbers and a link from each figure to its source
//! cell.

mod dashboard;
mod details;
mod findings;
mod indicators;
mod initiatives;
mod sources;

use super::judgements::Judged;
use super::links::at;
use super::{as_of, change_book, judgement_book, submissions, words};
use crate::model::book::Book;
use crate::model::dataset::Dataset;
use crate::model::fiscal::{Eras, Period};
use crate::model::place::Place;
use crate::model::report::Cell;
use indicators::Wide;

/// The mark of the source whose values reports use.
const USED: &str = "○";

/// The consolidated workbook.
pub fn book(dataset: &Dataset, eras: &Eras) -> Book {
    let wide = Wide::of(dataset);
    let sheets = [
        Some(indicators::sheet(dataset, &wide, eras)),
        Some(details::sheet(dataset, eras)),
        Some(initiatives::sheet(dataset, eras)),
        Some(judgement_book::sheet(dataset, eras)),
        change_book::sheet(dataset, eras),
        submissions::sheet(dataset, eras),
        Some(findings::sheet(dataset)),
        Some(sources::sheet(dataset)),
    ];
    let sheets: Vec<_> = sheets.into_iter().flatten().collect();
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    Book {
        path: "統合.xlsx".to_owned(),
        title: format!("{}　指標・取組み　統合（{}）", dataset.city, as_of(dataset, eras)),
        subject: "指標と取組みの統合：判定、変化、提出状況、要確認、出典".to_owned(),
        keywords: format!("指標、取組み、判定、行政評価、{}", dataset.period),
        author: dataset.publisher.clone(),
        as_of: dataset.as_of,
        board: Some(dashboard::board(dataset, &wide, &names, eras)),
        sheets,
    }
}

/// `◎ 達成` with the working in a note; empty for what is not judged.
fn verdict(judged: &Judged<'_>, id: &str) -> Cell {
    let Some(judgement) = judged.get(id) else { return Cell::text("") };
    let mut cell = Cell::text(words::verdict(judgement.result));
    cell.live().note =
        format!("根拠：{}\n理由：{}\n規則：{}", judgement.working, judgement.reason, judgement.rule);
    cell
}

/// Where a source stands: its workbook, of an earlier month (前回値) with that month in front, and its cell with a link.
fn origin(place: &Place, carried_from: Option<Period>) -> [Cell; 2] {
    let workbook = Cell::text(match carried_from {
        Some(from) => format!("前回値（{}年{}月）{}", from.year, from.month, place.workbook),
        None => place.workbook.to_string(),
    });
    [workbook, at(place)]
}

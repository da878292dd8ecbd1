//! The sheet 取組: one row for each source of an item.

use super::{USED, origin, verdict};
use crate::compose::judgements::Judged;
use crate::compose::shades::{status_shades, verdict_shades};
use crate::compose::words;
use crate::model::book::BookSheet;
use crate::model::dataset::Dataset;
use crate::model::fiscal::Eras;
use crate::model::initiative::{Initiative, InitiativeSource};
use crate::model::place::Place;
use crate::model::report::{Align, Cell, Row, Table, Value};

/// The table's name in formulas.
pub const TABLE: &str = "取組表";
const COLUMNS: [(&str, u32, Align); 18] = [
    ("部局", 7, Align::Left),
    ("課", 8, Align::Left),
    ("番号", 4, Align::Center),
    ("細事業名", 14, Align::Left),
    ("項目番号", 4, Align::Center),
    ("具体的な取組項目", 24, Align::Left),
    ("状況", 7, Align::Left),
    ("判定", 7, Align::Left),
    ("方向性", 5, Align::Left),
    ("進捗率", 5, Align::Right),
    ("期限", 7, Align::Left),
    ("期限（原文）", 8, Align::Left),
    ("課のコメント", 16, Align::Left),
    ("位置づけ", 8, Align::Left),
    ("使う値", 4, Align::Center),
    ("ブック", 14, Align::Left),
    ("出典", 9, Align::Left),
    ("取組ID", 8, Align::Left),
];
/// Where the columns of statuses and of verdicts are.
const STATUS: usize = 6;
const VERDICT: usize = 7;

/// The sheet.
pub fn sheet(dataset: &Dataset, eras: &Eras) -> BookSheet {
    let judged = Judged::of(dataset);
    let rows = dataset.initiatives.iter().flat_map(|initiative| {
        let judged = &judged;
        let sources = initiative.sources.iter().enumerate();
        sources
            .map(move |(index, source)| row(initiative, index, source, verdict(judged, &initiative.id), eras))
    });
    BookSheet {
        title: "取組み".to_owned(),
        lines: vec![
            "「状況」は課の書いたもの、「判定」は規則による計算です（セルのメモとシート「判定」に根拠）。"
                .to_owned(),
        ],
        frozen_cols: 4,
        known_as: TABLE.to_owned(),
        counted: Some(COLUMNS.len() - 1),
        shades: [status_shades(STATUS), verdict_shades(VERDICT)].concat(),
        ..BookSheet::list("取組", Table::list("取組項目の状況", COLUMNS, rows.collect()))
    }
}

fn row(initiative: &Initiative, index: usize, source: &InitiativeSource, verdict: Cell, eras: &Eras) -> Row {
    let status = source.status.map_or_else(String::new, words::status);
    let mut progress =
        Cell::text(source.progress.map_or_else(String::new, |p| format!("{}%", p.normalize())));
    let scale = |value: rust_decimal::Decimal| value.normalize().scale();
    progress.value =
        source.progress.map(|value| Value::Number { value, decimals: scale(value), percent: true });
    let mut due = Cell::text(words::due(&source.due, "", eras));
    due.value = source.due.parse().ok().map(Value::Date);
    let mut status = Cell::text(status);
    status.link = source.status_cell.map(|cell| Box::new(Place { cell, ..source.place.clone() }));
    let item_no = if source.item_no == 0 { String::new() } else { source.item_no.to_string() };
    let kind = if initiative.added_by_division { "課の追加項目" } else { "" };
    let used = if index == initiative.primary { USED } else { "" };
    let texts = |list: &[&str]| list.iter().map(|text| Cell::text(*text)).collect::<Vec<_>>();
    let mut cells = texts(&[
        &source.department,
        &source.division,
        &source.number,
        &source.program,
        &item_no,
        &source.item,
    ]);
    cells.push(status);
    let direction = Cell::text(source.direction.map_or("", words::direction));
    cells.extend([verdict, direction, progress, due]);
    cells.extend(texts(&[&source.due_raw, &source.comment, kind, used]));
    cells.extend(origin(&source.place, source.carried_from));
    cells.extend(texts(&[&initiative.id]));
    Row { cells }
}

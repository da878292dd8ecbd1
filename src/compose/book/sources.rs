//! The sheet 出典: the workbooks that the month rests on.

use crate::compose::lists;
use crate::model::book::BookSheet;
use crate::model::dataset::{Dataset, Source};
use crate::model::place::{CellRef, Place};
use crate::model::report::{Align, Cell, Row, Table, Value};
use crate::model::sheet::Format;

/// The table's name in formulas.
pub const TABLE: &str = "出典表";
/// What is said of a workbook of an earlier month, whose values stand in.
pub const CARRIED: &str = "前回値の台帳";
/// What the sheet lists.
const SOURCES: &str = "この月に読んだすべてのブックです。中身は 原本 フォルダーにそのまま残しています。";
const COLUMNS: [(&str, u32); 9] = [
    ("ブック", 26),
    ("部局", 7),
    ("課", 8),
    ("形式", 5),
    ("大きさ（バイト）", 8),
    ("指標の値", 6),
    ("取組項目", 6),
    ("結果", 8),
    ("SHA-256", 34),
];

/// The sheet.
pub fn sheet(dataset: &Dataset) -> BookSheet {
    let own = dataset.sources.iter().map(|source| row(source, false));
    let earlier = dataset.carried_sources.iter().map(|source| row(source, true));
    let columns = COLUMNS.map(|(heading, width)| (heading, width, Align::Left));
    BookSheet {
        lines: vec![SOURCES.to_owned()],
        frozen_cols: 1,
        known_as: TABLE.to_owned(),
        counted: Some(0),
        ..BookSheet::list("出典", Table::list("読んだブックの一覧", columns, own.chain(earlier).collect()))
    }
}

/// A workbook that was read, or one of an earlier month whose values stand in.
fn row(source: &Source, carried: bool) -> Row {
    let mut book = Cell::text(&source.workbook);
    book.link = (!source.archive.is_empty()).then(|| {
        let (workbook, sheet) = (source.workbook.as_str().into(), "".into());
        Box::new(Place { workbook, sheet, cell: CellRef::new(0, 0) })
    });
    let format = source.format.map_or("", Format::extension);
    let mut size = Cell::text(source.size.to_string());
    size.value = Some(Value::Number { value: source.size.into(), decimals: 0, percent: false });
    Row {
        cells: vec![
            book,
            Cell::text(&source.department),
            Cell::text(&source.division),
            Cell::text(format),
            size,
            Cell::count(source.figures),
            Cell::count(source.initiatives),
            Cell::text(if carried { CARRIED } else { lists::outcome(source.outcome) }),
            Cell::text(&source.sha256),
        ],
    }
}

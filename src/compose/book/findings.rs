//! The sheet 要確認: one row for each finding.

use crate::compose::lists;
use crate::compose::shades::severity_shades;
use crate::model::book::BookSheet;
use crate::model::dataset::Dataset;
use crate::model::report::{Align, Cell, Row, Table};

/// The table's name in formulas.
pub const TABLE: &str = "要確認表";
const COLUMNS: [(&str, u32); 9] = [
    ("重要度", 4),
    ("コード", 9),
    ("部局", 7),
    ("課", 8),
    ("内容", 24),
    ("直し方", 24),
    ("原文", 8),
    ("読み方", 8),
    ("場所", 12),
];
/// Where the codes are: no finding is without one.
const CODE: usize = 1;

/// The sheet.
pub fn sheet(dataset: &Dataset) -> BookSheet {
    let rows = dataset.findings.iter().map(|finding| {
        let place = [finding.workbook.clone(), lists::place(finding)];
        let mut place =
            Cell::text(place.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" › "));
        place.link = lists::link(finding);
        let texts: [&str; 8] = [
            finding.severity.label(),
            finding.code.as_str(),
            &finding.department,
            &finding.division,
            &finding.message,
            &finding.cure,
            &finding.raw,
            &finding.reading,
        ];
        Row { cells: texts.into_iter().map(Cell::text).chain([place]).collect() }
    });
    let columns = COLUMNS.map(|(heading, width)| (heading, width, Align::Left));
    BookSheet {
        lines: vec!["直すのは課のブックです。直したら、もう一度実行してください。".to_owned()],
        known_as: TABLE.to_owned(),
        counted: Some(CODE),
        shades: severity_shades(0),
        ..BookSheet::list("要確認", Table::list("確認が必要なことの一覧", columns, rows.collect()))
    }
}

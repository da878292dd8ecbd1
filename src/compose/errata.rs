//! 正誤表: what a corrected edition prints otherwise than the one that was handed out, as PDF and as workbook.

use super::{as_of, links, markings, month};
use crate::model::book::{Book, BookSheet};
use crate::model::dataset::Dataset;
use crate::model::erratum::Erratum;
use crate::model::fiscal::Eras;
use crate::model::report::{Align, Block, Cell, Document, Para, Row, Table};

/// What stands in place of a text that is not there.
const NONE: &str = "（なし）";

/// 正誤表.pdf: one table for each department.
pub fn document(dataset: &Dataset, eras: &Eras) -> Document {
    let count = dataset.errata.len();
    let lead = format!(
        "{}分の報告について、次の{count}か所を訂正します。ここにないものは、前の版と同じです。",
        month(dataset, eras)
    );
    let mut blocks = vec![Block::Paragraph(Para::plain(lead))];
    for group in dataset.errata.chunk_by(|a, b| a.department == b.department) {
        let Some(first) = group.first() else { continue };
        let name = if first.department.is_empty() { "所属不明" } else { &first.department };
        blocks.push(Block::Heading {
            level: 1,
            text: name.to_owned(),
            note: String::new(),
            anchor: String::new(),
        });
        blocks.push(Block::Table(table(group, name)));
    }
    Document {
        path: "正誤表.pdf".to_owned(),
        department: String::new(),
        title: "正誤表".to_owned(),
        subtitle: format!("{}分　訂正{}", month(dataset, eras), dataset.edition),
        author: dataset.publisher.clone(),
        running_title: format!("正誤表（{}）", as_of(dataset, eras)),
        markings: markings(dataset, "内部資料"),
        footer: format!("{}　{}", dataset.city, dataset.publisher),
        as_of: dataset.as_of,
        blocks,
        paper: None,
        look: String::new(),
    }
}

fn shown(text: &str) -> &str {
    if text.is_empty() { NONE } else { text }
}

fn table(errata: &[Erratum], department: &str) -> Table {
    let columns = [("課", 6), ("訂正する箇所", 14), ("誤", 9), ("正", 9), ("出典", 12)];
    let row = |erratum: &Erratum| {
        let mut name = Cell::paras(vec![
            Para::plain(&erratum.name),
            Para::small(format!("{}　{}", erratum.subject.label(), erratum.label)),
        ]);
        name.header = true;
        let place = &erratum.place;
        let source =
            vec![Para::small(&*place.workbook), Para::small(format!("{} › {}", place.sheet, place.cell))];
        let cells = vec![
            Cell::text(&erratum.division),
            name,
            Cell::text(shown(&erratum.old)),
            Cell::paras(vec![Para::strong(shown(&erratum.new))]),
            Cell::paras(source),
        ];
        Row { cells }
    };
    Table::list(
        &format!("{department}の訂正の一覧"),
        columns.map(|(heading, width)| (heading, width, Align::Left)),
        errata.iter().map(row).collect(),
    )
}

/// 正誤表.xlsx: all corrections in one sheet, each with a link to its cell.
pub fn book(dataset: &Dataset, eras: &Eras) -> Book {
    let fixed = [
        ("部局", 9),
        ("課", 9),
        ("種類", 5),
        ("名前", 22),
        ("項目", 9),
        ("誤", 14),
        ("正", 14),
        ("出典", 18),
    ];
    let fixed = fixed.map(|(heading, width)| (heading, width, Align::Left));
    let row = |erratum: &Erratum| {
        let texts = [
            &erratum.department,
            &erratum.division,
            erratum.subject.label(),
            &erratum.name,
            &erratum.label,
            shown(&erratum.old),
            shown(&erratum.new),
        ];
        Row { cells: texts.into_iter().map(Cell::text).chain([links::whole(&erratum.place)]).collect() }
    };
    let rows = dataset.errata.iter().map(row).collect();
    let title = format!("{}　正誤表（{}分　訂正{}）", dataset.city, month(dataset, eras), dataset.edition);
    Book {
        path: "正誤表.xlsx".to_owned(),
        title: title.clone(),
        author: dataset.publisher.clone(),
        as_of: dataset.as_of,
        sheets: vec![BookSheet {
            title,
            lines: vec![
                "ここにないものは、前の版と同じです。出典のセルから原本の該当するセルを開けます。".to_owned(),
            ],
            ..BookSheet::list("正誤表", Table::list("訂正の一覧", fixed, rows))
        }],
        ..Book::default()
    }
}

//! A book such as `compose` makes.

#![allow(clippy::too_many_lines, reason = "tables of cases")]

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::model::book::{Book, BookSheet};
use crate::model::place::Place;
use crate::model::report::{Align, Cell, Column, HeadCell, Para, Row, Run, Table, Value};

pub(super) fn originals() -> BTreeMap<String, String> {
    BTreeMap::from([("総合政策部/企画財政課.xlsx".to_owned(), "原本/0123abcd.xlsx".to_owned())])
}

pub(super) fn book() -> Book {
    Book {
        path: "統合.xlsx".to_owned(),
        title: "令和3年度　統合ワークブック".to_owned(),
        author: "政策創造課".to_owned(),
        as_of: NaiveDate::from_ymd_opt(2021, 5, 31).expect("a day"),
        sheets: vec![indicators(), initiatives()],
        ..Book::default()
    }
}

pub(super) fn number(text: &str, value: &str, decimals: u32, percent: bool) -> Cell {
    let value: Decimal = value.parse().expect(value);
    Cell { value: Some(Value::Number { value, decimals, percent }), ..Cell::text(text) }
}

pub(super) fn place(workbook: &str, sheet: &str, cell: &str) -> Place {
    Place { workbook: workbook.into(), sheet: sheet.into(), cell: cell.parse().expect(cell) }
}

pub(super) fn table(widths: &[u32], head: Vec<Vec<HeadCell>>, rows: Vec<Vec<Cell>>) -> Table {
    Table {
        summary: "見本".to_owned(),
        columns: widths.iter().map(|width| Column { width: *width, align: Align::Left }).collect(),
        head,
        rows: rows.into_iter().map(|cells| Row { cells }).collect(),
        ..Table::default()
    }
}

fn span(text: &str, cols: u32, rows: u32) -> HeadCell {
    HeadCell { text: text.to_owned(), cols, rows }
}

fn linked(cell: Cell, workbook: &str, at: &str) -> Cell {
    Cell { link: Some(Box::new(place(workbook, "指標 (企画'財政課)", at))), ..cell }
}

fn indicators() -> BookSheet {
    let head = vec![
        vec![
            span("部", 1, 2),
            span("指標", 1, 2),
            span("単位", 1, 2),
            span("実績", 2, 1),
            span("目標", 2, 1),
            span("更新日", 1, 2),
            span("判定と計算", 1, 2),
        ],
        ["R1", "R2", "R3", "R4"].map(|year| span(year, 1, 1)).to_vec(),
    ];
    let day = NaiveDate::from_ymd_opt(2021, 12, 28).expect("a day");
    let judged = Cell::paras(vec![
        Para {
            runs: vec![Run { text: "× 遅れ".to_owned(), strong: true, ..Run::default() }], small: false
        },
        Para::small("R3目標0人、R2実績△376人、差△376人、規則 差-1"),
    ]);
    let archived = "総合政策部/企画財政課.xlsx";
    let rows = vec![
        vec![
            Cell::text("総合政策部"),
            Cell::text("社会移動数 転入・転出の均衡"),
            Cell::text("人"),
            linked(number("△53人", "-53", 0, false), archived, "C7"),
            linked(number("△376人", "-376", 0, false), archived, "F7"),
            linked(number("0人", "0", 0, false), "総合政策部/別.xlsx", "G7"),
            number("0人", "0", 0, false),
            Cell { value: Some(Value::Date(day)), ..Cell::text("R3.12.28") },
            judged,
        ],
        vec![
            Cell::text("総合政策部"),
            Cell::text("時間外勤務時間（1人あたり月平均）"),
            Cell::text("時間"),
            number("16.3", "16.25", 1, false),
            number("15.0", "15", 1, false),
            number("14.0", "14", 1, false),
            number("約13", "13", 0, false),
            Cell::text(""),
            Cell::text("？ 判定不能"),
        ],
        vec![
            Cell::text("総合政策部"),
            Cell::text("基金確保比率"),
            Cell::text("%"),
            number("14.1%", "14.1", 1, true),
            Cell::text("作業中"),
            number("12.5%", "12.5", 1, true),
            number("10.0%", "10", 1, true),
            Cell::text(""),
            Cell::paras(vec![
                Para::plain("？ 判定不能"),
                Para::small(
                    "増加・減少のどちらが望ましいかが決まっていません。hoshin.toml で「基金確保比率」の望ましい方向を指定してください。",
                ),
            ]),
        ],
        vec![
            Cell::text("総合政策部"),
            Cell::text("財政調整基金残高"),
            Cell::text("千円"),
            number("2,500,000", "2500000", 0, false),
            Cell::text("集計中"),
            number("2,600,000", "2600000", 0, false),
            number("2,700,000", "2700000", 0, false),
            Cell::text(""),
            Cell::text("○ 順調"),
        ],
    ];
    BookSheet {
        name: "指標一覧".to_owned(),
        title: "指標一覧".to_owned(),
        lines: vec![
            "令和3年5月31日現在（暫定）".to_owned(),
            "色の付いた数値を押すと、読み取った元のワークブック（原本）のセルが開きます。△は負の数を表します。実績は各課のワークブック、目標は部の運営方針の値です。".to_owned(),
        ],
        landscape: true,
        frozen_cols: 2,
        table: Table {
            columns: [8, 16, 4, 8, 8, 8, 8, 6, 22]
                .iter()
                .zip([Align::Left, Align::Left, Align::Center, Align::Right, Align::Right, Align::Right, Align::Right, Align::Center, Align::Left])
                .map(|(width, align)| Column { width: *width, align })
                .collect(),
            ..table(&[], head, rows)
        },
        ..BookSheet::default()
    }
}

fn initiatives() -> BookSheet {
    let head = vec![
        ["細事業名", "具体的な取組項目", "進捗状況", "担当者コメント"].map(|text| span(text, 1, 1)).to_vec(),
    ];
    let rows = vec![
        vec![
            Cell { rows: 2, header: true, ..Cell::text("行財政改革推進事業") },
            Cell::text("①使用料・手数料の見直し"),
            Cell::text("○ 順調"),
            Cell::text(
                "条例改正案を9月議会に提出する予定で、関係課との調整を進めている。減免規定の取扱いについて、指定管理者の意見を聞いたうえで、12月までに方針を決める。",
            ),
        ],
        vec![Cell::text("内部統制の推進"), Cell::text("△ やや遅れ"), Cell::text("要員不足")],
        vec![
            Cell::text("財政運営事業"),
            Cell::text("事業進捗の共有と公表"),
            Cell::text("◎ 完了"),
            Cell::text("完了"),
        ],
    ];
    BookSheet {
        name: "取組み".to_owned(),
        title: "取組み一覧".to_owned(),
        lines: Vec::new(),
        landscape: false,
        frozen_cols: 0,
        table: table(&[12, 20, 7, 24], head, rows),
        ..BookSheet::default()
    }
}

//! What must not break the workbook, nor whoever opens it.

use super::fixture::{number, place, table};
use super::*;
use crate::model::book::BookSheet;
use crate::model::report::{Cell, HeadCell, Table};

fn one_sheet(name: &str, table: Table) -> Book {
    let sheet = BookSheet {
        name: name.to_owned(),
        title: "=HYPERLINK(\"http://example.com\")\u{7}".to_owned(),
        lines: vec!["+1&\"<b>\"".to_owned(), String::new()],
        landscape: false,
        frozen_cols: 99,
        table,
        ..BookSheet::default()
    };
    Book { sheets: vec![sheet], ..book() }
}

fn heads(texts: &[&str]) -> Vec<Vec<HeadCell>> {
    vec![texts.iter().map(|text| HeadCell::one(*text, 1)).collect()]
}

#[test]
fn texts_stay_texts() {
    let texts = [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-53 と書く",
        "@SUM(A1)",
        "_x0041_",
        "１",
        "<&>\"'",
        "あ\u{0}\u{b}い\r\nう",
    ];
    let rows = texts.iter().map(|text| vec![Cell::text(*text)]).collect();
    let bytes =
        write(one_sheet("安全", table(&[20], heads(&["=見出し"]), rows)), &originals()).expect("written");
    let mut workbook = open(&bytes);
    let read: Vec<String> = (5..13).map(|row| cell(&mut workbook, "安全", row, 0).to_string()).collect();
    assert_eq!(&read[..7], &texts[..7]);
    assert_eq!(read[7], "あい\nう");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>"), "no formula anywhere");
    assert!(part(&bytes, "xl/styles.xml").contains("quotePrefix=\"1\""), "editing a cell keeps it a text");
}

#[test]
fn a_text_longer_than_a_cell_is_cut_aloud() {
    let rows = vec![vec![Cell::text("長".repeat(40_000))]];
    let bytes =
        write(one_sheet("長文", table(&[20], heads(&["本文"]), rows)), &originals()).expect("written");
    let text = cell(&mut open(&bytes), "長文", 5, 0).to_string();
    assert!(text.ends_with("…（以下省略）") && text.encode_utf16().count() <= 32_767);
}

#[test]
fn figures_that_a_cell_cannot_keep_stay_exact_texts() {
    let huge = number("12,345,678,901,234,567", "12345678901234567", 0, false);
    let odd = number("前年度53件（見込みを含む）\n内訳は別紙", "53", 0, false);
    let wide = number("0.0000000000000000000000001", "0.0000000000000000000000001", 25, false);
    let rows = vec![vec![huge], vec![odd], vec![wide]];
    let bytes = write(one_sheet("数", table(&[20], heads(&["値"]), rows)), &originals()).expect("written");
    let mut workbook = open(&bytes);
    assert_eq!(cell(&mut workbook, "数", 5, 0), Data::String("12,345,678,901,234,567".into()));
    assert_eq!(cell(&mut workbook, "数", 6, 0).get_float(), Some(53.0));
    assert!(
        part(&bytes, "xl/comments1.xml").contains("前年度53件（見込みを含む）"),
        "what the format cannot say is a note"
    );
}

#[test]
fn a_column_is_wide_enough_for_its_figures() {
    let rows = vec![vec![number("12,345,678,901千円", "12345678901", 0, false)]];
    let bytes = write(one_sheet("幅", table(&[3], heads(&["値"]), rows)), &originals()).expect("written");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    let width =
        sheet.split("<col min=\"1\" max=\"1\" width=\"").nth(1).and_then(|rest| rest.split('"').next());
    let width: f64 = width.expect("a width").parse().expect("a number");
    assert!(width > 18.0, "14 digits and separators, 2 wide characters: {width}");
}

#[test]
fn names_of_sheets_are_made_valid() {
    let mut book = one_sheet(
        "令和3年度[総合計画/総合戦略]の進捗状況一覧表（全部局・全課・全指標）",
        table(&[5], heads(&["値"]), vec![]),
    );
    book.sheets.push(book.sheets[0].clone());
    let bytes = write(book, &originals()).expect("written");
    let workbook = open(&bytes);
    let names = workbook.sheet_names();
    assert_eq!(names.len(), 2);
    assert!(names[0].starts_with("令和3年度［総合計画／総合戦略］"), "{names:?}");
}

#[test]
fn too_many_or_too_long_links_are_left_out() {
    let linked = |sheet: &str| Cell {
        link: Some(Box::new(place("総合政策部/企画財政課.xlsx", sheet, "A1"))),
        ..number("1", "1", 0, false)
    };
    let rows = (0..66_000).map(|_| vec![linked("指標")]).collect();
    let bytes = write(one_sheet("多い", table(&[5], heads(&["値"]), rows)), &originals()).expect("written");
    assert_eq!(part(&bytes, "xl/worksheets/sheet1.xml").matches("<hyperlink ").count(), 65_530);

    let rows = vec![vec![linked(&"長".repeat(3000))], vec![linked("改\n行")]];
    let bytes = write(one_sheet("長い", table(&[5], heads(&["値"]), rows)), &originals()).expect("written");
    assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<hyperlink "));
}

#[test]
fn a_table_whose_rows_and_header_disagree_loses_nothing() {
    let rows = vec![
        vec![Cell::text("一"), Cell::text("二"), Cell::text("三")],
        vec![],
        vec![Cell { rows: 9, ..Cell::text("四") }],
    ];
    let head = vec![
        vec![HeadCell { text: "広い".to_owned(), cols: 0, rows: 0 }],
        vec![HeadCell { text: "下".to_owned(), cols: 5, rows: 7 }],
    ];
    let bytes = write(one_sheet("ずれ", table(&[5], head, rows)), &originals()).expect("written");
    assert_eq!(cell(&mut open(&bytes), "ずれ", 6, 2), Data::String("三".into()));
}

#[test]
fn what_exceeds_excels_columns_is_an_error_with_a_cure() {
    let rows = vec![vec![Cell::text("x"); 17_000]];
    let error =
        write(one_sheet("幅", table(&[5], heads(&["値"]), rows)), &originals()).expect_err("too wide");
    let text = error.to_string();
    assert!(text.contains("統合.xlsx") && text.contains("幅") && text.contains("16,384列"), "{text}");
}

//! The written workbook, read back by other programs.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests state what must be there"
)]

mod dress;
mod entry;
mod fixture;
mod hostile;
mod live;
mod outside;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, DataType, Reader, Xlsx};

use super::*;
use fixture::{book, originals};

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).expect("calamine opens it")
}

fn cell(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, row: u32, col: u32) -> Data {
    workbook.worksheet_range(sheet).expect(sheet).get_value((row, col)).cloned().unwrap_or(Data::Empty)
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    zip.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

#[test]
fn figures_are_numbers_and_days_are_days() {
    let bytes = write(book(), &originals()).expect("written");
    let mut workbook = open(&bytes);
    let mut at = |row, col| cell(&mut workbook, "指標一覧", row, col);
    // Rows 1 to 7: title, two lines, gap, two header rows, first body row.
    assert_eq!(at(0, 0), Data::String("指標一覧".into()));
    assert_eq!(at(4, 3), Data::String("実績".into()));
    assert_eq!(at(5, 4), Data::String("R2".into()));
    assert_eq!(at(6, 3).get_float(), Some(-53.0));
    assert_eq!(at(6, 4).get_float(), Some(-376.0));
    assert_eq!(at(7, 3).get_float(), Some(16.25), "the exact value, shown as 16.3 by its format");
    assert_eq!(at(8, 3).get_float(), Some(0.141), "a percentage is a fraction");
    assert_eq!(at(8, 4), Data::String("作業中".into()));
    let Data::DateTime(day) = at(6, 7) else { panic!("a day is a number under a date format") };
    assert_eq!(day.as_f64().to_string(), "44558", "2021-12-28 as Excel counts days");
}

#[test]
fn formats_show_what_japanese_readers_expect() {
    let bytes = write(book(), &originals()).expect("written");
    let styles = part(&bytes, "xl/styles.xml");
    for code in [
        "#,##0&quot;人&quot;;&quot;△&quot;#,##0&quot;人&quot;",
        "#,##0.0;&quot;△&quot;#,##0.0",
        "0.0%;&quot;△&quot;0.0%",
        "[$-411]ge.m.d",
    ] {
        assert!(styles.contains(&format!("formatCode=\"{code}\"")), "{code} in {styles}");
    }
    assert!(styles.contains("BIZ UDゴシック"));
}

#[test]
fn a_sheet_scrolls_filters_and_prints() {
    let bytes = write(book(), &originals()).expect("written");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for wanted in [
        r#"<pane xSplit="2" ySplit="6" topLeftCell="C7""#,
        r#"<autoFilter ref="A6:I10"/>"#,
        r#"<mergeCell ref="D5:E5"/>"#,
        r#"<mergeCell ref="A5:A6"/>"#,
        r#"paperSize="9""#,
        r#"orientation="landscape""#,
        r#"fitToHeight="0""#,
        "<pageSetUpPr fitToPage=\"1\"/>",
        "&amp;P / &amp;N",
    ] {
        assert!(sheet.contains(wanted), "{wanted} in {sheet}");
    }
    let names = part(&bytes, "xl/workbook.xml");
    assert!(names.contains("'指標一覧'!$5:$6") || names.contains("指標一覧!$5:$6"), "{names}");
    assert!(names.contains("指標一覧!$A$1:$I$10"), "{names}");
    assert!(!part(&bytes, "xl/worksheets/sheet2.xml").contains("landscape"));
}

#[test]
fn figures_link_to_the_archived_original() {
    let bytes = write(book(), &originals()).expect("written");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains(r#"location="'指標 (企画''財政課)'!C7""#), "{sheet}");
    assert!(
        sheet.contains("tooltip=\"原本を開く: 総合政策部/企画財政課.xlsx › 指標 (企画'財政課) › C7\""),
        "{sheet}"
    );
    let rels = part(&bytes, "xl/worksheets/_rels/sheet1.xml.rels");
    assert!(rels.contains(r#"Target="../原本/0123abcd.xlsx" TargetMode="External""#), "{rels}");
    assert_eq!(sheet.matches("<hyperlink ").count(), 2, "what is not archived has no link");

    let mut deeper = book();
    deeper.path = "差戻し/総合政策部_企画財政課.xlsx".to_owned();
    let bytes = write(deeper, &originals()).expect("written");
    assert!(
        part(&bytes, "xl/worksheets/_rels/sheet1.xml.rels").contains(r#"Target="../../原本/0123abcd.xlsx""#)
    );
}

#[test]
fn a_cell_over_several_rows_stands_in_each_of_them() {
    let bytes = write(book(), &originals()).expect("written");
    let mut workbook = open(&bytes);
    let mut at = |row, col| cell(&mut workbook, "取組み", row, col);
    assert_eq!(at(3, 0), Data::String("行財政改革推進事業".into()));
    assert_eq!(at(4, 0), Data::String("行財政改革推進事業".into()));
    assert_eq!(at(4, 1), Data::String("内部統制の推進".into()));
    assert!(!part(&bytes, "xl/worksheets/sheet2.xml").contains("<mergeCell ref=\"A4"));
}

#[test]
fn equal_books_give_equal_bytes() {
    let first = write(book(), &originals()).expect("written");
    let second = write(book(), &originals()).expect("written");
    assert!(first == second);
    let core = part(&first, "docProps/core.xml");
    assert!(core.contains(">2021-05-31T00:00:00Z</dcterms:created>"), "{core}");
    assert!(core.contains("<dc:creator>政策創造課</dc:creator>"));
    assert!(core.contains("<dc:title>令和3年度　統合ワークブック</dc:title>"));
}

#[test]
fn a_book_without_sheets_or_tables_is_still_a_workbook() {
    let mut empty = book();
    empty.sheets.truncate(1);
    empty.sheets[0].table = crate::model::report::Table::default();
    open(&write(empty.clone(), &BTreeMap::new()).expect("written"));
    empty.sheets.clear();
    open(&write(empty, &BTreeMap::new()).expect("written"));
}

//! Small workbooks written for what they show.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Format as Style, Formula, Note, Workbook as Writer};

use super::{ReadError, at, cell, read_bytes, sheet, text};
use crate::finding::Code;
use crate::model::limits::Limits;
use crate::model::sheet::{Value, Workbook};

fn saved(mut writer: Writer) -> Vec<u8> {
    writer.save_to_buffer().expect("bytes")
}

/// A workbook with hidden rows, columns and sheets, struck-out text, merges and a comment.
pub fn marked() -> Vec<u8> {
    let mut writer = Writer::new();
    let page = writer.add_worksheet().set_name("表").expect("a name");
    page.write(0, 0, "見出し").expect("written");
    page.write(1, 0, "隠れた行").expect("written");
    page.set_row_hidden(1).expect("hidden");
    page.write(0, 3, "隠れた列").expect("written");
    page.set_column_hidden(3).expect("hidden");
    let strike = Style::new().set_font_strikethrough();
    let plain = Style::new();
    page.write_with_format(4, 0, "廃止した事業", &strike).expect("written");
    page.write_with_format(4, 1, 120, &strike).expect("written");
    page.write_rich_string(5, 0, &[(&strike, "旧値120"), (&plain, "　135")]).expect("written");
    page.write_rich_string(6, 0, &[(&strike, "全部"), (&strike, "消した")]).expect("written");
    page.merge_range(8, 1, 9, 4, "実績", &plain).expect("merged");
    page.write_with_format(10, 0, 0.912, &Style::new().set_num_format("0.0%")).expect("written");
    page.write_formula(11, 0, Formula::new("=1/0").set_result("#DIV/0!")).expect("written");
    page.insert_note(4, 1, &Note::new("前年の値").add_author_prefix(false)).expect("note");
    let second = writer.add_worksheet().set_name("裏").expect("a name");
    second.write(0, 0, "古い").expect("written");
    second.set_hidden(true);
    saved(writer)
}

/// What [`marked`] must show in every format.
pub fn check_marked(book: &Workbook) {
    let grid = &sheet(book, "表").grid;
    assert_eq!(grid.hidden_rows, [1]);
    assert_eq!(grid.hidden_cols, [3]);
    let struck: Vec<String> =
        grid.cells().filter(|(_, cell)| cell.struck).map(|(at, _)| at.to_string()).collect();
    assert_eq!(struck, ["A5", "B5", "A7"]);
    assert_eq!(text(book, "表", "A7"), "全部消した");
    let partly = cell(book, "表", "A6");
    assert_eq!(&*partly.text, "　135");
    assert_eq!(partly.value, Value::Text("旧値120　135".into()));
    assert_eq!(text(book, "表", "A11"), "91.2%");
    assert_eq!(cell(book, "表", "A11").value, Value::Number(Decimal::new(912, 3)));
    assert_eq!(&*cell(book, "表", "A11").format, "0.0%");
    assert_eq!(cell(book, "表", "A12").value, Value::Error("#DIV/0!".into()));
    assert_eq!(grid.anchor(at("E10")), at("B9"));
    assert_eq!(grid.anchor(at("F10")), at("F10"));
    assert_eq!(cell(book, "表", "B5").comment.as_deref(), Some("前年の値"));
    assert!(sheet(book, "裏").hidden && !sheet(book, "表").hidden);
}

#[test]
fn hidden_struck_merged_and_commented() {
    check_marked(&read_bytes(&marked()));
}

#[test]
fn flat_rows_and_very_hidden_sheets_are_hidden() {
    let mut writer = Writer::new();
    let page = writer.add_worksheet();
    page.write(2, 0, "低い行").expect("written");
    page.set_row_height(2, 0).expect("height");
    writer.add_worksheet().set_very_hidden(true);
    let book = read_bytes(&saved(writer));
    assert_eq!(sheet(&book, "Sheet1").grid.hidden_rows, [2]);
    assert!(sheet(&book, "Sheet2").hidden);
}

#[test]
fn addresses_count_from_a1() {
    let mut writer = Writer::new();
    let page = writer.add_worksheet();
    page.write(13, 2, 53).expect("written");
    let book = read_bytes(&saved(writer));
    assert_eq!(text(&book, "Sheet1", "C14"), "53");
    assert_eq!(sheet(&book, "Sheet1").grid.cells().count(), 1);
}

#[test]
fn formulas_with_and_without_results() {
    let mut writer = Writer::new();
    let page = writer.add_worksheet();
    page.write_formula(0, 0, Formula::new("=1/3").set_result("0.333333333333333")).expect("written");
    page.write_formula(1, 0, Formula::new("=C5*2")).expect("written");
    page.write_formula(2, 0, Formula::new("=A1&\"\"").set_result("計")).expect("written");
    page.write_formula(3, 0, Formula::new("=1/0").set_result("#DIV/0!")).expect("written");
    let book = read_bytes(&saved(writer));
    let third = cell(&book, "Sheet1", "A1");
    assert!(third.formula && &*third.text == "0.333333333");
    // The writer stores 0 where it has no result, and says that the file is to be calculated.
    assert_eq!(cell(&book, "Sheet1", "A2").value, Value::Uncalculated("C5*2".into()));
    assert_eq!(text(&book, "Sheet1", "A2"), "=C5*2");
    assert_eq!(text(&book, "Sheet1", "A3"), "計");
    assert_eq!(cell(&book, "Sheet1", "A4").value, Value::Error("#DIV/0!".into()));
}

#[test]
fn values_under_formats() {
    let mut writer = Writer::new();
    let page = writer.add_worksheet();
    for (row, (code, value)) in [
        ("0.0%", 0.912),
        ("#,##0\"人\"", 1234.0),
        ("[$-411]ggge\"年\"m\"月\"d\"日\"", 44286.0),
        ("[h]:mm", 1.5),
    ]
    .into_iter()
    .enumerate()
    {
        let row = u32::try_from(row).expect("a row");
        page.write_with_format(row, 0, value, &Style::new().set_num_format(code)).expect("written");
    }
    page.write_with_format(4, 0, 44286, &Style::new().set_num_format_index(14)).expect("written");
    page.write(5, 0, true).expect("written");
    page.write(6, 0, 0.1 + 0.2).expect("written");
    page.write(7, 0, "  全角　と\n改行_x000D_ ").expect("written");
    let book = read_bytes(&saved(writer));
    let texts: Vec<&str> = (1..=8).map(|row| text(&book, "Sheet1", &format!("A{row}"))).collect();
    assert_eq!(
        texts,
        [
            "91.2%",
            "1,234人",
            "令和3年3月31日",
            "36:00",
            "2021/3/31",
            "TRUE",
            "0.3",
            "  全角　と\n改行_x000D_ "
        ]
    );
    assert_eq!(&*cell(&book, "Sheet1", "A1").format, "0.0%");
    assert!(matches!(cell(&book, "Sheet1", "A5").value, Value::Date(..)));
    assert_eq!(&*cell(&book, "Sheet1", "A7").format, "");
}

#[test]
fn formatted_empty_cells_cost_nothing() {
    let mut writer = Writer::new();
    let page = writer.add_worksheet();
    let style = Style::new().set_bold();
    for row in 0..3000 {
        for col in 0..50 {
            page.write_blank(row, col, &style).expect("written");
        }
    }
    page.write(2999, 49, "終わり").expect("written");
    let book = read_bytes(&saved(writer));
    assert_eq!(sheet(&book, "Sheet1").grid.cells().count(), 1);
}

#[test]
fn a_zip_bomb_is_refused_before_it_fills_the_memory() {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("xl/workbook.xml", options).expect("a part");
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..300 {
        zip.write_all(&spaces).expect("written");
    }
    let bytes = zip.finish().expect("a package").into_inner();
    assert!(bytes.len() < 1 << 20);
    let error = super::with(&bytes, &Limits::default()).expect_err("too large");
    assert!(matches!(error, ReadError::OverLimit(_)), "{error:?}");
}

#[test]
fn what_is_no_workbook_says_what_it_seems() {
    let seems = |bytes: &[u8]| {
        let error = super::with(bytes, &Limits::default()).expect_err("no workbook");
        assert_eq!(error.code(), Code::NotAWorkbook);
        error.to_string()
    };
    assert!(seems(b"%PDF-1.7 ...").contains("PDF"));
    assert!(seems(b"<html><body><table>").contains("ウェブページ"));
    assert!(seems("部局,指標,実績\r\n".as_bytes()).contains("CSV"));
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("a part");
    let bytes = zip.finish().expect("a package").into_inner();
    assert!(seems(&bytes).contains("Word"));
}

/// A workbook with one sheet part as given.
fn with_sheet(xml: &str) -> Vec<u8> {
    with_parts(xml, &[])
}

/// The same with more parts.
fn with_parts(xml: &str, more: &[(&str, &str)]) -> Vec<u8> {
    with_bytes(xml.as_bytes(), more)
}

/// The same with a part as bytes.
fn with_bytes(xml: &[u8], more: &[(&str, &str)]) -> Vec<u8> {
    let relations =
        r#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="/xl/s.xml"/></Relationships>"#;
    with_relations(xml, relations, more)
}

/// The same with the workbook's relationships.
fn with_relations(xml: &[u8], relations: &str, more: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let book = r#"<workbook><sheets><sheet name="表" r:id="a"/></sheets></workbook>"#;
    let parts = [
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/s.xml", xml),
    ];
    let more = more.iter().map(|(name, text)| (*name, text.as_bytes()));
    for (name, content) in parts.into_iter().chain(more) {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(content).expect("written");
    }
    zip.finish().expect("a package").into_inner()
}

#[test]
fn cells_without_addresses_follow_each_other() {
    let book = read_bytes(&with_sheet(
        "<worksheet><sheetData><row><c/><c/><c><v>3</v></c><c r=\"F1\" s=\"0\"/><c/><c><v>8</v></c></row>\
         <row r=\"5\"><c><v>1</v></c></row><row><c s=\"0\" r='B6'/><c><v>2</v></c></row></sheetData></worksheet>",
    ));
    let found: Vec<String> =
        sheet(&book, "表").grid.cells().map(|(at, cell)| format!("{at}={}", cell.text)).collect();
    assert_eq!(found, ["C1=3", "H1=8", "A5=1", "C6=2"]);
}

#[test]
fn a_shared_formula_without_results_is_told_for_each_cell() {
    let book = read_bytes(&with_sheet(
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><f t=\"shared\" ref=\"A1:A2\" si=\"0\">B1*2</f></c></row>\
         <row r=\"2\"><c r=\"A2\"><f t=\"shared\" si=\"0\"/><v></v></c></row></sheetData></worksheet>",
    ));
    assert_eq!(text(&book, "表", "A1"), "=B1*2");
    assert_eq!(text(&book, "表", "A2"), "=B2*2");
}

#[test]
fn errors_that_are_not_of_the_seven_are_kept() {
    let book = read_bytes(&with_sheet(
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c>\
         <c r=\"B1\" t=\"e\"><f>SORT(D1:D3)</f><v>#SPILL!</v></c><c r=\"C1\"><f>A1+1</f><v>2</v></c></row>\
         <row r=\"2\"><c r=\"A2\" t=\"e\"><v>#REF!</v></c></row></sheetData></worksheet>",
    ));
    assert_eq!(cell(&book, "表", "B1").value, Value::Error("#SPILL!".into()));
    assert_eq!(cell(&book, "表", "A2").value, Value::Error("#REF!".into()));
    assert_eq!(text(&book, "表", "C1"), "2");
    let formulas: Vec<bool> = sheet(&book, "表").grid.cells().map(|(_, cell)| cell.formula).collect();
    assert_eq!(formulas, [false, true, true, false]);
}

#[test]
fn inline_texts_struck_out_in_part() {
    let book = read_bytes(&with_sheet(
        "<worksheet><sheetData><row><c/><c t=\"inlineStr\"><is><r><rPr><strike/></rPr><t>旧</t></r><r><t>新</t></r></is></c>\
         <c t=\"inlineStr\"><is><t>並</t></is></c></row></sheetData></worksheet>",
    ));
    assert_eq!(text(&book, "表", "B1"), "新");
    assert_eq!(cell(&book, "表", "B1").value, Value::Text("旧新".into()));
    assert_eq!(text(&book, "表", "C1"), "並");
}

#[test]
fn parts_in_utf16_are_read() {
    let xml = "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>漢字</t></is></c></row></sheetData></worksheet>";
    let xml = format!("\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?>{xml}");
    let bytes: Vec<u8> = xml.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(text(&read_bytes(&with_bytes(&bytes, &[])), "表", "A1"), "漢字");
}

#[test]
fn shared_strings_that_are_not_there_reserve_no_memory() {
    let relations = r#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="/xl/s.xml"/>
        <Relationship Id="b" Type="x/sharedStrings" Target="t.xml"/></Relationships>"#;
    let strings = r#"<sst uniqueCount="999999999999"><si><t>一</t></si></sst>"#;
    let bytes = with_relations(b"<worksheet><sheetData/></worksheet>", relations, &[("xl/t.xml", strings)]);
    let error = super::with(&bytes, &Limits::default()).expect_err("refused");
    assert_eq!(error.code(), Code::WorkbookBroken);
}

#[test]
fn values_under_a_merged_range_are_left_out() {
    let book = read_bytes(&with_sheet(
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row></sheetData>\
         <mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells></worksheet>",
    ));
    assert_eq!(sheet(&book, "表").grid.cells().count(), 1);
    assert_eq!(text(&book, "表", "A1"), "1");
}

#[test]
fn threads_replace_their_old_style_copies() {
    let relations = r#"<Relationships>
        <Relationship Id="c" Type="x/comments" Target="c.xml"/>
        <Relationship Id="t" Type="x/threadedComment" Target="t.xml"/></Relationships>"#;
    let old = r#"<comments><commentList>
        <comment ref="A1"><text><t>[Threaded comment] Your version of Excel</t></text></comment>
        <comment ref="A2"><text><r><t>財政課:</t></r><r><t>
決算待ち</t></r></text></comment></commentList></comments>"#;
    let threads = r#"<ThreadedComments><threadedComment ref="A1"><text>見込値です</text></threadedComment>
        <threadedComment ref="A1"><text>確定後に更新</text></threadedComment></ThreadedComments>"#;
    let book = read_bytes(&with_parts(
        "<worksheet><sheetData><row><c><v>1</v></c></row><row><c><v>2</v></c></row></sheetData></worksheet>",
        &[("xl/_rels/s.xml.rels", relations), ("xl/c.xml", old), ("xl/t.xml", threads)],
    ));
    assert_eq!(cell(&book, "表", "A1").comment.as_deref(), Some("見込値です\n確定後に更新"));
    assert_eq!(cell(&book, "表", "A2").comment.as_deref(), Some("財政課:\n決算待ち"));
}

#[test]
fn hidden_columns_that_hold_nothing_are_not_told() {
    let book = read_bytes(&with_sheet(
        "<worksheet><cols><col min=\"2\" max=\"2\" hidden=\"1\"/><col min=\"4\" max=\"16384\" hidden=\"1\"/></cols>\
         <sheetData><row r=\"1\"><c r=\"C1\"><v>1</v></c></row><row r=\"9\" hidden=\"1\"/></sheetData></worksheet>",
    ));
    assert_eq!(sheet(&book, "表").grid.hidden_cols, [1]);
    assert!(sheet(&book, "表").grid.hidden_rows.is_empty());
}

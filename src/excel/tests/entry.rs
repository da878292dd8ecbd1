//! Sheets that people type into.

use super::*;
use crate::model::book::BookSheet;
use crate::model::entry::{Entry, EntryCell, EntryColumn, Input, Rule};
use crate::model::report::{Align, Cell, Column, HeadCell, Row, Table, Value};

fn input(rule: Rule, strict: bool) -> Input {
    Input {
        rule, strict, prompt: "ここに書いてください".to_owned(), error: "数ではありません".to_owned()
    }
}

/// Five columns: a fixed name, a number, a drop-down, a day, a hidden key; two rows, the second one's number is fixed.
fn form() -> Book {
    let open = |rule, strict, note: &str| EntryColumn {
        input: Some(input(rule, strict)),
        note: note.to_owned(),
        hidden: false,
    };
    let words = ["直した", "このままで正しい"].map(str::to_owned).to_vec();
    let columns = vec![
        EntryColumn { note: "変えないでください".to_owned(), ..EntryColumn::default() },
        open(Rule::Number { least: Some(0), most: Some(100) }, false, "整数でも小数でも"),
        open(Rule::OneOf(words), true, ""),
        open(Rule::Date, false, ""),
        EntryColumn { hidden: true, ..EntryColumn::default() },
    ];
    let mut number = Cell::text("12.7%");
    number.value =
        Some(Value::Number { value: "12.7".parse().expect("decimal"), decimals: 1, percent: true });
    let row = |first: &str, second: Cell| Row {
        cells: [Cell::text(first), second, Cell::text(""), Cell::text(""), Cell::text("key")].to_vec(),
    };
    let head = ["指標", "R3実績", "回答", "期限", "鍵"].map(|text| HeadCell::one(text, 1)).to_vec();
    let sheet = BookSheet {
        name: "様式".to_owned(),
        title: "様式".to_owned(),
        lines: vec!["白い欄に書いてください。".to_owned()],
        landscape: true,
        frozen_cols: 1,
        entry: Some(Entry { columns, cells: vec![EntryCell { row: 1, col: 1, input: None }], room: 0 }),
        table: Table {
            summary: String::new(),
            columns: vec![Column { width: 8, align: Align::Left }; 5],
            head: vec![head],
            rows: vec![row("一", number.clone()), row("二", number)],
            ..Table::default()
        },
        ..BookSheet::default()
    };
    Book { sheets: vec![sheet], ..book() }
}

#[test]
fn only_open_cells_take_input() {
    let bytes = write(form(), &BTreeMap::new()).expect("written");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<sheetProtection sheet=\"1\""), "{sheet}");
    assert!(!sheet.contains("password"), "no password");
    assert!(sheet.contains(r#"autoFilter="0""#), "filters stay usable");
    for wanted in [
        r#"type="decimal" errorStyle="warning""#,
        r#"sqref="B5"><formula1>0</formula1><formula2>100</formula2>"#,
        r#"sqref="C5:C6"><formula1>"直した,このままで正しい"</formula1>"#,
        r#"type="date" errorStyle="warning""#,
        r#"error="数ではありません""#,
        r#"prompt="ここに書いてください""#,
        r#"<col min="5" max="5""#,
    ] {
        assert!(sheet.contains(wanted), "{wanted} in {sheet}");
    }
    assert!(sheet.contains(r#"hidden="1""#), "{sheet}");
    let notes = part(&bytes, "xl/comments1.xml");
    assert!(notes.contains("ref=\"A4\"") && notes.contains("変えないでください"), "{notes}");
}

#[test]
fn an_open_percentage_stays_in_percent_and_a_fixed_one_keeps_its_format() {
    let bytes = write(form(), &BTreeMap::new()).expect("written");
    let mut workbook = open(&bytes);
    assert_eq!(cell(&mut workbook, "様式", 4, 1).get_float(), Some(12.7));
    assert_eq!(cell(&mut workbook, "様式", 5, 1).get_float(), Some(0.127));
}

#[test]
fn equal_forms_give_equal_bytes() {
    assert!(
        write(form(), &BTreeMap::new()).expect("written")
            == write(form(), &BTreeMap::new()).expect("written")
    );
}

#[test]
fn long_lists_and_long_words_are_no_error() {
    let mut long = form();
    let entry = long.sheets[0].entry.as_mut().expect("an entry");
    let words = (0..200).map(|n| format!("とても長い言葉の{n}番目")).collect();
    entry.columns[2].input = Some(Input { prompt: "長".repeat(999), ..input(Rule::OneOf(words), true) });
    entry.columns[0].note = "長い説明\n".repeat(300);
    open(&write(long, &BTreeMap::new()).expect("written"));
}

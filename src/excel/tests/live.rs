//! Boards and tables that compute, and what must not break them.

use super::fixture::{number, table};
use super::*;
use crate::model::book::{
    Board, BoardTable, BookChart, BookSheet, Formula, Jump, Panel, Shade, Stretch, Term, Tile, Tone,
};
use crate::model::judgement::Verdict;
use crate::model::report::{Align, Cell, HeadCell, Row, Table};

/// What a program could take for a formula, at the start of a text.
const SNARES: [&str; 6] = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"];

fn computed(value: &str, formula: Formula) -> Cell {
    let mut cell = number(value, value, 0, false);
    cell.live().formula = Some(formula);
    cell
}

/// A list of snares in every place that takes a text.
fn list(name: &str, known_as: &str, rows: Vec<Row>) -> BookSheet {
    let columns = [("部局", 8, Align::Left), ("値", 6, Align::Right), ("推移", 8, Align::Left)];
    BookSheet {
        lines: SNARES.map(str::to_owned).to_vec(),
        known_as: known_as.to_owned(),
        counted: Some(0),
        shades: vec![Shade { column: 0, words: "=1+1".to_owned(), tone: Tone::Bad }],
        ..BookSheet::list(name, Table::list("=表の説明", columns, rows))
    }
}

fn rows() -> Vec<Row> {
    let row = |(index, text): (usize, &&str)| {
        let mut first = Cell::text(*text);
        first.live().note = (*text).to_owned();
        let mut course = Cell::text("");
        course.live().course = Some(Stretch { sheet: "一覧".to_owned(), row: index, first: 1, last: 1 });
        Row { cells: vec![first, number("2", "2", 0, false), course] }
    };
    SNARES.iter().enumerate().map(row).collect()
}

/// A row for each snare, with a formula and a way into the list; below them their sum.
fn counts() -> Vec<Vec<Cell>> {
    let text = |text: &str| Term::Text(text.to_owned());
    let own = Formula(vec![text("IF(ISBLANK("), Term::Here(0), text("),0,2)")]);
    let total = Formula(vec![text("SUM("), Term::Above(1), text(")")]);
    SNARES
        .iter()
        .zip(2..)
        .map(|(name, col)| {
            let mut jump = Cell::text(*name);
            jump.live().jump = Some(Jump { sheet: "一覧".to_owned(), row: Some(col) });
            vec![jump, computed("2", own.clone())]
        })
        .chain([vec![Cell::text("計"), computed("12", total)]])
        .collect()
}

/// A board over three lists; the second has no rows, the third a name that formulas must quote.
fn living() -> Book {
    let head = vec![["名前", "数"].map(|text| HeadCell::one(text, 1)).to_vec()];
    let chart = BookChart {
        title: "図".to_owned(),
        alt: "図の説明".to_owned(),
        panel: 1,
        rows: SNARES.len(),
        label: 0,
        parts: vec![(1, Verdict::Achieved), (1, Verdict::Behind)],
        span: 3,
    };
    let tile = Tile {
        label: "=件数".to_owned(),
        cell: computed("6", Formula::text("COUNTIFS(一覧表[値],2)")),
        span: 2,
    };
    let board = Board {
        name: "概要".to_owned(),
        title: "=題".to_owned(),
        lines: SNARES.map(str::to_owned).to_vec(),
        columns: vec![10, 5, 5],
        panels: vec![
            Panel::Tiles(vec![tile]),
            Panel::Table(BoardTable {
                title: "+表".to_owned(),
                spans: vec![2, 1],
                table: table(&[0, 0], head, counts()),
                shades: Vec::new(),
            }),
            Panel::Charts(vec![chart]),
        ],
    };
    let sheets =
        vec![list("一覧", "一覧表", rows()), list("空", "空表", Vec::new()), list("=名'前", "三表", rows())];
    Book { board: Some(board), sheets, ..book() }
}

fn bytes() -> Vec<u8> {
    write(living(), &BTreeMap::new()).expect("written")
}

#[test]
fn what_looks_like_a_formula_stays_a_text_everywhere() {
    let bytes = bytes();
    let mut workbook = open(&bytes);
    let mut ours = 0;
    for sheet in workbook.sheet_names() {
        let formulas = workbook.worksheet_formula(&sheet).expect("read");
        for (_, _, formula) in formulas.used_cells() {
            assert!(
                ["IF(ISBLANK(A1", "SUM(", "COUNTIFS(", "\"表示中"].iter().any(|own| formula.starts_with(own)),
                "{formula}"
            );
            ours += 1;
        }
    }
    assert_eq!(ours, SNARES.len() + 2 + 3, "the board's own, and a count on each list");
    let mut at = |row, col| cell(&mut workbook, "一覧", row, col).to_string();
    assert_eq!((at(2, 0), at(5, 0)), ("=1+1".to_owned(), "@SUM(A1)".to_owned()), "lines");
    assert_eq!((at(10, 0), at(13, 0)), ("=1+1".to_owned(), "@SUM(A1)".to_owned()), "the body");
    assert!(part(&bytes, "xl/comments1.xml").contains("=1+1"), "a note is a text by nature");
}

#[test]
fn a_formula_stands_with_what_it_comes_to() {
    let bytes = bytes();
    let board = part(&bytes, "xl/worksheets/sheet1.xml");
    // Title, six lines, gap, two rows of tiles, gap, heading, header row: the table's body starts in row 14.
    assert!(board.contains(r"<f>COUNTIFS(一覧表[値],2)</f><v>6</v>"), "{board}");
    assert!(board.contains(r"<f>IF(ISBLANK(A15),0,2)</f><v>2</v>"), "{board}");
    assert!(board.contains(r"<f>SUM(C14:C19)</f><v>12</v>"), "{board}");
    assert!(board.contains(r#"<mergeCell ref="A14:B14"/>"#), "{board}");
    assert!(part(&bytes, "xl/charts/chart1.xml").contains("概要!$C$14:$C$19"));
}

#[test]
fn a_table_without_rows_has_an_empty_one() {
    let bytes = bytes();
    let table = part(&bytes, "xl/tables/table2.xml");
    assert!(table.contains(r#"displayName="空表" ref="A10:C11""#), "{table}");
    let mut workbook = open(&bytes);
    assert_eq!(cell(&mut workbook, "空", 1, 2), Data::String("表示中 0 件".into()));
    assert_eq!(cell(&mut workbook, "空", 10, 0), Data::Empty);
}

#[test]
fn names_of_sheets_are_quoted_where_they_must_be() {
    let bytes = bytes();
    let names = part(&bytes, "xl/workbook.xml");
    for wanted in [
        "<definedName name=\"一覧_値\">'一覧'!$B$11:$B$16<",
        "<definedName name=\"名_前_値\">'=名''前'!$B$11:$B$16<",
    ] {
        assert!(names.contains(wanted), "{wanted} in {names}");
    }
    let back = part(&bytes, "xl/worksheets/sheet4.xml");
    assert!(back.contains(r#"location="'概要'!A1""#), "{back}");
    let board = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(board.contains(r#"location="'一覧'!A13""#), "the third row of the list: {board}");
}

#[test]
fn a_jump_or_a_course_to_nowhere_is_left_out() {
    let mut book = living();
    book.sheets.truncate(1);
    book.sheets[0].table.rows.truncate(1);
    let lost = book.sheets[0].table.rows[0].cells[2].live();
    lost.course = Some(Stretch { sheet: "ない".to_owned(), row: 0, first: 0, last: 1 });
    lost.jump = Some(Jump { sheet: "ない".to_owned(), row: None });
    let bytes = write(book, &BTreeMap::new()).expect("written");
    assert!(!part(&bytes, "xl/worksheets/sheet2.xml").contains("sparkline"));
}

#[test]
fn a_name_that_excel_refuses_for_a_table_is_an_error_that_says_where() {
    let mut book = living();
    book.sheets[2].known_as = "名 前".to_owned();
    let error = write(book, &BTreeMap::new()).expect_err("refused").to_string();
    assert!(error.contains("統合.xlsx") && error.contains("名'前"), "{error}");
}

#[test]
fn equal_boards_give_equal_bytes() {
    assert!(bytes() == bytes());
}

#[test]
fn a_wide_sheet_prints_on_pages_beside_one_another_with_its_names() {
    let columns = (0..30).map(|col| (format!("列{col}"), 8, Align::Left));
    let row = Row { cells: (0..30).map(|col| Cell::text(col.to_string())).collect() };
    let sheet = BookSheet {
        lines: vec!["説明".repeat(40)],
        frozen_cols: 2,
        known_as: "広い表".to_owned(),
        ..BookSheet::list("広い", Table::list("広い", columns, vec![row]))
    };
    let bytes = write(Book { sheets: vec![sheet], ..book() }, &BTreeMap::new()).expect("written");
    // 30 columns of 19.2 characters are some 4,170 pixels; a page has 1,026 / 0.58 = 1,769, of which the names take 278.
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains(r#"fitToWidth="3" fitToHeight="0""#), "{sheet}");
    assert!(sheet.contains(r#"<mergeCell ref="A2:B2"/>"#), "what stands above is not cut by a page: {sheet}");
    assert!(part(&bytes, "xl/workbook.xml").contains("広い!$A:$B,広い!$4:$4"));
}

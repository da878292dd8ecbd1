//! Lines that hoshin.toml takes, whatever people wrote.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "tests state what must be there")]

use proptest::prelude::*;

use super::*;
use crate::compose::returns::{ANSWERS, HEADINGS, KEYS};
use crate::config;
use crate::model::place::CellRef;
use crate::model::sheet::{Cell, Format, Grid, Sheet, Value};

fn cell(text: &str) -> Cell {
    let text: std::sync::Arc<str> = text.into();
    Cell {
        value: Value::Text(text.clone()),
        text,
        format: "".into(),
        struck: false,
        formula: false,
        comment: None,
        ink: crate::model::sheet::Ink::default(),
        external: false,
    }
}

/// A workbook of rows; empty texts are no cells.
fn workbook(rows: &[Vec<&str>]) -> Workbook {
    let cells = rows.iter().zip(0..).flat_map(|(row, r)| {
        let filled = row.iter().zip(0..).filter(|(text, _)| !text.is_empty());
        filled.map(move |(text, c)| (CellRef::new(r, c), cell(text)))
    });
    let grid = Grid::new(cells.collect(), Vec::new());
    Workbook {
        path: "a.xlsx".into(),
        format: Format::Xlsx,
        sheets: vec![Sheet { name: "差戻し".into(), hidden: false, grid }],
        modified: None,
        limits: Vec::new(),
    }
}

fn gathered(rows: &[Vec<&str>]) -> Answers {
    gather(&[Returned { file: "a.xlsx".to_owned(), workbook: Ok(workbook(rows)) }])
}

fn head() -> Vec<&'static str> {
    HEADINGS.into_iter().chain(KEYS).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever stands in the cells, the text is TOML that hoshin.toml takes and says the same.
    #[test]
    fn every_answer_gives_lines_that_are_read_back(
        book in "[^\\s\\p{C}]{1,12}", sheet in "[^\\s\\p{C}]{1,12}", raw in ".{0,20}", reason in ".{0,20}", by in ".{0,8}",
    ) {
        let row = vec!["このままで正しい", &reason, &by, "value-unread", &book, &sheet, "C14", &raw, "部 課", "2022-03-31"];
        let answers = gathered(&[head(), row]);
        let text = answers.to_string();
        let read = config::parse(&text, "hoshin.toml").expect("valid");
        prop_assert_eq!(&read.accepted, &answers.accepted);
        prop_assert_eq!(answers.accepted.len() + answers.problems.len(), 1);
    }
}

#[test]
fn columns_are_known_by_their_words() {
    let mut rows = vec![
        head(),
        vec![
            "このままで正しい",
            "様式どおり",
            "",
            "value-unread",
            "部/a.xlsx",
            "指標",
            "C14",
            "29（4）",
            "部 課",
            "2022-03-31",
        ],
    ];
    let straight = gathered(&rows).accepted;
    assert_eq!(straight.len(), 1);
    for row in &mut rows {
        row.reverse();
        row.insert(0, "");
    }
    rows.insert(0, vec!["題名"]);
    rows.push(vec![""; 3]);
    assert_eq!(gathered(&rows).accepted, straight);
}

#[test]
fn an_empty_cell_that_was_answered_keeps_its_place() {
    let row = vec![
        "このままで正しい",
        "該当なし",
        "山田",
        "value-blank",
        "a.xlsx",
        "表",
        "B2",
        "",
        "部 課",
        "2022-03-31",
    ];
    let answers = gathered(&[head(), row]);
    assert_eq!(answers.accepted[0].raw, "");
    let read = config::parse(&answers.to_string(), "hoshin.toml").expect("valid");
    assert_eq!(read.accepted, answers.accepted);
}

#[test]
fn words_of_the_list_are_all_different() {
    let words: std::collections::BTreeSet<_> = ANSWERS.iter().map(|(_, word)| word).collect();
    assert_eq!(words.len(), ANSWERS.len());
}
